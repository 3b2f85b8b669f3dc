"""Secrets that are handed out: session cookies, form tokens, API keys. Only their digests are kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets

__all__ = ["KEY_MARK", "digest_of", "new_id", "new_key", "new_secret", "same"]

KEY_MARK = "rt_"
"""How an API key begins, so that scanners for leaked keys know it."""


def new_secret() -> str:
    """Return 256 bits nobody can guess, in letters a cookie takes."""
    return secrets.token_urlsafe(32)


def new_key() -> str:
    """Return an API key."""
    return KEY_MARK + secrets.token_urlsafe(32)


def new_id(kind: str) -> str:
    """Return an id that tells nothing."""
    return f"{kind}_{secrets.token_hex(10)}"


def digest_of(secret: str) -> str:
    """Return what is kept of a secret: it has 256 bits, so a plain digest cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare without telling, by the time it takes, how much was right."""
    return hmac.compare_digest(one.encode(), other.encode())
