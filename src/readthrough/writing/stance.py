"""Which way a page about no company tells that its market went: the currency, the yields, what was heard of a central bank.

A decision says little by itself: an unchanged rate can be heard as softer or as firmer than was priced. What short yields
and the home currency did says which; where neither is told, the words of the page do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Fact, Unit
from readthrough.writing.details import Detail
from readthrough.writing.firm import prominence
from readthrough.writing.metrics import sign_of

if TYPE_CHECKING:
    from readthrough.writing.scene import Scene

__all__ = [
    "BANK",
    "CURRENCIES",
    "MARKET",
    "commodity_move",
    "fx_level",
    "fx_move",
    "home_currency",
    "policy_rate",
    "tensions_of_market",
    "yield_move",
]

BANK: Final = lazily(
    r"\b(?:Federal Reserve|Fed|European Central Bank|ECB|Bank of (?:England|Japan|Canada|Korea|Mexico|Israel|Thailand|Russia)|BOJ|BoJ|BoE|BOE|"
    r"People's Bank of China|PBOC|Swiss National Bank|SNB|Riksbank|Norges Bank|Reserve Bank of (?:India|Australia|New Zealand)|RBA|RBI|RBNZ)\b"
)
CURRENCIES: Final = frozenset(
    "euro dollar yen pound sterling yuan renminbi rupee rouble ruble franc lira real peso rand won krona krone zloty forint baht rupiah "
    "ringgit shekel greenback".split()
)
_OF_BANK: Final = {
    "Federal Reserve": "dollar", "Fed": "dollar", "European Central Bank": "euro", "ECB": "euro", "Bank of England": "pound",
    "BoE": "pound", "BOE": "pound", "Bank of Japan": "yen", "BOJ": "yen", "BoJ": "yen", "Bank of Canada": "dollar",
    "Bank of Korea": "won", "Bank of Mexico": "peso", "Bank of Israel": "shekel", "Bank of Thailand": "baht",
    "Bank of Russia": "rouble", "People's Bank of China": "yuan", "PBOC": "yuan", "Swiss National Bank": "franc", "SNB": "franc",
    "Riksbank": "krona", "Norges Bank": "krone", "Reserve Bank of India": "rupee", "RBI": "rupee",
    "Reserve Bank of Australia": "dollar", "RBA": "dollar", "Reserve Bank of New Zealand": "dollar", "RBNZ": "dollar",
}  # fmt: skip
_SAME: Final = {"sterling": "pound", "renminbi": "yuan", "ruble": "rouble", "greenback": "dollar"}
_MOVED: Final = lazily(
    rf"\b(?P<of>{'|'.join(sorted(CURRENCIES))})\b(?: index)? (?:also |had |has |again )?"
    r"(?:(?P<up>rose|rises|climb(?:s|ed)|gain(?:s|ed)|jump(?:s|ed)|surge[sd]|strengthen(?:s|ed)|rall(?:ies|ied)|firm(?:s|ed)|advance[sd]|soar(?:s|ed)|"
    r"hits? (?:a )?(?:[\w-]+ )?high)|"
    r"(?P<down>fell|falls|tumble[sd]|weaken(?:s|ed)|slump(?:s|ed)|slid(?:es)?|slip(?:s|ped)|drop(?:s|ped)|eased|eases|sank|sinks|plunge[sd]|"
    r"los[et]s?|hits? (?:a )?(?:[\w-]+ )?low))\b",
    re.IGNORECASE,
)
_FIRMER: Final = lazily(
    r"\b(?:hawkish|higher for longer|not over|stubborn|persistent|closer call|bar (?:for|to) [^.;]{0,40}\bhigh|(?:scrap|scrapped|pared?|paring|trimm?(?:ed)?|"
    r"cut|pushed back|dialled back|rules? out)\b[^.;]{0,30}\b(?:bets|cuts?|easing|negative rates)|further (?:increases|tightening|rises)|upside risks?)"
)
_SOFTER: Final = lazily(
    r"\b(?:dovish|no (?:need to )?(?:rush|hurry)|plays? down inflation|played down inflation|further easing|more cuts|justify more|patient|"
    r"downside risks?|support (?:the )?(?:labou?r market|economy|growth|jobs)|weaker labou?r market|(?:scrap|scrapped|pared?|paring|pushed back)\b"
    r"[^.;]{0,30}\b(?:hikes|increases|rises|tightening))"
)
_HELD: Final = lazily(
    r"\b(?:left|leaves?|held|holds?|kept|keeps?|maintain\w*|unchanged|on hold|stands? pat)\b"
)
_CUT: Final = lazily(
    r"\b(?:cuts?|cutting|lower(?:s|ed)|reduc(?:es|ed)|eased)\b[^.;]{0,40}\b(?:rates?|points?)\b|\brate cut\b"
)
_RAISED: Final = lazily(
    r"\b(?:rais(?:es|ed)|hik(?:es|ed)|lift(?:s|ed)|increas(?:es|ed))\b[^.;]{0,40}\b(?:rates?|points?)\b|\brate (?:hike|rise)\b"
)
_LOST: Final = lazily(
    r"\b(?:shuts?|shutting|closure|attack\w*|outages?|disrupt\w*|strike|halt\w*|sanctions|embargo|blockade|drought|frost|export (?:ban|curbs)|"
    r"(?:output|production|supply) (?:cuts?|curbs?)|cuts? (?:in )?(?:output|production|supply)|shortages?|force majeure|poor (?:crop|harvest))\b"
)
_ADDED: Final = lazily(
    r"\b(?:bumper|surplus|glut|oversuppl\w+|(?:raise|lift|boost|increase|restore)[sd]? (?:oil )?(?:output|production|supply)|"
    r"(?:output|production|supply) (?:increase|hike|rise)s?|restart\w*|ceasefire|truce|good (?:crop|harvest)|record (?:crop|harvest|output|production))\b"
)
_INTERVENE: Final = lazily(r"\binterven\w+|\bsold (?:about )?[^.;]{0,20}\breserves\b")
_RATES: Final = frozenset({"interest rate", "rate", "rates", "policy rate", "deposit rate"})
_UP_FRONT: Final = 8  # an event in the headline or the first sentence
_MANAGED: Final = frozenset(
    "yen won yuan renminbi rupee rupiah baht ringgit lira franc".split()
)  # its authorities buy and sell it
_OPENING: Final = 5  # sentences in which a page tells what its market did
MARKET: Final = frozenset("bank_softer bank_firmer currency_up currency_down yields_up yields_down".split())
"""What may wake a playbook of markets, though the page holds no event."""


def tensions_of_market(scene: Scene, fallback: str) -> Iterable[str]:
    """Tell which way a page about no company says that its market went.

    Args:
        scene: The page.
        fallback: What the subject is called; a currency is no index.
    """
    if _is_currency(fallback):
        yield "of_currency"
    yields, currency = yield_move(scene), _currency_match(scene)
    way = 0 if currency is None else 1 if currency["up"] else -1
    sign = sign_of(yields) if yields is not None else 0
    if sign:
        yield "yields_up" if sign > 0 else "yields_down"
    if way:
        yield "currency_up" if way > 0 else "currency_down"
    if currency is not None and currency["of"].lower() in _MANAGED:
        yield "managed_currency"
    if _INTERVENE.search(scene.lowered):
        yield "intervention"
    opening = _opening(scene).lower()
    good = commodity_move(scene)
    if good is not None:
        rose = good.change is Direction.UP
        if (_LOST if rose else _ADDED).search(opening):
            yield "supply_lost" if rose else "supply_added"
    if not _speaks_of_bank(scene):
        return
    # what is done to the rate stands in the headline, or in the sentence after it
    for name, pattern in (("rate_held", _HELD), ("rate_cut", _CUT), ("rate_raised", _RAISED)):
        if pattern.search(opening[:240]):
            yield name
            break
    heard = sign or way or bool(_FIRMER.search(opening)) - bool(_SOFTER.search(opening))
    if heard:
        yield "bank_firmer" if heard > 0 else "bank_softer"


def yield_move(scene: Scene) -> Fact | None:
    """The move of a bond yield that the page tells in basis points."""
    yields = (
        f
        for f in scene.reading.facts
        if f.metric == "bond yield" and f.unit is Unit.BASIS_POINTS and not f.background
    )
    return next((f for f in yields if f.change in (Direction.UP, Direction.DOWN)), None)


def home_currency(scene: Scene) -> Detail | None:
    """The currency the page is about, as a sentence names it; of a central bank's page its own."""
    move = _currency_match(scene)
    if move is None:
        return None
    name = move["of"].lower()
    return Detail(name if name == "sterling" else f"the {name}", Span(*move.span("of")))


