"""Count what a reading found against what gold expects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from readthrough.domain.reading import Event, Fact, Reading
from readthrough.research.evals.gold import Gold
from readthrough.universe import load_universe
from readthrough.universe.master import Universe

__all__ = ["Tally", "score"]

_ROLE_WEIGHT = {"primary": 1.0, "secondary": 0.5, "passing": 0.25}
_SIGN_AT = 0.05


@dataclass(slots=True)
class Tally:
    """Sums over articles, and the misses in words for whoever mends them."""

    sums: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Return each measure in [0, 1]."""
        s = self.sums

        def share(part: str, whole: str) -> float:
            return s[part] / s[whole] if s[whole] else 1.0

        precision, recall = share("event_hit", "event_found"), share("event_hit", "event_gold")
        return {
            "ticker_precision": share("ticker_right", "ticker_found"),
            "ticker_recall": share("ticker_weight_hit", "ticker_weight"),
            "traps_avoided": 1.0 - (s["trapped"] / s["traps"] if s["traps"] else 0.0),
            "role": share("role_right", "role_all"),
            "fact_recall": share("fact_hit", "fact_gold"),
            "fact_precision": share("fact_confirmed", "fact_judged"),
            "event_f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
            "event_precision": precision,
            "event_recall": recall,
            "sign": share("sign_right", "sign_all"),
            "ticker_sign": share("ticker_sign_right", "ticker_sign_all"),
            "noise": share("noise_right", "noise_all"),
        }


def score(pairs: Iterable[tuple[Gold, Reading]]) -> Tally:
    """Tally readings against gold."""
    tally = Tally()
    for gold, reading in pairs:
        _noise(tally, gold, reading)
        if gold.expect.get("noise"):
            continue
        _tickers(tally, gold, reading)
        _facts(tally, gold, reading)
        _events(tally, gold, reading)
        _signs(tally, gold, reading)
    return tally


def _miss(tally: Tally, gold: Gold, words: str) -> None:
    tally.misses.append(f"{gold.article.id}: {words}")


def _noise(tally: Tally, gold: Gold, reading: Reading) -> None:
    tally.sums["noise_all"] += 1
    if bool(gold.expect.get("noise")) == bool(reading.noise):
        tally.sums["noise_right"] += 1
    else:
        _miss(tally, gold, f"noise {reading.noise} for {gold.expect.get('noise')}")


def _tickers(tally: Tally, gold: Gold, reading: Reading) -> None:
    expected = {_line(t["ticker"]): t for t in gold.expect["tickers"]}
    found = {_line(t.ticker): t for t in reading.tickers if t.ticker}
    for ticker, entry in expected.items():
        weight = _ROLE_WEIGHT[entry["role"]]
        tally.sums["ticker_weight"] += weight
        if ticker in found:
            tally.sums["ticker_weight_hit"] += weight
            tally.sums["role_all"] += 1
            tally.sums["role_right"] += found[ticker].role == entry["role"]
        else:
            _miss(tally, gold, f"ticker {ticker} ({entry['role']}) not linked")
    tally.sums["ticker_found"] += len(found)
    tally.sums["ticker_right"] += len(found.keys() & expected.keys())
    for ticker in found.keys() - expected.keys():
        _miss(tally, gold, f"ticker {ticker} wrongly linked")
    tally.sums["traps"] += len(gold.expect.get("never", ()))
    tally.sums["trapped"] += len(found.keys() & {_line(t) for t in gold.expect.get("never", ())})


def _facts(tally: Tally, gold: Gold, reading: Reading) -> None:
    names: dict[str | None, str] = {t.issuer_id: t.ticker for t in reading.tickers}
    left = list(reading.facts)
    for want in gold.expect["facts"]:
        tally.sums["fact_gold"] += 1
        same = [f for f in left if _same_value(f, want)]
        best = next((f for f in same if _agrees(f, want, names)), None)
        if same:
            tally.sums["fact_judged"] += 1
        if best is not None:
            tally.sums["fact_hit"] += 1
            tally.sums["fact_confirmed"] += 1
            if best.high is None:  # the two ends of a range are two figures of one fact
                left.remove(best)
        elif same:
            f = same[0]
            got = f"{f.metric_name} {names.get(f.issuer_id, '')} {f.change} {f.vs_expectation} {f.modality}"
            _miss(tally, gold, f"fact {want} read as {got}")
        else:
            _miss(tally, gold, f"fact {want} not found")


def _same_value(fact: Fact, want: dict[str, Any]) -> bool:
    values = [float(fact.value), *([float(fact.high)] if fact.high is not None else [])]
    close = any(abs(v - abs(float(want["value"]))) <= 1e-6 * max(1.0, abs(v)) for v in values)
    units = {str(fact.unit), want["unit"]}
    return close and (
        len(units) == 1
        or any(units <= alike for alike in _ALIKE)
        or (want["metric"] == fact.metric == "exchange rate" and units <= _OF_RATES)
    )


