"""Cut an article into sentences and words whose offsets point into its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from readthrough.domain.article import Article, Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Sentence

__all__ = ["Word", "split_sentences", "words_of"]

_ABBREVIATIONS = frozenset(
    "inc corp co ltd llc plc bros cos mr mrs ms dr prof jr sr st vs no nos art fig est approx dept gov sen "
    "rep gen jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun e.g i.e etc ca cf al "
    "u.s u.k u.n e.u a.m p.m s.a n.v s.p.a a.g b.v s.a.b c.v d.c rs cl pty bhd sdn messrs "
    "rev revs adj qtr prelim oper avg incl excl".split()
)
_COLUMN = 110  # characters of the widest hard-wrapped line; a longer one is a paragraph by itself
_LONGEST = 2_000  # code points; a longer run without a stop is cut at a space, so work stays bounded
# the second form is a stop whose space was lost: "flat in Singapore.Hang Seng futures slid"
_STOP = lazily(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?=\s|$)|(?<=[a-z]{3})\.(?=[A-Z][a-z]+ )")
_BREAK = lazily(r"\n[ \t\r\f\v]*(?:\n\s*)+|\n")
_BULLET = lazily(r"[ \t]*(?:[-*•·–—▪‣]|\d{1,2}[.)])[ \t]")
_WORD = lazily(r"[^\W_](?:[\w]|[&'’.\-/](?=[^\W_]))*")
_BACKGROUND = lazily(
    r"\b(?:(?:two|three|four|five|several|ten) (?:years|months) (?:ago|earlier)|"
    r"(?:last|previous) year(?:'s)? (?:announce|deal|acqui|merger|scandal|report)|"
    r"had (?:previously|earlier|already) (?:said|announced|reported|agreed|warned|forecast)|"
    r"as (?:previously|earlier) (?:reported|announced|disclosed)|"
    r"in (?:19|20)\d\d,? (?:the (?:company|group|firm)|it|they) |"
    r"back in (?:19|20)\d\d|founded in|was founded|is headquartered|is based in|has been trading since)",
    re.IGNORECASE,
)
# every match of _BACKGROUND holds one of these
_SIGNS = (" ago", " earlier", "last year", "previous year", "previously", "already", "in 19", "in 20", "founded",
          "headquartered", "based in", "trading since")  # fmt: skip
_TWO_FACED = "\u017f\u212a\u0130\u0131"  # letters that ignoring case takes for s, k and i
_LIVE = lazily(r"\b(?:on (?:mon|tues|wednes|thurs|fri|satur|sun)day|today|this (?:week|morning))\b", re.I)


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits, with its place in the article's text."""

    text: str
    start: int
    end: int


def words_of(text: str, span: Span) -> tuple[Word, ...]:
    """Return the words inside a span; apostrophes, dots, hyphens and slashes inside a word stay in it.

    >>> [w.text for w in words_of("AT&T's U.S. unit rose 3.5%", Span(0, 26))]
    ["AT&T's", 'U.S', 'unit', 'rose', '3.5']
    """
    return tuple(Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text, span.start, span.end))


def split_sentences(article: Article) -> tuple[Sentence, ...]:
    """Cut headline and body into sentences, in order; time is linear in the length of the text.

    A sentence never crosses a paragraph, a bullet or the line after the headline. Sentences that
    recount old news are marked `background`.
    """
    text = article.text
    head_end = len(article.headline)
    spans = [*_cut(text, 0, head_end), *_cut(text, head_end + 2, len(text))]
    signs = _signs_of_background(text)
    sentences = []
    for i, span in enumerate(spans):
        start, end = span.start, span.end
        background = False
        if end > head_end:
            while signs and signs[-1] < start:
                signs.pop()
            background = bool(signs) and signs[-1] < end and _is_background(text[start:end])
        sentences.append(Sentence(index=i, span=span, headline=end <= head_end, background=background))
    return tuple(sentences)


def _is_background(sentence: str) -> bool:
    sign = _BACKGROUND.search(sentence)
    if sign is None or _LIVE.search(sentence):
        return False
    aside = next((a for a in _ASIDE.finditer(sentence) if a.start() < sign.start() < a.end()), None)
    return aside is None or not _GOES_ON.match(sentence, aside.end())


# what an aside recalls does not make the rest of its sentence old: "X, which was fined two years ago, raised its payout"
_ASIDE = lazily(r", (?:which|who|whose)\b[^,;]{6,140},")
_GOES_ON = lazily(r"\s(?:\S+\s){2}\S")


