"""Our own CSV of issuers: one row a listing. `TEMPLATE` shows every column."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterator

from readthrough.domain.errors import UniverseError
from readthrough.universe.handwritten import MARKETS, SECTORS, HandName, is_day, names_of_cell
from readthrough.universe.incoming import KINDS, Incoming, RowProblem

__all__ = ["COLUMNS", "TEMPLATE", "incoming_csv"]

COLUMNS: dict[str, str] = {
    "issuer": "name as people write it; rows of the same name are one issuer; ~ before it: needs a cue in the text",
    "ticker": "Yahoo style (BABA, 9988.HK); empty for a private company",
    "mic": "market, ISO 10383; from the ticker's suffix when empty",
    "currency": "of the listing, ISO 4217; from the ticker's suffix when empty",
    "kind": f"of the security: {', '.join(KINDS)}; ordinary when empty",
    "isin": "of the security",
    "figi": "of the listing",
    "cik": "the SEC's number of the issuer, with or without leading zeros",
    "lei": "of the issuer",
    "country": "of the issuer, ISO 3166: US, JP",
    "sector": f"one of {', '.join(SECTORS)}",
    "industry": "a few words",
    "names": "other names: `alias, alias; former: A [until 2021-10-28]; brand: ~B; product: C`; ~ as above",
    "valid_from": "first day of the ticker, YYYY-MM-DD",
    "valid_until": "day after the ticker's last, YYYY-MM-DD",
}
TEMPLATE = """issuer,ticker,mic,currency,kind,isin,figi,cik,lei,country,sector,industry,names,valid_from,valid_until
Acme Grid,ACMG.L,XLON,GBP,ordinary,,,,,GB,Energy,grid batteries,"Acme Grid Holdings; brand: ~Acme; former: Volt & Sons [until 2019-05-01]",2019-05-01,
Acme Grid,VOLT.L,XLON,GBP,ordinary,,,,,GB,,,,,2019-05-01
Example Robotics,,,,,,,,,US,Industrials,private maker of robots,alias: ExRobo,,
"""
_DAYS = re.compile(r" ?\[(?:from (\S{10}))?(?: ?until (\S{10}))?\]")


def incoming_csv(text: str) -> Iterator[Incoming | RowProblem]:
    """Read a CSV; the first line names the columns, of which only `issuer` is needed.

    Raises:
        UniverseError: There is no such first line, or it names a column that does not exist.
    """
    stream = io.StringIO(text, newline="")
    rows = csv.reader(stream, delimiter=_delimiter(text))
    try:
        columns = [name.strip().lower() for name in next(rows, [])]
    except csv.Error as error:
        raise UniverseError(f"Line 1 cannot be read: {error}.", remedy=_REMEDY) from None
    _check_columns(columns)
    return _rows(rows, columns)


_REMEDY = "Begin with the columns that `readthrough universe template` prints."


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _check_columns(columns: list[str]) -> None:
    if "issuer" not in columns:
        raise UniverseError("Line 1 has no column `issuer`.", remedy=_REMEDY, line=1)
    for name in columns:
        if name not in COLUMNS or columns.count(name) > 1:
            near = difflib.get_close_matches(name, COLUMNS, 1)
            hint = f" Did you mean {near[0]}?" if near and name not in COLUMNS else ""
            what = "twice" if name in COLUMNS else "which is no column of ours"
            raise UniverseError(f"Line 1 names {name!r}, {what}.{hint}", remedy=_REMEDY, line=1)


def _rows(rows: Iterator[list[str]], columns: list[str]) -> Iterator[Incoming | RowProblem]:
    entry, last = 0, 1
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            entry += 1
            line = rows.line_num  # type: ignore[attr-defined]
            yield RowProblem(line=line, entry=entry, code="bad", reason=f"it cannot be read: {error}")
            last = line
            continue
        if cells is None:
            return
        line, last = last + 1, rows.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        entry += 1
        yield _record(line, entry, cells, columns)


def _record(line: int, entry: int, cells: list[str], columns: list[str]) -> Incoming | RowProblem:
    reasons = []
    if len(cells) > len(columns):
        reasons.append(f"it has {len(cells)} cells for {len(columns)} columns")
    row = {name: " ".join(cell.split()) for name, cell in zip(columns, cells, strict=False)}
    if any("|" in cell or any(not c.isprintable() for c in cell) for cell in row.values()):
        reasons.append("it holds a | or a character that cannot be printed")
    get = row.get
    kind, sector, country = get("kind", "") or "ordinary", get("sector", ""), get("country", "").upper()
    if kind not in KINDS:
        reasons.append(f"kind {kind!r} is none of {', '.join(KINDS)}")
    if sector and sector not in SECTORS:
        near = difflib.get_close_matches(sector, SECTORS, 1)
        reasons.append(f"sector {sector!r} is none of ours" + (f" (did you mean {near[0]}?)" if near else ""))
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        reasons.append(f"country {country!r} is not two letters")
    currency = get("currency", "").upper()
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        reasons.append(f"currency {currency!r} is not three letters")
    days = [get("valid_from", ""), get("valid_until", "")]
    reasons += [f"{day!r} is no day; write it as 2022-06-09" for day in days if day and not is_day(day)]
    if any(days) and not get("ticker", ""):
        reasons.append("it has days but no ticker; days of a name stand in `names`, as [until 2021-10-28]")
    names, name_days = _names(get("names", ""), reasons)
    if reasons:
        return RowProblem(line=line, entry=entry, code="bad", reason="; ".join(reasons))
    issuer, ticker = get("issuer", ""), get("ticker", "").upper()
    market = MARKETS.get(ticker.rpartition(".")[2] if "." in ticker else "", ("", "USD", ""))
    name = issuer.removeprefix("~").strip()
    cik = get("cik", "")
    return Incoming(
        line=line,
        entry=entry,
        name=name,
        ticker=ticker,
        mic=get("mic", "").upper() or market[0],
        currency=currency or market[1],
        kind=kind,
        isin=get("isin", "").upper(),
        figi=get("figi", "").upper(),
        cik=cik.zfill(10) if cik else "",
        lei=get("lei", "").upper(),
        country=country,
        sector=sector,
        industry=get("industry", ""),
        names=(HandName(text=name, kind="short", ambiguous=issuer.startswith("~")), *names),
        name_days=name_days,
        starts=days[0],
        ends=days[1],
        by_name=True,
    )


def _names(cell: str, reasons: list[str]) -> tuple[tuple[HandName, ...], tuple[tuple[str, str, str], ...]]:
    names = []
    days = []
    try:
        written = list(names_of_cell("names", cell))
    except UniverseError as error:
        reasons.append(str(error))
        return (), ()
    for name in written:
        match = _DAYS.search(name.text)
        text = name.text[: match.start()].strip() if match else name.text
        if not text or "[" in text:
            reasons.append(f"name {name.text!r} is not written as A [from 2020-01-01 until 2021-10-28]")
            continue
        names.append(HandName(text=text, kind=name.kind, ambiguous=name.ambiguous))
        if match:
            starts, ends = match.group(1) or "", match.group(2) or ""
            if not all(is_day(day) for day in (starts, ends) if day):
                reasons.append(f"name {name.text!r} has no such day")
            days.append((text, starts, ends))
    return tuple(names), tuple(days)
