"""Wire formats, folders, filings, pages: what each gives, and what is refused."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.feeds.asking import NOW, Reply, asking, serving

from readthrough.domain.errors import SettingsError, SourceError, SourceUnreadable
from readthrough.domain.live import Feed
from readthrough.feeds import edgar, folder
from readthrough.feeds.ask import Turns
from readthrough.feeds.draft import Draft
from readthrough.feeds.limits import Limits
from readthrough.feeds.newsml import read_newsml
from readthrough.feeds.ninjs import read_ninjs
from readthrough.feeds.ownership import read_ownership
from readthrough.feeds.pages import Pages
from readthrough.feeds.wire import entries_of

ITEM = {
    "uri": "urn:x:1",
    "version": "1",
    "versioncreated": "2026-01-05T08:00:00Z",
    "pubstatus": "usable",
    "language": "en-GB",
    "headline": "Acme raises guidance",
    "body_text": "Acme Corp raised its guidance.",
    "copyrightholder": "Example Agency",
}
ITEM_3 = {
    "uri": "urn:x:3",
    "versionCreated": "2026-01-05T08:00:00Z",
    "pubStatus": "usable",
    "headlines": [{"role": "slug", "value": "acme"}, {"role": "main", "value": "Acme raises guidance"}],
    "bodies": [
        {"role": "main", "contentType": "text/html", "value": "<p>Acme Corp raised its <b>guidance</b>.</p>"}
    ],
    "infosources": [{"name": "Example Agency", "role": "stdpub"}],
}
NEWSML = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:x,2026:1" version="2" xml:lang="en">
<itemMeta><provider qcode="nprov:EX"/><versionCreated>2026-01-05T08:00:00Z</versionCreated>
<pubStatus qcode="stat:{status}"/><edNote>{note}</edNote></itemMeta>
<contentMeta><headline>Acme raises guidance</headline></contentMeta>
<contentSet><inlineXML><nitf xmlns="x"><body><body.content><p>Acme Corp raised</p><p>its guidance.</p></body.content>
</body></nitf></inlineXML></contentSet></newsItem>"""


@pytest.mark.parametrize("item", [ITEM, ITEM_3])
def test_ninjs_of_every_version_gives_an_article(item: dict[str, object]) -> None:
    (entry,) = entries_of(json.dumps(item).encode(), limits=Limits(), what="x", now=NOW)
    assert entry.draft is not None
    assert entry.draft.headline == "Acme raises guidance"
    assert entry.draft.body == "Acme Corp raised its guidance."
    assert entry.draft.source == "Example Agency"
    assert entry.draft.published_at == datetime(2026, 1, 5, 8, tzinfo=UTC)
    assert entry.key == item["uri"]


def test_a_cancelled_item_withdraws_and_repeats_no_claim() -> None:
    entry = read_ninjs({**ITEM, "pubstatus": "canceled", "version": "2"}, NOW)
    assert entry.draft is not None
    assert entry.draft.headline == "WITHDRAWN: this story should not be used"
    assert "guidance" not in entry.draft.headline + entry.draft.body
    assert entry.key == "urn:x:1"


@pytest.mark.parametrize(
    "change",
    [{"pubstatus": "withheld"}, {"embargoed": "2026-02-01T00:00:00Z"}, {"headline": "", "body_text": ""}],
)
def test_what_is_not_to_be_published_is_not_taken(change: dict[str, str]) -> None:
    with pytest.raises(SourceUnreadable):
        read_ninjs({**ITEM, **change}, NOW)


def test_newsml_gives_an_article_with_its_paragraphs() -> None:
    (entry,) = read_newsml(NEWSML.format(status="usable", note="").encode(), NOW)
    assert entry.draft is not None
    assert "Acme Corp raised\n\nits guidance." in entry.draft.body
    assert (entry.key, entry.draft.source, entry.draft.language) == ("tag:x,2026:1", "EX", "en")


def test_newsml_withdraws() -> None:
    (entry,) = read_newsml(NEWSML.format(status="canceled", note="Wrong company named").encode(), NOW)
    assert entry.draft is not None
    assert entry.draft.headline.startswith("WITHDRAWN")
    assert "Wrong company named" in entry.draft.body


