from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from readthrough.desk.intake import HoldingsIndex, fetch, limits_of, note_of, read_portfolio
from readthrough.desk.open import Desk
from readthrough.domain.errors import HoldingsError, SourceNotFound, SourceRefused, SourceTooLarge
from readthrough.settings import FetchSettings


def test_limits_come_from_settings() -> None:
    limits = limits_of(FetchSettings(max_bytes=7, timeout=timedelta(seconds=3), max_redirects=1))
    assert (limits.max_bytes, limits.deadline, limits.max_redirects) == (7, timedelta(seconds=3), 1)


def test_a_file_or_standard_input_becomes_a_note(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("Alibaba shares rose 7%\n\nAlibaba shares rose 7% on cloud growth.\n", encoding="utf-8")
    draft = fetch(desk, str(file))
    assert fetch(desk, "-", stdin=io.BytesIO(file.read_bytes())).body == draft.body
    book = read_portfolio(desk, _book(tmp_path, "ticker,quantity,price\nBABA,10,80\n"), name="My Fund (EUR)")
    assert (book.id, book.name) == ("my-fund-eur", "My Fund (EUR)")
    document = note_of(desk, draft, holdings=HoldingsIndex([book], desk.universe))
    assert document["book"]
    assert "store" not in desk._parts


def _book(folder: Path, text: str) -> Path:
    file = folder / "book.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_source_meets_the_limits_that_are_set(open_test_desk: Callable[..., Desk], tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("word " * 100, encoding="utf-8")
    with pytest.raises(SourceTooLarge):
        fetch(open_test_desk(**{"fetch.max_bytes": 100}), str(file))
    with pytest.raises(SourceNotFound):
        fetch(open_test_desk(), str(tmp_path / "missing.txt"))
    with pytest.raises(SourceRefused):
        fetch(open_test_desk(), "http://127.0.0.1:9/")


@pytest.mark.parametrize("text", ["", "ticker,quantity,price\n", "nothing useful"])
def test_holdings_that_hold_nothing_are_refused(desk: Desk, tmp_path: Path, text: str) -> None:
    with pytest.raises(HoldingsError) as caught:
        read_portfolio(desk, _book(tmp_path, text))
    assert caught.value.remedy


def test_a_missing_holdings_file_is_named(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(HoldingsError, match=r"missing\.csv"):
        read_portfolio(desk, tmp_path / "missing.csv")
