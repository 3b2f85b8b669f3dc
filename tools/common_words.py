"""Whether a derived name is a common word, by a list of words that only the build needs."""

from __future__ import annotations

import re
from pathlib import Path

from readthrough.universe.legal_names import GENERIC, PLACES

__all__ = ["Words"]

# As last of two words, one of these makes a company of a common word: Badger Homes, Pliant Therapeutics.
_TAILS = frozenset(
    "therapeutics pharmaceuticals pharma biosciences biopharma oncology bancorp bancshares financial bank insurance "
    "homes hospitality resources royalties lithium gold silver copper uranium metals mining minerals energy oil "
    "petroleum industries technologies technology systems software networks semiconductor airlines airport realty "
    "properties hotels restaurants foods brands beverage packaging communities centers capital investment "
    "investments asset laboratories biotechnology medical aerospace motors motor steel treasury".split()
)


class Words:
    """A plain list of words: lower-case entries are common, capitalised ones are proper."""

    def __init__(self, path: Path) -> None:
        entries = [line.strip() for line in path.read_text("utf-8").splitlines()]
        plain = [e for e in entries if e and not e.endswith("'s")]
        self.common = frozenset(e for e in plain if e.islower())
        self.proper = frozenset(e.lower() for e in plain if not e.islower())

    def ambiguous(self, name: str) -> bool:
        """Tell whether a derived name could well be something else than a company."""
        words = [w for w in re.split(r"[\s\-]+", name.lower()) if w]
        if sum(c.isalnum() for c in name) <= 3 or name.isdigit():
            return True
        if len(words) == 1:
            word = words[0].strip(".,")
            return word in self.common or word in self.proper or word in GENERIC | PLACES
        if all(w in GENERIC | PLACES or w in ("of", "and", "&", "the") for w in words):
            return True
        return len(words) == 2 and words[1] not in _TAILS and all(w in self.common | PLACES for w in words)
