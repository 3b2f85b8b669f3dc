"""Fit the table of expected moves that ships, and check it on later years.

Usage: python -m tools.event_study --fit STOCKNET_FOLDER [--check YAHOO_FOLDER] [--write]

The table is fitted on stocknet (messages on 88 shares, 2014-2015, and their daily prices; MIT). It is checked on
the later half of the same, and on articles of 2017-2019 with closes around them, which are measured on and never
fitted. What is said of suppliers, customers and peers without news of their own is held against what they did:
their middles are general knowledge, and their bands the scatter of news at large. The market is the S&P 500 as the skfolio wheel holds it. Nothing of either set is kept but the table.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from readthrough import __version__
from readthrough.domain.article import Article, ArticleId
from readthrough.domain.impact import Impact
from readthrough.domain.portfolio import Holding, Portfolio
from readthrough.domain.reading import Reading
from readthrough.domain.story import Story
from readthrough.portfolio.assess import HoldingsIndex, assess
from readthrough.portfolio.moves import MoveTable, moves_document, size_of
from readthrough.reading.novelty import StoryIndex
from readthrough.reading.read import read
from readthrough.research.eventstudy import (
    Check,
    Observation,
    Tied,
    check,
    check_tied,
    fit_moves,
    merged,
)
from readthrough.research.observations import Closes, abnormal_bps, observations_of, observed
from readthrough.universe import Universe, load_universe
from readthrough.universe.calendars import calendar_of

TARGET = Path(__file__).parents[1] / "src" / "readthrough" / "portfolio" / "data" / "expected_moves.json"
_TIES = ("supplier", "customer", "peer")
SPLIT = date(2015, 1, 1)
_TAG = re.compile(r"\$ ([a-z]{1,5}(?: - [a-z])?)\b")


def main() -> None:
    """Read, fit, check, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", type=Path, required=True)
    parser.add_argument("--check", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    universe = load_universe()
    market = _market()
    closes = {
        ticker: _closes(given.fit / "price" / "raw" / f"{ticker}.csv")
        for ticker in sorted(path.stem for path in (given.fit / "price" / "raw").glob("*.csv"))
    }
    heard: list[tuple[date, Impact]] = []
    fitted = merged(_messages(given.fit, universe, market, closes, heard))
    busy = {(o.instrument, o.day) for o in fitted}
    provenance = {
        "method": "abnormal return (market model) from the close before to the first close that knew",
        "fitted_on": "stocknet-dataset (MIT), messages on 88 US shares with daily prices",
        "days": f"{fitted[0].day} to {fitted[-1].day}",
        "observations": str(len(fitted)),
        "reader": __version__,
        "universe": universe.digest,
    }
    early = [o for o in fitted if o.day < SPLIT]
    late = [o for o in fitted if o.day >= SPLIT]
    first = fit_moves(early, provenance={})
    told = {"2014 checked on 2015": _words(check(first, late))}
    told |= _tied(heard, first, closes, market, universe, busy)
    table = fit_moves(fitted, provenance=provenance)
    if given.check:
        articles = merged(_articles(given.check, universe, market))
        told["2014-2015 checked on 2017-2019"] = _words(check(table, articles))
    for name, words in told.items():
        print(f"{name}: {words}")
    kept = {**provenance, **{f"check: {name}": words for name, words in told.items()}}
    if given.write:
        document = moves_document(replace(table, provenance=kept))
        TARGET.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{TARGET.name}: {len(document['rows'])} rows")


def _words(found: Check) -> str:
    reported = ""
    if found.reported_coverage is not None:
        reported = f", {found.reported_coverage:.1%} of {found.reported} whose text reports the move"
    return (
        f"{found.observations} observations; intervals hold {found.coverage:.1%} (s.e. {found.coverage_error:.1%})"
        f" of the 80 % they claim{reported}; rank correlation {found.correlation:.3f} (s.e. {found.correlation_error:.3f}),"
        f" sentiment alone {found.sentiment_correlation:.3f} (s.e. {found.sentiment_error:.3f}),"
        f" difference {found.gain:+.3f} (s.e. {found.gain_error:.3f})"
    )


def _tied(
    heard: list[tuple[date, Impact]],
    table: MoveTable,
    closes: dict[str, Closes],
    market: Closes,
    universe: Universe,
    busy: set[tuple[str, date]],
) -> dict[str, str]:
    """What was said of shares that others' news reaches, the largest for each share and day, and what they did."""
    largest: dict[tuple[str, date], Impact] = {}
    for session, impact in heard:
        key = (impact.ticker, session)
        if key not in busy and abs(impact.mid_bps or 0) > abs(getattr(largest.get(key), "mid_bps", 0) or 0):
            largest[key] = impact
    found = []
    for (ticker, session), impact in sorted(largest.items()):
        bps = abnormal_bps(closes[ticker], market, session) if ticker in closes else None
        if bps is not None and impact.mid_bps is not None:
            size = size_of(universe.rank(impact.issuer_id))
            low, high = table.around(impact.mid_bps, size)
            found.append(
                Tied(
                    instrument=ticker, day=session, path=impact.path, low_bps=low, mid_bps=impact.mid_bps,
                    high_bps=high, abnormal_bps=bps,
                )
            )  # fmt: skip
    told = {}
    for name, chosen in (
        ("suppliers, customers and peers, 2014-2015", [t for t in found if t.path in _TIES]),
        ("themes and drivers, 2014-2015", [t for t in found if t.path not in _TIES]),
    ):
        if chosen:
            result = check_tied(chosen)
            told[name] = (
                f"{result.observations} shares and days without news of their own; intervals hold"
                f" {result.coverage:.1%} (s.e. {result.coverage_error:.1%}) of the 80 % they claim; rank"
                f" correlation {result.correlation:.3f} (s.e. {result.correlation_error:.3f})"
            )
    return told


def _shares(closes: dict[str, Closes], universe: Universe) -> HoldingsIndex:
    """A book that holds each share whole, so that an effect on it is the share's move."""
    lines = tuple(
        Holding(
            ticker=ticker, issuer_id=issuer.id, name=ticker, quantity=Decimal(1), price=Decimal(1), currency="USD",
            market_value=Decimal(1), weight=Decimal(1), source_row=1,
        )
        for ticker in closes
        if (issuer := universe.by_ticker(ticker)) is not None
    )  # fmt: skip
    book = Portfolio(id="shares", name="shares", base_currency="USD", as_of=None, holdings=lines)
    return HoldingsIndex([book], universe)


def _market() -> Closes:
    from skfolio.datasets import load_sp500_index

    levels = load_sp500_index().iloc[:, 0]
    return Closes.of((day.date(), float(level)) for day, level in levels.items())


def _messages(
    folder: Path,
    universe: Universe,
    market: Closes,
    closes: dict[str, Closes],
    heard: list[tuple[date, Impact]],
) -> Iterator[Observation]:
    rows: list[tuple[datetime, str, str]] = []
    seen: set[tuple[str, str]] = set()
    with gzip.open(folder / "tweets.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = _TAG.sub(lambda m: "$" + m[1].upper().replace(" ", ""), row["text"])
            text = text.removeprefix("rt AT_USER ").replace("AT_USER", "").replace("URL", "").strip()
            if (row["ticker"], text[:80]) in seen:
                continue
            seen.add((row["ticker"], text[:80]))
            at = datetime.strptime(row["created_at"], "%a %b %d %H:%M:%S %z %Y").astimezone(UTC)
            rows.append((at, text, row["ticker"]))
    rows.sort(key=lambda row: row[0])
    stories = StoryIndex()
    shares = _shares(closes, universe)
    session_of = calendar_of("XNYS").session_of
    for number, (at, text, ticker) in enumerate(rows):
        reading, story = _read(f"m{number}", text, "", at, stories, universe)
        session = session_of(at)
        impacts = assess(reading, story, shares, universe, on=session)
        heard += [(session, i) for i in impacts if i.path in (*_TIES, "theme", "macro")]
        for told, session in observations_of(reading, story, at, universe):
            issuer = universe.issuer(told.issuer_id)
            if issuer is None or ticker not in issuer.tickers:
                continue
            found = observed(told, session, closes[ticker], market, universe)
            if found is not None:
                yield found


def _articles(folder: Path, universe: Universe, market: Closes) -> Iterator[Observation]:
    rows: list[tuple[datetime, dict[str, Any]]] = []
    for path in sorted(folder.glob("*_processed.json.xz")):
        for row in json.loads(lzma.decompress(path.read_bytes())):
            rows.append((datetime.fromisoformat(row["date_publish"]).replace(tzinfo=UTC), row))
    rows.sort(key=lambda pair: pair[0])
    stories = StoryIndex()
    for number, (at, row) in enumerate(rows):
        words = row["title"] or "", row["maintext"] or ""
        reading, story = _read(f"a{number}", *words, at, stories, universe)
        for told, session in observations_of(reading, story, at, universe):
            issuer = universe.issuer(told.issuer_id)
            ticker = next((t for t in issuer.tickers if row.get(f"curr_day_price_{t}")), "") if issuer else ""
            found = _around(row, ticker, at.date(), session, market) if ticker else None
            if found is not None:
                kept = observed(told, session, found, market, universe)
                if kept is not None:
                    yield kept


def _around(row: dict[str, Any], ticker: str, day: date, session: date, market: Closes) -> Closes | None:
    """The closes before, on and after the day of publication, where that was a session."""
    at = market.place(day)
    if at is None or at + 1 >= len(market.days):
        return None
    try:
        values = [float(row[f"{which}_day_price_{ticker}"]) for which in ("prev", "curr", "next")]
    except (KeyError, TypeError, ValueError):
        return None
    closes = Closes.of(zip(market.days[at - 1 : at + 2], values, strict=True))
    return closes if abnormal_bps(closes, market, session) is not None else None


def _read(
    name: str, headline: str, body: str, at: datetime, stories: StoryIndex, universe: Universe
) -> tuple[Reading, Story]:
    article = Article(id=ArticleId(name), headline=headline, body=body, published_at=at, received_at=at)
    reading = read(article, universe, version=__version__)
    return reading, stories.group(article, reading, at)[0]


def _closes(path: Path) -> Closes:
    with path.open(encoding="utf-8", newline="") as lines:
        return Closes.of(
            (date.fromisoformat(row["Date"]), float(row["Adj Close"]))
            for row in csv.DictReader(lines)
            if row["Adj Close"] not in ("", "null")
        )


if __name__ == "__main__":
    main()
