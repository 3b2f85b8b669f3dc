"""How names and metrics are said in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from readthrough.domain.lazy import lazily

__all__ = [
    "TICKER_ASIDE",
    "agreeing",
    "capitalised",
    "is_name",
    "is_plural",
    "joined",
    "metric_words",
    "names_company",
    "opened",
    "opens_clause",
    "possessive",
    "says",
    "short_name",
]

_METRICS: Final = {
    "eps": "earnings per share",
    "ebitda": "EBITDA",
    "capex": "capital spending",
    "gdp": "GDP",
    "r&d spending": "R&D spending",
    "revenue share": "share of revenue",
    "index": "the index",
    "bond yield": "bond yields",
    "ipo price": "offer price",
}
_LEGAL: Final = frozenset(
    "inc inc. corp corp. corporation co co. company ltd ltd. limited plc ag sa s.a. nv n.v. se spa s.p.a. ab asa as oyj "
    "llc lp l.p. kgaa gmbh holding holdings group pty bhd tbk".split()
)
_NO_NAME_ALONE: Final = frozenset(
    "news southern on city senior partners man car venture hunting bancorp navigator challenger x public general national first "
    "american united international group capital".split()
)
"""Words that are no name without the legal form beside them: the press writes News Corp and Man Group."""


@lru_cache(maxsize=4096)
def short_name(name: str) -> str:
    """Strip what a reader does not say from a company's name.

    >>> short_name("Tencent Holdings Limited"), short_name("JD.com, Inc."), short_name("News Corp")
    ('Tencent', 'JD.com', 'News Corp')
    """
    words = name.replace(",", "").split()
    while len(words) > 1 and (words[-1].lower() in _LEGAL or words[-1] == "&"):
        if len(words) == 2 and words[0].lower() in _NO_NAME_ALONE:
            break
        words.pop()
    if len(words) > 1 and words[0] == "The":
        words = words[1:]
    return " ".join(words)


_DEEDS: Final = frozenset(
    "probe probes investigation inquiry lawsuit lawsuits deal deals talks case scandal crisis plan plans bid offer hearing trial ban".split()
)


def is_name(text: str) -> bool:
    """Tell whether a subject the text gives reads as a name or a market; the front of a headline does not.

    >>> is_name("Tel Aviv Stock Exchange"), is_name("asian stocks"), is_name("Tel Aviv Bourse's Big Day Dawns")
    (True, True, False)
    """
    words = text.lower().split()
    return len(words) <= 4 and "'s " not in text and "’s " not in text and not _DEEDS.intersection(words[-1:])


_HOUSES: Final = frozenset({"google", "facebook"})  # brands that the press uses for the whole company


@lru_cache(maxsize=4096)
def names_company(surface: str, via: str, house: str) -> bool:
    """Tell whether a surface names the company itself; a product's name (iPhone, Wegovy) does not.

    >>> names_company("iPhone", "alias", "Apple"), names_company("Novo", "short_form", "Novo Nordisk")
    (False, True)
    """
    words = {w.lower().strip(".,") for w in surface.split()}
    own = {w.lower().strip(".,") for w in house.split()}
    if words & own or words & _HOUSES or words & _LEGAL:
        return len(words - own - _LEGAL - _HOUSES) <= 1
    initials = "".join(w[0] for w in house.lower().split() if w[0].isalpha())
    return via == "short_form" or surface.replace("&", "").lower() in (initials, initials[:2])


def possessive(name: str) -> str:
    """Add the genitive: Boeing's, American Airlines'."""
    if name.endswith(("'s", "’s")):
        return name  # Kohl's sales
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def joined(parts: Sequence[str]) -> str:
    """Join names as a sentence does.

    >>> joined(["Tencent", "Baidu", "JD.com"])
    'Tencent, Baidu and JD.com'
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def metric_words(metric: str, segment: str = "") -> str:
    """Say a metric: "cloud revenue", "earnings per share"; "" where the text does not name it."""
    if metric in ("unspecified", ""):
        return ""
    said = _METRICS.get(metric, metric)
    if segment and segment.lower() not in said.lower():
        return f"{segment} {said}"
    return said


