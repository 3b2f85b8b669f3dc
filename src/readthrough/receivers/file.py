"""A file to which alerts are appended, one JSON line each: exactly once, whatever is killed when."""

from __future__ import annotations

import fcntl
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Final

from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import Transient

__all__ = ["File"]

LOOKED_BACK: Final = 4_000_000
"""Bytes at the end of the file that are searched for a delivery that may have been written already."""


class File:
    """Appends `{"delivery_id": ..., "type": ..., "timestamp": ..., "data": ...}` under a lock, synced to disk."""

    shown = False
    rate_per_minute = 0

    def __init__(self, *, name: str, path: Path) -> None:
        """Take the file; it and its folder are made when the first alert is written.

        Args:
            name: What rules call this receiver.
            path: Where to.
        """
        self.name = name
        self._path = path

    def send(self, delivery: Delivery, payload: NoteDocument, now: datetime) -> None:
        """Append once; a delivery that stands in the file is not written again.

        Raises:
            Transient: The file cannot be written.
        """
        written = json.dumps({"delivery_id": delivery.id, **payload}, separators=(",", ":"), allow_nan=False)
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._path.open("a+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if not self._stands(file.fileno(), delivery.id):
                    file.write(written.encode("utf-8", "surrogatepass") + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            raise Transient(
                f"File {self.name}: {self._path} cannot be written: {error.strerror}.",
                remedy="Make the file and its folder writable.",
            ) from error

    def _stands(self, descriptor: int, delivery_id: str) -> bool:
        """Cut off a line that a killed writer left torn, and look for the delivery among the others."""
        size = os.fstat(descriptor).st_size
        start = max(0, size - LOOKED_BACK)
        tail = os.pread(descriptor, size - start, start)
        if tail and not tail.endswith(b"\n"):
            whole = tail.rfind(b"\n") + 1
            os.ftruncate(descriptor, start + whole)
            tail = tail[:whole]
        return f'{{"delivery_id":"{delivery_id}"'.encode() in tail
