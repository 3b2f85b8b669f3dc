"""Fill a playbook's slots from facts and the graph; a text whose slots cannot be filled is not said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Fact, Modality, Unit
from readthrough.domain.security import Relation
from readthrough.writing.argument import argued_growth, multiple_of
from readthrough.writing.binding import Binding, Filled, edge_id
from readthrough.writing.computed import held_against, to_expected, to_previous
from readthrough.writing.dates import KINDS
from readthrough.writing.deal_figures import OF_DEALS, sale_of
from readthrough.writing.exposures import SLOTS as EXPOSED
from readthrough.writing.figures import figure_text
from readthrough.writing.firm import ON_RESULTS
from readthrough.writing.metrics import CORE, PROFITS, SALES, is_plain_segment
from readthrough.writing.named import fellows, fellows_of, named_moves, parties_of, sided
from readthrough.writing.passages import (
    bank,
    cause,
    currency,
    detail,
    due,
    lines,
    passage,
    quoted,
    told_of,
    weighed,
)
from readthrough.writing.phrases import WAYS, as_called, as_written, phrase_of
from readthrough.writing.scene import Subject
from readthrough.writing.stance import (
    commodity_move,
    fx_level,
    fx_move,
    home_currency,
    policy_rate,
    yield_move,
)
from readthrough.writing.tape import leading_move, named_market
from readthrough.writing.ties import supplies
from readthrough.writing.weighing import against_hope, said_test
from readthrough.writing.words import agreeing, capitalised, joined, metric_words, opens_clause, possessive

__all__ = ["fill", "most_weight"]

_SINGULAR: Final = {
    "have": "has", "are": "is", "sell": "sells", "face": "faces", "gain": "gains", "lose": "loses", "take": "takes",
    "deliver": "delivers", "compete": "competes", "do": "does", "depend": "depends", "pay": "pays", "earn": "earns",
    "stop": "stops", "keep": "keeps", "book": "books", "answer": "answers", "report": "reports", "feel": "feels",
    "run": "runs", "know": "knows", "serve": "serves", "read": "reads", "become": "becomes", "trade": "trades", "share": "shares",
}  # fmt: skip
_SLOT: Final = lazily(r"\{([a-z_]+)(?::([a-z0-9_]+))?\}(?: (" + "|".join(_SINGULAR) + r")\b)?")
_AN: Final = lazily(r"\b([Aa])(?= (?:8|1[18](?!\d)))")
_OPTIONAL: Final = lazily(r"<<([^<>]*)>>")
_RELATIONS: Final = {
    "rival": Relation.COMPETITOR,
    "supplier": Relation.SUPPLIER,
    "customer": Relation.CUSTOMER,
    "owner": Relation.OWNER,
    "partner": Relation.PARTNER,
    "subsidiary": Relation.SUBSIDIARY,
}
_PLURALS: Final = {
    "rivals": "rival",
    "named_rivals": "rival",
    "named_gainers": "rival",
    "named_losers": "rival",
    "suppliers": "supplier",
    "builders": "supplier",
    "customers": "customer",
    "partners": "partner",
    "subsidiaries": "subsidiary",
}
# rivals that the article itself names, by how it reads for them
_NAMED: Final = {"named_rivals": (1, 0, -1), "named_gainers": (1, 0), "named_losers": (-1,)}
# industries whose sales are their customers' capital spending
_BUILDERS: Final = frozenset(
    "ai_chips semiconductors analog_chips memory chip_equipment hardware data_centres machinery".split()
)
_SIDES: Final = {
    "beat_sales": ("beat", SALES), "beat_profit": ("beat", PROFITS), "missed_sales": ("miss", SALES),
    "missed_profit": ("miss", PROFITS),
}  # fmt: skip
# told once, for both sides
_OF_THE_DEAL: Final = frozenset({"premium", "deal value", "stake", "offering size"})
_SPENT: Final = frozenset({"capex", "investment", "charge", "savings", "buyback"})
_OF_SEVERAL: Final = frozenset(
    "spread excess peer_moves named_moves page_gainers page_losers times_sales above_bid below_bid pay_offer".split()
)  # slots that cite up to three things
_NOUNS_OF_LENS: Final = frozenset({"driver", "swing", "tell", "input"})
_MOST_TIES: Final = 3  # names a reader keeps in one sentence
_VERBS: Final = {Direction.UP: "rose", Direction.DOWN: "fell"}
_NOUNS: Final = {Direction.UP: "rise", Direction.DOWN: "fall"}


class _Missing(Exception):
    """A slot has nothing to say."""


def fill(template: str, binding: Binding, *, barred: frozenset[str] = frozenset()) -> Filled | None:
    """Fill a template, or return None where a needed slot is empty.

    A part in `<< >>` is dropped, instead, when one of its slots is empty. `barred` companies are not named.
    """
    filled = Filled(barred=barred)
    if "{" not in template:
        filled.text = capitalised(template)
        return filled
    if not binding.missing.isdisjoint(_needed(template)):
        return None
    parts = _parsed(template)
    said: list[str] = []
    try:
        # what may be left out is said first: the rest then names other companies
        dropped = [_optional(p, binding, filled) if is_optional else "" for is_optional, p in parts]
        for (is_optional, part), text in zip(parts, dropped, strict=True):
            said.append(text if is_optional else _substitute(part, binding, filled))
    except _Missing as empty:
        binding.missing.update(empty.args)
        return None
    filled.text = _AN.sub(r"\1n", capitalised(" ".join("".join(said).split())))
    return filled


@lru_cache(maxsize=8192)
def most_weight(template: str) -> int:
    """Say how particular a template can be at most, whatever fills it; see `Filled.weight`."""
    slots = [atom for _, part in _parsed(template) for atom in part if not isinstance(atom, str)]
    return sum(
        2 if slot.key else _MOST_TIES if slot.name in _PLURALS or slot.name in _OF_SEVERAL else 1
        for slot in slots
    )


@lru_cache(maxsize=8192)
def _needed(template: str) -> frozenset[tuple[str, str]]:
    """The slots without which a template is not said."""
    return frozenset(
        (atom.name, atom.key)
        for is_optional, part in _parsed(template)
        for atom in part
        if not is_optional and not isinstance(atom, str)
    )


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str
    key: str
    verb: str


_Part = tuple["str | _Slot", ...]


@lru_cache(maxsize=8192)
def _parsed(template: str) -> tuple[tuple[bool, _Part], ...]:
    """Part a template at `<< >>` and at its slots; True marks a part that may be left out."""
    pieces = _OPTIONAL.split(template)
    return tuple((i % 2 == 1, _atoms(piece)) for i, piece in enumerate(pieces) if piece)


def _atoms(piece: str) -> _Part:
    atoms: list[str | _Slot] = []
    at = 0
    for match in _SLOT.finditer(piece):
        atoms += [piece[at : match.start()], _Slot(match[1], match[2] or "", match[3] or "")]
        at = match.end()
    return tuple(atom for atom in (*atoms, piece[at:]) if atom)


def _optional(part: _Part, binding: Binding, filled: Filled) -> str:
    trial = Filled(barred=filled.barred)
    try:
        text = _substitute(part, binding, trial)
    except _Missing:
        return ""
    filled.facts |= trial.facts
    filled.ties |= trial.ties
    filled.nouns |= trial.nouns
    filled.spans += trial.spans
    return text


def _substitute(part: _Part, binding: Binding, filled: Filled) -> str:
    said: list[str] = []
    noun = ""
    for atom in part:
        if isinstance(atom, str):
            said.append(agreeing(atom, noun))
            noun = ""
            continue
        before = len(filled.ties)
        value = _value(atom.name, atom.key, binding, filled)
        if not value:
            # which companies may be named depends on the text around: that is asked anew
            related = atom.name in _RELATIONS or atom.name in _PLURALS
            raise _Missing() if related else _Missing((atom.name, atom.key))
        noun = value if atom.name in _NOUNS_OF_LENS and opens_clause("".join(said)) else ""
        alone = atom.verb and atom.name in _PLURALS and len(filled.ties) - before == 1
        said.append(f"{value} {_SINGULAR[atom.verb] if alone else atom.verb}" if atom.verb else value)
    return "".join(said)


def _value(slot: str, key: str, binding: Binding, filled: Filled) -> str:
    if key:
        return _of_fact(slot, _fact(key, binding), binding, filled)
    if slot in _RELATIONS or slot in _PLURALS:
        return _related(slot, binding, filled)
    maker = _SLOTS.get(slot)
    if maker is not None:
        return maker(binding, filled)
    lens = binding.subject.lens
    noun = lens.nouns.get(slot, "") if lens else ""
    if noun:
        filled.nouns.add(slot)
    return noun


_SPECIAL: Final[Mapping[str, Callable[[Subject], Fact | None]]] = {
    "lead": lambda subject: subject.lead,
    "best": lambda subject: subject.best,
    "worst": lambda subject: subject.worst,
    "group": lambda subject: subject.group,
    "carry": lambda subject: subject.carrying,
    "move": lambda subject: subject.move,
    "premove": lambda subject: subject.off_hours_move,
    "multiple": lambda subject: multiple_of(subject.scene),
    "argued": argued_growth,
    "fx_level": lambda subject: fx_level(subject.scene),
    "policy_rate": lambda subject: policy_rate(subject.scene),
    "yield_move": lambda subject: yield_move(subject.scene),
}


def _fact(key: str, binding: Binding) -> Fact | None:
    if key in binding.facts:
        return binding.facts[key]
    subject = binding.subject
    special = _SPECIAL.get(key)
    if special is not None:
        return special(subject)
    if key in ("beat", "miss"):
        return next(iter(subject.versus(key)), None)
    if key == "proceeds":
        return sale_of(binding)[0]
    if key == "commodity":
        return commodity_move(binding.scene)
    if key in _SIDES:
        outcome, family = _SIDES[key]
        return next((f for f in subject.versus(outcome) if f.metric in family), None)
    if key == "guided":
        return next(iter(subject.guided), None)
    metric = key.replace("_", " ")
    names = ("jobs", "job cuts") if metric == "jobs" else (metric,)
    own = [f for f in subject.facts if f.metric in names]
    if metric == "deal value" or (not own and metric in _OF_THE_DEAL):
        own = [f for f in binding.scene.reading.facts if f.metric == metric and not f.background]
    if metric == "deal value":
        # the page tells this deal's price first; another deal's stands further down
        return min(
            (f for f in own if f.unit is Unit.MONEY), key=lambda f: (f.sentence, -f.value), default=None
        )
    event = binding.event
    if key == "event":
        amounts = [f for f in binding.scene.reading.facts if event and f.sentence == event.sentence]
        sums = [f for f in amounts if f.unit is Unit.MONEY]
        # what stands in brackets is the same sum in another currency
        sums = [f for f in sums if binding.scene.text[: f.figure.start][-1:] != "("] or sums
        return max(sums, key=lambda f: f.value, default=None)
    near = event.sentence if event else -1
    wanted = event.modality if event else Modality.ACTUAL
    return min(
        own,
        key=lambda f: (
            f.sentence != near,
            bool(f.segment),
            f.modality is not wanted,
            metric in _SPENT and f.unit is not Unit.MONEY,  # a sum goes out, not the 31% it grew by
        ),
        default=None,
    )


def _of_fact(slot: str, fact: Fact | None, binding: Binding, filled: Filled) -> str:
    if fact is None:
        return ""
    said = ""
    if slot == "fig":
        said = binding.scene.quoted(fact)
    elif slot == "metric":
        said = metric_words(fact.metric, fact.segment)
    elif slot == "segment":
        plain = is_plain_segment(fact.segment)
        said = as_written(fact.segment, binding.scene.text) if plain else ""
    elif slot == "of":
        said = fact.metric.removeprefix("share of ") if fact.metric.startswith("share of ") else ""
    elif slot in ("dir", "turn", "way"):
        table = {"dir": _VERBS, "turn": _NOUNS, "way": WAYS}[slot]
        said = table.get(fact.change, "") if fact.change else ""
    elif slot == "phrase":
        said = as_called(phrase_of(fact, binding.scene.quoted(fact)), binding.scene.lowered)
    elif slot in ("gap", "shift"):
        said = held_against(to_expected(fact) if slot == "gap" else to_previous(fact))
    elif slot in ("prev", "exp"):
        amount = fact.previous if slot == "prev" else fact.expected
        if fact.is_change and fact.change is Direction.DOWN:
            amount = None  # "analysts asked for 3%" of a fall of 1.9% would turn it round
        said = "" if amount is None else figure_text(fact, binding.scene.text, amount=amount)
    if said:
        filled.facts[fact.id] = fact
        if slot in ("gap", "shift"):
            filled.nouns.add(f"{slot} {fact.id}")
    return said


def _related(slot: str, binding: Binding, filled: Filled) -> str:
    single = _PLURALS.get(slot, slot)
    named = {tie.name for tie in filled.ties.values()}
    event = binding.event
    # the other side of the deal or contract is no bystander
    parties = {*parties_of(event), *fellows_of(binding)} if single == "rival" else frozenset()
    ties = [
        t
        for t in binding.subject.ties(_RELATIONS[single])
        if t.name not in named and t.edge.target not in filled.barred and t.edge.target not in parties
    ]
    if slot in _NAMED:
        ties = [t for t in ties if binding.scene.fares(t.edge.target) in _NAMED[slot]]
    elif single == "rival":
        ties = [t for t in ties if not supplies(binding.scene, t.edge.target)]
    if slot == "builders":
        built = {t for lens in binding.scene.lenses if lens.id in _BUILDERS for t in lens.tickers}
        ties = [t for t in ties if t.ticker in built]
    ties = ties[: _MOST_TIES if slot in _PLURALS else 1]
    for tie in ties:
        filled.ties[edge_id(tie)] = tie
    return joined([t.name for t in ties])


def _name(binding: Binding, filled: Filled) -> str:
    del filled
    return binding.subject.name


def _names(binding: Binding, filled: Filled) -> str:
    del filled
    return possessive(binding.subject.name) if binding.subject.name else ""


def _counterparty(binding: Binding, filled: Filled) -> str:
    del filled
    event = binding.event
    if event is None:
        return ""
    if event.counterparty_id is not None:
        return binding.scene.subject(event.counterparty_id).name
    return event.counterparty


def _actor(binding: Binding, filled: Filled) -> str:
    if binding.event is not None and binding.event.parent == "central_bank":
        return bank(binding, filled)
    if binding.event is not None and binding.event.subject and binding.event.issuer_id is None:
        return binding.event.subject
    return binding.subject.name


def _fx(binding: Binding, filled: Filled) -> str:
    """Say how the currency moved: "the yen down 1.7%"."""
    fact = fx_move(binding.scene)
    figure = _of_fact("fig", fact, binding, filled)
    if fact is None or fact.change is None or not figure:
        return ""
    against = home_currency(binding.scene)
    other = against is not None and against.text.removeprefix("the ") not in fact.subject.lower()
    tail = f" against {against.text}" if against is not None and other else ""
    return f"{named_market(fact)} {WAYS[fact.change]} {figure}{tail}"


def _commodity(binding: Binding, filled: Filled) -> str:
    """Say how the good's price moved: "copper up 2.4%"."""
    fact = commodity_move(binding.scene)
    figure = _of_fact("fig", fact, binding, filled)
    if fact is None or fact.change is None or not figure:
        return ""
    return f"{fact.subject.removesuffix(' futures').lower()} {WAYS[fact.change]} {figure}"


