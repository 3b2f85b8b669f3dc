"""An answer told piece by piece while it is found: each piece once, and no sentence before its check."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from readthrough.research.answer import Answer, AnswerSentence, Figure

if TYPE_CHECKING:
    from readthrough.desk.answers import Scope
    from readthrough.desk.open import Desk

__all__ = ["AnswerPieces", "ReaderLeft", "Tell", "Teller", "Told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A piece of an answer.

    `kind` is status (words on what is being done), assumed, headline, figure, sentence (its check is behind it),
    or withheld: one sentence of a model did not hold, and its words are not told here.
    """

    kind: Literal["status", "assumed", "headline", "figure", "sentence", "withheld"]
    words: str = ""
    sentence: AnswerSentence | None = None
    figure: Figure | None = None


Tell: TypeAlias = Callable[[Told], None]
"""Takes a piece; called from any thread, one piece after another."""


class ReaderLeft(Exception):
    """Nobody listens any more: the answer need not be finished."""


class Teller:
    """Tells what has not been told yet."""

    def __init__(self, tell: Tell | None) -> None:
        """Tell by a function, or nobody when None."""
        self._tell = tell
        self._told: set[tuple[str, str]] = set()

    @property
    def heard(self) -> bool:
        """Whether anybody listens."""
        return self._tell is not None

    def words(self, kind: Literal["status", "assumed", "headline", "withheld"], words: str) -> None:
        """Tell some words; those of a withheld mark may repeat, others are told once."""
        if words and (kind == "withheld" or self._first(kind, words)):
            self._hand_on(Told(kind=kind, words=words))

    def sentence(self, sentence: AnswerSentence) -> None:
        """Tell a sentence whose check is behind it."""
        if self._first("sentence", f"{sentence.citation.article_id} {sentence.text}"):
            self._hand_on(Told(kind="sentence", sentence=sentence))

    def rest(self, answer: Answer) -> None:
        """Tell what an answer holds beyond what was told."""
        for taken in answer.assumed:
            self.words("assumed", taken)
        self.words("headline", answer.headline)
        for figure in answer.figures:
            if self._first("figure", figure.working):
                self._hand_on(Told(kind="figure", figure=figure))
        for sentence in answer.sentences:
            self.sentence(sentence)

    def _first(self, kind: str, what: str) -> bool:
        new = (kind, what) not in self._told
        self._told.add((kind, what))
        return new

    def _hand_on(self, piece: Told) -> None:
        if self._tell is not None:
            self._tell(piece)


class AnswerPieces:
    """The pieces of an answer that is found in a thread of its own; `answer` is there when they have ended."""

    def __init__(self, desk: Desk, question: str, *, limit: int, scope: Scope) -> None:
        """Begin to answer."""
        self.answer: Answer | None = None
        self._failed: BaseException | None = None
        self._pieces: queue.Queue[Told | None] = queue.Queue()
        self._left = threading.Event()
        self._early: list[Told | None] = []

        def tell(piece: Told) -> None:
            if self._left.is_set():
                raise ReaderLeft
            self._pieces.put(piece)

        def work() -> None:
            from readthrough.desk.answers import answer

            try:
                self.answer = answer(desk, question, limit=limit, scope=scope, tell=tell)
            except BaseException as error:  # raised where the pieces are read
                self._failed = error
            finally:
                self._pieces.put(None)

        threading.Thread(target=work, name=_THREAD).start()

    def wait(self) -> None:
        """Wait for the first piece, so that what fails before it fails here.

        Raises:
            ReadthroughError: Whatever answering raised.
        """
        if not self._early:
            self._early.append(self._next())

    def leave(self) -> None:
        """Say that nobody reads on: the work ends at its next piece."""
        self._left.set()

    def __iter__(self) -> Iterator[Told]:
        """Give the pieces as they come."""
        try:
            while (piece := self._early.pop() if self._early else self._next()) is not None:
                yield piece
        finally:
            self.leave()

    def _next(self) -> Told | None:
        piece = self._pieces.get()
        if piece is None and self._failed is not None:
            raise self._failed
        return piece


_THREAD: Final = "readthrough-answer"
