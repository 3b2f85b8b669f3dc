"""Buybacks, dividends, offerings, debt, ratings, spending plans."""

from __future__ import annotations

from typing import Final

from readthrough.reading.patterns.shape import Pattern, Who, pattern

__all__ = ["PATTERNS"]

_DIVIDEND = (
    r"(?:(?:quarterly|interim|final|annual|special|regular|full-year|cash|extra|its|the|"
    r"a)? ?(?:dividends?|payouts?|distribution))"
)

PATTERNS: Final[tuple[Pattern, ...]] = (
    pattern(
        "buyback",
        "own stock|own shares|buyback|buy back|buy-back|repurchase|bought back|buying back|buys back",
        r"(?:announc\w+|approv\w+|authori[sz]\w+|add(?:s|ed|ing)|launch\w*|unveil\w*|start\w*|expand\w*|rais\w+|"
        r"increas\w+|boost\w*|new|plans?|planned|will|to|up to|doubl\w+|add\w*|accelerat\w+|"
        r"complet\w+|begin\w*|began|propos\w+|extend\w*|resum\w+|return\w*|sets?|<money>|additional|"
        r"further|another|bigger|larger|record|cheered|intends to|reveal\w*)<g60>(?:(?:share |"
        r"stock )?(?:buy-?\s?backs?|repurchase[sd]?)|buy(?:ing)? back|bought back)"
        r"|spend<g>on its own (?:stock|shares)|buys? back|bought back|(?:share |stock )?(?:buy-?\s?back|repurchase)(?: program(?:me)?|"
        r" plan)?(?: of| worth| by)(?:<g10>)\d|(?:share |stock )?(?:buy-?backs?|"
        r"repurchases?)<g>(?:expanded|increased|raised|authori[sz]ed|announced|approved|launched)",
        "positive",
        0.5,
        veto=(
            r"(?:suspend|halt|paus|scrap|cancel|cut|delay|end|stop|scal\w+ back|"
            r"shelv)\w* (?:<g>)(?:buy-?back|repurchase|buying back)|(?:rather than|instead of|not|lets? us|allow\w* us|for the) (?:<g>)(?:buy-?back|repurchase)|(?:buy-?back|"
            r"repurchase)\w*<g>(?:suspended|halted|paused|scrapped)|repurchase (?:agreements?|rate|facility|"
            r"operation)|(?:repurchased|bought back)<g60>(?:in|during|over|so far) (?:the|this) (?:quarter|year|period|half)|reverse repo|tax on|bond|notes|debt|convertible"
        ),
    ),
    pattern(
        "buyback_suspension",
        "buyback|buy-back|repurchase|buying back",
        r"(?:halv(?:e|es|ed|ing)|shrink\w*|slow(?:s|ed)|trim\w*|slash\w*|lower(?:s|ed)|reduc\w+|suspend\w*|halt\w*|paus\w+|scrap\w*|cancel\w*|stopp?\w*|shelv\w+|freez\w+|froze|ends?|"
        r"ended|scal\w+ back|cut\w*)<g60>(?:buy-?\s?backs?|repurchases?|buying back)|"
        r"(?:buy-?\s?backs?|repurchases?)(?: program(?:me)?| plan)?<g>(?:suspended|halted|paused|"
        r"scrapped|on hold|stopped|shelved)",
        "negative",
        0.55,
        veto=r"repurchase (?:agreements?|rate)",
    ),
    pattern(
        "dividend_increase",
        "dividend|payout|distribution",
        rf"(?:<raise>|initiat\w+|introduc\w+|declar\w+ (?:a )?(?:special|first|higher|record|maiden)|"
        rf"announc\w+ (?:a )?(?:special|first|higher|maiden)|reinstat\w+|restor\w+|resum\w+|doubl\w+|"
        rf"tripl\w+|pays? (?:its |a )?(?:first|special|maiden)|paid (?:its |a )?(?:first|special|"
        rf"maiden)|propos\w+ (?:a )?(?:special|higher|first)|first-ever|maiden|special)<g>{_DIVIDEND}"
        rf"|{_DIVIDEND} (?:<g10>)?(?:goes up|went up|rises|rose|climbs|climbed|was |is |by |were |up |will be )?(?:raised|increased|lifted|"
        rf"hiked|boosted|reinstated|higher|doubled|increase|hike|up \d)|(?:higher|bigger|increased|"
        rf"larger) (?:<g10>)(?:dividend|payout)",
        "positive",
        0.5,
        veto=(
            r"\b(?:no|not|without|instead of|cut\w*|suspend\w*|slash\w*|scrap\w*|"
            r"unchanged) (?:<g10>)(?:dividend|payout)|dividend yield|dividend aristocrat|"
            r"distribution (?:center|centre|deal|agreement|rights|network|partner)"
        ),
    ),
    pattern(
        "dividend_cut_or_suspension",
        "dividend|payout",
        rf"(?:<cut>|suspend\w*|scrap\w*|eliminat\w+|halv\w+|axe[sd]?|omit\w*|cancel\w*|skip\w*|"
        rf"paus\w+|pass\w+ on|stop(?:s|ped)? paying|defer\w*|ditch\w*|withh[eo]ld\w*|forgo\w*|no(?! change)|"
        rf"dropp?\w*)<g>{_DIVIDEND}"
        rf"|{_DIVIDEND} (?:<g10>)(?:cut|slashed|suspended|scrapped|halved|eliminated|suspension|"
        rf"omitted|axed|cancelled|canceled|reduced|lower)",
        "negative",
        0.65,
        veto=(
            r"cut\w* (?:<g60>)(?:to (?:fund|pay|protect)|while rais)\w* <g>dividend|interest rates?|"
            r"ex-dividend|severance payout|(?:payout|payouts) (?:to|of) (?:executives|victims|customers)|"
            r"jobs<g>dividend|no change|again (?:pay )?no dividend"
        ),
    ),
    pattern(
        "offering_withdrawn",
        "offering|share sale|rights issue|fundrais|stock sale|placement",
        r"(?:withdr\w+|pull(?:s|ed|ing)?|cancel\w*|scrap\w*|abandon\w*|shelv\w+|postpon\w+|call(?:s|"
        r"ed)? off|drop(?:s|ped))<g60>(?:(?:share|stock|secondary|public|equity|follow-on|rights|"
        r"convertible|bond|fundraising|note)s? (?:offering|sale|issue|placement)|offering|fundraising|"
        r"placement)|(?:offering|share sale|rights issue|placement) (?:was |has been |"
        r"is )?(?:withdrawn|pulled|cancelled|canceled|scrapped|shelved|postponed)",
        "positive",
        0.5,
        veto=r"\b(?:ipo|initial public|listing|debut|float|flotation)\b|product offering",
    ),
    pattern(
        "share_offering",
        "stock|shares|equity|offering|share sale|rights issue|convertible|new shares|placement|"
        "fundrais|stock sale|"
        "equity raise|raise capital|capital raise|capital increase|at-the-market|fpo|shelf|dilut",
        r"(?:pric\w+|announc\w+|launch\w*|complet\w+|propos\w+|fil\w+|plans?|planned|planning|"
        r"start\w*|unveil\w*|begin\w*|upsiz\w+|rais\w+|conduct\w*|seek\w*|sell\w*|commenc\w+|offer\w*|"
        r"will|issue|issu\w+|tap\w*|rights|via|through|<money>)<g60>(?:(?:public |secondary |"
        r"follow-on |equity |stock |share |common stock |underwritten |registered direct |direct |"
        r"private |at-the-market |rights |convertible (?:senior )?(?:note|bond|debt)s? |"
        r"mandatory convertible )+(?:offering|sale|placement|issue|issuance|program)|"
        r"convertible (?:senior )?(?:notes|bonds|debt|preferred)|new shares|rights issue|"
        r"capital increase|capital raise|equity raise|follow-on (?:public )?offer\w*)"
        r"|(?:sell|sells|selling|offer|offers|offering|issue|issues|issuing|place|placed) (?:up to |"
        r"about |around |nearly |as many as |an additional |"
        r"another )?(?:<money>)(?: worth)?(?: of)?(?: (?:in|its|new|common|ordinary|"
        r"american depositary|class a|additional))* (?:shares|stock|equity)|rais(?:e|es|ed|"
        r"ing) (?:<g10>)(?:<money>)(?:<g>)(?:rights issue|share sale|stock sale|equity|placement|"
        r"new shares|share placing|placing|offering)|(?:dilutive|discounted|rights) (?:offering|"
        r"share sale|issue)|stock offering|share offering|equity offering|secondary offering",
        "negative",
        0.55,
        veto=(
            r"\b(?:ipo|initial public|goes public|go public|stock market debut|debut|flotation|insider|"
            r"director|chief executive sold|stake|10b5-1|sharehold\w+ (?:sold|sells?)|bond sale|"
            r"sold? shares (?:he|she)|withdr\w+|pulled|cancel\w+|scrapp\w+|shelved|buyback|repurchase)\b"
        ),
    ),
    pattern(
        "debt_default_risk",
        "default|covenant|debt|coupon|creditors|administration|haircut|swap|accelerat|bondholders|lenders|interest payment|waiver|"
        "going concern|restructur",
        r"(?:technical |cross-|selective )?default(?:s|ed|ing)? on|(?:in|into|risk of|avoid|declared|"
        r"declares|warn\w* of|face\w*|brink of|notice of|event of|possible|potential|near|"
        r"imminent) (?:a )?(?:technical |selective )?default|breach\w* (?:of )?(?:<g10>)(?:debt |"
        r"loan )?covenants?|covenant (?:breach|waiver|violation|relief)|violat\w+ (?:<g10>)covenants?|"
        r"miss(?:es|ed|ing)? (?:<g>)(?:coupon|interest|bond|debt|principal|loan)(?: \w+)? payments?|"
        r"debt (?:acceleration|restructuring talks|distress|standstill)|(?:substantial|significant|"
        r"serious) doubt(?:<g10>)(?:about|over|on|as to)<g60>going concern|going concern|"
        r"(?:restructur\w+|reschedul\w+) (?:its |their |<money> (?:of|in) )?(?:<g10>)(?:debts?|bonds|"
        r"borrowings)|(?:lenders|creditors|bondholders)<g>(?:demand\w*|accelerat\w*|seiz\w+|"
        r"standstill|forbearance)|fail(?:s|ed) to (?:pay|repay|make)<g>(?:coupon|interest|bond|debt|"
        r"loan)|(?:creditors?|lenders?|bondholders?)<g60>(?:writ(?:e|es|ing) (?:off|down)|write-?(?:off|down)|haircut|debt-for-equity|swap)|"
        r"(?:special|into) administration|(?:write-?(?:off|down)|haircut|swap)<g>(?:for|by|on|to) (?:the )?(?:creditors|lenders|bondholders)|debt-for-equity swap",
        "negative",
        0.8,
        veto=(
            r"\b(?:default judgment|by default|default (?:search|browser|setting|option|app)|"
            r"mortgage default|credit default|default rates?|loan default|u\.s\. default|sovereign|"
            r"avert\w* default)\b"
        ),
    ),
    pattern(
        "liquidity_stress",
        "bank run|liquidity|withdrawals|cash crunch|deposit|run out of cash|cash shortage|cash burn|"
        "emergency|lifeline|redemption|insolven|runway",
        r"bank run|run on (?:the )?(?:bank|deposits)|liquidity (?:crisis|crunch|squeeze|problems|"
        r"fears|concerns|stress|shortage|shortfall|strain)|cash (?:crunch|shortage|shortfall|squeeze|"
        r"strapped)|cash-strapped|run(?:ning|s)? (?:out of|low on|short of) (?:cash|money|funds)|"
        r"(?:deposit (?:outflows?|flight|run|exodus))|deposits?<g10>(?:fled|flee\w*|withdr\w+|pulled|"
        r"plung\w+|slump\w*)|(?:withdr[ae]w|pull(?:ed|ing)?|yank(?:ed)?)(?:<g>)deposits|"
        r"emergency (?:funding|loan|liquidity|cash|capital|financing|credit|lifeline)|(?:halt\w*|"
        r"paus\w+|freez\w+|froze|suspend\w*|gat\w+|limit\w*|block\w*) (?:<g>)(?:redemptions|"
        r"withdrawals)|struggl\w+ to (?:pay|meet)<g>(?:suppliers|bills|wages|obligations|payroll)|"
        r"cash (?:runway|to last)|(?:wave|surge|flood|rush) of (?:<g10>)(?:withdrawals|redemptions)",
        "negative",
        0.8,
        veto=(
            r"\b(?:ample liquidity|strong liquidity|drain\w* liquidity|central bank liquidity|"
            r"mutual fund deposit|lithium deposit|gold deposit|no liquidity)\b"
        ),
    ),
    pattern(
        "credit_rating_upgrade",
        "moody|s&p|fitch|rating|standard & poor|dbrs|investment grade|investment-grade|junk",
        r"<agency><g60>(?:upgrad\w+|rais(?:e|es|ed|ing)|lift(?:s|ed))|(?:upgrad\w+|rais(?:e|es|ed|"
        r"ing)|lift(?:s|ed))<g60>(?:by|at|from) <agency>|(?:credit|debt|issuer|bond|sovereign|"
        r"long-term)(?: \w+)? rating(?:<g>)(?:upgraded|raised|lifted|upgrade)|(?:upgrad\w+|rais\w+|"
        r"lift\w+)<g60>(?:credit|debt|bond|issuer|long-term) ratings?|(?:to|into|regains?|regained|"
        r"won back) investment[- ]grade|(?:rating )?outlook (?:<g10>)(?:raised |revised |upgraded |"
        r"changed )?(?:<g>)to positive",
        "positive",
        0.55,
        who=Who.OBJECT,
        needs=(
            r"\b(?:<agency>|credit rating|debt rating|bond rating|issuer rating|investment[- ]grade|junk|"
            r"sovereign)\b"
        ),
        veto=(
            r"s&p 500|s&p/asx|s&p global (?:mobility|market|commodity|platts)|s&p futures|downgrad|"
            r"price target|to negative|cut|lower"
        ),
    ),
    pattern(
        "credit_rating_downgrade",
        "moody|s&p|fitch|rating|standard & poor|dbrs|junk",
        r"<agency><g60>(?:downgrad\w+|<cut>|watch negative|negative watch|"
        r"for (?:a )?(?:possible )?downgrade|to negative)|(?:downgrad\w+|<cut>)<g60>(?:by|at|"
        r"from) <agency>|(?:credit|debt|issuer|bond|sovereign|"
        r"long-term)(?: \w+)? ratings?(?:<g>)(?:downgraded|cut|lowered|slashed|downgrade|"
        r"under review)|(?:downgrad\w+|<cut>)<g60>(?:credit|debt|bond|issuer|long-term) ratings?|"
        r"(?:to|into) junk|(?:rating )?outlook (?:<g>)to negative|lost its investment[- ]grade|"
        r"(?:stripped|strips?)<g>of<g>(?:rating|investment[- ]grade)|fallen angel",
        "negative",
        0.65,
        who=Who.OBJECT,
        needs=(
            r"\b(?:<agency>|credit rating|debt rating|bond rating|issuer rating|investment[- ]grade|junk|"
            r"sovereign|fallen angel)\b"
        ),
        veto=r"s&p 500|s&p/asx|s&p futures|price target|upgrad|<raise>",
    ),
    pattern(
        "bankruptcy_or_insolvency",
        "bankrupt|insolven|chapter 11|chapter 7|chapter 15|administration|receivership|liquidat|"
        "creditor protection|winding-up|wind up|administrators",
        r"(?:fil(?:e|es|ed|ing)|sought|seek(?:s|ing)?|prepar\w+|head\w*|enter\w*|declar\w+|placed|put|"
        r"push\w*|forc\w+|slid\w*|seeks|plung\w+|tumbl\w+|verge of|brink of|considers?|considering|"
        r"weigh\w*|risk\w* of|near|into|emerg\w+ from|avoid\w*)<g60>(?:bankruptcy|chapter (?:11|7|15)|"
        r"insolvency|administration|receivership|liquidation|creditor protection)|(?:bankruptcy|"
        r"insolvency|chapter (?:11|7|15)) (?:protection|filing|petition|proceedings|court)|(?:went|"
        r"goes|going|go) (?:bankrupt|bust|into administration|into liquidation)|(?:becom\w+|declared|"
        r"is|was|are) (?:bankrupt|insolvent)|(?:calls?|called|appoint\w*|brings?) in administrators|"
        r"appoint\w* (?:<g>)administrators|collaps\w+ into (?:administration|bankruptcy|insolvency)|"
        r"winding-up (?:petition|order)|creditor protection",
        "negative",
        0.95,
        veto=(
            r"\b(?:trump administration|biden administration|drug administration|obama administration|"
            r"business administration|aviation administration|bankruptcy (?:lawyer|expert|law firm)|"
            r"emerg\w+ from|security administration|administration officials?|(?:u\.s|us|new|current|"
            r"federal|this|previous|second) administration)\b|after a competitor<g>bankrupt"
        ),
    ),
    pattern(
        "bankruptcy_or_insolvency",
        "emerg|exit",
        r"(?:emerg(?:e|es|ed|ing)|exit(?:s|ed|ing)?) (?:from )?(?:<g10>)(?:bankruptcy|chapter 11|"
        r"insolvency|administration)",
        "positive",
        0.6,
    ),
    pattern(
        "capex_cut",
        "capex|capital spend|capital expend|investment|spending|capital budget|plant|factory|factories|fab|gigafactor|smelter|purchases",
        r"(?:<cut>|slow\w*|delay\w*|postpon\w+|defer\w*|scrap\w*|shelv\w+|rein\w* in|curb\w*|paus\w+|"
        r"cancel\w*)(?:<g>)(?:(?:chip |car |battery |new )?(?:plants?|factor(?:y|ies)|gigafactor(?:y|ies)|fabs?|smelters?)(?= in| project|,|\.)|capex|capital (?:spending|expenditures?|budget|investment|outlays?)|"
        r"(?:investment|drilling|exploration|spending|expansion) (?:plans?|budget|programme|program|"
        r"target)|construction of|data cent(?:er|re) leases)|(?:capex|capital (?:spending|"
        r"expenditures?|budget|outlays?)|investment budget)(?:<g>)(?:cut|lowered|reduced|slashed|"
        r"trimmed|lower|down|fall|below)|freez\w* (?:<g>)(?:capital )?spending|delay\w* (?:<g10>)(?:equipment|capital) purchases",
        "negative",
        0.45,
        veto=(
            r"\b(?:consumer|government|federal|household|bank cut|ad) spending\b|cut (?:prices|jobs|"
            r"its (?:forecast|rating|price))"
        ),
    ),
    pattern(
        "capex_plan",
        "capex|capital spend|capital expend|invest|spend|build|factory|plant|data cent|capacity|"
        "expansion|gigafactory|fab|construct",
        r"(?:<raise>|plans?|planned|planning|will|to|announc\w+|unveil\w*|expect\w*|forecast\w*|"
        r"project\w*|commit\w*|pledg\w+|earmark\w*|heavier|higher|more|record|doubl\w+|"
        r"guided?)<g60>(?:capex|capital (?:spending|expenditures?|outlays?|budget|investment))|"
        r"(?:capex|capital (?:spending|expenditures?|outlays?|budget))(?:<g>)(?:raised|higher|rise|"
        r"increase\w*|jump|grow|up|of (?:<g10>)\d|to (?:<g10>)\d|between|as much as|at)"
        r"|(?:spend|spending|invest|investing|invests|pour|pours|pouring|commit|commits|pledges?|"
        r"plough) (?:up to |about |around |at least |more than |an additional |another |nearly |over |"
        r"roughly |some |as much as )?(?:<money>)(?:<g60>)(?:build|plant|factory|factories|"
        r"data cent(?:er|re)s?|capacity|expan\w+|infrastructure|facility|facilities|fab|fabs|"
        r"manufacturing|production|network|chip\w*|cloud|ai|artificial|mine|pipeline|stores|campus|"
        r"site|electric|battery)"
        r"|(?:<money>) (?:<g10>)(?:investment|plan|expansion|project|push|programme|"
        r"program)(?:<g>)(?:build|plant|factory|data cent(?:er|re)s?|capacity|ai|infrastructure|"
        r"facility|fab|manufacturing|chip\w*|cloud|mine|battery)|(?:build|construct|open|"
        r"break ground on|breaks ground on|building)(?:s|ing)? (?:a |an |its |two |three |four |new |"
        r"second |third |first )(?:<g>)(?:plant|factory|data cent(?:er|re)s?|gigafactory|fab|facility|"
        r"refinery|warehouse|smelter|terminal|campus)|(?:spend|spending|invest) (?:even |much |"
        r"significantly )?more (?:heavily )?(?:on|in) (?:<g>)(?:ai|artificial|cloud|infrastructure|"
        r"data cent\w+|capacity)|(?:heavier|bigger|rising|increased|higher|ramp\w* up|"
        r"step\w* up) (?:<g>)(?:spending|investments?)(?:<g10>)(?:on|in) ",
        "neutral",
        0.45,
        who=Who.ACTOR,
        veto=(
            r"\b(?:consumers?|households?|government|pentagon|shoppers|acquir\w+|acquisition|takeover|"
            r"buyback|repurchase|fine|settle\w*|stake|ad spending|advertising|marketing|cut|reduc\w+|"
            r"slash\w*|lower\w*|delay\w*|shelv\w+|scrap\w*|lay ?offs?|close|closing|closure|recall\w*|"
            r"tariffs? on)\b"
        ),
    ),
    pattern(
        "cost_cutting_plan",
        "cost|saving|expenses|efficien|belt|overhead",
        r"(?:cost[- ](?:cutting|cuts?|savings?|reduction)(?: plans?| program(?:me)?s?| drive|"
        r" measures| targets?| initiative| push)?)|(?:cut|cuts|cutting|reduc(?:e|es|ing)|lower|"
        r"slash\w*|trim|save|saving|saves|take out|remove|shave)(?:<g>)(?:(?:operating |annual |"
        r"fixed |overall |its )?(?:costs?|expenses|overheads?))(?:<g10>)(?:by|of|to|\d|program|plan)?|"
        r"<money> (?:<g>)(?:(?:annual |cost |run-rate )+savings|in (?:<g10>)savings|efficiency)|"
        r"save (?:about |up to |around |at least |more than |an additional )?<money>|"
        r"efficiency (?:programme|program|drive|plan)|restructuring (?:plan|programme|"
        r"program) to save|hiring freeze|freeze hiring",
        "savings",
        0.45,
        veto=(
            r"\b(?:as (?:[\w-]+ ){0,3}costs? (?:ris|ros|surg|climb|jump|soar|mount|bit|weigh|hit|spiral)\w*|"
            r"jobs|job cuts|lay ?offs?|layoffs|workforce|workers|employees|staff|positions|headcount|"
            r"drug costs?|consumers?|customers|borrowing costs?|fuel costs? (?:fell|dropped|declined)|"
            r"families|patients|homebuyers|interest costs?|healthcare costs|save the|synerg\w+|government|"
            r"shipping costs)\b"
        ),
    ),
)
