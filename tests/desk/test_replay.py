from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import OpenDesk, rooms

from readthrough.desk.flow import process
from readthrough.desk.open import Desk, open_desk
from readthrough.desk.replay import PastClock, compare, replay, reread
from readthrough.domain.article import Article, ArticleId
from readthrough.domain.errors import SettingsError
from readthrough.settings import load_settings
from readthrough.testing import MONDAY, FixedClock

DAY = timedelta(days=1)
WORDS = (
    ("Apple raises its dividend", "Apple said it raised its quarterly dividend by 4% to $0.27 a share."),
    ("Tesla recalls cars", "Tesla recalls 20,000 cars in China over a software fault."),
    ("Apple raises its dividend", "Apple said it raised its quarterly dividend by 4% to $0.27 a share."),
)


def history(desk: Desk, clock: FixedClock) -> None:
    for n, (headline, body) in enumerate(WORDS):
        process(
            desk,
            Article(
                id=ArticleId(f"art_{n}"),
                headline=headline,
                body=body,
                published_at=clock(),
                received_at=clock(),
            ),
        )
        clock.advance(timedelta(minutes=1))


def space(tmp_path: Path, clock: PastClock) -> Desk:
    settings = load_settings(
        flags={"storage.url": f"sqlite:///{tmp_path / 'space.db'}"}, environ={"HOME": str(tmp_path)}
    )
    made = open_desk(settings, clock=clock)
    made._parts["universe"], made._parts["playbooks"] = rooms()
    return made


def test_a_replay_gives_the_same_notes_at_the_same_moments(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    history(desk, clock)
    past = PastClock()
    with space(tmp_path, past) as target:
        assert replay(desk, target, past, since=MONDAY, until=clock()) == 3
        for n in range(3):
            assert target.store.note_on(f"art_{n}") == desk.store.note_on(f"art_{n}")
        found = compare(desk, target, since=MONDAY, until=clock())
        assert (found.notes, found.same, found.changes) == (3, 3, ())
        assert replay(desk, target, past, since=MONDAY, until=clock()) == 3, "again changes nothing"
        assert len(target.store.notes(limit=9)) == 3


def test_what_another_engine_writes_otherwise_is_told(
    desk: Desk, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history(desk, clock)
    past = PastClock()
    with space(tmp_path, past) as target:
        kept = desk.store.note_on("art_1")
        assert kept is not None
        replay(desk, target, past, since=MONDAY, until=clock())
        turned = {**kept, "sentiment": {**kept["sentiment"], "score": 0.7, "label": "x"}, "tickers": []}  # type: ignore[dict-item]
        real = target.store.note_on
        monkeypatch.setattr(
            target.store, "note_on", lambda i: turned if i == "art_1" else None if i == "art_2" else real(i)
        )
        found = compare(desk, target, since=MONDAY, until=clock())
    assert [c.article_id for c in found.of("sign")] == ["art_1"]
    assert [c.kind for c in found.changes] == ["sign", "label", "tickers", "missing"]
    assert found.same == 1


def test_a_space_must_not_be_the_record(desk: Desk, clock: FixedClock) -> None:
    with pytest.raises(SettingsError, match="the record itself"):
        replay(desk, desk, PastClock(), since=MONDAY, until=MONDAY + DAY)


def test_reading_again_with_a_new_engine_makes_revisions_and_no_alerts(
    open_test_desk: OpenDesk, clock: FixedClock
) -> None:
    first = open_test_desk()
    history(first, clock)
    second = open_test_desk()
    second._parts["engine"] = "another"
    assert reread(second, since=MONDAY, until=clock()) == 3
    assert reread(second, since=MONDAY, until=clock()) == 0
    note = second.store.note_on("art_1")
    assert note is not None
    assert note["revision"] == 2
    before = second.store.note_on("art_1", as_of=MONDAY + timedelta(minutes=2))
    assert before is not None
    assert before["revision"] == 1
    assert second.store.alerts(limit=5) == []
