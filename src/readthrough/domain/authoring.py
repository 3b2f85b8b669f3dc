"""What a language model is asked to write, what it wrote, and what that took.

Nothing here is trusted: a claim of a model becomes a claim of a note only after the grounding check.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from readthrough.domain.note import ClaimKind

__all__ = ["Assignment", "Authored", "AuthoredClaim", "Authoring", "Ending", "Progress", "Review", "Spent"]


class Ending(StrEnum):
    """How asking a model ended. All but `written` leave the note as the playbooks wrote it."""

    WRITTEN = "written"
    TIMEOUT = "timeout"
    REFUSED = "refused"  # it declined, or had nothing to say
    MALFORMED = "malformed"  # no answer of the shape asked for, after every retry
    UNSUPPORTED = "unsupported"  # too little of it passed the grounding check
    OVERFLOW = "overflow"  # the article does not fit what it can read
    UNREACHABLE = "unreachable"  # no connection, a wrong key, an error of the server
    BUDGET = "budget"  # the day's spend limit is reached
    BUSY = "busy"  # too many notes wait for it already
    STOPPED = "stopped"  # the desk was stopped while it wrote
    PAUSED = "paused"  # it failed several times running and is left alone for a while


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What a model is given: our instructions, and the data apart from them, marked untrusted.

    `shorter` is the same data without the article's sentences, for a model that cannot hold them.
    """

    instructions: str
    data: str
    shorter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoredClaim:
    """One claim as a model wrote it: `support` holds ids of the data, `confidence_pct` is in [0, 100]."""

    kind: ClaimKind
    text: str
    direction: str
    horizon: str
    tickers: tuple[tuple[str, str], ...]
    confidence_pct: int
    support: tuple[str, ...]
    falsified_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What asking took. Tokens of a request that never answered are counted at their most."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Authored:
    """What came back: claims when `ending` is written, otherwise none and a `detail` without secrets."""

    ending: Ending
    claims: tuple[AuthoredClaim, ...] = ()
    detail: str = ""
    spent: Spent = field(default_factory=Spent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authoring:
    """One asking as the record keeps it. `digest` names its inputs, so that an equal one need not be paid for."""

    digest: str
    article_id: str
    model: str
    authored: Authored
    cost_usd: Decimal


Review: TypeAlias = Callable[[Sequence[AuthoredClaim]], tuple[str, ...]]
"""Says what is wrong with claims, for the model to mend; empty when nothing is."""

Progress: TypeAlias = Callable[[int], None]
"""Told how many characters have come so far."""
