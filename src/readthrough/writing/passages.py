"""Slots that hold a passage of the page: a reason, an authority, a day ahead, a currency; each cites where it stands."""

from __future__ import annotations

from collections.abc import Callable

from readthrough.domain.reading import Fact
from readthrough.writing.argument import argued_lines
from readthrough.writing.binding import Binding, Filled
from readthrough.writing.details import Detail
from readthrough.writing.outside import arithmetic, author_price, author_test, outside_view
from readthrough.writing.phrases import as_called, phrase_of
from readthrough.writing.scene import Subject
from readthrough.writing.stance import BANK, home_currency
from readthrough.writing.weighing import despite, paid_for, said_point
from readthrough.writing.words import joined

__all__ = ["bank", "cause", "currency", "detail", "due", "lines", "passage", "quoted", "told_of", "weighed"]


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


def quoted(which: str) -> Callable[[Binding, Filled], str]:
    """Make the filler of words that the page's analyst or author says, in quotation marks."""
    find = {
        "outside": outside_view,
        "arithmetic": arithmetic,
        "author_price": author_price,
        "author_test": author_test,
    }[which]

    def make(binding: Binding, filled: Filled) -> str:
        said = find(binding.scene)
        if said is None:
            return ""
        filled.spans.append(said.span)
        return f"{said.who}: “{said.words}”" if said.who else f"“{said.words}”"

    return make


def weighed(which: str) -> Callable[[Binding, Filled], str]:
    """Make the filler of the figure that moved the shares, or of the strongest one against the move."""
    find = {"paid": paid_for, "despite": despite}[which]

    def make(binding: Binding, filled: Filled) -> str:
        point = find(binding.subject)
        said = "" if point is None else said_point(point, binding.scene)
        if point is not None and said:
            filled.facts[point.fact.id] = point.fact
        return said

    return make


def lines(binding: Binding, filled: Filled) -> str:
    """Say the figures that an author rests on: "China revenue down 10%"."""
    scene = binding.scene
    said: list[str] = []
    for fact in argued_lines(binding.subject):
        phrase = as_called(phrase_of(fact, scene.quoted(fact)), scene.lowered)
        if phrase:
            filled.facts[fact.id] = fact
            said.append(phrase)
    return joined(said)


def told_of(say: Callable[[Subject], tuple[str, Fact | None]]) -> Callable[[Binding, Filled], str]:
    """Make the filler of words about the subject that stand on one fact."""

    def make(binding: Binding, filled: Filled) -> str:
        said, fact = say(binding.subject)
        if fact is not None:
            filled.facts[fact.id] = fact
        return said

    return make
