from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from readthrough.desk.flow import process
from readthrough.desk.open import PAGE, Desk, open_desk
from readthrough.domain.errors import SettingsError, StorageError, UniverseError
from readthrough.feeds.draft import Draft
from readthrough.samples import sample_articles
from readthrough.settings import load_settings
from readthrough.storage.open import open_store
from readthrough.testing import FixedClock


def test_opening_builds_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with open_desk(load_settings(environ={"READTHROUGH_HOME": str(home)})):
        pass
    assert not home.exists()


def test_analysis_loads_neither_database_nor_server_nor_logs() -> None:
    code = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from readthrough.desk.flow import analyze\n"
        "from readthrough.desk.open import open_desk\n"
        "from readthrough.feeds.draft import Draft\n"
        "from readthrough.settings import load_settings\n"
        "desk = open_desk(load_settings(environ={}))\n"
        "item = Draft(headline='Fed holds rates', body='The Fed held rates.')\n"
        "analyze(item, universe=desk.universe, playbooks=desk.playbooks, now=desk.clock())\n"
        "desk.close()\n"
        "heavy = 'sqlalchemy alembic fastapi httpx structlog prometheus_client trafilatura'.split()\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_a_given_store_is_used_and_closed(tmp_path: Path) -> None:
    store = open_store("sqlite://")
    desk = open_desk(load_settings(environ={}), store=store, clock=FixedClock())
    assert desk.store is store
    desk.close()
    desk.close()


def test_receivers_come_from_settings_and_the_page_is_always_there() -> None:
    environ = {
        "READTHROUGH_RECEIVERS__RISK__URL": "https://a.example/x",
        "READTHROUGH_RECEIVERS__RISK__SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "READTHROUGH_RECEIVERS__SCREEN__KIND": "page",
    }
    with open_desk(load_settings(environ=environ)) as desk:
        assert set(desk.receivers) == {PAGE, "risk", "screen"}
        assert {name: receiver.name for name, receiver in desk.receivers.items()} == {
            name: name for name in desk.receivers
        }


@pytest.mark.parametrize(
    ("environ", "part", "error"),
    [
        ({"READTHROUGH_STORAGE__URL": "nonsense"}, "store", StorageError),
        ({"READTHROUGH_UNIVERSE__OVERLAY": "/nowhere/at/all"}, "universe", UniverseError),
        ({"READTHROUGH_RECEIVERS__A__URL": "ftp://x"}, "receivers", SettingsError),
    ],
)
def test_a_broken_part_fails_when_it_is_needed(
    environ: dict[str, str], part: str, error: type[Exception]
) -> None:
    with open_desk(load_settings(environ=environ)) as desk, pytest.raises(error):
        getattr(desk, part)


def test_what_a_firm_wrote_by_hand_and_is_broken_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "graph.txt").write_text("NVDA eats TSM : lunch\n", "utf-8")
    (tmp_path / "own.toml").write_text('[[playbook]]\nid = "house.view"\n', "utf-8")
    environ = {
        "READTHROUGH_UNIVERSE__OVERLAY": str(tmp_path),
        "READTHROUGH_WRITING__PLAYBOOKS": str(tmp_path),
    }
    with open_desk(load_settings(environ=environ)) as desk:
        assert len(desk.playbooks.playbooks) >= 150
        assert {fault.where for fault in desk.playbooks.faults} == {"own.toml:1", "own.toml:2"}
        assert [fault.where for fault in desk.universe.graph.faults] == ["graph.txt:1"]
    with open_desk(load_settings(environ={"READTHROUGH_WRITING__PLAYBOOKS": "/nowhere/at/all"})) as desk:
        assert "does not exist" in desk.playbooks.faults[0].what


def test_the_engine_is_named_by_its_parts(open_test_desk: Callable[..., Desk]) -> None:
    assert open_test_desk().engine == open_test_desk().engine
    assert len(open_test_desk().engine) == 20


def test_a_desk_that_is_closed_leaves_its_universe_to_be_collected(tmp_path: Path) -> None:
    settings = load_settings(environ={"READTHROUGH_HOME": str(tmp_path)})
    with open_desk(settings) as desk:
        for row in sample_articles()[:3]:
            process(desk, Draft(headline=row["headline"], body=row["body"]))
        kept = weakref.ref(desk.universe)
    del desk
    gc.collect()
    assert kept() is None, "a cache holds it: a process that opens many desks would grow by 20 MB each time"
