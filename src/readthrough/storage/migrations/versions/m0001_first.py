"""The first schema. Never edited: a change of tables is a new file."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table and the full-text index."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    _articles_and_notes()
    _passages(row_id)
    _stories()
    _books()
    _alerts(row_id)


def _articles_and_notes() -> None:
    op.create_table(
        "articles",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("content_digest", sa.Text, nullable=False),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("published_at", sa.BigInteger),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("known_at", sa.BigInteger, nullable=False),
        sa.Column("superseded_at", sa.BigInteger),
    )
    op.create_index("articles_by_words", "articles", ["article_id", "content_digest"], unique=True)
    op.create_table(
        "readings",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("content_digest", sa.Text, primary_key=True),
        sa.Column("engine", sa.Text, primary_key=True),
        sa.Column("known_at", sa.BigInteger, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("note_id", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("content_digest", sa.Text, nullable=False),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("known_at", sa.BigInteger, nullable=False),
        sa.Column("superseded_at", sa.BigInteger),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_index("notes_by_words", "notes", ["article_id", "content_digest", "engine"], unique=True)
    op.create_index("notes_by_time", "notes", ["known_at", "note_id"])
    op.create_table(
        "note_tickers",
        sa.Column("ticker", sa.Text, primary_key=True),
        sa.Column("note_id", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("relevance", sa.Float, nullable=False),
    )
    op.create_index("note_tickers_by_note", "note_tickers", ["note_id", "revision"])


def _passages(row_id: sa.types.TypeEngine[int]) -> None:
    op.create_table(
        "passages",
        sa.Column("id", row_id, primary_key=True, autoincrement=True),
        sa.Column("note_id", sa.Text, nullable=False),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("content_digest", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("known_at", sa.BigInteger, nullable=False),
        sa.Column("superseded_at", sa.BigInteger),
    )
    op.create_index("passages_by_article", "passages", ["article_id"])
    if op.get_bind().dialect.name == "postgresql":
        # Signs become spaces: the parser would take "acme.com" and "6.13" for one word each, and a search
        # asks for letters and digits only.
        op.execute(
            "ALTER TABLE passages ADD COLUMN searched tsvector GENERATED ALWAYS AS (to_tsvector("
            "'english', translate(text, '.,:;/\\_@+-''&#%=?~<>', repeat(' ', 20)))) STORED"
        )
        op.execute("CREATE INDEX passages_searched ON passages USING gin (searched)")
        return
    # The index refers to the table's words instead of keeping them twice; a passage's words never change.
    op.execute(
        "CREATE VIRTUAL TABLE passages_fts USING fts5("
        "text, content='passages', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')"
    )
    op.execute(
        "CREATE TRIGGER passages_fts_insert AFTER INSERT ON passages BEGIN "
        "INSERT INTO passages_fts(rowid, text) VALUES (new.id, new.text); END"
    )
    op.execute(
        "CREATE TRIGGER passages_fts_delete AFTER DELETE ON passages BEGIN "
        "INSERT INTO passages_fts(passages_fts, rowid, text) VALUES ('delete', old.id, old.text); END"
    )


def _stories() -> None:
    op.create_table(
        "fingerprints",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("content_digest", sa.Text, primary_key=True),
        sa.Column("story_id", sa.Text, nullable=False),
        sa.Column("known_at", sa.Float, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_index("fingerprints_by_time", "fingerprints", ["known_at"])
    op.create_table(
        "stories",
        sa.Column("story_id", sa.Text, primary_key=True),
        sa.Column("first_article_id", sa.Text, nullable=False),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("first_known_at", sa.BigInteger, nullable=False),
        sa.Column("last_known_at", sa.BigInteger, nullable=False),
    )


def _books() -> None:
    op.create_table(
        "portfolios",
        sa.Column("portfolio_id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("base_currency", sa.Text, nullable=False),
        sa.Column("as_of", sa.Text),
        sa.Column("problems", sa.JSON, nullable=False),
    )
    op.create_table(
        "holdings",
        sa.Column("portfolio_id", sa.Text, primary_key=True),
        sa.Column("line", sa.Integer, primary_key=True),
        sa.Column("ticker", sa.Text, nullable=False),
        sa.Column("issuer_id", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("quantity", sa.Text, nullable=False),
        sa.Column("price", sa.Text, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("market_value", sa.Text, nullable=False),
        sa.Column("weight", sa.Text, nullable=False),
        sa.Column("source_row", sa.Integer, nullable=False),
    )
    op.create_table(
        "rules",
        sa.Column("rule_id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )


def _alerts(row_id: sa.types.TypeEngine[int]) -> None:
    op.create_table(
        "alerts",
        sa.Column("alert_id", sa.Text, primary_key=True),
        sa.Column("rule_id", sa.Text, nullable=False),
        sa.Column("rule_name", sa.Text, nullable=False),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("story_id", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("reason", sa.JSON, nullable=False),
        sa.Column("withheld", sa.Boolean, nullable=False),
        sa.Column("receivers", sa.JSON, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    op.create_index("alerts_by_time", "alerts", ["created_at", "alert_id"])
    op.create_index("alerts_by_story", "alerts", ["rule_id", "story_id"])
    op.create_table(
        "deliveries",
        sa.Column("delivery_id", sa.Text, primary_key=True),
        sa.Column("alert_id", sa.Text, nullable=False),
        sa.Column("receiver", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
    )
    op.create_index("deliveries_due", "deliveries", ["state", "due_at"])
    op.create_index("deliveries_by_alert", "deliveries", ["alert_id"])
    op.create_table(
        "attempts",
        sa.Column("delivery_id", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("id", row_id, primary_key=True, autoincrement=True),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
