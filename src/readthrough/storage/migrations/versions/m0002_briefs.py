"""Lists read a part of each note that is kept beside it, rather than parse all of it."""

import sqlalchemy as sa
from alembic import op

from readthrough.storage.briefs import brief_of

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column and fill it for the notes there are."""
    op.add_column("notes", sa.Column("brief", sa.JSON))
    connection = op.get_bind()
    notes = sa.table(
        "notes",
        sa.column("note_id", sa.Text),
        sa.column("revision", sa.Integer),
        sa.column("document", sa.JSON),
        sa.column("brief", sa.JSON),
    )
    keys = connection.execute(sa.select(notes.c.note_id, notes.c.revision)).all()
    for note_id, number in keys:
        this = sa.and_(notes.c.note_id == note_id, notes.c.revision == number)
        document = connection.execute(sa.select(notes.c.document).where(this)).scalar_one()
        connection.execute(sa.update(notes).where(this).values(brief=brief_of(document)))
