"""What a price move is weighed against: the figure of a report on its side, and the strongest one on the other.

A report holds a dozen figures. The ones that moved the shares are those that differ from what was expected or promised,
that the headline names, or that look ahead; the rest is the quarter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Fact, Modality, Unit
from readthrough.writing.figures import figure_text, find_figures, same_amount
from readthrough.writing.metrics import CORE, LOSSES, MARGINS, PROFITS, is_move, is_plain_segment, is_sayable
from readthrough.writing.once import once
from readthrough.writing.phrases import as_called, phrase_of
from readthrough.writing.words import metric_words

if TYPE_CHECKING:
    from readthrough.writing.scene import Scene, Subject

__all__ = ["Point", "against_hope", "despite", "paid_for", "said_point", "test_of", "weighed_tensions"]

_ORDERS: Final = frozenset({"bookings", "orders", "backlog"})
_VISITS: Final = frozenset({"same-store sales", "traffic", "users", "subscribers"})
_VOLUME: Final = frozenset({"revenue", "deliveries", "shipments", "production"})
_CREDIT: Final = frozenset({"provisions", "loan losses", "credit losses", "charge-offs", "delinquencies"})
_KINDS: Final = (
    (_ORDERS, "orders"),
    (_VISITS, "visits"),
    (_VOLUME, "sales"),
    (MARGINS, "margin"),
    (PROFITS | LOSSES, "profit"),
    (_CREDIT, "credit"),
    (frozenset({"dividend", "buyback"}), "payout"),
)
# what a headline calls a measure
_HEADED: Final = {
    "orders": ("order", "booking", "backlog"),
    "visits": ("sales", "traffic", "visits", "users", "subscriber", "customers", "passenger", "comparable", "like-for-like"),
    "sales": ("sales", "revenue", "deliver", "shipment", "output", "production"),
    "margin": ("margin",),
    "profit": ("profit", "earnings", "income", "loss"),
    "credit": ("provision", "bad loan", "credit", "default"),
    "outlook": ("outlook", "forecast", "guidance", "target", "goal", "sees", "expects"),
    "payout": ("dividend", "buyback", "buy back"),
}  # fmt: skip
_SIGNS: Final = {Direction.UP: 1, Direction.DOWN: -1}
_HELD: Final = {"beat": 1, "miss": -1}
_LOUD: Final = Decimal(1)  # percent that shares have to move for a report to have been weighed
_FEWEST: Final = 1.6  # worth below which a figure moves no shares; read off 30 reports with a price move
_BESIDE: Final = 1.25  # and below which it is nothing to look past
_MOST_GAP: Final = Decimal(40)
_CAPPED: Final = Decimal(25)
_FORMER: Final = lazily(
    r"\b(?:(?<!year )(?<!quarter )earlier|previous|previously|former|prior|its own)\b(?:(?!\band\b|,)[^.;]){0,30}$"
)
# what opens a sentence with a capital and is no name
_COMMON: Final = frozenset(
    "after-tax pre-tax digital total fee net comparable underlying core organic wholesale retail online domestic like-for-like".split()
)
_SEASONS: Final = {"Q1": "the first quarter", "Q2": "the second quarter", "Q3": "the third quarter", "Q4": "the fourth quarter"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One figure of a report, whom it favours (+1 holders, -1 not), of what kind, and how much it can move a price."""

    fact: Fact
    sign: int
    kind: str
    worth: float


def weighed_tensions(subject: Subject) -> Iterable[str]:
    """Tell what the shares of a reporting company were paid for, and what they looked past."""
    point = paid_for(subject)
    if point is None:
        return
    yield "priced_up" if subject.move_sign > 0 else "priced_down"
    yield f"paid_{point.kind}"
    other = despite(subject)
    if other is not None:
        yield f"despite_{other.kind}"
    if test_of(subject) is not None:
        yield "test_set"


def paid_for(subject: Subject) -> Point | None:
    """The figure on the price's side that weighs most, where the shares of a reporting company moved."""
    move = subject.move
    if move is None or move.value < _LOUD or not _reports(subject):
        return None
    return next((p for p in points_of(subject) if p.sign == subject.move_sign and p.worth >= _FEWEST), None)


