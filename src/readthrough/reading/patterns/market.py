"""Brokers, peers, indexes, commodities, currencies and tokens."""

from __future__ import annotations

from typing import Final

from readthrough.reading.patterns.shape import Pattern, Who, pattern

__all__ = ["PATTERNS"]

_RATING = (
    r"(?:strong buy|buy|overweight|outperform|sector outperform|conviction buy|accumulate|add|"
    r"neutral|hold|equal[- ]?weight|market[- ]perform|sector perform|in[- ]line|peer perform|"
    r"sell|underweight|underperform|reduce|market outperform)"
)
_GOOD_RATING = (
    r"(?:strong buy|buy|overweight|outperform|sector outperform|conviction buy|accumulate|market outperform)"
)
_BAD_RATING = r"(?:sell|underweight|underperform|reduce)"
_INDEX = (
    r"(?:s&p 500|s&p|dow(?: jones(?: industrial average)?)?|nasdaq(?: composite| 100)?|russell 2000|"
    r"ftse(?: 100)?|dax|cac(?: 40)?|"
    r"stoxx(?: europe)?(?: 600| 50)?|nikkei(?: 225)?|topix|hang seng|csi 300|shanghai composite|kospi|"
    r"sensex|nifty(?: 50)?|asx 200|tsx|"
    r"wall street|u\.s\. stocks|us stocks|european shares|european stocks|asian shares|asian stocks|"
    r"asian markets|"
    r"global (?:stocks|shares|equities)|world shares|world stocks|"
    r"stocks(?! (?:(?:held )?(?:in|at) (?:[\w-]+ ){0,3}(?:warehouses?|storage|depots?|silos?|tanks|cushing|hubs?)|of (?:copper|crude|oil|gas|grain|wheat|coal|nickel|aluminium)))|"
    r"equities|stock futures|"
    r"(?:u\.s\. )?stock index futures|"
    r"futures|indexes|benchmark index|emerging[- ]market stocks|bovespa|ibovespa|ibex|aex|smi)"
)
_COMMODITY = (
    r"(?:brent(?: crude)?|wti|west texas intermediate|crude(?: oil)?|oil|natural gas|lng|gas prices?|"
    r"gasoline|diesel|"
    r"gold|silver|copper|aluminium|aluminum|nickel|zinc|lithium|cobalt|iron ore|steel|wheat|corn|"
    r"soybeans?|cocoa|coffee|sugar|"
    r"cotton|platinum|palladium|uranium|coal|cattle|hogs|lumber|orange juice|palm oil|rubber|tin|bullion)"
)
_CURRENCY = (
    r"(?:(?:u\.s\. |us )?dollar(?: index)?|greenback|euro|yen|sterling|pound|yuan|renminbi|"
    r"swiss franc|rupee|ruble|rouble|peso|"
    r"lira|real|rand|won|aussie|loonie|kiwi|krona|franc|ringgit|baht|forint|zloty)"
)
_CRYPTO = (
    r"(?:bitcoin|ether|ethereum|crypto(?:currenc(?:y|ies))?|stablecoins?|dogecoin|solana|xrp|tether|"
    r"token|tokens|blockchain|"
    r"binance|ftx|digital assets?|altcoins?)"
)

