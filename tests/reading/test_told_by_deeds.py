from __future__ import annotations

import pytest

from .reading_of import reading

TOLD = {
    "The RBI hiked by just 50 basis points.": [("", "interest rate", "up", "50")],
    "Nike's gross margin fell 50 basis points.": [("Nike", "gross margin", "down", "50")],
    "The island nation is projected to grow 6.5 percent next year.": [("", "gdp", "up", "6.5")],
    "The CSI 300, the benchmark of the mainland, was the worst of all, falling 26%.": [
        ("CSI 300", "index", "down", "26")
    ],
    "Nike is struggling abroad, with the share down almost 48% from a peak.": [
        ("Nike", "share price", "down", "48")
    ],
    "Tesco sold the unit for 30 million pounds.": [("Tesco", "deal value", "None", "30000000")],
    "Tesco sold 400 bicycles for 30 million pounds.": [("Tesco", "unspecified", "None", "30000000")],
    "Nike has 43 percent of Puma.": [("Puma", "stake", "None", "43")],
    "Nike beat forecasts while growing its total revenues by 21.8%.": [("Nike", "revenue", "up", "21.8")],
}


@pytest.mark.parametrize(("text", "expected"), list(TOLD.items()))
def test_the_deed_of_a_clause_tells_what_a_figure_measures(
    text: str, expected: list[tuple[str, str, str, str]]
) -> None:
    told = [(f.subject, f.metric, str(f.change), str(f.value)) for f in reading(text).facts]
    assert [row for row in told if row[3] != "400"] == expected
