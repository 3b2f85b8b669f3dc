"""Has the analysis of a note rewritten by a language model, when the note itself is out already.

The deterministic note never waits: it is saved and shown, then a thread asks the model, and what stands of the
answer becomes the note's next revision. When that fails, the next revision says why.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from readthrough.desk.flow import process, weighed
from readthrough.desk.intake import unkept
from readthrough.desk.open import Desk
from readthrough.desk.steps import Steps
from readthrough.domain.article import Article, digest
from readthrough.domain.authoring import Authored, AuthoredClaim, Authoring, Ending, Progress, Spent
from readthrough.domain.contract import NoteDocument, note_document
from readthrough.domain.errors import ReadthroughError
from readthrough.domain.note import Note
from readthrough.domain.story import Relation, Story
from readthrough.feeds.draft import Draft
from readthrough.writing.accept import Acceptance, Accepted
from readthrough.writing.commission import Commission, commission
from readthrough.writing.revise import fallen_back, is_enough, rewritten

if TYPE_CHECKING:
    from readthrough.domain.ports import Author
    from readthrough.portfolio.assess import HoldingsIndex

__all__ = ["Rewriting", "Taker", "process_rewritten", "rewrite", "rewritten_note_of", "start_rewriting"]


def rewrite(desk: Desk, note: Note, *, progress: Progress | None = None) -> Note:
    """Return the note with its analysis written by the language model, or as it was with the reason why not.

    What was asked before with equal inputs is not asked again. The asking, its tokens and its cost are recorded.

    Args:
        desk: Whose model, playbooks and record.
        note: The note as the playbooks wrote it.
        progress: Told how many characters have come.

    Raises:
        ModelError: The packages that ask models are not installed.
        SettingsError: No model is named.
        StorageError: The record cannot be read or written.
    """
    author = desk.author
    if author is None:
        return note
    asked = commission(
        note,
        playbooks=desk.playbooks,
        universe=desk.universe,
        send_holdings=desk.settings.language_model.send_holdings,
    )
    if asked is None:
        return note
    bench = _Bench(note, Acceptance(asked, universe=desk.universe, playbooks=desk.playbooks))
    key = digest(asked.digest, author.digest)
    authored = desk.store.answered(key)
    if authored is None:
        authored = _asked(desk, author, asked, bench, key, progress)
    else:
        Steps(note.article.id, desk.hooks).tell("author", "repeated")
        bench.review(authored.claims)
    if authored.ending is not Ending.WRITTEN:
        return fallen_back(note, authored.ending, authored.detail, bench.best)
    assert bench.best is not None  # nothing is written without having been weighed
    return rewritten(note, bench.best, author=author.name)


class _Bench:
    """Weighs every attempt at one note and remembers the best."""

    def __init__(self, note: Note, acceptance: Acceptance) -> None:
        self._note = note
        self._acceptance = acceptance
        self.best: Accepted | None = None
        self.claims: tuple[AuthoredClaim, ...] = ()

    def review(self, claims: Sequence[AuthoredClaim]) -> tuple[str, ...]:
        """Weigh an attempt; its faults are told only where it is worth asking again."""
        accepted = self._acceptance.weigh(claims)
        if self.best is None or len(accepted.claims) > len(self.best.claims):
            self.best, self.claims = accepted, tuple(claims)
        good = is_enough(self._note, accepted) and len(accepted.claims) * 3 >= len(claims) * 2
        return () if good else accepted.faults

    @property
    def is_enough(self) -> bool:
        """Tell whether some attempt may stand."""
        return self.best is not None and is_enough(self._note, self.best)


def _asked(
    desk: Desk, author: Author, asked: Commission, bench: _Bench, key: str, progress: Progress | None
) -> Authored:
    reservation = desk.allowance.reserve(author.most_tokens(asked.assignment))
    if isinstance(reservation, tuple):
        ending, detail = reservation
        return Authored(ending=ending, detail=detail)
    began = time.monotonic()
    authored = Authored(
        ending=Ending.STOPPED, detail="The desk was stopped first.", spent=_most(author, asked)
    )
    try:
        authored = author.write(asked.assignment, bench.review, progress=progress)
        authored = _judged(authored, bench)
        return authored
    finally:
        seconds = time.monotonic() - began
        authored = replace(authored, spent=replace(authored.spent, seconds=seconds))
        cost = desk.allowance.settle(reservation, authored.ending, authored.spent)
        made = Authoring(
            digest=key, article_id=asked.article.id, model=author.name, authored=authored, cost_usd=cost
        )
        desk.store.record_authoring(made, at=desk.clock())
        _tell(desk, made)


def _judged(authored: Authored, bench: _Bench) -> Authored:
    """An attempt that may stand does, whatever became of the attempts after it."""
    if authored.ending is Ending.WRITTEN:
        bench.review(authored.claims)
    if bench.is_enough:
        return replace(authored, ending=Ending.WRITTEN, claims=bench.claims, detail="")
    if authored.ending is not Ending.WRITTEN:
        return replace(authored, claims=())
    detail = "Too little of it was supported by the article and the playbooks."
    return replace(authored, ending=Ending.UNSUPPORTED, claims=(), detail=detail)


def _most(author: Author, asked: Commission) -> Spent:
    tokens_in, tokens_out = author.most_tokens(asked.assignment)
    return Spent(requests=1, input_tokens=tokens_in, output_tokens=tokens_out)


def _tell(desk: Desk, made: Authoring) -> None:
    spent = made.authored.spent
    outcome = "ok" if made.authored.ending is Ending.WRITTEN else str(made.authored.ending)
    counts = (
        ("requests", spent.requests),
        ("input_tokens", spent.input_tokens),
        ("output_tokens", spent.output_tokens),
        ("cost_microusd", int(made.cost_usd * 1_000_000)),
    )
    Steps(made.article_id, desk.hooks).tell("author", outcome, seconds=spent.seconds, counts=counts)


class Taker(Protocol):
    """Takes notes to the language model."""

    def accepts(self, note: Note) -> Note:
        """Return the note as it is to be saved: with the reason in it where the model will not be asked."""

    def offer(self, note: Note) -> None:
        """Take a saved note."""

    def offer_again(self, article: Article, stored: NoteDocument) -> None:
        """Take the note of an article that came again and was never rewritten."""

    def waits_for(self, note_id: str) -> bool:
        """Tell whether the model is still to write, or writing, this note."""


class Rewriting:
    """Notes on their way to the model: a bounded queue, and as many threads as may ask at once."""

    def __init__(self, desk: Desk) -> None:
        """Prepare; `start_rewriting` starts the threads."""
        self._desk = desk
        self._queue: queue.Queue[Note | None] = queue.Queue(desk.settings.language_model.queue)
        self._waiting: set[str] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name=f"readthrough-rewriting-{n}", daemon=True)
            for n in range(desk.settings.language_model.max_concurrency)
        ]

    def accepts(self, note: Note) -> Note:
        """Return the note as it is to be saved: with the reason in it where the model will not be asked."""
        if not _is_wanted(note):
            return note
        if self._queue.full():
            return fallen_back(note, Ending.BUSY, "Too many notes wait for it already.")
        refusal = self._desk.allowance.refusal()
        return note if refusal is None else fallen_back(note, *refusal)

    def offer(self, note: Note) -> None:
        """Queue a saved note, unless it says itself why not."""
        if not _is_wanted(note) or note.engine.fallback:
            return
        with self._lock:
            self._waiting.add(note.id)
        try:
            self._queue.put_nowait(note)
        except queue.Full:  # since `accepts` looked
            self._done(note)

    def offer_again(self, article: Article, stored: NoteDocument) -> None:
        """Queue the note of an article that came again and was never rewritten."""
        if not self.waits_for(str(stored["id"])) and not self._queue.full():
            self.offer(_reread(self._desk, article, stored))

    def waits_for(self, note_id: str) -> bool:
        """Tell whether the model is still to write, or writing, this note."""
        return note_id in self._waiting

    def start(self) -> None:
        """Start asking."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop asking; what is under way is given up, and notes that wait stay as they are."""
        self._stopping.set()
        for _ in self._threads:
            try:
                self._queue.put_nowait(None)
            except queue.Full:
                break  # then no thread waits: each sees that it is to stop
        if self._desk.author is not None:
            self._desk.author.close()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while not self._stopping.is_set():
            note = self._queue.get()
            if note is None or self._stopping.is_set():
                return
            try:
                _revise(self._desk, note)
            except Exception as error:  # the note is out; the hooks hear that it was not rewritten
                failed = isinstance(error, ReadthroughError)
                outcome = (
                    "stopped" if self._stopping.is_set() else "failed" if failed else type(error).__name__
                )
                Steps(note.article.id, self._desk.hooks).tell("rewrite", outcome)
            finally:
                self._done(note)

    def _done(self, note: Note) -> None:
        with self._lock:
            self._waiting.discard(note.id)


