"""Related companies as a story may name them: those it names first, then those nearest to what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from readthrough.domain.lazy import lazily
from readthrough.domain.security import Edge, IssuerId, Relation
from readthrough.writing.words import short_name

if TYPE_CHECKING:
    from readthrough.writing.scene import Scene, Subject

__all__ = ["Tie", "supplies", "ties_of"]

_SUPPLIED_BY: Final = lazily(r"\b(?:supplied|provided|delivered|built|made) by (?:the )?(?:[a-z]+ )?$")
_SUPPLIES: Final = lazily(
    r"^[\w&. -]{2,30} (?:supplies|supplied|makes the|made the|builds the|provides)\b|, a supplier\b"
)
_BY_PRODUCT: Final = frozenset({"biotech", "pharma", "medtech"})
_UPKEEP: Final = (
    "office",
    "catering",
    "power contract",
    "power for",
    "leases",
    "music rights",
    "uniform",
    "cleaning",
    "store cards",
)
_SEVERAL: Final = (
    4  # fields of rivalry from which on a company is several: its rivals in one are none in another
)
_PLAIN: Final = frozenset(
    "services service systems digital personal company companies online other models software headsets medicines medicine drugs drug pipeline and the for with treatments treatment devices device products benefit therapies therapy of".split()
)
# trades whose customers cannot turn to another country: a rival there gains nothing by what happens here
_LOCAL: Final = frozenset(
    {
        "railways",
        "utilities",
        "waste_services",
        "telecom",
        "supermarkets",
        "homebuilders",
        "health_services",
        "power_producers",
    }
)
_LICENSED: Final = frozenset({"utilities"})  # nor to another company in the same one
_KIN: Final = {
    "obesity": ("weight-loss", "weight loss", "glp-1"), "diabetes": ("insulin", "glp-1"), "vaccines": ("vaccin", "shots"),
    "cancer": ("oncolog", "tumour", "tumor", "leukemia", "lymphoma", "myeloma"), "oncology": ("cancer", "tumour", "tumor"),
    "smartphones": ("iphone", "handset", "galaxy phone", "smart phone"), "computers": ("mac ", "macbook", "laptop", "windows"),
    "advertising": ("advertis", "ad revenue", "ad sales", "marketers"), "social": ("instagram", "facebook users", "social network"),
    "cloud": ("aws", "azure"), "streaming": ("stream", "subscriber"), "search": ("search engine", "search "),
    "cars": ("vehicle", "model 3", "model s", "carmaker", "automaker"), "robotaxis": ("self-driving", "autonomous", "autopilot"),
    "aircraft": ("planemaker", "jetliner", " jets", "737", "787", "a320", "a350"), "defence": ("defense", "pentagon", "missile", "fighter", "military", "air force"),
    "eye": ("macular", "retina"), "heart": ("cardi",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tie:
    """A related company as it may be named: by which edge, and what its listing is."""

    name: str
    ticker: str
    edge: Edge


def ties_of(subject: Subject, relation: Relation) -> tuple[Tie, ...]:
    """List the companies tied to a subject by one relation, the most telling first.

    Named in the article comes before listed, and listed before the weight of the tie; a rival also
    counts by the themes it shares with the story and by its country.
    """
    if subject.issuer_id is None:
        return ()
    edges: tuple[Edge, ...] = subject.scene.edges(subject.issuer_id, relation)
    if relation is Relation.COMPETITOR:
        edges = _in_reach(subject, _fitting(subject, edges))
    if relation is Relation.SUPPLIER:
        edges = _for_this_story(subject, edges)
    told = {w for theme in subject.scene.reading.themes for w in theme.lower().split()}
    rivals = relation is Relation.COMPETITOR
    ranked = sorted(
        edges,
        key=lambda e: (
            e.target not in subject.scene.mentioned,
            _is_private(subject, e),
            -_closeness(subject, e) - (_kinship(subject, e, told) if rivals else 0.0),
        ),
    )
    ties = (_tie(subject, edge) for edge in ranked)
    return tuple(t for t in ties if t is not None)


def supplies(scene: Scene, issuer_id: IssuerId) -> bool:
    """Tell whether the article shows a company as supplier of what the story is about."""
    spots = [m.span.start for m in scene.reading.mentions if m.issuer_id == issuer_id]
    return any(
        _SUPPLIES.search(scene.lowered[at : at + 60])
        or _SUPPLIED_BY.search(scene.lowered[max(0, at - 40) : at])
        for at in spots
    )


def _fitting(subject: Subject, edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """Keep the rivals in the field the story is about; a rival in one medicine, or one trade, is none in another."""
    scene = subject.scene
    fields = {e.why for e in edges}
    headline = scene.article.headline.lower()
    headed = {why for why in fields if len(fields) > 1 and _is_headed(why, headline)}
    if headed:
        return tuple(e for e in edges if e.target in scene.mentioned or e.why in headed)
    if subject.lens is None or (subject.lens.ids.isdisjoint(_BY_PRODUCT) and len(fields) < _SEVERAL):
        spoken = {why for why in fields if _is_of_field(why, scene.lowered)} or fields
        return tuple(e for e in edges if e.target in scene.mentioned or e.why in spoken)
    by_product = not subject.lens.ids.isdisjoint(_BY_PRODUCT)
    own = "" if by_product else _own_field(subject.lens.id, *subject.lens.words)
    told = {why for why in fields if _is_of_field(why, scene.lowered) or _is_of_field(why, own)}
    return tuple(e for e in edges if e.target in scene.mentioned or e.why in told)


def _in_reach(subject: Subject, edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """Leave out rivals that customers could not turn to: a railway of another country, a water company of another town."""
    if subject.lens is None or subject.issuer is None or subject.lens.ids.isdisjoint(_LOCAL):
        return edges
    scene, home = subject.scene, subject.issuer.country
    licensed = not subject.lens.ids.isdisjoint(_LICENSED)
    return tuple(
        e
        for e in edges
        if e.target in scene.mentioned
        or (not licensed and (rival := scene.universe.issuer(e.target)) is not None and rival.country == home)
    )


def _for_this_story(subject: Subject, edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """Leave out landlords, caterers and power stations, unless the story is about them."""
    scene = subject.scene
    return tuple(
        e
        for e in edges
        if e.target in scene.mentioned
        or not any(k in e.why.lower() for k in _UPKEEP)
        or _is_of_field(e.why, scene.lowered)
    )


def _is_of_field(why: str, lowered: str) -> bool:
    return any(k in lowered for k in _words_of(why))


def _is_headed(why: str, headline: str) -> bool:
    """Tell whether a headline holds every word of a field, or what a text says for it: "ore grades" is not iron ore."""
    field = _kin_of(why)
    return bool(field) and all(
        any(re.search(rf"\b{re.escape(k.strip())}", headline) for k in kin) for kin in field
    )


@lru_cache(maxsize=256)
def _own_field(*words: str) -> str:
    """What a company of this industry is first of all, whatever the story."""
    return " ".join(words).replace("_", " ").lower()


@lru_cache(maxsize=4096)
def _words_of(why: str) -> tuple[str, ...]:
    """The words by which a text shows that it is about a field of rivalry."""
    return tuple(k for kin in _kin_of(why) for k in kin)


@lru_cache(maxsize=4096)
def _kin_of(why: str) -> tuple[tuple[str, ...], ...]:
    """Each telling word of a field, with what a text may say for it."""
    words = [w for w in re.findall(r"[a-z][\w'-]{2,}", why.lower()) if w not in _PLAIN]
    return tuple((w.removesuffix("'s").removesuffix("s"), *_KIN.get(w, ())) for w in words)


def _is_private(subject: Subject, edge: Edge) -> bool:
    issuer = subject.scene.universe.issuer(edge.target)
    return issuer is None or not issuer.ticker


def _closeness(subject: Subject, edge: Edge) -> float:
    """The larger of the two sides' shares of business: a supplier that lives on it ranks high."""
    most = edge.weight or 0.0
    for back in subject.scene.edges(edge.target):
        if back.target == edge.source and back.weight is not None and back.weight > most:
            most = back.weight
    return most


def _kinship(subject: Subject, edge: Edge, told: set[str]) -> float:
    """How near a rival stands to what this story is about: up to two shared themes, and the country."""
    themes = subject.scene.universe.graph.themes(edge.target)
    shared = sum(not told.isdisjoint(theme.lower().split()) for theme in themes)
    rival = subject.scene.universe.issuer(edge.target)
    home = subject.issuer is not None and rival is not None and rival.country == subject.issuer.country
    return min(2, shared) + float(home)


def _tie(subject: Subject, edge: Edge) -> Tie | None:
    issuer = subject.scene.universe.issuer(edge.target)
    if issuer is None or edge.target == subject.issuer_id:
        return None
    return Tie(short_name(issuer.name), issuer.ticker, edge)
