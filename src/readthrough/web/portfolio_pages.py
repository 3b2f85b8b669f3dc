"""Pages of what is held: the grid, where the money stands, what news did to the book, and the morning's brief."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from readthrough.desk import ask, books
from readthrough.desk.analytics import KeptAnalytics
from readthrough.desk.open import Desk
from readthrough.desk.past import as_known
from readthrough.desk.screen import portfolio_of
from readthrough.domain.account import Role
from readthrough.domain.portfolio import Portfolio, Touch
from readthrough.web.assets import has_asset
from readthrough.web.charts import bars_of
from readthrough.web.page import Pages, Posted, require
from readthrough.web.portfolio_figures import figures_of

__all__ = ["GRID", "PortfolioPages"]

GRID: Final = "vendor/ag-grid-community.min.js"
SHOWN: Final = 500
"""Rows of the table that stands where the grid is not installed, or scripts do not run."""
NOTES: Final = 1_000
MOST_HITS: Final = 40


class PortfolioPages:
    """One portfolio, and the list of all."""

    def __init__(self, pages: Pages) -> None:
        """Keep the frame of the pages."""
        self._pages = pages
        self._desk = pages.desk
        self._analytics = KeptAnalytics(pages.desk)

    def add_to(self, router: APIRouter) -> None:
        """Register the pages."""
        add = router.add_api_route
        add("/portfolios", self.portfolios)
        add("/portfolios", self.save, methods=["POST"])
        add("/portfolios/{portfolio_id}", self.portfolio)
        add("/portfolios/{portfolio_id}/rows.json", self.rows)
        add("/portfolios/{portfolio_id}/holdings.csv", self.csv)
        add("/portfolios/{portfolio_id}/brief", self.brief)
        add("/portfolios/{portfolio_id}/delete", self.delete, methods=["POST"])

    def portfolios(self, request: Request) -> Response:
        """List portfolios with what hit them today."""
        touched: dict[str, float] = defaultdict(float)
        for touch in _touches(self._desk):
            touched[touch.portfolio_id] += touch.mid_bps or 0.0
        found = self._desk.store.portfolios()
        if len(found) == 1 and "all" not in request.query_params:
            return self._pages.go(f"/portfolios/{found[0].id}")
        return self._pages.show(
            request, "portfolios.html", place="Portfolio", portfolios=found, touched=touched
        )

    def save(self, request: Request, form: Posted) -> Response:
        """Keep holdings that were pasted as CSV."""
        require(request, Role.MANAGER)
        name, text = form.text("name", 100), form.raw("holdings", 900_000)
        if not name or not text.strip():
            raise HTTPException(422, "A portfolio needs a name and holdings as CSV.")
        portfolio = portfolio_of(self._desk, text, name=name)
        books.save_portfolio(self._desk, portfolio)
        return self._pages.go(f"/portfolios/{portfolio.id}")

    def delete(self, request: Request, portfolio_id: str) -> Response:
        """Forget a portfolio."""
        require(request, Role.MANAGER)
        if not books.delete_portfolio(self._desk, portfolio_id):
            raise HTTPException(404, "There is no such portfolio.")
        return self._pages.go("/portfolios?all=1")

    def portfolio(self, request: Request, portfolio_id: str) -> Response:
        """Show one portfolio, as it is or, with `as_of`, as it was known then."""
        desk, as_of = self._then(request)
        held = _known(desk, portfolio_id)
        rows = _rows(desk, held)
        hits = _hits(desk, held.id, _midnight(desk))
        scored = [(abs(r["weight"] or 0.0), r["sentiment"]) for r in rows if r["sentiment"] is not None]
        weight = sum(w for w, _ in scored)
        return self._pages.show(
            request,
            "portfolio.html",
            place="Portfolio",
            held=held,
            all=ask.portfolio_names(desk),
            as_of=as_of,
            rows=rows[:SHOWN],
            count=len(rows),
            value=sum(r["value"] or 0.0 for r in rows),
            sentiment=sum(w * s for w, s in scored) / weight if weight else None,
            today=sum(h["mid"] or 0.0 for h in hits),
            hits=hits[:MOST_HITS],
            exposures=[
                (title, bars_of(_shares(rows, field)[:12]))
                for title, field in (("Sector", "sector"), ("Country", "country"), ("Currency", "currency"))
            ],
            figures=figures_of(KeptAnalytics(desk) if as_of else self._analytics, held),
            grid=has_asset(GRID),
        )

    def rows(self, request: Request, portfolio_id: str) -> Response:
        """Return the holdings for the grid."""
        desk, _ = self._then(request)
        return JSONResponse(_rows(desk, _known(desk, portfolio_id)))

    def csv(self, request: Request, portfolio_id: str) -> Response:
        """Return the holdings as CSV; a cell that a spreadsheet would run as a formula is quoted with '."""
        desk, _ = self._then(request)
        held = _known(desk, portfolio_id)
        lines = ["ticker,name,quantity,price,currency,market_value,weight"]
        for line in held.holdings:
            cells = (
                line.ticker,
                line.name,
                line.quantity,
                line.price,
                line.currency,
                line.market_value,
                line.weight,
            )
            lines.append(",".join(_cell(cell) for cell in cells))
        headers = {"Content-Disposition": 'attachment; filename="holdings.csv"'}
        return Response("\r\n".join(lines) + "\r\n", media_type="text/csv; charset=utf-8", headers=headers)

    def brief(self, request: Request, portfolio_id: str) -> Response:
        """Show the morning's brief: what came since the last working day's evening, by what it moves."""
        desk, as_of = self._then(request)
        held = _known(desk, portfolio_id)
        since = _last_evening(desk.clock())
        hits = _hits(desk, held.id, since)
        return self._pages.show(
            request,
            "brief.html",
            place="Portfolio",
            held=held,
            as_of=as_of,
            since=since,
            up=[h for h in hits if (h["mid"] or 0.0) > 0][:10],
            down=[h for h in hits if (h["mid"] or 0.0) < 0][:10],
            other=[h for h in hits if not h["mid"]][:10],
            total=sum(h["mid"] or 0.0 for h in hits),
            count=len(hits),
        )

    def _then(self, request: Request) -> tuple[Desk, str]:
        """Return the desk as of the moment that the address names, and that moment as it was written."""
        written = request.query_params.get("as_of", "")[:40].strip()
        if not written:
            return self._desk, ""
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            raise HTTPException(422, "as_of is a day or a moment, as 2026-03-02T13:30.") from None
        return as_known(self._desk, moment), written


