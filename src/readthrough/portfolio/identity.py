"""Whom a row of a holdings file means: by ISIN, FIGI, SEDOL or CUSIP, else by ticker. Never by likeness of names.

Neither SEDOL nor CUSIP lists are kept: where either is the middle of an ISIN, that ISIN is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from readthrough.domain.reading import Problem
from readthrough.domain.security import Issuer, Listing
from readthrough.portfolio.currencies import CURRENCIES
from readthrough.universe.identifiers import is_figi, is_isin
from readthrough.universe.master import Universe
from readthrough.universe.nearby import near_names

__all__ = [
    "Identity",
    "cash_ticker",
    "folded",
    "identify",
    "is_cash",
    "is_sedol",
    "is_total",
    "isin_of",
    "unresolved",
]

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
# what exchanges are called by ISO 10383 and by brokers -> Yahoo's suffix
_EXCHANGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys("XNYS XNAS XASE ARCX BATS NYSE NASDAQ AMEX ARCA XNMS XNGS US OTCM PINK".split(), ""),
        **dict.fromkeys("XHKG SEHK HKEX".split(), ".HK"), **dict.fromkeys("XLON LSE LSEETF".split(), ".L"),
        **dict.fromkeys("XTKS TSEJ TSE.JPN".split(), ".T"), **dict.fromkeys("XETR XETRA IBIS IBIS2 XFRA FWB".split(), ".DE"),
        **dict.fromkeys("XPAR SBF".split(), ".PA"), **dict.fromkeys("XAMS AEB".split(), ".AS"),
        **dict.fromkeys("XSWX XVTX EBS SIX VIRTX".split(), ".SW"), **dict.fromkeys("XMIL BVME MTAA".split(), ".MI"),
        **dict.fromkeys("XMAD BME BM".split(), ".MC"), **dict.fromkeys("XBRU ENEXT.BE".split(), ".BR"),
        **dict.fromkeys("XSTO SFB OMX".split(), ".ST"), **dict.fromkeys("XCSE CPH".split(), ".CO"),
        **dict.fromkeys("XHEL HEX".split(), ".HE"), **dict.fromkeys("XOSL OSE".split(), ".OL"),
        **dict.fromkeys("XASX ASX".split(), ".AX"), **dict.fromkeys("XTSE TSE TSX".split(), ".TO"),
        "XDUB": ".IR", "XLIS": ".LS", "XWBO": ".VI", "XKRX": ".KS", "XTAI": ".TW", "XSES": ".SI", "XNSE": ".NS",
        "NSE": ".NS", "XBOM": ".BO", "BVMF": ".SA", "XMEX": ".MX", "XJSE": ".JO", "XTAE": ".TA",
        "XSHG": ".SS", "XSHE": ".SZ",
    }
)  # fmt: skip
_SEDOL_WEIGHTS = (1, 3, 1, 7, 3, 9)
_SEDOL = re.compile(r"[0-9BCDFGHJKLMNPQRSTVWXYZ]{6}[0-9]")
_CUSIP = re.compile(r"[0-9A-Z*@#]{8}[0-9]")
_SECTOR_WORD = re.compile(r"\s+(?:equity|index|curncy|corp)$", re.IGNORECASE)
_US_RIC = re.compile(r"\.(?:O|N|OQ|K|A|P|PK)$")
_US_PREFIX = re.compile(r"^(?:NYSE|NASDAQ|XNYS|XNAS|AMEX|ARCA)\s*:\s*", re.IGNORECASE)
_CASH_TICKERS = frozenset(
    "CASH USD EUR GBP JPY CHF HKD CNY CNH CAD AUD SEK NOK DKK SGD INR KRW TWD NZD ZAR BRL MXN $".split()
)
_CASH_NAME = re.compile(r"\b(?:cash|money market|currency|liquidity|sweep|dollars?|euros?)\b", re.IGNORECASE)
_CASH_ALONE = re.compile(
    r"(?:\S+ ){0,3}cash(?: (?:and|&) (?:cash )?(?:equivalents?|investments?)| balance| account)?|pending activity",
    re.I,
)
_TOTAL = re.compile(r"(?:grand |sub-?\s?|portfolio |account |net )?totals?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whom a row means. `issuer` is None where nobody is known under what the row gives."""

    ticker: str
    issuer: Issuer | None
    listing: Listing | None = None
    disagreement: str = ""  # another issuer that a second identifier of the row points to


