"""The playbooks as a person sees them: which there are, what one says, which speak on an article, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readthrough.domain.errors import SourceNotFound

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.domain.fault import FileFault
    from readthrough.feeds.draft import Draft
    from readthrough.writing.playbook import Playbook
    from readthrough.writing.playbooks import Playbooks

__all__ = ["lint_folder", "playbook_document", "playbook_list", "playbook_source", "try_playbooks"]


def playbook_list(
    desk: Desk, *, event: str = "", kind: str = "", text: str = "", own: bool = False
) -> list[dict[str, Any]]:
    """List playbooks, ready for JSON.

    Args:
        desk: The desk.
        event: Only those that ask for this event type or parent, or for any type of this parent.
        kind: Only those with a claim of this kind.
        text: Only those in whose id, reason, conditions or claims these words stand.
        own: Only those of the firm's folder.

    Raises:
        SourceNotFound: No event or kind has this name.
    """
    from readthrough.domain.note import ClaimKind
    from readthrough.domain.taxonomy import EVENT_TYPES, PARENTS

    _require(event, {*EVENT_TYPES, *PARENTS}, "event")
    _require(kind, set(ClaimKind), "kind of claim")
    known = desk.playbooks
    asked = {event, *PARENTS.get(event, ()), EVENT_TYPES.get(event, event)} if event else set()
    words = text.lower().split()
    found = []
    for playbook in known.playbooks:
        if asked and asked.isdisjoint(playbook.when.events):
            continue
        if kind and kind not in playbook.claims:
            continue
        if own and playbook.id not in known.own:
            continue
        if words and not all(word in _searched(playbook) for word in words):
            continue
        found.append(_row(playbook, known))
    return found


def playbook_document(desk: Desk, playbook_id: str) -> dict[str, Any]:
    """Return all that a playbook says, ready for JSON.

    Raises:
        SourceNotFound: No playbook has this id; the remedy names near ones.
    """
    known = desk.playbooks
    playbook = known.by_id[_ids(known, [playbook_id])[0]]
    return {
        **_row(playbook, known),
        "when": _when(playbook),
        "owns": sorted(playbook.owns),
        "claims": [
            {
                "kind": kind.value,
                "direction": claim.direction,
                "horizon": claim.horizon,
                "confidence": claim.confidence,
                "tickers": [{"who": who, "direction": direction} for who, direction in claim.tickers],
                "texts": [
                    {"text": wording, "needs": sorted(needs)}
                    for wording, needs in zip(claim.texts, claim.needs, strict=True)
                ],
                "wrong_if": list(claim.wrong_ifs),
            }
            for kind, claim in playbook.claims.items()
        ],
        "decisions": [{**asdict(d), "needs": sorted(d.needs)} for d in playbook.decisions],
    }


def playbook_source(desk: Desk, playbook_id: str) -> str:
    """Return a playbook's lines of TOML, to be copied into a folder of one's own.

    Raises:
        SourceNotFound: No playbook has this id.
    """
    from readthrough.writing.playbooks import FOLDER

    known = desk.playbooks
    playbook = known.by_id[_ids(known, [playbook_id])[0]]
    folder = desk.settings.writing.playbooks if playbook.id in known.own else FOLDER
    lines = ((folder or FOLDER) / playbook.file).read_text("utf-8").splitlines()
    start = _line_of(lines, playbook) - 1
    end = next(
        (n for n in range(start + 1, len(lines)) if lines[n].startswith(("[[playbook]]", "[[lens]]"))),
        len(lines),
    )
    return "\n".join(lines[start:end]).rstrip() + "\n"


def try_playbooks(desk: Desk, draft: Draft, ids: Sequence[str] | None = None) -> dict[str, Any]:
    """Say which playbooks speak on an article and why each other one does not, ready for JSON.

    Args:
        desk: The desk.
        draft: The article.
        ids: The playbooks to try; all when None.

    Raises:
        SourceNotFound: No playbook has one of the ids.
    """
    from readthrough import __version__
    from readthrough.reading.read import read
    from readthrough.writing.explain import explain

    known = desk.playbooks
    wanted = None if ids is None else _ids(known, ids)
    article = draft.to_article(desk.clock())
    reading = read(article, desk.universe, version=__version__, reader=desk.sentence_reader)
    verdicts = explain(article, reading, playbooks=known, universe=desk.universe, ids=wanted)
    return {
        "article": {"id": article.id, "headline": article.headline, "source": article.source},
        "events": [event.type for event in reading.events if not event.background],
        "playbooks": [
            {
                "id": v.playbook_id,
                "speaks": v.speaks,
                "condition": v.condition or None,
                "reason": v.reason or None,
                "subject": v.subject or None,
                "event": v.event or None,
                "score": round(v.score, 1) if v.speaks else None,
                "claims": [
                    {"kind": s.kind.value, "outcome": s.outcome, "text": s.text or None} for s in v.says
                ],
            }
            for v in verdicts
        ],
    }


def lint_folder(folder: Path | None) -> tuple[tuple[FileFault, ...], int]:
    """Check every playbook of a folder against all that it may refer to.

    Args:
        folder: A firm's own; ours when None.

    Returns:
        What was found, by file and line, and how many playbooks are sound.
    """
    from readthrough.reading.metrics import HOLDERS
    from readthrough.reading.themes import THEMES
    from readthrough.writing.own_playbooks import read_own
    from readthrough.writing.playbooks import FOLDER, known_words, load_playbooks

    ours = load_playbooks().playbooks
    asked = {metric for p in ours for need in p.when.facts for metric in need.metrics}
    known = replace(known_words(), themes=frozenset(THEMES), metrics=frozenset({*HOLDERS, *asked}))
    own = read_own(folder or FOLDER, known)
    return tuple(sorted(own.found, key=lambda f: (f.file, f.line))), len(own.playbooks)


def _row(playbook: Playbook, known: Playbooks) -> dict[str, Any]:
    return {
        "id": playbook.id,
        "file": playbook.file,
        "line": playbook.line or None,
        "own": playbook.id in known.own,
        "weight": playbook.weight,
        "why": playbook.why,
        "events": sorted(playbook.when.events),
        "kinds": [kind.value for kind in playbook.claims],
    }


def _when(playbook: Playbook) -> dict[str, Any]:
    """Return the conditions that are set, sets as sorted lists."""
    from readthrough.writing.playbook import When

    usual = asdict(When())
    found: dict[str, Any] = {}
    for name, value in asdict(playbook.when).items():
        if value == usual[name]:
            continue
        found[name] = sorted(value) if isinstance(value, frozenset) else value
    if "facts" in found:
        found["facts"] = [
            {k: sorted(v) if isinstance(v, frozenset) else v for k, v in need.items() if v not in ("", None, frozenset())}
            for need in found["facts"]
        ]  # fmt: skip
    return {k: list(v) if isinstance(v, tuple) else v for k, v in found.items()}


def _searched(playbook: Playbook) -> str:
    when = playbook.when
    parts: list[str] = [playbook.id, playbook.why, *when.events, *when.lens, *when.themes, *when.words]
    parts += [*when.headwords, *when.headline, *when.tension]
    for claim in playbook.claims.values():
        parts += [*claim.texts, *claim.wrong_ifs]
    return " ".join(parts).lower()


def _ids(known: Playbooks, ids: Sequence[str]) -> list[str]:
    """Return whole ids of what may be an id or its last part, if only one has it."""
    from difflib import get_close_matches

    found = []
    for given in ids:
        ends = [i for i in known.by_id if i.rpartition(".")[2] == given]
        if given in known.by_id or len(ends) == 1:
            found.append(given if given in known.by_id else ends[0])
            continue
        near = ends or get_close_matches(given, known.by_id, 3, 0.5)
        near = near or [i for i in known.by_id if given.lower() in i][:3]
        raise SourceNotFound(
            f"No playbook has the id {given!r}.",
            remedy=f"Did you mean {' or '.join(near)}?" if near else "`readthrough playbook list` shows ids.",
        )
    return found


def _line_of(lines: Sequence[str], playbook: Playbook) -> int:
    if playbook.line:
        return playbook.line
    start = 1
    for number, line in enumerate(lines, 1):
        if line.startswith("[[playbook]]"):
            start = number
        elif line.startswith("id = ") and f'"{playbook.id}"' in line:
            return start
    return start


def _require(name: str, known: Iterable[str], what: str) -> None:
    if not name or name in set(known):
        return
    from difflib import get_close_matches

    near = get_close_matches(name, [str(k) for k in known], 3, 0.5)
    raise SourceNotFound(
        f"No {what} is called {name!r}.",
        remedy=f"Did you mean {' or '.join(near)}?" if near else f"Use one of {', '.join(sorted(known))}.",
    )
