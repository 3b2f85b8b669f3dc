"""What a sentence says of each of its figures: of whom, which way, against what, when, and how sure.

The same eyes read a claim and the passage it stands on; agreement.py compares what they saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.writing.amounts import Amount, amounts
from readthrough.writing.check_words import (
    ABOVE,
    BELOW,
    DOWN,
    FAMILIES,
    FLAT,
    FORWARD,
    SOFT_WORDS,
    TO_COME,
    UP,
)

__all__ = ["Frame", "Name", "Said", "is_forward", "said_of", "times_of"]

_WORD: Final = lazily(r"[^\W\d_][\w&’'.\-]*[^\W_]|[^\W\d_]")
_HARD: Final = lazily(
    r"[;:()—–]|\.(?=\s)| -- |\b(?:but|while|although|whereas|though|yet|because|since|which|who|where|when)\b|,(?= and\b)"
)
_SOFT: Final = lazily(
    r",(?!\d)|\band\b|\bagainst\b|\bversus\b|\bvs\b|\bthan\b|\bafter\b|\bon (?:sales|revenue)\b"
)
_EXPECTED_BEFORE: Final = lazily(
    r"(?:consensus|est|estimates?|expectations|analysts had|street had)\.?(?: (?:of|was|is|for|at|had been|were|stood at))?(?: an?| the| about| around)?$|"
    r"\b(?:analysts?|economists?|street|city|market|forecasters|traders)(?: [a-z]+){0,4} (?:expected|forecast|predicted|anticipated|looked for|looking for|pencilled in|modelled|hoped for|wanted|looked to)(?: for)?"
    r"(?: an?| the| about| around| between| operating| adjusted| net| earnings| sales| profit| revenue| loss| of)*$|"
    r"\b(?:had (?:expected|forecast|predicted)|pencilled in|penciled in|modelled|looked for|looking for)(?: an?| the| about| around| between| reading| rise| gain| loss| increase| profit| of)*$|"
    r"\b(?:beat|beats|beating|topped|tops|topping|missed|misses|missing|exceeded|exceeding|surpassed|surpassing|past|edging past|undershoots|trails|"
    r"short of|shy of|ahead of|light of)(?: (?:the|an?|its|their|average|mean|street's|analysts'|wall street's|consensus|estimate|estimates|of|about|around))*$|"
    r"\bup to the$",
    re.IGNORECASE,
)
_EXPECTED_AFTER: Final = lazily(
    r"^(?: (?:a|per) share)?,?(?: (?:that|which|the|on|in|of|from|average|mean|for|by|was|what|its|analyst|analysts?’?'?|wall|street|city|brokerages?|economists?|"
    r"traders?|forecasters?|investors?|a|poll|had|have|were|was|operating|profit|revenue|sales|yen|euros|barrels|deliveries|\d+|the) ?){0,6} ?"
    r"(?:consensus|estimates?d?|expect(?:ed|ations?)|forecasts?|pencilled|penciled|looked|looking|predicted|anticipated|saw|seen by|in mind|was after|hoped for|had in|analysts had)",
    re.IGNORECASE,
)
_BASE_BEFORE: Final = lazily(
    r"(?:\b(?:from|against|versus|vs\.?|compared? (?:with|to)|compares? with|after (?:an? )?(?:earlier|previous|former|initial)|(?:that )?compares with|instead of|rather than|where it (?:had|has) (?:aimed|guided)\w*(?: for| to)?|"
    r"up from|down from|after|former|previous|previously|prior|earlier|(?:former|previous|earlier|prior|old|last)(?: [a-z]+)? (?:was|were|is|stood at|of)|used to|the old|than (?:the|its|an?)|not|had been|asked for|applied for|wanted|sought|goal of|target of|own forecast of|(?:had|previously|earlier|having|been) (?:guided to|predicted|promised|projected|aiming for|aimed for|expected|planned)|told (?:\w+ ){1,4}to expect|promise of|used to be))"
    r"(?: (?:an?|the|about|around|roughly|some|range|of|former|previous|prior|earlier|between|its|plan|goal|last|loss|profit|gain|year's|only|just|expect|outlook|forecasts?|estimates?|reading|level|target|promise|net|income|revenue|sales|earnings|profit))*$",
    re.IGNORECASE,
)
_BASE_AFTER: Final = lazily(
    r"^(?: (?:a|per) share)?,?(?: \w+){0,3}? ?(?:(?:a|the) (?:year|quarter|month|day) (?:ago|earlier|before)|last time|last year|earlier|previously|in the (?:previous|prior)|"
    r"in the same|(?:it|they) had|(?:planned|guided|promised|projected) before|the (?:month|year|quarter) before|a year)\b",
    re.IGNORECASE,
)
_FROM_BEFORE: Final = lazily(
    r"\b(?:from|instead of|rather than)(?: (?:an?|the|about|around|roughly|range|of|between|loss|profit|only))*$",
    re.IGNORECASE,
)
_OF_WHOM: Final = lazily(
    r"(?:(?: stake| rise| fall| gain| drop| loss| jump| slide| decline| increase| return| dip| slip)?,? (?:of|in|at|for|by|to) )(?:the )?",
    re.IGNORECASE,
)
_QUARTERS: Final = lazily(
    r"\b(first|second|third|fourth)[ -](?:fiscal[ -])?quarter\b|\bQ([1-4])\b|\b([1-4])Q\b", re.IGNORECASE
)
_ORDINALS: Final = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
_YEAR: Final = lazily(r"\b(?:FY ?|fiscal )?((?:19|20)\d\d)(?:/\d\d)?\b|\bFY ?'?(\d\d)\b", re.IGNORECASE)
_MONTH: Final = lazily(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
)
_WEEKDAY: Final = lazily(r"\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")
_ASIDE: Final = lazily(
    r", (?:which|who|whose|where|spun|part of|owned by|based in|formerly|led by|known for|including|such as|along with|like|backed by|maker of|parent of)"
    r" [^,;:()]{3,120},(?! (?:and|or)\b)"
)
_TOGETHER: Final = lazily(r"[\d%] and (?:about |around )?[$€£¥₹]?\d|\beach\b|\brespectively\b|\bboth\b")
_SPELL: Final = lazily(r"[ -](?:more )?(?:hours?|days?|weeks?|months?|quarters?|years?)\b")
_STANDS_FOR: Final = lazily(
    r"(?:The|It|Its|He|She|They|Their|His|Her|Management|Shares|Holders|Shareholders)\b"
)
_OPENING: Final = 5  # characters before a name that opens a sentence
_BEHIND: Final = 28  # characters behind a figure in which a word of measure is still its own


@dataclass(frozen=True, slots=True)
class Name:
    """Where a sentence names a company, and how."""

    start: int
    end: int
    issuer_id: str
    surface: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a sentence says of one of its figures."""

    amount: Amount
    role: str  # "actual", "expected", "base" (what it is measured against), "open"
    sign: int  # which way it went: 1, -1, 0 where unsaid
    sign_word: str
    against: int  # above (1) or below (-1) what was expected, 0 where unsaid
    head: frozenset[str]  # the measure named last before it in its own clause
    families: frozenset[str]  # nearest words of measure
    wide: frozenset[str]  # all words of measure in its clause
    flat: bool  # left as it was
    times: Mapping[str, frozenset[str]]  # named right beside it
    told: Mapping[str, frozenset[str]]  # named in its clause
    region: frozenset[str]  # the words nearer to it than to another figure
    counted: str  # what a bare number counts
    nouns: tuple[str, ...]  # what else stands before it in its clause
    owner: str  # the company named nearest before it, "" where none is
    others: bool  # told of rivals or peers
    after: str  # the company named right behind it: 5% of BP
    called: str  # how the owner is named
    behind: tuple[str, ...]  # the words right behind it
    names: frozenset[str]  # all in its clause
    together: bool  # one of several figures told of several companies in one breath: A and B rose 1% and 2%
    clause: tuple[int, int]
    soft: tuple[int, int]
    spell: bool  # a length of time: 26 weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence and what it says of its figures."""

    text: str
    lowered: str
    words: frozenset[str]  # in lower case, without those of names
    plain: frozenset[str]  # all, in their parts
    frames: tuple[Frame, ...]
    names: tuple[Name, ...]
    times: Mapping[str, frozenset[str]]
    before: str  # the company of the sentences before, where this one opens with none of its own

    @property
    def forward(self) -> bool:
        """Tell whether it speaks of what is to come or may be."""
        return bool(self.words & FORWARD) or (
            " to " in self.lowered and _INFINITIVE.search(self.lowered) is not None
        )

    def clause_of(self, frame: Frame) -> str:
        """The clause in which a figure stands, in lower case."""
        return self.lowered[frame.clause[0] : frame.clause[1]]

    def is_to_come(self, frame: Frame, *, near: bool) -> bool:
        """Tell whether the words before a figure say that it is to come, or only would come.

        Args:
            frame: Of the figure.
            near: Whether only the words beside it count, since the reading takes it for a fact.
        """
        if _AS_PLAN.search(self.lowered[frame.soft[0] : frame.amount.start]):
            return True
        said = self.lowered[frame.soft[0] if near else frame.clause[0] : frame.amount.start]
        if not TO_COME.isdisjoint(_WORD.findall(said)) or (
            " to " in said and _INFINITIVE.search(said) is not None
        ):
            return True
        return _CONDITION.search(self.lowered[frame.clause[0] : frame.clause[1]]) is not None


