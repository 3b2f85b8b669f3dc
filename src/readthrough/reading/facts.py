"""Figures with what they measure: metric, whose, which way, against what, how sure, in which words.

A figure whose metric the words do not give is kept as "unspecified", never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from readthrough.domain.article import Article, Span, digest
from readthrough.domain.reading import Direction, Fact, Mention, Modality, Sentence, Unit
from readthrough.domain.security import IssuerId
from readthrough.reading.binding import Binding, bind, listed_owner, segment_of
from readthrough.reading.linking import subjects_by_sentence
from readthrough.reading.metrics import HOLDERS, MOVE, Metric, find_metrics, move_direction
from readthrough.reading.numbers import Quantity, find_quantities
from readthrough.reading.qualifiers import (
    EXPECTATION,
    EXPECTED_FIGURE,
    basis_of,
    clause_bounds,
    lower_keeping_offsets,
    modality_of,
    period_of,
)
from readthrough.universe.master import Universe

__all__ = ["find_facts"]

_MOST_PER_SENTENCE: Final = 24  # a table row of more is cut there, so that ten thousand numbers stay linear
_RESULTS: Final = frozenset(
    "revenue,profit,net income,operating profit,ebitda,eps,loss,net loss,operating loss,gross margin,operating margin,margin,"
    "net interest income,net interest margin,same-store sales,free cash flow,cash flow,bookings,gross bookings,orders,deliveries,"
    "subscribers,users,shipments,gross profit,provisions,backlog,volumes,average revenue per user".split(",")
)
_SURPRISES: Final = _RESULTS | frozenset(
    "gdp,inflation,payrolls,unemployment rate,retail sales,dividend,capex,production,interest rate,share price".split(
        ","
    )
)
_NO_SUBJECT: Final = frozenset(
    "inflation,unemployment rate,payrolls,gdp,interest rate,bond yield,index,oil price,gold price,commodity price,"
    "exchange rate,retail sales,house prices,tariff".split(",")
)
_PREVIOUS: Final = re.compile(
    r"(?:\bfrom|\babove|\bbelow|compared (?:with|to)|\bagainst|\bversus|\bvs\.?|up from|down from|\bthan)\s+(?:(?:about|around|a|an|the|just|nearly|its|revenue|profit|sales|income|net|earnings|loss|of|level|plan|previous|prior|earlier|forecast|target|estimate|guidance|range|record)\s+)*$"
)
_AGO: Final = re.compile(
    r"^[^.;]{0,40}?\b(?:a year (?:earlier|ago|before)|year-ago|(?:the |last |prior |previous )(?:year|quarter|month)|earlier|previously|ago|before|same (?:period|quarter))\b"
)
_HAD_EXPECTED: Final = re.compile(
    r"\b(?:analysts?|economists?|wall street|the street|consensus|the market|forecasters|investors|a poll|poll)\b[^.;]{0,60}?"
    r"\b(?:expect\w*|forecast\w*|estimat\w*|look\w* for|predict\w*|project\w*|consensus|average|called for|pencilled)\b"
    r"|\b(?:average|mean|median|consensus) (?:analyst )?(?:estimate|forecast|expectation)s?\b|\b(?:estimates?|expectations?|forecasts?|consensus) (?:of|for|was|were|call)\b"
)
_MOVE_FOR: Final = re.compile(
    r"\s(?:gain|loss|rise|fall|drop|decline|increase|slide|jump)\s(?:for|in|by|at)\s(?:the\s|rival\s)?"
)
# a sentence without a name goes on about the last subject only when its words say so, or name a result
_REFERS: Final = re.compile(
    r"[\"“'‘]?(?:the (?:company|group|firm|bank|retailer|carmaker|automaker|airline|chipmaker|drugmaker|maker|chain|lender|insurer|miner|stock|shares|results|"
    r"quarter|board|unit|division|business|\w+-based|\w+ (?:maker|giant|group|company|firm|bank|retailer|chain|operator|producer|unit))|its|it|they|their|he|she|management|shares|stock|net|gross|operating|"
    r"adjusted|revenue|sales|profit|earnings|total|comparable|same-store|capital|free|cash|analysts|for (?:the|fiscal)|in the (?:first|second|third|fourth|quarter)|diluted|deliveries|orders|bookings|subscribers|"
    r"excluding|full-year|quarterly|first|second|third|fourth|digital|advertising|cloud|services|losses|loss|income|margins?|inventory|costs?|expenses|provisions|this|that|those|these|a )\b"
)
_AUTHORISED: Final = re.compile(
    r"\b(?:authori[sz]\w+|approved|new|additional|program(?:me)?|announced|unveiled|launch\w*)\b"
)
_CHAIN: Final = re.compile(
    r"(?=.{0,29}$),?\s*(?:to|or|and|by|at|reaching|totall?ing|an?|about|,|\s|up|down|from|record|of|the|\()*"
    r"|,? from (?:a year (?:ago|earlier)|\w+|the (?:prior|previous|same) \w+)(?: \w+)?,? and "
)
_TRAILED: Final = re.compile(
    r"[^;.:]{0,50},\s(?:and\s)?(?:up|down|or|(?:a|an) (?:rise|increase|gain|drop|fall|decline|jump) of)\s(?:about |nearly |some |roughly )?"
)
_LONG_RUN: Final = re.compile(
    r"\b(?:this year|year[- ]to[- ]date|so far|(?:over|in|for) the (?:past|last|previous)|since (?:the|january|february|march|april|may|june|july|august|september|october|november|december|its|20\d\d)|from (?:a|its) (?:peak|record|high)|"
    r"in 20\d\d|last (?:year|month|week)|past (?:year|\w+ months)|52-week|all-time|had (?:gained|lost|risen|fallen|climbed|dropped|already|been))\b"
)
_LED_TO: Final = re.compile(r"\bto\s(?:about |around |nearly |a record |just |over )?$")
_DENYING: Final = re.compile(
    r"\bden(?:y|ies|ied)\b|\bnot in (?:\w+ )?talks\b|\bnot bidding\b|\bno (?:plans?|offer|bid|talks|interest)\b|\bruled? out\b|\bnot (?:considering|planning|interested)\b"
)
_TRAILING: Final = re.compile(
    r"\b(?:up|down|rose|fell|grew|increased|declined|decreased|dropped|climbed|jumped|(?:a|an) (?:rise|increase|decline|drop|jump|gain|fall) of|(?:higher|lower) by|compared)\b|^,? ?\(?(?:a |an )?$|[(,]\s*\+?$"
)
_UNDONE: Final = re.compile(
    r"\b(?:giving (?:back|up)|gave (?:back|up)|eras(?:ed|ing)|trimm(?:ed|ing)|par(?:ed|ing)|revers(?:ed|ing)|making up|made up|recover(?:ed|ing)|claw(?:ed|ing) back|recoup(?:ed|ing)|wip(?:ed|ing) out)\s[^;]{0,60}$"
)
_AGAINST: Final = re.compile(
    r"(?:\bthan(?: the)?|above(?: the)?|below(?: the)?|beat(?:ing|s)?(?: the)?|topp(?:ed|ing)(?: the)?|miss(?:ed|ing)(?: the)?|versus(?: the)?|vs\.?(?: the)?|against(?: the)?|"
    r"compared (?:with|to)(?: the)?|ahead of(?: the)?|short of(?: the)?|exceed(?:ed|ing)(?: the)?|surpass(?:ed|ing)(?: the)?)\s+(?:[\w’'-]+\s+){0,7}?$"
)


@dataclass(frozen=True, slots=True)
class _Scene:
    """A sentence with everything its figures need."""

    article: Article
    lowered: str
    sentence: Sentence
    metrics: tuple[Metric, ...]
    mentions: tuple[Mention, ...]
    subject: IssuerId | None
    before: IssuerId | None  # the subject of the sentence before


def find_facts(
    article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention], universe: Universe
) -> tuple[Fact, ...]:
    """Find the figures of an article, in order, one fact a figure.

    Comparatives ("from $1.9 billion", "against $1.10 expected") join the fact they compare with.

    Args:
        article: The words.
        sentences: Its sentences, in order.
        mentions: Its links, in order of their place.
        universe: Names the issuers.
    """
    lowered = lower_keeping_offsets(article.text)
    subjects = subjects_by_sentence(mentions, sentences)
    facts: list[Fact] = []
    for sentence, subject, before in zip(sentences, subjects, (None, *subjects), strict=False):
        span = sentence.span
        quantities = find_quantities(lowered, span.start, span.end)[:_MOST_PER_SENTENCE]
        if not quantities:
            continue
        inside = tuple(m for m in mentions if span.covers(m.span))
        metrics = find_metrics(lowered, span.start, span.end)
        scene = _Scene(article, lowered, sentence, metrics, inside, subject, before)
        _add_sentence(facts, scene, quantities, universe)
    return _merged(_with_default_period(facts, sentences, lowered))


def _add_sentence(
    facts: list[Fact], scene: _Scene, quantities: tuple[Quantity, ...], universe: Universe
) -> None:
    first = len(facts)
    respective = _respective(scene, quantities)
    for quantity in quantities:
        if _join_previous(facts, first, scene, quantity) or _join_expected(facts, first, scene, quantity):
            continue
        span = scene.sentence.span
        binding = _listed(facts, first, scene, quantity) or bind(
            scene.lowered, quantity, scene.metrics, scene.mentions, span.start, span.end
        )
        if binding is None:
            binding = _chained(facts, first, scene, quantity)
        if binding is not None and (binding.metric != "unspecified" or quantity.unit is not Unit.COUNT):
            facts.append(_fact(scene, quantity, _owned(binding, quantity, respective), universe))
    _judge_expectations(facts, first, scene)
    _share_rise(facts, first, scene.lowered)
    _share_growth(facts, first, scene.lowered)
    _share_verdicts(facts, first)


def _owned(
    binding: Binding, quantity: Quantity, respective: dict[int, tuple[Mention, Direction | None]]
) -> Binding:
    """Give a figure of a respective list to its own issuer, moving as the first of the list moved."""
    if quantity.start not in respective:
        return binding
    owner, change = respective[quantity.start]
    metric = "share price" if binding.metric in {"unspecified", "share price"} else binding.metric
    return replace(binding, metric=metric, at=owner.span.start, change=change, is_change=True)


def _respective(
    scene: _Scene, quantities: tuple[Quantity, ...]
) -> dict[int, tuple[Mention, Direction | None]]:
    """Pair "Constellation Energy and Vistra added 2.5% and 3.0%" in order."""
    paired: dict[int, tuple[Mention, Direction | None]] = {}
    for first, second in zip(quantities, quantities[1:], strict=False):
        if first.unit is not Unit.PERCENT or second.unit is not Unit.PERCENT:
            continue
        if not re.fullmatch(r",? and (?:by )?", scene.lowered[first.end : second.start]):
            continue
        named = [m for m in scene.mentions if m.span.end <= first.start]
        for one, two in zip(named, named[1:], strict=False):
            if (
                re.fullmatch(r"(?:['’]s)? and ", scene.lowered[one.span.end : two.span.start])
                and one.issuer_id != two.issuer_id
            ):
                moves = list(MOVE.finditer(scene.lowered, two.span.end, first.start))
                change = move_direction(moves[-1]) if moves else None
                paired[first.start], paired[second.start] = (one, change), (two, change)
    return paired


def _listed(facts: list[Fact], first: int, scene: _Scene, quantity: Quantity) -> Binding | None:
    """Read on in a list of price moves: "RH fell 12.4%, Wayfair 9.8% and Williams-Sonoma 6.1%"."""
    owner = listed_owner(scene.lowered, quantity, scene.mentions)
    last = next((f for f in reversed(facts[first:]) if f.metric == "share price" and f.is_change), None)
    if owner is None or last is None or owner.span.start < last.figure.end:
        return None
    return Binding(metric="share price", at=owner.span.start, is_change=True, change=last.change)


def _chained(facts: list[Fact], first: int, scene: _Scene, quantity: Quantity) -> Binding | None:
    """Let "rose 3% to $33 billion" and "$2.1 billion, or $1.23 a share" share their metric."""
    if len(facts) > first:
        last = facts[-1]
        gap = scene.lowered[last.figure.end : quantity.start]
        if last.metric != "unspecified" and (_CHAIN.fullmatch(gap) or _TRAILED.fullmatch(gap)):
            name = "eps" if quantity.unit is Unit.MONEY_PER_SHARE and last.metric in _RESULTS else last.metric
            is_level = " to " in f" {gap} " or " at " in f" {gap} "
            way = MOVE.search(gap)
            change = last.change if is_level else move_direction(way) if way else None
            grown = way is not None and quantity.unit in {
                Unit.PERCENT,
                Unit.BASIS_POINTS,
                Unit.PERCENTAGE_POINTS,
            }
            return Binding(
                metric=name, at=last.span.start, segment=last.segment, is_change=grown, change=change
            )
    if quantity.unit is Unit.COUNT:
        return None
    return Binding(metric="unspecified", at=quantity.start)


def _fact(scene: _Scene, quantity: Quantity, binding: Binding, universe: Universe) -> Fact:
    span = scene.sentence.span
    left, right = clause_bounds(scene.lowered, span.start, span.end, quantity.start)
    left = max(span.start, min(left, binding.at))
    clause = scene.lowered[left : max(right, quantity.end)]
    near = scene.lowered[max(span.start, left - 12) : max(right, quantity.end)]
    issuer_id = _subject(scene, binding, quantity)
    issuer = universe.issuer(issuer_id) if issuer_id else None
    metric = binding.metric
    segment = binding.segment
    if not segment and (
        metric in _RESULTS
        or metric in {"capex", "prices", "costs", "demand", "production", "market share", "inventory"}
    ):
        segment = segment_of(scene.lowered, binding, span.start, scene.mentions)
    bounds = _trim(scene.article.text, left, max(right, quantity.end))
    modality = modality_of(near, scene.lowered[span.start : span.end])
    if metric in {"deal value", "premium"} and _DENYING.search(scene.lowered, 0, len(scene.article.headline)):
        modality = Modality.DENIED
    if metric == "price target" and modality is Modality.PLANNED:
        modality = Modality.ACTUAL
    if metric == "buyback" and modality is Modality.ACTUAL and _AUTHORISED.search(clause):
        modality = Modality.PLANNED
    if metric in {"share price", "index"} and binding.is_change and modality is not Modality.DENIED:
        modality = (
            Modality.ACTUAL if not re.search(r"\b(?:could|may|might|will|would)\b", clause) else modality
        )
    return Fact(
        id="fct_" + digest(scene.article.id, str(quantity.start), str(quantity.end), metric),
        metric=metric,
        segment=_as_written(scene, segment),
        subject=issuer.name if issuer else _macro_subject(scene, binding),
        issuer_id=issuer_id,
        value=quantity.value,
        high=quantity.high,
        unit=quantity.unit or Unit.COUNT,
        currency=quantity.currency,
        scale=quantity.scale,
        counted=quantity.counted,
        period=_period(scene, metric, quantity),
        basis=basis_of(clause),
        is_change=binding.is_change,
        change=binding.change,
        modality=modality,
        bound=quantity.bound,
        good=0
        if (metric == "share price" and _LONG_RUN.search(clause))
        or _UNDONE.search(scene.lowered[left : quantity.start])
        else _good(metric, binding.change, binding.is_change),
        background=scene.sentence.background,
        span=bounds,
        figure=Span(quantity.start, quantity.end),
        sentence=scene.sentence.index,
        quote=bounds.of(scene.article.text),
    )


def _as_written(scene: _Scene, segment: str) -> str:
    """Give a segment the capitals it has in the text: "AI", "iPhone", "cloud"."""
    span = scene.sentence.span
    if not segment:
        return ""
    place = re.compile(rf"(?<!\w){re.escape(segment)}(?!\w)").search(scene.lowered, span.start, span.end)
    return scene.article.text[place.start() : place.end()] if place else segment


def _period(scene: _Scene, metric: str, quantity: Quantity) -> str:
    span = scene.sentence.span
    period = period_of(scene.lowered, span.start, span.end, quantity.start)
    # a price move has no fiscal period: "shares rose 7% after Q4 results" is not a Q4 move
    return "" if metric in {"share price", "index"} and re.match(r"[QH]\d|FY|full|\d", period) else period


def _trim(text: str, left: int, right: int) -> Span:
    while left < right and (text[left].isspace() or text[left] in ",;:–—-"):
        left += 1
    while right > left and (text[right - 1].isspace() or text[right - 1] in ",;:–—-("):
        right -= 1
    return Span(left, right)


def _subject(scene: _Scene, binding: Binding, quantity: Quantity) -> IssuerId | None:
    """Choose whose figure it is: an owner beside the metric, else the sentence's subject."""
    if binding.metric in _NO_SUBJECT:
        return None
    named = [m for m in scene.mentions if m.span.start <= max(binding.at, quantity.start)]
    if own := next((m for m in named if m.span.start == binding.at), None):
        return own.issuer_id
    for mention in reversed(named):
        gap = scene.lowered[mention.span.end : max(binding.at, mention.span.end)]
        if (
            mention.span.end <= binding.at
            and len(gap) < 40
            and not re.search(r";|\.\s|\b(?:after|from|against|with|by|over)\b", gap)
        ):
            return mention.issuer_id
        break
    after = next((m for m in scene.mentions if m.span.start >= quantity.end), None)
    if after is not None and _MOVE_FOR.fullmatch(scene.lowered[quantity.end : after.span.start]):
        return after.issuer_id
    tail = next((m for m in scene.mentions if m.span.start >= binding.at), None)
    if tail is not None and re.fullmatch(
        r"\s*(?:shares?|stock|profit|revenue|sales|earnings|net income|stake|units?|\s|price|target)*(?:\s*(?:of|in|at|for|on)\s+(?:the\s+)?)",
        scene.lowered[binding.at : tail.span.start],
    ):
        return tail.issuer_id
    if binding.metric == "unspecified" and not scene.mentions:
        return scene.subject if _REFERS.match(scene.lowered, scene.sentence.span.start) else None
    if not named and _REFERS.match(scene.lowered, scene.sentence.span.start):
        return scene.before
    return scene.subject