@pytest.mark.parametrize(
    "raw",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><newsItem>&a;</newsItem>',
        b"<newsItem>" + b"<a>" * 5_000,
        b"<newsItem><b></newsItem>",
        b"<newsMessage></newsMessage>",
    ],
)
def test_hostile_newsml_is_refused(raw: bytes) -> None:
    with pytest.raises(SourceUnreadable):
        read_newsml(raw, NOW)


def test_a_folder_shows_files_once_and_changed_ones_again(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text("Acme raises guidance\n\nAcme Corp raised its guidance.")
    (tmp_path / "sub" / "b.json").write_text(json.dumps(ITEM))
    (tmp_path / "c.bin").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "d.part").write_text("half")
    (tmp_path / "link").symlink_to("/etc/passwd")
    later = datetime.now(UTC) + timedelta(seconds=5)
    feed = Feed(name="f", kind="folder", address=str(tmp_path))
    shown = folder.show(feed, asking(), later)
    found = {e.key: e for e in shown.entries}
    assert set(found) == {"a.txt", "urn:x:1", "c.bin"}
    assert found["c.bin"].draft is None
    assert found["c.bin"].reason
    again = folder.show(
        Feed(name="f", kind="folder", address=str(tmp_path), mark=shown.mark), asking(), later
    )
    assert again.entries == ()
    (tmp_path / "a.txt").write_text("Acme cuts guidance\n\nAcme Corp cut its guidance.")
    third = folder.show(
        Feed(name="f", kind="folder", address=str(tmp_path), mark=again.mark), asking(), later
    )
    assert [e.key for e in third.entries] == ["a.txt"]


