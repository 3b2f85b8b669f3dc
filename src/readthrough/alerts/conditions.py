"""What a condition means: the plain evaluation that the index must agree with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from readthrough.alerts.predicates import Scope, compiled
from readthrough.alerts.subjects import Subject, View, folded
from readthrough.domain.alert import Condition, Rule
from readthrough.domain.article import Span
from readthrough.domain.taxonomy import EVENT_TYPES, PARENTS
from readthrough.universe.master import Universe

__all__ = ["ANY_BOOK", "Directory", "Prepared", "Sight", "directory", "holds", "phrase_spans", "prepare"]

ANY_BOOK: Final = "*"

Watchlists = Mapping[tuple[str, str], Iterable[str]]
"""Tickers by person and name of the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Turns what rules name into issuers."""

    issuer_of: Callable[[str], str | None]
    watchlists: Watchlists

    def keys_of(self, tickers: Iterable[str]) -> Iterable[str]:
        """Issuers of tickers; one that no issuer has stands for itself, as it is spelled."""
        for ticker in tickers:
            yield self.issuer_of(ticker) or f"ticker:{ticker.upper()}"

    def watched(self, name: str, owner: str) -> Iterable[str]:
        """The tickers of a watchlist, of the rule's owner or written person/name; none when there is no such list."""
        person, _, rest = name.partition("/")
        return self.watchlists.get((person, rest) if rest else (owner, name), ())


