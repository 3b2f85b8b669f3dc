"""The network: a small transformer with one head per question, and the vector it started from kept whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

__all__ = ["OUTPUTS", "ReaderNetwork"]

OUTPUTS: Final = ("sentiment", "score", "parents", "news", "vector")

_NAMES: Final = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "joined",
    "attention.output.LayerNorm": "after_attention",
    "intermediate.dense": "widen",
    "output.dense": "narrow",
    "output.LayerNorm": "after",
}
"""Names of a layer's parts in the published weights, and here."""


class _Layer(nn.Module):
    """One layer of the BERT kind: attention, then two dense layers, each with its residual and norm."""

    def __init__(self, width: int, inner: int, heads: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.joined = nn.Linear(width, width)
        self.after_attention = nn.LayerNorm(width, eps=epsilon)
        self.widen, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.after = nn.LayerNorm(width, eps=epsilon)
        self.drop = nn.Dropout(0.1)

    def forward(self, states: Tensor, hidden: Tensor) -> Tensor:
        texts, pieces, width = states.shape
        parts = (
            make(states).view(texts, pieces, self.heads, width // self.heads).transpose(1, 2)
            for make in (self.query, self.key, self.value)
        )
        query, key, value = parts
        weights = query @ key.transpose(-1, -2) / (width // self.heads) ** 0.5 + hidden
        mixed = (self.drop(weights.softmax(-1)) @ value).transpose(1, 2).reshape(texts, pieces, width)
        states = self.after_attention(states + self.drop(self.joined(mixed)))
        return self.after(states + self.drop(self.narrow(nn.functional.gelu(self.widen(states)))))


class ReaderNetwork(nn.Module):
    """Reads framed pieces; answers with logits of three classes, a score, event parents, news, and a vector.

    Marks around a target are read by their own states: the head of sentiment sees the first piece and the
    mean of the opening marks (the first piece again where nothing is marked). The vector is the mean over
    all pieces that are not marks, so one pass over a marked sentence serves both.
    """

    def __init__(
        self,
        *,
        vocabulary: int = 30522,
        width: int = 384,
        inner: int = 1536,
        layers: int = 6,
        heads: int = 12,
        longest: int = 512,
        epsilon: float = 1e-12,
        parents: int,
        mark_start: int,
        mark_end: int,
    ) -> None:
        """Make a network with random weights; `start` gives it the published ones."""
        super().__init__()
        self.mark_start, self.mark_end = mark_start, mark_end
        self.words = nn.Embedding(vocabulary, width)
        self.places = nn.Embedding(longest, width)
        self.begun = nn.LayerNorm(width, eps=epsilon)
        self.layers = nn.ModuleList(_Layer(width, inner, heads, epsilon) for _ in range(layers))
        self.side, self.topic = nn.Linear(2 * width, width), nn.Linear(2 * width, width)
        self.sentiment, self.score = nn.Linear(width, 3), nn.Linear(width, 1)
        self.parents, self.news = nn.Linear(width, parents), nn.Linear(width, 1)
        self.drop = nn.Dropout(0.1)

    @classmethod
    def start(cls, folder: Path, *, parents: int, mark_start: int, mark_end: int) -> ReaderNetwork:
        """Start from the weights in a folder as Hugging Face keeps them, heads fresh."""
        config = json.loads((folder / "config.json").read_text("utf-8"))
        network = cls(
            vocabulary=config["vocab_size"],
            width=config["hidden_size"],
            inner=config["intermediate_size"],
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            longest=config["max_position_embeddings"],
            epsilon=config["layer_norm_eps"],
            parents=parents,
            mark_start=mark_start,
            mark_end=mark_end,
        )
        given = load_file(folder / "model.safetensors")
        weights = network.state_dict()
        weights["words.weight"] = given["embeddings.word_embeddings.weight"]
        # every piece is of the first kind of text: its vector is added to the places once and for all
        kind = given["embeddings.token_type_embeddings.weight"][0]
        weights["places.weight"] = given["embeddings.position_embeddings.weight"] + kind
        for end in ("weight", "bias"):
            weights[f"begun.{end}"] = given[f"embeddings.LayerNorm.{end}"]
            for i in range(config["num_hidden_layers"]):
                for theirs, ours in _NAMES.items():
                    weights[f"layers.{i}.{ours}.{end}"] = given[f"encoder.layer.{i}.{theirs}.{end}"]
        network.load_state_dict(weights)
        return network

    def lower(self, ids: Tensor, mask: Tensor, layers: int) -> Tensor:
        """Return the states after the first `layers` layers: shape (texts, pieces, width)."""
        states = self.words(ids) + self.places.weight[: ids.shape[1]]
        states = self.layers[0].drop(self.begun(states))
        hidden = _hidden(mask, states)
        for layer in self.layers[:layers]:
            states = layer(states, hidden)
        return states

    def upper(
        self, states: Tensor, ids: Tensor, mask: Tensor, layers: int
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Go on from `lower` to the answers, in the order of `OUTPUTS`."""
        hidden = _hidden(mask, states)
        for layer in self.layers[layers:]:
            states = layer(states, hidden)
        first = states[:, 0]
        opened = (ids == self.mark_start).to(states.dtype).unsqueeze(-1)
        count = opened.sum(1)
        share = count.clamp(max=1.0)
        marked = (states * opened).sum(1) / count.clamp(min=1.0) + (1.0 - share) * first
        marks = (ids == self.mark_start) | (ids == self.mark_end)
        kept = (mask.to(states.dtype) * (~marks).to(states.dtype)).unsqueeze(-1)
        mean = (states * kept).sum(1) / kept.sum(1).clamp(min=1.0)
        vector = mean / mean.norm(dim=-1, keepdim=True).clamp(min=1e-9)
        side = self.drop(torch.tanh(self.side(self.drop(torch.cat((first, marked), dim=-1)))))
        topic = self.drop(torch.tanh(self.topic(self.drop(torch.cat((first, mean), dim=-1)))))
        return (
            self.sentiment(side),
            torch.tanh(self.score(side)).squeeze(-1),
            self.parents(topic),
            self.news(topic).squeeze(-1),
            vector,
        )

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Answer for a batch: `ids` and `mask` of shape (texts, pieces); outputs as `OUTPUTS` names them."""
        return self.upper(self.lower(ids, mask, 0), ids, mask, 0)


def _hidden(mask: Tensor, states: Tensor) -> Tensor:
    """What is added to attention so that padding is not looked at."""
    return (1.0 - mask.to(states.dtype))[:, None, None, :] * -10000.0
