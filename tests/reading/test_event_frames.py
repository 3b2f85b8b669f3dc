"""A matter and what moves it, in any order; and matters that are somebody else's."""

from __future__ import annotations

import pytest

from readthrough.domain.taxonomy import parent_of
from readthrough.reading.patterns.frames import FRAMES

from .reading_of import reading

_TOLD = (
    ("Nike results", "Nike reported results. It knocked $300 million off its sales forecast.", "guidance_change negative"),
    ("Nike results", "Nike reported results. The group pushed back its margin target by a year.", "guidance_change negative"),
    ("Nike results", "Nike reported results. The company did not touch its full-year forecast.", "guidance_change neutral"),
    ("Nike results", "Nike reported results. Its full-year guidance is unaltered.", "guidance_change neutral"),
    ("UBS sours on Nike, says sell", "Nike shares slid 3%.", "analyst_rating_change negative"),
    ("Nike falls as Citi pulls its buy rating", "Citi is neutral now.", "analyst_rating_change negative"),
    ("Nike added to Goldman's conviction list", "Goldman sees 30% upside.", "analyst_rating_change positive"),
    ("Deckers gets S&P 500 nod", "Deckers rose in late trading.", "index_change positive"),
    ("Intel puts Ohio fab on ice", "Nobody knows for how long.", "capex_change negative"),
    ("TSMC earmarks $40 billion for new fabs", "They are to stand in Arizona.", "capex_change positive"),
    ("Spirit Airlines runs low on cash", "Spirit is burning $50 million a month.", "liquidity_or_default_risk negative"),
    ("Nike plays down talk of Adidas deal", "Nike gave no detail.", "denial_clarification neutral"),
    ("Bullion at all-time peak", "Investors fled to safety.", "commodity_price_move positive"),
    ("U.S. and India seal trade pact", "Details are to follow.", "tariff_trade_policy positive"),
    ("German factory orders slump", "The ministry in Berlin blamed weak demand from Asia.", "macro_data_release negative"),
    ("Bank of Japan stands pat on rates", "The decision was unanimous.", "central_bank neutral"),
)  # fmt: skip
_UNTOLD = (
    ("Goldman Sachs cut its copper forecast", "guidance_change"),
    ("Moody's puts Nike's rating on review", "analyst_rating_change"),
    ("S&P 500 joins global rally as Nike gains 2%", "index_change"),
    ("Gold card perks attract more American Express users", "commodity_price_move"),
)


@pytest.mark.parametrize(("headline", "body", "want"), _TOLD)
def test_a_frame_tells(headline: str, body: str, want: str) -> None:
    told = {f"{e.parent} {e.polarity}" for e in reading(body, headline).events if not e.background}
    assert want in told


@pytest.mark.parametrize(("headline", "parent"), _UNTOLD)
def test_another_s_matter_is_not_told(headline: str, parent: str) -> None:
    assert parent not in {e.parent for e in reading("There was no comment.", headline).events}


@pytest.mark.parametrize("frame", FRAMES)
def test_every_frame_can_be_searched(frame: object) -> None:
    for name in ("matter", "up", "down", "kept", "nothing"):
        pattern = getattr(frame, name)
        assert pattern is None or pattern.search("~") is None
    assert all(parent_of(t) for t in getattr(frame, "types") if t)  # noqa: B009 - frames are plain rows
