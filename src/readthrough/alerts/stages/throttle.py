"""More alerts than a person asked for in a while: the rest come together at the end of it. None is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from readthrough.alerts.stages.scene import Scene, Turn, speaks
from readthrough.domain.route import Holding

__all__ = ["throttle"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def throttle(turns: tuple[Turn, ...], scene: Scene) -> tuple[Turn, ...]:
    """Hold what goes beyond the route's number until its window ends."""
    count: Counter[str] = Counter()
    done = []
    for turn in turns:
        alert, route = turn.alert, turn.route
        if speaks(turn) and not alert.held_as and route.throttle and not turn.follows:
            count[alert.person] += 1
            over = scene.spoken.get(alert.person, 0) + count[alert.person] > route.throttle
            if over and alert.severity not in route.through:
                until = _end_of_window(scene.now, route.throttle_window)
                turn = replace(turn, alert=replace(alert, held_as=Holding.THROTTLED, held_until=until))
        done.append(turn)
    return tuple(done)


def _end_of_window(now: datetime, window: timedelta) -> datetime:
    """The end of the window that `now` lies in: all that is held in it comes in one message."""
    return _EPOCH + ((now - _EPOCH) // window + 1) * window
