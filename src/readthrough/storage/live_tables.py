"""Tables of the live desk: articles that wait, feeds and what they showed, places in the outbox."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Index, Integer, Table, Text

from readthrough.storage.tables import Moment, _RowId, metadata

__all__ = ["arrivals", "feed_items", "feeds", "relays"]

arrivals = Table(
    "arrivals",
    metadata,
    Column("id", _RowId, primary_key=True, autoincrement=True),
    Column("article_id", Text, nullable=False),
    Column("content_digest", Text, nullable=False),
    Column("feed", Text, nullable=False),
    Column("document", JSON, nullable=False),
    Column("fresh_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", Text, nullable=False),  # waiting, quarantined
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("owner", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index("arrivals_by_words", "article_id", "content_digest", unique=True),
    Index("arrivals_by_freshness", "state", "fresh_at"),
    Index("arrivals_by_owner", "owner"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("owner", Text, nullable=False),
    Column("mark", JSON, nullable=False),
    Column("polled_at", Moment),
    Column("ok_at", Moment),
    Column("newest_at", Moment),
    Column("taken_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("polls", BigInteger, nullable=False),
    Column("taken", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False),
    Column("lag_s", Float),
    Column("last_title", Text, nullable=False),
)

feed_items = Table(
    "feed_items",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Index("feed_items_by_time", "feed", "seen_at"),
)

relays = Table(
    "relays",
    metadata,
    Column("name", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
)
