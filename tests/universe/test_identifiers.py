"""Check digits, against python-stdnum."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import figi, isin, lei

from readthrough.universe.identifiers import is_cik, is_figi, is_isin, is_lei, is_mic

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@given(st.text(LETTERS, min_size=9, max_size=9), st.integers(0, 9))
def test_isin_agrees(body: str, digit: int) -> None:
    assert is_isin(f"US{body}{digit}") == isin.is_valid(f"US{body}{digit}")


@given(st.text(LETTERS, min_size=18, max_size=18), st.integers(0, 99))
def test_lei_agrees(body: str, digits: int) -> None:
    assert is_lei(f"{body}{digits:02}") == lei.is_valid(f"{body}{digits:02}")


@given(st.text("BCDFGHJKLMNPQRSTVWXYZ0123456789", min_size=8, max_size=8), st.integers(0, 9))
def test_figi_agrees(body: str, digit: int) -> None:
    assert is_figi(f"BBG{body}{digit}") == figi.is_valid(f"BBG{body}{digit}")


@pytest.mark.parametrize("value", ["US0378331005", "KYG017191142", "GB0002634946", "CH0038863350"])
def test_real_isins(value: str) -> None:
    assert is_isin(value)
    assert not is_isin(value[:-1] + str((int(value[-1]) + 1) % 10))


@pytest.mark.parametrize("value", ["", "us0378331005", "US037833100", "US0378331005\n", "US03783310०5"])
def test_other_forms_are_refused(value: str) -> None:
    assert not any(check(value) for check in (is_isin, is_figi, is_lei, is_cik))


def test_cik_and_mic() -> None:
    assert is_cik("0000320193")
    assert not is_cik("0000000000")
    assert not is_cik("320193")
    assert is_mic("XNAS")
    assert not is_mic("xnas")
