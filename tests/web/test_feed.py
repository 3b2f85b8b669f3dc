"""What the feed chooses and how it counts."""

from __future__ import annotations

from typing import Any

from readthrough.domain.contract import NoteDocument, note_document
from readthrough.storage.briefs import brief_of
from readthrough.web.feed import BATCH, SCANNED, FeedFilter, collect, facets_of, row_of

from .sample_notes import note

DOCUMENT: Any = note_document(note())


def document(number: int, **fields: object) -> NoteDocument:
    return {**DOCUMENT, "id": str(number), **fields}


def test_a_brief_gives_the_same_row_and_facets_as_the_whole_note() -> None:
    brief = brief_of(DOCUMENT)
    assert row_of(brief) == row_of(DOCUMENT)
    chosen = FeedFilter.of(tickers=["HBR"], signs=["positive"], events=["guidance_change"])
    assert chosen.admits(brief) is chosen.admits(DOCUMENT) is True
    assert facets_of([brief], chosen) == facets_of([DOCUMENT], chosen)
    assert len(str(brief)) * 3 < len(str(DOCUMENT))


def test_a_filter_survives_its_own_query() -> None:
    chosen = FeedFilter.of(tickers=["baba", " ", "BABA"], signs=["positive", "up"], events=["IPO"])
    assert chosen == FeedFilter(tickers=("BABA",), signs=("positive",), events=("ipo",))
    assert chosen.query == "ticker=BABA&sign=positive&event=ipo"
    assert FeedFilter().query == ""


def test_collecting_looks_at_a_bounded_number() -> None:
    asked: list[str | None] = []

    def page(before: str | None, limit: int) -> list[NoteDocument]:
        asked.append(before)
        return [document(len(asked) * limit + n) for n in range(limit)]

    assert collect(page, FeedFilter(tickers=("NONE",))) == []
    assert len(asked) == SCANNED // BATCH
    assert len(collect(page, FeedFilter(tickers=("HBR",)), limit=7)) == 7


def test_collecting_goes_on_behind_the_last_note() -> None:
    notes = [document(n) for n in range(BATCH + 3)]

    def page(before: str | None, limit: int) -> list[NoteDocument]:
        start = 0 if before is None else int(before) + 1
        return notes[start : start + limit]

    assert [n["id"] for n in collect(page, FeedFilter(), limit=500)] == [n["id"] for n in notes]


def test_the_book_column_is_the_portfolio_that_moves_most() -> None:
    impact = DOCUMENT["book"][0]
    book = [
        {**impact, "portfolio": name, "expected_bps": {**impact["expected_bps"], "mid": mid}}
        for name, mid in (("a", 2.0), ("a", 3.0), ("b", -9.0))
    ]
    assert row_of(document(1, book=book)).book_bps == -9.0
    assert row_of(document(1, book=[])).book_bps is None
    assert row_of(document(1, book=[{**impact, "weight": None, "expected_bps": None}])).book_bps is None


def test_facets_count_and_keep_what_is_chosen() -> None:
    facets = facets_of([DOCUMENT], FeedFilter(tickers=("ZZZ",)))
    assert [(c.value, c.count, c.chosen) for c in facets.tickers] == [("HBR", 1, False), ("ZZZ", 0, True)]
    assert [(c.value, c.count) for c in facets.signs] == [("positive", 1), ("neutral", 0), ("negative", 0)]
    assert [c.words for c in facets.events] == ["Guidance"]


def test_a_note_without_anything_still_has_a_row() -> None:
    empty = document(1, tickers=[], events=[], facts=[], book=[], noise="empty",
                     sentiment={**DOCUMENT["sentiment"], "score": None})  # fmt: skip
    row = row_of(empty)
    assert (row.ticker, row.event, row.score, row.noise) == ("", "", None, "empty")


def test_the_event_is_the_lead_companys_own_that_points_the_scores_way() -> None:
    event = DOCUMENT["events"][0]
    events = [
        {**event, "type": "analyst_downgrade", "ticker": "OTH", "polarity": "positive"},
        {**event, "type": "earnings_miss", "ticker": "HBR", "polarity": "negative"},
        {**event, "type": "guidance_raise", "ticker": "HBR", "polarity": "positive"},
    ]
    assert row_of(document(1, events=events)).event_type == "guidance_raise"
    assert row_of(document(1, events=[{k: e[k] for k in ("type", "parent", "background")} for e in events]))
