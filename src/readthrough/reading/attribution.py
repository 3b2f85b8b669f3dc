"""Whether a named bank, agency, exchange or index is the source of a statement rather than its subject."""

from __future__ import annotations

from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.reading.bystanders import is_origin
from readthrough.reading.foresight import revises_others
from readthrough.reading.linking_cues import FIRST_NAMES
from readthrough.universe.names import Tokens

__all__ = ["acts", "is_source", "opines"]

_PEOPLE: Final = frozenset(
    "analyst analysts economist economists strategist strategists researcher researchers".split()
)
_JOBS: Final = _PEOPLE | frozenset(
    "head manager managers trader traders strategy research partner adviser advisor director officer".split()
)
_RESEARCH: Final = _PEOPLE | frozenset("strategy research trader traders".split())
_ADVISERS: Final = frozenset("adviser advisers advisor advisors bookrunner bookrunners counsel".split())
_BEING: Final = frozenset("is are was were as acted acting served serving".split())
_NOTCHES: Final = frozenset("notch notches junk sovereign investment-grade rated".split())
_CALLS: Final = frozenset("call calls calling strategists bets view views".split())
_MARKETS: Final = frozenset(
    "dollar yen euro pound yuan peso currency currencies stocks equities treasuries bonds yields rates fed recession gold "
    "oil crude copper gdp economy inflation emerging".split()
)
_LINKS: Final = frozenset("at from with by of for".split())
_PAPERS: Final = frozenset(
    "research note notes survey estimates data forecasts poll figures consensus equity analysis report index "
    "indices indexes prime terminal comment comments".split()
)
_RATING_VERBS: Final = frozenset(
    "raised raises raise lowered lowers cut cuts upgraded upgrades upgrade downgraded downgrades downgrade initiated "
    "initiates reiterated reiterates maintained maintains boosted boosts lifted lifts trimmed trims hiked hikes "
    "started starts resumed resumes reinstated reinstates assumed assumes rates rated kept keeps reaffirmed reaffirms slashed slashes "
    "double-upgrade double-upgrades double-upgraded double-downgrades "
    "moved moves ups bumped named names calls called added adds".split()
)
_FORECASTS: Final = frozenset("outlook forecast forecasts view views estimate estimates target".split())
_NOTCHED: Final = frozenset("upgrade upgrades downgrade downgrades double-upgrade double-downgrade".split())
_RATINGS: Final = frozenset(
    "target targets rating ratings overweight underweight outperform underperform neutral buy sell hold coverage "
    "equal-weight equalweight conviction".split()
)
_STANCES: Final = frozenset(
    "overweight underweight outperform underperform equal-weight equalweight sector-perform market-perform".split()
)
_OPINIONS: Final = frozenset(
    "said says wrote writes estimates estimated expects expected forecasts forecast sees saw thinks believes reckons "
    "predicts predicted suggests suggested likes prefers bets favors favours tells projects projected recommends recommended argues argued notes noted warned warns also".split()
)
_AUXILIARIES: Final = frozenset("has have had is are was also now still been".split())
_TELLING: Final = frozenset(
    "telling advising urging warning predicting forecasting expecting projecting recommending reckoning".split()
)
_OPINION_ABOUT: Final = frozenset(
    "note clients research upgrade downgrade rating target analysts strategists economists fed gdp recession stocks "
    "equities overweight underweight outperform".split()
)
_BY: Final = frozenset(
    "compiled polled surveyed cited provided published tracked collected estimated gathered conducted data reported "
    "estimates expected".split()
)
_HIRING: Final = frozenset(
    "hired hires tapped tapping appointed retained retains engaged engaging enlisted".split()
)
_DEAL_HELP: Final = frozenset(
    "represented underwriters underwriter underwritten underwriting bookrunners bookrunner advised adviser advisers advisor advisors "
    "advising arrangers coordinators managers".split()
)
_HELPED: Final = frozenset(
    "advised advises acted acts served serves advising underwrote arranged represented represents counselled "
    "counseled".split()
)
_CORPORATE: Final = frozenset(
    "inc corp plc shares share stock ceo cfo profit profits earnings revenue revenues subscribers results dividend "
    "shareholders reported posted agreed acquires acquired acquire owner layoffs parent holdings".split()
)
_OWN_NEWS: Final = _CORPORATE | frozenset(
    "its bonus bonuses job jobs pay buyback fine fined unit hire hires headcount layoff staff settle settlement".split()
)
_OF_ITSELF: Final = _OWN_NEWS - set(
    "its inc corp plc share shares stock earnings profit profits revenue".split()
)
# Beside the name of a bank or of an agency, these say that the news is its own.
_OWN_ACTS: Final = frozenset(
    "reports posts merge merged buys bought sold sells fined sued settled settles launched launches opened opens closed "
    "closes rose fell gained lost jumped slid climbed dropped surged tumbled rallied sank slipped rises falls gains "
    "slides climbs drops jumps fires fired laid lays earned earns pays paid declared admitted faces faced plans lent "
    "lends completed competes deposits branches pretax chief chairman executives executive unit subsidiary holds held "
    "owns joined joins leads led lead will plc group's ticker ended traded trades finished".split()
)
_PEERS: Final = frozenset(
    "rival rivals peer peers including like unlike versus than banks lenders lender brokerages insurers competitor "
    "competitors parent owner include includes included such".split()
)
_TOOLS: Final = frozenset(
    "fedwatch spendingpulse pmi index indices estimate forecast expectation expectations projection survey surveys report tracker data database figures estimates forecasts "
    "research study poll barometer ratings rating ranking list rig payrolls calculations analysis note tool".split()
)
_DATA: Final = frozenset(
    "data figures research survey surveys study analysis poll statistics estimates ratings tool tracked compiled "
    "provided published according forecast forecasts numbers gauge".split()
)
_CREDIT: Final = frozenset(
    "rating ratings outlook downgrade downgrades downgraded upgrade upgraded junk notch notches review bond bonds debt "
    "investment-grade credit creditwatch".split()
)
_INDEXES: Final = frozenset("index indexes indices gauge rejig rebalance rebalancing reshuffle".split())
_SELLERS: Final = frozenset("bookrunner bookrunners bookrunning underwriters coordinators".split())
_MOVED: Final = lazily(r",? \d[\d.]* ?(?:%|percent|per cent|pct)")
_FIRM_TAILS: Final = frozenset("co llc inc plc ltd securities llp lp".split())
_OWNED: Final = frozenset(
    "shares stake stakes stock ceo head chief chairman unit owner parent holding holdings".split()
)
_TARGETS: Final = frozenset(
    {"target", "targets", "rating", "ratings", "coverage", "stance", "recommendation"}
)
_PASSIVE: Final = frozenset("to by at from on".split())
_MOVES: Final = frozenset(
    "upgraded downgraded initiated rated raised lowered cut reiterated upgrade downgrade rating".split()
)


