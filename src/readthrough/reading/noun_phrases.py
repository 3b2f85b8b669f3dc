"""Name what a figure measures by the noun phrase that governs it, where no known metric does.

A figure hangs on its phrase by a few words only: "annual fees of $50", "net worth reached $5 billion", "cut exports by 3%",
"$2 billion of notes", "a $3 trillion sector". Those are followed; where none of them stands the figure stays unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from readthrough.domain.reading import Direction, Mention, Unit
from readthrough.reading.bound import MONEYS, Binding
from readthrough.reading.metrics import MOVE, find_metrics, move_direction
from readthrough.reading.numbers import Quantity

__all__ = ["bind_phrase"]

_LEFT: Final = 150  # code points before a figure in which its phrase is looked for
_RIGHT: Final = 70
_TOKEN: Final = re.compile(r"[^\W_][\w’'&./-]*|[,;:()–—]|[\"“”]")
_END: Final = re.compile(r"[.'’]+$")

# between a phrase and its figure these say nothing
_FILL: Final = frozenset(
    "about nearly around roughly almost just only some a an the over more than as much many least another additional further record "
    "total combined estimated approximately whopping staggering mere even well close less fewer under above below beyond between "
    "exactly fully now also still currently high low us rs overall once".split()
)
_MEASURES: Final = frozenset(
    "average total rate pace maximum minimum sum level amount median mean peak low high range excess combined number".split()
)
_BE: Final = frozenset("is are was were be been being".split())
_LINKS: Final = frozenset(
    "reach reaches reached reaching hit hits hitting total totals totaled totalled totaling totalling exceed exceeds exceeded exceeding top tops topped "
    "topping surpass surpassed surpasses surpassing cross crossed near nears neared average averages averaged averaging stand stands stood "
    "amount amounts amounted come comes came cost costs equal equals equaled account accounts accounted represent represents represented "
    "remain remains remained remaining measure measures measured touch touches touched touching trade trades traded trading close closes closed settle settles settled".split()
)
_AUXILIARY: Final = frozenset(
    "has have had will would could may might should can must to set expected likely projected forecast forecasted estimated seen due going probably not "
    "also then already still now even again only just since since recently last further never ever it which that who were was is are be been being "
    "did does do about expects expected sees began begun started".split()
)
_LINKERS: Final = frozenset("of in for on to at from".split())
_PARTICLES: Final = {
    **dict.fromkeys(("up", "higher", "ahead", "stronger", "firmer"), Direction.UP),
    **dict.fromkeys(("down", "lower", "off", "weaker", "softer"), Direction.DOWN),
}
_SHARES: Final = frozenset("shares stock adrs scrip units".split())
# verbs whose money is added to, or taken from, what follows it
_ADDING: Final = frozenset("add adds added adding bring brings brought bringing tack tacked".split())
_TAKING: Final = frozenset(
    "wipe wipes wiped wiping erase erased erasing shave shaves shaved shaving knock knocks knocked knocking take takes took taking trim trims trimmed "
    "trimming cut cuts cutting slash slashes slashed release releases released releasing release strip stripped lop lopped".split()
)
_HANDED: Final = (
    _ADDING
    | _TAKING
    | frozenset(
        "raise raises raised raising lift lifted lifting boost boosted boosting lose loses lost losing shed sheds shedding gain gains gained gaining".split()
    )
)
# nouns that end like verbs
_PARTICIPLES: Final = frozenset("preferred used unlisted listed installed managed".split())
_GERUNDS: Final = frozenset(
    "funding building spending earnings holding holdings offering listing pricing trading lending rating ratings financing booking bookings saving savings "
    "housing shipping marketing borrowing borrowings advertising gaming streaming filing filings manufacturing mining drilling farming banking speed "
    "need feed seed deed".split()
)
_STOP: Final = frozenset(
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
_NOT_HEADS: Final = frozenset(
    "company group firm bank stock share shares companies government agency country state states world thing things point points part parts way one ones half "
    "end start beginning case cases result results term terms basis close open session fact news guess board hunt price-tag report person approach pace basis-point record report statement quarter line lead front example "
    "figure figures number numbers reading data move moves peak rest others deal".split()
)
_TIMES: Final = frozenset(
    "year years quarter quarters month months week weeks day days decade decades fiscal total all january february march april may june july august "
    "september october november december trading early late response after-hours premarket cash-strapped today exchange connection part full favor favour order "
    "line new london york hong tokyo europe asia china japan india germany france britain canada australia america washington".split()
)
_CURRENCIES: Final = frozenset(
    "dollar euro yen pound sterling yuan renminbi peso rupee real lira won franc currency ruble rouble rand krone krona ringgit baht rupiah shekel zloty forint".split()
)
_MARKETS: Final = frozenset("index indexes indices gauge benchmark stocks equities".split())
_DEBTS: Final = frozenset("bonds bond notes note treasuries debentures gilts bunds".split())
_RISES: Final = "rise|increase|growth|gain|jump|surge|hike|rally|improvement|upside|climb|leap|spike|uptick|boost|advance|rebound|pop|uplift|expansion"
_FALLS: Final = (
    "drop|fall|decline|decrease|slump|reduction|cut|slide|plunge|dip|contraction|slowdown|loss|wipeout|swoon|downside|tumble|selloff|sell-off|"
    "shortfall|rout|discount|hit|crash|collapse|pullback|retreat|correction"
)
_RISE: Final = frozenset(_RISES.split("|"))
_FALL: Final = frozenset(_FALLS.split("|"))

# what money is for, by the verb it is the object of
_SPENT: Final = {
    "raise": "funding", "borrow": "debt", "invest": "investment", "spend": "investment", "earmark": "investment", "commit": "investment",
    "allocate": "investment", "pledge": "investment", "pour": "investment", "inject": "investment", "put": "investment",
    "pay": "payment", "owe": "payment", "award": "award", "grant": "award", "donate": "donation", "earn": "profit", "collect": "proceeds",
    "save": "savings", "lend": "loans", "burn": "cash burn", "repay": "debt repayment", "recover": "proceeds", "lose": "loss",
    "seize": "seized assets", "return": "shareholder returns", "bank": "proceeds", "fetch": "price", "charge": "price", "cost": "cost", "costs": "cost",
}  # fmt: skip
_SPENT_FORMS: Final = {
    form: name
    for verb, name in _SPENT.items()
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
_VALUES: Final = frozenset("value values valued valuing".split())


_VERBS: Final = frozenset(
    "likely represents represent compete recover recovers grow grows make makes get gets give gives take takes keep keeps put puts let lets denies deny "
    "signed seek seeks owe owes help helps need needs want wants show shows include includes able unable high higher low lower good better best bad worse "
    "worst big bigger small smaller large larger strong stronger weak weaker far near long short late early same alone together away back ill due "
    "amid priced which whose hold holds held use uses buy buys sell sells offer offers estimate estimates suggest suggests imply implies told think thinks "
    "believe believes know knows became become becomes went going gone go goes done run runs ran set sets spend invest earn earns win wins won lose beat beats "
    "miss misses met meet meets won't doesn't didn't isn't aren't wasn't cannot thus hence him them us me himself itself themselves fewest".split()
)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase by its words and place."""

    words: tuple[str, ...]
    start: int
    end: int

    @property
    def head(self) -> str:
        return self.words[-1]


