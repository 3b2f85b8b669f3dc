"""PDF to text, page by page; a scan or a locked file is told apart from an empty one."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from readthrough.domain.errors import SourceUnreadable
from readthrough.domain.reading import Problem
from readthrough.feeds.clean import clean_body, clean_line
from readthrough.feeds.draft import Draft
from readthrough.feeds.limits import Limits
from readthrough.feeds.plain import split_headline

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage  # type: ignore[import-untyped]

__all__ = ["read_pdf"]

_HYPHENATED = re.compile("(?<=[^\\W\\d_])(?:\ufffe|\x02|-)\n(?=[a-z])")
_HEAD_CHARACTERS = 3_000  # of the first page that are measured
_MOST_HEAD_LINES = 4
_LARGER = 1.15  # headline type over body type: 12 on 10 points is the least that looks like one
_GAP = 1.4  # of the usual step between lines
_SENTENCE_END = (".", "!", "?", ":", "”", '"', ")")


def read_pdf(raw: bytes, *, limits: Limits, what: str = "The PDF") -> Draft:
    """Make a draft of a PDF's text layer; pages are joined, lines of a paragraph too.

    Args:
        raw: The file.
        limits: `max_pages` and `max_characters` bound the work.
        what: Names the file in messages.

    Raises:
        SourceUnreadable: The file is encrypted, damaged, or has no text layer (a scan).
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise _unopened(what, str(error)) from None
    try:
        pages = len(document)
        text, broken = _text(document, min(pages, limits.max_pages), limits.max_characters)
        title = str(document.get_metadata_value("Title") or "")
    except pypdfium2.PdfiumError as error:
        raise _unopened(what, str(error)) from None
    finally:
        document.close()
    if broken and not text.strip():
        raise _unopened(what, "no page can be read")
    if not any(c.isalnum() for c in text):
        raise SourceUnreadable(
            f"{what} has no text layer: its {pages} page(s) look scanned.",
            remedy="Run text recognition (OCR) on it first, or give the text.",
        )
    return _draft(text, title, limits, pages=pages, broken=broken)


def _unopened(what: str, reason: str) -> SourceUnreadable:
    if "password" in reason.lower() or "security" in reason.lower():
        return SourceUnreadable(
            f"{what} is encrypted and asks for a password.",
            remedy="Save a copy without a password and give that.",
        )
    return SourceUnreadable(f"{what} is a damaged PDF.", remedy="Download or export it again.")


def _text(document: PdfDocument, pages: int, max_characters: int) -> tuple[str, int]:
    from pypdfium2 import PdfiumError

    parts: list[str] = []
    size = broken = 0
    for index in range(pages):
        try:
            page = document[index]
            layer = page.get_textpage()
            parts.append(_parted(layer) if index == 0 else layer.get_text_bounded())
        except PdfiumError:
            broken += 1
            continue
        layer.close()
        page.close()
        size += len(parts[-1])
        if size > max_characters:
            break
    return "\n\n".join(parts), broken


def _parted(layer: PdfTextPage) -> str:
    """Read the first page, its headline set off by a blank line where type or spacing sets it off."""
    text: str = layer.get_text_bounded()
    count = _headline_lines(_lines(layer))
    lines = [line for line in text.splitlines() if line.strip()]
    if not count or count >= len(lines):
        return text
    return " ".join(line.strip() for line in lines[:count]) + "\n\n" + "\n".join(text.splitlines()[count:])


def _lines(layer: PdfTextPage) -> list[tuple[float, float]]:
    """Return type size and middle height of the page's first lines, in points."""
    from pypdfium2.raw import FPDFText_GetUnicode  # type: ignore[import-untyped]

    found: list[tuple[float, float]] = []
    sizes: list[float] = []
    middles: list[float] = []
    for index in range(min(layer.count_chars(), _HEAD_CHARACTERS)):
        character = chr(FPDFText_GetUnicode(layer, index))
        if character in "\r\n":
            if sizes:
                found.append((median(sizes), median(middles)))
                sizes, middles = [], []
        elif not character.isspace():
            _, bottom, _, top = layer.get_charbox(index, loose=True)
            sizes.append(top - bottom)
            middles.append((top + bottom) / 2)
    return [*found, (median(sizes), median(middles))] if sizes else found


def _headline_lines(lines: list[tuple[float, float]]) -> int:
    """Count the first lines that stand apart: in larger type, or before a gap; 0 when none does."""
    if len(lines) < 3:
        return 0
    first = lines[0][0]
    larger = next((n for n, (size, _) in enumerate(lines) if size < first / _LARGER), len(lines))
    if larger <= _MOST_HEAD_LINES and larger < len(lines):
        return larger
    gaps = [above[1] - below[1] for above, below in pairwise(lines)]
    usual = median(gaps[1:])
    return 1 if usual > 0 and gaps[0] > _GAP * usual else 0


def _draft(text: str, title: str, limits: Limits, *, pages: int, broken: int) -> Draft:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    body, problems = clean_body(_unwrap(_HYPHENATED.sub("", text)))
    headline, body = split_headline(body)
    title = clean_line(title)
    if not headline and " " in title and not title.lower().startswith(("microsoft word", "untitled")):
        headline = title[:200]
    if pages > limits.max_pages:
        detail = f"{pages} pages; the first {limits.max_pages} were read"
        problems += (Problem(code="pages_left_out", detail=detail, remedy="Split the file."),)
    if broken:
        detail = f"{broken} damaged page(s) were left out"
        problems += (Problem(code="pages_damaged", detail=detail, remedy="Download the file again."),)
    return Draft(headline=clean_line(headline), body=body, problems=problems)


def _unwrap(text: str) -> str:
    """Join lines that a page's width cut: a nearly full line that ends no sentence goes on in the next."""
    lines = [line.strip() for line in text.split("\n")]
    full = 0.7 * max((len(line) for line in lines), default=0)
    out = [lines[0]]
    for line, following in pairwise(lines):
        goes_on = line and following and (len(line) >= full or following[0].islower())
        wraps = goes_on and (len(line) >= full or not line.endswith(_SENTENCE_END))
        out.append((" " if wraps else "\n") + following)
    return "".join(out)
