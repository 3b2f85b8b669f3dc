"""Parts to kill, each in a folder of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.faults.parts import Cluster, Postgres

START_S = 20.0
"""The longest that a part which starts anew may take, beside other tests; asked are 5 s. Measured: docs/howto/sizing.md."""
Recovered = Callable[[str, float], None]


@pytest.fixture
def recovered(record_property: Callable[[str, object], None]) -> Recovered:
    """Take down how long something took to come back; the run tells all of them at its end."""

    def take(what: str, seconds: float) -> None:
        record_property(f"recovery: {what}", round(seconds, 2))
        assert seconds < START_S, what

    return take


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how long each part took to come back."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for what, value in report.user_properties:
                if report.when == "call" and what.startswith("recovery: "):
                    terminalreporter.write_line(f"{what}: {value} s")


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
