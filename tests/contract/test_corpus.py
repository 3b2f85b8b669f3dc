"""What any corpus must do, run on every implementation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from readthrough.domain.article import Span
from readthrough.domain.corpus import (
    Corpus,
    CorpusDocument,
    CorpusFilter,
    DocumentKind,
    DocumentTable,
    Found,
    Indexed,
    Piece,
)
from readthrough.storage.open import open_store

T0 = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(params=["sqlite file", "sqlite memory", "postgresql"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Corpus]:
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    else:
        url = f"sqlite:///{tmp_path / 'notes.db'}" if request.param == "sqlite file" else "sqlite://"
    store = open_store(url)
    opened = store.corpus()
    yield opened
    opened.close()
    store.close()


def made(
    name: str,
    text: str,
    *,
    vector: tuple[float, ...] = (),
    tickers: tuple[tuple[str, float], ...] = (),
    kind: DocumentKind = DocumentKind.REPORT,
    at: datetime = T0,
    known: datetime | None = None,
    source: str = "",
    tenant: str = "",
    title: str = "",
) -> Indexed:
    document = CorpusDocument(
        id=name,
        kind=kind,
        title=title or name,
        text=text,
        published_at=at,
        known_at=known or at,
        tickers=tickers,
        source=source,
        tenant=tenant,
    )
    piece = Piece(span=Span(0, len(text)), page=1, text=text, vector=_unit(vector))
    return Indexed(document=document, pieces=(piece,), space="test" if vector else "")


def _unit(vector: tuple[float, ...]) -> tuple[float, ...]:
    length = math.sqrt(sum(x * x for x in vector))
    return tuple(x / length for x in vector)


def names(found: Sequence[Found]) -> list[str]:
    return [one.document_id for one in found]


def test_words_are_found_and_nothing_in_them_is_syntax(corpus: Corpus) -> None:
    corpus.add(
        [
            made("a", "Copper margins widened."),
            made("b", "Wheat fell."),
            made("c", "Margins of copper makers."),
        ]
    )
    assert set(names(corpus.by_words(["copper", "margin"], CorpusFilter(), limit=5))) == {"a", "c"}
    assert corpus.by_words(["onions"], CorpusFilter(), limit=5) == []
    assert corpus.by_words([], CorpusFilter(), limit=5) == []
    assert corpus.by_words(["copper"], CorpusFilter(), limit=0) == []


def test_a_document_comes_back_whole(corpus: Corpus) -> None:
    table = DocumentTable(page=2, span=Span(7, 12), rows=(("", "2025"), ("Sales", "1,234")))
    whole = CorpusDocument(
        id="doc",
        kind=DocumentKind.FILING,
        title="Orbex 10-K",
        text="First.\n\nSales 1,234",
        source="Orbex",
        url="https://example.com/f",
        published_at=T0,
        known_at=T0 + DAY,
        tickers=(("ORB", 1.0),),
        tenant="firm",
        pages=(0, 8),
        tables=(table,),
    )
    corpus.add([Indexed(document=whole, pieces=())])
    assert corpus.document("doc", tenant="firm") == whole
    assert corpus.document("doc", tenant="other") is None
    assert corpus.document("doc", tenant="") is None
    assert corpus.document("nothing", tenant="firm") is None


def test_the_same_words_change_nothing_and_others_are_a_new_version(corpus: Corpus) -> None:
    assert corpus.add([made("a", "Guidance was cut.")]) == 1
    assert corpus.add([made("a", "Guidance was cut.")]) == 0
    assert corpus.add([made("a", "Guidance was raised.", known=T0 + DAY)]) == 1
    assert names(corpus.by_words(["cut"], CorpusFilter(), limit=5)) == []
    assert names(corpus.by_words(["raised"], CorpusFilter(), limit=5)) == ["a"]
    before = CorpusFilter(as_of=T0 + DAY / 2)
    assert names(corpus.by_words(["cut"], before, limit=5)) == ["a"]
    assert names(corpus.by_words(["raised"], before, limit=5)) == []
    assert corpus.counts() == (1, 1)
    old = corpus.document("a", tenant="", as_of=T0 + DAY / 2)
    assert old is not None
    assert old.text == "Guidance was cut."


def test_nothing_is_known_before_its_time(corpus: Corpus) -> None:
    corpus.add([made("late", "Copper rose.", vector=(1, 0), known=T0 + 3 * DAY)])
    early = CorpusFilter(as_of=T0 + DAY)
    assert corpus.by_words(["copper"], early, limit=5) == []
    assert corpus.by_vector(_unit((1, 0)), "test", early, limit=5) == []
    assert names(corpus.by_vector(_unit((1, 0)), "test", CorpusFilter(as_of=T0 + 4 * DAY), limit=5)) == [
        "late"
    ]


@pytest.mark.parametrize("way", ["words", "vector"])
def test_every_filter_holds(corpus: Corpus, way: str) -> None:
    corpus.add(
        [
            made("plain", "copper", vector=(1, 0)),
            made("ticker", "copper", vector=(1, 0), tickers=(("FCX", 0.9), ("SCCO", 0.2))),
            made("filing", "copper", vector=(1, 0), kind=DocumentKind.FILING),
            made("source", "copper", vector=(1, 0), source='Wire\'s "own"'),
            made("old", "copper", vector=(1, 0), at=T0 - 30 * DAY),
            made("theirs", "copper", vector=(1, 0), tenant="them"),
        ]
    )

    def look(**chosen: object) -> set[str]:
        only = CorpusFilter(**chosen)  # type: ignore[arg-type]
        if way == "words":
            return set(names(corpus.by_words(["copper"], only, limit=20)))
        return set(names(corpus.by_vector(_unit((1, 0)), "test", only, limit=20)))

    everyone = {"plain", "ticker", "filing", "source", "old"}
    assert look() == everyone
    assert look(tenant="them") == everyone | {"theirs"}
    assert look(tenant="others") == everyone
    assert look(tickers=("fcx",)) == {"ticker"}
    assert look(tickers=("SCCO",), min_relevance=0.5) == set()
    assert look(kinds=(DocumentKind.FILING,)) == {"filing"}
    assert look(sources=('Wire\'s "own"',)) == {"source"}
    assert look(documents=("old", "plain")) == {"old", "plain"}
    assert look(until=T0) == {"old"}
    assert look(since=T0) == everyone - {"old"}
    assert look(since=T0, kinds=(DocumentKind.REPORT,), tickers=("FCX",)) == {"ticker"}
    assert look(tickers=("ZZZ",)) == set()


def test_vectors_of_another_space_are_never_compared(corpus: Corpus) -> None:
    corpus.add([made("a", "copper", vector=(1, 0))])
    assert corpus.by_vector(_unit((1, 0)), "another", CorpusFilter(), limit=5) == []
    assert corpus.by_vector(_unit((1, 0, 0)), "test", CorpusFilter(), limit=5) == []


def test_what_is_removed_is_gone_and_only_by_its_owner(corpus: Corpus) -> None:
    corpus.add([made("a", "copper", vector=(1, 0), tenant="firm"), made("b", "copper", vector=(0.9, 0.1))])
    mine = CorpusFilter(tenant="firm")
    assert len(corpus.by_vector(_unit((1, 0)), "test", mine, limit=5)) == 2
    assert corpus.remove(["a"], tenant="other") == 0
    assert corpus.remove(["a", "missing"], tenant="firm") == 1
    assert names(corpus.by_words(["copper"], mine, limit=5)) == ["b"]
    assert names(corpus.by_vector(_unit((1, 0)), "test", mine, limit=5)) == ["b"]
    assert corpus.document("a", tenant="firm") is None
    assert corpus.add([made("a", "copper", vector=(1, 0), tenant="firm")]) == 1
    assert names(corpus.by_vector(_unit((1, 0)), "test", mine, limit=5))[0] == "a"


def test_a_tenants_document_of_the_same_name_is_another(corpus: Corpus) -> None:
    corpus.add([made("a", "ours", tenant="one"), made("a", "theirs", tenant="two")])
    first, second = corpus.document("a", tenant="one"), corpus.document("a", tenant="two")
    assert first is not None
    assert second is not None
    assert (first.text, second.text) == ("ours", "theirs")
    assert names(corpus.by_words(["theirs"], CorpusFilter(tenant="one"), limit=5)) == []


def test_lists_go_from_new_to_old_and_on_from_the_last_seen(corpus: Corpus) -> None:
    corpus.add([made(f"d{n}", "x", at=T0 + n * DAY) for n in range(5)])
    first = [d.id for d in corpus.documents(CorpusFilter(), limit=2)]
    assert first == ["d4", "d3"]
    assert [d.id for d in corpus.documents(CorpusFilter(), limit=9, before="d3")] == ["d2", "d1", "d0"]
    assert corpus.documents(CorpusFilter(), limit=9, before="none") == []


def test_filtered_search_by_vector_misses_nothing(corpus: Corpus) -> None:
    drawn = np.random.default_rng(11)
    vectors = drawn.normal(size=(400, 32))
    corpus.add(
        [
            made(
                f"d{n}", f"w{n}", vector=tuple(map(float, v)), tickers=((f"T{n % 20}", 1.0),), at=T0 + n * DAY
            )
            for n, v in enumerate(vectors)
        ]
    )
    units = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16).astype(np.float64)
    for n in range(20):
        asked = _unit(tuple(map(float, drawn.normal(size=32))))
        only = CorpusFilter(tickers=(f"T{n}",), since=T0 + 100 * DAY)
        allowed = [i for i in range(400) if i % 20 == n and i >= 100]
        best = sorted(allowed, key=lambda i: -float(units[i] @ np.asarray(asked)))[:10]
        assert set(names(corpus.by_vector(asked, "test", only, limit=10))) == {f"d{i}" for i in best}


def test_words_are_found_behind_many_that_a_filter_leaves_out(corpus: Corpus) -> None:
    corpus.add(
        [made(f"d{n}", "copper copper", at=T0 - DAY) for n in range(60)]
        + [made("late", "a long tale of copper")]
    )
    assert names(corpus.by_words(["copper"], CorpusFilter(since=T0), limit=3)) == ["late"]


def test_text_that_databases_refuse_is_kept_all_the_same(corpus: Corpus) -> None:
    corpus.add([made("a", "copper\x00 \ud800 end", source="a\x00b")])
    found = corpus.by_words(["copper"], CorpusFilter(), limit=1)
    assert found[0].text == "copper\ufffd \ufffd end"


def test_the_mark_is_kept(corpus: Corpus) -> None:
    assert corpus.mark() == 0
    corpus.set_mark(17)
    assert corpus.mark() == 17


def test_another_process_sees_what_was_added(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'notes.db'}"
    first, second = open_store(url), open_store(url)
    one, two = first.corpus(), second.corpus()
    one.add([made("a", "copper", vector=(1, 0))])
    assert names(two.by_vector(_unit((1, 0)), "test", CorpusFilter(), limit=5)) == ["a"]
    one.add([made("b", "copper", vector=(1, 0.1)), made("a", "tin", vector=(0, 1), known=T0 + DAY)])
    assert names(two.by_vector(_unit((1, 0)), "test", CorpusFilter(), limit=5)) == ["b", "a"]
    assert [f.text for f in two.by_vector(_unit((0, 1)), "test", CorpusFilter(), limit=1)] == ["tin"]
    one.remove(["b"], tenant="")
    assert names(two.by_vector(_unit((1, 0)), "test", CorpusFilter(), limit=5)) == ["a"]
    first.close()
    second.close()
