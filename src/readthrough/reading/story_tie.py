"""How one article stands to an earlier one: the same news, more of it, or something else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
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
_SAME_NEWS: Final = 0.40  # most of its lead that may be new in what shares the earlier one's words
_FIGURE, _STEP, _NAME, _WORD = 2.0, 1.6, 1.2, 0.5  # what one of each weighs as news
# Ridge logistic regression on the 52 duplicates and follow-ups of tests/reading/story_pairs.jsonl, signs held to
# what they must mean, rounded; leaving one pair out at a time it judged 50 of the 52 rightly.
_BIAS: Final = 0.7
_WEIGHTS: Final = (-1.2, -0.9, -0.6, 0.7, -0.7, -0.35, 0.1, 0.4, 1.6, -2.0, 0.35, -0.8, 0.1)


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
    """What two articles have in common and what is new. Counts are of figures unless they say otherwise."""

    new: float  # weighed share of the fresh lead that the earlier article did not tell
    core: float  # weighed share of the earlier lead that the fresh article tells
    own: int
    common: int
    had: int
    new_lead: int
    new_rest: int
    names: int  # common
    new_names: int  # in the lead, unknown to the earlier article
    left_names: int  # in the earlier lead, unknown to the fresh one
    words: float  # common words of both leads over the shorter lead's
    headline: float  # share of the headline's words that the earlier article has
    headline_steps: int  # steps in the course of the story that the headline is the first to tell
    kinds: int  # common types of event
    new_kinds: int

    def features(self, days: float) -> tuple[float, ...]:
        """What the weights below are of, in their order."""
        return (
            min(days, 2.0), min(self.new_lead, 3), min(self.new_rest, 3), min(self.common, 3),
            min(self.headline_steps, 2), min(self.new_names, 4), min(self.names, 4), self.words, self.core, self.new,
            min(self.kinds, 2), min(self.new_kinds, 2), self.headline,
        )  # fmt: skip


def _news(fresh: Fresh, earlier: Traits) -> _News:
    own = fresh.traits
    known = frozenset(earlier.words)
    vocabulary = fresh.vocabulary
    figures_known = [_holds(earlier.figures, f) for f in fresh.own_figures]
    lead_known = figures_known[: own.lead_figures]
    lead, names = own.words[: own.lead_words], own.names[: own.lead_names]
    old_lead, old_names = earlier.words[: earlier.lead_words], earlier.names[: earlier.lead_names]
    new_words = [place for place, code in enumerate(lead) if code not in known]
    told = _weight(lead, names) + _FIGURE * len(lead_known)
    unknown = _weight([lead[p] for p in new_words], names) + _FIGURE * lead_known.count(False)
    old_told = _weight(old_lead, old_names) + _FIGURE * earlier.lead_figures
    retold = _weight([c for c in old_lead if c in vocabulary], old_names) + _FIGURE * sum(
        _holds(own.figures, figure) for figure in earlier.figures[: earlier.lead_figures]
    )
    shorter = min(len(lead), len(old_lead))
    both = max(sum(c in vocabulary for c in old_lead), len(lead) - len(new_words))
    return _News(
        new=unknown / told if told else 1.0,
        core=retold / old_told if old_told else 0.0,
        own=len(figures_known),
        common=figures_known.count(True),
        had=earlier.own_figures,
        new_lead=lead_known.count(False),
        new_rest=figures_known.count(False) - lead_known.count(False),
        names=sum(n in vocabulary for n in earlier.names),
        new_names=sum(n not in known for n in names),
        left_names=sum(n not in vocabulary for n in old_names),
        words=min(1.0, both / shorter) if shorter else 0.0,
        headline=1.0 - sum(p < own.headline_words for p in new_words) / max(1, own.headline_words),
        headline_steps=sum(lead[p] in STEPS for p in new_words if p < own.headline_words),
        kinds=sum(k in earlier.kinds for k in own.kinds),
        new_kinds=sum(k not in earlier.kinds for k in own.kinds),
    )


def _weight(codes: Sequence[int], names: Sequence[int]) -> float:
    return sum(_NAME if code in names else _STEP if code in STEPS else _WORD for code in codes)


def _other_instance(own: Traits, earlier: Traits, alike: float, news: _News) -> bool:
    """Tell a form filled in again from a copy: the words are the same, the days or most figures are not."""
    if own.periods and earlier.periods and not own.periods & earlier.periods:
        return True
    shared = set(own.main) & set(earlier.main)
    if not (shared or news.names) and news.common < 2 and news.new_names and news.left_names:
        return True  # with no issuer in common, the names say whom each is about
    if alike >= _ALIKE and own.dates and earlier.dates and not set(own.dates) & set(earlier.dates):
        return True
    least = min(news.own, news.had)
    if alike >= 0.4 and least >= 2 and news.common * 2 < least:
        return True
    return news.words >= 0.6 and least > 0 == news.common and news.new_names > 0 < news.left_names


def _relation(fresh: Fresh, earlier: Traits, alike: float, days: float, news: _News) -> Relation | None:
    own = fresh.traits
    if alike >= _COPY and news.new <= _SAME_NEWS and news.common * 4 >= news.own * 3:
        return Relation.DUPLICATE
    if days > _FOLLOW_DAYS:
        return None
    if alike >= _SAME_WORDS and news.new <= _SAME_NEWS and news.common == news.own:
        return Relation.DUPLICATE
    if own.mark is Mark.REPEAT and alike >= _ALIKE and days <= _REWRITE_DAYS:
        return Relation.DUPLICATE
    if own.wrap or not _linked(fresh, earlier, alike, news):
        return None
    same_issuers = fresh.main == frozenset(earlier.main) or not (fresh.main and earlier.main)
    related = bool(fresh.events & frozenset(earlier.events))
    if days <= _REWRITE_DAYS and (same_issuers or related) and retelling(news.features(days)) > 0.0:
        return Relation.DUPLICATE
    return Relation.FOLLOW_UP


def retelling(features: Sequence[float]) -> float:
    """The odds, as a logarithm, that an article of the same story brings nothing new."""
    return _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, features, strict=True))


def _linked(fresh: Fresh, earlier: Traits, alike: float, news: _News) -> bool:
    """Tell whether two articles belong to one story at all, beyond naming one company."""
    if alike >= _ALIKE:
        return True
    events = fresh.events & frozenset(earlier.events)
    about = frozenset(earlier.main) | frozenset(earlier.side)
    if not fresh.about & about:
        if fresh.about and about:
            return news.common >= 2 and news.names >= 2
        kindred = bool(events) or news.kinds > 0
        return (news.names > 0 or kindred) and (news.common > 0 or news.names >= 2) and news.words >= 0.3
    if len(fresh.main & frozenset(earlier.main)) >= 2 or news.common >= 2:
        return True
    if news.common and (events or news.names or news.words >= 0.25):
        return True
    single = any(not event & 1 for event in events)
    if any(not kind & 1 for kind in fresh.traits.kinds if kind in earlier.kinds) and news.words >= 0.3:
        return True
    if single and (news.words >= 0.25 or not (news.new_names and news.left_names)):
        return True
    return (news.names > 0 and (bool(events) or news.words >= 0.25)) or news.names >= 2 or news.words >= 0.45


def _marked(fresh: Fresh, earlier: Traits, alike: float, days: float) -> Tie | None:
    """A correction or a kill belongs to the earlier item that it is most like in words, names and figures."""
    if days > _MARKED_DAYS or earlier.mark is Mark.WITHDRAWAL:
        return None
    about = frozenset(earlier.main) | frozenset(earlier.side)
    if fresh.about and about and not fresh.about & about:
        return None
    lead = earlier.words[: earlier.lead_words]
    own_lead = fresh.traits.words[: fresh.traits.lead_words]
    common = max(_share(lead, fresh.vocabulary), _share(own_lead, frozenset(earlier.words)))
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


@lru_cache(maxsize=20_000)
def _value(figure: int) -> tuple[float, int]:
    digits = figure & 0xFFFFF
    power: float = 10.0 ** ((figure >> 20 & 63) - 24)
    return digits * power, len(str(digits))
