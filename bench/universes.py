"""Universes of any size, made in memory: the same articles find the same issuers in each."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from readthrough.universe.load import DATA
from readthrough.universe.master import Universe
from readthrough.universe.merge import IMPORTED, Imported
from readthrough.universe.names import NameTable, fold_words
from readthrough.universe.table import NAME_COLUMNS, NameRow, read_table

__all__ = ["all_names", "sized", "write_overlay"]

_LEGAL_FORMS = ("plc", "Ltd", "Inc", "AG", "Group")


def all_names(universe: Universe) -> list[str]:
    """Return every string by which some issuer is known."""
    return [text for issuer in universe.issuer_ids for text in universe.names.texts_of(issuer)]


def sized(universe: Universe, count: int, *, keep: Iterable[str], apart_from: str) -> Universe:
    """Return a universe of exactly so many issuers.

    Args:
        universe: The whole one: its most important issuers are kept, invented ones fill up the rest.
        count: How many issuers.
        keep: Ids of issuers that must stay, so that articles find the same whatever the size.
        apart_from: Text that no invented name may occur in, for the same reason.
    """
    ids = set(list(dict.fromkeys((*keep, *universe.issuer_ids)))[:count])
    rows = ["\t".join(universe.row(issuer)) for issuer in universe.issuer_ids if issuer in ids]
    table = read_table((DATA / "names.tsv").read_text("utf-8"), len(NAME_COLUMNS), "names.tsv")
    names = [NameRow._make(cells) for cells in table if cells[1] in ids]
    invented = _invented(universe, count - len(rows), apart_from)
    for cells, own in invented:
        rows.append("\t".join(cells))
        names += own
    return Universe(
        rows,
        names=NameTable(names),
        graph=lambda: universe.graph,
        sources=universe.sources,
        digest=f"{universe.digest}-{count}",
    )


def write_overlay(folder: Path, universe: Universe, count: int) -> None:
    """Write so many invented issuers into a folder as an import leaves them."""
    made = Imported()
    for cells, names in _invented(universe, count, ""):
        made.issuers[cells[0]] = cells
        made.names |= {(name.text, name.issuer_id): name for name in names}
    (folder / IMPORTED).mkdir()
    for name, table in made.tables().items():
        (folder / IMPORTED / name).write_text(table, "utf-8")


def _invented(universe: Universe, count: int, apart_from: str) -> Iterator[tuple[list[str], list[NameRow]]]:
    """Recombine the words of real names: they begin as often as real ones do with words that news uses."""
    chance = random.Random(11)  # noqa: S311
    texts = [text for text in all_names(universe) if text.isascii() and text.istitle() and " " in text]
    heads, tails = [t.split()[0] for t in texts], [t.split()[-1] for t in texts]
    real = {fold_words(text) for text in texts}
    told = f" {fold_words(apart_from)} "
    made = 0
    while made < count:
        name = f"{chance.choice(heads)} {chance.choice(heads)} {chance.choice(tails)}"
        short = name.rsplit(" ", 1)[0]
        if fold_words(name) in real or fold_words(short) in real or f" {fold_words(short)} " in told:
            continue
        key, ticker = f"tkr-ZQ{made}.L", f"ZQ{made}.L"
        cells = [key, name, ticker, "GB", "Materials", "metals", "", "", f"ordinary,,,{ticker}/XLON/GBP"]
        legal = f"{name} {_LEGAL_FORMS[made % len(_LEGAL_FORMS)]}"
        kinds = ((legal, "legal"), (name, "short"), (short, "alias"))
        yield cells, [NameRow(text, key, kind) for text, kind in kinds]
        made += 1