def fx_move(scene: Scene) -> Fact | None:
    """The percentage by which an exchange rate moved, the home currency's own first."""
    home = home_currency(scene)
    moves = _moves_of(scene, "exchange rate")
    name = home.text.removeprefix("the ") if home else ""
    return min(moves, key=lambda f: (name not in f.subject.lower(), f.sentence), default=None)


def fx_level(scene: Scene) -> Fact | None:
    """The rate at which a currency stands, beside its move."""
    move = fx_move(scene)
    levels = (f for f in scene.reading.facts if f.metric == "exchange rate" and f.unit is not Unit.PERCENT)
    return next((f for f in levels if move is not None and f.sentence == move.sentence), None)


def commodity_move(scene: Scene) -> Fact | None:
    """The day's move of a good's price, as a percentage."""
    return next(_moves_of(scene, "commodity price", "oil price"), None)


def _moves_of(scene: Scene, *metrics: str) -> Iterator[Fact]:
    return (
        f
        for f in scene.reading.facts
        if f.metric in metrics
        and f.unit is Unit.PERCENT
        and f.change in (Direction.UP, Direction.DOWN)
        and f.subject
        and not f.background
    )


def policy_rate(scene: Scene) -> Fact | None:
    """The rate that a central bank set, as the page first gives it."""
    rates = (
        f for f in scene.reading.facts if f.metric in _RATES and f.unit is Unit.PERCENT and not f.background
    )
    return min(rates, key=lambda f: (f.metric != "interest rate", f.sentence), default=None)


def _speaks_of_bank(scene: Scene) -> bool:
    """Tell whether a central bank is what the page is about, and not only named beside a figure or a market."""
    if BANK.search(scene.article.headline) is not None:
        return True
    return any(e.parent == "central_bank" and prominence(e, scene) >= _UP_FRONT for _, e in scene.firm)


def _currency_match(scene: Scene) -> re.Match[str] | None:
    end = len(_opening(scene))
    found = list(_MOVED.finditer(scene.text, 0, end))
    bank = BANK.search(scene.text, 0, end)
    home = _OF_BANK.get(bank.group(), "") if bank else ""
    own = [m for m in found if _SAME.get(m["of"].lower(), m["of"].lower()) == home]
    return next(iter(own or found), None)


def _is_currency(name: str) -> bool:
    words = name.lower().split()
    return bool(words) and words[-1] in CURRENCIES


def _opening(scene: Scene) -> str:
    end = max((s.span.end for s in scene.reading.sentences if s.index <= _OPENING), default=0)
    return scene.text[:end]
