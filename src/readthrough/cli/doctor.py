"""`readthrough doctor`: what is installed, reachable and configured, and what to do about what is not."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from readthrough import __version__
from readthrough.domain.errors import ReadthroughError

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.domain.fault import FileFault
    from readthrough.settings import Settings

__all__ = ["Finding", "examine", "register"]

_OLDEST_PYTHON: Final = (3, 11)
_LEAST_SPACE: Final = 200_000_000  # bytes free: a day of notes and their indexes at a busy desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. `state` is ok, note (works, could be more) or fault (something will fail)."""

    name: str
    state: str
    detail: str
    remedy: str = ""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)


def doctor(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Check this installation; the status is 1 when something is at fault.

    \b
    readthrough doctor
    readthrough --config firm.toml doctor --json
    """  # fmt: skip
    from readthrough.cli.session import config_path

    findings = list(examine(config_path(context)))
    if json:
        from readthrough.cli.console import print_json

        print_json([asdict(finding) for finding in findings])
    else:
        _show(findings)
    if any(finding.state == "fault" for finding in findings):
        raise typer.Exit(1)


def examine(config: Path | None) -> Iterator[Finding]:
    """Look at everything, in the order a reader would mend it.

    Args:
        config: The settings file named on the command line, if any.
    """
    yield _python()
    yield from _packages()
    try:
        from readthrough.settings import load_settings

        settings = load_settings(config)
    except ReadthroughError as error:
        yield Finding(name="settings", state="fault", detail=error.message, remedy=error.remedy)
        return
    yield _settings_file(config)
    from readthrough.desk.open import open_desk

    with open_desk(settings) as desk:
        for check in (_universe, _playbooks, _receivers, _templates, _database, _rules, _language_model):
            yield _guarded(check, desk)
    yield _space(settings)
    yield _port(settings)


def _guarded(check: Callable[[Desk], Finding], desk: Desk) -> Finding:
    name = check.__name__.lstrip("_").replace("_", " ")
    try:
        return check(desk)
    except ReadthroughError as error:
        return Finding(name=name, state="fault", detail=error.message, remedy=error.remedy)
    except Exception as error:  # a check that breaks is itself a finding
        detail = f"{type(error).__name__}: {error}"
        return Finding(name=name, state="fault", detail=detail, remedy="Report this, please.")


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    fits = sys.version_info[:2] >= _OLDEST_PYTHON
    remedy = "" if fits else "Install Python 3.11 or later and make the environment anew."
    return Finding(name="python", state="ok" if fits else "fault", detail=version, remedy=remedy)


def _packages() -> Iterator[Finding]:
    from importlib import metadata

    try:
        wanted = metadata.requires("readthrough") or []
    except metadata.PackageNotFoundError:
        yield Finding(
            name="package",
            state="note",
            detail=f"readthrough {__version__}, run from its source and not installed",
            remedy="Run `make setup`.",
        )
        return
    missing: dict[str, list[str]] = {}
    for requirement in wanted:
        extra = requirement.partition("extra ==")[2].strip(" '\"")
        name = _project(requirement)
        missing.setdefault(extra, [])
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            missing[extra].append(name)
    lacking = missing.pop("", [])
    yield Finding(
        name="package",
        state="fault" if lacking else "ok",
        detail=f"readthrough {__version__}" + (f", without {', '.join(lacking)}" if lacking else ""),
        remedy="Run `make setup`." if lacking else "",
    )
    for extra, names in sorted(missing.items()):
        yield Finding(
            name=f"extra: {extra}",
            state="note" if names else "ok",
            detail=f"not installed ({', '.join(names)})" if names else "installed",
            remedy=f"`pip install 'readthrough[{extra}]'` if you want it." if names else "",
        )


def _project(requirement: str) -> str:
    end = next((i for i, c in enumerate(requirement) if not (c.isalnum() or c in "-_.")), len(requirement))
    return requirement[:end]


def _settings_file(config: Path | None) -> Finding:
    from readthrough.settings import provenance

    sources = sorted({row.source for row in provenance(config)} - {"default"})
    detail = "defaults, and " + ", ".join(sources) if sources else "defaults only; no file and no variables"
    return Finding(name="settings", state="ok", detail=detail)


def _universe(desk: Desk) -> Finding:
    began = time.perf_counter()
    universe = desk.universe
    took = (time.perf_counter() - began) * 1000
    detail = f"{len(universe):,} issuers, digest {universe.digest[:12]}, loaded in {took:.0f} ms"
    return _by_hand("universe", detail, universe.graph.faults, "universe check")


def _playbooks(desk: Desk) -> Finding:
    playbooks = desk.playbooks
    own = f", {len(playbooks.own)} of your own" if playbooks.own else ""
    detail = f"{len(playbooks.playbooks)} playbooks{own}, digest {playbooks.digest[:12]}"
    return _by_hand("playbooks", detail, playbooks.faults, "playbook lint")


def _by_hand(name: str, detail: str, faults: Sequence[FileFault], command: str) -> Finding:
    """Report what was left out of files that people write by hand; all else of them is in use."""
    if not faults:
        return Finding(name=name, state="ok", detail=detail)
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    return Finding(
        name=name,
        state="fault",
        detail=f"{detail}; left out: {faults[0].where}: {faults[0].what}{more}",
        remedy=f"{faults[0].remedy} `readthrough {command}` names every one.",
    )


def _receivers(desk: Desk) -> Finding:
    from readthrough.desk.open import PAGE

    # those kept in the database are told of once there is one: looking for them makes none
    held = desk.receivers if _is_there(desk) else desk.settings.receivers
    others = sorted(set(held) - {PAGE})
    if others:
        return Finding(name="receivers", state="ok", detail=f"the live page, {', '.join(others)}")
    return Finding(
        name="receivers",
        state="note",
        detail="the live page only",
        remedy="Set receivers.NAME.url and .secret to send alerts as signed webhooks.",
    )


def _templates(desk: Desk) -> Finding:
    folder = desk.settings.templates_folder
    if not folder.is_dir() or not _is_there(desk):
        return Finding(name="templates", state="ok", detail="alerts are worded as built in")
    from readthrough.desk.templates import template_faults

    faults, sound = template_faults(desk)
    return _by_hand("templates", f"{sound} in {folder}", faults, "receiver template lint")


def _is_there(desk: Desk) -> bool:
    path = desk.settings.database_url.removeprefix("sqlite:///")
    return path == desk.settings.database_url or Path(path).exists()


def _database(desk: Desk) -> Finding:
    from readthrough.desk.ask import latest_notes

    settings = desk.settings
    path = settings.database_url.removeprefix("sqlite:///")
    if path != settings.database_url and not Path(path).exists():
        return _database_to_come(Path(path))
    held = "holds notes" if latest_notes(desk, limit=1) else "holds no notes yet"
    where = path if path != settings.database_url else "the database"
    if path != settings.database_url and not os.access(path, os.W_OK):
        remedy = "Change its permissions, or set storage.url or home elsewhere."
        return Finding(name="database", state="fault", detail=f"{path} may not be written", remedy=remedy)
    return Finding(name="database", state="ok", detail=f"{where} opens and {held}")


def _rules(desk: Desk) -> Finding:
    from readthrough.desk.ask import portfolios, rules

    path = desk.settings.database_url.removeprefix("sqlite:///")
    if path != desk.settings.database_url and not Path(path).exists():
        return Finding(name="rules", state="ok", detail="none yet")
    found = rules(desk)
    books = {portfolio.id for portfolio in portfolios(desk)}
    lost = [f"{r.id} is sent to {n!r}" for r in found for n in r.receivers if n not in desk.receivers]
    lost += [f"{r.id} watches {n!r}" for r in found for n in r.portfolios if n not in books]
    if not lost:
        return Finding(name="rules", state="ok", detail=f"{len(found):,} kept")
    return Finding(
        name="rules",
        state="fault",
        detail=f"naming receivers or portfolios that do not exist: {'; '.join(lost[:5])}",
        remedy="Set that receiver, import that portfolio, or change the rule.",
    )


def _database_to_come(path: Path) -> Finding:
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return Finding(name="database", state="ok", detail=f"{path} will be made when a note is first kept")
    return Finding(
        name="database",
        state="fault",
        detail=f"{path} cannot be made: {folder} may not be written",
        remedy="Make that folder writable, or set storage.url or home elsewhere.",
    )


def _space(settings: Settings) -> Finding:
    folder = settings.home_folder.absolute()
    folder = next((place for place in (folder, *folder.parents) if place.exists()), Path("/"))
    free = shutil.disk_usage(folder).free
    scarce = free < _LEAST_SPACE
    return Finding(
        name="space",
        state="fault" if scarce else "ok",
        detail=f"{free / 1e9:,.1f} GB free in {folder}",
        remedy="Free some, or set home elsewhere." if scarce else "",
    )


def _port(settings: Settings) -> Finding:
    host, port = settings.serve.host, settings.serve.port
    try:
        family, _, _, _, address = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return Finding(
            name="port",
            state="note",
            detail=f"{host}:{port} cannot be listened on ({error.strerror or error})",
            remedy="`readthrough serve` may be running already; otherwise set another serve.port.",
        )
    return Finding(name="port", state="ok", detail=f"{host}:{port} is free")


def _language_model(desk: Desk) -> Finding:
    name = "language model"
    author = desk.author
    if author is None:
        detail = "none: notes are written by playbooks"
        return Finding(name=name, state="ok", detail=detail)
    part = desk.settings.language_model
    probed = author.probe()
    if probed.ending != "written":
        return Finding(
            name=name,
            state="fault",
            detail=f"{author.name} does not answer ({probed.ending}). {probed.detail}".strip(),
            remedy="Check language_model.base_url, .model and .api_key; notes stay as the playbooks write them.",
        )
    detail = f"{author.name} answers in the shape asked for, in {probed.spent.seconds:.1f} s"
    if part.api_key.get_secret_value() and not part.input_usd_per_million + part.output_usd_per_million:
        remedy = "Set language_model.input_usd_per_million and .output_usd_per_million for the limit to hold."
        return Finding(name=name, state="note", detail=f"{detail}; no price is set", remedy=remedy)
    return Finding(name=name, state="ok", detail=detail)


def _show(findings: list[Finding]) -> None:
    from rich.table import Table
    from rich.text import Text

    from readthrough.cli.console import DOWN, MUTED, UP, note_console, plain

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    styles = {"ok": UP, "note": MUTED, "fault": f"bold {DOWN}"}
    for finding in findings:
        table.add_row(
            Text(finding.state, styles[finding.state]),
            Text(finding.name, "bold", no_wrap=True),
            Text("\n".join(filter(None, (plain(finding.detail), plain(finding.remedy))))),
        )
    note_console().print(table)
