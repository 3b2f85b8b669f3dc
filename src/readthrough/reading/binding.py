"""Which metric a figure belongs to, which way it moved, and which part of the business it is about."""

from __future__ import annotations

from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Mention, Unit
from readthrough.reading.bound import MONEYS, RATES, Binding
from readthrough.reading.counted_deeds import are_dead, are_there, counted_deed
from readthrough.reading.metrics import HOLDERS, MOVE, Metric, move_direction, moves_between
from readthrough.reading.movement import LINKERS, movement_of, noun_direction
from readthrough.reading.noun_phrases import bind_phrase
from readthrough.reading.numbers import Quantity
from readthrough.reading.price_moves import SEGMENT_STOP, bind_mention, sharer_words
from readthrough.reading.unit_bindings import (
    DEALING,
    PRICED,
    SMALL,
    bind_unit,
    handed_to_holders,
    moved,
    ratio_of,
)

__all__ = ["bind", "segment_of"]

_ONLY_RATES: Final = frozenset(
    "gross margin,operating margin,margin,net interest margin,unemployment rate,inflation,interest rate,bond yield,gdp,"
    "market share,premium,tariff,tax rate,occupancy,delinquencies,charge-offs,same-store sales".split(",")
)

_ONLY_MONEY: Final = frozenset(
    "deal value,fine,settlement,charge,impairment,funding,price target,contract".split(",")
)

_POINTS: Final = frozenset({Unit.BASIS_POINTS, Unit.PERCENTAGE_POINTS})
_SUMS: Final = frozenset({"debt", "loans", "deposits", "investment", "cash", "contract", "funding"})
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
    **dict.fromkeys(("users", "customers", "members", "visitors", "passengers"), "users"),
    **dict.fromkeys(("accounts",), "accounts"),
    **dict.fromkeys(("subscribers", "subscriptions", "households"), "subscribers"),
    **dict.fromkeys(("stores", "shops", "outlets", "restaurants", "branches", "locations", "dealerships", "hotels"), "stores"),
    **dict.fromkeys(("barrels", "barrels per day", "barrels a day", "bpd", "tonnes", "tons", "ounces"), "production"),
    **dict.fromkeys(("orders", "aircraft", "jets", "jetliners", "planes", "airplanes"), "orders"),
    **dict.fromkeys(("deliveries",), "deliveries"),
    **dict.fromkeys(("shares", "ordinary shares", "adss", "ads"), "shares"),
}  # fmt: skip

_MEASURES: Final = frozenset(
    "barrels,barrels per day,barrels a day,bpd,tonnes,tons,ounces,bushels,boxes,bags,cases,litres,gallons,pounds,hours,pairs".split(
        ","
    )
)

_MEASURED: Final = frozenset("production,inventory,shipments,orders,demand,volumes,deliveries".split(","))

_GOODS: Final = frozenset(
    "vehicles,cars,trucks,pickup trucks,pickups,suvs,vans,minivans,sedans,motorcycles,units,phones,smartphones,handsets,"
    "iphones,chips,gpus,devices".split(",")
)

_CUTTING: Final = lazily(
    r"\b(?:cut|cuts|cutting|eliminat\w+|lay(?:s|ing)? off|laid off|shed|axe|slash\w*|redundan\w+|fire|dismiss\w*|job losses|layoffs|to go)\b"
)

_EMPLOYED: Final = lazily(
    r"\b(?:jobs?|job|cut\w*|hir\w+|employ\w*|workforce|lay\w*|redundan\w+|headcount|roles|positions|staff|workers|eliminat\w+)\b"
)

_ECONOMY: Final = lazily(
    r"\b(?:employers|(?:the|u\.s\.) economy|non-?farm|private sector)\b.{0,24}\b(?:added|shed|cut|lost|created|gained)\b"
)


_USING: Final = lazily(r"\speople (?:who )?(?:use|using|on|are on|subscribe|log)\b")

_DELIVERED: Final = lazily(r"\b(?:deliver\w*|handed over|sold|sales of|shipped|selling)\b")

_HELD_SHARES: Final = lazily(r"\b(?:owns?|owned|owning|holds?|held|holding|stakes?)\b")
_RECALLED: Final = lazily(r"\brecall\w*\b")

