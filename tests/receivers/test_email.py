"""E-mail through a real SMTP server that insists on TLS."""

from __future__ import annotations

import asyncio
import email
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import Permanent, SettingsError, Transient
from readthrough.receivers.email import Email, Server

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


def delivery(number: int = 1) -> Delivery:
    return Delivery(
        id=f"dlv_{number}", alert_id="alr_1", receiver="anna", attempts=1, due_at=NOW, state="pending"
    )


def payload(
    headline: str = "Acme cuts guidance", story: str = "sto_1", kind: str = "alert.fired"
) -> NoteDocument:
    return {
        "type": kind,
        "timestamp": "2026-11-18T12:00:00Z",
        "data": {
            "id": "alr_1",
            "rule": {"id": "r", "name": "Rule <b>"},
            "severity": "flash",
            "headline": headline,
            "story_id": story,
            "also": ["Other rule"],
            "reason": {"code": "matched", "words": "Acme at −0.40.", "matched": {"ticker": "ACME"}},
            "note": {"id": "note_1", "summary": [{"text": "Acme <script>alert(1)</script> cut & run."}]},
        },
    }


@dataclass
class Inbox:
    server: Server = field(default_factory=lambda: Server(host="", port=0, security="", sender=""))
    answer: str = "250 taken"
    rcpt: str = ""
    mails: list[EmailMessage] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.encrypted.append(
            session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None
        )
        made = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(made, EmailMessage)
        self.mails.append(made)
        return self.answer


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "3", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-addext", "basicConstraints=critical,CA:TRUE", "-keyout", str(key), "-out", str(cert)],
        capture_output=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return key, cert


@pytest.fixture(params=["starttls", "tls"])
def inbox(request: pytest.FixtureRequest, certificate: tuple[Path, Path]) -> Iterator[Inbox]:
    key, cert = certificate
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    box = Inbox()

    def authenticated(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.login == b"readthrough" and data.password == b"secret")

    def made() -> SMTP:
        if request.param == "tls":
            return SMTP(box, authenticator=authenticated, auth_require_tls=False, hostname="localhost")
        return SMTP(
            box, tls_context=context, require_starttls=True, authenticator=authenticated, hostname="localhost"
        )

    port, stop = _serve(made, context if request.param == "tls" else None)
    box.server = Server(
        host="localhost",
        port=port,
        security=request.param,
        sender="alerts@readthrough.example.com",
        username="readthrough",
        password="secret",
        ca_file=cert,
        timeout_s=5,
    )
    yield box
    stop()


