"""A model of another make, from a folder as Hugging Face keeps it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from readthrough.domain.errors import ModelError
from readthrough.domain.ports import SentenceQuestion
from readthrough.encoder.outside import OutsideModel, load_reader
from readthrough.encoder.reader import Encoder

Make = Callable[[dict[str, str]], Path]
LABELS = {"0": "negative", "1": "neutral", "2": "positive"}


def test_our_own_folder_is_told_by_its_manifest(own_model: Path) -> None:
    assert isinstance(load_reader(own_model), Encoder)


def test_an_onnx_classifier_answers_sides_and_a_score(outside_model: Make) -> None:
    reader = load_reader(outside_model(LABELS))
    assert isinstance(reader, OutsideModel)
    up, down = reader.answer([SentenceQuestion(text="profit rose"), SentenceQuestion(text="profit fell")])
    assert up.positive > 0.8
    assert down.score < -0.8
    assert (up.parents, up.news, tuple(up.vector)) == ((), 1.0, ())
    assert len(reader.digest) == 64


def test_labels_may_stand_in_any_order_and_words(outside_model: Make) -> None:
    reader = load_reader(outside_model({"0": "Bullish", "1": "Bearish", "2": "Neutral"}))
    (answer,) = reader.answer([SentenceQuestion(text="profit rose")])
    assert answer.neutral > answer.negative


def test_a_text_longer_than_the_model_takes_is_read_in_windows(outside_model: Make) -> None:
    reader = load_reader(outside_model(LABELS))
    (answer,) = reader.answer([SentenceQuestion(text="the " * 40 + "profit fell " * 5)])
    assert answer.negative > 0.2


def test_labels_that_are_no_sides_are_refused(outside_model: Make) -> None:
    with pytest.raises(ModelError, match="does not sort into three sides"):
        load_reader(outside_model({"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}))


def test_a_folder_without_a_model_is_refused(outside_model: Make, tmp_path: Path) -> None:
    folder = outside_model(LABELS)
    (folder / "onnx" / "model.onnx").unlink()
    with pytest.raises(ModelError, match="neither an ONNX file"):
        load_reader(folder)
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="tokenizer"):
        load_reader(folder)
    (folder / "config.json").write_text("[", encoding="utf-8")
    with pytest.raises(ModelError, match=r"config\.json"):
        load_reader(folder)
    with pytest.raises(ModelError, match="no model folder"):
        load_reader(tmp_path / "nowhere")


def test_an_onnx_file_of_another_shape_is_refused(outside_model: Make, own_model: Path) -> None:
    folder = outside_model(LABELS)
    (folder / "onnx" / "model.onnx").write_bytes((own_model / "model.onnx").read_bytes())
    with pytest.raises(ModelError, match="sequence classifier"):
        load_reader(folder)


def test_weights_are_loaded_where_torch_is(outside_model: Make) -> None:
    folder = outside_model(LABELS)
    (folder / "onnx" / "model.onnx").unlink()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    try:
        import torch
        from transformers import BertConfig, BertForSequenceClassification
    except ImportError:
        (folder / "model.safetensors").write_bytes(b"")
        with pytest.raises(ModelError, match="torch or transformers is not installed"):
            load_reader(folder)
        return
    torch.manual_seed(0)
    shape = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8}
    config = BertConfig(vocab_size=15, id2label=LABELS, max_position_embeddings=16, **shape)
    BertForSequenceClassification(config).save_pretrained(folder)
    (answer,) = load_reader(folder).answer([SentenceQuestion(text="profit rose")])
    assert answer.negative + answer.neutral + answer.positive == pytest.approx(1.0, abs=1e-5)
