"""The opposition that runs through a story: the price against the result, one line against another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from readthrough.domain.reading import Direction, Event, Fact, Modality, Polarity
from readthrough.domain.security import Relation
from readthrough.writing.argument import argument_tensions, is_opinion
from readthrough.writing.carrying import kind_of_sum
from readthrough.writing.computed import retired_by, sale_and_debt
from readthrough.writing.firm import ON_RESULTS
from readthrough.writing.metrics import LOSSES, MARGINS, PROFITS, sign_of, signed
from readthrough.writing.named import moves_beside, sides_beside
from readthrough.writing.outside import arithmetic, author_price, author_test, outside_view
from readthrough.writing.stance import tensions_of_market
from readthrough.writing.weighing import weighed_tensions

if TYPE_CHECKING:
    from readthrough.writing.causes import Cause
    from readthrough.writing.scene import Subject

__all__ = ["tensions_of"]

_SEVERAL = 2  # others beside the first with which a page compares
_MUCH_OF_DEBT = 30  # percent: a smaller part leaves the debt what it was to a lender
_PROVIDED = frozenset({"provisions", "loan losses", "credit losses", "charge-offs"})
_PRICED = frozenset({"prices", "fares", "average selling price", "yield"})
_MAKERS = frozenset(
    "autos electric_vehicles auto_parts aerospace_defence machinery semiconductors chip_equipment hardware steel medtech chemicals".split()
)
_NO_REASON = frozenset({"recap_no_new_information", "market_wide_move", "sector_readacross"})
_AUTHORS = (("author_prices", author_price), ("author_tests", author_test))
_CATASTROPHES = ("hurricane", "wildfire", "earthquake", "typhoon", "flood", "catastrophe")
_INVESTORS = frozenset({"banks", "brokers_managers", "insurers"})


def tensions_of(subject: Subject) -> Iterable[str]:
    sign = subject.move_sign
    missed, beat = (
        subject.has("earnings_miss", subject.versus("miss")),
        subject.has("earnings_beat", subject.versus("beat")),
    )
    guidance = {
        e.type for e in subject.events if e.parent == "guidance_change" and e.modality is not Modality.DENIED
    }
    loud = _is_loud(subject)
    if _moved_over_event(subject):
        yield "moved_over_event"
    elif missed and not beat and sign > 0 and loud:
        yield "missed_yet_rose"
    elif beat and not missed and sign < 0 and loud:
        yield "beat_yet_fell"
    if beat and not missed and sign <= 0 and "guidance_cut" in guidance and "guidance_raise" not in guidance:
        yield "beat_but_cut"
    if missed and not beat and "guidance_raise" in guidance and "guidance_cut" not in guidance:
        yield "missed_but_raised"
    if beat and missed:
        yield "beat_and_missed"
    if subject.events:
        yield "has_event"
    if subject.move is None and all(e.parent == "recap_no_new_information" for _, e in subject.scene.firm):
        yield "quiet"
    if subject.scene.previews:
        yield "preview"
    if subject.move is not None:
        yield "reported"
    yield from _inner_tensions(subject)
    yield from _event_tensions(subject, sign, sure=missed or beat)
    yield from _size_tensions(subject)
    yield from _peer_tensions(subject, sign)
    yield from weighed_tensions(subject)
    if subject.cause is not None:
        yield f"cause_{subject.cause.kind}_{'bad' if _is_bad(subject.cause, subject) else 'good'}"
    else:
        yield "unexplained"
    if subject.scene.argues:
        yield "opinion"
    if subject is subject.scene.main or subject.scene.argues:
        yield from argument_tensions(subject)
        if is_opinion(subject.scene):
            yield from (name for name, find in _AUTHORS if find(subject.scene) is not None)
    if subject is subject.scene.main and outside_view(subject.scene) is not None:
        yield "outside_view"
    if subject is subject.scene.main and arithmetic(subject.scene) is not None:
        yield "arithmetic_told"
    if any(word in subject.scene.article.headline.lower() for word in _CATASTROPHES):
        yield "catastrophe"
    yield from _told_tensions(subject)
    if subject.issuer_id is None:
        yield from tensions_of_market(subject.scene, subject.fallback)
    off = subject.off_hours_move
    if sign and off is not None and sign_of(off) == -sign:
        yield "reversed_in_day"


def _is_loud(subject: Subject) -> bool:
    """Tell whether its shares moved by at least a percent."""
    return subject.move is not None and subject.move.value >= 1


def _moved_over_event(subject: Subject) -> bool:
    """Tell whether an event of its sign stands where the shares' move is told, and none of the results.

    That is the move's own sentence, or a headline that names the shares beside the event.
    """
    move, scene = subject.move, subject.scene
    if move is None or not subject.move_sign:
        return False
    places = {move.sentence}
    if any(word in scene.article.headline.lower() for word in ("shares", "stock")):
        places.add(0)
    beside = [e for e in subject.events if e.sentence in places]
    told = any(f.sentence in places for f in (*subject.versus("beat"), *subject.versus("miss")))
    if told or any(e.parent in ON_RESULTS for e in beside):
        return False
    wanted = Polarity.POSITIVE if subject.move_sign > 0 else Polarity.NEGATIVE
    return any(e.polarity is wanted and e.parent not in _NO_REASON for e in beside)


def _is_bad(cause: Cause, subject: Subject) -> bool:
    """Tell what a reason explains: the good or bad news of its own sentence, else the sign of the whole."""
    told = {e.polarity for e in subject.events if cause.sentence.covers(e.span)}
    if Polarity.NEGATIVE in told or Polarity.POSITIVE in told:
        return Polarity.POSITIVE not in told
    return (subject.reading.score or 0.0) < 0 if subject.reading else False


def _inner_tensions(subject: Subject) -> Iterable[str]:
    moved = [f for f in subject.results if f.change in (Direction.UP, Direction.DOWN)]
    sales_up = any(f.metric == "revenue" and not f.segment and f.change is Direction.UP for f in moved)
    sales_down = any(f.metric == "revenue" and not f.segment and f.change is Direction.DOWN for f in moved)
    worse = any(_profit_sign(f) < 0 for f in moved)
    better = any(_profit_sign(f) > 0 for f in moved)
    better = better or any(f.metric in PROFITS and not f.segment for f in subject.versus("beat"))
    if sales_up and worse and not better:
        yield "growth_without_profit"
    if sales_down and better and not worse:
        yield "profit_without_growth"
    if any(f.metric in LOSSES and f.change is Direction.DOWN for f in moved):
        yield "loss_narrowed"
    if any(f.metric in LOSSES and not f.segment and f.change is Direction.UP for f in moved):
        yield "loss_widened"
    best, group = subject.best, subject.group
    if best and group and signed(best) >= max(3 * signed(group), signed(group) + 8):
        yield "segment_over_group"
    worst = subject.worst
    if worst and signed(worst) < 0 and (best or (group and signed(group) > 0)):
        yield "weak_segment"


def _size_tensions(subject: Subject) -> Iterable[str]:
    """Moves of at least 8 % are large for one company's day, and under 2 % small for strong news."""
    strong = any(e.strength >= 0.6 for e in subject.events)
    if subject.move is not None and subject.move.value >= 8:
        yield "large_rise" if subject.move_sign > 0 else "large_fall"
    sale = sale_and_debt(subject.scene.reading.facts, subject.issuer_id)
    # whose part in a deal it is costs more to tell than that there is none
    repaid = retired_by(*sale) if None not in sale and subject.role == "seller" else None
    if repaid is not None and repaid.percent >= _MUCH_OF_DEBT:
        yield "repays_much"
    if strong and subject.move is not None and subject.move.value < 2:
        yield "small_move"
    rates = {f.metric: f.value for f in subject.facts if f.is_change and f.change is Direction.UP}
    cost = rates.get("operating expenses", rates.get("costs", Decimal(0)))
    if cost > rates.get("net interest income", cost):
        yield "costs_ahead"


