"""The part of a note that lists show and filter by: the contract's own shape, with less in it."""

from __future__ import annotations

from typing import Any, Final

from readthrough.domain.contract import NoteDocument

__all__ = ["brief_of"]

_KEPT: Final[dict[str, Any]] = {
    "id": True,
    "revision": True,
    "known_at": True,
    "article": {"id": True, "headline": True, "source": True, "published_at": True, "received_at": True},
    "sentiment": {"score": True, "label": True, "mixed": True},
    "tickers": [{"ticker": True, "name": True, "role": True, "relevance": True, "score": True}],
    "events": [{"type": True, "parent": True, "background": True, "ticker": True, "polarity": True}],
    "book": [{"portfolio": True, "ticker": True, "expected_bps": {"mid": True}}],
    "story": {"id": True, "duplicate_of": True},
    "market_impact": True,
    "noise": True,
}


def brief_of(document: NoteDocument) -> NoteDocument:
    """Cut a note's document to what a row of a list needs, a twentieth of it.

    Fields keep their names and places, so that whatever reads a row reads a whole note as well. Rows already
    kept do not change with this function: a field more needs a migration that fills it.
    """
    cut = _cut(document, _KEPT)
    assert isinstance(cut, dict)
    return cut


def _cut(value: Any, kept: Any) -> Any:
    if kept is True or value is None:
        return value
    if value is None:
        return None
    if isinstance(kept, list):
        return [_cut(each, kept[0]) for each in value]
    return {name: _cut(value[name], inner) for name, inner in kept.items() if name in value}
