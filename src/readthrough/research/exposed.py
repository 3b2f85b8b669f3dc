"""Which holdings are exposed to a company, a country, a theme or something outside: by the ties that are known.

Nothing is read out of prose: a path is a tie of the graph (suppliers, customers, rivals, owners), a theme both belong
to, what a rise of something outside does to a share, or where an issuer sits. Each is told with its path and weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from readthrough.domain.lazy import lazily
from readthrough.domain.security import Edge, Issuer, Relation
from readthrough.research.answer import Answer
from readthrough.research.kinds import sector_in
from readthrough.research.places import country_named
from readthrough.research.retrieve import Question, stem
from readthrough.universe import Universe

__all__ = ["Held", "Outside", "exposed", "exposure_asked", "outside_named"]

_ASKED: Final = lazily(
    r"\b(?:exposed|exposures?|sensitive|sensitivit(?:y|ies)|vulnerable|tied|linked|geared) to (?:the (?:price|cost)s? of )?(?P<to>[^?.;]{2,80})"
    r"|\bhow (?:exposed|sensitive|vulnerable|geared) (?:is|are|am) [^?]{1,40}? to (?:the (?:price|cost)s? of )?(?P<how>[^?.;]{2,80})"
    r"|\b(?:depends?|dependent|rel(?:y|ies)|reliant) (?:up)?on (?P<on>[^?.;]{2,80})"
    r"|\b(?:supply|supplies|suppl(?:y|ies) to|sells? to|compete with|competes with|suppliers? (?:of|to)|customers? of|rivals? of|competitors? of) (?P<with>[^?.;]{2,80})",
    re.IGNORECASE,
)
_ONLY: Final = (
    (lazily(r"\b(?:supply|supplies|suppliers?|sells? to)\b", re.IGNORECASE), Relation.SUPPLIER),
    (lazily(r"\b(?:compet\w+|rivals?)\b", re.IGNORECASE), Relation.COMPETITOR),
    (lazily(r"\bcustomers? of\b", re.IGNORECASE), Relation.CUSTOMER),
)
_TAIL: Final = lazily(
    r"\s+(?:in|of|across|within|among) (?:my|our|the)\b[^?]*$|\s+(?:the most|most|right now|now|today|and (?:how|by|why)\b.*|by how much.*|either|prices?|price rises?)$",
    re.I,
)
_LISTED: Final = 40

# what questions call the drivers of the graph; general English of the trade
_DRIVERS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (r"(?:crude )?oil|crude|brent|wti|fuel|jet fuel|energy prices", ("oil",)),
    (r"(?:natural )?gas|lng", ("gas",)),
    (r"power|electricity", ("power",)),
    (r"(?:higher |rising |lower |falling )?(?:interest |policy )?rates|(?:bond )?yields|rate (?:hikes?|cuts?|rises?)|the fed|interest rate risk", ("rates",)),
    (r"(?:the |a |strong |stronger |weak |weaker )*(?:us )?dollar|usd|currenc(?:y|ies)|fx", ("dollar",)),
    (r"credit(?: risk| losses| spreads)?|defaults", ("credit",)),
    (r"(?:the )?(?:us )?housing(?: market)?|house prices|home ?building", ("housing",)),
    (r"(?:the )?consumers?(?: spending)?|discretionary spending", ("consumer",)),
    (r"capital markets|deal ?making|ipos|m&a", ("capital markets",)),
    (r"copper", ("copper",)),
    (r"gold", ("gold",)),
    (r"iron ore|steel|iron and steel", ("iron and steel",)),
    (r"freight(?: rates| costs)?|shipping (?:rates|costs)", ("freight",)),
    (r"memory(?: prices| chips)?|dram|nand|flash", ("memory prices",)),
    (r"ai|artificial intelligence|ai (?:spending|capex|investment)|data cent(?:re|er)s?(?: spending)?", ("AI spending",)),
    (r"crypto\w*|bitcoin|ethereum|ether", ("crypto",)),
    (r"def[ae]n[cs]e(?: budgets| spending)?", ("defence budgets",)),
    (r"chin(?:a|ese)(?: demand| economy| growth)?|demand (?:in|from) china", ("China demand",)),
    (r"(?:(?:new|us|higher|trump'?s?) )*tariffs|trade (?:war|policy)", ("tariffs on China", "tariffs on Mexico and Canada", "tariffs on the EU",
        "tariffs on Japan and Korea", "tariffs on Southeast Asia", "tariffs on India", "tariffs on Switzerland", "tariffs on metals")),
    (r"(?:\w+ )?tariffs on (?:\w+ ){0,4}chin\w+(?: goods| imports)?|chin(?:a|ese) tariffs", ("tariffs on China",)),
    (r"(?:\w+ )?tariffs on (?:\w+ ){0,4}(?:mexic\w+|canad\w+)(?: goods| imports)?|(?:mexic\w+|canad\w+) tariffs", ("tariffs on Mexico and Canada",)),
    (r"(?:\w+ )?tariffs on (?:the )?(?:eu|europe\w*(?: union)?|german\w*|french|france)(?: goods| imports)?|(?:eu|european) tariffs", ("tariffs on the EU",)),
    (r"(?:\w+ )?tariffs on (?:south )?(?:japan\w*|korea\w*)(?: goods| imports)?", ("tariffs on Japan and Korea",)),
    (r"(?:\w+ )?tariffs on (?:vietnam\w*|indonesia\w*|thai\w*|cambodia\w*|southeast asia)(?: goods| imports)?", ("tariffs on Southeast Asia",)),
    (r"(?:\w+ )?tariffs on india\w*(?: goods| imports)?|indian tariffs", ("tariffs on India",)),
    (r"(?:\w+ )?tariffs on (?:switzerland|swiss)(?: goods| imports)?|swiss tariffs", ("tariffs on Switzerland",)),
    (r"(?:\w+ )?tariffs on (?:steel|aluminium|aluminum|metals)(?: imports)?|(?:steel|metals?) tariffs", ("tariffs on metals",)),
)  # fmt: skip
_COMPILED: Final = tuple((lazily(pattern, re.IGNORECASE), drivers) for pattern, drivers in _DRIVERS)
_THEMES_CALLED: Final = {
    "evs": "Electric vehicles", "ev": "Electric vehicles", "ai": "AI compute", "obesity drugs": "GLP-1", "glp-1s": "GLP-1",
    "memory": "Memory chips", "commercial property": "Office property", "semiconductor equipment": "Chip equipment",
    "nuclear power": "Nuclear", "uranium": "Nuclear", "batteries": "EV batteries", "cyber security": "Cybersecurity",
    "iphones": "iPhone supply chain", "the iphone": "iPhone supply chain", "airlines": "Airlines and fuel", "chinese internet": "China internet",
}  # fmt: skip
_READS: Final = {
    Relation.SUPPLIER: "supplies {x}",
    Relation.CUSTOMER: "buys from {x}",
    Relation.COMPETITOR: "competes with {x}",
    Relation.OWNER: "owns {x}",
    Relation.SUBSIDIARY: "belongs to {x}",
    Relation.PARTNER: "is a partner of {x}",
}
_SEVERAL: Final = {Relation.SUPPLIER: "supply {x}", Relation.CUSTOMER: "buy from {x}"}
_BETWEEN: Final = 4
_CHAIN: Final = (Relation.SUPPLIER, Relation.CUSTOMER)
_EFFECT: Final = {
    (1, 2): "gains much from a rise",
    (1, 1): "gains from a rise",
    (-1, 2): "loses much from a rise",
    (-1, 1): "loses from a rise",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is held of an issuer in one portfolio; `weight` is a share of its net asset value, None where unknown."""

    portfolio: str
    ticker: str
    issuer_id: str
    weight: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What holdings may be exposed to beside a company: drivers and themes of the graph, a country, a sector."""

    drivers: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    country: str = ""
    sector: str = ""

    @property
    def known(self) -> bool:
        """Whether anything of it is known."""
        return bool(self.drivers or self.themes or self.country or self.sector)


def exposure_asked(text: str) -> str:
    """Return what a question asks the exposure to; empty where it asks for no such thing.

    >>> exposure_asked("Which of my holdings are exposed to Taiwan?"), exposure_asked("Which of my holdings supply Apple?")
    ('Taiwan', 'Apple')
    >>> exposure_asked("What did Orbex say about exposure?")
    ''
    """
    found = _ASKED.search(text)
    if found is None:
        return ""
    return _TAIL.sub("", (found["to"] or found["how"] or found["on"] or found["with"]).strip()).strip(" ,'\"")


def outside_named(words: str, universe: Universe) -> Outside:
    """Return what some words mean beside a company.

    Args:
        words: What the exposure is asked to, as `exposure_asked` gives it.
        universe: Whose graph.
    """
    plain = " ".join(words.lower().replace("’", "'").split())
    bare = plain.removeprefix("the ").removesuffix(" prices").removesuffix(" price")
    known = universe.graph.drivers
    drivers = [
        name
        for pattern, names in _COMPILED
        if pattern.fullmatch(plain) or pattern.fullmatch(bare)
        for name in names
        if name in known
    ]
    drivers += [name for name in known if name.lower() in (plain, bare)]
    if country := country_named(plain):
        # "tariffs on Switzerland" is of Switzerland
        drivers += [name for name in known if country in _countries_of(name)]
    themes = [_THEMES_CALLED[bare]] if bare in _THEMES_CALLED else []
    asked = {stem(word) for word in re.findall(r"[^\W_]+", bare)} - {"the", "and"}
    for theme in universe.graph.theme_names:
        words_of = {stem(word) for word in re.findall(r"[^\W_]+", theme)}
        if asked and (asked == words_of or (len(asked) > 1 and asked <= words_of)):
            themes.append(theme)
    told = [theme for theme in dict.fromkeys(themes) if theme in universe.graph.theme_names]
    sector = "" if drivers or told or country else sector_in(f"in {bare}")
    return Outside(drivers=tuple(dict.fromkeys(drivers)), themes=tuple(told), country=country, sector=sector)


def _countries_of(driver: str) -> set[str]:
    _, _, places = driver.partition("tariffs on ")
    whole = places or driver.removesuffix(" demand")
    return {code for part in whole.split(" and ") if (code := country_named(part.removeprefix("the ")))}


def exposed(
    question: Question,
    what: str,
    *,
    company: Issuer | None,
    outside: Outside,
    held: Sequence[Held],
    universe: Universe,
) -> Answer:
    """List the holdings that are exposed, those held most first, each with the path that says how.

    Args:
        question: What was asked.
        what: What the exposure is to, as asked.
        company: The company it is, if it is one.
        outside: What else it is.
        held: The lines of the portfolios asked about.
        universe: Issuers and the graph.
    """
    only = next((relation for pattern, relation in _ONLY if pattern.search(question.text)), None)
    rows: list[dict[str, Any]] = []
    for line in held:
        issuer = universe.issuer(line.issuer_id)
        if issuer is None:
            continue
        paths = list(_to_company(issuer, company, universe, only)) if company is not None else []
        paths += _to_outside(issuer, outside, universe)
        rows += [
            {
                "portfolio": line.portfolio,
                "ticker": line.ticker,
                "weight_pct": None if line.weight is None else round(100 * line.weight, 2),
                **path,
            }
            for path in paths
        ]
    rows.sort(key=lambda row: (row["portfolio"], -abs(row["weight_pct"] or 0.0), row["ticker"]))
    name = company.name if company is not None else what
    return Answer(
        question=question.text,
        tickers=tuple(dict.fromkeys(row["ticker"] for row in rows)),
        sentences=(),
        headline=_headline(name, rows, held) if rows else "",
        assumed=() if rows else (f"None of the {len(held)} holdings has a known tie to {name}.",),
        rows=tuple(rows[:_LISTED]),
        method="graph",
    )


def _path(
    reach: str, path: str, *, share: float | None = None, why: str = "", source: str = ""
) -> dict[str, Any]:
    return {
        "reach": reach,
        "path": path,
        "share_of_business_pct": None if share is None else round(100 * share, 1),
        "why": why,
        "known_from": source,
    }


def _to_company(
    issuer: Issuer, company: Issuer, universe: Universe, only: Relation | None
) -> Iterator[dict[str, Any]]:
    graph = universe.graph
    if issuer.id == company.id:
        if only is None:
            yield _path("held", f"{issuer.name} itself is held")
        return
    wanted = [edge for edge in graph.edges(company.id) if only in (None, edge.relation)]
    direct = [edge for edge in wanted if edge.target == issuer.id]
    for edge in direct:
        told = _READS[edge.relation].format(x=company.name)
        share = _share(issuer, company.id, edge.relation, graph.edges(issuer.id))
        yield _path("direct", f"{issuer.name} {told}", share=share, why=edge.why, source=edge.provenance)
    if direct:
        return
    for relation in _CHAIN:
        # the chain runs on one way: a supplier of its supplier, a customer of its customer
        chains = [
            (between.name, far)
            for edge in wanted
            if edge.relation is relation and (between := universe.issuer(edge.target)) is not None
            for far in graph.edges(edge.target, relation)
            if far.target == issuer.id
        ]
        if chains:
            between_all = ", ".join(name for name, _ in chains[:_BETWEEN])
            then = "which " + (_READS if len(chains) == 1 else _SEVERAL)[relation].format(x=company.name)
            told = f"{issuer.name} {_READS[relation].format(x=between_all)}, {then}"
            yield _path("second step", told, why=chains[0][1].why, source=chains[0][1].provenance)
    shared = [theme for theme in graph.themes(issuer.id) if theme in graph.themes(company.id)]
    if shared and only is None:
        yield _path("theme", f"{issuer.name} and {company.name} are both in the theme {', '.join(shared)}")


def _share(issuer: Issuer, other: str, relation: Relation, edges: Iterable[Edge]) -> float | None:
    """The rough share of a holding's own business that a tie is, where its own side says it."""
    mirror = {Relation.SUPPLIER: Relation.CUSTOMER, Relation.CUSTOMER: Relation.SUPPLIER}
    back = mirror.get(relation, relation)
    return next((e.weight for e in edges if e.target == other and e.relation is back), None)


