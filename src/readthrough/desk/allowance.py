"""What a language model may still take: the day's money, and patience with one that keeps failing."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from readthrough.domain.authoring import Ending, Spent

if TYPE_CHECKING:
    from readthrough.domain.ports import Clock, Store
    from readthrough.settings import LanguageModelSettings

__all__ = ["Allowance", "Reservation"]

_PATIENCE: Final = 3  # failures running, after which a model is left alone
_PAUSE: Final = timedelta(seconds=60)
_FAILED: Final = frozenset({Ending.TIMEOUT, Ending.UNREACHABLE})
_MILLION: Final = 1_000_000


class Reservation:
    """Money set aside for one asking, at the most it may cost."""

    __slots__ = ("usd",)

    def __init__(self, usd: Decimal) -> None:
        """Set it aside; `Allowance.reserve` makes these."""
        self.usd = usd


class Allowance:
    """Reserves before asking and settles after, so that notes asked for at once stay within the limit too.

    What other processes spend counts once they have recorded it: with several desks on one database the limit may
    be passed by what they have under way.
    """

    def __init__(self, settings: LanguageModelSettings, store: Store, clock: Clock) -> None:
        """Begin with nothing reserved."""
        self._settings = settings
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._reserved: set[Reservation] = set()
        self._failures = 0
        self._paused_until: datetime | None = None

    def cost(self, input_tokens: int, output_tokens: int) -> Decimal:
        """Return what tokens cost at the prices that are set, in US dollars."""
        part = self._settings
        whole = input_tokens * part.input_usd_per_million + output_tokens * part.output_usd_per_million
        return whole / _MILLION

    def reserve(self, most: tuple[int, int]) -> Reservation | tuple[Ending, str]:
        """Set aside the most that an asking may cost.

        Args:
            most: Tokens in and out.

        Returns:
            The reservation, or why there is none.
        """
        refusal = self.refusal()
        if refusal is not None:
            return refusal
        usd = self.cost(*most)
        with self._lock:
            left = self._left() - sum((r.usd for r in self._reserved), Decimal(0))
            if usd > left:
                return Ending.BUDGET, f"The day's {self._settings.usd_per_day:f} USD may not cover one more."
            reservation = Reservation(usd)
            self._reserved.add(reservation)
        return reservation

    def refusal(self) -> tuple[Ending, str] | None:
        """Say why nothing may be asked at present; None when something may."""
        with self._lock:
            if self._paused_until is not None and self._clock() < self._paused_until:
                return Ending.PAUSED, f"It failed {_PATIENCE} times running and is left alone for a while."
        return None

    def settle(self, reservation: Reservation, ending: Ending, spent: Spent) -> Decimal:
        """Give back a reservation; return what was spent of it."""
        with self._lock:
            self._reserved.discard(reservation)
            if ending in _FAILED:
                self._failures += 1
                if self._failures >= _PATIENCE:
                    self._paused_until = self._clock() + _PAUSE
            elif ending is not Ending.STOPPED:
                self._failures, self._paused_until = 0, None
        return self.cost(spent.input_tokens, spent.output_tokens)

    def _left(self) -> Decimal:
        midnight = self._clock().replace(hour=0, minute=0, second=0, microsecond=0)
        return self._settings.usd_per_day - self._store.spending(since=midnight).cost_usd
