from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readthrough.domain.errors import SourceError, SourceTooLarge, SourceUnreadable
from readthrough.feeds.limits import Limits
from readthrough.feeds.lines import line_id, lines_of, read_line


def read(raw: bytes) -> list[bytes]:
    return list(lines_of(io.BytesIO(raw), longest=10))


def test_every_line_counts_once() -> None:
    assert read(b"a\n\nb\r\nc") == [b"a", b"", b"b", b"c"]
    assert read(b"") == []
    assert read(b"\n") == [b""]
    assert read(b"\xef\xbb\xbfa\n\xef\xbb\xbfb\n") == [b"a", b"\xef\xbb\xbfb"]


def test_a_line_too_long_is_cut_and_the_next_begins_after_it() -> None:
    assert read(b"x" * 10 + b"\nb\n") == [b"x" * 10, b"b"]
    assert read(b"x" * 35 + b"\nb\n") == [b"x" * 11, b"b"]
    assert read(b"x" * 11 + b"\nb") == [b"x" * 11, b"b"]
    assert read(b"x" * 22) == [b"x" * 11]


@given(st.lists(st.binary(max_size=30).map(lambda b: b.replace(b"\n", b"").replace(b"\r", b""))))
def test_as_many_come_out_as_went_in(rows: list[bytes]) -> None:
    assert len(read(b"".join(row + b"\n" for row in rows))) == len(rows)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "is empty"),
        (b"  ", "is empty"),
        (b"{", "not a JSON object"),
        (b"[1]", "it is a list"),
        (b"null", "NoneType"),
        (b'"x"', "it is a str"),
        (b'{"a":' * 50_000, "nested too deep"),
        (b'{"a": 1}', "neither a headline"),
        (b'{"headline": "--"}', "no words"),
    ],
)
def test_a_line_that_is_no_article(raw: bytes, words: str) -> None:
    with pytest.raises(SourceUnreadable, match=words) as caught:
        read_line(raw, limits=Limits(), what="Line 7")
    assert caught.value.message.startswith("Line 7 ")
    assert caught.value.remedy


def test_a_line_that_is_too_long() -> None:
    raw = json.dumps({"headline": "x " * 900}).encode()
    with pytest.raises(SourceTooLarge, match="Line 7 is longer"):
        read_line(raw, limits=Limits(max_bytes=1_000), what="Line 7")
    with pytest.raises(SourceTooLarge, match="characters"):
        read_line(raw, limits=Limits(max_characters=1_000), what="Line 7")


def test_what_was_guessed_is_told() -> None:
    draft = read_line('{"headline": "Société"}'.encode("cp1252"), limits=Limits(), what="Line 1")
    assert draft.headline == "Société"
    assert [p.code for p in draft.problems] == ["encoding_guessed"]


@given(st.binary(max_size=100))
def test_any_line_is_a_draft_or_refused(raw: bytes) -> None:
    line_id(raw)
    try:
        read_line(raw, limits=Limits(), what="Line 1")
    except SourceError:
        return


def test_ids() -> None:
    assert line_id(b'{"id": 7}') == "7"
    assert [line_id(raw) for raw in (b'{"id": null}', b'{"id": true}', b'{"id": [1]}', b"[]", b"")] == [
        ""
    ] * 5
