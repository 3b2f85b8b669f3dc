"""How much of the bodies of real pages is found: F1 over runs of four words, as that benchmark counts."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

from readthrough.domain.errors import SourceError
from readthrough.feeds.extract import extract
from readthrough.feeds.limits import Limits

__all__ = ["body_f1"]


def body_f1(folder: Path) -> float:
    """Return F1 of mean precision and mean recall over all pages of the folder."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    precisions, recalls = [], []
    for name, page in truth.items():
        raw = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        try:
            found = extract(raw, limits=Limits(), what=name, url=page.get("url", "")).body
        except SourceError:
            found = ""
        true, made = _shingles(page["articleBody"]), _shingles(found)
        tp = sum((true & made).values())
        fp, fn = sum((made - true).values()), sum((true - made).values())
        total = tp + fp + fn
        if total:
            tp, fp, fn = tp / total, fp / total, fn / total  # type: ignore[assignment]
        precisions.append(1.0 if fp == fn == 0 else 0.0 if tp == 0 else tp / (tp + fp))
        recalls.append(1.0 if fp == fn == 0 else 0.0 if tp == 0 else tp / (tp + fn))
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return 2 * precision * recall / (precision + recall)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text, re.UNICODE)
    if not words:
        return Counter()
    size = min(4, len(words))
    return Counter(tuple(words[n : n + size]) for n in range(len(words) - size + 1))
