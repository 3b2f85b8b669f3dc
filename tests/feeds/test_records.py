from __future__ import annotations

import json
from typing import Any

import pytest

from readthrough.domain.errors import SourceUnreadable
from readthrough.feeds.records import read_json, read_record


@pytest.mark.parametrize(
    "record",
    [
        {
            "id": "7",
            "headline": "Rates held",
            "body": "The bank kept rates.",
            "source": "Wire",
            "published_at": "2025-05-15T09:30:00Z",
            "url": "https://wire.example/7",
        },
        {
            "@type": "NewsArticle",
            "@id": "7",
            "headline": "Rates held",
            "articleBody": "The bank kept rates.",
            "publisher": {"name": "Wire"},
            "datePublished": "2025-05-15T09:30:00Z",
            "mainEntityOfPage": "https://wire.example/7",
        },
        {
            "uri": "https://wire.example/7",
            "guid": "7",
            "headline": "Rates held",
            "body_xhtml": "<p>The bank kept rates.</p>",
            "versioncreated": "2025-05-15T09:30:00Z",
            "source": "Wire",
        },
        {
            "uuid": 7,
            "title": "Rates\nheld",
            "text": "<p>The bank kept rates.</p>",
            "publishedAt": 1747301400,
            "provider": {"name": "Wire"},
            "link": "https://wire.example/7",
        },
    ],
)
def test_shapes_that_the_field_uses(record: dict[str, Any]) -> None:
    draft = read_json(json.dumps(record))
    assert (draft.headline, draft.body, draft.source) == ("Rates held", "The bank kept rates.", "Wire")
    assert (draft.external_id, draft.url) == ("7", "https://wire.example/7")
    assert draft.published_at is not None
    assert draft.published_at.isoformat() == "2025-05-15T09:30:00+00:00"


def test_a_graph_gives_its_article() -> None:
    data = {"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle", "headline": "Rates held"}]}
    assert read_json(json.dumps(data)).headline == "Rates held"


def test_a_headline_alone_is_an_article_and_a_summary_stands_in_for_a_body() -> None:
    assert read_record({"headline": "Rates held"}).body == ""
    assert read_record({"headline": "Rates held", "summary": "Kept."}).body == "Kept."


def test_a_dangerous_address_is_dropped_and_told() -> None:
    draft = read_record({"headline": "a", "url": "javascript:alert(1)"})
    assert draft.url == ""
    assert [p.code for p in draft.problems] == ["url_dropped"]


def test_text_with_a_less_than_sign_is_no_markup() -> None:
    body = "Margin was <5% and leverage < 2 times; if a<b then <c> holds."
    assert read_record({"headline": "a", "body": body}).body == body


@pytest.mark.parametrize("value", [3.5, True, {"name": {"a": 1}}, ["a", 1], [], {}])
@pytest.mark.parametrize("field", ["headline", "body", "source", "url", "id", "language", "published_at"])
def test_values_of_other_types_are_refused_by_field(field: str, value: object) -> None:
    record = {"headline": "Rates held", "body": "x", field: value}
    if value == 3.5 and field in ("id", "published_at"):
        assert read_record(record).headline
        return
    with pytest.raises(SourceUnreadable, match=f"Line 7: {field}") as caught:
        read_record(record, what="Line 7")
    assert caught.value.remedy
    assert read_record({**record, field: None, "title": "Rates held"}).headline


def test_a_time_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(SourceUnreadable, match="date: 'yesterday'") as caught:
        read_record({"headline": "Rates held", "date": "yesterday"})
    assert "2025-05-15" in caught.value.remedy


@pytest.mark.parametrize(
    "text",
    ['{"rows": 1}', "[]", "3", '"x"', "[[1]]", '{"headline": "", "body": null}', '{"headline": "\\u200b"}'],
)
def test_what_is_no_article(text: str) -> None:
    with pytest.raises(SourceUnreadable) as caught:
        read_json(text)
    assert caught.value.remedy
