"""Rules that wait for more than a note: bursts, drifts, silences, and prices that news does not explain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import sqrt
from typing import Final

from readthrough.alerts.conditions import fine_types
from readthrough.alerts.match_index import RuleIndex
from readthrough.alerts.pulse import Pulse, of_book
from readthrough.alerts.rules_values import said
from readthrough.domain.alert import Hit, HitCode, Rule, RuleKind
from readthrough.domain.article import require_utc
from readthrough.domain.security import IssuerId

__all__ = ["USUAL_WINDOW", "PriceMove", "of_note", "silences", "unexplained_moves", "unmoved"]

USUAL_WINDOW: Final = timedelta(days=5)
"""Over how long the rolling score goes that rules on a change compare with: about a week of trading."""
_SURE: Final = 3.0  # standard deviations of a Poisson count that a burst must exceed besides its factor

Names = Mapping[str, tuple[str, str]]
"""Ticker and name by issuer id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceMove:
    """How far a share has moved, in percent, by a moment."""

    issuer_id: IssuerId
    ticker: str
    at: datetime
    change_pct: float

    def __post_init__(self) -> None:
        require_utc("at", self.at)


def of_note(hit: Hit, pulse: Pulse, now: datetime) -> Hit | None:
    """Say whether the note that met a burst or drift rule is the one that tips it; None when it does not.

    Args:
        hit: What the rule met; the hit is not in the pulse yet.
        pulse: What was said before.
        now: When it is decided, UTC.
    """
    if hit.hushed or hit.issuer_id is None:
        return None
    return _burst(hit, pulse, now) if hit.rule.kind is RuleKind.BURST else _drift(hit, pulse, now)


def _burst(hit: Hit, pulse: Pulse, now: datetime) -> Hit | None:
    rule, key = hit.rule, str(hit.issuer_id)
    normal = pulse.normal(key, now, rule.window)
    if normal is None:
        return None
    before = len(pulse.within(key, now, rule.window))
    bar = max(rule.least, rule.factor * normal, normal + _SURE * sqrt(normal))
    if not before < bar <= before + 1:
        return None
    words = (
        f"{hit.subject}: {before + 1} items in {said(rule.window)}, usually {normal:.1f}; "
        f"the latest: {hit.words[:1].lower()}{hit.words[1:]}"
    )
    matched = (
        *hit.matched,
        ("items", str(before + 1)),
        ("usual", f"{normal:.1f}"),
        ("window", said(rule.window)),
    )
    return replace(
        hit, code=HitCode.BURST, words=words, matched=matched, group=_group("burst", key, now, rule.window)
    )


def _drift(hit: Hit, pulse: Pulse, now: datetime) -> Hit | None:
    rule = hit.rule
    book = of_book(hit.impact.portfolio) if hit.impact is not None else ""
    key = book or str(hit.issuer_id)
    score = hit.score
    if hit.impact is not None and hit.impact.short:
        score = -score
    before, count = pulse.rolling(key, now, rule.window)
    if count + 1 < rule.least or not count:
        return None
    weight = sum(one.weight for one in pulse.within(key, now, rule.window))
    own = dict(hit.matched).get("relevance", "1")
    added = float(own) * (abs(hit.impact.weight or 0.01) if hit.impact is not None else 1.0)
    after = (before * weight + score * added) / (weight + added) if weight + added else 0.0
    if not (_crossed(before, after, rule.level)):
        return None
    way = "fallen" if after < before else "risen"
    whose = hit.impact.portfolio if hit.impact is not None else hit.subject
    words = (
        f"The rolling score of {whose} over {said(rule.window)} has {way} through {_signed(rule.level)}, "
        f"from {_signed(before)} to {_signed(after)}."
    )
    matched = (*hit.matched, ("rolling_before", f"{before:+.2f}"), ("rolling", f"{after:+.2f}"))
    code = HitCode.DRIFT
    return replace(
        hit, code=code, words=words, matched=matched, group=_group("drift", key, now, timedelta(days=1))
    )


def _crossed(before: float, after: float, level: float) -> bool:
    return before > level >= after or before < level <= after


def silences(
    rules: RuleIndex, pulse: Pulse, held: Mapping[str, Collection[str]], names: Names, now: datetime
) -> tuple[Hit, ...]:
    """Find names on which nothing came where something was due.

    A name is silent once its last news, or the last of the rule's events, is as old as the rule's window. What
    was never heard of counts from when the pulse began, so that a desk just opened does not call all silent.

    Args:
        rules: The rules.
        pulse: What was said.
        held: Issuers by portfolio.
        names: Ticker and name by issuer.
        now: The moment, UTC.
    """
    since = pulse.since()
    if since is None:
        return ()
    found = []
    for rule in rules.of_kind(RuleKind.SILENCE):
        kinds = tuple(fine_types(rule.events))
        for issuer in _names_of(rules, rule, held):
            last = pulse.last(issuer, kinds) or since
            if now - last < rule.window:
                continue
            ticker, name = names.get(issuer, ("", issuer))
            due = " or ".join(rule.events).replace("_", " ") or "news"
            words = f"{name}: no {due} since {last:%Y-%m-%d %H:%M} UTC, {said(rule.window)} being allowed."
            found.append(
                _alone(rule, HitCode.SILENCE, words, issuer, ticker, name, now, f"{last:%Y%m%d%H%M}", ())
            )
    return tuple(found)


