"""What was done to the people, shops and things a figure counts: hired, opened, closed, killed, or only there."""

from __future__ import annotations

from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction
from readthrough.reading.movement import Movement
from readthrough.reading.numbers import Quantity

__all__ = ["are_dead", "are_there", "counted_deed"]

# people who are there, whatever becomes of them: "had about 45,000 employees when it cut 7%"
_EMPLOYING: Final = lazily(
    r"\b(?:has|had|have|having|employs?|employed|employing|with)\s(?:about |around |some |nearly |roughly |almost |more than |over |only |just |a total of |as many as )*$"
)
_KILLED: Final = lazily(
    r"\b(?:kill(?:s|ed|ing)?|claim(?:s|ed|ing) the lives of)\s(?:about |around |some |nearly |at least |almost |more than |over |only |as many as |up to )*$"
)
_DIED: Final = lazily(r"\s(?:(?:have |had |were |was |are )?(?:been )?(?:killed|dead|died)|dead)\b")
_DEED: Final = lazily(
    r"\b(?:(?P<up>open(?:s|ed|ing)?|hir(?:e|es|ed|ing)|recruit(?:s|ed|ing)?|creat(?:e|es|ed|ing))|(?P<down>(?:clos|shutter|shut)(?:e|es|ed|s|ting|ing)?(?: down)?))\s"
    r"(?:about |around |some |nearly |almost |roughly |more than |over |another |an additional |a further |up to |as many as |as many |at least |only |just |all |its |first )*$"
)
_YET_FEWER: Final = lazily(r"[^.;]{0,50}\b(?:fewer|less|down|fell|unchanged)\b")
_STEP_AFTER: Final = lazily(r"\s(?:(?P<up>more|additional|extra)|(?P<down>fewer|less))\s(?!than\b)")
# "raised prices for all 58 million subscribers": they are no more than before
_FOR_WHOM: Final = lazily(
    r"\b(?:for|on|among|from)\s(?:all |its |their |the |about |some |nearly |almost |more than |over |roughly )+$|\bto\s(?:all |its |their )(?:about |some |nearly |more than )?$"
)


def are_dead(text: str, quantity: Quantity, start: int, end: int) -> bool:
    """Tell whether the people counted in a sentence (start..end of lower-cased text) were killed."""
    return bool(_KILLED.search(text, start, quantity.start) or _DIED.match(text, quantity.end, end))


def are_there(text: str, quantity: Quantity, start: int) -> bool:
    """Tell whether the people counted only work there: "had about 45,000 employees"."""
    return _EMPLOYING.search(text, max(start, quantity.start - 40), quantity.start) is not None


def counted_deed(text: str, quantity: Quantity, start: int, *, opened: bool) -> Movement | None:
    """Read "opens 40 stores", "70 fewer branches" and "hires 900 workers" as the way their number goes.

    Args:
        text: Lower-cased.
        quantity: The figure.
        start: Of its sentence.
        opened: Whether what is counted is such as is opened, closed or hired.
    """
    after = _STEP_AFTER.match(text, quantity.end)
    if after is not None:
        return Movement(False, Direction(after.lastgroup or "up"))
    if _FOR_WHOM.search(text, max(start, quantity.start - 40), quantity.start):
        return Movement(False, None)
    deed = _DEED.search(text, max(start, quantity.start - 60), quantity.start)
    if deed is None or not opened or _YET_FEWER.match(text, quantity.end):
        return None
    return Movement(False, Direction(deed.lastgroup or "up"))
