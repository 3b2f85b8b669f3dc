"""`readthrough notes`: what has been kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from readthrough.cli.show import Document

__all__ = ["register"]

notes = typer.Typer(help="List and show notes that were kept.", no_args_is_help=True, rich_markup_mode=None)

AsOf = Annotated[
    str, typer.Option("--as-of", metavar="MOMENT", help="What was known then.", show_default=False)
]


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
    as_of: AsOf = "",
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """List notes, newest first.

    \b
    readthrough notes list
    readthrough notes list --ticker BABA --limit 5 --json
    readthrough notes list --as-of 2026-03-02T13:30:00Z
    """  # fmt: skip
    from readthrough.cli.console import note_console, print_json, remark
    from readthrough.cli.moments import moment
    from readthrough.cli.session import open_cli_desk
    from readthrough.cli.show import show_compact
    from readthrough.desk.ask import latest_notes

    with open_cli_desk(context) as desk:
        found = latest_notes(desk, limit=limit, ticker=ticker, as_of=moment(as_of, "--as-of"))
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
    as_of: AsOf = "",
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """Print one note that was kept.

    \b
    readthrough notes show note_0123abcd
    readthrough notes show note_0123abcd --as-of 2026-03-02
    """  # fmt: skip
    from readthrough.cli.console import note_console, print_json, remark
    from readthrough.cli.moments import moment
    from readthrough.cli.session import open_cli_desk
    from readthrough.cli.show import show_note
    from readthrough.desk.ask import note, portfolio_names
    from readthrough.domain.errors import SourceNotFound

    with open_cli_desk(context) as desk:
        document = note(desk, note_id, as_of=moment(as_of, "--as-of"))
        names = portfolio_names(desk)
    if document is None:
        raise SourceNotFound(f"No note has the id {note_id!r}.", remedy="`readthrough notes list` shows ids.")
    if json:
        print_json(document)
    else:
        show_note(document, note_console(), names=names)
        remark(times_of(document))


def times_of(document: Document) -> str:
    """Say when a note's article was published and received, and when the note was known and written."""
    article, first = document["article"], document["revision"] == 1
    published = article["published_at"] or "at a time nobody said"
    return (
        f"Published {published}, received {article['received_at']}; "
        f"{'known and written' if first else 'this revision written'} {document['known_at']}."
    )
