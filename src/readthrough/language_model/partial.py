"""Takes whole sentences out of an answer that is still being written: JSON of which only the beginning is there."""

from __future__ import annotations

import json
from typing import Any, Final

__all__ = ["ObjectReader"]

_DEPTH: Final = 2
"""Objects stand in the list of the outermost object."""


class ObjectReader:
    """Fed pieces of JSON text, gives each object of the answer's list when its last brace has come.

    >>> reader = ObjectReader()
    >>> reader.feed('{"sentences": [{"text": "A } brace."')
    []
    >>> reader.feed(', "passages": ["p1"]}, {"te')
    [{'text': 'A } brace.', 'passages': ['p1']}]
    """

    def __init__(self) -> None:
        """Begin before the first brace; what stands ahead of it is passed over."""
        self._depth = 0
        self._kept: list[str] = []
        self._in_words = False
        self._escaped = False

    def feed(self, text: str) -> list[dict[str, Any]]:
        """Take what came; returns the objects that it completed, none for those that are no JSON."""
        whole: list[dict[str, Any]] = []
        for letter in text:
            inside = self._depth >= _DEPTH
            if self._in_words:
                self._in_words = self._escaped or letter != '"'
                self._escaped = letter == "\\" and not self._escaped
            elif letter == '"':
                self._in_words = self._depth > 0
            elif letter == "{":
                self._depth += 1
            elif letter == "}" and self._depth:
                self._depth -= 1
            if inside or self._depth >= _DEPTH:
                self._kept.append(letter)
            if inside and self._depth < _DEPTH:
                whole += _read("".join(self._kept))
                self._kept.clear()
        return whole


def _read(text: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return [found] if isinstance(found, dict) else []