_AFTER_HEAD: Final = lazily(
    r",? (?:of|in|on|from|to|per|against|between|rather|split|without|for|at|with|by|that|less|over|after|than|as|who|into|which|once|apart|not)\b"
)
_ONE: Final = {
    "are": "is", "were": "was", "have": "has", "do": "does", "turn": "turns", "hold": "holds", "move": "moves", "show": "shows", "say": "says",
    "recover": "recovers", "pay": "pays", "keep": "keeps", "weigh": "weighs", "come": "comes", "belong": "belongs",
}  # fmt: skip
_MANY: Final = {one: many for many, one in _ONE.items()} | {
    "tells": "tell", "agrees": "agree", "stays": "stay", "stands": "stand", "lasts": "last", "goes": "go", "gains": "gain", "falls": "fall",
    "explains": "explain", "disappoints": "disappoint", "reaches": "reach", "answers": "answer", "decides": "decide", "improves": "improve",
    "takes": "take", "brings": "bring", "costs": "cost", "gives": "give", "leaves": "leave", "makes": "make", "needs": "need", "follows": "follow",
    "supports": "support",
}  # fmt: skip
_VERB: Final = lazily(r"^ ([a-z]+)\b")
_LEADING_IN: Final = frozenset(
    "of to from in on at for by with into over under about against through reach reaches is".split()
)


@lru_cache(maxsize=512)
def is_plural(noun: str) -> bool:
    """Tell whether a verb after it is a plural one: "time spent and ad prices", but "the spread of loan yields".

    >>> is_plural("upgrades and services"), is_plural("the spread of loan yields"), is_plural("sell-through")
    (True, False, False)
    """
    head = _AFTER_HEAD.split(noun, maxsplit=1)[0]
    return " and " in head or (head.endswith("s") and not head.endswith(("ss", "us", "is")))


def opens_clause(before: str) -> bool:
    """Tell whether a noun that follows is a clause's subject, and not what a preposition leads in.

    >>> opens_clause("It turns when "), opens_clause("A reading of ")
    (True, False)
    """
    return before.rstrip().rpartition(" ")[2].lower() not in _LEADING_IN


def agreeing(text: str, noun: str) -> str:
    """Let the verb that opens a text agree with the noun before it.

    >>> agreeing(" is the cause", "upgrades and services"), agreeing(" are the cause", "sell-through")
    (' are the cause', ' is the cause')
    """
    match = _VERB.match(text) if noun else None
    if match is None:
        return text
    verb = (_MANY if is_plural(noun) else _ONE).get(match[1], match[1])
    return f" {verb}{text[match.end() :]}"


TICKER_ASIDE: Final = lazily(
    r" ?\((?:[A-Z][A-Za-z]{1,9}: ?)?\$?[A-Z0-9.\-^]{1,10}(?:\.[A-Z]{1,3})?(?: ?[-+−]?\d+\.\d+%)?(?:, ?[A-Z.\-]{1,6}){0,3}\)"
)
_FIRST: Final = lazily(r"^([a-z])(?![a-z]*[A-Z])")
_OPENING: Final = lazily(r"(?:^|(?<=[a-z0-9%)][.!?] ))([a-z])(?![a-z]*[A-Z])")


@lru_cache(maxsize=2048)
def capitalised(text: str) -> str:
    """Capitalise each sentence's first letter, unless it opens with a name written otherwise (eBay, iRobot).

    >>> capitalised("profit rose. eBay fell.")
    'Profit rose. eBay fell.'
    """
    return _OPENING.sub(lambda m: m.group(1).upper(), text)


def opened(text: str) -> str:
    """Capitalise the first letter only: the rest is the article's own."""
    return _FIRST.sub(lambda m: m.group(1).upper(), text)


def says(lowered: str, words: Iterable[str]) -> bool:
    """Tell whether any of the phrases stands in a text in lower case, as whole words.

    >>> says("the fed held rates", ["rate"]), says("the fed held rates", ["held rates"])
    (False, True)
    """
    return any(_stands(lowered, w) for w in words)


def _stands(lowered: str, word: str) -> bool:
    at = lowered.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_in_word(lowered[at - 1 : at]) or _in_word(lowered[end : end + 1])):
            return True
        at = lowered.find(word, end)
    return False


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
