"""Figures as holdings files write them: grouped, bracketed, with signs and symbols around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

__all__ = ["BLANKS", "comma_decimal", "dot_decimal", "parse_number", "writes_decimal_commas"]

BLANKS = frozenset({"", "-", "--", "---", "–", "—", "n/a", "na", "#n/a", "nan", "null", "none", "nil"})

_LONGEST = 40
# groups of three, or the Indian way: pairs before a last group of three
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]*)?")
_PLAIN = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_DRESS = re.compile(r"^(?:[A-Z]{3}|HK\$|US\$|[$€£¥₹])\s*|\s*(?:[A-Z]{3}|[$€£¥₹])$")
_SPACES = str.maketrans("", "", " \t\u00a0\u202f\u2009'’")
_SWAP = str.maketrans(",.", ".,")
_COMMA_DECIMAL = re.compile(r"[0-9],(?:[0-9]{1,2}|[0-9]{4,})$")
_POINTED = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{3}|0\.[0-9]{3}"
)  # what else these could mean is nothing
_DOT_DECIMAL = re.compile(r"[0-9]\.(?:[0-9]{1,2}|[0-9]{4,})$")


def parse_number(text: str, *, decimal_comma: bool = False) -> Decimal | None:
    """Read one figure exactly.

    Understands thousands separators (comma, space, apostrophe), a leading or trailing minus,
    parentheses for a negative, a currency symbol or code, and a percent sign, which is dropped:
    "12.5%" is 12.5.

    Args:
        text: The cell.
        decimal_comma: Whether this file writes 1.234,56 rather than 1,234.56.

    Returns:
        The figure, or None for a blank cell.

    Raises:
        ValueError: The cell is neither blank nor one figure.

    >>> parse_number("(1,234.50)"), parse_number("1.234,5", decimal_comma=True), parse_number("n/a")
    (Decimal('-1234.50'), Decimal('1234.5'), None)
    """
    core = text.strip()
    if core.lower() in BLANKS:
        return None
    if len(core) > _LONGEST:
        raise ValueError(f"{core[:_LONGEST]!r}… is too long for a figure")
    core, negative = _unsigned(core.replace("\u2212", "-").removesuffix("%").strip())
    if decimal_comma:
        core = core.translate(_SWAP)
    core = core.translate(_SPACES)
    if not (_GROUPED.fullmatch(core) or _PLAIN.fullmatch(core)):
        raise ValueError(f"{text.strip()!r} is not a figure")
    value = Decimal(core.replace(",", ""))
    return -value if negative and value else value


def _unsigned(core: str) -> tuple[str, bool]:
    negative = False
    if core.startswith("(") and core.endswith(")"):
        core, negative = core[1:-1].strip(), True
    core = _DRESS.sub("", _sign_first(core))
    if core.startswith("-"):
        core, negative = core[1:].strip(), not negative
    return _DRESS.sub("", core.removeprefix("+")).strip(), negative


def _sign_first(core: str) -> str:
    return "-" + core[:-1].rstrip() if len(core) > 1 and core.endswith("-") else core


def writes_decimal_commas(cells: Iterable[str]) -> bool:
    """Tell whether a file's figures use a decimal comma: some cell must, and none a decimal point.

    >>> writes_decimal_commas(["12,5", "1.000"]), writes_decimal_commas(["1,000", "12,5", "3.25"])
    (True, False)
    """
    seen = False
    for cell in cells:
        core = cell.strip().rstrip("%)- ")
        if _DOT_DECIMAL.search(core):
            return False
        seen = seen or bool(_COMMA_DECIMAL.search(core))
    return seen


def comma_decimal(cell: str) -> bool:
    """Tell whether a figure can only be read with a decimal comma.

    >>> comma_decimal("1.234,5"), comma_decimal("1,234")
    (True, False)
    """
    core = _core(cell)
    return bool(_COMMA_DECIMAL.search(core)) and not _has_letters(core)


def dot_decimal(cell: str) -> bool:
    """Tell whether a figure can only be read with a decimal point.

    >>> dot_decimal("1,234.5"), dot_decimal("1.234")
    (True, False)
    """
    core = _core(cell)
    return bool(_DOT_DECIMAL.search(core) or _POINTED.fullmatch(core)) and not _has_letters(core)


def _core(cell: str) -> str:
    return cell.strip().lstrip("($€£¥₹-+ ").rstrip("%)- $€£¥₹")


def _has_letters(core: str) -> bool:
    return any(character.isalpha() for character in core)
