"""What is worked out once for a page or a company, and kept with it: gone when it is gone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

__all__ = ["once"]

_Of = TypeVar("_Of")
_Told = TypeVar("_Told")


def once(work: Callable[[_Of], _Told]) -> Callable[[_Of], _Told]:
    """Let a function of one object work once for each; its answer lies in the object, so that no cache keeps that alive.

    >>> class Page: pass
    >>> asked = []
    >>> words = once(lambda page: asked.append(page) or "words")
    >>> page = Page()
    >>> words(page), words(page), len(asked)
    ('words', 'words', 1)
    """

    name = f"once {work.__module__}.{work.__qualname__}"

    @wraps(work)
    def told(of: _Of) -> _Told:
        held: dict[str, Any] = of.__dict__
        if name not in held:
            held[name] = work(of)
        answer: _Told = held[name]
        return answer

    return told