def _known(desk: Desk, portfolio_id: str) -> Portfolio:
    found = next((p for p in desk.store.portfolios() if p.id == portfolio_id), None)
    if found is None:
        raise HTTPException(404, "There is no such portfolio.")
    return found


def _rows(desk: Desk, held: Portfolio) -> list[dict[str, Any]]:
    universe = desk.universe
    sounds, news = _of_late(desk)
    today: dict[str, float] = defaultdict(float)
    for touch in _touches(desk, held.id):
        today[touch.ticker] += touch.mid_bps or 0.0
    rows = []
    for line in held.holdings:
        issuer = universe.issuer(line.issuer_id) if line.issuer_id else None
        tickers = {line.ticker.upper()} | ({t.upper() for t in issuer.tickers} if issuer else set())
        scores = [s for t in tickers for s in sounds.get(t, ())]
        rows.append(
            {
                "ticker": line.ticker,
                "name": line.name or (issuer.name if issuer else ""),
                "sector": issuer.sector if issuer else "",
                "country": issuer.country if issuer else "",
                "currency": line.currency,
                "quantity": float(line.quantity),
                "price": float(line.price),
                "value": None if line.market_value is None else float(line.market_value),
                "weight": None if line.weight is None else float(line.weight),
                "sentiment": round(sum(scores) / len(scores), 2) if scores else None,
                "news": sum(news.get(t, 0) for t in tickers),
                "today": round(today[line.ticker], 1) if line.ticker in today else None,
                "linked": bool(issuer and issuer.ticker),
            }
        )
    return rows


def _of_late(desk: Desk) -> tuple[Mapping[str, list[float]], Mapping[str, int]]:
    """How the latest notes sound, and how many came in the last day, by ticker."""
    day_ago = (desk.clock() - timedelta(days=1)).isoformat()
    sounds: dict[str, list[float]] = defaultdict(list)
    news: dict[str, int] = defaultdict(int)
    for note in ask.latest_notes(desk, limit=NOTES, brief=True):
        for read in _tickers(note):
            ticker = str(read["ticker"]).upper()
            news[ticker] += str(note["known_at"]) >= day_ago
            if read.get("score") is not None and not _repeats(note):
                sounds[ticker].append(read["score"])
    return sounds, news


def _midnight(desk: Desk) -> datetime:
    return desk.clock().replace(hour=0, minute=0, second=0, microsecond=0)


def _touches(desk: Desk, portfolio_id: str | None = None, since: datetime | None = None) -> Sequence[Touch]:
    start = since or _midnight(desk)
    return desk.store.books.touches(since=start, portfolio_id=portfolio_id)


def _hits(desk: Desk, portfolio_id: str, since: datetime) -> list[dict[str, Any]]:
    """What news did to a book, one line a story, the largest first."""
    stories: dict[str, list[Touch]] = defaultdict(list)
    for touch in _touches(desk, portfolio_id, since):
        stories[touch.story_id].append(touch)
    hits = []
    for touches in stories.values():
        newest = {(t.ticker, t.path): t for t in touches}  # a story told again moves nothing twice
        measured = [t for t in newest.values() if t.mid_bps is not None]
        lead = max(newest.values(), key=lambda t: abs(t.mid_bps or 0.0))
        hits.append(
            {
                "note": lead.note_id,
                "headline": lead.headline,
                "at": lead.known_at.isoformat(),
                "tickers": [t.ticker for t in newest.values()][:6],
                "paths": sorted({t.path for t in newest.values()}),
                "why": lead.why,
                "low": sum(t.low_bps or 0.0 for t in measured) if measured else None,
                "mid": sum(t.mid_bps or 0.0 for t in measured) if measured else None,
                "high": sum(t.high_bps or 0.0 for t in measured) if measured else None,
            }
        )
    return sorted(hits, key=lambda h: -abs(h["mid"] or 0.0))


def _tickers(note: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [read for read in note["tickers"] if read["ticker"] and read["role"] != "passing"]


def _repeats(note: Mapping[str, Any]) -> bool:
    return note["story"]["duplicate_of"] is not None


def _shares(rows: Sequence[Mapping[str, Any]], field: str) -> list[tuple[str, float]]:
    found: dict[str, float] = defaultdict(float)
    for row in rows:
        found[row[field] or "not known"] += row["weight"] or 0.0
    return sorted(found.items(), key=lambda item: -abs(item[1]))


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    if text[:1] in ("=", "+", "@", "\t", "\r") or (text[:1] == "-" and not text[1:2].isdigit()):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\r\n') else text


def _last_evening(now: datetime) -> datetime:
    """Return 21:00 UTC of the last working day before today: after New York's close."""
    day = now.replace(hour=21, minute=0, second=0, microsecond=0) - timedelta(days=1)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day
