from __future__ import annotations

import pytest

from readthrough.feeds.web_address import safe_url


@pytest.mark.parametrize(
    "url", ["https://a.example/x?y=1", "http://a.example:8080/", "https://a.example/%20é"]
)
def test_plain_addresses_may_be_shown(url: str) -> None:
    assert safe_url(f" {url}#part ") == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.example/",
        "https://u:p@a.example/",
        'https://a.example/"><script>',
        "https://a.example:x/",
        "https://a\n.example/",
        "http://[",
        "https://a.example/" + "x" * 2_000,
    ],
)
def test_others_may_not(url: str) -> None:
    assert safe_url(url) == ""
