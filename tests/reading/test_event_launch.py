"""New wares, told by what stands around them, and what only looks like them."""

from __future__ import annotations

import pytest

from .reading_of import reading

_HEADLINES = (
    ("Samsung unveils foldable tablet with a rollable screen", ""),
    ("Netflix to let you download games", "Netflix is rolling out a games tab to its apps on Monday."),
    ("Sony's new camera", "Sony's new camera, the Alpha 9, goes on sale next month for $4,499."),
    (
        "Ford goes quiet",
        "Ford on Tuesday unveiled the Silverado-fighting Torrent, its first electric pickup.",
    ),
    ("Adobe takes the wraps off a cheaper subscription tier", ""),
    ("AT&T's cheaper streaming service rolls out across the country", ""),
    ("Amazon's first cashierless pharmacy store opens in Denver", ""),
    (
        "Google to offer savings accounts",
        "Alphabet's Google will offer savings accounts from June, a person said.",
    ),
    ("Canon reboots a classic", "Canon is rebooting its iconic film camera as a digital one."),
)
_OTHERWISE = (
    (
        "Samsung Galaxy S40 review: the best phone yet",
        "Samsung unveiled the phone on Monday at a price of $999.",
    ),
    ("Netflix unveils plan to cut 400 jobs", ""),
    ("Ford announces quarterly dividend of 15 cents", ""),
    ("Why Apple's tablets sell", "Apple introduced its first tablet in 2010."),
    ("Intel announces resignation of its finance chief", ""),
)


def _launched(headline: str, body: str) -> bool:
    return any(e.parent == "product_launch" and not e.background for e in reading(body, headline).events)


@pytest.mark.parametrize(("headline", "body"), _HEADLINES)
def test_a_launch_is_put_together_from_its_parts(headline: str, body: str) -> None:
    assert _launched(headline, body)


@pytest.mark.parametrize(("headline", "body"), _OTHERWISE)
def test_what_is_reviewed_recalled_or_no_ware_is_no_launch(headline: str, body: str) -> None:
    assert not _launched(headline, body)
