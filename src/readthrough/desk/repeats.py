"""Where a server keeps what it answered under idempotency keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.domain.repeat import Repeats

__all__ = ["repeats_of"]


def repeats_of(desk: Desk) -> Repeats:
    """Return where a desk's own database keeps them."""
    from readthrough.storage.repeats import SqlRepeats
    from readthrough.storage.store import SqlStore

    assert isinstance(desk.store, SqlStore), "repeats are kept in a relational store only"
    return SqlRepeats(desk.store)
