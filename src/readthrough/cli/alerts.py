"""`readthrough alerts`: what fired, what was withheld, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from readthrough.cli.alert_acts import add_commands

if TYPE_CHECKING:
    from rich.console import Console

    from readthrough.desk.ask import AlertStory
    from readthrough.domain.alert import Alert

__all__ = ["register", "show_alerts"]

alerts = typer.Typer(help="List alerts and say why each fired.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands, under `alert` too: it is said of one as often as of many."""
    app.add_typer(alerts, name="alerts")
    app.add_typer(alerts, name="alert", hidden=True)


@alerts.command("list")
def list_alerts(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Most alerts.")] = 20,
    person: Annotated[
        str | None, typer.Option("--person", help="Only for this person.", show_default=False)
    ] = None,
    rule: Annotated[str, typer.Option("--rule", help="Only of this rule.", show_default=False)] = "",
    story: Annotated[str, typer.Option("--story", help="Only of this story.", show_default=False)] = "",
    state: Annotated[
        str, typer.Option("--state", help="Only spoken, held or withheld.", show_default=False)
    ] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="MOMENT", help="What had fired by then.", show_default=False)
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """List alerts, newest first, withheld ones included.

    \b
    readthrough alerts list
    readthrough alerts list --person anna --state withheld
    readthrough alerts list --as-of 2026-03-02T13:30:00Z
    """  # fmt: skip
    from readthrough.cli.console import note_console, print_json, remark
    from readthrough.cli.moments import moment
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.alerting import alert_list
    from readthrough.desk.documents import alert_document

    if state not in ("", "spoken", "held", "withheld"):
        raise typer.BadParameter("--state is spoken, held or withheld.")
    with open_cli_desk(context) as desk:
        found = alert_list(
            desk,
            limit=limit,
            person=person,
            rule_id=rule,
            story_id=story,
            state=state,
            as_of=moment(as_of, "--as-of"),
        )
    if json:
        print_json([alert_document(alert) for alert in found])
        return
    if not found:
        remark("No rule has fired yet. `readthrough rule list` shows the rules.")
    else:
        show_alerts(found, note_console())


@alerts.command("why")
def why(
    context: typer.Context,
    alert_id: Annotated[str, typer.Argument(metavar="ALERT_ID")],
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """Say why an alert fired or was withheld, by what, on which note, and where it was sent.

    \b
    readthrough alerts why alr_0123abcd
    """  # fmt: skip
    from readthrough.cli.console import note_console, print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.alerting import why as told_why
    from readthrough.desk.ask import explain_alert

    with open_cli_desk(context) as desk:
        told = told_why(desk, alert_id)
        story = explain_alert(desk, alert_id)
    if json:
        print_json(told)
    elif story is not None:
        _show_story(story, told, note_console())


def show_alerts(found: list[Alert], console: Console, *, ids: bool = True) -> None:
    """Print alerts, each with its reason."""
    from rich.padding import Padding
    from rich.text import Text

    from readthrough.cli.console import DOWN, MUTED, plain

    for alert in found:
        state = "withheld" if alert.withheld else alert.severity
        line = Text(
            f"{state:<9}", MUTED if alert.withheld else f"bold {DOWN}" if state == "flash" else "bold"
        )
        line.append(plain(alert.headline), "" if alert.withheld else "bold")
        console.print(line, no_wrap=True, overflow="ellipsis")
        told = f"{plain(alert.rule_name)}: {plain(alert.reason.words)}" + (f"  ({alert.id})" if ids else "")
        console.print(Padding(Text(told, MUTED), (0, 0, 0, 9), expand=False))


def _show_story(story: AlertStory, told: dict[str, Any], console: Console) -> None:
    from rich.text import Text

    from readthrough.cli.console import MUTED, plain
    from readthrough.cli.show import show_compact

    show_alerts([story.alert], console)

    def line(name: object, value: object) -> None:
        console.print(Text.assemble((f"{plain(str(name)):>18}  ", MUTED), plain(str(value))))

    for name, value in story.alert.reason.matched:
        line(name, value)
    for found in story.alert.found:
        line("words", f"{found.phrase!r} at {found.span.start}")
    if story.alert.person:
        line("person", story.alert.person)
    if hushing := told["hushed_by"]:
        words = hushing.get("headline") or hushing.get("comment") or ""
        line("hushed by", f"{hushing.get('rule_name', 'a silence')} ({hushing['id']}) {words}".rstrip())
    for hold in told["holds"]:
        state = "told" if hold["told_in"] else "waits"
        line(hold["receiver"], f"{state}: {hold['held_as'].replace('_', ' ')} until {hold['due_at']}")
    for delivery in told["deliveries"]:
        tries = f"after {delivery['attempts']} attempt(s) {delivery['detail']}".rstrip()
        kind = "" if delivery["kind"] == "alert" else f"{delivery['kind']} "
        line(delivery["receiver"], f"{kind}{delivery['state']} {tries}")
    for action in told["actions"]:
        line(action["kind"], f"{action['at']} {action['by']} {action['comment']}".strip())
    for joined in told["thread"]:
        state = "withheld" if joined["withheld"] else "spoken"
        line(f"{joined['reason']['code']}", f"{state}: {joined['reason']['words']}")
    if story.note is not None:
        console.print()
        show_compact(story.note, console, named=True)


add_commands(alerts)
