"""How the server's memory goes over time, with streams open and notes arriving: BENCH_SECONDS says how long."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx

from bench.results import Result
from bench.screen import READERS

__all__ = ["run", "slope_of"]

SECONDS = int(os.environ.get("BENCH_SECONDS", "40"))
"""A minute shows nothing but caches filling; an hour is what the figure is for."""
STREAMS = 50
A_SECOND = 4
SETTLED = 0.5
"""Share of the time after which growth is counted: the hub remembers 300 notes, and caches fill before."""


def run() -> Iterator[Result]:
    """Serve in a process of its own, hand it articles, and read its resident memory every second."""
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "READTHROUGH_HOME": home, "READTHROUGH_LOG__LEVEL": "error"}
        command = [sys.executable, "-m", "readthrough.cli.main", "serve", "--port", "0"]
        server = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)  # noqa: S603
        readers: subprocess.Popen[bytes] | None = None
        try:
            assert server.stderr is not None
            told = (re.search(r"Serving on http://([\d.]+):(\d+)", line) for line in server.stderr)
            host, port = next(found for found in told if found is not None).groups()
            readers = subprocess.Popen([sys.executable, "-c", READERS, host, port, str(STREAMS)])  # noqa: S603
            samples, sent = _measure(f"http://{host}:{port}", server.pid)
        finally:
            if readers is not None:
                readers.kill()
                readers.wait()
            server.send_signal(signal.SIGINT)
            server.wait(30)
            if server.stderr is not None:
                server.stderr.close()
    late = [s for s in samples if s[0] >= samples[-1][0] * SETTLED]
    slope = slope_of(late) * 3600
    words = (
        f"resident memory of the server, {STREAMS} streams open, {sent} notes in {samples[-1][0]:.0f} s: "
        f"{samples[0][1]:.0f} MB at first, {late[0][1]:.0f} MB half-way, {samples[-1][1]:.0f} MB at the end; "
        f"over the second half it grew by {late[-1][1] - late[0][1]:+.1f} MB, {slope:+.0f} MB an hour"
    )
    yield Result(bench="screen.memory_mb_per_hour", value=slope, words=words)


def _measure(address: str, pid: int) -> tuple[list[tuple[float, float]], int]:
    from readthrough.samples import sample_articles

    articles = sample_articles()
    begun = time.perf_counter()
    samples: list[tuple[float, float]] = []
    sent = 0
    with httpx.Client(base_url=address, timeout=60) as client:
        while (passed := time.perf_counter() - begun) < SECONDS:
            article = articles[sent % len(articles)]
            client.post(
                "/api/v1/articles",
                json={
                    "headline": f"{article['headline']} ({sent})",
                    "body": f"{article['body']}\n\nThis was report number {sent} of the day.",
                    "source": "Bench",
                },
            ).raise_for_status()
            sent += 1
            if not samples or passed - samples[-1][0] >= 1:
                samples.append((passed, _resident_mb(pid)))
            time.sleep(max(0.0, begun + sent / A_SECOND - time.perf_counter()))
        samples.append((time.perf_counter() - begun, _resident_mb(pid)))
    return samples, sent


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found is not None
    return int(found.group(1)) / 1000


def slope_of(samples: Sequence[tuple[float, float]]) -> float:
    """Return how fast the second of each pair grows with the first, by least squares."""
    n = len(samples)
    x, y = sum(a for a, _ in samples) / n, sum(b for _, b in samples) / n
    spread = sum((a - x) ** 2 for a, _ in samples)
    return sum((a - x) * (b - y) for a, b in samples) / spread if spread else 0.0