def _serve(made: Callable[[], SMTP], context: ssl.SSLContext | None) -> tuple[int, Callable[[], None]]:
    """Serve SMTP from a thread; gives its port and what ends it."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(made, "127.0.0.1", 0, ssl=context))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def stop() -> None:
        async def end() -> None:
            server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
            await asyncio.sleep(0)

        asyncio.run_coroutine_threadsafe(end(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    return int(server.sockets[0].getsockname()[1]), stop


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def send(box: Inbox, body: NoteDocument | None = None, number: int = 1, **other: Any) -> None:
    Email(name="anna", to=("anna@example.com", "ben@example.com"), server=replace(box.server, **other)).send(
        delivery(number), payload() if body is None else body, NOW
    )


def test_a_mail_says_it_in_text_and_html_over_tls(inbox: Inbox) -> None:
    send(inbox)
    [mail] = inbox.mails
    assert inbox.encrypted == [True]
    assert mail["subject"] == "[FLASH] Acme cuts guidance"
    assert mail["to"] == "anna@example.com, ben@example.com"
    assert mail["auto-submitted"] == "auto-generated"
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    words, marked = text.get_content(), html.get_content()
    for said in ("Acme at −0.40.", "Ticker", "ACME", "Other rule", "alr_1"):
        assert said in words
        assert said in marked
    assert "Acme <script>alert(1)</script> cut & run." in words
    assert "<script" not in marked
    assert "&lt;script&gt;alert(1)&lt;/script&gt; cut &amp; run." in marked
    assert "Rule &lt;b&gt;" in marked


def test_mails_of_a_story_are_one_thread_and_a_retry_has_the_id_it_had(inbox: Inbox) -> None:
    send(inbox, number=1)
    send(inbox, number=1)
    send(inbox, payload("Acme chief resigns", kind="alert.updated"), number=2)
    send(inbox, payload("Other news", story="sto_2"), number=3)
    first, again, update, other = inbox.mails
    assert first["message-id"] == again["message-id"] == "<dlv_1@readthrough.example.com>"
    assert first["references"] == update["references"] != other["references"]
    assert update["in-reply-to"] == update["references"]
    assert update["subject"] == "[FLASH] Update: Acme chief resigns"


def test_no_header_can_be_smuggled_in(inbox: Inbox) -> None:
    send(inbox, payload("Profit\r\nBcc: everyone@example.com\r\n\r\n<b>\u2028hi\u202e", story="s\r\nX: y"))
    [mail] = inbox.mails
    assert mail["bcc"] is None
    assert mail["x"] is None
    assert mail["subject"] == "[FLASH] Profit Bcc: everyone@example.com <b> hi"


def test_a_digest_tells_all_of_its_alerts(inbox: Inbox) -> None:
    data: Any = payload()["data"]
    alerts: list[Any] = [{**data, "id": f"alr_{n}", "headline": f"Headline {n}"} for n in range(120)]
    send(inbox, {"type": "alert.digest", "timestamp": "", "data": {"severity": "alert", "alerts": alerts}})
    [mail] = inbox.mails
    assert mail["subject"] == "[ALERT] 120 alerts: Headline 0 and others"
    text = mail.get_body(("plain",))
    assert text is not None
    assert "Headline 99" in text.get_content()
    assert "and 20 more" in text.get_content()


@pytest.mark.parametrize(
    ("answer", "rcpt", "kind"),
    [
        ("451 try later", "", Transient),
        ("554 refused", "", Permanent),
        ("250 OK", "550 no such user", Permanent),
        ("250 OK", "450 greylisted", Transient),
    ],
)
def test_what_the_server_answers_says_whether_it_may_pass(
    inbox: Inbox, answer: str, rcpt: str, kind: type[Exception]
) -> None:
    inbox.answer, inbox.rcpt = answer, rcpt
    with pytest.raises(kind):
        send(inbox)


def test_a_server_that_cannot_be_trusted_gets_nothing(inbox: Inbox) -> None:
    with pytest.raises(Transient, match=r"(?i)certificate"):
        send(inbox, ca_file=None)
    with pytest.raises(Transient):
        send(inbox, password="wrong")
    assert inbox.mails == []


def test_a_server_that_offers_no_tls_gets_nothing(serve_plain: int) -> None:
    box = Inbox(
        server=Server(host="localhost", port=serve_plain, security="starttls", sender="a@example.com")
    )
    with pytest.raises(Transient):
        send(box)


@pytest.fixture
def serve_plain() -> Iterator[int]:
    port, stop = _serve(lambda: SMTP(Inbox(), hostname="localhost"), None)
    yield port
    stop()


def test_a_server_that_is_away_is_transient() -> None:
    box = Inbox(server=Server(host="localhost", port=_free_port(), security="tls", sender="a@example.com"))
    with pytest.raises(Transient):
        send(box)


@pytest.mark.parametrize(
    "to", ["", "anna", "anna@", "a@b.com\r\nBcc: x@example.com", "@example.com", "a b@example.com"]
)
def test_a_malformed_address_is_refused(to: str) -> None:
    server = Server(host="localhost", port=25, security="none", sender="a@example.com")
    with pytest.raises(SettingsError):
        Email(name="anna", to=(to,) if to else (), server=server)
    with pytest.raises(SettingsError):
        Email(name="anna", to=("a@example.com",), server=replace(server, host=""))


def test_a_firms_own_words_are_sent_and_the_built_in_ones_where_they_fail(
    inbox: Inbox, tmp_path: Path
) -> None:
    (tmp_path / "anna").mkdir()
    (tmp_path / "anna/new.subject").write_text(
        "{{ severity }}: {{ subject }}\nBcc: {{ alert.rule }}", "utf-8"
    )
    (tmp_path / "anna/new.html").write_text("<h1>{{ subject }}</h1>{{ alert.summary|join }}", "utf-8")
    sender = Email(name="anna", to=("anna@example.com",), server=inbox.server, templates=tmp_path)
    assert sender.send(delivery(), payload(), NOW) is None
    (tmp_path / "anna/new.html").write_text("<h1 title={{ subject }}>", "utf-8")
    remark = sender.send(delivery(2), payload(), NOW)
    assert remark is not None
    assert "new.html:1: a value is printed in an attribute without quotes" in remark
    own, ours = inbox.mails
    assert own["Subject"] == "flash: Acme cuts guidance Bcc: Rule <b>"
    assert own["Bcc"] is None
    made = own.get_body(("html",))
    assert made is not None
    assert made.get_content().strip() == (
        "<h1>Acme cuts guidance</h1>Acme &lt;script&gt;alert(1)&lt;/script&gt; cut &amp; run."
    )
    assert "Acme at −0.40." in own.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert ours["Subject"] == "[FLASH] Acme cuts guidance"