# "delivered 497,000 vehicles and built 447,000": the verb says of what
_DONE: Final = lazily(
    r"\b(?:(?P<made>built|produced|assembled)|delivered|shipped|handed over)\s(?:about |some |more than |nearly |almost |over |around |another |a record |just |only )*$"
)
_MADE: Final = lazily(r"\b(?:produc\w+|built|output|assembl\w+|manufactur\w+)\b")

_STEPS: Final = (
    r"(?P<noun>rise|increase|growth|gain|jump|drop|fall|decline|decrease|surge|slump|improvement|reduction|cut|hike|slide|plunge|dip|uptick|"
    r"climb|contraction|boost|slowdown|expansion|leap|spike|advance|rebound|tumble|retreat)"
)
# "a 5% rise in orders"
_OF_CHANGE: Final = lazily(
    rf"^[\s-]*(?:(?!{LINKERS})[\w-]+\s+){{0,3}}?{_STEPS}\s+(?:in|of|to|for)\s+(?:[\w’'&.-]+\s+){{0,5}}?$"
)
# "a 5% profit rise"
_STEP_AFTER: Final = lazily(
    rf"\s{_STEPS}s?(?![\w-]| (?:target|forecast|plan|goal|guidance|estimate|outlook)\b)"
)
# "a rise of 5% in orders"
_STEP_OF: Final = lazily(
    rf"\b{_STEPS}\sof\s(?:about |some |around |nearly |almost |roughly |just |over |more than |less than |at least |up to )*$"
)
_IN_METRIC: Final = lazily(rf"^\s+in\s+(?:(?:its|their|the|our)\s+)?(?:(?!{LINKERS})[\w’'&.-]+\s+){{0,4}}?$")

_OF_METRIC: Final = lazily(
    r"^(?:\s+worth)?\s+(?:in|of|to(?=\s+(?:its\s|their\s|annual\s)*costs)|to(?=\s+(?:its|the|our|their)\s(?:share\s|stock\s)?(?:repurchase|buy-?back)))\s+"
    r"(?:(?!(?:with|for|from|by|at|on|and|or|after|which|that|who|is|are|was|were|will|has|have|had)\b)[\w’'&.-]+\s+){0,5}?$"
)

_COMPOUND: Final = lazily(
    rf"^[\s-]++(?:(?!(?:including|excluding|before|during|until|per|if)\b|{LINKERS})[\w’'&-]++(?:\s[\s-]*+|$)){{0,3}}?$"
)

_COMPOUNDS: Final = frozenset(
    "buyback,deal value,fine,stake,dividend,premium,offering,charge,contract,investment,funding,settlement,loss,net loss,"
    "operating loss,profit,net income,price target,capex,tariff,job cuts,impairment,debt,loans,savings,ipo,orders,same-store sales,"
    "gross margin,operating margin,margin,interest rate,market share,cash,provisions,backlog,tax rate,revenue".split(
        ","
    )
)

_CLOSER: Final = lazily(r"\s+(?:of|at|was|were|is|rose|fell|to|by|grew|up|down)\s+.{0,14}")
_LAST_WORD: Final = lazily(r"[^\s(),;:\"“”]+$")
# money added to what stands behind it, or taken from it
_HANDED: Final = lazily(
    r"\b(?:(?P<down>wip\w+|eras\w+|shed(?:s|ding)?|lost|los(?:e|es|ing)|shav\w+|knock\w+|lopp?\w*|stripp?\w*|slash\w*|costs?|costing|tak(?:e|es|ing)|took|burn\w*)|"
    r"(?P<up>add(?:s|ed|ing)?|gain(?:s|ed|ing)?|tack\w*|restor\w+))\s(?:it |them |the \w+ |out |off |back |more |than |between |about |around |nearly |almost |roughly |some |up |to |as |much |over |a |another |further )*$"
)
_HANDED_OVER: Final = frozenset(
    "market value,revenue,profit,operating profit,net income,ebitda,gross profit,cash flow,free cash flow,debt,costs,savings,orders,backlog,bookings".split(
        ","
    )
)
_BUILT: Final = lazily(r"\s(?:expansion|upgrade|overhaul|extension|modernisation|modernization) of\b")
_TIGHT: Final = frozenset({" ", "-", " in "})
_TURN: Final = lazily(r"\b(?:but|while|although|despite|whereas)\b")

