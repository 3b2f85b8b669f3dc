"""Pages of one company: its price with the news beside it, how the news sounds, its ties, and who holds it here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from readthrough.desk import ask
from readthrough.desk.graph import graph_document
from readthrough.domain.portfolio import Portfolio
from readthrough.domain.security import Issuer
from readthrough.web.charts import NewsDay, news_days, panes
from readthrough.web.feed import row_of
from readthrough.web.page import Pages

__all__ = ["TickerPages"]

NOTES: Final = 400
PRICES: Final = timedelta(days=400)
ROWS: Final = 60
SIDES: Final = {"supplier": 0, "customer": 2}
"""Which column of the drawing a tie stands in; all others in the middle one."""
MOST_TIES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A tied company in the drawing, and the line to it."""

    name: str
    ticker: str
    relation: str
    why: str
    x: float
    y: float
    from_x: float
    from_y: float
    to_x: float
    to_y: float


class TickerPages:
    """What is known of a company, drawn from notes, prices, holdings and the graph."""

    def __init__(self, pages: Pages) -> None:
        """Keep the frame of the pages."""
        self._pages = pages
        self._desk = pages.desk

    def add_to(self, router: APIRouter) -> None:
        """Register the pages."""
        router.add_api_route("/tickers", self.tickers)
        router.add_api_route("/tickers/{symbol}", self.ticker)

    def tickers(self, request: Request) -> Response:
        """List the tickers with the most news of late."""
        notes = ask.latest_notes(self._desk, limit=NOTES, brief=True)
        held = _weights(self._desk.store.portfolios())
        scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
        names: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for note in notes:
            for read in _tickers(note):
                counts[read["ticker"]] += 1
                names[read["ticker"]] = read["name"]
                if read.get("score") is not None:
                    scores[read["ticker"]].append((read["relevance"], read["score"]))
        rows = [
            {
                "ticker": ticker,
                "name": names[ticker],
                "count": count,
                "score": _mean(scores[ticker]),
                "weight": held.get(ticker.upper()),
            }
            for ticker, count in counts.most_common(ROWS)
        ]
        return self._pages.show(request, "tickers.html", place="Ticker", rows=rows)

    def ticker(self, request: Request, symbol: str) -> Response:
        """Show one company."""
        issuer = self._desk.universe.by_ticker(symbol)
        if issuer is None or not issuer.ticker:
            raise HTTPException(404, "No company is listed under this ticker.")
        known = {t.upper() for t in issuer.tickers}
        shown = symbol.upper() if symbol.upper() in known else issuer.ticker
        notes = ask.latest_notes(self._desk, limit=NOTES, ticker=issuer.ticker, brief=True)
        days = news_days(notes, issuer.ticker)
        series = self._prices(issuer)
        closes = [(price.day, float(price.close)) for price in series]
        graph = graph_document(self._desk.universe, issuer.ticker)
        portfolios = self._desk.store.portfolios()
        before, after = _beside(issuer.ticker, portfolios)
        prefix = self._pages.prefix
        return self._pages.show(
            request,
            "ticker.html",
            place="Ticker",
            symbol=shown,
            issuer=issuer,
            notes=[row_of(note) for note in notes],
            most=NOTES,
            days=days,
            mean=_over(days),
            drawn=panes(days, closes, feed=f"{prefix}/?ticker={issuer.ticker}", note=f"{prefix}/notes/"),
            closes=dict(closes),
            last=_last(closes, series[-1].currency) if closes else None,
            graph=graph,
            ties=_laid_out(graph["ties"]),
            holders=_holders(issuer, portfolios),
            events=_events(notes, issuer.ticker),
            before=before,
            after=after,
        )

    def _prices(self, issuer: Issuer) -> list[Any]:
        since = (self._desk.clock() - PRICES).date()
        found = self._desk.store.books.prices(list(issuer.tickers), since)
        # One line's prices: of several listings the one with the most days, the default first.
        by_line: dict[str, list[Any]] = defaultdict(list)
        for price in found:
            by_line[price.instrument].append(price)
        return max(
            by_line.values(), key=lambda line: (len(line), line[0].instrument == issuer.ticker), default=[]
        )


