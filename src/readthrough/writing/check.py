"""The grounding check: a sentence whose figure, name or quotation nothing supports is withheld.

Every sentence of a note passes here, whoever wrote it. A figure must stand in the article and be an
amount of a fact that the sentence cites, with that fact's metric, segment, company and direction
beside it; or belong to the playbook, which lists its own; or be worked out from cited facts (computed.py), with
the words that say against what. A name must stand in the article or at the
end of a cited edge. A sentence cut out of the article only by deletion may keep what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.lazy import lazily
from readthrough.domain.note import Support
from readthrough.domain.orders import reads_as_order
from readthrough.domain.reading import Direction, Fact, Reading, Sentence, Unit
from readthrough.domain.security import IssuerId
from readthrough.universe.master import Universe
from readthrough.writing.agreement import Source, incoherence, misplaced
from readthrough.writing.amounts import Amount, amounts, same
from readthrough.writing.computed import Computed, computed_of, shown
from readthrough.writing.figures import Figure, find_figures, fits_fact, same_amount
from readthrough.writing.frames import Frame, Said, said_of
from readthrough.writing.naming import Naming
from readthrough.writing.playbooks import Playbook, Playbooks
from readthrough.writing.prose import Passages, sentences_of
from readthrough.writing.told_deeds import deed_fault
from readthrough.writing.verbatim import cut_fault, quote_fault, without_quoted
from readthrough.writing.words import metric_words, short_name

__all__ = ["Grounds"]

_UP: Final = frozenset(
    "rose rise rises rising up gain gains gained climb climbs climbed jump jumps jumped surge surges surged increase increases "
    "increased higher grew grow growth grows added advanced advance soared rallied rally raised raise expanded improved "
    "doubled widened beat topped".split()
)
_DOWN: Final = frozenset(
    "fell fall falls falling down drop drops dropped decline declines declined slid slide slides lost lower decrease decreases "
    "decreased shrank plunged plunge sank tumbled tumble slumped slump slipped cut cuts reduced weakened halved narrowed "
    "contracted".split()
)
_FAMILIES: Final = {
    "revenue": "revenue", "revenues": "revenue", "sales": "revenue", "turnover": "revenue",
    "profit": "profit", "profits": "profit", "earnings": "profit", "income": "profit", "ebitda": "profit",
    "eps": "profit", "loss": "loss", "losses": "loss", "margin": "margin", "margins": "margin",
    "shares": "share price", "share": "share price", "stock": "share price",
    "users": "users", "subscribers": "subscribers", "deliveries": "deliveries", "shipments": "shipments",
    "dividend": "dividend", "dividends": "dividend", "buyback": "buyback", "repurchase": "buyback", "debt": "debt",
    "jobs": "jobs", "employees": "jobs", "premium": "premium", "fine": "fine", "settlement": "settlement",
    "capex": "capex", "bookings": "bookings", "backlog": "backlog", "orders": "orders", "deposits": "deposits",
    "inflation": "inflation", "unemployment": "unemployment rate", "stake": "stake", "cash": "cash",
}  # fmt: skip
_KIN: Final = {
    "revenue": {"revenue", "same-store sales", "retail sales", "revenue share", "guidance"},
    "profit": {
        "net income", "profit", "operating profit", "ebitda", "eps", "net interest income", "guidance", "gross margin",
    },
    "loss": {"net loss", "operating loss", "loss", "eps", "charge", "provisions", "delinquencies", "net income"},
    "margin": {"margin", "gross margin", "operating margin", "guidance", "net interest income"},
    "share price": {
        "share price", "eps", "dividend", "market share", "price target", "offering size", "deal value", "revenue share",
        "ipo price", "stake", "buyback", "premium",
    },
    "users": {"users", "subscribers", "traffic"},
    "capex": {"capex", "investment"},
    "cash": {"cash", "cash flow", "free cash flow", "deal value"},
    "jobs": {"jobs", "payrolls"},
    "fine": {"fine", "settlement"},
    "settlement": {"fine", "settlement"},
}  # fmt: skip
_CLAUSE: Final = lazily(r"[,;:()—]|\.(?=\s)|\b(?:and|but|while|against|than|versus|whereas|although)\b")
_TOKEN: Final = lazily(r"[^\W_][\w&.\-]*[^\W_]|[^\W_]")
_WORDED: Final = lazily(
    r"\b(half|halved|halves|doubled?|tripled?|quadrupled?|quintupled?|two-thirds|one-third|thirds?|dozens?|hundreds|thousands|"
    r"millions|billions|trillions|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundred)(?:[ -](?:percent|per cent|percentage|basis|hundred|thousand|million|billion|trillion|times|points?)))\b",
    re.IGNORECASE,
)
_WORDED_SIGNS: Final = (
    "hal", "doubl", "tripl", "upl", "third", "dozen", "hundred", "thousand", "illion", "percent", "per cent", "basis",
    "times", "point",
)  # fmt: skip
_OF_A_DEAL: Final = frozenset({"deal value", "premium"})  # terms that belong to both sides
_RANGE: Final = lazily(r"\bbetween [^\s]{1,20}(?: [a-z]+)? $")
_THRESHOLD: Final = lazily(r"\b(?:below|above|under|over|beyond)\s*$")  # a level to watch, not a move
# how a computed figure has to be said: its side and what it is measured against, within a few words after it
_OVER: Final = lazily(r"(?:above|ahead of|more than|over)\b")
_UNDER: Final = lazily(r"(?:below|short of|less than|under)\b")
_EXPECTED: Final = lazily(r"\b(?:expect(?:ed|ations?)|estimates?|consensus|forecasts?)\b")
_FORMER: Final = lazily(r"\b(?:former|previous|earlier|last|old)\b")
_SPREAD: Final = lazily(r"\b(?:spread|gap|left to earn)\b")
_OF_DEBT: Final = lazily(r"of (?:its |the |a |net )*debt\b")
_OF_SALES: Final = lazily(r"(?:its |yearly |a year's )*sales\b")
_SAID: Final = 7
_BEFORE: Final = 90  # characters before a computed figure in which its metric has to be named
_NEAR: Final = 4  # words either side in which a segment's name claims a figure
_AROUND: Final = 40  # characters beside a figure's text that settle how it is read


class Grounds:
    """What an article offers to stand on; built once, asked for each sentence of its note."""

    def __init__(self, article: Article, reading: Reading, universe: Universe, playbooks: Playbooks) -> None:
        self._text = article.text
        self._lowered = article.text.lower()
        self._facts = {f.id: f for f in reading.facts}
        self._events = {e.id: e for e in reading.events}
        self._segments = frozenset(f.segment.lower() for f in reading.facts if f.segment)
        self._names = _surfaces(reading)
        deals = [e for e in reading.events if e.parent.startswith("ma_")]
        self._parties = frozenset(i for e in deals for i in (e.issuer_id, e.counterparty_id) if i)
        self._naming = Naming(self._text, reading, universe, playbooks)
        self._universe = universe
        self._playbooks = playbooks
        self._passages = Passages(self._text, reading, universe)

    @cached_property
    def _figures(self) -> tuple[Figure, ...]:
        return find_figures(self._text)

    def fault(self, text: str, support: Sequence[Support]) -> str:
        """Say why a sentence is not supported, or return "".

        Args:
            text: One or more sentences, as the reader would see them.
            support: What they cite; figures may come only from the facts, spans and playbooks here.
        """
        if reads_as_order(text):
            return "It reads as an instruction to the reader or to a machine, not as news."
        return (
            quote_fault(text, self._text)
            or self._support_fault(text, support)
            or self._naming.fault(text, support)
        )

    def _support_fault(self, text: str, support: Sequence[Support]) -> str:
        if _is_cut(support):
            return cut_fault(text, self._text, support, lambda: self._naming.lower_words)
        if any(s.kind == "playbook" for s in support):
            return self._claim_fault(text, support)
        return self._passage_fault(text, support)

    def prose_fault(self, text: str, support: Sequence[Support]) -> str:
        """Say why free prose is not supported, or return "".

        Args:
            text: One or more sentences in anybody's words.
            support: What they cite. Figures may come from the sentences in which a cited fact or event stands, from cited
                spans, and from what can be worked out of cited facts; companies from the article and from cited edges.
        """
        if reads_as_order(text):
            return "It reads as an instruction to the reader or to a machine, not as news."
        return (
            self._citation_fault(support)
            or quote_fault(text, self._text)
            or self._passage_fault(text, support)
            or self._naming.fault(text, support)
        )

    def _citation_fault(self, support: Sequence[Support]) -> str:
        """A citation of what is not there supports nothing."""
        for part in support:
            known = (
                part.kind in ("span", "issuer", "page", "impact")
                or (part.kind == "fact" and part.id in self._facts)
                or (part.kind == "event" and part.id in self._events)
                or (part.kind == "playbook" and part.id in self._playbooks.by_id)
                or (part.kind == "edge" and self._is_edge(part.id))
            )
            if not known:
                return f"There is no {part.kind} {part.id} to cite."
        return ""

    def _is_edge(self, name: str) -> bool:
        source, _, rest = name.partition(">")
        relation, _, target = rest.partition(">")
        edges = self._universe.graph.edges(IssuerId(source))
        return any(e.target == target and e.relation == relation for e in edges)

    def _passage_fault(self, text: str, support: Sequence[Support]) -> str:
        """Hold each sentence against the passages it cites."""
        cited = self._passages.cited(support)
        playbooks = [
            self._playbooks.by_id[s.id]
            for s in support
            if s.kind == "playbook" and s.id in self._playbooks.by_id
        ]
        facts = [self._facts[s.id] for s in support if s.kind == "fact" and s.id in self._facts]
        others = self._edge_names(support)
        before = ""
        for sentence in sentences_of(text):
            names = self._passages.names_in(sentence, others)
            said = said_of(sentence, names, before)
            fault = self._sentence_fault(said, cited, facts, playbooks)
            if fault:
                return fault
            before = names[-1].issuer_id if names else before
        return ""

    def _sentence_fault(
        self, said: Said, cited: Sequence[Sentence], facts: Sequence[Fact], playbooks: Sequence[Playbook]
    ) -> str:
        owned = " ".join(o for p in playbooks for o in p.owns)
        fault = (
            self._passages.time_fault(said)
            or incoherence(said)
            or deed_fault(said.lowered, self._lowered, tuple(self._events.values()))
        )
        if fault:
            return fault
        borne: list[tuple[Frame, Sequence[Source]]] = []
        for frame in said.frames:
            if frame.amount.text in owned or self._is_name_of(frame.amount, said.text):
                continue
            sources = tuple(self._passages.sources(frame.amount, cited))
            if sources:
                fault = self._passages.figure_fault(said, frame, sources)
                borne.append((frame, sources))
            else:
                figure = next((f for f in find_figures(said.text) if f.start == frame.amount.start), None)
                if figure is not None and any(
                    self._is_computed(figure, said.text, c) for c in computed_of(facts)
                ):
                    continue
                if figure is None and any(
                    frame.amount.text.lower() in own for own in self._playbook_words(playbooks)
                ):
                    continue
                known = any(same(frame.amount, own) for own in amounts(self._text))
                fault = (
                    f"The figure {frame.amount.text} belongs to no fact that the sentence cites."
                    if known
                    else f"The figure {frame.amount.text} is not in the article."
                )
            if fault:
                return fault
        return misplaced(borne)

    def _is_name_of(self, amount: Amount, text: str) -> bool:
        figure = (
            next((f for f in find_figures(text) if f.start == amount.start), None)
            if amount.unit is None
            else None
        )
        return figure is not None and self._is_named(figure, text)

    def _edge_names(self, support: Sequence[Support]) -> dict[str, str]:
        found: dict[str, str] = {}
        for part in support:
            if part.kind == "edge":
                for issuer_id in part.id.split(">")[::2]:
                    issuer = self._universe.issuer(IssuerId(issuer_id))
                    if issuer is not None:
                        found |= {issuer.name: issuer_id, short_name(issuer.name): issuer_id}
        return found

    def _claim_fault(self, text: str, support: Sequence[Support]) -> str:
        facts = [self._facts[s.id] for s in support if s.kind == "fact" and s.id in self._facts]
        playbooks = [self._playbooks.by_id[s.id] for s in support if s.id in self._playbooks.by_id]
        text = without_quoted(text, [s.span.of(self._text) for s in support if s.kind == "span" and s.span])
        owned = " ".join(o for p in playbooks for o in p.owns)
        for figure in find_figures(text):
            if figure.text in owned:
                continue
            fault = self._figure_fault(figure, text, facts)
            if fault and not self._is_named(figure, text):
                return fault
        for said in _worded_figures(text):
            word = said.lower()
            if word not in self._lowered and not any(word in own for own in self._playbook_words(playbooks)):
                return f"The figure “{said}” is not in the article."
        return ""

    def _playbook_words(self, playbooks: Sequence[Playbook]) -> Iterator[str]:
        """Yield what the cited playbooks and the lenses say of themselves, in lower case."""
        for playbook in playbooks:
            for claim in playbook.claims.values():
                yield " ".join((*claim.texts, *claim.wrong_ifs)).lower()
            for d in playbook.decisions:
                yield f"{d.action} {d.trigger} {d.invalid} {d.because}".lower()
        for lens in self._playbooks.lenses:
            yield from (noun.lower() for noun in lens.nouns.values())

    def _figure_fault(self, figure: Figure, text: str, facts: Sequence[Fact]) -> str:
        fitting = [f for f in facts if fits_fact(figure, f)]
        if not fitting and any(self._is_computed(figure, text, c) for c in computed_of(facts)):
            return ""
        if not self._is_written(figure) and not any(_matches(figure, own) for own in self._figures):
            return f"The figure {figure.text} is not in the article."
        if not fitting:
            return f"The figure {figure.text} belongs to no fact that the sentence cites."
        faults = [self._fact_fault(figure, text, fact) for fact in fitting]
        return "" if "" in faults else faults[0]

    def _is_written(self, figure: Figure) -> bool:
        """Tell whether the article writes the figure just so, looking only where its text stands."""
        at = self._text.find(figure.text)
        if at < 0:
            return False
        start = max(0, at - _AROUND)
        around = find_figures(self._text[start : at + len(figure.text) + _AROUND])
        return any(own.start == at - start and _matches(figure, own) for own in around)

    def _is_computed(self, figure: Figure, text: str, computed: Computed) -> bool:
        """Tell whether the figure is that computation, said as what it is and of whom it is."""
        if figure.text != shown(computed):
            return False
        after = " ".join(text[figure.end :].split()[:_SAID])
        before = " ".join(text[: figure.start].split()[-_SAID:])
        fact = computed.facts[0]
        clause, _ = _clause_around(text, figure)
        if computed.kind == "spread":
            if self._company_fault(figure, computed.facts[-1], text):
                return False
            if computed.percent < 0:
                return after.startswith("above the offer")
            return bool(_SPREAD.search(f"{before} {after}"))
        if computed.kind == "bid":
            return after.startswith("above the bid" if computed.percent > 0 else "below the bid")
        if computed.kind == "times":
            return _OF_SALES.match(after) is not None
        if computed.kind == "retired":
            return bool(_OF_DEBT.match(after)) and not self._company_fault(figure, fact, clause)
        side = _OVER if computed.percent > 0 else _UNDER
        base = _EXPECTED if computed.kind == "expected" else _FORMER
        named = metric_words(fact.metric).split()[-1:] or [""]
        said = text[max(0, figure.start - _BEFORE) : figure.start].lower()
        if not named[0] or named[0].lower() not in said:
            return False
        return bool(side.match(after) and base.search(after)) and not self._company_fault(
            figure, fact, clause
        )

    def _fact_fault(self, figure: Figure, text: str, fact: Fact) -> str:
        clause, offset = _clause_around(text, figure)
        place = figure.start - offset
        tokens = [(m.group().lower(), m.start()) for m in _TOKEN.finditer(clause)]
        return (
            _metric_fault(figure, fact, tokens)
            or self._segment_fault(figure, fact, clause, place)
            or self._company_fault(figure, fact, clause)
            or _direction_fault(figure, fact, tokens, clause, place)
        )

    def _segment_fault(self, figure: Figure, fact: Fact, clause: str, place: int) -> str:
        before = " ".join(clause[:place].lower().split()[-_NEAR:])
        after = " ".join(clause[place + len(figure.text) :].lower().split()[:_NEAR])
        near = f" {before} | {after} "
        own = fact.segment.lower()
        if own and _stands(own, clause.lower()):
            return ""
        for segment in self._segments:
            if segment != own and _stands(segment, near):
                return f"The figure {figure.text} is {fact.metric_name}, not {segment}."
        return ""

    def _company_fault(self, figure: Figure, fact: Fact, clause: str) -> str:
        if fact.issuer_id is None:
            return ""
        lowered = clause.lower()
        found = {i for name, i in self._names.items() if _stands(name, lowered)}
        if fact.metric in _OF_A_DEAL and fact.issuer_id in self._parties and found & self._parties:
            return ""
        if found and fact.issuer_id not in found:
            return f"The figure {figure.text} belongs to {fact.subject or 'another company'}, which the clause does not name."
        return ""

    def _is_named(self, figure: Figure, text: str) -> bool:
        """A bare number inside a name or date (737 MAX, 2026) that the article writes the same way."""
        if figure.unit is not None or figure.scaled:
            return False
        before = text[: figure.start].split()[-1:]
        after = text[figure.end :].split()[:1]
        pairs = (f"{' '.join(before)} {figure.text}", f"{figure.text} {' '.join(after)}".rstrip(".,;: "))
        if re.fullmatch(r"(?:19|20)\d\d", figure.text) and figure.text in self._naming.words:
            return True
        return any(
            len(p) > len(figure.text) + 1
            and p in self._text
            and p.replace(figure.text, "").strip()[:1].isupper()
            for p in pairs
        )


def _is_cut(support: Sequence[Support]) -> bool:
    return bool(support) and all(s.kind == "span" for s in support)


def _stands(words: str, text: str) -> bool:
    """Tell whether the words stand in the text whole, no letter, digit or underscore on either side."""
    at = text.find(words)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(words) : at + len(words) + 1]
        if not (before.isalnum() or before == "_" or after.isalnum() or after == "_"):
            return True
        at = text.find(words, at + 1)
    return False


def _surfaces(reading: Reading) -> dict[str, str]:
    return {
        m.surface.lower(): m.issuer_id
        for m in reading.mentions
        if m.via not in ("coreference", "ticker") and len(m.surface) > 2
    }


# the playbooks' own sentences come back in note after note: what they hold is found once
@lru_cache(maxsize=4096)
def _worded_figures(text: str) -> tuple[str, ...]:
    lowered = text.lower()
    # letters beyond ASCII may fold to plain ones: such a text is always searched
    if text.isascii() and not any(sign in lowered for sign in _WORDED_SIGNS):
        return ()
    return tuple(match[1] for match in _WORDED.finditer(text))


def _matches(figure: Figure, own: Figure) -> bool:
    if figure.value == own.value and (figure.unit == own.unit or figure.unit is None or own.unit is None):
        return not (figure.currency and own.currency and figure.currency != own.currency)
    return own.unit is not None and same_amount(figure, own.value, own.unit, own.currency)


def _clause_around(text: str, figure: Figure) -> tuple[str, int]:
    start, end = 0, len(text)
    for match in _CLAUSE.finditer(text):
        if match.group() == "and" and _RANGE.search(text, max(0, match.start() - 30), match.start()):
            continue
        if match.end() <= figure.start:
            start = match.end()
        elif match.start() >= figure.end:
            end = match.start()
            break
    return text[start:end], start


def _metric_fault(figure: Figure, fact: Fact, tokens: Sequence[tuple[str, int]]) -> str:
    families = {_FAMILIES[w] for w, _ in tokens if w in _FAMILIES}
    if not families or fact.metric == "unspecified" or fact.metric in families:
        return ""
    if any(fact.metric in _KIN.get(family, ()) for family in families):
        return ""
    if any(word in fact.metric.split() for word, _ in tokens):
        return ""
    return f"The figure {figure.text} is {fact.metric_name}, not {min(families)}."


def _direction_fault(
    figure: Figure, fact: Fact, tokens: Sequence[tuple[str, int]], clause: str, place: int
) -> str:
    if fact.change not in (Direction.UP, Direction.DOWN) or _THRESHOLD.search(clause[:place]):
        return ""
    signed = figure.text[:1] in "-−" and fact.change is Direction.UP
    wrong, right = (_DOWN, _UP) if fact.change is Direction.UP else (_UP, _DOWN)
    ends = place + len(figure.text)
    words = [
        (w, at) for i, (w, at) in enumerate(tokens) if w in wrong | right and not _falls_short(i, tokens)
    ]
    # a word before the figure claims it before one as far behind it does
    near = sorted((place - at - len(w) if at < place else at - ends + 0.5, w) for w, at in words)
    if signed or (near and near[0][1] in wrong and fact.unit is not Unit.COUNT):
        return f"The figure {figure.text} went {fact.change}, and the sentence says otherwise."
    return ""


def _falls_short(i: int, tokens: Sequence[tuple[str, int]]) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1][0] == "short"
