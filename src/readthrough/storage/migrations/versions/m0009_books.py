"""Accounts, transactions, prices, rates, funds, kinds of book, and what news did to each of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "books",
        sa.Column("portfolio_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("benchmark_id", sa.Text, nullable=False),
    )
    op.create_table(
        "holding_details",
        sa.Column("portfolio_id", sa.Text, primary_key=True),
        sa.Column("line", sa.Integer, primary_key=True),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_table(
        "custody_accounts",
        sa.Column("portfolio_id", sa.Text, primary_key=True),
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("custodian", sa.Text, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
    )
    op.create_table(
        "transactions",
        sa.Column("portfolio_id", sa.Text, primary_key=True),
        sa.Column("transaction_id", sa.Text, primary_key=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_table(
        "prices",
        sa.Column("instrument", sa.Text, primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("close", sa.Text, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
    )
    op.create_table(
        "rates",
        sa.Column("currency", sa.Text, primary_key=True),
        sa.Column("base", sa.Text, primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("rate", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
    )
    op.create_table(
        "funds",
        sa.Column("instrument", sa.Text, primary_key=True),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_table(
        "book_touches",
        sa.Column("portfolio_id", sa.Text, primary_key=True),
        sa.Column("note_id", sa.Text, primary_key=True),
        sa.Column("line", sa.Integer, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("known_at", sa.BigInteger, nullable=False),
        sa.Column("story_id", sa.Text, nullable=False),
        sa.Column("ticker", sa.Text, nullable=False),
        sa.Column("issuer_id", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("through", sa.Text, nullable=False),
        sa.Column("weight", sa.Float),
        sa.Column("low_bps", sa.Float),
        sa.Column("mid_bps", sa.Float),
        sa.Column("high_bps", sa.Float),
        sa.Column("sign", sa.Integer, nullable=False),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_index("transactions_by_day", "transactions", ["portfolio_id", "day", "line"])
    op.create_index("book_touches_by_time", "book_touches", ["portfolio_id", "known_at"])