def is_source(
    tokens: Tokens, first: int, end: int, *, kind: str, leads: bool, possessive: bool, banking: bool = True
) -> bool:
    """Tell whether the name at words `first` to `end` only speaks, advises or is a market place.

    Args:
        tokens: The words of the sentence.
        first: Index of the name's first word.
        end: Index after its last word.
        kind: "agency", "provider" of data or ratings, "broker", "exchange", "index", "financial" for another
            bank, or empty.
        leads: The issuer stands in the headline or the first sentence, so what it says may be its own news.
        possessive: The name carries "'s".
        banking: The article is about banks; elsewhere a bank that does nothing of its own only speaks.
    """
    if is_origin(tokens, first) and (kind or not leads):
        return True
    if not kind and tokens.keys[end : end + 1] and tokens.keys[end] not in _RATING_VERBS:
        return _works_there(tokens, first)
    name_ends, end = end, _past_partners(tokens, end)
    keys = tokens.keys
    after, before = keys[end : end + 9], keys[max(0, first - 8) : first]
    following = after[0] if after else ""
    if _works_there(tokens, first):
        return True
    if kind in ("broker", "financial") and tells_of_itself(tokens, name_ends):
        return False
    if following in _PEOPLE and kind:
        return True
    if following in _RATING_VERBS and _rates(after, keys, broker=kind in ("broker", "financial")):
        return True
    if (
        kind == "broker"
        and _OF_ITSELF.isdisjoint(keys)
        and revises_others(tokens.text[tokens.ends[end - 1] :].lower())
    ):
        return True  # "Goldman cuts its copper price forecast"
    if kind and (_rates_another(tokens, first, end) or _sells_the_issue(keys) or _advises(keys)):
        return True
    if kind == "financial":
        return _bank_speaks(before, leads=leads)
    if not kind:
        return False
    if kind == "provider":
        return _provides(tokens, first, end, leads=leads, possessive=possessive)
    if kind == "index":
        return True
    if kind == "exchange":
        return following not in _CORPORATE - {"shares", "share", "stock"} and following not in {
            "said",
            "says",
            "buys",
        }
    if kind == "agency":
        return not (_CORPORATE - {"reported"}).intersection(after[:2])
    if _broker_speaks(tokens, first, end, after, before, leads=leads, possessive=possessive):
        return True
    return not leads and not banking and not acts(tokens, first, end, possessive=possessive)


