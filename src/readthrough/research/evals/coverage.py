"""Does a note say what an analyst would? Key points in the summary, read-throughs to other companies, length, variety.

`notes-points.jsonl` beside the gold articles, written before the notes were looked at, one JSON object a line:

{id,                                  a development article's
 points: ["1.91 & 1.76", ...],        what a summary must carry: every part of one alternative; `|` parts alternatives
 must: {ticker: direction, ...},      whom an analyst names first: positive, negative, or any
 may: {ticker: direction, ...}}       whom one may name as well

Notes of real pages are only counted: claims, words, and the runs of words that they share.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.note import ClaimKind, Note
from readthrough.domain.reading import Role
from readthrough.domain.story import Story
from readthrough.reading.read import read
from readthrough.research.evals.gold import READ_AT, load_gold
from readthrough.research.evals.public import Measure
from readthrough.research.evals.variety import distinct, spoken, variety
from readthrough.universe.master import Universe
from readthrough.writing.write import Playbooks, write

__all__ = ["Points", "Tally", "load_points", "measure_coverage", "say", "tally"]

_NAME: Final = "notes-coverage"
_NOTES: Final = 200
_FULL: Final = 250  # words from which on a page is a full article
_KEPT: Final = 5_000  # characters of a real page
_EVERY: Final = 7  # real pages lie in the order of their day: taken apart, they tell different stories

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What an analyst asks of the note on one article; directions by issuer id."""

    id: str
    points: tuple[str, ...]
    must: Mapping[str, str]
    may: Mapping[str, str]


@dataclass(slots=True)
class Tally:
    """Counts over notes; `misses` tells each in words."""

    asked: int = 0
    carried: int = 0
    listed: int = 0
    hit: int = 0
    named: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)


def load_points(folder: Path, universe: Universe) -> Iterator[Points]:
    """Yield what is asked of each article; a ticker the universe does not know is left out."""
    path = folder / "notes-points.jsonl"
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Points(
            id=row["id"],
            points=tuple(row["points"]),
            must=_by_issuer(row["must"], universe),
            may=_by_issuer(row["may"], universe),
        )


def measure_coverage(
    gold: Path, data: Path | None, universe: Universe, playbooks: Playbooks, *, told: Told | None = None
) -> Iterator[Measure]:
    """Measure the notes on the articles of `notes-points.jsonl`, and count those on real pages where there are any.

    Args:
        gold: The folder of gold files.
        data: The folder of public sets, or None.
        universe: Names and edges.
        playbooks: The inferences to choose from.
        told: Called with each miss.
    """
    asked = {p.id: p for p in load_points(gold, universe)}
    notes = [
        (asked[g.article.id], say(g.article, universe, playbooks))
        for g in load_gold(gold, "development")
        if g.article.id in asked
    ]
    if notes:
        found = tally(notes, universe)
        yield Measure(
            set=_NAME, name="key points", value=found.carried / max(1, found.asked), count=found.asked
        )
        yield Measure(
            set=_NAME, name="read-through hits", value=found.hit / max(1, found.listed), count=found.listed
        )
        precision = found.right / max(1, found.named)
        yield Measure(set=_NAME, name="read-through precision", value=precision, count=found.named)
        yield from _lengths([note for _, note in notes], "a gold article")
        if told is not None:
            for miss in found.misses:
                told(f"{_NAME}: {miss}")
    if data is not None and (data / "yahoo_news_prices").is_dir():
        yield from _real(data, universe, playbooks)


def say(article: Article, universe: Universe, playbooks: Playbooks) -> Note:
    """Read and write one article as new."""
    return write(
        article,
        read(article, universe, version="eval"),
        Story(id="story_eval", novelty=1.0),
        (),
        playbooks=playbooks,
        universe=universe,
        version="eval",
        known_at=READ_AT,
    )


