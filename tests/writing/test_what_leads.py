"""Which of several events a note is about, and what a reason given in the text does to it."""

from __future__ import annotations

from readthrough.domain.note import Note

from .conftest import Tell


def _playbooks(note: Note) -> set[str]:
    return {s.id for c in note.analysis for s in c.support if s.kind == "playbook"}


def test_what_went_before_a_bid_is_not_the_news(tell: Tell) -> None:
    note = tell(
        "Rio Tinto in talks to buy Teck after Anglo deal collapses, sources say",
        "Rio Tinto has approached Teck Resources about a takeover, two people familiar with the matter said. "
        "No formal offer has been made. Teck's shares rose 14% in after-hours trading.",
    )
    assert "deals.rumour" in _playbooks(note)
    assert "deals.blocked" not in _playbooks(note)
    assert all(d.instrument != "AAL.L" for d in note.decisions)


def test_a_cut_for_want_of_deliveries_is_not_read_as_demand(tell: Tell) -> None:
    note = tell(
        "Ryanair profit beats as fares hold up, but Boeing delays cap growth",
        "Ryanair reported half-year profit of 2.54 billion euros, ahead of a 2.45 billion euro consensus.\n"
        "It cut its traffic target for the year to March 2028 to 215 million from 222 million because of late "
        "deliveries of Boeing's 737 MAX 10.",
    )
    assert "guidance.cut_supply" in _playbooks(note)
    assert not _playbooks(note) & {"guidance.cut", "results.beat_but_cut"}
    assert not any("Boeing's," in c.text for c in note.analysis)


def test_loan_losses_lead_where_deposits_barely_move(tell: Tell) -> None:
    note = tell(
        "Lender Zions warns on office loans, shares slide",
        "Zions Bancorporation set aside $142 million for credit losses in the third quarter after two borrowers "
        "stopped paying.\nIt earned $1.13 a share, below the $1.29 that analysts had expected. Deposits fell 1.8%. "
        "The shares fell 8.6%.",
    )
    assert note.analysis[0].text.startswith("The charge is known")
    assert "$142 million" in note.analysis[0].text
    assert "capital.deposit_flight" not in _playbooks(note)


def test_a_second_refusal_is_not_called_the_first(tell: Tell) -> None:
    note = tell(
        "FDA declines to approve Replimune therapy for second time",
        "Replimune Group said on Friday the Food and Drug Administration had issued a second complete response letter for "
        "its skin-cancer treatment RP1.\nIt had $324 million in cash at the end of September. Shares plunged 71%.",
    )
    assert not any("second round" in c.text for c in note.analysis)
    assert any("$324 million has to last" in c.text for c in note.analysis)


def test_rivals_are_those_of_the_business_in_the_headline(tell: Tell) -> None:
    note = tell(
        "BHP says copper output to fall 5% as ore grades slip",
        "BHP cut its copper production guidance to between 1.15 million and 1.25 million tonnes from 1.2 million to 1.3 million.\n"
        "Quarterly iron ore output rose 2% to 70.2 million tonnes, and the iron ore target was kept. The shares slipped 1.1% in "
        "Sydney, while copper in London gained 1.6% to $11,240 a tonne on the day.",
    )
    assert "guidance.output_cut" in _playbooks(note)
    named = {t for c in note.analysis for t, _ in c.tickers}
    assert named & {"FCX", "SCCO", "GLEN.L"}
    assert not named & {"RIO", "VALE", "FMG.AX"}


def test_a_quarter_made_by_a_deadline_is_borrowed(tell: Tell) -> None:
    note = tell(
        "Tesla deliveries rise to record as US buyers rush before tax credit ends",
        "Tesla delivered 497,099 vehicles in the third quarter, up 7.4% from a year earlier and above the 443,000 analysts "
        "expected, as U.S. buyers rushed to use a tax credit that expired on Sept. 30. The shares fell 5.1%.",
    )
    assert "results.pulled_forward" in _playbooks(note)
    assert "5.1% fall" in note.analysis[0].text


def test_what_the_world_spends_is_not_the_companys(tell: Tell) -> None:
    note = tell(
        "Alibaba shares jump 6% as it lifts AI spending",
        "Alibaba's Hong Kong shares rose 6.3% on Wednesday after Chief Executive Eddie Wu said the company would spend more on "
        "AI infrastructure than the 380 billion yuan it had pledged over three years. Wu told a conference that global AI "
        "investment would exceed $4 trillion over five years. Tencent gained 1.1% and Baidu 4.0%.",
    )
    assert not any("$4 trillion" in c.text for c in note.analysis)


