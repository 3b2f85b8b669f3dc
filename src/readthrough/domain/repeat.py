"""A request that was answered under an idempotency key, so that a repeat of it gets the same answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

__all__ = ["Repeat", "Repeats"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """An answer under a key. `digest` is that of the request's body; a `status` of 0 is one still running."""

    name: str
    digest: str
    at: datetime
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


class Repeats(Protocol):
    """Keeps such answers for all processes of a server."""

    def claim(self, asked: Repeat, *, forget_before: datetime, running_since: datetime) -> Repeat | None:
        """Take a name for a request that now runs; forget what is older than `forget_before`.

        Returns:
            What is held under the name already; None when the name is the caller's now. A running request from
            before `running_since` was left by a process that ended, and is taken over.
        """

    def keep(self, answered: Repeat) -> None:
        """Keep the answer under a name that was claimed."""

    def release(self, name: str) -> None:
        """Give a name back: its request gave no answer worth keeping."""
