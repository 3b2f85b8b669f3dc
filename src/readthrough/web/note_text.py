"""A note to take along: as plain text, and as a PDF that holds words only."""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from readthrough.web.formats import bps, fact_value, num, plain, score, words

__all__ = ["note_pdf", "note_text"]

WIDTH: Final = 92
"""Characters a line of the PDF holds in 10 point Courier on A4 with margins of 2 cm, less some."""
LINES_A_PAGE: Final = 58


def note_text(document: Mapping[str, Any]) -> str:
    """Write a note as plain text, whatever deceives the eye made visible."""
    return "\n".join(plain(line) for line in _lines(document)) + "\n"


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    article, feeling = document["article"], document["sentiment"]
    yield article["headline"] or "(no headline)"
    yield " · ".join(filter(None, (article["source"], article["published_at"] or article["received_at"])))
    mixed = ", mixed" if feeling["mixed"] else ""
    yield f"Sentiment {score(feeling['score'])} ({feeling['label']}{mixed}); market impact {num(document['market_impact'], 2)}"
    yield from _part("Summary", [f"- {line['text']}" for line in document["summary"]])
    yield from _part(
        "Analysis", [f"- {words(claim['kind'])}: {claim['text']}" for claim in document["analysis"]]
    )
    yield from _part("Decisions", [f"- {d['action']}: {d['rationale']}" for d in document["decisions"]])
    yield from _part(
        "Tickers",
        [f"- {t['ticker'] or t['name']} ({t['role']}) {score(t['score'])}" for t in document["tickers"]],
    )
    yield from _part(
        "Book",
        [
            f"- {i['portfolio']}: {i['ticker']} ({i['path']}) {bps((i['expected_bps'] or {}).get('mid'))} bp"
            for i in document["book"]
        ],
    )
    yield from _part(
        "Facts", [f"- {words(f['metric'])}, {f['subject']}: {fact_value(f)}" for f in document["facts"]]
    )
    yield ""
    yield f"Readthrough {document['engine']['version']}, note {document['id']}, revision {document['revision']}. Analysis, not advice."


def _part(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from lines


def note_pdf(document: Mapping[str, Any]) -> bytes:
    """Write a note as a PDF: one built-in typeface, no script, no link, nothing embedded."""
    lines: list[str] = []
    for line in note_text(document).split("\n"):
        lines += textwrap.wrap(line, WIDTH, subsequent_indent="  " if line.startswith("- ") else "") or [""]
    pages = [lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)]
    return _pdf(pages)


def _pdf(pages: list[list[str]]) -> bytes:
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>")
    kids = []
    for page in pages:
        stream = zlib.compress(_content(page))
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream)
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _content(lines: list[str]) -> bytes:
    told = [b"BT /F1 9 Tf 12.6 TL 50 795 Td"]
    for line in lines:
        # Greek, Chinese and the like are not in the built-in typeface: a question mark stands for each.
        raw = line.replace("−", "-").replace("▲", "+").replace("▼", "-").encode("cp1252", "replace")
        told.append(
            b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T*"
        )
    return b"\n".join([*told, b"ET"])
