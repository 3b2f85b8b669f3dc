"""`readthrough universe`: who is known, under which names, and issuers of one's own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readthrough.cli.universe_graph import add_commands

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from readthrough.cli.progress import Progress
    from readthrough.desk.additions import Import

__all__ = ["register"]

universe = typer.Typer(
    help="Look issuers up, and import your own.", no_args_is_help=True, rich_markup_mode=None
)
_SHOWN = 50  # problems printed to a person; --json has them all
_PATIENCE = 2.0  # seconds before a bar is shown


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_commands(universe)
    app.add_typer(universe, name="universe")


@universe.callback()
def main() -> None:
    """Look issuers up, and import your own."""


@universe.command("lookup")
def lookup(
    context: typer.Context,
    name: Annotated[
        list[str], typer.Argument(metavar="NAME", help="A name, brand, ticker, ISIN, FIGI, CIK or LEI.")
    ],
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="What it meant on this day (YYYY-MM-DD)."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="Most issuers.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Find an issuer: its securities, names and ties to others.

    \b
    readthrough universe lookup alibaba
    readthrough universe lookup 9988.HK
    readthrough universe lookup FB --on 2019-05-01
    readthrough universe lookup US0378331005 --json
    """  # fmt: skip
    from readthrough.cli.console import print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.dossier import issuer_document, issuers_on, suggestions
    from readthrough.domain.errors import SourceNotFound, told

    text = " ".join(name)
    day = on.date() if on is not None else None
    with open_cli_desk(context) as desk:
        known = desk.universe
        found = issuers_on(known, text, day, limit)
        if not found:
            when = f" on {day.isoformat()}" if day else ""
            remedy = "Try a ticker (BABA, 9988.HK), or add it with `readthrough universe import`."
            raise SourceNotFound(
                f"No issuer matches {text!r}{when}.", remedy=told(suggestions(known, text, day), remedy)
            )
        documents = [issuer_document(known, issuer, day) for issuer in found]
    if json:
        print_json(documents)
    else:
        _show(documents, day)


@universe.command("template")
def template() -> None:
    """Print a CSV that `import` reads, with every column and an example.

    \b
    readthrough universe template > own.csv
    """  # fmt: skip
    from readthrough.desk.additions import import_template

    typer.echo(import_template(), nl=False)


