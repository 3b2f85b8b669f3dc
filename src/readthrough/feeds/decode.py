"""Bytes to text: byte-order mark, UTF-8, what the page declares, and cp1252 as the last resort."""

from __future__ import annotations

import codecs
import re

from readthrough.domain.errors import SourceUnreadable
from readthrough.domain.reading import Problem

__all__ = ["declared_charset", "decode"]

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.\-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-zA-Z0-9_.\-]{2,40})""", re.IGNORECASE)
# Python's registry also holds codecs that are not character sets (zlib, idna): only these are asked for.
_CHARSETS = re.compile(
    r"(?:utf-?(?:8|16|32)|iso-?(?:8859|2022)|windows-|cp\d|gbk?|gb2312|gb18030|hz|big5|shift|sjis|euc|koi8|mac|"
    r"latin|us-ascii|ascii|tis)[a-z0-9_\-]*$",
    re.IGNORECASE,
)
_SHIFTING = re.compile(r"(?:iso-?2022|hz|utf-?16|utf-?32)", re.IGNORECASE)  # these look like ASCII or binary
_DAMAGE_ALLOWED = (
    0.01  # share of undecodable places that still counts as UTF-8 with damage, not another charset
)


def declared_charset(raw: bytes) -> str:
    """Return the character set a page's first kilobytes declare, or nothing."""
    head = raw[:4096]
    found = _XML.search(head) or _META.search(head)
    return found.group(1).decode("ascii") if found else ""


def decode(raw: bytes, *, declared: str = "", what: str = "The text") -> tuple[str, tuple[Problem, ...]]:
    """Turn bytes into text.

    UTF-8 that decodes strictly wins over a declaration, because wrong declarations are common and
    accidental UTF-8 is not.

    Args:
        raw: The bytes.
        declared: The character set the sender or the page names, if any.
        what: Names the source in messages.

    Returns:
        The text, and a problem when the encoding had to be guessed or was damaged.

    Raises:
        SourceUnreadable: A byte-order mark promises an encoding that the bytes are not in.

    >>> decode("Crédit".encode("cp1252"))[0]
    'Crédit'
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _marked(raw, name, what)
    if wide := _unmarked_utf16(raw):
        return raw.decode(wide, "replace"), ()
    declared = _known(declared)
    if declared and _SHIFTING.match(declared) and (text := _strictly(raw, declared)) is not None:
        return text, ()
    if (text := _strictly(raw, "utf-8")) is not None:
        return text, ()
    if declared and (text := _strictly(raw, declared)) is not None:
        return text, ()
    return _guessed(raw)


def _marked(raw: bytes, name: str, what: str) -> tuple[str, tuple[Problem, ...]]:
    if (text := _strictly(raw, name)) is not None:
        return text, ()
    text = raw.decode(name, "replace")
    lost = text.count("\ufffd")
    if lost > 0.1 * len(text):
        raise SourceUnreadable(
            f"{what} has a {name.removesuffix('-sig').upper()} mark but is not in that encoding.",
            remedy="Save it as UTF-8 and try again.",
        )
    return text, (_damaged(name, lost),)


def _guessed(raw: bytes) -> tuple[str, tuple[Problem, ...]]:
    text = raw.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    multibyte = sum(c > "\x7f" for c in text) - lost
    if lost <= _DAMAGE_ALLOWED * len(text) and multibyte > lost:
        return text, (_damaged("utf-8", lost),)
    text = raw.decode("cp1252", "replace")
    problem = Problem(
        code="encoding_guessed",
        detail="The text is not UTF-8 and names no other encoding; it was read as Windows-1252",
        remedy="If accents look wrong, save the source as UTF-8.",
    )
    return text, (problem,)


def _damaged(name: str, lost: int) -> Problem:
    return Problem(
        code="encoding_damaged",
        detail=f"{lost} places are not {name.removesuffix('-sig').upper()} and show as U+FFFD",
        remedy="Fetch or export the source again.",
    )


def _strictly(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeError, LookupError):
        return None


def _known(name: str) -> str:
    name = name.strip().lower()
    if not _CHARSETS.match(name):
        return ""
    # What pages call Latin-1 or ASCII is Windows-1252 in practice, and browsers read it so.
    return "cp1252" if re.match(r"(?:iso-?8859-?1|latin-?1|us-ascii|ascii)$", name) else name


def _unmarked_utf16(raw: bytes) -> str:
    head = raw[:2000]
    if len(head) < 4 or len(raw) % 2:
        return ""
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        high, low = head[offset::2], head[1 - offset :: 2]
        if high.count(0) > 0.7 * len(high) and low.count(0) == 0:
            return name
    return ""
