"""Charts as SVG, of strings alone: bars with errors, and lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

__all__ = ["bars", "lines"]

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 760, 380, 70, 46, 44
_COLOURS = ("#2563eb", "#dc2626", "#059669", "#d97706", "#7c3aed", "#475569")


def bars(title: str, values: Sequence[tuple[str, float, float]]) -> str:
    """Draw bars with errors; NaN draws nothing.

    Args:
        title: Stands above.
        values: Label, value, and half the height of its error bar.

    >>> bars("IC", [("1", 0.03, 0.01)]).startswith("<svg")
    True
    """
    told = [(label, v, 0.0 if math.isnan(e) else e) for label, v, e in values if not math.isnan(v)]
    low, high = _range([v - e for _, v, e in told] + [v + e for _, v, e in told])
    parts = _frame(title, low, high)
    step = (_WIDTH - _LEFT - 20) / max(1, len(told))
    for number, (label, value, error) in enumerate(told):
        x = _LEFT + step * (number + 0.5)
        y, zero = _y(value, low, high), _y(0.0, low, high)
        parts.append(
            f'<rect x="{x - step * 0.3:.1f}" y="{min(y, zero):.1f}" width="{step * 0.6:.1f}" '
            f'height="{abs(y - zero):.1f}" fill="{_COLOURS[0] if value >= 0 else _COLOURS[1]}"/>'
        )
        top, bottom = _y(value + error, low, high), _y(value - error, low, high)
        parts.append(f'<path d="M{x:.1f} {top:.1f}V{bottom:.1f}" stroke="#0f172a" stroke-width="1.5"/>')
        parts.append(_text(x, _HEIGHT - _BOTTOM + 18, label, "middle"))
    return "".join([*parts, "</svg>"])


def lines(title: str, series: Sequence[tuple[str, Sequence[float]]]) -> str:
    """Draw one line for each series over days from 0.

    >>> lines("CAR", [("beat", (0.0, 0.01))]).endswith("</svg>")
    True
    """
    low, high = _range([v for _, values in series for v in values if not math.isnan(v)])
    parts = _frame(title, low, high)
    longest = max((len(values) for _, values in series), default=1)
    step = (_WIDTH - _LEFT - 190) / max(1, longest - 1)
    for number, (label, values) in enumerate(series):
        colour = _COLOURS[number % len(_COLOURS)]
        points = " ".join(f"{_LEFT + step * day:.1f},{_y(v, low, high):.1f}" for day, v in enumerate(values))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(_text(_WIDTH - 176, _TOP + 18 * (number + 1), label, "start", colour))
    for day in range(longest):
        parts.append(_text(_LEFT + step * day, _HEIGHT - _BOTTOM + 18, str(day), "middle"))
    return "".join([*parts, "</svg>"])


def _frame(title: str, low: float, high: float) -> list[str]:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(title, quote=True)}" font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        _text(_LEFT, 24, title, "start"),
    ]
    for part in range(5):
        value = low + (high - low) * part / 4
        y = _y(value, low, high)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - 20}" stroke="#e2e8f0"/>')
        parts.append(_text(_LEFT - 6, y + 4, f"{value:.3f}", "end"))
    zero = _y(0.0, low, high)
    parts.append(f'<path d="M{_LEFT} {zero:.1f}H{_WIDTH - 20}" stroke="#64748b"/>')
    return parts


def _text(x: float, y: float, words: str, anchor: str, colour: str = "#0f172a") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min([0.0, *values]), max([0.0, *values])
    room = (high - low) * 0.08 or 0.01
    return low - room, high + room


def _y(value: float, low: float, high: float) -> float:
    return _TOP + (high - value) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)
