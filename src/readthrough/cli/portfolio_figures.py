"""`readthrough portfolio performance`, `risk`, `attribution`, `exposure`, `scenario` and `demo`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readthrough.cli.moments import AsOf, past

if TYPE_CHECKING:
    from readthrough.desk.book_data import Question

__all__ = ["add_commands"]

Id = Annotated[str, typer.Argument(metavar="PORTFOLIO_ID")]
Since = Annotated[
    str,
    typer.Option("--since", metavar="DAY", help="First close, as 2020-01-31; three years back otherwise.", show_default=False),
]  # fmt: skip
Until = Annotated[str, typer.Option("--until", metavar="DAY", help="Last close.", show_default=False)]
Against = Annotated[
    str,
    typer.Option(
        "--benchmark",
        metavar="ID",
        help="A saved benchmark or portfolio, or an instrument with prices; its own otherwise.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print what the API returns.")]
Methods = Annotated[bool, typer.Option("--methods", help="Say how each figure is made.")]


def add_commands(portfolio: typer.Typer) -> None:
    """Add the commands to `readthrough portfolio`."""
    portfolio.command("performance")(performance)
    portfolio.command("risk")(risk)
    portfolio.command("attribution")(attribution)
    portfolio.command("exposure")(exposure)
    portfolio.command("scenario")(scenario)
    portfolio.command("optimise")(optimise)
    portfolio.command("demo")(demo)


def performance(
    context: typer.Context,
    portfolio_id: Id,
    since: Since = "",
    until: Until = "",
    benchmark: Against = "",
    fee: Annotated[
        float,
        typer.Option(
            "--fee", help="A model fee in percent a year, to show a net return after it.", min=0, max=50
        ),
    ] = 0.0,
    methods: Methods = False,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Show what a portfolio returned: time- and money-weighted, gross and net, by line and currency.

    \b
    readthrough portfolio performance demo-stocks --benchmark SP500
    readthrough portfolio performance demo-stocks --fee 0.75 --methods
    readthrough portfolio performance demo-stocks --as-of 2026-03-02
    """  # fmt: skip
    from readthrough.cli.console import print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.cli.show_portfolio import show_performance
    from readthrough.desk.performance import performance as ask

    with open_cli_desk(context) as desk:
        then = past(desk, as_of)
        found = ask(then, _question(portfolio_id, since, until, benchmark), fee=fee / 100.0)
    if json:
        print_json(found)
    else:
        show_performance(found, methods=methods)


