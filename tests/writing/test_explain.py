"""What is said of a playbook's silence agrees with what the writer does."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.writing.conftest import Told

from readthrough.domain.reading import Noise
from readthrough.universe import Universe
from readthrough.writing import Playbooks, load_playbooks
from readthrough.writing.claims import matches
from readthrough.writing.conditions import anchors, facts_for
from readthrough.writing.explain import explain, failed_conditions
from readthrough.writing.scene import Scene


def test_every_silence_has_a_reason_and_every_speech_is_the_writers(
    stories: dict[str, Told], universe: Universe, playbooks: Playbooks
) -> None:
    for key, (article, reading) in stories.items():
        verdicts = explain(article, reading, playbooks=playbooks, universe=universe)
        assert len(verdicts) == len(playbooks.playbooks)
        scene = Scene(article, reading, universe, playbooks.lenses)
        spoken = [b.playbook.id for b in matches(scene, playbooks)] if reading.noise is None else []
        assert sorted(v.playbook_id for v in verdicts if v.speaks) == sorted(spoken), key
        for verdict in verdicts:
            where = (key, verdict.playbook_id)
            assert bool(verdict.condition) is bool(verdict.reason) is not verdict.speaks, where
            assert not verdict.speaks or verdict.says or not playbooks.by_id[verdict.playbook_id].claims, (
                where
            )


def test_the_conditions_in_words_are_the_conditions(
    stories: dict[str, Told], universe: Universe, playbooks: Playbooks
) -> None:
    for article, reading in stories.values():
        scene = Scene(article, reading, universe, playbooks.lenses)
        for playbook in playbooks.playbooks:
            for subject, _ in anchors(scene, playbook.when, scene.firm):
                failed = list(failed_conditions(scene, playbook.when, subject))
                assert bool(failed) is (facts_for(scene, playbook.when, subject) is None), playbook.id


def test_reasons_name_the_condition(
    stories: dict[str, Told], universe: Universe, playbooks: Playbooks
) -> None:
    article, reading = stories["recall"]
    by_id = {v.playbook_id: v for v in explain(article, reading, playbooks=playbooks, universe=universe)}
    assert by_id["capital.buyback"].condition == "events"
    assert by_id["capital.buyback"].reason == "it asks for buyback; the page tells of product_recall"
    speaking = [v for v in by_id.values() if v.speaks]
    assert speaking[0].score == max(v.score for v in speaking)
    assert any(said.outcome == "said" and said.text for v in speaking for said in v.says)


WHEN = """
[[playbook]]
id = "t.t"
why = "because it is asked for in a test"
[playbook.when]
{when}
[playbook.market_read]
text = ["{{name}} is told of."]
direction = "positive"
horizon = "1-2 quarters"
wrong_if = "it is not"
"""


@pytest.mark.parametrize(
    ("when", "condition", "words"),
    [
        ('events = ["product_recall"]', "", ""),
        ('events = ["product_recall"]\npolarity = ["positive"]', "polarity", "reads negative"),
        ('events = ["product_recall"]\nmodality = ["denied"]', "modality", "is actual"),
        ('events = ["product_recall"]\ntension = ["missed_yet_rose"]', "tension", "the story has"),
        ('events = ["product_recall"]\nunless = ["has_event"]', "unless", "rules it out"),
        ('events = ["product_recall"]\nreaction = "up"', "reaction", "a rise; the price fell"),
        ('events = ["product_recall"]\nlens = ["banks"]', "lens", "Ford is seen as"),
        ('events = ["product_recall"]\nthemes = ["gold"]', "themes", "no theme"),
        ('events = ["product_recall"]\nrole = "bidder"', "role", "neither side"),
        ('events = ["product_recall"]\nsubject = "macro"', "subject", "this one is company"),
        ('events = ["product_recall"]\nwithout = ["product_withdrawal"]', "without", "is told too"),
        ('events = ["product_recall"]\nwords = ["airbag"]', "words", "none of “airbag”"),
        ('events = ["product_recall"]\nnowords = ["brake"]', "nowords", "says “brake”"),
        ('events = ["product_recall"]\nheadwords = ["airbag"]', "headwords", "the opening"),
        ('headline = ["airbag"]', "headline", "the headline says none"),
        ('events = ["product_recall"]\nfacts = [{ metric = "revenue" }]', "facts", "no revenue of Ford"),
        (
            'events = ["product_recall"]\nfacts = [{ metric = "charge", change = "up" }]',
            "facts",
            "but not up",
        ),
    ],
)
def test_each_condition_that_fails_is_named(
    stories: dict[str, Told], universe: Universe, tmp_path: Path, when: str, condition: str, words: str
) -> None:
    lens = next(lens.id for lens in load_playbooks().lenses if "bank" in lens.id)
    (tmp_path / "t.toml").write_text(WHEN.format(when=when.replace('"banks"', f'"{lens}"')), "utf-8")
    own = load_playbooks(tmp_path)
    assert own.faults == ()
    article, reading = stories["recall"]
    (verdict,) = explain(article, reading, playbooks=own, universe=universe, ids=["t.t"])
    assert verdict.condition == condition
    assert words in verdict.reason
    assert verdict.speaks is not bool(condition)


def test_on_a_page_that_is_no_news_none_speaks(
    stories: dict[str, Told], universe: Universe, playbooks: Playbooks
) -> None:
    from dataclasses import replace

    article, reading = stories["recall"]
    verdicts = explain(
        article, replace(reading, noise=next(iter(Noise))), playbooks=playbooks, universe=universe
    )
    assert {v.condition for v in verdicts} == {"news"}
