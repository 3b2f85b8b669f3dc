from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from readthrough.domain.errors import SourceError, SourceNotFound, SourceTooLarge, SourceUnreadable
from readthrough.feeds.files import load_source
from readthrough.feeds.limits import Limits

from .pages import ARTICLE_HTML, encrypted_pdf, pdf

TEXT = "Orbex raises guidance\n\nOrbex raised its full-year guidance on Thursday. Shares rose 6%.\n"


def written(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def test_text_has_its_headline_and_body(tmp_path: Path) -> None:
    draft = load_source(written(tmp_path, "a.txt", TEXT.encode()))
    assert draft.headline == "Orbex raises guidance"
    assert draft.body == "Orbex raised its full-year guidance on Thursday. Shares rose 6%."
    assert draft.problems == ()


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page.json", "page"])
def test_what_a_file_is_is_told_by_its_bytes(tmp_path: Path, name: str) -> None:
    draft = load_source(written(tmp_path, name, ARTICLE_HTML.encode()))
    assert draft.headline == "Orbex raises guidance after strong quarter"
    assert draft.body.startswith("Orbex Plc raised its full-year revenue guidance")
    assert "alert" not in draft.body
    assert "Copyright" not in draft.body


def test_gzip_of_anything_is_unpacked(tmp_path: Path) -> None:
    for content in (TEXT.encode(), ARTICLE_HTML.encode(), pdf([["Orbex raised its guidance on Thursday."]])):
        draft = load_source(written(tmp_path, "packed", gzip.compress(content)))
        assert "guidance" in draft.body


def test_standard_input() -> None:
    assert load_source("-", stdin=io.BytesIO(TEXT.encode())).headline == "Orbex raises guidance"
    with pytest.raises(SourceNotFound):
        load_source("-")


def test_a_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, TEXT.encode())
    os.close(writing)
    try:
        assert load_source(f"/dev/fd/{reading}").headline == "Orbex raises guidance"
    finally:
        os.close(reading)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty", b"", "is empty"),
        ("blank", b" \r\n\t\n", "is empty"),
        ("dashes", b"-- . --", "holds no words"),
        ("zeros", bytes(4_000), "is empty"),
        ("binary", bytes(range(256)) * 50, "is binary"),
        ("office", b"PK\x03\x04" + bytes(100), "Office"),
        ("image", b"\x89PNG\r\n\x1a\n" + bytes(100), "image"),
        ("truncated", gzip.compress(os.urandom(9_000))[:-2_000], "truncated"),
        ("short gzip", gzip.compress(TEXT.encode())[:12], "truncated"),
        ("damaged", gzip.compress(TEXT.encode())[:-8] + b"\x00" * 8, "damaged"),
        ("nested", gzip.compress(gzip.compress(gzip.compress(b"a"))), "compressed more than"),
        (
            "menu",
            b"<html><body><nav><a href=/a>Home</a> <a href=/b>News</a></nav></body></html>",
            "HTML without",
        ),
        ("bare", b"<!doctype html><html><head><title>T</title></head><body></body></html>", "HTML without"),
        ("scan", pdf([[], []]), "scanned"),
        ("locked", encrypted_pdf(), "encrypted"),
        ("torn pdf", pdf([["Words"]])[:60], "damaged PDF"),
        ("number", b"[1, 2]", "JSON list of 2"),
        ("other", b'{"rows": [1], "total": 3}', "rows, total"),
        ("broken", b'{"headline": "a", ', "malformed"),
        ("lines", b'{"headline": "a"}\n{"headline": "b"}\n', "many JSON lines"),
        ("deep", b'{"a":' * 100_000, "nested too deep"),
        ("long number", b'{"headline": ' + b"9" * 5_000 + b"}", "malformed"),
        ("feed", b'<?xml version="1.0"?><rss><channel></channel></rss>', "XML"),
        ("not utf-16", b"\xff\xfe" + b"\x00\xd8" * 50, "not in that encoding"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = written(tmp_path, name, content)
    with pytest.raises(SourceUnreadable) as caught:
        load_source(path)
    assert words in caught.value.message
    assert caught.value.remedy
    assert caught.value.exit_status == 5
    assert name in caught.value.message


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(SourceTooLarge, match="50,000,000") as caught:
        load_source(str(path))
    assert caught.value.exit_status == 4


def test_an_endless_stream_stops_at_the_limit() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"word " * (size // 5)

    endless = Endless()
    with pytest.raises(SourceTooLarge):
        load_source("-", stdin=endless, limits=Limits(max_bytes=3_000_000))  # type: ignore[arg-type]
    assert endless.given < 6_000_000


def test_a_gzip_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(60)) + packer.flush()
    assert len(bomb) < 100_000
    with pytest.raises(SourceTooLarge, match="unpacks to more than"):
        load_source(written(tmp_path, "bomb.gz", bomb))


def test_a_collection_is_not_an_article(tmp_path: Path) -> None:
    with pytest.raises(SourceTooLarge, match="characters"):
        load_source(written(tmp_path, "long.txt", b"Orbex rose. " * 60_000))


def test_missing_directory_and_odd_paths(tmp_path: Path) -> None:
    for source in (str(tmp_path / "none.txt"), str(tmp_path), "a\x00b", "n" * 5_000, ""):
        with pytest.raises(SourceNotFound) as caught:
            load_source(source)
        assert caught.value.exit_status == 3
        assert caught.value.remedy


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    for name in ("open.txt", "secret.txt"):
        (tmp_path / name).write_bytes(TEXT.encode())
    (tmp_path / "secret.txt").chmod(0)
    tmp_path.chmod(0o755)
    # The superuser may read anything, so a process that was one becomes nobody once all is imported.
    code = """
import os
from readthrough.domain.errors import SourceNotFound
from readthrough.feeds.files import load_source

load_source("open.txt")
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
print(load_source("open.txt").headline)
try:
    load_source("secret.txt")
except SourceNotFound as error:
    print(error)
"""
    program = [sys.executable, "-c", code]
    ended = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=True)
    headline, refusal = ended.stdout.splitlines()
    assert headline == "Orbex raises guidance"
    assert "may not be read" in refusal


def test_every_error_is_a_source_error(tmp_path: Path) -> None:
    for size in range(0, 400, 7):
        path = written(tmp_path, "torn", pdf([["Orbex raised its guidance."]])[:size])
        try:
            load_source(path)
        except SourceError:
            continue


def test_json_file(tmp_path: Path) -> None:
    record = {"id": "x1", "headline": "Rates held", "body": "The bank kept rates.", "source": "Wire"}
    draft = load_source(written(tmp_path, "a.json", json.dumps(record).encode("utf-16")))
    assert (draft.external_id, draft.headline, draft.source) == ("x1", "Rates held", "Wire")
