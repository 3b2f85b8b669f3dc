"""Asks addresses politely: who we are, what we have already, how often, and not when we were asked to wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

import httpx

from readthrough import __version__
from readthrough.domain.errors import SourceError, SourceRefused, SourceUnreachable
from readthrough.feeds.fetch import body_of, joined, unpacked
from readthrough.feeds.limits import Limits
from readthrough.feeds.network import Deadline, Network
from readthrough.feeds.web_address import check_url

__all__ = ["Answer", "Asking", "Turns", "agent_of", "retry_after"]

LONGEST_RETRY: Final = timedelta(days=1)
"""A server that asks for more is asked again after a day all the same."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


def agent_of(contact: str) -> str:
    """Say who asks.

    >>> agent_of("desk@example.com").endswith("(desk@example.com)")
    True
    """
    plain = (
        "".join(c for c in contact if c.isprintable() and c not in "()\\").encode("ascii", "ignore").decode()
    )
    return f"readthrough/{__version__}" + (f" ({plain.strip()})" if plain.strip() else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said. `url` is the last hop's, `moved` the new address when it moved for good."""

    status: int
    url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    moved: str = ""

    @property
    def ok(self) -> bool:
        """Whether there is a body to read."""
        return 200 <= self.status < 300


class Turns:
    """Lets no host be asked more often than once in an interval, by any thread; some hosts share one turn."""

    def __init__(
        self,
        interval: timedelta,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        slower: Mapping[str, timedelta] | None = None,
    ) -> None:
        """Take the interval.

        Args:
            interval: Least time between the beginnings of two requests to one host.
            monotonic: Tells seconds that only grow.
            sleep: Waits for seconds.
            slower: Intervals of whole domains, all of whose hosts share one turn.
        """
        self._interval = interval.total_seconds()
        self._slower = {domain: t.total_seconds() for domain, t in (slower or {}).items()}
        self._monotonic, self._sleep = monotonic, sleep
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, url: str) -> None:
        """Wait for the turn of an address."""
        host = (urlsplit(url).hostname or "").lower()
        domain = next((d for d in self._slower if host == d or host.endswith("." + d)), host)
        interval = self._slower.get(domain, self._interval)
        with self._lock:
            now = self._monotonic()
            at = max(now, self._next.get(domain, 0.0))
            self._next[domain] = at + interval
            if len(self._next) > 10_000:  # hosts of long ago
                self._next = {d: t for d, t in self._next.items() if t > now}
        if at > now:
            self._sleep(at - now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How addresses are asked: limits, network, name, turns. A copy with other limits is made by `within`."""

    limits: Limits
    network: Network = field(default_factory=Network)
    agent: str = field(default_factory=lambda: agent_of(""))
    turns: Turns = field(default_factory=lambda: Turns(timedelta(0)))

    def within(self, **limits: object) -> Asking:
        """Ask with some limits changed."""
        return replace(self, limits=replace(self.limits, **limits))  # type: ignore[arg-type]

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask an address; any status is an answer.

        Raises:
            SourceRefused: A hop's scheme, host or resolved address is not acceptable.
            SourceUnreachable: The network or the server failed, or took too long.
            SourceTooLarge: The body is larger than the limit; reading stopped there.
        """
        return self._ask("GET", url, headers or {}, None)

    def post(self, url: str, form: Mapping[str, str]) -> Answer:
        """Send a form; redirects are not followed."""
        return self._ask("POST", url, {}, form)

    def _ask(
        self, method: str, url: str, headers: Mapping[str, str], form: Mapping[str, str] | None
    ) -> Answer:
        deadline = Deadline(self.limits.deadline.total_seconds(), url, self.network.monotonic)
        hop, moved = url, ""
        for count in range(self.limits.max_redirects + 1):
            answer = self._hop(method, hop, headers if _same_host(url, hop) else {}, form, deadline)
            location = answer.headers.get("location", "").strip()
            if form is not None or answer.status not in _REDIRECTS or not location:
                return replace(answer, moved=moved)
            following = joined(hop, location)
            if answer.status in (301, 308) and (count == 0 or moved):
                moved = following
            hop = following
        raise SourceUnreachable(
            f"{url!r} redirects more than {self.limits.max_redirects} times.",
            remedy="Give the final address.",
            url=url,
        )

    def _hop(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        form: Mapping[str, str] | None,
        deadline: Deadline,
    ) -> Answer:
        check_url(url, allow=self.network.allow)
        self.turns.wait(url)
        sent = {
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            **headers,
        }
        try:
            request = httpx.Request(method, url, headers=sent, data=dict(form) if form is not None else None)
            with self.network.transport(url, deadline) as transport:
                response = transport.handle_request(request)
                try:
                    fields = {k.lower(): v for k, v in response.headers.items()}
                    wanted = response.status_code not in _REDIRECTS and response.status_code != 304
                    body = (
                        unpacked(body_of(response, url, self.limits), fields, url, self.limits)
                        if wanted
                        else b""
                    )
                    return Answer(status=response.status_code, url=url, body=body, headers=fields)
                finally:
                    response.close()
        except httpx.TimeoutException:
            raise deadline.passed() from None
        except httpx.InvalidURL as error:
            raise SourceRefused(
                f"{url!r} is not an address: {error}.", remedy="Check its spelling."
            ) from None
        except SourceError:
            raise
        except (httpx.TransportError, OSError) as error:
            reason = (str(error).strip() or type(error).__name__).rstrip(".")
            raise SourceUnreachable(
                f"{url!r} could not be fetched: {reason}.",
                remedy="Check the address and the network.",
                url=url,
            ) from None


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Read how long a server asks to be left alone, in seconds or as a date, a day at most.

    >>> retry_after({"retry-after": "120"}, datetime(2026, 1, 1, tzinfo=UTC))
    datetime.timedelta(seconds=120)
    """
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return min(LONGEST_RETRY, timedelta(seconds=int(value[:9])))
    try:
        at = parsedate_to_datetime(value)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
        return min(LONGEST_RETRY, max(timedelta(0), at - now))
    except (ValueError, TypeError, OverflowError):
        return None


def _same_host(first: str, second: str) -> bool:
    """Keys and cookies of one host are not another's."""
    return urlsplit(first).netloc.lower() == urlsplit(second).netloc.lower()
