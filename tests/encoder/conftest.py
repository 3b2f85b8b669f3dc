"""A tiny model of our kind, written byte by byte: no library that makes models is needed to test those that run them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .tiny import WORDS, tiny_classifier, tiny_reader


@pytest.fixture
def tokenizer_json() -> str:
    """A tokenizer of whole words, framed as BERT does it."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.WordPiece({w: i for i, w in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(
        ("[SEP]", WORDS.index("[SEP]")), ("[CLS]", WORDS.index("[CLS]"))
    )
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    return str(tokenizer.to_str())


@pytest.fixture
def own_model(tmp_path: Path, tokenizer_json: str) -> Path:
    """A folder as ours is: manifest, model, tokenizer."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(tiny_reader())
    (folder / "tokenizer.json").write_text(tokenizer_json, encoding="utf-8")
    seal(folder)
    return folder


@pytest.fixture
def outside_model(tmp_path: Path, tokenizer_json: str) -> Callable[[dict[str, str]], Path]:
    """Makes a folder as Hugging Face keeps one, with the labels given."""

    def make(labels: dict[str, str]) -> Path:
        folder = tmp_path / "outside"
        (folder / "onnx").mkdir(parents=True)
        (folder / "onnx" / "model.onnx").write_bytes(tiny_classifier())
        (folder / "tokenizer.json").write_text(tokenizer_json, encoding="utf-8")
        config = {"id2label": labels, "max_position_embeddings": 16, "pad_token_id": 0}
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
        return folder

    return make


def seal(folder: Path, **changes: object) -> None:
    """Write the manifest with the digests of what is there."""
    digests = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("model.onnx", "tokenizer.json")
    }
    manifest = {
        "format": 1,
        "name": "tiny",
        "model": "model.onnx",
        "tokenizer": "tokenizer.json",
        "sha256": digests,
        "parents": ["buyback", "ipo"],
        "temperature": {"whole": 1.0, "target": 1.0},
        "score_map": [],
    }
    (folder / "reader.json").write_text(json.dumps(manifest | changes), encoding="utf-8")
