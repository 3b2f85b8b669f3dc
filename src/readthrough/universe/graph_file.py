"""The hand-written graph files: ties, themes and sensitivities. Plain text that a firm can edit.

A line is `HEAD RELATION TARGETS : why`. Relations: `<-` the targets supply the head, `->` the head
supplies the targets, `<>` all on the line compete with each other, `><` the head competes with each
target only, `owns` (a controlling holder), `partners` (joint work, or a stake without control).
`TARGET=0.2` gives a weight, a rough share of the head's business. `[2019-05..2023]` at the end of `why` says
from when, and until when, a tie held.

`@source note` says where the lines below it are known from. `@theme name : TICKERS` lists a theme.
`@driver name : what rises` names something outside, and `name SIGN TICKERS : why` whom its rise helps
(`+`, `++`) or hurts (`-`, `--`); there a target may be `<industry>` or `[theme]`, with `_` for a blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, NamedTuple

from readthrough.domain.fault import FileFault
from readthrough.domain.lazy import lazily

__all__ = ["RELATIONS", "Exposure", "GraphText", "Theme", "Tie", "parse_graph"]

RELATIONS: Final[Mapping[str, str]] = {
    "<-": "supplier",
    "->": "customer",
    "><": "competitor",
    "<>": "competitor",
    "owns": "subsidiary",
    "partners": "partner",
}
_SIGNS: Final = {"+": (1, 1), "++": (1, 2), "-": (-1, 1), "--": (-1, 2)}
_DATES: Final = lazily(r"\s*\[([\d-]*)\.\.([\d-]*)\]\s*$")
_DAY: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")
_LINE: Final = "Write `HEAD RELATION TARGETS : why`, as in `NVDA <- TSM : foundry`."


class Tie(NamedTuple):
    """One tie as written: issuers by their keys, ticker or `@slug`."""

    head: str
    target: str
    relation: str
    weight: str
    why: str
    since: str
    until: str
    source: str
    line: int


class Theme(NamedTuple):
    """A theme and the keys of its members."""

    name: str
    keys: tuple[str, ...]
    line: int


class Exposure(NamedTuple):
    """A driver's sign for keys, `<industries>` and `[themes]`."""

    driver: str
    sign: int
    strength: int
    targets: tuple[str, ...]
    why: str
    source: str
    line: int


@dataclass(slots=True, kw_only=True)
class GraphText:
    """What one file says, and what is wrong with it; a line with a fault says nothing."""

    file: str
    ties: list[Tie] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)
    exposures: list[Exposure] = field(default_factory=list)
    drivers: dict[str, str] = field(default_factory=dict)
    faults: list[FileFault] = field(default_factory=list)


class _Fault(Exception):
    """What is wrong with a line, and the remedy."""


def parse_graph(text: str, file: str, drivers: Iterable[str] = ()) -> GraphText:
    """Read a graph file; nothing is looked up yet.

    Args:
        text: The file.
        file: Its name, for faults.
        drivers: Drivers that other files define.

    >>> parse_graph("NVDA <- TSM : foundry [2016..]", "own.txt").ties[0][:7]
    ('NVDA', 'TSM', 'supplier', '', 'foundry', '2016-01-01', '')
    >>> print(parse_graph("NVDA eats TSM : lunch", "own.txt").faults[0])
    own.txt:1: no relation as second word. Use one of <-, ->, ><, <>, owns, partners.
    """
    found = GraphText(file=file)
    known = set(drivers)
    source = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        try:
            if line.startswith("@source"):
                source = line.removeprefix("@source").strip()
            elif line.startswith("@driver "):
                name, what = _halves(line.removeprefix("@driver "), "Write `@driver name : what rises`.")
                found.drivers[name] = what
                known.add(name)
            elif line.startswith("@theme "):
                name, keys = _halves(line.removeprefix("@theme "), "Write `@theme name : TICKERS`.")
                found.themes.append(Theme(name, tuple(dict.fromkeys(keys.split())), number))
            else:
                _read(line, number, source, known, found)
        except _Fault as fault:
            what, remedy = fault.args
            found.faults.append(FileFault(file=file, line=number, what=what, remedy=remedy))
    return found


def _read(line: str, number: int, source: str, drivers: set[str], found: GraphText) -> None:
    left, right = _halves(line, _LINE)
    words = left.split()
    if len(words) > 1 and words[1] in _SIGNS:
        found.exposures.append(_exposure(words, right, number, source, drivers))
        return
    why, since, until = _dated(right)
    if "<>" in words:
        keys = [w for w in words if w != "<>"]
        if words[1::2] != ["<>"] * (len(keys) - 1) or len(keys) < 2:
            raise _Fault("`<>` does not stand between every two tickers", "Write `A <> B <> C : why`.")
        for one, other in combinations(keys, 2):
            if one != other:
                found.ties.append(Tie(one, other, "competitor", "", why, since, until, source, number))
        return
    if len(words) < 2 or words[1] not in RELATIONS:
        raise _Fault("no relation as second word", f"Use one of {', '.join(RELATIONS)}.")
    if len(words) < 3:
        raise _Fault("nobody stands after the relation", _LINE)
    ties = [_tie(words, word, (why, since, until, source, number)) for word in words[2:]]
    found.ties += ties


def _tie(words: list[str], word: str, rest: tuple[str, str, str, str, int]) -> Tie:
    key, equals, weight = word.partition("=")
    if key == words[0]:
        raise _Fault(f"{key} is tied to itself", "Remove it.")
    if equals:
        try:
            fits = 0 < float(weight) < 1
        except ValueError:
            fits = False
        if not fits:
            raise _Fault(
                f"{weight!r} is no weight", "Give a share between 0 and 1, as in `WMT=0.2`, or none."
            )
    return Tie(words[0], key, RELATIONS[words[1]], weight, *rest)


def _exposure(words: list[str], why: str, number: int, source: str, drivers: set[str]) -> Exposure:
    driver = words[0].replace("_", " ")
    if driver not in drivers:
        raise _Fault(f"no driver {driver!r}", f"Define it: `@driver {driver} : what rises`.")
    if len(words) < 3:
        raise _Fault("nobody stands after the sign", "Write `oil - DAL UAL : why`.")
    sign, strength = _SIGNS[words[1]]
    return Exposure(driver, sign, strength, tuple(words[2:]), why, source, number)


def _halves(line: str, remedy: str) -> tuple[str, str]:
    left, colon, right = line.partition(" : ")
    if not colon or not right.strip() or "\t" in line:
        raise _Fault("no ` : ` with a reason after it" if "\t" not in line else "holds a tab", remedy)
    return left.strip(), right.strip()


def _dated(why: str) -> tuple[str, str, str]:
    match = _DATES.search(why)
    if match is None:
        return why, "", ""
    since, until = (_day(day) for day in match.groups())
    if since and until and since >= until:
        raise _Fault(f"it ends on {until}, before it begins", "Write `[first day..day after the last]`.")
    if not (since or until):
        raise _Fault("`[..]` gives no day", "Write `[2019-05..]`, `[..2023]` or leave it out.")
    if match.start() == 0:
        raise _Fault("it gives no reason", _LINE)
    return why[: match.start()], since, until


def _day(text: str) -> str:
    if not text:
        return ""
    match = _DAY.match(text)
    if match is None or not _is_of_calendar(match):
        raise _Fault(f"{text!r} is no day", "Write 2019, 2019-05 or 2019-05-31.")
    year, month, day = match.groups()
    return f"{year}-{month or '01'}-{day or '01'}"


def _is_of_calendar(match: re.Match[str]) -> bool:
    from datetime import date

    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
