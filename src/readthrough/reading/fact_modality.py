"""How sure a figure is: it stands, is hoped for, depends on something, is whispered or denied."""

from __future__ import annotations

from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Modality, Unit
from readthrough.reading.bound import Binding
from readthrough.reading.chains import PRICES
from readthrough.reading.fact_scene import RESULTS, Scene
from readthrough.reading.numbers import Quantity
from readthrough.reading.qualifiers import modality_of

__all__ = ["how_sure"]

_BOUGHT_BACK: Final = lazily(
    r"\b(?:repurchased|bought back|has (?:spent|returned)|spent|returned|completed|retired|remain\w*|left under)\b"
)
_LAID_OFF: Final = lazily(
    r"\b(?:has|have|had|already|were|was|laid off|eliminated|shed|dismissed|axed|fired|let go of|cut)\s(?:[\w-]+\s){0,3}$"
)
_ITS: Final = lazily(
    r"(?:\b(?:its|their|his|her)|['’]s)\s(?:about\s|some\s|roughly\s|nearly\s|existing\s|current\s|proposed\s|pending\s|staggering\s|recent\s)?$"
)
_NOUN_AFTER: Final = lazily(
    r"[\s-](?!(?:in|of|to|for|from|and|or|by|on|at|with|it|that|they|he|she|which|as|over|a|per|this|next|last|forecast|guidance|target|goal|estimate|plan|projection|outlook)\b)[a-z]"
)
# a past tense right before the figure says it happened, whatever else the clause hopes for
_HAPPENED: Final = lazily(
    r"(?<!to have )(?<!probably )(?<!would have )(?<!could have )(?<!be )(?<!been )(?<!is )(?<!are )\b(?:rose|fell|grew|was|were|came to|came in at|stood at|holds|owns|controls|"
    r"(?!expected|projected|forecasted|estimated|planned|targeted|priced|valued|proposed|pledged|guided|offered|agreed)(?:jump|climb|gain|drop|declin|slump|surg|soar|plung|tumbl|increas|"
    r"decreas|widen|narrow|total|slipp|edg|improv|advanc|expand|contract|doubl|tripl)(?:ed|led))\s(?:by\s|to\s|about\s|nearly\s|around\s|just\s|a\s|an\s|some\s|only\s|over\s|more than\s|as much as\s|another\s|roughly\s|almost\s|a further\s|record\s){0,3}$"
)
_DENYING: Final = lazily(
    r"\bden(?:y|ies|ied)\b|\bnot in (?:\w+ )?talks\b|\bnot bidding\b|\bno (?:plans?|offer|bid|talks|interest)\b|\bruled? out\b|\bnot (?:considering|planning|interested)\b"
)
# what somebody has, had or did stands, whatever the rest of the clause hopes for
_STANDS: Final = lazily(
    r"(?<!to )(?<!will )(?<!would )(?<!could )(?<!may )(?<!might )(?<!should )(?<!must )(?<!can )(?<!not )\b(?:had|has|have|spent|paid|went (?:up|down)|made up|makes? up|accounts? for|accounted for|"
    r"sold|bought|raised|invested|employs|operates|serves|lost|won|getting|got|cost|earned|borrowed|owed|owes|attracted|drew|sent|committed|exercised)\s"
    r"(?:(?:by|to|about|nearly|around|just|a|an|some|only|over|more than|less than|as much as|another|roughly|almost|already|record|at least|up)\s){0,3}$"
)
# "With a cash pile of $6 billion, the group will ...": what opens the sentence is there before what comes after the comma
_GIVEN: Final = lazily(r"\W*(?:with|after|having|given|thanks to|at|despite|on)\b[^,;]*$")
_LATER: Final = lazily(
    r"[^,;.\d]{0,30}, (?!(?:[\w’']+ ){0,3}?(?:expect|forecast|predict|estimat|project|guid|target|if|should|said to|according)\w*)"
)
_SPENDING: Final = frozenset({"investment", "capex", "funding", "buyback"})
_FLANKED: Final = lazily(r"\b(?:was|were|ranged|rose|fell|grew|came|reported)\b")
_PAYABLE: Final = lazily(r"\b(?:will be paid|will receive|will get|payable|to be paid|is to be paid)\b")
_APPOSED: Final = lazily(
    r"\s(?:at the end of|as of|at (?:the )?(?:\w+ )?end|in the (?:first|second|third|fourth|latest|last))\b[^,;]{0,40},"
)
_HEDGED: Final = lazily(r"\b(?:could|may|might|will|would)\b")
_HOPED: Final = frozenset({Modality.PLANNED, Modality.CONDITIONAL})
# "could rise 34% from the current price of 20 euros"
_PRESENT: Final = lazily(
    r"\b(?:current|latest|present|last closing|existing)\s(?:[\w-]+\s){1,3}(?:of|at)\s(?:about |around |just )?$"
)
_YEARS: Final = lazily(
    r"\b(?:20\d\d|last (?:year|month|week|quarter)|(?:mon|tues|wednes|thurs|fri)day|yesterday)['’]s\s"
)  # of a time that is over
_MOVE_AFTER: Final = lazily(
    r"[\s-](?:plunge|slump|drop|fall|decline|slide|rout|rally|surge|jump|gain|rise|increase|rebound|tumble|selloff)\b"
)


