from __future__ import annotations

import random

import pytest

from readthrough.domain.errors import SourceError
from readthrough.feeds.extract import Kind, extract, kind_of
from readthrough.feeds.limits import Limits

from .pages import ARTICLE_HTML, pdf


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><p>a", Kind.HTML),
        ("\n<!-- a --><!-- b -->\n<html>", Kind.HTML),
        ('<?xml version="1.0"?>\n<!DOCTYPE html>', Kind.HTML),
        ("<p>Orbex rose</p>", Kind.HTML),
        ("<Orbex rose> said", Kind.TEXT),
        ("[LONDON] Orbex rose", Kind.TEXT),
        ("{Orbex} rose", Kind.TEXT),
        ("[1, 2]", Kind.JSON),
        ("{}", Kind.JSON),
        ("<!--" * 50_000, Kind.TEXT),
        ("<!---->" * 50_000, Kind.TEXT),
    ],
)
def test_what_a_text_is(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


def test_damaged_bytes_give_a_draft_or_a_clear_error() -> None:
    chance = random.Random(7)
    record = b'{"headline":"a","body":"<p>b</p>","published_at":"2025-05-15","url":"https://a.example/"}'
    whole = [ARTICLE_HTML.encode(), pdf([["Orbex raised its guidance."]] * 3, title="a b"), record]
    for _ in range(400):
        raw = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(raw))
            raw[place : place + chance.choice((0, 1, 40))] = chance.randbytes(chance.choice((0, 1, 12)))
        try:
            extract(bytes(raw), limits=Limits(), what="it")
        except SourceError:
            continue
