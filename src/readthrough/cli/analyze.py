"""`readthrough analyze`: one article to a note, or many to many."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from readthrough.desk.intake import Draft, HoldingsIndex
    from readthrough.desk.open import Desk
    from readthrough.domain.contract import NoteDocument

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("analyze")(analyze)


def analyze(
    context: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="Text, HTML, PDF or JSON (gzip is fine), an http(s) address, or '-' for standard input.",
            show_default=False,
        ),
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print the note as JSON, contract version 1.")] = False,
    jsonl: Annotated[
        str,
        typer.Option(
            "--jsonl",
            metavar="IN",
            help="A file of articles, one JSON object a line; '-' for standard input.",
            show_default=False,
        ),
    ] = "",
    out: Annotated[
        str,
        typer.Option(
            "--out",
            metavar="OUT",
            help="Where --jsonl writes one line per input line; '-' for standard output.",
            show_default=False,
        ),
    ] = "",
    portfolio: Annotated[
        str,
        typer.Option(
            "--portfolio", metavar="FILE", help="A holdings file to assess the news for.", show_default=False
        ),
    ] = "",
    save: Annotated[
        bool, typer.Option("--save/--no-save", help="Keep the note in the database, and alert.")
    ] = False,
    writer: Annotated[
        str | None,
        typer.Option(
            "--writer",
            metavar="WHO",
            help="playbooks, or llm: the language model of the settings [setting writing.writer].",
            show_default=False,
        ),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes for --jsonl.")] = 1,
    restart: Annotated[
        bool, typer.Option("--restart", help="With --jsonl: write OUT anew instead of resuming.")
    ] = False,
) -> None:
    """Read an article and print its note.

    \b
    readthrough analyze story.html
    readthrough analyze https://example.com/news/story
    pbpaste | readthrough analyze -
    readthrough analyze report.pdf --json > note.json
    readthrough analyze story.txt --portfolio holdings.csv
    readthrough analyze story.txt --writer llm
    readthrough analyze --jsonl articles.jsonl --out notes.jsonl --workers 2

    A batch that was interrupted resumes when the same command is run again. Each input line gives one
    output line, in order; where an article failed, the line holds an "error" object.
    """  # fmt: skip
    if jsonl or out:
        if writer == "llm":
            raise typer.BadParameter("A batch is written by the playbooks: --writer llm takes one SOURCE.")
        _batch(context, source, jsonl, out, portfolio=portfolio, save=save, workers=workers, restart=restart)
        return
    if not source:
        raise typer.BadParameter("Give a SOURCE, or --jsonl IN with --out OUT.")
    with _uncollected():
        document, names = _one(context, source, portfolio, save, writer)
        if json:
            from readthrough.cli.console import print_json

            print_json(document)
            return
        from readthrough.cli.console import note_console
        from readthrough.cli.show import show_note

        show_note(document, note_console(), names=names)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare one short command the garbage collector, which walks the loaded tables for 0.05 s."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _one(
    context: typer.Context, source: str, portfolio: str, save: bool, writer: str | None
) -> tuple[NoteDocument, Mapping[str, str]]:
    """The note, and what the portfolios in it are called."""
    from readthrough.cli.holdings import tell_problems, with_problems
    from readthrough.cli.send import send_due
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.intake import fetch, note_of, read_portfolio

    with open_cli_desk(context, {"writing.writer": writer}) as desk:
        draft = fetch(desk, source, stdin=sys.stdin.buffer)
        book = read_portfolio(desk, Path(portfolio)) if portfolio else None
        faults = () if book is None else book.problems
        tell_problems(faults)
        if not save:
            holdings = None
            if book is not None:
                from readthrough.desk.intake import HoldingsIndex

                holdings = HoldingsIndex([book], desk.universe)
            document = (
                note_of(desk, draft, holdings=holdings)
                if desk.author is None
                else _authored(desk, draft, save=False, holdings=holdings)
            )
            return with_problems(document, faults), {} if book is None else {book.id: book.name}
        from readthrough.desk.ask import portfolio_names
        from readthrough.desk.books import save_portfolio
        from readthrough.desk.flow import process

        if book is not None:
            save_portfolio(desk, book)
        document = process(desk, draft) if desk.author is None else _authored(desk, draft, save=True)
        send_due(desk)
        return with_problems(document, faults), portfolio_names(desk)


def _authored(desk: Desk, draft: Draft, *, save: bool, holdings: HoldingsIndex | None = None) -> NoteDocument:
    from readthrough.cli.authoring import tell_fallback, watching
    from readthrough.desk.rewriting import process_rewritten, rewritten_note_of

    assert desk.author is not None
    with watching(desk.author.name) as progress:
        document = (
            process_rewritten(desk, draft, progress=progress)
            if save
            else rewritten_note_of(desk, draft, holdings=holdings, progress=progress)
        )
    tell_fallback(document)
    return document


def _batch(
    context: typer.Context,
    source: str,
    jsonl: str,
    out: str,
    *,
    portfolio: str,
    save: bool,
    workers: int,
    restart: bool,
) -> None:
    from readthrough.cli.batch import Job, run_batch
    from readthrough.cli.holdings import tell_problems
    from readthrough.cli.session import config_path, open_cli_desk
    from readthrough.desk.intake import read_portfolio

    if source:
        raise typer.BadParameter("Give either a SOURCE or --jsonl, not both.")
    if not jsonl or not out:
        raise typer.BadParameter("--jsonl IN and --out OUT go together.")
    if save and workers > 1:
        raise typer.BadParameter("--save keeps articles in order and so takes one worker.")
    if portfolio:
        with open_cli_desk(context) as desk:
            tell_problems(read_portfolio(desk, Path(portfolio)).problems)
    run_batch(
        Job(
            source=jsonl,
            out=out,
            portfolio=portfolio,
            save=save,
            workers=workers,
            restart=restart,
            config=config_path(context),
        )
    )
