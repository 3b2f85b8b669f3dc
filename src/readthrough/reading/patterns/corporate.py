"""Deals, listings, splits, management, jobs, activists."""

from __future__ import annotations

from typing import Final

from readthrough.reading.patterns.shape import Pattern, Who, pattern

__all__ = ["PATTERNS"]

_NOT_DEAL = (
    r"\b(?:upgrad\w+|downgrad\w+|to buy from|opportunity to buy|undervalued|buy rating|"
    r"shares? (?:to buy|of)|buyback|buy back|"
    r"buys back|bought back|buying back|"
    r"consumers?|shoppers|"
    r"customers? (?:buy|bought)|buying (?:opportunity|spree in stocks)|buy-side|bonds?|treasur(?:y|"
    r"ies)|buy now|"
    r"repurchase|buy the dip|bargain|oil from|gas from|chips from|power purchase|purchase (?:price|order)s?|"
    r"customer acquisition|user acquisition|acquisition cost|insider|director bought|"
    r"bought \d[\d,]* shares|recommend\w*)\b"
)
_VALUE = (
    r"(?:for|in a|in an|valued|worth|deal|cash|stock|all-cash|per share|a share|billion|million|bn|"
    r"takeover|merger|acquisition|agreed|agrees|to buy|to acquire|outright|control|stake)"
)
_DEAL = (
    r"(?:takeover|buyout|merger|acquisition|tie-up|take-private|takeover bid|bid|deal|offer|purchase|sale|"
    r"combination)"
)

