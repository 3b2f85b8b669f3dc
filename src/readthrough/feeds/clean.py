"""Make text safe to point into: one kind of newline, nothing invisible, nothing unencodable."""

from __future__ import annotations

import re

from readthrough.domain.reading import Problem

__all__ = ["clean_body", "clean_line", "clean_text"]

_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Zero-width and bidirectional controls, soft hyphens, annotation marks and tag characters: they hide
# words from a reader or reorder what is shown, and split names that linking must see whole.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")


def clean_text(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Normalise newlines and drop what cannot be seen; every other code point stays.

    Returns:
        The text, and one problem for each kind of thing that was dropped and should not have been there.

    >>> clean_text("Ap\\u200bple\\r\\nrose")[0]
    'Apple\\nrose'
    """
    text = _NEWLINES.sub("\n", text)
    text, controls = _CONTROLS.subn("", text)
    text, invisible = _INVISIBLE.subn("", text)
    text, broken = _SURROGATES.subn("\ufffd", text)
    problems = []
    if controls:
        problems.append(Problem(code="control_characters", detail=f"{controls} control characters dropped"))
    if invisible:
        detail = f"{invisible} zero-width, soft-hyphen or direction-changing characters dropped"
        problems.append(Problem(code="invisible_characters", detail=detail))
    if broken:
        detail = f"{broken} halves of surrogate pairs replaced by U+FFFD"
        problems.append(Problem(code="broken_characters", detail=detail, remedy="Export the text as UTF-8."))
    return text, tuple(problems)


def clean_line(text: str) -> str:
    """Clean a text that must be one line: runs of blanks become one space.

    >>> clean_line("  Rates\\n held ")
    'Rates held'
    """
    return _BLANKS.sub(" ", clean_text(text)[0]).strip()


def clean_body(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Clean a body: as `clean_text`, without blanks at line ends or around the whole."""
    text, problems = clean_text(text)
    return "\n".join(line.rstrip(" \t") for line in text.split("\n")).strip(), problems
