"""Import issuers from another source into a firm's own overlay."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from readthrough.domain.errors import OutputError, UniverseError

if TYPE_CHECKING:
    from readthrough.universe.additions import Additions

__all__ = ["Import", "import_issuers", "import_template"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What was read (`kind`: sec, openfigi or csv), what came of it, and the folder it went into."""

    kind: str
    additions: Additions
    folder: Path


def import_template() -> str:
    """Return a CSV with every column that can be imported and rows that show them."""
    from readthrough.universe.csv_schema import TEMPLATE

    return TEMPLATE


def import_issuers(
    text: str,
    overlay: Path | None,
    *,
    keep: bool = True,
    tick: Callable[[bool], None] = lambda bad: None,
) -> Import:
    """Read a file of issuers, add what is new to the overlay, and say what could not be used.

    The kind of file is told by its first character: JSON of the SEC or of OpenFIGI, else our CSV.

    Args:
        text: The file.
        overlay: The folder of own issuers; it need not exist yet.
        keep: Whether to write; else only say what would come of it.
        tick: Called after each record with whether it was refused.

    Raises:
        UniverseError: There is no overlay folder, or the file is none of the three.
        OutputError: The folder cannot be written.
    """
    from readthrough.universe import load_universe
    from readthrough.universe.additions import add_records
    from readthrough.universe.csv_schema import incoming_csv
    from readthrough.universe.incoming import incoming_json
    from readthrough.universe.merge import IMPORTED, read_imported

    if overlay is None or overlay.is_file():
        given = "No folder is set" if overlay is None else f"{str(overlay)!r} is a file, not a folder"
        raise UniverseError(
            f"{given} for own issuers.",
            remedy="Give one with --into, or set universe.overlay (READTHROUGH_UNIVERSE__OVERLAY).",
        )
    kind, records = incoming_json(text) if text.lstrip()[:1] in ("{", "[") else ("csv", incoming_csv(text))
    known = load_universe(overlay if overlay.exists() else None)
    imported, _ = read_imported(overlay)
    additions = add_records(records, known, imported, tick)
    if keep and additions.changes:
        _write(overlay / IMPORTED, imported.tables())
    return Import(kind=kind, additions=additions, folder=overlay)


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write every file beside its old self first, then put all in place: a full disk leaves what was."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.new").write_text(text, "utf-8")
        for name in files:
            os.replace(folder / f"{name}.new", folder / name)
    except OSError as error:
        raise OutputError(
            f"{str(folder)!r} cannot be written: {error.strerror or error}.",
            remedy="Free space, or name another folder with --into.",
        ) from error
