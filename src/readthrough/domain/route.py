"""How a person is reached: where, when, how often; and what is hushed, waits, or was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from readthrough.domain.article import require_utc

__all__ = [
    "Action",
    "Endpoint",
    "Escalation",
    "Held",
    "Holding",
    "Hush",
    "QuietHours",
    "ReceiverSpec",
    "Remembered",
    "Route",
    "SharedSecret",
    "Silence",
    "Update",
]


class Update(StrEnum):
    """Why an alert on a story that was told already speaks again."""

    SIGN = "sign_changed"
    EVENT = "new_event"
    IMPACT = "impact_up"


class Hush(StrEnum):
    """Why an alert that a rule asked for is kept and not sent."""

    ALREADY_TOLD = "already_told"
    DUPLICATE_STORY = "duplicate_story"
    GROUPED = "grouped"
    INHIBITED = "inhibited"
    SILENCED = "silenced"
    SNOOZED = "snoozed"
    NO_RECEIVER = "no_receiver"


class Holding(StrEnum):
    """Why an alert is sent later, together with others."""

    DIGEST = "digest"
    GATHERED = "gathered"
    NON_WORKING_DAY = "non_working_day"
    QUIET_HOURS = "quiet_hours"
    THROTTLED = "throttled"
    UPDATE_WAITS = "update_waits"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `start` to `end` by the route's own clock; over midnight where `end` is the earlier of the two."""

    start: time
    end: time
    weekdays: tuple[int, ...] = ()  # of the start, Monday is 0; all days when empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Where an alert goes that nobody has acknowledged so long after it spoke."""

    after: timedelta
    receivers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How one person is reached. The route of the empty person holds for whoever has none.

    A severity in `through` is never held back: not by quiet hours, days off, digests or the throttle.
    """

    person: str = ""
    receivers: tuple[str, ...] = ()  # the live page when empty; a rule's own come before these
    by_severity: tuple[tuple[str, tuple[str, ...]], ...] = ()  # receivers of one severity alone
    timezone: str = "UTC"
    quiet: tuple[QuietHours, ...] = ()
    calendar: str = ""  # MIC of an exchange, or "weekdays"; every day works when empty
    holidays: tuple[date, ...] = ()
    through: tuple[str, ...] = ("flash",)
    digest: str = ""  # hourly, daily, pre_market
    digest_at: time = time(7, 0)
    digest_severities: tuple[str, ...] = ("alert",)
    group_by: str = "story"  # story, issuer, none
    group_wait: timedelta = timedelta(0)
    throttle: int = 0  # most alerts in the window; unlimited when 0
    throttle_window: timedelta = timedelta(hours=1)
    update_wait: timedelta = timedelta(minutes=15)
    escalate: tuple[Escalation, ...] = ()
    escalate_severities: tuple[str, ...] = ("flash",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What is not to be heard for a while. Every field that is set must fit; at least one is."""

    id: str
    starts_at: datetime
    ends_at: datetime
    by: str = ""
    comment: str = ""
    rule_id: str = ""
    person: str = ""
    ticker: str = ""
    portfolio: str = ""
    story_id: str = ""
    event: str = ""
    severity: str = ""
    snooze_of: str = ""  # the alert whose snoozing made it

    def __post_init__(self) -> None:
        require_utc("starts_at", self.starts_at)
        require_utc("ends_at", self.ends_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One alert waiting to be told to one receiver, in one message with all of its `key`."""

    alert_id: str
    receiver: str
    person: str
    key: str
    due_at: datetime
    held_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What is kept of an alert that spoke, or waits to speak, on a story."""

    id: str
    rule_id: str
    rule_name: str
    person: str
    tenant: str
    severity: str
    receivers: tuple[str, ...]
    joins: str
    sign: int
    events: tuple[str, ...]
    impact: float
    at: datetime
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What a person did about an alert: acknowledged, snoozed or replayed."""

    alert_id: str
    kind: str  # acknowledged, snoozed, replayed
    at: datetime
    by: str = ""
    until: datetime | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """How a receiver has been doing: failures in a row, when it may be tried next, whether it is disabled."""

    receiver: str
    failures: int = 0
    open_until: datetime | None = None  # the circuit: nothing is tried before
    free_at: datetime | None = None  # the rate: where the next message stands in line
    disabled_at: datetime | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSecret:
    """A key that signs webhooks; one that was replaced signs on until it expires."""

    value: str
    expires_at: datetime | None = None

    def __repr__(self) -> str:
        return "SharedSecret(********)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverSpec:
    """A receiver that was made in use rather than in the settings."""

    name: str
    kind: str  # webhook, email, chat
    url: str = ""  # of a webhook
    to: tuple[str, ...] = ()  # of an e-mail
    address: str = ""  # of a chat, with its tokens
    secrets: tuple[SharedSecret, ...] = ()
    rate_per_minute: int = 0
    created_at: datetime | None = None

    def __repr__(self) -> str:
        return f"ReceiverSpec(name={self.name!r}, kind={self.kind!r})"
