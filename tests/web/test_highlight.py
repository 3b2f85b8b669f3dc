"""Cutting text for marking: nothing lost, nothing added, and in time for hostile sizes."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from readthrough.web.highlight import Mark, cut, paragraphs

texts = st.text(alphabet="ab \n\U0001f600é", max_size=60)
spans = st.lists(st.tuples(st.integers(0, 70), st.integers(0, 20)), max_size=8)


def marks(found: list[tuple[int, int]]) -> list[Mark]:
    return [Mark(kind="fact", id=str(n), start=s, end=s + size) for n, (s, size) in enumerate(found)]


@given(texts, spans, st.integers(0, 10))
def test_the_pieces_are_the_text(text: str, found: list[tuple[int, int]], offset: int) -> None:
    pieces = cut(text, marks(found), offset=offset)
    assert "".join(piece.text for piece in pieces) == text
    at = offset
    for piece in pieces:
        covering = {m.id for m in marks(found) if m.start <= at and at + len(piece.text) <= m.end}
        assert {m.id for m in piece.marks} == covering
        at += len(piece.text)


@given(texts, spans)
def test_paragraphs_agree_with_cutting_each_line(text: str, found: list[tuple[int, int]]) -> None:
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(cut(line, marks(found), offset=at))
        at += len(line) + 1
    shown = paragraphs(text, marks(found))
    assert [[p.text for p in line] for line in shown] == [[p.text for p in line] for line in lines]
    assert [[{m.id for m in p.marks} for p in line] for line in shown] == [
        [{m.id for m in p.marks} for p in line] for line in lines
    ]


def test_each_mark_opens_once() -> None:
    text = "one two three"
    found = [Mark(kind="fact", id="f", start=0, end=13), Mark(kind="figure", id="f", start=4, end=7)]
    assert [id for piece in cut(text, found) for id in piece.facts] == ["f"]


def test_many_lines_and_many_marks_stay_linear() -> None:
    text = "x\n" * 20_000
    many = [Mark(kind="fact", id=str(n), start=2 * n, end=2 * n + 1) for n in range(20_000)]
    started = time.perf_counter()
    assert len(paragraphs(text, many)) == 20_000
    assert time.perf_counter() - started < 2
