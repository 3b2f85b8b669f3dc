"""What other sources say about issuers, one record a listing: the SEC's ticker files and OpenFIGI's answers.

Rows that cannot be used come back as a `RowProblem` in their place, so that nothing is dropped unsaid.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from readthrough.domain.errors import UniverseError
from readthrough.universe.handwritten import MARKETS, HandName
from readthrough.universe.identifiers import CHECKS
from readthrough.universe.legal_names import is_vehicle, legal, short, unsure

__all__ = [
    "KINDS",
    "US_MARKETS",
    "Incoming",
    "RowProblem",
    "faults_of",
    "incoming_json",
    "is_ticker",
    "kind_of",
]

KINDS = (
    "ordinary", "preferred", "depositary_receipt", "warrant", "unit", "right", "fund", "other",
)  # fmt: skip
US_MARKETS = {"Nasdaq": "XNAS", "NYSE": "XNYS", "OTC": "OTCM", "CBOE": "BATS"}

# Bloomberg's exchange codes, which OpenFIGI answers with -> suffix of our tickers
_EXCHANGES = {
    "US": "", "UN": "", "UW": "", "UQ": "", "UR": "", "UA": "", "UP": "", "HK": "HK", "JP": "T", "JT": "T",
    "KS": "KS", "KP": "KS", "KQ": "KQ", "CG": "SS", "CS": "SZ", "TT": "TW", "LN": "L", "FP": "PA", "NA": "AS",
    "BB": "BR", "PL": "LS", "GY": "DE", "GR": "DE", "GF": "F", "IM": "MI", "SM": "MC", "SW": "SW", "SE": "SW",
    "SS": "ST", "DC": "CO", "NO": "OL", "FH": "HE", "ID": "IR", "AV": "VI", "PW": "WA", "GA": "AT", "TI": "IS",
    "BZ": "SA", "BS": "SA", "MM": "MX", "AR": "BA", "CI": "SN", "IS": "NS", "IB": "BO", "AU": "AX", "AT": "AX",
    "NZ": "NZ", "SP": "SI", "IJ": "JK", "MK": "KL", "TB": "BK", "CN": "TO", "CT": "TO", "CV": "V", "SJ": "JO",
    "IT": "TA", "AB": "SR", "UH": "AD", "QD": "QA", "VM": "VN", "PM": "PS",
}  # fmt: skip
_FIGI_KINDS = {
    "Common Stock": "ordinary", "REIT": "ordinary", "Stock": "ordinary", "Depositary Receipt": "depositary_receipt",
    "ADR": "depositary_receipt", "GDR": "depositary_receipt", "Preference": "preferred", "Preferred Stock": "preferred",
    "Warrant": "warrant", "Unit": "unit", "Right": "right", "ETP": "fund", "Mutual Fund": "fund",
    "Open-End Fund": "fund", "Closed-End Fund": "fund",
}  # fmt: skip
_TICKER = re.compile(r"[A-Z0-9][A-Z0-9&+-]{0,14}(?:\.[A-Z]{1,3})?")
_LONGEST = 200  # characters of a name; longer ones are no names


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One listing, or an issuer without one, as a source tells it; `line` and `entry` say where it stands.

    `figi` is the listing's, `share_figi` its security's. `starts` and `ends` bound the ticker's days.
    """

    line: int
    entry: int
    name: str
    ticker: str = ""
    mic: str = ""
    currency: str = ""
    kind: str = ""
    isin: str = ""
    figi: str = ""
    share_figi: str = ""
    cik: str = ""
    lei: str = ""
    country: str = ""
    sector: str = ""
    industry: str = ""
    names: tuple[HandName, ...] = ()
    name_days: tuple[tuple[str, str, str], ...] = ()
    starts: str = ""
    ends: str = ""
    by_name: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """A row that was not, or not wholly, taken in. `code` is "bad", "conflict" or "left_out"."""

    line: int
    entry: int
    code: str
    reason: str


