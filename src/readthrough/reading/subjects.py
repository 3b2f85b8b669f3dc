"""Whom each sentence is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Mention, Sentence
from readthrough.domain.security import IssuerId

__all__ = [
    "THE_SHARES",
    "Cast",
    "cast_of",
    "helps",
    "main_issuer",
    "mentions_by_sentence",
    "opens_paragraph",
    "subject_of",
]

_OPENING = lazily(
    r"[\"“'‘(]?(?:After|Following|Despite|While|As|With|In|For|At|By|Like|Unlike|Amid|Since|Because|Before|When|"
    r"Although|Though|If|According to|Along with|Besides|Compared with|Thanks to|From|On|Under)\b"
)
_ASIDE = lazily(r"(?:while|whereas|but|although|though|as|after|which|who|with|and)\b")
_HELPER = lazily(
    r"(?:['’]s)?(?: (?:main|key|biggest|largest|top|long-time|longtime|smaller|larger|bigger|local|U\.S\.|Chinese))?"
    r"[ -](?:rival|rivals|supplier|suppliers|parent|owner|unit|partner|customer|competitor|subsidiary|spinoff|spin-off|"
    r"maker|peer|peers|contractor|backer|backed|owned|affiliate|chipmaker|licensee|assembler)\s*,?\s*$",
    re.IGNORECASE,
)
_MARKET = lazily(
    r"[\"“'‘(]?(?:(?:The )?(?:S&P 500|Dow|Nasdaq|FTSE|Nikkei|Hang Seng|DAX|Stoxx|Russell|CSI|VIX|Federal Reserve|Fed|ECB|"
    r"European Central Bank|Bank of England|Bank of Japan|White House|Treasury|dollar|euro|yen|pound|yuan|economy|"
    r"government|unemployment|benchmark)\b(?! (?:(?:\d+ )?[a-z-]+ (?:major|group|giant|company|firm|maker|retailer|bank|lender|miner|insurer)|constituent|member|component|company|group|firm)\b)|(?:U\.S\.|US|European|Asian|Chinese|Global|Wall Street|Emerging) "
    r"(?:stocks|shares|equities|markets|stock|consumer|inflation|jobless|treasur)|"
    r"(?:Oil|Gold|Brent|Crude|Copper|Bitcoin|Inflation|Treasury|Markets|Stocks|Investors) )",
    re.IGNORECASE,
)


THE_SHARES: Final = lazily(
    r"\W*(?:and |but )?(?:the |its |(?:u\.s\.|us|london|hong kong|new york)[- ]listed |u\.s\. |american depositary )?(?:shares|stock)\b",
    re.IGNORECASE,
)
"""How a sentence opens whose shares are those of whom the article is mostly about."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is named in each sentence, whom each sentence is about, and whom the article is mostly about."""

    rows: tuple[tuple[Mention, ...], ...] = ()
    subjects: tuple[IssuerId | None, ...] = ()
    main: IssuerId | None = None
    backers: frozenset[IssuerId] = frozenset()  # investors named: who acts on companies


def cast_of(
    mentions: Iterable[Mention],
    sentences: Sequence[Sentence],
    text: str,
    *,
    backers: Collection[IssuerId] = (),
) -> Cast:
    """Sort the mentions of an article into its sentences, and say whom each sentence is about, or None.

    The subject is the first issuer named before the main verb: not one inside an opening clause
    ("After Nvidia's results, AMD rose" is about AMD), not the helper in "Apple supplier Foxconn". A
    sentence that names none is about the last subject; if that was only a passing name, about it for
    one sentence of its paragraph and then about the article's main issuer again. A sentence that opens with a market,
    an index or a central bank is about nobody.

    Args:
        mentions: Of the whole article, coreferences included.
        sentences: Of the same article.
        text: `Article.text`.
        backers: Those who act on companies and are none that a page is about while another stands in its headline:
            activists, buyout firms, short sellers.
    """
    rows = mentions_by_sentence(mentions, sentences)
    main = main_issuer(rows, sentences, backers=backers)
    return Cast(rows, _subjects(rows, main, sentences, text), main, frozenset(backers))


def mentions_by_sentence(
    mentions: Iterable[Mention], sentences: Sequence[Sentence]
) -> tuple[tuple[Mention, ...], ...]:
    """Sort mentions into their sentences, in order of place."""
    starts = [s.span.start for s in sentences]
    rows: list[list[Mention]] = [[] for _ in sentences]
    for mention in sorted(mentions, key=lambda m: m.span.start):
        index = bisect_right(starts, mention.span.start) - 1
        if index >= 0:
            rows[index].append(mention)
    return tuple(map(tuple, rows))


