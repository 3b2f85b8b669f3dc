"""What is measured."""

from __future__ import annotations

from dataclasses import dataclass

from readthrough.domain.article import Article
from readthrough.domain.ports import SentenceReader
from readthrough.domain.reading import Reading
from readthrough.reading.read import read
from readthrough.universe.master import Universe

__all__ = ["Engine"]


@dataclass(frozen=True, slots=True)
class Engine:
    """The reading as it is set: whom names can mean, and the model that reads along, if any does."""

    universe: Universe
    reader: SentenceReader | None = None

    @property
    def name(self) -> str:
        """What is added to the name of a set that is read with a model."""
        return ", with encoder" if self.reader is not None else ""

    def read(self, article: Article) -> Reading:
        """Read an article."""
        return read(article, self.universe, version="eval", reader=self.reader)
