"""The sum that carries a story: the largest one told of its subject in the headline or the opening."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from readthrough.domain.lazy import lazily
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
_OF_ALL: Final = lazily(
    r"\b(?:global|globally|worldwide|industry-wide|the (?:industry|market|sector)|the world['’]s)\b[^.;]*$"
)
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
    if not found:
        return None
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


def kind_of_sum(subject: Subject, fact: Fact) -> str:
    """Name what kind of sum it is to this company, in the words of the playbooks; "" for results.

    A price is only its buyer's, and a stake is told of the company that somebody else buys into.
    """
    kind = "unnamed" if fact.metric == "unspecified" else _KINDS.get(fact.metric, "")
    if kind == "price" and subject.role != "bidder":
        return ""
    if kind == "investment" and fact.issuer_id != subject.issuer_id:
        return ""
    if kind == "stake" and fact.issuer_id in (None, subject.issuer_id):
        return ""
    return kind


def _sums(subject: Subject) -> Iterable[Fact]:
    ours = (None, subject.issuer_id)
    deal = ("stake", "investment", "deal value")
    for fact in subject.scene.reading.facts:
        if fact.unit is not Unit.MONEY or fact.metric in _NOT_SUMS:
            continue
        if _OF_ALL.search(subject.scene.lowered, max(0, fact.figure.start - 60), fact.figure.start):
            continue  # what the world spends is not the company's
        if fact.issuer_id in ours or (fact.metric in deal and fact.sentence in _naming(subject)):
            yield fact


def _dollars(fact: Fact) -> float:
    return float(fact.value) / _PER_DOLLAR.get(fact.currency, 1)


def _naming(subject: Subject) -> frozenset[int]:
    scene = subject.scene
    spans = [m.span for m in scene.reading.mentions if m.issuer_id == subject.issuer_id]
    return frozenset(s.index for s in scene.reading.sentences if any(s.span.covers(span) for span in spans))
