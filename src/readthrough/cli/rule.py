"""`readthrough rule`: what alerts are raised on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.domain.alert import Rule

__all__ = ["register"]

rule = typer.Typer(help="Add, list and remove alert rules.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    from readthrough.cli.rule_test import rehearsed

    rule.command("test")(rehearsed)
    from readthrough.cli.alerts import alerts

    app.add_typer(rule, name="rule")
    alerts.add_typer(rule, name="rule", hidden=True)  # a rule is an alert's, so people look for it there too


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
    watchlist: Annotated[
        list[str] | None,
        typer.Option(
            "--watchlist", help="On any of the owner's watchlists, or person/name.", show_default=False
        ),
    ] = None,
    sector: Annotated[
        list[str] | None, typer.Option("--sector", help="In any of these sectors.", show_default=False)
    ] = None,
    theme: Annotated[
        list[str] | None, typer.Option("--theme", help="On any of these themes.", show_default=False)
    ] = None,
    word: Annotated[
        list[str] | None,
        typer.Option("--word", help="Any of these words or phrases in the text.", show_default=False),
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option("--source", help="From any of these sources.", show_default=False)
    ] = None,
    predicate: Annotated[
        str, typer.Option("--predicate", help="CEL over the note's fields.", show_default=False)
    ] = "",
    owner: Annotated[
        str, typer.Option("--owner", help="The person it speaks to; all without.", show_default=False)
    ] = "",
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
    min_impact: Annotated[
        float, typer.Option("--min-impact", help="Least impact on the market, 0 to 1.")
    ] = 0.0,
    min_effect_bps: Annotated[
        float, typer.Option("--min-effect-bps", help="Least expected effect on the book, in basis points.")
    ] = 0.0,
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
            "watchlists": watchlist or [],
            "sectors": sector or [],
            "themes": theme or [],
            "words": word or [],
            "sources": source or [],
            **({"predicate": predicate} if predicate else {}),
            **({"owner": owner} if owner else {}),
            "receivers": receiver or [],
            "sign": sign,
            "min_abs_score": min_abs_score,
            "min_novelty": min_novelty,
            "min_relevance": min_relevance,
            "min_impact": min_impact,
            "min_effect_bps": min_effect_bps,
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
    from readthrough.desk.rule_words import conditions, rule_document

    with open_cli_desk(context) as desk:
        found = kept_rules(desk)
    if json:
        print_json([rule_document(each) for each in found])
        return
    if not found:
        remark("There are no rules. Add one: `readthrough rule add --id alibaba --ticker BABA`.")
        return
    rows = (
        (
            each.id,
            each.name,
            conditions(each),
            each.severity if each.enabled else "disabled",
            ", ".join(each.receivers) or "page",
        )
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


@rule.command("show")
def show(
    context: typer.Context,
    rule_id: Annotated[str, typer.Argument(metavar="RULE_ID")],
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """Show a rule with every key it sets.

    \b
    readthrough rule show alibaba
    """  # fmt: skip
    from readthrough.cli.console import print_json, print_table, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.rule_words import rule_document, rule_lines
    from readthrough.desk.rules import failing_predicates

    with open_cli_desk(context) as desk:
        found = _required(desk, rule_id)
        count, words = failing_predicates(desk, found)
    if json:
        print_json(rule_document(found) | {"predicate_failed": count})
        return
    print_table(("Key", "Value"), ((cells, "") for cells in rule_lines(found)))
    if count:
        remark(f"Its predicate could not be evaluated on {count} note(s); of the last: {words}")


@rule.command("enable")
def enable(context: typer.Context, rule_id: Annotated[str, typer.Argument(metavar="RULE_ID")]) -> None:
    """Let a rule speak again.

    \b
    readthrough rule enable alibaba
    """  # fmt: skip
    _switch(context, rule_id, enabled=True)


@rule.command("disable")
def disable(context: typer.Context, rule_id: Annotated[str, typer.Argument(metavar="RULE_ID")]) -> None:
    """Keep a rule, and let it meet nothing.

    \b
    readthrough rule disable alibaba
    """  # fmt: skip
    _switch(context, rule_id, enabled=False)


def _switch(context: typer.Context, rule_id: str, *, enabled: bool) -> None:
    from dataclasses import replace

    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.books import save_rule

    with open_cli_desk(context) as desk:
        save_rule(desk, replace(_required(desk, rule_id), enabled=enabled))
    remark(f"{'Enabled' if enabled else 'Disabled'} {rule_id}.")


def _required(desk: Desk, rule_id: str) -> Rule:
    from readthrough.desk.rules import rule_of
    from readthrough.domain.errors import RuleError

    found = rule_of(desk, rule_id)
    if found is None:
        raise RuleError(f"No rule has the id {rule_id!r}.", remedy="`readthrough rule list` shows ids.")
    return found
