"""What commands share: the settings as this call gives them, the desk they open, small files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from readthrough.domain.errors import SourceNotFound, SourceTooLarge, SourceUnreadable

if TYPE_CHECKING:
    import typer

    from readthrough.desk.open import Desk
    from readthrough.settings import Settings

__all__ = ["config_path", "load_cli_settings", "open_cli_desk", "read_text"]

_LARGEST = 32_000_000  # bytes of a file of rules


def config_path(context: typer.Context) -> Path | None:
    """Return the settings file named by `--config`, if any."""
    given = context.find_root().params.get("config")
    return Path(given) if given else None


def load_cli_settings(context: typer.Context, flags: Mapping[str, object] | None = None) -> Settings:
    """Read settings with this call's flags on top."""
    from readthrough.settings import load_settings

    return load_settings(config_path(context), flags)


def open_cli_desk(context: typer.Context, flags: Mapping[str, object] | None = None) -> Desk:
    """Open a desk for one command, which the audit log names where it reads holdings or changes something.

    Close it with `with`.
    """
    from readthrough.cli.audit import action_of, command_of, note_down
    from readthrough.desk.open import open_desk

    desk = open_desk(load_cli_settings(context, flags))
    if action_of(command_of(context)):
        try:
            note_down(context, desk)
        except BaseException:
            desk.close()
            raise
    return desk


def read_text(path: Path) -> str:
    """Read a small UTF-8 file.

    Raises:
        SourceError: It is missing, too large or not UTF-8.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceNotFound(f"{str(path)!r} cannot be read: {reason}.", remedy="Check the path.") from None
    if len(raw) > _LARGEST:
        raise SourceTooLarge(f"{str(path)!r} is larger than {_LARGEST:,} bytes.", remedy="Split it.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SourceUnreadable(f"{str(path)!r} is not UTF-8 text.", remedy="Save it as UTF-8.") from None
