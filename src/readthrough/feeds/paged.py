"""A document a user adds, with its pages and lines kept: PDF, HTML, text, EDGAR submissions, transcripts.

An article is unwrapped and cut down to its prose; a document keeps each page and each row of a table where it
stands, because research points at pages and reads tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from readthrough.domain.errors import SourceTooLarge, SourceUnreadable
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Problem
from readthrough.feeds.clean import clean_line, clean_text
from readthrough.feeds.decode import declared_charset, decode
from readthrough.feeds.extract import Kind, kind_of
from readthrough.feeds.limits import Limits
from readthrough.feeds.unpack import GZIP_MARK, inflate

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

__all__ = ["Paged", "read_document"]

_PART: Final = lazily(r"<DOCUMENT>(.*?)</DOCUMENT>", re.DOTALL | re.IGNORECASE)
_FIELD: Final = lazily(r"^\s*<(TYPE|DESCRIPTION|FILENAME)>([^\n<]*)", re.MULTILINE | re.IGNORECASE)
_TEXT: Final = lazily(r"<TEXT>(.*)</TEXT>", re.DOTALL | re.IGNORECASE)
_FILED: Final = lazily(r"FILED AS OF DATE:\s*(\d{8})")
_FILER: Final = lazily(r"COMPANY CONFORMED NAME:[ \t]*([^\n]{2,120})")
_CIK: Final = lazily(r"CENTRAL INDEX KEY:[ \t]*(\d{4,10})")
_FORM: Final = lazily(r"CONFORMED SUBMISSION TYPE:[ \t]*([^\s]{1,20})")
_SPEAKER: Final = lazily(r"^(?:Operator|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){0,3} (?:--|–|—|-) )", re.MULTILINE)
_CALL: Final = lazily(
    r"\b(?:earnings|conference) call\b|\bquestion[- ]and[- ]answer\b|\bprepared remarks\b", re.I
)
_LEAST_SPEAKERS: Final = 4
_READ: Final = frozenset({"10-K", "10-Q", "8-K", "20-F", "6-K", "40-F", "S-1", "424B4", "DEF 14A", "10-K405"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """A document as read: clean text, where each page begins, and what it says of itself.

    `kind` is filing, exhibit, transcript or report. `filer` and `cik` are told by EDGAR headers only.
    """

    title: str
    text: str
    pages: tuple[int, ...]
    kind: str = "report"
    published_at: datetime | None = None
    filer: str = ""
    cik: str = ""
    problems: tuple[Problem, ...] = ()


def read_document(raw: bytes, *, limits: Limits, what: str, title: str = "") -> list[Paged]:
    """Read the bytes of a document; an EDGAR submission gives its filing and each exhibit.

    Args:
        raw: All of it.
        limits: What it may cost; `max_characters` holds for each of 40 parts.
        what: Names it in messages.
        title: What to call it where it does not say.

    Raises:
        SourceTooLarge: It unpacks to too many bytes.
        SourceUnreadable: It is empty, binary, locked, damaged, or holds no words.
    """
    if raw.startswith(GZIP_MARK):
        raw = inflate(raw, limit=limits.max_bytes, what=what)
    if len(raw) > limits.max_bytes:
        raise SourceTooLarge(f"{what} is larger than {limits.max_bytes:,} bytes.", remedy="Split it.")
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return [_told(_pdf(raw, limits, what), title, what)]
    text, problems = decode(raw, declared=declared_charset(raw), what=what)
    if "<SEC-DOCUMENT>" in text[:2_000] or "<SUBMISSION>" in text[:2_000]:
        return [_told(part, title, what) for part in _submission(text, limits)]
    made = _marked_up(text) if kind_of(text) is Kind.HTML else _plain(text)
    return [_told(_with(made, problems), title, what)]


def _told(made: Paged, title: str, what: str) -> Paged:
    if not any(c.isalnum() for c in made.text):
        raise SourceUnreadable(
            f"{what} holds no words.", remedy="Give a document with text in it (OCR a scan)."
        )
    kind = made.kind
    head = made.text[:20_000]
    if kind == "report" and _CALL.search(head) and len(_SPEAKER.findall(head)) >= _LEAST_SPEAKERS:
        kind = "transcript"
    return Paged(
        title=made.title or clean_line(title)[:300] or made.text.strip().split("\n", 1)[0][:120],
        text=made.text,
        pages=made.pages,
        kind=kind,
        published_at=made.published_at,
        filer=made.filer,
        cik=made.cik,
        problems=made.problems,
    )


def _with(made: Paged, problems: tuple[Problem, ...]) -> Paged:
    return Paged(title=made.title, text=made.text, pages=made.pages, kind=made.kind, problems=problems)


def _joined(pages: Iterator[str] | list[str], title: str = "") -> Paged:
    """Put pages one after the other, each cleaned, and note where each begins."""
    starts: list[int] = []
    parts: list[str] = []
    size = 0
    for page in pages:
        text, _ = clean_text(page)
        text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
        starts.append(size)
        parts.append(text)
        size += len(text) + 2
    return Paged(title=title, text="\n\n".join(parts), pages=tuple(starts) or (0,))


def _pdf(raw: bytes, limits: Limits, what: str) -> Paged:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise SourceUnreadable(
            f"{what} is {'encrypted' if locked else 'a damaged PDF'}.",
            remedy="Save a copy without a password." if locked else "Download or export it again.",
        ) from None
    try:
        count = len(document)
        title = clean_line(str(document.get_metadata_value("Title") or ""))
        pages, size = [], 0
        for index in range(min(count, limits.max_pages)):
            try:
                pages.append(document[index].get_textpage().get_text_bounded())
            except pypdfium2.PdfiumError:
                pages.append("")
            size += len(pages[-1])
            if size > limits.max_characters:
                break
    finally:
        document.close()
    made = _joined(pages, title if " " in title and not title.lower().startswith("microsoft word") else "")
    if len(pages) == count:
        return made
    detail = f"{count} pages; the first {len(pages)} were read"
    return _with(made, (Problem(code="pages_left_out", detail=detail, remedy="Split the file."),))


def _plain(text: str) -> Paged:
    pages = text.split("\f")
    return _joined(pages)


def _marked_up(text: str) -> Paged:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    node = tree.css_first("title")
    title = clean_line(node.text(deep=True)[:600]) if node is not None else ""
    return _joined(_pages_of(_laid_out(tree)), title)


def _pages_of(text: str) -> list[str]:
    return text.split("\f")


def _laid_out(tree: LexborHTMLParser) -> str:
    """Write a page as lines, a row of a table as one line with bars between its cells."""
    body = tree.body
    if body is None:
        return ""
    for node in body.css("script,style,noscript,template,svg,iframe"):
        node.decompose()
    for node in body.css("hr"):
        if "page-break" in (node.attributes.get("style") or "") or node.attributes.get("data-page"):
            node.insert_before("\f")
    for row in body.css("tr"):
        cells = [clean_line(cell.text(deep=True, separator=" ")) for cell in row.css("td,th")]
        row.replace_with("\n" + " | ".join(_closed(cells)) + "\n")
    for node in body.css("p,div,li,h1,h2,h3,h4,h5,h6,br,section,article,blockquote,table"):
        node.insert_after("\n")
    lines = [
        re.sub(r"[^\S\n\f]+", " ", line).strip(" ")
        for line in body.text(deep=True).replace("\r", "").split("\n")
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _closed(cells: list[str]) -> list[str]:
    """Join what pages part for the looks of it: a currency sign, a closing bracket, a percent sign."""
    out: list[str] = []
    for cell in cells:
        if not cell:
            continue
        if out and (cell in {")", "%", ")%"} or out[-1] in {"$", "€", "£", "("}):
            out[-1] += cell
        else:
            out.append(cell)
    return out


def _submission(text: str, limits: Limits) -> Iterator[Paged]:
    """Read a full EDGAR submission: its main document and its exhibits, graphics and data left out."""
    head = text[:20_000]
    filed = _FILED.search(head)
    when = None
    if filed:
        try:
            when = datetime.strptime(filed[1], "%Y%m%d").replace(tzinfo=UTC)
        except ValueError:
            when = None
    filer, cik, form = (found[1].strip() if (found := p.search(head)) else "" for p in (_FILER, _CIK, _FORM))
    count = 0
    for part in _PART.finditer(text):
        told = {name.upper(): value.strip() for name, value in _FIELD.findall(part[1][:2_000])}
        kind = told.get("TYPE", "").upper()
        exhibit = kind.startswith("EX-") and not kind.startswith(("EX-101", "EX-104"))
        body = _TEXT.search(part[1])
        if not (exhibit or kind.removesuffix("/A") in _READ) or body is None or count >= 40:
            continue
        words = re.sub(r"</?(?:PDF|XBRL|XML)>", "", body[1])[: 4 * limits.max_characters]
        made = _marked_up(words) if kind_of(words) is Kind.HTML else _plain(words.replace("<PAGE>", "\f"))
        if not any(c.isalnum() for c in made.text):
            continue
        count += 1
        day = f" filed {when:%Y-%m-%d}" if when else ""
        yield Paged(
            title=clean_line(f"{filer} {form if not exhibit else f'{form} {kind}'}{day}")[:300],
            text=made.text[: limits.max_characters],
            pages=tuple(p for p in made.pages if p < limits.max_characters) or (0,),
            kind="exhibit" if exhibit else "filing",
            published_at=when,
            filer=filer,
            cik=cik.zfill(10) if cik else "",
        )
