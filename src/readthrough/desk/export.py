"""What quants take away: notes, readings, facts, events and the sentiment panel as columns, version by version.

Every row carries `known_at`, when it could first be acted on: research that joins on anything earlier looks ahead.
Columns are only ever added; a column that changed its meaning would get a new name and a new schema version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any, Final, cast

from readthrough.domain.errors import SettingsError

if TYPE_CHECKING:
    import pyarrow as pa

    from readthrough.desk.open import Desk

__all__ = ["FORMATS", "TABLES", "VERSION", "batches", "rows_of", "write_export"]

VERSION: Final = 1
_PAGE: Final = 500
FORMATS: Final[Mapping[str, str]] = {
    "arrow": "application/vnd.apache.arrow.stream",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/x-ndjson",
}
"""Formats with their media types; Arrow is a stream, Parquet one file."""

# column -> kind: s text, f number, i whole number, b yes or no, t moment, S list of text
TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "notes": {
        "note_id": "s", "revision": "i", "known_at": "t", "article_id": "s", "published_at": "t", "received_at": "t",
        "source": "s", "url": "s", "language": "s", "headline": "s", "summary": "s", "score": "f", "label": "s",
        "mixed": "b", "confidence": "f", "market_impact": "f", "themes": "S", "story_id": "s", "novelty": "f",
        "duplicate_of": "s", "days_since_similar": "f", "noise": "s", "engine": "s", "writer": "s",
    },
    "readings": {
        "note_id": "s", "known_at": "t", "article_id": "s", "published_at": "t", "issuer_id": "s", "ticker": "s",
        "name": "s", "role": "s", "relevance": "f", "score": "f", "label": "s", "confidence": "f", "mentions": "i",
        "engine": "s",
    },
    "sentiment": {
        "known_at": "t", "published_at": "t", "ticker": "s", "score": "f", "relevance": "f", "confidence": "f",
        "novelty": "f", "market_impact": "f", "role": "s", "story_id": "s", "note_id": "s", "source": "s",
    },
    "facts": {
        "note_id": "s", "known_at": "t", "published_at": "t", "fact_id": "s", "ticker": "s", "subject": "s",
        "metric": "s", "value": "f", "high": "f", "unit": "s", "currency": "s", "period": "s", "basis": "s",
        "is_change": "b", "change": "s", "previous": "f", "vs_expectation": "s", "expected": "f", "modality": "s",
        "background": "b", "span_start": "i", "span_end": "i", "quote": "s",
    },
    "events": {
        "note_id": "s", "known_at": "t", "published_at": "t", "event_id": "s", "ticker": "s", "subject": "s",
        "type": "s", "parent": "s", "polarity": "s", "modality": "s", "counterparty": "s", "background": "b",
        "novelty": "f", "story_id": "s", "span_start": "i", "span_end": "i",
    },
}  # fmt: skip
"""Each export's columns."""


def rows_of(note: Mapping[str, Any], table: str) -> Iterator[dict[str, Any]]:
    """Return a note's rows of an export."""
    about, story, sentiment = note["article"], note["story"], note["sentiment"]
    shared = {
        "note_id": note["id"],
        "revision": note["revision"],
        "known_at": _moment(note["known_at"]),
        "article_id": about["id"],
        "published_at": _moment(about["published_at"]),
        "received_at": _moment(about["received_at"]),
        "source": about["source"],
        "url": about["url"],
        "language": about["language"],
        "headline": about["headline"],
        "story_id": story["id"],
        "novelty": story["novelty"],
        "market_impact": note["market_impact"],
        "engine": note["engine"]["reader"],
        "writer": note["engine"]["writer"],
    }
    if table == "notes":
        yield shared | {
            "summary": " ".join(s["text"] for s in note["summary"]),
            "score": sentiment["score"],
            "label": sentiment["label"],
            "mixed": sentiment["mixed"],
            "confidence": sentiment["confidence"],
            "themes": note["themes"],
            "duplicate_of": story["duplicate_of"],
            "days_since_similar": story["days_since_similar"],
            "noise": note["noise"],
        }
    elif table in ("readings", "sentiment"):
        for told in note["tickers"]:
            if table == "sentiment" and (told["score"] is None or not told["ticker"]):
                continue
            yield shared | dict(told) | {"mentions": len(told["mentions"])}
    elif table == "facts":
        for fact in note["facts"]:
            yield shared | dict(fact) | _span(fact) | {"fact_id": fact["id"]}
    else:
        for event in note["events"]:
            yield shared | dict(event) | _span(event) | {"event_id": event["id"]}


