"""The two steps of a backfill that run in processes of their own: reading rows, and writing notes."""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import daft

from readthrough import __version__
from readthrough.domain.article import Article
from readthrough.domain.errors import ReadthroughError
from readthrough.domain.reading import Reading
from readthrough.domain.story import Fingerprint, Story

if TYPE_CHECKING:
    from readthrough.settings import Settings

__all__ = ["Judged", "ReadStep", "WriteStep"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An article on its way: read, then grouped, then written. `refusal` says why it got no note."""

    article: Article | None = None
    reading: Reading | None = None
    story: Story | None = None
    fingerprint: Fingerprint | None = None
    known_at: datetime | None = None
    revision: int = 1
    refusal: str = ""


class ReadStep:
    """Reads rows of JSON."""

    def __init__(self, settings: Settings) -> None:
        """Load universe and model in the process that reads."""
        from readthrough.desk.open import open_desk

        self._desk = open_desk(settings)
        self._desk.prepare()

    @daft.method.batch(return_dtype=daft.DataType.binary(), batch_size=32)
    def run(self, rows: daft.Series) -> list[bytes]:
        """Read each row; what is no article becomes its refusal."""
        return [pickle.dumps(self._one(row)) for row in rows.to_pylist()]

    def _one(self, row: Any) -> Judged:
        from dataclasses import replace

        from readthrough.desk.intake import read_article
        from readthrough.reading.read import read

        record = {name: value for name, value in json.loads(row).items() if value is not None}
        try:
            draft = read_article(self._desk, record, what="The row")
            article = draft.to_article(_EPOCH)
            reading = read(
                article, self._desk.universe, version=__version__, reader=self._desk.sentence_reader
            )
        except ReadthroughError as error:
            return Judged(refusal=str(error))
        except Exception as error:  # one row must not end the run
            return Judged(refusal=f"{type(error).__name__}: {error}"[:500])
        return Judged(article=article, reading=replace(reading, problems=draft.problems + reading.problems))


class WriteStep:
    """Writes the notes of what was read and grouped."""

    def __init__(self, settings: Settings) -> None:
        """Load universe and playbooks in the process that writes."""
        from readthrough.desk.open import open_desk

        self._desk = open_desk(settings)
        _ = self._desk.universe.graph, self._desk.playbooks

    @daft.method.batch(return_dtype=daft.DataType.binary(), batch_size=32)
    def run(self, judged: daft.Series) -> list[bytes]:
        """Write each; nothing for what was refused."""
        return [self._one(pickle.loads(one)) for one in judged.to_pylist()]  # noqa: S301 (made by our own process)

    def _one(self, judged: Judged) -> bytes:
        from dataclasses import replace

        from readthrough.desk.flow import weighed
        from readthrough.domain.contract import note_document
        from readthrough.writing.write import write

        if (
            judged.article is None
            or judged.reading is None
            or judged.story is None
            or judged.known_at is None
        ):
            return b""
        note = write(
            judged.article,
            weighed(judged.reading, judged.story),
            judged.story,
            (),
            playbooks=self._desk.playbooks,
            universe=self._desk.universe,
            version=__version__,
            known_at=judged.known_at,
        )
        document = note_document(replace(note, version=judged.revision))
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode(
            "utf-8", "replace"
        )
