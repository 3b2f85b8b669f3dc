"""What a page of opinion says of a share: which way its author leans, and the price it holds against it.

An opinion is no event. What it offers is a multiple that says what is priced, and a reason that can be held against the
next report; both are the author's, and a claim about them says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Fact, Role, TickerReading, Unit
from readthrough.writing.matters import WAKING
from readthrough.writing.metrics import is_move, sign_of

if TYPE_CHECKING:
    from readthrough.writing.scene import Scene, Subject

__all__ = ["argued_growth", "argued_lines", "argument_tensions", "is_opinion", "leaders", "multiple_of"]

_LABEL: Final = lazily(
    r"^\s*(?:opinion|column|commentary|comment|viewpoint|breakingviews|heard on the street)\b[:\-– ]",
    re.IGNORECASE,
)
_OWN_VIEW: Final = lazily(
    r"\b(?:[Ii]n my (?:view|opinion)|I (?:think|believe|am buying|am selling|would (?:buy|sell|avoid)|cannot|can't|expect|doubt|prefer|own))\b"
)
_AGAINST: Final = lazily(
    r"\b(?:market is wrong|no room for error|overvalued|too (?:expensive|dear|rich|high)|priced for perfection|getting ahead|ahead of (?:itself|themselves)|bubble|"
    r"avoid|sell(?:ing)? (?:the )?(?:stock|shares|it)|cannot find a way to justify|hard to justify|price in a|overdone|too optimistic|better way to own|would be enough|"
    r"to justify (?:today's|the|its|this|that) (?:price|multiple|valuation)|dearer than|asked for patience|rather (?:be )?(?:late|miss)|bought twice|paid for [^.]{0,30} twice|i would (?:rather )?(?:wait|sell|avoid))\b"
)
_FOR: Final = lazily(
    r"\b(?:i am buying|why i(?:'m| am) buying|undervalued|too cheap|cheap(?:er)? (?:than|at)|bargain|has it backwards|too pessimistic|oversold|"
    r"buy(?:ing)? (?:the )?(?:stock|shares|dip)|worth (?:more|owning|buying)|mispriced|deserves more|priced as if)\b"
)
_HEADED: Final = 0.6  # relevance from which on the only company of a headline is what a brief is about
_BESIDE: Final = 0.5  # relevance from which on a company is more than named beside another
_MULTIPLES: Final = ("price to earnings", "price to sales")


def is_opinion(scene: Scene) -> bool:
    """Tell whether the page says that it is one writer's view: by its label, or because he says I of his judgement."""
    return _LABEL.search(scene.article.headline) is not None or len(_OWN_VIEW.findall(scene.text)) >= 2


def argument_tensions(subject: Subject) -> Iterable[str]:
    """Tell which way the author of an opinion leans on the company that the page is about."""
    scene = subject.scene
    if not is_opinion(scene):
        return
    yield "authored"
    multiple = multiple_of(scene)
    if multiple is not None:
        yield "on_sales" if multiple.metric == "price to sales" else "on_earnings"
    against, favour = len(_AGAINST.findall(scene.lowered)), len(_FOR.findall(scene.lowered))
    if against != favour:
        yield "author_against" if against > favour else "author_for"


def leaders(scene: Scene) -> Sequence[TickerReading]:
    """The companies that a page is most about; without one, whom its headline names: of an opinion all, of news the only one it tells of."""
    leading = [t for t in scene.reading.tickers if t.role is Role.PRIMARY]
    if leading:
        return _listed_instead(scene, leading) or leading
    head = [s.span for s in scene.reading.sentences if s.headline]
    named = [t for t in scene.reading.tickers if any(span.covers(m) for span in head for m in t.mentions)]
    if is_opinion(scene):
        return named
    of_markets = any(e.issuer_id is None and not e.background for e in scene.reading.events)
    told = [t for t in scene.reading.tickers if t.role is not Role.PASSING]
    alone = named if len(named) == 1 and named[0].relevance >= _HEADED else told
    if len(alone) != 1 or of_markets:
        return []
    moved = any(f.issuer_id == alone[0].issuer_id and is_move(f) for f in scene.reading.facts)
    return alone if moved or (alone is named and not WAKING.isdisjoint(scene.told.matters)) else []


def _listed_instead(scene: Scene, leading: Sequence[TickerReading]) -> Sequence[TickerReading]:
    """Where only companies without shares lead, whom a page of results tells of: a lender's charge on a failed borrower."""
    if any(t.ticker for t in leading):
        return ()
    reports = {
        e.issuer_id for e in scene.reading.events if e.parent == "earnings_result" and not e.background
    }
    return [
        t for t in scene.reading.tickers if t.ticker and t.relevance >= _BESIDE and t.issuer_id in reports
    ][:1]


def multiple_of(scene: Scene) -> Fact | None:
    """The first multiple of earnings or sales at which the page says that a share trades."""
    found = (
        f
        for f in scene.reading.facts
        if f.metric in _MULTIPLES and f.unit is Unit.MULTIPLE and not f.background
    )
    return next(found, None)


def argued_growth(subject: Subject) -> Fact | None:
    """The measured figure that the argument rests on: a growth rate, or a loss."""
    facts = [
        f
        for f in subject.facts
        if f.metric in ("revenue", "sales", "volumes", "operating loss", "net loss", "eps", "net income")
    ]
    return max(facts, key=lambda f: (bool(f.is_change), sign_of(f)), default=None)


def argued_lines(subject: Subject) -> Sequence[Fact]:
    """The figures on the author's side, at most two: measured ones that go the way he leans."""
    wanted = 1 if "author_for" in subject.tensions else -1
    told = [f for f in subject.facts if f.is_change and f.good * wanted > 0 and f.metric != "share price"]
    return sorted(told, key=lambda f: f.sentence)[:2]
