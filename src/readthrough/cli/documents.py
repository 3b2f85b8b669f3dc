"""`readthrough documents`: what a firm adds to the corpus, beside the news."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

__all__ = ["register"]

commands = typer.Typer(no_args_is_help=True, help="Documents that questions are answered from.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(commands, name="documents")


@commands.command("add")
def add(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="PDF, HTML, text or EDGAR submissions.")
    ],
    ticker: Annotated[
        list[str] | None, typer.Option("--ticker", help="Whom they are about; found in them when left out.")
    ] = None,
    title: Annotated[str, typer.Option("--title", help="What to call it.")] = "",
    source: Annotated[str, typer.Option("--source", help="Who published it.")] = "",
    published: Annotated[str, typer.Option("--published", metavar="DATE", help="When.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="filing, exhibit, transcript or report.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read files and make their pages and tables findable.

    \b
    readthrough documents add annual-report.pdf --ticker MMM
    readthrough documents add 0000320193-25-000079.txt

    The same file under the same name changes nothing; another one under it is a new version.
    """  # fmt: skip
    from readthrough.cli.console import print_json, remark
    from readthrough.cli.moments import moment
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.corpus import add_document
    from readthrough.domain.corpus import DocumentKind
    from readthrough.domain.errors import SettingsError, SourceError

    try:
        known = DocumentKind(kind) if kind else None
    except ValueError:
        raise SettingsError(
            f"--kind {kind!r} is no kind of document.", remedy=f"Choose one of {', '.join(DocumentKind)}."
        ) from None
    failed: SourceError | None = None
    told = []
    with open_cli_desk(context) as desk:
        for file in files:
            try:
                added = add_document(
                    desk,
                    file,
                    tickers=ticker or (),
                    kind=known,
                    title=title,
                    source=source,
                    published_at=moment(published, "--published"),
                )
            except SourceError as error:
                failed = error
                remark(f"error: {error}")
                continue
            for one in added:
                told.append(
                    {
                        "id": one.document.id,
                        "kind": str(one.document.kind),
                        "title": one.document.title,
                        "tickers": [name for name, _ in one.document.tickers],
                        "pages": len(one.document.pages),
                        "tables": len(one.document.tables),
                        "pieces": one.pieces,
                        "changed": one.changed,
                    }
                )
    if json:
        print_json(told)
    else:
        for row in told:
            names = " ".join(map(str, cast(list[object], row["tickers"]))) or "about nobody known"
            what = f"{row['pages']} pages, {row['tables']} tables" if row["changed"] else "kept already"
            typer.echo(f"{row['id']}  {row['kind']:<10}  {names}  {row['title']}  ({what})")
    if failed is not None and not told:
        raise typer.Exit(failed.exit_status)


@commands.command("list")
def list_documents(
    context: typer.Context,
    ticker: Annotated[list[str] | None, typer.Option("--ticker", help="Only about these.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Most documents.")] = 20,
    everything: Annotated[bool, typer.Option("--all", help="Articles and notes too.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List documents, newest first.

    \b
    readthrough documents list --ticker MMM
    """  # fmt: skip
    from readthrough.cli.console import print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.domain.corpus import CorpusFilter, DocumentKind

    kinds = () if everything else tuple(k for k in DocumentKind if k not in ("news", "note"))
    with open_cli_desk(context) as desk:
        found = desk.corpus.documents(CorpusFilter(tickers=tuple(ticker or ()), kinds=kinds), limit=limit)
    rows = [
        {
            "id": one.id,
            "kind": str(one.kind),
            "title": one.title,
            "tickers": [name for name, _ in one.tickers],
            "pages": len(one.pages),
            "dated": (one.published_at or one.known_at).date().isoformat(),
        }
        for one in found
    ]
    if json:
        print_json(rows)
        return
    for row, one in zip(rows, found, strict=True):
        names = " ".join(name for name, _ in one.tickers)
        typer.echo(f"{row['id']}  {row['dated']}  {row['kind']:<10}  {names}  {row['title']}")


@commands.command("show")
def show(
    context: typer.Context,
    document_id: Annotated[str, typer.Argument(metavar="ID")],
    page: Annotated[int, typer.Option("--page", min=1, help="Which page.")] = 1,
) -> None:
    """Print a page of a document, its tables after it.

    \b
    readthrough documents show doc_0123456789 --page 3
    """  # fmt: skip
    from readthrough.cli.console import plain
    from readthrough.cli.session import open_cli_desk
    from readthrough.domain.errors import SourceNotFound

    with open_cli_desk(context) as desk:
        found = desk.corpus.document(document_id, tenant="")
    if found is None:
        raise SourceNotFound(
            f"There is no document {document_id!r}.", remedy="Try `readthrough documents list`."
        )
    for line in found.page(page).of(found.text).split("\n"):
        typer.echo(plain(line))
    for table in found.tables:
        if table.page == page:
            typer.echo("")
            for row in table.rows:
                typer.echo(" | ".join(plain(cell) for cell in row))


@commands.command("remove")
def remove(
    context: typer.Context,
    document_ids: Annotated[list[str], typer.Argument(metavar="ID...")],
) -> None:
    """Forget documents for good, every version of them.

    \b
    readthrough documents remove doc_0123456789
    """  # fmt: skip
    from readthrough.cli.session import open_cli_desk

    with open_cli_desk(context) as desk:
        gone = desk.corpus.remove([one for one in document_ids if one.startswith("doc_")], tenant="")
    typer.echo(f"{gone} removed")
