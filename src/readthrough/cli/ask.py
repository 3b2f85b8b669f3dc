"""`readthrough ask`: a question to the stored notes, answered with citations."""

from __future__ import annotations

from typing import Annotated, Any

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("ask")(ask)


def ask(
    context: typer.Context,
    question: Annotated[
        list[str], typer.Argument(metavar="QUESTION", help="In English; quotes are not needed.")
    ],
    limit: Annotated[int, typer.Option("--limit", min=1, max=50, help="Most sentences.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """Answer a question from stored articles, in their own sentences, each with where it stands.

    \b
    readthrough ask "What did Alibaba say about cloud revenue?"
    readthrough ask who cut guidance --limit 10 --json

    Only notes that were kept are searched: `analyze --save`, `serve` and the API keep them.
    """  # fmt: skip
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.ask import answer
    from readthrough.desk.documents import answer_document

    with open_cli_desk(context) as desk:
        found = answer_document(answer(desk, " ".join(question), limit=limit))
    if json:
        from readthrough.cli.console import print_json

        print_json(found)
    else:
        _show(found)


def _show(found: dict[str, Any]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from readthrough.cli.console import MUTED, note_console, plain

    console = note_console()
    if not found["found"]:
        console.print(Text("The notes kept so far do not say."))
        console.print(Text("Keep more with `readthrough analyze SOURCE --save`.", MUTED))
        return
    for number, sentence in enumerate(found["sentences"], start=1):
        console.print(Text.assemble((f"[{number}] ", MUTED), plain(sentence["text"])))
    console.print()
    for number, sentence in enumerate(found["sentences"], start=1):
        cited = sentence["citation"]
        told = (cited["source"], (cited["published_at"] or "")[:16], cited["note_id"])
        where = " · ".join(plain(part) for part in told if part)
        console.print(
            Padding(Text(f"[{number}] {plain(cited['headline'])}\n    {where}", MUTED), 0, expand=False)
        )
