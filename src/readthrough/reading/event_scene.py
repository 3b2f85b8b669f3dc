"""What the search for events looks at: lowered text, issuers by sentence, how shares reacted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Fact, Mention, Sentence
from readthrough.domain.security import IssuerId
from readthrough.reading.patterns import compiled
from readthrough.reading.qualifiers import lower_keeping_offsets
from readthrough.reading.subjects import Cast, cast_of
from readthrough.universe import Universe

__all__ = ["LEAD", "Scene", "direction_of", "look", "lowered"]

LEAD: Final = 6  # sentences, headline included, that a short wire needs to tell its news

_STRAIGHT: Final = (
    ("’", "'"),
    ("‘", "'"),
    ("“", '"'),
    ("”", '"'),
    ("\u00a0", " "),
    ("\u2011", "-"),
    ("\n", " "),
)
_UP: Final = (
    r"(?<!mopped )(?:<rise>|<raise>|<beat>|record(?: high| close)?|best (?:day|week|session|month|quarter)|"
    r"bull market|high)"
)
_DOWN: Final = (
    r"(?:<fall>|<cut>|rout|bear market|correction|sell-?offs?|worst (?:day|week|session|month|quarter)|"
    r"circuit breakers?|"
    r"slump|collaps\w+|depeg\w*|lost its peg|hack\w*|bankrupt\w*|freez\w+|winter|crackdown|low|"
    r"devalu\w+|depreciat\w+|shed)"
)
_OF_MONTHS: Final = lazily(
    r"\W*(?:percent |per cent |% |so far )?(?:since|this year|so far|year[- ]to[- ]date|in (?:the past|20\d\d)|over the (?:past|last)|(?:from|below|above) (?:its|a|their|the) (?:\w+ ){0,2}(?:peak|high|low)|in the (?:past|last) (?:month|year|\w+ months))\b"
)
_OF_MONTHS_BEHIND: Final = lazily(
    r"[^.;\d]{0,12}[\d.]+ ?(?:percent |per cent |% )?(?:so far |since|this year|year[- ]to[- ]date|in the past|over the (?:past|last))"
)
"""What makes a move of shares one of months, which answers to no news of the day."""
_SHARES: Final = (
    r"(?:shares?|stock|adrs?)(?: of<g>| in<g>| price)?(?: \w+){0,3}? (?P<move><rise>|<fall>)|"
    r"sen(?:ding|t|ds) (?:<g>)(?:shares?|stock)(?:<g>) (?P<move3><rise>|<fall>)|"
    r"(?P<move2><rise>|<fall>) (?:<g10>)(?:%|percent|per cent)(?:<g>)(?:trading|premarket|pre-market|"
    r"after-hours|after hours|session)|(?:shares?|stock)(?: \w+){0,2} (?:flat|little changed|unchanged|steady)"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One article, prepared for the patterns."""

    article_id: str
    text: str
    lower: str
    sentences: tuple[Sentence, ...]
    rows: tuple[tuple[Mention, ...], ...]
    subjects: tuple[IssuerId | None, ...]
    main: IssuerId | None
    backers: frozenset[IssuerId]
    facts: tuple[Fact, ...]
    universe: Universe
    reactions: Mapping[IssuerId, int]
    moves: Mapping[IssuerId, float]  # per cent, signed; the last move told of each
    published: int | None  # year
    received: int  # year

    def words(self, index: int) -> str:
        """Return a sentence in lower case; offsets inside it are offsets from the sentence's start."""
        span = self.sentences[index].span
        return self.lower[span.start : span.end]

    def name(self, issuer_id: IssuerId) -> str:
        """Return the issuer's name, or its id when the universe does not hold it."""
        issuer = self.universe.issuer(issuer_id)
        return issuer.name if issuer else str(issuer_id)


