"""The parts that grouping stands on: marks, traits, the ring; and the same answers after a restart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.reading.reading_of import universe

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.story import Fingerprint
from readthrough.reading.novelty import StoryIndex
from readthrough.reading.read import read
from readthrough.reading.story_marks import Mark, mark_of
from readthrough.reading.story_ring import Ring
from readthrough.reading.story_text import agree, spoken_of
from readthrough.reading.story_traits import MOST_KEYS, keys_of, pack, traits_of, unpack
from readthrough.reading.story_words import code_of
from readthrough.samples import sample_articles

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)


def item(headline: str, body: str = "", number: int = 1) -> Article:
    return Article(id=ArticleId(f"art_{number}"), headline=headline, body=body, received_at=NOW)


def row(number: int) -> Fingerprint:
    return Fingerprint(
        article_id=ArticleId(f"art_{number}"),
        story_id=f"sto_{number}",
        known_at=float(number),
        traits=b"\x00" * 3,
    )


@pytest.mark.parametrize(
    ("headline", "body", "mark"),
    [
        ("CORRECTED-Acme profit rises 4%", "", Mark.CORRECTION),
        ("CORRECTED-(OFFICIAL)-Acme profit rises 4%", "", Mark.CORRECTION),
        ("REFILE-UPDATE 2-Acme profit rises", "", Mark.CORRECTION),
        ("Acme profit rises (corrected)", "", Mark.CORRECTION),
        ("Acme profit rises", "(Corrects paragraph 2 to say 4%, not 5%) Acme said", Mark.CORRECTION),
        ("Acme profit rises", "An earlier version of this article misstated the figure.", Mark.CORRECTION),
        ("Acme profit rises", "This story has been corrected to fix a name. Acme said", Mark.CORRECTION),
        ("KILL: Acme to buy Bolt", "", Mark.WITHDRAWAL),
        ("Acme to buy Bolt -- story withdrawn", "", Mark.WITHDRAWAL),
        ("WITHDRAWN: Acme to buy Bolt", "", Mark.WITHDRAWAL),
        ("Acme", "This story has been withdrawn. A substitute will follow.", Mark.WITHDRAWAL),
        ("Acme", "Please disregard the earlier story about Acme.", Mark.WITHDRAWAL),
        ("RPT-Acme profit rises", "", Mark.REPEAT),
        ("UPDATE 3-Acme profit rises", "", Mark.UPDATE),
        ("Acme names chief", "Acme named Jo Lee. (Amends first name; we earlier said Joe.)", Mark.CORRECTION),
        ("Acme wins order", "x " * 300 + "(This version corrects the client's region.)", Mark.CORRECTION),
        ("CLARIFICATION AND CORRECTION: Acme, not Bolt", "", Mark.CORRECTION),
        ("Acme profit up", "A report published earlier today named the wrong company.", Mark.CORRECTION),
        ("Wire withdraws story on Acme bid", "", Mark.WITHDRAWAL),
        ("Acme denies report", "Acme said a newspaper report of a bid was incorrect and wrong.", Mark.NONE),
        (
            "Acme corrects course",
            "Acme corrects course after years of losses, as previously reported.",
            Mark.NONE,
        ),
        ("Acme withdraws its forecast", "Acme has withdrawn its forecast for the year.", Mark.NONE),
        ("Nasdaq enters correction", "The index fell into a correction, removed from its peak.", Mark.NONE),
        ("Drug withdrawn from market", "The drug was withdrawn after deaths.", Mark.NONE),
        ("Two killed in Acme plant blast", "Two workers were killed on Monday.", Mark.NONE),
    ],
)
def test_a_publisher_says_what_an_item_is(headline: str, body: str, mark: Mark) -> None:
    assert mark_of(item(headline, body)) is mark


def test_desks_words_for_one_thing_meet() -> None:
    assert code_of("acquires") == code_of("takeover") == code_of("bought")
    assert code_of("slashes") == code_of("trimmed")
    assert code_of("the") == 0 == code_of("2026")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sales of $2,030 million", "sales of EUR2.03bn"),
        ("210,000 tonnes", "210kt"),
        ("a 31% rise", "up 31 percent"),
        ("195.3 million pounds", "GBP195.3m"),
    ],
)
def test_a_figure_is_known_however_it_is_printed(one: str, other: str) -> None:
    assert figures(one) == figures(other) != []


def figures(body: str) -> list[int]:
    made = item("Acme", body)
    return list(spoken_of(made, read(made, universe(), version="t")).figures)


def test_names_years_days_and_ordinals_are_no_figures() -> None:
    body = "PARIS, June 27 - Acme's A320 and Q3 plan of 2024, its 2nd since May 5, began at 0815 GMT on Thursday."
    made = item("Acme", body)
    spoken = spoken_of(made, read(made, universe(), version="t"))
    assert (spoken.figures, spoken.dates, spoken.dateline) == ([], [5 << 5 | 5], 178)
    assert spoken.weekdays == spoken.weekday == 8


def test_a_rounded_figure_agrees() -> None:
    exact, rounded, other = figures("319.7 321 and 330 units")
    assert agree(exact, figures("320 units")[0])
    assert not agree(rounded, other)


def test_traits_survive_packing() -> None:
    for sample in sample_articles()[:20]:
        article = item(str(sample["headline"]), str(sample["body"]))
        traits = traits_of(article, read(article, universe(), version="test"), NOW)
        packed = pack(traits)
        assert unpack(packed) == traits
        assert len(packed) < 700
        assert 17 <= len(keys_of(traits, article.id)) <= MOST_KEYS


@pytest.mark.parametrize("packed", [b"", b"\x07", b"\x00" * 400])
def test_traits_of_another_version_are_not_guessed_at(packed: bytes) -> None:
    assert unpack(packed) is None
    index = StoryIndex()
    index.remember(Fingerprint(article_id=ArticleId("a"), story_id="s", known_at=1.0, traits=packed))
    assert len(index) == 0


def test_a_ring_finds_the_newest_first_and_forgets_the_oldest() -> None:
    ring = Ring(8)
    key = 0xDEADBEEF_12345678
    left = [ring.add(row(n), [key, key ^ (n << 40)]) for n in range(20)]
    assert [f.article_id for f in left if f is not None] == [f"art_{n}" for n in range(12)]
    assert ring.numbers(key, most=5) == [19, 18, 17, 16, 15]
    assert ring.numbers(key, most=50) == list(range(19, 11, -1))
    assert ring.numbers(key, before=15, most=50) == [14, 13, 12]
    assert [f.article_id for f in ring] == [f"art_{n}" for n in range(12, 20)]
    assert ring.fingerprint(13) == row(13)


def test_a_ring_of_one_row() -> None:
    ring = Ring(1)
    for n in range(5):
        ring.add(row(n), [n << 60, 5])
    assert ring.numbers(5, most=9) == [4]
    assert len(ring) == 1


def test_an_item_published_again_with_other_words_supersedes_itself() -> None:
    index = StoryIndex()
    first = item("Boeing delivers 40 jets", "Boeing delivered 40 jets in May, it said.")
    again = item("Boeing delivers 44 jets", "Boeing delivered 44 jets in May, it said.")
    opened, _ = index.group(first, read(first, universe(), version="t"), NOW)
    later = NOW + timedelta(hours=2)
    answer = index.group(again, read(again, universe(), version="t"), later)
    assert (answer[0].id, answer[0].supersedes, answer[0].duplicate_of) == (opened.id, first.id, None)
    assert answer[0].novelty <= 0.4
    assert index.group(again, read(again, universe(), version="t"), later)[0].id == opened.id
