"""What of a model's claims may stand: the grounding check of every sentence, and what only a model gets wrong.

A model can cite what is not there, point a claim against its own evidence, name who is in nobody's data, report
an event of its own making, or write no English at all. Each such claim is thrown away with the reason, and the
reasons are what it is told when it is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.authoring import AuthoredClaim
from readthrough.domain.lazy import lazily
from readthrough.domain.note import Claim, ClaimKind, Support, Withheld
from readthrough.domain.reading import Event, Fact, Polarity
from readthrough.universe.master import Universe
from readthrough.writing.check import Grounds
from readthrough.writing.commission import Commission
from readthrough.writing.playbooks import Playbooks

__all__ = ["Acceptance", "Accepted"]

_LEAST_WORDS: Final = 8  # a claim with fewer says nothing one could act on
_MOST_WORDS: Final = 95
_NOTE_WORDS: Final = 320  # of all claims: a fifth more than the model is asked for
_KNOWN: Final = 0.4
"""Share of a claim's plain words that have to be words of the article, of a candidate it cites or of the playbooks.

Of 1,125 sentences of development articles held against another article, half reach 0.80 and one in 150 stays below
0.4; strings of random letters stay below 0.15."""
_UNSUPPORTED_PCT: Final = 50  # the most confidence of a claim that rests on no candidate
_SAME_RUN: Final = 5  # words in a row
_SAME: Final = 0.35  # share of a claim's runs that one before it may hold; beyond it says the same again
_FREE: Final = frozenset({ClaimKind.RISK, ClaimKind.CONTRARIAN, ClaimKind.POSITIONING})
"""Kinds whose point may be to look the other way: their direction need not be that of the evidence."""

_WORD: Final = lazily(r"[a-z]+(?:'[a-z]+)?")
_MARKED: Final = lazily(r"https?:|www\.|[<>{}\[\]|`*#_\\]|\b\S+@\S+\.\S+", re.IGNORECASE)
_ADVISES: Final = lazily(
    r"\b(?:buy|sell|short|dump|accumulate)\s+(?:now|today|immediately|everything|all)\b|\b(?:act|invest) now\b|"
    r"\b(?:buy|sell|short) the (?:stock|shares)\b|\byou (?:should|must|need to|can)\b|\bguaranteed\b|\brisk[- ]free\b|\bto the moon\b",
    re.IGNORECASE,
)
_ORDERS_A_TRADE: Final = lazily(r"(?:^|[.;:!?] )(?:Buy|Sell|Short|Dump) \$?[A-Z]")
# what a company does or suffers, by the beginnings of the words that report it; each must be told by the article,
# or by a candidate that the claim cites
_EVENTS: Final = (
    ("bankrupt", "insolven", "chapter 11", "administration"),
    ("fraud", "embezzl", "falsif", "misstat"),
    ("resign", "steps down", "stepping down", "ousted", "sacked"),
    ("lawsuit", "sued", "sues", "litigat", "class action"),
    ("investigat", "probe", "inquiry", "subpoena", "raided"),
    ("recall",),
    ("takeover", "acqui", "merger", "merge", "buyout", "bid for"),
    ("spin-off", "spin off", "divest", "carve-out"),
    ("default", "missed payment", "restructur"),
    ("delist",),
    ("restat",),
    ("hack", "breach", "ransomware"),
    ("strike", "walkout", "walk out"),
    ("layoff", "laid off", "job cuts", "redundanc"),
    ("downgrade", "upgrade"),
    ("buyback", "repurchase"),
    ("sanction",),
    ("indict", "arrest", "convict", "guilty"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What of an answer stands, what was cut, and what the model may be told of it."""

    claims: tuple[Claim, ...]
    withheld: tuple[Withheld, ...]
    faults: tuple[str, ...]


