"""The facts of an article arranged as an analyst looks at them: who, the move, the best line, the tension."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from readthrough.domain.article import Article, Span
from readthrough.domain.reading import (
    Direction,
    Event,
    Fact,
    Modality,
    Polarity,
    Reading,
    Role,
    TickerReading,
    Unit,
)
from readthrough.domain.security import Edge, Issuer, IssuerId, Relation
from readthrough.universe.master import Universe
from readthrough.writing.figures import figure_text
from readthrough.writing.playbooks import Lens
from readthrough.writing.words import short_name

__all__ = ["Scene", "Subject", "Tie"]

_PROFITS: Final = frozenset(
    {
        "net income",
        "operating profit",
        "ebitda",
        "eps",
        "profit",
        "net interest income",
        "free cash flow",
        "cash flow",
    }
)
_LOSSES: Final = frozenset({"net loss", "operating loss", "loss"})
_MARGINS: Final = frozenset({"gross margin", "operating margin", "margin"})
_SALES: Final = frozenset(
    "revenue,same-store sales,bookings,orders,deliveries,users,subscribers,shipments,traffic,production,backlog".split(
        ","
    )
)
CORE: Final = _PROFITS | _LOSSES | _MARGINS | _SALES
_SAYABLE: Final = CORE | frozenset(
    "capex,dividend,buyback,deal value,premium,stake,fine,settlement,impairment,charge,provisions,delinquencies,deposits,"
    "loans,jobs,stores,market share,prices,investment,funding,offering size,savings,inflation,unemployment rate,payrolls,gdp,"
    "interest rate,bond yield,exchange rate,index,commodity price,tariff,retail sales,house prices,inventory,debt,cash,"
    "price target".split(",")
)
_NOT_SEGMENT: Final = frozenset(
    "we they it he she you i our their its his her this that these those fill remain touched about around some any "
    "all said expects sees saw would will could may was were is are be been has have had and or but who which".split()
)
_CAUSE: Final = re.compile(
    r"\b(?:because of|due to|driven by|hurt by|helped by|weighed down by|boosted by|hit by|citing|blaming|blamed|thanks to|"
    r"on the back of|pressured by|dragged down by|lifted by|fuelled by|fueled by|attributed to|reflecting|amid|on strong|on weak|"
    r"on weaker|on stronger|on higher|on lower|on rising|on falling)\s+(?P<why>[^.;:,()“”\"\d]{6,90})"
)
_KINDS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("currency", re.compile(r"currenc|dollar|exchange rate|\byen\b|\beuro\b|sterling")),
    ("weather", re.compile(r"weather|storm|hurricane|snow|\brain|drought|flood|winter")),
    (
        "supply",
        re.compile(
            r"shortage|supply|bottleneck|shutdown|outage|fire\b|delay|strike|production (?:problem|issue|halt)"
        ),
    ),
    ("rivalry", re.compile(r"competit|rival|market share|price war|discount|promotion")),
    (
        "cost",
        re.compile(
            r"cost|wage|expense|fuel|raw material|freight|tariff|dut(?:y|ies)\b|inflation|investment|spending on"
        ),
    ),
    ("price", re.compile(r"\bprices?\b|pricing|\brates?\b|yield|spread")),
    (
        "demand",
        re.compile(
            r"demand|sales|orders|traffic|consumer|customers|bookings|growth|slowdown|adverti|subscri|market"
        ),
    ),
)
_OFF_HOURS: Final = frozenset({"premarket", "pre-market", "after hours", "after-hours", "extended"})
_LONG: Final = re.compile(r"\b(year|month|quarter|week|ytd|since|decade|20\d\d)", re.IGNORECASE)
_COREFERENCE: Final = frozenset({"coreference", "ticker"})
_GOOD: Final = {"up": 1, "down": -1}
_MOST_TIES: Final = 3  # names a reader keeps in one sentence


@dataclass(frozen=True, slots=True)
class Tie:
    """A related company as it may be named: by which edge, and what its listing is."""

    name: str
    ticker: str
    edge: Edge


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason in the article's own words, and what kind of reason it is."""

    text: str
    kind: str
    span: Span


