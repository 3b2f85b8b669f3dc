"""Which rules a story fires, which are hushed, and why. Near misses are silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from readthrough.domain.alert import Alert, Reason, Rule
from readthrough.domain.article import Article, digest
from readthrough.domain.impact import Impact
from readthrough.domain.reading import Event, Polarity, Reading, Role, TickerReading
from readthrough.domain.security import IssuerId
from readthrough.domain.story import Relation, Story
from readthrough.domain.taxonomy import PARENTS
from readthrough.universe.master import Universe

__all__ = ["CODES", "RuleIndex", "judge"]

CODES = (
    "matched",
    "corrected",
    "withdrawn",
    "below_relevance",
    "already_told",
    "duplicate_story",
    "low_novelty",
)
"""Every `Reason.code`: the first three fire, the others withhold, and the earlier of two is given."""

_FIRING: Final = frozenset(CODES[:3])
_UNCHANGED: Final = (
    0.05  # novelty of an item published again without another figure or another word in its lead
)


_SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bankruptcy_or_insolvency": "insolvency",
        "capex_cut": "a cut in capital spending",
        "capex_plan": "capital spending plans",
        "contract_or_customer_loss": "the loss of a contract or customer",
        "denial_clarification": "a denial",
        "dividend_cut_or_suspension": "a dividend cut or suspension",
        "fx_move": "a currency move",
        "ipo": "an IPO",
        "ipo_suspended": "a suspended IPO",
        "layoffs_restructuring": "layoffs or restructuring",
        "ma_announced": "an announced deal",
        "ma_blocked_or_terminated": "a blocked or terminated deal",
        "ma_completed": "a completed deal",
        "ma_rumour_or_nonbinding": "a deal rumour or non-binding offer",
        "market_wide_move": "a market-wide move",
        "recap_no_new_information": "a recap without new information",
        "sector_readacross": "news read across the sector",
        "settlement_or_fine": "a settlement or fine",
        "spin_off_or_split": "a spin-off or split",
        "tariff_trade_policy": "tariffs or trade policy",
    }
)
"""Event types whose codes do not read as words."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A rule with its tickers looked up and its parents spelled out as fine types."""

    rule: Rule
    issuers: frozenset[str]
    tickers: frozenset[str]
    events: frozenset[str]


class RuleIndex:
    """Rules by the rarest thing they ask for: ticker, else portfolio, else event.

    A story looks up what it has and meets only rules that ask for it; rules are never scanned.
    """

    def __init__(self, rules: Iterable[Rule], universe: Universe | None = None) -> None:
        """Index the rules.

        Args:
            rules: Each is found under every key of its rarest condition.
            universe: Turns a ticker into its issuer, so that a rule on ASML.AS meets news on ASML.
                Without it, tickers match as spelled.
        """
        self._by_key: dict[tuple[str, str], list[_Compiled]] = {}
        self._size = 0
        looked_up: dict[str, IssuerId | None] = {}
        for rule in rules:
            for ticker in rule.tickers:
                if ticker not in looked_up:
                    issuer = universe.by_ticker(ticker) if universe is not None else None
                    looked_up[ticker] = issuer.id if issuer else None
            compiled = _compile(rule, looked_up)
            self._size += 1
            for key in _keys(compiled):
                self._by_key.setdefault(key, []).append(compiled)

    def __len__(self) -> int:
        return self._size

    def candidates(self, reading: Reading, impacts: Sequence[Impact]) -> tuple[Rule, ...]:
        """Return the rules whose rarest condition the story meets, in the order of their ids."""
        return tuple(compiled.rule for compiled in self._candidates(reading, impacts))

    def _candidates(self, reading: Reading, impacts: Sequence[Impact]) -> list[_Compiled]:
        keys: dict[tuple[str, str], None] = {("any", ""): None}
        for ticker in reading.tickers:
            keys["issuer", ticker.issuer_id] = None
            keys["ticker", ticker.ticker.upper()] = None
        for impact in impacts:
            keys["portfolio", impact.portfolio] = None
        for event in reading.events:
            keys["event", event.type] = None
        found = {c.rule.id: c for key in keys for c in self._by_key.get(key, ())}
        return [found[rule_id] for rule_id in sorted(found)]