class Acceptance:
    """Weighs answers to one commission. Holds the grounds they are checked against, and nothing that changes."""

    def __init__(self, commission: Commission, *, universe: Universe, playbooks: Playbooks) -> None:
        """Prepare what claims will be held against."""
        self._commission = commission
        self._grounds = Grounds(commission.article, commission.reading, universe, playbooks)
        self._facts = {f.id: f for f in commission.reading.facts}
        self._events = {e.id: e for e in commission.reading.events}
        self._lowered = commission.article.text.lower()
        self._known = playbooks.vocabulary | frozenset(_WORD.findall(self._lowered))
        self._issuers = {t.ticker: t.issuer_id for t in commission.reading.tickers if t.ticker}

    def weigh(self, claims: Sequence[AuthoredClaim]) -> Accepted:
        """Keep the claims that stand, in their order; the same answer is always weighed the same."""
        kept: list[Claim] = []
        withheld: list[Withheld] = []
        faults: list[str] = []
        for number, claim in enumerate(claims, 1):
            fault = self._fault(claim, kept)
            if fault:
                withheld.append(Withheld(text=claim.text, reason=fault))
                faults.append(f"Claim {number}: {fault}")
            else:
                kept.append(self._claim(claim))
        return Accepted(claims=tuple(kept), withheld=tuple(withheld), faults=tuple(faults))

    def _fault(self, claim: AuthoredClaim, kept: Sequence[Claim]) -> str:
        unknown = [i for i in claim.support if i not in self._commission.supports]
        if unknown:
            return f"It cites {', '.join(unknown)}, which is not in the data."
        support = self._support(claim)
        texts = [claim.text, *([claim.falsified_by] if claim.falsified_by else [])]
        return (
            self._too_many(claim, kept)
            or _length_fault(claim.text)
            or next((fault for text in texts if (fault := self._text_fault(text, claim, support))), "")
            or _citing_fault(support)
            or self._ticker_fault(claim, support)
            or self._direction_fault(claim, support)
            or _repeat_fault(claim.text, kept)
        )

    def _too_many(self, claim: AuthoredClaim, kept: Sequence[Claim]) -> str:
        if len(kept) >= self._commission.most:
            return f"The page is worth {self._commission.most} claims."
        words = sum(len(c.text.split()) for c in kept) + len(claim.text.split())
        return f"The claims run to more than {_NOTE_WORDS} words." if words > _NOTE_WORDS else ""

    def _text_fault(self, text: str, claim: AuthoredClaim, support: Sequence[Support]) -> str:
        if _MARKED.search(text) or not text.isprintable():
            return "It holds markup or an address."
        if _ADVISES.search(text) or _ORDERS_A_TRADE.search(text):
            return "It advises the reader instead of analysing."
        # what a candidate says word for word is held to what playbooks are held to, a model's own words to more
        check = self._grounds.fault if self._is_repeated(text, claim) else self._grounds.prose_fault
        return check(text, support) or self._event_fault(text, claim) or self._language_fault(text, claim)

    def _is_repeated(self, text: str, claim: AuthoredClaim) -> bool:
        cited = (self._commission.candidates.get(i) for i in claim.support)
        return any(c is not None and text in (c.text, c.falsified_by) for c in cited)

    def _event_fault(self, text: str, claim: AuthoredClaim) -> str:
        lowered = text.lower()
        for starts in _EVENTS:
            said = next((word for word in starts if _begins(word, lowered)), "")
            if said and not any(_begins(word, told) for word in starts for told in self._told(claim)):
                return f"The event “{said}” is neither in the article nor in a candidate that it cites."
        return ""

    def _language_fault(self, text: str, claim: AuthoredClaim) -> str:
        words = _WORD.findall(text.lower())
        own = {word for told in self._told(claim) for word in _WORD.findall(told)}
        known = sum(word in self._known or word in own for word in words)
        return "It is not plain English." if not words or known < _KNOWN * len(words) else ""

    def _told(self, claim: AuthoredClaim) -> Iterator[str]:
        yield self._lowered
        for i in claim.support:
            candidate = self._commission.candidates.get(i)
            if candidate is not None:
                yield f"{candidate.text} {candidate.falsified_by}".lower()

    def _ticker_fault(self, claim: AuthoredClaim, support: Sequence[Support]) -> str:
        allowed = set(self._issuers)
        for i in claim.support:
            if i in self._commission.ties:
                allowed.add(self._commission.ties[i].ticker)
            if i in self._commission.candidates:
                allowed |= {ticker for ticker, _ in self._commission.candidates[i].tickers}
        stray = [ticker for ticker, _ in claim.tickers if ticker not in allowed]
        return f"The ticker {stray[0]} is neither the article's nor on a tie that it cites." if stray else ""

    def _direction_fault(self, claim: AuthoredClaim, support: Sequence[Support]) -> str:
        """A claim may not point against all it cites: bad news that it calls good, or the reverse."""
        if claim.kind in _FREE:
            return ""
        directions: Mapping[str, str] = dict(claim.tickers)
        for ticker, direction in (*directions.items(), *self._overall(claim)):
            wanted = {"positive": 1, "negative": -1}.get(direction, 0)
            signs = self._signs(ticker, claim, support)
            if wanted and signs == {-wanted}:
                return f"It is {direction} for {ticker}, and everything that it cites says the opposite."
        return ""

    def _overall(self, claim: AuthoredClaim) -> Iterator[tuple[str, str]]:
        if len(claim.tickers) <= 1:
            lead = claim.tickers[0][0] if claim.tickers else ""
            yield lead, claim.direction

    def _signs(self, ticker: str, claim: AuthoredClaim, support: Sequence[Support]) -> set[int]:
        """What the evidence says for a company, as signs: the candidates where they say, else facts and events."""
        candidates = [
            self._commission.candidates[i] for i in claim.support if i in self._commission.candidates
        ]
        said = {_SIGNS.get(d, 0) for c in candidates for t, d in c.tickers if t == ticker} - {0}
        issuer = self._issuers.get(ticker)
        if said or issuer is None:
            return said
        signs = {_event_sign(self._events.get(s.id), issuer) for s in support}
        signs |= {_fact_sign(self._facts.get(s.id), issuer) for s in support}
        return signs - {0}

    def _support(self, claim: AuthoredClaim) -> tuple[Support, ...]:
        found = (s for i in claim.support for s in self._commission.supports[i])
        return tuple(dict.fromkeys(found))

    def _claim(self, claim: AuthoredClaim) -> Claim:
        cited = [self._commission.candidates[i] for i in claim.support if i in self._commission.candidates]
        ceiling = max((c.confidence for c in cited), default=_UNSUPPORTED_PCT / 100)
        return Claim(
            kind=claim.kind,
            text=claim.text,
            direction=claim.direction,
            horizon=claim.horizon,
            tickers=tuple(dict(claim.tickers).items()),
            confidence=min(claim.confidence_pct / 100, ceiling),
            support=self._support(claim),
            falsified_by=claim.falsified_by,
        )