@dataclass(frozen=True, slots=True)
class _Around:
    """A figure with the words before and after it."""

    text: str
    quantity: Quantity
    mentions: tuple[Mention, ...]
    before: Sequence[_Word]
    after: Sequence[_Word]


def bind_phrase(
    text: str, quantity: Quantity, mentions: tuple[Mention, ...], start: int, end: int
) -> Binding | None:
    """Name a figure of a sentence (start..end of lower-cased text) by the phrase that governs it.

    Returns:
        None when the figure hangs on no phrase.
    """
    left = max(start, quantity.start - _LEFT)
    around = _Around(
        text,
        quantity,
        mentions,
        _words(text, left, quantity.start),
        _words(text, quantity.end, min(end, quantity.end + _RIGHT)),
    )
    return _by_change(around) or _by_what_follows(around) or _by_what_leads(around)


def _words(text: str, start: int, end: int) -> list[_Word]:
    return [
        _Word(_END.sub("", m.group()) or m.group(), m.start(), m.end())
        for m in _TOKEN.finditer(text, start, end)
    ]


@lru_cache(maxsize=4096)
def _move(word: str) -> Direction | None:
    match = MOVE.fullmatch(word)
    return move_direction(match) if match else None


def _noun_way(word: str) -> Direction | None:
    if word in _RISE:
        return Direction.UP
    return Direction.DOWN if word in _FALL else None


