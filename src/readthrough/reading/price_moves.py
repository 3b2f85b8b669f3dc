"""Read "Alibaba rose 7%" as the share price of whoever is the subject of the verb."""

from __future__ import annotations

import re
from typing import Final

from readthrough.domain.reading import Direction, Mention, Unit
from readthrough.reading.bound import RATES, Binding
from readthrough.reading.metrics import MOVE, Metric, move_direction
from readthrough.reading.movement import ADJACENT, TO
from readthrough.reading.numbers import Quantity

__all__ = ["SEGMENT_STOP", "bind_mention", "listed_owner", "sharer_words"]

SEGMENT_STOP: Final = frozenset(
    "the a an its their his her our and or of in on at to for from by with as that which than said says reported posted "
    "total net gross group company quarterly annual yearly monthly full-year fourth-quarter third-quarter second-quarter first-quarter half-year "
    "q1 q2 q3 q4 fiscal year quarter first second third fourth half full overall overall. adjusted reported organic underlying core comparable "
    "nine-month six-month three-month half-year predicts projects guides targets reckons including excluding more less about around nearly over up down higher lower strong weak record rising falling slower faster stronger weaker better worse "
    "analysts analyst expected forecast estimated average combined consolidated whose their new current next last this previous prior but while after "
    "because although though despite where when is was were are be been had has have will would could may grew rose fell boosted lifted raised cut cuts "
    "expects expect sees saw pushed drove helped hurt hit added also both including where per same lower-than-expected higher-than-expected "
    "better-than-expected worse-than-expected weaker-than-expected stronger-than-expected disappointing solid robust slowing growing declining million "
    "billion trillion percent cent its' us$ pretax pre-tax diluted basic non-gaap gaap it not no missed beat topped on-year year-on-year annualised annualized "
    "like-for-like estimated generated shrinking missing beating reports posts raises lowers sees warns flags forecasts like such any all some most much "
    "many each every these those even just only still then there if so too did does do can what how why into onto under against between during since "
    "until together about through back out off again further once here more most other own than very january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday earnings profits sales revenue revenues income margin margins share shares".split()
)

_UNIT_GREW: Final = re.compile(
    r"(?P<seg>(?:[\w&’'-]+\s+){1,3}?)(?:units?|division|business(?:es)?|segment|arm)\s+(?:[\w-]+\s+){0,3}?$"
)

_GREW: Final = re.compile(r"\b(?:grew|grow|grows|growing|growth|expanded|shrank|contracted)\b")

_TRADED: Final = re.compile(
    r"\b(?:rose|fell|jump\w*|climb\w*|gain\w*|drop\w*|declin\w*|slid\w*|slump\w*|surg\w*|soar\w*|plung\w*|tumbl\w*|lost|los(?:es|ing)|"
    r"added|adding|advanc\w*|edged|ticked|sank|sinks|shed|rall\w+|crash\w*|dipped|eased|up|down|higher|lower|rise|rises|rising|fall|falls|falling|popped|"
    r"spiked|bounced|rebound\w*|retreat\w*|slipp\w*|slips|skidd\w*|trad\w+|off)\b"
)

_MENTION_MOVED: Final = re.compile(
    r"^(?:['’]s?)?(?:\s+[\w&-]+)??(?:\s*\([^()]{1,24}\))?(?:,\s(?:which|whose|who|for which|to which|of which|in which|the|a|an|maker|owner|parent)\b[^;]{0,110},)?\s*"
    r",?\s*(?:(?:little\s+changed,|itself|seen|shares?|stock|adrs?|also|was|were|is|are|the\s+stock|which|had|has|have|initially|briefly|later|last|closed|ended|opened|finished|"
    r"trading|traded)\s+){0,4}$"
)

_OR_PERCENT: Final = re.compile(r",? or (?:about |nearly )?[\d.]+\s?(?:%|per ?cent)")
_BESIDE: Final = re.compile(r"\)?:?\s?\(?(?:[a-z]{1,5}\s)?(?:shares?\s|stock\s)?\+?")
_WITH_A: Final = re.compile(r"\bwith an?\s(?:\w+\s)?$")
_A_MOVE: Final = re.compile(
    r"\s(rise|gain|jump|advance|rally|surge|drop|fall|loss|decline|slide|slump|plunge)\b"
)
_RED: Final = re.compile(r"\s(?:in the|into the|to the) (red|green)\b")
_CLOSED: Final = re.compile(
    r"\b(?:closed|ended|finished|trad\w+|settl\w+|stand|stood|were|was|last|settled)\s(?:\w+\s){0,2}$"
)