_SIGNS: Final[Mapping[str, int]] = {"positive": 1, "negative": -1}


def _event_sign(event: Event | None, issuer: str) -> int:
    if event is None or event.issuer_id != issuer:
        return 0
    return {Polarity.POSITIVE: 1, Polarity.NEGATIVE: -1}.get(event.polarity, 0)


def _fact_sign(fact: Fact | None, issuer: str) -> int:
    return fact.good if fact is not None and fact.issuer_id == issuer else 0


def _length_fault(text: str) -> str:
    words = len(text.split())
    if words < _LEAST_WORDS:
        return "It is too short to say anything."
    return f"It runs to {words} words; {_MOST_WORDS} are the most." if words > _MOST_WORDS else ""


def _citing_fault(support: Sequence[Support]) -> str:
    held = any(s.kind in ("fact", "event", "edge", "playbook") for s in support)
    return "" if held else "It cites sentences only: cite a fact, an event, a tie or a candidate too."


def _repeat_fault(text: str, kept: Sequence[Claim]) -> str:
    runs = set(_runs(text))
    if any(len(runs & set(_runs(other.text))) > _SAME * len(runs) for other in kept):
        return "It repeats a claim before it."
    return ""


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = text.lower().split()
    return (tuple(words[i : i + _SAME_RUN]) for i in range(len(words) - _SAME_RUN + 1))


def _begins(start: str, text: str) -> bool:
    """Tell whether a word of the text begins so; both are in lower case."""
    at = text.find(start)
    while at >= 0:
        if at == 0 or not text[at - 1].isalnum():
            return True
        at = text.find(start, at + 1)
    return False
