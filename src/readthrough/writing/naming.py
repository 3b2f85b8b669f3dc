"""Who may be named: companies of the article and of cited edges, and names that stand for no company."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.note import Support
from readthrough.domain.reading import Fact, Reading
from readthrough.domain.security import Issuer
from readthrough.universe.master import Universe
from readthrough.writing.amounts import NUMBER_WORDS
from readthrough.writing.check_words import NOT_NOUNS
from readthrough.writing.places import GENERAL
from readthrough.writing.playbooks import Playbooks
from readthrough.writing.words import metric_words, short_name

__all__ = ["Naming"]

_TOKEN: Final = lazily(r"[^\W_][\w&.\-]*[^\W_]|[^\W_]")
_CAPITAL: Final = lazily(r"(?<![\w&.\-])[^\W\d_a-z](?:[\w&.\-]*[^\W_])?")
_ACTS: Final = lazily(
    r"(?:'s)? (?:is|has|was|will|would|could|may|might|should|can|rose|fell|gains|loses|gets|takes|needs|faces|stands)\b"
)
_RUN: Final = lazily(r"\b[A-Z][a-z]+(?:(?: (?:and|of|the|&))? [A-Z][a-z]+){1,5}")


class Naming:
    """The names an article allows; built once, asked for each sentence."""

    def __init__(self, text: str, reading: Reading, universe: Universe, playbooks: Playbooks) -> None:
        """Keep what names are looked for in."""
        self._text = text
        self.words = frozenset(_TOKEN.findall(text))
        self._facts = {f.id: f for f in reading.facts}
        self._events = {e.id: e for e in reading.events}
        self._linked = frozenset(m.issuer_id for m in reading.mentions)
        self._universe = universe
        self._playbooks = playbooks

    @cached_property
    def _initials(self) -> frozenset[str]:
        """The first letters of each run of capitalised words: FAA for the Federal Aviation Administration."""
        runs = [re.findall(r"[A-Z]", m.group()) for m in _RUN.finditer(self._text)]
        return frozenset(
            "".join(r[i:j]) for r in runs for i in range(len(r)) for j in range(i + 2, len(r) + 1)
        )

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """The words of the article, in lower case."""
        return frozenset(w.lower() for w in self.words)

    @cached_property
    def _metrics(self) -> frozenset[str]:
        said = {(f.metric, f.segment) for f in self._facts.values()}
        return frozenset(w.capitalize() for pair in said for w in metric_words(*pair).split())

    def fault(self, text: str, support: Sequence[Support]) -> str:
        """Say which name of a sentence is nobody's there, or return ""."""
        cited: frozenset[str] | None = None
        for word, opening in _capitals(text):
            if (
                word in self.words
                or word in self._playbooks.proper
                or word in GENERAL
                or word in self._metrics
            ):
                continue
            if word.isupper() and 1 < len(word) < 6 and word in self._initials:
                continue
            if opening and self._is_plain(word.lower()) and not self._opens_as_name(word, text):
                continue
            cited = self._allowed(support) if cited is None else cited
            if word not in cited:
                return f"The name {word} is neither in the article nor on a cited edge."
        return ""

    def _opens_as_name(self, word: str, text: str) -> bool:
        """Tell whether a plain word that opens a sentence is a company's name there: Snap is, Target rose."""
        after = text[text.find(word) + len(word) :]
        return _ACTS.match(after) is not None and bool(self._universe.names.named(word))

    def _is_plain(self, word: str) -> bool:
        """Tell whether a word that opens a sentence is an ordinary one, in its plural too (Drillers)."""
        if "-" in word:
            return all(self._is_plain(part) for part in word.split("-"))
        if word in NUMBER_WORDS or word in NOT_NOUNS:
            return True
        if len(word) > 1 and word in self._playbooks.vocabulary:
            return True
        stems = (
            word,
            word.removesuffix("s"),
            word.removesuffix("es"),
            f"{word}s",
            f"{word.removesuffix('ies')}y",
        )
        return any(s in self._playbooks.vocabulary or s in self.lower_words for s in stems if len(s) > 1)

    def _issuer_of(self, fact: Fact) -> Issuer | None:
        return self._universe.issuer(fact.issuer_id) if fact.issuer_id is not None else None

    def _allowed(self, support: Sequence[Support]) -> frozenset[str]:
        names: list[str] = []
        for part in support:
            if part.kind == "edge":
                for issuer_id in part.id.split(">")[::2]:
                    issuer = self._universe.issuer(issuer_id)
                    names += [issuer.name, short_name(issuer.name)] if issuer else []
            elif part.kind == "fact" and part.id in self._facts:
                issuer = self._issuer_of(self._facts[part.id])
                names += [issuer.name, short_name(issuer.name)] if issuer else []
            elif part.kind == "event" and part.id in self._events:
                names += [self._events[part.id].subject, self._events[part.id].counterparty]
            elif part.kind == "issuer" and part.id in self._linked:
                issuer = self._universe.issuer(part.id)
                names += [issuer.name, short_name(issuer.name)] if issuer else []
        return frozenset(w for n in names for w in _TOKEN.findall(n))


@lru_cache(maxsize=4096)
def _capitals(text: str) -> tuple[tuple[str, bool], ...]:
    return tuple(_capitalised(text))


def _capitalised(text: str) -> Iterator[tuple[str, bool]]:
    for match in _CAPITAL.finditer(text):
        word = match.group()
        if not word[0].isupper():
            continue
        before = text[: match.start()].rstrip(" \"“(‘'")
        yield word, not before or before[-1] in ".!?:;"
