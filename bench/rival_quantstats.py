"""Run by the rivals' interpreter, never imported: quantstats' functions on the same returns."""

from __future__ import annotations

import json
import sys
import warnings
from time import process_time

import numpy as np
import pandas as pd
import quantstats.stats as stats

warnings.simplefilter("ignore")
material = json.loads(sys.stdin.readline())
begun = process_time()
with np.load(material["path"]) as held:
    days = pd.bdate_range("2015-01-01", periods=held["market"].shape[0])
    books = [pd.Series(row, index=days) for row in held["books"]]
    market = pd.Series(held["market"], index=days)


def measure(book: pd.Series) -> float:
    """Compute the five, as a report does."""
    stats.greeks(book, market)
    stats.value_at_risk(book)
    stats.cvar(book)
    stats.max_drawdown(book)
    return float(stats.volatility(book))


print(json.dumps({"load_seconds": process_time() - begun, "volatility": measure(books[0])}), flush=True)
for line in sys.stdin:
    json.loads(line)
    begun = process_time()
    for book in books:
        measure(book)
    print(json.dumps({"seconds": process_time() - begun}), flush=True)
