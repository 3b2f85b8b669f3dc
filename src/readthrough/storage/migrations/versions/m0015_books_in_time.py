"""What portfolios, their histories and what news meant for them were, for questions as of then."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Create the tables. What is there already has no time, and counts as always known."""
    op.create_table(
        "portfolio_versions",
        sa.Column("portfolio_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("known_at", sa.BigInteger, nullable=False),
        sa.Column("superseded_at", sa.BigInteger),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.add_column("transactions", sa.Column("known_at", sa.BigInteger))
    op.create_table(
        "past_transactions",
        sa.Column("portfolio_id", sa.Text, primary_key=True),
        sa.Column("transaction_id", sa.Text, primary_key=True),
        sa.Column("superseded_at", sa.BigInteger, primary_key=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.Column("known_at", sa.BigInteger),
    )
    op.create_table(
        "past_touches",
        sa.Column("portfolio_id", sa.Text, primary_key=True),
        sa.Column("note_id", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("line", sa.Integer, primary_key=True),
        sa.Column("known_at", sa.BigInteger, nullable=False),
        sa.Column("superseded_at", sa.BigInteger, nullable=False),
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
    op.create_index("past_touches_by_time", "past_touches", ["portfolio_id", "known_at"])
