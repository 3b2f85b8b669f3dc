"""IPTC ninjs, versions 1 to 3: the JSON of news agencies, with what they say of their own items."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from readthrough.domain.errors import SourceUnreadable
from readthrough.feeds.clean import clean_body, clean_line
from readthrough.feeds.dates import parse_moment
from readthrough.feeds.draft import Draft
from readthrough.feeds.entries import Entry, entry_of, withdrawn
from readthrough.feeds.html import strip_tags
from readthrough.feeds.web_address import safe_url

__all__ = ["is_ninjs", "read_ninjs"]

_MARKS: Final = (
    "versioncreated",
    "pubstatus",
    "pubStatus",
    "versionCreated",
    "body_xhtml",
    "representationtype",
    "bodies",
    "headlines",
    "contentcreated",
)
_MAIN: Final = ("main", "title", "headline", "hl1", "")


def is_ninjs(record: Mapping[str, Any]) -> bool:
    """Tell a ninjs item: it has a `uri`, and a field that only ninjs has."""
    return isinstance(record.get("uri"), str) and any(name in record for name in _MARKS)


def read_ninjs(record: Mapping[str, Any], now: datetime) -> Entry:
    """Make an entry of an item; a cancelled one becomes its own withdrawal.

    Raises:
        SourceUnreadable: It is not to be published yet, or holds no words.
    """
    uri = clean_line(str(record.get("uri") or ""))[:300]
    status = str(record.get("pubstatus") or record.get("pubStatus") or "usable").lower()
    embargo = _moment(record, "embargoed")
    if status == "withheld" or (embargo is not None and embargo > now):
        until = f" until {embargo:%Y-%m-%d %H:%M} UTC" if embargo is not None else ""
        raise SourceUnreadable(
            f"The item {uri!r} is not to be published{until}.", remedy="It is read when it is."
        )
    headline = clean_line(_text(record, "headline", "headlines") or str(record.get("title") or ""))
    fields: dict[str, Any] = {
        "source": clean_line(_source(record))[:120],
        "url": safe_url(_link(record)),
        "published_at": _moment(record, "versioncreated", "versionCreated", "firstcreated", "firstCreated"),
        "external_id": uri,
        "language": clean_line(str(record.get("language") or "")).lower()[:2],
    }
    version = f"{record.get('version') or ''} {record.get('versioncreated') or record.get('versionCreated') or ''} {status}"
    if status in ("canceled", "cancelled"):
        return entry_of(uri, withdrawn(headline or uri, note=_note(record), **fields), version=version)
    body, problems = clean_body(_body(record))
    draft = Draft(headline=headline[:500], body=body, problems=problems, **fields)
    entry = entry_of(uri, draft, version=version)
    if entry.draft is None:
        raise SourceUnreadable(f"The item {uri!r} holds no words.", remedy="Give an item with text.")
    return entry


def _body(record: Mapping[str, Any]) -> str:
    note = _note(record)
    lead = f"{note}\n\n" if note else ""
    for name, markup in (("body_text", False), ("body_xhtml", True), ("body_html", True)):
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            return lead + (strip_tags(value) if markup else value)
    best = ""
    for part in _parts(record, "bodies"):
        value = str(part.get("value") or "")
        kind = str(part.get("contenttype") or part.get("contentType") or "")
        text = strip_tags(value) if "html" in kind or value.lstrip().startswith("<") else value
        best = max(best, text, key=len)
    return lead + (
        best or _text(record, "description_text", "descriptions") or str(record.get("description") or "")
    )


def _note(record: Mapping[str, Any]) -> str:
    """The note to editors, where it tells of a correction or a withdrawal: others are no part of the news."""
    note = record.get("ednote") or record.get("edNote")
    if isinstance(note, list):
        note = next((str(n.get("value") or "") for n in note if isinstance(n, Mapping)), "")
    text = clean_line(str(note or ""))[:500]
    lower = text.lower()
    return (
        text
        if any(word in lower for word in ("correct", "withdr", "kill", "retract", "refile", "clarif"))
        else ""
    )


def _text(record: Mapping[str, Any], single: str, several: str) -> str:
    value = record.get(single)
    if isinstance(value, str) and value.strip():
        return value
    parts = _parts(record, several)
    parts.sort(key=lambda part: _rank(str(part.get("role") or "")))
    return next((str(part["value"]) for part in parts if isinstance(part.get("value"), str)), "")


def _rank(role: str) -> int:
    return _MAIN.index(role.lower()) if role.lower() in _MAIN else len(_MAIN)


def _parts(record: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = record.get(name)
    if isinstance(value, Mapping):
        return [part for part in value.values() if isinstance(part, Mapping)]
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list) else []


def _source(record: Mapping[str, Any]) -> str:
    for name in (
        "copyrightholder",
        "copyrightHolder",
        "provider",
        "infosource",
        "infosources",
        "organisation",
    ):
        value = record.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, Mapping):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _link(record: Mapping[str, Any]) -> str:
    for name in ("url", "canonicalurl", "uri"):
        value = record.get(name)
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return value
    return ""


def _moment(record: Mapping[str, Any], *names: str) -> datetime | None:
    for name in names:
        moment, _ = parse_moment(record.get(name))
        if moment is not None:
            return moment
    return None
