"""The event study on one's own record: notes and prices kept here, fitted on the earlier days, checked on the later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from readthrough.domain.errors import OutputError, SourceNotFound
from readthrough.domain.reading import Modality

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.research.eventstudy import Check, Observation
    from readthrough.research.observations import Closes

__all__ = ["check_document", "event_study", "own_observations", "save_table"]

_PAGE: Final = 200
_NEUTRAL: Final = 0.10
_SECONDARY_FLOOR: Final = 0.05


def event_study(
    desk: Desk, *, market: str, split: date | None = None, prices: Path | None = None
) -> tuple[dict[str, Any], Check | None, list[Observation]]:
    """Fit a table of expected moves on the notes and prices of this desk.

    Args:
        desk: Where they are kept.
        market: The instrument that stands for the market, with prices of its own.
        split: The table that is checked is fitted on the days before, and held against the days from then on;
            the last third of the days when None. The table that is returned is fitted on all of them.
        prices: A file of adjusted closes (`ticker,date,close`); the record's own prices when None.

    Returns:
        The table as JSON, the check (None where there are too few days for one), and the observations.

    Raises:
        SourceNotFound: There are fewer than 200 observations, or the market has no prices.
        SettingsError: The file has other columns, or a row without a date or price.
    """
    from readthrough.portfolio.moves import moves_document
    from readthrough.research.eventstudy import check, fit_moves

    closes = _kept_closes(desk) if prices is None else _closes_in(prices)
    found = own_observations(desk, market=market, closes=closes)
    days = sorted({o.day for o in found})
    if not days:
        raise SourceNotFound(
            "No note has a price of its day and of the day before.",
            remedy="Read news, and import prices of the same days: `readthrough portfolio prices import`.",
        )
    border = split or days[len(days) * 2 // 3]
    early = [o for o in found if o.day < border]
    late = [o for o in found if o.day >= border]
    provenance = {
        "method": "abnormal return (market model) from the close before to the first close that knew",
        "fitted_on": f"notes of this desk and prices {'of its record' if prices is None else 'given'}, net of {market}",
        "days": f"{days[0]} to {days[-1]}",
        "observations": str(len(found)),
    }
    try:
        table = fit_moves(found, provenance=provenance)
        checked = check(fit_moves(early, provenance={}), late)
    except ValueError as error:
        if len(found) < 200:
            raise SourceNotFound(
                f"The record is too short: {error}.",
                remedy="Let more news and prices come in, then fit again.",
            ) from None
        table, checked = fit_moves(found, provenance=provenance), None
    return moves_document(table), checked, found


def own_observations(
    desk: Desk, *, market: str, closes: Mapping[str, Closes] | None = None
) -> list[Observation]:
    """Return the observations that the desk's notes and prices make; the record's prices where none are given.

    Raises:
        SourceNotFound: The market has no prices.
    """
    from readthrough.research.eventstudy import merged
    from readthrough.research.observations import observed
    from readthrough.universe.calendars import calendar_of, mic_of

    closes = _kept_closes(desk) if closes is None else closes
    if market not in closes:
        raise SourceNotFound(
            f"There are no prices of {market!r}, which is to stand for the market.",
            remedy="Import them, or name another with --market.",
        )
    found: list[Observation] = []
    before: str | None = None
    while page := desk.store.notes(limit=_PAGE, before=before):
        before = str(page[-1]["id"])
        for note in page:
            at = _moment(note)
            for told in _tellings(desk, note):
                if at is None or told.ticker not in closes:
                    continue
                session = calendar_of(mic_of(told.ticker)).session_of(at)
                one = observed(told, session, closes[told.ticker], closes[market], desk.universe)
                if one is not None:
                    found.append(one)
    return merged(found)


def _kept_closes(desk: Desk) -> dict[str, Closes]:
    from readthrough.research.observations import Closes

    points: dict[str, list[tuple[date, float]]] = {}
    for price in desk.store.books.prices():
        points.setdefault(price.instrument, []).append((price.day, float(price.close)))
    return {name: Closes.of(found) for name, found in points.items()}


def _closes_in(path: Path) -> dict[str, Closes]:
    from readthrough.desk.study import read_closes
    from readthrough.research.observations import Closes

    return {
        ticker: Closes.of(
            (at.date(), close) for at, close in zip(series.closes_at, series.prices, strict=True)
        )
        for ticker, series in read_closes(path).items()
    }


def save_table(table: Mapping[str, Any], path: Path) -> None:
    """Write a fitted table where `portfolio.moves` can point.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        path.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{str(path)!r} cannot be written: {error.strerror}.", remedy="Choose another place."
        ) from error


def check_document(found: Check) -> dict[str, Any]:
    """Return a check as JSON; errors are standard errors."""
    return {
        "observations": found.observations,
        "days": [day.isoformat() for day in found.days],
        "claimed": 0.8,
        "coverage": round(found.coverage, 4),
        "coverage_error": round(found.coverage_error, 4),
        "below": round(found.below, 4),
        "above": round(found.above, 4),
        "within_5_points": found.within(5),
        "reported_moves": found.reported,
        "reported_coverage": found.reported_coverage,
        "rank_correlation": round(found.correlation, 4),
        "rank_correlation_error": round(found.correlation_error, 4),
        "sentiment_alone": round(found.sentiment_correlation, 4),
        "sentiment_error": round(found.sentiment_error, 4),
        "difference": round(found.gain, 4),
        "difference_error": round(found.gain_error, 4),
        "by_parent": [
            {"parent": p or None, "observations": n, "coverage": round(c, 4)} for p, n, c in found.by_parent
        ],
    }


def _moment(note: Mapping[str, Any]) -> datetime | None:
    text = note["article"]["published_at"] or note["article"]["received_at"]
    return datetime.fromisoformat(text) if text else None


def _tellings(desk: Desk, note: Mapping[str, Any]) -> list[Any]:
    """What a kept note tells of each share: as `portfolio.telling` has it of a reading."""
    from readthrough.domain.security import IssuerId
    from readthrough.portfolio.priors import usual_move
    from readthrough.portfolio.telling import SURENESS, Telling

    if note.get("noise"):
        return []
    told = []
    for ticker in note["tickers"]:
        score, role = ticker["score"], ticker["role"]
        if score is None or abs(score) < _NEUTRAL or role == "passing" or not ticker["ticker"]:
            continue
        if role == "secondary" and ticker["relevance"] < _SECONDARY_FLOOR:
            continue
        sign = 1 if score > 0 else -1
        against = "negative" if sign > 0 else "positive"
        events = [
            e
            for e in note["events"]
            if e["ticker"] == ticker["ticker"] and not e["background"] and e["polarity"] != against
        ]
        event = max(events, key=lambda e: usual_move(e["parent"], sign).mid, default=None)
        share = ticker["relevance"] if role == "secondary" else 1.0
        told.append(
            Telling(
                issuer_id=IssuerId(ticker["issuer_id"]),
                ticker=ticker["ticker"],
                name=ticker["name"],
                primary=role == "primary",
                sign=sign,
                score=score,
                parent=event["parent"] if event else "",
                event=event["type"] if event else "",
                novelty=note["story"]["novelty"],
                share=share * (SURENESS[Modality(event["modality"])] if event else 1.0),
            )
        )
    return told
