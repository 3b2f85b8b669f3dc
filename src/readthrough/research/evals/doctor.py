"""Doctoring: a true sentence with one thing changed, so that its article no longer says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

__all__ = ["doctored"]

_NUMBER: Final = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,-])\d+(?:\.\d+)?")
_WORDS: Final = re.compile(r"[A-Za-z]+")
_CONTRARY: Final[Mapping[str, str]] = {
    "rose": "fell", "rise": "fall", "rises": "falls", "gained": "lost", "gain": "loss", "climbed": "dropped", "jumped": "slumped",
    "grew": "shrank", "grow": "shrink", "surged": "sank", "leapt": "slumped", "soared": "sank", "up": "down", "higher": "lower",
    "above": "below", "beat": "missed", "topped": "missed", "beating": "missing", "added": "shed", "widened": "narrowed",
    "fell": "rose", "fall": "rise", "falls": "rises", "lost": "gained", "loss": "gain", "dropped": "climbed", "drop": "jump",
    "slid": "climbed", "sank": "soared", "slipped": "climbed", "shrank": "grew", "shrink": "grow", "declined": "rose", "decline": "rise",
    "down": "up", "lower": "higher", "below": "above", "missed": "beat", "narrowed": "widened", "fewer": "more", "decreased": "increased",
    "slumped": "jumped", "contracted": "expanded",
}  # fmt: skip
_RANGE: Final = re.compile(r"(?:%| \w+| ?bn)? (?:to|and) \W?$")
_BESIDE: Final = 5  # words between a direction and its figure
_SCALES: Final = (("billion", "million"), ("million", "billion"), ("trillion", "billion"), ("bn", "m"))
_OTHER_MONEY: Final = (
    ("C$", "US$"), ("HK$", "US$"), ("$", "€"), ("€", "$"), ("£", "$"), ("₹", "$"), (" euros", " dollars"), (" yen", " won"),
    (" yuan", " dollars"), (" kroner", " euros"), ("Rs ", "$"),
)  # fmt: skip
_TIMES: Final[Sequence[tuple[str, ...]]] = (
    ("first quarter", "second quarter", "third quarter", "fourth quarter"),
    (
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    ("2017", "2019", "2021", "2024", "2025", "2026", "2027", "2028", "2029", "2030", "2032"),
)


def doctored(sentence: str, text: str, companies: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (family, sentence) for each way of doctoring that fits: at most one of each family.

    Args:
        sentence: A sentence that the article bears out.
        text: The article's text; what is put in does not stand there in that place.
        companies: How the article names the companies in it, one name each.
    """
    for family, change in _CHANGES.items():
        false = change(sentence, text)
        if false and false != sentence:
            yield family, false
    other = _another_company(sentence, companies)
    if other:
        yield "another company", other


def _free(sentence: str) -> list[re.Match[str]]:
    """Numbers that are amounts: no years, no parts of a name or a date."""
    found = []
    for match in _NUMBER.finditer(sentence):
        beside = sentence[max(0, match.start() - 6) : match.start()]
        if re.fullmatch(r"(?:19|20)\d\d", match.group()) or re.search(
            r"\b(?:[A-Z][a-z]{2}\.|S&P|top) $", beside
        ):
            continue
        if sentence[match.end() : match.end() + 2] == "-y":
            continue
        found.append(match)
    return found


def _put(sentence: str, match: re.Match[str], new: str) -> str:
    return f"{sentence[: match.start()]}{new}{sentence[match.end() :]}"


def _invented(sentence: str, text: str) -> str:
    for match in _free(sentence):
        old = match.group()
        plain = old.replace(",", "")
        places = len(plain.partition(".")[2])
        for factor in ("1.37", "0.61", "1.83"):
            value = (Decimal(plain) * Decimal(factor)).quantize(Decimal(1).scaleb(-places))
            new = f"{value:,}" if "," in old else f"{value:f}"
            if new.lstrip("0.") and not re.search(rf"(?<![\d.,]){re.escape(new)}(?!\d)", text) and new != old:
                return _put(sentence, match, new)
    return ""


