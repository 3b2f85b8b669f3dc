"""How alerts reach people: turns, holds, plans, actions, routes, silences, receivers, endpoints."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the tables."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "alert_turns",
        sa.Column("alert_id", sa.Text, primary_key=True),
        sa.Column("rule_id", sa.Text, nullable=False),
        sa.Column("story_id", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("joins", sa.Text, nullable=False),
        sa.Column("hushed_by", sa.Text, nullable=False),
        sa.Column("sign", sa.Integer, nullable=False),
        sa.Column("events", sa.JSON, nullable=False),
        sa.Column("impact", sa.Float, nullable=False),
        sa.Column("found", sa.JSON, nullable=False),
        sa.Column("held_as", sa.Text, nullable=False),
        sa.Column("held_until", sa.BigInteger),
        sa.Column("spoke", sa.Boolean, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("alert_turns_by_story", "alert_turns", ["story_id"])
    op.create_index("alert_turns_by_person", "alert_turns", ["person", "at"])
    op.create_table(
        "alert_holds",
        sa.Column("alert_id", sa.Text, primary_key=True),
        sa.Column("receiver", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("held_as", sa.Text, nullable=False),
        sa.Column("delivery_id", sa.Text, nullable=False),
    )
    op.create_index("alert_holds_due", "alert_holds", ["delivery_id", "due_at"])
    op.create_table(
        "alert_actions",
        sa.Column("id", row_id, primary_key=True, autoincrement=True),
        sa.Column("alert_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger),
        sa.Column("comment", sa.Text, nullable=False),
    )
    op.create_index("alert_actions_by_alert", "alert_actions", ["alert_id"])
    op.create_table(
        "delivery_plans",
        sa.Column("delivery_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("note_id", sa.Text, nullable=False),
        sa.Column("note_revision", sa.BigInteger, nullable=False),
        sa.Column("attempts_before", sa.Integer, nullable=False),
    )
    op.create_table(
        "routes",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_table(
        "silences",
        sa.Column("silence_id", sa.Text, primary_key=True),
        sa.Column("starts_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_index("silences_by_end", "silences", ["ends_at"])
    op.create_table(
        "receivers",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_table(
        "endpoints",
        sa.Column("receiver", sa.Text, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("open_until", sa.BigInteger),
        sa.Column("free_at", sa.BigInteger),
        sa.Column("disabled_at", sa.BigInteger),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index(
        "deliveries_by_receiver", "deliveries", ["state", "receiver", "due_at"], if_not_exists=True
    )
    rows = (
        "INSERT INTO alert_turns (alert_id, rule_id, story_id, person, tenant, joins, hushed_by, sign, events, "
        "impact, found, held_as, spoke, at) SELECT alert_id, rule_id, story_id, '', '', '', '', 0, EMPTY, 0, "
        "EMPTY, '', NOT withheld, created_at FROM alerts"
    )
    empty = "'[]'" if op.get_bind().dialect.name == "sqlite" else "'[]'::json"
    op.execute(rows.replace("EMPTY", empty))
