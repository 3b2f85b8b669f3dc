"""Builds everything from settings, each part when it is first asked for.

Imports of the heavy rooms stand inside the builders: `analyze` never loads the database, `--help` nothing.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from readthrough import __version__
from readthrough.domain.article import digest
from readthrough.domain.errors import SettingsError, StorageError

if TYPE_CHECKING:
    from readthrough.alerts.match import RuleIndex
    from readthrough.alerts.pulse import Pulse
    from readthrough.desk.allowance import Allowance
    from readthrough.desk.rewriting import Taker
    from readthrough.desk.speak import Speaking
    from readthrough.domain.corpus import Corpus
    from readthrough.domain.ports import Author, Clock, Receiver, SentenceReader, StepHook, Store
    from readthrough.language_model.answering import AnswerWriter
    from readthrough.language_model.author import LanguageModel
    from readthrough.portfolio.assess import HoldingsIndex
    from readthrough.portfolio.moves import MoveTable
    from readthrough.reading.novelty import StoryIndex
    from readthrough.settings import Settings
    from readthrough.streaming.local import LiveHub
    from readthrough.universe import Universe
    from readthrough.writing.write import Playbooks

__all__ = ["PAGE", "Desk", "now_utc", "open_desk"]

PAGE = "page"
"""The receiver that is always there: the live page."""
SHOWN = "page"
"""Topic of outbox rows that name alerts for the live pages of every process."""

T = TypeVar("T")


def now_utc() -> datetime:
    """Return the present as an aware UTC datetime."""
    return datetime.now(UTC)


def open_desk(
    settings: Settings, *, clock: Clock = now_utc, store: Store | None = None, hooks: Sequence[StepHook] = ()
) -> Desk:
    """Make a desk. Nothing is loaded or opened until it is needed, so this never fails.

    Args:
        settings: What `load_settings` returned.
        clock: Gives the present.
        store: A store to use instead of the one settings name; the desk closes it.
        hooks: Called with each `StepDone`.
    """
    return Desk(settings, clock=clock, store=store, hooks=hooks)


class Desk:
    """Holds the loaded rooms, the store, the hub and the receivers. Close it; use it from any thread."""

    def __init__(
        self, settings: Settings, *, clock: Clock, store: Store | None = None, hooks: Sequence[StepHook] = ()
    ) -> None:
        """Keep what parts will be built from; `open_desk` makes these."""
        self.settings = settings
        self.clock = clock
        self.hooks = tuple(hooks)
        self.in_order = threading.RLock()
        """Held from grouping to saving: an article must see the story its forerunner made."""
        self.work_waiting = threading.Event()
        """Set when a delivery has been saved."""
        self.arrived = threading.Event()
        """Set when articles were let wait by this process."""
        self.rewriting: Taker | None = None
        """Takes saved notes to the language model; None where nobody does."""
        self._parts: dict[str, Any] = {}
        self._given = store
        self._building = threading.RLock()
        self._stamp = ""
        """What rules on news without a move have met, until prices come."""
        self.watched: set[tuple[str, str]] = set()
        """Rule and group of what was told without a note."""
        self._published = 0
        self._learned = 0
        self._latest: datetime | None = None
        self._own: set[str] = set()
        self.publishes = True
        """Whether live pages of this process are told of notes; a worker without pages has none to tell."""

    @property
    def hub(self) -> LiveHub:
        """Where the live pages of this process are told of notes and alerts."""
        return self._part("hub", self._open_hub)

    @property
    def universe(self) -> Universe:
        """Who can be traded.

        Raises:
            UniverseError: A table or the overlay is broken.
        """
        return self._part("universe", self._load_universe)

    def prepare(self, *, reads: bool = True) -> None:
        """Load now what writing and, unless others do that, reading need, for a process that will see many articles.

        Raises:
            ReadthroughError: Universe, playbooks or model cannot be used.
        """
        _ = self.universe.graph, self.playbooks, self.sentence_reader
        if reads:
            from readthrough.reading import patterns, read  # noqa: F401 (what reads is to be there as well)

            patterns.prepare()

    @property
    def sentence_reader(self) -> SentenceReader | None:
        """The trained model that reads along; None when the settings name none.

        Raises:
            ModelError: Its folder is broken.
        """
        return self._part("sentence_reader", self._load_sentence_reader) or None

    @property
    def playbooks(self) -> Playbooks:
        """The reasoning that notes are written from; what is broken in a firm's own is left out and told in `faults`.

        Raises:
            UniverseError: One of our own files is missing or broken.
        """
        return self._part("playbooks", self._load_playbooks)

    @property
    def author(self) -> Author | None:
        """The language model that rewrites the analysis; None where the playbooks alone write.

        Raises:
            SettingsError: It is to write, and no model is named.
        """
        return self._part("author", self._make_author) or None

    @property
    def author_engine(self) -> str:
        """Names the parts that make a note with the language model."""
        author = self.author
        return self.engine if author is None else digest(self.engine, author.digest)

    @property
    def allowance(self) -> Allowance:
        """What the language model may still take today."""
        return self._part("allowance", self._make_allowance)

    @property
    def store(self) -> Store:
        """The record.

        Raises:
            StorageError: The database cannot be opened.
        """
        return self._part("store", self._open_store)

    @property
    def stories(self) -> StoryIndex:
        """What grouping remembers."""
        return self._part("stories", self._load_stories)

    @property
    def holdings(self) -> HoldingsIndex:
        """The portfolios, by issuer."""
        return self._part("holdings", self._load_holdings)

    @property
    def moves(self) -> MoveTable:
        """How far shares are expected to move on news.

        Raises:
            ModelError: The table that the settings name is broken.
        """
        return self._part("moves", self._load_moves)

    @property
    def rules(self) -> RuleIndex:
        """The alert rules, by what they listen for."""
        return self._part("rules", self._load_rules)

    @property
    def pulse(self) -> Pulse:
        """What was said of names and books lately."""
        return self._part("pulse", self._load_pulse)

    @property
    def receivers(self) -> Mapping[str, Receiver]:
        """Where alerts can be sent, by name.

        Raises:
            SettingsError: A receiver's address or secret is malformed.
        """
        return self._part("receivers", self._build_receivers)

    @property
    def speaking(self) -> Speaking:
        """Who is reached how, and what is silenced."""
        return self._part("speaking", self._load_speaking)

    @property
    def engine(self) -> str:
        """Names the parts that make a note: the same words by the same engine give the same note."""
        model = self.sentence_reader
        parts = [__version__, self.universe.digest, self.playbooks.digest, *([model.digest] if model else [])]
        return self._part("engine", lambda: digest(*parts))

    @property
    def answerer(self) -> AnswerWriter | None:
        """The language model that answers are written by; None where they are extracts.

        Raises:
            SettingsError: It is to write, and no model is named.
        """
        return self._part("answerer", self._make_answerer) or None

    @property
    def corpus(self) -> Corpus:
        """What research looks through.

        Raises:
            StorageError: The store given to the desk keeps no corpus.
        """
        return self._part("corpus", self._open_corpus)

    def refresh(self) -> None:
        """Follow the record's rules and books when they have changed, so that the next article meets them."""
        stamp = self.store.books_stamp()
        if stamp == self._stamp:
            return
        with self.in_order, self._building:  # no article is being met by the rules that change
            books, _, change = stamp.partition(".")
            before, _, last = self._stamp.partition(".")
            if books != before:
                self._parts.pop("holdings", None)
                self._parts.pop("speaking", None)
            if change != last:
                self._renew_rules(int(last or 0))
            self._stamp = stamp

    def _renew_rules(self, since: int) -> None:
        """Take over the rules that changed; all of them where nobody remembers which did."""
        index: RuleIndex | None = self._parts.get("rules")
        if index is None:
            return
        changed = self.store.rules_since(since)
        if changed is None:
            del self._parts["rules"]
            return
        index.watch(self.store.watchlists())
        for rule_id, rule in changed.items():
            if rule is None:
                index.remove(rule_id)
            else:
                index.add(rule)

    def publish(self, *, limit: int = 500) -> int:
        """Pass notes saved since the last call, by any process, to the live pages.

        The first call passes on what was saved since the store was opened.

        Returns:
            How many were passed on.
        """
        store = self.store
        if not self.publishes:
            return 0
        foreign = []
        with self._building:
            rows = store.outbox(after=self._published, limit=limit)
            for row in rows:
                if row.topic == "note":
                    self.hub.publish("note", row.document)
                    if row.key not in self._own:
                        foreign.append(row.created_at)
                    self._own.discard(row.key)
                elif row.topic == SHOWN:
                    self.hub.publish("alert", row.document)
                self._published = row.id
        if foreign:
            self._learn(min(foreign))
        return len(rows)

    def _learn(self, since: datetime) -> None:
        """Remember what other processes grouped: the next article must be compared with that too."""
        with self.in_order:
            stories: StoryIndex | None = self._parts.get("stories")
            if stories is not None:  # otherwise all of it is read when first asked for
                for fingerprint in self.store.fingerprints(since=since.timestamp()):
                    stories.remember(fingerprint)

    def share(self, other: Desk) -> None:
        """Use what another desk has loaded that is the same for every tenant: universe, playbooks and models."""
        _ = other.universe, other.playbooks, other.sentence_reader
        for name in ("universe", "playbooks", "sentence_reader"):
            self._parts[name] = other._parts[name]

    def saved(self, note_id: str) -> None:
        """Mark a note as this desk's own work, whose story it already knows."""
        if self.publishes:
            self._own.add(note_id)

    def moment(self) -> datetime:
        """Return the present, but never before what is kept: a clock set back must not turn notes round."""
        if self._latest is None:
            self._latest = self.store.live.last_known_at()
        now = self.clock()
        if self._latest is not None and now < self._latest:
            now = self._latest + timedelta(microseconds=1)
        self._latest = now
        return now

    def catch_up(self) -> int:
        """Remember what other processes grouped since the last call, and return the place in the outbox reached.

        Call it with the write lock held (`store.together`): what it has not seen then is not there.
        """
        stories = self.stories
        while True:
            place, found = self.store.live.grouped_after(self._learned, limit=1_000)
            for note_id, fingerprint in found:
                if note_id not in self._own:
                    stories.remember(fingerprint)
            self._learned = place
            if len(found) < 1_000:
                return place

    def caught_up(self, place: int) -> None:
        """Mark what was grouped by this desk itself, up to a place in the outbox, as known."""
        self._learned = max(self._learned, place)

    def close(self) -> None:
        """End subscriptions, then close the language model, receivers and the store."""
        if (hub := self._parts.get("hub")) is not None:
            hub.close()
        with self._building:
            if author := self._parts.pop("author", None):
                author.close()
            receivers = self._parts.pop("receivers", {})
            for one in (receivers, *(() if hasattr(receivers, "close") else receivers.values())):
                if callable(close := getattr(one, "close", None)):
                    close()
            if answerer := self._parts.pop("answerer", None):
                answerer.close()
            if (corpus := self._parts.pop("corpus", None)) is not None:
                corpus.close()
            store = self._parts.pop("store", self._given)
            if store is not None:
                store.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _part(self, name: str, build: Callable[[], T]) -> T:
        # Read once: `refresh` may drop the part between two looks.
        part = self._parts.get(name)
        if part is None:
            with self._building:
                part = self._parts.get(name)
                if part is None:
                    part = self._parts[name] = build()
        return cast(T, part)

    def _make_answerer(self) -> AnswerWriter | Literal[False]:
        if self.settings.research.writer == "extracts":
            return False
        from readthrough.language_model.answering import AnswerWriter

        return AnswerWriter(self._language_model("research.writer"))

    def _open_corpus(self) -> Corpus:
        opened = getattr(self.store, "corpus", None)
        if not callable(opened):
            raise StorageError(
                "This store keeps no corpus.", remedy="Use the database that storage.url names."
            )
        return cast("Corpus", opened())

    def _open_hub(self) -> LiveHub:
        from readthrough.streaming.local import LiveHub

        return LiveHub(epoch=secrets.token_hex(4))

    def _load_universe(self) -> Universe:
        from readthrough.universe import load_universe

        return load_universe(self.settings.universe.overlay)

    def _load_sentence_reader(self) -> SentenceReader | Literal[False]:
        if self.settings.encoder.model == "none":
            return False  # None would be looked for again
        from readthrough.encoder.outside import load_reader

        return load_reader(self.settings.encoder.folder, threads=self.settings.encoder.threads)

    def _load_playbooks(self) -> Playbooks:
        from readthrough.writing.write import load_playbooks

        return load_playbooks(self.settings.writing.playbooks)

    def _make_author(self) -> Author | Literal[False]:
        if self.settings.writing.writer == "playbooks":
            return False
        return self._language_model("writing.writer")

    def _language_model(self, asked_by: str) -> LanguageModel:
        part = self.settings.language_model
        if not part.model:
            raise SettingsError(
                f"{asked_by} is llm, and no language model is named.",
                remedy="Set language_model.model and, unless it is the house's own, language_model.base_url.",
            )
        from readthrough.language_model.author import LanguageModel
        from readthrough.language_model.connect import Endpoint

        return LanguageModel(
            Endpoint(
                api=part.api,
                model=part.model,
                base_url=part.base_url,
                key=part.api_key.get_secret_value(),
                timeout=part.timeout,
                retries=part.retries,
                max_output_tokens=part.max_output_tokens,
            )
        )

    def _make_allowance(self) -> Allowance:
        from readthrough.desk.allowance import Allowance

        return Allowance(self.settings.language_model, self.store, self.clock)

    def _open_store(self) -> Store:
        store = self._given
        if store is None:
            from readthrough.storage.open import open_store

            store = open_store(self.settings.database_url, busy_timeout=self.settings.storage.busy_timeout)
        self._published = store.last_outbox_id()
        return store

    def _load_stories(self) -> StoryIndex:
        from readthrough.reading.novelty import CAPACITY, StoryIndex

        since = self.clock() - self.settings.desk.story_memory
        self._learned = self.store.last_outbox_id()
        return StoryIndex(self.store.fingerprints(since=since.timestamp(), limit=CAPACITY))

    def _load_holdings(self) -> HoldingsIndex:
        from readthrough.portfolio.assess import HoldingsIndex

        return HoldingsIndex(self.store.portfolios(), self.universe, self.store.books.funds())

    def _load_moves(self) -> MoveTable:
        from readthrough.portfolio.moves import load_moves, read_moves

        path = self.settings.portfolio.moves
        return load_moves() if path is None else read_moves(path)

    def _load_rules(self) -> RuleIndex:
        from readthrough.alerts.match import RuleIndex

        return RuleIndex(self.store.rules(), self.universe, self.store.watchlists())

    def _load_pulse(self) -> Pulse:
        from readthrough.desk.watch import load_pulse

        return load_pulse(self)

    def _build_receivers(self) -> Mapping[str, Receiver]:
        from readthrough.desk.receiving import Receivers, set_receiver
        from readthrough.receivers.page import Page

        given = {name: set_receiver(self, name, part) for name, part in self.settings.receivers.items()}
        return Receivers(self, {PAGE: Page(name=PAGE), **given})

    def _load_speaking(self) -> Speaking:
        from readthrough.desk.speak import load_speaking

        return load_speaking(self)
