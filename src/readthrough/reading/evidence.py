"""What speaks for and against each issuer, in one unit: figures, events, and what is said in words.

Everything that judges how good news is goes through a list of `Evidence`; what weighs it does not know where
it came from, so a learned reader can add its own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Event, Fact, Mention, Modality, Polarity, Sentence, Unit
from readthrough.domain.security import IssuerId
from readthrough.reading.actions import actions_on
from readthrough.reading.between import deeds_between
from readthrough.reading.carried import carried
from readthrough.reading.figure_pairs import Pair, set_against, swing_in
from readthrough.reading.law_sides import is_other_side
from readthrough.reading.lexicon import words_in
from readthrough.reading.listed_moves import listed_moves
from readthrough.reading.orders import is_order
from readthrough.reading.parties import Group, echoes, group_at, groups_of
from readthrough.reading.qualifiers import lower_keeping_offsets
from readthrough.reading.subjects import Cast, cast_of
from readthrough.reading.tone import Remark, remarks_of
from readthrough.reading.tone_frame import frames_of

__all__ = ["Evidence", "gather"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing said: good for holders when `value` is positive; a clear result weighs about 0.4.

    `id` is that of a fact or event, or names the sentence. `echo` marks what was said of several at once and is
    already counted for the first of them: it speaks for its issuer, not again for the article.
    """

    id: str
    issuer_id: IssuerId | None
    value: float
    sentence: int
    echo: bool = False


@dataclass(frozen=True, slots=True)
class _Scene:
    """An article laid out for the search of evidence."""

    text: str
    sentences: Sequence[Sentence]
    groups: tuple[tuple[Group, ...], ...]
    subjects: tuple[IssuerId | None, ...]
    weights: Mapping[int, float]


# Tuned on our own written development articles; rerun `make eval` after changing any of them.
_MODALITY: Final = {
    Modality.ACTUAL: 1.0,
    Modality.PLANNED: 0.8,
    Modality.CONDITIONAL: 0.4,
    Modality.RUMOURED: 0.5,
    Modality.DENIED: -0.35,  # bad news denied is relief, good news denied a disappointment
}
_WEIGHT: Final = {
    "revenue": 0.28, "profit": 0.32, "net income": 0.34, "operating profit": 0.32, "ebitda": 0.3, "eps": 0.36, "loss": 0.3,
    "net loss": 0.3, "operating loss": 0.3, "gross margin": 0.22, "operating margin": 0.25, "margin": 0.22,
    "same-store sales": 0.3, "free cash flow": 0.2, "deliveries": 0.3, "subscribers": 0.25, "users": 0.2, "orders": 0.25,
    "bookings": 0.25, "fine": 0.3, "settlement": 0.2, "impairment": 0.25, "charge": 0.2, "buyback": 0.28, "dividend": 0.2,
    "premium": 0.35, "contract": 0.25, "provisions": 0.3, "delinquencies": 0.3, "charge-offs": 0.25, "deposits": 0.25,
    "price target": 0.15, "market share": 0.2, "costs": 0.18, "operating expenses": 0.18, "fuel costs": 0.2, "prices": 0.12,
    "savings": 0.15, "recalled units": 0.35, "debt": 0.12, "tariff": 0.2, "inflation": 0.3, "gdp": 0.3,
}  # fmt: skip
_PLAIN_WEIGHT: Final = 0.15
_EVENT_WEIGHT: Final = 0.75
_PRICE_WEIGHT: Final = 0.55
_TONE_WEIGHT: Final = 0.7
_SECONDED: Final = 6.0  # how fast words yield to figures and events that say the same
_OPPOSED: Final = 2.2  # and to those that say the opposite
_FADES: Final = 0.7
_WORDS_FADE: Final = 0.85  # for what is said in words, sentence after sentence
_MOST_TONE: Final = 0.6  # of either side, that the words of one sentence may weigh for one party

_SIGN: Final = {Polarity.POSITIVE: 1, Polarity.NEGATIVE: -1, Polarity.NEUTRAL: 0}
_AHEAD: Final = 1.25  # what is ahead counts more than what was
_BEHIND: Final = 0.6  # above all where it turns

