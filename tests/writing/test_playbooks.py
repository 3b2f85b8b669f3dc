from __future__ import annotations

from pathlib import Path

import pytest

from readthrough.domain.errors import UniverseError
from readthrough.domain.taxonomy import EVENT_TYPES, PARENTS
from readthrough.writing import Playbooks, load_playbooks
from readthrough.writing import playbooks as writing_playbooks

GOOD = """
[[playbook]]
id = "a.b"
weight = 50
why = "because"
[playbook.when]
events = ["buyback"]
[playbook.market_read]
text = ["{name} buys its own shares."]
direction = "positive"
horizon = "1-2 quarters"
wrong_if = "it does not"
"""


def test_the_bundled_playbooks_cover_the_taxonomy(playbooks: Playbooks) -> None:
    assert len(playbooks.playbooks) >= 100
    assert len(playbooks.lenses) >= 40
    asked = {e for p in playbooks.playbooks for e in p.when.events}
    missing = [
        parent
        for parent, fines in PARENTS.items()
        if parent not in asked and not any(f in asked for f in fines)
    ]
    assert missing == []
    assert all(e in EVENT_TYPES or e in PARENTS for e in asked)


def test_every_claim_has_a_reason_a_range_and_a_way_to_be_wrong(playbooks: Playbooks) -> None:
    for playbook in playbooks.playbooks:
        assert len(playbook.why.split()) >= 6, playbook.id
        for claim in playbook.claims.values():
            assert claim.wrong_if, playbook.id
            assert claim.direction in ("positive", "negative", "mixed", "neutral"), playbook.id
            assert all(len(t.split()) <= 70 for t in claim.texts), playbook.id


def test_the_bundled_playbooks_hold_no_stray_figure() -> None:
    folder = Path(writing_playbooks.__file__).parent / "playbooks"
    assert load_playbooks(folder).digest == load_playbooks().digest


def test_a_firm_loads_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD)
    loaded = load_playbooks(tmp_path)
    assert [p.id for p in loaded.playbooks] == ["a.b"]
    (tmp_path / "own.toml").write_text(GOOD.replace("50", "51"))
    assert load_playbooks(tmp_path).digest != loaded.digest


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("buyback", "bye_back"), "no event type"),
        (("weight = 50", "wieght = 50"), "unknown key"),
        (("its own shares", "30 % of its shares"), "in no slot"),
        (('why = "because"', ""), "missing or wrong"),
        (("[[playbook]]", "[[playbook"), "cannot be read"),
        (('wrong_if = "it does not"', 'wrong = "x"'), "unknown key"),
    ],
)
def test_a_broken_playbook_is_named(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    (tmp_path / "own.toml").write_text(GOOD.replace(*change))
    with pytest.raises(UniverseError, match=says) as caught:
        load_playbooks(tmp_path)
    assert "own.toml" in str(caught.value)
    assert caught.value.remedy


def test_an_owned_figure_is_allowed(tmp_path: Path) -> None:
    text = GOOD.replace("its own shares", "30 % of its shares").replace(
        "weight = 50", 'weight = 50\nowns = ["30 %"]'
    )
    (tmp_path / "own.toml").write_text(text)
    assert load_playbooks(tmp_path).playbooks[0].owns == {"30 %"}


def test_two_playbooks_may_not_share_an_id(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD + GOOD)
    with pytest.raises(UniverseError, match="occurs twice"):
        load_playbooks(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UniverseError, match="No playbooks"):
        load_playbooks(tmp_path)
