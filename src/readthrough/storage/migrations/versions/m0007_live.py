"""Articles that wait to be read, feeds and what they showed, and how far the outbox was passed on."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "arrivals",
        sa.Column("id", row_id, primary_key=True, autoincrement=True),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("content_digest", sa.Text, nullable=False),
        sa.Column("feed", sa.Text, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.Column("fresh_at", sa.BigInteger, nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("arrivals_by_words", "arrivals", ["article_id", "content_digest"], unique=True)
    op.create_index("arrivals_by_freshness", "arrivals", ["state", "fresh_at"])
    op.create_index("arrivals_by_owner", "arrivals", ["owner"])
    op.create_table(
        "feeds",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("added_at", sa.BigInteger, nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("mark", sa.JSON, nullable=False),
        sa.Column("polled_at", sa.BigInteger),
        sa.Column("ok_at", sa.BigInteger),
        sa.Column("newest_at", sa.BigInteger),
        sa.Column("taken_at", sa.BigInteger),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("polls", sa.BigInteger, nullable=False),
        sa.Column("taken", sa.BigInteger, nullable=False),
        sa.Column("refused", sa.BigInteger, nullable=False),
        sa.Column("lag_s", sa.Float),
        sa.Column("last_title", sa.Text, nullable=False),
    )
    op.create_table(
        "feed_items",
        sa.Column("feed", sa.Text, primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
    )
    op.create_index("feed_items_by_time", "feed_items", ["feed", "seen_at"])
    op.create_table(
        "relays",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
