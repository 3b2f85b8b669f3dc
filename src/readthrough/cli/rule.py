"""`readthrough rule`: what alerts are raised on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from readthrough.domain.alert import Rule

__all__ = ["register"]

rule = typer.Typer(help="Add, list and remove alert rules.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(rule, name="rule")


@rule.command("add")
def add(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A TOML file of [[rule]] tables.", show_default=False),
    ] = None,
    rule_id: Annotated[
        str, typer.Option("--id", help="Id of one rule given by options.", show_default=False)
    ] = "",
    name: Annotated[str, typer.Option("--name", help="What people call it.", show_default=False)] = "",
    ticker: Annotated[
        list[str] | None, typer.Option("--ticker", help="Any of these tickers.", show_default=False)
    ] = None,
    portfolio: Annotated[
        list[str] | None,
        typer.Option("--portfolio", help="Held in any of these portfolios.", show_default=False),
    ] = None,
    event: Annotated[
        list[str] | None,
        typer.Option("--event", help="Any of these event types or parents.", show_default=False),
    ] = None,
    receiver: Annotated[
        list[str] | None, typer.Option("--receiver", help="Where it is sent.", show_default=False)
    ] = None,
    sign: Annotated[
        str,
        typer.Option(
            "--sign", help="positive, negative or either; with --portfolio, for the book.", show_default=False
        ),
    ] = "",
    min_abs_score: Annotated[
        float, typer.Option("--min-abs-score", help="Least size of the score, 0 to 1.")
    ] = 0.0,
    min_novelty: Annotated[float, typer.Option("--min-novelty", help="Least novelty, 0 to 1.")] = 0.0,
    min_relevance: Annotated[float, typer.Option("--min-relevance", help="Least relevance, 0 to 1.")] = 0.0,
    severity: Annotated[str, typer.Option("--severity", help="flash, urgent or alert.")] = "alert",
) -> None:
    """Add rules from a file, or one from options; every condition that is given must hold.

    \b
    readthrough rule add rules.toml
    readthrough rule add --id alibaba --ticker BABA --min-relevance 0.5
    readthrough rule add --id cuts --event guidance_cut --portfolio global --sign negative --severity urgent
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk, read_text
    from readthrough.desk.books import check_rule, save_rule
    from readthrough.desk.intake import parse_rule, read_rules
    from readthrough.domain.errors import told

    if (file is None) == (not rule_id):
        raise typer.BadParameter("Give a FILE of rules, or --id and conditions for one.")
    if file is not None:
        rules: tuple[Rule, ...] = read_rules(read_text(file))
    else:
        given = {
            "id": rule_id,
            "name": name or rule_id,
            "tickers": ticker or [],
            "portfolios": portfolio or [],
            "events": event or [],
            "receivers": receiver or [],
            "sign": sign,
            "min_abs_score": min_abs_score,
            "min_novelty": min_novelty,
            "min_relevance": min_relevance,
            "severity": severity,
        }
        rules = (parse_rule(given),)
    with open_cli_desk(context) as desk:
        doubts = [doubt for each in rules for doubt in check_rule(desk, each)]
        for each in rules:
            save_rule(desk, each)
    for doubt in doubts:
        remark(f"Note: {told(doubt)}")
    remark(f"Kept {len(rules)} rule(s): {', '.join(each.id for each in rules)}.")


@rule.command("list")
def list_rules(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """List the rules.

    \b
    readthrough rule list
    """  # fmt: skip
    from readthrough.cli.console import print_json, print_table, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.ask import rules as kept_rules
    from readthrough.desk.documents import rule_document

    with open_cli_desk(context) as desk:
        found = kept_rules(desk)
    if json:
        print_json([rule_document(each) for each in found])
        return
    if not found:
        remark("There are no rules. Add one: `readthrough rule add --id alibaba --ticker BABA`.")
        return
    rows = (
        (each.id, each.name, conditions(each), each.severity, ", ".join(each.receivers) or "page")
        for each in found
    )
    print_table(("Id", "Name", "Fires on", "Severity", "Sent to"), ((cells, "") for cells in rows))


@rule.command("remove")
def remove(context: typer.Context, rule_id: Annotated[str, typer.Argument(metavar="RULE_ID")]) -> None:
    """Remove a rule; alerts it raised stay.

    \b
    readthrough rule remove alibaba
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.books import delete_rule
    from readthrough.domain.errors import RuleError

    with open_cli_desk(context) as desk:
        if not delete_rule(desk, rule_id):
            raise RuleError(f"No rule has the id {rule_id!r}.", remedy="`readthrough rule list` shows ids.")
    remark(f"Removed {rule_id}.")


def conditions(rule: Rule) -> str:
    """Say in words what a rule asks for.

    >>> from readthrough.domain.alert import Rule
    >>> conditions(Rule(id="a", name="a", tickers=("BABA",), min_novelty=0.5))
    'ticker BABA; novelty at least 0.50'
    >>> conditions(Rule(id="a", name="a", portfolios=("global",), sign="negative"))
    'held in global; negative for the book'
    """
    parts = [
        f"{name} {' or '.join(values)}"
        for name, values in (("ticker", rule.tickers), ("held in", rule.portfolios), ("event", rule.events))
        if values
    ]
    parts += [f"{rule.sign} {'for the book' if rule.portfolios else 'news'}"] if rule.sign else []
    parts += [
        f"{name} at least {value:.2f}"
        for name, value in (
            ("score size", rule.min_abs_score),
            ("novelty", rule.min_novelty),
            ("relevance", rule.min_relevance),
        )
        if value
    ]
    return "; ".join(parts)
