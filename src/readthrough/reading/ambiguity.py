"""Whether a name found in a sentence means its issuer: certain, shown by a cue, open, or barred."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Sentence
from readthrough.domain.security import IssuerId, Name, NameKind
from readthrough.reading.linking_cues import (
    ACRONYMS,
    ADJACENT_CUES,
    COMPANY_NOUNS,
    FIRST_NAMES,
    FREE_NEIGHBOURS,
    GENERIC_WORDS,
    LEGAL_FORMS,
    LOOSE_CUES,
    NATURE_WORDS,
    ORGANISATION_TAILS,
    PLAIN_CUES,
    STRONG_CUES,
)
from readthrough.universe.names import Match, Tokens, fold_words, tokens_of

__all__ = ["Found", "Line", "Verdict", "judge", "line_of"]

_TITLES = frozenset(
    "mr mrs ms miss dr sir lord lady sen rep judge justice professor prof gov senator".split()
)
_NOT_A_NAME_FIRST = frozenset("will may can mark bill grant chase rich art drew rose sue see ask".split())
_COMPANY_HYPHENS = frozenset("backed owned led listed controlled made branded run affiliated linked".split())
_PREFIX_HYPHENS = frozenset("ex non anti pro former post pre".split())


# "Grab is having a sympathy rally and trades 2% higher": only a share does so.
_TRADING = frozenset("is was trades traded".split())
_PER_CENT = lazily(r"\d[\d.,]* ?(?:%|per ?cent|pct)")
_MOVED = frozenset("gave closed ended finished eased edged firmed retreated advanced tacked was".split())
_TRADES_AT = lazily(r"\d ?(?:%|percent|per cent|pct) (?:higher|lower)\b(?! than)")
_OPENERS = frozenset('.!?:;"“‘•|—')
# what only a company does: "Snap will lay off", "Target stuck to its full-year outlook", "Dow to close three plants"
_PREDICATE = lazily(
    r"(?:['’]s)?\s(?:(?:also|now|again|said it|says it)\s)?(?:(?:will|would|to|has|is)\s)?"
    r"(?:lay(?:s|ing)? off|laid off|cut(?:s|ting)?|close[sd]?|rais(?:e|es|ed)|lift(?:s|ed)?|lower(?:s|ed)?|trim(?:s|med)?|slash(?:es|ed)?|"
    r"beats?|miss(?:es|ed)?|tops?|topped|posts?|posted|reports?|reported|earned|stuck to|sticks to|kept|keeps|reaffirm(?:s|ed)|reiterat(?:es|ed)|"
    r"names?|named|appoint(?:s|ed)?|hir(?:es|ed)|agre(?:es|ed)|sees|expects|forecasts?|warn(?:s|ed)|fil(?:es|ed) for|declar(?:es|ed)|"
    r"recall(?:s|ed)?|buy(?:s)?(?: back)?|bought|acquir(?:e|es|ed)|sells?|sold|spin off|spun off|unveil(?:s|ed)?|launch(?:es|ed)?|user|quarterly|"
    r"charge|hiked?|boost(?:s|ed)?|suspend(?:s|ed)?|doubl(?:es|ed)|swung to|return|issue|invest|hand)\s"
    r"(?:[\w$€£’'.,%-]+\s){0,5}?(?:outlook|forecasts?|guidance|estimates|expectations|profits?|revenues?|sales|earnings|employees|jobs|workers|staff|"
    r"plants?|stores|factor(?:y|ies)|chief|ceo|cfo|dividend|buy-?back|shares|bonds|stake|users|subscribers|payers|loss(?:es)?|quarter|shareholders|"
    r"growth|margins?|vehicles|deliveries|costs|headcount|workforce|finance|targets?|headquarters|bookings|takeover|lawsuit|acquisition)\b",
    re.IGNORECASE,
)
_OFFICES = frozenset("ceo cfo coo cto chief chairman chairwoman president executive director".split())
_PRESENTED = frozenset(
    "who head chief ceo president chairman chairwoman founder co-founder cofounder director senior managing portfolio "
    "vice analyst economist strategist the a an executive professor partner 2 3 4 5 6".split()
)
_PRESENTING = frozenset(
    "said says by analyst strategist economist president minister founder actor author coach".split()
)
_HEADLINE_WORDS = frozenset("falls act times clause initiative award awards prize".split())
_SPEECH = frozenset("said says reported reports announced posted agreed expects declined ceo".split())
_PART = "part of a longer name"


class Verdict(StrEnum):
    """How sure it is, before the rest of the article is asked."""

    CERTAIN = "certain"
    CUED = "cued"
    OPEN = "open"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in words. `cased` is false where capitals say nothing (headlines, shouting)."""

    sentence: Sentence
    tokens: Tokens
    cased: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A name in its place, with what its own sentence says about it."""

    line: Line
    first: int
    end: int
    names: tuple[Name, ...]
    span: Span
    possessive: bool
    verdict: Verdict
    reason: str = ""

    @property
    def opens(self) -> bool:
        """Its capital may only be that of a sentence's first word or of a headline."""
        return opens_sentence(self.line, self.first)

    @property
    def issuers(self) -> tuple[IssuerId, ...]:
        """Every issuer it can mean, once each."""
        if len(self.names) == 1:
            return (self.names[0].issuer_id,)
        return tuple(dict.fromkeys(name.issuer_id for name in self.names))


