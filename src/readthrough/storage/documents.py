"""Frozen values as JSON and back, where a table keeps a whole value."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from readthrough.domain.contract import Json

__all__ = ["document_of"]


def document_of(value: object) -> Json:
    """Turn a value into JSON types: decimals and moments become text, sets are sorted.

    Raises:
        TypeError: The value holds something that has no place in JSON.

    >>> document_of((Decimal("1.50"), frozenset({"b", "a"})))
    ['1.50', ['a', 'b']]
    """
    if isinstance(value, Enum):
        return document_of(value.value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: document_of(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset | set):
        return sorted((document_of(item) for item in value), key=str)
    if isinstance(value, tuple | list):
        return [document_of(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be kept as JSON")
