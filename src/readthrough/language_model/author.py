"""Asks a model and says how that ended. The async code of this room runs in a loop of its own.

However badly a model behaves, `write` returns: an `Ending` takes the place of an exception, so that a note is
never held up by it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterable, Awaitable, Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from readthrough.domain.article import digest
from readthrough.domain.authoring import Assignment, Authored, Ending, Progress, Review
from readthrough.domain.errors import ModelError
from readthrough.language_model.connect import Endpoint, connected
from readthrough.language_model.reasons import reason_of

if TYPE_CHECKING:
    from typing import TypeAlias

    from pydantic_ai import Agent, AgentStreamEvent, RunContext
    from pydantic_ai.models import Model

    from readthrough.language_model.answer import Answer
    from readthrough.language_model.counted import Sheet

    Follow: TypeAlias = Callable[[RunContext[None], AsyncIterable[AgentStreamEvent]], Awaitable[None]]
    Hear: TypeAlias = Callable[[str, bool], None]

__all__ = ["LanguageModel"]

T = TypeVar("T")
S = TypeVar("S")

_CHARS_A_TOKEN: Final = 2
"""Characters a token of our data holds; chosen low, since this bounds what is spent: English runs near four."""
_SHAPE_TOKENS: Final = 1_200  # what the schema of the answer may add to a request: 2,100 characters of JSON
_PROBE_TOKENS: Final = 200


class LanguageModel:
    """Holds the connection to one model. Implements `domain.ports.Author`; use it from any thread and close it."""

    def __init__(self, endpoint: Endpoint, *, model: Model | None = None) -> None:
        """Name the endpoint; nothing is loaded or asked yet.

        Args:
            endpoint: Where the model answers, and within what limits.
            model: A model of pydantic-ai to ask instead of the endpoint's.
        """
        self._endpoint = endpoint
        self._model = model
        self._close: Callable[[], Awaitable[None]] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """What a note says wrote it: the protocol and the model."""
        return self._endpoint.name

    @property
    def digest(self) -> str:
        """Names model, place and limits: with an equal one and an equal assignment, an answer may be reused."""
        return digest("author-1", self._endpoint.digest)

    def most_tokens(self, assignment: Assignment) -> tuple[int, int]:
        """Return the most tokens in and out that one `write` may take, to reserve money before it is spent."""
        requests, answer = self._endpoint.retries + 1, self._endpoint.max_output_tokens
        given = int(len(assignment.instructions + assignment.data) / _CHARS_A_TOKEN) + _SHAPE_TOKENS
        # each retry sends what was answered before, and what was wrong with it, again
        repeated = (answer + _SHAPE_TOKENS) * sum(range(requests))
        return given * requests + repeated, answer * requests

    def write(self, assignment: Assignment, review: Review, *, progress: Progress | None = None) -> Authored:
        """Ask for claims; what `review` finds wrong goes back to the model until it is right or retries end.

        Args:
            assignment: What the model is given.
            review: Says what is wrong with claims, in words for the model.
            progress: Told as characters come; the answer is then streamed.

        Raises:
            ModelError: The optional packages are not installed.
        """
        return self._run(lambda: self._written(assignment, review, progress))

    def probe(self) -> Authored:
        """Ask for the smallest answer there is, to see whether the model answers at all.

        Raises:
            ModelError: The optional packages are not installed.
        """
        return self._run(self._probed)

    @property
    def limits(self) -> tuple[int, int]:
        """The most requests that one asking may take, and the most tokens that each may answer."""
        return self._endpoint.retries + 1, self._endpoint.max_output_tokens

    def shaped(
        self,
        shape: type[S],
        instructions: str,
        data: str,
        *,
        validate: Callable[[RunContext[None], Any], Any],
        hear: Hear | None = None,
    ) -> tuple[S | None, Authored]:
        """Ask for an answer of a shape; beside it, or in its place, how that ended and what it took.

        Args:
            shape: What comes back.
            instructions: What is to be done.
            data: What it is given.
            validate: Looks at a whole answer, and may have it mended.
            hear: Told each piece of text as it comes, with whether a new answer begins; it is then streamed.

        Raises:
            ModelError: The optional packages are not installed.
        """
        work: Callable[[], Coroutine[Any, Any, tuple[S | None, Authored]]]
        work = partial(self._shaped, shape, instructions, data, validate, hear)
        return self._run(work)

    def close(self) -> None:
        """Close the connections and end the loop. May be called twice."""
        with self._lock:
            loop, thread, self._loop = self._loop, self._thread, None
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(self._closed(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    async def _closed(self) -> None:
        waiting = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        if self._close is not None:
            await self._close()
            self._model, self._close = None, None

    def _run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        self._prepare()
        future = asyncio.run_coroutine_threadsafe(work(), self._started())
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def _prepare(self) -> None:
        """Load and connect in the caller's thread: importing takes seconds, which the loop must not stand still for."""
        with self._lock:
            if self._model is None:
                self._model, self._close = connected(self._endpoint)

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                loop = self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=loop.run_forever, name="readthrough-language-model", daemon=True
                )
                self._thread.start()
            return self._loop

    async def _shaped(
        self,
        shape: type[T],
        instructions: str,
        data: str,
        validate: Callable[[RunContext[None], T], T],
        hear: Hear | None,
    ) -> tuple[T | None, Authored]:
        from readthrough.language_model.counted import Sheet

        sheet = Sheet(most_output=self._endpoint.max_output_tokens)
        agent = self._agent(shape, instructions, sheet, most=self._endpoint.max_output_tokens)
        agent.output_validator(validate)
        made = await self._ended(agent, data, sheet, None if hear is None else _heard(hear))
        if isinstance(made, Authored):
            return None, made
        return made, Authored(ending=Ending.WRITTEN, spent=sheet.spent())

    async def _written(self, assignment: Assignment, review: Review, progress: Progress | None) -> Authored:
        from readthrough.language_model.answer import Answer
        from readthrough.language_model.counted import Sheet

        sheet = Sheet(most_output=self._endpoint.max_output_tokens)
        agent = self._agent(Answer, assignment.instructions, sheet, most=self._endpoint.max_output_tokens)
        agent.output_validator(_reviewed(review))
        first = await self._answered(agent, assignment.data, sheet, progress)
        if first.ending is not Ending.OVERFLOW or assignment.shorter == assignment.data:
            return first
        return await self._answered(agent, assignment.shorter, sheet, progress)

    async def _answered(
        self, agent: Agent[None, Answer], data: str, sheet: Sheet, progress: Progress | None
    ) -> Authored:
        from readthrough.language_model.answer import claims_of

        answer = await self._ended(agent, data, sheet, None if progress is None else _followed(progress))
        if isinstance(answer, Authored):
            return answer
        claims = claims_of(answer)
        if not claims:
            return Authored(ending=Ending.REFUSED, detail="It had nothing to say.", spent=sheet.spent())
        return Authored(ending=Ending.WRITTEN, claims=claims, spent=sheet.spent())

    async def _probed(self) -> Authored:
        from readthrough.language_model.answer import Probe
        from readthrough.language_model.counted import Sheet

        sheet = Sheet(most_output=_PROBE_TOKENS)
        agent = self._agent(Probe, "Say whether you are ready to answer.", sheet, most=_PROBE_TOKENS)
        answer = await self._ended(agent, "Are you ready?", sheet, None)
        if isinstance(answer, Authored):
            return answer
        return Authored(ending=Ending.WRITTEN, spent=sheet.spent())

    def _agent(self, shape: type[T], instructions: str, sheet: Sheet, *, most: int) -> Agent[None, T]:
        from pydantic_ai import Agent, NativeOutput, ToolOutput
        from pydantic_ai.settings import ModelSettings

        from readthrough.language_model.counted import Counted

        assert self._model is not None  # `_run` prepares it
        # For Anthropic the answer's shape travels as a tool that ends the run; the model is given no other.
        output = ToolOutput(shape) if self._endpoint.api == "anthropic" else NativeOutput(shape)
        return Agent(
            Counted(self._model, sheet),
            output_type=output,
            instructions=instructions,
            retries=self._endpoint.retries,
            model_settings=ModelSettings(max_tokens=most),
            name="readthrough-author",
        )

    async def _ended(
        self, agent: Agent[None, T], data: str, sheet: Sheet, handler: Follow | None
    ) -> T | Authored:
        """Run an agent to its answer, or to the reason why there is none; all attempts share the time."""
        left = max(0.001, self._endpoint.timeout.total_seconds() - sheet.seconds)
        try:
            async with asyncio.timeout(left):
                run = await agent.run(data, usage=sheet.usage, event_stream_handler=handler)
        except ModelError:
            raise
        except Exception as error:
            ending, detail = reason_of(error, self._endpoint)
            return Authored(ending=ending, detail=detail, spent=sheet.spent())
        return run.output


