"""`readthrough analyze --jsonl IN --out OUT`: resumable, in order, one line for one line."""

from __future__ import annotations

import gzip
import os
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

import typer

from readthrough.cli.batch_output import BatchOutput
from readthrough.cli.batch_work import Numbered, Plan, results
from readthrough.cli.console import remark
from readthrough.cli.progress import Progress
from readthrough.desk.intake import GZIP_MARK, Limits, line_id, lines_of, read_line
from readthrough.domain.article import digest
from readthrough.domain.errors import OutputError, SourceError, SourceNotFound, SourceUnreadable

__all__ = ["Job", "run_batch"]

_LIMITS = Limits()  # a line's bound; the settings' own bounds are applied where the line is read


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A batch as it was asked for."""

    source: str
    out: str
    portfolio: str = ""
    save: bool = False
    workers: int = 1
    restart: bool = False
    config: Path | None = None


def run_batch(job: Job) -> None:
    """Analyze every line of a file into another, going on from where an earlier run stopped.

    Raises:
        SourceError: The input cannot be read.
        OutputError: The output cannot be written, or belongs to another input.
        typer.Exit: Interrupted (130), after saying how to resume.
    """
    with _opened(job.source) as (stream, total):
        output = BatchOutput(job.out, source=job.source, restart=job.restart)
        try:
            _go_on(job, stream, total, output)
        finally:
            output.close()


def _go_on(job: Job, stream: BinaryIO, total: int | None, output: BatchOutput) -> None:
    lines = enumerate(_checked(stream, job.source), start=1)
    failed = _skip_kept(lines, output, job.source)
    if output.done:
        remark(f"Resuming after {output.done:,} lines that {output.path!r} already holds.")
    plan = Plan(config=job.config, portfolio=job.portfolio, save=job.save)
    done = results(plan, lines, workers=job.workers)
    progress = Progress(total, output.done, time.monotonic, failed=failed)
    try:
        with progress:
            for result in done:
                output.write(result.line)
                progress.advance(failed=result.failed)
    except KeyboardInterrupt:
        where = f"{output.path!r} holds {output.complete():,} complete lines. " if output.resumable else ""
        then = "Run the same command again to go on from there." if output.resumable else ""
        remark(f"Interrupted. {where}{then}".rstrip())
        raise typer.Exit(130) from None
    finally:
        done.close()
    remark(f"Done: {progress.told()}.")


def _skip_kept(lines: Iterator[Numbered], output: BatchOutput, source: str) -> int:
    """Pass over the lines that are done; return how many of them tell of a failure."""
    failed = 0
    for kept in output.kept():
        number = output.done
        given = next(islice(lines, 1), None)
        if given is None:
            raise OutputError(
                f"{output.path!r} holds more lines than {source!r}.",
                remedy="Give the input it was made from, another OUT, or --restart.",
            )
        if not _same(kept, given[1]):
            raise OutputError(
                f"Line {number:,} of {output.path!r} is not the result of line {number:,} of {source!r}.",
                remedy="Give the input it was made from, another OUT, or --restart.",
            )
        failed += "error" in kept
    return failed


def _same(kept: dict[str, Any], raw: bytes) -> bool:
    named = line_id(raw)
    if "error" in kept:
        return (kept.get("id") or "") == named
    if named:
        return kept.get("external_id") == named
    try:
        draft = read_line(raw, limits=_LIMITS, what="")
    except SourceError:
        return False
    article = kept.get("article")
    return isinstance(article, dict) and article.get("digest") == digest(draft.headline, draft.body)


def _checked(stream: BinaryIO, source: str) -> Iterator[bytes]:
    try:
        for number, line in enumerate(lines_of(stream, longest=_LIMITS.max_bytes)):
            if number == 0 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise SourceUnreadable(f"{source!r} is UTF-16.", remedy="Save it as UTF-8.")
            yield line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceUnreadable(
            f"{source!r} is a truncated or damaged gzip file ({error}).",
            remedy="Copy it again and run the same command: lines that are done stay.",
        ) from None
    except OSError as error:
        raise SourceUnreadable(f"{source!r} cannot be read: {error.strerror}.", remedy="Try again.") from None


@contextmanager
def _opened(source: str) -> Iterator[tuple[BinaryIO, int | None]]:
    if source == "-":
        yield sys.stdin.buffer, None
        return
    try:
        with open(source, "rb") as stream:
            head = stream.peek(2)[:2]
            if head == GZIP_MARK:
                with gzip.open(stream) as packed:
                    yield cast(BinaryIO, packed), None
            else:
                yield stream, _count(stream)
    except IsADirectoryError:
        raise SourceNotFound(f"{source!r} is a directory.", remedy="Give a file in it.") from None
    except (FileNotFoundError, PermissionError) as error:
        raise SourceNotFound(
            f"{source!r} cannot be opened: {error.strerror}.", remedy="Check the path and its permissions."
        ) from None


def _count(stream: BinaryIO) -> int | None:
    if not stream.seekable():
        return None
    ends, last = 0, b"\n"
    while chunk := stream.read(1 << 20):
        ends += chunk.count(b"\n")
        last = chunk[-1:]
    stream.seek(0, os.SEEK_SET)
    return ends + (last != b"\n")