def batches(
    desk: Desk,
    table: str,
    *,
    ticker: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    as_of: datetime | None = None,
) -> Iterator[list[dict[str, Any]]]:
    """Go through an export's rows, newest notes first, a page of notes at a time.

    Args:
        desk: Whose notes.
        table: One of `TABLES`.
        ticker: Only notes that read something for this ticker, and only its rows.
        since: Known at or after.
        until: Known before.
        as_of: As it was known then: what was corrected since is as it was.

    Raises:
        SettingsError: There is no such export.
    """
    if table not in TABLES:
        raise SettingsError(
            f"There is no export called {table!r}.", remedy=f"Choose one of {', '.join(TABLES)}."
        )
    before: str | None = None
    while True:
        page = cast(
            list[dict[str, Any]],
            desk.store.notes(limit=_PAGE, before=before, ticker=ticker or None, as_of=as_of),
        )
        rows = []
        for note in page:
            known = datetime.fromisoformat(note["known_at"])
            if (since and known < since) or (until and known >= until):
                continue
            rows += [
                {name: row.get(name) for name in TABLES[table]}
                for row in rows_of(note, table)
                if not ticker or "ticker" not in TABLES[table] or row.get("ticker") == ticker.upper()
            ]
        if rows:
            yield rows
        if len(page) < _PAGE or (since and datetime.fromisoformat(page[-1]["known_at"]) < since):
            return
        before = page[-1]["id"]


def write_export(desk: Desk, table: str, form: str, into: IO[bytes], **chosen: Any) -> int:
    """Write an export and return how many rows it has.

    Args:
        desk: Whose notes.
        table: One of `TABLES`.
        form: One of `FORMATS`.
        into: Where to; need not be seekable.
        chosen: As `batches` takes it.

    Raises:
        SettingsError: There is no such export or format, or pyarrow is not installed.
    """
    if form not in FORMATS:
        raise SettingsError(
            f"There is no format called {form!r}.", remedy=f"Choose one of {', '.join(FORMATS)}."
        )
    if form == "jsonl":
        return _lines(desk, table, into, chosen)
    arrow = _arrow()
    columns = TABLES.get(table, {})
    count = 0
    rows = batches(desk, table, **chosen)
    first = next(rows, [])  # refuses before anything is written
    schema = arrow_schema(table)
    if form == "arrow":
        with arrow.ipc.new_stream(into, schema) as stream:
            for part in _chain(first, rows):
                stream.write_batch(
                    arrow.RecordBatch.from_pylist([_kept(r, columns) for r in part], schema=schema)
                )
                count += len(part)
        return count
    import pyarrow.parquet as parquet

    with parquet.ParquetWriter(into, schema, compression="zstd") as writer:
        for part in _chain(first, rows):
            writer.write_batch(
                arrow.RecordBatch.from_pylist([_kept(r, columns) for r in part], schema=schema)
            )
            count += len(part)
    return count


def arrow_schema(table: str) -> pa.Schema:
    """Return an export's schema, its version among the metadata."""
    arrow = _arrow()
    kinds = {
        "s": arrow.string(),
        "f": arrow.float64(),
        "i": arrow.int64(),
        "b": arrow.bool_(),
        "t": arrow.timestamp("us", tz="UTC"),
        "S": arrow.list_(arrow.string()),
    }
    fields = [arrow.field(name, kinds[kind]) for name, kind in TABLES[table].items()]
    return arrow.schema(fields, metadata={"readthrough.table": table, "readthrough.version": str(VERSION)})


def _lines(desk: Desk, table: str, into: IO[bytes], chosen: Mapping[str, Any]) -> int:
    import json

    count = 0
    for part in batches(desk, table, **chosen):
        for row in part:
            told = {
                k: v.isoformat().replace("+00:00", "Z") if isinstance(v, datetime) else v
                for k, v in row.items()
            }
            into.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        count += len(part)
    return count


def _chain(
    first: list[dict[str, Any]], rest: Iterator[list[dict[str, Any]]]
) -> Iterator[list[dict[str, Any]]]:
    if first:
        yield first
    yield from rest


def _kept(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: float(row[name]) if kind == "f" and row[name] is not None else row[name]
        for name, kind in columns.items()
    }


def _span(told: Mapping[str, Any]) -> dict[str, Any]:
    return {"span_start": told["span"]["start"], "span_end": told["span"]["end"]}


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _arrow() -> Any:
    try:
        import pyarrow
        import pyarrow.ipc
    except ImportError as error:
        raise SettingsError(
            f"Arrow and Parquet need a package that is not installed: {error}.",
            remedy="Install it: pip install 'readthrough[parquet]', or choose jsonl.",
        ) from None
    return pyarrow
