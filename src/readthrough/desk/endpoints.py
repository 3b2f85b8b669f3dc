"""Receivers made in use: added only where they are public, their keys changed without a gap, tried, enabled again."""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from readthrough.desk.open import Desk
from readthrough.desk.receiving import made_receiver
from readthrough.domain.alert import Delivery
from readthrough.domain.contract import Json
from readthrough.domain.errors import RuleError, SettingsError, SourceNotFound
from readthrough.domain.route import ReceiverSpec, SharedSecret

__all__ = [
    "add_receiver",
    "enable",
    "new_secret",
    "receiver_list",
    "remove_receiver",
    "require_public",
    "rotate",
    "send_test",
]

OVERLAP: Final = timedelta(hours=24)
"""How long a key that was replaced goes on signing beside the new one."""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_MADE: Final = ("webhook", "email", "chat")
Document = dict[str, Json]


def add_receiver(
    desk: Desk,
    *,
    name: str,
    kind: str = "webhook",
    url: str = "",
    to: Sequence[str] = (),
    address: str = "",
    secret: str = "",
    rate_per_minute: int = 0,
) -> tuple[ReceiverSpec, str]:
    """Keep a receiver, checked as it will be when something is sent.

    Returns:
        The receiver, and the webhook's secret: shown this once.

    Raises:
        RuleError: Its name is taken or malformed, or something its kind needs is missing or malformed.
        SourceRefused: Its address is not public.
    """
    if not _NAME.fullmatch(name):
        raise RuleError(
            f"Receiver: {name!r} is no name.", remedy="Use letters, digits, dots, dashes; at most 64."
        )
    if name == "page" or name in desk.settings.receivers:
        raise RuleError(f"Receiver {name}: the settings have one of that name.", remedy="Choose another.")
    if kind not in _MADE:
        raise RuleError(
            f"Receiver {name}: {kind!r} cannot be made in use.",
            remedy=f"Use {', '.join(_MADE)}; files and commands are set in the settings.",
        )
    key = (secret or new_secret()) if kind == "webhook" else ""
    spec = ReceiverSpec(
        name=name,
        kind=kind,
        url=url,
        to=tuple(to),
        address=address,
        secrets=(SharedSecret(value=key),) if key else (),
        rate_per_minute=rate_per_minute,
        created_at=desk.clock(),
    )
    try:
        receiver = made_receiver(desk, spec)
    except SettingsError as error:  # what was asked for is wrong, not how this installation is set
        raise RuleError(error.message, remedy=error.remedy) from error
    try:
        if not desk.settings.fetch.allow_private_addresses:
            require_public(receiver)
    finally:
        _close(receiver)
    desk.store.alerting.save_receiver(spec)
    return spec, key


def new_secret() -> str:
    """Return a fresh key for webhooks."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def rotate(desk: Desk, name: str, *, overlap: timedelta = OVERLAP) -> str:
    """Give a webhook a new key; the one it had goes on signing for a while beside it.

    Returns:
        The new key: shown this once.

    Raises:
        SourceNotFound: No webhook made in use has that name.
    """
    spec = _spec(desk, name, kind="webhook")
    now = desk.clock()
    key = new_secret()
    kept = tuple(
        replace(one, expires_at=one.expires_at or now + overlap)
        for one in spec.secrets
        if one.expires_at is None or one.expires_at > now
    )
    desk.store.alerting.save_receiver(replace(spec, secrets=(SharedSecret(value=key), *kept)))
    return key


def remove_receiver(desk: Desk, name: str) -> None:
    """Forget a receiver; what is due for it is given up when its turn comes.

    Raises:
        SourceNotFound: No receiver made in use has that name.
    """
    if not desk.store.alerting.delete_receiver(name):
        raise _unknown(name)


def enable(desk: Desk, name: str) -> int:
    """Try a receiver again that was disabled or failing; return how many deliveries came back.

    Raises:
        SourceNotFound: There is no such receiver.
    """
    if name not in desk.receivers:
        raise _unknown(name)
    count = desk.store.alerting.enable(name, desk.clock())
    desk.work_waiting.set()
    return count


def send_test(desk: Desk, name: str) -> None:
    """Send a test message now, once.

    Raises:
        SourceNotFound: There is no such receiver.
        DeliveryError: It was not taken.
    """
    if name not in desk.receivers:
        raise _unknown(name)
    now = desk.clock()
    test = Delivery(
        id="dlv_test_" + secrets.token_hex(8),
        alert_id="test",
        receiver=name,
        attempts=1,
        due_at=now,
        state="pending",
    )
    data: dict[str, Any] = {
        "id": "test",
        "headline": "A test of this receiver",
        "severity": "alert",
        "rule": {"id": "test", "name": "Test"},
        "reason": {"code": "test", "words": "Somebody asked to try this receiver.", "matched": {}},
        "story_id": "",
        "note": None,
    }
    body: Document = {"type": "alert.test", "timestamp": _time(now), "data": data}
    desk.receivers[name].send(test, body, now)


def receiver_list(desk: Desk) -> list[Document]:
    """Return every receiver, where it sends to in a word, and how it has been doing. No secret is shown."""
    made = {spec.name: spec for spec in desk.store.alerting.receivers()}
    health = {one.receiver: one for one in desk.store.alerting.endpoints()}
    rows: list[Document] = []
    for name in sorted(desk.receivers):
        part = desk.settings.receivers.get(name)
        spec = made.get(name)
        kind = part.kind if part is not None else spec.kind if spec is not None else "page"
        url = part.url if part is not None else spec.url if spec is not None else ""
        one = health.get(name)
        state = "ok"
        if one is not None and one.disabled_at is not None:
            state = "disabled"
        elif one is not None and one.failures:
            state = "failing"
        rows.append(
            {
                "name": name,
                "kind": kind,
                "host": urlsplit(url).hostname or "",
                "from": "use" if part is None and spec is not None else "settings",
                "state": state,
                "failures": one.failures if one is not None else 0,
                "detail": one.detail if one is not None else "",
            }
        )
    return rows


def _spec(desk: Desk, name: str, *, kind: str) -> ReceiverSpec:
    for spec in desk.store.alerting.receivers():
        if spec.name == name and spec.kind == kind:
            return spec
    raise _unknown(name)


def _unknown(name: str) -> SourceNotFound:
    return SourceNotFound(
        f"No receiver {name!r} was made in use, or it is of another kind.",
        remedy="`readthrough receiver list` shows them; those of the settings are changed there.",
    )


def require_public(receiver: object) -> None:
    """Refuse a receiver whose address is not public; one that has no address of its own passes.

    Raises:
        SourceRefused: It is not public, or does not resolve.
    """
    if callable(check := getattr(receiver, "check_public", None)):
        check()


def _close(receiver: object) -> None:
    if callable(close := getattr(receiver, "close", None)):
        close()


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
