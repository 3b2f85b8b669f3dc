"""`readthrough route`: how people are reached: where, when, how often."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["register"]

route = typer.Typer(
    help="Say how people are reached: receivers, quiet hours, digests, escalation.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(route, name="route")


@route.command("set")
def set_routes(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A TOML file of [[route]] tables.")],
) -> None:
    """Set routes from a file; each replaces the one of its person, and one without a person is everybody's.

    \b
    readthrough route set routes.toml
    """  # fmt: skip
    import tomllib

    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk, read_text
    from readthrough.desk.alerting import parse_route, save_route
    from readthrough.domain.errors import RuleError

    try:
        document = tomllib.loads(read_text(file))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(
            f"The routes are not valid TOML: {error}.", remedy="Write each as a [[route]] table."
        ) from error
    tables = document.pop("route", None)
    if document or not isinstance(tables, list) or not tables:
        raise RuleError("The file holds no routes.", remedy="Begin each route with [[route]].")
    for number, table in enumerate(tables, start=1):
        parse_route(table, place=f"route {number}")  # all or none
    with open_cli_desk(context) as desk:
        kept = [save_route(desk, table) for table in tables]
    remark(f"Kept {len(kept)} route(s): {', '.join(one.person or 'everybody' for one in kept)}.")


@route.command("list")
def list_routes(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print what the API returns.")] = False,
) -> None:
    """List the routes.

    \b
    readthrough route list
    """  # fmt: skip
    from readthrough.cli.console import print_json, print_table, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.alerting import route_document, routes

    with open_cli_desk(context) as desk:
        found = routes(desk)
    if json:
        print_json([route_document(one) for one in found])
        return
    if not found:
        remark("There are no routes: everybody's alerts go to the live page at once.")
        return
    rows = (
        (
            (
                one.person or "everybody",
                ", ".join(one.receivers) or "page",
                one.timezone,
                "; ".join(f"{q.start:%H:%M}-{q.end:%H:%M}" for q in one.quiet),
                one.digest.replace("_", " "),
                one.calendar,
            ),
            "",
        )
        for one in found
    )
    print_table(("Person", "Sent to", "Clock", "Quiet", "Digest", "Calendar"), rows)


@route.command("remove")
def remove(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Whose; '' for everybody's.")],
) -> None:
    """Remove a route.

    \b
    readthrough route remove anna
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.alerting import delete_route
    from readthrough.domain.errors import RuleError

    with open_cli_desk(context) as desk:
        if not delete_route(desk, person):
            raise RuleError(f"{person!r} has no route.", remedy="`readthrough route list` shows them.")
    remark(f"Removed the route of {person or 'everybody'}.")
