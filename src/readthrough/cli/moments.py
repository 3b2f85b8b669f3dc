"""Dates and moments as people give them to commands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from readthrough.domain.errors import SettingsError

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = ["AsOf", "moment", "past"]

AsOf = Annotated[
    str, typer.Option("--as-of", metavar="MOMENT", help="What was known then.", show_default=False)
]


def past(desk: Desk, as_of: str) -> Desk:
    """Return a desk as it was at the moment that `--as-of` names, the desk itself where it names none.

    Raises:
        SettingsError: It is no date or moment.
        HoldingsError: It is still to come.
    """
    from readthrough.desk.past import as_known

    return as_known(desk, moment(as_of, "--as-of"))


def moment(text: str, option: str) -> datetime | None:
    """Read a date or a moment; UTC where it tells no zone, None when empty.

    Raises:
        SettingsError: It is neither.

    >>> moment("2026-03-02", "--since").isoformat()
    '2026-03-02T00:00:00+00:00'
    """
    if not text:
        return None
    try:
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise SettingsError(
            f"{option} {text!r} is no date or moment.",
            remedy="Write it as 2026-03-02 or 2026-03-02T13:30:00Z.",
        ) from None
