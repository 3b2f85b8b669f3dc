"""Phrases that span much of a sentence and settle its sense: fears that eased, what was dreaded and did not come.

A phrase here takes the words it spans: "the strike the company had feared did not come" is good though "strike"
and "feared" are bad by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.reading.lexicon import words_in

__all__ = ["long_phrases"]

_DREAD: Final = r"(?:fears?|worr(?:y|ies)|concerns?|anxiet(?:y|ies)|jitters|doubts?|threats?|risks?|dangers?|spectre|clouds?|overhang|uncertainty)"
_GONE: Final = (
    r"(?:eas(?:ed|es|ing)|fad(?:ed|es|ing)|subsid(?:ed|es|ing)|reced(?:ed|es|ing)|abat(?:ed|es|ing)|lift(?:ed|s|ing)|cleared|passed|"
    r"dissipat(?:ed|es|ing)|diminish(?:es|ed|ing)|evaporat(?:ed|es|ing)|melted away|vanish(?:ed|es)|(?:was|were|been|is|are) (?:removed|allayed|calmed|dispelled|averted|resolved|eased|quelled|soothed|overdone|overblown|unfounded|exaggerated|misplaced)|"
    r"prov(?:ed|es|en|ing) (?:unfounded|overblown|groundless|misplaced|wrong|exaggerated)|turned out to be (?:unfounded|overblown|groundless|wrong))"
)
_ABSENT: Final = (
    r"(?:did(?: not|n[’']t) (?:come|happen|materiali[sz]e|arrive|follow|occur|show up)|ha(?:s|ve|d) not (?:come|happened|materiali[sz]ed|arrived|followed|occurred)|"
    r"fail(?:ed|s) to (?:come|happen|materiali[sz]e|arrive|follow|appear)|never (?:came|happened|materiali[sz]ed|arrived|followed)|was averted|were averted|has been averted)"
)
# (value, words that must be there, phrase); the first group that matches is what the phrase takes
_PHRASES: Final = tuple(
    (value, frozenset(cues.split()), lazily(words))
    for value, cues, words in (
        (
            0.36,
            "fear fears worry worries concern concerns anxiety anxieties jitters doubt doubts threat threats risk risks danger dangers spectre cloud clouds overhang uncertainty",
            rf"\b{_DREAD} (?:that|of|over|about|for|from|around|hanging over|surrounding|posed by)\b[^;.]{{0,90}}?\b(?:{_GONE}|{_ABSENT})\b",
        ),
        (
            0.36,
            "feared dreaded threatened",
            rf"\b(?:[\w’'-]+ ){{0,8}}(?:feared|dreaded|threatened)\b[^;.,]{{0,30}}\b{_ABSENT}\b",
        ),
        (
            0.3,
            "remove removes removed removing lift lifts lifted lifting ends end ended ending takes take took clears cleared clear eliminates eliminated",
            r"\b(?:remov(?:es|ed|ing)|lift(?:s|ed|ing)?|end(?:s|ed|ing)?|clear(?:s|ed|ing)?(?: away)?|eliminat(?:es|ed|ing)|t(?:akes?|ook) away) (?:an? |the |one |some |much |all |any |most )*(?:of )?(?:the )?(?:[\w-]+ ){0,2}?"
            r"(?:threats?|uncertainty|overhang|cloud|worry|worries|risk|headache|obstacles?|hurdles?|doubts?|burden|liability|restrictions?|cap|curbs?)\b",
        ),
        (
            -0.3,
            "hope hopes hoped",
            rf"\bhopes? (?:that|of|for)\b[^;.]{{0,90}}?\b(?:dashed|fad(?:ed|es|ing)|evaporat(?:ed|es|ing)|dimm(?:ed|ing)|dims|crushed|shattered|reced(?:ed|es|ing)|died|{_ABSENT})\b",
        ),
        (
            -0.34,
            "hoped promised awaited counted",
            rf"\b(?:[\w’'-]+ ){{0,6}}(?:hoped[- ]for|promised|long[- ]awaited|counted on)\b[^;.,]{{0,30}}\b{_ABSENT}\b",
        ),
        (
            -0.34,
            "ahead",
            r"\b(?:investors|the market|markets|bulls|traders|enthusiasm|optimism|hopes|expectations|(?:the )?(?:shares|stock|price|valuation|rally)) "
            r"(?:are|is|have|has|may be|may have|might be|seems? to be|look(?:s)? to be)(?: \w+){0,2} (?:getting|got|gotten|running|run|gone|going) "
            r"(?:too far |well |far )?ahead of (?:themselves|itself|(?:the |its |their )?(?:facts|evidence|fundamentals|news|earnings|business|reality))\b",
        ),
        (
            -0.3,
            "price prices priced pricing",
            r"\bpric(?:ed|es|e|ing) (?:in|for) (?:perfection|(?:an? )?(?:\w+ )?(?:recovery|turnaround|miracle|boom))(?: that (?:will|may|could) take[^.;]{0,30})?",
        ),
        (-0.28, "time", r"\bbuys? (?:it |them )?time,? (?:but )?not\b[^.;]{0,30}"),
        (
            0.3,
            "way",
            r"\b(?:is|are|remains?|looks?) (?:the |a )?(?:better|cheaper|safer|cleaner) way to (?:own|play|buy|bet on)\b",
        ),
        (
            0.34,
            "lost lose loses losing shed sheds burned burnt burning bled bleeding",
            r"\b(?:lost|los(?:e|es|ing)|shed|sheds|burn(?:ed|t|ing)|bled|bleeding) (?:far |much |many |even )?(?:fewer|less)\b(?: [\w-]+){0,3}",
        ),
        (
            0.32,
            "less not",
            r"\b(?:(?:was|were|is|are|proved|been|being|looks?) )?(?:less|not (?:nearly |quite )?(?:as|so)) (?:bad|badly|steep|steeply|sharp|sharply|deep|deeply|severe|severely|harsh|harshly|painful|grim|gloomy|dire|heavy|heavily|costly|expensive|weak|poor|damaging|"
            r"harmful|onerous|strict|tough|ugly|negative|awful|hard|wide|widespread|disastrous|serious)(?: \w+)? (?:than|as)\b(?: [\w’'-]+){0,5}",
        ),
        (
            -0.3,
            "less not",
            r"\b(?:(?:was|were|is|are|proved|been|being|looks?) )?(?:less|not (?:nearly |quite )?(?:as|so)) (?:good|strong|strongly|quick|quickly|fast|high|much|robust|rapid|rapidly|bright|rosy|buoyant|brisk|healthy|profitable|well|favou?rable|impressive|generous|big|large)"
            r"(?: \w+)? (?:than|as)\b(?: [\w’'-]+){0,5}",
        ),
        (
            -0.34,
            "fail fails failed failing unable able struggles struggled",
            r"\b(?:fail(?:s|ed|ing)?|unable|not able|struggl(?:es|ed)) to (?:convince|persuade|get|win over|sway|overturn|overcome|stop|block|halt|prevent|dismiss|throw out)\b[^;.,]{0,80}",
        ),
        (
            -0.34,
            "bid motion request attempt appeal plea effort petition",
            r"\b(?:reject(?:s|ed|ing)?|den(?:y|ies|ied|ying)|refus(?:es|ed|ing)|dismiss(?:es|ed|ing)?|threw out|throws out|turn(?:s|ed) down|los(?:t|es|ing)|block(?:s|ed)|quash(?:es|ed)) (?:an? |the |its |their |his |her )?(?:[\w.&’'-]+ ){0,4}?(?:bid|motion|request|attempt|appeal|plea|effort|petition)"
            r"\b(?: (?:to|for|against|over|by)\b[^;.,]{0,80})?",
        ),
        (
            -0.3,
            "cost costing costs",
            r"\b(?:will|would|could|may|might|to|is|set to|expected to) (?:[\w-]+ )?cost (?:it|them|the (?:company|group|firm|bank|carmaker|automaker|retailer|airline|chipmaker|drugmaker|industry)|shareholders|investors) (?:[\w-]+ ){0,3}?[$€£¥\d]",
        ),
        (
            0.2,
            "rivals peers competitors others",
            r"\b(?:hurt(?:s|ing)?|hit(?:s|ting)?|damaged|plagu(?:es|ed|ing)|dogg(?:ed|ing)|weigh(?:s|ed|ing) on|befell|beset|struck|sank|suffered by|squeez(?:es|ed|ing)|troubl(?:es|ed|ing)) (?:its|their|other|many|most|several|some|bigger|smaller|larger|all)? ?(?:of (?:its|their) )?(?:rivals|peers|competitors|others)\b",
        ),
        (
            0.0,
            "weight",
            r"\b(?:los(?:e|es|ing|t) (?:[\w%.,-]+ ){0,4}?weight|weight[- ]loss)\b",
        ),
        (
            0.28,
            "not",
            r"\b(?:[\w’'-]+ ){0,3}?(?:had|has|have|did|does|do|was|were|is|are|would|will) not (?:be |been )?(?:cost|hurt|harm(?:ed)?|affect(?:ed)?|dent(?:ed)?|disrupt(?:ed)?|derail(?:ed)?|damaged?|threaten(?:ed)?|interrupt(?:ed)?)\b(?: (?:it|them|the company|any|a|an|its|\w+) ?\w*)?",
        ),
        (
            0.3,
            "fewer",
            r"\bfewer (?:of )?(?:[\w’'-]+ ){1,6}?(?:missed|miss|defaulted|default|fell behind|cancelled|canceled|cancel|left|leave|quit|complained|complain|defected|returned|churned|failed|broke down)\b",
        ),
        (
            0.26,
            "less",
            r"\b(?:paid|pays?|paying|spent|spends?|spending) (?:[\w$€£%.,]+ ){0,3}?less (?:for|on|than)\b",
        ),
        (
            0.34,
            "loss losses lost deficit burned burnt",
            r"\b(?:loss(?:es)?|lost|deficit|burn(?:ed|t)|cash burn)\b[^;.]{0,60}\b(?:less than (?:half|a third|a quarter|the (?:loss|amount|year))|half (?:of )?(?:what|last|the (?:loss|year))|a (?:third|quarter|fraction) of (?:what|last|the (?:loss|year)))\b(?: [\w’'-]+){0,5}",
        ),
        (
            0.3,
            "worst",
            r"\bworst (?:\w+ ){0,4}?(?:is|was|may be|might be|could be|appears?|seems?|looks?|lies|has|have|had) (?:\w+ ){0,4}?(?:over|behind|past|passed|done|avoided|averted)\b",
        ),
        (
            0.36,
            "end ends ended broke breaks breaking snap snaps snapped snapping halts halted",
            r"\b(?:end(?:s|ed|ing)?|br(?:oke|eaks?|eaking)|snap(?:s|ped|ping)?|halt(?:s|ed|ing)?) (?:an? |the |its |their )?(?:(?!with\b|in\b|on\b|at\b|by\b|to\b|as\b|after\b|for\b)[\w-]+ ){0,3}?(?:losing streak|run of (?:losses|declines|falls|misses)|slump|drought|downturn|declines?|slides?|drops?|falls?|sell-?off|rout|retreat|string of (?:losses|misses|declines))\b",
        ),
        (
            -0.34,
            "end ends ended broke breaks breaking snap snaps snapped snapping halts halted",
            r"\b(?:end(?:s|ed|ing)?|br(?:oke|eaks?|eaking)|snap(?:s|ped|ping)?|halt(?:s|ed|ing)?) (?:an? |the |its |their )?(?:(?!with\b|in\b|on\b|at\b|by\b|to\b|as\b|after\b|for\b)[\w-]+ ){0,3}?(?:winning streak|rally|gains|advance|climb|run of (?:gains|growth|increases|beats)|streak of (?:gains|growth|increases|beats)|boom|expansion|string of (?:gains|increases|beats))\b",
        ),
        (
            -0.34,
            "allowed permitted authorised authorized",
            r"\b(?:\w+n[’']t|not|never|no longer|cannot)(?: be| been| being)? (?:allowed|permitted|authori[sz]ed) to(?: [\w’'-]+){1,3}",
        ),
        (
            -0.28,
            "errand cashing cashed",
            r"\bfool[’']s errand\b|\bcash(?:ed|ing) out of\b",
        ),
        (
            0.34,
            "half third quarter",
            r"\b(?:cut|cuts|slash(?:es|ed)|reduc(?:es|ed)|trim(?:s|med)|more than halved|halved|narrow(?:s|ed)) (?:its |their |the |his )?(?:[\w-]+ ){0,2}?(?:loss|losses|deficit|debts?|costs?|expenses|cash burn|overheads) (?:in half|by (?:more than |about |nearly |almost )?(?:half|a third|two[- ]thirds|a quarter|three[- ]quarters))",
        ),
        (
            -0.3,
            "doubt doubts question questions",
            r"\b(?:rais(?:es|ed|ing)|prompt(?:s|ed|ing)|fuel(?:s|led|ling)|stok(?:es|ed|ing)|cast(?:s|ing)?|revive[sd]?) (?:\w+ ){0,3}?(?:doubts?|questions?)\b",
        ),
        (
            -0.34,
            "fear fears worry worries concern concerns",
            r"\b(?:rais(?:es|ed|ing)|prompt(?:s|ed|ing)|fuel(?:s|led|ling)|stok(?:es|ed|ing)|deepen(?:s|ed|ing)?|reviv(?:es|ed|ing)|heighten(?:s|ed|ing)?|spark(?:s|ed|ing)?|renew(?:s|ed|ing)?|add(?:s|ed|ing)? to|feed(?:s|ing)?|ignit(?:es|ed)) "
            r"(?:\w+ ){0,3}?(?:fears?|worr(?:y|ies)|concerns?)\b",
        ),
        (
            -0.32,
            "gain gains",
            r"\b(?:g(?:ave|ives?|iving)|given|eras(?:e|ed|es|ing)|par(?:ed|es|ing)|surrender(?:ed|s|ing)?|lost|wip(?:ed|es|ing)|revers(?:ed|es|ing)|trim(?:med|s|ming)|hand(?:ed|s|ing)) "
            r"(?:(?:up|back|out|most|some|all|half|much|nearly|almost|of) )*(?:(?:its|their|the|an?) )?(?:(?:earlier|early|initial|morning|previous|recent|week['’]s|day['’]s|year['’]s) )*gains?\b",
        ),
        (
            0.34,
            "buy time",
            r"\btime to (?:buy|get back into|add to)\b(?: [\w.-]+){0,3}|\bbuy (?:u\.s\.|us|european|asian|chinese|japanese|indian|emerging[- ]market|the) (?:[\w-]+ )?(?:stocks|equities|shares|dip)\b",
        ),
        (
            -0.34,
            "sell time",
            r"\btime to (?:sell|get out of|cut back on)\b(?: [\w.-]+){0,3}|\bsell (?:u\.s\.|us|european|asian|chinese|japanese|indian|emerging[- ]market) (?:[\w-]+ )?(?:stocks|equities|shares)\b",
        ),
        (
            0.3,
            "risk allocation allocations exposure",
            r"\b(?:add(?:s|ed|ing)?|boost(?:s|ed|ing)?|beef(?:s|ed|ing)? up|increas(?:es?|ed|ing)|rais(?:es?|ed|ing)|lift(?:s|ed|ing)?) (?:(?:their|its|your|our|more) )?(?:risk(?:-taking)?(?: positions?| exposure| appetite)?(?= to (?:portfolios?|their)|\b(?! (?:of|to|that|for)\b))|(?:allocations?|exposure) to (?:[\w-]+ ){0,3}?(?:stocks|equities|bonds|credit|shares))\b",
        ),
        (
            -0.3,
            "risk allocation allocations exposure",
            r"\b(?:cut(?:s|ting)?|reduc(?:es?|ed|ing)|trim(?:s|med|ming)?|lower(?:s|ed|ing)?) (?:(?:their|its|your|our) )?(?:risk(?:-taking)? (?:positions?|exposure|appetite)|(?:allocations?|exposure) to (?:[\w-]+ ){0,3}?(?:stocks|equities|bonds|credit|shares))\b",
        ),
        (
            0.26,
            "favor favors favored favour favours favoured prefer prefers preferred overweight",
            r"\b(?:favou?r(?:s|ed)?|prefer(?:s|red)?|overweight(?: on)?) (?:[\w.-]+ )?(?:equities|stocks)\b",
        ),
        (
            -0.32,
            "leak leaks leaked leaking leaky",
            r"\bleak(?:s|ed|ing|y)?\b[^;.,]{0,40}\b(?:data|names|information|codes?|passwords?|details|records|e-?mails?|credentials|profiles?|photos)\b",
        ),
    )
)
_OF_ALL: Final = frozenset[str]().union(*(cues for _, cues, _ in _PHRASES))


def long_phrases(text: str, start: int, end: int) -> Iterator[tuple[float, int, int]]:
    """Yield what a phrase is worth, and its bounds, for each that stands in a sentence of a lower-cased text.

    >>> [v > 0 for v, _, _ in long_phrases("fears that it would cut jobs eased", 0, 34)]
    [True]
    """
    words = _OF_ALL.intersection(words_in(text, start, end))
    if not words:
        return
    for value, cues, pattern in _PHRASES:
        if not words.isdisjoint(cues):
            for match in pattern.finditer(text, start, end):
                yield value, match.start(), match.end()
