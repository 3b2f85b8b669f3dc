"""ONNX models of a few nodes, in the bytes of their format: each field a tag, a length, a value."""

from __future__ import annotations

import struct

__all__ = ["WORDS", "tiny_classifier", "tiny_reader"]

WORDS = "[PAD] [UNK] [CLS] [SEP] [unused1] [unused2] profit rose fell acme globex and . the ##s".split()


def _number(value: int) -> bytes:
    out = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)


def _field(tag: int, value: bytes | str | int) -> bytes:
    if isinstance(value, int):
        return _number(tag << 3) + _number(value)
    data = value.encode() if isinstance(value, str) else value
    return _number(tag << 3 | 2) + _number(len(data)) + data


def _node(kind: str, inputs: list[str], output: str, **attributes: int) -> bytes:
    body = b"".join(_field(1, name) for name in inputs) + _field(2, output) + _field(4, kind)
    for name, value in attributes.items():
        body += _field(5, _field(1, name) + _field(3, value) + _field(20, 2))
    return _field(1, body)


def _tensor(name: str, shape: list[int], values: list[float] | list[int]) -> bytes:
    floats = bool(values) and isinstance(values[0], float)
    raw = struct.pack(f"<{len(values)}{'f' if floats else 'q'}", *values)
    dims = b"".join(_field(1, n) for n in shape)
    return _field(5, dims + _field(2, 1 if floats else 7) + _field(8, name) + _field(9, raw))


def _value(tag: int, name: str, kind: int, dims: list[str]) -> bytes:
    shape = b"".join(_field(1, _field(2, d)) for d in dims)
    return _field(tag, _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, shape))))


def _model(nodes: list[bytes], tensors: list[bytes], values: list[bytes]) -> bytes:
    graph = b"".join(nodes) + _field(2, "tiny") + b"".join(tensors) + b"".join(values)
    return _field(1, 8) + _field(7, graph) + _field(8, _field(1, "") + _field(2, 13))


def _table() -> list[float]:
    """Logits of each word: "rose" is good, "fell" is bad, a mark adds a little of both to be seen."""
    rows = {"rose": (0.0, 0.0, 4.0), "fell": (4.0, 0.0, 0.0), "[unused1]": (0.5, 0.0, 0.0)}
    return [x for word in WORDS for x in rows.get(word, (0.0, 0.0001, 0.0))]


def _summed(pieces: str, mask: str) -> tuple[list[bytes], list[bytes]]:
    """Sum the logits of the words of each text, padding left out."""
    nodes = [
        _node("Gather", ["table", pieces], "rows"),
        _node("Cast", [mask], "kept", to=1),
        _node("Unsqueeze", ["kept", "last"], "kept3"),
        _node("Mul", ["rows", "kept3"], "masked"),
        _node("ReduceSum", ["masked", "one"], "summed", keepdims=0),
    ]
    tensors = [
        _tensor("table", [len(WORDS), 3], _table()),
        _tensor("last", [1], [-1]),
        _tensor("one", [1], [1]),
    ]
    return nodes, tensors


def tiny_reader() -> bytes:
    """A model with the inputs and outputs of ours; the score is how much better than worse."""
    nodes, tensors = _summed("ids", "mask")
    nodes += [
        _node("Identity", ["summed"], "sentiment"),
        _node("Gather", ["summed", "second"], "good", axis=1),
        _node("Gather", ["summed", "none"], "bad", axis=1),
        _node("Sub", ["good", "bad"], "lean"),
        _node("Tanh", ["lean"], "score"),
        _node("Identity", ["lean"], "news"),
        _node("Slice", ["summed", "start", "end", "one"], "parents"),
        _node("Tanh", ["summed"], "vector"),
    ]
    tensors += [
        _tensor("second", [], [2]),
        _tensor("none", [], [0]),
        _tensor("start", [1], [0]),
        _tensor("end", [1], [2]),
    ]
    values = [_value(11, name, 7, ["texts", "pieces"]) for name in ("ids", "mask")]
    values += [_value(12, name, 1, ["texts", "width"]) for name in ("sentiment", "parents", "vector")]
    values += [_value(12, name, 1, ["texts"]) for name in ("score", "news")]
    return _model(nodes, tensors, values)


def tiny_classifier() -> bytes:
    """A classifier of three labels, as others export them."""
    nodes, tensors = _summed("input_ids", "attention_mask")
    nodes.append(_node("Identity", ["summed"], "logits"))
    values = [_value(11, name, 7, ["texts", "pieces"]) for name in ("input_ids", "attention_mask")]
    values.append(_value(12, "logits", 1, ["texts", "labels"]))
    return _model(nodes, tensors, values)
