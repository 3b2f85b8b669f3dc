"""One playbook: what it may hold, and how it is read from its lines of TOML.

It says when it applies, why its author believes it, and what it claims by kind; `{slots}` are filled from facts
and from the graph, `<< >>` marks a part that is left out when its slots cannot be filled, and a wording that opens
with `?tension+!other: ` is for stories with the first and without the second. A figure of the playbook's own must be
listed in `owns`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from readthrough.domain.errors import UniverseError
from readthrough.domain.lazy import lazily
from readthrough.domain.note import ClaimKind
from readthrough.domain.reading import Modality
from readthrough.domain.taxonomy import EVENT_TYPES, PARENTS

__all__ = [
    "CLAIM_KEYS",
    "DECISION_KEYS",
    "KINDS",
    "PLAYBOOK_KEYS",
    "SIGNS",
    "WHEN_KEYS",
    "ClaimTemplate",
    "DecisionTemplate",
    "FactNeed",
    "KnownWords",
    "Lens",
    "Playbook",
    "When",
    "lens_of",
    "parse_toml",
    "playbook_of",
    "stray_figures",
    "texts_of",
]

KINDS: Final = tuple(ClaimKind)
SIGNS: Final = {"+": "positive", "-": "negative", "~": "mixed", "=": "as moved"}
CLAIM_KEYS: Final = frozenset({"text", "direction", "horizon", "confidence", "tickers", "wrong_if"})
DECISION_KEYS: Final = frozenset(
    {"action", "instrument", "direction", "horizon", "trigger", "invalid", "because", "needs"}
)
_SLOT: Final = lazily(r"\{[a-z_]+(?::[a-z0-9_]+)?\}")
_DIGITS: Final = lazily(r"\d[\d.,]*(?:-\d+)?")
_NEEDS: Final = lazily(r"\?([a-z_!+]+): ")
WHEN_KEYS: Final = frozenset(
    "events polarity modality tension unless facts reaction lens themes words headwords headline nowords without role subject".split()
)
_LENS_KEYS: Final = frozenset("id industries words tickers within matter".split())
PLAYBOOK_KEYS: Final = frozenset({"id", "weight", "why", "when", "owns", "decision", *KINDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class FactNeed:
    """A fact that must be there; it is bound to `name` for the slots."""

    name: str
    metrics: frozenset[str]
    change: str = ""
    vs: str = ""
    modality: frozenset[str] = frozenset()
    segment: bool | None = None
    good: int | None = None
    is_change: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The conditions of a playbook; all that are set must hold."""

    events: frozenset[str] = frozenset()
    polarity: frozenset[str] = frozenset()
    modality: frozenset[str] = frozenset({Modality.ACTUAL, Modality.PLANNED})
    tension: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()  # tensions that say it better, or the opposite
    facts: tuple[FactNeed, ...] = ()
    reaction: str = ""  # up, down, any, none
    lens: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    nowords: tuple[str, ...] = ()  # phrases that make it another kind of story
    headwords: tuple[str, ...] = ()  # as `words`, in the headline and the first two sentences only
    headline: tuple[str, ...] = ()  # as `words`, in the headline only: what kind of page it says it is
    without: frozenset[str] = frozenset()  # events that must be absent
    role: str = ""  # bidder, target
    subject: str = ""  # company, macro


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTemplate:
    """One claim of a playbook, with its wording variants."""

    kind: ClaimKind
    texts: tuple[str, ...]
    direction: str
    horizon: str
    confidence: float
    tickers: tuple[tuple[str, str], ...]  # (subject | competitor | supplier | ..., direction)
    wrong_ifs: tuple[str, ...]
    needs: tuple[
        frozenset[str], ...
    ]  # of each wording: tensions that make it the one to use, "!x" where x rules it out
    wrong_needs: tuple[frozenset[str], ...]

    @property
    def wrong_if(self) -> str:
        """What would undo the claim, in its plainest wording."""
        return self.wrong_ifs[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTemplate:
    """What a playbook would do."""

    action: str
    instrument: str
    direction: str
    horizon: str
    trigger: str
    invalid: str
    because: str
    needs: frozenset[str] = frozenset()  # as a wording's: it is offered only where they hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """A rule of inference: when it applies, why, and what follows.

    What follows is parsed when first asked for: an article needs the words of a few playbooks only.
    """

    id: str
    weight: float
    why: str
    when: When
    owns: frozenset[str]
    source: str = field(repr=False)
    where: str = ""
    file: str = ""
    line: int = 0  # where it begins in its file; 0 in ours, which are read in one piece

    @property
    def claims(self) -> Mapping[ClaimKind, ClaimTemplate]:
        """The claims by kind.

        Raises:
            UniverseError: A claim is malformed.
        """
        return _consequences(self.source, self.where)[0]

    @property
    def decisions(self) -> tuple[DecisionTemplate, ...]:
        """What it would do.

        Raises:
            UniverseError: A decision is malformed.
        """
        return _consequences(self.source, self.where)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWords:
    """What a playbook may refer to. `keyed` slots take a figure, as in `{fig:revenue}`; the others do not."""

    ids: frozenset[str] = frozenset()
    slots: frozenset[str] = frozenset()
    keyed: frozenset[str] = frozenset()
    tensions: frozenset[str] = frozenset()
    lenses: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()  # what keyed slots may ask for beside metrics
    themes: frozenset[str] = frozenset()  # empty: not checked
    metrics: frozenset[str] = frozenset()  # empty: not checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """What an industry lives on, in nouns that fit a sentence."""

    id: str
    industries: tuple[str, ...]
    words: tuple[str, ...]
    tickers: frozenset[str]
    nouns: Mapping[str, str]
    within: str = ""
    matter: str = ""  # of a page for which these words take the place of those of `within`

    @property
    def ids(self) -> frozenset[str]:
        """Its own id, and that of the broader industry whose playbooks hold for it too."""
        return frozenset({self.id, self.within} - {""})


def parse_toml(text: str, where: str) -> dict[str, Any]:
    """Parse TOML.

    Raises:
        UniverseError: It is none.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise UniverseError(f"{where} cannot be read: {fault}.", remedy="Correct the file.") from fault


@lru_cache(maxsize=4096)
def _consequences(
    source: str, where: str
) -> tuple[Mapping[ClaimKind, ClaimTemplate], tuple[DecisionTemplate, ...]]:
    raw = parse_toml(source, where).get("playbook", {})
    _refuse_unknown(raw, PLAYBOOK_KEYS, where)
    try:
        claims = {k: _claim(k, raw[k], where) for k in KINDS if k in raw}
        return claims, tuple(_decision(d, where) for d in raw.get("decision", ()))
    except (KeyError, TypeError, ValueError) as fault:
        raise UniverseError(f"{where}: {fault!s} is missing or wrong.", remedy="Correct that key.") from fault


def lens_of(raw: dict[str, Any], file: str) -> Lens:
    """Make an industry's lens of its table.

    Raises:
        UniverseError: It lacks its id or its industries.
    """
    try:
        nouns = {k: str(v) for k, v in raw.items() if k not in _LENS_KEYS}
        return Lens(
            id=raw["id"],
            industries=tuple(raw["industries"]),
            words=tuple(raw.get("words", ())),
            tickers=frozenset(raw.get("tickers", "").split()),
            nouns=nouns,
            within=raw.get("within", ""),
            matter=raw.get("matter", ""),
        )
    except KeyError as missing:
        raise UniverseError(
            f"{file}: a lens lacks {missing}.", remedy="Give each lens an id and industries."
        ) from None


def playbook_of(raw: dict[str, Any], source: str, file: str, line: int = 0) -> Playbook:
    """Make a playbook of its head; what follows from it stays text until it is asked for.

    Args:
        raw: The head's table: id, weight, why, owns, when.
        source: The lines of its claims and decisions.
        file: The file it stands in.
        line: Its first line there, where known.

    Raises:
        UniverseError: The head is malformed.
    """
    where = f"{file}, playbook {raw.get('id', '?')!r}"
    _refuse_unknown(raw, PLAYBOOK_KEYS, where)
    try:
        return Playbook(
            id=raw["id"],
            weight=float(raw.get("weight", 50)),
            why=raw["why"],
            when=_when(raw["when"], where),
            owns=frozenset(raw.get("owns", ())),
            source=source,
            where=where,
            file=file,
            line=line,
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise UniverseError(f"{where}: {fault!s} is missing or wrong.", remedy="Correct that key.") from fault


def _refuse_unknown(raw: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    unknown = sorted(set(raw) - known)
    if unknown:
        raise UniverseError(
            f"{where}: unknown key {unknown[0]!r}.", remedy=f"Known keys: {', '.join(sorted(known))}."
        )


def _claim(kind: ClaimKind, raw: dict[str, Any], where: str) -> ClaimTemplate:
    _refuse_unknown(raw, CLAIM_KEYS, f"{where}, {kind}")
    needs, texts = _wordings(raw["text"])
    wrong_needs, wrong_ifs = _wordings(raw["wrong_if"])
    return ClaimTemplate(
        kind=kind,
        texts=texts,
        needs=needs,
        direction=raw["direction"],
        horizon=raw["horizon"],
        confidence=float(raw.get("confidence", 0.5)),
        tickers=tuple(_pair(t) for t in raw.get("tickers", ())),
        wrong_ifs=wrong_ifs,
        wrong_needs=wrong_needs,
    )


def _wordings(raw: str | list[str]) -> tuple[tuple[frozenset[str], ...], tuple[str, ...]]:
    """Part each wording from the tensions it is for: "?large_fall+unexplained: The price ..."."""
    needs: list[frozenset[str]] = []
    texts: list[str] = []
    for text in [raw] if isinstance(raw, str) else raw:
        match = _NEEDS.match(text)
        needs.append(frozenset(match[1].split("+")) if match else frozenset())
        texts.append(text[match.end() :] if match else text)
    return tuple(needs), tuple(texts)


def _pair(text: str) -> tuple[str, str]:
    who, sign = text.split()
    return who, SIGNS[sign]


def _decision(raw: dict[str, Any], where: str) -> DecisionTemplate:
    _refuse_unknown(raw, DECISION_KEYS, f"{where}, decision")
    needs = frozenset(raw.pop("needs", ()))
    return DecisionTemplate(instrument=raw.pop("instrument", "{name}"), needs=needs, **raw)


def texts_of(playbook: Playbook) -> Iterator[str]:
    """Yield every sentence that a playbook may say."""
    for claim in playbook.claims.values():
        yield from (*claim.texts, *claim.wrong_ifs)
    for d in playbook.decisions:
        yield from (d.action, d.trigger, d.invalid, d.because)


def stray_figures(text: str, owns: Iterable[str]) -> Iterator[str]:
    """Yield the figures of a sentence that stand in no slot and are not the playbook's own."""
    owned = " ".join(owns)
    yield from (m.group() for m in _DIGITS.finditer(_SLOT.sub("", text)) if m.group() not in owned)


def _when(raw: dict[str, Any], where: str) -> When:
    _refuse_unknown(raw, WHEN_KEYS, f"{where}, when")
    events = frozenset(raw.get("events", ())) | frozenset(raw.get("without", ()))
    for event in sorted(events):
        if event not in EVENT_TYPES and event not in PARENTS:
            raise UniverseError(
                f"{where}: no event type {event!r}.", remedy="Use a type or parent of the taxonomy."
            )
    values: dict[str, Any] = {
        k: frozenset(raw[k])
        for k in ("events", "polarity", "modality", "tension", "unless", "lens", "themes", "without")
        if k in raw
    }
    values |= {k: raw[k] for k in ("reaction", "role", "subject") if k in raw}
    return When(
        facts=tuple(_need(f) for f in raw.get("facts", ())),
        words=tuple(raw.get("words", ())),
        headwords=tuple(raw.get("headwords", ())),
        headline=tuple(raw.get("headline", ())),
        nowords=tuple(raw.get("nowords", ())),
        **values,
    )


def _need(raw: dict[str, Any]) -> FactNeed:
    metrics = raw["metric"] if isinstance(raw["metric"], list) else [raw["metric"]]
    rest = {k: raw[k] for k in ("change", "vs", "segment", "good", "is_change") if k in raw}
    return FactNeed(
        name=raw.get("as", metrics[0].replace(" ", "_")),
        metrics=frozenset(metrics),
        modality=frozenset(raw.get("modality", ())),
        **rest,
    )