def identify(
    ticker: str,
    isin: str,
    universe: Universe,
    *,
    mic: str = "",
    figi: str = "",
    sedol: str = "",
    cusip: str = "",
    on: date | None = None,
) -> Identity:
    """Look a row up. An identifier outranks a ticker; if two of them name different issuers, nobody is meant.

    Understands Yahoo tickers (9988.HK), Bloomberg's (BABA US Equity, 9988 HK), US RICs (AAPL.O),
    a leading exchange (NYSE: BABA), and a bare ticker beside its exchange.

    Args:
        ticker: As written.
        isin: An ISIN, or an LEI, CIK or FIGI in its place.
        universe: Who can be meant.
        mic: The exchange of the ticker: ISO 10383, or what brokers call it.
        figi: Of the line or of its composite.
        sedol: London's seven characters.
        cusip: North America's nine characters.
        on: The day the ticker was used; today when None.
    """
    found: list[tuple[str, Issuer]] = []
    for value in (isin, isin_of(sedol=sedol), isin_of(cusip=cusip), figi):
        if value and (issuer := universe.by_identifier(value)) is not None:
            found.append((value.strip().upper(), issuer))
    spelled = ""
    for spelling in _spellings(ticker, mic):
        by_ticker = universe.by_ticker(spelling, on)
        if by_ticker is not None:
            spelled = spelling
            found.append(("", by_ticker))
            break
    if len({issuer.id for _, issuer in found}) > 1:
        names = list(dict.fromkeys(issuer.name for _, issuer in found))
        shown = next(filter(None, _spellings(ticker, mic)), isin.strip().upper())
        return Identity(ticker=shown, issuer=None, disagreement=" and ".join(names))
    if not found:
        shown = ticker.strip().upper() or next(
            (value.strip().upper() for value in (isin, figi, sedol, cusip) if value.strip()), ""
        )
        return Identity(ticker=shown, issuer=None)
    identifier, issuer = found[0]
    listing = _listing(issuer, spelled, identifier)
    return Identity(ticker=listing.ticker if listing else issuer.ticker, issuer=issuer, listing=listing)


def isin_of(*, sedol: str = "", cusip: str = "") -> str:
    """Return the ISIN that a SEDOL or a CUSIP is the middle of; empty where it is none, or no check digit fits.

    A SEDOL is that of an ISIN of the United Kingdom, a CUSIP of the United States: other countries' cannot be told.

    >>> isin_of(cusip="037833100"), isin_of(sedol="0263494")
    ('US0378331005', 'GB0002634946')
    """
    if is_sedol(value := sedol.strip().upper().zfill(7) if sedol.strip() else ""):
        return _checked("GB00" + value)
    value = cusip.strip().upper()
    return _checked("US" + value) if _CUSIP.fullmatch(value) else ""


def is_sedol(value: str) -> bool:
    """Tell whether a value is a SEDOL with the right check digit.

    >>> is_sedol("0263494"), is_sedol("0263495")
    (True, False)
    """
    if not _SEDOL.fullmatch(value):
        return False
    total = sum(int(c, 36) * w for c, w in zip(value, _SEDOL_WEIGHTS, strict=False))
    return (10 - total % 10) % 10 == int(value[6])


def _checked(body: str) -> str:
    return next((whole for digit in "0123456789" if is_isin(whole := body + digit)), "")


def folded(instruments: Mapping[str, str]) -> dict[str, str]:
    """Fold the case of what a file calls its instruments, for looking up."""
    return {name.strip().casefold(): meant.strip() for name, meant in instruments.items()}


def cash_ticker(ticker: str, currency: str) -> str:
    """Name a line of cash: by its currency where one is stated, else as the file names it.

    >>> cash_ticker("Cash & Cash Investments", "USD"), cash_ticker("eur", ""), cash_ticker("", "")
    ('USD', 'EUR', 'CASH')
    """
    bare = ticker.strip().upper()
    if bare in CURRENCIES or bare in _CASH_TICKERS:
        return bare
    return currency.strip().upper() if currency.strip().upper() in CURRENCIES else "CASH"


