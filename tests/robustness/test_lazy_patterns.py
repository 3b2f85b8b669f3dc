"""A pattern that is compiled when first used must still compile."""

from __future__ import annotations

import importlib
import pkgutil

import readthrough.reading
import readthrough.writing
from readthrough.domain import lazy


def test_every_lazy_pattern_compiles() -> None:
    kind = type(lazy.lazily("a"))
    seen = 0
    for room in (readthrough.reading, readthrough.writing):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, kind):
                    value.search("")
                    seen += 1
    assert seen > 100
