"""What moves what: the matters that frames look for, and the words that send them up, down or leave them where they were."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Polarity

__all__ = ["FRAMES", "GOODS", "GUIDANCE", "RATING", "Frame"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A matter with its movers; `nothing` are sentences that speak of another's matter."""

    cues: tuple[str, ...]
    matter: re.Pattern[str]
    up: re.Pattern[str]
    down: re.Pattern[str]
    kept: re.Pattern[str] | None = None
    nothing: re.Pattern[str]
    types: tuple[str, str, str]  # up, down, kept
    signs: tuple[Polarity, Polarity, Polarity] = (Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.NEUTRAL)
    reach: int = 45
    depth: int = 6  # sentences
    market: bool = False  # of a country, a commodity or a policy, not of a firm
    opens: int = 0  # code points within which the matter must begin; 0 for anywhere
    heads: re.Pattern[str] | None = None  # what the headline must hold for the frame to speak below it


_OWN: Final = (
    r"(?:full-year|annual|fiscal|yearly|year|quarter(?:ly)?|fourth-quarter|third-quarter|second-quarter|first-quarter|holiday|20\d\d|fy\d\d|mid-term|medium-term|long-term|"
    r"sales|revenue|profit|earnings|margin|growth|delivery|production|volume|ebitda?|cash flow|its|their|own|company's|group's)"
)
GUIDANCE: Final = Frame(
    cues=("guidance", "outlook", "forecast", "target", "goal", "view", "projection", "range", "ambition"),
    matter=lazily(
        rf"(?<![\w-])(?:guidance|outlook|(?:{_OWN} (?:[\w%$.-]+ ){{0,2}})(?:forecasts?|targets?|goals?|views?|projections?|range|ambitions?)|(?:forecasts?|outlook|targets?|goals?|views?) (?:for|of) (?:the |this |next |its |about )?(?:[\w-]+ ){{0,1}}(?:year|quarter|20\d\d|sales|revenue|profit|earnings|margins?|growth|\$))(?![\w-])"
    ),
    up=lazily(
        r"(?<![\w-])(?:rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|boost(?:s|ed|ing)?|increas(?:e|es|ed|ing)|hik(?:es|ed|ing)|upp?ed|ups|bump(?:s|ed|ing)?(?: up)?|added [$€£\d]|nudg(?:es|ed|ing) up|upgrad(?:es|ed|ing)|"
        r"topp?(?:s|ed)|beats?|above|exceed(?:s|ed)?|ahead of|better|stronger|strong|upbeat|rosy|rosier|bright(?:er|ened)?|optimistic|bullish|improv(?:es|ed)|sweeten(?:s|ed))(?![\w-])"
    ),
    down=lazily(
        r"(?<![\w-])(?:cuts?|cutting|lower(?:s|ed|ing)?|slash(?:es|ed|ing)?|trim(?:s|med|ming)?|reduc(?:es|ed|ing)|par(?:es|ed)|knock(?:s|ed)|shav(?:es|ed)|clip(?:s|ped)|chop(?:s|ped)|withdr(?:aws|ew|awn)|pull(?:s|ed)|"
        r"suspend(?:s|ed)|scrap(?:s|ped)|abandon(?:s|ed)|ditch(?:es|ed)|dropp?(?:s|ed)|back(?:s|ed) away from|push(?:es|ed) back|delay(?:s|ed)|postpon(?:es|ed)|miss(?:es|ed)?|below|short of|shy of|disappoint(?:s|ed|ing)?|"
        r"underwhelm(?:s|ed|ing)?|weak(?:er|ened)?|soft(?:er)?|dims?|dimmed|gloom(?:y|ier)|cautious|caution|cold|bleak(?:er)?|downgrad(?:es|ed)|walk(?:s|ed) back|retreat(?:s|ed)|doubts?|at risk|dent(?:s|ed)|downbeat|slump(?:s|ed)?|warning)(?![\w-])"
    ),
    kept=lazily(
        r"(?<![\w-])(?:keeps?|kept|maintain(?:s|ed|ing)?|reiterat(?:es|ed|ing)|reaffirm(?:s|ed|ing)?|confirm(?:s|ed)|repeat(?:s|ed)|stick(?:s|ing)? (?:to|with)|stuck (?:to|with)|stands?|stood|unchanged|untouched|unaltered|unmoved|intact|"
        r"comfortable|on track|on course|le(?:ft|aves)|in place|hold(?:s|ing) to|held to|back(?:s|ed)|not (?:touch|change|alter|amend|revise|affect)(?:ed)?)(?![\w-])"
    ),
    nothing=lazily(
        r"\b(?:economists?|fed|federal reserve|ecb|imf|oecd|opec\+?|iea|world bank|central bank|inflation|gdp|interest rates?|price targets?|target price|targets? (?:price|on)|stock price|"
        r"brent|wti|copper|silver|natural gas|lithium|already|analysts? (?:at|cut|rais|lower)\w*|brokerages?|rating|credit|moody's|fitch|takeover target|climate|emissions?|net zero|carbon|government|economy|crude|oil prices?|gold|dollar|bond|hiring|"
        r"(?:could|would|may|might|if) (?:\w+ )?(?:raise|cut|lower|miss)|wide range|range of|mountain|trading range|point of view|views? on|in view|price range)\b"
    ),
    types=("guidance_raise", "guidance_cut", "guidance_maintained"),
    depth=20,
)
_BROKER: Final = (
    r"(?:goldman(?: sachs)?|morgan stanley|j\.?p\.? ?morgan|citi(?:group)?|ubs|barclays|bofa|bank of america|deutsche bank|credit suisse|wells fargo|jefferies|hsbc|bernstein|wedbush|piper(?: \w+)?|"
    r"raymond james|rbc|bmo|mizuho|nomura|evercore(?: isi)?|oppenheimer|stifel|cowen|needham|keybanc|baird|truist|macquarie|bnp|societe generale|redburn|susquehanna|rosenblatt|argus|loop capital|kepler|berenberg|"
    r"daiwa|clsa|guggenheim|canaccord|cantor|bmo|td|scotiabank|analysts?|broker(?:age)?s?)"
)
RATING: Final = Frame(
    cues=(
        "rating",
        "recommend",
        "stance",
        "target",
        "conviction",
        "coverage",
        "buy",
        "sell",
        "neutral",
        "overweight",
        "underweight",
        "outperform",
        "hold",
        "fan",
        "sidelines",
        "sours",
        "bull",
        "bear",
        "faith",
        "upgrade",
        "downgrade",
        "reduce",
    ),
    matter=lazily(rf"(?<![\w-]){_BROKER}(?![\w-])"),
    up=lazily(
        r"(?<![\w-])(?:upgrad\w+|(?:rais|lift|boost|hik|up|upp)(?:e|es|ed|s|ing) (?:[\w'’&.-]+ ){0,4}(?:to (?:buy|overweight|outperform)|target|stance|rating|recommendation|price target)|bullish|new fan|warms? to|(?:start|initiat|begin|beg[au]n|resum)\w* (?:[\w'’&.-]+ ){0,5}(?:buy|overweight|outperform)|"
        r"add(?:s|ed)? (?:[\w'’&.-]+ ){0,4}(?:list|picks)|top pick|turns? (?:buyer|positive|bullish))(?![\w-])"
    ),
    down=lazily(
        r"(?<![\w-])(?:(?:double-)?downgrad\w+|(?:cut|lower|trim|slash|reduc|par|drop)(?:s|es|ed|ting|ing|med|ming)? (?:[\w'’&.-]+ ){0,4}(?:to (?:sell|hold|neutral|underweight|underperform|reduce|equal)|target|stance|rating|recommendation|price target)|"
        r"bearish|sours?(?: on)?|los(?:es|t) faith|(?:steps?|moves?|goes) (?:to the sidelines|aside|off)|pull(?:s|ed) (?:its |the |a )?(?:buy|overweight|outperform)|no longer recommends?|(?:tak(?:es|en)|took|remov(?:es|ed)|drop(?:s|ped)) (?:[\w'’&.-]+ ){0,3}(?:off|from) (?:[\w'’&.-]+ ){0,3}list|"
        r"says sell|turns? (?:seller|negative|bearish|cautious)|moved? (?:[\w'’&.-]+ ){0,4}to (?:sell|hold|neutral|equal|underweight|underperform|reduce))(?![\w-])"
    ),
    nothing=lazily(
        r"\b(?:moody's|fitch|s&p global ratings|credit rating|sovereign|junk|s&p 500 target|year-end target|oil|gold|currency|economy|gdp|emerging[- ]market|treasur\w+|bonds?|stocks? (?:market|to)|equities|sector|index|bitcoin|iphone|sales target|profit target|guidance|outlook|forecast)\b"
    ),
    types=("analyst_upgrade", "analyst_downgrade", ""),
    reach=80,
    depth=3,
)
INDEXED: Final = Frame(
    cues=(
        "s&p",
        "dow",
        "nasdaq",
        "ftse",
        "msci",
        "russell",
        "stoxx",
        "dax",
        "nikkei",
        "hang seng",
        "nifty",
        "sensex",
        "index",
        "indic",
    ),
    matter=lazily(
        r"(?<![\w-])(?:s&p (?:500|100|400|600|midcap|smallcap|composite)|dow(?: jones)?(?: industrial average)?|nasdaq[- ]100|ftse (?:100|250)|msci (?:[\w-]+ ){0,3}(?:index(?:es)?|indices)?|russell \d+|stoxx \d+|dax|nikkei(?: 225)?|hang seng(?: index)?|nifty(?: 50)?|sensex|"
        r"(?:blue-chip|benchmark|world|bond|equity|emerging-market) (?:[\w-]+ ){0,1}(?:index(?:es)?|indices|gauge))(?![\w-])"
    ),
    up=lazily(
        r"(?<![\w-])(?:nod|join(?:s|ed|ing)?|inclu(?:de|des|ded|sion)|add(?:s|ed|ition)|enter(?:s|ed|ing)?|entry|promot(?:ed|ion)|membership|member|take (?:\w+ )?place|elevat\w+|admitted|win(?:s)? (?:a )?(?:place|spot|slot))(?![\w-])"
    ),
    down=lazily(
        r"(?<![\w-])(?:drop(?:s|ped)? (?:out )?(?:of|from)|out of|remov(?:es|ed|al)|delet(?:ed|ion)|eject(?:ed|ion)|exclu(?:ded|sion)|relegat\w+|demot\w+|loses? (?:\w+ )?(?:place|spot|slot)|kicked|booted|evict\w+|make way|leav(?:e|es|ing))(?![\w-])"
    ),
    nothing=lazily(
        r"\b(?:points?|percent|%|futures|rose|fell|gain(?:s|ed)|closed|ended|slipped|slid|climbed|rall\w+|investors? (?:add|join)\w*|includ\w+ (?:dividends|companies|firms)|stocks? in the|member of the s&p|s&p 500 (?:stocks|companies|members))\b"
    ),
    types=("index_change", "index_change", ""),
    reach=40,
    depth=3,
)
_WORKS: Final = r"(?:plants?|fabs?|factor(?:y|ies)|gigafactor(?:y|ies)|data cent(?:er|re)s?|distribution cent(?:er|re)s?|warehouses?|mines?|refiner(?:y|ies)|smelters?|capacity|campus|pipelines?|production lines?|network|facilit(?:y|ies)|expansion|terminals?)"
SPENT: Final = Frame(
    cues=(
        "plant",
        "fab",
        "factor",
        "centre",
        "center",
        "warehouse",
        "mine",
        "refiner",
        "capacity",
        "campus",
        "pipeline",
        "facilit",
        "expansion",
        "terminal",
        "network",
    ),
    matter=lazily(rf"(?<![\w-]){_WORKS}(?![\w-])"),
    up=lazily(
        r"(?<![\w-])(?:(?:spend(?:s|ing)?|invest(?:s|ed|ing)?|earmark(?:s|ed)|pour(?:s|ed|ing)?|plough(?:s|ed)?|plow(?:s|ed)?|pump(?:s|ed)?|commit(?:s|ted)?|budget(?:s|ed)?)(?: up to| about| more than| around| an extra| another| nearly| at least)* [$€£¥\d][\d.,]* ?(?:billion|million|bn|m|trillion)?)"
    ),
    down=lazily(
        r"(?<![\w-])(?:on ice|shel(?:ves|ved)|stopp?(?:s|ed) (?:work|building|construction)|halt(?:s|ed) (?:work|construction|building|plans?|expansion)|cancel(?:s|l?ed)|scrap(?:s|ped)|mothball(?:s|ed)|paus(?:es|ed) (?:work|construction|plans?|expansion)|freez(?:e|es) (?:plans?|expansion)|"
        r"fr(?:oze|ozen) (?:plans?|expansion)|suspend(?:s|ed|ing)? (?:plans?|construction|work|expansion|planned)|delay(?:s|ed)|postpon(?:es|ed)|put off|will not build|drop(?:s|ped) plans?)(?![\w-])"
    ),
    nothing=lazily(
        r"\b(?:fire|flood|strike|outage|accident|blast|hurricane|storm|court|judge|government|state|country|settle\w*|fine[sd]?|acqui\w+|takeover|buyout|stake|recall\w*|trial|phase|shipment\w*)\b"
    ),
    types=("capex_plan", "capex_cut", ""),
    reach=60,
    depth=3,
)
CASH: Final = Frame(
    cues=("cash", "liquidity", "going concern", "covenant", "debts", "creditors"),
    matter=lazily(r"(?<![\w-])(?:cash|liquidity|going concern|covenants?|creditors|debts)(?![\w-])"),
    up=lazily(r"(?!)"),
    down=lazily(
        r"(?<![\w-])(?:run(?:s|ning)? (?:low|out|short)|short of|shortage|crunch|squeeze|burning|substantial doubt|breach(?:es|ed)?|dwindl\w+|struggl\w+ to (?:pay|repay|meet)|cannot pay|unable to (?:pay|repay))(?![\w-])"
    ),
    nothing=lazily(
        r"\b(?:data|cyber|customers|privacy|cash machine|atm|government|country|bank of|fed|economy|market liquidity|if|could|avoid|averts?|funds? (?:face|hold)|short cash)\b"
    ),
    types=("", "liquidity_stress", ""),
    reach=30,
    depth=3,
)
DENIED: Final = Frame(
    cues=(
        "report",
        "stor",
        "claim",
        "allegation",
        "accusation",
        "rumo",
        "speculation",
        "talk",
        "account",
        "article",
        "suggestion",
        "sale",
        "offer",
        "bid",
        "capital",
        "equity",
        "merger",
        "takeover",
    ),
    matter=lazily(
        r"(?<![\w-])(?:reports?|stor(?:y|ies)|claims?|allegations?|accusations?|rumou?rs?|speculation|talk|accounts?|article|suggestions?|for sale|offers?|bids?|(?:fresh |new )?(?:capital|equity)|mergers?|takeovers?)(?![\w-])"
    ),
    up=lazily(r"(?!)"),
    down=lazily(r"(?!)"),
    kept=lazily(
        r"(?<![\w-])(?:den(?:y|ies|ied|ying)|disput(?:es|ed)|refut(?:es|ed)|rebut(?:s|ted)|reject(?:s|ed)|dismiss(?:es|ed)|play(?:s|ed) down|(?:is|are|was|were|as|called|calls) (?:\w+ ){0,2}(?:wrong|false|untrue|inaccurate|misleading|baseless|unfounded|groundless|nonsense|incorrect)|"
        r"without (?:foundation|merit|basis)|push(?:es|ed) back|h[ia]ts? back|is not|no (?:plans?|need|intention|talks|offer|truth)|not (?:for sale|in talks|considering|planning|bidding|received)|rul(?:es|ed) out|will not|won't|insist(?:s|ed))(?![\w-])"
    ),
    nothing=lazily(
        r"\b(?:judge|court|jury|fda|regulators?|union|workers|shareholders? (?:reject|vote)\w*|analysts?|economists?|declined to comment|earnings report|annual report|jobs report|report(?:ed|s) (?:a|an|its|net|quarterly|revenue|profit|earnings)|insurance claims?|"
        r"jobless claims|claims? (?:data|adjust)|if|offers? (?:customers|users|up|a|the|new|free|more)|account (?:for|holders?)|accounts? (?:for|of|at)|public offer\w*|government|trump|president|police|minister|tender offer|bid to|lawmakers?|users?|customers?)\b"
    ),
    types=("", "", "denial_clarification"),
    reach=40,
    depth=2,
)
GOODS: Final = Frame(
    cues=(
        "oil",
        "brent",
        "crude",
        "wti",
        "gas",
        "gold",
        "bullion",
        "silver",
        "copper",
        "alumin",
        "nickel",
        "zinc",
        "lithium",
        "iron ore",
        "steel",
        "wheat",
        "corn",
        "soy",
        "cocoa",
        "coffee",
        "sugar",
        "cotton",
        "platinum",
        "palladium",
        "uranium",
        "coal",
    ),
    matter=lazily(
        r"(?<![\w-])(?:brent|wti|crude(?: oil)?|oil(?: prices?)?|natural gas|gas prices|gold(?: prices?)?|bullion|silver|copper|alumin(?:i)?um|nickel|zinc|lithium|iron ore|steel|wheat|corn|soybeans?|cocoa|coffee|sugar|cotton|platinum|palladium|uranium|coal)(?: futures| prices?)?(?![\w-]| (?:company|companies|giant|major|producers?|makers?|miners?|card|workers|field|demand|output|stocks))"
    ),
    up=lazily(
        r"(?<![\w-])(?:ris(?:es|e|ing)|rose|jump(?:s|ed)|surg(?:es|ed)|soar(?:s|ed)|climb(?:s|ed)|gain(?:s|ed)?|rall(?:y|ies|ied)|advanc(?:es|ed)|leaps?|spik(?:es|ed)|rebound(?:s|ed)?|power(?:s|ed)|burst(?:s)?|doubl(?:es|ed)|tripl(?:es|ed)|peak|high|highest|record|firm(?:s|ed|er)|steadies|extends? gains|best|tops|above)(?![\w-])"
    ),
    down=lazily(
        r"(?<![\w-])(?:falls?|fell|drop(?:s|ped)?|slid(?:es)?|slip(?:s|ped)?|declin(?:es?|ed)|sinks?|sank|plung(?:es?|ed)|tumbl(?:es|ed)|slump(?:s|ed)?|retreat(?:s|ed)|los(?:es|t|ses)|skid(?:s|ded)|eas(?:es|ed)|weak(?:ens|er)|low|lowest|worst|sheds?|crash(?:es|ed)?|below|extends? (?:loss(?:es)?|declines?))(?![\w-])"
    ),
    nothing=lazily(
        r"\b(?:stocks?|shares|equities|wall street|dow|nasdaq|ftse|earnings|profit|revenue|dollar|bonds?|inflation|says|forecast|could|may|might|would)\b"
    ),
    types=("commodity_price_move", "commodity_price_move", ""),
    reach=40,
    depth=1,
    market=True,
    opens=24,
)
TRADE: Final = Frame(
    cues=("tariff", "dut", "levy", "levies", "trade"),
    matter=lazily(
        r"(?<![\w-])(?:tariffs?|import (?:duties|duty|levy|levies)|duties|levies|levy|\d+% duty|trade (?:pact|deal|truce|accord|agreement|war|talks|spat|dispute|tensions?|optimism|hopes|fears))(?![\w-])"
    ),
    up=lazily(
        r"(?<![\w-])(?:seals?|sealed|signs?|signed|strikes?|struck|agrees?|agreed|reach(?:es|ed)?|clinch\w*|cuts?|lower(?:s|ed)?|lifts?|lifted|scraps?|scrapped|delay(?:s|ed)?|paus(?:es|ed)|exempt(?:s|ed)?|suspend(?:s|ed)?|eas(?:es|ed|ing)|hopes?|optimism|progress|thaw|spares?|drops?|removes?|removed|rolls? back)(?![\w-])"
    ),
    down=lazily(
        r"(?<![\w-])(?:impos\w+|slap(?:s|ped)?|puts?|rais(?:es?|ed|ing)|hik(?:es?|ed)|threat\w*|new|fresh|escalat\w*|retaliat\w*|hits?|collaps\w*|stall\w*|fail\w*|doubts?|sets?|doubl\w*|fears?|worr\w+|intensif\w*|deepen\w*|worsen\w*|levies|higher|blow|brac\w+)(?![\w-])"
    ),
    nothing=lazily(
        r"\b(?:electricity tariffs?|heavy-duty|on duty|off-duty|stamp duty|excise|active-duty|fiduciary dut\w*|call of duty|trade secrets?|price war|insider trad\w*|if)\b"
    ),
    types=("tariff_trade_policy", "tariff_trade_policy", ""),
    reach=35,
    depth=1,
    market=True,
)
SURVEY: Final = Frame(
    cues=(
        "sentiment",
        "confidence",
        "spending",
        "gdp",
        "growth",
        "factor",
        "industrial",
        "retail sales",
        "payroll",
        "hiring",
        "housing",
        "home sales",
        "exports",
        "pmi",
        "econom",
        "manufactur",
        "orders",
        "services",
    ),
    matter=lazily(
        r"(?<![\w-])(?:(?:consumer|business|investor|homebuilder|builder|household|economic|economist) (?:sentiment|confidence|optimism|spending|morale)|gdp|economic growth|economy|factory (?:activity|orders|output|gauge)|industrial (?:output|production)|retail sales|payrolls|hiring|housing starts|home sales|home prices|"
        r"exports|pmi|manufacturing|services (?:activity|gauge)|durable goods|business-equipment orders|factories)(?![\w-])"
    ),
    up=lazily(
        r"(?<![\w-])(?:ris(?:es|e|ing)|rose|jump(?:s|ed)?|surg(?:es|ed)|soar(?:s|ed)|climb(?:s|ed)|gain(?:s|ed)?|strengthen(?:s|ed)|strong(?:er)?|tops?|topp(?:ed|ing)|beat(?:s|ing)?|improv(?:es|ed)|expand(?:s|ed)|grows?|grew|accelerat(?:es|ed)|rebound(?:s|ed)?|fastest|quicken(?:s|ed)|brighten(?:s|ed)|robust|solid|better|highest)(?![\w-])"
    ),
    down=lazily(
        r"(?<![\w-])(?:falls?|fell|drop(?:s|ped)?|slid(?:es)?|slip(?:s|ped)?|declin(?:es?|ed)|sinks?|sank|plung(?:es|ed)|tumbl(?:es|ed)|slump(?:s|ed)?|shrinks?|shrank|contract(?:s|ed)|weak(?:ens|ened|er)?|slow(?:s|ed|er|ing|est|down)?|miss(?:es|ed)|stall(?:s|ed)|worsen(?:s|ed)|dims?|lowest|cool(?:s|ed|ing)?|disappoint(?:s|ed|ing)|recession)(?![\w-])"
    ),
    nothing=lazily(
        r"\b(?:stocks?|shares|company|inc|corp|could|may|might|if|warns?|fears?|forecast\w*|unlikely|sharing economy|gig economy|fuel economy|circular economy|hiring freeze)\b"
    ),
    types=("macro_data_release", "macro_data_release", ""),
    reach=30,
    depth=2,
    market=True,
)
_POLICY: Final = Frame(
    cues=("rate", "polic", "eas", "tighten", "dovish", "hawkish", "stimul", "bps", "cut", "hike"),
    matter=lazily(
        r"(?<![\w-])(?:fed|federal reserve|fomc|ecb|european central bank|boe|bank of england|boj|bank of japan|pboc|rba|rbi|rbnz|snb|riksbank|norges bank|banxico|bank of canada|bank of korea|"
        r"central bank(?:er)?s?|powell|waller|lagarde|bailey|ueda|draghi|yellen|carney|kuroda|policymakers?|rate[- ]setters?)(?![\w-])"
    ),
    up=lazily(
        r"(?<![\w-])(?:cuts?|cutting|lower(?:s|ed|ing)?|trim(?:s|med)?|reduc(?:es|ed|ing)|eases?|eased|easing|dovish|slash(?:es|ed)|loosen(?:s|ed|ing)?|stimulus)(?![\w-])"
    ),
    down=lazily(
        r"(?<![\w-])(?:rais(?:es|ed|ing)|hik(?:es?|ed|ing)|lift(?:s|ed|ing)|tighten(?:s|ed|ing)?|hawkish|increas(?:es|ed|ing)|higher for longer)(?![\w-])"
    ),
    kept=lazily(
        r"(?<![\w-])(?:hold(?:s|ing)?|held|stands? pat|stood pat|le(?:ft|aves)|keeps?|kept|unchanged|steady|paus(?:es|ed|ing)|no (?:rush|hurry)|patien(?:t|ce)|wait(?:s|ing)?)(?![\w-])"
    ),
    nothing=lazily(
        r"\b(?:stocks?|shares|bonds?|wall street|gold|oil|dollar|profit|mortgage|if|tax rate|exchange rate|growth rate|rates? of|fed (?:up|by|into)|as expected|could|may|might|bets?|traders|await\w*|ahead of|before)\b"
    ),
    types=("central_bank_decision", "central_bank_decision", "central_bank_decision"),
    reach=40,
    depth=2,
    market=True,
)
FRAMES: Final = (GUIDANCE, RATING, INDEXED, SPENT, CASH, DENIED, GOODS, TRADE, SURVEY, _POLICY)