class Subject:
    """One company (or one macro actor) as this article shows it."""

    def __init__(self, scene: Scene, issuer_id: IssuerId | None, fallback: str = "") -> None:
        self.scene = scene
        self.issuer_id = issuer_id
        self.reading: TickerReading | None = next(
            (t for t in scene.reading.tickers if t.issuer_id == issuer_id), None
        )
        self.issuer: Issuer | None = scene.universe.issuer(issuer_id) if issuer_id else None
        self.fallback = fallback

    @cached_property
    def name(self) -> str:
        """The name the text itself uses most, the shorter one on a tie."""
        surfaces = [
            m.surface.strip()
            for m in self.scene.reading.mentions
            if m.issuer_id == self.issuer_id and m.via not in _COREFERENCE
        ]
        said = [short_name(s) for s in surfaces if (s and not s.isupper()) or len(s) <= 5]
        if said:
            return max(dict.fromkeys(said), key=lambda s: (said.count(s), -len(s)))
        if self.issuer is not None:
            return short_name(self.issuer.name)
        return short_name(self.reading.name) if self.reading else self.fallback

    @property
    def ticker(self) -> str:
        """The default listing, empty where there is none."""
        return self.reading.ticker if self.reading else (self.issuer.ticker if self.issuer else "")

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Its own figures, live ones only; an unattributed figure belongs to the only primary subject."""
        alone = self.scene.primary is None or self.scene.primary.issuer_id == self.issuer_id
        return tuple(
            f
            for f in self.scene.reading.facts
            if not f.background
            and (f.issuer_id == self.issuer_id or (f.issuer_id is None and alone and not f.subject))
        )

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happened to it, the strongest first."""
        mine = (e for e in self.scene.reading.events if e.issuer_id == self.issuer_id and not e.background)
        return tuple(sorted(mine, key=lambda e: -e.strength))

    def ties(self, relation: Relation) -> tuple[Tie, ...]:
        """Related companies along one kind of edge: those the article names first, then by weight."""
        if self.issuer_id is None:
            return ()
        edges = self.scene.universe.graph.edges(self.issuer_id, relation)
        ranked = sorted(edges, key=lambda e: (e.target not in self.scene.mentioned, -self._closeness(e)))
        ties = (self._tie(edge) for edge in ranked)
        return tuple(t for t in ties if t is not None)[:_MOST_TIES]

    def _closeness(self, edge: Edge) -> float:
        """The larger of the two sides' shares of business: a supplier that lives on it ranks high."""
        back = self.scene.universe.graph.edges(edge.target)
        return max([edge.weight or 0.0, *(e.weight or 0.0 for e in back if e.target == edge.source)])

    def _tie(self, edge: Edge) -> Tie | None:
        issuer = self.scene.universe.issuer(edge.target)
        if issuer is None or edge.target == self.issuer_id:
            return None
        return Tie(short_name(issuer.name), issuer.ticker, edge)

    @cached_property
    def move(self) -> Fact | None:
        """Its share-price reaction: the regular session's if told, else the one outside trading hours."""
        moves = [f for f in self.facts if _is_move(f) and not _LONG.search(f.period)]
        regular = [f for f in moves if f.period.lower() not in _OFF_HOURS]
        return next(iter(regular or moves), None)

    @cached_property
    def off_hours_move(self) -> Fact | None:
        """The move before the open or after the close, when the session's is told too."""
        off = [f for f in self.facts if _is_move(f) and f.period.lower() in _OFF_HOURS]
        return next((f for f in off if f is not self.move), None)

    @cached_property
    def move_sign(self) -> int:
        """+1, -1, or 0 where no reaction is told."""
        return _sign(self.move) if self.move else 0

    @cached_property
    def results(self) -> tuple[Fact, ...]:
        """Reported figures of performance, actual ones."""
        return tuple(f for f in self.facts if f.metric in CORE and f.modality is Modality.ACTUAL)

    @cached_property
    def guided(self) -> tuple[Fact, ...]:
        """Figures the company guides to or plans."""
        planned = (f for f in self.facts if f.modality is Modality.PLANNED and f.metric in CORE)
        return tuple(
            sorted(planned, key=lambda f: (bool(f.segment), "guidance" not in f.basis, not f.vs_expectation))
        )

    def versus(self, outcome: str) -> tuple[Fact, ...]:
        """Reported figures that beat, missed or met what was expected."""
        return tuple(f for f in self.results if f.vs_expectation == outcome)

    @cached_property
    def growth(self) -> tuple[Fact, ...]:
        """Sales-like percentage changes, the best first."""
        found = [
            f
            for f in self.results
            if f.is_change
            and f.unit is Unit.PERCENT
            and f.metric in _SALES
            and f.change is not None
            and is_plain_segment(f.segment)
            and self.scene.quoted(f)
        ]
        return tuple(sorted(found, key=lambda f: -_signed(f)))

    @cached_property
    def best(self) -> Fact | None:
        """The strongest growth line of a named segment."""
        return next((f for f in self.growth if f.segment and _signed(f) > 0), None)

    @cached_property
    def worst(self) -> Fact | None:
        """The weakest growth line of a named segment, other than the best."""
        lines = [f for f in self.growth if f.segment and f is not self.best]
        return lines[-1] if lines else None

    @cached_property
    def group(self) -> Fact | None:
        """Growth of the whole company."""
        whole = [f for f in self.growth if not f.segment]
        return next((f for f in whole if f.metric == "revenue"), whole[0] if whole else None)

    @cached_property
    def peer_moves(self) -> tuple[Fact, ...]:
        """Share-price moves of the other companies in the article that the graph ties to it."""
        tied = (
            {e.target for e in self.scene.universe.graph.edges(self.issuer_id)} if self.issuer_id else set()
        )
        moves = [
            f for f in self.scene.reading.facts if _is_move(f) and not f.background and f.issuer_id in tied
        ]
        firsts = {f.issuer_id: f for f in reversed(moves) if not _LONG.search(f.period)}
        return tuple(sorted(firsts.values(), key=lambda f: -f.value))

    def relation_to(self, issuer_id: str | None) -> Relation | None:
        """How another company is tied to this one, a rival before anything else."""
        if self.issuer_id is None:
            return None
        found = [e.relation for e in self.scene.universe.graph.edges(self.issuer_id) if e.target == issuer_id]
        return Relation.COMPETITOR if Relation.COMPETITOR in found else next(iter(found), None)

    @cached_property
    def cause(self) -> Cause | None:
        """The reason the article gives, where it gives one in so many words."""
        return self.scene.cause_for(self)

    @cached_property
    def lead(self) -> Fact | None:
        """The figure that carries the story, other than the share price."""
        named = [f for f in self.facts if is_sayable(f.metric) and is_plain_segment(f.segment)]
        rank = {"beat": 2, "miss": 2, "in_line": 1}
        best = sorted(
            named,
            key=lambda f: (-rank.get(f.vs_expectation, 0), f.modality is not Modality.ACTUAL, f.span.start),
        )
        return best[0] if best else None

    @cached_property
    def surprise(self) -> int:
        """Sign of the reported surprise against expectations; 0 when mixed or untold."""
        beats, misses = (
            self._has("earnings_beat", self.versus("beat")),
            self._has("earnings_miss", self.versus("miss")),
        )
        return int(beats) - int(misses)

    def _has(self, event_type: str, facts: tuple[Fact, ...]) -> bool:
        return bool(facts) or any(e.type == event_type and e.modality is Modality.ACTUAL for e in self.events)

    @cached_property
    def tensions(self) -> frozenset[str]:
        """Which oppositions run through the story; see the playbooks' `tension` condition."""
        return frozenset(_tensions(self))

    @cached_property
    def lens(self) -> Lens | None:
        """What its industry lives on."""
        return self.scene.lens_of(self)

    @cached_property
    def role(self) -> str:
        """`bidder` or `target` in a deal, else empty."""
        return self.scene.deal_role(self)


