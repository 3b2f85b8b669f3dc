"""What a figure measures where the deed of its clause tells it: a bank hikes, a nation grows, a unit is sold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Unit
from readthrough.reading.bound import MONEYS, Binding
from readthrough.reading.fact_scene import Scene
from readthrough.reading.metrics import find_metrics
from readthrough.reading.numbers import Quantity

__all__ = ["told_by_deeds"]

_AS_SUCH: Final = frozenset({"unspecified", "share price"})  # what is bound for want of better
_NEAR: Final = 90  # code points ahead of a figure in which its deed is looked for
_HIKED: Final = lazily(
    r"\b(?:(?P<up>hik(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|lift(?:s|ed|ing)?|tighten(?:s|ed|ing)?)|(?P<down>cut(?:s|ting)?|lower(?:s|ed|ing)?|eas(?:e[sd]?|ing)|trim(?:s|med)?|slash(?:es|ed)?)|go|goes|move[sd]?)\b[^,;]*$"
)
_OPENS: Final = 4  # code points ahead of what a sentence opens with: an article
_LANDS: Final = ("nation", "country", "economy", "economies", "euro zone", "eurozone")
_SOLD: Final = lazily(
    r"\b(?:s(?:old|ells?|elling)|divest(?:s|ed|ing)?|offload(?:s|ed|ing)?|disposed? of)\s(?:[\w’'&-]+\s){1,6}?"
    r"(?:unit|business|businesses|division|arm|subsidiary|operations?|assets|plants?|factory|stores|brands?|headquarters|buildings?|property|properties|portfolio|mines?|refinery|fields?)\s"
    r"(?:(?!for\b)[\w’'&.-]+\s){0,6}?for\s(?:about\s|around\s|nearly\s|some\s|more than\s|over\s|up to\s|as much as\s|an estimated\s)?$"
)
_HAS: Final = lazily(
    r"\b(?:has|have|had|holds?|held|holding|keeps?|kept)\s(?:about\s|around\s|nearly\s|some\s|more than\s|over\s|just\s|only\s)?$"
)
_GROWING: Final = lazily(r"\b(?:growing|expanding)\s(?:its|their|total|the|net|overall)\s(?:[\w-]+\s){0,3}$")
_ONE_SHARE: Final = lazily(r"\b(?:the|its)\sshare\s(?:is\s|was\s|still\s|now\s)?(?:up|down|off)\s[^,;]*$")


def told_by_deeds(scene: Scene, quantity: Quantity, binding: Binding | None) -> Binding | None:
    """Correct what a figure was bound to for want of better, by the deed of its clause.

    Args:
        scene: Its sentence.
        quantity: The figure.
        binding: What the words beside it tell; None where they tell nothing.
    """
    if binding is None:
        return None
    ahead = scene.lowered[max(scene.sentence.span.start, quantity.start - _NEAR) : quantity.start]
    if binding.metric in _AS_SUCH:
        told = next((told for rule in _RULES if (told := rule(scene, quantity, binding, ahead))), None)
        if told is not None:
            return told
    if told := next((told for rule in _ANYWAY if (told := rule(scene, quantity, binding, ahead))), None):
        return told
    if binding.is_change and binding.metric.endswith(_LANDS) and quantity.unit is Unit.PERCENT:
        return replace(binding, metric="gdp")
    if binding.change is None and quantity.unit is Unit.PERCENT and ahead.endswith(" by "):
        grown = scene.lowered[max(scene.sentence.span.start, binding.at - _NEAR) : binding.at]
        if _GROWING.search(grown):
            return replace(binding, is_change=True, change=Direction.UP)
    return binding


def _of_a_bank(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "the RBI hiked by just 50 basis points": no share moves by basis points."""
    if quantity.unit is not Unit.BASIS_POINTS or (hiked := _HIKED.search(ahead)) is None:
        return None
    change = Direction.UP if hiked["up"] else Direction.DOWN if hiked["down"] else binding.change
    return replace(binding, metric="interest rate", is_change=True, change=change)


