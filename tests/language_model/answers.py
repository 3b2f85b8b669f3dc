"""Models that answer what a test wants, and see what they were given."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, UserPromptPart
from pydantic_ai.models.function import AgentInfo, FunctionModel
from pydantic_ai.profiles import ModelProfile

from readthrough.language_model.author import LanguageModel
from readthrough.language_model.connect import Endpoint

Data: TypeAlias = dict[str, Any]
Answer: TypeAlias = Callable[[Data], str]


class Scripted:
    """Answers by a script, one entry a request, the last one for ever; keeps what it was sent."""

    def __init__(self, *script: Answer) -> None:
        self._script = script
        self.seen: list[list[ModelMessage]] = []

    def __call__(self, messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        assert not info.function_tools, "the model is given no tools"
        self.seen.append(messages)
        answer = self._script[min(len(self.seen), len(self._script)) - 1]
        return ModelResponse(parts=[TextPart(answer(data_of(messages)))])

    @property
    def told(self) -> str:
        """Everything that was sent with the last request, as text."""
        parts = [part for message in self.seen[-1] for part in message.parts]
        asked = [message.instructions or "" for message in self.seen[-1] if message.kind == "request"]
        return "\n".join([*asked, *(str(getattr(part, "content", "")) for part in parts)])


def author(*script: Answer, **more: Any) -> tuple[LanguageModel, Scripted]:
    """An author that asks a scripted model."""
    scripted = Scripted(*script)
    model = FunctionModel(scripted, profile=ModelProfile(supports_json_schema_output=True))
    endpoint = Endpoint(api="openai", model="scripted", base_url="http://127.0.0.1:9/v1", **more)
    return LanguageModel(endpoint, model=model), scripted


def data_of(messages: Sequence[ModelMessage]) -> Data:
    """The data that was sent, taken out of its envelope."""
    texts = [str(p.content) for m in messages for p in m.parts if isinstance(p, UserPromptPart)]
    text = texts[0].removeprefix("<untrusted>\n").removesuffix("\n</untrusted>")
    found: Data = json.loads(text)
    return found


def claim(**over: Any) -> Data:
    """A claim of the right shape."""
    return {
        "kind": "second_order",
        "text": "Nothing in particular follows from what the company said about its business.",
        "direction": "neutral",
        "horizon_from": 1,
        "horizon_to": 2,
        "horizon_unit": "months",
        "confidence": 60,
        "tickers": [],
        "support": ["c1"],
        "wrong_if": "",
        **over,
    }


def sound(data: Data, most: int = 3) -> list[Data]:
    """The first candidates, as a careful model might hand them back."""
    return [
        claim(
            kind=c["kind"],
            text=c["text"],
            direction=c["direction"],
            tickers=c.get("tickers", []),
            support=[i],
            confidence=90,
            wrong_if=c.get("wrong_if", ""),
        )
        for i, c in list(data["candidates"].items())[:most]
    ]


def written(*claims: Data) -> str:
    """Claims as the JSON of an answer."""
    return json.dumps({"claims": list(claims)})


def careful(data: Data) -> str:
    """Answer with sound claims only."""
    return written(*sound(data))
