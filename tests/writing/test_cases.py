"""Which playbooks speak on the stories that an analyst must have an answer to; every page is invented.

Each of the 46 event parents is asked for by a playbook (test_playbooks.py); here are the main cases of one industry,
through reading and writing, by the playbook that has to apply.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readthrough.domain.article import Article, ArticleId
from readthrough.reading.read import read
from readthrough.universe import Universe
from readthrough.writing import Playbooks
from readthrough.writing.claims import matches
from readthrough.writing.explain import explain
from readthrough.writing.matters import MATTERS
from readthrough.writing.scene import Scene

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

CASES = {
    "capital.capex_surge_cloud": (
        "Microsoft lifts capital spending plan on AI demand",
        "Microsoft raised its capital expenditure plan for the year to $120 billion from $95 billion on Wednesday, to build "
        "data centers for its cloud customers. Microsoft shares rose 3%.",
    ),
    "capital.deposit_flight": (
        "Zions deposits fall as customers move cash",
        "Zions Bancorporation said deposits fell 14% in the quarter as customers moved uninsured deposits to larger lenders. "
        "It missed earnings estimates and its shares fell 17% on Thursday.",
    ),
    "operations.drug_rejected": (
        "FDA declines to approve Biogen drug",
        "The U.S. Food and Drug Administration declined to approve Biogen's treatment for lupus and asked for another trial, the "
        "company said on Friday. Biogen shares fell 9%.",
    ),
    "operations.memory_turn_up": (
        "Micron raises outlook as DRAM prices climb",
        "Micron raised its revenue forecast for the quarter to $12.5 billion from $11.2 billion as contract prices for DRAM "
        "memory chips rose. The shares gained 6%.",
    ),
    "results.beat_but_cut": (
        "Target tops estimates but cuts full-year forecast",
        "Target reported first-quarter earnings of $2.10 a share, above the $1.95 analysts had expected. It cut its full-year "
        "profit forecast to $8 a share from $9, citing weaker demand. Target shares fell 7%.",
    ),
    "deals.bidder": (
        "Honeywell to buy Teledyne for $31 billion",
        "Honeywell agreed to buy Teledyne for $31 billion in cash, a premium of 38% to Friday's close. Honeywell shares fell 5% "
        "as analysts said it was paying too much.",
    ),
    "operations.strike": (
        "Workers at Spirit AeroSystems walk out, halting Boeing fuselages",
        "Workers at Spirit AeroSystems went on strike on Saturday after their union voted down a contract. The company is the "
        "sole supplier of fuselages for a Boeing jet. Spirit AeroSystems shares fell 8%.",
    ),
    "sectors.input_tariff": (
        "Ford says steel tariffs to cost $1 billion",
        "Ford expects tariffs on steel and aluminium to add $1 billion to its costs this year, it said on Thursday. Ford, which "
        "imports parts from Mexico, was hit by tariffs in the first quarter too. Ford shares fell 3%.",
    ),
    "market.rate_surprise": (
        "Norges Bank unexpectedly raises rates",
        "Norway's central bank unexpectedly raised its policy rate by a quarter point to 4.75% on Thursday, surprising "
        "economists who had expected no change. The crown gained 1.2%.",
    ),
    "law.restatement": (
        "Lumentum to restate two years of results",
        "Lumentum said on Monday it will restate its financial results for the past two years after finding errors in how it "
        "booked revenue. Its shares fell 22%.",
    ),
    "deals.index_in": (
        "Robinhood to join S&P 500",
        "Robinhood will join the S&P 500 index on Sept. 22, S&P Dow Jones Indices said on Friday. The shares rose 7%.",
    ),
    "results.credit_quality": (
        "Capital One sets aside more for bad loans",
        "Capital One reported a rise in credit card charge-offs and set aside $3.1 billion for bad loans, more than analysts had "
        "expected, as delinquencies rose. The shares fell 6%.",
    ),
    "sectors.stress_test": (
        "Goldman Sachs to return more after stress test",
        "Goldman Sachs said its stress capital buffer would fall after the Federal Reserve's stress test, and raised its "
        "dividend by 25%. Goldman Sachs shares rose 4%.",
    ),
    "sectors.catastrophe_loss": (
        "Allstate puts hurricane losses at $1.1 billion",
        "Allstate said catastrophe losses from the hurricane would be about $1.1 billion before tax, more than expected. "
        "Allstate shares fell 4%.",
    ),
    "sectors.medical_costs": (
        "Humana cuts forecast as medical costs climb",
        "Humana cut its full-year profit forecast on Tuesday as medical costs in Medicare plans rose faster than expected. "
        "Humana shares fell 13%, and UnitedHealth lost 4%.",
    ),
    "sectors.drug_price_rule": (
        "Bristol Myers hit by Medicare price negotiation",
        "Bristol Myers Squibb said negotiated prices under Medicare would cut sales of its blood thinner by $1.2 billion a year. "
        "Bristol Myers cut its forecast and its shares fell 3%.",
    ),
    "sectors.safety_warning": (
        "Sarepta falls after patient death",
        "Sarepta Therapeutics said a second patient death was reported after treatment with its gene therapy, and shipments were "
        "paused. Sarepta shares fell 36%.",
    ),
    "sectors.airline_capacity": (
        "United Airlines to cut capacity as fares fall",
        "United Airlines cut its forecast for the third quarter and said it would trim capacity by 4% as domestic fares fell. "
        "United Airlines shares fell 5%.",
    ),
    "sectors.aircraft_pace": (
        "Boeing cuts production rate of its best-selling jet",
        "Boeing will cut the production rate of its single-aisle jet to 31 a month from 38, the company said on Monday, because of "
        "a shortage of parts. Boeing shares fell 4%.",
    ),
    "sectors.freight_rates": (
        "Maersk raises outlook as freight rates jump",
        "Maersk raised its full-year profit forecast on Monday as container freight rates jumped because ships avoid the Red Sea. "
        "The shares rose 6%.",
    ),
    "sectors.refinery_out": (
        "Fire shuts Valero refinery in Texas",
        "A refinery fire forced Valero to shut a crude unit at its plant in Texas on Sunday, disrupting fuel supply. Valero shares "
        "fell 2%.",
    ),
    "sectors.wildfire_liability": (
        "Edison International sued over California wildfire",
        "California counties sued Edison International on Thursday, saying its power lines started a wildfire that destroyed "
        "9,000 homes. The shares fell 11%.",
    ),
    "sectors.data_centre_power": (
        "Constellation signs 20-year power deal with Meta",
        "Constellation Energy signed a contract to sell power from a nuclear plant in Illinois to Meta for its data centers for "
        "20 years. Constellation shares rose 9%.",
    ),
    "sectors.mine_stopped": (
        "Freeport declares force majeure at Indonesian mine",
        "Freeport-McMoRan declared force majeure at its Grasberg mine after a mudslide halted production, and cut its copper "
        "output forecast by 35%. The shares fell 14%, while Southern Copper rose 8%.",
    ),
    "sectors.inventory_correction": (
        "Texas Instruments sees weak quarter as customers cut inventory",
        "Texas Instruments forecast revenue below estimates on Tuesday as customers in industry cut inventories of chips. The "
        "shares fell 9%.",
    ),
    "sectors.equipment_orders": (
        "ASML orders top estimates",
        "ASML reported quarterly orders of 7.1 billion euros for chip equipment, above the 4.9 billion expected by analysts. Its "
        "shares rose 8%.",
    ),
    "sectors.stock_glut": (
        "Nike profit falls as it clears excess inventory",
        "Nike reported a 30% drop in quarterly profit as discounting to clear excess inventory hit its margin. Nike shares fell "
        "6%.",
    ),
    "sectors.traffic_against_price": (
        "McDonald's same-store sales fall as guests stay away",
        "McDonald's said same-store sales in the United States fell 3.6% in the first quarter, the most since 2020, as traffic "
        "from low-income guests declined. The shares fell 2%.",
    ),
    "sectors.food_poisoning": (
        "Chipotle falls on report of E. coli outbreak",
        "Chipotle shares fell 7% on Tuesday after health officials linked an outbreak of E. coli to its restaurants in two "
        "states, and a lawsuit was filed.",
    ),
    "sectors.luxury_china": (
        "Kering warns on profit as demand in China slumps",
        "Kering cut its profit forecast on Tuesday, saying demand for Gucci in China fell further in the quarter. Its shares fell "
        "12%.",
    ),
    "sectors.subscriber_price_war": (
        "Verizon loses phone subscribers as price war bites",
        "Verizon lost 289,000 postpaid phone subscribers in the first quarter, more than expected, as rivals raised promotions. "
        "Verizon shares fell 3%.",
    ),
    "sectors.game_delayed": (
        "Take-Two delays its biggest game to next year",
        "Take-Two delayed the release of its biggest game by six months and cut its bookings forecast for the year. Take-Two "
        "shares fell 8%.",
    ),
    "sectors.builder_incentives": (
        "D.R. Horton orders fall as mortgage rates weigh",
        "D.R. Horton said orders fell 5% in the quarter and that it expects to offer more incentives because of mortgage rates. "
        "D.R. Horton shares fell 6%.",
    ),
    "sectors.state_contracts_cut": (
        "Accenture cuts forecast as federal contracts dry up",
        "Accenture cut its full-year revenue forecast because of cuts to federal contracts for consulting and IT services. "
        "Accenture shares fell 7%.",
    ),
    "sectors.farm_cycle": (
        "Deere cuts forecast as farmers buy fewer tractors",
        "Deere cut its full-year profit forecast to $4.75 billion as farmers bought fewer tractors with crop prices low. Deere "
        "shares fell 6%.",
    ),
    "sectors.media_rights": (
        "Netflix wins media rights to boxing for $1.7 billion",
        "Netflix signed a media rights deal worth $1.7 billion over seven years for boxing on Monday. Netflix shares rose 3%.",
    ),
    "sectors.lasting_chemicals": (
        "3M to pay $10.3 billion over forever chemicals",
        "3M agreed to pay $10.3 billion to settle lawsuits by water suppliers over PFAS, known as forever chemicals. 3M shares "
        "rose 4%.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("playbook_id", CASES)
def test_the_playbook_of_the_case_speaks(playbook_id: str, universe: Universe, playbooks: Playbooks) -> None:
    headline, body = CASES[playbook_id]
    article = Article(id=ArticleId(f"art_{playbook_id}"), headline=headline, body=body, received_at=NOW)
    reading = read(article, universe, version="test")
    (verdict,) = explain(article, reading, playbooks=playbooks, universe=universe, ids=[playbook_id])
    told = [b.playbook.id for b in matches(Scene(article, reading, universe, playbooks.lenses), playbooks)]
    events = [event.type for event in reading.events]
    assert verdict.speaks, f"{verdict.condition}: {verdict.reason}; events {events}; these speak: {told}"
    assert any(said.outcome != "unfilled" for said in verdict.says), [s.text for s in verdict.says]


def test_every_playbook_of_one_industry_names_it(playbooks: Playbooks) -> None:
    family = [p for p in playbooks.playbooks if p.id.startswith("sectors.")]
    assert len(family) >= 60
    for playbook in family:
        assert playbook.when.lens, playbook.id
        when = playbook.when
        assert when.events or when.headwords or when.headline or when.tension & MATTERS, (
            f"{playbook.id} would speak of all in its industry"
        )
    asked = {lens for playbook in family for lens in playbook.when.lens}
    assert len(asked) >= 35, "the main industries"
