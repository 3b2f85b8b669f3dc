"""Cuts texts into the word pieces a model reads, with a mark around every place that means the target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from readthrough.domain.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["LONGEST", "MARK_END", "MARK_START", "PieceCutter", "load_tokenizer", "windows"]

MARK_START: Final = "[unused1]"
MARK_END: Final = "[unused2]"
LONGEST: Final = 512
"""Most pieces a model of this family takes at once, the two that frame a text included."""


def load_tokenizer(path: Path, *, remedy: str) -> Tokenizer:
    """Load a `tokenizer.json` that cuts whole texts: no truncation, no padding, no pieces with meaning made by text.

    Args:
        path: The file.
        remedy: What to do where it cannot be loaded.

    Raises:
        ModelError: The file is missing or is no tokenizer.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises bare Exception for anything wrong with the file
        raise ModelError(
            f"The tokenizer {path} cannot be loaded: {error}.", remedy=remedy, path=str(path)
        ) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # "[SEP]" in a text is four letters, not a frame
    return tokenizer


class PieceCutter:
    """Holds a tokenizer. Texts can never make marks or frames: those are added by number, after cutting."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Keep a tokenizer as `load` makes it ready."""
        self._tokenizer = tokenizer
        self.frame_start, self.frame_end = self._number("[CLS]"), self._number("[SEP]")
        self.mark_start, self.mark_end = self._number(MARK_START), self._number(MARK_END)
        self.padding = self._number("[PAD]")

    @classmethod
    def load(cls, path: Path) -> PieceCutter:
        """Load a `tokenizer.json`.

        Raises:
            ModelError: The file is missing, is no tokenizer, or lacks the pieces of this family.
        """
        return cls(
            load_tokenizer(
                path, remedy="Restore the file that came with the model, or name another model folder."
            )
        )

    @property
    def size(self) -> int:
        """How many different pieces there are."""
        return int(self._tokenizer.get_vocab_size())

    def cut(self, texts: Sequence[str], targets: Sequence[Sequence[tuple[int, int]]]) -> list[list[int]]:
        """Cut texts into piece numbers without frames, marks set around each target span.

        Args:
            texts: What to read.
            targets: For each text the spans that mean its target, as code points; none for the whole text.
        """
        cut = self._tokenizer.encode_batch_fast if not any(targets) else self._tokenizer.encode_batch
        found = cut(list(texts), add_special_tokens=False)
        return [
            self._marked(one.ids, one.offsets, spans) if spans else list(one.ids)
            for one, spans in zip(found, targets, strict=True)
        ]

    def _marked(
        self, ids: Sequence[int], offsets: Sequence[tuple[int, int]], spans: Iterable[tuple[int, int]]
    ) -> list[int]:
        out: list[int] = []
        waiting = sorted(spans)
        place, open_until = 0, -1
        for number, (start, end) in zip(ids, offsets, strict=True):
            if open_until >= 0 and start >= open_until:
                out.append(self.mark_end)
                open_until = -1
            while place < len(waiting) and open_until < 0 and end > waiting[place][0]:
                if start < waiting[place][1]:
                    out.append(self.mark_start)
                    open_until = waiting[place][1]
                place += 1
            out.append(number)
        if open_until >= 0:
            out.append(self.mark_end)
        return out

    def _number(self, piece: str) -> int:
        number = self._tokenizer.token_to_id(piece)
        if number is None:
            raise ModelError(
                f"The tokenizer has no piece {piece!r}: it belongs to another kind of model.",
                remedy="Use the tokenizer.json that came with the model.",
                piece=piece,
            )
        return int(number)


def windows(ids: Sequence[int], longest: int = LONGEST, overlap: int = 64) -> Iterator[Sequence[int]]:
    """Part a long text into windows that fit with their frames, each sharing `overlap` pieces with the last.

    >>> [list(w) for w in windows([1, 2, 3, 4, 5], longest=5, overlap=1)]
    [[1, 2, 3], [3, 4, 5]]
    """
    room = longest - 2
    overlap = min(overlap, room // 2)  # a model of few pieces must still come to the end
    if len(ids) <= room:
        yield ids
        return
    start = 0
    while start + room < len(ids):
        yield ids[start : start + room]
        start += room - overlap
    yield ids[start:]