def directory(universe: Universe | None, watchlists: Watchlists | None = None) -> Directory:
    """Look tickers up in a universe; without one they match as spelled."""
    looked_up: dict[str, str | None] = {}

    def issuer_of(ticker: str) -> str | None:
        if ticker not in looked_up:
            issuer = universe.by_ticker(ticker) if universe is not None else None
            looked_up[ticker] = issuer.id if issuer else None
        return looked_up[ticker]

    return Directory(issuer_of=issuer_of, watchlists=watchlists or {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A condition with its names looked up. None where it does not matter."""

    asked: Condition
    who: frozenset[str] | None
    books: frozenset[str] | None
    sectors: frozenset[str] | None
    themes: frozenset[str] | None
    sources: frozenset[str] | None
    events: frozenset[str] | None  # fine types; empty for any event of the polarity or modality
    phrases: tuple[str, ...]
    all_of: tuple[Prepared, ...]
    any_of: tuple[Prepared, ...]
    none_of: tuple[Prepared, ...]

    @property
    def booked(self) -> bool:
        """Whether it is about a book: then signs are the book's."""
        return self.books is not None


def prepare(condition: Condition, names: Directory, *, owner: str = "") -> Prepared:
    """Look up what a condition names. A rule's own least relevance and novelty are left to its verdict."""
    if isinstance(condition, Rule):
        owner = condition.owner
    asked = condition
    event = asked.events or asked.polarity or asked.modalities
    return Prepared(
        asked=asked,
        who=_who(asked, names, owner),
        books=frozenset(asked.portfolios or (ANY_BOOK,))
        if asked.portfolios or asked.min_weight or asked.min_effect_bps
        else None,
        sectors=_lower(asked.sectors),
        themes=_lower(asked.themes),
        sources=_lower(asked.sources),
        events=frozenset(fine_types(asked.events)) if event else None,
        phrases=tuple(dict.fromkeys(folded(word).strip() for word in asked.words)),
        all_of=tuple(prepare(inner, names, owner=owner) for inner in asked.all_of),
        any_of=tuple(prepare(inner, names, owner=owner) for inner in asked.any_of),
        none_of=tuple(prepare(inner, names, owner=owner) for inner in asked.none_of),
    )


def fine_types(events: Iterable[str]) -> Iterable[str]:
    """Spell parents out as their fine types; what the taxonomy does not know stays as it is."""
    for event in events:
        if event in PARENTS:
            yield from PARENTS[event]
        if event in EVENT_TYPES or event not in PARENTS:
            yield event


def _who(asked: Condition, names: Directory, owner: str) -> frozenset[str] | None:
    lists = []
    if asked.tickers:
        lists.append(frozenset(names.keys_of(asked.tickers)))
    if asked.issuers:
        lists.append(frozenset(asked.issuers))
    if asked.watchlists:
        watched = (ticker for name in asked.watchlists for ticker in names.watched(name, owner))
        lists.append(frozenset(names.keys_of(watched)))
    return frozenset.intersection(*lists) if lists else None


def _lower(words: Iterable[str]) -> frozenset[str] | None:
    found = frozenset(word.casefold() for word in words)
    return found or None


class Sight:
    """One note while rules look at it: its text is lowered once, and what predicates read is made once."""

    def __init__(self, view: View) -> None:
        """Keep the note; nothing is computed yet."""
        self.view = view
        self._text: str | None = None
        self._scope: Scope | None = None

    @property
    def text(self) -> str:
        """The text in lower case, every letter in its place."""
        if self._text is None:
            self._text = folded(self.view.text)
        return self._text

    @property
    def scope(self) -> Scope:
        """The note as predicates read it."""
        if self._scope is None:
            self._scope = Scope(self.view)
        return self._scope


def holds(prepared: Prepared, subject: Subject, sight: Sight, *, booked: bool = False) -> bool:
    """Tell whether a condition holds of a subject.

    None of `none_of` may hold for it or for the same issuer as it reaches any book.

    Args:
        prepared: The condition.
        subject: One of the note's.
        sight: The note.
        booked: Whether a condition around this one is about a book.
    """
    view, asked = sight.view, prepared.asked
    booked = booked or prepared.booked
    top = isinstance(asked, Rule)
    if prepared.who is not None and not prepared.who.intersection(keys_of(subject)):
        return False
    if prepared.books is not None and not _in_book(prepared, subject):
        return False
    if prepared.sectors is not None and subject.sector not in prepared.sectors:
        return False
    if prepared.events is not None and not _happened(prepared, subject):
        return False
    if prepared.themes is not None and prepared.themes.isdisjoint(view.themes):
        return False
    if prepared.sources is not None and prepared.sources.isdisjoint(view.sources):
        return False
    if not _measures(asked, subject, view, booked, top):
        return False
    if prepared.phrases and not any(phrase_spans(sight.text, phrase, 1) for phrase in prepared.phrases):
        return False
    if not all(holds(inner, subject, sight, booked=booked) for inner in prepared.all_of):
        return False
    if prepared.any_of and not any(holds(inner, subject, sight, booked=booked) for inner in prepared.any_of):
        return False
    for inner in prepared.none_of:
        if any(
            holds(inner, other, sight, booked=booked) for other in view.subjects if other.base == subject.base
        ):
            return False
    return not asked.predicate or sight.scope.holds(compiled(asked.predicate), subject)


def keys_of(subject: Subject) -> tuple[str, ...]:
    """The keys by which a subject is named: its issuer, and its ticker as spelled."""
    if subject.issuer_id is None:
        return ()
    return (subject.issuer_id, f"ticker:{subject.ticker.upper()}")


def _in_book(prepared: Prepared, subject: Subject) -> bool:
    impact, books = subject.impact, prepared.books
    if impact is None or books is None or not (ANY_BOOK in books or impact.portfolio in books):
        return False
    if abs(impact.weight or 0.0) < prepared.asked.min_weight:
        return False
    return abs(subject.effect_bps or 0.0) >= prepared.asked.min_effect_bps


def _happened(prepared: Prepared, subject: Subject) -> bool:
    asked, events = prepared.asked, prepared.events
    return any(
        (not events or happening.type in events)
        and (not asked.polarity or happening.polarity == asked.polarity)
        and (not asked.modalities or happening.modality in asked.modalities)
        for happening in subject.events
    )


def _measures(asked: Condition, subject: Subject, view: View, booked: bool, top: bool) -> bool:
    if abs(subject.score) < asked.min_abs_score or view.market_impact < asked.min_impact:
        return False
    if not top and (subject.relevance < asked.min_relevance or view.novelty < asked.min_novelty):
        return False
    if asked.sign:
        sign = subject.book_sign if booked else subject.sign
        if sign != (1 if asked.sign == "positive" else -1):
            return False
    if (asked.change == "up" and subject.change <= 0) or (asked.change == "down" and subject.change >= 0):
        return False
    return abs(subject.change) >= asked.min_change


def phrase_spans(text: str, phrase: str, most: int = 5) -> list[Span]:
    """Find a phrase as whole words.

    Args:
        text: Lowered by `folded`.
        phrase: Likewise.
        most: How many places are enough.

    >>> phrase_spans("a recall, recalled; recall", "recall")
    [Span(start=2, end=8), Span(start=20, end=26)]
    """
    found: list[Span] = []
    at = text.find(phrase)
    while at >= 0 and len(found) < most:
        end = at + len(phrase)
        if stands_alone(text, at, end):
            found.append(Span(at, end))
        at = text.find(phrase, at + 1)
    return found


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether no letter or digit touches the range from outside, where it begins or ends with one."""
    before = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not before and not after