def _compile(rule: Rule, looked_up: Mapping[str, IssuerId | None]) -> _Compiled:
    issuers = frozenset(issuer_id for t in rule.tickers if (issuer_id := looked_up[t]) is not None)
    spelled = frozenset(t.upper() for t in rule.tickers if looked_up[t] is None)
    events = frozenset(fine for event in rule.events for fine in PARENTS.get(event, (event,)))
    events |= frozenset(rule.events) - PARENTS.keys()
    return _Compiled(rule, issuers, spelled, events)


def _keys(compiled: _Compiled) -> Iterator[tuple[str, str]]:
    if compiled.rule.tickers:
        yield from (("issuer", issuer_id) for issuer_id in compiled.issuers)
        yield from (("ticker", ticker) for ticker in compiled.tickers)
    elif compiled.rule.portfolios:
        yield from (("portfolio", portfolio) for portfolio in compiled.rule.portfolios)
    elif compiled.events:
        yield from (("event", event) for event in compiled.events)
    else:
        yield "any", ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """Whom a rule found in a story. `sign` is for the shares, or for the book where a rule names one."""

    name: str
    issuer_id: IssuerId | None
    relevance: float
    passing: bool
    score: float
    sign: int
    matched: tuple[tuple[str, str], ...]


def judge(
    rules: RuleIndex,
    article: Article,
    reading: Reading,
    story: Story,
    impacts: Sequence[Impact],
    *,
    now: datetime,
    already: Callable[[str, str], bool],
) -> tuple[Alert, ...]:
    """Decide which rules a story fires.

    A rule finds subjects: the tickers it names, or the held issuers through which the story reaches a
    book it names, or else whoever its events happened to. A subject of the wrong sign, score or event is
    a near miss and says nothing. One that fits may still be hushed: then the alert is kept, withheld,
    with its reason. A passing mention is always below relevance.

    A rule that has spoken on a story speaks again when an article supersedes what it was told, corrected or
    withdrawn, whether or not the rule would fire on the new words: its reader holds the old ones to be true.
    Such an article is never too little new, unless it is the same item with nothing of weight changed.

    Args:
        rules: The rules.
        article: What was published.
        reading: What it says.
        story: Where it stands among what was published before.
        impacts: What it means for the books, from `portfolio.assess`.
        now: When this is decided, UTC.
        already: Tells whether a rule (first) has already fired on a story (second).

    Returns:
        Alerts in the order of rule ids. A fired alert's id depends on rule and story alone, so one story
        never fires a rule twice; that of a correction and of a withheld one depends on the article too.
    """
    superseding = story.supersedes is not None and (
        story.supersedes != article.id or story.novelty > _UNCHANGED or story.relation is Relation.WITHDRAWAL
    )
    if reading.noise is not None and not superseding:
        return ()
    found = []
    for compiled in rules._candidates(reading, impacts):
        rule = compiled.rule
        subjects = list(_subjects(compiled, reading, impacts))
        fitting = [s for s in subjects if _fits(rule, s)]
        if superseding and already(rule.id, story.id):
            code = "withdrawn" if story.relation is Relation.WITHDRAWAL else "corrected"
            subject = _foremost(fitting or subjects or list(_named(compiled, reading)) or [_overall(reading)])
        elif fitting and reading.noise is None:
            code, subject = _verdict(rule, fitting, story, already)
        else:
            continue
        found.append(_alert(rule, code, subject, article=article, story=story, now=now))
    return tuple(found)


