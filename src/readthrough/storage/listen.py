"""PostgreSQL's LISTEN: a process hears at once what another saved, instead of asking again and again."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from sqlalchemy import Engine

__all__ = ["Listening"]


class Listening:
    """One connection that only listens. Not safe for threads: whoever waits owns it. Close it."""

    def __init__(self, engine: Engine, topics: Sequence[str]) -> None:
        """Prepare to listen; the connection is made by the first `wait`.

        Args:
            engine: Names the database.
            topics: What to listen for, as given to `SqlStore.notify`.
        """
        self._address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._topics = tuple(topics)
        self._connection: psycopg.Connection[tuple[object, ...]] | None = None

    def wait(self, seconds: float) -> bool:
        """Wait until a topic is notified, for at most so long; False when nothing was, or nobody can be heard."""
        try:
            connection = self._connected()
            return any(True for _ in connection.notifies(timeout=seconds, stop_after=1))
        except psycopg.Error:
            self.close()
            return False

    def close(self) -> None:
        """Stop listening."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connected(self) -> psycopg.Connection[tuple[object, ...]]:
        if self._connection is None:
            self._connection = psycopg.connect(self._address, autocommit=True, connect_timeout=5)
            for topic in self._topics:
                self._connection.execute(f"LISTEN readthrough_{topic}")  # names are our own
        return self._connection
