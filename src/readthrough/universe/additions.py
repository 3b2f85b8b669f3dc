"""Take records of other sources into what is known: what is new is added, what disagrees is said, nothing is replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from readthrough.domain.security import Issuer, Listing, NameKind, Security
from readthrough.universe.handwritten import HandName
from readthrough.universe.incoming import Incoming, RowProblem, faults_of
from readthrough.universe.master import Universe
from readthrough.universe.merge import Imported, merge_row
from readthrough.universe.names import fold_words
from readthrough.universe.table import NameRow, issuer_of, pack_securities
from readthrough.universe.timeline import Dated

__all__ = ["Additions", "add_records"]

_TICKERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """What an import came to. Counts are of issuers (`added`, `extended`) and rows (`unchanged`)."""

    added: int
    extended: int
    unchanged: int
    problems: tuple[RowProblem, ...]

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.added or self.extended)


def add_records(
    records: Iterable[Incoming | RowProblem],
    known: Universe,
    imported: Imported,
    tick: Callable[[bool], None] = lambda bad: None,
) -> Additions:
    """Add records to `imported`, in place.

    A record belongs to the issuer that has its CIK, else its LEI, ISIN, FIGI or ticker, else (in a CSV)
    its name. A record whose identifiers belong to two issuers, or that gives an issuer a second CIK or
    LEI, is a conflict and changes nothing. Doing it again changes nothing.

    Args:
        records: In the order of their source; problems among them are passed on.
        known: Our universe with the overlay as it is now, `imported` included.
        imported: What was imported before.
        tick: Called after each record with whether it was refused.
    """
    ledger = _Ledger(known, imported)
    problems: list[RowProblem] = []
    for record in records:
        before = len(problems)
        if isinstance(record, RowProblem):
            problems.append(record)
        elif faults := faults_of(record):
            problems.append(_problem(record, "bad", "; ".join(faults)))
        else:
            problems += ledger.take(record)
        tick(len(problems) > before)
    return Additions(
        added=len(ledger.added),
        extended=len(ledger.extended - ledger.added),
        unchanged=ledger.unchanged,
        problems=tuple(problems),
    )


class _Ledger:
    """Whom identifiers belong to, by the universe and by what this import has added to it."""

    def __init__(self, known: Universe, imported: Imported) -> None:
        self.known = known
        self.imported = imported
        self.added: set[str] = set()
        self.extended: set[str] = set()
        self.unchanged = 0
        self._owners: dict[tuple[str, str], str] = {}
        self._rows: dict[str, list[str]] = {}
        self._days = {*known.timeline.rows, *imported.dates.values()}

    def take(self, record: Incoming) -> list[RowProblem]:
        found = self._found(record)
        owners = dict.fromkeys(owner for _, _, owner in found)
        if len(owners) > 1:
            return [_problem(record, "conflict", self._two_owners(found))]
        owner = next(iter(owners), "") or (self._named(record) if record.by_name else "")
        if owner and (clash := self._clash(record, self._row(owner))):
            return [_problem(record, "conflict", clash)]
        issuer_id = owner or self._new_id(record)
        row = self._row(issuer_id) if owner else _empty_row(issuer_id, record.name)
        extra = _addition(record, issuer_of(row))
        merged = merge_row(row, extra)
        changed = merged != row or not owner
        problems: list[RowProblem] = []
        names = record.names if record.by_name or not owner else ()
        if not owner and not record.by_name:
            names = (HandName(text=record.name, kind="legal"), *names)
        changed |= self._add_names(record, issuer_id, names, problems)
        changed |= self._add_days(record, issuer_id)
        if not changed:
            self.unchanged += 1
            return problems
        (self.extended if owner else self.added).add(issuer_id)
        self._rows[issuer_id] = merged
        if merged != row or not owner:
            base = self.imported.issuers.get(issuer_id)
            self.imported.issuers[issuer_id] = merge_row(base, extra) if base else extra
        self._index(record, issuer_id)
        return problems

    def _found(self, record: Incoming) -> list[tuple[str, str, str]]:
        """Return (what, value, issuer id) for every identifier that someone has, the surest first."""
        values = [("CIK", record.cik), ("LEI", record.lei), ("ISIN", record.isin)]
        values += [("FIGI", record.figi), ("FIGI", record.share_figi)]
        if not record.ends:
            values.append(("ticker", record.ticker))
        return [(w, v, owner) for w, v in values if v and (owner := self._owner(w, v))]

    def _owner(self, what: str, value: str) -> str:
        own = self._owners.get((what, value))
        if own is not None:
            return own
        if what == "ticker":
            issuer = self.known.by_ticker(value)
            if issuer is not None and value not in issuer.tickers:
                return ""  # a former ticker may be taken by another
        else:
            issuer = self.known.by_identifier(value)
        return issuer.id if issuer is not None else ""

    def _named(self, record: Incoming) -> str:
        key = fold_words(record.name)
        own = self._owners.get(("name", key))
        if own is not None:
            return own
        found: dict[str, None] = {}
        for name in self.known.names.named(record.name):
            issuer = self.known.issuer(name.issuer_id)
            if issuer is not None and (name.kind is NameKind.LEGAL or fold_words(issuer.name) == key):
                found[issuer.id] = None
        mine = [i for i in found if i in self.imported.issuers] if len(found) > 1 else list(found)
        return mine[0] if len(mine) == 1 else ""

    def _two_owners(self, found: list[tuple[str, str, str]]) -> str:
        first, *rest = found
        other = next(f for f in rest if f[2] != first[2])
        mine, theirs = self._told(first[2]), self._told(other[2])
        return f"{first[0]} {first[1]} belongs to {mine}, but {other[0]} {other[1]} to {theirs}"

    def _clash(self, record: Incoming, row: list[str]) -> str:
        issuer = issuer_of(row)
        for what, ours, given in (("CIK", issuer.cik, record.cik), ("LEI", issuer.lei, record.lei)):
            if ours and given and ours != given:
                by = (
                    f"the ticker {record.ticker} belongs to {issuer.name}, which"
                    if record.ticker
                    else issuer.name
                )
                return f"{by} has the {what} {ours}, not {given}"
        for security in issuer.securities:
            lines = {line.ticker: line for line in security.listings}
            if record.ticker not in lines or record.ends:
                continue
            line = lines[record.ticker]
            pairs = [("ISIN", security.isin, record.isin), ("FIGI", line.figi, record.figi)]
            pairs.append(("share class FIGI", security.figi, record.share_figi))
            for what, ours, given in (*pairs, ("market", line.mic, record.mic)):
                if ours and given and ours != given:
                    return f"{record.ticker} of {issuer.name} has the {what} {ours}, not {given}"
        return ""

    def _new_id(self, record: Incoming) -> str:
        if record.cik:
            return f"cik-{int(record.cik)}"
        if record.ticker and not record.ends:
            return f"tkr-{record.ticker}"
        if record.lei:
            return f"lei-{record.lei}"
        slug = re.sub(r"[^a-z0-9]+", "", fold_words(record.name)) or "issuer"
        number = 1
        while self._taken(f"own-{slug}{number if number > 1 else ''}"):
            number += 1
        return f"own-{slug}{number if number > 1 else ''}"

    def _taken(self, issuer_id: str) -> bool:
        return issuer_id in self._rows or self.known.issuer(issuer_id) is not None

    def _row(self, issuer_id: str) -> list[str]:
        row = self._rows.get(issuer_id)
        return row if row is not None else self.known.row(issuer_id)

    def _told(self, issuer_id: str) -> str:
        issuer = issuer_of(self._row(issuer_id))
        return f"{issuer.name} ({issuer.ticker})" if issuer.ticker else issuer.name

    def _add_names(
        self, record: Incoming, issuer_id: str, names: Iterable[HandName], problems: list[RowProblem]
    ) -> bool:
        changed = False
        for name in names:
            key = fold_words(name.text)
            holders: set[str] = {n.issuer_id for n in self.known.names.named(name.text)}
            if own := self._owners.get(("name", key)):
                holders.add(own)
            if issuer_id in holders or not key:
                continue
            if holders and not name.ambiguous:
                others = ", ".join(map(self._told, sorted(holders)))
                reason = f"the name {name.text!r} also means {others}; it is kept as one that needs a cue"
                if name.kind == "legal" or record.by_name:
                    problems.append(_problem(record, "conflict", reason))
            flag = "1" if name.ambiguous or holders else ""
            self.imported.names[name.text, issuer_id] = NameRow(name.text, issuer_id, name.kind, flag)
            self._owners.setdefault(("name", key), issuer_id)
            changed = True
        return changed

    def _add_days(self, record: Incoming, issuer_id: str) -> bool:
        rows = [Dated(issuer_id, "name", *days) for days in record.name_days]
        if record.starts or record.ends:
            rows.append(Dated(issuer_id, "ticker", record.ticker, record.starts, record.ends))
        new = [row for row in rows if row not in self._days]
        self._days.update(new)
        self.imported.dates |= {tuple(row): row for row in new}
        return bool(new)

    def _index(self, record: Incoming, issuer_id: str) -> None:
        values = [("CIK", record.cik), ("LEI", record.lei), ("ISIN", record.isin), ("FIGI", record.figi)]
        values.append(("FIGI", record.share_figi))
        if not record.ends:
            values.append(("ticker", record.ticker))
        for what, value in values:
            if value:
                self._owners.setdefault((what, value), issuer_id)
        self._owners.setdefault(("name", fold_words(record.name)), issuer_id)


def _empty_row(issuer_id: str, name: str) -> list[str]:
    return [issuer_id, name, "", "", "", "", "", "", ""]


def _addition(record: Incoming, issuer: Issuer) -> list[str]:
    """Return the cells that a record adds to an issuer; what it only repeats stays empty."""
    row = _empty_row(issuer.id, issuer.name)
    row[3:8] = [record.country, record.sector, record.industry, record.cik, record.lei]
    if not record.ticker and not record.isin:
        return row
    if record.ends:
        row[_TICKERS] = f"({record.ticker})" if record.ticker not in issuer.tickers else ""
        return row
    row[_TICKERS] = record.ticker
    row[8] = pack_securities((_security(record, issuer),))
    return row


def _security(record: Incoming, issuer: Issuer) -> Security:
    line = Listing(ticker=record.ticker, mic=record.mic, currency=record.currency, figi=record.figi)
    lines = (line,) if record.ticker else ()
    kind = record.kind or ("other" if issuer.securities and not record.by_name else "ordinary")
    held = [s for s in issuer.securities if s.kind == kind and s.listings]
    known = any(
        record.ticker in {t.ticker for t in s.listings}
        or (record.isin and s.isin == record.isin)
        or (record.share_figi and s.figi == record.share_figi)
        for s in issuer.securities
    )
    # Without an ISIN or FIGI of its own, another line of the only ordinary share is a line of that share.
    if not known and kind == "ordinary" and len(held) == 1 and not (record.isin and held[0].isin):
        lines = (held[0].listings[0], *lines)
    return Security(kind=kind, isin=record.isin, figi=record.share_figi, listings=lines)


def _problem(record: Incoming, code: str, reason: str) -> RowProblem:
    return RowProblem(line=record.line, entry=record.entry, code=code, reason=reason)
