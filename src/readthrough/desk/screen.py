"""What the pages keep for people, and what they show that no other edge asks for."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from readthrough.desk.open import Desk
from readthrough.domain.errors import HoldingsError

if TYPE_CHECKING:
    from readthrough.domain.portfolio import Portfolio
    from readthrough.storage.accounts import AccountStore
    from readthrough.storage.screen import ScreenStore

__all__ = ["account_store", "changes", "portfolio_of", "screen_of"]


def screen_of(desk: Desk) -> ScreenStore:
    """Return where a desk keeps saved views, watchlists, feedback and requests for a demo."""
    from readthrough.storage.screen import ScreenStore
    from readthrough.storage.store import SqlStore

    store = desk.store
    assert isinstance(store, SqlStore), "the screen keeps things in a relational store only"
    return ScreenStore(store)


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
