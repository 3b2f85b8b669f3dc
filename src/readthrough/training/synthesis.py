"""Everything composed, as one list: events, registers, quantities, noise, in proportions that worked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from readthrough.training.compose import Composer, patterns
from readthrough.training.examples import Example
from readthrough.training.quantities import quantity_examples

__all__ = ["company_names", "composed"]

_LEGAL = frozenset(
    "inc corp corporation company co ltd limited plc ag sa se nv ab oyj asa spa group holdings holding trust fund etf lp llc the class common stock new".split()
)


def company_names(names: Sequence[str]) -> list[str]:
    """Shorten registered names to what news writes; drop those that would be hard to read as names.

    >>> company_names(["APPLE INC", "Delta Air Lines, Inc. /DE/"])
    ['Apple', 'Delta Air Lines']
    """
    short = []
    for name in names:
        words = name.split("/")[0].replace(",", " ").replace("(", " ").split()
        while words and words[-1].lower().strip(".") in _LEGAL:
            words.pop()
        if words and len(words) <= 3 and len(words[0]) > 2:
            kept = " ".join(w.capitalize() if w.isupper() and len(w) > 4 else w for w in words)
            short.append(kept)
    return short


def composed(
    names: Sequence[str], *, seed: int, events: int, registers: int, joined: int, quantities: int, noise: int
) -> list[Example]:
    """Compose so many texts of each pattern, and so many sentences on quantities.

    Args:
        names: Company names to draw from.
        seed: Same seed, same texts.
        events: Texts for each event pattern.
        registers: Texts for each pattern of sentiment in other registers.
        joined: Sentences that tell two events of one company, in all.
        quantities: Sentences on quantities in all.
        noise: Texts for each pattern of noise.
    """
    composer = Composer(seed, names)
    made: list[Example] = []
    for name, count in (("events", events), ("registers", registers), ("noise", noise)):
        for pattern in patterns(name):
            dress = str if name == "noise" else composer.dress
            for _ in range(count):
                made += composer.examples(pattern, f"composed {name}", dress)
    alone = [p for p in patterns("events") if "{A}" in p.words and not p.sides.keys() - {"A", "*"}]
    for _ in range(joined):
        one, two = composer.draw.sample(alone, 2)
        made += composer.joined(one, two, "composed events")
    made += islice(quantity_examples(composer, quantities), quantities)
    return made
