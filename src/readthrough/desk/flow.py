"""The journey, top to bottom: fetch -> read -> group -> assess -> judge -> write -> save -> publish.

Delivery follows on its own (`desk.deliver`): what must be sent is saved with the note, in one transaction.
Reading and writing are imported where they are called: a server that starts takes articles before it can read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from readthrough import __version__
from readthrough.domain.article import Article
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import ReadthroughError
from readthrough.domain.impact import Impact
from readthrough.domain.note import Note
from readthrough.domain.reading import Problem, Reading
from readthrough.domain.story import Story
from readthrough.feeds.draft import Draft

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.domain.ports import Saved, SentenceReader
    from readthrough.portfolio.assess import HoldingsIndex
    from readthrough.reading.novelty import StoryIndex
    from readthrough.universe import Universe
    from readthrough.writing.write import Playbooks

__all__ = [
    "Outcome",
    "Settled",
    "analyze",
    "announce",
    "found",
    "process",
    "process_many",
    "settle",
    "weighed",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One item of a batch: its note, or the error that stopped it."""

    item: Article | Draft
    document: NoteDocument | None = None
    error: ReadthroughError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One article with its note kept, and what is to be told when the transaction is committed."""

    note: Note
    saved: Saved
    due: bool


def process(desk: Desk, item: Article | Draft) -> NoteDocument:
    """Take one article the whole way and return its note. The same words by the same engine change nothing.

    Raises:
        ReadthroughError: The machinery failed; nothing of the article was kept.
    """
    article, problems = _fetched(item, desk.clock())
    stored = found(desk, article)
    if stored is not None:
        return stored
    from readthrough.desk.steps import Steps
    from readthrough.reading.read import read

    desk.refresh()
    reading = Steps(article.id, desk.hooks).run(
        "read", read, article, desk.universe, version=__version__, reader=desk.sentence_reader
    )
    settled = settle(desk, article, replace(reading, problems=problems + reading.problems))
    announce(desk, [settled])
    return settled.saved.document


def found(desk: Desk, article: Article) -> NoteDocument | None:
    """Return the note on words seen before by this engine."""
    from readthrough.desk.steps import Steps

    steps = Steps(article.id, desk.hooks)
    stored = steps.run("find", desk.store.find_note, article.id, article.content_digest, desk.engine)
    if stored is None:
        return None
    steps.tell("read", "repeated")
    return _repeated(desk, article, stored)


def settle(desk: Desk, article: Article, reading: Reading) -> Settled:
    """Group what was read, assess, judge and write it, and keep all of that in one transaction."""
    from readthrough.desk.speak import speak  # here and below: analyze() needs none of it
    from readthrough.desk.steps import Steps
    from readthrough.desk.watch import meet
    from readthrough.portfolio.assess import assess

    steps = Steps(article.id, desk.hooks)
    with desk.in_order:
        now = desk.moment()
        story, fingerprint = steps.run("group", desk.stories.group, article, reading, now)
        reading = weighed(reading, story)
        on = None if article.published_at is None else article.published_at.date()
        impacts = steps.run(
            "assess", assess, reading, story, desk.holdings, desk.universe, on=on, moves=desk.moves
        )
        met = steps.run("match", meet, desk, article, reading, story, impacts, now)
        spoken = steps.run("judge", speak, desk, met, article, story, now)
        note = steps.run("write", _written, desk, article, reading, story, impacts, now)
        rewriting = desk.rewriting
        note = desk.store.numbered(note if rewriting is None else rewriting.accepts(note))
        saved = steps.run(
            "save",
            desk.store.save,
            note,
            fingerprint,
            spoken.alerts,
            spoken.due,
            spoken.held,
            engine=desk.engine,
        )
        if saved.changed:
            desk.saved(note.id)
    return Settled(note=note, saved=saved, due=bool(spoken.due))


def announce(desk: Desk, settled: Sequence[Settled]) -> None:
    """Tell pages, senders and the language model of notes that are kept now."""
    from readthrough.desk.steps import Steps

    Steps(settled[0].note.article.id if settled else "", desk.hooks).run("publish", desk.publish)
    if any(one.due for one in settled):
        desk.work_waiting.set()
    if desk.rewriting is not None:
        for one in settled:
            if one.saved.changed:
                desk.rewriting.offer(one.note)


def process_many(desk: Desk, items: Iterable[Article | Draft]) -> Iterator[Outcome]:
    """Take articles one after the other; one that fails does not stop the rest."""
    for item in items:
        try:
            yield Outcome(item=item, document=process(desk, item))
        except ReadthroughError as error:
            yield Outcome(item=item, error=error)


def analyze(
    item: Article | Draft,
    *,
    universe: Universe,
    playbooks: Playbooks,
    now: datetime,
    holdings: HoldingsIndex | None = None,
    stories: StoryIndex | None = None,
    reader: SentenceReader | None = None,
) -> Note:
    """Read one article and write its note, keeping nothing.

    Args:
        item: What was published.
        universe: Who can be traded.
        playbooks: What to reason with.
        now: The note's `known_at`.
        holdings: The books to assess it for.
        stories: What came before; without it the article is taken as new.
        reader: A trained model that reads along.
    """
    from readthrough.reading.novelty import StoryIndex
    from readthrough.reading.read import read
    from readthrough.writing.write import write

    article, problems = _fetched(item, now)
    reading = read(article, universe, version=__version__, reader=reader)
    reading = replace(reading, problems=problems + reading.problems)
    known = StoryIndex() if stories is None else stories  # an empty one is still the caller's to fill
    story, _ = known.group(article, reading, now)
    reading = weighed(reading, story)
    impacts: tuple[Impact, ...] = ()
    if holdings is not None:
        from readthrough.portfolio.assess import assess

        on = None if article.published_at is None else article.published_at.date()
        impacts = assess(reading, story, holdings, universe, on=on)
    return write(
        article,
        reading,
        story,
        impacts,
        playbooks=playbooks,
        universe=universe,
        version=__version__,
        known_at=now,
    )


def weighed(reading: Reading, story: Story) -> Reading:
    """Scale market impact by novelty: what has been told moves prices no more."""
    return replace(reading, market_impact=reading.market_impact * story.novelty)


def _fetched(item: Article | Draft, now: datetime) -> tuple[Article, tuple[Problem, ...]]:
    if isinstance(item, Article):
        return item, ()
    return item.to_article(now), item.problems


def _repeated(desk: Desk, article: Article, stored: NoteDocument) -> NoteDocument:
    """The note on words seen before: the language model's where it made one, else it may make one now."""
    if desk.author is None:
        return stored
    made = desk.store.find_note(article.id, article.content_digest, desk.author_engine)
    if made is None and desk.rewriting is not None:
        desk.rewriting.offer_again(article, stored)
    return made or stored


def _written(
    desk: Desk, article: Article, reading: Reading, story: Story, impacts: tuple[Impact, ...], now: datetime
) -> Note:
    from readthrough.writing.write import write

    return write(
        article,
        reading,
        story,
        impacts,
        playbooks=desk.playbooks,
        universe=desk.universe,
        version=__version__,
        known_at=now,
    )
