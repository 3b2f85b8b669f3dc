"""What a figure measures by its unit and the words beside it, where no metric of the field stands near."""

from __future__ import annotations

from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Unit
from readthrough.reading.bound import MONEYS, Binding
from readthrough.reading.lexicon import words_in
from readthrough.reading.movement import Movement, movement_of
from readthrough.reading.noun_words import SPENT_FORMS
from readthrough.reading.numbers import Quantity

__all__ = ["DEALING", "PRICED", "SMALL", "bind_unit", "handed_to_holders", "moved", "ratio_of"]

_EARNED: Final = lazily(r"\bearn(?:s|ed|ing|ings)?\b|\bprofit\b|\bexcluding items\b|\badjusted\b")
_RATIO: Final = lazily(
    r"\s(?:(?:estimated|forward|trailing|expected|projected|annual|price to|this year['’]s|next year['’]s)\s){0,2}(?P<of>earnings|profits?|book|sales|revenue)\b"
)
_OFFERED: Final = lazily(r"\b(?:offer|bid|pay|buy|acquire|cash)\b")
_TO_HOLDERS: Final = lazily(
    r"\b(?:holders|shareholders)\b.{0,24}\b(?:receive|get|paid)|\bpay (?:share)?holders\b"
)
# "group shares lose $27 billion": of their worth
_VALUE_MOVED: Final = lazily(
    r"\b(?:shares|stocks?)\s(?:have |had )?(?:(?:lose|loses|lost|shed|sheds)|(?P<up>add|adds|added|gain|gained))\s(?:about |nearly |almost |some |more than |as much as |up to )*$"
)
_FOR_SERVICES: Final = lazily(
    r"\s(?:in total |a year |over \w+ years )?for (?:[\w-]+ ){0,3}?(?:cloud|computing|compute|servers?|capacity|chips|jets|planes|aircraft|trains|turbines|power|software|services)\b"
)
_FINED: Final = lazily(r"\b(?:fined|ordered to pay|agreed to pay|penalty)\b")
_BOUGHT: Final = lazily(r"\b(?:acquir\w+|buy(?:s|ing)?|bought|takeover|purchas\w+|sell its|sold its)\b")
SMALL: Final = frozenset({"", "pence", "cents", "cent", "thousand"})
_EQUITY: Final = frozenset({"shares", "stock", "equity"})
# what is asked of a buyer for one thing, a month of it or all of it
PRICED: Final = lazily(
    r"\b(?:costs?|costing|(?:start|pric|sell|sold|retail|list)(?:s|ed|ing)? (?:at|for|from)|(?:goes|went|going|go) (?:up )?(?:to|for|on sale for)|available (?:for|at|from)|charg(?:es?|ed|ing)(?: you| customers| users)?)\s"
    r"(?:about |around |just |only |up |to |an extra |as much as |as little as |from |at )*$"
)
_ISSUED: Final = lazily(
    r"\b(?:sold|sells?|selling|issu(?:e|es|ed|ing)|pric(?:ed|es|ing)|place[ds]?|placing|rais(?:e|es|ed|ing)|offer(?:s|ed|ing)?)\s(?:about |around |nearly |more than |up to |a further |another |as much as |roughly )*$"
)
_PAPER: Final = lazily(
    r"\s(?:\([^)]{1,20}\)\s)?(?:of|in|worth of)\s(?:(?:new|senior|junior|unsecured|secured|junk|green|hybrid|convertible|preferred|common|ordinary|its|five-year|10-year|ten-year)\s)*(?P<paper>notes|bonds|debt|shares|stock|equity|debentures)\b"
)
_RAISED: Final = lazily(
    r"\brais(?:e|es|ed|ing)\s(?:about |around |nearly |more than |up to |a further |another |as much as |roughly |some |at least )*$"
)
_TO_SPEND: Final = lazily(
    r"\W*$|\W*(?:to [a-z]+|from|through|via|at a|for its|in (?:a|an|its|new|fresh|the|equity|debt))\b"
)
_OF_GOODS: Final = lazily(r"\s(?:in|of|worth of)\s(?!cash|stock|new|total|its|the)[a-z]+\s?[a-z]")
_OWN_STOCK: Final = lazily(r"\s(?:on|of|worth of)\s(?:its|their) own (?:stock|shares)\b")
_PAYS_OUT: Final = lazily(
    r"\b(?:pay(?:s|ing)? out|paid out|distribut\w+)\s(?:at least |about |around |up to |another |a further )*$"
)
_DONE_WITH: Final = lazily(
    r"\s(?:has|have|had|is|was|were|will|would|to)\s(?:also |already |now )?(?:been |be |being )?(?P<verb>[a-z]+ed|spent|paid|put|lent|lost)\b"
)
_PER_GOOD: Final = lazily(
    r"\s(?:a|an|per)\s(?:metric )?(?P<good>barrel|tonne|ton|ounce|bushel|gallon|mmbtu|megawatt[- ]hour)\b"
)
# "the unit lost $10 billion": its result; what holders lost is no company's
_LOST: Final = lazily(
    r"(?<!has )(?<!have )\b(?:lost|loses)\s(?:about |around |nearly |more than |almost |some |roughly |a record |another |as much as )*$"
)
_OTHERS_LOST: Final = lazily(
    r"\b(?:investors|shareholders|holders|traders|shares|stocks?|markets?|clients|customers|people|they|who|funds?)\b[^,;.]{0,30}$"
)
_OF_VALUE: Final = lazily(
    r"\s(?:in|of|off|from)\s(?:its |their |the |combined |total )*(?:(?:stock[- ])?market|value|valuation|capitali[sz]ation|sales|revenue|orders|business|deposits|assets|output|production)\b"
)
_SPENT: Final = lazily(r"\binvest(?:s|ed|ing)?\b|\bspend(?:s|ing)?\b|\bspent\b")
_RATES: Final = lazily(r"\brates?\b|\b(?:fed|ecb|boe|central bank)\b")
DEALING: Final = lazily(
    r"\b(?:to (?:sell|buy|acquire|purchase|take over)|acquir(?:e|es|ed|ing)|agreement to|selling its|buying|bought|sold its)\b"
)
_HOLDS: Final = lazily(
    r"\b(?:holds?|owns?|held|owned|controls?|controlling|owning|holding)\s(?:about\s|around\s|nearly\s|roughly\s|more than\s|a\s|some\s)?$"
)
_ABOVE_CLOSE: Final = lazily(
    r"\s(?:above|over|more than|higher than)\s(?:where|the (?:last |closing |undisturbed )|friday|monday|tuesday|wednesday|thursday|its (?:last |closing ))"
)


