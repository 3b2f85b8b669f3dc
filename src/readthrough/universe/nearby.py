"""Names a person may have meant, for messages only: it guesses, and linking never does."""

from __future__ import annotations

from difflib import SequenceMatcher

from readthrough.universe.master import Universe
from readthrough.universe.names import fold_words

__all__ = ["near_names"]

_ALIKE = 0.72  # of difflib's ratio; looser ones looked like accidents over fifty misspelled names


def near_names(universe: Universe, text: str, limit: int = 3) -> tuple[str, ...]:
    """Return names of the universe that are spelled much like a text, the likest first.

    >>> from readthrough.universe import load_universe
    >>> near_names(load_universe(), "Nvidai", 1)
    ('Nvidia',)
    """
    wanted = fold_words(text[:60])
    if len(wanted) < 3:
        return ()
    pairs = _pairs(wanted)
    found: dict[str, tuple[float, str]] = {}
    for issuer_id in universe.issuer_ids:
        for name in universe.names.texts_of(issuer_id):
            key = name.lower()
            if abs(len(key) - len(wanted)) > 4 or 3 * len(pairs & _pairs(key)) < len(pairs):
                continue
            likeness = SequenceMatcher(None, wanted, key, autojunk=False).ratio()
            if likeness >= _ALIKE and key not in found:
                found[key] = (likeness, name)
    best = sorted(found.values(), key=lambda pair: (-pair[0], pair[1]))
    return tuple(name for _, name in best[:limit])


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
