from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from readthrough.cli.show import show_compact, show_note


def drawn(note: dict[str, Any], width: int = 100, *, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=colour,
        color_system="truecolor" if colour else None,
    )
    show_note(note, console)
    return out.getvalue()


def test_every_part_is_there_in_the_readers_order(document: dict[str, Any]) -> None:
    text = drawn(document)
    parts = [
        "Orbex",
        "Daily Ledger · 15 May 2025, 09:30 UTC",
        "moderately negative −0.42",
        "mixed",
        "SUMMARY",
        "Orbex raised guidance. Shares rose 6%.",
        "ANALYSIS",
        "Second order",
        "Suppliers should see",
        "Wrong if",
        "TICKERS",
        "ORBX",
        "EVENTS",
        "Guidance raise",
        "FACTS",
        "$4.1–4.3 billion",
        "beat ($3.9 billion)",
        "KEY DECISIONS",
        "Watch ORBX",
        "EFFECT ON THE BOOK",
        "−6.5",
        "WITHHELD",
        "A bold claim.",
        "no support",
        "NAMES LEFT UNLINKED",
        "could be TGT",
        "PROBLEMS",
        "Analysis, not advice.",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)


def test_what_is_held_without_a_weight_shows_a_dash(document: dict[str, Any]) -> None:
    document["book"][0].update(weight=None, expected_bps=None)
    assert "EFFECT ON THE BOOK" in (text := drawn(document))
    assert "−6.5" not in text


def test_hostile_words_only_print(document: dict[str, Any]) -> None:
    text = drawn(document)
    assert "[bold]x[/bold]" in text
    assert ":smile:" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "title" not in text


def test_up_and_down_are_blue_and_orange_and_always_signed(document: dict[str, Any]) -> None:
    text = drawn(document, colour=True)
    assert "38;2;255;138;61" in text
    assert "38;2;58;160;255" in text
    assert "▼" in text
    assert "▲" in text


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_no_line_is_wider_than_the_terminal(document: dict[str, Any], width: int) -> None:
    document["facts"] = document["facts"] * 60
    text = drawn(document, width)
    assert max(map(len, text.splitlines())) <= width
    assert "and 20 more (--json prints all)" in text


def test_the_last_column_is_whole_at_80_columns(document: dict[str, Any]) -> None:
    document["facts"][0].update(metric="average revenue per user", basis="guidance, constant currency")
    text = drawn(document, 80)
    assert "planned" in text
    assert "Said as" in text


def test_nothing_is_shown_as_an_en_dash(document: dict[str, Any]) -> None:
    assert "–" in drawn({**document, "facts": []})
    document["sentiment"]["score"] = None
    assert "moderately negative –" in drawn(document)


def test_a_page_that_is_not_news_says_so(document: dict[str, Any]) -> None:
    empty: dict[str, list[Any]] = {
        part: []
        for part in ("summary", "analysis", "tickers", "events", "facts", "decisions", "book", "withheld")
    }
    text = drawn({**document, **empty, "noise": "bot_check"})
    assert "not news that can be read: bot check" in text
    assert "TICKERS" not in text


def test_compact(document: dict[str, Any]) -> None:
    out = io.StringIO()
    show_compact(document, Console(file=out, width=100, markup=False), named=True)
    lines = out.getvalue().splitlines()
    assert lines[0].startswith(" −0.42  ORBX")
    assert "Orbex raised guidance." in lines[1]
    assert lines[2].strip() == "note_1"


def test_figures_without_a_metric_are_counted_and_not_listed(document: dict[str, Any]) -> None:
    vague = {**document["facts"][0], "metric": "unspecified"}
    document["facts"] = [document["facts"][0], vague, vague]
    text = drawn(document)
    assert "2 figures without a metric" in text
    assert "unspecified" not in text
