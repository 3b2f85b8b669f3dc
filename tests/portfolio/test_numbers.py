"""Figures as custodians write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readthrough.portfolio.numbers import parse_number, writes_decimal_commas

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1234", "1234"),
        ("1,234,567.89", "1234567.89"),
        ("12,34,567", "1234567"),
        ("1 234.5", "1234.5"),
        ("1'234.5", "1234.5"),
        ("(1,000)", "-1000"),
        ("($1,000.25)", "-1000.25"),
        ("100-", "-100"),
        ("\u2212100", "-100"),
        ("-$5.00", "-5.00"),
        ("$-5.00", "-5.00"),
        ("USD 12.5", "12.5"),
        ("12.5 EUR", "12.5"),
        ("HK$ 3", "3"),
        ("+7", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1.5E+06", "1500000"),
        ("12.5%", "12.5"),
        ("(0)", "0"),
    ],
)
def test_reads(cell: str, value: str) -> None:
    assert parse_number(cell) == Decimal(value)


@pytest.mark.parametrize("cell", ["", "  ", "-", "--", "N/A", "#N/A", "NaN", "None"])
def test_blank_cells_hold_nothing(cell: str) -> None:
    assert parse_number(cell) is None


@pytest.mark.parametrize(
    "cell",
    ["abc", "1,5", "1.2.3", "1,23,4", "12e999", "Infinity", "1/2", "=A1*2", "--5", "١٢", "9" * 41, "1;2"],
)
def test_refuses_what_is_not_one_figure(cell: str) -> None:
    with pytest.raises(ValueError, match="figure"):
        parse_number(cell)


def test_decimal_commas_are_a_matter_of_the_whole_file() -> None:
    assert writes_decimal_commas(["1.000", "12,5"])
    assert not writes_decimal_commas(["1,000", "12.5"])
    assert not writes_decimal_commas(["1,000", "2,000"])
    assert parse_number("1.234.567,89", decimal_comma=True) == Decimal("1234567.89")


@UNHURRIED
@given(AMOUNTS)
def test_grouped_figures_come_back_exactly(value: Decimal) -> None:
    assert parse_number(f"{value:,}") == value


@UNHURRIED
@given(AMOUNTS)
def test_bracketed_figures_are_negative(value: Decimal) -> None:
    assert parse_number(f"({abs(value):,})") == -abs(value)


@UNHURRIED
@given(AMOUNTS)
def test_continental_figures_come_back_exactly(value: Decimal) -> None:
    assert parse_number(f"{value:,}".translate(str.maketrans(",.", ".,")), decimal_comma=True) == value


@UNHURRIED
@given(st.text(max_size=60))
def test_any_cell_is_a_figure_a_blank_or_refused(cell: str) -> None:
    try:
        value = parse_number(cell)
    except ValueError:
        return
    assert value is None or value.is_finite()
