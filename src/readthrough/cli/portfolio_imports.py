"""`readthrough portfolio import`, `template` and `reconcile`: files of custodians."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from readthrough.desk.imports import Import, Mapped

__all__ = ["Days", "Id", "Json", "add_commands", "day_first"]

Id = Annotated[str, typer.Argument(metavar="PORTFOLIO_ID")]
Json = Annotated[bool, typer.Option("--json", help="Print what the API returns.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="CSV, Parquet, Flex XML, OFX, QFX or FIX.")]
Format = Annotated[
    str, typer.Option("--format", help="The file's format, where it is not found out.", show_default=False)
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="HEADING=FIELD", help="What a heading means.", show_default=False),
]
Instruments = Annotated[
    list[str] | None,
    typer.Option("--instrument", metavar="NAME=TICKER", help="Whom the file means.", show_default=False),
]
Mapping = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="TOML", help="A file of [columns] and [instruments].", show_default=False),
]  # fmt: skip
Days = Annotated[
    str, typer.Option("--days", help="dmy or mdy, where dates may be read both ways.", show_default=False)
]
Rates = Annotated[
    list[str] | None,
    typer.Option("--rate", metavar="EUR=1.08", help="Base currency for one unit.", show_default=False),
]
Base = Annotated[str, typer.Option("--base", help="Base currency.")]
AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DAY", help="The day of the holdings.", show_default=False)
]

Lots = Annotated[
    str,
    typer.Option(
        "--lots",
        help="Which lot a sale closes: fifo, lifo, hifo, average or specific; `portfolio.lots` otherwise.",
        show_default=False,
    ),
]


def add_commands(portfolio: typer.Typer) -> None:
    """Add the commands to `readthrough portfolio`."""
    portfolio.command("import")(import_)
    portfolio.command("template")(template)
    portfolio.command("reconcile")(reconcile)


def import_(
    context: typer.Context,
    file: File,
    name: Annotated[
        str, typer.Option("--name", help="What to call it; the file's name otherwise.", show_default=False)
    ] = "",
    kind: Annotated[
        str, typer.Option("--kind", help="portfolio, benchmark, watchlist; or fund, for what funds hold.")
    ] = "portfolio",
    format: Format = "",
    preview: Annotated[bool, typer.Option("--preview", help="Say what would be read, keep nothing.")] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="Keep the rest although rows cannot be read.")
    ] = False,
    column: Columns = None,
    instrument: Instruments = None,
    mapping: Mapping = None,
    days: Days = "",
    rate: Rates = None,
    base: Base = "USD",
    as_of: AsOf = "",
    lots: Lots = "",
    benchmark: Annotated[
        str, typer.Option("--benchmark", help="The id of its benchmark.", show_default=False)
    ] = "",
    json: Json = False,
) -> None:
    """Import holdings or transactions; a portfolio of the same name is replaced, whole or not at all.

    \b
    readthrough portfolio import holdings.csv --name "Global Equity"
    readthrough portfolio import flex.xml --name "Global Equity" --preview
    readthrough portfolio import history.csv --name "Global Equity" --lots average
    readthrough portfolio import positions.csv --column "Stk=quantity" --instrument "BABA HK=9988.HK"
    """  # fmt: skip
    from dataclasses import replace

    from readthrough.cli.console import print_json, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.imports import identifier_of, import_document, import_fund, keep_import, read_book

    with open_cli_desk(context) as desk:
        if kind == "fund":
            count, told = import_fund(desk, file)
            remark(f"Kept what {count} {'fund holds' if count == 1 else 'funds hold'}.")
            for line in told:
                remark(f"  {line}")
            return
        mapped = _mapped(column, instrument, mapping, days, rate, base, as_of)
        read = read_book(desk, file, name=name, format=format, kind=_kind(kind), mapped=mapped)
        if benchmark and read.portfolio is not None:
            read = replace(read, portfolio=replace(read.portfolio, benchmark_id=benchmark))
        if not preview:
            counts = keep_import(desk, read, identifier_of(name or file.stem), partial=partial, lots=lots)
    if json:
        print_json(import_document(read))
    elif preview:
        _show_preview(read)
    else:
        _tell_import(read, identifier_of(name or file.stem), counts)


def template(
    of: Annotated[
        str, typer.Option("--of", help="holdings, transactions, prices, rates or fund.")
    ] = "holdings",
) -> None:
    """Print a file that `import` reads, with every column and examples.

    \b
    readthrough portfolio template > holdings.csv
    readthrough portfolio template --of transactions > history.csv
    """  # fmt: skip
    from readthrough.desk.imports import template as template_of

    typer.echo(template_of(of), nl=False)


def reconcile(
    context: typer.Context,
    portfolio_id: Id,
    file: File,
    format: Format = "",
    column: Columns = None,
    instrument: Instruments = None,
    mapping: Mapping = None,
    days: Days = "",
    lots: Lots = "",
    json: Json = False,
) -> None:
    """Compare what the books say with a custodian's file, to the last cent; ends with 1 where they differ.

    \b
    readthrough portfolio reconcile global-equity positions.csv
    readthrough portfolio reconcile global-equity positions.csv --lots hifo
    """  # fmt: skip
    from readthrough.cli.console import DOWN, print_json, print_table, remark
    from readthrough.cli.figures import words
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.book_news import reconciliation_document
    from readthrough.desk.imports import read_book, reconciliation

    with open_cli_desk(context) as desk:
        mapped = _mapped(column, instrument, mapping, days, None, "USD", "")
        custodian = read_book(desk, file, name=portfolio_id, format=format, mapped=mapped)
        report = reconciliation(desk, portfolio_id, custodian, lots=lots)
    if json:
        print_json(reconciliation_document(report))
    else:
        rows = (
            (
                (
                    line.account_id,
                    line.instrument,
                    words(line.kind),
                    *(_exact(side.quantity if side else None) for side in (line.ours, line.theirs)),
                    _exact(line.quantity_difference),
                    _exact(line.cost_difference),
                ),
                DOWN,
            )
            for line in report.breaks
        )
        columns = ("Account", "Line", "Differs by", "Ours", "Theirs", "Difference", "Cost difference")
        if report.breaks:
            print_table(columns, rows, right=columns[3:])
        agree = len(report.lines) - len(report.breaks)
        remark(
            f"{agree} of {len(report.lines)} lines agree; {len(custodian.lost)} rows of the file could not be read."
        )
    if not report.agrees or custodian.lost:
        raise typer.Exit(1)


def _kind(kind: str) -> str:
    from readthrough.domain.errors import HoldingsError

    if kind not in ("portfolio", "benchmark", "watchlist"):
        raise HoldingsError(
            f"There is no kind {kind!r} of portfolio.", remedy="Use portfolio, benchmark, watchlist or fund."
        )
    return kind


def _mapped(
    columns: list[str] | None,
    instruments: list[str] | None,
    mapping: Path | None,
    days: str,
    rates: list[str] | None,
    base: str,
    as_of: str,
) -> Mapped:
    from datetime import date
    from decimal import Decimal, InvalidOperation

    from readthrough.desk.imports import Mapped, mapping_of, pairs_of
    from readthrough.domain.errors import HoldingsError

    named, meant = mapping_of(
        mapping, pairs_of(columns or (), "--column"), pairs_of(instruments or (), "--instrument")
    )
    try:
        given = {code: Decimal(figure) for code, figure in pairs_of(rates or (), "--rate").items()}
        day = date.fromisoformat(as_of) if as_of else None
    except (InvalidOperation, ValueError):
        raise HoldingsError(
            "A rate or a day on the command line cannot be read.",
            remedy="Write --rate EUR=1.08 and --as-of 2026-03-02.",
        ) from None
    return Mapped(
        columns=named,
        instruments=meant,
        day_first=day_first(days),
        rates=given,
        base_currency=base,
        as_of=day,
    )


def day_first(days: str) -> bool | None:
    """Return whether days come first, None where that is not said.

    Raises:
        HoldingsError: It is neither dmy nor mdy.
    """
    from readthrough.domain.errors import HoldingsError

    if days not in ("", "dmy", "mdy"):
        raise HoldingsError(f"--days {days!r} is not known.", remedy="Use dmy or mdy.")
    return None if not days else days == "dmy"


def _show_preview(read: Import) -> None:
    from readthrough.cli.console import MUTED, print_table, remark
    from readthrough.domain.errors import told

    if read.headings:
        rows = [
            ((heading, field or "not read", *(row.get(field, "")[:24] if field else "" for row in read.sample[:3])), "" if field else MUTED)
            for heading, field in read.headings
        ]  # fmt: skip
        print_table(
            ("Heading", "Read as", "First row", "Second", "Third")[: 2 + min(len(read.sample), 3)], rows
        )
    lines = 0 if read.portfolio is None else len(read.portfolio.holdings)
    remark(
        f"{read.format}: {lines} holdings, {len(read.transactions)} transactions, {len(read.lost)} rows cannot be read."
    )
    for problem in read.problems[:20]:
        remark(f"  {told(problem.detail, problem.remedy)}")
    if len(read.problems) > 20:
        remark(f"  and {len(read.problems) - 20:,} more; --json prints all.")
    remark("Nothing was kept.")


def _tell_import(read: Import, portfolio_id: str, counts: tuple[int, int]) -> None:
    from readthrough.cli.console import remark
    from readthrough.domain.errors import told

    if read.portfolio is not None:
        held = read.portfolio.holdings
        linked = sum(line.issuer_id is not None for line in held)
        remark(
            f"Kept {portfolio_id}: {len(held)} positions, {linked} known by name, in {read.portfolio.base_currency}."
        )
    if read.transactions:
        remark(f"Kept {counts[0]} new transactions of {portfolio_id}; {counts[1]} were known.")
    for problem in read.problems[:40]:
        remark(f"  {told(problem.detail, problem.remedy)}")
    if len(read.problems) > 40:
        remark(f"  and {len(read.problems) - 40:,} more; `portfolio import --preview --json` prints all.")


def _exact(figure: Any) -> str:
    return "" if figure is None else f"{figure:,f}"
