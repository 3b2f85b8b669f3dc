"""What a row is worth in base currency, or why that cannot be known. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from readthrough.domain.reading import Problem
from readthrough.portfolio.currencies import is_currency
from readthrough.portfolio.identity import Identity
from readthrough.portfolio.prices import MINOR_UNITS, major_unit

__all__ = ["Terms", "base_value", "currency_of", "row_problem"]

_SAME_VALUE = Decimal(
    "0.01"
)  # custodians round prices: 1 % tells local from base currency, not right from wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the file and the caller say of currencies."""

    base: str
    rates: Mapping[str, Decimal]  # base currency per unit
    value_currency: str  # of the market-value column, empty when its header does not say
    fx_currency: str  # that the rate column converts into, empty when its header does not say


def row_problem(number: int, code: str, detail: str, remedy: str = "") -> Problem:
    """Return a problem that names its row."""
    return Problem(code=code, detail=f"row {number}: {detail}", remedy=remedy)


def currency_of(stated: str, identity: Identity) -> str:
    """Return the row's currency: stated, else the listing's, else empty.

    London quotes in pence or pounds, so there the listing alone settles nothing.
    """
    if stated:
        return stated if stated in MINOR_UNITS else stated.upper()
    listing = identity.listing
    if listing is not None and listing.currency and listing.mic != "XLON":
        return listing.currency
    us_line = identity.issuer is not None and "." not in identity.ticker
    return "USD" if us_line else ""


def base_value(
    number: int, currency: str, figures: Mapping[str, Decimal | None], terms: Terms
) -> Decimal | Problem:
    """Value a row.

    Args:
        number: Its row.
        currency: Its currency, empty when unknown.
        figures: Its cells: base_value, market_value, quantity, price and fx, None where blank.
        terms: What is known of currencies.

    Returns:
        The value in base currency, or the problem that prevents it.
    """
    if (given := figures["base_value"]) is not None:
        return given
    stated, quantity, price = figures["market_value"], figures["quantity"], figures["price"]
    if quantity is not None and (size := figures.get("multiplier")) is not None:
        quantity *= size  # of contracts, each of so many units
    if stated is not None and terms.value_currency:
        return _converted(number, stated, terms.value_currency, figures["fx"], terms)
    if stated is None and (quantity is None or price is None):
        return row_problem(
            number, "no_value", "has neither a market value nor a quantity and a price", "Add one of them."
        )
    if currency == terms.base and stated is not None:
        return stated
    local = quantity * price if quantity is not None and price is not None else None
    if stated is None:
        assert local is not None
        return _converted(number, local, currency, figures["fx"], terms)
    return _either(number, stated, local, currency, figures["fx"], terms)


def _either(
    number: int, stated: Decimal, local: Decimal | None, currency: str, fx: Decimal | None, terms: Terms
) -> Decimal | Problem:
    """Settle whether a stated value is in local or base currency, by quantity times price."""
    converted = None if local is None else _converted(number, local, currency, fx, terms)
    if isinstance(converted, Problem):
        return converted
    if local is not None and converted is not None:
        if _close(stated, converted):
            return stated
        if _close(stated, local) or _close(stated, local / major_unit(currency)[1]):
            return converted
    return row_problem(
        number,
        "value_currency_unknown",
        f"its market value may be in {currency or 'its own currency'} or in {terms.base}",
        f"Name the column 'Market value ({terms.base})', or give quantity and price.",
    )


def _close(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _SAME_VALUE * max(abs(one), abs(other))


def _converted(
    number: int, amount: Decimal, currency: str, fx: Decimal | None, terms: Terms
) -> Decimal | Problem:
    major, parts = major_unit(currency)
    if major and not is_currency(major):
        return row_problem(
            number,
            "unknown_currency",
            f"{major[:12]!r} is no currency",
            "Use an ISO 4217 code (USD, EUR); write GBp for prices in pence.",
        )
    if not major:
        return row_problem(
            number,
            "no_currency",
            "its currency is not known",
            "Add a currency column with ISO codes; write GBp for prices in pence.",
        )
    if major == terms.base:
        return amount / parts
    usable = terms.fx_currency in ("", terms.base)
    rate = fx if fx is not None and usable else terms.rates.get(major)
    if rate is None or rate <= 0:
        return row_problem(
            number,
            "no_rate",
            f"no rate from {major} to {terms.base}, so its weight is unknown",
            f"Add an fx column ({terms.base} per {major}), a market value in {terms.base}, or a weight.",
        )
    return amount * rate / parts
