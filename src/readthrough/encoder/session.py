"""Runs a model file on batches of pieces, with onnxruntime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from readthrough.domain.errors import ModelError

if TYPE_CHECKING:
    import onnxruntime

__all__ = ["Outputs", "Session", "batches"]

Outputs = dict[str, NDArray[np.float32]]
"""What a model answers for one text, by the output's name."""

TEXTS_AT_ONCE: Final = 32
PIECES_AT_ONCE: Final = 4096
"""Bounds of one batch: memory stays under 60 MB, and larger ones gained nothing in `make bench BENCH=encoder`."""


class Session:
    """Holds a loaded model. Safe from any thread."""

    def __init__(self, model: bytes | Path, *, threads: int = 1) -> None:
        """Load a model.

        Args:
            model: Its bytes, or where it lies (needed where weights lie in files beside it).
            threads: How many cores one batch may use.

        Raises:
            ModelError: It is not a model that onnxruntime runs.
        """
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # one thread that waits spinning would take a core from the reading that feeds it
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session: onnxruntime.InferenceSession = onnxruntime.InferenceSession(
                model if isinstance(model, bytes) else str(model), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the library has no common error of its own
            raise ModelError(
                f"The model cannot be loaded: {str(error).splitlines()[0][:300]}",
                remedy="Use an ONNX file that onnxruntime runs, or the model that ships.",
            ) from error
        self.inputs = tuple(given.name for given in self._session.get_inputs())
        self.outputs = tuple(made.name for made in self._session.get_outputs())

    def run(self, rows: Sequence[Sequence[int]], *, padding: int, names: Sequence[str]) -> list[Outputs]:
        """Run framed texts and return the answers in order.

        Args:
            rows: Pieces of each text, frames included.
            padding: The piece that fills shorter rows.
            names: What the model calls its inputs: pieces, mask, and where it has one the kind of text.

        Raises:
            ModelError: The model fails on these inputs.
        """
        found: list[Outputs] = [{}] * len(rows)
        for part in batches(rows):
            longest = max(len(rows[i]) for i in part)
            ids = np.full((len(part), longest), padding, dtype=np.int64)
            mask = np.zeros((len(part), longest), dtype=np.int64)
            for place, i in enumerate(part):
                ids[place, : len(rows[i])] = rows[i]
                mask[place, : len(rows[i])] = 1
            given = dict(zip(names, (ids, mask, np.zeros_like(ids)), strict=False))
            for i, one in zip(part, self._run(given, len(part)), strict=True):
                found[i] = one
        return found

    def _run(self, given: dict[str, NDArray[np.int64]], count: int) -> Iterator[Outputs]:
        try:
            made: list[Any] = self._session.run(None, given)
        except Exception as error:
            raise ModelError(
                f"The model failed on a batch of {count} texts: {str(error).splitlines()[0][:300]}",
                remedy="Check that tokenizer and model belong together.",
            ) from error
        for place in range(count):
            yield {name: np.asarray(value[place]) for name, value in zip(self.outputs, made, strict=True)}


def batches(rows: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Part texts into batches of like length, by their numbers.

    >>> [b for b in batches([[1] * 5, [1], [1] * 4])]
    [[1, 2, 0]]
    """
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    part: list[int] = []
    for i in order:
        if part and (len(part) >= TEXTS_AT_ONCE or (len(part) + 1) * len(rows[i]) > PIECES_AT_ONCE):
            yield part
            part = []
        part.append(i)
    if part:
        yield part
