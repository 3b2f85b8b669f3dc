"""What commands share: settings as this call gives them, the desk they open, one article's way."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from readthrough.domain.errors import HoldingsError, SourceNotFound, SourceTooLarge, SourceUnreadable

if TYPE_CHECKING:
    import typer

    from readthrough.desk.open import Desk
    from readthrough.domain.contract import NoteDocument
    from readthrough.domain.portfolio import Portfolio
    from readthrough.feeds.draft import Draft
    from readthrough.feeds.limits import Limits
    from readthrough.feeds.network import Network
    from readthrough.portfolio.assess import HoldingsIndex
    from readthrough.settings import Settings

__all__ = [
    "config_path",
    "fetch",
    "limits_of",
    "load_cli_settings",
    "network_of",
    "note_of",
    "open_cli_desk",
    "read_portfolio",
    "read_text",
]

_LARGEST = 32_000_000  # bytes of a holdings or rules file


def config_path(context: typer.Context) -> Path | None:
    """Return the settings file named by `--config`, if any."""
    given = context.find_root().params.get("config")
    return Path(given) if given else None


def load_cli_settings(context: typer.Context, flags: Mapping[str, object] | None = None) -> Settings:
    """Read settings with this call's flags on top."""
    from readthrough.settings import load_settings

    return load_settings(config_path(context), flags)


def open_cli_desk(context: typer.Context, flags: Mapping[str, object] | None = None) -> Desk:
    """Open a desk for one command; close it with `with`."""
    from readthrough.desk.open import open_desk

    return open_desk(load_cli_settings(context, flags))


def limits_of(settings: Settings) -> Limits:
    """Turn the fetch settings into what feeds are allowed to cost."""
    from readthrough.feeds.limits import Limits

    part = settings.fetch
    return Limits(max_bytes=part.max_bytes, max_redirects=part.max_redirects, deadline=part.timeout)


def network_of(settings: Settings) -> Network:
    """Return how addresses are reached: public ones only, unless the settings allow private ones."""
    from readthrough.feeds.network import Network

    return Network(allow=lambda address: True) if settings.fetch.allow_private_addresses else Network()


def fetch(source: str, settings: Settings) -> Draft:
    """Load a source within the limits that are set.

    Raises:
        SourceError: It cannot become an article.
    """
    from readthrough.feeds.files import load_source

    network = network_of(settings) if "://" in source else None
    return load_source(source, limits=limits_of(settings), stdin=sys.stdin.buffer, network=network)


def note_of(draft: Draft, desk: Desk, *, holdings: HoldingsIndex | None = None) -> NoteDocument:
    """Write the note of a draft, keeping nothing."""
    from dataclasses import replace

    from readthrough.desk.flow import analyze
    from readthrough.domain.contract import note_document

    now = desk.clock()
    note = analyze(
        draft.to_article(now), universe=desk.universe, playbooks=desk.playbooks, now=now, holdings=holdings
    )
    reading = replace(note.reading, problems=draft.problems + note.reading.problems)
    return note_document(replace(note, reading=reading))


def read_portfolio(path: Path, desk: Desk, *, name: str = "") -> Portfolio:
    """Read a holdings file; its name names the portfolio unless another is given.

    Raises:
        HoldingsError: It cannot be used.
    """
    from readthrough.portfolio.holdings import read_holdings

    title = name or path.stem
    portfolio = read_holdings(
        _bytes_of(path), portfolio_id=identifier(title), name=title, universe=desk.universe
    )
    if not portfolio.holdings:
        raise HoldingsError(
            f"{str(path)!r} holds no position that could be read.",
            remedy="Give a CSV with a ticker, a quantity and a price a row.",
        )
    return portfolio


def read_text(path: Path) -> str:
    """Read a small UTF-8 file.

    Raises:
        SourceError: It is missing, too large or not UTF-8.
    """
    try:
        return _bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SourceUnreadable(f"{str(path)!r} is not UTF-8 text.", remedy="Save it as UTF-8.") from None


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceNotFound(f"{str(path)!r} cannot be read: {reason}.", remedy="Check the path.") from None
    if len(raw) > _LARGEST:
        raise SourceTooLarge(f"{str(path)!r} is larger than {_LARGEST:,} bytes.", remedy="Split it.")
    return raw


def identifier(name: str) -> str:
    """Turn a name into an id: lower case, hyphens for the rest.

    >>> identifier("Global Equity (EUR)")
    'global-equity-eur'
    """
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split()) or "portfolio"
