"""From a reading to basis points of a book, checked against figures worked out by hand."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from readthrough.domain.article import ArticleId, Span
from readthrough.domain.errors import ModelError
from readthrough.domain.impact import Impact
from readthrough.domain.ledger import Constituent, Fund
from readthrough.domain.portfolio import Holding, Portfolio
from readthrough.domain.reading import (
    Direction,
    Event,
    Fact,
    MadeBy,
    Modality,
    Noise,
    Polarity,
    Reading,
    Role,
    Sentiment,
    TickerReading,
    Unit,
)
from readthrough.domain.security import Edge, IssuerId, Relation, Sensitivity
from readthrough.domain.story import Story
from readthrough.domain.taxonomy import PARENTS, parent_of
from readthrough.portfolio.assess import HoldingsIndex, Position
from readthrough.portfolio.assess import assess as assess_story
from readthrough.portfolio.moves import MoveTable, Row, load_moves, moves_document, read_moves
from readthrough.portfolio.priors import READ_THROUGH, usual_move
from readthrough.universe import Universe, load_universe
from readthrough.universe.graph import Graph

NEWS, HELD = IssuerId("news"), IssuerId("held")
UNIVERSE = load_universe()
GOLDEN = list(csv.DictReader(Path(__file__).with_name("assess_golden.csv").read_text("utf-8").splitlines()))
NEW = Story(id="sto_1", novelty=1.0)
MOVES = MoveTable(
    coverage=0.8,
    quantiles=(-1.0, 0.0, 1.0),
    novelty=0.0,
    intensity=0.0,
    sizes={"mega": 1.0, "large": 1.0, "other": 1.0},
    rows={
        (parent, sign): Row(n=1.0, location_bps=usual_move(parent, sign).mid, scale_bps=100.0)
        for parent in ("", *PARENTS)
        for sign in (1, -1)
    },
    reported=(0.7, 1.0, 1.3),
    reported_spread_bps=0.0,
    provenance={},
)
"""A table of round figures: what is expected is the prior, give or take 100 basis points."""


def assess(reading: Reading, story: Story, index: HoldingsIndex, universe: Universe) -> tuple[Impact, ...]:
    return assess_story(reading, story, index, universe, moves=MOVES)


def holding(
    issuer_id: IssuerId | None, weight: str | None, symbol: str = "NWS", quantity: int = 1
) -> Holding:
    return Holding(
        ticker=symbol,
        issuer_id=issuer_id,
        name=symbol,
        quantity=Decimal(quantity),
        price=Decimal(1),
        currency="USD",
        market_value=None if weight is None else Decimal(1),
        weight=None if weight is None else Decimal(weight),
        source_row=2,
    )


def book(*holdings: Holding, name: str = "book") -> Portfolio:
    return Portfolio(id=name, name=name, base_currency="USD", as_of=None, holdings=holdings)


def spoken(score: float | None = -0.6, role: Role = Role.PRIMARY, relevance: float = 1.0) -> TickerReading:
    return TickerReading(
        issuer_id=NEWS,
        ticker="NWS",
        name="News Inc",
        role=role,
        relevance=relevance,
        score=score,
        confidence=0.8,
        mentions=(Span(0, 1),),
    )


def event(kind: str, polarity: str = "negative", modality: str = "actual") -> Event:
    return Event(
        id="evt",
        type=kind,
        parent=parent_of(kind),
        subject="News Inc",
        issuer_id=NEWS,
        polarity=Polarity(polarity),
        modality=Modality(modality),
        span=Span(0, 1),
        sentence=0,
    )


def moved(percent: str, period: str = "") -> Fact:
    value = Decimal(percent)
    return Fact(
        id="fct",
        metric="share price",
        issuer_id=NEWS,
        value=abs(value),
        unit=Unit.PERCENT,
        period=period,
        is_change=True,
        change=Direction.UP if value > 0 else Direction.DOWN,
        span=Span(0, 1),
        figure=Span(0, 1),
        sentence=0,
        quote="",
    )


def reading(
    *tickers: TickerReading,
    events: Iterable[Event] = (),
    facts: Iterable[Fact] = (),
    noise: Noise | None = None,
) -> Reading:
    return Reading(
        article_id=ArticleId("art_1"),
        content_digest="d",
        made_by=MadeBy(step="read", version="0"),
        language="en",
        noise=noise,
        sentences=(),
        mentions=(),
        tickers=tickers,
        unlinked=(),
        facts=tuple(facts),
        events=tuple(events),
        sentiment=Sentiment(score=None, mixed=False, confidence=0.5),
        themes=(),
        market_impact=0.5,
    )


def bps(impact: Impact) -> tuple[float, float, float]:
    low, mid, high = impact.low_bps, impact.mid_bps, impact.high_bps
    assert low is not None
    assert mid is not None
    assert high is not None
    return low, mid, high


@pytest.mark.parametrize("row", GOLDEN, ids=[row["case"] for row in GOLDEN])
def test_arithmetic(row: dict[str, str]) -> None:
    events = [event(row["event"], row["polarity"], row["modality"])] if row["event"] else []
    facts = [moved(row["reported_pct"])] if row["reported_pct"] else []
    said = spoken(float(row["score"]), Role(row["role"]), float(row["relevance"]))
    index = HoldingsIndex([book(holding(NEWS, row["weight"]))])
    story = Story(id="sto_1", novelty=float(row["novelty"]))
    (impact,) = assess(reading(said, events=events, facts=facts), story, index, UNIVERSE)
    assert (impact.path, impact.through, impact.weight) == ("direct", None, float(row["weight"]))
    assert bps(impact) == pytest.approx([float(row[name]) for name in ("low_bps", "mid_bps", "high_bps")])
    low, mid, high = bps(impact)
    assert low < mid < high


@pytest.mark.parametrize("period", ["this year", "since April", "12 months", "2026", "last quarter"])
def test_a_move_over_a_longer_time_is_not_the_days(period: str) -> None:
    index = HoldingsIndex([book(holding(NEWS, "0.1"))])
    (impact,) = assess(
        reading(spoken(), events=[event("earnings_miss")], facts=[moved("-22", period)]), NEW, index, UNIVERSE
    )
    assert impact.mid_bps == pytest.approx(-35)


@pytest.mark.parametrize(
    "said",
    [spoken(None), spoken(0.09), spoken(-0.6, Role.PASSING), spoken(-0.6, Role.SECONDARY, 0.01)],
)
def test_what_says_nothing_moves_nothing(said: TickerReading) -> None:
    index = HoldingsIndex([book(holding(NEWS, "0.1"))])
    assert assess(reading(said), NEW, index, UNIVERSE) == ()


def test_a_reported_move_counts_even_in_passing() -> None:
    index = HoldingsIndex([book(holding(NEWS, "0.1"))])
    (impact,) = assess(reading(spoken(None, Role.PASSING), facts=[moved("3.1")]), NEW, index, UNIVERSE)
    assert bps(impact) == pytest.approx((-10, 31, 40.3))  # as wide as news that says nothing, at the low end


def test_noise_moves_nothing() -> None:
    index = HoldingsIndex([book(holding(NEWS, "0.1"))])
    assert assess(reading(spoken(), noise=Noise.PAYWALL), NEW, index, UNIVERSE) == ()


def test_lots_and_listings_of_one_issuer_add_up() -> None:
    index = HoldingsIndex([book(holding(NEWS, "0.02", "NWS"), holding(NEWS, "0.08", "NWS.L"))])
    (position,) = index.positions(NEWS)
    assert position.ticker == "NWS.L"
    assert position.weight == pytest.approx(0.10)
    partly = HoldingsIndex([book(holding(NEWS, "0.02", "NWS"), holding(NEWS, None, "NWS.L"))])
    (impact,) = assess(reading(spoken()), NEW, partly, UNIVERSE)
    assert impact.weight == pytest.approx(0.02)
    assert "another line is held whose weight is unknown" in impact.why
    flat = HoldingsIndex([book(holding(NEWS, "0.02"), holding(NEWS, "-0.02"))])
    assert len(flat) == 0


def test_a_holding_saved_without_an_issuer_is_looked_up() -> None:
    index = HoldingsIndex([book(holding(None, "0.1", "MSFT"), holding(None, "0.1", "CASH-X"))], UNIVERSE)
    assert len(index) == 1
    assert index.positions("cik-789019")[0].ticker == "MSFT"


def test_largest_effect_comes_first_over_all_books() -> None:
    books = [
        book(holding(NEWS, weight), name=name)
        for name, weight in (("a", "0.01"), ("b", "-0.2"), ("c", "0.1"))
    ]
    impacts = assess(reading(spoken()), NEW, HoldingsIndex(books), UNIVERSE)
    assert [impact.portfolio for impact in impacts] == ["b", "c", "a"]


class TestReadThrough:
    """Edge(A, B, SUPPLIER) reads "B is a supplier of A"."""

    def impacts(
        self,
        relation: Relation,
        kind: str,
        *,
        weight: str = "0.1",
        facts: Iterable[Fact] = (),
        edges: Iterable[Edge] = (),
    ) -> tuple[Impact, ...]:
        universe = copy(UNIVERSE)
        universe.graph = Graph([Edge(source=NEWS, target=HELD, relation=relation), *edges], {})
        index = HoldingsIndex([book(holding(HELD, weight))])
        polarity = "neutral" if kind.startswith("capex") else "negative"
        return assess(reading(spoken(), events=[event(kind, polarity)], facts=facts), NEW, index, universe)

    def test_a_supplier_feels_a_fifth_of_a_miss(self) -> None:
        (impact,) = self.impacts(Relation.SUPPLIER, "earnings_miss")
        assert (impact.path, impact.through, impact.issuer_id) == ("supplier", NEWS, HELD)
        assert bps(impact) == pytest.approx((-17, -7, 3))

    def test_a_customer_feels_a_disruption(self) -> None:
        (impact,) = self.impacts(Relation.CUSTOMER, "supply_disruption")
        assert impact.path == "customer"
        assert impact.mid_bps == pytest.approx(-200 * 0.25 * 0.1)

    def test_one_firms_recall_is_its_rivals_gain(self) -> None:
        (impact,) = self.impacts(Relation.COMPETITOR, "product_recall")
        assert impact.path == "peer"
        assert bps(impact) == pytest.approx((-8.5, 1.5, 11.5))

    def test_who_competes_in_many_fields_feels_each_rival_less(self) -> None:
        others = [
            Edge(source=HELD, target=IssuerId(f"rival{n}"), relation=Relation.COMPETITOR) for n in range(13)
        ]
        (impact,) = self.impacts(Relation.COMPETITOR, "product_recall", edges=others)
        assert impact.mid_bps == pytest.approx(1.5 * 7 / 14)

    def test_short_of_a_rival_turns_the_sign(self) -> None:
        (impact,) = self.impacts(Relation.COMPETITOR, "product_recall", weight="-0.1")
        assert bps(impact) == pytest.approx((-11.5, -1.5, 8.5))
        assert impact.why.endswith("held short")

    def test_dependence_is_the_held_issuers(self) -> None:
        edges = [Edge(source=HELD, target=NEWS, relation=Relation.CUSTOMER, weight=0.4)]
        (impact,) = self.impacts(Relation.SUPPLIER, "earnings_miss", edges=edges)
        assert impact.mid_bps == pytest.approx(-14)

    @pytest.mark.parametrize(("kind", "mid"), [("capex_plan", 15), ("capex_cut", -15)])
    def test_spending_is_the_suppliers_revenue_whatever_the_spender_does(self, kind: str, mid: float) -> None:
        (impact,) = self.impacts(Relation.SUPPLIER, kind, facts=[moved("-2.7")])
        assert impact.mid_bps == pytest.approx(mid)

    def test_news_that_reaches_nobody(self) -> None:
        assert self.impacts(Relation.SUPPLIER, "management_change") == ()
        assert self.impacts(Relation.OWNER, "earnings_miss") == ()

    def test_an_issuer_the_text_speaks_of_is_met_directly_only(self) -> None:
        universe = copy(UNIVERSE)
        universe.graph = Graph([Edge(source=NEWS, target=HELD, relation=Relation.SUPPLIER)], {})
        other = replace(spoken(0.3, Role.SECONDARY, 0.5), issuer_id=HELD, ticker="HLD")
        index = HoldingsIndex([book(holding(HELD, "0.1", "HLD"))])
        (impact,) = assess(reading(spoken(), other, events=[event("earnings_miss")]), NEW, index, universe)
        assert impact.path == "direct"
        assert impact.sign > 0


def test_priors_name_parents_and_widen_outwards() -> None:
    assert READ_THROUGH.keys() <= PARENTS.keys()
    for parent in (*PARENTS, ""):
        for sign in (1, -1):
            low, mid, high = usual_move(parent, sign)
            assert low < mid < high
            assert mid > 0


@pytest.mark.parametrize(("quantity", "sign"), [(10, -1), (-10, 1)])
def test_what_is_held_without_a_weight_is_met_without_figures(quantity: int, sign: int) -> None:
    index = HoldingsIndex([book(holding(NEWS, None, quantity=quantity), holding(HELD, "1"))])
    (impact,) = assess(reading(spoken(-0.6)), NEW, index, UNIVERSE)
    assert (impact.weight, impact.low_bps, impact.mid_bps, impact.high_bps) == (None,) * 4
    assert impact.sign == sign
    assert "held, weight unknown" in impact.why


def test_another_line_of_the_same_issuer_is_called_so() -> None:
    index = HoldingsIndex([book(holding(NEWS, "0.1", "NWS.L"))])
    (impact,) = assess(reading(spoken()), NEW, index, UNIVERSE)
    assert (impact.path, impact.ticker) == ("line", "NWS.L")


def test_a_fund_is_looked_through() -> None:
    fund = Fund(
        instrument="FND",
        as_of=None,
        constituents=(
            Constituent(instrument="NWS", weight=Decimal("0.25"), issuer_id="news"),
            Constituent(instrument="HLD", weight=Decimal("0.75"), issuer_id="held"),
        ),
    )
    books = [book(holding(None, "0.4", "FND"), holding(NEWS, "0.1")), book(holding(NEWS, "0.2"), name="b")]
    impacts = assess(reading(spoken()), NEW, HoldingsIndex(books, funds=[fund]), UNIVERSE)
    found = {(impact.portfolio, impact.path): impact for impact in impacts}
    assert found.keys() == {("book", "direct"), ("book", "fund"), ("b", "direct")}
    through = found["book", "fund"]
    assert (through.ticker, through.through) == ("FND", NEWS)
    assert through.weight == pytest.approx(0.1)
    assert through.mid_bps == pytest.approx(-8)
    assert "FND holds 25.0% of it" in through.why


def test_a_tie_counts_on_the_days_when_it_held() -> None:
    universe = copy(UNIVERSE)
    edge = Edge(source=NEWS, target=HELD, relation=Relation.SUPPLIER, since="2015-01-01", until="2018-01-01")
    universe.graph = Graph([edge], {})
    index = HoldingsIndex([book(holding(HELD, "0.1"))])
    news = reading(spoken(), events=[event("earnings_miss")])

    def paths(on: date | None) -> list[str]:
        return [i.path for i in assess_story(news, NEW, index, universe, on=on, moves=MOVES)]

    assert paths(date(2016, 5, 2)) == ["supplier"]
    assert paths(date(2019, 5, 2)) == []
    assert paths(None) == []


def test_a_share_without_news_of_its_own_scatters_as_on_quiet_days() -> None:
    table = replace(MOVES, quiet=0.75, quantiles=(-2.0, 0.0, 1.0), sizes={"mega": 1.0, "other": 2.0})
    assert table.around(10.0, "mega") == (-140.0, 85.0)
    assert table.around(-10.0, "mega") == (-85.0, 140.0)  # the long tail lies against the news, bad or good
    assert table.around(10.0, "other") == (-290.0, 160.0)
    assert table.around(0.0, "mega")[0] < 0 < table.around(0.0, "mega")[1]


class TestFromOutside:
    def impacts(
        self, found: Event, themes: tuple[str, ...] = (), *, members: tuple[str, ...] = ()
    ) -> tuple[Impact, ...]:
        universe = copy(UNIVERSE)
        felt = [
            Sensitivity(issuer_id=HELD, driver="oil", sign=-1, strength=2, why="fuel"),
            Sensitivity(issuer_id=NEWS, driver="rates", sign=1),
        ]
        universe.graph = Graph([], {"Lithium": members}, sensitivities=felt)
        index = HoldingsIndex([book(holding(HELD, "0.1"), holding(NEWS, "0.1"))])
        news = replace(reading(events=[found]), themes=themes)
        return assess(news, NEW, index, universe)

    def about(self, kind: str, subject: str, polarity: str) -> Event:
        return replace(event(kind, polarity), subject=subject, issuer_id=None)

    def test_dearer_oil_costs_those_who_burn_it(self) -> None:
        (impact,) = self.impacts(self.about("commodity_price_move", "Brent", "positive"))
        assert (impact.issuer_id, impact.path, impact.through) == (HELD, "macro", "oil")
        assert bps(impact) == pytest.approx((-16, -6, 4))

    def test_a_cut_of_rates_is_a_fall(self) -> None:
        (impact,) = self.impacts(self.about("central_bank_decision", "United States", "positive"))
        assert (impact.issuer_id, impact.through, impact.sign) == (NEWS, "rates", -1)
        assert self.impacts(self.about("central_bank_decision", "Turkey", "positive")) == ()

    def test_news_of_a_sector_reaches_the_members_of_its_theme(self) -> None:
        about = self.about("sector_readacross", "lithium", "negative")
        (impact,) = self.impacts(about, ("batteries and lithium",), members=("held",))
        assert (impact.issuer_id, impact.path, impact.through) == (HELD, "theme", "Lithium")
        assert impact.mid_bps == pytest.approx(-3)


def test_the_shipped_table_knows_every_kind_and_where_it_is_from() -> None:
    table = load_moves()
    assert {parent for parent, _ in table.rows} == {"", *PARENTS}
    for parent, sign in table.rows:
        low, mid, high = table.expected(parent, sign, score=sign * 0.6, novelty=1.0, size="mega")
        assert -9000 <= low < mid < high <= 9000
    assert "stocknet" in table.provenance["fitted_on"]
    assert table.row("no such event", 1) == table.row("", 1)


def test_a_share_cannot_fall_below_nothing() -> None:
    rows = {("", 1): Row(1, 1, 1), ("", -1): Row(n=1.0, location_bps=8000, scale_bps=100)}
    expected = replace(MOVES, rows=rows).expected("", -1, score=-1.0, novelty=1.0, size="mega")
    assert (expected.mid, expected.high) == (9000, 9000)


def test_a_broken_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "moves.json"
    for text in ("", "{}", '{"version": 2}', '{"version": 1, "rows": []}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ModelError, match="expected moves"):
            read_moves(path)
    path.write_text(json.dumps(moves_document(MOVES)), encoding="utf-8")
    assert read_moves(path) == MOVES


def test_ten_thousand_books_cost_what_the_touched_ones_do() -> None:
    """Counted, not timed: the index is asked for the issuers of the story and for nobody else."""
    asked: list[str] = []

    class Counted(HoldingsIndex):
        def positions(self, issuer_id: str) -> tuple[Position, ...]:
            asked.append(issuer_id)
            return super().positions(issuer_id)

    universe = copy(UNIVERSE)
    universe.graph = Graph([], {})
    books = [book(holding(IssuerId(f"i{n}"), "0.1"), name=f"b{n}") for n in range(2000)]
    index = Counted([*books, book(holding(NEWS, "0.1"))])
    assert len(assess(reading(spoken()), NEW, index, universe)) == 1
    assert asked == [NEWS]
