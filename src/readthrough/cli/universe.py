"""`readthrough universe`: who is known, and under which names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.domain.security import Issuer

__all__ = ["register"]

universe = typer.Typer(help="Look issuers up.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(universe, name="universe")


@universe.callback()
def main() -> None:
    """Look issuers up."""


@universe.command("lookup")
def lookup(
    context: typer.Context,
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="A name, ticker, ISIN, CIK or LEI.")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="Most issuers.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Find an issuer and its ties to others.

    \b
    readthrough universe lookup alibaba
    readthrough universe lookup 9988.HK
    readthrough universe lookup US0378331005 --json
    """  # fmt: skip
    from readthrough.cli.console import print_json
    from readthrough.cli.session import open_cli_desk
    from readthrough.domain.errors import SourceNotFound

    text = " ".join(name)
    with open_cli_desk(context) as desk:
        known = desk.universe
        exact = known.by_identifier(text) or known.by_ticker(text)
        found = (exact,) if exact is not None else known.search(text, limit=limit)
    if not found:
        raise SourceNotFound(
            f"No issuer matches {text!r}.",
            remedy="Try a ticker (BABA, 9988.HK), or add it to your own overlay (universe.overlay).",
        )
    documents = [_document(issuer, desk) for issuer in found]
    if json:
        print_json(documents)
    else:
        _show(documents)


def _document(issuer: Issuer, desk: Desk) -> dict[str, Any]:
    known = desk.universe
    ties = [(edge, known.issuer(edge.target)) for edge in known.graph.edges(issuer.id)]
    return {
        "id": issuer.id,
        "name": issuer.name,
        "ticker": issuer.ticker or None,
        "tickers": list(issuer.tickers),
        "country": issuer.country or None,
        "sector": issuer.sector or None,
        "industry": issuer.industry or None,
        "cik": issuer.cik or None,
        "lei": issuer.lei or None,
        "isins": [security.isin for security in issuer.securities if security.isin],
        "themes": list(known.graph.themes(issuer.id)),
        "ties": [
            {"relation": edge.relation, "ticker": target.ticker or None, "name": target.name, "why": edge.why}
            for edge, target in ties
            if target is not None
        ],
    }


def _show(documents: list[dict[str, Any]]) -> None:
    from rich.text import Text

    from readthrough.cli.console import MUTED, note_console, plain

    console = note_console()
    for issuer in documents:
        line = Text(plain(issuer["name"]), "bold")
        line.append("  " + " ".join(plain(t) for t in issuer["tickers"]))
        console.print(line)
        about = [issuer["country"], issuer["sector"], issuer["industry"], *issuer["isins"][:2]]
        about += [f"CIK {issuer['cik']}"] if issuer["cik"] else []
        about += [f"LEI {issuer['lei']}"] if issuer["lei"] else []
        console.print(Text("  " + " · ".join(plain(part) for part in about if part), MUTED))
        if issuer["themes"]:
            console.print(Text("  themes: " + ", ".join(plain(t) for t in issuer["themes"]), MUTED))
        by_relation: dict[str, list[str]] = {}
        for tie in issuer["ties"]:
            by_relation.setdefault(str(tie["relation"]), []).append(plain(tie["ticker"] or tie["name"]))
        for relation, names in by_relation.items():
            console.print(Text(f"  {relation}s: " + ", ".join(names[:20]), MUTED))
