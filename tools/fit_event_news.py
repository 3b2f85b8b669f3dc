"""Fit the weights by which an event deep in a page is held for its news or for background.

    python tools/fit_event_news.py FOLDER_OF_DATA

Writes `src/readthrough/reading/event_news.json` and prints what six-fold cross-validation says. The examples are
the events found on the annotated real pages of development, and on the pages of `event_news_pages.jsonl`, in which
`right` are the events a reader takes for that page's news and `seen` all that were judged.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import readthrough.reading.events as search
from readthrough.domain.article import Article
from readthrough.domain.reading import Event
from readthrough.reading.event_news import FEATURES, features
from readthrough.reading.event_scene import Scene, look
from readthrough.reading.read import read
from readthrough.research.evals import gold
from readthrough.universe import Universe, load_universe

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "src" / "readthrough" / "reading" / "event_news.json"
PAGES = Path(__file__).parent / "event_news_pages.jsonl"
STEPS, RATE, RIDGE, FOLDS = 500, 0.8, 2.0, 6
BRIEF, DENSE = 8, 0.3  # as in event_news.py: what is not weighed there teaches nothing here

Names = set[tuple[str, ...]]
Example = tuple[tuple[float, ...], bool, int]


def fit(examples: Sequence[Example]) -> list[float]:
    """Fit a logistic model by gradient descent; the first feature is the bias and is not shrunk."""
    weights = [0.0] * len(FEATURES)
    for _ in range(STEPS):
        slope = [0.0] * len(FEATURES)
        for row, right, _page in examples:
            miss = likelihood(weights, row) - right
            for place, value in enumerate(row):
                slope[place] += miss * value
        for place, value in enumerate(slope):
            weights[place] -= RATE * 4 * (value + (RIDGE * weights[place] if place else 0)) / len(examples)
    return weights


def likelihood(weights: Sequence[float], row: Sequence[float]) -> float:
    """Return how likely an event is the page's news."""
    return 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, row, strict=True))))


def examples_of(folder: Path) -> Iterator[Example]:
    """Yield features and verdict of each event judged, with the number of its page."""
    universe = load_universe()
    search.reported = lambda scene, events: tuple(events)  # type: ignore[attr-defined]
    number = 0
    for page in gold.load_real(ROOT / "evals" / "gold", folder, "development"):
        right: Names = {(e["parent"], e["polarity"]) for e in page.expect["events"]}
        number += 1
        yield from _of(page.article, universe, right, None, number)
    texts = gold._pages(folder)
    for line in PAGES.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        if told["key"] in texts:
            headline, body = texts[told["key"]]
            number += 1
            article = gold._article(told["key"], headline, body[: gold._PAGE])
            right, seen = ({tuple(e.split()) for e in told[k]} for k in ("right", "seen"))
            yield from _of(article, universe, right, seen | right, number)


def _of(
    article: Article,
    universe: Universe,
    right: Names,
    seen: Names | None,
    page: int,
) -> Iterator[Example]:
    reading = read(article, universe, version="fit")
    scene: Scene = look(article, reading.sentences, reading.mentions, reading.facts, universe)
    if len(scene.sentences) < BRIEF or len(scene.facts) >= DENSE * len(scene.sentences):
        return
    events: list[Event] = [e for e in reading.events if not e.background]
    for event, row in zip(events, features(scene, events), strict=True):
        name = (event.parent, str(event.polarity))
        if seen is None or name in seen:
            yield row, name in right, page


def main(folder: Path) -> None:
    """Fit, cross-validate, write."""
    examples = list(examples_of(folder))
    pages = sorted({page for _, _, page in examples})
    random.Random(3).shuffle(pages)  # noqa: S311 - folds, not secrets
    told: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        out = set(pages[fold::FOLDS])
        weights = fit([e for e in examples if e[2] not in out])
        told += [(likelihood(weights, row), right) for row, right, page in examples if page in out]
    print(f"{len(examples)} events, {sum(right for _, right, _ in examples)} of them news")
    for least in (0.0, 0.3, 0.4, 0.45, 0.5, 0.6):
        kept = [right for chance, right in told if chance >= least]
        hit, all_right = sum(kept), sum(right for _, right in told)
        print(f"from {least}: precision {hit / max(1, len(kept)):.2f}, recall {hit / max(1, all_right):.2f}")
    fitted = {name: round(weight, 2) for name, weight in zip(FEATURES, fit(examples), strict=True)}
    WEIGHTS.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
