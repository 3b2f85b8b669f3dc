"""Plain text as a PDF: pages of one typeface, nothing embedded, no library needed."""

from __future__ import annotations

import textwrap
from typing import Final

__all__ = ["text_pdf"]

_COLUMNS: Final = 92
_ROWS: Final = 60
_MINUS: Final = str.maketrans(
    {"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'}
)


def text_pdf(text: str, *, title: str) -> bytes:
    """Set text in Courier on A4. Letters that Latin-1 lacks are shown as question marks.

    Args:
        text: Lines; longer ones are wrapped.
        title: Of the document.

    >>> text_pdf("one line", title="Brief")[:8]
    b'%PDF-1.4'
    """
    lines = [
        part
        for line in text.translate(_MINUS).splitlines()
        for part in (textwrap.wrap(line, _COLUMNS, subsequent_indent="    ") or [""])
    ]
    pages = [lines[start : start + _ROWS] for start in range(0, len(lines), _ROWS)] or [[]]
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        b"<< /Title (" + _escaped(title) + b") >>",
    ]
    kids = []
    for page in pages:
        shown = b" T* ".join(b"(" + _escaped(line) + b") Tj" for line in page)
        stream = b"BT /F1 9.5 Tf 12.4 TL 48 792 Td " + shown + b" ET"
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [" + b" ".join(kids) + b"] /Count %d >>" % len(kids)
    return _file(objects)


def _escaped(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)
