"""Passwords: argon2id, a length that matters, and no rule about symbols."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from readthrough.domain.errors import AccountError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["LEAST", "check_new", "hash_password", "needs_rehash", "verify"]

LEAST: Final = 12
MOST: Final = 256
"""Characters: OWASP ASVS 2.1 asks for 12 at least and 128 at most refused."""

_USUAL: Final = frozenset(
    """passwordpassword password1234 123456789012 1234567890123 qwertyuiopas qwertyuiop123 letmeinletmein
    adminadmin12 administrator iloveyou1234 welcome12345 changemechangeme readthrough12 readthrough123
    abcdefghijkl aaaaaaaaaaaa 000000000000 111111111111 correcthorsebatterystaple password12345 p@ssw0rd1234""".split()
)


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    # RFC 9106's second recommendation: 64 MiB, 3 passes, 4 lanes.
    return PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4)


def check_new(password: str, *, login: str, name: str) -> None:
    """Refuse a password that would not protect anything.

    Raises:
        AccountError: Too short, too long, among the usual ones, or made of who it belongs to.
    """
    if not LEAST <= len(password) <= MOST:
        raise AccountError(
            f"A password has {LEAST} to {MOST} characters.", remedy="Use a few words of your own."
        )
    plain = password.casefold()
    own = [part for part in (login.split("@")[0].casefold(), *name.casefold().split()) if len(part) > 3]
    if plain in _USUAL or len(set(plain)) < 5 or any(part in plain for part in own):
        raise AccountError("That password would be guessed early.", remedy="Use a few words of your own.")


def hash_password(password: str) -> str:
    """Return what may be kept of a password."""
    return _hasher().hash(password)


def verify(kept: str, password: str) -> bool:
    """Tell whether a password is the one; takes as long when there is none to compare with."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept or _nobody(), password[: MOST * 4]) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(kept: str) -> bool:
    """Tell whether a hash was made with settings weaker than today's."""
    return bool(kept) and _hasher().check_needs_rehash(kept)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return hash_password("nobody has this password")
