"""Composes sentences whose side is a matter of which figure, which way, against what: profit up, costs up, loss down.

What a quantity means for holders is given (`_GOOD`, `_BAD`, `_PLAIN`), the direction is drawn, the wording follows;
half the sentences give only two figures and no verb of movement, so that the figures must be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from readthrough.training.compose import Composer, shares_of
from readthrough.training.examples import Example
from readthrough.training.slots import UNITS, amount, money

__all__ = ["quantity_examples"]

_GOOD: Final = (
    "operating profit|net profit|pre-tax profit|profit before tax|EBIT|EBITDA|net sales|revenue|turnover|sales|orders|order intake|"
    "order backlog|earnings per share|EPS|net interest income|gross margin|operating margin|free cash flow|cash flow from operations|"
    "market share|like-for-like sales|same-store sales|profit for the period|quarterly profit|net income|fee income|comparable operating profit|"
    "passenger numbers|productivity|net asset value|return on equity|bookings|dividend per share|deliveries|new business|deposits|premium income"
).split("|")
_BAD: Final = (
    "costs|operating costs|operating expenses|fuel costs|debt|net debt|interest expenses|raw material costs|wage costs|provisions|loan losses|"
    "bad loans|warranty costs|tax charge|customer churn|claims|delinquencies|write-offs|energy costs|inventories|complaints|restructuring costs|"
    "cancellations|accident rate|downtime|cash burn|cost of sales|borrowings|default rate|cost-to-income ratio|combined ratio|credit losses"
).split("|")
_LOSS: Final = "operating loss|net loss|pre-tax loss|loss before tax|loss for the period|quarterly loss|loss per share|loss".split(
    "|"
)
_PLAIN: Final = (
    "number of shares|share capital|number of employees|headcount|average exchange rate|balance sheet total|number of shareholders|"
    "floor area|number of branches|tax rate|trading volume|production days|weighted number of shares"
).split("|")
_UP: Final = "rose|increased|grew|climbed|went up|advanced|was up|improved|was higher,|expanded|picked up|jumped|surged".split(
    "|"
)
_DOWN: Final = "fell|decreased|declined|dropped|went down|slid|was down|shrank|was lower,|contracted|slipped|plunged|tumbled".split(
    "|"
)
_BIG: Final = frozenset({"jumped", "surged", "plunged", "tumbled"})
_AGO: Final = (
    "a year earlier|in the corresponding period of {year}|in the same period last year|a year ago|in {q} {year}|in the previous quarter|"
    "in the comparison period|the year before|in the prior-year period"
)


@dataclass(frozen=True, slots=True)
class _Move:
    metric: str
    good: int  # +1 where more of it is good, -1 where bad, 0 where neither
    up: bool
    before: float
    after: float

    @property
    def score(self) -> float:
        """The side and size: a twentieth more is mild, a half more is strong."""
        change = abs(self.after - self.before) / max(self.before, 1e-9)
        size = 0.25 if change < 0.03 else 0.4 if change < 0.08 else 0.5 if change < 0.25 else 0.65
        return self.good * (1 if self.up else -1) * size


def quantity_examples(composer: Composer, count: int) -> Iterator[Example]:
    """Compose `count` sentences on one quantity, on expectations, and on two that oppose."""
    for _ in range(count):
        luck = composer.draw.random()
        if luck < 0.62:
            yield from _moved(composer)
        elif luck < 0.85:
            yield from _against_expectation(composer)
        else:
            yield from _turned(composer)


def _drawn(composer: Composer) -> _Move:
    draw = composer.draw
    luck = draw.random()
    good, metrics = (
        (1, _GOOD)
        if luck < 0.5
        else (-1, _BAD)
        if luck < 0.75
        else (-1, _LOSS)
        if luck < 0.92
        else (0, _PLAIN)
    )
    before = amount(draw)
    change = draw.choice([0.01, 0.02, 0.04, 0.07, 0.12, 0.2, 0.4, 0.9]) * draw.uniform(0.7, 1.3)
    up = draw.random() < 0.5
    after = before * (1 + change) if up else before / (1 + change)
    places = 2 if before < 10 else 1 if before < 100 else draw.choice([0, 1])
    after = round(after, places)
    if after == before:
        after = round(before + (0.1 if up else -0.1), 2)
    return _Move(draw.choice(metrics), good, up, before, after)


def _moved(composer: Composer) -> Iterator[Example]:
    draw, move = composer.draw, _drawn(composer)
    unit, scales = draw.choice(UNITS)
    scale = draw.choice(scales)
    if any(w in move.metric for w in ("margin", "share", "ratio", "rate", "churn", "return", "productivity")):
        unit, scale = "{}", "%"
    elif any(
        w in move.metric
        for w in ("number", "headcount", "passenger", "deliveries", "area", "complaints", "cancellations")
    ):
        unit, scale = "{}", "thousand"
    before, after = money(move.before, unit, scale), money(move.after, unit, scale)
    pct = composer.slot("pct")
    metric = move.metric
    if metric in _LOSS and draw.random() < 0.5:
        verb = draw.choice(
            "widened|deepened|grew|increased".split("|")
            if move.up
            else "narrowed|shrank|decreased|was reduced|halved".split("|")
        )
    else:
        verb = draw.choice(_UP if move.up else _DOWN)
    ago = composer.fill(composer.choose(f"[{_AGO}]"))[0]
    period = composer.fill(composer.choose("[in the {q}|for the {q}|in {month}|this year|in {year}||]"))[0]
    owner = composer.choose("[{A}'s|The company's|The group's|Its|{A}|{A}|]")
    frame = draw.choice(
        [
            f"{owner} {metric} {verb} to {after} from {before}",
            f"{owner} {metric} {verb} by {pct} to {after} {period}",
            f"{owner} {metric} {verb} {pct} {period}",
            f"{owner} {metric} {verb} from {before} to {after}",
            f"{owner} {metric} {period} {verb} to {after}, compared to {before} {ago}",
            f"{owner} {metric} was {after} {period}, compared with {before} {ago}",
            f"{owner} {metric} totalled {after}, against {before} {ago}",
            f"{owner} {metric} amounted to {after}, {draw.choice(['up', 'higher than', 'versus']) if move.up else draw.choice(['down from', 'below', 'versus'])} {before} {ago}",
            f"{owner} {metric} of {after} {period} ( {ago}: {before} )",
            f"{owner} {metric} {after} vs {before} {ago}",
            f"{owner} posted {metric} of {after}, as compared to {before} {ago}",
            f"{'Higher' if move.up else 'Lower'} {metric} at {{A}} {period}",
            f"{{A}} reports {pct} {'rise' if move.up else 'fall'} in {metric}",
            f"{owner} {metric} {'up' if move.up else 'down'} {pct} {period}",
            f"{{A}} sees {pct} {'increase' if move.up else 'decline'} in {metric} {period}",
        ]
    )
    score = move.score * (1.2 if verb in _BIG else 1.0)
    yield from _both(composer, frame, max(-0.85, min(0.85, score)))


def _against_expectation(composer: Composer) -> Iterator[Example]:
    """An actual beside what was expected: the movement may well go the other way."""
    draw, move = composer.draw, _drawn(composer)
    if move.good == 0:
        move = _Move("revenue", 1, move.up, move.before, move.after)
    unit, scales = draw.choice(UNITS)
    scale = draw.choice(scales)
    actual, wanted = money(move.after, unit, scale), money(move.before, unit, scale)
    who = draw.choice(
        [
            "analysts' estimate",
            "the consensus",
            "a forecast",
            "the average estimate",
            "expectations",
            "its own target",
        ]
    )
    over = (
        draw.choice(["above", "more than", "higher than", "ahead of"])
        if move.up
        else draw.choice(["below", "less than", "lower than", "short of"])
    )
    trend = composer.choose("[rose|fell|was little changed|increased|dropped]")
    frame = draw.choice(
        [
            f"{{A}}'s {move.metric} was {actual}, {over} {who} of {wanted}",
            f"{{A}} {move.metric} {actual} vs {wanted} expected",
            f"{{A}} reported {move.metric} of {actual}; analysts had expected {wanted}",
            f"{{A}} {move.metric} of {actual} versus consensus of {wanted}",
            f"{move.metric.capitalize()} came to {actual}, compared with {who} of {wanted}",
            f"{{A}}'s {move.metric} {trend} to {actual} but was {over} {who}",
            f"{{A}} {move.metric} {over} {who}",
            f"Poll: analysts saw {{A}} {move.metric} at {wanted}, actual {actual}",
        ]
    )
    yield from _both(composer, frame, (1 if move.up else -1) * move.good * 0.5)


def _turned(composer: Composer) -> Iterator[Example]:
    """Two quantities of one company that pull apart or agree; what is earned weighs more than what is sold."""
    draw = composer.draw
    unit, scales = draw.choice(UNITS)
    scale = draw.choice(scales)
    one, two = (money(amount(draw), unit, scale) for _ in range(2))
    good = draw.random() < 0.5
    ago = composer.fill(composer.choose(f"[{_AGO}]"))[0]
    if good:
        frame = draw.choice(
            [
                f"{{A}} turned a loss of {one} into a profit of {two}",
                f"{{A}} made a profit of {one} compared with a loss of {two} {ago}",
                f"{{A}} posted a {draw.choice(['net', 'operating', 'pre-tax'])} profit of {one}, versus a loss of {two} {ago}",
                f"Costs fell faster than sales at {{A}}, and profit rose to {one}",
                f"{{A}} cut its costs by {composer.slot('pct')} {draw.choice(['and', 'while'])} sales held steady",
                f"{{A}} trims its debt by {one}",
                f"{{A}}'s {draw.choice(_LOSS)} was smaller than a year ago",
                f"{{A}} returned to the black with a profit of {one}",
                f"{{A}} reduced its {draw.choice(_BAD)} to {one}",
            ]
        )
    else:
        frame = draw.choice(
            [
                f"{{A}} turned a profit of {one} into a loss of {two}",
                f"{{A}} made a loss of {one} compared with a profit of {two} {ago}",
                f"{{A}} posted a {draw.choice(['net', 'operating', 'pre-tax'])} loss of {one}, versus a profit of {two} {ago}",
                f"Costs rose faster than sales at {{A}}, and profit fell to {one}",
                f"{{A}} saw its costs rise by {composer.slot('pct')} {draw.choice(['and', 'while'])} sales stood still",
                f"{{A}} adds {one} of debt as losses mount",
                f"{{A}}'s {draw.choice(_LOSS)} was larger than a year ago",
                f"{{A}} slipped into the red with a loss of {one}",
                f"{{A}} could not stop its {draw.choice(_BAD)} rising to {one}",
            ]
        )
    yield from _both(composer, frame, 0.55 if good else -0.55)


def _both(composer: Composer, frame: str, score: float) -> Iterator[Example]:
    """The sentence as a whole, or for the company it names: one of the two, to spread what is seen."""
    frame = " ".join(frame.split())
    text, spans = composer.fill(
        composer.dress(frame[0].upper() + frame[1:]).replace("$TICK", "$" + composer.ticker())
    )
    marked = "A" in spans and composer.draw.random() < 0.4
    yield Example(
        text=text,
        source="quantity",
        spans=tuple(spans["A"]) if marked else (),
        shares=shares_of(score),
        score=round(score, 2),
        news=True,
    )
