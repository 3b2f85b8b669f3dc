"""`readthrough alerts`: what people do about alerts: see their history, acknowledge, snooze, replay, silence."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["add_commands"]

AlertId = Annotated[str, typer.Argument(metavar="ALERT_ID")]
By = Annotated[str, typer.Option("--by", help="Who does it.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print what the API returns.")]
Length = Annotated[str, typer.Option("--for", help="How long: 90s, 15m, 2h, 3d.")]


def add_commands(alerts: typer.Typer) -> None:
    """Add them to the group."""
    for name, command in (
        ("history", history),
        ("ack", acknowledge),
        ("snooze", snooze),
        ("replay", replay),
        ("silence", silence),
        ("silences", silences),
        ("unsilence", unsilence),
    ):
        alerts.command(name)(command)


def history(context: typer.Context, alert_id: AlertId, json: Json = False) -> None:
    """Show what happened to an alert: updates, attempts, and what people did, oldest first.

    \b
    readthrough alerts history alr_0123abcd
    """  # fmt: skip
    from readthrough.cli.console import print_json, print_table
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.alerting import history as happened

    with open_cli_desk(context) as desk:
        rows = happened(desk, alert_id)
    if json:
        print_json(rows)
        return
    cells = ((tuple(str(row[name]) for name in ("at", "state", "code", "words")), "") for row in rows)
    print_table(("At", "State", "Code", "What"), cells)


def acknowledge(
    context: typer.Context,
    alert_id: AlertId,
    by: By = "",
    comment: Annotated[str, typer.Option("--comment", help="Why.", show_default=False)] = "",
) -> None:
    """Say that somebody has seen an alert: it escalates no more.

    \b
    readthrough alerts ack alr_0123abcd --by anna
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk import alerting

    with open_cli_desk(context) as desk:
        alerting.acknowledge(desk, alert_id, by=by, comment=comment)
    remark(f"Acknowledged {alert_id}.")


def snooze(context: typer.Context, alert_id: AlertId, length: Length = "1h", by: By = "") -> None:
    """Hush an alert's story for a while and bring the alert back after it.

    \b
    readthrough alerts snooze alr_0123abcd --for 2h
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk import alerting

    with open_cli_desk(context) as desk:
        until = alerting.snooze(desk, alert_id, alerting.parse_duration(length, place="--for"), by=by)
    remark(f"Snoozed {alert_id} until {until:%Y-%m-%d %H:%M} UTC.")


def replay(
    context: typer.Context,
    alert_id: AlertId,
    receiver: Annotated[str, typer.Option("--receiver", help="Only this one.", show_default=False)] = "",
    by: By = "",
) -> None:
    """Send an alert again under the ids it had: whoever has it drops it, whoever has not gets it.

    \b
    readthrough alerts replay alr_0123abcd --receiver risk
    """  # fmt: skip
    from readthrough.cli.send import send_due
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk import alerting

    with open_cli_desk(context) as desk:
        alerting.replay(desk, alert_id, receiver=receiver, by=by)
        send_due(desk)


def silence(
    context: typer.Context,
    length: Length = "2h",
    rule: Annotated[str, typer.Option("--rule", help="Alerts of this rule.", show_default=False)] = "",
    person: Annotated[str, typer.Option("--person", help="For this person.", show_default=False)] = "",
    ticker: Annotated[str, typer.Option("--ticker", help="About this ticker.", show_default=False)] = "",
    portfolio: Annotated[str, typer.Option("--portfolio", help="On this book.", show_default=False)] = "",
    story: Annotated[str, typer.Option("--story", help="Of this story.", show_default=False)] = "",
    event: Annotated[str, typer.Option("--event", help="With this event type.", show_default=False)] = "",
    severity: Annotated[str, typer.Option("--severity", help="Of this severity.", show_default=False)] = "",
    by: By = "",
    comment: Annotated[str, typer.Option("--comment", help="Why.", show_default=False)] = "",
) -> None:
    """Hush for a while what fits every option given; corrections of what was told come through.

    \b
    readthrough alerts silence --ticker BABA --for 2h --comment "results day"
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk import alerting

    given = {
        "rule_id": rule,
        "person": person,
        "ticker": ticker,
        "portfolio": portfolio,
        "story_id": story,
        "event": event,
        "severity": severity,
    }
    with open_cli_desk(context) as desk:
        made = alerting.silence(
            desk, given, alerting.parse_duration(length, place="--for"), by=by, comment=comment
        )
    remark(f"Silenced until {made.ends_at:%Y-%m-%d %H:%M} UTC ({made.id}).")


def silences(context: typer.Context, json: Json = False) -> None:
    """List the silences that have not ended.

    \b
    readthrough alerts silences
    """  # fmt: skip
    from readthrough.cli.console import print_json, print_table, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk import alerting

    with open_cli_desk(context) as desk:
        found = [alerting.silence_document(one) for one in alerting.silences(desk)]
    if json:
        print_json(found)
    elif not found:
        remark("Nothing is silenced.")
    else:
        told = ("id", "starts_at", "ends_at", "by", "comment")
        rows = (
            (
                (
                    str(one["id"]),
                    ", ".join(f"{name} {value}" for name, value in one.items() if name not in told),
                    str(one["ends_at"]),
                    str(one["by"]),
                    str(one["comment"]),
                ),
                "",
            )
            for one in found
        )
        print_table(("Id", "Hushes", "Until", "By", "Why"), rows)


def unsilence(
    context: typer.Context, silence_id: Annotated[str, typer.Argument(metavar="SILENCE_ID")]
) -> None:
    """End a silence now.

    \b
    readthrough alerts unsilence sil_0123abcd
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk import alerting

    with open_cli_desk(context) as desk:
        alerting.end_silence(desk, silence_id)
    remark(f"Ended {silence_id}.")
