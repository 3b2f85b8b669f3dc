"""What a story means for 10,000 portfolios of 100 holdings, of which it touches 50."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from time import process_time

from bench.articles import articles_of_300_words
from bench.results import Result
from readthrough.domain.portfolio import Holding, Portfolio
from readthrough.domain.reading import Reading
from readthrough.domain.security import IssuerId
from readthrough.domain.story import Story
from readthrough.portfolio.assess import HoldingsIndex, assess
from readthrough.portfolio.telling import telling_of
from readthrough.reading.read import read
from readthrough.universe import Universe, load_universe

__all__ = ["run"]

_BOOKS, _LINES, _TOUCHED, _ROUNDS = 10_000, 100, 50, 200
_NEW = Story(id="sto_bench", novelty=1.0)


def run() -> Iterator[Result]:
    """Time a story that touches 50 books of 10,000, beside asking every book in turn."""
    universe = load_universe()
    reading, issuer = _story(universe)
    books = _books(issuer, reading, universe)
    begun = process_time()
    index = HoldingsIndex(books, universe)
    built = process_time() - begun
    found = assess(reading, _NEW, index, universe)
    touched = {impact.portfolio for impact in found}
    assert len(touched) == _TOUCHED, f"{len(touched)} books are touched"
    spent = min(_timed(reading, index, universe) for _ in range(_ROUNDS))
    begun = process_time()
    naive = {book.id for book in books if any(line.issuer_id == issuer for line in book.holdings)}
    rival = process_time() - begun
    assert naive == touched
    yield Result(
        bench="portfolio.assess_ms",
        value=spent * 1000,
        against="looking through every book",
        ratio=rival / spent,
        words=f"portfolio: a story that touches {_TOUCHED} of {_BOOKS:,} books of {_LINES} lines assessed in"
        f" {spent * 1000:.2f} ms, {rival / spent:.0f} times as fast as finding the books alone by looking through all"
        f" of them; the index of a million lines is built in {built:.1f} s",
    )


def _timed(reading: Reading, index: HoldingsIndex, universe: Universe) -> float:
    begun = process_time()
    assess(reading, _NEW, index, universe)
    return process_time() - begun


def _story(universe: Universe) -> tuple[Reading, IssuerId]:
    for article in articles_of_300_words(200):
        reading = read(article, universe, version="bench")
        told = next((t for t in reading.tickers if telling_of(t, reading, _NEW) is not None), None)
        if told is not None:
            return replace(
                reading, themes=(), events=tuple(e for e in reading.events if e.issuer_id)
            ), told.issuer_id
    raise AssertionError("no article tells anything")


def _books(issuer: IssuerId, reading: Reading, universe: Universe) -> list[Portfolio]:
    near = {t.issuer_id for t in reading.tickers} | {
        edge.target for t in reading.tickers for edge in universe.graph.edges(t.issuer_id)
    }
    others = [i for i in universe.issuer_ids if i not in near and i != issuer]
    step = _BOOKS // _TOUCHED
    books = []
    for n in range(_BOOKS):
        held = [others[(n * 37 + k * 61) % len(others)] for k in range(_LINES)]
        if n % step == 0:
            held[0] = issuer
        books.append(
            Portfolio(
                id=f"b{n}",
                name=f"b{n}",
                base_currency="USD",
                as_of=None,
                holdings=tuple(_line(i, k) for k, i in enumerate(held)),
            )
        )
    return books


def _line(issuer: IssuerId, row: int) -> Holding:
    return Holding(
        ticker=issuer,
        issuer_id=issuer,
        name="",
        quantity=_ONE,
        price=_ONE,
        currency="USD",
        market_value=_ONE,
        weight=_SHARE,
        source_row=row,
    )


_ONE, _SHARE = Decimal(1), Decimal("0.01")
