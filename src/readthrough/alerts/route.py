"""Routes as people write them: a TOML table or a JSON object each, refused with the place of the fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from readthrough.alerts.stages.scene import SEVERITIES
from readthrough.alerts.working_days import CALENDARS
from readthrough.domain.errors import RuleError
from readthrough.domain.route import Escalation, QuietHours, Route

__all__ = ["parse_duration", "parse_route", "route_document"]

T = TypeVar("T")

DIGESTS: Final = ("", "hourly", "daily", "pre_market")
GROUPS: Final = ("story", "issuer", "none")
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST_LIST: Final = 100
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_NUMBER: Final = re.compile(r"([0-9]{1,9})\s?([smhd])")


def parse_duration(text: object, *, place: str = "duration") -> timedelta:
    """Read a length of time: "90s", "15m", "2h", "3d", or seconds as a number.

    Raises:
        RuleError: It is neither, negative, or longer than a year.

    >>> parse_duration("15m")
    datetime.timedelta(seconds=900)
    """
    seconds: float | None = None
    if isinstance(text, int | float) and not isinstance(text, bool):
        seconds = float(text)
    elif isinstance(text, str) and (found := _NUMBER.fullmatch(text.strip())):
        seconds = int(found[1]) * _UNITS[found[2]]
    if seconds is None or not 0 <= seconds <= 366 * 86400:
        raise _fault(
            place, f"{text!r} is no length of time up to a year", 'Write "90s", "15m", "2h" or "3d".'
        )
    return timedelta(seconds=seconds)


def parse_route(given: Mapping[str, Any], *, place: str = "route") -> Route:
    """Read a route.

    Args:
        given: Keys are the fields of `Route`, all optional; `quiet` is a list of `{start, end, days}`,
            `escalate` of `{after, receivers}`, `by_severity` a table of lists.
        place: What to call it in an error.

    Raises:
        RuleError: An unknown key, or a value of the wrong kind; the message names the place.
    """
    unknown = sorted(set(given) - set(Route.__dataclass_fields__))
    if unknown:
        raise _fault(place, f"unknown key {unknown[0]!r}", f"Known: {', '.join(Route.__dataclass_fields__)}.")
    plain = Route()
    route = Route(
        person=_text(given, "person", "", place),
        receivers=_texts(given, "receivers", (), place),
        by_severity=_by_severity(given.get("by_severity", {}), place),
        timezone=_timezone(given.get("timezone", "UTC"), place),
        quiet=tuple(_quiet(one, f"{place}: quiet {n}") for n, one in _numbered(given, "quiet", place)),
        calendar=_one_of(given, "calendar", ("", *CALENDARS), place),
        holidays=tuple(
            _read(date.fromisoformat, day, f"{place}: holidays", "2026-12-24")
            for day in _texts(given, "holidays", (), place)
        ),
        through=_severities(given, "through", plain.through, place),
        digest=_one_of(given, "digest", DIGESTS, place),
        digest_at=_read(time.fromisoformat, given.get("digest_at", "07:00"), f"{place}: digest_at", "07:00"),
        digest_severities=_severities(given, "digest_severities", plain.digest_severities, place),
        group_by=_one_of(given, "group_by", GROUPS, place),
        group_wait=parse_duration(given.get("group_wait", 0), place=f"{place}: group_wait"),
        throttle=_count(given, "throttle", place),
        throttle_window=parse_duration(given.get("throttle_window", 3600), place=f"{place}: throttle_window"),
        update_wait=parse_duration(given.get("update_wait", 900), place=f"{place}: update_wait"),
        escalate=tuple(
            _escalation(one, f"{place}: escalate {n}") for n, one in _numbered(given, "escalate", place)
        ),
        escalate_severities=_severities(given, "escalate_severities", plain.escalate_severities, place),
    )
    if route.digest == "pre_market" and not route.calendar:
        raise _fault(place, "a pre-market digest needs to know the market", 'Set calendar, such as "XNYS".')
    if route.throttle and not route.throttle_window:
        raise _fault(f"{place}: throttle_window", "it is zero", 'Write "1h".')
    return route


def route_document(route: Route) -> dict[str, Any]:
    """Write a route as `parse_route` reads it."""
    return {
        "person": route.person,
        "receivers": list(route.receivers),
        "by_severity": {severity: list(names) for severity, names in route.by_severity},
        "timezone": route.timezone,
        "quiet": [
            {
                "start": f"{one.start:%H:%M}",
                "end": f"{one.end:%H:%M}",
                "days": [DAYS[day] for day in one.weekdays],
            }
            for one in route.quiet
        ],
        "calendar": route.calendar,
        "holidays": [day.isoformat() for day in route.holidays],
        "through": list(route.through),
        "digest": route.digest,
        "digest_at": f"{route.digest_at:%H:%M}",
        "digest_severities": list(route.digest_severities),
        "group_by": route.group_by,
        "group_wait": route.group_wait.total_seconds(),
        "throttle": route.throttle,
        "throttle_window": route.throttle_window.total_seconds(),
        "update_wait": route.update_wait.total_seconds(),
        "escalate": [
            {"after": step.after.total_seconds(), "receivers": list(step.receivers)}
            for step in route.escalate
        ],
        "escalate_severities": list(route.escalate_severities),
    }


def _fault(place: str, problem: str, remedy: str) -> RuleError:
    return RuleError(f"{place}: {problem}.", remedy=remedy, place=place)


def _text(given: Mapping[str, Any], key: str, default: str, place: str) -> str:
    value = given.get(key, default)
    if not isinstance(value, str) or len(value) > 200:
        raise _fault(f"{place}: {key}", f"{value!r} is no short text", "Write it in quotes.")
    return value


def _texts(given: Mapping[str, Any], key: str, default: tuple[str, ...], place: str) -> tuple[str, ...]:
    value = given.get(key, default)
    if isinstance(value, str) or not isinstance(value, list | tuple) or len(value) > _LONGEST_LIST:
        raise _fault(f"{place}: {key}", f"it is no list of up to {_LONGEST_LIST} texts", 'Write ["a", "b"].')
    return tuple(_text({key: one}, key, "", place) for one in value)


def _one_of(given: Mapping[str, Any], key: str, known: tuple[str, ...], place: str) -> str:
    value = given.get(key, known[0])
    if value not in known:
        raise _fault(
            f"{place}: {key}", f"{value!r} is not known", f"Known: {', '.join(filter(None, known))}."
        )
    return str(value)


def _severities(given: Mapping[str, Any], key: str, default: tuple[str, ...], place: str) -> tuple[str, ...]:
    for one in (found := _texts(given, key, default, place)):
        _one_of({key: one}, key, SEVERITIES, place)
    return found


def _by_severity(given: object, place: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(given, Mapping):
        raise _fault(f"{place}: by_severity", "it is no table", 'Write by_severity.flash = ["sms"].')
    for severity in given:
        _one_of({"by_severity": severity}, "by_severity", SEVERITIES, place)
    return tuple((str(one), _texts(given, one, (), f"{place}: by_severity")) for one in given)


def _timezone(value: object, place: str) -> str:
    if not isinstance(value, str) or value not in available_timezones():
        raise _fault(
            f"{place}: timezone", f"{value!r} is no time zone", 'Write it as "Europe/London" or "UTC".'
        )
    return ZoneInfo(value).key


def _count(given: Mapping[str, Any], key: str, place: str) -> int:
    value = given.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10_000:
        raise _fault(f"{place}: {key}", f"{value!r} is no number from 0 to 10,000", "0 is no limit.")
    return value


def _numbered(given: Mapping[str, Any], key: str, place: str) -> list[tuple[int, Mapping[str, Any]]]:
    value = given.get(key, [])
    if (
        not isinstance(value, list | tuple)
        or len(value) > 20
        or not all(isinstance(v, Mapping) for v in value)
    ):
        raise _fault(f"{place}: {key}", "it is no list of up to 20 tables", f"Write [[{key}]] for each.")
    return list(enumerate(value, start=1))


def _quiet(given: Mapping[str, Any], place: str) -> QuietHours:
    start, end = (
        _read(time.fromisoformat, given.get(key, ""), f"{place}: {key}", "22:00") for key in ("start", "end")
    )
    days = _texts(given, "days", (), place)
    for day in days:
        _one_of({"days": day}, "days", DAYS, place)
    return QuietHours(start=start, end=end, weekdays=tuple(DAYS.index(day) for day in days))


def _escalation(given: Mapping[str, Any], place: str) -> Escalation:
    receivers = _texts(given, "receivers", (), place)
    if not receivers:
        raise _fault(f"{place}: receivers", "there are none", 'Write receivers = ["duty-phone"].')
    return Escalation(
        after=parse_duration(given.get("after", ""), place=f"{place}: after"), receivers=receivers
    )


def _read(read: Callable[[str], T], value: object, place: str, example: str) -> T:
    try:
        if isinstance(value, str):
            return read(value)
    except ValueError:
        pass
    raise _fault(place, f"{value!r} cannot be read", f'Write it as "{example}".')
