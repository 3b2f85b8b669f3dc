"""What a rule would have said of the news there was: asked before it is kept."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from readthrough import __version__
from readthrough.desk.flow import weighed
from readthrough.domain.article import ArticleId
from readthrough.domain.story import Relation, Story

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.domain.alert import Rule
    from readthrough.domain.article import Article
    from readthrough.domain.reading import Reading

__all__ = ["Fired", "Preview", "Previewer"]

KEPT: Final = 400
SECONDS: Final = 3.0
"""How long a first preview may take: articles are read again, 20 to 50 ms each, and then remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """One note the rule would have spoken on, or been hushed on by its own terms."""

    note_id: str
    headline: str
    known_at: str
    words: str
    hushed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the newest notes give; `notes` were looked at of the `asked` for."""

    notes: int
    asked: int
    fired: tuple[Fired, ...]


class Previewer:
    """Remembers what it has read, so that a rule can be tried again with every change."""

    def __init__(self, desk: Desk) -> None:
        """Start with nothing read."""
        self._desk = desk
        self._read: OrderedDict[tuple[str, str], tuple[Article, Reading]] = OrderedDict()

    def preview(self, rule: Rule, *, limit: int = 100) -> Preview:
        """Ask a rule of the newest notes, as they met the books there are now."""
        from readthrough.alerts.match import RuleIndex, hits
        from readthrough.portfolio.assess import assess

        desk, index = self._desk, RuleIndex((rule,), self._desk.universe)
        documents = cast("list[dict[str, Any]]", desk.store.notes(limit=limit))
        ending, looked, fired = time.monotonic() + SECONDS, 0, []
        for document in documents:
            if time.monotonic() > ending:
                break
            looked += 1
            if (known := self._reading(document)) is None:
                continue
            article, reading = known
            story = _story(document)
            reading = weighed(reading, story)
            impacts = assess(reading, story, desk.holdings, desk.universe)
            for hit in hits(index, article, reading, story, impacts, now=desk.clock()):
                fired.append(
                    Fired(
                        note_id=document["id"],
                        headline=article.headline,
                        known_at=document["known_at"],
                        words=hit.words,
                        hushed=hit.hushed,
                    )
                )
        return Preview(notes=looked, asked=len(documents), fired=tuple(fired))

    def _reading(self, document: dict[str, Any]) -> tuple[Article, Reading] | None:
        from readthrough.reading.read import read

        key = (document["article"]["id"], document["article"]["digest"])
        if key not in self._read:
            article = self._desk.store.article(ArticleId(key[0]))
            if article is None or article.content_digest != key[1]:
                return None
            reading = read(
                article, self._desk.universe, version=__version__, reader=self._desk.sentence_reader
            )
            self._read[key] = (article, reading)
            while len(self._read) > KEPT:
                self._read.popitem(last=False)
        self._read.move_to_end(key)
        return self._read[key]


def _story(document: dict[str, Any]) -> Story:
    told = document["story"]
    return Story(
        id=told["id"],
        novelty=told["novelty"],
        relation=Relation(told.get("relation", "new")),
        duplicate_of=told["duplicate_of"],
        follows=told["follows"],
        supersedes=told.get("supersedes"),
        days_since_similar=told["days_since_similar"],
    )
