"""What rules met in a note, each hit with the words, the event and the path that made it. Near misses are silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from readthrough.alerts.conditions import Prepared, Sight, phrase_spans
from readthrough.alerts.kinds import USUAL_WINDOW, of_note
from readthrough.alerts.match_index import RuleIndex
from readthrough.alerts.pulse import Pulse
from readthrough.alerts.subjects import Happening, Subject, View, view_of
from readthrough.domain.alert import Found, Hit, HitCode, Rule, RuleKind
from readthrough.domain.article import Article
from readthrough.domain.impact import Impact
from readthrough.domain.reading import Reading
from readthrough.domain.story import Story

__all__ = ["RuleIndex", "hit_of", "hits", "with_fault"]

_TIPPED: Final = (RuleKind.BURST, RuleKind.DRIFT)
_HUSHES: Final = (HitCode.MATCHED, HitCode.BELOW_RELEVANCE, HitCode.LOW_NOVELTY)
_MOST_FOUND: Final = 8
"""Places of a rule's words that a hit tells."""


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


def hits(
    rules: RuleIndex,
    article: Article,
    reading: Reading,
    story: Story,
    impacts: Sequence[Impact] = (),
    *,
    now: datetime,
    pulse: Pulse | None = None,
    usual: Mapping[str, float] | None = None,
) -> tuple[Hit, ...]:
    """Find the rules that a note meets, in the order of their ids.

    A rule asks for subjects: issuers, issuers as they reach a book, or the article itself. A subject that does
    not meet it is a near miss and says nothing. One that does may be hushed by the rule's own least relevance
    or novelty; a passing mention is always below relevance, a correction never too little new. Whether its
    person hears of it is for the stages to decide.

    Args:
        rules: The rules.
        article: What was published.
        reading: What it says.
        story: Where it stands among what was published before.
        impacts: What it means for the books, from `portfolio.assess`.
        now: When this is decided, UTC.
        pulse: What was said before this note. Without it nothing bursts, drifts or has changed.
        usual: The rolling score of issuers before this note, where it is not the pulse's.

    Returns:
        One hit a rule; a page that is not news meets none. That of a rule on news without a move is not yet to
        be told: it has the code `matched` and waits for prices.
    """
    if reading.noise is not None:
        return ()
    if usual is None and pulse is not None:
        usual = pulse.usual_scores((ticker.issuer_id for ticker in reading.tickers), now, USUAL_WINDOW)
    view = view_of(article, reading, story, impacts, universe=rules.universe, usual=usual)
    sight = Sight(view)
    matches = rules.match(view, sight)
    made = []
    for slot, row, hushed in zip(
        matches.slots.tolist(), matches.subjects.tolist(), matches.hushed.tolist(), strict=True
    ):
        code = _HUSHES[hushed]
        if code is HitCode.LOW_NOVELTY and story.supersedes is not None:
            code = HitCode.MATCHED
        rule = rules.rule(slot)
        hit = hit_of(rule, rules.prepared(slot), view.subjects[row], sight, code=code, now=now)
        if rule.kind in _TIPPED:
            tipped = of_note(hit, pulse, now) if pulse is not None else None
            made += [tipped] if tipped is not None else []
        else:
            made.append(hit)
    for fault in matches.faults:
        rule, subject = rules.rule(fault.slot), view.subjects[fault.subject]
        hit = hit_of(rule, rules.prepared(fault.slot), subject, sight, code=HitCode.PREDICATE_FAILED, now=now)
        made.append(with_fault(hit, fault.words))
    return tuple(sorted(made, key=lambda hit: hit.rule.id))


def hit_of(
    rule: Rule, prepared: Prepared, subject: Subject, sight: Sight, *, code: HitCode, now: datetime
) -> Hit:
    """Say what a rule met in a subject of a note."""
    view = sight.view
    subject = _without_book(subject) if not _names_book(prepared) else subject
    happening = _happening(prepared, subject)
    found = tuple(_found(prepared, sight.text))[:_MOST_FOUND]
    matched = tuple(_matched(prepared, subject, view, happening, found))
    return Hit(
        rule=rule,
        code=code,
        words=_words(code, rule, subject, view, dict(matched)),
        group=view.story_id,
        at=now,
        article_id=view.article_id,
        story_id=view.story_id,
        headline=view.headline,
        subject=subject.name,
        issuer_id=subject.issuer_id,
        ticker=subject.ticker,
        score=subject.score,
        sign=subject.book_sign,
        events=tuple(dict.fromkeys(one.type for one in subject.events)),
        market_impact=view.market_impact,
        novelty=view.novelty,
        impact=subject.impact,
        found=found,
        matched=matched,
    )


def with_fault(hit: Hit, fault: str) -> Hit:
    """Say why a rule's predicate could not be evaluated on the note that it met otherwise."""
    words = f"{hit.words.rstrip('.')}; withheld: its predicate could not be evaluated: {fault.rstrip('.')}."
    return replace(hit, words=words, matched=(*hit.matched, ("fault", fault)))


