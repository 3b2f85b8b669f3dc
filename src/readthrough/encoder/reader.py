"""The encoder that ships: questions in, calibrated answers out, each text read once."""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from readthrough.domain.errors import ModelError
from readthrough.domain.ports import SentenceAnswer, SentenceQuestion
from readthrough.encoder.folder import Manifest, checked, own_folder, read_manifest
from readthrough.encoder.pieces import PieceCutter, windows
from readthrough.encoder.session import Outputs, Session

__all__ = ["Encoder", "mapped"]

_LIKELY: Final = 0.2  # parents less likely than this are not worth telling
_OUTPUTS: Final = {"sentiment", "score", "parents", "news", "vector"}


class Encoder:
    """Holds a loaded model and the answers it gave. Implements `SentenceReader`; use it from any thread."""

    def __init__(self, session: Session, cutter: PieceCutter, manifest: Manifest, *, remember: int) -> None:
        """Put loaded parts together; `load` makes them."""
        self._session, self._cutter, self._manifest = session, cutter, manifest
        self._remember = remember
        self._known: OrderedDict[tuple[str, tuple[tuple[int, int], ...]], SentenceAnswer] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path | None = None, *, threads: int = 1, remember: int = 20_000) -> Encoder:
        """Load a model of ours.

        Args:
            folder: Where it lies; the one that ships when None.
            threads: How many cores one batch may use.
            remember: How many answers are kept, each about 3 kB.

        Raises:
            ModelError: A file is missing, altered, or of another kind.
        """
        folder = folder or own_folder()
        manifest = read_manifest(folder)
        model = checked(folder, manifest.model, manifest.digests)
        checked(folder, manifest.tokenizer, manifest.digests)
        session = Session(model, threads=threads)
        if not set(session.outputs) >= _OUTPUTS:
            raise ModelError(
                f"The model in {folder} answers {', '.join(session.outputs)}: "
                f"{', '.join(sorted(_OUTPUTS - set(session.outputs)))} is missing.",
                remedy="Use the model that ships, or make one with `readthrough train`.",
                path=str(folder),
            )
        return cls(session, PieceCutter.load(folder / manifest.tokenizer), manifest, remember=remember)

    @property
    def digest(self) -> str:
        """The digest of the model's file."""
        return self._manifest.digests[self._manifest.model]

    def answer(self, questions: Sequence[SentenceQuestion]) -> list[SentenceAnswer]:
        """Answer every question, in order. A question asked before, in any case of letters, costs nothing."""
        # the model does not see case: so neither does what is remembered
        keys = [(q.text.lower(), q.targets) for q in questions]
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
        asked = {key: q for key, q in zip(keys, questions, strict=True) if key not in found}
        if asked:
            found |= dict(zip(asked, self._read(list(asked.values())), strict=True))
        with self._lock:
            for key in found:
                self._known[key] = found[key]
                self._known.move_to_end(key)
            while len(self._known) > self._remember:
                self._known.popitem(last=False)
        return [found[key] for key in keys]

    def _read(self, questions: Sequence[SentenceQuestion]) -> list[SentenceAnswer]:
        rows: list[list[int]] = []
        owner: list[int] = []
        cut = self._cutter.cut([q.text for q in questions], [q.targets for q in questions])
        for number, ids in enumerate(cut):
            parts = list(windows(ids))
            told = [p for p in parts if self._cutter.mark_start in p] or parts
            for part in told:
                rows.append([self._cutter.frame_start, *part, self._cutter.frame_end])
                owner.append(number)
        made = self._session.run(rows, padding=self._cutter.padding, names=self._session.inputs)
        grouped: list[list[tuple[int, Outputs]]] = [[] for _ in questions]
        for number, row, one in zip(owner, rows, made, strict=True):
            grouped[number].append((len(row), one))
        return [self._answer(parts, bool(q.targets)) for parts, q in zip(grouped, questions, strict=True)]

    def _answer(self, parts: Sequence[tuple[int, Outputs]], targeted: bool) -> SentenceAnswer:
        """Join the windows of a text: means by length; an event is told if any window tells it."""
        weights = np.array([length for length, _ in parts], dtype=np.float64)
        weights /= weights.sum()
        warm = self._manifest.target if targeted else self._manifest.whole
        sides = sum(w * _softmax(one["sentiment"] / warm) for w, (_, one) in zip(weights, parts, strict=True))
        raw = float(sum(w * float(one["score"]) for w, (_, one) in zip(weights, parts, strict=True)))
        news = float(sum(w * _sigmoid(one["news"]) for w, (_, one) in zip(weights, parts, strict=True)))
        events = np.max([_sigmoid(one["parents"]) for _, one in parts], axis=0)
        vector = sum(w * one["vector"] for w, (_, one) in zip(weights, parts, strict=True))
        if len(parts) > 1:
            vector = vector / max(1e-9, float(np.linalg.norm(vector)))
        negative, neutral, positive = (round(float(x), 6) for x in np.asarray(sides))
        likely = [
            (self._manifest.parents[i], round(float(events[i]), 4)) for i in np.flatnonzero(events >= _LIKELY)
        ]
        return SentenceAnswer(
            negative=negative,
            neutral=neutral,
            positive=positive,
            score=mapped(raw, self._manifest.score_map),
            parents=tuple(sorted(likely, key=lambda p: -p[1])),
            news=round(news, 4),
            vector=array("f", np.asarray(vector, dtype=np.float32).tobytes()),
        )


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    raised = np.exp(logits.astype(np.float64) - float(logits.max()))
    return np.asarray(raised / raised.sum())


def _sigmoid(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-logits.astype(np.float64))))


def mapped(value: float, knots: Sequence[tuple[float, float]]) -> float:
    """Read a value off a line through knots, flat beyond its ends.

    >>> mapped(0.25, [(0.0, 0.0), (0.5, 1.0)]), mapped(9.0, [(0.0, 0.0), (0.5, 1.0)])
    (0.5, 1.0)
    """
    if not knots:
        return value
    place = bisect_right(knots, value, key=lambda k: k[0])
    if place == 0:
        return knots[0][1]
    if place == len(knots):
        return knots[-1][1]
    (x0, y0), (x1, y1) = knots[place - 1], knots[place]
    return round(y0 + (y1 - y0) * (value - x0) / (x1 - x0), 6)
