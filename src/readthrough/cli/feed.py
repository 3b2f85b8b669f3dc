"""`readthrough feed`: where news comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = ["register"]

feed = typer.Typer(
    help="Add, try, pause and look after the feeds that news comes from.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The feed's name.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(feed, name="feed")


@feed.command("add")
def add(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="What to call the feed.", show_default=False)
    ] = "",
    address: Annotated[
        str,
        typer.Argument(
            metavar="ADDRESS", help="What to ask: an http(s) address, or a folder.", show_default=False
        ),
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            help="rss (Atom and JSON Feed too), folder, edgar, alphavantage, finnhub, marketaux, polygon, tiingo, benzinga.",
        ),
    ] = "rss",
    option: Annotated[
        list[str] | None,
        typer.Option(
            "--option", metavar="NAME=VALUE", help="How to ask it; may be given often.", show_default=False
        ),
    ] = None,
    starter_set: Annotated[
        bool, typer.Option("--starter", help="Add the set of free public feeds to begin with.")
    ] = False,
) -> None:
    """Add a feed. It is asked from now on while `serve` runs.

    \b
    readthrough feed add --starter
    readthrough feed add fed https://www.federalreserve.gov/feeds/press_all.xml
    readthrough feed add wire ./incoming --kind folder
    readthrough feed add filings --kind edgar --option forms=8-K,10-Q
    readthrough feed add tiingo --kind tiingo --option tickers=BABA,AAPL
    """  # fmt: skip
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.feeds import add_feed

    if starter_set:
        if name or address:
            raise typer.BadParameter("--starter stands alone.")
        starter(context, add_all=True)
        return
    if not name:
        raise typer.BadParameter("Name the feed, or add the starter set with --starter.", param_hint="NAME")
    with open_cli_desk(context) as desk:
        made = add_feed(desk, name, kind=kind, address=address, options=_options(option))
        remark(
            f"Added {made.name}: {made.kind} {made.address}. `readthrough feed test {made.name}` asks it once."
        )


@feed.command("list")
def list_feeds(context: typer.Context, json: Json = False) -> None:
    """List the feeds.

    \b
    readthrough feed list
    """
    _health(context, json=json, short=True)


@feed.command("health")
def health(context: typer.Context, json: Json = False) -> None:
    """Say how each feed fares: what it showed last, its lag, its errors, when it is asked next.

    \b
    readthrough feed health
    """
    _health(context, json=json, short=False)


@feed.command("test")
def try_it(context: typer.Context, name: Name, json: Json = False) -> None:
    """Ask a feed once and show what would be taken, keeping nothing.

    \b
    readthrough feed test fed
    """
    from readthrough.cli.console import DOWN, print_json, print_table, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.feeds import try_feed

    with open_cli_desk(context) as desk:
        shown = try_feed(desk, name)
    rows = [
        {
            "title": e.draft.headline if e.draft else "",
            "published_at": e.draft.published_at.isoformat() if e.draft and e.draft.published_at else None,
            "characters": len(e.draft.body) if e.draft else 0,
            "url": e.draft.url if e.draft else "",
            "reason": e.reason,
        }
        for e in shown.entries
    ]
    if json:
        print_json(rows)
        return
    print_table(
        ("Published", "Title", "Text", "Not taken because"),
        [
            (
                (
                    str(r["published_at"] or "")[:16],
                    str(r["title"]),
                    f"{r['characters']:,}",
                    str(r["reason"]),
                ),
                DOWN if r["reason"] else "",
            )
            for r in rows
        ],
        right=("Text",),
    )
    remark(f"{len(rows)} entries{f' from {shown.title}' if shown.title else ''}; nothing was kept.")


@feed.command("pause")
def pause(context: typer.Context, name: Name) -> None:
    """Stop asking a feed until `feed resume`.

    \b
    readthrough feed pause fed
    """
    _pause(context, name, paused=True)


@feed.command("resume")
def resume(context: typer.Context, name: Name) -> None:
    """Ask a paused or failing feed again, at once.

    \b
    readthrough feed resume fed
    """
    _pause(context, name, paused=False)


@feed.command("remove")
def remove(context: typer.Context, name: Name) -> None:
    """Remove a feed; the notes of its articles stay.

    \b
    readthrough feed remove fed
    """
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.feeds import remove_feed

    with open_cli_desk(context) as desk:
        remove_feed(desk, name)
        remark(f"Removed {name}.")


@feed.command("starter")
def starter(
    context: typer.Context,
    add_all: Annotated[
        bool, typer.Option("--add", help="Add them all; those there already stay as they are.")
    ] = False,
) -> None:
    """Show a set of free public feeds to begin with, or add it.

    \b
    readthrough feed starter
    readthrough feed starter --add
    """
    from readthrough.cli.console import print_table, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.feeds import add_starter, starter_feeds

    if not add_all:
        rows = [((one.name, one.about, one.address), "") for one in starter_feeds()]
        print_table(("Name", "What", "Address"), rows)
        remark("`readthrough feed starter --add` adds them.")
        return
    with open_cli_desk(context) as desk:
        count = add_starter(desk)
        remark(f"Added {count} feeds; they are asked while `readthrough serve` runs.")


@feed.command("poll")
def poll(context: typer.Context) -> None:
    """Ask every feed whose turn has come, once, and read what they show; for a scheduler in place of `serve`.

    \b
    readthrough feed poll
    """
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.feeds import poll_once

    with open_cli_desk(context, {"live.readers": 0}) as desk:
        taken, kept = poll_once(desk)
        remark(f"{taken:,} new articles taken, {kept:,} read.")


@feed.command("import")
def import_files(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="JSONL or Parquet files of articles.")
    ],
    name: Annotated[str, typer.Option("--name", help="Names where they come from.")] = "import",
    read_now: Annotated[
        bool, typer.Option("--read", help="Read them now rather than leave that to `serve`.")
    ] = False,
) -> None:
    """Let the articles of JSONL or Parquet files wait to be read; importing a file again changes nothing.

    Columns are those of `POST /api/v1/articles`: id, headline, body, published_at, source, url, language.

    \b
    readthrough feed import history.jsonl
    readthrough feed import 2025-*.parquet --name archive --read
    """
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.feeds import import_articles, work_off

    with open_cli_desk(context, {"live.readers": 0} if read_now else None) as desk:
        taken, faults = import_articles(desk, files, feed=name, tell=remark)
        remark(
            f"{taken.given:,} articles, {taken.new:,} of them new{f', {faults:,} could not be used' if faults else ''}."
        )
        if read_now:
            remark(f"{work_off(desk):,} notes written.")


def _options(given: list[str] | None) -> dict[str, str]:
    options = {}
    for one in given or ():
        name, equals, value = one.partition("=")
        if not equals or not name.strip():
            raise typer.BadParameter(f"{one!r} is not NAME=VALUE.", param_hint="--option")
        options[name.strip()] = value.strip()
    return options


def _pause(context: typer.Context, name: str, *, paused: bool) -> None:
    from readthrough.cli.console import remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.feeds import pause_feed

    with open_cli_desk(context) as desk:
        pause_feed(desk, name, paused=paused)
        remark(f"{name} is {'paused' if paused else 'asked again'}.")


def _health(context: typer.Context, *, json: bool, short: bool) -> None:
    from readthrough.cli.console import print_json, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk.status import feed_document

    with open_cli_desk(context) as desk:
        documents = [feed_document(h, desk.clock()) for h in desk.store.live.feeds()]
        if json:
            print_json(documents)
        elif not documents:
            remark("No feeds yet. `readthrough feed starter` shows a set to begin with.")
        else:
            _print(desk, documents, short=short)


def _print(desk: Desk, documents: list[dict[str, object]], *, short: bool) -> None:
    from readthrough.cli.console import DOWN, MUTED, print_table

    styles = {"failing": DOWN, "paused": MUTED}
    if short:
        columns: tuple[str, ...] = ("Name", "Kind", "State", "Taken", "Address")
        fields: tuple[str, ...] = ("name", "kind", "state", "taken", "address")
    else:
        columns = ("Name", "State", "Seen last", "At", "Lag s", "Next in s", "Taken", "Refused", "Error")
        fields = (
            "name",
            "state",
            "last_title",
            "taken_at",
            "lag_s",
            "next_in_s",
            "taken",
            "refused",
            "error",
        )
    rows = [
        (
            tuple(str("" if d[f] is None else d[f])[: 60 if f != "error" else 200] for f in fields),
            styles.get(str(d["state"]), ""),
        )
        for d in documents
    ]
    print_table(columns, rows, right=("Taken", "Refused", "Lag s", "Next in s"))
