"""Which of the things told are this article's own news, and which are asides, colour or background."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Modality, Polarity, Unit
from readthrough.reading.event_scene import Scene
from readthrough.reading.event_settle import Candidate
from readthrough.reading.patterns import compiled
from readthrough.reading.patterns.market_frames import ASSETS

__all__ = ["OWN_NEWS", "bearing", "unheard"]

# what a company tells of itself counts wherever it stands in the text
OWN_NEWS: Final = frozenset(
    "earnings_beat earnings_miss earnings_mixed guidance_raise guidance_cut guidance_maintained user_metrics "
    "credit_quality_deterioration buyback buyback_suspension dividend_increase dividend_cut_or_suspension "
    "layoffs_restructuring credit_rating_upgrade credit_rating_downgrade ma_announced management_change "
    "share_offering sector_readacross denial_clarification settlement_or_fine analyst_upgrade analyst_downgrade".split()
)
# what stays news when told with "could" or "if": the sentence that says it is the deed
_SAID: Final = frozenset(
    "earnings_beat earnings_miss earnings_mixed guidance_raise guidance_cut guidance_maintained user_metrics "
    "credit_quality_deterioration sector_readacross denial_clarification settlement_or_fine buyback "
    "buyback_suspension".split()
)
_OF_OTHERS: Final = frozenset(
    "earnings_beat earnings_miss earnings_mixed guidance_raise guidance_cut user_metrics sector_readacross "
    "ma_announced ma_rumour_or_nonbinding analyst_upgrade analyst_downgrade index_change "
    "credit_rating_upgrade credit_rating_downgrade".split()
)
# told of a company in passing these are what it was, not what happened to it
_ASIDES: Final = frozenset(
    {"activist_involvement", "insider_selling", "product_pricing", "product_discontinuation"}
)
_NEWSY: Final = frozenset({"sanctions", "regulatory_rule_change", "recap_no_new_information"})
_OF_MARKETS: Final = frozenset(
    "market_wide_move commodity_price_move fx_move crypto_market_event central_bank_decision "
    "central_bank_appointment macro_data_release tariff_trade_policy political_event".split()
)
_MOVES: Final = frozenset({"market_wide_move", "commodity_price_move", "fx_move", "crypto_market_event"})
# what moves whole sectors by itself; their shares then tell of it, not of each other
_POLICY: Final = frozenset(
    {"macro_data_release", "central_bank_decision", "tariff_trade_policy", "sanctions", "political_event"}
)
_REPORTED: Final = frozenset({"earnings_beat", "earnings_miss", "earnings_mixed"})
_RATINGS: Final = frozenset({"analyst_upgrade", "analyst_downgrade"})
_DEALS: Final = frozenset({"ma_announced", "ma_rumour_or_nonbinding", "ma_blocked_or_terminated"})
_MARKET_HEADLINE: Final = (
    r"(?:stocks?|wall street|dow|s&p(?: 500)?|nasdaq|ftse(?: 100)?|nikkei|sensex|nifty|hang seng|stoxx(?: 600)?|dax|"
    r"markets?|equities|(?:stock |index )?futures|global shares|world shares|european shares|asian shares|"
    r"indexes|indices|asx|tsx|kospi|bourses?|shares (?:slide|fall|rise|rally|slip|gain|climb|tumble|sink|drop|end))"
)
_BANK_HEADLINE: Final = (
    r"(?:<bank>|rates?|rate[- ](?:cut|hike|rise|decision)s?|hawkish|dovish|policymakers|monetary|bps)"
)
_LEADS: Final = lazily(rf"(?:[a-z.',: -]{{0,25}} )?{_MARKET_HEADLINE}(?!\w)")
_UNDECIDED: Final = lazily(r"\b(?:mixed|flat|little changed|unchanged|muted|waver(?:s|ed)?|directionless)\b")
_POLITICS: Final = lazily(
    r"\b(?:elections?|votes?|voters?|polls?|parliament|congress|senate|president|premier|prime minister|minist(?:er|ers|ry)|chancellor|government|cabinet|shutdown|protests?|unrest|coup|wars?|invasion|"
    r"cease-?fire|peace|truce|missiles?|attacks?|strikes?|troops|military|impeach\w*|referendum|brexit|debt ceiling|trump|biden|politic\w*|geopolitic\w*|tensions?|tax(?:es)?|stimulus|budget|fiscal|spending|aid|coalition|crisis|emergency)\b"
)
_COMPETITION: Final = lazily(
    r"\b(?:(?:ftc|federal trade commission|european commission|eu|ec|justice department|doj)(?:['’]s)? (?:antitrust )?(?:case|suit|lawsuit|complaint|ruling|trial)|"
    r"(?:case|suit|lawsuit|complaint|trial)s? (?:by|with|to|from) the (?:u\.s\. )?(?:ftc|federal trade commission|european commission|eu|ec)|antitrust|monopol\w+|anti-?competitive)\b"
)
_SHARP: Final = 1  # per cent an index moves to be an event of a story about something else
_NEAR: Final = 2  # sentences, headline included, that carry a story's own subject
_LEADING: Final = 4
_HEARD: Final = 0.45  # strength from which the rest of the body is news of the story's own subject


def bearing(scene: Scene, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that are the article's own news, their signs agreed across markets."""
    if not scene.sentences:
        return list(found)
    headline = scene.words(0)
    named = {m.issuer_id for m in scene.rows[0]}
    market = _of_market(headline) and not (named and not _LEADS.match(headline))
    rated = any(c.event.type in _RATINGS and c.event.sentence < _NEAR for c in found)
    ahead = {c.event.type for c in found if c.event.sentence == 0}
    company = not market and (bool(named) or (scene.main is not None and not ahead & _OF_MARKETS))
    reported = any(c.event.type in _REPORTED and c.event.issuer_id == scene.main for c in found)
    dealt = any(c.event.type in _DEALS and c.event.sentence < _LEADING for c in found)
    kept = []
    for candidate in found:
        event = candidate.event
        if event.sentence == 0 and not (event.type in ("market_wide_move", "fx_move") and company):
            kept.append(candidate)
        elif event.type in _OF_MARKETS and event.issuer_id is None:
            if _market_news(scene, candidate, company=company, market=market, ahead=ahead):
                kept.append(candidate)
        elif (
            (event.type == "contract_win" and event.sentence > _LEADING and reported)
            or (event.type == "sector_readacross" and (market or ahead & _POLICY))
            or (rated and not ahead - _RATINGS and event.type not in _RATINGS)
            or (event.type in _DEALS and event.sentence > _LEADING and not dealt)
        ):
            continue
        elif _company_news(scene, candidate, market=market):
            kept.append(candidate)
    return _agreed(scene, _soured_cuts(_denied([_of_competition(scene, c) for c in kept])))


