"""Questions that count or list: answered from the events and facts of notes, never from prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from readthrough.domain.lazy import lazily
from readthrough.research.answer import Answer, AnswerSentence, Citation
from readthrough.research.kinds import event_types_in, sector_in
from readthrough.research.retrieve import Question

__all__ = ["Asking", "asked_of_events", "compared", "counted"]

Note = Mapping[str, Any]
Quote = Callable[[Note, int], Citation | None]
"""Gives the sentence of a note's article in which a code point stands, as a citation."""

_WHICH: Final = lazily(
    r"\b(?:which|what|list|show|who|how many)\b[^?]{0,60}\b(?:holdings?|positions?|compan(?:y|ies)|stocks?|names?|issuers?|firms?|portfolio|book)\b",
    re.I,
)
_ANY: Final = lazily(
    r"^\s*(?:who|any|list|were there|are there|was there|is there|have there been|did any|has any|have any)\b",
    re.I,
)
_GROWTH: Final = lazily(r"\b(?:growth|grew|grow|growing|faster|rose|rise|increase)\b", re.IGNORECASE)
_MINE: Final = lazily(r"\b(?:my|our)\b|\bin (?:the )?(?:portfolio|book)\b", re.IGNORECASE)
_OFTEN: Final = lazily(r"\bhow (?:often|many times|many)\b", re.IGNORECASE)
_FELL: Final = lazily(r"\b(?:fall|fell|drop(?:ped)?|declined?|slid|sold off)\b", re.IGNORECASE)
_ROSE: Final = lazily(r"\b(?:rise|rose|gain(?:ed)?|jump(?:ed)?|rall(?:y|ied)|climb(?:ed)?)\b", re.IGNORECASE)
_AFTER: Final = lazily(r"\b(?:after|on|following|despite)\b", re.IGNORECASE)
_LISTED: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question of events: which kinds, of whom, and whether it counts reactions.

    `mine` asks of one's own holdings; `reaction` is -1 or +1 where it asks how often shares fell or rose.
    """

    kinds: tuple[str, ...]
    sector: str = ""
    mine: bool = False
    often: bool = False
    reaction: int = 0


def asked_of_events(text: str) -> Asking | None:
    """Return what a question asks of events; None where it is a question for prose.

    >>> asked = asked_of_events("How often did chip names fall after a beat?")
    >>> asked and (asked.kinds, asked.sector, asked.reaction)
    (('earnings_beat',), 'Semiconductors', -1)
    """
    kinds = event_types_in(text)
    often = bool(_OFTEN.search(text))
    sector = sector_in(text)
    mine = bool(_MINE.search(text))
    if not kinds or not (
        _WHICH.search(text) or _ANY.search(text) or (often and (sector or mine or _AFTER.search(text)))
    ):
        return None
    reaction = 0
    if often and _AFTER.search(text):
        reaction = -1 if _FELL.search(text) else 1 if _ROSE.search(text) else 0
    return Asking(kinds=kinds, sector=sector, mine=mine, often=often, reaction=reaction)


def counted(
    question: Question,
    asking: Asking,
    notes: Iterable[Note],
    *,
    tickers: frozenset[str] | None,
    quote: Quote,
    limit: int,
) -> Answer:
    """Answer from events: one row for each issuer and event, each with the sentence that says it.

    Args:
        question: What was asked.
        asking: What it asks of events.
        notes: Notes of the time asked about, newest first, repeats of a story apart.
        tickers: Whose events count; everybody's when None.
        quote: Finds the sentence of an event.
        limit: Most sentences cited; rows go on to 25.
    """
    rows: list[dict[str, Any]] = []
    sentences: list[AnswerSentence] = []
    reacted = moved = 0
    seen: set[tuple[str, str, str]] = set()
    for note in notes:
        for event in note["events"]:
            ticker = event["ticker"]
            if (
                not ticker
                or event["background"]
                or event["type"] not in asking.kinds
                or event["modality"] == "denied"
            ):
                continue
            if tickers is not None and ticker not in tickers:
                continue
            key = (ticker, event["type"], note["story"]["id"])
            if key in seen:
                continue
            seen.add(key)
            move = _move(note, ticker)
            if asking.reaction:
                if move is None:
                    continue
                moved += 1
                reacted += move == asking.reaction
            cited = quote(note, event["span"]["start"])
            if cited is None:
                continue
            rows.append(_row(note, event, move))
            if len(sentences) < limit:
                text = " ".join(cited.quote.split())
                sentences.append(AnswerSentence(text=text, fit=1.0, citation=cited))
    return Answer(
        question=question.text,
        tickers=tuple(dict.fromkeys(row["ticker"] for row in rows)),
        sentences=tuple(sentences),
        headline=_told(asking, rows, moved, reacted),
        rows=tuple(rows[:_LISTED]),
        method="events",
    )


def _move(note: Note, ticker: str) -> int | None:
    """Which way the article says the shares went: -1, +1, None where it does not say."""
    for fact in note["facts"]:
        told = fact["ticker"] == ticker and fact["metric"] == "share price" and fact["modality"] == "actual"
        if told and fact["change"] in ("up", "down") and not fact["background"]:
            return 1 if fact["change"] == "up" else -1
    return None


def _row(note: Note, event: Mapping[str, Any], move: int | None) -> dict[str, Any]:
    return {
        "ticker": event["ticker"],
        "event": event["type"],
        "modality": event["modality"],
        "date": (note["article"]["published_at"] or note["known_at"])[:10],
        "headline": note["article"]["headline"],
        "note_id": note["id"],
        "shares": {1: "up", -1: "down", None: None}.get(move),
    }


def _told(asking: Asking, rows: Sequence[Mapping[str, Any]], moved: int, reacted: int) -> str:
    names = " or ".join(kind.replace("_", " ") for kind in asking.kinds)
    if asking.reaction:
        way = "fell" if asking.reaction < 0 else "rose"
        if not moved:
            return ""
        share = f"{100 * reacted / moved:.0f}%"
        return f"Shares {way} in {reacted} of {moved} reports of {names} that say how they moved ({share} = {reacted} / {moved})."
    if not rows:
        return ""
    who = len({row["ticker"] for row in rows})
    return f"{len(rows)} reports of {names}, of {who} {'issuer' if who == 1 else 'issuers'}."


def compared(
    question: Question, notes: Iterable[Note], *, quote: Quote, metric: str, limit: int
) -> Answer | None:
    """Set the newest stated figures of a metric side by side, one for each company asked about.

    Returns:
        None unless at least two of the companies have one.
    """
    rows: dict[str, dict[str, Any]] = {}
    cited: dict[str, Citation] = {}
    growth = bool(_GROWTH.search(question.text))
    for note in notes:
        for fact in note["facts"]:
            ticker = fact["ticker"]
            fits = ticker in question.tickers and ticker not in rows and _is_of(fact["metric"], metric)
            if not fits or fact["background"] or fact["modality"] != "actual":
                continue
            if growth != bool(fact["is_change"] and fact["unit"] == "percent"):
                continue
            where = quote(note, fact["figure"]["start"])
            if where is None:
                continue
            rows[ticker] = {
                "ticker": ticker,
                "metric": fact["metric"],
                "value": fact["value"],
                "unit": fact["unit"],
                "currency": fact["currency"],
                "is_change": fact["is_change"],
                "change": fact["change"],
                "period": fact["period"],
                "date": (note["article"]["published_at"] or note["known_at"])[:10],
                "note_id": note["id"],
                "quote": fact["quote"],
            }
            cited[ticker] = where
    if len(rows) < 2:
        return None
    order = [t for t in question.tickers if t in rows]
    return Answer(
        question=question.text,
        tickers=question.tickers,
        sentences=tuple(
            AnswerSentence(text=" ".join(cited[t].quote.split()), fit=1.0, citation=cited[t]) for t in order
        )[:limit],
        rows=tuple(rows[t] for t in order),
        headline=_higher(metric, [rows[t] for t in order], growth=growth),
        method="facts",
    )


def _is_of(metric: str, asked: str) -> bool:
    """Whether a fact's metric is the one asked for: "cloud revenue" is no company's revenue."""
    return metric == asked or metric in (f"net {asked}", f"total {asked}", f"group {asked}")


def _higher(metric: str, rows: Sequence[Mapping[str, Any]], *, growth: bool) -> str:
    """Say whose figure is higher, where they are of one unit and currency."""
    if len({(row["unit"], row["currency"]) for row in rows}) > 1:
        return ""
    sign = {"down": -1.0}

    def size(row: Mapping[str, Any]) -> float:
        return float(row["value"]) * (sign.get(row["change"], 1.0) if growth else 1.0)

    ordered = sorted(rows, key=size, reverse=True)
    if size(ordered[0]) == size(ordered[-1]):
        return ""
    told = f"{metric} growth" if growth else metric
    return f"{told.capitalize()} is highest at {ordered[0]['ticker']}, of what the newest notes state."
