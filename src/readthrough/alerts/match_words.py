"""Finds the words of all rules in a text in one pass, and takes new ones without starting over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from readthrough.alerts.conditions import stands_alone

__all__ = ["Phrases"]

_TIER: Final = 512
"""Phrases of the tier that a change rebuilds; building so many took under 1 ms, 20,000 took 40."""


class Phrases:
    """A set of phrases, counted by how many rules use each."""

    def __init__(self) -> None:
        """Begin empty."""
        self._uses: dict[str, int] = {}
        self._tiers: list[tuple[AhoCorasick, list[str]]] = []
        self._open: list[str] = []  # of the last tier, which grows
        self._stale = False

    def __len__(self) -> int:
        return len(self._uses)

    def add(self, phrases: Iterable[str]) -> None:
        """Use phrases once more each."""
        for phrase in phrases:
            uses = self._uses.get(phrase, 0)
            self._uses[phrase] = uses + 1
            if not uses:
                self._open.append(phrase)
                self._stale = True

    def drop(self, phrases: Iterable[str]) -> None:
        """Use phrases once less each. One no rule uses any more is looked for until tiers are next joined."""
        for phrase in phrases:
            self._uses[phrase] -= 1

    def settle(self) -> None:
        """Join all tiers into one: after loading many rules."""
        live = [phrase for phrase, uses in self._uses.items() if uses > 0]
        self._uses = {phrase: self._uses[phrase] for phrase in live}
        self._tiers = [_tier(live)] if live else []
        self._open = []
        self._stale = False

    def found(self, text: str) -> set[str]:
        """Return the phrases that stand in a text as whole words.

        Args:
            text: Lowered by `subjects.folded`.
        """
        if self._stale:
            self._refresh()
        found: set[str] = set()
        for automaton, phrases in self._tiers:
            for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
                if phrases[number] not in found and stands_alone(text, start, end):
                    found.add(phrases[number])
        return found

    def _refresh(self) -> None:
        """Rebuild the growing tier alone, and begin another when it is full."""
        full = not self._tiers or len(self._tiers[-1][1]) >= _TIER
        grown = [] if full else self._tiers.pop()[1]
        phrases = [p for p in dict.fromkeys((*grown, *self._open)) if self._uses.get(p, 0) > 0]
        if phrases:
            self._tiers.append(_tier(phrases))
        self._open = []
        self._stale = False


def _tier(phrases: list[str]) -> tuple[AhoCorasick, list[str]]:
    automaton = AhoCorasick(
        phrases, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
    )
    return automaton, list(phrases)
