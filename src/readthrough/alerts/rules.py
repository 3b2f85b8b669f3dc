"""Alert rules as people write them: a TOML file of `[[rule]]` tables, or one mapping each."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from readthrough.domain.alert import Rule
from readthrough.domain.errors import RuleError
from readthrough.domain.taxonomy import EVENT_TYPES, PARENTS

__all__ = ["SEVERITIES", "parse_rule", "read_rules"]

SEVERITIES: Final = ("flash", "urgent", "alert")
_SIGNS: Final = {"": "", "either": "", "positive": "positive", "negative": "negative"}
_LISTS: Final = ("tickers", "portfolios", "events", "receivers")
_SHARES: Final = ("min_abs_score", "min_novelty", "min_relevance")
_KEYS: Final = ("id", "name", *_LISTS, *_SHARES, "sign", "severity")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_EVENTS: Final = (*PARENTS, *(fine for fine in EVENT_TYPES if fine not in PARENTS))
_LONGEST_TEXT: Final = 200
_LONGEST_LIST: Final = 5_000


def read_rules(text: str) -> tuple[Rule, ...]:
    """Read a TOML file of rules, all or none.

    Args:
        text: One `[[rule]]` table each; keys are the fields of `Rule`, all but `id` optional.

    Raises:
        RuleError: The file is not TOML, holds no rule, repeats an id, or a rule is malformed.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(
            f"The rules are not valid TOML: {error}.", remedy="Write each rule as a [[rule]] table."
        ) from error
    tables = document.pop("rule", None)
    if document:
        stray = sorted(document)[0]
        raise RuleError(
            f"Unknown key {stray!r} outside any rule.", remedy="Put it under [[rule]].", key=stray
        )
    if not isinstance(tables, list) or not tables:
        raise RuleError("The file holds no rules.", remedy="Begin each rule with [[rule]].")
    rules = tuple(parse_rule(table, place=f"rule {n}") for n, table in enumerate(tables, start=1))
    seen: dict[str, int] = {}
    for number, rule in enumerate(rules, start=1):
        if (first := seen.setdefault(rule.id, number)) != number:
            raise RuleError(
                f"rule {number}: id {rule.id!r} is already the id of rule {first}.",
                remedy="Give each rule an id of its own.",
                id=rule.id,
            )
    return rules


def parse_rule(data: object, *, place: str = "rule") -> Rule:
    """Read one rule from a mapping, as JSON or TOML give it.

    Args:
        data: The mapping.
        place: Where it stands, for messages.

    Raises:
        RuleError: A key is unknown, a value is of the wrong kind or out of bounds, or the rule sets no
            condition and would fire on everything.
    """
    if not isinstance(data, Mapping):
        raise RuleError(
            f"{place}: a rule must be a table of keys, not {_kind(data)}.", remedy="Write key = value."
        )
    for key in data:
        if key not in _KEYS:
            raise _fault(place, str(key), "is not a key of a rule", _nearest(str(key), _KEYS))
    identity = _id(place, data.get("id"))
    place = f"{place} ({identity})"
    lists = {key: _list(place, key, data.get(key, [])) for key in _LISTS}
    shares = {key: _share(place, key, data.get(key, 0.0)) for key in _SHARES}
    for event in lists["events"]:
        if event not in _EVENTS:
            raise _fault(place, "events", f"{event!r} is not an event type", _nearest(event, _EVENTS))
    rule = Rule(
        id=identity,
        name=_text(place, "name", data.get("name", identity)),
        tickers=tuple(ticker.upper() for ticker in lists["tickers"]),
        portfolios=lists["portfolios"],
        events=lists["events"],
        receivers=lists["receivers"],
        sign=_SIGNS[_choice(place, "sign", data.get("sign", ""), tuple(_SIGNS))],
        severity=_choice(place, "severity", data.get("severity", "alert"), SEVERITIES),
        **shares,
    )
    if not (rule.tickers or rule.portfolios or rule.events or rule.sign or any(shares.values())):
        raise RuleError(
            f"{place}: the rule sets no condition and would fire on every article.",
            remedy="Set tickers, portfolios, events, sign or a minimum.",
        )
    return rule


def _fault(place: str, key: str, what: str, remedy: str) -> RuleError:
    return RuleError(f"{place}: {key}: {what}.", remedy=remedy, place=place, key=key)


def _nearest(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word[:_LONGEST_TEXT], known, n=3, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    return f"Known are {', '.join(known[:12])}{' and others' if len(known) > 12 else ''}."


def _kind(value: object) -> str:
    return {
        "str": "text",
        "bool": "true or false",
        "int": "a number",
        "float": "a number",
        "NoneType": "nothing",
    }.get(type(value).__name__, f"a {type(value).__name__}")


def _id(place: str, value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise _fault(
            place,
            "id",
            f"{value!r:.80} is not an id" if value is not None else "is missing",
            "Use up to 64 letters, digits, dots, dashes or underscores.",
        )
    return value


def _text(place: str, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _fault(place, key, f"must be text, not {_kind(value)}", 'Write it in quotes: "words".')
    if len(value) > _LONGEST_TEXT:
        raise _fault(place, key, f"has {len(value)} characters", f"Keep it to {_LONGEST_TEXT}.")
    return value.strip()


def _list(place: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)):
        raise _fault(place, key, f"must be a list, not {_kind(value)}", f'Write {key} = ["...", "..."].')
    if len(value) > _LONGEST_LIST:
        raise _fault(
            place, key, f"has {len(value):,} entries", f"Keep it to {_LONGEST_LIST:,}, or use two rules."
        )
    return tuple(dict.fromkeys(_text(place, key, entry) for entry in value))


def _share(place: str, key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _fault(place, key, f"must be a number, not {_kind(value)}", "Write a number from 0 to 1.")
    if not math.isfinite(value) or not 0 <= value <= 1:
        raise _fault(place, key, f"{value} is outside 0 to 1", "Write a number from 0 to 1, such as 0.35.")
    return float(value)


def _choice(place: str, key: str, value: object, known: Sequence[str]) -> str:
    if not isinstance(value, str) or value not in known:
        words = ", ".join(word for word in known if word)
        raise _fault(place, key, f"{value!r:.80} is not one of its values", f"Use one of {words}.")
    return value
