"""Public sets, where a folder holds them: what each asks, in the terms of a reading.

Every function takes the folder of its set and the engine, and yields `Measure` rows. Nothing of a set is kept.
"""

from __future__ import annotations

import ast
import csv
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.reading import Reading
from readthrough.research.evals.engine import Engine
from readthrough.research.evals.gold import READ_AT
from readthrough.research.evals.pairs import planted_duplicates
from readthrough.research.evals.probes import sign_of

__all__ = ["SETS", "Measure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure: `value` in the measure's own unit ([0, 1] unless it says otherwise), over `count` items."""

    set: str
    name: str
    value: float
    count: int


def _read(text: str, engine: Engine) -> Reading:
    article = Article(id=ArticleId("x"), headline=text, body="", received_at=READ_AT)
    return engine.read(article)


def _signs(name: str, rows: Iterable[tuple[str, str]], engine: Engine) -> Iterator[Measure]:
    """Accuracy and macro F1 of the overall sign of single sentences."""
    pairs = Counter((want, sign_of(_read(text, engine).sentiment.score)) for text, want in rows)
    yield from _three(name, "sign", pairs)


def _three(name: str, what: str, pairs: Counter[tuple[str, str]]) -> Iterator[Measure]:
    total = pairs.total()
    if not total:
        return
    right = sum(n for (want, got), n in pairs.items() if want == got)
    yield Measure(set=name, name=f"{what} accuracy", value=right / total, count=total)
    scores = []
    for side in ("positive", "negative", "neutral"):
        hit = pairs[side, side]
        asked = sum(n for (want, _), n in pairs.items() if want == side)
        said = sum(n for (_, got), n in pairs.items() if got == side)
        scores.append(2 * hit / (asked + said) if asked + said else 1.0)
    yield Measure(set=name, name=f"{what} macro F1", value=sum(scores) / 3, count=total)


def _phrasebank(folder: Path, engine: Engine) -> Iterator[Measure]:
    for part in ("AllAgree", "50Agree"):
        text = (folder / f"Sentences_{part}.txt").read_text(encoding="latin-1")
        rows = [line.rpartition("@") for line in text.splitlines() if "@" in line]
        yield from _signs(f"financial_phrasebank {part}", ((r[0], r[2].strip()) for r in rows), engine)


def _tweets(folder: Path, engine: Engine) -> Iterator[Measure]:
    sides = ("negative", "positive", "neutral")
    with (folder / "sent_valid.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["text"], sides[int(row["label"])]) for row in csv.DictReader(file)]
    yield from _signs("tfns", rows, engine)


def _about(reading: Reading, target: str, text: str) -> Any:
    """Find the ticker one of whose mentions is the target, or shares a word of it."""
    words = set(re.findall(r"\w+", target.lower()))
    for entry in reading.tickers:
        for span in entry.mentions:
            named = text[span.start : span.end].lower()
            if named == target.lower() or words & set(re.findall(r"\w{3,}", named)):
                return entry
    return None


def _targets(name: str, rows: Iterable[tuple[str, str, str]], engine: Engine) -> Iterator[Measure]:
    """Sign toward named companies: over those that were linked, and how many were."""
    pairs: Counter[tuple[str, str]] = Counter()
    asked = 0
    for text, target, want in rows:
        reading = _read(text, engine)
        entry = _about(reading, target, text)
        asked += 1
        if entry is not None:
            pairs[want, sign_of(entry.score)] += 1
    yield Measure(set=name, name="targets linked", value=pairs.total() / max(1, asked), count=asked)
    yield from _three(name, "sign of linked", pairs)


def _headlines(folder: Path, engine: Engine) -> Iterator[Measure]:
    rows, seen = [], set()
    with (folder / "SEntFiN.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["Title"] in seen:
                continue
            seen.add(row["Title"])
            try:
                labels = ast.literal_eval(row["Decisions"])
            except (SyntaxError, ValueError):
                continue
            rows += [(row["Title"], entity, side) for entity, side in labels.items()]
    yield from _targets("sentfin", rows, engine)


def _paragraphs(folder: Path, engine: Engine) -> Iterator[Measure]:
    rows = [
        (row["content"], mark["value"], mark["label"].lower())
        for row in json.loads((folder / "FinEntity.json").read_text(encoding="utf-8"))
        for mark in row["annotations"]
    ]
    yield from _targets("finentity", rows, engine)


def _scored(name: str, rows: Iterable[tuple[str, str, float]], engine: Engine) -> Iterator[Measure]:
    """Sign and cosine of scores toward named companies, over those linked."""
    ours, theirs, pairs, asked = [], [], Counter[tuple[str, str]](), 0
    for text, target, want in rows:
        asked += 1
        entry = _about(_read(text, engine), target, text)
        if entry is None:
            continue
        ours.append(entry.score or 0.0)
        theirs.append(want)
        pairs[sign_of(want), sign_of(entry.score)] += 1
    yield Measure(set=name, name="targets linked", value=len(ours) / max(1, asked), count=asked)
    yield from _three(name, "sign of linked", pairs)
    length = math.sqrt(sum(x * x for x in ours) * sum(x * x for x in theirs))
    cosine = sum(a * b for a, b in zip(ours, theirs, strict=True)) / length if length else 0.0
    yield Measure(set=name, name="cosine of scores", value=cosine, count=len(ours))


def _fiqa(folder: Path, engine: Engine) -> Iterator[Measure]:
    rows = json.loads((folder / "task1_headline_ABSA_train.json").read_text(encoding="utf-8")).values()
    targets = [
        (row["sentence"], info["target"], float(info["sentiment_score"]))
        for row in rows
        for info in row["info"]
    ]
    yield from _scored("fiqa_sa headlines", targets, engine)


def _semeval(folder: Path, engine: Engine) -> Iterator[Measure]:
    rows = json.loads((folder / "Headline_Trainingdata.json").read_text(encoding="utf-8"))
    targets = [(row["title"], row["company"], float(row["sentiment"])) for row in rows]
    yield from _scored("semeval2017_t5 headlines", targets, engine)


_EVENTS: dict[str, set[str]] = {
    "Profit/Loss": {"earnings_result", "guidance_change"},
    "Revenue": {"earnings_result", "guidance_change"},
    "FinancialReport": {"earnings_result", "guidance_change"},
    "SalesVolume": {"earnings_result", "guidance_change", "user_metrics"},
    "Merger/Acquisition": {"ma_announced", "ma_rumour_or_nonbinding", "ma_blocked_or_terminated"},
    "Rating": {"analyst_rating_change", "credit_rating_change"},
    "Dividend": {"dividend_change"},
    "Employment": {"management_change", "layoffs_restructuring", "labor_strike"},
    "Product/Service": {"product_launch", "product_withdrawal", "regulatory_clearance"},
    "Deal": {"contract_change", "ma_announced"},
    "Legal": {"litigation", "antitrust_action", "regulatory_probe_or_action", "fraud"},
    "Macroeconomics": {
        "macro_data_release", "central_bank", "commodity_price_move", "market_wide_move",
        "tariff_trade_policy", "political_event", "sector_readacross",
    },
}  # fmt: skip
"""Their types, and ours that say the same; the others have no counterpart and are left out."""


def _sentences(folder: Path, engine: Engine) -> Iterator[Measure]:
    """Sentences read alone: recall of their types, and precision of ours that have a counterpart."""
    known = set().union(*_EVENTS.values())
    asked = hit = found = right = count = 0
    with (folder / "dataset_event_type.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            want = set(ast.literal_eval(row["types_event_unq"]))
            ours = {event.parent for event in _read(_untokenized(row["text"]), engine).events} & known
            asks = [_EVENTS[name] for name in want & _EVENTS.keys()]
            count += 1
            asked += len(asks)
            hit += sum(bool(same & ours) for same in asks)
            found += len(ours)
            right += sum(any(parent in same for same in asks) for parent in ours)
    yield Measure(set="sentivent_events", name="event recall", value=hit / max(1, asked), count=count)
    yield Measure(set="sentivent_events", name="event precision", value=right / max(1, found), count=count)


def _untokenized(text: str) -> str:
    text = re.sub(r" ([,.;:!?%)]|'s\b|n't\b)", r"\1", text)
    return re.sub(r"([($]) ", r"\1", text)


def _planted(folder: Path, engine: Engine) -> Iterator[Measure]:
    for size in (100, 1000, 2500):
        path = folder / "data" / f"articles_{size}.train"
        if path.exists():
            value, count = planted_duplicates(path, engine)
            yield Measure(
                set=f"near_duplicate_minhash {size}", name="duplicates F1", value=value, count=count
            )


SETS: dict[str, Callable[[Path, Engine], Iterator[Measure]]] = {
    "financial_phrasebank": _phrasebank,
    "tfns": _tweets,
    "sentfin": _headlines,
    "finentity": _paragraphs,
    "fiqa_sa": _fiqa,
    "semeval2017_t5": _semeval,
    "sentivent_events": _sentences,
    "near_duplicate_minhash": _planted,
}
"""Folder of a set -> what measures it."""
