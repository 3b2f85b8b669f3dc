"""What a page is about beyond its events: each of these stories was once told with the words of a plainer one."""

from __future__ import annotations

import pytest

from readthrough.domain.note import Note
from readthrough.writing.matters import MATTERS, WAKING
from readthrough.writing.playbooks import Playbooks

from .conftest import Tell


def _playbooks(note: Note) -> set[str]:
    return {s.id for c in note.analysis for s in c.support if s.kind == "playbook"}


def _said(note: Note) -> str:
    return " ".join(
        (
            *(c.text for c in note.analysis),
            *(f"{d.action} {d.trigger} {d.invalidation}" for d in note.decisions),
        )
    )


def _tickers(note: Note) -> dict[str, str]:
    return {t: way for c in note.analysis for t, way in c.tickers}


TOLD: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    (
        "operations.trial_data",
        "Amgen slides as a tenth of patients quit obesity trial",
        "Amgen shares fell 4.2% on Tuesday after its experimental obesity injection helped patients lose weight in a "
        "mid-stage trial, short of what investors had hoped for.\nAbout 11% of patients stopped taking the drug because of "
        "side effects. Amgen plans to begin late-stage trials in the first half of next year. Eli Lilly rose 1.8%.",
        "Odds, not sales",
        ("what Amgen sells and", "papers of", "settle for a part", "Doctors keep"),
    ),
    (
        "daily.opec_hold",
        "OPEC+ freezes output for first quarter as glut fears grow",
        "Eight OPEC+ countries agreed on Sunday to leave oil output unchanged in the first quarter, pausing the increases of "
        "recent months.\nBrent crude rose 1.4% to $65.10 a barrel.",
        "No barrel leaves the market",
        ("A cut is worth", "promised"),
    ),
    (
        "operations.hiring_freeze",
        "Target freezes corporate hiring until spring",
        "Target said on Wednesday it would freeze hiring at its headquarters until the spring. No jobs will be cut, a "
        "spokesman said.\nShares were little changed.",
        "cheapest saving",
        ("severance",),
    ),
    (
        "operations.price_freeze",
        "Kroger freezes prices on 2,000 products through the holidays",
        "Kroger said on Monday it will freeze the prices of 2,000 everyday items until January.\nShares fell 1.1%.",
        "A frozen price is a promise out of margin",
        ("price cut is an admission",),
    ),
    (
        "money.bonds_bought",
        "Foreigners pour $2.1 billion into Indian bonds as hedging gets cheaper",
        "Foreign investors bought a net $2.1 billion of Indian government bonds in October, the most in eight months, as the "
        "cost of hedging the rupee fell.\nThe 10-year yield fell 6 basis points to 6.41%. The rupee rose 0.3% to 87.9 per dollar.",
        "The hedge brought them",
        ("pay the move in full", "Translation"),
    ),
    (
        "results.bad_loans",
        "Banco do Brasil profit falls as farm-loan provisions climb",
        "Banco do Brasil said profit fell 29% in the third quarter, below expectations, as provisions for bad farm loans rose "
        "again.\nNet interest income grew 6%. Its 90-day default ratio climbed to 6.1%. The lender kept its guidance.",
        "Losses took it, not the margin",
        ("spread of loan yields", "deposit", "held back, they all feel it"),
    ),
    (
        "operations.recall",
        "Ford recalls 190,000 trucks over faulty brake booster",
        "Ford said on Monday it is recalling 190,000 F-150 pickup trucks because a valve in the brake booster, made by Bosch, "
        "can stick.\nIt expects the recall to cost $85 million. Shares fell 1.3%.",
        "The cause is named",
        ("Wait for the cause", "small move is information", "Visteon"),
    ),
    (
        "operations.recall",
        "Hyundai halts sales of hybrids over coolant leak",
        "Hyundai Motor is recalling 210,000 hybrids because a seal in the battery pack can leak coolant, and told dealers to "
        "stop selling them until the remedy is ready.\nShares fell 4.4%.",
        "The stopped sales are the bill",
        ("Wait for the cause", "or sales are halted"),
    ),
    (
        "deals.bidder",
        "Kroger to buy Brookshire Markets for $3.4 billion",
        "Kroger agreed to buy Brookshire Markets, a grocer with 180 stores in Texas, for $3.4 billion.\nKroger will pay with "
        "$1.4 billion of cash and $2 billion of new bonds. It expects savings of $210 million a year by the third year. "
        "Kroger shares fell 7.1%.",
        "Own the buyer when the savings show",
        ("Once Kroger says how much is cash",),
    ),
    (
        "capital.convertible",
        "Rivian sells $1.2 billion of convertible notes",
        "Rivian Automotive said on Tuesday it will sell $1.2 billion of convertible senior notes due 2031 and use part of the "
        "money to repay notes that fall due next year.\nShares of the electric truck maker fell 9.1%.",
        "Moved is not repaid",
        ("comes back only as fast", "the shares hold its price"),
    ),
    (
        "operations.plant_attacked",
        "Cyber attack halts Nissan plants for second day",
        "Nissan Motor said on Thursday that a cyber attack had halted production at two plants in Japan for a second day.\n"
        "No customer data had been taken, it said. Shares fell 2.4%.",
        "The lines stand still, not the records",
        ("number of records", "What was taken", "stopped season"),
    ),
    (
        "capital.payout_swapped",
        "Vodafone halves dividend and starts 2 billion euro buyback",
        "Vodafone said on Tuesday it would halve its dividend to 4.5 cents a share and buy back 2 billion euros of shares "
        "after the sale of its Spanish unit.\nShares rose 3.1%.",
        "The payout changed its form",
        ("Boards cut dividends last", "had feared worse", "new equity"),
    ),
    (
        "deals.finance_chief",
        "Nike finance chief to step down; shares slip 0.6%",
        "Nike said on Thursday that finance chief Matthew Friend will leave at the end of March and be succeeded by Elena Ruiz, "
        "treasurer since 2021.\nNike confirmed its outlook for the quarter. Shares slipped 0.6%.",
        "A handover of the numbers",
        ("the finance chief leaves as well", "small move is information", "one reset"),
    ),
    (
        "sectors.taken_by_state",
        "Mali seizes gold from Barrick's mine as dispute deepens",
        "Mali's military government has seized about three tons of gold from Barrick's Loulo-Gounkoto complex, the company "
        "said on Monday, and put the mine under a state administrator.\nBarrick shares fell 5.3%.",
        "Title is priced now",
        ("Tonnes lost", "at the new price without digging", "what Barrick may not"),
    ),
    (
        "results.cheaper_yet_more",
        "Ryanair lifts full-year traffic goal though fares fall",
        "Ryanair said on Monday average fares fell 2% in the quarter while traffic grew 6%, and it raised its forecast for "
        "traffic this year to 207 million passengers from 206 million.\nShares rose 2.9%.",
        "More of it at a lower price",
        ("207 million users", "guess downwards"),
    ),
    (
        "money.gold_bought",
        "China's central bank buys gold for a thirteenth month amid trade war",
        "China's central bank added 30,000 ounces to its gold reserves in November, the thirteenth month of purchases in a row, "
        "as the trade war with the United States drags on.",
        "This buyer does not look at the price",
        ("importers", "duty", "duties"),
    ),
    (
        "capital.bond_mandate",
        "Saudi Aramco hires banks for its first dollar bond",
        "Saudi Aramco has hired JPMorgan and HSBC to arrange its debut dollar bond, which may raise about $10 billion.\nAramco "
        "will have to open its books to investors for the first time.",
        "Books are what is on offer",
        ("oil and gas prices", "a barrel"),
    ),
    (
        "money.funding_scare",
        "Egypt pound slides to record low as Gulf deposit rollover is delayed",
        "The Egyptian pound fell 1.9% to a record low on Monday after the rollover of a Gulf deposit was delayed.\nEgypt's "
        "dollar bonds fell.",
        "Who rolls it over is the price",
        ("Translation", "undercut", "Hedges run out"),
    ),
    (
        "guidance.short",
        "Target tops sales estimates, but forecast falls short",
        "Target on Wednesday reported a 1.3% rise in third-quarter comparable sales, beating expectations for a 0.6% gain.\n"
        "The retailer expects fourth-quarter profit of $2.15 to $2.45 per share, compared with estimates of $2.48.\n"
        "Shares fell 4.4%.",
        "Target lowered nothing of its own",
        ("order book", "former outlook", "a second cut"),
    ),
    (
        "market.tariff",
        "Trump puts 25% tariff on imported heavy trucks",
        "President Donald Trump said on Monday that heavy trucks imported into the United States will face a 25% tariff from "
        "November 1.\nPaccar shares rose 3.9%. Daimler Truck fell 2.8%.",
        "Who makes it inside the border",
        ("clothing and electronics", "Wait for the list"),
    ),
    (
        "law.fine",
        "Severn Trent fined 60 million pounds over sewage spills",
        "Water regulator Ofwat said on Thursday it fined Severn Trent 60 million pounds for failing to run its sewage works "
        "properly.\nShares fell 2.2%.",
        "Holders pay it, not customers",
        ("other countries' authorities",),
    ),
    (
        "operations.trial_missed",
        "Bristol Myers' schizophrenia drug fails in Alzheimer's trial",
        "Bristol Myers Squibb said on Tuesday its drug Cobenfy, already on sale for schizophrenia, failed to reduce psychosis in "
        "patients with Alzheimer's in a late-stage trial.\nShares fell 8.6%. Results of two more trials are due in the first half "
        "of 2027.",
        "What it is sold for today is untouched",
        ("papers of", "settle for a part", "second season"),
    ),
    (
        "operations.strike",
        "Lufthansa pilots' union calls two-day strike from Thursday",
        "The pilots' union at Lufthansa called a two-day strike from Thursday over pensions, it said on Tuesday.\nThe airline said "
        "it would cancel about 800 flights. Shares fell 1.9%.",
        "A strike with an end costs its days",
        ("Its suppliers stop", "the wage line that ends it"),
    ),
    (
        "law.fine",
        "Visa agrees to cut merchant fees in $38 billion settlement",
        "Visa agreed to lower the fees merchants pay on card purchases for five years, settling two decades of litigation, it said "
        "on Monday.\nThe settlement would save merchants $38 billion and needs a judge's approval. Visa shares slipped 0.4%.",
        "It is paid every year, in price",
        ("is paid once",),
    ),
    (
        "deals.seller",
        "ING to exit Russia, book 700 million euro loss",
        "ING said on Tuesday it would sell its Russian business to a local investor and take a loss of 700 million euros in the "
        "third quarter.\nShares rose 0.8%.",
        "An end is what is bought here",
        ("the multiple it was paid", "use of the money decides"),
    ),
    (
        "policy.limits_eased",
        "Chip curbs eased: U.S. lets Nvidia sell cut-down chip to China",
        "The United States will let Nvidia sell a cut-down version of its newest chip to customers in China in return for 15% of the "
        "revenue, officials said on Friday.\nNvidia shares rose 3.3%. Cambricon fell 7.2% in Shanghai.",
        "Who grew behind the wall",
        ("First by label",),
    ),
    (
        "goods.passage_narrowed",
        "Drought cuts Panama Canal slots again; Maersk adds surcharge",
        "The Panama Canal Authority will cut daily transits to 28 from 32 from December 1 because of low water, it said on "
        "Thursday.\nMaersk said it would add a surcharge of $260 a container. Maersk shares rose 2.4%.",
        "Longer voyages are a shortage of ships",
        ("No trade on the move",),
    ),
    (
        "operations.lead_times",
        "The long shadow of a single valve",
        "Emerson Electric says deliveries of its largest valves now take 61 weeks, against 34 weeks three years ago.\nCustomers "
        "accept price rises, its chief executive said. Shares of Emerson rose 1.2%.",
        "Waiting is the price before the price",
        ("shortage of parts",),
    ),
    (
        "daily.sites_open",
        "Walmart to open 150 stores in rural America",
        "Walmart said on Wednesday it will open or remodel 150 stores over five years and expects to spend $6 billion on the plan.\n"
        "Shares rose 0.9%.",
        "Doors are bought years before they pay",
        ("A launch is a cost", "First reviews"),
    ),
    (
        "deals.target",
        "Seven & i agrees to be taken private by founding family for $58 billion",
        "Seven & i Holdings agreed on Monday to a buyout led by its founding family at 2,850 yen a share, a premium of 21%.\nShares "
        "jumped 16% to 2,640 yen.",
        "a spread, not a business",
        ("what a combination earns",),
    ),
    (
        "money.sovereign_rating",
        "S&P cuts France's rating to A+ on budget risk",
        "S&P Global Ratings cut France's rating to A+ from AA- on Friday, saying debt would reach 121% of output in 2028.\nParliament "
        "is to vote on the budget by December 23.",
        "",
        ("builders, makers of equipment", "budget moves"),
    ),
    (
        "operations.contract_won",
        "Rolls-Royce wins Air India engine-care deal worth $3 billion",
        "Air India signed a contract with Rolls-Royce worth about $3 billion for the care of engines on 40 jets over 15 years, the "
        "companies said on Tuesday.\nRolls-Royce shares rose 1.1%.",
        "Care is paid by the hour",
        ("Somebody did not get it", "Signed is not booked"),
    ),
    (
        "sectors.aircraft_pace",
        "Boeing hands over 53 jets in October, most since 2018",
        "Boeing delivered 53 aircraft in October, its most for that month since 2018. Orders net of cancellations were 15.\nBoeing "
        "shares rose 0.8%.",
        "Delivered is paid",
        ("what each user brings", "Revenue per user", "Attention is shared"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("playbook", "headline", "body", "says", "never"), TOLD, ids=[f"{t[0]}-{i}" for i, t in enumerate(TOLD)]
)
def test_a_story_is_told_as_what_it_is(
    tell: Tell, playbook: str, headline: str, body: str, says: str, never: tuple[str, ...]
) -> None:
    note = tell(headline, body)
    assert playbook in _playbooks(note), _playbooks(note)
    assert says in _said(note), _said(note)
    assert [words for words in never if words in _said(note)] == []


def test_all_who_join_an_index_are_named_with_their_sign(tell: Tell) -> None:
    note = tell(
        "AppLovin and Robinhood to join S&P 500",
        "AppLovin and Robinhood Markets will join the S&P 500 before the open on September 22, S&P Dow Jones Indices said.\n"
        "Robinhood shares rose 7% in extended trading and AppLovin gained 8%.",
    )
    read = note.analysis[0]
    assert "AppLovin and Robinhood" in read.text
    assert {"APP", "HOOD"} <= {t for t, _ in read.tickers}


def test_a_railway_of_another_country_does_not_fill_the_gap(tell: Tell) -> None:
    note = tell(
        "Canadian Pacific Kansas City halts trains as engineers walk out over rest rules",
        "Canadian Pacific Kansas City stopped its trains in Canada on Thursday after 3,300 engineers went on strike in a dispute "
        "over rest rules and scheduling.\nThe Teamsters union said no new talks were planned. Shares fell 2.1%.",
    )
    assert not {"UNP", "NSC", "CSX"} & _tickers(note).keys()
    assert "the rules are not" in _said(note)


def test_a_day_that_closed_up_is_not_told_as_a_fall(tell: Tell) -> None:
    note = tell(
        "Stocks are cheap, but is a recession coming?",
        "The Dow Industrials index was down more than 600 points before clawing it all back to close up 260 points, or 1.14%.\n"
        "The Nasdaq gained 0.38%. Investors bought Treasury bonds in the morning and sold them in the afternoon.",
    )
    assert "What fell most" not in _said(note)
    assert "Fast falls" not in _said(note)


def test_a_price_that_was_ordered_is_no_price_war(tell: Tell) -> None:
    note = tell(
        "EU orders Microsoft to unbundle Copilot from Office at a lower price",
        "The European Commission on Friday ordered Microsoft to sell Office without its assistant at a lower price in Europe "
        "within 90 days.\nShares fell 1.6% in New York.",
    )
    assert "operations.price_cut" not in _playbooks(note)


def test_a_medicine_on_sale_is_not_told_as_one_in_trial(tell: Tell) -> None:
    note = tell(
        "FDA approves Lilly obesity pill after late-stage trial",
        "The Food and Drug Administration approved Eli Lilly's obesity pill on Monday, after a late-stage trial.\nShares rose 3%.",
    )
    assert "operations.trial_data" not in _playbooks(note)


def test_a_sentence_keeps_what_its_last_figure_is_about(tell: Tell) -> None:
    note = tell(
        "Carnival says Alaska ports weigh new limits",
        "Carnival said on Monday that ports in Alaska were weighing limits on ships, which has eroded support for the industry "
        "in the state, with almost 90% of island residents saying they opposed more calls in a survey released earlier this week.\n"
        "Shares fell 1.2%.",
    )
    assert not any(s.text.endswith("residents.") for s in note.summary)


def test_every_matter_is_asked_for_by_a_playbook_or_a_lens(playbooks: Playbooks) -> None:
    asked = {t for p in playbooks.playbooks for t in (*p.when.tension, *p.when.unless)}
    asked |= {
        n.removeprefix("!")
        for p in playbooks.playbooks
        for c in p.claims.values()
        for need in c.needs
        for n in need
    }
    asked |= {lens.matter for lens in playbooks.lenses}
    assert MATTERS - asked == set()
    assert WAKING <= MATTERS


def test_a_market_read_does_not_gainsay_what_the_page_says_of_a_buyer_before_it_trades(tell: Tell) -> None:
    note = tell(
        "Kroger wins praise for purchase of Brookshire Markets",
        "Kroger agreed to buy Brookshire Markets for $3.4 billion, and raised its profit forecast for the year by 12%.\n"
        "Kroger will pay with $1.4 billion of cash. Trading in its shares was halted.",
    )
    score = next(t.score for t in note.reading.tickers if t.ticker == "KR")
    read = next((c for c in note.analysis if c.kind == "market_read"), None)
    assert read is not None
    assert (score or 0.0) > 0.3
    assert dict(read.tickers).get("KR") != "negative"


def test_the_only_company_of_a_short_page_leads_it(tell: Tell) -> None:
    note = tell(
        "Taiwan Semi says Arizona plant comes a year early",
        "Taiwan Semiconductor Manufacturing will begin making its most advanced chips in Arizona a year earlier than planned, it said "
        "on Thursday.\nShares rose 2.2% in Taipei.",
    )
    assert "TSM" in _tickers(note)
    assert "pages.strategist" not in _playbooks(note)


def test_who_has_no_shares_has_no_reaction_and_no_trade(tell: Tell) -> None:
    note = tell(
        "Auto loan lender Tricolor's collapse leaves JPMorgan with $170 million charge",
        "JPMorgan Chase said on Tuesday it took a charge of $170 million over the failure of subprime auto lender Tricolor. Third-quarter "
        "profit rose 12% to $14.4 billion, beating estimates, chief executive Jamie Dimon told analysts.\nShares fell 1.9%. Fifth Third "
        "has said it may lose as much as $200 million.",
    )
    assert "at Tricolor" not in _said(note)
    assert all("Tricolor" not in d.instrument for d in note.decisions)


def test_what_a_trade_waits_for_is_said_in_a_sentence(tell: Tell) -> None:
    note = tell(
        "Tankers filled with Venezuelan oil wait in the Gulf of Mexico",
        "Tankers with crude of state-run PDVSA were parked in the Gulf of Mexico on Monday after the United States imposed sanctions on "
        "the company, shipping data showed.\nChevron takes part of the oil.",
    )
    assert all("PDVSA:" not in d.trigger and d.instrument != "PDVSA" for d in note.decisions)
