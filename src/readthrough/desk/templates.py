"""A firm's templates of alerts: which are in use, what is wrong with them, how they look, and keeping one."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readthrough.desk.open import Desk
from readthrough.domain.errors import RuleError, SourceNotFound
from readthrough.domain.fault import FileFault
from readthrough.receivers.template_examples import EXAMPLES
from readthrough.receivers.templates import (
    LONGEST_TEMPLATE,
    MEDIA,
    SAMPLES,
    Templates,
    check_template,
    kinds_of,
)
from readthrough.receivers.words import message_of

if TYPE_CHECKING:
    from readthrough.domain.contract import Json

__all__ = ["save_template", "template_faults", "template_list", "template_source", "try_templates"]


def template_list(desk: Desk) -> list[dict[str, Json]]:
    """Return, for each receiver that takes templates, the files it uses, ready for JSON.

    `files` are kind and part by name with where each lies; what is not among them is said in the built-in words.
    """
    folder = desk.settings.templates_folder
    rows: list[dict[str, Json]] = []
    for name, medium in sorted(_takers(desk).items()):
        files = [path for owner in (name, f"_{medium}") for path in _files(folder / owner)]
        rows.append({"receiver": name, "medium": medium, "files": [str(path) for path in files]})
    return rows


def template_faults(desk: Desk) -> tuple[tuple[FileFault, ...], int]:
    """Check every file in the folder of templates.

    Returns:
        What is wrong, each with its place; and how many templates are sound.
    """
    folder = desk.settings.templates_folder
    found: list[FileFault] = []
    sound = 0
    takers = _takers(desk) | {f"_{medium}": medium for medium in MEDIA}
    for owner in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not owner.is_dir():
            continue
        medium = takers.get(owner.name)
        if medium is None:
            found.append(_nobody(owner, takers))
            continue
        for path in _files(owner):
            faults = _check_file(path, medium)
            found.extend(faults)
            sound += not faults
    return tuple(found), sound


def template_source(desk: Desk, receiver: str, what: str) -> str:
    """Return the template in use for a part of a message, ours where the firm has none.

    Args:
        desk: Whose.
        receiver: A receiver that takes templates, or `_email`, `_chat`.
        what: Kind and part, as `new.html`.

    Raises:
        SourceNotFound: There is no such receiver, or it takes no templates.
        RuleError: There is no such kind or part.
    """
    medium = _medium(desk, receiver)
    _, part = _named(what, medium)
    path = desk.settings.templates_folder / receiver / what
    return path.read_text("utf-8") if path.is_file() else EXAMPLES[medium][part]


def save_template(desk: Desk, receiver: str, what: str, source: str) -> Path:
    """Keep a template once it is found sound. Whoever is sent to next is sent this.

    Raises:
        SourceNotFound: There is no such receiver, or it takes no templates.
        RuleError: There is no such kind or part, or the template has a fault: its place is told.
    """
    medium = _medium(desk, receiver)
    _, part = _named(what, medium)
    for fault in check_template(source, file=what, medium=medium, part=part):
        raise RuleError(f"{fault.where}: {fault.what}.", remedy=fault.remedy)
    folder = desk.settings.templates_folder / receiver
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    torn = folder / f".{secrets.token_hex(8)}"  # moved into place whole: a sender may be reading
    torn.write_text(source, "utf-8")
    os.replace(torn, folder / what)
    return folder / what


def try_templates(desk: Desk, receiver: str, type: str = "alert.fired") -> dict[str, Any]:
    """Lay out a sample message as this receiver would send it; nothing is sent.

    Args:
        desk: Whose.
        receiver: A receiver that takes templates.
        type: Type of the message, as webhooks name it.

    Returns:
        The parts that the firm's templates made, and a remark where they could not be used.

    Raises:
        SourceNotFound: There is no such receiver, or it takes no templates.
    """
    medium = _medium(desk, receiver)
    sample = SAMPLES[-1] if type == "alert.digest" else SAMPLES[0]
    templates = Templates(desk.settings.templates_folder, receiver=receiver, medium=medium)
    filled = templates.filled(message_of({**sample, "type": type}))
    return {"receiver": receiver, "type": type, "parts": dict(filled.parts), "remark": filled.remark}


def _takers(desk: Desk) -> dict[str, str]:
    """Which receivers take templates, and of which medium."""
    kinds = {spec.name: spec.kind for spec in desk.store.alerting.receivers()}
    kinds |= {name: part.kind for name, part in desk.settings.receivers.items()}
    return {name: kind for name, kind in kinds.items() if kind in MEDIA}


def _medium(desk: Desk, receiver: str) -> str:
    takers = _takers(desk) | {f"_{medium}": medium for medium in MEDIA}
    if receiver not in takers:
        raise SourceNotFound(
            f"No receiver {receiver!r} takes templates.",
            remedy=f"There are {', '.join(sorted(takers))}; what webhooks, files and commands get is a contract.",
        )
    return takers[receiver]


def _named(what: str, medium: str) -> tuple[str, str]:
    kind, _, part = what.rpartition(".")
    if kind not in kinds_of() or part not in MEDIA[medium]:
        raise RuleError(
            f"{what!r} is no template of {medium}.",
            remedy=f"Name one of {', '.join(kinds_of())}, a dot, and one of {', '.join(MEDIA[medium])}.",
        )
    return kind, part


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.is_file() and path.name[0] != ".")


def _check_file(path: Path, medium: str) -> tuple[FileFault, ...]:
    try:
        _, part = _named(path.name, medium)
        source = path.read_bytes()[: LONGEST_TEMPLATE * 4].decode("utf-8")
    except RuleError as error:
        return (FileFault(file=str(path), what=error.message.rstrip("."), remedy=error.remedy),)
    except (OSError, UnicodeDecodeError):
        return (FileFault(file=str(path), what="cannot be read as UTF-8 text", remedy="Save it as such."),)
    return check_template(source, file=str(path), medium=medium, part=part)


def _nobody(folder: Path, takers: dict[str, str]) -> FileFault:
    return FileFault(
        file=str(folder),
        what=f"no receiver {folder.name!r} takes templates",
        remedy=f"Name the folder after one of {', '.join(sorted(takers))}.",
    )
