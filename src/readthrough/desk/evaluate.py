"""Measuring the reading for the command line: which measures, of what, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from readthrough.domain.errors import SourceNotFound
from readthrough.research.evals.coverage import measure_coverage
from readthrough.research.evals.engine import Engine
from readthrough.research.evals.grounding import measure_grounding
from readthrough.research.evals.public import SETS, Measure
from readthrough.research.evals.report import (
    PARTS,
    below_floors,
    measure_data,
    measure_own,
    read_floors,
    write_floors,
)
from readthrough.research.evals.supported import measure_notes

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = ["SETS", "Measure", "below_floors", "evaluate", "read_floors", "write_floors"]


def evaluate(
    desk: Desk,
    *,
    gold: Path,
    data: Path | None,
    parts: tuple[str, ...] = PARTS,
    only: tuple[str, ...] = (),
    samples: Sequence[Mapping[str, str]] = (),
    told: Callable[[str], None] | None = None,
) -> Iterator[Measure]:
    """Yield every figure as it is measured.

    Raises:
        SourceNotFound: when a folder is missing.
    """
    if not gold.is_dir():
        remedy = "Run it in a checkout of the project, or name the folder with --gold."
        raise SourceNotFound(f"There are no gold articles at {gold}.", remedy=remedy)
    if data is not None and not data.is_dir():
        raise SourceNotFound(f"There is no folder {data}.", remedy="Name the folder that holds the sets.")
    universe = desk.universe
    engine = Engine(universe, desk.sentence_reader)
    if not only or "gold" in only:
        yield from measure_own(gold, engine, parts=parts, told=told)
    if not only or "grounding" in only:
        yield from measure_grounding(gold, samples, universe, desk.playbooks, parts=parts, told=told)
    if data is not None and "notes" in only:  # a thousand notes: only when asked for
        yield from measure_notes(data, universe, desk.playbooks, told=told)
    if data is not None:
        yield from measure_data(gold, data, engine, parts=parts, only=only, told=told)
    if "development" in parts and (not only or "notes-coverage" in only):
        yield from measure_coverage(gold, data, universe, desk.playbooks, told=told)
