"""Writes the network as one ONNX file of eight-bit weights that runs without torch.

Activations are quantised with fixed ranges, seen on training text, not with the range of each batch: an answer
then depends on its own text alone, whatever it is batched with, and no range has to be looked for at run time.
The graph is built by hand from onnxruntime's own fused operators; decision 0007 says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from readthrough.training.fit import padded
from readthrough.training.network import OUTPUTS, ReaderNetwork

__all__ = ["Range", "exported", "ranges_of"]

_OWN: Final = "com.microsoft"
_SMOOTHED: Final = frozenset({"query", "widen"})  # layers whose input is a norm's output
_SMOOTHING: Final = 0.5
_CLIP: Final = 0.99999  # share of activations that a fixed range covers; the rest are clipped to its ends


@dataclass(frozen=True, slots=True)
class Range:
    """How the input of a dense layer is made eight bits: divided by `smooth` per channel, then cut to [low, high]."""

    smooth: np.ndarray[Any, Any] | None
    low: float
    high: float


def ranges_of(network: ReaderNetwork, rows: Sequence[Sequence[int]], padding: int) -> dict[str, Range]:
    """See on real texts between which values the input of each dense layer lies, by the layer's name.

    A few channels of a norm's output are ten times the others. Dividing each by a smooth factor, and multiplying
    the weights by it, lets the eight bits serve all of them (SmoothQuant, Xiao et al. 2023, equation 4).
    """
    seen: dict[str, list[torch.Tensor]] = {}
    hooks = []
    for name, module in network.named_modules():
        if isinstance(module, torch.nn.Linear) and name.startswith("layers."):

            def keep(_: Any, given: tuple[torch.Tensor, ...], __: Any, name: str = name) -> None:
                flat = given[0].detach().flatten(0, -2)
                seen.setdefault(name, []).append(flat[torch.randint(len(flat), (160,))])

            hooks.append(module.register_forward_hook(keep))
    network.eval()
    torch.manual_seed(0)
    with torch.no_grad():
        order = sorted(rows, key=len)
        for start in range(0, len(order), 16):
            part = [r for r in order[start : start + 16] if len(r) == len(order[start])]  # none is padded
            network(*padded(part, padding))
    for hook in hooks:
        hook.remove()
    layers = {name.rsplit(".", 1)[0] for name in seen}
    found = {}
    for layer in sorted(layers):
        for names in (("query", "key", "value"), ("joined",), ("widen",), ("narrow",)):
            values = torch.cat(seen[f"{layer}.{names[0]}"]).numpy()
            matrix = torch.cat([network.get_submodule(f"{layer}.{n}").weight.detach() for n in names]).numpy()
            found[f"{layer}.{names[0]}"] = _range(values, matrix, smooth=names[0] in _SMOOTHED)
    return found


def _range(values: np.ndarray[Any, Any], matrix: np.ndarray[Any, Any], *, smooth: bool) -> Range:
    factor = None
    if smooth:
        strength = np.abs(values).max(0).clip(1e-4) ** _SMOOTHING
        factor = strength / np.abs(matrix).max(0).clip(1e-4) ** (1 - _SMOOTHING)
        values = values / factor
    low, high = np.quantile(values, [(1 - _CLIP) / 2, (1 + _CLIP) / 2])
    return Range(factor, min(0.0, float(low)), max(0.0, float(high)))


@dataclass(slots=True)
class _Graph:
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)
    count: int = 0

    def constant(self, name: str, value: np.ndarray[Any, Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def add(
        self, kind: str, inputs: Sequence[str], outputs: int = 1, domain: str = "", **attributes: Any
    ) -> list[str]:
        self.count += 1
        names = [f"v{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names

    def halved(self, name: str, value: np.ndarray[Any, Any]) -> str:
        """A constant kept in half precision; the runtime widens it once, when it loads."""
        return self.one("Cast", self.constant(name, value.astype(np.float16)), to=TensorProto.FLOAT)

    def one(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        return self.add(kind, inputs, 1, domain, **attributes)[0]


def exported(
    network: ReaderNetwork,
    ranges: Mapping[str, Range] | None,
    vector_map: np.ndarray[Any, Any] | None = None,
) -> bytes:
    """Return the file: inputs `ids` and `mask` of shape (texts, pieces), outputs as the network names them.

    Args:
        network: The trained network.
        ranges: What `ranges_of` saw; None writes the file in full precision.
        vector_map: A matrix (width, width) applied to vectors to lead them back to the first ones.
    """
    weights = {name: value.detach().float().numpy() for name, value in network.state_dict().items()}
    graph = _Graph()
    mask32 = graph.one("Cast", "mask", to=TensorProto.INT32)
    states = _embedded(graph, weights, quantised=ranges is not None)
    for i, layer in enumerate(network.layers):
        states = _layer(graph, weights, f"layers.{i}", int(layer.heads), states, mask32, ranges)
    outputs = _answers(graph, weights, network, states, vector_map)
    for made, name in zip(outputs, OUTPUTS, strict=True):
        graph.nodes.append(helper.make_node("Identity", [made], [name]))
    texts = ["texts", "pieces"]
    shapes = {
        "sentiment": ["texts", 3],
        "score": ["texts"],
        "news": ["texts"],
        "parents": ["texts", network.parents.out_features],
    }
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "reader",
            [helper.make_tensor_value_info(n, TensorProto.INT64, texts) for n in ("ids", "mask")],
            [
                helper.make_tensor_value_info(
                    n, TensorProto.FLOAT, shapes.get(n, ["texts", network.words.embedding_dim])
                )
                for n in OUTPUTS
            ],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_OWN, 1)],
        ir_version=9,
        producer_name="readthrough",
    )
    return onnx.ModelProto.SerializeToString(model)


def _embedded(graph: _Graph, weights: Mapping[str, Any], *, quantised: bool) -> str:
    """Words (eight bits a row where quantised) plus places, normed."""
    if quantised:
        table = weights["words.weight"]
        scale = np.abs(table).max(1, keepdims=True).clip(1e-8) / 127.0
        rows = graph.constant("words", np.round(table / scale).astype(np.int8))
        scales = graph.constant("words_scale", scale.astype(np.float32))
        words = graph.one("Cast", graph.one("Gather", rows, "ids"), to=TensorProto.FLOAT)
        words = graph.one("Mul", words, graph.one("Gather", scales, "ids"))
    else:
        words = graph.one("Gather", graph.constant("words", weights["words.weight"]), "ids")
    keep = graph.halved if quantised else graph.constant
    places = keep("places", weights["places.weight"])
    zero, one = graph.constant("zero", np.array([0])), graph.constant("one", np.array([1]))
    length = graph.one("Slice", graph.one("Shape", "ids"), one, graph.constant("two", np.array([2])))
    here = graph.one("Slice", places, zero, length, zero)
    return graph.one(
        "LayerNormalization",
        graph.one("Add", words, here),
        graph.constant("begun.weight", weights["begun.weight"]),
        graph.constant("begun.bias", weights["begun.bias"]),
        axis=-1,
        epsilon=1e-12,
    )


def _dense(
    graph: _Graph,
    names: Sequence[str],
    weights: Mapping[str, Any],
    states: str,
    ranges: Mapping[str, Range] | None,
) -> str:
    """Multiply by the weights of one layer, or of several side by side; the bias is left to who comes next."""
    matrix = np.concatenate([weights[f"{n}.weight"].T for n in names], axis=1)
    name = names[0]
    if ranges is None:
        return graph.one("MatMul", states, graph.constant(f"{name}.weight", matrix))
    span = ranges[name]
    low, high = span.low, span.high
    if span.smooth is not None:
        matrix = matrix * span.smooth[:, None]
        states = graph.one(
            "Mul", states, graph.constant(f"{name}.smooth", (1.0 / span.smooth).astype(np.float32))
        )
    step = max(high - low, 1e-8) / 255.0
    zero = round(-low / step)
    scale = graph.constant(f"{name}.step", np.array(step, np.float32))
    middle = graph.constant(f"{name}.zero", np.array(zero, np.uint8))
    column = np.abs(matrix).max(0).clip(1e-8) / 127.0
    quantised = graph.constant(f"{name}.weight", np.round(matrix / column).astype(np.int8))
    columns = graph.constant(f"{name}.scale", column.astype(np.float32))
    given = graph.one("QuantizeLinear", states, scale, middle)
    none = graph.constant(f"{name}.none", np.zeros(len(column), np.int8))
    return graph.one("MatMulIntegerToFloat", given, quantised, scale, columns, middle, none, domain=_OWN)


def _layer(
    graph: _Graph,
    weights: Mapping[str, Any],
    name: str,
    heads: int,
    states: str,
    mask: str,
    ranges: Mapping[str, Range] | None,
) -> str:
    def held(part: str) -> str:
        return graph.constant(f"{name}.{part}", weights[f"{name}.{part}"])

    parts = [f"{name}.{p}" for p in ("query", "key", "value")]
    joint = _dense(graph, parts, weights, states, ranges)
    query, key, value = graph.add("Split", [joint], 3, axis=-1)
    bias = graph.constant(f"{name}.bias", np.concatenate([weights[f"{p}.bias"] for p in parts]))
    mixed = graph.one("MultiHeadAttention", query, key, value, bias, mask, domain=_OWN, num_heads=heads)
    joined = _dense(graph, [f"{name}.joined"], weights, mixed, ranges)
    states = graph.one(
        "SkipLayerNormalization",
        joined, states, held("after_attention.weight"), held("after_attention.bias"), held("joined.bias"),
        domain=_OWN, epsilon=1e-12,
    )  # fmt: skip
    wide = _dense(graph, [f"{name}.widen"], weights, states, ranges)
    wide = graph.one("BiasGelu", wide, held("widen.bias"), domain=_OWN)
    narrow = _dense(graph, [f"{name}.narrow"], weights, wide, ranges)
    return graph.one(
        "SkipLayerNormalization",
        narrow, states, held("after.weight"), held("after.bias"), held("narrow.bias"),
        domain=_OWN, epsilon=1e-12,
    )  # fmt: skip


def _answers(
    graph: _Graph,
    weights: Mapping[str, Any],
    network: ReaderNetwork,
    states: str,
    vector_map: np.ndarray[Any, Any] | None,
) -> tuple[str, ...]:
    """The heads, in half precision: they are small."""

    def linear(name: str, given: str) -> str:
        return graph.one(
            "Gemm", given, graph.halved(f"{name}.weight", weights[f"{name}.weight"]),
            graph.constant(f"{name}.bias", weights[f"{name}.bias"]), transB=1,
        )  # fmt: skip

    axis = graph.constant("axis", np.array([1]))
    last = graph.constant("last", np.array([-1]))
    tiny, unit = (
        graph.constant("tiny", np.array(1e-9, np.float32)),
        graph.constant("unit", np.array(1.0, np.float32)),
    )
    first = graph.one("Gather", states, graph.constant("frame", np.array(0)), axis=1)
    opens = graph.one("Equal", "ids", graph.constant("mark_start", np.array(network.mark_start)))
    closes = graph.one("Equal", "ids", graph.constant("mark_end", np.array(network.mark_end)))
    opened = graph.one("Unsqueeze", graph.one("Cast", opens, to=TensorProto.FLOAT), last)
    count = graph.one("ReduceSum", opened, axis, keepdims=0)
    total = graph.one("ReduceSum", graph.one("Mul", states, opened), axis, keepdims=0)
    bare = graph.one("Sub", unit, graph.one("Min", count, unit))
    marked = graph.one(
        "Add", graph.one("Div", total, graph.one("Max", count, unit)), graph.one("Mul", bare, first)
    )
    plain = graph.one("Cast", graph.one("Not", graph.one("Or", opens, closes)), to=TensorProto.FLOAT)
    kept = graph.one(
        "Unsqueeze", graph.one("Mul", plain, graph.one("Cast", "mask", to=TensorProto.FLOAT)), last
    )
    much = graph.one("Max", graph.one("ReduceSum", kept, axis, keepdims=0), unit)
    mean = graph.one("Div", graph.one("ReduceSum", graph.one("Mul", states, kept), axis, keepdims=0), much)
    vector = mean
    if vector_map is not None:
        vector = graph.one("MatMul", mean, graph.constant("vector_map", vector_map.astype(np.float32)))
    length = graph.one("Max", graph.one("ReduceL2", vector, axes=[1], keepdims=1), tiny)
    side = graph.one("Tanh", linear("side", graph.one("Concat", first, marked, axis=-1)))
    topic = graph.one("Tanh", linear("topic", graph.one("Concat", first, mean, axis=-1)))
    return (
        linear("sentiment", side),
        graph.one("Squeeze", graph.one("Tanh", linear("score", side)), last),
        linear("parents", topic),
        graph.one("Squeeze", linear("news", topic), last),
        graph.one("Div", vector, length),
    )
