"""What could not be read of a holdings file, told beside the result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from readthrough.cli.console import remark
from readthrough.domain.errors import told

if TYPE_CHECKING:
    from readthrough.domain.contract import NoteDocument
    from readthrough.domain.reading import Problem

__all__ = ["tell_problems", "with_problems"]

_MOST_TOLD: Final = 5


def tell_problems(problems: Sequence[Problem]) -> None:
    """Say on standard error how many there are, and the first of them."""
    if not problems:
        return
    noun = "problem" if len(problems) == 1 else "problems"
    remark(f"The holdings file has {len(problems):,} {noun}:")
    for problem in problems[:_MOST_TOLD]:
        remark(f"  {told(problem.detail, problem.remedy)}")
    if len(problems) > _MOST_TOLD:
        remark(f"  and {len(problems) - _MOST_TOLD:,} more; `portfolio import --json` prints all.")


def with_problems(document: NoteDocument, problems: Sequence[Problem]) -> NoteDocument:
    """Return the note with the holdings file's problems after its own."""
    if not problems:
        return document
    added: list[Any] = [
        {"code": p.code, "detail": f"holdings: {p.detail}", "remedy": p.remedy} for p in problems
    ]
    own = document["problems"]
    assert isinstance(own, list)
    return {**document, "problems": [*own, *added]}
