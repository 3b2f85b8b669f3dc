"""Webhooks against a real local server, checked by the scheme's reference verifier."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import Permanent, SettingsError, SourceRefused, Transient
from readthrough.domain.route import SharedSecret
from readthrough.net import GuardedTransport, require_public
from readthrough.receivers.webhook import MAX_RETRY_AFTER, Webhook

SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
PAYLOAD: NoteDocument = {"id": "alr_1", "headline": "Größe “up” 7 % \u202e <script>", "ticker": "BABA"}
DELIVERY = Delivery(id="dlv_9", alert_id="alr_1", receiver="desk", attempts=0, due_at=NOW, state="pending")


@dataclass
class Inbox:
    url: str = ""
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def inbox(serve_locally: Callable[[type[BaseHTTPRequestHandler]], str]) -> Iterator[Inbox]:
    box = Inbox()
    done = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            box.got.append((dict(self.headers.items()), body))
            if box.hang:
                done.wait(5)
                return
            self.send_response(box.status)
            for name, value in box.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    box.url = f"{serve_locally(Handler)}/hook?key=private"
    yield box
    done.set()


def send(inbox: Inbox, *, now: datetime = NOW, timeout_s: float = 5.0) -> None:
    webhook = Webhook(name="desk", url=inbox.url, secret=SECRET, allow_private=True, timeout_s=timeout_s)
    try:
        webhook.send(DELIVERY, PAYLOAD, now)
    finally:
        webhook.close()


def test_the_reference_verifier_accepts_what_was_sent(inbox: Inbox) -> None:
    send(inbox, now=datetime.now(UTC))
    headers, body = inbox.got[0]
    assert Verifier(SECRET).verify(body, headers) == PAYLOAD
    assert headers["content-type"] == "application/json"


def test_a_changed_byte_is_rejected(inbox: Inbox) -> None:
    send(inbox, now=datetime.now(UTC))
    headers, body = inbox.got[0]
    changed = body.replace(b"BABA", b"BABB")
    assert changed != body
    with pytest.raises(WebhookVerificationError):
        Verifier(SECRET).verify(changed, headers)
    for header in ("webhook-id", "webhook-signature"):
        with pytest.raises(WebhookVerificationError):
            Verifier(SECRET).verify(body, {**headers, header: headers[header].swapcase()})
    with pytest.raises(WebhookVerificationError):
        Verifier("whsec_" + "A" * 32).verify(body, headers)


def test_while_keys_change_each_signs_and_one_that_has_run_out_does_not(inbox: Inbox) -> None:
    now = datetime.now(UTC)
    new, old = SECRET, "whsec_" + "A" * 32
    for secret in (
        f"{new} {old}",
        (SharedSecret(value=new), SharedSecret(value=old, expires_at=now + timedelta(hours=1))),
        (SharedSecret(value=new), SharedSecret(value=old, expires_at=now)),
    ):
        webhook = Webhook(name="desk", url=inbox.url, secret=secret, allow_private=True)
        webhook.send(DELIVERY, PAYLOAD, now)
        webhook.close()
    for headers, body in inbox.got[:2]:
        assert len(headers["webhook-signature"].split()) == 2
        assert Verifier(new).verify(body, headers) == Verifier(old).verify(body, headers) == PAYLOAD
    headers, body = inbox.got[2]
    assert Verifier(new).verify(body, headers) == PAYLOAD
    with pytest.raises(WebhookVerificationError):
        Verifier(old).verify(body, headers)
    assert "whsec" not in repr(SharedSecret(value=new))


def test_the_id_stays_over_retries_and_the_time_is_the_attempts(inbox: Inbox) -> None:
    send(inbox)
    send(inbox, now=NOW + timedelta(minutes=5))
    first, second = (headers for headers, _ in inbox.got)
    assert first["webhook-id"] == second["webhook-id"] == "dlv_9"
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 300
    assert first["webhook-signature"] != second["webhook-signature"]


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_success(inbox: Inbox, status: int) -> None:
    inbox.status = status
    send(inbox)
    assert len(inbox.got) == 1


@pytest.mark.parametrize(
    "status", [301, 302, 307, 308, 400, 401, 403, 404, 408, 413, 422, 425, 429, 500, 502, 503, 504]
)
def test_failures_that_may_pass(inbox: Inbox, status: int) -> None:
    inbox.status, inbox.headers = status, {"Location": inbox.url}
    with pytest.raises(Transient, match=str(status)):
        send(inbox)
    assert len(inbox.got) == 1, "a redirect must not be followed"


def test_a_receiver_that_is_gone_will_not_be_tried_again(inbox: Inbox) -> None:
    inbox.status = 410
    with pytest.raises(Permanent) as caught:
        send(inbox)
    assert caught.value.remedy
    assert "private" not in str(caught.value), "the address may hold a key"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 02 Mar 2026 14:31:00 GMT", 60.0),
        ("Mon, 02 Mar 2026 14:00:00 GMT", 0.0),
        ("99999999", MAX_RETRY_AFTER.total_seconds()),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("", None),
    ],
)
def test_the_wait_a_receiver_asks_for(inbox: Inbox, value: str, seconds: float | None) -> None:
    inbox.status, inbox.headers = 429, {"Retry-After": value}
    with pytest.raises(Transient) as caught:
        send(inbox)
    assert caught.value.facts["retry_after"] == (None if seconds is None else timedelta(seconds=seconds))


def test_a_receiver_that_hangs_is_transient(inbox: Inbox) -> None:
    inbox.hang = True
    with pytest.raises(Transient, match="in time"):
        send(inbox, timeout_s=0.1)


def test_a_receiver_that_is_down_is_transient() -> None:
    webhook = Webhook(name="desk", url="http://127.0.0.1:9/", secret=SECRET, allow_private=True)
    with pytest.raises(Transient, match="could not be reached"):
        webhook.send(DELIVERY, PAYLOAD, NOW)
    webhook.close()


def test_a_private_address_is_refused_unless_allowed(inbox: Inbox) -> None:
    webhook = Webhook(name="desk", url=inbox.url, secret=SECRET)
    with pytest.raises(Permanent, match="not a public address"):
        webhook.send(DELIVERY, PAYLOAD, NOW)
    webhook.close()
    assert inbox.got == []


@pytest.mark.parametrize(
    "host",
    """127.0.0.1 localhost 10.0.0.1 192.168.1.1 172.16.0.1 169.254.169.254 168.63.129.16 100.64.0.1 [::1]
    [::ffff:10.0.0.1] [::ffff:7f00:1] [fe80::1] [fd00::1] [64:ff9b::7f00:1] [2002:7f00:1::] 2130706433 0x7f000001
    127.1 0 0.0.0.0""".split(),
)
def test_an_address_inside_is_refused_when_it_is_saved_and_when_it_is_sent_to(host: str) -> None:
    webhook = Webhook(name="desk", url=f"http://{host}:9/hook", secret=SECRET)
    with pytest.raises(SourceRefused):
        webhook.check_public()
    with pytest.raises(Permanent, match="not a public address"):
        webhook.send(DELIVERY, PAYLOAD, NOW)
    webhook.close()


def test_a_name_that_answers_differently_the_second_time_gains_nothing(inbox: Inbox) -> None:
    port = inbox.url.split(":")[2].split("/")[0]
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    transport = GuardedTransport(resolver=lambda host, port: next(answers))
    require_public("rebind.example", 80, resolver=lambda host, port: next(answers))
    webhook = Webhook(name="desk", url=f"http://rebind.example:{port}/", secret=SECRET, transport=transport)
    with pytest.raises(Permanent, match="not a public address"):
        webhook.send(DELIVERY, PAYLOAD, NOW)
    webhook.close()
    assert inbox.got == []


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_a", "plain", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
def test_a_malformed_secret_is_a_settings_error_that_does_not_repeat_it(secret: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Webhook(name="desk", url="https://example.com/", secret=secret)
    assert caught.value.__cause__ is None
    assert not secret or secret not in caught.value.message.replace("whsec_.", "")


@pytest.mark.parametrize("url", ["", "ftp://example.com", "https://", "example.com/hook", "http://[::1"])
def test_a_malformed_address_is_a_settings_error(url: str) -> None:
    with pytest.raises(SettingsError):
        Webhook(name="desk", url=url, secret=SECRET)


def test_not_a_number_is_never_sent(inbox: Inbox) -> None:
    webhook = Webhook(name="desk", url=inbox.url, secret=SECRET, allow_private=True)
    with pytest.raises(ValueError, match="JSON"):
        webhook.send(DELIVERY, {"score": float("nan")}, NOW)
    webhook.close()
    assert inbox.got == []
