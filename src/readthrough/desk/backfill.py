"""History at scale: Parquet in, notes as Parquet out, on Daft, natively or on a Ray cluster.

Reading and writing run in parallel; grouping, which must see articles in their order, runs between them. A part
is done when its file has its name: a run that was killed goes on after the last such part, with the same story
memory, because each part holds its fingerprints. The notes are those that the live desk would have written.
"""

from __future__ import annotations

import json
import os
import pickle
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from readthrough import __version__
from readthrough.desk.backfill_steps import Judged, ReadStep, WriteStep
from readthrough.desk.open import Desk, open_desk
from readthrough.domain.article import Article, ArticleId
from readthrough.domain.errors import OutputError, SettingsError, SourceNotFound, SourceUnreachable
from readthrough.domain.story import Fingerprint
from readthrough.settings import Settings

__all__ = ["PART", "Done", "backfill"]

PART: Final = 5_000
"""Rows of a part: what a killed run does again."""
_NOTHING: Final = "at least 1 MicroPartition"  # how Daft's own engine says that no file fits
_COLUMNS: Final = ("id", "headline", "body", "published_at", "source", "url", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a run came to, parts of earlier runs among it."""

    parts: int
    rows: int
    notes: int
    refused: int


def backfill(
    settings: Settings,
    *,
    source: str,
    out: Path,
    workers: int = 2,
    ray: str = "",
    part_rows: int = PART,
    tell: Callable[[str], None] = lambda words: None,
) -> Done:
    """Write the notes of every article in a folder of Parquet files.

    Args:
        settings: Universe, playbooks and encoder to use.
        source: A folder, or an `s3://` prefix that Daft can read.
        out: Where `manifest.json` and the parts are written.
        workers: Processes that read, and that write.
        ray: Address of a Ray cluster; this machine alone when empty.
        part_rows: Rows of a part; a folder that was begun keeps its own.
        tell: Told of progress, a line a part.

    Raises:
        SettingsError: The extra is not installed, or the folder was begun with another engine or other files.
        SourceNotFound: There is nothing to read.
        SourceUnreachable: Object storage does not answer, or refuses.
        OutputError: The folder cannot be written.
    """
    daft = _daft(ray)
    with open_desk(settings) as desk:
        desk.prepare()
        files = _files(daft, source)
        manifest = _manifest(out, {"engine": desk.engine, "files": files, "part_rows": part_rows})
        run = _Run(daft, desk, settings, out, workers, int(manifest["part_rows"]))
        begun, before = time.monotonic(), run.resume()
        if before:
            tell(f"Going on after {before:,} rows that are done.")
        for path in files:
            for number, rows in enumerate(run.parts_of(path)):
                if run.part(path, number, rows):
                    rate = (run.rows - before) / max(1e-9, time.monotonic() - begun)
                    tell(f"{run.rows:,} rows, {run.notes:,} notes, {rate:,.0f} rows a second.")
        return Done(parts=run.parts, rows=run.rows, notes=run.notes, refused=run.refused)


class _Run:
    def __init__(
        self, daft: Any, desk: Desk, settings: Settings, out: Path, workers: int, part_rows: int
    ) -> None:
        from readthrough.reading.novelty import StoryIndex

        self._daft, self._desk, self._out, self._part_rows = daft, desk, out, part_rows
        self._read = daft.cls(ReadStep, max_concurrency=workers, use_process=True)(settings)
        self._write = daft.cls(WriteStep, max_concurrency=workers, use_process=True)(settings)
        self._stories = StoryIndex()
        self._known: dict[str, set[str]] = {}  # article -> words met
        self._last = datetime(1970, 1, 1, tzinfo=UTC)
        self._place = 0
        self.parts = self.rows = self.notes = self.refused = 0

    def resume(self) -> int:
        """Take up the story memory of the parts that are done; how many rows they have."""
        import pyarrow.parquet as pq

        while (path := self._path(self.parts)).exists():
            table = pq.read_table(
                path,
                columns=[
                    "article_id",
                    "content_digest",
                    "story_id",
                    "known_s",
                    "traits",
                    "known_at",
                    "refusal",
                ],
            )
            for row in table.to_pylist():
                self._count(row["refusal"], bool(row["traits"]))
                if row["traits"]:
                    self._stories.remember(
                        Fingerprint(
                            article_id=ArticleId(row["article_id"]),
                            story_id=row["story_id"],
                            known_at=row["known_s"],
                            traits=row["traits"],
                        )
                    )
                    self._known.setdefault(row["article_id"], set()).add(row["content_digest"])
                if row["known_at"]:
                    self._last = max(self._last, datetime.fromisoformat(row["known_at"]))
            self.parts += 1
        return self.rows

    def parts_of(self, path: str) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of a file, a part at a time."""
        frame = self._daft.read_parquet(path)
        frame = frame.select(*[name for name in _COLUMNS if name in frame.column_names])
        held: list[dict[str, Any]] = []
        for row in frame.iter_rows():
            held.append(row)
            if len(held) == self._part_rows:
                yield held
                held = []
        if held:
            yield held

    def part(self, path: str, number: int, rows: list[dict[str, Any]]) -> bool:
        """Do a part, unless it is done; False when it was."""
        place, self._place = self._place, self._place + 1
        if place < self.parts:
            return False
        read = self._in_parallel(
            {"place": list(range(len(rows))), "row": [json.dumps(r, default=_iso) for r in rows]},
            self._read,
            "row",
        )
        judged = [self._group(blob) for blob in read]
        written = self._in_parallel(
            {"place": list(range(len(rows))), "judged": [pickle.dumps(j) for j in judged]},
            self._write,
            "judged",
        )
        records = [
            _record(path, number * self._part_rows + n, j, d)
            for n, (j, d) in enumerate(zip(judged, written, strict=True))
        ]
        self._save(records)
        for record in records:
            self._count(record["refusal"], bool(record["traits"]))
        self.parts += 1
        return True

    def _in_parallel(self, columns: dict[str, list[Any]], step: Any, given: str) -> list[bytes]:
        frame = self._daft.from_pydict(columns).into_batches(32)
        made = frame.with_column("made", step.run(frame[given])).select("place", "made").to_pydict()
        in_order = sorted(zip(made["place"], made["made"], strict=True))
        return [blob for _, blob in in_order]

    def _group(self, blob: bytes) -> Judged:
        """Give an article its moment and its story, as the live desk does, one after the other."""
        judged: Judged = pickle.loads(blob)  # noqa: S301 (made a moment ago by a process of our own)
        if judged.article is None or judged.reading is None:
            return judged
        article = judged.article
        words = self._known.setdefault(article.id, set())
        if article.content_digest in words:
            return Judged(article=article, refusal="These words were met before.")
        now = max(article.published_at or self._last, self._last)
        self._last = now
        article = _received(article, now)
        story, fingerprint = self._stories.group(article, judged.reading, now)
        words.add(article.content_digest)
        return Judged(
            article=article,
            reading=judged.reading,
            story=story,
            fingerprint=fingerprint,
            known_at=now,
            revision=len(words),
        )

    def _save(self, records: list[dict[str, Any]]) -> None:
        import pyarrow
        import pyarrow.parquet as pq

        path = self._path(self.parts)
        unfinished = path.with_suffix(".unfinished")
        try:
            pq.write_table(pyarrow.Table.from_pylist(records, schema=_schema()), unfinished)
            with unfinished.open("rb") as stream:
                os.fsync(stream.fileno())
            unfinished.replace(path)
        except OSError as error:
            raise OutputError(
                f"{str(path)!r} cannot be written: {error.strerror or error}.",
                remedy="Free space, then run it again.",
            ) from error

    def _path(self, part: int) -> Path:
        return self._out / f"part-{part:06}.parquet"

    def _count(self, refusal: str, note: bool) -> None:
        self.rows += 1
        self.notes += note
        self.refused += bool(refusal)


def _received(article: Article, now: datetime) -> Article:
    from dataclasses import replace

    return replace(article, received_at=now)


def _record(path: str, row: int, judged: Judged, document: bytes) -> dict[str, Any]:
    article, kept = judged.article, judged.fingerprint
    return {
        "file": path,
        "row": row,
        "article_id": article.id if article else "",
        "content_digest": article.content_digest if article else "",
        "story_id": judged.story.id if judged.story else "",
        "known_at": judged.known_at.isoformat() if judged.known_at else "",
        "known_s": kept.known_at if kept else 0.0,
        "traits": kept.traits if kept else b"",
        "note": document.decode(),
        "refusal": judged.refusal,
    }


def _schema() -> Any:
    import pyarrow as pa

    kinds = {"row": pa.int64(), "known_s": pa.float64(), "traits": pa.binary()}
    names = "file row article_id content_digest story_id known_at known_s traits note refusal".split()
    return pa.schema([(name, kinds.get(name, pa.large_string())) for name in names])


def _manifest(out: Path, plan: dict[str, Any]) -> dict[str, Any]:
    path = out / "manifest.json"
    try:
        out.mkdir(parents=True, exist_ok=True)
        if path.exists():
            kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            for name in ("engine", "files"):
                if kept[name] != plan[name]:
                    raise SettingsError(
                        f"{str(out)!r} was begun with {'another engine' if name == 'engine' else 'other files'}.",
                        remedy="Give --out an empty folder.",
                    )
            return kept
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps({"version": __version__, **plan}, indent=1), encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise OutputError(
            f"{str(out)!r} cannot be written: {error.strerror}.", remedy="Check the path."
        ) from error
    return plan


def _files(daft: Any, source: str) -> list[str]:
    """Every Parquet file, by name."""
    if "://" not in source:
        found = sorted(str(path) for path in Path(source).rglob("*.parquet")) if Path(source).is_dir() else []
    else:
        found = _listed(daft, f"{source.rstrip('/')}/**/*.parquet")
    if not found:
        raise SourceNotFound(
            f"There are no Parquet files in {source!r}.", remedy="Give a folder that holds some."
        )
    return found


def _listed(daft: Any, pattern: str) -> list[str]:
    try:
        return sorted(daft.from_glob_path(pattern).to_pydict()["path"])
    except (OSError, ValueError) as error:  # what Daft raises is both, or either
        words = str(error)
        if isinstance(error, FileNotFoundError) or _NOTHING in words:
            return []
        causes = [line.partition(": ")[2] for line in words.splitlines() if line.startswith("  ")]
        raise SourceUnreachable(
            f"{pattern!r} cannot be listed: {(causes or [words.strip()])[-1][:300]}.",
            remedy="Check the address, AWS_ENDPOINT_URL, AWS_REGION and the key.",
        ) from error


def _daft(ray: str) -> Any:
    try:
        import daft
        import pyarrow  # noqa: F401 (parts are written with it)
    except ImportError as error:
        raise SettingsError(
            f"A backfill needs {error.name}, which is not installed.",
            remedy="pip install 'readthrough[history,parquet]'",
        ) from None
    os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
    if ray:
        _on_ray(daft, ray)
    elif daft.get_or_infer_runner_type() != "native":
        daft.set_runner_native()
    return daft


def _on_ray(daft: Any, address: str) -> None:
    if find_spec("ray") is None:
        raise SettingsError(
            "A backfill on a cluster needs ray, which is not installed.",
            remedy="Install the version that the cluster runs (pip install ray), or leave --ray out.",
        )
    try:
        daft.set_runner_ray(address, noop_if_initialized=True)
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        raise SettingsError(
            f"The Ray cluster at {address!r} cannot be used: {str(error).splitlines()[0] if str(error) else type(error).__name__}",
            remedy="Check the address, such as ray://head:10001, and that both sides run one version of Ray.",
        ) from error


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
