"""The file a batch writes: one line per input line, never torn for long, taken up where it stopped."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
from collections.abc import Iterator
from itertools import count, takewhile
from typing import Any

from readthrough.domain.errors import OutputError

__all__ = ["BatchOutput"]

_STEP = 1 << 20  # bytes read at a time


class BatchOutput:
    """Holds the open output; `done` lines are complete in it. Lines go out whole and unbuffered."""

    def __init__(self, path: str, *, source: str, restart: bool) -> None:
        """Open the output and cut a torn last line off.

        Args:
            path: A file, or "-" for standard output.
            source: The input, which must be another file.
            restart: Forget what the file holds.

        Raises:
            OutputError: It cannot be opened, is the input, or another batch is writing it.
        """
        self.path = path
        self.done = 0
        self._fd = 1 if path == "-" else _open(path, source)
        self.resumable = path != "-" and stat.S_ISREG(os.fstat(self._fd).st_mode)
        if self.resumable:
            _lock(self._fd, path)
            if restart:
                os.ftruncate(self._fd, 0)
            self._cut_torn_line()

    def _cut_torn_line(self) -> None:
        end = 0
        for position in count(0, _STEP):
            chunk = os.pread(self._fd, _STEP, position)
            if (last := chunk.rfind(b"\n")) >= 0:
                end = position + last + 1
            if len(chunk) < _STEP:
                break
        os.ftruncate(self._fd, end)
        os.lseek(self._fd, 0, os.SEEK_SET)

    def kept(self) -> Iterator[dict[str, Any]]:
        """Yield what the file already holds, line by line, counting it as done.

        Raises:
            OutputError: A line is not what a batch writes.
        """
        if not self.resumable:
            return
        with open(os.dup(self._fd), "rb") as stream:
            for number, raw in enumerate(stream, start=1):
                try:
                    line = json.loads(raw)
                    fits = isinstance(line, dict) and line["line"] == number
                except (ValueError, KeyError, RecursionError):
                    fits = False
                if not fits:
                    raise OutputError(
                        f"{self.path!r} exists and its line {number} is no line of a batch.",
                        remedy="Choose another OUT, or give --restart to write it anew.",
                    )
                self.done = number
                yield line
        os.lseek(self._fd, 0, os.SEEK_END)

    def write(self, line: bytes) -> None:
        """Append one line.

        Raises:
            OutputError: The disk is full or the file went away; what was written before stays whole.
        """
        rest = memoryview(line + b"\n")
        start = os.lseek(self._fd, 0, os.SEEK_CUR) if self.resumable else 0
        try:
            while rest:
                rest = rest[os.write(self._fd, rest) :]
        except BrokenPipeError:
            raise
        except OSError as error:
            if self.resumable:
                with contextlib.suppress(OSError):
                    os.ftruncate(self._fd, start)
            raise self._failed(error) from None
        self.done += 1

    def complete(self) -> int:
        """Count the whole lines in the file, as an interruption may fall between writing one and counting it."""
        if not self.resumable:
            return self.done
        chunks = (os.pread(self._fd, _STEP, position) for position in count(0, _STEP))
        return sum(chunk.count(b"\n") for chunk in takewhile(bool, chunks))

    def _failed(self, error: OSError) -> OutputError:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        reason = "The disk is full" if full else f"Writing failed ({error.strerror})"
        remedy = "Free space and run" if full else "Mend that and run"
        then = " the same command again: it goes on from there." if self.resumable else " the command again."
        return OutputError(
            f"{reason} at line {self.done + 1:,} of {self.path!r}; {self.done:,} lines are complete.",
            remedy=remedy + then,
        )

    def close(self) -> None:
        """Close the file."""
        if self._fd != 1:
            os.close(self._fd)


def _open(path: str, source: str) -> int:
    if os.path.exists(path) and os.path.exists(source) and os.path.samefile(path, source):
        raise OutputError(f"{path!r} is the input too.", remedy="Give another file as --out.")
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        remedy = {
            errno.ENOENT: "Make its folder first.",
            errno.EISDIR: "Give a file in it.",
            errno.EACCES: "Change its permissions, or write elsewhere.",
            errno.EROFS: "Write elsewhere.",
        }.get(error.errno or 0, "Write elsewhere.")
        raise OutputError(f"{path!r} cannot be written: {error.strerror}.", remedy=remedy) from None
    except ValueError as error:
        raise OutputError(f"{path!r} is not a path: {error}.", remedy="Give another one.") from None


def _lock(fd: int, path: str) -> None:
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        raise OutputError(
            f"Another batch is writing {path!r}.", remedy="Wait for it, or give another OUT."
        ) from None
    except OSError:
        return  # some network file systems know no locks