@universe.command("import")
def import_(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="The SEC's company_tickers JSON, OpenFIGI's answers, or our CSV.")
    ],
    into: Annotated[
        Path | None, typer.Option("--into", help="Overlay folder; universe.overlay when not given.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, change nothing.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Add issuers, listings and identifiers from a file to your own overlay.

    Nothing we hold is replaced: what disagrees is listed with its line. Importing again changes nothing.

    \b
    readthrough universe import company_tickers.json --into own
    readthrough universe import own.csv --dry-run
    """  # fmt: skip
    from time import monotonic

    from readthrough.cli.console import print_json
    from readthrough.cli.session import load_cli_settings, read_text
    from readthrough.desk.additions import import_issuers
    from readthrough.domain.errors import UniverseError

    overlay = load_cli_settings(context).universe.overlay
    text = read_text(file)
    with _Bar(monotonic) as bar:
        done = import_issuers(text, into or overlay, keep=not dry_run, tick=bar.tick)
    if json:
        print_json(_import_document(done, dry_run))
    else:
        _show_import(done, dry_run=dry_run, named=into is None or into == overlay)
    out = done.additions
    if out.problems and not (out.changes or out.unchanged):
        raise UniverseError(
            "No row of the file could be used.", remedy="Mend what is listed, and import again."
        )


class _Bar:
    """A bar for rows that appears when it takes long."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._began = monotonic()
        self._rows = self._failed = 0
        self._bar: Progress | None = None

    def __enter__(self) -> _Bar:
        return self

    def tick(self, failed: bool) -> None:
        if self._bar is not None:
            self._bar.advance(failed=failed)
            return
        self._rows += 1
        self._failed += failed
        if self._monotonic() - self._began >= _PATIENCE:
            from readthrough.cli.progress import Progress

            self._bar = Progress(
                None, self._rows, self._monotonic, failed=self._failed, what="rows"
            ).__enter__()

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)


def _import_document(done: Import, dry_run: bool) -> dict[str, Any]:
    out = done.additions
    return {
        "kind": done.kind,
        "overlay": str(done.folder),
        "written": out.changes and not dry_run,
        "added": out.added,
        "extended": out.extended,
        "unchanged": out.unchanged,
        "problems": [
            {"line": p.line, "entry": p.entry, "code": p.code, "reason": p.reason} for p in out.problems
        ],
    }


def _show_import(done: Import, *, dry_run: bool, named: bool) -> None:
    from readthrough.cli.console import print_table, remark

    out = done.additions
    would = "would be " if dry_run else ""
    typer.echo(
        f"{out.added:,} issuers {would}added, {out.extended:,} {would}extended; {out.unchanged:,} rows known already."
    )
    if out.problems:
        rows = [((str(p.line), str(p.entry), p.code, p.reason), "") for p in out.problems[:_SHOWN]]
        print_table(("line", "row", "what", "why"), rows, right=("line", "row"))
    if len(out.problems) > _SHOWN:
        remark(f"{len(out.problems) - _SHOWN:,} more; --json lists them all.")
    if not named and out.changes and not dry_run:
        remark(f"To use it: set universe.overlay, or READTHROUGH_UNIVERSE__OVERLAY={done.folder}")


def _show(documents: list[dict[str, Any]], day: date | None) -> None:
    from rich.text import Text

    from readthrough.cli.console import MUTED, note_console, plain

    console = note_console()
    for issuer in documents:
        line = Text(plain(issuer["name"]), "bold")
        line.append("  " + " ".join(plain(t) for t in issuer["tickers"]))
        if day is not None:
            line.append(f"  on {day.isoformat()}")
        console.print(line)
        for told in _lines(issuer):
            console.print(Text("  " + plain(told), MUTED))


def _lines(issuer: dict[str, Any]) -> list[str]:
    about = [issuer["country"], issuer["sector"], issuer["industry"]]
    about += [f"{what.upper()} {issuer[what]}" for what in ("cik", "lei") if issuer[what]]
    lines = [" · ".join(part for part in about if part)]
    for security in issuer["securities"]:
        parts = [security["kind"].replace("_", " ")]
        parts += [f"{what.upper()} {security[what]}" for what in ("isin", "figi") if security[what]]
        parts.append(", ".join(_listing(row) for row in security["listings"]))
        lines.append(" · ".join(part for part in parts if part))
    for kind in ("legal", "alias", "short", "former", "brand", "product"):
        names = [
            _named(row) for row in issuer["names"] if row["kind"] == kind and row["text"] != issuer["name"]
        ]
        if names:
            lines.append(f"{kind}: " + ", ".join(names))
    days = [f"{row['ticker']} {_days(row)}" for row in issuer["dated_tickers"]]
    lines += ["tickers: " + ", ".join(days)] if days else []
    lines += ["themes: " + ", ".join(issuer["themes"])] if issuer["themes"] else []
    by_relation: dict[str, list[str]] = {}
    for tie in issuer["ties"]:
        by_relation.setdefault(tie["relation"], []).append(tie["ticker"] or tie["name"])
    plural = {"subsidiary": "subsidiaries"}
    lines += [f"{plural.get(r, r + 's')}: " + ", ".join(names[:20]) for r, names in by_relation.items()]
    return [line for line in lines if line]


def _listing(row: dict[str, Any]) -> str:
    market = " ".join(row[what] for what in ("mic", "currency", "figi") if row[what])
    return f"{row['ticker']} ({market})" if market else str(row["ticker"])


def _named(row: dict[str, Any]) -> str:
    days = _days(row)
    return f"{row['text']}{f' ({days})' if days else ''}{'*' if row['needs_cue'] else ''}"


def _days(row: dict[str, Any]) -> str:
    days = (("from", row["valid_from"]), ("until", row["valid_until"]))
    return " ".join(f"{word} {day}" for word, day in days if day)
