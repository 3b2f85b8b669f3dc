"""Which metric a figure belongs to, which way it moved, and which part of the business it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from readthrough.domain.reading import Direction, Mention, Unit
from readthrough.reading.metrics import MOVE, Metric, move_direction
from readthrough.reading.numbers import Quantity

__all__ = ["Binding", "bind", "listed_owner", "segment_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What a figure measures. `start` is where the words that say so begin."""

    metric: str
    at: int
    segment: str = ""
    is_change: bool = False
    change: Direction | None = None


@dataclass(frozen=True, slots=True)
class _Movement:
    is_change: bool
    change: Direction | None


_RATES: Final = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.BASIS_POINTS})
_MONEYS: Final = frozenset({Unit.MONEY, Unit.MONEY_PER_SHARE})
_ONLY_RATES: Final = frozenset(
    "gross margin,operating margin,margin,net interest margin,unemployment rate,inflation,interest rate,bond yield,gdp,"
    "market share,premium,tariff,tax rate,occupancy,delinquencies,charge-offs,same-store sales".split(",")
)
_ONLY_MONEY: Final = frozenset(
    "deal value,fine,settlement,charge,impairment,funding,price target,contract".split(",")
)
_COUNTS: Final = frozenset(
    "deliveries,users,subscribers,orders,jobs,job cuts,shipments,production,volumes,payrolls,traffic,backlog,inventory,"
    "bookings,demand,ipo,offering,buyback,stake".split(",")
)
_LEVELS: Final = frozenset(
    {"share price", "index", "oil price", "gold price", "commodity price", "exchange rate"}
)
_COUNTED: Final = {
    **dict.fromkeys(("jobs", "job cuts", "positions", "roles", "posts", "redundancies", "layoffs"), "jobs"),
    **dict.fromkeys(("employees", "workers", "staff", "people"), "jobs"),
    **dict.fromkeys(("users", "customers", "members", "accounts", "visitors", "passengers"), "users"),
    **dict.fromkeys(("subscribers", "subscriptions", "households"), "subscribers"),
    **dict.fromkeys(("stores", "shops", "outlets", "restaurants", "branches", "locations", "dealerships", "hotels"), "stores"),
    **dict.fromkeys(("barrels", "barrels per day", "barrels a day", "bpd", "tonnes", "tons", "ounces"), "production"),
    **dict.fromkeys(("orders", "aircraft", "jets", "jetliners", "planes", "airplanes"), "orders"),
    **dict.fromkeys(("deliveries",), "deliveries"),
    **dict.fromkeys(("shares", "ordinary shares", "adss", "ads"), "shares"),
}  # fmt: skip
_GOODS: Final = frozenset(
    "vehicles,cars,trucks,pickup trucks,pickups,suvs,vans,minivans,sedans,motorcycles,units,phones,smartphones,handsets,"
    "iphones,chips,gpus,devices".split(",")
)
_CUTTING: Final = re.compile(
    r"\b(?:cut|cuts|cutting|eliminat\w+|lay(?:s|ing)? off|laid off|shed|axe|slash\w*|redundan\w+|fire|dismiss\w*|job losses|layoffs)\b"
)
_EMPLOYED: Final = re.compile(
    r"\b(?:jobs?|job|cut\w*|hir\w+|employ\w*|workforce|lay\w*|redundan\w+|headcount|roles|positions|staff|workers|eliminat\w+)\b"
)
_DELIVERED: Final = re.compile(r"\b(?:deliver\w*|handed over|sold|sales of|shipped|selling)\b")
_RECALLED: Final = re.compile(r"\brecall\w*\b")
_MADE: Final = re.compile(r"\b(?:produc\w+|built|output|assembl\w+|manufactur\w+)\b")

