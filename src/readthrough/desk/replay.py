"""History run through the journey again: into a space of its own with the clock of the past, or over the record.

A space is another database. Portfolios and rules are copied into it as they stand now; nothing is sent from it.
What a new engine would change is told by comparing the two before anything is switched on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from readthrough import __version__
from readthrough.desk.flow import settle, weighed
from readthrough.desk.open import Desk
from readthrough.domain.article import Article
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import SettingsError

__all__ = ["Change", "Comparison", "Progress", "compare", "copy_books", "replay", "reread"]

_ALWAYS: Final = datetime(1970, 1, 1, tzinfo=UTC)
_AT_ONCE: Final = 200
_MOVED: Final = 0.10
"""Change of a score that is told: less does not move a label by more than its edge."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One note that another engine writes otherwise."""

    article_id: str
    headline: str
    kind: str  # sign, label, score, tickers, events, missing, new
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two spaces over a time."""

    notes: int
    same: int
    changes: tuple[Change, ...]

    def of(self, kind: str) -> list[Change]:
        """Return the changes of a kind."""
        return [change for change in self.changes if change.kind == kind]


class PastClock:
    """A clock that is set to each article's moment."""

    def __init__(self) -> None:
        """Start nowhere; set `now` before it is asked."""
        self.now: datetime | None = None

    def __call__(self) -> datetime:
        """Return the moment it was set to."""
        if self.now is None:
            raise ValueError("the clock of the past was not set")
        return self.now


def copy_books(source: Desk, target: Desk) -> None:
    """Copy portfolios and rules into a space."""
    for portfolio in source.store.portfolios():
        target.store.save_portfolio(portfolio, at=_ALWAYS)  # in the space there was no other book before
    for rule in source.store.rules():
        target.store.save_rule(rule)


def replay(
    source: Desk,
    target: Desk,
    clock: PastClock,
    *,
    since: datetime,
    until: datetime,
    tell: Progress = lambda n: None,
) -> int:
    """Run what became known in a time through the journey again, as fast as it goes, each at its own moment.

    Args:
        source: Whose articles.
        target: The space, whose clock is `clock`; what it holds already is left as it is.
        clock: Set to each article's moment.
        since: The first moment.
        until: The first moment beyond.
        tell: Told how many are done.

    Returns:
        How many articles were run.

    Raises:
        SettingsError: Source and space are one database.
    """
    from readthrough.reading.read import read

    if source.settings.database_url == target.settings.database_url:
        raise SettingsError("The space is the record itself.", remedy="Give --into another database.")
    target.publishes = False
    clock.now = since
    target.refresh()
    done = 0
    for known_at, article in _history(source, since, until):
        clock.now = known_at
        if target.store.find_note(article.id, article.content_digest, target.engine) is None:
            reading = read(article, target.universe, version=__version__, reader=target.sentence_reader)
            settle(target, article, reading)
        done += 1
        tell(done)
    return done


def reread(desk: Desk, *, since: datetime, until: datetime, tell: Progress = lambda n: None) -> int:
    """Read articles of a time again with the engine there is now, as new revisions. No alert is raised on old news.

    Returns:
        How many notes got a revision.
    """
    from readthrough.portfolio.assess import assess
    from readthrough.reading.read import read
    from readthrough.writing.write import write

    desk.refresh()
    changed = 0
    for done, (_, article) in enumerate(_history(desk, since, until), 1):
        newest = desk.store.article(article.id)
        current = newest is not None and newest.content_digest == article.content_digest
        if current and desk.store.find_note(article.id, article.content_digest, desk.engine) is None:
            reading = read(article, desk.universe, version=__version__, reader=desk.sentence_reader)
            with desk.in_order:
                now = desk.moment()
                story, fingerprint = desk.stories.group(article, reading, now)
                reading = weighed(reading, story)
                impacts = assess(reading, story, desk.holdings, desk.universe)
                note = write(
                    article,
                    reading,
                    story,
                    impacts,
                    playbooks=desk.playbooks,
                    universe=desk.universe,
                    version=__version__,
                    known_at=now,
                )
                saved = desk.store.save(desk.store.numbered(note), fingerprint, engine=desk.engine)
                changed += saved.changed
        tell(done)
    return changed


def compare(before: Desk, after: Desk, *, since: datetime, until: datetime) -> Comparison:
    """Tell what another engine writes otherwise about articles of a time.

    Args:
        before: The record.
        after: The space that was replayed into.
        since: The first moment.
        until: The first moment beyond.
    """
    changes: list[Change] = []
    notes = same = 0
    seen: set[str] = set()
    for _, article in _history(before, since, until):
        if article.id in seen:
            continue
        seen.add(article.id)
        notes += 1
        mine, theirs = before.store.note_on(article.id), after.store.note_on(article.id)
        found = list(_changes(article, mine, theirs))
        same += not found
        changes += found
    return Comparison(notes=notes, same=same, changes=tuple(changes))


def _changes(article: Article, mine: NoteDocument | None, theirs: NoteDocument | None) -> Iterator[Change]:
    def change(kind: str, before: object, after: object) -> Change:
        return Change(
            article_id=article.id, headline=article.headline, kind=kind, before=str(before), after=str(after)
        )

    if mine is None or theirs is None:
        if mine is not theirs:
            yield change(
                "missing" if theirs is None else "new", "a note" if mine else "–", "a note" if theirs else "–"
            )
        return
    first, second = _score(mine), _score(theirs)
    if _sign(first) != _sign(second):
        yield change("sign", _shown(first), _shown(second))
    elif (first is None) != (second is None) or abs((first or 0.0) - (second or 0.0)) >= _MOVED:
        yield change("score", _shown(first), _shown(second))
    labels = [_sentiment(d).get("label") for d in (mine, theirs)]
    if labels[0] != labels[1]:
        yield change("label", labels[0], labels[1])
    for kind, field, name in (("tickers", "tickers", "ticker"), ("events", "events", "type")):
        sets = [sorted({str(x.get(name)) for x in _list(d, field)}) for d in (mine, theirs)]
        if sets[0] != sets[1]:
            yield change(kind, ", ".join(sets[0]) or "–", ", ".join(sets[1]) or "–")


def _history(desk: Desk, since: datetime, until: datetime) -> Iterator[tuple[datetime, Article]]:
    after: tuple[datetime, str, int] | None = None
    while True:
        found = desk.store.live.history(since=since, until=until, after=after, limit=_AT_ONCE)
        for place, article in found:
            yield place[0], article
        if len(found) < _AT_ONCE:
            return
        after = found[-1][0]


def _sentiment(document: NoteDocument) -> dict[str, Any]:
    kept: Any = document.get("sentiment")
    return kept if isinstance(kept, dict) else {}


def _score(document: NoteDocument) -> float | None:
    score = _sentiment(document).get("score")
    return float(score) if isinstance(score, int | float) else None


def _sign(score: float | None) -> int:
    return 0 if score is None or abs(score) < 0.10 else 1 if score > 0 else -1


def _shown(score: float | None) -> str:
    return "none" if score is None else f"{score:+.2f}"


def _list(document: NoteDocument, field: str) -> list[dict[str, Any]]:
    kept: Any = document.get(field)
    return [x for x in kept if isinstance(x, dict)] if isinstance(kept, list) else []
