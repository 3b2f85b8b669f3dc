"""What the how-to pages tell people to write passes the checks that they tell them to run."""

from __future__ import annotations

import re
from pathlib import Path

from readthrough.universe import load_universe
from readthrough.universe.graph_check import check_graph
from readthrough.writing import load_playbooks

HOWTO = Path(__file__).parents[2] / "docs/howto"


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", (HOWTO / page).read_text("utf-8"), re.DOTALL)


def test_the_playbooks_of_the_page_are_sound(tmp_path: Path) -> None:
    shown = blocks("playbooks.md", "toml")
    assert len(shown) == 2
    for number, text in enumerate(shown):
        (tmp_path / f"{number}.toml").write_text(text, "utf-8")
    loaded = load_playbooks(tmp_path)
    assert [str(fault) for fault in loaded.faults] == []
    assert loaded.own == {"house.recall"}
    assert "capital.buyback" not in loaded.by_id


def test_the_graph_of_the_page_is_sound(tmp_path: Path) -> None:
    (text,) = blocks("graph.md", "text")
    (tmp_path / "graph.txt").write_text(text, "utf-8")
    (tmp_path / "issuers.txt").write_text(
        "= US | Energy\n@acme | Acme Grid | batteries |\n= US | Consumer Goods\n@fizz | Fizz Water | drinks |\n",
        "utf-8",
    )
    known = load_universe(tmp_path)
    assert [str(fault) for fault in check_graph(tmp_path, known)] == []
    assert known.graph.faults == ()
    assert known.graph.members("Grid batteries")
    assert known.graph.exposed("helium")
