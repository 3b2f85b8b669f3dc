"""What each role and each key may do, by method and path. What is not named here is for managers."""

from __future__ import annotations

from typing import Final

from readthrough.domain.account import Principal, Role

__all__ = ["SCOPES", "audited", "is_open", "least_role", "may", "needed_scope"]

SCOPES: Final = ("read", "articles", "write")
"""What a key can be made for: reading; sending articles; changing portfolios and rules (within its owner's role)."""

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN: Final = ("/static/", "/sign-in", "/welcome", "/demo/")
_OPEN_WHOLE: Final = frozenset({"/healthz", "/sign-in", "/welcome", "/demo"})

# The first that fits counts; a path ends with / where everything under it is meant.
_WRITES: Final[tuple[tuple[str, Role], ...]] = (
    ("/admin", Role.ADMIN),
    ("/api/v1/admin", Role.ADMIN),
    ("/views", Role.VIEWER),
    ("/watchlists", Role.VIEWER),
    ("/account", Role.VIEWER),
    ("/sign-out", Role.VIEWER),
    ("/notes/", Role.VIEWER),  # feedback
    ("/ask", Role.VIEWER),
    ("/api/v1/ask", Role.VIEWER),
    ("/api/v1/articles", Role.ANALYST),
    ("/api/v1/answers", Role.VIEWER),
    ("/alerts/preview", Role.VIEWER),
)
_ASKING: Final = ("/api/mcp", "/openbb/query", "/api/openbb/query")
"""Where a protocol asks by POST and nothing can be changed."""
_READS: Final[tuple[tuple[str, Role], ...]] = (("/admin", Role.ADMIN), ("/api/v1/admin", Role.ADMIN))
_HOLDINGS: Final = (
    "/portfolios",
    "/tickers/",
    "/notes/",
    "/api/v1/portfolios",
    "/api/v1/notes",
    "/api/v1/books",
    "/alerts",
    "/api/v1/alerts",
    "/ask",
    "/api/v1/ask",
    "/api/v1/stream",
    "/api/v1/export",
    "/openbb",
    "/api/openbb",
    "/live",
)
"""Where a page or an answer shows what somebody holds, or what news means for it. The feed, `/`, does too."""


def is_open(path: str) -> bool:
    """Tell whether a path is for everybody: signing in, the public page, what pages load."""
    return (
        path in _OPEN_WHOLE
        or any(path.startswith(p) and p.endswith("/") for p in _OPEN)
        or path.startswith("/sign-in/")
    )


def least_role(method: str, path: str) -> Role:
    """Return the least role that may do this.

    >>> least_role("GET", "/portfolios/x"), least_role("POST", "/portfolios"), least_role("GET", "/admin/people")
    (<Role.VIEWER: 'viewer'>, <Role.MANAGER: 'manager'>, <Role.ADMIN: 'admin'>)
    """
    if path in _ASKING:
        return Role.VIEWER
    table, otherwise = (_READS, Role.VIEWER) if method in _SAFE else (_WRITES, Role.MANAGER)
    for start, role in table:
        if path == start or path.startswith(start if start.endswith("/") else f"{start}/"):
            return role
    return otherwise


def needed_scope(method: str, path: str) -> str:
    """Return the scope a key needs for this."""
    if method in _SAFE or path in _ASKING:
        return "read"
    return "articles" if path == "/api/v1/articles" else "write"


def may(principal: Principal, method: str, path: str) -> bool:
    """Tell whether someone may do this."""
    if principal.via == "key" and needed_scope(method, path) not in principal.scopes:
        return False
    return principal.may(least_role(method, path))


def audited(method: str, path: str) -> str:
    """Return the action an audit log names: a change, a read of holdings, or nothing.

    >>> audited("POST", "/portfolios"), audited("GET", "/portfolios/x"), audited("GET", "/watchlists")
    ('change', 'read', '')
    """
    if path in _ASKING:  # an answer may tell what news means for a book
        return "read"
    if method not in _SAFE:
        return "change"
    return (
        "read"
        if path == "/" or any(path == p or path.startswith(p.rstrip("/") + "/") for p in _HOLDINGS)
        else ""
    )
