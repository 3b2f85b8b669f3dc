"""What the pages keep for people, and what they show that no other edge asks for."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from readthrough.desk.open import Desk
from readthrough.domain.errors import HoldingsError, ReadthroughError

if TYPE_CHECKING:
    from readthrough.domain.account import DemoRequest
    from readthrough.domain.contract import NoteDocument
    from readthrough.domain.portfolio import Portfolio
    from readthrough.storage.accounts import AccountStore
    from readthrough.storage.screen import ScreenStore

__all__ = ["account_store", "changes", "portfolio_of", "revisions_of", "screen_of", "tell_receiver"]


def screen_of(desk: Desk) -> ScreenStore:
    """Return where a desk keeps saved views, watchlists, feedback and requests for a demo."""
    from readthrough.storage.screen import ScreenStore
    from readthrough.storage.store import SqlStore

    store = getattr(desk.store, "whole", desk.store) if _is_walled(desk) else desk.store
    assert isinstance(store, SqlStore), "the screen keeps things in a relational store only"
    return ScreenStore(store)


def _is_walled(desk: Desk) -> bool:
    from readthrough.desk.walls import WalledStore

    return isinstance(desk.store, WalledStore)


def revisions_of(desk: Desk, note_id: str) -> list[dict[str, Any]]:
    """Return every revision of a note that this desk may show, the newest first."""
    from readthrough.desk.walls import WalledStore

    found, store = screen_of(desk).revisions(note_id), desk.store
    if not isinstance(store, WalledStore):
        return found
    seen = [(row, store.seen(row["document"])) for row in found]
    return [{**row, "document": document} for row, document in seen if document is not None]


def account_store(desk: Desk) -> AccountStore:
    """Return where a desk's own database keeps people, sessions, keys and the audit log."""
    from readthrough.storage.accounts import AccountStore
    from readthrough.storage.store import SqlStore

    store = desk.store
    assert isinstance(store, SqlStore), "accounts are kept in a relational store only"
    return AccountStore(store)


def portfolio_of(desk: Desk, text: str, *, name: str) -> Portfolio:
    """Read holdings given as CSV text.

    Raises:
        HoldingsError: No row of it can be read.
    """
    from readthrough.portfolio.holdings import read_holdings

    id = "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split()) or "portfolio"
    portfolio = read_holdings(text, portfolio_id=id, name=name, universe=desk.universe)
    if not portfolio.holdings:
        raise HoldingsError(
            "No position could be read.", remedy="Give a CSV with a ticker, a quantity and a price a row."
        )
    return portfolio


def tell_receiver(desk: Desk, name: str, id: int, request: DemoRequest) -> bool:
    """Tell the owner of a request for a demo through a receiver, as an alert is told; whether that went well."""
    from readthrough.domain.alert import Delivery

    receiver = desk.receivers.get(name)
    if receiver is None:
        return False
    now = desk.clock()
    words = f"{request.name} of {request.firm} ({request.email}) asks for a demo. Assets: {request.assets or 'not said'}."
    payload: NoteDocument = {
        "type": "demo.requested",
        "timestamp": now.isoformat().replace("+00:00", "Z"),
        "data": {
            "id": f"demo_{id}",
            "rule": {"id": "demo", "name": "Request for a demo"},
            "severity": "alert",
            "headline": f"Request for a demo from {request.firm}",
            "article_id": "",
            "story_id": f"demo_{id}",
            "also": [],
            "reason": {"code": "asked", "words": words, "matched": {"message": request.message}, "found": []},
            "note": None,
        },
    }
    delivery = Delivery(
        id=f"demo_{id}", alert_id=f"demo_{id}", receiver=name, attempts=1, due_at=now, state="pending"
    )
    try:
        receiver.send(delivery, payload, now)
    except ReadthroughError:
        return False
    return True


def changes(revisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say of each revision of a note what it changed of the one before.

    Args:
        revisions: The newest first, each with revision, known_at and document.

    Returns:
        In the same order: revision, known_at (ISO), writer, score, and changed, a list of words.
    """
    told = []
    for newer, older in zip_longest(revisions, revisions[1:]):
        document = newer["document"]
        told.append(
            {
                "revision": newer["revision"],
                "known_at": document["known_at"],
                "writer": document["engine"]["writer"],
                "score": document["sentiment"]["score"],
                "changed": _changed(older["document"], document) if older else ["first written"],
            }
        )
    return told


def _changed(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    told = []
    if old["article"]["digest"] != new["article"]["digest"]:
        told.append("the article's words were corrected")
    if old["engine"] != new["engine"]:
        told.append("read or written by another engine")
    if old["sentiment"]["score"] != new["sentiment"]["score"]:
        told.append("sentiment")
    for part in ("summary", "analysis", "facts", "events", "tickers", "decisions", "book", "withheld"):
        if old[part] != new[part]:
            told.append(
                f"{part} ({len(old[part])} to {len(new[part])})" if len(old[part]) != len(new[part]) else part
            )
    return told or ["nothing that is shown"]
