"""The sum that carries a story: the largest one told of its subject in the headline or the opening."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from readthrough.domain.reading import Fact, Unit

if TYPE_CHECKING:
    from readthrough.writing.scene import Subject

__all__ = ["carrying_of", "kind_of_sum"]

_OPENING: Final = 2  # sentences of the body that still tell what the story is
_PER_DOLLAR: Final = {
    "JPY": 150,
    "KRW": 1400,
    "INR": 85,
    "CNY": 7,
    "TWD": 32,
    "HKD": 8,
    "SEK": 10,
    "NOK": 10,
    "DKK": 7,
}
_LEAST: Final = 50_000_000  # dollars; a smaller sum seldom carries a story about a listed company
_KINDS: Final = {
    "charge": "charge", "impairment": "charge", "provisions": "charge", "costs": "charge", "restructuring": "charge",
    "stake": "stake", "investment": "investment", "funding": "investment", "capex": "investment",
    "savings": "savings", "fine": "fine", "settlement": "fine", "contract": "contract", "orders": "contract",
    "deal value": "price", "offering size": "raise", "buyback": "buyback", "debt": "debt",
}  # fmt: skip
_NOT_SUMS: Final = frozenset(
    {"share price", "market value", "price target", "dividend", "ipo price", "index"}
)


def carrying_of(subject: Subject) -> Fact | None:
    """Choose the sum the note has to speak of, or None where the opening names none."""
    scene = subject.scene
    if subject.issuer_id is None:
        return None
    opening = {s.index for s in scene.reading.sentences if s.headline or s.index <= _OPENING}
    heads = {s.index for s in scene.reading.sentences if s.headline}
    found = [f for f in _sums(subject) if f.sentence in opening and not f.background and scene.quoted(f)]
    headed = {_dollars(f) for f in found if f.sentence in heads}
    best = max(
        found,
        key=lambda f: (
            _dollars(f) in headed,
            f.metric in _KINDS,
            _dollars(f),
            f.metric != "unspecified",
            -f.sentence,
        ),
        default=None,
    )
    return best if best is not None and _dollars(best) >= _LEAST else None


def kind_of_sum(fact: Fact) -> str:
    """Name what kind of sum it is, in the words of the playbooks; "" for results."""
    return "unnamed" if fact.metric == "unspecified" else _KINDS.get(fact.metric, "")


def _sums(subject: Subject) -> Iterable[Fact]:
    ours = (None, subject.issuer_id)
    deal = ("stake", "investment", "deal value")
    for fact in subject.scene.reading.facts:
        told_of_it = fact.issuer_id in ours or fact.metric in deal
        if fact.unit is Unit.MONEY and fact.metric not in _NOT_SUMS and told_of_it:
            yield fact


def _dollars(fact: Fact) -> float:
    return float(fact.value) / _PER_DOLLAR.get(fact.currency, 1)
