"""`readthrough rule test`: what a rule would have said, before it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from readthrough.desk.open import Desk
    from readthrough.desk.rules import Rehearsal
    from readthrough.domain.alert import Rule

__all__ = ["rehearsed"]

_SHOWN = 15


def rehearsed(
    context: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="A kept rule's id, or a TOML file of rules.")],
    on: Annotated[
        str,
        typer.Option("--on", help="`kept` for the record, or a file with a note or an article a line."),
    ] = "kept",
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="How far back in the record.")] = 30,
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """Say how often a rule would have spoken, on what, and what its conditions kept back.

    \b
    readthrough rule test alibaba
    readthrough rule test rules.toml --on last-month.jsonl

    Nothing is kept and nothing is sent.
    """  # fmt: skip
    from readthrough.cli.console import note_console, print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.rules import rehearsal_document, rehearse_rule

    with open_cli_desk(context) as desk:
        made = [rehearse_rule(desk, one, on=on, days=days) for one in _rules(desk, rule)]
    if json:
        print_json([rehearsal_document(one) for one in made])
        return
    console = note_console()
    for one in made:
        _show(one, console)


def _rules(desk: Desk, rule: str) -> tuple[Rule, ...]:
    from readthrough.cli.session import read_text
    from readthrough.desk.books import check_rule
    from readthrough.desk.intake import read_rules
    from readthrough.desk.rules import rule_of
    from readthrough.domain.errors import RuleError

    kept = rule_of(desk, rule)
    if kept is not None:
        return (kept,)
    path = Path(rule)
    if not path.exists():
        raise RuleError(
            f"No rule has the id {rule!r}, and there is no such file.",
            remedy="`readthrough rule list` shows ids.",
        )
    rules = read_rules(read_text(path))
    for each in rules:
        check_rule(desk, each)
    return rules


def _show(made: Rehearsal, console: Console) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from readthrough.cli.console import MUTED, plain

    often = f"{len(made.fired)} time(s) in {made.days:.0f} day(s), {made.per_day:.1f} a day"
    console.print(Text(f"{made.rule.id}: {often}, over {made.notes} note(s)", "bold"))
    for hit in made.fired[:_SHOWN]:
        console.print(Text(f"  {hit.at:%Y-%m-%d %H:%M}  {plain(hit.headline)}"))
        if hit.words != hit.headline:
            console.print(Padding(Text(plain(hit.words), MUTED), (0, 0, 0, 20), expand=False))
    if len(made.fired) > _SHOWN:
        console.print(Text(f"  and {len(made.fired) - _SHOWN} more", MUTED))
    for code, count in made.withheld.items():
        console.print(Text(f"  withheld {count} time(s): {code.replace('_', ' ')}", MUTED))
    for one in made.kept_back:
        console.print(Text(f"  without {plain(one.condition)} it would have spoken {one.more} more time(s):"))
        for headline in one.headlines:
            console.print(Padding(Text(plain(headline), MUTED), (0, 0, 0, 6), expand=False))
