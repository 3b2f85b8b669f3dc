"""What grouping takes from an article's words: their classes, names, figures, days and quarters, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from readthrough.domain.article import Article, Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Reading, Role, Sentence
from readthrough.reading.sketch import WORDS, sketch_of_words
from readthrough.reading.story_words import CLASSES, code_of

__all__ = ["Spoken", "agree", "digits_of", "rough", "spoken_of"]

_LEAD_SENTENCES: Final = 3  # the headline and two more: where wires put the news
_SENTENCES: Final = 9  # further down stands background
_MOST_WORDS: Final = 96
_MOST_NAMES: Final = 32
_MOST_FIGURES: Final = 40
_MOST_DATES: Final = 6
_DATELINE: Final = 80  # characters in which a place and a day stand before a dash
_WORD: Final = lazily(r"\w+")
_SPACES: Final = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
_NUMBER: Final = lazily(
    r"(\d+(?:,\d{2,3})*(?:\.\d+)?)(?:(%|[ -]?(?:percent|per cent|pct))|((?:st|nd|rd|th)\b| (?:gmt|[ap]\.?m\b)))?"
)
_DASH: Final = lazily(r"\s[-–—]{1,2}\s|—")
_CURRENCIES: Final = frozenset(
    "usd eur gbp chf jpy aud cad inr cny rmb hkd sek nok dkk brl krw sgd rs".split()
)
_MONTHS: Final = {
    name: number
    for number, long in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
    for name in (long, long[:3], long[:4])
}
_QUARTERS: Final = {w: 1 << i for i, w in enumerate(("first", "second", "third", "fourth"))} | {
    f"q{i + 1}": 1 << i for i in range(4)
}
_RANGES: Final = {
    ("january", "march"): 16,
    ("april", "june"): 32,
    ("july", "september"): 64,
    ("october", "december"): 128,
}
_WEEKDAYS: Final = {
    f"{name}day": 1 << place for place, name in enumerate("mon tues wednes thurs fri satur sun".split())
}
_LONG_MONTHS: Final = frozenset(name for name in _MONTHS if len(name) > 4 or name in ("june", "july")) - {
    "sept"
}
_UNITS: Final = frozenset("day days week weeks month months".split())
_SEASONS: Final = frozenset("spring summer autumn fall winter".split())
_AGO, _LAST, _SEASON, _EARLIER, _MONTH, _AFTER = (1 << place for place in range(6))
_TIMES: Final = (
    frozenset(_QUARTERS)
    | frozenset(_WEEKDAYS)
    | _LONG_MONTHS
    | _UNITS
    | _SEASONS
    | {"ago", "earlier", "yesterday"}
)
_SINCE: Final = frozenset("in since from".split())
_LATER: Final = frozenset("after later since earlier".split())
_BEFORE: Final = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)  # days before a month
_BEFORE_NUMBERS: Final = frozenset(" \n($€£¥\"'")
_SCALES: Final = ("million", "billion", "trillion", "mln", "bln", "mn", "bn", "dollars", "euros")
_ROUNDING: Final = 0.026  # of its value that a figure may lose


@dataclass(slots=True)
class Spoken:
    """What the words of an article tell; sequences run from the lead to what stands last."""

    sketch: bytes = b""
    words: list[int] = field(default_factory=list)
    issuer_words: int = 0
    headline_words: int = 0
    lead_words: int = 0
    names: list[int] = field(default_factory=list)
    lead_names: int = 0
    figures: list[int] = field(default_factory=list)
    lead_figures: int = 0
    dates: list[int] = field(default_factory=list)  # month << 5 | day
    dateline: int = 0  # day of the year under which it was written, from 1; 0 where it does not say
    weekdays: int = 0  # as bits
    weekday: int = 0  # the first one named, as a bit
    back: int = 0  # ways in which it looks back on what was told before, as bits
    periods: int = 0  # quarters named in the lead, by number (four bits) and by their months (four bits)


def spoken_of(article: Article, reading: Reading) -> Spoken:
    """Read an article's words once: the first 256 for the sketch, the first sentences for what they tell."""
    spoken = Spoken()
    issuers = _issuer_words(reading)
    own = {code_of(word) for word in issuers} - CLASSES
    own.add(0)
    every: list[str] = []
    words: dict[int, None] = {}
    names: dict[int, None] = {}
    lead_end, read = 0, False
    text = article.text
    plain = text.translate(_SPACES) if text.isascii() else None
    low = plain.lower() if plain is not None else ""
    for sentence in reading.sentences or _pieces(article):
        index = sentence.index
        start, end = sentence.span.start, sentence.span.end
        if index == 1:
            spoken.headline_words = _without(words, own)
        elif index == _LEAD_SENTENCES:
            spoken.lead_words = _without(words, own)
            spoken.lead_names = sum(name not in own and name not in CLASSES for name in names)
        read = read or index >= _SENTENCES or len(words) >= _MOST_WORDS
        if read:
            if len(every) >= WORDS:
                break
            every += low[start:end].split() if plain is not None else _WORD.findall(text[start:end].lower())
            continue
        if plain is not None:
            found, lowered = plain[start:end].split(), low[start:end].split()
        else:
            found = _WORD.findall(text, start, end)
            lowered = [word.lower() for word in found]
        every += lowered
        if index < _LEAD_SENTENCES:
            lead_end = sentence.span.end
        if not _TIMES.isdisjoint(lowered):
            _times(lowered, index, spoken)
        codes = list(map(code_of, lowered))
        words |= dict.fromkeys(codes)
        if not sentence.headline:
            # A capital counts where no sentence begins.
            capitals = [c for word, plainly, c in zip(found, lowered, codes, strict=True) if word != plainly]
            names |= dict.fromkeys(capitals[found[:1] != lowered[:1] :])
    total = _without(words, own)
    if not spoken.lead_words:
        spoken.headline_words = spoken.headline_words or total
        spoken.lead_words, spoken.lead_names = total, _MOST_NAMES
    named = [code for code in map(code_of, sorted(issuers)) if code not in CLASSES]
    named = list(dict.fromkeys(named))[:4]
    spoken.issuer_words = len(named)
    spoken.words = [*list(words)[:_MOST_WORDS], *named]
    spoken.headline_words = min(spoken.headline_words, _MOST_WORDS)
    spoken.lead_words = min(spoken.lead_words, _MOST_WORDS)
    spoken.names = [name for name in names if name not in own and name not in CLASSES][:_MOST_NAMES]
    spoken.lead_names = min(spoken.lead_names, len(spoken.names))
    spoken.sketch = sketch_of_words(every)
    _numbers(article, lead_end, spoken)
    return spoken


