"""Deeds bound to their objects: who does what to what, in the few words of a headline or a lead."""

from __future__ import annotations

from typing import Final

from readthrough.domain.reading import Modality
from readthrough.reading.event_wares import WARE
from readthrough.reading.patterns.shape import Pattern, Who, pattern

__all__ = ["PATTERNS"]

_INDEX = (
    r"(?:s&p (?:500|midcap|smallcap|100|400|600|composite)|dow(?: jones)?(?: industrial average)?|nasdaq[- ]100|"
    r"ftse(?: 100| 250)?|dax|mdax|msci|russell|stoxx|hang seng|nikkei|cac(?: 40)?|blue[- ]chip index|30-stock)"
)
_BENCH = rf"(?:{_INDEX}|benchmark|index|average)"
_USERS = (
    r"(?:you|users|customers|people|drivers|riders|shoppers|subscribers|members|owners|players|viewers|"
    r"advertisers|businesses|developers|passengers|merchants|sellers|creators|anyone|everyone|kids|parents|fans)"
)
_NOT_WARE = (
    r"\b(?:results|earnings|probe|investigation|lawsuit|stake|bid|jobs?|sharehold\w+|share price|per share|shares of|"
    r"complaint|appeal|delay\w*|postpon\w*|cancel\w*|recall\w*|discontinu\w*|scrap\w*|breach\w*|hack\w*|outage\w*|"
    r"tariffs?|layoffs?|review:|hands-on|how to|rumou?r\w*|leak\w*|reportedly|patent|concept|could|might|"
    r"used to|analysts?|upgrad\w+ to|price target|ban(?:s|ned)?|settle\w*|judge|court|senate|congress|trump|"
    r"shuts?|shut down|kill\w*|clinical|patients|trial)\b"
)

