"""`readthrough worker`, `quarantine`, `status` and `outbox`: the live desk over more than one process."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["register"]

quarantine = typer.Typer(help="Articles that failed five times.", no_args_is_help=True, rich_markup_mode=None)
outbox = typer.Typer(
    help="What was written, passed on to a broker.", no_args_is_help=True, rich_markup_mode=None
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("worker")(worker)
    app.command("status")(status)
    app.add_typer(quarantine, name="quarantine")
    app.add_typer(outbox, name="outbox")


def worker(
    context: typer.Context,
    until_empty: Annotated[
        bool, typer.Option("--until-empty", help="End when nothing waits any more.")
    ] = False,
    poll: Annotated[bool, typer.Option("--poll", help="Ask feeds too.")] = False,
    no_read: Annotated[bool, typer.Option("--no-read", help="Only ask feeds; others read.")] = False,
    from_broker: Annotated[
        bool, typer.Option("--from-broker", help="Take turns from the broker that broker.url names.")
    ] = False,
    readers: Annotated[
        int | None,
        typer.Option(
            "--readers", min=0, max=64, help="Processes that read [setting live.readers].", show_default=False
        ),
    ] = None,
    metrics_port: Annotated[
        int | None,
        typer.Option(
            "--metrics-port",
            min=0,
            max=65535,
            help="Show /metrics on this port of 127.0.0.1; 0 takes a free one.",
            show_default=False,
        ),
    ] = None,
    metrics_host: Annotated[
        str, typer.Option("--metrics-host", help="Address that /metrics listens on.")
    ] = "127.0.0.1",
) -> None:
    """Read articles that wait, beside `serve` or on other machines. Any number of workers share one PostgreSQL.

    \b
    readthrough worker
    readthrough worker --until-empty
    readthrough worker --poll --no-read
    readthrough worker --metrics-port 9100
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import load_cli_settings
    from readthrough.desk.open import open_desk
    from readthrough.desk.working import work
    from readthrough.observe import configure_logging, hooks, serve_metrics

    settings = load_cli_settings(context, {"live.readers": readers})
    configure_logging(level=settings.log.level, format=settings.log.format)
    if metrics_port is not None:
        remark(f"Metrics on {serve_metrics(metrics_host, metrics_port)}.")
    with open_desk(settings, hooks=hooks()) as desk:
        work(desk, until_empty=until_empty, poll=poll or no_read, read=not no_read, from_broker=from_broker)


def status(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Say what waits, what was given up, and how feeds fare.

    \b
    readthrough status
    """
    from readthrough.cli.console import print_json, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.status import status_document

    with open_cli_desk(context) as desk:
        document = status_document(desk)
    if json:
        print_json(document)
        return
    feeds = document["feeds"]
    failing = [f["name"] for f in feeds if f["state"] == "failing"]
    oldest = document["oldest_waits_s"]
    waits = f", the oldest for {oldest:,.0f} s" if oldest is not None else ""
    remark(f"{document['waiting']:,} articles wait{waits}; {document['quarantined']:,} in quarantine.")
    remark(f"{len(feeds)} feeds{', failing: ' + ', '.join(failing) if failing else ''}.")


@quarantine.command("list")
def quarantine_list(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List articles that failed five times, each with its reason.

    \b
    readthrough quarantine list
    """
    from readthrough.cli.console import print_json, print_table, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.arrivals import quarantined

    with open_cli_desk(context) as desk:
        found = quarantined(desk, limit=1_000)
    rows = [
        {
            "id": a.id,
            "feed": a.feed,
            "headline": a.article.headline,
            "received_at": a.article.received_at.isoformat(),
            "attempts": a.attempts,
            "reason": a.detail,
        }
        for a in found
    ]
    if json:
        print_json(rows)
    elif not rows:
        remark("Nothing is in quarantine.")
    else:
        table = [
            ((str(r["id"]), str(r["feed"]), str(r["headline"])[:60], str(r["reason"])), "") for r in rows
        ]
        print_table(("Id", "Feed", "Headline", "Reason"), table, right=("Id",))


@quarantine.command("retry")
def quarantine_retry(
    context: typer.Context,
    ids: Annotated[
        list[int] | None,
        typer.Argument(metavar="ID...", help="Which; all when none is given.", show_default=False),
    ] = None,
) -> None:
    """Let articles in quarantine wait to be read again.

    \b
    readthrough quarantine retry 17
    readthrough quarantine retry
    """
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.arrivals import retry

    with open_cli_desk(context) as desk:
        remark(f"{retry(desk, ids or None):,} articles wait again.")


@outbox.command("relay")
def outbox_relay(
    context: typer.Context,
    until_empty: Annotated[
        bool, typer.Option("--until-empty", help="End when everything is passed on.")
    ] = False,
) -> None:
    """Pass on notes, alerts and turns to read to the broker that broker.url names, from where it was left.

    \b
    readthrough outbox relay
    """
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.relaying import relay

    with open_cli_desk(context) as desk:
        remark(f"{relay(desk, until_empty=until_empty):,} messages passed on.")


@outbox.command("replay")
def outbox_replay(
    context: typer.Context,
    start: Annotated[
        int, typer.Option("--from", min=0, help="The outbox row to begin at; 0 is the first.")
    ] = 0,
) -> None:
    """Pass on everything from a row of the outbox again, to rebuild a broker's stream from the record.

    Messages carry the same ids as the first time, so that a stream that still has some keeps them once.

    \b
    readthrough outbox replay --from 0
    """
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.relaying import relay

    with open_cli_desk(context) as desk:
        remark(f"{relay(desk, until_empty=True, start=start):,} messages passed on.")
