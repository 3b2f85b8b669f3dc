"""Plain text: the headline, when there is one, and the body."""

from __future__ import annotations

import re

from readthrough.feeds.clean import clean_body, clean_line
from readthrough.feeds.draft import Draft

__all__ = ["read_plain", "split_headline"]

_LONGEST_HEADLINE = 200
_FIRST_LINE = re.compile(r"\s*(\S[^\n]*)\n[ \t]*\n")
_SENTENCE_END = re.compile(r"""[.;:,]["'”’)]*$""")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.|Inc\.|Corp\.|Co\.|Ltd\.|Plc\.|plc\.|S\.A\.|N\.V\.|\.\.\.)$")
_MARKDOWN = re.compile(r"#{1,3}\s+")


def split_headline(text: str) -> tuple[str, str]:
    """Part a clean text into headline and body.

    A headline is a first line of at most 200 characters, followed by a blank line and a body, that does
    not end like a sentence ("Inc." and "..." are no such end). Otherwise the headline is empty.

    >>> split_headline("Rates held\\n\\nThe bank kept rates.")
    ('Rates held', 'The bank kept rates.')
    >>> split_headline("The bank kept rates.\\n\\nIt did.")[0]
    ''
    """
    found = _FIRST_LINE.match(text)
    if not found or len(found.group(1)) > _LONGEST_HEADLINE:
        return "", text
    line, body = found.group(1).strip(), text[found.end() :].strip()
    ends_sentence = bool(_SENTENCE_END.search(line)) and not _ABBREVIATION.search(line)
    if ends_sentence or not body:
        return "", text
    return _MARKDOWN.sub("", line, count=1), body


def read_plain(text: str) -> Draft:
    """Make a draft of a plain text."""
    cleaned, problems = clean_body(text)
    headline, body = split_headline(cleaned)
    return Draft(headline=clean_line(headline), body=body, problems=problems)
