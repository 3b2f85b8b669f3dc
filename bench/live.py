"""The live desk on one box: a burst drained, a rate held, publish to note; `live_scale` has what is beyond one.

`BENCH_PARTS` names what to measure (burst, held, paced, workers, transport, backfill; all of them when it is not
set; `history` only when it is named), `BENCH_SECONDS` how long the rates are held (15; 600 for the figures asked), `BENCH_BURST` how many articles
come at once (600; 5,000 for the figures asked), `BENCH_ROWS` how many rows are backfilled.
"""

from __future__ import annotations

import os
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from bench.articles import WORDS, real_pages
from bench.history import backfilled_history
from bench.live_scale import backfilled, transported, two_workers
from bench.results import Result
from readthrough.desk.arrivals import let_wait, waiting
from readthrough.desk.open import Desk, now_utc, open_desk
from readthrough.desk.worker import Worker
from readthrough.domain.article import Article, ArticleId
from readthrough.domain.ports import StepDone
from readthrough.samples import sample_articles
from readthrough.settings import load_settings

__all__ = ["run"]

RATE = 40
"""Articles a second that one box is asked to hold."""
PACE = 10
"""Articles a second at which the time from publication to note is taken."""
WARM = 200
"""Articles before anything is counted: processes start, caches fill."""
ENCODER = {"encoder.model": "own", "live.readers": 1}
"""As `serve` runs on two cores: one process reads with the encoder, one groups, writes and keeps."""


def run() -> Iterator[Result]:
    """Measure the parts that are named, the short ones first."""
    seconds = float(os.environ.get("BENCH_SECONDS", "15"))
    burst = int(os.environ.get("BENCH_BURST", "600"))
    news = _News()
    parts: dict[str, Callable[[], Iterator[Result]]] = {
        "transport": transported,
        "workers": two_workers,
        "paced": lambda: _paced(news, seconds),
        "backfill": lambda: backfilled(news.made(int(os.environ.get("BENCH_ROWS", "600")))),
        "burst": lambda: _burst(news, burst),
        "held": lambda: _held(news, seconds),
        "history": backfilled_history,
    }
    usual = ",".join(name for name in parts if name != "history")
    named = [name for name in os.environ.get("BENCH_PARTS", usual).split(",") if name]
    for name in named:
        if name not in parts:
            raise SystemExit(f"BENCH_PARTS: there is no {name!r}; there are {', '.join(parts)}")
    for name in (name for name in parts if name in named):
        yield from parts[name]()


class _News:
    """Distinct articles of 300 words: pages of the data where it is, else stories of the samples joined anew."""

    def __init__(self) -> None:
        data = os.environ.get("READTHROUGH_DATA")
        self._pages = real_pages(Path(data), 6_000) if data else []
        self._rows = [] if self._pages else [r for r in sample_articles() if len(str(r["body"]).split()) > 60]
        self._next = 0

    def made(self, count: int) -> list[Article]:
        now = now_utc()
        return [
            replace(self._one(), content_digest="", received_at=now, published_at=now) for _ in range(count)
        ]

    def _one(self) -> Article:
        n = self._next
        self._next += 1
        chosen = ArticleId(f"live_{n}")
        if self._pages:
            page = self._pages[n % len(self._pages)]
            return replace(page, id=chosen, body=f"{page.body}\n\nItem {n}.")
        dice = random.Random(n)  # noqa: S311 (the same news each time)
        rows = dice.sample(self._rows, min(len(self._rows), 8))
        words = " ".join(str(row["body"]) for row in rows).split(" ")[:WORDS]
        headline = f"{rows[0]['headline']} ({n})"
        return Article(
            id=chosen, source="bench", headline=headline, body=" ".join(words), received_at=now_utc()
        )


def _desk(folder: str, flags: Mapping[str, object], *, hooks: list[StepDone] | None = None) -> Desk:
    settings = load_settings(flags=flags, environ={"READTHROUGH_HOME": folder})
    desk = open_desk(settings, hooks=[] if hooks is None else [hooks.append])
    desk.prepare()
    return desk


class _Running:
    """A worker in a thread of its own, as `serve` runs it, warmed up."""

    def __init__(self, desk: Desk, news: _News) -> None:
        desk.publishes = False
        self.worker = Worker(desk)
        self._thread = threading.Thread(target=self.worker.run)
        self._thread.start()
        let_wait(desk, news.made(WARM), feed="bench")
        self.until(lambda: self.worker.kept >= WARM)

    def until(self, done: Callable[[], bool], *, seconds: float = 3_600.0) -> None:
        end = time.monotonic() + seconds
        while not done() and time.monotonic() < end:
            time.sleep(0.02)

    def stop(self) -> None:
        self.worker.stop()
        self._thread.join()
        self.worker.close()