def _macro_subject(scene: _Scene, binding: Binding) -> str:
    if binding.metric in {"index", "oil price", "gold price", "commodity price", "exchange rate"}:
        metric = next((m for m in scene.metrics if m.start == binding.at), None)
        if metric is not None:
            return scene.article.text[metric.start : metric.end]
    return ""


_LEVEL_GOOD: Final = {
    "fine": -1, "settlement": -1, "charge": -1, "impairment": -1, "net loss": -1, "loss": -1, "operating loss": -1,
    "buyback": 1, "contract": 1, "premium": 1, "savings": 1, "recalled units": -1,
}  # fmt: skip


def _good(metric: str, change: Direction | None, is_change: bool) -> int:
    if change is Direction.FLAT or change is None:
        return _LEVEL_GOOD.get(metric, 0) if not is_change else 0
    sign = HOLDERS.get(metric, 0)
    return sign if change is Direction.UP else -sign


def _join_expected(facts: list[Fact], first: int, scene: _Scene, quantity: Quantity) -> bool:
    """Attach a figure that only says what had been expected to the fact it was expected for."""
    span = scene.sentence.span
    before = scene.lowered[max(span.start, quantity.start - 110) : quantity.start]
    after = scene.lowered[quantity.end : min(span.end, quantity.end + 60)]
    against = _AGAINST.search(before)
    said = bool(against) and bool(
        EXPECTED_FIGURE.search(against.group() if against else "")
        or EXPECTED_FIGURE.search(after)
        or re.match(r"[^.;,]{0,30}\b(?:expected|forecast|estimated|anticipated)\b", after)
    )
    had = _HAD_EXPECTED.search(before)
    if not said and not (
        had
        and not re.search(r"[;]|\b(?:but|which|while)\b", before[had.end() :])
        and not EXPECTATION.search(before)
    ):
        return False
    for index in range(len(facts) - 1, max(-1, len(facts) - 7), -1):
        fact = facts[index]
        if fact.sentence < scene.sentence.index - 2:
            break
        if _comparable(fact, quantity, scene, same_sentence=index >= first):
            facts[index] = _against(fact, quantity)
            return True
    return False