def _peer_tensions(subject: Subject, sign: int) -> Iterable[str]:
    rivals = [f for f in subject.peer_moves if subject.relation_to(f.issuer_id) is Relation.COMPETITOR]
    signs = {sign_of(f) for f in rivals}
    if sign and signs == {sign}:
        yield "peers_with_up" if sign > 0 else "peers_with_down"
    if sign and signs == {-sign}:
        yield "peers_against_up" if sign > 0 else "peers_against_down"
    if subject.peer_moves and not rivals:
        yield "others_moved"
    beside = moves_beside(subject)
    if beside:
        yield "named_moved"
    if sign and len(beside) >= _SEVERAL and _is_compared(subject, beside):
        yield "compared"
    sides = set(sides_beside(subject).values())
    fares = (subject.reading.score or 0.0) if subject.reading else 0.0
    if abs(fares) >= 0.1:
        for side, word in ((1, "gain"), (-1, "lose")):
            if side in sides:
                yield f"named_{word}_{'with' if side * fares > 0 else 'against'}"


def _is_compared(subject: Subject, moves: Sequence[Fact]) -> bool:
    """Tell whether a page without an event of one company sets several of an industry side by side, some up and some down."""
    own = any(s is subject for s, _ in subject.scene.firm)
    alike = [f for f in moves if subject.relation_to(f.issuer_id) is Relation.COMPETITOR]
    return not own and len(alike) >= _SEVERAL and len({subject.move_sign, *map(sign_of, alike)}) > 1


