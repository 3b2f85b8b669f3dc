"""Whose alerts are shown, and in whose name one is answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readthrough.domain.account import OWNER
from readthrough.web.whose import acting, admits, people_of

ANN = replace(OWNER, login="ann", person_id="per_1", via="session")
KEY = replace(ANN, via="key")


@pytest.mark.parametrize(
    ("asked", "me", "expected"),
    [
        ("", OWNER, None),
        ("", KEY, None),
        ("", ANN, {"ann", "per_1", ""}),
        ("me", KEY, {"ann", "per_1", ""}),
        ("*", ANN, None),
        ("bob", ANN, {"bob", ""}),
    ],
)
def test_who_signs_in_at_a_page_gets_their_own_unless_they_ask(
    asked: str, me: object, expected: set[str] | None
) -> None:
    found = people_of(asked, me)  # type: ignore[arg-type]
    assert found == (None if expected is None else frozenset(expected))


def test_the_desks_own_alerts_are_everybodys() -> None:
    people = people_of("me", ANN)
    assert [admits(people, {"person": name}) for name in ("ann", "bob", "", None)] == [
        True,
        False,
        True,
        True,
    ]


def test_a_message_is_for_whom_its_alert_is_for() -> None:
    people = people_of("me", ANN)
    told = [admits(people, {"type": "alert.fired", "data": {"person": name}}) for name in ("ann", "bob", "")]
    assert told == [True, False, True]


def test_who_signs_in_cannot_act_as_another() -> None:
    assert acting(ANN, "bob") == acting(KEY, "") == "ann"
    assert acting(OWNER, "bob") == "bob"
