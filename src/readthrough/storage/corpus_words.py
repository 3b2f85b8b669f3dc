"""The corpus's filter and its full-text search as SQL, for SQLite and PostgreSQL. Values are always bound."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import TextClause, text

from readthrough.domain.corpus import CorpusDocument, CorpusFilter
from readthrough.storage.articles import storable
from readthrough.storage.tables import micros

__all__ = ["conditions", "lexical", "order_of", "reaches", "tags_of"]

_TITLE_WEIGHT: Final = 2.0
"""What a word of the title counts beside one of the text; tuned on FinanceBench (1, 2, 4 tried)."""
_WEIGHTS: Final = "{0.1,0.2,0.4,0.8}"  # of the text, two kinds unused, and the title
_BY_LENGTH: Final = 1  # divided by 1 + the logarithm of the length
"""Of `ts_rank`. Density (`ts_rank_cd`) took twice as long over 100,000 pieces and found no more."""
_LISTED: Final = 24  # tickers, kinds or sources that are looked up by tag; more are left to the join


def conditions(chosen: CorpusFilter) -> tuple[list[str], dict[str, Any]]:
    """Return what a filter asks of `corpus_documents d`, and the values."""
    told = ["d.tenant IN :tenants"]
    values: dict[str, Any] = {"tenants": sorted({"", storable(chosen.tenant)})}
    if chosen.as_of is None:
        told.append("d.superseded_at IS NULL")
    else:
        told.append("d.known_at <= :as_of AND (d.superseded_at IS NULL OR d.superseded_at > :as_of)")
        values["as_of"] = micros(chosen.as_of)
    if chosen.since is not None:
        told.append("d.dated_at >= :since")
        values["since"] = micros(chosen.since)
    if chosen.until is not None:
        told.append("d.dated_at < :until")
        values["until"] = micros(chosen.until)
    if chosen.kinds:
        told.append("d.kind IN :kinds")
        values["kinds"] = [str(kind) for kind in chosen.kinds]
    if chosen.sources:
        told.append("d.source IN :sources")
        values["sources"] = [storable(source) for source in chosen.sources]
    if chosen.documents:
        told.append("d.document_id IN :documents")
        values["documents"] = [storable(name) for name in chosen.documents]
    if chosen.tickers:
        told.append(
            "d.id IN (SELECT t.document FROM corpus_tickers t WHERE t.ticker IN :tickers "
            "AND t.relevance >= :relevance)"
        )
        values["tickers"] = [storable(ticker).upper() for ticker in chosen.tickers]
        values["relevance"] = chosen.min_relevance
    return told, values


def order_of() -> str:
    """Return the columns of a passage found, its score apart."""
    return (
        'p.id AS key, p.page, p.start AS start, p."end" AS "end", p.text, d.document_id, d.kind, '
        "d.title AS doc_title, d.source, d.url, d.published_at, d.note_id"
    )


def tags_of(document: CorpusDocument) -> str:
    """Return what a document is filtered by as words of the full-text index: letters and digits only."""
    tags = [_tag("k", str(document.kind)), _tag("s", document.source)]
    return " ".join([*tags, *(_tag("t", ticker.upper()) for ticker, _ in document.tickers)])


def lexical(
    dialect: str, words: list[str], chosen: CorpusFilter, told: list[str]
) -> tuple[TextClause, dict[str, Any]]:
    """Return the search for passages that hold any of the words, best first, and its values."""
    where = " AND ".join(told)
    if dialect == "postgresql":
        return text(_ranked(where, narrow=_is_narrow(chosen))), {"query": " | ".join(words)}
    # The best by words first, joined afterwards: joined before they were ordered, it took ten times as long.
    # CROSS JOIN holds that order: driven from the documents, the same search took thirty times as long.
    statement = (
        "WITH best AS MATERIALIZED (SELECT rowid AS key, rank FROM corpus_pieces_fts "  # noqa: S608
        f"WHERE corpus_pieces_fts MATCH :query AND rank MATCH 'bm25({_TITLE_WEIGHT}, 1.0, 0.0)' "
        "ORDER BY rank LIMIT :reach) "
        f"SELECT {order_of()}, -best.rank AS score, (SELECT count(*) FROM best) AS reached "
        "FROM best CROSS JOIN corpus_pieces p ON p.id = best.key "
        f"CROSS JOIN corpus_documents d ON d.id = p.document WHERE {where} "
        "ORDER BY score DESC, p.id DESC LIMIT :most"
    )
    return text(statement), {"query": _matched(words, chosen)}


def reaches(dialect: str, chosen: CorpusFilter, limit: int) -> tuple[int, ...]:
    """Return how many of the best by words to join, in turn until enough pass the filter; -1 is all of them."""
    return (-1,) if dialect == "postgresql" and _is_narrow(chosen) else (4 * limit, 64 * limit, -1)


def _is_narrow(chosen: CorpusFilter) -> bool:
    return bool(chosen.tickers or chosen.documents)


def _ranked(where: str, *, narrow: bool) -> str:
    """PostgreSQL's search. A list of tickers or documents leads to few pieces, which are then matched; without
    one the best by words are ordered first, as in SQLite, and only they are joined."""
    score = f"ts_rank('{_WEIGHTS}', p.searched, q.query, {_BY_LENGTH})"
    if narrow:
        return (
            f"SELECT {order_of()}, {score} AS score, 0 AS reached "  # noqa: S608
            "FROM to_tsquery('english', :query) AS q(query), corpus_pieces p "
            "JOIN corpus_documents d ON d.id = p.document "
            f"WHERE p.searched @@ q.query AND {where} "
            "ORDER BY score DESC, p.id DESC LIMIT :most"
        )
    return (
        f"WITH best AS MATERIALIZED (SELECT p.id AS key, {score} AS score "  # noqa: S608
        "FROM to_tsquery('english', :query) AS q(query), corpus_pieces p WHERE p.searched @@ q.query "
        "ORDER BY score DESC, p.id DESC LIMIT NULLIF(CAST(:reach AS bigint), -1)) "
        f"SELECT {order_of()}, best.score, (SELECT count(*) FROM best) AS reached "
        "FROM best JOIN corpus_pieces p ON p.id = best.key JOIN corpus_documents d ON d.id = p.document "
        f"WHERE {where} ORDER BY best.score DESC, p.id DESC LIMIT :most"
    )


def _matched(words: list[str], chosen: CorpusFilter) -> str:
    parts = ["({title text} : (" + " OR ".join(f'"{word}"' for word in words) + "))"]
    for mark, names in (
        ("t", [ticker.upper() for ticker in chosen.tickers]),
        ("k", [str(kind) for kind in chosen.kinds]),
        ("s", list(chosen.sources)),
    ):
        if names and len(names) <= _LISTED:
            parts.append("({tags} : (" + " OR ".join(f'"{_tag(mark, name)}"' for name in names) + "))")
    return " AND ".join(parts)


def _tag(mark: str, name: str) -> str:
    return f"q{mark}{storable(name).encode().hex()[:60]}z"
