"""`readthrough ask`: a question to the corpus, answered with citations."""

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
    ticker: Annotated[
        list[str] | None, typer.Option("--ticker", help="Whom it is about; may be given several times.")
    ] = None,
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="Only what was published since.")
    ] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="MOMENT", help="What was known then.")] = "",
    portfolio: Annotated[
        str, typer.Option("--portfolio", metavar="ID", help="Only what bears on its holdings.")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=50, help="Most sentences.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """Answer a question from notes, articles and documents, each sentence with where it stands.

    \b
    readthrough ask "What did Alibaba say about cloud revenue?"
    readthrough ask who cut guidance --limit 10 --json
    readthrough ask "What was capital expenditure in FY2024?" --ticker MMM
    readthrough ask which of my holdings had guidance cuts this quarter

    Figures are worked out by code from tables, with the working shown; counts come from events. Only what was
    kept is searched: `analyze --save`, `serve`, the API and `documents add` keep.
    """  # fmt: skip
    from readthrough.cli.moments import moment
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.answers import Scope
    from readthrough.desk.ask import answer
    from readthrough.desk.documents import answer_document

    scope = Scope(
        tickers=tuple(ticker or ()),
        since=moment(since, "--since"),
        as_of=moment(as_of, "--as-of"),
        portfolio=portfolio,
    )
    with open_cli_desk(context) as desk:
        found = answer_document(answer(desk, " ".join(question), limit=limit, scope=scope))
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
    for taken in found["assumed"]:
        console.print(Text(plain(taken), MUTED))
    if not found["found"]:
        if found["choices"]:
            console.print(Text(plain(found["text"])))
            return
        console.print(Text("The notes kept so far do not say."))
        console.print(Text("Keep more with `readthrough analyze SOURCE --save` or `documents add`.", MUTED))
        return
    if found["headline"]:
        console.print(Text(plain(found["headline"]), "bold"))
    for figure in found["figures"]:
        console.print(Text(plain(figure["working"])))
    if found["rows"]:
        _rows(found["rows"])
    cited = [
        *(cited for figure in found["figures"] for cited in figure["inputs"]),
        *(sentence["citation"] for sentence in found["sentences"]),
    ]
    first = len(cited) - len(found["sentences"])
    for number, sentence in enumerate(found["sentences"], start=first + 1):
        console.print(Text.assemble((f"[{number}] ", MUTED), plain(sentence["text"])))
    console.print()
    for number, one in enumerate(cited, start=1):
        page = f"page {one['page']}" if one["page"] else ""
        told = (one["source"], (one["published_at"] or "")[:16], page, one["note_id"] or one["article_id"])
        where = " · ".join(plain(part) for part in told if part)
        console.print(
            Padding(Text(f"[{number}] {plain(one['headline'])}\n    {where}", MUTED), 0, expand=False)
        )


def _rows(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    from readthrough.cli.console import note_console, plain

    names = [name for name in rows[0] if name not in ("note_id", "quote")]
    table = Table(*(name.replace("_", " ").capitalize() for name in names), box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("" if row[name] is None else plain(str(row[name])) for name in names))
    note_console().print(table)
