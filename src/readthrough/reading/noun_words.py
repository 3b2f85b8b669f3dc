"""The words by which a noun phrase around a figure is told from what stands beside it."""

from __future__ import annotations

from typing import Final

from readthrough.domain.reading import Direction

__all__ = [
    "ADDING",
    "AUXILIARY",
    "BE",
    "CURRENCIES",
    "DEBTS",
    "FALL",
    "FILL",
    "FIRMS",
    "GAPS",
    "GERUNDS",
    "HANDED",
    "LINKERS",
    "LINKS",
    "MARKETS",
    "MEASURES",
    "NOT_HEADS",
    "PARTICIPLES",
    "PARTICLES",
    "RISE",
    "SHARES",
    "SPENT_FORMS",
    "STOP",
    "TIMES",
    "VALUES",
    "VERBS",
    "WENT",
]

# "the $340 billion banking giant" is worth that much
FIRMS: Final = frozenset(
    "giant behemoth conglomerate chipmaker carmaker automaker drugmaker retailer lender insurer maker startup start-up unicorn titan juggernaut company".split()
)
# "a discount of 4%": the distance is what is measured
GAPS: Final = {
    "discount": ("premium", Direction.DOWN),
    "upside": ("upside", Direction.UP),
    "downside": ("downside", Direction.DOWN),
    "probability": ("probability", None),
    "likelihood": ("probability", None),
}
WENT: Final = frozenset("shot went came picked ticked edged crept inched nudged moved".split())
# between a phrase and its figure these say nothing
FILL: Final = frozenset(
    "about nearly around roughly almost just only some a an the over more than as much many least another additional further record "
    "total combined estimated approximately whopping staggering mere even well close less fewer under above below beyond between "
    "exactly fully now also still currently high low us rs overall once".split()
)
MEASURES: Final = frozenset(
    "average total rate pace maximum minimum sum level amount median mean peak low high range excess combined number".split()
)
BE: Final = frozenset("is are was were be been being".split())
LINKS: Final = frozenset(
    "reach reaches reached reaching hit hits hitting total totals totaled totalled totaling totalling exceed exceeds exceeded exceeding top tops topped "
    "topping surpass surpassed surpasses surpassing cross crossed near nears neared average averages averaged averaging stand stands stood "
    "amount amounts amounted come comes came cost costs equal equals equaled account accounts accounted represent represents represented "
    "remain remains remained remaining measure measures measured touch touches touched touching trade trades traded trading close closes closed settle settles settled".split()
)
AUXILIARY: Final = frozenset(
    "has have had will would could may might should can must to set expected likely projected forecast forecasted estimated seen due going probably not "
    "also then already still now even again only just since since recently last further never ever it which that who were was is are be been being "
    "did does do about expects expected sees began begun started".split()
)
LINKERS: Final = frozenset("of in for on to at from".split())
PARTICLES: Final = {
    **dict.fromkeys(("up", "higher", "ahead", "stronger", "firmer"), Direction.UP),
    **dict.fromkeys(("down", "lower", "off", "weaker", "softer"), Direction.DOWN),
}
SHARES: Final = frozenset("shares stock adrs scrip units".split())
# verbs whose money is added to, or taken from, what follows it
ADDING: Final = frozenset("add adds added adding bring brings brought bringing tack tacked".split())
TAKING: Final = frozenset(
    "wipe wipes wiped wiping erase erased erasing shave shaves shaved shaving knock knocks knocked knocking take takes took taking trim trims trimmed "
    "trimming cut cuts cutting slash slashes slashed release releases released releasing release strip stripped lop lopped".split()
)
HANDED: Final = (
    ADDING
    | TAKING
    | frozenset(
        "raise raises raised raising lift lifted lifting boost boosted boosting lose loses lost losing shed sheds shedding gain gains gained gaining".split()
    )
)
# nouns that end like verbs
PARTICIPLES: Final = frozenset("preferred used unlisted listed installed managed".split())
GERUNDS: Final = frozenset(
    "funding building spending earnings holding holdings offering listing pricing trading lending rating ratings financing booking bookings saving savings "
    "housing shipping marketing borrowing borrowings advertising gaming streaming filing filings manufacturing mining drilling farming banking speed "
    "need feed seed deed".split()
)
STOP: Final = frozenset(
    "the a an its their his her our my your this that these those such any all some most both each every no other another and or but nor "
    "of in on at to for from by with as than into over under after before since until during between among through about against without within per "
    "when while where which who whose whom what how why if unless because although though whereas despite so then there here it they he she we you i "
    "is are was were be been being has have had do does did will would could may might should can must said says say told reported according "
    "not also just only even still already now more less fewer much many up down off out via versus vs including excluding plus amid around across "
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday "
    "last next first second third fourth year years quarter quarters month months week weeks day days today yesterday tomorrow time "
    "percent per cent million billion trillion early late mid ago earlier later new analysts analyst investors investor people wall street shareholders holders "
    "expects expect expected forecast forecasts sees see plans planned agreed announced added adding raised raising paid pay pays paying sold bought spent gave took made got left "
    "it's that's there's he's inc corp ltd plc co nyse nasdaq".split()
)
NOT_HEADS: Final = frozenset(
    "company group firm bank stock share shares companies government agency country state states world thing things point points part parts way one ones half "
    "end start beginning case cases result results term terms basis close open session fact news guess board hunt price-tag report person approach pace basis-point record report statement quarter line lead front example "
    "figure figures number numbers reading data move moves peak rest others deal".split()
)
TIMES: Final = frozenset(
    "year years quarter quarters month months week weeks day days decade decades fiscal total all january february march april may june july august "
    "september october november december trading early late response after-hours premarket cash-strapped today exchange connection part full favor favour order "
    "line new london york hong tokyo europe asia china japan india germany france britain canada australia america washington".split()
)
CURRENCIES: Final = frozenset(
    "dollar euro yen pound sterling yuan renminbi peso rupee real lira won franc currency ruble rouble rand krone krona ringgit baht rupiah shekel zloty forint".split()
)
MARKETS: Final = frozenset("index indexes indices gauge benchmark stocks equities".split())
DEBTS: Final = frozenset("bonds bond notes note treasuries debentures gilts bunds".split())
RISES: Final = "rise|increase|growth|gain|jump|surge|hike|rally|improvement|upside|climb|leap|spike|uptick|boost|advance|rebound|pop|uplift|expansion"
FALLS: Final = (
    "drop|fall|decline|decrease|slump|reduction|cut|slide|plunge|dip|contraction|slowdown|loss|wipeout|swoon|downside|tumble|selloff|sell-off|"
    "shortfall|rout|discount|hit|crash|collapse|pullback|retreat|correction"
)
RISE: Final = frozenset(RISES.split("|"))
FALL: Final = frozenset(FALLS.split("|"))