def lowered(text: str) -> str:
    """Lower a text and straighten its quotes without moving a single offset."""
    straight = text
    for curled, plain in _STRAIGHT:
        straight = straight.replace(curled, plain)
    return lower_keeping_offsets(straight)


def look(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    facts: Sequence[Fact],
    universe: Universe,
    cast: Cast | None = None,
) -> Scene:
    """Prepare an article for the search."""
    text = article.text
    low = lowered(text)
    cast = cast or cast_of(mentions, sentences, text)
    subjects = cast.subjects
    main = _main(subjects, mentions, sentences)
    if main in cast.backers:
        main = cast.main
    return Scene(
        article_id=article.id,
        text=text,
        lower=low,
        sentences=tuple(sentences),
        rows=cast.rows,
        subjects=subjects,
        main=main,
        backers=cast.backers,
        facts=tuple(facts),
        universe=universe,
        reactions=_reactions(low, sentences, subjects, [f for f in facts if not _of_months(low, f)]),
        moves=_moves(facts),
        published=article.published_at.year if article.published_at else None,
        received=article.received_at.year,
    )


def direction_of(words: str) -> int:
    """Tell which way words point: +1, -1, or 0 when they point nowhere or both ways at once.

    >>> direction_of("oil prices tumbled"), direction_of("stocks ended mixed")
    (-1, 0)
    """
    up = compiled(_UP).search(words)
    down = compiled(_DOWN).search(words)
    if up and down:
        if up.start() == down.start():
            return 1 if up.end() > down.end() else -1
        return 1 if up.start() < down.start() else -1
    return (1 if up else 0) - (1 if down else 0)


def _main(
    subjects: Sequence[IssuerId | None], mentions: Sequence[Mention], sentences: Sequence[Sentence]
) -> IssuerId | None:
    # an article whose headline and lead link nobody is about somebody who is not linked
    lead = [s.span for s in sentences[:3]]
    if not any(span.covers(m.span) for m in mentions for span in lead):
        return None
    counts: dict[IssuerId, float] = {}
    for index, subject in enumerate(subjects):
        if subject is not None:
            counts[subject] = counts.get(subject, 0.0) + (3.0 if index == 0 else 1.0)
    if not counts:
        for mention in mentions:
            counts[mention.issuer_id] = counts.get(mention.issuer_id, 0.0) + 1.0
    return max(counts, key=lambda i: counts[i]) if counts else None


def _of_months(low: str, fact: Fact) -> bool:
    return fact.metric == "share price" and bool(
        _OF_MONTHS.match(low, fact.figure.end, min(len(low), fact.figure.end + 40))
    )


def _moves(facts: Sequence[Fact]) -> dict[IssuerId, float]:
    return {
        f.issuer_id: float(f.value) * (-1 if f.change is Direction.DOWN else 1)
        for f in facts
        if f.metric == "share price" and f.issuer_id and f.is_change and f.change and not f.background
    }


def _reactions(
    low: str, sentences: Sequence[Sentence], subjects: Sequence[IssuerId | None], facts: Sequence[Fact]
) -> dict[IssuerId, int]:
    found: dict[IssuerId, int] = {}
    for fact in facts:
        if fact.metric == "share price" and fact.issuer_id and fact.change and not fact.background:
            sign = {Direction.UP: 1, Direction.DOWN: -1, Direction.FLAT: 0}[fact.change]
            if fact.issuer_id not in found or fact.period not in ("premarket", "after hours"):
                found.setdefault(fact.issuer_id, sign)
    told = compiled(_SHARES)
    for sentence, subject in zip(sentences, subjects, strict=True):
        if subject is None or subject in found or sentence.background:
            continue
        words = low[sentence.span.start : sentence.span.end]
        match = told.search(words) if "share" in words or "stock" in words or "trading" in words else None
        if match and not _OF_MONTHS_BEHIND.match(words, match.end()):
            found[subject] = direction_of(
                match.group("move") or match.group("move2") or match.group("move3") or ""
            )
    return found