def opens_sentence(line: Line, first: int) -> bool:
    """Tell whether a word would have its capital anyway: first in its sentence, quotation, item or headline."""
    return first == 0 or not line.cased or not _OPENERS.isdisjoint(line.tokens.gap(first - 1))


def line_of(text: str, sentence: Sentence) -> Line:
    """Cut a sentence into words and tell whether its capitals mean anything."""
    tokens = tokens_of(text, sentence.span)
    shapes = tokens.shapes
    small = shapes.count("s")
    large = shapes.count("L") - (not shapes or shapes[0] in "Lc")
    telling = sentence.headline or small + large > 3
    cased = small * 4 > large if telling else small > 0 or large < 3
    return Line(sentence, tokens, cased)


def judge(line: Line, match: Match) -> Found:
    """Weigh a name by the words of its own sentence."""
    tokens = line.tokens
    end = _with_legal_form(tokens, match.end)
    names, vetoed = _not_vetoed(tokens, match)
    stop = tokens.ends[end - 1] - (2 if match.possessive and end == match.end else 0)
    span = Span(tokens.starts[match.first], stop)

    def found(verdict: Verdict, reason: str = "", some: Iterable[Name] = ()) -> Found:
        chosen = tuple(some) or match.names
        return Found(line, match.first, end, chosen, span, match.possessive, verdict, reason)

    if vetoed:
        person = match.first and _first_name(tokens, match.first - 1)
        return found(Verdict.BARRED, "a person" if person else "veto")
    single = match.end - match.first == 1
    before = tokens.text[span.start - 1 : span.start] if span.start else ""
    if before and before in ".@/":
        return found(Verdict.BARRED, "part of a symbol")
    if end == match.end and _of_place(line, end):
        return found(Verdict.BARRED, _PART)
    if single and end == match.end and (reason := _other_thing(line, match.first, match.end)):
        return found(Verdict.BARRED, reason)
    if line.cased and (reason := _longer_company(line, match, end)):
        return found(Verdict.BARRED, reason)
    plain = [n for n in names if not n.ambiguous and not _shouted(line, n)]
    if plain and single and end == match.end and line.cased and _other_senses(line, match, plain):
        return found(Verdict.OPEN, _PART, plain)
    if plain:
        issuers = {n.issuer_id for n in plain}
        if len(issuers) == 1:
            return found(Verdict.CERTAIN, "", plain)
        cued = _by_cue(line, match, plain)
        if len({n.issuer_id for n in cued}) == 1:
            return found(Verdict.CERTAIN, "", cued)
        return found(Verdict.OPEN, "several issuers", plain)
    return _judge_ambiguous(line, match, end, names, found)


def _other_senses(line: Line, match: Match, names: list[Name]) -> bool:
    """A word that is mostly the company, yet not beside another capital: "Delta Partners", "Apple Records"."""
    watched = any(name.vetoes for name in names)
    return watched and _extended(line, match.first, match.end) and not _by_cue(line, match, names)