# units that annotators write for one another: an index stands at points or at a number, a currency at a sum or a ratio
_ALIKE: Final = (
    {"money", "money_per_share"},
    {"count", "points", "ratio", "multiple"},
    {"percent", "percentage_points"},
)
_OF_RATES: Final = {"money", "money_per_share", "count", "ratio"}
_STANDING: Final = {"actual", "planned"}
_OFFERED: Final = ("price target", "deal value", "premium")
"""What is said now of what comes later: our annotators call half of them actual and half planned."""


def _agrees(fact: Fact, want: dict[str, Any], names: dict[Any, str]) -> bool:
    """A fact is right when whose, what, which way, against what and how sure are all right."""
    ticker = names.get(fact.issuer_id, "") if fact.issuer_id else ""
    metric = bool(_stems(str(want["metric"])) & _stems(fact.metric_name)) or _kin(
        fact.metric, str(want["metric"])
    )
    whose = not want.get("ticker") or _line(want["ticker"]) == _line(ticker)
    way = not want.get("change") or want["change"] == fact.change
    surprise = not want.get("vs_expectation") or want["vs_expectation"].replace(
        "_", ""
    ) == fact.vs_expectation.replace("_", "")
    sure = not want.get("modality") or (want["modality"] == "actual") == (fact.modality == "actual")
    if fact.metric in _OFFERED and {want.get("modality"), str(fact.modality)} <= _STANDING:
        sure = True
    return metric and whose and way and surprise and sure


@cache
def _universe() -> Universe:
    return load_universe()


def _line(ticker: str) -> str:
    """Name the issuer of any of its lines, so that TM and 7203.T meet."""
    issuer = _universe().by_ticker(ticker) if ticker else None
    return issuer.id if issuer is not None else ticker


def _stems(words: str) -> set[str]:
    """Fold plurals and hyphens, so that "charge-off rate" and "charge-offs" meet."""
    return {w.rstrip("s")[:7] for w in words.lower().replace("-", " ").split()} - {
        "rate",
        "net",
        "gross",
        "of",
    }


_KIN = (
    {"revenue", "sales", "turnover", "net sales"},
    {"profit", "net income", "earnings", "eps", "operating profit", "income"},
    {"loss", "net loss", "eps"},
    {"job cuts", "jobs", "layoffs", "workforce"},
    {"deal value", "offer", "acquisition", "takeover", "price", "purchase", "bid"},
    {"capex", "investment", "capital spending", "spending", "budget"},
    {"fine", "settlement", "penalty", "damages"},
    {"funding", "financing", "offering", "share offering", "ipo"},
    {"cash", "liquidity"},
    {"cases", "lawsuits", "suits", "claims"},
    {"gold price", "oil price", "commodity price", "gold", "crude"},
    {"issuance", "sales of bonds", "bond sales"},
    {"loans", "loan", "debt", "borrowings"},
    {"share price", "shares", "stock"},
    {"recalled units", "recall", "vehicles"},
    {"subscribers", "users", "customers"},
    {"deliveries", "units", "shipments"},
    {"provisions", "npa", "non-performing"},
    {"prices", "inflation"},
)


def _kin(metric: str, want: str) -> bool:
    return any(metric in kin and (want in kin or set(want.split()) & kin) for kin in _KIN)


def _events(tally: Tally, gold: Gold, reading: Reading) -> None:
    names: dict[str | None, str] = {t.issuer_id: t.ticker for t in reading.tickers}

    def key(event: Event) -> tuple[str, str]:
        return event.parent, str(event.polarity)

    want = Counter((e["parent"], e["polarity"]) for e in _distinct(gold.expect["events"]))
    found = Counter(dict.fromkeys((key(e) for e in reading.events if not e.background), 1))
    hit = want & found
    tally.sums["event_gold"] += want.total()
    tally.sums["event_found"] += found.total()
    tally.sums["event_hit"] += hit.total()
    for parent, polarity in want - hit:
        _miss(tally, gold, f"event {parent} {polarity} not found")
    for parent, polarity in found - hit:
        who = [names.get(e.issuer_id, e.subject) for e in reading.events if key(e) == (parent, polarity)]
        _miss(tally, gold, f"event {parent} {polarity} of {who} not expected")


def _distinct(events: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    return {(e["parent"], e["polarity"]): e for e in events}.values()


def _signs(tally: Tally, gold: Gold, reading: Reading) -> None:
    want = gold.expect["sign"]
    if want in {"positive", "negative"}:
        tally.sums["sign_all"] += 1
        if _sign(reading.sentiment.score) == want:
            tally.sums["sign_right"] += 1
        else:
            _miss(tally, gold, f"overall {reading.sentiment.score} for {want}")
    scores = {_line(t.ticker): t.score for t in reading.tickers}
    for entry in gold.expect["tickers"]:
        line = _line(entry["ticker"])
        if entry.get("sign") in {"positive", "negative"} and line in scores:
            tally.sums["ticker_sign_all"] += 1
            if _sign(scores[line]) == entry["sign"]:
                tally.sums["ticker_sign_right"] += 1
            else:
                _miss(tally, gold, f"{entry['ticker']} {scores[line]} for {entry['sign']}")


def _sign(value: float | None) -> str:
    if value is None or abs(value) < _SIGN_AT:
        return "neutral"
    return "positive" if value > 0 else "negative"
