"""The second reader finds what a note has and its page has not."""

from dataclasses import replace

import pytest

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.note import Note, Statement
from readthrough.research.evals.coverage import say
from readthrough.research.evals.gold import READ_AT
from readthrough.research.evals.supported import measure_notes, unsupported_figures, unsupported_names
from readthrough.universe import load_universe
from readthrough.universe.master import Universe
from readthrough.writing.playbooks import Playbooks, load_playbooks


@pytest.fixture(scope="module")
def universe() -> Universe:
    return load_universe()


@pytest.fixture(scope="module")
def playbooks() -> Playbooks:
    return load_playbooks()


@pytest.fixture(scope="module")
def note(universe: Universe, playbooks: Playbooks) -> Note:
    body = (
        "Nvidia said revenue rose 12% to $35 billion in the quarter, ahead of the $33 billion that analysts expected. "
        "Its shares fell 3% in late trading as it guided to a lower margin."
    )
    article = Article(id=ArticleId("a"), headline="Nvidia revenue rises 12%", body=body, received_at=READ_AT)
    return say(article, universe, playbooks)


def test_a_note_as_written_has_nothing_unsupported(
    note: Note, universe: Universe, playbooks: Playbooks
) -> None:
    assert note.summary
    assert list(unsupported_figures(note, playbooks)) == []
    assert list(unsupported_names(note, universe, playbooks)) == []


@pytest.mark.parametrize(
    ("text", "figures", "names"),
    [
        ("Revenue rose 13%.", ["13 %"], []),
        ("Revenue rose to $35 million.", ["35 million"], []),
        ("Revenue rose 12 percent to $35bn.", [], []),
        ("Revenue rose, and Zorblax paid for it.", [], ["Zorblax"]),
    ],
)
def test_what_the_page_has_not_is_found(
    text: str, figures: list[str], names: list[str], note: Note, universe: Universe, playbooks: Playbooks
) -> None:
    doctored = replace(note, summary=(Statement(text=text, support=()),), analysis=(), decisions=())
    assert list(unsupported_figures(doctored, playbooks)) == figures
    assert list(unsupported_names(doctored, universe, playbooks)) == names


def test_wires_in_their_own_markup_are_read(
    tmp_path: object, universe: Universe, playbooks: Playbooks
) -> None:
    folder = tmp_path / "reuters21578"  # type: ignore[operator]
    folder.mkdir()
    story = (
        '<REUTERS NEWID="1"><TEXT><TITLE>NVIDIA REVENUE UP 12 PCT</TITLE><BODY>Nvidia said revenue rose 12 pct to 35\n'
        "billion dlrs in the quarter, ahead of what analysts expected of it.\n Reuter\n&#3;</BODY></TEXT></REUTERS>"
    )
    (folder / "reut2-000.sgm").write_text(story)
    found = {m.name: m.value for m in measure_notes(folder.parent, universe, playbooks)}
    assert found["unsupported figures"] == 0
    assert found["notes without an unsupported figure"] == 1.0
