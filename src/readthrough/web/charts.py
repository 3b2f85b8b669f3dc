"""Where things stand in the drawings of a page: days along, prices, scores and counts up. Templates draw them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from readthrough.web.formats import moment, num

__all__ = ["Area", "Bar", "Mark", "NewsDay", "Panes", "Tick", "bars_of", "line_of", "news_days", "panes"]

WIDTH: Final = 960.0
LEFT: Final = 6.0
RIGHT: Final = 54.0
PRICE: Final = (12.0, 210.0)
SCORE: Final = (236.0, 306.0)
COUNT: Final = (322.0, 362.0)
MOST_DAYS: Final = 370


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsDay:
    """The news of a day on one ticker: how much, and how it sounded, by relevance."""

    day: date
    notes: tuple[Mapping[str, Any], ...]
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A marker of news: one note or several on a day."""

    x: float
    y: float
    sign: str
    count: int
    words: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A rectangle of a drawing."""

    x: float
    y: float
    width: float
    height: float
    sign: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of an axis with what it says."""

    at: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panes:
    """The drawing of a ticker: price above, sentiment on a scale of -1 to +1, and how much news, day by day."""

    width: float
    height: float
    price: str  # points of the line; empty where no price is fed
    marks: tuple[Mark, ...]
    prices: tuple[Tick, ...]
    scores: tuple[Bar, ...]
    counts: tuple[Bar, ...]
    days: tuple[Tick, ...]
    zero: float


def news_days(notes: Iterable[Mapping[str, Any]], ticker: str) -> list[NewsDay]:
    """Gather a ticker's notes by their day, oldest first; noise and repeats count as news but do not sound."""
    found: dict[date, list[Mapping[str, Any]]] = defaultdict(list)
    for note in notes:
        if (at := _at(note)) is not None:
            found[at.date()].append(note)
    return [
        NewsDay(day=day, notes=tuple(found[day]), score=_mean(found[day], ticker)) for day in sorted(found)
    ]


def _at(note: Mapping[str, Any]) -> datetime | None:
    article = note["article"]
    return moment(article["published_at"] or article["received_at"])


def _mean(notes: Sequence[Mapping[str, Any]], ticker: str) -> float | None:
    weights, total = 0.0, 0.0
    for note in notes:
        for read in note["tickers"]:
            own = (read["ticker"] or "").upper() == ticker.upper()
            if own and read.get("score") is not None and note["story"]["duplicate_of"] is None:
                weights += read["relevance"]
                total += read["relevance"] * read["score"]
    return total / weights if weights else None


def panes(
    days: Sequence[NewsDay], prices: Sequence[tuple[date, float]], *, feed: str, note: str
) -> Panes | None:
    """Lay out a ticker's drawing; nothing where there is neither news nor price.

    Args:
        days: The news, oldest first.
        prices: Closes by day, oldest first.
        feed: Address of the ticker's feed, for days with several notes.
        note: Address under which notes are found.
    """
    known = [d.day for d in days] + [day for day, _ in prices]
    if not known:
        return None
    last = max(known)
    first = max(min(known), last - timedelta(days=MOST_DAYS))
    first = min(first, last - timedelta(days=6))  # a day or two of news still stand on a week
    span = (last - first).days
    inner = WIDTH - LEFT - RIGHT

    def x(day: date) -> float:
        return round(LEFT + inner * ((day - first).days + 0.5) / (span + 1), 1)

    shown = [(day, price) for day, price in prices if day >= first]
    news = [d for d in days if d.day >= first]
    low, high = _range([price for _, price in shown])
    steps = _steps(low, high)
    width = min(inner / (span + 1) * 0.7, 14.0)

    def y(price: float) -> float:
        return round(PRICE[1] - (price - low) / (high - low) * (PRICE[1] - PRICE[0] - 18), 1)

    middle, half = sum(SCORE) / 2, (SCORE[1] - SCORE[0]) / 2
    most = max((len(d.notes) for d in news), default=1)
    return Panes(
        width=WIDTH,
        height=384.0,
        price=" ".join(f"{x(day)},{y(price)}" for day, price in shown),
        marks=tuple(_mark(d, x(d.day), _beside(d.day, shown, y), feed, note) for d in news),
        prices=tuple(Tick(at=y(p), words=num(p, _decimals(steps))) for p in steps) if shown else (),
        scores=tuple(
            Bar(
                x=x(d.day) - width / 2,
                y=middle - max(d.score, 0.0) * half,
                width=width,
                height=max(abs(d.score) * half, 0.6),
                sign="pos" if d.score > 0 else "neg",
                words=f"{d.day.isoformat()}: {num(d.score, 2, plus=True)}",
            )
            for d in news
            if d.score is not None
        ),
        counts=tuple(
            Bar(
                x=x(d.day) - width / 2,
                y=COUNT[1] - (COUNT[1] - COUNT[0]) * len(d.notes) / most,
                width=width,
                height=(COUNT[1] - COUNT[0]) * len(d.notes) / most,
                sign="neu",
                words=f"{d.day.isoformat()}: {len(d.notes)} notes",
            )
            for d in news
        ),
        days=tuple(Tick(at=x(day), words=day.strftime("%d %b")) for day in _some_days(first, last)),
        zero=middle,
    )


