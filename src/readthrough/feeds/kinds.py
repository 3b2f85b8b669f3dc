"""Which adapter asks which kind of feed; each is loaded when its kind is first asked."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from readthrough.domain.errors import SettingsError
from readthrough.feeds.entries import Adapter

__all__ = ["COMMON_OPTIONS", "KINDS", "Kind", "adapter_of"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of feed: what it is, where its adapter stands, what it needs, how often it is asked."""

    words: str
    module: str
    needs_address: bool = False
    key: str = ""
    interval: timedelta | None = None
    options: tuple[str, ...] = ()


KINDS: Final = {
    "rss": Kind("RSS, Atom or JSON Feed", "rss", needs_address=True, options=("interval_s", "pages", "source")),
    "folder": Kind("a watched folder", "folder", needs_address=True, interval=timedelta(seconds=2)),
    "edgar": Kind("SEC EDGAR filings", "edgar", interval=timedelta(minutes=1), options=("forms", "ciks")),
    "alphavantage": Kind("Alpha Vantage", "services.alpha_vantage", key="ALPHAVANTAGE_API_KEY", options=("tickers", "topics")),
    "finnhub": Kind("Finnhub", "services.finnhub", key="FINNHUB_API_KEY", options=("tickers", "category")),
    "marketaux": Kind("Marketaux", "services.marketaux", key="MARKETAUX_API_KEY", options=("tickers", "language", "limit")),
    "polygon": Kind("Polygon", "services.polygon", key="POLYGON_API_KEY", options=("tickers",)),
    "tiingo": Kind("Tiingo", "services.tiingo", key="TIINGO_API_KEY", options=("tickers",)),
    "benzinga": Kind("Benzinga's stream", "services.benzinga", key="BENZINGA_API_KEY", options=("tickers", "listen_s", "quiet_s")),
}  # fmt: skip
COMMON_OPTIONS: Final = ("key_env", "interval_s", "pages", "source")


def adapter_of(kind: str) -> Adapter:
    """Return what asks feeds of a kind.

    Raises:
        SettingsError: There is no such kind.
    """
    if kind not in KINDS:
        raise SettingsError(f"No kind of feed is called {kind!r}.", remedy=f"There are: {', '.join(KINDS)}.")
    found: Adapter = importlib.import_module(f"readthrough.feeds.{KINDS[kind].module}").show
    return found