def despite(subject: Subject) -> Point | None:
    """The figure against the price's side that weighs most: of another measure, or told where the first is promised."""
    paid = paid_for(subject)
    if paid is None:
        return None
    first = paid.fact.metric, paid.fact.modality
    against = (p for p in points_of(subject) if p.sign == -paid.sign)
    return next((p for p in against if (p.fact.metric, p.fact.modality) != first), None)


@once
def points_of(subject: Subject) -> Sequence[Point]:
    """Weigh the figures of a report, the weightiest first."""
    found = (_weighed(fact, subject) for fact in subject.facts)
    points = [p for p in found if p is not None and p.worth >= _BESIDE and said_point(p, subject.scene)]
    return sorted(points, key=lambda p: (-p.worth, p.fact.figure.start))


def test_of(subject: Subject) -> Fact | None:
    """The nearest figure by which a company has said that it may be measured, other than what moved the shares."""
    paid = paid_for(subject)
    for fact in subject.guided:
        said = paid is not None and fact.id == paid.fact.id
        counted = fact.unit is Unit.COUNT and fact.metric in PROFITS | {"revenue"}
        if said or counted or fact.vs_expectation or not _when(fact) or _is_upper_end(fact, subject):
            continue
        if phrase_of(fact, subject.scene.quoted(fact)):
            return fact
    return None


def _is_upper_end(fact: Fact, subject: Subject) -> bool:
    """Tell whether a figure closes a range whose lower end was read apart from it."""
    return any(
        f.metric == fact.metric
        and f.period == fact.period
        and f.sentence == fact.sentence
        and f.value < fact.value
        for f in subject.guided
    )


def said_test(subject: Subject) -> tuple[str, Fact | None]:
    """Say it: "Networks gross margin of 49% to 51% in the fourth quarter"."""
    fact = test_of(subject)
    if fact is None:
        return "", None
    phrase = as_called(phrase_of(fact, subject.scene.quoted(fact)), subject.scene.lowered)
    return f"{phrase} {_when(fact)}", fact


def against_hope(subject: Subject) -> tuple[str, Fact | None]:
    """Say a result that is no figure of business against what was hoped of it: "19.8% where 24% was hoped for"."""
    for fact in subject.facts:
        if (
            fact.vs_expectation in _HELD
            and fact.expected is not None
            and fact.metric not in CORE
            and not is_move(fact)
        ):
            figure, hoped = subject.scene.quoted(fact), _amount(fact, fact.expected, subject.scene)
            if figure and hoped:
                return f"{figure} where {hoped} was hoped for", fact
    return "", None


def said_point(point: Point, scene: Scene) -> str:
    """Say a figure with what it is held against: "gross margin of 48.6% where 46.9% was expected"."""
    fact = point.fact
    phrase = _phrase(fact, scene)
    if not phrase or fact.is_change:
        return phrase and phrase + _beside(fact)
    expected = _amount(fact, fact.expected, scene)
    former = bool(expected) and _FORMER.search(_words_before(fact, expected, scene)) is not None
    if expected and fact.vs_expectation and fact.metric not in LOSSES and not former:
        return f"{phrase} where {expected} was expected"
    if fact.vs_expectation in _HELD and not former:
        return phrase + (
            ", better than expected" if fact.vs_expectation == "beat" else ", worse than expected"
        )
    previous = expected if former else "" if fact.high is not None else _amount(fact, fact.previous, scene)
    if previous and fact.change in _SIGNS and fact.vs_expectation != "in_line":
        planned = fact.modality is Modality.PLANNED
        up, down = ("raised from", "cut from") if planned else ("up from", "down from")
        return f"{phrase}, {up if fact.change is Direction.UP else down} {previous}"
    return phrase if point.kind in ("outlook", "orders") else ""


def _phrase(fact: Fact, scene: Scene) -> str:
    """Say the figure with what it measures, in the page's word for it."""
    figure = scene.quoted(fact)
    if fact.unit is Unit.COUNT and fact.previous is not None and not is_sayable(fact.metric):
        return _counted(fact, figure)
    phrase = as_called(phrase_of(fact, figure), scene.lowered)
    said = fact.span.of(scene.lowered)
    if fact.metric == "profit" and "income" in said and "profit" not in said:
        phrase = phrase.replace("profit", "income", 1)
    first = phrase.split(" ", 1)[0]
    return phrase.replace(first, first.lower(), 1) if first.lower() in _COMMON else phrase


