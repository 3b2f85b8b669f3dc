from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readthrough.domain.reading import Unit
from readthrough.reading.numbers import find_quantities

# text -> "value[..high] unit [currency] [bound]" of each figure in it
FIGURES = {
    "shares rose 7%": "7 percent",
    "up 3.5 per cent": "3.5 percent",
    "to $6.13 billion": "6130000000 money USD",
    "us$3bn": "3000000000 money USD",
    "€1.2bn": "1200000000 money EUR",
    "£3.4m": "3400000 money GBP",
    "1.5 trillion yen": "1500000000000 money JPY",
    "rs 1,200 crore": "12000000000 money INR",
    "45p a share": "0.45 money_per_share GBP",
    "25 cents per share": "0.25 money_per_share USD",
    "$1.23 a share": "1.23 money_per_share USD",
    "120 pence": "1.20 money GBP",
    "25 basis points": "25 basis_points",
    "140bp": "140 basis_points",
    "3.5 percentage points": "3.5 percentage_points",
    "12.5 times earnings": "12.5 multiple",
    "nearly doubled": "2 multiple about",
    "halved": "50 percent",
    "more than half of cloud revenue": "50 percent more than",
    "two-thirds of sales": "66.7 percent",
    "a third of revenue": "33.3 percent",
    "sixty-seven percent of votes": "67 percent",
    "two percent": "2 percent",
    "one million users": "1000000 count",
    "10,000 jobs": "10000 count",
    "2.1 million vehicles": "2100000 count",
    "fell 120 points": "120 points",
    "$10 billion to $12 billion": "10000000000..12000000000 money USD",
    "10 to 12 billion euros": "10000000000..12000000000 money EUR",
    "between 5% and 7%": "5..7 percent",
    "a 3-5% rise": "3..5 percent",
    "$1.5-2 billion": "1500000000..2000000000 money USD",
    "earnings of $6.60 to $7.10 a share": "6.60..7.10 money_per_share USD",
    "will fall 10% to 15%": "10..15 percent",
    "reduced by $850 million to $900 million": "850000000..900000000 money USD",
    "rose $1 billion to $12 billion": "1000000000 money USD; 12000000000 money USD",
    "from $45 to $41.20": "45 money USD; 41.20 money USD",
    "at least $5 billion": "5000000000 money USD more than",
    "about 5%": "5 percent about",
    "-4.5%": "-4.5 percent",
}
NOT_FIGURES = [
    "in 2025 and in the s&p 500",
    "on nov. 12 at 10:30 a.m.",
    "the 21st century",
    "a boeing 737 and an iphone 17",
    "an f-150",
    "triple-digit growth",
    "half the battle in the first half",
    "http://example.com/2/3",
]


def spoken(text: str) -> str:
    parts = []
    for q in find_quantities(text, 0, len(text)):
        value = f"{q.value}..{q.high}" if q.high is not None else str(q.value)
        parts.append(" ".join(w for w in (value, str(q.unit), q.currency, q.bound) if w))
    return "; ".join(parts)


@pytest.mark.parametrize(("text", "expected"), FIGURES.items())
def test_reads_the_figure(text: str, expected: str) -> None:
    assert spoken(text) == expected


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_leaves_what_is_no_figure(text: str) -> None:
    assert spoken(text) == ""


def test_offsets_cover_the_words() -> None:
    text = "cloud revenue of $6.13 billion, up 38%"
    assert [text[q.start : q.end] for q in find_quantities(text, 0, len(text))] == ["$6.13 billion", "38%"]


@given(st.integers(1, 999), st.sampled_from(["million", "billion", "trillion"]))
def test_scale_is_multiplied_out(number: int, scale: str) -> None:
    text = f"${number} {scale}"
    (quantity,) = find_quantities(text, 0, len(text))
    assert quantity.value == Decimal(number) * {"million": 10**6, "billion": 10**9, "trillion": 10**12}[scale]
    assert quantity.unit is Unit.MONEY


@given(st.text(max_size=200))
def test_any_text_is_read_without_overlap(text: str) -> None:
    found = find_quantities(text, 0, len(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= q.start < q.end <= len(text) for q in found)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("growing 2.5-3.0% in", "2.5", "3.0"),
        ("to €800-900m, in line", "800000000", "900000000"),
        ("rs 2,860-2,900 crore", "28600000000", "29000000000"),
        ("put on 11p to 641p", "0.11", "None"),
    ],
)
def test_ranges_written_short(text: str, low: str, high: str) -> None:
    found = find_quantities(text, 0, len(text))[0]
    assert (str(found.value), str(found.high)) == (low, high)
