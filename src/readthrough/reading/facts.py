"""Figures with what they measure: metric, whose, which way, against what, how sure, in which words.

A figure whose metric the words do not give is kept as "unspecified", never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from readthrough.domain.article import Article, Span, digest
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Fact, Mention, Modality, Sentence, Unit
from readthrough.reading import cues
from readthrough.reading.bare_levels import LEVEL, level_binding, with_levels
from readthrough.reading.binding import bind, segment_of
from readthrough.reading.bound import Binding
from readthrough.reading.chains import PRICES, chained, past_conversion, to_a_price
from readthrough.reading.comparisons import (
    compared,
    judge_expectations,
    share_growth,
    share_rise,
    share_verdicts,
)
from readthrough.reading.cues import cues_of
from readthrough.reading.fact_lists import (
    elliptic,
    grown,
    in_turn,
    listed,
    moved_alike,
    of_a_name,
    owned,
    respective,
    signed,
    sold,
    transitions,
)
from readthrough.reading.fact_modality import how_sure
from readthrough.reading.fact_owner import Deal, deal_of, macro_subject, owner_of, to_targets
from readthrough.reading.fact_scene import RESULTS, Scene, good_for_holders
from readthrough.reading.joined_figures import joined
from readthrough.reading.levels import direct_levels, go_on, share_directions
from readthrough.reading.metrics import find_metrics
from readthrough.reading.numbers import Quantity, find_quantities
from readthrough.reading.orders import is_order
from readthrough.reading.qualifiers import (
    basis_of,
    clause_bounds,
    lower_keeping_offsets,
    period_of,
)
from readthrough.reading.subjects import Cast, cast_of
from readthrough.reading.tables import Row, read_row, table_scale
from readthrough.reading.told_again import told_again
from readthrough.reading.told_by_deeds import told_by_deeds
from readthrough.universe.master import Universe

__all__ = ["find_facts"]

_MOST_PER_SENTENCE: Final = 24  # a table row of more is cut there, so that ten thousand numbers stay linear

# a second object of one verb: "expects growth of 3% and earnings of $1.70"
_JOINED: Final = lazily(r"\W*(?:and\s)?(?:[a-z][\w’'-]*\s){1,4}?of\s(?:between\s|about\s|around\s|up to\s)?")

_LONG_RUN: Final = lazily(
    r"\b(?:this year|year[- ]to[- ]date|so far|(?:over|in|for) the (?:past|last|previous)|since (?:the|january|february|march|april|may|june|july|august|september|october|november|december|its|20\d\d)|"
    r"from (?:an?|its|the|their) (?:[\w-]+ ){0,2}?(?:peak|record|highs?|lows?)|since (?:hitting|reaching|touching|peaking|going public|listing)|over the year|(?:of|in) (?:its|their) (?:market )?value|"
    r"in 20\d\d|last (?:year|month|week)|past (?:year|\w+ months)|52-week|all-time|had (?:gained|lost|risen|fallen|climbed|dropped|already|been))\b"
)

# a pluperfect move came before the news: "had closed 1.1% lower before the report"
_HAD_MOVED: Final = lazily(
    r"\bhad (?:already )?(?:closed|ended|finished|gained|lost|risen|fallen|climbed|dropped|jumped|slid|surged)\b[^,;]*$"
)

_UNDONE: Final = lazily(
    r"\b(?:giving (?:back|up)|gave (?:back|up)|eras(?:ed|ing)|trimm(?:ed|ing)|par(?:ed|ing)|revers(?:ed|ing)|making up|made up|recover(?:ed|ing)|claw(?:ed|ing) back|recoup(?:ed|ing)|wip(?:ed|ing) out)\s[^;]{0,60}$"
)

_PAPER: Final = lazily(r"(?:[\w-]+ )?(?:bonds|notes|debentures|treasuries|securities)\b")
_FISCAL: Final = lazily(r"[QH]\d|FY|full|\d")
_RESULT_PERIOD: Final = lazily(r"Q[1-4]|H[12]|FY|full year|\d+ months|six|nine|three|twelve")


def find_facts(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    universe: Universe,
    cast: Cast | None = None,
) -> tuple[Fact, ...]:
    """Find the figures of an article, in order, one fact a figure.

    Comparatives ("from $1.9 billion", "against $1.10 expected") join the fact they compare with.

    Args:
        article: The words.
        sentences: Its sentences, in order.
        mentions: Its links, in order of their place.
        universe: Names the issuers.
        cast: Who stands in each sentence; found from the mentions where it is not given.
    """
    lowered = lower_keeping_offsets(article.text)
    cast = cast or cast_of(mentions, sentences, article.text)
    rows, subjects = cast.rows, cast.subjects
    facts: list[Fact] = []
    deals: list[Deal] = []
    main = cast.main if any(rows[:3]) else None  # else the article is about somebody who is not linked
    default = _default_period(sentences, lowered)
    exponent = table_scale(lowered) if "  " in article.body or "\t" in article.body else 0
    for sentence, row, subject, before in zip(sentences, rows, subjects, (None, *subjects), strict=False):
        span = sentence.span
        metrics = find_metrics(lowered, span.start, span.end)
        quantities = with_levels(
            lowered, span.start, span.end, find_quantities(lowered, span.start, span.end), metrics
        )[:_MOST_PER_SENTENCE]
        if not quantities or is_order(lowered, sentence):
            continue
        inside = tuple(m for m in row if span.covers(m.span))
        scene = Scene(
            article,
            lowered,
            sentence,
            metrics,
            inside,
            subject,
            before,
            main,
            cues_of(lowered, span.start, span.end),
            default,
        )
        if (told := read_row(span.of(article.text), exponent=exponent)) is not None:
            facts.append(_table_fact(scene, told, universe))
            continue
        if (deal := deal_of(scene)) is not None:
            deals.append(deal)
        first = len(facts)
        _add_sentence(facts, scene, quantities, universe)
        default = next((f.period for f in reversed(facts[first:]) if _sets_period(f)), default)
    to_targets(facts, deals, universe)
    share_directions(facts, lowered, main)
    return _merged(facts)


def _table_fact(scene: Scene, row: Row, universe: Universe) -> Fact:
    start = scene.sentence.span.start
    issuer_id = scene.subject or scene.main
    issuer = universe.issuer(issuer_id) if issuer_id else None
    change = None
    if row.previous is not None and row.previous != row.value:
        change = Direction.UP if row.value > row.previous else Direction.DOWN
    figure = Span(start + row.start, start + row.end)
    return Fact(
        id="fct_" + digest(scene.article.id, str(figure.start), str(figure.end), row.metric),
        metric=row.metric,
        segment=_as_written(scene, row.segment),
        subject=issuer.name if issuer else "",
        issuer_id=issuer_id,
        value=row.value,
        unit=row.unit,
        currency=row.currency,
        period=scene.period if row.metric in RESULTS else "",
        previous=row.previous,
        change=change,
        good=good_for_holders(row.metric, change, False),
        span=scene.sentence.span,
        figure=figure,
        sentence=scene.sentence.index,
        quote=scene.sentence.span.of(scene.article.text),
    )


def _add_sentence(
    facts: list[Fact], scene: Scene, quantities: tuple[Quantity, ...], universe: Universe
) -> None:
    first = len(facts)
    go_on(facts, first, scene)
    pairs = respective(scene, quantities)
    rows = in_turn(scene, quantities)
    began: dict[int, Quantity] = transitions(scene.lowered, quantities)
    left = {q.start for q in began.values()}
    for quantity in quantities:
        if quantity.start in left:
            continue
        if quantity.start not in began and joined(facts, first, scene, quantity):
            continue
        span = scene.sentence.span
        if quantity.scale == LEVEL:
            last = facts[-1] if len(facts) > first else None
            level = level_binding(scene.lowered, span.start, span.end, quantity, scene.metrics, last)
            if level is not None:
                facts.append(_fact(scene, quantity, level, universe))
            continue
        binding = (
            rows.get(quantity.start)
            or to_a_price(facts, first, scene, quantity)
            or listed(facts, first, scene, quantity)
            or bind(
                scene.lowered,
                past_conversion(scene.lowered, quantity),
                scene.metrics,
                scene.mentions,
                span.start,
                span.end,
            )
        )
        if binding is None:
            binding = chained(facts, first, scene, quantity)
        binding = elliptic(facts, first, scene, quantity, binding)
        binding = sold(scene, signed(scene, quantity, of_a_name(scene, binding)), facts, universe)
        binding = told_again(facts, scene, quantity, told_by_deeds(scene, quantity, binding))
        if (
            binding is not None
            and binding.metric == "debt"
            and binding.is_change
            and quantity.unit is Unit.PERCENT
            and _PAPER.match(scene.lowered, binding.at)
        ):
            binding = replace(binding, metric="bond price")
        if binding is not None and binding.change is not None and quantity.unit is Unit.PERCENT:
            binding = replace(binding, is_change=True) if binding.metric in PRICES else binding
        if binding is not None and (binding.metric != "unspecified" or quantity.unit is not Unit.COUNT):
            facts.append(_fact(scene, quantity, owned(binding, quantity, pairs), universe))
            if quantity.start in began:
                facts[-1] = compared(facts[-1], began[quantity.start])
            if quantity.start not in pairs:
                facts[-1:] = [*_alike(scene, facts[-1], binding.at, universe), facts[-1]]
    judge_expectations(facts, first, scene)
    share_rise(facts, first, scene.lowered)
    share_growth(facts, first, scene.lowered)
    share_verdicts(facts, first)
    direct_levels(facts, first, scene)


def _alike(scene: Scene, fact: Fact, at: int, universe: Universe) -> Iterator[Fact]:
    """Give the move of one of several names told together to the others."""
    for mention in moved_alike(scene, fact, at):
        issuer = universe.issuer(mention.issuer_id)
        name = issuer.name if issuer else ""
        yield replace(fact, id="fct_" + digest(fact.id, name), issuer_id=mention.issuer_id, subject=name)


def _fact(scene: Scene, quantity: Quantity, binding: Binding, universe: Universe) -> Fact:
    span = scene.sentence.span
    left, right = clause_bounds(scene.lowered, span.start, span.end, quantity.start)
    left = max(span.start, min(left, binding.at))
    clause = scene.lowered[left : max(right, quantity.end)]
    said = left
    if (
        left > span.start
        and quantity.start - left < 70
        and _JOINED.fullmatch(scene.lowered, left, quantity.start)
    ):
        said = clause_bounds(scene.lowered, span.start, span.end, left - 2)[0]
    near = scene.lowered[max(span.start, said - 12) : max(right, quantity.end)]
    issuer_id = owner_of(scene, binding, quantity)
    issuer = universe.issuer(issuer_id) if issuer_id else None
    metric = binding.metric
    segment = binding.segment
    counted = binding.at == quantity.start  # "sold 441,706 vehicles": the words before are the verb
    if (
        not segment
        and not counted
        and (
            metric in RESULTS
            or metric in {"capex", "prices", "costs", "demand", "production", "market share", "inventory"}
        )
    ):
        segment = segment_of(scene.lowered, binding, span.start, scene.mentions)
    if not segment and metric in RESULTS and binding.is_change:
        segment = grown(scene, left, quantity.start, universe)
    bounds = _trim(scene.article.text, left, max(right, quantity.end), quantity.start)
    modality = how_sure(scene, binding, quantity, near, (left, right))
    lead = scene.lowered[max(span.start, quantity.start - 48) : quantity.start]
    return Fact(
        id="fct_" + digest(scene.article.id, str(quantity.start), str(quantity.end), metric),
        metric=metric,
        segment=_as_written(scene, segment),
        subject=issuer.name if issuer else macro_subject(scene, binding, quantity),
        issuer_id=issuer_id,
        value=abs(quantity.value) if binding.is_change else quantity.value,
        high=quantity.high,
        unit=Unit.POINTS
        if metric == "index" and quantity.unit is Unit.COUNT
        else Unit.MONEY_PER_SHARE
        if metric == "eps" and quantity.unit is Unit.MONEY
        else quantity.unit or Unit.COUNT,
        currency=quantity.currency,
        scale=quantity.scale,
        counted=quantity.counted,
        period=_period(scene, metric, quantity, modality),
        basis=basis_of(clause, scene.cues),
        is_change=binding.is_change,
        change=Direction.DOWN if binding.is_change and quantity.value < 0 else binding.change,
        modality=modality,
        bound=quantity.bound,
        good=0
        if (
            metric == "share price"
            and scene.cues & cues.LONG_RUN
            and _LONG_RUN.search(_beside(scene, quantity))
        )
        or (scene.cues & cues.UNDONE and _UNDONE.search(scene.lowered[left : quantity.start]))
        else good_for_holders(metric, binding.change, binding.is_change),
        background=scene.sentence.background
        or (metric == "share price" and bool(scene.cues & cues.HAD and _HAD_MOVED.search(lead))),
        span=bounds,
        figure=Span(quantity.start, quantity.end),
        sentence=scene.sentence.index,
        quote=bounds.of(scene.article.text),
    )


def _beside(scene: Scene, quantity: Quantity) -> str:
    """Return the words between the commas around a figure, forty code points each way at most."""
    span = scene.sentence.span
    before = scene.lowered[max(span.start, quantity.start - 40) : quantity.start].rpartition(",")[2]
    after = scene.lowered[quantity.end : min(span.end, quantity.end + 40)].partition(",")[0]
    return f"{before} {after}"


def _as_written(scene: Scene, segment: str) -> str:
    """Give a segment the capitals it has in the text: "AI", "iPhone", "cloud"."""
    span = scene.sentence.span
    if not segment:
        return ""
    place = re.compile(rf"(?<!\w){re.escape(segment)}(?!\w)").search(scene.lowered, span.start, span.end)
    return scene.article.text[place.start() : place.end()] if place else segment


def _period(scene: Scene, metric: str, quantity: Quantity, modality: Modality) -> str:
    span = scene.sentence.span
    period = period_of(scene.lowered, span.start, span.end, quantity.start)
    # "revenue fell in the last quarter and it expects 5 in the current one", "sees a fall this quarter after 4 in June"
    if (modality is Modality.PLANNED and period.startswith("last ")) or (
        modality is Modality.ACTUAL and period.startswith(("the current ", "next ", "the next "))
    ):
        period = ""
    # a price move has no fiscal period: "shares rose 7% after Q4 results" is not a Q4 move
    if metric in {"share price", "index"} and period:
        left, right = clause_bounds(scene.lowered, span.start, span.end, quantity.start)
        if _FISCAL.match(period) or period != period_of(scene.lowered, left, right, quantity.start):
            return (
                ""  # nor that of another clause: "fell 4.8% after the maker that went bankrupt in September"
            )
    return period or (scene.period if metric in RESULTS and modality is Modality.ACTUAL else "")


def _trim(text: str, left: int, right: int, figure: int) -> Span:
    """Leave out blanks and dashes around a clause, but not the minus its figure begins with."""
    while left < min(figure, right) and (text[left].isspace() or text[left] in ",;:–—-"):
        left += 1
    while right > left and (text[right - 1].isspace() or text[right - 1] in ",;:–—-("):
        right -= 1
    return Span(left, right)


def _sets_period(fact: Fact) -> bool:
    """Tell a result that names its period: those after it that name none are of the same."""
    return (
        fact.metric in RESULTS
        and fact.modality is Modality.ACTUAL
        and _RESULT_PERIOD.match(fact.period) is not None
    )


def _default_period(sentences: Sequence[Sentence], lowered: str) -> str:
    """Return the period that the first sentences speak of: results that name none belong to it."""
    for sentence in sentences[:4]:
        found = period_of(lowered, sentence.span.start, sentence.span.end, sentence.span.start)
        if found and _RESULT_PERIOD.match(found):
            return found
    return ""


def _merged(facts: list[Fact]) -> tuple[Fact, ...]:
    """Keep one fact where headline and body say the same, the one that says more."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = (fact.issuer_id, fact.metric, fact.value, fact.high, fact.unit, fact.is_change)
        held = kept.get(key)
        if held is None:
            kept[key] = fact
        elif _richness(fact) > _richness(held):
            kept[key] = replace(fact, segment=fact.segment or held.segment, good=fact.good or held.good)
    specified = {(f.value, f.unit) for f in kept.values() if f.metric != "unspecified"}
    return tuple(
        sorted(
            (f for f in kept.values() if f.metric != "unspecified" or (f.value, f.unit) not in specified),
            key=lambda f: f.figure.start,
        )
    )


def _richness(fact: Fact) -> int:
    told = (
        fact.segment,
        fact.period,
        fact.basis,
        fact.vs_expectation,
        fact.change,
        fact.previous,
        fact.expected,
    )
    return sum(bool(t) for t in told) + 2 * (not fact.background) + (fact.metric != "unspecified")
