"""`readthrough notes`: what has been kept."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["register"]

notes = typer.Typer(help="List and show notes that were kept.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(notes, name="notes")


@notes.command("list")
def list_notes(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Most notes.")] = 20,
    ticker: Annotated[
        str | None, typer.Option("--ticker", help="Only notes about this ticker.", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """List notes, newest first.

    \b
    readthrough notes list
    readthrough notes list --ticker BABA --limit 5 --json
    """  # fmt: skip
    from readthrough.cli.console import note_console, print_json, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.cli.show import show_compact
    from readthrough.desk.ask import latest_notes

    with open_cli_desk(context) as desk:
        found = latest_notes(desk, limit=limit, ticker=ticker)
    if json:
        print_json(found)
        return
    if not found:
        remark("No notes are kept yet. Keep one with `readthrough analyze SOURCE --save`.")
    console = note_console()
    for document in found:
        show_compact(document, console, named=True)


@notes.command("show")
def show(
    context: typer.Context,
    note_id: Annotated[str, typer.Argument(metavar="NOTE_ID")],
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """Print one note that was kept.

    \b
    readthrough notes show note_0123abcd
    """  # fmt: skip
    from readthrough.cli.console import note_console, print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.cli.show import show_note
    from readthrough.desk.ask import note, portfolio_names
    from readthrough.domain.errors import SourceNotFound

    with open_cli_desk(context) as desk:
        document = note(desk, note_id)
        names = portfolio_names(desk)
    if document is None:
        raise SourceNotFound(f"No note has the id {note_id!r}.", remedy="`readthrough notes list` shows ids.")
    if json:
        print_json(document)
    else:
        show_note(document, note_console(), names=names)
