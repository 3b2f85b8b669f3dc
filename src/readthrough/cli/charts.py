"""Charts for terminals: lines in block characters, bars beside their figures. Plain text, no cursor tricks."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["bar", "line_chart", "sampled"]

_BLOCKS = " ▁▂▃▄▅▆▇█"
_PARTS = " ▏▎▍▌▋▊▉█"


def bar(value: float, largest: float, width: int = 24) -> str:
    """Draw a value as a bar; a negative one hangs to the left of the middle line.

    >>> bar(0.5, 1.0, 8), bar(-1.0, 1.0, 8)
    ('    │██', '████│')
    """
    half = width // 2
    if largest <= 0:
        return " " * half + "│"
    size = min(abs(value) / largest, 1.0) * half
    whole = int(size)
    if value < 0:
        # parts of a block fill from the left only, so a negative bar ends in whole ones
        return ("█" * round(size)).rjust(half) + "│"
    return " " * half + "│" + ("█" * whole + _PARTS[int((size - whole) * 8)]).rstrip()


def sampled(values: Sequence[float], width: int) -> list[float]:
    """Return at most `width` values, each the last of its stretch, the first and last kept.

    >>> sampled([1.0, 2.0, 3.0, 4.0, 5.0], 3)
    [1.0, 3.0, 5.0]
    """
    if len(values) <= width:
        return list(values)
    step = (len(values) - 1) / (width - 1)
    return [values[round(i * step)] for i in range(width)]


def line_chart(values: Sequence[float], *, width: int = 72, height: int = 8) -> list[str]:
    """Draw a series as filled columns between its lowest and highest value, top row first.

    >>> line_chart([0.0, 1.0, 2.0], width=3, height=1)
    ['▁▅█']
    """
    shown = sampled(values, width)
    if not shown:
        return []
    low, high = min(shown), max(shown)
    span = high - low or 1.0
    # the lowest value still shows as the thinnest block
    steps = [1 + round((value - low) / span * (height * 8 - 1)) for value in shown]
    return [
        "".join(_BLOCKS[max(0, min(8, step - row * 8))] for step in steps) for row in reversed(range(height))
    ]
