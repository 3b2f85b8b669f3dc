"""Passages in which a page says itself what decides its story: an outside analyst's verdict, an author's price and test.

A wire gives its last word to somebody who follows the shares; a column says what would change its author's mind. Both
are quoted word for word, with who says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.writing.figures import find_figures
from readthrough.writing.once import once

if TYPE_CHECKING:
    from readthrough.writing.scene import Scene

__all__ = ["Quoted", "arithmetic", "author_price", "author_test", "outside_view"]

_QUOTE: Final = lazily(r"[\"“](?P<words>[^\"“”\n]{25,260})[\"”]")
_WHO: Final = lazily(
    r"\b(?P<who>(?:[Aa]n? |the |[Oo]ne )?(?:[a-z]+ )?(?:[Aa]nalysts?|[Ss]trategists?|[Ee]conomists?|fund managers?|portfolio managers?)"
    r"(?: (?:at|with|from) (?:the )?[A-Z][\w&’'-]*(?: (?:&|of|[A-Z][\w&’'-]*)){0,3})?)"
)
_NAMED_WHO: Final = lazily(
    r"(?P<who>[A-Z][\w’'-]+ [A-Z][\w’'-]+, (?:an? |the |chief |senior )?(?:[a-z]+ ){0,2}(?:analyst|strategist|economist|manager) (?:at|with) (?:the )?"
    r"[A-Z][\w&’'-]*(?: (?:&|of|[A-Z][\w&’'-]*)){0,3})"
)
_INDIRECT: Final = lazily(
    r"(?P<who>[Aa]nalysts at [A-Z][\w&’'-]*(?: (?:&|of|[A-Z][\w&’'-]*)){0,3}) (?:said|wrote|estimated?|reckon|think|say|believe)(?: that)? (?P<words>[^.;\"“”\n](?:[^.;\"“”\n]|\.(?=\d)){30,220})(?=[.;])"
)
_DECIDES: Final = lazily(
    r"\b(?:question|matters?|depends?|needs?|until|unless|already|pric(?:ed|ing|es) in|assum(?:ed|es|ing)|everybody|everyone|but|not|from here|at this|however|"
    r"percentage point|would take|done|patience|patient|test|enough|argument|instead|only|nobody|whether|premium|looking past)\b",
    re.IGNORECASE,
)
_DULL: Final = lazily(
    r"\b(?:did not|declined|not immediately|price target|target price|rates? the stock)\b", re.IGNORECASE
)
_JUSTIFY: Final = lazily(
    r"\b(?:to justify|would have to|would need to|priced (?:for|as if)|price (?:assumes|implies|asks)|implies|is paying for|are paying for|have (?:now )?paid for|"
    r"at \d[\d.]* times|trades? (?:at|on|for) \d)\b",
    re.IGNORECASE,
)
_ASKED: Final = lazily(r"\b(?:to justify|would have to|would need to|implies|priced as if)\b", re.IGNORECASE)
_MIND: Final = lazily(
    r"\b(?:change my mind|prove me wrong|i would (?:buy|sell|change)|the test (?:is|will be)|the question is|what (?:matters|counts|to watch)|the proof|"
    r"i(?:'ll| will) (?:believe|buy|sell)|until (?:it|the|then)|the thing to watch|watch (?:for|the)|decides? it)\b",
    re.IGNORECASE,
)
# straight after the quotation stands who says it, or the verb and then who
_OPENS: Final = lazily(
    r"\s*,?\s*(?:(?:said|says|wrote|added|according to) )?(?:[Aa]n? |the |[Oo]ne )?(?:[a-z]+ )?(?:[Aa]nalyst|[Ss]trategist|[Ee]conomist|fund manager|portfolio manager|[A-Z][\w’'-]+ [A-Z][\w’'-]+, )"
)
_EACH: Final = lazily(
    r"\b(?:each|every) (?:yen|cent|dollar|euro|pound|rupee|percentage point|basis points?|point|\$?\d[\d.]*)\b|\bmove of (?:one|\d+)\b|\b(?:one|1)[- ](?:yen|cent|percentage[- ]point|basis[- ]point)\b",
    re.IGNORECASE,
)
_EARNED: Final = lazily(r"\b(?:profit|earnings|income|costs?|cash flow|ebitda|loss)\b", re.IGNORECASE)
_AFTER: Final = 130
_BEFORE: Final = 90
_LONGEST: Final = 45  # words of a passage that a reader still takes in at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words of the page, who says them ("" for its author), and where they stand."""

    who: str
    words: str
    span: Span


