"""`readthrough config`: every setting, and where its value came from."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["register"]

config = typer.Typer(help="Show the settings.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(config, name="config")


@config.callback()
def main() -> None:
    """Show the settings."""


@config.command("show")
def show(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Print each setting, its value and where that came from; secrets are masked.

    \b
    readthrough config show
    READTHROUGH_SERVE__PORT=9000 readthrough config show --json
    """  # fmt: skip
    from readthrough.cli.console import print_json, print_table
    from readthrough.cli.session import config_path
    from readthrough.settings import provenance

    rows = provenance(config_path(context))
    if json:
        print_json([{"name": row.name, "value": row.value, "source": row.source} for row in rows])
        return
    print_table(
        ("Setting", "Value", "From"),
        (((row.name, row.value, row.source), "" if row.source == "default" else "bold") for row in rows),
    )
