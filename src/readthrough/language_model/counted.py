"""A model that notes what was sent and never answered: it may have cost money all the same."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from pydantic_ai import RunContext
from pydantic_ai.exceptions import ModelAPIError, ModelRequestTimeout, ModelTimeoutError
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RunUsage

from readthrough.domain.authoring import Spent

__all__ = ["Counted", "Sheet"]

_CHARS_A_TOKEN = 2
"""Characters a token holds, for a request whose count was never told; low, so that no money is forgotten."""


class Sheet:
    """What the requests of one asking have taken."""

    def __init__(self, *, most_output: int) -> None:
        """Begin, with the most tokens one answer may hold."""
        self.usage = RunUsage()
        self._most_output = most_output
        self._lost: list[int] = []
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    def lose(self, messages: Iterable[ModelMessage]) -> None:
        """Count a request that did not answer, at its most."""
        sent = sum(len(str(getattr(part, "content", ""))) for m in messages for part in m.parts)
        self._lost.append(sent // _CHARS_A_TOKEN + 1)

    def spent(self) -> Spent:
        """Add it up."""
        return Spent(
            requests=self.usage.requests + len(self._lost),
            input_tokens=self.usage.input_tokens + sum(self._lost),
            output_tokens=self.usage.output_tokens + len(self._lost) * self._most_output,
            seconds=self.seconds,
        )


class Counted(WrapperModel):
    """Passes everything on; a request that ends without an answer or a refusal is put on the sheet."""

    def __init__(self, wrapped: Model, sheet: Sheet) -> None:
        """Wrap a model for one asking."""
        super().__init__(wrapped)
        self._sheet = sheet

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """Ask once."""
        try:
            return await super().request(messages, model_settings, model_request_parameters)
        except BaseException as error:
            self._note(error, messages)
            raise

    @asynccontextmanager
    async def request_stream(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
        run_context: RunContext[Any] | None = None,
    ) -> AsyncGenerator[StreamedResponse]:
        """Ask once, and hand the answer on as it comes."""
        try:
            async with super().request_stream(
                messages, model_settings, model_request_parameters, run_context
            ) as response:
                yield response
        except BaseException as error:
            self._note(error, messages)
            raise

    def _note(self, error: BaseException, messages: Iterable[ModelMessage]) -> None:
        refused = isinstance(error, ModelAPIError) and not isinstance(
            error, ModelTimeoutError | ModelRequestTimeout
        )
        if not refused:
            self._sheet.lose(messages)
