"""A note as a person reads it in a terminal, drawn from its contract document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from readthrough.cli.console import MUTED, plain
from readthrough.cli.figures import (
    NOTHING,
    arrow,
    basis_points,
    fact_value,
    number,
    percent,
    score,
    tone,
    weight,
    words,
)
from readthrough.domain.errors import told

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

__all__ = ["show_compact", "show_line", "show_note"]

Document: TypeAlias = Mapping[str, Any]
_MOST_ROWS = 40  # of a table; a terminal is no place for more, and --json has them all
_LEAST_WIDTHS = {
    "Fact": 14,
    "Event": 14,
    "Label": 8,
    "Figure": 10,
    "Said as": 8,
}  # columns that fold badly when narrower
_BAR = 20  # columns of half the sentiment bar


def show_note(note: Document, console: Console, *, names: Mapping[str, str] | None = None) -> None:
    """Print every part of a note, in the order a reader wants them.

    Args:
        note: The contract document.
        console: Where to; its width decides how tables fold.
        names: What portfolios are called, by id; one that is not named shows its id.
    """
    parts = chain(
        _head(note),
        _noise(note),
        _prose("Summary", [s["text"] for s in note["summary"]]),
        _analysis(note["analysis"]),
        _tickers(note["tickers"]),
        _events(note["events"]),
        _facts(note["facts"]),
        _decisions(note["decisions"]),
        _book(note["book"], names or {}),
        _withheld(note["withheld"]),
        _unlinked(note.get("unlinked", [])),
        _problems(note.get("problems", [])),
        _foot(note),
    )
    for part in parts:
        console.print(part)


def show_compact(note: Document, console: Console, *, named: bool = False) -> None:
    """Print a note in few lines: verdict, tickers and headline, first sentence; its id too when `named`."""
    from rich.padding import Padding
    from rich.text import Text

    show_line(note, console)
    said = (
        plain(note["summary"][0]["text"])
        if note["summary"]
        else f"not news: {words(str(note['noise'] or 'none'))}"
    )
    console.print(Padding(Text(said), (0, 0, 0, 8), expand=False))
    if named:
        console.print(Padding(Text(plain(note["id"]), MUTED), (0, 0, 0, 8), expand=False))


def show_line(note: Document, console: Console) -> None:
    """Print a note as one line: score, tickers, and as much of the headline as fits."""
    from rich.text import Text

    value = note["sentiment"]["score"]
    line = Text(f"{score(value):>6}  ", tone(value))
    names = " ".join(plain(t["ticker"]) for t in note["tickers"][:2] if t["ticker"])
    line.append(f"{names:<14.14}  ", MUTED)
    line.append(_headline(note), "bold")
    console.print(line, no_wrap=True, overflow="ellipsis")


def _headline(note: Document) -> str:
    return plain(note["article"]["headline"]) or "(no headline)"


def _head(note: Document) -> Iterator[RenderableType]:
    from rich.text import Text

    article, sentiment = note["article"], note["sentiment"]
    yield Text(_headline(note), "bold")
    told = [plain(article["source"]), _moment(article["published_at"]), plain(article["url"])]
    if any(told):
        yield Text(" · ".join(filter(None, told)), MUTED)
    yield Text()
    value = sentiment["score"]
    line = Text(f"{sentiment['label']} {score(value)}", f"bold {tone(value)}")
    line.append("  mixed" if sentiment["mixed"] else "", "bold")
    line.append("  ").append_text(_bar(value))
    line.append(f"  confidence {percent(sentiment['confidence'])}", MUTED)
    yield line
    story = note["story"]
    yield Text(
        f"market impact {number(note['market_impact'], 2)} · novelty {number(story['novelty'], 2)}"
        + (" · " + ", ".join(plain(words(t)).lower() for t in note["themes"]) if note["themes"] else ""),
        MUTED,
    )
    if story.get("duplicate_of"):
        yield Text("Already told by an earlier article of the same story.", MUTED)


def _bar(value: float | None) -> Text:
    from rich.text import Text

    size = min(_BAR, round(abs(value or 0.0) * _BAR))
    left = "━" * size if (value or 0) < 0 else ""
    right = "━" * size if (value or 0) > 0 else ""
    bar = Text("·" * (_BAR - len(left)), MUTED)
    return (
        bar.append(left, tone(value))
        .append("│")
        .append(right, tone(value))
        .append("·" * (_BAR - len(right)), MUTED)
    )


def _noise(note: Document) -> Iterator[RenderableType]:
    from rich.text import Text

    if note.get("noise"):
        yield Text()
        yield Text(f"This page is not news that can be read: {plain(words(note['noise'])).lower()}.", "bold")


def _title(text: str) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text()
    yield Text(text.upper(), f"bold {MUTED}")


def _prose(title: str, sentences: list[str]) -> Iterator[RenderableType]:
    from rich.text import Text

    if sentences:
        yield from _title(title)
        yield Text(" ".join(plain(s) for s in sentences))


def _analysis(claims: list[Document]) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    if not claims:
        return
    yield from _title("Analysis")
    for claim in claims:
        direction = str(claim["direction"])
        line = Text(words(claim["kind"]), "bold")
        line.append(f"  {arrow(direction)} {direction}".rstrip(), tone(direction))
        line.append(f" · {plain(claim['horizon'])}" if claim["horizon"] else "", MUTED)
        line.append(f" · confidence {percent(claim['confidence'])}", MUTED)
        for ticker in claim["tickers"][:6]:
            line.append(
                f"  {plain(ticker['ticker'])} {arrow(ticker['direction'])}".rstrip(),
                tone(ticker["direction"]),
            )
        yield line
        yield Padding(Text(plain(claim["text"])), (0, 0, 0, 2), expand=False)
        if claim.get("falsified_by"):
            yield Padding(
                Text(f"Wrong if: {plain(claim['falsified_by'])}", MUTED), (0, 0, 0, 2), expand=False
            )


def _table(*columns: str, right: tuple[str, ...] = (), wide: str = "") -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style=MUTED, expand=False)
    for name in columns:
        table.add_column(
            name,
            justify="right" if name in right else "left",
            no_wrap=name in right and name != "Figure",
            min_width=_LEAST_WIDTHS.get(name),
            overflow="fold",
            ratio=1 if name == wide else None,
        )
    return table


def _cell(value: object, style: str = "") -> Text:
    from rich.text import Text

    return Text(plain(value) if value not in (None, "") else NOTHING, style)


def _rows(title: str, table: Table, left_out: int) -> Iterator[RenderableType]:
    from rich.text import Text

    yield from _title(title)
    yield table
    if left_out > 0:
        yield Text(f"and {left_out} more (--json prints all)", MUTED)


def _tickers(tickers: list[Document]) -> Iterator[RenderableType]:
    if not tickers:
        return
    table = _table("Ticker", "Name", "Role", "Relevance", "Score", "Label", "Confidence",
                   right=("Relevance", "Score", "Confidence"))  # fmt: skip
    for row in tickers[:_MOST_ROWS]:
        table.add_row(
            _cell(row["ticker"], "bold"),
            _cell(row["name"]),
            _cell(row["role"]),
            _cell(number(row["relevance"], 2)),
            _cell(score(row["score"]), tone(row["score"])),
            _cell(row["label"] if row["score"] is not None else "no view"),
            _cell(percent(row["confidence"])),
        )
    yield from _rows("Tickers", table, len(tickers) - _MOST_ROWS)


def _events(events: list[Document]) -> Iterator[RenderableType]:
    if not events:
        return
    table = _table("Event", "Subject", "Counterparty", "For holders", "Said as")
    for row in events[:_MOST_ROWS]:
        polarity = str(row["polarity"])
        table.add_row(
            _cell(words(row["type"]), "bold"),
            _cell(_named(row)),
            _cell(row.get("counterparty")),
            _cell(f"{arrow(polarity)} {polarity}".strip(), tone(polarity)),
            _cell(row["modality"] + (", background" if row.get("background") else "")),
        )
    yield from _rows("Events", table, len(events) - _MOST_ROWS)


def _facts(facts: list[Document]) -> Iterator[RenderableType]:
    from rich.text import Text

    if not facts:
        return
    vague = sum(row["metric"] == "unspecified" for row in facts)
    facts = [row for row in facts if row["metric"] != "unspecified"]
    table = _table("Fact", "Subject", "Figure", "Against expected", "Period", "Said as", right=("Figure",))
    for row in facts[:_MOST_ROWS]:
        table.add_row(
            _cell(row["metric"], "bold"),
            _cell(_named(row)),
            _cell(fact_value(row), tone(str(row.get("change") or "")) if row.get("is_change") else ""),
            _cell(_against(row)),
            _cell(" ".join(filter(None, (str(row.get("period") or ""), str(row.get("basis") or ""))))),
            _cell(row["modality"]),
        )
    yield from _rows("Facts", table, len(facts) - _MOST_ROWS)
    if vague:
        figures = "figure" if vague == 1 else "figures"
        yield Text(f"{vague} {figures} without a metric (--json prints all)", MUTED)


def _against(fact: Document) -> str:
    verdict = str(fact.get("vs_expectation") or "").replace("_", " ")
    if fact.get("expected") is None:
        return verdict
    # Hedge, direction and wording are the figure's own, not those of what was expected.
    scale = None if fact.get("scale") == "fraction" else fact.get("scale")
    bare = {"high": None, "is_change": False, "bound": None, "scale": scale}
    expected = fact_value({**fact, "value": fact["expected"], **bare})
    return f"{verdict} ({expected})".strip()


def _named(row: Document) -> str:
    return str(row.get("ticker") or row["subject"] or "")


def _sentence_case(action: str) -> str:
    """Open an action with a capital and leave the names in it as they are."""
    return action[:1].upper() + action[1:] if " " in action else words(action)


def _decisions(decisions: list[Document]) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    if not decisions:
        return
    yield from _title("Key decisions")
    for decision in decisions:
        line = Text(f"{arrow(decision['direction'])} ".lstrip(), tone(decision["direction"]))
        line.append(plain(f"{_sentence_case(decision['action'])} {decision['instrument']}".strip()), "bold")
        line.append(f" · {plain(decision['horizon'])}" if decision["horizon"] else "", MUTED)
        yield line
        for label, key in (("Why", "rationale"), ("When", "trigger"), ("Undone by", "invalidation")):
            if decision.get(key):
                yield Padding(
                    Text.assemble((f"{label}: ", MUTED), plain(decision[key])), (0, 0, 0, 2), expand=False
                )


def _book(book: list[Document], names: Mapping[str, str]) -> Iterator[RenderableType]:
    if not book:
        return
    table = _table("Portfolio", "Holding", "Weight %", "Path", "Low bp", "Mid bp", "High bp", "Why",
                   right=("Weight %", "Low bp", "Mid bp", "High bp"), wide="Why")  # fmt: skip
    for row in book[:_MOST_ROWS]:
        low, mid, high = ((row["expected_bps"] or {}).get(key) for key in ("low", "mid", "high"))
        table.add_row(
            _cell(names.get(row["portfolio"], row["portfolio"])),
            _cell(row["ticker"], "bold"),
            _cell(weight(row["weight"])),
            _cell(row["path"]),
            _cell(basis_points(low)),
            _cell(basis_points(mid), tone("up" if (mid or 0) > 0 else "down" if (mid or 0) < 0 else "")),
            _cell(basis_points(high)),
            _cell(row["why"]),
        )
    yield from _rows("Effect on the book", table, len(book) - _MOST_ROWS)


def _withheld(withheld: list[Document]) -> Iterator[RenderableType]:
    yield from _notes("Withheld", [(row["text"], row["reason"]) for row in withheld])


def _unlinked(unlinked: list[Document]) -> Iterator[RenderableType]:
    rows = [
        (
            row["surface"],
            row["reason"] + (": could be " + ", ".join(row["candidates"][:6]) if row["candidates"] else ""),
        )
        for row in unlinked
    ]
    yield from _notes("Names left unlinked", rows)


def _problems(problems: list[Document]) -> Iterator[RenderableType]:
    yield from _notes("Problems with the source", [(told(row["detail"]), row["remedy"]) for row in problems])


def _notes(title: str, rows: list[tuple[str, str]]) -> Iterator[RenderableType]:
    from rich.text import Text

    if not rows:
        return
    yield from _title(title)
    for text, reason in rows[:_MOST_ROWS]:
        yield Text.assemble("· ", plain(text), (f"  {plain(reason)}" if reason else "", MUTED))


def _foot(note: Document) -> Iterator[RenderableType]:
    from rich.text import Text

    engine = note["engine"]
    parts = [f"readthrough {engine['version']}"]
    parts += [
        f"{name} {plain(engine[name])[:24]}"
        for name in ("reader", "writer", "playbooks", "universe")
        if engine[name]
    ]
    if engine.get("fallback"):
        parts.append(f"language model: {plain(engine['fallback'])}")
    yield Text()
    yield Text("Analysis, not advice. " + " · ".join(parts), MUTED)


def _moment(text: str | None) -> str:
    if not text:
        return ""
    try:
        return datetime.fromisoformat(text).strftime("%-d %b %Y, %H:%M UTC")
    except ValueError:
        return plain(text)