def _subjects(compiled: _Compiled, reading: Reading, impacts: Sequence[Impact]) -> Iterator[_Subject]:
    rule = compiled.rule
    books = [i for i in impacts if i.portfolio in rule.portfolios] if rule.portfolios else []
    for base in (
        _named(compiled, reading) if rule.tickers else _reached(reading, books, bool(rule.portfolios))
    ):
        subject = base
        if rule.tickers and rule.portfolios:
            impact = next((i for i in books if base.issuer_id in (i.issuer_id, i.through)), None)
            if impact is None:
                continue
            subject = _in_book(base, impact)
        if compiled.events:
            event = _event_of(compiled.events, subject, reading)
            if event is None:
                continue
            subject = replace(
                subject, matched=(*subject.matched, ("event", event.type), ("modality", str(event.modality)))
            )
        yield subject


def _named(compiled: _Compiled, reading: Reading) -> Iterator[_Subject]:
    for ticker in reading.tickers:
        if ticker.issuer_id in compiled.issuers or ticker.ticker.upper() in compiled.tickers:
            yield _of_ticker(ticker)


def _reached(reading: Reading, books: Sequence[Impact], by_book: bool) -> Iterator[_Subject]:
    """Subjects of a rule without tickers: through its books, else anyone the article is about."""
    if not by_book:
        yield from (_of_ticker(ticker) for ticker in reading.tickers)
        yield _overall(reading)
        return
    spoken = {ticker.issuer_id: ticker for ticker in reading.tickers}
    for impact in sorted(books, key=lambda i: i.path != "direct"):  # what is held itself is told first
        ticker = spoken.get(impact.through or impact.issuer_id)
        if ticker is not None:
            yield _in_book(_of_ticker(ticker), impact)


def _of_ticker(ticker: TickerReading) -> _Subject:
    score = round(ticker.score or 0.0, 2)
    return _Subject(
        name=ticker.name,
        issuer_id=ticker.issuer_id,
        relevance=ticker.relevance,
        passing=ticker.role is Role.PASSING,
        score=score,
        sign=(score > 0) - (score < 0),
        matched=(
            ("ticker", ticker.ticker or ticker.name),
            ("score", f"{score:+.2f}"),
            ("relevance", f"{ticker.relevance:.2f}"),
        ),
    )


def _overall(reading: Reading) -> _Subject:
    """The article itself: for macro news and firms that no universe knows."""
    score = round(reading.sentiment.score or 0.0, 2)
    return _Subject(
        name="the article",
        issuer_id=None,
        relevance=1.0,
        passing=False,
        score=score,
        sign=(score > 0) - (score < 0),
        matched=(("score", f"{score:+.2f}"),),
    )


def _in_book(subject: _Subject, impact: Impact) -> _Subject:
    """Turn to the book's side: what is bad for a share is good for who is short of it."""
    effect = None if impact.mid_bps is None else round(impact.mid_bps, 1)
    sign = impact.sign if effect is None else (effect > 0) - (effect < 0)
    return replace(
        subject,
        sign=sign,
        matched=(
            *subject.matched,
            ("portfolio", impact.portfolio),
            ("holding", impact.ticker),
            ("path", impact.path),
            ("effect_bps", "unknown" if effect is None else f"{effect:+.1f}"),
            ("effect", ("neutral", "positive", "negative")[sign]),
            *((("side", "short"),) if impact.short else ()),
        ),
    )


def _event_of(wanted: frozenset[str], subject: _Subject, reading: Reading) -> Event | None:
    """Return the event that happened to the subject, one that points the way of its score first."""
    fitting = [
        event
        for event in reading.events
        if event.type in wanted and not event.background and _is_side(subject.issuer_id, event)
    ]
    polarity = Polarity.POSITIVE if subject.score > 0 else Polarity.NEGATIVE
    return next((event for event in fitting if event.polarity is polarity), fitting[0] if fitting else None)


def _is_side(issuer_id: IssuerId | None, event: Event) -> bool:
    if issuer_id is None or event.issuer_id is None:
        return issuer_id is event.issuer_id
    return issuer_id in (event.issuer_id, event.counterparty_id)