class Scene:
    """An article, its reading and the universe, asked as a writer asks."""

    def __init__(
        self, article: Article, reading: Reading, universe: Universe, lenses: tuple[Lens, ...]
    ) -> None:
        self.article = article
        self.text = article.text
        self.reading = reading
        self.universe = universe
        self.lenses = lenses
        self.mentioned = frozenset(m.issuer_id for m in reading.mentions)
        self._subjects: dict[tuple[str, str], Subject] = {}

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, for word conditions."""
        return self.text.lower()

    @cached_property
    def primary(self) -> TickerReading | None:
        """The issuer the article is most about."""
        leading = [t for t in self.reading.tickers if t.role is Role.PRIMARY]
        return max(leading, key=lambda t: t.relevance, default=None)

    @cached_property
    def main(self) -> Subject:
        """The main subject: the primary issuer, else the strongest event's actor."""
        if self.primary is not None:
            return self.subject(self.primary.issuer_id)
        live = [e for e in self.reading.events if not e.background]
        top = max(live, key=lambda e: e.strength, default=None)
        return self.subject(top.issuer_id, top.subject) if top else self.subject(None)

    def subject(self, issuer_id: IssuerId | None, fallback: str = "") -> Subject:
        """Return the view of one issuer; made once."""
        key = (issuer_id or "", "" if issuer_id else fallback)
        if key not in self._subjects:
            self._subjects[key] = Subject(self, issuer_id, fallback)
        return self._subjects[key]

    def subject_of(self, event: Event) -> Subject:
        """Whom an event is about."""
        if event.issuer_id is not None:
            return self.subject(event.issuer_id)
        if self.primary is not None and not event.subject:
            return self.main
        return self.subject(None, event.subject)

    def quoted(self, fact: Fact) -> str:
        """The fact's figure as the article writes it."""
        return figure_text(fact, self.text)

    def says(self, words: Iterable[str]) -> bool:
        """Tell whether any of the phrases stands in the text as whole words."""
        return any(
            re.search(rf"(?<!\w){re.escape(w)}(?!\w)", self.lowered) for w in words if w in self.lowered
        )

    def lens_of(self, subject: Subject) -> Lens | None:
        """Choose the industry lens: by listing, else by the issuer's industry and the article's words.

        Words alone need two different ones, so that a passing "bank" does not make a lender.
        """
        issuer = subject.issuer
        if subject.issuer_id is None:
            return None
        for ticker in (subject.ticker, *(issuer.tickers if issuer else ())):
            for lens in self.lenses:
                if ticker in lens.tickers:
                    return lens
        industry = f"{issuer.industry} {issuer.sector}".lower() if issuer else ""
        scores = [
            (self._spoken(lens) + 1.5 * any(i in industry for i in lens.industries), lens)
            for lens in self.lenses
        ]
        best = max(scores, key=lambda s: s[0], default=(0.0, None))
        return best[1] if best[0] >= 2 else None

    def _spoken(self, lens: Lens) -> float:
        return min(4, sum(w in self.lowered for w in lens.words))

    def cause_for(self, subject: Subject) -> Cause | None:
        """Find the first reason given in a sentence that names the subject or carries its result."""
        if subject.issuer_id is None:
            return None
        places = [m.span.start for m in self.reading.mentions if m.issuer_id == subject.issuer_id]
        places += [f.span.start for f in subject.results]
        for sentence in self.reading.sentences:
            span = sentence.span
            if sentence.background or not any(span.start <= p < span.end for p in places):
                continue
            match = _CAUSE.search(self.text, span.start, span.end)
            if match is None:
                continue
            start, why = match.start("why"), _trimmed_cause(match["why"])
            lead_word = match.group().split()[1] if match.group().startswith("on ") else ""
            if lead_word:
                start, why = match.start() + 3, f"{lead_word} {why}"
            kind = next((k for k, pattern in _KINDS if pattern.search(why.lower())), "")
            if kind and 2 <= len(why.split()) <= 12:
                return Cause(why, kind, Span(start, start + len(why)))
        return None

    def deal_role(self, subject: Subject) -> str:
        """Tell bidder from target by a premium, then by how the text speaks of buying."""
        if any(f.metric == "premium" and f.issuer_id == subject.issuer_id for f in self.reading.facts):
            return "target"
        name = subject.name.lower()
        if not name:
            return ""
        start = -1
        while (start := self.lowered.find(name, start + 1)) >= 0:
            before = self.lowered[max(0, start - 48) : start]
            after = self.lowered[start + len(name) : start + len(name) + 60]
            if _BOUGHT_BEFORE.search(before) or _BOUGHT_AFTER.match(after):
                return "target"
            if _BUYS_AFTER.match(after) or _BUYER_BEFORE.search(before):
                return "bidder"
        return ""


