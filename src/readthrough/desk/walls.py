"""Information barriers: a view of a desk that lacks what lies behind walls, at every question.

What a wall stands before is named (a portfolio, a source of news). The view answers each question of the store as
though that were not there; a question that this module does not know is refused, so that a new one cannot leak.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from readthrough.desk.open import Desk, open_desk
from readthrough.desk.walled_corpus import WalledCorpus
from readthrough.domain.account import Wall
from readthrough.domain.alert import Alert, Delivery, Rule
from readthrough.domain.article import Article
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import AccountError
from readthrough.domain.portfolio import Portfolio, Touch
from readthrough.domain.ports import Passage
from readthrough.streaming.local import LiveEvent, LiveHub, Subscription

if TYPE_CHECKING:
    from readthrough.domain.ports import Store

__all__ = ["Barred", "WalledStore", "barred_from", "behind", "make_schema"]

Barred = frozenset[tuple[str, str]]
"""What someone may not see: (kind, name) of each."""


def make_schema(url: str, name: str) -> None:
    """Make a schema of a tenant unless it is there."""
    from readthrough.storage.schemas import make_schema as make

    make(url, name)


def barred_from(walls: Iterable[Wall], groups: Sequence[str]) -> Barred:
    """Return what people of some groups may not see: what walls stand before, none of them theirs.

    >>> walls = [Wall(kind="portfolio", name="deal", group_id="banking")]
    >>> barred_from(walls, ["research"]), barred_from(walls, ["banking"])
    (frozenset({('portfolio', 'deal')}), frozenset())
    """
    inside: dict[tuple[str, str], set[str]] = defaultdict(set)
    for wall in walls:
        inside[wall.kind, wall.name].add(wall.group_id)
    return frozenset(what for what, allowed in inside.items() if not allowed.intersection(groups))


def behind(desk: Desk, barred: Barred) -> Desk:
    """Return a view of a desk without what is barred. It owns nothing; the desk itself is closed by its owner."""
    store = WalledStore(desk, barred)
    view = open_desk(desk.settings, clock=desk.clock, store=cast("Store", store))
    view.share(desk)
    view._parts["hub"] = _WalledHub(desk.hub, store)
    view._parts["receivers"] = desk.receivers
    view._parts["corpus"] = WalledCorpus(desk.corpus, [name for kind, name in barred if kind == "source"])
    return view


class WalledStore:
    """The questions a page or the API asks, answered without what is barred."""

    def __init__(self, desk: Desk, barred: Barred) -> None:
        """Stand before a desk's store."""
        self.whole = desk.store
        self._desk = desk
        self._portfolios = frozenset(name for kind, name in barred if kind == "portfolio")
        self._sources = frozenset(name.casefold() for kind, name in barred if kind == "source")
        self.books = _WalledBooks(desk.store, self._portfolios, self)
        self.alerting = _WalledAlerting(desk.store, self)

    def __getattr__(self, name: str) -> Any:
        """Refuse whatever is not answered below."""
        if name.startswith("__"):
            raise AttributeError(name)
        raise AccountError(
            "This cannot be done from behind an information barrier.",
            remedy="Ask somebody of that group, or an admin.",
            asked=name,
        )

    def seen(self, document: NoteDocument | None) -> NoteDocument | None:
        """Return a note as it may be shown: nothing from a barred source, its book without barred portfolios."""
        if document is None:
            return None
        article = cast(Mapping[str, Any], document.get("article") or {})
        if str(article.get("source") or "").casefold() in self._sources:
            return None
        book = cast(list[Mapping[str, Any]], document.get("book") or [])
        kept = [line for line in book if line.get("portfolio") not in self._portfolios]
        return document if len(kept) == len(book) else {**document, "book": cast(Any, kept)}

    def names_barred(self, document: object) -> bool:
        """Tell whether anything names a barred portfolio."""
        text = json.dumps(document, default=str)
        return any(json.dumps(name) in text for name in self._portfolios)

    def note(self, note_id: str, *, as_of: datetime | None = None) -> NoteDocument | None:
        return self.seen(self.whole.note(note_id, as_of=as_of))

    def note_on(self, article_id: str, *, as_of: datetime | None = None) -> NoteDocument | None:
        return self.seen(self.whole.note_on(article_id, as_of=as_of))

    def notes(self, *, limit: int, before: str | None = None, **more: Any) -> list[NoteDocument]:
        """Return notes, newest first; reads on where a page of them is barred."""
        found: list[NoteDocument] = []
        while len(found) < limit:
            page = self.whole.notes(limit=limit, before=before, **more)
            found += [seen for document in page if (seen := self.seen(document)) is not None]
            if len(page) < limit:
                break
            before = str(page[-1]["id"])
        return found[:limit]

    def article(self, article_id: str, *, as_of: datetime | None = None) -> Article | None:
        found = self.whole.article(cast(Any, article_id), as_of=as_of)
        return None if found is None or found.source.casefold() in self._sources else found

    def search(self, text: str, **more: Any) -> list[Passage]:
        return [p for p in self.whole.search(text, **more) if p.source.casefold() not in self._sources]

    def portfolios(self, *, as_of: datetime | None = None) -> list[Portfolio]:
        return [p for p in self.whole.portfolios(as_of=as_of) if p.id not in self._portfolios]

    def portfolio_names(self) -> dict[str, str]:
        return {i: name for i, name in self.whole.portfolio_names().items() if i not in self._portfolios}

    def save_portfolio(self, portfolio: Portfolio, *, at: datetime | None = None) -> None:
        """Keep a portfolio, unless its id is that of a barred one."""
        self._require(portfolio.id)
        self.whole.save_portfolio(portfolio, at=at)

    def delete_portfolio(self, portfolio_id: str, *, at: datetime | None = None) -> bool:
        return portfolio_id not in self._portfolios and self.whole.delete_portfolio(portfolio_id, at=at)

    def rules(self) -> list[Rule]:
        from readthrough.desk.documents import rule_document

        return [rule for rule in self.whole.rules() if not self.names_barred(rule_document(rule))]

    def save_rule(self, rule: Rule) -> None:
        """Keep a rule, unless it names what is barred or stands for one that does."""
        from readthrough.desk.documents import rule_document

        hidden = {r.id for r in self.whole.rules()} - {r.id for r in self.rules()}
        if rule.id in hidden or self.names_barred(rule_document(rule)):
            raise AccountError("There is no such portfolio or rule here.")
        self.whole.save_rule(rule)

    def delete_rule(self, rule_id: str) -> bool:
        return any(rule.id == rule_id for rule in self.rules()) and self.whole.delete_rule(rule_id)

    def books_stamp(self) -> str:
        return self.whole.books_stamp()

    def last_outbox_id(self) -> int:
        return self.whole.last_outbox_id()

    def alerts(self, *, limit: int, before: str | None = None) -> list[Alert]:
        """Return alerts, newest first."""
        return self.seen_alerts(self.whole.alerts, limit, before)

    def seen_alerts(
        self, page_of: Callable[..., list[Alert]], limit: int, before: str | None, **asked: Any
    ) -> list[Alert]:
        """Return a page of the alerts that may be seen; reads on where one of them is barred."""
        found: list[Alert] = []
        while len(found) < limit:
            page = page_of(limit=limit, before=before, **asked)
            found += [alert for alert in page if self._may_see(alert)]
            if len(page) < limit:
                break
            before = page[-1].id
        return found[:limit]

    def alert(self, alert_id: str) -> Alert | None:
        found = self.whole.alert(alert_id)
        return found if found is not None and self._may_see(found) else None

    def deliveries(self, alert_id: str) -> list[Delivery]:
        return self.whole.deliveries(alert_id) if self.alert(alert_id) is not None else []

    def _may_see(self, alert: Alert) -> bool:
        from readthrough.desk.documents import alert_document

        if self.names_barred(alert_document(alert)):
            return False
        if self._portfolios and alert.rule_id in {r.id for r in self.whole.rules()} - {
            r.id for r in self.rules()
        }:
            return False
        return not self._sources or self.article(alert.article_id) is not None

    def _require(self, portfolio_id: str) -> None:
        if portfolio_id in self._portfolios:
            raise AccountError(
                "A portfolio of that name cannot be kept here.", remedy="Give it another name."
            )

    def close(self) -> None:
        """Do nothing: the store belongs to the desk behind."""


