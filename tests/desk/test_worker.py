from __future__ import annotations

import threading
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta

import pytest
from tests.conftest import OpenDesk

from readthrough.desk import arrivals
from readthrough.desk.open import Desk
from readthrough.desk.readers import Here
from readthrough.desk.worker import ATTEMPTS, LEASE, Worker
from readthrough.domain.article import Article, ArticleId
from readthrough.domain.errors import StorageError
from readthrough.domain.live import ArrivalState
from readthrough.domain.ports import StepDone
from readthrough.domain.reading import Reading
from readthrough.testing import MONDAY, FixedClock

SECOND = timedelta(seconds=1)


def article(
    n: int, *, words: str = "Apple said it raised its dividend by 4%.", at: datetime = MONDAY
) -> Article:
    return Article(
        id=ArticleId(f"art_{n}"),
        headline=f"Apple raises dividend {n}",
        body=words,
        published_at=at,
        received_at=at,
    )


def worker_on(desk: Desk, *, readers: Here | None = None) -> Worker:
    return Worker(desk, readers=readers or Here(desk), name="w")


def notes_of(desk: Desk) -> list[str]:
    return sorted(str(n["article"]["id"]) for n in desk.store.notes(limit=200))  # type: ignore[index,call-overload]


class Failing(Here):
    """Reads all but some articles."""

    def __init__(self, desk: Desk, *bad: str) -> None:
        super().__init__(desk)
        self.bad = set(bad)

    def begin(self, article: Article) -> Future[tuple[Reading, float]]:
        if article.id in self.bad:
            failed: Future[tuple[Reading, float]] = Future()
            failed.set_exception(RuntimeError("cannot read this"))
            return failed
        return super().begin(article)


def test_what_waits_is_read_once_and_leaves(desk: Desk) -> None:
    assert arrivals.let_wait(desk, [article(1), article(2)], feed="t").new == 2
    assert arrivals.let_wait(desk, [article(1), article(2)], feed="t").new == 0
    assert worker_on(desk).work_off() == 2
    assert arrivals.waiting(desk).articles == 0
    assert arrivals.let_wait(desk, [article(1)], feed="t").new == 0, "its words are kept"
    assert notes_of(desk) == ["art_1", "art_2"]


def test_other_words_under_an_id_are_a_revision(desk: Desk) -> None:
    arrivals.let_wait(
        desk, [article(1), article(1, words="Apple said it raised its dividend by 5%.")], feed="t"
    )
    worker_on(desk).work_off()
    note = desk.store.note_on("art_1")
    assert note is not None
    assert note["revision"] == 2
    assert note["article"]["id"] == "art_1"  # type: ignore[index,call-overload]


def test_an_article_that_always_fails_is_quarantined_with_its_reason_and_others_are_not(
    desk: Desk, clock: FixedClock
) -> None:
    arrivals.let_wait(desk, [article(n) for n in range(4)], feed="t")
    readers = Failing(desk, "art_2")
    for attempt in range(ATTEMPTS):
        assert len(arrivals.quarantined(desk)) == 0, attempt
        worker_on(desk, readers=readers).work_off()
        clock.advance(timedelta(minutes=3))
    assert notes_of(desk) == ["art_0", "art_1", "art_3"]
    (given_up,) = arrivals.quarantined(desk)
    assert (given_up.article.id, given_up.attempts) == ("art_2", ATTEMPTS)
    assert "cannot read this" in given_up.detail
    assert arrivals.retry(desk, [given_up.id]) == 1
    worker_on(desk).work_off()
    assert notes_of(desk) == ["art_0", "art_1", "art_2", "art_3"]


def test_an_article_whose_worker_always_dies_is_quarantined(desk: Desk, clock: FixedClock) -> None:
    arrivals.let_wait(desk, [article(1)], feed="t")
    for _ in range(ATTEMPTS):  # each claims and dies
        assert desk.store.live.claim_arrivals(owner="dead", now=clock(), limit=1, lease=LEASE)
        clock.advance(LEASE + SECOND)
    worker_on(desk).work_off()
    assert "ended 5 times" in arrivals.quarantined(desk)[0].detail


def test_claims_of_a_dead_worker_run_out_and_those_of_a_living_one_do_not(
    desk: Desk, clock: FixedClock
) -> None:
    arrivals.let_wait(desk, [article(1)], feed="t")
    live = desk.store.live
    assert live.claim_arrivals(owner="a", now=clock(), limit=5, lease=LEASE)
    assert not live.claim_arrivals(owner="b", now=clock(), limit=5, lease=LEASE)
    live.renew_claims(owner="a", until=clock() + 2 * LEASE)
    clock.advance(LEASE + SECOND)
    assert not live.claim_arrivals(owner="b", now=clock(), limit=5, lease=LEASE)
    clock.advance(LEASE)
    assert live.claim_arrivals(owner="b", now=clock(), limit=5, lease=LEASE)


