"""A watched folder: each file that appears or changes becomes entries. Files are read, never moved or removed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from readthrough.domain.article import digest
from readthrough.domain.errors import SourceError, SourceNotFound
from readthrough.domain.live import Feed
from readthrough.feeds.ask import Asking
from readthrough.feeds.entries import Entry, Shown
from readthrough.feeds.wire import entries_of

__all__ = ["show"]

_MOST: Final = 200
"""Files read in one look; the next look goes on with the rest."""
_SETTLED: Final = timedelta(seconds=1)
"""A file that changed later than this ago may still be being written."""
_REMEMBERED: Final = 50_000
EVERY: Final = timedelta(seconds=2)


def show(feed: Feed, asking: Asking, now: datetime) -> Shown:
    """Look for files that are new or changed since the last look.

    Hidden files and names that end in `.part`, `.tmp` or `~` are left alone: they are being written.

    Raises:
        SourceNotFound: The folder is not there or may not be read.
    """
    folder = Path(feed.address).expanduser()
    if not folder.is_dir():
        raise SourceNotFound(
            f"The folder {str(folder)!r} is not there.", remedy="Make it, or remove the feed."
        )
    known: dict[str, str] = dict(feed.mark.get("files") or {})
    entries: list[Entry] = []
    there: dict[str, str] = {}
    read = 0
    for path, version, changed in _files(folder):
        name = str(path.relative_to(folder))
        if known.get(name) == version:
            there[name] = version
        elif read < _MOST and now - changed > _SETTLED:
            read += 1
            entries += _read(path, name, version, asking, now)
            there[name] = version
        elif name in known:
            there[name] = known[name]
    more = timedelta(0) if read >= _MOST else EVERY
    kept = dict(list(there.items())[-_REMEMBERED:])
    return Shown(entries=tuple(entries), mark={"files": kept}, wait=more)


def _read(path: Path, name: str, version: str, asking: Asking, now: datetime) -> list[Entry]:
    limit = asking.limits.max_bytes
    try:
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
        if len(raw) > limit:
            return [_unused(name, version, f"It is larger than {limit:,} bytes.")]
        made = entries_of(raw, limits=asking.limits, what=repr(name), now=now)
    except OSError as error:
        return [_unused(name, version, f"It cannot be read: {error.strerror}.")]
    except SourceError as error:
        return [_unused(name, version, str(error))]
    several = len(made) > 1
    return [
        replace(e, key=_key(e, name if not several else f"{name} {n}"))
        if e.draft is not None
        else replace(e, key=e.key or name)
        for n, e in enumerate(made)
    ]


def _key(entry: Entry, name: str) -> str:
    """The publisher's id where the file gives one: a correction comes under another name."""
    return (entry.draft.external_id if entry.draft is not None else "") or name


def _unused(name: str, version: str, reason: str) -> Entry:
    return Entry(key=name, digest=digest(version, reason), draft=None, reason=reason)


def _files(folder: Path) -> Iterator[tuple[Path, str, datetime]]:
    """Regular files in order of name, each with its version; links out of the folder are not followed."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or name.endswith((".part", ".tmp", "~")):
                continue
            path = Path(parent, name)
            try:
                info: Any = path.lstat()
            except OSError:
                continue  # gone since it was listed
            if stat.S_ISREG(info.st_mode):
                changed = datetime.fromtimestamp(info.st_mtime, UTC)
                yield path, f"{info.st_mtime_ns}-{info.st_size}", changed