def _subjects(
    rows: Sequence[Sequence[Mention]], main: IssuerId | None, sentences: Sequence[Sentence], text: str
) -> tuple[IssuerId | None, ...]:
    subjects: list[IssuerId | None] = []
    last: IssuerId | None = None
    silent = 0
    for index, (sentence, row) in enumerate(zip(sentences, rows, strict=True)):
        if row:
            last, silent = subject_of(row, sentence.span, text), 0
            subjects.append(last)
            continue
        silent += 1
        if _MARKET.match(text, sentence.span.start, sentence.span.end):
            subjects.append(None)
            continue
        shares = THE_SHARES.match(text, sentence.span.start, sentence.span.end)
        of_main = (
            shares is not None and "its " not in shares.group().lower()
        )  # as the figure is (`fact_owner`)
        # a new paragraph that names nobody goes back to whom the article is about
        back = last is not None and (silent > 1 or opens_paragraph(text, sentence))
        if main is not None and (of_main or back):
            dealt = _dealt_in(rows[index - 1], sentences[index - 1].span, text) if of_main and index else None
            last = main if dealt is None or opens_paragraph(text, sentence) else dealt
        subjects.append(last)
    return tuple(subjects)


_DEALINGS = lazily(
    r"\b(?:market (?:cap|capitali[sz]ation|value)|shares|stock|investors?|bets|bearish|bullish|short[- ]sellers?|float|listed|ipo|valuation|went public)\b",
    re.IGNORECASE,
)
_OPINION = lazily(
    r"\b(?:analysts?|strategists?|wrote|note|downgrad\w+|upgrad\w+|price target|stake|holder|compared)\b",
    re.I,
)


def _dealt_in(row: Sequence[Mention], span: Span, text: str) -> IssuerId | None:
    """Return the one issuer whose price the sentence before speaks of: "the stock" after it is no other's."""
    named = {m.issuer_id for m in row}
    if len(named) != 1 or not _DEALINGS.search(text, span.start, span.end):
        return None
    return None if _OPINION.search(text, span.start, span.end) else row[0].issuer_id


def opens_paragraph(text: str, sentence: Sentence) -> bool:
    """Tell whether a line ended right before a sentence."""
    return "\n" in text[max(0, sentence.span.start - 2) : sentence.span.start]


def subject_of(row: Sequence[Mention], span: Span, text: str) -> IssuerId:
    """Return the issuer a sentence is about, from the mentions in it."""
    candidates = list(row)
    if len(candidates) > 1:
        candidates = _after_opening(candidates, span, text)
        while len(candidates) > 1 and helps(text, candidates[0], candidates[1]):
            candidates = candidates[1:]
    return candidates[0].issuer_id


def _after_opening(row: list[Mention], span: Span, text: str) -> list[Mention]:
    if not _OPENING.match(text, span.start, span.end) or ", " in text[span.start : row[0].span.start]:
        return row  # "In May, Verizon bought ...": the clause is over
    comma = text.find(", ", row[0].span.end, span.end)
    while comma != -1:
        later = [m for m in row if m.span.start > comma]
        if not later:
            return row
        # a main clause opens with its subject; anything else is still the opening clause, or a clause after the main one
        if later[0].span.start - comma <= 30 and not _ASIDE.match(text, comma + 2):
            return later
        comma = text.find(", ", comma + 2, span.end)
    return row


def helps(text: str, first: Mention, second: Mention) -> bool:
    """Tell whether the first only says whose helper the second is: "Apple supplier Foxconn"."""
    return _HELPER.fullmatch(text, first.span.end, second.span.start) is not None


def main_issuer(
    rows: Sequence[Sequence[Mention]],
    sentences: Sequence[Sentence],
    *,
    backers: Collection[IssuerId] = (),
) -> IssuerId | None:
    """Return the issuer an article is mostly about: by mentions, the headline and the lead counting more."""
    counts: Counter[IssuerId] = Counter()
    headed: set[IssuerId] = set()
    for sentence, row in zip(sentences, rows, strict=True):
        for place, mention in enumerate(row):
            counts[mention.issuer_id] += 1 + 2 * sentence.headline + (place == 0 and sentence.index <= 2)
            if sentence.headline:
                headed.add(mention.issuer_id)
    if backers and not headed <= set(backers):
        for backer in backers:
            counts.pop(backer, None)
    return counts.most_common(1)[0][0] if counts else None
