"""The built tables: how a row is written and read back. Tabs between columns, one row a line.

A ticker in brackets, as in `(TWTR)`, is a former one: it finds its issuer and is never printed.
"""

from __future__ import annotations

from typing import NamedTuple

from readthrough.domain.errors import UniverseError
from readthrough.domain.security import Issuer, IssuerId, Listing, Name, NameKind, Security

__all__ = [
    "GRAPH_COLUMNS",
    "ISSUER_COLUMNS",
    "NAME_COLUMNS",
    "PROVENANCE_COLUMNS",
    "SENSITIVITY_COLUMNS",
    "NameRow",
    "issuer_of",
    "name_of",
    "pack_securities",
    "read_table",
    "unpack_securities",
]

ISSUER_COLUMNS = ("id", "name", "tickers", "country", "sector", "industry", "cik", "lei", "securities")
GRAPH_COLUMNS = ("source", "target", "relation", "weight", "why", "since", "until", "place")
SENSITIVITY_COLUMNS = ("driver", "issuer_id", "effect", "why", "place")
PROVENANCE_COLUMNS = ("file", "line", "note")
NAME_COLUMNS = ("text", "issuer_id", "kind", "ambiguous", "cues", "vetoes")


class NameRow(NamedTuple):
    """A name as the table holds it: cheaper than a `Name`, made into one by `name_of` when needed.

    `ambiguous` is "1" or empty; `cues` and `vetoes` are comma-separated lower-case phrases.
    """

    text: str
    issuer_id: str
    kind: str
    ambiguous: str = ""
    cues: str = ""
    vetoes: str = ""


def pack_securities(securities: tuple[Security, ...]) -> str:
    """Write securities into one cell: `kind,isin,figi,TICKER/MIC/CUR TICKER/MIC/CUR/FIGI;...`."""
    return ";".join(
        ",".join(
            (
                s.kind,
                s.isin,
                s.figi,
                " ".join(
                    "/".join((t.ticker, t.mic, t.currency, *((t.figi,) if t.figi else ())))
                    for t in s.listings
                ),
            )
        )
        for s in securities
    )


def unpack_securities(cell: str) -> tuple[Security, ...]:
    """Read securities back from one cell.

    >>> unpack_securities("adr,US01609W1027,,BABA/XNYS/USD")[0].listings[0].mic
    'XNYS'
    """
    if not cell:
        return ()
    found = []
    for part in cell.split(";"):
        kind, isin, shared, lines = part.split(",")
        listings = tuple(
            Listing(ticker=ticker, mic=mic, currency=currency, figi="".join(figi))
            for ticker, mic, currency, *figi in (line.split("/") for line in lines.split())
        )
        found.append(Security(kind=kind, isin=isin, figi=shared, listings=listings))
    return tuple(found)


def issuer_of(cells: list[str]) -> Issuer:
    """Turn the cells of one issuer row into an `Issuer`."""
    issuer_id, name, tickers, country, sector, industry, cik, lei, securities = cells
    return Issuer(
        id=IssuerId(issuer_id),
        name=name,
        ticker="" if tickers.startswith("(") else tickers.split(" ", 1)[0],
        country=country,
        sector=sector,
        industry=industry,
        cik=cik,
        lei=lei,
        securities=unpack_securities(securities),
    )


def name_of(row: NameRow) -> Name:
    """Turn a name row into a `Name`."""
    return Name(
        text=row.text,
        issuer_id=IssuerId(row.issuer_id),
        kind=NameKind(row.kind),
        ambiguous=row.ambiguous == "1",
        cues=tuple(row.cues.split(",")) if row.cues else (),
        vetoes=tuple(row.vetoes.split(",")) if row.vetoes else (),
    )


def read_table(text: str, columns: int, file: str) -> list[list[str]]:
    """Split a table into rows of cells; the first line is the header.

    Raises:
        UniverseError: A row has the wrong number of cells.
    """
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    for number, row in enumerate(rows, 2):
        if len(row) != columns:
            raise UniverseError(
                f"{file}:{number}: has {len(row)} cells, not {columns}.",
                remedy="Build our tables again with `make universe`; import again what was imported.",
                file=file,
                line=number,
            )
    return rows
