from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readthrough.domain.errors import SourceTooLarge, SourceUnreadable
from readthrough.feeds.unpack import inflate


@given(st.binary(max_size=2_000))
def test_what_was_packed_comes_out(raw: bytes) -> None:
    if raw.startswith(b"\x1f\x8b"):
        return
    assert inflate(gzip.compress(raw), limit=2_000, what="it") == raw


def test_members_follow_each_other_and_layers_are_undone() -> None:
    assert inflate(gzip.compress(b"a") + gzip.compress(b"b"), limit=9, what="it") == b"ab"
    assert inflate(gzip.compress(gzip.compress(b"a")), limit=99, what="it") == b"a"


def test_deflate_with_and_without_its_wrapper() -> None:
    bare = zlib.compressobj(wbits=-15)
    for raw in (zlib.compress(b"words"), bare.compress(b"words") + bare.flush()):
        assert inflate(raw, limit=9, what="it", encoding="deflate") == b"words"


def test_the_limit_holds_to_the_byte() -> None:
    packed = gzip.compress(b"x" * 1_000)
    assert len(inflate(packed, limit=1_000, what="it")) == 1_000
    with pytest.raises(SourceTooLarge, match="it unpacks to more than 999 bytes"):
        inflate(packed, limit=999, what="it")


def test_every_truncation_is_noticed() -> None:
    packed = gzip.compress(b"Orbex raised its guidance on Thursday.")
    for size in range(2, len(packed)):
        with pytest.raises(SourceUnreadable):
            inflate(packed[:size], limit=10_000, what="it")
