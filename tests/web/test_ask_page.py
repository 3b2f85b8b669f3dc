"""The page of an answer: every sentence leads to the words it rests on, figures show their working, doubts are asked back."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import cast

import httpx

from readthrough.desk import books
from readthrough.desk.corpus import add_bytes
from readthrough.desk.flow import process
from readthrough.desk.intake import read_article
from readthrough.desk.open import Desk
from readthrough.desk.screen import portfolio_of
from readthrough.desk.telling import AnswerPieces, Told
from readthrough.domain.errors import StorageError
from readthrough.web.asked import Asked, ToldAnswer
from readthrough.web.render import Renderer

BODY = (
    "MINNEAPOLIS, Nov 18 - Target cut its full-year profit forecast on Tuesday, blaming markdowns on home goods. "
    "Shares fell 6% in early trading. A <b>bold</b> claim followed."
)
REPORT = b"""3M annual report
\f3M Company and Subsidiaries
Consolidated Statement of Cash Flows
Years ended December 31
(Millions) 2025 2024 2023
Net cash provided by operating activities 1,819 2,000 2,100
Purchases of property, plant and equipment (PP&E) (1,181) (1,100) (1,000)
"""


def asked(client: httpx.Client, question: str, **more: str) -> str:
    answer = client.get("/ask", params={"q": question, **more})
    assert answer.status_code == 200
    return answer.text


def told(desk: Desk) -> None:
    process(
        desk, read_article(desk, {"headline": "Target cuts its forecast", "body": BODY, "source": "A wire"})
    )


def test_each_sentence_leads_to_the_words_it_rests_on(desk: Desk, client: httpx.Client) -> None:
    told(desk)
    page = asked(client, "Why did Target cut its forecast?")
    answer = page.split('aria-label="Answer"')[1]
    leads = re.findall(r'<p class="lead">.*?</p>', answer, re.DOTALL)
    assert leads
    assert all('href="#c' in lead for lead in leads), "no sentence without a passage"
    source = html.unescape(re.findall(r'href="(/ask/source[^"]+)"', answer)[0])
    opened = client.get(source)
    assert opened.status_code == 200
    marked = html.unescape(re.findall(r'<mark id="cited"><bdi>(.*?)</bdi>', opened.text, re.DOTALL)[0])
    assert marked in f"Target cuts its forecast\n\n{BODY}"
    assert "<b>bold</b>" not in opened.text
    assert client.get("/ask/source?id=none&start=0&end=5").status_code == 404
    assert client.get(source.replace("end=", "end=99")).status_code == 200


def test_figures_show_their_working_and_the_page_they_stand_on(desk: Desk, client: httpx.Client) -> None:
    add_bytes(desk, REPORT, name="mmm-10k.txt", tickers=["MMM"], title="3M 2025 10-K")
    page = asked(client, "What was 3M's capital expenditure in FY2025 in USD millions?")
    assert "Working" in page
    assert "1,181" in page
    assert "page 2" in page
    source = html.unescape(re.findall(r'href="(/ask/source[^"]+)"', page)[0])
    assert "1,181" in client.get(source).text.split('id="cited"')[1].split("</mark>")[0]


def test_parts_of_a_question_are_shown_and_rows_lead_to_notes(desk: Desk, client: httpx.Client) -> None:
    told(desk)
    page = asked(client, "Why did Target cut its forecast although shares fell?")
    assert '<ol class="plan">' in page
    rows = asked(client, "Which companies cut guidance?")
    assert re.search(r'<td><a href="/tickers/TGT">TGT</a>', rows)
    assert "/notes/" in rows.split("<tbody>")[1]


def test_nothing_said_is_said_so_and_a_doubt_is_asked_back(desk: Desk, client: httpx.Client) -> None:
    told(desk)
    assert "The corpus does not say." in asked(client, "What is the price of onions?")
    page = asked(client, "What did Orange and Delta say?", ticker="TGT")
    assert "Which one?" not in page, "a ticker settles it"


def test_what_narrows_a_question_stands_in_the_form_and_in_the_address(
    desk: Desk, client: httpx.Client
) -> None:
    told(desk)
    holdings = "ticker,quantity,price,currency\nTGT,1,100,USD\n"
    books.save_portfolio(desk, portfolio_of(desk, holdings, name="Core"))
    question = "Why did Target cut its forecast?"
    assert "The corpus does not say." in asked(client, question, since="2999-01-01")
    assert "The corpus does not say." in asked(client, question, as_of="2001-01-01T09:00Z")
    page = asked(client, question, ticker="tgt, wmt", since="2001-01-01", as_of="", portfolio="Core")
    assert "markdowns" in page
    form = page.split('<form class="question"')[1].split("</form>")[0]
    assert 'name="ticker" value="TGT, WMT"' in form
    assert 'name="since" value="2001-01-01"' in form
    assert re.search(r"<option value=\"[^\"]+\" selected>Core</option>", form)
    assert 'value="any"' not in form
    wrong = client.get("/ask", params={"q": question, "since": "yesterday"})
    assert wrong.status_code == 422
    assert "No date or moment" in wrong.text
    assert "markdowns." not in wrong.text
    plain = client.get(f"/ask?q={question}&ticker=&since=&as_of=&portfolio=")
    assert "markdowns" in plain.text, "fields left empty narrow nothing"


def test_an_answer_that_cannot_be_finished_says_so_below_what_was_told() -> None:
    class Breaking:
        answer = None

        def __iter__(self) -> Iterator[Told]:
            yield Told(kind="headline", words="Two of three.")
            raise StorageError("The record does not answer.", remedy="Try again.")

    told = ToldAnswer(cast(AnswerPieces, Breaking()))
    page = Renderer().environment.get_template("ask.html").blocks["page"]
    frame = (
        Renderer()
        .environment.get_template("ask.html")
        .new_context(
            {
                "told": told,
                "asked": Asked.of("Why?", [], since="", as_of="", portfolio=""),
                "portfolios": {},
                "so_far": "",
                "now": None,
                "prefix": "",
            }
        )
    )
    text = "".join(page(frame))
    assert text.index("Two of three.") < text.index("could not be finished")
    assert "Try again." in text
    assert "Nothing is guessed" not in text
