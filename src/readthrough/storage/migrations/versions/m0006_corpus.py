"""Documents of the corpus and the pieces that are searched."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the tables and the full-text index."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "corpus_documents",
        sa.Column("id", key, primary_key=True, autoincrement=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("document_id", "tenant", "kind", "title", "source", "url", "note_id")
        ),
        sa.Column("published_at", sa.BigInteger),
        sa.Column("dated_at", sa.BigInteger, nullable=False),
        sa.Column("known_at", sa.BigInteger, nullable=False),
        sa.Column("superseded_at", sa.BigInteger),
        sa.Column("content_digest", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("tickers", "pages", "tables")),
    )
    op.create_index("corpus_documents_by_id", "corpus_documents", ["document_id", "tenant"])
    op.create_index("corpus_documents_by_time", "corpus_documents", ["dated_at", "id"])
    op.create_table(
        "corpus_tickers",
        sa.Column("ticker", sa.Text, primary_key=True),
        sa.Column("document", key, primary_key=True),
        sa.Column("relevance", sa.Float, nullable=False),
    )
    op.create_index("corpus_tickers_by_document", "corpus_tickers", ["document"])
    op.create_table(
        "corpus_pieces",
        sa.Column("id", key, primary_key=True, autoincrement=False),
        sa.Column("document", key, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("page", "start", "end")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("title", "tags", "text", "space")),
        sa.Column("vector", sa.LargeBinary),
    )
    op.create_index("corpus_pieces_by_document", "corpus_pieces", ["document"])
    _searched(op.get_bind().dialect.name)


def _searched(dialect: str) -> None:
    if dialect == "postgresql":
        # Signs become spaces, as in `passages`: a search asks for letters and digits only.
        plain = "translate({}, '.,:;/\\_@+-''&#%=?~<>', repeat(' ', 20))"
        op.execute(
            "ALTER TABLE corpus_pieces ADD COLUMN searched tsvector GENERATED ALWAYS AS ("
            f"setweight(to_tsvector('english', {plain.format('title')}), 'A') || "
            f"to_tsvector('english', {plain.format('text')})) STORED"
        )
        op.execute("CREATE INDEX corpus_pieces_searched ON corpus_pieces USING gin (searched)")
        return
    op.execute("DROP TABLE IF EXISTS corpus_pieces_fts")
    op.execute(
        "CREATE VIRTUAL TABLE corpus_pieces_fts USING fts5(title, text, tags, "
        "content='corpus_pieces', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')"
    )
    op.execute(
        "CREATE TRIGGER corpus_pieces_fts_insert AFTER INSERT ON corpus_pieces BEGIN "
        "INSERT INTO corpus_pieces_fts(rowid, title, text, tags) "
        "VALUES (new.id, new.title, new.text, new.tags); END"
    )
    op.execute(
        "CREATE TRIGGER corpus_pieces_fts_delete AFTER DELETE ON corpus_pieces BEGIN "
        "INSERT INTO corpus_pieces_fts(corpus_pieces_fts, rowid, title, text, tags) "
        "VALUES ('delete', old.id, old.title, old.text, old.tags); END"
    )