def is_ticker(value: str) -> bool:
    """Tell whether a value is written like one of our tickers, with a suffix that we know or none."""
    return bool(_TICKER.fullmatch(value)) and ("." not in value or value.rpartition(".")[2] in MARKETS)


def kind_of(ticker: str) -> str:
    """Name what a US line's suffix says it is; empty when it says nothing."""
    tail = ticker.partition("-")[2]
    if tail.startswith("P"):
        return "preferred"
    return {"WT": "warrant", "WS": "warrant", "UN": "unit", "RI": "right"}.get(tail, "")


def faults_of(record: Incoming) -> tuple[str, ...]:
    """Say what is wrong with a record's own values: forms and check digits."""
    found = [] if record.name else ["it names no issuer"]
    if len(record.name) > _LONGEST:
        found.append(f"its name is longer than {_LONGEST} characters")
    if record.ticker and not is_ticker(record.ticker):
        found.append(f"ticker {record.ticker!r} is not written as BABA or 9988.HK")
    values = (("isin", record.isin), ("figi", record.figi), ("figi", record.share_figi), ("cik", record.cik))
    for what, value in (*values, ("lei", record.lei), ("mic", record.mic)):
        if value and not CHECKS[what](value):
            wrong = "has a wrong form" if what in ("cik", "mic") else "has a wrong form or check digit"
            found.append(f"{what.upper()} {value!r} {wrong}")
    if record.starts and record.ends and record.starts >= record.ends:
        found.append("it ends before it begins")
    return tuple(found)


