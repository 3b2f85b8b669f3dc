"""On a real PostgreSQL: whatever the statement says, a tenant's transaction sees and writes its own rows only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import pytest
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from readthrough.domain.account import AuditEntry, Group, Person, Role, Wall
from readthrough.storage.accounts import AccountStore
from readthrough.storage.open import open_store
from readthrough.testing import FixedClock

TABLES = ("groups", "walls", "people", "audit")


def person(tenant: str, clock: FixedClock) -> Person:
    return Person(
        id=f"per_{tenant}", tenant_id=tenant, login=f"{tenant}@firm.example", name=tenant, role=Role.ADMIN, groups=(),
        password="x", must_change=False, totp_secret="", totp_last=0, subject="", created_at=clock(),
    )  # fmt: skip


@pytest.fixture
def role(postgresql_url: str, clock: FixedClock) -> Iterator[str]:
    """Fill two tenants; give the address as a role that is no superuser, whom row security does not bind."""
    with closing(open_store(postgresql_url)) as store:
        accounts = AccountStore(store)
        for tenant in ("one", "two"):
            accounts.save_person(person(tenant, clock))
            accounts.save_group(tenant, Group(id="deal", name=f"Deals of {tenant}"))
            accounts.save_wall(tenant, Wall(kind="portfolio", name=f"book-{tenant}", group_id="deal"))
            accounts.note_down(
                AuditEntry(
                    id=0,
                    tenant_id=tenant,
                    at=clock(),
                    person_id=f"per_{tenant}",
                    action="read",
                    subject=f"GET /portfolios/{tenant}",
                    outcome="200",
                    address="",
                )
            )
    url = make_url(postgresql_url)
    schema = str(url.query["options"]).removeprefix("-csearch_path=")
    name = f"tenant_{uuid4().hex[:12]}"
    owner = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS")
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {name}")
        connection.exec_driver_sql(f"GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {name}")
        connection.exec_driver_sql(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA {schema} TO {name}")
    yield url.set(username=name).render_as_string(hide_password=False)
    with owner.connect() as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {name}")
        connection.exec_driver_sql(f"DROP ROLE {name}")


def tenants_seen(connection: Connection, table: str) -> set[str]:
    return set(connection.execute(text(f"SELECT tenant_id FROM {table}")).scalars())


def test_nobody_reads_or_writes_across_tenants(role: str) -> None:
    engine = create_engine(role, poolclass=NullPool)
    say = text("SELECT set_config('readthrough.tenant', :tenant, true)")
    for table in TABLES:
        with engine.begin() as connection:
            assert tenants_seen(connection, table) == set(), "nobody named: nothing seen"
        with engine.begin() as connection:
            connection.execute(say, {"tenant": "one"})
            assert tenants_seen(connection, table) == {"one"}
            if table != "audit":
                changed = connection.execute(text(f"DELETE FROM {table} WHERE tenant_id = 'two'"))
                assert changed.rowcount == 0
        with engine.begin() as connection:
            assert tenants_seen(connection, table) == set(), "the name ends with its transaction"
        with engine.begin() as connection:
            connection.execute(say, {"tenant": "*"})
            assert tenants_seen(connection, table) == {"one", "two"}
    for statement in (
        "INSERT INTO groups VALUES ('two', 'own', 'Planted')",
        "UPDATE walls SET tenant_id = 'two'",
        "UPDATE people SET tenant_id = 'two' WHERE tenant_id = 'one'",
    ):
        with engine.connect() as connection:
            connection.execute(say, {"tenant": "one"})
            with pytest.raises(DBAPIError, match="row-level security"):
                connection.execute(text(statement))
    engine.dispose()


def test_the_store_asks_under_each_tenant_s_own_name(role: str, clock: FixedClock) -> None:
    with closing(open_store(role)) as store:
        accounts = AccountStore(store)
        for tenant, other in (("one", "two"), ("two", "one")):
            assert [p.login for p in accounts.people(tenant)] == [f"{tenant}@firm.example"]
            assert [w.name for w in accounts.walls(tenant)] == [f"book-{tenant}"]
            assert [e.subject for e in accounts.audit(tenant)] == [f"GET /portfolios/{tenant}"]
            found = accounts.person_by_login(f"{other}@firm.example")
            assert found is not None, "signing in finds whoever it is"
            assert found.tenant_id == other
        accounts.save_person(person("one", clock))
        assert accounts.audit_size("one") == 1