_AS_PLAN: Final = lazily(r"\b(?:guidance|forecasts?|outlook|targets?|goals?|intent on)\b[^,;:]*$")
_CONDITION: Final = lazily(r"^\W*(?:were|should|had) [^,]{3,80}, |\bif\b|\bunless\b")
_ITS_OTHER: Final = lazily(
    r"\b(?:its|their|his|her|a|the)(?: [a-z\-]+){0,2} (?:rivals?|peers?|competitors?|parent|partners?|customers?|suppliers?|owner)\b"
)
_INFINITIVE: Final = lazily(
    r"\b(?:is|are|was|were|ready|about|set|due|plans?|planned|wants?|going|agreed|aims?|way|expected|forecast|projected|likely|course|track|pace) to [a-z]{2,}|"
    r"\bto (?:buy|cut|sell|spend|pay|close|raise|add|build|acquire|invest|lay|launch|list|open|merge|split|spin|shed|eliminate|double|"
    r"halve|issue|repurchase|take|receive|give|slash|lift|start)\b"
)


def is_forward(lowered: str) -> bool:
    """Tell whether words in lower case speak of what is to come, is planned or may be."""
    return not FORWARD.isdisjoint(_WORD.findall(lowered)) or (
        " to " in lowered and _INFINITIVE.search(lowered) is not None
    )