_SAID_ITSELF: Final = frozenset({"said", "says", "announced", "confirmed", "disclosed", "reported", "warned"})
_WHEN: Final = frozenset(
    "on late early monday tuesday wednesday thursday friday saturday sunday earlier separately also this week that".split()
)
_ITS_OWN: Final = frozenset(
    "exposure provisions aside jobs staff workers employees workforce profit profits revenue loss losses earnings income charge writedown stake branches "
    "unit dividend buyback chief fine settle settled settlement sell selling buy buying acquire hire hiring deposits loans assets impairment "
    "capital bonuses costs board customers clients headquarters shareholders investors bankers".split()
)
_OF_OTHERS: Final = frozenset(
    "target rating overweight underweight outperform neutral stocks forecast forecasts view cautious bullish bearish upgraded downgraded recommend "
    "recommends prefers prefer equities bonds dollar fed gdp recession estimate estimates shares".split()
)


def tells_of_itself(tokens: Tokens, end: int) -> bool:
    """Tell a bank that speaks of its own affairs: "Barclays said it has set aside", "JPMorgan said its profit rose"."""
    keys = tokens.keys[end : end + 18]
    at = next((i for i, key in enumerate(keys) if key not in _WHEN), len(keys))
    if keys[at : at + 1] == [] or keys[at] not in _SAID_ITSELF:
        return False
    rest = keys[at + 1 :]
    while rest and rest[0] in _WHEN:
        rest = rest[1:]
    if rest[:1] not in (["it"], ["its"]):
        return False
    return not _ITS_OWN.isdisjoint(rest) and _OF_OTHERS.isdisjoint(rest)


def opines(tokens: Tokens, end: int) -> bool:
    """Tell whether what follows a bank's name is an opinion about others: "Goldman says to sell dollars"."""
    if tells_of_itself(tokens, end):
        return False
    following = _said_by(tokens.keys[end : end + 3])
    if following in _OPINIONS and _OWN_NEWS.isdisjoint(tokens.keys):
        return True
    return _market_call(tokens.keys)


def _market_call(keys: list[str]) -> bool:
    """ "Goldman is sticking to its guns in calling for the dollar to fall": a view of the market, no own news."""
    return (
        not _CALLS.isdisjoint(keys)
        and not _MARKETS.isdisjoint(keys)
        and (_OWN_NEWS - {"its", "inc", "chief"}).isdisjoint(keys)
    )


def _works_there(tokens: Tokens, first: int) -> bool:
    """ "Analysts at", "analyst Jane Doe of", "an economist with": the link, up to three names, the job."""
    i = first - 1
    if i < 1 or tokens.keys[i] not in _LINKS:
        return i > 2 and _colleague(tokens, first)
    i -= 1
    for _ in range(3):
        if i > 0 and tokens.raws[i][0].isupper() and tokens.keys[i] not in _PEOPLE:
            i -= 1
    return tokens.keys[i] in _PEOPLE


def _colleague(tokens: Tokens, first: int) -> bool:
    """ "Economists from Banco de Bogota and" this one: the job stands before a list."""
    if tokens.keys[first - 1] not in {"and", "or"}:
        return False
    for i in range(first - 2, max(0, first - 10), -1):
        if tokens.keys[i] in {"from", "at", "with"}:
            return tokens.keys[i - 1] in _PEOPLE
        if tokens.raws[i][0].islower() and tokens.keys[i] not in {"de", "do", "del", "and", "of"}:
            return False
    return False