def _lead_part(part: str) -> Callable[[Binding, Filled], str]:
    def make(binding: Binding, filled: Filled) -> str:
        lead, event = binding.subject.lead, binding.event
        if lead is not None and event is not None and event.parent in ON_RESULTS and lead.metric not in CORE:
            return ""
        return _of_fact(part, lead, binding, filled)

    return make


def _move(form: str) -> Callable[[Binding, Filled], str]:
    def make(binding: Binding, filled: Filled) -> str:
        fact = binding.subject.move
        if fact is None:
            return ""
        figure = _of_fact("fig", fact, binding, filled)
        if form == "fig" or not figure:
            return figure
        word = (_VERBS if form == "verb" else _NOUNS).get(fact.change or Direction.FLAT, "")
        return f"{word} {figure}" if form == "verb" else f"{figure} {word}"

    return make


def _peer_moves(binding: Binding, filled: Filled) -> str:
    parts: list[str] = []
    for fact in binding.subject.peer_moves[:3]:
        figure = _of_fact("fig", fact, binding, filled)
        name = binding.scene.subject(fact.issuer_id).name
        if figure and name and fact.change is not None:
            parts.append(f"{name} {WAYS[fact.change]} {figure}")
            filled.issuers.append(fact.issuer_id or "")
    return joined(parts)


