"""The words by which the grounding check tells what a figure is: which way it went, what it measures, how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = [
    "ANTONYMS", "DONE", "DOWN", "FAMILIES", "FLAT", "FLOWS", "FORWARD", "HEDGED", "KIN", "MONTHS", "NOT_NOUNS", "PAST", "SOFT_WORDS", "SYNONYMS", "TO_COME", "UP", "family_of",
]  # fmt: skip

UP: Final = frozenset(
    "rose rise rises rising risen up add grow climb jump surge soar expand widen improve hike lift swell rally gain gains gained gaining climb climbs climbed climbing jump jumps jumped jumping surge "
    "surges surged surging increase increases increased increasing higher grew grow grows growing grown added adds adding "
    "advanced advance advances soared soars soaring rallied rally rallies raised raise raises raising expanded expands expanding "
    "improved improves improving widened widens widening leapt leaps rocketed rockets popped pop firmed strengthened strengthens "
    "quickened quickens accelerated edged-up lifted lifts lifting hiked hikes swelled more upside rebounded pops costlier dearer "
    "larger greater wider increment better hired hiring hires inflow shot".split()
)
DOWN: Final = frozenset(
    "fell fall falls falling fallen down tumble narrow weaken trim reduce slow ease contract drop drops dropped dropping decline declines declined declining slid slide slides sliding "
    "lost loses lose lower decrease decreases decreased decreasing shrank shrinks shrink shrinking shrunk plunged plunge plunges "
    "sank sinks sinking sink tumbled tumble tumbles slumped slump slumps slipped slips slip slipping cut cuts cutting reduced "
    "reduces reducing weakened weakens narrowed narrows narrowing contracted contracts contracting shed sheds shedding trimmed "
    "trims trimming lowered lowers lowering fewer less cheaper softened worsened slowed slows slowing eased skid skids skidded "
    "retreated pared dipped dip dips halved smaller downside gave outflow loss".split()
)
ABOVE: Final = frozenset(
    "beat beats beating topped tops topping above ahead exceeded exceeds exceeding surpassed surpasses surpassing outpaced past "
    "clear cleared better".split()
)
BELOW: Final = frozenset(
    "missed misses missing below short shy undershot undershoots undershooting trails trailed light behind".split()
)

_FAMILY_WORDS: Final[Mapping[str, str]] = {
    "revenue": "rev revenue revenues sales turnover takings top-line",
    "profit": "profit profits earnings income ebitda ebit eps earned earns earn profitability bottom-line net-income",
    "loss": "loss losses",
    "margin": "margin margins profitability",
    "shares": "shares stock share-price adrs receipts stocks",
    "users": "users subscribers customers members accounts travellers customer passengers guests players viewers riders",
    "deliveries": "deliveries delivered shipments shipped ship vehicles cars consoles units machines jets deliver delivers",
    "production": "production output produced built produce yearly",
    "dividend": "dividend dividends payout payouts holders",
    "buyback": "buyback buybacks repurchase repurchases bought-back programme",
    "debt": "debt borrowings borrowing leverage",
    "jobs": "jobs positions posts workers employees workforce staff headcount roles payrolls employers machinists hires crew",
    "premium": "premium",
    "fine": "fine fined fines penalty penalties",
    "charge": "charge charges impairment severance write-down",
    "capex": "capex spending capital tooling invest investment",
    "backlog": "backlog bookings orders order",
    "deposits": "deposits",
    "inflation": "inflation prices cpi",
    "unemployment": "unemployment jobless",
    "wages": "wages hourly compensation",
    "yield": "yield yields gilt treasury ten-year two-year 10-year",
    "stake": "stake owns holds holder",
    "cash": "cash liquidity",
    "cost": "cost costs expense expenses bill fuel",
    "savings": "savings save saves saving saved",
    "fee": "fee fees",
    "provisions": "provisions allowances overdue delinquencies npa loans arrears",
    "guidance": "guidance outlook forecast forecasts",
    "vacancy": "vacancy",
    "rents": "rents rent",
    "valuation": "valuation portfolio",
    "inventories": "inventory inventories",
    "exports": "exports overseas",
    "return": "return roe",
    "market share": "market-share",
    "deal": "deal bid purchase merger takeover combination approach transaction acquisition",
    "contract": "contract award awarded",
    "traffic": "traffic transactions",
    "ticket": "ticket",
    "votes": "votes voted vote",
    "patients": "patients weight",
}
_by_word: dict[str, set[str]] = {}
for _family, _words in _FAMILY_WORDS.items():
    for _word in _words.split():
        _by_word.setdefault(_word, set()).add(_family)
FAMILIES: Final[Mapping[str, frozenset[str]]] = {word: frozenset(found) for word, found in _by_word.items()}

_KIN_LISTS: Final = (
    "revenue guidance users deliveries traffic",
    "profit guidance margin",
    "loss charge cost",
    "shares premium buyback",
    "margin guidance return",
    "debt cash",
    "capex cost charge savings",
    "charge cost fine fee",
    "backlog contract deal",
    "deal premium fee shares contract stake",
    "cost inflation savings",
    "production deliveries guidance",
    "inflation guidance rents",
    "unemployment jobs",
    "provisions charge cost",
    "users jobs",
    "stake shares",
    "jobs votes",
)
KIN: Final[Mapping[str, frozenset[str]]] = {
    family: frozenset(
        {family}
        | {other for k in _KIN_LISTS if k.split()[0] == family for other in k.split()}
        | {k.split()[0] for k in _KIN_LISTS if family in k.split()[1:]}
    )
    for family in _FAMILY_WORDS
}
_METRIC_FAMILY: Final[Mapping[str, str]] = {
    "net income": "profit", "operating profit": "profit", "profit": "profit", "ebitda": "profit", "eps": "profit",
    "net interest income": "revenue", "free cash flow": "cash", "cash flow": "cash", "net loss": "loss", "operating loss": "loss",
    "gross margin": "margin", "operating margin": "margin", "share price": "shares", "same-store sales": "revenue",
    "retail sales": "revenue", "subscribers": "users", "shipments": "deliveries", "settlement": "fine", "bookings": "backlog",
    "orders": "backlog", "deal value": "deal", "offering size": "deal", "impairment": "charge", "investment": "capex",
    "unemployment rate": "unemployment", "payrolls": "jobs", "bond yield": "yield", "costs": "cost",
    "prices": "inflation", "price target": "guidance", "inventory": "inventories", "expenses": "cost",
}  # fmt: skip


def family_of(metric: str) -> str:
    """Name the family of a fact's metric, or "" where it has none."""
    if metric in _METRIC_FAMILY:
        return _METRIC_FAMILY[metric]
    if metric in _FAMILY_WORDS:
        return metric
    return next((min(FAMILIES[w]) for w in reversed(metric.split()) if w in FAMILIES), "")


