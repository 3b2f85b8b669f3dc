"""When exchanges trade: sessions, opening and closing, from a compact table built at development time."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from readthrough.domain.errors import UniverseError

__all__ = ["Calendar", "calendar_names", "calendar_of", "mic_of"]

_TABLE: Final = Path(__file__).parent / "data" / "calendars.tsv"
_ALIASES: Final = {
    **dict.fromkeys(("XNAS", "XASE", "ARCX", "BATS", "OTCM", "PINK", "NYSE", "NASDAQ", "US"), "XNYS"),
    "XNSE": "XBOM",
    "XSHE": "XSHG",
    "XFRA": "XETR",
    "XVTX": "XSWX",
}
_SUFFIXES: Final = {
    "L": "XLON", "HK": "XHKG", "T": "XTKS", "DE": "XETR", "F": "XETR", "PA": "XPAR", "AS": "XAMS", "BR": "XBRU",
    "LS": "XLIS", "SW": "XSWX", "MI": "XMIL", "MC": "XMAD", "ST": "XSTO", "CO": "XCSE", "HE": "XHEL", "OL": "XOSL",
    "IR": "XDUB", "VI": "XWBO", "AX": "XASX", "TO": "XTSE", "KS": "XKRX", "TW": "XTAI", "SI": "XSES", "NS": "XBOM",
    "BO": "XBOM", "SA": "BVMF", "MX": "XMEX", "JO": "XJSE", "SS": "XSHG", "SZ": "XSHG", "WA": "XWAR",
    "IS": "XIST", "NZ": "XNZE",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One exchange. What lies outside `first` to `last` is taken as Monday to Friday: see `covers`."""

    mic: str
    zone: ZoneInfo
    opens: time  # of a usual day, in the zone
    closes: time
    first: date
    last: date
    shut: frozenset[date] = field(repr=False)
    early: tuple[tuple[date, time], ...] = field(repr=False)

    def covers(self, day: date) -> bool:
        """Tell whether the table knows the holidays of a day's year."""
        return self.first <= day <= self.last

    def is_session(self, day: date) -> bool:
        """Tell whether the exchange trades on a day."""
        return day.weekday() < 5 and day not in self.shut

    def session_from(self, day: date) -> date:
        """Return the day itself where it is a session, else the next one."""
        while not self.is_session(day):
            day += timedelta(days=1)
        return day

    def session_before(self, day: date) -> date:
        """Return the last session before a day."""
        day -= timedelta(days=1)
        while not self.is_session(day):
            day -= timedelta(days=1)
        return day

    def opens_at(self, session: date) -> datetime:
        """Return when a session begins, in UTC."""
        return datetime.combine(session, self.opens, self.zone).astimezone(UTC)

    def closes_at(self, session: date) -> datetime:
        """Return when a session ends, in UTC; early on the days when it does."""
        place = bisect_left(self.early, (session, time()))
        hour = self.closes
        if place < len(self.early) and self.early[place][0] == session:
            hour = self.early[place][1]
        return datetime.combine(session, hour, self.zone).astimezone(UTC)

    def session_of(self, moment: datetime) -> date:
        """Return the session whose closing price is the first to know what was known at a moment."""
        day = self.session_from(moment.astimezone(self.zone).date())
        return day if moment < self.closes_at(day) else self.session_from(day + timedelta(days=1))

    def next_open(self, moment: datetime) -> datetime:
        """Return the first opening after a moment, in UTC."""
        day = self.session_from(moment.astimezone(self.zone).date())
        while self.opens_at(day) <= moment:
            day = self.session_from(day + timedelta(days=1))
        return self.opens_at(day)


def mic_of(ticker: str, mic: str = "") -> str:
    """Return the exchange whose calendar a listing follows: its own, else by its Yahoo suffix.

    >>> mic_of("9988.HK"), mic_of("BABA"), mic_of("MSFT", "XNAS")
    ('XHKG', 'XNYS', 'XNYS')
    """
    named = _ALIASES.get(mic, mic)
    if named in calendar_names():
        return named
    _, dot, suffix = ticker.rpartition(".")
    return _SUFFIXES.get(suffix, "XNYS") if dot else "XNYS"


def calendar_of(mic: str) -> Calendar:
    """Return an exchange's calendar.

    Args:
        mic: ISO 10383; the venues of one country share one.

    Raises:
        UniverseError: No such exchange is in the table.
    """
    found = _calendars().get(_ALIASES.get(mic, mic))
    if found is None:
        raise UniverseError(
            f"No calendar is known for the exchange {mic!r}.", remedy=f"Known are {', '.join(_calendars())}."
        )
    return found


def calendar_names() -> tuple[str, ...]:
    """Return the exchanges in the table."""
    return tuple(_calendars())


@cache
def _calendars() -> dict[str, Calendar]:
    try:
        lines = _TABLE.read_text("utf-8").splitlines()[1:]
        return {calendar.mic: calendar for calendar in map(_calendar, lines)}
    except (OSError, ValueError) as error:
        raise UniverseError(
            f"The table of calendars cannot be read: {error}.", remedy="Install the package again."
        ) from error


def _calendar(line: str) -> Calendar:
    mic, zone, opens, closes, shut, early = line.split("\t")
    last, _, years = shut.partition(" ")
    soon = [
        (_day(year, cell[:4]), time(int(cell[5:7]), int(cell[7:9])))
        for part in early.split()
        for year, _, cells in [part.partition(":")]
        for cell in cells.split(",")
    ]
    return Calendar(
        mic=mic,
        zone=ZoneInfo(zone),
        opens=time.fromisoformat(opens),
        closes=time.fromisoformat(closes),
        first=date(2014, 1, 1),
        last=date.fromisoformat(last),
        shut=frozenset(
            _day(year, cell)
            for part in years.split()
            for year, _, cells in [part.partition(":")]
            for cell in cells.split(",")
        ),
        early=tuple(sorted(soon)),
    )


def _day(year: str, cell: str) -> date:
    return date(int(year), int(cell[:2]), int(cell[2:4]))
