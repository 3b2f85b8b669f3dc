"""The live desk beyond one box: two workers over one, what a broker costs, and history by the row."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.results import Result
from readthrough.desk.arrivals import let_wait, waiting
from readthrough.desk.open import Desk, now_utc, open_desk
from readthrough.desk.readers import Here
from readthrough.domain.article import Article, ArticleId
from readthrough.domain.reading import Reading
from readthrough.settings import load_settings

__all__ = ["Fixed", "backfilled", "desk_on", "transported", "two_workers"]

FIXED_S = 0.05
"""What reading an article costs in the bench of two workers: the same for each, and no processor."""
CARRIED = 1_000
"""Articles carried by the broker."""


class Fixed(Here):
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


def desk_on(folder: str, url: str) -> Desk:
    """Open a desk on a database, ready to work."""
    desk = open_desk(load_settings(flags={"storage.url": url}, environ={"READTHROUGH_HOME": folder}))
    desk.prepare()
    desk.publishes = False
    return desk


def two_workers() -> Iterator[Result]:
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
import sys
from bench.live_scale import Fixed, desk_on
from readthrough.desk.worker import Worker
if __name__ == "__main__":
    desk = desk_on(*sys.argv[1:])
    _ = desk.stories
    print("ready", flush=True)
    sys.stdin.readline()
    Worker(desk, readers=Fixed(desk)).work_off()
"""


def _shorts(count: int, start: int = 0) -> list[Article]:
    return [
        Article(
            id=ArticleId(f"s{n}"),
            headline=f"Plant {n} opens",
            body=f"Company opens a plant, it said on Monday. Plant {n}.",
            received_at=now_utc(),
        )
        for n in range(start, start + count)
    ]


def _by_workers(named: str, workers: int, count: int = 160) -> float:
    with _schema(named) as url, tempfile.TemporaryDirectory() as folder, desk_on(folder, url) as desk:
        let_wait(desk, _shorts(count), feed="bench")
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
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        while waiting(desk).articles:
            if all(one.poll() is not None for one in running):
                raise SystemExit("live.two_workers_over_one: the workers ended before the articles did")
            time.sleep(0.1)  # a look takes what the database could do for them
        took = time.monotonic() - began
        for one in running:
            one.wait()
        return count / took


@contextmanager
def _schema(named: str) -> Iterator[str]:
    """Give the address of an empty schema of its own."""
    from sqlalchemy import create_engine, make_url

    schema = f"bench_{os.getpid()}_{time.monotonic_ns()}"
    engine = create_engine(make_url(named).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    address = make_url(named).update_query_dict({"options": f"-csearch_path={schema}"})
    try:
        yield address.render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
        engine.dispose()


def transported() -> Iterator[Result]:
    """What JetStream adds to an article: its turn sent, taken and acknowledged, its note passed on.

    Each turn is a message of its own, as on a quiet desk; a burst has eight in one.
    """
    bench, program = "live.transport_ms", shutil.which("nats-server")
    if program is None:
        words = "transport: not measured, nats-server is not installed (apt-get install nats-server)"
        yield Result(bench=bench, value=None, words=words)
        return
    with tempfile.TemporaryDirectory() as folder, _nats(program, Path(folder)) as url:
        seconds = min(asyncio.run(_carried(url, prefix)) for prefix in ("one", "two", "three"))
    each = 1_000 * seconds / CARRIED
    words = (
        f"transport by NATS JetStream: {each:.2f} ms an article (a turn there and back, a note of 10 kB out)"
    )
    yield Result(bench=bench, value=each, words=words)


async def _carried(url: str, prefix: str) -> float:
    from readthrough.streaming.broker import NOTES, TURNS, Message, open_broker

    all_there = asyncio.Event()
    taken: set[int] = set()

    async def take(body: dict[str, Any]) -> None:
        taken.update(body["arrivals"])
        if len(taken) == CARRIED:
            all_there.set()

    broker = open_broker(url, prefix=prefix)
    broker.listen(TURNS, take, group=prefix)
    note = {"headline": "x" * 10_000}
    await broker.start()
    began = time.perf_counter()
    for start in range(0, CARRIED, 100):
        places = range(start, start + 100)
        messages = [Message(TURNS, f"t{n}", {"arrivals": [n]}) for n in places]
        messages += [Message(NOTES, f"n{n}", {"outbox": n, "document": note}) for n in places]
        await broker.send(messages)
    await asyncio.wait_for(all_there.wait(), 120)
    took = time.perf_counter() - began
    await broker.close()
    return took


@contextmanager
def _nats(program: str, folder: Path) -> Iterator[str]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    running = subprocess.Popen(  # noqa: S603 (the server of the system)
        [program, "-a", "127.0.0.1", "-p", str(port), "-js", "-sd", str(folder / "js")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"nats://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


def backfilled(articles: list[Article]) -> Iterator[Result]:
    """Rows a second from Parquet to Parquet, the start of processes included."""
    bench = "live.backfill_rows_per_s"
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq

        from readthrough.desk.backfill import backfill
    except ImportError as error:
        yield Result(bench=bench, value=None, words=f"backfill: not measured, {error.name} is missing")
        return
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
            for a in articles
        ]
        pq.write_table(pa.Table.from_pylist(table), source / "a.parquet")
        settings = load_settings(environ={"READTHROUGH_HOME": folder})
        began = time.monotonic()
        done = backfill(settings, source=str(source), out=out, workers=2)
        rate = done.rows / (time.monotonic() - began)
    words = (
        f"backfill: {rate:.1f} rows of 300 words a second, two processes, {done.rows:,} rows, start included"
    )
    yield Result(bench=bench, value=rate, words=words)
