"""How much a source may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one source; each is a hard stop, reached without reading further.

    Attributes:
        max_bytes: Bytes on the wire or on disk, and again after unpacking.
        max_characters: Code points of the extracted text.
        max_pages: Pages of a PDF that are read; the rest is noted as a problem.
        max_redirects: Hops an address may take; each is checked like the first.
        deadline: Wall-clock time for a whole fetch, name lookup and slow bodies included.
    """

    max_bytes: int = 20_000_000
    max_characters: int = 500_000
    max_pages: int = 300
    max_redirects: int = 5
    deadline: timedelta = timedelta(seconds=20)

    def __post_init__(self) -> None:
        for name in ("max_bytes", "max_characters", "max_pages"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, got {getattr(self, name)}")
        if self.max_redirects < 0 or self.deadline <= timedelta(0):
            raise ValueError("max_redirects must be at least 0 and deadline above zero")
