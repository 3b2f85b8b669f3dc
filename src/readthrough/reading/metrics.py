"""The words of the field for what a figure measures, and for which way it went.

`HOLDERS` says what a rise means for the equity holders of the subject: +1 good, -1 bad, 0 depends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from readthrough.domain.lazy import compile_now, lazily
from readthrough.domain.reading import Direction
from readthrough.reading.lexicon import alternatives, first_words, places_of

__all__ = ["HOLDERS", "MOVE", "Metric", "find_metrics", "move_direction", "moves_between", "moves_in"]

# (canonical name, what a rise means for holders, words). Order matters: the first that matches wins.
_TABLE: Final = (
    ("same-store sales", 1, r"(?:same[- ]store|comparable(?:[- ]store)?|like[- ]for[- ]like) (?:sales|revenues?)|comps|comparable sales"),
    ("retail sales", 1, r"retail sales"),
    ("house prices", 0, r"(?:house|home) prices"),
    ("inflation", -1, r"(?:core |headline |consumer price |annual |hyper)?inflation(?: rate)?|(?:consumer|core) prices|(?:consumer|producer) price index|(?:core )?(?:cpi|ppi)\b|core pce|pce price index|producer prices|wholesale prices"),
    ("unemployment rate", -1, r"(?:unemployment|jobless) rate|unemployment(?! (?:benefits|insurance))|jobless claims|unemployment claims"),
    ("payrolls", 1, r"(?:non-?farm |private )?payrolls|(?:employers|the economy|businesses) (?:added|shed|cut|created)(?= (?:just |only |about |some |nearly |around |a net )?\d)"),
    ("gdp", 1, r"gross domestic product|gdp\b|economic (?:growth|expansion|contraction|output)|the economy|"
     r"(?:china|india|japan|germany|france|italy|spain|britain|the uk|the u\.s\.|the united states|canada|mexico|brazil|argentina|colombia|chile|peru|russia|turkey|poland|australia|indonesia|vietnam|thailand|"
     r"malaysia|south korea|korea|the philippines|saudi arabia|egypt|nigeria|south africa|kenya|greece|portugal|ireland|the netherlands|sweden|switzerland|the euro zone|the eurozone|the euro area|latin america)"
     r"(?= (?:will |would |may |could |should |is (?:expected|forecast|projected|likely|seen) to )?(?:grow(?:ing)?|grew|expand(?:ed|ing)?|shrink|shrank|contract(?:ed)?)\b)"),
    ("interest rate", 0, r"(?:benchmark |policy |key |base |deposit |federal funds |main |repo |lending |interest |refinancing |cash |bank |overnight )+rates?|bank rate|(?<=its )rates?(?= (?:at|to|by|on hold|unchanged|steady) )|(?:(?<=s )|(?<=kept )|(?<=held )|(?<=left )|(?<=cut )|(?<=raised )|(?<=keep )|(?<=hold )|(?<=lift )|(?<=lifted )|(?<=hiked ))rates?(?= (?:at|to|by|steady at|unchanged at|on hold at) (?:a |\d))|borrowing costs"),
    ("bond yield", 0, r"(?:(?:10|2|5|30|ten|two|five|thirty)-year |treasury |bond |gilt |bund )+yields?|(?:10|2|5|30|ten|two|five|thirty)-year (?:treasury |note )?rates?|yields?(?= on)|(?<=pushing the )yields?|(?<=sending the )yields?|(?<=the )yields?(?= (?:up|down|rose|fell|climbed|dropped|slid|jumped|was|at|to) )"),
    ("dividend yield", 0, r"dividend yields?|(?:(?<=shares )|(?<=stock )|(?<=shares now )|(?<=stock now ))yield(?:s|ing|ed)?"),
    ("bond spread", -1, r"(?:credit |bond |yield |sovereign |option-adjusted )*spreads?|(?:average )?extra yield"),
    ("credit default swaps", -1, r"credit[- ]default[- ]swaps?(?: spreads?)?"),
    ("purchasing managers index", 1, r"(?:manufacturing |services |non-manufacturing |composite |factory )*(?:purchas(?:ing|e) managers['’]? index|pmi\b)"),
    ("consumer confidence", 1, r"consumer (?:confidence|sentiment)(?: index)?"),
    ("free cash flow", 1, r"free cash[- ]flows?|fcf\b"),
    ("cash flow", 1, r"(?:operating )?cash[- ]flows?|cash from operations"),
    ("net interest income", 1, r"net interest income|nii\b"),
    ("net interest margin", 1, r"net interest margins?"),
    ("operating loss", -1, r"operating loss(?:es)?|loss from operations"),
    ("net loss", -1, r"net loss(?:es)?"),
    ("ebitda", 1, r"(?:adjusted )?ebitda(?! margin)|(?:adjusted )?earnings before interest,? taxe?s?,? depreciation,? and amorti[sz]ation"),
    ("operating margin", 1, r"(?:operating|ebitda?|ebit|profit) margins?|ebitda? margin|return on sales"),
    ("gross margin", 1, r"gross (?:profit )?margins?"),
    ("margin", 1, r"margins?"),
    ("operating profit", 1, r"operating (?:profits?|income|earnings|result)|core earnings|ebit\b|(?:adjusted )?earnings before interest and taxe?s?|trading profit|headline profit"),
    ("net income", 1, r"net (?:income|profits?|earnings|result)|bottom[- ]line|profit after tax|attributable profit|earn(?:ed|s)(?= (?:about |around |nearly |just |a net )?(?:rs |us)?[£$€¥₹\d])"),
    ("gross profit", 1, r"gross profits?"),
    ("eps", 1, r"(?:diluted |adjusted |core |headline |basic )*(?:eps\b|earnings per (?:diluted )?share|profit per share|per-share (?:earnings|profit))"),
    ("provisions", -1, r"(?:loan[- ]loss |credit[- ]loss |bad[- ]loan )?provisions?(?= (?:for|of|rose|fell|jumped|doubled|climbed|to|against))|(?:loan[- ]loss|legal|litigation|credit(?:[- ]loss)?) (?:provisions?|reserves?)|set(?:s|ting)? aside(?= (?:another |a further |an extra |about |around |nearly )?(?:rs |us)?[£$€¥₹\d])|credit losses|bad[- ]debt charges?|bad loans|non-?performing (?:loans|assets)|(?:gross |net )?npas?(?: ratio)?"),
    ("charge-offs", -1, r"(?:net )?charge[- ]?offs?(?: rates?)?"),
    ("delinquencies", -1, r"delinquenc(?:y|ies)(?: rates?)?|default rates?|past-due loans|arrears"),
    ("deposits", 1, r"(?:customer |total |bank )*deposits"),
    ("loans", 0, r"loan (?:growth|book)|(?:total |net )?loans(?! loss)|lending"),
    ("assets under management", 1, r"assets under management|aum\b"),
    ("premiums", 1, r"(?:gross |net )?(?:written )?premiums(?: written)?"),
    ("impairment", -1, r"impairments?(?: charges?)?|write[- ]?downs?|write[- ]?offs?|goodwill charge"),
    ("price target", 1, r"(?:average |mean |median |consensus )?(?:price targets?|target prices?|price objectives?)|(?<=its )target(?= (?:falls|rises|goes|moves|was|is|to|of)\b)|(?<=the )target(?= (?:falls|rises|goes|moves|was (?:cut|raised|lifted|lowered|trimmed)))|target(?= (?:unchanged|cut|raised|lifted|lowered|trimmed|kept|hiked|stays|remains)(?: to| at| from)? (?:[£$€]|[a-z]{3} ?\d|[\d,.]+p\b))|pt(?= (?:to |of |at |raised |cut |lifted |trimmed |lowered )*(?:[£$€]|[a-z]{3} ?\d|[\d,.]+p\b))"),
    ("share price", 1, r"(?:shares|stock|scrip|share price|stock price|adrs?|ads(?:s)?|american depositary (?:shares|receipts))(?= (?:price )?(?:of|in|rose|fell|rising|falling|tumbling|sliding|soaring|surging|losing|adding|gaining|ending|closing|were|was|is|are|have|has|had|jump\w*|climb\w*|gain\w*|drop\w*|declin\w*|slid\w*|slump\w*|surg\w*|soar\w*|plung\w*|tumbl\w*|lost|lose|added|advanc\w*|edged|ticked|sank|sinks?|slip\w*|slide|slides|rocket\w*|leaps?|pops?|sag\w*|dives?|shed|rall\w+|crash\w*|dipped|eased|up|down|higher|lower|closed|opened|ended|traded|trading|finished|popped|spiked|bounced|recovered|rebounded|reversed|gave|finish\w*|changed hands|leapt|inched|drifted|pared|firmed|steadied|wobbled|moved|ticked|opened|started|swung|retreated|skidded|fall|rise|hit|touched|as|by|to|at|initially|also|briefly|still|then|later|now))|shares(?=, (?:down|up|which|already|off|having))|(?<=the )(?:shares|stock)(?=,)|(?<=its )(?:shares|stock)(?=,)|share price|stock price"),
    ("deal value", 0, r"(?:deal|transaction|takeover|acquisition|buyout|merger|tender offer|bid|offer|takeover offer|purchase|sale price|purchase price)(?= (?:value|worth|valued|of|at|for|that values|price|is worth|was worth|is valued|was valued))|(?:all-cash|all-stock|cash-and-stock|cash|takeover|hostile|sweetened|buyout|unsolicited|merger|acquisition) (?:deal|offer|bid|transaction)|takeover|acquisition|buyout|deal\b|merger|enterprise value"),
    ("premium", 1, r"premium"),
    ("stake", 0, r"stakes?|shareholding|holding(?= in| of)|interest(?= in the)|ownership"),
    ("buyback", 1, r"(?:share |stock )?(?:buy-?backs?|repurchases?|buy back|buying back|bought back|repurchas(?:ed|es|ing))(?: program(?:me)?s?| plans?| authori[sz]ations?)?|share repurchase"),
    ("dividend", 1, r"(?:quarterly |annual |interim |final |special |cash |total )*(?:dividends?|payouts?|distribution)"),
    ("capex", 0, r"capital (?:expenditures?|spending|expenses|investments?|outlays?|budget)|cap-?ex\b"),
    ("r&d spending", 0, r"(?:r&d|research and development)(?: spending| costs| expenses| expenditure)?"),
    ("fuel costs", -1, r"(?:jet )?fuel (?:costs?|expenses?|bill|prices?)"),
    ("operating expenses", -1, r"(?:operating|total|marketing|sg&a|administrative|non-?interest|overhead|warranty) (?:costs?|expenses?|spending)|opex\b|expenses"),
    ("savings", 1, r"(?:annual |cost |annuali[sz]ed )*(?:cost )?(?:savings|synergies)|sav(?:e|es|ing)(?= (?:it |them |the company )?(?:about |around |nearly |more than |up to |roughly )?(?:us)?[$€£¥c\d])"),
    ("charge", -1, r"restructuring costs|(?:one-?time |restructuring |pre-?tax |after-tax |non-cash |exceptional |special |severance )*charges?(?! (?:of|with|against) (?:fraud|conspir))"),
    ("costs", -1, r"costs? of (?:revenue|sales|goods(?: sold)?)(?: per \w+)?|(?:labou?r |input |energy |raw material |wage |unit )?costs?(?! of capital)"),
    ("fine", -1, r"(?:fines?|penalt(?:y|ies)|damages|verdict|compensation|restitution|levy(?! (?:an?|new|tariffs|duties)\b)|fined)"),
    ("settlement", -1, r"settlements?|settle(?:d)?(?= (?:for|with|claims|charges|lawsuit))"),
    ("debt", -1, r"(?:net |total |gross |long-term )*(?:debts?|borrowings|leverage|bonds)"),
    ("liabilities", -1, r"(?:total |net )?liabilities"),
    ("wages", -1, r"wages?|pay (?:rises?|increases?|raises?)|hourly earnings"),
    ("cash", 1, r"cash (?:pile|reserves?|position|balance|and equivalents|on hand)|net cash|cash and (?:cash equivalents|marketable securities|short-term investments|investments)|cash(?= and)|(?<=illion )cash\b|(?<=of )cash\b|liquidity"),
    ("gross bookings", 1, r"gross (?:bookings|merchandise (?:volume|value))|gmv\b"),
    ("bookings", 1, r"bookings"),
    ("backlog", 1, r"(?:order )?(?:backlog|order book|remaining performance obligations?|rpo\b)"),
    ("orders", 1, r"(?:new |net |firm )?(?<!jury )(?<!judge )(?<!court )(?<!regulator )orders(?! (?:it|them|[\w&]+ (?:& \w+ )?to pay)\b)|order intake"),
    ("deliveries", 1, r"(?:vehicle |aircraft |car )?deliveries"),
    ("subscribers", 1, r"(?:net |paying |paid |new )*(?:subscribers?|subscriptions|subscriber additions|net adds|net additions|postpaid phone additions|payers)"),
    ("users", 1, r"(?:(?:daily|monthly|weekly) active (?:users|people)|daus?\b|maus?\b|users|active (?:users|customers)|customer (?:base|numbers)|passengers)"),
    ("average ticket", 1, r"average (?:ticket|check|basket|order value)"),
    ("transactions", 1, r"(?:customer |total )?transactions"),
    ("traffic", 1, r"(?:foot |customer |passenger |store )*traffic|footfall|store visits"),
    ("shipments", 1, r"shipments"),
    ("production", 0, r"(?:oil |gas |vehicle |industrial |crude |copper )*(?:production|output)"),
    ("volumes", 1, r"(?:trading |sales |shipment )*volumes?"),
    ("inventory", -1, r"inventor(?:y|ies)|stockpiles?"),
    ("market share", 1, r"market share|share of the (?:\w+ ){0,2}market"),
    ("market value", 1, r"market (?:value|capitali[sz]ation|cap)|valuation|valu(?:ed|es|ing)(?! (?:of|for|in)\b)"),
    ("occupancy", 1, r"occupancy|load factor|utili[sz]ation(?: rate)?"),
    ("tariff", -1, r"(?:import |reciprocal |additional )*(?:tariffs?|duties|levies)"),
    ("tax rate", -1, r"(?:effective |corporate )*tax rates?"),
    ("job cuts", 0, r"job (?:cuts|losses)|lay-?offs?|redundanc(?:y|ies)|(?:cut|cuts|cutting|eliminate|eliminating|eliminates|shed|shedding|slash|axe|lay off|laying off)(?= (?:about |around |nearly |up to |more than |some |roughly |as many as |another )*[\d,.]+ (?:\w+ )?(?:jobs|positions|roles|employees|workers|staff|people|posts))"),
    ("jobs", 0, r"workforce|headcount|employment|work force|global staff"),
    ("investment", 0, r"(?:foreign |total |planned |equity )?investments?|invest(?:ing|ed)?(?= )|spend(?:ing)?"),
    ("funding", 0, r"funding(?: round)?|raised(?= (?:about |around |nearly |more than |over )?(?:US)?[$€£¥])"),
    ("ipo", 0, r"ipo\b|initial public offering|listing"),
    ("offering", -1, r"(?:share|stock|rights|equity|bond|convertible|secondary|public|note)s? (?:offering|issue|sale|placement)|rights issue|(?:underwritten |secondary |public )?offering(?= of)|convertible notes|senior notes"),
    ("contract", 1, r"contracts?(?= (?:worth|valued|with|from|to|for|of))|order(?= (?:worth|valued|for|from|to|of))|contract"),
    ("profit", 1, r"(?:pre-?tax |adjusted |underlying |annual |quarterly )*(?:profits?|earnings)(?! (?:season|call|report|release|conference|forecast was|date))|income(?! tax)|(?<=to )make(?= (?:about |between |around )?[£$€¥])|made(?= (?:about )?[£$€¥])"),
    ("revenue", 1, r"(?:net |total |group |organic )*(?:revenues?|turnover|top[- ]line|net sales|sales|revs?\b)(?! (?:tax|force|team|staff|of the|chief|director|executive|people|pitch|process))"),
    ("loss", -1, r"(?:pre-?tax |adjusted |underlying |quarterly |annual )*loss(?:es)?"),
    ("index", 0, r"s&p 500|s&p/asx 200|asx 200|s&p/tsx composite|(?:euro )?stoxx 50|[mts]dax\b|tecdax|ftse mib|ibex(?: 35)?|aex\b|omx\w*(?: \w+ \d+)?|bovespa|ibovespa|taiex|bist(?: \d+)?|(?:banking|bank) index|straits times index|dow jones industrial average|dow(?= (?:jones|rose|fell|gained|lost|dropped|added|slid|was|ended|closed))|nasdaq (?:composite|100)|nasdaq(?= (?:rose|fell|gained|lost|dropped|added|slid|was|ended|closed|composite))|ftse(?: \d+)?|stoxx(?: europe)? \d+|nikkei(?: \d+)?|hang seng(?: index| tech)?|dax\b|cac 40|csi 300|kospi|sensex|nifty(?: 50)?|russell \d+|topix|shanghai composite|composite index|benchmark index|the index|(?:bank|semiconductor|chip|airline|tech) index|kbw \w+ index|(?:dow|s&p 500|nasdaq|nasdaq 100|ftse|dax) (?:e-?minis?|futures)|gauge of (?:\w+ ){1,3}(?:shares|stocks|equities)|msci (?:\w+ ){1,4}index"),
    ("oil price", 0, r"(?:brent|wti|west texas intermediate)(?: crude)?(?: futures| oil)?|crude(?: oil)?(?: futures| prices?)|(?:u\.s\. )?crude(?= (?:rose|fell|jumped|dropped|slid|slipped|climbed|gained|settled|eased|edged|lost|added|tumbled|surged|was))|oil(?: futures| prices)|oil(?= (?:[\w.-]+ ){0,6}?(?:trades|is|are|rose|fell|jumped|dropped|slid|climbed|gained|settled|hit|was|tumbled|traded|plunged|surged|lost|added|slipped|eased|edged))"),
    ("gold price", 0, r"(?:spot )?gold(?: futures| prices?)|gold(?= (?:[\w.-]+ ){0,6}?(?:retreated|advanced|declined|rallied|sank|slumped|soared|erased|steadied|rebounded|recovered|firmed|rose|fell|jumped|dropped|slid|climbed|gained|settled|hit|was|tumbled|traded|plunged|surged|lost|added|slipped|eased|edged))|bullion"),
    ("commodity price", 0, r"(?:copper|iron ore|lithium|aluminium|aluminum|nickel|natural gas|wheat|corn|soybean|cocoa|coffee|coal|uranium|steel|dram|nand|memory(?: chip)?)(?: futures| prices?| contract prices?)+|(?:three-month |benchmark )?(?:copper|aluminium|nickel|lithium|wheat|corn|cocoa|coffee|natural gas|iron ore|orange juice|sugar|cotton|silver|platinum|palladium|tin|zinc)(?= (?:[\w.-]+ ){0,6}?(?:rose|fell|jumped|dropped|slid|climbed|gained|settled|hit|was|tumbled|traded|plunged|surged|lost|added|slipped|eased|edged))|(?:bitcoin|ether)(?= (?:rose|fell|jumped|dropped|slid|climbed|gained|tumbled|was|hit|traded|plunged|surged))"),
    ("exchange rate", 0, r"(?:the )?(?:(?:australian |canadian |singapore |new zealand |hong kong )?dollar|euro|yen|pound|sterling|yuan|rupee|real|peso|lira|rand|krona|krone|rouble|ruble|baht|ringgit|rupiah|shekel|zloty|forint|franc|swiss franc|greenback|loonie|(?<=the )won)(?= (?:(?:has|have|had|was|is|will|would|could|may|might) )?(?:probably |since |already )?(?:dropp?(?:ed)?|slump(?:ed)?|weaken|strengthen|rose|fell|jumped|dropped|slid|climbed|gained|weakened|strengthened|was|hit|slipped|edged|eased|against|is|opened|closed|ended|traded|put on|firmed|softened|steadied|recovered|retreated|tumbled|sank|plunged|surged|rallied|lost|held|bought|fetched|at))|dollar (?:spot )?index"),
    ("prices", 1, r"(?:selling |list |average |ticket |retail |average selling )+prices?(?! target)|asps?\b|price(?= of (?:its|the|a)\b)|(?:cash |list |starting |retail )price(?= of [$€£])|pricing|ticket prices|fares|prices"),
    ("accounts", 1, r"(?:active |new |brokerage |customer |client |trading |checking |bank )+accounts"),
    ("average revenue per user", 1, r"arpu\b|average revenue per user"),
    ("demand", 1, r"demand"),
)  # fmt: skip

HOLDERS: Final[Mapping[str, int]] = MappingProxyType({name: sign for name, sign, _ in _TABLE})


_ROWS: Final = tuple((name, words) for name, _, row in _TABLE for words in alternatives(row))
_NAMES: Final = MappingProxyType({f"m{i}": name for i, (name, _) in enumerate(_ROWS)})
_WORD: Final = lazily(r"[\w&]+")


def _by_first_word() -> Mapping[str, tuple[int, ...]]:
    places: dict[str, list[int]] = {}
    for i, (_, words) in enumerate(_ROWS):
        for first in first_words(words):
            places.setdefault(first, []).append(i)
    return MappingProxyType({first: tuple(rows) for first, rows in places.items()})


_BY_FIRST: Final = _by_first_word()
# the parts of "r&d" and "s&p" are words of their own to `places_of`
_HEADS: Final = frozenset(first.partition("&")[0] for first in _BY_FIRST)

_UP = (
    r"rose|rises?|rising|risen|grew|grows?|growing|grown|growth|gain(?:ed|s|ing)?|climb(?:ed|s|ing)?|jump(?:ed|s|ing)?|"
    r"surg(?:ed|es?|ing)|soar(?:ed|s|ing)?|increas(?:ed|es?|ing)|advanc(?:ed|es?|ing)|rall(?:ied|ies|y|ying)|up(?! to\b)|higher|"
    r"rebound(?:ed|s|ing)?|improv(?:ed|es?|ing|ement)|expand(?:ed|s|ing)?|expansion|widen(?:ed|s|ing)?|added|adds?|adding|"
    r"accelerat(?:ed|es?|ing|ion)|rais(?:ed|es?|ing)|lift(?:ed|s|ing)?|boost(?:ed|s|ing)?|hik(?:ed|es?|ing)|upped|"
    r"edged (?:up|higher)|ticked up|shot up|spik(?:ed|es?|ing)|leap(?:t|ed)?|leapt|popped|rocket(?:ed|s|ing)?|firm(?:ed|s)|put(?:s|ting)? on|inch(?:ed|es) (?:up|higher)|ahead by|ratchet(?:ed)? up|quicken(?:ed|s|ing)?|swell(?:ed|ing)?|swelled|swung to an? (?:\w+ )?(?:profit|inflow|surplus)|leap|ballooned|"
    r"crept up|picked up|bounced|vault(?:ed|s)?|mushroom(?:ed|s|ing)?|blew out|skyrocket(?:ed|s|ing)?|zoom(?:ed|s|ing)?|bulg(?:ed|es|ing)|trebl(?:ed|es?|ing)|"
    r"recover(?:ed|s|ing|y)?|strengthen(?:ed|s|ing)?|doubl(?:ed|es?|ing)|tripl(?:ed|es?|ing)|quadrupl(?:ed|es?|ing)|upturn|uplift"
)
_DOWN = (
    r"fell|falls?|falling|fallen|drop(?:ped|s|ping)?|declin(?:ed|es?|ing)|decreas(?:ed|es?|ing)|slid|slides?|sliding|"
    r"slump(?:ed|s|ing)?|plung(?:ed|es?|ing)|tumbl(?:ed|es?|ing)|sank|sinks?|sinking|lost|los(?:es|ing)|lower|down|"
    r"shr(?:ank|unk|inks?|inking|inkage)|contract(?:ed|ing|ion)|eas(?:ed|es|ing)|gave (?:up|back)|giv(?:es|ing|en) (?:up|back)|shav(?:e|ed|es|ing)|inch(?:ed|es) (?:down|lower)|behind by|off(?= \d)|swung to an? (?:\w+ )?(?:loss|outflow|deficit)|dip(?:ped|s|ping)?|slip(?:ped|s|ping)?|shed|sheds|"
    r"weaken(?:ed|s|ing)?|narrow(?:ed|s|ing)?|cut|cuts|cutting|reduc(?:ed|es?|ing|tion)|lower(?:ed|s|ing)|slash(?:ed|es|ing)?|"
    r"trim(?:med|s|ming)?|edged (?:down|lower)|ticked down|retreat(?:ed|s|ing)?|crash(?:ed|es|ing)?|halv(?:ed|es?|ing)|"
    r"deteriorat(?:ed|es?|ing|ion)|erod(?:ed|es?|ing)|plummet(?:ed|s|ing)?|nosedived|collaps(?:ed|es?|ing)|skidded|downturn|"
    r"hand(?:ed|s|ing) back|dwindl(?:ed|es?|ing)|ebb(?:ed|s|ing)|tanked|crater(?:ed|s|ing)|dived|dives|dove|sagg(?:ed|ing)|sags|soften(?:ed|s|ing)|moderat(?:ed|es|ing)|fad(?:ed|es|ing)|"
    r"reced(?:ed|es|ing)|subsid(?:ed|es|ing)|crumbl(?:ed|es|ing)|evaporat(?:ed|es|ing)|backslid|crept down|"
    r"squeez(?:ed|es?|ing)|slow(?:ed|s|ing)?|slowdown|decelerat(?:ed|es?|ing)|cool(?:ed|s|ing)?|worse|(?:fewer|less)(?! than (?:one|a|an|two|three|[$€£¥\d]))"
)
_FLAT = r"flat|unchanged|little changed|steady|stable|in line with last year|stagnat(?:ed|es?)"
MOVE: Final = lazily(rf"(?<![\w-])(?:(?P<down>{_DOWN})|(?P<up>{_UP})|(?P<flat>{_FLAT}))(?![\w-])")
_MOVERS: Final = frozenset().union(*(first_words(words) for words in (_UP, _DOWN, _FLAT)))


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric named in the text, by its canonical name and place."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=256)  # facts and tone ask for the same sentence
def find_metrics(text: str, start: int, end: int) -> tuple[Metric, ...]:
    """Find the metrics named between two offsets of a lower-cased text, in order.

    >>> [m.name for m in find_metrics("cloud revenue and net loss", 0, 26)]
    ['revenue', 'net loss']
    """
    found: list[Metric] = []
    position = start
    for at, word in places_of(text, start, end, _HEADS):
        if at < position or (at and text[at - 1] in "-&_"):
            continue
        if text[at + len(word) : at + len(word) + 1] == "&" and (whole := _WORD.match(text, at, end)):
            word = whole.group()
        if word not in _BY_FIRST:
            continue
        match = _beginning(word).match(text, at, end)
        if match is not None and match.lastgroup is not None:
            position = match.end()
            found.append(Metric(_NAMES[match.lastgroup], at, position))
    return tuple(found)


@cache
def _beginning(word: str) -> re.Pattern[str]:
    """Return the pattern of the metrics that a word can begin: a few rows are tried, not the whole table."""
    # an empty group closes each alternative: the engine then skips it at once when its first letter differs
    rows = "|".join(f"{_ROWS[i][1]}(?P<m{i}>)" for i in _BY_FIRST[word])
    return compile_now(rf"(?:{rows})(?![\w])")


@lru_cache(maxsize=256)  # each figure of a sentence asks, and tone after them
def moves_in(text: str, start: int, end: int) -> tuple[re.Match[str], ...]:
    """Find the movements (`MOVE`) between two offsets of a lower-cased text, in order.

    >>> [m.group() for m in moves_in("sales rose while costs were little changed", 0, 42)]
    ['rose', 'little changed']
    """
    found: list[re.Match[str]] = []
    position = start
    for at, _ in places_of(text, start, end, _MOVERS):
        if at >= position and (match := MOVE.match(text, at, end)):
            found.append(match)
            position = match.end()
    return tuple(found)


def moves_between(text: str, start: int, end: int, left: int, right: int) -> list[re.Match[str]]:
    """Return the movements of a sentence (start..end) that lie between two of its offsets.

    An "off" counts only with its figure: one that ends the stretch is none.
    """
    return [
        m
        for m in moves_in(text, start, end)
        if m.start() >= left and m.end() <= right and (m.end() + 1 < right or m.group() != "off")
    ]


def move_direction(match: re.Match[str]) -> Direction:
    """Turn a match of `MOVE` into a direction."""
    return Direction(match.lastgroup or "flat")
