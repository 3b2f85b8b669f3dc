"""The values of a rule's keys, each refused with the place where it stands."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import timedelta
from difflib import get_close_matches
from typing import Final

from readthrough.domain.errors import RuleError

__all__ = [
    "LONGEST_LIST",
    "LONGEST_TEXT",
    "Place",
    "choice",
    "flag",
    "identifier",
    "items",
    "kind_of",
    "nearest",
    "number",
    "span",
    "text",
]

LONGEST_TEXT: Final = 200
LONGEST_LIST: Final = 5_000
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_SPAN: Final = re.compile(r"([0-9]{1,4}) ?(m|h|d|w)")
_UNITS: Final = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


class Place:
    """Where in a rule something stands: the rule, then keys and positions as one would write them."""

    def __init__(self, rule: str, path: str = "") -> None:
        """Begin at a rule."""
        self.rule = rule
        self.path = path

    def at(self, key: str | int) -> Place:
        """Go on to a key, or to a position of a list, counted from 1 as people do."""
        step = f"[{key + 1}]" if isinstance(key, int) else f".{key}" if self.path else key
        return Place(self.rule, self.path + step)

    def fault(self, what: str, remedy: str, **facts: object) -> RuleError:
        """Make the error that is raised here."""
        return RuleError(
            f"{self.rule}: {self.path}: {what}.", remedy=remedy, place=self.rule, key=self.path, **facts
        )


def nearest(word: str, known: Sequence[str]) -> str:
    """Suggest what may have been meant."""
    close = get_close_matches(word[:LONGEST_TEXT], known, n=3, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    return f"Known are {', '.join(known[:12])}{' and others' if len(known) > 12 else ''}."


def kind_of(value: object) -> str:
    """Say what a value is."""
    return {
        "str": "text",
        "bool": "true or false",
        "int": "a number",
        "float": "a number",
        "NoneType": "nothing",
        "dict": "a table",
    }.get(type(value).__name__, f"a {type(value).__name__}")


def identifier(place: Place, value: object) -> str:
    """An id."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise place.fault(
            f"{value!r:.80} is not an id" if value is not None else "is missing",
            "Use up to 64 letters, digits, dots, dashes or underscores.",
        )
    return value


def text(place: Place, value: object, *, most: int = LONGEST_TEXT) -> str:
    """A text that is not empty."""
    if not isinstance(value, str):
        raise place.fault(f"must be text, not {kind_of(value)}", 'Write it in quotes: "words".')
    if not value.strip():
        raise place.fault("is empty", "Write something, or leave it out.")
    if len(value) > most:
        raise place.fault(f"has {len(value):,} characters", f"Keep it to {most:,}.")
    return value.strip()


def items(place: Place, value: object, *, known: Sequence[str] = (), what: str = "") -> tuple[str, ...]:
    """A list of texts, each once; of `known` ones where these are given."""
    if not isinstance(value, (list, tuple)):
        raise place.fault(f"must be a list, not {kind_of(value)}", f'Write {place.path} = ["...", "..."].')
    if len(value) > LONGEST_LIST:
        raise place.fault(f"has {len(value):,} entries", f"Keep it to {LONGEST_LIST:,}, or use two rules.")
    found = []
    for number_, entry in enumerate(value):
        word = text(place.at(number_), entry)
        if known and word not in known:
            raise place.at(number_).fault(f"{word!r} is not {what}", nearest(word, known))
        found.append(word)
    return tuple(dict.fromkeys(found))


def number(place: Place, value: object, *, low: float = 0.0, high: float = 1.0, places: int = 4) -> float:
    """A number within bounds, rounded to what is compared."""
    bounds = f"{low:g} to {high:g}"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise place.fault(f"must be a number, not {kind_of(value)}", f"Write a number from {bounds}.")
    if not math.isfinite(value) or not low <= value <= high:
        raise place.fault(f"{value} is outside {bounds}", f"Write a number from {bounds}.")
    return round(float(value), places)


def choice(place: Place, value: object, known: Sequence[str]) -> str:
    """One of a few words."""
    if not isinstance(value, str) or value not in known:
        words = ", ".join(word for word in known if word)
        raise place.fault(f"{value!r:.80} is not one of its values", f"Use one of {words}.")
    return value


def flag(place: Place, value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise place.fault(f"must be true or false, not {kind_of(value)}", "Write true or false.")
    return value


def span(place: Place, value: object, *, least: timedelta, most: timedelta) -> timedelta:
    """A length of time such as "6h"."""
    found = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise place.fault(
            f"{value!r:.80} is not a length of time", 'Write one such as "30m", "6h", "5d" or "2w".'
        )
    length = int(found[1]) * _UNITS[found[2]]
    if not least <= length <= most:
        raise place.fault(
            f"{value} is outside {said(least)} to {said(most)}",
            f"Write one from {said(least)} to {said(most)}.",
        )
    return length


def said(length: timedelta) -> str:
    """A length of time as rules write it.

    >>> said(timedelta(hours=6)), said(timedelta(days=14)), said(timedelta(minutes=90))
    ('6h', '14d', '90m')
    """
    for unit, mark in (("d", timedelta(days=1)), ("h", timedelta(hours=1)), ("m", timedelta(minutes=1))):
        if length and length % mark == timedelta(0):
            return f"{length // mark}{unit}"
    return f"{length // timedelta(minutes=1)}m"
