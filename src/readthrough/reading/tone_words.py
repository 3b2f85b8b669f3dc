"""The words that tell good from bad by themselves, by how much they tell; and the quantities of which more is good or bad.

Written from general knowledge of financial news, filled up by looking at which words of headlines with a
known sign were missing here. Alternatives as `lexicon.WordFinder` reads them.
"""

from __future__ import annotations

from typing import Final

__all__ = ["BAD_QUANTITIES", "BAD_WORDS", "GOOD_QUANTITIES", "GOOD_WORDS", "MORE_MOVES", "WEIGHTS"]

GOOD_WORDS: Final[dict[str, str]] = {
    "strongest": (
        r"stellar|blockbuster|breakthrough|soar(?:s|ed|ing)?|skyrocket(?:s|ed|ing)?|surg(?:e|es|ed|ing)|trounc(?:e|es|ed|ing)|"
        r"record(?! (?:date|keeping|low|loss|fine|drop|fall|deficit|decline))|all-time high|record high|multi-year high|zoom(?:s|ed|ing)|bumper|windfall"
    ),
    "strong": (
        r"strong(?:er|est|ly)?|robust|upbeat|solid|impressive|approv(?:al|als|ed|es)|upgrad(?:e|ed|es|ing)|outperform(?:ed|s|ing|er|ers)?|bullish|"
        r"resilien(?:t|ce|tly)|profitab(?:le|ly|ility)|rebound(?:s|ed|ing)?|recover(?:y|ed|s|ing)|exceed(?:ed|s|ing)?|beat(?:s|ing)?|topp(?:ed|ing)|tops|"
        r"outpac(?:ed|es|ing)|rall(?:y|ied|ies|ying)|jump(?:ed|s|ing)?|reinstat(?:ed|es|ement)|turnaround|brisk|buoyant|buoy(?:s|ed|ing)?|thriv(?:e|es|ed|ing)|"
        r"flourish(?:es|ed|ing)?|lucrative|overweight|unlock(?:s|ed|ing)?|top pick(?:s)?|top bet(?:s)?|good bet(?:s)?|safe bet(?:s)?|best bet(?:s)?|multibagger(?:s)?|"
        r"upside|victor(?:y|ies)|triumph(?:s|ed)?|win(?:s|ning)?\b|won(?! (?:on|in late|weakened|fell|rose|per|to the dollar))|bags|bagged|clinch(?:es|ed)?|"
        r"outstrip(?:s|ped|ping)?|smash(?:es|ed)?|crush(?:es|ed) (?:estimates|expectations|forecasts|it)|swung to (?:a )?profit|return(?:s|ed)? to (?:profit|growth|the black)|"
        r"back in(?:to)? the black|in the black|in (?:the )?green|upper circuit|52-week high|week high|year high|high(?:est)? (?:level|price)s? (?:ever|in)|fresh high(?:s)?|new high(?:s)?|"
        r"undervalued|unscathed|intact|investment[- ]grade|go-ahead|green light|greenlight(?:s|ed)?|oversubscribed|in demand|sold out|heats up|bull run"
    ),
    "plain": (
        r"boost(?:s|ed|ing)?|benefit(?:s|ed|ing)?|promising|healthy|accelerat(?:ed|es|ing|ion)|momentum|success(?:es|ful|fully)?|clear(?:ed|ance|s)(?! of\b| out\b)|"
        r"favou?r(?:able|ed|s|ably)|optimis(?:m|tic)|breakout|milestone|dominant|synerg(?:y|ies)|award(?:ed|s)?|reward(?:ed|ing|s)?|welcom(?:ed|es|ing)|"
        r"cheer(?:ed|s|ing)?|relief|improv(?:ed|es|ing|ement|ements)|upward|upswing|uptick|uptrend|landmark|smooth(?:ly)?|growing|climb(?:s|ed|ing)?|"
        r"advanc(?:es|ed|ing)|gain(?:s|ed|ing|er|ers)?|ris(?:es|ing)|rose|shin(?:es|ed|ing)|hopes?(?= of| for| that)|hopeful|eager|positive|constructive|revival|reviv(?:es|ed|ing)|"
        r"bounc(?:e|es|ed|ing)(?: back)?|reclaim(?:s|ed)?|tailwind(?:s)?|help(?:s|ed)?(?= (?:lift|boost|drive|push|by|the|it|to))|lift(?:s|ed|ing)?|bolster(?:s|ed|ing)?|"
        r"strengthen(?:s|ed|ing)?|expand(?:ed|s|ing)|expansion|doubl(?:es|ed)|tripl(?:es|ed)|attractive(?:ly)?|well[- ]placed|well[- ]positioned|cleaner|buy rating|"
        r"outnumber(?:s|ed)? losers|stabili[sz](?:e|es|ed|ing)|rescue[sd]?|secur(?:es|ed)|land(?:s|ed)(?= (?:a |an |its |\$|[\w-]+ )?(?:\w+ )?(?:order|contract|deal))|ahead of (?:schedule|plan)|"
        r"on track|well ahead|booming|boom(?:s|ed)?|optimal|enjoy(?:s|ed|ing)?|popular(?:ity)?|sparkl(?:e|es|ing)|sizzl(?:e|es|ing)|roar(?:s|ed|ing)?|"
        r"cost[- ]?cut(?:s|ting)|streamlin(?:e|es|ed|ing)|accretive|upsiz(?:e|es|ed)|vindicat(?:e|es|ed)|exonerat(?:e|es|ed)|acquit(?:s|ted|tal)|"
        r"settl(?:es|ed) (?:dispute|row|feud|strike)|breakthroughs|good news|good(?= (?:quarter|results?|numbers|start|growth|demand|set of|buy|time to buy))|great (?:quarter|results?|numbers|success)|demand grows"
    ),
    "faint": (
        r"opportunit(?:y|ies)|efficien(?:t|cy|cies)|leading|confiden(?:t|ce|tly)|better|best|growth|grew|grow(?:s)?|"
        r"resum(?:es|ed|ption)|invest(?:s|ing) (?:in|\$)|hir(?:es|ing)|extend(?:s)? gains|ease[sd]? (?:concerns|fears|worries)|agree(?:s|d|ment)(?= (?:to|on|with|for))|wins?(?= approval)"
    ),
    "slight": (r"partnership(?:s)?|collaboration(?:s)?|innovati(?:ve|on|ons)|launch(?:es|ed)"),
}
BAD_WORDS: Final[dict[str, str]] = {
    "strongest": (
        r"bankrupt(?:cy|cies)?|insolven(?:t|cy)|fraud(?:ulent|s)?|default(?:ed|s|ing)?(?! (?:setting|option))|plung(?:e|ed|es|ing)|collaps(?:e|ed|es|ing)|crash(?:ed|es|ing)?|scandal(?:s)?|"
        r"indict(?:ed|s|ment|ments)?|guilty|crisis|cris(?:es)|tumbl(?:e|ed|es|ing)|plummet(?:s|ed|ing)?|nosediv(?:e|es|ed|ing)|crater(?:s|ed|ing)?|tank(?:s|ed|ing)\b|"
        r"disastrous|catastroph(?:e|ic)|wip(?:es|ed|ing) out|record (?:low|loss|fine|drop|fall|deficit|decline)|meltdown|profit warning(?:s)?|liquidat(?:e|ed|es|ion|or)|"
        r"administration(?= as|\.|,| after| putting)|delist(?:ed|ing|s)?|bloodbath|rout(?:ed)?\b|ponzi|launder(?:ed|ing)|embezzl(?:ed|ing|ement)|junk(?= (?:status|rating|territory|by|after|on))"
    ),
    "strong": (
        r"weak(?:er|est|ness|ly|ened|ening|ens|en)?|warn(?:s|ed|ing|ings)?|lawsuits?|su(?:ed|es|ing)|prob(?:e|es|ed|ing)|investigat(?:e|ed|es|ing|ion|ions)|recall(?:s|ed|ing)?|"
        r"disappoint(?:ed|ing|ment|ments|s)?|slump(?:s|ed|ing)?|downgrad(?:e|ed|es|ing)|bearish|headwind(?:s)?|shortage(?:s)?|breach(?:es|ed)?|hack(?:ed|ers|ing|s)?|sanction(?:s|ed)?|"
        r"penalt(?:y|ies)|penali[sz]ed?|fin(?:ed|es)\b|struggl(?:e|ed|es|ing)|layoffs?|lay(?:s|ing)? off|laid off|job cuts|redundancies|slides?|slid|sliding|sink(?:s|ing)?|sank|sunk|downturn(?:s)?|recession(?:s|ary)?|"
        r"sluggish(?:ness)?|subdued|lacklustre|lackluster|underperform(?:ed|s|ing|er)?|impair(?:ed|ment|ments)?|write-?downs?|write-?offs?|writ(?:es|ten) (?:down|off)|restat(?:e|es|ed|ement|ements)|oust(?:ed|s|er)?|"
        r"turmoil|setback(?:s)?|deteriorat(?:e|es|ed|ing|ion)|glut(?:s)?|oversuppl(?:y|ied)|unprofitable|loss-making|lossmaking|explosion(?:s)?|violat(?:ed|ion|ions|es|ing)|arrest(?:ed|s)?|convict(?:ed|ion|ions)|"
        r"sell-?off|selloff|underweight|bad news|backlash|boycott(?:s|ed)?|bleak|gloom(?:y)?|grim|profit-booking|profit-taking|profit booking|stop loss|stay away|red ink|"
        r"lower circuit|52-week low|week low|year low|month low|fresh low(?:s)?|new low(?:s)?|in (?:the )?red|graft|brib(?:e|es|ery|ed)|corruption|scam(?:s)?|fals(?:e|ified|ifying)|misconduct|wrongdoing|"
        r"swung to (?:a )?loss|slip(?:s|ped|ping) into (?:the )?red|poor(?:er|ly)?|under pressure|dismal|ugly|horrible|terrible|dire|ail(?:ing)|embattled|beleaguered|troubled|cash-strapped|debt-laden|"
        r"flop(?:s|ped)?|dud|shun(?:s|ned|ning)?|spook(?:s|ed|ing)?|rattl(?:e|es|ed|ing)|jitter(?:s|y)|panic|stranded|ouster|resign(?:s|ed|ation|ing)? (?:over|amid|after)|overvalued|overcharg(?:e|es|ed|ing)|mis-?sold|mis-?selling|knock-?offs?|illegal(?:ly)?|unlawful"
    ),
    "plain": (
        r"reject(?:s|ed|ion|ing)?|fail(?:s|ed|ure|ures|ing)?|miss(?:ed|es|ing)?\b|los(?:e|es|ing|t)\b(?! (?:no|little) time)|disrupt(?:ed|ion|ions|s|ing)?|shut(?:s|down|downs|ting)?|closures?|suspend(?:s|ed|ing)?|suspension(?:s)?|halt(?:s|ed|ing)?|"
        r"delay(?:s|ed|ing)?|bann?(?:ed|ing)\b|ban(?:s)?\b|accus(?:e|ed|es|ing|ation|ations)|alleg(?:e|ed|es|ing|ations?|edly)|threat(?:s|en|ens|ened|ening)?|burden(?:s|ed)?|dilut(?:e|ed|es|ion|ive)|"
        r"damag(?:e|ed|ing)|damages(?= (?:the|its|sales|reputation|confidence|demand))|hurt(?:s|ing)?|harm(?:s|ed|ful|ing)?|hit by|blow(?= (?:to|for|as))|erod(?:e|ed|es|ing)|overhang|burn(?:s|ed|ing) (?:cash|through)|toxic|unsafe|deaths?|contaminat(?:ed|ion)|fire\b(?! sale)|accident(?:s)?|outage(?:s)?|"
        r"monopol(?:y|ist|istic)|worse|worst|worsen(?:s|ed|ing)?|drag(?:s|ged|ging)?|dent(?:s|ed|ing)?|squeez(?:e|ed|es|ing)|heavier|loom(?:s|ing)?|terminat(?:e|ed|es|ion|ing)|scrap(?:s|ped|ping)?|abandon(?:s|ed|ing)?|withdr(?:aw|aws|ew|awn|awal)|pull(?:s|ed) out|"
        r"painful|blam(?:e|ed|es|ing)|cautious(?:ly)?|risky|overpaid|overpay(?:ing|s)?|costly|woe(?:s|ful)?|troubl(?:e|es|ing|esome)|distress(?:ed)?|stall(?:s|ed|ing)?|shrink(?:s|ing)?|shrank|shrunk|walkouts?|walk(?:s|ed) out|"
        r"fall(?:s|ing|en)?\b|fell|drop(?:s|ped|ping)?(?! (?:in|by|off) (?:to|at) )|declin(?:e|es|ed|ing)|slip(?:s|ped|ping)?|dip(?:s|ped|ping)?|dives?|dived|div(?:ing) |retreat(?:s|ed|ing)?|skid(?:s|ded)?|negative(?:ly)?|"
        r"weigh(?:s|ed|ing)? (?:on|down)|caution(?:ed|s)?|uncertain(?:ty|ties)?|volatil(?:e|ity)|soft(?:er|ness|ening|ened|ens)?(?! (?:drinks?|ware|bank|landing))|antitrust|crack(?:s)?(?! (?:open|spread))|drain(?:s|ed|ing)?|curb(?:s|ed|ing)?|curtail(?:s|ed)?|idle[sd]?|idling|"
        r"axe[sd]?|slash(?:es|ed|ing)|cut to|lack of|lack(?:s|ing)?|choppy|vulnerable|downbeat|concern(?:s|ed)?|fear(?:s|ed)?|worr(?:y|ies|ied|ying|isome)|dump(?:s|ed|ing)|exit(?:s|ed|ing)?(?= )|top losers?|losers?|laggard(?:s)?|"
        r"lag(?:s|ged|ging)|downside|slow(?:er|ed|ing|s|down|downs)|stagnat(?:e|es|ed|ing|ion)|steep(?:er)? (?:loss|fall|drop|decline)|hefty|heavy loss(?:es)?|wider loss|loss widens|net loss|strain(?:s|ed|ing)?|strike(?:s)?\b(?! a | an )|objects? to|oppos(?:e|es|ed)|"
        r"challeng(?:ing|es)|difficult(?:y|ies)?|pressur(?:e|ed|es|ing)|resign(?:s|ed|ation)?|depart(?:s|ed|ure)|cancel(?:s|led|ed|ling|lation|lations)?|postpon(?:e|es|ed|ement)|shortfall(?:s)?|overstat(?:e|ed|ing)|shortcoming(?:s)?|"
        r"vanish(?:es|ed)?|evaporat(?:e|es|ed)|underwhelm(?:s|ed|ing)?|below par|short of|mislead(?:s|ing)?|misled|complain(?:t|ts|ed)|critici[sz](?:e|es|ed|ing|ism)|slam(?:s|med)|blast(?:s|ed)|rebuk(?:e|es|ed)|bled|bleed(?:s|ing)?|"
        r"overcapacity|inflationary|stok(?:es|ed) inflation|derail(?:s|ed)?|jeopardi[sz](?:e|es|ed)|plagu(?:e|es|ed)|mar(?:s|red)\b|bad(?= (?:loans?|debts?|weather|quarter|results?|start|for))|lapse[sd]?|face(?:s)? (?:\w+ )?(?:trial|charges|lawsuit|fine|probe|ban|backlash|headwinds|pressure)|brace(?:s|d)? for|grapple[sd]?"
    ),
    "faint": (
        r"risky|rival(?:s|ry)?(?= threat)|sell-off|deficit(?:s)?|cuts?(?= (?:outlook|forecast|guidance|target|jobs|dividend|estimates?))"
    ),
    "slight": (r"risks?|challenge(?:d)?|recession fears"),
}
WEIGHTS: Final = {"strongest": 0.3, "strong": 0.19, "plain": 0.14, "faint": 0.07, "slight": 0.052}

