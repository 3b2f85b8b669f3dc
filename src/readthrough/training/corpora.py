"""Public sets that may train a model that ships, read from a folder that is never part of the project.

Each is licensed for that (MIT, ODC-BY, Apache-2.0, CC BY). Texts that any set kept for measuring also holds
are left out, whoever published them first.
"""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from readthrough.training.examples import CLASSES, Example, fold, part_of

__all__ = ["commodity_sentences", "finentity", "forbidden_texts", "paragraphs", "sentfin", "tweets"]

_TWEETS_TRAIN: Final = 9543  # rows that are the published set; what may follow has no licence
_TWEET_CLASSES: Final = ("negative", "positive", "neutral")
STRENGTH: Final = 0.45  # score of a plain positive whose text says nothing of how strong; see `strength_of`


def forbidden_texts(folder: Path) -> frozenset[str]:
    """Every text, folded, of the sets that only measure; none of them may train."""
    found: set[str] = set()
    for path in sorted((folder / "financial_phrasebank").glob("Sentences_*.txt")):
        found.update(fold(line.rpartition("@")[0]) for line in path.read_text("latin-1").splitlines())
    for path in sorted((folder / "fiqa_sa").glob("*.json")):
        found.update(fold(row["sentence"]) for row in json.loads(path.read_text("utf-8")).values())
    for path in sorted((folder / "semeval2017_t5").glob("*.json")):
        for row in json.loads(path.read_text("utf-8")):
            found.update(fold(piece) for piece in _pieces(row))
    path = folder / "sentivent_events" / "dataset_event_type.tsv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            found.update(fold(row["text"]) for row in csv.DictReader(file, delimiter="\t"))
    path = folder / "tfns" / "sent_valid.csv"
    if path.exists():
        found.update(fold(text) for text, _ in _tweet_rows(path))
    return frozenset(found - {""})


def _pieces(row: Mapping[str, object]) -> Iterator[str]:
    for name in ("title", "text", "spans"):
        value = row.get(name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield " ".join(str(v) for v in value)


def tweets(folder: Path, *, valid: bool = False) -> Iterator[tuple[str, Example]]:
    """Yield tweets and headlines with their split; the published validation part is the test."""
    path = folder / "tfns" / ("sent_valid.csv" if valid else "sent_train.csv")
    for text, side in _tweet_rows(path):
        text = re.sub(r"\s*https?://\S+", "", text).strip()
        part = "test" if valid else part_of(text, test=0, development=4)
        yield part, _sided(text, _TWEET_CLASSES[side], "tfns", news=True)


def _tweet_rows(path: Path) -> list[tuple[str, int]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], int(row["label"])) for row in csv.DictReader(file)][:_TWEETS_TRAIN]


