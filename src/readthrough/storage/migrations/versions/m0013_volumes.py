"""Units traded on a day, kept beside the price."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column; prices kept before have none."""
    op.add_column("prices", sa.Column("volume", sa.Text))
