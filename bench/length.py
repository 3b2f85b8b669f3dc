"""Time over length: eight times the text takes about eight times as long, whatever the text is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import count

from bench.results import Result, least_seconds
from readthrough.domain.article import Article, ArticleId
from readthrough.reading.read import read
from readthrough.samples import sample_articles
from readthrough.universe import Universe

__all__ = ["run"]

_TIMES = 8
_SHORT = 12_000  # code points; eight times it stays below what is read of one article
_LINE = 1_000_000
_FIGURES = 10_000
_RECEIVED = datetime(2026, 11, 20, tzinfo=UTC)

Shape = Callable[[int], str]


def run(universe: Universe) -> Iterator[Result]:
    """Measure the time of eight times the text over eight times the time of the text, by kind of text."""
    shapes = {name: (make, _SHORT) for name, make in _shapes().items()}
    shapes["line"] = (shapes["prose"][0], _LINE // _TIMES)
    shapes["figures"] = (_figures, len(_figures(10**9)) // _TIMES)
    worst = ("", 0.0)
    for name, (make, short) in shapes.items():
        works: dict[str, Callable[[], float | None]] = {
            "short": partial(_read, make(short), universe),
            "long": partial(_read, make(short * _TIMES), universe),
        }
        spent = least_seconds(works, rounds=3)
        ratio = spent["long"] / spent["short"] / _TIMES
        worst = max(worst, (name, ratio), key=lambda found: found[1])
        yield Result(
            bench=f"reading.linear_ratio_{name}",
            value=ratio,
            words=f"reading {name.replace('_', ' ')}: {short * _TIMES:,} characters in {spent['long']:.2f} s,"
            f" {ratio:.2f} of {_TIMES} times what {short:,} take",
        )
    name, ratio = worst
    words = (
        f"reading time is linear in length: at the worst ({name.replace('_', ' ')}) {ratio:.2f} times linear"
    )
    yield Result(bench="reading.linear_ratio", value=ratio, words=words)


def _read(body: str, universe: Universe) -> None:
    article = Article(id=ArticleId("long"), headline="Shares rise", body=body, received_at=_RECEIVED)
    read(article, universe, version="bench")


def _shapes() -> dict[str, Shape]:
    bodies = [row["body"] for row in sample_articles() if len(row["body"].split()) > 60]
    prose = " ".join(" ".join(bodies).split())
    bare = "".join(c if c.isalnum() or c == " " else "" for c in prose)
    words = prose.split()
    brackets = " ".join(f"({w}" if i % 3 else f"{w}) [{w}" for i, w in enumerate(words))
    quotes = " ".join(f"“{w}" if i % 3 else f'said "{w}' for i, w in enumerate(words))
    cells = zip(words[::4], words[1::4], strict=False)
    table = "\n".join(f"| {a} | {b} | ${i}.5 million | {i % 40}% |" for i, (a, b) in enumerate(cells))
    texts = {
        "prose": "\n\n".join(bodies),
        "no_punctuation": bare,
        "capitals": prose.upper(),
        "brackets": brackets,
        "quotes": quotes,
        "tables": table,
    }
    return {name: partial(_repeated, text) for name, text in texts.items()}


def _repeated(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def _figures(length: int) -> str:
    """Write up to ten thousand figures, none alike."""
    made: list[str] = []
    written = 0
    for i in count():
        made.append(f"${i}.{i % 10} million" if i % 2 else f"{i % 100}.{i}%")
        written += len(made[-1]) + 2
        if written > length or len(made) == _FIGURES:
            return ", ".join(made)[:length]
    return ""