_SHARE_OF: Final = lazily(r"^\s+of\s+(?:[\w’'&.-]+\s+){0,4}?$")

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
    "gross margin,operating margin,margin,costs,operating expenses,r&d spending,capex,fuel costs,free cash flow,debt,fine,charge-offs,delinquencies,provisions".split(
        ","
    )
)

_PER_SHARE: Final = frozenset({"profit", "net income", "operating profit"})
_SHARER: Final = lazily(
    r"(?P<who>(?:[\w&’'-]+\s+){1,3}?)(?:(?:could|would|will|may|might|should|to|now|already|which|that)\s+)*(?:account\w*\s+for|ma(?:k|d)\w*\s+up|represent\w*|"
    r"contribut\w*|generat\w*|compris\w*|provid\w*|bring\w*\s+in|was|were|is|are)\s+(?:[\w-]+\s+){0,4}$"
)

_SEGMENT_WORD: Final = lazily(r"[a-z0-9][\w&’'.+/-]*")

_UNIT_AFTER: Final = lazily(
    r"^\s+(?:from|at|in|of|for|by)\s+(?:its|the|their)?\s*(?P<seg>(?:[\w&’'-]+\s+){1,3}?)(?:units?|division|business(?:es)?|segment|arm|operations)\b"
)

_PLACE_AFTER: Final = lazily(
    r"^\s+in\s+(?:the\s+)?(?P<place>china|greater china|europe|north america|latin america|asia(?:[- ]pacific)?|the u\.s\.|u\.s\.|united states|americas|japan|india|germany|britain|the uk|uk|brazil|africa|middle east)\b"
)

_LOSS_OF: Final = lazily(
    r"\b(?:to|a|the|its|extending|with)\s+(?:\w+\s+)?loss(?:es)? (?:of|to|at|was|were)?\s*(?:about\s|nearly\s|more than\s)?$"
)


_GOVERNED: Final = lazily(r"\s(?:for|on|of|in|from|at)\s(?:[\w'’-]+\s){0,4}")
_SOLD_FOR: Final = lazily(
    r"\b(?:sells?|sold|selling|buys?|bought|buying|acquires?|acquired|taken private|takes? private|(?:acquisition|purchase|takeover|sale) of)\b.{0,100}\bfor (?:about |around |up to |nearly |more than )?$"
)

_PAID_IN: Final = lazily(r" in (?:cash|stock|shares|an all-(?:cash|stock)|a cash)\b")


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
    before = _head_of(text, before, metrics, quantity)
    if (dear := ratio_of(text, quantity, end)) is not None:
        return dear
    if (
        quantity.unit is Unit.MONEY
        and _PAID_IN.match(text, quantity.end, end)
        and _SOLD_FOR.search(text, start, quantity.start)
    ):
        return Binding(metric="deal value", at=quantity.start)
    if after is not None and (found := _bind_after(text, quantity, after, before, start)):
        return found
    if (
        quantity.counted in _MEASURES
        and before is not None
        and before.name in _MEASURED
        and _near(text, before.end, quantity.start)
    ):
        return _bind_before(text, quantity, before, start, end)
    if (
        quantity.unit is Unit.MULTIPLE
        and after is not None
        and after.name == "ebitda"
        and text[quantity.end : after.start] == " "
    ):
        return moved(movement_of(text, quantity, start, start, end), metric="leverage", at=quantity.start)
    if quantity.unit in MONEYS and (found := handed_to_holders(text, quantity, start, end)):
        return found
    if quantity.unit is Unit.COUNT and not quantity.counted:
        done = _DONE.search(text, max(start, quantity.start - 40), quantity.start)
        if done is not None:
            return Binding(metric="production" if done["made"] else "deliveries", at=quantity.start)
    if quantity.counted and (found := _bind_counted(text, quantity, start, end)):
        return found
    price = bind_mention(text, quantity, before, mentions, start, end)
    if price is not None:
        return price
    if before is not None and quantity.unit in MONEYS and _SOLD_FOR.search(text[before.end : quantity.start]):
        return Binding(metric="deal value", at=quantity.start)
    if before is not None and _near(text, before.end, quantity.start):
        if (
            before.name == "costs"
            and quantity.scale in SMALL
            and PRICED.search(text, before.start, quantity.start)
        ):
            return moved(movement_of(text, quantity, before.end, start, end), metric="price", at=before.start)
        if (
            before.name == "loss"
            and quantity.unit is Unit.PERCENT
            and _LOSS_OF.search(text[max(start, before.start - 30) : quantity.start])
        ):
            index = next((m for m in metrics if m.name == "index" and m.end <= before.start), None)
            name, at = ("index", index.start) if index else ("share price", before.start)
            return Binding(metric=name, at=at, is_change=True, change=Direction.DOWN)
        return _bind_before(text, quantity, before, start, end)
    return bind_unit(text, quantity, start, end) or bind_phrase(text, quantity, mentions, start, end)


