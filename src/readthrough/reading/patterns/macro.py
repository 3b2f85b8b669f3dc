"""Central banks, data, trade policy, politics, recaps."""

from __future__ import annotations

from typing import Final

from readthrough.reading.patterns.shape import Pattern, Who, pattern

__all__ = ["PATTERNS"]

_DATA = (
    r"(?:consumer prices?(?: index)?|inflation|cpi|ppi|pce|core prices|producer prices?|"
    r"nonfarm payrolls|payrolls|jobs report|"
    r"jobless claims|unemployment(?: rate)?|gdp|gross domestic product|retail sales|"
    r"industrial (?:production|output)|"
    r"factory (?:orders|output|activity)|manufacturing (?:activity|pmi|index)|services (?:activity|"
    r"pmi|sector)|pmi|purchasing managers|"
    r"consumer (?:confidence|sentiment|spending)|housing starts|home sales|house prices|home prices|"
    r"durable goods(?: orders)?|trade (?:deficit|surplus|balance)|"
    r"business (?:activity|confidence|sentiment)|job openings|wage growth|exports|imports|economic growth|"
    r"private payrolls|employers (?:added|cut|hired)|building permits|construction spending|ism|ifo|"
    r"zew|economy (?:grew|shrank|contracted|expanded))"
)

