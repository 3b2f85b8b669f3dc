"""The market move that a page about no single company leads with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from readthrough.domain.reading import Direction, Event, Fact, Polarity, Unit
from readthrough.writing.firm import leads
from readthrough.writing.reaction import is_of_the_day
from readthrough.writing.stance import CURRENCIES

if TYPE_CHECKING:
    from readthrough.writing.scene import Scene, Subject

__all__ = ["leading_move", "named_market"]

_TRADED: Final = frozenset({"index", "commodity price", "exchange rate", "crypto price"})
_WANTED: Final = {Polarity.POSITIVE: Direction.UP, Polarity.NEGATIVE: Direction.DOWN}
_MOVED: Final = (Direction.UP, Direction.DOWN)
_MOST_NAMED: Final = 5  # words of what moved, beyond which it is no name


def leading_move(scene: Scene, subject: Subject, event: Event | None) -> Fact | None:
    """Choose the day's move to speak of: of what the event is about, else the first told, and of its sign.

    Args:
        scene: The page.
        subject: Whom the claim is about; a market has a name and no issuer.
        event: The event the claim rests on.
    """
    named = (subject.fallback or (event.subject if event else "")).lower()
    wanted = _WANTED.get(event.polarity) if event is not None else None
    # what an index did is no rate of exchange: a dearer dollar is not a dearer share
    traded = _TRADED - {"exchange rate"} if event is None or event.type == "market_wide_move" else _TRADED
    fitting = [
        f
        for f in scene.reading.facts
        if f.metric in traded
        and f.is_change
        and f.unit is Unit.PERCENT
        and f.subject
        and not f.background
        and f.change in _MOVED
        and wanted in (None, f.change)
        and len(f.subject.split()) <= _MOST_NAMED
        and leads(f, scene)
        and is_of_the_day(f, scene.lowered)
    ]
    return min(fitting, key=lambda f: (f.subject.lower() != named, f.sentence, f.span.start), default=None)


def named_market(fact: Fact) -> str:
    """Name what moved as a sentence does: "the S&P 500", "the euro", "Brent"."""
    name = fact.subject
    if name.lower().startswith("the "):
        name = name[4:]  # the article's own capital
    article = (
        "the " if fact.metric == "index" or name.split()[-1].lower() in CURRENCIES - {"sterling"} else ""
    )
    return f"{article}{name}"
