"""What people keep at the desk: saved views, watchlists, feedback on notes; and the revisions of a note."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, insert, select, update

from readthrough.domain.account import DemoRequest, Feedback, FeedbackKind, SavedView, Watchlist
from readthrough.storage.account_tables import demo_requests, feedback, views, watchlists
from readthrough.storage.articles import storable
from readthrough.storage.dialect import insert_or_replace
from readthrough.storage.rules import watchlist_changed
from readthrough.storage.store import SqlStore
from readthrough.storage.tables import notes

__all__ = ["MOST_KEPT", "ScreenStore"]

MOST_KEPT: Final = 50
"""Saved views, and watchlists, a person may have."""


class ScreenStore:
    """The small things of the screen, in the tenant's own database."""

    def __init__(self, store: SqlStore) -> None:
        """Read and write through a store's own transactions."""
        self._store = store

    def views(self, person_id: str) -> list[SavedView]:
        """Return a person's saved views by name."""
        statement = select(views).where(views.c.person_id == person_id).order_by(views.c.name)
        with self._store.reading() as connection:
            return [SavedView(name=r.name, query=r.query) for r in connection.execute(statement)]

    def save_view(self, person_id: str, view: SavedView) -> bool:
        """Keep a view in place of the one of its name; False when the person has too many."""
        values = {"person_id": person_id, "name": storable(view.name), "query": storable(view.query)}
        with self._store.writing() as connection:
            held = connection.scalars(select(views.c.name).where(views.c.person_id == person_id)).all()
            if len(held) >= MOST_KEPT and view.name not in held:
                return False
            connection.execute(insert_or_replace(connection, views, values))
        return True

    def delete_view(self, person_id: str, name: str) -> bool:
        """Forget a view; False when there was none."""
        with self._store.writing() as connection:
            gone = connection.execute(
                delete(views).where(views.c.person_id == person_id, views.c.name == storable(name))
            )
        return gone.rowcount > 0

    def watchlists(self, person_id: str) -> list[Watchlist]:
        """Return a person's watchlists by name."""
        statement = select(watchlists).where(watchlists.c.person_id == person_id).order_by(watchlists.c.name)
        with self._store.reading() as connection:
            return [Watchlist(name=r.name, tickers=tuple(r.tickers)) for r in connection.execute(statement)]

    def save_watchlist(self, person_id: str, watchlist: Watchlist) -> bool:
        """Keep a watchlist in place of the one of its name; False when the person has too many."""
        values = {
            "person_id": person_id,
            "name": storable(watchlist.name),
            "tickers": list(watchlist.tickers),
        }
        with self._store.writing() as connection:
            held = connection.scalars(
                select(watchlists.c.name).where(watchlists.c.person_id == person_id)
            ).all()
            if len(held) >= MOST_KEPT and watchlist.name not in held:
                return False
            connection.execute(insert_or_replace(connection, watchlists, values))
            watchlist_changed(connection, person_id)
        return True

    def delete_watchlist(self, person_id: str, name: str) -> bool:
        """Forget a watchlist; False when there was none."""
        with self._store.writing() as connection:
            gone = connection.execute(
                delete(watchlists).where(
                    watchlists.c.person_id == person_id, watchlists.c.name == storable(name)
                )
            )
            watchlist_changed(connection, person_id)
        return gone.rowcount > 0

    def add_feedback(
        self, *, note_id: str, revision: int, person_id: str, kind: FeedbackKind, subject: str, words: str,
        at: datetime,
    ) -> None:  # fmt: skip
        """Put a reader's word on a note into the queue."""
        values = {
            "note_id": note_id,
            "revision": revision,
            "person_id": person_id,
            "kind": kind.value,
            "subject": storable(subject),
            "words": storable(words),
            "at": at,
            "state": "waiting",
        }
        with self._store.writing() as connection:
            connection.execute(insert(feedback).values(**values))

    def feedback(self, *, state: str = "waiting", limit: int = 200) -> list[Feedback]:
        """Return the queue, the longest waiting first."""
        statement = select(feedback).where(feedback.c.state == state).order_by(feedback.c.id).limit(limit)
        with self._store.reading() as connection:
            return [
                Feedback(
                    id=r.id,
                    note_id=r.note_id,
                    revision=r.revision,
                    person_id=r.person_id,
                    kind=FeedbackKind(r.kind),
                    subject=r.subject,
                    words=r.words,
                    at=r.at,
                    state=r.state,
                )
                for r in connection.execute(statement)
            ]

    def settle_feedback(self, id: int, state: str) -> bool:
        """Mark an item of the queue as taken or refused; False when it was not waiting."""
        with self._store.writing() as connection:
            done = connection.execute(
                update(feedback).where(feedback.c.id == id, feedback.c.state == "waiting").values(state=state)
            )
        return done.rowcount > 0

    def add_request(self, request: DemoRequest) -> int:
        """Keep a request for a demo; returns its number."""
        values = {
            "name": storable(request.name),
            "firm": storable(request.firm),
            "email": storable(request.email),
            "assets": storable(request.assets),
            "message": storable(request.message),
            "at": request.at,
            "mailed": request.mailed,
        }
        with self._store.writing() as connection:
            made = connection.execute(insert(demo_requests).values(**values)).inserted_primary_key
        return int(made[0]) if made else 0

    def mark_mailed(self, id: int) -> None:
        """Say that the owner was told of a request."""
        with self._store.writing() as connection:
            connection.execute(update(demo_requests).where(demo_requests.c.id == id).values(mailed=True))

    def requests(self, *, limit: int = 200) -> list[DemoRequest]:
        """Return requests for a demo, newest first."""
        statement = select(demo_requests).order_by(demo_requests.c.id.desc()).limit(limit)
        with self._store.reading() as connection:
            return [DemoRequest(**dict(r)) for r in connection.execute(statement).mappings()]

    def requests_since(self, moment: datetime) -> int:
        """Count requests for a demo since a moment."""
        statement = select(func.count()).select_from(demo_requests).where(demo_requests.c.at >= moment)
        with self._store.reading() as connection:
            return connection.scalar(statement) or 0

    def revisions(self, note_id: str) -> list[dict[str, Any]]:
        """Return every revision of a note, the newest first: revision, known_at, document."""
        statement = (
            select(notes.c.revision, notes.c.known_at, notes.c.document)
            .where(notes.c.note_id == storable(note_id))
            .order_by(notes.c.revision.desc())
        )
        with self._store.reading() as connection:
            return [dict(r) for r in connection.execute(statement).mappings()]