def _without_book(subject: Subject) -> Subject:
    return subject if subject.impact is None else replace(subject, impact=None)


def _names_book(prepared: Prepared) -> bool:
    return prepared.booked or any(_names_book(inner) for inner in (*prepared.all_of, *prepared.any_of))


def _tree(prepared: Prepared) -> Iterator[Prepared]:
    yield prepared
    for inner in (*prepared.all_of, *prepared.any_of):
        yield from _tree(inner)


def _happening(prepared: Prepared, subject: Subject) -> Happening | None:
    """The event that was asked for, one that points the way of the score first."""
    for one in _tree(prepared):
        if one.events is None:
            continue
        asked = one.asked
        fitting = [
            event
            for event in subject.events
            if (not one.events or event.type in one.events)
            and (not asked.polarity or event.polarity == asked.polarity)
            and (not asked.modalities or event.modality in asked.modalities)
        ]
        polarity = "positive" if subject.score > 0 else "negative"
        if fitting:
            return next((event for event in fitting if event.polarity == polarity), fitting[0])
    return None


def _found(prepared: Prepared, text: str) -> Iterator[Found]:
    for one in _tree(prepared):
        for phrase in one.phrases:
            for span in phrase_spans(text, phrase, 2):
                yield Found(phrase=phrase, span=span)


def _matched(
    prepared: Prepared, subject: Subject, view: View, happening: Happening | None, found: Sequence[Found]
) -> Iterator[tuple[str, str]]:
    if subject.issuer_id is not None:
        yield "ticker", subject.ticker or subject.name
    yield "score", f"{subject.score:+.2f}"
    if subject.issuer_id is not None:
        yield "relevance", f"{subject.relevance:.2f}"
    if (impact := subject.impact) is not None:
        effect = subject.effect_bps
        yield "portfolio", impact.portfolio
        yield "holding", impact.ticker
        yield "path", impact.path
        yield "effect_bps", "unknown" if effect is None else f"{effect:+.1f}"
        yield "effect", ("neutral", "positive", "negative")[subject.book_sign]
        if impact.short:
            yield "side", "short"
    if happening is not None:
        yield "event", happening.type
        yield "modality", happening.modality
    if found:
        yield "words", ", ".join(dict.fromkeys(one.phrase for one in found))
    asked = list(_tree(prepared))
    if any(one.sectors for one in asked):
        yield "sector", subject.sector
    if themes := [theme for one in asked for theme in sorted((one.themes or frozenset()) & view.themes)]:
        yield "themes", ", ".join(dict.fromkeys(themes))
    if any(one.sources for one in asked):
        yield "source", view.source
    if any(one.asked.change or one.asked.min_change for one in asked):
        yield "change", f"{subject.change:+.2f}"
    if any(one.asked.min_impact for one in asked):
        yield "impact", f"{view.market_impact:.2f}"
    if predicates := [one.asked.predicate for one in asked if one.asked.predicate]:
        yield "predicate", "; ".join(predicates)
    yield "novelty", f"{view.novelty:.2f}"
    yield "story", view.story_id


def _words(code: HitCode, rule: Rule, subject: Subject, view: View, values: Mapping[str, str]) -> str:
    found = f"{subject.name} at {_signed(f'{subject.score:+.2f}')}"
    if event := values.get("event"):
        found += f" on {_event_words(event)}"
    if words := values.get("words"):
        found += f", with the words {words}"
    if book := values.get("portfolio"):
        found += f"; {values['effect']} for {book}, {_held(values)}: {_effect(values['effect_bps'])}"
    if code is HitCode.BELOW_RELEVANCE:
        return f"{found}; withheld: {_too_little(rule, subject)}."
    if code is HitCode.LOW_NOVELTY:
        told = f"novelty {view.novelty:.2f} is below the rule's {rule.min_novelty:.2f}"
        return f"{found}; withheld: {told}."
    return f"{found}; novelty {view.novelty:.2f}."


def _too_little(rule: Rule, subject: Subject) -> str:
    if subject.passing:
        return "mentioned only in passing"
    return f"relevance {subject.relevance:.2f} is below the rule's {rule.min_relevance:.2f}"


_PATHS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "direct": "",
        "line": ", by a line of its business",
        "macro": ", by what moves it from outside",
        "fund": ", inside a fund",
        "sector": ", in the same sector",
    }
)


def _held(values: Mapping[str, str]) -> str:
    """How a book meets the news: what it holds, on which side, and by which path."""
    side = "short" if "side" in values else "held"
    path = values["path"]
    return f"{values['holding']} {side}{_PATHS.get(path, f', a {path}')}"


def _effect(figure: str) -> str:
    return "weight unknown" if figure == "unknown" else f"{_signed(figure)} bps"


def _signed(figure: str) -> str:
    """A figure as people read it: a true minus, and no sign on nothing."""
    bare = figure.lstrip("+-")
    return bare if not bare.strip("0.") else figure.replace("-", "−")


def _event_words(event: str) -> str:
    """An event type as one would say it; most are words already."""
    return _SAID.get(event, event.replace("_", " "))
