"""What stands right before and right after a company's name: what is done to it, and what it does or suffers.

"Regulators fined X", "X beat Y to the contract", "buy X", "X in the red", "at X's expense": the sign follows from the
place, and the two parties of one deed may get opposite ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.reading.between import deeds_between
from readthrough.reading.lexicon import words_in
from readthrough.reading.parties import Group
from readthrough.reading.tone_frame import frames_of, may_negate, negated

__all__ = ["Action", "actions_on"]

Action = tuple[float, int, int]
"""Value for the company, and the bounds of the words that say so."""

_REACH: Final = 75  # code points on either side of a name
_FILL: Final = r"(?:(?!and\b|but\b|as\b|after\b|while\b|which\b)[\w’'$€£%.&-]+\s){0,4}?"
_LINK: Final = r"(?:(?:shares|stock|parent|owner|rival|rivals|peers|giant|maker|automaker|carmaker|chipmaker|drugmaker|airline|lender|bank|retailer|insurer|group|company|firm|ceo|top|former|u\.s\.|us|the|its|at|in|of|suppliers|partners|customers|competitors|stocks|names|companies|firms|lenders|banks|retailers|automakers|carmakers|chipmakers|giants|heavyweights|majors|incumbents|like|such|as|including)\s+)*$"

# before a name: (value for it, words), the words right up to the name
_TO_IT: Final = tuple(
    (value, lazily(rf"(?:{words}){_LINK}"))
    for value, words in (
        (
            0.26,
            r"\b(?:buyers?|purchasers?|(?:net |large |big |heavy )buying) of\s+|\b(?:snapp(?:ed|ing)|scoop(?:ed|ing)) up (?:more |additional |the )?(?:shares |stock )?(?:of\s+|in\s+)?|\b(?:pil(?:ed|es|ing) into|load(?:ed|ing) up on|flock(?:ed|ing) to|add(?:s|ed|ing) to (?:its|their|his|her) (?:stakes?|positions?|holdings?) in)\s+|"
            r"\b(?:boost(?:s|ed|ing)?|increas(?:es|ed|ing)|rais(?:es|ed|ing)|lift(?:s|ed|ing)?) (?:its|their|his|her) (?:stakes?|positions?|holdings?) in (?:[\w-]+\s+){0,3}?,?\s*(?:including )?",
        ),
        (
            -0.26,
            r"\b(?:sold|sell(?:s|ing)?|dump(?:s|ed|ing)|unload(?:s|ed|ing)|offload(?:s|ed|ing)|exit(?:s|ed|ing)) (?:[\w-]+\s+){0,3}?(?:shares?|stock|stakes?|positions?|holdings?) (?:of|in)\s+|\b(?:sellers?|selling) of\s+|"
            r"\b(?:dalliance|flirtation) with\s+",
        ),
        (
            0.2,
            r"\b(?:integrat(?:es?|ed|ing|ion)|compatible|interoperable|interoperate[sd]?) with (?:[\w-]+\s+){0,4}?(?:including\s+)?|\b(?:powered|supplied|provided|manufactured|built|assembled|made) by\s+|\bin (?:partnership|collaboration|tandem|conjunction|concert|co-operation|cooperation) with\s+|"
            r"\b(?:real |great |clear |big )?(?:benefit|win|gain|opportunit(?:y|ies)) (?:to|for) (?:[\w-]+\s+){0,3}?",
        ),
        (
            -0.22,
            r"\b(?:los(?:e|es|ing|t)|cut off|den(?:y|ied) ) ?access to (?:[\w.’'-]+\s+){1,6}?(?:from|of)\s+|\b(?:home turf|dominance|grip|stronghold) of\s+|\b(?:dominated|long led) by\s+|\b(?:compet(?:es?|ed|ing) (?:directly |head-on )?(?:with|against)|rival(?:s|ing)? to|alternatives? to|"
            r"challeng(?:e|es|er|ers) (?:to|for)|taking on|take on|pitted against|gunning for|go(?:es|ing)? after|war (?:of \w+ )?with|(?:draw|pull|steal|siphon|tak|lur|tempt|divert)\w* (?:[\w.’'-]+\s+){1,5}?(?:away )?from)\s+",
        ),
        (
            0.34,
            r"\b(?:maintain|reiterat|retain|keep|initiat|start|assum|resum|rate|put|has|have|kept)\w* (?:coverage )?(?:an? |its |their )?['\"‘“]?(?:strong )?(?:buy|add|accumulate|overweight|outperform)['\"’”]?(?: call| rating| stance| view)? (?:on|for)\s+|\b(?:led (?:higher |up |gains )?by|top (?:picks?|gainers?|buys?|bets?|ideas?)(?: include| are|:)?|(?:get|enter|step|stay) (?:back )?(?:in|into|invested in)|stay with|accumulating|buying|bullish stance on|positive on)\s+|"
            r"\b(?:upgrad(?:e|es|ed|ing)|buy|accumulate|prefers?|recommends?|recommending|(?:bullish|positive|overweight|upbeat|bet|bets|betting|bets big|optimistic|constructive|long|buyers?) on|go(?:ing)? for|(?:look at )?adding|stick with|pick|picks|load up on|top pick|bulls?)\s+",
        ),
        (
            0.34,
            r"\b(?:wins?|won|victory|boon|boost|lift|relief|good news|great news|tailwind|breakthrough|triumph|go-ahead|green light|positive) (?:for|at)\s+|\b(?:victory|win|boost|lift|gift|boon|edge|advantage|lifeline|bonus) to\s+",
        ),
        (
            0.34,
            r"\b(?:side[sd] with|rul(?:es|ed) (?:in favou?r of|for)|find(?:s)? for|found for|in favou?r of|acquit(?:s|ted)?|clear(?:s|ed)|exonerat(?:es|ed)|free[sd]|award(?:s|ed|ing)?|hand(?:s|ed)? (?:the )?|back(?:s|ed)|rescue[sd]?|save[sd]?|bail(?:s|ed) out|allow(?:s|ed)?|will allow|let(?:s)?|permit(?:s|ted)?|authori[sz]e[sd]?|reward(?:s|ed))\s+",
        ),
        (
            0.34,
            r"\b(?:buys?|to buy|acquires?|to acquire|buying|acquiring|bids? for|offers? for|offer for|bid for|offer to buy|takeover of|takeover bid for|buyout of|suitors? for|interest in buying|deal to buy|agree[sd]? to (?:buy|acquire))\s+",
        ),
        (
            0.24,
            r"\b(?:rais(?:es?|ed)|lift(?:s|ed)?|increas(?:es?|ed)|ups?|builds?|takes?|took|buys?|bought|acquires?|(?:has )?disclose[sd]?|reveal(?:s|ed)?|invest(?:s|ed|ing)?|pours?) (?:[\w$€£%.-]+ ){0,3}(?:stake|stakes|holding|shares|position|billion|million|money)? ?(?:in|into)\s+",
        ),
        (
            0.3,
            r"\b(?:help(?:s|ed)?|lift(?:s|ed)?|boost(?:s|ed)?|benefit(?:s|ed)?|propel(?:s|led)?|buoy(?:s|ed)?|send(?:s)?|push(?:es|ed)?|favou?r(?:s|ed)?|bolster(?:s|ed)?|support(?:s|ed)?)\s+",
        ),
        (
            0.3,
            r"\b(?:lift(?:s|ed)?|rais(?:es?|ed)|boost(?:s|ed)?|hik(?:es?|ed)|up(?:s|ped)) (?:its |the )?(?:price )?(?:target|target price|pt|price objective|rating|estimates?|forecasts?) (?:on|for|of)\s+",
        ),
        (
            -0.3,
            r"\b(?:cut(?:s)?|lower(?:s|ed)?|trim(?:s|med)?|slash(?:es|ed)?|reduc(?:es?|ed)) (?:its |the )?(?:price )?(?:target|target price|pt|price objective|rating|stake|holding|position|exposure|estimates?|forecasts?) (?:on|for|of|in|to)\s+",
        ),
        (
            -0.34,
            r"\b(?:downgrad(?:e|es|ed|ing)|sell|avoid|stay away from|(?:bearish|negative|underweight|cautious|sour|short|sours) on|exit|exits|dump(?:s|ed|ing)?|ditch(?:es|ed|ing)?|shun(?:s|ned)?|book profits? in|short)\s+",
        ),
        (
            -0.34,
            r"\b(?:su(?:es|ed|ing)|fin(?:es|ed|ing)|prob(?:es?|ed|ing)(?: into)?|investigat(?:es?|ed|ing|ion into|ion of)|accus(?:es?|ed|ing)|blam(?:es?|ed|ing)|slam(?:s|med)|blast(?:s|ed)|critici[sz](?:es|ed)|sanction(?:s|ed)|penali[sz](?:es|ed)|bann?(?:s|ed)|bar(?:s|red)|block(?:s|ed)|charg(?:es|ed)|raid(?:s|ed)|target(?:s|ed)|punish(?:es|ed)|boycott(?:s|ed)?|warn(?:s|ed)|order(?:s|ed)(?! (?:at|in|of|from|for|by)\b)|forc(?:es|ed)|downgrade of|lawsuit(?:s)? against|suit against|case against|charges against|complaint against|action against|crackdown on|pressure on|strike at|strikes? (?:at|hits?)|claims against|ruling against|rules? against|ruled against|verdict against|judgment against)\s+",
        ),
        (
            -0.34,
            r"\b(?:hurt(?:s|ing)?|hit(?:s|ting)?|dent(?:s|ed)?|drag(?:s|ged)? (?:down )?|weigh(?:s|ed|ing)? (?:heavily )?on|pressur(?:es|ed|ing)|squeez(?:es|ed|ing)|knock(?:s|ed)? (?:down )?|plagu(?:es|ed|ing)|haunt(?:s|ed|ing)?|threaten(?:s|ed|ing)?|derail(?:s|ed)?|rock(?:s|ed)|rattl(?:es|ed)|punish(?:es|ed)|crush(?:es|ed)?|sink(?:s)?|sank|batter(?:s|ed)|engulf(?:s|ed)|trouble(?:s)? (?:at|for)|crisis at|scandal at|woes at|woe for|losses at|layoffs at|fire at|blast at|outage at|breach at)\s+",
        ),
        (
            -0.34,
            r"\b(?:blow|setback|bad news|headache|threat|challenge|headwind|warning|nightmare|defeat|negative) (?:for|to)\s+|\b(?:expense of|market share from|share from|customers from|business from|takes? on|took on|ground on|edge over|lead over|lost by|stolen from|away from)\s+|(?<!\bits )(?<!\btheir )\b(?:fight|battle) with\s+|\b(?:fight|battle) (?:against|over)\s+|\b(?:dispute|row|case) (?:with|against|over)\s+",
        ),
        (
            -0.3,
            r"\b(?:overtak(?:es?|en|ing)|overtook|surpass(?:es|ed|ing)?|dethron(?:es?|ed)|toppl(?:es|ed)|leapfrog(?:s|ged)?|outsell(?:s)?|outsold|unseat(?:s|ed)?|displac(?:es|ed|ing)|trounc(?:es|ed)|undercut(?:s)?|pip(?:s|ped)|beat(?:s)?(?= [^.]{0,50}\bto\b)|beat(?:s)? out)\s+",
        ),
        (
            -0.32,
            rf"\b(?:end(?:s|ed)?|cancel(?:s|led|ed)?|terminat(?:es?|ed)|scrap(?:s|ped)?|sever(?:s|ed)?|suspend(?:s|ed)?|walk(?:s|ed) (?:out|away)|pull(?:s|ed) out|part(?:s|ed) ways|split(?:s)?|rip(?:s|ped) up|quit(?:s)?|drop(?:s|ped)?) {_FILL}(?:(?:of|from) {_FILL})?(?:with|from)\s+",
        ),
        (
            0.3,
            rf"\b(?:hand(?:s|ed)|award(?:s|ed|ing)?|went|goes|order(?:s|ed)? {_FILL}from|orders? for|contract (?:for|to)|pay|paid|pays|owes?|compensat(?:es?|ed)|places? {_FILL}with|choos(?:es|ing)|chose|picks|picked|select(?:s|ed)|tap(?:s|ped)) (?:to )?\s*",
        ),
        (
            -0.32,
            rf"\b(?:instead of|in place of|replac(?:es?|ed|ing)|away from|switch(?:es|ed|ing)? (?:away )?from|outbid(?:s|ding)?|prevail(?:s|ed)? over|victory (?:over|against)|win (?:over|against)|triumph(?:s|ed)? over|defeat(?:s|ed)?|"
            rf"purchases from|stop(?:s|ped)? (?:buying|using|selling|ordering) {_FILL}(?:from )?|cut(?:s|ting)? (?:its |back )?(?:on )?orders (?:from|with|to)|(?:won|wins?) {_FILL}against|(?:chose|choos(?:es|ing)|pick(?:s|ed)|prefer(?:s|red)?|select(?:s|ed)) [\w&.’' -]{{1,40}} over|"
            rf"poach(?:es|ed|ing) {_FILL}(?:from|of)|lure[sd]? {_FILL}from|remov(?:es|ed)|reduc(?:es|ed|ing) (?:its )?(?:reliance|dependence) on)\s+",
        ),
        (
            0.32,
            rf"\b(?:replac(?:es?|ed|ing) [\w&.’' -]{{1,40}} with|switch(?:es|ed|ing)? {_FILL}to|in favou?r of|ordered to pay|must pay|have to pay|told to pay|damages to|supplied by|picked by|won by|sold to)\s+",
        ),
        (
            -0.24,
            r"\b(?:stay|steer|keep) (?:well )?clear of\s+|\b(?:do not|don[’']t|never) (?:buy|own|hold)\s+|\bled (?:lower|down|losses) by\s+|\b(?:would|could|will|may|might|to|has|have|already) (?:also |\w+ly )?cost\s+|\brather than\s+|\bover(?= )\s+(?<=prefer)|\bprefer(?:s|red)? [\w&.’' -]{1,40} (?:over|to)\s+",
        ),
    )
)
# after a name: (value for it, words), from the name on
_BY_IT: Final = tuple(
    (value, lazily(rf"(?:['’]s)?\s*(?:[<(\[][^<>()\[\]]{{0,30}}[>)\]]\s*)?(?:{words})"))
    for value, words in (
        (
            0.32,
            r":\s(?:[\w&.’'-]+\s){1,4}?(?:(?:double-)?upgrad(?:es?|ed)|(?:rais|lift|hik|boost|up|increas)(?:e?s|ed|p?ed) (?:its |the )?(?:price target|target|pt|tp|price objective|estimates|rating)|(?:reinstat|start|initiat|resum|begin|assum)(?:e?s|ed) (?:coverage )?(?:with|at) (?:an? )?['\"‘“]?(?:buy|outperform|overweight))\b",
        ),
        (
            -0.32,
            r":\s(?:[\w&.’'-]+\s){1,4}?(?:(?:double-)?downgrad(?:es?|ed)|(?:cut|lower|trim|slash|reduc)(?:e?s|ed|med)? (?:its |the )?(?:price target|target|pt|tp|price objective|estimates|rating)|(?:reinstat|start|initiat|resum|begin|assum)(?:e?s|ed) (?:coverage )?(?:with|at) (?:an? )?['\"‘“]?(?:sell|underperform|underweight|reduce))\b",
        ),
        (
            0.34,
            r"(?:shares? |stock |scrip |is |are |was |were |among |among the |one of the |one of our |remains? |remain |a |the |our |my |as |looks? |look )*(?:top |best |good |safe |attractive|favou?rite |preferred |great |decent |better |solid |strong )(?:\w+ )?(?:picks?|bets?|choices?|buys?|buying|placed|positioned|long-term|story|stories|in |idea|ideas|option|opportunity)?\b",
        ),
        (
            0.34,
            rf"(?:has |have |had |also |again |just )*(?:wins?|won|bags?|bagged|lands?|landed|secures?|secured|clinch(?:es|ed)?|gets?|got|receives?|received|scores?|nabs?|snags?|inks?|inked|signs?|signed|awarded) {_FILL}(?:orders?|contracts?|deals?|approvals?|nod|clearance|go-ahead|licen[cs]e|approval|case|appeal|lawsuit|suit|bid|mandate|project|tender|verdict|backing|investment|funding|boost|upgrade|certification|patent)\b",
        ),
        (
            0.34,
            r"(?:shares? |stock )?(?:is |was |were |are |has been |gets? |got )?(?:upgraded|raised to|lifted to (?:buy|outperform|overweight)|reiterated (?:as|at) (?:buy|outperform|overweight)|started at (?:buy|outperform|overweight)|(?:initiated|assumed|resumed|reinstated|rated)(?: (?:at|as|with))?(?: an?)? ['\"]?(?:buy|outperform|overweight|strong buy|positive))",
        ),
        (
            0.3,
            r"(?:price target|target price|pt|target|estimates?|forecasts?|rating|outlook|price objective)s? (?:is |was |were )?(?:raised|lifted|boosted|upped|hiked|increased|upgraded|bumped)",
        ),
        (
            -0.3,
            r"(?:price target|target price|pt|target|estimates?|forecasts?|rating|outlook|price objective)s? (?:is |was |were )?(?:cut|lowered|trimmed|slashed|reduced|downgraded)",
        ),
        (
            -0.34,
            r"(?:shares? |stock )?(?:is |was |were |are |has been |gets? |got )?(?:downgraded|cut to|lowered to|(?:initiated|started|assumed|resumed|rated)(?: (?:at|as|with))?(?: an?)? ['\"]?(?:sell|underperform|underweight|reduce|negative))",
        ),
        (
            0.28,
            r"(?:shares? |stock |scrip )?(?:is |was |are |were |among |today's |the |top |biggest )*(?:in (?:the )?green|top gainers?|gainers|hits? (?:a |an |its |their )?(?:new |fresh )?(?:record|all-time|lifetime|52-week|multi-year|\d+-(?:year|month|week))[ -]?(?:closing )?highs?|at (?:a |an )?(?:record|all-time|52-week) high|leads? (?:the )?(?:gains|gainers|higher|rally)|locked in upper circuit|outperforms?|shines?|sizzles?|rall(?:y|ies))\b",
        ),
        (
            -0.28,
            r"(?:shares? |stock |scrip )?(?:is |was |are |were |among |today's |the |top |biggest |remains? )*(?:in (?:the )?red|under pressure|top losers?|losers|hits? (?:a |an |its |their )?(?:new |fresh )?(?:record|all-time|lifetime|52-week|multi-year|\d+-(?:year|month|week))[ -]?lows?|at (?:a |an )?(?:record|52-week|all-time) low|leads? (?:the )?(?:losses|losers|decliners|lower|declines)|locked in lower circuit|underperforms?|biggest drag|drags?|lags?|weighs? on)\b",
        ),
        (
            -0.34,
            rf"(?:has |have |had |also |again |just |is |was |were |are |been |being |to |must |will |could |may |might |would |still |now |reportedly |be )*(?:sued|fined|accused|charged|probed|investigated|indicted|raided|banned|barred|blocked|hit by|hit with|under (?:investigation|scrutiny|fire|siege)|faces? {_FILL}(?:lawsuits?|probe|investigation|fine|trial|charges|ban|backlash|strike|claims|suit|penalty|scrutiny|pressure|hurdles?|headwinds|challenges?|revolt|criticism)|ordered to|forced to|must pay|pays? {_FILL}(?:fine|penalty|damages|to settle)|pleads? guilty|pleaded guilty|recalls?|recalled|halts?|suspends?|shuts?|misses|missed|warns?|warned|loses?|lost|delays?|delayed|cuts? {_FILL}(?:forecast|outlook|guidance|dividend|jobs|target|staff)|slashes|axes|scraps|posts? {_FILL}loss|reports? {_FILL}loss|swings? to {_FILL}loss|(?:net )?loss (?:widens|at|of)|fails?|failed|struggles?|struggling|in (?:trouble|crisis|turmoil)|default(?:s|ed)?|files? for (?:bankruptcy|insolvency|chapter)|restates?|apologi[sz]es)\b",
        ),
        (
            0.3,
            rf"(?:has |have |had |also |again |just |is |was |to )*(?:beats?|tops?|topped|exceeds?|smash(?:es|ed)|raises? {_FILL}(?:forecast|outlook|guidance|dividend|target|stake)|lifts? {_FILL}(?:forecast|outlook|guidance|dividend)|boosts? {_FILL}(?:forecast|outlook|guidance|dividend|stake)|hikes? {_FILL}dividend|returns? to (?:profit|growth)|swings? to {_FILL}profit|turns? profitable|posts? (?:record|strong|robust|higher)|reports? (?:record|strong|robust|higher)|overtakes?|overtook|surpass(?:es|ed)|outshines?|thrives?|gains? {_FILL}share|buys? back|announces? {_FILL}buyback|cleared|wins? over|settles?|upbeat|bullish|confident|on track|profit (?:up|rises|jumps|soars|surges|doubles)|net (?:up|rises|jumps|soars|surges|doubles)|back on track|comeback)\b",
        ),
        (
            -0.32,
            r"(?:was |is |has been |were |have been |being |to be |be )+(?:outbid|replaced|dropped|beaten|removed|deleted|excluded|relegated|demoted|downgraded|delisted)\b|(?:was |is |has been |were |have been |being )*(?:passed over|found liable|held liable|told to pay|left out|shut out)\b"
            rf"|(?:will |to |is |set to )*(?:exit|exits|leave|leaves|drop(?:s|ped)? out of|removed from|deleted from|excluded from|dropped from|relegated from|relegation from) {_FILL}(?:index|indices|nifty|sensex|dow|s&p|ftse|msci|nasdaq|dax|stoxx|russell|cac)\b",
        ),
        (
            0.32,
            rf"(?:will |to |is |set to |was |be |being |now |are )*(?:joins?|joined|added to|included in|promoted to|enters?|inclusion in|in|to be part of) {_FILL}(?:(?:msci|ftse|s&p|nifty|dow|nasdaq|stoxx)[\w &-]{{0,24}}(?:index|indices|average|\b)|blue-chip index)\b",
        ),
        (
            0.34,
            r"(?:is |as |are |remains |stays |at |on |was |kept |put |maintained |reiterated |rated |started |initiated |its |their |the |a |an |with |top |our |['\"‘“])+(?:strong[- ])?(?:buy|overweight|outperform|accumulate|conviction buy|top idea)(?:['\"’”]| call| rating| recommendation| idea|\b(?! back| out| up| into| a | the | its | more | shares| from))",
        ),
        (
            -0.34,
            r"(?:is |as |are |remains |stays |at |on |was |kept |put |maintained |reiterated |rated |started |initiated |its |their |the |a |an |with |['\"‘“])+(?:strong[- ])?(?:sell|underweight|underperform|reduce)(?:['\"’”]| call| rating| recommendation|$|[:;,.])",
        ),
        (
            0.3,
            rf"(?:to |will |help |helps |helped |has |have )*(?:leads?|led|lift(?:s|ed)?|driv(?:es?|ing)|drove|boost(?:s|ed)?|help(?:s|ed)?|pull(?:s|ed)?|push(?:es|ed)?|support(?:s|ed)?) {_FILL}(?:higher|up|gains?|gainers|advancers|risers|rally|charge|rebound)\b|(?:top|biggest|among (?:the |top )?)(?:gainers|risers|advancers|winners)\b",
        ),
        (
            -0.3,
            rf"(?:to |will |has |have )*(?:leads?|led|drag(?:s|ged)?|weigh(?:s|ed)?|pull(?:s|ed)?|push(?:es|ed)?) {_FILL}(?:lower|down|losses|losers|decliners|fallers|laggards)\b",
        ),
        (
            -0.26,
            r"(?:was |were |been |also |being )+(?:\w+ly )?(?:sold (?:heavily|off|down)|dumped|shunned)\b",
        ),
        (
            0.26,
            r"(?:was |were |been |also |being )+(?:\w+ly )?(?:bought (?:heavily|up)|snapped up|in demand)\b",
        ),
        (0.32, r"(?:has |have |had )?(?:prevails?|prevailed|outbids?|defeats?|defeated)\b"),
        (
            -0.3,
            rf"(?:bid|offer|attempt)?\s?(?:to [\w ’'-]{{1,60}})?(?:came to nothing|loses? out|lost out|was passed over|misses out|snubbed|was the only issuer)|to lose\b|{_FILL}(?:loses?|lost|cedes?) {_FILL}(?:to)\s",
        ),
        (
            0.28,
            r"(?:stand|stands|set|poised|seen|likely|expected|well placed|may|could|will|to) (?:to )?(?:collect|gain|benefit|profit|win|outperform|rally|touch|rise|surge|do well|give|deliver)\b",
        ),
        (
            0.26,
            rf"(?:partners?|teams? up|join(?:s)? (?:hands|forces)|ties? up|expands?|extends?|launches|unveils) {_FILL}(?:with|partnership|deal|pact|collaboration|into|in)\b(?<!launches in)",
        ),
    )
)
_CUES: Final = frozenset(
    (
        "upgrade upgrades upgraded upgrading buy accumulate prefer prefers recommend recommends bullish positive overweight upbeat bet bets betting optimistic constructive long buyers adding stick pick picks load bulls "
        "win wins won victory boon boost lift relief news tailwind breakthrough triumph go green sided sides rules ruled finds found favour favor acquits acquitted clears cleared exonerates freed frees award awards awarded awarding "
        "hand hands handed backs backed rescue rescued save saved saves bails bailed allow allows let lets permit permits permitted authorised authorized rewards buys acquire acquires buying acquiring bid bids offer offers takeover buyout suitor suitors interest "
        "raise raises raised lifts lifted increase increases increased ups builds takes took bought discloses disclose disclosed reveals revealed invest invests invested investing pours help helps helped boosts boosted benefit benefits benefited propels propelled buoys buoyed sends push pushes "
        "favours favors bolsters bolstered supports supported hike hikes hiked upped target price pt rating estimate estimates forecast cut cuts lower lowers lowered trim trims trimmed slash slashes slashed reduce reduces reduced downgrade downgrades downgraded downgrading sell avoid "
        "away bearish negative underweight cautious sour short sours exit exits dump dumps dumped ditch ditches ditched shuns book sue sues sued suing fines fined probe probes probed investigates investigated investigation accuse accuses accused accusing blames blamed slams blasts "
        "criticises criticizes sanctions sanctioned bans banned bars barred block blocks blocked charges charged raids raided targets targeted punishes punished boycott warns warned orders ordered forces forced lawsuit lawsuits suit case complaint action crackdown pressure strike strikes claims "
        "ruling verdict judgment hurt hurts hit hits dents dented drag drags dragged weigh weighs weighed pressures squeezes squeezed knock knocks knocked plagues haunts threaten threatens threatened derails rocks rocked rattles crush crushes sinks sank batters battered engulfs trouble troubles crisis scandal "
        "woes woe losses layoffs fire blast outage breach blow setback bad headache threat challenge headwind warning nightmare defeat expense share ground edge lead had fight dispute battle row overtake overtakes overtook overtaken surpasses surpassed dethrones topples leapfrogs outsells outsold unseats displaces "
        "trounces undercuts beat beats end ends ended cancel cancels cancelled canceled terminates terminated scrap scraps scrapped severs suspend suspends suspended walks walked pulls pulled parts splits quits drops dropped went goes order contract pay pays paid owes compensates places chooses chose picked selects selected taps tapped rather "
        "instead place replace replaces replaced replacing switch switches switched switching outbid outbids outbidding prevail prevails prevailed triumphs defeat defeats defeated purchases stop stops stopped choosing preferred select poaches poached lures lured remove removes removed reliance dependence turn turned turning damages supplied left shut beaten replaced told found held "
        "upgrade upgrades downgrade downgrades cost add adds added include included inclusion join joins enter enters clear steer exits leave leaves removed deleted excluded dropped relegated relegation lead led drive drives drove helped losers gainers risers fallers maintain maintains maintained reiterate reiterates keep keeps initiates put puts strong accumulate get stay rated idea top best good safe attractive favourite favorite preferred great decent better solid strong bags bagged land lands landed secures secured clinches clinched gets got receives received scores nabs snags inks inked sign signs signed initiated started reiterated assumed resumed reinstated rated "
        "sold sell sells buyers buyer purchasers purchaser scooped scooping snapping piled piles piling loaded loading flocked flocking added adding selling sellers seller dumping unloaded unloading unloads offloaded offloading offloads exiting dalliance flirtation integrates integrated integrating integrate integration compatible interoperable interoperate "
        "powered provided manufactured built assembled made partnership collaboration tandem conjunction concert cooperation opportunity opportunities lose access denied turf dominance grip stronghold dominated compete competes competed competing rival rivals rivaling rivalling alternative alternatives challenge challenger challengers challenges "
        "taking take pitted gunning goes going war draw draws drawing pull pulls pulling steal steals stealing siphon siphons tempt lure luring divert diverts diverting heavily demand bought "
        "red gainer gainers loser losers record high highs low lows leads locked outperforms shines rally rallies sizzles underperforms lags indicted under faces face must pleads pleaded recall recalls recalled halt halts shut shuts misses missed lose loses lost delay delays delayed axes posts reports swings net loss fails failed struggles "
        "struggling default defaults files restates tops topped exceeds smashes returns turns gains announces settles confident track profit back comeback nothing stand stands set poised seen likely expected may could will partners teams joins ties expands extends unveils apologises apologizes outlook nod overtakes to cleared upper circuit only"
    ).split()
)


# "cut estimates on Apple suppliers including Broadcom": what is done to the kin named of a company is done to them
_WHOSE: Final = lazily(
    r"(?:['’]s?)?\s(?:[\w-]+\s)?(?:suppliers|partners|customers|peers|rivals|competitors|clients|contractors|affiliates|backers|holders|shareholders|subsidiaries)\s(?:including|such as|like)\s"
)


def actions_on(text: str, sentence: Span, groups: tuple[Group, ...]) -> Iterator[tuple[Group, Action]]:
    """Yield what is done to, or by, each of the companies of a sentence; at most one of either kind each.

    Args:
        text: Lower-cased.
        sentence: Bounds of the sentence.
        groups: Its companies, those named in one breath together.
    """
    if not groups:
        return
    doubtful = may_negate(text, sentence.start, sentence.end)
    settled: set[Group] = set()
    for group, (value, left, right) in deeds_between(text, sentence.start, sentence.end, groups):
        settled.add(group)
        yield group, (_turned(text, sentence, left, value) if doubtful else value, left, right)
    if _CUES.isdisjoint(words_in(text, sentence.start, sentence.end)):
        return
    last: Action | None = None
    for place, group in enumerate(groups):
        shared, last = last, None
        if group in settled:
            continue
        if shared is not None and _WHOSE.fullmatch(text, groups[place - 1].end, group.start):
            last = (shared[0], group.start, group.end)
            yield group, last
            continue
        floor = max(sentence.start, group.start - _REACH, groups[place - 1].start if place else 0)
        before = text[floor : group.start]
        if not _CUES.isdisjoint(words_in(text, floor, group.start)):
            for value, pattern in _TO_IT:
                if match := pattern.search(before):
                    left = floor + match.start()
                    value = _turned(text, sentence, left, value) if doubtful else value
                    last = (value, left, group.end)
                    yield group, last
                    break
        ceiling = min(sentence.end, group.end + _REACH)
        if not _CUES.isdisjoint(words_in(text, group.end, ceiling)):
            after = text[group.end : ceiling]
            for value, pattern in _BY_IT:
                if match := pattern.match(after):
                    yield group, (value, group.start, group.end + match.end())
                    break


def _turned(text: str, sentence: Span, left: int, value: float) -> float:
    """Turn what is not done: "do not buy", "stopped short of banning"; in a denial the frame turns it."""
    far = all(frame.name != "denied" for frame in frames_of(text, sentence.start, sentence.end))
    return -0.8 * value if negated(text, sentence.start, left, far=far) else value