@once
def outside_view(scene: Scene) -> Quoted | None:
    """The verdict of somebody who follows the shares: of those the page quotes, the one that decides most."""
    found = [q for q in (*_quotes(scene), *_reported(scene)) if q is not None]
    weighed = [(len(_DECIDES.findall(q.words)), -q.span.start, q) for q in found if not _DULL.search(q.words)]
    best = max(weighed, key=lambda w: w[:2], default=None)
    return best[2] if best is not None and best[0] else None


@once
def author_price(scene: Scene) -> Quoted | None:
    """The sentence in which the author of an opinion says what the price asks for."""
    return _sentence_with(scene, _JUSTIFY)


@once
def author_test(scene: Scene) -> Quoted | None:
    """The sentence in which the author says what would decide the matter."""
    return _sentence_with(scene, _MIND)


@once
def arithmetic(scene: Scene) -> Quoted | None:
    """The sentence in which the page says how much of an input or a price moves how much of a profit."""
    return next(
        (q for q in _sentences_with(scene, _EACH) if _EARNED.search(q.words) and find_figures(q.words)), None
    )


def _quotes(scene: Scene) -> Iterator[Quoted | None]:
    text = scene.text
    for match in _QUOTE.finditer(text):
        line_end = text.find("\n", match.end())
        stop = min(match.end() + _AFTER, line_end if line_end >= 0 else len(text))
        line_start = text.rfind("\n", 0, match.start()) + 1
        after = text[match.end() : stop]
        before = text[max(line_start, match.start() - _BEFORE) : match.start()]
        who = _speaker(after) if _OPENS.match(after) else _speaker(before) if _is_attributed(after) else ""
        if who:
            words = match["words"].strip().rstrip(",.")
            yield _quoted(who, words, match.start("words"))


def _is_attributed(after: str) -> bool:
    """After the quotation stands nobody else: the sentence ends, or "they wrote" follows."""
    return not after.strip() or re.match(r"\s*(?:they|he|she|it) (?:said|wrote|added)\b", after) is not None


def _speaker(text: str) -> str:
    match = _NAMED_WHO.search(text) or _WHO.search(text)
    return match["who"].strip() if match is not None else ""


def _reported(scene: Scene) -> Iterator[Quoted | None]:
    for match in _INDIRECT.finditer(scene.text):
        words = match["words"].split(" and that ")[0].strip().rstrip(",")
        yield _quoted(match["who"], words, match.start("words"))


def _sentence_with(scene: Scene, pattern: re.Pattern[str]) -> Quoted | None:
    """The first such sentence; one that says what has to come, or has figures, before others."""
    found = list(_sentences_with(scene, pattern))
    return max(
        found,
        key=lambda q: (bool(find_figures(q.words)), bool(_ASKED.search(q.words)), -q.span.start),
        default=None,
    )


def _sentences_with(scene: Scene, pattern: re.Pattern[str]) -> Iterator[Quoted]:
    if not pattern.search(scene.text):
        return
    for sentence in scene.reading.sentences:
        if sentence.headline:
            continue
        words = sentence.span.of(scene.text).strip().rstrip(".")
        if '"' in words or "“" in words or not pattern.search(words):
            continue
        found = _quoted("", words, sentence.span.start)
        if found is not None:
            yield found


def _quoted(who: str, words: str, start: int) -> Quoted | None:
    if len(words.split()) > _LONGEST:
        return None
    return Quoted(who=who, words=words, span=Span(start, start + len(words)))