def test_the_freshest_come_first_and_the_backlog_has_its_share(desk: Desk) -> None:
    old = [article(n, at=MONDAY - timedelta(hours=9) + n * SECOND) for n in range(8)]
    new = [article(100 + n, at=MONDAY + n * SECOND) for n in range(8)]
    arrivals.let_wait(desk, old + new, feed="t")
    claimed = desk.store.live.claim_arrivals(
        owner="w", now=desk.clock(), limit=8, lease=LEASE, backlog_share=0.25
    )
    ids = {a.article.id for a in claimed}
    assert {"art_107", "art_106", "art_105", "art_104", "art_103", "art_102"} < ids
    assert {"art_0", "art_1"} < ids


def test_a_clock_set_back_neither_stops_claims_nor_turns_the_order_of_notes(
    desk: Desk, clock: FixedClock
) -> None:
    arrivals.let_wait(desk, [article(1)], feed="t")
    worker_on(desk).work_off()
    arrivals.let_wait(desk, [article(2)], feed="t")
    clock.now -= timedelta(hours=1)
    worker_on(desk).work_off()
    newest = desk.store.notes(limit=2)
    assert [n["article"]["id"] for n in newest] == ["art_2", "art_1"]  # type: ignore[index,call-overload]


def test_a_desk_opened_after_the_clock_was_set_back_goes_on_from_the_last_note(
    open_test_desk: OpenDesk, clock: FixedClock
) -> None:
    first = open_test_desk()
    arrivals.let_wait(first, [article(1)], feed="t")
    worker_on(first).work_off()
    clock.now -= timedelta(hours=1)
    second = open_test_desk()
    assert second.moment() > clock()


def test_while_the_record_is_away_nothing_read_is_read_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, steps: list[StepDone]
) -> None:
    arrivals.let_wait(desk, [article(n) for n in range(3)], feed="t")
    worker = worker_on(desk)
    save = desk.store.save
    away = [True]

    def refuse(*given: object, **named: object) -> object:
        if away[0]:
            raise StorageError("The server closed the connection.")
        return save(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.store, "save", refuse)
    monkeypatch.setattr(desk.store.live, "arrival_failed", _refuse)
    for _ in range(3):
        with pytest.raises(StorageError):
            worker.round()
    away[0] = False
    while worker.round():
        pass
    assert notes_of(desk) == ["art_0", "art_1", "art_2"]
    reads = [s.article_id for s in steps if s.step == "read" and s.outcome == "ok"]
    assert len(reads) == len(set(reads)) == 3


def _refuse(*given: object, **named: object) -> None:
    raise StorageError("The server closed the connection.")


def test_a_running_worker_takes_what_arrives_and_lets_go_when_stopped(desk: Desk) -> None:
    worker = worker_on(desk)
    thread = threading.Thread(target=worker.run)
    thread.start()
    arrivals.let_wait(desk, [article(n) for n in range(5)], feed="t")
    waited = threading.Event()
    for _ in range(600):
        if worker.kept == 5:
            break
        waited.wait(0.05)
    worker.stop()
    thread.join()
    assert worker.kept == 5
    assert desk.store.live.waiting().articles == 0


def test_a_stopped_worker_gives_back_what_it_had_not_read(desk: Desk, clock: FixedClock) -> None:
    arrivals.let_wait(desk, [article(1)], feed="t")
    desk.store.live.claim_arrivals(owner="w", now=clock(), limit=1, lease=LEASE)
    assert desk.store.live.release_claims(owner="w", now=clock(), count=False) == 1
    (back,) = desk.store.live.arrivals(state=ArrivalState.WAITING, limit=5)
    assert back.attempts == 0


def test_two_desks_group_into_one_story(open_test_desk: OpenDesk) -> None:
    first, second = open_test_desk(), open_test_desk()
    _ = first.stories, second.stories
    body = "Acme Corp agreed to buy Orbex Ltd for $2.1 billion in cash, the companies said on Monday in a joint statement."
    one = Article(
        id=ArticleId("a"), headline="Acme to buy Orbex for $2.1 billion", body=body, received_at=MONDAY
    )
    two = Article(
        id=ArticleId("b"), headline="Acme to buy Orbex for $2.1 billion", body=body, received_at=MONDAY
    )
    arrivals.let_wait(first, [one], feed="t")
    worker_on(first).work_off()
    arrivals.let_wait(second, [two], feed="t")
    worker_on(second).work_off()
    stories = [n["story"] for n in second.store.notes(limit=5)]
    assert {s["duplicate_of"] for s in stories} == {None, "a"}  # type: ignore[index,call-overload]


def test_history_gives_articles_in_the_order_they_became_known(desk: Desk, clock: FixedClock) -> None:
    for n in range(5):
        arrivals.let_wait(desk, [article(n)], feed="t")
        worker_on(desk).work_off()
        clock.advance(SECOND)
    found = desk.store.live.history(
        since=datetime(2020, 1, 1, tzinfo=UTC), until=clock(), after=None, limit=3
    )
    rest = desk.store.live.history(
        since=datetime(2020, 1, 1, tzinfo=UTC), until=clock(), after=found[-1][0], limit=9
    )
    assert [a.id for _, a in found + rest] == [f"art_{n}" for n in range(5)]
