"""What a figure measures where the deed of its clause tells it: a bank hikes, a nation grows, a unit is sold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Unit
from readthrough.reading.bound import MONEYS, Binding
from readthrough.reading.fact_scene import Scene
from readthrough.reading.numbers import Quantity

__all__ = ["told_by_deeds"]

_AS_SUCH: Final = frozenset({"unspecified", "share price"})  # what is bound for want of better
_NEAR: Final = 90  # code points ahead of a figure in which its deed is looked for
_HIKED: Final = lazily(
    r"\b(?:(?P<up>hik(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|lift(?:s|ed|ing)?|tighten(?:s|ed|ing)?)|(?P<down>cut(?:s|ting)?|lower(?:s|ed|ing)?|eas(?:e[sd]?|ing)|trim(?:s|med)?|slash(?:es|ed)?)|go|goes|move[sd]?)\b[^,;]*$"
)
_OPENS: Final = 4  # code points ahead of what a sentence opens with: an article
_LANDS: Final = ("nation", "country", "economy", "economies", "euro zone", "eurozone")
_SOLD: Final = lazily(
    r"\b(?:s(?:old|ells?|elling)|divest(?:s|ed|ing)?|offload(?:s|ed|ing)?|disposed? of)\s(?:[\w’'&-]+\s){1,6}?"
    r"(?:unit|business|businesses|division|arm|subsidiary|operations?|assets|plants?|factory|stores|brands?|headquarters|buildings?|property|properties|portfolio|mines?|refinery|fields?)\s"
    r"(?:(?!for\b)[\w’'&.-]+\s){0,6}?for\s(?:about\s|around\s|nearly\s|some\s|more than\s|over\s|up to\s|as much as\s|an estimated\s)?$"
)
_HAS: Final = lazily(
    r"\b(?:has|have|had|holds?|held|holding|keeps?|kept)\s(?:about\s|around\s|nearly\s|some\s|more than\s|over\s|just\s|only\s)?$"
)
_GROWING: Final = lazily(r"\b(?:growing|expanding)\s(?:its|their|total|the|net|overall)\s(?:[\w-]+\s){0,3}$")
_ONE_SHARE: Final = lazily(r"\b(?:the|its)\sshare\s(?:is\s|was\s|still\s|now\s)?(?:up|down|off)\s[^,;]*$")


def told_by_deeds(scene: Scene, quantity: Quantity, binding: Binding | None) -> Binding | None:
    """Correct what a figure was bound to for want of better, by the deed of its clause.

    Args:
        scene: Its sentence.
        quantity: The figure.
        binding: What the words beside it tell; None where they tell nothing.
    """
    if binding is None:
        return None
    ahead = scene.lowered[max(scene.sentence.span.start, quantity.start - _NEAR) : quantity.start]
    if binding.metric in _AS_SUCH:
        return next((told for rule in _RULES if (told := rule(scene, quantity, binding, ahead))), binding)
    if binding.is_change and binding.metric.endswith(_LANDS) and quantity.unit is Unit.PERCENT:
        return replace(binding, metric="gdp")
    if binding.change is None and quantity.unit is Unit.PERCENT and ahead.endswith(" by "):
        grown = scene.lowered[max(scene.sentence.span.start, binding.at - _NEAR) : binding.at]
        if _GROWING.search(grown):
            return replace(binding, is_change=True, change=Direction.UP)
    return binding


def _of_a_bank(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "the RBI hiked by just 50 basis points": no share moves by basis points."""
    if quantity.unit is not Unit.BASIS_POINTS or (hiked := _HIKED.search(ahead)) is None:
        return None
    change = Direction.UP if hiked["up"] else Direction.DOWN if hiked["down"] else binding.change
    return replace(binding, metric="interest rate", is_change=True, change=change)


def _of_an_index(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "the CSI 300, the worst of the year, falling 27%": nobody's shares are named."""
    if binding.metric != "share price" or not binding.is_change or scene.mentions:
        return None
    first = next(iter(scene.metrics), None)
    if first is None or first.name != "index" or first.start - scene.sentence.span.start > _OPENS:
        return None
    return replace(binding, metric="index", at=first.start)


def _of_a_share(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "with the share down almost 50%"."""
    if quantity.unit is not Unit.PERCENT or binding.metric == "share price" or not _ONE_SHARE.search(ahead):
        return None
    return replace(binding, metric="share price")


def _of_a_sale(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "sold the unit for 30 million pounds"."""
    return replace(binding, metric="deal value") if quantity.unit in MONEYS and _SOLD.search(ahead) else None


def _of_a_holder(scene: Scene, quantity: Quantity, binding: Binding, ahead: str) -> Binding | None:
    """Read "has 43 percent of Puma", where whom it is of is linked."""
    if quantity.unit is not Unit.PERCENT or binding.is_change or not _HAS.search(ahead):
        return None
    after = next((m for m in scene.mentions if m.span.start >= quantity.end), None)
    if after is None or scene.lowered[quantity.end : after.span.start] != " of ":
        return None
    if scene.lowered.startswith(("'s", "’s"), after.span.end):
        return None  # "43 percent of Puma's sales"
    return replace(binding, metric="stake")


_RULES: Final[tuple[Callable[[Scene, Quantity, Binding, str], Binding | None], ...]] = (
    _of_a_bank,
    _of_an_index,
    _of_a_share,
    _of_a_sale,
    _of_a_holder,
)
