"""Copies, rewrites, follow-ups and new stories are told apart, the same way every time."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from readthrough.domain.article import Article, ArticleId, Span
from readthrough.domain.reading import (
    Event,
    Fact,
    MadeBy,
    Polarity,
    Reading,
    Role,
    Sentiment,
    TickerReading,
    Unit,
)
from readthrough.domain.security import IssuerId
from readthrough.domain.taxonomy import parent_of
from readthrough.reading.novelty import StoryIndex
from readthrough.reading.sketch import PLACES, bands, likeness, sketch_of

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WIRE = (
    "Harbour Foods said on Monday that quarterly revenue rose 8 percent to 2.1 billion dollars, above what analysts "
    "had expected, as more shoppers bought its own brands. The grocer raised its full-year profit forecast to between "
    "600 million and 640 million dollars and said it would buy back 300 million dollars of its shares. Chief executive "
    "Dana Holm said the summer had been the strongest since the company was listed. Its shares gained 4 percent."
)
REWRITE = (
    "Strong demand for store brands lifted sales at the supermarket chain last quarter, helping it beat Wall Street and "
    "prompting management to lift guidance. Turnover came to 2.1 billion, up 8 percent; the stock was up 4 percent and "
    "a 300 million buyback is on the way."
)


def item(number: int, body: str, headline: str = "Harbour Foods lifts forecast") -> Article:
    return Article(id=ArticleId(f"art_{number}"), headline=headline, body=body, received_at=NOW)


def figure(value: str) -> Fact:
    return Fact(
        id="fct_" + value, metric="revenue", value=Decimal(value), unit=Unit.MONEY, span=Span(0, 1), figure=Span(0, 1),
        sentence=0, quote="",
    )  # fmt: skip


def reading(
    article: Article,
    *,
    issuer: str = "harbour",
    events: tuple[str, ...] = ("earnings_beat", "guidance_raise"),
    figures: tuple[str, ...] = ("2100000000", "8", "300000000", "4"),
) -> Reading:
    ticker = TickerReading(
        issuer_id=IssuerId(issuer), ticker="HF", name="Harbour Foods", role=Role.PRIMARY, relevance=1.0, score=0.4,
        confidence=0.8, mentions=(),
    )  # fmt: skip
    told = tuple(
        Event(
            id=f"evt_{type_}", type=type_, parent=parent_of(type_), subject="Harbour Foods",
            issuer_id=IssuerId(issuer), polarity=Polarity.POSITIVE, span=Span(0, 1), sentence=0,
        )
        for type_ in events
    )  # fmt: skip
    return Reading(
        article_id=article.id, content_digest=article.content_digest, made_by=MadeBy(step="read", version="1"),
        language="en", noise=None, sentences=(), mentions=(), tickers=(ticker,), unlinked=(),
        facts=tuple(figure(f) for f in figures), events=told,
        sentiment=Sentiment(score=0.4, mixed=False, confidence=0.8), themes=(), market_impact=0.5,
    )  # fmt: skip


def test_the_first_article_opens_a_story() -> None:
    first = item(1, WIRE)
    story, fingerprint = StoryIndex().group(first, reading(first), NOW)
    assert (story.novelty, story.duplicate_of, story.follows, story.days_since_similar) == (
        1.0,
        None,
        None,
        None,
    )
    assert fingerprint.story_id == story.id
    assert 64 < len(fingerprint.traits) < 1_000


def test_a_copy_is_a_duplicate() -> None:
    index = StoryIndex()
    first, copy = item(1, WIRE), item(2, WIRE + " Reporting by the desk.")
    opened, _ = index.group(first, reading(first), NOW)
    story, _ = index.group(copy, reading(copy), NOW + timedelta(minutes=3))
    assert (story.id, story.duplicate_of) == (opened.id, first.id)
    assert story.novelty <= 0.15


def test_a_rewrite_with_the_same_events_and_figures_is_a_duplicate() -> None:
    index = StoryIndex()
    first, other = item(1, WIRE), item(2, REWRITE, "Grocer beats on own brands")
    index.group(first, reading(first), NOW)
    story, _ = index.group(
        other, reading(other, figures=("2100000000", "8", "300000000")), NOW + timedelta(hours=5)
    )
    assert story.duplicate_of == first.id


def test_the_same_words_about_another_issuer_are_another_story() -> None:
    index = StoryIndex()
    first, other = item(1, WIRE), item(2, WIRE.replace("Harbour", "Meadow"))
    opened, _ = index.group(first, reading(first), NOW)
    story, _ = index.group(other, reading(other, issuer="meadow"), NOW + timedelta(hours=1))
    assert story.duplicate_of is None
    assert story.id != opened.id


def test_new_figures_make_a_follow_up() -> None:
    index = StoryIndex()
    first = item(1, WIRE)
    later = item(
        2,
        "Brokers raised their targets after the grocer's report; the shares are now up 9 percent.",
        "Targets rise",
    )
    opened, _ = index.group(first, reading(first), NOW)
    story, fingerprint = index.group(
        later,
        reading(later, events=("analyst_upgrade", "earnings_beat"), figures=("9", "61")),
        NOW + timedelta(hours=20),
    )
    assert (story.id, story.follows, story.duplicate_of) == (opened.id, first.id, None)
    assert 0.2 < story.novelty < 0.9
    assert fingerprint.story_id == opened.id


def test_the_same_kind_of_event_a_quarter_later_is_new_but_remembered() -> None:
    index = StoryIndex()
    first, later = (
        item(1, WIRE),
        item(2, "Another quarter, another beat, with wholly different words about winter.", "Again"),
    )
    opened, _ = index.group(first, reading(first), NOW)
    story, _ = index.group(later, reading(later, figures=("2300000000", "10")), NOW + timedelta(days=30))
    assert story.id != opened.id
    assert story.days_since_similar == pytest.approx(30.0)
    assert 0.85 < story.novelty < 1.0


def test_a_monthly_form_filled_in_again_is_no_copy() -> None:
    index = StoryIndex()
    first = item(1, WIRE, "April traffic")
    later = item(2, WIRE.replace("8 percent", "6 percent"), "May traffic")
    index.group(first, reading(first), NOW)
    story, _ = index.group(later, reading(later, figures=("6", "71", "95")), NOW + timedelta(days=6))
    assert story.duplicate_of is None


def test_a_recap_is_hardly_new() -> None:
    old = item(1, "Ten years ago the grocer went public, and here is how it went.", "A look back")
    story, _ = StoryIndex().group(old, reading(old, events=("recap_no_new_information",), figures=()), NOW)
    assert story.novelty <= 0.2


def test_grouping_again_answers_the_same() -> None:
    index = StoryIndex()
    first, copy = item(1, WIRE), item(2, WIRE + " More.")
    answer = index.group(first, reading(first), NOW)
    index.group(copy, reading(copy), NOW + timedelta(hours=1))
    assert index.group(first, reading(first), NOW + timedelta(days=1)) == answer
    assert len(index) == 2


def test_an_index_made_from_fingerprints_goes_on_where_the_other_stopped() -> None:
    live = StoryIndex()
    first, copy = item(1, WIRE), item(2, WIRE)
    _, fingerprint = live.group(first, reading(first), NOW)
    later = NOW + timedelta(hours=1)
    assert StoryIndex([fingerprint]).group(copy, reading(copy), later) == live.group(
        copy, reading(copy), later
    )


def test_what_another_index_grouped_is_remembered_once() -> None:
    here, there = StoryIndex(), StoryIndex()
    first = item(1, WIRE)
    story, fingerprint = there.group(first, reading(first), NOW)
    for _ in range(2):
        here.remember(fingerprint)
    assert len(here) == 1
    copy = item(2, WIRE)
    later = NOW + timedelta(hours=1)
    assert here.group(copy, reading(copy), later)[0].duplicate_of == first.id
    assert here.group(first, reading(first), NOW)[0] == story


def test_memory_is_bounded() -> None:
    index = StoryIndex(capacity=10)
    for number in range(40):
        made = item(number, f"Story number {number} with its own words {number * 7} and {number * 13}.")
        index.group(made, reading(made, issuer=f"issuer {number}"), NOW + timedelta(hours=number))
    assert len(index) == 10


def test_a_capacity_of_none_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        StoryIndex(capacity=0)


def test_a_naive_clock_is_refused() -> None:
    first = item(1, WIRE)
    with pytest.raises(ValueError, match="UTC"):
        StoryIndex().group(first, reading(first), datetime(2026, 3, 2))  # noqa: DTZ001


def test_sketches_are_the_same_in_every_process() -> None:
    assert (
        sketch_of("the quick brown fox jumps over the lazy dog")[:2]
        == sketch_of("The quick brown fox jumps over the lazy dog.")[:2]
    )
    assert sketch_of("") == b""
    assert len(sketch_of("one")) == PLACES


def test_likeness_follows_shared_words() -> None:
    words = [f"w{i}" for i in range(250)]
    whole, most, none = " ".join(words), " ".join(words[:220]), " ".join(f"x{i}" for i in range(250))
    assert likeness(sketch_of(whole), sketch_of(whole)) == 1.0
    assert likeness(sketch_of(whole + " tail" * 9), sketch_of(whole + " end" * 300)) >= 0.9
    assert 0.7 < likeness(sketch_of(whole), sketch_of(most)) < 1.0
    assert likeness(sketch_of(whole), sketch_of(none)) < 0.1
    assert likeness(b"", sketch_of(whole)) == 0.0


def test_grouping_a_thousand_articles_is_quick() -> None:
    index = StoryIndex()
    made = [item(i, WIRE.replace("Monday", f"day {i}") + f" Note {i} of {i * 3}.") for i in range(1000)]
    readings = [reading(a, issuer=f"issuer {n % 50}") for n, a in enumerate(made)]
    started = time.process_time()
    for number, (article, read) in enumerate(zip(made, readings, strict=True)):
        index.group(article, read, NOW + timedelta(minutes=number))
    assert time.process_time() - started < 10.0


def test_planted_copies_are_found_and_nothing_else() -> None:
    folder = Path(os.environ.get("READTHROUGH_DATA", "")) / "near_duplicate_minhash" / "data"
    if not os.environ.get("READTHROUGH_DATA") or not folder.is_dir():
        pytest.skip("needs the near-duplicate set: READTHROUGH_DATA names no folder that holds it")
    texts = dict(line.split(" ", 1) for line in (folder / "articles_1000.train").read_text().splitlines())
    planted = {frozenset(line.split()) for line in (folder / "articles_1000.truth").read_text().splitlines()}
    sketches = {name: sketch_of(text) for name, text in texts.items()}
    filed: dict[int, list[str]] = {}
    met: set[frozenset[str]] = set()
    for name, sketch in sketches.items():
        for key in bands(sketch):
            met |= {frozenset((name, other)) for other in filed.get(key, ())}
            filed.setdefault(key, []).append(name)
    close = {pair for pair in met if likeness(*(sketches[n] for n in pair)) >= 0.6}
    assert close == planted