def _comparable(fact: Fact, quantity: Quantity, scene: _Scene, *, same_sentence: bool) -> bool:
    money = {Unit.MONEY, Unit.MONEY_PER_SHARE}
    if not _same_kind(fact, quantity) or fact.metric not in _SURPRISES or fact.metric == "share price":
        return False
    if fact.unit in money and quantity.value and not Decimal("0.2") < abs(fact.value / quantity.value) < 5:
        return False
    if same_sentence:
        return True
    named = next((m.name for m in reversed(scene.metrics) if m.end <= quantity.start), None) or next(
        (m.name for m in scene.metrics if m.start >= quantity.end), None
    )
    kins = (
        {"profit", "net income", "eps", "operating profit"},
        {"loss", "net loss", "operating loss", "eps"},
    )
    return named is None or named == fact.metric or any(named in kin and fact.metric in kin for kin in kins)


def _against(fact: Fact, quantity: Quantity) -> Fact:
    expected = quantity.value
    if fact.vs_expectation:
        return replace(fact, expected=expected)
    signed = -1 if fact.is_change and fact.change is Direction.DOWN else 1
    actual, hoped = fact.value * signed, expected * signed
    if actual == hoped:
        return replace(fact, expected=expected, vs_expectation="in_line")
    better = (actual > hoped) == (HOLDERS.get(fact.metric, 1) >= 0)
    return replace(
        fact, expected=expected, vs_expectation="beat" if better else "miss", good=1 if better else -1
    )


