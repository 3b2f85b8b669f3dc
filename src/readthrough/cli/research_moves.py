"""`readthrough research moves`: how far shares are expected to move on news, fitted on one's own record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["fit_and_tell", "moves"]


def moves(
    context: typer.Context,
    market: Annotated[
        str, typer.Option("--market", help="The instrument that stands for the market.")
    ] = "SPY",
    split: Annotated[
        str,
        typer.Option(
            "--split",
            metavar="DAY",
            help="Checked on the days from here; the last third otherwise.",
            show_default=False,
        ),
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Keep the table there.", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Fit expected moves on your own notes and prices, and check them on later days.

    Set `portfolio.moves` to the table to use it. `research eventstudy --fit FILE` does the same.

    \b
    readthrough research moves --market SPY
    readthrough research moves --split 2026-07-01 --out moves.json
    """  # fmt: skip
    fit_and_tell(context, market=market, split=split, out=out, json=json)


def fit_and_tell(
    context: typer.Context,
    *,
    market: str,
    out: Path | None,
    json: bool,
    split: str = "",
    prices: Path | None = None,
) -> None:
    """Fit a table, keep it where asked to, and print what it is worth on later days."""
    from datetime import date

    from readthrough.cli.console import print_json, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.eventstudy import check_document, event_study, save_table
    from readthrough.domain.errors import SettingsError

    try:
        border = date.fromisoformat(split) if split else None
    except ValueError:
        raise SettingsError(f"--split {split!r} is not a day.", remedy="Write it as YYYY-MM-DD.") from None
    with open_cli_desk(context) as desk:
        table, checked, found = event_study(desk, market=market, split=border, prices=prices)
    if out is not None:
        save_table(table, out)
    if json:
        print_json({"table": table, "check": None if checked is None else check_document(checked)})
        return
    remark(f"Fitted on {len(found):,} observations." + (f" Wrote {out}." if out else ""))
    if checked is None:
        remark("Too few of them to check on later days.")
        return
    remark(
        f"On {checked.observations:,} later ones, {checked.days[0]} to {checked.days[1]}, intervals hold"
        f" {checked.coverage:.1%} (s.e. {checked.coverage_error:.1%}) of the 80 % they claim."
    )
    remark(
        f"Rank correlation of expected and realised {checked.correlation:.3f} (s.e. {checked.correlation_error:.3f});"
        f" of sentiment alone {checked.sentiment_correlation:.3f} (s.e. {checked.sentiment_error:.3f});"
        f" difference {checked.gain:+.3f} (s.e. {checked.gain_error:.3f})."
    )
