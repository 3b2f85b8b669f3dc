"""Real parts that a test can kill: our processes, a PostgreSQL cluster, NATS servers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from glob import glob
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from readthrough.domain.article import Article, ArticleId
from readthrough.testing import MONDAY

__all__ = [
    "ARTICLES",
    "Cluster",
    "Postgres",
    "Process",
    "articles",
    "counts",
    "free_port",
    "in_hand",
    "left_of",
    "running",
    "until",
    "waiting",
]

ARTICLES = int(os.environ.get("FAULT_ARTICLES", "60"))
"""How many articles each test runs; 6,000 for the figures in the documentation."""
PATIENCE_S = 120.0 + ARTICLES / 5


def articles(count: int = ARTICLES, *, start: int = 0) -> list[Article]:
    """Distinct short articles; each is a story of its own."""
    return [
        Article(
            id=ArticleId(f"art_{n}"),
            headline=f"Company {n} opens plant number {n}",
            body=f"Company {n} said on Monday it opened its plant number {n}.",
            source="test",
            published_at=MONDAY,
            received_at=MONDAY,
        )
        for n in range(start, start + count)
    ]


def until(what: str, happened: Callable[[], bool], *, seconds: float = PATIENCE_S) -> float:
    """Wait for a condition; how many seconds it took."""
    begun = time.monotonic()
    while True:
        looked = time.monotonic()
        if happened():
            return time.monotonic() - begun
        if time.monotonic() - begun > seconds:
            raise AssertionError(f"{what}: not within {seconds:g} s")
        # a look at a long table costs what the processes under test need
        time.sleep(min(0.5, 0.02 + 4 * (time.monotonic() - looked)))


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def counts(url: str) -> tuple[int, int, int, int]:
    """Return notes, distinct articles among them, outbox rows of notes, and articles that wait."""
    with _engine(url).connect() as connection:
        found = [
            connection.scalar(text(statement))
            for statement in (
                "SELECT count(*) FROM notes",
                "SELECT count(DISTINCT article_id) FROM notes",
                "SELECT count(*) FROM outbox WHERE topic = 'note'",
                "SELECT count(*) FROM arrivals",
            )
        ]
        return tuple(int(n or 0) for n in found)  # type: ignore[return-value]


def waiting(url: str) -> int:
    """Count articles that wait."""
    with _engine(url).connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM arrivals")) or 0)


def in_hand(url: str) -> frozenset[int]:
    """Return what somebody has claimed and not yet kept, by its place."""
    with _engine(url).connect() as connection:
        return frozenset(connection.scalars(text("SELECT id FROM arrivals WHERE owner <> ''")))


def left_of(url: str, ids: frozenset[int]) -> int:
    """Count those of these articles that still wait."""
    named = ",".join(str(n) for n in sorted(ids)) or "0"
    with _engine(url).connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM arrivals WHERE id IN ({named})")) or 0)


@cache
def _engine(url: str) -> Engine:
    # no connection outlives its question: what it is connected to is killed
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)


class Process:
    """A `readthrough` command of its own."""

    def __init__(self, *arguments: str, home: Path, **settings: str) -> None:
        self._arguments, self._home = arguments, home
        self._environment = {
            # an installed program is compiled already, and is not compiled anew at each start
            **{k: v for k, v in os.environ.items() if not k.startswith(("READTHROUGH_", "PYTHONDONTWRITE"))},
            "READTHROUGH_HOME": str(home),
            "READTHROUGH_LOG__LEVEL": "error",
            **{f"READTHROUGH_{name.upper().replace('.', '__')}": value for name, value in settings.items()},
        }
        self.log = home / f"log-{time.monotonic_ns()}"
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> Process:
        with self.log.open("ab") as log:
            self._running = subprocess.Popen(
                [sys.executable, "-m", "readthrough.cli.main", *self._arguments],
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    def kill(self) -> None:
        """As `kill -9` does, children left to themselves."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()

    def stop(self) -> None:
        if self._running is not None and self._running.poll() is None:
            self._running.terminate()
            try:
                self._running.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    @property
    def alive(self) -> bool:
        return self._running is not None and self._running.poll() is None


