"""NewsML-G2: the XML of news wires, with NITF, XHTML or plain text inside. No entities, bounded depth."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final
from xml.etree import ElementTree

from readthrough.domain.errors import SourceUnreadable
from readthrough.feeds.clean import clean_body, clean_line
from readthrough.feeds.dates import parse_moment
from readthrough.feeds.draft import Draft
from readthrough.feeds.entries import Entry, entry_of, withdrawn
from readthrough.feeds.web_address import safe_url

__all__ = ["is_newsml", "read_newsml"]

_DEEPEST: Final = 100
_MOST_ITEMS: Final = 1_000
_BLOCKS: Final = frozenset("p h1 h2 h3 h4 h5 h6 li tr div block hl1 hl2 br title blockquote pre".split())
_SKIPPED: Final = frozenset("head style script metadata docdata".split())
_ROOT: Final = re.compile(rb"<(?:[\w.-]{1,20}:)?(?:newsMessage|newsItem|packageItem)\b")


def is_newsml(raw: bytes) -> bool:
    """Tell a NewsML-G2 document by its root element."""
    return _ROOT.search(raw[:4_000]) is not None


def read_newsml(raw: bytes, now: datetime, *, what: str = "The document") -> tuple[Entry, ...]:
    """Make entries of every news item of a document.

    Raises:
        SourceUnreadable: It is malformed, declares a document type, is nested too deep, or holds no item.
    """
    root = _parsed(raw, what)
    items = [root] if _name(root) == "newsItem" else [e for e in root.iter() if _name(e) == "newsItem"]
    if not items:
        raise SourceUnreadable(f"{what} is NewsML without a news item.", remedy="Give one with a <newsItem>.")
    return tuple(_entry(item, now) for item in items[:_MOST_ITEMS])


def _parsed(raw: bytes, what: str) -> ElementTree.Element:
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise SourceUnreadable(
            f"{what} declares a document type, which wires do not.", remedy="Send it without one."
        )
    depth = 0
    parser: Any = ElementTree.XMLPullParser(events=("start", "end"))
    root: ElementTree.Element | None = None
    try:
        for at in range(0, len(raw), 65_536):
            parser.feed(raw[at : at + 65_536])
            for event, element in parser.read_events():
                if not isinstance(element, ElementTree.Element):
                    continue
                root = element if root is None else root
                depth += 1 if event == "start" else -1
                if depth > _DEEPEST:
                    raise SourceUnreadable(
                        f"{what} nests its elements too deep.", remedy="Tell its publisher."
                    )
        parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise SourceUnreadable(f"{what} is malformed XML: {error}.", remedy="Tell its publisher.") from None
    if root is None:
        raise SourceUnreadable(f"{what} is empty.", remedy="Tell its publisher.")
    return root


def _entry(item: ElementTree.Element, now: datetime) -> Entry:
    guid = clean_line(item.get("guid", ""))[:300]
    version = clean_line(item.get("version", ""))[:40]
    meta = _child(item, "itemMeta")
    content = _child(item, "contentMeta")
    status = _qcode(_child(meta, "pubStatus")) or "usable"
    embargo, _ = parse_moment(_words(_child(meta, "embargoed")))
    fields: dict[str, Any] = {
        "source": clean_line(_provider(meta))[:120],
        "url": "",
        "published_at": _moment(meta, "versionCreated") or _moment(meta, "firstCreated"),
        "external_id": guid,
        "language": _language(item, content),
    }
    headline = clean_line(_words(_child(content, "headline")) or _words(_child(meta, "title")))[:500]
    seen = f"{version} {status}"
    if status == "canceled":
        return entry_of(
            guid, withdrawn(headline or guid, note=_words(_child(meta, "edNote")), **fields), version=seen
        )
    if status == "withheld" or (embargo is not None and embargo > now):
        reason = "It is not to be published yet."
        return Entry(key=guid, digest=f"held {seen}", draft=None, reason=reason)
    text, link = _content(item)
    body, problems = clean_body(text)
    draft = Draft(headline=headline, body=body, problems=problems, **{**fields, "url": safe_url(link)})
    return entry_of(guid, draft, version=seen)


def _content(item: ElementTree.Element) -> tuple[str, str]:
    found = _child(item, "contentSet")
    best, link = "", ""
    for part in found if found is not None else ():
        kind = _name(part)
        if kind in ("inlineXML", "inlineData"):
            lines: list[str] = []
            _collect(part, lines)
            best = max(best, "".join(lines), key=len)
        elif kind == "remoteContent":
            link = link or part.get("href", "")
    return best, link


def _collect(element: ElementTree.Element, lines: list[str]) -> None:
    """The words of an element in order, blocks parted by lines; as deep as the document, which is bounded."""
    name = _name(element)
    if name in _SKIPPED:
        return
    lines.append(element.text or "")
    for child in element:
        _collect(child, lines)
        lines.append(child.tail or "")
    if name in _BLOCKS:
        lines.append("\n\n")


def _provider(meta: ElementTree.Element | None) -> str:
    provider = _child(meta, "provider")
    if provider is None:
        return ""
    named = _words(_child(provider, "name"))
    return named or provider.get("literal", "") or provider.get("qcode", "").partition(":")[2]


def _language(item: ElementTree.Element, content: ElementTree.Element | None) -> str:
    stated = _child(content, "language")
    tag = stated.get("tag", "") if stated is not None else ""
    own = item.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return clean_line(tag or own).lower()[:2]


def _moment(meta: ElementTree.Element | None, name: str) -> datetime | None:
    return parse_moment(_words(_child(meta, name)))[0]


def _qcode(element: ElementTree.Element | None) -> str:
    if element is None:
        return ""
    code = (element.get("qcode") or element.get("uri") or element.get("literal") or "").lower()
    return re.split(r"[:/]", code)[-1].replace("cancelled", "canceled")


def _child(element: ElementTree.Element | None, name: str) -> ElementTree.Element | None:
    if element is None:
        return None
    return next((child for child in element if _name(child) == name), None)


def _words(element: ElementTree.Element | None) -> str:
    return "".join(element.itertext()).strip() if element is not None else ""


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]
