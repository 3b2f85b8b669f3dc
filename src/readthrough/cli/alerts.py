"""`readthrough alerts`: what fired, what was withheld, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from readthrough.desk.ask import AlertStory
    from readthrough.domain.alert import Alert

__all__ = ["register", "show_alerts"]

alerts = typer.Typer(help="List alerts and say why each fired.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(alerts, name="alerts")


@alerts.command("list")
def list_alerts(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Most alerts.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """List alerts, newest first, withheld ones included.

    \b
    readthrough alerts list
    """  # fmt: skip
    from readthrough.cli.console import note_console, print_json, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.ask import alerts as latest_alerts
    from readthrough.desk.documents import alert_document

    with open_cli_desk(context) as desk:
        found = latest_alerts(desk, limit=limit)
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
    """Say why an alert fired or was withheld, on which note, and where it was sent.

    \b
    readthrough alerts why alert_0123abcd
    """  # fmt: skip
    from readthrough.cli.console import note_console, print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.ask import explain_alert
    from readthrough.desk.documents import alert_story_document
    from readthrough.domain.errors import SourceNotFound

    with open_cli_desk(context) as desk:
        story = explain_alert(desk, alert_id)
    if story is None:
        raise SourceNotFound(
            f"No alert has the id {alert_id!r}.", remedy="`readthrough alerts list` shows ids."
        )
    if json:
        print_json(alert_story_document(story))
    else:
        _show_story(story, note_console())


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


def _show_story(story: AlertStory, console: Console) -> None:
    from rich.text import Text

    from readthrough.cli.console import MUTED, plain
    from readthrough.cli.show import show_compact

    show_alerts([story.alert], console)
    for name, value in story.alert.reason.matched:
        console.print(Text.assemble((f"{plain(name):>18}  ", MUTED), plain(value)))
    for delivery in story.deliveries:
        told = f"{delivery.state} after {delivery.attempts} attempt(s) {plain(delivery.detail)}".rstrip()
        console.print(Text.assemble((f"{plain(delivery.receiver):>18}  ", MUTED), told))
    if story.note is not None:
        console.print()
        show_compact(story.note, console, named=True)
