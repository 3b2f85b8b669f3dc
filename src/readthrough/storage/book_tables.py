"""Tables of what portfolios rest on: accounts, transactions, prices, rates, funds, and what news did to them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, Index, Integer, Table, Text

from readthrough.storage.tables import Moment, metadata

__all__ = [
    "book_touches",
    "books",
    "custody_accounts",
    "funds",
    "holding_details",
    "past_touches",
    "past_transactions",
    "portfolio_versions",
    "prices",
    "rates",
    "transactions",
]

books = Table(
    "books",
    metadata,
    Column("portfolio_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # portfolio, benchmark, watchlist
    Column("benchmark_id", Text, nullable=False),
)

holding_details = Table(
    "holding_details",
    metadata,
    Column("portfolio_id", Text, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("document", JSON, nullable=False),
)

custody_accounts = Table(
    "custody_accounts",
    metadata,
    Column("portfolio_id", Text, primary_key=True),
    Column("account_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("custodian", Text, nullable=False),
    Column("currency", Text, nullable=False),
)

transactions = Table(
    "transactions",
    metadata,
    Column("portfolio_id", Text, primary_key=True),
    Column("transaction_id", Text, primary_key=True),
    Column("day", Text, nullable=False),
    Column("line", Integer, nullable=False),  # of one day, in the order given
    Column("document", JSON, nullable=False),
    Column("known_at", Moment),  # missing where it was kept before times were
    Index("transactions_by_day", "portfolio_id", "day", "line"),
)

past_transactions = Table(
    "past_transactions",
    metadata,
    Column("portfolio_id", Text, primary_key=True),
    Column("transaction_id", Text, primary_key=True),
    Column("superseded_at", Moment, primary_key=True),
    Column("day", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("document", JSON, nullable=False),
    Column("known_at", Moment),
)

portfolio_versions = Table(
    "portfolio_versions",
    metadata,
    Column("portfolio_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("known_at", Moment, nullable=False),
    Column("superseded_at", Moment),
    Column("document", JSON, nullable=False),
)

prices = Table(
    "prices",
    metadata,
    Column("instrument", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("close", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("volume", Text),  # units traded that day
)

rates = Table(
    "rates",
    metadata,
    Column("currency", Text, primary_key=True),
    Column("base", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("rate", Text, nullable=False),
    Column("source", Text, nullable=False),
)

funds = Table(
    "funds",
    metadata,
    Column("instrument", Text, primary_key=True),
    Column("document", JSON, nullable=False),
)

book_touches = Table(
    "book_touches",
    metadata,
    Column("portfolio_id", Text, primary_key=True),
    Column("note_id", Text, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("known_at", Moment, nullable=False),
    Column("story_id", Text, nullable=False),
    Column("ticker", Text, nullable=False),
    Column("issuer_id", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("through", Text, nullable=False),
    Column("weight", Float),
    Column("low_bps", Float),
    Column("mid_bps", Float),
    Column("high_bps", Float),
    Column("sign", Integer, nullable=False),
    Column("headline", Text, nullable=False),
    Column("why", Text, nullable=False),
    Index("book_touches_by_time", "portfolio_id", "known_at"),
)

past_touches = Table(
    "past_touches",
    metadata,
    Column("portfolio_id", Text, primary_key=True),
    Column("note_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("known_at", Moment, nullable=False),
    Column("superseded_at", Moment, nullable=False),
    Column("story_id", Text, nullable=False),
    Column("ticker", Text, nullable=False),
    Column("issuer_id", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("through", Text, nullable=False),
    Column("weight", Float),
    Column("low_bps", Float),
    Column("mid_bps", Float),
    Column("high_bps", Float),
    Column("sign", Integer, nullable=False),
    Column("headline", Text, nullable=False),
    Column("why", Text, nullable=False),
    Index("past_touches_by_time", "portfolio_id", "known_at"),
)
