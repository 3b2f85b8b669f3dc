"""Chat by Apprise: only services named here, only public addresses, and the news can neither mention nor format.

Chat services take no idempotency key. Killed between a service's answer and its record, a sender says the same
again; that is the one place where a message can be seen twice.
"""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlsplit

from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import Permanent, SettingsError, SourceRefused, Transient
from readthrough.net import public_connections_only, require_public
from readthrough.receivers.templates import Templates
from readthrough.receivers.words import Message, Told, line, message_of, plain

if TYPE_CHECKING:
    from apprise import Apprise

__all__ = ["SCHEMAS", "Chat", "chat_host"]

SCHEMAS: Final = frozenset(
    """slack discord tgram workflow workflows matrix matrixs mmost mmosts rocket rockets gchat wxteams zulip ntfy
    ntfys gotify gotifys pover""".split()
)
"""Services that an address may name; Apprise knows many more, some of which run programs or reach anything."""
_OPTIONS: Final = frozenset(
    """mode to channel channels thread topic room team priority silent token id sig user pass auth wid""".split()
)
"""Options an address may set; others read files, change what is trusted, or format what the news said."""
_HOSTED: Final = frozenset("matrix matrixs mmost mmosts rocket rockets ntfy ntfys gotify gotifys".split())
_USUAL_RATE: Final = 20  # messages a minute: what Telegram allows a group, the least of the services'
_LONGEST: Final = 1_800  # characters of a message: below the least that any of the services takes
_BRIEF_LINES: Final = 6  # of a morning brief; an alert has two sentences


class Chat:
    """Sends alerts to one chat by its Apprise address. The library is loaded when the first is sent."""

    shown = False

    def __init__(
        self,
        *,
        name: str,
        address: str,
        allow_private: bool = False,
        rate_per_minute: int = 0,
        templates: Path | None = None,
    ) -> None:
        """Check the address; nothing is sent.

        Args:
            name: What rules call this receiver.
            address: As Apprise writes it, with its tokens: `slack://...`, `tgram://...`.
            allow_private: Let a service of your own stand at an address that is not public.
            rate_per_minute: Most messages a minute; 20 when 0.
            templates: Folder of a firm's own templates.

        Raises:
            SettingsError: The address names no service that is allowed, or sets an option that is not.
        """
        self.name = name
        self.rate_per_minute = rate_per_minute or _USUAL_RATE
        self._address = _checked(name, address)
        self._allow_private = allow_private
        self._templates = Templates(templates, receiver=name, medium="chat")
        self._lock = threading.Lock()
        self._loaded: Any = None

    def check_public(self) -> None:
        """Refuse a service of one's own that does not stand at a public address now.

        Raises:
            SourceRefused: It does not, or its name does not resolve.
        """
        place = chat_host(self._address)
        if place is not None:
            require_public(*place)

    def send(self, delivery: Delivery, payload: NoteDocument, now: datetime) -> str | None:
        """Send once; return a remark where the firm's templates could not be used.

        Raises:
            Transient: The service did not take it, or Apprise is not installed.
            Permanent: The service's address is refused.
        """
        message = message_of(payload)
        filled = self._templates.filled(message)
        own = filled.parts
        title = (
            line(own["title"]) if "title" in own else f"{message.severity.upper()}: {plain(message.subject)}"
        )
        body, form = (_fitted(own["md"]), "markdown") if "md" in own else (_body(message), "text")
        with self._lock:
            door = self._door()
            try:
                taken = (
                    door.notify(title=title, body=body, body_format=form) if self._allow_private else False
                )
                if not self._allow_private:
                    with public_connections_only():
                        taken = door.notify(title=title, body=body, body_format=form)
            except SourceRefused as error:
                raise Permanent(f"Chat {self.name}: {error.message}", remedy=error.remedy) from error
        if not taken:
            # What the library says may hold the address, and the address its tokens.
            raise Transient(f"Chat {self.name}: the service did not take the message.")
        return filled.remark or None

    def _door(self) -> Apprise:
        if self._loaded is None:
            try:
                from apprise import Apprise, AppriseAsset
            except ImportError as error:
                raise Transient(
                    f"Chat {self.name}: Apprise is not installed.",
                    remedy="Install it: pip install 'readthrough[chat]'.",
                ) from error
            asset = AppriseAsset(
                app_id="Readthrough",
                app_desc="Readthrough",
                app_url="",
                image_url_mask="",
                image_url_logo="",
                image_path_mask="",
                async_mode=False,
            )
            door = Apprise(asset=asset)
            if not door.add(self._address):
                raise Permanent(
                    f"Chat {self.name}: the address is not one of that service.",
                    remedy="Correct receivers.NAME.address; Apprise's pages show each service's form.",
                )
            self._loaded = door
        return self._loaded  # type: ignore[no-any-return]


def chat_host(address: str) -> tuple[str, int] | None:
    """Return where a service of one's own stands, None for services that have one place for all."""
    parts = urlsplit(address)
    if parts.scheme.lower() not in _HOSTED or not parts.hostname:
        return None
    return parts.hostname, parts.port or (443 if parts.scheme.endswith("s") else 80)


def _body(message: Message) -> str:
    most = _BRIEF_LINES if message.kind == "brief.morning" else 2
    parts = ["\n".join(_lines(told, alone=len(message.told) == 1, most=most)) for told in message.told]
    parts += [f"and {message.left_out} more"] if message.left_out else []
    return _fitted("\n\n".join(parts))


def _fitted(body: str) -> str:
    return body if len(body) <= _LONGEST else body[: _LONGEST - 1] + "…"


def _lines(told: Told, *, alone: bool, most: int) -> list[str]:
    lines = [plain(told.headline)] if not alone else []
    lines.append(plain(told.why))
    if alone:
        lines += [f"• {plain(sentence)}" for sentence in told.summary[:most]]
    lines += [f"Also: {plain(', '.join(told.also))}"] if told.also else []
    return [*lines, f"Rule: {plain(told.rule)} · {told.alert_id}"]


def _checked(name: str, address: str) -> str:
    remedy = f"Use one of {', '.join(sorted(SCHEMAS))}."
    try:
        parts = urlsplit(address.replace("#", "%23"))  # a channel's mark, after which options may still stand
        options = parse_qsl(parts.query, keep_blank_values=True)
        if parts.scheme.lower() in _HOSTED:
            _ = parts.port
    except ValueError:
        raise SettingsError(f"Chat {name}: the address cannot be read.", remedy=remedy) from None
    scheme = parts.scheme.lower()
    if scheme not in SCHEMAS:
        raise SettingsError(
            f"Chat {name}: {scheme or 'no scheme'} is not a chat that is allowed.", remedy=remedy
        )
    for option, _ in options:
        if option.lower() not in _OPTIONS:
            raise SettingsError(
                f"Chat {name}: the option {option!r} is not allowed in the address.",
                remedy=f"Leave it out; these are allowed: {', '.join(sorted(_OPTIONS))}.",
            )
    return address
