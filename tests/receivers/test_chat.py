"""Chat by Apprise against a local server, where its plugins are pointed."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import Permanent, SettingsError, SourceRefused, Transient
from readthrough.net import public_connections_only
from readthrough.receivers.chat import SCHEMAS, Chat
from readthrough.receivers.words import plain

# A plugin that is loaded with the others imports a module that Python is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
DELIVERY = Delivery(id="dlv_1", alert_id="alr_1", receiver="team", attempts=1, due_at=NOW, state="pending")
HOSTILE = "@everyone <!channel> *bold* [click](https://evil.example) <https://evil.example|here> `x` _i_ ~s~"
PAYLOAD: NoteDocument = {
    "type": "alert.fired",
    "timestamp": "2026-11-18T12:00:00Z",
    "data": {
        "id": "alr_1",
        "rule": {"id": "r", "name": "Cuts"},
        "severity": "urgent",
        "headline": f"Acme cuts guidance {HOSTILE}",
        "story_id": "sto_1",
        "reason": {"code": "matched", "words": f"Acme at −0.40 {HOSTILE}.", "matched": {}},
        "note": {"id": "note_1", "summary": [{"text": f"Acme cut. {HOSTILE}"}]},
    },
}
FIXED = {
    "slack": ("slack://TokenA12B/TokenB12B4/TokenC12B1234567890abcde/#c", "webhook_url"),
    "discord": ("discord://417421629800000000/JHMHI8qBe7bk2ZwO5U711o3dV_js", "notify_url"),
    "telegram": ("tgram://123456789:abcdefg_hijklmnop/12315544/", "notify_url"),
}


@dataclass
class Service:
    host: str = ""
    status: int = 200
    got: list[str] = field(default_factory=list)


@pytest.fixture
def service(serve_locally: Callable[[type[BaseHTTPRequestHandler]], str]) -> Service:
    box = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            box.got.append(body)
            said = b"ok" if "attachments" in body else b'{"ok":true,"id":"1"}'
            self.send_response(box.status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None: ...

    box.host = urlsplit(serve_locally(Handler)).netloc
    return box


def said(service: Service) -> str:
    [body] = service.got
    parsed = json.loads(body)
    parts = parsed.get("attachments", [parsed])
    return " ".join(
        str(part.get(key, "")) for part in parts for key in ("title", "text", "content", "message")
    )


def harmless(text: str) -> None:
    for trap in (
        "@everyone",
        "@here",
        "<!",
        "<https",
        "](http",
        "*bold*",
        "`x`",
        "_i_",
        "~s~",
        "https://evil",
    ):
        assert trap not in text, trap
    assert "Acme cuts guidance" in text
    assert "URGENT" in text


@pytest.mark.parametrize("kind", ["mmost", "ntfy", "matrix"])
def test_a_service_of_ones_own_is_told(service: Service, kind: str) -> None:
    places = {
        "mmost": f"mmost://{service.host}/3ccdd113474722377935511fc85d3dd4",
        "ntfy": f"ntfy://{service.host}/alerts",
        "matrix": f"matrix://{service.host}/token?mode=slack",
    }
    Chat(name="team", address=places[kind], allow_private=True).send(DELIVERY, PAYLOAD, NOW)
    harmless(said(service))


@pytest.mark.parametrize("kind", FIXED)
def test_services_with_one_place_for_all_are_told(
    service: Service, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, attribute = FIXED[kind]
    chat = Chat(name="team", address=address, allow_private=True)
    plugin: Any = chat._door()[0]
    monkeypatch.setattr(type(plugin), attribute, f"http://{service.host}/services")
    chat.send(DELIVERY, PAYLOAD, NOW)
    harmless(said(service))


def test_a_service_that_does_not_take_it_is_tried_again_and_no_token_is_told(service: Service) -> None:
    service.status = 500
    address = f"mmost://{service.host}/3ccdd113474722377935511fc85d3dd4"
    with pytest.raises(Transient) as caught:
        Chat(name="team", address=address, allow_private=True).send(DELIVERY, PAYLOAD, NOW)
    assert "3ccdd" not in str(caught.value)


def test_a_service_inside_is_refused_at_saving_and_when_it_is_sent_to(service: Service) -> None:
    port = service.host.split(":")[1]
    for host in (service.host, f"localhost:{port}", f"2130706433:{port}"):
        chat = Chat(name="team", address=f"mmost://{host}/3ccdd113474722377935511fc85d3dd4")
        with pytest.raises(SourceRefused):
            chat.check_public()
        with pytest.raises((Permanent, Transient)):
            chat.send(DELIVERY, PAYLOAD, NOW)
    assert service.got == []


def test_what_a_name_resolves_to_the_second_time_is_what_is_checked(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(service.host.split(":")[1])
    answers = iter(["93.184.215.14"])

    def rebound(host: str, *_: object, **__: object) -> list[Any]:
        address = next(answers, "127.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    chat = Chat(name="team", address=f"mmost://rebind.example:{port}/3ccdd113474722377935511fc85d3dd4")
    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    chat.check_public()
    with pytest.raises(Permanent, match="not a public address"):
        chat.send(DELIVERY, PAYLOAD, NOW)
    assert service.got == []


def test_the_watch_on_connections_ends_with_its_block(service: Service) -> None:
    host, port = service.host.split(":")
    with pytest.raises(SourceRefused), public_connections_only():
        socket.create_connection((host, int(port)), timeout=5)
    socket.create_connection((host, int(port)), timeout=5).close()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "json://127.0.0.1",
        "jsons://example.com",
        "xml://example.com",
        "form://example.com",
        "syslog://",
        "dbus://",
        "windows://",
        "mailto://user:pass@example.com",
        "file:///etc/passwd",
        "slack://a/b/c/#d?template=/etc/passwd",
        "workflows://example.com/a/b?template=/etc/passwd",
        "mmosts://example.com/x?verify=no",
        "discord://a/b?format=markdown",
        "mmost://[::1/x",
    ],
)
def test_other_services_and_options_are_refused(address: str) -> None:
    with pytest.raises(SettingsError):
        Chat(name="team", address=address)


def test_every_service_that_may_be_named_is_one_that_apprise_knows() -> None:
    from apprise import Apprise

    known = {
        str(schema)
        for service in Apprise().details()["schemas"]
        for key in ("protocols", "secure_protocols")
        for schema in (service[key] or ())
    }
    assert known >= SCHEMAS


def test_words_lose_only_what_acts() -> None:
    assert plain("Acme Corp. (ACME) rose 5%: $1.2bn & more").replace("\u2060", "") == (
        "Acme Corp. (ACME) rose 5%: $1.2bn & more"
    )


@pytest.mark.parametrize("kind", ["mmost", "matrix", *FIXED])
def test_a_firms_own_words_keep_their_markup_and_give_the_news_none(
    service: Service, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "team").mkdir()
    words = "**Note**: {{ alert.headline }}\n\n{{ alert.why }}\n"
    (tmp_path / "team/new.md").write_text(words, "utf-8")
    (tmp_path / "team/new.title").write_text("{{ severity|upper }} {{ subject }}", "utf-8")
    own = {"mmost": f"mmost://{service.host}/3ccdd113474722377935511fc85d3dd4",
           "matrix": f"matrix://{service.host}/token?mode=slack"}  # fmt: skip
    address = own.get(kind) or FIXED[kind][0]
    chat = Chat(name="team", address=address, allow_private=True, templates=tmp_path)
    if kind in FIXED:
        plugin: Any = chat._door()[0]
        monkeypatch.setattr(type(plugin), FIXED[kind][1], f"http://{service.host}/services")
    assert chat.send(DELIVERY, PAYLOAD, NOW) is None
    harmless(said(service))
    assert "Note" in said(service)
    (tmp_path / "team/new.md").write_text("{{ nothing }}", "utf-8")
    service.got.clear()
    remark = chat.send(DELIVERY, PAYLOAD, NOW)
    assert remark is not None
    assert "there is no value 'nothing'" in remark
    harmless(said(service))
