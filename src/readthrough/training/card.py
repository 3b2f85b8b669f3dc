"""Writes the model card: what went in, what came out, and where it fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from readthrough.training.measure import Figure
    from readthrough.training.run import Trained

__all__ = ["card"]

_SOURCES: Final = {
    "tfns": "Twitter Financial News Sentiment (MIT), training part",
    "sentfin": "SEntFiN 1.0 (MIT), one entity marked, 80 % of titles",
    "sentfin conflict": "the same, headlines whose entities differ in sign (each seen twice)",
    "sentfin whole": "the same, whole headlines whose entities agree",
    "finentity": "FinEntity (ODC-BY 1.0), every mention marked, 75 % of paragraphs",
    "finentity conflict": "the same, paragraphs whose entities differ in sign",
    "commodity": "Commodity News Event Extraction (Apache-2.0), event parents only",
    "composed events": "composed by us: events of the 46 parents",
    "composed registers": "composed by us: registers, negation, conditionals, opposite sides",
    "composed noise": "composed by us: pages that are no news",
    "quantity": "composed by us: which figure, which way, against what",
}
_TARGETS: Final = {
    ("phrasebank AllAgree", "accuracy"): 0.92,
    ("phrasebank AllAgree", "macro F1"): 0.90,
    ("phrasebank 50Agree", "accuracy"): 0.80,
    ("phrasebank 50Agree", "macro F1"): 0.76,
    ("fiqa and semeval", "r"): 0.75,
    ("fiqa and semeval", "sign"): 0.86,
    ("sentfin entity", "accuracy"): 0.88,
    ("sentfin conflict", "accuracy"): 0.75,
    ("finentity", "macro F1"): 0.85,
    ("tfns valid", "accuracy"): 0.88,
    ("vectors", "top-10 overlap"): 0.85,
}
_HEAD: Final = """# Model card: the Readthrough encoder

A small transformer (22.7 million parameters, six layers, 384 wide) that started from all-MiniLM-L6-v2 (Apache-2.0)
and reads one sentence at a time: its side for an investor, the side toward a marked company, a score, likely event
parents, whether it is news, and a vector for search. Eight-bit weights, ONNX, run by onnxruntime on a processor.

Beside the composed reading of facts and events it is weighed in what is short, and speaks into silence in what is long
(`reading/fusion.py`). It is not advice, it reads English only, and it must not decide alone.

## Data

Examples by source. A text that a measuring set holds too was left out, whoever published it first.

| source | examples |
|---|---|
"""
_TAIL: Final = """
## How it was made

Cross-entropy over three sides (smoothing 0.05), squared error of the score, binary cross-entropy of event parents
(rules label public headlines weakly) and of news, and 4 times the distance of each vector from the one before
training. Words and the lowest layers stay as they were. Three plans one after the other: 0.38 of a schedule at 1e-4, a shorter one
at 7e-5 down to nothing, and 156,000 examples more at 1e-4 down to nothing; late weights are averaged. `readthrough train` holds every setting.

The head of news is fitted last and alone, on as many composed pages of noise as of news.

The score's target is the sign of the label times how strong the words are (`corpora.strength_of`), since the public
sets have no degrees.

## Limits

- One run of one seed. From 12,800 to 45,000 to 201,000 examples SEntFiN rose from 0.79 to 0.83 to 0.85, its conflicting entities from 0.67 to
  0.77 to 0.81, PhraseBank 50Agree from 0.72 to 0.74 to 0.77, TFNS from 0.81 to 0.84 to 0.86: each fourfold brings two hundredths.
- The first two plans held 3,000 texts to their vectors, the third 12,000; the overlap is measured on 600 others.
- The figures have a sampling error of about 0.01 (PhraseBank) to 0.05 (conflicting entities of FinEntity).
- PhraseBank, FiQA and SemEval were never trained on, but composed text was written by people who know their kind.
- Numbers are compared badly where no word says the direction; negation far from its verb is missed. The rules read those.
- Tweets and Indian and American headlines make up most of the public data: other Englishes are read less well.
- A confidence is right on average over such texts, not for each kind of text.
"""


def card(made: Trained, together: Sequence[tuple[str, Sequence[Figure]]] = ()) -> str:
    """Return the card in Markdown.

    Args:
        made: The run.
        together: What `together.measured_together` found, each with its name: the rules alone, both.
    """
    return "".join(_lines(made, together))


def _lines(made: Trained, together: Sequence[tuple[str, Sequence[Figure]]]) -> Iterator[str]:
    yield _HEAD
    for source, words in _SOURCES.items():
        if source in made.examples:
            yield f"| {words} | {made.examples[source]:,} |\n"
    yield "\n## Measured\n\nThe encoder alone, eight bits, on texts kept apart. The target is for the whole system.\n\n"
    yield "| set | measure | value | target | items |\n|---|---|---|---|---|\n"
    for figure in made.figures:
        target = _TARGETS.get((figure.set, figure.name))
        yield f"| {figure.set} | {figure.name} | {figure.value:.3f} | {f'{target:.2f}' if target else ''} | {figure.count:,} |\n"
    yield from _together(together)
    yield _TAIL
    yield f"\nDigest of `model.onnx`: `{made.digest}`\n"


def _together(columns: Sequence[tuple[str, Sequence[Figure]]]) -> Iterator[str]:
    if not columns:
        return
    yield (
        "\n## With the composed reading\n\nThe whole reading of the same texts, marked companies given as linked"
        " (`readthrough eval --set sides`).\n\n"
    )
    yield f"| set | measure | {' | '.join(name for name, _ in columns)} | target |\n|---|---|{'---|' * len(columns)}---|\n"
    for row in zip(*(figures for _, figures in columns), strict=True):
        target = _TARGETS.get((row[0].set, row[0].name))
        values = " | ".join(f"{figure.value:.3f}" for figure in row)
        yield f"| {row[0].set} | {row[0].name} | {values} | {f'{target:.2f}' if target else ''} |\n"
