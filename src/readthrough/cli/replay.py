"""`readthrough replay`, `reread` and `backfill`: history run again, and history run at scale."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from readthrough.desk.replay import Comparison

__all__ = ["register"]

Since = Annotated[
    str, typer.Option("--from", metavar="TIME", help="The first moment, such as 2026-01-01; UTC.")
]
Until = Annotated[str, typer.Option("--to", metavar="TIME", help="The first moment beyond.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("replay")(replay)
    app.command("reread")(reread)
    app.command("backfill")(backfill)


def replay(
    context: typer.Context,
    since: Since,
    until: Until,
    into: Annotated[
        str, typer.Option("--into", metavar="DATABASE", help="The space: a file, or a database address.")
    ],
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="FILE", help="Write every change as a JSON line.", show_default=False
        ),
    ] = None,
    with_config: Annotated[
        Path | None,
        typer.Option(
            "--with",
            metavar="FILE",
            help="Settings of the engine to try; this one's without.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Run a stretch of history again into a space of its own, and tell what changed.

    \b
    readthrough replay --from 2026-01-01 --to 2026-02-01 --into january.db
    readthrough replay --from 2026-01-01 --to 2026-02-01 --into new.db --with new-engine.toml --report changes.jsonl
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.open import open_desk
    from readthrough.desk.replay import PastClock, compare, copy_books
    from readthrough.desk.replay import replay as run
    from readthrough.settings import load_settings

    first, last = _moment(since, "--from"), _moment(until, "--to")
    clock = PastClock()
    url = into if "://" in into else f"sqlite:///{Path(into).resolve()}"
    from readthrough.cli.session import config_path

    settings = load_settings(with_config or config_path(context), {"storage.url": url})
    with open_cli_desk(context) as source, open_desk(settings, clock=clock) as target:
        target.prepare()
        clock.now = first
        copy_books(source, target)
        done = run(source, target, clock, since=first, until=last)
        remark(f"{done:,} articles run again into {into}.")
        _tell(compare(source, target, since=first, until=last), report)


def reread(context: typer.Context, since: Since, until: Until) -> None:
    """Read a stretch of history again with the engine there is now; what changes becomes a revision.

    No alert is raised on old news. Try `replay` first: it tells what would change.

    \b
    readthrough reread --from 2026-01-01 --to 2026-02-01
    """
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.replay import reread as run

    first, last = _moment(since, "--from"), _moment(until, "--to")
    with open_cli_desk(context) as desk:
        remark(f"{run(desk, since=first, until=last):,} notes got a revision.")


def backfill(
    context: typer.Context,
    source: Annotated[
        str, typer.Option("--in", metavar="DIR_OR_S3", help="Folder or s3:// address of Parquet files.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Folder for notes, and the manifest to go on from.")
    ],
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=256, help="Processes that read and write.")
    ] = 2,
    ray: Annotated[
        str,
        typer.Option(
            "--ray", metavar="ADDRESS", help="Run on a Ray cluster at this address.", show_default=False
        ),
    ] = "",
) -> None:
    """Read articles of Parquet files in bulk and write their notes as Parquet. Run it again to go on.

    Files are taken by name, rows in their order; each article is known at its time of publication.
    Needs the extra `history`.

    \b
    readthrough backfill --in archive/ --out notes/
    readthrough backfill --in s3://bucket/archive --out notes/ --ray ray://head:10001
    """
    from readthrough.cli.console import remark
    from readthrough.cli.session import load_cli_settings
    from readthrough.desk.backfill import backfill as run

    settings = load_cli_settings(context)
    done = run(settings, source=source, out=out, workers=workers, ray=ray, tell=remark)
    remark(
        f"{done.rows:,} rows in {done.parts:,} parts, {done.notes:,} notes, {done.refused:,} rows refused."
    )


def _moment(given: str, option: str) -> datetime:
    from datetime import UTC

    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise typer.BadParameter(
            f"{given!r} is no time; write 2026-01-31 or 2026-01-31T09:30:00Z.", param_hint=option
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _tell(found: Comparison, report: Path | None) -> None:
    import json
    from dataclasses import asdict

    from readthrough.cli.console import print_table, remark

    words = {
        "sign": "changed sign",
        "label": "changed label",
        "score": "moved by 0.10 or more",
        "tickers": "name other companies",
        "events": "report other events",
        "missing": "are missing",
        "new": "are new",
    }
    remark(f"{found.notes:,} notes compared, {found.same:,} the same.")
    for kind, told in words.items():
        if changes := found.of(kind):
            remark(f"{len(changes):,} notes {told}:")
            print_table(
                ("Headline", "Before", "After"),
                [((c.headline[:70], c.before, c.after), "") for c in changes[:20]],
            )
    if report is not None:
        with report.open("w", encoding="utf-8") as stream:
            stream.writelines(
                json.dumps(asdict(change), ensure_ascii=False) + "\n" for change in found.changes
            )
        remark(f"Every change is in {report}.")