_BUYING: Final = (
    r"(?:buy|buys|buying|bought|acquire|acquires|acquiring|acquired|take ?over|purchase|purchasing)"
)
_BOUGHT_BEFORE: Final = re.compile(
    rf"(?:\b{_BUYING}|(?:acquisition|takeover|purchase|buyout) of|(?:bid|offer) (?:for|to buy)|interest in buying)"
    r"(?: (?:its|the|rival|smaller|larger|fellow|all of|chipmaker|drugmaker|[a-z]{3,12}maker|u\.s\.|us|uk|german|a))*\s*$"
)
_BOUGHT_AFTER: Final = re.compile(
    r"(?:'s|’s)?,?\s(?:has |have )?(?:agreed to be (?:acquired|bought|taken)|to be (?:acquired|bought|taken)|"
    r"(?:received|rejected|rebuffed|accepted|agreed to) (?:a|an|the)\b[^.]{0,20}(?:bid|offer|approach|buyout|takeover)|shareholders will (?:get|receive))"
)
_BUYS_AFTER: Final = re.compile(
    r"(?:'s|’s)?,?\s(?:[a-z]+ )?(?:said (?:on \w+ )?it |has |had |have |will |would |is |was |would be )?(?:[a-z]+ )?"
    r"(?:agreed|plans|offered|offers|agrees|bid|bids|wants|in talks|nears|close|set|ready|looking|considering|weighing)?"
    rf"(?: a deal)? ?(?:to )?{_BUYING}\b"
)
_BUYER_BEFORE: Final = re.compile(
    r"(?:acquired|bought|taken over|approached|approach from|offer from|bid from|bid by|sold to|sale to)(?: by)?(?: [a-z]+)?\s*$"
)


