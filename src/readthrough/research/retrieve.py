"""Which passages answer a question: the words it is about, and the order of what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from readthrough.domain.ports import Passage
from readthrough.research.kinds import without_times
from readthrough.research.wording import Wanted, alike, gives, joined, kin, wanted_by

__all__ = ["Question", "Ranked", "content_words", "meanings", "rank", "stem"]

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

# Words a question is asked with rather than about.
_ASKING: Final = frozenset(
    """a about after all am an and any are as at be been before being but by can could did do does doing
    done for from get give got had has have having he her his how i if in into is it its latest many me
    more most much my news of on or our over said say saying says she should since so some tell than
    that the their them then there these they this those to under up us was we were what whats when
    where whether which while who whom whose why will with would you your happen happened happening
    please show know big new take took taken per company companies stock stocks share shares anything something""".split()
)
_IRREGULAR: Final = dict(
    pair.split("=")
    for pair in """rose=rise risen=rise fell=fall fallen=fall grew=grow grown=grow sold=sell bought=buy paid=pay
    won=win lost=lose made=make led=lead cut=cut sank=sink sunk=sink shrank=shrink broke=break struck=strike
    met=meet beat=beat beaten=beat spent=spend built=build hit=hit held=hold left=leave""".split()
)

LEAST_COVERAGE: Final = 0.6
"""Share of a question's words that a sentence must hold to count; chosen by judgement, not yet tuned."""
IN_HEADLINE: Final = 0.8
"""What a word of the question counts that only the article's headline holds; chosen by judgement."""
LEAST_WITH_HEADLINE: Final = 0.75
HEADLINE_PENALTY: Final = 0.12
"""A headline often repeats the question; the body answers it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, the tickers it names, and the very names it used for them."""

    text: str
    tickers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    topic: tuple[str, ...] = field(init=False)
    """Stems of what is asked about, the names of companies left out."""

    def __post_init__(self) -> None:
        named = {stem(word) for name in self.names for word in _words(name)}
        words = [w for w in _words(joined(without_times(self.text))) if stem(w) not in named]
        object.__setattr__(self, "topic", meanings(" ".join(words)))

    @property
    def search_words(self) -> tuple[str, ...]:
        """What to look for: the words of the topic, or the names when nothing else is asked."""
        words = [w for w in _words(joined(self.text)) if stem(alike(w.lower())) in self.topic]
        found = dict.fromkeys(words) | dict.fromkeys(each for w in words for each in kin(w))
        return tuple(found) or tuple(w for name in self.names for w in _words(name))

    @property
    def wanted(self) -> Wanted:
        """The kind of answer asked for."""
        return wanted_by(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A passage with how well it fits, in [0, 1]: mostly the share of the question's words it holds."""

    passage: Passage
    fit: float
    covered: float


def stem(word: str) -> str:
    """Cut a word's common English endings, so that "rising" meets "rises".

    >>> stem("Rising"), stem("rises"), stem("margins"), stem("company's")
    ('ris', 'ris', 'margin', 'company')
    >>> stem("bidding") == stem("bids"), stem("adding") == stem("adds")
    (True, True)
    """
    lower = re.sub(r"['’]s?$", "", word.lower())
    lower = _IRREGULAR.get(lower, lower)
    for ending in ("ing", "ies", "es", "ed", "e", "s"):
        if lower.endswith(ending) and len(lower) - len(ending) >= 3:
            cut = lower.removesuffix(ending)
            if ending in ("ing", "ed") and len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "aeioulsz":
                return cut[:-1]
            return cut + "y" if ending == "ies" else cut
    return lower


def content_words(text: str) -> tuple[str, ...]:
    """Return the stems a text is about, in order, once each.

    >>> content_words("How much did the cloud revenue of the company rise?")
    ('cloud', 'revenu', 'ris')
    """
    return tuple(dict.fromkeys(stem(w) for w in _words(text) if w.lower() not in _ASKING))


def meanings(text: str) -> tuple[str, ...]:
    """Return the stems a text is about, words that mean the same as one.

    >>> meanings("lowered its outlook") == meanings("cut guidance")
    True
    """
    told = [w for w in _words(joined(text)) if w.lower() not in _ASKING]
    return tuple(dict.fromkeys(stem(alike(w.lower())) for w in told))


def rank(question: Question, passages: Iterable[Passage]) -> tuple[Ranked, ...]:
    """Order passages by how well they answer, best first; drop what covers too little and what repeats.

    Ties go to the order given, which is the search's own. An empty topic (only a company is named) keeps all.
    """
    found = list(passages)
    best = max((p.score for p in found), default=0.0) or 1.0
    wanted = question.wanted
    about: dict[str, frozenset[str]] = {}
    ranked = []
    seen: set[tuple[str, ...]] = set()
    for passage in found:
        words = content_words(passage.text)
        if words in seen or not words:
            continue
        seen.add(words)
        if passage.headline not in about:
            about[passage.headline] = frozenset(meanings(passage.headline))
        kind = gives(passage.text, wanted)
        alone = _coverage(question.topic, meanings(passage.text), frozenset())
        covered = _coverage(question.topic, meanings(passage.text), about[passage.headline])
        by_headline = covered >= LEAST_WITH_HEADLINE and kind and wanted is not Wanted.ANY
        if alone < LEAST_COVERAGE and not by_headline:
            continue
        by_kind = 0.0 if wanted is Wanted.ANY else 0.25
        fit = (0.9 - by_kind) * max(alone, covered) + 0.10 * max(0.0, passage.score) / best + by_kind * kind
        if passage.text == passage.headline:
            fit = max(0.0, fit - HEADLINE_PENALTY)
        ranked.append(Ranked(passage=passage, fit=round(fit, 6), covered=covered))
    return tuple(sorted(ranked, key=lambda r: -r.fit))


def _coverage(topic: Sequence[str], words: Sequence[str], headline: frozenset[str]) -> float:
    if not topic:
        return 1.0
    held = set(words)
    return sum(1.0 if w in held else IN_HEADLINE if w in headline else 0.0 for w in topic) / len(topic)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