_ENDED_WITH: Final = re.compile(
    r"\b(?:closed|ended|finished|settled|close|end)\s(?:the \w+\s)?(?:\w+\s)?with a\s(?:\w+\s)?(gain|rise|advance|loss|fall|decline|drop) of\s(?:about\s)?$"
)

_FRAGMENT: Final = re.compile(
    r"\W*(?:and\s)?(?:(?:it|they|the stock|both)\s)?(?:is\s|was\s|were\s|are\s|has\s|have\s)?(?:risen|fallen|slid|fell|sank|dropped|tumbled|plunged|rose|jumped|soared|climbed|surged|gained|lost|shed|added|up|down|off|slipped|popped)\s(?:by\s|about\s|nearly\s|as much as\s|more than\s|another\s|a further\s)?$"
)

_OTHER_METRIC: Final = re.compile(
    r"\b(?:revenue|sales|profit|earnings|income|margin|loss|costs?|orders|deliveries|subscribers|users|growth|forecast|guidance|prices?|target|stake|unit|division|production|output)\b"
)

_TRADED_AFTER: Final = re.compile(
    r"\s(higher|lower|up|down|firmer|weaker|stronger|softer|adrift|ahead|better|worse)\b"
)

_GOVERNED: Final = re.compile(
    r"(?<!shares )(?<!stock )(?<!price )\b(?:at|of|in|for|from|by|with|to|against|than)\s+(?:the\s+)?$"
)

_PARTICLE: Final = re.compile(r"(?:up|down|off|higher|lower)\b")

_LISTED: Final = re.compile(
    r"^\)?(?:['’]s)?(?:\s*\([^()]{1,24}\))?,?\s+(?:by\s+|about\s+|another\s+|a\s+further\s+)?$"
)


def sharer_words(words: str) -> str:
    kept: list[str] = []
    for word in reversed(words.split()):
        if word in SEGMENT_STOP or word.endswith(("'s", "’s")) or len(kept) == 2:
            break
        kept.insert(0, word)
    return " ".join(kept)


def bind_mention(
    text: str, quantity: Quantity, before: Metric | None, mentions: tuple[Mention, ...], start: int, end: int
) -> Binding | None:
    """Read "Alibaba rose 7%" as the share price, "its cloud unit grew 38%" as revenue."""
    if quantity.unit not in RATES and not _in_money(text, quantity, end):
        return None
    if (bracketed := _bracketed(text, quantity, mentions, start)) is not None:
        return bracketed
    lead = text[max(start, quantity.start - 110) : quantity.start]
    if after := _TRADED_AFTER.match(text[quantity.end : min(end, quantity.end + 12)]):
        owner = _owner(text, mentions, start, max(start, quantity.start - len(lead) + len(lead.rstrip())) + 1)
        closed = _CLOSED.search(lead) is not None
        owner = owner or (_opening(text, mentions, start, quantity.start) if closed else None)
        if owner is not None and (
            closed or before is None or before.name == "share price" or before.end <= owner.span.start
        ):
            change = (
                Direction.UP
                if after[1] in {"higher", "up", "firmer", "stronger", "ahead", "better"}
                else Direction.DOWN
            )
            return Binding(metric="share price", at=owner.span.start, is_change=True, change=change)
    if (gain := _ENDED_WITH.search(lead)) and (owner := _opening(text, mentions, start, quantity.start)):
        change = Direction.UP if gain[1] in {"gain", "rise", "advance"} else Direction.DOWN
        return Binding(metric="share price", at=owner.span.start, is_change=True, change=change)
    if (gain := _A_MOVE.match(text, quantity.end, end)) and _WITH_A.search(lead):
        owner = _opening(text, mentions, start, quantity.start)
        if owner is not None:
            change = (
                Direction.UP
                if gain[1] in {"rise", "gain", "jump", "advance", "rally", "surge"}
                else Direction.DOWN
            )
            return Binding(metric="share price", at=owner.span.start, is_change=True, change=change)
    if (shade := _RED.match(text, quantity.end, end)) and (
        owner := _opening(text, mentions, start, quantity.start)
    ):
        change = Direction.UP if shade[1] == "green" else Direction.DOWN
        return Binding(metric="share price", at=owner.span.start, is_change=True, change=change)
    if before is None and (gain := _FRAGMENT.match(text, start, quantity.start)) and len(lead) < 40:
        moved = MOVE.search(gain.group())
        change = move_direction(moved) if moved else Direction.DOWN
        return Binding(metric="share price", at=start, is_change=True, change=change)
    moves = list(MOVE.finditer(lead)) or list(_TRADED.finditer(lead))
    if not moves or not ADJACENT.match(lead[moves[-1].end() :]):
        return None
    verb = moves[-1]
    head_end = max(start, quantity.start - 110) + verb.start()
    other = before is not None and before.name not in {"index", "share price"}
    if (
        before is not None
        and other
        and before.end <= head_end
        and len(text[before.end : head_end].split()) <= 3
    ):
        return None
    if not other and (joined := _bucked(text, quantity, mentions, start, head_end)) is not None:
        grown = MOVE.search(verb.group())
        way = move_direction(grown) if grown else None
        return Binding(metric="share price", at=joined.span.start, is_change=True, change=way)
    owner = _owner(text, mentions, start, head_end)
    aside = (
        owner is not None
        and before is not None
        and owner.span.end < before.start
        and text[owner.span.end] == ","
    )
    near = before is not None and before.end <= head_end and len(text[before.end : head_end].split()) <= 3
    between = owner is not None and before is not None and owner.span.start >= before.end
    if near and not aside and not between:
        return None
    unit = _UNIT_GREW.search(text[max(start, head_end - 60) : head_end])
    if unit is not None and not TO.search(lead[verb.end() :]):
        grew = MOVE.search(verb.group())
        seg = sharer_words(unit["seg"])
        return Binding(
            metric="revenue",
            at=head_end,
            segment=seg,
            is_change=True,
            change=move_direction(grew) if grew else None,
        )
    if owner is None or (
        before is not None and before.name == "share price" and before.end > owner.span.start
    ):
        return None
    direction = MOVE.search(verb.group())
    metric = "revenue" if _GREW.search(verb.group()) else "share price"
    to = TO.search(lead[verb.end() :]) is not None
    return Binding(
        metric=metric,
        at=owner.span.start,
        is_change=not to,
        change=move_direction(direction) if direction else None,
    )