def _fits(rule: Rule, subject: _Subject) -> bool:
    if abs(subject.score) < rule.min_abs_score:
        return False
    return not rule.sign or subject.sign == (1 if rule.sign == "positive" else -1)


def _verdict(
    rule: Rule, fitting: Sequence[_Subject], story: Story, already: Callable[[str, str], bool]
) -> tuple[str, _Subject]:
    """Read as the policy it is: relevance first, then whether it was told, then whether it is new."""
    most_relevant = _foremost(fitting)
    if most_relevant.passing or most_relevant.relevance < rule.min_relevance:
        return "below_relevance", most_relevant
    if already(rule.id, story.id):
        return "already_told", most_relevant
    if story.duplicate_of is not None:
        return "duplicate_story", most_relevant
    if story.novelty < rule.min_novelty and story.supersedes is None:
        return "low_novelty", most_relevant
    return "matched", most_relevant


def _foremost(subjects: Sequence[_Subject]) -> _Subject:
    return max(subjects, key=lambda s: (not s.passing, s.relevance, abs(s.score)))


def _alert(
    rule: Rule, code: str, subject: _Subject, *, article: Article, story: Story, now: datetime
) -> Alert:
    withheld = code not in _FIRING
    parts: tuple[str, ...] = (rule.id, story.id)
    if withheld:
        parts = (*parts, article.id, "withheld")
    elif code != "matched":  # an item may be corrected more than once under its own id
        parts = (*parts, article.id, article.content_digest, code)
    return Alert(
        id="alr_" + digest(*parts),
        rule_id=rule.id,
        rule_name=rule.name,
        article_id=article.id,
        story_id=story.id,
        severity=rule.severity,
        headline=article.headline,
        reason=Reason(
            code=code,
            words=_words(code, rule, subject, story),
            matched=(*subject.matched, ("novelty", f"{story.novelty:.2f}"), ("story", story.id)),
        ),
        withheld=withheld,
        receivers=rule.receivers,
        created_at=now,
    )


def _words(code: str, rule: Rule, subject: _Subject, story: Story) -> str:
    values = dict(subject.matched)
    found = f"{subject.name} at {_signed(f'{subject.score:+.2f}')}"
    if event := values.get("event"):
        found += f" on {_event_words(event)}"
    if book := values.get("portfolio"):
        found += f"; {values['effect']} for {book}, {_held(values)}: {_effect(values['effect_bps'])}"
    if code == "matched":
        return f"{found}; novelty {story.novelty:.2f}."
    if code in _FIRING:
        verb = "withdraws" if code == "withdrawn" else "corrects"
        return f"{found}; {verb} what this rule was told by article {story.supersedes}."
    return f"{found}; withheld: {_hush(code, rule, subject, story)}."


def _held(values: Mapping[str, str]) -> str:
    """How a book meets the news: what it holds, on which side, and by which path."""
    side = "short" if "side" in values else "held"
    path = values["path"]
    return f"{values['holding']} {side}" + ("" if path == "direct" else f", a {path}")


def _effect(figure: str) -> str:
    return "weight unknown" if figure == "unknown" else f"{_signed(figure)} bps"


def _signed(figure: str) -> str:
    """A figure as people read it: a true minus, and no sign on nothing."""
    bare = figure.lstrip("+-")
    return bare if not bare.strip("0.") else figure.replace("-", "−")


def _event_words(event: str) -> str:
    """An event type as one would say it; most are words already."""
    return _SAID.get(event, event.replace("_", " "))


def _hush(code: str, rule: Rule, subject: _Subject, story: Story) -> str:
    if code == "below_relevance":
        if subject.passing:
            return "mentioned only in passing"
        return f"relevance {subject.relevance:.2f} is below the rule's {rule.min_relevance:.2f}"
    if code == "low_novelty":
        return f"novelty {story.novelty:.2f} is below the rule's {rule.min_novelty:.2f}"
    if code == "duplicate_story":
        return f"it retells article {story.duplicate_of}"
    return "this rule has already spoken on this story"