# events that only sum up figures: "missed estimates" beside the figure that missed is one piece of evidence
_SUMMED: Final = frozenset(
    {"earnings_result", "guidance_change", "user_metrics", "dividend_change", "buyback", "market_wide_move"}
)
_OF_NOBODY: Final = frozenset(
    {
        "macro_data_release",
        "central_bank",
        "commodity_price_move",
        "market_wide_move",
        "tariff_trade_policy",
        "political_event",
        "fx_move",
        "crypto_market_event",
    }
)
_OF_FIGURES: Final = frozenset({"credit_quality_deterioration", "commodity_price_move", "macro_data_release"})
_OWED: Final = lazily(r"\b(?:settlement|compensation|damages|penalty) (?:costs?|bill|share|payments?)\b")
_PAYS: Final = lazily(r"\b(?:will pay|pays|paid|to pay|paying|offers|offered|bids)\b")
_FRAMED: Final = frozenset(
    {"denied", "long ago", "might have been", "concession", "softened", "before but", "relieved", "dashed"}
)
_PLAIN_DEED: Final = 0.26  # from which on a deed between two companies tells their sides
_RIVALS: Final = lazily(r"\b(?:rival|competitor|peer)(?:s?['’]|['’]s)\s")
_DENIES: Final = ("reject", "dismiss", "den", "refut", "brush")
_MARKET_WORDS: Final = frozenset(
    "shares share stock stocks investors investor shareholders market markets analyst analysts earnings profit profits revenue sales "
    "quarter quarterly fiscal company companies firm business economy economic industry sector bank banks lender retailer maker "
    "demand supply price prices costs growth forecast outlook guidance deal merger acquisition ipo bond bonds debt rates rate inflation "
    "trade trading traders index nasdaq dow sensex nifty ftse futures oil gold dollar fund funds billion million crore rating ratings "
    "dividend buyback customers orders contract regulators regulator tariff tariffs chief ceo executive executives employees jobs "
    "economists economist queue jobless unemployment workers consumers retail target valuation portfolio equity equities wall street".split()
)


def gather(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    facts: Sequence[Fact],
    events: Sequence[Event],
    cast: Cast | None = None,
) -> list[Evidence]:
    """Collect what the figures, the events and the words of an article say for and against its issuers."""
    heads = sum(s.headline for s in sentences)
    cast = cast or cast_of(mentions, sentences, article.text)
    rows = cast.rows
    scene = _Scene(
        lower_keeping_offsets(article.text),
        sentences,
        tuple(groups_of(article.text, row) for row in rows),
        carried(cast, sentences, lower_keeping_offsets(article.text)),
        {s.index: _place_weight(s, heads, body_follows=heads < len(sentences)) for s in sentences},
    )
    places = {s.index: at for at, s in enumerate(sentences)}
    paired = _pairs(facts, scene)
    set_apart = {at for pair in paired.values() for at in (pair.figure, pair.other)}
    swings = {scene.sentences[place].index: pair for place, pair in paired.items() if pair.swing}
    own = [f for f in facts if f.figure.start not in set_apart and not _swung(f, swings.get(f.sentence))]
    figures = list(_of_facts(own, scene, places))
    figures += _of_pairs(paired, scene)
    figures = _fading(figures)
    reactions = {f.id for f in facts if f.metric == "share price"}
    results = [f for f in figures if f.id not in reactions]
    against = {scene.sentences[place].index: pair.value for place, pair in paired.items()}
    told = [
        e
        for e in events
        if not _gainsaid(e, against) and not _outweighed(e, scene, places) and not _contrary(e, facts)
    ]
    evidence = [*figures, *_of_events(told, results, scene, places)]
    evidence += _fading(list(_of_words(scene, evidence, paired)), _WORDS_FADE)
    return evidence


def _pairs(facts: Sequence[Fact], scene: _Scene) -> dict[int, Pair]:
    """Set figures against each other where no fact of their sentence says yet what they mean."""
    judged = {f.sentence for f in facts if (f.good and not _only_a_loss(f)) or f.background}
    found: dict[int, Pair] = {}
    for place, sentence in enumerate(scene.sentences):
        if sentence.background:
            continue
        if swing := swing_in(scene.text, sentence.span):
            found[place] = swing
            continue
        if sentence.index in judged:
            continue
        spans = [scene.sentences[place].span]
        for further in (place + 1, place + 2):
            if further >= len(scene.sentences) or scene.groups[further]:
                break
            spans.append(scene.sentences[further].span)
        if pair := set_against(scene.text, spans):
            found[place] = pair
    return found


_LOSSES: Final = frozenset({"loss", "net loss", "operating loss"})
_RESULTS: Final = _LOSSES | {"profit", "net income", "operating profit", "eps", "ebitda"}


def _only_a_loss(fact: Fact) -> bool:
    """Tell whether a figure says no more than how large a loss is: whether it shrank, another one says."""
    return fact.metric in _LOSSES and not (fact.is_change or fact.vs_expectation or fact.previous is not None)


