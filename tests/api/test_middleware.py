"""What every answer carries, and who is refused before anything runs."""

from __future__ import annotations

import gzip
import re

import httpx
import pytest

from readthrough.api.middleware import POLICY
from readthrough.samples import sample_articles

ARTICLE = sample_articles()[0]


@pytest.mark.parametrize(
    "path", ["/", "/alerts", "/ask", "/nothing", "/api/v1/notes", "/api/v1/nothing", "/metrics"]
)
def test_every_answer_carries_the_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"  # a browser names no origin under no-referrer
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


def test_assets_are_kept_for_ever_under_their_digest(client: httpx.Client) -> None:
    page = client.get("/").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) == 4
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert response.headers["content-encoding"] == "gzip"
        stale = client.get(re.sub(r"/static/\w+/", "/static/old/", address))
        assert stale.headers["cache-control"] == "no-cache"
    assert "://" not in re.sub(r"http://127\.0\.0\.1:\d+", "", page), "nothing comes from elsewhere"


def test_the_feed_is_light(client: httpx.Client) -> None:
    client.post("/api/v1/articles", json=[{**a} for a in sample_articles()[:30]])
    page = client.get("/").text
    assert len(gzip.compress(page.encode())) < 30_000


def test_no_inline_style_or_script(client: httpx.Client) -> None:
    note = client.post("/api/v1/articles", json=ARTICLE).json()
    for path in ("/", f"/notes/{note['id']}", "/alerts", "/ask?q=what"):
        page = client.get(path).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script>", page), path


def test_a_name_pointed_at_this_machine_is_refused(client: httpx.Client) -> None:
    response = client.get("/api/v1/notes", headers={"host": "rebound.example"})
    assert response.status_code == 421
    assert response.json()["error"]["code"] == "wrong_host"
    for host in ("localhost:8321", "127.0.0.1", "[::1]:8321"):
        assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_another_site_may_not_write(client: httpx.Client) -> None:
    response = client.post("/api/v1/articles", json=ARTICLE, headers={"origin": "https://elsewhere.example"})
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "cross_origin"
    own = {"origin": str(client.base_url).rstrip("/")}
    assert client.post("/api/v1/articles", json=ARTICLE, headers=own).status_code == 200
