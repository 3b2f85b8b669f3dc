"""Page furniture: what stands on a news page and is not its news.

Lists of other headlines, "follow us", subscriptions, podcasts, credits of pictures, who wrote and who edited. A company named
only there is not spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from readthrough.domain.article import Article, Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Sentence

__all__ = ["without_furniture"]

_TITLE_WORDS: Final = 20  # a line longer than this is a paragraph, not a headline; real lists stay under it
_LIST: Final = 3  # headlines in a row at the foot of a page that make a list even without a heading
_BODY: Final = 3  # full sentences a page must have before its foot is looked for
_LATE: Final = 8  # lines at the foot where an author is told
_LONG: Final = 25  # words of a full sentence that ends a list of headlines

# a line that opens a list of other headlines
_OPENS_LIST = lazily(
    r"\W*(?:more(?: (?:stories|news|reading|coverage|articles|headlines|on this))?"
    r"|(?:read |see |watch )?(?:more|also)(?: (?:from|on|by|about|in)\b[^.!?]{0,60})"
    r"|trending(?: right)?(?: now)?|top stories|top trending\b.{0,30}|most (?:read|popular|viewed)\b.{0,40}"
    r"|related(?: (?:articles?|stories|news|links|content|reading|posts?|quotes|video)s?)?"
    r"|read (?:more|next|also|this next)|see also|also (?:read|see|watch|on)\b.{0,30}|don['’]t miss.{0,30}|what to read next"
    r"|recommended(?: (?:reading|stories|for you))?|further reading|you (?:may|might) also (?:like|be interested).{0,20}"
    r"|in case you missed.{0,20}|latest (?:news|stories|headlines)\b.{0,40}|popular (?:now|stories|on)\b.{0,30}"
    r"|must[- ]reads?\b.{0,30}|editors?['’]s? picks?|from around the web|sponsored|advertisements?|quick links|tags|topics"
    r"|(?:today['’]s |this week['’]s )?(?:best|top) deals?\b.{0,40}|.{0,30}hot(?:test)? deals?\b.{0,40})\s*[:»>]*\s*$",
    re.I,
)
# a line that is furniture by itself, by its first word
_ALONE = lazily(
    r"\W*(?:(?:please )?(?:subscribe|sign up|register|log in|download)\b.{0,120}"
    r"|follow (?:us|me|him|her|them|\w+ on|[@#]|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3} (?:on|at|@))\b.*"
    r"|(?:e-?mail|contact|reach|write to|send tips to) [A-Z@].{0,160}@.*|got a tip\b.*|have a (?:tip|confidential)\b.*"
    r"|(?:image|photo|picture|video|chart|data|graphic)s?(?: source| credit| by| via)?s?\s*[:|].*|source\s*:.{0,120}"
    r"|(?:click|tap) (?:here|to)\b.*|(?:read|see|watch|listen|hear) (?:more|also|next|now|it here)?\s*[:|»].*|listen to\b.{0,120}podcast.*"
    r"|(?:(?:must |also )?read(?: also| now)?|also (?:read|see|watch)|see also|don['’]t miss|related(?: \w+)?)\s*[:»]\s.*"
    r"|confidential tip line\b.*|\((?:adds?|updates?|recasts?|releads?|rewrites?|new throughout)\b.{0,200}\)"
    r"|with (?:assistance|reporting|contributions?) (?:from|by)\b.*|to contact \b.{0,40}\b(?:story|reporters?|editors?|authors?)\b.*"
    r"|(?:additional |further )?(?:reporting|writing|editing|edited|compiled|graphics?) (?:by|in)\b.{0,200}"
    r"|the (?:views|opinions) (?:and opinions )?expressed\b.*|this (?:article|story|post|report|content) (?:was|is|has been|first|originally|appeared|contains)\b.*"
    r"|the motley fool (?:has|owns|recommends|discloses|is short)\b.*"
    r"|(?:disclosure|disclaimer|copyright|©|all rights reserved)\b.*"
    r"|(?:join|visit) (?:the|our|us)\b.{0,80}|quotes? by \w+"
    r"|shares? this (?:article|story).*|comments?\s*\(?\d*\)?|advertisement"
    r"|\d+ (?:stocks|reasons|things) (?:we like better|you (?:can|should|must|cannot|need))\b.*|find out (?:why|more)\b.{0,120}"
    r"|stock advisor returns\b.*)$",
    re.I | re.S,
)
_FIRST: Final = frozenset(
    "please subscribe sign register log download follow email e-mail contact reach write send got have image images photo "
    "photos picture pictures video videos chart charts data graphic graphics source click tap read see watch listen hear "
    "with to additional further reporting writing editing edited compiled the this disclosure disclaimer copyright © all "
    "also must don't don’t related confidential adds add updates update recasts recast releads rewrites new join visit quote quotes share shares comment comments advertisement find stock 10 5 3 7".split()
)
# who wrote it and what he owns: told at the foot, by name
_AUTHOR = lazily(
    r"\W*(?:[A-Z][\w.’'-]+ ){1,4}(?:(?:owns|has no position|has a position|does not own|doesn['’]t own)\b.{0,30}\b(?:shares|stocks?|position|mentioned)\b.*"
    r"|(?:is|covers) (?:an? |the )?(?:[\w-]+ ){0,4}(?:reporter|writer|columnist|editor|correspondent|contributor|anchor|producer|journalist|author)\b.*"
    r"|quotes by \w+)$|.{0,60}\b(?:privacy policy|terms of (?:use|service)|cookie policy)\b.*$",
    re.S,
)
# words anywhere in a sentence that make the whole of it furniture
_WITHIN: Final = (
    "subscribe via", "subscribe on", "subscribe now", "subscribe here", "apple podcast", "google podcast",
    "get your podcasts", "listen to your podcasts", "follow us on", "follow him on", "follow her on", "follow them on",
    "follow me on", "follow yahoo finance on", "sign up for our", "our newsletter", "our free newsletter", "click here",
    "affiliate commission", "earn a commission", "photo by", "getty images", "shutterstock",
)  # fmt: skip
_ENDS = lazily(r"[.!?…][\"'”’»)\]]*\s*$")
_ROW = lazily(r"^\s*[-•*·▪–—]|\s{2,}|\t|\|")
_LINE = lazily(r"[^\n]*\S[^\n]*")


def without_furniture(article: Article, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return the sentences that are the page's own text, numbered afresh; a headline always stays.

    A text whose every sentence looks like furniture is left whole: it is for `judge_page` to say what it is.
    """
    text = article.text
    spans = list(_furniture(text, len(article.headline) + 2))
    lower = text.lower()
    told = [cue for cue in _WITHIN if cue in lower]
    if not spans and not told:
        return tuple(sentences)
    kept = [s for s in sentences if s.headline or not _is_furniture(text, s.span, spans, told)]
    if len(kept) == len(sentences) or all(s.headline for s in kept):
        return tuple(sentences)
    return tuple(s if s.index == i else replace(s, index=i) for i, s in enumerate(kept))


