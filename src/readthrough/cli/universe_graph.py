"""`readthrough universe graph` and `universe check`: how companies hang together, and whether the files say so rightly."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["add_commands"]


def add_commands(universe: typer.Typer) -> None:
    """Add the commands to `universe`."""
    universe.command("graph")(graph)
    universe.command("check")(check)


def graph(
    context: typer.Context,
    name: Annotated[list[str], typer.Argument(metavar="TICKER", help="A ticker, name or identifier.")],
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The ties of this day (YYYY-MM-DD).")
    ] = None,
    relation: Annotated[
        str, typer.Option("--relation", help="Only supplier, customer, competitor, ...", show_default=False)
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show a company's suppliers, customers, rivals, owners and partners, its themes, and what moves it from outside.

    \b
    readthrough universe graph NVDA
    readthrough universe graph cirrus logic --relation customer
    readthrough universe graph MSFT --on 2022-06-30 --json
    """  # fmt: skip
    from readthrough.cli.console import note_console, print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.graph import graph_document
    from readthrough.domain.security import Relation

    if relation and relation not in set(Relation):
        raise typer.BadParameter(f"--relation is one of {', '.join(Relation)}, not {relation!r}.")
    with open_cli_desk(context) as desk:
        document = graph_document(desk.universe, " ".join(name), on.date() if on is not None else None)
    if relation:
        document["ties"] = [tie for tie in document["ties"] if tie["relation"] == relation]
    if json:
        print_json(document)
        return
    from readthrough.cli.show_graph import show_graph

    show_graph(document, note_console())


def check(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]", help="universe.overlay when not given; ours when that is not set."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Check your own issuers, names and graph: each fault with file, line and remedy; the status is 10 when there is one.

    Companies exist, ties lead both ways and do not contradict each other, nobody in a theme stands alone, shares
    add up to no more than all, and it is said where each line is known from.

    \b
    readthrough universe check
    readthrough universe check overlay
    """  # fmt: skip
    from readthrough.cli.faults import tell_faults
    from readthrough.cli.session import load_cli_settings
    from readthrough.desk.graph import check_overlay

    found, size = check_overlay(folder or load_cli_settings(context).universe.overlay)
    counted = ", ".join(f"{count:,} {what}" for what, count in size.items())
    tell_faults(found, f"The graph is sound: {counted}", json=json)
