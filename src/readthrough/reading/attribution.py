"""Whether a named bank, agency, exchange or index is the source of a statement rather than its subject."""

from __future__ import annotations

from typing import Final

from readthrough.reading.linking_cues import FIRST_NAMES
from readthrough.universe.names import Tokens

__all__ = ["is_source", "opines"]

_PEOPLE: Final = frozenset(
    "analyst analysts economist economists strategist strategists researcher researchers".split()
)
_JOBS: Final = _PEOPLE | frozenset(
    "head manager managers trader traders strategy research partner adviser advisor".split()
)
_LINKS: Final = frozenset("at from with by of for".split())
_PAPERS: Final = frozenset(
    "research note notes survey estimates data forecasts poll figures consensus equity analysis report index "
    "indices indexes prime terminal".split()
)
_RATING_VERBS: Final = frozenset(
    "raised raises raise lowered lowers cut cuts upgraded upgrades upgrade downgraded downgrades downgrade initiated "
    "initiates reiterated reiterates maintained maintains boosted boosts lifted lifts trimmed trims hiked hikes "
    "started starts resumed resumes assumed assumes rates rated kept keeps reaffirmed reaffirms slashed slashes "
    "moved moves ups bumped named names calls called added adds".split()
)
_RATINGS: Final = frozenset(
    "target targets rating ratings overweight underweight outperform underperform neutral buy sell hold coverage "
    "equal-weight equalweight conviction".split()
)
_OPINIONS: Final = frozenset(
    "said says wrote writes estimates estimated expects expected forecasts forecast sees saw thinks believes reckons "
    "predicts predicted suggests suggested likes prefers bets favors favours tells projects projected recommends recommended argues argued notes noted warned warns also".split()
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
    "underwriters underwriter underwritten underwriting bookrunners bookrunner advised adviser advisers advisor advisors "
    "advising arrangers coordinators managers".split()
)
_HELPED: Final = frozenset("advised advises acted acts served serves advising underwrote arranged".split())
_CORPORATE: Final = frozenset(
    "inc corp plc shares share stock ceo cfo profit profits earnings revenue revenues subscribers results dividend "
    "shareholders reported posted agreed acquires acquired acquire owner layoffs parent holdings".split()
)
_OWN_NEWS: Final = _CORPORATE | frozenset(
    "its bonus bonuses job jobs pay buyback fine fined unit hire hires headcount layoff staff settle settlement".split()
)
_PASSIVE: Final = frozenset("to by at from on".split())
_MOVES: Final = frozenset(
    "upgraded downgraded initiated rated raised lowered cut reiterated upgrade downgrade rating".split()
)


def is_source(tokens: Tokens, first: int, end: int, *, kind: str, leads: bool, possessive: bool) -> bool:
    """Tell whether the name at words `first` to `end` only speaks, advises or is a market place.

    Args:
        tokens: The words of the sentence.
        first: Index of the name's first word.
        end: Index after its last word.
        kind: "agency", "broker", "exchange", "index", "financial" for another bank, or empty.
        leads: The issuer stands in the headline or the first sentence, so what it says may be its own news.
        possessive: The name carries "'s".
    """
    keys = tokens.keys
    after, before = keys[end : end + 9], keys[max(0, first - 8) : first]
    following = after[0] if after else ""
    if (following in _PEOPLE and kind) or _works_there(tokens, first):
        return True
    if following in _RATING_VERBS and _rates(after, keys, broker=kind in ("broker", "financial")):
        return True
    if kind in ("", "financial"):
        return False
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
    return _broker_speaks(tokens, first, end, after, before, leads=leads, possessive=possessive)


def opines(tokens: Tokens, end: int) -> bool:
    """Tell whether what follows a bank's name is an opinion about others: "Goldman says to sell dollars"."""
    following = tokens.keys[end : end + 1]
    return bool(following) and following[0] in _OPINIONS and _OWN_NEWS.isdisjoint(tokens.keys)


def _works_there(tokens: Tokens, first: int) -> bool:
    """ "Analysts at", "analyst Jane Doe of", "an economist with": the link, up to three names, the job."""
    i = first - 1
    if i < 1 or tokens.keys[i] not in _LINKS:
        return False
    i -= 1
    for _ in range(3):
        if i > 0 and tokens.raws[i][0].isupper() and tokens.keys[i] not in _PEOPLE:
            i -= 1
    return tokens.keys[i] in _PEOPLE


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
    following = after[0] if after else ""
    last = before[-1] if before else ""
    if (
        following in _PAPERS
        or following in _HELPED
        or (following in {"is", "are"} and after[1:2] == ["advising"])
    ):
        return True
    if before[-2:] == ["according", "to"] or last in _HIRING or last == "per":
        return True
    if last in {"by", "from"} and (_BY | _MOVES | _DEAL_HELP).intersection(before[-6:]):
        return True
    if last in {"at", "with", "for"} and _JOBS.intersection(before):
        return True
    if _DEAL_HELP.intersection(before[-6:]):
        return True
    if possessive and _person(tokens, end):
        return True
    if following in _OPINIONS:
        return not leads or bool(_OPINION_ABOUT.intersection(tokens.keys))
    return False


def _rates(after: list[str], keys: list[str], *, broker: bool) -> bool:
    """A name, a rating verb, and a rating of somebody else: "raised its price target on"."""
    if len(after) > 1 and after[1] in _PASSIVE:
        return False
    if not broker:
        return "target" in after and ("on" in after or "for" in after) and "price" in after
    return bool(_RATINGS.intersection(keys)) or after[0].startswith(
        ("upgrad", "downgrad", "reiterat", "initiat")
    )


def _person(tokens: Tokens, end: int) -> bool:
    pair = tokens.raws[end : end + 2]
    if len(pair) < 2 or not (pair[0][0].isupper() and pair[1][0].isupper()):
        return False
    return tokens.keys[end] in FIRST_NAMES or not {tokens.keys[end], tokens.keys[end + 1]} & _CORPORATE