def _tape(binding: Binding, filled: Filled) -> str:
    """Say the leading move of an index or a commodity that the page names: "a 2.1% fall in the S&P 500"."""
    fact = leading_move(binding.scene, binding.subject, binding.event)
    figure = _of_fact("fig", fact, binding, filled)
    if fact is None or fact.change is None or not figure:
        return ""
    return f"a {figure} {_NOUNS[fact.change]} in {named_market(fact)}"


_SLOTS: Final[Mapping[str, Callable[[Binding, Filled], str]]] = {
    "name": _name,
    "names": _names,
    "counterparty": _counterparty,
    "actor": _actor,
    "fellows": fellows,
    "move": _move("fig"),
    "moved": _move("verb"),
    "move_noun": _move("noun"),
    "lead": _lead_part("phrase"),
    "peer_moves": _peer_moves,
    "named_moves": named_moves,
    "page_gainers": sided(1),
    "page_losers": sided(-1),
    "cause": cause,
    "refiling": passage("refiling"),
    "asked": passage("asked"),
    "successor": passage("successor"),
    "bank": bank,
    "currency": currency,
    "commodity": _commodity,
    "fx": _fx,
    "agency": detail("agency"),
    "date": detail("date"),
    "day": detail("day"),
    "site": detail("site"),
    "product": detail("product"),
    "mood": detail("mood"),
    "tape": _tape,
    **OF_DEALS,
    **{which: quoted(which) for which in ("outside", "arithmetic", "author_price", "author_test")},
    **{which: weighed(which) for which in ("paid", "despite")},
    "test": told_of(said_test),
    "against_hope": told_of(against_hope),
    "argued_lines": lines,
    **{f"on_{kind}": due(kind) for kind in sorted(KINDS)},
    "day_strike": due("strike", bare=True),
    **EXPOSED,
}