class _Kept:
    """Keeps the notes it is offered, for a command that rewrites them itself."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.notes: list[Note] = []

    def accepts(self, note: Note) -> Note:
        return note

    def offer(self, note: Note) -> None:
        if _is_wanted(note):
            self.notes.append(note)

    def offer_again(self, article: Article, stored: NoteDocument) -> None:
        self.offer(_reread(self._desk, article, stored))

    def waits_for(self, note_id: str) -> bool:
        return False


def process_rewritten(desk: Desk, item: Article | Draft, *, progress: Progress | None = None) -> NoteDocument:
    """Take one article the whole way as `process` does, then wait for the language model.

    Raises:
        ReadthroughError: The machinery failed, or the model cannot be asked at all.
    """
    kept = desk.rewriting = _Kept(desk)
    try:
        document = process(desk, item)
    finally:
        desk.rewriting = None
    for note in kept.notes:
        document = _revise(desk, note, progress=progress) or document
    return document


def rewritten_note_of(
    desk: Desk, draft: Draft, *, holdings: HoldingsIndex | None = None, progress: Progress | None = None
) -> NoteDocument:
    """Write the note of a draft with the language model. Only the asking is recorded, the note is not kept.

    Raises:
        ReadthroughError: The record cannot be opened, or the model cannot be asked at all.
    """
    return note_document(rewrite(desk, unkept(desk, draft, holdings), progress=progress))


def _is_wanted(note: Note) -> bool:
    """What repeats another article word for word is not paid for again."""
    return bool(note.analysis) and note.story.relation is not Relation.DUPLICATE


def _revise(desk: Desk, note: Note, *, progress: Progress | None = None) -> NoteDocument | None:
    after = rewrite(desk, note, progress=progress)
    if after is note:
        return None
    saved = desk.store.revise(replace(after, known_at=desk.clock()), engine=desk.author_engine)
    if saved.changed:
        desk.saved(note.id)
        desk.publish()
    return saved.document


def _reread(desk: Desk, article: Article, stored: NoteDocument) -> Note:
    """Make the note of stored words again: it is the same, but for the story it was put into then."""
    note = unkept(desk, article, desk.holdings)
    told: Any = stored["story"]
    story = Story(
        id=told["id"],
        novelty=told["novelty"],
        relation=Relation(told["relation"]),
        duplicate_of=told["duplicate_of"],
        follows=told["follows"],
        supersedes=told["supersedes"],
        days_since_similar=told["days_since_similar"],
    )
    return replace(
        note,
        id=str(stored["id"]),
        version=int(str(stored["revision"])),
        story=story,
        reading=weighed(note.reading, story),
    )


def start_rewriting(desk: Desk) -> Callable[[], None]:
    """Have notes rewritten as they are saved, where the settings name a language model.

    Returns:
        A function that stops it and waits for it.

    Raises:
        SettingsError: A model is to write and none is named.
    """
    if desk.author is None:
        return lambda: None
    rewriting = desk.rewriting = Rewriting(desk)
    rewriting.start()

    def stop() -> None:
        desk.rewriting = None
        rewriting.stop()

    return stop
