"""How likely it is that a page reports an event, rather than recalls it, supposes it or passes it by."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Event, Modality
from readthrough.reading.event_scene import Scene

__all__ = ["FEATURES", "features", "reported"]

_LIKELY: Final = 0.45  # likelihood from which an event is this page's news; gold and real development, `tools/fit_event_news.py`

_SHORT: Final = 14  # sentences of a wire that tells little but its news
_LONG: Final = 26  # sentences from which a page is a feature more often than a report
_BRIEF: Final = 8  # sentences; a shorter text has no room for much but its news
_DENSE: Final = 0.3  # figures a sentence: a report tells as many, a feature seldom
_AROUND: Final = 90  # code points before a trigger in which its clause can begin
_FAMILIES: Final[dict[str, str]] = {
    **dict.fromkeys(
        "earnings_result guidance_change user_metrics credit_quality_deterioration buyback dividend_change "
        "cost_cutting_plan layoffs_restructuring capex_change".split(),
        "results",
    ),
    **dict.fromkeys(
        "ma_announced ma_completed ma_blocked_or_terminated ma_rumour_or_nonbinding antitrust_action "
        "spin_off_or_split".split(),
        "deals",
    ),
    **dict.fromkeys(
        "litigation regulatory_probe_or_action fraud executive_arrest denial_clarification antitrust_action "
        "cyber_breach accounting_irregularity short_seller_report".split(),
        "law",
    ),
}
_OF_MARKETS: Final = frozenset(
    "market_wide_move commodity_price_move fx_move crypto_market_event central_bank macro_data_release "
    "tariff_trade_policy sanctions political_event".split()
)
_PAST: Final = lazily(
    r"\b(?:had (?:already |previously |also |been )?\w+(?:ed|n|t)\b|last (?:month|year|summer|fall|spring|winter|quarter|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"years? ago|months? ago|weeks? ago|(?:in|since|from|of) (?:(?:late |early |mid-)?(?:19|20)\d\d|january|february|march|"
    r"april|june|july|august|september|october|november|december)|(?:19|20)\d\d (?:purchase|acquisition|deal|settlement|"
    r"merger|ipo|initial|takeover|scandal)|earlier (?:this|in the) (?:year|month)|(?:in )?recent (?:years|months)|"
    r"(?<!than )previously|a year earlier|over the past|first launched|originally|back in|the first time|ever since|"
    r"former(?:ly)?|once|used to|ago)\b"
)
_ASIDE: Final = lazily(
    r"\b(?:when|after|since|which|who|whose|where|that|despite|amid|as|while|following|if|whether|because|though|although|"
    r"before|until|unless|including|such as|like|even as|ahead of|rather than|instead of|than)\b"
)
_SUPPOSED: Final = lazily(
    r"\b(?:could|would|may|might|if|should|can|perhaps|possibly|potential(?:ly)?|need(?:s|ed)? to|want(?:s|ed)? to|"
    r"able to|likely|hopes?|hoping|think|believes?|expects?)\b"
)
_FIGURE: Final = lazily(r"\d")
_FEATURE: Final = lazily(
    r"\?|^(?:how|why|what|where|who|when|here|here's|this|these|meet|inside|i|we|\d+|five|ten|three|four|six|seven)\b|"
    r"\b(?:you|your|you're|review|best|worst|tips|guide|vs\.?|versus|things|ways|reasons|hands-on|hands on|explained|"
    r"opinion|column|podcast|video|preview|watch|what to expect|buying guide|everything)\b"
)
_ADDRESSED: Final = re.compile(
    r"\b(?:you|your|you'll|you're|you've|i'm|i've|let's)\b|(?<![a-z'.])i (?=[a-z])"
)

FEATURES: Final = (
    "bias", "headline", "lead", "third", "early", "deep", "far", "deep short", "deep long",
    "main subject", "no issuer", "market", "seconded", "kindred ahead", "aside",
    "supposed", "figure", "quoted", "unsure", "infinitive", "strong", "faint", "feature", "addressed",
    "named here", "alone", "deep results", "deep deal", "deep law", "deep past",
    "deep stray", "measured",
)  # fmt: skip


def reported(scene: Scene, events: Sequence[Event]) -> tuple[Event, ...]:
    """Mark as background the events that the page likelier recalls or supposes than reports."""
    if len(scene.sentences) < _BRIEF or len(scene.facts) >= _DENSE * len(scene.sentences):
        return tuple(events)
    weights = _weights()
    marked = []
    for event, row in zip(events, features(scene, events), strict=True):
        odds = sum(weight for weight, value in zip(weights, row, strict=True) if value)
        told = event.background or 1 / (1 + math.exp(-odds)) >= _LIKELY
        marked.append(event if told else replace(event, background=True))
    return tuple(marked)


@cache
def _weights() -> tuple[float, ...]:
    text = files("readthrough.reading").joinpath("event_news.json").read_text(encoding="utf-8")
    weights = json.loads(text)
    return tuple(float(weights[name]) for name in FEATURES)


def features(scene: Scene, events: Sequence[Event]) -> Iterator[tuple[float, ...]]:
    """Describe each event by what tells news from background, in the order of `FEATURES`.

    Args:
        scene: The article.
        events: All that was found in it, which second or outweigh each other.
    """
    if not events:
        return
    head = scene.words(0)
    count = len(scene.sentences)
    opening = scene.lower[: scene.sentences[min(count, 12) - 1].span.end]
    feature = float(bool(_FEATURE.search(head)))
    addressed = float(len(_ADDRESSED.findall(opening)) > 1)
    for event in events:
        yield _of(scene, event, events, count, (feature, addressed))


def _of(
    scene: Scene,
    event: Event,
    events: Sequence[Event],
    count: int,
    page: tuple[float, float],
) -> tuple[float, ...]:
    at = event.sentence
    span = scene.sentences[at].span
    words = scene.lower[span.start : span.end]
    start, end = event.span.start - span.start, event.span.end - span.start
    clause = words[max(0, start - _AROUND) : min(len(words), end + 50)]
    before = words[max(0, start - 45) : start]
    family = _FAMILIES.get(event.parent, event.parent)
    ahead = [e for e in events if e is not event and e.sentence < 3 and e.sentence < at]
    kindred = [e for e in ahead if _FAMILIES.get(e.parent, e.parent) == family]
    deep = at >= 4
    values = (
        True,
        at == 0,
        at == 1,
        at in (2, 3),
        4 <= at < 7,
        7 <= at < 13,
        at >= 13,
        deep and count <= _SHORT,
        deep and count >= _LONG,
        event.issuer_id is not None and event.issuer_id == scene.main,
        event.issuer_id is None,
        event.parent in _OF_MARKETS,
        any(e.parent == event.parent and e is not event for e in events),
        bool(kindred),
        at > 0 and bool(_ASIDE.search(before)),
        bool(_SUPPOSED.search(before)),
        bool(_FIGURE.search(words[start : end + 40])),
        at > 0 and '"' in words,
        event.modality in (Modality.CONDITIONAL, Modality.PLANNED),
        at > 0 and (words.startswith("to ", start) or before.endswith(" to ")),
        event.strength >= 0.6,
        event.strength < 0.45,
        page[0] > 0,
        page[1] > 0,
        any(m.issuer_id == event.issuer_id for m in scene.rows[at]),
        at > 0 and not ahead and len(events) == 1,
        deep and family == "results",
        deep and family == "deals",
        deep and family == "law",
        deep and bool(_PAST.search(clause)),
        deep and bool(ahead) and not kindred,
        any(f.sentence == at for f in scene.facts),
    )
    return tuple(float(value) for value in values)
