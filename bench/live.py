"""The live desk: sustained rate, publish to note, two workers over one, transport, backfill."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from bench.articles import articles_of_300_words, real_pages
from bench.results import Result
from readthrough.desk.arrivals import let_wait, waiting
from readthrough.desk.open import Desk, now_utc, open_desk
from readthrough.desk.readers import Here
from readthrough.desk.worker import Worker
from readthrough.domain.article import Article, ArticleId
from readthrough.domain.ports import StepDone
from readthrough.domain.reading import Reading
from readthrough.settings import load_settings

__all__ = ["run"]

FIXED_S = 0.05
"""What reading an article costs in the bench of two workers: the same for each, and no processor."""


def run() -> Iterator[Result]:
    """Measure; `BENCH_SECONDS` sets how long the rates are held (20; 600 for the figures asked)."""
    seconds = float(os.environ.get("BENCH_SECONDS", "20"))
    articles = _articles()
    yield from _sustained(articles, seconds)
    yield from _paced(articles, seconds)
    yield from _two_workers()
    yield from _backfilled(articles)


def _articles() -> list[Article]:
    data = os.environ.get("READTHROUGH_DATA")
    found = real_pages(Path(data), 600) if data else []
    return found or articles_of_300_words(300)


def _many(articles: list[Article], count: int, *, start: int = 0) -> list[Article]:
    """Articles under ids of their own; words differ by their last line, as no wire sends the same twice."""
    made = []
    now = now_utc()
    for n in range(start, start + count):
        one = articles[n % len(articles)]
        body = f"{one.body}\n\nItem {n}."
        made.append(
            replace(
                one,
                id=ArticleId(f"live_{n}"),
                body=body,
                content_digest="",
                received_at=now,
                published_at=now,
            )
        )
    return made


def _desk(folder: str, flags: Mapping[str, object], *, hooks: list[StepDone] | None = None) -> Desk:
    settings = load_settings(flags=flags, environ={"READTHROUGH_HOME": folder})
    desk = open_desk(settings, hooks=[] if hooks is None else [hooks.append])
    desk.prepare()
    return desk


def _sustained(articles: list[Article], seconds: float) -> Iterator[Result]:
    """A burst, drained for as long as asked with encoder and notes; one process that writes, one that reads."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _desk(folder, {"encoder.model": "own", "live.readers": 1}) as desk,
    ):
        desk.publishes = False
        let_wait(desk, _many(articles, max(5_000, int(60 * seconds))), feed="bench")
        worker = Worker(desk)
        began = time.monotonic()
        while worker.kept < 100:
            worker.round()  # pools start, caches fill
        first, began, kilobytes = worker.kept, time.monotonic(), _rss()
        while time.monotonic() - began < seconds and waiting(desk).articles:
            for _ in range(5):
                worker.round()
        rate = (worker.kept - first) / (time.monotonic() - began)
        grown = (_rss() - kilobytes) / 1024
        worker.close()
        desk.store.live.release_claims(owner=worker.name, now=desk.clock())
    words = f"one box, embedded, with encoder: {rate:.1f} articles a second over {seconds:.0f} s, memory grew by {grown:.0f} MB"
    yield Result(bench="live.articles_per_s", value=rate, words=words)


