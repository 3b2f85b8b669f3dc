"""Parts to kill, each in a folder of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.parts import Cluster, Postgres


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder whose path is short enough for a socket in it."""
    folder = Path(tempfile.mkdtemp(prefix="rt-fault-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(short_folder: Path) -> Iterator[Postgres]:
    """A running PostgreSQL that may be killed."""
    made = Postgres(short_folder)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def nats_cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Three NATS servers that may be killed, one at a time."""
    made = Cluster(tmp_path, nodes=3)
    for node in range(3):
        made.start(node)
    yield made
    made.stop()