def _join_previous(facts: list[Fact], first: int, scene: _Scene, quantity: Quantity) -> bool:
    """Attach "from $1.9 billion" and "compared with 4 % a year earlier" to the fact they compare with."""
    span = scene.sentence.span
    before = scene.lowered[max(span.start, quantity.start - 70) : quantity.start]
    match = _PREVIOUS.search(before)
    if match is None:
        if not (before.rstrip().endswith(" or") and any(f.previous is not None for f in facts[first:])):
            return False
    elif not match.group().startswith(("from", "up from", "down from")) and not _AGO.match(
        scene.lowered[quantity.end : span.end]
    ):
        return False
    for index in range(len(facts) - 1, first - 1, -1):
        fact = facts[index]
        if (
            _same_kind(fact, quantity)
            and fact.previous is None
            and fact.metric != "unspecified"
            and (not fact.is_change or _rate_before(match, scene.lowered[quantity.end : span.end]))
        ):
            facts[index] = _compared(fact, quantity)
            return True
    return False


def _rate_before(match: re.Match[str] | None, after: str) -> bool:
    """Tell "up from 34% growth" and "compared with 2% previously" from the levels a rise ran between."""
    if match is None:
        return False
    rate = re.match(r"\s(?:growth|gain|rise|increase|decline|drop|fall|pace)\b", after)
    return bool(rate) or not match.group().startswith(("from", "up", "down"))


