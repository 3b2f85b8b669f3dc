"""Triggers that have the words of an event but not its grammar."""

from __future__ import annotations

import pytest

from .reading_of import reading


@pytest.mark.parametrize(
    ("body", "parent"),
    [
        ("Facebook CEO Mark Zuckerberg said the social network removed 652 pages.", "management_change"),
        ("Cambridge Analytica, hired by President Trump's campaign, gained access to Facebook data.", "management_change"),
        ("Meituan hit its highest price since its initial public offering.", "ipo"),
        ("Takeda may sell drugs that came with its 2011 purchase of Nycomed.", "ma_announced"),
        ("Sprint doesn't want you to buy your next phone in a deal worth $5.", "ma_announced"),
        ("Tencent agreed to buy 6.3 million of those shares in the deal.", "ma_announced"),
        ("Boeing received no new orders for the jet in March.", "contract_change"),
        ("Amazon says Friday is as good a time to buy as any.", "ma_announced"),
        ("Netflix made a bid to buy the broadcast rights to the league.", "ma_announced"),
        ("Sony will now allow users to sign up from their phones.", "user_metrics"),
        ("Alphabet is there for you, and it won’t judge.", "litigation"),
        ("(Corrects paragraph 3. Also clarifies what Target does)", "denial_clarification"),
        ("The agency keeps a negative outlook on Revlon, reflecting a risk of downgrade if it cannot refinance.",
         "analyst_rating_change"),
        ("Mattel shares drop as DC Comics signs toy deal with Spin Master.", "ma_blocked_or_terminated"),
    ],
)  # fmt: skip
def test_no_event_without_its_grammar(body: str, parent: str) -> None:
    assert parent not in {e.parent for e in reading(body).events}


@pytest.mark.parametrize(
    ("body", "parent"),
    [
        ("Boeing named Kelly Ortberg chief executive on Tuesday.", "management_change"),
        ("Boeing fired its chief executive after two crashes.", "management_change"),
        ("Reddit priced its initial public offering at $34 a share.", "ipo"),
        ("Merck agreed to buy Insmed for $39 billion in cash.", "ma_announced"),
    ],
)
def test_with_its_grammar_it_stays(body: str, parent: str) -> None:
    assert parent in {e.parent for e in reading(body).events}
