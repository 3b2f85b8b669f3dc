"""`readthrough research`: the index, searches, exports, and what the signal was worth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readthrough.cli.research_moves import fit_and_tell, moves

__all__ = ["register"]

commands = typer.Typer(no_args_is_help=True, help="The corpus, exports, and studies of events and signals.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands.command("moves")(moves)
    app.add_typer(commands, name="research")


@commands.command("index")
def index(
    context: typer.Context,
    anew: Annotated[
        bool, typer.Option("--anew", help="Take in every note again, as after a change of vectors.")
    ] = False,
) -> None:
    """Take notes into the corpus that were saved since; a server does so by itself.

    \b
    readthrough research index
    """  # fmt: skip
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.corpus import catch_up, forget_news

    with open_cli_desk(context) as desk:
        if anew:
            forget_news(desk)
        taken = catch_up(desk)
        documents, pieces = desk.corpus.counts()
    typer.echo(
        f"{taken} notes and alerts read; the corpus holds {documents:,} documents in {pieces:,} pieces"
    )


@commands.command("search")
def search(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(metavar="WORDS")],
    ticker: Annotated[list[str] | None, typer.Option("--ticker", help="Only about these.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="Most passages.")] = 5,
    as_of: Annotated[str, typer.Option("--as-of", metavar="MOMENT", help="What was known then.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find passages by words and by meaning, one for each page.

    \b
    readthrough research search capital expenditure --ticker MMM
    """  # fmt: skip
    from readthrough.cli.console import plain, print_json
    from readthrough.cli.moments import moment
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.answers import Scope, found_pages
    from readthrough.desk.corpus import catch_up
    from readthrough.desk.resolve import resolve
    from readthrough.domain.corpus import DocumentKind

    with open_cli_desk(context) as desk:
        catch_up(desk)
        asked = resolve(desk, " ".join(query), tickers=ticker or ())
        scope = Scope(kinds=tuple(DocumentKind), as_of=moment(as_of, "--as-of"))
        found = found_pages(desk, asked.question, scope, limit=limit)
    rows = [
        {
            "id": f.document_id,
            "title": f.title,
            "page": f.page,
            "start": f.span.start,
            "end": f.span.end,
            "text": f.text,
        }
        for f in found
    ]
    if json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['id']}  page {row['page']}  {plain(str(row['title']))}")
        typer.echo("    " + " ".join(plain(str(row["text"])).split())[:280])


@commands.command("export")
def export(
    context: typer.Context,
    table: Annotated[
        str, typer.Argument(metavar="TABLE", help="notes, readings, sentiment, facts or events.")
    ],
    to: Annotated[Path, typer.Argument(metavar="FILE", help="Ends with .parquet, .arrow or .jsonl.")],
    ticker: Annotated[str, typer.Option("--ticker", help="Only this one.")] = "",
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="Known at or after.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Known before.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="MOMENT", help="As it was known then.")] = "",
) -> None:
    """Write notes or what was read in them as columns; every row carries when it was known.

    \b
    readthrough research export sentiment panel.parquet --since 2026-01-01
    """  # fmt: skip
    from readthrough.cli.moments import moment
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.export import write_export
    from readthrough.domain.errors import OutputError

    with open_cli_desk(context) as desk:
        try:
            with to.open("wb") as into:
                count = write_export(
                    desk,
                    table,
                    to.suffix.lstrip("."),
                    into,
                    ticker=ticker,
                    since=moment(since, "--since"),
                    until=moment(until, "--until"),
                    as_of=moment(as_of, "--as-of"),
                )
        except OSError as error:
            raise OutputError(
                f"{str(to)!r} cannot be written: {error.strerror}.", remedy="Write elsewhere."
            ) from None
    typer.echo(f"{count:,} rows of {table} in {to}")