def unheard(type_: str, strength: float, index: int) -> bool:
    """Tell of a trigger so deep in the body, and so faint there, that `bearing` would drop it anyway."""
    if index < _LEADING or type_ in OWN_NEWS or type_ in _OF_MARKETS or type_ in _OF_OTHERS:
        return False
    return type_ in _ASIDES or strength < _HEARD


def _of_competition(scene: Scene, candidate: Candidate) -> Candidate:
    """A case that the authorities of competition bring, or a complaint to them, is about competition."""
    event = candidate.event
    if event.type != "litigation" or not _COMPETITION.search(scene.words(event.sentence)):
        return candidate
    return replace(candidate, event=replace(event, type="antitrust_action", parent="antitrust_action"))


def _denied(kept: list[Candidate]) -> list[Candidate]:
    """What the headline denies is no rumour of the denier, and nobody else denies it."""
    deniers = {
        c.event.subject for c in kept if c.event.type == "denial_clarification" and not c.event.sentence
    }
    if not deniers:
        return kept
    return [
        c
        for c in kept
        if not c.event.sentence
        or c.event.type not in ("denial_clarification", "ma_rumour_or_nonbinding")
        or (c.event.subject in deniers) == (c.event.type == "denial_clarification")
    ]


def _soured_cuts(kept: list[Candidate]) -> list[Candidate]:
    """Job cuts that come with a warning or a bad quarter are no good news."""
    warned = {c.event.subject for c in kept if c.event.type in ("guidance_cut", "earnings_miss")}
    return [
        replace(c, event=replace(c.event, polarity=Polarity.NEGATIVE))
        if c.event.type == "layoffs_restructuring" and c.event.subject in warned
        else c
        for c in kept
    ]


