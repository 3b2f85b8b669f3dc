"""Closes from yfinance, an optional library: what it gives is another's data, under terms that are its user's to keep."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from readthrough.domain.errors import SourceRefused, SourceUnreachable
from readthrough.domain.ledger import Price

__all__ = ["Library", "fetch_closes"]


class Library(Protocol):
    """What is used of yfinance."""

    def Ticker(self, ticker: str) -> Any:
        """Return a handle with `history` and `fast_info`."""


def fetch_closes(
    tickers: Sequence[str], *, since: date, until: date, library: Library | None = None
) -> tuple[list[Price], list[str]]:
    """Fetch unadjusted daily closes.

    Args:
        tickers: Yahoo-style symbols.
        since: First day.
        until: Last day.
        library: The module to ask; yfinance when None.

    Returns:
        Prices, and the tickers that nothing was found for.

    Raises:
        SourceRefused: yfinance is not installed.
        SourceUnreachable: It failed for every ticker.
    """
    source = library if library is not None else _library()
    prices: list[Price] = []
    missing: list[str] = []
    failed: list[str] = []
    for ticker in tickers:
        try:
            handle = source.Ticker(ticker)
            table = handle.history(
                start=since.isoformat(), end=(until + timedelta(days=1)).isoformat(), auto_adjust=False
            )
            currency = str(handle.fast_info["currency"] or "")
            found = list(_closes(ticker, currency, table["Close"].items(), _volumes(table)))
        except Exception as error:  # it raises whatever its transport does
            failed.append(f"{ticker}: {type(error).__name__}")
            missing.append(ticker)
            continue
        prices.extend(found)
        if not found:
            missing.append(ticker)
    if failed and not prices:
        raise SourceUnreachable(
            f"yfinance gave nothing: {'; '.join(failed[:3])}.",
            remedy="Try later, or import prices from a file.",
        )
    return prices, missing


def _library() -> Library:
    try:
        found: Any = importlib.import_module("yfinance")
    except ImportError:
        raise SourceRefused(
            "yfinance is not installed.",
            remedy="pip install yfinance, if its source's terms suit you, or import prices from a file.",
        ) from None
    library: Library = found
    return library


def _volumes(table: Any) -> Mapping[Any, Any]:
    """Units traded by moment, where the table has them."""
    try:
        return dict(table["Volume"].items())
    except KeyError:
        return {}


def _closes(
    ticker: str, currency: str, rows: Iterable[tuple[Any, Any]], volumes: Mapping[Any, Any]
) -> Iterable[Price]:
    for moment, close in rows:
        try:
            value = Decimal(str(close))
        except InvalidOperation:
            continue
        if value.is_finite() and value > 0 and currency:
            day = moment.date() if hasattr(moment, "date") else date.fromisoformat(str(moment)[:10])
            units = volumes.get(moment)
            yield Price(
                instrument=ticker,
                day=day,
                close=round(value, 6),
                currency=currency,
                source="yfinance",
                volume=Decimal(int(units)) if units and units == units else None,
            )
