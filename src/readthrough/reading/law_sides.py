"""Who goes to law and who is taken there: a suit is bad for the second, and so is what is paid to settle it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Event, Polarity
from readthrough.domain.security import IssuerId
from readthrough.reading.parties import Group

__all__ = ["is_other_side"]

_BRINGS: Final = lazily(
    r"(?:to sue|sues|suing|will sue|files?|filed|filing|brings?|brought|lodged|lodges|takes?|took|asks?|asked|accus(?:es|ed|ing)|alleg(?:es|ed|ing))\b"
)
_SUED: Final = lazily(r"sued\b(?! (?:by|over|for|in|after|on|at|again)\b)(?= [\w“\"‘'])")
# what may stand between who brings a suit and its verb
_GOES: Final = lazily(
    r"\.?(?:['’]s)?(?: \([^()]{1,24}\))?(?:,[^,;.]{0,60},)?(?: (?:said|says|that|it|on \w+day|has|have|had|is|are|will|would|may|might|could|plans?|planned|also|then|already|threatens?|threatened|and|to|inc|corp|co|ltd))* ?$"
)
_WITH: Final = lazily(
    r"\b(?:settle(?:ment|d|s)?|deal|truce|agreement|pact) (?:with|from)$|\b(?:settlement|settled)$"
)
_WITH_WHOM: Final = lazily(r"(?: with| from)? (?:the |rival )?$")


def is_other_side(
    event: Event, issuer_id: IssuerId | None, text: str, span: Span, groups: Sequence[Group]
) -> bool:
    """Tell whether an issuer only brings the suit an event tells of, or is who another settled with.

    Args:
        event: A suit or a settlement.
        issuer_id: Whom it is laid to.
        text: The article, lower-cased.
        span: Of the sentence.
        groups: The names of the sentence, in order.
    """
    if issuer_id is None or event.polarity is not Polarity.NEGATIVE:
        return False
    start, end = event.span.start, event.span.end
    own = [g for g in groups if issuer_id in g.issuers]
    if event.type == "settlement_or_fine":
        return (
            len(groups) > 1
            and _WITH.search(text[start:end]) is not None
            and any(end <= g.start and _WITH_WHOM.fullmatch(text, end, g.start) for g in own)
        )
    if event.type != "litigation":
        return False
    begins = _BRINGS.match(text, start, span.end) or _SUED.match(text, start, span.end)
    if begins and any(g.end <= start and _GOES.fullmatch(text, g.end, start) for g in own):
        return True
    return any(text[end : g.start] == " by " for g in own)
