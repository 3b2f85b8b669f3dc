"""Parquet files of articles, a bounded batch of rows at a time. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from readthrough.domain.errors import SettingsError, SourceNotFound, SourceUnreadable

__all__ = ["COLUMNS", "rows_of"]

COLUMNS: Final = ("id", "headline", "body", "published_at", "source", "url", "language")
"""What is read of a file; the rest is left alone. `headline` or `body` must be there."""
_ROWS: Final = 500  # held at once


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """Yield each row as the fields of an article.

    Raises:
        SettingsError: The extra is not installed.
        SourceNotFound: The file cannot be opened.
        SourceUnreadable: It is no Parquet, or has no column of articles.
    """
    try:
        import pyarrow
        import pyarrow.parquet as pq
    except ImportError as error:
        raise SettingsError(
            f"Reading Parquet needs {error.name}, which is not installed.",
            remedy="pip install 'readthrough[parquet]'",
        ) from None
    try:
        file = pq.ParquetFile(path)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowException) as error:
        raise SourceUnreadable(
            f"{path.name} is no Parquet file: {str(error)[:200]}.", remedy="Export it again."
        ) from None
    except OSError as error:
        raise SourceNotFound(f"{str(path)!r} cannot be read: {error}.", remedy="Check the path.") from None
    with file:
        names = [name for name in COLUMNS if name in file.schema_arrow.names]
        if not {"headline", "body"} & set(names):
            raise SourceUnreadable(
                f"{path.name} has neither a column `headline` nor `body`.",
                remedy=f"Name its columns {', '.join(COLUMNS)}.",
            )
        for batch in file.iter_batches(batch_size=_ROWS, columns=names):
            for row in batch.to_pylist():
                yield {name: _plain(value) for name, value in row.items() if value is not None}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