def _to_outside(issuer: Issuer, outside: Outside, universe: Universe) -> list[dict[str, Any]]:
    graph = universe.graph
    found = [
        _path(
            "outside",
            f"{felt.driver}: {issuer.name} {_EFFECT[felt.sign, min(2, max(1, felt.strength))]}",
            why=felt.why,
            source=felt.provenance,
        )
        for felt in graph.sensitivities(issuer.id)
        if felt.driver in outside.drivers
    ]
    found += [
        _path("theme", f"{issuer.name} is in the theme {theme}")
        for theme in graph.themes(issuer.id)
        if theme in outside.themes
    ]
    if outside.country and issuer.country == outside.country:
        found.append(_path("seat", f"{issuer.name} has its seat there"))
    if outside.sector and issuer.sector == outside.sector:
        found.append(_path("sector", f"{issuer.name} is in the sector {issuer.sector}"))
    return found


def _headline(what: str, rows: Sequence[Mapping[str, Any]], held: Sequence[Held]) -> str:
    parts = []
    for book in dict.fromkeys(row["portfolio"] for row in rows):
        of_book = [row for row in rows if row["portfolio"] == book]
        lines = sum(one.portfolio == book for one in held)
        near = [row for row in of_book if row["reach"] in ("held", "direct")]
        told = f"{_told(of_book)} of {lines} holdings of {book}{_weight(of_book)}"
        if 0 < _told(near) < _told(of_book):
            told += f", {_told(near)} of them itself or by a tie of its own{_weight(near)}"
        parts.append(told)
    return f"Exposed to {what}: {'; '.join(parts)}."


def _told(rows: Sequence[Mapping[str, Any]]) -> int:
    return len({row["ticker"] for row in rows})


def _weight(rows: Sequence[Mapping[str, Any]]) -> str:
    weights = {row["ticker"]: row["weight_pct"] for row in rows if row["weight_pct"] is not None}
    return f" ({sum(weights.values()):.1f} %)" if weights else ""
