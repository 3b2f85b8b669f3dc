"""Who speaks in news without being its subject."""

from __future__ import annotations

import pytest

from readthrough.universe import Universe


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Reuters", "agency"), ("Dow Jones Newswires", "agency"), ("wall street journal", "agency"),
        ("Goldman Sachs", "broker"), ("Wedbush", "broker"), ("NYSE", "exchange"), ("S&P 500", "index"),
        ("Dow Jones Industrial Average", "index"), ("FTSE 100", "index"), ("Hang Seng", "index"), ("Nike", ""),
    ],
)  # fmt: skip
def test_kinds(universe: Universe, name: str, kind: str) -> None:
    assert universe.sources.kind_of(name) == kind


def test_brokers_know_their_issuer(universe: Universe) -> None:
    goldman = universe.by_ticker("GS")
    assert goldman is not None
    assert universe.sources.brokers["Goldman Sachs"] == goldman.id
    assert universe.sources.brokers["Needham"] == ""
    assert all(not i or universe.issuer(i) for i in universe.sources.brokers.values())