def _is_furniture(text: str, span: Span, spans: list[Span], told: list[str]) -> bool:
    if any(s.start <= span.start < s.end for s in spans):
        return True
    if not told:
        return False
    words = span.of(text).lower()
    return any(cue in words for cue in told)


def _furniture(text: str, begin: int) -> Iterator[Span]:
    """Yield the lines that are furniture, in order."""
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text, begin)]
    words = [line.of(text).strip() for line in lines]
    foot = _foot(words)
    listing = False
    for i, (line, said) in enumerate(zip(lines, words, strict=True)):
        if i >= foot:
            yield line
        elif _opens_list(said) and (i + 1 == len(words) or _heads(said, words[i + 1])):
            listing = True
            yield line
        elif listing:
            listing = len(said.split()) < _LONG
            if listing:
                yield line
        elif _alone(said, late=i > len(words) - _LATE):
            yield line


def _opens_list(said: str) -> bool:
    return len(said) < 120 and not _ENDS.search(said) and bool(_OPENS_LIST.match(said))


def _heads(said: str, below: str) -> bool:
    """A heading that ends in a colon opens a list even where its first headline has a full stop."""
    return _like_title(below) or (said.endswith(":") and len(below.split()) <= _TITLE_WORDS)


def _alone(said: str, *, late: bool) -> bool:
    if len(said) > 400:
        return False
    first = said.split(None, 1)[0].lower().strip(".,:;|()[]*-–—'\"“”’") if said else ""
    return (first in _FIRST and bool(_ALONE.match(said))) or (late and bool(_AUTHOR.match(said)))


def _like_title(said: str) -> bool:
    return not _ENDS.search(said.rstrip("?")) and len(said.split()) <= _TITLE_WORDS and not _ROW.search(said)


def _foot(words: list[str]) -> int:
    """Find the line from which on there are only headlines of other pages."""
    at = len(words)
    while at and (_like_title(words[at - 1]) or _alone(words[at - 1], late=True)):
        at -= 1
    titles = sum(_like_title(w) and len(w.split()) > 3 for w in words[at:])
    signed = at < len(words) and _alone(words[at], late=True)  # who wrote it, and then other headlines
    full = sum(bool(_ENDS.search(w)) for w in words[:at])
    return at if full >= _BODY and (titles >= _LIST or (signed and titles)) else len(words)
