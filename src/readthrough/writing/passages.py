"""Slots that hold a passage of the page: a reason, an authority, a day ahead, a currency; each cites where it stands."""

from __future__ import annotations

from collections.abc import Callable

from readthrough.writing.binding import Binding, Filled
from readthrough.writing.details import Detail
from readthrough.writing.stance import BANK, home_currency

__all__ = ["bank", "cause", "currency", "detail", "due", "passage"]


def bank(binding: Binding, filled: Filled) -> str:
    """Name the central bank of the page."""
    del filled
    match = BANK.search(binding.scene.text)
    if match is None:
        return "the central bank"
    return match.group() if match.group() == "Norges Bank" else f"the {match.group()}"


def currency(binding: Binding, filled: Filled) -> str:
    """Name the currency that the page is about: "the yen"."""
    home = home_currency(binding.scene)
    if home is None:
        return ""
    filled.spans.append(home.span)
    return home.text


def due(kind: str, *, bare: bool = False) -> Callable[[Binding, Filled], str]:
    """Make the filler that says when what the page announces is to be: "on Nov. 20"."""

    def make(binding: Binding, filled: Filled) -> str:
        day = next((s for s in binding.scene.told.scheduled if s.kind == kind), None)
        if day is None:
            return ""
        filled.spans.append(day.span)
        return day.day if bare else day.on

    return make


def cause(binding: Binding, filled: Filled) -> str:
    """Give the reason of the page in its words."""
    reason = binding.subject.cause
    if reason is None:
        return ""
    filled.spans.append(reason.span)
    return reason.text


def passage(which: str) -> Callable[[Binding, Filled], str]:
    """Make the filler of what the page answers by itself."""

    def make(binding: Binding, filled: Filled) -> str:
        told = binding.scene.told
        said = {"refiling": told.refiling, "asked": told.asked, "successor": told.successor}[which]
        if said is None:
            return ""
        filled.spans.append(said.span)
        return said.text

    return make


def detail(which: str) -> Callable[[Binding, Filled], str]:
    """Make the filler of a particular of the page."""

    def make(binding: Binding, filled: Filled) -> str:
        found: Detail | None = getattr(binding.subject.details, which)
        if found is None:
            return ""
        filled.spans.append(found.span)
        return found.text

    return make
