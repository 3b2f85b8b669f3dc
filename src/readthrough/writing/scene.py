"""The facts of an article arranged as an analyst looks at them: who, the move, the best line, the tension."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import (
    Direction,
    Event,
    Fact,
    Modality,
    Polarity,
    Reading,
    Role,
    Sentence,
    TickerReading,
    Unit,
)
from readthrough.domain.security import Edge, Issuer, IssuerId, Relation
from readthrough.universe.master import Universe
from readthrough.writing.argument import leaders
from readthrough.writing.carrying import carrying_of
from readthrough.writing.causes import Cause, find_cause
from readthrough.writing.details import Details
from readthrough.writing.figures import figure_text
from readthrough.writing.firm import RESULTS, firm_events, is_compared, is_kept, leads, previews
from readthrough.writing.fortunes import fortunes_of
from readthrough.writing.industry import lens_for
from readthrough.writing.metrics import CORE, SALES, is_move, is_plain_segment, is_sayable, sign_of, signed
from readthrough.writing.playbooks import Lens
from readthrough.writing.reaction import is_extreme, is_of_the_day, last_told
from readthrough.writing.roles import deal_role
from readthrough.writing.tensions import tensions_of
from readthrough.writing.ties import Tie, ties_of
from readthrough.writing.told import Told, find_told
from readthrough.writing.words import is_name, names_company, says, short_name

__all__ = ["Scene", "Subject"]

_OFF_HOURS: Final = frozenset({"premarket", "pre-market", "after hours", "after-hours", "extended"})
_LONG: Final = lazily(r"\b(year|month|quarter|week|ytd|since|decade|20\d\d)", re.IGNORECASE)
_ARGUING_HEAD: Final = lazily(
    r"\?\s*$|^(?:why|how|should|is|are|can|could|will|what|where|which|who)\b|\b(?:opinion|column|commentary|analysis|explainer|explained|"
    r"here's (?:why|how|what)|here is (?:why|how|what)|things to know|best stocks?|stocks? to (?:buy|sell|watch|own)|should you)\b",
    re.IGNORECASE,
)
# a letter comes first, so that the engine jumps from one to the next
_FIRST_PERSON: Final = lazily(r"(?:I(?<!\wI)|my(?<!\wmy))\b")
_SPEAKS: Final = 3  # quoted speakers say I once or twice in straight news
_COREFERENCE: Final = frozenset({"coreference", "ticker"})


class Subject:
    """One company (or one macro actor) as this article shows it."""

    def __init__(self, scene: Scene, issuer_id: IssuerId | None, fallback: str = "") -> None:
        self.scene = scene
        self.issuer_id = issuer_id
        self.reading: TickerReading | None = next(
            (t for t in scene.reading.tickers if t.issuer_id == issuer_id), None
        )
        self.issuer: Issuer | None = scene.universe.issuer(issuer_id) if issuer_id else None
        self.fallback = fallback if is_name(fallback) else ""
        self._ties: dict[Relation, tuple[Tie, ...]] = {}

    @cached_property
    def name(self) -> str:
        """The name the text itself uses most, the shorter one on a tie."""
        house = self.issuer.name if self.issuer else ""
        surfaces = [
            m.surface.strip()
            for m in self.scene.reading.mentions
            if m.issuer_id == self.issuer_id
            and m.via not in _COREFERENCE
            and names_company(m.surface, m.via, house)
        ]
        plain = set(short_name(house).lower().split())
        own = [s for s in surfaces if set(short_name(s).lower().split()) <= plain]
        surfaces = own or surfaces  # "Apple Watch" is not what its maker is called
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

    @property
    def had_shares(self) -> bool:
        """Whether shares of it can have moved: not where it is unlisted, and the page tells of a listed company's results."""
        if self.issuer_id is None or self.ticker:
            return True
        reports = (e.issuer_id for e in self.scene.reading.events if e.parent == "earnings_result")
        return not any(i is not None and self.scene.subject(i).ticker for i in reports)

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
        ahead = RESULTS if self.scene.previews else ()
        live = (e for e in self.scene.reading.events if not e.background and e.parent not in ahead)
        mine = (e for e in live if e.issuer_id == self.issuer_id)
        return tuple(sorted(mine, key=lambda e: -e.strength))

    def ties(self, relation: Relation) -> tuple[Tie, ...]:
        """Related companies along one kind of edge, those that matter most to this story first."""
        if relation not in self._ties:
            self._ties[relation] = ties_of(self, relation)
        return self._ties[relation]

    @cached_property
    def move(self) -> Fact | None:
        """Its share-price reaction: the regular session's if told, else the one outside trading hours.

        Who is not listed has no shares that could move: what a page tells of some is another company's.
        """
        if not self.had_shares:
            return None
        moves = [
            f
            for f in self.facts
            if is_move(f) and not _LONG.search(f.period) and is_of_the_day(f, self.scene.lowered)
        ]
        regular = [f for f in moves if f.period.lower() not in _OFF_HOURS]
        # "as much as 16 %, before paring the drop to 9.8 %": the price that stood, not the extreme
        stood = [f for f in regular if not is_extreme(f, self.scene.lowered)]
        return last_told(stood or regular or moves, self.scene.lowered)

    @cached_property
    def off_hours_move(self) -> Fact | None:
        """The move before the open or after the close, when the session's is told too."""
        off = [f for f in self.facts if is_move(f) and f.period.lower() in _OFF_HOURS]
        regular = self.move is not None and self.move.period.lower() not in _OFF_HOURS
        return next(iter(off), None) if regular else None

    @cached_property
    def move_sign(self) -> int:
        """+1, -1, or 0 where no reaction is told."""
        return sign_of(self.move) if self.move else 0

    @cached_property
    def results(self) -> tuple[Fact, ...]:
        """Reported figures of performance, actual ones."""
        out = () if self.scene.previews else self.facts
        return tuple(f for f in out if f.metric in CORE and f.modality is Modality.ACTUAL)

    @cached_property
    def guided(self) -> tuple[Fact, ...]:
        """Figures the company guides to or plans."""
        planned = (
            f
            for f in self.facts
            if f.modality is Modality.PLANNED and f.metric in CORE and not is_kept(f, self)
        )
        return tuple(
            sorted(planned, key=lambda f: (bool(f.segment), "guidance" not in f.basis, not f.vs_expectation))
        )

    def versus(self, outcome: str) -> tuple[Fact, ...]:
        """Reported figures that beat, missed or met what was expected; a smaller fall than feared comes last."""
        found = (f for f in self.results if f.vs_expectation == outcome)
        return tuple(
            sorted(found, key=lambda f: (f.is_change and f.change is Direction.DOWN, f.expected is None))
        )

    @cached_property
    def growth(self) -> tuple[Fact, ...]:
        """Sales-like percentage changes, the best first."""
        found = [
            f
            for f in self.results
            if f.is_change
            and f.unit is Unit.PERCENT
            and f.metric in SALES
            and f.change is not None
            and is_plain_segment(f.segment)
            and self.scene.quoted(f)
        ]
        return tuple(sorted(found, key=lambda f: -signed(f)))

    @cached_property
    def best(self) -> Fact | None:
        """The strongest growth line of a named segment."""
        return next((f for f in self.growth if f.segment and signed(f) > 0), None)

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
        """Share-price moves of the other companies in the article that the graph ties to it; a deal's other side is no peer."""
        parties = {e.counterparty_id for e in self.events if e.parent.startswith("ma_")}
        tied = (
            {e.target for e in self.scene.edges(self.issuer_id)} if self.issuer_id else self.scene.mentioned
        )
        moves = [
            f
            for f in self.scene.reading.facts
            if is_move(f)
            and not f.background
            and f.issuer_id in tied
            and f.issuer_id not in parties
            and f.value >= self._least_peer_move
            and not self._tells_results(f)
        ]
        firsts = {f.issuer_id: f for f in reversed(moves) if not _LONG.search(f.period)}
        return tuple(sorted(firsts.values(), key=lambda f: -f.value))

    @cached_property
    def _least_peer_move(self) -> Decimal:
        """A rival's move speaks only if it is no small part of the company's own."""
        return max(Decimal(1), self.move.value / 8) if self.move else Decimal(1)

    def _tells_results(self, move: Fact) -> bool:
        """Tell whether the sentence gives results of that company: its percentage may be theirs."""
        return any(
            f.sentence == move.sentence and f.issuer_id == move.issuer_id and f.metric in CORE
            for f in self.scene.reading.facts
        )

    def relation_to(self, issuer_id: str | None) -> Relation | None:
        """How another company is tied to this one, a rival before anything else."""
        if self.issuer_id is None:
            return None
        found = [e.relation for e in self.scene.edges(self.issuer_id) if e.target == issuer_id]
        return Relation.COMPETITOR if Relation.COMPETITOR in found else next(iter(found), None)

    @cached_property
    def cause(self) -> Cause | None:
        """The reason the article gives, where it gives one in so many words."""
        return self.scene.cause_for(self)

    @cached_property
    def lead(self) -> Fact | None:
        """The figure that carries the story, other than the share price."""
        scene = self.scene
        named = [
            f
            for f in self.facts
            if is_sayable(f.metric)
            and (self.issuer_id or f.metric not in CORE)
            and is_plain_segment(f.segment)
            and leads(f, scene)
        ]
        rank = {"beat": 2, "miss": 2, "in_line": 1}
        best = sorted(
            named,
            key=lambda f: (
                -rank.get(f.vs_expectation, 0),
                f.metric not in CORE,
                f.modality is not Modality.ACTUAL,
                f.span.start,
            ),
        )
        return best[0] if best else None

    @cached_property
    def carrying(self) -> Fact | None:
        """The largest sum that the headline or the opening tells of it, whatever it measures."""
        return carrying_of(self)

    @cached_property
    def surprise(self) -> int:
        """Sign of the reported surprise against expectations; 0 when mixed or untold."""
        beats, misses = (
            self.has("earnings_beat", self.versus("beat")),
            self.has("earnings_miss", self.versus("miss")),
        )
        return int(beats) - int(misses)

    def has(self, event_type: str, facts: tuple[Fact, ...]) -> bool:
        """Tell whether facts or an actual event of this type show it."""
        return bool(facts) or any(e.type == event_type and is_compared(e, self.scene) for e in self.events)

    @cached_property
    def tensions(self) -> frozenset[str]:
        """Which oppositions run through the story; see the playbooks' `tension` condition."""
        return frozenset(tensions_of(self))

    @cached_property
    def lens(self) -> Lens | None:
        """What its industry lives on."""
        return lens_for(self)

    @cached_property
    def details(self) -> Details:
        """The authority, date, site and product that the page names beside it."""
        return Details(self)

    @cached_property
    def role(self) -> str:
        """`bidder`, `target` or `seller` in a deal; empty where the text leaves it open."""
        return self.scene.deal_role(self)