def _by_change(around: _Around) -> Binding | None:
    """Read "a 31% jump in accounts" and "a drop of 3% in demand"."""
    after, quantity = around.after, around.quantity
    if quantity.unit is Unit.COUNT:
        return None
    way, place = None, 0
    for i, word in enumerate(after[:4]):
        if word.text in _STOP or not word.text[0].isalpha():
            break
        if (way := _noun_way(word.text)) is not None:
            place = i + 1
            break
    else:
        return None
    if way is None:
        return None
    if place < len(after) and after[place].text in {"in", "of", "for", "to"}:
        phrase = _phrase_after(around, place + 1)
        if phrase is not None:
            return _named(phrase, is_change=True, change=way)
    return None


def _by_what_follows(around: _Around) -> Binding | None:
    """Read "$2.2 billion of notes", "$7 billion in Venezuelan assets", "the $3 trillion sector"."""
    after, unit = around.after, around.quantity.unit
    if not after:
        return None
    first = after[0]
    if first.text in {"in", "of"} or (first.text == "worth" and len(after) > 1 and after[1].text == "of"):
        place = 2 if first.text == "worth" else 1
        if first.text == "in" and (place >= len(after) or after[place].text in _TIMES | _STOP):
            return None
        phrase = _phrase_after(around, place)
        if phrase is None or phrase.words[0] in _TIMES:
            return None
        if unit is Unit.PERCENT:
            if first.text == "in":
                return None
            name = "share of " + " ".join(phrase.words)
            return Binding(metric=name, at=around.quantity.start)
        return _named(phrase, at=around.quantity.start) if unit in MONEYS else None
    if unit in MONEYS and around.before and _determined(around.before):
        phrase = _phrase_after(around, 0)
        if phrase is not None and len(phrase.words) <= 3:
            way = _noun_way(phrase.head)
            return None if way else _named(phrase, at=around.quantity.start)
    return None


def _determined(before: Sequence[_Word]) -> bool:
    """Tell whether a determiner or an owner stands before a figure, within three words."""
    for word in reversed(before[-3:]):
        if word.text in {
            "a",
            "an",
            "the",
            "its",
            "their",
            "this",
            "that",
            "his",
            "her",
        } or word.text.endswith(("'s", "’s")):
            return True
        if word.text in _STOP or not word.text[0].isalpha():
            return False
    return False


def _phrase_after(around: _Around, place: int) -> _Phrase | None:
    """Return the noun phrase that begins at a word after the figure."""
    kept: list[_Word] = []
    for word in around.after[place:]:
        if not word.text[0].isalpha():
            break
        if word.text in {"the", "a", "an", "its", "their", "his", "her", "our", "new"} or word.text.endswith(
            ("'s", "’s", "s'", "s’")
        ):
            if kept:
                break
            continue
        if word.text in _STOP or _verbal(word.text, bool(kept)):
            break
        kept.append(word)
        if len(kept) == 4:
            break
    return _phrase(around, kept)


def _verbal(word: str, later: bool) -> bool:
    """Tell words that close a phrase: a movement, or what ends like a past tense after a noun."""
    return _move(word) is not None or (later and word.endswith(("ed", "ing")) and len(word) > 5)


def _by_what_leads(around: _Around) -> Binding | None:
    before, quantity = around.before, around.quantity
    i = _skip(before, len(before) - 1)
    if i < 0:
        return None
    word = before[i].text
    if (moved := _by_particle(around, i)) is not None:
        return moved
    if word == "of":
        return _of(around, i)
    if word in {"to", "by"}:
        return _to_or_by(around, i, level=word == "to")
    if word == "at":
        return _at(around, i)
    if word == "worth":
        return _subject(around, i, is_change=False, change=None)
    if word in {"for", "from", "in", "on", "with"}:
        return None
    if quantity.unit in MONEYS and word in _HANDED:
        return _handed(around, word)
    way = _move(word)
    if way is not None:
        return _subject(around, i, is_change=True, change=way)
    if word in _BE or word in _LINKS:
        return _subject(around, i, is_change=False, change=None)
    if quantity.unit in MONEYS and word in _SPENT_FORMS:
        return Binding(metric=_SPENT_FORMS[word], at=quantity.start)
    if word == ":" and i > 0:
        return _bound(around, i - 1, is_change=False, change=None)
    return None


def _by_particle(around: _Around, i: int) -> Binding | None:
    """Read "membership is up 15%", "Delta ahead by 3.5%" and "shares put on 11p"."""
    before = around.before
    word = before[i].text
    if word == "on" and i and before[i - 1].text in {"put", "puts", "putting"}:
        return _subject(around, i - 1, is_change=True, change=Direction.UP)
    if word == "by" and i:
        i, word = i - 1, before[i - 1].text
    way = _PARTICLES.get(word)
    if way is None or i == 0:
        return None
    if (verb := before[i - 1].text) in _BE or _move(verb) is not None or before[i - 1].text in _LINKS:
        return _subject(around, i - 1, is_change=True, change=way)
    return _bound(around, i - 1, is_change=True, change=way)


