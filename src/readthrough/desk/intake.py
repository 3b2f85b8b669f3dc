"""What comes in from outside: sources as drafts, holdings files as portfolios. The edges ask here."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from readthrough.desk.flow import analyze
from readthrough.domain.contract import NoteDocument, note_document
from readthrough.domain.errors import HoldingsError
from readthrough.domain.portfolio import Portfolio
from readthrough.feeds.draft import Draft
from readthrough.feeds.extract import check_draft
from readthrough.feeds.files import load_source
from readthrough.feeds.limits import Limits
from readthrough.feeds.unpack import GZIP_MARK

if TYPE_CHECKING:
    from readthrough.alerts.rules import parse_rule, read_rules
    from readthrough.desk.open import Desk
    from readthrough.domain.article import Article
    from readthrough.domain.note import Note
    from readthrough.feeds.lines import line_id, lines_of, read_line
    from readthrough.portfolio.assess import HoldingsIndex
    from readthrough.portfolio.holdings import read_holdings
    from readthrough.settings import FetchSettings

__all__ = [
    "GZIP_MARK",
    "Draft",
    "HoldingsIndex",
    "Limits",
    "fetch",
    "limits_of",
    "line_id",
    "lines_of",
    "note_of",
    "parse_rule",
    "read_article",
    "read_holdings",
    "read_line",
    "read_portfolio",
    "read_rules",
    "unkept",
]

_LATER = {
    "HoldingsIndex": "readthrough.portfolio.assess",
    "line_id": "readthrough.feeds.lines",
    "lines_of": "readthrough.feeds.lines",
    "read_line": "readthrough.feeds.lines",
    "read_holdings": "readthrough.portfolio.holdings",
    "parse_rule": "readthrough.alerts.rules",
    "read_rules": "readthrough.alerts.rules",
}


def __getattr__(name: str) -> Any:
    """Load what rules, holdings and batches need when it is asked for: most articles are read without."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(_LATER[name]), name)
    globals()[name] = found
    return found


def limits_of(part: FetchSettings) -> Limits:
    """Turn the fetch settings into what a source may cost."""
    return Limits(max_bytes=part.max_bytes, max_redirects=part.max_redirects, deadline=part.timeout)


def fetch(desk: Desk, source: str, *, stdin: BinaryIO | None = None) -> Draft:
    """Load a path, an http(s) address or "-" within the limits that are set.

    Raises:
        SourceError: It cannot become an article.
    """
    part = desk.settings.fetch
    network = None
    if part.allow_private_addresses and "://" in source:
        from readthrough.feeds.network import Network

        network = Network(allow=lambda address: True)
    return load_source(source, limits=limits_of(part), stdin=stdin, network=network)


def read_article(desk: Desk, record: Mapping[str, Any], *, what: str = "The article") -> Draft:
    """Make a draft of an article given as JSON fields, by the same rules as files and batch lines.

    Raises:
        SourceError: It holds no words or too many, a field is of the wrong type, or its time cannot be read.
    """
    from readthrough.feeds.records import read_record

    draft = read_record(record, what=what)
    check_draft(draft, limits_of(desk.settings.fetch), what)
    return draft


def note_of(desk: Desk, draft: Draft, *, holdings: HoldingsIndex | None = None) -> NoteDocument:
    """Write the note of a draft for the books given, keeping nothing and opening no database."""
    return note_document(unkept(desk, draft, holdings))


def unkept(desk: Desk, item: Article | Draft, holdings: HoldingsIndex | None) -> Note:
    """Read and write with what a desk has loaded, keeping nothing and opening no database."""
    return analyze(
        item,
        universe=desk.universe,
        playbooks=desk.playbooks,
        now=desk.clock(),
        holdings=holdings,
        reader=desk.sentence_reader,
    )


def read_portfolio(desk: Desk, path: Path, *, name: str = "") -> Portfolio:
    """Read a holdings file; its name names the portfolio unless another is given.

    Raises:
        HoldingsError: It cannot be read, or no row of it can.
    """
    from readthrough.portfolio.holdings import read_holdings

    title = name or path.stem
    try:
        text = path.read_bytes()
    except OSError as error:
        raise HoldingsError(
            f"The holdings file {str(path)!r} cannot be read: {error.strerror}.",
            remedy="Check the path and its permissions.",
            path=str(path),
        ) from error
    portfolio = read_holdings(text, portfolio_id=_identifier(title), name=title, universe=desk.universe)
    if not portfolio.holdings:
        raise HoldingsError(
            f"{str(path)!r} holds no position that could be read.",
            remedy="Give a CSV with a ticker, a quantity and a price a row.",
            path=str(path),
        )
    return portfolio


def _identifier(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split()) or "portfolio"
