"""Where a server keeps what it answered under idempotency keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.domain.repeat import Repeats

__all__ = ["repeats_of"]


def repeats_of(desk: Desk) -> Repeats:
    """Return where a desk's own database keeps them; those of a view behind walls too, under each person's name."""
    from readthrough.desk.walls import WalledStore
    from readthrough.storage.repeats import SqlRepeats
    from readthrough.storage.store import SqlStore

    store = desk.store.whole if isinstance(desk.store, WalledStore) else desk.store
    assert isinstance(store, SqlStore), "repeats are kept in a relational store only"
    return SqlRepeats(store)