def _judge_ambiguous(
    line: Line, match: Match, end: int, names: tuple[Name, ...], found: Callable[..., Found]
) -> Found:
    tokens = line.tokens
    lower = tokens.raws[match.first][0].islower()
    if end == match.end and not lower and _hyphenated(tokens, match.first, end):
        return found(Verdict.BARRED, "part of a compound")
    adjective = (
        match.end - match.first == 1 and tokens.keys[match.first] in GENERIC_WORDS
    )  # "United Co. Rusal"
    named_legally = (end > match.end and not adjective) or (
        end - match.first > 1 and tokens.keys[end - 1] in LEGAL_FORMS
    )
    cued = () if tokens.keys[match.first] in GENERIC_WORDS else _by_cue(line, match, names)
    if not cued and lower:
        return found(Verdict.BARRED, "")
    if cued and line.cased and _capital_before(tokens, match.first):
        return found(Verdict.OPEN, _PART, names)
    if cued:
        one = len({n.issuer_id for n in cued}) == 1
        return found(Verdict.CUED if one else Verdict.OPEN, "" if one else "several issuers", cued)
    if end < len(tokens) and tokens.keys[end] in NATURE_WORDS and tokens.gap(end - 1) == " ":
        return found(Verdict.BARRED, "ambiguous")
    curated = any(n.cues or n.vetoes for n in names)
    if not curated and not named_legally and end - match.first == 1 and _common(tokens, match.first, end):
        return found(Verdict.OPEN, "ambiguous", names)
    extended = line.cased and not named_legally and _extended(line, match.first, end)
    if extended:
        return found(Verdict.OPEN, _PART, names)
    if end == match.end and all(map(_acronym, names)):
        return found(Verdict.OPEN, "ambiguous", names)
    if named_legally or (
        not all(_shouted(line, n) for n in names)
        and _cue_beside(line, match.first, end, possessive=match.possessive, curated=curated)
    ):
        one = len({n.issuer_id for n in names}) == 1
        return found(Verdict.CUED if one else Verdict.OPEN, "" if one else "several issuers", names)
    return found(Verdict.OPEN, "ambiguous", names)


def _with_legal_form(tokens: Tokens, end: int) -> int:
    """Take in "Inc.", "Group Holding Ltd", "& Co." after a name."""
    if tokens.raws[end : end + 2] == ["&", "Co"]:
        end += 2
    while end < len(tokens) and tokens.keys[end] in LEGAL_FORMS:
        if tokens.raws[end][0].islower() and tokens.keys[end] != "plc":
            break
        if tokens.gap(end - 1) not in (" ", ", ", ". ", "\u00a0"):
            break
        end += 1
    return end


def _not_vetoed(tokens: Tokens, match: Match) -> tuple[tuple[Name, ...], bool]:
    kept = tuple(n for n in match.names if not (n.vetoes and _vetoed(tokens, match, n)))
    return kept, not kept


def _vetoed(tokens: Tokens, match: Match, name: Name) -> bool:
    after, before = tokens.keys[match.end : match.end + 3], tokens.keys[max(0, match.first - 3) : match.first]
    for phrase in _folded(name.vetoes):
        words = phrase.split(" ")
        if after[: len(words)] == words or before[-len(words) :] == words:
            return True
    return False


@lru_cache(maxsize=1 << 11)
def _folded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold_words, phrases))


def _longer_company(line: Line, match: Match, end: int) -> str:
    """Tell whether the name is only a part of another company's: "Caesars World Inc", "BDT Partners LLC"."""
    tokens, first, single = line.tokens, match.first, match.end - match.first == 1
    generic = all(key in GENERIC_WORDS or key in LEGAL_FORMS for key in tokens.keys[first : match.end])
    if ((single and end > match.end) or generic) and _capital_before(tokens, first):
        return _PART
    if generic and not single and end == match.end and _extended(line, first, end):
        return _PART
    one = single or all(tokens.gap(i) in ("-", "\u2010", "\u2011") for i in range(first, match.end - 1))
    if not one or end > match.end or match.possessive:
        return ""
    foreign = False
    for i in range(end, min(end + 4, len(tokens))):
        if tokens.gap(i - 1) not in (" ", " & ") or not tokens.raws[i][0].isupper():
            return ""
        if tokens.keys[i] in LEGAL_FORMS:
            return _PART if foreign else ""
        if tokens.keys[i] in FREE_NEIGHBOURS:
            return ""
        foreign = True
    return ""