def _reviewed(review: Review) -> Callable[[RunContext[None], Answer], Answer]:
    from pydantic_ai import ModelRetry

    from readthrough.language_model.answer import claims_of

    def checked(context: RunContext[None], answer: Answer) -> Answer:
        faults = () if context.partial_output else review(claims_of(answer))
        if faults and not context.last_attempt:
            raise ModelRetry("\n".join(("Mend this and give the whole answer again:", *faults)))
        return answer

    return checked


def _followed(progress: Progress) -> Follow:
    from pydantic_ai.messages import PartDeltaEvent, TextPartDelta, ToolCallPartDelta

    come = 0

    async def follow(context: RunContext[None], events: AsyncIterable[AgentStreamEvent]) -> None:
        nonlocal come
        async for event in events:
            if not isinstance(event, PartDeltaEvent):
                continue
            delta = event.delta
            if isinstance(delta, TextPartDelta):
                come += len(delta.content_delta)
            elif isinstance(delta, ToolCallPartDelta):
                come += len(str(delta.args_delta or ""))
            progress(come)

    return follow


def _heard(hear: Hear) -> Follow:
    from pydantic_ai.messages import (
        PartDeltaEvent,
        PartStartEvent,
        TextPart,
        TextPartDelta,
        ToolCallPart,
        ToolCallPartDelta,
    )

    async def follow(context: RunContext[None], events: AsyncIterable[AgentStreamEvent]) -> None:
        async for event in events:
            if isinstance(event, PartStartEvent):
                part = event.part
                if isinstance(part, TextPart):
                    hear(part.content, True)
                elif isinstance(part, ToolCallPart):
                    hear(part.args if isinstance(part.args, str) else "", True)
            elif isinstance(event, PartDeltaEvent):
                delta = event.delta
                if isinstance(delta, TextPartDelta):
                    hear(delta.content_delta, False)
                elif isinstance(delta, ToolCallPartDelta) and isinstance(delta.args_delta, str):
                    hear(delta.args_delta, False)

    return follow
