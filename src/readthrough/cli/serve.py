"""`readthrough serve`: the API and the pages."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve")(serve)


def serve(
    context: typer.Context,
    host: Annotated[
        str | None,
        typer.Option("--host", help="Address to listen on [setting serve.host].", show_default=False),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            help="Port; 0 takes a free one [setting serve.port].",
            show_default=False,
        ),
    ] = None,
    allow_network: Annotated[
        bool,
        typer.Option(
            "--allow-network", help="Listen where others can reach it; put a proxy with accounts before it."
        ),
    ] = False,
) -> None:
    """Serve the API and the pages until Ctrl-C.

    \b
    readthrough serve
    readthrough serve --port 9000
    readthrough --config firm.toml serve --host 0.0.0.0 --allow-network
    """  # fmt: skip
    from readthrough.api.serve import serve as serve_until_stopped
    from readthrough.cli.console import remark
    from readthrough.cli.session import load_cli_settings
    from readthrough.desk.open import open_desk
    from readthrough.observe import configure_logging, hooks

    settings = load_cli_settings(context, {"serve.host": host, "serve.port": port})
    configure_logging(level=settings.log.level, format=settings.log.format)
    with open_desk(settings, hooks=hooks()) as desk:

        def listening(address: str) -> None:
            remark(f"Serving on {address} (Ctrl-C stops).")
            if settings.templates_folder.is_dir():
                from readthrough.desk.templates import template_faults

                for fault in template_faults(desk)[0]:
                    remark(f"Template left out, the built-in words are sent: {fault}")
            if settings.live.poll and not desk.store.live.feeds():
                remark(
                    "No feeds yet: `readthrough feed add --starter` adds a set of free public ones for markets."
                )

        serve_until_stopped(desk, settings, allow_network=allow_network, listening=listening)
