"""The commonest sentences of results, in every usual order and with every usual tail: what a tail tells is not the figure's."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest
from tests.conftest import rooms

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.reading import Fact
from readthrough.reading.read import read

_DAY = datetime(2026, 11, 20, tzinfo=UTC)

MEASURES = {
    "revenue": {"revenue"},
    "net profit": {"net income", "profit"},
    "operating profit": {"operating profit"},
    "orders": {"orders"},
    "costs": {"costs", "operating expenses"},
    "free cash flow": {"free cash flow"},
}
TAILS = (
    " amid higher costs",
    " despite weaker demand",
    " despite a slump in prices",
    " even though deliveries declined",
    " because of falling prices",
    " due to fewer working days",
    " helped by lower taxes",
    ", hurt by a stronger dollar",
    " to $4.2 billion from $4 billion",
    ", while margins narrowed",
    ", less than expected",
    " compared with a 3% drop a year earlier",
    " following a drop in the previous quarter",
    " and shares fell 3%",
    ", reversing a decline of 2%",
    " versus an expected 7% rise",
)
SAID = (
    ("Siemens said {m} {v} 5%{t}.", "rose", "fell"),
    ("{M} at Siemens {v} 5%{t}.", "climbed", "dropped"),
    ("In the quarter, Siemens’s {m} {v} by 5%{t}.", "increased", "declined"),
    ("Siemens posted a {v} of 5% in {m}{t}.", "rise", "fall"),
    ("Siemens reported a 5% {v} in {m}{t}.", "climb", "decrease"),
    ("Siemens’s {m} showed a 5% {v}{t}.", "gain", "drop"),
)


def facts(body: str) -> list[Fact]:
    article = Article(id=ArticleId("x"), headline="Siemens reports results", body=body, received_at=_DAY)
    return list(read(article, rooms()[0], version="t").facts)


def told(body: str, value: float) -> Fact:
    return next(f for f in facts(body) if float(f.value) == value)


@pytest.mark.parametrize(("said", "measure"), list(product(SAID, MEASURES)))
def test_a_tail_neither_turns_a_figure_nor_takes_it(said: tuple[str, str, str], measure: str) -> None:
    words, up, down = said
    for tail, (verb, way) in product(TAILS, ((up, "up"), (down, "down"))):
        body = words.format(m=measure, M=measure.capitalize(), v=verb, t=tail)
        found = [f for f in facts(body) if f.value == 5 and f.unit == "percent"]
        assert found, body
        assert found[0].metric in MEASURES[measure], body
        assert found[0].change == way, body
        assert found[0].issuer_id is not None, body


@pytest.mark.parametrize(
    ("body", "value", "metric", "change"),
    [
        ("Siemens reported a 5% profit rise and a 3% sales decline.", 5, "profit", "up"),
        ("Siemens reported a 5% profit rise and a 3% sales decline.", 3, "revenue", "down"),
        ("Siemens announced an 8% dividend increase.", 8, "dividend", "up"),
        ("Revenue and operating profit at Siemens rose 4% and 9% respectively.", 4, "revenue", "up"),
        ("Revenue and operating profit at Siemens rose 4% and 9% respectively.", 9, "operating profit", "up"),
        ("Revenue, orders and profit fell 4%, 9% and 12%, respectively, at Siemens.", 9, "orders", "down"),
        ("Revenue, orders and profit fell 4%, 9% and 12%, respectively, at Siemens.", 12, "profit", "down"),
        ("Siemens nearly doubled its profit to $2.2 billion.", 2.2e9, "profit", "up"),
        ("Siemens halved its profit to $2.2 billion.", 2.2e9, "profit", "down"),
    ],
)
def test_figures_beside_their_measure(body: str, value: float, metric: str, change: str) -> None:
    fact = told(body, value)
    assert (fact.metric, fact.change) == (metric, change)


def test_a_loss_a_share_is_measured_against_the_loss_expected() -> None:
    fact = told("Siemens lost $0.12 per share, narrower than the $0.18 loss expected by analysts.", 0.12)
    assert (fact.metric, fact.vs_expectation, float(fact.expected or 0)) == ("loss", "beat", 0.18)


def test_ebitda_and_ebit_written_out() -> None:
    words = "Siemens’s earnings before interest, tax, depreciation and amortisation climbed 8% to 940 million euros."
    assert told(words, 8).metric == "ebitda"
    assert told("Siemens’s earnings before interest and taxes climbed 8%.", 8).metric == "operating profit"


def test_a_target_of_growth_is_no_growth() -> None:
    assert told("Siemens kept its 5% profit growth target for the year.", 5).modality == "planned"


@pytest.mark.parametrize(
    ("body", "value", "whose"),
    [
        ("Siemens said revenue rose 5%, compared with a 3% increase at SAP.", 3, "SAP"),
        ("Revenue was $5 billion at Siemens and $3 billion at SAP.", 3e9, "SAP"),
        ("Siemens shares fell 5% after SAP cut its revenue forecast by 3%.", 3, "SAP"),
        ("Siemens shares fell 5% after SAP cut its revenue forecast by 3%.", 5, "Siemens"),
        ("Morgan Stanley said Siemens could lose 5% of its sales to SAP.", 5, "Siemens"),
        ("Siemens, a rival of SAP, reported a 5% drop in sales.", 5, "Siemens"),
        ("Siemens, which owns 3% of SAP, said profit rose 5%.", 5, "Siemens"),
        ("Unlike SAP, whose sales fell 3%, Siemens grew revenue 5%.", 3, "SAP"),
        ("Unlike SAP, whose sales fell 3%, Siemens grew revenue 5%.", 5, "Siemens"),
        ("Siemens said SAP, a customer, had lost 5% of its sales.", 5, "SAP"),
    ],
)
def test_of_two_companies_each_keeps_its_figure(body: str, value: float, whose: str) -> None:
    fact = told(body, value)
    assert fact.issuer_id is not None
    assert fact.subject == whose


def test_a_company_that_grew_its_revenue_has_more_of_it() -> None:
    assert told("Siemens grew revenue 5%.", 5).change == "up"


@pytest.mark.parametrize(
    ("body", "value", "metric", "change"),
    [
        ("Siemens profit was 5% higher at $3 billion.", 5, "profit", "up"),
        ("Siemens sales were 5% lower.", 5, "revenue", "down"),
        ("Siemens was 5% higher at $180.", 5, "share price", "up"),
        ("Siemens, whose profit fell 9%, closed 1.7% higher.", 1.7, "share price", "up"),
        ("Siemens revenue was $5 billion up from $4 billion a year earlier.", 5e9, "revenue", "up"),
    ],
)
def test_what_was_higher_is_what_stands_before_it(body: str, value: float, metric: str, change: str) -> None:
    fact = told(body, value)
    assert (fact.metric, fact.change) == (metric, change)
    assert fact.is_change is (value < 100)