_CAUSE_END: Final = re.compile(
    r"\s(?:which|that|who|as|while|but|after|before|when|because|although|though|and (?:said|it|the company|its)|said|"
    r"according|sending|pushing|the company|in the (?:first|second|third|fourth)|for the|from a year|last|this|on (?:Mon|Tues|Wednes|Thurs|Fri)day)\b.*$",
    re.DOTALL,
)


def _trimmed_cause(text: str) -> str:
    return _CAUSE_END.sub("", text).strip()


def is_sayable(metric: str) -> bool:
    """Tell whether a metric is one of the field's words, or somebody's price."""
    price = metric.endswith((" price", " prices")) and metric != "share price"
    return metric in _SAYABLE or metric.startswith("share of ") or price


def is_plain_segment(segment: str) -> bool:
    """Tell whether a segment reads as a noun; a clause caught by mistake does not."""
    words = segment.lower().split()
    return len(words) <= 3 and not _NOT_SEGMENT.intersection(words)


def _is_move(fact: Fact) -> bool:
    return (
        fact.metric == "share price"
        and fact.is_change
        and fact.unit is Unit.PERCENT
        and fact.change in (Direction.UP, Direction.DOWN)
        and fact.modality is Modality.ACTUAL
    )


def _sign(fact: Fact) -> int:
    return _GOOD.get(str(fact.change), 0)


def _signed(fact: Fact) -> float:
    return float(fact.value) * (-1 if fact.change is Direction.DOWN else 1)


