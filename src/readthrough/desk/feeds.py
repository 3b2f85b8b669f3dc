"""Feeds as people handle them: added, tried, paused; the starter set; files imported."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files as package_files
from pathlib import Path
from typing import Final

from readthrough.desk.arrivals import Taken, let_wait
from readthrough.desk.intake import limits_of, read_article, read_line
from readthrough.desk.open import Desk
from readthrough.desk.polling import ways_of
from readthrough.domain.errors import SettingsError, SourceError, SourceNotFound
from readthrough.domain.live import Feed
from readthrough.feeds.draft import Draft
from readthrough.feeds.entries import Shown
from readthrough.feeds.kinds import COMMON_OPTIONS, KINDS, adapter_of
from readthrough.feeds.lines import lines_of
from readthrough.feeds.web_address import check_url

__all__ = [
    "Starter",
    "add_feed",
    "add_starter",
    "import_articles",
    "pause_feed",
    "poll_once",
    "remove_feed",
    "starter_feeds",
    "try_feed",
    "work_off",
]

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,60}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """A feed of the starter set."""

    name: str
    address: str
    about: str


def add_feed(desk: Desk, name: str, *, kind: str, address: str, options: Mapping[str, str]) -> Feed:
    """Keep a feed, to be asked at once.

    Raises:
        SettingsError: Its name, kind, address or an option cannot be used, or the name is taken.
        SourceRefused: Its address is not acceptable.
    """
    if not _NAME.match(name):
        raise SettingsError(
            f"{name!r} cannot name a feed.",
            remedy="Use lower-case letters, digits, dots and dashes, 60 at the most.",
        )
    adapter_of(kind)
    wants = KINDS[kind]
    if wants.needs_address and not address:
        raise SettingsError(
            f"A feed of kind {kind} needs an address.", remedy=f"Give {wants.words}'s address after its name."
        )
    unknown = sorted(set(options) - {*wants.options, *COMMON_OPTIONS})
    if unknown:
        known = ", ".join(sorted({*wants.options, *COMMON_OPTIONS}))
        raise SettingsError(
            f"A feed of kind {kind} has no option {unknown[0]!r}.", remedy=f"It has: {known}."
        )
    if kind == "folder":
        address = str(Path(address).expanduser().resolve())
    elif address:
        allow = ways_of(desk).asking.network.allow
        check_url(re.sub(r"^ws", "http", address), allow=allow)
    feed = Feed(name=name, kind=kind, address=address, options=options)
    if not desk.store.live.add_feed(feed, now=desk.clock()):
        raise SettingsError(
            f"There is a feed called {name!r} already.", remedy="Remove it first, or take another name."
        )
    return feed


def remove_feed(desk: Desk, name: str) -> None:
    """Forget a feed.

    Raises:
        SettingsError: There is none of that name.
    """
    if not desk.store.live.remove_feed(name):
        raise _missing(name)


def pause_feed(desk: Desk, name: str, *, paused: bool) -> None:
    """Stop asking a feed, or ask it again at once.

    Raises:
        SettingsError: There is none of that name.
    """
    if not desk.store.live.pause_feed(name, paused=paused, now=desk.clock()):
        raise _missing(name)


def try_feed(desk: Desk, name: str) -> Shown:
    """Ask a feed once as if for the first time, keeping nothing.

    Raises:
        SettingsError: There is none of that name, or it lacks a key.
        SourceError: It cannot be asked or understood.
    """
    found = next((h.feed for h in desk.store.live.feeds() if h.feed.name == name), None)
    if found is None:
        raise _missing(name)
    fresh = Feed(name=found.name, kind=found.kind, address=found.address, options=found.options)
    return adapter_of(found.kind)(fresh, ways_of(desk).asking, desk.clock())


def starter_feeds() -> tuple[Starter, ...]:
    """Return the set of free public feeds to begin with."""
    text = package_files("readthrough.feeds").joinpath("starter.toml").read_text(encoding="utf-8")
    return tuple(Starter(**row) for row in tomllib.loads(text)["feed"])


def add_starter(desk: Desk) -> int:
    """Add the starter set; how many were not there yet."""
    now = desk.clock()
    feeds = [Feed(name=one.name, kind="rss", address=one.address) for one in starter_feeds()]
    return sum(desk.store.live.add_feed(feed, now=now) for feed in feeds)


def poll_once(desk: Desk) -> tuple[int, int]:
    """Ask every feed whose turn has come, and read what waits; how many articles are new, and notes kept."""
    from readthrough.desk.poller import Poller

    poller = Poller(desk)
    taken = 0
    for _ in range(1 + len(desk.store.live.feeds()) // desk.settings.feeds.at_once):
        taken += poller.round()
    return taken, work_off(desk)


def work_off(desk: Desk) -> int:
    """Read what waits, in this process; how many notes were kept."""
    from readthrough.desk.worker import Worker

    worker = Worker(desk)
    try:
        return worker.work_off()
    finally:
        worker.close()


def import_articles(
    desk: Desk, paths: Sequence[Path], *, feed: str, tell: Callable[[str], None] = lambda words: None
) -> tuple[Taken, int]:
    """Let the articles of JSONL or Parquet files wait.

    Args:
        desk: Whose record.
        paths: The files; one that ends in `.parquet` is Parquet.
        feed: Names where they come from.
        tell: Told what is wrong with a row, the first hundred times.

    Returns:
        How many were given and new, and how many rows could not be used.

    Raises:
        SourceNotFound: A file cannot be opened.
    """
    faults = 0

    def drafts() -> Iterator[Draft]:
        nonlocal faults
        for path in paths:
            rows = _parquet(desk, path) if path.suffix == ".parquet" else _lines(desk, path)
            for made in rows:
                if isinstance(made, Draft):
                    yield made
                    continue
                faults += 1
                if faults <= 100:
                    tell(str(made))

    return let_wait(desk, drafts(), feed=feed), faults


def _lines(desk: Desk, path: Path) -> Iterator[Draft | SourceError]:
    limits = limits_of(desk.settings.fetch)
    try:
        stream = path.open("rb")
    except OSError as error:
        raise SourceNotFound(
            f"{str(path)!r} cannot be read: {error.strerror}.", remedy="Check the path."
        ) from None
    with stream:
        for number, raw in enumerate(lines_of(stream, longest=limits.max_bytes), 1):
            try:
                yield read_line(raw, limits=limits, what=f"{path.name} line {number}")
            except SourceError as error:
                yield error


def _parquet(desk: Desk, path: Path) -> Iterator[Draft | SourceError]:
    from readthrough.feeds.parquet import rows_of

    for number, row in enumerate(rows_of(path), 1):
        try:
            yield read_article(desk, row, what=f"{path.name} row {number}")
        except SourceError as error:
            yield error


def _missing(name: str) -> SettingsError:
    return SettingsError(f"There is no feed called {name!r}.", remedy="`readthrough feed list` shows them.")
