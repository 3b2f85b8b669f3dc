"""Quiet hours, days off and digests: what can wait is told when its reader wants to hear it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from readthrough.alerts.stages.scene import Scene, Turn, speaks
from readthrough.alerts.working_days import CALENDARS, works
from readthrough.domain.route import Holding, QuietHours, Route

__all__ = ["digest_time", "rest", "wakes"]

PRE_MARKET: Final = timedelta(hours=1)
"""How long before the opening of its exchange a pre-market digest is told."""
_LONGEST: Final = 60  # days looked ahead for a working one


def rest(turns: tuple[Turn, ...], scene: Scene) -> tuple[Turn, ...]:
    """Hold for the digest what belongs in it, and everything but the pressing until the reader is awake."""
    return tuple(_rested(turn, scene) if speaks(turn) else turn for turn in turns)


def _rested(turn: Turn, scene: Scene) -> Turn:
    alert, route = turn.alert, turn.route
    if alert.severity in route.through:
        return turn
    if route.digest and alert.severity in route.digest_severities and not alert.held_as and not turn.follows:
        alert = replace(alert, held_as=Holding.DIGEST, held_until=digest_time(route, scene.now))
    due = alert.held_until or scene.now
    awake, why = wakes(route, due)
    if awake > due:
        alert = replace(alert, held_as=alert.held_as or why, held_until=awake)
        return replace(turn, alert=alert, hold_key="")
    return replace(turn, alert=alert)


def wakes(route: Route, moment: datetime) -> tuple[datetime, Holding]:
    """Return the first moment from `moment` on at which the person may be reached, and what kept it till then.

    >>> quiet = QuietHours(start=time(22), end=time(7))
    >>> night = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    >>> wakes(Route(quiet=(quiet,), calendar="weekdays"), night)[0].isoformat()
    '2026-11-23T07:00:00+00:00'
    """
    zone = _zone(route)
    at = moment.astimezone(zone)
    why = Holding.QUIET_HOURS
    for _ in range(2 * _LONGEST):
        if not works(at.date(), route.calendar, route.holidays):
            why = Holding.NON_WORKING_DAY if at == moment else why
            at = datetime.combine(at.date() + timedelta(days=1), time(0), tzinfo=zone)
            continue
        later = max((_end(quiet, at, zone) for quiet in route.quiet), default=at)
        if later <= at:
            break
        at = later
    return (moment if at == moment else at.astimezone(UTC)), why


def _end(quiet: QuietHours, at: datetime, zone: ZoneInfo) -> datetime:
    """The end of quiet hours that hold at a moment, else that moment."""
    for day in (at.date() - timedelta(days=1), at.date()):
        if quiet.weekdays and day.weekday() not in quiet.weekdays:
            continue
        start = datetime.combine(day, quiet.start, tzinfo=zone)
        last = day + timedelta(days=1) if quiet.end <= quiet.start else day
        end = datetime.combine(last, quiet.end, tzinfo=zone)
        # Compared in UTC: twice a year an hour of the local clock comes twice or never.
        if start.astimezone(UTC) <= at.astimezone(UTC) < end.astimezone(UTC):
            return end
    return at


def digest_time(route: Route, now: datetime) -> datetime:
    """Return when the digest that takes something in now is told, UTC.

    Hourly: at the next full hour of the route's clock. Daily: at `digest_at` of the next working day.
    Pre-market: an hour before the route's exchange opens on its next working day.
    """
    zone = _zone(route)
    if route.digest == "hourly":
        local = now.astimezone(zone)
        into = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        return now - into + timedelta(hours=1)
    at, before = route.digest_at, timedelta(0)
    if route.digest == "pre_market":
        exchange = CALENDARS[route.calendar]
        zone, at, before = ZoneInfo(exchange.timezone or route.timezone), exchange.opens, PRE_MARKET
    day: date = now.astimezone(zone).date()
    for _ in range(_LONGEST):
        told = (datetime.combine(day, at, tzinfo=zone) - before).astimezone(UTC)
        if told > now and works(day, route.calendar, route.holidays):
            return told
        day += timedelta(days=1)
    return now  # two months without a working day: rather too early than never


def _zone(route: Route) -> ZoneInfo:
    return ZoneInfo(route.timezone)
