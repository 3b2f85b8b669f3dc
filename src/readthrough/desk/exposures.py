"""Which of the holdings are exposed to what a question names: the graph asked about the books."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from readthrough.desk.namesakes import namesakes
from readthrough.domain.lazy import lazily
from readthrough.domain.security import Issuer
from readthrough.research.answer import Answer, Choice
from readthrough.research.exposed import Held, exposed, exposure_asked, outside_named

if TYPE_CHECKING:
    from readthrough.desk.answers import Scope
    from readthrough.desk.open import Desk
    from readthrough.desk.resolve import Resolved

__all__ = ["exposures"]

_MINE: Final = lazily(r"\b(?:my|our|i|we)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+")


def exposures(desk: Desk, resolved: Resolved, scope: Scope) -> Answer | None:
    """Answer which holdings are exposed to a company, country, theme or driver.

    None where something else is asked, or what is named is not known to the graph; without rows where no holding has
    a tie. Articles are then looked at.
    """
    question = resolved.question
    what = exposure_asked(question.text)
    if not what or not (scope.portfolio or _MINE.search(question.text)):
        return None
    outside = outside_named(what, desk.universe)
    company: Issuer | None = None
    if not outside.known:
        if several := () if scope.tickers else _several(desk, what):
            choice = Choice(surface=what, candidates=tuple((i.ticker, i.name) for i in several))
            return Answer(question=question.text, tickers=(), sentences=(), choices=(choice,))
        company = _company(desk, what, question.tickers)
        if company is None:
            return None
    return exposed(
        question,
        what,
        company=company,
        outside=outside,
        held=list(_held(desk, scope)),
        universe=desk.universe,
    )


def _several(desk: Desk, what: str) -> tuple[Issuer, ...]:
    return namesakes(desk.universe, what) if len(_WORD.findall(what)) == 1 else ()


def _company(desk: Desk, what: str, tickers: tuple[str, ...]) -> Issuer | None:
    """The company that the words are, as the question was resolved; a name written small is found too."""
    if len(tickers) == 1:
        return desk.universe.by_ticker(tickers[0])
    named = {name.issuer_id for name in desk.universe.names.named(what.removesuffix("'s"))}
    if not tickers and len(named) == 1:
        return desk.universe.issuer(named.pop())
    return desk.universe.by_ticker(what) if what.isupper() else None


def _held(desk: Desk, scope: Scope) -> Iterator[Held]:
    for book in desk.store.portfolios():
        if scope.portfolio not in ("", book.id, book.name):
            continue
        weights: dict[str, float | None] = {}
        tickers: dict[str, str] = {}
        for line in book.holdings:
            issuer = desk.universe.issuer(line.issuer_id) if line.issuer_id else None
            issuer = issuer or (desk.universe.by_ticker(line.ticker) if line.ticker else None)
            if issuer is None:
                continue
            tickers.setdefault(issuer.id, line.ticker or issuer.ticker)
            before = weights.get(issuer.id)
            told = None if line.weight is None else float(line.weight)
            weights[issuer.id] = before if told is None else told + (before or 0.0)
        for issuer_id, weight in weights.items():
            yield Held(portfolio=book.name, ticker=tickers[issuer_id], issuer_id=issuer_id, weight=weight)