def _swung(fact: Fact, pair: Pair | None) -> bool:
    """Tell whether a figure belongs to a result that swung from profit to loss or back, which is told once."""
    return (
        pair is not None
        and fact.metric in _RESULTS
        and pair.start <= fact.span.end
        and fact.span.start < pair.end
    )


def _fading(items: Sequence[Evidence], share: float = _FADES) -> list[Evidence]:
    """Let each further item that says the same of the same issuer weigh less, the weightiest in full."""
    told: dict[tuple[IssuerId | None, bool, bool], int] = defaultdict(int)
    found = []
    for item in sorted(items, key=lambda e: -abs(e.value)):
        key = (item.issuer_id, item.value > 0, item.echo and share == _WORDS_FADE)
        found.append(replace(item, value=item.value * share ** told[key]))
        told[key] += 1
    return found


def _gainsaid(event: Event, against: Mapping[int, float]) -> bool:
    """Tell whether the figures of its own sentence say the opposite of an event that only sums up figures."""
    value = against.get(event.sentence)
    if value is None or (event.parent not in _SUMMED and event.type not in _OF_FIGURES):
        return False
    return event.polarity is (Polarity.NEGATIVE if value > 0 else Polarity.POSITIVE)


def _contrary(event: Event, facts: Sequence[Fact]) -> bool:
    """Tell whether the figures around an event of figures all say the opposite: provisions that were set aside, and fell."""
    if event.type not in _OF_FIGURES:
        return False
    sign = _SIGN[event.polarity]
    near = [
        f.good for f in facts if f.sentence == event.sentence and f.good and f.issuer_id == event.issuer_id
    ]
    return bool(near) and all(good == -sign for good in near)


def _outweighed(event: Event, scene: _Scene, places: Mapping[int, int]) -> bool:
    """Tell whether words composed around an event that only sums up say the opposite: "fell less than feared"."""
    place = places.get(event.sentence)
    if place is None or event.polarity is Polarity.NEUTRAL:
        return False
    span, good = scene.sentences[place].span, event.polarity is Polarity.POSITIVE
    settled = [
        r
        for r in remarks_of(scene.text, span.start, span.end)
        if r.settled and r.left < event.span.end and event.span.start < r.right
    ]
    if event.parent not in _SUMMED and event.type not in _OF_FIGURES:
        # what was dreaded, and did not come
        settled = [r for r in settled if r.left <= event.span.start and event.span.end <= r.right]
    return any((r.value > 0) is not good for r in settled) and all((r.value > 0) is not good for r in settled)


def _of_pairs(paired: Mapping[int, Pair], scene: _Scene) -> Iterator[Evidence]:
    for place, pair in paired.items():
        sentence = scene.sentences[place]
        value = pair.value * scene.weights[sentence.index]
        group = group_at(
            scene.text, sentence.span, scene.groups[place], pair.figure, pair.figure + 1, pair.figure
        )
        issuer_id = group.issuers[0] if group else scene.subjects[place]
        yield Evidence(f"sentence:{sentence.index}", issuer_id, value, sentence.index)


def _place_weight(sentence: Sentence, heads: int, *, body_follows: bool) -> float:
    """Headline and lead say what matters; old news hardly counts."""
    if sentence.background:
        return 0.2
    if sentence.headline:
        return 1.6 if body_follows else 1.3
    body = sentence.index - heads
    return 1.15 if body <= 1 else 1.0 if body <= 5 else 0.7 if body <= 12 else 0.45


def _frame(scene: _Scene, place: int, at: int, value: float, end: int = 0) -> float:
    """Weigh a value down, or turn it, where it stands in a denial, a recollection or what might have been."""
    span = scene.sentences[place].span
    for frame in frames_of(scene.text, span.start, span.end):
        inside = frame.name in _FRAMED and frame.start <= at < frame.end
        if inside and at <= frame.cue < end:
            # an event that holds the denial has read it, unless it took the denial itself for a deed
            inside = scene.text.startswith(_DENIES, frame.cue)
        if inside and frame.name == "long ago" and end > frame.end + 2:
            inside = False
        if inside or (frame.name == "no longer" and frame.start < end and at < frame.end):
            value *= frame.good if value > 0 else frame.bad
    return value


def _shared(item: Evidence, scene: _Scene, place: int, start: int, end: int) -> Iterator[Evidence]:
    """Yield evidence, and its echo for each company named in one breath with its own."""
    yield item
    for other in echoes(scene.groups[place], item.issuer_id, start, end):
        yield Evidence(item.id, other, item.value, item.sentence, echo=True)


