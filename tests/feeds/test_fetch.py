from __future__ import annotations

import gzip
import threading
import time
import zlib
from collections.abc import Sequence
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from itertools import count
from typing import Any

import pytest

from readthrough.domain.errors import (
    SourceRefused,
    SourceTooLarge,
    SourceUnreachable,
    SourceUnreadable,
)
from readthrough.feeds.files import load_source
from readthrough.feeds.limits import Limits
from readthrough.feeds.network import Network

from .conftest import Site
from .pages import ARTICLE_HTML, pdf

# The local server stands for a public one; every other private address stays refused.
LOCAL = Network(allow=lambda address: address == "127.0.0.1")
SHORT = Limits(deadline=timedelta(seconds=0.4), max_bytes=200_000)


def test_a_page_becomes_a_draft(site: Site) -> None:
    url = site.serve("/news/orbex?edition=eu&q=a%20b", ARTICLE_HTML.encode())
    draft = load_source(url, network=LOCAL)
    assert draft.headline == "Orbex raises guidance after strong quarter"
    assert draft.source == "Daily Ledger"
    assert draft.language == "en"
    assert draft.published_at is not None
    assert draft.published_at.isoformat() == "2025-05-15T07:30:00+00:00"
    assert draft.url == site.url("/news/orbex")
    assert site.seen == ["/news/orbex?edition=eu&q=a%20b"]


def test_pdf_text_json_and_declared_charset(site: Site) -> None:
    urls = (
        site.serve("/a.pdf", pdf([["Orbex raised its guidance."]]), "application/pdf"),
        site.serve("/a.txt", b"Orbex raised its guidance.", "text/plain"),
        site.serve(
            "/a.json", b'{"title": "Orbex", "text": "Orbex raised its guidance."}', "application/json"
        ),
    )
    for url in urls:
        draft = load_source(url, network=LOCAL)
        assert draft.body == "Orbex raised its guidance."
        assert draft.url == url
    url = site.serve("/b", "Błąd — Orbex".encode("iso-8859-2", "replace"), "text/plain; charset=iso-8859-2")
    assert load_source(url, network=LOCAL).body.startswith("Błąd")


def test_packed_bodies(site: Site) -> None:
    page = ARTICLE_HTML.encode()
    for path, body, encoding in (
        ("/g", gzip.compress(page), "gzip"),
        ("/d", zlib.compress(page), "deflate"),
    ):
        url = site.serve(path, body, Content_Encoding=encoding)
        assert load_source(url, network=LOCAL).source == "Daily Ledger"
    url = site.serve("/torn", gzip.compress(page)[:-40], Content_Encoding="gzip")
    with pytest.raises(SourceUnreadable, match="truncated"):
        load_source(url, network=LOCAL)
    url = site.serve("/br", page, Content_Encoding="br")
    with pytest.raises(SourceUnreadable, match="'br'"):
        load_source(url, network=LOCAL)


def test_a_decompression_bomb_stops_at_the_limit(site: Site) -> None:
    url = site.serve("/bomb", gzip.compress(bytes(30_000_000)), Content_Encoding="gzip")
    with pytest.raises(SourceTooLarge, match="unpacks"):
        load_source(url, network=LOCAL, limits=SHORT)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.com/a",
        "gopher://example.com/",
        "http://",
        "http://127.0.0.1/",
        "http://localhost.:1/",
        "http://10.0.0.1/",
        "http://192.168.1.1:8080/admin",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.100.100.200/",
        "http://168.63.129.16/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://user:word@example.com/",
        "http://example.com:99999/",
        "http://ex ample.com/",
        "http://[::1/",
        "http://" + "a" * 3_000 + ".com/",
    ],
)
def test_addresses_that_are_never_fetched(url: str) -> None:
    with pytest.raises(SourceRefused) as caught:
        load_source(url, network=Network(resolver=lambda host, port: ["127.0.0.1"]))
    assert caught.value.remedy
    assert caught.value.exit_status == 6


@pytest.mark.parametrize(
    "answers", [["10.1.2.3"], ["93.184.215.14", "127.0.0.1"], ["::ffff:192.168.0.1"], ["x"]]
)
def test_a_name_with_any_private_address_is_refused(answers: list[str]) -> None:
    with pytest.raises(SourceRefused, match="not on the public internet"):
        load_source("http://news.example/a", network=Network(resolver=lambda host, port: answers))


def test_a_name_is_looked_up_once_for_check_and_connection(site: Site) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    site.serve("/a", ARTICLE_HTML.encode())
    network = Network(resolver=rebinding, allow=lambda address: address == "127.0.0.1")
    assert load_source(site.url("/a", "news.example"), network=network).source == "Daily Ledger"
    assert asked == ["news.example"]


def test_redirects_are_followed_and_each_hop_is_checked(site: Site) -> None:
    site.serve("/final", ARTICLE_HTML.encode())
    first = site.serve("/first", b"", status=302, Location="/second")
    site.serve("/second", b"", status=308, Location=site.url("/final"))
    assert load_source(first, network=LOCAL).source == "Daily Ledger"
    for target in (
        "http://10.0.0.1/",
        "http://[::1]/",
        "file:///etc/passwd",
        "//169.254.169.254/",
        "http://[x/",
    ):
        with pytest.raises(SourceRefused, match="redirects"):
            load_source(site.serve("/away", b"", status=301, Location=target), network=LOCAL)


