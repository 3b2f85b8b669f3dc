"""Whom an event happens to, and who is on the other side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Mention
from readthrough.domain.security import IssuerId
from readthrough.reading.event_scene import Scene
from readthrough.reading.patterns import Who
from readthrough.reading.subjects import helps

__all__ = ["Party", "is_broker", "market_named", "parties", "speaks_for_itself", "who_may_act"]

_CLAUSE: Final = lazily(
    r"(?:;|:| after| as| while| but| when| because| following| although| though| whereas| where|"
    r" since| before|, with| that) "
)
_OBJECT_OF: Final = lazily(
    r"(?:\b(?:with|by|from|against|than|like|unlike|versus|rivals?|to|peers?|suppliers?|competitors?|"
    r"customers?|over|at|on|amid|despite|about|analysts at|including|such as)|\() ?$"
)
_BY: Final = lazily(r"\b(?:by|from|at)(?: \w+)? ?$")
_PRONOUN: Final = lazily(
    r"\b(?:it|its|the (?:company|firm|group|bank|carmaker|chipmaker|retailer|drugmaker|airline|maker)|"
    r"he|she|they)\b"
)
_NAME: Final = lazily(
    r"((?<![\w&'’.-])(?:[A-Z]|[a-z]{1,2}[A-Z])[\w&'’.-]*(?: (?:(?:of|and|&|the|de) )?[A-Z][\w&'’.-]*)*)"
    r"(?:['’]s)?[^A-Z;:]{0,25}$"
)
_LONGEST_NAME: Final = 4  # words; a longer run is a headline in capitals, not a name
_NOT_NAMES: Final = frozenset(
    "the a an it its in on at of for by to and but as if shares stock stocks investors analysts he "
    "she they this that these those "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august "
    "september october november december ceo cfo chief executive officer president mr ms mrs dr us "
    "u.s uk eu china japan "
    "after while when despite following with q1 q2 q3 q4 new net revenue profit sales earnings "
    "quarterly first second third "
    "fourth full-year lenders workers regulators police officials economists i we our there".split()
)
_BROKERS: Final = lazily(
    r"(?:goldman|morgan stanley|jpmorgan|jp morgan|j\.p\. morgan|citi|ubs|barclays|bofa|"
    r"bank of america|deutsche bank|credit suisse|wells fargo|"
    r"jefferies|hsbc|bernstein|wedbush|piper|raymond james|rbc|bmo|mizuho|nomura|evercore|oppenheimer|"
    r"stifel|cowen|needham|"
    r"keybanc|baird|truist|macquarie|bnp|societe generale|redburn|susquehanna|rosenblatt|moody|"
    r"s&p global|argus|loop capital|hindenburg|muddy waters|citron|viceroy|gotham city|spruce point|kerrisdale|fuzzy panda|culper|wolfpack|"
    r"grizzly research|blue orca|iceberg research|scorpion capital|bonitas)",
    re.IGNORECASE,
)
# whose letter an agency changes, where it is a state's: "France's credit rating", "the rating of Mexico"
_STATES: Final = (
    "united states|us|u\\.s\\.|united kingdom|uk|britain|france|germany|italy|spain|portugal|greece|ireland|belgium|netherlands|austria|finland|sweden|"
    "norway|denmark|switzerland|poland|hungary|romania|czech republic|slovakia|bulgaria|croatia|serbia|ukraine|russia|turkey|israel|egypt|saudi arabia|"
    "qatar|kuwait|oman|bahrain|south africa|nigeria|kenya|ghana|ethiopia|angola|senegal|morocco|tunisia|japan|china|hong kong|taiwan|south korea|india|"
    "pakistan|bangladesh|sri lanka|indonesia|malaysia|thailand|vietnam|philippines|australia|new zealand|canada|mexico|brazil|argentina|chile|colombia|"
    "peru|ecuador|bolivia|venezuela|uruguay|panama|costa rica|el salvador|puerto rico"
)
_SHORT_STATES: Final = {"us": "United States", "u.s.": "United States", "uk": "United Kingdom", "britain": "United Kingdom"}  # fmt: skip
_OF_STATE: Final = lazily(
    rf"\b(?:the )?(?P<of>{_STATES})(?:['’]s?)? (?:(?:long-term|long term|sovereign|foreign-currency|local-currency|government|issuer|credit|debt|bond|aaa|junk|investment-grade) )*"
    rf"(?:ratings?|credit score|rating outlook)\b|\bstrip(?:s|ped) (?:the )?(?P<from>{_STATES}) of\b|\bratings? (?:of|on) (?:the )?(?P<on>{_STATES})\b"
)
_MARKETS: Final = (
    (
        "United States",
        r"\b(?:u\.s\.?|us\b(?! to)|united states|america\w*|fed|federal reserve|fomc|washington|trump|"
        r"biden|congress|payrolls)",
    ),
    ("euro zone", r"\b(?:ecb|european central bank|euro ?-?zone|euro area|europe\w*|eu)\b"),
    ("United Kingdom", r"\b(?:bank of england|boe|u\.k\.?|uk|britain|british|united kingdom)\b"),
    ("Japan", r"\b(?:bank of japan|boj|japan\w*)\b"),
    ("China", r"\b(?:pboc|people's bank of china|china|chinese|beijing)\b"),
    ("India", r"\b(?:rbi|reserve bank of india|india\w*)\b"),
    ("Canada", r"\b(?:bank of canada|canad\w+)\b"),
    ("Australia", r"\b(?:rba|reserve bank of australia|austral\w+)\b"),
    ("Germany", r"\b(?:german\w*|ifo|zew)\b"),
    ("France", r"\b(?:france|french)\b"),
    ("Switzerland", r"\b(?:snb|swiss national bank|switzerland)\b"),
    ("South Korea", r"\b(?:south korea\w*|bank of korea)\b"),
    ("Brazil", r"\bbrazil\w*\b"),
    ("Mexico", r"\b(?:mexic\w+|banxico)\b"),
    ("Turkey", r"\b(?:turkey|turkish)\b"),
    ("Russia", r"\brussia\w*\b"),
)
_THINGS: Final = lazily(
    r"\b(?:s&p 500|dow jones industrial average|dow jones|dow|nasdaq|russell 2000|ftse mib|ftse 100|ftse|mdax|dax|"
    r"cac 40|stoxx 600|stoxx europe 600|"
    r"nikkei|topix|hang seng|csi 300|shanghai composite|kospi|sensex|nifty|asx 200|wall street|"
    r"european shares|asian (?:shares|stocks)|global (?:stocks|shares)|brent(?: crude)?|"
    r"west texas intermediate|crude oil|crude|oil|"
    r"natural gas|gold|silver|copper|aluminum|aluminium|nickel|zinc|lithium|cobalt|iron ore|steel|"
    r"wheat|corn|soybeans|cocoa|coffee|sugar|"
    r"cotton|platinum|palladium|uranium|coal|bitcoin|ether(?:eum)?|crypto(?:currenc\w+)?|stablecoins?|"
    r"dollar|euro|yen|sterling|pound|yuan|renminbi|rupee|ruble|rouble|peso|lira|swiss franc|franc|brazilian real|(?<=the )real(?! )|rand|krona|"
    r"forint|zloty|ringgit|baht|(?:i)?bovespa|bist 100|opec|merval|ibex 35|ibex|straits times|u\.s\. stocks|stocks)\b"
)
_PROPER: Final = {
    "opec": "oil",  # what the cartel decides on
    "s&p 500": "S&P 500",
    "dow": "Dow Jones Industrial Average",
    "dow jones": "Dow Jones Industrial Average",
    "dow jones industrial average": "Dow Jones Industrial Average",
    "nasdaq": "Nasdaq",
    "wall street": "S&P 500",
    "u.s. stocks": "S&P 500",
    "ftse": "FTSE 100",
    "ftse 100": "FTSE 100",
    "dax": "DAX",
    "mdax": "MDAX",
    "ftse mib": "FTSE MIB",
    "cac 40": "CAC 40",
    "stoxx 600": "Stoxx 600",
    "stoxx europe 600": "Stoxx 600",
    "nikkei": "Nikkei",
    "hang seng": "Hang Seng",
    "csi 300": "CSI 300",
    "russell 2000": "Russell 2000",
    "crude": "oil",
    "crude oil": "oil",
    "brent crude": "Brent",
    "brent": "Brent",
    "west texas intermediate": "WTI",
    "cryptocurrencies": "crypto",
    "cryptocurrency": "crypto",
    "ether": "Ethereum",
    "bitcoin": "Bitcoin",
    "ethereum": "Ethereum",
    "topix": "Topix",
    "kospi": "Kospi",
    "sensex": "Sensex",
    "nifty": "Nifty",
    "brazilian real": "real",
    "swiss franc": "franc",
    "bovespa": "Bovespa",
    "ibovespa": "Bovespa",
    "bist 100": "BIST 100",
    "merval": "Merval",
    "ibex": "Ibex 35",
    "ibex 35": "Ibex 35",
    "straits times": "Straits Times",
}


@dataclass(frozen=True, slots=True)
class Party:
    """A side of an event: linked, or only named, or neither."""

    name: str
    issuer_id: IssuerId | None = None


def is_broker(mention: Mention) -> bool:
    """Tell a house that rates and foresees, whose name in a headline is seldom what its page is about."""
    return _BROKERS.match(mention.surface) is not None


def market_named(words: str, start: int, end: int, *, thing: bool) -> str:
    """Name the country, index, commodity or currency that a trigger is about; empty when none is named."""
    if thing:
        found = _THINGS.search(words, start, end) or _THINGS.search(words)
        return _PROPER.get(found.group(), found.group()) if found else ""
    best, distance = "", 10_000
    for name, regex in _MARKETS:
        for match in re.finditer(regex, words):
            gap = max(0, start - match.end(), match.start() - end)
            if gap < distance:
                best, distance = name, gap
    return best


def parties(
    scene: Scene, index: int, start: int, end: int, who: Who, *, rating: bool = False
) -> tuple[Party, Party]:
    """Choose the subject and the other side for a trigger at `start..end` of a sentence.

    Returns:
        The subject, and the first other issuer of the sentence that stands beyond the trigger (or
        before it, when the subject stands beyond).
    """
    row = scene.rows[index]
    base = scene.sentences[index].span.start
    left, right = base + start, base + end
    if rating and (state := _OF_STATE.search(scene.words(index))) is not None:
        named = state["of"] or state["from"] or state["on"]
        return Party(_SHORT_STATES.get(named) or named.title()), Party("")
    if rating:
        row = tuple(m for m in row if not _BROKERS.match(m.surface)) or (row[-1:] if len(row) > 1 else ())
        # "Boeing supplier Spirit": who is named for another's sake is not rated
        row = (*(m for m, n in pairwise(row) if not helps(scene.text, m, n)), *row[-1:])
    before = [m for m in row if m.span.end <= left + 2]
    after = [m for m in row if m.span.start >= left and m not in before]
    if len(after) > 1 and after[0].span.start == left:
        after = after[1:]  # "Elliott builds a stake in Lululemon": who opens the trigger acts
    actor = _actor(scene, index, start, before)
    target = _object(scene, after, base)
    if rating and target is None and actor is not None and _BROKERS.match(actor.surface):
        actor = None
    subject = (target or actor) if who is Who.OBJECT else actor
    if subject is None and who is Who.ACTOR and after and not _speaks_of_it(scene, index, start):
        subject = target
    chosen = _party(scene, subject) if subject else _carried(scene, index, start)
    if rating and subject is None and _BROKERS.match(chosen.name) and scene.main is not None:
        chosen = Party(scene.name(scene.main), scene.main)
    others = [
        m
        for m in ([*after] if subject in before or subject is None else [*before, *after])
        if m.issuer_id != chosen.issuer_id
    ]
    return chosen, _party(scene, others[0]) if others and right else Party("")


def who_may_act(
    scene: Scene, pool: Sequence[Mention], base: int
) -> tuple[Sequence[Mention], Sequence[Mention]]:
    """Leave out who is named for another's sake, and then whom a preposition governs as well.

    "Apple supplier Foxconn": Foxconn acts; "trims its target on Boeing delays": Boeing does not.
    """
    helped = {b.span.start for a, b in pairwise(pool) if helps(scene.text, a, b)}
    named = [a for a, b in pairwise(pool) if b.span.start not in helped] + list(pool[-1:])
    return named, [m for m in named if m.span.start in helped or not _is_object(scene, m, base)]


def _is_object(scene: Scene, mention: Mention, base: int) -> bool:
    start = mention.span.start
    return _OBJECT_OF.search(scene.lower[max(base, start - 16) : start]) is not None


_SPEAKER: Final = lazily(
    r"\W*(?P<name>[A-Z][\w&.'’-]*(?: [A-Z&][\w&.'’-]*){0,3}) (?:said|says|has said) (?:it|they)\b"
)


def speaks_for_itself(scene: Scene, index: int) -> bool:
    """Tell a sentence whose "it" is a bank that is not linked: "UBS said it had raised its target"."""
    span = scene.sentences[index].span
    found = _SPEAKER.match(scene.text, span.start, span.end)
    if found is None or any(m.span.start < found.end("name") for m in scene.rows[index]):
        return False
    return bool(scene.universe.sources.kind_of(found["name"]))


def _party(scene: Scene, mention: Mention) -> Party:
    return Party(scene.name(mention.issuer_id), mention.issuer_id)


def _actor(scene: Scene, index: int, start: int, before: Sequence[Mention]) -> Mention | None:
    if not before:
        return None
    base = scene.sentences[index].span.start
    opening, breaks = 0, ""
    for match in _CLAUSE.finditer(scene.words(index), 0, start):
        opening, breaks = match.end(), match.group().strip()
    inside = [m for m in before if m.span.start >= base + opening - 1]
    if not inside and (owner := _relative(scene, index, start, before)) is not None:
        return owner
    pool, free = who_may_act(scene, inside or before, base)
    if not free:
        return pool[-1] if inside else None
    # "Ryanair trims its target on Boeing delays but lifts fares": the second verb is of whom the first is
    chosen = free[0] if inside or breaks == "but" else free[-1]
    for mention in free[1:]:
        joint = scene.lower[chosen.span.end : mention.span.start]
        if joint.rstrip().endswith((" and", ",")) and len(joint) > 14 and inside:
            chosen = mention
    return chosen


_RELATIVE: Final = lazily(
    r",? (?:that|which|who)(?: (?:had|has|have|is|was|are|were|also|recently|then|last \w+))* ?$"
)
_LONGEST_ASIDE: Final = 60  # characters of "the auto-parts maker" between a name and what is told of it


def _relative(scene: Scene, index: int, start: int, before: Sequence[Mention]) -> Mention | None:
    """Return whom a relative clause tells of: First Brands in "linked to First Brands, the parts maker that filed"."""
    words = scene.words(index)
    that = _RELATIVE.search(words, max(0, start - 40), start)
    base = scene.sentences[index].span.start
    if that is None or base + that.start() - before[-1].span.end > _LONGEST_ASIDE:
        return None
    aside = words[before[-1].span.end - base : that.start()]
    return before[-1] if not aside or (aside.startswith(", ") and aside.count(",") == 1) else None


def _object(scene: Scene, after: Sequence[Mention], base: int) -> Mention | None:
    for mention in after:
        if not _BY.search(scene.lower[max(base, mention.span.start - 14) : mention.span.start]):
            return mention
    return None


def _speaks_of_it(scene: Scene, index: int, start: int) -> bool:
    return bool(_PRONOUN.search(scene.words(index), max(0, start - 60), start))


def _carried(scene: Scene, index: int, start: int) -> Party:
    subject = scene.subjects[index]
    span = scene.sentences[index].span
    if not scene.rows[index] and not _speaks_of_it(scene, index, start):
        named = _NAME.search(scene.text[max(span.start, span.start + start - 60) : span.start + start])
        name = named.group(1).strip(" '’.,") if named else ""
        fits = 0 < len(name.split()) <= _LONGEST_NAME and not _is_common(name)
        if fits and (subject is None or scene.sentences[index].headline):
            return Party(name)
    issuer = subject if subject is not None else scene.main
    return Party(scene.name(issuer), issuer) if issuer is not None else Party(_first_name(scene))


def _is_common(name: str) -> bool:
    return name.lower().startswith(
        ("the ftse", "ftse", "the dow", "the s&p", "the nasdaq", "nasdaq", "the dax")
    ) or all(word.lower().strip(".,'’") in _NOT_NAMES for word in name.split())


def _first_name(scene: Scene) -> str:
    if not scene.sentences:
        return ""
    words = scene.sentences[0].span.of(scene.text).split()
    name = ""
    for word in words:
        if word[:1].isupper() and word.lower().strip(".,'’") not in _NOT_NAMES:
            name = f"{name} {word}".strip()
        elif name:
            break
    return re.sub(r"['’]s$", "", name.strip(" ,.:;"))