def _same_kind(fact: Fact, quantity: Quantity) -> bool:
    money = {Unit.MONEY, Unit.MONEY_PER_SHARE}
    if fact.unit is quantity.unit:
        return True
    per_share = fact.unit in money and quantity.unit in money and not quantity.scale.endswith("illion")
    return per_share and quantity.value > 0 and Decimal("0.2") < abs(fact.value / quantity.value) < 5


def _compared(fact: Fact, quantity: Quantity) -> Fact:
    if fact.is_change:
        return replace(fact, previous=quantity.value)
    change = fact.change
    if change is None and quantity.value != fact.value:
        change = Direction.UP if fact.value > quantity.value else Direction.DOWN
    good = fact.good if fact.vs_expectation else _good(fact.metric, change, False)
    return replace(fact, previous=quantity.value, change=change, good=good)


def _judge_expectations(facts: list[Fact], first: int, scene: _Scene) -> None:
    """Give each "missed expectations" to the figure it speaks of: the last before it, else the next."""
    span = scene.sentence.span
    for match in EXPECTATION.finditer(scene.lowered, span.start, span.end):
        verdict = {"beat": "beat", "narrow": "beat", "miss": "miss", "inline": "in_line"}[
            match.lastgroup or "inline"
        ]
        candidates = [i for i in range(first, len(facts)) if facts[i].metric in _SURPRISES - {"share price"}]
        left, right = clause_bounds(scene.lowered, span.start, span.end, match.start())
        earlier = [
            i
            for i in candidates
            if facts[i].figure.end <= match.start()
            or (facts[i].figure.start < match.end() and facts[i].span.start < match.start())
        ]
        later = [
            i for i in candidates if match.end() <= facts[i].figure.start <= max(right, match.end() + 60)
        ]
        index = (
            earlier[-1]
            if earlier and not (later and match.start() - left < 25 and left > span.start and False)
            else (later[0] if later else None)
        )
        if index is None or facts[index].vs_expectation:
            continue
        fact = facts[index]
        words = match.group()
        if (
            HOLDERS.get(fact.metric, 1) < 0
            and verdict != "in_line"
            and match.lastgroup != "narrow"
            and re.search(r"higher|above|more|exceed|lower|below|fewer|wider|topp|less|smaller", words)
        ):
            verdict = "miss" if verdict == "beat" else "beat"
        good = {"beat": 1, "miss": -1, "in_line": fact.good}[verdict]
        facts[index] = replace(fact, vs_expectation=verdict, good=good)