def _broker_speaks(
    tokens: Tokens,
    first: int,
    end: int,
    after: list[str],
    before: list[str],
    *,
    leads: bool,
    possessive: bool,
) -> bool:
    following = _said_by(after)
    last = before[-1] if before else ""
    if (
        following in _PAPERS
        or following in _HELPED
        or (following in {"is", "are"} and after[1:2] == ["advising"])
    ):
        return True
    if before[-2:] == ["according", "to"] or last in _HIRING or last == "per":
        return True
    if end < len(tokens) and tokens.gap(end - 1) == ", " and not _ADVISERS.isdisjoint(after[:5]):
        return True  # "PJT Partners, the company's financial adviser"
    if last in {"by", "from"} and (_BY | _MOVES | _DEAL_HELP).intersection(before[-6:]):
        return True
    if last in {"at", "with", "for"} and _JOBS.intersection(before):
        return True
    if _DEAL_HELP.intersection(before[-6:]):
        return True
    if possessive and (_person(tokens, end) or _TOOLS.intersection(after[:4])):
        return True
    if following == "worked" and after[1:2] == ["with"]:
        return True
    if following in _OPINIONS:
        return not leads or bool(_OPINION_ABOUT.intersection(tokens.keys))
    return False


def _said_by(after: list[str]) -> str:
    """Return the verb behind "has", "is" and the like, as the plain form of an opinion where it is one."""
    verb = next((key for key in after[:3] if key not in _AUXILIARIES), "")
    if verb in _TELLING:
        return "says"
    return verb if verb in _OPINIONS or not after else after[0]


def _bank_speaks(before: list[str], *, leads: bool) -> bool:
    """ "Head of foreign-exchange strategy at", "according to": a bank that nobody lists among the brokers."""
    if before[-2:] == ["according", "to"]:
        return True
    if before[-1:] not in (["at"], ["with"]) or _JOBS.isdisjoint(before):
        return False
    return not leads or not _RESEARCH.isdisjoint(before)


def _advises(keys: list[str]) -> bool:
    """ "Evercore and Goldman Sachs were financial advisers to": a list of who was paid for advice."""
    for i, key in enumerate(keys):
        if key in _ADVISERS and not _BEING.isdisjoint(keys[max(0, i - 4) : i]):
            return True
    return False


def _past_partners(tokens: Tokens, end: int) -> int:
    """Step over "& Co. LLC" and over those named with it: "Goldman Sachs and Centerview Partners advised"."""
    raws, count = tokens.raws, len(tokens)
    if tokens.keys[end : end + 2] == ["and", "co"]:
        end += 2
    while end < count and tokens.keys[end] in _FIRM_TAILS and tokens.gap(end - 1) in (" ", ". ", ", "):
        end += 1
    i, stepped = end, False
    while i < count and i < end + 9 and tokens.gap(i - 1) in (" ", ", ", ". "):
        if tokens.keys[i] == "and" and i + 1 < count and raws[i + 1][0].isupper():
            stepped = True
        elif not raws[i][0].isupper() or not (stepped or tokens.gap(i - 1) == ", "):
            break
        i += 1
    return i if stepped and i < count and tokens.keys[i] in _HELPED else end


def _sells_the_issue(keys: list[str]) -> bool:
    """ "BBVA and JPMorgan were among the banks running the books": the sentence names who runs a sale."""
    return (
        "books" in keys and not {"run", "runs", "running", "ran"}.isdisjoint(keys)
    ) or not _SELLERS.isdisjoint(keys)


