"""A signed webhook, by the Standard Webhooks scheme.

`webhook-id` is the delivery's id and stays over retries, so a receiver can drop doubles;
`webhook-timestamp` is the attempt's; `webhook-signature` covers both and the body's very bytes. While keys are
being changed it holds one signature for each.
"""

from __future__ import annotations

import binascii
import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

import httpx
from standardwebhooks.webhooks import EmptyWebhookSecretError
from standardwebhooks.webhooks import Webhook as Signer

from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import Permanent, SettingsError, SourceRefused, Transient
from readthrough.domain.route import SharedSecret
from readthrough.net import GuardedTransport, require_public

__all__ = ["MAX_RETRY_AFTER", "Webhook"]

MAX_RETRY_AFTER: Final = timedelta(days=1)
"""Longest wait a receiver may ask for."""


class Webhook:
    """Posts an alert as signed JSON to one address. Holds its connections; close it."""

    shown = False

    def __init__(
        self,
        *,
        name: str,
        url: str,
        secret: str | tuple[SharedSecret, ...],
        allow_private: bool = False,
        timeout_s: float = 10.0,
        rate_per_minute: int = 0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Prepare the connection; nothing is sent.

        Args:
            name: What rules call this receiver.
            url: Where to post; http or https.
            secret: `whsec_` and base64 of the shared key; several, parted by spaces or as values, all sign.
            allow_private: Let `url` resolve to an address that is not public.
            timeout_s: Seconds for a whole attempt.
            rate_per_minute: Most attempts a minute; unlimited when 0.
            transport: Another way out than the guarded one.

        Raises:
            SettingsError: A secret or the address is malformed.
        """
        self.name = name
        self.rate_per_minute = rate_per_minute
        self._url = _checked_url(name, url)
        given = secret if isinstance(secret, tuple) else _given(secret)
        self._signers = tuple((_signer(name, one.value), one.expires_at) for one in given)
        self._client = httpx.Client(
            transport=transport or GuardedTransport(allow_private=allow_private, total_timeout_s=timeout_s),
            timeout=timeout_s,
            follow_redirects=False,
            trust_env=False,
        )

    def check_public(self) -> None:
        """Refuse an address that is not public now, as every attempt will at the moment it is made.

        Raises:
            SourceRefused: It is not, or does not resolve.
        """
        require_public(self._url.host, self._url.port or (443 if self._url.scheme == "https" else 80))

    def send(self, delivery: Delivery, payload: NoteDocument, now: datetime) -> None:
        """Post once.

        Args:
            delivery: Its `id` is the idempotency key.
            payload: What to say.
            now: Time of this attempt.

        Raises:
            Transient: Any answer but 2xx and 410, or none; `facts["retry_after"]` is the wait the receiver
                asked for as a timedelta, or None.
            Permanent: 410, by which a receiver says that it is gone, or an address that is refused.
        """
        body = json.dumps(payload, separators=(",", ":"), allow_nan=False)
        headers = {
            "content-type": "application/json",
            "user-agent": "readthrough",
            "webhook-id": delivery.id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(
                signer.sign(delivery.id, now, body) for signer in self._signing(now)
            ),
        }
        try:
            # The answer's body is never read: its length is the receiver's to choose.
            with self._client.stream("POST", self._url, content=body, headers=headers) as response:
                self._judge(response, now)
        except SourceRefused as error:
            raise Permanent(f"Webhook {self.name}: {error.message}", remedy=error.remedy) from error
        except httpx.TimeoutException as error:
            raise Transient(f"Webhook {self.name} did not answer in time.") from error
        except httpx.HTTPError as error:
            raise Transient(f"Webhook {self.name} could not be reached: {error}") from error

    def _judge(self, response: httpx.Response, now: datetime) -> None:
        status = response.status_code
        if 200 <= status < 300:
            return
        said = f"Webhook {self.name} answered {status}."
        if 300 <= status < 400:
            raise Transient(said, remedy="Redirects are not followed: set the final address.", status=status)
        if status == 410:
            raise Permanent(
                said, remedy="The receiver is gone: remove it or set its new address.", status=status
            )
        # Any other answer may pass, as the specification has it: a key may be set, a path may be mended.
        wait = _retry_after(response.headers.get("retry-after", ""), now)
        raise Transient(said, status=status, retry_after=wait)

    def _signing(self, now: datetime) -> list[Signer]:
        """The keys that hold now; the newest alone when all have run out, so that nothing goes unsigned."""
        holding = [signer for signer, ends in self._signers if ends is None or now < ends]
        return holding or [self._signers[0][0]]

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _checked_url(name: str, url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise SettingsError(f"Webhook {name}: the address cannot be read: {error}") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise SettingsError(
            f"Webhook {name}: the address needs http:// or https:// and a host.", remedy="Correct its url."
        )
    return parsed


def _given(secret: str) -> tuple[SharedSecret, ...]:
    return tuple(SharedSecret(value=value) for value in secret.split() or [""])


def _signer(name: str, secret: str) -> Signer:
    remedy = "Use whsec_ followed by the base64 of 24 to 64 random bytes."
    if not secret.startswith("whsec_"):
        raise SettingsError(f"Webhook {name}: the secret does not start with whsec_.", remedy=remedy)
    try:
        return Signer(secret)
    except (binascii.Error, ValueError, EmptyWebhookSecretError):
        # Raised without the cause, which would repeat the secret.
        raise SettingsError(f"Webhook {name}: the secret is not valid base64.", remedy=remedy) from None


def _retry_after(value: str, now: datetime) -> timedelta | None:
    if not value:
        return None
    try:
        digits = value.isascii() and value.isdigit()
        wait = timedelta(seconds=int(value[:12])) if digits else _moment(value) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta(0)), MAX_RETRY_AFTER)


def _moment(value: str) -> datetime:
    moment = parsedate_to_datetime(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
