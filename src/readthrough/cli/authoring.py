"""A language model at work, told on standard error: a line that counts where a person watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from readthrough.cli.console import plain, remark

if TYPE_CHECKING:
    from readthrough.domain.contract import NoteDocument

__all__ = ["tell_fallback", "watching"]


@contextmanager
def watching(author: str) -> Iterator[Callable[[int], None]]:
    """Show that a model writes, and how much of its answer has come.

    Args:
        author: The model's name.

    Yields:
        What is to be told the number of characters so far.
    """
    if not sys.stderr.isatty():
        remark(f"{author} is writing.")
        yield lambda characters: None
        return
    from rich.console import Console

    console = Console(stderr=True, markup=False, emoji=False)
    with console.status(f"{plain(author)} is writing") as status:
        yield lambda characters: status.update(f"{plain(author)} is writing: {characters:,} characters")


def tell_fallback(document: NoteDocument) -> None:
    """Say why the language model did not write, where it did not."""
    engine = cast(dict[str, Any], document["engine"])
    if not engine["fallback"]:
        return
    withheld = cast(list[dict[str, Any]], document["withheld"])
    reason = f" {withheld[-1]['reason']}" if withheld else ""
    remark(f"The language model did not write ({engine['fallback']}).{reason} The playbooks wrote this note.")
