"""The playbooks: what an analyst infers from which facts, as data a firm can edit and version.

A family of playbooks is one TOML file; `playbook` says what one may hold. Ours come with the package, and a firm's own
folder lies over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from readthrough.domain.article import digest
from readthrough.domain.errors import UniverseError
from readthrough.domain.fault import FileFault
from readthrough.domain.lazy import lazily, made
from readthrough.writing.playbook import (
    ClaimTemplate,
    DecisionTemplate,
    FactNeed,
    KnownWords,
    Lens,
    Playbook,
    When,
    lens_of,
    parse_toml,
    playbook_of,
)

__all__ = [
    "FOLDER",
    "ClaimTemplate",
    "DecisionTemplate",
    "FactNeed",
    "Index",
    "KnownWords",
    "Lens",
    "Playbook",
    "Playbooks",
    "When",
    "known_words",
    "load_playbooks",
]

FOLDER: Final = Path(__file__).parent / "playbooks"
"""Where ours lie."""

_SELDOM: Final = frozenset({"dir", "turn", "way"})  # slots of a figure that ours may happen not to use
_SLOT: Final = lazily(r"\{([a-z_]+)(:[a-z0-9_]+)?\}")
_NEEDS: Final = lazily(r"\?([a-z_!+]+): ")
_BLOCK: Final = lazily(r"^\[\[playbook\]\][ \t]*$", re.MULTILINE)
_CONSEQUENCE: Final = lazily(r"^\[playbook\.(?!when\])|^\[\[playbook\.", re.MULTILINE)
# capitalised words inside a sentence: institutions, places, acronyms that the playbooks use
_PROPER: Final = lazily(r"(?<=[a-z,;:] )[A-Z][\w&]*(?:-\w+)*")
_WORD: Final = lazily(r"[a-z](?:[a-z'-]*[a-z])?")
_TICKERS: Final = lazily(r"^tickers = \"[^\"]*\"$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Which playbooks an article can wake: by an event, a tension, the first word of a headline's phrase, an industry."""

    by_event: Mapping[str, tuple[Playbook, ...]]
    by_tension: Mapping[str, tuple[Playbook, ...]]
    by_headword: Mapping[str, tuple[Playbook, ...]]
    by_lens: Mapping[str, tuple[Playbook, ...]]
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
    own: frozenset[str] = frozenset()  # ids that a firm's folder gave
    faults: tuple[FileFault, ...] = ()  # what was left out of it, and why


def load_playbooks(folder: Path | None = None) -> Playbooks:
    """Load ours and, over them, a firm's own: a playbook or lens of the same id replaces ours.

    Args:
        folder: Where the firm's TOML files lie. What is broken in them is left out and told in `faults`.

    Raises:
        UniverseError: One of our own files is missing or broken.

    >>> len(load_playbooks().playbooks) >= 150
    True
    """
    families = _bundled()
    playbooks = {p.id: p for family in families for p in family.playbooks}
    lenses = {lens.id: lens for family in families for lens in family.lenses}
    texts = {family.name: family.text for family in families}
    if folder is None:
        return _gather(playbooks, lenses, texts)
    # only a firm that has its own pays for what checks them
    from readthrough.writing.own_playbooks import read_own

    own = read_own(folder, known_words(families))
    for playbook_id in own.off:
        playbooks.pop(playbook_id, None)
    return _gather(
        playbooks | own.playbooks,
        lenses | own.lenses,
        texts | {f"own/{name}": text for name, text in own.texts.items()},
        own=frozenset(own.playbooks),
        faults=own.faults,
    )


def _gather(
    playbooks: Mapping[str, Playbook],
    lenses: Mapping[str, Lens],
    texts: Mapping[str, str],
    *,
    own: frozenset[str] = frozenset(),
    faults: tuple[FileFault, ...] = (),
) -> Playbooks:
    return Playbooks(
        playbooks=tuple(playbooks.values()),
        lenses=tuple(lenses.values()),
        digest=digest(*texts, *texts.values()),
        by_id=playbooks,
        index=_index(playbooks.values()),
        # a list of tickers holds companies' names ("NOKIA.HE"), which are no words
        vocabulary=frozenset(_WORD.findall(_TICKERS.sub("", "\n".join(texts.values())).lower())),
        proper=frozenset(_PROPER.findall(" ".join(texts.values()))),
        own=own,
        faults=faults,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    name: str
    text: str
    playbooks: tuple[Playbook, ...]
    lenses: tuple[Lens, ...]


def _bundled() -> tuple[_Family, ...]:
    """Read our own files; the tests check them whole, so that only what every start needs is looked at here."""
    files = sorted(FOLDER.glob("*.toml"))
    if not files:
        raise UniverseError(f"No playbooks in {FOLDER}.", remedy="Install the package again.", path=FOLDER)
    families = []
    for file in files:
        text = _read(file)
        heads, sources = _split(text)
        data = made(f"toml {digest(heads)}", lambda: parse_toml(heads, file.name))  # noqa: B023 (called at once)
        families.append(
            _Family(
                name=file.name,
                text=text,
                playbooks=tuple(
                    playbook_of(raw, source, file.name)
                    for raw, source in zip(data.get("playbook", ()), sources, strict=True)
                ),
                lenses=tuple(lens_of(raw, file.name) for raw in data.get("lens", ())),
            )
        )
    return tuple(families)


def known_words(families: Iterable[_Family] | None = None) -> KnownWords:
    """Gather what playbooks may refer to: the slots, tensions and lenses that ours know."""
    held = _bundled() if families is None else tuple(families)
    text = "\n".join(family.text for family in held)
    playbooks = {p.id: p for family in held for p in family.playbooks}
    lenses = {lens.id: lens for family in held for lens in family.lenses}
    tensions = {t for p in playbooks.values() for t in (*p.when.tension, *p.when.unless)}
    tensions |= {t.removeprefix("!") for m in _NEEDS.finditer(text) for t in m[1].split("+")}
    slots = {(m[1], bool(m[2])) for m in _SLOT.finditer(text)}
    return KnownWords(
        ids=frozenset(playbooks),
        slots=frozenset(name for name, keyed in slots if not keyed)
        | {noun for lens in lenses.values() for noun in lens.nouns},
        keyed=frozenset(name for name, keyed in slots if keyed) | _SELDOM,
        tensions=frozenset(tensions),
        figures=frozenset(m[2][1:] for m in _SLOT.finditer(text) if m[2]),
        lenses=frozenset(lenses),
    )


def _index(playbooks: Iterable[Playbook]) -> Index:
    events: dict[str, list[Playbook]] = {}
    tensions: dict[str, list[Playbook]] = {}
    headwords: dict[str, list[Playbook]] = {}
    lenses: dict[str, list[Playbook]] = {}
    others: list[Playbook] = []
    for playbook in playbooks:
        when = playbook.when
        first = {phrase.split()[0] for phrase in when.headline}
        places = ((events, when.events), (headwords, first), (tensions, when.tension), (lenses, when.lens))
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
        by_lens={k: tuple(v) for k, v in lenses.items()},
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
