"""A note as rules meet it: its subjects, each with all that is asked of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.impact import Impact
from readthrough.domain.reading import Event, Fact, Reading, Role, TickerReading
from readthrough.domain.security import IssuerId
from readthrough.domain.story import Story
from readthrough.universe.master import Universe

__all__ = ["Happening", "Subject", "View", "folded", "tenths", "view_of"]

_PLACES: Final = 4
"""Decimals that values and bounds are compared to: what single precision keeps apart."""
_OF_ARTICLE: Final = 0.6
_ALIKE: Final = (("\n", " "), ("\t", " "), ("\r", " "), ("\u00a0", " "), ("\u2019", "'"), ("\u2011", "-"))


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of a subject, as rules ask for it."""

    type: str
    polarity: str
    modality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An issuer the article speaks of, the same as it reaches a book, or the article itself."""

    name: str
    issuer_id: IssuerId | None = None
    ticker: str = ""
    sector: str = ""
    relevance: float = 1.0
    passing: bool = False
    score: float = 0.0
    change: float = 0.0  # of the score against the name's rolling score before
    events: tuple[Happening, ...] = ()
    impact: Impact | None = None
    base: int = 0  # which of `View.subjects` it is without its book

    @property
    def sign(self) -> int:
        """Of the score: for the shares."""
        return (self.score > 0) - (self.score < 0)

    @property
    def effect_bps(self) -> float | None:
        """The expected effect on the book; None without a book or where the weight is unknown."""
        return None if self.impact is None or self.impact.mid_bps is None else tenths(self.impact.mid_bps)

    @property
    def book_sign(self) -> int:
        """For the book: what is bad for a share is good for who is short of it. The shares' without a book."""
        if self.impact is None:
            return self.sign
        effect = self.effect_bps
        return self.impact.sign if effect is None else (effect > 0) - (effect < 0)

    @property
    def rank(self) -> tuple[bool, float, float]:
        """Subjects in the order in which an alert would name them: the lowest first.

        The article itself comes after those it is chiefly about.
        """
        return (self.passing, -(self.relevance if self.issuer_id else _OF_ARTICLE), -abs(self.score))


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A note as rules meet it. Issuers come first, then the article itself, then issuers as they reach books."""

    article_id: str
    story_id: str
    headline: str
    text: str
    source: str
    sources: frozenset[str]  # the source's name and the domains of the address, in lower case
    language: str
    themes: frozenset[str]  # in lower case
    novelty: float
    relation: str
    market_impact: float
    sentiment: float
    facts: tuple[Fact, ...]
    subjects: tuple[Subject, ...]


def tenths(bps: float) -> float:
    """Round to a tenth; halves go to the even one, as they do in arrays.

    >>> tenths(-2.26), tenths(0.25)
    (-2.3, 0.2)
    """
    return round(bps * 10) / 10


def folded(text: str) -> str:
    """Lower-case a text without moving a single letter: every span of it stays where it was.

    >>> folded("Q3 re\u2011cap\u00a0İs"), len(folded("İstanbul"))
    ('q3 re-cap İs', 8)
    """
    for letter, alike in _ALIKE:  # a tenth of the time of str.translate, which looks at every letter
        text = text.replace(letter, alike)
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def view_of(
    article: Article,
    reading: Reading,
    story: Story,
    impacts: Sequence[Impact] = (),
    *,
    universe: Universe | None = None,
    usual: Mapping[str, float] | None = None,
) -> View:
    """Turn a note's parts into what rules are asked about.

    Args:
        article: What was published.
        reading: What it says.
        story: Where it stands among what was published before.
        impacts: What it means for the books.
        universe: Knows the sector of an issuer; without it no sector rule is met.
        usual: The rolling score of issuers before this note, for rules on a change; an issuer that is not
            in it has not changed.
    """
    subjects = [_spoken(n, t, reading, universe, usual or {}) for n, t in enumerate(reading.tickers)]
    whole = round(reading.sentiment.score or 0.0, 2)
    overall = Subject(
        name="the article",
        score=whole,
        events=_happenings(e for e in reading.events if e.issuer_id is None),
        base=len(subjects),
    )
    held = list(_held(subjects, impacts))
    return View(
        article_id=article.id,
        story_id=story.id,
        headline=article.headline,
        text=article.text,
        source=article.source,
        sources=frozenset(_sources(article)),
        language=reading.language,
        themes=frozenset(theme.casefold() for theme in reading.themes),
        novelty=round(story.novelty, _PLACES),
        relation=str(story.relation),
        market_impact=round(reading.market_impact, _PLACES),
        sentiment=whole,
        facts=reading.facts,
        subjects=(*subjects, overall, *held),
    )


def _spoken(
    place: int,
    ticker: TickerReading,
    reading: Reading,
    universe: Universe | None,
    usual: Mapping[str, float],
) -> Subject:
    issuer = universe.issuer(ticker.issuer_id) if universe is not None else None
    score = round(ticker.score or 0.0, 2)
    return Subject(
        name=ticker.name,
        issuer_id=ticker.issuer_id,
        ticker=ticker.ticker,
        sector=issuer.sector.casefold() if issuer is not None else "",
        relevance=round(ticker.relevance, _PLACES),
        passing=ticker.role is Role.PASSING,
        score=score,
        change=round(score - usual.get(ticker.issuer_id, score), 2),
        events=_happenings(
            e for e in reading.events if ticker.issuer_id in (e.issuer_id, e.counterparty_id) and e.issuer_id
        ),
        base=place,
    )


def _happenings(events: Iterator[Event]) -> tuple[Happening, ...]:
    return tuple(Happening(e.type, str(e.polarity), str(e.modality)) for e in events if not e.background)


def _held(subjects: Sequence[Subject], impacts: Sequence[Impact]) -> Iterator[Subject]:
    spoken = {subject.issuer_id: subject for subject in subjects}
    for impact in sorted(impacts, key=lambda i: i.path != "direct"):  # what is held itself is told first
        subject = spoken.get(impact.through or impact.issuer_id)
        if subject is not None:
            yield replace(subject, impact=impact)


def _sources(article: Article) -> Iterator[str]:
    if article.source:
        yield article.source.casefold()
    host = article.url.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0].casefold()
    labels = host.split(".")
    yield from (".".join(labels[start:]) for start in range(len(labels) - 1))
