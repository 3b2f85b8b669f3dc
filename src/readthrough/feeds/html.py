"""HTML to an article: the main text by trafilatura, what the page says of itself by its meta tags."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from readthrough.domain.errors import SourceUnreadable
from readthrough.domain.reading import Problem
from readthrough.feeds.clean import clean_body, clean_line
from readthrough.feeds.dates import parse_moment
from readthrough.feeds.draft import Draft
from readthrough.feeds.web_address import safe_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

__all__ = ["read_html", "strip_tags"]

_TITLES = ('meta[property="og:title"]', 'meta[name="twitter:title"]', 'meta[name="title"]')
_TIMES = (
    'meta[property="article:published_time"]',
    'meta[itemprop="datePublished"]',
    'meta[name="date"]',
    'meta[name="pubdate"]',
    'meta[name="dc.date"]',
    'meta[name="DC.date.issued"]',
    'meta[name="parsely-pub-date"]',
)
_SITES = ('meta[property="og:site_name"]', 'meta[name="application-name"]', 'meta[name="publisher"]')
_FURNITURE = "script,style,noscript,template,nav,footer,header,aside,form,button,select,svg,iframe,a"
_SITE_SUFFIX = re.compile(r"\s+[|–—·-]\s+[^|–—·]{2,40}$")
# Six words in a row, or a dozen characters of a script without spaces: more than a menu or a label.
_PROSE = re.compile(
    r"(?:[^\W\d_][\w'’.,-]{0,40}\s{1,9}){5}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af、。]{12}"
)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})")
_FLAT = frozenset(
    "area base br col dd dt embed hr img input li link meta option p param source tbody td th thead tr track wbr".split()
)
_DEEPEST = 250  # nested elements beyond which lxml gives up
_DEEPEST_OF_ALL = 1_500  # beyond which the time to walk a page grows with its square: 60,000 took 20 s
_MOST_ELEMENTS = 30_000  # for the main text, and below for anything: long encyclopedia pages have 20,000
_MOST_ELEMENTS_OF_ALL = 60_000
_LARGEST_PAGE = 1_000_000  # characters of markup, scripts apart, for the main text: it costs 6 s a million


def read_html(text: str, *, url: str = "", what: str = "The page") -> Draft:
    """Make a draft of a page.

    Args:
        text: The page, decoded.
        url: Where it was fetched from, to resolve its canonical link and name its source.
        what: Names the page in messages.

    Raises:
        SourceUnreadable: The page holds no prose.
    """
    from selectolax.lexbor import LexborHTMLParser

    depth, elements = _shape(text)
    if depth > _DEEPEST_OF_ALL or elements > _MOST_ELEMENTS_OF_ALL:
        raise SourceUnreadable(
            f"{what} holds {elements:,} elements, nested {depth:,} deep, as no article does.",
            remedy="Save its text to a file and give that.",
        )
    tree = LexborHTMLParser(text)
    about = _about(tree, url)
    plain = depth <= _DEEPEST and elements <= _MOST_ELEMENTS
    main = _main_text(tree, text) if plain else ""
    problems: tuple[Problem, ...] = ()
    if not main:
        main = _visible_text(tree)
        problems = (
            Problem(
                code="no_main_text",
                detail="The page has no article body; the words a visitor would see were kept",
                remedy="Check that the address leads to the article itself.",
            ),
        )
    if not _PROSE.search(main):
        raise SourceUnreadable(
            f"{what} is HTML without an article: no run of prose was found.",
            remedy="Give the address of the article itself, or save its text to a file.",
        )
    body, found = clean_body(main)
    headline = about.headline or _first_heading(tree)
    if headline and body.startswith(headline + "\n"):
        body = body[len(headline) :].strip()
    return replace(about, headline=headline, body=body, problems=about.problems + found + problems)


def strip_tags(fragment: str) -> str:
    """Return the words of an HTML fragment, one line per block element."""
    from selectolax.lexbor import LexborHTMLParser

    depth, elements = _shape(fragment)
    if depth > _DEEPEST_OF_ALL or elements > _MOST_ELEMENTS_OF_ALL:
        return fragment
    return _visible_text(LexborHTMLParser(fragment), furniture="script,style,template")


def _main_text(tree: LexborHTMLParser, text: str) -> str:
    from trafilatura.core import extract

    if len(text) > _LARGEST_PAGE:
        tree.strip_tags(["script", "style", "noscript", "template", "svg"])
        text = tree.html or ""
    if len(text) > _LARGEST_PAGE:
        return ""
    try:
        return extract(text, include_comments=False, include_tables=False, favor_precision=True) or ""
    except (ValueError, RecursionError):
        return ""


def _shape(text: str) -> tuple[int, int]:
    """Estimate how deep elements nest (those that close themselves apart) and count them, in one pass."""
    depth = deepest = elements = 0
    for tag in _TAG.finditer(text):
        elements += not tag.group(1)
        if tag.group(2).lower() not in _FLAT:
            depth = max(0, depth + (-1 if tag.group(1) else 1))
            deepest = max(deepest, depth)
    return deepest, elements


def _about(tree: LexborHTMLParser, url: str) -> Draft:
    title = _meta(tree, _TITLES)
    if not title and (node := tree.css_first("title")) is not None:
        title = _SITE_SUFFIX.sub("", clean_line(node.text(deep=True)[:600]))
    linked = _linked_data(tree)
    stamp = _meta(tree, _TIMES) or linked.get("datePublished", "") or _time_element(tree)
    published_at, problems = parse_moment(stamp)
    address = _canonical(tree, url)
    source = _meta(tree, _SITES) or linked.get("publisher", "")
    html = tree.css_first("html")
    language = (html.attributes.get("lang") or "") if html is not None else ""
    return Draft(
        headline=clean_line(title or linked.get("headline", ""))[:500],
        body="",
        source=clean_line(source)[:120] or (urlsplit(address).hostname or "").removeprefix("www."),
        url=address,
        published_at=published_at,
        language=language.strip().lower()[:2] if re.match(r"[a-zA-Z]{2}(?:-|$)", language.strip()) else "",
        problems=problems,
    )


def _meta(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        node = tree.css_first(selector)
        if node is not None and (content := (node.attributes.get("content") or "").strip()):
            return content
    return ""


def _time_element(tree: LexborHTMLParser) -> str:
    node = tree.css_first("time[datetime]")
    return (node.attributes.get("datetime") or "") if node is not None else ""


def _canonical(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first('link[rel="canonical"]')
    linked = (node.attributes.get("href") or "").strip() if node is not None else ""
    linked = linked or _meta(tree, ('meta[property="og:url"]',))
    try:
        address = safe_url(urljoin(url, linked)) if linked else ""
    except ValueError:
        address = ""
    # A page may name any address as its own; one on another host would take that article's identity.
    if url and address and urlsplit(address).hostname != urlsplit(url).hostname:
        address = ""
    return address or safe_url(url)


def _linked_data(tree: LexborHTMLParser) -> dict[str, str]:
    for node in tree.css('script[type="application/ld+json"]')[:10]:
        try:
            data = json.loads(node.text(deep=True)[:200_000])
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for item in graph if isinstance(graph, list) else []:
            if isinstance(item, dict) and "datePublished" in item:
                publisher = item.get("publisher")
                name = publisher.get("name") if isinstance(publisher, dict) else publisher
                fields = {
                    "datePublished": item["datePublished"],
                    "headline": item.get("headline"),
                    "publisher": name,
                }
                return {key: value for key, value in fields.items() if isinstance(value, str)}
    return {}


def _first_heading(tree: LexborHTMLParser) -> str:
    node = tree.css_first("h1")
    return clean_line(node.text(deep=True, separator=" "))[:500] if node is not None else ""


def _visible_text(tree: LexborHTMLParser, furniture: str = _FURNITURE) -> str:
    body = tree.body
    if body is None:
        return ""
    for node in body.css(furniture):
        node.decompose()
    for node in body.css("p,div,li,h1,h2,h3,h4,h5,h6,td,br,section,article,blockquote"):
        node.insert_after("\n")
    lines = (clean_line(line) for line in body.text(deep=True).split("\n"))
    return "\n".join(line for line in lines if line)
