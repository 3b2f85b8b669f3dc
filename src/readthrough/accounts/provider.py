"""Signing in through a provider of the firm (OpenID Connect): the code flow with PKCE, state and nonce."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import httpx

from readthrough.accounts.attempt import Attempt
from readthrough.accounts.tokens import same
from readthrough.domain.errors import AccountError

__all__ = ["Attempt", "Provider", "Said"]

ALGORITHMS: Final = ("RS256", "ES256", "PS256")
"""Signatures taken; never `none`, never one made with a shared secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the provider says of who signed in."""

    subject: str  # "issuer|subject"
    email: str
    name: str


class Provider:
    """One provider. Discovers it when first asked; close it."""

    def __init__(
        self, *, issuer: str, client_id: str, client_secret: str, client: httpx.Client | None = None
    ) -> None:
        """Keep where it is and who we are to it.

        Raises:
            AccountError: The issuer is not an https address (or loopback, for tests).
        """
        parts = urlsplit(issuer)
        if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise AccountError(
                "The provider's issuer must be an https address.", remedy="Set accounts.oidc_issuer."
            )
        self._issuer = issuer
        self._id = client_id
        self._secret = client_secret
        self._client = client or httpx.Client(timeout=10.0, follow_redirects=False, trust_env=False)
        self._found: Mapping[str, Any] | None = None

    def begin(self, redirect: str) -> tuple[str, Attempt]:
        """Return where to send the browser, and what to expect back."""
        attempt = Attempt(
            state=secrets.token_urlsafe(24),
            nonce=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
        )
        digest = hashlib.sha256(attempt.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self._id,
            "redirect_uri": redirect,
            "scope": "openid email profile",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return f"{self._at('authorization_endpoint')}?{urlencode(query)}", attempt

    def finish(self, attempt: Attempt, *, state: str, code: str, redirect: str) -> Said:
        """Trade the code for who signed in.

        Raises:
            AccountError: It is another attempt's answer, the provider refused, or its word cannot be trusted.
        """
        if not state or not same(state, attempt.state):
            raise AccountError("This answer belongs to another attempt.", remedy="Sign in again.")
        try:
            answer = self._client.post(
                self._at("token_endpoint"),
                data={
                    "grant_type": "authorization_code",
                    "code": code,
                    "redirect_uri": redirect,
                    "client_id": self._id,
                    "code_verifier": attempt.verifier,
                },
                auth=httpx.BasicAuth(self._id, self._secret) if self._secret else httpx.USE_CLIENT_DEFAULT,
            )
            answer.raise_for_status()
            token = str(answer.json()["id_token"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise AccountError(
                "The provider did not confirm who signed in.", remedy="Sign in again."
            ) from error
        return self._read(token, attempt.nonce)

    def _read(self, token: str, nonce: str) -> Said:
        import jwt

        try:
            keys = jwt.PyJWKSet.from_dict(self._client.get(self._at("jwks_uri")).raise_for_status().json())
            kid = jwt.get_unverified_header(token).get("kid")
            key = next(k for k in keys.keys if kid is None or k.key_id == kid)
            claims = jwt.decode(
                token,
                key.key,
                algorithms=list(ALGORITHMS),
                audience=self._id,
                issuer=self._issuer,
                leeway=30,
                options={"require": ["exp", "iat", "aud", "iss", "sub"]},
            )
        except (jwt.PyJWTError, httpx.HTTPError, StopIteration, ValueError) as error:
            raise AccountError("The provider's word cannot be trusted.", remedy="Sign in again.") from error
        if not same(str(claims.get("nonce", "")), nonce):
            raise AccountError("The provider's word belongs to another attempt.", remedy="Sign in again.")
        verified = claims.get("email_verified", False) is True
        return Said(
            subject=f"{self._issuer}|{claims['sub']}",
            email=str(claims.get("email", "")).lower() if verified else "",
            name=str(claims.get("name", "")),
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _at(self, name: str) -> str:
        if self._found is None:
            try:
                address = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
                found = self._client.get(address).raise_for_status().json()
            except (httpx.HTTPError, ValueError) as error:
                raise AccountError(
                    "The provider cannot be reached.", remedy="Try again, or tell an admin."
                ) from error
            if found.get("issuer") != self._issuer:
                raise AccountError(
                    "The provider names another issuer.", remedy="Set accounts.oidc_issuer as it says."
                )
            self._found = found
        return str(self._found[name])
