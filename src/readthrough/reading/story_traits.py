"""What tells one article's news from another's, small enough to keep for millions: see `Traits`."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import combinations
from struct import Struct
from typing import Final
from zlib import crc32

from readthrough.domain.article import Article, Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Fact, Reading, Role, Sentence, Unit
from readthrough.reading.sketch import bands, sketch_of
from readthrough.reading.story_marks import Mark, mark_of
from readthrough.reading.story_words import CLASSES, code_of

__all__ = ["MOST_KEYS", "Traits", "event_keys", "is_common", "keys_of", "pack", "traits_of", "unpack"]

MOST_KEYS: Final = 32
"""Keys under which an article is filed at most."""

_COMMON_KINDS: Final = (3, 9)
_FORMAT: Final = 1
_HEAD: Final = Struct("<BdQ19B")
_LEAD_SENTENCES: Final = 3  # the headline and two more: where wires put the news
_SENTENCES: Final = 9  # further down stands background
_MOST_WORDS: Final = 96
_MOST_NAMES: Final = 32
_MOST_FIGURES: Final = 32
_MOST_ISSUERS: Final = 8
_MOST_EVENTS: Final = 6
_MOST_DATES: Final = 6
_WRAP_ISSUERS: Final = 5  # with so many, none of them far ahead, an article tells no single story
_NUMERAL: Final = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\d.,]*[%\w])")
_WORD: Final = re.compile(r"\w+")
# An issuer may have several of these in one week that have nothing to do with each other.
_RECURRENT: Final = frozenset(
    "contract_change ma_announced analyst_rating_change product_launch regulatory_clearance product_withdrawal"
    " litigation insider_or_activist index_change share_offering capex_change market_wide_move".split()
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
_TIMES: Final = frozenset(_MONTHS) | frozenset(_QUARTERS)
_UNITS: Final = {
    Unit.MONEY: 0, Unit.MONEY_PER_SHARE: 0, Unit.PERCENT: 1, Unit.PERCENTAGE_POINTS: 1, Unit.BASIS_POINTS: 2,
    Unit.MULTIPLE: 3, Unit.COUNT: 4, Unit.POINTS: 5,
}  # fmt: skip
_WRAP: Final = lazily(
    r"^\W*(?:wall st|stocks|global markets|market wrap|markets|shares|futures|morning bid|ftse|dax|nikkei|s&p 500|dow|asian"
    r" shares|european shares|midday|pre-?market|movers|stocks to watch|what to watch|diary|factbox|wrapup|live markets|in brief"
    r"|news digest|press digest|calendar|roundup|buzz|stock market today)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """An article's marks, issuers, events, figures, words, names and dates, as numbers.

    Sequences run from what the lead tells to what stands last, so that a prefix is the lead: `lead_figures`
    of `figures` and so on. `own_figures` counts those that are not background.
    """

    told_at: float  # Unix seconds of publication
    words_id: int  # tells whether two articles have the very same text
    mark: Mark
    wrap: bool
    sketch: bytes
    main: Sequence[int]  # issuers it is about
    side: Sequence[int]  # issuers it is also about
    events: Sequence[int]  # issuer and event parent; odd for one that may come twice in a week
    figures: Sequence[int]
    lead_figures: int
    own_figures: int
    words: Sequence[int]  # those of the issuers' own names stand last
    issuer_words: int
    headline_words: int
    lead_words: int
    names: Sequence[int]  # capitalised words that are no issuer's
    lead_names: int
    kinds: Sequence[int]  # types of event with their modality, whoever's they are; odd as above
    dates: Sequence[int]  # days of the year named in it
    periods: int  # quarters and months named in the lead, as bits


def traits_of(article: Article, reading: Reading, now: datetime) -> Traits:
    """Take an article's traits.

    Args:
        article: What was published.
        reading: What it says.
        now: When it became known; its time where it has no earlier one of publication.
    """
    published = article.published_at
    told_at = (published if published is not None and published <= now else now).timestamp()
    main = [t.issuer_id for t in reading.tickers if t.role is Role.PRIMARY]
    side = [t.issuer_id for t in reading.tickers if t.role is Role.SECONDARY]
    figures, lead_figures, own_figures = _figures(article, reading)
    spoken = _spoken(article, reading)
    return Traits(
        told_at=told_at,
        words_id=int.from_bytes(bytes.fromhex(article.content_digest[:16].zfill(16)), "little")
        if _is_hex(article.content_digest)
        else crc32(article.content_digest.encode("utf-8", "surrogatepass")),
        mark=mark_of(article),
        wrap=_is_wrap(article, reading, main, side),
        sketch=sketch_of(article.text),
        main=[_hash(i) for i in main[:_MOST_ISSUERS]],
        side=[_hash(i) for i in side[:_MOST_ISSUERS]],
        events=_events(reading),
        kinds=_kinds(reading),
        figures=figures,
        lead_figures=lead_figures,
        own_figures=own_figures,
        words=spoken.words,
        issuer_words=len(spoken.named),
        headline_words=spoken.headline_words,
        lead_words=spoken.lead_words,
        names=spoken.names,
        lead_names=spoken.lead_names,
        dates=spoken.dates,
        periods=spoken.periods,
    )


def keys_of(traits: Traits, article_id: str) -> list[int]:
    """Return the keys under which an article is looked for, its own id's first: 64-bit, at most 32.

    Texts alike share a band; the same news in other words shares an issuer's event, an issuer's figure, a
    rare figure, or two of the names in the lead.
    """
    keys = [_mixed(1, crc32(article_id.encode("utf-8", "surrogatepass")))]
    keys += [_mixed(2, band) for band in bands(traits.sketch)]
    keys += [_mixed(3, issuer) for issuer in traits.main[:2]]
    keys += [_mixed(4, event) for event in traits.events[:4]]
    own = traits.figures[: traits.own_figures]
    keys += [_mixed(5, figure) for figure in own if _digits(figure) >= 3][:3]
    if traits.main:
        keys += [_mixed(6, traits.main[0] << 32 | _rough(figure)) for figure in own[:3]]
    lead = traits.names[: min(3, traits.lead_names)]
    named = traits.words[len(traits.words) - traits.issuer_words :]
    keys += [_mixed(9, name) for name in [*named[:2], *lead[:2]]]
    if not traits.main:
        keys += [_mixed(8, name << 32 | _rough(figure)) for name in lead for figure in own[:2]]
    keys += [_mixed(7, min(a, b) << 16 | max(a, b)) for a, b in combinations(lead, 2)]
    return keys[:MOST_KEYS]


def is_common(key: int) -> bool:
    """Tell whether a key, a whole issuer's or a single name's, is one that very many articles share."""
    return key & 0xF in _COMMON_KINDS


def event_keys(traits: Traits) -> Iterable[int]:
    """Return the issuers' kinds of event, by which the last similar one is remembered."""
    return traits.events


