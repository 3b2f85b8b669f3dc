"""Playbooks: what an analyst infers from which facts, as data a firm can edit and version.

A family of playbooks is one TOML file. Each says when it applies, why its author believes it, and
what it claims by kind; `{slots}` are filled from facts and from the graph, `<< >>` marks a part that
is left out when its slots cannot be filled, and a wording that opens with `?tension+!other: ` is for stories
with the first and without the second. A figure of the playbook's own must be listed in `owns`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from readthrough.domain.article import digest
from readthrough.domain.errors import UniverseError
from readthrough.domain.lazy import lazily
from readthrough.domain.note import ClaimKind
from readthrough.domain.reading import Modality
from readthrough.domain.taxonomy import EVENT_TYPES, PARENTS

__all__ = [
    "ClaimTemplate",
    "DecisionTemplate",
    "FactNeed",
    "Index",
    "Lens",
    "Playbook",
    "Playbooks",
    "When",
    "load_playbooks",
]

_FOLDER: Final = Path(__file__).parent / "playbooks"
_SLOT: Final = lazily(r"\{[a-z_]+(?::[a-z0-9_]+)?\}")
_DIGITS: Final = lazily(r"\d[\d.,]*(?:-\d+)?")
_BLOCK: Final = lazily(r"^\[\[playbook\]\][ \t]*$", re.MULTILINE)
_CONSEQUENCE: Final = lazily(r"^\[playbook\.(?!when\])|^\[\[playbook\.", re.MULTILINE)
# capitalised words inside a sentence: institutions, places, acronyms that the playbooks use
_PROPER: Final = lazily(r"(?<=[a-z,;:] )[A-Z][\w&]*(?:-\w+)*")
_WORD: Final = lazily(r"[a-z](?:[a-z'-]*[a-z])?")
_TICKERS: Final = lazily(r"^tickers = \"[^\"]*\"$", re.MULTILINE)
_NEEDS: Final = lazily(r"\?([a-z_!+]+): ")
_KINDS: Final = tuple(ClaimKind)
_CLAIM_KEYS: Final = frozenset({"text", "direction", "horizon", "confidence", "tickers", "wrong_if"})
_DECISION_KEYS: Final = frozenset(
    {"action", "instrument", "direction", "horizon", "trigger", "invalid", "because", "needs"}
)
_WHEN_KEYS: Final = frozenset(
    "events polarity modality tension unless facts reaction lens themes words headwords headline nowords without role subject".split()
)
_PLAYBOOK_KEYS: Final = frozenset({"id", "weight", "why", "when", "owns", "decision", *_KINDS})


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
class Lens:
    """What an industry lives on, in nouns that fit a sentence."""

    id: str
    industries: tuple[str, ...]
    words: tuple[str, ...]
    tickers: frozenset[str]
    nouns: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Which playbooks an article can wake: by an event, by a tension, by the first word of a headline's phrase."""

    by_event: Mapping[str, tuple[Playbook, ...]]
    by_tension: Mapping[str, tuple[Playbook, ...]]
    by_headword: Mapping[str, tuple[Playbook, ...]]
    others: tuple[Playbook, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbooks:
    """Every playbook and lens, and the digest of the files they came from."""

    playbooks: tuple[Playbook, ...]
    lenses: tuple[Lens, ...]
    digest: str
    by_id: Mapping[str, Playbook] = field(repr=False)
    index: Index = field(repr=False)
    vocabulary: frozenset[str] = field(repr=False)
    proper: frozenset[str] = field(repr=False)


def load_playbooks(folder: Path | None = None) -> Playbooks:
    """Load every family of playbooks and the lenses of the industries.

    Args:
        folder: Where the TOML files lie; the bundled ones when absent. `lenses.toml` is optional.

    Raises:
        UniverseError: A file is missing or broken; the message names file, playbook and remedy.

    >>> len(load_playbooks().playbooks) >= 60
    True
    """
    place = folder or _FOLDER
    # the tests check the bundled files whole; a firm's own are checked as they are read
    check = folder is not None
    files = sorted(place.glob("*.toml"))
    if not files:
        raise UniverseError(
            f"No playbooks in {place}.",
            remedy="Point to a folder with at least one .toml family.",
            path=place,
        )
    playbooks: list[Playbook] = []
    lenses: list[Lens] = []
    texts: list[str] = []
    for file in files:
        text = _read(file)
        texts.append(text)
        heads, sources = _split(text)
        data = _parse(heads, file.name)
        lenses.extend(_lens(raw, file) for raw in data.get("lens", ()))
        for raw, source in zip(data.get("playbook", ()), sources, strict=True):
            playbooks.append(_playbook(raw, source, file, check=check))
    by_id = {p.id: p for p in playbooks}
    if len(by_id) != len(playbooks):
        twice = next(p.id for p in playbooks if by_id[p.id] is not p)
        raise UniverseError(
            f"Playbook id {twice!r} occurs twice in {place}.", remedy="Rename one of the two."
        )
    return Playbooks(
        playbooks=tuple(playbooks),
        lenses=tuple(lenses),
        digest=digest(*(f.name for f in files), *texts),
        by_id=by_id,
        index=_index(playbooks),
        # a list of tickers holds companies' names ("NOKIA.HE"), which are no words
        vocabulary=frozenset(_WORD.findall(_TICKERS.sub("", "\n".join(texts)).lower())),
        proper=frozenset(_PROPER.findall(" ".join(texts))),
    )


def _index(playbooks: Iterable[Playbook]) -> Index:
    events: dict[str, list[Playbook]] = {}
    tensions: dict[str, list[Playbook]] = {}
    headwords: dict[str, list[Playbook]] = {}
    others: list[Playbook] = []
    for playbook in playbooks:
        when = playbook.when
        first = {phrase.split()[0] for phrase in when.headline}
        places = ((events, when.events), (headwords, first), (tensions, when.tension))
        found = next(((table, keys) for table, keys in places if keys), None)
        if found is None:
            others.append(playbook)
            continue
        table, keys = found
        for key in keys:
            table.setdefault(key, []).append(playbook)
    return Index(
        by_event={k: tuple(v) for k, v in events.items()},
        by_tension={k: tuple(v) for k, v in tensions.items()},
        by_headword={k: tuple(v) for k, v in headwords.items()},
        others=tuple(others),
    )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UniverseError(f"{file.name} cannot be read: {fault}.", remedy="Correct the file.") from fault


def _split(text: str) -> tuple[str, list[str]]:
    """Part the heads of a family (id, weight, why, when) from what follows from each."""
    blocks = _BLOCK.split(text)
    heads, sources = [blocks[0]], []
    for block in blocks[1:]:
        match = _CONSEQUENCE.search(block)
        cut = match.start() if match else len(block)
        heads.append(f"[[playbook]]\n{block[:cut]}")
        sources.append(block[cut:])
    return "".join(heads), sources


def _parse(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise UniverseError(f"{where} cannot be read: {fault}.", remedy="Correct the file.") from fault


@lru_cache(maxsize=4096)
def _consequences(
    source: str, where: str
) -> tuple[Mapping[ClaimKind, ClaimTemplate], tuple[DecisionTemplate, ...]]:
    raw = _parse(source, where).get("playbook", {})
    _refuse_unknown(raw, _PLAYBOOK_KEYS, where)
    try:
        claims = {k: _claim(k, raw[k], where) for k in _KINDS if k in raw}
        return claims, tuple(_decision(d, where) for d in raw.get("decision", ()))
    except (KeyError, TypeError, ValueError) as fault:
        raise UniverseError(f"{where}: {fault!s} is missing or wrong.", remedy="Correct that key.") from fault


def _lens(raw: dict[str, Any], file: Path) -> Lens:
    try:
        nouns = {k: str(v) for k, v in raw.items() if k not in ("id", "industries", "words", "tickers")}
        return Lens(
            id=raw["id"],
            industries=tuple(raw["industries"]),
            words=tuple(raw.get("words", ())),
            tickers=frozenset(raw.get("tickers", "").split()),
            nouns=nouns,
        )
    except KeyError as missing:
        raise UniverseError(
            f"{file.name}: a lens lacks {missing}.", remedy="Give each lens an id and industries."
        ) from None


def _playbook(raw: dict[str, Any], source: str, file: Path, *, check: bool) -> Playbook:
    where = f"{file.name}, playbook {raw.get('id', '?')!r}"
    _refuse_unknown(raw, _PLAYBOOK_KEYS, where)
    try:
        playbook = Playbook(
            id=raw["id"],
            weight=float(raw.get("weight", 50)),
            why=raw["why"],
            when=_when(raw["when"], where),
            owns=frozenset(raw.get("owns", ())),
            source=source,
            where=where,
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise UniverseError(f"{where}: {fault!s} is missing or wrong.", remedy="Correct that key.") from fault
    if check:
        for text in _texts_of(playbook):
            _refuse_stray_figures(text, playbook.owns, where)
    return playbook


def _refuse_unknown(raw: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    unknown = sorted(set(raw) - known)
    if unknown:
        raise UniverseError(
            f"{where}: unknown key {unknown[0]!r}.", remedy=f"Known keys: {', '.join(sorted(known))}."
        )


def _claim(kind: ClaimKind, raw: dict[str, Any], where: str) -> ClaimTemplate:
    _refuse_unknown(raw, _CLAIM_KEYS, f"{where}, {kind}")
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
    return who, {"+": "positive", "-": "negative", "~": "mixed", "=": "as moved"}[sign]


def _decision(raw: dict[str, Any], where: str) -> DecisionTemplate:
    _refuse_unknown(raw, _DECISION_KEYS, f"{where}, decision")
    needs = frozenset(raw.pop("needs", ()))
    return DecisionTemplate(instrument=raw.pop("instrument", "{name}"), needs=needs, **raw)


def _texts_of(playbook: Playbook) -> Iterator[str]:
    for claim in playbook.claims.values():
        yield from (*claim.texts, *claim.wrong_ifs)
    for d in playbook.decisions:
        yield from (d.action, d.trigger, d.invalid, d.because)


def _refuse_stray_figures(text: str, owns: frozenset[str], where: str) -> None:
    owned = " ".join(owns)
    for figure in _stray_figures(text):
        if figure not in owned:
            raise UniverseError(
                f"{where}: figure {figure!r} is in no slot.",
                remedy="List it in the playbook's `owns`, or use a slot.",
            )


def _stray_figures(text: str) -> Iterator[str]:
    yield from (m.group() for m in _DIGITS.finditer(_SLOT.sub("", text)))


def _when(raw: dict[str, Any], where: str) -> When:
    _refuse_unknown(raw, _WHEN_KEYS, f"{where}, when")
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