def _shouted(line: Line, name: Name) -> bool:
    """A name that is also a common acronym, or three letters in a line of capitals, proves nothing."""
    if _acronym(name):
        return True
    if line.cased or len(name.text) > 3:
        return False
    raws = line.tokens.raws
    return sum(raw.isupper() for raw in raws) > 0.7 * len(raws)


def _acronym(name: Name) -> bool:
    return name.text.isupper() and name.text.lower() in ACRONYMS


def _of_place(line: Line, end: int) -> bool:
    """Tell whether a name only gives its name to something: "Minute Maid Park", "NextEra Energy Partners"."""
    tokens = line.tokens
    if end >= len(tokens) or tokens.gap(end - 1) != " " or not tokens.raws[end][0].isupper():
        return False
    tail = tokens.keys[end] in ORGANISATION_TAILS and (line.cased or tokens.keys[end] not in _HEADLINE_WORDS)
    return tail or tokens.keys[end : end + 2] == ["partners", "lp"]


def _other_thing(line: Line, first: int, end: int) -> str:
    """Tell why a one-word name is a person or another organisation, if it is."""
    tokens = line.tokens
    if end < len(tokens) and tokens.gap(end - 1) == " " and tokens.raws[end][0].isupper():
        two_on = tokens.keys[end + 1] if end + 1 < len(tokens) else ""
        if two_on in ORGANISATION_TAILS and tokens.raws[end + 1][0].isupper() and tokens.gap(end) == " ":
            return _PART
    if (
        tokens.raws[first].isupper()
        and end < len(tokens)
        and tokens.gap(end - 1) == "-"
        and tokens.raws[end].isdigit()
    ):
        return "part of a symbol"
    if not first:
        return ""
    previous, gap = tokens.keys[first - 1], tokens.gap(first - 1)
    if previous in _TITLES and gap in (" ", ". "):
        return "a person"
    if gap != " " or not tokens.raws[first - 1][0].isupper():
        return ""
    opening = first == 1 or not line.cased
    following = tokens.keys[end] if end < len(tokens) else ""
    if following in {"shares", "stock", "motor"}:
        return ""
    if previous in FIRST_NAMES and not (opening and previous in _NOT_A_NAME_FIRST):
        return "a person"
    return "a person" if line.cased and _introduced(tokens, first, end) else ""


def _introduced(tokens: Tokens, first: int, end: int) -> bool:
    """Tell whether an unknown capitalised word before a name is somebody's first name: "said Kengo Suzuki, a"."""
    previous = tokens.keys[first - 1]
    known = previous in FREE_NEIGHBOURS or previous in GENERIC_WORDS or previous in COMPANY_NOUNS
    if known or not tokens.raws[first - 1].isalpha() or tokens.raws[first - 1].isupper():
        return False
    if tokens.stems[first - 1] is not previous or tokens.stems[end - 1] is not tokens.keys[end - 1]:
        return False
    after = tokens.gap(end - 1) if end < len(tokens) else ""
    following = tokens.keys[end] if end < len(tokens) else ""
    presented = after == ", " and following in _PRESENTED
    if first == 1:
        return presented
    said = tokens.keys[first - 2] in _PRESENTING and tokens.gap(first - 2) == " "
    return (said and after != " ") or (presented and following not in {"the", "a", "an"})


def _common(tokens: Tokens, first: int, end: int) -> bool:
    """ "The Post reports", "Future of Privacy Forum": a word that the article or the next words make another's."""
    if first and tokens.keys[first - 1] == "the":
        return True
    return (
        tokens.keys[end : end + 1] == ["of"] and end + 1 < len(tokens) and tokens.raws[end + 1][0].isupper()
    )


def _first_name(tokens: Tokens, i: int) -> bool:
    return tokens.raws[i][0].isupper() and tokens.keys[i] in FIRST_NAMES and tokens.gap(i) == " "


