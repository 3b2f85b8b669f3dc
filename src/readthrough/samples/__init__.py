"""Invented news, an invented portfolio and a few alert rules: enough to see everything work."""

from __future__ import annotations

import json
from importlib.resources import files

__all__ = ["sample_articles", "sample_portfolio", "sample_rules"]


def sample_articles() -> list[dict[str, str]]:
    """Return the sample newswire, oldest first.

    Returns:
        One dictionary an article: id, headline, body, published_at (ISO 8601, UTC), source, url.
    """
    lines = _text("newswire.jsonl").split("\n")
    return [json.loads(line) for line in lines if line]


def sample_portfolio() -> str:
    """Return the sample holdings file: CSV, base currency USD."""
    return _text("portfolio.csv")


def sample_rules() -> str:
    """Return the sample alert rules: TOML, one `[[rule]]` each."""
    return _text("rules.toml")


def _text(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
