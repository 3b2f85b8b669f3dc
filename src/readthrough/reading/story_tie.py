"""How one article stands to an earlier one: the same news, more of it, or something else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from readthrough.domain.story import Relation
from readthrough.reading.sketch import likeness
from readthrough.reading.story_marks import Mark
from readthrough.reading.story_traits import Traits
from readthrough.reading.story_words import STEPS

__all__ = ["Fresh", "Tie", "tie"]

_DAY: Final = 86_400.0  # seconds
_REWRITE_DAYS: Final = 2.0  # how long wires rewrite the same item
_FOLLOW_DAYS: Final = 7.0  # how long a story is followed up
_REPRINT_DAYS: Final = 90.0  # how long the very same text is known again
_MARKED_DAYS: Final = 30.0  # how long after an item it is corrected or withdrawn

# On the planted near-duplicates (35 pairs in 3,600 articles) every pair is at least 0.96 alike and no other
# pair shares a band. Form letters of one company reach 0.9 from quarter to quarter, so words alone do not decide.
_SAME_WORDS: Final = 0.60
_COPY: Final = 0.85
_ALIKE: Final = 0.25
# Tuned on the pairs of tests/reading/story_pairs.jsonl marked development: rerun tests/reading/test_story_pairs.py.
_SAME_NEWS: Final = 0.42  # most that may be new in a rewrite, as a share of what its lead tells
_CORE: Final = 0.40  # least of the earlier lead that a rewrite tells again
_FIGURE, _STEP, _NAME, _WORD = 2.0, 1.6, 1.2, 0.5  # what one of each weighs as news


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What an article has to do with an earlier one."""

    relation: Relation
    strength: float
    likeness: float
    new: float  # share of what its lead tells that the earlier one did not, in [0, 1]
    days: float


class Fresh:
    """An article about to be compared with many, with what every comparison needs worked out once."""

    def __init__(self, traits: Traits) -> None:
        """Keep the traits of the article."""
        self.traits = traits
        self.main = frozenset(traits.main)
        self.about = self.main | frozenset(traits.side)
        self.events = frozenset(traits.events)
        self.own_figures = traits.figures[: traits.own_figures]
        self.sketch = traits.sketch

    @cached_property
    def vocabulary(self) -> frozenset[int]:
        """All the words it uses."""
        return frozenset(self.traits.words)


def tie(fresh: Fresh, earlier: Traits) -> Tie | None:
    """Compare an article with an earlier one; None where they tell different things."""
    own = fresh.traits
    days = abs(own.told_at - earlier.told_at) / _DAY
    alike = likeness(fresh.sketch, earlier.sketch)
    if own.words_id == earlier.words_id and days <= _REPRINT_DAYS:
        return Tie(relation=Relation.DUPLICATE, strength=9.0, likeness=1.0, new=0.0, days=days)
    if own.mark in (Mark.CORRECTION, Mark.WITHDRAWAL):
        return _marked(fresh, earlier, alike, days)
    if earlier.mark is Mark.WITHDRAWAL or own.wrap != earlier.wrap:
        return None
    shared_main = fresh.main & frozenset(earlier.main)
    if fresh.main and earlier.main and not shared_main:
        return None
    if days > _FOLLOW_DAYS and not (alike >= _COPY and days <= _REPRINT_DAYS):
        return None
    news = _news(fresh, earlier)
    if _other_instance(own, earlier, alike, news):
        return None
    strength = alike + (1.0 - news.new) + 0.5 * (1.0 - days / _REPRINT_DAYS)
    relation = _relation(fresh, earlier, alike, days, news)
    if relation is None:
        return None
    return Tie(relation=relation, strength=strength, likeness=alike, new=news.new, days=days)


@dataclass(frozen=True, slots=True)
class _News:
    """What is new and what is common. Counts are of figures unless they say otherwise."""

    new: float  # weighed share of the fresh lead that the earlier article did not tell
    core: float  # weighed share of the earlier lead that the fresh article tells
    own: int
    common: int
    new_lead: int
    had: int
    names: int  # common
    words: float  # common words of both leads over the shorter lead's
    steps: int  # new steps in the course of the story


def _news(fresh: Fresh, earlier: Traits) -> _News:
    own = fresh.traits
    known = frozenset(earlier.words)
    figures_known = [_holds(earlier.figures, f) for f in fresh.own_figures]
    lead_known = figures_known[: own.lead_figures]
    names = own.names[: own.lead_names]
    lead = own.words[: own.lead_words]
    told, unknown, steps = 0.0, 0.0, 0
    for code in lead:
        weight = _NAME if code in names else _STEP if code in STEPS else _WORD
        told += weight
        if code not in known:
            unknown += weight
            steps += code in STEPS
    told += _FIGURE * len(lead_known)
    unknown += _FIGURE * lead_known.count(False)
    earlier_lead = earlier.words[: earlier.lead_words]
    both = sum(code in fresh.vocabulary for code in earlier_lead)
    shorter = min(len(lead), len(earlier_lead))
    lead_set = frozenset(lead)
    earlier_names = earlier.names[: earlier.lead_names]
    core_told, core_known = 0.0, 0.0
    for code in earlier_lead:
        weight = _NAME if code in earlier_names else _STEP if code in STEPS else _WORD
        core_told += weight
        core_known += weight * (code in fresh.vocabulary)
    for figure in earlier.figures[: earlier.lead_figures]:
        core_told += _FIGURE
        core_known += _FIGURE * _holds(own.figures, figure)
    return _News(
        new=unknown / told if told else 1.0,
        core=core_known / core_told if core_told else 0.0,
        own=len(figures_known),
        common=figures_known.count(True),
        new_lead=lead_known.count(False),
        had=earlier.own_figures,
        names=sum(n in fresh.vocabulary for n in earlier.names),
        words=max(both, sum(c in lead_set for c in earlier_lead)) / shorter if shorter else 0.0,
        steps=steps,
    )


