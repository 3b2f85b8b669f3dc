"""A PostgreSQL schema for one test, in the database that TEST_POSTGRESQL names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """Give the address of an empty schema and drop it afterwards; skip where no database is named."""
    named = os.environ.get("TEST_POSTGRESQL", "")
    if not named:
        pytest.skip("TEST_POSTGRESQL names no database: try tools/postgres.sh make test")
    url = make_url(named).set(drivername="postgresql+psycopg")
    schema = f"test_{uuid4().hex}"
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    yield url.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
