"""Identifiers and their check digits: ISIN (ISO 6166), LEI (ISO 17442), FIGI (OMG), CIK, MIC (ISO 10383).

Each check takes the plain form: capitals, no spaces. Standard library only, since the room must load
quickly; the tests hold them to python-stdnum.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

__all__ = ["CHECKS", "is_cik", "is_figi", "is_isin", "is_lei", "is_mic"]

_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_FIGI = re.compile(r"[B-DF-HJ-NP-TV-Z]{2}G[B-DF-HJ-NP-TV-Z0-9]{8}[0-9]")
_NOT_FIGI = ("BS", "BM", "GG", "GB", "GH", "KY", "VG")  # would read as an ISIN of these countries
_MIC = re.compile(r"[A-Z0-9]{4}")


def is_isin(value: str) -> bool:
    """Tell whether a value is an ISIN with the right check digit.

    >>> is_isin("US0378331005"), is_isin("US0378331006")
    (True, False)
    """
    if not _ISIN.fullmatch(value):
        return False
    digits = "".join(str(int(letter, 36)) for letter in value)
    return _luhn(digits) % 10 == 0


def is_lei(value: str) -> bool:
    """Tell whether a value is an LEI with the right check digits (ISO 7064, mod 97-10).

    >>> is_lei("HWUPKR0MPOU8FGXBT394"), is_lei("HWUPKR0MPOU8FGXBT395")
    (True, False)
    """
    if not _LEI.fullmatch(value):
        return False
    return int("".join(str(int(letter, 36)) for letter in value)) % 97 == 1


def is_figi(value: str) -> bool:
    """Tell whether a value is a FIGI with the right check digit.

    >>> is_figi("BBG000B9XRY4"), is_figi("BBG000B9XRY5")
    (True, False)
    """
    if not _FIGI.fullmatch(value) or value.startswith(_NOT_FIGI):
        return False
    doubled = (int(letter, 36) * (1 + i % 2) for i, letter in enumerate(value[:-1]))
    total = sum(int(digit) for number in doubled for digit in str(number))
    return (10 - total % 10) % 10 == int(value[-1])


def is_cik(value: str) -> bool:
    """Tell whether a value is a CIK written in full: ten digits, not all of them zero."""
    return len(value) == 10 and value.isascii() and value.isdigit() and int(value) > 0


def is_mic(value: str) -> bool:
    """Tell whether a value has the form of a market identifier: four capitals or digits."""
    return bool(_MIC.fullmatch(value))


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "isin": is_isin,
    "figi": is_figi,
    "cik": is_cik,
    "lei": is_lei,
    "mic": is_mic,
}


def _luhn(digits: str) -> int:
    total = 0
    for i, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + i % 2)
        total += number - 9 if number > 9 else number
    return total
