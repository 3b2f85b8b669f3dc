"""Suggestions for people who mistype."""

from __future__ import annotations

import pytest

from readthrough.universe import Universe
from readthrough.universe.nearby import near_names


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nvidai", "Nvidia"),
        ("alibabba", "Alibaba"),
        ("Goldman Sacks", "Goldman Sachs"),
        ("instagam", "Instagram"),
    ],
)
def test_a_slip_of_the_hand_is_understood(universe: Universe, typed: str, meant: str) -> None:
    assert meant in near_names(universe, typed)


def test_nothing_is_near_what_is_no_name(universe: Universe) -> None:
    assert near_names(universe, "zzqq unheard of") == ()
    assert near_names(universe, "x") == ()
    assert near_names(universe, "q" * 10_000) == ()
