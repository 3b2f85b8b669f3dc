"""The hand-written files: issuers and names, ambiguity, sources. Plain text that a firm can edit.

Cells are divided by `|`; `#` begins a comment line. Formats are described at the top of each file
in `overlay/`; a fault names file, line and remedy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from readthrough.domain.errors import UniverseError
from readthrough.universe.sources import KINDS

__all__ = [
    "MARKETS",
    "SECTORS",
    "HandAmbiguity",
    "HandDated",
    "HandIssuer",
    "HandName",
    "HandSource",
    "is_day",
    "lines_of",
    "names_of_cell",
    "parse_ambiguity",
    "parse_dated",
    "parse_issuers",
    "parse_sources",
]

SECTORS = (
    "Technology", "Semiconductors", "Internet & Media", "Telecom", "Consumer Goods", "Retail & Leisure",
    "Autos", "Financials", "Health Care", "Energy", "Materials", "Industrials", "Transport", "Utilities",
    "Real Estate",
)  # fmt: skip

# Yahoo suffix -> ISO 10383 market, ISO 4217 currency, ISO 3166 country
MARKETS = {
    "HK": ("XHKG", "HKD", "HK"), "T": ("XTKS", "JPY", "JP"), "KS": ("XKRX", "KRW", "KR"),
    "KQ": ("XKOS", "KRW", "KR"), "SS": ("XSHG", "CNY", "CN"), "SZ": ("XSHE", "CNY", "CN"),
    "TW": ("XTAI", "TWD", "TW"), "TWO": ("ROCO", "TWD", "TW"), "L": ("XLON", "GBP", "GB"),
    "PA": ("XPAR", "EUR", "FR"), "AS": ("XAMS", "EUR", "NL"), "BR": ("XBRU", "EUR", "BE"),
    "LS": ("XLIS", "EUR", "PT"), "DE": ("XETR", "EUR", "DE"), "F": ("XFRA", "EUR", "DE"),
    "MI": ("XMIL", "EUR", "IT"), "MC": ("XMAD", "EUR", "ES"), "SW": ("XSWX", "CHF", "CH"),
    "ST": ("XSTO", "SEK", "SE"), "CO": ("XCSE", "DKK", "DK"), "OL": ("XOSL", "NOK", "NO"),
    "HE": ("XHEL", "EUR", "FI"), "IR": ("XDUB", "EUR", "IE"), "VI": ("XWBO", "EUR", "AT"),
    "WA": ("XWAR", "PLN", "PL"), "AT": ("ASEX", "EUR", "GR"), "IS": ("XIST", "TRY", "TR"),
    "SA": ("BVMF", "BRL", "BR"), "MX": ("XMEX", "MXN", "MX"), "BA": ("XBUE", "ARS", "AR"),
    "SN": ("XSGO", "CLP", "CL"), "NS": ("XNSE", "INR", "IN"), "BO": ("XBOM", "INR", "IN"),
    "AX": ("XASX", "AUD", "AU"), "NZ": ("XNZE", "NZD", "NZ"), "SI": ("XSES", "SGD", "SG"),
    "JK": ("XIDX", "IDR", "ID"), "KL": ("XKLS", "MYR", "MY"), "BK": ("XBKK", "THB", "TH"),
    "TO": ("XTSE", "CAD", "CA"), "V": ("XTSX", "CAD", "CA"), "JO": ("XJSE", "ZAR", "ZA"),
    "TA": ("XTAE", "ILS", "IL"), "SR": ("XSAU", "SAR", "SA"), "AD": ("XADS", "AED", "AE"), "AE": ("XDFM", "AED", "AE"),
    "QA": ("DSMD", "QAR", "QA"), "VN": ("XSTC", "VND", "VN"), "PS": ("XPHS", "PHP", "PH"),
}  # fmt: skip

_NAME_KINDS = ("alias", "former", "brand", "product", "short")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandName:
    """A name as written by hand; `~` before it in the file means ambiguous."""

    text: str
    kind: str
    ambiguous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIssuer:
    """One line of an issuers file. `key` is the default ticker, or the `@slug` of a private company.

    A company that has listed may keep its slug beside its tickers, as a second key. A ticker in
    brackets is a former one: it finds the issuer and is never printed.
    """

    key: str
    tickers: tuple[str, ...]
    name: str
    country: str
    sector: str
    industry: str
    names: tuple[HandName, ...] = field(default_factory=tuple)
    slug: str = ""
    former: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandAmbiguity:
    """One line of an ambiguity file: what settles that a name does or does not mean its issuer."""

    key: str
    name: str
    ambiguous: bool
    cues: tuple[str, ...]
    vetoes: tuple[str, ...]
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandSource:
    """One name that speaks in news: its kind and the key of its issuer, if it has one."""

    kind: str
    name: str
    key: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandDated:
    """A name or ticker that held for a time only; `starts` is its first day, `ends` the day after its last."""

    key: str
    what: str
    text: str
    starts: str = ""
    ends: str = ""
    ambiguous: bool = False
    where: str = ""


def lines_of(text: str, file: str) -> Iterator[tuple[str, str]]:
    """Yield (`file:line`, line) for every line that is neither empty nor a comment."""
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            yield f"{file}:{number}", stripped


def parse_issuers(text: str, file: str) -> list[HandIssuer]:
    """Read an issuers file: `= CC | Sector` opens a section of `TICKERS | Name | industry | names`.

    Raises:
        UniverseError: A line is malformed; the message names it.
    """
    found = []
    country = sector = ""
    for where, line in lines_of(text, file):
        if line.startswith("="):
            country, sector = _section(where, line[1:])
        else:
            found.append(_issuer(where, line, country, sector))
    return found


def parse_ambiguity(text: str, file: str) -> list[HandAmbiguity]:
    """Read an ambiguity file: `TICKER | Name or ~Name | cues | vetoes`.

    Raises:
        UniverseError: A line is malformed; the message names it.
    """
    found = []
    for where, line in lines_of(text, file):
        key, name, cues, vetoes = _cells(where, line, 4)
        ambiguous, name = name.startswith("~"), name.removeprefix("~").strip()
        if not key or not name:
            raise _fault(where, "ticker and name must not be empty", "write `TICKER | ~Name | cues | vetoes`")
        found.append(
            HandAmbiguity(
                key=key,
                name=name,
                ambiguous=ambiguous,
                cues=_lower(where, cues),
                vetoes=_lower(where, vetoes),
                where=where,
            )
        )
    return found


def parse_sources(text: str, file: str) -> list[HandSource]:
    """Read a sources file: `kind | name, name | TICKER`, the ticker only where the source is an issuer.

    Raises:
        UniverseError: A line is malformed; the message names it.
    """
    found = []
    for where, line in lines_of(text, file):
        kind, names, key = _cells(where, line, 3)
        if kind not in KINDS:
            raise _fault(where, f"unknown kind {kind!r}", f"use one of {', '.join(KINDS)}")
        found += [HandSource(kind=kind, name=n, key=key, where=where) for n in _list(names)]
    return found


def parse_dated(text: str, file: str) -> list[HandDated]:
    """Read a file of dates: `TICKER | name or ticker | text, text | first day | day after the last`.

    Raises:
        UniverseError: A line is malformed; the message names it.
    """
    found = []
    for where, line in lines_of(text, file):
        key, what, texts, starts, ends = _cells(where, line, 5)
        if what not in ("name", "ticker") or not key or not texts:
            raise _fault(
                where, "says no name or ticker", "write `TICKER | name or ticker | text | from | until`"
            )
        for day in filter(None, (starts, ends)):
            if not is_day(day):
                raise _fault(where, f"{day!r} is no day", "write it as 2022-06-09")
        if (starts and ends and starts >= ends) or not (starts or ends):
            raise _fault(
                where,
                "begins when it has ended, or has no dates",
                "give the first day, or the day after the last",
            )
        found += [
            HandDated(
                key=key,
                what=what,
                text=t.removeprefix("~").strip(),
                starts=starts,
                ends=ends,
                ambiguous=t.startswith("~"),
                where=where,
            )
            for t in _list(texts)
        ]
    return found


def is_day(text: str) -> bool:
    """Tell whether a text is a day of the calendar written YYYY-MM-DD."""
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _section(where: str, line: str) -> tuple[str, str]:
    country, sector = _cells(where, line, 2)
    if sector not in SECTORS:
        raise _fault(where, f"unknown sector {sector!r}", f"use one of {', '.join(SECTORS)}")
    if not (len(country) == 2 and country.isupper()):
        raise _fault(where, f"country {country!r} is not two capitals", "use ISO 3166, as in US or JP")
    return country, sector


def _issuer(where: str, line: str, country: str, sector: str) -> HandIssuer:
    tickers_cell, name, industry, names = _cells(where, line, 4)
    written = tickers_cell.split()
    codes = sorted((c.strip("()") for c in written), key=lambda c: f"({c})" in written)
    if not codes or not name:
        raise _fault(where, "tickers and name must not be empty", "write `TICKERS | Name | industry | names`")
    for code in codes:
        suffix = code.rpartition(".")[2] if "." in code else ""
        if suffix and suffix not in MARKETS:
            raise _fault(where, f"ticker {code!r} has an unknown suffix", "add the market to MARKETS")
    ambiguous, name = name.startswith("~"), name.removeprefix("~").strip()
    return HandIssuer(
        key=codes[0],
        tickers=tuple(c for c in codes if not c.startswith("@") and c in written),
        name=name,
        country=country,
        sector=sector,
        industry=industry,
        names=(HandName(text=name, kind="short", ambiguous=ambiguous), *names_of_cell(where, names)),
        slug=next((c for c in codes if c.startswith("@")), ""),
        former=tuple(c for c in codes if c not in written),
        where=where,
    )


def names_of_cell(where: str, cell: str) -> Iterator[HandName]:
    """Read a cell of names: `alias, alias; brand: ~B`; a ~ marks one that needs a cue.

    Raises:
        UniverseError: A kind of name is unknown.
    """
    for group in filter(None, (g.strip() for g in cell.split(";"))):
        kind, colon, rest = group.partition(":")
        if not colon:
            kind, rest = "alias", group
        if kind.strip() not in _NAME_KINDS:
            raise _fault(where, f"unknown kind of name {kind!r}", f"use one of {', '.join(_NAME_KINDS)}")
        for text in _list(rest):
            yield HandName(
                text=text.removeprefix("~").strip(), kind=kind.strip(), ambiguous=text.startswith("~")
            )


def _cells(where: str, line: str, count: int) -> list[str]:
    cells = [cell.strip() for cell in line.split("|")]
    cells += [""] * (count - len(cells))
    if len(cells) != count or "\t" in line:
        raise _fault(where, f"has {len(cells)} cells", f"at most {count} cells divided by |, and no tabs")
    return cells


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def _lower(where: str, cell: str) -> tuple[str, ...]:
    words = tuple(_list(cell))
    if any(word != word.lower() for word in words):
        raise _fault(where, "cues and vetoes must be lower case", "write them in lower case")
    return words


def _fault(where: str, what: str, remedy: str) -> UniverseError:
    return UniverseError(f"{where}: {what}.", remedy=f"To mend it: {remedy}.", where=where)