def _share_rise(facts: list[Fact], first: int, lowered: str) -> None:
    """Give the level of "an 18% rise in net profit to Rs 5,782 crore" the direction of its rise."""
    for index in range(first, len(facts) - 1):
        rate, level = facts[index], facts[index + 1]
        led = _LED_TO.search(lowered[rate.figure.end : level.figure.start])
        if led and rate.is_change and level.change is None and level.metric == rate.metric:
            good = level.good or _good(level.metric, rate.change, True)
            facts[index + 1] = replace(level, change=rate.change, good=good)


def _share_growth(facts: list[Fact], first: int, lowered: str) -> None:
    """Give a level the direction of the growth said right after it: "revenue of $9.87 billion, up 31%"."""
    for index in range(first, len(facts) - 1):
        level, rate = facts[index], facts[index + 1]
        if level.change is not None or level.is_change or not rate.is_change or level.metric == "share price":
            continue
        gap = lowered[level.figure.end : rate.figure.start]
        if level.metric == rate.metric and len(gap) < 45 and _TRAILING.search(gap):
            good = level.good or _good(level.metric, rate.change, True)
            facts[index] = replace(level, change=rate.change, good=good)


def _share_verdicts(facts: list[Fact], first: int) -> None:
    """A growth rate and the level it led to ("rose 3% to $33 billion") share one verdict."""
    for index in range(first, len(facts) - 1):
        rate, level = facts[index], facts[index + 1]
        same = rate.metric_name == level.metric_name and rate.is_change and not level.is_change
        if same and level.vs_expectation and not rate.vs_expectation:
            facts[index] = replace(rate, vs_expectation=level.vs_expectation, good=level.good)


def _with_default_period(facts: list[Fact], sentences: Sequence[Sentence], lowered: str) -> list[Fact]:
    """Give results without a period the one that the first sentences speak of."""
    default = ""
    for sentence in sentences[:4]:
        found = period_of(lowered, sentence.span.start, sentence.span.end, sentence.span.start)
        if re.match(r"Q[1-4]|H[12]|FY|full year|\d+ months|six|nine|three|twelve", found):
            default = found
            break
    if not default:
        return facts
    return [
        replace(f, period=default)
        if not f.period and f.metric in _RESULTS and f.modality is Modality.ACTUAL
        else f
        for f in facts
    ]


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