def _of_an_index(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "the CSI 300, the worst of the year, falling 27%": nobody's shares are named."""
    if binding.metric != "share price" or not binding.is_change or scene.mentions:
        return None
    first = next(iter(scene.metrics), None)
    if first is None or first.name != "index" or first.start - scene.sentence.span.start > _OPENS:
        return None
    return replace(binding, metric="index", at=first.start)


def _of_a_share(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "with the share down almost 50%"."""
    if quantity.unit is not Unit.PERCENT or binding.metric == "share price" or not _ONE_SHARE.search(ahead):
        return None
    return replace(binding, metric="share price")


def _of_a_sale(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "sold the unit for 30 million pounds"."""
    return replace(binding, metric="deal value") if quantity.unit in MONEYS and _SOLD.search(ahead) else None


def _of_a_holder(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "has 43 percent of Puma", where whom it is of is linked."""
    if quantity.unit is not Unit.PERCENT or binding.is_change or not _HAS.search(ahead):
        return None
    after = next((m for m in scene.mentions if m.span.start >= quantity.end), None)
    if after is None or scene.lowered[quantity.end : after.span.start] != " of ":
        return None
    if scene.lowered.startswith(("'s", "’s"), after.span.end):
        return None  # "43 percent of Puma's sales"
    return replace(binding, metric="stake")


_SAYS: Final = lazily(
    r"(?:\s(?:of|among)\s(?:(?:the|those|all|its|u\.s\.)\s)?(?:[\w-]+\s){0,5}?)?\s?(?:said|says?|believed?|believes|think|thinks|thought|want|wanted|prefer|preferred|intend|intended|disagreed?|agreed?|"
    r"favou?red|favou?r|foresee|foresaw|answered|responded|felt|feel|replied|picked|voted|expect(?:ed)?(?! to (?:rise|fall|grow|come|be))|would (?:buy|sell|vote|prefer|use|pay))\b"
)
_OF_THEM: Final = lazily(r"\b(?:survey\w*|poll\w*|respondents?|conference attendees|questionnaire)\b")
_PEOPLE: Final = lazily(
    r"\s(?:of|among)\s(?:the |those |all |its )?(?:[\w.-]+ ){0,3}?(?:respondents|people|consumers|adults|investors|voters|users|customers|members|workers|employees|americans|shoppers|managers|economists|analysts|those|them|participants|executives|companies|drivers|women|men|millennials|owners)\b"
)


def _of_answers(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "25 percent said the best would be credit": how many of those asked said so."""
    if quantity.unit is not Unit.PERCENT or binding.metric != "unspecified":
        return None
    end = scene.sentence.span.end
    if _SAYS.match(scene.lowered, quantity.end, end) is None:
        return None
    asked = _OF_THEM.search(scene.lowered, 0, end) or _PEOPLE.match(scene.lowered, quantity.end, end)
    return Binding(metric="share of respondents", at=quantity.start) if asked else None


_TRADES: Final = lazily(
    r"\b(?:clos|end|finish|open|trad)(?:e|es|s|ed|ing)\s(?:the (?:day|week|session) )?(?:up|down|higher|lower|off)\s"
    r"(?:by |about |around |nearly |almost |roughly |more than |over |as much as |just |only |another |some )*$"
)


def _of_a_close(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "after closing down 7.6% on Friday": what closes or opens so is a price."""
    if quantity.unit is not Unit.PERCENT or binding.metric != "unspecified" or scene.subject is None:
        return None
    return replace(binding, metric="share price") if _TRADES.search(ahead) else None


_AGAINST_MONEY: Final = lazily(
    r"(?:\s[\w-]+){0,2}\s(?:against|versus) (?:the |a basket of )?(?:u\.s\. |us )?(?:dollar|euro|yen|pound|greenback|yuan|currenc)"
)


def _of_money(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "a 2 percent rally against the dollar"."""
    if quantity.unit is not Unit.PERCENT or not binding.is_change:
        return None
    if _AGAINST_MONEY.match(scene.lowered, quantity.end, scene.sentence.span.end) is None:
        return None
    return replace(binding, metric="exchange rate")


_BOUGHT_BY: Final = lazily(
    r"\b(?:acquired|bought|taken over|taken private|purchased|snapped up) (?:by|from) [^,;]{2,60}\bfor (?:about |around |nearly |almost |some |more than |over |up to |roughly |as much as )*$"
)


def _of_a_buyer(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "acquired by Nike last year for nearly $26 billion"."""
    if quantity.unit not in MONEYS or not _BOUGHT_BY.search(ahead):
        return None
    return Binding(metric="deal value", at=quantity.start)


_FLOAT: Final = lazily(
    r"\s(?:of|in) (?:its|the|their) (?:free |public )?(?:float|shares outstanding|outstanding shares)\b"
)
_SHORT: Final = lazily(r"\bshort(?:ed)?\b")
_TURNOVER: Final = lazily(
    r"\b(?:value|worth) of [^,;.]{0,40}(?:shares|stock) traded\b|\b(?:shares|stock) (?:traded|changing hands)\b[^,;.]{0,40}\bworth\b"
)
_BROKEN: Final = lazily(r"\b(?:breaks?|broke|breaking)\s(?:through |above |below |under )?$")


def _of_a_float(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "has 62% of its free float held short", "the value of shares traded was $2.8 billion", "if it breaks $35"."""
    span = scene.sentence.span
    if quantity.unit is Unit.PERCENT and binding.metric == "unspecified":
        short = _FLOAT.match(scene.lowered, quantity.end, span.end) and _SHORT.search(
            scene.lowered, span.start, span.end
        )
        return replace(binding, metric="short interest") if short else None
    if quantity.unit is not Unit.MONEY or binding.metric not in {"unspecified", "total value", "value"}:
        return None
    if quantity.scale == "" and scene.subject is not None and _BROKEN.search(ahead):
        return replace(binding, metric="share price")
    return replace(binding, metric="trading value") if quantity.scale and _TURNOVER.search(ahead) else None


_CHANGES_HANDS: Final = lazily(
    r"\b(?:trad(?:es?|ed|ing)|chang(?:es?|ed|ing) hands|worth(?: just| only| about)?)(?: down| up| now| today)*(?: (?:at|for|around|near|to|above|below|just|about|only|a|over|under))*\s$"
)


def _of_each_share(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "is trading for $137 per share"."""
    if quantity.unit is not Unit.MONEY_PER_SHARE or binding.metric != "unspecified":
        return None
    return replace(binding, metric="share price") if _CHANGES_HANDS.search(ahead) else None


_ON_WHAT: Final = lazily(
    r"\s(?:of (?:its )?cash )?(?:on|for|towards?) (?:its |their |the |share |stock )*(?P<what>buy-?backs?|repurchases?|dividends?|capital (?:expenditures?|projects)|capex|r&d|research and development|marketing|advertising|acquisitions)\b"
)
_SPENT_ON: Final = {"d": "dividend", "c": "capex", "r": "r&d spending", "b": "buyback"}


def _of_spending(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "will spend $800 billion on buybacks and $500 billion on dividends"."""
    if quantity.unit not in MONEYS or binding.metric not in {
        "investment",
        "unspecified",
        "buyback",
        "dividend",
    }:
        return None
    on = _ON_WHAT.match(scene.lowered, quantity.end, scene.sentence.span.end)
    if on is None:
        return None
    what = on["what"]
    name = "buyback" if what.startswith("repurchase") else _SPENT_ON.get(what[0])
    return None if name is None or what.startswith("acq") else replace(binding, metric=name)


_OF_WORTH: Final = lazily(
    r"\s(?:in|of|off)\s(?:its |their |the |combined |total )*(?:market |stock market |shareholder )?(?:value|cap|capitali[sz]ation|valuation)\b"
)
_GONE: Final = lazily(
    r"\b(?:(?P<down>wip(?:e|ed|es|ing)(?: out| off)?|eras(?:e|ed|es|ing)|shed(?:s|ding)?|lost|los(?:e|es|ing)|shav(?:e|ed|es|ing)(?: off)?|destroy(?:s|ed|ing)?|vapori[sz](?:es?|ed|ing)|evaporat\w+)|"
    r"(?P<up>add(?:s|ed|ing)?|gain(?:s|ed|ing)?))\s(?:about |around |nearly |almost |some |more than |over |up to |as much as |roughly |another |a |an |combined |total |staggering |whopping |record |further |estimated |out |off )*$"
)


def _of_worth(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "lost a combined $400 billion in market cap" and "to wipe out $65 billion of value"."""
    if quantity.unit is not Unit.MONEY or quantity.scale in {"", "cents", "pence"}:
        return None
    if binding.metric not in {"market value", "value", "unspecified", "loss"}:
        return None
    gone = _GONE.search(ahead)
    if gone is None or _OF_WORTH.match(scene.lowered, quantity.end, scene.sentence.span.end) is None:
        return None
    way = Direction(gone.lastgroup or "down")
    return replace(binding, metric="market value", is_change=True, change=way)


_SOLD_LESS: Final = lazily(
    r"\b(?:sold|sells?|selling|shipped|ships?|delivered|delivers?)\s(?:about |around |nearly )?$"
)
_LESS: Final = lazily(
    r"\s(?:fewer|more)\s(?!(?:than|between|in|at|on|for|to|during|over|as|last|this|and|or|but)\b)[a-z]"
)


def _of_goods(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "sold 5.2% fewer trucks"."""
    if quantity.unit is not Unit.PERCENT or not binding.is_change or not _SOLD_LESS.search(ahead):
        return None
    less = _LESS.match(scene.lowered, quantity.end, scene.sentence.span.end)
    return replace(binding, metric="deliveries") if less else None


_TAKEN: Final = lazily(
    r"\scut (?:of|on|from) (?:(?!jobs|staff|output)[\w’'-]+ ){0,3}?(?:revenues?|sales|proceeds|purchases|transactions?|subscriptions?|payments?|profits?|bookings|fares?|rides?)\b"
)
_TAKES: Final = lazily(
    r"(?:['’]s|\b(?:its|their|a|an|the|takes?|taking|took|charges?|keeps?|pays?))\s(?:a |an |about |standard |usual )*$"
)


def _of_a_cut(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "its 30% cut of subscription revenue": what is taken of it, and no fall."""
    if quantity.unit is not Unit.PERCENT or not _TAKES.search(ahead):
        return None
    taken = _TAKEN.match(scene.lowered, quantity.end, scene.sentence.span.end)
    return Binding(metric="commission", at=quantity.start) if taken else None


_VALUED: Final = lazily(
    r"\bvalu(?:ed|ing|es) (?:(?:it|them|the (?:company|firm|group|startup|business)) )?at (?:as much as |more than |about |around |nearly |up to |over |roughly |at least |an estimated )*$"
)
_UPSIDE: Final = lazily(r"\s(?P<what>upside|downside)\b")
_NEAR_CLOSE: Final = lazily(
    r"\s(?:(?P<down>below|under|beneath)|(?P<up>above|over)) (?:the|its|their|\w+day['’]s|last \w+['’]s) (?:(?:last|previous|prior|closing|\w+day['’]s) )*(?:close|closing price|close price)\b"
)
_TRADED_AS: Final = lazily(
    r"\btrad(?:ed|ing|es) (?:as (?:(?P<down>low)|(?P<up>high)) as|around|near|below|above|at)\s$"
)
_MARKET_WHICH: Final = lazily(
    r"\b(?:the |wider |broader |overall )(?:stock )?market,? (?:which|that) (?:is|was|are|has|had|have)\b[^,;.]{0,40}$"
)


def _of_a_level(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "valued at $120 billion in an IPO", "traded as low as $148", "3.8% below the close", "14.9% upside"."""
    end = scene.sentence.span.end
    if quantity.unit is Unit.MONEY:
        if quantity.scale and binding.metric in {"ipo", "unspecified"} and _VALUED.search(ahead):
            return Binding(metric="market value", at=quantity.start)
        traded = _TRADED_AS.search(ahead) if binding.metric == "unspecified" and not quantity.scale else None
        if traded is None or scene.subject is None:
            return None
        change = Direction(traded.lastgroup) if traded.lastgroup else binding.change
        return replace(binding, metric="share price", change=change)
    if quantity.unit is not Unit.PERCENT:
        return None
    if upside := _UPSIDE.match(scene.lowered, quantity.end, end):
        return replace(binding, metric=upside["what"], is_change=False, change=None)
    if binding.metric in _AS_SUCH and (near := _NEAR_CLOSE.match(scene.lowered, quantity.end, end)):
        return replace(
            binding, metric="share price", is_change=True, change=Direction(near.lastgroup or "up")
        )
    if binding.metric in _AS_SUCH and binding.is_change and _MARKET_WHICH.search(ahead):
        return replace(binding, metric="index", at=quantity.start)
    return None


_ANYWAY: Final[tuple[Callable[[Scene, Quantity, Binding, str], Binding | None], ...]] = (
    _of_a_level,
    _of_a_float,
    _of_spending,
    _of_worth,
    _of_goods,
    _of_a_cut,
)
_TURNED: Final = lazily(
    r"\b(?:increas|rais|boost|lift|expand|reduc|cut|lower|trim|slash)(?:e|es|ed|s|ing|ting|med|ming)?\s(?:by\s)?(?:about |around |nearly |as much as |up to |another |at least )*$"
)
_OBJECT: Final = lazily(
    r"\s(?:the|its|their)\s(?:(?:total |overall )?(?:number|amount|size|volume)\sof\s)?(?P<what>(?:(?!of\b|in\b|for\b|it\b|to\b|from\b|by\b|at\b|and\b)[a-z-]+ ??){1,3}?)(?=\s(?:of|in|for|it|they|that|to|from|by|at|and|this|next)\b|[,.;]|$)"
)


def _of_an_object(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "will increase by 20 percent the number of workers it hires": what is turned stands behind."""
    if quantity.unit is not Unit.PERCENT or not binding.is_change or not _TURNED.search(ahead):
        return None
    thing = _OBJECT.match(scene.lowered, quantity.end, scene.sentence.span.end)
    if thing is None:
        return None
    known = find_metrics(scene.lowered, *thing.span("what"))
    words = thing["what"].strip()
    name = known[-1].name if known else "jobs" if words in _HANDS else words
    return replace(binding, metric=name, at=quantity.start)


_HANDS: Final = frozenset("workers employees staff people".split())
_RULES: Final[tuple[Callable[[Scene, Quantity, Binding, str], Binding | None], ...]] = (
    _of_a_bank,
    _of_an_object,
    _of_an_index,
    _of_a_share,
    _of_a_sale,
    _of_a_holder,
    _of_answers,
    _of_a_close,
    _of_money,
    _of_a_buyer,
    _of_each_share,
)