def _tensions(subject: Subject) -> Iterable[str]:
    sign = subject.move_sign
    missed, beat = (
        subject._has("earnings_miss", subject.versus("miss")),
        subject._has("earnings_beat", subject.versus("beat")),
    )
    guidance = {
        e.type for e in subject.events if e.parent == "guidance_change" and e.modality is not Modality.DENIED
    }
    if missed and not beat and sign > 0:
        yield "missed_yet_rose"
    if beat and not missed and sign < 0:
        yield "beat_yet_fell"
    if beat and "guidance_cut" in guidance:
        yield "beat_but_cut"
    if missed and "guidance_raise" in guidance:
        yield "missed_but_raised"
    if beat and missed:
        yield "beat_and_missed"
    yield from _inner_tensions(subject)
    yield from _event_tensions(subject, sign, sure=missed or beat)
    yield from _size_tensions(subject)
    yield from _peer_tensions(subject, sign)
    if subject.cause is not None:
        bad = (subject.reading.score or 0.0) < 0 if subject.reading else False
        yield f"cause_{subject.cause.kind}_{'bad' if bad else 'good'}"
    off = subject.off_hours_move
    if sign and off is not None and _sign(off) == -sign:
        yield "reversed_in_day"


def _inner_tensions(subject: Subject) -> Iterable[str]:
    moved = [f for f in subject.results if f.change in (Direction.UP, Direction.DOWN)]
    sales_up = any(f.metric == "revenue" and not f.segment and f.change is Direction.UP for f in moved)
    sales_down = any(f.metric == "revenue" and not f.segment and f.change is Direction.DOWN for f in moved)
    worse = any(_profit_sign(f) < 0 for f in moved)
    better = any(_profit_sign(f) > 0 for f in moved)
    if sales_up and worse:
        yield "growth_without_profit"
    if sales_down and better:
        yield "profit_without_growth"
    if any(f.metric in _LOSSES and f.change is Direction.DOWN for f in moved):
        yield "loss_narrowed"
    if any(f.metric in _LOSSES and f.change is Direction.UP for f in moved):
        yield "loss_widened"
    best, group = subject.best, subject.group
    if best and group and _signed(best) >= max(3 * _signed(group), _signed(group) + 8):
        yield "segment_over_group"
    worst = subject.worst
    if worst and _signed(worst) < 0 and (best or (group and _signed(group) > 0)):
        yield "weak_segment"


def _size_tensions(subject: Subject) -> Iterable[str]:
    """Moves of at least 8 % are large for one company's day, and under 2 % small for strong news."""
    strong = any(e.strength >= 0.6 for e in subject.events)
    if subject.move is not None and subject.move.value >= 8:
        yield "large_rise" if subject.move_sign > 0 else "large_fall"
    if strong and subject.move is not None and subject.move.value < 2:
        yield "small_move"


def _peer_tensions(subject: Subject, sign: int) -> Iterable[str]:
    rivals = [f for f in subject.peer_moves if subject.relation_to(f.issuer_id) is Relation.COMPETITOR]
    signs = {_sign(f) for f in rivals}
    if sign and signs == {sign}:
        yield "peers_with_up" if sign > 0 else "peers_with_down"
    if sign and signs == {-sign}:
        yield "peers_against_up" if sign > 0 else "peers_against_down"
    if subject.peer_moves and not rivals:
        yield "others_moved"


def _profit_sign(fact: Fact) -> int:
    if fact.metric in _LOSSES:
        return -_sign(fact)
    return _sign(fact) if fact.metric in _PROFITS | _MARGINS and not fact.segment else 0


def _event_tensions(subject: Subject, sign: int, *, sure: bool) -> Iterable[str]:
    live = [e for e in subject.events if e.modality in (Modality.ACTUAL, Modality.PLANNED)]
    signs = {e.polarity for e in live if e.strength >= 0.4}
    if sign > 0 and signs == {Polarity.NEGATIVE} and not sure:
        yield "bad_news_rose"
    if sign < 0 and signs == {Polarity.POSITIVE} and not sure:
        yield "good_news_fell"
    parents = {e.parent for e in subject.events}
    denied = any(e.modality is Modality.DENIED for e in subject.events)
    if denied or "denial_clarification" in parents:
        yield "denied"
