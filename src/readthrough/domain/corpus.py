"""What research looks through: documents cut into passages, the filter a search is held to, and the port."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from readthrough.domain.article import Span, digest, require_utc

__all__ = [
    "Corpus",
    "CorpusDocument",
    "CorpusFilter",
    "DocumentKind",
    "DocumentTable",
    "Found",
    "Indexed",
    "Piece",
]


class DocumentKind(StrEnum):
    """What a document of the corpus is."""

    NEWS = "news"
    NOTE = "note"  # our own words on an article
    FILING = "filing"
    EXHIBIT = "exhibit"
    TRANSCRIPT = "transcript"
    REPORT = "report"  # anything else a user adds


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTable:
    """A table kept as a table: rows of cells as printed, and the span of the document's text they stand in."""

    page: int
    span: Span
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusDocument:
    """A document of the corpus.

    `pages` holds where each page's text begins, in code points; one page without breaks has `(0,)`. `id` names
    the item (a new version of its words keeps it); `known_at` is when it could first be read here. `tickers`
    are those it is about, each with a relevance in [0, 1]. A document belongs to `tenant`; the empty tenant's
    are everybody's.
    """

    id: str
    kind: DocumentKind
    title: str
    text: str
    source: str = ""
    url: str = ""
    published_at: datetime | None = None
    known_at: datetime
    tickers: tuple[tuple[str, float], ...] = ()
    tenant: str = ""
    pages: tuple[int, ...] = (0,)
    tables: tuple[DocumentTable, ...] = ()
    note_id: str = ""
    content_digest: str = field(default="")

    def __post_init__(self) -> None:
        require_utc("published_at", self.published_at)
        require_utc("known_at", self.known_at)
        if not self.content_digest:
            object.__setattr__(self, "content_digest", digest(self.title, self.text))

    def page_of(self, place: int) -> int:
        """Return the number, from 1, of the page on which a code point stands."""
        from bisect import bisect_right

        return max(1, bisect_right(self.pages, place))

    def page(self, number: int) -> Span:
        """Return where a page's text stands; an empty span for a page there is not."""
        if not 1 <= number <= len(self.pages):
            return Span(0, 0)
        end = self.pages[number] if number < len(self.pages) else len(self.text)
        return Span(self.pages[number - 1], end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a document that is searched as one: `vector` is a unit vector, empty without one."""

    span: Span
    page: int
    text: str
    vector: Sequence[float] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """A document with its pieces, ready to be kept. `space` names what made the vectors."""

    document: CorpusDocument
    pieces: tuple[Piece, ...]
    space: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusFilter:
    """Which documents may be found. Filters come first: what they leave out is never looked at.

    Args:
        tenant: Whose; the empty tenant's documents are found by everybody.
        tickers: About any of these, at least `min_relevance`.
        kinds: Of any of these kinds; all when empty.
        sources: From any of these sources, as written; all when empty.
        documents: Only these, by id; all when empty.
        since: Published at or after (known, where no publication is told).
        until: Published before.
        as_of: What was known then; now when None.
    """

    tenant: str = ""
    tickers: tuple[str, ...] = ()
    min_relevance: float = 0.0
    kinds: tuple[DocumentKind, ...] = ()
    sources: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A passage that answers a search. `score` is comparable within one search only; higher fits better."""

    key: int
    document_id: str
    kind: DocumentKind
    title: str
    source: str
    url: str
    published_at: datetime | None
    note_id: str
    span: Span
    page: int
    text: str
    score: float


class Corpus(Protocol):
    """Keeps and searches documents; the same conformance tests hold every implementation."""

    def add(self, documents: Sequence[Indexed]) -> int:
        """Keep documents in one transaction; a document whose words are kept already changes nothing.

        Returns:
            How many were new or changed.
        """

    def remove(self, ids: Sequence[str], *, tenant: str) -> int:
        """Forget documents of a tenant for good, every version of them; return how many there were."""

    def document(
        self, document_id: str, *, tenant: str, as_of: datetime | None = None
    ) -> CorpusDocument | None:
        """Return a document that a tenant may read."""

    def documents(self, chosen: CorpusFilter, *, limit: int, before: str = "") -> list[CorpusDocument]:
        """Return documents without text and tables, newest first; `before` is the last id seen."""

    def by_words(self, words: Sequence[str], chosen: CorpusFilter, *, limit: int) -> list[Found]:
        """Return passages that hold the words, best first. Words are letters and digits, never syntax."""

    def by_vector(
        self, vector: Sequence[float], space: str, chosen: CorpusFilter, *, limit: int
    ) -> list[Found]:
        """Return the passages whose vectors lie nearest, best first; under a filter this is exact."""

    def counts(self) -> tuple[int, int]:
        """Return how many documents and passages are kept, superseded ones apart."""

    def mark(self) -> int:
        """Return the id of the last outbox row whose note has been taken in."""

    def set_mark(self, row: int) -> None:
        """Keep that id."""

    def close(self) -> None:
        """Let go of what is held in memory."""