def _mark(d: NewsDay, x: float, y: float, feed: str, note: str) -> Mark:
    one = d.notes[0]
    sign = "neu" if d.score is None or abs(d.score) < 0.10 else "pos" if d.score > 0 else "neg"
    words = one["article"]["headline"] if len(d.notes) == 1 else f"{len(d.notes)} notes"
    return Mark(
        x=x,
        y=y,
        sign=sign,
        count=len(d.notes),
        words=f"{d.day.isoformat()}: {words}",
        path=f"{note}{one['id']}" if len(d.notes) == 1 else feed,
    )


def _beside(day: date, prices: Sequence[tuple[date, float]], y: Any) -> float:
    before = [price for when, price in prices if when <= day]
    return max(y(before[-1]) - 12, 8.0) if before else PRICE[1] - 8


def _range(values: Sequence[float]) -> tuple[float, float]:
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    margin = (high - low) * 0.06 or abs(high) * 0.02 or 1.0
    return low - margin, high + margin


def _steps(low: float, high: float, most: int = 6) -> list[float]:
    """Round values between two others, 1, 2 or 5 of a power of ten apart, as an axis has them.

    >>> _steps(153.2, 233.9)
    [160.0, 180.0, 200.0, 220.0]
    """
    span = high - low
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next(power * by for by in (1, 2, 5, 10) if span / (power * by) <= most)
    return [round(n * step, 10) for n in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _decimals(steps: Sequence[float]) -> int:
    return max((len(f"{value:.6f}".rstrip("0").partition(".")[2]) for value in steps), default=0)


def _some_days(first: date, last: date) -> list[date]:
    span = (last - first).days
    step = max(1, span // 8)
    return [first + timedelta(days=n) for n in range(0, span + 1, step)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A line over time with its axis: wealth, drawdown."""

    points: str
    ticks: tuple[Tick, ...]
    days: tuple[Tick, ...]
    zero: float


def line_of(
    series: Sequence[tuple[date, float]], *, width: float = 640.0, height: float = 150.0, share: bool = True
) -> Area | None:
    """Lay out a line over days; `share` writes its axis as percent. Nothing under two points."""
    if len(series) < 2:
        return None
    low, high = _range([value for _, value in series])
    low, high = min(low, 0.0) if share else low, max(high, 0.0) if share else high
    steps = _steps(low, high, most=4)
    inner, last = width - 52, len(series) - 1

    def y(value: float) -> float:
        return round(6 + (high - value) / (high - low) * (height - 26), 1)

    def x(n: int) -> float:
        return round(4 + inner * n / last, 1)

    step = max(1, last // 5)
    return Area(
        points=" ".join(f"{x(n)},{y(value)}" for n, (_, value) in enumerate(series)),
        ticks=tuple(
            Tick(
                at=y(v),
                words=f"{num(v * 100, max(0, _decimals(steps) - 2))}%" if share else num(v, _decimals(steps)),
            )
            for v in steps
        ),
        days=tuple(Tick(at=x(n), words=series[n][0].strftime("%d %b %y")) for n in range(0, last, step)),
        zero=y(0.0) if share else height - 20,
    )


def bars_of(
    values: Sequence[tuple[str, float]], *, width: float = 220.0
) -> list[tuple[str, float, float, float]]:
    """Lay out horizontal bars on both sides of zero: name, value, where it begins, how long it is.

    >>> bars_of([("a", 0.5), ("b", -0.25)], width=100)
    [('a', 0.5, 33.3, 66.7), ('b', -0.25, 0.0, 33.3)]
    """
    most = max((v for _, v in values if v > 0), default=0.0)
    least = min((v for _, v in values if v < 0), default=0.0)
    whole = (most - least) or 1.0
    zero = width * -least / whole
    return [
        (name, v, round(zero if v >= 0 else zero + width * v / whole, 1), round(abs(width * v / whole), 1))
        for name, v in values
    ]
