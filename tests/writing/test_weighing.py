"""What moved a reporter's shares, and what the page says itself: the first sentence of an analysis carries the page's figures."""

from __future__ import annotations

import pytest

from readthrough.domain.note import Note
from readthrough.writing.verbatim import without_quoted

from .conftest import Tell


def _playbooks(note: Note) -> set[str]:
    return {s.id for c in note.analysis for s in c.support if s.kind == "playbook"}


def _all(note: Note) -> str:
    return " ".join(c.text for c in note.analysis)


def test_a_rise_on_margin_with_fewer_sales_says_both(tell: Tell) -> None:
    note = tell(
        "Nokia shares jump as margin beats forecasts",
        "Nokia reported third-quarter earnings above expectations on Thursday, sending its shares up 8.1%.\n"
        "The gross margin was 47.2%, above the 45.1% analysts had expected.\nNet sales fell 5% to 4.1 billion euros.",
    )
    first = note.analysis[0].text
    assert "gross margin of 47.2% where 45.1% was expected" in first
    assert "revenue down 5%" in first
    assert note.analysis[0].direction == "positive"


def test_a_rise_on_sales_is_not_told_as_a_saving(tell: Tell) -> None:
    note = tell(
        "Nokia shares jump as sales beat forecasts",
        "Nokia reported third-quarter earnings above expectations on Thursday, sending its shares up 8.1%.\n"
        "Net sales rose 9% to 5.1 billion euros, above the 4.8 billion euros analysts had expected.",
    )
    first = note.analysis[0].text
    assert "where 4.8 billion euros was expected" in first
    assert "saving" not in first


def test_a_good_quarter_with_a_lower_promise_is_read_from_the_promise(tell: Tell) -> None:
    note = tell(
        "Kohl's beats on profit but cuts its outlook; shares fall",
        "Kohl's cut its full-year earnings forecast to $2.10 a share from $2.40 on Tuesday. Its shares fell 9%.\n"
        "It earned 71 cents a share in the quarter, above the 58 cents analysts had expected.",
    )
    first = note.analysis[0].text
    assert "$2.10" in first
    assert "58 cents" in first
    assert note.analysis[0].direction == "negative"


def test_a_region_that_shrinks_is_no_cut_where_the_shares_rise(tell: Tell) -> None:
    note = tell(
        "Lam Research orders top estimates",
        "Lam Research reported bookings well above forecasts on Wednesday.\n"
        "Bookings were $6.1 billion, compared with the $4.9 billion analysts had expected.\n"
        "Sales rose 11% to $5.2 billion.\nThe company said it was confident.\nIts chief executive spoke to analysts.\n"
        "China sales would fall to a little more than 20% of the total next year, from 35%.\n"
        "Lam shares rose 6.2%.",
    )
    assert not _playbooks(note) & {"results.beat_but_cut", "guidance.cut"}
    assert "$4.9 billion" in note.analysis[0].text


def test_an_outside_analyst_is_heard_and_an_officer_is_not(tell: Tell) -> None:
    page = (
        "Saab wins a 3 billion crown order for radars from Poland. The shares rose 1.2% on Tuesday.\n"
        "“Capacity is the question here, not demand, until the new plant is open,” said {who}."
    )
    heard = tell("Saab wins radar order", page.format(who="an analyst at Danske Bank"))
    assert "An analyst at Danske Bank: “Capacity is the question here" in _all(heard)
    officer = tell("Saab wins radar order", page.format(who="Chief Executive Micael Johansson"))
    assert "Capacity is the question" not in _all(officer)


def test_stock_that_outgrows_sales_is_the_next_margin(tell: Tell) -> None:
    page = (
        "Macy's reported quarterly earnings below estimates on Tuesday and its shares fell 7%.\n"
        "Comparable sales fell 3.1%, against estimates for a 1% decline. Inventory {way} 5.2% from a year earlier."
    )
    note = tell("Macy's misses estimates", page.format(way="rose"))
    assert "inventory up 5.2% against comparable sales down 3.1%" in _all(note)
    assert "weighing.stock_over_sales" not in _playbooks(tell("Macy's misses", page.format(way="fell")))


def test_a_target_above_the_bid_is_measured_against_it(tell: Tell) -> None:
    note = tell(
        "Rightmove rejects REA's offer as too low",
        "Rightmove's board advised shareholders to reject a takeover offer from REA Group on Thursday.\n"
        "REA bid 700 pence a share last month, a premium of 12%.\nRightmove closed at 742 pence.",
    )
    assert "weighing.offer_refused" in _playbooks(note)
    assert "deals.blocked" not in _playbooks(note)


def test_a_deal_that_a_regulator_blocks_stays_a_broken_one(tell: Tell) -> None:
    note = tell(
        "Regulator blocks Rightmove takeover",
        "Britain's competition regulator blocked REA Group's takeover of Rightmove on Thursday. Rightmove fell 11%.",
    )
    assert "weighing.offer_refused" not in _playbooks(note)


def test_a_water_company_is_refused_money_and_not_a_medicine(tell: Tell) -> None:
    note = tell(
        "Regulator rejects Severn Trent's request to spend more",
        "Britain's water regulator rejected a request by Severn Trent to add 1.4 billion pounds of spending on Tuesday. "
        "The shares fell 4.1%.",
    )
    assert "operations.drug_rejected" not in _playbooks(note)
    assert not any(word in _all(note) for word in ("patients", "patent", "letter"))


