"""Terminals: news text made harmless, colour only where a person looks, results apart from remarks."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from rich.console import Console

__all__ = [
    "DOWN",
    "MUTED",
    "UP",
    "WIDEST",
    "note_console",
    "plain",
    "print_json",
    "print_table",
    "remark",
]

UP: Final = "#3AA0FF"
DOWN: Final = "#FF8A3D"
MUTED: Final = "bright_black"
WIDEST: Final = 120
"""Columns beyond which lines get too long to read; a wider terminal leaves a margin."""

# Control characters drive a terminal (escape sequences), direction overrides make a line read otherwise
# than it is stored, and lone surrogates cannot be written out.
_ESCAPES = re.compile(
    "\x1b\\[[0-?]{0,64}[ -/]{0,8}[@-~]"  # colours and cursor
    "|\x1b[\\]PX^_][^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\\\|\x9c)?"  # titles, links, clipboard
    "|\x1b[ -/]{0,8}[0-~]?"
)
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def plain(value: object) -> str:
    """Return text that only prints: no escape sequence, control or direction change survives.

    >>> plain("Orbex \\x1b[31mrose\\x1b[0m\\u202e 5%")
    'Orbex rose 5%'
    """
    return _CONTROLS.sub("", _ESCAPES.sub("", str(value)))


def note_console() -> Console:
    """Open the console that results are printed on; markup, emoji codes and highlighting are off."""
    from rich.console import Console

    class Piped(Console):
        def on_broken_pipe(self) -> None:  # its own ends the process with 1, as if something had failed
            raise BrokenPipeError

    width = Console(markup=False, emoji=False, highlight=False, soft_wrap=False).width
    return Piped(markup=False, emoji=False, highlight=False, width=min(width, WIDEST))


def print_json(document: Any) -> None:
    """Print a document as indented JSON; anything but ASCII and Latin text stays readable."""
    import json

    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def print_table(
    columns: Sequence[str],
    rows: Iterable[tuple[Sequence[str], str]],
    *,
    right: Sequence[str] = (),
    whole: Sequence[str] = (),
) -> None:
    """Print a table on the console for results; what is empty shows as an en dash.

    Args:
        columns: Headings.
        rows: The cells of each row, and the row's style.
        right: Headings of the columns of figures.
        whole: Headings of other columns that are never broken over lines.
    """
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for name in columns:
        # a figure cut in two reads as another figure, and a bar is a picture
        unbroken = name in right or name in whole or not name
        justify: Literal["left", "right"] = "right" if name in right else "left"
        table.add_column(name, justify=justify, overflow="fold", no_wrap=unbroken)
    for cells, style in rows:
        table.add_row(*(Text(plain(cell) or "–", style) for cell in cells))
    note_console().print(table)


def remark(text: str) -> None:
    """Tell the person something that is not the result: on standard error, harmless."""
    sys.stderr.write(plain(text) + "\n")
    sys.stderr.flush()
