"""`readthrough receiver template`: a firm's own words around alerts, to list, show, test, check and keep."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["template"]

template = typer.Typer(
    help="List, show, test, check and save templates of e-mail and chat.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Receiver = Annotated[
    str, typer.Argument(metavar="NAME", help="A receiver, or _email or _chat for all of them.")
]
What = Annotated[str, typer.Argument(metavar="KIND.PART", help="As new.html, digest.txt, update.md.")]


@template.command("list")
def list_templates(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """List the receivers that take templates and which they use; all else is said in the built-in words.

    \b
    readthrough receiver template list
    """  # fmt: skip
    from readthrough.cli.console import print_json, print_table, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.templates import template_faults, template_list

    with open_cli_desk(context) as desk:
        found = template_list(desk)
        faults, _ = template_faults(desk)
        folder = desk.settings.templates_folder
    if json:
        print_json(found)
        return
    rows = (
        ((str(one["receiver"]), str(one["medium"]), ", ".join(_short(one["files"])) or "built in"), "")
        for one in found
    )
    print_table(("Receiver", "Kind", "Templates"), rows)
    remark(f"They lie in {folder}.")
    if faults:
        remark(f"{len(faults)} at fault; `readthrough receiver template lint` names them.")


@template.command("show")
def show(context: typer.Context, name: Receiver, what: What) -> None:
    """Print a template that is in use, or the built-in words as one, to begin your own from.

    \b
    readthrough receiver template show anna new.html > new.html
    """  # fmt: skip
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.templates import template_source

    with open_cli_desk(context) as desk:
        typer.echo(template_source(desk, name, what), nl=False)


@template.command("save")
def save(
    context: typer.Context,
    name: Receiver,
    what: What,
    source: Annotated[
        typer.FileText, typer.Argument(metavar="FILE", help="The template; - for standard input.")
    ],
) -> None:
    """Check a template and keep it; one with a fault is refused with its place.

    \b
    readthrough receiver template save anna new.html new.html
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.templates import save_template

    with open_cli_desk(context) as desk:
        path = save_template(desk, name, what, source.read())
    remark(f"Kept {path}.")


@template.command("test")
def try_on(
    context: typer.Context,
    name: Receiver,
    type: Annotated[
        str, typer.Option("--type", help="Type of the message, as alert.updated or alert.digest.")
    ] = "alert.fired",
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Print what a sample alert would say by this receiver's templates; nothing is sent.

    \b
    readthrough receiver template test anna
    readthrough receiver template test anna --type alert.digest
    """  # fmt: skip
    from readthrough.cli.console import print_json, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.templates import try_templates

    with open_cli_desk(context) as desk:
        made = try_templates(desk, name, type)
    if json:
        print_json(made)
        return
    for part, text in made["parts"].items():
        remark(f"{part}:")
        typer.echo(text)
    if made["remark"] or not made["parts"]:
        remark(made["remark"] or "No template is made for this; the built-in words are sent.")


@template.command("lint")
def lint(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Check every template: each fault with file, line and remedy; the status is 10 when there is one.

    \b
    readthrough receiver template lint
    """  # fmt: skip
    from readthrough.cli.faults import tell_faults
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.templates import template_faults

    with open_cli_desk(context) as desk:
        faults, sound = template_faults(desk)
    tell_faults(faults, f"{sound} templates are sound", json=json)


def _short(files: object) -> list[str]:
    return ["/".join(str(one).rsplit("/", 2)[1:]) for one in files] if isinstance(files, list) else []
