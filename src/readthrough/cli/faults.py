"""Faults of files that people write by hand, printed with their place and remedy."""

from __future__ import annotations

from readthrough.cli.console import DOWN, MUTED, print_json, print_table, remark
from readthrough.domain.errors import UniverseError
from readthrough.domain.fault import FileFault

__all__ = ["tell_faults"]


def tell_faults(found: tuple[FileFault, ...], sound: str, *, json: bool) -> None:
    """Print what is wrong with files by hand, and end with the status of such faults when there is one.

    Raises:
        UniverseError: Something is at fault; doubts are not.
    """
    if json:
        print_json(
            [
                {"file": f.file, "line": f.line or None, "what": f.what, "remedy": f.remedy, "doubt": f.doubt}
                for f in found
            ]
        )
    elif found:
        rows = [
            (("doubt" if f.doubt else "fault", f.where, f.what, f.remedy), MUTED if f.doubt else DOWN)
            for f in found
        ]
        print_table(("", "Where", "What", "To mend it"), rows)
    faults = [f for f in found if not f.doubt]
    if faults:
        named = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise UniverseError(
            f"{named} in {len({f.file for f in faults})} file(s).", remedy="Mend what is listed."
        )
    if not json:
        remark(f"{sound}{', with doubts' if found else ''}.")
