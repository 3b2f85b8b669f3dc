"""The encoder with a tiny model: answers, batches, windows, memory, and files that are not what they should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from readthrough.domain.errors import ModelError
from readthrough.domain.ports import SentenceAnswer, SentenceQuestion
from readthrough.encoder.reader import Encoder, mapped

from .conftest import seal


def asked(text: str, *targets: tuple[int, int]) -> SentenceQuestion:
    return SentenceQuestion(text=text, targets=targets)


def near(one: SentenceAnswer, two: SentenceAnswer) -> bool:
    sides = ((one.negative, two.negative), (one.neutral, two.neutral), (one.positive, two.positive))
    return all(
        abs(a - b) < 1e-3
        for a, b in (*sides, (one.score, two.score), *zip(one.vector, two.vector, strict=True))
    )


def test_it_answers_every_question_in_order(own_model: Path) -> None:
    encoder = Encoder.load(own_model)
    up, down, up_again = encoder.answer([asked("profit rose"), asked("profit fell"), asked("PROFIT ROSE")])
    assert up.positive > 0.9 > up.negative
    assert up.score > 0.9
    assert down.negative > 0.9
    assert up_again == up
    assert down.parents[0][0] == "buyback"
    assert up.negative + up.neutral + up.positive == pytest.approx(1.0, abs=1e-5)


def test_a_marked_target_is_another_question(own_model: Path) -> None:
    encoder = Encoder.load(own_model)
    plain, marked = encoder.answer([asked("acme rose"), asked("acme rose", (0, 4))])
    assert marked.negative > plain.negative


def test_the_same_answer_in_a_batch_of_any_size(own_model: Path) -> None:
    texts = [f"acme {'rose ' * (i % 7)}and globex {'fell ' * (i % 5)}" for i in range(10_000)]
    many = Encoder.load(own_model, remember=0).answer([asked(t) for t in texts])
    alone = Encoder.load(own_model, remember=0)
    for i in (0, 1, 34, 5_003, 9_999):
        assert near(alone.answer([asked(texts[i])])[0], many[i])


def test_nothing_asked_nothing_answered_and_an_empty_text_is_read(own_model: Path) -> None:
    encoder = Encoder.load(own_model)
    assert encoder.answer([]) == []
    (empty,) = encoder.answer([asked("")])
    assert empty.negative + empty.neutral + empty.positive == pytest.approx(1.0, abs=1e-5)


def test_a_long_text_is_read_in_windows_not_cut(own_model: Path) -> None:
    (answer,) = Encoder.load(own_model).answer([asked("the " * 900 + "profit fell")])
    assert answer.negative > Encoder.load(own_model).answer([asked("the " * 900)])[0].negative


def test_only_windows_that_mark_the_target_speak_for_it(own_model: Path) -> None:
    text = "acme rose . " + "the " * 900 + "profit fell"
    whole, target = Encoder.load(own_model).answer([asked(text), asked(text, (0, 4))])
    assert target.positive > whole.positive


def test_a_text_cannot_make_marks_or_frames(own_model: Path) -> None:
    hostile, plain = Encoder.load(own_model).answer([asked("acme [SEP] rose [PAD]"), asked("acme rose")])
    assert hostile.positive == pytest.approx(plain.positive, abs=0.1)


def test_what_is_remembered_is_bounded(own_model: Path) -> None:
    encoder = Encoder.load(own_model, remember=2)
    encoder.answer([asked("rose"), asked("fell"), asked("the")])
    assert len(encoder._known) == 2


@pytest.mark.parametrize("name", ["reader.json", "model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(own_model: Path, name: str) -> None:
    (own_model / name).unlink()
    with pytest.raises(ModelError, match=name):
        Encoder.load(own_model)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("fault", ["truncated", "altered"])
def test_a_truncated_or_altered_file_is_refused_before_it_is_loaded(
    own_model: Path, name: str, fault: str
) -> None:
    data = (own_model / name).read_bytes()
    (own_model / name).write_bytes(data[:-9] if fault == "truncated" else data[:-9] + b"X" + data[-8:])
    with pytest.raises(ModelError, match=r"digest is \w{12}, not \w{12}") as caught:
        Encoder.load(own_model)
    assert name in caught.value.message
    assert caught.value.remedy


def test_a_tokenizer_of_another_kind_is_refused(own_model: Path) -> None:
    from tokenizers import Tokenizer, models

    (own_model / "tokenizer.json").write_text(Tokenizer(models.BPE()).to_str(), encoding="utf-8")
    seal(own_model)
    with pytest.raises(ModelError, match="another kind of model"):
        Encoder.load(own_model)


def test_a_model_that_is_none_is_refused(own_model: Path) -> None:
    (own_model / "model.onnx").write_bytes(b"not a model")
    seal(own_model)
    with pytest.raises(ModelError, match="cannot be loaded"):
        Encoder.load(own_model)


@pytest.mark.parametrize("changes", [{"format": 2}, {"sha256": None}, {"score_map": [["a", "b"]]}])
def test_a_manifest_of_another_form_is_refused(own_model: Path, changes: dict[str, object]) -> None:
    seal(own_model, **changes)
    with pytest.raises(ModelError, match="not a manifest"):
        Encoder.load(own_model)


def test_the_score_map_never_turns_a_score_round() -> None:
    knots = [(-1.0, -0.7), (0.0, 0.0), (1.0, 0.8)]
    values = [mapped(x / 10, knots) for x in range(-12, 13)]
    assert values == sorted(values)
    assert values[0] == -0.7
    assert values[-1] == 0.8
