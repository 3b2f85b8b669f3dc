"""Who may sit at the desk: institutions, people, what they may do, and what they keep there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

__all__ = [
    "MAIN",
    "OWNER",
    "ApiKey",
    "AuditEntry",
    "DemoRequest",
    "Feedback",
    "FeedbackKind",
    "Group",
    "Person",
    "Principal",
    "Role",
    "SavedView",
    "Session",
    "Tenant",
    "Wall",
    "Watchlist",
]

MAIN: Final = "main"
"""The tenant that is always there: it owns the database that the settings name."""


class Role(StrEnum):
    """What a person may do; each may also do what those before may."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    MANAGER = "manager"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """Its place in the order, 0 for the least."""
        return tuple(Role).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """An institution. Its notes, books, rules and alerts lie in a database of their own."""

    id: str
    name: str
    created_at: datetime
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People on one side of a wall."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """An information barrier: what is named here is seen by this group only (and others with a wall to it)."""

    kind: str  # portfolio, source
    name: str
    group_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who can sign in. `password` is an argon2id hash, empty for those a provider signs in."""

    id: str
    tenant_id: str
    login: str
    name: str
    role: Role
    groups: tuple[str, ...]
    password: str
    must_change: bool
    totp_secret: str
    totp_last: int  # time step of the last code taken; an older one is a replay
    subject: str
    created_at: datetime
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser that is signed in. Only the digest of its cookie is kept."""

    digest: str
    tenant_id: str
    person_id: str
    csrf: str
    stage: str  # password: the second factor is still owed; full
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A program's key. Only its digest is kept; `scopes` are read, write, articles."""

    id: str
    tenant_id: str
    person_id: str
    name: str
    digest: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who is asking. `via` is loopback (nobody signs in), session or key."""

    tenant_id: str
    person_id: str
    login: str
    name: str
    role: Role
    groups: tuple[str, ...] = ()
    via: str = "loopback"
    csrf: str = ""
    scopes: tuple[str, ...] = ()
    must_change: bool = False

    def may(self, role: Role) -> bool:
        """Tell whether this person has at least that role."""
        return self.role.rank >= role.rank


OWNER: Final = Principal(
    tenant_id=MAIN, person_id="owner", login="owner", name="Owner of this machine", role=Role.ADMIN
)
"""Who asks where nobody signs in: the one person at this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the audit log."""

    id: int
    tenant_id: str
    at: datetime
    person_id: str
    action: str
    subject: str
    outcome: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A filter of the feed under a name."""

    name: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchlist:
    """Tickers a person follows under a name."""

    name: str
    tickers: tuple[str, ...]


class FeedbackKind(StrEnum):
    """What a reader says is wrong with a note."""

    WRONG_COMPANY = "wrong_company"
    WRONG_SIGN = "wrong_sign"
    WRONG_FIGURE = "wrong_figure"
    NOT_USEFUL = "not_useful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One reader's word on a note, waiting to become a test of the reading."""

    id: int
    note_id: str
    revision: int
    person_id: str
    kind: FeedbackKind
    subject: str
    words: str
    at: datetime
    state: str = "waiting"  # waiting, taken, refused


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRequest:
    """Someone who asked to be shown Readthrough."""

    id: int
    name: str
    firm: str
    email: str
    assets: str
    message: str
    at: datetime
    mailed: bool = False
