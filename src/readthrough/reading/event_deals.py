"""Deals: who buys and who is bought, each with its own event and its own sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Modality, Polarity
from readthrough.reading.event_make import candidate_of
from readthrough.reading.event_roles import Party
from readthrough.reading.event_scene import LEAD, Scene
from readthrough.reading.event_settle import Candidate
from readthrough.reading.patterns import Pattern, Rule, compiled

__all__ = ["DEALS", "dealt", "denied_deal"]

DEALS: Final = frozenset(
    {"ma_announced", "ma_rumour_or_nonbinding", "ma_blocked_or_terminated", "ma_completed"}
)
_SIGNS: Final = {1: Polarity.POSITIVE, -1: Polarity.NEGATIVE, 0: Polarity.NEUTRAL}
_TARGET: Final = (
    r"(?:(?<!to be )(?:<buy>)|(?:takeover|acquisition|purchase|buyout|bid|offer)s? (?:of|for)|merger with|"
    r"stake in)[^;]{0,30}$"
)
_BY: Final = r"(?:by|from|sold to)(?: \w+){0,2} ?$"
_DEAL_WORDS: Final = r"(?:approach for|merg\w+|takeover|take over|bid(?:ding)?|acqui\w+|buyout|combin\w+|tie-up|to buy|offer for|talks with)"
_NAMED: Final = lazily(
    r"(?:(?!in |at |on |from |by |for |near )[a-z$€£][\w.'’&-]* ){0,7}((?:[A-Z][\w&'’-]*)(?: (?:of |and |& )?[A-Z][\w&'’-]*){0,3})"
)
_BLOCKED: Final = lazily(
    r"\b(?:block\w*|halt\w*|bar(?:s|red)|stop(?:s|ped)|veto\w*|prohibit\w*|enjoin\w*|sue[sd]?)\b"
)
_ENFORCED: Final = lazily(
    r"\b(?:judge|court|ftc|federal trade commission|regulators?|watchdog|cma|antitrust|justice department|"
    r"competition|european commission|brussels)\b"
)


def dealt(
    scene: Scene,
    index: int,
    words: str,
    place: tuple[int, int],
    pattern: Pattern,
    modality: Modality,
    subject: Party,
    other: Party,
) -> Iterator[Candidate]:
    """Give target and acquirer their own events."""
    target, buyer = _sides(scene, index, place, pattern, subject, other)
    if pattern.type == "ma_blocked_or_terminated" and _ENFORCED.search(words) and _BLOCKED.search(words):
        loser = buyer or subject
        yield candidate_of(
            scene,
            index,
            place,
            pattern,
            modality,
            loser,
            target or Party(""),
            Polarity.NEGATIVE,
            type_="antitrust_action",
            strength=0.55,
        )
    if target is not None and pattern.type == "ma_blocked_or_terminated":
        buyer = None
    if target is None and pattern.type in ("ma_announced", "ma_rumour_or_nonbinding"):
        target = _unlinked_target(scene, index, place)
    rumoured = modality is Modality.RUMOURED and pattern.type == "ma_announced"
    type_ = "ma_rumour_or_nonbinding" if rumoured else pattern.type
    sign = {"ma_blocked_or_terminated": Polarity.NEGATIVE, "ma_completed": Polarity.NEUTRAL}.get(
        type_, Polarity.POSITIVE
    )
    if modality is Modality.DENIED:
        moved = scene.reactions.get(target.issuer_id, 0) if target is not None and target.issuer_id else 0
        sign = _sign(scene, target) if target is not None else _SIGNS[moved]
    if target is not None and target.name:
        other_side = buyer or Party("")
        yield candidate_of(
            scene, index, place, pattern, modality, target, other_side, sign, type_=type_, strength=0.75
        )
    if buyer is not None and buyer.issuer_id is not None:
        reaction = (
            _SIGNS[scene.reactions.get(buyer.issuer_id, 0)]
            if modality is not Modality.DENIED
            else Polarity.NEUTRAL
        )
        if (
            target is not None
            and target.issuer_id is not None
            and type_ != "ma_announced"
            and reaction is Polarity.NEUTRAL
        ):
            return
        yield candidate_of(
            scene,
            index,
            place,
            pattern,
            modality,
            buyer,
            target or Party(""),
            reaction,
            type_=type_,
            strength=0.5,
        )


def denied_deal(
    scene: Scene, index: int, place: tuple[int, int], pattern: Pattern, subject: Party
) -> Iterator[Candidate]:
    """The report that is denied is told too, with what it did to the shares of the target."""
    if not compiled(_DEAL_WORDS).search(scene.words(index)):
        return
    others = [m for m in scene.rows[index] if m.issuer_id != subject.issuer_id]
    if not others or index >= LEAD or not _opens(scene, subject):
        return
    target = Party(scene.name(others[-1].issuer_id), others[-1].issuer_id)
    sign = _sign(scene, target)
    yield candidate_of(
        scene,
        index,
        place,
        pattern,
        Modality.DENIED,
        target,
        subject,
        sign,
        type_="ma_rumour_or_nonbinding",
        strength=0.6,
    )


def _sign(scene: Scene, party: Party) -> Polarity:
    """The way the party's shares went in the end, when told."""
    moved = scene.moves.get(party.issuer_id, 0.0) if party.issuer_id else 0.0
    if not moved and party.issuer_id:
        moved = scene.reactions.get(party.issuer_id, 0)
    return _SIGNS[(moved > 0) - (moved < 0)]


def _opens(scene: Scene, party: Party) -> bool:
    return bool(scene.rows[0]) and scene.rows[0][0].issuer_id == party.issuer_id


def _unlinked_target(scene: Scene, index: int, place: tuple[int, int]) -> Party | None:
    """Name the company that is bought when nothing links it; a place after "in" is no party."""
    base = scene.sentences[index].span.start
    if scene.sentences[index].headline or not compiled("<buy>").search(
        scene.lower, base + place[0], base + place[1]
    ):
        return None
    named = _NAMED.match(scene.text[base + place[1] : base + place[1] + 120].lstrip())
    name = re.sub(r"['’]s$", "", named.group(1)) if named else ""
    start = scene.text.find(name, base + place[1]) if name else -1
    linked = any(m.span.start < start + len(name) and start < m.span.end for m in scene.rows[index])
    return Party(name) if name and not linked else None


def _sides(
    scene: Scene, index: int, place: tuple[int, int], pattern: Pattern, subject: Party, other: Party
) -> tuple[Party | None, Party | None]:
    base = scene.sentences[index].span.start
    row = scene.rows[index]
    for mention in row:
        before = scene.lower[base : mention.span.start]
        if (
            mention.span.start >= base + place[0]
            and compiled(_TARGET).search(before[-70:])
            and not compiled(_BY).search(before[-24:])
        ):
            target = Party(scene.name(mention.issuer_id), mention.issuer_id)
            rest = [m for m in row if m.issuer_id != mention.issuer_id and m.span.start < mention.span.start]
            buyer = Party(scene.name(rest[0].issuer_id), rest[0].issuer_id) if rest else None
            if buyer is None and subject.issuer_id not in (None, target.issuer_id):
                buyer = subject
            return target, buyer
    trigger = scene.lower[base + place[0] : base + place[1]]
    passive = pattern.rule is Rule.POSITIVE and pattern.type == "ma_announced"
    if passive or (
        pattern.type == "ma_rumour_or_nonbinding" and not compiled(r"<buy>|merg\w+").search(trigger)
    ):
        return subject, other if other.issuer_id else None
    if pattern.type == "ma_blocked_or_terminated":
        return subject, None
    return None, subject
