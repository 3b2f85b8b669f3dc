"""What surrounds a figure: how sure, for which period, on which basis, against which expectation.

Every function takes lower-cased text, whose offsets are those of the article.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Modality
from readthrough.reading import cues
from readthrough.reading.cues import cues_of
from readthrough.reading.lexicon import places_of

__all__ = [
    "EXPECTATION",
    "EXPECTED_FIGURE",
    "basis_of",
    "clause_bounds",
    "clauses",
    "expectations",
    "lower_keeping_offsets",
    "modality_of",
    "period_of",
]

# the first character stands in front of what is asked of it: the engine then leaps from gap to gap
_BREAK: Final = lazily(
    r"[;:,()\"”\s](?:(?<=\s)(?:[–—-]{1,2}\s|(?:but|while|although|though|whereas|even as|even though|despite|because|yet|however)\s"
    r"|(?:after|before)\s(?=(?:the|it|its|a|an|they|he|she|investors|analysts|sales|revenue|profit)\s)"
    r"|as\s(?=(?:the|it|its|they|he|she|investors|analysts|sales|revenue|profit)\s)"
    r"|and\s(?=(?:said|ceo|chief|it|the company|its|will|(?:now |still |also )?expects?|forecast|raised|lowered|cut|reported|reaffirmed|announced|net|operating|sales|revenue|profit|earnings|shares)\b))"
    r"|(?<=,)\s(?:(?:but|while|although|though|whereas|even as|even though|despite|because|yet|however)\s"
    r"|(?:and|as|after|which|who|with|compared|versus|helped|driven|hurt|topping|beating|missing|ahead|above|below)\s|(?=[\"“'‘]))"
    r"|(?<=[;()])|(?<=[:\"”])\s)"
)
_DENIED: Final = lazily(
    r"\b(?:den(?:y|ied|ies|ying)(?! (?:all |any |the )?(?:wrongdoing|liability|guilt|responsibility|blame|fault|infring\w+|charges|claims|allegations|accusations))|no plans?|rul(?:ed|es|ing) out|rejected (?:reports?|the report|speculation|claims)|"
    r"dismiss(?:ed|es) (?:reports?|speculation)|not true|untrue|false report|is not (?:planning|considering|in talks))\b"
)
_RUMOURED: Final = lazily(
    r"\b(?:people (?:familiar|with knowledge|close to)|sources? (?:said|familiar|told|say)|person familiar|reportedly|"
    r"rumou?r(?:ed|s)?|(?:is|are|was|were) said to|in (?:early |advanced |exclusive )?(?:talks|discussions|negotiations)|"
    r"(?:is|are|was|were|been|has been) (?:considering|weighing|exploring|mulling|contemplating|eyeing)|considers?\b|mulls?\b|weighs?\b|eyes\b|"
    r"could be valued|unconfirmed|according to (?:media |press |news |newspaper |local )?reports|according to a (?:media|press|news|newspaper) report|speculation)\b"
)
_PLANNED: Final = lazily(
    r"\b(?:(?:now |still |also |currently )?expects?|(?:is|are|was|were|be) (?:now |still )?(?:expected|forecast|projected|set|due|slated|scheduled|poised|"
    r"planning|aiming|targeting|guiding|seeking|looking) (?:to|for|on)|expected to|expecting|forecasts?|forecasting|guid(?:ance|ed|es|ing)|outlook|"
    r"projects|projected|projecting|projections?|sees\b|seeing (?:full|20)|predicts?|anticipat(?:es|ing)|anticipated to|(?<!price )targets?\b(?! price)|targeting|seen (?:\w+ing|at|between)|hopes? to|hoping to|on course (?:to|for)|(?:is|are) to (?:be|fall|rise|receive|get|grow|reach)|(?:capital|annual|investment|20\d\d) budget|supposed to|likely to|promis(?:e|es|ed|ing) (?:annual|to|savings|cost|by)|should (?:land|come|reach|rise|fall|grow|be|end|hit|exceed)|guided|"
    r"(?:is|are|was|were|it['’]s|they['’]re) (?:now |also |still )?seeking|estimated to|budgeted|reckons?|on the cards|(?:profit|revenue|sales|earnings|share|annual|full-year|income|margin|its|their|the|own) (?:estimate|forecast|goal)(?: for[^.;,]{0,30})?(?: alone| unchanged| intact)?(?: by [$€£]?[\d.]+(?: \w+)?)? (?:at|of|to)|(?:puts?|pegs?|pegged|putting) (?!(?:in|on|up|down|out|off)\b)(?:[\w’'&.-]+ ){1,8}?at (?=[^;.]{0,40}\b(?:for|in|by|this|next)\b)|(?:estimates?|forecasts?|guidance)(?= (?:[$€£¥]|\d+(?:\.\d+)?(?:%|c\b|p\b)))|estimates?(?= (?:for|of|that|the|at|goes|rises|falls|calls|sales|revenue|profit|earnings|an?|its?|about)\b)|plans? (?:to|for|on)\b|planned|planning|aims?\b|aiming|intends?|will|won['’]t|(?:he|she|it|we|they|i)['’]ll|would (?:invest|spend|cut|buy|pay|raise|build)|shall|pledged|committed to|"
    r"proposed|proposes|to (?:cut|buy|acquire|invest|spend|lay off|close|build|sell|pay|launch|open|hire|eliminate|raise|issue|repurchase|return|slash|axe|shed|list|create|reach|hit|grow|increase|reduce|produce|deliver)|"
    r"on track|by (?:the end of )?(?:fiscal )?20[2-9]\d|next (?:year|quarter|month|decade)|over the next|within (?:a|one|two|three|five|\d+) (?:years?|months?|quarters?)|"
    r"in the (?:coming|next)|ambition|goal|long-term target)\b"
)
_CONDITIONAL: Final = lazily(
    r"\b(?:could|probably|(?<!since )(?<!in )(?<!of )(?<!until )(?<!late )(?<!early )(?<!by )(?<!to )(?<!through )(?<!for )(?<!from )(?<!last )may(?! \d)|might|would|can (?:run|reach|go|be as)|if|unless|subject to|provided that|potentially|possible|"
    r"contingent|in the event)\b|^\W{0,3}should \w|^\W{0,3}were (?:the|those|these|it|they|he|she|all) "
)
_SAID_WOULD: Final = lazily(
    r"\b(?:said|says|saying|announced|confirmed|told \w+)(?: on \w+| late \w+)?,?(?: that)? (?:[\w.&’'-]+ ){1,8}would\b|\bwould be (?:paid|used|completed)"
)
_HORIZON: Final = lazily(
    r"\b(?:within (?:a|one|two|three|five|\d+) (?:years?|months?|quarters?)|next (?:year|quarter|decade|few years)|by (?:the end of )?(?:fiscal |this |next )?(?:20[2-9]\d|year|decade)|"
    r"over the next|in the (?:coming|next) |over (?:time|the coming))"
)
_WOULD: Final = lazily(r"\bwould\b")
_IF: Final = lazily(r"\b(?:if|unless)\b")
_ACTUAL: Final = lazily(
    r"\b(?:than (?:analysts |the market |wall street |had |was |were )*(?:expected|forecast|feared|anticipated|projected|estimated)|"
    r"(?:double|triple|half|trail(?:ed|s|ing)|lag(?:ged|s|ging)|undershot|above|below|beat|beating|missed|missing|topped|topping|exceeded|against|versus|vs\.?|ahead of|short of|with) "
    r"(?:[\w’'.,%$€£₹¥-]+ ){0,7}(?:expect\w*|forecasts?|estimates?|consensus|guidance|outlook|projections?|targets?|views?|predictions)|"
    r"(?:missed|beat|topped|exceeded|met) (?:[\w’'-]+ ){0,3}(?:expectations|estimates|forecasts?|guidance)|"
    r"(?:wall street|analysts?|economists?|the street|investors|the market) (?:was|were|had been|had|have been|are|is) (?:looking|expecting|hoping|forecasting|expected|forecast)(?: for)?|"
    r"agreed to|as planned|(?:-than|better|worse)-expected)"
)
_QUARTER: Final = {"first": "Q1", "second": "Q2", "third": "Q3", "fourth": "Q4", "1st": "Q1", "2nd": "Q2", "3rd": "Q3", "4th": "Q4"}  # fmt: skip
_PERIOD: Final = lazily(
    r"\b(?:(?P<q>q[1-4])(?:[ -]?(?:of )?(?:fiscal )?(?P<qy>20\d\d))?"
    r"|(?:fiscal )?(?P<ord>first|second|third|fourth|1st|2nd|3rd|4th)[ -](?:fiscal )?(?P<part>quarter|half)(?:(?: of|,)?(?: (?:the )?(?:fiscal|financial)?(?: year)?)? ?(?P<oy>20\d\d))?"
    r"|(?P<h>h[12])(?: (?P<hy>20\d\d))?"
    r"|(?P<months>three|six|nine|twelve|12|9|6|3) months (?:ended|ending|to|through)"
    r"|(?:the )?(?:first|last|past|opening) (?P<opening>three|six|nine|twelve) months"
    r"|(?:fiscal(?: year)?|financial year|fy) ?(?P<fy>20\d\d|\d\d(?!\d))(?P<f2>[-/]\d\d)?"
    r"|(?P<full>full[- ](?:fiscal )?year|annual(?= (?:revenue|profit|sales|results|earnings|net|loss|guidance|forecast|outlook)))(?: (?:to |ended |through )?(?P<fully>20\d\d))?"
    r"|(?P<pre>pre-?market|before the (?:open|bell|opening)|ahead of the (?:open|bell))"
    r"|(?P<post>after[- ]hours|extended trading|after the (?:bell|close)|late trading|post-?market)"
    r"|(?P<rel>this (?:year|quarter|fiscal year)|next (?:year|quarter|fiscal year)|last (?:year|quarter|fiscal year)|the current (?:quarter|year|one\b|fiscal year)|the (?:next|following) (?:quarter|one\b)|year[- ]to[- ]date|so far this year)"
    r"|in (?P<month>january|february|march|april|june|july|august|september|october|november|december)(?: (?P<my>20\d\d))?"
    r"|(?:in|by|for|through|during|of) (?P<year>20\d\d))\b"
)
# the words a match of `_PERIOD` can begin with, and for the commonest those that must come next
_PERIOD_MONTHS: Final = frozenset(
    "january february march april june july august september october november december".split()
)
_PERIOD_YEARS: Final = frozenset(f"20{n:02d}" for n in range(100))
_PERIOD_OPENS: Final = frozenset(
    [
        *"q1 q2 q3 q4 fiscal first second third fourth 1st 2nd 3rd 4th h1 h2 three six nine twelve 12 9 6 3 financial fy full annual "
        "pre premarket before ahead after extended late post postmarket this next last the year so in by for through during of opening past".split(),
        *(f"q{n}{year}" for n in (1, 2, 3, 4) for year in _PERIOD_YEARS),
        *(f"{opens}{year}" for opens in ("fy", "fiscal") for year in _PERIOD_YEARS),
        *(f"{opens}{n:02d}" for opens in ("fy", "fiscal") for n in range(100)),
    ]
)
_PERIOD_THEN: Final = {
    **dict.fromkeys(("this", "next"), ("year", "quarter", "fiscal")),
    "last": ("year", "quarter", "fiscal", "three", "six", "nine", "twelve"),
    **dict.fromkeys(("by", "for", "through", "during", "of"), ("20",)),
    **dict.fromkeys(("before", "ahead"), ("the", "of")),
    **dict.fromkeys(("three", "six", "nine", "twelve", "12", "9", "6", "3"), ("months",)),
    "in": (*sorted(_PERIOD_MONTHS), "20"),
    "the": ("current", "first", "last", "past", "opening", "next", "following"),
    **dict.fromkeys(("opening", "past"), ("three", "six", "nine", "twelve")),
    "after": ("hours", "the"),
    "so": ("far",),
    "year": ("to",),
}
_BASES: Final = (
    ("annualised", lazily(r"\bannuali[sz]ed\b|\bannual rate\b|\brun[- ]rate\b")),
    ("year on year", lazily(r"\byear[- ](?:on|over|to)[- ]year\b|\byoy\b|\by/y\b|\b(?:from|than|compared (?:with|to)|versus|over|on) (?:the )?(?:same (?:period|quarter|time) )?(?:a |the |one |of )?(?:year|last year|prior year|year-ago)(?: (?:earlier|ago|before|period|quarter))?\b|\b(?:a|one) year (?:earlier|ago|before)\b")),
    ("quarter on quarter", lazily(r"\bquarter[- ](?:on|over)[- ]quarter\b|\bqoq\b|\bsequentially\b|\bsequential\b|\b(?:from|than|compared with) the (?:previous|prior|preceding|third|second|first|fourth) quarter\b")),
    ("month on month", lazily(r"\bmonth[- ](?:on|over)[- ]month\b|\bfrom (?:the )?(?:previous|prior) month\b|\bfrom a month earlier\b")),
    ("constant currency", lazily(r"\bconstant[- ](?:currency|currencies|exchange rates)\b|\bcurrency[- ](?:neutral|adjusted)\b|\bat constant (?:currency|rates)\b|\bexcluding currency\b")),
    ("organic", lazily(r"\borganic(?:ally)?\b|\blike[- ]for[- ]like\b|\bunderlying sales growth\b")),
    ("adjusted", lazily(r"\badjusted\b|\bnon-gaap\b|\bexcluding (?:one-time |special |certain )?items\b|\bunderlying\b|\bexcluding one-offs\b")),
    ("restated", lazily(r"\brestated\b")),
    ("guidance", lazily(r"\bguid(?:ance|ed|es|ing)\b|\boutlook\b|\b(?:full-year|annual|profit|sales|revenue|earnings) (?:forecast|target)s?\b|\b(?:it|company|group|firm|management|bank|airline|retailer|maker|now) (?:now |still |also )?(?:expects|forecasts?|sees|projects|anticipates)\b")),
    ("year to date", lazily(r"\byear[- ]to[- ]date\b|\bso far this year\b|\bthis year\b(?= (?:through|before))")),
)  # fmt: skip

_ANY_BASIS: Final = sum(cues.BASES)
_WHOSE = (
    r"(?:expectations?|estimates?|forecasts?|consensus|wall street|the street|analysts|views?|predictions|projections|"
    r"what analysts|market hopes|targets?)"
)
EXPECTATION: Final = lazily(
    rf"(?P<beat>\b(?:beat(?:s|ing)?|topp(?:ed|ing)|tops|exceed(?:ed|s|ing)|surpass(?:ed|es|ing)|ahead of|outpac(?:ed|ing)|smash(?:ed|ing)|crush(?:ed|ing)|"
    rf"(?:well |slightly |comfortably |just |narrowly )?above|outstripp(?:ed|ing)|bett?er(?:ed)? than|stronger than|higher than|more than|blew past)(?: (?!{_WHOSE})[\w’'$€£.,%-]+){{0,6}} {_WHOSE}\b"
    r"|\b(?:better|stronger|bigger|larger|higher|faster|more)[- ]than[- ](?:expected|forecast|anticipated|estimated|feared)\b"
    r"|\b(?:better|stronger|higher|faster|more) than (?:analysts |the market |economists |wall street |most |had |was |were |been |many )*(?:expected|forecast|feared|anticipated|estimated)\b)"
    r"|(?P<narrow>\b(?:smaller|narrower)[- ]than[- ](?:expected|forecast|feared|anticipated)\b|\b(?:smaller|narrower) (?:\w+ )?than (?:analysts |had )*(?:expected|forecast|feared)\b)"
    rf"|(?P<miss>\b(?:miss(?:ed|es|ing)?|f(?:e|a)ll(?:s|ing)? (?:well |just |far )?(?:short of|below|shy of|under)|came in (?:below|under|short of|shy of)|short of|shy of|below|trail(?:ed|s|ing)|lagg(?:ed|ing)|under|undershot|disappointed|"
    rf"less than|lower than|worse than|weaker than)(?: (?!{_WHOSE})[\w’'$€£.,%-]+){{0,6}} {_WHOSE}\b"
    r"|\b(?:worse|weaker|softer|slower|lower|fewer|less|wider|smaller)[- ]than[- ](?:expected|forecast|anticipated|estimated|hoped)\b"
    r"|\b(?:worse|weaker|softer|slower|lower|fewer|less) than (?:analysts |the market |economists |wall street |most |had |was |were |been |many )*(?:expected|forecast|hoped|anticipated|estimated|feared)\b"
    r"|\bmissed (?:expectations|estimates|forecasts)\b)"
    rf"|(?P<inline>\b(?:broadly |widely |much )?as (?:anticipated|expected|forecast)\b|\b(?:in[- ]line with|matched|matching|met|meeting|meets|as) (?:[\w’'-]+ ){{0,3}}{_WHOSE}\b|\bas (?:widely )?(?:expected|forecast)\b|\bin line with expectations\b)"
)
# the words a match of `EXPECTATION` can begin with
_MEASURING: Final = frozenset(
    "beat beats beating topped topping tops exceed exceeded exceeds exceeding surpass surpassed surpasses surpassing ahead outpaced "
    "outpacing smashed smashing crushed crushing well slightly comfortably just narrowly above outstripped outstripping better "
    "bettered beter betered stronger higher more blew bigger larger faster smaller narrower miss missed misses missing fell fells "
    "falling felling fall falls came short shy below trail trailed trails trailing lagged lagging under undershot disappointed less lower worse weaker "
    "softer slower fewer wider broadly widely much as in matched matching met meeting meets".split()
)
EXPECTED_FIGURE: Final = lazily(
    r"(?:analysts?|economists?|wall street|the street|consensus|the market|investors|forecasters|estimates?|expectations?|polls?|surveys?|lseg|refinitiv|factset|bloomberg|visible alpha|the city|brokers|\best\b|\bexp\b|(?:company|own|earlier|previous) guidance|guidance of)"
)


@lru_cache(maxsize=8)  # several steps ask for the same article
def lower_keeping_offsets(text: str) -> str:
    """Lower-case a text without moving any code point.

    >>> len(lower_keeping_offsets("İSTANBUL")) == len("İSTANBUL")
    True
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def clause_bounds(text: str, start: int, end: int, position: int) -> tuple[int, int]:
    """Return the bounds of the clause of a sentence (start..end) that holds a position."""
    left, right = start, end
    for opens, closes in _breaks(text, start, end):
        if closes <= position:
            left = closes
        elif opens >= position:
            right = opens
            break
    return left, right


