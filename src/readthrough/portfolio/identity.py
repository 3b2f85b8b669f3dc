"""Whom a row of a holdings file means: by ISIN, else by ticker. Never by likeness of names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from readthrough.domain.security import Issuer, Listing
from readthrough.universe.master import Universe

__all__ = ["Identity", "identify", "is_cash", "is_total"]

# Bloomberg's exchange code after a blank -> Yahoo's suffix
_BLOOMBERG: Final[Mapping[str, str]] = MappingProxyType(
    {
        "US": "", "UN": "", "UW": "", "UQ": "", "UA": "", "UR": "", "HK": ".HK", "LN": ".L",
        "JP": ".T", "JT": ".T", "GR": ".DE", "GY": ".DE", "FP": ".PA", "NA": ".AS", "DC": ".CO",
        "SW": ".SW", "SE": ".SW", "IM": ".MI", "SM": ".MC", "BB": ".BR", "ID": ".IR", "FH": ".HE",
        "NO": ".OL", "AV": ".VI", "AU": ".AX", "AT": ".AX", "CN": ".TO", "CT": ".TO", "IN": ".NS",
        "KS": ".KS", "TT": ".TW", "SP": ".SI", "BZ": ".SA",
    }
)  # fmt: skip
_SECTOR_WORD = re.compile(r"\s+(?:equity|index|curncy|corp)$", re.IGNORECASE)
_US_RIC = re.compile(r"\.(?:O|N|OQ|K|A|P|PK)$")
_US_PREFIX = re.compile(r"^(?:NYSE|NASDAQ|XNYS|XNAS|AMEX|ARCA)\s*:\s*", re.IGNORECASE)
_CASH_TICKERS = frozenset(
    "CASH USD EUR GBP JPY CHF HKD CNY CNH CAD AUD SEK NOK DKK SGD INR KRW TWD NZD ZAR BRL MXN $".split()
)
_CASH_NAME = re.compile(r"\b(?:cash|money market|currency|liquidity|sweep|dollars?|euros?)\b", re.IGNORECASE)
_CASH_ALONE = re.compile(r"(?:\S+ ){0,3}cash(?: (?:and|&) (?:cash )?equivalents?| balance| account)?", re.I)
_TOTAL = re.compile(r"(?:grand |sub-?\s?|portfolio |net )?totals?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whom a row means. `issuer` is None where nobody is known under what the row gives."""

    ticker: str
    issuer: Issuer | None
    listing: Listing | None = None
    disagreement: str = ""  # another issuer that a second identifier of the row points to


def identify(ticker: str, isin: str, universe: Universe) -> Identity:
    """Look a row up. An ISIN outranks a ticker; if they name different issuers, nobody is meant.

    Understands Yahoo tickers (9988.HK), Bloomberg's (BABA US Equity, 9988 HK), US RICs (AAPL.O) and
    a leading exchange (NYSE: BABA).
    """
    by_isin = universe.by_identifier(isin) if isin else None
    spelled, by_ticker = "", None
    for spelling in _spellings(ticker):
        spelled, by_ticker = spelling, universe.by_ticker(spelling)
        if by_ticker is not None:
            break
    if by_isin is not None and by_ticker is not None and by_isin.id != by_ticker.id:
        return Identity(ticker=ticker, issuer=None, disagreement=f"{by_isin.name} and {by_ticker.name}")
    issuer = by_isin or by_ticker
    if issuer is None:
        return Identity(ticker=ticker.strip().upper() or isin.strip().upper(), issuer=None)
    listing = _listing(issuer, spelled if by_ticker else "", isin)
    return Identity(ticker=listing.ticker if listing else issuer.ticker, issuer=issuer, listing=listing)


def _spellings(ticker: str) -> Iterator[str]:
    core = _SECTOR_WORD.sub("", _US_PREFIX.sub("", ticker.strip().upper()))
    if not core:
        return
    yield core
    yield _US_RIC.sub("", core)
    symbol, _, exchange = core.rpartition(" ")
    suffix = _BLOOMBERG.get(exchange)
    if symbol and suffix is not None:
        yield symbol.zfill(4) + suffix if suffix == ".HK" else symbol.replace("/", "-") + suffix
    if core.endswith(".HK"):
        yield core.zfill(7)


def _listing(issuer: Issuer, ticker: str, isin: str) -> Listing | None:
    dashed = ticker.replace(".", "-")
    for security in issuer.securities:
        for listing in security.listings:
            if ticker and listing.ticker in (ticker, dashed):
                return listing
    for security in issuer.securities:
        if not ticker and isin and security.isin == isin.strip().upper() and security.listings:
            return security.listings[0]
    return None


def is_cash(ticker: str, name: str, kind: str) -> bool:
    """Tell whether a row is cash. CASH is also a bank's ticker, so a name that says otherwise wins.

    >>> is_cash("CASH", "US dollar cash", ""), is_cash("CASH", "Pathward Financial Inc", "")
    (True, False)
    """
    if kind.strip().lower() in {"cash", "cash & equivalents", "cash and equivalents", "currency"}:
        return True
    bare = ticker.strip().upper()
    if bare in _CASH_TICKERS or bare in {"-", "--"}:
        return not name or bool(_CASH_NAME.search(name))
    return not bare and bool(_CASH_ALONE.fullmatch(" ".join(name.split())))


def is_total(*cells: str) -> bool:
    """Tell whether a row sums others up: a cell says so, and is not a name such as TotalEnergies.

    >>> is_total("", "Total"), is_total("Sub-total equities"), is_total("TTE.PA", "TotalEnergies SE")
    (True, True, False)
    """
    words = [" ".join(cell.split()) for cell in cells if cell.strip()]
    return bool(words) and bool(_TOTAL.match(words[0]))
