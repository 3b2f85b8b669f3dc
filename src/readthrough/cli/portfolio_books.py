"""`readthrough portfolio show`, `impact`, `brief` and `prices`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readthrough.cli.moments import AsOf, past
from readthrough.cli.portfolio_imports import Days, Id, Json, day_first

if TYPE_CHECKING:
    from readthrough.domain.portfolio import Holding

__all__ = ["add_commands"]


def add_commands(portfolio: typer.Typer) -> None:
    """Add the commands to `readthrough portfolio`."""
    portfolio.command("show")(show)
    portfolio.command("impact")(impact)
    portfolio.command("brief")(brief)
    prices = typer.Typer(
        help="Import and show prices and rates.", no_args_is_help=True, rich_markup_mode=None
    )
    prices.command("import")(prices_import)
    prices.command("show")(prices_show)
    prices.command("fetch")(prices_fetch)
    portfolio.add_typer(prices, name="prices")


def show(context: typer.Context, portfolio_id: Id, as_of: AsOf = "", json: Json = False) -> None:
    """Show a portfolio's lines with their weights, the stale and the missing marked.

    \b
    readthrough portfolio show global-equity
    readthrough portfolio show global-equity --as-of 2026-03-02T13:30:00Z
    """  # fmt: skip
    from readthrough.cli.console import print_json, print_table, remark
    from readthrough.cli.figures import number, weight
    from readthrough.cli.holdings import tell_problems
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.book_news import price_ages, the_portfolio
    from readthrough.desk.documents import portfolio_document

    with open_cli_desk(context) as desk:
        then = past(desk, as_of)
        found = the_portfolio(then, portfolio_id)
        ages = price_ages(then, found)
    if json:
        print_json(portfolio_document(found) | {"price_age_days": ages})
        return
    accounts = any(line.account_id for line in found.holdings)
    rows = (
        (
            line.ticker,
            line.name[:32],
            *((line.account_id,) if accounts else ()),
            number(float(line.quantity)),
            number(float(line.price)) if line.price else "",
            line.currency,
            number(None if line.market_value is None else float(line.market_value), 2),
            weight(None if line.weight is None else float(line.weight)),
            _age(ages[line.ticker]) if line.ticker in ages else "",
        )
        for line in sorted(found.holdings, key=_smallness)
    )
    value = f"Value ({found.base_currency})"
    columns = (
        "Line", "Name", *(("Account",) if accounts else ()), "Quantity", "Price", "Ccy", value, "Weight %", "Price age",
    )  # fmt: skip
    print_table(
        columns, ((cells, "") for cells in rows), right=("Quantity", "Price", value, "Weight %", "Price age")
    )
    day = f" as of {found.as_of}" if found.as_of else ""
    remark(f"{found.name}: {len(found.holdings)} lines{day}, a {found.kind} in {found.base_currency}.")
    tell_problems(found.problems)


def impact(
    context: typer.Context,
    portfolio_id: Id,
    hours: Annotated[float, typer.Option("--hours", min=0.1, max=24 * 366, help="Look back so far.")] = 24,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Show what news hit a portfolio, ranked by money: range, path and reason of each.

    \b
    readthrough portfolio impact global-equity
    readthrough portfolio impact global-equity --hours 168 --json
    """  # fmt: skip
    from readthrough.cli.charts import bar
    from readthrough.cli.console import print_json, print_table, remark
    from readthrough.cli.figures import NOTHING, basis_points, number, tone
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.book_news import news_document, news_of

    with open_cli_desk(context) as desk:
        news = news_of(past(desk, as_of), portfolio_id, hours=hours)
    if json:
        print_json(news_document(news))
        return
    largest = max((abs(hit.touch.mid_bps or 0.0) for hit in news.hits), default=0.0)
    rows = [
        (
            (
                hit.touch.ticker,
                number(None if hit.mid is None else float(hit.mid), 0, plus=True),
                basis_points(hit.touch.mid_bps),
                NOTHING if hit.touch.low_bps is None else f"{basis_points(hit.touch.low_bps)} … {basis_points(hit.touch.high_bps)}",
                bar(hit.touch.mid_bps or 0.0, largest, 13) if largest else "",
                hit.touch.path + (f" ({hit.touch.through})" if hit.touch.path in ("theme", "macro") else ""),
                hit.touch.headline[:60],
            ),
            tone(hit.touch.mid_bps or hit.touch.sign),
        )
        for hit in news.hits
    ]  # fmt: skip
    if rows:
        columns = ("Line", f"Money ({news.currency})", "bp", "Range", "", "Path", "News")
        print_table(columns, rows, right=columns[1:4])
    if not rows:
        remark(f"Nothing that was read in the last {hours:g} hours touches {news.name}.")
        return
    lean = "" if news.sentiment is None else f"; sentiment of the book {news.sentiment:+.2f}"
    remark(
        f"{_counted(news.notes, 'note')} {'touches' if news.notes == 1 else 'touch'} {_counted(len(news.hits), 'line')}:"
        f" {news.expected_bps:+.1f} bp expected, nine times of ten"
        f" above {news.news_at_risk_bps:+.1f} bp{lean}."
    )