def test_a_medicine_refused_is_still_read_as_one(tell: Tell) -> None:
    note = tell(
        "FDA rejects Biogen drug",
        "The FDA declined to approve Biogen's drug for lupus on Tuesday. The shares fell 4.1%.",
    )
    assert "operations.drug_rejected" in _playbooks(note)


def test_a_project_put_off_costs_later_years(tell: Tell) -> None:
    note = tell(
        "Santos shares fall as gas project is delayed",
        "Santos said on Thursday it would put off a final investment decision on its Dorado project by two years. "
        "The shares fell 5.2%.",
    )
    assert "weighing.project_delayed" in _playbooks(note)
    assert "Santos fell 5.2%" in note.analysis[0].text


def test_what_a_strike_is_about_is_said_with_both_figures(tell: Tell) -> None:
    note = tell(
        "Workers at Deere walk out",
        "About 4,000 workers at Deere went on strike on Monday after they rejected an offer with a pay rise of 12% over "
        "three years, their union said. The union wants 20%.",
    )
    assert "A pay rise of 12% was refused, one of 20% is asked" in note.analysis[0].text


def test_an_author_is_quoted_with_price_and_test(tell: Tell) -> None:
    note = tell(
        "Column: Adidas is paid for twice",
        "I think the shares of Adidas are too expensive. At 29 times earnings they are dearer than they were in 2019. "
        "To justify that, Adidas would have to earn a margin of 11%, which it never has. Its sales in China fell 6%.\n"
        "What would change my mind is one quarter of growth in its own shops. I would rather be late.",
    )
    assert _playbooks(note) == {"opinion.share"}
    assert "would have to earn a margin of 11%" in _all(note)
    assert "What would change my mind" in _all(note)


@pytest.mark.parametrize(
    ("passage", "left"), [("sales fell 4% in May", ""), ("sales fell 5% in May", "sales fell 4%")]
)
def test_only_what_a_cited_passage_says_is_taken_as_quoted(passage: str, left: str) -> None:
    assert without_quoted("He said: “sales fell 4%”.", [passage]) == f"He said: “{left}”."


def test_a_multiple_of_sales_needs_the_sales_of_what_is_bought(tell: Tell) -> None:
    page = (
        "Infineon will buy privately held Sensolux of Graz for 600 million euros in cash, the chipmaker said on Tuesday. "
        "{sales} It expects to close in the second quarter."
    )
    told = tell(
        "Infineon to buy Sensolux for 600 million euros",
        page.format(sales="Sensolux had sales of 100 million euros last year."),
    )
    assert "6.0 times yearly sales" in _all(told)
    other = tell(
        "Infineon to buy Sensolux for 600 million euros",
        page.format(sales="Infineon had sales of 1.5 billion euros last year."),
    )
    assert "times yearly sales" not in _all(other)


def test_an_officer_who_told_analysts_is_no_analyst(tell: Tell) -> None:
    note = tell(
        "Wingstop beats on profit but visits fall",
        "Wingstop reported profit above estimates on Tuesday. Its shares fell 6%. Comparable sales fell 2.2%, against "
        "expectations for a fall of 1%.\n“Our guests need value, but we are not going to cut prices until spring,” Chief "
        "Executive Mara Lint told analysts.",
    )
    assert "Our guests need value" not in _all(note)


def test_rivals_that_move_apart_on_one_cause_are_compared(tell: Tell) -> None:
    note = tell(
        "Volkswagen, Stellantis and Renault meet a squeeze in memory chips in three ways",
        "Carmakers are counting chips again. Volkswagen buys on yearly contracts, Stellantis has three weeks of stock and "
        "Renault has a contract for three years.\nIn trading on Tuesday Volkswagen fell 1.6%, Stellantis fell 3.9% and "
        "Renault rose 1.2%.",
    )
    assert "weighing.compared" in _playbooks(note)
    assert "tape.rivals_fell_too" not in _playbooks(note)


def test_an_award_is_held_against_what_was_set_aside(tell: Tell) -> None:
    note = tell(
        "London court orders BHP to pay 2.1 billion dollars",
        "London's High Court ordered BHP on Thursday to pay $2.1 billion to claimants in a lawsuit over a dam. BHP shares "
        "fell 3.1%.\nBHP had set aside provisions of $1.2 billion.",
    )
    assert "weighing.award" in _playbooks(note)
    assert "law.suit" not in _playbooks(note)


def test_a_suit_that_is_only_filed_orders_nobody_to_pay(tell: Tell) -> None:
    note = tell(
        "Investors sue BHP over dam",
        "Investors sued BHP on Thursday in a lawsuit that seeks $2 billion over a dam.",
    )
    assert "weighing.award" not in _playbooks(note)


def test_the_arithmetic_of_a_page_is_quoted(tell: Tell) -> None:
    note = tell(
        "Subaru raises its outlook as the yen falls",
        "Subaru raised its operating profit forecast for the year to 310 billion yen from 280 billion on Friday. Its shares "
        "gained 4.1%.\nSubaru has said that each yen moves its yearly operating profit by about 10 billion yen.",
    )
    assert "each yen moves its yearly operating profit" in _all(note)
