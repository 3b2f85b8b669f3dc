"""More words that tell good from bad, by the field of business they come from, written from general knowledge.

Each class holds what its words are worth by how much they tell ("strong" to "slight", which leans a score and does not
label it); `tone_words` says how
alternatives are written and what each is worth. A word that is good or bad only of some thing is written with it.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CLASSES", "words_of"]

CLASSES: Final[dict[str, dict[str, str]]] = {
    "markets": {
        "gstrong": (
            r"rocket(?:s|ed|ing)|leap(?:s|t|ed|ing)|vault(?:s|ed|ing)|catapult(?:s|ed)|skyrocketing|blowout|bull (?:case|market|camp|thesis|flag|call)|market-beating|record-breaking|record-setting|"
            r"best[- ]performing|top[- ]performing|outperformance|buy[- ]the[- ]dip|price target (?:raised|hiked|lifted|boosted|upped)|breaks? out|broke(?:n)? out|short squeeze|winning streak|all-time highs?|multi-?year highs?|red[- ]hot"
        ),
        "gplain": (
            r"uptick|upturn|uplift|advancers|risers|gainer|edge[sd] (?:up|higher)|inch(?:es|ed) (?:up|higher)|tick(?:s|ed) (?:up|higher)|perk(?:s|ed) up|bid up|pare[sd]? losses|paring losses|erase[sd]? losses|(?:pared|paring|erased|erasing|trimmed|recouped) (?:its |the |some |early |earlier |its early |its earlier |some of its |most of its |initial )(?:losses|declines)|recoup(?:s|ed|ing)?|"
            r"regain(?:s|ed|ing)?|recaptur(?:es|ed)|bargains?|cheap(?= (?:stock|valuation|shares|at|relative))|attractively valued|accumulat(?:e|es|ed|ing)(?= (?:shares|stock|on|the))|buying opportunity|buy[- ]rated|oversold|dip[- ]buyers|risk[- ]on|"
            r"buyers(?= (?:return|step|emerge|pile|flock))|pile[sd]? into|flock(?:s|ed|ing)? to|warm(?:s|ed|ing)? to|rerat(?:e|es|ed|ing)|re-rat(?:e|es|ed|ing)|beneficiar(?:y|ies)|top gainers?|hot(?= (?:stock|stocks|pick|picks))|oversubscription|fully subscribed"
        ),
        "bstrong": (
            r"carnage|free[- ]?fall|tailspin|death spiral|implo(?:des|ded|ding|sion)|h(?:a)?emorrhag(?:e|es|ed|ing)|decimat(?:es|ed)|devastat(?:es|ed|ing)|hammer(?:ed|s|ing)|pummel(?:s|ed|ling|ed)|clobber(?:s|ed)|batter(?:s|ed)|"
            r"bear (?:case|market|camp|raid|thesis)|sell[- ]rated|price target (?:cut|slashed|lowered|trimmed)|losing streak|multi-?year lows?|all-time lows?|death cross|margin calls?|short[- ]sellers? (?:report|attack|alleges|claims|says|targets)"
        ),
        "bplain": (
            r"decliners|fallers|downtick|downdraft|pull(?:s|ed|ing)? back|give[sn]? up gains|gave up gains|pare[sd]? gains|paring gains|erase[sd]? gains|edge[sd] (?:down|lower)|inch(?:es|ed) (?:down|lower)|tick(?:s|ed) (?:down|lower)|los(?:es|t|ing) (?:ground|momentum|altitude)|"
            r"short[- ]?sell(?:s|ing|er|ers)?|short bets?|frothy|overbought|overheated|overpriced|pricey|bubble|correction(?= (?:territory|looms|in|of))|risk[- ]off|outflows|capitulat(?:es|ed|ion)|flee(?:s|ing)?|fled|bail(?:s|ed|ing) out of|derat(?:e|es|ed|ing)|"
            r"book(?:ing)? profits?|profit[- ]taking|underperformance|wobbl(?:e|es|ed|ing|y)|whipsaw(?:s|ed)?|sell signal|breakdown|on the back foot|out of favou?r|overvaluation|stretched valuations?|hits? a wall"
        ),
    },
    "results": {
        "gstrong": (
            r"exceptional(?:ly)?|excellent|superb|terrific|fantastic|phenomenal|spectacular|remarkable|sterling(?= (?:quarter|results|performance|run|year))|best[- ]ever|highest[- ]ever|record[- ]high|banner (?:year|quarter)|bonanza|windfall|"
            r"double-digit (?:growth|gains?|rise|increase)|triple-digit growth|beat and raise|earnings beat|profit beat|revenue beat|knock(?:s|ed) it out of the park|ahead of (?:expectations|estimates|forecasts|guidance|consensus)"
        ),
        "gplain": (
            r"sturdy|healthier|brighter|brighten(?:s|ed|ing)?|pleas(?:ed|ing)|encourag(?:ed|ing)|reassur(?:es|ed|ing)|surplus|cash[- ]generative|cash[- ]rich|debt-free|deleverag(?:e|es|ed|ing)|de-?leveraged|break[- ]?even(?= (?:sooner|early|ahead|in))|"
            r"profits? (?:more than )?(?:double[sd]?|triple[sd]?|up)|turns? the corner|turned the corner|on the mend|pick[- ]?up in|margin expansion|operating leverage|pricing power|fast(?:est)?-growing|higher-margin|high-growth|scal(?:es|ed|ing) up|"
            r"swell(?:s|ed|ing)?(?= (?:orders|order book|backlog|profit|margins))|top(?:s|ped)? (?:the )?\$\d|reaffirm(?:s|ed|ing)?|reiterat(?:es|ed|ing) (?:its |the |full-year |annual )*(?:guidance|outlook|forecast)|fatter|bumper"
        ),
        "bstrong": (
            r"earnings miss|profit miss|revenue miss|profit warnings?|loss[- ]making|in the red|red ink|dire|abysmal|woeful|horrendous|disastrously|worst[- ]ever|record[- ]low|missed badly|kitchen[- ]sink|going[- ]concern|widening loss(?:es)?|mounting loss(?:es)?|steep loss(?:es)?|"
            r"pull(?:s|ed|ing)? (?:its |the |full-year |annual |\d{4} )*(?:outlook|guidance|forecast)|abandon(?:s|ed) (?:its |the )*(?:guidance|outlook|forecast|target)"
        ),
        "bplain": (
            r"sour(?:s|ed|ing)|fizzl(?:e|es|ed|ing)|stumbl(?:e|es|ed|ing)|sputter(?:s|ed|ing)?|stutter(?:s|ed)?|falter(?:s|ed|ing)?|flounder(?:s|ed|ing)?|misstep(?:s)?|muted|tepid|an(?:a)?emic|lukewarm|patchy|bumpy|rocky(?= (?:start|quarter|year|road))|rough(?= (?:quarter|year|start|patch|ride|time))|"
            r"tough(?:er|est)?(?= (?:quarter|year|start|market|markets|conditions|times|trading|environment|comparison|competition|outlook|going|sell|business|road))|harsh(?:er)?|depress(?:ed|es|ing)|dampen(?:s|ed|ing)?|dwindl(?:e|es|ed|ing)|eroding|erosion|margin (?:squeeze|compression|pressure|contraction)|"
            r"cost overruns?|overruns?|overspen(?:d|t|ding)|cash (?:crunch|burn|drain)|indebted(?:ness)?|debt-ridden|overleverag(?:ed|ing)|illiquid|moribund|languish(?:es|ed|ing)?|stuck|mired|bogged down|dragg(?:ed|ing) down|hit to (?:profit|earnings|margins|sales|revenue)|takes? (?:a )?hit|took (?:a )?hit|taking (?:a )?hit|"
            r"below (?:expectations|estimates|forecasts|guidance|consensus|target)|thinner|behind (?:schedule|plan|expectations|target)|dearer|pricier|lost sales|price war|discounting|markdowns?|unsold|overstock(?:ed|s)?|bloated"
        ),
    },
    "dealings": {
        "gstrong": (
            r"sweeten(?:s|ed|ing) (?:its |the |their |an? )?(?:bid|offer|deal)|white knight|special dividend|raises? (?:its |the )?(?:dividend|payout)|hikes? (?:its |the )?(?:dividend|payout)|higher (?:dividend|payout)|dividend (?:hike|increase|raise|boost)|bonus issue|record dividend|"
            r"(?:share|stock) (?:buyback|buy-back|repurchase)s?|buyback|wins? (?:an? |the |major |big |new |\$?[\d.]+ ?(?:million|billion|mln|bln|m|bn)? )*(?:order|orders|contract|contracts|tender|deal|mandate)|order wins?|contract wins?|awarded (?:an? |the |\$|€|£)"
        ),
        "gplain": (
            r"strategic (?:stake|investment|partner)|backing|lifeline|bailout|bail-out|cash injection|inject(?:s|ed)|funding round|refinanc(?:es|ed|ing)|oversubscribed|tie-?ups?|team(?:s|ed|ing)? up|"
            r"ink(?:s|ed) (?:an? |the )?(?:\w+ )?(?:deal|pact|agreement|contract|order)|sign(?:s|ed) (?:an? |the |its )?(?:[\w-]+ ){0,3}(?:deal|pact|agreement|contract|order)|seal(?:s|ed) (?:an? |the )?(?:\w+ )?deal|extend(?:s|ed) (?:its |the |an? )?(?:[\w-]+ ){0,2}(?:contract|deal|partnership|agreement)|renew(?:s|ed) (?:its |the |an? )?(?:[\w-]+ ){0,2}(?:contract|deal|partnership|agreement)|"
            r"spin[- ]?off|unlock(?:s|ed|ing)? value|monetis(?:e|es|ed|ing)|monetiz(?:e|es|ed|ing)|chosen|selected (?:as|by|to|for)|tapped (?:by|to|as)|picked (?:by|as|to)|exclusive (?:deal|rights|partner|supplier)|stake (?:buy|purchase)"
        ),
        "gslight": (
            r"repurchas(?:e|es|ed|ing)|joint venture|takeover (?:interest|target|bid|offer|approach)|acquires|to acquire|to buy|agrees to buy|expands|to expand|unveils|unveiled|introduces|introduced|debuts|rolls out|rolled out|opens|to open|joins forces|to build|builds|invests|to invest|buys"
        ),
        "bfaint": (r"rights issue|share sale|secondary offering|stock offering|share offering"),
        "bstrong": (
            r"dilutive|heavily discounted|deal (?:collapses?|collapsed|off|falls apart|fell apart)|bid (?:rejected|fails|failed|collapses)|slash(?:es|ed) (?:its |the )?(?:dividend|payout)|suspend(?:s|ed) (?:its |the )?(?:dividend|payout|buyback)|omit(?:s|ted) (?:its |the )?dividend|dividend (?:cut|suspension)|fire sale|forced sale|distressed sale|debt restructuring"
        ),
        "bplain": (
            r"dilution|offload(?:s|ed|ing)?|divest(?:s|ed)? (?:under|after|to cut)|walk(?:s|ed|ing) away|call(?:s|ed|ing)? off|back(?:s|ed|ing)? out|reneg(?:e|es|ed)|part(?:s|ed|ing) ways|lapse[sd]|los(?:es|t|ing) (?:an? |the |its |major |big |key |largest |biggest )*(?:contract|order|customer|client|bid|tender|deal|account|licen[cs]e)|"
            r"rebuff(?:s|ed)?|spurn(?:s|ed)?|snub(?:s|bed)?|unsolicited|hostile (?:bid|takeover)|overpay(?:ing|s)?|deal in doubt|snag(?:s|ged)?(?= (?:deal|talks|merger|in|over))|pull(?:s|ed|ing)? the plug|shelv(?:e|es|ed|ing)|proxy fight|activist (?:pressure|campaign|revolt)"
        ),
    },
    "law": {
        "gstrong": (
            r"acquitted|exonerated|charges dropped|case (?:dismissed|thrown out|dropped)|lawsuit (?:dismissed|thrown out|dropped|tossed)|suit (?:dismissed|thrown out|dropped|tossed)|wins? (?:an? |the |its |key |major )*(?:appeal|lawsuit|case|suit|court|ruling|verdict|patent|legal|dispute|battle)|won (?:an? |the |its |key |major )*(?:appeal|lawsuit|case|suit|court|ruling|verdict|patent|legal|dispute|battle)|all-clear|clean bill of health|patent (?:win|victory|granted|upheld)"
        ),
        "gplain": (
            r"reprieve|exempt(?:s|ed|ion|ions)?|waivers?|deregulat(?:e|es|ed|ion)|truce|ceasefire|thaw|d[eé]tente|tax (?:breaks?|cuts?|credits?|relief)|incentives?|stimulus|green-?lit|licen[cs]e (?:granted|approval|won)|granted|sanctions (?:lifted|relief|eased)|tariff relief|eas(?:es|ed|ing) (?:rules|restrictions|curbs|sanctions|regulations|lockdown)|lift(?:s|ed|ing) (?:the |its |an? )?(?:ban|curbs|restrictions|sanctions|embargo|tariffs|suspension)"
        ),
        "bplain": (
            r"infring(?:e|es|ed|ing|ement)|insider trading|price[- ]?fixing|collu(?:sion|ded|ding)|cartel|manipulat(?:e|ed|es|ing|ion)|tax evasion|evad(?:e|es|ed|ing)|cover-?up|whistle-?blowers?|subpoenas?|subpoenaed|raid(?:s|ed)|crackdown|clampdown|blacklist(?:s|ed)?|embargo(?:es)?|class[- ]action|record fine|heavy fine|hefty fine|criminal (?:charges|probe|investigation|case|complaint)|plead(?:s|ed) guilty|unfair (?:trade|competition)|counterfeit|stolen|forged|sham\b|kickbacks?"
        ),
        "bfaint": (
            r"tariffs?|levies|restrict(?:s|ed|ing|ions|ive)?|tensions?|scrutin(?:y|ise|ize|ised|ized)|fines|fine(?= (?:of|for|from|over|in the|imposed|worth|by|against|on))|dispute(?:s|d)?|row(?= (?:over|with))|feud|spat|standoff|stand-off|deadlock|impasse|retaliat(?:e|es|ed|ion|ory)|trade war|windfall tax|prohibit(?:s|ed|ing)?|outlaw(?:s|ed)?|veto(?:es|ed)?|reprimand(?:s|ed)?|"
            r"censure[sd]?|non-?compliance|deficienc(?:y|ies)|irregularit(?:y|ies)|discrepanc(?:y|ies)|misstat(?:e|ed|es|ement|ements)|mis-stated|misrepresent(?:ed|s|ation)|mismanage(?:d|ment)|negligen(?:t|ce)|harassment|discriminat(?:ion|ory|ed)|abuse[sd]?|improper(?:ly)?|unfair(?:ly)?|liable|injunction|extradit(?:e|ed|ion)|invalidat(?:e|es|ed)|revok(?:e|es|ed)|barred|clawback|forfeit(?:s|ed)?|pay hefty"
        ),
    },
    "work": {
        "gplain": (
            r"hiring spree|add(?:s|ed|ing)? (?:[\d,]+ |new |more |thousands of )+jobs|creat(?:es|ed|ing) (?:[\d,]+ |new |more |thousands of )+jobs|strike (?:averted|ends?|ended|called off|suspended)|pay deal|wage deal|end(?:s|ed)? (?:the |a )?strike|ramp(?:s|ed|ing)? up|full capacity|restart(?:s|ed|ing)?|reopen(?:s|ed|ing)?|resum(?:e|es|ed|ing) (?:production|operations|service|flights|output|shipments|exports|sales)"
        ),
        "bfaint": (r"quits?|step(?:s|ped|ping)? down|protest(?:s|ers|ed)?"),
        "bplain": (
            r"furlough(?:s|ed)?|retrench(?:ment|ments|ed)?|downsiz(?:e|es|ed|ing)|mothball(?:s|ed)?|shutter(?:s|ed|ing)?|sack(?:s|ed|ing)?|exodus|defections?|attrition|stoppages?|picket(?:s|ed|ing)?|blockades?|unrest|riots?|revolt|infighting|to bow out|bows? out|abrupt(?:ly)? (?:exit|departure|leaves|left|resign\w*)|"
            r"scal(?:e|es|ed|ing) back|cut(?:s|ting)? back|job losses|staff cuts|axing|lockouts?|go-slow|understaffed|overworked|burnout"
        ),
    },
    "goods": {
        "gstrong": (
            r"breakthrough therapy|met (?:its |the |both |all )?(?:primary |main |key )?(?:end-?points?|goals?)|meets? (?:its |the |both |all )?(?:primary |main |key )?(?:end-?points?|goals?)|positive (?:data|results|trial|readout|top-?line|opinion)|priority review|fast[- ]track|orphan drug|statistically significant|first-in-class|best-in-class|smash hit|best-?sell(?:er|ers|ing)|top-?sell(?:er|ers|ing)|selling out|sell(?:s|ing)? like|award-winning"
        ),
        "gplain": (
            r"well[- ]tolerated|efficacy|effective(?= (?:against|in|at|treatment))|praise[sd]?|prais(?:es|ing)|applaud(?:s|ed)?|laud(?:s|ed)?|hail(?:s|ed)|endors(?:e|es|ed|ement)|commend(?:s|ed)|rave reviews|hit(?= (?:show|series|game|product))|coveted|sought-after|flagship|next-generation|cutting-edge|state-of-the-art|upgraded(?= (?:version|model|iphone))|progress|headway|inroads|traction|foothold|strides|resurgen(?:ce|t)|comeback|revamp(?:s|ed)?|moderni[sz](?:e|es|ed|ing)|advance(?= (?:in|toward|towards))"
        ),
        "bstrong": (
            r"failed (?:trial|study|test|to meet)|fails? (?:trial|study|to meet)|miss(?:es|ed) (?:its |the )?(?:primary |main |key )?(?:end-?point|goal)|clinical hold|complete response letter|side effects|adverse (?:event|events|reaction|reactions)|fatal(?:ity|ities)?|injur(?:y|ies|ed|ing)|kill(?:s|ed|ing)|deadly|carcinogen(?:ic|s)?|poison(?:s|ed|ing)|defective|faulty|cyber-?attacks?|ransomware|data (?:leak|breach|theft)|oil spill|spills?(?= (?:oil|into|from|off))|derail(?:ment|ments)|collision"
        ),
        "bplain": (
            r"glitch(?:es)?|flaws?|flawed|bugs?(?= (?:in|that|forced))|defects?|malfunction(?:s|ed|ing)?|vulnerabilit(?:y|ies)|leak(?:s|ed|ing)?|bottlenecks?|logjam|snarl(?:s|ed)?|congestion|hurdles?|obstacles?|roadblocks?|hiccups?|blunder(?:s|ed)?|botch(?:es|ed)|fiasco|debacle|backfir(?:e|es|ed)|controvers(?:y|ial|ies)|uproar|outcry|outrage[d]?|fury|anger(?:s|ed)?|embarrass(?:ed|ing|ment)|"
            r"tarnish(?:es|ed)|taint(?:s|ed)|pollut(?:e|es|ed|ion|ing)|obsolete|outdated|discontinu(?:e|es|ed|ing)|pull(?:s|ed) from (?:shelves|sale)|theft|shoplifting|grounded|grounding|malware|storm(?=-hit| damage| disrupt)|virus fears"
        ),
    },
    "mood": {
        "gplain": (
            r"enthusias(?:m|tic|tically)|delight(?:s|ed)?|impress(?:es|ed)|heartened|upbeat|euphori(?:a|c)|exuberan(?:t|ce)|cheerful|rosy|rosier|sanguine|bright spot|silver lining|soft landing|goldilocks|all-weather|defensive bet|safe haven|favou?rites?(?! (?:to|among fans))|compelling|enviable|unmatched|superior|standout|stand-out|worth (?:buying|owning)|must-own|no-brainer|long[- ]term (?:buy|hold|winner|investment)|double down|doubles down|doubling down|faith in|keeps? (?:the )?faith|catalysts?"
        ),
        "bstrong": (
            r"havoc|mayhem|chaos|chaotic|nightmare|calamit(?:y|ous)|alarming|ominous|debacle|doom(?:ed)?|dire straits|crippl(?:e|es|ed|ing)|wreck(?:s|ed)|ravag(?:es|ed)"
        ),
        "bplain": (
            r"anxi(?:ety|ous)|nervous(?:ness)?|unease|uneasy|dread|scare[sd]?|alarm(?:s|ed)?|skeptic(?:al|ism|s)|sceptic(?:al|ism|s)|doubt(?:s|ed|ful|ing)?|distrust|pessimis(?:m|tic)|dour|dim(?:mer|s|med)|darken(?:s|ed|ing)?|overshadow(?:s|ed|ing)?|fragile|shaky|precarious|perilous|jeopardy|peril|danger(?:s|ous)?|brittle|teeter(?:s|ing)?|hamper(?:s|ed|ing)?|hinder(?:s|ed|ing)?|imped(?:e|es|ed|ing)|thwart(?:s|ed)?|stymie[sd]?|"
            r"frustrat(?:e|es|ed|ing|ion)|undermin(?:e|es|ed|ing)|deplet(?:e|es|ed)|constrain(?:s|ed|ing|ts?)?|crimp(?:s|ed)?|pinch(?:es|ed)?|crunch|escalat(?:e|es|ed|ing|ion)|turbulen(?:t|ce)|upheaval|instability|stagflation|deflation|contagion|beware|red flags?|in trouble|at risk|woes|pain(?= (?:ahead|for|at|in))|gloomier|dismay(?:s|ed)?|not worth|too expensive|falls flat|fell flat|fall from grace"
        ),
    },
}


def words_of(kind: str) -> str:
    """Join the alternatives of one kind ("gstrong") over all classes."""
    return "|".join(words[kind] for words in CLASSES.values() if kind in words)