def how_sure(
    scene: Scene, binding: Binding, quantity: Quantity, near: str, bounds: tuple[int, int]
) -> Modality:
    """Judge how sure a figure is by the words around it and by what it measures.

    Args:
        scene: Its sentence.
        binding: What it measures.
        quantity: The figure.
        near: The lower-cased words that say how sure.
        bounds: Of the clause that holds it.
    """
    span, metric = scene.sentence.span, binding.metric
    if metric == "share of respondents" or _PRESENT.search(
        scene.lowered, max(span.start, quantity.start - 48), quantity.start
    ):
        return Modality.ACTUAL  # what people say they hope for, they have said
    left, right = bounds
    clause = scene.lowered[left : max(right, quantity.end)]
    lead = scene.lowered[max(span.start, quantity.start - 48) : quantity.start]
    modality = modality_of(near, scene.lowered[span.start : span.end], scene.cues)
    if modality in _HOPED and (_HAPPENED.search(lead) or _STANDS.search(lead)):
        modality = Modality.ACTUAL
    if (
        modality in _HOPED
        and _GIVEN.match(scene.lowered, span.start, quantity.start)
        and _LATER.match(scene.lowered, quantity.end, span.end)
        and modality_of(
            scene.lowered[span.start : quantity.end], scene.lowered[span.start : quantity.end], scene.cues
        )
        is Modality.ACTUAL
    ):
        modality = Modality.ACTUAL
    if metric in {"deal value", "premium"} and _DENYING.search(scene.lowered, 0, len(scene.article.headline)):
        modality = Modality.DENIED
    if (
        modality is Modality.ACTUAL
        and quantity.high is not None
        and metric in RESULTS
        and not _FLANKED.search(lead)
    ):
        modality = Modality.PLANNED
    if (
        modality is Modality.ACTUAL
        and metric in _SPENDING
        and quantity.bound in ("less than", "up to")
        and not _STANDS.search(lead)
    ):
        modality = Modality.PLANNED  # "is spending up to $150 million"
    if modality is Modality.PLANNED and metric == "dividend" and _PAYABLE.search(scene.lowered, left, right):
        modality = Modality.ACTUAL
    if modality in _HOPED and _APPOSED.match(scene.lowered, quantity.end, span.end) and lead.endswith(", "):
        modality = Modality.ACTUAL
    if metric == "price target" and modality is Modality.PLANNED:
        modality = Modality.ACTUAL
    if metric == "buyback" and modality is Modality.ACTUAL and not _BOUGHT_BACK.search(clause):
        modality = Modality.PLANNED
    if metric == "job cuts" and modality is Modality.ACTUAL and not _LAID_OFF.search(lead):
        modality = Modality.PLANNED
    if (modality in _HOPED or modality is Modality.RUMOURED) and _presupposed(scene, quantity, lead):
        modality = Modality.ACTUAL
    if (
        metric in PRICES
        and (binding.is_change or metric == "share price")
        and modality is not Modality.DENIED
    ):
        hedged = _HEDGED.search(scene.lowered, left, quantity.start)
        modality = Modality.ACTUAL if modality is Modality.ACTUAL or not hedged else modality
    return modality


def _presupposed(scene: Scene, quantity: Quantity, lead: str) -> bool:
    """Tell "its $37 billion takeover", which is there already whatever may become of it."""
    if not _ITS.search(lead):
        return False
    if quantity.counted:
        return True
    if quantity.unit is Unit.PERCENT and _MOVE_AFTER.match(scene.lowered, quantity.end):
        return _YEARS.search(lead) is not None
    noun = _NOUN_AFTER.match(scene.lowered, quantity.end, scene.sentence.span.end)
    return noun is not None and quantity.unit is Unit.MONEY
