"""Names looked up under a deadline, each address judged before anything connects to it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from readthrough.domain.errors import SourceUnreachable
from readthrough.feeds.web_address import Allow, address_refused
from readthrough.net import GuardedTransport, Resolver, is_public, resolve

__all__ = ["Deadline", "Network"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How to reach the outside: the resolver, which addresses are allowed, and the clock of deadlines."""

    resolver: Resolver = resolve
    allow: Allow = is_public
    monotonic: Callable[[], float] = time.monotonic

    def transport(self, url: str, deadline: Deadline) -> GuardedTransport:
        """Build a transport that connects only to addresses checked here, and stops at the deadline."""
        return GuardedTransport(
            # The resolver below judges every address already; the transport's own check is the second lock.
            allow_private=self.allow is not is_public,
            total_timeout_s=deadline.remaining(),
            resolver=lambda host, port: self._checked(host, port, url, deadline),
        )

    def _checked(self, host: str, port: int, url: str, deadline: Deadline) -> Sequence[str]:
        addresses = self._addresses(host, port, url, deadline)
        for address in addresses:
            if not self.allow(address):
                raise address_refused(url, address)
        return addresses

    def _addresses(self, host: str, port: int, url: str, deadline: Deadline) -> Sequence[str]:
        try:
            return (str(ip_address(host)),)
        except ValueError:
            pass
        answers: list[Sequence[str]] = []

        def ask() -> None:
            try:
                answers.append(self.resolver(host, port))
            except (OSError, UnicodeError):
                answers.append(())

        # The system's resolver takes no timeout; when it hangs it is left behind in its thread.
        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(deadline.remaining())
        if not answers:
            raise deadline.passed()
        if not answers[0]:
            raise SourceUnreachable(
                f"The host {host!r} was not found.", remedy="Check the address and the network.", url=url
            )
        return answers[0]


class Deadline:
    """A moment after which nothing may go on."""

    def __init__(self, seconds: float, url: str, monotonic: Callable[[], float]) -> None:
        """Start counting.

        Args:
            seconds: How long from now.
            url: What is being fetched, for the message.
            monotonic: The clock, in seconds.
        """
        self._seconds = seconds
        self._url = url
        self._monotonic = monotonic
        self._end = monotonic() + seconds

    def remaining(self) -> float:
        """Return the seconds left.

        Raises:
            SourceUnreachable: None are.
        """
        left = self._end - self._monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> SourceUnreachable:
        """Build the error that says so."""
        return SourceUnreachable(
            f"{self._url!r} did not deliver within {self._seconds:g} seconds.",
            remedy="Try later, or raise the setting fetch.timeout.",
            url=self._url,
        )
