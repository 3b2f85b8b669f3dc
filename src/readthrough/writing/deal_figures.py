"""Slots worked out of a deal's figures: the spread, the price beside a bid, the multiple of sales, the debt a sale repays; and a wage claim's two ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Fact, Unit
from readthrough.writing.binding import Binding, Filled
from readthrough.writing.computed import (
    Computed,
    beside_bid,
    retired_by,
    sale_and_debt,
    shown,
    spread_of,
    times_sales,
)
from readthrough.writing.scene import Scene

__all__ = ["OF_DEALS", "sale_of"]

_BID: Final = lazily(r"\b(?:offer\w*|bid|valu(?:es?|ed|ing)|propos\w+|tender)\b")
_TRADED: Final = lazily(
    r"\b(?:clos(?:ed|ing)|trad(?:ed|es|ing)|ended|rose|fell|gained|shares (?:were|stood))\b"
)
_PAY_OFFER: Final = lazily(
    r"\b(?:reject\w*|offer\w*|turned down|proposal|contract)\b(?:[^.;]|\.(?=\d)){0,80}?\b(?:pay|wage|salary)\b(?:[^.;]|\.(?=\d)){0,40}?(?P<figure>\d+(?:\.\d+)?%)"
)
_PAY_CLAIM: Final = lazily(
    r"\b(?:wants?|demand(?:s|ed|ing)?|seek(?:s|ing)?|sought|ask(?:s|ed|ing)? for|claim\w*|calling for)\b(?:[^.;]|\.(?=\d)){0,50}?(?P<figure>\d+(?:\.\d+)?%)"
)


def spread(binding: Binding, filled: Filled, *, under: bool = True) -> str:
    subject = binding.subject
    terms = (f for f in binding.scene.reading.facts if f.metric == "premium" and not f.background)
    premium = next((f for f in terms if f.unit is Unit.PERCENT), None)
    computed = spread_of(premium, subject.move)
    if computed is None or (computed.percent > 0) is not under:
        return ""
    filled.nouns.add("spread")
    for fact in computed.facts:
        filled.facts[fact.id] = fact
    return shown(computed)


def sale_of(binding: Binding) -> tuple[Fact | None, Fact | None]:
    return sale_and_debt(binding.scene.reading.facts, binding.subject.issuer_id)


def retires(binding: Binding, filled: Filled) -> str:
    """Say what part of the debt a sale repays: "42%"."""
    computed = retired_by(*sale_of(binding))
    if computed is None:
        return ""
    filled.nouns.add("retired")
    for fact in computed.facts:
        filled.facts[fact.id] = fact
    return shown(computed)


def _of_target(scene: Scene) -> tuple[Fact | None, Fact | None]:
    """What is bid for a share of the target and what it costs on the exchange, as the page tells both."""
    levels = [
        f
        for f in scene.reading.facts
        if f.metric == "share price" and not f.is_change and not f.background and f.high is None
    ]
    for offer in levels:
        if not _BID.search(_around(offer, scene)) or _TRADED.search(_around(offer, scene)):
            continue
        price = next(
            (p for p in levels if p.sentence != offer.sentence and _TRADED.search(_around(p, scene))), None
        )
        if beside_bid(offer, price) is not None:
            return offer, price
    return None, None


def _around(fact: Fact, scene: Scene) -> str:
    return scene.lowered[max(0, fact.figure.start - 60) : fact.figure.start]


def _beside_bid(binding: Binding, filled: Filled, *, above: bool) -> str:
    """Say how far a target's price stands from the bid: "6.3%"."""
    computed = beside_bid(*_of_target(binding.scene))
    if computed is None or (computed.percent > 0) is not above:
        return ""
    return _cited(computed, filled)


def _target(binding: Binding, filled: Filled) -> str:
    """Name whom a bid is for."""
    del filled
    terms = (
        f for f in binding.scene.reading.facts if f.metric in ("premium", "deal value") and not f.background
    )
    issuer = next((f.issuer_id for f in terms if f.issuer_id is not None), None)
    return binding.scene.subject(issuer).name if issuer is not None else ""


def _suitor(binding: Binding, filled: Filled) -> str:
    """Name who bids: of a deal's parties the one that is not its target."""
    target = _target(binding, filled)
    return next((name for name in _parties(binding) if name and name != target), "") if target else ""


def _parties(binding: Binding) -> Iterator[str]:
    for event in binding.scene.reading.events:
        if event.parent.startswith("ma_") and not event.background:
            if event.issuer_id is not None:
                yield binding.scene.subject(event.issuer_id).name
            if event.counterparty_id is not None:
                yield binding.scene.subject(event.counterparty_id).name


def _times_sales(binding: Binding, filled: Filled) -> str:
    """Say how many years of sales are paid for: "6.4 times"."""
    scene, own = binding.scene, binding.subject.name
    bought = {e.subject.split()[0] for e in scene.reading.events if e.parent.startswith("ma_") and e.subject}
    bought |= {
        e.counterparty.split()[0]
        for e in scene.reading.events
        if e.parent.startswith("ma_") and e.counterparty
    }
    bought -= {own.split()[0]} if own else set()
    price = next(
        (
            f
            for f in scene.reading.facts
            if f.metric == "deal value" and f.unit is Unit.MONEY and not f.background
        ),
        None,
    )
    for sales in (f for f in scene.reading.facts if f.metric == "revenue" and f.unit is Unit.MONEY):
        sentence = scene.sentence(sales.sentence)
        words = "" if sentence is None else sentence.span.of(scene.text)
        if words.split(" ", 1)[0] in bought:
            computed = times_sales(price, sales)
            if computed is not None:
                return _cited(computed, filled)
    return ""


def _cited(computed: Computed, filled: Filled) -> str:
    filled.nouns.add(computed.kind)
    for fact in computed.facts:
        filled.facts[fact.id] = fact
    return shown(computed)


def _pay(which: str) -> Callable[[Binding, Filled], str]:
    """Make the filler of what a union was offered or asks, in percent."""
    pattern = {"offer": _PAY_OFFER, "claim": _PAY_CLAIM}[which]

    def make(binding: Binding, filled: Filled) -> str:
        scene = binding.scene
        for match in pattern.finditer(scene.lowered):
            start = match.start("figure")
            fact = next((f for f in scene.reading.facts if f.figure.start <= start < f.figure.end), None)
            if fact is not None and fact.unit is Unit.PERCENT:
                filled.facts[fact.id] = fact
                return match["figure"]
        return ""

    return make


OF_DEALS: Final[Mapping[str, Callable[[Binding, Filled], str]]] = {
    "spread": spread,
    "excess": lambda binding, filled: spread(binding, filled, under=False),
    "retires": retires,
    "above_bid": lambda binding, filled: _beside_bid(binding, filled, above=True),
    "below_bid": lambda binding, filled: _beside_bid(binding, filled, above=False),
    "target": _target,
    "suitor": _suitor,
    "times_sales": _times_sales,
    "pay_offer": _pay("offer"),
    "pay_claim": _pay("claim"),
}
"""The fillers of these slots."""