def ratio_of(text: str, quantity: Quantity, end: int) -> Binding | None:
    """Read "31 times estimated earnings" and "twenty times book" as how dear shares are."""
    ratio = _RATIO.match(text, quantity.end, end) if quantity.unit is Unit.MULTIPLE else None
    if ratio is None:
        return None
    of = {"book": "book", "sales": "sales", "revenue": "sales"}.get(ratio["of"], "earnings")
    return Binding(metric=f"price to {of}", at=quantity.start)


def handed_to_holders(text: str, quantity: Quantity, start: int, end: int) -> Binding | None:
    """Read "pay out at least 64 cents a share" and "spend up to 3 billion euros on its own stock"."""
    if _OWN_STOCK.match(text, quantity.end, end):
        return Binding(metric="buyback", at=quantity.start)
    lead = text[max(start, quantity.start - 40) : quantity.start]
    if quantity.unit is Unit.MONEY_PER_SHARE and _PAYS_OUT.search(lead):
        return Binding(metric="dividend", at=quantity.start)
    return None


def bind_unit(text: str, quantity: Quantity, start: int, end: int) -> Binding | None:
    around = text[max(start, quantity.start - 50) : min(end, quantity.end + 40)]
    tail = text[quantity.end : min(end, quantity.end + 40)]
    if quantity.unit is Unit.MONEY_PER_SHARE and _LOST.search(
        text, max(start, quantity.start - 40), quantity.start
    ):
        return Binding(metric="loss", at=quantity.start)
    if quantity.unit is Unit.MONEY_PER_SHARE and _EARNED.search(around):
        return Binding(metric="eps", at=quantity.start)
    if quantity.unit is Unit.MONEY_PER_SHARE and _OFFERED.search(around):
        return Binding(metric="deal value", at=quantity.start)
    if (
        quantity.unit in MONEYS
        and text[max(start, quantity.start - 5) : quantity.start].endswith("for ")
        and DEALING.search(text[start:end])
    ):
        return Binding(metric="deal value", at=quantity.start)
    if quantity.unit is Unit.PERCENT and _HOLDS.search(
        text[max(start, quantity.start - 30) : quantity.start]
    ):
        return Binding(metric="stake", at=quantity.start)
    good = _PER_GOOD.match(tail) if quantity.unit in MONEYS else None
    if good is not None:
        name = "oil price" if good["good"] == "barrel" else "commodity price"
        if good["good"] == "ounce" and "gold" in words_in(text, start, end):
            name = "gold price"
        return moved(movement_of(text, quantity, start, start, end), metric=name, at=quantity.start)
    lead = text[max(start, quantity.start - 50) : quantity.start]
    if quantity.unit is Unit.MONEY and quantity.scale in SMALL and PRICED.search(lead):
        return moved(movement_of(text, quantity, start, start, end), metric="price", at=quantity.start)
    if quantity.unit in MONEYS and (paper := _PAPER.match(tail)) and _ISSUED.search(lead):
        kind = "share" if paper["paper"] in _EQUITY else "debt"
        return Binding(metric="offering", at=quantity.start, segment=kind)
    if quantity.unit in MONEYS and _RAISED.search(lead) and _TO_SPEND.match(tail):
        return Binding(metric="funding", at=quantity.start)
    if quantity.unit in MONEYS and (done := _DONE_WITH.match(tail)) and done["verb"] in SPENT_FORMS:
        return Binding(metric=SPENT_FORMS[done["verb"]], at=quantity.start)
    if quantity.unit in MONEYS and _TO_HOLDERS.search(around):
        return Binding(metric="dividend", at=quantity.start)
    if (
        quantity.unit is Unit.PERCENT
        and _ABOVE_CLOSE.match(tail)
        and DEALING.search(text[start:end] + " " + tail)
    ):
        return Binding(metric="premium", at=quantity.start)
    if quantity.unit is Unit.MONEY and quantity.scale not in SMALL and (worth := _VALUE_MOVED.search(lead)):
        way = Direction.UP if worth["up"] else Direction.DOWN
        return Binding(metric="market value", at=quantity.start, is_change=True, change=way)
    if (
        quantity.unit is Unit.MONEY
        and quantity.scale not in SMALL
        and (lost := _LOST.search(lead))
        and not _OTHERS_LOST.search(lead[: lost.start()])
        and not _OF_VALUE.match(tail)
    ):
        return Binding(metric="loss", at=quantity.start)
    if quantity.unit in MONEYS and _FOR_SERVICES.match(tail):
        return Binding(metric="contract", at=quantity.start)
    if quantity.unit in MONEYS and _FINED.search(around):
        return Binding(metric="fine", at=quantity.start)
    if quantity.unit in MONEYS and _BOUGHT.search(around) and not _OF_GOODS.match(tail):
        return Binding(metric="deal value", at=quantity.start)
    if quantity.unit in MONEYS and _SPENT.search(around):
        return Binding(metric="investment", at=quantity.start)
    if quantity.unit is Unit.BASIS_POINTS and _RATES.search(text[start:end]):
        return moved(
            movement_of(text, quantity, start, start, end), metric="interest rate", at=quantity.start
        )
    return None


def moved(movement: Movement, *, metric: str, at: int, segment: str = "") -> Binding:
    return Binding(
        metric=metric, at=at, segment=segment, is_change=movement.is_change, change=movement.change
    )
