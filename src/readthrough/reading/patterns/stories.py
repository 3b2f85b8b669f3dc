"""What headlines and leads of stories tell in words of their own: how a quarter was, money raised, posts shuffled, wares delayed."""

from __future__ import annotations

from typing import Final

from readthrough.reading.patterns.shape import Pattern, Who, pattern

__all__ = ["PATTERNS"]

_GOOD = (
    r"(?:impressive|stellar|strong|blowout|robust|bumper|blockbuster|sparkling|standout|stunning|spectacular)"
)
_BAD = r"(?:weak|disappointing|poor|dismal|lacklust(?:er|re)|feeble|dreadful|gloomy|grim|dire|woeful)"
_RESULTS = r"(?:results|profits|earnings|quarter(?! (?:ahead|of))|quarterly (?:report|numbers|figures|sales))"
_NOT_YET = (
    r"\b(?:if|could|may|might|would|expect\w*|forecast\w*|hopes? for|ahead of|season|await\w*|analysts? (?:say|see|expect)\w*|despite|s&p 500|stocks|"
    r"guidance|outlook|estimates|economic|data|season)\b"
)
_ROUND = (
    r"(?:funding|financing|series [a-h]|venture (?:capital|round)|fund(?:ing|raising) round|round led by)"
)
_FUNDED = r"(?:rais(?:es|ed|ing)|adds|added|secur(?:es|ed)|land(?:s|ed)|clos(?:es|ed)|bag(?:s|ged)|pull(?:s|ed) in|attract(?:s|ed))"

PATTERNS: Final[tuple[Pattern, ...]] = (
    pattern(
        "earnings_beat",
        "impressive|stellar|strong|blowout|robust|bumper|blockbuster|sparkling|standout|stunning|spectacular",
        rf"{_GOOD}(?: (?:first|second|third|fourth|holiday|q[1-4]|quarterly|annual|full-year|half-year))? {_RESULTS}",
        "positive",
        0.4,
        lead=True,
        linked=True,
        weak=True,
        veto=_NOT_YET,
    ),
    pattern(
        "earnings_miss",
        "weak|disappointing|poor|dismal|lacklust|feeble|dreadful|gloomy|grim|dire|woeful",
        rf"{_BAD}(?: (?:first|second|third|fourth|holiday|q[1-4]|quarterly|annual|full-year|half-year))? {_RESULTS}",
        "negative",
        0.4,
        lead=True,
        linked=True,
        weak=True,
        veto=_NOT_YET,
    ),
    pattern(
        "earnings_mixed",
        "mixed",
        r"(?:numbers|figures|report) (?:was|were|are|is) (?:\w+ )?mixed",
        "neutral",
        0.5,
        linked=True,
        needs=r"\b(?:results|quarter\w*|earnings|profit|sales|revenue|q[1-4])\b",
    ),
    # money raised of a few, which their holders welcome
    pattern(
        "share_offering",
        "fund|financ|series|venture|round",
        rf"{_FUNDED} (?:an? )?(?:<g10>)<money>(?:<g>){_ROUND}",
        "positive",
        0.5,
        lead=True,
        linked=True,
        veto=r"\b(?:<buy>|venture capital (?:firm|fund)|(?:its|a) (?:\w+ )?(?:venture|buyout|hedge|growth) fund|debt|bonds?|loan|seek\w*|talks)\b",
    ),
    pattern(
        "share_offering",
        "listing",
        r"(?:rais(?:e|es|ed|ing))<g>(?:second(?:ary)?|dual) (?:[\w.-]+ )?listing|(?:second(?:ary)?|dual) (?:[\w.-]+ )?listing<g>(?:rais(?:e|es|ed|ing)|<money>)",
        "positive",
        0.6,
        lead=True,
    ),
    pattern(
        "management_change",
        "shuffl|elevat|promot",
        r"(?:re)?shuffl(?:es|ed|ing)(?:<g>)(?:roles?|management|leadership|executives?|top (?:team|ranks|jobs)|board)|"
        r"(?:elevat(?:es|ed)|promot(?:es|ed))(?:<g60>)(?:to (?:head|lead|run|chief|head of|co-head)|as (?:head|co-head|chief))",
        "neutral",
        0.5,
        lead=True,
        linked=True,
    ),
    pattern(
        "product_launch",
        "delay|postpon|push|setback|mishap|problem|slip",
        r"(?:(?:production|manufacturing|technical|design) (?:problems?|mishaps?|issues?|snags?|delays?|glitch(?:es)?))<g60>(?:delay\w*|postpon\w*|push\w*|forc\w*|held up|hold\w* up|plagu\w*)|"
        r"(?:delay(?:s|ed)|postpon(?:es|ed)|push(?:es|ed)(?: back)?) (?:its |the |an? )(?:<g>)(?:launch|debut|release|rollout|roll-out)|plagued by (?:\w+ ){0,2}(?:mishaps|delays|problems)",
        "negative",
        0.45,
        lead=True,
        linked=True,
        veto=r"\b(?:recall\w*|flights?|ipo|merger|listing|earnings|results)\b",
    ),
    pattern(
        "litigation",
        "beat|defeat|fend|escap|dodg|shak",
        r"(?:beat(?:s|en)?|defeat(?:s|ed)?|fend(?:s|ed) off|escap(?:es|ed)|dodg(?:es|ed)|shak(?:es|en) off)(?:<g60>)(?:appeal|lawsuit|suit|court (?:case|challenge)|class action|legal challenge)",
        "positive",
        0.6,
        lead=True,
    ),
    pattern(
        "sanctions",
        "sanction",
        r"(?:freed|free|escap\w+|release[sd]?|relief|removal|exempt\w*) (?:from|of) (?:\w+ ){0,2}sanctions|sanctions<g>(?:com(?:e|es|ing) to an end|end(?:s|ed|ing)?|expire\w*|lifted|dropped|removed)|"
        r"(?:drop(?:s|ped)?|end(?:s|ed)?|lift(?:s|ed)?|remov(?:es|ed)) (?:the |its |\w+ )?sanctions",
        "positive",
        0.65,
        who=Who.ACTOR,
        lead=True,
        veto=r"\b(?:impos\w+|new sanctions|threat\w*|refus\w*|won't)\b",
    ),
)