def _handed(around: _Around, verb: str) -> Binding | None:
    """Read "added $4 billion to the programme" and "wiped $16 billion off its market value"."""
    after = around.after
    if len(after) < 2 or after[0].text not in {"to", "from", "off", "onto", "in", "of"}:
        return None
    phrase = _phrase_after(around, 1)
    if phrase is None or phrase.words[0] in _TIMES:
        return None
    added = after[0].text in {"to", "onto"} or (verb in _ADDING and after[0].text in {"in", "of"})
    return _named(
        phrase,
        is_change=True,
        change=Direction.UP if added else Direction.DOWN,
        at=around.quantity.start,
    )


def _skip(before: Sequence[_Word], i: int) -> int:
    """Pass over the words that only hedge a figure, and over "an average of"."""
    while i >= 0:
        word = before[i].text
        if (word == "to" and i > 0 and before[i - 1].text == "up") or (
            word == "of" and i > 0 and before[i - 1].text in _MEASURES
        ):
            i -= 2
        elif (
            word in _FILL
            or (word.endswith("ly") and word not in {"supply", "monthly"})
            or (word == "at" and i + 1 < len(before) and before[i + 1].text == "least")
        ):
            i -= 1
        else:
            break
    return i


def _of(around: _Around, i: int) -> Binding | None:
    before = around.before
    way = _noun_way(before[i - 1].text) if i else None
    if way is not None and around.quantity.unit is not Unit.COUNT:
        modifier = _phrase_before(around, i - 2)
        if modifier is not None:
            return _named(modifier, is_change=True, change=way)
        return None
    return _bound(around, i - 1, is_change=False, change=None)


def _to_or_by(around: _Around, i: int, *, level: bool) -> Binding | None:
    before = around.before
    at = i - 1
    while at >= 0 and (
        before[at].text in {"higher", "lower", "up", "down", "back"} or before[at].text.endswith("ly")
    ):
        at -= 1
    if at < 0:
        return None
    way = _move(before[at].text)
    if way is not None:
        return _subject(around, at, is_change=not level, change=way)
    if before[at].text in {"came", "come", "comes", "amounted", "amounts", "climbing"}:
        return _subject(around, at, is_change=False, change=None)
    # "cut exports by 3%", "raised its target to 5%": the object stands between the verb and the figure
    for place in range(at, max(-1, at - 9), -1):
        word = before[place].text
        if word in {",", ";", ":", "(", ")"}:
            break
        verb = _move(word)
        if verb is None or place == at:
            continue
        phrase = _first_phrase(around, place + 1, at)
        if phrase is None:
            return None
        return _named(phrase, is_change=not level, change=verb)
    return None


def _first_phrase(around: _Around, left: int, right: int) -> _Phrase | None:
    """Return the first noun phrase between two words: the object of the verb before them."""
    kept: list[_Word] = []
    for word in around.before[left : right + 1]:
        if word.text in _STOP or not word.text[0].isalpha() or word.text.endswith(("'s", "’s", "s'", "s’")):
            if kept:
                break
            continue
        kept.append(word)
    return _phrase(around, kept)


def _at(around: _Around, i: int) -> Binding | None:
    before = around.before
    at = i - 1
    if at < 0:
        return None
    word = before[at].text
    if word in _VALUES:
        return Binding(metric="market value", at=before[at].start)
    if word in _LINKS or word in _BE:
        return _subject(around, at, is_change=False, change=None)
    if word in {"estimated", "projected", "forecast", "pegged", "put", "seen"}:
        return _subject(around, at, is_change=False, change=None)
    for place in range(at, max(-1, at - 9), -1):
        if (
            before[place].text in {"put", "puts", "pegged", "estimates", "estimated", "keeps", "kept", "left"}
            and place < at
        ):
            phrase = _first_phrase(around, place + 1, at)
            return _named(phrase) if phrase is not None else None
    return None