def unexplained_moves(
    rules: RuleIndex,
    moves: Iterable[PriceMove],
    pulse: Pulse,
    held: Mapping[str, Collection[str]],
    names: Names,
    now: datetime,
) -> tuple[Hit, ...]:
    """Find prices that moved without any news in the rule's window before them.

    Args:
        rules: The rules.
        moves: How far shares have moved.
        pulse: What was said.
        held: Issuers by portfolio.
        names: Ticker and name by issuer.
        now: The moment, UTC.
    """
    waiting = [
        (rule, frozenset(_names_of(rules, rule, held))) for rule in rules.of_kind(RuleKind.MOVE_WITHOUT_NEWS)
    ]
    found = []
    for move in moves:
        for rule, who in waiting:
            if move.issuer_id not in who or not _far(rule, move):
                continue
            if pulse.within(move.issuer_id, move.at, rule.window):
                continue
            name = names.get(move.issuer_id, ("", move.ticker))[1]
            words = f"{name} moved {_signed(move.change_pct)} % by {move.at:%Y-%m-%d %H:%M} UTC, without news in {said(rule.window)}."
            matched = (("change_pct", f"{move.change_pct:+.2f}"),)
            stamp = f"{move.at:%Y%m%d%H%M}"
            found.append(
                _alone(
                    rule,
                    HitCode.MOVE_WITHOUT_NEWS,
                    words,
                    move.issuer_id,
                    move.ticker,
                    name,
                    now,
                    stamp,
                    matched,
                )
            )
    return tuple(found)


def _far(rule: Rule, move: PriceMove) -> bool:
    if rule.sign and (move.change_pct > 0) != (rule.sign == "positive"):
        return False
    return abs(move.change_pct) >= rule.min_move_pct


def unmoved(waiting: Iterable[Hit], moves: Iterable[PriceMove], now: datetime) -> tuple[list[Hit], list[Hit]]:
    """Part hits of rules on news without a move into those to tell, and those still to be waited for.

    A hit is told when its window is over and prices fed since the news show no move as large as the rule asks;
    without any price it waits, for at most a week.

    Args:
        waiting: What such rules met, earliest first.
        moves: Moves since the earliest of them.
        now: The moment, UTC.
    """
    by_issuer: dict[str, list[PriceMove]] = {}
    for move in moves:
        by_issuer.setdefault(move.issuer_id, []).append(move)
    told, kept = [], []
    for hit in waiting:
        since = [move for move in by_issuer.get(str(hit.issuer_id), ()) if move.at >= hit.at]
        if any(_far(hit.rule, move) for move in since):
            continue
        if since and now >= hit.at + hit.rule.window:
            largest = max((move.change_pct for move in since), key=abs)
            words = f"{hit.words.rstrip('.')}; the price has moved only {_signed(largest)} % since."
            matched = (*hit.matched, ("change_pct", f"{largest:+.2f}"))
            told.append(replace(hit, code=HitCode.NEWS_WITHOUT_MOVE, words=words, matched=matched, at=now))
        elif now < hit.at + timedelta(days=7):
            kept.append(hit)
    return told, kept


def _names_of(rules: RuleIndex, rule: Rule, held: Mapping[str, Collection[str]]) -> Iterator[str]:
    prepared = rules.prepared_for(rule)
    in_books = {issuer for book in prepared.books or () for issuer in held.get(book, ())}
    if prepared.who is None:
        yield from sorted(in_books)
        return
    for key in sorted(prepared.who):
        if not key.startswith("ticker:") and (prepared.books is None or key in in_books):
            yield key


def _alone(
    rule: Rule,
    code: HitCode,
    words: str,
    issuer: str,
    ticker: str,
    name: str,
    now: datetime,
    stamp: str,
    matched: tuple[tuple[str, str], ...],
) -> Hit:
    """A hit that no note came with."""
    return Hit(
        rule=rule,
        code=code,
        words=words,
        group=f"{code}:{issuer}:{stamp}",
        at=now,
        headline=words,
        subject=name,
        issuer_id=IssuerId(issuer),
        ticker=ticker,
        matched=(("ticker", ticker or name), *matched),
    )


def _group(kind: str, key: str, now: datetime, window: timedelta) -> str:
    return f"{kind}:{key}:{int(now.timestamp() // window.total_seconds())}"


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
