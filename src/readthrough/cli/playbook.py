"""`readthrough playbook`: the reasoning that notes are written from, to list, show, test on an article and check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

__all__ = ["register"]

playbook = typer.Typer(
    help="List, show, test and check playbooks.", no_args_is_help=True, rich_markup_mode=None
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(playbook, name="playbook")


@playbook.command("list")
def list_playbooks(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORDS]...", help="Words it must hold.", show_default=False)
    ] = None,
    event: Annotated[
        str, typer.Option("--event", help="Asks for this event type or parent.", show_default=False)
    ] = "",
    kind: Annotated[
        str, typer.Option("--kind", help="Claims this kind, as read_through or risk.", show_default=False)
    ] = "",
    own: Annotated[bool, typer.Option("--own", help="Only those of your own folder.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """List playbooks, all or those that fit.

    \b
    readthrough playbook list
    readthrough playbook list --event guidance_change --kind read_through
    readthrough playbook list deposit flight
    """  # fmt: skip
    from readthrough.cli.console import print_json, print_table, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.playbooks import playbook_list

    with open_cli_desk(context) as desk:
        found = playbook_list(desk, event=event, kind=kind, text=" ".join(words or ()), own=own)
        faults = desk.playbooks.faults
    if json:
        print_json(found)
    elif found:
        rows = (((row["id"], _events(row), _kinds(row), row["why"]), "") for row in found)
        print_table(("Id", "Asks for", "Claims", "Because"), rows)
        remark(
            f"{len(found)} {'playbook' if len(found) == 1 else 'playbooks'}{_owned(found)}. `readthrough playbook show ID` shows one."
        )
    else:
        remark("No playbook fits. `readthrough playbook list` shows all.")
    if faults:
        remark(f"{len(faults)} faults in your own folder; `readthrough playbook lint` names them.")


@playbook.command("show")
def show(
    context: typer.Context,
    playbook_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, or the part after the dot.")],
    toml: Annotated[
        bool, typer.Option("--toml", help="Print its lines, to be copied into a folder of your own.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show one: when it applies, what it claims and how surely, what would prove it wrong, and why it is believed.

    \b
    readthrough playbook show capital.buyback
    readthrough playbook show capital.buyback --toml > own/buyback.toml
    """  # fmt: skip
    from readthrough.cli.console import note_console, print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.playbooks import playbook_document, playbook_source

    with open_cli_desk(context) as desk:
        if toml:
            typer.echo(playbook_source(desk, playbook_id), nl=False)
            return
        document = playbook_document(desk, playbook_id)
    if json:
        print_json(document)
        return
    from readthrough.cli.show_playbook import show_playbook

    show_playbook(document, note_console())


@playbook.command("test")
def try_on(
    context: typer.Context,
    arguments: Annotated[
        list[str],
        typer.Argument(
            metavar="[ID]... SOURCE",
            help="Ids of playbooks, then a path, an address, or - for standard input.",
        ),
    ],
    everything: Annotated[
        bool, typer.Option("--all", help="All playbooks, those that stay silent too.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Say which playbooks speak on an article and, of each other one, which condition failed.

    Without an id, those that speak are shown; with --all, every one.

    \b
    readthrough playbook test story.txt
    readthrough playbook test capital.buyback story.txt
    readthrough playbook test --all - < story.txt
    """  # fmt: skip
    import sys

    from readthrough.cli.console import note_console, print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.intake import fetch
    from readthrough.desk.playbooks import try_playbooks

    *ids, source = arguments
    with open_cli_desk(context) as desk:
        draft = fetch(desk, source, stdin=sys.stdin.buffer if source == "-" else None)
        document = try_playbooks(desk, draft, ids or None)
    if json:
        print_json(document)
        return
    from readthrough.cli.show_playbook import show_trial

    show_trial(document, note_console(), silent=everything or bool(ids))


@playbook.command("lint")
def lint(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]", help="writing.playbooks when not given; ours when that is not set."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Check every playbook of a folder: each fault with file, line and remedy; the status is 10 when there is one.

    A playbook with a fault is left out when notes are written; one with a doubt is used.

    \b
    readthrough playbook lint
    readthrough playbook lint own/playbooks
    """  # fmt: skip
    from readthrough.cli.faults import tell_faults
    from readthrough.cli.session import load_cli_settings
    from readthrough.desk.playbooks import lint_folder

    found, sound = lint_folder(folder or load_cli_settings(context).writing.playbooks)
    tell_faults(found, f"{sound} playbooks are sound", json=json)


def _events(row: dict[str, Any]) -> str:
    events = row["events"]
    more = f" and {len(events) - 3} more" if len(events) > 3 else ""
    return ", ".join(e.replace("_", " ") for e in events[:3]) + more


def _kinds(row: dict[str, Any]) -> str:
    return ", ".join(kind.replace("_", " ") for kind in row["kinds"])


def _owned(found: list[dict[str, Any]]) -> str:
    own = sum(row["own"] for row in found)
    return f", {own} of your own" if own else ""
