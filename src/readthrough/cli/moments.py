"""Dates and moments as people give them to commands."""

from __future__ import annotations

from datetime import UTC, datetime

from readthrough.domain.errors import SettingsError

__all__ = ["moment"]


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
