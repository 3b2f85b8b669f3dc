"""Free prose held against an article: every figure of a sentence has to be told there as the sentence tells it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.note import Support
from readthrough.domain.reading import Fact, Reading, Sentence, Unit
from readthrough.universe.master import Universe
from readthrough.universe.names import tokens_of
from readthrough.writing.agreement import Place, Source, disagreement
from readthrough.writing.amounts import Amount, same
from readthrough.writing.check_words import FAMILIES, SOFT_WORDS
from readthrough.writing.frames import Frame, Name, Said, said_of, times_of
from readthrough.writing.words import short_name

__all__ = ["Passages", "sentences_of"]

_STOP: Final = lazily(r"(?<=[.!?])[\"”’)]{0,2}\s+(?=[A-Z“\"‘0-9])")
_SHORT: Final = lazily(
    r"(?:\b[A-Z][a-z]{0,1}|\b(?:Inc|Corp|Ltd|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|vs|Mrs|Gen|Gov|Sen)|\.[A-Za-z])\.$"
)
_INDEX: Final = lazily(
    r"\b(Nasdaq|Dow Jones|Dow|S&P 500|Nikkei|Topix|FTSE(?>(?: 100| 250)?)|DAX|CAC 40|STOXX(?: (?:Europe )?\d+)?|Hang Seng|Russell 2000|Kospi|Sensex|Nifty|Ibovespa)\b(?!(?:-| (?:oil |blue-chip |luxury |drug )?(?:listed|major|group|company|member|constituent|firm|retailer|stalwart)))"
)
_COMMON: Final = frozenset(
    "american united general first national bank southern northern western eastern central international global royal standard new "
    "best home public union state british german french japan china hong deutsche applied advanced analog digital texas west east north "
    "south great old group industrial commonwealth capital city land super taiwan swiss dutch banco".split()
)
_TOKEN: Final = re.compile(r"[^\W_]+")


def sentences_of(text: str) -> list[str]:
    """Split prose into sentences; an abbreviation ends none.

    >>> sentences_of("U.S. sales rose 4%. St. Louis stayed shut.")
    ['U.S. sales rose 4%.', 'St. Louis stayed shut.']
    """
    found, start = [], 0
    for match in _STOP.finditer(text):
        if _SHORT.search(text[start : match.start()]):
            continue
        found.append(text[start : match.start()])
        start = match.end()
    found.append(text[start:])
    return [s for s in found if s.strip()]


def _openings(surface: str) -> Iterator[str]:
    """Yield the first words by which a longer name is called for short: Super Micro, Teck."""
    words = surface.split()
    if len(words) > 2:
        yield " ".join(words[:2])
    if len(words) > 1 and len(words[0]) > 3 and words[0].lower() not in _COMMON:
        yield words[0]


def _counts(amount: Amount, place: Place) -> bool:
    """Tell whether a place counts things, where the claim's amount is money: a sum without a currency stands beside others."""
    if amount.unit is not Unit.MONEY or place.frame.amount.unit is not None:
        return False
    return not any(f.amount.currency == amount.currency for f in place.said.frames)


def _indexes(sentence: str, names: Sequence[Name]) -> list[Name]:
    """Find share indexes, which have figures of their own: the Nikkei's fall is nobody else's."""
    found = (Name(m.start(), m.end(), f"index {m[1][:3].lower()}", m[1]) for m in _INDEX.finditer(sentence))
    return [i for i in found if all(i.end <= n.start or i.start >= n.end for n in names)]


