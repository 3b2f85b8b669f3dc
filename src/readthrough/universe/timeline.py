"""Which names and tickers meant whom on a day: Facebook was FB until 2022-06-09, and no one was META in 2019."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

__all__ = ["DATE_COLUMNS", "Dated", "Timeline"]

DATE_COLUMNS = ("issuer_id", "what", "text", "starts", "ends")


class Dated(NamedTuple):
    """A name or a ticker of an issuer and its days: `starts` is the first, `ends` the first day after.

    Both are ISO dates; empty means open. `what` is "name" or "ticker".
    """

    issuer_id: str
    what: str
    text: str
    starts: str = ""
    ends: str = ""

    def holds(self, day: str) -> bool:
        """Tell whether it was in use on a day, written YYYY-MM-DD."""
        return self.starts <= day and (not self.ends or day < self.ends)


class Timeline:
    """Answers for a day, kept by stretch of days between two changes: few, so they are kept for good.

    What has no dates holds always. A ticker that has ended still finds its last owner until another
    takes it, since news goes on using it; nothing is found before it began.
    """

    def __init__(self, rows: Iterable[Dated], owners: Mapping[str, str]) -> None:
        """Index dated names and tickers.

        Args:
            rows: Names and tickers that have a beginning or an end.
            owners: Ticker to the id of its issuer as of now, former tickers included.
        """
        self.rows = tuple(rows)
        self._owners = owners
        self._changes = sorted({d for row in self.rows for d in (row.starts, row.ends) if d})
        self._names: dict[str, frozenset[tuple[str, str]]] = {}
        self._tickers: dict[str, Mapping[str, str]] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, issuer_id: str) -> tuple[Dated, ...]:
        """Return what is dated of an issuer, in order of its beginning."""
        return tuple(
            sorted((r for r in self.rows if r.issuer_id == issuer_id), key=lambda r: (r.starts, r.ends))
        )

    def names_to_come(self, day: date) -> frozenset[tuple[str, str]]:
        """Return the (text, issuer id) of names that no one could know on a day yet."""
        key = self._stretch(day)
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = frozenset(
                (r.text, r.issuer_id) for r in self.rows if r.what == "name" and r.starts > key
            )
        return found

    def tickers_on(self, day: date) -> Mapping[str, str]:
        """Return the tickers that meant another issuer on a day than now; an empty id where no one."""
        key = self._stretch(day)
        found = self._tickers.get(key)
        if found is None:
            by_ticker: dict[str, list[Dated]] = {}
            for row in self.rows:
                if row.what == "ticker":
                    by_ticker.setdefault(row.text, []).append(row)
            owners = {t: self._owner(t, rows, key) for t, rows in by_ticker.items()}
            found = self._tickers[key] = {
                ticker: owner for ticker, owner in owners.items() if owner != self._owners.get(ticker, "")
            }
        return found

    def _stretch(self, day: date) -> str:
        """Return the day of the last change on or before a day: answers are the same from then on."""
        place = bisect_right(self._changes, day.isoformat())
        return self._changes[place - 1] if place else ""

    def _owner(self, ticker: str, rows: list[Dated], day: str) -> str:
        for row in rows:
            if row.holds(day):
                return row.issuer_id
        now = self._owners.get(ticker, "")
        if now and all(row.issuer_id != now for row in rows):
            return now
        ended = [row for row in rows if row.ends and row.ends <= day]
        return max(ended, key=lambda row: row.ends).issuer_id if ended else ""
