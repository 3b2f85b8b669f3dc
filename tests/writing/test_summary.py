from __future__ import annotations

import pytest

from readthrough.domain.note import Note
from readthrough.writing.summary import compress

from .conftest import Tell


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        ("NEW YORK (Reuters) - Acme rose 3%.", "Acme rose 3%."),
        ("CHARLOTTE, N.C., Nov 16 - Acme agreed to buy Bolt.", "Acme agreed to buy Bolt."),
        ("(Reuters) - Acme rose 3%.", "Acme rose 3%."),
        ("However, Acme (NYSE: ACM) rose 3%.", "Acme rose 3%."),
        ("Acme said on Tuesday it would cut jobs.", "Acme said it would cut jobs."),
        ("Profit rose 3%, the company said.", "Profit rose 3%."),
        ("Profit rose 3%, according to a filing", "Profit rose 3%."),
        ("Acme joins on Nov. 23, S&P Dow Jones Indices said.", "Acme joins on Nov. 23, S&P Dow Jones Indices said."),
        ("U.S. crude gained 3.6% to $67.02.", "U.S. crude gained 3.6% to $67.02."),
        ('Acme is not in talks," the retailer said.', "Acme is not in talks, the retailer said."),
        ("eBay rose 3%", "eBay rose 3%."),
        ("", ""),
    ],
)  # fmt: skip
def test_a_sentence_is_cut_only_by_deletion(sentence: str, short: str) -> None:
    assert compress(sentence) == short


def test_summaries_say_who_first_and_the_reaction(notes: dict[str, Note]) -> None:
    for key, name in (
        ("rejection", "Biogen"),
        ("deal", "Honeywell"),
        ("strike", "Boeing"),
        ("recall", "Ford"),
    ):
        summary = notes[key].summary
        assert name in summary[0].text
        assert len(summary) <= 4
    assert any("9.3%" in s.text for s in notes["rejection"].summary)


def test_every_statement_cites_its_passage(notes: dict[str, Note]) -> None:
    for note in notes.values():
        assert note.summary
        assert all(s.support for s in note.summary)


def test_two_short_sentences_share_one_and_keep_their_places(tell: Tell) -> None:
    note = tell(
        "Nvidia beats estimates, sees sales of $65 billion",
        "Nvidia reported third-quarter revenue of $57.0 billion, up 62% from a year earlier and above the $54.9 billion that "
        "analysts had forecast for the period. It expects revenue of $65 billion for the current quarter; Wall Street was "
        "looking for $61.7 billion. Adjusted gross margin was 73.6%. The shares rose 5.1% after hours. AMD gained 3.5%.",
    )
    texts = [s.text for s in note.summary]
    assert any("$65 billion" in t for t in texts), "an outlook is not given up for a rival's price"
    (shared,) = [
        s for s in note.summary if s.text.startswith("Adjusted gross margin was 73.6%; the shares rose 5.1%")
    ]
    assert len(shared.support) == 2
