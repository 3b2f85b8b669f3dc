"""`readthrough portfolio`: what is held."""

from __future__ import annotations

from typing import Annotated

import typer

from readthrough.cli import portfolio_books, portfolio_figures, portfolio_imports
from readthrough.cli.moments import AsOf, past

__all__ = ["register"]

portfolio = typer.Typer(
    help="Import, list and remove portfolios.", no_args_is_help=True, rich_markup_mode=None
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    portfolio_imports.add_commands(portfolio)
    portfolio_books.add_commands(portfolio)
    portfolio_figures.add_commands(portfolio)
    app.add_typer(portfolio, name="portfolio")


@portfolio.command("list")
def list_portfolios(
    context: typer.Context,
    as_of: AsOf = "",
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """List portfolios.

    \b
    readthrough portfolio list
    readthrough portfolio list --as-of 2026-03-02
    """  # fmt: skip
    from readthrough.cli.console import print_json, print_table, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.ask import portfolios
    from readthrough.desk.documents import portfolio_document

    with open_cli_desk(context) as desk:
        found = portfolios(past(desk, as_of))
    if json:
        print_json([portfolio_document(each) for each in found])
        return
    if not found:
        remark("There are no portfolios. Import one: `readthrough portfolio import holdings.csv`.")
        return
    rows = (
        (
            each.id,
            each.name,
            str(len(each.holdings)),
            each.base_currency,
            "" if each.as_of is None else each.as_of.isoformat(),
        )
        for each in found
    )
    columns = ("Id", "Name", "Positions", "Currency", "As of")
    print_table(columns, ((cells, "") for cells in rows), right=("Positions",))


@portfolio.command("remove")
def remove(
    context: typer.Context, portfolio_id: Annotated[str, typer.Argument(metavar="PORTFOLIO_ID")]
) -> None:
    """Remove a portfolio.

    \b
    readthrough portfolio remove global-equity
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.books import delete_portfolio
    from readthrough.domain.errors import HoldingsError

    with open_cli_desk(context) as desk:
        if not delete_portfolio(desk, portfolio_id):
            raise HoldingsError(
                f"No portfolio has the id {portfolio_id!r}.", remedy="`readthrough portfolio list` shows ids."
            )
    remark(f"Removed {portfolio_id}.")
