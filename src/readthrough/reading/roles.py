"""How much an article is about each issuer: relevance and role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Article, Span
from readthrough.domain.reading import Event, Fact, Mention, Role, Sentence
from readthrough.domain.security import IssuerId

__all__ = ["Standing", "standings"]

_PRIMARY_AT: Final = 0.5
_SECONDARY_AT: Final = 0.22
_CROWD: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An issuer's place in an article. `ticker` is set when the text itself names a listing."""

    relevance: float
    role: Role
    mentions: tuple[Span, ...]
    ticker: str = ""


def standings(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    facts: Sequence[Fact],
    events: Sequence[Event],
) -> dict[IssuerId, Standing]:
    """Rank the issuers of an article.

    Relevance in [0, 1] adds up where the issuer is named (headline, lead), its share of all mentions and
    whether the facts and events are about it.
    """
    if not mentions:
        return {}
    counts = Counter(m.issuer_id for m in mentions)
    spans: dict[IssuerId, list[Span]] = {issuer: [] for issuer in counts}
    for mention in mentions:
        spans[mention.issuer_id].append(mention.span)
    told = Counter(f.issuer_id for f in facts if f.issuer_id and not f.background)
    told.update(e.issuer_id for e in events if e.issuer_id and not e.background)
    lead = _lead_spans(sentences)
    most, told_most = max(counts.values()), max(told.values(), default=0)
    raw = {
        issuer: _relevance(
            spans[issuer], lead, counts[issuer] / most, told[issuer] / told_most if told_most else 0.0
        )
        for issuer in counts
    }
    top = max(raw.values())
    # a market report that names many alike, and none in its headline, has no primary issuer
    headed = {m.issuer_id for m in mentions if any(head.covers(m.span) for head in lead[0])}
    early = [*lead[0], *lead[1]]
    late = not any(span.covers(m.span) for m in mentions for span in early)
    crowded = late or (not headed and sum(r >= 0.6 * top for r in raw.values()) >= _CROWD)
    return {
        issuer: Standing(
            relevance=relevance,
            role=_role(relevance, top, crowded=crowded),
            mentions=tuple(spans[issuer]),
        )
        for issuer, relevance in sorted(raw.items(), key=lambda item: -item[1])
    }


def _lead_spans(sentences: Sequence[Sentence]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    heads = tuple(s.span for s in sentences if s.headline)
    bodies = tuple(s.span for s in sentences if not s.headline)
    if not heads:
        return bodies[:1], bodies[1:2]
    return heads, bodies[:2]


def _relevance(
    own: Sequence[Span],
    lead: tuple[tuple[Span, ...], tuple[Span, ...]],
    share: float,
    told: float,
) -> float:
    in_head = any(head.covers(span) for head in lead[0] for span in own)
    in_lead = any(body.covers(span) for body in lead[1] for span in own)
    background = 0.35 * share
    # a figure or an event of its own lifts an issuer above those only named
    own_news = 0.1 * (told > 0)
    return round(min(1.0, 0.3 * in_head + 0.15 * in_lead + background + 0.15 * told + own_news), 4)


def _role(relevance: float, top: float, *, crowded: bool) -> Role:
    if crowded:
        return Role.SECONDARY if relevance >= _SECONDARY_AT else Role.PASSING
    if (relevance >= _PRIMARY_AT and relevance >= 0.6 * top) or (relevance == top and relevance >= 0.35):
        return Role.PRIMARY
    return Role.SECONDARY if relevance >= _SECONDARY_AT else Role.PASSING