def _rss() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _paced(articles: list[Article], seconds: float) -> Iterator[Result]:
    """Ten articles a second, each timed from its arrival to its stored note."""
    done: list[StepDone] = []
    with tempfile.TemporaryDirectory() as folder, _desk(folder, {"live.readers": 1}, hooks=done) as desk:
        desk.publishes = False
        worker = Worker(desk)
        thread = threading.Thread(target=worker.run)
        thread.start()
        let_wait(desk, _many(articles, 10, start=100_000), feed="bench")
        while worker.kept < 10:
            time.sleep(0.05)
        arrived: dict[str, float] = {}
        stored: dict[str, float] = {}
        done.clear()
        began = time.monotonic()
        count = int(10 * seconds)
        for n in range(count):
            time.sleep(max(0.0, began + n / 10 - time.monotonic()))
            (one,) = _many(articles, 1, start=n)
            arrived[one.id] = time.monotonic()
            let_wait(desk, [one], feed="bench")
            _note(done, stored)
        while len(stored) < count and time.monotonic() - began < 3 * seconds + 30:
            _note(done, stored)
            time.sleep(0.001)
        worker.stop()
        thread.join()
        worker.close()
    took = sorted(1_000 * (stored[i] - at) for i, at in arrived.items() if i in stored)
    p50, p99 = took[len(took) // 2], took[min(len(took) - 1, int(0.99 * len(took)))]
    yield Result(
        bench="live.publish_to_note_p50_ms",
        value=p50,
        words=f"arrival to stored note at 10 a second: {p50:.0f} ms at the median",
    )
    yield Result(
        bench="live.publish_to_note_p99_ms",
        value=p99,
        words=f"arrival to stored note at 10 a second: {p99:.0f} ms for 99 of 100",
    )


def _note(done: list[StepDone], stored: dict[str, float]) -> None:
    while done:
        step = done.pop(0)
        if step.step == "journey":
            stored.setdefault(step.article_id, time.monotonic())


class _Fixed(Here):
    """Reads one short article in advance, and takes the same time for each."""

    ahead = 1

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._kept: Reading | None = None

    def begin(self, article: Article) -> Future[tuple[Reading, float]]:
        if self._kept is None:
            self._kept = super().begin(article).result()[0]
        time.sleep(FIXED_S)
        done: Future[tuple[Reading, float]] = Future()
        done.set_result(
            (replace(self._kept, article_id=article.id, content_digest=article.content_digest), FIXED_S)
        )
        return done


def _two_workers() -> Iterator[Result]:
    """The same work by one worker and by two, on PostgreSQL, reading at a fixed cost."""
    named = os.environ.get("TEST_POSTGRESQL")
    if not named:
        words = "two workers over one: not measured, there is no PostgreSQL (tools/postgres.sh make bench BENCH=live)"
        yield Result(bench="live.two_workers_over_one", value=None, words=words)
        return
    rates: dict[int, float] = {}
    for count in (1, 2, 1, 2):
        rates[count] = max(rates.get(count, 0.0), _by_workers(named, count))
    ratio = rates[2] / rates[1]
    words = f"two workers on PostgreSQL: {rates[2]:.1f} articles a second, one {rates[1]:.1f}, at {1000 * FIXED_S:.0f} ms of reading each"
    yield Result(
        bench="live.two_workers_over_one", value=ratio, words=words, against="one worker", ratio=ratio
    )


WORK = """
import sys, time
from bench.live import _Fixed, _desk
from readthrough.desk.worker import Worker
if __name__ == "__main__":
    folder, url = sys.argv[1:]
    desk = _desk(folder, {"storage.url": url})
    desk.publishes = False
    _ = desk.stories
    print("ready", flush=True)
    sys.stdin.readline()
    worker = Worker(desk, readers=_Fixed(desk))
    worker.work_off()
"""


def _by_workers(named: str, workers: int, count: int = 160) -> float:
    from sqlalchemy import create_engine, make_url

    schema = f"bench_{os.getpid()}_{time.monotonic_ns()}"
    engine = create_engine(make_url(named).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    url = (
        make_url(named)
        .update_query_dict({"options": f"-csearch_path={schema}"})
        .render_as_string(hide_password=False)
    )
    folder = tempfile.mkdtemp()
    try:
        with _desk(folder, {"storage.url": url}) as desk:
            body = "Company opens a plant, it said on Monday."
            shorts = [
                Article(
                    id=ArticleId(f"s{n}"),
                    headline=f"Plant {n} opens",
                    body=f"{body} Plant {n}.",
                    received_at=now_utc(),
                )
                for n in range(count)
            ]
            let_wait(desk, shorts, feed="bench")
            running = [
                subprocess.Popen(  # noqa: S603 (our own program)
                    [sys.executable, "-c", WORK, folder, url],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
                for _ in range(workers)
            ]
            for one in running:
                assert one.stdout is not None
                one.stdout.readline()
            began = time.monotonic()
            for one in running:
                _go(one)
            while waiting(desk).articles:
                time.sleep(0.005)
            took = time.monotonic() - began
            for one in running:
                one.wait()
            return count / took
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
        engine.dispose()
        shutil.rmtree(folder, ignore_errors=True)


def _go(one: subprocess.Popen[str]) -> None:
    assert one.stdin is not None
    one.stdin.write("go\n")
    one.stdin.flush()


def _backfilled(articles: list[Article]) -> Iterator[Result]:
    """Rows a second from Parquet to Parquet, the start of processes included."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq

        from readthrough.desk.backfill import backfill
    except ImportError as error:
        yield Result(
            bench="live.backfill_rows_per_s",
            value=None,
            words=f"backfill: not measured, {error.name} is missing",
        )
        return
    rows = int(os.environ.get("BENCH_ROWS", "1000"))
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        table = [
            {
                "id": a.id,
                "headline": a.headline,
                "body": a.body,
                "source": "bench",
                "published_at": "2026-01-05T09:00:00Z",
            }
            for a in _many(articles, rows)
        ]
        pq.write_table(pa.Table.from_pylist(table), source / "a.parquet")
        settings = load_settings(environ={"READTHROUGH_HOME": folder})
        began = time.monotonic()
        done = backfill(settings, source=str(source), out=out, workers=2)
        rate = done.rows / (time.monotonic() - began)
    yield Result(
        bench="live.backfill_rows_per_s",
        value=rate,
        words=f"backfill: {rate:.1f} rows a second, two processes, {done.rows:,} rows",
    )
