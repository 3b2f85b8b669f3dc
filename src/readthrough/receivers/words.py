"""An alert in words: what every template is filled from. Nothing here is markup; each receiver escapes for itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from readthrough.domain.contract import NoteDocument

__all__ = ["Message", "Told", "line", "message_of", "plain"]

LONGEST_LINE: Final = 400
MOST_TOLD: Final = 100
"""Alerts spelled out in one digest; further ones are counted."""
_KINDS: Final = {
    "alert.updated": "Update",
    "alert.corrected": "Correction",
    "alert.withdrawn": "Withdrawn",
    "alert.escalated": "Not acknowledged",
    "alert.reminder": "Reminder",
    "alert.test": "Test",
    "brief.morning": "Morning brief",
}
_LABELS: Final = (
    ("ticker", "Ticker"),
    ("score", "Score"),
    ("event", "Event"),
    ("portfolio", "Portfolio"),
    ("holding", "Holding"),
    ("path", "Path"),
    ("effect_bps", "Effect, bps"),
    ("novelty", "Novelty"),
)

_HARMLESS: Final = str.maketrans(
    {
        "@": "@\u2060",
        "#": "#\u2060",
        "_": "\u2060_\u2060",
        "<": "‹",
        ">": "›",
        "*": "∗",
        "`": "'",
        "~": "∼",
        "|": "¦",
        "[": "(",
        "]": ")",
        "\\": "/",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One alert, in lines. `figures` are label and value."""

    headline: str
    rule: str
    severity: str
    why: str
    summary: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    also: tuple[str, ...]
    alert_id: str
    note_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one delivery says. `subject` is one line without control characters, whatever the news said."""

    kind: str
    subject: str
    severity: str
    story_id: str
    told: tuple[Told, ...]
    left_out: int = 0


def message_of(payload: NoteDocument) -> Message:
    """Put a payload into words.

    Args:
        payload: As `alerts.deliver` makes it: one alert, or a digest of several.
    """
    kind = str(payload.get("type", ""))
    data = _mapping(payload.get("data"))
    several = data.get("alerts")
    parts = [_mapping(one) for one in several] if isinstance(several, list) else [data]
    told = tuple(_told(part) for part in parts[:MOST_TOLD])
    lead = told[0].headline if len(told) == 1 else f"{len(parts)} alerts: {told[0].headline} and others"
    mark = _KINDS.get(kind, "")
    return Message(
        kind=kind,
        subject=line(f"{mark}: {lead}" if mark else lead, longest=200),
        severity=line(data.get("severity", "alert"), longest=20),
        story_id=line(data.get("story_id", ""), longest=100),
        told=told,
        left_out=max(0, len(parts) - MOST_TOLD),
    )


def _told(data: Mapping[str, Any]) -> Told:
    reason = _mapping(data.get("reason"))
    matched = _mapping(reason.get("matched"))
    note = _mapping(data.get("note"))
    return Told(
        headline=line(data.get("headline", "")),
        rule=line(_mapping(data.get("rule")).get("name", "")),
        severity=line(data.get("severity", ""), longest=20),
        why=line(reason.get("words", "")),
        summary=tuple(_summary(note)) or tuple(line(one) for one in data.get("lines") or ()),
        figures=tuple((label, line(matched[name])) for name, label in _LABELS if matched.get(name)),
        also=tuple(line(name) for name in data.get("also") or ()),
        alert_id=line(data.get("id", ""), longest=100),
        note_id=line(note.get("id", ""), longest=100),
    )


def _summary(note: Mapping[str, Any]) -> Iterator[str]:
    for sentence in note.get("summary") or ():
        yield line(_mapping(sentence).get("text", ""))


def line(value: object, *, longest: int = LONGEST_LINE) -> str:
    """Return text on one line: no control, format or separator character of the news gets through.

    >>> line("Profit\\r\\nBcc: all@example.com\\u202e")
    'Profit Bcc: all@example.com'
    """
    kept = "".join(c if c.isprintable() else " " for c in str(value))
    joined = " ".join(kept.split())
    return joined if len(joined) <= longest else joined[: longest - 1].rstrip() + "…"


def plain(text: str) -> str:
    """Take from text what a chat service would act on: mentions, links under other words, formatting.

    >>> plain("*Free* <https://evil.example|here>").replace("\u2060", "")
    '∗Free∗ ‹https://evil.example¦here›'
    """
    return text.translate(_HARMLESS).replace("://", ":\u2060//")


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
