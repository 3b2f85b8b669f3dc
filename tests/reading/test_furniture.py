"""What stands on a page and is not its news is not read."""

from datetime import UTC, datetime

import pytest

from readthrough.domain.article import Article, ArticleId
from readthrough.reading.furniture import without_furniture
from readthrough.reading.sentences import split_sentences

NEWS = (
    "Orbex said on Monday that revenue rose 12% to $3.1 billion in the third quarter.\n"
    "The Leeds company raised its outlook for the year and its shares gained 4%.\n"
    "Analysts had expected revenue of $2.9 billion.\n"
)


def kept(body: str, headline: str = "Orbex raises outlook") -> list[str]:
    article = Article(
        id=ArticleId("a"), headline=headline, body=body, received_at=datetime(2026, 11, 20, tzinfo=UTC)
    )
    sentences = without_furniture(article, split_sentences(article))
    assert [s.index for s in sentences] == list(range(len(sentences)))
    return [s.span.of(article.text) for s in sentences[1:]]


@pytest.mark.parametrize(
    "foot",
    [
        "More from Jane:\nWhy Apple may never make a car\nNetflix raises prices again\n",
        "Related Articles:\nApple gains on new phone\n",
        "Trending right now:\nThe new Galaxy leaks in full\nHow to watch the match\nAmazon has a keyboard for $40\n",
        "Why Apple may never make a car\nNetflix raises prices again in six countries\nGoogle gives you more storage\n",
        "Follow us on Facebook and Instagram for more.\n",
        "Email Jane Doe at jane@example.org; follow her on Twitter at @jane.\n",
        "Subscribe via Apple Podcast, Spotify or Pocket Cast.\n",
        "Image source: Getty Images.\n",
        "(Reporting by Jane Doe in Amazonas; Editing by John Roe)\n",
        "--With assistance from Jane Doe.\n",
        "To contact the reporter on this story: Jane Doe in London at jane@example.org\n",
        "Jane Doe owns shares of Apple and Amazon.\n",
        "Jane Doe is a senior correspondent for The Morning covering Apple.\n",
        "The Motley Fool owns shares of Apple.\n",
    ],
)
def test_the_foot_of_a_page_is_left_out(foot: str) -> None:
    assert kept(NEWS + foot) == kept(NEWS)


@pytest.mark.parametrize(
    "line",
    [
        "SoftBank Group owns 21% of Orbex after the sale.",
        "Customers who subscribe to the service pay $9 a month.",
        "More than half of sales came from Asia.",
        "Read the room: the chief executive said buyers wait.",
        "The company expects to download costs to its partners.",
        "With revenue up, the board raised the dividend.",
        "Follow-on orders from Boeing came to $200 million.",
        "Email revenue at the unit fell 3%.",
    ],
)
def test_news_that_begins_like_furniture_stays(line: str) -> None:
    assert line in kept(NEWS + line + "\n")


def test_a_results_table_at_the_foot_stays() -> None:
    table = "Revenue   3,100   2,900\nNet income   310   270\nShares out   140   141\nCash   900   820\n"
    assert len(kept(NEWS + table)) == len(kept(NEWS)) + 4


def test_a_page_of_nothing_else_is_left_whole() -> None:
    assert kept("Subscribe\nFollow us on Facebook\n", headline="") != []


def test_news_after_a_list_of_links_is_read_again() -> None:
    later = (
        "The group also said that it would buy back $500 million of its own shares over the next twelve months, "
        "pay a higher dividend from January and close two of its older plants in the north.\n"
    )
    said = kept(NEWS + "Read more:\nApple gains on new phone\n" + later)
    assert any("buy back" in s for s in said)
    assert not any("Apple" in s for s in said)


def test_each_line_of_a_page_of_paragraphs_is_its_own() -> None:
    long = "Orbex said " + "that it had been very busy and would remain so " * 3 + "in the year.\n"
    body = long + "A heading of more than fifty characters without any stop\nAnother sentence stands here.\n"
    assert "Another sentence stands here." in kept(body)
