"""Tables of who may sit at the desk, and of what each of them keeps there. Part of `tables.metadata`."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, Table, Text

from readthrough.storage.tables import Moment, _RowId, metadata

__all__ = [
    "api_keys",
    "audit",
    "demo_requests",
    "feedback",
    "groups",
    "people",
    "sessions",
    "sign_in_failures",
    "tenants",
    "views",
    "walls",
    "watchlists",
]

tenants = Table(
    "tenants",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("closed", Boolean, nullable=False),
)

groups = Table(
    "groups",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("group_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
)

walls = Table(
    "walls",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),  # portfolio, source
    Column("name", Text, primary_key=True),
    Column("group_id", Text, primary_key=True),
)

people = Table(
    "people",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("tenant_id", Text, nullable=False),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("groups", JSON, nullable=False),
    Column("password", Text, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("totp_secret", Text, nullable=False),
    Column("totp_last", BigInteger, nullable=False),
    Column("subject", Text, nullable=False),  # "issuer|subject" of the provider that signs this person in
    Column("created_at", Moment, nullable=False),
    Column("closed", Boolean, nullable=False),
    Index("people_by_tenant", "tenant_id"),
    Index("people_by_subject", "subject"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("tenant_id", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("csrf", Text, nullable=False),
    Column("stage", Text, nullable=False),  # password, full
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("sessions_by_person", "person_id"),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("key_id", Text, primary_key=True),
    Column("tenant_id", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("scopes", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked", Boolean, nullable=False),
    Index("api_keys_by_tenant", "tenant_id"),
)

sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("key", Text, primary_key=True),  # a login, or an address
    Column("failures", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", _RowId, primary_key=True, autoincrement=True),
    Column("tenant_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("address", Text, nullable=False),
    Index("audit_by_tenant", "tenant_id", "id"),
)

views = Table(
    "views",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("query", Text, nullable=False),
)

watchlists = Table(
    "watchlists",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("tickers", JSON, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", _RowId, primary_key=True, autoincrement=True),
    Column("note_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("kind", Text, nullable=False),  # wrong_company, wrong_sign, wrong_figure, not_useful
    Column("subject", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", Text, nullable=False),  # waiting, taken, refused
    Index("feedback_by_state", "state", "id"),
)

demo_requests = Table(
    "demo_requests",
    metadata,
    Column("id", _RowId, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("firm", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("assets", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("mailed", Boolean, nullable=False),
)
