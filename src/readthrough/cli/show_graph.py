"""A company's place in the graph, as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from readthrough.cli.console import DOWN, MUTED, UP, plain
from readthrough.cli.figures import NOTHING, percent

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

__all__ = ["show_graph"]

Document: TypeAlias = Mapping[str, Any]

_TITLES = {
    "supplier": "Suppliers",
    "customer": "Customers",
    "competitor": "Rivals",
    "partner": "Partners",
    "owner": "Owned by",
    "subsidiary": "Owns",
}
_MOST = 25  # ties of one kind; --json has them all


def show_graph(document: Document, console: Console) -> None:
    """Print who a company is tied to and how, its themes, and what moves it from outside."""
    for part in _parts(document):
        console.print(part)


def _parts(document: Document) -> Iterator[RenderableType]:
    from rich.text import Text

    head = Text(plain(document["name"]), "bold")
    head.append(f"  {plain(document['ticker'] or '')}")
    head.append(f"  on {document['as_of']}" if document["as_of"] else "")
    yield head
    about = (document["country"], document["sector"], document["industry"])
    yield Text(" · ".join(plain(part) for part in about if part), MUTED)
    for relation in _TITLES:
        yield from _ties(relation, [tie for tie in document["ties"] if tie["relation"] == relation])
    if document["themes"]:
        yield from _title("Themes")
        yield Text(", ".join(f"{plain(t['name'])} ({t['members']})" for t in document["themes"]))
    yield from _sensitivities(document["sensitivities"])
    if not document["ties"]:
        yield Text()
        kin = f" Others in its industry: {', '.join(document['kin'])}." if document["kin"] else ""
        yield Text(f"No such tie is known.{kin}", MUTED)
    else:
        yield Text()
        yield Text(_sources(document["ties"]), MUTED)


def _ties(relation: str, ties: list[Document]) -> Iterator[RenderableType]:
    from rich.text import Text

    if not ties:
        return
    yield from _title(f"{_TITLES[relation]} ({len(ties)})")
    dated = any(tie["since"] or tie["until"] for tie in ties)
    weighed = any(tie["weight"] or tie["their_weight"] for tie in ties)
    table = _table(
        "Ticker",
        "Name",
        *(("Share", "Theirs") if weighed else ()),
        "In",
        *(("Days",) if dated else ()),
        "Written in",
    )
    ranked = sorted(ties, key=lambda t: -max(t["weight"] or 0.0, t["their_weight"] or 0.0))
    for tie in ranked[:_MOST]:
        cells = [Text(plain(tie["ticker"] or NOTHING), "bold"), Text(plain(tie["name"]))]
        cells += [Text(_share(tie[key])) for key in ("weight", "their_weight")] if weighed else []
        cells.append(Text(plain(tie["why"])))
        cells += [Text(_days(tie))] if dated else []
        cells.append(Text(_place(tie["provenance"]), MUTED))
        table.add_row(*cells)
    yield table
    if len(ties) > _MOST:
        yield Text(f"and {len(ties) - _MOST} more (--json prints all)", MUTED)


def _sensitivities(felt: list[Document]) -> Iterator[RenderableType]:
    from rich.text import Text

    if not felt:
        return
    yield from _title("Moved from outside")
    table = _table("When", "Effect", "Because", "Written in")
    for row in felt:
        sign = ("▲" if row["sign"] > 0 else "▼") * row["strength"]
        table.add_row(
            Text(plain(row["means"] or row["driver"])),
            Text(sign, UP if row["sign"] > 0 else DOWN),
            Text(plain(row["why"])),
            Text(_place(row["provenance"]), MUTED),
        )
    yield table


def _table(*columns: str) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style=MUTED)
    for name in columns:
        right = name in ("Share", "Theirs")
        table.add_column(name, justify="right" if right else "left", overflow="fold", no_wrap=right)
    return table


def _share(weight: float | None) -> str:
    return NOTHING if weight is None else percent(weight)


def _days(tie: Document) -> str:
    days = (("from", tie["since"]), ("until", tie["until"]))
    return " ".join(f"{word} {day}" for word, day in days if day)


def _place(provenance: str) -> str:
    """Show the place, `file:line`; the note of what it is known from stands below, once."""
    return plain(provenance.rpartition("(")[2].removesuffix(")"))


def _sources(ties: list[Document]) -> str:
    notes = dict.fromkeys(plain(tie["provenance"]).rpartition(" (")[0] for tie in ties)
    return "Known from: " + "; ".join(note for note in notes if note) + "."


def _title(text: str) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text()
    yield Text(text.upper(), f"bold {MUTED}")
