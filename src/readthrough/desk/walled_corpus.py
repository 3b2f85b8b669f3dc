"""The corpus behind walls: what comes from a barred source is not there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from readthrough.domain.corpus import Corpus, CorpusDocument, CorpusFilter, Found, Indexed
from readthrough.domain.errors import AccountError

__all__ = ["WalledCorpus"]

_MORE: Final = 4  # as many are looked at, so that what a wall hides does not leave a short list


class WalledCorpus:
    """A view of a corpus without the documents of some sources; it only reads."""

    is_view: Final = True

    def __init__(self, corpus: Corpus, sources: Sequence[str]) -> None:
        """Take the corpus, which its owner closes, and the sources that are barred."""
        self._corpus = corpus
        self._barred = frozenset(source.casefold() for source in sources)

    def add(self, documents: Sequence[Indexed]) -> int:
        """Refuse: a view takes nothing in."""
        raise AccountError(
            "Behind a wall nothing can be added.", remedy="Ask somebody whom no wall holds back."
        )

    def remove(self, ids: Sequence[str], *, tenant: str) -> int:
        """Refuse: a view forgets nothing."""
        raise AccountError(
            "Behind a wall nothing can be removed.", remedy="Ask somebody whom no wall holds back."
        )

    def document(
        self, document_id: str, *, tenant: str, as_of: datetime | None = None
    ) -> CorpusDocument | None:
        """Return a document unless its source is barred."""
        found = self._corpus.document(document_id, tenant=tenant, as_of=as_of)
        return None if found is None or self._hides(found.source) else found

    def documents(self, chosen: CorpusFilter, *, limit: int, before: str = "") -> list[CorpusDocument]:
        """Return documents, those of barred sources left out."""
        found: list[CorpusDocument] = []
        while len(found) < limit:
            page = self._corpus.documents(chosen, limit=limit, before=before)
            found += [one for one in page if not self._hides(one.source)]
            if len(page) < limit:
                break
            before = page[-1].id
        return found[:limit]

    def by_words(self, words: Sequence[str], chosen: CorpusFilter, *, limit: int) -> list[Found]:
        """Search by words."""
        return self._seen(self._corpus.by_words(words, chosen, limit=_MORE * limit), limit)

    def by_vector(
        self, vector: Sequence[float], space: str, chosen: CorpusFilter, *, limit: int
    ) -> list[Found]:
        """Search by vector."""
        return self._seen(self._corpus.by_vector(vector, space, chosen, limit=_MORE * limit), limit)

    def counts(self) -> tuple[int, int]:
        """Return nothing: how much is hidden is hidden too."""
        return 0, 0

    def mark(self) -> int:
        """Return where the owner's corpus stands."""
        return self._corpus.mark()

    def set_mark(self, row: int) -> None:
        """Do nothing: the owner takes notes in."""

    def close(self) -> None:
        """Do nothing: the owner closes the corpus."""

    def _seen(self, found: Sequence[Found], limit: int) -> list[Found]:
        return [one for one in found if not self._hides(one.source)][:limit]

    def _hides(self, source: str) -> bool:
        return source.casefold() in self._barred
