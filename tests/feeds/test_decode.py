from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readthrough.domain.errors import SourceUnreadable
from readthrough.feeds.decode import declared_charset, decode

WORDS = "Société Générale’s profit rose – 5 % to €1.3 billion"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_a_mark(name: str) -> None:
    text, problems = decode(WORDS.encode(name))
    assert text.lstrip("\ufeff") == WORDS
    assert problems == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("shift_jis", "日本銀行は金利"),
        ("gb18030", "阿里巴巴"),
        ("koi8-r", "Банк"),
        ("iso-2022-jp", "日本"),
        ("windows-1251", "Банк"),
    ],
)
def test_a_declared_character_set_is_used(name: str, words: str) -> None:
    assert decode(words.encode(name), declared=name) == (words, ())


def test_utf8_wins_over_a_wrong_declaration() -> None:
    assert decode(WORDS.encode(), declared="iso-8859-1") == (WORDS, ())


def test_what_pages_call_latin1_is_windows_1252() -> None:
    assert decode("“5 €”".encode("cp1252"), declared="ISO-8859-1") == ("“5 €”", ())


def test_an_undeclared_encoding_is_guessed_and_told() -> None:
    text, problems = decode(WORDS.encode("cp1252"))
    assert text == WORDS
    assert [p.code for p in problems] == ["encoding_guessed"]


def test_damaged_utf8_stays_utf8() -> None:
    raw = (WORDS * 20).encode()
    text, problems = decode(raw[:-30] + b"\xff" + raw[-30:])
    assert "Société" in text
    assert [p.code for p in problems] == ["encoding_damaged"]


@pytest.mark.parametrize(
    "name", ["zlib", "hex", "idna", "punycode", "rot13", "unicode_escape", "utf-7", "none", "x" * 99]
)
def test_codecs_that_are_no_character_sets_are_not_used(name: str) -> None:
    assert decode(b"\xe9t\xe9", declared=name)[0] == "été"


def test_a_mark_that_lies() -> None:
    with pytest.raises(SourceUnreadable, match="a UTF-16 mark"):
        decode(b"\xff\xfe" + b"\x00\xd8" * 50)


def test_the_declaration_of_a_page() -> None:
    assert declared_charset(b'<meta charset="Shift_JIS">') == "Shift_JIS"
    old = b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    assert declared_charset(old) == "windows-1251"
    assert declared_charset(b'<?xml version="1.0" encoding="koi8-r"?>') == "koi8-r"
    assert declared_charset(b"<p>charset=none") == ""


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_decode_or_are_refused(raw: bytes, declared: str) -> None:
    try:
        decode(raw, declared=declared)
    except SourceUnreadable:
        return
