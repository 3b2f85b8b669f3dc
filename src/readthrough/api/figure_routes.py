"""Figures of portfolios over HTTP: what they returned, what they risk, why, and what would be."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, TypeAlias

from fastapi import APIRouter, Depends, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from readthrough.api.models import ErrorModel
from readthrough.desk.attribution import attribution, segments_by
from readthrough.desk.book_data import Question, known_portfolio
from readthrough.desk.exposure import error_kind, exposure, factor_exposure
from readthrough.desk.open import Desk
from readthrough.desk.past import as_known
from readthrough.desk.performance import performance
from readthrough.desk.risk import risk
from readthrough.desk.scenario import drivers_of, replayed, scenario

__all__ = ["FigureApi", "FigureModel", "PortfolioFiguresModel"]

MAX_NAMES = 20
"""Factors, shocks or windows in one request."""

Names: TypeAlias = list[Annotated[str, Field(max_length=100)]]
Many = Annotated[Names, Query(max_length=MAX_NAMES)]


class FigureModel(BaseModel):
    """A number with its method, or the reason why there is none."""

    model_config = ConfigDict(extra="allow")

    name: str
    value: float | None = Field(description="None where it is unavailable.")
    unit: str
    method: str
    window: dict[str, Any] | None
    ddof: int | None
    quantile: str | None
    sign: str | None
    standard_error: float | None
    unavailable: str | None = Field(description="Why there is no value.")


class PortfolioFiguresModel(BaseModel):
    """What is common to the documents of a portfolio's figures; each adds its own parts."""

    model_config = ConfigDict(extra="allow")

    portfolio: str
    name: str
    figures: dict[str, FigureModel] | None = None
    problems: list[dict[str, str]] | None = None


class Asked:
    """What every question about figures has in common, out of path and query."""

    def __init__(
        self,
        portfolio_id: Annotated[str, Path(max_length=200)],
        since: Annotated[date | None, Query(description="First close; three years back otherwise.")] = None,
        until: Annotated[date | None, Query(description="Last close.")] = None,
        benchmark: Annotated[
            str,
            Query(
                max_length=200, description="A saved benchmark or portfolio, or an instrument with prices."
            ),
        ] = "",
        as_of: Annotated[
            datetime | None, Query(description="Books, histories and prices as they were known then.")
        ] = None,
    ) -> None:
        """Take the parameters."""
        self.as_of = as_of
        self.question = Question(portfolio_id=portfolio_id, since=since, until=until, benchmark=benchmark)


Question_ = Annotated[Asked, Depends()]


class FigureApi:
    """The routes, over a desk."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the routes."""
        self._desk = desk
        wrong: dict[int | str, dict[str, Any]] = {
            code: {"model": ErrorModel} for code in (403, 404, 422, 500, 503)
        }
        self.router = APIRouter(
            prefix="/api/v1/portfolios/{portfolio_id}", responses=wrong, tags=["portfolios"]
        )
        for name, serve in (
            ("performance", self.performance),
            ("risk", self.risk),
            ("attribution", self.attribution),
            ("exposure", self.exposure),
            ("scenario", self.scenario),
        ):
            self.router.add_api_route(f"/{name}", serve, response_model=PortfolioFiguresModel)

    def performance(
        self,
        asked: Question_,
        fee: Annotated[float, Query(ge=0, le=0.5, description="A year, decimal.")] = 0.0,
    ) -> Response:
        """Return what a portfolio returned, with sub-periods, contributions and currency effect."""
        desk, question = self._known(asked)
        return JSONResponse(performance(desk, question, fee=fee))

    def risk(
        self,
        asked: Question_,
        level: Annotated[float, Query(ge=0.5, le=0.9999)] = 0.95,
        risk_free: Annotated[float, Query(ge=-0.5, le=1, description="A year, decimal.")] = 0.0,
    ) -> Response:
        """Return volatility, tails by four methods, drawdowns, components and concentration."""
        desk, question = self._known(asked)
        return JSONResponse(risk(desk, question, level=level, risk_free=risk_free))

    def attribution(
        self, asked: Question_, by: Annotated[str, Query(pattern="^(sector|country)$")] = "sector"
    ) -> Response:
        """Return allocation, selection, interaction and currency effects against a benchmark of holdings."""
        desk, question = self._known(asked)
        return JSONResponse(attribution(desk, question, by=segments_by(by)))

    def exposure(
        self,
        asked: Question_,
        factor: Many = [],  # noqa: B006  read by the framework, never changed
        errors: Annotated[str, Query(pattern="^(classical|robust|newey_west)$")] = "newey_west",
    ) -> Response:
        """Return weights by issuer, sector, country, currency and theme, and loadings on factors."""
        desk, question = self._known(asked)
        document = exposure(desk, question)
        if factor:
            document["factor"] = factor_exposure(desk, question, factor, errors=error_kind(errors))
        return JSONResponse(document)

    def scenario(
        self,
        asked: Question_,
        shock: Many = [],  # noqa: B006
        replay: Many = [],  # noqa: B006
        driver: Many = [],  # noqa: B006
    ) -> Response:
        """Return what shocks (`market=-20%`, `AAPL=-10%`, `oil=+30%`) would do, or past windows did."""
        desk, question = self._known(asked)
        if shock and replay:
            raise HTTPException(422, "Ask for shocks or for past windows, not for both.")
        if shock:
            return JSONResponse(scenario(desk, question, shock, drivers=drivers_of(driver)))
        return JSONResponse(replayed(desk, question, replay))

    def _known(self, asked: Asked) -> tuple[Desk, Question]:
        desk = as_known(self._desk, asked.as_of)
        if not known_portfolio(desk, asked.question.portfolio_id):
            raise HTTPException(404, "There is no such portfolio.")
        return desk, asked.question