class _Behind:
    """A part of a walled store: what it does not answer itself is refused as the whole store refuses it."""

    def __init__(self, walled: WalledStore) -> None:
        self._walled = walled

    def __getattr__(self, name: str) -> Any:
        return self._walled.__getattr__(name)


class _WalledBooks(_Behind):
    def __init__(self, store: Store, barred: frozenset[str], walled: WalledStore) -> None:
        super().__init__(walled)
        self._books = store.books
        self._barred = barred
        self.prices = store.books.prices
        self.rates = store.books.rates
        self.funds = store.books.funds

    def accounts(self, portfolio_id: str | None = None) -> list[Any]:
        return [a for a in self._books.accounts(portfolio_id) if a.portfolio_id not in self._barred]

    def transactions(self, portfolio_id: str, *, as_of: datetime | None = None) -> list[Any]:
        return [] if portfolio_id in self._barred else self._books.transactions(portfolio_id, as_of=as_of)

    def touches(self, **asked: Any) -> list[Touch]:
        return [t for t in self._books.touches(**asked) if t.portfolio_id not in self._barred]


class _WalledAlerting(_Behind):
    def __init__(self, store: Store, walled: WalledStore) -> None:
        super().__init__(walled)
        self._alerting = store.alerting

    def alerts_with(self, *, limit: int, before: str | None, **asked: Any) -> list[Alert]:
        return self._walled.seen_alerts(self._alerting.alerts_with, limit, before, **asked)


class _WalledHub:
    """The hub, whose events are seen through the wall."""

    def __init__(self, hub: LiveHub, store: WalledStore) -> None:
        self._hub = hub
        self._store = store
        self.publish = hub.publish

    @property
    def subscribers(self) -> int:
        return self._hub.subscribers

    def subscribe(self, last_event_id: str = "") -> _WalledSubscription:
        return _WalledSubscription(self._hub.subscribe(last_event_id), self._store)

    def close(self) -> None:
        """Do nothing: the hub belongs to the desk behind."""


class _WalledSubscription:
    def __init__(self, inner: Subscription, store: WalledStore) -> None:
        self._inner = inner
        self._store = store

    @property
    def missed(self) -> bool:
        return self._inner.missed

    @missed.setter
    def missed(self, value: bool) -> None:
        self._inner.missed = value

    async def next(self) -> LiveEvent | None:
        while (event := await self._inner.next()) is not None:
            if event.kind == "note":
                seen = self._store.seen(event.data)
                if seen is not None:
                    # Another id would break resuming; what is printed of it is kept under its own words.
                    return event if seen is event.data else LiveEvent(id=event.id, kind=event.kind, data=seen)
            elif not self._store.names_barred(event.data):
                return event
        return None

    def close(self) -> None:
        self._inner.close()

    def __enter__(self) -> _WalledSubscription:
        return self

    def __exit__(self, *ended: object) -> None:
        self.close()