class Scene:
    """An article, its reading and the universe, asked as a writer asks."""

    def __init__(
        self, article: Article, reading: Reading, universe: Universe, lenses: tuple[Lens, ...]
    ) -> None:
        self.article = article
        self.text = article.text
        self._day = (article.published_at or article.received_at).date()
        self.reading = reading
        self.universe = universe
        self.lenses = lenses
        self.mentioned = frozenset(m.issuer_id for m in reading.mentions)
        self._subjects: dict[tuple[str, str], Subject] = {}
        self._quotes: dict[str, str] = {}

    def edges(self, issuer_id: str, relation: Relation | None = None) -> tuple[Edge, ...]:
        """Return an issuer's ties on the day of the article."""
        return self.universe.graph.edges(issuer_id, relation, self._day)

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, for word conditions."""
        return self.text.lower()

    @cached_property
    def length(self) -> int:
        """Words of the text."""
        return len(self.text.split())

    @cached_property
    def firm(self) -> tuple[tuple[Subject, Event], ...]:
        """The events a playbook may speak of, each with whom it is about."""
        return firm_events(self)

    previews = cached_property(previews)

    @cached_property
    def reports(self) -> bool:
        """Tell whether the page firmly tells of results, which are spread over all of it."""
        return any(e.parent in ("earnings_result", "guidance_change") for _, e in self.firm)

    @cached_property
    def _by_index(self) -> Mapping[int, Sentence]:
        return {s.index: s for s in reversed(self.reading.sentences)}

    def sentence(self, index: int) -> Sentence | None:
        """The sentence of that number."""
        return self._by_index.get(index)

    @cached_property
    def primary(self) -> TickerReading | None:
        """The issuer the article is most about."""
        return max(leaders(self), key=lambda t: (t.relevance, bool(t.ticker)), default=None)

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

    def fares(self, issuer_id: IssuerId) -> int | None:
        """How the article reads for a company: +1, 0, -1, or None where it does not name it."""
        reading = next((t for t in self.reading.tickers if t.issuer_id == issuer_id), None)
        if reading is None:
            return None
        score = reading.score or 0.0
        return (score > 0.05) - (score < -0.05)

    def quoted(self, fact: Fact) -> str:
        """The fact's figure as the article writes it."""
        if fact.id not in self._quotes:
            self._quotes[fact.id] = figure_text(fact, self.text)
        return self._quotes[fact.id]

    def says(self, words: Iterable[str]) -> bool:
        """Tell whether any of the phrases stands in the text as whole words."""
        return says(self.lowered, words)

    def opens_with(self, words: Iterable[str]) -> bool:
        """Tell whether any of the phrases stands in the headline or the first two sentences."""
        return says(self._opening, words)

    def headed(self, words: Iterable[str]) -> bool:
        """Tell whether any of the phrases stands in the headline."""
        return says(self._headline, words)

    @property
    def headwords(self) -> Iterable[str]:
        """The headline's words in lower case."""
        return (word.strip("'\"“”‘’.?!,:;()") for word in self._headline.split())

    @cached_property
    def _headline(self) -> str:
        return self.article.headline.lower()

    @cached_property
    def _opening(self) -> str:
        heads = [s.span for s in self.reading.sentences if s.headline or s.index <= 2]
        return " ".join(span.of(self.lowered) for span in heads)

    def cause_for(self, subject: Subject) -> Cause | None:
        """Find the reason given in a sentence that names the subject, or carries its result or outlook."""
        if subject.issuer_id is None:
            return None
        places = [m.span.start for m in self.reading.mentions if m.issuer_id == subject.issuer_id]
        places += [f.span.start for f in (*subject.results, *subject.guided)]
        return find_cause(self.text, self.reading.sentences, places)

    def deal_role(self, subject: Subject) -> str:
        """Tell who buys, is bought or sells a part, by how the live text speaks of the company."""
        old = [s.span for s in self.reading.sentences if s.background]
        places = [
            m.span
            for m in self.reading.mentions
            if m.issuer_id == subject.issuer_id
            and m.via != "coreference"
            and not any(span.covers(m.span) for span in old)
        ]
        role = deal_role(self.lowered, places)
        return "" if role == "target" and self._other_is_bought(subject) else role

    def _other_is_bought(self, subject: Subject) -> bool:
        """Tell whether the events of the deal make another company the one that is bought."""
        deals = [e for e in self.reading.events if e.parent.startswith("ma_") and not e.background]
        own = {e.polarity for e in deals if e.issuer_id == subject.issuer_id}
        others = {e.polarity for e in deals if e.issuer_id not in (None, subject.issuer_id)}
        return Polarity.POSITIVE not in own and Polarity.POSITIVE in others

    @cached_property
    def names(self) -> tuple[str, ...]:
        """How the text writes the companies it is most about, each once."""
        leading = {t.issuer_id for t in self.reading.tickers if t.role is Role.PRIMARY}
        said = {m.surface.strip(): m.via for m in self.reading.mentions if m.issuer_id in leading}
        return tuple(s for s, via in said.items() if len(s) > 2 and via not in _COREFERENCE)

    @cached_property
    def told(self) -> Told:
        """What the text answers by itself."""
        live = (e for e in self.reading.events if not e.background)
        parents = frozenset(name for e in live for name in (e.type, e.parent))
        return find_told(self.text, self.reading.sentences, parents)

    @cached_property
    def argues(self) -> bool:
        """Tell whether the page argues or explains: a question or a "why" up front, or a writer who says I."""
        if _ARGUING_HEAD.search(self.article.headline):
            return True
        return len(_FIRST_PERSON.findall(self.text, 0, 6000)) >= _SPEAKS

    @cached_property
    def fortunes(self) -> Mapping[str, int]:
        """How the text itself says that each company fares, where it says so plainly: +1 or -1."""
        return fortunes_of(self)