def test_tenders_put_off_are_demand_and_a_reason_ends_where_its_sense_does(tell: Tell) -> None:
    note = tell(
        "Siemens Healthineers guides below estimates",
        "Siemens Healthineers lowered its revenue growth outlook for fiscal 2027 to 2% to 4%, citing a renewed delay in Chinese "
        "hospital tenders and a 400 million euro burden from U.S. tariffs. The shares fell 11.2%.",
    )
    assert "guidance.cut_supply" not in _playbooks(note)
    assert not any("tenders and a" in c.text for c in note.analysis)


def test_a_cut_for_cost_is_told_by_the_lag_of_price(tell: Tell) -> None:
    note = tell(
        "General Mills cuts profit outlook as wheat costs bite",
        "General Mills lowered its full-year earnings forecast on Wednesday, saying wheat costs would squeeze margins. "
        "It now expects adjusted earnings per share of $4.10 to $4.20, compared with an earlier $4.40 to $4.60. "
        "Price increases of about 6% announced in July would only reach shelves in the first quarter of next year. "
        "The shares fell 5.1%.",
    )
    assert "guidance.cut_cost" in _playbooks(note)
    assert "guidance.cut" not in _playbooks(note)
    assert "the first quarter of next year" in note.analysis[0].text
    assert not any("the page does not say" in c.text for c in note.analysis)


def test_a_strike_that_takes_world_supply_is_told_by_the_price(tell: Tell) -> None:
    note = tell(
        "Workers at Antofagasta's Los Pelambres copper mine vote to strike",
        "SANTIAGO - Workers at Antofagasta's Los Pelambres mine voted on Tuesday to go on strike from Monday, the union said. "
        "The mine produced 320,000 tonnes of copper last year, about 1.4% of world supply. "
        "Copper on the London Metal Exchange rose 1.9% to $11,240 a tonne. Antofagasta shares fell 0.8% in London.",
    )
    assert "operations.strike_supply" in _playbooks(note)
    assert "copper up 1.9%" in note.analysis[0].text
    assert any("Monday" in c.text for c in note.analysis if c.kind == "catalyst")


def test_a_sale_that_repays_debt_says_how_much_of_it(tell: Tell) -> None:
    note = tell(
        "Vodafone sells Italian business for 8 billion euros to cut debt",
        "LONDON - Vodafone has agreed to sell its Italian business to Swisscom for 8 billion euros and will use the "
        "money to bring down 22.4 billion euros of net debt. Vodafone shares rose 3.1%. Closing is expected in the first half of 2027.",
    )
    assert "36% of a net debt of 22.4 billion euros" in note.analysis[0].text
    assert not any("steady part" in c.text for c in note.analysis)


def test_sales_that_fell_were_not_for_that_reason_missed(tell: Tell) -> None:
    note = tell(
        "Onsemi to lay off 9% of workforce as auto demand stays weak",
        "Onsemi said on Monday it would cut about 2,400 jobs, or 9% of its workforce. It expects annual savings of $105 million. "
        "Revenue fell 18% to $1.45 billion in the last quarter and the company expects $1.4 billion in the current one. "
        "Shares rose 2.3%.",
    )
    assert "results.missed_yet_rose" not in _playbooks(note)
    assert "deals.layoffs" in _playbooks(note)


def test_more_supply_is_told_as_the_users_gain(tell: Tell) -> None:
    note = tell(
        "Cocoa slides to two-year low on bumper Ghana crop",
        "LONDON - Cocoa futures fell 6.1% to $4,900 a tonne on Wednesday as arrivals at ports ran ahead of last season. "
        "Barry Callebaut rose 3.7%.",
    )
    assert "goods.supply_added" in _playbooks(note)
    assert any(("BARN.SW", "positive") in c.tickers for c in note.analysis)


def test_an_opinion_is_said_to_be_one_and_reports_nothing(tell: Tell) -> None:
    note = tell(
        "Opinion: Palantir's price leaves no room for error",
        "I just cannot find a way to justify the price of Palantir. The stock has risen 340% in a year and trades at 110 times "
        "sales. Revenue grew 48% last quarter. A single slow quarter would be enough.",
    )
    assert _playbooks(note) == {"opinion.share"}
    assert note.analysis[0].text.startswith("A column, and against the share")
    assert "110 times sales" in note.analysis[0].text


def test_an_opinion_that_recalls_job_cuts_is_not_about_them(tell: Tell) -> None:
    note = tell(
        "Column: Why I am buying Nestle while everyone sells",
        "Nestle shares have lost a third of their value in three years. In my view the market has it backwards. "
        "The new chief executive is cutting 16,000 jobs and volumes grew 1.5% last quarter. At 17 times earnings the stock is "
        "priced as if coffee had stopped growing.",
    )
    assert _playbooks(note) == {"opinion.share"}
    assert "for the share" in note.analysis[0].text
