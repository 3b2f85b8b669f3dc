"""Files of custodians over HTTP: the body is the file; it is kept whole or not at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final, Literal

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from readthrough.api.models import ErrorModel
from readthrough.desk.imports import (
    Mapped,
    identifier_of,
    import_document,
    is_quoted_in,
    keep_import,
    pairs_of,
    read_bytes,
)
from readthrough.desk.open import Desk

__all__ = ["ImportApi", "ImportModel"]

_AT_ONCE: Final = 2  # files read at the same time: one of many rows keeps a core busy for seconds

Pairs = Annotated[list[str] | None, Query(max_length=100)]


class ImportModel(BaseModel):
    """What was found in a file and what became of its rows."""

    model_config = ConfigDict(extra="allow")

    id: str
    kept: bool
    new_transactions: int
    known_transactions: int
    format: str
    portfolio: dict[str, Any] | None
    transactions: int
    problems: list[dict[str, str]]
    lost: list[dict[str, str]]
    unresolved: list[dict[str, str]]


class ImportApi:
    """The route, over a desk."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the route."""
        self._desk = desk
        self._reading = CapacityLimiter(_AT_ONCE)
        wrong: dict[int | str, dict[str, Any]] = {
            code: {"model": ErrorModel} for code in (403, 413, 422, 500, 503)
        }
        self.router = APIRouter(prefix="/api/v1", responses=wrong, tags=["portfolios"])
        self.router.add_api_route(
            "/portfolios/import",
            self.bring,
            methods=["POST"],
            response_model=ImportModel,
            operation_id="import_portfolio",
            openapi_extra={"requestBody": {"required": True, "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
        )  # fmt: skip

    async def bring(
        self,
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=200, description="What to call the portfolio.")],
        format: Annotated[str, Query(max_length=40, description="Where it is not found out.")] = "",
        kind: Literal["portfolio", "benchmark", "watchlist"] = "portfolio",
        preview: Annotated[bool, Query(description="Say what would be read, keep nothing.")] = False,
        partial: Annotated[bool, Query(description="Keep the rest although rows cannot be read.")] = False,
        lots: Annotated[str, Query(max_length=20, description="Which lot a sale closes.")] = "",
        days: Annotated[Literal["dmy", "mdy"] | None, Query(description="How dates are written.")] = None,
        base: Annotated[str, Query(pattern="^[A-Z]{3}$", description="Base currency.")] = "USD",
        as_of: Annotated[date | None, Query(description="The day of the holdings.")] = None,
        column: Pairs = None,
        instrument: Pairs = None,
        rate: Pairs = None,
    ) -> Response:
        """Import holdings or transactions: the body is the file, as `readthrough portfolio import` reads it.

        A portfolio of the same name is replaced, whole or not at all. `column` is HEADING=FIELD, `instrument`
        NAME=TICKER and `rate` EUR=1.08; each may be given several times.
        """
        if not is_quoted_in(base):
            raise HTTPException(422, f"{base} is no currency.")
        mapped = Mapped(
            columns=pairs_of(column or (), "column"),
            instruments=pairs_of(instrument or (), "instrument"),
            day_first=None if days is None else days == "dmy",
            rates=_rates(pairs_of(rate or (), "rate")),
            base_currency=base,
            as_of=as_of,
        )
        raw = await request.body()

        def work() -> dict[str, Any]:
            read = read_bytes(self._desk, raw, name=name, format=format, kind=kind, mapped=mapped)
            id = identifier_of(name)
            new, known = (0, 0) if preview else keep_import(self._desk, read, id, partial=partial, lots=lots)
            return import_document(read) | {
                "id": id,
                "kept": not preview,
                "new_transactions": new,
                "known_transactions": known,
            }

        return JSONResponse(await to_thread.run_sync(work, limiter=self._reading))


def _rates(given: dict[str, str]) -> dict[str, Decimal]:
    try:
        rates = {code: Decimal(figure) for code, figure in given.items()}
    except InvalidOperation:
        raise HTTPException(422, "A rate is no figure.") from None
    for code, figure in rates.items():
        if not (figure.is_finite() and figure > 0 and is_quoted_in(code)):
            raise HTTPException(422, f"{code[:20]} has no rate above zero, or is no currency.")
    return rates
