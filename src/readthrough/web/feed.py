"""What the feed shows of a note, and which notes a reader asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias
from urllib.parse import urlencode

from readthrough.domain.contract import NoteDocument
from readthrough.web.formats import event_name, sign

__all__ = [
    "MAX_ROWS",
    "Choice",
    "Facets",
    "FeedFilter",
    "Page",
    "Row",
    "collect",
    "facets_of",
    "folded",
    "row_of",
]

MAX_ROWS: Final = 100
"""Rows on the first page; the browser keeps at most 200 as new ones arrive."""
SCANNED: Final = 1000
"""Most notes looked at for one page: a filter that matches almost nothing must not read the whole record."""
BATCH: Final = 200
SIGNS: Final = ("positive", "neutral", "negative")
_SIGN_OF: Final = {"pos": "positive", "neu": "neutral", "neg": "negative"}
MAX_VALUES: Final = 40

Page: TypeAlias = Callable[[str | None, int], list[NoteDocument]]
"""Returns up to that many notes older than that id, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFilter:
    """What a reader chose. Values of one kind are alternatives; kinds must all hold."""

    tickers: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    events: tuple[str, ...] = ()  # parents or fine types
    story: str = ""
    held: bool = False  # only what moves a portfolio

    @classmethod
    def of(
        cls,
        *,
        tickers: Iterable[str] = (),
        signs: Iterable[str] = (),
        events: Iterable[str] = (),
        story: str = "",
        held: bool = False,
    ) -> FeedFilter:
        """Clean what came in a query: empty values drop, tickers rise to capitals, the rest is bounded."""
        return cls(
            tickers=_clean(t.upper() for t in tickers),
            signs=tuple(s for s in _clean(signs) if s in SIGNS),
            events=_clean(e.lower() for e in events),
            story=story.strip()[:80],
            held=held,
        )

    def admits(self, document: Mapping[str, Any]) -> bool:
        """Tell whether a note is among those asked for."""
        if self.story and document["story"].get("id") != self.story:
            return False
        if self.held and not any(i["expected_bps"] for i in document["book"]):
            return False
        if self.signs and _SIGN_OF[sign(document["sentiment"]["score"])] not in self.signs:
            return False
        if self.tickers and not any((t["ticker"] or "").upper() in self.tickers for t in document["tickers"]):
            return False
        if not self.events:
            return True
        return any(e["type"] in self.events or e["parent"] in self.events for e in document["events"])

    @property
    def query(self) -> str:
        """The filter as a query string, empty when nothing is chosen."""
        pairs = [("ticker", t) for t in self.tickers]
        pairs += [("sign", s) for s in self.signs] + [("event", e) for e in self.events]
        pairs += [("story", self.story)] if self.story else []
        pairs += [("held", "1")] if self.held else []
        return urlencode(pairs)