def _burst(news: _News, count: int) -> Iterator[Result]:
    """So many at once, drained: how fast, and what the processes grew by from a fifth of them to the end."""
    with tempfile.TemporaryDirectory() as folder, _desk(folder, ENCODER) as desk:
        running = _Running(desk, news)
        for start in range(0, count, 500):
            let_wait(desk, news.made(min(500, count - start)), feed="bench")
        began, first = time.monotonic(), running.worker.kept
        running.until(lambda: running.worker.kept >= WARM + count // 5)
        before = _megabytes()
        running.until(lambda: running.worker.kept >= WARM + count)
        took, after = time.monotonic() - began, _megabytes()
        rate = (running.worker.kept - first) / took
        running.stop()
    yield Result(
        bench="live.articles_per_s",
        value=rate,
        words=f"one box, embedded, with encoder: a burst of {count:,} drained at {rate:.1f} articles a second",
    )
    yield Result(
        bench="live.burst_grown_mb",
        value=after - before,
        words=f"its processes held {before:.0f} MB after a fifth of it and {after:.0f} MB at its end",
    )


def _held(news: _News, seconds: float) -> Iterator[Result]:
    """The rate asked, for as long as asked: what is left waiting at the end shows whether it is held."""
    done: list[StepDone] = []
    with tempfile.TemporaryDirectory() as folder, _desk(folder, ENCODER, hooks=done) as desk:
        running = _Running(desk, news)
        done.clear()
        first, began, sent, most, longest = running.worker.kept, time.monotonic(), 0, 0, 0.0
        while (gone := time.monotonic() - began) < seconds:
            due = int(gone * RATE) - sent
            if due:
                let_wait(desk, news.made(due), feed="bench")
                sent += due
                most = max(most, sent - (running.worker.kept - first))
            for step in _taken(done):
                longest = max(longest, step.seconds)
            time.sleep(0.1)
        rate, left = (running.worker.kept - first) / gone, waiting(desk).articles
        running.stop()
    words = (
        f"{RATE} articles a second for {seconds:.0f} s, with encoder: {rate:.1f} a second kept, {left} left waiting, "
        f"never more than {most}, none longer than {longest:.1f} s"
    )
    yield Result(bench="live.held_per_s", value=rate, words=words)


def _taken(done: list[StepDone]) -> list[StepDone]:
    taken, done[:] = [step for step in done if step.step == "journey"], []
    return taken


def _megabytes() -> float:
    """What this process and those it started hold in memory."""
    me = os.getpid()
    parents = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        parents[int(lines["Pid"])] = (int(lines["PPid"]), int(lines.get("VmRSS", "0 kB").split()[0]))
    held = sum(kb for pid, (parent, kb) in parents.items() if me in (pid, parent))
    return held / 1024


def _paced(news: _News, seconds: float) -> Iterator[Result]:
    """Ten articles a second, each timed from before it was handed over until its note is committed."""
    done: list[StepDone] = []
    with tempfile.TemporaryDirectory() as folder, _desk(folder, ENCODER, hooks=done) as desk:
        running = _Running(desk, news)
        arrived: dict[str, float] = {}
        stored: dict[str, float] = {}
        stopping = threading.Event()
        watch = threading.Thread(target=_note, args=(done, stored, stopping))
        done.clear()
        watch.start()
        began, count = time.monotonic(), int(PACE * seconds)
        for n in range(count):
            time.sleep(max(0.0, began + n / PACE - time.monotonic()))
            (one,) = news.made(1)
            arrived[one.id] = time.monotonic()
            let_wait(desk, [one], feed="bench")
        running.until(lambda: len(stored) >= count, seconds=60)
        stopping.set()
        watch.join()
        running.stop()
    took = sorted(1_000 * (stored.get(i, float("inf")) - at) for i, at in arrived.items())
    for name, at in (("p50", 0.50), ("p99", 0.99)):
        value = took[min(len(took) - 1, int(at * len(took)))]
        words = f"publish to stored note at {PACE} a second, {name}: {value:.0f} ms ({len(took):,} articles, with encoder)"
        yield Result(bench=f"live.publish_to_note_{name}_ms", value=value, words=words)


def _note(done: list[StepDone], stored: dict[str, float], stopping: threading.Event) -> None:
    while not stopping.is_set():
        while done:
            step = done.pop(0)
            if step.step == "journey":
                stored.setdefault(step.article_id, time.monotonic())
        time.sleep(0.001)