def _in_money(text: str, quantity: Quantity, end: int) -> bool:
    """Tell "gained $4.25, or 5.1 percent" and "closed at $271" from sums of money."""
    if quantity.unit is not Unit.MONEY or quantity.scale not in {"", "pence", "cents"}:
        return False
    return _OR_PERCENT.match(text, quantity.end, end) is not None


def _bracketed(text: str, quantity: Quantity, mentions: tuple[Mention, ...], start: int) -> Binding | None:
    """Read "Nvidia (NVDA +3.2%)" and "Nike: shares -5%": a signed percentage right beside a name."""
    signed = quantity.value < 0 or text[quantity.start - 1 : quantity.start] == "+"
    owner = next((m for m in reversed(mentions) if m.span.end <= quantity.start), None)
    if owner is None or not signed or quantity.unit is not Unit.PERCENT:
        return None
    if not _BESIDE.fullmatch(text[owner.span.end : quantity.start]):
        return None
    change = Direction.DOWN if quantity.value < 0 else Direction.UP
    return Binding(metric="share price", at=owner.span.start, is_change=True, change=change)


def _owner(text: str, mentions: tuple[Mention, ...], start: int, verb: int) -> Mention | None:
    """Return the issuer that is the grammatical subject of a verb, if one is."""
    for mention in reversed([m for m in mentions if m.span.end <= verb]):
        if mention.via not in {"brand", "product"} and _MENTION_MOVED.match(text[mention.span.end : verb]):
            before = text[max(start, mention.span.start - 24) : mention.span.start]
            beside = before.rstrip().endswith("with") and _PARTICLE.match(text[verb : verb + 8])
            return None if _GOVERNED.search(before) and not beside else mention
    return None


def _bucked(
    text: str, quantity: Quantity, mentions: tuple[Mention, ...], start: int, verb: int
) -> Mention | None:
    """Return the issuer of "Snap bucked the trend, surging 14%" and "Shares in X, up 9% at the open, closed 1.7% higher"."""
    if not text[max(start, verb - 2) : verb].startswith(","):
        return None
    return _opening(text, mentions, start, verb)


def _opening(text: str, mentions: tuple[Mention, ...], start: int, until: int) -> Mention | None:
    """Return the issuer a sentence opens with, when nothing else comes between it and a price move."""
    first = next((m for m in mentions if m.span.end <= until), None)
    if first is None or first.span.start - start > 16 or until - first.span.end > 140:
        return None
    between = text[first.span.end : until]
    others = any(first.span.end <= m.span.start < until and m.issuer_id != first.issuer_id for m in mentions)
    return None if ";" in between or others or _OTHER_METRIC.search(between) else first


def listed_owner(text: str, quantity: Quantity, mentions: tuple[Mention, ...]) -> Mention | None:
    """Return the issuer right before a bare percentage: Wayfair in "RH fell 12.4%, Wayfair 9.8%"."""
    owner = next((m for m in reversed(mentions) if m.span.end <= quantity.start), None)
    if owner is None or quantity.unit is not Unit.PERCENT:
        return None
    return owner if _LISTED.match(text[owner.span.end : quantity.start]) else None