@lru_cache(maxsize=256)  # facts and tone ask for the same sentence
def expectations(text: str, start: int, end: int) -> tuple[re.Match[str], ...]:
    """Find each place of a sentence that measures something against what was expected."""
    if not cues_of(text, start, end) & cues.EXPECTATION:
        return ()
    found: list[re.Match[str]] = []
    reached = start
    for at, _ in places_of(text, start, end, _MEASURING):
        if at >= reached and (match := EXPECTATION.match(text, at, end)):
            found.append(match)
            reached = match.end()
    return tuple(found)


def clauses(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Cut a sentence (start..end of lower-cased text) into its clauses, in order."""
    edges = [start, *(closes for _, closes in _breaks(text, start, end)), end]
    return tuple((a, b) for a, b in pairwise(edges) if b > a)


@lru_cache(maxsize=256)
def _breaks(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple(m.span() for m in _BREAK.finditer(text, start, end))


def modality_of(clause: str, sentence: str = "", kinds: int | None = None) -> Modality:
    """Judge how sure a clause is; the sentence around it may say who denies or whispers it.

    Args:
        clause: Lower-cased words.
        sentence: The sentence around them, when it holds more.
        kinds: Its kinds of cue, from `cues_of`, where they are known.

    >>> str(modality_of("ai could account for more than half of cloud revenue within a year"))
    'planned'
    """
    around = sentence or clause
    kinds = cues_of(around, 0, len(around)) if kinds is None else kinds
    if kinds & cues.DENIED and _DENIED.search(around):
        return Modality.DENIED
    if (kinds & cues.RUMOURED or "said to" in around) and _RUMOURED.search(around):
        return Modality.RUMOURED
    if not kinds & (cues.CONDITIONAL | cues.PLANNED):
        return Modality.ACTUAL
    if kinds & cues.WOULD and _SAID_WOULD.search(around) and _WOULD.search(clause) and not _IF.search(clause):
        return Modality.PLANNED
    stripped = _ACTUAL.sub(" ", clause) if kinds & cues.ACTUAL else clause
    if kinds & cues.CONDITIONAL and _CONDITIONAL.search(stripped):
        return Modality.PLANNED if _HORIZON.search(clause) else Modality.CONDITIONAL
    if kinds & cues.PLANNED and _PLANNED.search(stripped):
        return Modality.PLANNED
    return Modality.ACTUAL


def period_of(text: str, start: int, end: int, position: int) -> str:
    """Name the period a figure belongs to, by the period nearest to it between two offsets."""
    best, distance = None, 10**9
    for match in _periods(text, start, end):
        gap = min(abs(match.start() - position), abs(match.end() - position))
        # a period ahead of its figure ("second-quarter revenue of ...") binds tighter than one behind it
        gap = gap if match.end() <= position else int(gap * 1.2)
        if gap < distance:
            best, distance = match, gap
    return _period_words(best) if best is not None else ""


@lru_cache(maxsize=256)
def _periods(text: str, start: int, end: int) -> tuple[re.Match[str], ...]:
    if not cues_of(text, start, end) & cues.PERIOD:
        return ()
    found: list[re.Match[str]] = []
    reached = start
    for at, word in places_of(text, start, end, _PERIOD_OPENS):
        if at < reached:
            continue
        # "in" and "this" are everywhere: the words after them say whether a period follows
        then = _PERIOD_THEN.get(word)
        if then is not None and not text.startswith(then, at + len(word) + 1, end):
            continue
        if match := _PERIOD.match(text, at, end):
            found.append(match)
            reached = match.end()
    return tuple(found)


def _period_words(match: re.Match[str]) -> str:
    g = match.groupdict()
    if g["q"]:
        words = f"{g['q'].upper()} {g['qy'] or ''}"
    elif g["ord"]:
        name = _QUARTER[g["ord"]] if g["part"] == "quarter" else _QUARTER[g["ord"]].replace("Q", "H")
        words = f"{name} {g['oy'] or ''}"
    elif g["h"]:
        words = f"{g['h'].upper()} {g['hy'] or ''}"
    elif g["fy"]:
        words = f"FY{g['fy'] if len(g['fy']) == 4 else '20' + g['fy']}{g['f2'] or ''}"
    elif g["full"]:
        words = f"full year {g['fully'] or ''}"
    elif g["pre"] or g["post"]:
        words = "premarket" if g["pre"] else "after hours"
    elif g["month"]:
        words = f"{g['month'].capitalize()} {g['my'] or ''}"
    else:
        words = g["year"] or g["rel"] or f"{g['months'] or g['opening']} months"
    return words.removesuffix(" one").strip()


def basis_of(clause: str, kinds: int | None = None) -> str:
    """List the bases a clause states: "year on year", "adjusted", "guidance", ...

    Args:
        clause: Lower-cased words.
        kinds: The kinds of cue of its sentence, from `cues_of`, where they are known.
    """
    kinds = cues_of(clause, 0, len(clause)) if kinds is None else kinds
    if not kinds & _ANY_BASIS:
        return ""
    return ", ".join(
        [
            name
            for cue, (name, pattern) in zip(cues.BASES, _BASES, strict=True)
            if kinds & cue and pattern.search(clause)
        ]
    )
