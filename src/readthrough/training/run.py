"""From a seed to the artefact: assemble, train in three plans, write eight-bit ONNX, calibrate, measure, seal.

The shipped model was made so; `MODEL_CARD.md` beside it holds what came of it.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from readthrough.domain.taxonomy import PARENTS
from readthrough.encoder.folder import MANIFEST
from readthrough.encoder.pieces import PieceCutter
from readthrough.encoder.reader import Encoder
from readthrough.encoder.session import Session
from readthrough.training.assemble import Learning, assemble
from readthrough.training.calibrate import temperature, vector_map
from readthrough.training.examples import Example
from readthrough.training.export import exported, ranges_of
from readthrough.training.fit import Plan, fit, framed, rows_of, vectors_of
from readthrough.training.measure import Figure, measured, overlap
from readthrough.training.network import ReaderNetwork
from readthrough.training.news import settle_news
from readthrough.universe import load_universe

__all__ = ["FIRST", "SECOND", "THIRD", "Trained", "seal", "train"]

FIRST: Final = Plan(stop_after=0.383)
SECOND: Final = Plan(rate=7e-5, head_rate=3e-4, warm_share=0.04, frozen=3, average_from=0.55)
"""The second goes on at a lower rate over a sample that favours what is hard, down to nothing."""
THIRD: Final = Plan(rate=1e-4, head_rate=4e-4, warm_share=0.05)
"""The third goes through the public sets four times more: after the second no measure was flat yet."""

_FIRST_TIMES: Final[Mapping[str, float]] = {
    "tfns": 2, "sentfin": 1.5, "sentfin conflict": 1.5, "finentity": 2, "finentity conflict": 1.5, "quantity": 0.9,
}  # fmt: skip
_SECOND_COUNTS: Final[Mapping[str, int]] = {
    "tfns": 4500, "sentfin": 2400, "sentfin conflict": 2800, "sentfin whole": 2200, "finentity": 900,
    "finentity conflict": 300, "composed registers": 3000, "composed events": 1200, "quantity": 2000,
    "commodity": 100, "composed noise": 80,
}  # fmt: skip
_THIRD_COUNTS: Final[Mapping[str, int]] = {
    "tfns": 40000, "sentfin": 36000, "sentfin conflict": 12000, "sentfin whole": 23000, "finentity": 6000,
    "finentity conflict": 2000, "composed registers": 13000, "composed events": 8000, "quantity": 15000,
    "commodity": 400, "composed noise": 300,
}  # fmt: skip
_HELD: Final = 12000  # texts whose first vectors the network is held to
_KEPT_APART: Final = 600  # of them, those the overlap is measured on; never held to
_SEEN: Final = 200  # texts on which the ranges of activations are seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """What came of a run."""

    folder: Path
    digest: str
    figures: tuple[Figure, ...]
    examples: Mapping[str, int]


def train(
    data: Path, weights: Path, out: Path, *, seed: int, tell: Callable[[str], None], share: float = 1.0
) -> Trained:
    """Make the model from start to seal.

    Args:
        data: The folder of public sets.
        weights: The published MiniLM-L6 as Hugging Face keeps it (safetensors, config, tokenizer).
        out: Where the artefact goes; made when missing.
        seed: Of composition, order and dropout.
        tell: Hears of progress.
        share: Share of the examples used; less than 1 tries the path out.
    """
    cutter = PieceCutter.load(weights / "tokenizer.json")
    parents = sorted(PARENTS)
    learning = assemble(data, load_universe(), seed=seed)
    counts: dict[str, int] = defaultdict(int)
    for example in learning.train:
        counts[example.source] += 1
    tell(f"{len(learning.train):,} examples; {learning.left_out} left out because a measuring set holds them")
    torch.manual_seed(seed)
    network = ReaderNetwork.start(
        weights, parents=len(parents), mark_start=cutter.mark_start, mark_end=cutter.mark_end
    )
    draw = random.Random(seed)  # noqa: S311 - sampling, not secrets
    texts = sorted({e.text for e in learning.train if not e.source.startswith(("composed", "quantity"))})
    draw.shuffle(texts)
    held = texts[: _HELD + _KEPT_APART]
    pieces = [framed(cutter, ids, FIRST.longest) for ids in cutter.cut(held, [()] * len(held))]
    first = vectors_of(network, pieces, cutter.padding)
    tell(f"first vectors of {len(held):,} texts kept")
    for plan, sample in (
        (FIRST, _more(learning.train, draw)),
        (SECOND, sampled(learning.train, _SECOND_COUNTS, draw)),
        (THIRD, sampled(learning.train, _THIRD_COUNTS, draw)),
    ):
        sample = sample[: int(len(sample) * share)]
        numbers = {text: i for i, text in enumerate(held[:_HELD])}
        numbers |= {text: _HELD + i for i, text in enumerate(held[_HELD:])}
        rows = rows_of(sample, cutter, parents, plan.longest, numbers)
        fit(network, rows, first[:_HELD], replace(plan, seed=seed), padding=cutter.padding, tell=tell)
    told = sorted({e.text for e in learning.train if e.news})
    settle_news(network, told, cutter, seed=seed)
    return seal(
        network,
        learning,
        data,
        weights / "tokenizer.json",
        out,
        held=pieces,
        first=first.numpy(),
        counts=counts,
    )


def _more(examples: Sequence[Example], draw: random.Random) -> list[Example]:
    found = []
    for example in examples:
        times = _FIRST_TIMES.get(example.source, 1)
        found += [example] * (int(times) + (draw.random() < times % 1))
    draw.shuffle(found)
    return found


def sampled(examples: Sequence[Example], counts: Mapping[str, int], draw: random.Random) -> list[Example]:
    """Draw as many examples of each source as asked for, each as often as any other, in a random order."""
    by: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by[example.source].append(example)
    found = []
    for source, count in counts.items():
        pool = list(dict.fromkeys(by[source]))
        draw.shuffle(pool)
        found += (pool * (1 + count // max(1, len(pool))))[:count]
    draw.shuffle(found)
    return found


def seal(
    network: ReaderNetwork,
    learning: Learning,
    data: Path,
    tokenizer: Path,
    out: Path,
    *,
    held: Sequence[Sequence[int]],
    first: NDArray[np.float32],
    counts: Mapping[str, int],
) -> Trained:
    """Write, calibrate on the development split, measure on what was kept apart, and write the manifest.

    Args:
        network: Trained.
        learning: The splits.
        data: The folder of public sets, to measure on.
        tokenizer: The `tokenizer.json` to ship.
        out: Where to.
        held: Framed texts whose first vectors are known; the last `_KEPT_APART` measure the overlap.
        first: Those vectors.
        counts: Examples by source, for the card.
    """
    network.eval()
    out.mkdir(parents=True, exist_ok=True)
    cutter = PieceCutter.load(tokenizer)
    ranges = ranges_of(network, held[:_SEEN], cutter.padding)
    raw = _vectors(exported(network, ranges), held, cutter)
    fitted = vector_map(raw[:-_KEPT_APART], first[:-_KEPT_APART])
    plain = overlap(raw[-_KEPT_APART:], first[-_KEPT_APART:])
    model = exported(network, ranges, fitted)
    (out / "model.onnx").write_bytes(model)
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    warm = {
        name: _temperature(model, [e for e in learning.development if bool(e.spans) == targeted], cutter)
        for name, targeted in (("whole", False), ("target", True))
    }
    _write_manifest(out, warm)
    ours = _vectors(model, held[-_KEPT_APART:], cutter)
    figures = list(measured(Encoder.load(out), data, learning.test))
    near = float((ours * first[-_KEPT_APART:]).sum(1).mean())
    figures += [
        Figure(
            set="vectors", name="top-10 overlap", value=overlap(ours, first[-_KEPT_APART:]), count=_KEPT_APART
        ),
        Figure(set="vectors", name="top-10 overlap unmapped", value=plain, count=_KEPT_APART),
        Figure(set="vectors", name="cosine", value=near, count=_KEPT_APART),
    ]
    digest = hashlib.sha256(model).hexdigest()
    return Trained(folder=out, digest=digest, figures=tuple(figures), examples=dict(counts))


def _run(
    model: bytes, rows: Sequence[Sequence[int]], cutter: PieceCutter
) -> list[dict[str, NDArray[np.float32]]]:
    session = Session(model)
    return session.run(rows, padding=cutter.padding, names=session.inputs)


def _vectors(model: bytes, rows: Sequence[Sequence[int]], cutter: PieceCutter) -> NDArray[np.float32]:
    return np.stack([one["vector"] for one in _run(model, rows, cutter)])


def _temperature(model: bytes, examples: Sequence[Example], cutter: PieceCutter) -> float:
    cut = cutter.cut([e.text for e in examples], [e.spans for e in examples])
    rows = [framed(cutter, ids, 512) for ids in cut]
    logits = np.stack([one["sentiment"] for one in _run(model, rows, cutter)]).astype(np.float64)
    return round(temperature(logits, [int(np.argmax(e.shares or (0, 1, 0))) for e in examples]), 3)


def _write_manifest(out: Path, warm: Mapping[str, float]) -> None:
    manifest: dict[str, Any] = {
        "format": 1,
        "name": "readthrough reader",
        "model": "model.onnx",
        "tokenizer": "tokenizer.json",
        "sha256": dict(_digests(out, ("model.onnx", "tokenizer.json"))),
        "parents": sorted(PARENTS),
        "temperature": dict(warm),
        "score_map": [],
    }
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _digests(folder: Path, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        yield name, hashlib.sha256((folder / name).read_bytes()).hexdigest()
