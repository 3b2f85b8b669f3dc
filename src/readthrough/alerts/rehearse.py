"""What a rule would have said over notes of the past, and what each of its conditions kept back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final

from readthrough.alerts.conditions import Directory, Sight, prepare
from readthrough.alerts.kinds import USUAL_WINDOW, of_note, silences
from readthrough.alerts.match import RuleIndex, hit_of
from readthrough.alerts.match_index import met_by
from readthrough.alerts.pulse import Pulse, said_in
from readthrough.alerts.rules import rule_table
from readthrough.alerts.subjects import Happening, Subject, View
from readthrough.domain.alert import Condition, Hit, HitCode, Rule, RuleKind
from readthrough.domain.impact import Impact
from readthrough.domain.security import IssuerId
from readthrough.universe.master import Universe

__all__ = ["Kept", "Past", "Rehearsal", "past_of", "rehearse"]

_CODES: Final = (HitCode.MATCHED, HitCode.BELOW_RELEVANCE, HitCode.LOW_NOVELTY)
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A note of the past: its document, and as rules meet it."""

    document: Mapping[str, Any]
    view: View
    at: datetime

    @property
    def retells(self) -> bool:
        """Whether it says again what another article said."""
        return bool(self.document["story"]["duplicate_of"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What one condition of a rule kept back: how many more alerts there would be without it."""

    condition: str
    more: int
    headlines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What a rule would have said."""

    rule: Rule
    notes: int
    first: datetime | None
    last: datetime | None
    fired: tuple[Hit, ...]
    withheld: Mapping[str, int]  # by reason
    kept_back: tuple[Kept, ...]

    @property
    def days(self) -> float:
        """Days from the first note to the last, at least one."""
        if self.first is None or self.last is None:
            return 1.0
        return max(1.0, (self.last - self.first) / timedelta(days=1))

    @property
    def per_day(self) -> float:
        """Alerts a day."""
        return len(self.fired) / self.days


def past_of(document: Mapping[str, Any], text: str, universe: Universe) -> Past:
    """Turn a kept note and its article's words into what rules meet.

    It holds all that matters to a rule but the issuer of a counterparty, which is known by its name alone.

    Args:
        document: A note as the contract prints it.
        text: Headline, a blank line, body; what there is of it.
        universe: Who can be traded.
    """
    score = round(document["sentiment"]["score"] or 0.0, 2)
    spoken = [
        Subject(
            name=ticker["name"],
            issuer_id=IssuerId(ticker["issuer_id"]),
            ticker=ticker["ticker"] or "",
            sector=issuer.sector.casefold() if (issuer := universe.issuer(ticker["issuer_id"])) else "",
            relevance=ticker["relevance"],
            passing=ticker["role"] == "passing",
            score=round(ticker["score"] or 0.0, 2),
            events=_happenings(document, ticker),
            base=place,
        )
        for place, ticker in enumerate(document["tickers"])
    ]
    overall = Subject(name="the article", score=score, events=_happenings(document, None), base=len(spoken))
    article = document["article"]
    host = article["url"].partition("://")[2].partition("/")[0].casefold()
    return Past(
        document=document,
        at=datetime.fromisoformat(document["known_at"]),
        view=View(
            article_id=article["id"],
            story_id=document["story"]["id"],
            headline=article["headline"],
            text=text,
            source=article["source"],
            sources=frozenset(name for name in (article["source"].casefold(), host, _domain(host)) if name),
            language=article["language"],
            themes=frozenset(theme.casefold() for theme in document["themes"]),
            novelty=document["story"]["novelty"],
            relation=document["story"].get("relation", "new"),
            market_impact=document["market_impact"],
            sentiment=score,
            facts=(),
            subjects=(*spoken, overall, *_held(document, spoken, universe)),
        ),
    )


def _domain(host: str) -> str:
    return ".".join(host.split(".")[-2:])


def _happenings(document: Mapping[str, Any], ticker: Mapping[str, Any] | None) -> tuple[Happening, ...]:
    return tuple(
        Happening(event["type"], event["polarity"], event["modality"])
        for event in document["events"]
        if not event["background"] and _is_side(event, ticker)
    )


def _is_side(event: Mapping[str, Any], ticker: Mapping[str, Any] | None) -> bool:
    if ticker is None:
        return not event["ticker"]
    if event["ticker"] and event["ticker"] == ticker["ticker"]:
        return True
    return bool(event["counterparty"]) and event["counterparty"] == ticker["name"]


def _held(document: Mapping[str, Any], spoken: Sequence[Subject], universe: Universe) -> Iterator[Subject]:
    by_issuer = {subject.issuer_id: subject for subject in spoken}
    for line in sorted(document["book"], key=lambda line: str(line["path"]) != "direct"):
        issuer = universe.by_ticker(line["ticker"])
        issuer_id = issuer.id if issuer is not None else IssuerId(line["ticker"])
        subject = by_issuer.get(line["through"] or issuer_id)
        if subject is None:
            continue
        bps, weight = line["expected_bps"] or {}, line["weight"]
        mid = bps.get("mid")
        yield replace(
            subject,
            impact=Impact(
                portfolio=line["portfolio"],
                issuer_id=issuer_id,
                ticker=line["ticker"],
                weight=weight,
                path=line["path"],
                through=line["through"],
                low_bps=bps.get("low"),
                mid_bps=mid,
                high_bps=bps.get("high"),
                why=line["why"],
                sign=((mid or 0) > 0) - ((mid or 0) < 0),
                short=(weight or 0) < 0,
            ),
        )


def rehearse(rule: Rule, past: Iterable[Past], names: Directory, universe: Universe) -> Rehearsal:
    """Ask a rule about notes of the past, oldest first, as if it had been there.

    A story speaks once. Rules on prices have nothing to go by here and stay silent.

    Args:
        rule: The rule, kept or not.
        past: The notes.
        names: Looks up what it names.
        universe: Who can be traded.
    """
    notes = sorted(past, key=lambda one: one.at)
    index = RuleIndex([replace(rule, enabled=True)], universe, names.watchlists)
    fired, withheld = _spoken(rule, notes, index)
    if rule.kind is RuleKind.SILENCE and notes:
        fired = list(_silent(index, notes, universe))
    return Rehearsal(
        rule=rule,
        notes=len(notes),
        first=notes[0].at if notes else None,
        last=notes[-1].at if notes else None,
        fired=tuple(fired),
        withheld=dict(sorted(withheld.items())),
        kept_back=tuple(_kept_back(rule, notes, names)) if rule.kind is RuleKind.NOTE else (),
    )


def _spoken(rule: Rule, notes: Sequence[Past], index: RuleIndex) -> tuple[list[Hit], Counter[str]]:
    prepared, pulse = index.prepared_for(rule), Pulse()
    fired: list[Hit] = []
    withheld: Counter[str] = Counter()
    told: set[str] = set()
    for one in notes:
        view = _with_change(one.view, pulse, one.at)
        sight = Sight(view)
        met = (
            met_by(prepared, sight)
            if rule.kind not in (RuleKind.SILENCE, RuleKind.MOVE_WITHOUT_NEWS)
            else None
        )
        hit: Hit | None = None
        if met is None and rule.predicate and sight.scope.fault:
            withheld[str(HitCode.PREDICATE_FAILED)] += 1
        if met is not None and not one.document.get("noise"):
            row, hushed = met
            hit = hit_of(rule, prepared, view.subjects[row], sight, code=_CODES[hushed], now=one.at)
            if rule.kind in (RuleKind.BURST, RuleKind.DRIFT):
                hit = of_note(hit, pulse, one.at)
        for key, said in said_in(one.document):
            pulse.add(key, said)
        if hit is None:
            continue
        if hit.hushed:
            withheld[str(hit.code)] += 1
        elif hit.group in told:
            withheld["already_told"] += 1
        elif one.retells:
            withheld["duplicate_story"] += 1
        else:
            told.add(hit.group)
            fired.append(hit)
    return fired, withheld


def _with_change(view: View, pulse: Pulse, at: datetime) -> View:
    usual = pulse.usual_scores((str(s.issuer_id) for s in view.subjects if s.issuer_id), at, USUAL_WINDOW)
    subjects = tuple(
        replace(s, change=round(s.score - usual.get(str(s.issuer_id), s.score), 2)) for s in view.subjects
    )
    return replace(view, subjects=subjects)


def _silent(index: RuleIndex, notes: Sequence[Past], universe: Universe) -> Iterator[Hit]:
    """Ask once a day."""
    pulse, told, at = Pulse(), set(), notes[0].at
    waiting = list(notes)
    names: dict[str, tuple[str, str]] = {
        i: (found.ticker, found.name)
        for i in universe.issuer_ids
        if (found := universe.issuer(i)) is not None
    }
    while at <= notes[-1].at + timedelta(days=1):
        while waiting and waiting[0].at <= at:
            for key, said in said_in(waiting.pop(0).document):
                pulse.add(key, said)
        for hit in silences(index, pulse, {}, names, at):
            if hit.group not in told:
                told.add(hit.group)
                yield hit
        at += timedelta(days=1)


def _kept_back(rule: Rule, notes: Sequence[Past], names: Directory) -> Iterator[Kept]:
    """Leave out one condition after the other, and count what else would have spoken."""
    whole = _stories(rule, notes, names)
    for name, relaxed in _relaxed(rule):
        more = {
            story: headline
            for story, headline in _stories(relaxed, notes, names).items()
            if story not in whole
        }
        if more:
            yield Kept(condition=name, more=len(more), headlines=tuple(more.values())[:_SHOWN])


def _relaxed(rule: Rule) -> Iterator[tuple[str, Rule]]:
    table, blank = rule_table(rule), Rule(id=rule.id, name=rule.name)
    conditions = [field.name for field in fields(Condition) if field.name in table]
    if len(conditions) < 2:
        return  # without its only condition a rule speaks on everything
    for name in conditions:
        value = table[name]
        shown = (
            value
            if isinstance(value, str | float)
            else ", ".join(map(str, value[:3]))
            if name[-3:] != "_of"
            else ""
        )
        yield f"{name} {shown}".strip(), replace(rule, **{name: getattr(blank, name)})


def _stories(rule: Rule, notes: Sequence[Past], names: Directory) -> dict[str, str]:
    prepared = prepare(rule, names)
    found: dict[str, str] = {}
    for one in notes:
        if one.document.get("noise") or one.retells or one.view.story_id in found:
            continue
        met = met_by(prepared, Sight(one.view))
        if met is not None and met[1] == 0:
            found[one.view.story_id] = one.view.headline
    return found
