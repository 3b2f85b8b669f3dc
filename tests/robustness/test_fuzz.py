"""Sample articles, spoiled in every way at random, for as long as FUZZ_SECONDS says (5 when unset).

A failure names its seed and the least text that still fails; FUZZ_SEED=<seed> begins there.
The seed is 0 when unset, so that `make test` repeats itself; CI takes it from the commit.
"""

from __future__ import annotations

import gc
import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from tests.robustness.mutations import LONGEST, mutated
from tests.robustness.noted import TooSlowError, note_of, within

from readthrough.samples import sample_articles

_GOLD: Final = Path(__file__).parents[2] / "evals" / "gold"
_SHRINKING_SECONDS: Final = 20


def seconds_allowed(text: str) -> float:
    """Twenty times what an article of 300 words took on a slow core, and as much again to begin with."""
    return 0.5 + len(text) * 300e-6


def test_spoiled_articles_get_their_notes() -> None:
    seconds = float(os.environ.get("FUZZ_SECONDS", "5"))
    seed = int(os.environ.get("FUZZ_SEED", "0"))
    texts = _texts()
    note_of("Apple shares rise", texts[0])  # what is loaded once is no case's time
    gc.collect()
    gc.freeze()  # nor is what other tests left to be looked through
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        chance = random.Random(seed)
        headline, body = mutated(texts, chance)[:300], mutated(texts, chance)
        error = failure(headline, body)
        if error is not None:
            headline, body = least(headline, body, type(error))
            pytest.fail(
                f"FUZZ_SEED={seed}: {type(error).__name__}: {error}\nheadline={headline!a}\nbody={body!a}"
            )
        seed += 1
    gc.unfreeze()


def failure(headline: str, body: str) -> Exception | None:
    """Return what is raised for the words, if anything is."""
    try:
        with within(seconds_allowed(headline + body)):
            note_of(headline, body)
    except Exception as error:
        return error
    return None


def least(headline: str, body: str, kind: type[Exception]) -> tuple[str, str]:
    """Return the least of the words that still fails alike, as far as some seconds suffice."""
    body = shortened(body, lambda shorter: isinstance(failure(headline, shorter), kind))
    headline = shortened(headline, lambda shorter: isinstance(failure(shorter, body), kind))
    return headline, body


def shortened(text: str, fails: Callable[[str], bool]) -> str:
    """Leave out ever smaller pieces as long as what is left still fails."""
    until = time.monotonic() + _SHRINKING_SECONDS
    if fails(""):
        return ""
    size = max(len(text) // 2, 1)
    while size:
        at = 0
        while at < len(text) and time.monotonic() < until:
            shorter = text[:at] + text[at + size :]
            if fails(shorter):
                text = shorter
            else:
                at += size
        size //= 2
    return text


def _texts() -> list[str]:
    rows = list(sample_articles())
    for path in sorted(_GOLD.glob("?-development.jsonl")):
        rows += map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [text for row in rows for text in (row["body"][:LONGEST], row["headline"]) if text]


def test_a_failure_is_cut_to_its_least() -> None:
    assert shortened("aaaa bb x cccc\n" * 9 + "Q" + "d" * 99, lambda text: "Q" in text) == "Q"


def test_a_case_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(TooSlowError), within(0.05):
        all(number >= 0 for number in range(10**12))


def test_a_seed_always_spoils_alike() -> None:
    texts = _texts()
    assert mutated(texts, random.Random(3)) == mutated(texts, random.Random(3))
