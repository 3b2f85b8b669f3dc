"""The note after a language model was asked: with its claims, or as it was with the reason why."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from readthrough.domain.authoring import Ending
from readthrough.domain.note import Note, Withheld
from readthrough.writing.accept import Accepted

__all__ = ["fallen_back", "is_enough", "rewritten"]

_WRITER: Final = "llm-1"
_SHOWN: Final = 400  # characters of a sentence that was cut


def is_enough(note: Note, accepted: Accepted) -> bool:
    """Tell whether what stands of a model's answer may take the place of the playbooks' analysis."""
    return len(accepted.claims) >= min(2, len(note.analysis))


def rewritten(note: Note, accepted: Accepted, *, author: str) -> Note:
    """Put a model's claims in the place of the playbooks'; summary, decisions and book stay as they are.

    Args:
        note: The note as the playbooks wrote it.
        accepted: What stands of the answer.
        author: The model's name, for the engine.
    """
    return replace(
        note,
        analysis=accepted.claims,
        withheld=(*note.withheld, *_shortened(accepted)),
        engine=replace(note.engine, writer=f"{_WRITER} {author}", fallback=""),
    )


def fallen_back(note: Note, ending: Ending, detail: str = "", accepted: Accepted | None = None) -> Note:
    """Keep the playbooks' note, and say in it that a model was asked in vain and why."""
    cut = () if accepted is None else _shortened(accepted)
    said = (Withheld(text="What the language model wrote.", reason=detail),) if detail else ()
    return replace(
        note,
        withheld=(*note.withheld, *cut, *said),
        engine=replace(note.engine, fallback=str(ending)),
    )


def _shortened(accepted: Accepted) -> tuple[Withheld, ...]:
    return tuple(replace(w, text=w.text[:_SHOWN]) for w in accepted.withheld)
