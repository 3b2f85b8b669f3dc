"""Results, guidance, user numbers and credit quality."""

from __future__ import annotations

from typing import Final

from readthrough.reading.patterns.shape import Pattern, pattern

__all__ = ["PATTERNS"]

_NOT_MACRO = (
    r"\b(?:payrolls|inflation|cpi|gdp|economists|unemployment|jobless|retail sales rose|retail sales fell|"
    r"index of|price index|factory orders|trade deficit)\b"
)
_NOT_RATING = (
    r"\bprice (?:target|objective)|target price\b|\b(?:brent|crude|oil|gold|silver|copper|gas|ore|lithium|commodity|gdp|"
    r"economic|inflation|rates?|s&p 500|index|yields?|euro|dollar|yen|bitcoin)(?: price)? (?:forecasts?|outlook|targets?|"
    r"views?|estimates?|projections?)"
)

PATTERNS: Final[tuple[Pattern, ...]] = (
    pattern(
        "earnings_mixed",
        "miss|beat|topped|mixed|short|exceed",
        r"(?:<miss><g60>(?:but|while|though|although|even as)<g60><beat>|<beat><g60>(?:but|while|"
        r"though|although|even as)<g60><miss>)"
        r"|mixed (?:results|quarter|earnings|third|second|first|fourth|bag|set of)|(?:results|quarter|"
        r"earnings) (?:was|were|are|is) mixed",
        "neutral",
        0.5,
        needs=r"\b(?:<profit>|<sales>|quarter\w*)\b",
        veto=_NOT_MACRO,
    ),
    pattern(
        "earnings_beat",
        "beat|topp|tops|exceed|surpass|outpac|outstrip|crush|smash|trounc|blew past|blow",
        r"<beat><g60><est>",
        "positive",
        0.65,
        needs=(
            r"\b(?:<profit>|<sales>|quarter\w*|bookings|eps|cents|estimates|"
            r"consensus|street)\b"
        ),
        veto=_NOT_MACRO + r"|\b(?:guidance|outlook|forecasts? (?:for|of)|expects?|sees|will|could|would|"
        r"aims?)\b[^,;]{0,40}\b(?:beat|above|topping|top|exceed|surpass)",
    ),
    pattern(
        "earnings_beat",
        "beat|top|exceed|surpass|past|clear|crush|smash",
        r"<beat> (?:[\w&.]+(?:'s?|s')? ){0,2}(?:estimates|expectations|forecasts|consensus)(?! for<g>(?:deliver|"
        r"subscriber|user))",
        "positive",
        0.6,
        linked=True,
        veto=_NOT_MACRO
        + r"|\b(?:will|would|should) (?:<g10>)<beat>|\b(?:my|our|your|his|her) expectations|deliver(?:y|ies)\b|subscriber|\busers\b|<outlook><g><beat>|\b(?:expects?|sees|guid\w+|"
        r"forecasts? (?!on|by|of analysts))\b[^,;]{0,50}<beat>",
    ),
    pattern(
        "earnings_miss",
        "more than|less than|steeper|bigger|sharper|worse",
        r"(?:<profit>|<sales>|volumes?|margins?)<g60><fall> (?:by )?(?:<g10>)?more (?:steeply |sharply )?than <g>"
        r"(?:expected|forecast|feared|anticipated|<est>)|(?:steeper|bigger|sharper|larger|worse|deeper)(?:-than-| than )"
        r"(?:expected|feared|forecast|anticipated) <g>(?:drop|fall|decline|slide|loss|slump)|"
        r"(?:<profit>|<sales>)<g60>(?:rose|rise|rises|grew|grow|grows|climbed|increased|growth)<g>less than <g>"
        r"(?:expected|forecast|hoped|anticipated|<est>)",
        "negative",
        0.6,
        veto=_NOT_MACRO + r"|\b(?:retail sales|home sales|costs?|expenses)\b",
    ),
    pattern(
        "earnings_beat",
        "less than|smaller|shallower|milder|feared|hoped",
        r"(?:<profit>|<sales>)<g60><fall> (?:by )?(?:<g10>)?less (?:steeply |sharply )?than <g>(?:expected|forecast|"
        r"feared|anticipated|<est>)|(?:smaller|shallower|milder|softer|gentler) (?:drop|fall|decline|dip|slide) in "
        r"<g60>than <g60>(?:expected|feared|forecast|braced|anticipated|<est>)|(?:better|less bad)(?:-than-| than )"
        r"(?:feared|hoped|anticipated|<est>)",
        "positive",
        0.55,
        needs=r"\b(?:<profit>|<sales>|quarter\w*|loss)\b",
        veto=_NOT_MACRO,
    ),
    pattern(
        "earnings_beat",
        "above|ahead of|better|more than|higher|stronger|excess|bigger|fatter|larger|richer",
        r"(?:<above><g10>(?:<g>)(?:expected|<est>|analysts (?:had )?(?:expected|forecast|estimated|polled)))|"
        r"(?:bigger|fatter|larger|higher|better|stronger|richer) (?:<g>)(?:<profit>|<sales>)(?:<g>) than (?:<g>)(?:expected|"
        r"forecast|<est>|pencil+ed|bargained|reckoned|hoped|feared)",
        "positive",
        0.6,
        needs=r"\b(?:<profit>|<sales>|quarter\w*|a share|per share)\b",
        veto=_NOT_MACRO
        + r"|\b(?:guidance|outlook|guid(?:es|ed)|forecasts? (?:for|of)|expects?|sees|projects?|"
        r"projected|will|could|would|aims?|to come in)\b"
        r"|\b(?:loss|losses|costs?|expenses|provisions|charges?)\b[^,;]{0,30}\b(?:higher|more|above|wider)"
        r"|<fall>[^,;]{0,25} more than",
    ),
    pattern(
        "earnings_beat",
        "narrower|smaller",
        r"(?:narrower|smaller)(?:-than-| than )(?:<g10>)(?:expected|forecast|estimated|feared|"
        r"analysts)<g10>(?:loss)?",
        "positive",
        0.55,
        needs=r"\bloss(?:es)?\b",
    ),
    pattern(
        "earnings_beat",
        "earnings|profit|sales|revenue|results|blowout|blow-out|beat on|"
        "earnings surprise|double beat|eps beat",
        r"(?:earnings|profit|sales|revenue|results|eps|double|quarterly) beats?|(?:results|earnings|numbers|quarter)"
        r" (?:impress(?:es|ed)?|please[sd]?|delight\w*|shine[sd]?|wow\w*)|surprise (?:<g>)profit|blow-?out (?:quarter|"
        r"results|earnings)|positive earnings surprise|beat on (?:both )?(?:the )?(?:top|bottom|"
        r"revenue|sales|earnings|profit)",
        "positive",
        0.6,
    ),
    pattern(
        "earnings_miss",
        "miss|short|below|trail|lag|undersh|disappoint|under",
        r"<miss><g60><est>",
        "negative",
        0.65,
        needs=(
            r"\b(?:<profit>|<sales>|quarter\w*|eps|cents|growth|estimates|"
            r"consensus|street|margins?|loss)\b"
        ),
        veto=_NOT_MACRO
        + r"|\b(?:guidance|outlook|forecasts? (?:for|of)|sees|guided|would|will)\b[^,;]{0,60}\b(?:miss\w*|below|"
        r"short|trail\w*|disappoint\w*)",
    ),
    pattern(
        "earnings_miss",
        "below|shy|short|under|worse|less|lower|weaker|softer|wider|steeper|bigger|larger",
        r"(?:<below><g10>(?:<g>)(?:expected|<est>|analysts (?:had )?(?:expected|forecast|estimated|polled)))"
        r"|(?:wider|steeper|bigger|larger|deeper)(?:-than-| than )<g10>(?:expected|forecast|estimated|"
        r"analysts)(?:<g10>loss)?",
        "negative",
        0.6,
        needs=r"\b(?:<profit>|<sales>|quarter\w*|a share|per share|loss)\b",
        veto=_NOT_MACRO
        + r"|\b(?:guidance|outlook|guid(?:es|ed)|forecasts? (?:for|of)|expects?|sees|projects?|"
        r"projected|will|could|would|aims?|to come in)\b"
        r"|\b(?:costs?|expenses|provisions|charges?|loss|losses)\b[^,;]{0,30}\b(?:lower|less|below|smaller)",
    ),
    pattern(
        "earnings_miss",
        "short|disappoint|underwhelm|surprise|earnings miss|profit miss|sales miss|revenue miss|results miss|disappointing|eps miss|missed on",
        r"(?:earnings|profits?|sales|revenues?|results|eps|quarterly) miss(?:es|ed)?(?! out)|"
        r"disappointing (?:<g>)(?:results|earnings|quarter|sales|profit|revenue)|"
        r"missed on (?:both )?(?:the )?(?:top|bottom|revenue|sales|earnings|profit)|(?:<profit>|<sales>) (?:falls?|fell|comes? up|came up|came in) (?:<g10>)short|(?:earnings|results|sales|"
        r"quarter|profit|revenue|numbers) (?:disappoint(?:s|ed)?|underwhelm(?:s|ed)?)|surprise (?:<g>)loss",
        "negative",
        0.6,
    ),
    pattern(
        "earnings_mixed",
        "loss narrow|narrowed its|narrows|narrower loss|narrowed to|loss shrank|trimmed its loss|loss|losses",
        r"(?:(?:net |operating |quarterly |annual |pre-?tax )?loss(?:es)?<g>(?:narrow(?:s|ed|ing)?|"
        r"shrank|shrinks?)|(?:narrow(?:s|ed)|shrinks|shrank|trims|trimmed) (?:its |"
        r"their )?<g>loss(?:es)?|narrower (?:<g10>)?loss)",
        "positive",
        0.45,
        weak=True,
        veto=r"narrower(?:-than-| than )|(?:stock|shares|index|futures|market)<g>(?:narrowed|pared)",
    ),
    pattern(
        "earnings_beat",
        "record|profit|income|earnings|profitab",
        r"(?:turns?|turned|posts?|posted|reports?|reported|books?|booked) (?:its |a |their )?(?:<g10>)first(?:-ever)? "
        r"(?:<g>)profit|record <g><profit>|record (?:quarter|first|second|third|fourth|annual|revenue|sales)|"
        r"(?:net |operating |quarterly |annual |pre-?tax |"
        r"group )?(?:<profit>)(?: for<g>)? (?:more than )?<jump>|(?:swung|swings|returned|returns|"
        r"swing) (?:back )?(?:in)?to (?:a )?(?:<g>)(?:profit|the black)|back in the black",
        "positive",
        0.55,
        weak=True,
        veto=_NOT_MACRO
        + r"|price-to-earnings|p/e|\b(?:could|would|if|expects?|forecasts?|sees)\b|record low|"
        r"shares? jump\w* after",
    ),
    pattern(
        "earnings_miss",
        "profit|income|earnings|revenue|sales|loss|losses",
        r"(?:net |operating |quarterly |annual |pre-?tax |group |first-half |core )?(?:profits?|"
        r"net income|earnings|operating income|ebitda|revenues?|sales)(?: for<g>|"
        r" in<g>)? (?:<g10>)<plunge>"
        r"|<plunge> in (?:<g10>)(?:profit|net income|earnings|revenue|sales|operating income)|"
        r"(?:swung|swings|swing|slipped|slumped|tumbled) (?:in)?to (?:a )?(?:<g>)loss|"
        r"posts? (?:<g10>)(?:surprise|record|first) (?:<g10>)loss|(?:loss|losses) widen(?:s|ed|ing)?",
        "negative",
        0.5,
        weak=True,
        veto=_NOT_MACRO + r"|price-to-earnings|\b(?:could|would|if|expects?|expected to|forecasts?|sees)\b|"
        r"\b(?:retail|home|house|car|vehicle)[ -]sales|less than|fell short|after earnings|below",
    ),
    pattern(
        "earnings_miss",
        "charge|write-down|writedown|impairment|write-off|hit",
        r"(?:tak(?:e|es|ing)|book(?:s|ed|ing)?|record(?:s|ed|ing)?|post(?:s|ed)?|fac(?:e|es|ing)|took|write|writes|report(?:s|ed)) "
        r"(?:an? |up to |about |some |nearly )*(?:<money>) (?:<g10>)(?:charges?|write-?downs?|impairments?|write-?offs?|hit)(?!\w)|"
        r"writ(?:e|es|ing) (?:down|off) <g10>(?:<money>)",
        "negative",
        0.5,
        needs=r"\d ?(?:billion|bn|trillion|tn)",
        lead=True,
        weak=True,
        veto=r"\b(?:record (?:profit|sales|quarter)|hit (?:a |an )?record)\b",
    ),
    pattern(
        "earnings_miss",
        "short on|miss|trail|lag|disappoint|shy|below|under|short of",
        r"(?:<miss>|f[ae]ll(?:s|en)? short) on (?:<g10>)(?:<profit>|<sales>|margins?)|(?:<profit>|<sales>) (?:slip|fell|fall|drop|came|come|slid|dip)"
        r"\w* (?:<g10>)(?:below|short of|under|shy of) (?:<g>)<est>",
        "negative",
        0.6,
        veto=_NOT_MACRO + r"|\b(?:would|will)\b",
    ),
    pattern(
        "earnings_beat",
        "blew|blow|stun|trounc|shatter|left",
        r"(?:blew|blows?|blowing) (?:the doors off|away|through) (?:<g>)<est>|(?:stunned|shattered|stuns|shatters|demolish\w+) (?:<g>)"
        r"(?:<est>|wall street|analysts)",
        "positive",
        0.6,
        needs=r"\b(?:<profit>|<sales>|quarter\w*)\b",
        veto=_NOT_MACRO + r"|\b(?:warn\w*|loss|miss\w*|but|though)\b",
    ),
    # guidance
    pattern(
        "guidance_raise",
        "better|higher|stronger|range|nudg|push|revis|mov|bump|tweak|edg|would beat|will beat|exceed|would top|will top",
        r"(?:will|would|to|should|likely) (?:be|come in|grow|rise|end up) (?:<g10>)(?:better|higher|stronger|faster|more|above) than (?:it|the "
        r"(?:company|group|firm)|previously|earlier)(?:<g>)(?:thought|expected|forecast|planned|said|guided|projected|hoped)|"
        r"<raise> (?:the|its) (?:<g10>)range|(?:nudg|push|revis|mov|bump|tweak|edg|crank|ratchet)\w* (?:up )?(?:its|the|their) (?:<g>)<outlook>"
        r"<g10>(?:up|upwards?|higher)|(?:revis|tweak)\w* (?:up|upwards?) (?:<g>)<outlook>|(?:<profit>|<sales>|margins?) (?:will|would|should|"
        r"is set to|are set to) (?:<g10>)<beat>(?:<g>)(?:<est>)",
        "positive",
        0.6,
        veto=_NOT_RATING
        + r"|\b(?:costs?|loss(?:es)?|expenses|fed|ecb|imf|opec|analysts? (?:raise|lift)\w*|mortgage|trading range)\b",
    ),
    pattern(
        "guidance_cut",
        "worse|lower|weaker|slower|less|range|nudg|push|revis|mov|tweak|edg|targets|no longer",
        r"(?:will|would|to|should|likely) (?:be|come in|grow|rise|end up) (?:<g10>)(?:worse|lower|weaker|slower|less|smaller) than (?:it|the "
        r"(?:company|group|firm)|previously|earlier)(?:<g>)(?:thought|expected|forecast|planned|said|guided|projected|hoped)|"
        r"<cut> (?:the|its) (?:<g10>)range|(?:nudg|push|revis|mov|tweak|edg|ratchet)\w* (?:its|the|their) (?:<g>)<outlook>"
        r"<g10>(?:down|downwards?|lower)|(?:revis|tweak)\w* (?:down|downwards?) (?:<g>)<outlook>|(?:targets?|goals?|ambitions?|<outlook>)"
        r"(?:, which)? (?:was |were |came in |that were |that was )?(?:well |far |just |slightly )?(?:below|short of|under|beneath) (?:<g>)"
        r"(?:<est>|analysts|expected)|no longer (?:expect\w*|see[sn]?|forecast\w*|predict\w*) (?:<g>)(?:to )?grow\w*",
        "negative",
        0.6,
        veto=_NOT_RATING
        + r"|\b(?:costs?|loss(?:es)?|expenses|fed|ecb|imf|opec|economists|inflation|mortgage|trading range)\b",
    ),
    pattern(
        "guidance_raise",
        "guidance|outlook|forecast|target|view|projection|estimate|goal",
        r"<raise> (?:both )?(?:its|their|the|his|her|full|annual|fiscal|20\d\d|fy|profit|sales|"
        r"revenue|earnings|year|quarterly|first|second|third|fourth|2|q|low|top|mid|delivery|"
        r"production|capex|\w+'s)?(?:<g>)<outlook>"
        r"|<outlook> (?:was |has been |is |were |being )?(?:raised|lifted|boosted|hiked|upgraded|"
        r"increased)|(?:raised|upbeat|stronger|higher|improved|rosy|bullish|"
        r"strong) (?:<g10>)(?:guidance|outlook|forecast)"
        r"|(?:raised|lifted) (?:the )?(?:low|top|upper|bottom|lower|mid)(?:<g10>)(?:end|point)",
        "positive",
        0.65,
        veto=_NOT_RATING
        + r"|\b(?:suspend\w*|withdr[ae]w\w*|loss forecast|imf|opec|oecd|crops?|harvests?|world bank|iea|economists?|strategists?|analysts? (?:raise|lift|boost)\w*|fed|ecb|"
        r"boe|boj|central bank|rating outlook|outlook to (?:positive|stable|negative)|outlook from|"
        r"gdp|inflation)\b"
        r"|(?:capital spending|capex|capital expenditure|spending) (?:guidance|forecast|outlook|plan|target)",
    ),
    pattern(
        "guidance_raise",
        "expects|forecast|sees|guid|outlook|projected|predict|guidance",
        r"(?:expect(?:s|ed)?|forecasts?|sees|guid(?:es|ed|ing)|outlook|project(?:s|ed)|predict(?:s|"
        r"ed)|guidance|forecast(?:ing)?)<g60>(?:<above>|<beat>)<g60>(?:<est>|expected|analysts)",
        "positive",
        0.6,
        veto=_NOT_MACRO
        + r"|(?:reported|posted|earned|expect(?:s|ed)?|had forecast) by analysts|(?:analysts|economists|"
        r"(?<!wall )street)(?: had| were)? (?:expect|forecast|project|predict)\w*<g10>\.?$|(?:cost|"
        r"loss|expense|tax)\w*<g>(?:above|higher)",
    ),
    pattern(
        "guidance_cut",
        "guidance|outlook|forecast|target|view|projection|estimate|goal",
        r"(?<!price )(?<!output )<cut> (?:both )?(?:its|their|the|full|annual|fiscal|20\d\d|fy|profit|"
        r"sales|revenue|earnings|year|quarterly|first|second|third|fourth|2|q|low|top|mid|delivery|"
        r"production|\w+'s)?(?:<g>)<outlook>"
        r"|<outlook> (?:was |has been |is |were |being )?(?:cut|lowered|slashed|trimmed|reduced|"
        r"downgraded|withdrawn|suspended|pulled)|(?:weak|weaker|soft|softer|disappointing|gloomy|"
        r"downbeat|bleak|dim|cautious|guarded|subdued|lower|reduced|lacklustre|lackluster|tepid|muted|"
        r"grim) (?:<g10>)(?:guidance|outlook|forecast)",
        "negative",
        0.7,
        veto=_NOT_RATING
        + r"|\b(?:imf|opec|oecd|crops?|harvests?|world bank|iea|economists?|fed|ecb|boe|boj|central bank|"
        r"outlook to (?:positive|stable|negative)|outlook from|gdp|inflation|lower-than|forecasts? for (?:brent|oil|gold|"
        r"crude|copper|prices|gas|the economy|rates))\b"
        r"|(?:capital spending|capex|capital expenditure|spending|cost|expense) (?:guidance|forecast|"
        r"outlook|plan|target)|cut costs",
    ),
    pattern(
        "guidance_cut",
        "warn|profit warning|low|lower|bottom",
        r"(?:to|at|near|towards?|in|around|hit) (?:the )?(?:low|lower|bottom)(?: end|-end| half)(?: of (?:its|the|"
        r"their)<g>(?:<outlook>|range)|$|,| of (?:<g>)range)|"
        r"profits? warnings?|(?:warn(?:s|ed|ing)?) (?:that |of |on |about |"
        r"investors )?(?:<g60>)(?:<profit>|<sales>|margins?|demand|growth)(?:<g60>)(?:below|lower|"
        r"miss|hit|decline|fall|drop|slow\w*|weak\w*|short|shrink|suffer|pressure\w*|worse|less|hurt|"
        r"down|loss)|warn(?:s|ed|ing)? on (?:<g10>)(?:profits?|sales|margins?|earnings|revenue)(?: margins?)?|sales warning|warn(?:s|ed|ing)? (?:of|on|about) (?:<g>)(?:profit|sales|earnings|"
        r"slow\w*|weak\w*|lower|declin\w*|slump\w*|soft\w*|hit)",
        "negative",
        0.7,
        veto=r"\b(?:economists?|fed|imf|ecb|analysts warn\w*|tariffs? could|regulators?|fda|job losses)\b",
    ),
    pattern(
        "guidance_cut",
        "short of|below|lower|would|miss|no longer|expects|forecast|sees|predict|project|disappoint|underwhelm|outlook|out of reach|above plan|"
        "guidance|trail|flat",
        r"(?:will|would|to|likely|set to|expects? to|may) (?:<g10>)(?:miss|fall short of|undershoot) (?:its |the |"
        r"their |this year's )(?:<g>)(?:<outlook>|targets?|goals?|plan)|no longer (?:expect\w*|see[sn]?|believ\w*|"
        r"forecast\w*|aim\w*)(?:<g60>)(?:meet|reach|hit|achiev\w*|attain|deliver|<outlook>|goal|target|growth|profit)|"
        r"(?:expects?|forecasts?|sees?|predicts?|projects?|expecting|anticipates?) (?:<g>)(?:<profit>|<sales>|margins?|"
        r"volumes?|deliveries)(?:<g>)(?:to )(?:fall|drop|decline|shrink|slip|be (?:lower|down|hurt|hit)|contract|"
        r"weaken|slow|halve)|(?:expects?|forecasts?|sees?|predicts?|projects?) (?:a |an )?(?:<g>)(?:drop|decline|fall|"
        r"loss) in (?:<g10>)(?:<profit>|<sales>)|(?<!market )<outlook>(?: for<g>)? (?:disappoint\w*|underwhelm\w*|"
        r"spook\w*|rattle\w*|trail\w*|miss(?:es|ed)|falls? short|fell short|lag\w*|let\w* down)|"
        r"(?:goal|target) (?:is |was )?out of reach|"
        r"(?:<profit>|<sales>|margins?|deliveries)(?:<g>)(?:would|will|to|likely to|set to) (?:<g10>)(?:fall|come in|be|land)(?:<g10>)"
        r"(?:short of|below|lower than|under|less than|at the low)|costs? (?:would|will) (?:come in|be) (?:above|higher than|more than)|"
        r"(?:now )?(?:expected|seen) to (?:shrink|decline|fall|drop) (?:by|as much|up to|between|\d)",
        "negative",
        0.6,
        veto=_NOT_MACRO
        + r"|\b(?:analysts|economists|losses|costs? to (?:fall|drop|decline)|opec|iea|imf|fed|inflation|prices to)\b",
    ),
    pattern(
        "guidance_raise",
        "upper|top|high|outlook|forecast|guidance|predict|expects|sees",
        r"(?:to|at|near|towards?|in|around|above|hit) (?:the )?(?:upper|top|high|higher)(?: end|-end| half) of "
        r"(?:its|the|their)<g>(?:<outlook>|range|forecast)|"
        r"(?<!market )<outlook>(?: for<g>)? (?:beat|beats|top|tops|topped|impress(?:es|ed)|exceed(?:s|ed)|cheer(?:s|ed))|"
        r"(?:expects?|predict(?:s|ed)|forecasts?|sees?|guid(?:es|ed)|anticipat(?:es|ed))<g60>(?:stronger|better|higher|"
        r"bigger|larger|faster|above) (?:<g60>)than (?:<g>)(?:analysts|<est>|expected|the market|penciled|pencilled)|"
        r"(?:will|would|to|likely|set to|expects? to) (?:exceed|surpass|beat|top|overshoot) (?:its |the |their |this "
        r"year's )(?:<g>)(?:<outlook>|targets?|goals?|plan)",
        "positive",
        0.6,
        veto=_NOT_MACRO
        + r"|\b(?:loss(?:es)?|costs?|expenses) (?:<g>)(?:higher|bigger|larger|above)|opec|iea|imf|"
        r"(?:analysts|economists) (?:expect|forecast|predict)\w*\b",
    ),
    pattern(
        "guidance_maintained",
        "change|affect|alter|impact|on track|track|unchanged|within|still|intact",
        r"(?:would|will|does|did|should)(?: not|n't) (?:materially )?(?:change|affect|alter|impact|dent|move)(?:<g>)"
        r"<outlook>|no (?:change|impact) (?:to|on|in) (?:<g10>)<outlook>|(?:remains?|is|was|stays?) on track (?:to|for) "
        r"(?:<g>)(?:<outlook>|targets?|meet|deliver)|<outlook>(?:<g60>)(?:unchanged|remains? (?:in place|the same|valid|intact)|"
        r"stands)|(?:within|inside|part of|absorbed (?:in|by)|covered by|built into) (?:its|the|their) (?:existing |current |previous |"
        r"stated )?(?:<g10>)<outlook>",
        "neutral",
        0.45,
        veto=_NOT_RATING + r"|\b(?:fed|ecb|imf|opec)\b",
    ),
    pattern(
        "guidance_cut",
        "loss",
        r"(?:doubl|tripl|quadrupl|widen|rais|increas|lift|deepen)\w*(?: up)? (?:its |the |their )?(?:<g10>)(?:net |operating |annual |"
        r"full-year )*loss (?:forecast|estimate|outlook|projection|guidance)|(?:expects?|forecasts?|sees|predicts?|warns? of|"
        r"warned of) (?:a |an )?(?:<g10>)(?:bigger|wider|larger|deeper|steeper) (?:<g10>)loss",
        "negative",
        0.7,
    ),
    pattern(
        "guidance_cut",
        "withdr|pull|suspend|scrap|abandon|drop|axe|ditch|on hold",
        r"(?:withdr(?:ew|aws?|awn|awing)|pull(?:s|ed|ing)?|suspend(?:s|ed|ing)?|scrap(?:s|ped|ping)?|"
        r"abandon(?:s|ed|ing)?|drop(?:s|ped)|axe[sd]?|ditch(?:es|ed)) (?:its |their |the |all |full|fiscal|annual|20)(?:<g>)<outlook>|"
        r"<outlook> (?:is |was |has been |were )?(?:on hold|withdrawn|suspended|scrapped|pulled)",
        "negative",
        0.7,
    ),
    pattern(
        "guidance_cut",
        "expects|forecast|sees|guid|outlook|projected|predict|guidance|expected",
        r"(?:expect(?:s|ed)?|forecasts?|sees|guid(?:es|ed|ing)|outlook|project(?:s|ed)|predict(?:s|"
        r"ed)|guidance|forecast(?:ing)?)<g60>(?:<below>|<miss>)<g60>(?:<est>|expected|analysts)",
        "negative",
        0.65,
        veto=_NOT_MACRO + r"|(?:cost|loss|expense|tax)\w*<g>(?:below|lower)|(?:analysts|economists)(?: had|"
        r" were)? (?:expect|forecast|project|predict)\w*<g10>\.?$|(?:stuck|sticks|sticking|stood|stands) (?:to|by)|reaffirm\w*|"
        r"maintain\w*|loss(?:es)? (?:to be )?(?:smaller|"
        r"narrower)",
    ),
    pattern(
        "guidance_maintained",
        "reaffirm|reiterat|maintain|confirm|stuck|stick|stands by|kept|keep|unchanged|leaves|left|"
        "backs|backed|affirm|repeat|stood",
        r"(?:reaffirm(?:s|ed|ing)?|reiterat(?:e|es|ed|ing)|maintain(?:s|ed|ing)?|(?:re-?)?confirm(?:s|"
        r"ed|ing)?|(?:stuck|sticks|sticking) (?:to|with|by)|stands by|stood by|ke(?:ep|eps|pt|eping)|"
        r"left|leaves|back(?:s|ed|ing)|repeat(?:s|ed)|st[ao]nds? by|affirm(?:s|ed)?) (?:its |their |the |his |full|annual|fiscal|"
        r"20\d\d|fy|profit|sales|\w+'s )?(?:<g>)<outlook>(?! to| of (?:positive|negative|stable))|"
        r"<outlook> (?:was |were |is |remains? |left |kept )?(?:unchanged|reaffirmed|reiterated|"
        r"maintained|intact|confirmed)",
        "neutral",
        0.45,
        veto=_NOT_RATING + r"|\b(?:rating|fed|ecb|imf|opec|buy|overweight|outperform|hold|neutral)\b",
    ),
    # users and deliveries
    pattern(
        "user_metrics",
        "subscriber|users|payers|deliver|customers|bookings|accounts|passengers|traffic|members|handed|sold",
        r"(?:added|adds|gain(?:s|ed)|sign(?:s|ed) up|attract(?:s|ed)|net additions of|won|deliver(?:s|"
        r"ed)|sold|handed over)(?:<g>)\d(?:<g>)(?:(?:net )?(?:new )?(?:paid |paying |wireless |"
        r"broadband |monthly |streaming |postpaid )*(?:subscribers?|users|members|payers|customers|"
        r"accounts|vehicles|cars|evs|aircraft|jets|planes|passengers)(?: additions)?)"
        r"|(?:subscribers?|users|members|payers|active customers|daily active|monthly active|deliveries|accounts|mau|"
        r"dau|passenger traffic|traffic|subscriber (?:growth|additions|numbers))(?: numbers| base|"
        r" count| additions| growth)?(?: in<g>| for<g>)? (?:<g10>)(?:rose|grew|climbed|jumped|surged|"
        r"increased|hits? (?:a |new )?record|hits? \d|crossed|pass(?:es|ed)|reached|topped|rise|rises|jump|jumps|surge|surges|up|"
        r"accelerat\w+|beat\w*|exceed\w*)",
        "positive",
        0.5,
        linked=True,
        veto=(
            r"\b(?:fewer|less than|breach\w*|hack\w*|stolen|exposed|leak\w*|lost|outage|recall\w*|tons|contract|"
            r"order for)\b"
        ),
    ),
    pattern(
        "user_metrics",
        "deliver|handed over|sold|hands over",
        r"(?:deliver(?:s|ed)|hand(?:s|ed) over|sold|sells) (?:<g10>)\d[\d,.]*<g60>(?:record|most (?:since|ever|in))",
        "positive",
        0.5,
        linked=True,
        veto=r"\b(?:fewer|shares|stake|bonds|contract|recall\w*)\b",
    ),
    pattern(
        "user_metrics",
        "subscriber|users|payers|deliver|accounts|traffic|members|customers|sold|handed|registered",
        r"(?:delivered|delivers|sold|sells|handed over|registered)<g>\d<g60>(?:fewer|less than a year|down \d)|"
        r"(?:lost|loses|losing|shed|sheds)(?:<g60>)(?:subscribers?|users|members|payers|customers|accounts)"
        r"|(?:subscribers?|users|members|payers|daily active|monthly active|deliveries|accounts|"
        r"passenger traffic|traffic|subscriber (?:growth|additions|numbers)|net additions)(?: numbers|"
        r" base| count| additions| growth| users)?(?: in<g>| for<g>)? (?:<g10>)(?:fell|dropped|"
        r"declined|slid|shrank|slipped|slowed|plunged|tumbled|missed|disappointed|drop|drops|fall|"
        r"falls|miss|misses|slip|slips|skid|skids|slide|slides|tumble|tumbles|shrink|shrinks|plunge|plunges|down|decline|slump\w*|came in below|stall\w*)|(?:slower|weaker|"
        r"disappointing|sluggish) (?:<g10>)(?:subscriber|user|delivery|deliveries|traffic)(?: growth|"
        r" additions| numbers)?",
        "negative",
        0.5,
        linked=True,
        veto=(
            r"\b(?:breach\w*|hack\w*|stolen|exposed|leak\w*|oil|gas|barrels|key customer|biggest customer|"
            r"largest customer|major customer)\b"
        ),
    ),
    # credit quality
    pattern(
        "credit_quality_deterioration",
        "npa|card losses|delinquen|charge-off|chargeoff|provision|bad loan|non-performing|nonperforming|loan loss|"
        "credit loss|impairment|default rate|soured|bad debt|set aside|behind on",
        r"(?:delinquenc(?:y|ies)(?: rates?)?|(?:gross |net )?npas?(?: ratio)?|(?:net )?charge-?offs?(?: rates?)?|card losses|(?:loan[- ]loss |credit[- ]loss |"
        r"bad[- ]loan |bad[- ]debt )?provisions?(?: for (?:credit|loan|bad)[a-z ]{0,20})?|bad loans|"
        r"non-?performing loans|(?:loan|credit) loss(?:es)?|loan impairments|default rates?|"
        r"bad debts?|soured loans)(?:<g>)(?:rose|ris(?:e|es|ing|en)|jump\w*|climb\w*|surg\w*|"
        r"increas\w*|doubl\w*|tripl\w*|higher|up|worsen\w*|widen\w*|swell\w*|mount\w*|pile\w*|spik\w*|inch\w* up|creep\w*|deteriorat\w*|"
        r"grew|above|hit)"
        r"|(?:rising|higher|mounting|rise in|jump in|increase in|surge in|spike in|more|soaring|"
        r"growing|bigger|large|climb in|set(?:s|ting)? aside(?:<g>)for|worsening|"
        r"deteriorating)(?:<g10>)(?:delinquenc(?:y|ies)|charge-?offs|(?:loan[- ]loss |credit[- ]loss |"
        r"bad[- ]loan |bad[- ]debt )?provisions|bad loans|bad debts?|non-?performing loans|"
        r"loan losses|credit losses|(?:soured|sour|souring|problem) (?:\w+ )?loans|credit quality|asset quality)|f[ae]ll(?:s|ing|en)? behind (?:faster |more )?on "
        r"(?:\w+ )?(?:payments|loans|repayments|mortgages|bills)",
        "negative",
        0.6,
        veto=r"\b(?:tax provision|legal provision|litigation provision|lower|fell(?! behind)|declin\w+ in|in line with)\b",
    ),
)