# what money is for, by the verb it is the object of
SPENT: Final = {
    "raise": "funding", "borrow": "debt", "invest": "investment", "spend": "investment", "earmark": "investment", "commit": "investment",
    "allocate": "investment", "pledge": "investment", "pour": "investment", "inject": "investment", "put": "investment",
    "pay": "payment", "owe": "payment", "award": "award", "grant": "award", "donate": "donation", "earn": "profit", "collect": "proceeds",
    "save": "savings", "lend": "loans", "burn": "cash burn", "repay": "debt repayment", "recover": "proceeds", "lose": "loss",
    "seize": "seized assets", "return": "shareholder returns", "bank": "proceeds", "fetch": "price", "charge": "price", "cost": "cost", "costs": "cost",
}  # fmt: skip
SPENT_FORMS: Final = {
    form: name
    for verb, name in SPENT.items()
    for form in (
        verb,
        verb + "s",
        verb + "ed",
        verb + "ing",
        verb.removesuffix("e") + "ing",
        verb + "d",
    )
} | {
    "spent": "investment", "paid": "payment", "lent": "loans", "lost": "loss", "put": "investment", "committed": "investment",
    "committing": "investment", "putting": "investment",
}  # fmt: skip
VALUES: Final = frozenset("value values valued valuing".split())


VERBS: Final = frozenset(
    "likely represents represent compete recover recovers grow grows make makes get gets give gives take takes keep keeps put puts let lets denies deny "
    "signed seek seeks owe owes help helps need needs want wants show shows include includes able unable high higher low lower good better best bad worse "
    "worst big bigger small smaller large larger strong stronger weak weaker far near long short late early same alone together away back ill due "
    "amid priced which whose hold holds held use uses buy buys sell sells offer offers estimate estimates suggest suggests imply implies told think thinks "
    "believe believes know knows became become becomes went going gone go goes done run runs ran set sets spend invest earn earns win wins won lose beat beats "
    "miss misses met meet meets won't doesn't didn't isn't aren't wasn't cannot thus hence him them us me himself itself themselves fewest".split()
)
