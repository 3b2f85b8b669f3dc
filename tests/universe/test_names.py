from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readthrough.domain.article import Span
from readthrough.domain.security import IssuerId, Name, NameKind
from readthrough.universe.names import NameTable, fold, fold_words, tokens_of
from readthrough.universe.table import NameRow


def name(text: str, issuer: str = "x", *, ambiguous: bool = False) -> Name:
    return Name(text=text, issuer_id=IssuerId(issuer), kind=NameKind.SHORT, ambiguous=ambiguous)


def surfaces(table: NameTable, text: str) -> list[str]:
    tokens = tokens_of(text, Span(0, len(text)))
    return [text[tokens.starts[m.first] : tokens.ends[m.end - 1]] for m in table.find(tokens)]


TABLE = NameTable(
    name(text)
    for text in (
        "Alibaba", "Alibaba Group", "Bank of America", "America Movil", "AT&T", "Procter & Gamble", "Nestlé", "Coca-Cola",
        "McDonald's", "Lands' End", "eBay", "UPS", "Best Buy", "J.M. Smucker", "Amazon.com", "Ørsted", "L'Oréal", "3M",
        "St. Jude Medical", "U.S. Bancorp", "GE",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Alibaba Group and Alibaba", ["Alibaba Group", "Alibaba"]),
        ("Bank of America", ["Bank of America"]),
        ("Bank Of America", ["Bank Of America"]),
        ("BANK OF AMERICA", ["BANK OF AMERICA"]),
        ("the bank of america", []),
        ("AT&T's and AT & T", ["AT&T's", "AT & T"]),
        ("Procter and Gamble’s", ["Procter and Gamble’s"]),
        ("Nestle, Nestlé, NESTLÉ", ["Nestle", "Nestlé", "NESTLÉ"]),
        ("Ne\u0301stle", ["Ne\u0301stle"]),
        ("Coca Cola or Coca-Cola’s", ["Coca Cola", "Coca-Cola’s"]),
        ("McDonalds, McDonald’s", ["McDonalds", "McDonald’s"]),
        ("Lands’ End", ["Lands’ End"]),
        ("eBay, EBAY, ebay", ["eBay", "EBAY", "ebay"]),
        ("UPS had ups and Ups", ["UPS"]),
        ("Best Buy is a best buy, a Best buy", ["Best Buy"]),
        ("JM Smucker, J.M. Smucker", ["JM Smucker", "J.M. Smucker"]),
        ("Amazon.com", ["Amazon.com"]),
        ("Orsted and Ørsted", ["Orsted", "Ørsted"]),
        ("L’Oreal", ["L’Oreal"]),
        ("3M's", ["3M's"]),
        ("St. Jude Medical", ["St. Jude Medical"]),
        ("US Bancorp, U.S. Bancorp", ["US Bancorp", "U.S. Bancorp"]),
        ("Ali\u200bbaba", ["Ali\u200bbaba"]),
        ("Alibabas AliBaba Alibab", ["AliBaba"]),
        ("Best. Buy now", []),
        ("G.E. Moore", []),
    ],
)
def test_find(text: str, found: list[str]) -> None:
    assert surfaces(TABLE, text) == found


def test_possessive_is_told() -> None:
    text = "Alibaba’s"
    (match,) = TABLE.find(tokens_of(text, Span(0, len(text))))
    assert match.possessive


def test_one_string_may_mean_several_issuers() -> None:
    table = NameTable([name("Delta", "a"), name("Delta", "b"), name("DELTA", "c")])
    assert {n.issuer_id for n in table.named("delta")} == {"a", "b", "c"}
    assert len(table) == 3


def test_rows_of_the_built_table_become_names() -> None:
    table = NameTable([NameRow("Gap", "gap", "short", "1", "old navy,jeans", "year")])
    (found,) = table.named("GAP")
    assert (found.ambiguous, found.cues, found.vetoes) == (True, ("old navy", "jeans"), ("year",))


def test_empty_names_are_left_out() -> None:
    assert NameTable([name("..."), name("")]).named("") == ()


@given(st.text(max_size=60))
def test_words_of_any_text_keep_their_places(text: str) -> None:
    tokens = tokens_of(text, Span(0, len(text)))
    assert [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)] == tokens.raws
    assert tokens.starts == sorted(tokens.starts)
    assert " ".join(tokens.keys) == fold_words(text)


@given(st.from_regex(r"[A-Za-z0-9 &'.-]{1,30}", fullmatch=True))
def test_a_name_is_found_in_itself(text: str) -> None:
    table = NameTable([name(text)])
    if fold_words(text):
        assert table.named(text)


def test_fold_is_stable() -> None:
    assert fold(fold("Société")) == fold("Société") == "societe"


def test_looking_up_does_not_depend_on_the_number_of_names() -> None:
    text = "Alibaba and the Bank of Somewhere said nothing about First Second Third. " * 40
    tokens = tokens_of(text, Span(0, len(text)))
    few = NameTable([name("Alibaba")])
    many = NameTable(name(f"First Name {i} Holdings", str(i)) for i in range(20_000))

    def seconds(table: NameTable) -> float:
        best = 1.0
        for _ in range(5):
            begun = time.process_time()
            list(table.find(tokens))
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(many) < 20 * seconds(few) + 0.01
