"""Find what happened, to whom, and whether that is good for its holders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Event, Fact, Mention, Modality, Polarity, Sentence
from readthrough.reading.event_acts import acts
from readthrough.reading.event_bearing import OWN_NEWS, bearing, unheard
from readthrough.reading.event_context import certainty
from readthrough.reading.event_deals import DEALS, dealt, denied_deal
from readthrough.reading.event_figures import told_by_figures
from readthrough.reading.event_foresight import own_outlooks
from readthrough.reading.event_frames import framed
from readthrough.reading.event_launch import launched_now, launches
from readthrough.reading.event_make import Stated, candidate_of, event_of, placed
from readthrough.reading.event_news import reported
from readthrough.reading.event_outlook import outlooks
from readthrough.reading.event_purchases import as_purchases
from readthrough.reading.event_roles import Party, market_named, parties, speaks_for_itself
from readthrough.reading.event_scene import LEAD, Scene, direction_of, look
from readthrough.reading.event_sense import meant
from readthrough.reading.event_settle import Candidate, settle
from readthrough.reading.patterns import Pattern, Rule, Tried, Who, compiled, context, patterns_for
from readthrough.reading.subjects import Cast
from readthrough.universe import Universe

__all__ = ["find_events"]

_FURTHEST: Final = 60  # sentences searched; later ones of a long document are background at best
_TAIL: Final = lazily(
    r"\W*(?:to contact the|read more|see also|see more|follow us|follow yahoo|click here|related:|"
    r"more from|photo|image:|sign up|subscribe|"
    r"reporting by|editing by|\(reporting|\(adds|writing by|for more|get the latest|watch:|listen:|"
    r"also read|this article|disclosure|"
    r"want the latest|download)"
)
_DEPTH: Final = {
    "recap_no_new_information": 1,
    "market_wide_move": 10,
    "product_launch": 3,
}  # sentences of `lead` patterns
_SIGNS: Final = {1: Polarity.POSITIVE, -1: Polarity.NEGATIVE, 0: Polarity.NEUTRAL}
_FIXED: Final = {
    Rule.POSITIVE: Polarity.POSITIVE,
    Rule.NEGATIVE: Polarity.NEGATIVE,
    Rule.NEUTRAL: Polarity.NEUTRAL,
}
_ASKED_FOR: Final = frozenset(
    "activist_involvement management_change layoffs_restructuring cost_cutting_plan spin_off_or_split buyback".split()
)
"""What an investor may ask of a company, which then is the company's news."""
_RATINGS: Final = frozenset(
    "analyst_upgrade analyst_downgrade credit_rating_upgrade credit_rating_downgrade "
    "short_seller_report".split()
)
_GOODS: Final = frozenset(
    {
        "oil",
        "Brent",
        "WTI",
        "gold",
        "silver",
        "copper",
        "natural gas",
        "iron ore",
        "wheat",
        "corn",
        "cocoa",
        "coffee",
    }
)
_THINGS: Final = frozenset({"market_wide_move", "commodity_price_move", "fx_move", "crypto_market_event"})
_RELIEF: Final = 1.0  # per cent that a denier's shares rise when holders are glad of it
_ENDED: Final = r"(?:closed|ended|finished|settled) (?:<g10>)(?:up|down|higher|lower)"
_REPLACES: Final = lazily(
    r"\b(?:replac(?:e|es|ed|ing)|tak(?:e|es|ing) the (?:place|spot|slot)s? of|in place of|at the expense of|supplant(?:s|ing)?)\b"
)
_PAUSED: Final = lazily(
    r"\b(?:signal|hint|flag|warn|see|suggest)\w*(?: \w+){0,3} (?:pause|rush|slower|caution|halt|hold)\b|hawkish cut"
)
_HAWKISH: Final = lazily(
    r"\b(?:hawkish|fewer (?:rate )?cuts|only one|no rush|not in a hurry|easing cycle (?:over|is over)|pushed back|"
    r"too early to|door to (?:a|further) hikes?|higher for longer|declare victory|no (?:more|further) cuts|"
    r"(?:brings?|brought|pull(?:s|ed)) forward|sooner than|first hike|fewer (?:reductions|moves)|pencill?(?:s|ed)? in (?:just |only )?one|(?:no|little) (?:rush|hurry|haste)|"
    r"can (?:wait|afford to wait)|rates? (?:will|would|may|must) stay|inflation (?:is |remains )?(?:too|still) high|lifts? (?:its )?(?:\w+ )?inflation forecast)\b"
)
_DOVISH: Final = lazily(
    r"\b(?:dovish|open(?:s|ed)? the door to (?:a )?(?:rate )?cuts?|signal(?:s|ed|led|ing) (?:a |more )?(?:rate )?cuts?|"
    r"ready to (?:cut|ease)|hint(?:s|ed) at (?:a )?(?:rate )?cuts?|cuts? (?:are|is) coming|(?:more|further|another) (?:rate )?(?:cuts?|easing|reductions?)|"
    r"door (?:open )?to (?:lower|easier|easing|a cut|cuts|cutting)|time (?:may|has) come to (?:ease|cut))\b"
)
_BLAMED: Final = lazily(
    r"\b(?:alleg\w+|accus\w+|fraud\w*|brib\w+|misled|misleading|bankrupt\w*|insolven\w+|liquidity|default\w*|"
    r"(?:capital|equity) raise|rais(?:e|ing) (?:capital|equity|cash)|rights issue|wrongdoing|cover-up)\b"
)
_ORDERED: Final = lazily(r"\b(?:order(?:s|ed|ing)?|plac(?:es|ed)|buys?|bought)\b")
_FROM: Final = lazily(r"\b(?:from|with|by)(?: [a-z.]+){0,3} $")
# crops move farmers and a few buyers, not the broad market
_SOFTS: Final = lazily(
    r"\b(?:juice|cocoa|coffee|sugar|wheat|corn|soy\w*|cotton|cattle|hogs?|lumber|palm oil|apples?|eggs?)\b"
)
_NAMELESS: Final = {
    "regulatory_rule_change": "the sector",
    "commodity_price_move": "commodities",
    "recap_no_new_information": "old news",
}
_UNDECIDED: Final = lazily(
    r"\b(?:mixed|little changed|flat|waver(?:s|ed|ing)?|see-?saw(?:s|ed|ing)?|struggl\w+ for direction|directionless|muted|unchanged|drift(?:s|ed|ing)?|"
    r"fluctuat\w+|tread\w* water|steady|between (?:small )?gains and losses)\b"
)
_SAVES: Final = (
    r"(?:sav(?:e|es|ing|ings)|efficien\w+|streamlin\w+|profitab\w+|margins?|simplif\w+|flatten\w*)"
)


