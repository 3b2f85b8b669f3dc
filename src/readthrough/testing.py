"""Small fakes for tests of programs built on Readthrough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from readthrough.domain.alert import Alert, Delivery, Reason
from readthrough.domain.article import Article, ArticleId, Span, article_id, digest
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import DeliveryError
from readthrough.domain.note import Engine, Note, Statement, Support
from readthrough.domain.reading import MadeBy, Reading, Role, Sentence, Sentiment, TickerReading
from readthrough.domain.security import IssuerId
from readthrough.domain.story import Fingerprint, Story

__all__ = ["FixedClock", "MemoryReceiver", "Sent", "alert_on", "fingerprint_of", "note_on"]


MONDAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class FixedClock:
    """A clock that stands still until it is told to move.

    >>> clock = FixedClock()
    >>> clock() == clock()
    True
    >>> clock.advance(timedelta(minutes=1))
    >>> clock().minute
    1
    """

    def __init__(self, now: datetime = MONDAY) -> None:
        """Start at a moment, aware UTC."""
        self.now = now

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    def advance(self, by: timedelta) -> None:
        """Move forward."""
        self.now += by


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One delivery a `MemoryReceiver` took."""

    delivery: Delivery
    payload: NoteDocument
    at: datetime


class MemoryReceiver:
    """Keeps what it is sent. Fails first with the errors it was given, one an attempt.

    >>> from readthrough.domain.errors import Transient
    >>> MemoryReceiver("desk", failures=[Transient("busy")]).attempts
    0
    """

    def __init__(self, name: str = "memory", *, failures: Sequence[DeliveryError] = ()) -> None:
        """Take a name for rules to use, and the errors to raise before the first success."""
        self.name = name
        self.sent: list[Sent] = []
        self.attempts = 0
        self._failures = list(failures)

    def send(self, delivery: Delivery, payload: NoteDocument, now: datetime) -> None:
        """Keep the delivery, or raise the next of the errors."""
        self.attempts += 1
        if self._failures:
            raise self._failures.pop(0)
        self.sent.append(Sent(delivery=delivery, payload=payload, at=now))


def note_on(
    headline: str = "Acme raises guidance",
    body: str = "Acme Corp raised its guidance for the year.",
    *,
    external_id: str = "",
    ticker: str = "ACME",
    score: float = 0.22,
    story_id: str = "",
    novelty: float = 1.0,
    known_at: datetime = MONDAY,
) -> Note:
    """Make a small note: one sentence for headline and body each, one ticker, one statement.

    Args:
        headline: Of the article.
        body: Of the article.
        external_id: Names the article over corrections; its words do when empty.
        ticker: The one issuer it is about; none when empty.
        score: Of article and issuer.
        story_id: The article's own when empty.
        novelty: Of the article in its story.
        known_at: Also when the article was received.
    """
    made = Article(
        id=article_id(external_id=external_id, source="test", url="", headline=headline, body=body),
        headline=headline,
        body=body,
        source="Test Wire",
        published_at=known_at,
        received_at=known_at,
        language="en",
    )
    start = len(headline) + 2
    spans = (Span(0, len(headline)), Span(start, start + len(body)))
    about = TickerReading(
        issuer_id=IssuerId(ticker.lower()),
        ticker=ticker,
        name=ticker,
        role=Role.PRIMARY,
        relevance=1.0,
        score=score,
        confidence=0.8,
        mentions=spans[:1],
    )
    reading = Reading(
        article_id=made.id,
        content_digest=made.content_digest,
        made_by=MadeBy(step="read", version="test"),
        language="en",
        noise=None,
        sentences=tuple(Sentence(index=n, span=s, headline=n == 0) for n, s in enumerate(spans)),
        mentions=(),
        tickers=(about,) if ticker else (),
        unlinked=(),
        facts=(),
        events=(),
        sentiment=Sentiment(score=score, mixed=False, confidence=0.8),
        themes=(),
        market_impact=0.5,
    )
    return Note(
        id=f"note_{digest(made.id)}",
        version=1,
        article=made,
        reading=reading,
        story=Story(id=story_id or f"sty_{digest(made.id)}", novelty=novelty),
        summary=(Statement(text=body, support=(Support(kind="span", span=spans[1]),)),),
        analysis=(),
        decisions=(),
        book=(),
        withheld=(),
        engine=Engine(version="test", reader="test", writer="test", playbooks="test", universe="test"),
        known_at=known_at,
    )


def fingerprint_of(note: Note) -> Fingerprint:
    """Make the fingerprint of a note's article."""
    return Fingerprint(
        article_id=note.article.id,
        story_id=note.story.id,
        known_at=note.known_at.timestamp(),
        traits=b"\x00\xff of no version",
    )


def alert_on(note: Note, *, rule_id: str = "rule", withheld: bool = False, number: int = 1) -> Alert:
    """Make an alert about a note; `number` tells several apart."""
    return Alert(
        id=f"alr_{digest(rule_id, note.story.id, str(number))}",
        rule_id=rule_id,
        rule_name=rule_id.title(),
        article_id=ArticleId(note.article.id),
        story_id=note.story.id,
        severity="alert",
        headline=note.article.headline,
        reason=Reason(
            code="low_novelty" if withheld else "matched", words="Because.", matched=(("ticker", "ACME"),)
        ),
        withheld=withheld,
        receivers=("desk",),
        created_at=note.known_at,
    )