def test_a_file_still_being_written_waits(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Acme raises guidance")
    now = datetime.now(UTC)
    feed = Feed(name="f", kind="folder", address=str(tmp_path))
    assert folder.show(feed, asking(), now).entries == ()


FILINGS = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Latest Filings</title>
<entry><title>8-K - ACME CORP (0000000077) (Filer)</title><link rel="alternate" href="/Archives/x-index.htm"/>
<summary type="html">&lt;b&gt;Filed:&lt;/b&gt; 2026-01-05 Item 2.02: Results of Operations Item 9.01: Exhibits</summary>
<updated>2026-01-05T08:15:00-05:00</updated><id>urn:tag:sec.gov,2008:accession-number=0000000077-26-000001</id></entry></feed>"""
RELEASE = (
    "<html><body><p>"
    + "Acme Corp reported revenue of $2.1 billion, up 4% from a year before. " * 5
    + "</p></body></html>"
)
FORM_4 = """<ownershipDocument><issuer><issuerName>ACME CORP</issuerName><issuerTradingSymbol>ACME</issuerTradingSymbol></issuer>
<reportingOwner><reportingOwnerId><rptOwnerName>Doe Jane</rptOwnerName></reportingOwnerId><reportingOwnerRelationship>
<isOfficer>1</isOfficer><officerTitle>Chief Financial Officer</officerTitle></reportingOwnerRelationship></reportingOwner>
<nonDerivativeTable><nonDerivativeTransaction><transactionDate><value>2026-01-02</value></transactionDate><transactionCoding>
<transactionCode>S</transactionCode></transactionCoding><transactionAmounts><transactionShares><value>1000</value></transactionShares>
<transactionPricePerShare><value>12.5</value></transactionPricePerShare></transactionAmounts><postTransactionAmounts>
<sharesOwnedFollowingTransaction><value>500</value></sharesOwnedFollowingTransaction></postTransactionAmounts>
</nonDerivativeTransaction></nonDerivativeTable></ownershipDocument>"""


def _sec(path: str, headers: dict[str, str]) -> Reply:
    if path.startswith("/cgi-bin/browse-edgar"):
        return Reply(
            FILINGS
            if "type=8-K" in path
            else "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>"
        )
    if path.endswith("index.json"):
        items = [{"name": n} for n in ("x-index.htm", "acme-8k.htm", "acme-ex99_1.htm", "R1.htm")]
        return Reply(json.dumps({"directory": {"item": items}}), kind="application/json")
    return Reply(RELEASE, kind="text/html")


def test_a_filing_becomes_its_press_release_under_declared_identity() -> None:
    with serving(_sec) as server:
        feed = Feed(name="sec", kind="edgar", address=server.address)
        shown = edgar.show(feed, asking(), NOW)
        again = edgar.show(
            Feed(name="sec", kind="edgar", address=server.address, mark=shown.mark), asking(), NOW
        )
    (entry,) = shown.entries
    assert entry.draft is not None
    assert entry.draft.headline == "ACME CORP files 8-K: reports results"
    assert "revenue of $2.1 billion" in entry.draft.body
    assert entry.key == "0000000077-26-000001"
    assert "/Archives/edgar/data/77/000000007726000001/acme-ex99_1.htm" in server.paths
    assert again.entries == ()
    assert all("desk@example.com" in headers["user-agent"] for _, headers, _ in server.asked)


def test_without_a_contact_the_sec_is_not_asked() -> None:
    with pytest.raises(SettingsError, match="nobody is named"):
        edgar.show(Feed(name="sec", kind="edgar", address="http://127.0.0.1:1"), asking(contact=""), NOW)


def test_all_hosts_of_the_sec_share_fewer_than_ten_turns_a_second() -> None:
    now = [0.0]
    began: list[float] = []

    def sleep(seconds: float) -> None:
        now[0] += seconds

    turns = Turns(timedelta(0), monotonic=lambda: now[0], sleep=sleep, slower=edgar.TOTAL_RATE)
    for n in range(100):
        turns.wait(f"https://{'www' if n % 2 else 'data'}.sec.gov/{n}")
        began.append(now[0])
    assert all(sum(1 for at in began if start <= at < start + 1.0) <= 10 for start in began)
    assert began[-1] >= 9.9


def test_an_insiders_trades_are_told_in_sentences() -> None:
    told = read_ownership(FORM_4.encode())
    assert "Doe Jane, Chief Financial Officer of ACME CORP (ACME)" in told
    assert "Doe Jane sold 1,000 shares at $12.50 a share on 2026-01-02 and owns 500 after that." in told
    with pytest.raises(SourceError):
        read_ownership(b"<!DOCTYPE a><ownershipDocument/>")


PAGE = (
    "<html><head><title>Acme</title>{head}</head><body><article>"
    + "<p>Acme Corp raised its guidance for the year on Monday.</p>" * 9
    + "</article></body></html>"
)


@pytest.mark.parametrize(
    ("robots", "head", "headers", "whole"),
    [
        ("", "", {}, True),
        ("User-agent: *\nDisallow: /private", "", {}, True),
        ("User-agent: *\nDisallow: /", "", {}, False),
        ("User-agent: readthrough\nDisallow: /", "", {}, False),
        ("", '<meta name="robots" content="noai, noimageai">', {}, False),
        ("", '<meta name="tdm-reservation" content="1">', {}, False),
        ("", "", {"tdm-reservation": "1"}, False),
        ("", "", {"X-Robots-Tag": "nosnippet"}, False),
        ("", '<meta name="robots" content="index, follow">', {}, True),
    ],
)
def test_a_page_is_taken_only_where_its_site_allows(
    robots: str, head: str, headers: dict[str, str], whole: bool
) -> None:
    def answer(path: str, asked: dict[str, str]) -> Reply:
        if path == "/robots.txt":
            return Reply(robots, kind="text/plain")
        return Reply(PAGE.replace("{head}", head), kind="text/html", headers=headers)

    with serving(answer) as server:
        draft = Pages(asking()).whole(Draft(headline="Acme raises guidance", body=""), f"{server.address}/a")
    assert bool(draft.body) == whole
    assert any(p.code == "headline_only" for p in draft.problems) != whole
    assert draft.headline == "Acme raises guidance"


def test_bodies_of_real_pages_are_found() -> None:
    data = os.environ.get("READTHROUGH_DATA")
    folder_of_pages = Path(data or "", "article_extraction_benchmark")
    if not data or not folder_of_pages.is_dir():
        pytest.skip("no data: set READTHROUGH_DATA to the folder that holds article_extraction_benchmark")
    from tests.feeds.extraction import body_f1

    assert body_f1(folder_of_pages) >= 0.95  # measured 0.960
