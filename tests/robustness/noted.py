"""Take any words the whole way, reading and writing, and hold the note to what every note must be."""

from __future__ import annotations

import json
import math
import re
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from types import FrameType
from typing import Final

from readthrough.desk.flow import analyze
from readthrough.domain.article import Article, ArticleId, Span
from readthrough.domain.contract import note_document
from readthrough.domain.note import Note
from readthrough.domain.reading import Reading
from readthrough.universe import Universe, load_universe
from readthrough.writing.playbooks import Playbooks, load_playbooks

__all__ = ["NOW", "TooSlowError", "check", "note_of", "within"]

_HALVES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
NOW: Final = datetime(2026, 1, 5, tzinfo=UTC)


@cache
def _rooms() -> tuple[Universe, Playbooks]:
    return load_universe(), load_playbooks()


class TooSlowError(Exception):
    """What was done took more processor time than it may."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Stop what is done inside once it has taken so many seconds of processor time.

    Raises:
        TooSlowError: It has.
    """

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError(f"more than {seconds:.1f} s of processor time")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def note_of(headline: str, body: str) -> Note:
    """Read the words, write the note, and check it."""
    universe, playbooks = _rooms()
    article = Article(id=ArticleId("art_monster"), headline=headline, body=body, received_at=NOW)
    note = analyze(article, universe=universe, playbooks=playbooks, now=NOW)
    check(note)
    return note


def check(note: Note) -> None:
    """Hold a note to the contract: spans inside the text and exact, shares in bounds, JSON that comes back."""
    text, reading = note.article.text, note.reading
    wrong = [span for span in _spans(note) if not 0 <= span.start < span.end <= len(text)]
    assert not wrong, f"spans outside {len(text)} code points, or empty: {wrong[:3]}"
    for fact in reading.facts:
        assert fact.span.of(text) == fact.quote
        assert fact.span.covers(fact.figure)
        assert fact.value.is_finite()
    for mention in reading.mentions:
        assert mention.span.of(text) == mention.surface
    for unlinked in reading.unlinked:
        assert unlinked.span.of(text) == unlinked.surface
    _check_sentences(reading)
    _check_shares(note)
    document = note_document(note)
    packed = json.dumps(document, allow_nan=False)
    # JSON reads two halves of a surrogate pair that stand together as one character
    assert json.loads(packed) == document or _HALVES.search(note.article.text)


def _spans(note: Note) -> Iterator[Span]:
    reading = note.reading
    yield from (s.span for s in reading.sentences)
    yield from (m.span for m in reading.mentions)
    yield from (u.span for u in reading.unlinked)
    yield from (e.span for e in reading.events)
    for fact in reading.facts:
        yield from (fact.span, fact.figure)
    for ticker in reading.tickers:
        yield from ticker.mentions
    supports = (t.support for written in (note.summary, note.analysis, note.decisions) for t in written)
    yield from (s.span for support in supports for s in support if s.span is not None)


def _check_sentences(reading: Reading) -> None:
    for before, after in zip(reading.sentences, reading.sentences[1:], strict=False):
        assert before.span.end <= after.span.start, f"sentences {before.index} and {after.index} overlap"
        assert before.index < after.index
    held = {sentence.index: sentence.span for sentence in reading.sentences}
    assert all(held[fact.sentence].overlaps(fact.span) for fact in reading.facts)
    assert all(held[event.sentence].overlaps(event.span) for event in reading.events)


def _check_shares(note: Note) -> None:
    reading = note.reading
    scores = [reading.sentiment.score, *(t.score for t in reading.tickers)]
    assert all(-1 <= score <= 1 for score in scores if score is not None), scores
    shares = [
        reading.sentiment.confidence,
        reading.market_impact,
        note.story.novelty,
        *(t.relevance for t in reading.tickers),
        *(t.confidence for t in reading.tickers),
        *(m.confidence for m in reading.mentions),
        *(e.strength for e in reading.events),
        *(c.confidence for c in note.analysis),
    ]
    assert all(0 <= share <= 1 for share in shares), shares
    assert all(math.isfinite(weight) for _, weight in reading.sentiment.drivers)
    assert _unlike(f.id for f in reading.facts)
    assert _unlike(e.id for e in reading.events)
    assert _unlike(t.issuer_id for t in reading.tickers)


def _unlike(ids: Iterable[str]) -> bool:
    found = list(ids)
    return len(set(found)) == len(found)
