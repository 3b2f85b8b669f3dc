"""The tone of a sentence from its words alone: what moved times what that means for holders.

Composition, not counting: "costs fell" is good, "losses narrowed" is good, "fears eased" is good, "no sign of
slowing demand" is good. Figures and events have their own rooms; this reads what is said without them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.reading import Direction
from readthrough.reading import cues
from readthrough.reading.cues import cues_of
from readthrough.reading.lexicon import WordFinder
from readthrough.reading.metrics import HOLDERS, Metric, find_metrics, move_direction, moves_between
from readthrough.reading.qualifiers import expectations

__all__ = ["Tone", "tone_of"]


@dataclass(frozen=True, slots=True)
class Tone:
    """How good and how bad a stretch of words sounds to a holder; both are 0 or more."""

    good: float
    bad: float


_GOOD_WORDS: Final = (
    r"strong(?:er|est|ly)?|robust|record(?! (?:date|keeping|low|loss))|upbeat|optimis(?:m|tic)|solid|impressive|breakthrough|win(?:s|ning)?\b|won|"
    r"approv(?:al|ed|es)|clear(?:ed|ance)|upgrad(?:ed?|es|ing)|outperform(?:ed|s|ing)?|bullish|resilien(?:t|ce)|momentum|success(?:ful|fully)?|"
    r"profitab(?:le|ility)|favou?r(?:able|ed)|boost(?:s|ed|ing)?|benefit(?:s|ed|ing)?|opportunit(?:y|ies)|promising|healthy|accelerat(?:ed|es|ing|ion)|"
    r"recover(?:y|ed|s|ing)|rebound(?:ed|s|ing)?|outpac(?:ed|es|ing)|expand(?:ed|s|ing)?|breakout|upside|milestone|dominant|efficien(?:t|cy|cies)|synerg(?:y|ies)|"
    r"award(?:ed|s)?|partnership|collaboration|innovati(?:ve|on)|leading|exceed(?:ed|s|ing)?|beat(?:s|ing)?|topped|reward(?:ed|ing|s)?|welcom(?:ed|es|ing)|"
    r"confiden(?:t|ce)|attractive|cheer(?:ed|s|ing)?|rall(?:y|ied|ies|ying)|gains?|surg(?:e|ed|es|ing)|soar(?:ed|s|ing)?|jump(?:ed|s)?|reinstat(?:ed|es|ement)|"
    r"turnaround|relief|better|best|improv(?:ed|es|ing|ement|ements)|stellar|blockbuster|brisk|buoyant|thriv(?:e|ed|ing)|flourish\w*|lucrative|overweight|"
    r"upward|high(?:est)? (?:level|price)s? (?:ever|in)|all-time high|multi-year high|landmark|smooth(?:ly)?|unlock\w*|growing|grew|growth"
)
_BAD_WORDS: Final = (
    r"weak(?:er|est|ness|ly|ened|ening)?|warn(?:s|ed|ing|ings)?|lawsuits?|su(?:ed|es|ing)|prob(?:e|es|ed|ing)|investigat(?:e|ed|es|ing|ion|ions)|fraud(?:ulent)?|default(?:ed|s)?|"
    r"bankrupt(?:cy)?|insolven(?:t|cy)|recall(?:s|ed|ing)?|disappoint(?:ed|ing|ment|s)?|slump(?:s|ed|ing)?|plung(?:e|ed|es|ing)|concern(?:s|ed)?|fear(?:s|ed)?|worr(?:y|ies|ied|ying)|"
    r"struggl(?:e|ed|es|ing)|delay(?:s|ed|ing)?|halt(?:s|ed|ing)?|suspend(?:s|ed|ing)?|suspension|downgrad(?:e|ed|es|ing)|bearish|pressur(?:e|ed|es|ing)|headwinds?|shortages?|"
    r"breach(?:es|ed)?|hack(?:ed|ers|ing)?|bann?(?:ed|ing)?|sanction(?:s|ed)?|penalt(?:y|ies)|fin(?:ed|es)\b|scandal|accus(?:e|ed|es|ing|ation|ations)|alleg(?:e|ed|es|ing|ations?)|"
    r"reject(?:s|ed|ion|ing)?|fail(?:s|ed|ure|ures|ing)?|miss(?:ed|es|ing)?\b|los(?:e|es|ing|t)\b|layoffs?|lay off|job cuts|redundancies|strike(?:s)?\b(?! a deal)|walkouts?|disrupt(?:ed|ion|ions|s)?|"
    r"shut(?:s|down|ting)?|clos(?:ure|ures)|tumbl(?:e|ed|es|ing)|sink(?:s|ing)?|sank|crash(?:ed|es|ing)?|collaps(?:e|ed|es|ing)|downturn|recession|slowdown|slow(?:er|ed|ing|s)?|sluggish|"
    r"soft(?:er|ness|ening|ened)?|underperform(?:ed|s|ing)?|uncertain(?:ty|ties)?|volatil(?:e|ity)|threat(?:s|en|ens|ened|ening)?|burden(?:s|ed)?|dilut(?:e|ed|ion|ive)|overvalued|"
    r"impair(?:ed|ment|ments)?|write-?downs?|write-?offs?|restat(?:e|ed|ement)|resign(?:s|ed|ation)?|oust(?:ed)?|depart(?:s|ed|ure)|crisis|turmoil|damag(?:e|ed|es|ing)|hurt(?:s|ing)?|harm(?:s|ed|ful)?|"
    r"hit by|blow|setbacks?|challeng(?:e|es|ed|ing)|difficult(?:y|ies)?|deteriorat\w*|erod(?:e|ed|es|ing)|glut|oversupply|overhang|unprofitable|burn(?:ed|ing)?|toxic|unsafe|deaths?|contaminat\w*|"
    r"explosion|fire\b|accident|outage|antitrust|monopol(?:y|ist)|violat(?:ed|ion|ions|es|ing)|illegal|guilty|convict\w*|arrest(?:ed|s)?|indict\w*|sell-?off|selloff|underweight|worse|worst|worsen\w*|"
    r"drag(?:s|ged|ging)?|dent(?:s|ed|ing)?|squeez(?:e|ed|es|ing)|heavier|loom(?:s|ing)?|backlash|boycott|terminat(?:e|ed|es|ion)|scrap(?:s|ped|ping)?|abandon\w*|withdr(?:aw|ew|awn|awal)|bleak|gloomy|grim|painful|"
    r"miss(?:ed)? (?:estimates|expectations|forecasts)|blam(?:e|ed|es|ing)|cautious|caution(?:ed|s)?|risk(?:s|y)?|overpaid|overpay(?:ing)?|costly|woes|troubl(?:e|ed|es|ing)|distress(?:ed)?|stall(?:s|ed|ing)?|shrink(?:s|ing)?|shrank"
)
_STRONG: Final = re.compile(
    r"bankrupt|fraud|insolven|default|plung|collaps|crash|soar|surg|record|scandal|indict|guilty|crisis|breakthrough|stellar|tumbl|recall|blockbuster|reject"
)
_FAINT: Final = re.compile(
    r"^(?:risk\w*|concern\w*|challeng\w*|leading|growing|growth|better|best|high\w*|confiden\w*|uncertain\w*|pressur\w*|slow\w*|expand\w*|lost?|lose\w*|losing|opportunit\w*|"
    r"partnership|gains?|grew|strong\w*|cautious|caution\w*|fear\w*|worr\w*|delay\w*|clos\w*|jump\w*|los\w+|strike\w*|fire|volatil\w*|antitrust|efficien\w*|innovati\w*|collaboration|attractive)$"
)
_POLAR: Final = WordFinder({"bad": _BAD_WORDS, "good": _GOOD_WORDS})
_NOT: Final = re.compile(
    r"(?:\b(?:no|not|never|without|nor|neither|cannot|lack(?:s|ed|ing)? (?:of )?|avoid(?:s|ed|ing)?|averts?|averted|den(?:y|ies|ied)|prevent(?:s|ed)?|"
    r"rule[sd]? out|free of|far from|little|hardly|barely|fail(?:s|ed)? to|unlikely to|rather than|instead of|ease|eased|easing)|n[’']t)\s+"
    r"(?:(?:any|a|an|the|its|signs?|sign|evidence|of|be|been|yet|seen|seeing|expected|expect|to|see|being|further|have|has|had|major|immediate|all|about|on|so|as|very|particularly|much|more|enough)\s+){0,4}$"
)
_DESPITE: Final = re.compile(
    r"\b(?:despite|in spite of|notwithstanding|although|even though|regardless of|shrugg(?:ed|ing) off|overcame)\s[^,;]{0,60}$"
)
_RELIEVED: Final = re.compile(
    r"^\s+(?:\w+\s+){0,4}?(?:eas(?:ed|es|ing)|fad(?:ed|es|ing)|subsid\w+|reced\w+|dismiss\w*|dropp?(?:ed|s)|ended|ends|resolved|lifted|abat\w+|cleared|averted|withdrawn|settled|overturned|thrown out|diminish\w+|lessened|overdone|overblown|unfounded|narrow\w*|shr[iau]nk\w*|tossed|rejected)\b"
)
_SPOILED: Final = re.compile(
    r"^\s+(?:\w+\s+){0,3}?(?:fad(?:ed|es|ing)|slow(?:ed|s|ing)|stall(?:ed|s|ing)|evaporat\w+|dashed|dwindl\w+|wan(?:ed|es|ing)|undermin\w+|cool(?:ed|s|ing)|disappear\w*|dent(?:ed|s)|eroded|weakened|lapsed|faltered)\b"
)
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
_BURDEN: Final = re.compile(
    r"\b(?:provisions?|claims|charges|taxes|losses|outflows|cancellations|churn|defaults|bad debts?)\b"
)
_REVERSAL: Final = re.compile(
    r"\b(?:revers|rebound|recover|bounc|swung|turned)\w*\s(?:\w+\s){0,3}?(?:losses|declines?|slide|fall|drop)\b"
)

_PARTS: Final = re.compile(r"[;.]|\b(?:but|while|although|after|into|from)\b")
_WIDEST_GAP: Final = 160  # code points; more cannot be the few words that still bind


def tone_of(text: str, start: int, end: int, sentence: Span | None = None) -> Tone:
    """Weigh the words between two offsets of a lower-cased text; `sentence` is the one they stand in.

    >>> t = tone_of("fuel costs fell and fears of a strike eased", 0, 43)
    >>> t.good > t.bad
    True
    """
    good = bad = 0.0
    whole = sentence or Span(start, end)
    taken: list[tuple[int, int]] = []
    kinds = cues_of(text, whole.start, whole.end)
    if kinds & cues.REVERSAL:
        for match in _REVERSAL.finditer(text, start, end):
            taken.append((match.start(), match.end()))
            good += 0.2
    for value, left, right in (
        *_expectations(text, start, end, whole),
        *_movements(text, start, end, whole, kinds),
    ):
        if any(left < b and a < right for a, b in taken):
            continue
        taken.append((left, right))
        good, bad = good + max(value, 0.0), bad + max(-value, 0.0)
    for name, left, right in _POLAR.find(text, start, end):
        if any(left < b and a < right for a, b in taken):
            continue
        taken.append((left, right))
        value = _polar_value(text, name, left, right, start, end, kinds)
        good, bad = good + max(value, 0.0), bad + max(-value, 0.0)
    return Tone(good, bad)


def _expectations(text: str, start: int, end: int, whole: Span) -> list[tuple[float, int, int]]:
    signs = {"beat": 0.4, "narrow": 0.4, "miss": -0.4, "inline": 0.05}
    found = []
    for match in expectations(text, whole.start, whole.end):
        if not start <= match.start() < end:
            continue
        value = signs[match.lastgroup or "inline"]
        near = find_metrics(text, max(start, match.start() - 50), min(end, match.end() + 30))
        burden = _BURDEN.search(text[max(start, match.start() - 40) : match.start()]) is not None
        worse = burden or any(HOLDERS.get(m.name, 1) < 0 for m in near)
        if worse and not any(HOLDERS.get(m.name, 1) > 0 for m in near) and match.lastgroup != "narrow":
            value = -value
        found.append((value, match.start(), match.end()))
    return found


def _movements(text: str, start: int, end: int, whole: Span, kinds: int) -> list[tuple[float, int, int]]:
    """Pair each metric with the movement nearest to it: "costs fell", "a decline in sales"."""
    signed = [
        m
        for m in find_metrics(text, whole.start, whole.end)
        if start <= m.start and m.end <= end and HOLDERS.get(m.name, 0)
    ]
    if not signed:
        return []
    moves = moves_between(text, whole.start, whole.end, start, end)
    found: list[tuple[float, int, int]] = []
    for metric in signed:
        sign = HOLDERS[metric.name]
        move = _move_of(text, metric, moves)
        if move is None:
            continue
        moves.remove(move)
        direction = move_direction(move)
        value = {Direction.UP: 0.3, Direction.DOWN: -0.3, Direction.FLAT: -0.05}[direction] * sign
        if metric.name in _WEAK_METRICS:
            value *= 0.8
        left, right = min(metric.start, move.start()), max(metric.end, move.end())
        if kinds & cues.NEGATION and (
            _NOT.search(text[max(start, left - 50) : left])
            or _NOT.search(text[max(start, move.start() - 40) : move.start()])
        ):
            value *= -0.7
        found.append((value, left, right))
    return found


def _move_of(text: str, metric: Metric, moves: list[re.Match[str]]) -> re.Match[str] | None:
    best, distance = None, 7
    for move in moves:
        if move.start() < metric.end and metric.start < move.end():
            continue
        after = move.start() >= metric.end
        gap = text[metric.end : move.start()] if after else text[move.end() : metric.start]
        if len(gap) > _WIDEST_GAP:
            continue
        if _PARTS.search(gap):
            continue
        words = len(gap.split()) + (0 if after else 1)
        if words < distance:
            best, distance = move, words
    return best


def _polar_value(text: str, name: str, left: int, right: int, start: int, end: int, kinds: int) -> float:
    word = text[left:right]
    size = 0.3 if _STRONG.search(word) else 0.08 if _FAINT.match(word) else 0.16
    value = size if name == "good" else -size
    before, after = text[max(start, left - 60) : left], text[right : min(end, right + 40)]
    if kinds & cues.NEGATION and _NOT.search(before) and not before.rstrip().endswith("not only"):
        return -0.7 * value
    if value < 0 and _RELIEVED.match(after):
        return -0.8 * value
    if value > 0 and _SPOILED.match(after):
        return -0.8 * value
    if kinds & cues.DESPITE and _DESPITE.search(before):
        return 0.4 * value
    return value