def _subject(around: _Around, verb: int, *, is_change: bool, change: Direction | None) -> Binding | None:
    """Name a figure by the subject of the verb at a place."""
    before = around.before
    i = verb - 1
    while i >= 0 and (
        before[i].text in _AUXILIARY or (before[i].text.endswith("ly") and before[i].text not in {"supply"})
    ):
        i -= 1
    if i >= 0 and before[i].text == ",":
        opens = next((k for k in range(i - 1, max(-1, i - 16), -1) if before[k].text == ","), None)
        if opens is None or opens == 0:
            return None
        i = opens - 1
    elif i >= 0 and before[i].text == ")":
        opens = next((k for k in range(i - 1, max(-1, i - 10), -1) if before[k].text == "("), None)
        if opens is None:
            return None
        i = opens - 1
    return _bound(around, i, is_change=is_change, change=change)


def _bound(around: _Around, i: int, *, is_change: bool, change: Direction | None) -> Binding | None:
    if is_change and around.quantity.unit is Unit.PERCENT and i >= 0:
        named = _company(around, around.before[i])
        if named is not None:
            return Binding(metric="share price", at=named.span.start, is_change=True, change=change)
    phrase = _phrase_before(around, i)
    if phrase is None:
        return None
    if phrase.head in _SHARES:
        return Binding(metric="share price", at=phrase.start, is_change=is_change, change=change)
    return _named(phrase, is_change=is_change, change=change)


def _company(around: _Around, word: _Word) -> Mention | None:
    return next(
        (
            m
            for m in around.mentions
            if m.via not in {"brand", "product"} and m.span.start < word.end and word.start < m.span.end
        ),
        None,
    )


def _phrase_before(around: _Around, i: int) -> _Phrase | None:
    """Return the noun phrase that ends at a word before the figure; one it hangs on by "of" and the like governs it."""
    before = around.before
    kept: list[_Word] = []
    while i >= 0 and len(kept) < 4:
        word = before[i]
        if (
            not word.text[0].isalpha()
            or word.text in _STOP
            or word.text.endswith(("'s", "’s", "s'", "s’"))
            or (kept and _move(word.text) is not None)
            or (kept and len(word.text) > 4 and word.text.endswith("ly"))
        ):
            break
        kept.insert(0, word)
        i -= 1
    phrase = _phrase(around, kept)
    while i >= 0 and before[i].text in {"the", "a", "an", "its", "their", "each", "all", "our"}:
        i -= 1
    if i > 0 and before[i].text in _LINKERS and before[i - 1].text not in _LINKERS:
        if before[i - 1].text in _MEASURES or before[i - 1].text == "percentage":
            return phrase
        head = _phrase_before(around, i - 1)
        if head is not None and not any(w.endswith(("ed", "ing")) for w in head.words[-1:]):
            return head
    return phrase


def _phrase(around: _Around, kept: list[_Word]) -> _Phrase | None:
    if not kept:
        return None
    head = kept[-1].text
    if not _nominal(head) or (len(kept) == 1 and head in _NOT_HEADS):
        return None
    if any(m.span.start < kept[-1].end and kept[-1].start < m.span.end for m in around.mentions):
        return None
    words = [
        w
        for w in kept
        if not any(
            m.via != "brand" and m.span.start < w.end and w.start < m.span.end for m in around.mentions
        )
    ][-3:]
    while len(words) > 1 and not _leads(words[0].text):
        words = words[1:]
    return _Phrase(tuple(w.text for w in words), words[0].start, words[-1].end)


def _leads(word: str) -> bool:
    return (
        word in _GERUNDS
        or word in _PARTICIPLES
        or not (word.endswith(("ed", "ing", "n't", "n’t")) or word in _VERBS)
    )


def _nominal(word: str) -> bool:
    """Tell whether a word may head a noun phrase; there is no tagger here, so what ends like a verb is turned away."""
    if len(word) < 3 or not word.isascii() or word in _VERBS or any(ch.isdigit() for ch in word):
        return False
    if word in _GERUNDS:
        return True
    return not word.endswith(("ed", "ing", "n't", "n’t", "ly")) or word in {"supply", "assembly", "anomaly"}


def _named(
    phrase: _Phrase, *, is_change: bool = False, change: Direction | None = None, at: int | None = None
) -> Binding:
    """Give a phrase the field's word where its head has one."""
    words = " ".join(phrase.words)
    place = phrase.start if at is None else at
    known = find_metrics(words, 0, len(words))
    if known and known[-1].end == len(words):
        name = known[-1].name
    elif phrase.head in _CURRENCIES:
        name = "exchange rate"
    elif phrase.head in _MARKETS:
        name = "index"
    elif phrase.head in _DEBTS:
        name = "bond price" if is_change else "debt"
    else:
        name = words
    return Binding(metric=name, at=place, is_change=is_change, change=change)
