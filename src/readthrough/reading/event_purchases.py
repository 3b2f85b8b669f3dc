"""Goods and services bought of a supplier: a contract that the seller wins, and no company that changes hands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Mention, Modality, Polarity
from readthrough.reading.event_make import event_of, placed
from readthrough.reading.event_roles import Party
from readthrough.reading.event_scene import LEAD, Scene
from readthrough.reading.event_settle import Candidate

__all__ = ["as_purchases"]

_GOODS: Final = (
    r"\b(?:computing (?:power|capacity)|compute|cloud|servers?|gpus?|chips?|processors?|wafers?|capacity|jets?|jetliners?|planes?|aircraft|"
    r"airliners?|widebod(?:y|ies)|helicopters?|trains?|locomotives?|buses|trucks?|vans?|vehicles|ships?|vessels?|tankers?|turbines?|reactors?|missiles?|"
    r"interceptors?|ammunition|shells?|tanks?|drones?|radars?|batter(?:y|ies)|cells|steel|gas|lng|oil|crude|power|electricity|coal|copper|lithium|"
    r"uranium|cathodes?|soybeans?|wheat|vaccines?|doses|engines?|satellites?|rockets?|launches|equipment|machines|components|panels|displays|"
    r"software|data services)\b"
)
# what is a company or a part of one, or a right in it
_A_BUSINESS: Final = lazily(
    r"\b(?:stakes?|shares?|company|business(?:es)?|unit|division|assets|brands?|stores|rights|plants?|factor(?:y|ies)|fields?|portfolio|"
    r"subsidiary|maker|producer|developer|provider|startup|start-up|firm|group|rival)\b"
)
_OF_GOODS: Final = lazily(_GOODS)
_TAKES: Final = lazily(
    r"\b(?:buy|buys|buying|bought|purchase[sd]?|purchasing|rent|rents|renting|lease[sd]?|leasing|order|orders|ordered|ordering)\b"
)
_FROM: Final = lazily(r"\bfrom (?:the )?$")
_STOPS: Final = lazily(r";|\.\s")
_NUMBERED: Final = lazily(
    r"\b(?:order|orders|ordered|ordering|buy|buys|buying|bought|purchase[sd]?)\s(?:(?:an?|up to|about|at least|more than|as many as|another|additional|new|more|extra)\s)*"
    r"(?:\d[\d,.]*|dozens of|hundreds of|scores of)\s(?:(?:new|more|additional|extra)\s)*$"
)
_PAYS_AT_ALL: Final = lazily(r"\bpay(?:s|ing)?\b|\bpaid\b")
_PAYS: Final = lazily(r"\b(?:pay|pays|paying|paid)\s$")
_SUM_FOR: Final = lazily(
    r"(?:['’]s\s[a-z]+)?\s(?:(?:about|more than|up to|over|at least|nearly|around|roughly)\s)*[$€£¥]?\s?[\d.,]+\s?(?:trillion|billion|million|bn|mn)?"
    r"[^.;]{0,40}?\bfor\b[^.;]{0,60}?" + _GOODS
)
_USES: Final = lazily(r"\b(?:rent|rents|renting|lease|leases|leasing)\s$")
_HIS: Final = lazily(r"(?:['’]s?)?\s(?:[a-z-]+\s){0,2}?" + _GOODS)
_MODELS: Final = lazily(r"(?:['’]s?)?\s(?:[\w-]+\s){0,4}?" + _GOODS)
_STRENGTH: Final = 0.6


@dataclass(frozen=True, slots=True)
class _Purchase:
    """Who buys what of whom in a sentence."""

    buyer: Party
    seller: Party
    span: Span
    sentence: int


def _purchases(scene: Scene) -> Iterator[_Purchase]:
    """Find the goods or services that one company of the page's opening buys of another."""
    for index in range(min(LEAD, len(scene.sentences))):
        words = scene.words(index)
        if not _TAKES.search(words) and not _PAYS_AT_ALL.search(words):
            continue
        for seller in scene.rows[index]:
            began = _bought_of(scene, index, seller)
            buyer = None if began is None else _buyer(scene, index, seller, began)
            if began is not None and buyer is not None:
                party = Party(scene.name(seller.issuer_id), seller.issuer_id)
                yield _Purchase(buyer, party, Span(began, seller.span.end), index)
                break


def _bought_of(scene: Scene, index: int, seller: Mention) -> int | None:
    """Return where the buying is told, where a name is that of whom something is bought."""
    span = scene.sentences[index].span
    left = max(span.start, seller.span.start - 140)
    if _FROM.search(scene.lower, left, seller.span.start):
        taken = list(_TAKES.finditer(scene.lower, left, seller.span.start))
        what = scene.lower[taken[-1].end() : seller.span.start] if taken else ""
        if _OF_GOODS.search(what) and not _A_BUSINESS.search(what) and not _STOPS.search(what):
            return taken[-1].start()
    for ahead, behind in ((_NUMBERED, _MODELS), (_PAYS, _SUM_FOR), (_USES, _HIS)):
        told = ahead.search(scene.lower, left, seller.span.start)
        if told is not None and behind.match(scene.lower, seller.span.end, span.end):
            return told.start()
    return None


def _buyer(scene: Scene, index: int, seller: Mention, began: int) -> Party | None:
    """The company named before the buying; else whom the page is about."""
    named = [m for m in scene.rows[index] if m.span.end <= began and m.issuer_id != seller.issuer_id]
    issuer_id = named[0].issuer_id if named else scene.main
    if issuer_id is None or issuer_id == seller.issuer_id:
        return None
    return Party(scene.name(issuer_id), issuer_id)


def as_purchases(scene: Scene, found: list[Candidate]) -> list[Candidate]:
    """Take what reads as a company bought, or as a contract won by its buyer, for what the seller sold."""
    bought = list(_purchases(scene))
    if not bought:
        return found
    places = {p.sentence for p in bought}
    buyers = {p.buyer.issuer_id for p in bought}
    kept = [
        c
        for c in found
        if not (
            (c.event.type == "ma_announced" and c.event.sentence in places)
            or (c.event.type == "contract_win" and c.event.issuer_id in buyers)
        )
    ]
    return kept + [_won(scene, purchase) for purchase in bought]


def _won(scene: Scene, bought: _Purchase) -> Candidate:
    sentence = scene.sentences[bought.sentence]
    event = event_of(
        scene,
        "contract_win",
        bought.seller,
        bought.span,
        bought.sentence,
        polarity=Polarity.POSITIVE,
        modality=Modality.ACTUAL,
        strength=placed(_STRENGTH, bought.sentence, sentence),
        other=bought.buyer,
    )
    return Candidate(event)