def _hyphenated(tokens: Tokens, first: int, end: int) -> bool:
    if end < len(tokens) and tokens.gap(end - 1) in ("-", "\u2010", "\u2011", "/"):
        return tokens.keys[end] not in _COMPANY_HYPHENS and tokens.raws[end][0].islower()
    return first > 0 and tokens.gap(first - 1) == "-" and tokens.keys[first - 1] not in _PREFIX_HYPHENS


def _by_cue(line: Line, match: Match, names: Iterable[Name]) -> tuple[Name, ...]:
    keys = line.tokens.keys
    others = ""
    kept = []
    for name in names:
        if not name.cues:
            continue
        others = others or f" {' '.join((*keys[: match.first], '|', *keys[match.end :]))} "
        if any(f" {cue} " in others for cue in _folded(name.cues)):
            kept.append(name)
    return tuple(kept)


def _extended(line: Line, first: int, end: int) -> bool:
    """Tell whether a capitalised word stands right beside the name, as in "Oracle Park"."""
    tokens = line.tokens
    owner = tokens.stems[end - 1] is not tokens.keys[end - 1]
    if not owner and end < len(tokens) and tokens.gap(end - 1) == " " and _capital(tokens, end):
        return True
    return _capital_before(tokens, first)


def _capital_before(tokens: Tokens, first: int) -> bool:
    return first > 1 and tokens.gap(first - 1) == " " and _capital(tokens, first - 1)


def _capital(tokens: Tokens, i: int) -> bool:
    return tokens.raws[i][0].isupper() and tokens.stems[i] not in FREE_NEIGHBOURS


def _cue_beside(line: Line, first: int, end: int, *, possessive: bool, curated: bool) -> bool:
    """Look for a word that makes the name a company; a name of unknown worth needs a clearer one."""
    tokens, keys = line.tokens, line.tokens.keys
    opens = opens_sentence(line, first)
    if curated and _PREDICATE.match(tokens.text, tokens.ends[end - 1], line.sentence.span.end):
        return True
    if opens and not curated:
        return False
    strong = PLAIN_CUES if opens else STRONG_CUES if curated else STRONG_CUES - LOOSE_CUES
    following = keys[end] if end < len(keys) and tokens.gap(end - 1) == " " else ""
    if line.cased and following and tokens.raws[end][0].isupper() and following not in _OFFICES:
        following = ""  # "American Stock Exchange"
    owns = possessive and not STRONG_CUES.isdisjoint(keys[end : end + 3])
    if end - first == 1 and keys[first] in GENERIC_WORDS:
        return owns or following in _SPEECH
    if following in strong or owns:
        return True
    if (following in ADJACENT_CUES or following in _MOVED) and _figure_near(tokens, end):
        return True
    if (
        curated
        and following in _TRADING
        and _TRADES_AT.search(tokens.text, tokens.ends[end], line.sentence.span.end)
    ):
        return True
    before = keys[max(0, first - 2) : first]
    if before[-1:] in (["of"], ["in"]) and before[0] in (
        "shares",
        "maker",
        "owner",
        "ceo",
        "parent",
        "executive",
    ):
        return True
    if before and before[-1].startswith(("upgrad", "downgrad")):
        return True
    if opens:
        return False
    if following in ADJACENT_CUES - LEGAL_FORMS and curated:
        return True
    if before and before[-1] in COMPANY_NOUNS and tokens.gap(first - 1) == " ":
        return True
    apposition = (
        end < len(keys) and tokens.gap(end - 1) == ", " and keys[end] in ("the", "a", "an", "which", "whose")
    )
    return apposition and not COMPANY_NOUNS.isdisjoint(keys[end + 1 : end + 6])


def _figure_near(tokens: Tokens, end: int) -> bool:
    """Tell whether a per cent figure follows within a few words: "Snap rose 1.5 percent"."""
    last = min(end + 6, len(tokens)) - 1
    return bool(_PER_CENT.search(tokens.text, tokens.ends[end], tokens.ends[last] + 10))


def kind_of_mention(name: Name) -> str:
    """Put a name's kind into the words of `Mention.via`.

    >>> kind_of_mention(Name(text="Google", issuer_id=IssuerId("x"), kind=NameKind.BRAND))
    'alias'
    """
    return "name" if name.kind in (NameKind.LEGAL, NameKind.SHORT) else "alias"
