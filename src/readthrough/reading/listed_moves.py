"""The moves of a list that names its verb once: "A was down 3.7%, B 3.1% and C, a rival, 5.0%"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.security import IssuerId
from readthrough.reading.parties import Group

__all__ = ["listed_moves"]

_MOVE: Final = 0.27  # what a move of no told size weighs, in the unit of evidence
# a name and its own figure, without a verb of its own
_OWN_MOVE: Final = lazily(
    r"(?:['’]s)?(?:\s?[<(\[][^<>()\[\]]{0,30}[>)\]])?(?:,\s(?:which|with|whose|an?|the)\s[^,;.]{0,70})?,?\s(?:by |another )?[+-]?\d+(?:\.\d+)?(?:\s?%|\s?per ?cent\b|\s?pct\b|(?=[,;]|\.(?:\s|$)| and\b))"
)
_MOVED: Final = lazily(
    r"\b(?:(?P<up>rose|gain(?:ed|s|ing)?|up|jump(?:ed|s|ing)?|climb(?:ed|s|ing)?|add(?:ed|s|ing)|advanc(?:ed|es|ing)|surg(?:ed|es|ing)|rall(?:ied|ies|ying)|soar(?:ed|s|ing)?|higher|rising|rises)|"
    r"(?P<down>fell|lost|down|drop(?:ped|s|ping)?|slid|slip(?:ped|s|ping)?|declin(?:ed|es|ing)|shed|sank|slump(?:ed|s|ing)?|tumbl(?:ed|es|ing)|lower|falling|falls|plung(?:ed|es|ing)|eas(?:ed|es)|retreat(?:ed|s)|dip(?:ped|s)|off))\s(?:by |about |nearly |around |as much as |more than |almost |over )?\d"
)


def listed_moves(
    text: str, span: Span, groups: Sequence[Group]
) -> Iterator[tuple[tuple[IssuerId, ...], float]]:
    """Yield whose shares moved and which way, for each company of a list after the first.

    Args:
        text: The article in lower case.
        span: The sentence.
        groups: The companies named in it, in their order.
    """
    if len(groups) < 2:
        return
    for group in groups[1:]:
        if not _OWN_MOVE.match(text, group.end, span.end):
            continue
        verb = None
        for match in _MOVED.finditer(text, span.start, group.start):
            verb = match
        if verb is not None:
            yield group.issuers, _MOVE if verb.lastgroup == "up" else -_MOVE