def brief(
    context: typer.Context,
    portfolio_id: Id,
    format: Annotated[str, typer.Option("--format", help="text, html or pdf.")] = "text",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write it there.", show_default=False)
    ] = None,
    when_due: Annotated[
        bool, typer.Option("--when-due", help="Only in the hour before an exchange of it opens.")
    ] = False,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="RECEIVER", help="Send it there; may be repeated.", show_default=False),
    ] = None,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Write the morning brief of a portfolio: the news since the close, before its exchanges open.

    \b
    readthrough portfolio brief global-equity
    readthrough portfolio brief global-equity --format pdf --out brief.pdf --when-due
    readthrough portfolio brief global-equity --to desk-mail
    """  # fmt: skip
    import sys

    from readthrough.cli.console import plain, print_json, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.book_news import brief_document, brief_in, brief_of
    from readthrough.domain.errors import OutputError, SettingsError

    with open_cli_desk(context) as desk:
        if to and as_of:
            raise SettingsError(
                "A brief of the past is sent to nobody.", remedy="Leave --to or --as-of away."
            )
        made = brief_of(past(desk, as_of), portfolio_id)
        if to and (made.is_due(made.made_at) or not when_due):
            from readthrough.cli.send import send_due
            from readthrough.desk.briefs import require_receivers, send_brief

            require_receivers(desk, to)
            if not send_brief(desk, portfolio_id, to, now=made.made_at, again=not when_due):
                remark("It was sent before.")
            send_due(desk)
            return
    if when_due and not made.is_due(made.made_at):
        due = f"{made.due_at:%Y-%m-%d %H:%M} UTC" if made.due_at else "never: it holds nothing that trades"
        remark(f"Not yet: the next brief is due {due}.")
        return
    if json:
        print_json(brief_document(made))
        return
    raw = brief_in(made, format)
    if out is not None:
        try:
            out.write_bytes(raw)
        except OSError as error:
            raise OutputError(
                f"{str(out)!r} cannot be written: {error.strerror}.", remedy="Choose another place."
            ) from error
        remark(f"Wrote {out}.")
    elif format == "pdf":
        sys.stdout.buffer.write(raw)
    else:
        sys.stdout.write("\n".join(plain(line) for line in raw.decode().split("\n")))


def prices_import(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV or Parquet of prices, rates, or the ECB's table.")
    ],
    currency: Annotated[
        str, typer.Option("--currency", help="Of prices that state none.", show_default=False)
    ] = "",
    days: Days = "",
    json: Json = False,
) -> None:
    """Import prices or exchange rates; of two for one day the later imported stands.

    \b
    readthrough portfolio prices import prices.csv
    readthrough portfolio prices import eurofxref-hist.csv
    """  # fmt: skip
    from readthrough.cli.console import print_json, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.imports import import_prices
    from readthrough.domain.errors import told

    with open_cli_desk(context) as desk:
        data = import_prices(desk, file, currency=currency, day_first=day_first(days))
    if json:
        problems = [{"code": p.code, "detail": p.detail, "remedy": p.remedy} for p in data.problems]
        print_json({"prices": len(data.prices), "rates": len(data.rates), "problems": problems})
        return
    remark(f"Kept {len(data.prices):,} prices and {len(data.rates):,} rates.")
    for problem in data.problems[:10]:
        remark(f"  {told(problem.detail, problem.remedy)}")
    if len(data.problems) > 10:
        remark(f"  and {len(data.problems) - 10:,} more; --json prints all.")


def prices_show(context: typer.Context, json: Json = False) -> None:
    """Show the last price of every line held, its age, and what is missing.

    \b
    readthrough portfolio prices show
    """  # fmt: skip
    from readthrough.cli.console import DOWN, print_json, print_table, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.book_news import price_report

    with open_cli_desk(context) as desk:
        rows = price_report(desk)
    if json:
        print_json(rows)
        return
    if not rows:
        remark("Nothing is held.")
        return
    cells = (
        (
            (
                row["instrument"],
                str(row["close"] or ""),
                row["currency"] or "",
                row["day"] or "",
                row["state"],
            ),
            "" if row["state"] == "current" else DOWN,
        )
        for row in rows
    )
    print_table(("Line", "Close", "Ccy", "Day", "State"), cells, right=("Close",))


def prices_fetch(
    context: typer.Context,
    days: Annotated[int, typer.Option("--days", min=1, max=20_000, help="Calendar days back.")] = 30,
) -> None:
    """Fetch prices of everything held with yfinance, where that is installed; its terms are yours to keep.

    \b
    readthrough portfolio prices fetch --days 400
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.book_news import fetch_prices
    from readthrough.domain.errors import told

    with open_cli_desk(context) as desk:
        kept, problems = fetch_prices(desk, days=days)
    remark(f"Kept {kept:,} prices.")
    for problem in problems:
        remark(f"  {told(problem.detail, problem.remedy)}")


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _smallness(line: Holding) -> float:
    return -abs(float(line.weight or 0))


def _age(days: int | None) -> str:
    return "missing" if days is None else "today" if days == 0 else f"{days} d"
