"""Marks around targets, and windows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readthrough.encoder.pieces import PieceCutter, windows

from .tiny import WORDS


@pytest.fixture
def cutter(own_model: Path) -> PieceCutter:
    return PieceCutter.load(own_model / "tokenizer.json")


def words(cutter: PieceCutter, text: str, *targets: tuple[int, int]) -> str:
    return " ".join(WORDS[i] for i in cutter.cut([text], [targets])[0])


def test_every_mention_is_marked(cutter: PieceCutter) -> None:
    text = "Acme rose and ACME fell"
    assert (
        words(cutter, text, (0, 4), (14, 18))
        == "[unused1] acme [unused2] rose and [unused1] acme [unused2] fell"
    )


def test_marks_take_in_whole_words_however_the_span_is_cut(cutter: PieceCutter) -> None:
    assert words(cutter, "the acme rose", (5, 7)) == "the [unused1] acme [unused2] rose"
    assert words(cutter, "the acme", (4, 99)) == "the [unused1] acme [unused2]"


def test_a_span_of_nothing_marks_nothing(cutter: PieceCutter) -> None:
    assert words(cutter, "acme rose", (4, 5)) == "acme rose"
    assert words(cutter, "", (0, 0)) == ""


def test_offsets_count_code_points(cutter: PieceCutter) -> None:
    assert "[unused1] acme [unused2]" in words(cutter, "🚀🚀 ÁÉ acme rose", (6, 10))


def test_marks_written_in_a_text_are_words(cutter: PieceCutter) -> None:
    assert cutter.mark_start not in cutter.cut(["[unused1] acme [CLS]"], [()])[0]
    assert cutter.frame_start not in cutter.cut(["[unused1] acme [CLS]"], [()])[0]


@given(st.lists(st.integers(0, 9), max_size=400), st.integers(4, 60), st.integers(0, 99))
def test_windows_cover_everything_in_order(ids: list[int], longest: int, overlap: int) -> None:
    parts = [list(w) for w in windows(ids, longest, overlap)]
    shared = min(overlap, (longest - 2) // 2)
    joined = parts[0] + [x for part in parts[1:] for x in part[shared:]]
    assert joined == ids
    assert all(len(part) <= longest - 2 for part in parts)