def _of_facts(facts: Sequence[Fact], scene: _Scene, places: Mapping[int, int]) -> Iterator[Evidence]:
    for fact in facts:
        good = fact.good or -_is_owed(fact)
        if good == 0 or fact.background:
            continue
        place = places[fact.sentence]
        if _misread(fact, scene, place):
            continue
        value = good * _fact_size(fact) * _MODALITY[fact.modality] * scene.weights[fact.sentence]
        if fact.modality is not Modality.DENIED:
            value = _frame(scene, place, fact.figure.start, value)
        item = Evidence(fact.id, fact.issuer_id, value, fact.sentence)
        yield from _shared(item, scene, place, fact.span.start, fact.span.end)


def _is_owed(fact: Fact) -> bool:
    """Tell whether a sum is a company's part of what others settled: "Toyota's share of the settlement costs is $278 million"."""
    return (
        fact.unit is Unit.MONEY and fact.issuer_id is not None and _OWED.search(fact.metric_name) is not None
    )


def _misread(fact: Fact, scene: _Scene, place: int) -> bool:
    """Tell whether the words right ahead of a figure say the opposite, or it is a premium that its issuer pays."""
    span, at = scene.sentences[place].span, fact.figure.start
    if fact.metric == "premium":
        return _PAYS.search(scene.text, span.start, at) is not None
    settled = [r for r in remarks_of(scene.text, span.start, span.end) if r.settled]
    if settled and (fact.vs_expectation in {"beat", "miss"} or fact.is_change or _only_a_loss(fact)):
        near = [r for r in settled if r.left < fact.span.end + 10 and fact.span.start < r.right]
        if near and all(r.value * fact.good < 0 for r in near):
            return True
    return fact.vs_expectation == "" and any(
        0 < at - r.right <= 2 and r.value * fact.good < 0 and not r.bare
        for r in remarks_of(scene.text, span.start, span.end)
    )


def _fact_size(fact: Fact) -> float:
    """How much one figure weighs: what it measures, how far it moved, whether it surprised."""
    if fact.metric == "share price":
        moved = float(abs(fact.value)) if fact.is_change and fact.unit is Unit.PERCENT else 2.0
        premarket = {"premarket": 0.6, "after hours": 0.9}.get(fact.period, 1.0)
        return _PRICE_WEIGHT * math.tanh(moved / 6.0) * premarket
    base = _WEIGHT.get(fact.metric, _PLAIN_WEIGHT)
    if fact.vs_expectation in {"beat", "miss"}:
        base = max(base, 0.3) * 1.1
    elif fact.is_change and fact.unit is Unit.PERCENT:
        # 2 % barely counts, 10 % counts in full, 40 % half as much again
        base *= min(1.6, 0.4 + 0.6 * math.log1p(float(abs(fact.value))) / math.log(11.0))
    elif not fact.is_change:
        base *= 0.75
    return base * (1.15 if "guidance" in fact.basis else 1.0)


def _of_events(
    events: Sequence[Event], figures: Sequence[Evidence], scene: _Scene, places: Mapping[int, int]
) -> Iterator[Evidence]:
    guided: dict[IssuerId | None, set[int]] = defaultdict(set)
    for event in events:
        if event.parent == "guidance_change" and not event.background:
            guided[event.issuer_id].add(_SIGN[event.polarity])
    for event in events:
        sign = _SIGN[event.polarity]
        if sign == 0 or event.background:
            continue
        value = (
            sign
            * event.strength
            * _EVENT_WEIGHT
            * _MODALITY[event.modality]
            * scene.weights.get(event.sentence, 1.0)
        )
        if event.parent == "guidance_change":
            value *= _AHEAD
        elif event.parent == "earnings_result" and -sign in guided[event.issuer_id]:
            value *= _BEHIND
        if event.parent in _SUMMED:
            told = sum(
                abs(f.value)
                for f in figures
                if f.issuer_id == event.issuer_id
                and f.value * sign > 0
                and abs(f.sentence - event.sentence) <= 2
            )
            value = math.copysign(max(0.0, abs(value) - told), value)
        place = places.get(event.sentence)
        if not value:
            continue
        if place is None:
            yield Evidence(event.id, event.issuer_id, value, event.sentence)
            continue
        if _RIVALS.search(scene.text, max(0, event.span.start - 24), event.span.start + 12):
            value *= -0.5
        if event.modality is not Modality.DENIED and event.type != "denial_clarification":
            value = _frame(scene, place, event.span.start, value, event.span.end)
        issuer_id = event.issuer_id
        if issuer_id is None and event.parent not in _OF_NOBODY:
            group = group_at(
                scene.text,
                scene.sentences[place].span,
                scene.groups[place],
                event.span.start,
                event.span.start,
                event.span.start,
            )
            issuer_id = group.issuers[0] if group else None
        if is_other_side(event, issuer_id, scene.text, scene.sentences[place].span, scene.groups[place]):
            continue
        if event.issuer_id is None and issuer_id is not None and issuer_id == event.counterparty_id:
            continue  # a price agreed for a target without a ticker is not good for who pays it
        if _by_a_deed(event, issuer_id, value, scene, place):
            continue
        item = Evidence(event.id, issuer_id, value, event.sentence)
        yield from _shared(item, scene, place, event.span.start, event.span.end)


