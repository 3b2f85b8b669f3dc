"""Composes text from patterns: choices in brackets, slots in braces, parties whose side is known.

A pattern is data in `phrases/`; `Composer` fills it with names, figures and dates drawn from one seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from readthrough.training.examples import Example
from readthrough.training.slots import SLOTS

__all__ = ["SIDES", "Composer", "Pattern", "patterns", "shares_of"]

SIDES: Final[Mapping[str, float]] = {
    "++": 0.75, "+": 0.5, "~+": 0.25, "0": 0.0, "~-": -0.25, "-": -0.5, "--": -0.75,
}  # fmt: skip
_PARTY: Final = re.compile(r"\{([AB])(?::(\w+))?\}")
_SLOT: Final = re.compile(r"\{(\w+)\}")
_INNER: Final = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One line of a phrase file. `sides` are scores by party ("A", "B", "*"); a party unknown is absent."""

    heading: str
    sides: Mapping[str, float]
    words: str


def patterns(name: str) -> Iterator[Pattern]:
    """Read the patterns of one phrase file, in order."""
    heading = ""
    for line in (files("readthrough.training") / "phrases" / f"{name}.txt").read_text("utf-8").splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if "::" not in line:
            heading = line.strip("[]")
            continue
        marks, _, words = line.partition("::")
        sides = {m[0]: SIDES[m[1:]] for m in marks.split() if m[1:] != "?"}
        yield Pattern(heading=heading, sides=sides, words=words.strip())


def shares_of(score: float) -> tuple[float, float, float]:
    """Spread a score over the classes: what weighs little is partly neutral.

    >>> shares_of(0.5), shares_of(-0.25)
    ((0.0, 0.0, 1.0), (0.76, 0.24, 0.0))
    """
    size = min(1.0, abs(score) / 0.33)
    rest = round(1.0 - size, 2)
    return (round(size, 2), rest, 0.0) if score < 0 else (0.0, rest, round(size, 2))


class Composer:
    """Fills patterns. Two with the same seed and names compose the same."""

    def __init__(self, seed: int, names: Sequence[str]) -> None:
        """Keep the names of companies to draw from."""
        self.draw = random.Random(seed)  # noqa: S311 - to vary wording
        self._names = names

    def choose(self, words: str) -> str:
        """Take one choice of every bracket, inner ones first."""
        while True:
            found = _INNER.search(words)
            if found is None:
                return " ".join(words.split()).replace(" ,", ",").replace(" .", ".")
            words = words[: found.start()] + self.draw.choice(found[1].split("|")) + words[found.end() :]

    def company(self) -> str:
        """A company's name as news writes it, now and then made up or with its legal form."""
        name = self.draw.choice(self._names)
        luck = self.draw.random()
        if luck < 0.25:
            name = self.coined()
        if self.draw.random() < 0.12:
            name += " " + self.draw.choice("Inc Corp plc Oyj AB AG Ltd SA Group Holdings NV".split())
        return name

    def coined(self) -> str:
        """A name that no company bears on purpose, so that names teach nothing."""
        ends = "tek nor ia ex on com ra vik ola is ent ara dyne mark sys gen".split()
        starts = (
            "Al Bor Cal Den Er Fin Gal Hel Ind Jar Kem Lum Mar Nor Ox Pol Rau Sel Tam Ul Var Wex Zen".split()
        )
        return self.draw.choice(starts) + self.draw.choice(["", "a", "e", "o", "i"]) + self.draw.choice(ends)

    def fill(
        self, words: str, parties: Mapping[str, str] | None = None
    ) -> tuple[str, dict[str, list[tuple[int, int]]]]:
        """Fill slots and parties; return the text and where each party stands."""
        named = dict(parties or {})
        parts: list[str] = []
        spans: dict[str, list[tuple[int, int]]] = {}
        at = place = 0
        for found in re.finditer(r"\{(\w+)(?::(\w+))?\}", words):
            before = words[at : found.start()]
            parts.append(before)
            place += len(before)
            slot, kind = found[1], found[2]
            if slot in {"A", "B"}:
                value = named.setdefault(slot, self.slot(kind) if kind else self.company())
                spans.setdefault(slot, []).append((place, place + len(value)))
            else:
                value = self.slot(slot)
            parts.append(value)
            place += len(value)
            at = found.end()
        parts.append(words[at:])
        return "".join(parts), spans

    def slot(self, name: str) -> str:
        """Draw a filling for a slot."""
        maker: Callable[[random.Random], str] = SLOTS[name]
        return maker(self.draw)

    def examples(self, pattern: Pattern, source: str, dress: Callable[[str], str] = str) -> Iterator[Example]:
        """Compose one text of a pattern: an example for each party whose side is known, and for the whole."""
        words = dress(self.choose(pattern.words)).replace("$TICK", "$" + self.ticker())
        text, spans = self.fill(words)
        noise = pattern.heading == "noise"
        parents = None if pattern.heading == "?" else frozenset(() if noise else (pattern.heading,))
        for party, score in pattern.sides.items():
            if party != "*" and party not in spans:
                continue
            yield Example(
                text=text,
                source=source,
                spans=() if party == "*" else tuple(spans[party]),
                shares=shares_of(score),
                score=score,
                parents=parents,
                news=not noise,
            )

    def joined(self, one: Pattern, two: Pattern, source: str) -> Iterator[Example]:
        """Compose one sentence of two patterns on the same company: both parents, and a side where they agree."""
        link = self.choose("[ and |, and |; |, while |. It also said: | as ]")
        text, spans = self.fill(
            self.dress(self.choose(one.words) + link + self.choose(two.words)).replace("$TICK", "$X")
        )
        scores = (one.sides.get("A", 0.0), two.sides.get("A", 0.0))
        agree = scores[0] * scores[1] >= 0 and any(scores)
        yield Example(
            text=text,
            source=source,
            spans=tuple(spans["A"]) if self.draw.random() < 0.5 else (),
            shares=shares_of(max(scores, key=abs)) if agree else None,
            score=max(scores, key=abs) if agree else None,
            parents=frozenset({one.heading, two.heading}),
            news=True,
        )

    def ticker(self) -> str:
        """Letters as a ticker has them."""
        return "".join(self.draw.choice("ABCDEFGHIKLMNOPRSTUVXYZ") for _ in range(self.draw.randint(2, 4)))

    def dress(self, text: str) -> str:
        """Put a sentence into a register: a wire's dateline, who said it, an ending, a tweet's or none."""
        luck = self.draw.random()
        if luck < 0.06:
            return f"{self.slot('city').upper()}, {self.slot('month')} {self.draw.randint(1, 30)} - {text}."
        if luck < 0.16:
            said = (
                "the company said|it said in a statement|according to a filing|the group announced on {day}"
            )
            return f"{text}, {self.choose(f'[{said}]')}."
        if luck < 0.2:
            return f"$TICK - {text}"
        if luck < 0.23:
            return f"{text} #stocks"
        if luck < 0.28:
            return f"{self.choose('[UPDATE 1|BRIEF|Breaking|JUST IN|Exclusive]')}: {text}"
        return f"{text}." if luck < 0.7 else text
