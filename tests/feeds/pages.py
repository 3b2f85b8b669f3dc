"""Pages and PDF files built in place, so that each byte is ours."""

from __future__ import annotations

import hashlib

ARTICLE_HTML = """<!doctype html><html lang="en-GB"><head>
<title>Orbex raises guidance | Daily Ledger</title>
<meta property="og:title" content="Orbex raises guidance after strong quarter">
<meta property="og:site_name" content="Daily Ledger">
<meta property="article:published_time" content="2025-05-15T09:30:00+02:00">
<link rel="canonical" href="/news/orbex">
</head><body><nav><a href="/">Home</a><a href="/markets">Markets</a></nav>
<article><h1>Orbex raises guidance after strong quarter</h1>
<p>Orbex Plc raised its full-year revenue guidance on Thursday after sales rose 12% in the first quarter.</p>
<p>The company now expects revenue of between $4.1 billion and $4.3 billion, above the $3.9 billion that
analysts had forecast on average, and said demand in Europe had been stronger than it had planned for.</p>
<p>Shares rose 6% in early trading in London. The chief executive said the order book was at a record.</p>
</article><footer>Copyright. Terms and conditions apply. Contact us about this.</footer>
<script>alert(1)</script></body></html>"""


def pdf(pages: list[list[str]], *, title: str = "", head: int = 10) -> bytes:
    """Write a small PDF with one text line per string, each page's first in type of `head` points."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects.append(font)
    kids = []
    for lines in pages:
        drawn = "/F1 10 Tf\n".join(f"({line}) Tj T*\n" for line in lines)
        stream = f"BT /F1 {head} Tf 50 750 Td 14 TL\n{drawn}ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    references = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (references, len(kids))
    trailer = b""
    if title:
        objects.append(b"<< /Title (%s) >>" % title.encode("latin-1"))
        trailer = b"/Info %d 0 R" % len(objects)
    return _assemble(objects, trailer)


def encrypted_pdf() -> bytes:
    """Write a PDF that asks for a password (40-bit security handler, keys for a password not given)."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    owner = hashlib.sha256(b"owner").hexdigest()
    user = hashlib.sha256(b"user").hexdigest()
    objects.append(
        f"<< /Filter /Standard /V 1 /R 2 /O <{owner}> /U <{user}> /P -44 >>".encode("ascii"),
    )
    identity = b"<" + hashlib.md5(b"id", usedforsecurity=False).hexdigest().encode() + b">"
    return _assemble(objects, b"/Encrypt 3 0 R /ID [%s %s]" % (identity, identity))


def _assemble(objects: list[bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)