def _amount(fact: Fact, amount: Decimal | None, scene: Scene) -> str:
    """Quote another of a fact's amounts as its sentence writes it."""
    if amount is None:
        return ""
    said = figure_text(fact, scene.text, amount=amount)
    near = (scene.sentence(fact.sentence), scene.sentence(fact.sentence + 1))
    figures = (f for s in near if s is not None for f in find_figures(s.span.of(scene.text)))
    return said or next((f.text for f in figures if same_amount(f, amount, fact.unit, fact.currency)), "")


def _words_before(fact: Fact, figure: str, scene: Scene) -> str:
    sentence = scene.sentence(fact.sentence)
    words = "" if sentence is None else sentence.span.of(scene.lowered)
    at = words.find(figure.lower())
    return words[max(0, at - 45) : at] if at > 0 else ""


def _beside(fact: Fact) -> str:
    fell = fact.change is Direction.DOWN
    if fact.vs_expectation == "beat":
        return ", a smaller fall than expected" if fell else ", more than expected"
    if fact.vs_expectation == "miss":
        return ", a larger fall than expected" if fell else ", less than expected"
    return ""


def _counted(fact: Fact, figure: str) -> str:
    noun = metric_words(fact.metric)
    return f"{figure} {noun if noun.endswith('s') else noun + 's'}" if noun and figure else ""


def _when(fact: Fact) -> str:
    period = fact.period
    if period in _SEASONS:
        return f"in {_SEASONS[period]}"
    if period.isdigit() and len(period) == 4:
        return f"in {period}"
    return {"this year": "this year", "next year": "next year", "full year": "for the year"}.get(
        period.lower(), ""
    )


def _reports(subject: Subject) -> bool:
    return any(
        s is subject and e.parent in ("earnings_result", "guidance_change") for s, e in subject.scene.firm
    )


def _weighed(fact: Fact, subject: Subject) -> Point | None:
    kind = next((name for metrics, name in _KINDS if fact.metric in metrics), "")
    planned = fact.modality is Modality.PLANNED
    promised = planned and (
        fact.previous is not None or bool(fact.vs_expectation) or "guidance" in fact.basis
    )
    if promised and (kind or (fact.unit is Unit.COUNT and fact.previous is not None)):
        kind = "outlook"
    elif not kind or fact.modality is not Modality.ACTUAL:
        return None
    if not is_plain_segment(fact.segment) or (
        fact.unit is Unit.PERCENT and fact.high is not None and not planned
    ):
        return None
    sign = _sign(fact)
    if not sign:
        return None
    return Point(fact=fact, sign=sign, kind=kind, worth=_worth(fact, kind, subject))


def _sign(fact: Fact) -> int:
    if fact.vs_expectation in _HELD:
        return _HELD[fact.vs_expectation]
    if fact.vs_expectation == "in_line":
        return 0 if not fact.is_change else fact.good
    if fact.good:
        return fact.good
    if fact.modality is Modality.PLANNED and fact.change in _SIGNS and fact.previous is not None:
        return _SIGNS[fact.change]
    return 0


def _worth(fact: Fact, kind: str, subject: Subject) -> float:
    """Held against expectations, promised, in the headline, at the top: in this order a figure moves a price."""
    headline = subject.scene.article.headline.lower()
    worth = 0.0
    if fact.vs_expectation in _HELD:
        worth += 2.2 + float(min(_gap(fact), _MOST_GAP)) / 20
    if kind == "outlook":
        worth += 2.0 + (fact.previous is not None)
    elif kind == "orders":
        worth += 0.5
    if fact.is_change and fact.vs_expectation not in _HELD:
        worth += 1.0 + float(min(fact.value, _CAPPED)) / 12.5
    elif fact.previous is not None and not fact.vs_expectation:
        worth += 1.4
    if any(word in headline for word in _HEADED.get(kind, ())):
        worth += 1.6
    worth += {0: 0.8, 1: 0.8, 2: 0.4}.get(fact.sentence, 0.0)
    return worth - 0.6 * bool(fact.segment)


def _gap(fact: Fact) -> Decimal:
    """How far a figure stands from what was expected, in percent of it; margins by their points."""
    if fact.expected is None or not fact.expected:
        return Decimal(2)
    if fact.unit is Unit.PERCENT:
        return abs(fact.value - fact.expected) * 4
    middle = fact.value if fact.high is None else (fact.value + fact.high) / 2
    return abs(middle / fact.expected - 1) * 100
