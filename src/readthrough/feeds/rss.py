"""RSS, Atom and JSON Feed: bytes to entries, by feedparser, behind limits of size, depth and number."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from readthrough.domain.article import digest
from readthrough.domain.errors import SourceTooLarge, SourceUnreadable
from readthrough.domain.live import Feed
from readthrough.feeds.ask import Answer, Asking
from readthrough.feeds.asked import refused, same_as_before, seen_before
from readthrough.feeds.clean import clean_body, clean_line
from readthrough.feeds.dates import parse_moment
from readthrough.feeds.draft import Draft
from readthrough.feeds.entries import Entry, Shown, entry_of
from readthrough.feeds.html import strip_tags
from readthrough.feeds.web_address import safe_url

__all__ = ["LARGEST_FEED", "parse_feed", "show"]

LARGEST_FEED: Final = 8_000_000
"""Bytes of a feed. The largest in wide use (long podcasts) have about five million."""
_DEEPEST: Final = 120
"""Elements inside one another; feeds with whole pages in them reach 40."""
_MOST: Final = 1_000
_WHOLE: Final = 900
"""Characters from which an entry's own text counts as the article and its page is left alone."""
_LONGEST_TITLE: Final = 500

_TAG: Final = re.compile(rb"<(/?)([A-Za-z_][^\s/>]{0,60})[^<>]{0,4000}?(/?)>")
_ENTITY: Final = re.compile(rb"<!ENTITY\s[^>]{0,2000}>?")
_VOID: Final = frozenset(b"br hr img input meta link area base col embed source track wbr param".split())
_MARKUP: Final = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")


def show(feed: Feed, asking: Asking, now: datetime) -> Shown:
    """Ask a feed for what is new.

    Raises:
        SourceError: It cannot be fetched or is no feed.
    """
    asking = asking.within(max_bytes=min(asking.limits.max_bytes, LARGEST_FEED))
    mark = dict(feed.mark)
    answer = asking.get(mark.get("moved") or feed.address, {"Accept": _ACCEPT, **seen_before(mark)})
    if same_as_before(answer, mark):
        return Shown(mark=mark, wait=_cached(answer))
    if not answer.ok:
        raise refused(answer, now)
    shown = parse_feed(answer.body, url=answer.url, charset=answer.headers.get("content-type", ""))
    kept = {
        **mark,
        **dict(shown.mark),
        "etag": answer.headers.get("etag", "")[:500],
        "modified": answer.headers.get("last-modified", "")[:100],
        "body": digest(answer.body.decode("latin-1")),
    }
    if answer.moved:
        kept["moved"] = answer.moved
    kept |= _hub(answer, shown)
    return Shown(
        entries=shown.entries,
        mark=kept,
        wait=_longest(shown.wait, _cached(answer)),
        title=shown.title,
        notes=shown.notes,
    )


