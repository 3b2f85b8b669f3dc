"""`readthrough mcp`: the Model Context Protocol over standard streams, for a program that starts it."""

from __future__ import annotations

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("mcp")(mcp)


def mcp(context: typer.Context) -> None:
    """Serve the tools of the Model Context Protocol on standard input and output.

    \b
    readthrough mcp

    Give this command to a program that speaks the protocol. `readthrough serve` answers it over HTTP at /api/mcp.
    Every tool only reads; each answer carries where its words stand.
    """  # fmt: skip
    from readthrough.cli.session import open_cli_desk
    from readthrough.domain.errors import SettingsError

    with open_cli_desk(context) as desk:
        try:
            from readthrough.mcp.server import make_server
        except ImportError as error:
            raise SettingsError(
                f"The Model Context Protocol needs a package that is not installed: {error}.",
                remedy="Install it: pip install 'readthrough[mcp]'.",
            ) from None
        make_server(desk).run("stdio")