def find_events(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    facts: Sequence[Fact],
    universe: Universe,
    cast: Cast | None = None,
) -> tuple[Event, ...]:
    """Find the events an article tells, by patterns of words and by its figures.

    Args:
        article: The words.
        sentences: Its sentences, in order.
        mentions: Its links, in order of their place.
        facts: Its figures.
        universe: Names the issuers.
        cast: Who stands in each sentence; found from the mentions where it is not given.

    Returns:
        At most ten events in order of place, one for each type, subject and polarity. Macro events
        have a country, an index or a commodity as subject and no issuer.
    """
    scene = look(article, sentences, mentions, facts, universe, cast)
    found = [*_by_words(scene), *_by_figures(scene), *_by_outlooks(scene), *_made(scene, launches(scene))]
    found += _made(scene, acts(scene, {c.event.parent for c in found if c.event.sentence < LEAD // 2}))
    found += _made(scene, framed(scene, {(c.event.parent, c.event.issuer_id) for c in found}))
    found = as_purchases(scene, found)
    found = [c for c in found if c.event.type != "product_launch" or launched_now(scene, c.event.sentence)]
    heard = bearing(scene, own_outlooks(scene, found))
    marked = reported(scene, [c.event for c in heard])
    return settle(replace(c, event=event) for c, event in zip(heard, marked, strict=True))


def _by_words(scene: Scene) -> Iterator[Candidate]:
    for index in range(min(len(scene.sentences), _FURTHEST)):
        words = scene.words(index)
        if index and _TAIL.match(words):
            continue
        told = scene.main is not None
        for tried in patterns_for(words):
            pattern = tried.pattern
            if (
                told
                and pattern.type not in DEALS
                and unheard(pattern.type, placed(pattern.strength, index, scene.sentences[index]), index)
            ):
                continue
            if index < _DEPTH.get(pattern.type, LEAD) or not (pattern.lead or pattern.who is Who.MARKET):
                yield from _match(scene, index, words, tried)


def _match(scene: Scene, index: int, words: str, tried: Tried) -> Iterator[Candidate]:
    pattern, match = tried.pattern, tried.search(words)
    if match is None or (pattern.needs and not context(pattern.needs).search(words)):
        return
    if pattern.veto and context(pattern.veto).search(words):
        return
    start, end = match.start(), match.end()
    span = scene.sentences[index].span
    if not meant(pattern.type, words, start, end, scene.text[span.start : span.end]):
        return
    modality = pattern.modality or certainty(pattern.type, words, start, end)
    if modality is None:
        return
    if pattern.who is Who.MARKET:
        name = market_named(words, start, end, thing=pattern.type in _THINGS) or market_named(
            scene.lower, start, end, thing=pattern.type in _THINGS
        )
        if pattern.type == "market_wide_move" and _of_goods(words, start, end, name):
            return
        subject, other = Party(name or "global markets"), Party("")
    elif pattern.type not in _RATINGS and speaks_for_itself(scene, index):
        return
    else:
        subject, other = parties(scene, index, start, end, pattern.who, rating=pattern.type in _RATINGS)
        if pattern.type in _ASKED_FOR and subject.issuer_id in scene.backers and scene.main is not None:
            subject, other = Party(scene.name(scene.main), scene.main), subject
    if pattern.linked and subject.issuer_id is None:
        return
    if not subject.name:
        subject = Party(market_named(words, start, end, thing=False) or _NAMELESS.get(pattern.type, ""))
    if not subject.name:
        return
    if pattern.type == "contract_win":
        subject, other = _seller(scene, index, (start, end), subject, other)
    if pattern.type in DEALS:
        yield from dealt(scene, index, words, (start, end), pattern, modality, subject, other)
        return
    if pattern.type == "litigation" and words.startswith(("sue", "suing", "to sue"), start):
        subject, other, rule = _suit(scene, index, (start, end), subject, other)
        if rule is not None:
            yield candidate_of(scene, index, (start, end), pattern, modality, subject, other, rule)
            return
    polarity = _polarity(scene, words, start, end, pattern.rule, subject)
    if modality is Modality.DENIED:
        polarity = Polarity.NEUTRAL
    if pattern.type == "layoffs_restructuring" and polarity is Polarity.POSITIVE:
        glad = subject.issuer_id is not None and scene.reactions.get(subject.issuer_id, 0) > 0
        polarity = Polarity.POSITIVE if glad else Polarity.NEUTRAL
    if pattern.type == "commodity_price_move" and _SOFTS.search(words):
        polarity = Polarity.NEUTRAL
    if pattern.type == "denial_clarification":
        polarity = _relief(scene, words, subject)
        yield from denied_deal(scene, index, (start, end), pattern, subject)
    if (
        pattern.type == "settlement_or_fine"
        and subject.issuer_id
        and scene.moves.get(subject.issuer_id, 0) >= 1
    ):
        polarity = Polarity.POSITIVE
    if pattern.type == "central_bank_decision" and _PAUSED.search(scene.words(0)):
        polarity = Polarity.NEUTRAL if polarity is Polarity.POSITIVE else polarity
    if pattern.type == "market_wide_move" and _UNDECIDED.search(words, start, min(len(words), end + 14)):
        polarity = Polarity.NEUTRAL
    if pattern.type == "index_change":
        yield from _replaced(scene, index, (start, end), pattern)
    if pattern.type == "central_bank_decision" and polarity is Polarity.NEUTRAL:
        polarity = _tone_of_hold(scene)
    yield candidate_of(scene, index, (start, end), pattern, modality, subject, other, polarity)


def _of_goods(words: str, start: int, end: int, name: str) -> bool:
    """Futures of a page about oil are of oil, unless the words name shares."""
    return (
        words.startswith("futures", start) and name in _GOODS and "stock" not in words and "s&p" not in words
    )


def _polarity(scene: Scene, words: str, start: int, end: int, rule: Rule, subject: Party) -> Polarity:
    if rule in _FIXED:
        return _FIXED[rule]
    reaction = scene.reactions.get(subject.issuer_id, 0) if subject.issuer_id else 0
    if rule is Rule.REACTION:
        return _SIGNS[reaction]
    if rule is Rule.SAVINGS:
        if reaction or (subject.issuer_id in scene.reactions):
            return _SIGNS[reaction]
        return Polarity.POSITIVE if compiled(_SAVES).search(words) else Polarity.NEGATIVE
    ended = compiled(_ENDED).search(words, start) if rule is Rule.DIRECTION else None
    if ended:
        return _SIGNS[direction_of(ended.group())]
    sign = direction_of(words[start:end]) or direction_of(words[max(0, start - 20) : end + 60])
    return _SIGNS[-sign if rule is Rule.AGAINST else sign]


def _relief(scene: Scene, words: str, subject: Party) -> Polarity:
    """A denial is neutral, unless the shares rise on it or what is denied is a fault."""
    if subject.issuer_id is not None and scene.moves.get(subject.issuer_id, 0) >= _RELIEF:
        return Polarity.POSITIVE
    if "short seller" in scene.lower or "short-seller" in scene.lower or _BLAMED.search(words):
        return Polarity.POSITIVE
    if subject.issuer_id is not None and scene.moves.get(subject.issuer_id, 0) <= -_RELIEF:
        return Polarity.NEGATIVE
    return Polarity.NEUTRAL


def _replaced(scene: Scene, index: int, place: tuple[int, int], pattern: Pattern) -> Iterator[Candidate]:
    """The company that another replaces in an index leaves it."""
    span = scene.sentences[index].span
    for match in _REPLACES.finditer(scene.lower, span.start, span.end):
        out = next((m for m in scene.rows[index] if 0 <= m.span.start - match.end() <= 12), None)
        if out is not None:
            gone = Party(scene.name(out.issuer_id), out.issuer_id)
            yield candidate_of(
                scene, index, place, pattern, Modality.ACTUAL, gone, Party(""), Polarity.NEGATIVE
            )


def _tone_of_hold(scene: Scene) -> Polarity:
    hawkish = len(_HAWKISH.findall(scene.lower))
    dovish = len(_DOVISH.findall(scene.lower))
    return _SIGNS[(dovish > hawkish) - (hawkish > dovish)]


def _seller(
    scene: Scene, index: int, place: tuple[int, int], subject: Party, other: Party
) -> tuple[Party, Party]:
    """An order placed with a maker is the maker's win, whoever placed it."""
    base = scene.sentences[index].span.start
    if not _ORDERED.search(scene.lower, max(base, base + place[0] - 12), base + place[1]):
        return subject, other
    for mention in scene.rows[index]:
        gap = scene.lower[base + place[1] - 1 : mention.span.start]
        if mention.span.start >= base + place[1] - 1 and _FROM.search(gap):
            return Party(scene.name(mention.issuer_id), mention.issuer_id), subject
    return subject, other


def _suit(
    scene: Scene, index: int, place: tuple[int, int], subject: Party, other: Party
) -> tuple[Party, Party, Polarity | None]:
    """Turn "X sues Y" round: Y is the one it happens to."""
    base = scene.sentences[index].span.start
    before = scene.lower[base : base + place[0]]
    if re.search(r"(?:was|were|is|been|be|being|gets?|got) (?:\w+ )?$", before):
        return subject, other, None
    after = [m for m in scene.rows[index] if base + place[1] <= m.span.start <= base + place[1] + 40]
    if after:
        target = Party(scene.name(after[0].issuer_id), after[0].issuer_id)
        return target, subject if subject != target else other, Polarity.NEGATIVE
    return subject, other, Polarity.NEUTRAL


def _by_figures(scene: Scene) -> Iterator[Candidate]:
    for told in told_by_figures(scene):
        fact = told.fact
        assert fact.issuer_id is not None
        sentence = scene.sentences[fact.sentence]
        strength = placed(told.strength, fact.sentence, sentence, own=told.type in OWN_NEWS)
        event = event_of(
            scene,
            told.type,
            Party(scene.name(fact.issuer_id), fact.issuer_id),
            fact.span,
            fact.sentence,
            polarity=told.polarity,
            modality=Modality.ACTUAL,
            strength=strength,
        )
        yield Candidate(event, weak=told.weak)


def _by_outlooks(scene: Scene) -> Iterator[Candidate]:
    for told in outlooks(scene):
        sentence = scene.sentences[told.sentence]
        event = event_of(
            scene,
            told.type,
            Party(scene.name(told.issuer_id), told.issuer_id),
            told.span,
            told.sentence,
            polarity=told.polarity,
            modality=Modality.ACTUAL,
            strength=placed(told.strength, told.sentence, sentence, own=True),
        )
        yield Candidate(event)


def _made(scene: Scene, found: Iterable[Stated]) -> Iterator[Candidate]:
    for act in found:
        party = Party(scene.name(act.issuer_id), act.issuer_id) if act.issuer_id else Party(act.name)
        denied = act.type == "denial_clarification"
        event = event_of(
            scene,
            act.type,
            party,
            act.span,
            act.sentence,
            polarity=_relief(scene, scene.words(act.sentence), party) if denied else act.polarity,
            modality=Modality.ACTUAL,
            strength=placed(act.strength, act.sentence, scene.sentences[act.sentence]),
        )
        yield Candidate(event)
