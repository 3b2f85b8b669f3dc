"""Settles the head that tells news from the pages around it, after the rest is trained.

Pages of noise are one example in a hundred of what is trained on, so the head would say news of everything.
Here it is fitted alone, on as many of one as of the other, over features that no longer move.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch

from readthrough.encoder.pieces import PieceCutter
from readthrough.training.compose import Composer, patterns
from readthrough.training.fit import framed, padded
from readthrough.training.network import ReaderNetwork

__all__ = ["settle_news"]

_OF_EACH = 1500
_HELD_TO_NOTHING = 1e-3  # ridge on the weights


def settle_news(network: ReaderNetwork, news: Sequence[str], cutter: PieceCutter, *, seed: int) -> None:
    """Fit the head in place.

    Args:
        network: Trained.
        news: Texts that are news, of any kind; a sample is taken.
        cutter: Cuts them.
        seed: Of the sample and the composed noise.
    """
    draw = random.Random(seed)  # noqa: S311 - sampling, not secrets
    composer = Composer(seed + 1, ["Acme"])
    noise: list[str] = []
    kinds = list(patterns("noise"))
    while len(noise) < _OF_EACH:
        pattern = draw.choice(kinds)
        text = next(iter(composer.examples(pattern, "noise"))).text
        # pages run such lines together, shout them, or leave them bare
        more = next(iter(composer.examples(draw.choice(kinds), "noise"))).text
        noise.append(draw.choice([text, text + ".", text.upper(), f"{text}. {more}."]))
    real = draw.sample(list(news), min(_OF_EACH, len(news)))
    texts = [*noise, *real]
    wanted = torch.tensor([0.0] * len(noise) + [1.0] * len(real))
    seen = _features(network, texts, cutter)
    weight = torch.zeros(seen.shape[1], requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([weight, bias], max_iter=100)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        told = torch.nn.functional.binary_cross_entropy_with_logits(seen @ weight + bias, wanted)
        value = told + _HELD_TO_NOTHING * weight.square().sum()
        value.backward()
        return value

    optimiser.step(loss)
    with torch.no_grad():
        network.news.weight.copy_(weight[None])
        network.news.bias.copy_(bias)


def _features(network: ReaderNetwork, texts: Sequence[str], cutter: PieceCutter) -> torch.Tensor:
    """What the head is given: taken as it passes by."""
    caught: list[torch.Tensor] = []
    hook = network.news.register_forward_pre_hook(lambda _, given: caught.append(given[0].detach()))
    rows = [framed(cutter, ids, 96) for ids in cutter.cut(texts, [()] * len(texts))]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    network.eval()
    with torch.no_grad():
        for start in range(0, len(order), 64):
            network(*padded([rows[i] for i in order[start : start + 64]], cutter.padding))
    hook.remove()
    found = torch.cat(caught)
    back = torch.empty_like(found)
    back[order] = found
    return back