_OF_CHANGE: Final = re.compile(
    r"^[\s-]*(?:[\w-]+\s+){0,3}?(?P<noun>rise|increase|growth|gain|jump|drop|fall|decline|decrease|surge|slump|improvement|reduction|cut|"
    r"hike|slide|plunge|dip|uptick|climb|contraction|boost|slowdown|expansion|leap|spike)\s+(?:in|of|to|for)\s+"
    r"(?:[\w’'&.-]+\s+){0,5}?$"
)
_OF_METRIC: Final = re.compile(
    r"^(?:\s+worth)?\s+(?:in|of|to(?=\s+(?:its\s|their\s|annual\s)*costs))\s+(?:[\w’'&.-]+\s+){0,5}?$"
)
_COMPOUND: Final = re.compile(
    r"^[\s-]+(?:(?!and\b|or\b|to\b|for\b|from\b|by\b|in\b|of\b|on\b|as\b|the\b|its\b|which\b|with\b|after\b|while\b)[\w’'&-]+[\s-]+){0,3}?$"
)
_COMPOUNDS: Final = frozenset(
    "buyback,deal value,fine,stake,dividend,premium,offering,charge,contract,investment,funding,settlement,loss,net loss,"
    "operating loss,profit,net income,price target,capex,tariff,job cuts,impairment,debt,loans,savings,ipo,orders,same-store sales,"
    "gross margin,operating margin,margin,interest rate,market share,cash,provisions,backlog,tax rate,revenue".split(
        ","
    )
)
_SHARE_OF: Final = re.compile(r"^\s+of\s+(?:[\w’'&.-]+\s+){0,4}?$")
_SHARED: Final = frozenset(
    {
        "revenue",
        "profit",
        "net income",
        "operating profit",
        "ebitda",
        "market share",
        "deposits",
        "loans",
        "capex",
        "production",
        "deliveries",
    }
)
_OF_REVENUE: Final = frozenset(
    "gross margin,operating margin,margin,costs,operating expenses,r&d spending,capex,fuel costs,free cash flow,debt,fine".split(
        ","
    )
)
_SHARER: Final = re.compile(
    r"(?P<who>(?:[\w&’'-]+\s+){1,3}?)(?:(?:could|would|will|may|might|should|to|now|already|which|that)\s+)*(?:account\w*\s+for|ma(?:k|d)\w*\s+up|represent\w*|"
    r"contribut\w*|generat\w*|compris\w*|provid\w*|bring\w*\s+in|was|were|is|are)\s+(?:[\w-]+\s+){0,4}$"
)
_TO: Final = re.compile(
    r"\bto\s+(?:(?:about|around|nearly|roughly|almost|just|a|an|the|record|more|less|than|over|under|as|much|between|high|of)\s+)*$"
)
_ADJACENT: Final = re.compile(
    r"^\s+(?:(?:by|of|at|about|around|nearly|roughly|almost|just|a|an|some|another|as|much|more|less|than|over|further|another|only|to|sharply|slightly|"
    r"up|down|higher|lower|annualized|annualised|annual|of|record|modest|further|combined|between|whopping|staggering|mere|an|estimated|percent)\s+)*$"
)
_OBJECT: Final = re.compile(
    r"\b(?:(?P<down>cut|cuts|cutting|lower(?:ed|s|ing)?|reduc(?:e|ed|es|ing)|slash(?:ed|es|ing)?|trim(?:med|ming|s)?|halv(?:e|ed|es))"
    r"|(?P<up>rais(?:e|ed|es|ing)|lift(?:ed|s|ing)?|increas(?:e|ed|es|ing)|hik(?:e|ed|es|ing)|boost(?:ed|s|ing)?|upped|expand(?:ed|s)?))"
    r"\s+(?:[\w’'-]+\s+){0,5}?[\w’'-]*$"
)
_MOVE_AFTER: Final = re.compile(
    r"^[\s-]*(?:(?!and\b|or\b|as\b|to\b|of\b|in\b|on\b|at\b|after\b|for\b|the\b|with\b|while\b|but\b|from\b|by\b)[\w-]+\s+){0,2}?"
    r"(?:growth|rise|increase|gain|jump|drop|fall|decline|decrease|surge|slump|improvement|reduction|hike|slide|plunge|dip|higher|lower|"
    r"up|down|cut|rally|slip)\b|^[\s-]*(?:more|less|fewer)\b"
)
_SEGMENT_WORD: Final = re.compile(r"[a-z0-9][\w&’'.+/-]*")
_SEGMENT_STOP: Final = frozenset(
    "the a an its their his her our and or of in on at to for from by with as that which than said says reported posted "
    "total net gross group company quarterly annual yearly monthly full-year fourth-quarter third-quarter second-quarter first-quarter half-year "
    "q1 q2 q3 q4 fiscal year quarter first second third fourth half full overall overall. adjusted reported organic underlying core comparable "
    "more less about around nearly over up down higher lower strong weak record rising falling slower faster stronger weaker better worse "
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
_UNIT_AFTER: Final = re.compile(
    r"^\s+(?:from|at|in|of|for|by)\s+(?:its|the|their)?\s*(?P<seg>(?:[\w&’'-]+\s+){1,3}?)(?:units?|division|business(?:es)?|segment|arm|operations)\b"
)
_PLACE_AFTER: Final = re.compile(
    r"^\s+in\s+(?:the\s+)?(?P<place>china|greater china|europe|north america|latin america|asia(?:[- ]pacific)?|the u\.s\.|u\.s\.|united states|americas|japan|india|germany|britain|the uk|uk|brazil|africa|middle east)\b"
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
    r"^(?:['’]s?)?(?:\s+[\w&-]+)??(?:\s*\([^()]{1,24}\))?(?:,\s(?:which|whose|who|the|a|an|maker|owner|parent)\b[^;]{0,110},)?\s*"
    r"(?:(?:little\s+changed,|shares?|stock|adrs?|also|was|were|is|are|the\s+stock|which|had|has|have|initially|briefly|later|last|closed|ended|opened|finished|"
    r"trading|traded)\s+){0,4}$"
)
_LOSS_OF: Final = re.compile(
    r"\b(?:to|a|the|its|extending|with)\s+(?:\w+\s+)?loss(?:es)? (?:of|to|at|was|were)?\s*(?:about\s|nearly\s|more than\s)?$"
)
_CLOSED: Final = re.compile(r"\b(?:closed|ended|finished|trad\w+|were|was|last|settled)\s(?:\w+\s){0,2}$")
_ENDED_WITH: Final = re.compile(
    r"\b(?:closed|ended|finished|settled|close|end)\s(?:the \w+\s)?(?:\w+\s)?with a\s(?:\w+\s)?(gain|rise|advance|loss|fall|decline|drop) of\s(?:about\s)?$"
)
_FRAGMENT: Final = re.compile(
    r"\W*(?:and\s)?(?:(?:it|they|the stock|both)\s)?(?:is\s|was\s|were\s|are\s)?(?:slid|fell|sank|dropped|tumbled|plunged|rose|jumped|soared|climbed|surged|gained|lost|shed|added|up|down|off|slipped|popped)\s(?:by\s|about\s|nearly\s|as much as\s|more than\s)?$"
)
_DEALING: Final = re.compile(
    r"\b(?:to (?:sell|buy|acquire|purchase|take over)|acquir(?:e|es|ed|ing)|agreement to|selling its|buying|bought|sold its)\b"
)
_OTHER_METRIC: Final = re.compile(
    r"\b(?:revenue|sales|profit|earnings|income|margin|loss|costs?|orders|deliveries|subscribers|users|growth|forecast|guidance|prices?|target|stake|unit|division|production|output)\b"
)
_TRADED_AFTER: Final = re.compile(r"\s(higher|lower|up|down)\b")
_GOVERNED: Final = re.compile(
    r"(?<!shares )(?<!stock )(?<!price )\b(?:at|of|in|for|from|by|with|to|against|than)\s+(?:the\s+)?$"
)
_PHRASE: Final = re.compile(
    r"(?:^|\b(?:the|of|its|their|and|while|but|as|that|for)\s)(?P<noun>[a-z][a-z-]+(?:\s[a-z][a-z-]+){0,2})\s(?:(?:also|was|were|is|are|had|has|have|then|only)\s)?$"
)
_PARTICLE: Final = re.compile(r"(?:up|down|off|higher|lower)\b")
_LISTED: Final = re.compile(
    r"^\)?(?:['’]s)?(?:\s*\([^()]{1,24}\))?,?\s+(?:by\s+|about\s+|another\s+|a\s+further\s+)?$"
)


def bind(
    text: str,
    quantity: Quantity,
    metrics: tuple[Metric, ...],
    mentions: tuple[Mention, ...],
    start: int,
    end: int,
) -> Binding | None:
    """Find what a figure measures inside its sentence (start..end of lower-cased text).

    Returns:
        None when the words do not say; a guess is never made.
    """
    after = next((m for m in metrics if m.start >= quantity.end), None)
    before = next((m for m in reversed(metrics) if m.end <= quantity.start and _fits(m.name, quantity)), None)
    if after is not None and (found := _bind_after(text, quantity, after, before, start)):
        return found
    if quantity.counted and (found := _bind_counted(text, quantity, start, end)):
        return found
    moved = _bind_mention(text, quantity, before, mentions, start, end)
    if moved is not None:
        return moved
    if before is not None and _near(text, before.end, quantity.start):
        if (
            before.name == "loss"
            and quantity.unit is Unit.PERCENT
            and _LOSS_OF.search(text[max(start, before.start - 30) : quantity.start])
        ):
            index = next((m for m in metrics if m.name == "index" and m.end <= before.start), None)
            name, at = ("index", index.start) if index else ("share price", before.start)
            return Binding(metric=name, at=at, is_change=True, change=Direction.DOWN)
        return _bind_before(text, quantity, before, start, end)
    return _bind_unit(text, quantity, start, end) or _bind_phrase(text, quantity, mentions, start, end)


def segment_of(text: str, metric: Metric | Binding, start: int, mentions: tuple[Mention, ...]) -> str:
    """Return the part of the business named right before a metric ("cloud" in "cloud revenue")."""
    at = metric.start if isinstance(metric, Metric) else metric.at
    words: list[str] = []
    position = at
    while len(words) < 3:
        left = text[max(start, position - 40) : position].rstrip()
        match = re.search(r"[^\s(),;:\"“”]+$", left)
        if match is None or text[position - 1 : position] not in (" ", "-", " "):
            break
        word = match.group()
        begin = max(start, position - 40) + match.start()
        if (
            not _SEGMENT_WORD.fullmatch(word)
            or word in _SEGMENT_STOP
            or word.endswith(("'s", "’s", "s'", "s’", ".", "ly"))
        ):
            break
        if any(ch.isdigit() for ch in word[:1]) or MOVE.fullmatch(word) or _is_company(begin, mentions):
            break
        words.insert(0, word)
        position = begin
    return " ".join(words)


def _is_company(position: int, mentions: tuple[Mention, ...]) -> bool:
    return any(m.span.start <= position < m.span.end and m.via != "brand" for m in mentions)


def _fits(metric: str, quantity: Quantity) -> bool:
    """Tell whether a figure of this unit can measure this metric at all."""
    unit = quantity.unit
    if unit in _RATES or unit is Unit.MULTIPLE:
        if metric in _ONLY_MONEY:
            return metric in {"price target", "fine", "settlement"} and unit is Unit.PERCENT and False
        return not (metric == "eps" and unit is Unit.PERCENTAGE_POINTS)
    if unit is Unit.POINTS:
        return metric in _LEVELS or metric in _ONLY_RATES
    if unit is Unit.COUNT:
        return (
            metric in _COUNTS
            if quantity.counted
            else metric in _COUNTS | {"revenue", "profit", "gross bookings"}
        )
    if metric in _ONLY_RATES or metric == "market share":
        return False
    if metric in _LEVELS:
        return not quantity.scale or quantity.scale in {"pence", "cents", "thousand"}
    if unit is Unit.MONEY_PER_SHARE:
        return metric in {
            "eps",
            "profit",
            "loss",
            "net loss",
            "net income",
            "dividend",
            "deal value",
            "offering",
            "ipo",
            "cash flow",
            "price target",
            "operating profit",
            "share price",
        }
    return metric not in {
        "users",
        "subscribers",
        "jobs",
        "job cuts",
        "deliveries",
        "demand",
        "traffic",
        "stores",
    }


def _near(text: str, left: int, right: int) -> bool:
    between = text[left:right]
    words = between.count(" ")
    stops = (
        between.count(";") * 6
        + between.count(":") * 3
        + len(re.findall(r"\b(?:but|while|although|despite|whereas)\b", between)) * 5
    )
    return words + stops <= 17


def _bind_after(
    text: str, quantity: Quantity, after: Metric, before: Metric | None, start: int
) -> Binding | None:
    between = text[quantity.end : after.start]
    if len(between) > 70 or not _fits(after.name, quantity):
        return None
    if (noun := _OF_CHANGE.match(between)) and quantity.unit is not Unit.COUNT:
        move = MOVE.search(noun["noun"])
        direction = move_direction(move) if move else _noun_direction(noun["noun"])
        return Binding(metric=after.name, at=after.start, is_change=True, change=direction)
    ratio = (
        before is not None
        and before.name in _OF_REVENUE
        and len(text[before.end : quantity.start].split()) <= 6
    )
    if quantity.unit is Unit.PERCENT and after.name in _SHARED and _SHARE_OF.match(between) and not ratio:
        who = _SHARER.search(text[max(start, quantity.start - 90) : quantity.start])
        segment = _sharer_words(who["who"]) if who else ""
        whole = segment_of(text, after, start, ())
        return Binding(
            metric=f"share of {whole} {after.name}".replace("  ", " "), at=after.start, segment=segment
        )
    if _OF_METRIC.match(between) and quantity.unit not in _RATES:
        return Binding(metric=after.name, at=after.start)
    closer = before is not None and re.fullmatch(
        r"\s+(?:of|at|was|were|is|rose|fell|to|by|grew|up|down)\s+.{0,14}", text[before.end : quantity.start]
    )
    if after.name in _COMPOUNDS and not closer and _COMPOUND.match(between):
        return Binding(metric=after.name, at=after.start)
    return None


def _sharer_words(words: str) -> str:
    kept: list[str] = []
    for word in reversed(words.split()):
        if word in _SEGMENT_STOP or word.endswith(("'s", "’s")) or len(kept) == 2:
            break
        kept.insert(0, word)
    return " ".join(kept)


def _noun_direction(noun: str) -> Direction:
    down = {
        "drop",
        "fall",
        "decline",
        "decrease",
        "slump",
        "reduction",
        "cut",
        "slide",
        "plunge",
        "dip",
        "contraction",
        "slowdown",
    }
    return Direction.DOWN if noun in down else Direction.UP


def _bind_counted(text: str, quantity: Quantity, start: int, end: int) -> Binding | None:
    around = text[max(start, quantity.start - 60) : min(end, quantity.end + 60)]
    vehicles = quantity.counted in _GOODS
    if _RECALLED.search(around) and vehicles:
        return Binding(metric="recalled units", at=quantity.start)
    metric = _COUNTED.get(quantity.counted, "")
    move = _move(text, quantity, max(start, quantity.start - 60), start, end)
    if metric == "jobs" and not _EMPLOYED.search(around):
        return Binding(metric=quantity.counted, at=quantity.start)
    if metric == "jobs" and _CUTTING.search(around):
        return Binding(metric="job cuts", at=quantity.start, change=Direction.DOWN)
    if vehicles or metric == "orders":
        if _DELIVERED.search(around):
            return _moved(move, metric="deliveries", at=quantity.start)
        if _MADE.search(around):
            return _moved(move, metric="production", at=quantity.start)
    if not metric:
        return Binding(metric=quantity.counted, at=quantity.start)
    return _moved(
        _move(text, quantity, max(start, quantity.start - 60), start, end), metric=metric, at=quantity.start
    )


def _bind_mention(
    text: str, quantity: Quantity, before: Metric | None, mentions: tuple[Mention, ...], start: int, end: int
) -> Binding | None:
    """Read "Alibaba rose 7%" as the share price, "its cloud unit grew 38%" as revenue."""
    if quantity.unit not in _RATES:
        return None
    lead = text[max(start, quantity.start - 110) : quantity.start]
    if after := _TRADED_AFTER.match(text[quantity.end : min(end, quantity.end + 12)]):
        owner = _owner(text, mentions, start, max(start, quantity.start - len(lead) + len(lead.rstrip())) + 1)
        owner = owner or (_opening(text, mentions, start, quantity.start) if _CLOSED.search(lead) else None)
        if owner is not None and (
            before is None or before.name == "share price" or before.end <= owner.span.start
        ):
            change = Direction.UP if after[1] in {"higher", "up"} else Direction.DOWN
            return Binding(metric="share price", at=owner.span.start, is_change=True, change=change)
    if (gain := _ENDED_WITH.search(lead)) and (owner := _opening(text, mentions, start, quantity.start)):
        change = Direction.UP if gain[1] in {"gain", "rise", "advance"} else Direction.DOWN
        return Binding(metric="share price", at=owner.span.start, is_change=True, change=change)
    if before is None and (gain := _FRAGMENT.match(text, start, quantity.start)) and len(lead) < 40:
        moved = MOVE.search(gain.group())
        change = move_direction(moved) if moved else Direction.DOWN
        return Binding(metric="share price", at=start, is_change=True, change=change)
    moves = list(MOVE.finditer(lead)) or list(_TRADED.finditer(lead))
    if not moves or not _ADJACENT.match(lead[moves[-1].end() :]):
        return None
    verb = moves[-1]
    head_end = max(start, quantity.start - 110) + verb.start()
    market = before is None or before.name in {"index", "share price"}
    if not market and before.end <= head_end and len(text[before.end : head_end].split()) <= 3:
        return None
    if market and (joined := _bucked(text, quantity, mentions, start, head_end)) is not None:
        grown = MOVE.search(verb.group())
        change = move_direction(grown) if grown else None
        return Binding(metric="share price", at=joined.span.start, is_change=True, change=change)
    if before is not None and before.end <= head_end and len(text[before.end : head_end].split()) <= 3:
        return None
    unit = _UNIT_GREW.search(text[max(start, head_end - 60) : head_end])
    if unit is not None and not _TO.search(lead[verb.end() :]):
        grew = MOVE.search(verb.group())
        seg = _sharer_words(unit["seg"])
        return Binding(
            metric="revenue",
            at=head_end,
            segment=seg,
            is_change=True,
            change=move_direction(grew) if grew else None,
        )
    owner = _owner(text, mentions, start, head_end)
    if owner is None or (
        before is not None and before.name == "share price" and before.end > owner.span.start
    ):
        return None
    direction = MOVE.search(verb.group())
    metric = "revenue" if _GREW.search(verb.group()) else "share price"
    to = _TO.search(lead[verb.end() :]) is not None
    return Binding(
        metric=metric,
        at=owner.span.start,
        is_change=not to,
        change=move_direction(direction) if direction else None,
    )


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


def _bind_before(text: str, quantity: Quantity, before: Metric, start: int, end: int) -> Binding:
    name = before.name
    if name in {"contract", "settlement"} and MOVE.search(text[before.end : quantity.start]):
        name = "commodity price"
    if quantity.unit is Unit.MONEY_PER_SHARE and name in {"profit", "net income", "operating profit"}:
        name = "eps"
    after_unit = _UNIT_AFTER.match(text[before.end : min(end, before.end + 60)])
    place = _PLACE_AFTER.match(text[before.end : min(end, before.end + 40)])
    segment = (
        _sharer_words(after_unit["seg"])
        if after_unit
        else place["place"].replace("the ", "")
        if place
        else ""
    )
    return _moved(
        _move(text, quantity, before.end, start, end), metric=name, at=before.start, segment=segment
    )


def _bind_unit(text: str, quantity: Quantity, start: int, end: int) -> Binding | None:
    around = text[max(start, quantity.start - 50) : min(end, quantity.end + 40)]
    if quantity.unit is Unit.MONEY_PER_SHARE and re.search(
        r"\bearn(?:s|ed|ing|ings)?\b|\bprofit\b|\bexcluding items\b|\badjusted\b", around
    ):
        return Binding(metric="eps", at=quantity.start)
    if quantity.unit is Unit.MONEY_PER_SHARE and re.search(r"\b(?:offer|bid|pay|buy|acquire|cash)\b", around):
        return Binding(metric="deal value", at=quantity.start)
    if (
        quantity.unit in _MONEYS
        and text[max(start, quantity.start - 5) : quantity.start].endswith("for ")
        and _DEALING.search(text[start:end])
    ):
        return Binding(metric="deal value", at=quantity.start)
    if quantity.unit in _MONEYS and re.search(r"\b(?:fined|ordered to pay|agreed to pay|penalty)\b", around):
        return Binding(metric="fine", at=quantity.start)
    if quantity.unit in _MONEYS and re.search(
        r"\b(?:acquir\w+|buy(?:s|ing)?|bought|takeover|purchas\w+|sell its|sold its)\b", around
    ):
        return Binding(metric="deal value", at=quantity.start)
    if quantity.unit in _MONEYS and re.search(
        r"\binvest(?:s|ed|ing)?\b|\bspend(?:s|ing)?\b|\bspent\b", around
    ):
        return Binding(metric="investment", at=quantity.start)
    if quantity.unit is Unit.BASIS_POINTS and re.search(
        r"\brates?\b|\b(?:fed|ecb|boe|central bank)\b", text[start:end]
    ):
        return _moved(_move(text, quantity, start, start, end), metric="interest rate", at=quantity.start)
    return None


def _bind_phrase(
    text: str, quantity: Quantity, mentions: tuple[Mention, ...], start: int, end: int
) -> Binding | None:
    """Name a figure by the words that move: "customer transactions declined 1.2%"."""
    if quantity.unit not in _RATES:
        return None
    lead = text[max(start, quantity.start - 110) : quantity.start]
    verb = next((m for m in reversed(list(MOVE.finditer(lead))) if _ADJACENT.match(lead[m.end() :])), None)
    if verb is None:
        return None
    at = max(start, quantity.start - 110) + verb.start()
    words = _PHRASE.search(text[max(start, at - 60) : at])
    if words is None or any(w in _SEGMENT_STOP for w in words["noun"].split()):
        return None
    begin = max(start, at - 60) + words.start("noun")
    if _is_company(begin, mentions):
        return None
    change = move_direction(verb)
    is_change = not _TO.search(lead[verb.end() :])
    return Binding(metric=words["noun"].strip(), at=begin, is_change=is_change, change=change)


def _moved(movement: _Movement, *, metric: str, at: int, segment: str = "") -> Binding:
    return Binding(
        metric=metric, at=at, segment=segment, is_change=movement.is_change, change=movement.change
    )


def _move(text: str, quantity: Quantity, left: int, start: int, end: int) -> _Movement:
    """Judge movement or level, and direction, from the words between metric and figure and right after."""
    if quantity.change is not None:
        return _Movement(True, quantity.change)
    lead = text[max(start, min(left, quantity.start), quantity.start - 110) : quantity.start]
    moves = list(MOVE.finditer(lead))
    tail = text[quantity.end : min(end, quantity.end + 36)]
    follow = _MOVE_AFTER.match(tail)
    if (
        follow
        and quantity.unit is not Unit.COUNT
        and (move := MOVE.search(follow.group()) or _noun(follow.group()))
    ):
        return _Movement(True, move if isinstance(move, Direction) else move_direction(move))
    if not moves:
        wide = text[max(start, quantity.start - 24) : quantity.start]
        moves = [m for m in MOVE.finditer(wide) if _ADJACENT.match(wide[m.end() :])]
        lead = wide
    if not moves and re.search(r"\boff\s(?:about\s|nearly\s)?$", lead):
        return _Movement(True, Direction.DOWN)
    if not moves and (verb := _OBJECT.search(text[max(start, left - 90) : left])):
        by = not re.search(r"\bto\s", text[left : quantity.start]) and quantity.unit in _RATES
        return _Movement(by, Direction(verb.lastgroup or "up"))
    if not moves:
        return _Movement(False, None)
    gap = lead[moves[-1].end() :]
    change = move_direction(moves[-1])
    if _TO.search(gap):
        return _Movement(False, change)
    return _Movement(bool(_ADJACENT.match(gap)) or moves[-1].group() == "growth", change)


def _noun(words: str) -> Direction | None:
    match = re.search(r"growth|rise|increase|gain|jump|surge|hike|rally|improvement|more", words)
    return (
        Direction.UP
        if match
        else Direction.DOWN
        if re.search(r"loss|slip|plunge|dip|slide|reduction|less|fewer", words)
        else None
    )
