"""The `readthrough` command: which commands there are, and how their failures end."""

from __future__ import annotations

import copy
import errno
import gc
import os
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from readthrough import __version__
from readthrough.cli import (
    alerts,
    analyze,
    ask,
    config,
    demo,
    doctor,
    documents,
    eval,
    feed,
    live,
    mcp,
    notes,
    people,
    playbook,
    portfolio,
    receiver,
    replay,
    research,
    route,
    rule,
    serve,
    train,
    universe,
)
from readthrough.cli.console import remark
from readthrough.cli.kept import Kept, cache_file
from readthrough.domain.errors import ReadthroughError
from readthrough.domain.lazy import appoint

__all__ = ["app", "run"]

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})  # what writing to a full disk ends with

# Plain help: the coloured one costs 0.15 s at every start.
app = typer.Typer(
    name="readthrough",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(given: bool) -> None:
    if given:
        typer.echo(f"readthrough {__version__}")
        raise typer.Exit


@app.callback(epilog="Start with `readthrough demo`; `readthrough COMMAND --help` has examples.")
def main(
    config: Annotated[
        str, typer.Option("--config", metavar="FILE", help="Settings file (TOML).", show_default=False)
    ] = "",
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and stop.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Say what happened, what it means, and what it means for what you hold."""


for register in (
    analyze,
    serve,
    ask,
    documents,
    research,
    mcp,
    notes,
    alerts,
    rule,
    route,
    receiver,
    portfolio,
    universe,
    playbook,
    demo,
    doctor,
    eval,
    train,
    feed,
    live,
    replay,
    people,
    config,
):
    register.register(app)


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with a status that tells what kind of failure it was.

    Args:
        arguments: What follows the command's name; the process's own when None.
    """
    # start-up makes half a million objects that all live on: walking them again and again is for nothing
    gc.set_threshold(200_000, 20, 20)
    status: int | str | None = 0
    kept = Kept(cache_file())
    appoint(kept)
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        _only_named(given)(args=given, prog_name="readthrough")
    except SystemExit as end:
        # the library ends with 1 when its output's reader has gone, and leaves a wrapped stream behind
        status = _drop_output() if type(sys.stdout).__name__ == "PacifyFlushWrapper" else end.code
    except ReadthroughError as error:
        status = _tell(error)
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:
        status = _drop_output()
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _FULL and error.filename is None:
            status = _unwritable(error)
        elif os.environ.get("READTHROUGH_DEBUG"):
            raise
        else:
            status = _unexpected(error)
    kept.save()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = _drop_output()
    except OSError as error:
        status = _unwritable(error)
    sys.exit(status)


def _only_named(arguments: Sequence[str]) -> typer.Typer:
    """Return the program with the one command that is called: to build all of them costs a start 0.2 s."""
    at = 0
    while at < len(arguments) and arguments[at].startswith("--config"):
        at += 1 if "=" in arguments[at] else 2
    name = arguments[at] if at < len(arguments) else ""
    only = copy.copy(app)
    only.registered_commands = [command for command in app.registered_commands if command.name == name]
    only.registered_groups = [group for group in app.registered_groups if group.name == name]
    return only if only.registered_commands or only.registered_groups else app


def _unexpected(error: Exception) -> int:
    remark(f"error: Something unexpected failed: {type(error).__name__}: {error}")
    remark("Run again with READTHROUGH_DEBUG=1 for the traceback, and report it with that.")
    return 1


def _unwritable(error: OSError) -> int:
    remark(f"error: The output cannot be written: {error.strerror}. Free space or write elsewhere.")
    _drop_output()
    return 8


def _tell(error: ReadthroughError) -> int:
    if os.environ.get("READTHROUGH_DEBUG"):
        import traceback

        traceback.print_exception(error)
    remark(f"error: {error}")
    return error.exit_status


def _drop_output() -> int:
    """Point standard output nowhere, so that nothing more is said when its reader has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141  # what a shell reports of a program that its reader's end stopped


if __name__ == "__main__":
    run()
