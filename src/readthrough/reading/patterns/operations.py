"""Products, approvals, contracts, disruptions, strikes, breaches."""

from __future__ import annotations

from typing import Final

from readthrough.reading.patterns.shape import Pattern, pattern

__all__ = ["PATTERNS"]

_AGENCY = (
    r"(?:fda|u\.s\. food and drug administration|food and drug administration|ema|european medicines agency|"
    r"european commission|mhra|nmpa|pmda|health canada|regulators?|faa|sec|cma|easa|nrc|fcc|ferc|"
    r"regulatory|nice)"
)

PATTERNS: Final[tuple[Pattern, ...]] = (
    pattern(
        "product_launch",
        "launch|unveil|introduc|debut|roll|releas|reveal|new model|new product|new service|showcas",
        r"(?:launch(?:es|ed|ing)?|unveil(?:s|ed|ing)?|introduc(?:es|ed|ing)|debut(?:s|ed|ing)|"
        r"roll(?:s|ed|ing)? out|reveal(?:s|ed|ing)?|releas(?:es|ed|ing)|showcas(?:es|ed|ing)|"
        r"start(?:s|ed)? selling|beg(?:ins|an) selling|brings? to market)(?:<g60>)(?:new|its|a|an|the|"
        r"first|latest|next-generation|own|cheaper|\d|lower-cost|upgraded|low-cost|budget|ai|"
        r"rival|[\w-]+(?:er|est))\b(?:<g60>)(?:phones?|smartphones?|chips?|processors?|models?|cars?|vehicles?|suvs?|"
        r"trucks?|pickups?|products?|services?|platforms?|apps?|devices?|tools?|software|consoles?|"
        r"headsets?|watch\w*|tablets?|laptops?|assistants?|chatbots?|subscription|card|accounts?|"
        r"features?|drugs?|treatments?|pill|line-?up|range|brand|tier|plan|menu|burgers?|drinks?|"
        r"engines?|servers?|accelerators?|robots?|robotaxis?|satellites?|networks?|fund|etf|store|"
        r"marketplace|batter(?:y|ies)|gpus?|games?|collection|version|iphone|ipad|generation|vaccine|"
        r"system|technology|burger|offering|agent|agents|search|sandwich|sneakers?|browser|glasses|"
        r"wallet|jet|aircraft|loans?|index)"
        r"|(?:launch|unveiling|roll-?out|debut|release|introduction) of (?:its |a |the |"
        r"their )(?:<g10>)(?:new |latest |first |next|own |long-awaited |cheaper )",
        "positive",
        0.4,
        veto=(
            r"\b(?:launch\w* (?:<g>)(?:probe|investigation|inquiry|bid|offering|takeover|review|buyback|"
            r"offer|lawsuit|strike|attack|campaign|tender|cost|restructuring|appeal|missile|proxy|"
            r"search for|share)|released? (?:<g10>)(?:results|earnings|report|data|statement|figures|"
            r"minutes|preliminary|survey)|trading debut|market debut|lawsuit|tariffs?|delay\w*|postpon\w*|"
            r"fail\w*|cancel\w*|recall\w*|scrapp\w*|discontinu\w*|bug|crash\w*|central bank|ipo|"
            r"nasdaq debut|government|minister|congress|president)\b"
        ),
    ),
    pattern(
        "product_launch",
        "delay|postpon|push|trial|study",
        r"(?:delay(?:s|ed|ing)?|postpon(?:es|ed|ing)|push(?:es|ed|ing)? back)(?:<g>)(?:launch|rollout|"
        r"roll-out|release|product|model|chip|debut|introduction|production of|deliver(?:y|ies) of)|"
        r"(?:launch|rollout|roll-out|release) (?:<g10>)(?:delayed|postponed|pushed back|flop\w*)",
        "negative",
        0.45,
        veto=r"\b(?:release of (?:results|report|earnings|data)|ipo|merger|listing|economic)\b",
    ),
    pattern(
        "product_launch",
        "trial|study|phase|endpoint",
        r"(?:met|meets|achiev\w+|hit)<g>(?:goals?|endpoints?|targets?)<g60>(?:trial|study)|"
        r"(?:trial|study|phase (?:3|2|iii|ii|three|two|1)|late-stage|mid-stage|"
        r"data)(?:<g60>)(?:met (?:its|the|all|both)|success\w*|positive|reduced|cut the|improv\w+|"
        r"effective|significant\w*|slowed|benefit\w*|beat|shrank|prolong\w*|extend\w*|"
        r"lower\w* the risk)|(?:positive|encouraging|promising|successful|strong|"
        r"upbeat)(?:<g>)(?:trial|study|phase|data|topline|top-line)",
        "positive",
        0.6,
        needs=r"\b(?:<drug>|patients|endpoint|phase|placebo|cancer|disease|clinical|late-stage|mid-stage)\b",
        veto=(
            r"\b(?:fail\w*|did not|miss\w*|not (?:meet|met)|disappoint\w*|halted|halts|stop\w*|"
            r"trial (?:date|lawyer|judge|court)|jury|short of|discontinu\w*)\b"
        ),
    ),
    pattern(
        "product_launch",
        "trial|study|phase|endpoint",
        r"(?:trial|study|phase (?:3|2|iii|ii|three|two|1)|late-stage|mid-stage|drug|treatment|therapy|"
        r"vaccine|candidate)(?:<g60>)(?:fail\w*|miss\w*|did not meet|not meet|flop\w*|disappoint\w*|"
        r"clinical hold|was halted|halted|falls? short|fell short)|(?:fail(?:s|ed|ing|ure)?|"
        r"disappoint\w*|halt\w*|miss\w*|stop\w*|discontinu\w*|underwhelm\w*)(?:<g60>)(?:trial|study|"
        r"phase (?:3|2|iii|ii|three|two)|endpoint|late-stage|mid-stage)|clinical hold",
        "negative",
        0.75,
        needs=r"\b(?:<drug>|patients|endpoint|phase|placebo|cancer|disease|clinical|late-stage|mid-stage)\b",
        veto=r"\b(?:jury|judge|antitrust|without fail|test track)\b",
    ),
    pattern(
        "product_pricing",
        "price|pricing|fee",
        r"(?:<raise>|<cut>|slash\w*|discount\w*)(?: the)?(?: list| us| u\.s\.| subscription| monthly|"
        r" sticker| starting| base| retail| ticket| freight| shelf)? ?(?:prices?|pricing|fees) (?:of|"
        r"on|for|across|by|in|again|to)|(?:list|subscription|sticker|starting|retail|base|ticket|"
        r"shelf) prices?(?:<g>)(?:raised|lifted|cut|lowered|slashed|increase[sd]?|reduced|rise|"
        r"hike[sd]?|going up)|price (?:cuts?|hikes?|increases?|reductions?|rises?) (?:on|for|of|"
        r"in|across|at)",
        "direction",
        0.4,
        linked=True,
        veto=(
            r"\b(?:price target|target price|consumer prices|oil prices?|house prices|home prices|"
            r"gas prices|forecast|stock price|share price|price objective|inflation|producer prices|opec|"
            r"crude|ipo|offer price|bid|bitcoin|economists|commodity prices|net interest|deposit|"
            r"analysts?)\b"
        ),
    ),
    pattern(
        "product_recall",
        "recall|calling back|calls back|called back|pulled|withdr",
        r"(?:call(?:s|ed|ing) back (?:<g10>)\d|recall(?:s|ed|ing)? (?:<g60>)(?:vehicles?|cars?|trucks?|products?|suvs?|units?|models?|"
        r"\d|batch\w*|lots?|devices?|drug|toys?|batteries|all|some|its|bottles|pounds|cans|packs?|"
        r"phones?|salads?|tablets)|(?:issu\w+|announc\w+|voluntary|expand\w*|widen\w*|safety|vehicle|"
        r"product|nationwide|prompted|to|a|order\w*|massive|launch\w*|food|conduct\w*|"
        r"global) (?:<g10>)recalls?|recalls?(?: of)? (?:<g>)(?:over|due to|because|after|for|covering|"
        r"affecting))",
        "negative",
        0.6,
        veto=(
            r"\b(?:recalled (?:that|how|the time|in an interview)|as i recall|recall election|i recall|"
            r"analysts? recall)\b"
        ),
    ),
    pattern(
        "product_discontinuation",
        "discontinu|stop selling|stop making|phase out|phasing out|withdraw|pull|end production|halt|"
        "axe|scrap|kill|shut down|sunset|stops|retire|end sales",
        r"discontinu(?:e|es|ed|ing|ation)(?: of)? (?:<g60>)\w+|(?:stop(?:s|ped|ping)?|end(?:s|ed|"
        r"ing)?|halt(?:s|ed|ing)?|ceas(?:e|es|ed|ing)) (?:the )?(?:selling|making|sales of|producing|"
        r"production of|sale of|manufacturing|offering|all sales)(?: its| the| all)? (?:<g>)\w+|"
        r"(?:pull(?:s|ed|ing)?|withdr(?:aw|aws|ew|awn|awing)|remov(?:e|es|ed|"
        r"ing))(?:<g60>)from (?:the |all |global |us |u\.s\. )*(?:markets?|sale|shelves|stores)|phas(?:e|es|ed|"
        r"ing) out (?:<g>)(?:product|model|line|car|engine|brand|sedan|phone)|(?:scrap|axe|kill|"
        r"cancel|shut)(?:s|p?ped|ed|l?led|ting)? (?:down )?(?:its |the )(?:<g>)(?:car project|product|"
        r"model|service|program|app|line|console|brand|device)",
        "negative",
        0.45,
        veto=(
            r"\b(?:discontinued operations|talks|dividend|buyback|ipo|merger|guidance|"
            r"production of oil|barrels|strike|troops|withdrew from the (?:deal|talks)|"
            r"withdraw\w* from (?:the )?(?:race|agreement|pact)|conflict|flood|recall\w*)\b"
        ),
    ),
    pattern(
        "regulatory_approval",
        "approv|clear|authori|green light|greenlight|licen|go-ahead|nod|certif|backs|backed|recommend|blessing|okay|sign",
        rf"(?<!\w){_AGENCY}(?!\w)<g60>(?:approv(?:es|ed|al|ing)|clear(?:s|ed|ance)|authori[sz](?:es|"
        rf"ed|ation)|"
        rf"green-?\s?light\w*|licen[cs]ed?|go-ahead|nod\b|certif\w+|grant(?:s|ed)|recommend(?:s|ed)|"
        rf"endors\w+|backs?|backed|blessing|okays?|okayed|signs? off|signed off)|(?:approv(?:es|ed|al)|clear(?:s|ed|ance)|authori[sz](?:es|ed|"
        rf"ation)|green light|go-ahead|nod|certif\w+|licen[cs]e|recommend\w*|permission)<g>(?:by|from|"
        rf"for|to)<g60>(?:(?<!\w){_AGENCY}(?!\w)|(?<!\w)<drug>|etfs?|fund)|(?:win(?:s|ning)?|won|"
        rf"receiv(?:es|ed|"
        rf"ing)|get(?:s|ting)?|got|gain(?:s|ed|ing)?|secur(?:es|ed|ing)|obtain(?:s|ed)|land(?:s|ed)|"
        rf"grant(?:s|ed)|clinch\w*)(?:<g60>)(?:approval|clearance|authori[sz]ation|green light|"
        rf"certification|marketing authori[sz]ation|banking licen[cs]e|nod|breakthrough therapy|"
        rf"fast track|priority review)",
        "positive",
        0.65,
        needs=(
            rf"\b(?:(?<!\w){_AGENCY}(?!\w)|<drug>s?|banking licen[cs]e|certification|etfs?|regulatory|"
            rf"marketing|"
            rf"agency)\b"
        ),
        veto=(
            r"\b(?:reject\w*|refus\w*|declin\w+ to approve|complete response|delay\w*|denied|denies|"
            r"fail\w* to (?:win|get)|shareholder approval|court approv\w*|approval rating|board approv\w*|"
            r"settlement|withdr\w+|if approved|seek\w* approval|await\w*|subject to|pending|clear(?:s|"
            r"ed) (?:inventory|all claims)|sec filing|merger|takeover|acquisition|deal|against approv\w*|"
            r"buyback|dividend|approved (?:a )?(?:share|stock)|rule|tariffs?|not been approved|"
            r"voted against)\b"
        ),
    ),
    pattern(
        "regulatory_approval",
        "clear|approv|uncondition|green light|waive",
        r"(?:clear(?:s|ed)|approv(?:es|ed|al)|green-?\s?light\w*|"
        r"unconditional\w*)(?:<g60>)(?:takeover|merger|acquisition|buyout|deal)|(?:takeover|merger|"
        r"acquisition|deal)(?:<g60>)(?:cleared|approved|approval|green light|go-ahead|clearance)",
        "positive",
        0.5,
        needs=r"\b(?:<regulator>|antitrust|regulatory|competition|judge)\b",
        veto=(
            r"\b(?:reject\w*|block\w*|subject to|pending|await\w*|need\w*|require[sd]?|shareholder|"
            r"expect\w*|seek\w*|fail\w*|trade deal|plea deal|without approval|board approved)\b"
        ),
    ),
    pattern(
        "regulatory_rejection",
        "reject|refus|complete response|declin|denied|denies|votes against|voted against|turned down|"
        "crl|not approv|bars|ground|revok",
        rf"complete response letter|(?<!\w){_AGENCY}(?!\w)<g60>(?:reject(?:s|ed|ion)|refus(?:es|ed|"
        rf"al)|declin(?:es|"
        rf"ed) to (?:approve|clear)|denie[sd]|turn(?:s|ed) down|vot(?:es|ed) against|does not approve|"
        rf"did not approve|not approved|knocks? back|unlikely to approve)|(?:reject(?:s|ed|ion)|"
        rf"refus(?:es|ed|al)|turned down|denied)<g60>(?:by|from|of) <g10>(?<!\w){_AGENCY}(?!\w)|"
        rf"(?:reject(?:s|ed|"
        rf"ion of)|refus(?:es|ed) to approve|declin(?:es|ed) to approve|vot(?:es|"
        rf"ed) against)<g>(?:<drug>|etfs?|application)|panel (?:<g>)votes? against|fail\w* to (?:win|"
        rf"get|secure|gain) (?:<g10>)(?:approval|clearance|authori[sz]ation)",
        "negative",
        0.75,
        needs=(
            rf"\b(?:(?<!\w){_AGENCY}(?!\w)|<drug>s?|approval|complete response letter|application|"
            rf"etfs?|panel|"
            rf"advisory)\b"
        ),
        veto=(
            r"\b(?:rejects? (?:the )?(?:claim|allegation|offer|bid|appeal|lawsuit)|sec(?:tor)? reject|"
            r"denied (?:a )?report|court rejects?|judge rejects?|loan application|job applic)"
        ),
    ),
    pattern(
        "contract_win",
        "contract|order|award|deal|selected|agreement|supply|partnership|wins|won|tender|signs|signed",
        r"(?:win(?:s|ning)?|won|award(?:s|ed)|secur(?:es|ed|ing)|land(?:s|ed|ing)|clinch(?:es|ed)?|"
        r"bag(?:s|ged)|receiv(?:es|ed|ing)|get(?:s|ting)?|got|book(?:s|ed)|sign(?:s|ed|ing)?|snag(?:s|"
        r"ged)|announc(?:es|ed)|gain(?:s|ed)|strikes|struck|inks?|inked|clinched|"
        r"nabs?)(?:<g60>)(?:contracts?|orders?\b(?! book)|deal (?:to (?:supply|provide|build|deliver|"
        r"sell|make|run|power)|with|worth|from|for)|supply (?:deal|agreement|contract|pact)|tender|"
        r"(?:multi-?year|long-term|purchase|licen[cs]ing|cloud|offtake|supply|distribution|"
        r"defen[cs]e)(?: \w+)? (?:agreement|deal|contract|pact)|partnership (?:with|to)|"
        r"memorandum of understanding)"
        r"|(?:contract|order|deal)s? (?:worth|valued at|for|of) (?:<g10>)\d|(?:selected|chosen|picked|"
        r"tapped)(?: by<g>)? (?:as|to|for) (?:<g>)(?:supply|provide|build|supplier|provider|deliver|"
        r"contract|power)|(?:plac(?:es|ed)|order(?:s|ed)) (?:an? )?(?:<g10>)(?:order|"
        r"\d+)(?:<g>)(?:for|jets|planes|aircraft|trucks|vehicles|chips|buses|turbines)",
        "positive",
        0.55,
        veto=(
            r"\b(?:brib\w+|kickbacks?|corrupt\w*|indict\w*|"
            r"court orders?|ordered? to pay|merger|takeover|acquisition|acquire|buyout|union|"
            r"workers?|labou?r contract|wage|contract (?:dispute|round|talks|negotiations)|lost|loses|cancel\w*|terminat\w*|"
            r"executive order|restraining order|order(?:ed|s) (?:a |the )?(?:recall|halt|review|"
            r"investigation|company|bank)|futures contracts?|option contracts?|oil contract|"
            r"crude contract|bankruptcy|trade deal|peace deal|tariffs?|debt deal|plea deal|settlement|"
            r"factory orders|durable goods orders|contracts? for (?:difference|delivery)|trump signs?|"
            r"signed? (?:an? )?(?:executive|bill|law)|loan agreement|credit agreement|consent order|brent|"
            r"wti|benchmark|sell-?off|lease|drop in orders|orders? (?:fell|dropped|declined)|in talks|"
            r"nuclear deal|ceasefire|stop order|confidentiality agreement|in order to)\b"
        ),
    ),
    pattern(
        "contract_or_customer_loss",
        "contract|order|customer|client|supplier|deal",
        r"(?:los(?:es|t|ing|e|s of)|cancel(?:s|l?ed|l?ing|lation of)?|terminat(?:es|ed|ing|ion of)|"
        r"drop(?:s|ped|ping)|end(?:s|ed|ing)|scrap(?:s|ped)|ditch(?:es|ed|ing)|pull(?:s|ed)|"
        r"not renew\w*|won't renew|fail\w* to (?:win|renew|secure)|miss\w* out on|"
        r"switch\w* (?:away )?from|stop(?:s|ped)? (?:buying|ordering|using))(?:<g60>)(?:contracts?|"
        r"orders?|customers?|clients?|accounts?|supply (?:deal|agreement)|agreements?|partnership|"
        r"supplier|business from)|(?:contracts?|orders?|agreement|partnership)(?:<g10>)(?:cancell?ed|"
        r"terminated|lost|not renewed|scrapped|ended|will not be renewed)|(?:biggest|largest|key|"
        r"major|top|main) (?:customer|client)(?:<g60>)(?:leav\w*|left|switch\w*|drop\w*|cut\w*|"
        r"cancel\w*|end\w*|lost|in-house|walk\w*|mov\w+|terminat\w*|stop\w*)|(?:in-house|"
        r"own) chips?<g>instead of",
        "negative",
        0.6,
        veto=(
            r"\b(?:court order|restraining order|executive order|breach\w*|hack\w*|data|stop-loss|"
            r"in order to|subscribers?|\d[\d,]* (?:[\w-]+ ){0,3}customers|union|labou?r|strike|oil|crude|futures|merger|takeover|acquisition|"
            r"lost customers' data|customer (?:accounts|deposits|records|orders were delayed)|order book|"
            r"lost access|outage|trade agreement|loan agreement|lost ground)\b"
        ),
    ),
    pattern(
        "supply_disruption",
        "fire|shortage|halt|stop|suspend|outage|disrupt|flood|explosion|earthquake|hurricane|blaze|"
        "blockage|shutdown|idle|force majeure|bottleneck|supply chain|grounded|accident|collapse|"
        "evacuat|spill|derail|blackout|crash",
        r"(?:plant|factory|refinery|mine|facility|warehouse|fab|smelter|port|terminal|mill|site|rig)s? (?:<g10>)(?:evacuated|shut|halted|idled|offline|damaged|destroyed|flooded)|(?:fire|blaze|explosion|flood\w*|earthquake|hurricane|storm|typhoon|blast|accident|leak|"
        r"power cut|cyclone|tornado)(?:<g60>)(?:plant|factory|refinery|mine|facility|warehouse|fab|"
        r"pipeline|production|output|smelter|port|supplier|terminal|mill|site|operations|rig)|"
        r"(?:plant|factory|refinery|mine|facility|warehouse|fab|pipeline|smelter|port|terminal|mill|"
        r"rig|platform)(?:<g60>)(?:fire|blaze|explosion|flood\w*|outage|shutdown|blast|damaged|"
        r"collapse|accident)|(?:halt(?:s|ed|ing)?|suspend(?:s|ed|ing)?|stop(?:s|ped|ping)?|idl(?:e|es|"
        r"ed|ing)|paus(?:e|es|ed|ing)|curtail(?:s|ed|ing)?|shut(?:s|ting)? (?:down )?|disrupt(?:s|ed|"
        r"ing)?)(?:<g>)(?:production|output|manufacturing|operations|assembly|shipments|deliveries|"
        r"exports|(?:a|the|its) (?:unit|refinery|plant|mine)\b|refining|mining|flights|services?\b)|"
        r"(?:supply|chip|component|parts|semiconductor|"
        r"labou?r|driver|material|gas|fuel|ingredient|memory|battery|helium|egg|"
        r"coal)[ -]?(?:chain )?(?:shortages?|disruptions?|bottlenecks?|crunch|constraints?|snags|"
        r"problems|issues|woes)|shortages? of (?:chips|parts|components|semiconductors|materials|"
        r"workers|batteries|labou?r|key|raw|supply|[a-z]+ parts)|force majeure|(?:service|network|"
        r"power|system|cloud|widespread|global|technical|it|website|production|internet) (?:outage|"
        r"failure|glitch|disruption)s?|grounded? (?:<g>)(?:fleet|flights|planes|jets|aircraft|737)|"
        r"(?:oil|chemical) spill|derail(?:s|ed|ment)|production (?:halt|stoppage|problems|delays|"
        r"outage)",
        "negative",
        0.55,
        veto=(
            r"\b(?:cyber\w*|hack\w*|ransomware|strike|strikers|walkout|union|fired|firepower|amazon fire|"
            r"fire (?:tv|stick|sale)|under fire|trading (?:was )?(?:halted|suspended)|halted trading|"
            r"halt\w* (?:the )?(?:sale|sales|merger|ipo|dividend|buyback|trial|rollout)|"
            r"stop\w* (?:service of|paying)|cash shortage|housing shortage|discontinu\w*|market crash|"
            r"easing|eased|ended|resum\w+|firefight|flood of (?:orders|deposits|new)|storm of|"
            r"storm clouds)\b"
        ),
    ),
    pattern(
        "labor_strike",
        "strike|striking|walkout|walk out|walk off|industrial action|work stoppage|union|picket|"
        "lockout|stoppage|walked out|walked off",
        r"(?:on|went on|go on|goes on|going on|authori[sz]\w*|threaten\w*|call\w*|launch\w*|begin\w*|"
        r"began|beg[iu]n|start\w*|end\w*|vote\w* (?:to|for)|avert\w*|face\w*|plan\w*|extend\w*|"
        r"expand\w*|widen\w*|by|to|avoid\w*|days?-long|week-long|week|day|month|due to|after|the|a|"
        r"amid|possible|potential|nationwide|prolonged|costly|general|rolling|indefinite|union|"
        r"workers'?|pilots'?|port|rail|dock\w*|writers'?|teamsters|uaw) (?:a |the |"
        r"an )?(?:<g10>)(?:strikes?|striking)\b|(?:workers|employees|staff|pilots|dockworkers|miners|"
        r"drivers|nurses|machinists|teamsters|uaw|members|crew|writers|actors|attendants|engineers|"
        r"union|unions|longshoremen|teachers|baristas|technicians|controllers)<g60>(?:str(?:ike|ikes|"
        r"iking|uck)|walk(?:ed|s|ing)? (?:out|off)|down tools|walkout|stoppage|picket\w*|"
        r"industrial action)|industrial action|work stoppage|walk-?outs?|picket lines?|lock-?out",
        "negative",
        0.6,
        needs=(
            r"\b(?:workers?|employees|staff|union\w*|pilots?|drivers?|miners?|dock\w*|labou?r|strike\w*|"
            r"machinists|teamsters|uaw|walk-?out\w*|crew|writers|actors|pay|wages?|contract|stoppage|"
            r"industrial action)\b"
        ),
        veto=(
            r"\b(?:strike price|air ?strikes?|missile|drone|military|strikes? (?:a |the )?(?:deal|"
            r"agreement|balance|chord|tone|pact|partnership)|"
            r"end(?:s|ed|ing)? (?:the |a |their |its )?<g10>(?:strike|walkout)|avert\w*|"
            r"avoid\w*|tentative|call off|called off|strikes? back|strike (?:a|an|the right) |lightning strike|ratif\w+|"
            r"israel\w*|ukrain\w*|iran\w*|gaza|lockout period|lock-?up)\b|back to work|return to work"
        ),
    ),
    pattern(
        "labor_strike",
        "strike|walkout|union|tentative|ratif",
        r"(?:end(?:s|ed|ing)?|avert(?:s|ed|ing)?|avoid(?:s|ed|ing)?|call(?:s|ed)? off|suspend(?:s|"
        r"ed)?|resolv\w+|settl\w+)(?:<g>)(?:strike|walkout|stoppage|industrial action)|(?:strike|"
        r"walkout)(?:<g10>)(?:ends|ended|averted|called off|is over|over after)|(?:tentative|labou?r|"
        r"wage|pay|contract) (?:<g10>)(?:deal|agreement|contract)(?:<g60>)(?:union|uaw|teamsters|"
        r"workers|pilots|machinists|strike)|(?:union|uaw|teamsters|workers|pilots|machinists|"
        r"members)(?:<g60>)(?:ratif\w+|approv\w+|accept\w*|reach\w*)(?:<g>)(?:deal|contract|agreement|"
        r"offer)",
        "positive",
        0.5,
        veto=(
            r"\b(?:reject\w*|vot\w+ down|fail\w*|air ?strike|missile|without (?:a )?(?:deal|agreement)|"
            r"expire\w*|unless|ceasefire)\b"
        ),
    ),
    pattern(
        "cyber_breach",
        "breach|hack|cyber|ransomware|stolen|data leak|malware|compromis|intrusion",
        r"(?:data|security|privacy|cyber\w*|email|customer) (?:breach(?:es)?|leak|incident|attack)|"
        r"(?:was|were|been|is|being|got|of|from|suffer\w*|by) (?:<g10>)(?:hack(?:ed|ers?|ing)?|"
        r"cyber-?\s?attack(?:ed)?|cyber-?\s?incident|ransomware)|cyber-?\s?(?:attack|"
        r"security incident|security breach|incident|intrusion)s?|ransomware|"
        r"(?:hackers?|intruders?|criminals|attackers?)(?:<g60>)(?:st[oe]le|stolen|access\w*|breach\w*|obtain\w*|demand\w*|claim\w*|took|"
        r"drain\w*|exploit\w*)|(?:st[oe]len?|exposed|leaked|compromis\w+|accessed|"
        r"theft of)(?:<g60>)(?:data|records|personal information|customer information|credentials|"
        r"accounts|passwords|social security)|(?:data|records|personal information|information|"
        r"details)(?:<g>)(?:st[oe]len|exposed|leaked|compromised)",
        "negative",
        0.6,
        veto=(
            r"\b(?:protect\w* (?:<g>)(?:ransomware|cyber\w*|hackers?)|cyber-?\s?security (?:company|firm|"
            r"software|stocks?|spending|provider|products?)|growth hack\w*|hackathon|economic data|"
            r"bitcoin exchange|crypto exchange|demand for cyber\w*|breach of (?:contract|fiduciary|"
            r"covenant))\b"
        ),
    ),
)
