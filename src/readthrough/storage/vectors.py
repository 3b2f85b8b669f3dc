"""Vectors in memory: a filter as masks over columns, then an exact scan of what it leaves.

Where nothing narrows a large corpus, the signs of the centred vectors choose whom to measure exactly; under
`EXACT_ROWS` every row is measured, so a filtered search never loses a result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["EXACT_ROWS", "Row", "VectorTable"]

EXACT_ROWS: Final = 30_000
"""Rows up to which all are measured: 30,000 of 384 numbers took 6 ms; tuned with `make bench BENCH=research`."""
MEASURED: Final = 1_500
"""Rows measured exactly after the signs have chosen; recall@10 was 1.00 of 100,000 with 1,500, 0.99 with 500."""
_NEVER: Final = np.iinfo(np.int64).max
_GROWTH: Final = 1.5


Row: TypeAlias = tuple[int, int, str, str, int, int, int | None, bytes]
"""Key and document, tenant, kind, dated_at, known_at, superseded_at (microseconds since 1970), float16 bytes."""


@dataclass(slots=True)
class VectorTable:
    """The vectors of one space, with the columns that filters need. Not safe from several threads at once."""

    size: int
    count: int = 0
    _vectors: NDArray[np.float32] = field(init=False)
    _signs: NDArray[np.uint64] | None = None
    _centre: NDArray[np.float32] | None = None
    _signed: int = 0
    _columns: dict[str, NDArray[np.int64]] = field(init=False)
    _codes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._vectors = np.empty((0, self.size), dtype=np.float32)
        names = ("key", "document", "tenant", "kind", "dated_at", "known_at", "superseded_at")
        self._columns = {name: np.empty(0, dtype=np.int64) for name in names}

    def extend(self, rows: Sequence[Row]) -> None:
        """Add rows, keys rising."""
        if not rows:
            return
        self._reserve(self.count + len(rows))
        place = slice(self.count, self.count + len(rows))
        keys, documents, tenants, kinds, dated, known, superseded, raw = zip(*rows, strict=True)
        self._vectors[place] = np.frombuffer(b"".join(raw), dtype=np.float16).reshape(len(rows), self.size)
        codes = {
            name: self._code(name)
            for name in {*map("tenant {}".format, tenants), *map("kind {}".format, kinds)}
        }
        told: Mapping[str, Sequence[int]] = {
            "key": keys,
            "document": documents,
            "tenant": [codes[f"tenant {name}"] for name in tenants],
            "kind": [codes[f"kind {name}"] for name in kinds],
            "dated_at": dated,
            "known_at": known,
            "superseded_at": [_NEVER if moment is None else moment for moment in superseded],
        }
        for name, values in told.items():
            self._columns[name][place] = values
        self.count += len(rows)

    def supersede(self, moments: Mapping[int, int]) -> None:
        """Note when documents, by key, stopped being the newest."""
        if not moments or not self.count:
            return
        documents = self._columns["document"][: self.count]
        for document, moment in moments.items():
            self._columns["superseded_at"][: self.count][documents == document] = moment

    def chosen(
        self,
        *,
        tenants: Sequence[str],
        kinds: Sequence[str] = (),
        since: int | None = None,
        until: int | None = None,
        as_of: int | None = None,
        documents: Sequence[int] | None = None,
    ) -> NDArray[np.int64]:
        """Return the places of the rows that a filter leaves."""
        column = {name: values[: self.count] for name, values in self._columns.items()}
        if documents is not None:
            places = _within(column["document"], np.asarray(sorted(documents), dtype=np.int64))
            column = {name: values[places] for name, values in column.items()}
        else:
            places = np.arange(self.count)
        keep = np.zeros(len(places), dtype=np.bool_)
        for code in {self._codes.get("tenant " + name, -1) for name in tenants}:
            keep |= column["tenant"] == code
        if kinds:
            keep &= np.isin(column["kind"], [self._codes.get("kind " + kind, -1) for kind in kinds])
        if since is not None:
            keep &= column["dated_at"] >= since
        if until is not None:
            keep &= column["dated_at"] < until
        if as_of is None:
            keep &= column["superseded_at"] == _NEVER
        else:
            keep &= (column["known_at"] <= as_of) & (column["superseded_at"] > as_of)
        return places[keep]

    def nearest(
        self, vector: Sequence[float], places: NDArray[np.int64], limit: int
    ) -> list[tuple[int, float]]:
        """Return keys and cosines of the nearest rows among places, best first."""
        if limit <= 0 or not len(places):
            return []
        asked = np.asarray(vector, dtype=np.float32)
        if len(places) > EXACT_ROWS:
            places = self._likely(asked, places)
        # not the library's own product: its threads wait for one another longer than this takes
        fits = np.einsum("ij,j->i", self._vectors[places], asked)
        best = np.argpartition(-fits, min(limit, len(fits)) - 1)[:limit]
        # the newer of equals first, whatever the partition did
        best = best[np.lexsort((-self._columns["key"][places[best]], -fits[best]))]
        return [(int(self._columns["key"][places[i]]), float(fits[i])) for i in best]

    def _likely(self, asked: NDArray[np.float32], places: NDArray[np.int64]) -> NDArray[np.int64]:
        signs, centre = self._told()
        mine = _packed((asked - centre)[None, :])
        apart = np.zeros(self.count, dtype=np.uint16)
        for word, sign in enumerate(mine):
            apart += np.bitwise_count(signs[word, : self.count] ^ sign[0])
        apart = apart[places] if len(places) < self.count else apart
        return places[np.argpartition(apart, MEASURED)[:MEASURED]] if len(places) > MEASURED else places

    def _told(self) -> tuple[NDArray[np.uint64], NDArray[np.float32]]:
        """The signs of all rows against one centre, which is taken anew when the table has doubled."""
        if self._signs is None or self._centre is None or self.count > 2 * self._signed:
            self._centre = self._vectors[: self.count].mean(axis=0)
            self._signs = _packed(self._vectors[: self.count] - self._centre)
            self._signed = self.count
        elif self._signs.shape[1] < self.count:
            more = _packed(self._vectors[self._signs.shape[1] : self.count] - self._centre)
            self._signs = np.concatenate([self._signs, more], axis=1)
        return self._signs, self._centre

    def _reserve(self, count: int) -> None:
        if count <= len(self._vectors):
            return
        room = max(count, int(len(self._vectors) * _GROWTH))
        grown = np.empty((room, self.size), dtype=np.float32)
        grown[: self.count] = self._vectors[: self.count]
        self._vectors = grown
        for name, values in self._columns.items():
            wider = np.empty(room, dtype=np.int64)
            wider[: self.count] = values[: self.count]
            self._columns[name] = wider

    def _code(self, name: str) -> int:
        return self._codes.setdefault(name, len(self._codes))


def _within(documents: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places at which any of the wanted documents stands; both are in rising order."""
    first, last = np.searchsorted(documents, wanted, "left"), np.searchsorted(documents, wanted, "right")
    parts = [np.arange(a, b) for a, b in zip(first, last, strict=True) if b > a]
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _packed(rows: NDArray[np.float32]) -> NDArray[np.uint64]:
    """Return the signs of rows, 64 to a word, one line for each word so that a scan reads on."""
    bits = np.packbits(rows > 0, axis=1)
    wide = -(-bits.shape[1] // 8) * 8
    if wide != bits.shape[1]:
        bits = np.pad(bits, ((0, 0), (0, wide - bits.shape[1])))
    return np.ascontiguousarray(np.ascontiguousarray(bits).view(np.uint64).T)