FLAT: Final = frozenset(
    "kept keeps keep unchanged maintained maintains reaffirmed reaffirms reiterated reiterates steady flat held holds stays stayed affirmed".split()
)
# what tells, before a figure, that it is to come
TO_COME: Final = frozenset(
    "will would expect expects sees guides guided plans planned could may might aims promises promised hopes should intends seeks "
    "projected likely proposed predicts meant foresees foreseen targets if unless authorized authorised pencilled penciled".split()
)
FORWARD: Final = frozenset(
    "will would expects expect expected expecting sees see seen forecast forecasts forecasting guides guided guidance plans plan planned "
    "planning could may might aims aim aimed target targets targeted outlook promise promises promised hopes hope hoped estimate "
    "estimates estimated should intends intend intended seeks projected projects projection projections likely proposed reckons "
    "modelled goal goals if were predicts predicted prediction meant due next foresees foreseen agreed agrees guesses guess "
    "want wants wanted considering consider pencilled floated envisages anticipated anticipates "
    "anticipating ambition potential possible proposes proposal going commits committed pledged offered offer unless "
    "future coming towards toward prospect prospects bound assumption assumes assumed model can".split()
)
HEDGED: Final = FORWARD | frozenset(
    "reportedly reported report reports rumour rumours rumoured speculation newspaper said sources people matter interest expressed "
    "considering weighing talks exploring mulling early according story unconfirmed press put".split()
)
PAST: Final = frozenset(
    "was were is are has have had rose fell earned made reached sold spent bought paid came grew climbed dropped jumped gained lost "
    "posted produced delivered cut cuts saved closed returned brought raised reported accepted took missed beat pays paid shrank "
    "slipped narrowed widened added repurchased completed acquired built booked recorded opened went fined brings makes buys sells".split()
)
FLOWS: Final = frozenset(
    "add adds added adding hire hires hired hiring shed sheds shedding cut cuts cutting lost gained".split()
)
DONE: Final = PAST - frozenset("is are has have pays makes buys sells brings".split())
MONTHS: Final = tuple(
    "january february march april may june july august september october november december".split()
)
# words that may stand before a figure without saying what it measures
NOT_NOUNS: Final = frozenset(
    "the a an of in on at by to for from with and or but as than that this these those it its their his her they he she we our you "
    "is are was were be been being has have had do does did not no nor so too also only just even still yet now then there here "
    "about around roughly some nearly almost over under above below more less than up down out off into onto after before since "
    "while where when which who what whose why how if against versus compared compare compares with per each all both any every "
    "one two three four five six seven eight nine ten million billion trillion thousand percent per cent points point basis "
    "percentage said says say told added according well ahead short far better worse high low record new old last next first second "
    "third fourth previous prior former earlier later year years month months quarter quarters week weeks day days half fiscal "
    "annual quarterly daily adjusted total net gross full-year third-quarter second-quarter first-quarter fourth-quarter group "
    "company companies business firm maker bigger smaller larger best most least much many such like as its own other another same "
    "came come comes stood stands stand goes go went gone going reached reach hit puts put takes take taken took leaves left made "
    "makes make gets get got brought bring brings brought-in turned turn means mean meant worth average analysts analyst street "
    "wall consensus estimate estimates expected expects expect forecast forecasts guidance guided guides sees seen outlook target "
    "will would could may might should can cannot must plans plan planned plainly roughly quite rather very again once twice "
    "times time rate ago between among during until through across back away around together only alone yesterday today monday tuesday "
    "wednesday thursday friday saturday sunday against another january february march april june july august september october "
    "november december jan feb mar apr jun jul aug sept oct nov dec".split()
)
SOFT_WORDS: Final = UP | DOWN | ABOVE | BELOW | FORWARD | PAST | NOT_NOUNS
# groups of deeds that are each other's opposite: what only the other is told of cannot be said of the one
ANTONYMS: Final = (
    (
        ("approv", "clear", "authoris", "authoriz", "green light", "greenlight"),
        ("declin", "reject", "turn down", "turned down", "turns down", "refus", "complete response"),
    ),
    (("upgrad", "rais"), ("downgrad", "cut ", "lower")),
    (("accept",), ("reject", "turned down", "spurn", "declin", "rebuff")),
)
# words of the trade that say one thing
SYNONYMS: Final = (
    frozenset("comparable like-for-like same like stores store comp comps".split()),
    frozenset("uk britain british".split()),
    frozenset("america american u.s united domestic".split()),
    frozenset("europe european".split()),
    frozenset("overseas exports abroad international".split()),
    frozenset("consumer index headline cpi".split()),
    frozenset("machine machines console consoles unit units".split()),
    frozenset("vehicle vehicles car cars".split()),
)
