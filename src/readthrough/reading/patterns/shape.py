"""What a trigger pattern is: words, context, roles and what it means for holders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from readthrough.domain.lazy import compile_now, lazily
from readthrough.domain.reading import Modality

__all__ = ["Pattern", "Rule", "Who", "bounded", "compiled", "context", "pattern"]


class Who(StrEnum):
    """Where the issuer that an event is about stands in the sentence."""

    ACTOR = "actor"  # the subject of the clause that holds the trigger
    OBJECT = "object"  # the first issuer after the trigger
    MARKET = "market"  # a country, an index or a commodity, never an issuer
    NONE = "none"


class Rule(StrEnum):
    """How polarity for the subject's holders is decided."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    REACTION = "reaction"  # the way the subject's shares went, when told; else neutral
    DIRECTION = "direction"  # the way the words near the trigger point
    AGAINST = "against"  # the opposite of DIRECTION
    SAVINGS = "savings"  # positive when it saves, else the reaction, else negative


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One way English tells an event.

    `words` is searched in lower-cased text, `<name>` standing for a word group. The pattern is
    tried only where one of `keys` occurs. `needs` and `veto` are searched in the whole sentence.
    `lead` patterns count only in the headline and the first sentences; `weak` ones give way to
    any other result event of the same subject.
    """

    type: str
    keys: tuple[str, ...]
    words: str
    rule: Rule
    who: Who = Who.ACTOR
    other: Who = Who.NONE
    strength: float = 0.5
    modality: Modality | None = None
    needs: str = ""
    veto: str = ""
    lead: bool = False
    weak: bool = False
    linked: bool = False  # only with an issuer as subject


def pattern(
    type_: str,
    keys: str,
    words: str,
    rule: str,
    strength: float,
    *,
    who: Who = Who.ACTOR,
    other: Who = Who.NONE,
    modality: Modality | None = None,
    needs: str = "",
    veto: str = "",
    lead: bool = False,
    weak: bool = False,
    linked: bool = False,
) -> Pattern:
    """Build a pattern from a row of a table; keys are separated by `|`."""
    return Pattern(
        type=type_,
        keys=tuple(keys.split("|")),
        words=words,
        rule=Rule(rule),
        who=who,
        other=other,
        strength=strength,
        modality=modality,
        needs=needs,
        veto=veto,
        lead=lead,
        weak=weak,
        linked=linked,
    )


_GROUPS = {
    "raise": r"(?:rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|boost(?:s|ed|ing)?|increas(?:e|es|ed|ing)|"
    r"hik(?:e|es|ed|ing)|ups(?= (?:its|the|full|fy|annual|20|q[1-4]|profit|sales|revenue|forecast|guidance|outlook|dividend|price|target|offer|stake))|upped|upping|upgrad(?:e|es|ed|ing)|(?:nudg|bump)(?:s|es|ed) up)",
    "cut": r"(?:cuts?|cutting|lower(?:s|ed|ing)?|slash(?:es|ed|ing)?|trim(?:s|med|ming)?|"
    r"reduc(?:e|es|ed|ing)|scal(?:e|es|ed|ing) back|pared?(?: back)?|pares|downgrad(?:e|es|ed|ing))",
    "rise": r"(?:ris(?:e|es|ing|en)|rose|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?|"
    r"climb(?:s|ed|ing)?|gain(?:s|ed|ing)?|rall(?:y|ies|ied|ying)|advanc(?:e|es|ed|ing)|grew|grows?|"
    r"leaps?|leapt|leaped|spik(?:e|es|ed|ing)|rebound(?:s|ed|ing)?|higher|up|record high|"
    r"strengthen(?:s|ed|ing)?|increas(?:e|es|ed|ing)|doubled|tripled|accelerat(?:e|es|ed|ing))",
    "fall": r"(?:fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|sli(?:d|de|des|ding|p|ps|pped|pping)|"
    r"declin(?:e|es|ed|ing)|sinks?|sank|sunk|sinking|plung(?:e|es|ed|ing)|tumbl(?:e|es|ed|ing)|"
    r"slump(?:s|ed|ing)?|plummet(?:s|ed|ing)?|retreat(?:s|ed|ing)?|los(?:t|es|ing)|lower|down|"
    r"weaken(?:s|ed|ing)?|shrank|shrinks?|shrunk|crash(?:es|ed|ing)?|dips?|dipped|eas(?:e|es|ed|ing)|"
    r"contract(?:s|ed|ing)|slow(?:s|ed|ing)|sell-off|selloff|skid(?:s|ded)?|halved|dives?|dived|"
    r"cool(?:s|ed|ing))",
    "jump": r"(?:jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?|leaps?|leapt|doubl(?:e|es|ed|ing)|"
    r"tripl(?:e|es|ed|ing)|quadrupl(?:e|es|ed)|skyrocket(?:s|ed)?|swells?|swelled)",
    "plunge": r"(?:plung(?:e|es|ed|ing)|tumbl(?:e|es|ed|ing)|slump(?:s|ed|ing)?|plummet(?:s|ed|ing)?|"
    r"sank|sinks?|halv(?:e|es|ed|ing)|slid(?:es)?|collaps(?:e|es|ed|ing)|dropp?(?:s|ed)?|fall(?:s|en)?|fell|"
    r"declin(?:e|es|ed)|shrank|shrinks?|dives?|dived|wip(?:es|ed) out|dwindl(?:es|ed))",
    "beat": r"(?:beat(?:s|en|ing)?|top(?:s|ped|ping)?|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|"
    r"outpac(?:e|es|ed|ing)|outstrip(?:s|ped)?|crush(?:es|ed|ing)?|smash(?:es|ed|ing)?|trounc(?:e|es|"
    r"ed)|blew past|blow(?:s|ing) past|(?:edg|cruis|sail|eas|rac|squeak|power|zoom|spe)(?:e|es|ed|s|ing)? past|"
    r"cleared|clears|outdid|outperformed)",
    "miss": r"(?:miss(?:es|ed|ing)?|(?:f[ae]ll|falls|fallen|falling|came in|come in|comes in|came up) "
    r"(?:well |just |far |slightly )?(?:short of|short|below|shy of|under)|trail(?:s|ed|ing)?|"
    r"lag(?:s|ged|ging)?(?: behind)?|undersh(?:oot|oots|ot)|disappoint(?:s|ed|ing)?)",
    "est": r"(?:estimates?|expectations?|forecasts?|consensus|views?|projections?|predictions?|"
    r"wall street|the street|street's|analysts?'?|targets?|hopes|ests?|polls?|bets|(?:company|its own) plan)",
    "above": r"(?:above|ahead of|better than|more than|higher than|better-than-|stronger-than-|higher-than-|"
    r"stronger than|in excess of|well above|comfortably above)",
    "below": r"(?:below|short of|worse than|less than|lower than|worse-than-|weaker-than-|lower-than-|"
    r"softer-than-|weaker than|shy of|under|well below|light of)",
    "outlook": r"(?:guidance|outlooks?|forecasts?|profit targets?|sales targets?|revenue targets?|"
    r"earnings targets?|margin targets?|delivery targets?|production targets?|(?:full-year|annual|"
    r"fy\d*|year|profit|"
    r"sales|revenue|earnings|q[1-4]) (?:views?|projections?|targets?|goals?|estimates?))",
    "profit": r"(?:profits?|net income|earnings|net profit|operating income|ebitda|eps|income|"
    r"bottom line|results?)",
    "sales": r"(?:revenues?|sales|top line|turnover|bookings)",
    "buy": r"(?:acquir(?:e|es|ed|ing)|buy(?:s|ing)?|purchas(?:e|es|ed|ing)|bought|tak(?:e|es|ing) over|"
    r"snap(?:s|ped|ping)? up|swallow(?:s|ed)?|merg(?:e|es|ed|ing) with|combin(?:e|es|ed|ing) with)",
    "agency": (
        r"(?:moody's|s&p(?: global(?: ratings)?)?|s&p ratings|standard & poor's|fitch(?: ratings)?|"
        r"dbrs(?: morningstar)?)"
    ),
    "ceo": r"(?:chief executive(?: officer)?|chief financial officer|chief operating officer|ceo|cfo|coo|cto|"
    r"chair(?:man|woman|person)?|finance chief|finance director|managing director|president|founder|"
    r"boss|director|head of [a-z]+|board member|chief [a-z]+ officer)",
    "regulator": (
        r"(?:regulators?|watchdog|authorit(?:y|ies)|commission|sec|ftc|doj|justice department|cma|fda|"
        r"faa|epa|cfpb|fca|bafin|finra|european union|eu|brussels|prosecutors|ministry|agency|"
        r"attorneys? general|lawmakers|congress|senate|nhtsa|federal reserve|fed|occ|ofcom|csrc|samr|sebi|"
        r"department of justice|financial conduct authority|securities and exchange commission|"
        r"federal trade commission|government|police|grand jury|subpoenas?)"
    ),
    "drug": r"(?:drug|treatment|therapy|vaccine|pill|injection|medicine|device|test|biosimilar|"
    r"biologics license|new drug application|nda|bla|label|indication|application|candidate|tablet|"
    r"shot|implant|gene therapy)",
    "bank": r"(?:federal reserve|fed|ecb|european central bank|bank of england|boe|bank of japan|boj|"
    r"bank of canada|pboc|people's bank of china|rbi|reserve bank of (?:india|australia|new zealand)|"
    r"rba|rbnz|snb|"
    r"swiss national bank|riksbank|norges bank|central bank(?:ers)?|policymakers|fomc|bank of korea|banxico)",
    "money": (
        r"(?:[$€£¥₹]|us\$|rs\.? ?|usd |eur |gbp )?\d[\d.,]{0,20}+(?: ?(?:million|billion|trillion|mln|bln|mn|bn|"
        r"m|b|crore|lakh))?"
    ),
}
_GAPS = {"g10": 10, "g": 30, "g60": 60}  # most code points between the parts of a trigger
_EDGE = r"(?:(?<!\w)|(?!\w))"  # a gap neither starts nor ends inside a word
_OPEN_ENDED = frozenset({"above", "below"})  # "better-than-" runs on into the next word
_GROUP = lazily(r"(?<!P)<([a-z]+\d*)>")


@cache
def compiled(words: str) -> re.Pattern[str]:
    """Compile a pattern's words on first use, so that start-up pays only for what a text needs."""
    source = _GROUP.sub(lambda m: bounded(m.group(1)), words)
    return compile_now(rf"(?<![\w-])(?:{source})(?!\w)")


@cache
def context(words: str) -> re.Pattern[str]:
    """Compile what a pattern needs or is vetoed by: word starts are kept, word ends only where written."""
    source = _GROUP.sub(lambda m: bounded(m.group(1)), words)
    return compile_now(rf"(?<![\w-])(?:{source})")


def bounded(name: str) -> str:
    """Keep a word group from matching inside a word: "up" in "group", "dow" in "down"."""
    if name in _GAPS:
        return rf"{_EDGE}[^;]{{0,{_GAPS[name]}}}?{_EDGE}"
    if name == "money":
        return _GROUPS[name]
    plural = "s?" if name in ("ceo", "drug", "regulator") else ""
    return rf"(?<!\w){_GROUPS[name]}{plural}" + ("" if name in _OPEN_ENDED else r"(?!\w)")
