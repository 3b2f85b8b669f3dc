"""`readthrough receiver`: where alerts are sent, and how that has been going."""

from __future__ import annotations

from typing import Annotated

import typer

from readthrough.cli.receiver_template import template

__all__ = ["register"]

receiver = typer.Typer(
    help="Add, list, try and remove places that alerts are sent to.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(metavar="NAME")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    receiver.add_typer(template, name="template")
    app.add_typer(receiver, name="receiver")


@receiver.command("list")
def list_receivers(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """List the receivers and how they do.

    \b
    readthrough receiver list
    """  # fmt: skip
    from readthrough.cli.console import print_json, print_table
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.endpoints import receiver_list

    with open_cli_desk(context) as desk:
        found = receiver_list(desk)
    if json:
        print_json(found)
        return
    names = ("name", "kind", "host", "from", "state", "detail")
    rows = ((tuple(str(one[name]) for name in names), "") for one in found)
    print_table(("Name", "Kind", "Host", "From", "State", "Last fault"), rows)


@receiver.command("add")
def add(
    context: typer.Context,
    name: Name,
    kind: Annotated[str, typer.Option("--kind", help="webhook, email or chat.")] = "webhook",
    url: Annotated[str, typer.Option("--url", help="Where a webhook is sent.", show_default=False)] = "",
    to: Annotated[
        list[str] | None, typer.Option("--to", help="An address of an e-mail.", show_default=False)
    ] = None,
    address: Annotated[
        str, typer.Option("--address", help="A chat, as Apprise writes it.", show_default=False)
    ] = "",
    secret: Annotated[
        str, typer.Option("--secret", help="Key of a webhook; made when not given.", show_default=False)
    ] = "",
    rate: Annotated[int, typer.Option("--rate", min=0, help="Most messages a minute.")] = 0,
) -> None:
    """Add a receiver; an address inside your own network is refused. A webhook's key is shown this once.

    \b
    readthrough receiver add risk --url https://alerts.example.com/readthrough
    readthrough receiver add anna --kind email --to anna@example.com
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.endpoints import add_receiver

    with open_cli_desk(context) as desk:
        _, key = add_receiver(
            desk,
            name=name,
            kind=kind,
            url=url,
            to=tuple(to or ()),
            address=address,
            secret=secret,
            rate_per_minute=rate,
        )
    remark(f"Kept {name}.")
    if key:
        typer.echo(key)


@receiver.command("remove")
def remove(context: typer.Context, name: Name) -> None:
    """Remove a receiver that was added by `receiver add`.

    \b
    readthrough receiver remove risk
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.endpoints import remove_receiver

    with open_cli_desk(context) as desk:
        remove_receiver(desk, name)
    remark(f"Removed {name}.")


@receiver.command("rotate")
def rotate(
    context: typer.Context,
    name: Name,
    overlap: Annotated[str, typer.Option("--overlap", help="How long the old key still signs.")] = "24h",
) -> None:
    """Give a webhook a new key, shown this once; the old one goes on signing beside it for a while.

    \b
    readthrough receiver rotate risk --overlap 24h
    """  # fmt: skip
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.alerting import parse_duration
    from readthrough.desk.endpoints import rotate as rotated

    with open_cli_desk(context) as desk:
        key = rotated(desk, name, overlap=parse_duration(overlap, place="--overlap"))
    typer.echo(key)


@receiver.command("enable")
def enable(context: typer.Context, name: Name) -> None:
    """Try a receiver again that was disabled or failing; what was not sent because of that is sent.

    \b
    readthrough receiver enable risk
    """  # fmt: skip
    from readthrough.cli.send import send_due
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.endpoints import enable as enabled

    with open_cli_desk(context) as desk:
        enabled(desk, name)
        send_due(desk)


@receiver.command("test")
def test(context: typer.Context, name: Name) -> None:
    """Send a test message now.

    \b
    readthrough receiver test risk
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.endpoints import send_test

    with open_cli_desk(context) as desk:
        send_test(desk, name)
    remark(f"{name} took the message.")
