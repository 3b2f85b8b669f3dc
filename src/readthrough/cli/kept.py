"""What one process made and the next need not make again: compiled patterns, and tables read off them.

Python compiles a regular expression anew in every process; the hundreds that reading and writing use cost a
short command a fifth of its time. What the compiler made is kept in a file of the user's own cache folder, as
Python keeps its compiled modules, and with the same trust. Without the file, or with one that does not fit,
everything is made as if it had never been kept.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from readthrough.domain.lazy import Maker

__all__ = ["Kept", "cache_file"]

_T = TypeVar("_T")
_MOST = 20_000  # entries; beyond it the file is begun anew
_LARGEST = 64_000_000  # bytes of a file that is read at all


def cache_file() -> Path:
    """Name the file, in the platform's folder for caches (`XDG_CACHE_HOME` on Linux).

    There is one for each version of Python, as what a compiler makes fits only its own engine.
    """
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "readthrough" / "cache"
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Caches" / "readthrough"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "readthrough"
    return folder / f"patterns.{sys.implementation.cache_tag}-{sys.hexversion:x}.bin"


class Kept(Maker):
    """Keeps in a file what it makes. Nothing is read before the first thing is asked for."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._held: dict[str, Any] | None = None
        self._new = False

    def pattern(self, words: str, flags: int) -> re.Pattern[str]:
        """Compile an expression, or take what the compiler made of it before."""
        engine = _engine()
        if engine is None:
            return re.compile(words, flags)
        parts = self.value(f"pattern {int(flags)} {words}", lambda: _parts_of(words, flags))
        try:
            return cast("re.Pattern[str]", engine.compile(words, *parts))
        except (TypeError, ValueError, RuntimeError, OverflowError):  # a file that was altered
            return re.compile(words, flags)

    def value(self, name: str, make: Callable[[], _T]) -> _T:
        """Return the value kept under a name, or make it and keep it."""
        if self._held is None:
            self._held = _read(self._file)
        found = self._held.get(name)
        if found is None:
            found = self._held[name] = make()
            self._new = True
        return cast("_T", found)

    def save(self) -> None:
        """Write what is new, whole or not at all. A folder that cannot be written costs only the next start."""
        if not self._new or self._held is None:
            return
        if len(self._held) > _MOST:
            self._held = {}
        import tempfile  # half of what this module would cost every start

        with suppress(OSError, ValueError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._file.parent, prefix=self._file.name)
            try:
                with os.fdopen(handle, "wb") as out:
                    marshal.dump({**_read(self._file), **self._held}, out)
                os.replace(name, self._file)
            except BaseException:
                with suppress(OSError):
                    os.unlink(name)
                raise
        self._new = False


def _read(file: Path) -> dict[str, Any]:
    with suppress(OSError, EOFError, ValueError, TypeError):
        status = file.stat()
        if status.st_size <= _LARGEST and _ours(status):
            held = marshal.loads(file.read_bytes())  # noqa: S302 - the user's own file, as compiled modules are
            if isinstance(held, dict):
                return held
    return {}


def _ours(status: os.stat_result) -> bool:
    """Whether nobody else can have written the file."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _parts_of(words: str, flags: int) -> tuple[Any, ...]:
    """Return what the engine is given when `re.compile` has parsed an expression."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(words, flags)
    code = [int(step) for step in _compiler._code(parsed, flags)]
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    return int(flags | state.flags), code, state.groups - 1, dict(state.groupdict), tuple(names)


@cache
def _engine() -> Any:
    """Return Python's own engine when it takes what this module would give it, else None."""
    try:
        import _sre  # type: ignore[import-not-found]

        tried = _sre.compile("(?P<a>b)|c", *_parts_of("(?P<a>b)|c", 0))
        return _sre if tried.match("b").group("a") == "b" and tried.match("d") is None else None
    except Exception:  # another Python, other inner workings: then nothing is kept
        return None
