"""Words that mean the same to a question, and what kind of answer it asks for. General English, stdlib only."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

__all__ = ["Wanted", "alike", "gives", "joined", "kin", "wanted_by"]

_KIN: Final[tuple[tuple[str, ...], ...]] = tuple(
    tuple(line.split())
    for line in """cut cuts lower lowers lowered trim trims trimmed reduce reduced slash slashed
raise raises raised lift lifts lifted increase increased boost boosted hike hiked
outlook forecast forecasts guidance projection projected guide guides guided
profit profits earn earned earnings eps income
buy buys bought acquire acquires acquired purchase acquisition takeover pay pays paid
fall fell drop drops dropped decline declined slide slid slip slipped plunge plunged tumble tumbles slump
rise rose gain gains gained jump jumped climb climbs climbed surge surged grow grew growth
strike strikes struck walkout
fine fined fines penalty
approve approved approval clear clears cleared clearance
reject rejected decline declined deny denied
sale sales revenue revenues turnover
job jobs layoff layoffs workers workforce staff
spend spends spending capex expenditure
recall recalls recalled recalling
hack hacked breach cyberattack intrusion
lawsuit sue sued suing verdict jury
reopen restart resume resumes resumed
fire blaze
stop stopped halt halts halted suspend suspended shutdown
abandon abandons abandoned scrap scrapped
upgrade upgraded upgrades
downgrade downgraded downgrades
replace replaces replacing
tariff tariffs duty duties levy levies
benefit benefits benefited winner winners
price prices priced cost costs""".splitlines()
)
_PHRASES: Final = (
    (re.compile(r"\bchief executive(?: officer)?\b", re.IGNORECASE), "ceo"),
    (re.compile(r"\bchief financial officer\b|\bfinance chief\b", re.IGNORECASE), "cfo"),
    (re.compile(r"\bdeclin(?:e|es|ed|ing) to (?:approve|clear)\b", re.IGNORECASE), "reject"),
    (re.compile(r"\bearnings per share\b", re.IGNORECASE), "eps"),
    (re.compile(r"\bwalk(?:ed|s|ing)? out\b", re.IGNORECASE), "strike"),
)
_CAUSE: Final = re.compile(
    r"\b(?:because|blam(?:ed|es|ing)|due to|owing to|hurt by|helped by|driven by|as|after|amid|on the back of"
    r"|citing|thanks to|caused by|pressured by|weighed|squeezed?|reflecting)\b",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(
    r"\b(?:CEO|CFO|chair(?:man|woman)?|chief [a-z]+|president|judge|minister|governor|analysts?|director|founder"
    r"|secretary|investor|seller|fund)\b",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+\b")
_FIGURE: Final = re.compile(r"\d")


class Wanted(StrEnum):
    """The kind of answer a question asks for."""

    PERSON = "person"
    FIGURE = "figure"
    CAUSE = "cause"
    ISSUERS = "issuers"
    ANY = "any"


_ASKED: Final = (
    (Wanted.ISSUERS, re.compile(r"\b(?:which|what) (?:compan|stock|firm|issuer|share|name|ticker)", re.IGNORECASE)),
    (Wanted.CAUSE, re.compile(r"\bwhy\b|\bwhat (?:caused|drove|made)\b|\bbecause of what\b", re.IGNORECASE)),
    (Wanted.PERSON, re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)),
    (
        Wanted.FIGURE,
        re.compile(r"\bhow (?:much|many|high|low|far|fast|large|big)\b|\bwhat (?:was|is|were|are) (?:the|its|their)\b"
                   r"|\bat what price\b", re.IGNORECASE),
    ),
)  # fmt: skip


def wanted_by(question: str) -> Wanted:
    """Tell what a question asks for.

    >>> wanted_by("Why did Target cut its forecast?"), wanted_by("Is Next bidding?")
    (<Wanted.CAUSE: 'cause'>, <Wanted.ANY: 'any'>)
    """
    return next((kind for kind, asks in _ASKED if asks.search(question)), Wanted.ANY)


def gives(text: str, wanted: Wanted) -> float:
    """Return how well a sentence is of the kind asked for, in [0, 1]; 1 when any kind will do."""
    if wanted is Wanted.FIGURE:
        return 1.0 if _FIGURE.search(text) else 0.0
    if wanted is Wanted.CAUSE:
        return 1.0 if _CAUSE.search(text) else 0.0
    if wanted is Wanted.PERSON:
        return 0.5 * bool(_PERSON.search(text)) + 0.5 * bool(_TITLE.search(text))
    return 1.0


def joined(text: str) -> str:
    """Write phrases that mean one thing as one word.

    >>> joined("The chief executive of Orbex")
    'The ceo of Orbex'
    """
    for phrase, word in _PHRASES:
        text = phrase.sub(word, text)
    return text


_SPELT: Final = {
    "ceo": ("executive",),
    "cfo": ("financial", "finance"),
    "strike": ("walked", "walk"),
    "reject": ("declines", "declined"),
}
_GROUP: Final = {word: group[0] for group in reversed(_KIN) for word in group}
_MEMBERS: Final = {group[0]: group for group in _KIN}


def alike(word: str) -> str:
    """Return the one word that stands for all that mean the same; the word itself where none does.

    >>> alike("guidance") == alike("forecast"), alike("onion")
    (True, 'onion')
    """
    return _GROUP.get(word, word)


def kin(word: str) -> tuple[str, ...]:
    """Return every word that means the same, to look for all of them."""
    one = word.lower()
    return (*_MEMBERS.get(alike(one), (word,)), *_SPELT.get(one, ()))
