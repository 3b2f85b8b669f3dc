"""Meeting a note with the rules, and asking those that wait for time to pass or prices to come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, cast

from readthrough.alerts.kinds import PriceMove, silences, unexplained_moves, unmoved
from readthrough.alerts.match import hits
from readthrough.alerts.pulse import KEPT, Pulse, Said, said_in, said_of
from readthrough.desk.rounds import start_rounds
from readthrough.desk.speak import speak_alone
from readthrough.desk.steps import Steps
from readthrough.domain.alert import Hit, RuleKind
from readthrough.domain.article import Article
from readthrough.domain.impact import Impact
from readthrough.domain.reading import Reading
from readthrough.domain.story import Story

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = ["EVERY", "NOTES_READ", "load_pulse", "meet", "start_watch", "watch"]

EVERY: Final = timedelta(minutes=5)
"""How often a running desk asks the rules that no note wakes."""
NOTES_READ: Final = 20_000
"""Newest notes from which what is usual is counted when a desk opens; busier weeks are known in part."""
_PAGE: Final = 500
_PRICES_BACK: Final = timedelta(days=10)  # far enough for the close before a long weekend
_WAITED: Final = timedelta(days=8)  # what waits longer, its rule being gone, is forgotten
_CLOSE: Final = time(21, tzinfo=UTC)  # by when most of the day's prices are made, Wall Street's included


def meet(
    desk: Desk,
    article: Article,
    reading: Reading,
    story: Story,
    impacts: Sequence[Impact],
    now: datetime,
) -> tuple[Hit, ...]:
    """Find what the rules meet in a note, and remember what it says for those to come.

    Hits of rules on news without a move are kept in the record until prices come.
    """
    met = hits(desk.rules, article, reading, story, impacts, now=now, pulse=desk.pulse)
    for key, said in said_of(reading, story, impacts, now):
        desk.pulse.add(key, said)
    waiting = [hit for hit in met if hit.rule.kind is RuleKind.NEWS_WITHOUT_MOVE]
    if late := [hit for hit in waiting if not hit.hushed]:
        desk.store.alerting.wait_for_prices(late)
    return tuple(hit for hit in met if hit.rule.kind is not RuleKind.NEWS_WITHOUT_MOVE)


def watch(desk: Desk, now: datetime) -> int:
    """Ask the rules that wait for silence or for prices, and tell what they met.

    Prices are the daily ones of the record. What was told by this desk is not told again.

    Returns:
        How many alerts came of it, withheld ones included.
    """
    desk.refresh()
    with desk.in_order:
        rules, pulse = desk.rules, desk.pulse
        held = _held(desk) if rules.waits_for_no_note() else {}
        found = [*silences(rules, pulse, held, _Names(desk), now)]
        late = {rule.id: rule for rule in rules.of_kind(RuleKind.NEWS_WITHOUT_MOVE)}
        waiting = desk.store.alerting.price_waits(late) if late else []
        settled: list[Hit] = []
        if waiting or rules.of_kind(RuleKind.MOVE_WITHOUT_NEWS):
            moves = list(_moves(desk, now))
            found += unexplained_moves(rules, moves, pulse, held, _Names(desk), now)
            told, kept = unmoved(waiting, moves, now)
            found += told
            still = {hit.key for hit in kept}
            settled = [hit for hit in waiting if hit.key not in still]
        fresh = [hit for hit in found if (hit.rule.id, hit.group) not in desk.watched]
        desk.watched |= {(hit.rule.id, hit.group) for hit in fresh}
        spoken = len(speak_alone(desk, fresh, now).alerts) if fresh else 0
        if settled:  # only now: who dies before this tells them again, under the ids they had
            desk.store.alerting.forget_price_waits([hit.key for hit in settled], before=now - _WAITED)
        return spoken


def _held(desk: Desk) -> dict[str, frozenset[str]]:
    """Issuers by portfolio."""
    by_ticker = desk.universe.by_ticker
    return {
        book.id: frozenset(
            found
            for line in book.holdings
            if (found := line.issuer_id or getattr(by_ticker(line.ticker), "id", None)) is not None
        )
        for book in desk.store.portfolios()
    }


class _Names(dict[str, tuple[str, str]]):
    """Ticker and name of an issuer, looked up in the universe."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def get(self, key: str, default: object = None) -> tuple[str, str]:
        issuer = self._desk.universe.issuer(key)
        return (issuer.ticker, issuer.name) if issuer is not None else cast(tuple[str, str], default)


def _moves(desk: Desk, now: datetime) -> Iterator[PriceMove]:
    """How far each share moved on each day since the one before, in the last days that prices are kept for."""
    last: dict[str, float] = {}
    for price in desk.store.books.prices(since=(now - _PRICES_BACK).date()):
        issuer = desk.universe.by_ticker(price.instrument)
        value, before = float(price.close), last.get(price.instrument)
        last[price.instrument] = value
        at = datetime.combine(price.day, _CLOSE)
        if issuer is not None and before and at <= now:
            change = (value / before - 1) * 100
            yield PriceMove(issuer_id=issuer.id, ticker=price.instrument, at=at, change_pct=change)


def load_pulse(desk: Desk) -> Pulse:
    """Remember what the record's newest notes say, as far back as what is usual is counted from."""
    return Pulse(_kept(desk))


def _kept(desk: Desk) -> Iterator[tuple[str, Said]]:
    oldest = (desk.clock() - KEPT).isoformat()
    before: str | None = None
    for _ in range(NOTES_READ // _PAGE):
        notes = desk.store.notes(limit=_PAGE, before=before)
        for note in notes:
            yield from said_in(note)
        if len(notes) < _PAGE or str(notes[-1]["known_at"]) < oldest:
            return
        before = str(notes[-1]["id"])


def start_watch(desk: Desk, every: timedelta = EVERY) -> Callable[[], None]:
    """Ask in a thread, again and again.

    Returns:
        A function that stops the thread and waits for it.
    """
    return start_rounds(
        "watch",
        lambda _: watch(desk, desk.clock()),
        every=every,
        failed=lambda _: Steps("", desk.hooks).tell("watch", "failed"),
    )