def said_of(text: str, names: Sequence[Name], before: str = "") -> Said:
    """Read a sentence.

    Args:
        text: One sentence.
        names: The companies it names, by place.
        before: The company that the sentences before speak of, "" for none.
    """
    lowered = text.lower()
    hard = _cuts(_HARD, text)
    soft = sorted({*hard, *(c for c in _cuts(_SOFT, text) if not _BETWEEN.search(text, max(0, c - 40), c))})
    words = tuple((m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text))
    found = amounts(text)
    asides = tuple(m.span() for m in _ASIDE.finditer(text)) if "," in text else ()
    frames = tuple(
        _parted(a, i, found, text, words, hard, soft, names, before, asides) for i, a in enumerate(found)
    )
    return Said(
        text=text,
        lowered=lowered,
        words=frozenset(w for w, s, _ in words if not any(n.start <= s < n.end for n in names)),
        plain=frozenset(_parts(w for w, _, _ in words)),
        frames=frames,
        names=tuple(names),
        times=times_of(text),
        before=before if not names or (_STANDS_FOR.match(text) and names[0].start > _OPENING) else "",
    )


def _parted(
    amount: Amount,
    index: int,
    found: Sequence[Amount],
    text: str,
    words: Sequence[tuple[str, int, int]],
    hard: Sequence[int],
    soft: Sequence[int],
    names: Sequence[Name],
    before: str,
    asides: Sequence[tuple[int, int]],
) -> Frame:
    """Read a figure without the asides around it: who competes with whom is no part of what fell."""
    others = [(s, e) for s, e in asides if not s <= amount.start < e]
    if not others:
        return _frame(amount, index, found, text, words, hard, soft, names, before)

    def free(place: int) -> bool:
        return not any(s <= place < e for s, e in others)

    return _frame(
        amount,
        index,
        found,
        text,
        [w for w in words if free(w[1])],
        [c for c in hard if free(c)],
        [c for c in soft if free(c)],
        [n for n in names if free(n.start)],
        before,
    )