def _clean(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.strip()[:60] for v in values if v.strip()))[:MAX_VALUES]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the feed."""

    id: str
    known_at: str
    at: str | None
    ticker: str
    more: int  # tickers beyond the first
    event: str
    event_type: str
    headline: str
    source: str
    score: float | None
    label: str
    mixed: bool
    impact: float
    book_bps: float | None  # of the portfolio it moves most
    repeated: bool
    noise: str | None
    story: str = ""
    repeats: int = 0  # how many more tell the same, folded into this row


def row_of(document: Mapping[str, Any]) -> Row:
    """Pick what the feed shows: the most relevant ticker and the event that is news."""
    tickers = [t for t in document["tickers"] if t["role"] != "passing"] or document["tickers"]
    lead = max(tickers, key=lambda t: t["relevance"], default=None)
    event = _main_event(document, lead)
    article, book = document["article"], document["book"]
    return Row(
        id=document["id"],
        known_at=document["known_at"],
        at=article["published_at"] or article["received_at"],
        ticker=(lead["ticker"] or lead["name"]) if lead else "",
        more=max(0, len(tickers) - 1),
        event=event_name(event["type"]) if event else "",
        event_type=event["type"] if event else "",
        headline=article["headline"] or "(no headline)",
        source=article["source"],
        score=document["sentiment"]["score"],
        label=document["sentiment"]["label"],
        mixed=document["sentiment"]["mixed"],
        impact=document["market_impact"],
        book_bps=_most_moved(book),
        repeated=document["story"]["duplicate_of"] is not None,
        noise=document["noise"],
        story=document["story"].get("id") or "",
    )


def folded(rows: Iterable[Row]) -> list[Row]:
    """Fold rows that only repeat a story into the row that told it, which keeps its place.

    A repeat whose story is told by none of the rows stands for it.
    """
    held: dict[str, Row] = {}
    shown = list(rows)
    for row in reversed(shown):  # from old to new: the first to tell it is the one that stays
        if row.story and (row.story not in held or not row.repeated):
            told = held.get(row.story)
            held[row.story] = (
                row if told is None or not told.repeated else replace(row, repeats=told.repeats + 1)
            )
        elif row.story:
            lead = held[row.story]
            held[row.story] = replace(lead, repeats=lead.repeats + 1)
    kept = {lead.id: lead for lead in held.values()}
    # News that follows a story up is a row of its own: only what repeats it folds.
    return [kept.get(row.id, row) for row in shown if row.id in kept or not row.repeated or not row.story]


def _main_event(document: Mapping[str, Any], lead: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The event that is news: the lead company's own first, and of those one that points the score's way."""
    score = document["sentiment"]["score"] or 0.0
    way = "positive" if score > 0 else "negative" if score < 0 else ""
    news = [event for event in document["events"] if not event["background"]]
    ticker = lead["ticker"] if lead else None
    return max(  # the first of equals, so the order of the text decides
        news,
        key=lambda e: (ticker is not None and e.get("ticker") == ticker, e.get("polarity") == way),
        default=None,
    )


def _most_moved(book: Iterable[Mapping[str, Any]]) -> float | None:
    totals: dict[str, float] = {}
    for impact in book:
        if (expected := impact["expected_bps"]) is not None:
            totals[impact["portfolio"]] = totals.get(impact["portfolio"], 0.0) + expected["mid"]
    return max(totals.values(), key=abs, default=None)


def collect(
    page: Page, chosen: FeedFilter, *, limit: int = MAX_ROWS, first: list[NoteDocument] | None = None
) -> list[NoteDocument]:
    """Gather the newest notes a filter admits, looking at a bounded number.

    Args:
        page: Gives older and older notes.
        chosen: The filter.
        limit: Most notes gathered.
        first: The newest `BATCH` notes, where they have been read already.
    """
    found: list[NoteDocument] = []
    before: str | None = None
    for _ in range(SCANNED // BATCH):
        notes = first if first is not None and before is None else page(before, BATCH)
        found += [note for note in notes if chosen.admits(note)]
        if len(found) >= limit or len(notes) < BATCH:
            break
        before = str(notes[-1]["id"])
    return found[:limit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One box of the filter pane."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """The filter pane: what recent notes offer, with what is chosen always present."""

    signs: tuple[Choice, ...]
    events: tuple[Choice, ...]
    tickers: tuple[Choice, ...]


def facets_of(documents: Iterable[Mapping[str, Any]], chosen: FeedFilter) -> Facets:
    """Count what recent notes offer to filter by."""
    signs: Counter[str] = Counter()
    events: Counter[str] = Counter()
    tickers: Counter[str] = Counter()
    for document in documents:
        signs[_SIGN_OF[sign(document["sentiment"]["score"])]] += 1
        events.update({e["parent"] for e in document["events"]})
        tickers.update({t["ticker"] for t in document["tickers"] if t["ticker"] and t["role"] != "passing"})
    return Facets(
        signs=tuple(Choice(value=s, words=s, count=signs[s], chosen=s in chosen.signs) for s in SIGNS),
        events=_choices(events, chosen.events, event_name, 12),
        tickers=_choices(tickers, chosen.tickers, str, 16),
    )


def _choices(
    counts: Counter[str], chosen: tuple[str, ...], name: Callable[[str], str], most: int
) -> tuple[Choice, ...]:
    ranked = sorted(counts, key=lambda value: (-counts[value], value))
    kept = dict.fromkeys((*ranked[:most], *chosen))
    return tuple(Choice(value=v, words=name(v), count=counts[v], chosen=v in chosen) for v in kept)