def _without(words: dict[int, None], own: Iterable[int]) -> int:
    for code in own:
        words.pop(code, None)
    return len(words)


def _pieces(article: Article) -> Iterable[Sentence]:
    """Cut a text that was not read into its headline and what stands between full stops."""
    yield Sentence(index=0, span=Span(0, len(article.headline)), headline=True)
    start = len(article.headline) + 2
    for index, piece in enumerate(article.body.split(". ")[:_MOST_WORDS], 1):
        yield Sentence(index=index, span=Span(start, start + len(piece)))
        start += len(piece) + 2


def _issuer_words(reading: Reading) -> set[str]:
    shown = {t.issuer_id for t in reading.tickers if t.role is not Role.PASSING}
    surfaces = {m.surface for m in reading.mentions if m.issuer_id in shown and m.via != "coreference"}
    return set(_WORD.findall(" ".join(surfaces).lower()))


def _times(words: Sequence[str], index: int, spoken: Spoken) -> None:
    """Take the weekdays of a sentence, how it looks back, and the quarters of the lead's."""
    for position, word in enumerate(words):
        if word not in _TIMES:
            continue
        before = words[position - 1] if position else ""
        after = words[position + 1] if position + 1 < len(words) else ""
        if word in _WEEKDAYS:
            spoken.weekdays |= _WEEKDAYS[word]
            spoken.weekday = spoken.weekday or _WEEKDAYS[word]
            spoken.back |= _LAST * (before == "last")
        elif word in _QUARTERS:
            if index < _LEAD_SENTENCES and (word[0] == "q" or after == "quarter"):
                spoken.periods |= _QUARTERS[word]
        elif word in _LONG_MONTHS:
            ends = (after, *words[position + 2 : position + 3])
            period = sum(_RANGES.get((word, end), 0) for end in ends)
            if index < _LEAD_SENTENCES:
                spoken.periods |= period
            spoken.back |= _MONTH * (not period and before in _SINCE and not after.isdigit())
        else:
            spoken.back |= _look_back(word, before, after)


def _look_back(word: str, before: str, after: str) -> int:
    if word in _UNITS:
        return _LAST * (before == "last") | _AFTER * (after in _LATER)
    if word in _SEASONS:
        return _SEASON * (before in ("last", "this"))
    if word == "earlier":
        return _EARLIER * (after in ("this", "in"))
    return _AGO


