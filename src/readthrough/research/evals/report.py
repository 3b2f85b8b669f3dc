"""One table of every figure, and the floors below which the reading may not fall."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from readthrough.research.evals.engine import Engine
from readthrough.research.evals.gold import Gold, load_gold, load_real
from readthrough.research.evals.pairs import judge_pairs
from readthrough.research.evals.probes import probe
from readthrough.research.evals.public import SETS, Measure
from readthrough.research.evals.score import score

__all__ = ["PARTS", "below_floors", "measure_data", "measure_own", "read_floors", "write_floors"]

PARTS = ("development", "unseen")

Told = Callable[[str], None]
"""Called with each miss of what may be looked at; never with one of the unseen."""


def measure_own(
    gold: Path, engine: Engine, *, parts: tuple[str, ...] = PARTS, told: Told | None = None
) -> Iterator[Measure]:
    """Measure our own gold articles, probes and pairs. Sets read with a model are named so: they have floors of their own.

    Args:
        gold: The folder of gold files.
        engine: What is measured.
        parts: Of "development" and "unseen".
        told: Called with the misses of the development part.
    """
    read = engine.name
    for part in parts:
        yield from _scored(f"gold {part}{read}", list(load_gold(gold, part)), engine, _if_seen(part, told))
    for part in parts:
        probes = gold / f"probes-{part}.jsonl"
        yield from _probes(probes, f"probes {part}{read}", engine, _if_seen(part, told))
        fresh = gold / f"probes-fresh-{part}.jsonl"
        yield from _probes(fresh, f"probes fresh {part}{read}", engine, _if_seen(part, told))
        yield from _pairs(gold / f"pairs-{part}.jsonl", part, engine, _if_seen(part, told))


def _probes(path: Path, name: str, engine: Engine, told: Told | None) -> Iterator[Measure]:
    if not path.exists():
        return
    found = probe(path, engine)
    yield Measure(set=name, name="right", value=found.right / max(1, found.asked), count=found.asked)
    _tell(name, found.misses, told)


def _pairs(path: Path, part: str, engine: Engine, told: Told | None) -> Iterator[Measure]:
    if not path.exists():
        return
    name, found = f"pairs {part}", judge_pairs(path, engine)
    count = found.found.total()
    follow = sum(n for (want, _), n in found.found.items() if want == "follow_up")
    right = sum(n for (want, got), n in found.found.items() if want == got)
    yield Measure(set=name, name="duplicates F1", value=found.f1, count=count)
    kept = 1 - found.swallowed / max(1, follow)
    yield Measure(set=name, name="follow-ups not swallowed", value=kept, count=follow)
    yield Measure(set=name, name="relation right", value=right / max(1, count), count=count)
    _tell(name, found.misses, told)


def measure_data(
    gold: Path,
    data: Path,
    engine: Engine,
    *,
    parts: tuple[str, ...] = PARTS,
    only: tuple[str, ...] = (),
    told: Told | None = None,
) -> Iterator[Measure]:
    """Measure every public set found in a folder, real pages with our annotation first.

    Args:
        gold: The folder of gold files.
        data: The folder of sets, one folder each.
        engine: What is measured.
        parts: Of the annotated pages.
        only: Names of sets; all when empty.
        told: Called with the misses of the development part.
    """
    if not only or "real" in only:
        for part in parts:
            pages = list(load_real(gold, data, part))
            if pages:
                yield from _scored(f"real pages {part}{engine.name}", pages, engine, _if_seen(part, told))
    for name, measure in SETS.items():
        if (not only or name in only) and (data / name).is_dir():
            yield from measure(data / name, engine)


def _if_seen(part: str, told: Told | None) -> Told | None:
    return told if part == "development" else None


def _scored(name: str, gold: list[Gold], engine: Engine, told: Told | None) -> Iterator[Measure]:
    tally = score((g, engine.read(g.article)) for g in gold)
    for measure, value in tally.figures().items():
        yield Measure(set=name, name=measure, value=value, count=len(gold))
    _tell(name, tally.misses, told)


def _tell(name: str, misses: list[str], told: Told | None) -> None:
    if told is not None:
        for miss in misses:
            told(f"{name}: {miss}")


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """Return the floors of a file: set, then measure, then the least value."""
    return tomllib.loads(path.read_text(encoding="utf-8"))["floors"] if path.exists() else {}


def below_floors(measures: list[Measure], floors: dict[str, dict[str, float]]) -> list[str]:
    """Say which measures fell under their floor."""
    found = {(m.set, m.name): m.value for m in measures}
    return [
        f"{group} {name}: {found[group, name]:.3f} is under its floor {least:.3f}"
        for group, each in floors.items()
        for name, least in each.items()
        if (group, name) in found and found[group, name] < least - 1e-9
    ]


def write_floors(path: Path, measures: list[Measure], *, lower_because: str = "") -> list[str]:
    """Raise floors to what was measured, less a thousandth; lower them only with a reason, kept in the file.

    Returns:
        What was lowered, or would have been, in words.
    """
    old = read_floors(path)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    reasons = [line for line in text.splitlines() if line.startswith("# lowered")]
    floors = {group: dict(each) for group, each in old.items()}
    fallen = []
    for m in measures:
        least = max(0.0, round(m.value - 0.001, 3))
        had = old.get(m.set, {}).get(m.name)
        if had is not None and least < had:
            fallen.append(f"{m.set} {m.name}: {had:.3f} to {least:.3f}")
            if not lower_because:
                continue
        floors.setdefault(m.set, {})[m.name] = least
    if fallen and lower_because:
        reasons.append(f"# lowered: {'; '.join(fallen)} because {' '.join(lower_because.split())}")
    lines = ["# Least values `make test` accepts. Written by `readthrough eval --write-floors`.", *reasons]
    for group, each in floors.items():
        lines += ["", f'[floors."{group}"]', *(f'"{name}" = {value:.3f}' for name, value in each.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return fallen
