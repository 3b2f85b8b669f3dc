"""A wire's history backfilled, its first run ended with kill -9 on the way: the rate, and what became of each row.

Part `history` of the live bench. `BENCH_HISTORY` says how many rows (1,000; 100,000 for the figure asked).
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bench.articles import articles_of_300_words, real_pages
from bench.results import Result

__all__ = ["backfilled_history", "wire"]

LONG_SHARE = 0.2
"""Share of whole stories among headlines and short items, as a wire with flashes carries them."""
FILE_ROWS = 10_000
BEGINS = datetime(2026, 1, 5, tzinfo=UTC)
EVERY = timedelta(seconds=6)
KILLED_AT = 0.4
"""Share of the parts that are done when the first run is killed."""
IN_THE_MIDDLE_S = 20.0
"""Seconds into the next part at which the kill comes."""
LIMIT_S = 6 * 3_600.0


def backfilled_history() -> Iterator[Result]:
    """Backfill, killed once and begun again; what was lost and what was doubled is counted from the parts."""
    bench = "live.history_rows_per_s"
    try:
        import pyarrow.parquet as pq

        from readthrough.desk.backfill import PART
    except ImportError as error:
        yield Result(bench=bench, value=None, words=f"history: not measured, {error.name} is missing")
        return
    count = int(os.environ.get("BENCH_HISTORY", "1000"))
    data = os.environ.get("READTHROUGH_DATA")
    with tempfile.TemporaryDirectory(prefix="history-") as named:
        folder = Path(named)
        long = _written(folder / "in", wire(Path(data) if data else None, count))
        parts = max(1, int(KILLED_AT * count / PART))
        began = time.monotonic()
        first = _started(folder)
        _wait(lambda: len(_parts(folder)) >= parts, first)
        time.sleep(IN_THE_MIDDLE_S)
        first.kill()
        first.wait()
        killed_after, kept = time.monotonic() - began, len(_parts(folder))
        second = _started(folder)
        if second.wait(LIMIT_S):
            raise SystemExit(f"live.history: the second run failed: {(folder / 'log').read_text()[-2_000:]}")
        took = time.monotonic() - began
        rows: dict[tuple[str, int], int] = {}
        notes, refused = 0, 0
        for path in _parts(folder):
            for row in pq.read_table(path, columns=["file", "row", "story_id", "refusal"]).to_pylist():
                place = (row["file"], row["row"])
                rows[place] = rows.get(place, 0) + 1
                notes += bool(row["story_id"])
                refused += bool(row["refusal"])
    lost, doubled = count - len(rows), sum(n - 1 for n in rows.values())
    yield Result(
        bench=bench,
        value=count / took,
        words=(
            f"history: {count:,} rows ({long:,} whole stories, the others headlines and short items) at {count / took:.1f} a second, "
            f"two processes, two starts included; killed after {killed_after:,.0f} s with {kept:,} parts done; "
            f"{notes:,} notes, {refused:,} refused"
        ),
    )
    yield Result(bench="live.history_rows_lost", value=lost, words=f"rows lost: {lost}")
    yield Result(bench="live.history_rows_doubled", value=doubled, words=f"rows doubled: {doubled}")


def wire(data: Path | None, count: int) -> Iterator[dict[str, Any]]:
    """Yield rows in a fixed order: a fifth whole stories, four fifths headlines and short items.

    Args:
        data: The folder of public sets; the samples alone when None.
        count: How many; where the texts run out they come again, with their number added.
    """
    longs = _again(_stories(data))
    shorts = _again(_items(data))
    dice = random.Random(8)  # noqa: S311 (the same history each time)
    for n in range(count):
        headline, body = next(longs if dice.random() < LONG_SHARE else shorts)
        yield {
            "id": f"wire_{n}",
            "headline": headline,
            "body": body,
            "source": "wire",
            "published_at": (BEGINS + n * EVERY).isoformat(),
        }


def _again(texts: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    random.Random(9).shuffle(texts)  # noqa: S311
    yield from texts
    for n, (headline, body) in enumerate(cycle(texts)):
        yield f"{headline} ({n})", body and f"{body}\n\nItem {n}."


def _stories(data: Path | None) -> list[tuple[str, str]]:
    if data is None:
        return [(a.headline, a.body) for a in articles_of_300_words(50)]
    found = [(a.headline, a.body) for a in real_pages(data, 6_000)]
    for path in sorted((data / "reuters21578").glob("reut2-*.sgm")):
        text = path.read_text("latin-1")
        for story in re.finditer(r"<TITLE>([^<]{5,300})</TITLE>[^\x00]*?<BODY>([^\x00]*?)</BODY>", text):
            found.append((unescape(story[1]), unescape(story[2])))
    return found


def _items(data: Path | None) -> list[tuple[str, str]]:
    if data is None:
        return [(a.headline, "") for a in articles_of_300_words(200)]
    found = []
    with gzip.open(data / "stocknet" / "tweets.jsonl.gz", "rt", encoding="utf-8") as lines:
        found += [json.loads(line)["text"] for line in lines]
    with (data / "sentfin" / "SEntFiN.csv").open(encoding="utf-8", newline="") as file:
        found += [row["Title"] for row in csv.DictReader(file)]
    with (data / "tfns" / "sent_train.csv").open(encoding="utf-8", newline="") as file:
        found += [row["text"] for row in csv.DictReader(file)]
    return [(text, "") for text in dict.fromkeys(t.strip() for t in found) if text]


def _written(folder: Path, rows: Iterator[dict[str, Any]]) -> int:
    """Write rows as Parquet, a file each ten thousand; how many of them are whole stories."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir()
    long = 0
    for number in range(10**6):
        held = list(islice(rows, FILE_ROWS))
        if not held:
            break
        long += sum(bool(row["body"]) for row in held)
        pq.write_table(pa.Table.from_pylist(held), folder / f"{number:04}.parquet")
    return long


def _started(folder: Path) -> subprocess.Popen[bytes]:
    command = "-m readthrough.cli.main backfill --workers 2".split()
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 (our own program)
            [sys.executable, *command, "--in", str(folder / "in"), "--out", str(folder / "out")],
            env={**os.environ, "READTHROUGH_HOME": str(folder / "home")},
            stdout=log,
            stderr=log,
        )


def _wait(happened: Any, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + LIMIT_S
    while not happened() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.2)


def _parts(folder: Path) -> list[Path]:
    return sorted((folder / "out").glob("part-*.parquet"))
