"""Figures of portfolios on a terminal: tables with their method at hand, and charts where one would rather look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from readthrough.cli.charts import bar, line_chart
from readthrough.cli.console import DOWN, MUTED, UP, note_console, plain, print_table
from readthrough.cli.figures import NOTHING, number

__all__ = [
    "show_attribution",
    "show_exposure",
    "show_factors",
    "show_performance",
    "show_replay",
    "show_risk",
    "show_scenario",
]

Document = Mapping[str, Any]

_SHARES: Final = ("return", "deviation", "share")
_ROWS: Final = 12
_WIDE: Final = 100  # columns below which wide tables go without bars
_NONE: Final = " "  # a cell that is meant to be empty: no dash


def show_performance(document: Document, *, methods: bool) -> None:
    """Print returns, growth, sub-periods and contributions."""
    _head(document)
    if _unavailable(document):
        return
    series = document["series"]
    _chart("Growth of 1", series["growth"], series["days"])
    _figures(document["figures"], methods=methods)
    parts = document["sub_periods"]
    if parts:
        _title("Sub-periods")
        rows = [
            (
                (
                    p["start"],
                    p["end"],
                    number(p["start_value"], 2),
                    number(p["flow"] or None, 2, plus=True),
                    number(p["end_value"], 2),
                    _percent(p["return"]),
                    _NONE if p["is_exact"] else p["method"],
                ),
                "",
            )
            for p in parts
        ]
        columns = ("From", "To", "Value", "Flow", "Value then", "Return %", "Note")
        print_table(columns, rows, right=("Value", "Flow", "Value then", "Return %"))
    _title("Contribution to return")
    if reason := document.get("contributions_unavailable"):
        _say(f"Unavailable: {reason}.")
    named = [{**p, "instrument": p["instrument"] or "Cash and fees"} for p in document["contributions"]]
    _bars(named, "instrument", "contribution", ("Weight %", "weight"))
    _problems(document)


def show_risk(document: Document, *, methods: bool) -> None:
    """Print risk, drawdowns, and where the risk comes from."""
    _head(document)
    if not _unavailable(document):
        series = document["series"]
        _chart("Below the peak", series["underwater"], series["days"])
        _figures(document["figures"], methods=methods)
        _title("Deepest falls")
        rows = [
            (
                (
                    f["peak"] or f["start"],
                    f["trough"],
                    f["end"] or "not yet",
                    _percent(f["depth"]),
                    str(f["length"]),
                ),
                "",
            )
            for f in document["drawdowns"]
        ]
        print_table(("Peak", "Trough", "Regained", "Depth %", "Periods"), rows, right=("Depth %", "Periods"))
        for risk in document["components"]:
            if risk["risk"] in ("volatility_annual", "volatility", "expected_shortfall_historical"):
                _title(f"{_words(risk['risk'])}, by line: {_percent(risk['total'])}%")
                _bars(risk["lines"], "instrument", "component", ("Weight %", "weight"), limit=_ROWS)
    _title("Concentration and liquidity")
    _figures({**document["concentration"], **document["liquidity"]["figures"]}, methods=methods)
    _problems(document)


def show_attribution(document: Document) -> None:
    """Print effects by segment and currency."""
    _head(document)
    if _unavailable(document):
        _problems(document)
        return
    _say(
        f"Portfolio {_percent(document['book_return'])}%, {document['benchmark']}"
        f" {_percent(document['benchmark_return'])}%, active {_percent(document['active_return'])}%."
    )
    keys = ("allocation", "selection", "interaction", "total")
    rows = [
        (
            (
                s["segment"],
                _percent(s["weight"]),
                _percent(s["benchmark_weight"]),
                *(_bps(s[k]) for k in keys),
                bar(s["total"], _largest(document["segments"], "total"), 16),
            ),
            _style(s["total"]),
        )
        for s in document["segments"]
    ]
    sums = {k: sum(s[k] for s in document["segments"]) for k in keys}
    rows.append((("All", _NONE, _NONE, *(_bps(sums[k]) for k in keys), _NONE), "bold"))
    columns = ("Segment", "Weight %", "Bench %", "Alloc bp", "Select bp", "Inter bp", "Total bp", "")
    _table(columns, rows, right=columns[1:7])
    if any(c["total"] for c in document["currencies"]):
        _title("Currency")
        effects = [
            (
                (
                    c["currency"],
                    _percent(c["weight"]),
                    _percent(c["benchmark_weight"]),
                    _bps(c["allocation"]),
                    _bps(c["timing"]),
                    _bps(c["total"]),
                ),
                _style(c["total"]),
            )
            for c in document["currencies"]
        ]
        headings = ("Currency", "Weight %", "Bench %", "Alloc bp", "Timing bp", "Total bp")
        print_table(headings, effects, right=headings[1:])
    if document.get("trading_effect") is not None:
        _say(
            f"The account itself made {_percent(document['account_return'])}%:"
            f" {_bps(document['trading_effect'])} bp are {document['trading_method'].rpartition(': ')[2]}."
        )
    _say(document["method"], MUTED)
    _problems(document)


def show_exposure(document: Document, *, limit: int) -> None:
    """Print weights by issuer, sector, country, currency and theme."""
    _head(document)
    for dimension in ("issuer", "sector", "country", "currency", "theme"):
        rows = document[dimension]
        if not rows:
            continue
        _title(_words(dimension))
        shown = rows[:limit]
        has_benchmark = shown[0]["benchmark"] is not None
        largest = _largest(rows, "net")
        width = _room(max(len(r["label"]) for r in shown), 3 if has_benchmark else 1)
        cells = [
            (
                (
                    r["label"],
                    _percent(r["net"]),
                    *((_percent(r["benchmark"]), _percent(r["active"], plus=True)) if has_benchmark else ()),
                    bar(r["net"], largest, width),
                ),
                "",
            )
            for r in shown
        ]
        columns = ("Name", "Net %", *(("Bench %", "Active %") if has_benchmark else ()), "")
        print_table(columns, cells, right=columns[1:-1])
        if len(rows) > limit:
            _say(f"and {len(rows) - limit} more", MUTED)
    _title("Concentration")
    _figures(document["concentration"], methods=False)
    if document["unvalued"]:
        _say(f"Without a weight: {', '.join(document['unvalued'])}.")
    _problems(document)


def show_factors(document: Document) -> None:
    """Print a factor regression."""
    _title("Factors")
    if _unavailable(document):
        _problems(document)
        return
    rows = [
        (
            (
                each["name"],
                number(each["value"], 4),
                number(each["standard_error"], 4),
                number(each["t"], 2),
                bar(each["t"], 10.0, 20),
            ),
            "",
        )
        for each in (document["alpha"], *document["loadings"])
    ]
    print_table(("Factor", "Loading", "Error", "t", ""), rows, right=("Loading", "Error", "t"))
    _say(f"R² {number(document['explained'], 4)} over {document['observations']:,} periods;"
         f" {document['alpha']['method']}.", MUTED)  # fmt: skip
    _problems(document)


def show_scenario(document: Document) -> None:
    """Print what shocks do, line by line, with the path."""
    _head(document)
    total = document["total_bps"]
    _say(
        f"Effect {number(total['mid'], 1, plus=True)} bp of net asset value,"
        f" between {number(total['low'], 1, plus=True)} and {number(total['high'], 1, plus=True)}."
    )
    largest = max((abs(line["bps"]["mid"]) for line in document["lines"]), default=0.0)
    rows = [
        (
            (
                line["instrument"],
                _percent(line["weight"]),
                _percent(line["move"]["mid"], plus=True),
                number(line["bps"]["low"], 1, plus=True),
                number(line["bps"]["mid"], 1, plus=True),
                number(line["bps"]["high"], 1, plus=True),
                bar(line["bps"]["mid"], largest, 16),
                line["why"],
            ),
            _style(line["bps"]["mid"]),
        )
        for line in document["lines"]
    ]
    columns = ("Line", "Weight %", "Move %", "Low bp", "Mid bp", "High bp", "", "Why")
    _table(columns, rows, right=columns[1:6])
    _say(f"{_percent(document['untouched_weight'])}% of gross weight is not reached.", MUTED)
    _problems(document)


def show_replay(document: Document) -> None:
    """Print past windows."""
    _head(document)
    largest = _largest([w for w in document["windows"] if not w["unavailable"]], "return")
    rows = []
    for window in document["windows"]:
        if window["unavailable"]:
            cells = (
                window["window"],
                f"{window['start']} to {window['end']}",
                "",
                "",
                "",
                _percent(window["covered"]),
                "",
            )
            rows.append((cells, MUTED))
            continue
        cells = (
            window["window"],
            f"{window['start']} {window['end']}",
            _percent(window["return"]),
            _percent(window["deepest"]),
            f"{_percent(window['worst_return'])} on {window['worst_day']}",
            _percent(window["covered"]),
            bar(window["return"], largest, 16),
        )
        rows.append((cells, _style(window["return"])))
    columns = ("Window", "Days", "Return %", "Deepest %", "Worst day %", "Covered %", "")
    _table(columns, rows, right=("Return %", "Deepest %", "Covered %"), whole=("Window",))
    _say(document["method"], MUTED)


def _table(
    columns: Sequence[str],
    rows: Sequence[tuple[Sequence[str], str]],
    *,
    right: Sequence[str],
    whole: Sequence[str] = (),
) -> None:
    """Print a table; on a narrow terminal without its column of bars, which has no heading."""
    at = columns.index("") if "" in columns else None
    if at is not None and note_console().width < _WIDE:
        columns = [*columns[:at], *columns[at + 1 :]]
        rows = [([*cells[:at], *cells[at + 1 :]], style) for cells, style in rows]
    print_table(columns, rows, right=right, whole=whole)


def _head(document: Document) -> None:
    window = document.get("window") or {}
    stretch = f", {window['start']} to {window['end']}" if window.get("start") else ""
    against = document.get("benchmark")
    beside = f", against {against}" if against else ""
    _say(f"{document['name']} ({document['portfolio']}){stretch}{beside}", "bold")
    if basis := document.get("basis"):
        _say(f"Basis: {basis}.", MUTED)


def _unavailable(document: Document) -> bool:
    reason = document.get("unavailable")
    if reason:
        _say(f"Unavailable: {reason}.")
    return bool(reason)


def _figures(figures: Mapping[str, Document], *, methods: bool) -> None:
    rows = []
    for name, figure in figures.items():
        how = figure["method"] if methods else ""
        if figure["value"] is None:
            rows.append(((_words(name), NOTHING, _NONE, figure["unavailable"] or how), MUTED))
            continue
        details = "; ".join(
            filter(
                None,
                (
                    how,
                    f"ddof {figure['ddof']}" if methods and figure["ddof"] is not None else "",
                    f"quantile {figure['quantile']}" if methods and figure["quantile"] else "",
                    figure["sign"] if methods and figure["sign"] else "",
                ),
            )
        )
        is_share = any(word in figure["unit"] for word in _SHARES)
        value = _percent(figure["value"]) if is_share else number(figure["value"], 3)
        rows.append(((_words(name), value, "%" if is_share else _NONE, details or _NONE), ""))
    columns = ("Figure", "Value", "", "Method" if methods else "")
    print_table(columns, [(cells, style) for cells, style in rows], right=("Value",))


def _bars(
    rows: Sequence[Document], name: str, value: str, extra: tuple[str, str], *, limit: int = 30
) -> None:
    chosen = sorted(rows, key=lambda row: -abs(row[value]))[:limit]
    chosen.sort(key=lambda row: -row[value])
    largest = _largest(chosen, value)
    width = _room(max((len(row[name]) for row in chosen), default=0), 2)
    cells = [
        ((row[name], _percent(row[extra[1]]), _percent(row[value]), bar(row[value], largest, width)), "")
        for row in chosen
    ]
    print_table(("Line", extra[0], f"{_words(value)} %", ""), cells, right=(extra[0], f"{_words(value)} %"))
    if len(rows) > limit:
        _say(f"and {len(rows) - limit} more", MUTED)


def _room(label: int, figures: int) -> int:
    """How wide a bar may be beside a label and so many figures, even, no wider than 32."""
    return max(8, min(32, (note_console().width - label - 2 - 12 * figures - 1) // 2 * 2))


def _chart(title: str, values: Sequence[float], days: Sequence[str]) -> None:
    if len(values) < 3:
        return
    _title(title)
    for i, row in enumerate(lines := line_chart(values)):
        edge = max(values) if i == 0 else min(values) if i == len(lines) - 1 else None
        _say(f"{row}  {number(edge, 3) if edge is not None else ''}".rstrip())
    _say(f"{days[0]} to {days[-1]}", MUTED)


def _problems(document: Document) -> None:
    for problem in document.get("problems", [])[:8]:
        _say(f"! {problem['detail']}. {problem['remedy']}".rstrip(), MUTED)


def _title(text: str) -> None:
    _say("")
    _say(text, "bold")


def _say(text: str, style: str = "") -> None:
    from rich.text import Text

    note_console().print(Text(plain(text), style))


def _largest(rows: Iterable[Document], key: str) -> float:
    return max((abs(row[key]) for row in rows if row.get(key) is not None), default=0.0)


def _percent(share: float | None, *, plus: bool = False) -> str:
    return number(None if share is None else share * 100, 2, plus=plus)


def _bps(share: float) -> str:
    return number(share * 1e4, 1, plus=True)


def _style(value: float) -> str:
    return UP if value > 0 else DOWN if value < 0 else ""


def _words(name: str) -> str:
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]
