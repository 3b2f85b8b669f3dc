"""A desk over a fresh database, the real server over it, and a client."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from readthrough.api import serving
from readthrough.desk.open import Desk, open_desk
from readthrough.settings import load_settings

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = load_settings(flags={"home": str(tmp_path), "fetch.max_bytes": 300_000}, environ={})
    with open_desk(settings, clock=lambda: NOW) as desk:
        yield desk


@pytest.fixture
def client(desk: Desk) -> Iterator[httpx.Client]:
    with serving(desk, desk.settings) as address, httpx.Client(base_url=address, timeout=20) as client:
        yield client
