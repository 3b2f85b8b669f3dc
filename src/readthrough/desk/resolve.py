"""Whom a question is about, settled before anything is looked for; asked back where it could be several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from readthrough.desk.namesakes import namesakes
from readthrough.domain.article import Article, ArticleId
from readthrough.domain.lazy import lazily
from readthrough.domain.security import Issuer
from readthrough.reading.sentences import split_sentences
from readthrough.research.answer import Choice
from readthrough.research.places import country_named
from readthrough.research.retrieve import Question

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = ["Resolved", "resolve"]

_TICKER: Final = lazily(
    r"(?<![\w.])\$?([A-Z][A-Za-z]{0,3}[A-Z](?:[.-][A-Z]{1,2})?|\d{4,6}\.[A-Z]{1,2})(?![\w])"
)
_NO_TICKERS: Final = frozenset(
    """AI IT US USA UK EU UN GDP CPI PPI CEO CFO COO CTO EPS FY YTD QOQ YOY EBITDA EBIT EBITDAR COGS CAPEX ROA ROE ROI DPO DSO DIO CCC FCF
    PPE PPNE PPENE SEC FDA FED ECB IPO ETF NAV VAR CAGR GAAP AR AP MA AGM ESG PE PB EV DCF SGA RD FX LLC INC LTD PLC CORP THE AND FOR
    NOT ALL ANY ARE CAN HAS NOW ONE OUT SEE TWO WHO WHY HOW SO BE GO IN ON OR AT AS IF OF TO UP WE IS MY DO NO""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A question with its issuers settled, names that must be asked back, and what was taken for granted."""

    question: Question
    choices: tuple[Choice, ...] = ()
    assumed: tuple[str, ...] = ()


def resolve(desk: Desk, words: str, *, tickers: Sequence[str] = ()) -> Resolved:
    """Find the companies a question names, by the same linking that reads articles.

    Args:
        desk: Whose universe.
        words: The question.
        tickers: Given beside it: these settle it, whatever it names.
    """
    from readthrough.reading.linking import link

    asked = Article(id=ArticleId("question"), headline="", body=words, received_at=desk.clock())
    links = link(asked, split_sentences(asked), desk.universe)
    surfaces = [mention.surface for mention in links.mentions]
    issuers: list[Issuer | None] = [
        desk.universe.issuer(issuer_id) for issuer_id in dict.fromkeys(m.issuer_id for m in links.mentions)
    ]
    named = {surface.casefold() for surface in surfaces}
    for found in _TICKER.finditer(words):
        code = found[1].upper()
        if code in _NO_TICKERS or code.casefold() in named:
            continue
        if (issuer := desk.universe.by_ticker(code)) is not None:
            issuers.append(issuer)
            surfaces.append(found[1])
    choices: list[Choice] = []
    assumed: list[str] = []
    for doubt in links.unlinked:
        surface = doubt.surface
        if any(c.isdigit() for c in surface) or not surface[:1].isupper() or surface.casefold() in named:
            continue
        if surface.split()[0].lower() in _OPENINGS and words.startswith(surface):
            continue
        could = [issuer for t in doubt.candidates if (issuer := desk.universe.by_ticker(t)) is not None]
        if len(could) == 1:
            issuers.append(could[0])
            surfaces.append(surface)
            assumed.append(f"{surface} read as {could[0].name} ({could[0].ticker})")
        elif could:
            choices.append(
                Choice(surface=surface, candidates=tuple((issuer.ticker, issuer.name) for issuer in could))
            )
    if tickers:
        settled = tuple(dict.fromkeys(ticker.upper() for ticker in tickers))
        names = tuple(dict.fromkeys([*surfaces, *_names(desk, settled)]))
        return Resolved(question=Question(text=words, tickers=settled, names=names))
    told = tuple(dict.fromkeys(issuer.ticker for issuer in issuers if issuer is not None and issuer.ticker))
    if len(told) < 2 and (bare := _bare(desk, words, surfaces)) is not None:
        return Resolved(question=Question(text=words, names=tuple(surfaces)), choices=(bare, *choices))
    question = Question(text=words, tickers=told, names=tuple(dict.fromkeys(surfaces)))
    return Resolved(question=question, choices=() if told else tuple(choices), assumed=tuple(assumed))


def _bare(desk: Desk, words: str, surfaces: Sequence[str]) -> Choice | None:
    """The one name of a question where it is a bare word that several issuers share; None where it is not."""
    names = [surface for surface in surfaces if surface in words]
    if not names:
        capitals = [found for found in _CAPITAL.finditer(words) if found.start() > 0]
        names = [found[0] for found in capitals if found[0].lower() not in _OPENINGS]
        names = [name for name in names if not country_named(name) and name.upper() not in _NO_TICKERS]
    for name in dict.fromkeys(names):
        if len(name.split()) == 1 and (several := namesakes(desk.universe, name)):
            return Choice(surface=name, candidates=tuple((issuer.ticker, issuer.name) for issuer in several))
    return None


_CAPITAL: Final = lazily(r"(?<![\w'’.&-])(?<![A-Z][a-z] )[A-Z][a-z]{3,}(?![\w'’&-])(?! [A-Z])")
_OPENINGS: Final = frozenset(
    "what which who why how when where did does do is are was were has have will can".split()
)


def _names(desk: Desk, tickers: Sequence[str]) -> list[str]:
    found = [desk.universe.by_ticker(ticker) for ticker in tickers]
    words = [
        word for issuer in found if issuer is not None for word in re.findall(r"[^\W_]+", issuer.name)[:2]
    ]
    return [*words, *tickers]
