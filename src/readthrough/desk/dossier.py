"""What is known of an issuer: its securities, names and ties, today or on a day of the past."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from readthrough.domain.security import Issuer
    from readthrough.universe import Universe

__all__ = ["issuer_document", "issuers_on", "suggestions"]


def issuers_on(known: Universe, text: str, day: date | None, limit: int) -> tuple[Issuer, ...]:
    """Find issuers by identifier, ticker or name as of a day; by part of a name only as of today."""
    exact = known.by_identifier(text) or known.by_ticker(text, on=day)
    if exact is not None:
        return (exact,)
    if day is None:
        return known.search(text, limit=limit)
    to_come = known.names_to_come(day)
    named = [n for n in known.names.named(text) if (n.text, n.issuer_id) not in to_come]
    issuers = (known.issuer(i) for i in dict.fromkeys(n.issuer_id for n in named))
    return tuple(issuer for issuer in issuers if issuer is not None)[:limit]


def suggestions(known: Universe, text: str, day: date | None) -> str:
    """Say what someone may have meant who was not understood; empty when nothing comes near."""
    if day is not None and (now := known.search(text, limit=1)):
        since = [
            d for d in known.timeline.of(now[0].id) if d.starts > day.isoformat() and _same(d.text, text)
        ]
        if since:
            return f"{since[0].text} means {now[0].name} since {since[0].starts}."
        return f"Without --on it finds {now[0].name}."
    from readthrough.universe.nearby import near_names

    near = near_names(known, text)
    return f"Did you mean {' or '.join(near)}?" if near else ""


def issuer_document(known: Universe, issuer: Issuer, day: date | None = None) -> dict[str, Any]:
    """Return everything known of an issuer, ready for JSON; on a day, only names that could be known then."""
    dated = known.timeline.of(issuer.id)
    to_come = known.names_to_come(day)
    names = [
        name
        for text in known.names.texts_of(issuer.id)
        for name in known.names.named(text)
        if name.issuer_id == issuer.id and name.text == text and (text, issuer.id) not in to_come
    ]
    days = {(d.what, d.text): (d.starts or None, d.ends or None) for d in dated}
    ties = [(edge, known.issuer(edge.target)) for edge in known.graph.edges(issuer.id, on=day)]
    return {
        "id": issuer.id,
        "name": issuer.name,
        "ticker": issuer.ticker or None,
        "tickers": list(issuer.tickers if day is None else _tickers_on(known, issuer, day)),
        "country": issuer.country or None,
        "sector": issuer.sector or None,
        "industry": issuer.industry or None,
        "cik": issuer.cik or None,
        "lei": issuer.lei or None,
        "isins": [security.isin for security in issuer.securities if security.isin],
        "securities": [
            {
                "kind": security.kind,
                "isin": security.isin or None,
                "figi": security.figi or None,
                "listings": [
                    {
                        "ticker": line.ticker,
                        "mic": line.mic or None,
                        "currency": line.currency or None,
                        "figi": line.figi or None,
                    }
                    for line in security.listings
                ],
            }
            for security in issuer.securities
        ],
        "names": [
            {
                "text": name.text,
                "kind": name.kind.value,
                "needs_cue": name.ambiguous,
                "valid_from": days.get(("name", name.text), (None, None))[0],
                "valid_until": days.get(("name", name.text), (None, None))[1],
            }
            for name in names
        ],
        "dated_tickers": [
            {"ticker": d.text, "valid_from": d.starts or None, "valid_until": d.ends or None}
            for d in dated
            if d.what == "ticker"
        ],
        "as_of": day.isoformat() if day else None,
        "themes": list(known.graph.themes(issuer.id)),
        "ties": [
            {
                "relation": edge.relation.value,
                "ticker": target.ticker or None,
                "name": target.name,
                "weight": edge.weight,
                "why": edge.why,
            }
            for edge, target in ties
            if target is not None
        ],
    }


def _tickers_on(known: Universe, issuer: Issuer, day: date) -> tuple[str, ...]:
    now = [t for t in issuer.tickers if known.by_ticker(t, on=day) is issuer]
    then = [d.text for d in known.timeline.of(issuer.id) if d.what == "ticker" and d.holds(day.isoformat())]
    return tuple(dict.fromkeys((*then, *now)))


def _same(one: str, other: str) -> bool:
    return one.lower() == other.strip().lower()
