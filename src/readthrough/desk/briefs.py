"""Morning briefs on their way to people: an hour before an exchange opens, by the receivers and rows of alerts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from readthrough.alerts.deliver import delivery_of, payload
from readthrough.desk.book_news import brief_document, brief_of
from readthrough.desk.rounds import start_rounds
from readthrough.desk.steps import Steps
from readthrough.domain.alert import Alert, Reason
from readthrough.domain.article import ArticleId, digest
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import SettingsError

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.domain.portfolio import Portfolio
    from readthrough.portfolio.brief import Brief

__all__ = ["EVERY", "RULE", "Briefs", "require_receivers", "send_brief", "start_briefs"]

EVERY: Final = timedelta(seconds=30)
"""How often a running desk looks whether a brief is due."""
RULE: Final = "morning_brief"
"""What stands in the place of a rule's id in the alert that a brief is kept as."""
_LONGEST_PLAN: Final = timedelta(hours=6)  # a calendar or the universe may change under a running desk


class Briefs:
    """When the next brief is due. Books are read again only when they changed or one is due."""

    def __init__(self, desk: Desk) -> None:
        """Look at nothing yet."""
        self._desk = desk
        self._stamp = ""
        self._next: datetime | None = None

    def send_due(self, now: datetime) -> int:
        """Give briefs that are due to their receivers, each once for an opening, however many desks run.

        Args:
            now: The moment. A brief that was missed, because nothing ran, is not made after the opening.

        Returns:
            How many were made; they are delivered as alerts are.

        Raises:
            StorageError: The record is away; what is due is made when it is back, until the opening.
        """
        desk = self._desk
        wanted = _wanted(desk)
        if not wanted:
            return 0
        stamp = desk.store.books_stamp()
        if stamp == self._stamp and self._next is not None and now < self._next:
            return 0
        made, following = 0, now + _LONGEST_PLAN
        for book in desk.store.portfolios():
            receivers = tuple(dict.fromkeys((*wanted.get(book.id, ()), *wanted.get("*", ()))))
            due = _due(desk, book, now) if receivers else None
            if due is not None and due <= now:
                made += send_brief(desk, book.id, receivers, now=now)
            elif due is not None:
                following = min(following, due)
        self._stamp, self._next = stamp, following
        return made


def send_brief(
    desk: Desk, portfolio_id: str, receivers: Iterable[str], *, now: datetime, again: bool = False
) -> int:
    """Make a portfolio's brief and give it to receivers, by the queue that alerts go through.

    Args:
        desk: Whose portfolio.
        portfolio_id: Which.
        receivers: Their names; a delivery to one that there is not fails, and says so in the record.
        now: When it is made.
        again: Send it though one was sent before the same opening.

    Returns:
        1, or 0 where one was sent already.

    Raises:
        HoldingsError: There is no such portfolio.
    """
    names = tuple(receivers)
    brief = brief_of(desk, portfolio_id, now=now)
    alert = _alert(brief, names, moment=now if again or brief.due_at is None else brief.due_at)
    if desk.store.alert(alert.id) is not None:
        return 0
    sent = _message(alert, brief)
    desk.store.alerting.save([alert], [(delivery_of(alert, name, now), sent) for name in names])
    desk.work_waiting.set()
    return 1


def require_receivers(desk: Desk, names: Iterable[str]) -> None:
    """Refuse the name of a receiver that there is not.

    Raises:
        SettingsError: There is none of that name.
    """
    for name in names:
        if name not in desk.receivers:
            raise SettingsError(
                f"No receiver is called {name!r}.",
                remedy=f"Set receivers.{name}.kind, or name one of {', '.join(sorted(desk.receivers))}.",
            )


def start_briefs(desk: Desk, every: timedelta = EVERY) -> Callable[[], None]:
    """Look in a thread, again and again, where the settings name anybody who is sent briefs.

    Returns:
        A function that stops the thread and waits for it.
    """
    if not desk.settings.portfolio.briefs:
        return lambda: None
    briefs = Briefs(desk)
    return start_rounds(
        "briefs",
        lambda _: briefs.send_due(desk.clock()),
        every=every,
        failed=lambda _: Steps("", desk.hooks).tell("brief", "failed"),
    )


def _wanted(desk: Desk) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in desk.settings.portfolio.briefs:
        book, _, receiver = pair.rpartition("=")
        found.setdefault(book, []).append(receiver)
    return found


def _due(desk: Desk, book: Portfolio, now: datetime) -> datetime | None:
    from readthrough.domain.portfolio import BookKind
    from readthrough.portfolio.brief import LEAD, awaited, openings

    if book.kind is BookKind.BENCHMARK:
        return None
    opening = awaited(openings(book, now, desk.universe))
    return None if opening is None else opening.opens_at - LEAD


def _alert(brief: Brief, receivers: tuple[str, ...], *, moment: datetime) -> Alert:
    from readthrough.portfolio.brief import brief_lines

    news = brief.news
    words, _ = brief_lines(brief)
    return Alert(
        id="alr_" + digest("brief", news.portfolio_id, moment.isoformat()),
        rule_id=RULE,
        rule_name="Morning brief",
        article_id=ArticleId(""),
        story_id=f"brief:{news.portfolio_id}",
        severity="alert",
        headline=news.name,
        # the portfolio is named so that those behind a wall from it do not see the brief
        reason=Reason(code=RULE, words=words, matched=(("portfolio", news.portfolio_id),)),
        withheld=False,
        receivers=receivers,
        created_at=brief.made_at,
    )


def _message(alert: Alert, brief: Brief) -> NoteDocument:
    from readthrough.portfolio.brief import brief_lines, brief_text

    sent = payload(alert)
    data = sent["data"]
    assert isinstance(data, dict)
    data.pop("note")
    _, lines = brief_lines(brief)
    told = {"lines": list(lines), "text": brief_text(brief), "brief": brief_document(brief)}
    return {**sent, "type": "brief.morning", "data": {**data, **told}}