def parse_feed(raw: bytes, *, url: str = "", charset: str = "", most: int = _MOST) -> Shown:
    """Read a feed's bytes.

    Args:
        raw: All of it.
        url: Where it was fetched from: relative links start there.
        charset: The content type that came with it.
        most: Entries that are read, the first ones.

    Raises:
        SourceTooLarge: It is larger, or nested deeper, than any feed.
        SourceUnreadable: It is no feed.
    """
    if len(raw) > LARGEST_FEED:
        raise SourceTooLarge(f"The feed is larger than {LARGEST_FEED:,} bytes.", remedy="Give a smaller one.")
    head = raw[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return _json_feed(raw, url, most)
    _check_depth(raw)
    return _xml_feed(_ENTITY.sub(b"", raw), url, charset, most)


def _xml_feed(raw: bytes, url: str, charset: str, most: int) -> Shown:
    import feedparser

    headers = {"content-type": charset} if charset else {}
    if url:
        headers["content-location"] = url
    try:
        found: Mapping[str, Any] = feedparser.parse(
            raw, response_headers=headers, resolve_relative_uris=bool(url), sanitize_html=False
        )
    except Exception as error:  # it reads what no parser should: whatever it trips over is the feed's fault
        raise SourceUnreadable(
            f"The feed cannot be read: {type(error).__name__}.", remedy="Tell its publisher."
        ) from None
    about = found.get("feed") or {}
    entries = found.get("entries") or []
    if not found.get("version") and not entries:
        fault = clean_line(str(found.get("bozo_exception", "")))[:200]
        told = f": {fault}" if fault else ""
        raise SourceUnreadable(
            f"This is no RSS, Atom or JSON feed{told}.", remedy="Give the feed's own address."
        )
    hub, own = _links(about)
    title = _line(about.get("title", ""))
    made = tuple(
        _entry(entry, url, title, str(about.get("language", "")), n) for n, entry in enumerate(entries[:most])
    )
    notes = (
        (f"Only the first {most:,} of {len(entries):,} entries were read.",) if len(entries) > most else ()
    )
    return Shown(
        entries=made,
        mark={"hub": hub, "topic": own} if hub else {},
        wait=_ttl(about),
        title=title,
        notes=notes,
    )


def _entry(entry: Mapping[str, Any], base: str, title: str, language: str, number: int) -> Entry:
    try:
        return _made(entry, base, title, language)
    except Exception as error:  # one entry's fault is not the feed's
        reason = f"It cannot be read: {type(error).__name__}: {str(error)[:120]}"
        return Entry(key=f"entry {number}", digest=digest(reason), draft=None, reason=reason)


def _made(entry: Mapping[str, Any], base: str, title: str, language: str) -> Entry:
    link = safe_url(str(entry.get("link") or ""))
    texts = [str(c.get("value") or "") for c in entry.get("content") or [] if isinstance(c, Mapping)]
    texts.append(str(entry.get("summary") or ""))
    words = max((_plain(t) for t in texts if t), key=len, default="")
    body, problems = clean_body(words[:400_000])
    published = _moment(entry, "published") or _moment(entry, "updated")
    stated = str(_own(entry, "published") or _own(entry, "updated") or "")
    if published is None and stated:
        published, told = parse_moment(stated)
        problems += told
    source = entry.get("source")
    named = _line(source.get("title", "")) if isinstance(source, Mapping) else ""
    draft = Draft(
        headline=_line(entry.get("title", ""))[:_LONGEST_TITLE],
        body=body,
        source=(named or title)[:120],
        url=link,
        published_at=published,
        language=_language(entry, language),
        problems=problems,
    )
    key = clean_line(str(entry.get("id") or "")) or link
    page = link if len(body) < _WHOLE else ""
    return entry_of(key, draft, version=str(_own(entry, "updated") or ""), page=page)


def _json_feed(raw: bytes, url: str, most: int) -> Shown:
    try:
        data = json.loads(raw)
    except RecursionError:
        raise SourceUnreadable("The feed is JSON nested too deep.", remedy="Tell its publisher.") from None
    except ValueError as error:
        raise SourceUnreadable(
            f"The feed is malformed JSON: {error}.", remedy="Tell its publisher."
        ) from None
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise SourceUnreadable("This is JSON but no JSON Feed.", remedy="Give the feed's own address.")
    title = _line(data.get("title", ""))
    entries = tuple(
        _json_entry(item, title, str(data.get("language", "")), n)
        for n, item in enumerate(data["items"][:most])
    )
    hubs = data.get("hubs")
    hub = (
        next((h["url"] for h in hubs if isinstance(h, dict) and isinstance(h.get("url"), str)), "")
        if isinstance(hubs, list)
        else ""
    )
    mark = {"hub": safe_url(hub), "topic": safe_url(str(data.get("feed_url") or url))} if hub else {}
    return Shown(entries=entries, mark=mark, title=title)


def _json_entry(item: object, title: str, language: str, number: int) -> Entry:
    if not isinstance(item, dict):
        reason = f"It is a {type(item).__name__}, not an object."
        return Entry(key=f"entry {number}", digest=digest(reason), draft=None, reason=reason)
    text = item.get("content_text")
    markup = item.get("content_html")
    words = (
        text
        if isinstance(text, str)
        else strip_tags(markup)
        if isinstance(markup, str)
        else str(item.get("summary") or "")
    )
    body, problems = clean_body(words[:400_000])
    published, told = parse_moment(item.get("date_published") or item.get("date_modified"))
    link = safe_url(str(item.get("url") or item.get("external_url") or ""))
    draft = Draft(
        headline=_line(item.get("title") or "")[:_LONGEST_TITLE],
        body=body,
        source=title[:120],
        url=link,
        published_at=published,
        language=str(item.get("language") or language).lower()[:2],
        problems=problems + told,
    )
    key = clean_line(str(item.get("id") or "")) or link
    return entry_of(
        key, draft, version=str(item.get("date_modified") or ""), page=link if len(body) < _WHOLE else ""
    )


def _check_depth(raw: bytes) -> None:
    depth = deepest = 0
    for tag in _TAG.finditer(raw):
        if tag.group(1):
            depth = max(0, depth - 1)
        elif not tag.group(3) and tag.group(2).lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
            if depth > 4 * _DEEPEST:  # entries that never close add up; real nesting is found well below
                break
    if deepest > 4 * _DEEPEST:
        raise SourceTooLarge(
            f"The feed nests its elements more than {4 * _DEEPEST} deep.", remedy="Tell its publisher."
        )


def _plain(text: str) -> str:
    return strip_tags(text) if _MARKUP.search(text) else text


def _line(value: object) -> str:
    return clean_line(_plain(str(value or ""))[:5_000])


def _language(entry: Mapping[str, Any], feed: str) -> str:
    detail = entry.get("title_detail")
    own = detail.get("language") if isinstance(detail, Mapping) else None
    return clean_line(str(own or feed or "")).lower()[:2]


def _own(entry: Mapping[str, Any], name: str) -> Any:
    """What the entry itself has: the library's own `get` answers for one date with another, and warns."""
    return dict.get(entry, name) if isinstance(entry, dict) else entry.get(name)


def _moment(entry: Mapping[str, Any], name: str) -> datetime | None:
    parsed = _own(entry, f"{name}_parsed")
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, TypeError, OSError):
        return None