def _numbers(article: Article, lead_end: int, spoken: Spoken) -> None:
    """Take the figures of a text as printed, and the days it names.

    The reader's facts would miss some and call one figure by two names; two wires print the same digits.
    """
    text = article.text
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters of other alphabets grow
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    dateline = _dateline(article)
    figures: dict[int, None] = {}
    lead_figures: int | None = None
    for found in _NUMBER.finditer(lowered):
        token, percent, odd = found.groups()
        start = found.start()
        if lead_figures is None and start >= lead_end:
            lead_figures = len(figures)
        if odd or (
            start
            and lowered[start - 1] not in _BEFORE_NUMBERS
            and _in_name(lowered[max(0, start - 4) : start])
        ):
            continue
        if not percent and len(token) <= 2:
            day = _day(text[max(0, start - 11) : start], text[start + len(token) : start + 14], token)
            if day:
                if start in dateline:
                    spoken.dateline = spoken.dateline or _BEFORE[day >> 5] + (day & 31)
                elif len(spoken.dates) < _MOST_DATES and day not in spoken.dates:
                    spoken.dates.append(day)
                continue
        elif (
            len(token) == 4 and token[:2] in ("19", "20") and not percent and _is_year(lowered, start, token)
        ):
            continue
        figure = _figure(token, percent is not None)
        if figure:
            figures[figure] = None
            if len(figures) >= _MOST_FIGURES:
                break
    spoken.figures = list(figures)
    spoken.lead_figures = len(figures) if lead_figures is None else lead_figures


def _dateline(article: Article) -> range:
    """Where a place and a day may stand before the body's first dash."""
    begin = len(article.headline) + 2
    dash = _DASH.search(article.body, 0, _DATELINE)
    return range(begin, begin + dash.start()) if dash is not None else range(0)


def _day(before: str, after: str, digits: str) -> int:
    """The day of a month that a number names, as month << 5 | day; 0 where it names none."""
    day = int(digits)
    if not 1 <= day <= 31:
        return 0
    for word in (
        before.rstrip(" .").rpartition(" ")[2].strip("(,-"),
        after.partition(" ")[2].partition(" ")[0],
    ):
        if word[:1].isupper() and (month := _MONTHS.get(word.strip(".,;)-").lower())):
            return month << 5 | day
    return 0


def _in_name(before: str) -> bool:
    """Tell by what stands before a number whether it is part of a name, as in "A320" or "737-800"."""
    last = before[-1]
    if last.isalpha():
        letters = before[len(before.rstrip("abcdefghijklmnopqrstuvwxyz")) :]
        return letters not in _CURRENCIES
    return last in "./_" or (last == "-" and not before[-2:-1].isdigit() and before[-2:-1] != "%")


def _is_year(lowered: str, start: int, token: str) -> bool:
    """Tell a year from an amount of some two thousand."""
    following = lowered[start + 4 : start + 14].lstrip(" -")
    return (
        "." not in token
        and lowered[start - 1 : start] not in tuple("$€£¥")
        and not following.startswith(_SCALES)
    )


@lru_cache(maxsize=20_000)
def _figure(token: str, percent: bool) -> int:
    """Pack a number: one bit for percent, two for its size, 20 for up to six significant digits.

    Of its power of ten only the remainder by three is kept: "2,030 million" and "2.03bn" are one figure.
    """
    whole, _, part = token.replace(",", "").partition(".")
    whole = whole.lstrip("0")
    digits = (whole + part).lstrip("0")[:6].rstrip("0")
    if not digits:
        return 0
    power = len(whole) - 1 if whole else len(part.lstrip("0")) - len(part) - 1
    return percent << 26 | power % 3 << 20 | int(digits)


def digits_of(figure: int) -> int:
    """Count the significant digits of a figure."""
    return len(str(figure & 0xFFFFF))


@lru_cache(maxsize=20_000)
def rough(figure: int) -> int:
    """A figure by its kind, size and first two digits, as a rewriter may round it."""
    return figure >> 20 << 8 | min(99, round(int(str(figure & 0xFFFFF).ljust(3, "0")[:3]) / 10))


def agree(figure: int, other: int) -> bool:
    """Tell whether one of two figures is the other rounded."""
    if figure >> 20 != other >> 20:
        return False
    one, two = figure & 0xFFFFF, other & 0xFFFFF
    apart = digits_of(figure) - digits_of(other)
    if apart < 0:
        one, two, apart = two, one, -apart
    if not apart:
        return one == two
    rounded = one / float(10**apart)
    return bool(round(rounded) == two and abs(rounded - two) <= _ROUNDING * two)
