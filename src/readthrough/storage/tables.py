"""Every table. Migrations create them; `tests/storage/test_migrate.py` holds the two together.

Moments are whole microseconds since 1970 in UTC, decimals are text, documents are JSON. `known_at` is when a
row could first be acted on and `superseded_at` when it stopped being the newest: what was known at a moment
is `known_at <= moment AND (superseded_at IS NULL OR superseded_at > moment)`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Dialect,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    and_,
    or_,
)

__all__ = [
    "SCHEMA",
    "Moment",
    "alerts",
    "articles",
    "attempts",
    "authorings",
    "counters",
    "deliveries",
    "earlier",
    "fingerprints",
    "holdings",
    "known",
    "metadata",
    "micros",
    "note_tickers",
    "notes",
    "outbox",
    "passages",
    "portfolios",
    "readings",
    "rule_changes",
    "rules",
    "stories",
]

SCHEMA: Final = "0015"
"""The newest migration; a database at this version opens without loading Alembic."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as whole microseconds since 1970: exact and ordered in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Turn a moment into microseconds."""
        return None if value is None else (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Turn microseconds into a moment."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


# SQLite numbers rows by itself only for a plain INTEGER key.
_RowId = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("content_digest", Text, nullable=False),
    Column("headline", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("published_at", Moment),
    Column("received_at", Moment, nullable=False),
    Column("language", Text, nullable=False),
    Column("known_at", Moment, nullable=False),
    Column("superseded_at", Moment),
    Index("articles_by_words", "article_id", "content_digest", unique=True),
)

readings = Table(
    "readings",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("content_digest", Text, primary_key=True),
    Column("engine", Text, primary_key=True),
    Column("known_at", Moment, nullable=False),
    Column("document", JSON, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("note_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("content_digest", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("known_at", Moment, nullable=False),
    Column("superseded_at", Moment),
    Column("document", JSON, nullable=False),
    Column("brief", JSON),
    Index("notes_by_words", "article_id", "content_digest", "engine", unique=True),
    Index("notes_by_time", "known_at", "note_id"),
)

note_tickers = Table(
    "note_tickers",
    metadata,
    Column("ticker", Text, primary_key=True),
    Column("note_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("relevance", Float, nullable=False),
    Index("note_tickers_by_note", "note_id", "revision"),
)

passages = Table(
    "passages",
    metadata,
    Column("id", _RowId, primary_key=True, autoincrement=True),
    Column("note_id", Text, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("content_digest", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("known_at", Moment, nullable=False),
    Column("superseded_at", Moment),
    Index("passages_by_article", "article_id"),
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("content_digest", Text, primary_key=True),
    Column("story_id", Text, nullable=False),
    Column("known_at", Float, nullable=False),
    Column("traits", LargeBinary, nullable=False),
    Index("fingerprints_by_time", "known_at"),
)

stories = Table(
    "stories",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("first_article_id", Text, nullable=False),
    Column("headline", Text, nullable=False),
    Column("first_known_at", Moment, nullable=False),
    Column("last_known_at", Moment, nullable=False),
)

portfolios = Table(
    "portfolios",
    metadata,
    Column("portfolio_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("base_currency", Text, nullable=False),
    Column("as_of", Text),
    Column("problems", JSON, nullable=False),
)

holdings = Table(
    "holdings",
    metadata,
    Column("portfolio_id", Text, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("ticker", Text, nullable=False),
    Column("issuer_id", Text),
    Column("name", Text, nullable=False),
    Column("quantity", Text, nullable=False),
    Column("price", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("market_value", Text, nullable=False),
    Column("weight", Text, nullable=False),
    Column("source_row", Integer, nullable=False),
)

rules = Table(
    "rules",
    metadata,
    Column("rule_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("document", JSON, nullable=False),
)

rule_changes = Table(
    "rule_changes",
    metadata,
    Column("id", _RowId, primary_key=True, autoincrement=True),
    Column("rule_id", Text, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

alerts = Table(
    "alerts",
    metadata,
    Column("alert_id", Text, primary_key=True),
    Column("rule_id", Text, nullable=False),
    Column("rule_name", Text, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("story_id", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("headline", Text, nullable=False),
    Column("reason", JSON, nullable=False),
    Column("withheld", Boolean, nullable=False),
    Column("receivers", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("alerts_by_time", "created_at", "alert_id"),
    Index("alerts_by_story", "rule_id", "story_id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery_id", Text, primary_key=True),
    Column("alert_id", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("payload", JSON, nullable=False),
    Index("deliveries_due", "state", "due_at"),
    Index("deliveries_by_alert", "alert_id"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("delivery_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("detail", Text, nullable=False),
)

authorings = Table(
    "authorings",
    metadata,
    Column("id", _RowId, primary_key=True, autoincrement=True),
    Column("digest", Text, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("ending", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("requests", Integer, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("cost_microusd", BigInteger, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("claims", JSON, nullable=False),
    Index("authorings_by_digest", "digest"),
    Index("authorings_by_time", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _RowId, primary_key=True, autoincrement=True),
    Column("topic", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
)


def earlier(time: Column[datetime], key: Column[str], than: datetime, than_key: str) -> ColumnElement[bool]:
    """Say which rows come after a given one in a list that runs from new to old."""
    return or_(time < than, and_(time == than, key < than_key))


def micros(moment: datetime | None) -> int | None:
    """Turn a moment into what a `Moment` column keeps, for statements in plain SQL."""
    return None if moment is None else (moment - _EPOCH) // timedelta(microseconds=1)


def known(table: Table, as_of: datetime | None) -> ColumnElement[bool]:
    """Say which rows of a revised table were the newest at `as_of` (now when None)."""
    if as_of is None:
        return table.c.superseded_at.is_(None)
    return and_(
        table.c.known_at <= as_of, or_(table.c.superseded_at.is_(None), table.c.superseded_at > as_of)
    )
