"""What a sentence says in words: what moved, times what that means for holders, times how it is framed.

Composition, not counting: "costs fell" is good, "losses narrowed" is good, "fears eased" is good, "no sign of
slowing demand" is good, "fell less than expected" is good. Figures and events have their own rooms; this reads
what is said without them. Each remark keeps its place, so that it can be laid at the right door.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction
from readthrough.reading import cues
from readthrough.reading.cues import cues_of
from readthrough.reading.lexicon import WordFinder, words_in
from readthrough.reading.metrics import HOLDERS, find_metrics, move_direction, moves_in
from readthrough.reading.qualifiers import expectations
from readthrough.reading.tone_classes import words_of
from readthrough.reading.tone_frame import frames_of, may_negate, negated, turns_of
from readthrough.reading.tone_words import (
    BAD_QUANTITIES,
    BAD_WORDS,
    GOOD_QUANTITIES,
    GOOD_WORDS,
    MORE_MOVES,
    WEIGHTS,
)

__all__ = ["Remark", "Tone", "remarks_of", "tone_of"]


@dataclass(frozen=True, slots=True)
class Tone:
    """How good and how bad a stretch of words sounds to a holder; both are 0 or more."""

    good: float
    bad: float


@dataclass(frozen=True, slots=True)
class Remark:
    """Something good (+) or bad (-) said between two offsets; its predicate begins at `anchor`.

    `bare` marks a movement of nothing named: a company that stands ahead of it is what moved. `settled` marks
    what was composed of several words ("fell less than feared"): it outweighs what its words say one by one.
    """

    value: float
    left: int
    right: int
    anchor: int
    bare: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class _Move:
    start: int
    end: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class _Quantity:
    start: int
    end: int
    sign: int
    weight: float


_POLAR: Final = WordFinder(
    {
        f"{side}{name}": "|".join(filter(None, (words.get(name), words_of(f"{side}{name}"))))
        for side, words in (("g", GOOD_WORDS), ("b", BAD_WORDS))
        for name in WEIGHTS
    }
)
_QUANTITIES: Final = WordFinder({"bad": BAD_QUANTITIES, "good": GOOD_QUANTITIES})
_MOVES: Final = WordFinder(MORE_MOVES)
_WEAK_METRICS: Final = frozenset(
    {
        "share price",
        "investment",
        "jobs",
        "loans",
        "ipo",
        "market value",
        "index",
        "contract",
        "deal value",
        "charge",
    }
)
_SIZE: Final = {Direction.UP: 0.3, Direction.DOWN: -0.3, Direction.FLAT: -0.05}
_BURDEN: Final = lazily(
    r"\b(?:provisions?|claims|charges|taxes|losses|loss|outflows|cancellations|churn|defaults|bad debts?|costs?|deficit|shortfall|expenses|inflation)\b"
)
_PARTS: Final = lazily(r"[;]|[.:](?=\s|$)|\b(?:but|while|although|after|into|from|as|and (?:said|will))\b")
_CAUSES: Final = lazily(
    r"[;,]|[.:](?=\s|$)|\b(?:but|while|although|after|into|from|as|on|amid|for|with|by|that|to|due|despite|because|than|following)\b"
)
_PACED: Final = frozenset(
    "slowest weakest gentlest mildest softest slower gentler milder smaller smallest slightest least half slowly less".split()
)
_PARTICLES: Final = frozenset({"up", "down"})
_PHRASAL: Final = lazily(  # "made up", "shut down": no movement
    r"\b(?:ma[dk]e[s]?|making|sets?|setting|signe?d?|signs|com(?:e|es|ing)|takes?|taken|took|giv(?:e|es|ing)|gave|open(?:s|ed)?|end(?:s|ed|ing)?|wake|held|hold|clean(?:s|ed)?|tie[sd]?|teams?|teamed|line[sd]?|catch|"
    r"split|break(?:s|ing)?|broke|bought|buy(?:s|ing)?|snap(?:s|ped)?|freed|shake|shut(?:s|ting)?|close[sd]?|crack(?:s|ed|ing)?|sit|settle|hand(?:ed)?|wind(?:s|ing)?|wound|turn(?:s|ed)?|step(?:s|ped|ping)?|stand(?:s|ing)?|stood|tear|"
    r"writ(?:e|es|ten|ing)|wrote|boil(?:s)?|hunker|doubl(?:e|es|ed|ing)|back(?:s|ed)?|follow(?:s|ed)?|grew|grow(?:n|s|ing)?|serv(?:e|ed|ing)|drum|fir(?:ed|ing)|ramp(?:ed|s|ing)?|run(?:s|ning)?|start(?:ed|s|ing)?|read|speed(?:ing|s)?)\s$"
)
_MOST_WORDS: Final = 8
_WIDEST_GAP: Final = 160  # code points; more cannot be the few words that still bind
_LESS: Final = lazily(r"less|slower|smaller|narrower|fewer|gentler|milder|shallower|weaker|softer|lower")
_NOUN_MOVE: Final = lazily(
    r"(?:drop|fall|decline|decrease|slide|slump|dip|contraction|reduction|outflow|shortfall|plunge|rise|increase|gain|jump|growth|surge|build|draw|draw-?down|expansion|improvement|acceleration|slowdown|cut|hike)s?\b"
)
_EASED: Final = lazily(
    r"(?:[^.;]|\.(?=\d)){0,30}?(?:\bat (?:the|its|their|a|an) (?:\w+ )?(?:slowest|weakest|gentlest|mildest|softest|slower|gentler|milder|smaller) (?:\w+ )?(?:pace|rate|clip|speed)|"
    r", (?:the|its|their|an?) (?:\w+ )?(?:slowest|weakest|gentlest|mildest|softest|smallest|slightest|slower|gentler|milder|smaller) (?:[\w-]+ ){0,2}?(?:pace|rate|clip|rise|gain|increase|growth|advance|drop|fall|decline|decrease|slide)|"
    r"(?:,|-) ?(?:less than |about |just |only |barely |little more than )?half (?:of )?(?:what|the (?:pace|rate|gain|rise|growth|increase|drop|fall|decline))|"
    r"\bby (?:only |just )?(?:half as (?:much|many)|the least|the smallest)|\b(?:but )?(?:more slowly|less (?:steeply|sharply|quickly|rapidly|fast|severely))(?! than (?:hoped|expected))|\b(?:by )?the least|\bhalf as (?:much|fast|quickly))\b"
)
_NOT_BARE: Final = lazily(
    r"(?:growth|cut|cuts|cutting|reduc\w+|rais\w+|lift\w*|boost\w*|hik\w+|add(?:s|ed|ing)|lower|higher|expan\w+|improv\w+|recover\w*|slow\w*|eas\w+|narrow\w*|"
    r"slash\w*|trim\w*|shed|sheds|doubl\w+|tripl\w+|squeez\w+|contract\w*|fewer|less|worse|accelerat\w+|strengthen\w*|weaken\w*|put\w*|los\w+|rises?|rise|"
    r"widen\w*|increas\w+|upp?ed|lowered|lowers|lowering|firm\w*|giv\w+|gave up|strong\w*|rebuild\w*|highest|lowest|smaller|bigger|larger|wider|longer|heavier|lighter|empt\w+)$"
)


def tone_of(text: str, start: int, end: int, sentence: Span | None = None) -> Tone:
    """Weigh the words between two offsets of a lower-cased text; `sentence` is the one they stand in.

    >>> t = tone_of("fuel costs fell and fears of a strike eased", 0, 43)
    >>> t.good > t.bad
    True
    """
    whole = sentence or Span(start, end)
    told = [
        r.value for r in remarks_of(text, whole.start, whole.end) if start <= r.anchor < end and not r.bare
    ]
    return Tone(sum(v for v in told if v > 0), sum(-v for v in told if v < 0))


@lru_cache(maxsize=256)
def remarks_of(text: str, start: int, end: int) -> tuple[Remark, ...]:
    """List what a sentence (start..end of a lower-cased text) says for or against, in no order.

    Phrases that turn or settle a sentence come first, then figures of speech against expectations, then movements
    of something named, then words by themselves; what one has taken no other takes again.
    """
    kinds = cues_of(text, start, end)
    if may_negate(text, start, end):
        kinds |= cues.NEGATION
    turns = turns_of(text, start, end)
    taken: list[tuple[int, int]] = []
    found: list[Remark] = []
    for turn in turns:
        if turn.takes:
            taken.append((turn.start, turn.end))
        if turn.value:
            value = turn.value
            if (kinds & cues.NEGATION and negated(text, start, turn.start)) or (
                turn.name in _REVISIONS and _OF_BURDEN.search(text, turn.start, min(end, turn.end + 40))
            ):
                value *= -0.8
            found.append(Remark(value, turn.start, turn.end, turn.start, settled=True))
    quantities = _quantities(text, start, end)
    moves = _moves(text, start, end)
    for remark in (
        *_expected(text, start, end, quantities, moves, kinds),
        *_moved(text, start, end, quantities, moves, kinds),
        *_said(text, start, end, quantities, kinds),
    ):
        if any(remark.left < b and a < remark.right for a, b in taken):
            continue
        taken.append((remark.left, remark.right))
        found.append(remark)
    found = _framed(text, start, end, found)
    if not found and (denied := _denied(text, start, end)):
        found.append(denied)
    return tuple(found)


_REVISIONS: Final = frozenset({"gbest", "bworst"})
# "lowered its forecast for expenses", "raised its cost outlook": of what less is better
_OF_BURDEN: Final = lazily(
    r"\b(?:costs?|expenses?|spending|capex|loss(?:es)?|deficit|provisions?|cash burn|charges?|tax rate|inflation|unemployment|debt|write-?offs|capital expenditures?)"
    r"\s(?:forecasts?|guidance|outlook|range|estimates?)\b|\b(?:forecasts?|guidance|outlook|range)\s(?:for|of|on)\s(?:[\w’'-]+\s){0,3}?"
    r"(?:costs?|expenses?|spending|capex|loss(?:es)?|deficit|provisions?|cash burn|charges?|inflation|unemployment|debt|capital expenditures?)\b"
)


def _denied(text: str, start: int, end: int) -> Remark | None:
    """Weigh what is denied where no word of it is good or bad by itself: talk of a bid, talk of raising capital."""
    frame = next((f for f in frames_of(text, start, end) if f.name == "denied" and f.good > -0.65), None)
    if frame is None:
        return None
    if match := _BAD_TALK.search(text, frame.start, frame.end):
        return Remark(0.2, match.start(), match.end(), match.start())
    if match := _GOOD_TALK.search(text, frame.start, frame.end):
        return Remark(-0.2, match.start(), match.end(), match.start())
    return None


_BAD_TALK: Final = lazily(
    r"\b(?:rais(?:e|ing) (?:fresh |new |more |additional )?(?:capital|equity|cash|funds|money)|capital (?:raise|increase|raising|call)|rights issue|inquir(?:y|ies)|job cuts|cut(?:ting)? (?:\w+ )?jobs|quit(?:ting)?|step(?:ping)? down|"
    r"leav(?:e|ing)|pull(?:ing)? out|sell(?:ing)? (?:its|the|a) [\w ]{0,20}(?:stake|assets|unit|division|business)|restructur\w+|rais(?:e|ing) prices|audit|irregularities|poison\w*|leak|spying|manipulat\w+|overcharg\w+)\b"
)
_GOOD_TALK: Final = lazily(
    r"\b(?:takeover|buyout|buy-out|to be (?:bought|acquired|sold)|being (?:bought|acquired)|bid|approach|offer|merger|merge|talks|buyback|buy back|dividend|partnership|order|contract|deal|expand|expansion|open(?:ing)? (?:an?|its)|build(?:ing)? (?:an?|its)|"
    r"invest(?:ing|ment)?|launch(?:ing)?|listing|spin[- ]?off|stake|acqui(?:re|ring|sition)|supply|licen[cs]e)\b"
)


def _framed(text: str, start: int, end: int, found: list[Remark]) -> list[Remark]:
    frames = frames_of(text, start, end) if found else ()
    if not frames:
        return found
    told: list[Remark] = []
    for remark in found:
        factor = 1.0
        for frame in frames:
            if frame.name != "no longer" and frame.start <= remark.anchor < frame.end:
                factor *= frame.good if remark.value > 0 else frame.bad
        told.append(replace(remark, value=remark.value * factor) if factor != 1.0 else remark)
    return told


def _quantities(text: str, start: int, end: int) -> list[_Quantity]:
    found = [
        _Quantity(m.start, m.end, HOLDERS[m.name], 0.8 if m.name in _WEAK_METRICS else 1.0)
        for m in find_metrics(text, start, end)
        if HOLDERS.get(m.name, 0)
    ]
    metrics = find_metrics(text, start, end)
    for name, left, right in _QUANTITIES.find(text, start, end):
        at = next((i for i, q in enumerate(found) if left < q.end and q.start < right), None)
        if at is not None:
            if name == "bad" and found[at].sign > 0:
                found[at] = _Quantity(left, right, -1, 1.0)
            continue
        if name == "good" and any(left < m.end and m.start < right for m in metrics):
            continue
        found.append(_Quantity(left, right, -1 if name == "bad" else 1, 1.0 if name == "bad" else 0.8))
    for name, left, right in _POLAR.find(text, start, end):
        # a noun of harm is a quantity too: complaints that fell, closures that mounted
        if (
            name[0] == "b"
            and _HARM.fullmatch(text, left, right)
            and not any(left < q.end and q.start < right for q in found)
        ):
            found.append(_Quantity(left, right, -1, 0.9))
    found.sort(key=lambda q: q.start)
    return found


_HARM: Final = lazily(
    r"(?:[\w-]+ )*\w*(?:ures|ions|ments|ages|ancies|encies|encies|alties|deaths|thefts|defaults|delays|strikes|recalls|probes|lawsuits|scandals|losses|layoffs|leaks|outages|breakdowns|"
    r"accidents|complaints|defects|fines|shortages?|shortfalls?|incidents|injuries|cuts|attacks|breaches|tensions|pressures?|disputes|woes|problems|troubles|redemptions|withdrawals|downgrades|bankruptcies|walkouts|outflows)"
)


def _moves(text: str, start: int, end: int) -> list[_Move]:
    found = [
        _Move(m.start(), m.end(), move_direction(m))
        for m in moves_in(text, start, end)
        if m.group() != "off"
        and not (m.group() in _PARTICLES and _PHRASAL.search(text, max(start, m.start() - 14), m.start()))
    ]
    for name, left, right in _MOVES.find(text, start, end):
        found = [m for m in found if not (left < m.end and m.start < right)]
        found.append(_Move(left, right, Direction(name)))
    found.sort(key=lambda m: m.start)
    return found


def _expected(
    text: str, start: int, end: int, quantities: list[_Quantity], moves: list[_Move], kinds: int
) -> list[Remark]:
    """Read "better than feared", "missed forecasts", "fell less than expected", for what they measure."""
    signs = {"beat": 0.4, "narrow": 0.4, "miss": -0.4, "inline": 0.05}
    found: list[Remark] = []
    for match in expectations(text, start, end):
        left, right = match.span()
        kind = match.lastgroup or "inline"
        value = signs[kind]
        near = [q for q in quantities if left - 60 <= q.start and q.end <= left]
        near = near or [q for q in quantities if right <= q.start and q.end <= right + 30]
        worse = _BURDEN.search(text[max(start, left - 45) : left]) is not None or any(
            q.sign < 0 for q in near
        )
        worse = worse and not any(q.sign > 0 for q in near)
        ahead = next((m for m in reversed(moves) if m.end <= left and left - m.end <= 26), None)
        if kind in {"beat", "miss"} and ahead is not None and " than " in text[left:right].replace("-", " "):
            less = _LESS.match(match.group()) is not None
            by_degree = less or text[left : left + 4] in {"more", "fast"}
            if by_degree and ahead.direction is not Direction.FLAT:
                value = (0.4 if ahead.direction is Direction.UP else -0.4) * (-1 if less else 1)
                left = ahead.start
        if worse and kind != "narrow":
            value = -value
        if by_noun := _of_what(text, match, kind, quantities, moves):
            value, right = by_noun
        if kinds & cues.NEGATION and negated(text, start, match.start()):
            value = -value if value < 0 else -0.7 * value
        found.append(Remark(value, left, right, match.start(), settled=True))
    return found


def _of_what(
    text: str, match: re.Match[str], kind: str, quantities: list[_Quantity], moves: list[_Move]
) -> tuple[float, int] | None:
    """Weigh "a smaller-than-expected drop in profit" by its noun of movement; return the value and where it ends."""
    right = match.end()
    if kind == "inline" or "than" not in match.group():
        return None
    move = next((m for m in moves if right <= m.start <= right + 24), None)
    if move is None or not _NOUN_MOVE.match(text, move.start) or move.direction is Direction.FLAT:
        return None
    near = [q for q in quantities if move.end <= q.start <= move.end + 40]
    near = near or [q for q in quantities if right <= q.start and q.end <= move.start]
    near = near or [q for q in quantities if match.start() - 60 <= q.start and q.end <= match.start()]
    sign = near[0].sign if near else 1
    less = _LESS.match(match.group()) is not None
    value = (0.4 if move.direction is Direction.UP else -0.4) * (-1 if less else 1) * sign
    end = near[0].end if near and near[0].start >= move.end else move.end
    return value, end


def _moved(
    text: str, start: int, end: int, quantities: list[_Quantity], moves: list[_Move], kinds: int
) -> list[Remark]:
    """Pair each quantity with the movement nearest to it: "costs fell", "a decline in sales"."""
    left_over = list(moves)
    found: list[Remark] = []
    paced = not _PACED.isdisjoint(words_in(text, start, end))
    pairs = sorted(
        (distance, q, m)
        for q, quantity in enumerate(quantities)
        for m, move in enumerate(moves)
        if (distance := _distance(text, quantity, move)) is not None
    )
    for _, q, m in pairs:
        quantity, move = quantities[q], moves[m]
        if move not in left_over or any(r.left <= quantity.start < r.right for r in found):
            continue
        left_over.remove(move)
        value = _SIZE[move.direction] * quantity.sign * quantity.weight
        left, right = min(quantity.start, move.start), max(quantity.end, move.end)
        settled = eased = None
        if paced and (eased := _EASED.match(text, move.end, end)):
            settled, value = True, -0.8 * value
            left_over = [m for m in left_over if not eased.start() <= m.start < eased.end()]
            right = max(right, eased.end())
        if kinds & cues.NEGATION and (negated(text, start, left) or negated(text, start, move.start)):
            value *= -0.7
        found.append(Remark(value, left, right, move.start, settled=settled is not None))
    for move in left_over:
        if move.direction is not Direction.FLAT and not _NOT_BARE.match(text[move.start : move.end]):
            value = _SIZE[move.direction] * 0.9
            if paced and (eased := _EASED.match(text, move.end, end)):
                found.append(Remark(-0.8 * value, move.start, eased.end(), move.start, settled=True))
                continue
            if kinds & cues.NEGATION and negated(text, start, move.start):
                value *= -0.7
            found.append(Remark(value, move.start, move.end, move.start, bare=True))
    return found


def _distance(text: str, quantity: _Quantity, move: _Move) -> int | None:
    """Count the words between a quantity and a movement; None where they cannot belong together."""
    if move.start < quantity.end and quantity.start < move.end:
        return None
    after = move.start >= quantity.end
    left, right = (quantity.end, move.start) if after else (move.end, quantity.start)
    if right - left > _WIDEST_GAP:
        return None
    gap = text[left:right]
    if (_PARTS if after else _CAUSES).search(gap):
        return None
    words = len(gap.split()) + (0 if after else 1)
    return words if words < _MOST_WORDS else None


_RELIEVED: Final = lazily(
    r"^\s+(?:\w+\s+){0,4}?(?:eas(?:ed|es|ing)|fad(?:ed|es|ing)|subsid\w+|reced\w+|dismiss\w*|dropp?(?:ed|s)|end(?:ed|s|ing)|resolved|lifted|abat\w+|cleared|averted|withdrawn|settled|"
    r"overturned|thrown out|diminish\w+|lessened|overdone|overblown|unfounded|baseless|narrow\w*|shr[iau]nk\w*|tossed|rejected|behind (?:it|them)|bottom\w*|over\b|ebb\w*|called off|revoked|scrapped)\b"
)
_SPOILED: Final = lazily(
    r"^\s+(?:\w+\s+){0,3}?(?:fad(?:ed|es|ing)|slow(?:ed|s|ing)|stall(?:ed|s|ing)|evaporat\w+|dashed|dwindl\w+|wan(?:ed|es|ing)|undermin\w+|cool(?:ed|s|ing)|disappear\w*|dent(?:ed|s)|eroded|"
    r"weakened|lapsed|falter\w+|fizzl\w+|revoked|withdrawn|rejected|reversed|scaled back|in doubt|at risk|under threat|under pressure|snap\w*|limited|capped|shelved|ran out|peter\w+|fail\w*)\b"
)
_DESPITE: Final = lazily(
    r"\b(?:despite|in spite of|notwithstanding|although|even though|regardless of|shrugg(?:ed|ing) off|shrugs off|overcame|defy(?:ing)?|defies|brushes off)\s[^,;]{0,60}$"
)


_OF_MONEY: Final = lazily(r"(?:trillion|billion|million|\d)\s$")
_LESSENED: Final = lazily(
    r"\b(?:less|fewer|smaller|lighter|shallower|milder|lesser|narrower|gentler|slower|weaker|lower)\s(?:of (?:an? )?)?(?:[a-z-]+\s){0,1}$"
)
_STOPPED: Final = lazily(r"\b(?:stop(?:s|ped|ping)?|nothing) $")
_SLOW: Final = ("slow", "cool", "soft", "weak")


def _burdened(quantities: list[_Quantity], at: int) -> bool:
    """Tell whether the last quantity named ahead of an offset is one of which more is bad."""
    near = [q for q in quantities if at - 70 <= q.start and q.end <= at]
    return bool(near) and near[-1].sign < 0


def _said(text: str, start: int, end: int, quantities: list[_Quantity], kinds: int) -> list[Remark]:
    found: list[Remark] = []
    for name, left, right in _POLAR.find(text, start, end):
        if text[left:right] == "short of" and _STOPPED.search(text, max(start, left - 10), left):
            continue
        if text[left:right] == "won" and _OF_MONEY.search(text, max(start, left - 12), left):
            continue
        value = WEIGHTS[name[1:]] * (1 if name[0] == "g" else -1)
        if value < 0 and text.startswith(_SLOW, left) and _burdened(quantities, left):
            value *= -1.5
        before, after = text[max(start, left - 60) : left], text[right : min(end, right + 40)]
        if kinds & cues.NEGATION and negated(text, start, left):
            value *= -0.7 if value > 0 else -0.8
        elif (_RELIEVED if value < 0 else _SPOILED).match(after):
            value *= -0.8
        elif _LESSENED.search(before):
            value *= -0.9
        elif kinds & cues.DESPITE and _DESPITE.search(before):
            value *= 0.4
        found.append(Remark(value, left, right, left))
    return found
