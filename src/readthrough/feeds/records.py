"""One article as JSON: our own shape, schema.org NewsArticle, ninjs and their like."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from readthrough.domain.errors import SourceUnreadable
from readthrough.domain.reading import Problem
from readthrough.feeds.clean import clean_body, clean_line
from readthrough.feeds.dates import parse_moment
from readthrough.feeds.draft import Draft
from readthrough.feeds.html import strip_tags
from readthrough.feeds.web_address import safe_url

__all__ = ["json_fault", "read_json", "read_record"]

_HEADLINES = ("headline", "title", "name")
_BODIES = ("body", "articleBody", "body_text", "text", "content")
_MARKUP_BODIES = ("body_html", "body_xhtml", "content_html", "contentHtml")
_ABSTRACTS = ("summary", "description", "abstract")
_TIMES = (
    "published_at", "publishedAt", "datePublished", "date_published", "versioncreated", "firstcreated",
    "time_published", "published", "pubDate", "pub_date", "date", "created_at",
)  # fmt: skip
_SOURCES = ("source", "publisher", "provider", "source_name", "copyrightholder")
_URLS = ("url", "link", "mainEntityOfPage", "canonical_url", "uri", "@id")
_IDS = ("id", "guid", "uuid", "identifier", "altids", "uri", "@id")
_LANGUAGES = ("language", "inLanguage", "lang")
_MARKUP = re.compile(r"</?(?:p|br|div|b|i|em|strong|a|ul|li|h\d|span|table)\b[^<>]{0,500}>", re.IGNORECASE)


def read_json(text: str, *, what: str = "The file") -> Draft:
    """Make a draft of a JSON document that holds one article.

    Raises:
        SourceUnreadable: The text is not JSON, is nested too deep, or holds no article or many.
    """
    try:
        data = json.loads(text)
    except RecursionError:
        raise SourceUnreadable(
            f"{what} is JSON nested too deep to be an article.",
            remedy="Give {headline, body} as plain strings.",
        ) from None
    except ValueError as error:
        raise _not_json(text, what, error) from None
    return read_record(_only_article(data, what), what=what)


def read_record(
    record: Mapping[str, Any], *, what: str = "The record", problems: tuple[Problem, ...] = ()
) -> Draft:
    """Make a draft of one decoded JSON object.

    Args:
        record: The object.
        what: Names it in messages.
        problems: What was wrong with the text it was decoded from.

    The API, files and lines all come through here: what one refuses, all do.

    Raises:
        SourceUnreadable: It holds neither a headline nor a body, a field is of the wrong type, or the time
            of publication cannot be read.

    >>> read_record({"title": "Rates held", "text": "The bank kept rates.", "link": "javascript:x"}).url
    ''
    """
    _check_types(record, what)
    headline = clean_line(_first(record, _HEADLINES))
    raw_body = _first(record, _BODIES)
    if not raw_body or _MARKUP.search(raw_body):
        markup = raw_body or _first(record, _MARKUP_BODIES)
        raw_body = strip_tags(markup) if markup else _first(record, _ABSTRACTS)
    body, body_problems = clean_body(raw_body)
    if not headline and not body:
        keys = ", ".join(sorted(str(key)[:30] for key in record)[:8]) or "nothing"
        raise SourceUnreadable(
            f"{what} is JSON but not an article: it has {keys}, and neither a headline nor a body.",
            remedy='Give an object with "headline" and "body" as text.',
        )
    published_at, time_problems = _published(record, what)
    address, address_problems = _address(record)
    return Draft(
        headline=headline,
        body=body,
        source=clean_line(_first(record, _SOURCES))[:120],
        url=address,
        published_at=published_at,
        external_id=clean_line(_first(record, _IDS))[:300],
        language=clean_line(_first(record, _LANGUAGES)).lower()[:2],
        problems=problems + body_problems + time_problems + address_problems,
    )


_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": (*_HEADLINES, *_BODIES, *_MARKUP_BODIES, *_ABSTRACTS, "source", "url", "language"),
    "text or a number": ("id",),
}


def _check_types(record: Mapping[str, Any], what: str) -> None:
    for wanted, fields in _FIELDS.items():
        for field in fields:
            value = record.get(field)
            if value is None or isinstance(value, str) or (_words(value) and not _is_number(value)):
                continue
            if wanted != "text" and _is_number(value):
                continue
            raise SourceUnreadable(
                f"{what}: {field} must be {wanted}, not {_type_name(value)}.",
                remedy=f'Write it in quotes: "{field}": "...".',
                field=field,
            )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _type_name(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if _is_number(value):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"


def _published(record: Mapping[str, Any], what: str) -> tuple[datetime | None, tuple[Problem, ...]]:
    field = next((k for k in _TIMES if record.get(k) not in (None, "")), None)
    if field is None:
        return None, ()
    moment, problems = parse_moment(record[field])
    if moment is None:
        shown = str(record[field])[:60]
        raise SourceUnreadable(
            f"{what}: {field}: {shown!r} is not a time that can be read.",
            remedy="Write it as 2025-05-15T09:30:00Z, or leave it out when it is not known.",
            field=field,
        )
    return moment, problems


def _address(record: Mapping[str, Any]) -> tuple[str, tuple[Problem, ...]]:
    given = _first(record, _URLS)
    address = safe_url(given)
    stated = _first(record, _URLS[:2])
    if stated and not safe_url(stated):
        detail = "The article's url is not a plain http(s) address and was left out"
        return address, (Problem(code="url_dropped", detail=detail),)
    return address, ()


def _first(record: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next((text for key in keys if (text := _words(record.get(key)))), "")


def _words(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        return next((v.strip() for k in ("name", "value", "@id") if isinstance(v := value.get(k), str)), "")
    if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        return "\n\n".join(value)
    return ""


def _only_article(data: Any, what: str) -> Mapping[str, Any]:
    if isinstance(data, dict) and isinstance(data.get("@graph"), list):
        articles = [d for d in data["@graph"] if isinstance(d, dict) and "Article" in str(d.get("@type", ""))]
        data = articles[0] if articles else data
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if isinstance(data, dict):
        return data
    if isinstance(data, list):
        raise SourceUnreadable(
            f"{what} is a JSON list of {len(data)} items, not one article.",
            remedy="Write one object a line and run `readthrough analyze --jsonl FILE --out OUT`.",
        )
    raise SourceUnreadable(
        f"{what} is JSON but not an article: a bare {type(data).__name__}.",
        remedy='Give an object with "headline" and "body" as text.',
    )


def json_fault(error: ValueError) -> str:
    """Say what is wrong with JSON, and where by line and column.

    >>> try:
    ...     json.loads('{"a": 1 2}')
    ... except ValueError as error:
    ...     json_fault(error)
    "Expecting ',' delimiter at line 1, column 9"
    """
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at line {error.lineno:,}, column {error.colno:,}"
    return str(error)


def _not_json(text: str, what: str, error: ValueError) -> SourceUnreadable:
    first = text.lstrip().split("\n", 1)[0]
    try:
        lines = isinstance(json.loads(first), dict) and "\n" in text.strip()
    except (ValueError, RecursionError):
        lines = False
    if lines:
        return SourceUnreadable(
            f"{what} holds many JSON lines, not one article.",
            remedy="Run `readthrough analyze --jsonl FILE --out OUT`.",
        )
    return SourceUnreadable(
        f"{what} looks like JSON but is malformed: {json_fault(error)}.", remedy="Repair it and try again."
    )
