from __future__ import annotations

import pytest

from readthrough.domain.errors import SourceUnreadable
from readthrough.feeds.limits import Limits
from readthrough.feeds.pdf import read_pdf

from .pages import encrypted_pdf, pdf

LONG = "Orbex raised its full-year revenue guidance on Thursday after sales in the first quar-"


def test_lines_that_the_page_cut_are_joined() -> None:
    draft = read_pdf(
        pdf(
            [[LONG, "ter rose by 12%, more than the market had expected of it at the start of", "the year."]]
        ),
        limits=Limits(),
    )
    assert "first quarter rose by 12%" in draft.body
    assert "start of the year." in draft.body


def test_the_title_is_the_headline() -> None:
    assert (
        read_pdf(pdf([[LONG]], title="Orbex raises guidance"), limits=Limits()).headline
        == "Orbex raises guidance"
    )
    assert read_pdf(pdf([[LONG]], title="scan0001.doc"), limits=Limits()).headline == ""


def test_pages_are_joined_and_counted() -> None:
    draft = read_pdf(
        pdf([["First page words."], ["Second page words."], ["Third."]]), limits=Limits(max_pages=2)
    )
    assert draft.body == "First page words.\n\nSecond page words."
    assert [p.code for p in draft.problems] == ["pages_left_out"]


def test_a_scan_and_a_locked_file_are_told_apart() -> None:
    with pytest.raises(SourceUnreadable, match="scanned"):
        read_pdf(pdf([[]]), limits=Limits())
    with pytest.raises(SourceUnreadable, match="encrypted"):
        read_pdf(encrypted_pdf(), limits=Limits())
    with pytest.raises(SourceUnreadable, match="damaged"):
        read_pdf(b"%PDF-1.4 nothing", limits=Limits())


BODY = [
    "Orbex Plc raised its full-year revenue guidance on Thursday after sales",
    "rose 12%.",
    "Shares rose 6%.",
]


def test_a_first_line_in_larger_type_is_the_headline() -> None:
    draft = read_pdf(pdf([["Orbex raises guidance", *BODY]], head=16), limits=Limits())
    assert draft.headline == "Orbex raises guidance"
    assert draft.body.startswith("Orbex Plc raised")


def test_a_first_line_before_a_gap_is_the_headline() -> None:
    draft = read_pdf(pdf([["Orbex raises guidance", "", *BODY]]), limits=Limits())
    assert draft.headline == "Orbex raises guidance"
    assert draft.body.startswith("Orbex Plc raised")
    assert read_pdf(pdf([["Orbex raises guidance", *BODY]]), limits=Limits()).headline == ""