def unresolved(
    number: int, identity: Identity, name: str, universe: Universe, *, search: bool = True
) -> Problem:
    """Say that nobody is known under what a row gives and, where that is to be searched, who may be meant."""
    shown = identity.ticker or name
    if identity.disagreement:
        return Problem(
            code="identifiers_disagree",
            detail=f"row {number}: its ticker and identifiers mean different issuers, {identity.disagreement};"
            " it counts towards the value of the portfolio but no news meets it",
            remedy="Correct the ticker or the ISIN.",
        )
    near = _candidates(identity.ticker, name, universe) if search else []
    remedy = "Use a Yahoo-style ticker (BABA, 9988.HK) or an ISIN, or add the issuer to your universe."
    if near:
        remedy = f"Did you mean {' or '.join(near)}? Then say so: --instrument '{shown[:40]}={near[0].split()[0]}'."
    return Problem(
        code="unknown_ticker",
        detail=f"row {number}: {shown[:80]!r} is not known; it counts towards the value of the portfolio but no"
        " news meets it",
        remedy=remedy,
    )


def _candidates(ticker: str, name: str, universe: Universe) -> list[str]:
    """Up to three issuers that a name may mean, as "BABA (Alibaba)": for a person to choose, never taken."""
    found: dict[str, None] = {}
    words = [w for w in (name, *near_names(universe, name, 2)) if len(w.strip()) >= 3]
    for text in words:
        for issuer in universe.search(text[:60], limit=2):
            if issuer.ticker:
                found.setdefault(f"{issuer.ticker} ({issuer.name})")
    if not found and ticker and not (is_isin(ticker) or is_figi(ticker)):
        root = ticker.split(".")[0].split(" ")[0]
        known = universe.by_ticker(root)
        if known is not None and root != ticker:
            found.setdefault(f"{known.ticker} ({known.name})")
    return list(found)[:3]


def _spellings(ticker: str, mic: str = "") -> Iterator[str]:
    core = _SECTOR_WORD.sub("", _US_PREFIX.sub("", ticker.strip().upper()))
    if not core:
        return
    suffix = _EXCHANGES.get(mic.strip().upper())
    if suffix:
        root = core.removesuffix(suffix)
        yield (root.zfill(4) if suffix == ".HK" else root.replace(" ", "-").rstrip(".")) + suffix
        return  # the same letters elsewhere are another company
    yield core
    yield _US_RIC.sub("", core)
    symbol, _, exchange = core.rpartition(" ")
    if symbol and (code := _BLOOMBERG.get(exchange)) is not None:
        yield symbol.zfill(4) + code if code == ".HK" else symbol.replace("/", "-") + code
    if core.endswith(".HK"):
        yield core.zfill(7)
    if suffix == "":
        yield core.replace(" ", "-").replace("/", "-")


def _listing(issuer: Issuer, ticker: str, isin: str) -> Listing | None:
    dashed = ticker.replace(".", "-")
    for security in issuer.securities:
        for listing in security.listings:
            if ticker and listing.ticker in (ticker, dashed):
                return listing
    for security in issuer.securities:
        for listing in security.listings:
            if isin and not ticker and isin in (security.isin, security.figi, listing.figi):
                return listing
    return None


def is_cash(ticker: str, name: str, kind: str) -> bool:
    """Tell whether a row is cash. CASH is also a bank's ticker, so a name that says otherwise wins.

    >>> is_cash("CASH", "US dollar cash", ""), is_cash("CASH", "Pathward Financial Inc", "")
    (True, False)
    """
    if kind.strip().lower() in {"cash", "cash & equivalents", "cash and equivalents", "currency"}:
        return True
    bare = ticker.strip().upper()
    if bare.endswith("**") or (_CASH_ALONE.fullmatch(" ".join(ticker.split())) and " " in bare):
        return True  # a sweep fund, or words in place of a ticker
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
