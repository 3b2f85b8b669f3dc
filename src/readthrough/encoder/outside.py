"""A stronger model of somebody else's, from a local folder: ONNX, or weights where torch and transformers are.

It answers sentiment only (three labels, whatever their order); events, news and vectors stay untold. It was not
taught marks, so a target is read by the whole sentence. Nothing is ever fetched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from readthrough.domain.errors import ModelError
from readthrough.domain.ports import SentenceAnswer, SentenceQuestion
from readthrough.encoder.folder import MANIFEST
from readthrough.encoder.pieces import load_tokenizer, windows
from readthrough.encoder.reader import Encoder
from readthrough.encoder.session import Session

__all__ = ["OutsideModel", "load_reader"]

_ONNX: Final = ("model_quantized.onnx", "model.onnx", "onnx/model_quantized.onnx", "onnx/model.onnx")
_WORDS: Final[Mapping[str, str]] = {
    "positive": "positive", "pos": "positive", "bullish": "positive",
    "negative": "negative", "neg": "negative", "bearish": "negative",
    "neutral": "neutral", "neu": "neutral",
}  # fmt: skip

Runner = Callable[[list[list[int]]], list[NDArray[np.float64]]]
"""Framed pieces in, logits out, in order."""


class OutsideModel:
    """Holds a model of another make. Implements `SentenceReader`."""

    def __init__(self, run: Runner, tokenizer: Any, labels: Sequence[str], longest: int, digest: str) -> None:
        """Keep loaded parts; `load_reader` makes them."""
        self._run, self._tokenizer, self._labels = run, tokenizer, tuple(labels)
        self._longest, self._digest = longest, digest

    @property
    def digest(self) -> str:
        """The digest of the file of weights."""
        return self._digest

    def answer(self, questions: Sequence[SentenceQuestion]) -> list[SentenceAnswer]:
        """Answer every question, in order; targets are not looked at."""
        texts = list(dict.fromkeys(q.text for q in questions))
        rows: list[list[int]] = []
        owner: list[int] = []
        frames = self._tokenizer.num_special_tokens_to_add(False)
        for number, cut in enumerate(self._tokenizer.encode_batch(texts, add_special_tokens=False)):
            for part in windows(cut.ids, self._longest - frames + 2):
                rows.append(self._framed(part))
                owner.append(number)
        sides: list[list[NDArray[np.float64]]] = [[] for _ in texts]
        for number, logits in zip(owner, self._run(rows), strict=True):
            raised = np.exp(logits - logits.max())
            sides[number].append(raised / raised.sum())
        found = {text: self._answer(np.mean(parts, axis=0)) for text, parts in zip(texts, sides, strict=True)}
        return [found[q.text] for q in questions]

    def _framed(self, ids: Sequence[int]) -> list[int]:
        """Put the frames of this tokenizer around pieces, as it does for an empty text."""
        empty = list(self._tokenizer.encode("").ids)
        middle = (len(empty) + 1) // 2
        return [*empty[:middle], *ids, *empty[middle:]]

    def _answer(self, shares: NDArray[np.float64]) -> SentenceAnswer:
        by = dict(zip(self._labels, map(float, shares), strict=True))
        return SentenceAnswer(
            negative=by["negative"],
            neutral=by["neutral"],
            positive=by["positive"],
            score=by["positive"] - by["negative"],
        )


def load_reader(folder: Path | None = None, *, threads: int = 1) -> Encoder | OutsideModel:
    """Load the model in a folder: one of ours by its manifest, else one as Hugging Face keeps it.

    Args:
        folder: A local folder; the model that ships when None.
        threads: How many cores one batch may use.

    Raises:
        ModelError: The folder holds no model that can be run here.
    """
    if folder is None or (folder / MANIFEST).exists():
        return Encoder.load(folder, threads=threads)
    if not folder.is_dir():
        raise ModelError(
            f"There is no model folder {folder}.",
            remedy="Name a local folder with config.json, tokenizer.json and an ONNX file or weights.",
            path=str(folder),
        )
    config = _config(folder)
    labels = _labels(folder, config)
    tokenizer = load_tokenizer(
        folder / "tokenizer.json",
        remedy="Save the model's fast tokenizer (tokenizer.json) into the folder.",
    )
    longest = min(512, int(config.get("max_position_embeddings") or 512))
    if str(config.get("model_type")) in {"roberta", "xlm-roberta", "camembert"}:
        longest -= 2  # these number places from two
    onnx = next((folder / name for name in _ONNX if (folder / name).exists()), None)
    weights = next(
        (folder / n for n in ("model.safetensors", "pytorch_model.bin") if (folder / n).exists()), None
    )
    if onnx is not None:
        run, file = _onnx_runner(onnx, int(config.get("pad_token_id") or 0), threads), onnx
    elif weights is not None:
        run, file = _torch_runner(folder, int(config.get("pad_token_id") or 0), threads), weights
    else:
        raise ModelError(
            f"{folder} holds neither an ONNX file ({', '.join(_ONNX)}) nor weights.",
            remedy="Export the model to ONNX into that folder, or copy its weights there.",
            path=str(folder),
        )
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return OutsideModel(run, tokenizer, labels, longest, digest)


def _config(folder: Path) -> dict[str, Any]:
    path = folder / "config.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{path} cannot be read: {error}.",
            remedy="Copy the model's config.json into the folder.",
            path=str(path),
        ) from error
    return dict(found)


def _labels(folder: Path, config: Mapping[str, Any]) -> list[str]:
    named = config.get("id2label") or {}
    found = [_WORDS.get(str(named[key]).lower(), "") for key in sorted(named, key=int)]
    if sorted(found) != ["negative", "neutral", "positive"]:
        raise ModelError(
            f"The model in {folder} has the labels {list(named.values())}: it does not sort into three sides.",
            remedy="Use a model whose config.json names positive, negative and neutral in `id2label`.",
            path=str(folder),
        )
    return found


def _onnx_runner(path: Path, padding: int, threads: int) -> Runner:
    session = Session(path, threads=threads)
    known = [n for n in ("input_ids", "attention_mask", "token_type_ids") if n in session.inputs]
    if "logits" not in session.outputs or set(session.inputs) - set(known):
        raise ModelError(
            f"{path} takes {', '.join(session.inputs)} and answers {', '.join(session.outputs)}.",
            remedy="Export it as a sequence classifier: input_ids, attention_mask in, logits out.",
            path=str(path),
        )

    def run(rows: list[list[int]]) -> list[NDArray[np.float64]]:
        return [one["logits"].astype(np.float64) for one in session.run(rows, padding=padding, names=known)]

    return run


def _torch_runner(folder: Path, padding: int, threads: int) -> Runner:
    try:
        import torch
        from transformers import AutoModelForSequenceClassification
    except ImportError as error:
        raise ModelError(
            f"{folder} holds weights only, and torch or transformers is not installed.",
            remedy="Install both (`pip install torch transformers`), or export the model to ONNX.",
            path=str(folder),
        ) from error
    torch.set_num_threads(threads)
    model = AutoModelForSequenceClassification.from_pretrained(str(folder), local_files_only=True).eval()

    def run(rows: list[list[int]]) -> list[NDArray[np.float64]]:
        return list(_through_torch(torch, model, rows, padding))

    return run


def _through_torch(
    torch: Any, model: Any, rows: Sequence[Sequence[int]], padding: int
) -> Iterator[NDArray[np.float64]]:
    for start in range(0, len(rows), 32):
        part = rows[start : start + 32]
        longest = max(map(len, part))
        ids = torch.tensor([[*row, *([padding] * (longest - len(row)))] for row in part])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in part])
        with torch.no_grad():
            yield from model(input_ids=ids, attention_mask=mask).logits.double().numpy()
