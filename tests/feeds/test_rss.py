from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.feeds.asking import NOW, Reply, asking, serving

from readthrough.domain.errors import SourceError, SourceTooLarge, SourceUnreachable, SourceUnreadable
from readthrough.domain.live import Feed
from readthrough.feeds.rss import LARGEST_FEED, parse_feed, show

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire &amp; Co</title><ttl>30</ttl>
<item><guid>a1</guid><title>Acme raises &lt;b&gt;guidance&lt;/b&gt;</title><link>https://example.com/1</link>
<description>&lt;p&gt;Acme Corp raised its guidance.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>
<pubDate>Mon, 05 Jan 2026 08:00:00 GMT</pubDate></item>
<item><guid>a2</guid><title></title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Desk</title>
<link rel="hub" href="https://hub.example.com/"/><link rel="self" href="https://example.com/feed"/>
<entry><id>urn:1</id><title>Orbex sold</title><updated>2026-01-05T08:30:00+01:00</updated>
<link href="/story"/><content type="html">&lt;p&gt;Orbex was sold.&lt;/p&gt;</content></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "J", "language": "en-GB", "items": [
{"id": 7, "url": "https://example.com/j", "title": "Rates held", "content_text": "The bank held rates.",
"date_published": "2026-01-05T08:00:00Z"}, "nonsense"]}"""


def test_an_rss_item_is_an_entry_without_markup() -> None:
    shown = parse_feed(RSS.encode())
    first, second = shown.entries
    assert first.draft is not None
    assert first.draft.headline == "Acme raises guidance"
    assert first.draft.body == "Acme Corp raised its guidance."
    assert first.draft.published_at == datetime(2026, 1, 5, 8, tzinfo=UTC)
    assert (first.key, first.draft.source, first.page) == ("a1", "Wire & Co", "https://example.com/1")
    assert (second.draft, second.reason) == (None, "It has neither a title nor a text.")
    assert shown.wait == timedelta(minutes=30)


def test_an_atom_entry_has_its_link_time_language_and_hub() -> None:
    shown = parse_feed(ATOM.encode(), url="https://example.com/feed")
    (entry,) = shown.entries
    assert entry.draft is not None
    assert entry.draft.url == "https://example.com/story"
    assert entry.draft.published_at == datetime(2026, 1, 5, 7, 30, tzinfo=UTC)
    assert entry.draft.language == "en"
    assert shown.mark == {"hub": "https://hub.example.com/", "topic": "https://example.com/feed"}


def test_a_json_feed_is_read_and_what_is_no_item_says_so() -> None:
    first, second = parse_feed(JSON.encode()).entries
    assert first.draft is not None
    assert (first.key, first.draft.headline, first.draft.language) == ("7", "Rates held", "en")
    assert second.reason == "It is a str, not an object."


def test_an_edited_title_changes_the_digest_and_not_the_key() -> None:
    before = parse_feed(ATOM.encode()).entries[0]
    after = parse_feed(ATOM.replace("Orbex sold", "Orbex not sold").encode()).entries[0]
    assert before.key == after.key
    assert before.digest != after.digest


def test_a_feed_that_has_not_changed_is_not_sent_again() -> None:
    def answer(path: str, headers: dict[str, str]) -> Reply:
        if headers.get("if-none-match") == '"v1"':
            return Reply(status=304)
        return Reply(RSS, headers={"ETag": '"v1"', "Last-Modified": "Mon, 05 Jan 2026 08:00:00 GMT"})

    with serving(answer) as server:
        feed = Feed(name="f", kind="rss", address=server.address)
        first = show(feed, asking(), NOW)
        again = show(Feed(name="f", kind="rss", address=server.address, mark=first.mark), asking(), NOW)
    assert len(first.entries) == 2
    assert again.entries == ()
    assert server.asked[1][1]["if-modified-since"] == "Mon, 05 Jan 2026 08:00:00 GMT"
    assert "readthrough/" in server.asked[0][1]["user-agent"]
    assert "desk@example.com" in server.asked[0][1]["user-agent"]


def test_the_same_bytes_without_an_etag_are_known_too() -> None:
    with serving(lambda path, headers: Reply(RSS)) as server:
        first = show(Feed(name="f", kind="rss", address=server.address), asking(), NOW)
        again = show(Feed(name="f", kind="rss", address=server.address, mark=first.mark), asking(), NOW)
    assert again.entries == ()


@pytest.mark.parametrize("stated", ["120", "Mon, 05 Jan 2026 09:02:00 GMT"])
def test_a_server_that_asks_for_a_pause_is_heard(stated: str) -> None:
    answer = Reply(status=429, headers={"Retry-After": stated})
    with serving(lambda path, headers: answer) as server, pytest.raises(SourceUnreachable) as told:
        show(Feed(name="f", kind="rss", address=server.address), asking(), NOW)
    assert told.value.facts["retry_after"] == timedelta(minutes=2)


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address() -> None:
    def answer(path: str, headers: dict[str, str]) -> Reply:
        return Reply(RSS) if path == "/new" else Reply(status=301, headers={"Location": "/new"})

    with serving(answer) as server:
        first = show(Feed(name="f", kind="rss", address=f"{server.address}/old"), asking(), NOW)
        show(Feed(name="f", kind="rss", address=f"{server.address}/old", mark=first.mark), asking(), NOW)
    assert server.paths == ["/old", "/new", "/new"]


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"<html><body>no feed</body></html>", SourceUnreadable),
        (b"", SourceUnreadable),
        (b"{", SourceUnreadable),
        (b'{"items": 3}', SourceUnreadable),
        (b"[" * 100_000, SourceUnreadable),
        (b'{"items": ' + b"[" * 100_000, SourceUnreadable),
        (b"<rss><channel>" + b"<item><a>" * 50_000, SourceTooLarge),
        (b"x" * (LARGEST_FEED + 1), SourceTooLarge),
    ],
)
def test_what_is_no_feed_is_refused_with_its_reason(raw: bytes, error: type[SourceError]) -> None:
    with pytest.raises(error):
        parse_feed(raw)


def test_entities_that_a_feed_declares_itself_are_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]>'
    raw = f"{bomb}<rss version='2.0'><channel><title>t</title><item><title>x &l9; &f;</title></item></channel></rss>"
    begun = time.process_time()
    (entry,) = parse_feed(raw.encode()).entries
    assert time.process_time() - begun < 2.0
    assert entry.draft is not None
    assert len(entry.draft.headline) < 100
    assert "root:" not in entry.draft.headline


@pytest.mark.parametrize(
    "hostile",
    [
        "<item><title>" + "<" * 200_000,
        "<item><title>" + "&amp" * 200_000,
        "<![CDATA[" * 50_000,
        "<item><title>a</title>" * 5_000,
        "<!-- " * 100_000,
        "<a b='" * 20_000,
        "<item><description>" + "&lt;p" * 100_000,
        "\x00" * 500_000,
    ],
)
def test_hostile_words_cost_bounded_time(hostile: str) -> None:
    raw = f"<rss version='2.0'><channel><title>t</title>{hostile}".encode()
    begun = time.process_time()
    with suppress(SourceError):
        parse_feed(raw)
    assert time.process_time() - begun < 8.0


def test_every_usable_entry_of_feeds_broken_on_purpose_is_taken() -> None:
    data = os.environ.get("READTHROUGH_DATA")
    folder = Path(data or "", "feedparser_feeds", "tests")
    if not data or not folder.is_dir():
        pytest.skip("no data: set READTHROUGH_DATA to the folder that holds feedparser_feeds")
    files = {
        f"/{n}": path for n, path in enumerate(sorted(folder.rglob("*"))) if path.suffix in (".xml", ".json")
    }
    feeds = entries = usable = refused = 0
    with serving(lambda path, headers: Reply(files[path].read_bytes())) as server:
        for path in files:
            begun = time.process_time()
            try:
                shown = show(Feed(name="f", kind="rss", address=server.address + path), asking(), NOW)
            except SourceError:
                refused += 1
                continue
            assert time.process_time() - begun < 5.0, files[path]
            feeds += 1
            for entry in shown.entries:
                entries += 1
                usable += entry.draft is not None
                assert (entry.draft is None) == bool(entry.reason)
                if entry.draft is not None:
                    assert any(c.isalnum() for c in entry.draft.headline + entry.draft.body)
    assert feeds + refused == len(files) > 2_000
    assert refused <= 10, "feeds that show nothing at all"
    assert usable >= 430
    assert entries >= 1_200
