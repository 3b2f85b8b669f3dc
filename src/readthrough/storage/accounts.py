"""People, sessions, keys, walls and the audit log. Everything but signing in asks for the tenant, and sees it only.

On PostgreSQL the tenant of a query is also told to the database, whose row security then hides every other
tenant's rows, whatever the statement says.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, text, update

from readthrough.domain.account import (
    ApiKey,
    AuditEntry,
    Group,
    Person,
    Role,
    Session,
    Tenant,
    Wall,
)
from readthrough.storage.account_tables import (
    api_keys,
    audit,
    groups,
    people,
    sessions,
    sign_in_failures,
    tenants,
    walls,
)
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_new, insert_or_replace
from readthrough.storage.store import SqlStore

__all__ = ["AccountStore"]

ALL: Final = "*"
"""What is said to row security by what looks across tenants: finding who signs in, by name, cookie or key."""


class AccountStore:
    """Who may sit at the desk, in the database that the settings name."""

    def __init__(self, store: SqlStore) -> None:
        """Read and write through a store's own transactions."""
        self._store = store

    # Before it is known who asks: signing in looks across tenants.

    def person_by_login(self, login: str) -> Person | None:
        """Find who signs in under a name."""
        return self._person(people.c.login == storable(login.strip().lower()))

    def person_by_subject(self, subject: str) -> Person | None:
        """Find whom a provider signs in."""
        return self._person(people.c.subject == storable(subject)) if subject else None

    def person_by_id(self, person_id: str) -> Person | None:
        """Find a person by id."""
        return self._person(people.c.person_id == person_id)

    def session(self, digest: str) -> Session | None:
        """Find a session by the digest of its cookie."""
        with self._reading() as connection:
            row = connection.execute(select(sessions).where(sessions.c.digest == digest)).mappings().first()
        return None if row is None else Session(**dict(row))

    def key(self, digest: str) -> ApiKey | None:
        """Find an API key by its digest."""
        with self._reading() as connection:
            row = connection.execute(select(api_keys).where(api_keys.c.digest == digest)).mappings().first()
        return None if row is None else _key(row)

    def anybody(self) -> bool:
        """Tell whether there is anyone who could sign in."""
        with self._reading() as connection:
            return (
                connection.scalar(select(people.c.person_id).where(people.c.closed.is_(False)).limit(1))
                is not None
            )

    def failures(self, key: str) -> tuple[int, datetime | None]:
        """Return how often signing in failed for a login or address since it last worked, and when last."""
        with self._reading() as connection:
            row = connection.execute(
                select(sign_in_failures).where(sign_in_failures.c.key == storable(key))
            ).first()
        return (0, None) if row is None else (row.failures, row.last_at)

    def failed(self, key: str, at: datetime) -> None:
        """Count a failure."""
        count, _ = self.failures(key)
        with self._writing() as connection:
            values = {"key": storable(key), "failures": count + 1, "last_at": at}
            connection.execute(insert_or_replace(connection, sign_in_failures, values))

    def worked(self, key: str) -> None:
        """Forget the failures."""
        with self._writing() as connection:
            connection.execute(delete(sign_in_failures).where(sign_in_failures.c.key == storable(key)))

    # Tenants.

    def tenants(self) -> list[Tenant]:
        """Return every institution."""
        with self._reading() as connection:
            rows = connection.execute(select(tenants).order_by(tenants.c.tenant_id)).mappings()
            return [
                Tenant(id=r["tenant_id"], name=r["name"], created_at=r["created_at"], closed=r["closed"])
                for r in rows
            ]

    def save_tenant(self, tenant: Tenant) -> None:
        """Keep an institution in place of the one with its id."""
        values = {
            "tenant_id": tenant.id,
            "name": storable(tenant.name),
            "created_at": tenant.created_at,
            "closed": tenant.closed,
        }
        with self._writing() as connection:
            connection.execute(insert_or_replace(connection, tenants, values))

    # Within a tenant.

    def people(self, tenant_id: str) -> list[Person]:
        """Return a tenant's people by login."""
        statement = select(people).where(people.c.tenant_id == tenant_id).order_by(people.c.login)
        with self._reading(tenant_id) as connection:
            return [_person(row) for row in connection.execute(statement).mappings()]

    def save_person(self, person: Person) -> None:
        """Keep a person in place of the one with that id.

        Raises:
            StorageError: The login is another's.
        """
        values = {
            "person_id": person.id,
            "tenant_id": person.tenant_id,
            "login": storable(person.login),
            "name": storable(person.name),
            "role": person.role.value,
            "groups": list(person.groups),
            "password": person.password,
            "must_change": person.must_change,
            "totp_secret": person.totp_secret,
            "totp_last": person.totp_last,
            "subject": storable(person.subject),
            "created_at": person.created_at,
            "closed": person.closed,
        }
        with self._writing(person.tenant_id) as connection:
            connection.execute(insert_or_replace(connection, people, values))

    def take_code(self, person: Person, step: int) -> bool:
        """Use up a one-time code's time step; False when it or a later one has been used."""
        with self._writing(person.tenant_id) as connection:
            used = connection.execute(
                update(people)
                .where(people.c.person_id == person.id, people.c.totp_last < step)
                .values(totp_last=step)
            )
        return used.rowcount > 0

    def save_session(self, session: Session) -> None:
        """Keep a session."""
        values = {name: getattr(session, name) for name in (c.name for c in sessions.c)}
        with self._writing(session.tenant_id) as connection:
            connection.execute(insert_or_replace(connection, sessions, values))

    def end_session(self, digest: str) -> None:
        """End a session."""
        with self._writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest))

    def end_sessions_of(self, person_id: str, *, but: str = "") -> int:
        """End every session of a person, but one; how many ended."""
        with self._writing() as connection:
            done = connection.execute(
                delete(sessions).where(sessions.c.person_id == person_id, sessions.c.digest != but)
            )
        return done.rowcount

    def end_old_sessions(self, now: datetime) -> int:
        """Remove sessions that have run out."""
        with self._writing() as connection:
            return connection.execute(delete(sessions).where(sessions.c.expires_at <= now)).rowcount

    def sessions_of(self, tenant_id: str, person_id: str) -> list[Session]:
        """Return a person's sessions, the newest first."""
        statement = (
            select(sessions)
            .where(sessions.c.tenant_id == tenant_id, sessions.c.person_id == person_id)
            .order_by(sessions.c.created_at.desc())
        )
        with self._reading(tenant_id) as connection:
            return [Session(**dict(row)) for row in connection.execute(statement).mappings()]

    def keys(self, tenant_id: str) -> list[ApiKey]:
        """Return a tenant's API keys, the newest first."""
        statement = (
            select(api_keys).where(api_keys.c.tenant_id == tenant_id).order_by(api_keys.c.created_at.desc())
        )
        with self._reading(tenant_id) as connection:
            return [_key(row) for row in connection.execute(statement).mappings()]

    def save_key(self, key: ApiKey) -> None:
        """Keep an API key."""
        values = {
            "key_id": key.id,
            "tenant_id": key.tenant_id,
            "person_id": key.person_id,
            "name": storable(key.name),
            "digest": key.digest,
            "scopes": list(key.scopes),
            "created_at": key.created_at,
            "expires_at": key.expires_at,
            "used_at": key.used_at,
            "revoked": key.revoked,
        }
        with self._writing(key.tenant_id) as connection:
            connection.execute(insert_or_replace(connection, api_keys, values))

    def revoke_key(self, tenant_id: str, key_id: str) -> bool:
        """End an API key; False when the tenant has none of that id."""
        with self._writing(tenant_id) as connection:
            done = connection.execute(
                update(api_keys)
                .where(api_keys.c.tenant_id == tenant_id, api_keys.c.key_id == key_id)
                .values(revoked=True)
            )
        return done.rowcount > 0

    def groups(self, tenant_id: str) -> list[Group]:
        """Return a tenant's groups by name."""
        statement = select(groups).where(groups.c.tenant_id == tenant_id).order_by(groups.c.name)
        with self._reading(tenant_id) as connection:
            return [Group(id=row.group_id, name=row.name) for row in connection.execute(statement)]

    def save_group(self, tenant_id: str, group: Group) -> None:
        """Keep a group in place of the one with its id."""
        values = {"tenant_id": tenant_id, "group_id": group.id, "name": storable(group.name)}
        with self._writing(tenant_id) as connection:
            connection.execute(insert_or_replace(connection, groups, values))

    def walls(self, tenant_id: str) -> list[Wall]:
        """Return a tenant's information barriers."""
        statement = select(walls).where(walls.c.tenant_id == tenant_id).order_by(walls.c.kind, walls.c.name)
        with self._reading(tenant_id) as connection:
            return [
                Wall(kind=r.kind, name=r.name, group_id=r.group_id) for r in connection.execute(statement)
            ]

    def save_wall(self, tenant_id: str, wall: Wall) -> None:
        """Put up a barrier."""
        values = {
            "tenant_id": tenant_id,
            "kind": wall.kind,
            "name": storable(wall.name),
            "group_id": wall.group_id,
        }
        with self._writing(tenant_id) as connection:
            connection.execute(insert_new(connection, walls).values(**values))

    def delete_wall(self, tenant_id: str, wall: Wall) -> bool:
        """Take a barrier down; False when there was none."""
        with self._writing(tenant_id) as connection:
            gone = connection.execute(
                delete(walls).where(
                    walls.c.tenant_id == tenant_id,
                    walls.c.kind == wall.kind,
                    walls.c.name == storable(wall.name),
                    walls.c.group_id == wall.group_id,
                )
            )
        return gone.rowcount > 0

    def note_down(self, entry: AuditEntry) -> None:
        """Add a line to the audit log; its id is given here."""
        values = {
            "tenant_id": entry.tenant_id,
            "at": entry.at,
            "person_id": entry.person_id,
            "action": storable(entry.action),
            "subject": storable(entry.subject)[:500],
            "outcome": storable(entry.outcome),
            "address": storable(entry.address)[:100],
        }
        with self._writing(entry.tenant_id) as connection:
            connection.execute(insert(audit).values(**values))

    def audit(self, tenant_id: str, *, limit: int = 200, before: int | None = None) -> list[AuditEntry]:
        """Return the audit log, newest first."""
        statement = select(audit).where(audit.c.tenant_id == tenant_id)
        if before is not None:
            statement = statement.where(audit.c.id < before)
        with self._reading(tenant_id) as connection:
            rows = connection.execute(statement.order_by(audit.c.id.desc()).limit(limit)).mappings()
            return [AuditEntry(**dict(row)) for row in rows]

    def audit_size(self, tenant_id: str) -> int:
        """Count the lines of the audit log."""
        statement = select(func.count()).select_from(audit).where(audit.c.tenant_id == tenant_id)
        with self._reading(tenant_id) as connection:
            return connection.scalar(statement) or 0

    def _person(self, condition: Any) -> Person | None:
        with self._reading() as connection:
            row = connection.execute(select(people).where(condition)).mappings().first()
        return None if row is None else _person(row)

    @contextmanager
    def _reading(self, tenant_id: str = ALL) -> Iterator[Connection]:
        with self._store.reading() as connection:
            _tell_tenant(connection, tenant_id)
            yield connection

    @contextmanager
    def _writing(self, tenant_id: str = ALL) -> Iterator[Connection]:
        with self._store.writing() as connection:
            _tell_tenant(connection, tenant_id)
            yield connection


def _tell_tenant(connection: Connection, tenant_id: str) -> None:
    """Let the database's row security know whose rows may be seen, until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT set_config('readthrough.tenant', :tenant, true)"), {"tenant": tenant_id}
        )


def _person(row: Any) -> Person:
    return Person(
        id=row["person_id"],
        tenant_id=row["tenant_id"],
        login=row["login"],
        name=row["name"],
        role=Role(row["role"]),
        groups=tuple(row["groups"]),
        password=row["password"],
        must_change=row["must_change"],
        totp_secret=row["totp_secret"],
        totp_last=row["totp_last"],
        subject=row["subject"],
        created_at=row["created_at"],
        closed=row["closed"],
    )


def _key(row: Any) -> ApiKey:
    values = dict(row)
    return ApiKey(id=values.pop("key_id"), **{**values, "scopes": tuple(values["scopes"])})
