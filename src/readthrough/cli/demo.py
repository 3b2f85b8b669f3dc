"""`readthrough demo`: the sample newswire the whole way, in a database that is thrown away."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from json import dumps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from readthrough.desk.open import Desk
    from readthrough.domain.contract import NoteDocument

__all__ = ["register"]

_MOST_SHOWN = 12  # rows of the summing-up tables


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help="Only the first so many articles.", show_default=False),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print every note as a JSON line instead.")] = False,
) -> None:
    """Run the sample newswire, portfolio and rules from end to end and print what comes out.

    \b
    readthrough demo
    readthrough demo --json > notes.jsonl

    Everything in the samples is invented. Nothing is kept and nothing is sent.
    """  # fmt: skip
    from readthrough.desk.open import open_desk
    from readthrough.settings import load_settings

    with TemporaryDirectory(prefix="readthrough-demo-") as folder:
        home = Path(folder)
        # A settings file or environment of this machine has no say in the demonstration.
        settings = load_settings(flags={"home": str(home)}, environ={"HOME": folder})
        with open_desk(settings) as desk:
            _run(desk, limit, json)


def _run(desk: Desk, limit: int | None, json: bool) -> None:
    from readthrough.cli.console import note_console
    from readthrough.desk.ask import portfolio_names
    from readthrough.desk.flow import process
    from readthrough.desk.intake import limits_of, read_line
    from readthrough.samples import sample_articles

    began = time.perf_counter()
    _prepare(desk)
    desk.refresh()
    for part in ("universe", "playbooks", "stories", "holdings", "rules"):
        getattr(desk, part)  # loaded now, so that the timing below is of articles alone
    ready = time.perf_counter()
    limits = limits_of(desk.settings.fetch)
    lines = [dumps(article).encode() for article in sample_articles()[:limit]]
    drafts = [read_line(line, limits=limits, what=f"Sample {n}") for n, line in enumerate(lines, start=1)]
    notes = []
    for draft in drafts:
        notes.append(process(desk, draft))
        if json:
            _print_line(notes[-1])
    done = time.perf_counter()
    if json:
        return
    console = note_console()
    _show(notes, console, portfolio_names(desk))
    _show_alerts(desk, console)
    _show_book(notes, console)
    _show_timing(len(notes), ready - began, done - ready, console)


def _prepare(desk: Desk) -> None:
    from readthrough.desk.books import save_portfolio, save_rule
    from readthrough.desk.intake import read_holdings, read_rules
    from readthrough.samples import sample_portfolio, sample_rules

    portfolio = read_holdings(
        sample_portfolio(), portfolio_id="sample", name="Sample portfolio", universe=desk.universe
    )
    save_portfolio(desk, portfolio)
    for rule in read_rules(sample_rules()):
        save_rule(desk, rule)


def _print_line(note: NoteDocument) -> None:
    typer.echo(dumps(note, ensure_ascii=False, separators=(",", ":")))


def _show(notes: Sequence[Any], console: Console, names: Mapping[str, str]) -> None:
    from readthrough.cli.show import show_line, show_note

    chosen = max(notes, key=_richness)
    show_note(chosen, console, names=names)
    _title("The other articles", console)
    for note in notes:
        if note is not chosen:
            show_line(note, console)


def _richness(note: Any) -> tuple[bool, int, float]:
    """Prefer a note that shows every part: held, analysed from many sides, and of weight."""
    kinds = {claim["kind"] for claim in note["analysis"]}
    return bool(note["book"]), len(kinds) + bool(note["decisions"]), note["market_impact"]


def _show_alerts(desk: Desk, console: Console) -> None:
    from rich.text import Text

    from readthrough.cli.alerts import show_alerts
    from readthrough.cli.console import MUTED
    from readthrough.desk.ask import alerts

    found = alerts(desk, limit=1_000)
    sent = [alert for alert in found if not alert.withheld]
    withheld = [alert for alert in found if alert.withheld]
    _title(f"Alerts: {len(sent)} raised, {len(withheld)} withheld", console)
    show_alerts(sent[:_MOST_SHOWN], console, ids=False)
    if len(sent) > _MOST_SHOWN:
        console.print(Text(f"and {len(sent) - _MOST_SHOWN} more", MUTED))
    show_alerts(withheld[:3], console, ids=False)


def _show_book(notes: Sequence[Any], console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    from readthrough.cli.console import plain
    from readthrough.cli.figures import basis_points, tone, weight

    rows = [(line, note) for note in notes for line in note["book"]]
    rows.sort(key=lambda row: -abs((row[0]["expected_bps"] or {}).get("mid", 0.0)))
    _title(f"Effect on the sample portfolio: {len(rows)} lines, largest first", console)
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for column in ("Holding", "Weight %", "Path", "Mid bp", "Story"):
        table.add_column(
            column, justify="right" if column in ("Weight %", "Mid bp") else "left", overflow="fold"
        )
    for line, note in rows[:_MOST_SHOWN]:
        mid = (line["expected_bps"] or {}).get("mid")
        table.add_row(
            Text(plain(line["ticker"]), "bold"),
            Text(weight(line["weight"])),
            Text(plain(line["path"])),
            Text(basis_points(mid), tone("up" if (mid or 0) > 0 else "down" if (mid or 0) < 0 else "")),
            Text(plain(note["article"]["headline"])),
        )
    console.print(table)


def _show_timing(articles: int, loading: float, working: float, console: Console) -> None:
    from rich.text import Text

    from readthrough.cli.console import MUTED

    each = working / max(articles, 1)
    console.print()
    console.print(
        Text(
            f"{articles} articles read, judged and written in {working:.2f} s ({each * 1000:.0f} ms each), "
            f"after {loading:.2f} s to load. Everything above is invented; analysis, not advice.",
            MUTED,
        )
    )
    console.print(Text("Next: `readthrough analyze SOURCE`, or `readthrough serve` for the pages.", MUTED))


def _title(text: str, console: Console) -> None:
    from rich.text import Text

    from readthrough.cli.console import MUTED

    console.print()
    console.print(Text(text.upper(), f"bold {MUTED}"))
