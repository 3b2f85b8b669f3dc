"""Which way a level went, where its direction stands beside it or elsewhere in the article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Fact, Modality
from readthrough.domain.security import IssuerId
from readthrough.reading.fact_scene import RESULTS, Scene, good_for_holders
from readthrough.reading.metrics import find_metrics

__all__ = ["direct_levels", "go_on", "share_directions"]

_TOLD: Final = RESULTS | frozenset(
    "costs,operating expenses,dividend,production,capex,debt,market value,assets under management,inventory,buyback,investment,job cuts,"
    "inflation,unemployment rate,interest rate,bond yield,bond spread,credit default swaps,gdp,wages,tariff,price target,prices,stores,jobs,house prices,"
    "payrolls,retail sales,fuel costs,impairment,charge,premiums,deposits,loans,traffic,transactions,market share,tax rate,cash".split(
        ","
    )
)
_AFTER: Final = lazily(
    r"(?:\s(?!and\b|but\b)[\w/’'-]+){0,6}?,?\s(?:(?P<up>(?:nearly|almost|about|roughly|more than|over)?\s?(?:double|triple|twice|three times|four times)\s(?:the|what|that|last|its|a year|those)|"
    r"a (?:new )?(?:\w+ )?record|an all-time high|(?:the|its|their) (?:highest|most|best|biggest|largest|strongest)\b|(?:most|highest|best) (?:since|in|ever)|"
    r"more than (?:a year|in the (?:same|prior|previous)|last year)|higher than (?:a year|last year|in the)|better than (?:a year|last year)|an? (?:increase|rise|improvement) (?:of|from|on)|(?:[\w.$€£¥₹%-]+\s){1,4}(?:more|higher|better|ahead) (?:than|of) (?:a year|last|the (?:same|prior|previous|year)|earlier|previously|before|in|its|planned))"
    r"|(?P<down>(?:less than |about |nearly |almost |only )?half (?:the|of (?:the|what|last)|what|its|that)|(?:the|its|their) (?:lowest|fewest|weakest|worst|smallest)\b|(?:lowest|fewest|weakest|worst) (?:since|in|ever)|"
    r"(?:fewer|less|lower|worse|weaker) than (?:a year|in the (?:same|prior|previous)|last year)|a (?:decrease|decline|drop|fall) (?:of|from|on)|(?:[\w.$€£¥₹%-]+\s){1,4}(?:less|lower|fewer|worse) than (?:a year|last|the (?:same|prior|previous|year)|earlier|previously|before|in|its|planned))"
    r"|(?P<flat>unchanged|little changed|(?:broadly )?flat\b|the same as (?:last|a year|in the)|in line with (?:last year|the (?:prior|previous) (?:year|quarter))))"
)
_RECORD: Final = lazily(
    r"\b(?:a |an )?(?:all-time |new |[\w-]+-(?:month|year|week) )?(?:record|high)(?: high)?(?: in \w+)?(?: of)?\s$|\b(?:an? )?(?:additional|another|further|extra) $|\b(?:surpass(?:ed|es|ing)|cross(?:ed|es|ing)|breach(?:ed|es|ing)|broke through|climbed above|rose above) (?:the )?$"
)
_LOW: Final = lazily(
    r"\b(?:a |an )?(?:all-time |new |record |[\w-]+-(?:month|year|week) )?low(?: in \w+)?(?: of)?\s$"
)
_KEPT: Final = lazily(
    r"\b(?:kept|keeps|keep|keeping|left|leaves|leave|leaving|maintain\w*|reiterat\w*|reaffirm\w*|stuck (?:to|by|with)|sticks (?:to|by|with)|stood by|stands by|"
    r"held (?:its|the|their)|holds (?:its|the|their)|confirm(?:s|ed)|unchanged|steady|stays?|remains?)\b[^,;.:]{0,60}$"
)
_HELD: Final = lazily(
    r"\b(?:held|holds|holding|unchanged|steady|flat|stuck|stayed|stays|remained|remains|stable|hovered|left|kept)(?: (?:its|the|their)(?: \w+){1,3})? (?:steady )?(?:at|around|near) $"
)
_GUIDES: Final = lazily(
    r"\b(?:(?P<up>rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|hik(?:e|es|ed|ing)|upgrad(?:es|ed|ing)|boost(?:s|ed|ing)?|increas(?:es|ed|ing)|bump(?:s|ed) up)"
    r"|(?P<down>cut|cuts|cutting|lower(?:s|ed|ing)|trim(?:s|med|ming)?|slash(?:es|ed|ing)?|reduc(?:es|ed|ing)|downgrad(?:es|ed|ing)|pares|pared))\s"
    r"(?P<what>(?:(?!price\b|rating\b)[\w’'/&-]+\s){0,7}?)(?:forecasts?|guidance|outlook|target range|targets?|estimates?|goal|projections?)\b"
)
_FORECASTS: Final = ("forecast", "guidance", "outlook", "target", "goal", "projection", "estimate")
_KIN: Final = {
    **dict.fromkeys(("profit", "net income", "eps", "operating profit", "ebitda"), "earnings"),
    **dict.fromkeys(("loss", "net loss", "operating loss"), "losses"),
    **dict.fromkeys(("revenue", "same-store sales"), "sales"),
}
_STEPS: Final = {"up": Direction.UP, "down": Direction.DOWN, "flat": Direction.FLAT}


def direct_levels(facts: list[Fact], first: int, scene: Scene) -> None:
    """Give levels of a sentence the direction said right beside them: "a record $9 billion", "nearly double the ..."."""
    span = scene.sentence.span
    for index in range(first, len(facts)):
        fact = facts[index]
        if fact.change is not None or fact.is_change or fact.metric not in _TOLD:
            continue
        lead = scene.lowered[max(span.start, fact.figure.start - 90) : fact.figure.start]
        after = _AFTER.match(scene.lowered, fact.figure.end, min(span.end, fact.figure.end + 110))
        if after is not None:
            change = _STEPS[after.lastgroup or "flat"]
        elif _HELD.search(lead):
            change = Direction.FLAT
        elif _RECORD.search(lead):
            change = Direction.UP
        elif _LOW.search(lead):
            change = Direction.DOWN
        elif fact.modality is Modality.PLANNED and _KEPT.search(lead):
            change = Direction.FLAT
        else:
            continue
        facts[index] = _turned(fact, change)


# the sentence after a level goes on about it: "That was 2 percent more than a year ago"
_GOES_ON: Final = lazily(
    r"\W*(?:although |though |sequentially,? |organically,? )?(?:that|this|it|the figure|the total|they)(?:['’]s| is| was| were| marks| marked| represents| represented)\b"
    r"(?P<far>(?:[^.;]|\.\d){0,44}?)\b(?:(?P<up>up|higher|more|above|better|ahead|an? (?:increase|rise|improvement|gain|jump))|(?P<down>down|lower|less|fewer|below|short|worse|an? (?:decrease|decline|drop|fall))|(?P<flat>unchanged|flat|little changed))\b"
    r"(?P<than>[^.;]{0,40})"
)
_ELSEWHERE: Final = lazily(
    r"\b(?:expect\w*|forecasts?|consensus|analysts?|estimates?|guid\w+|targets?|street|view|predict\w*|shares?|stock|limit|cap|ceiling|average)\b"
)


def go_on(facts: list[Fact], first: int, scene: Scene) -> None:
    """Give the last level of the sentence before the direction this one tells of it."""
    if first == 0:
        return
    last = facts[first - 1]
    if (
        last.sentence != scene.sentence.index - 1
        or last.change is not None
        or last.is_change
        or last.metric not in _TOLD
    ):
        return
    span = scene.sentence.span
    told = _GOES_ON.match(scene.lowered, span.start, span.end)
    if told is None or _ELSEWHERE.search(told["far"] + told["than"]):
        return
    way = next(name for name in ("up", "down", "flat") if told[name])
    facts[first - 1] = _turned(last, _STEPS[way])


def _turned(fact: Fact, change: Direction) -> Fact:
    good = fact.good if fact.vs_expectation else good_for_holders(fact.metric, change, False)
    return replace(fact, change=change, good=good)


def share_directions(facts: list[Fact], lowered: str, main: IssuerId | None) -> None:
    """Give levels the direction told elsewhere: a growth rate of the same metric, or a forecast raised or cut."""
    open_levels = [
        i
        for i, f in enumerate(facts)
        if f.change is None and not f.is_change and f.metric in _TOLD and f.metric != "jobs"
    ]  # who worked there when a cut was told are not fewer yet
    if not open_levels:
        return
    grown = _grown(facts)
    guided: dict[str, Direction | None] | None = None
    for index in open_levels:
        fact = facts[index]
        if fact.modality is Modality.ACTUAL and not fact.background:
            change = grown.get((fact.issuer_id, fact.metric, fact.segment))
        elif fact.modality is Modality.PLANNED and fact.issuer_id == main and fact.metric in RESULTS:
            if guided is None:
                guided = _guided(lowered)
            change = guided.get(_KIN.get(fact.metric, fact.metric), guided.get(""))
        else:
            continue
        if change is not None:
            facts[index] = _turned(fact, change)


def _grown(facts: list[Fact]) -> dict[tuple[IssuerId | None, str, str], Direction | None]:
    grown: dict[tuple[IssuerId | None, str, str], Direction | None] = {}
    for fact in facts:
        if (
            not fact.is_change
            or fact.change is None
            or fact.modality is not Modality.ACTUAL
            or fact.background
        ):
            continue
        key = (fact.issuer_id, fact.metric, fact.segment)
        grown[key] = fact.change if grown.get(key, fact.change) is fact.change else None
    return grown


def _guided(lowered: str) -> dict[str, Direction | None]:
    """Return which way the article's forecasts went, by metric; the empty name stands for any."""
    if not any(word in lowered for word in _FORECASTS):
        return {}
    found: dict[str, Direction | None] = {}
    for name, change in _moves_of_forecasts(lowered):
        found[name] = change if found.get(name, change) is change else None
    ways = set(found.values())
    if "" not in found and len(ways) == 1:
        found[""] = next(iter(ways))
    return found


def _moves_of_forecasts(lowered: str) -> Iterator[tuple[str, Direction]]:
    for match in _GUIDES.finditer(lowered):
        metrics = find_metrics(lowered, match.start("what"), match.end("what"))
        name = metrics[-1].name if metrics else ""
        if name != "price target":
            yield _KIN.get(name, name), Direction.UP if match["up"] else Direction.DOWN