GOOD_QUANTITIES: Final = (
    r"net(?= (?:up|down|rises?|rose|falls?|fell|jumps?|drops?|dips?|declines?|surges?|soars?|slips?|plunges?|slumps?|grows?|gains?|zooms?|doubles?|at \w))|pat(?= )|ebit(?:da)?|topline|top[- ]line|bottom[- ]line|"
    r"order inflows?|order intake|offtake|off-take|aum|assets under management|collections|appetite|sentiment|hiring|"
    r"output|production|exports|consumer spending|ad spending|inflows|outlook|forecasts?|guidance|prospects|estimates(?= (?:raised|cut|lowered|lifted|rose|fell))|"
    r"price target|target(?= (?:raised|cut|lifted|lowered|boosted|trimmed|upped|price))|pt(?= (?:raised|cut|lowered|lifted|boosted))|ratings?|market share|productivity|pipeline|pmi|business activity|activity|"
    r"(?:organic|sales|revenue|subscriber|user|profit|earnings|loan|volume|cloud|traffic|top-line|same-store|economic) growth|load factors?|occupancy(?: rates?)?|utili[sz]ation(?: rates?)?|capacity use|average (?:selling|daily|room|order|ticket|basket) (?:prices?|rates?|values?|sizes?)|revpar|yields? per passenger|unit revenues?|retention(?: rates?)?|renewal rates?|renewals|conversion rates?|win rates?|engagement|watch time|"
    r"visits|traffic|store visits|foot traffic|volumes|shipments|unit sales|throughput|reserves(?= (?:replacement|life))|net interest income|net interest margin|fee income|assets under (?:custody|administration)|net new (?:money|assets)|premiums written|new business(?: value)?|embedded value|return on (?:equity|capital|assets)|roe|rotce|"
    r"book-to-bill|book to bill|order books?|order backlog|backlog|net adds?|net additions|additions|sign-?ups|downloads|installs|listeners|readership|circulation|box office|ticket sales|advance sales|pre-?orders|advance bookings|free cash|cash generation|cash position|net cash|headcount growth|crop|harvest|ore grades?|recoveries|nav|"
    r"demand|growth rate|footfalls?|registrations|dispatches|bookings|visitors|viewers|viewership|ratings|take-?up|business|trade|spending|earnings power|rents?|"
    r"consumer confidence|confidence|liquidity|reserves|capital ratio|solvency|cet1(?: ratio)?|stocks(?! of)|(?:annual|guidance|target|forecast|outlook) range|shares|stock(?! levels?| market)|futures|index"
)
BAD_QUANTITIES: Final = (
    r"injuries|incidents|crashes|fatalities|defections|missed payments|late payments|payments? arrears|customer losses|theft|thefts|shoplifting|shrinkage|fraud losses|crime|absences|turnover of staff|staff turnover|(?:warranty|fuel|wage|tax|energy|power|interest|labou?r|import|legal|electricity|heating|food|rent|grocery|repair|insurance|raw[- ]materials?|input|freight|shipping|transport|logistics|pension|payroll|financing|funding|compliance|clean-?up|litigation|steel|feed|ingredient|commodity) (?:bills?|costs?|expenses?|charges?|prices)|"
    r"(?:landing|airport|licen[cs]e|interchange|legal|regulatory|access|tuition|entry) fees|input (?:prices|inflation)|wages?(?= (?:rose|rise|jump|climb|increase|inflation|growth|demands|bill|pressure|fell|up|at))|overtime|downtime|breakdowns|spoilage|write-?downs|bad debts?|card losses|credit losses|loan losses|defaults|repossessions|days (?:of inventory|sales outstanding)|"
    r"dropped calls|returns(?= (?:rate|rose|climbed|fell))|return rates?|cancellation rates?|failure rates?|error rates?|infections|cases of|emissions|recalls|lawsuits|tax (?:burden|rate|bill)|duties|import duties|levies|excise|competition|competitive pressure|"
    r"churn|delinquenc(?:y|ies)|(?:gross |net )?npas?|bad loans?|sour(?:ed)? loans?|slippages?|past due|deficits?|shortfalls?|red ink|outflows?|arrears|vacanc(?:y|ies)|complaints|"
    r"defects?|cancellations?|stock levels?|unsold (?:\w+ ){0,2}?(?:cars|homes|stock|goods|units|vehicles|inventory|apartments)|overhang|short interest|(?:initial |jobless |unemployment )claims|dole queues?|combined ratio|"
    r"benefit ratio|loss ratio|medical (?:costs|bills|cost ratio|loss ratio)|cost[- ]to[- ]income(?: ratio)?|cost of risk|leverage|gearing|cash burn|burn rate|"
    r"bills?(?= (?:dropped|fell|rose|jumped|swallowed))|provisions?|loan[- ]loss (?:charges|provisions)|impairments?|write-?offs|charge-offs|non-performing (?:loans|assets)|bankruptcies|insolvencies|foreclosures|"
    r"layoffs|accidents|outages|delays|absenteeism|wait times|jobless(?:ness)?|unemployment|backlog of complaints|expenses|overheads|spending costs|warranty claims|stocks of|dealer stocks|borrowings?"
)
MORE_MOVES: Final[dict[str, str]] = {
    "up": (
        r"(?:hits?|reach(?:es|ed)|touch(?:es|ed)) (?:an? |its |their |the )?(?:[\w-]+[- ]){0,2}?highs?(?= |[.,;]|$)|turned positive|twice as (?:much|many|fast|high)|double the|more than (?:at|in|a year|last|during|the same|the previous)|crept up|went up|came in higher|picked up(?: pace)?|picks up|moved up|shot up|quickened|lengthened|swelled|mounted|piled up|heavier|bigger|larger|wider|fatter|on the rise|"
        r"highest|hits? (?:a )?(?:record|new high|fresh high)|at (?:a )?record|zooms?|zoomed|multiplied|pil(?:es|ing) up|stretched|snowballed|firmed|brightens?|brightened|thicker|longer"
    ),
    "down": (
        r"(?:hits?|reach(?:es|ed)|touch(?:es|ed)) (?:an? |its |their |the )?(?:[\w-]+[- ]){0,2}?lows?(?= |[.,;]|$)|half as (?:much|many|high)|less than half|half the|(?:less|fewer) than (?:at|in|a year|last|during|the same|the previous)|came down|comes? down|coming down|went down|brought down|brings? down|(?:more than )?halved|(?:shaved|knocked|wiped|lopped|chopped|took) [^.;,]{0,30}? off|turned negative|went negative|dropped by half|a fraction of|dwindled|dwindl(?:es|ing)|shortened|lighter|smaller|narrower|thinner|slimmer|lesser|lowest|"
        r"emptying|emptied|thinned|melted|melts|tailed off|tails off|let(?:ting)? up|slacken(?:s|ed|ing)|petered out|withered|drying out|shrivelled|dries up|dried up|drying up|wanes?|waned|waning|evaporat(?:ed|es)|not risen|tanks?|tanked|sour(?:s|ed)(?! loans?)|crumbl(?:ed|es|ing)|pared|paid down|run down|ran down|"
        r"moderat(?:ed|es|ing)|abated?|subsid(?:ed|es)|reced(?:ed|es)|dimm?(?:ed|s)?|cloud(?:ed|s)|down(?=[-\s]?\d)|shallower|went into reverse"
    ),
}
