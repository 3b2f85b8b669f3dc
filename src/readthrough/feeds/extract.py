"""Any bytes to a draft: what they are is told by the bytes, not by a file's name."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise

from readthrough.domain.errors import SourceTooLarge, SourceUnreadable
from readthrough.feeds.decode import declared_charset, decode
from readthrough.feeds.draft import Draft
from readthrough.feeds.limits import Limits
from readthrough.feeds.plain import read_plain
from readthrough.feeds.unpack import GZIP_MARK, inflate

__all__ = ["Kind", "check_draft", "extract", "kind_of"]


class Kind(StrEnum):
    """What the bytes are."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    PDF = "pdf"


# First bytes of formats that are not text, and what to do about each.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a zip archive or an Office document", "Export it as text, HTML or PDF."),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "Export it as text, HTML or PDF."),
    (b"{\\rtf", "a rich-text document", "Save it as plain text."),
    (b"\x89PNG", "a PNG image", "Run text recognition on it first."),
    (b"\xff\xd8\xff", "a JPEG image", "Run text recognition on it first."),
    (b"GIF8", "a GIF image", "Run text recognition on it first."),
    (b"BZh", "bzip2-compressed", "Unpack it first."),
    (b"\xfd7zXZ", "xz-compressed", "Unpack it first."),
    (b"\x28\xb5\x2f\xfd", "zstandard-compressed", "Unpack it first."),
    (b"\x7fELF", "a program", "Give the article's text."),
    (b"SQLite format 3", "a database", "Give the article's text."),
)
_HTML = re.compile(
    r"(?:<\?xml[^>]{0,200}>\s{0,99})?<(?:!doctype html|html|head|body|article|div|p|section|main|meta|h1|title)\b",
    re.IGNORECASE,
)
_XML = re.compile(r"\s*(?:<\?xml\b|<(?:rss|feed|rdf:RDF|urlset|sitemapindex|nitf|newsml)\b)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HOLDINGS_COLUMNS = frozenset(
    "ticker|symbol|isin|cusip|sedol|quantity|qty|shares|price|weight|weight %|market value|position|currency"
    "|security|cost basis|fx|base market value|% of portfolio".split("|")
)
_BINARY_SHARE = 0.02  # share of control bytes in the first 64 kB above which bytes are not text


def kind_of(text: str) -> Kind:
    """Tell HTML and JSON from plain text by how they begin.

    >>> [str(kind_of(t)) for t in ("<!doctype html><p>a", '{"headline": 1}', "[LONDON] Rates held")]
    ['html', 'json', 'text']
    """
    head = _without_comments(text[:20_000])
    if _HTML.match(head):
        return Kind.HTML
    if re.match(r'\{\s*(?:"|\})|\[\s*(?:[\[{"\]]|-?\d|$)', head):
        return Kind.JSON
    return Kind.TEXT


def _without_comments(head: str) -> str:
    head = head.lstrip("\ufeff \t\r\n")
    while head.startswith("<!--") and (end := head.find("-->", 4)) >= 0:
        head = head[end + 3 :].lstrip()
    return head


def extract(raw: bytes, *, limits: Limits, what: str, url: str = "", charset: str = "") -> Draft:
    """Make a draft of a source's bytes.

    Args:
        raw: All of the source.
        limits: What it may cost.
        what: Names the source in messages.
        url: Where it was fetched from, if it was.
        charset: The character set the sender declared, if any.

    Raises:
        SourceTooLarge: It unpacks to too many bytes or holds too much text.
        SourceUnreadable: It is empty, binary, truncated, locked, or holds no article.
    """
    if raw.startswith(GZIP_MARK):
        raw = inflate(raw, limit=limits.max_bytes, what=what)
    if not raw.strip(b"\x00 \t\r\n"):
        raise SourceUnreadable(f"{what} is empty.", remedy="Give a source with the article's words in it.")
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        from readthrough.feeds.pdf import read_pdf

        draft = read_pdf(raw, limits=limits, what=what)
    else:
        draft = _read_text(raw, what, url, charset)
    check_draft(draft, limits, what)
    return draft if draft.url or not url else replace(draft, url=url)


def _read_text(raw: bytes, what: str, url: str, charset: str) -> Draft:
    _refuse_foreign(raw, what)
    text, problems = decode(raw, declared=charset or declared_charset(raw), what=what)
    kind = kind_of(text)
    if kind is Kind.HTML:
        from readthrough.feeds.html import read_html

        draft = read_html(text, url=url, what=what)
    elif kind is Kind.JSON:
        from readthrough.feeds.records import read_json

        draft = read_json(text.lstrip("\ufeff"), what=what)
    elif _XML.match(text):
        raise SourceUnreadable(
            f"{what} is XML (a feed or a wire document), not an article.",
            remedy="Give the address of one article, or its text.",
        )
    elif _is_holdings(text):
        raise SourceUnreadable(
            f"{what} looks like a table of holdings, not an article.",
            remedy="Did you mean `--portfolio FILE`, or `readthrough portfolio import FILE`?",
        )
    else:
        draft = read_plain(text)
    return replace(draft, problems=problems + draft.problems)


def _is_holdings(text: str) -> bool:
    """Tell a table whose header names positions: at least two columns of such, and a row as wide."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:40]
    for delimiter in ",;\t|":
        for header, row in pairwise(lines):
            cells = [cell.strip(' "\ufeff').lower() for cell in header.split(delimiter)]
            if sum(cell in _HOLDINGS_COLUMNS for cell in cells) >= 2 and delimiter in row:
                return True
    return False


def _refuse_foreign(raw: bytes, what: str) -> None:
    for mark, name, remedy in _FOREIGN:
        if raw.startswith(mark):
            raise SourceUnreadable(f"{what} is {name}, not text.", remedy=remedy)
    head = raw[: 1 << 16]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or _looks_wide(head)
    if not wide and len(_CONTROL.findall(head)) > _BINARY_SHARE * len(head):
        raise SourceUnreadable(
            f"{what} is binary, not text.", remedy="Give text, HTML, PDF or JSON (gzip of those is fine)."
        )


def _looks_wide(head: bytes) -> bool:
    even, odd = head[0::2], head[1::2]
    return any(a.count(0) > 0.7 * len(a) and not b.count(0) for a, b in ((even, odd), (odd, even)))


def check_draft(draft: Draft, limits: Limits, what: str) -> None:
    """Refuse a draft that is too long or has no words.

    Raises:
        SourceTooLarge: It holds more than `limits.max_characters`.
        SourceUnreadable: It holds no letter and no digit.
    """
    size = len(draft.headline) + len(draft.body)
    if size > limits.max_characters:
        raise SourceTooLarge(
            f"{what} holds {size:,} characters or more; an article may have {limits.max_characters:,}.",
            remedy="Give one article, not a collection.",
            bound=limits.max_characters,
        )
    if not any(c.isalnum() for c in draft.headline + draft.body):
        raise SourceUnreadable(
            f"{what} holds no words.", remedy="Give a source with the article's words in it."
        )
