"""One universe for all tests of the room."""

from __future__ import annotations

import pytest

from readthrough.universe import Universe, load_universe


@pytest.fixture(scope="session")
def universe() -> Universe:
    return load_universe()
