from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from readthrough.domain.taxonomy import EVENT_TYPES, PARENTS
from readthrough.reading.themes import THEMES
from readthrough.writing import Playbooks, load_playbooks
from readthrough.writing.own_playbooks import read_own
from readthrough.writing.playbooks import FOLDER, known_words

GOOD = """
[[playbook]]
id = "a.b"
weight = 50
why = "because it may well be"
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


def test_ours_pass_the_lint_that_a_firms_own_must_pass() -> None:
    known = replace(known_words(), themes=frozenset(THEMES))
    own = read_own(FOLDER, known)
    assert [str(fault) for fault in own.faults] == []
    assert set(own.playbooks) == set(known.ids)
    assert own.playbooks["capital.buyback"].line > 1


def test_without_a_folder_of_its_own_a_firm_has_ours(playbooks: Playbooks) -> None:
    assert playbooks.own == frozenset()
    assert playbooks.faults == ()


def test_a_firms_own_lie_over_ours(tmp_path: Path, playbooks: Playbooks) -> None:
    (tmp_path / "own.toml").write_text(
        GOOD + GOOD.replace("a.b", "capital.buyback").replace("because", "our house view of buybacks, from 2019 on")
        + '[[playbook]]\nid = "capital.dividend_up"\noff = true\n'
        + '[[lens]]\nid = "kites"\nindustries = ["kites"]\nstring = "string"\n'
        + GOOD.replace("a.b", "a.c").replace("buys its own shares.", "buys {string} for its kites."),
        "utf-8",
    )  # fmt: skip
    loaded = load_playbooks(tmp_path)
    assert loaded.faults == ()
    assert loaded.own == {"a.b", "a.c", "capital.buyback"}
    assert loaded.by_id["capital.buyback"].why.startswith("our house view")
    assert loaded.by_id["capital.buyback"] in loaded.index.by_event["buyback"]
    assert "capital.dividend_up" not in loaded.by_id
    assert len(loaded.playbooks) == len(playbooks.playbooks) + 2 - 1
    assert [lens.id for lens in loaded.lenses][-1] == "kites"
    assert (loaded.by_id["a.c"].file, loaded.by_id["a.c"].line) == ("own.toml", 33)
    assert loaded.digest != playbooks.digest
    (tmp_path / "own.toml").write_text(GOOD.replace("50", "51"), "utf-8")
    assert load_playbooks(tmp_path).digest != loaded.digest


@pytest.mark.parametrize(
    ("change", "line", "what", "remedy"),
    [
        (("buyback", "bye_back"), 7, "no event type 'bye_back'", "Did you mean buyback"),
        (("weight = 50", "wieght = 50"), 4, "unknown key 'wieght'", "Did you mean weight?"),
        (("weight = 50", "weight = 5000"), 4, "no number from 0 to 200", "20 to 100"),
        (("its own shares", "30 % of its shares"), 9, "figure '30' is in no slot", "owns"),
        (('why = "because it may well be"', ""), 2, "'why' is missing", "why"),
        (('id = "a.b"', ""), 2, "'id' is missing", "id"),
        (('wrong_if = "it does not"', 'wrong = "x"'), 12, "unknown key 'wrong'", "wrong_if"),
        (('wrong_if = "it does not"', ""), 8, "says no 'wrong_if'", "would show that it is wrong"),
        (('"1-2 quarters"', '["soon"]'), 11, "no range with a unit", "2-4 quarters"),
        (('"positive"', '"upward"'), 10, "no direction 'upward'", "Use one of"),
        (("{name}", "{nmae}"), 9, "no slot 'nmae'", "Did you mean name"),
        (("{name}", "{fgi:revenue}"), 9, "no slot of a figure 'fgi'", "fig"),
        (("{name}", "{name"), 9, "brace", "{name}"),
        (("{name}", "<<{name}"), 9, "do not pair", "left out"),
        (('["{name}', '["?largefall: {name}'), 9, "no tension 'largefall'", "large_fall"),
        (('events = ["buyback"]', 'events = "buyback"'), 7, "no list of words", "events = ["),
        (('events = ["buyback"]', 'events = []\nlens = ["bankz"]'), 8, "no lens 'bankz'", "bank"),
        (('events = ["buyback"]', 'unless = ["denied"]'), 6, "it asks for nothing", "Name events"),
        (('events = ["buyback"]', 'words = ["Buy Back"]'), 7, "has capitals", "lower case"),
        (('events = ["buyback"]', 'facts = [{ metric = "revenue", vs = "won" }]'), 7, "no vs 'won'", "beat"),
        (('events = ["buyback"]', 'facts = [{ vs = "beat" }]'), 7, "names no metric", "revenue"),
        (('horizon = "1-2 quarters"', 'horizon = "1-2 quarters"\ntickers = ["subject up"]'), 12, "nobody with a sign", "subject +"),
        (('horizon = "1-2 quarters"', 'horizon = "1-2 quarters"\nconfidence = 7'), 12, "not from 0 to 1", "even chance"),
        (("[playbook.market_read]", "[playbook.marketread]"), 8, "unknown key 'marketread'", "market_read"),
        (("[[playbook]]", "[[playbook"), 2, "no TOML", "double quotes"),
        (('"it does not"', '"it does not'), 12, "no TOML", "double quotes"),
        (("[playbook.when]", "[[playbook.decision]]\naction = 1\n[playbook.when]"), 6, "says no 'action'", "action"),
    ],
)  # fmt: skip
def test_a_broken_playbook_is_left_out_and_named(
    tmp_path: Path, change: tuple[str, str], line: int, what: str, remedy: str
) -> None:
    broken = GOOD.replace(*change)
    assert broken != GOOD
    (tmp_path / "own.toml").write_text(broken + GOOD.replace("a.b", "a.c"), "utf-8")
    loaded = load_playbooks(tmp_path)
    assert loaded.own == {"a.c"}
    told = [f for f in loaded.faults if what in f.what]
    assert told, [str(f) for f in loaded.faults]
    assert (told[0].file, told[0].line) == ("own.toml", line)
    assert remedy in told[0].remedy


def test_a_doubt_is_told_and_used(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD.replace("because it may well be", "because"), "utf-8")
    own = read_own(tmp_path, known_words())
    assert [f.what for f in own.found if f.doubt] == ["a.b: the reason is short"]
    assert load_playbooks(tmp_path).own == {"a.b"}


def test_an_owned_figure_is_allowed(tmp_path: Path) -> None:
    text = GOOD.replace("its own shares", "30 % of its shares").replace(
        "weight = 50", 'weight = 50\nowns = ["30 %"]'
    )
    (tmp_path / "own.toml").write_text(text, "utf-8")
    assert load_playbooks(tmp_path).by_id["a.b"].owns == {"30 %"}


def test_a_figure_is_asked_for_by_a_known_name(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD.replace("{name}", "{fig:shoes}"), "utf-8")
    known = replace(known_words(), metrics=frozenset({"revenue"}))
    (fault,) = read_own(tmp_path, known).faults
    assert "no figure 'shoes'" in fault.what


def test_of_two_with_one_id_the_first_stands(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD + GOOD, "utf-8")
    loaded = load_playbooks(tmp_path)
    assert loaded.own == {"a.b"}
    (fault,) = loaded.faults
    assert (fault.line, "own.toml:2 too" in fault.what) == (15, True)


def test_what_is_no_playbook_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('title = "mine"\n' + GOOD, "utf-8")
    (tmp_path / "b.toml").write_bytes(b"\xff\xff")
    (tmp_path / "c.toml").write_text(
        '[[playbook]]\nid = "no.such"\noff = true\n[[lens]]\nid = "x"\n', "utf-8"
    )
    loaded = load_playbooks(tmp_path)
    assert loaded.own == {"a.b"}
    told = sorted(str(f) for f in loaded.faults)
    assert [t.split(": ")[0] for t in told] == ["a.toml:1", "b.toml", "c.toml:2", "c.toml:4"]
    assert "stands before the first playbook" in told[0]
    assert "cannot be read" in told[1]
    assert "'no.such' is none of ours" in told[2]
    assert "lens is malformed" in told[3]


def test_a_folder_that_is_missing_or_empty_leaves_ours(tmp_path: Path, playbooks: Playbooks) -> None:
    missing = load_playbooks(tmp_path / "absent")
    assert len(missing.playbooks) == len(playbooks.playbooks)
    assert "does not exist" in missing.faults[0].what
    assert load_playbooks(tmp_path).faults == ()
    assert read_own(tmp_path, known_words()).found[0].doubt
