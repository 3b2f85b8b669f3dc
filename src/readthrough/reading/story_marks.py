"""What a publisher says of its own item: that it corrects, withdraws, repeats or updates an earlier one."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.lazy import lazily

__all__ = ["Mark", "mark_of"]

_Patterns = tuple[tuple["Mark", tuple[str, ...], re.Pattern[str]], ...]

_LEAD: Final = 400  # characters of the body in which a publisher says so, at its beginning or at its end


class Mark(IntEnum):
    """What an item says it is."""

    NONE = 0
    CORRECTION = 1
    WITHDRAWAL = 2
    REPEAT = 3
    UPDATE = 4


# Words that only an item about an item has: a company withdraws its forecast, not "this story".
_ITEM: Final = (
    r"(?:story|article|news item|item|report|dispatch|headline|alert|news release|press release|version)"
)
_CORRECTED: Final = r"(?:corrected|correction|corrects?|refiled?|refiling|clarification|clarified|clarifies|erratum|errata|amended)"
_WRONGLY: Final = (
    r"(?:misstated|misidentified|misspelled|misnamed|named the wrong|gave the wrong|gave an incorrect|incorrectly|erroneously"
    r"|wrongly|mistakenly|inaccurately|in error)"
)
# One of these stands wherever a pattern can match, and most items have none of them.
_TAKEN_BACK: Final = (
    "kill",
    "withdr",
    "retract",
    "disregard",
    "ignore",
    "remove",
    "spike",
    "not use",
    "not publish",
    "not republish",
)
_MENDED: Final = (
    "correct", "refil", "clarif", "errat", "amend", "rectif", "fixes", "misstated", "misidentif", "misspel", "misnamed", "wrong",
    "erroneous", "in error", "mistaken", "inaccurate", "version", "we earlier", "we previously", "given as", "extraneous",
    "deletes ", "drops ", "as previously", "as earlier", "as originally", "as first", "as we ", "as was ",
)  # fmt: skip
_REPEATED: Final = ("repeat", "rpt")
_UPDATED: Final = ("update", "wrapup")
_HEADLINE: Final[_Patterns] = (
    (
        Mark.WITHDRAWAL,
        _TAKEN_BACK,
        lazily(
            r"^\W*(?:(?:story|mandatory|bulletin) )?(?:kill(?:ed)?|withdrawn|withdrawal|retracted|retraction"
            r"|spiked?)\b(?:[^:\w]{0,3}\([^)]{0,40}\))?\s{0,2}[-:–—)\]]"
            rf"|\b(?:withdraws?|retracts?|kills?|killing|withdrawing|retracting) (?:[a-z]{{1,12}} ){{0,2}}{_ITEM}\b"
            r"|^\W*disregard\b"
            rf"|\b{_ITEM} (?:is |was |has been )?(?:withdrawn|retracted|killed|removed)\W*$"
            r"|\((?:withdrawn|retracted|killed)\)\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        Mark.CORRECTION,
        _MENDED,
        lazily(
            rf"^\W*(?:(?:official|second|update|urgent|advisory|and|\d)\W{{1,3}}){{0,3}}{_CORRECTED}\b"
            rf"(?:\W{{1,3}}(?:and|official|{_CORRECTED})\b){{0,3}}(?:\W{{0,3}}\([^)]{{0,40}}\))?(?: \d)?\s{{0,2}}[-:–—)\]]"
            r"|[(\[](?:corrected|correction|refiled)[)\]]\W*$|[-–—:] ?(?:corrected|correction)\W*$",
            re.IGNORECASE,
        ),
    ),
    (Mark.REPEAT, _REPEATED, lazily(r"^\W*(?:rpt|repeat|repeating)\s{0,2}[-:–—]", re.IGNORECASE)),
    (Mark.UPDATE, _UPDATED, lazily(r"^\W*(?:update|wrapup) \d{1,2}\s{0,2}[-:–—]", re.IGNORECASE)),
)
_BODY: Final[_Patterns] = (
    (
        Mark.WITHDRAWAL,
        _TAKEN_BACK,
        lazily(
            rf"\b{_ITEM}s?\b[^.]{{0,160}}?\b(?:has|have|is|are|was|were)(?: been| being)? (?:hereby )?"
            r"(?:withdrawn|retracted|killed)\b(?! (?:by|from) (?:the )?(?:market|sale))"
            rf"|\b(?:please|kindly|should) (?:disregard|ignore|kill|spike|not (?:use|publish|republish))\b[^.]{{0,80}}\b{_ITEM}"
            rf"|\b(?:withdraws?|retracts?|withdrawing|retracting|kills?) (?:its|the|this|that|our) (?:earlier |previous )?{_ITEM}\b",
            re.IGNORECASE,
        ),
    ),
    (
        Mark.CORRECTION,
        _MENDED,
        lazily(
            r"[(\[](?:this (?:[a-z0-9. ]{0,40})?)?(?:corrects?|corrected|correcting|amends|amended|amending|refiles?|refiled"
            r"|clarifies|rectifies|fixes|(?:removes|deletes|drops) (?:an? |the )?(?:incorrect|erroneous|extraneous|wrong|reference))\b"
            r"|^\W*(?:corrects|amends|refiles|rectifies) (?!course\b|itself\b)"
            rf"|\bthis (?:[a-z0-9. ]{{0,30}} )?{_ITEM} (?:has been |was |is )?(?:corrected|refiled|corrects|amended to correct|amends)\b"
            rf"|\b(?:earlier|previous|original) versions? of (?:this|the|our) {_ITEM}\b"
            rf"|\b(?:an earlier|a previous|the earlier|the previous|the original|our) (?:version|{_ITEM})[^.]{{0,80}}?\b{_WRONGLY}\b"
            rf"|\b{_ITEM} (?:published|sent|issued|filed|run) (?:earlier|on)[^.]{{0,60}}?\b{_WRONGLY}\b"
            rf"|\bin an? (?:earlier |previous )?(?:{_ITEM})\b[^.]{{0,200}}?\b(?:we )?{_WRONGLY}\b"
            r"|\bwe (?:earlier|previously|wrongly|incorrectly|mistakenly|erroneously) (?:said|reported|gave|stated|named|wrote|put)\b"
            r"|\b(?:previously|earlier|originally|wrongly|incorrectly) given as\b"
            r"|\bnot\b[^.]{0,60}?,? as (?:we |was )?(?:previously|earlier|originally|first|wrongly|incorrectly) (?:reported|stated|said|published)\b"
            r"|\b(?:corrects|correcting|corrected) (?:the |a )?(?:figure|number|spelling|name|paragraph|headline|date|day|year|amount|attribution|typo|currency)",
            re.IGNORECASE,
        ),
    ),
    (Mark.REPEAT, _REPEATED, lazily(r"^\W*\((?:repeats|repeating|rpts)\b", re.IGNORECASE)),
)


def mark_of(article: Article) -> Mark:
    """Tell what an item says of itself, in its headline or the first or last 400 characters of its body.

    >>> from datetime import UTC, datetime
    >>> from readthrough.domain.article import ArticleId
    >>> moment = datetime(2026, 11, 20, tzinfo=UTC)
    >>> told = Article(id=ArticleId("a"), headline="CORRECTED-Acme profit rises", body="", received_at=moment)
    >>> mark_of(told).name
    'CORRECTION'
    """
    headline = article.headline[:_LEAD]
    lead, end = article.body[:_LEAD], article.body[_LEAD:][-_LEAD:]
    found = _said(_HEADLINE, headline)
    if found is None or found is Mark.CORRECTION:
        # A kill that is announced by a correction's usual word is still a kill.
        found = _said(_BODY, lead) or _said(_BODY, end) or found
    return found or Mark.NONE


def _said(patterns: _Patterns, part: str) -> Mark | None:
    lowered = part.lower()
    for mark, signs, pattern in patterns:
        if any(sign in lowered for sign in signs) and pattern.search(part):
            return mark
    return None
