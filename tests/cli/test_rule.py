"""Rules at the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ended

RULES = """
[[rule]]
id = "cuts"
events = ["guidance_cut"]
min_abs_score = 0.9

[[rule.none_of]]
sectors = ["Autos"]
"""
ARTICLE = {
    "headline": "Target cuts full-year guidance",
    "body": "Target cut its full-year guidance on Monday.",
}


def test_a_rule_is_tried_kept_shown_and_switched(command: Callable[..., Ended], tmp_path: Path) -> None:
    rules, history = tmp_path / "rules.toml", tmp_path / "month.jsonl"
    rules.write_text(RULES, encoding="utf-8")
    history.write_text(json.dumps(ARTICLE) + "\n", encoding="utf-8")
    tried = command("alert", "rule", "test", str(rules), "--on", str(history))
    assert tried.status == 0
    assert "cuts: 0 time(s)" in tried.out
    assert "without min_abs_score 0.9 it would have spoken 1 more time(s)" in " ".join(tried.out.split())
    assert command("rule", "add", str(rules)).status == 0
    shown = command("rule", "show", "cuts")
    assert "none_of[1].sectors" in shown.out
    assert command("rule", "disable", "cuts").status == 0
    assert json.loads(command("rule", "show", "cuts", "--json").out)["enabled"] is False
    assert command("rule", "enable", "cuts").status == 0
    assert json.loads(command("rule", "test", "cuts", "--json").out)[0]["notes"] == 0


def test_a_bad_rule_is_refused_with_the_place_of_the_fault(
    command: Callable[..., Ended], tmp_path: Path
) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(RULES.replace('"Autos"', '""'), encoding="utf-8")
    refused = command("rule", "test", str(rules))
    assert refused.status == 12
    assert "none_of[1].sectors[1]: is empty" in refused.err.replace("\n", " ")
    assert command("rule", "test", "nobody").status == 12
    assert command("rule", "show", "nobody").status == 12


def test_a_rule_is_shown_with_how_often_its_predicate_failed(
    command: Callable[..., Ended], tmp_path: Path
) -> None:
    rules, story = tmp_path / "rules.toml", tmp_path / "story.txt"
    rule = '[[rule]]\nid = "third"\ntickers = ["TGT"]\npredicate = "1 / size(facts) > 0"\n'
    rules.write_text(rule, "utf-8")
    story.write_text(f"{ARTICLE['headline']}\n\n{ARTICLE['body']}\n", "utf-8")
    assert command("rule", "add", str(rules)).status == 0
    assert "could not be evaluated" not in command("rule", "show", "third").err
    assert command("analyze", str(story), "--save").status == 0
    shown = command("rule", "show", "third")
    assert "could not be evaluated on 1 note(s)" in " ".join(shown.err.split())
    assert json.loads(command("rule", "show", "third", "--json").out)["predicate_failed"] == 1
