"""The signal studies over what is kept: events and scores from notes, prices from the record or a file."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from readthrough.desk.export import batches
from readthrough.domain.errors import SettingsError, SourceNotFound
from readthrough.research.abnormal import EventAt, PriceSeries, Study, study
from readthrough.research.signal import Scored, SignalReport, measure_signal

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = [
    "event_study",
    "read_closes",
    "signal_chart",
    "signal_of",
    "signal_report_document",
    "study_document",
]

CLOSE_UTC: Final = time(21, 0)
"""When a session's close is taken to be known where a file tells a day only: New York's, the latest of the large ones,
in winter. A later close than the real one can only make a result weaker, never look ahead."""


def read_closes(path: Path) -> dict[str, PriceSeries]:
    """Read closing prices: CSV with `ticker,date,close`, adjusted for splits and dividends, any order.

    Raises:
        SourceNotFound: It cannot be read.
        SettingsError: A column is missing, or a row has no date or price.
    """
    found: dict[str, dict[datetime, float]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            if rows.fieldnames is None or not {"ticker", "date", "close"} <= set(rows.fieldnames):
                raise SettingsError(
                    f"{str(path)!r} needs the columns ticker, date and close.", remedy="Add them."
                )
            for number, row in enumerate(rows, start=2):
                try:
                    day = datetime.fromisoformat(row["date"])
                    close = float(row["close"])
                    if not (math.isfinite(close) and close > 0):
                        raise ValueError("not a price")
                except ValueError as error:
                    raise SettingsError(
                        f"{str(path)!r} row {number}: {error}.",
                        remedy="Write dates as 2026-03-02, prices above 0.",
                    ) from None
                if day.tzinfo is None and day.time() == time(0):
                    day = datetime.combine(day.date(), CLOSE_UTC)
                day = (day if day.tzinfo else day.replace(tzinfo=UTC)).astimezone(UTC)
                found.setdefault(row["ticker"].strip().upper(), {})[day] = close
    except OSError as error:
        raise SourceNotFound(
            f"{str(path)!r} cannot be read: {error.strerror}.", remedy="Check the path."
        ) from None
    return {
        ticker: PriceSeries(tuple(sorted(closes)), tuple(closes[at] for at in sorted(closes)))
        for ticker, closes in found.items()
    }


def event_study(
    desk: Desk,
    prices: Mapping[str, PriceSeries],
    *,
    market: str,
    after: int = 5,
    as_published: bool = False,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Study:
    """Measure what followed the events of kept notes.

    Args:
        desk: Whose notes.
        prices: Closes by ticker.
        market: The ticker that stands for the market.
        after: Last session of the window.
        as_published: Count from the article's publication, for notes made of old articles: what was known then is the
            article, and what we say of it since was made without prices.
        since: Known at or after.
        until: Known before.

    Raises:
        SettingsError: The market has no prices.
    """
    benchmark = prices.get(market.upper())
    if benchmark is None:
        raise SettingsError(
            f"There are no prices of {market!r}.", remedy="Name a ticker of the file as --market."
        )
    signs = {"positive": 1, "negative": -1}
    events = [
        EventAt(row["ticker"], row["type"], _known(row, as_published), signs.get(row["polarity"], 0))
        for rows in batches(desk, "events", since=since, until=until)
        for row in rows
        if row["ticker"] and not row["background"] and row["modality"] == "actual" and row["novelty"] >= 0.5
    ]
    return study(events, prices, benchmark, after=after)


def signal_of(
    desk: Desk,
    prices: Mapping[str, PriceSeries],
    *,
    column: str = "score",
    horizons: Sequence[int] = (1, 2, 5, 10, 20),
    quantiles: int = 5,
    as_published: bool = False,
    since: datetime | None = None,
    until: datetime | None = None,
) -> SignalReport:
    """Measure a column of the sentiment panel as a signal.

    Args:
        desk: Whose notes.
        prices: Closes by ticker.
        column: `score`, or `novelty` (how new the news is, times the sign of the score).
        horizons: In sessions.
        quantiles: Groups a day is cut into.
        as_published: As for `event_study`.
        since: Known at or after.
        until: Known before.

    Raises:
        LookAhead: A note says it was known before its article was published.
    """
    if column not in ("score", "novelty"):
        raise SettingsError(f"There is no signal {column!r}.", remedy="Choose score or novelty.")
    scores = []
    for rows in batches(desk, "sentiment", since=since, until=until):
        for row in rows:
            value = row["score"] if column == "score" else math.copysign(row["novelty"], row["score"])
            published = row["published_at"] or row["known_at"]
            scores.append(Scored(row["ticker"], published, _known(row, as_published), float(value)))
    return measure_signal(scores, prices, horizons=horizons, quantiles=quantiles)


def _known(row: Mapping[str, Any], as_published: bool) -> datetime:
    """When a reader could have had it: with the note, or, of articles read in later, with the article."""
    return cast(datetime, (row["published_at"] if as_published else None) or row["known_at"])


def study_document(made: Study) -> dict[str, Any]:
    """An event study as JSON types; NaN becomes null."""
    return {
        "kinds": [
            {
                "event": kind.kind,
                "events": kind.events,
                "days": list(kind.days),
                "mean_cumulative_abnormal_return": [round(x, 6) for x in kind.mean],
                "t": _number(kind.t),
                "p": _number(kind.p),
                "p_corrected": _number(kind.p_many),
                "sign_hit_rate": kind.hit,
            }
            for kind in made.kinds
        ],
        "left_out": dict(made.left_out),
        "method": "market model fitted on 120 sessions that end 5 before the event, day 0 the first close after it was"
        " known; cross-sectional t; Holm's correction over all kinds",
    }


def signal_report_document(made: SignalReport) -> dict[str, Any]:
    """A signal report as JSON types; NaN becomes null."""
    return {
        "scores": made.scores,
        "turnover": _number(made.turnover),
        "half_life_sessions": made.half_life,
        "horizons": [
            {
                "sessions": h.sessions,
                "days": h.days,
                "pairs": h.pairs,
                "ic": _number(h.ic),
                "newey_west_error": _number(h.error),
                "t": _number(h.t),
                "p": _number(h.p),
                "p_corrected": _number(h.p_many),
                "quantile_means": [_number(q) for q in h.quantiles],
                "spread": _number(h.spread),
            }
            for h in made.horizons
        ],
        "method": "Spearman's rank correlation a day; return from the first close after the score was known; Newey-West"
        f" errors; {made.tested} horizons tested, p_corrected is Holm's",
    }


def signal_chart(made: SignalReport | Study) -> str:
    """Draw the coefficient by horizon, or cumulative abnormal returns by day, as an SVG of its own."""
    from readthrough.research.charts import bars, lines

    if isinstance(made, SignalReport):
        return bars(
            "Information coefficient by horizon (sessions), with two Newey-West errors",
            [(str(h.sessions), h.ic, 2 * h.error) for h in made.horizons],
        )
    series = [(f"{k.kind.replace('_', ' ')} ({k.events})", k.mean) for k in made.kinds[:6]]
    return lines("Mean cumulative abnormal return by session after the event", series)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)