def _links(about: Mapping[str, Any]) -> tuple[str, str]:
    found = {"hub": "", "self": ""}
    for link in about.get("links") or []:
        rel = str(link.get("rel", "")) if isinstance(link, Mapping) else ""
        if rel in found and not found[rel]:
            found[rel] = safe_url(str(link.get("href", "")))
    return found["hub"], found["self"]


def _ttl(about: Mapping[str, Any]) -> timedelta | None:
    value = str(about.get("ttl") or "")
    if value.isascii() and value.isdigit():
        return min(timedelta(hours=6), timedelta(minutes=int(value[:6])))
    return None


def _cached(answer: Answer) -> timedelta | None:
    found = re.search(r"max-age\s{0,3}=\s{0,3}(\d{1,8})", answer.headers.get("cache-control", ""))
    return min(timedelta(hours=1), timedelta(seconds=int(found.group(1)))) if found else None


def _longest(first: timedelta | None, second: timedelta | None) -> timedelta | None:
    return max((t for t in (first, second) if t is not None), default=None)


_ACCEPT: Final = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.9, */*;q=0.5"


def _hub(answer: Answer, shown: Shown) -> dict[str, str]:
    """What headers say of a hub, which counts more than what the feed says."""
    found = {}
    for part in answer.headers.get("link", "")[:4_000].split(","):
        address, _, rest = part.partition(">")
        rel = re.search(r'rel\s{0,3}=\s{0,3}"?(hub|self)\b', rest)
        if rel and (url := safe_url(address.strip().lstrip("<"))):
            found[rel.group(1)] = url
    if "hub" in found:
        return {"hub": found["hub"], "topic": found.get("self") or answer.url}
    if shown.mark.get("hub") and not shown.mark.get("topic"):
        return {"topic": answer.url}
    return {}
