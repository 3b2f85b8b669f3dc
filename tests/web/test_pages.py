"""Pages as a browser gets them: what they hold, what they refuse, and that hostile text stays text."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from readthrough.api import serving
from readthrough.desk import flow
from readthrough.desk.intake import read_article
from readthrough.desk.open import Desk, open_desk
from readthrough.portfolio.holdings import read_holdings
from readthrough.settings import load_settings
from readthrough.testing import FixedClock

from .conftest import Keep
from .sample_notes import BODY, HEADLINE, NOW, fingerprint, note

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>"
    "{{ 7*7 }}{% include '/etc/passwd' %}${7*7}&lt;b&gt;\u202egnp.exe\u2066\u0000\x1b[31m "
    "javascript:alert(4) --> ]]>"
)
DECEPTIVE = re.compile("[\u0000-\u0008\u000b-\u001f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def tree(response: httpx.Response) -> LexborHTMLParser:
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return LexborHTMLParser(response.text)


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def test_an_empty_feed_says_how_to_fill_it(client: httpx.Client) -> None:
    page = tree(client.get("/"))
    assert "No notes yet" in texts(page, ".empty")[0]
    assert page.css("tbody tr") == []


def test_the_feed_shows_a_note(client: httpx.Client, keep: Keep) -> None:
    made = note()
    keep(made)
    page = tree(client.get("/"))
    [row] = page.css(".feed tbody tr")
    cells = [" ".join(cell.text().split()) for cell in row.css("td, th")]
    assert cells == ["14:30:00", "HBR", "Guidance raise", f"{HEADLINE} Own wire", "", "+0.42", "0.31", "+4.4"]
    link = row.css_first("a")
    assert link is not None
    assert link.attributes["href"] == f"/notes/{made.id}"
    assert texts(page, ".detail h2") == [HEADLINE]


def test_the_note_page_shows_every_part(client: httpx.Client, keep: Keep) -> None:
    made = note(url="https://news.example/1")
    keep(made)
    page = tree(client.get(f"/notes/{made.id}"))
    assert texts(page, "h1") == [HEADLINE]
    assert {"Summary", "Analysis", "Decisions", "Withheld", "Ticker sentiment", "Book", "Events", "Facts",
            "Story", "Article", "Not linked", "Tell what is wrong"} == set(texts(page, "h2"))  # fmt: skip
    assert len(page.css(".moves > div")) == 7
    words = page.body.text() if page.body else ""
    for part in ("+0.42", "moderately positive", "74%", "+4.4 bp", "2.13%", "$6.13 bn", "▲ 12%",
                 "410,000 vehicles", "planned", "beat vs expectation", "Analysis, not advice"):  # fmt: skip
        assert part in words, part
    assert page.css_first("section.source a[rel~=noreferrer]") is not None


@pytest.mark.parametrize("path", ["/", "/notes/{id}", "/notes/{id}/preview"])
def test_a_portfolio_is_shown_by_its_name(client: httpx.Client, desk: Desk, keep: Keep, path: str) -> None:
    made = note()
    keep(made)
    address = path.format(id=made.id)
    assert "Global <Equity>" not in texts(tree(client.get(address)), "th bdi")
    text = "ticker,quantity,price\nBABA,10,80\n"
    book = read_holdings(text, portfolio_id="Sample", name="Global <Equity>", universe=desk.universe)
    desk.store.save_portfolio(book)
    assert "Global <Equity>" in texts(tree(client.get(address)), "th bdi")
    desk.store.delete_portfolio("Sample")
    assert "Sample" in texts(tree(client.get(address)), "th bdi")


def test_marked_words_are_the_article(client: httpx.Client, keep: Keep) -> None:
    made = note()
    keep(made)
    page = tree(client.get(f"/notes/{made.id}"))
    shown = [node.text() for node in page.css("section.source p[dir]")]
    assert shown == [HEADLINE, *BODY.split("\n\n")]
    assert texts(page, "mark.figure")[:4] == ["410,000", "12%", "$6.13 billion", "4.5%"]
    for fact in made.reading.facts:
        assert page.css_first(f"#q-{fact.id}") is not None
        assert page.css_first(f"#f-{fact.id}") is not None


def test_every_reference_leads_somewhere(client: httpx.Client, keep: Keep) -> None:
    made = note()
    keep(made)
    page = tree(client.get(f"/notes/{made.id}"))
    ids = {node.attributes["id"] for node in page.css("[id]")}
    targets = [str(node.attributes["href"]) for node in page.css("a[href^='#']")]
    assert len(targets) > 5
    assert {target[1:] for target in targets} <= ids
    assert len(ids) == len(page.css("[id]")), "an id stands twice"


@pytest.mark.parametrize("path", ["/", "/notes/{id}", "/notes/{id}/preview", "/alerts"])
def test_hostile_text_is_inert(client: httpx.Client, keep: Keep, path: str) -> None:
    made = note(headline=HOSTILE, body=f"{BODY}\n\n{HOSTILE}", words=HOSTILE, source=HOSTILE,
                url="javascript:alert(5)")  # fmt: skip
    keep(made)
    response = client.get(path.format(id=made.id))
    assert response.status_code == 200
    page = tree(response)
    own = {"/js/theme.js", "/js/page.js", "/js/feed.js", "/js/note.js"}
    for script in page.css("script"):
        assert script.text() == ""
        assert any(str(script.attributes["src"]).endswith(name) for name in own)
    assert page.css("img, iframe, object, embed, style, base") == []
    for node in page.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on"), name
            assert name != "style"
            assert not (value or "").lower().startswith("javascript:")
    assert not DECEPTIVE.search(response.text)
    assert "<script>alert(1)" not in response.text
    if path != "/alerts":  # none has spoken of it
        assert "{{ 7*7 }}" in (page.body.text() if page.body else "")


def test_hostile_text_is_inert_in_an_answer(client: httpx.Client, desk: Desk) -> None:
    """An answer leaves out passages that speak to machines, so this one holds markup and speaks to nobody."""
    told = (
        'Nike cut its delivery outlook to 400 "shoes"\'> & <3 &lt;img src=x onerror=alert(7)&gt; on Monday.'
    )
    flow.process(
        desk, read_article(desk, {"headline": "Nike cuts delivery outlook", "body": told, "source": "Wire"})
    )
    response = client.get("/ask", params={"q": "Nike delivery outlook"})
    page = tree(response)
    assert '400 "shoes"\'> & <3' in texts(page, ".passages")[0], "the passage is shown, as the words it is"
    assert page.css("main img, main [onerror]") == []
    assert "<img" not in response.text


def test_hostile_text_is_inert_in_a_question(client: httpx.Client, keep: Keep) -> None:
    response = client.get("/ask", params={"q": HOSTILE.replace("\u0000", "")})
    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert tree(response).css("[onerror], [onload], img") == []


def test_hostile_text_is_inert_in_filters(client: httpx.Client, keep: Keep) -> None:
    keep(note())
    response = client.get("/", params={"ticker": HOSTILE[:50], "event": HOSTILE[:50], "sign": HOSTILE[:50]})
    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert tree(response).css("[onerror], [onload], img") == []


def test_an_article_of_other_words_is_not_marked(client: httpx.Client, keep: Keep) -> None:
    from readthrough.web.routes import words_of

    made = note()
    document = keep(made)
    assert words_of(made.article, document) is not None
    assert words_of(note(body="Other words.").article, document) is None
    assert words_of(None, document) is None


def test_filters_choose(client: httpx.Client, keep: Keep) -> None:
    keep(note())
    for query, rows in (
        ("sign=positive", 1),
        ("sign=negative", 0),
        ("ticker=hbr", 1),
        ("ticker=XXXX", 0),
        ("ticker=XXXX&ticker=HBR", 1),
        ("event=guidance_change", 1),
        ("event=guidance_raise&sign=positive&ticker=HBR", 1),
        ("event=litigation", 0),
    ):
        page = tree(client.get(f"/?{query}"))
        assert len(page.css(".feed tbody tr")) == rows, query
        live = page.css_first(".feed")
        assert live is not None
        assert query.replace("hbr", "HBR").split("&")[0] in str(live.attributes["data-live"])
        assert page.css("input[checked]"), query


def test_a_chosen_value_stays_in_the_pane(client: httpx.Client) -> None:
    page = tree(client.get("/?ticker=ZZZZ"))
    assert [node.attributes["value"] for node in page.css("input[name=ticker]")] == ["ZZZZ"]
    assert "No note matches" in texts(page, ".empty")[0]


@pytest.mark.parametrize(
    "path", ["/notes/nope", "/notes/nope/preview", "/articles/nope", "/nothing", "/static/x/y"]
)
def test_what_is_not_there_is_a_page_that_says_so(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert texts(tree(response), "h1") == ["Not Found"]
    assert "Traceback" not in response.text


def test_an_article_leads_to_its_note(client: httpx.Client, keep: Keep) -> None:
    made = note()
    keep(made)
    response = client.get(f"/articles/{made.article.id}")
    assert (response.status_code, response.headers["location"]) == (303, f"/notes/{made.id}")


def test_a_ticker_in_the_search_opens_its_page(client: httpx.Client) -> None:
    response = client.get("/ask?q=aapl")
    assert (response.status_code, response.headers["location"]) == (303, "/tickers/AAPL")


def test_pages_can_be_read_without_seeing_them(client: httpx.Client, keep: Keep) -> None:
    made = note()
    keep(made)
    for path in ("/", f"/notes/{made.id}", "/alerts", "/ask", "/ask?q=deliver"):
        page = tree(client.get(path))
        assert len(page.css("h1")) == 1, path
        assert page.css_first("html[lang=en]") is not None
        assert page.css_first("a.skip[href='#main']") is not None
        assert page.css_first("main#main") is not None
        assert texts(page, "title")[0].endswith("Readthrough")
        for field in page.css("input:not([type=hidden]):not([aria-label])"):
            label = page.css_first(f"label[for='{field.attributes.get('id')}']")
            assert label is not None or (field.parent is not None and field.parent.tag == "label"), path
        for table in page.css("table"):
            assert table.css("th[scope=col]"), path
            assert table.css_first("caption") is not None or table.attributes.get("aria-labelledby"), path
        for drawing in page.css("svg"):
            assert drawing.attributes.get("aria-hidden") == "true"


def test_a_kept_row_tells_its_day_once_that_is_over(tmp_path: Path) -> None:
    clock = FixedClock(NOW)
    settings = load_settings(flags={"home": str(tmp_path)}, environ={})
    with open_desk(settings, clock=clock) as desk, serving(desk, settings) as address:
        desk.store.save(made := note(), fingerprint(made), engine="by hand")
        [today] = texts(tree(httpx.get(address, timeout=60)), "tbody time")
        [again] = texts(tree(httpx.get(address, timeout=60)), "tbody time")
        clock.advance(timedelta(days=1))
        [later] = texts(tree(httpx.get(address, timeout=60)), "tbody time")
    assert today == again != later
    assert later.startswith(f"{NOW.day:02} ")