@commands.command("eventstudy")
def eventstudy(
    context: typer.Context,
    prices: Annotated[
        Path | None,
        typer.Argument(
            metavar="PRICES",
            help="CSV with ticker, date, close (adjusted); with --fit the record's prices without one.",
            show_default=False,
        ),
    ] = None,
    market: Annotated[
        str, typer.Option("--market", help="The ticker in it that stands for the market.")
    ] = "SPY",
    fit: Annotated[
        Path | None,
        typer.Option(
            "--fit",
            metavar="FILE",
            help="Fit expected moves instead, and keep them there for `portfolio.moves`.",
            show_default=False,
        ),
    ] = None,
    after: Annotated[int, typer.Option("--after", min=0, max=60, help="Sessions after the event.")] = 5,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="Events known at or after.")] = "",
    as_published: Annotated[
        bool, typer.Option("--as-published", help="Count from publication, for notes made of old articles.")
    ] = False,
    chart: Annotated[Path | None, typer.Option("--chart", metavar="FILE", help="Draw it as SVG.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure what shares did beyond the market after each kind of event.

    \b
    readthrough research eventstudy closes.csv --market SPY --chart events.svg
    readthrough research eventstudy --fit moves.json
    """  # fmt: skip
    if fit is not None:
        fit_and_tell(context, market=market, prices=prices, out=fit, json=json)
        return
    if prices is None:
        raise typer.BadParameter("a file of prices is needed, or --fit.", param_hint="PRICES")
    from readthrough.cli.console import print_json
    from readthrough.cli.moments import moment
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.study import event_study, read_closes, signal_chart, study_document

    with open_cli_desk(context) as desk:
        made = event_study(
            desk,
            read_closes(prices),
            market=market,
            after=after,
            as_published=as_published,
            since=moment(since, "--since"),
        )
    if chart is not None:
        _write(chart, signal_chart(made))
    told = study_document(made)
    if json:
        print_json(told)
        return
    typer.echo(f"{'event':<28} {'n':>5} {'CAR':>8} {'t':>6} {'p':>6} {'p corr.':>8} {'sign':>5}")
    for row in told["kinds"]:
        car = 100 * row["mean_cumulative_abnormal_return"][-1]
        typer.echo(
            f"{row['event'].replace('_', ' '):<28} {row['events']:>5} {car:>7.2f}% {_cell(row['t'], 2):>6} "
            f"{_cell(row['p'], 3):>6} {_cell(row['p_corrected'], 3):>8} {_cell(row['sign_hit_rate'], 2):>5}"
        )
    for reason, count in told["left_out"].items():
        typer.echo(f"left out: {count} ({reason})")
    typer.echo(told["method"])


@commands.command("signal")
def signal(
    context: typer.Context,
    prices: Annotated[
        Path, typer.Argument(metavar="PRICES", help="CSV with ticker, date, close (adjusted).")
    ],
    of: Annotated[str, typer.Option("--of", help="score or novelty.")] = "score",
    horizons: Annotated[str, typer.Option("--horizons", help="In sessions.")] = "1,2,5,10,20",
    quantiles: Annotated[
        int, typer.Option("--quantiles", min=2, max=10, help="Groups a day is cut into.")
    ] = 5,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="Scores known at or after.")] = "",
    as_published: Annotated[
        bool, typer.Option("--as-published", help="Count from publication, for notes made of old articles.")
    ] = False,
    chart: Annotated[Path | None, typer.Option("--chart", metavar="FILE", help="Draw it as SVG.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure how scores ordered the returns that followed: coefficient, decay, turnover, quantile spreads.

    \b
    readthrough research signal closes.csv --horizons 1,5,20 --chart ic.svg
    """  # fmt: skip
    from readthrough.cli.console import print_json
    from readthrough.cli.moments import moment
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.study import read_closes, signal_chart, signal_of, signal_report_document
    from readthrough.domain.errors import SettingsError

    try:
        steps = [int(part) for part in horizons.split(",")]
        if min(steps) < 1:
            raise ValueError
    except ValueError:
        raise SettingsError(f"--horizons {horizons!r} are no sessions.", remedy="Write 1,5,20.") from None
    with open_cli_desk(context) as desk:
        made = signal_of(
            desk,
            read_closes(prices),
            column=of,
            horizons=steps,
            quantiles=quantiles,
            as_published=as_published,
            since=moment(since, "--since"),
        )
    if chart is not None:
        _write(chart, signal_chart(made))
    told = signal_report_document(made)
    if json:
        print_json(told)
        return
    typer.echo(f"{'sessions':>8} {'days':>5} {'IC':>8} {'error':>7} {'t':>6} {'p corr.':>8} {'spread':>8}")
    for row in told["horizons"]:
        spread = None if row["spread"] is None else 100 * row["spread"]
        typer.echo(
            f"{row['sessions']:>8} {row['days']:>5} {_cell(row['ic'], 4):>8} {_cell(row['newey_west_error'], 4):>7} "
            f"{_cell(row['t'], 2):>6} {_cell(row['p_corrected'], 3):>8} {_cell(spread, 2):>7}%"
        )
    typer.echo(
        f"turnover of the top group {_cell(told['turnover'], 2)}; half-life {told['half_life_sessions']} sessions"
    )
    typer.echo(told["method"])


def _write(path: Path, text: str) -> None:
    from readthrough.domain.errors import OutputError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{str(path)!r} cannot be written: {error.strerror}.", remedy="Write elsewhere."
        ) from None


def _cell(value: float | None, places: int) -> str:
    return "–" if value is None else f"{value:.{places}f}"