def sentfin(folder: Path) -> Iterator[tuple[str, Example]]:
    """Yield headlines: once for each entity marked, once unmarked where all entities agree."""
    seen: set[str] = set()
    with (folder / "sentfin" / "SEntFiN.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            title = row["Title"].strip()
            if fold(title) in seen:
                continue
            seen.add(fold(title))
            part = part_of(title, test=15, development=5)
            labels = _labels(row["Decisions"])
            torn = len(set(labels.values())) > 1
            for name, side in labels.items():
                spans = find_all(title, name)
                if spans:
                    yield part, _sided(title, side, "sentfin conflict" if torn else "sentfin", spans=spans)
            if labels and not torn:
                yield part, _sided(title, next(iter(labels.values())), "sentfin whole", news=True)


def _labels(cell: str) -> dict[str, str]:
    try:
        value = ast.literal_eval(cell)
    except (SyntaxError, ValueError):  # an apostrophe left bare
        return dict(re.findall(r"['\"]([^:]+?)['\"]\s*:\s*'(positive|negative|neutral)'", cell))
    return {str(k): str(v) for k, v in value.items()}


def find_all(text: str, name: str) -> tuple[tuple[int, int], ...]:
    """Find every place where a name stands as whole words, whatever its case."""
    return tuple(
        m.span() for m in re.finditer(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text, re.IGNORECASE)
    )


def finentity(folder: Path) -> Iterator[tuple[str, Example]]:
    """Yield paragraphs once for each entity, every mention of it marked."""
    seen: set[str] = set()
    for row in json.loads((folder / "finentity" / "FinEntity.json").read_text("utf-8")):
        text = row["content"]
        if fold(text) in seen:
            continue
        seen.add(fold(text))
        part = part_of(text, test=20, development=5)
        sides: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for mark in row["annotations"]:
            span = (mark["start"], mark["end"])
            if text[span[0] : span[1]] != mark["value"]:
                place = text.find(mark["value"])
                if place < 0:
                    continue
                span = (place, place + len(mark["value"]))
            sides.setdefault((mark["value"], mark["label"].lower()), []).append(span)
        torn = len({side for _, side in sides}) > 1
        for (name, side), found in sides.items():
            alike = sum(other == name for other, _ in sides)
            spans = tuple(found) if alike > 1 else find_all(text, name) or tuple(found)
            yield (
                part,
                _sided(text, side, "finentity conflict" if torn else "finentity", spans=spans, news=True),
            )


def commodity_sentences(folder: Path) -> Iterator[Example]:
    """Yield sentences on commodity markets with event parents; no sentiment is known of them."""
    parents = {
        "Movement-down-loss": "commodity_price_move",
        "Movement-up-gain": "commodity_price_move",
        "Movement-flat": "commodity_price_move",
        "Embargo": "sanctions",
        "Civil-unrest": "political_event",
        "Geopolitical-tension": "political_event",
        "trade-financial-tension": "tariff_trade_policy",
        "Shortage": "supply_disruption",
    }
    rows = json.loads(
        (folder / "commodity_events" / "dataset" / "event_extraction_test.json").read_text("utf-8")
    )
    for row in rows:
        events = {mark["event_type"] for mark in row["golden-event-mentions"]}
        found = frozenset(parents[e] for e in events if e in parents)
        yield Example(text=_joined(row["sentence"]), source="commodity", parents=found, news=True)


def _joined(text: str) -> str:
    text = re.sub(r" ([,.;:!?%)]|'s\b|n't\b)", r"\1", text)
    return re.sub(r"([($]) ", r"\1", text)


def paragraphs(folder: Path) -> Iterator[str]:
    """Yield unlabelled sentences of annual reports, for weak labels and for the vectors."""
    for name in ("dev", "test_gold"):
        path = folder / "tatqa" / f"tatqa_dataset_{name}.json"
        if not path.exists():
            continue
        for row in json.loads(path.read_text("utf-8")):
            for paragraph in row["paragraphs"]:
                yield from re.split(r"(?<=[a-z)]\.)\s+(?=[A-Z])", paragraph["text"])


def _sided(
    text: str,
    side: str,
    source: str,
    *,
    spans: Iterable[tuple[int, int]] = (),
    news: bool | None = None,
) -> Example:
    shares = tuple(float(side == name) for name in CLASSES)
    sign = CLASSES.index(side) - 1
    return Example(
        text=text,
        source=source,
        spans=tuple(spans),
        shares=(shares[0], shares[1], shares[2]),
        score=sign * strength_of(text),
        news=news,
    )


_STRONG: Final = re.compile(
    r"\b(?:soar|surg|plung|plummet|crash|tank|skyrocket|slump|collaps|tumbl|spik|record|bankrupt|fraud|crisis|halv|"
    r"doubl|tripl|rout|carnage|nosediv|rocket|sink|sank|slash|wipe|jump|rall|blowout|smash|crush)"
)
_WEAK: Final = re.compile(
    r"\b(?:edg|inch|slight|mild|marginal|modest|little|dip|tad|may|could|might|likely|small|nudg|trim|steady|tick)"
)
_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|pc\b|per ?cent)")


def strength_of(text: str) -> float:
    """Say how strong a sign is by the words and the first percentage: what a class leaves out.

    >>> strength_of("Shares edge up"), strength_of("Shares plunge 20%")
    (0.25, 0.8)
    """
    lowered = text.lower()
    size = STRENGTH
    if _WEAK.search(lowered):
        size = 0.25
    if _STRONG.search(lowered):
        size = 0.65
    percent = _PERCENT.search(lowered)
    if percent:
        moved = float(percent[1])
        size += -0.1 if moved < 1.5 else 0.15 if moved >= 10 else 0.05 if moved >= 4 else 0.0
    return round(min(0.85, max(0.15, size)), 2)