def _rescaled(sentence: str, text: str) -> str:
    for match in _free(sentence):
        after = sentence[match.end() :]
        for old, new in _SCALES:
            if re.match(rf" ?{old}\b", after):
                return sentence[: match.end()] + after.replace(old, new, 1)
        for old in ("%", " percent", " per cent"):
            if after.startswith(old) and f"{match.group()} basis" not in text:
                return f"{sentence[: match.end()]} basis points{after.removeprefix(old)}"
    return ""


def _swapped(sentence: str, text: str) -> str:
    """Exchange two numbers of one unit; the ends of a range are left alone."""
    numbers = _free(sentence)
    for i, one in enumerate(numbers):
        for two in numbers[i + 1 :]:
            between = sentence[one.end() : two.start()]
            if one.group() == two.group() or len(between.split()) < 3 or _RANGE.match(between):
                continue
            if _unit_of(sentence, one) == _unit_of(sentence, two):
                return f"{sentence[: one.start()]}{two.group()}{between}{one.group()}{sentence[two.end() :]}"
    return ""


def _unit_of(sentence: str, match: re.Match[str]) -> tuple[str, str]:
    front = re.search(r"(?:[A-Z]{1,2})?[$€£¥₹]$|Rs $", sentence[: match.start()])
    back = re.match(r"%| ?[a-z]+", sentence[match.end() :])
    return (front.group() if front else "", back.group().strip() if back else "")


def _re_signed(sentence: str, text: str) -> str:
    for number in _free(sentence):
        near = [
            (abs(len(sentence[min(w.end(), number.end()) : max(w.start(), number.start())].split())), w)
            for w in _WORDS.finditer(sentence)
            if w.group().lower() in _CONTRARY
        ]
        for distance, word in sorted(near, key=lambda n: n[0]):
            parted = sentence[min(word.end(), number.end()) : max(word.start(), number.start())]
            beside = sentence[word.start() - 1 : word.start()] + sentence[word.end() : word.end() + 6]
            if beside.startswith("-") or beside[1:4] in (" to", " sh", " ba"):
                continue  # up to, fell short, cut back, tie-up
            if distance <= _BESIDE and not re.search(r"[,;:]| and | but | while ", parted):
                new = _CONTRARY[word.group().lower()]
                return _put(sentence, word, new.capitalize() if word.group()[0].isupper() else new)
    return ""


def _re_dated(sentence: str, text: str) -> str:
    for cycle in _TIMES:
        for old in cycle:
            if re.search(rf"\b{old}\b", sentence):
                new = next((t for t in cycle if t not in text), "")
                if new:
                    return re.sub(rf"\b{old}\b", new, sentence, count=1)
    return ""


def _other_money(sentence: str, text: str) -> str:
    for old, new in _OTHER_MONEY:
        if old in sentence and (new.strip() in ("won", "US$") or f"{new.strip()}" not in text):
            return sentence.replace(old, new, 1)
    return ""


def _another_company(sentence: str, companies: Sequence[str]) -> str:
    """Put another company of the article in the place of the one that stands before the first figure."""
    numbers = _free(sentence)
    named = [(sentence.find(name), name) for name in companies if sentence.count(name) == 1]
    others = [name for name in companies if name not in sentence]
    if not numbers or len(named) != 1 or not others or named[0][0] > numbers[0].start():
        return ""
    return sentence.replace(named[0][1], others[0], 1)


_CHANGES: Final[Mapping[str, Callable[[str, str], str]]] = {
    "invented figure": _invented,
    "other scale": _rescaled,
    "figures exchanged": _swapped,
    "contrary direction": _re_signed,
    "another time": _re_dated,
    "other money": _other_money,
}
