"""How figures, scores, times and names look on a page: true minus, separators, en dash for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

from readthrough.desk.documents import as_written
from readthrough.domain.errors import told

__all__ = [
    "bps",
    "clock",
    "ended",
    "event_name",
    "fact_beside",
    "fact_value",
    "moment",
    "num",
    "pct",
    "plain",
    "safe_url",
    "score",
    "sign",
    "sign_of",
    "tickers_query",
    "words",
]

NOTHING: Final = "–"
NEUTRAL_BELOW: Final = 0.10
"""Magnitude under which a score is neutral, as in `domain.reading.label_of`."""

# Direction overrides, isolates, marks, and controls that print nothing: they can make a line read otherwise
# than it is stored. Lone surrogates cannot be encoded at all.
_DECEPTIVE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_SYMBOLS: Final[Mapping[str, str]] = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}
_SCALES: Final = ((1e12, " tn"), (1e9, " bn"), (1e6, " m"))
# Names that words alone would make too long for a chip, or misspell.
_EVENTS: Final[Mapping[str, str]] = {
    "accounting_irregularity": "Accounting",
    "activist_involvement": "Activist",
    "analyst_downgrade": "Downgrade",
    "analyst_rating_change": "Analyst rating",
    "analyst_upgrade": "Upgrade",
    "bankruptcy_or_insolvency": "Insolvency",
    "capex_change": "Capex",
    "central_bank_appointment": "Central bank",
    "central_bank_decision": "Central bank",
    "commodity_price_move": "Commodity price",
    "contract_change": "Contract",
    "contract_or_customer_loss": "Contract loss",
    "credit_quality_deterioration": "Credit quality",
    "credit_rating_change": "Credit rating",
    "credit_rating_downgrade": "Credit downgrade",
    "credit_rating_upgrade": "Credit upgrade",
    "crypto_market_event": "Crypto market",
    "denial_clarification": "Denial",
    "dividend_change": "Dividend",
    "dividend_cut_or_suspension": "Dividend cut",
    "earnings_result": "Earnings",
    "fx_move": "FX move",
    "guidance_change": "Guidance",
    "guidance_maintained": "Guidance kept",
    "insider_or_activist": "Insider, activist",
    "ipo": "IPO",
    "ipo_suspended": "IPO suspended",
    "layoffs_restructuring": "Layoffs",
    "liquidity_or_default_risk": "Liquidity",
    "ma_announced": "M&A announced",
    "ma_blocked_or_terminated": "M&A blocked",
    "ma_completed": "M&A completed",
    "ma_rumour_or_nonbinding": "M&A rumour",
    "macro_data_release": "Macro data",
    "management_change": "Management",
    "market_wide_move": "Market move",
    "product_discontinuation": "Product ended",
    "recap_no_new_information": "Recap",
    "regulatory_probe_or_action": "Regulator",
    "regulatory_rule_change": "Rule change",
    "sector_readacross": "Read-across",
    "settlement_or_fine": "Settlement, fine",
    "short_seller_report": "Short seller",
    "spin_off_or_split": "Spin-off, split",
    "tariff_trade_policy": "Trade policy",
}


def plain(text: str) -> str:
    """Make characters that reorder or hide text visible as U+FFFD; each stays one code point.

    >>> plain("a\\u202eb")
    'a\\ufffdb'
    """
    # Most values are plain, and a page has thousands: none of these characters counts as printable.
    return text if text.isprintable() else _DECEPTIVE.sub("\ufffd", text)


def num(value: float | None, decimals: int | None = None, *, plus: bool = False) -> str:
    """Write a figure with separators; all its decimals when `decimals` is None.

    >>> num(-1234.5), num(3, 2, plus=True), num(None)
    ('−1,234.5', '+3.00', '–')
    """
    if value is None:
        return NOTHING
    if decimals is None:
        text = (
            f"{abs(value):,.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{abs(value):,}"
        )
    else:
        text = f"{abs(value):,.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        return text
    return f"−{text}" if value < 0 else f"+{text}" if plus else text


def score(value: float | None) -> str:
    """Write a score in [-1, 1] with its sign and two decimals.

    >>> score(0.22), score(-0.3), score(0.0)
    ('+0.22', '−0.30', '0.00')
    """
    return num(value, 2, plus=True)


def pct(share: float | None, decimals: int = 0) -> str:
    """Write a decimal share as percent.

    >>> pct(0.853)
    '85%'
    """
    return NOTHING if share is None else f"{num(share * 100, decimals)}%"


def bps(value: float | None) -> str:
    """Write signed basis points with one decimal, the unit left to the header.

    >>> bps(-3.24)
    '−3.2'
    """
    return num(value, 1, plus=True)


def sign(value: float | None) -> str:
    """Class a score: `pos`, `neg` or `neu`.

    >>> sign(0.22), sign(-0.22), sign(0.05), sign(None)
    ('pos', 'neg', 'neu', 'neu')
    """
    if value is None or abs(round(value, 2)) < NEUTRAL_BELOW:
        return "neu"
    return "pos" if value > 0 else "neg"


def sign_of(value: float | None) -> str:
    """Class a change by its sign alone: `pos`, `neg` or `neu`.

    >>> sign_of(0.01), sign_of(-0.01), sign_of(0)
    ('pos', 'neg', 'neu')
    """
    return "pos" if (value or 0) > 0 else "neg" if (value or 0) < 0 else "neu"


def tickers_query(tickers: Iterable[str]) -> str:
    """Write the feed's filter of some tickers.

    >>> tickers_query(["BABA", "9988.HK"])
    'ticker=BABA&ticker=9988.HK'
    """
    return urlencode([("ticker", ticker) for ticker in tickers])


def words(name: str | None) -> str:
    """Turn a code name into words.

    >>> words("market_read")
    'Market read'
    """
    text = (name or "").replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def event_name(event_type: str | None) -> str:
    """Name an event type for a reader.

    >>> event_name("ma_rumour_or_nonbinding"), event_name("earnings_beat")
    ('M&A rumour', 'Earnings beat')
    """
    return _EVENTS.get(event_type or "", "") or words(event_type)


def safe_url(url: str | None) -> str:
    """Return an address a page may link to, or nothing: http and https only.

    >>> safe_url("javascript:alert(1)"), safe_url("https://news.example/1")
    ('', 'https://news.example/1')
    """
    return url if url and re.match(r"https?://[^\s/]", url, re.IGNORECASE) else ""


def moment(value: str | None) -> datetime | None:
    """Parse a time of the contract; nothing when it is missing or malformed."""
    try:
        parsed = datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
    return parsed.astimezone(UTC) if parsed and parsed.tzinfo else None


def clock(value: str | None, now: datetime) -> str:
    """Write a UTC time: the clock for today's, the day too for older.

    >>> clock("2026-03-02T13:30:05Z", datetime(2026, 3, 2, 15, tzinfo=UTC))
    '13:30:05'
    >>> clock("2026-03-02T13:30:05Z", datetime(2026, 3, 9, 15, tzinfo=UTC))
    '02 Mar 13:30'
    """
    at = moment(value)
    if at is None:
        return NOTHING
    if at.date() == now.date():
        return at.strftime("%H:%M:%S")
    return at.strftime("%d %b %H:%M" if at.year == now.year else "%d %b %Y")


def fact_value(fact: Mapping[str, Any]) -> str:
    """Write a fact's figure with its hedge, unit, range and direction; a fraction as the article words it.

    >>> fact_value({"value": 6130000000, "unit": "money", "currency": "USD"})
    '$6.13 bn'
    >>> fact_value({"value": 3, "unit": "percent", "is_change": True, "change": "down"})
    '▼ 3%'
    >>> fact_value({"value": 50, "unit": "percent", "bound": "more than"})
    'more than 50%'
    """
    if written := as_written(fact):
        return written
    low, high = _amount(fact, fact.get("value")), _amount(fact, fact.get("high"))
    text = low if fact.get("high") is None else f"{low}–{high}"
    arrow = {"up": "▲ ", "down": "▼ "}.get(str(fact.get("change")), "") if fact.get("is_change") else ""
    hedge = f"{fact['bound']} " if fact.get("bound") else ""
    return arrow + hedge + text


def fact_beside(fact: Mapping[str, Any]) -> str:
    """Say what a figure is measured against: what was expected, what it was before.

    >>> fact_beside({"value": 67, "unit": "percent", "expected": 63, "previous": 60})
    'expected 63%, before 60%'
    """
    pairs = (("expected", fact.get("expected")), ("before", fact.get("previous")))
    return ", ".join(f"{name} {_amount(fact, value)}" for name, value in pairs if value is not None)


def ended(text: str) -> str:
    """End a text with a full stop where it has no end yet.

    >>> ended("The time names no zone")
    'The time names no zone.'
    """
    return told(text)


def _amount(fact: Mapping[str, Any], value: float | None) -> str:
    if value is None:
        return NOTHING
    unit = fact.get("unit")
    if unit in ("money", "money_per_share"):
        currency = str(fact.get("currency") or "")
        symbol = _SYMBOLS.get(currency, f"{currency} " if currency else "")
        minus = "−" if value < 0 else ""
        return f"{minus}{symbol}{_scaled(abs(value))}" + ("/share" if unit == "money_per_share" else "")
    suffix = {
        "percent": "%",
        "percentage_points": " pp",
        "basis_points": " bp",
        "multiple": "×",
        "points": " points",
    }.get(str(unit), "")
    if suffix:
        return num(value) + suffix
    return f"{_scaled(value)} {fact.get('counted') or ''}".strip()


def _scaled(value: float) -> str:
    for size, suffix in _SCALES:
        if abs(value) >= size:
            return num(round(value / size, 3)) + suffix
    return num(value)
