"""Lay a firm's own overlay over the built tables: what was imported, then what was written by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from readthrough.domain.errors import UniverseError
from readthrough.domain.security import Listing, Security
from readthrough.universe.handwritten import (
    MARKETS,
    HandAmbiguity,
    HandIssuer,
    parse_ambiguity,
    parse_dated,
    parse_issuers,
)
from readthrough.universe.table import (
    ISSUER_COLUMNS,
    NAME_COLUMNS,
    NameRow,
    pack_securities,
    read_table,
    unpack_securities,
)
from readthrough.universe.timeline import DATE_COLUMNS, Dated

__all__ = [
    "IMPORTED",
    "Imported",
    "add_overlay",
    "merge_row",
    "merge_securities",
    "own_id",
    "read_imported",
]

IMPORTED = "imported"
"""The folder inside an overlay that `readthrough universe import` writes; not for editing by hand."""

_TICKERS, _SECURITIES = 2, 8
_FILES = {"issuers.tsv": ISSUER_COLUMNS, "names.tsv": NAME_COLUMNS, "dates.tsv": DATE_COLUMNS}


@dataclass(slots=True, kw_only=True)
class Imported:
    """What was imported so far: rows that add to the tables, never replace them.

    `issuers` holds, by id, the cells of `ISSUER_COLUMNS` that are new; an empty cell leaves ours.
    """

    issuers: dict[str, list[str]] = field(default_factory=dict)
    names: dict[tuple[str, str], NameRow] = field(default_factory=dict)
    dates: dict[tuple[str, ...], Dated] = field(default_factory=dict)

    def tables(self) -> dict[str, str]:
        """Return the files that hold it: name to text."""
        rows: dict[str, Iterable[Iterable[str]]] = {
            "issuers.tsv": self.issuers.values(),
            "names.tsv": self.names.values(),
            "dates.tsv": self.dates.values(),
        }
        return {
            file: "".join("\t".join(row) + "\n" for row in (_FILES[file], *rows[file])) for file in _FILES
        }


def read_imported(overlay: Path) -> tuple[Imported, str]:
    """Read what was imported into an overlay, and the text of its files; nothing where there is none.

    Raises:
        UniverseError: A file is malformed.
    """
    texts = {file: _text(overlay / IMPORTED / file) for file in _FILES}
    cells = {
        file: read_table(text, len(_FILES[file]), f"{IMPORTED}/{file}")
        for file, text in texts.items()
        if text
    }
    names = (NameRow._make(row) for row in cells.get("names.tsv", ()))
    dates = (Dated._make(row) for row in cells.get("dates.tsv", ()))
    held = Imported(
        issuers={row[0]: row for row in cells.get("issuers.tsv", ())},
        names={(row.text, row.issuer_id): row for row in names},
        dates={tuple(row): row for row in dates},
    )
    return held, "".join(texts.values())


def own_id(key: str) -> str:
    """Name an issuer that has no CIK: by its default ticker, or by its slug when it is private.

    >>> own_id("7203.T"), own_id("@openai")
    ('tkr-7203.T', 'own-openai')
    """
    return f"own-{key[1:]}" if key.startswith("@") else f"tkr-{key}"


def merge_securities(ours: tuple[Security, ...], added: tuple[Security, ...]) -> tuple[Security, ...]:
    """Add securities to an issuer's: equal ISINs, FIGIs or tickers make one of two; what we hold stays."""
    merged = list(ours)
    for new in added:
        tickers = {line.ticker for line in new.listings}
        same = (
            i
            for i, old in enumerate(merged)
            if (new.isin and new.isin == old.isin)
            or (new.figi and new.figi == old.figi)
            or any(line.ticker in tickers for line in old.listings)
        )
        place = next(same, None)
        if place is None:
            merged.append(new)
            continue
        old = merged[place]
        by_ticker = {line.ticker: line for line in new.listings}
        kept = tuple(_merge_listing(line, by_ticker.pop(line.ticker, None)) for line in old.listings)
        merged[place] = replace(
            old,
            isin=old.isin or new.isin,
            figi=old.figi or new.figi,
            listings=(*kept, *by_ticker.values()),
        )
    return tuple(merged)


def merge_row(ours: list[str], added: list[str]) -> list[str]:
    """Return an issuer's row with what another adds to it: empty cells filled, tickers and securities joined."""
    row = [old or new for old, new in zip(ours, added, strict=True)]
    held = ours[_TICKERS].split()
    row[_TICKERS] = " ".join(dict.fromkeys((*held, *added[_TICKERS].split())))
    if added[_SECURITIES]:
        both = merge_securities(unpack_securities(ours[_SECURITIES]), unpack_securities(added[_SECURITIES]))
        row[_SECURITIES] = pack_securities(both)
    return row


