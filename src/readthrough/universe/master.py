"""The master: every issuer, its listings and identifiers, its names and its ties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from datetime import date
from functools import cached_property, partial

from readthrough.domain.security import Issuer, IssuerId
from readthrough.universe.graph import Graph
from readthrough.universe.names import NameTable
from readthrough.universe.sources import Sources
from readthrough.universe.table import issuer_of, unpack_securities
from readthrough.universe.timeline import Dated, Timeline

__all__ = ["Universe"]

_NAME, _CIK, _LEI, _SECURITIES = 1, 6, 7, 8


class Universe:
    """Issuers by id, ticker and identifier. Rows become `Issuer` values when first asked for."""

    def __init__(
        self,
        rows: Iterable[str],
        *,
        names: NameTable,
        graph: Callable[[], Graph],
        sources: Sources,
        digest: str,
        dates: Callable[[], Iterable[Dated]] = tuple,
    ) -> None:
        """Index the rows of the issuer table.

        Args:
            rows: Lines with the cells of `table.ISSUER_COLUMNS`, most important issuer first.
            names: Every string that can mean an issuer.
            graph: Makes the ties between issuers; called when they are first asked for.
            sources: Who speaks in news without being its subject.
            digest: Hash of all data, as it appears in a note's `engine.universe`.
            dates: Gives the names and tickers that held for a time only; called when first asked for.
        """
        self.names = names
        self.sources = sources
        self.digest = digest
        self._make_graph = graph
        self._dates = dates
        self._rows: dict[str, str] = {}
        self._made: dict[str, Issuer] = {}
        self._tickers: dict[str, str] = {}
        former: dict[str, str] = {}
        for row in rows:
            issuer_id, _, tickers, _ = row.split("\t", 3)
            self._rows[issuer_id] = row
            for ticker in tickers.split():
                self._tickers.setdefault(ticker, issuer_id)
            if "(" in tickers:
                former |= {t[1:-1]: issuer_id for t in tickers.split() if t[0] == "("}
        for ticker, issuer_id in former.items():
            del self._tickers[f"({ticker})"]
            self._tickers.setdefault(ticker, issuer_id)
        self._identifiers: dict[str, str] | None = None
        self._search: list[tuple[str, str]] | None = None

    @cached_property
    def graph(self) -> Graph:
        """Suppliers, customers, competitors, owners and themes."""
        return self._make_graph()

    @cached_property
    def timeline(self) -> Timeline:
        """Names and tickers that held for a time only."""
        return Timeline(self._dates(), self._tickers)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def issuer_ids(self) -> tuple[IssuerId, ...]:
        """Every issuer's id, most important first."""
        return tuple(IssuerId(i) for i in self._rows)

    def issuer(self, issuer_id: str) -> Issuer | None:
        """Return the issuer with this id."""
        made = self._made.get(issuer_id)
        if made is None and (row := self._rows.get(issuer_id)) is not None:
            made = self._made[issuer_id] = issuer_of(row.split("\t"))
        return made

    def beside(self, issuers: Iterable[Issuer]) -> Universe:
        """Return this universe with issuers beside it that are found by their id and by nothing else."""
        wider = copy(self)
        wider._made = {**self._made, **{issuer.id: issuer for issuer in issuers}}
        return wider

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {issuer_id: n for n, issuer_id in enumerate(self._rows)}

    def rank(self, issuer_id: str) -> int | None:
        """Return an issuer's place by importance, counted from 0; None when unknown."""
        return self._ranks.get(issuer_id)

    def row(self, issuer_id: str) -> list[str]:
        """Return the cells of an issuer's row, as in `table.ISSUER_COLUMNS`.

        Raises:
            KeyError: No issuer has this id.
        """
        return self._rows[issuer_id].split("\t")

    def by_ticker(self, ticker: str, on: date | None = None) -> Issuer | None:
        """Return the issuer with a listing of this Yahoo-style ticker; case does not matter.

        A class line may be written with a dot as on Wall Street (BRK.B) or a dash (BRK-B).

        Args:
            ticker: As in BABA or 9988.HK.
            on: The day it was used; today when None. META is no one's before 2022-06-09.
        """
        key = ticker.strip().upper()
        if on is not None and (changed := self.timeline.tickers_on(on)):
            return self._changed_ticker(changed, ticker)
        found = self._tickers.get(key) or self._tickers.get(key.replace(".", "-"))
        return None if found is None else self.issuer(found)

    def ticker_lookup(self, on: date | None) -> Callable[[str], Issuer | None]:
        """Return `by_ticker` as of a day; the plain one where nothing has changed since."""
        changed = self.timeline.tickers_on(on) if on is not None else {}
        return partial(self._changed_ticker, changed) if changed else self.by_ticker

    def _changed_ticker(self, changed: Mapping[str, str], ticker: str) -> Issuer | None:
        key = ticker.strip().upper()
        for spelling in (key, key.replace(".", "-")):
            if spelling in changed:
                return self.issuer(changed[spelling])
        return self.by_ticker(key)

    def names_to_come(self, on: date | None) -> frozenset[tuple[str, str]]:
        """Return the (text, issuer id) of names that no one could know on a day yet; mostly none."""
        return frozenset() if on is None else self.timeline.names_to_come(on)

    def by_identifier(self, value: str) -> Issuer | None:
        """Return the issuer with this ISIN, FIGI, CIK (with or without leading zeros) or LEI."""
        if self._identifiers is None:
            self._identifiers = self._index_identifiers()
        key = value.strip().upper()
        found = self._identifiers.get(key.zfill(10) if key.isdigit() else key)
        return None if found is None else self.issuer(found)

    def search(self, text: str, limit: int = 10) -> tuple[Issuer, ...]:
        """Suggest issuers to a person typing: ticker, then any name or brand of it, then names that hold the text.

        Never for linking: it matches substrings.
        """
        wanted = " ".join(text.lower().split())
        if not wanted:
            return ()
        if self._search is None:
            self._search = [
                (row.split("\t", 2)[_NAME].lower(), issuer_id) for issuer_id, row in self._rows.items()
            ]
        exact = self.by_ticker(wanted)
        ranked: dict[str, None] = {exact.id: None} if exact else {}
        for named in sorted(self.names.named(wanted), key=lambda n: n.ambiguous):
            ranked.setdefault(named.issuer_id)
        for name, issuer_id in self._search:
            if name.startswith(wanted):
                ranked.setdefault(issuer_id)
        for ticker, issuer_id in self._tickers.items():
            if ticker.lower().startswith(wanted):
                ranked.setdefault(issuer_id)
        for name, issuer_id in self._search:
            if wanted in name:
                ranked.setdefault(issuer_id)
        found = (self.issuer(issuer_id) for issuer_id in list(ranked)[: max(limit, 0)])
        return tuple(issuer for issuer in found if issuer is not None)

    def _index_identifiers(self) -> dict[str, str]:
        index: dict[str, str] = {}
        for issuer_id, row in self._rows.items():
            cells = row.split("\t")
            for value in (cells[_CIK], cells[_LEI]):
                if value:
                    index.setdefault(value, issuer_id)
            for security in unpack_securities(cells[_SECURITIES]):
                for value in (security.isin, security.figi, *(line.figi for line in security.listings)):
                    if value:
                        index.setdefault(value, issuer_id)
        return index
