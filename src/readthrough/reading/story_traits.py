"""What tells one article's news from another's, small enough to keep for millions: see `Traits`."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from struct import Struct
from typing import Final
from zlib import crc32

from readthrough.domain.article import Article
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Reading, Role
from readthrough.reading.sketch import bands
from readthrough.reading.story_marks import Mark, mark_of
from readthrough.reading.story_text import rough, spoken_of

__all__ = ["MOST_KEYS", "Glance", "Traits", "glance", "is_common", "keys_of", "pack", "traits_of", "unpack"]

MOST_KEYS: Final = 32
"""Keys under which an article is filed at most."""

_COMMON_KINDS: Final = (3, 9)
_FORMAT: Final = 2
_HEAD: Final = Struct("<BdQH21B")
_GLANCE: Final = Struct("<BdQH6B")  # its beginning
_MOST_ISSUERS: Final = 8
_MOST_EVENTS: Final = 6
_WRAP_ISSUERS: Final = 5  # with so many, none of them far ahead, an article tells no single story
_WORDS_OF_64_BITS: Final = 0xFFFFFFFFFFFFFFFF
# An issuer may have several of these in one week that have nothing to do with each other.
_RECURRENT: Final = frozenset(
    "contract_change ma_announced analyst_rating_change product_launch regulatory_clearance product_withdrawal"
    " litigation insider_or_activist index_change share_offering capex_change market_wide_move".split()
)
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
    of `figures` and so on.
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
    words: Sequence[int]  # those of the issuers' own names stand last
    issuer_words: int
    headline_words: int
    lead_words: int
    names: Sequence[int]  # capitalised words that are no issuer's
    lead_names: int
    kinds: Sequence[int]  # types of event with their modality, whoever's they are; odd as above
    dates: Sequence[int]  # days of the year named in it
    dateline: int  # day of the year it was written under, from 1; 0 where it does not say
    weekdays: int  # those it names, as bits
    weekday: int  # the first of them
    back: int  # ways in which it looks back on what was told before, as bits
    periods: int  # quarters named in the lead, as bits


@dataclass(frozen=True, slots=True)
class Glance:
    """What of packed traits tells, at little cost, that two articles have nothing to do with each other."""

    told_at: float
    words_id: int
    mark: int
    wrap: bool
    sketch: bytes
    main: Sequence[int]
    events: Sequence[int]


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
    spoken = spoken_of(article, reading)
    return Traits(
        told_at=told_at,
        words_id=int.from_bytes(bytes.fromhex(article.content_digest[:16].zfill(16)), "little")
        if _is_hex(article.content_digest)
        else crc32(article.content_digest.encode("utf-8", "surrogatepass")),
        mark=mark_of(article),
        wrap=_is_wrap(article, reading, main, side),
        sketch=spoken.sketch,
        main=[_hash(i) for i in main[:_MOST_ISSUERS]],
        side=[_hash(i) for i in side[:_MOST_ISSUERS]],
        events=_events(reading),
        kinds=_kinds(reading),
        figures=spoken.figures,
        lead_figures=spoken.lead_figures,
        words=spoken.words,
        issuer_words=spoken.issuer_words,
        headline_words=spoken.headline_words,
        lead_words=spoken.lead_words,
        names=spoken.names,
        lead_names=spoken.lead_names,
        dates=spoken.dates,
        dateline=spoken.dateline,
        weekdays=spoken.weekdays,
        weekday=spoken.weekday,
        back=spoken.back,
        periods=spoken.periods,
    )


def keys_of(traits: Traits, article_id: str) -> list[int]:
    """Return the keys under which an article is looked for, its own id's first: 64-bit, at most 32.

    Texts alike share a band; the same news in other words shares an issuer's event, an issuer's figure, a
    rare figure, or two of the names in the lead.
    """
    main, figures = traits.main, traits.figures
    lead = traits.names[: min(3, traits.lead_names)]
    named = traits.words[len(traits.words) - traits.issuer_words :]
    values = [crc32(article_id.encode("utf-8", "surrogatepass")) << 4 | 1]
    values += [band << 4 | 2 for band in bands(traits.sketch)]
    values += [issuer << 4 | 3 for issuer in main[:2]]
    values += [event << 4 | 4 for event in traits.events[:4]]
    values += [figure << 4 | 5 for figure in figures if figure & 0xFFFFF >= 1_000][:3]
    if main:
        values += [(main[0] << 32 | rough(figure)) << 4 | 6 for figure in _telling(figures)]
    values += [name << 4 | 9 for name in (*named[:2], *lead[:2])]
    if not main:
        values += [(name << 32 | rough(figure)) << 4 | 8 for name in lead for figure in figures[:2]]
    values += [(min(a, b) << 16 | max(a, b)) << 4 | 7 for a, b in combinations(lead, 2)]
    return [_mixed(value) for value in values[:MOST_KEYS]]


def _telling(figures: Sequence[int]) -> Sequence[int]:
    """The first three figures of at least two digits, or the first three at all."""
    return [figure for figure in figures if figure & 0xFFFFF >= 10][:3] or figures[:3]


def is_common(key: int) -> bool:
    """Tell whether a key, a whole issuer's or a single name's, is one that very many articles share."""
    return key & 0xF in _COMMON_KINDS


def pack(traits: Traits) -> bytes:
    """Write traits as bytes, some 300 for an ordinary article."""
    wide = (*traits.main, *traits.side, *traits.events, *traits.figures)
    narrow = (*traits.words, *traits.names, *traits.kinds, *traits.dates)
    head = _HEAD.pack(
        _FORMAT,
        traits.told_at,
        traits.words_id,
        traits.dateline,
        traits.mark,
        traits.wrap,
        len(traits.sketch),
        len(traits.main),
        len(traits.side),
        len(traits.events),
        len(traits.figures),
        len(traits.words),
        len(traits.names),
        len(traits.kinds),
        len(traits.dates),
        traits.lead_figures,
        traits.issuer_words,
        traits.headline_words,
        traits.lead_words,
        traits.lead_names,
        traits.weekdays,
        traits.weekday,
        traits.back,
        traits.periods & 0xFF,
        traits.periods >> 8,
    )
    return head + traits.sketch + array("I", wide).tobytes() + array("H", narrow).tobytes()


def glance(row: bytes, at: int = 0) -> Glance | None:
    """Read the little of traits packed at a place that rules most others out; None as for `unpack`."""
    if len(row) < at + _HEAD.size or row[at] != _FORMAT:
        return None
    _, told_at, words_id, _, mark, wrap, sketched, main, side, events = _GLANCE.unpack_from(row, at)
    at += _HEAD.size
    wide = at + sketched
    first = wide + 4 * (main + side)
    return Glance(
        told_at,
        words_id,
        mark,
        wrap != 0,
        row[at:wide],
        array("I", row[wide : wide + 4 * main]) if main else (),
        array("I", row[first : first + 4 * events]) if events else (),
    )


def unpack(packed: bytes) -> Traits | None:
    """Read what `pack` wrote; None for what an older version wrote, which can no longer be compared."""
    if len(packed) < _HEAD.size or packed[0] != _FORMAT:
        return None
    (_, told_at, words_id, dateline, mark, wrap, sketched, main, side, events, figures, words, names, kinds, dates,
     lead_figures, issuer_words, headline_words, lead_words, lead_names, weekdays, weekday, back, low, high) = _HEAD.unpack_from(packed)  # fmt: skip
    at = _HEAD.size + sketched
    wide_end = at + 4 * (main + side + events + figures)
    wide = array("I", packed[at:wide_end]).tolist()
    narrow = array("H", packed[wide_end:]).tolist()
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
        words=narrow[:words],
        issuer_words=issuer_words,
        headline_words=headline_words,
        lead_words=lead_words,
        names=narrow[words : words + names],
        lead_names=lead_names,
        kinds=narrow[words + names : words + names + kinds],
        dates=narrow[words + names + kinds : words + names + kinds + dates],
        dateline=dateline,
        weekdays=weekdays,
        weekday=weekday,
        back=back,
        periods=high << 8 | low,
    )


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _mixed(value: int) -> int:
    """Scatter a key over 64 bits; its lowest four stay, which say of what kind it is."""
    mixed = value * 0x9E3779B97F4A7C15 & _WORDS_OF_64_BITS
    return (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFF0 | value & 0xF


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
