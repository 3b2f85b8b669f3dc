"""Books over HTTP: prices and rates pushed in, what the news did to a portfolio, its morning brief."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from readthrough.api.models import ErrorModel
from readthrough.desk.book_data import known_portfolio
from readthrough.desk.book_news import (
    brief_document,
    brief_in,
    brief_of,
    news_document,
    news_of,
    price_report,
    the_portfolio,
)
from readthrough.desk.documents import portfolio_document
from readthrough.desk.imports import is_quoted_in
from readthrough.desk.open import Desk
from readthrough.desk.past import as_known
from readthrough.domain.ledger import Price, Rate

__all__ = ["BookApi", "BookNewsModel", "KeptModel", "PortfolioModel", "PriceIn", "RateIn"]

MAX_ROWS = 10_000
"""Prices or rates in one request."""

Figure = Annotated[Decimal, Field(gt=0, max_digits=30, decimal_places=12)]
Id = Annotated[str, Path(max_length=200)]
AsOf = Annotated[
    datetime | None,
    Query(description="Books and impacts as they were known then; UTC when it has no offset."),
]


class PriceIn(BaseModel):
    """The unadjusted close of an instrument on a day; `GBp` for pence. `volume` is in units traded."""

    model_config = ConfigDict(extra="forbid")

    instrument: str = Field(min_length=1, max_length=40)
    day: date
    close: Figure
    currency: str = Field(pattern="^[A-Za-z]{3}$")
    volume: Figure | None = None


class RateIn(BaseModel):
    """Units of `base` for one of `currency`."""

    model_config = ConfigDict(extra="forbid")

    currency: str = Field(pattern="^[A-Z]{3}$")
    base: str = Field(pattern="^[A-Z]{3}$")
    day: date
    rate: Figure


class KeptModel(BaseModel):
    """How many were kept."""

    kept: int


class BookNewsModel(BaseModel):
    """What news meant for a portfolio, ranked by money; basis points are of net asset value."""

    model_config = ConfigDict(extra="allow")

    portfolio: str
    name: str
    currency: str
    net_value: float | None
    notes: int
    expected_bps: float
    expected: float | None
    sentiment: float | None
    news_at_risk_bps: float
    news_at_risk: float | None
    hits: list[dict[str, Any]]


class PortfolioModel(BaseModel):
    """A portfolio with its holdings; weights are decimal shares of net asset value."""

    model_config = ConfigDict(extra="allow")

    id: str
    name: str
    base_currency: str
    as_of: date | None = Field(description="The day that the holdings are of.")
    holdings: list[dict[str, Any]]
    problems: list[dict[str, str]]


class BookApi:
    """The routes, over a desk."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the routes."""
        self._desk = desk
        wrong: dict[int | str, dict[str, Any]] = {
            code: {"model": ErrorModel} for code in (403, 404, 422, 500, 503)
        }
        self.router = APIRouter(prefix="/api/v1", responses=wrong, tags=["portfolios"])
        add = self.router.add_api_route
        add("/prices", self.push_prices, methods=["POST"], response_model=KeptModel)
        add("/prices", self.prices, response_model=list[dict[str, Any]])
        add("/rates", self.push_rates, methods=["POST"], response_model=KeptModel)
        add("/portfolios", self.portfolios, response_model=list[PortfolioModel])
        add("/portfolios/{portfolio_id}", self.portfolio, response_model=PortfolioModel)
        add("/portfolios/{portfolio_id}/impact", self.impact, response_model=BookNewsModel)
        add("/portfolios/{portfolio_id}/brief", self.brief, response_model=BookNewsModel)

    def push_prices(
        self, sent: Annotated[list[PriceIn], Body(min_length=1, max_length=MAX_ROWS)]
    ) -> Response:
        """Keep closes, all or none; of two for one instrument and day the later sent stands."""
        for price in sent:
            if not is_quoted_in(price.currency):
                raise HTTPException(422, f"{price.instrument}: {price.currency} is no currency.")
        rows = [
            Price(
                instrument=price.instrument.upper(),
                day=price.day,
                close=price.close,
                currency=price.currency,
                source="api",
                volume=price.volume,
            )
            for price in sent
        ]
        return JSONResponse({"kept": self._desk.store.books.save_prices(rows)})

    def push_rates(self, sent: Annotated[list[RateIn], Body(min_length=1, max_length=MAX_ROWS)]) -> Response:
        """Keep exchange rates, all or none."""
        for rate in sent:
            if not (is_quoted_in(rate.currency) and is_quoted_in(rate.base)):
                raise HTTPException(422, f"{rate.currency} or {rate.base} is no currency.")
        rows = [
            Rate(currency=rate.currency, base=rate.base, day=rate.day, rate=rate.rate, source="api")
            for rate in sent
        ]
        return JSONResponse({"kept": self._desk.store.books.save_rates(rows)})

    def prices(self) -> Response:
        """Return the last close of everything held: current, stale or missing."""
        return JSONResponse(price_report(self._desk))

    def portfolios(self, as_of: AsOf = None) -> Response:
        """Return every portfolio, benchmark and watchlist, as they are or were."""
        found = as_known(self._desk, as_of).store.portfolios()
        return JSONResponse([portfolio_document(each) for each in found])

    def portfolio(self, portfolio_id: Id, as_of: AsOf = None) -> Response:
        """Return a portfolio with its holdings, as it is or was."""
        desk = self._known(portfolio_id, as_of)
        return JSONResponse(portfolio_document(the_portfolio(desk, portfolio_id)))

    def impact(
        self,
        portfolio_id: Id,
        hours: Annotated[float, Query(gt=0, le=24 * 366, description="How far to look back.")] = 24,
        as_of: AsOf = None,
    ) -> Response:
        """Return what news of the last hours meant for a portfolio, ranked by money."""
        desk = self._known(portfolio_id, as_of)
        return JSONResponse(news_document(news_of(desk, portfolio_id, hours=hours)))

    def brief(
        self,
        portfolio_id: Id,
        format: Annotated[Literal["json", "text", "html", "pdf"], Query()] = "json",
        as_of: AsOf = None,
    ) -> Response:
        """Return the morning brief: the news since the close of the exchange that most of the book trades on."""
        made = brief_of(self._known(portfolio_id, as_of), portfolio_id)
        if format == "json":
            return JSONResponse(brief_document(made))
        kinds = {
            "text": "text/plain; charset=utf-8",
            "html": "text/html; charset=utf-8",
            "pdf": "application/pdf",
        }
        return Response(brief_in(made, format), media_type=kinds[format])

    def _known(self, portfolio_id: str, as_of: datetime | None) -> Desk:
        desk = as_known(self._desk, as_of)
        if not known_portfolio(desk, portfolio_id):
            raise HTTPException(404, "There is no such portfolio.")
        return desk
