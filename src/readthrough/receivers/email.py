"""E-mail over SMTP with TLS: text and HTML, threaded by story, the same Message-ID over retries."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Final

from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import Permanent, SettingsError, Transient
from readthrough.receivers.templates import Templates
from readthrough.receivers.words import Message, Told, line, message_of

__all__ = ["Email", "Server"]

_COLOURS: Final = {"flash": "#b3261e", "urgent": "#9a5b00", "alert": "#1f4e79"}
_FOOT: Final = "Analysis, not advice. Sent by Readthrough because a rule asked for it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The mail server, as the operator set it: it may well stand in a private network."""

    host: str
    port: int
    security: str  # starttls, tls, none
    sender: str
    username: str = ""
    password: str = ""
    ca_file: Path | None = None
    timeout_s: float = 15.0

    def __repr__(self) -> str:
        return f"Server({self.host!r}, {self.port})"


class Email:
    """Sends each alert as one e-mail to all of a receiver's addresses."""

    shown = False

    def __init__(
        self,
        *,
        name: str,
        to: tuple[str, ...],
        server: Server,
        rate_per_minute: int = 0,
        templates: Path | None = None,
    ) -> None:
        """Check the addresses; nothing is sent.

        Args:
            name: What rules call this receiver.
            to: Whom to.
            server: By which server.
            rate_per_minute: Most e-mails a minute; unlimited when 0.
            templates: Folder of a firm's own templates.

        Raises:
            SettingsError: There is no server, no sender or no address, or one is malformed.
        """
        if not server.host or not server.sender:
            raise SettingsError(
                f"E-mail {name}: there is no mail server.", remedy="Set smtp.host and smtp.sender."
            )
        if not to:
            raise SettingsError(f"E-mail {name}: no address.", remedy=f"Set receivers.{name}.to.")
        self.name = name
        self.rate_per_minute = rate_per_minute
        self._to = tuple(_address(name, one) for one in to)
        self._sender = _address(name, server.sender)
        self._server = server
        self._templates = Templates(templates, receiver=name, medium="email")

    def send(self, delivery: Delivery, payload: NoteDocument, now: datetime) -> str | None:
        """Send once; return a remark where the firm's templates could not be used.

        Raises:
            Transient: The server cannot be reached, does not trust us, or answers with a 4xx.
            Permanent: It refuses the sender, every address, or the message.
        """
        message = message_of(payload)
        filled = self._templates.filled(message)
        mail = self._mail(delivery, message, filled.parts, now)
        try:
            with self._connected() as connection:
                connection.send_message(mail)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
            raise self._refused(error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Transient(f"E-mail {self.name}: the mail server failed: {_words(error)}") from error
        return filled.remark or None

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        context = ssl.create_default_context(cafile=str(server.ca_file) if server.ca_file else None)
        if server.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout_s, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)
        try:
            if server.security == "starttls":
                connection.starttls(context=context)  # raises where the server does not offer it
            if server.username:
                connection.login(server.username, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _refused(self, error: smtplib.SMTPException) -> Transient | Permanent:
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            codes = [code for code, _ in error.recipients.values()]
            said = (
                f"E-mail {self.name}: every address was refused ({', '.join(map(str, sorted(set(codes))))})."
            )
            passing = any(code < 500 for code in codes)
        else:
            code = int(getattr(error, "smtp_code", 0))
            said = f"E-mail {self.name}: the mail server answered {code}."
            # What signing in answers is the operator's to mend, and then it passes.
            passing = code < 500 or isinstance(error, smtplib.SMTPAuthenticationError)
        if passing:
            return Transient(said)
        return Permanent(said, remedy="Check the addresses and what the mail server accepts.")

    def _mail(
        self, delivery: Delivery, message: Message, own: Mapping[str, str], now: datetime
    ) -> EmailMessage:
        mail = EmailMessage(policy=SMTP)
        mail["From"] = self._sender
        mail["To"] = self._to
        subject = own.get("subject") or f"[{message.severity.upper()}] {message.subject}"
        mail["Subject"] = line(subject, longest=220)
        mail["Date"] = format_datetime(now)
        domain = self._sender.domain
        mail["Message-ID"] = f"<{delivery.id}@{domain}>"
        if message.story_id:
            # The thread's root is never sent itself: any first message of a story hangs on it as the others do.
            root = f"<{_token(message.story_id)}.{_token(self.name)}@{domain}>"
            mail["In-Reply-To"] = root
            mail["References"] = root
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Readthrough-Delivery"] = delivery.id
        if message.severity == "flash":
            mail["Importance"] = "high"
        mail.set_content(own.get("txt") or _text(message))
        mail.add_alternative(own.get("html") or _html(message), subtype="html")
        return mail


def _text(message: Message) -> str:
    parts = ["\n".join(_lines(told)) for told in message.told]
    if message.left_out:
        parts.append(f"and {message.left_out} more")
    return "\n\n".join([*parts, "-- ", _FOOT]) + "\n"


def _lines(told: Told) -> list[str]:
    lines = [told.headline, told.why, *(f"* {sentence}" for sentence in told.summary)]
    lines += [f"{label}: {value}" for label, value in told.figures]
    lines += [f"Also: {', '.join(told.also)}"] if told.also else []
    return [*lines, f"Rule: {told.rule} ({told.severity})", f"Alert: {told.alert_id}"]


def _html(message: Message) -> str:
    told = "".join(_block(one) for one in message.told)
    more = f"<p>and {message.left_out} more</p>" if message.left_out else ""
    return (
        '<!doctype html><html><body style="font-family:sans-serif;max-width:40em">'
        f'{told}{more}<p style="color:#666;font-size:small">{escape(_FOOT)}</p></body></html>'
    )


def _block(told: Told) -> str:
    colour = _COLOURS.get(told.severity, _COLOURS["alert"])
    summary = "".join(f"<li>{escape(sentence)}</li>" for sentence in told.summary)
    figures = "".join(
        f"<tr><td>{escape(label)}</td><td><b>{escape(value)}</b></td></tr>" for label, value in told.figures
    )
    also = f"<p>Also: {escape(', '.join(told.also))}</p>" if told.also else ""
    return (
        f'<div style="border-left:4px solid {colour};padding-left:1em;margin-bottom:1.5em">'
        f'<h2 style="font-size:1.1em">{escape(told.headline)}</h2><p>{escape(told.why)}</p>'
        f"<ul>{summary}</ul><table>{figures}</table>{also}"
        f'<p style="color:#666;font-size:small">{escape(told.rule)} ({escape(told.severity)}), '
        f"{escape(told.alert_id)}</p></div>"
    )


def _address(name: str, given: str) -> Address:
    try:
        address = Address(addr_spec=given)
    except (ValueError, IndexError, HeaderParseError) as error:
        raise SettingsError(
            f"E-mail {name}: {given!r} is no address.", remedy="Write it as name@example.com."
        ) from error
    if not address.username or ("." not in address.domain and address.domain != "localhost"):
        raise SettingsError(
            f"E-mail {name}: {given!r} is no address.", remedy="Write it as name@example.com."
        )
    return address


def _token(text: str) -> str:
    """What may stand in a message id."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in text)


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