def _of_market(headline: str) -> bool:
    return bool(compiled(_MARKET_HEADLINE).search(headline))


def _company_news(scene: Scene, candidate: Candidate, *, market: bool) -> bool:
    event = candidate.event
    unsure = event.modality is Modality.CONDITIONAL and event.type not in _SAID
    if event.issuer_id is None and event.sentence and _of_nobody(scene) and event.parent not in _NEWSY:
        return False
    if event.sentence < _LEADING:
        return not (unsure and event.sentence > _NEAR)
    if event.type in _ASIDES:
        return False
    focus = event.issuer_id is not None and (
        event.issuer_id == scene.main or any(m.issuer_id == event.issuer_id for m in scene.rows[0])
    )
    if event.issuer_id is None and not scene.main:
        return not unsure
    if focus:
        return (event.type in OWN_NEWS and not unsure) or (not unsure and event.strength >= _HEARD)
    return (
        (market or event.type == "sector_readacross")
        and event.type in _OF_OTHERS
        and event.modality is not Modality.CONDITIONAL
    )


def _of_nobody(scene: Scene) -> bool:
    """A story whose headline and first sentence name no issuer tells of economies and markets."""
    return not any(scene.rows[:_NEAR])


def _market_news(scene: Scene, candidate: Candidate, *, company: bool, market: bool, ahead: set[str]) -> bool:
    event = candidate.event
    if event.modality is Modality.CONDITIONAL:
        return False
    if event.type == "fx_move" and company:
        return False
    if event.type == "market_wide_move":
        return market or (not company and (_sharp(scene, event.sentence) or _of_assets(scene)))
    if event.type in ahead:
        return True
    if event.type == "political_event" and not _POLITICS.search(scene.words(0)):
        return False
    if event.type == "central_bank_decision":
        headline = scene.words(0)
        return not company and (
            bool(compiled("<bank>" if market else _BANK_HEADLINE).search(headline))
            or (not market and event.sentence < _NEAR and not ahead)
        )
    if event.type in _MOVES:
        return not company and not ahead and event.sentence <= _NEAR
    if company:
        return event.type == "tariff_trade_policy" and event.sentence < _NEAR and "tariff" in scene.words(0)
    return event.sentence < _LEADING and (not ahead or event.sentence < _NEAR)


def _of_assets(scene: Scene) -> bool:
    """A headline of currencies, bonds or a class of assets that names no firm."""
    return not scene.rows[0] and ASSETS.search(scene.words(0)) is not None


def _sharp(scene: Scene, index: int) -> bool:
    return any(
        f.sentence == index
        and f.unit is Unit.PERCENT
        and f.value >= _SHARP
        and f.change is not Direction.FLAT
        for f in scene.facts
    )


def _agreed(scene: Scene, kept: list[Candidate]) -> list[Candidate]:
    """One sign for each kind of market news: what the headline says, else what is told first."""
    signs: dict[str, Polarity] = {}
    for candidate in sorted(kept, key=lambda c: (c.event.sentence, c.event.span.start)):
        event = candidate.event
        if event.type in _OF_MARKETS and event.issuer_id is None:
            held = signs.get(event.type)
            if held is None or (held is Polarity.NEUTRAL and not _UNDECIDED.search(scene.words(0))):
                signs[event.type] = event.polarity
    market = signs.get("market_wide_move")
    agreed = []
    for candidate in kept:
        event = candidate.event
        if event.type in _OF_MARKETS and event.issuer_id is None:
            if event.polarity is not signs[event.type]:
                continue
            if event.type == "commodity_price_move" and _soured(scene, market, event.polarity):
                assert market is not None
                candidate = replace(candidate, event=replace(event, polarity=market))
        agreed.append(candidate)
    return agreed


def _soured(scene: Scene, market: Polarity | None, polarity: Polarity) -> bool:
    """Dearer oil that the headline of a falling market names is bad for that market, and the reverse."""
    return (
        market is not None
        and market is not Polarity.NEUTRAL
        and market is not polarity
        and bool(re.search(r"\b(?:oil|crude|brent|energy|gas) ?(?:prices?)?\b", scene.words(0)))
    )
