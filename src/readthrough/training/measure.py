"""Measures a model of sentences on sets kept apart: what the card states, and what the issue asks.

Works through the port, so that any model can be measured: ours, or one named in the settings.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from readthrough.domain.ports import SentenceAnswer, SentenceQuestion, SentenceReader
from readthrough.training.corpora import find_all
from readthrough.training.examples import CLASSES, Example, fold

__all__ = [
    "PARTED",
    "Figure",
    "class_figures",
    "expected_error",
    "measure_classes",
    "measured",
    "overlap",
    "score_figures",
    "scored_targets",
    "sentences",
    "wanted_of",
]


PARTED: Final[Mapping[str, frozenset[str]]] = {
    "tfns valid": frozenset({"tfns"}),
    "sentfin entity": frozenset({"sentfin", "sentfin conflict"}),
    "sentfin conflict": frozenset({"sentfin conflict"}),
    "sentfin whole": frozenset({"sentfin whole"}),
    "finentity": frozenset({"finentity", "finentity conflict"}),
    "finentity conflict": frozenset({"finentity conflict"}),
}
"""What is measured of the test part: a name, and the sources of its examples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure over `count` items."""

    set: str
    name: str
    value: float
    count: int


def measured(reader: SentenceReader, folder: Path, test: Sequence[Example]) -> Iterator[Figure]:
    """Measure on every set there is.

    Args:
        reader: The model.
        folder: Where the public sets lie; those missing are left out.
        test: The test split that `assemble` made.
    """
    for part in ("AllAgree", "50Agree"):
        yield from measure_classes(reader, f"phrasebank {part}", sentences(folder, part))
    for name, sources in PARTED.items():
        yield from measure_classes(reader, name, [e for e in test if e.source in sources])
    yield from _scores(reader, scored_targets(folder))


def sentences(folder: Path, part: str) -> list[Example]:
    """Read one agreement level of PhraseBank."""
    path = folder / "financial_phrasebank" / f"Sentences_{part}.txt"
    if not path.exists():
        return []
    rows = [line.rpartition("@") for line in path.read_text("latin-1").splitlines() if "@" in line]
    return [Example(text=text, source="phrasebank", shares=_shares(side.strip())) for text, _, side in rows]


def _shares(side: str) -> tuple[float, float, float]:
    return (float(side == "negative"), float(side == "neutral"), float(side == "positive"))


def scored_targets(folder: Path) -> list[Example]:
    """Read the scored headline targets of FiQA and SemEval, each headline and target once."""
    rows: list[tuple[str, str, float]] = []
    path = folder / "fiqa_sa" / "task1_headline_ABSA_train.json"
    if path.exists():
        for row in json.loads(path.read_text("utf-8")).values():
            rows += [(row["sentence"], i["target"], float(i["sentiment_score"])) for i in row["info"]]
    path = folder / "semeval2017_t5" / "Headline_Trainingdata.json"
    if path.exists():
        rows += [
            (r["title"], r["company"], float(r["sentiment"])) for r in json.loads(path.read_text("utf-8"))
        ]
    seen: dict[tuple[str, str], Example] = {}
    for text, target, score in rows:
        spans = find_all(text, target) or find_all(text, target.split()[0])
        seen.setdefault(
            (fold(text), fold(target)), Example(text=text, source="scored", spans=spans, score=score)
        )
    return list(seen.values())


def answers(reader: SentenceReader, examples: Sequence[Example]) -> list[SentenceAnswer]:
    """Ask the model about every example."""
    return reader.answer([SentenceQuestion(text=e.text, targets=e.spans) for e in examples])


def measure_classes(reader: SentenceReader, name: str, examples: Sequence[Example]) -> Iterator[Figure]:
    """Accuracy, macro F1 and the expected error of confidence over three classes."""
    if not examples:
        return
    found = np.array([(a.negative, a.neutral, a.positive) for a in answers(reader, examples)])
    wanted = wanted_of(examples)
    yield from class_figures(name, found.argmax(1), wanted)
    error = expected_error(found, wanted)
    yield Figure(set=name, name="expected error of confidence", value=error, count=len(examples))


def wanted_of(examples: Sequence[Example]) -> NDArray[np.int64]:
    """Number of the class each example is of, in the order of `CLASSES`."""
    return np.array([int(np.argmax(e.shares or (0, 1, 0))) for e in examples])


def class_figures(name: str, guess: NDArray[np.int64], wanted: NDArray[np.int64]) -> Iterator[Figure]:
    """Accuracy and macro F1 of guessed classes against those wanted."""
    count = len(wanted)
    yield Figure(set=name, name="accuracy", value=float((guess == wanted).mean()), count=count)
    scores = []
    for side in range(len(CLASSES)):
        hit = int(((guess == side) & (wanted == side)).sum())
        total = int((guess == side).sum() + (wanted == side).sum())
        scores.append(2 * hit / total if total else 1.0)
    yield Figure(set=name, name="macro F1", value=sum(scores) / 3, count=count)


def expected_error(found: NDArray[np.float64], wanted: NDArray[np.int64], bins: int = 15) -> float:
    """How far confidence is from being right, on average over bins of equal width weighed by their size."""
    sure, right = found.max(1), found.argmax(1) == wanted
    places = np.minimum((sure * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(sure[places == b].mean() - right[places == b].mean()) * (places == b).mean()
            for b in set(places)
        )
    )


def _scores(reader: SentenceReader, examples: Sequence[Example]) -> Iterator[Figure]:
    if examples:
        ours = np.array([a.score for a in answers(reader, examples)])
        yield from score_figures("fiqa and semeval", ours, np.array([e.score or 0.0 for e in examples]))


def score_figures(name: str, ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> Iterator[Figure]:
    """Correlation, share of right signs where there is one, and error of scores against those wanted."""
    count = len(theirs)
    yield Figure(set=name, name="r", value=float(np.corrcoef(ours, theirs)[0, 1]), count=count)
    signed = theirs != 0
    sign = (np.sign(ours) == np.sign(theirs))[signed].mean()
    yield Figure(set=name, name="sign", value=float(sign), count=int(signed.sum()))
    error = math.sqrt(float(((ours - theirs) ** 2).mean()))
    yield Figure(set=name, name="root mean squared error", value=error, count=count)


def overlap(ours: NDArray[np.float32], first: NDArray[np.float32], nearest: int = 10) -> float:
    """Share of each text's nearest that are the same by both kinds of vectors, itself left out."""

    def near(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
        likeness = vectors @ vectors.T
        np.fill_diagonal(likeness, -2.0)
        return np.argsort(-likeness, axis=1)[:, :nearest]

    return float(
        np.mean([len(set(a) & set(b)) / nearest for a, b in zip(near(ours), near(first), strict=True)])
    )