def add_overlay(path: Path, issuers: list[list[str]], names: list[NameRow], dates: list[Dated]) -> str:
    """Add a firm's own issuers, names, ambiguity and dates to the tables, in place.

    A line whose ticker is already known adds names to that issuer; any other line adds an issuer.

    Returns:
        The text that was read, for the digest.

    Raises:
        UniverseError: A file is missing or malformed.
    """
    written = _texts(path)
    imported, read = read_imported(path)
    _add_imported(imported, issuers)
    added = dict(imported.names)
    dates += imported.dates.values()
    if any(written):
        _add_written(path, written, issuers, added, dates)
    names[:] = [*(row for row in names if (row.text, row.issuer_id) not in added), *added.values()]
    return "".join(written) + read


def _add_written(
    path: Path,
    written: tuple[str, str, str],
    issuers: list[list[str]],
    added: dict[tuple[str, str], NameRow],
    dates: list[Dated],
) -> None:
    by_key = {
        ticker: cells
        for cells in reversed(issuers)
        for ticker in cells[_TICKERS].replace("(", "").replace(")", "").split()
    }
    by_key |= {"@" + cells[0][4:]: cells for cells in issuers if cells[0].startswith("own-")}
    for hand in parse_issuers(written[0], str(path)):
        known = next((by_key[k] for k in (hand.key, *hand.tickers) if k in by_key), None)
        cells = _row(hand) if known is None else known
        if known is None:
            issuers.append(cells)
            by_key |= dict.fromkeys((hand.key, *hand.tickers), cells)
        _put(added, (NameRow(n.text, cells[0], n.kind, "1" if n.ambiguous else "") for n in hand.names))
    for line in parse_ambiguity(written[1], str(path)):
        _put(added, (_ambiguity_row(line, _issuer_of(line.key, line.where, by_key)),))
    for day in parse_dated(written[2], str(path)):
        issuer_id = "" if day.key == "-" else _issuer_of(day.key, day.where, by_key)
        dates.append(Dated(issuer_id, day.what, day.text, day.starts, day.ends))


def _add_imported(imported: Imported, issuers: list[list[str]]) -> None:
    wanted = dict(imported.issuers)
    for place, cells in enumerate(issuers):
        if (added := wanted.pop(cells[0], None)) is not None:
            issuers[place] = merge_row(cells, added)
    issuers += (list(row) for row in wanted.values())


def _issuer_of(key: str, where: str, by_key: dict[str, list[str]]) -> str:
    if key not in by_key:
        raise UniverseError(
            f"{where}: no issuer has the ticker {key!r}.",
            remedy="Add the issuer to the issuers file, or correct the ticker.",
            where=where,
        )
    return by_key[key][0]


def _ambiguity_row(line: HandAmbiguity, issuer_id: str) -> NameRow:
    flag = "1" if line.ambiguous else ""
    return NameRow(line.name, issuer_id, "short", flag, ",".join(line.cues), ",".join(line.vetoes))


def _put(added: dict[tuple[str, str], NameRow], rows: Iterable[NameRow]) -> None:
    for row in rows:
        added.pop((row.text, row.issuer_id), None)
        added[row.text, row.issuer_id] = row


def _merge_listing(old: Listing, new: Listing | None) -> Listing:
    if new is None:
        return old
    return replace(
        old, mic=old.mic or new.mic, currency=old.currency or new.currency, figi=old.figi or new.figi
    )


def _row(hand: HandIssuer) -> list[str]:
    listings = tuple(
        Listing(ticker=t, mic=MARKETS.get(s, ("", ""))[0], currency=MARKETS.get(s, ("", "USD"))[1])
        for t, s in ((t, t.rpartition(".")[2] if "." in t else "") for t in hand.tickers)
    )
    packed = pack_securities((Security(kind="ordinary", listings=listings),)) if listings else ""
    tickers = " ".join((*hand.tickers, *(f"({t})" for t in hand.former)))
    return [own_id(hand.key), hand.name, tickers, hand.country, hand.sector, hand.industry, "", "", packed]


def _texts(path: Path) -> tuple[str, str, str]:
    if not path.is_dir():
        try:
            return path.read_text("utf-8"), "", ""
        except (OSError, UnicodeError) as error:
            raise _unreadable(path, error) from error
    issuers, ambiguous, dated = (_text(path / f"{name}.txt") for name in ("issuers", "ambiguous", "dated"))
    return issuers, ambiguous, dated


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8") if path.exists() else ""
    except (OSError, UnicodeError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> UniverseError:
    return UniverseError(
        f"The overlay {path} cannot be read: {error}.",
        remedy="Give a text file of issuers, or a folder with issuers.txt, ambiguous.txt and dated.txt.",
        path=str(path),
    )
