"""A fault of a file that people write by hand: where it stands and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from readthrough.domain.errors import told

__all__ = ["FileFault"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFault:
    """What is wrong with a line of a file; the rest of the file is used without it.

    `line` counts from 1 and is 0 where the whole file is meant. A `doubt` is used all the same.
    """

    file: str
    line: int = 0
    what: str
    remedy: str
    doubt: bool = False

    @property
    def where(self) -> str:
        """The place as editors open it: `file:line`."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        """Say it in one line.

        >>> str(FileFault(file="own.toml", line=3, what="no event type 'bye'", remedy="Use buyback."))
        "own.toml:3: no event type 'bye'. Use buyback."
        """
        return told(f"{self.where}: {self.what}", self.remedy)