def _other_instance(own: Traits, earlier: Traits, alike: float, news: _News) -> bool:
    """Tell a form filled in again from a copy: the words are the same, the days or most figures are not."""
    if own.periods and earlier.periods and not own.periods & earlier.periods:
        return True
    if alike < _ALIKE:
        return False
    if own.dates and earlier.dates and not set(own.dates) & set(earlier.dates):
        return True
    least = min(news.own, news.had)
    return alike >= 0.4 and least >= 2 and news.common * 2 < least


def _relation(fresh: Fresh, earlier: Traits, alike: float, days: float, news: _News) -> Relation | None:
    own = fresh.traits
    same_issuers = fresh.main == frozenset(earlier.main)
    if alike >= _COPY and news.new <= _SAME_NEWS and news.common * 4 >= news.own * 3:
        return Relation.DUPLICATE
    if days > _FOLLOW_DAYS:
        return None
    if alike >= _SAME_WORDS and news.new <= _SAME_NEWS and news.common == news.own:
        return Relation.DUPLICATE
    if own.mark is Mark.REPEAT and alike >= _ALIKE and days <= _REWRITE_DAYS:
        return Relation.DUPLICATE
    related = bool(fresh.events & frozenset(earlier.events))
    if own.wrap:
        return None
    if not _linked(fresh, earlier, alike, related, news):
        return None
    retold = (
        days <= _REWRITE_DAYS
        and (same_issuers or not (fresh.main and earlier.main) or related)
        and news.new <= _SAME_NEWS
        and news.core >= _CORE
        and _same_figures(news)
    )
    return Relation.DUPLICATE if retold else Relation.FOLLOW_UP


def _same_figures(news: _News) -> bool:
    """A rewriter leaves figures out and rounds them, but brings hardly any of his own."""
    return news.new_lead <= news.own // 4 and (news.own - news.common) * 3 <= news.own


def _linked(fresh: Fresh, earlier: Traits, alike: float, related: bool, news: _News) -> bool:
    """Tell whether two articles belong to one story at all, beyond naming one company."""
    if alike >= _ALIKE:
        return True
    shared = bool(fresh.about & (frozenset(earlier.main) | frozenset(earlier.side)))
    if not shared:
        return (news.common >= 2 and news.names >= 2) or (news.names >= 3 and news.words >= 0.3)
    if news.common >= 2 or (news.common and (news.names or news.words >= 0.25)):
        return True
    return (related and (news.names > 0 or news.words >= 0.25)) or news.names >= 2 or news.words >= 0.45


def _marked(fresh: Fresh, earlier: Traits, alike: float, days: float) -> Tie | None:
    """A correction or a kill belongs to the earlier item that it is most like in words, names and figures."""
    if days > _MARKED_DAYS or earlier.mark is Mark.WITHDRAWAL:
        return None
    about = frozenset(earlier.main) | frozenset(earlier.side)
    if fresh.about and about and not fresh.about & about:
        return None
    lead = earlier.words[: earlier.lead_words]
    common = sum(code in fresh.vocabulary for code in lead) / len(lead) if lead else 0.0
    names = _share(earlier.names, fresh.vocabulary)
    near = alike + common + 0.5 * names + 0.3 * bool(fresh.events & frozenset(earlier.events))
    if alike < _ALIKE and common < (0.3 if fresh.about & about else 0.5):
        return None
    relation = Relation.WITHDRAWAL if fresh.traits.mark is Mark.WITHDRAWAL else Relation.CORRECTION
    unknown = [f for f in fresh.own_figures if not _holds(earlier.figures, f)]
    new = len(unknown) / len(fresh.own_figures) if fresh.own_figures else 0.0
    return Tie(relation=relation, strength=near - days / _MARKED_DAYS, likeness=alike, new=new, days=days)


def _share(part: Sequence[int], whole: Collection[int]) -> float:
    return sum(code in whole for code in part) / len(part) if part else 0.0


def _holds(figures: Sequence[int], figure: int) -> bool:
    """Tell whether a figure is among others, allowing for one being the other rounded."""
    if figure in figures:
        return True
    unit = figure >> 26
    value, digits = _value(figure)
    for other in figures:
        if other >> 26 != unit:
            continue
        theirs, their_digits = _value(other)
        if abs(theirs - value) > 0.026 * value or digits == their_digits:
            continue
        fewer = min(digits, their_digits)
        if f"{value:.{fewer - 1}e}" == f"{theirs:.{fewer - 1}e}":
            return True
    return False


def _value(figure: int) -> tuple[float, int]:
    digits = figure & 0xFFFFF
    power: float = 10.0 ** ((figure >> 20 & 63) - 24)
    return digits * power, len(str(digits))
