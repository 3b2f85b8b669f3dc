from __future__ import annotations

import pytest

from readthrough.feeds.plain import read_plain, split_headline


@pytest.mark.parametrize(
    "line",
    [
        "Orbex raises guidance",
        "Will the bank cut rates?",
        "Orbex buys Vantor Inc.",
        "Orbex to cut 400 jobs...",
    ],
)
def test_a_first_line_that_reads_like_a_headline(line: str) -> None:
    assert split_headline(f"{line}\n\nThe words.") == (line, "The words.")


@pytest.mark.parametrize(
    "text",
    [
        "Orbex raised its guidance.\n\nThe words.",
        "Orbex raises\nThe words.",
        "Orbex raises",
        "Orbex raises\n\n",
        "x" * 201 + "\n\nThe words.",
        "Dear reader,\n\nThe words.",
    ],
)
def test_a_first_line_that_does_not(text: str) -> None:
    assert split_headline(text) == ("", text)


def test_a_marked_heading_loses_its_mark() -> None:
    assert read_plain("\n# Orbex raises guidance\r\n\r\nThe words.\r\n").headline == "Orbex raises guidance"


def test_one_paragraph_is_a_body() -> None:
    draft = read_plain("Alibaba shares rose 7%. The company said more.")
    assert (draft.headline, draft.body) == ("", "Alibaba shares rose 7%. The company said more.")