def _signs_of_background(text: str) -> list[int]:
    """Return, last first, the places outside of which no sentence can be background."""
    low = text.lower()
    if len(low) != len(text) or any(letter in text for letter in _TWO_FACED):
        return list(range(len(text), -1, -1))
    places = []
    for sign in _SIGNS:
        place = low.find(sign)
        while place != -1:
            places.append(place)
            place = low.find(sign, place + 1)
    places.sort(reverse=True)
    return places


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    for left, right in _blocks(text, start, end):
        position = left
        for stop in _stops(text, left, right):
            yield from _trimmed(text, position, stop)
            position = stop
        yield from _trimmed(text, position, right)


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield paragraphs, bullets and short lines; a hard-wrapped line joins the next."""
    left = line = start
    wrapped = _is_wrapped(text, start, end)
    for gap in _BREAK.finditer(text, start, end):
        if (
            not wrapped
            or gap.group().count("\n") > 1
            or (gap.start() - line < 50 and text[gap.start() - 1 : gap.start()] != ",")
            or _is_row(text[line : gap.start()])
            or _BULLET.match(text, gap.end(), end)
        ):
            yield left, gap.start()
            left = gap.end()
        line = gap.end()
    yield left, end


def _is_wrapped(text: str, start: int, end: int) -> bool:
    """Tell whether lines break where a column ends, not where a paragraph does: then none is long."""
    line = start
    while (gap := text.find("\n", line, end)) >= 0:
        if gap - line > _COLUMN:
            return False
        line = gap + 1
    return end - line <= _COLUMN


def _is_row(line: str) -> bool:
    return "\t" in line or "   " in line.strip()


def _stops(text: str, left: int, right: int) -> Iterator[int]:
    for match in _STOP.finditer(text, left, right):
        if _ends_sentence(text, match, left, right):
            yield match.end()


def _ends_sentence(text: str, stop: re.Match[str], left: int, right: int) -> bool:
    following = text[stop.end() : min(stop.end() + 3, right)].lstrip()[:1]
    if following and following.islower():
        return False
    if stop.group()[0] != "." or len(stop.group().rstrip("\"'”’»)]")) > 1:
        return True
    before = text[max(left, stop.start() - 12) : stop.start()]
    word = before.split()[-1].lstrip("(\"'“‘[") if before.split() else ""
    if len(word) == 1 and word.isalpha() and word.isupper():
        return False
    if _INITIALS.fullmatch(word) and word.lower() not in _ABBREVIATIONS:
        return False
    if word.lower() in _ABBREVIATIONS:
        # "U.S. The" ends a sentence only before a word that cannot carry on a name
        tail = text[stop.end() : stop.end() + 32].split()
        if word.lower() not in _SENTENCE_FINAL or not tail:
            return False
        return tail[0] in _OPENERS or (word in _FORMS and _opens_anew(text, stop.end(), tail))
    return True


def _opens_anew(text: str, at: int, tail: list[str]) -> bool:
    """Tell "a venture with Hexo Corp. Tobacco company Altria" from "Boeing Co. Chairman Smith", "Boeing Co. Tuesday said"."""
    if len(tail) < 3 or text[at : at + 1] != " ":
        return False  # the last of three words may be cut off
    first, second = tail[0], tail[1]
    return (
        first.isalpha()
        and first[0].isupper()
        and first[1:].islower()
        and len(first) > 2
        and second.isalpha()
        and second.islower()
        and second not in _OF_A_NAME
        and first.lower() not in _TITLES
    )


_FORMS = frozenset({"Inc", "Corp", "Co", "Ltd", "Plc", "PLC"})
_TITLES = frozenset(
    "chairman chairwoman chief president vice executive analyst director founder spokesman spokeswoman spokesperson treasurer head senior managing "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
    "class series chair economist economists analysts shareholders investors".split()
)
_OF_A_NAME = frozenset(
    "unit units division subsidiary arm brand brands business shares stock stake stakes deal phone phones car cars app apps service services "
    "and of for de del la du von van".split()
)
_INITIALS = lazily(r"(?:[A-Z]\.)+[A-Z]")
_SENTENCE_FINAL = frozenset({"inc", "corp", "co", "ltd", "plc", "u.s", "u.k", "e.u", "a.m", "p.m", "etc"})
_OPENERS = frozenset(
    {"The", "It", "Its", "In", "A", "An", "But", "He", "She", "They", "That", "This", "For", "On"}
)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield Span(start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        yield Span(start, end)