def _last(closes: Sequence[tuple[Any, float]], currency: str) -> dict[str, Any]:
    day, price = closes[-1]
    before = closes[-2][1] if len(closes) > 1 else 0.0
    return {
        "day": day,
        "price": price,
        "currency": currency,
        "change": price / before - 1 if before else None,
    }


def _tickers(note: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [read for read in note["tickers"] if read["ticker"] and read["role"] != "passing"]


def _mean(scores: Sequence[tuple[float, float]]) -> float | None:
    weight = sum(w for w, _ in scores)
    return sum(w * s for w, s in scores) / weight if weight else None


def _over(days: Sequence[NewsDay]) -> float | None:
    return _mean([(float(len(d.notes)), d.score) for d in days if d.score is not None])


def _weights(portfolios: Sequence[Portfolio]) -> dict[str, float]:
    """The largest weight of each ticker in any portfolio."""
    found: dict[str, float] = {}
    for portfolio in portfolios:
        for line in portfolio.holdings:
            if line.weight is not None:
                ticker = line.ticker.upper()
                found[ticker] = max(found.get(ticker, 0.0), float(line.weight), key=abs)
    return found


def _holders(issuer: Issuer, portfolios: Sequence[Portfolio]) -> list[dict[str, Any]]:
    return [
        {
            "id": p.id,
            "name": p.name,
            "quantity": float(line.quantity),
            "weight": line.weight and float(line.weight),
        }
        for p in portfolios
        for line in p.holdings
        if line.issuer_id == issuer.id
    ]


def _beside(ticker: str, portfolios: Sequence[Portfolio]) -> tuple[str, str]:
    """The tickers before and after this one among all that is held."""
    held = sorted({line.ticker for p in portfolios for line in p.holdings if line.ticker})
    before = [t for t in held if t < ticker]
    after = [t for t in held if t > ticker]
    return (before[-1] if before else "", after[0] if after else "")


def _events(notes: Sequence[Mapping[str, Any]], ticker: str) -> list[tuple[str, int, str]]:
    counts: Counter[tuple[str, str]] = Counter(
        (event["type"], event.get("polarity") or "neutral")
        for note in notes
        if note["story"]["duplicate_of"] is None
        for event in note["events"]
        if event.get("ticker") == ticker and not event["background"]
    )
    return [(name, count, polarity) for (name, polarity), count in counts.most_common(12)]


def _laid_out(ties: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    if not ties:
        return None
    columns: list[list[Mapping[str, Any]]] = [[], [], []]
    for tie in ties:
        column = columns[SIDES.get(str(tie["relation"]), 1)]
        if len(column) < MOST_TIES:
            column.append(tie)
    rows = max(len(columns[0]), len(columns[2]), 3)
    middle = 30 + rows * 28 / 2
    nodes = []
    for at, column in enumerate(columns):
        for n, tie in enumerate(column):
            below = at == 1
            x = (10.0, 220.0 + (n % 3) * 178, 780.0)[at]
            y = 40 + rows * 28 + (n // 3) * 30 if below else 38 + n * 28 + (rows - len(column)) * 14
            nodes.append(
                Node(
                    name=tie["name"],
                    ticker=tie["ticker"] or "",
                    relation=str(tie["relation"]),
                    why=tie["why"] or str(tie["relation"]),
                    x=x,
                    y=y,
                    from_x=480.0 if below else (180.0 if at == 0 else 780.0),
                    from_y=middle + 16 if below else y,
                    to_x=x + 85 if below else (400.0 if at == 0 else 560.0),
                    to_y=y - 11 if below else middle,
                )
            )
    height = 60 + rows * 28 + ((len(columns[1]) + 2) // 3) * 30
    return {"nodes": nodes, "height": height, "middle": middle}
