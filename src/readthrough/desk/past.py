"""A view of a desk as it was at a moment: books, histories, prices, impacts and notes as they were known then.

Every question about books takes a desk, so each of them is asked of the past by being asked of this. What the
view does not know to answer as of then is refused, so that nothing of today slips in.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from readthrough.desk.open import Desk, open_desk
from readthrough.domain.article import Article, ArticleId
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import HoldingsError
from readthrough.domain.ledger import Fund, Price, Rate, Transaction
from readthrough.domain.portfolio import Portfolio, Touch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readthrough.domain.ports import Store

__all__ = ["PastStore", "as_known"]

_FIRST: Final = datetime(1970, 1, 2, tzinfo=UTC)
"""Nothing has an earlier time here."""


def as_known(desk: Desk, as_of: datetime | None) -> Desk:
    """Return a view of a desk at a moment; the desk itself when None. It owns nothing and needs no closing.

    Args:
        desk: Whose record.
        as_of: The moment, UTC where it tells no zone. Its clock stands there: three years back are three from then.

    Raises:
        HoldingsError: The moment is still to come.
    """
    if as_of is None:
        return desk
    asked = as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC)
    if asked > desk.clock():
        raise HoldingsError(
            f"{asked.isoformat()} is still to come.", remedy="Give as_of a moment in the past."
        )
    moment = max(_FIRST, asked).astimezone(UTC)
    view = open_desk(desk.settings, clock=lambda: moment, store=cast("Store", PastStore(desk.store, moment)))
    view._parts["universe"] = desk.universe  # who is listed where is today's
    return view


class PastStore:
    """The questions that are asked about books, answered as of a moment."""

    def __init__(self, store: Store, moment: datetime) -> None:
        """Stand before a store, at a moment."""
        self.whole = store
        self._moment = moment
        self.books = _PastBooks(store, moment, self)

    def __getattr__(self, name: str) -> Any:
        """Refuse whatever is not answered below."""
        if name.startswith("__"):
            raise AttributeError(name)
        raise HoldingsError(
            "This cannot be asked of the past, nor changed there.", remedy="Leave as_of away.", asked=name
        )

    def portfolios(self, *, as_of: datetime | None = None) -> list[Portfolio]:
        return self.whole.portfolios(as_of=self._then(as_of))

    def portfolio_names(self) -> dict[str, str]:
        return {portfolio.id: portfolio.name for portfolio in self.portfolios()}

    def books_stamp(self) -> str:
        return f"{self._moment.isoformat()} {self.whole.books_stamp()}"

    def last_outbox_id(self) -> int:
        return self.whole.last_outbox_id()

    def note(self, note_id: str, *, as_of: datetime | None = None) -> NoteDocument | None:
        return self.whole.note(note_id, as_of=self._then(as_of))

    def note_on(self, article_id: str, *, as_of: datetime | None = None) -> NoteDocument | None:
        return self.whole.note_on(article_id, as_of=self._then(as_of))

    def notes(self, *, limit: int, as_of: datetime | None = None, **more: Any) -> list[NoteDocument]:
        return self.whole.notes(limit=limit, as_of=self._then(as_of), **more)

    def article(self, article_id: str, *, as_of: datetime | None = None) -> Article | None:
        return self.whole.article(ArticleId(article_id), as_of=self._then(as_of))

    def _then(self, as_of: datetime | None) -> datetime:
        return self._moment if as_of is None else min(as_of, self._moment)

    def close(self) -> None:
        """Do nothing: the store belongs to the desk behind."""


class _PastBooks:
    """Closes and rates are those of the days before: that of a day is not known on its morning."""

    def __init__(self, store: Store, moment: datetime, past: PastStore) -> None:
        self._books = store.books
        self._moment = moment
        self._past = past
        self._day = moment.astimezone(UTC).date() - timedelta(days=1)

    def __getattr__(self, name: str) -> Any:
        return self._past.__getattr__(name)

    def accounts(self, portfolio_id: str | None = None) -> list[Any]:
        return self._books.accounts(portfolio_id)

    def transactions(self, portfolio_id: str, *, as_of: datetime | None = None) -> list[Transaction]:
        return self._books.transactions(portfolio_id, as_of=self._past._then(as_of))

    def prices(
        self,
        instruments: Sequence[str] | None = None,
        since: date | None = None,
        *,
        until: date | None = None,
        last: bool = False,
    ) -> list[Price]:
        end = self._day if until is None else min(until, self._day)
        return self._books.prices(instruments, since, until=end, last=last)

    def rates(self, since: date | None = None) -> list[Rate]:
        return [rate for rate in self._books.rates(since) if rate.day <= self._day]

    def funds(self) -> list[Fund]:
        return [fund for fund in self._books.funds() if fund.as_of is None or fund.as_of <= self._day]

    def touches(self, *, as_of: datetime | None = None, **asked: Any) -> list[Touch]:
        return self._books.touches(as_of=self._past._then(as_of), **asked)
