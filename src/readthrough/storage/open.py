"""The door to the record."""

from __future__ import annotations

from datetime import timedelta

from readthrough.domain.errors import StorageError
from readthrough.storage.dialect import engine_for, file_of, shown
from readthrough.storage.migrate import bring_up_to_date
from readthrough.storage.store import SqlStore, translated

__all__ = ["open_store"]


def open_store(url: str, *, busy_timeout: timedelta = timedelta(seconds=5)) -> SqlStore:
    """Open the database, creating or migrating it when needed.

    Args:
        url: `sqlite:///file`, `sqlite://` (in memory) or `postgresql://user@host/database`.
        busy_timeout: How long to wait for a lock another process holds.

    Raises:
        StorageError: It is locked, damaged, not writable, from a newer version, or not a database.

    >>> open_store("sqlite://").notes(limit=1)
    []
    """
    engine = engine_for(url, busy_timeout=busy_timeout)
    file = file_of(url)
    try:
        if file is not None:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # it will hold holdings
        with translated(url):
            bring_up_to_date(engine)
    except OSError as error:
        engine.dispose()
        raise StorageError(
            f"The folder for the database {shown(url)} cannot be made: {error.strerror}.",
            remedy="Make it writable, or point storage.url or home elsewhere.",
            url=shown(url),
        ) from error
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine, url=url)