def tally(notes: Sequence[tuple[Points, Note]], universe: Universe) -> Tally:
    """Count points carried and companies named, each against what is asked."""
    found = Tally()
    for asked, note in notes:
        summary = " ".join(s.text for s in note.summary)
        missing = [point for point in asked.points if not _carries(summary, point)]
        found.asked += len(asked.points)
        found.carried += len(asked.points) - len(missing)
        listed = {**asked.may, **asked.must}
        named = _read_through(note, universe, frozenset(listed))
        hits = {i for i, way in asked.must.items() if _agrees(way, named.get(i, ()))}
        wrong = [i for i, ways in named.items() if not (i in listed and _agrees(listed[i], ways))]
        found.listed += len(asked.must)
        found.hit += len(hits)
        found.named += len(named)
        found.right += len(named) - len(wrong)
        found.misses += [f"{asked.id} point {point}" for point in missing]
        found.misses += [f"{asked.id} unnamed {i} {asked.must[i]}" for i in asked.must if i not in hits]
        found.misses += [f"{asked.id} not listed {i} {'/'.join(named[i])}" for i in wrong]
    return found


def _by_issuer(tickers: Mapping[str, str], universe: Universe) -> dict[str, str]:
    issuers = ((universe.by_ticker(ticker), way) for ticker, way in tickers.items())
    return {issuer.id: way for issuer, way in issuers if issuer is not None}


def _carries(summary: str, point: str) -> bool:
    return any(
        all(_stands(part.strip(), summary) for part in alternative.split("&"))
        for alternative in point.split("|")
    )


def _stands(part: str, summary: str) -> bool:
    """Tell whether words or a figure stand in a text by themselves: 26% does not stand in 1.26%."""
    pattern = rf"(?<![\w.]){re.escape(part)}(?![\d]|[.,]\d)"
    return re.search(pattern, " ".join(summary.split()), re.IGNORECASE) is not None


def _read_through(note: Note, universe: Universe, listed: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Collect whom the claims name beside the page's main companies: directions by issuer id."""
    main = {t.issuer_id for t in note.reading.tickers if t.role is Role.PRIMARY} - listed
    found: dict[str, list[str]] = {}
    for claim in note.analysis:
        for ticker, way in claim.tickers:
            issuer = universe.by_ticker(ticker)
            if issuer is not None and issuer.id not in main:
                found.setdefault(issuer.id, []).append(way)
    return {issuer: tuple(dict.fromkeys(ways)) for issuer, ways in found.items()}


def _agrees(wanted: str, ways: Sequence[str]) -> bool:
    return bool(ways) if wanted == "any" else wanted in ways


def _real(data: Path, universe: Universe, playbooks: Playbooks) -> Iterator[Measure]:
    full = (a for a in _pages(data) if len(a.text.split()) >= _FULL)
    apart = distinct((a, a.text) for a in islice(islice(full, 0, None, _EVERY), _NOTES + 40))[:_NOTES]
    notes = [say(article, universe, playbooks) for article in apart]
    yield from _lengths(notes, "a real page")
    found = variety(spoken(note) for note in notes)
    yield Measure(set=_NAME, name="shared runs of five words", value=found.shared, count=found.notes)


def _lengths(notes: Sequence[Note], of: str) -> Iterator[Measure]:
    live = [n for n in notes if n.reading.noise is None]
    count = max(1, len(live))
    words = sum(len(c.text.split()) for n in live for c in n.analysis)
    yield Measure(
        set=_NAME, name=f"claims {of}", value=sum(len(n.analysis) for n in live) / count, count=len(live)
    )
    yield Measure(set=_NAME, name=f"words of claims {of}", value=words / count, count=len(live))
    kinds = Counter(c.kind for n in live for c in n.analysis)
    through = kinds[ClaimKind.READ_THROUGH] / count
    yield Measure(set=_NAME, name=f"read-throughs {of}", value=through, count=len(live))
    silent = sum(not n.analysis for n in live) / count
    yield Measure(set=_NAME, name=f"without a claim, {of}", value=silent, count=len(live))


def _pages(data: Path) -> Iterator[Article]:
    for path in sorted((data / "yahoo_news_prices").glob("*_processed.json.xz")):
        with lzma.open(path) as file:
            rows = json.load(file)
        for i, row in enumerate(rows):
            name = ArticleId(f"{path.name[:4]}-{i}")
            headline, body = row.get("title") or "", (row.get("maintext") or "")[:_KEPT]
            yield Article(id=name, headline=headline, body=body, received_at=READ_AT)