class Passages:
    """The sentences of an article and what each says of its figures; read when first cited."""

    def __init__(self, text: str, reading: Reading, universe: Universe) -> None:
        self._text = text
        self._reading = reading
        self._universe = universe
        self._said: dict[int, Said] = {}
        self._facts = {f.id: f for f in reading.facts}
        self._events = {e.id: e for e in reading.events}

    @cached_property
    def _sentences(self) -> Mapping[int, Sentence]:
        return {s.span.start: s for s in self._reading.sentences}

    @cached_property
    def _topic(self) -> frozenset[str]:
        heads = " ".join(s.span.of(self._text) for s in self._reading.sentences if s.headline)
        return frozenset(_TOKEN.findall(heads.lower()))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(w for w in _TOKEN.findall(self._text.lower()) if len(w) > 2)

    @cached_property
    def _segments(self) -> frozenset[str]:
        words = (w for f in self._reading.facts for w in f.segment.lower().replace("-", " ").split())
        told = Counter(_TOKEN.findall(self._text.lower()))
        # a part of a company is spoken of more than once; a verb taken for one is not
        return frozenset(
            w for w in words if len(w) > 2 and told[w] > 1 and w not in FAMILIES and w not in SOFT_WORDS
        )

    @cached_property
    def _proper(self) -> frozenset[str]:
        small = {w for w in _TOKEN.findall(self._text) if w[0].islower()}
        large = {w.lower() for w in _TOKEN.findall(self._text) if w[0].isupper() and len(w) > 2}
        return frozenset(large - small)

    @cached_property
    def _parties(self) -> frozenset[str]:
        deals = [e for e in self._reading.events if e.parent.startswith("ma_")]
        return frozenset(i for e in deals for i in (e.issuer_id, e.counterparty_id) if i)

    @cached_property
    def surfaces(self) -> Mapping[str, str]:
        """How a claim may name each issuer of the article."""
        found: dict[str, str] = {}
        for mention in self._reading.mentions:
            if mention.via != "coreference" and len(mention.surface) > 1:
                found.setdefault(mention.surface, mention.issuer_id)
        for ticker in self._reading.tickers:
            for name in (short_name(ticker.name), ticker.name):
                found.setdefault(name, ticker.issuer_id)
        shorter: dict[str, set[str]] = {}
        for surface, issuer_id in found.items():
            for part in _openings(surface):
                shorter.setdefault(part, set()).add(issuer_id)
        for part, issuers in shorter.items():
            if len(issuers) == 1:
                found.setdefault(part, next(iter(issuers)))
        return found

    @cached_property
    def times(self) -> Mapping[str, frozenset[str]]:
        """Every quarter, year, month and day that the article names."""
        return times_of(self._text)

    def cited(self, support: Sequence[Support]) -> list[Sentence]:
        """List the sentences that a claim cites, by a fact or an event in them or themselves."""
        starts: dict[int, Sentence] = {}
        for part in support:
            span = part.span
            if part.kind == "fact" and part.id in self._facts:
                span = self._facts[part.id].figure
            elif part.kind == "event" and part.id in self._events:
                span = self._events[part.id].span
            if span is None:
                continue
            for sentence in self._reading.sentences:
                own = sentence.span
                if own.start <= span.start < own.end or (span.start <= own.start < span.end):
                    starts[own.start] = sentence
        return list(starts.values())

    def said(self, sentence: Sentence) -> Said:
        """Read a sentence of the article, once."""
        at = sentence.span.start
        if at not in self._said:
            end = sentence.span.end
            names = [
                Name(
                    m.span.start - at,
                    m.span.end - at,
                    m.issuer_id,
                    "" if m.via in ("coreference", "ticker") else m.surface,
                )
                for m in self._reading.mentions
                if at <= m.span.start < end
            ]
            words = sentence.span.of(self._text)
            names += _indexes(words, names)
            names.sort(key=lambda n: n.start)
            self._said[at] = said_of(words, names, self._spoken_of(at))
        return self._said[at]

    def _earlier(self, sentence: Sentence) -> frozenset[str]:
        """The words of the sentence before, which this one may go on from."""
        before = next(
            (s for s in self._reading.sentences if s.index == sentence.index - 1 and not s.headline), None
        )
        return (
            frozenset(_TOKEN.findall(before.span.of(self._text).lower()))
            if before is not None
            else frozenset()
        )

    def _spoken_of(self, at: int) -> str:
        """Whom the sentences before speak of: the company named last."""
        earlier = [m for m in self._reading.mentions if m.span.end <= at]
        last = max(earlier, key=lambda m: m.span.start, default=None)
        return last.issuer_id if last is not None else ""

    def sources(self, amount: Amount, cited: Iterable[Sentence]) -> Iterator[Source]:
        """Yield each cited place where the article has that amount."""
        for sentence in cited:
            for place in self._places(sentence):
                if same(amount, place.frame.amount) and not _counts(amount, place):
                    yield Source(
                        place=place,
                        topic=self._topic | self._earlier(sentence),
                        known=self._known,
                        segments=self._segments,
                        proper=self._proper,
                        parties=self._parties,
                        everywhere=lambda: self._everywhere,
                    )

    def _places(self, sentence: Sentence) -> Iterator[Place]:
        said, at = self.said(sentence), sentence.span.start
        for frame in said.frames:
            yield Place(said, frame, self._fact_at(at + frame.amount.start, at + frame.amount.end))

    @cached_property
    def _everywhere(self) -> tuple[Place, ...]:
        return tuple(p for s in self._reading.sentences for p in self._places(s))

    def _fact_at(self, start: int, end: int) -> Fact | None:
        return next((f for f in self._reading.facts if f.figure.start < end and f.figure.end > start), None)

    def names_in(self, sentence: str, others: Mapping[str, str]) -> list[Name]:
        """Find the companies that a claim's sentence names: the article's, and those of cited edges."""
        found: list[Name] = []
        for surface, issuer_id in sorted({**others, **self.surfaces}.items(), key=lambda s: -len(s[0])):
            at = sentence.find(surface)
            while at >= 0:
                end = at + len(surface)
                whole = (
                    not (sentence[at - 1 : at].isalnum() if at else False)
                    and not sentence[end : end + 1].isalnum()
                )
                if whole and all(end <= n.start or at >= n.end for n in found):
                    found.append(Name(at, end, issuer_id, surface))
                at = sentence.find(surface, end)
        ours = {*self.surfaces.values(), *others.values()}
        tokens = tokens_of(sentence, Span(0, len(sentence)))
        for match in self._universe.names.find(tokens):
            at, end = tokens.starts[match.first], tokens.ends[match.end - 1]
            issuer = next((n.issuer_id for n in match.names if n.issuer_id in ours), None)
            if issuer is not None and all(end <= n.start or at >= n.end for n in found):
                found.append(Name(at, end, issuer, sentence[at:end]))
        found += _indexes(sentence, found)
        return sorted(found, key=lambda n: n.start)

    def time_fault(self, said: Said) -> str:
        """A quarter, year, month or day that the article never names."""
        for kind, mine in said.times.items():
            if not mine <= self.times.get(kind, frozenset()):
                return f"The sentence speaks of a {kind} that the article does not name."
        return ""

    def figure_fault(self, said: Said, frame: Frame, sources: Sequence[Source]) -> str:
        """Say why no cited place bears a figure out, or return ""."""
        faults = [disagreement(said, frame, source) for source in sources]
        return "" if "" in faults else faults[0]
