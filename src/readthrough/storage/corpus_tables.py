"""The tables of the corpus: documents, whom they are about, and the pieces that are searched."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Float, Index, Integer, LargeBinary, Table, Text

from readthrough.storage.tables import Moment, metadata

__all__ = ["corpus_documents", "corpus_pieces", "corpus_tickers"]

_Key = BigInteger().with_variant(Integer(), "sqlite")

corpus_documents = Table(
    "corpus_documents",
    metadata,
    Column("id", _Key, primary_key=True, autoincrement=False),
    Column("document_id", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("note_id", Text, nullable=False),
    Column("published_at", Moment),
    Column("dated_at", Moment, nullable=False),
    Column("known_at", Moment, nullable=False),
    Column("superseded_at", Moment),
    Column("content_digest", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("tickers", JSON, nullable=False),
    Column("pages", JSON, nullable=False),
    Column("tables", JSON, nullable=False),
    Index("corpus_documents_by_id", "document_id", "tenant"),
    Index("corpus_documents_by_time", "dated_at", "id"),
)

corpus_tickers = Table(
    "corpus_tickers",
    metadata,
    Column("ticker", Text, primary_key=True),
    Column("document", _Key, primary_key=True),
    Column("relevance", Float, nullable=False),
    Index("corpus_tickers_by_document", "document"),
)

corpus_pieces = Table(
    "corpus_pieces",
    metadata,
    Column("id", _Key, primary_key=True, autoincrement=False),
    Column("document", _Key, nullable=False),
    Column("page", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("tags", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("space", Text, nullable=False),
    Column("vector", LargeBinary),
    Index("corpus_pieces_by_document", "document"),
)
