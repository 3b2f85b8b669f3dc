"""Whose figure it is: an owner beside the metric, else the subject of the sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Fact, Mention
from readthrough.domain.security import IssuerId
from readthrough.reading import cues
from readthrough.reading.bound import Binding
from readthrough.reading.fact_scene import Scene
from readthrough.reading.numbers import Quantity
from readthrough.reading.subjects import THE_SHARES, opens_paragraph
from readthrough.universe.master import Universe

__all__ = ["Deal", "deal_of", "macro_subject", "owner_of", "stranger", "to_targets"]

_NO_SUBJECT: Final = frozenset(
    "inflation,unemployment rate,payrolls,gdp,interest rate,bond yield,index,oil price,gold price,commodity price,"
    "exchange rate,retail sales,house prices,tariff".split(",")
)

_NAME_BEFORE: Final = lazily(r"(?<![\w.-])(?P<name>[A-Z][\w&.-]+(?: [A-Z][\w&.-]+){0,3})(?:['’]s?)? $")
_NAME_AFTER: Final = lazily(r"[Ss](?:hares|tock) (?:of|in) (?P<name>[A-Z][\w&.-]+(?: [A-Z][\w&.-]+){0,3})")
# a clause of its own behind another's: "; Zorblax rose 6.3%"
_MOVER: Final = lazily(
    r"(?:[;,]|\b(?:and|while|but|as|whereas))\s(?P<name>[A-Z][\w&.’'-]+(?: (?:of |and |& )?[A-Z][\w&.’'-]+){0,3}) "
    r"(?:rose|fell|gained|lost|added|shed|jumped|dropped|slid|slipped|climbed|advanced|declined|tumbled|surged|soared|plunged|sank|rallied|was (?:up|down)|is (?:up|down))"
    r"(?: (?:by|about|nearly|almost|around|as much as|more than|over|another|a further))* $"
)
_NAME_HERE: Final = lazily(
    r"(?P<name>[A-Z][\w&.-]+(?: [A-Z][\w&.-]+){0,3})(?= [a-z]|, (?:the|an?|whose|maker|owner) )"
)
_METRIC_OF: Final = lazily(
    r"\s*(?:shares?|stock|profit|revenue|sales|earnings|net income|stake|units?|\s|price|target)*(?:\s*(?:of|in|at|for|on)\s+(?:the\s+)?)"
)
_PARTS: Final = lazily(r";|\.\s|\b(?:after|from|against|with|by|over)\b")
_NO_NAME: Final = frozenset(
    "shares stock stocks share it they he she scrip adrs ads down up off investors rivals peers that this each the its their his her our these those both most other some many all asian european american chinese japanese indian german french "
    "british australian canadian swiss italian spanish dutch korean brazilian mexican russian taiwanese singapore u.s. us uk hong tokyo london new york frankfurt paris amsterdam shanghai nasdaq nyse class series common preferred ordinary "
    "bank banks tech technology chip energy oil airline retail mining auto premarket after-hours early late monday tuesday wednesday "
    "thursday friday but and while although yet still however meanwhile wall street january february march april may june july august "
    "september october november december since then so last over if when as after before in on at of for with by from a an h-shares adr american".split()
)
_MOVE_FOR: Final = lazily(
    r"\s(?:gain|loss|rise|fall|drop|decline|increase|slide|jump)\s(?:for|in|by|at)\s(?:the\s|rival\s)?"
)

# "a 3% increase at SAP", "$3 billion at SAP"
_AT_AFTER: Final = lazily(
    r"(?: (?:rise|increase|gain|growth|drop|fall|decline|decrease|jump|slump|improvement|climb|slide)s?(?: in (?:[a-z-]+ ){0,2}[a-z-]+)?)? at (?:the |its |larger |smaller |bigger |arch-?)?(?:rival |peer )?"
)
# "Siemens, a rival of SAP, said": an aside names SAP
_ASIDE_OPENS: Final = lazily(
    r"(?:['’]s?)?,\s(?:a|an|the|its|which|who|whose|one|part|owner|maker|rival|supplier|like|unlike|along|together|formerly|majority|minority|controlled|owned|backed|led|once)\b[^,;]*"
)
_CLAUSE_OPENS: Final = lazily(
    r"(?:^|\b(?:after|as|when|while|because|since|although|though|but|and|if|that|said|says|believes?|expects?|estimates?|whether)\s|[;:,–—]\s)(?:the\s|rival\s|its rival\s)?$"
)

# a sentence without a name goes on about the last subject only when its words say so, or name a result
_REFERS: Final = lazily(
    r"[\"“'‘]?(?:the (?:company|group|firm|bank|retailer|carmaker|automaker|airline|chipmaker|drugmaker|maker|chain|lender|insurer|miner|stock|shares|results|"
    r"quarter|board|unit|division|business|\w+-based|\w+ (?:maker|giant|group|company|firm|bank|retailer|chain|operator|producer|unit))|its|it|they|their|he|she|management|shares|stock|net|gross|operating|"
    r"adjusted|revenue|sales|profit|earnings|total|comparable|same-store|capital|free|cash|analysts|for (?:the|fiscal)|in the (?:first|second|third|fourth|quarter)|diluted|deliveries|orders|bookings|subscribers|"
    r"excluding|full-year|quarterly|first|second|third|fourth|digital|advertising|cloud|services|losses|loss|income|margins?|inventory|costs?|expenses|provisions|this|that|those|these|a )\b"
)


_BUYS: Final = lazily(
    r"\b(?:buy(?:s|ing)?|acquir(?:e|es|ed|ing)|tak(?:e|es|ing) over|took over|bought|purchas(?:e|es|ed|ing)|(?:acquisition|purchase|takeover|pursuit) of|"
    r"(?:bid|offer|approach|hunt|move) (?:for|to)|merg(?:e|er|es|ing) with|combination with|interest in|values?)\s"
    r"(?:(?!from\b|by\b|after\b|with\b|and\b|to\b)[\w’'-]+\s){0,4}?$"
)
_HELD_IN: Final = lazily(
    r"(?:\s(?:stake|shares?|interest|holding|stock|equity|of|the|common|preferred|voting|ordinary))*\s(?:in|of)\s(?:the\s|rival\s)?"
)
_ARTICLE: Final = frozenset({"a", "an", "the", "another", "about", "around", "some", "over", "nearly"})
_OF_DEALS: Final = frozenset({"deal value", "premium"})

# what the world, a country or a body of countries has as a company has it
_OF_WORLD: Final = frozenset(
    "production,exports,imports,demand,inventory,reserves,unspecified,capacity,capex,investment,revenue,debt".split(
        ","
    )
)
_NO_FIRM: Final = lazily(
    r"(?:the\s)?(?:opec\b\+?|iea|eia|imf|oecd|wto|world bank|united nations|european union|eu|euro zone|eurozone|u\.s\.|united states|china|russia|saudi arabia|iran|iraq|"
    r"kuwait|venezuela|libya|nigeria|qatar|india|japan|germany|france|britain|brazil|mexico|canada|australia|indonesia|chile|peru|ghana|ivory coast|ukraine|norway)"
    r"(?:['’]s?)?(?:\s(?:as a whole|alone|itself))?\s(?:[\w-]+\s){0,3}?(?:has|had|have|holds?|held|produces?|produced|pumps?|pumped|exports?|exported|imports?|imported|grew|rose|fell|spare|output|production|exports|imports|inventories|stockpiles|reserves|demand)\b"
)


@dataclass(frozen=True, slots=True)
class Deal:
    """Who buys whom, as one sentence says it."""

    sentence: int
    buyer: IssuerId | None
    target: IssuerId


def deal_of(scene: Scene) -> Deal | None:
    """Return the deal a sentence tells, when the company to be bought is linked."""
    if not scene.cues & cues.DEALS:
        return None
    start = scene.sentence.span.start
    for mention in scene.mentions:
        left = max(start, mention.span.start - 60)
        if mention.issuer_id != scene.subject and _BUYS.search(scene.lowered[left : mention.span.start]):
            return Deal(scene.sentence.index, scene.subject, mention.issuer_id)
    return None


def to_targets(facts: list[Fact], deals: list[Deal], universe: Universe) -> None:
    """Give what a deal is worth, and its premium, to the holders it is offered to."""
    if not deals:
        return
    by_sentence = {deal.sentence: deal for deal in deals}
    buyers = {deal.buyer: deal for deal in reversed(deals) if deal.buyer is not None}
    for index, fact in enumerate(facts):
        if fact.metric not in _OF_DEALS:
            continue
        deal = by_sentence.get(fact.sentence) or buyers.get(fact.issuer_id or IssuerId(""))
        if deal is None or deal.target == fact.issuer_id:
            continue
        issuer = universe.issuer(deal.target)
        facts[index] = replace(fact, issuer_id=deal.target, subject=issuer.name if issuer else fact.subject)


def stranger(scene: Scene, binding: Binding, quantity: Quantity) -> str:
    """Return the unlinked company a price move is about: SpringWorks in "SpringWorks shares jumped 34%"."""
    if binding.metric != "share price":
        return ""
    text, start = scene.article.text, scene.sentence.span.start
    if mover := _MOVER.search(text, max(binding.at, quantity.start - 90), quantity.start):
        named = mover["name"].split()[0].lower() not in _NO_NAME
        return mover["name"] if named and not _is_linked(scene, *mover.span("name")) else ""
    opens = max(start, binding.at - 60)
    before = (
        _NAME_BEFORE.search(text[opens : binding.at])
        if not text[binding.at : binding.at + 1].isupper()
        else None
    )
    after = _NAME_AFTER.match(text[binding.at : binding.at + 80]) or _NAME_HERE.match(
        text[binding.at : binding.at + 60]
    )
    found = before or after
    if found is None:
        return ""
    offset = opens if before else binding.at
    left, right = offset + found.start("name"), offset + found.end("name")
    if _is_linked(scene, left, right):
        return ""
    name = found["name"]
    if scene.lowered.startswith(("'s company", "’s company", "'s firm", "’s firm"), right):
        return ""  # "shares of Elon Musk's company"
    return (
        "" if name.split()[0].lower() in _NO_NAME or name.lower().endswith(("-listed", "-traded")) else name
    )


def _is_linked(scene: Scene, left: int, right: int) -> bool:
    return any(m.span.start < right and left < m.span.end for m in scene.mentions)


# "just ahead of Booking with more than 5.7 million listings"
_SET_AGAINST: Final = lazily(
    r"\b(?:ahead of|behind|than|versus|compared with|compared to|followed by|trailed by)\s$"
)
_WITH_IT: Final = lazily(
    r"(?: inc\.?| corp\.?)?,? (?:with|at|on|which has|that has)(?: its)? (?:about |around |more than |nearly |almost |just |only |some |over |roughly )*"
)


def _with_it(scene: Scene, start: int, end: int, figure: int) -> bool:
    """Tell whether a name is only set against the subject, and a figure is told with it."""
    against = _SET_AGAINST.search(scene.lowered, max(scene.sentence.span.start, start - 24), start)
    return against is not None and _WITH_IT.fullmatch(scene.lowered, end, figure) is not None


def owner_of(scene: Scene, binding: Binding, quantity: Quantity) -> IssuerId | None:
    """Choose whose figure it is: an owner beside the metric, else the sentence's subject."""
    if binding.metric in _NO_SUBJECT:
        return None
    if stranger(scene, binding, quantity):
        return None
    if (
        binding.metric == "share price"
        and not any(m.span.start < quantity.end for m in scene.mentions)
        and (opened := THE_SHARES.match(scene.lowered, scene.sentence.span.start))
    ):
        # "its shares" are those of whom the sentence before was about
        if "its " in opened.group():
            return (scene.before if scene.mentions else scene.subject) or scene.main
        return scene.main if scene.mentions or scene.main is None else scene.subject
    after = next((m for m in scene.mentions if m.span.start >= quantity.end), None)
    if binding.metric == "stake" and after is not None:
        held = _HELD_IN.fullmatch(scene.lowered[quantity.end : after.span.start])
        if held:
            return after.issuer_id
    if after is not None and _AT_AFTER.fullmatch(scene.lowered[quantity.end : after.span.start]):
        return after.issuer_id
    named = [m for m in scene.mentions if m.span.start <= max(binding.at, quantity.start)]
    if not named and binding.metric in _OF_WORLD and _NO_FIRM.match(scene.lowered, scene.sentence.span.start):
        return None
    if own := next((m for m in named if m.span.start == binding.at), None):
        return own.issuer_id
    if named and _with_it(scene, named[-1].span.start, named[-1].span.end, quantity.start):
        return named[-1].issuer_id
    start = scene.sentence.span.start
    for mention in reversed(named):
        gap = scene.lowered[mention.span.end : max(binding.at, mention.span.end)].replace("u.s. ", "us ")
        if gap.strip() in _ARTICLE or (binding.at == quantity.start and not gap.strip()):
            continue  # "owes Rockwell a fee of $1.6 billion": to whom, not whose
        if gap.rstrip().endswith((" its", " their", " his", " her")):
            if (
                len(gap) < 60
                and gap.count(",") % 2 == 0
                and _CLAUSE_OPENS.search(scene.lowered[start : mention.span.start])
            ):
                return mention.issuer_id
            break
        if _in_aside(scene, mention, binding.at):
            continue
        if mention.span.end <= binding.at and len(gap) < 40 and not _PARTS.search(gap):
            return mention.issuer_id
        break
    if after is not None and _MOVE_FOR.fullmatch(scene.lowered[quantity.end : after.span.start]):
        return after.issuer_id
    tail = next((m for m in scene.mentions if m.span.start >= binding.at), None)
    if tail is not None and _METRIC_OF.fullmatch(scene.lowered[binding.at : tail.span.start]):
        return tail.issuer_id
    if binding.metric == "unspecified" and not scene.mentions:
        return scene.subject if _REFERS.match(scene.lowered, scene.sentence.span.start) else None
    if (
        not named
        and _REFERS.match(scene.lowered, start)
        and not opens_paragraph(scene.lowered, scene.sentence)
    ):
        return scene.before
    return scene.subject


def _in_aside(scene: Scene, mention: Mention, at: int) -> bool:
    """Tell whether a name stands in an aside to one named before, closed ahead of `at`: "Siemens, a rival of SAP, said"."""
    last = next((m for m in reversed(scene.mentions) if m.span.end <= mention.span.start), None)
    return (
        last is not None
        and last.issuer_id != mention.issuer_id
        and _ASIDE_OPENS.fullmatch(scene.lowered, last.span.end, mention.span.start) is not None
        and "," in scene.lowered[mention.span.end : max(mention.span.end, at)]
    )


def macro_subject(scene: Scene, binding: Binding, quantity: Quantity) -> str:
    if name := stranger(scene, binding, quantity):
        return name
    if binding.metric in {"index", "oil price", "gold price", "commodity price", "exchange rate"}:
        metric = next((m for m in scene.metrics if m.start == binding.at), None)
        if metric is not None:
            return scene.article.text[metric.start : metric.end]
    return ""
