"""Tables of how alerts reach people: turns, holds, plans, actions, routes, silences, receivers. Part of `tables.metadata`."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Index, Integer, Table, Text

from readthrough.storage.tables import Moment, _RowId, deliveries, metadata

__all__ = [
    "alert_actions",
    "alert_holds",
    "alert_turns",
    "delivery_plans",
    "endpoints",
    "price_waits",
    "receivers",
    "routes",
    "silences",
]

alert_turns = Table(
    "alert_turns",
    metadata,
    Column("alert_id", Text, primary_key=True),
    Column("rule_id", Text, nullable=False),
    Column("story_id", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("joins", Text, nullable=False),
    Column("hushed_by", Text, nullable=False),
    Column("sign", Integer, nullable=False),
    Column("events", JSON, nullable=False),
    Column("impact", Float, nullable=False),
    Column("found", JSON, nullable=False),
    Column("held_as", Text, nullable=False),
    Column("held_until", Moment),
    Column("spoke", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Index("alert_turns_by_story", "story_id"),
    Index("alert_turns_by_person", "person", "at"),
)

alert_holds = Table(
    "alert_holds",
    metadata,
    Column("alert_id", Text, primary_key=True),
    Column("receiver", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("held_as", Text, nullable=False),
    Column("delivery_id", Text, nullable=False),  # of the message that told it; empty while it waits
    Index("alert_holds_due", "delivery_id", "due_at"),
)

alert_actions = Table(
    "alert_actions",
    metadata,
    Column("id", _RowId, primary_key=True, autoincrement=True),
    Column("alert_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("until", Moment),
    Column("comment", Text, nullable=False),
    Index("alert_actions_by_alert", "alert_id"),
)

delivery_plans = Table(
    "delivery_plans",
    metadata,
    Column("delivery_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("note_id", Text, nullable=False),
    Column("note_revision", BigInteger, nullable=False),
    Column("attempts_before", Integer, nullable=False),
)

routes = Table(
    "routes",
    metadata,
    Column("person", Text, primary_key=True),
    Column("document", JSON, nullable=False),
)

silences = Table(
    "silences",
    metadata,
    Column("silence_id", Text, primary_key=True),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("document", JSON, nullable=False),
    Index("silences_by_end", "ends_at"),
)

receivers = Table(
    "receivers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("document", JSON, nullable=False),
)

endpoints = Table(
    "endpoints",
    metadata,
    Column("receiver", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("open_until", Moment),
    Column("free_at", Moment),
    Column("disabled_at", Moment),
    Column("detail", Text, nullable=False),
)

price_waits = Table(
    "price_waits",
    metadata,
    Column("wait_id", Text, primary_key=True),
    Column("rule_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("document", JSON, nullable=False),
    Index("price_waits_by_time", "at"),
)

Index("deliveries_by_receiver", deliveries.c.state, deliveries.c.receiver, deliveries.c.due_at)
