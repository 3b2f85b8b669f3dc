"""Lay hand-written issuers and names over the built tables."""

from __future__ import annotations

from pathlib import Path

from readthrough.domain.errors import UniverseError
from readthrough.domain.security import Listing, Security
from readthrough.universe.handwritten import (
    MARKETS,
    HandAmbiguity,
    HandIssuer,
    parse_ambiguity,
    parse_issuers,
)
from readthrough.universe.table import NameRow, pack_securities

__all__ = ["add_overlay", "own_id"]

_TICKERS = 2


def own_id(key: str) -> str:
    """Name an issuer that has no CIK: by its default ticker, or by its slug when it is private.

    >>> own_id("7203.T"), own_id("@openai")
    ('tkr-7203.T', 'own-openai')
    """
    return f"own-{key[1:]}" if key.startswith("@") else f"tkr-{key}"


def add_overlay(path: Path, issuers: list[list[str]], names: list[NameRow]) -> str:
    """Add a firm's own issuers, names and ambiguity to the tables, in place.

    A line whose ticker is already known adds names to that issuer; any other line adds an issuer.

    Returns:
        The text that was read, for the digest.

    Raises:
        UniverseError: A file is missing or malformed.
    """
    issuers_text, ambiguous_text = _texts(path)
    by_key = {
        ticker: cells
        for cells in reversed(issuers)
        for ticker in cells[_TICKERS].replace("(", "").replace(")", "").split()
    }
    by_key |= {"@" + cells[0][4:]: cells for cells in issuers if cells[0].startswith("own-")}
    for hand in parse_issuers(issuers_text, str(path)):
        known = next((by_key[k] for k in (hand.key, *hand.tickers) if k in by_key), None)
        cells = _row(hand) if known is None else known
        if known is None:
            issuers.append(cells)
            by_key |= dict.fromkeys((hand.key, *hand.tickers), cells)
        _replace(names, [NameRow(n.text, cells[0], n.kind, "1" if n.ambiguous else "") for n in hand.names])
    for line in parse_ambiguity(ambiguous_text, str(path)):
        if line.key not in by_key:
            raise UniverseError(
                f"{line.where}: no issuer has the ticker {line.key!r}.",
                remedy="Add the issuer to the issuers file, or correct the ticker.",
                where=line.where,
            )
        _replace(names, [_ambiguity_row(line, by_key[line.key][0])])
    return issuers_text + ambiguous_text


def _ambiguity_row(line: HandAmbiguity, issuer_id: str) -> NameRow:
    flag = "1" if line.ambiguous else ""
    return NameRow(line.name, issuer_id, "short", flag, ",".join(line.cues), ",".join(line.vetoes))


def _replace(names: list[NameRow], added: list[NameRow]) -> None:
    taken = {(row.text, row.issuer_id) for row in added}
    names[:] = [row for row in names if (row.text, row.issuer_id) not in taken]
    names += added


def _row(hand: HandIssuer) -> list[str]:
    listings = tuple(
        Listing(ticker=t, mic=MARKETS.get(s, ("", ""))[0], currency=MARKETS.get(s, ("", "USD"))[1])
        for t, s in ((t, t.rpartition(".")[2] if "." in t else "") for t in hand.tickers)
    )
    packed = pack_securities((Security(kind="ordinary", listings=listings),)) if listings else ""
    tickers = " ".join((*hand.tickers, *(f"({t})" for t in hand.former)))
    return [own_id(hand.key), hand.name, tickers, hand.country, hand.sector, hand.industry, "", "", packed]


def _texts(path: Path) -> tuple[str, str]:
    try:
        if not path.is_dir():
            return path.read_text("utf-8"), ""
        files = (path / "issuers.txt", path / "ambiguous.txt")
        issuers, ambiguous = (f.read_text("utf-8") if f.exists() else "" for f in files)
    except (OSError, UnicodeError) as error:
        raise UniverseError(
            f"The overlay {path} cannot be read: {error}.",
            remedy="Give a text file of issuers, or a folder with issuers.txt and ambiguous.txt.",
            path=str(path),
        ) from error
    return issuers, ambiguous
