"""Which rules changed, in their order, so that an index follows without reading all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "rule_changes",
        sa.Column("id", row_id, primary_key=True, autoincrement=True),
        sa.Column("rule_id", sa.Text, nullable=False),
    )