PATTERNS: Final[tuple[Pattern, ...]] = (
    # brokers
    pattern(
        "analyst_upgrade",
        "upgrad|rais|lift|initiat|price target|target price|start|reiterat|boost|hike|bull|buy",
        rf"upgrad(?:e|es|ed|ing)(?:<g60>)(?:to|from) [\"'“]?{_RATING}|upgraded (?:by|at|to)|"
        rf"upgrades? (?:<g60>)(?:shares|stock|rating)|(?:rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|"
        rf"boost(?:s|ed|ing)?|hik(?:es|ed|ing)|increas(?:es|ed|ing))(?:<g60>)(?:price target|"
        rf"target price|price objective|pt|rating)|(?:price target|"
        rf"target price)(?: on<g60>)? (?:<g10>)(?:raised|lifted|boosted|hiked|increased)|"
        rf"(?:initiat\w+|start\w*|resum\w+|assum\w+|begin\w*)(?:<g60>)(?:coverage|at)(?:<g60>)(?:with|"
        rf"at|a)(?:<g10>)[\"'“]?{_GOOD_RATING}|upgraded|double[- ]upgrade",
        "positive",
        0.5,
        who=Who.OBJECT,
        veto=(
            r"\b(?:downgrad\w*|moody's|fitch|s&p global ratings|credit rating|upgraded? (?:its|"
            r"their) (?:network|plant|factory|software|fleet|systems?|guidance|forecast|outlook)|"
            r"upgrad\w* (?:network|plant|software|phones?|cycle|facilit\w+|to the (?:new|latest)|"
            r"device\w*|economy|forecast|guidance|outlook|growth|iphones?)|oecd|imf|debt rating|sales target|"
            r"inflation target|deliveries target|earnings forecast)\b"
        ),
        needs=(
            r"\b(?:analysts?|brokerage|broker|rating|price target|target price|price objective|pt|"
            r"coverage|upgrad\w+)\b"
        ),
    ),
    pattern(
        "analyst_downgrade",
        "downgrad|price target|target price|initiat|start|coverage|cut",
        rf"downgrad(?:e|es|ed|ing)(?:<g60>)(?:to|from) [\"'“]?{_RATING}|downgraded (?:by|at|to)|"
        rf"downgrad(?:es|ed|e|ing) (?:<g60>)(?:shares|stock|rating)?|"
        rf"(?:<cut>)(?:<g60>)(?:price target|target price|price objective|pt|rating (?:to|on))|"
        rf"(?:price target|target price)(?: on<g60>)? (?:<g10>)(?:cut|lowered|slashed|trimmed|"
        rf"reduced)|(?:initiat\w+|start\w*|resum\w+|assum\w+|begin\w*)(?:<g60>)(?:coverage|"
        rf"at)(?:<g60>)(?:with|at|a)(?:<g10>)[\"'“]?{_BAD_RATING}|double[- ]downgrade",
        "negative",
        0.5,
        who=Who.OBJECT,
        veto=(
            r"\b(?:moody's|fitch|s&p global ratings|s&p (?:downgrad|cut|lower)\w*|credit rating|"
            r"debt rating|to junk|(?:downgrad\w*|cut\w*|lower\w*|reduc\w*|trim\w*) (?:its |their |"
            r"the )?(?:full|annual|guidance|forecast|outlook|profit|sales|revenue|growth|economic|gdp|"
            r"earnings|20\d\d)|upgrade[sd]?|sovereign|oecd|imf|(?:inflation|growth|"
            r"economic) (?:forecast|outlook|view)s?|sales target|inflation target)\b"
        ),
        needs=(
            r"\b(?:analysts?|brokerage|broker|rating|price target|target price|price objective|pt|"
            r"coverage|downgrad\w+)\b"
        ),
    ),
    pattern(
        "analyst_upgrade",
        "rais|lift|mov|start|initiat|upped|boost|resum",
        rf"(?:raise[sd]?|raising|lift(?:s|ed)|moves?|moved|upped|boost(?:s|ed))(?:<g>) to [\"'“]?{_GOOD_RATING}|"
        rf"(?:start(?:s|ed)|initiat(?:es|ed)|resum(?:es|ed)|reinstat(?:es|ed)|launch(?:es|ed) coverage of)<g60>(?:at|with) "
        rf"(?:an? )?[\"'“]?{_GOOD_RATING}",
        "positive",
        0.5,
        who=Who.OBJECT,
        veto=r"\b(?:moody's|fitch|add (?:jobs|staff)|stake|hold (?:on|of)|to buy (?!rating|from|at|\W)|to add\b)",
    ),
    pattern(
        "analyst_downgrade",
        "cut|lower|mov|start|initiat|slash|resum|drop",
        rf"(?:cuts?|lower(?:s|ed)|moves?|moved|slash(?:es|ed)|drop(?:s|ped)|reduc(?:es|ed))(?:<g>) to "
        rf"[\"'“]?(?:{_BAD_RATING}|neutral|hold|equal[- ]?weight|market[- ]perform|sector perform|in[- ]line|peer perform)"
        rf"(?!\w| (?:on|of)|-)|(?:start(?:s|ed)|initiat(?:es|ed)|resum(?:es|ed)|reinstat(?:es|ed))<g60>(?:at|with) "
        rf"(?:an? )?[\"'“]?{_BAD_RATING}",
        "negative",
        0.5,
        who=Who.OBJECT,
        veto=r"\b(?:moody's|fitch|s&p|rates?|stake|carbon|net zero|to sell (?!from|at|\W)|to reduce)\b",
    ),
    pattern(
        "analyst_downgrade",
        "slap|rating",
        rf"(?:slap(?:s|ped)|put(?:s)?|hand(?:s|ed)|giv(?:es|en)|gave|assign(?:s|ed)) (?:an? |it an? )?(?:new )?[\"'“]?{_BAD_RATING}[\"'”]? "
        rf"(?:rating|recommendation|call)",
        "negative",
        0.5,
        who=Who.OBJECT,
    ),
    pattern(
        "analyst_downgrade",
        "overweight|outperform|buy|neutral|underweight|underperform|sell|hold|equal|sector perform|market perform|"
        "reduce|accumulate",
        rf"(?:to|at) [\"'“]?(?:{_BAD_RATING}|neutral|hold|equal[- ]?weight|market[- ]perform|sector perform|in[- ]line)[\"'”]? from "
        rf"[\"'“]?{_GOOD_RATING}|to [\"'“]?{_BAD_RATING}[\"'”]? from",
        "negative",
        0.5,
    ),
    pattern(
        "analyst_upgrade",
        "overweight|outperform|buy|neutral|underweight|underperform|sell|hold|equal|sector perform|market perform|"
        "reduce|accumulate",
        rf"(?:to|at) [\"'“]?(?:neutral|hold|equal[- ]?weight|market[- ]perform|sector perform|in[- ]line)[\"'”]? from "
        rf"[\"'“]?{_BAD_RATING}|to [\"'“]?{_GOOD_RATING}[\"'”]? from",
        "positive",
        0.5,
    ),
    # peers
    pattern(
        "sector_readacross",
        "peer|rival|sympathy|sector|read-across|readacross|other|drag|competitor|supplier|stocks",
        r"(?:in sympathy|sympathy (?:rally|move|gains?|selling|drop|bid)|read-?across|read-?through|ripple[sd]? (?:through|across)|contagion|"
        r"spill(?:ed|s)? over|knock-on|halo effect)|(?:shares? of |shares in |stocks? of )?(?:its |"
        r"their |other |fellow |smaller |larger |european |u\.s\. |asian |some )?(?:peers?|rivals?|"
        r"competitors|suppliers|makers|retailers|lenders|banks|airlines|carriers|miners|drugmakers|"
        r"automakers|carmakers|chipmakers|producers|insurers|homebuilders|chip stocks|bank stocks|"
        r"tech stocks|software stocks|energy stocks)(?:<g60>)(?:also )(?:<rise>|<fall>|traded|moved)|"
        r"(?:drag(?:s|ged|ging)? (?:down|lower)|weigh(?:s|ed|ing)? on|lift(?:s|ed|ing)?|boost(?:s|ed|"
        r"ing)?|hit|pull(?:s|ed) (?:down|lower)|sen[dt](?:s)? )(?:<g>)(?:peers|rivals|"
        r"shares of (?:its )?(?:rivals|peers|competitors|other)|other (?:\w+ )?(?:stocks|shares|"
        r"makers|retailers|chipmakers|airlines|lenders|banks)|the (?:broader |wider |whole |"
        r"entire )?(?:sector|industry|group))|(?:peers|rivals)(?:<g60>)(?:<rise>|<fall>)|(?:shares of|"
        r"shares in|stocks of) (?:<g10>)(?:rivals?|peers?|competitors?|suppliers?)(?:<g60>)(?:<rise>|"
        r"<fall>)|(?:rose|fell|slid|gained|dropped|jumped|climbed|slipped|tumbled|sank|fall|rise|"
        r"slide|drop) (?:<g10>)(?:in sympathy|alongside|as well|too\b)",
        "direction",
        0.4,
        who=Who.ACTOR,
        veto=(
            r"\b(?:outperform\w* (?:its )?peers|compared with (?:its )?peers|than (?:its )?(?:peers|"
            r"rivals)|peers (?:posted|reported|posting)|unlike (?:its )?(?:peers|rivals)|rivals? (?:bid|offer)|trades? at|multiple|"
            r"market share (?:from|to)|inflation|economists|price cuts?|ahead of (?:its )?(?:rivals|"
            r"peers)|lag\w* (?:its )?(?:rivals|peers)|behind (?:its )?(?:rivals|peers))\b"
        ),
        needs=(
            r"\b(?:shares?|stocks?|traded|sympathy|percent|%|fell|rose|slid|gained|dropped|jumped|"
            r"contagion|read-?across|sector)\b"
        ),
    ),
    pattern(
        "sector_readacross",
        "drag|pull|took|taking|takes",
        r"(?:drag(?:s|ged|ging)|pull(?:s|ed|ing)|tak(?:es|ing)|took)(?= <g60>(?:down|lower) (?:with|too|in|by|\.|,|as))",
        "negative",
        0.45,
        who=Who.OBJECT,
        linked=True,
        needs=r"\b(?:shares?|stocks?|<fall>|\d%|per cent|percent)",
        veto=r"\b(?:index|benchmark|s&p|dow|nasdaq|ftse|dax|profit|margins?)\b",
    ),
    pattern(
        "market_wide_move",
        "s&p|dow|nasdaq|ftse|dax|cac|stoxx|nikkei|topix|hang seng|csi|shanghai|kospi|sensex|nifty|asx|"
        "tsx|wall street|stocks|shares|equities|futures|index|russell|bovespa|ibex|markets|selloff|"
        "sell-off",
        rf"(?<!\w){_INDEX}(?!\w)(?:<g60>)(?:<rise>|<fall>|add(?:s|ed)|shed(?:s)?|clos(?:e|es|"
        rf"ed) (?:up|down|higher|"
        rf"lower|at)|end(?:s|ed)? (?:up|down|higher|lower|at|mixed|flat)|(?:hits?|sets?|notch(?:es|ed)|scal(?:es|ed)) (?:a |an |another )?(?:new |fresh |all-time )?(?:record|high|peak)|"
        rf"bear market|correction|flat|little changed|mixed|finish\w*|open\w* (?:higher|lower))|"
        rf"(?:<rise>|<fall>|<beat>)[^;,:]{{0,12}} (?:s&p 500|dow jones|nasdaq composite|ftse 100|nikkei|"
        rf"hang seng|stoxx 600|global stocks|wall street)|(?:stock|equity|global|market|broad|tech|"
        rf"wall street)(?:s)? (?:market )?(?:sell-?off|rout|rally|slump|crash|rebound)|"
        rf"circuit breakers?|worst (?:day|week|session|month|quarter) since|best (?:day|week|session|"
        rf"month|quarter) since",
        "direction",
        0.55,
        who=Who.MARKET,
        lead=True,
        veto=(
            r"\b(?:(?:its|the company's|the firm's) (?:stock|shares)|(?:oil|crude|juice|cocoa|coffee|sugar|wheat|corn|soy\w*|cattle|hog|gas|copper|"
            r"cotton|lumber|palm|rubber|steel|ore|silver) futures|"
            r"gold futures|bitcoin futures|chip stocks|bank stocks|shares of|on the nasdaq|nasdaq:|nyse:|"
            r"nasdaq-listed|(?:added to|join\w*|inclusion in|removed from|dropped from) the (?:s&p|dow|"
            r"nasdaq|ftse)|outperform\w*|s&p global|moody's|dow (?:chemical|inc)|nasdaq inc|"
            r"london stock exchange|retail stocks|wall street(?:'s)? (?:expect|estimate|analyst|forecast|"
            r"consensus|bank|journal|had|faith|bull|bear|favou?rite|biggest|top|most)\w*|(?:beat|beats|topped|above|below|missed|misses|"
            r"tops?) (?:<g>)wall street|oil stocks|inventor\w+|crude stocks|fuel stocks|compared (?:with|"
            r"to) (?:the|a)|versus|while the (?:s&p|nasdaq|dow)|reasons? for stocks|stocks to (?:buy|own|watch|rise)|recent (?:stock|market|equity)(?: market)? (?:slump|rout|sell-?off|rally|slide|drop|gains))\b"
        ),
    ),
    # what the cartel decides on output is about the price
    pattern(
        "commodity_price_move",
        "opec",
        r"opec\+?(?:<g60>)(?:rais\w+|hik\w+|boost\w*|increas\w+|add\w*|lift\w*|unwind\w*|accelerat\w+)(?:<g>)(?:output|production|supply|"
        r"supplies|quotas|barrels)",
        "negative",
        0.55,
        who=Who.MARKET,
        veto=r"\b(?:urg\w+|ask\w*|call\w* on|pressur\w*|demand forecast|sees|expects|refus\w*|reject\w*|unlikely|may|might|could|cuts? (?:output|production))\b",
    ),
    pattern(
        "commodity_price_move",
        "opec",
        r"opec\+?(?:<g60>)(?:(?:cut|cuts|cutting|curb\w*|reduc\w+|lower\w*|slash\w*)(?:<g>)(?:output|production|supply|supplies|quotas|barrels)|"
        r"(?:extend\w*|deepen\w*|prolong\w*)(?:<g>)cuts)",
        "positive",
        0.55,
        who=Who.MARKET,
        veto=r"\b(?:urg\w+|ask\w*|call\w* on|demand forecast|sees|expects|revers\w+|unwind\w*|end\w* (?:<g10>)cuts|may|might|could|rais\w+ (?:output|production))\b",
    ),
    pattern(
        "commodity_price_move",
        "oil|brent|crude|wti|gas|gold|silver|copper|alumin|nickel|zinc|lithium|cobalt|iron ore|steel|"
        "wheat|corn|soy|cocoa|coffee|sugar|cotton|platinum|palladium|uranium|coal|bullion|lng|tin|orange|palm|lumber|cattle|hogs|rubber|"
        "west texas",
        rf"(?<!\w){_COMMODITY}(?!\w)(?: prices?| futures| benchmark)?(?:<g>)(?:<rise>|<fall>|"
        rf"settl\w+ (?:<g10>)(?:up|down|higher|lower)|hit\w* (?:<g10>)(?:high|low|record)|touch\w*|"
        rf"trade[sd]? (?:<g10>)(?:higher|lower)|near (?:<g10>)(?:high|low|record)|steadi\w+|steady|"
        rf"extend\w* (?:gains|losses))|(?:<rise>|<fall>|drop|slide|slump|rally|surge|jump|decline|"
        rf"rise|gain|record|higher|lower|falling|rising|weaker|stronger|cheaper|soaring) (?:in |"
        rf"of )?(?:<g10>)(?<!\w){_COMMODITY}(?!\w) (?:prices?|futures)",
        "direction",
        0.45,
        who=Who.MARKET,
        veto=(
            r"\b(?:(?:oil|gas|copper|gold|silver|nickel|lithium|coal|ore|zinc|cocoa|coffee|wheat) (?:production|output|demand|company|companies|"
            r"major|inventories|shipments|sales|exports|imports|guidance)(?:<g10>)(?:rose|"
            r"fell|rise|fall|drop|slip|climb|jump|declin)\w*|gas (?:station|turbine)s?|golden|goldman|gold(?:en)? (?:standard|medal|"
            r"parachute)|corning|steel(?:maker|makers)|oil and gas company|unilever|inflation (?:rose|"
            r"fell|slow|eas|accelerat)\w*|gold card|silver lining|tinder|tin can|steel tariffs)\b"
        ),
    ),
    pattern(
        "crypto_market_event",
        "bitcoin|ether|crypto|stablecoin|dogecoin|solana|xrp|tether|token|binance|ftx|digital asset|"
        "altcoin|blockchain",
        rf"(?<!\w){_CRYPTO}(?!\w)(?:<g60>)(?:<rise>|<fall>|hit\w*|record|halving|collaps\w+|hack\w*|depeg\w*|"
        rf"lost its peg|etfs?|rout|rally|selloff|sell-off|bankrupt\w*|liquidat\w+|halt\w*|freez\w+|"
        rf"withdrawals|trad(?:es|ed|ing)|milestone|above|below|exchange)|(?:rise|fall|drop|jump|surge|"
        rf"slide|rally|crash|rout|sell-off|selloff|plunge|slump) in (?:<g10>)(?<!\w){_CRYPTO}(?!\w)|"
        rf"(?:crypto|"
        rf"token)(?:<g10>)(?:exchange|winter|crackdown|crash|market)",
        "direction",
        0.5,
        who=Who.MARKET,
        veto=(
            r"\b(?:ethernet|token of|together|token gesture|whether|ai tokens?|tokens per|million tokens|"
            r"per token)\b"
        ),
    ),
    pattern(
        "fx_move",
        "dollar|greenback|euro|yen|sterling|pound|yuan|renminbi|franc|rupee|ruble|rouble|peso|lira|"
        "rand|won|currency|aussie|loonie|kiwi|real|krona|baht|ringgit|forint|zloty",
        rf"(?:the )?(?<!\w){_CURRENCY}(?!\w)(?:[^;,\d]{0, 25}?)(?:<rise>|<fall>|strengthen\w*|"
        rf"weaken\w*|appreciat\w+|"
        rf"depreciat\w+|hit\w* (?:<g10>)(?:high|low|record)|firm(?:s|ed|er)|steadi\w+|collaps\w+|"
        rf"devalu\w+)(?:<g60>)(?:against|versus|to (?:a|its|the)|per|since|currency|dollar|euro|yen|%|"
        rf"percent|low|high|at)|(?:weak(?:er|ening)?|strong(?:er)?|surging|slumping|sliding|falling|"
        rf"rising) (?<!\w){_CURRENCY}(?!\w)|(?:currency|fx) (?:intervention|crisis|devaluation|"
        rf"headwinds?|market)|"
        rf"interven\w+ (?:<g>)(?:currency|yen|foreign exchange)|devalu(?:ed|es|ation|ing)",
        "direction",
        0.45,
        who=Who.MARKET,
        lead=True,
        veto=(
            r"\b(?:billion dollars?|million dollars?|dollar (?:general|tree|store)|euro zone (?:inflation|"
            r"gdp|economy|stocks)|eurozone|euro stoxx|dollars? (?:a|in|of|worth) |"
            r"dollar-denominated bonds|pounds? of|the real (?:reason|estate|issue|test)|real (?:estate|"
            r"wages|terms|time|income|gdp)|won (?:a|an|the|its|approval|contract|by|over|more|his|her|"
            r"their|support|praise|\d)|has won|have won|had won|rand corp|constant currency|ingersoll)\b"
        ),
    ),
)