PATTERNS: Final[tuple[Pattern, ...]] = (
    pattern(
        "ma_announced",
        "acquir|to buy|would buy|will buy|buys|buying|purchase|bought|agree|merge|take over|takes over|takeover|combine|snap",
        r"(?:agree(?:s|d)?(?: in principle)? to|to|will|offer(?:s|ed)? to|plans to|bids? to|"
        r"said it (?:would|will)|intends to|moves? to|set to|launch\w* (?:<g10>)(?:bid|offer) to|"
        r"deal to|agreement to|(?:is|are) (?:buying|acquiring)|has (?:agreed|"
        r"offered) to)(?: to)? (?:<buy>)"
        r"|(?:acquires|acquiring|buys|buying|snaps up|takes over|merges with|merging with|"
        r"has acquired|acquired) ",
        "reaction",
        0.6,
        who=Who.ACTOR,
        other=Who.OBJECT,
        veto=_NOT_DEAL + r"|\b(?:minority stake|stake in|shares in the open market|to be (?:acquired|bought)|"
        r"completed?s?|completion|closed|finali[sz]ed|walk\w* away|terminat\w+|abandon\w*|scrapp\w*|"
        r"call\w* off|blocked|talks|considering|considers|exploring|weighing|people familiar|"
        r"reportedly|interested in|interest in|rejected|rejects|option to|right to|"
        r"help\w* (?:customers|users)|when it bought|sell(?:ing)?<g60>to buy|planes|aircraft|jets|chips|barrels|to buy back)\b",
        needs=rf"\b{_VALUE}\b",
    ),
    pattern(
        "ma_announced",
        "acquired|bought|taken over|takeover|taken private|acquisition by|sold to|go private|buyout|"
        "merger|merge|bid|offer|sell itself",
        r"(?:to be|being|will be|would be|agree(?:s|d)? to be|is|be) (?:acquired|bought(?: out)?|"
        r"taken (?:over|private)|purchased|sold to)|(?:acquisition|takeover|buyout|"
        r"purchase) (?:offer |bid |proposal |deal )?(?:by|from)|accept(?:s|ed|"
        r"ing)? (?:<g>)(?:takeover|buyout|bid|offer)|(?:agree(?:s|d)?|deal) to (?:sell itself|"
        r"go private|a (?:<g10>)(?:takeover|buyout|merger|sale))|sells? itself|(?:receiv\w+|gets?|"
        r"got) (?:a |an )?(?:<g>)(?:takeover|buyout|acquisition) (?:offer|bid|proposal)|"
        r"take (?:the )?(?:company|chain|group|retailer|firm) private",
        "positive",
        0.75,
        who=Who.ACTOR,
        other=Who.OBJECT,
        veto=(
            r"\b(?:talks|considering|exploring|people familiar|reportedly|rejects?|rejected|spurn\w*|"
            r"rebuff\w*|completed|closed|terminated|fell through|collapsed|blocked|sold to (?:customers|"
            r"consumers|investors)|buy-?back)\b"
        ),
    ),
    pattern(
        "ma_announced",
        "merger|merge|combine|combination|acquisition of|takeover of|purchase of|takeover bid|"
        "takeover offer|hostile|buyout of|tender offer",
        r"(?:announc\w+|agree\w*|unveil\w*|propos\w+|launch\w*|clinch\w*|sign\w*|struck|strikes?|"
        r"reach\w*|made|makes|making|seal\w*|mount\w*|present\w*)<g60>(?:all-stock |all-share |"
        r"all-cash |hostile |unsolicited |definitive )?(?:merger|takeover|acquisition|buyout|"
        r"tender offer|combination)|(?:merger|business combination) (?:of equals|agreement|between|of|with)|"
        r""
        r"agree\w* to (?:merge|combine)|to merge|hostile (?:bid|takeover|offer)|"
        r"(?:<money>) (?:<g>)(?:acquisition|takeover|purchase|buyout|merger)(?: bid| offer|"
        r" deal)? (?:of|for|with)|unsolicited (?:<g>)(?:bid|offer|proposal)",
        "reaction",
        0.6,
        who=Who.ACTOR,
        other=Who.OBJECT,
        veto=_NOT_DEAL + r"|\b(?:talks|considering|exploring|people familiar|reportedly|completed?s?|closed|"
        r"terminat\w+|abandon\w*|scrapp\w*|call\w* off|blocked?|blocks|sue[sd]? to|collapse\w*|"
        r"walk\w* away|rejects?|rejected|charges? related|costs? related|integration of|"
        r"since the (?:merger|acquisition)|after the (?:merger|acquisition))\b",
    ),
    pattern(
        "ma_announced",
        "stake|unit|division|business|sell|divest|arm|interest",
        r"(?:sell|sells|sold|selling|divest|divests|divested|divesting|offload|offloads|"
        r"offloaded)(?:<g60>)(?:unit|division|business|subsidiary|arm|operations|assets|brand|"
        r"portfolio|segment|stake|interest in|holding in)(?:<g60>)(?:to |for )(?:<g10>)(?:<money>|[a-z])",
        "reaction",
        0.45,
        who=Who.ACTOR,
        other=Who.OBJECT,
        needs=r"\b(?:billion|million|bn|deal|agreed|agrees|agreement)\b",
        veto=(
            r"\b(?:talks|considering|exploring|explores|people familiar|reportedly|chief executive sold|"
            r"director|insider|products? to|sell-?off|selling point|customers|consumers|best-selling|"
            r"spin\w*|could sell|may sell)\b"
        ),
    ),
    pattern(
        "ma_completed",
        "complet|clos|finali|done deal",
        r"(?:complet(?:e|es|ed|ing|ion of)|clos(?:e|es|ed|ing of)|finali[sz](?:e|es|ed|ing)|"
        r"wrapp(?:ed|ing) up|conclud(?:e|es|ed))(?:<g>)(?:acquisition|merger|takeover|purchase|buyout|"
        r"deal to (?:buy|acquire)|sale of|combination)|(?:acquisition|merger|takeover|buyout|"
        r"purchase)(?:<g60>)(?:has |was |is |have |been |now )+(?:completed?|closed|finali[sz]ed)",
        "neutral",
        0.4,
        other=Who.OBJECT,
        veto=(
            r"\b(?:expect\w* to (?:close|complete)|will (?:close|be completed)|close in|is expected|"
            r"are expected|to close (?:in|by)|should close|subject to|fail\w* to|"
            r"purchase agreement closed)\b|closed? (?:up|down|higher|lower|at)"
        ),
    ),
    pattern(
        "ma_blocked_or_terminated",
        "pursuit|block|terminat|abandon|scrap|call|collaps|walk|drop|withdr|fell through|falls through|break|"
        "kill|reject|thwart|pull|end|halt|veto",
        rf"(?:block(?:s|ed|ing)?|terminat(?:e|es|ed|ing)|abandon(?:s|ed|ing)?|scrap(?:s|ped|ping)?|"
        rf"call(?:s|ed|ing)? off|walk(?:s|ed|ing)? away from|drop(?:s|ped|ping)?|withdr(?:aws?|ew|awn|"
        rf"awing)|break(?:s|ing)? off|kill(?:s|ed)?|thwart\w*|pull(?:s|ed)? (?:out of|the plug on)|"
        rf"back(?:s|ed) out of|ditch(?:es|ed)|halt(?:s|ed)?|veto(?:es|ed)?|prohibit(?:s|ed)?|end(?:s|"
        rf"ed))(?:<g60>)(?:takeover|buyout|merger|acquisition|tie-up|bid (?:for|to)|deal (?:to|with|"
        rf"for)|purchase of|planned (?:deal|sale)|offer for|combination|pursuit of)"
        rf"|(?:takeover|buyout|merger|acquisition|tie-up|{_DEAL} (?:talks|with|"
        rf"for))(?:<g60>)(?:collaps\w+|f[ae]ll[s]? (?:through|apart)|blocked|terminated|abandoned|"
        rf"scrapped|called off|off the table|broke down|break\w* down|ended without|dead)|(?:bid|"
        rf"takeover|merger|deal) (?:talks )?(?:collaps\w+|f[ae]lls? (?:through|apart))|"
        rf"block(?:s|ed|ing)?<g>sale to|sue[sd]? to (?:block|stop)(?:<g60>)(?:merger|acquisition|"
        rf"takeover|deal|buy\w*|purchase)",
        "negative",
        0.75,
        other=Who.OBJECT,
        veto=(
            r"\b(?:could (?:block|be blocked)|ipo|offering|contract|trade deal|cleared|approv(?:es|ed)\b|"
            r"wins? approval|deal to (?:supply|sell|avert|end|buy \d)|ad deal|supply deal|peace|ceasefire|suggestion\w*|rumou?rs?|speculation|reports? of|in talks|in takeover talks|"
            r"end(?:s|ed) (?:the )?(?:day|week|session|quarter|year))\b"
        ),
    ),
    pattern(
        "ma_blocked_or_terminated",
        "reject|rebuff|spurn|turn|snub",
        rf"(?:reject(?:s|ed|ing)?|rebuff(?:s|ed)?|spurn(?:s|ed)?|turn(?:s|ed) down|snub(?:s|"
        rf"bed)?)(?:<g60>)(?:{_DEAL}|approach|proposal)",
        "negative",
        0.5,
        other=Who.OBJECT,
        needs=r"\b(?:takeover|buyout|acqui\w+|merger|approach|bid|per share|a share|offer of|unsolicited)\b",
        veto=r"\b(?:union|workers|settlement offer|plea|pay offer|wage offer|fda|contract offer|suggestion\w*|rumou?rs?|speculation|"
        r"reports? (?:of|that))\b",
    ),
    pattern(
        "ma_rumour_or_nonbinding",
        "talks|consider|explor|weigh|approach|interest|letter of intent|nonbinding|non-binding|rumor|"
        "rumour|people familiar|sources|report|mull|eye|could|may|near|bidder|possible|potential|"
        "speculation|strategic|sale|takeover|circling|courting|indicative|preliminary|advisers|"
        "advisors",
        r"(?:in (?:early |advanced |exclusive |preliminary |late-stage )?(?:talks|discussions|"
        r"negotiations)|held (?:<g10>)talks|consider(?:s|ed|ing)?|explor(?:es|ed|ing|e)|weigh(?:s|ed|"
        r"ing)?|mull(?:s|ed|ing)?|eye(?:s|d|ing)|approach(?:ed|es)|circling|courting|near(?:s|"
        r"ing)?(?: a)?|close to|interested in|expressed interest|interest from|letter of intent|"
        r"working with (?:advis[eo]rs|bankers))<g60>(?:<buy>|takeover|buyout|merger|"
        r"merg(?:e|ing)|acquisition|tie-up|a sale\b|sale of (?:itself|the company)|"
        r"sell(?:ing)? itself|strategic (?:alternatives|options|review)|bid for|offer for|tak(?:e|ing) (?:it|"
        r"the company) private|combination|sell(?:ing)? (?:its|the|a)(?:<g>)(?:unit|business|division|"
        r"stake|arm|brand|operations))"
        r"|(?:could|may|might)<g>(?:acquire|take over|merge|takeover|buyout|sell itself)|"
        r"(?:takeover|buyout|merger|acquisition|bid) (?:interest|speculation|rumou?rs?|chatter|talks|"
        r"approach|target)|(?:explor\w+|launch\w*|review of|review\w*|evaluat\w+|"
        r"consider\w*) (?:<g10>)strategic (?:alternatives|options)|strategic review|(?:non-?binding|"
        r"indicative|preliminary)(?:<g>)(?:offer|bid|proposal|agreement|approach|letter)|"
        r"letter of intent|(?:received|drawn|attracted|fielding|fielded|draws) (?:<g>)(?:takeover|"
        r"buyout|acquisition|bid) (?:interest|approach\w*)",
        "positive",
        0.55,
        other=Who.OBJECT,
        needs=(
            r"\b(?:acqui\w+|takeover|take over|buyout|merg\w+|bid\w*|deal|sale|sell\w*|"
            r"strategic (?:alternatives|options|review)|tie-up|combination|private|buy|buying|"
            r"letter of intent|non-?binding)\b"
        ),
        veto=(
            r"\b(?:trade talks|wage talks|contract talks|union|tariffs?|rate cut|peace|debt talks|"
            r"consumers?|investors? (?:may|could|might|should) (?:buy|consider)|analysts|buyback|buy back|"
            r"buying back|supply deal|licen[cs]ing talks|job cuts|lay off|customers may|could buy (?:more|"
            r"cars|homes)|homebuyers?|buy rating|settlement talks|share sale|buy chips|purchase (?:oil|"
            r"gas|planes|aircraft|jets)|ipo|completed|lower interest)\b"
        ),
    ),
    # separations and listings
    pattern(
        "spin_off_or_split",
        "spin|split|separat|demerg|break|broke|carve",
        r"spin(?:s|ning)?[- ]?(?:off|out)s?|spun (?:off|out)|demerg\w+|carve-?out|(?:split|splits|"
        r"splitting|separat(?:e|es|ing)|break(?:s|ing)?(?: up)?|broke(?: up)?|divid(?:e|es|ing)) (?:itself |"
        r"the company |the group |up |its \w+ )?(?:<g10>)(?:into|in) (?:two|three|four|five|separate|independent|"
        r"stand-?alone|2|3)|(?:separat(?:e|es|ing|ion of)|hiv(?:e|es|ing) off)(?:<g>)(?:unit|business|"
        r"division|arm|segment|company|subsidiary|operations)|break-?up (?:plan|of)|(?:planned|"
        r"proposed) separation",
        "positive",
        0.5,
        veto=(
            r"\b(?:stock split|share split|spin (?:class|bike|doctor)|split (?:decision|on|over|between|"
            r"vote)|reverse split|for-1|splits? (?:stock|shares)|antitrust|force\w* (?:a )?break-?up|doj|"
            r"justice department|judge)\b"
        ),
    ),
    pattern(
        "ipo_suspended",
        "ipo|listing|initial public|flotation|float|debut|go public|going public",
        r"(?:postpon\w+|delay\w*|pull(?:s|ed|ing)?|shelv\w+|withdr\w+|suspend\w*|scrap\w*|cancel\w*|"
        r"halt\w*|paus\w+|abandon\w*|call(?:s|ed)? off|put(?:s)? off|ditch\w*|drop(?:s|"
        r"ped))(?:<g60>)(?:ipo|initial public offering|flotation|listing|stock market debut|"
        r"market debut|go(?:ing)? public)|(?:ipo|initial public offering|flotation|"
        r"listing)(?: plans?)? (?:<g10>)(?:postponed|delayed|pulled|shelved|withdrawn|suspended|"
        r"scrapped|cancelled|canceled|halted|on hold|on ice|put off)",
        "negative",
        0.6,
        veto=r"\b(?:delist\w*|job listing|listing rules)\b",
    ),
    pattern(
        "ipo",
        "ipo|debut|range|trading|listing",
        r"(?:debut|ipo|initial public offering|first day of trading)<g60>(?:above (?:its |the )?(?:<g10>)range|"
        r"top (?:end )?of (?:its |the )?(?:<g10>)range|"
        r"oversubscribed)|<rise><g60>(?:in|on|after|during)<g>(?:debut|first day of trading|ipo\b)|"
        r"(?:ipo|offering)<g60>(?:above (?:its |the )?(?:<g10>)range|top (?:end )?of (?:its |"
        r"the )?(?:<g10>)range)",
        "positive",
        0.6,
        needs=r"\b(?:ipo|initial public offering|debut|flotation|listing)\b",
        veto=r"\b(?:since its ipo|below|postpon\w+|pulled|shelv\w+|withdr\w+)\b",
    ),
    pattern(
        "ipo",
        "ipo|debut|range|trading|listing",
        r"(?:debut|ipo|offering|first day of trading)<g60>(?:below (?:its |the )?(?:<g10>)(?:range|"
        r"price)|bottom (?:end )?of (?:its |the )?(?:<g10>)range)|<fall><g60>(?:in|on|after|"
        r"during)<g>(?:debut|first day of trading)|"
        r"(?:debut|ipo)<g>(?:flop\w*|disappoint\w*|<fall>)",
        "negative",
        0.6,
        needs=r"\b(?:ipo|initial public offering|debut|flotation|listing)\b",
        veto=r"\b(?:since its ipo|postpon\w+|pulled|shelv\w+|withdr\w+)\b",
    ),
    pattern(
        "ipo",
        "ipo|initial public|flotation|debut|go public|goes public|going public|went public|listing|"
        "lists|trading debut",
        r"(?:price[sd]?|pricing|fil\w+|launch\w*|rais\w+|target\w*|seek\w*|plans?|planned|prepar\w+|"
        r"set\w*|sought|aim\w*|conduct\w*|complet\w+|upsiz\w+|boost\w*|largest|biggest|blockbuster|"
        r"kick\w* off|confidentially|for an|for its|<money>|consider\w*|mull\w*|values?|valu\w+|"
        r"weigh\w*)<g60>(?:ipo|initial public offering|flotation|u\.s\. listing|hong kong listing|"
        r"listing in|stock market listing|public listing)|(?:ipo|"
        r"initial public offering)(?:<g>)(?:priced?|pricing|raised|raises|raising|valu\w+|"
        r"at (?:<g10>)\d|range|oversubscribed)|(?:go|goes|going|went|take\w*) public|"
        r"(?:stock[- ]?market|trading|market|nasdaq|nyse|public|wall street|hong kong) debut|"
        r"debut(?:s|ed)? (?:on|in|at) (?:the )?(?:<g>)(?:nasdaq|nyse|exchange|market|trading|new york|"
        r"london|hong kong)|first day of trading|begin\w* trading|shares? in its ipo",
        "reaction",
        0.55,
        veto=(
            r"\b(?:since its ipo|since going public|after its ipo in 20|ipo market|below its ipo price|"
            r"ipo lock-?up|postpon\w+|pulled|shelv\w+|withdr\w+|scrapp\w+|took public in|"
            r"went public in (?:19|20)|cancel\w*|delays?|delayed|suspend\w*)\b"
        ),
    ),
    pattern(
        "index_change",
        "s&p|dow|nasdaq|ftse|msci|russell|index|nikkei|hang seng|dax|stoxx",
        r"(?:replac(?:e|es|ing) (?:<g60>)in|join(?:s|ed|ing)?|added to|to be added to|addition to|inclusion in|included in|"
        r"includ\w+ in|enter(?:s|ed|ing)?|admitted to|admission to|promot\w+ to|move(?:s|"
        r"d)? up (?:in)?to|set to join|"
        r"add)(?: the)? (?:<g10>)(?:s&p|dow(?: jones)?|nasdaq[- ]100|ftse|msci|russell|dax|stoxx|"
        r"hang seng|nikkei|cac)(?:[ -]?(?:\d{2,4}|midcap|smallcap|industrial average|index|"
        r"composite))?",
        "positive",
        0.5,
        veto=(
            r"\b(?:nasdaq (?:stock market|global)|added to (?:its|the) gains?|futures|points|added \d|"
            r"joins? (?:the )?(?:dow|nasdaq) (?:lower|higher)|replaced by|remov\w+|deleted|gained|shed|"
            r"percent of the s&p)\b"
        ),
    ),
    pattern(
        "index_change",
        "mov|remov|delet|drop|exclu|replaced by|kicked|demot|leave|relegat|dumped|ejected",
        r"(?:remov(?:ed|al|es|e) from|delet(?:ed|ion|e) from|dropp?(?:ed|s|ing)? (?:out )?(?:from|of)|ousted from|bumped from|"
        r"exclu(?:ded|sion|de) from|kicked out of|demoted from|leav(?:e|es|ing)|relegated (?:from|to)|moves? (?:down )?(?:from|to)|moved (?:down )?(?:from|to)|"
        r"dumped from|eject\w+ from|replaced (?:<g10>)(?:by|in)|lose its (?:place|"
        r"spot) in)(?: the)? (?:<g>)(?:s&p|dow(?: jones)?|nasdaq[- ]100|ftse|msci|russell|dax|stoxx|"
        r"hang seng|nikkei|index)(?: ?\d{2,4})?",
        "negative",
        0.5,
        veto=r"\b(?:points|price index|fell|dropped \d)\b",
    ),
    # people
    pattern(
        "management_change",
        "chief|ceo|cfo|coo|cto|chair|finance director|finance chief|managing director|president|"
        "founder|boss|board|director|head of",
        r"(?:resign(?:s|ed|ing|ation)?|quit(?:s|ting)?|oust(?:s|ed|er|ing)?|fir(?:es|ed|ing)|"
        r"dismiss(?:es|ed|al)?|sack(?:s|ed)?|abrupt(?:ly)?|forced out|push(?:ed|es) out|suddenly|"
        r"remov(?:es|ed|al of)|terminat\w+|stepp?(?:s|ed|ing)? (?:down|aside) (?:abruptly|suddenly|"
        r"immediately|amid|after)|depart(?:s|ed|ure|ing)?(?: abruptly| suddenly| of)|exit of|"
        r"unexpected)(?:<g60>)<ceo>|<ceo>(?:<g60>)(?:resign(?:s|ed|ing|ation)?|quit(?:s|ting)?|"
        r"oust(?:s|ed|er)?|fired|dismissed|sacked|forced out|pushed out|removed|abrupt(?:ly)?|"
        r"leav(?:es|ing) (?:abruptly|suddenly|immediately|after just)|depart(?:s|ed|ing|ure)|exits?|"
        r"to leave|is leaving|has left|will leave|is out)",
        "negative",
        0.6,
        veto=(
            r"\b(?:fired (?:workers|employees|staff|\d)|president (?:trump|biden|xi|putin|macron|obama)|"
            r"vice president of the united|prime minister|country's president|fired up|central bank|"
            r"federal reserve|regional fed|fire|dismiss\w* (?:a |the )?(?:lawsuit|suit|case|claims|report|"
            r"charges|concerns|complaint)|resign\w* themselves|(?:bank|fed|ecb) (?:president|governor)|"
            r"interest in|contract|attorney general|ousted president|search (?:that )?(?:began|begun|started) (?:when|after)|"
            r"ending an? [\w-]+ search)\b"
        ),
    ),
    pattern(
        "management_change",
        "chief|ceo|cfo|coo|cto|chair|finance director|finance chief|managing director|president|"
        "founder|boss|board|head of",
        r"(?:nam(?:e|es|ed|ing)|appoint(?:s|ed|ing|ment of)?|hir(?:e|es|ed|ing)|promot(?:es|ed|ing)|"
        r"tapp?(?:s|ed)|pick(?:s|ed)|elect(?:s|ed)|install(?:s|ed)|recruit(?:s|ed)|succeed(?:s|ed)?|"
        r"replac(?:e|es|ed|ing)|poach(?:es|ed))(?:<g60>)(?:as |to be |its |"
        r"the |new |next |interim |permanent )*<ceo>|(?:its|a|the|as) (?:new|next|incoming|interim) <ceo>"
        r"|<ceo>(?:<g60>)(?:to (?:step|stand) (?:down|aside)|will (?:step|stand) (?:down|aside)|"
        r"step(?:s|ped|ping) (?:down|aside)|stood down|stand(?:s|ing)? down|retir(?:e|es|ed|ing|"
        r"ement)|to be (?:replaced|succeeded)|succession|successor|successors|appointed|named|"
        r"transition)|(?:management|leadership|boardroom|board) (?:shake-?up|overhaul|change|"
        r"reshuffle|transition)|(?:retir(?:e|es|ed|ing|ement of)|succession)(?:<g60>)<ceo>|"
        r"search for (?:a )?(?:<g10>)<ceo>",
        "reaction",
        0.5,
        veto=(
            r"\b(?:president (?:trump|biden|xi|putin|macron|obama|elect)|prime minister|"
            r"vice president of the united|central bank|federal reserve|ecb|new (?:factory|product|order|"
            r"contract|customer)\w*<g>(?:said|says)|hired (?:advisers|banks|advisors|goldman|law)|"
            r"named in (?:a )?(?:lawsuit|suit|complaint)|defendant\w*|(?:resign|oust|fir|dismiss|"
            r"sack)(?:s|ed|ing|ation)|quits?|new york<g>(?:president|chief)|fed (?:chair|president)|"
            r"regional fed|presidential)\b"
        ),
    ),
    # jobs and sites
    pattern(
        "layoffs_restructuring",
        "job|layoff|lay off|laid off|laying off|workforce|employees|staff|workers|positions|headcount|"
        "redundan|restructur|clos|shut|lay-off",
        r"(?:cut(?:s|ting)?|slash(?:es|ed|ing)?|shed(?:s|ding)?|axe[sd]?|axing|eliminat(?:e|es|ed|"
        r"ing)|reduc(?:e|es|ed|ing)|trim(?:s|med|ming)?|lay(?:s|ing)? off|laid off|los(?:e|ing)|"
        r"fire[sd]?|dismiss(?:es|ed)?|let(?:ting)? go|cull(?:s|ed)?|los[et]|remov(?:e|es|ing)|"
        r"scrap(?:s|ped)?)(?: of)?(?:<g60>)(?:jobs|workforce|employees|staff|workers|positions|"
        r"headcount|roles|posts|people)|job (?:cuts|losses|reductions|cull)|lay-?offs?|"
        r"headcount reduction|workforce reduction|reduction in (?:force|headcount|workforce)|"
        r"redundanc(?:y|ies)|mass firings|(?:clos(?:e|es|ed|ing|ure of)|shut(?:s|ting|"
        r"ter\w*)?(?: down)?|shutdown of)(?:<g>)(?:stores|plants?|factor(?:y|ies)|sites?|branches|"
        r"mills?|outlets|locations|restaurants|offices|facilit(?:y|ies)|refiner(?:y|ies)|smelters?|"
        r"distribution cent\w+|warehouses?)|(?:restructuring|reorgani[sz]ation|turnaround) (?:plan|"
        r"program(?:me)?|charge|effort|drive)|restructur(?:e|es|ing) (?:its|the)(?:<g10>)(?:business|"
        r"operations|unit|division)",
        "savings",
        0.55,
        veto=(
            r"\b(?:jobless claims|payrolls|economy (?:added|lost)|job openings|economists|strike|strikes|"
            r"striking|walkout|fire broke|flood\w*|explosion|earthquake|hurricane|storm|power outage|"
            r"restaurant\w* closed higher|fewer layoffs|debt restructuring|unemployment|shares closed)\b"
        ),
    ),
    pattern(
        "activist_involvement",
        "activist|elliott|starboard|icahn|trian|proxy fight|proxy battle|board seat|third point|"
        "valueact|jana|ancora|pershing|cevian|schedule 13d|proxy contest|stake",
        r"(?:activist (?:investor|shareholder|fund|hedge fund|stake|campaign|pressure|firm)s?|"
        r"elliott(?: investment)?(?: management)?|starboard value|carl icahn|icahn|trian(?: partners|"
        r" fund)?|third point|valueact|jana partners|ancora|pershing square|cevian|engine capital|"
        r"sachem head|corvex|land & buildings|legion partners|engine no)<g60>(?:stake|urg\w+|push\w*|"
        r"call\w*|nominat\w+|seat\w*|campaign|press\w*|position|demand\w*|disclos\w+|built|builds|"
        r"building|proxy|settle\w*|board|owns|took|take|acquir\w+|wants?|invest\w*|letter|hold\w*)|"
        r"(?:stake|position|pressure|campaign|nominees|letter|fight|settle\w*|agreement|"
        r"deal)<g>(?:activist|elliott|starboard|icahn|trian|third point|valueact|jana partners|"
        r"pershing square)|proxy (?:fight|battle|contest)|nominat\w+<g>(?:directors|"
        r"board)(?:<g>)(?:activist|dissident|slate|hedge fund|investor)",
        "positive",
        0.55,
        other=Who.OBJECT,
        veto=(
            r"\b(?:climate activist|human rights activist|activists? (?:protest|block)|"
            r"environmental activist|sold (?:its|his) (?:entire )?stake|exit\w*|short (?:position|"
            r"seller\w*|report))\b"
        ),
    ),
    pattern(
        "insider_selling",
        "insider|sold|sells|selling|sale|offload|dispos",
        r"insider (?:selling|sales?|disposals?)|<ceo>(?:<g60>)(?:s[eo]lls?|sold|selling|offload\w*|"
        r"dispos\w+ of|unload\w*|dump\w*|cash\w* (?:out|in))(?:<g60>)(?:shares|stock|stake|holding|"
        r"options)|(?:insiders?|executives?|directors?|founders?)(?: have| has)? (?:s[eo]ll|sold|"
        r"selling|offload\w*|dump\w*|unload\w*)(?:<g60>)(?:shares|stock|stake)|10b5-1|(?:sold|sells|offloaded|dumped|unloaded) <g60>"
        r"(?:shares|stock)<g60>(?:pre-?arranged|trading) plan|(?:sold|sells) <g60>(?:shares|stock)<g60>(?:regulatory |sec |a |stock exchange )?filings? show",
        "negative",
        0.45,
        veto=(
            r"\b(?:selling shareholders in the offering|company (?:sold|sells)|sold off sharply|"
            r"shares sold in)\b"
        ),
    ),
)
