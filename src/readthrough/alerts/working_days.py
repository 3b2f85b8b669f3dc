"""Days on which a desk works, and when its exchange opens: enough to know whom to leave in peace.

Full holidays only, by the exchanges' own rules; half days work. Feasts that follow the moon (Tokyo's equinoxes,
Lunar New Year, Eid, Diwali) are not computed: a route's own `holidays` add them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

__all__ = ["CALENDARS", "Exchange", "works"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """An exchange's clock: where it stands, when it opens, and the weekdays on which it does not."""

    timezone: str
    opens: time
    weekend: tuple[int, ...] = (5, 6)  # Monday is 0
    holidays: str = ""


CALENDARS: Final = MappingProxyType(
    {
        "weekdays": Exchange(timezone="", opens=time(9, 0)),
        "XNYS": Exchange(timezone="America/New_York", opens=time(9, 30), holidays="us"),
        "XNAS": Exchange(timezone="America/New_York", opens=time(9, 30), holidays="us"),
        "XTSE": Exchange(timezone="America/Toronto", opens=time(9, 30), holidays="ca"),
        "XLON": Exchange(timezone="Europe/London", opens=time(8, 0), holidays="uk"),
        "XPAR": Exchange(timezone="Europe/Paris", opens=time(9, 0), holidays="euronext"),
        "XAMS": Exchange(timezone="Europe/Amsterdam", opens=time(9, 0), holidays="euronext"),
        "XBRU": Exchange(timezone="Europe/Brussels", opens=time(9, 0), holidays="euronext"),
        "XETR": Exchange(timezone="Europe/Berlin", opens=time(9, 0), holidays="de"),
        "XSWX": Exchange(timezone="Europe/Zurich", opens=time(9, 0), holidays="ch"),
        "XTKS": Exchange(timezone="Asia/Tokyo", opens=time(9, 0)),
        "XHKG": Exchange(timezone="Asia/Hong_Kong", opens=time(9, 30)),
        "XSHG": Exchange(timezone="Asia/Shanghai", opens=time(9, 30)),
        "XNSE": Exchange(timezone="Asia/Kolkata", opens=time(9, 15)),
        "XASX": Exchange(timezone="Australia/Sydney", opens=time(10, 0)),
        "XSAU": Exchange(timezone="Asia/Riyadh", opens=time(10, 0), weekend=(4, 5)),
    }
)
"""By MIC; `weekdays` is Monday to Friday by the route's own clock."""


def works(day: date, calendar: str, holidays: tuple[date, ...] = ()) -> bool:
    """Tell whether a day is a working day.

    Args:
        day: The day by the route's own clock.
        calendar: A key of `CALENDARS`; every day works when empty.
        holidays: Further days off.

    >>> works(date(2026, 11, 26), "XNYS"), works(date(2026, 11, 26), "XLON"), works(date(2026, 11, 28), "weekdays")
    (False, True, False)
    """
    if day in holidays:
        return False
    if not calendar:
        return True
    exchange = CALENDARS[calendar]
    if day.weekday() in exchange.weekend:
        return False
    return not exchange.holidays or day not in _holidays(exchange.holidays, day.year)


@lru_cache(maxsize=64)
def _holidays(rules: str, year: int) -> frozenset[date]:
    return frozenset(_RULES[rules](year))


def _us(year: int) -> list[date]:
    days = [
        _nth(year, 1, 0, 3),
        _nth(year, 2, 0, 3),
        _easter(year) - timedelta(days=2),
        _last(year, 5, 0),
        _nth(year, 9, 0, 1),
        _nth(year, 11, 3, 4),
        *(
            _nearest(date(year, month, day))
            for month, day in ((6, 19), (7, 4), (12, 25))
            if year > 2021 or month > 6
        ),
    ]
    new_year = date(year, 1, 1)
    if new_year.weekday() == 6:
        days.append(date(year, 1, 2))
    elif new_year.weekday() != 5:  # on a Saturday it is not made up for
        days.append(new_year)
    return days


def _ca(year: int) -> list[date]:
    victoria = date(year, 5, 24)
    return [
        _following(date(year, 1, 1)),
        _nth(year, 2, 0, 3),
        _easter(year) - timedelta(days=2),
        victoria - timedelta(days=victoria.weekday()),
        _following(date(year, 7, 1)),
        _nth(year, 8, 0, 1),
        _nth(year, 9, 0, 1),
        _nth(year, 10, 0, 2),
        *_christmas(year),
    ]


def _uk(year: int) -> list[date]:
    return [
        _following(date(year, 1, 1)),
        _easter(year) - timedelta(days=2),
        _easter(year) + timedelta(days=1),
        _nth(year, 5, 0, 1),
        _last(year, 5, 0),
        _last(year, 8, 0),
        *_christmas(year),
    ]


def _euronext(year: int) -> list[date]:
    easter = _easter(year)
    fixed = [date(year, *day) for day in ((1, 1), (5, 1), (12, 25), (12, 26))]
    return [*fixed, easter - timedelta(days=2), easter + timedelta(days=1)]


def _de(year: int) -> list[date]:
    return [*_euronext(year), date(year, 12, 24), date(year, 12, 31)]


def _ch(year: int) -> list[date]:
    easter = _easter(year)
    moving = [easter + timedelta(days=days) for days in (39, 50)]  # Ascension, Whit Monday
    return [*_de(year), *moving, date(year, 1, 2), date(year, 8, 1)]


def _christmas(year: int) -> tuple[date, date]:
    """Christmas and Boxing Day, each on the next weekday that the other does not take."""
    christmas = _following(date(year, 12, 25))
    boxing = _following(date(year, 12, 26))
    return christmas, boxing if boxing != christmas else boxing + timedelta(days=1)


def _following(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _nearest(day: date) -> date:
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last(year: int, month: int, weekday: int) -> date:
    end = date(year, month, 31)  # asked for months of 31 days only
    return end - timedelta(days=(end.weekday() - weekday) % 7)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leap, over = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * over + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


_RULES: Final[dict[str, Callable[[int], list[date]]]] = {
    "us": _us,
    "ca": _ca,
    "uk": _uk,
    "euronext": _euronext,
    "de": _de,
    "ch": _ch,
}
