"""Whose alerts somebody asks for, and who does something about one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from readthrough.domain.account import Principal

__all__ = ["EVERYBODY", "acting", "admits", "people_of"]

EVERYBODY: Final = "*"


def people_of(asked: str, me: Principal) -> frozenset[str] | None:
    """Return the people whose alerts are asked for, the desk's own among them as an empty name; None for everybody's.

    Args:
        asked: `*` for everybody's, `me` for the asker's, or a person. When empty, who signs in at a page gets their
            own; where nobody signs in, and for a key, it is everybody's.
        me: Who asks.
    """
    if asked == EVERYBODY or (not asked and me.via != "session"):
        return None
    if asked in ("", "me"):
        return frozenset((me.login, me.person_id, ""))
    return frozenset((asked, ""))


def admits(people: frozenset[str] | None, document: Mapping[str, Any]) -> bool:
    """Tell whether an alert's document, or the message that was made of it, is for one of these people."""
    told = document.get("data")
    whose = (told if isinstance(told, Mapping) else document).get("person")
    return people is None or str(whose or "") in people


def acting(me: Principal, said: str) -> str:
    """Return who does it: whoever is signed in, or where nobody signs in who they say they are.

    >>> from readthrough.domain.account import OWNER
    >>> acting(OWNER, "ann")
    'ann'
    """
    return said if me.via == "loopback" else me.login
