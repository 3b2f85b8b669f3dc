"""Frozen values as JSON and back, where a table keeps a whole value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from typing import Any, Final

from readthrough.domain.contract import Json

__all__ = ["document_of"]


def document_of(value: object) -> Json:
    """Turn a value into JSON types: decimals and moments become text, sets are sorted.

    Raises:
        TypeError: The value holds something that has no place in JSON.

    >>> document_of((Decimal("1.50"), frozenset({"b", "a"})))
    ['1.50', ['a', 'b']]
    """
    kind = type(value)
    made = _MAKERS.get(kind)
    if made is None:
        made = _MAKERS[kind] = _maker(kind)
    return made(value)


def _maker(kind: type) -> Callable[[Any], Json]:
    """Find out once how values of a type are turned: a reading holds a thousand of a dozen types."""
    if issubclass(kind, Enum):
        return lambda value: document_of(value.value)
    if issubclass(kind, str | int | float):
        return _same
    if issubclass(kind, Decimal):
        return str
    if issubclass(kind, date):  # moments too
        return lambda value: str(value.isoformat())
    if is_dataclass(kind):
        return _of_fields(tuple(field.name for field in fields(kind)))
    if issubclass(kind, frozenset | set):
        return lambda value: sorted(map(document_of, value), key=str)
    if issubclass(kind, tuple | list):
        return lambda value: list(map(document_of, value))
    raise TypeError(f"{kind.__name__} cannot be kept as JSON")


def _of_fields(names: tuple[str, ...]) -> Callable[[Any], Json]:
    if len(names) < 2:  # attrgetter gives no tuple then
        return lambda value: {name: document_of(getattr(value, name)) for name in names}
    taken = attrgetter(*names)
    return lambda value: dict(zip(names, map(document_of, taken(value)), strict=True))


def _same(value: Any) -> Json:
    kept: Json = value
    return kept


_MAKERS: Final[dict[type, Callable[[Any], Json]]] = {type(None): _same}
