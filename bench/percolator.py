"""The same rules kept in PostgreSQL, which is asked which of them a note meets: the open percolator beside ours.

It is lent our clauses, so that it need not take rules apart: a row a clause, found through a GIN index over what
it is filed under, its bounds as columns, its other lists as arrays; words are stored queries that the note's text
vector is held against. What only a predicate can decide counts as met there, which is in its favour.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from time import perf_counter
from typing import Any, Final

from readthrough.alerts.conditions import directory, prepare
from readthrough.alerts.match_clauses import BOOK, COLUMNS, Clause, Kind, clauses_of, measures, subject_atoms
from readthrough.alerts.subjects import View, folded
from readthrough.domain.alert import Rule
from readthrough.universe.master import Universe

__all__ = ["Percolator", "PercolatorMissingError"]

_LISTS: Final = tuple(kind.name.lower() for kind in Kind)
_ARRAYS: Final = [*(f"need_{name}" for name in _LISTS), *(f"bar_{name}" for name in _LISTS)]


class PercolatorMissingError(Exception):
    """There is no server to ask."""


class Percolator:
    """Rules in a table of PostgreSQL."""

    def __init__(
        self, rules: Iterable[Rule], universe: Universe, watchlists: dict[tuple[str, str], Sequence[str]]
    ) -> None:
        """Fill the tables of the server that TEST_POSTGRESQL names.

        Raises:
            PercolatorMissingError: There is none, or its driver is not installed.
        """
        url = os.environ.get("TEST_POSTGRESQL", "")
        if not url:
            raise PercolatorMissingError("no PostgreSQL is named: run it by tools/postgres.sh")
        try:
            import psycopg
        except ImportError as error:
            raise PercolatorMissingError("psycopg is not installed") from error
        self._link = psycopg.connect(url, autocommit=True)
        arrays = ", ".join(f"{name} text[]" for name in _ARRAYS)
        lows = ", ".join(f"low_{name} float4 NOT NULL" for name in COLUMNS)
        run = self._link.execute
        run("CREATE TEMP TABLE phrases (phrase text, asked tsquery)")
        run(f"CREATE TEMP TABLE clauses (rule text, booked bool, found text[], {arrays}, {lows})")
        names = directory(universe, watchlists)
        phrases: set[str] = set()
        with self._link.cursor().copy("COPY clauses FROM STDIN") as copy:
            for rule in rules:
                for clause in clauses_of(prepare(rule, names)) or ():
                    copy.write_row(_row(rule, clause))
                    phrases |= clause.met.get(Kind.WORDS, frozenset())
                    phrases |= clause.unmet.get(Kind.WORDS, frozenset())
        with self._link.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO phrases VALUES (%s, phraseto_tsquery('simple', %s))",
                [(phrase, phrase) for phrase in sorted(phrases)],
            )
        run("CREATE INDEX clauses_found ON clauses USING gin (found)")
        run("ANALYZE clauses")
        run("ANALYZE phrases")
        self._statement = _statement()

    def match(self, view: View) -> tuple[set[str], float]:
        """Ask which rules a note meets; return them, and the milliseconds that took."""
        begun = perf_counter()
        with self._link.cursor() as cursor:
            said = cursor.execute(
                "SELECT phrase FROM phrases WHERE to_tsvector('simple', %s) @@ asked", (folded(view.text),)
            )
            words = [row[0] for row in said]
            found: set[str] = set()
            for subject in view.subjects:
                who, events, sectors = (list(atoms) for atoms in subject_atoms(subject))
                impact = subject.impact
                has = dict(
                    zip(
                        _LISTS,
                        (who, events, sectors, list(view.themes), list(view.sources), words),
                        strict=True,
                    )
                )
                filed = [f"{BOOK}:{impact.portfolio}", f"{BOOK}:*"] if impact else ["-1:"]
                if impact is None:
                    for kind, name in zip(Kind, _LISTS, strict=True):
                        filed += [f"{int(kind)}:{entry}" for entry in has[name]]
                values = dict(zip(COLUMNS, measures(subject, view), strict=True))
                given: dict[str, Any] = {**has, **values, "filed": filed, "booked": impact is not None}
                found.update(row[0] for row in cursor.execute(self._statement, given, prepare=True))
        return found, (perf_counter() - begun) * 1000

    def close(self) -> None:
        """Leave the server; its tables go with the connection."""
        self._link.close()


def _row(rule: Rule, clause: Clause) -> list[object]:
    kind, entries = clause.found_by()
    met = [None if of == kind or of not in clause.met else sorted(clause.met[of]) for of in Kind]
    unmet = [sorted(clause.unmet[of]) if of in clause.unmet else None for of in Kind]
    lows = [clause.lows.get(column, -1e9) for column in range(len(COLUMNS))]
    booked = clause.books is not None
    return [rule.id, booked, [f"{kind}:{entry}" for entry in sorted(entries)], *met, *unmet, *lows]


def _statement() -> str:
    tests = [f"(need_{name} IS NULL OR need_{name} && %({name})s::text[])" for name in _LISTS]
    tests += [f"(bar_{name} IS NULL OR NOT bar_{name} && %({name})s::text[])" for name in _LISTS]
    tests += [f"low_{name} <= %({name})s::float4" for name in COLUMNS]
    lists = " AND ".join(tests)
    return f"SELECT DISTINCT rule FROM clauses WHERE found && %(filed)s::text[] AND booked = %(booked)s AND {lists}"  # noqa: S608 (of our own column names)