PATTERNS: Final[tuple[Pattern, ...]] = (
    pattern(
        "central_bank_decision",
        "fed|ecb|central bank|bank of|boe|boj|pboc|rbi|rba|snb|riksbank|norges|fomc|reserve bank|national bank|"
        "policymakers|interest rate|rate hike|rate cut|basis point|banxico|quantitative",
        r"<bank>(?:<g60>)(?:cut(?:s|ting)?|lower(?:s|ed|ing)?|reduc(?:es|ed|ing)|slash(?:es|ed)|"
        r"trim(?:s|med)|eas(?:es|ed|ing)|paus(?:es|ed|ing))(?:<g60>)(?:rates?|basis points?|"
        r"percentage point|policy|borrowing costs|reserve requirement|stimulus)|(?:interest |policy |"
        r"benchmark |key |lending )?rate cuts?|(?:cut|lower)(?:s|ed|ing)?(?:<g10>)(?:interest|policy|"
        r"benchmark|key|lending) rates?|dovish|reserve requirement ratio|"
        r"signal\w* (?:<g>)(?:rate cuts?|easing)|quantitative easing|(?:fresh|new|more) stimulus",
        "positive",
        0.65,
        who=Who.MARKET,
        lead=True,
        needs=r"\b(?:<bank>|interest rates?|rate cuts?|basis points)\b",
        veto=(
            r"\b(?:rais(?:e|es|ed|ing)|hik(?:e|es|ed|ing)|hold(?:s|ing)? (?:rates|interest)|held|"
            r"unchanged|hawkish|no rush|not (?:cut|in a hurry)|fewer|delay\w*|pushed? back|dash\w*|"
            r"easing cycle (?:over|done)|fade\w*|unlikely|quash\w*|less likely|capital requirement|tax rate|tariff rate|rules?|"
            r"bank stock|fedex|federal government|scal\w+ back (?:bets|expectations))\b"
        ),
    ),
    pattern(
        "central_bank_decision",
        "fed|ecb|central bank|bank of|boe|boj|pboc|rbi|rba|snb|riksbank|norges|fomc|reserve bank|national bank|"
        "policymakers|interest rate|rate hike|hawkish|banxico|tightening",
        r"<bank>(?:<g60>)(?:rais(?:es|ed|ing|e)|hik(?:e|es|ed|ing)|lift(?:s|ed)|increas(?:es|ed)|"
        r"tighten(?:s|ed|ing)?)(?:<g60>)(?:rates?|basis points?|percentage point|policy|"
        r"borrowing costs)|(?:interest |policy |benchmark )?rate (?:hikes?|increases?|rises?)|(?:rais|"
        r"hik)(?:es|ed|ing|e)(?:<g10>)(?:interest|policy|benchmark|key) rates?|hawkish|(?:easing|cutting|rate-cut)(?: cycle)? (?:<g10>)(?:over|done|ended|at an end|finished|complete)|"
        r"higher for longer|quantitative tightening|(?:dash\w*|fad\w+|scal\w+ back|pushed? back|fewer|"
        r"less likely|unlikely to|no rush to|not in a hurry)(?:<g>)(?:rate cuts?|"
        r"cut (?:interest )?rates?|eas\w+|cuts)",
        "negative",
        0.65,
        who=Who.MARKET,
        lead=True,
        needs=r"\b(?:<bank>|interest rates?|rate (?:hike|increase|cut|rise)s?|basis points)\b",
        veto=(
            r"\b(?:held|holds?|unchanged|no rate hikes?|end of (?:its )?rate hikes?|paus\w+|dovish|"
            r"fewer rate hikes|mortgage|fedex|electricity rate|premium|capital requirement|rules?)\b"
        ),
    ),
    pattern(
        "central_bank_decision",
        "fed|ecb|central bank|bank of|boe|boj|pboc|rbi|rba|snb|riksbank|norges|fomc|reserve bank|national bank|"
        "policymakers|banxico",
        r"<bank>(?:<g60>)(?:hold(?:s|ing)?|held|ke(?:ep|eps|pt|eping)|le(?:ft|ave|aves|aving)|"
        r"maintain(?:s|ed)|paus(?:e|es|ed)|stand(?:s)? pat|stood pat|unchanged|on hold|"
        r"steady)(?:<g60>)(?:rates?|unchanged|steady|policy|hold|borrowing costs|hiking|at zero)",
        "neutral",
        0.55,
        who=Who.MARKET,
        lead=True,
        veto=r"\b(?:capital|bank stock|deposits?|mortgage)\b",
    ),
    pattern(
        "central_bank_appointment",
        "nominat|nam|appoint|pick|tap|succeed|replac|next fed|governor|chair",
        r"(?:nominat\w+|nam(?:es|ed|ing)|appoint\w*|pick(?:s|ed)?|tapp?(?:s|ed)?|choos\w+|chose|"
        r"select\w*|reappoint\w*|renominat\w*|replac\w+|succeed\w*|front-?runner|"
        r"shortlist)(?:<g60>)(?:<bank>)(?:'s)?(?:<g10>)(?:chair\w*|governor|president|board|head|"
        r"chief|vice)?|(?:<bank>)(?:'s)? (?:next |new )?(?:chair\w*|governor|president|head|"
        r"chief)(?:<g>)(?:nomin\w+|candidate|pick\b|confirmed|appointed|named|successor|replaced)|"
        r"next (?:fed|federal reserve|ecb|boj|bank of (?:japan|england)|central bank) (?:chair\w*|"
        r"governor|president|chief|head)",
        "neutral",
        0.5,
        who=Who.MARKET,
        needs=r"\b(?:chair\w*|governor|president|board|head|chief|vice chair)\b",
        veto=r"\b(?:bank of america|board of directors|named in)\b",
    ),
    pattern(
        "macro_data_release",
        "inflation|cpi|ppi|pce|prices|payroll|jobless|unemployment|claims",
        r"(?:inflation|consumer prices?(?: index)?|cpi|ppi|pce|core prices|producer prices?|"
        r"price pressures|wholesale prices)(?:<g60>)(?:eas(?:es|ed|ing)|slow(?:s|ed|ing)?|cool(?:s|ed|"
        r"ing)?|fell|falls?|declin\w+|dropp?(?:s|ed)|below|lower|moderat\w+|soften\w*|less than|"
        r"unchanged|flat)|(?:inflation|consumer[- ]prices?(?: index)?|cpi|ppi|pce|producer prices?)(?:<g60>)(?:softer|cooler|"
        r"tamer|milder|gentler)(?: |-)than|(?:cool|soft|tame|mild|benign|cooler|softer|slower|lower|easing|slowing|cooling|falling|tamer|"
        r"milder)(?:<g>)(?:inflation|cpi|consumer prices?|ppi|pce|price pressures)|"
        r"(?:unemployment(?: rate)?|jobless (?:rate|claims))(?:<g60>)(?:fell|falls?|dropp?(?:s|ed)|"
        r"declin\w+|dips?|dipped|lower|below|improv\w+)",
        "positive",
        0.6,
        who=Who.MARKET,
        lead=True,
        veto=(
            r"\b(?:inflation reduction act|fed (?:wants|says|officials)|company|shares of|"
            r"expects? inflation|sales (?:fell|declin)\w*|<rise> (?:<g>)more than|not (?:eas|slow|"
            r"cool)\w*|fell short|inflation-adjusted|demand|cautious|shoppers)\b"
        ),
    ),
    pattern(
        "macro_data_release",
        "inflation|cpi|ppi|pce|prices|unemployment|jobless|claims",
        r"(?:inflation|consumer prices?(?: index)?|cpi|ppi|pce|core prices|producer prices?|"
        r"price pressures|wholesale prices)(?:<g60>)(?:accelerat\w+|rose|ris(?:es|en)|jump\w*|"
        r"climb\w*|quicken\w*|above|higher|surg\w+|hotter|pick(?:s|ed) up|hit\w*|increas\w+|"
        r"unexpectedly|sticky|stubborn\w*|advanced)|(?:hot|hotter|stickier|higher|accelerating|surging|"
        r"rising|faster|stubborn|sticky)(?:<g>)(?:inflation|cpi|consumer prices?|ppi|pce|wholesale prices?|producer prices?)|"
        r"(?:unemployment(?: rate)?|jobless (?:rate|claims))(?:<g60>)(?:rose|rises?|jump\w*|climb\w*|"
        r"increas\w+|higher|above|ticks? up|ticked up|surg\w+)",
        "negative",
        0.6,
        who=Who.MARKET,
        lead=True,
        veto=(
            r"\b(?:eas(?:es|ed|ing)|slow(?:s|ed|ing|er|est)?|cool(?:s|ed|ing|er)?|below|lower|less than|"
            r"moderat\w+|softer|fell|inflation-adjusted|due to inflation|inflation-weary|rising costs|"
            r"because of inflation|higher prices for its|shoppers|customers|hedge against)\b"
        ),
    ),
    pattern(
        "macro_data_release",
        "payroll|gdp|gross domestic|retail sales|industrial|factory|manufacturing|services|pmi|"
        "purchasing|confidence|sentiment|housing|home sales|durable|job openings|economy|jobs|exports|"
        "economic growth|employers|ism|ifo|zew|business activity|orders",
        rf"(?<!\w){_DATA}(?!\w)(?:<g60>)(?:<rise>|<beat>|added|expand\w+|improv\w+|above|better|stronger|"
        rf"unexpectedly (?:rose|grew|jumped)|rebounded|robust|solid|topped|hired|accelerat\w+)|"
        rf"(?:stronger|robust|better|solid|upbeat|strong|blowout)(?:<g>)(?<!\w){_DATA}(?!\w)|(?:added|adds|"
        rf"created) (?:<g10>)\d[\d,]* jobs",
        "positive",
        0.55,
        who=Who.MARKET,
        lead=True,
        needs=(
            r"\b(?:economists?|data|report(?:ed)?|department|bureau|survey|index|month|january|february|"
            r"march|april|may|june|july|august|september|october|november|december|quarter|economy|"
            r"economic|annual(?:ized|ised)?|u\.s\.|us|china(?:'s)?|euro zone|eurozone|germany|german|uk|"
            r"britain|british|japan|india)\b"
        ),
        veto=(
            r"\b(?:<fall>|weaker|below|contract\w*|unemployment|jobless|inflation|consumer price\w*|cpi|"
            r"ppi|pce|<ceo>|company(?:'s)?|shares of|net income|guidance|less than|weak|worse|miss\w*|"
            r"trade deficit|layoffs?|eps|chipmaker|export curbs|its (?:revenue|sales|profit)|deliveries|"
            r"same-store)\b"
        ),
    ),
    pattern(
        "macro_data_release",
        "payroll|gdp|gross domestic|retail sales|industrial|factory|manufacturing|services|pmi|"
        "purchasing|confidence|sentiment|housing|home sales|durable|job openings|economy|exports|"
        "economic growth|employers|ism|ifo|zew|business activity|orders|recession|trade deficit",
        rf"(?<!\w){_DATA}(?!\w)(?:<g60>)(?:<fall>|contract\w*|shr[aiu]nk|below|worse|weaker|weak|"
        rf"unexpectedly (?:fell|shrank|dropped)|miss\w*|less than|stagnat\w+|stall\w*|disappoint\w*|"
        rf"missed|deteriorat\w+|worsen\w*)|(?:weaker|weak|soft|softer|disappointing|worse|slower|"
        rf"slowing|dismal|sluggish)(?:<g>)(?<!\w){_DATA}(?!\w)|(?:fell|slid|tipped|slipped|enter\w*|in|"
        rf"into) (?:a )?(?:technical )?recession|trade deficit (?:widen\w*|grew|rose|swell\w*)|"
        rf"(?:drop|decline|fall|slump|contraction) in (?<!\w){_DATA}(?!\w)",
        "negative",
        0.55,
        who=Who.MARKET,
        lead=True,
        needs=(
            r"\b(?:economists?|data|report(?:ed)?|department|bureau|survey|index|month|january|february|"
            r"march|april|may|june|july|august|september|october|november|december|quarter|economy|"
            r"economic|annual(?:ized|ised)?|u\.s\.|us|china(?:'s)?|euro zone|eurozone|germany|german|uk|"
            r"britain|british|japan|india)\b"
        ),
        veto=(
            r"\b(?:unemployment|jobless|inflation|consumer price\w*|cpi|ppi|pce|<ceo>|company(?:'s)?|"
            r"shares of|net income|guidance|layoffs?|eps|export (?:curbs|controls)|its (?:revenue|sales|"
            r"profit)|narrow\w*|deliveries|stocks (?:fell|slid|dropped|tumbled)|same-store|bookings|"
            r"<rise>|stocks|strong|stronger|could|would)\b"
        ),
    ),
    pattern(
        "macro_data_release",
        "job|hiring|payroll|employment|unemployment",
        r"(?:job (?:growth|gains)|hiring|payrolls? growth|payrolls|employment growth)<g>(?:slow\w*|stall\w*|"
        r"weak\w*|cool\w*|<fall>)|"
        r"(?:unemployment|jobless) rate<g>(?:year high|highest|rose|climb\w*|jump\w*|hits?)",
        "negative",
        0.55,
        who=Who.MARKET,
        lead=True,
        veto=r"\b(?:hiring freeze|company|fell to|shares of)\b",
    ),
    pattern(
        "tariff_trade_policy",
        "tariff|dut|levy|levies|trade war|trade deal|trade agreement|trade pact|section 301|trade truce",
        r"(?:tariffs?|(?:import|anti-?dumping|countervailing|retaliatory|customs) (?:duties|duty|"
        r"levies|taxes)|trade (?:deal|agreement|pact|truce|talks))(?:<g60>)(?:delay\w*|paus\w+|"
        r"lift\w*|remov\w+|exempt\w*|eas\w+|cut|lower\w*|reduc\w+|suspend\w*|reach\w*|struck|sign\w*|"
        r"agree\w*|roll\w* back|progress|drop\w*|scrap\w*|struck down|avoid\w*|extend\w*)|(?:delay\w*|"
        r"paus\w+|lift\w*|remov\w+|exempt\w*|eas\w+|cut\w*|lower\w*|reduc\w+|suspend\w*|reach\w*|"
        r"struck|strikes?|sign\w*|agree\w*|roll\w* back|scrap\w*|avoid\w*|exclud\w+|spare\w*|relief|"
        r"strikes? down|refund\w*)(?:<g>)(?:tariffs?|duties|trade (?:deal|agreement|pact|truce))",
        "positive",
        0.6,
        who=Who.MARKET,
        veto=(
            r"\b(?:rais(?:e|es|ed|ing)|impos\w+|hik\w+|new tariffs?|threat\w*|collaps\w+|stall\w*|fail\w*|"
            r"cut (?:its|their) (?:forecast|outlook|guidance)|no deal|retaliat\w*|hit by|without|cost|"
            r"costs|unable to|unlikely|doubts?|can't|heavy[- ]duty|on-duty|electricity tariffs?|excise|stamp duty|trade war (?:escalat|"
            r"intensif)\w*|(?:cut|lower|reduc|trim)\w* (?:<g>)(?:guidance|forecast|outlook|profit))\b"
        ),
    ),
    pattern(
        "tariff_trade_policy",
        "tariff|import dut|anti-dumping|antidumping|countervailing|trade war|import tax|levies|"
        "protectionis|duties on|duty on",
        r"(?:impos\w+|rais\w+|hik\w+|threat\w*|announc\w+|slap\w*|new|higher|additional|sweeping|"
        r"steep\w*|retaliat\w*|levy\w*|levied|levies|increas\w+|doubl\w+|face\w*|hit (?:by|with)|"
        r"impact of|cost of|plans?|planned|reciprocal|punitive|u\.s\.|trump\w*|escalat\w+|due to|"
        r"because of|from|\d+%|\d+ percent|percent|expand\w*|blanket|universal|proposed|"
        r"of)(?:<g>)(?:tariffs?|(?:\d+%|\d+ percent|per cent) (?:duty|duties|levy|tax) on|(?:import|anti-?dumping|countervailing|retaliatory) (?:duties|duty|"
        r"taxes|tax)|trade war)|tariffs?(?: of<g>)? (?:<g>)(?:on|against|hit\w*|will|would|could|"
        r"hurt\w*|cost\w*|take effect|weigh\w*)|trade war|(?:duties|duty|levies) (?:of (?:<g10>)\d|"
        r"on (?:chinese|imports|steel|aluminum|cars|goods))",
        "negative",
        0.6,
        who=Who.MARKET,
        veto=(
            r"\b(?:delay\w*|paus(?:e|es|ed|ing)|lift(?:s|ed|ing)? tariffs|remov\w+|exempt\w*|eas(?:e|es|"
            r"ed|ing)|lower(?:s|ed|ing)? tariffs?|suspend\w*|trade deal|scrap\w*|electricity tariffs?|"
            r"roll(?:s|ing|ed)?[- ]?backs?|rollback|struck down|strikes? down|truce|feed-in tariff|reduc\w+ tariffs|"
            r"cut\w* tariffs)\b"
        ),
    ),
    pattern(
        "sanctions",
        "sanction|export ban|export control|export curb|export restriction|entity list|blacklist|"
        "embargo|export licen|export rule|ban on exports|licence|license",
        r"(?:impos\w+|announc\w+|new|fresh|expand\w*|tighten\w*|add\w*|hit (?:by|with)|under|face\w*|"
        r"threat\w*|u\.s\.|us|western|eu|unveil\w*|adopt\w*|target\w*|due to|because of|violat\w+|"
        r"evad\w+|breach\w*|further|broader|stricter|plac\w+|put|on|additional|"
        r"washington\w*)(?:<g60>)(?:sanctions|export (?:ban|control|curb|restriction|rule|limit)s?|"
        r"entity list|trade blacklist|blacklist|embargo|export licen[cs]\w+)|sanction(?:s|ed|"
        r"ing) (?:<g>)(?:on|against|russia\w*|iran\w*|chinese|compan\w+|oligarch\w*|bank\w*|tanker\w*|"
        r"oil)|export (?:bans?|controls?|curbs?|restrictions?) (?:<g10>)(?:on|to|of|hit|hurt)|"
        r"(?:entity list|blacklist(?:ed|s|ing)?)|ban(?:s|ned)? (?:<g10>)exports?|"
        r"(?:requir\w+|need\w*|demand\w*)(?:<g10>)licen[cs]es?(?:<g>)(?:exports?|sell|sales|ship\w*|china|russia)|"
        r"(?:exports?|sales|shipments)(?:<g60>)(?:require|need|would need|will need|requires|needs)(?:<g10>)licen[cs]es?|"
        r"restrict\w* (?:<g10>)(?:exports?|sales) (?:of|to)|(?:ban|block|halt|limit|curb)(?:s|ned|ed|"
        r"ing)? (?:<g10>)(?:exports?|sales?|shipments?) of (?:<g>)(?:to china|to russia|chips?|"
        r"equipment)",
        "negative",
        0.6,
        who=Who.ACTOR,
        veto=(
            r"\b(?:lift\w*|eas(?:e|es|ed|ing)|remov\w+|relax\w*|sanctioned by the (?:board|court)|"
            r"waive[drs]*|exempt\w*|sanctions (?:on (?:<g>))?(?:are |is )?coming to an end|freed from|roll\w* back|grants? licen[cs]es?|allow\w*)\b"
        ),
    ),
    pattern(
        "sanctions",
        "sanction|export|entity list|blacklist",
        r"(?:lift\w*|eas(?:e|es|ed|ing)|remov\w+|relax\w*|waiv\w+|exempt\w*|roll\w* back|allow\w*|"
        r"grant\w*|resum\w+)(?:<g60>)(?:sanctions|export (?:ban|control|curb|restriction|"
        r"licen[cs]e)s?|entity list|blacklist|(?:sales|exports|shipments) (?:of|to) (?:<g>)(?:china|"
        r"russia|chips?))",
        "positive",
        0.55,
        who=Who.ACTOR,
        veto=(
            r"\b(?:threat\w*|impos\w+|new sanctions|refus\w*|not (?:lift|eas)\w*|grant\w* (?:shares|"
            r"options))\b"
        ),
    ),
    pattern(
        "political_event",
        "election|vote|parliament|president|prime minister|protest|coup|unrest|shutdown|impeach|war|"
        "invasion|ceasefire|missile|attack|referendum|government|minister|troops|assassin|congress|"
        "geopolit|debt ceiling|airstrike|air strike",
        r"(?:presidential|general|snap|midterm|parliamentary|national|u\.s\.|runoff|early|federal|"
        r"state) elections?|election (?:win|victory|result|results|loss|defeat|upset|day)|(?:wins?|"
        r"won|los(?:es|t)|call(?:s|ed)?|landslide)(?:<g>)election|(?:prime minister|president|"
        r"finance minister|chancellor|treasury secretary|minister|cabinet)(?:<g60>)(?:resign\w*|"
        r"dismiss\w*|oust\w*|fired?|sack\w*|impeach\w*|step\w* down|assassinat\w+|toppl\w+|quit\w*|"
        r"arrest\w*)|(?:fires?|fired|dismiss\w*|sack\w*)(?:<g>)(?:minister|treasury secretary|"
        r"labor statistics|fed governor)|no-confidence vote|vote of no confidence|"
        r"government (?:shutdown|collapse\w*|crisis)|coup\b|civil unrest|political (?:crisis|turmoil|"
        r"unrest|uncertainty)|(?:mass|anti-government|violent|street) protests|martial law|"
        r"impeachment|referendum|debt[- ]ceiling|(?:military|missile|drone|air)[- ]?(?:strikes?|"
        r"attacks?|invasion|offensive)|invasion of|invade[sd]|declar\w+ war|outbreak of war|"
        r"geopolitical (?:tensions?|risk)|state of emergency|troops (?:<g>)(?:border|enter\w*|"
        r"invad\w*)",
        "negative",
        0.5,
        who=Who.MARKET,
        lead=True,
        veto=(
            r"\b(?:board election|elects? (?:directors|chairman)|election of directors|shareholder vote|"
            r"company president|cease-?fire|peace (?:deal|talks|agreement)|averts? (?:a )?shutdown|"
            r"end(?:s|ed)? (?:<g10>)shutdown|plant shutdown|proxy|coup for|wins approval|heart attack)\b"
        ),
    ),
    pattern(
        "political_event",
        "tax|stimulus|spending|relief|infrastructure|fiscal|budget",
        r"(?:pass(?:es|ed)?|approv(?:es|ed)|back(?:s|ed)|adopt(?:s|ed)|agree(?:s|d)(?: on| to)?|clear(?:s|ed)|sign(?:s|ed)(?: off on)?|"
        r"unveil(?:s|ed)|announc(?:es|ed)|launch(?:es|ed)|vot(?:es|ed) for|endors(?:es|ed))<g60>(?:tax (?:cuts?|breaks?|package|relief|reform|bill)|"
        r"stimulus|(?:spending|investment|relief|aid|rescue|support|fiscal|infrastructure) (?:package|plan|programme|program|bill|fund|boost|push))",
        "positive",
        0.5,
        who=Who.MARKET,
        lead=True,
        needs=(
            r"\b(?:government|parliament|lawmakers|congress|senate|house|cabinet|coalition|bundestag|bundesrat|chancellor|prime minister|president|"
            r"finance minist\w+|treasury|state council|politburo|beijing|berlin|london|paris|rome|tokyo|washington|white house|ministers?)\b"
        ),
        veto=(
            r"\b(?:reject\w*|block\w*|delay\w*|fail\w*|stall\w*|scrapp?\w*|capital (?:spending|investment|expenditure)|"
            r"factory|plant|data cent(?:er|re)s?|buyback|shares? to|restructur\w*)\b"
        ),
    ),
    pattern(
        "political_event",
        "tax|austerity|spending|budget",
        r"(?:pass(?:es|ed)?|approv(?:es|ed)|back(?:s|ed)|adopt(?:s|ed)|agree(?:s|d)(?: on| to)?|unveil(?:s|ed)|announc(?:es|ed)|plans?|propos(?:es|ed))<g60>"
        r"(?:tax (?:rises?|increases?|hikes?)|higher (?:\w+ )?tax(?:es)?|spending cuts|austerity|windfall tax|bank tax|wealth tax)",
        "negative",
        0.5,
        who=Who.MARKET,
        lead=True,
        needs=(
            r"\b(?:government|parliament|lawmakers|congress|senate|house|cabinet|coalition|bundestag|chancellor|prime minister|president|"
            r"finance minist\w+|treasury|budget|berlin|london|paris|rome|tokyo|washington|ministers?)\b"
        ),
        veto=r"\b(?:reject\w*|block\w*|drop(?:s|ped)|scrapp?\w*|abandon\w*|avoid\w*|averts?|rul\w+ out|capital spending)\b",
    ),
    pattern(
        "political_event",
        "ceasefire|cease-fire|peace|shutdown|debt ceiling|coalition|truce",
        r"cease-?fire|peace (?:deal|agreement|accord|talks)|(?:avert\w*|avoid\w*|end(?:s|ed|"
        r"ing)?)(?:<g>)(?:shutdown|debt ceiling|default|war\b)|debt[- ]ceiling deal",
        "positive",
        0.5,
        who=Who.MARKET,
        lead=True,
        veto=(
            r"\b(?:collapse\w*|violat\w+|fail\w*|plant shutdown|trade war|price war|broke\w*|breaks?|"
            r"stall\w*|dash\w*)\b"
        ),
    ),
    pattern(
        "recap_no_new_information",
        "anniversary|explain|years ago|look back|looking back|what you need to know|timeline|"
        "history of|things to know|recap|here's what|here is what|what is|how does|years since|"
        "a year after|years after|primer|everything you|q&a|factbox|a look at|years on|a decade",
        r"explainer|factbox|timeline|(?:\w+ )?things to know|what (?:you|investors) (?:need|should|"
        r"ought) to know|everything you need to know|look(?:s|ing)? back (?:at|on)|a look back|(?:\d+|"
        r"one|two|three|five|ten|a|twenty|fifteen) (?:years?|decade) (?:ago today|since|after the|"
        r"later)|(?:\d+(?:th|st|nd|rd)|first|fifth|tenth|one-year|five-year|ten-year|"
        r"\w+-year) anniversary|recap\b|primer|a brief history|^(?:a |the )?history of|"
        r"^what is (?:a|an|the)?|^how (?:does|do) |q&a|week in review|"
        r"year in review",
        "neutral",
        0.4,
        who=Who.ACTOR,
        lead=True,
    ),
)
