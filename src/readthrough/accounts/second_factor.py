"""The second factor: time-based one-time codes (RFC 6238), each good once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from readthrough.accounts.tokens import same

__all__ = ["address_of", "new_totp_secret", "step_of_code"]

STEP_S: Final = 30
DRIFT: Final = 1
"""Steps a clock may be off either way."""


def new_totp_secret() -> str:
    """Return a secret for an authenticator."""
    import pyotp

    return pyotp.random_base32()


def address_of(secret: str, login: str) -> str:
    """Return the `otpauth:` address that an authenticator takes."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="Readthrough")


def step_of_code(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step a code belongs to; None when it is not one of now's."""
    import pyotp

    given = code.replace(" ", "")
    if not (given.isascii() and given.isdigit() and len(given) == 6):
        return None
    totp = pyotp.TOTP(secret)
    current = int(now.timestamp()) // STEP_S
    steps = range(current - DRIFT, current + DRIFT + 1)
    return next((step for step in steps if same(totp.at(step * STEP_S), given)), None)
