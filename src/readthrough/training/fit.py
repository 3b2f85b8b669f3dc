"""Fits the network to examples: one pass of optimisation, the same for the same seed and machine."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import torch
from torch import Tensor

from readthrough.encoder.pieces import PieceCutter
from readthrough.training.examples import Example
from readthrough.training.network import ReaderNetwork

__all__ = ["Batch", "Plan", "Row", "fit", "framed", "rows_of", "vectors_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train. Rates are of AdamW; `keep` weighs staying near the first vectors.

    Tuned on the development split; the words' own vectors stay as they are, which keeps the search useful
    and spares half the optimiser's work.
    """

    epochs: int = 1
    batch: int = 64
    rate: float = 1e-4
    head_rate: float = 6e-4
    decay: float = 0.01
    warm_share: float = 0.06
    smoothing: float = 0.05
    score_weight: float = 1.0
    parents_weight: float = 1.0
    news_weight: float = 0.3
    keep: float = 4.0
    longest: int = 96
    seed: int = 0
    stop_after: float = 1.0  # share of the run done before it is broken off, for the next plan to go on from
    average_from: float = 0.6  # share of the run after which weights are averaged
    frozen: int = 2  # layers that stay as they were: their states are worked out once


@dataclass(frozen=True, slots=True)
class Row:
    """An example as numbers: `ids` framed, labels with what is unknown masked by weight 0."""

    ids: tuple[int, ...]
    shares: tuple[float, float, float]
    side_weight: float
    score: float
    score_weight: float
    parents: tuple[int, ...]
    parents_weight: float
    news: float
    news_weight: float
    teacher: int


Batch: TypeAlias = list[Row]
Kept: TypeAlias = dict[tuple[int, ...], Tensor]
"""States above the frozen layers, by the pieces of a text."""


def framed(cutter: PieceCutter, ids: Sequence[int], longest: int) -> tuple[int, ...]:
    """Put a text between its frames, cut to fit."""
    return (cutter.frame_start, *ids[: longest - 2], cutter.frame_end)


def rows_of(
    examples: Sequence[Example],
    cutter: PieceCutter,
    parents: Sequence[str],
    longest: int,
    texts: dict[str, int],
) -> list[Row]:
    """Turn examples into rows; `texts` gains the number of each text, under which its first vector is kept."""
    number = {name: i for i, name in enumerate(parents)}
    cut = cutter.cut([e.text for e in examples], [e.spans for e in examples])
    rows = []
    for example, ids in zip(examples, cut, strict=True):
        known = example.parents is not None
        rows.append(
            Row(
                framed(cutter, ids, longest),
                example.shares or (0.0, 1.0, 0.0),
                example.weight if example.shares else 0.0,
                example.score or 0.0,
                example.weight if example.score is not None else 0.0,
                tuple(number[p] for p in example.parents or ()),
                example.weight * example.parents_weight if known else 0.0,
                float(bool(example.news)),
                example.weight if example.news is not None else 0.0,
                texts.setdefault(example.text, len(texts)),
            )
        )
    return rows


def batches(rows: Sequence[Row], size: int, draw: random.Random) -> list[Batch]:
    """Shuffle rows into batches of like length, so that little is spent on padding."""
    order = list(rows)
    draw.shuffle(order)
    pool = size * 40
    made = []
    for start in range(0, len(order), pool):
        part = sorted(order[start : start + pool], key=lambda r: len(r.ids))
        made += [part[i : i + size] for i in range(0, len(part), size)]
    draw.shuffle(made)
    return made


def padded(batch: Sequence[Sequence[int]], padding: int) -> tuple[Tensor, Tensor]:
    """Make pieces and mask of one length."""
    longest = max(map(len, batch))
    ids = torch.tensor([[*row, *([padding] * (longest - len(row)))] for row in batch])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in batch])
    return ids, mask


def short_floats() -> torch.autocast:
    """Compute in bfloat16 where the processor can; where it cannot, that is forty times slower than float32."""
    able = bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=able)


@torch.no_grad()
def vectors_of(network: ReaderNetwork, rows: Sequence[Sequence[int]], padding: int) -> Tensor:
    """Return the unit vectors of framed texts, in order: shape (texts, width)."""
    network.eval()
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    found: list[Tensor] = [torch.empty(0)] * len(rows)
    for start in range(0, len(order), 64):
        part = order[start : start + 64]
        with short_floats():
            vector = network(*padded([rows[i] for i in part], padding))[-1].float()
        for i, row in zip(part, vector, strict=True):
            found[i] = row
    return torch.stack(found)