def incoming_json(text: str) -> tuple[str, Iterator[Incoming | RowProblem]]:
    """Read a JSON file of either kind.

    Returns:
        "sec" or "openfigi", and the records.

    Raises:
        UniverseError: It is not JSON, or neither of the two.
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise UniverseError(
            f"The file is no JSON: {error.msg} at line {error.lineno}, column {error.colno}.",
            remedy="Fetch it again; it may have been cut off.",
            line=error.lineno,
        ) from None
    except (ValueError, RecursionError) as error:
        raise UniverseError(
            f"The file is no JSON that can be read: {error}.", remedy="Fetch it again."
        ) from None
    if isinstance(document, dict) and isinstance(document.get("fields"), list):
        places = {key: at for at, key, _ in _children(text, 0)}
        if isinstance(document.get("data"), list) and "data" in places:
            fields = tuple(map(str, document["fields"]))
            return "sec", _sec(_lined(text, places["data"]), fields)
    if isinstance(document, dict) and all(isinstance(v, dict) and "cik_str" in v for v in document.values()):
        return "sec", _sec(_lined(text, 0), ())
    if isinstance(document, list) and all(
        isinstance(v, dict) and {"data", "warning", "error"} & set(v) for v in document
    ):
        return "openfigi", _openfigi(_lined(text, 0))
    raise UniverseError(
        "The file is neither the SEC's list of tickers nor an answer of OpenFIGI.",
        remedy="Give company_tickers.json or company_tickers_exchange.json, what OpenFIGI's /v3/mapping "
        "answered, or a CSV as `readthrough universe template` prints.",
    )


def _sec(rows: Iterator[tuple[int, int, Any]], fields: tuple[str, ...]) -> Iterator[Incoming | RowProblem]:
    for line, entry, row in rows:
        if fields:
            cells = dict(zip(fields, row, strict=False)) if isinstance(row, list) else {}
        else:
            cells = {"name": row.get("title"), "cik": row.get("cik_str"), "ticker": row.get("ticker")}
        cik, ticker, raw = (_text(cells.get(k)) for k in ("cik", "ticker", "name"))
        if not (cik and ticker and raw):
            reason = "it lacks a CIK, a ticker or a name"
            yield RowProblem(line=line, entry=entry, code="bad", reason=reason)
            continue
        name = legal(raw[: 2 * _LONGEST])
        simple = short(name)
        named = simple and simple != name and not is_vehicle(name)
        yield Incoming(
            line=line,
            entry=entry,
            name=name,
            ticker=ticker.upper().replace(".", "-"),
            mic=US_MARKETS.get(_text(cells.get("exchange")), ""),
            currency="USD",
            kind=kind_of(ticker.upper()),
            cik=cik.zfill(10),
            names=(HandName(text=simple, kind="short", ambiguous=unsure(simple)),) if named else (),
        )


def _openfigi(answers: Iterator[tuple[int, int, Any]]) -> Iterator[Incoming | RowProblem]:
    for line, entry, answer in answers:
        said = _text(answer.get("error") or answer.get("warning"))
        rows = answer.get("data")
        if said or not isinstance(rows, list) or not rows:
            yield RowProblem(line=line, entry=entry, code="bad", reason=f"OpenFIGI says: {said or 'nothing'}")
            continue
        for row in rows:
            yield _figi_row(line, entry, row if isinstance(row, dict) else {})


def _figi_row(line: int, entry: int, row: dict[str, Any]) -> Incoming | RowProblem:
    symbol, exchange, figi = (_text(row.get(k)) for k in ("ticker", "exchCode", "figi"))
    sector = _text(row.get("marketSector")) or "Equity"
    reason = ""
    if not symbol or not figi:
        reason = "it lacks a ticker or a FIGI"
    elif sector != "Equity":
        reason = f"{symbol} is no equity but {sector}"
    elif exchange not in _EXCHANGES:
        reason = f"{symbol} trades on {exchange or 'no exchange'}, a market we do not list"
    if reason:
        return RowProblem(line=line, entry=entry, code="left_out", reason=reason)
    suffix = _EXCHANGES[exchange]
    ticker = _our_ticker(symbol, suffix)
    kind = _text(row.get("securityType2")) or _text(row.get("securityType"))
    raw = _text(row.get("name"))
    return Incoming(
        line=line,
        entry=entry,
        name=legal(raw[: 2 * _LONGEST]) if raw else "",
        ticker=ticker,
        mic=MARKETS[suffix][0] if suffix else "",
        currency=MARKETS[suffix][1] if suffix else "USD",
        kind=_FIGI_KINDS.get(kind, "other"),
        figi=_text(row.get("compositeFIGI")) or figi,
        share_figi=_text(row.get("shareClassFIGI")),
    )


def _our_ticker(symbol: str, suffix: str) -> str:
    root = symbol.upper().rstrip("/").replace("/", "-").replace(".", "-").replace(" ", "-").replace("*", "")
    if suffix == "HK" and root.isdigit():
        root = root.zfill(4)
    return f"{root}.{suffix}" if suffix else root


def _text(value: object) -> str:
    """Read a cell as one line of text; anything that is neither text nor a whole number is nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).replace("|", " ").split())


def _children(text: str, at: int) -> Iterator[tuple[int, str, Any]]:
    """Yield where each value of the JSON container at `at` begins, its key (none in a list), and the value."""
    decode = json.JSONDecoder().raw_decode
    at = _past(text, at)
    closing = {"{": "}", "[": "]"}[text[at]]
    at = _past(text, at + 1)
    while text[at] != closing:
        key = ""
        if closing == "}":
            key, at = decode(text, at)
            at = _past(text, _past(text, at) + 1)
        value, end = decode(text, at)
        yield at, key, value
        at = _past(text, end)
        if text[at] == ",":
            at = _past(text, at + 1)


def _lined(text: str, at: int) -> Iterator[tuple[int, int, Any]]:
    """Yield line, number and value of each child of the JSON container at `at`; both count from one."""
    line, last = 1, 0
    for number, (place, _, value) in enumerate(_children(text, at), 1):
        line += text.count("\n", last, place)
        last = place
        yield line, number, value


def _past(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\n\r":
        at += 1
    return at