def segment_of(text: str, metric: Metric | Binding, start: int, mentions: tuple[Mention, ...]) -> str:
    """Return the part of the business named right before a metric ("cloud" in "cloud revenue")."""
    at = metric.start if isinstance(metric, Metric) else metric.at
    words: list[str] = []
    position = at
    while len(words) < 3:
        left = text[max(start, position - 40) : position].rstrip()
        match = _LAST_WORD.search(left)
        if match is None or text[position - 1 : position] not in (" ", "-", " "):
            break
        word = match.group()
        begin = max(start, position - 40) + match.start()
        if (
            not _SEGMENT_WORD.fullmatch(word)
            or word in SEGMENT_STOP
            or word.endswith(("'s", "’s", "s'", "s’", ".", "ly"))
        ):
            break
        if any(ch.isdigit() for ch in word[:1]) or MOVE.fullmatch(word) or _is_company(begin, mentions):
            break
        words.insert(0, word)
        position = begin
    return " ".join(words)


def _is_company(position: int, mentions: tuple[Mention, ...]) -> bool:
    return any(m.span.start <= position < m.span.end for m in mentions)


def _head_of(
    text: str, metric: Metric | None, metrics: tuple[Metric, ...], quantity: Quantity
) -> Metric | None:
    """Go from a metric to the one that governs it: "provisions for losses on loans" measures provisions."""
    while metric is not None:
        head = next((m for m in reversed(metrics) if m.end < metric.start), None)
        if (
            head is None
            or not _fits(head.name, quantity)
            or not _GOVERNED.fullmatch(text[head.end : metric.start])
        ):
            break
        metric = head
    return metric


def _fits(metric: str, quantity: Quantity) -> bool:
    """Tell whether a figure of this unit can measure this metric at all."""
    unit = quantity.unit
    if unit in _POINTS and metric in _SUMS:
        return False
    if unit in RATES or unit is Unit.MULTIPLE:
        return metric not in _ONLY_MONEY and not (metric == "eps" and unit is Unit.PERCENTAGE_POINTS)
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
    far = words + between.count(";") * 6 + between.count(":") * 3
    if far > 17 or far + 5 * (words + 1) <= 17:
        return far <= 17
    return far + len(_TURN.findall(between)) * 5 <= 17