PATTERNS: Final[tuple[Pattern, ...]] = (
    # what firms offer
    pattern(
        "product_launch",
        "let|allow|enabl",
        rf"(?:(?:will |to |now |soon |is |are |finally )*(?:let(?:s|ting)?|allow(?:s|ing)?|enabl(?:es|ing))) {_USERS}"
        r"(?! (?:down|go|know)\b)",
        "positive",
        0.4,
        lead=True,
        linked=True,
        veto=_NOT_WARE + r"|\b(?:lets? you down|allowed? (?:hackers|third))\b",
    ),
    pattern(
        "product_launch",
        "add|bring|test|pilot|start|begin|began|offer|open|expand|launch|unveil|introduc|debut|roll|releas|reveal|announc|"
        "show|present|refresh|redesign|overhaul|updat|get",
        rf"(?:is |are |has |have )?(?:add(?:s|ed|ing)|bring(?:s|ing)|brought|test(?:s|ed|ing)|pilot(?:s|ed|ing)|"
        rf"start(?:s|ed)? (?:offering|testing|selling|shipping|taking)|beg(?:ins|an|un) (?:offering|testing|selling|shipping|"
        rf"taking)|open(?:s|ed|ing)|expand(?:s|ed|ing)|launch(?:es|ed|ing)|unveil(?:s|ed|ing)|"
        rf"introduc(?:es|ed|ing)|debut(?:s|ed|ing)|roll(?:s|ed|ing) out|releas(?:es|ed|ing)|reveal(?:s|ed|ing)|"
        rf"announc(?:es|ed|ing)|show(?:s|ed|ing) off|refresh(?:es|ed|ing)|redesign(?:s|ed|ing)|overhaul(?:s|ed|ing)|"
        rf"updat(?:es|ed|ing)|getting)(?: its| a| an| the| two| three| four| new| some| more| big| \w+(?:er|est|ed|ing|less))*"
        rf"(?: [\w$'’.-]+){{0,4}}? (?<![\w-]){WARE}(?![\w-])(?! (?:tax|ban|fee|deal|sales|makers?|revenue|prices|sector))",
        "positive",
        0.4,
        lead=True,
        linked=True,
        veto=_NOT_WARE
        + r"|\b(?:opens? (?:up|lower|higher|down)|expand\w* (?:in|its stake)|adds? to|tests? positive|added value|"
        r"buyback|dividend|guidance|forecast|outlook|debt|bonds?|capital|agreement|acquisition|acquire\w*|plants?|factor(?:y|ies)|"
        r"bring\w* (?:back|to)|brought (?:by|to)|store closings?|funds?|billion|million in)\b",
    ),
    pattern(
        "product_launch",
        "avail|sale|stream|order|stores|shelves|live|free|come|coming|arriv|head",
        r"(?:now|will be|be|become\w*|made|goes?|going|went|is) (?:now |generally |soon |finally |also )?(?:available (?:on|in|to|for|from)|"
        r"on sale|live in)|(?:hits?|arriv\w+ (?:in|on)) (?:stores|shelves|showrooms)|pre-?orders? (?:open|begin|start)|"
        r"tak(?:es|ing) (?:pre-?)?orders|opened the order books?|stream(?:s|ing)? (?:<g>)(?:games?|match(?:es)?|fights?|live|"
        r"series|season|events?|shows?|concerts?|boxing|football|sports?)|(?:is |are )?(?:now )?(?:coming|heading|headed|arriving|(?<!it )comes|arrives) to "
        r"(?:your |the |android|iphones?|ipads?|ios|windows|macs?|xbox|playstation|pc|tvs?|cars?|hotels?)|is (?:now )?free(?: to use)?",
        "positive",
        0.4,
        lead=True,
        linked=True,
        veto=_NOT_WARE
        + r"|\b(?:available for comment|data (?:was|is|were) |houses? on sale|coming to an end|shares? (?:are|go))\b",
    ),
    # outlooks
    pattern(
        "guidance_cut",
        "abandon|ditch|drop|scrap|axe|withh|declin|refrain|suspend|no longer|dims|darken|sour|cloud|flat|weaker|softer|bottom|narrow|no",
        r"(?:abandon(?:s|ed)|ditch(?:es|ed)|drop(?:s|ped)|scrap(?:s|ped)|axe[sd]?|shelv(?:es|ed))(?: its| the| a| their)?(?:<g>)(?:margin|profit|sales|"
        r"revenue|growth|earnings|ebit\w*|cash[- ]flow|volume) (?:goals?|targets?|aims?|ambitions?)|no longer (?:aims?|targets?|strives|plans) (?:for|to (?:reach|achieve))|"
        r"(?:withh(?:olds|eld|olding)|declin(?:es|ed) to (?:give|provide|offer|issue)|refrain(?:s|ed) from (?:giving|providing))"
        r"(?:<g>)<outlook>|dims? (?:its |the )?<outlook>|on (?:a )?(?:weaker|softer|lower|gloomier|bleaker|dimmer) "
        r"(?:<g10>)(?:view|outlook|forecast|guidance)|(?:expects?|sees?|forecasts?|guid(?:es|ed) (?:to|for)|anticipates?|predicts?|projects?)"
        r"(?:<g>)(?:<profit>|<sales>|growth|volumes?|deliveries)(?:<g>)to be (?:broadly |roughly |about )?(?:flat|unchanged|steady|stable) (?:to|or) "
        r"(?:slightly |modestly )?(?:down|lower)|(?:bottom|lower|low)(?: end|-end| half) of (?:its|the|their)(?: \w+)? (?:<outlook>|range)",
        "negative",
        0.65,
        veto=r"\b(?:fed|ecb|imf|opec|economists?|costs?|loss(?:es)?|rates|analysts)\b",
    ),
    pattern(
        "guidance_maintained",
        "stick|stuck|hold|keep|kept|left|leaves|still|stand|remain|repeat|reiterat|reaffirm|confirm|affirm|maintain|back",
        r"(?:sticks? (?:to|by|with)|stuck (?:to|by|with)|hold(?:s|ing)?(?: to| on to)?|held(?: to)?|keeps?|kept|le(?:ft|aves)|stands? (?:pat on|by|firm on)|stood (?:pat on|by)|"
        r"reiterat(?:es|ed)|reaffirm(?:s|ed)|maintain(?:s|ed)|confirm(?:s|ed)|affirm(?:s|ed)|back(?:s|ed)) (?:its |the |their |all |his |her |on )*"
        r"(?:[\w'-]+ ){0,3}(?:guidance|outlooks?|forecasts?|(?:profit|sales|revenue|earnings|margin|delivery|production|growth|cash-flow|cash flow|"
        r"full-year|annual|year|financial|mid-term|medium-term|20\d\d) (?:goals?|targets?|plans?|views?|aims?|estimates?|projections?))|"
        r"still (?:expect|see|anticipate|forecast|target|aim)s?(?:<g>)(?:<profit>|<sales>|growth|margins?|volumes?|deliveries|cash flow|results|year)|"
        r"(?:reiterat(?:es|ed)|reaffirm(?:s|ed)|confirm(?:s|ed)|repeat(?:s|ed)) that (?:<g>)(?:<profit>|<sales>|growth|margins?|volumes?|deliveries)(?:<g10>)(?:should|will|would|to)",
        "neutral",
        0.45,
        veto=(
            r"\b(?:rating|fed|ecb|imf|opec|buy|overweight|outperform|neutral|price target|analysts? (?:still|at)|economists?|"
            r"<raise>|<cut>|loss forecast|cash (?:back|holdings)|withdr\w+)\b"
        ),
    ),
    # brokers
    pattern(
        "analyst_upgrade",
        "target|objective",
        r"(?:analysts|brokers|brokerages|banks|firms)(?:<g>)(?:rais(?:e|ed|ing)|lift(?:ed)?|boost(?:ed)?|hik(?:e|ed)|increas(?:e|ed)|bump(?:ed)? up)"
        r"(?:<g>)(?:price )?(?:targets?|objectives?)",
        "positive",
        0.5,
        who=Who.OBJECT,
        veto=r"\b(?:sales target|inflation|cut|lower\w*|trim\w*|slash\w*)\b",
    ),
    pattern(
        "analyst_upgrade",
        "buy|overweight|outperform|bullish|positive|recommend",
        r"(?:turn(?:s|ed)|get(?:s)?|bec(?:omes|ame)|goes|went) (?:more )?(?:bullish|positive|upbeat) on|rating (?:goes|went|moves|moved|rises|rose) to "
        r"(?:buy|overweight|outperform)|now recommends buying|(?:gets?|wins?|earns?|awarded) (?:a |an )?(?:new )?(?:buy|overweight|outperform|strong buy) "
        r"(?:rating|call|recommendation|at|from)",
        "positive",
        0.5,
        who=Who.OBJECT,
        needs=r"\b(?:analysts?|broker\w*|rating|target|jefferies|goldman|morgan|ubs|citi\w*|barclays|hsbc|bernstein|wells fargo|bofa|"
        r"deutsche|stock|shares|recommend\w*)\b",
        veto=r"\b(?:investors? turn\w*|bitcoin|economy|bonds?)\b",
    ),
    pattern(
        "analyst_downgrade",
        "hold|neutral|underweight|underperform|sell|bearish|negative|target|buy list|bull|equal",
        r"(?:turn(?:s|ed)|get(?:s)?|bec(?:omes|ame)|goes|went|grow(?:s)|grew) (?:more )?(?:bearish|negative|cautious|cool) on|goes to (?:underweight|underperform|sell)|"
        r"now rates (?:the )?(?:shares|stock|it|company)?(?:<g10>)(?:hold|neutral|underweight|underperform|sell|equal[- ]weight)|"
        r"(?:takes?|took|remov\w+|dropp?\w*|cut)<g>(?:off|from) (?:its |the |a )?(?:conviction |focus )?(?:buy|best ideas?|focus) list|"
        r"(?:told|tells|advis\w+|urg\w+) (?:clients|investors) to sell|lose[sd]? (?:a|another|its last|its biggest) bull|"
        r"(?:analysts|brokers|brokerages)(?:<g>)(?:cut|lower(?:ed)?|trim(?:med)?|slash(?:ed)?|reduc(?:e|ed))(?:<g>)(?:price )?(?:targets?|objectives?)",
        "negative",
        0.5,
        who=Who.OBJECT,
        veto=r"\b(?:moody's|fitch|s&p|fed|economy|bonds?|treasur\w+|sales target)\b",
    ),
    # indexes
    pattern(
        "index_change",
        "join|added|enter|promot|wins|won|earns|place|spot|inclusion|included|replace|in",
        rf"(?:to |will |set to |is to )join (?:the )?{_INDEX}|joins (?:the )?{_INDEX}|(?:wins?|won|earns?|gains?|secur\w+|lands?) (?:a )?(?:<g10>)"
        rf"(?:place|spot|seat|slot|entry) (?:in|on|into) (?:the )?(?:<g10>){_BENCH}|(?:be |is |was |been |being )?(?:added|promoted|admitted|elevated) (?:in)?to (?:the )?"
        rf"(?:<g10>){_BENCH}|(?:moves?|moving|moved) up (?:in)?to (?:the )?(?:<g10>){_INDEX}|(?:will|to|set to) (?:enter|replace<g>in) (?:the )?(?:<g10>){_INDEX}",
        "positive",
        0.6,
        veto=r"\b(?:futures|points|joins (?:the )?(?:dow|nasdaq) (?:lower|higher)|replaced by|deleted|percent of the)\b",
    ),
    pattern(
        "index_change",
        "loses|lose|lost|out of|relegat|demot|drop|leave|remov|boot|kick|oust|eject|exit|evict",
        rf"(?:loses?|lost|to lose|set to lose) (?:its )?(?:<g10>)(?:{_INDEX} )?(?:place|spot|seat|slot|status|membership)|out of (?:the )?{_INDEX}|"
        rf"(?:will|would|to|is to|set to) (?:leave|exit) (?:the )?(?:<g10>){_BENCH}|(?:relegated|demoted) (?:to|from) (?:the )?(?:<g10>){_BENCH}|"
        rf"(?:booted|kicked|ousted|ejected|evicted|dumped|axed|removed|dropped|deleted|cut)(?: out)? (?:from|of) (?:the )?(?:<g10>){_BENCH}|"
        rf"(?:to |will )?(?:drop|remove|delete|exclude)s? (?:<g>)from (?:its |the )?(?:<g10>){_INDEX}",
        "negative",
        0.6,
        needs=rf"(?<!\w)(?:{_INDEX}|index)\b",
        veto=r"\b(?:points|futures|fell|dropped \d|drop of|investors (?:leave|exit))\b",
    ),
    pattern(
        "index_change",
        "s&p|dow|nasdaq|ftse|msci|russell|stoxx|dax|nikkei|hang seng|benchmark|index|average|gauge",
        rf"{_INDEX}(?:<g10>)(?:inclusion|entry|addition|debut)|(?:inclusion|entry) (?:in|into|to) (?:the )?{_INDEX}|(?:named|rises?|rose|elevated|graduat\w+) (?:up )?to (?:the )?{_INDEX}"
        rf"(?! (?:record|high|close))|mak(?:es|ing) (?:the )?{_INDEX}(?: cut)?|start trading in the index|takes? (?:<g>)(?:place|spot|slot|seat) (?:in|on) (?:the )?{_INDEX}|"
        rf"(?:is |will be )?replac(?:es|ing|e)<g60>in (?:the )?(?:<g10>)(?:{_BENCH}|gauge)",
        "positive",
        0.6,
        veto=r"\b(?:futures|points|inflation|price index|remov\w+|exclu\w+|%|percent)\b",
    ),
    pattern(
        "index_change",
        "relegation|demotion|exit|drop|give way|gives way|gave way|makes way|make way|deletion|exclusion|removal",
        rf"(?:relegation|demotion|deletion|exclusion|removal|exit) from (?:the )?(?:<g10>){_INDEX}|{_INDEX} (?:relegation|demotion|exit|deletion)|"
        rf"(?:drop(?:s|ped|ping)?|fall(?:s|ing)?|fell|slip(?:s|ped)?) (?:down )?(?:in)?to (?:the )?ftse 250|(?:giv(?:e|es|ing)|gave|mak(?:e|es|ing)|made) way (?:to|for) <g60>in (?:the )?{_INDEX}",
        "negative",
        0.6,
        veto=r"\b(?:points|futures)\b",
    ),
    pattern(
        "denial_clarification",
        "no |not |never|incorrect|wrong|false|baseless|speculative|plays down|knocks|rebuff|rejects|dismiss|quash|shot down|shoots|untrue|inaccurate",
        r"(?:no (?:plans?|intention|interest|talks|discussions|negotiations)|not (?:pursuing|seeking|planning|considering|in talks|in discussions|exploring|interested)|never (?:bid|held|made|offered|approached|discussed|considered))"
        r" ?(?:<g60>)(?:talks|sale|sell\w*|merg\w+|buy\w*|acqui\w+|takeover|deal|exit|quit|leave|bid|offer|stake|unit|business|combin\w+|split|spin\w*|list\w*|raise|with)|"
        r"(?:knock(?:s|ed)? (?:down|back)|play(?:s|ed)? down|sh(?:oots?|ot) down|quash(?:es|ed)?|pour(?:s|ed)? cold water on|brush(?:es|ed) (?:off|aside)|rebuff(?:s|ed)?|dismiss(?:es|ed)?|reject(?:s|ed)?|den(?:ies|ied))"
        r"(?:<g>)(?:reports?|rumou?rs?|talks?|speculation|suggestions?|story|stories|claims?|allegations?|article)|"
        r"(?:call(?:s|ed|ing)?|describ(?:es|ed|ing)|said|says|labell?ed|brand(?:s|ed))<g60>(?:reports?|story|article|allegations?|claims?|rumou?rs?|accusations?)(?:<g>)(?:incorrect|wrong|false|baseless|inaccurate|untrue|"
        r"speculative|unfounded|groundless|fabricated|misleading|nonsense)",
        "neutral",
        0.45,
        modality=Modality.ACTUAL,
        veto=(
            r"\b(?:judge|court|jury|fda|regulators? (?:reject|den)\w*|motion|appeal|lawsuit|permit|licen[cs]e|declined to comment|union|workers|"
            r"analysts?|economists?|if |could|fed|ecb|police|shareholders? reject\w*|offer (?:of|for)|\d+ (?:pence|dollars|euros) a share)\b"
        ),
    ),
    # deals that end
    pattern(
        "ma_blocked_or_terminated",
        "walk|terminat|give|gave|abandon|withdr|drop|end|scrap|pull|ditch|not make",
        r"(?:walk(?:s|ed|ing)? away from|terminat(?:es|ed|ing)|g(?:ives?|ave|iving) up (?:on|its (?:pursuit|bid|attempt))|abandon(?:s|ed|ing)?|"
        r"scrap(?:s|ped|ping)?|call(?:s|ed)? off|pull(?:s|ed)? out of|ditch(?:es|ed)|drop(?:s|ped)|withdr(?:aws|ew))(?: its| the| a| their)?(?:<g>)"
        r"(?:deal|takeover|merger|acquisition|buyout|bid|offer|agreement to (?:buy|acquire|merge)|tie-up)|"
        r"(?:would|will|does|did) not (?:be )?(?:mak(?:e|ing)|pursu(?:e|ing)) (?:a |an )?(?:<g10>)(?:offer|bid) for",
        "negative",
        0.7,
        other=Who.OBJECT,
        needs=r"\b(?:takeover|merg\w+|acqui\w+|buy|bid|buyout|offer for|tie-up|deal|purchase)\b",
        veto=(
            r"\b(?:trade (?:deal|agreement|pact|talks)|job offer|supply (?:deal|agreement)|plea (?:deal|agreement)|nuclear|brexit|climate|paris|"
            r"contract|lease|licen[cs]e|share offer\w*|initial public|ipo|rights offer\w*|peace|shopping|bid to (?:sell|block|overturn))\b"
        ),
    ),
    # competition
    pattern(
        "antitrust_action",
        "statement of objections|bundl|cartel|bundeskartellamt|objections|gatekeeper|rivals|stifl|domina|competition|abus|accus|charg|hinder|imped|crush|harm|fair trade|illegally|favor|favour",
        r"statement of objections|cartel office|bundeskartellamt|(?:eu|european|british|japanese|korean|indian|german|french|italian|u\.s\.|brussels) competition (?:<g10>)(?:enforcers?|"
        r"authorit\w+|chief|officials|watchdog|regulators?)|fair trade commission|illegally monopoli[sz]\w+|bought (?:up )?rivals to|favou?r(?:ing|ed|s)? its own|(?:charg(?:es|ed)|accus(?:es|ed)) (?:<g60>)(?:bundl\w+|stifling|squeezing|harming rivals|abus\w+)|"
        r"(?:abus(?:e|ed|es|ing)|abuse of) (?:<g10>)(?:market|dominan\w+)|(?:stifl|hinder|imped|crush|harm)\w* (?:<g10>)competition|gatekeeper",
        "negative",
        0.6,
        veto=r"\b(?:wins?|won|cleared|dismiss\w*|drops?|dropped|annul\w*|approv\w+)\b",
    ),
    pattern(
        "regulatory_probe",
        "raid|searched|search|prosecutors|police|look|examin|review|evaluat|monitor|oversight|demand|output",
        r"(?:prosecutors|police|investigators|authorities|regulators|officials)(?:<g>)(?:raid(?:s|ed)?|search(?:es|ed)?)(?:<g>)(?:offices?|headquarters|premises|plants?|homes?)|"
        r"(?:sec|doj|ftc|nhtsa|faa|fda|watchdog|regulators?|agency|prosecutors) (?:looks?|is looking|are looking|looking) into|"
        r"(?:opened|opens|launched|launches) (?:a |an )?(?:preliminary|formal|criminal|safety|official) (?:evaluation|case|proceedings|examination|inquiry|query)|"
        r"(?:bafin|fca|sec|fed|occ|watchdog|regulators?)(?:<g10>)(?:appoint(?:s|ed)|installs?|installed|sends?|sent) (?:<g10>)(?:monitor|overseer|supervisor)|"
        r"(?:step(?:s|ped)? up|increas(?:es|ed)|tighten(?:s|ed)) (?:its )?(?:oversight|scrutiny|supervision) of|(?:attorney general|prosecutors?|state|watchdog|sec|ftc)(?:<g>)demand(?:s|ed) (?:documents|records|information|answers)",
        "negative",
        0.6,
        who=Who.OBJECT,
    ),
    # stakes
    pattern(
        "activist_involvement",
        "stake|position|holding|shares|bet",
        r"(?:buffett|berkshire(?: hathaway)?|icahn|ackman|pershing square|elliott|starboard|third point|loeb|trian|peltz|jana|valueact|soros|tepper|burry|"
        r"softbank|saudi|public investment fund|pif|ellison|gates)(?:['’]s)?(?:<g>)(?:buys|bought|adds?|added|takes?|took|builds?|built|discloses?|disclosed|reveals?|"
        r"revealed|amass\w*|rais(?:es|ed)|boosts?|boosted|increas(?:es|ed)|doubl(?:es|ed)|acquir(?:es|ed)|has|holds|owns) (?:<g60>)(?:stake|position|holding|shares)"
        r"(?! (?:sale|price|fell|rose))|(?:buffett|berkshire(?: hathaway)?)(?:['’]s)?(?:<g>)(?:buys|bought|adds|loads up on|piles into) more",
        "positive",
        0.55,
        who=Who.OBJECT,
        veto=r"\b(?:sold|sells?|selling|slash\w*|cut(?:s|ting)?|trim\w*|exit\w*|dump\w*|reduc\w*|short|considering|could)\b",
    ),
    pattern(
        "insider_selling",
        "sell|sold|slash|trim|dump|cut|unload|offload|exit|dispos|shed|halv|reduc",
        r"(?:buffett|berkshire(?: hathaway)?|icahn|ackman|elliott|softbank|bezos|zuckerberg|musk|ellison|gates|dimon|huang)(?:['’]s)?(?:<g>)(?:sells|sold|slash(?:es|ed)|trim(?:s|med)|"
        r"dump(?:s|ed)|cuts?|unload(?:s|ed)|offload(?:s|ed)|exit(?:s|ed)|dispos(?:es|ed) of|shed(?:s)?|halv(?:es|ed)|reduc(?:es|ed))(?: out of| all| almost| half| most| of| its| his| her| the| another| more| about| nearly| some)*"
        r"(?:<g>)(?:stake|holding|position|shares|stock)",
        "negative",
        0.5,
        who=Who.OBJECT,
        veto=r"\b(?:short|price target|not|never|considering|could)\b",
    ),
    # spending, jobs, liquidity
    pattern(
        "capex_cut",
        "slow|push|delay|postpon|paus|halt|mothball|idle|shelv|scrap|cancel",
        r"(?:slows?|slowed|pushe[sd] back|delay(?:s|ed)|postpon(?:es|ed)|paus(?:es|ed)|halt(?:s|ed)|mothball(?:s|ed)|shelv(?:es|ed)|scrap(?:s|ped)|"
        r"cancel(?:s|l?ed))(?: work on| construction of| building of| plans for| completion of| the| its| a| an)*(?: [\w$.-]+){0,3} (?:fabs?|factor(?:y|ies)|plants?|"
        r"gigafactor(?:y|ies)|data cent(?:er|re)s?|mine|refinery|smelter|campus|pipeline|project)(?! (?:workers|closure))",
        "negative",
        0.45,
        veto=r"\b(?:strike|fire|flood|storm|hurricane|outage|accident|blast|production at|shutdown of|nuclear plant|power plant outage|judge|court)\b",
    ),
    pattern(
        "layoffs_restructuring",
        "post|role|job|position",
        r"(?:shed(?:s|ding)?|eliminat(?:e|es|ed|ing)|axe[sd]?|axing|cut(?:s|ting)?|slash(?:es|ing)?|los(?:e|ing))(?: about| around| up to| nearly| "
        r"some| as many as| more than| another| almost| a further| over)* [\d,]{2,9}(?: more| further| \w+)? (?:posts|roles|jobs|positions|staff|employees|workers)",
        "savings",
        0.6,
    ),
    pattern(
        "debt_default_risk",
        "coupon|payment|bond|interest|repay",
        r"(?:miss(?:es|ed)|skip(?:s|ped)|fail(?:s|ed) to (?:pay|make|meet))(?: a| an| its| the)?(?:<g>)(?:bond|coupons?|debt|interest|loan|note)(?: payments?)?",
        "negative",
        0.7,
        veto=r"\b(?:dividend|tax|rent|interest in|estimates?|forecasts?)\b",
    ),
    pattern(
        "cyber_breach",
        "hack|steal|stole|data",
        r"hackers (?:<g>)(?:st(?:eal|ole|olen)|access(?:ed)?|break into|broke into|breach(?:ed)?|post(?:ed)?|took|hit|targeted)|"
        r"(?:data|records|details|information) of (?:<g>)(?:customers|users|people|accounts|employees|clients)(?:<g10>)(?:stolen|taken|exposed|leaked|accessed|compromised)",
        "negative",
        0.6,
        who=Who.OBJECT,
        veto=r"\b(?:hacker-one|ethical|hackathon|could|election|democratic)\b",
    ),
    # trade
    pattern(
        "sanctions",
        "bar|ban|block|licen|restrict|curb|bans",
        r"(?:bars?|barred|bans?|banned|blocks?|blocked|restricts?|restricted|halts?|halted|curbs?|limits?) (?:the )?(?:sales?|exports?|shipments?|supply) of (?:<g60>)(?:to|into) "
        r"(?:china|russia|iran|huawei|chinese|north korea|venezuela|beijing)|need(?:s|ed)? (?:a |an )?(?:export )?licen[cs]es? to (?:export|sell|ship)|"
        r"(?:added|adds|adding|put|puts|placed|places) (?:<g>)(?:to|on) (?:its |a |the )?(?:<g10>)(?:entity list|blacklist|trade blacklist|export blacklist|sanctions list)",
        "negative",
        0.65,
        who=Who.OBJECT,
        veto=r"\b(?:lift\w*|eas(?:e|es|ed)|remov\w*|waive\w*|exempt\w*)\b",
    ),
    pattern(
        "tariff_trade_policy",
        "levy|levies|duty|duties|tariff",
        r"(?:slap(?:s|ped)?|impos(?:es|ed|ing)|put(?:s)?|announc(?:es|ed)|hit(?:s)?)(?: a| an| new| the| steep)*(?:<g10>)\d+(?:%| percent| per cent)(?:<g10>)(?:levy|levies|duty|duties|tariffs?|tax) on",
        "negative",
        0.65,
        who=Who.MARKET,
        veto=r"\b(?:instead of|down from|lower\w*|cut\w*|remov\w*|excise|sales tax|vat)\b",
    ),
    pattern(
        "tariff_trade_policy",
        "rollback|roll|pullback|truce|trade deal|thaw",
        r"(?:tariffs?|trade war|trade)[- ](?:<g10>)(?:rollback|pullback|truce|thaw|ceasefire|reprieve)|(?:roll(?:s|ing|ed)? back|pullback (?:on|of|in)|rollback of|cut to)(?:<g10>)(?:<g>)(?:tariffs?|duties)|"
        r"(?:strike|strikes|struck|reach|reaches|reached|sign|signs|signed|seal|seals|sealed|agree|agrees|agreed) (?:to |on )?(?:a |an |the )?(?:[\w-]+ ){0,3}trade (?:deal|pact|agreement|accord|truce)",
        "positive",
        0.65,
        who=Who.MARKET,
        veto=r"\b(?:no (?:trade )?deal|unable to|unlikely|unless|fail\w*|collapse\w*|without|doubt\w*|fad(?:e|es|ed|ing)|fears?|threat\w*|brexit)\b",
    ),
    # surveys
    pattern(
        "macro_data_release",
        "mood|sentiment|confidence|morale|growth|recession|exports",
        r"(?:consumer|business|investor|household|german|british|japanese|french|u\.s\.) (?:mood|sentiment|confidence|morale)(?: gauge| index)?(?:<g>)(?:sours?|soured|dims?|dimmed|darkens?|darkened|slid|slips|slipped|sinks|sank|"
        r"worsens?|worsened|deteriorat\w+|plung\w+|tumbl\w+|fell|falls|drops|dropped)|(?:factor(?:y|ies)|manufacturing|services) (?:<g10>)(?:slumps?|slumped|contracts?|contracted|shrinks?|shrank)",
        "negative",
        0.55,
        who=Who.MARKET,
        lead=True,
        veto=r"\b(?:stocks|shares|company)\b",
    ),
    pattern(
        "macro_data_release",
        "mood|sentiment|confidence|morale|recession|growth|economy",
        r"(?:consumer|business|investor|household|german|british|japanese|french|u\.s\.) (?:mood|sentiment|confidence|morale)(?: gauge| index)?(?:<g>)(?:brightens?|brightened|improves?|improved|rose|rises|jumps?|jumped|climbs?|"
        r"climbed|rebounds?|rebounded)|(?:dodg|avoid|escap|avert|skirt)(?:es|s|ed|ing)? (?:a )?(?:technical )?recession|"
        r"economy (?:grows?|grew|expand(?:s|ed))(?:<g>)(?:faster|more|quicker|fastest|than)|economic growth(?:<g10>)(?:accelerat\w+|quicken\w*|picks? up|picked up|beats?|tops?)|growth to (?:the )?fastest since",
        "positive",
        0.55,
        who=Who.MARKET,
        lead=True,
        veto=r"\b(?:stocks|shares|company|slow\w*|fears?)\b",
    ),
    pattern(
        "market_wide_move",
        "nikkei|shares|stocks|index|sensex|dax|ftse|nasdaq|dow|s&p|kospi|hang seng|topix|wall street|equities",
        r"(?:nikkei|sensex|nifty|dax|ftse(?: 100)?|nasdaq|dow|s&p 500|kospi|hang seng|topix|stoxx(?: 600)?)(?: average| index| composite)? (?:clos(?:es|ed)|breaks?|broke|tops?|topped|cross(?:es|ed)|"
        r"push(?:es|ed)|pass(?:es|ed)|burst(?:s)?) (?:above|through|past|over)?(?: the)? ?\d[\d,]*(?<!%)(?! (?:percent|per cent|%|points?))",
        "positive",
        0.55,
        who=Who.MARKET,
        lead=True,
        veto=r"\b(?:below|lower|down|under|fell|falls|lost)\b",
    ),
)