def _by_a_deed(event: Event, issuer_id: IssuerId | None, value: float, scene: _Scene, place: int) -> bool:
    """Tell whether the words between two companies say the opposite of an event for the one it is laid to."""
    span, groups = scene.sentences[place].span, scene.groups[place]
    return len(groups) > 1 and any(
        issuer_id in group.issuers and deed * value < 0 and abs(deed) >= _PLAIN_DEED and left < event.span.end
        for group, (deed, left, _) in deeds_between(scene.text, span.start, span.end, groups)
    )


def _of_words(scene: _Scene, evidence: Sequence[Evidence], paired: Mapping[int, Pair]) -> Iterator[Evidence]:
    """Add what the words say beyond figures and events; where those speak, words only second them."""
    spoken: dict[tuple[int, IssuerId | None, bool], float] = defaultdict(float)
    for item in evidence:
        spoken[item.sentence, item.issuer_id, item.value > 0] += abs(item.value)
    for place, sentence in enumerate(scene.sentences):
        if is_order(scene.text, sentence):
            continue
        sides: dict[tuple[tuple[IssuerId, ...], bool], float] = defaultdict(float)
        for issuers, value in _told(scene, place, paired.get(place)):
            sides[issuers, value > 0] += value
        for (issuers, good), value in sides.items():
            value = max(-_MOST_TONE, min(_MOST_TONE, value)) * _TONE_WEIGHT * scene.weights[sentence.index]
            for turn, issuer_id in enumerate(issuers or (None,)):
                same = spoken[sentence.index, issuer_id, good]
                other = spoken[sentence.index, issuer_id, not good]
                own = value / (1.0 + _SECONDED * same + _OPPOSED * other)
                if issuer_id is not None:
                    same += spoken[sentence.index, None, good]
                    other += spoken[sentence.index, None, not good]
                weighed = value / (1.0 + _SECONDED * same + _OPPOSED * other)
                name = f"sentence:{sentence.index}"
                if abs(weighed) > 0.01:
                    yield Evidence(name, issuer_id, weighed, sentence.index, turn > 0)
                # what nobody in particular is said to have done does not silence what is said of a company
                if abs(own - weighed) > 0.01:
                    yield Evidence(name, issuer_id, own - weighed, sentence.index, echo=True)


def _told(scene: _Scene, place: int, pair: Pair | None) -> Iterator[tuple[tuple[IssuerId, ...], float]]:
    """Yield what one sentence says of whom; of nobody, where it names none and carries no subject."""
    span, groups, subject = scene.sentences[place].span, scene.groups[place], scene.subjects[place]
    remarks = remarks_of(scene.text, span.start, span.end)
    actions = list(actions_on(scene.text, span, groups))
    if not remarks and not actions:
        return
    if not groups and _MARKET_WORDS.isdisjoint(words_in(scene.text, span.start, span.end)):
        return
    settled = [r for r in remarks if r.settled]
    actions = [
        a
        for a in actions
        if not any(r.left < a[1][2] and a[1][1] < r.right and r.value * a[1][0] < 0 for r in settled)
    ]
    yield from listed_moves(scene.text, span, groups)
    for group, (value, _, right) in actions:
        yield group.issuers, _frame(scene, place, right - 1, value)
    for remark in remarks:
        if pair is not None and pair.start < remark.right and remark.left < pair.end:
            continue
        if any(left <= remark.anchor < right for _, (_, left, right) in actions):
            continue
        if groups:
            yield from _of_party(scene, place, remark)
        else:
            yield (subject,) if subject is not None else (), remark.value * (0.5 if remark.bare else 1.0)


def _of_party(scene: _Scene, place: int, remark: Remark) -> Iterator[tuple[tuple[IssuerId, ...], float]]:
    span, groups = scene.sentences[place].span, scene.groups[place]
    group = group_at(scene.text, span, groups, remark.left, remark.right, remark.anchor)
    if group is None:
        yield (), remark.value * (0.5 if remark.bare else 1.0)
        return
    value = remark.value
    if remark.bare and not group.end <= remark.anchor <= group.end + 40:
        value *= 0.5
    yield group.issuers, value
