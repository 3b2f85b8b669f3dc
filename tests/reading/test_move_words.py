from __future__ import annotations

import pytest

from readthrough.reading.move_words import rare_moves


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("costs were whittled to $3 billion", ["down"]),
        ("the workforce slimmed and spending was dialled back", ["down", "down"]),
        ("prices ticked higher", ["up"]),
        ("investors bounced in and moved on", []),
        ("orders multiplied", ["up"]),
    ],
)
def test_rare_verbs_have_a_way(text: str, ways: list[str]) -> None:
    assert [str(way) for _, _, way in rare_moves(text, 0, len(text))] == ways