def times_of(text: str) -> dict[str, frozenset[str]]:
    """Find the quarters, years, months and days a text names, by kind."""
    found = {
        "quarter": frozenset(
            _ORDINALS.get((m[1] or "").lower(), m[2] or m[3] or "") for m in _QUARTERS.finditer(text)
        ),
        "year": frozenset(m[1] or f"20{m[2]}" for m in _YEAR.finditer(text)),
        "month": frozenset(m[1].lower()[:3] for m in _MONTH.finditer(text)),
        "day": frozenset(m[1] for m in _WEEKDAY.finditer(text)),
    }
    return {kind: each for kind, each in found.items() if each}


def _cuts(pattern: re.Pattern[str], text: str) -> list[int]:
    return [m.start() for m in pattern.finditer(text)]


def _between(cuts: Sequence[int], start: int, end: int, length: int) -> tuple[int, int]:
    low = max((c for c in cuts if c < start), default=0)
    high = min((c for c in cuts if c >= end), default=length)
    return low, high


def _frame(
    amount: Amount,
    index: int,
    found: Sequence[Amount],
    text: str,
    words: Sequence[tuple[str, int, int]],
    hard: Sequence[int],
    soft: Sequence[int],
    names: Sequence[Name],
    before: str,
) -> Frame:
    clause = _between(hard, amount.start, amount.end, len(text))
    near = _between(soft, amount.start, amount.end, len(text))
    low = max((a.end for a in found[:index] if not a.fold), default=0)
    high = min((a.start for a in found[index + 1 :]), default=len(text))
    further = min((a.start for a in found[index + 1 :] if a.unit is not None or a.scaled), default=len(text))
    own = max(low, near[0]), min(high, near[1])
    owner, after, called = _whom(amount, text, names, clause, before)
    nouns = _nouns(
        words, (near[0], min((a.start for a in found if a.start >= near[0]), default=amount.start)), names
    )
    free = [w for w in words if not any(n.start <= w[1] < n.end for n in names)]
    level = (
        _LEVEL.search(text[: amount.start]) is not None
        and _WATCHED.search(text[clause[0] : clause[1]]) is not None
    )
    sign, sign_word = (0, "") if level else _nearest(amount, free, near[0], near[1], UP, DOWN)
    if not sign and not level:
        sign, sign_word = _nearest(amount, free, max(low, clause[0]), amount.start, UP, DOWN)
    return Frame(
        amount=amount,
        role=_role(amount, text, low, further, clause),
        sign=sign,
        sign_word=sign_word,
        against=0 if level else _against(words, clause, text),
        others=_OTHERS.search(text, max(clause[0], low), min(clause[1], high)) is not None,
        head=next(
            (FAMILIES[w] for w, s, _ in reversed(free) if near[0] <= s < amount.start and w in FAMILIES),
            frozenset(),
        ),
        families=_families(amount, free, near, clause, low, high),
        wide=frozenset().union(
            *(FAMILIES[w] for w, s, _ in free if max(low, clause[0]) <= s < amount.start and w in FAMILIES)
        ),
        flat=any(w in FLAT for w, s, _ in words if max(low, clause[0]) <= s < amount.start),
        times=times_of(text[amount.start if low > near[0] else near[0] : own[1]]),
        told=times_of(text[clause[0] : clause[1]]),
        region=_region(words, near, clause, nouns),
        nouns=nouns,
        counted=_counted(words, amount, near),
        owner=owner,
        after=after,
        called=called,
        behind=_behind(words, amount, near, names),
        names=frozenset(n.issuer_id for n in names if clause[0] <= n.start < clause[1]),
        together=_TOGETHER.search(text, max(0, amount.start - 24), amount.end + 24) is not None,
        clause=clause,
        soft=near,
        spell=_SPELL.match(text, amount.end) is not None,
    )