def pack(traits: Traits) -> bytes:
    """Write traits as bytes, some 300 for an ordinary article."""
    parts = (traits.main, traits.side, traits.events, traits.figures)
    small = (traits.words, traits.names, traits.kinds, traits.dates)
    head = _HEAD.pack(
        _FORMAT,
        traits.told_at,
        traits.words_id,
        traits.mark,
        traits.wrap,
        len(traits.sketch),
        *map(len, parts),
        *map(len, small),
        traits.lead_figures,
        traits.own_figures,
        traits.issuer_words,
        traits.headline_words,
        traits.lead_words,
        traits.lead_names,
        traits.periods & 0xFF,
        traits.periods >> 8,
    )
    wide = array("I", [n for part in parts for n in part])
    narrow = array("H", [n for part in small for n in part])
    return head + traits.sketch + wide.tobytes() + narrow.tobytes()


def unpack(packed: bytes) -> Traits | None:
    """Read what `pack` wrote; None for what an older version wrote, which can no longer be compared."""
    if len(packed) < _HEAD.size or packed[0] != _FORMAT:
        return None
    (_, told_at, words_id, mark, wrap, sketched, main, side, events, figures, words, names, kinds, dates,
     lead_figures, own_figures, issuer_words, headline_words, lead_words, lead_names, low, high) = _HEAD.unpack_from(packed)  # fmt: skip
    at = _HEAD.size + sketched
    wide_end = at + 4 * (main + side + events + figures)
    wide = memoryview(packed[at:wide_end]).cast("I").tolist()
    narrow = memoryview(packed[wide_end:]).cast("H").tolist()
    return Traits(
        told_at=told_at,
        words_id=words_id,
        mark=Mark(mark),
        wrap=bool(wrap),
        sketch=packed[_HEAD.size : at],
        main=wide[:main],
        side=wide[main : main + side],
        events=wide[main + side : main + side + events],
        figures=wide[main + side + events :],
        lead_figures=lead_figures,
        own_figures=own_figures,
        words=narrow[:words],
        issuer_words=issuer_words,
        headline_words=headline_words,
        lead_words=lead_words,
        names=narrow[words : words + names],
        lead_names=lead_names,
        kinds=narrow[words + names : words + names + kinds],
        dates=narrow[words + names + kinds : words + names + kinds + dates],
        periods=high << 8 | low,
    )


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _mixed(kind: int, value: int) -> int:
    mixed = (value * 16 + kind) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    return (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFF0 | kind


def _is_hex(text: str) -> bool:
    return len(text) >= 16 and not text.strip("0123456789abcdef")


def _events(reading: Reading) -> list[int]:
    told = [
        _hash(f"{e.issuer_id or e.subject.lower()}:{e.parent}") >> 1 << 1 | (e.parent in _RECURRENT)
        for e in reading.events
        if not e.background and (e.issuer_id or e.subject)
    ]
    return list(dict.fromkeys(told))[:_MOST_EVENTS]


def _kinds(reading: Reading) -> list[int]:
    told = [
        _hash(f"{e.type}:{e.modality}") & 0xFFFE | (e.parent in _RECURRENT)
        for e in reading.events
        if not e.background
    ]
    return list(dict.fromkeys(told))[:_MOST_EVENTS]


def _is_wrap(article: Article, reading: Reading, main: Sequence[str], side: Sequence[str]) -> bool:
    several = len(main) + len(side)
    if several >= _WRAP_ISSUERS and len(main) != 1:
        return True
    if several == 1 or (main and len(main) <= 2 and several <= 3):
        return False
    return _WRAP.search(article.headline) is not None or (
        not main and any(e.parent == "market_wide_move" for e in reading.events)
    )


def _figures(article: Article, reading: Reading) -> tuple[list[int], int, int]:
    lead: list[int] = []
    own: list[int] = []
    known: list[int] = []
    for fact in reading.facts:
        into = known if fact.background else lead if fact.sentence < _LEAD_SENTENCES else own
        into.extend(_codes(fact))
        known.extend(_code(fact.unit, v) for v in (fact.expected, fact.previous) if v is not None)
    lead += _bare(article, reading)
    lead = list(dict.fromkeys(lead))[:_MOST_FIGURES]
    told = list(dict.fromkeys(lead + own))[:_MOST_FIGURES]
    return list(dict.fromkeys(told + known))[: _MOST_FIGURES + 8], len(lead), len(told)


def _bare(article: Article, reading: Reading) -> list[int]:
    """The long numerals of the lead that the reader gave no metric."""
    end = reading.sentences[:_LEAD_SENTENCES][-1].span.end if reading.sentences else 0
    read = [f.figure for f in reading.facts if f.sentence < _LEAD_SENTENCES]
    return [
        _code(Unit.COUNT, found.group().replace(",", ""))
        for found in _NUMERAL.finditer(article.text, 0, min(end, 3_000))
        if not any(span.start <= found.start() < span.end for span in read)
    ]


def _codes(fact: Fact) -> list[int]:
    # the metric is left out: two wires call one figure by different names, but print the same digits
    values = [fact.value] if fact.high is None else [fact.value, fact.high]
    return [_code(fact.unit, value) for value in values]


def _code(unit: Unit, value: Decimal | str) -> int:
    """Pack a figure: three bits of unit, six of exponent, twenty of up to six significant digits."""
    mantissa, _, exponent = f"{abs(float(value)):.5e}".partition("e")
    digits = mantissa.replace(".", "").rstrip("0") or "0"
    power = min(63, max(0, int(exponent) - len(digits) + 1 + 24))
    return _UNITS[unit] << 26 | power << 20 | int(digits)


def _digits(figure: int) -> int:
    return len(str(figure & 0xFFFFF))


def _rough(figure: int) -> int:
    """A figure by its unit, size and first two digits, as a rewriter may round it."""
    digits = str(figure & 0xFFFFF)
    power = (figure >> 20 & 63) + len(digits)
    return figure >> 26 << 20 | power << 8 | min(99, round(int(digits.ljust(3, "0")[:3]) / 10))


@dataclass(slots=True)
class _Spoken:
    words: list[int]
    headline_words: int
    lead_words: int
    names: list[int]
    lead_names: int
    dates: list[int]
    periods: int
    named: list[int]


def _spoken(article: Article, reading: Reading) -> _Spoken:
    """Read the words of the first sentences: their classes, the names among them, the days they name."""
    text = article.text
    issuers = _issuer_words(reading)
    own = {code_of(word) for word in issuers} - CLASSES | {0}
    words: dict[int, None] = {}
    names: dict[int, None] = {}
    spoken = _Spoken([], 0, 0, [], 0, [], 0, [])
    for sentence in reading.sentences or _pieces(article):
        if sentence.index == 1:
            spoken.headline_words = len(words)
        if sentence.index == _LEAD_SENTENCES:
            spoken.lead_words, spoken.lead_names = len(words), len(names)
        if sentence.index >= _SENTENCES or len(words) >= _MOST_WORDS:
            break
        piece = text[sentence.span.start : min(sentence.span.end, sentence.span.start + 1_000)]
        found = _WORD.findall(piece)
        lowered = _WORD.findall(piece.lower()) if piece.isascii() else [word.lower() for word in found]
        if not _TIMES.isdisjoint(lowered):
            _times(lowered, sentence.index, spoken)
        codes = list(map(code_of, lowered))
        words |= dict.fromkeys(code for code in codes if code not in own)
        if not sentence.headline:
            # A capital counts where no sentence begins.
            capitals = [c for w, low, c in zip(found[1:], lowered[1:], codes[1:], strict=True) if w != low]
            names |= dict.fromkeys(code for code in capitals if code not in own and code not in CLASSES)
    if not spoken.lead_words:
        spoken.headline_words = spoken.headline_words or len(words)
        spoken.lead_words, spoken.lead_names = len(words), len(names)
    spoken.named = list(dict.fromkeys(code for code in map(code_of, sorted(issuers)) if code not in CLASSES))[
        :4
    ]
    spoken.words, spoken.names = [*list(words)[:_MOST_WORDS], *spoken.named], list(names)[:_MOST_NAMES]
    spoken.lead_words = min(spoken.lead_words, _MOST_WORDS)
    spoken.lead_names = min(spoken.lead_names, _MOST_NAMES)
    return spoken


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


def _times(lowered: Sequence[str], index: int, spoken: _Spoken) -> None:
    """Take quarters of the lead, and days: a dateline's own says when it was written, not what of."""
    for position, word in enumerate(lowered):
        if word in _QUARTERS and index < _LEAD_SENTENCES:
            if word[0] == "q" or lowered[position + 1 : position + 2] == ["quarter"]:
                spoken.periods |= _QUARTERS[word]
        elif word in _MONTHS and (index > 1 or position > 3) and len(spoken.dates) < _MOST_DATES:
            for beside in (*lowered[position + 1 : position + 2], *lowered[max(0, position - 1) : position]):
                if len(beside) <= 2 and beside.isdecimal() and 1 <= int(beside) <= 31:
                    day = _MONTHS[word] << 5 | int(beside)
                    if day not in spoken.dates:
                        spoken.dates.append(day)
                    break