def risk(
    context: typer.Context,
    portfolio_id: Id,
    since: Since = "",
    until: Until = "",
    benchmark: Against = "",
    level: Annotated[
        float, typer.Option("--level", help="Of value at risk, in percent.", min=50, max=99.99)
    ] = 95.0,
    risk_free: Annotated[float, typer.Option("--risk-free", help="In percent a year, for ratios.")] = 0.0,
    volumes: Annotated[
        Path | None,
        typer.Option(
            "--volumes",
            metavar="FILE",
            help="A CSV of ticker and units traded a day, for liquidity.",
            show_default=False,
        ),
    ] = None,
    participation: Annotated[
        float,
        typer.Option("--participation", help="Share of a day's volume to be, in percent.", min=0.1, max=100),
    ] = 20.0,
    methods: Methods = False,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Show how much a portfolio can lose, how it fell before, and which lines that comes from.

    \b
    readthrough portfolio risk demo-stocks --benchmark SP500
    readthrough portfolio risk demo-stocks --level 99 --methods
    """  # fmt: skip
    from readthrough.cli.console import print_json
    from readthrough.cli.session import open_cli_desk, read_text
    from readthrough.cli.show_portfolio import show_risk
    from readthrough.desk.risk import read_volumes
    from readthrough.desk.risk import risk as ask

    usual = {} if volumes is None else read_volumes(read_text(volumes))
    with open_cli_desk(context) as desk:
        then = past(desk, as_of)
        found = ask(
            then,
            _question(portfolio_id, since, until, benchmark),
            level=level / 100.0,
            risk_free=risk_free / 100.0,
            volumes=usual,
            participation=participation / 100.0,
        )
    if json:
        print_json(found)
    else:
        show_risk(found, methods=methods)


def attribution(
    context: typer.Context,
    portfolio_id: Id,
    since: Since = "",
    until: Until = "",
    benchmark: Against = "",
    by: Annotated[str, typer.Option("--by", help="Segments: sector or country.")] = "sector",
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Show why a portfolio did better or worse than a benchmark of holdings, currency apart.

    \b
    readthrough portfolio attribution demo-stocks
    readthrough portfolio attribution demo-stocks --benchmark demo-equal-weight --by country
    """  # fmt: skip
    from readthrough.cli.console import print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.cli.show_portfolio import show_attribution
    from readthrough.desk.attribution import attribution as ask
    from readthrough.desk.attribution import segments_by

    with open_cli_desk(context) as desk:
        then = past(desk, as_of)
        found = ask(then, _question(portfolio_id, since, until, benchmark), by=segments_by(by))
    if json:
        print_json(found)
    else:
        show_attribution(found)


def exposure(
    context: typer.Context,
    portfolio_id: Id,
    since: Since = "",
    until: Until = "",
    benchmark: Against = "",
    factor: Annotated[
        list[str] | None,
        typer.Option(
            "--factor",
            metavar="NAME",
            help="An instrument that stands for a factor; may be repeated.",
            show_default=False,
        ),
    ] = None,
    errors: Annotated[
        str, typer.Option("--errors", help="Standard errors of factors: newey_west, robust or classical.")
    ] = "newey_west",
    risk_free: Annotated[
        float, typer.Option("--risk-free", help="In percent a year, where factors are excess returns.")
    ] = 0.0,
    limit: Annotated[int, typer.Option("--limit", help="Rows of each table.", min=1, max=500)] = 12,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Show what a portfolio is exposed to: issuers, sectors, countries, currencies, themes, factors.

    \b
    readthrough portfolio exposure demo-stocks
    readthrough portfolio exposure demo-stocks --factor SP500 --factor MTUM --factor VLUE
    """  # fmt: skip
    from readthrough.cli.console import print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.cli.show_portfolio import show_exposure, show_factors
    from readthrough.desk.exposure import error_kind, factor_exposure
    from readthrough.desk.exposure import exposure as ask

    question = _question(portfolio_id, since, until, benchmark)
    with open_cli_desk(context) as desk:
        then = past(desk, as_of)
        found: dict[str, Any] = ask(then, question)
        if factor:
            found["factor"] = factor_exposure(
                then, question, factor, errors=error_kind(errors), risk_free=risk_free / 100.0
            )
    if json:
        print_json(found)
        return
    show_exposure(found, limit=limit)
    if factor:
        show_factors(found["factor"])


def scenario(
    context: typer.Context,
    portfolio_id: Id,
    shock: Annotated[
        list[str] | None,
        typer.Option(
            "--shock",
            metavar="NAME=MOVE",
            help="As market=-20%, AAPL=-10%, sector:Energy=-15%, EUR=-5% or oil=+30%; may be repeated.",
            show_default=False,
        ),
    ] = None,
    replay: Annotated[
        list[str] | None,
        typer.Option(
            "--replay",
            metavar="WINDOW",
            help="A past window, as covid-2020 or 2008-09-12:2008-11-20; may be repeated.",
            show_default=False,
        ),
    ] = None,
    driver: Annotated[
        list[str] | None,
        typer.Option(
            "--driver",
            metavar="NAME=INSTRUMENT",
            help="Whose prices measure sensitivity to a driver, as oil=WTI.",
            show_default=False,
        ),
    ] = None,
    since: Since = "",
    until: Until = "",
    benchmark: Against = "",
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Show what a portfolio would gain or lose under shocks, or in windows of the past.

    Without a shock, every known past window is replayed.

    \b
    readthrough portfolio scenario demo-stocks --shock market=-20% --benchmark SP500
    readthrough portfolio scenario demo-stocks --shock AAPL=-10% --shock oil=+30%
    readthrough portfolio scenario demo-stocks --replay covid-2020
    """  # fmt: skip
    from readthrough.cli.console import print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.cli.show_portfolio import show_replay, show_scenario
    from readthrough.desk.scenario import drivers_of, replayed
    from readthrough.desk.scenario import scenario as ask

    question = _question(portfolio_id, since, until, benchmark)
    with open_cli_desk(context) as desk:
        then = past(desk, as_of)
        found = ask(then, question, shock, drivers=drivers_of(driver or [])) if shock else None
        replays = replayed(then, question, replay or ()) if replay or not shock else None
    if json:
        both = {"shocks": found, "replay": replays}
        print_json(found if replays is None else replays if found is None else both)
        return
    if found is not None:
        show_scenario(found)
    if replays is not None:
        show_replay(replays)


def optimise(
    context: typer.Context,
    portfolio_id: Id,
    aim: Annotated[str, typer.Option("--aim", help="variance, cvar, drawdown or equal_risk.")] = "variance",
    most: Annotated[
        float, typer.Option("--most", help="Largest weight of a line, in percent.", min=0.1, max=100)
    ] = 100.0,
    since: Since = "",
    until: Until = "",
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Show weights that would have had the least risk; needs the extra `optimise` (skfolio).

    \b
    readthrough portfolio optimise demo-stocks --aim cvar --most 15
    """  # fmt: skip
    from readthrough.cli.console import print_json, print_table
    from readthrough.cli.figures import number
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.optimise import optimise as ask

    with open_cli_desk(context) as desk:
        then = past(desk, as_of)
        found = ask(then, _question(portfolio_id, since, until, ""), aim=aim, most=most / 100.0)
    if json:
        print_json(found)
        return
    rows = [
        (
            (
                line["instrument"],
                number(line["weight"] * 100, 2),
                number(line["proposed"] * 100, 2),
                number((line["proposed"] - line["weight"]) * 100, 2, plus=True),
            ),
            "",
        )
        for line in found["lines"]
    ]
    columns = ("Line", "Weight %", "Proposed %", "Change %")
    print_table(columns, rows, right=columns[1:])
    measures = [
        ((name.replace("_", " "), number(pair["now"], 4), number(pair["proposed"], 4)), "")
        for name, pair in found["measures"].items()
    ]
    print_table(("Measure", "Now", "Proposed"), measures, right=("Now", "Proposed"))


def demo(
    context: typer.Context,
    since: Annotated[
        str, typer.Option("--since", metavar="DAY", help="First day of prices to keep.")
    ] = "1990-01-01",
) -> None:
    """Keep a demo portfolio of real stocks at real prices; needs the extra `demo`.

    \b
    readthrough portfolio demo
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.demo_book import make_demo_book

    remark("Reading the example prices of skfolio and arch (testing and example purposes only).")
    with open_cli_desk(context) as desk:
        made, count = make_demo_book(desk, since=_day(since) or date.min)
    remark(f"Kept {made.id}: {len(made.holdings)} positions, {count:,} prices. Next:")
    remark("  readthrough portfolio performance demo-stocks --benchmark SP500")


def _question(portfolio_id: str, since: str, until: str, benchmark: str) -> Question:
    from readthrough.desk.book_data import Question

    return Question(portfolio_id=portfolio_id, since=_day(since), until=_day(until), benchmark=benchmark)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text[:40]!r} is no day; write it as 2020-01-31.") from None
