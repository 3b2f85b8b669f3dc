"""What goes over the wire, and what each way of failing is called, with servers that answer what a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any, Literal

import pytest
from tests.conftest import Serve
from tests.language_model.answers import Data, claim, written

from readthrough.domain.authoring import Assignment, Authored, Ending
from readthrough.domain.errors import ModelError
from readthrough.language_model.author import LanguageModel
from readthrough.language_model.connect import Endpoint, connected

ASKED = Assignment(
    instructions="Write.", data="<untrusted>{}</untrusted>", shorter="<untrusted>{}</untrusted>"
)
KEY = "sk-not-to-be-told-0123456789"
Ask = Callable[..., Authored]


class Sent:
    """What a server was sent."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.bodies: list[dict[str, Any]] = []


@pytest.fixture
def sent() -> Sent:
    return Sent()


@pytest.fixture
def ask(serve_locally: Serve, sent: Sent) -> Iterator[Ask]:
    """Ask a server that answers with a status and a body, or hangs until the test ends."""
    ended = threading.Event()

    def make(
        status: int,
        body: object,
        *,
        api: Literal["openai", "anthropic"] = "openai",
        hangs: bool = False,
        **more: Any,
    ) -> Authored:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                sent.paths.append(self.path)
                sent.headers.append({name.lower(): value for name, value in self.headers.items()})
                sent.bodies.append(json.loads(raw))
                if hangs:
                    ended.wait(20)
                    return
                text = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.send_header("Retry-After-Ms", "1")
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *args: object) -> None: ...

        address = serve_locally(Handler) + ("/v1" if api == "openai" else "")
        endpoint = Endpoint(api=api, model="m", base_url=address, key=KEY, **{"retries": 0, **more})
        model = LanguageModel(endpoint)
        try:
            authored = model.write(ASKED, lambda claims: ())
        finally:
            ended.set()
            model.close()
        assert KEY not in repr(authored)
        assert KEY not in repr(endpoint)
        return authored

    yield make
    ended.set()


def completion(content: str | None, finish: str = "stop", **more: Any) -> dict[str, Any]:
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": content, **more},
            }
        ],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }


def test_an_openai_compatible_endpoint_is_given_key_schema_and_no_tools(ask: Ask, sent: Sent) -> None:
    authored = ask(200, completion(written(claim(), claim(text="Another claim altogether, in eight words."))))
    assert authored.ending is Ending.WRITTEN
    assert [c.support for c in authored.claims] == [("c1",), ("c1",)]
    assert (authored.spent.input_tokens, authored.spent.output_tokens) == (11, 7)
    assert sent.paths == ["/v1/chat/completions"]
    assert sent.headers[0]["authorization"] == f"Bearer {KEY}"
    assert not sent.bodies[0].get("tools")
    schema = json.dumps(sent.bodies[0]["response_format"])
    assert '"number"' not in schema  # whole numbers only: grammars do not bound fractions
    assert sent.bodies[0]["messages"][-1]["content"] == ASKED.data
    assert "Write." in sent.bodies[0]["messages"][0]["content"]


def message(*claims: Data) -> Data:
    return {
        "id": "1",
        "type": "message",
        "role": "assistant",
        "model": "m",
        "stop_reason": "tool_use",
        "stop_sequence": None,
        "content": [
            {"type": "tool_use", "id": "t", "name": "final_result", "input": json.loads(written(*claims))}
        ],
        "usage": {"input_tokens": 21, "output_tokens": 9},
    }


def test_anthropic_is_given_key_and_one_tool_for_the_answer(ask: Ask, sent: Sent) -> None:
    authored = ask(200, message(claim()), api="anthropic")
    assert authored.ending is Ending.WRITTEN
    assert (authored.spent.input_tokens, authored.spent.output_tokens) == (21, 9)
    assert sent.paths[0].split("?")[0] == "/v1/messages"
    assert KEY in json.dumps(sent.headers[0])
    assert [tool["name"] for tool in sent.bodies[0]["tools"]] == ["final_result"]


@pytest.mark.parametrize(
    ("status", "body", "ending", "words"),
    [
        (
            401,
            {"error": {"message": f"Incorrect API key provided: {KEY}"}},
            Ending.UNREACHABLE,
            "refuses the key",
        ),
        (404, {"error": {"message": "no such model"}}, Ending.UNREACHABLE, "no such model"),
        (429, {"error": {"message": "slow down"}}, Ending.UNREACHABLE, "no more requests"),
        (500, {"error": {"message": "oops"}}, Ending.UNREACHABLE, "failed"),
        (422, {"error": {"message": "what?"}}, Ending.UNREACHABLE, "refused the request"),
        (
            400,
            {"error": {"message": "too long", "code": "context_length_exceeded"}},
            Ending.OVERFLOW,
            "does not fit",
        ),
        (200, completion("I would rather not."), Ending.MALFORMED, "1 attempts"),
        (200, completion(None, "content_filter"), Ending.REFUSED, "declined"),
        (200, completion(None, refusal="I can't help with that."), Ending.REFUSED, "declined"),
        (200, completion('{"claims": [', "length"), Ending.MALFORMED, "tokens"),
        (200, {"nothing": "of the kind"}, Ending.MALFORMED, ""),
        (200, "a string", Ending.MALFORMED, ""),
    ],
)
def test_every_way_of_failing_has_a_name(
    ask: Ask, status: int, body: object, ending: Ending, words: str
) -> None:
    authored = ask(status, body)
    assert authored.ending is ending, authored
    assert words in authored.detail
    assert not authored.claims


def test_a_server_that_hangs_is_left(ask: Ask) -> None:
    authored = ask(200, {}, hangs=True, timeout=timedelta(milliseconds=200))
    assert authored.ending is Ending.TIMEOUT
    assert authored.spent.output_tokens > 0


@pytest.mark.parametrize("api", ["openai", "anthropic"])
def test_no_variable_of_another_service_is_used(
    ask: Ask, sent: Sent, monkeypatch: pytest.MonkeyPatch, api: Literal["openai", "anthropic"]
) -> None:
    for house in ("OPENAI", "ANTHROPIC"):
        monkeypatch.setenv(f"{house}_BASE_URL", "http://127.0.0.1:9/v1")
        for name in ("API_KEY", "AUTH_TOKEN", "ORG_ID", "PROJECT_ID", "ADMIN_KEY"):
            monkeypatch.setenv(f"{house}_{name}", "of-another-service")
    body = completion(written(claim())) if api == "openai" else message(claim())
    assert ask(200, body, api=api).ending is Ending.WRITTEN
    assert "of-another-service" not in json.dumps(sent.headers)


def test_missing_packages_are_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name == "openai":
            raise ImportError("No module named 'openai'")
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ModelError, match=r"readthrough\[llm\]"):
        connected(Endpoint(api="openai", model="m"))
