"""Acts of courts, authorities and partners in words that no pattern holds."""

from __future__ import annotations

import pytest

from .reading_of import reading


def _told(headline: str, body: str) -> set[str]:
    return {f"{e.parent} {e.polarity}" for e in reading(body, headline).events if not e.background}


@pytest.mark.parametrize(
    ("headline", "body", "want"),
    [
        (
            "Jury hears opening arguments in Bayer weedkiller trial",
            "A lawyer for the plaintiff told jurors in St. Louis that Bayer hid what it knew.",
            "litigation negative",
        ),
        (
            "Oracle accuses former engineers of taking its code",
            "Oracle asked a federal court in San Jose to stop three men from using it, according to the complaint.",
            "litigation",
        ),
        (
            "Perrigo slides as the tax man calls",
            "Irish authorities hit Perrigo with a tax bill of $1.6 billion.",
            "regulatory_probe_or_action negative",
        ),
        (
            "Garmin teams up with Pfizer on sleep",
            "Garmin is partnering with Pfizer to watch over patients' sleep.",
            "contract_change positive",
        ),
        (
            "Hasbro sinks on loss of film licence",
            "Hasbro said the loss of its licensing contract would weigh on sales.",
            "contract_change negative",
        ),
    ],
)
def test_an_act_is_told_by_who_acts(headline: str, body: str, want: str) -> None:
    assert any(line.startswith(want) for line in _told(headline, body))


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Netflix to film courtroom drama", "The Netflix series follows a judge in Ohio."),
        ("Lawmakers urge Germany not to ban Huawei", "A group wrote to ministers not to ban Huawei."),
        ("Pfizer drug trial meets its goal", "Pfizer said the late-stage trial in 900 patients succeeded."),
    ],
)
def test_what_only_sounds_like_an_act_is_none(headline: str, body: str) -> None:
    told = {line.split()[0] for line in _told(headline, body)}
    assert not told & {"litigation", "regulatory_probe_or_action"}
