"""Figures as a reader sees them: true minus, separators, an en dash for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from readthrough.cli.console import DOWN, MUTED, UP
from readthrough.desk.documents import as_written

__all__ = [
    "NOTHING",
    "arrow",
    "basis_points",
    "fact_value",
    "number",
    "percent",
    "score",
    "tone",
    "weight",
    "words",
]

NOTHING: Final = "–"
_SYMBOLS: Final = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
    "KRW": "₩",
    "CNY": "CN¥",
    "HKD": "HK$",
}
_SCALES: Final = {"trillion": 1e12, "billion": 1e9, "million": 1e6, "thousand": 1e3}
_NEUTRAL_BELOW: Final = 0.10
_INITIALISMS: Final = {"ma": "M&A", "ipo": "IPO", "fx": "FX"}


def number(value: float | None, decimals: int | None = None, *, plus: bool = False) -> str:
    """Write a figure; all the decimals it has when `decimals` is None.

    >>> number(-1234.5), number(3, 1, plus=True), number(None)
    ('−1,234.5', '+3.0', '–')
    """
    if value is None:
        return NOTHING
    size = abs(value)
    text = f"{size:,.{decimals}f}" if decimals is not None else f"{size:,.10f}".rstrip("0").rstrip(".")
    if not any(digit in text for digit in "123456789"):
        return text
    return "−" + text if value < 0 else "+" + text if plus else text


def score(value: float | None) -> str:
    """Write a score in [-1, 1]: sign and two decimals.

    >>> score(0.22), score(-0.3), score(None)
    ('+0.22', '−0.30', '–')
    """
    return number(value, 2, plus=True)


def percent(share: float | None) -> str:
    """Write a share in [0, 1] as a whole percentage.

    >>> percent(0.62), percent(None)
    ('62%', '–')
    """
    return NOTHING if share is None else f"{share * 100:.0f}%"


def weight(share: float | None) -> str:
    """Write a weight as percent with two decimals, the unit left to the header.

    >>> weight(0.0525), weight(None)
    ('5.25', '–')
    """
    return number(None if share is None else share * 100, 2)


def basis_points(value: float | None) -> str:
    """Write signed basis points with one decimal, the unit left to the header.

    >>> basis_points(-3.24), basis_points(None)
    ('−3.2', '–')
    """
    return number(value, 1, plus=True)


def words(code: str) -> str:
    """Turn a code into words.

    >>> words("read_through"), words("ma_announced")
    ('Read through', 'M&A announced')
    """
    first, _, rest = code.partition("_")
    return " ".join(filter(None, (_INITIALISMS.get(first, first.capitalize()), rest.replace("_", " "))))


def tone(value: float | str | None) -> str:
    """Return the style of a score or of a direction in words."""
    if isinstance(value, str):
        return {"positive": UP, "up": UP, "negative": DOWN, "down": DOWN}.get(value, MUTED)
    if value is None or abs(value) < _NEUTRAL_BELOW:
        return MUTED
    return UP if value > 0 else DOWN


def arrow(direction: str) -> str:
    """Return the mark of a direction, so that colour never says it alone."""
    marks = {
        "positive": "▲",
        "up": "▲",
        "negative": "▼",
        "down": "▼",
        "mixed": "◆",
        "neutral": "●",
        "flat": "●",
    }
    return marks.get(direction, "")


def fact_value(fact: Mapping[str, Any]) -> str:
    """Write a fact's figure as the contract carries it, hedge included; a fraction as the article words it.

    >>> fact_value({"value": 6130000000, "unit": "money", "currency": "USD", "scale": "billion"})
    '$6.13 billion'
    >>> fact_value({"value": 7, "unit": "percent", "is_change": True, "change": "down"})
    '−7%'
    >>> fact_value({"value": 50, "unit": "percent", "bound": "more than"})
    'more than 50%'
    """
    if written := as_written(fact):
        return written
    low, high = fact.get("value"), fact.get("high")
    scale = str(fact.get("scale") or "")
    divisor = _SCALES.get(scale, 1.0)
    text = number(None if low is None else low / divisor)
    if high is not None:
        text += "–" + number(high / divisor)
    text = _with_unit(text, fact, scale)
    sign = {"up": "+", "down": "−"}.get(str(fact.get("change") or ""), "") if fact.get("is_change") else ""
    signed = sign + text if low is not None and not text.startswith("−") else text
    return f"{fact.get('bound') or ''} {signed}".strip()


def _with_unit(text: str, fact: Mapping[str, Any], scale: str) -> str:
    unit = str(fact.get("unit") or "")
    scaled = f"{text} {scale}" if scale in _SCALES else text
    if unit in ("money", "money_per_share"):
        currency = str(fact.get("currency") or "")
        symbol = _SYMBOLS.get(currency, f"{currency} " if currency else "")
        return f"{symbol}{scaled}" + (" a share" if unit == "money_per_share" else "")
    if unit == "count":
        counted = str(fact.get("counted") or "")
        told = counted and str(fact.get("metric") or "").endswith(counted)
        return scaled if told else f"{scaled} {counted}".strip()
    suffix = {
        "percent": "%",
        "percentage_points": " pp",
        "basis_points": " bp",
        "multiple": "×",
        "points": " points",
    }
    return scaled + suffix.get(unit, "")
