"""Where an HTML template prints values: in text and plain attributes only, never where a value could act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jinja2.nodes import Node

__all__ = ["unsafe_places"]

_MARK: Final = re.compile(r"zqxvalue(\d+)zqx")  # stands for a value; the number is its line in the template
_ACTS: Final = frozenset(
    """href src srcset action formaction srcdoc style background data poster cite longdesc manifest ping
    xlink:href code codebase archive usemap lowsrc dynsrc""".split()
)
_CODE: Final = frozenset(
    {"script", "style", "title", "textarea", "noscript", "xmp", "iframe", "template", "svg", "math"}
)
_UNQUOTED: Final = re.compile(r"=\s*[^\s\"'>]*zqxvalue")
_SITE: Final = re.compile(r"https?://[A-Za-z0-9.:-]+/")
_BARRED: Final = frozenset("script iframe object embed base form meta link".split())


def unsafe_places(tree: Node) -> Iterator[tuple[int, str]]:
    """Yield line and fault of every place in which a value could do more than be read.

    All branches are looked at, one after the other. An address may end in a value where its host is written out.
    """
    text = "".join(_laid_flat(tree))
    found = _Places()
    found.feed(text)
    found.close()
    yield from found.unsafe
    if text.rfind("<") > text.rfind(">"):
        yield 0, "the last element is not closed"


def _laid_flat(tree: Node) -> Iterator[str]:
    """Yield the text of all branches, a mark with its line in place of each value."""
    from jinja2 import nodes

    for child in tree.iter_child_nodes():
        if isinstance(child, nodes.Output):
            for one in child.nodes:
                yield one.data if isinstance(one, nodes.TemplateData) else f"zqxvalue{one.lineno}zqx"
        elif isinstance(child, (nodes.If, nodes.For)):
            yield from _laid_flat(child)


class _Places(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.unsafe: list[tuple[int, str]] = []
        self._inside: list[str] = []

    def _look(self, text: str, words: str) -> None:
        if (mark := _MARK.search(text)) is not None:
            self.unsafe.append((int(mark[1]), f"a value is printed {words}"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        if tag in _BARRED:
            self.unsafe.append((0, f"<{tag}> has no place in a mail"))
        self._look(" ".join([tag, *(name for name, _ in attrs)]), "as the name of an element or attribute")
        if _UNQUOTED.search(re.sub(r"\"[^\"]*\"|'[^']*'", '""', raw)):
            self._look(raw, "in an attribute without quotes")
        for name, value in attrs:
            if (
                value
                and (name in _ACTS or name.startswith("on"))
                and not (name == "href" and _on_a_site(value))
            ):
                self._look(value, f"in the attribute {name}")
        if tag in _CODE:
            self._inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            del self._inside[self._inside.index(tag) :]
        self._look(tag, "as the name of an element or attribute")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._look(data, f"inside <{self._inside[-1]}>")

    def handle_comment(self, data: str) -> None:
        self._look(data, "in a comment")

    def handle_decl(self, decl: str) -> None:
        self._look(decl, "in a declaration")

    def unknown_decl(self, data: str) -> None:
        self._look(data, "in a marked section")

    def handle_pi(self, data: str) -> None:
        self._look(data, "in a declaration")


def _on_a_site(value: str) -> bool:
    """Whether an address names its site before any value is printed."""
    site = _SITE.match(value)
    return site is not None and _MARK.search(site[0]) is None