def _rates_another(tokens: Tokens, first: int, end: int) -> bool:
    """ "Raised to overweight at Morgan Stanley", "Goldman retained its buy rating": a rating not of its own."""
    keys = tokens.keys
    before, after = keys[max(0, first - 10) : first], keys[end : end + 12]
    last = before[-1] if before else ""
    if last in {"at", "by", "from"} and (_MOVES | _STANCES).intersection(before):
        return True
    if last == "at" and not {"buy", "sell", "hold"}.isdisjoint(before[-2:-1]):
        return True
    if first and ":" in tokens.gap(first - 1) and not _NOTCHED.isdisjoint(after[:3]):
        return True  # "Grifols: Santander double-upgrade"
    if last in {"on", "for", "of"} and _TARGETS.intersection(before[-5:]):
        return False
    if after[:1] == ["to"] and first and ":" in tokens.gap(first - 1):  # "Diageo: Jefferies to 'hold'"
        return not _RATINGS.isdisjoint(after[1:3])
    if after[:1] in (["has"], ["had"], ["have"]) and after[1:2] in (["a"], ["an"]):
        return not (_STANCES | {"buy", "sell", "hold", "neutral", "rating"}).isdisjoint(after[2:6])
    if last in _RATING_VERBS or (after[:1] and after[0] in {"was", "is", "were", "has", "to", "from"}):
        return False
    if not after or after[0] not in _RATING_VERBS | {
        "has",
        "had",
        "have",
        "also",
        "retained",
        "retains",
        "set",
    }:
        return False
    return bool(_STANCES.intersection(keys) or ("price" in keys and "target" in keys))


def _provides(tokens: Tokens, first: int, end: int, *, leads: bool, possessive: bool) -> bool:
    """Tell whether who sells data or ratings is only where a figure or a rating comes from."""
    keys = tokens.keys
    before, after = keys[max(0, first - 6) : first], keys[end : end + 6]
    last = before[-1] if before else ""
    if last in {"by", "from", "at", "to", "per"} and (_DATA | _MOVES | _BY).intersection((*before, last)):
        return True
    if _TOOLS.intersection(after[: 3 if possessive else 1]) or _INDEXES.intersection(after[:4]):
        return True
    if not _NOTCHES.isdisjoint(keys) and _CORPORATE.isdisjoint(after[:3]):
        return True
    told = _CREDIT.intersection(keys if _CORPORATE.isdisjoint(keys) else after)
    if acts(tokens, first, end, possessive=possessive) and not told:
        return False
    return not leads or bool(_CREDIT.intersection(keys)) or (bool(after) and after[0] in _TOOLS)


def acts(tokens: Tokens, first: int, end: int, *, possessive: bool) -> bool:
    """Tell whether the sentence has the name do or suffer something of its own, or stand among its like."""
    keys = tokens.keys
    before, after = keys[max(0, first - 5) : first], keys[end : end + 4]
    if tells_of_itself(tokens, end):
        return True
    if not (_OWN_NEWS - {"its"}).isdisjoint(after) or not _OWN_ACTS.isdisjoint(after[:2]):
        return True
    if before == ["at"] and end < len(tokens) and tokens.gap(end - 1).lstrip(".").startswith(","):
        return True  # "At JPMorgan Chase & Co., the cost of serving customers fell": its own figures
    if not _PEERS.isdisjoint(before[-3:]) or _MOVED.match(tokens.text, tokens.ends[end - 1]):
        return True
    if after[:1] and after[0] in {"was", "is", "were", "are", "has"} and not _BY.intersection(after):
        return not _market_call(keys)
    if before[-1:] in (["of"], ["in"]) and not _OWNED.isdisjoint(before):
        return True
    if before[-1:] in (["on"], ["for"], ["of"]) and not _TARGETS.isdisjoint(before):
        return True
    return before[-1:] != [] and (before[-1] in _RATING_VERBS or before[-1] in {"sued", "fined", "bought"})


def _rates(after: list[str], keys: list[str], *, broker: bool) -> bool:
    """A name, a rating verb, and a rating of somebody else: "raised its price target on"."""
    if len(after) > 1 and after[1] in _PASSIVE:
        return False
    if not broker:
        return "target" in after and ("on" in after or "for" in after) and "price" in after
    if not _FORECASTS.isdisjoint(after[:5]) and not _MARKETS.isdisjoint(keys):
        return True  # "lifts outlook for global bonds"
    return bool(_RATINGS.intersection(keys)) or after[0].startswith(
        ("upgrad", "downgrad", "reiterat", "initiat")
    )


def _person(tokens: Tokens, end: int) -> bool:
    pair = tokens.raws[end : end + 2]
    if len(pair) < 2 or not (pair[0][0].isupper() and pair[1][0].isupper()):
        return False
    return tokens.keys[end] in FIRST_NAMES or not {tokens.keys[end], tokens.keys[end + 1]} & _CORPORATE