def _bind_after(
    text: str, quantity: Quantity, after: Metric, before: Metric | None, start: int
) -> Binding | None:
    between = text[quantity.end : after.start]
    if len(between) > 70 or not _fits(after.name, quantity):
        return None
    if quantity.unit in MONEYS and _BUILT.match(between):
        return Binding(metric="investment", at=quantity.start)
    noun = _OF_CHANGE.match(between)
    if noun is None and _IN_METRIC.match(between):
        noun = _STEP_OF.search(text, max(start, quantity.start - 48), quantity.start)
    if noun is not None and quantity.unit is not Unit.COUNT:
        return Binding(metric=after.name, at=after.start, is_change=True, change=_way_of(noun["noun"]))
    if quantity.unit in RATES and _COMPOUND.match(between) and (step := _STEP_AFTER.match(text, after.end)):
        return Binding(metric=after.name, at=after.start, is_change=True, change=_way_of(step["noun"]))
    ratio = (
        before is not None
        and before.name in _OF_REVENUE
        and len(text[before.end : quantity.start].split()) <= 6
    )
    if quantity.unit is Unit.PERCENT and after.name in _SHARED and _SHARE_OF.match(between) and not ratio:
        who = _SHARER.search(text[max(start, quantity.start - 90) : quantity.start])
        segment = sharer_words(who["who"]) if who else ""
        whole = segment_of(text, after, start, ())
        return Binding(
            metric=f"share of {whole} {after.name}".replace("  ", " "), at=after.start, segment=segment
        )
    if _OF_METRIC.match(between) and quantity.unit not in RATES:
        handed = _HANDED.search(text, max(start, quantity.start - 48), quantity.start)
        if handed is not None and quantity.unit in MONEYS and after.name in _HANDED_OVER:
            way = Direction(handed.lastgroup or "up")
            return Binding(metric=after.name, at=after.start, is_change=True, change=way)
        return Binding(metric=after.name, at=after.start)
    beside = between in _TIGHT and after.name in HOLDERS and quantity.unit in MONEYS
    if not beside and (after.name not in _COMPOUNDS or not _COMPOUND.match(between)):
        return None
    closer = before is not None and _CLOSER.fullmatch(text[before.end : quantity.start])
    return None if closer else Binding(metric=after.name, at=after.start)


def _way_of(noun: str) -> Direction:
    move = MOVE.search(noun)
    return move_direction(move) if move else noun_direction(noun)


def _bind_counted(text: str, quantity: Quantity, start: int, end: int) -> Binding | None:
    around = text[max(start, quantity.start - 60) : min(end, quantity.end + 60)]
    vehicles = quantity.counted in _GOODS
    if _RECALLED.search(around) and vehicles:
        return Binding(metric="recalled units", at=quantity.start)
    metric = _COUNTED.get(quantity.counted, "")
    if metric == "jobs" and are_dead(text, quantity, start, end):
        return Binding(metric="deaths", at=quantity.start)
    move = counted_deed(text, quantity, start, opened=metric in {"stores", "jobs"}) or movement_of(
        text, quantity, max(start, quantity.start - 60), start, end
    )
    if metric == "jobs" and _ECONOMY.search(around):
        return moved(move, metric="payrolls", at=quantity.start)
    if quantity.counted == "people" and _USING.match(text, quantity.end, end):
        return moved(move, metric="users", at=quantity.start)
    if metric == "jobs" and not _EMPLOYED.search(around):
        return Binding(metric=quantity.counted, at=quantity.start)
    if metric == "jobs" and are_there(text, quantity, start):
        return Binding(metric="jobs", at=quantity.start)
    if metric == "jobs" and _CUTTING.search(around):
        return Binding(metric="job cuts", at=quantity.start, change=Direction.DOWN)
    if metric == "shares" and _HELD_SHARES.search(around):
        return Binding(metric="stake", at=quantity.start)
    if vehicles or metric == "orders":
        if _DELIVERED.search(around):
            return moved(move, metric="deliveries", at=quantity.start)
        if _MADE.search(around):
            return moved(move, metric="production", at=quantity.start)
    return moved(move, metric=metric or quantity.counted, at=quantity.start)


def _bind_before(text: str, quantity: Quantity, before: Metric, start: int, end: int) -> Binding:
    name = before.name
    if name == "market value" and DEALING.search(text[start:end]):
        name = "deal value"
    if name in {"contract", "settlement"} and moves_between(text, start, end, before.end, quantity.start):
        name = "commodity price"
    if quantity.unit is Unit.MONEY_PER_SHARE and name in {"profit", "net income", "operating profit"}:
        name = "eps"
    if name in _PER_SHARE and quantity.unit is Unit.MONEY and quantity.scale in SMALL and quantity.value < 50:
        name = "eps"
    after_unit = _UNIT_AFTER.match(text[before.end : min(end, before.end + 60)])
    place = _PLACE_AFTER.match(text[before.end : min(end, before.end + 40)])
    segment = (
        sharer_words(after_unit["seg"]) if after_unit else place["place"].replace("the ", "") if place else ""
    )
    return moved(
        movement_of(text, quantity, before.end, start, end), metric=name, at=before.start, segment=segment
    )
