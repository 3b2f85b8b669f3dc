"""Cuts a document into the pieces that are searched: never over a page's edge, at a line or a sentence's end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.corpus import CorpusDocument, DocumentKind, Piece

__all__ = ["cut"]

PIECE: Final = 1_400
"""Code points of a piece: a paragraph or two, or half a statement's table; of 700, 1,400 and 2,800, the one that
found most evidence pages of FinanceBench among the first five."""
NEWS_PIECE: Final = 900
"""News is told in short paragraphs; `make bench BENCH=research` shows what it costs to read them."""


def cut(document: CorpusDocument) -> tuple[Piece, ...]:
    """Return a document's pieces in order, without vectors; blank stretches give none.

    >>> from datetime import UTC, datetime
    >>> made = CorpusDocument(
    ...     id="d", kind=DocumentKind.REPORT, title="T", text="One.\\n\\nTwo.", pages=(0, 6),
    ...     known_at=datetime(2026, 1, 5, tzinfo=UTC),
    ... )
    >>> [(p.page, p.text) for p in cut(made)]
    [(1, 'One.'), (2, 'Two.')]
    """
    size = NEWS_PIECE if document.kind in (DocumentKind.NEWS, DocumentKind.NOTE) else PIECE
    pieces = []
    for number in range(1, len(document.pages) + 1):
        for span in _within(document.text, document.page(number), size):
            pieces.append(Piece(span=span, page=number, text=span.of(document.text)))
    return tuple(pieces)


def _within(text: str, page: Span, size: int) -> Iterator[Span]:
    start = page.start
    while start < page.end:
        end = min(page.end, start + size)
        if end < page.end:
            end = _break(text, start + size // 2, end)
        first, last = start, end
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if any(c.isalnum() for c in text[first:last]):
            yield Span(first, last)
        start = end


def _break(text: str, least: int, most: int) -> int:
    """Return the best place to cut between two: a blank line, a sentence's end, a line's end, a space."""
    for mark in ("\n\n", ".\n", ". ", "\n", " "):
        place = text.rfind(mark, least, most)
        if place >= 0:
            return place + len(mark)
    return most
