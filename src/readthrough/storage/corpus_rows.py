"""Documents, pieces and what was found, to rows and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from readthrough.domain.article import Span
from readthrough.domain.corpus import CorpusDocument, DocumentKind, DocumentTable, Found, Indexed, Piece
from readthrough.storage.articles import storable
from readthrough.storage.corpus_words import tags_of

__all__ = ["document_from", "document_values", "found_from", "packed", "piece_values", "ticker_values"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS: Final = {str(kind): kind for kind in DocumentKind}


def packed(vector: Sequence[float]) -> bytes | None:
    """Turn a vector into the bytes of half-precision numbers; None for an empty one.

    >>> packed((1.0, -0.5)).hex()
    '003c00b8'
    """
    if not len(vector):
        return None
    import numpy as np

    whole = np.asarray(vector, dtype=np.float32)
    return whole.astype(np.float16).tobytes()


def document_values(document: CorpusDocument, key: int) -> dict[str, Any]:
    """A document as a row."""
    return {
        "id": key,
        "document_id": storable(document.id),
        "tenant": storable(document.tenant),
        "kind": str(document.kind),
        "title": storable(document.title),
        "source": storable(document.source),
        "url": storable(document.url),
        "note_id": document.note_id,
        "published_at": document.published_at,
        "dated_at": document.published_at or document.known_at,
        "known_at": document.known_at,
        "superseded_at": None,
        "content_digest": document.content_digest,
        "text": storable(document.text),
        "tickers": [[ticker.upper(), relevance] for ticker, relevance in document.tickers],
        "pages": list(document.pages),
        "tables": [
            [t.page, t.span.start, t.span.end, [list(row) for row in t.rows]] for t in document.tables
        ],
    }


def ticker_values(document: CorpusDocument, key: int) -> list[dict[str, Any]]:
    """Whom a document is about, as rows."""
    told = {storable(ticker).upper(): relevance for ticker, relevance in document.tickers}
    return [{"ticker": t, "document": key, "relevance": r} for t, r in told.items()]


def piece_values(indexed: Indexed, piece: Piece, document: int, key: int) -> dict[str, Any]:
    """A piece as a row."""
    vector = packed(piece.vector)
    return {
        "id": key,
        "document": document,
        "page": piece.page,
        "start": piece.span.start,
        "end": piece.span.end,
        "title": storable(indexed.document.title),
        "tags": tags_of(indexed.document),
        "text": storable(piece.text),
        "space": indexed.space if vector else "",
        "vector": vector,
    }


def document_from(row: Mapping[str, Any]) -> CorpusDocument:
    """Read a document back; without text and tables where the row has none."""
    tables = _read(row.get("tables") or [])
    return CorpusDocument(
        id=row["document_id"],
        kind=DocumentKind(row["kind"]),
        title=row["title"],
        text=row.get("text") or "",
        source=row["source"],
        url=row["url"],
        published_at=row["published_at"],
        known_at=row["known_at"],
        tickers=tuple((ticker, float(relevance)) for ticker, relevance in _read(row["tickers"])),
        tenant=row["tenant"],
        pages=tuple(_read(row["pages"])),
        tables=tuple(
            DocumentTable(page=page, span=Span(start, end), rows=tuple(tuple(r) for r in rows))
            for page, start, end, rows in tables
        ),
        note_id=row["note_id"],
        content_digest=row["content_digest"],
    )


def found_from(row: Sequence[Any]) -> Found:
    """Read a passage that was found: the columns of `corpus_words.order_of` and its score, in order."""
    key, page, start, end, text, name, kind, title, source, url, published, note_id, score, *_ = row
    return Found(
        key=key,
        document_id=name,
        kind=_KINDS[kind],
        title=title,
        source=source,
        url=url,
        published_at=None if published is None else _EPOCH + timedelta(microseconds=published),
        note_id=note_id,
        span=Span(start, end),
        page=page,
        text=text,
        score=float(score),
    )


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