def _role(amount: Amount, text: str, low: int, high: int, clause: tuple[int, int]) -> str:
    left = text[max(low, amount.start - 70) : amount.start].rstrip(" $€£¥₹")
    right = text[amount.end : min(high, clause[1], amount.end + 80)]
    if _EXPECTED_BEFORE.search(left) or _EXPECTED_AFTER.search(right):
        return "expected"
    if _FROM_BEFORE.search(left):
        return "base"
    if _BASE_BEFORE.search(left):
        return "base"
    return "base" if _BASE_AFTER.search(right) and _HAD.search(left) else "actual"


_OTHERS: Final = lazily(r"\b(?:peers?|rivals?|competitors?|sector|industry)\b")
_BETWEEN: Final = lazily(r"\bbetween [^;]{1,36}$")
_LEVEL: Final = lazily(r"\b(?:below|above|under|over|beyond|past)(?: the)?\s*$")
_WATCHED: Final = lazily(r"\b(?:if|unless|until|should|wrong|fails?|as long as|once|whether|watch|were)\b")
_HAD: Final = lazily(r"\bhad (?:been )?$")


def _nearest(
    amount: Amount,
    words: Sequence[tuple[str, int, int]],
    start: int,
    end: int,
    plus: frozenset[str],
    minus: frozenset[str],
) -> tuple[int, str]:
    """Find the word of direction that is a figure's: the one right behind it, else the nearest before it."""
    last = 0, ""
    for i, (word, at, to) in enumerate(words):
        if not start <= at < end:
            continue
        if at >= amount.end:
            if word in ("above", "below"):
                return (1 if word == "above" else -1), word
            if (word in plus or word in minus) and not _is_idle(word, i, words, before=False):
                return (1 if word in plus else -1), word
            break
        if (
            (word in plus or word in minus)
            and to <= amount.start
            and not _is_idle(word, i, words, before=True)
        ):
            last = (1 if word in plus and not _given_up(word, i, words) else -1), word
    return last


def _against(words: Sequence[tuple[str, int, int]], clause: tuple[int, int], text: str) -> int:
    """Tell whether a clause sets its figures above (1) or below (-1) something; 0 where it says neither or both."""
    inside = {w for w, s, _ in words if clause[0] <= s < clause[1]}
    return bool(inside & ABOVE) - bool(inside & BELOW)


def _given_up(word: str, i: int, words: Sequence[tuple[str, int, int]]) -> bool:
    return word == "up" and i > 0 and words[i - 1][0] in ("gave", "give", "gives", "giving")