class Postgres:
    """A PostgreSQL cluster that can be killed and started again; `fsync` is on, or a kill would prove nothing."""

    def __init__(self, folder: Path) -> None:
        found = sorted(glob("/usr/lib/postgresql/*/bin"))
        self._bin = Path(found[-1]) if found else Path(shutil.which("initdb") or "/nowhere/initdb").parent
        if not (self._bin / "initdb").exists():
            pytest.skip("PostgreSQL's initdb is not installed: apt-get install postgresql")
        self._as = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        self.folder = folder
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        self._run(
            "initdb",
            "-D",
            str(folder / "data"),
            "-U",
            "readthrough",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale",
            "C.UTF-8",
            "--no-sync",
        )
        self.url = f"postgresql://readthrough@/postgres?host={folder}"

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses="
        self._run(
            "pg_ctl",
            "-D",
            str(self.folder / "data"),
            "-l",
            str(self.folder / "log"),
            "-w",
            "-o",
            options,
            "start",
        )

    def kill(self) -> None:
        """Kill the postmaster and every backend at once."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in [pid, *map(int, children)]:
            try:
                os.kill(one, signal.SIGKILL)
            except ProcessLookupError:
                continue
        until("the database's end", lambda: not Path(f"/proc/{pid}").exists(), seconds=10)
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def stop(self) -> None:
        try:
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        except subprocess.CalledProcessError:
            return

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*self._as, str(self._bin / program), *arguments],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


class Cluster:
    """NATS servers with JetStream, three of them where messages are to outlive one."""

    def __init__(self, folder: Path, *, nodes: int) -> None:
        program = shutil.which("nats-server")
        if program is None:
            pytest.skip("nats-server is not installed: apt-get install nats-server")
        self._program, self._folder = program, folder
        self.ports = [free_port() for _ in range(nodes)]
        self._routes = [free_port() for _ in range(nodes)]
        self._monitors = [free_port() for _ in range(nodes)]
        self._running: list[subprocess.Popen[bytes] | None] = [None] * nodes

    @property
    def url(self) -> str:
        return "nats://" + ",".join(f"127.0.0.1:{port}" for port in self.ports)

    def start(self, node: int) -> None:
        routes = ",".join(f"nats://127.0.0.1:{port}" for port in self._routes)
        clustered = f'cluster {{ name: c, listen: "127.0.0.1:{self._routes[node]}", routes: [{routes}] }}\n'
        config = self._folder / f"node{node}.conf"
        config.write_text(
            f'server_name: n{node}\nlisten: "127.0.0.1:{self.ports[node]}"\nhttp: "127.0.0.1:{self._monitors[node]}"\n'
            f'jetstream {{ store_dir: "{self._folder}/js{node}" }}\n'
            + (clustered if len(self.ports) > 1 else "")
        )
        self._running[node] = subprocess.Popen(
            [self._program, "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def ready(self) -> bool:
        """Whether every node answers, and the cluster has a leader."""
        return all(self._healthy(node) for node in range(len(self.ports)))

    def leader(self, stream: str) -> int | None:
        """Return the node that leads a stream."""
        for node, running in enumerate(self._running):
            if running is None or running.poll() is not None:
                continue
            try:
                with urlopen(f"http://127.0.0.1:{self._monitors[node]}/jsz?streams=1", timeout=2) as answer:
                    found = json.load(answer)
            except OSError:
                continue
            for account in found.get("account_details") or []:
                for detail in account.get("stream_detail") or []:
                    if detail["name"] == stream and (detail.get("cluster") or {}).get("leader"):
                        return int(detail["cluster"]["leader"][1:])
        return None

    def kill(self, node: int) -> None:
        running = self._running[node]
        if running is not None:
            running.kill()
            running.wait()

    def stop(self) -> None:
        for node in range(len(self.ports)):
            self.kill(node)

    def _healthy(self, node: int) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self._monitors[node]}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@contextmanager
def running(*processes: Process) -> Iterator[None]:
    """End processes with the block, however it ends."""
    try:
        yield
    finally:
        for process in processes:
            process.stop()
