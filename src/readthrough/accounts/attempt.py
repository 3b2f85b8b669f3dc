"""What an attempt to sign in through a provider must bring back; apart, as pages need it and not the provider."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Attempt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to sign in: what must come back, kept in the browser's own cookie until it does."""

    state: str
    nonce: str
    verifier: str