def fit(
    network: ReaderNetwork,
    rows: Sequence[Row],
    teacher: Tensor,
    plan: Plan,
    *,
    padding: int,
    tell: Callable[[str], None],
    after_epoch: Callable[[int], None] = lambda epoch: None,
) -> None:
    """Train in place; the network ends with the mean of its late weights.

    Args:
        network: What `ReaderNetwork.start` made.
        rows: What `rows_of` made.
        teacher: First vectors, by `Row.teacher`; texts numbered beyond them are not held to theirs.
        plan: How.
        padding: The padding piece.
        tell: Hears of progress.
        after_epoch: Called with the number of each epoch done, weights as they then are.
    """
    torch.manual_seed(plan.seed)
    draw = random.Random(plan.seed)  # noqa: S311 - shuffling, not secrets
    network.requires_grad_(True)
    for part in (network.words, network.places, network.begun, *network.layers[: plan.frozen]):
        part.requires_grad_(False)
    kept: Kept = {}
    optimiser = torch.optim.AdamW(_groups(network, plan), weight_decay=plan.decay, fused=True)
    per_epoch = math.ceil(len(rows) / plan.batch)
    total = per_epoch * plan.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, total, plan.warm_share))
    mean = torch.optim.swa_utils.AveragedModel(network)
    averaged, step, begun = 0, 0, time.monotonic()
    running = [0.0] * 5
    for epoch in range(plan.epochs):
        network.train()
        for batch in batches(rows, plan.batch, draw):
            losses = _losses(network, batch, teacher, plan, padding, kept)
            optimiser.zero_grad(set_to_none=True)
            torch.stack(losses).sum().backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            running = [0.98 * a + 0.02 * float(b) for a, b in zip(running, losses, strict=True)]
            if step > plan.average_from * total and step % 20 == 0:
                mean.update_parameters(network)
                averaged += 1
            if step >= plan.stop_after * total:
                after_epoch(epoch + 1)
                return
            if step % 50 == 0:
                parts = " ".join(f"{x / (1 - 0.98 ** min(step, 10**4)):.3f}" for x in running)
                tell(f"step {step}/{total} {time.monotonic() - begun:.0f}s losses {parts}")
        after_epoch(epoch + 1)
    if averaged:
        network.load_state_dict(mean.module.state_dict())


def _lower(network: ReaderNetwork, batch: Batch, plan: Plan, padding: int, kept: Kept) -> Tensor:
    """States above the frozen layers, from what is kept or worked out now without dropout."""
    missing = [row.ids for row in batch if row.ids not in kept]
    if missing:
        training = network.training
        network.eval()
        with torch.no_grad(), short_floats():
            states = network.lower(*padded(missing, padding), plan.frozen).to(torch.float16)
        network.train(training)
        kept.update((ids, row[: len(ids)].clone()) for ids, row in zip(missing, states, strict=True))
    return torch.nn.utils.rnn.pad_sequence([kept[row.ids].float() for row in batch], batch_first=True)


def _losses(
    network: ReaderNetwork, batch: Batch, teacher: Tensor, plan: Plan, padding: int, kept: Kept
) -> list[Tensor]:
    """Losses of sides, score, parents, news and nearness, each weighed."""
    ids, mask = padded([r.ids for r in batch], padding)
    states = _lower(network, batch, plan, padding, kept)
    with short_floats():
        sides, score, parents, news, vector = (
            x.float() for x in network.upper(states, ids, mask, plan.frozen)
        )
    shares = torch.tensor([r.shares for r in batch]) * (1 - plan.smoothing) + plan.smoothing / 3
    side_weight = torch.tensor([r.side_weight for r in batch])
    side = -(shares * sides.log_softmax(-1)).sum(-1) * side_weight
    score_weight = torch.tensor([r.score_weight for r in batch])
    squared = (score - torch.tensor([r.score for r in batch])) ** 2 * score_weight
    wanted = torch.zeros_like(parents)
    for i, row in enumerate(batch):
        wanted[i, list(row.parents)] = 1.0
    parent_weight = torch.tensor([r.parents_weight for r in batch])
    each = torch.nn.functional.binary_cross_entropy_with_logits(parents, wanted, reduction="none").sum(-1)
    news_weight = torch.tensor([r.news_weight for r in batch])
    told = torch.nn.functional.binary_cross_entropy_with_logits(
        news, torch.tensor([r.news for r in batch]), reduction="none"
    )
    taught = torch.tensor([float(r.teacher < len(teacher)) for r in batch])
    first = teacher[[min(r.teacher, len(teacher) - 1) for r in batch]]
    near = (1.0 - (vector * first).sum(-1)) * taught
    size = float(len(batch))
    return [
        side.sum() / size,
        plan.score_weight * squared.sum() / size,
        plan.parents_weight * (each * parent_weight).sum() / size,
        plan.news_weight * (told * news_weight).sum() / size,
        plan.keep * near.sum() / taught.sum().clamp(min=1.0),
    ]


def _groups(network: ReaderNetwork, plan: Plan) -> Iterator[dict[str, object]]:
    base = [p for p in network.layers.parameters() if p.requires_grad]
    known = {id(p) for p in base}
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    yield {"params": base, "lr": plan.rate}
    yield {"params": heads, "lr": plan.head_rate}


def _rate(step: int, total: int, warm_share: float) -> float:
    warm = max(1, int(total * warm_share))
    return step / warm if step < warm else max(0.0, (total - step) / max(1, total - warm))