def test_a_redirect_to_a_name_that_resolves_private_is_refused(site: Site) -> None:
    def resolver(host: str, port: int) -> Sequence[str]:
        return {"public.example": ["127.0.0.1"]}.get(host, ["127.0.0.9"])

    network = Network(resolver=resolver, allow=lambda address: address == "127.0.0.1")
    site.serve("/go", b"", status=302, Location=site.url("/x", "inner.example"))
    with pytest.raises(SourceRefused, match=r"redirects.*127\.0\.0\.9"):
        load_source(site.url("/go", "public.example"), network=network)
    assert site.seen == ["/go"]


def test_a_redirect_loop_ends(site: Site) -> None:
    with pytest.raises(SourceUnreachable, match="more than 5 times"):
        load_source(site.serve("/loop", b"", status=302, Location="/loop"), network=LOCAL)
    assert len(site.seen) == 6


def test_a_large_body_is_refused_by_its_stated_length(site: Site) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", "5000000000")
        request.end_headers()

    site.paths["/five"] = answer
    with pytest.raises(SourceTooLarge, match="200,000"):
        load_source(site.url("/five"), network=LOCAL, limits=SHORT)


def test_an_endless_body_is_cut_at_the_limit(site: Site) -> None:
    sent = count()

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        for _ in range(100_000):
            request.wfile.write(b"x" * 10_000)
            next(sent)

    site.paths["/endless"] = answer
    limits = Limits(max_bytes=100_000)
    with pytest.raises(SourceTooLarge, match="reading stopped"):
        load_source(site.url("/endless"), network=LOCAL, limits=limits)
    assert next(sent) < 5_000


@pytest.mark.parametrize("stage", ["silent", "status line", "headers", "body"])
def test_a_server_that_drips_or_hangs_meets_the_deadline(site: Site, stage: str) -> None:
    done = threading.Event()

    def answer(request: BaseHTTPRequestHandler) -> None:
        opening = {
            "silent": b"",
            "status line": b"HTTP/1.1 2",
            "headers": b"HTTP/1.1 200 OK\r\nX-A: ",
            "body": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>",
        }[stage]
        request.wfile.write(opening)
        while not done.wait(0.02):
            if stage != "silent":
                request.wfile.write(b"0")

    site.paths["/slow"] = answer
    began = time.monotonic()
    try:
        with pytest.raises(SourceUnreachable, match=r"within 0\.4 seconds"):
            load_source(site.url("/slow"), network=LOCAL, limits=SHORT)
    finally:
        done.set()
    assert time.monotonic() - began < 2.0


def test_the_deadline_covers_all_hops_together(site: Site) -> None:
    release = threading.Event()

    def answer(request: BaseHTTPRequestHandler) -> None:
        release.wait(0.15)
        request.send_response(302)
        request.send_header("Location", "/slow")
        request.end_headers()

    site.paths["/slow"] = answer
    with pytest.raises(SourceUnreachable, match="within"):
        load_source(site.url("/slow"), network=LOCAL, limits=SHORT)
    release.set()


def test_a_resolver_that_hangs_meets_the_deadline() -> None:
    release = threading.Event()

    def resolver(host: str, port: int) -> Sequence[str]:
        release.wait(5)
        return ["127.0.0.1"]

    with pytest.raises(SourceUnreachable, match="within"):
        load_source("http://news.example/", network=Network(resolver=resolver), limits=SHORT)
    release.set()


def test_a_name_that_is_not_known() -> None:
    def resolver(host: str, port: int) -> Sequence[str]:
        raise OSError("no such host")

    with pytest.raises(SourceUnreachable, match=r"'news\.example' was not found"):
        load_source("http://news.example/", network=Network(resolver=resolver))


@pytest.mark.parametrize(
    ("status", "words"), [(404, "Check"), (403, "save the page"), (500, "later"), (304, "later")]
)
def test_a_failing_server_is_named_with_its_status(site: Site, status: int, words: str) -> None:
    with pytest.raises(SourceUnreachable, match=str(status)) as caught:
        load_source(site.serve("/gone", b"", status=status), network=LOCAL)
    assert words in caught.value.remedy


def test_a_closed_port_and_a_broken_answer(site: Site) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")

    site.paths["/ssh"] = answer
    with pytest.raises(SourceUnreachable):
        load_source(site.url("/ssh"), network=LOCAL)
    with pytest.raises(SourceUnreachable, match="could not be fetched"):
        load_source("http://127.0.0.1:1/", network=LOCAL)


def test_a_body_cut_short_is_not_taken_for_whole(site: Site) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", "5000")
        request.end_headers()
        request.wfile.write(b"<p>Orbex raised")

    site.paths["/cut"] = answer
    with pytest.raises(SourceUnreachable):
        load_source(site.url("/cut"), network=LOCAL)


@pytest.mark.parametrize("content_type", ["image/png", "video/mp4", "application/zip", "text/css"])
def test_a_type_that_holds_no_text(site: Site, content_type: str) -> None:
    with pytest.raises(SourceUnreadable, match=content_type):
        load_source(site.serve("/x", b"words", content_type), network=LOCAL)


def test_an_empty_page(site: Site) -> None:
    with pytest.raises(SourceUnreadable, match="is empty"):
        load_source(site.serve("/none", b""), network=LOCAL)


def test_a_page_may_not_claim_another_hosts_address(site: Site) -> None:
    page = ARTICLE_HTML.replace('href="/news/orbex"', 'href="https://elsewhere.example/real"')
    assert load_source(site.serve("/mine", page.encode()), network=LOCAL).url == site.url("/mine")


def test_proxy_settings_of_the_environment_are_not_followed(site: Site, monkeypatch: Any) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert load_source(site.serve("/a", ARTICLE_HTML.encode()), network=LOCAL).source == "Daily Ledger"
