"""Pages without the usual news: what they are is known from their headline, and little is said of them."""

from __future__ import annotations

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.note import Note
from readthrough.reading.read import read
from readthrough.universe import Universe
from readthrough.writing import Playbooks

from .conftest import NOW, Tell, note_from


def _playbooks(note: Note) -> set[str]:
    return {s.id for c in note.analysis for s in c.support if s.kind == "playbook"}


def test_a_page_that_looks_ahead_is_no_report(tell: Tell) -> None:
    note = tell(
        "Here come Nvidia's first-quarter earnings",
        "Nvidia is scheduled to report its first-quarter earnings after the bell on Thursday.\n"
        "Analysts expect revenue of $2.2 billion, down from $3.2 billion a year earlier.",
    )
    assert "pages.preview" in _playbooks(note)
    assert not any(p.startswith(("results.", "guidance.")) for p in _playbooks(note))


def test_a_page_for_shoppers_says_so_and_no_more(tell: Tell) -> None:
    note = tell(
        "Microsoft's best Black Friday deals",
        "Microsoft is taking a few dollars off its Surface line and the Xbox One on Black Friday.\n"
        "The most enticing offer takes $100 off a console.",
    )
    assert _playbooks(note) <= {"pages.gadget"}
    assert all(d.direction == "flat" for d in note.decisions)


def test_a_quiet_page_gets_two_lines_at_most(tell: Tell) -> None:
    note = tell(
        "Amazon's founder takes a large robot for a ride",
        "Amazon's founder was seen on Monday in the seat of a large robot at a conference of the company.\n"
        "The robot is made by somebody else. Amazon did not say what it would do with it.",
    )
    assert len(note.analysis) <= 2


def test_no_trade_is_said_in_other_words_on_another_page(universe: Universe, playbooks: Playbooks) -> None:
    said = set()
    for name in ("Apple", "Microsoft", "Amazon", "Netflix", "Nvidia", "Tesla"):
        body = (
            f"{name} Inc. said on Monday that it had shown visitors around its offices in California. "
            f"The visitors saw a garden that {name} planted last spring, and met people who work at {name}."
        )
        headline = f"{name} shows visitors around its offices"
        article = Article(id=ArticleId(f"art_{name}"), headline=headline, body=body, received_at=NOW)
        note = note_from(article, read(article, universe, version="test"), universe, playbooks)
        said |= {d.action.replace(name, "X") for d in note.decisions}
    assert len(said) >= 2


def test_a_summary_opens_with_what_the_page_is_about(tell: Tell) -> None:
    note = tell(
        "AMD beats estimates, shares fall",
        "What does a chipmaker have to do these days?\n"
        "AMD reported revenue of $9.87 billion on Tuesday, ahead of the $9.52 billion that analysts expected.\n"
        "And the shares? Down 5.4% in extended trading.",
    )
    assert note.summary[0].text.startswith("AMD reported revenue")
    assert not any(s.text.startswith("Down") for s in note.summary)
