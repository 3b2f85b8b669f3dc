"""`readthrough people`: who may sign in. The first admin is added here; the rest may be in the pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from readthrough.desk.accounts import Accounts

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="Who may sign in.")
    group.command("add")(add)
    group.command("list")(show)
    group.command("reset")(reset)
    app.add_typer(group, name="people")


def add(
    context: typer.Context,
    login: Annotated[str, typer.Argument(help="Name to sign in with, such as an e-mail address.")],
    role: Annotated[str, typer.Option("--role", help="viewer, analyst, manager or admin.")] = "viewer",
    name: Annotated[str, typer.Option("--name", help="How pages call them.", show_default=False)] = "",
    tenant: Annotated[str, typer.Option("--tenant", help="Institution they belong to.")] = "main",
) -> None:
    """Add someone, and print the password they begin with.

    \b
    readthrough people add ana@firm.example --role admin
    """  # fmt: skip
    from readthrough.domain.account import MAIN, Role
    from readthrough.domain.errors import AccountError

    if role not in {r.value for r in Role}:
        raise AccountError(f"There is no role {role!r}.", remedy="Use viewer, analyst, manager or admin.")
    with _accounts(context) as accounts:
        if tenant != MAIN and tenant not in {t.id for t in accounts.store.tenants()}:
            accounts.add_tenant(tenant, tenant)
        person, given = accounts.add_person(tenant, login=login, name=name, role=Role(role))
        accounts.note_down(
            None, "change", f"people add {person.login} {role} in {tenant}", "ok", "command line"
        )
    typer.echo(f"{person.login} ({role}) begins with the password {given}")


def show(
    context: typer.Context,
    tenant: Annotated[str, typer.Option("--tenant", help="Institution whose people are listed.")] = "main",
) -> None:
    """List people.

    \b
    readthrough people list
    """  # fmt: skip
    with _accounts(context) as accounts:
        for person in accounts.store.people(tenant):
            closed = ", closed" if person.closed else ""
            typer.echo(f"{person.login}: {person.role.value}{closed}")


def reset(
    context: typer.Context, login: Annotated[str, typer.Argument(help="Who is given another password.")]
) -> None:
    """Give someone another password to begin with, and drop their second factor.

    \b
    readthrough people reset ana@firm.example
    """  # fmt: skip
    from dataclasses import replace

    from readthrough.domain.account import OWNER
    from readthrough.domain.errors import AccountError

    with _accounts(context) as accounts:
        person = accounts.store.person_by_login(login)
        if person is None:
            raise AccountError(
                f"Nobody signs in as {login!r}.", remedy="`readthrough people list` shows who does."
            )
        given = accounts.reset_password(replace(OWNER, tenant_id=person.tenant_id), person.id)
        accounts.note_down(None, "change", f"people reset {person.login}", "ok", "command line")
    typer.echo(f"{person.login} begins with the password {given}")


@contextmanager
def _accounts(context: typer.Context) -> Iterator[Accounts]:
    from readthrough.cli.session import load_cli_settings
    from readthrough.desk.accounts import Accounts
    from readthrough.desk.open import open_desk
    from readthrough.desk.screen import account_store

    settings = load_cli_settings(context, {})
    with open_desk(settings) as desk:
        yield Accounts(account_store(desk), settings.accounts, desk.clock, home=settings.home_folder)
