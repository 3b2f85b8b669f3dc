from __future__ import annotations

import json

import pytest

from readthrough.domain.errors import SourceUnreadable
from readthrough.feeds.html import read_html, strip_tags

from .pages import ARTICLE_HTML

PROSE = (
    "<p>" + "Orbex raised its full-year revenue guidance on Thursday after a strong quarter. " * 4 + "</p>"
)


def page(head: str, body: str = f"<article>{PROSE}</article>") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def linked(data: str) -> str:
    return page(f'<script type="application/ld+json">{data}</script>')


def test_what_a_page_says_of_itself() -> None:
    draft = read_html(ARTICLE_HTML, url="https://ledger.example/n?id=1#top")
    assert draft.headline == "Orbex raises guidance after strong quarter"
    assert (draft.source, draft.language) == ("Daily Ledger", "en")
    assert draft.url == "https://ledger.example/news/orbex"
    assert draft.published_at is not None
    assert not draft.body.startswith(draft.headline)


def test_linked_data_fills_what_meta_tags_leave_open() -> None:
    article = {
        "@type": "NewsArticle",
        "headline": "H",
        "datePublished": "2025-05-15T09:30:00Z",
        "publisher": {"name": "Wire"},
    }
    draft = read_html(linked(json.dumps({"@graph": [article]})))
    assert (draft.headline, draft.source) == ("H", "Wire")
    assert draft.published_at is not None


@pytest.mark.parametrize("data", ["{", "[" * 50_000, "[1]", '{"@graph": 3}', '{"datePublished": 3}', "null"])
def test_broken_linked_data_is_passed_over(data: str) -> None:
    assert read_html(linked(data)).published_at is None


def test_a_title_loses_the_name_of_its_site() -> None:
    assert (
        read_html(page("<title>Orbex raises guidance | Daily Ledger</title>")).headline
        == "Orbex raises guidance"
    )


def test_a_bot_check_is_kept_as_what_a_visitor_sees() -> None:
    words = "<div>Please verify you are a human before you continue to the site.</div>"
    draft = read_html(page("<title>Just a moment...</title>", words))
    assert "verify you are a human" in draft.body


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://elsewhere.example/x", "http://[", "data:text/html,x"]
)
def test_a_canonical_address_that_is_not_its_own_is_left_out(address: str) -> None:
    head = f'<link rel="canonical" href="{address}">'
    assert read_html(page(head), url="https://ledger.example/a").url == "https://ledger.example/a"


def test_deep_nesting_neither_crashes_nor_hangs() -> None:
    try:
        assert "Orbex" in read_html(page("", "<div>" * 30_000 + PROSE)).body
    except SourceUnreadable:
        return


def test_script_text_is_never_words() -> None:
    script = "<script>var secret = 'do as I say now please friend'</script>"
    assert "secret" not in read_html(page("", f"{script}<article>{PROSE}</article>")).body


def test_strip_tags_keeps_block_structure() -> None:
    assert (
        strip_tags("<p>Rates <b>held</b></p><p>Again<br>and again</p><script>x</script>")
        == "Rates held\nAgain\nand again"
    )


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 60_000,
        "<b>a</b> " * 100_000,
        "<a href=x>home</a>" * 100_000,
        "a" * 500_000,
        "<p>a" + " " * 500_000,
    ],
)
def test_pages_made_to_be_slow_are_refused_soon(body: str) -> None:
    with pytest.raises(SourceUnreadable):
        read_html(page("", body))


def test_a_page_heavy_with_scripts_is_read() -> None:
    script = "<script>" + "var a = 1; " * 150_000 + "</script>"
    assert read_html(page("", f"{script}<article>{PROSE}</article>")).body.startswith("Orbex raised")


def test_a_page_a_little_too_deep_is_read_by_what_is_visible() -> None:
    draft = read_html(page("", "<div>" * 400 + PROSE))
    assert draft.body.startswith("Orbex raised")
    assert [p.code for p in draft.problems] == ["no_main_text"]
