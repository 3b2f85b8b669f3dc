"""Rules tried before they are kept: what one would have said over the past."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, cast

from readthrough.alerts.conditions import directory
from readthrough.alerts.rehearse import Past, Rehearsal, past_of, rehearse
from readthrough.desk.flow import analyze
from readthrough.desk.intake import limits_of, read_line
from readthrough.desk.open import Desk
from readthrough.domain.alert import Hit, HitCode, Rule
from readthrough.domain.article import ArticleId
from readthrough.domain.contract import Json, note_document
from readthrough.domain.errors import SourceNotFound, SourceUnreadable
from readthrough.reading.novelty import StoryIndex

__all__ = [
    "KEPT",
    "MOST_NOTES",
    "Rehearsal",
    "failing_predicates",
    "rehearsal_document",
    "rehearse_rule",
    "rule_of",
]

KEPT: Final = "kept"
"""The history that is the record itself."""
MOST_NOTES: Final = 20_000
_PAGE: Final = 500
_WITHHELD: Final = 2_000  # withheld alerts of a rule that are looked through for failing predicates


def rule_of(desk: Desk, rule_id: str) -> Rule | None:
    """Return a rule, None when there is none of that id."""
    return next((rule for rule in desk.store.rules() if rule.id == rule_id), None)


def failing_predicates(desk: Desk, rule: Rule) -> tuple[int, str]:
    """Count the notes of late on which a rule's predicate could not be evaluated; with what was said of the newest."""
    withheld = desk.store.alerting.alerts_with(
        person=None, rule_id=rule.id, story_id="", state="withheld", limit=_WITHHELD, before=None
    )
    failed = [one for one in withheld if one.reason.code == HitCode.PREDICATE_FAILED]
    return len(failed), failed[0].reason.words if failed else ""


def rehearse_rule(desk: Desk, rule: Rule, *, on: str = KEPT, days: int = 30) -> Rehearsal:
    """Say what a rule would have said.

    Args:
        desk: Whose record, books and watchlists.
        rule: The rule, kept or not.
        on: `kept` for the record's newest notes, else a file with a note or an article a line, as JSON. Articles
            are read as they would be now, in the order they stand, for the books there are now.
        days: How far back in the record.

    Raises:
        SourceError: The file cannot be read.
    """
    past = _kept(desk, days) if on == KEPT else _filed(desk, Path(on))
    return rehearse(rule, past, directory(desk.universe, desk.store.watchlists()), desk.universe)


def _kept(desk: Desk, days: int) -> Iterator[Past]:
    oldest = (desk.clock() - timedelta(days=days)).isoformat()
    before: str | None = None
    for _ in range(MOST_NOTES // _PAGE):
        notes = desk.store.notes(limit=_PAGE, before=before)
        for note in notes:
            if str(note["known_at"]) < oldest:
                return
            document = cast(dict[str, Any], note)
            article = desk.store.article(ArticleId(document["article"]["id"]))
            yield past_of(document, article.text if article else _words_of(document), desk.universe)
        if len(notes) < _PAGE:
            return
        before = str(notes[-1]["id"])


def _filed(desk: Desk, path: Path) -> Iterator[Past]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise SourceNotFound(
            f"The history {str(path)!r} cannot be read: {error.strerror}.",
            remedy="Give a file with a note or an article a line, or `kept` for the record.",
        ) from error
    stories = StoryIndex()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _past(desk, line, f"line {number} of {path.name}", stories)


def _past(desk: Desk, line: bytes, what: str, stories: StoryIndex) -> Past:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise SourceUnreadable(
            f"{what} is not JSON: {error}.", remedy="Write one JSON object a line."
        ) from error
    if isinstance(record, dict) and {"known_at", "tickers", "story", "book"} <= record.keys():
        return past_of(record, _words_of(record), desk.universe)
    draft = read_line(line, limits=limits_of(desk.settings.fetch), what=what)
    article = draft.to_article(desk.clock())
    note = analyze(
        article,
        universe=desk.universe,
        playbooks=desk.playbooks,
        now=article.published_at or article.received_at,
        holdings=desk.holdings,
        stories=stories,
        reader=desk.sentence_reader,
    )
    return past_of(cast(dict[str, Any], note_document(note)), article.text, desk.universe)


def _words_of(document: dict[str, Any]) -> str:
    """What a note repeats of its article, where the article itself is not at hand."""
    quoted = [fact["quote"] for fact in document["facts"]]
    told = [statement["text"] for statement in document["summary"]]
    return "\n\n".join([document["article"]["headline"], *told, *quoted])


def rehearsal_document(rehearsal: Rehearsal) -> dict[str, Json]:
    """A rehearsal as the API and `--json` print it."""
    return {
        "rule": rehearsal.rule.id,
        "notes": rehearsal.notes,
        "days": round(rehearsal.days, 1),
        "fired": [_fired(hit) for hit in rehearsal.fired],
        "per_day": round(rehearsal.per_day, 2),
        "withheld": dict(rehearsal.withheld),
        "kept_back": [
            {"condition": one.condition, "more": one.more, "headlines": list(one.headlines)}
            for one in rehearsal.kept_back
        ],
    }


def _fired(hit: Hit) -> Json:
    return {
        "at": hit.at.isoformat().replace("+00:00", "Z"),
        "article_id": hit.article_id or None,
        "headline": hit.headline,
        "words": hit.words,
        "code": str(hit.code),
    }
