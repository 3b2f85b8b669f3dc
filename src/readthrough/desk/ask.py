"""The questions that the API, the pages and the command line share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from readthrough.desk.open import Desk
from readthrough.domain.alert import Alert, Delivery, Rule
from readthrough.domain.article import Article
from readthrough.domain.contract import NoteDocument
from readthrough.domain.portfolio import Portfolio

if TYPE_CHECKING:
    from readthrough.desk.answers import Scope
    from readthrough.research.answer import Answer

__all__ = [
    "AlertStory",
    "alerts",
    "answer",
    "article",
    "explain_alert",
    "latest_notes",
    "note",
    "portfolio_names",
    "portfolios",
    "rules",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertStory:
    """An alert, the note it is about, and where it was sent."""

    alert: Alert
    note: NoteDocument | None
    deliveries: tuple[Delivery, ...]


def latest_notes(
    desk: Desk,
    *,
    limit: int = 50,
    before: str | None = None,
    ticker: str | None = None,
    as_of: datetime | None = None,
    brief: bool = False,
) -> list[NoteDocument]:
    """Return notes, newest first.

    Args:
        desk: Whose notes.
        limit: Most notes returned.
        before: Id of the last note already seen.
        ticker: Only notes that read something for this ticker.
        as_of: What was known then; now when None.
        brief: Only what a row of a list shows, in the note's own shape.
    """
    return desk.store.notes(limit=limit, before=before, ticker=ticker, as_of=as_of, brief=brief)


def note(desk: Desk, note_id: str, *, as_of: datetime | None = None) -> NoteDocument | None:
    """Return a note's newest revision, None when there is no such note."""
    return desk.store.note(note_id, as_of=as_of)


def article(desk: Desk, article_id: str, *, as_of: datetime | None = None) -> Article | None:
    """Return an article with its words, None when there is no such article."""
    return desk.store.article(article_id, as_of=as_of)


def alerts(desk: Desk, *, limit: int = 50, before: str | None = None) -> list[Alert]:
    """Return alerts, newest first, withheld ones included."""
    return desk.store.alerts(limit=limit, before=before)


def explain_alert(desk: Desk, alert_id: str) -> AlertStory | None:
    """Return why an alert fired or was withheld, on what, and how sending it went."""
    found = desk.store.alert(alert_id)
    if found is None:
        return None
    return AlertStory(
        alert=found,
        note=desk.store.note_on(found.article_id),
        deliveries=tuple(desk.store.deliveries(found.id)),
    )


def portfolios(desk: Desk) -> list[Portfolio]:
    """Return every portfolio."""
    return desk.store.portfolios()


def portfolio_names(desk: Desk) -> dict[str, str]:
    """Return what each portfolio is called, by the id that a note's `book` gives."""
    return desk.store.portfolio_names()


def rules(desk: Desk) -> list[Rule]:
    """Return every rule."""
    return desk.store.rules()


def answer(
    desk: Desk, question: str, *, limit: int = 5, as_of: datetime | None = None, scope: Scope | None = None
) -> Answer:
    """Answer from the corpus: figures by code, counts from events, the rest in sentences with where they stand.

    A company named in the question narrows the search to what is about it. When nothing fits, the
    answer says so rather than guess.

    Args:
        desk: Whose corpus.
        question: Words, in English; only the first 2,000 characters count.
        limit: Most sentences returned.
        as_of: What was known then; now when None.
        scope: What it may be drawn from; everything when None.
    """
    from readthrough.desk.answers import Scope, answer

    scope = scope or Scope()
    return answer(desk, question, limit=limit, scope=scope if as_of is None else replace(scope, as_of=as_of))