def _is_idle(word: str, i: int, words: Sequence[tuple[str, int, int]], *, before: bool) -> bool:
    """A word of direction that tells none here: more than, less than, up to, fell short."""
    # a figure may stand between two words: "up 4% to" is no "up to"
    beside = i + 1 < len(words) and words[i + 1][1] - words[i][2] <= 1
    following = words[i + 1][0] if beside else ""
    if (
        word in ("more", "less", "fewer", "better", "higher", "lower", "above")
        and following == "than"
        and before
    ):
        return True
    if word == "up" and following == "to":
        return True
    return (following == "short" and word in ("fell", "fall", "falls")) or (
        word == "past" and following in ("year", "month", "week")
    )


def _families(
    amount: Amount,
    words: Sequence[tuple[str, int, int]],
    near: tuple[int, int],
    clause: tuple[int, int],
    low: int,
    high: int,
) -> frozenset[str]:
    """Words of measure in the figure's own clause; else nearest before it in the wider one."""
    end = min(near[1], high, amount.end + _BEHIND)
    inner = [w for w, s, _ in words if max(near[0], low) <= s < end and w in FAMILIES]
    if inner:
        return frozenset().union(*(FAMILIES[w] for w in inner))
    outer = [w for w, s, _ in words if clause[0] <= s < amount.start and w in FAMILIES]
    return FAMILIES[outer[-1]] if outer else frozenset()


def _nouns(
    words: Sequence[tuple[str, int, int]], near: tuple[int, int], names: Sequence[Name]
) -> tuple[str, ...]:
    """What stands before the first figure of a clause and names no company."""
    found = (
        w for w, s, _ in words if near[0] <= s < near[1] and not any(n.start <= s < n.end for n in names)
    )
    return tuple(w for w in _parts(found) if w not in SOFT_WORDS and w not in FAMILIES and len(w) > 2)


def _region(
    words: Sequence[tuple[str, int, int]],
    near: tuple[int, int],
    clause: tuple[int, int],
    nouns: Sequence[str],
) -> frozenset[str]:
    """The words a figure is told with: its own clause's, and where that has no noun those before it in the wider one."""
    start = near[0] if nouns else clause[0]
    return frozenset(_parts(w for w, s, _ in words if start <= s < near[1]))


def _counted(words: Sequence[tuple[str, int, int]], amount: Amount, near: tuple[int, int]) -> str:
    if amount.unit is not None:
        return ""
    behind = [w for w, s, _ in words if amount.end <= s < near[1]][:3]
    return next((w for w in behind if w not in SOFT_WORDS), "")


def _behind(
    words: Sequence[tuple[str, int, int]], amount: Amount, near: tuple[int, int], names: Sequence[Name]
) -> tuple[str, ...]:
    found = [
        w for w, s, _ in words if amount.end <= s < near[1] and not any(n.start <= s < n.end for n in names)
    ][:2]
    return tuple(w for w in _parts(found) if w not in SOFT_WORDS and w not in FAMILIES and len(w) > 2)


def _parts(words: Iterable[str]) -> Iterator[str]:
    """Yield words without their genitive, those with a hyphen in their parts."""
    for word in words:
        yield from (part for part in word.removesuffix("'s").removesuffix("’s").split("-") if part)


def _whom(
    amount: Amount, text: str, names: Sequence[Name], clause: tuple[int, int], before: str
) -> tuple[str, str, str]:
    behind = _OF_WHOM.match(text, amount.end)
    after = ""
    if behind is not None:
        after = next((n.issuer_id for n in names if n.start == behind.end()), "")
    inside = [n for n in names if n.start < amount.start and n.start >= clause[0]]
    if inside:
        other = _ITS_OTHER.search(text, inside[-1].end, amount.start)
        return ("", after, "") if other is not None else (inside[-1].issuer_id, after, inside[-1].surface)
    earlier = [n for n in names if n.start < amount.start]
    if earlier:
        return earlier[-1].issuer_id, after, earlier[-1].surface
    return before, after, ""
