"""A sentence with everything its figures need, and what a rise of a metric means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.reading import Direction, Mention, Sentence
from readthrough.domain.security import IssuerId
from readthrough.reading.metrics import HOLDERS, Metric, moves_between

__all__ = ["RESULTS", "SURPRISES", "Scene", "good_for_holders"]

RESULTS: Final = frozenset(
    "revenue,profit,net income,operating profit,ebitda,eps,loss,net loss,operating loss,gross margin,operating margin,margin,"
    "net interest income,net interest margin,same-store sales,free cash flow,cash flow,bookings,gross bookings,orders,deliveries,"
    "subscribers,users,shipments,gross profit,provisions,backlog,volumes,average revenue per user,accounts".split(
        ","
    )
)

SURPRISES: Final = RESULTS | frozenset(
    "gdp,inflation,payrolls,unemployment rate,retail sales,dividend,capex,production,interest rate,share price".split(
        ","
    )
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with everything its figures need."""

    article: Article
    lowered: str
    sentence: Sentence
    metrics: tuple[Metric, ...]
    mentions: tuple[Mention, ...]
    subject: IssuerId | None
    before: IssuerId | None  # the subject of the sentence before
    main: IssuerId | None = None  # whom the article is mostly about
    cues: int = 0  # the kinds of cue word it holds, from `cues_of`
    period: str = ""  # the one of results that name none

    def moves(self, left: int, right: int) -> list[re.Match[str]]:
        """Return the movements between two offsets of the sentence."""
        span = self.sentence.span
        return moves_between(self.lowered, span.start, span.end, left, right)


_LEVEL_GOOD: Final = {
    "fine": -1, "settlement": -1, "charge": -1, "impairment": -1, "net loss": -1, "loss": -1, "operating loss": -1,
    "buyback": 1, "contract": 1, "premium": 1, "savings": 1, "recalled units": -1,
}  # fmt: skip


def good_for_holders(metric: str, change: Direction | None, is_change: bool) -> int:
    if change is Direction.FLAT or change is None:
        return _LEVEL_GOOD.get(metric, 0) if not is_change else 0
    sign = HOLDERS.get(metric, 0)
    return sign if change is Direction.UP else -sign
