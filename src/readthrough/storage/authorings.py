"""What language models were asked: what it cost, and answers that need not be paid for twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from readthrough.domain.authoring import Authored, AuthoredClaim, Authoring, Ending, Spent
from readthrough.domain.note import ClaimKind
from readthrough.domain.ports import Spending
from readthrough.storage.articles import storable
from readthrough.storage.documents import document_of
from readthrough.storage.tables import authorings

__all__ = ["answered", "record", "spending"]

_MICRO: Final = 1_000_000


def record(connection: Connection, authoring: Authoring, *, at: datetime) -> None:
    """Keep one asking."""
    authored, spent = authoring.authored, authoring.authored.spent
    connection.execute(
        insert(authorings).values(
            digest=authoring.digest,
            article_id=storable(authoring.article_id),
            model=storable(authoring.model),
            ending=str(authored.ending),
            at=at,
            requests=spent.requests,
            input_tokens=spent.input_tokens,
            output_tokens=spent.output_tokens,
            cost_microusd=int((authoring.cost_usd * _MICRO).to_integral_value()),
            seconds=spent.seconds,
            claims=[document_of(_storable(claim)) for claim in authored.claims],
        )
    )


def answered(connection: Connection, digest: str) -> Authored | None:
    """Return the newest answer to equal inputs, as having cost nothing; None when there is none."""
    claims = connection.scalar(
        select(authorings.c.claims)
        .where(authorings.c.digest == digest, authorings.c.ending == str(Ending.WRITTEN))
        .order_by(authorings.c.id.desc())
        .limit(1)
    )
    if claims is None:
        return None
    return Authored(ending=Ending.WRITTEN, claims=tuple(_claim(c) for c in claims), spent=Spent())


def spending(connection: Connection, since: datetime) -> Spending:
    """Add up what was asked since a moment."""
    row = connection.execute(
        select(
            func.count(),
            func.coalesce(func.sum(authorings.c.requests), 0),
            func.coalesce(func.sum(authorings.c.input_tokens), 0),
            func.coalesce(func.sum(authorings.c.output_tokens), 0),
            func.coalesce(func.sum(authorings.c.cost_microusd), 0),
        ).where(authorings.c.at >= since)
    ).one()
    return Spending(
        notes=int(row[0]),
        requests=int(row[1]),
        input_tokens=int(row[2]),
        output_tokens=int(row[3]),
        cost_usd=Decimal(int(row[4])) / _MICRO,
    )


def _storable(claim: AuthoredClaim) -> AuthoredClaim:
    return AuthoredClaim(
        kind=claim.kind,
        text=storable(claim.text),
        direction=claim.direction,
        horizon=claim.horizon,
        tickers=tuple((storable(ticker), direction) for ticker, direction in claim.tickers),
        confidence_pct=claim.confidence_pct,
        support=tuple(map(storable, claim.support)),
        falsified_by=storable(claim.falsified_by),
    )


def _claim(kept: Mapping[str, Any]) -> AuthoredClaim:
    return AuthoredClaim(
        kind=ClaimKind(kept["kind"]),
        text=kept["text"],
        direction=kept["direction"],
        horizon=kept["horizon"],
        tickers=tuple((ticker, direction) for ticker, direction in kept["tickers"]),
        confidence_pct=kept["confidence_pct"],
        support=tuple(kept["support"]),
        falsified_by=kept["falsified_by"],
    )
