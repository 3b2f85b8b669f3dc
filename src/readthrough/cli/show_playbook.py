"""A playbook, and what playbooks make of an article, as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from readthrough.cli.console import MUTED, plain
from readthrough.cli.figures import arrow, percent, tone, words

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

__all__ = ["show_playbook", "show_trial"]

Document: TypeAlias = Mapping[str, Any]

_ASKS = {
    "events": "an event of",
    "polarity": "that reads",
    "modality": "told as",
    "tension": "a story with",
    "unless": "not with",
    "facts": "figures",
    "reaction": "a price that went",
    "lens": "an industry of",
    "themes": "a theme of",
    "words": "the text says",
    "nowords": "and does not say",
    "headwords": "headline or opening say",
    "headline": "the headline says",
    "without": "not beside",
    "role": "the side of the",
    "subject": "a subject of kind",
}
_OUTCOMES = {
    "said": "said",
    "outspoken": "not here: another says it more to the point, or the page is worth fewer claims",
    "unfilled": "not here: the page does not give what its wordings need",
}


def show_playbook(playbook: Document, console: Console) -> None:
    """Print a playbook: why, when, what it claims, what would prove it wrong, what it would do."""
    for part in _playbook(playbook):
        console.print(part)


def show_trial(trial: Document, console: Console, *, silent: bool) -> None:
    """Print which playbooks speak on an article and, when `silent`, why each other one does not."""
    for part in _trial(trial, silent):
        console.print(part)


def _playbook(playbook: Document) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text(plain(playbook["id"]), "bold")
    place = f"{playbook['file']}:{playbook['line']}" if playbook["line"] else playbook["file"]
    whose = "your own" if playbook["own"] else "ours"
    yield Text(f"{whose} · {plain(place)} · weight {playbook['weight']:g}", MUTED)
    yield Text()
    yield Text(f"Because {_lowered(plain(playbook['why']))}")
    yield from _title("Applies to")
    for name, value in playbook["when"].items():
        yield Text.assemble((f"{_ASKS.get(name, name):<26}", MUTED), _asked(name, value))
    for claim in playbook["claims"]:
        yield from _claim(claim)
    for decision in playbook["decisions"]:
        yield from _decision(decision)
    if playbook["owns"]:
        yield from _title("Figures of its own")
        yield Text(", ".join(plain(figure) for figure in playbook["owns"]))


def _claim(claim: Document) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    yield from _title(words(claim["kind"]))
    direction = str(claim["direction"])
    line = Text(f"{arrow(direction)} {direction}".strip(), tone(direction))
    line.append(f" · {plain(claim['horizon'])} · confidence {percent(claim['confidence'])}", MUTED)
    for ticker in claim["tickers"]:
        line.append(
            f"  {plain(ticker['who'])} {arrow(ticker['direction'])}".rstrip(), tone(ticker["direction"])
        )
    yield line
    for wording in claim["texts"]:
        text = Text(plain(wording["text"]))
        if wording["needs"]:
            text = Text.assemble((f"[{' and '.join(wording['needs'])}] ", MUTED), text)
        yield Padding(Text.assemble("· ", text), (0, 0, 0, 2), expand=False)
    for wrong in claim["wrong_if"]:
        yield Padding(Text(f"Wrong if: {plain(wrong)}", MUTED), (0, 0, 0, 2), expand=False)


def _decision(decision: Document) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    yield from _title("Would do")
    line = Text(f"{plain(decision['action'])}: {plain(decision['instrument'])}", "bold")
    line.append(f" · {plain(decision['direction'])} · {plain(decision['horizon'])}", MUTED)
    yield line
    for label, key in (("Why", "because"), ("When", "trigger"), ("Undone by", "invalid")):
        yield Padding(Text.assemble((f"{label}: ", MUTED), plain(decision[key])), (0, 0, 0, 2), expand=False)


def _trial(trial: Document, silent: bool) -> Iterator[RenderableType]:
    from rich.text import Text

    article = trial["article"]
    yield Text(plain(article["headline"]) or "(no headline)", "bold")
    told = ", ".join(words(event).lower() for event in dict.fromkeys(trial["events"]))
    yield Text(f"events: {told or 'none'}", MUTED)
    speaking = [row for row in trial["playbooks"] if row["speaks"]]
    quiet = [row for row in trial["playbooks"] if not row["speaks"]]
    for row in speaking:
        yield from _speaking(row)
    if quiet and silent:
        yield from _title("Silent")
        yield _silences(quiet)
    yield Text()
    yield Text(_counted(len(speaking), len(quiet), silent), MUTED)


def _counted(speaking: int, quiet: int, silent: bool) -> str:
    said = "1 speaks" if speaking == 1 else f"{speaking} speak"
    stay = "1 stays silent" if quiet == 1 else f"{quiet} stay silent"
    return f"{said}, {stay}" + ("; --all says why." if quiet and not silent else ".")


def _speaking(row: Document) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    yield Text()
    line = Text(plain(row["id"]), "bold")
    about = " · ".join(filter(None, (plain(row["subject"] or ""), words(row["event"] or "").lower())))
    line.append(f"  {about} · score {row['score']:g}" if about else f"  score {row['score']:g}", MUTED)
    yield line
    for claim in row["claims"]:
        said = claim["outcome"] == "said"
        text = Text(f"{words(claim['kind'])}: ", "" if said else MUTED)
        text.append(plain(claim["text"]) if said else _OUTCOMES[claim["outcome"]], "" if said else MUTED)
        yield Padding(text, (0, 0, 0, 2), expand=False)


def _silences(quiet: list[Document]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style=MUTED)
    for name in ("Playbook", "Failed", "Because"):
        table.add_column(name, overflow="fold")
    for row in quiet:
        table.add_row(
            Text(plain(row["id"]), "bold"), Text(plain(row["condition"])), Text(plain(row["reason"]), MUTED)
        )
    return table


def _asked(name: str, value: Any) -> str:
    if name == "facts":
        return "; ".join(_need(need) for need in value)
    values = value if isinstance(value, list) else [value]
    spoken = [f"“{v}”" if "words" in name or name == "headline" else str(v).replace("_", " ") for v in values]
    return plain(", ".join(spoken))


def _need(need: Document) -> str:
    about = [" or ".join(need["metrics"])]
    about += [str(need[key]).replace("_", " ") for key in ("change", "vs") if need.get(key)]
    about += [f"({', '.join(need['modality'])})"] if need.get("modality") else []
    about += [f"as {need['name']}"] if need["name"] not in about[0].replace(" ", "_") else []
    return " ".join(about)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _title(text: str) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text()
    yield Text(text.upper(), f"bold {MUTED}")