def _profit_sign(fact: Fact) -> int:
    if fact.metric in LOSSES:
        return -sign_of(fact)
    return sign_of(fact) if fact.metric in PROFITS | MARGINS and not fact.segment else 0


def _event_tensions(subject: Subject, sign: int, *, sure: bool) -> Iterable[str]:
    live = [e for e in subject.events if e.modality in (Modality.ACTUAL, Modality.PLANNED)]
    signs = {e.polarity for e in live if e.strength >= 0.4}
    loud = _is_loud(subject)
    if sign > 0 and signs == {Polarity.NEGATIVE} and not sure and loud:
        yield "bad_news_rose"
    if sign < 0 and signs == {Polarity.POSITIVE} and not sure and loud:
        yield "good_news_fell"
    parents = {e.parent for e in subject.events}
    if any(_is_listed_target(e, subject) for e in subject.scene.reading.events):
        yield "listed_target"
    denied = any(e.modality is Modality.DENIED for e in subject.events)
    if denied or "denial_clarification" in parents:
        yield "denied"


def _is_listed_target(event: Event, subject: Subject) -> bool:
    """Tell whether a listed company other than the subject is party to a deal."""
    others = {event.issuer_id, event.counterparty_id} - {None, subject.issuer_id}
    return event.parent.startswith("ma_") and any(
        i is not None and subject.scene.subject(i).ticker for i in others
    )


def _told_tensions(subject: Subject) -> Iterable[str]:
    """What the page answers by itself, and which sum it leads with."""
    told = subject.scene.told
    yield from told.matters
    if any(f.metric in _PROVIDED and not f.is_change for f in subject.facts):
        yield "provision_sum"
    if subject.lens is not None and "utilities" in subject.lens.ids:
        yield "licensed"
    if subject.lens is not None and not subject.lens.ids.isdisjoint(_MAKERS):
        yield "makes_things"
    raised = any(e.type == "guidance_raise" for e in subject.events)
    if raised and any(f.metric in _PRICED and f.change is Direction.DOWN for f in subject.facts):
        yield "cheaper_yet_more"
    if told.withdrawn:
        yield "withdrawn"
    elif told.again:
        yield "cut_before"
    if told.another_round:
        yield "another_round"
    if told.won and (subject.reading is not None and (subject.reading.score or 0.0) > 0):
        yield "legal_win"
        if told.lifted:
            yield "lifted"
    if told.refused_before:
        yield "refused_before"
    yield from (f"dated_{s.kind}" for s in told.scheduled)
    if told.refiling is not None:
        yield "refiling_told"
    if told.asked is not None:
        yield f"asked_{told.asked.kind}"
    if told.successor is not None:
        yield f"successor_{told.successor.kind}"
        yield "successor_told"
    carrying = subject.carrying if subject.had_shares else None
    if carrying is None:
        return
    kind = kind_of_sum(subject, carrying)
    if kind == "investment" and subject.lens is not None and not subject.lens.ids.isdisjoint(_INVESTORS):
        return  # money that others gave it to manage
    if kind and not (kind == "charge" and carrying.metric == "costs"):
        yield f"sum_{kind}"
