from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readthrough.cli.console import plain


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[2J",
        "\x1b]0;x\x07",
        "\x1b]8;;http://a\x1b\\",
        "\x1bPq\x1b\\",
        "\x9b31m",
        "\x1bc",
        "\r\x08\x7f",
        "\x1b]52;c;" + "A" * 9_000,
    ],
)
def test_nothing_drives_the_terminal(text: str) -> None:
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in plain(f"a{text}b"))


@given(st.text())
def test_anything_becomes_printable_and_encodable(text: str) -> None:
    shown = plain(text)
    shown.encode("utf-8")
    assert "\x1b" not in shown


def test_words_stay() -> None:
    assert plain("Ørsted’s Q1 — £5 \U0001f680\n\tnext") == "Ørsted’s Q1 — £5 \U0001f680\n\tnext"
