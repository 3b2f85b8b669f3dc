"""Measure the reading: `python -m evals [--unseen] [--misses]`."""

from __future__ import annotations

import argparse
import sys

from evals.gold import load_gold
from evals.score import score
from readthrough.reading.read import read
from readthrough.universe import load_universe

__all__ = ["main"]


def main(arguments: list[str]) -> int:
    """Print one table of figures for each part of the gold set."""
    parser = argparse.ArgumentParser(
        prog="evals", description="How right the reading is on our own gold articles."
    )
    parser.add_argument("--part", choices=("development", "unseen", "both"), default="both")
    parser.add_argument("--misses", action="store_true", help="print each miss of the development part")
    chosen = parser.parse_args(arguments)
    universe = load_universe()
    for part in ("development", "unseen"):
        if chosen.part not in {part, "both"}:
            continue
        gold = list(load_gold(part))
        tally = score((g, read(g.article, universe, version="eval")) for g in gold)
        print(f"{part}: {len(gold)} articles")
        for name, value in tally.figures().items():
            print(f"  {name:18} {value:.3f}")
        if chosen.misses and part == "development":
            print(*tally.misses, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
