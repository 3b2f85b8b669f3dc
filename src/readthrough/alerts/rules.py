"""Alert rules as people write them: a TOML file of `[[rule]]` tables, or one mapping each.

A rule's conditions stand at its top, and in tables nested under `all_of`, `any_of` and `none_of`. Size, nesting
and cost are bounded here, so that whatever is kept can be asked of every note.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any, Final, TypeAlias

from readthrough.alerts import rules_values as values
from readthrough.alerts.rules_values import Place
from readthrough.domain.alert import Condition, Rule, RuleKind
from readthrough.domain.errors import RuleError
from readthrough.domain.taxonomy import EVENT_TYPES, PARENTS

__all__ = ["MOST_CONDITIONS", "SEVERITIES", "parse_rule", "read_rules", "rule_table"]

SEVERITIES: Final = ("flash", "urgent", "alert")
MOST_CONDITIONS: Final = 64
"""Tables of one rule, its own included."""
DEEPEST: Final = 4
"""Tables inside tables, the rule's own included."""
MOST_WORDS: Final = 500
"""Words and phrases of one rule."""
_SHORTEST_WORD: Final = 2
_LONGEST_WORD: Final = 80

_SIGNS: Final = {"": "", "either": "", "positive": "positive", "negative": "negative"}
_MODALITIES: Final = ("actual", "planned", "conditional", "rumoured", "denied")
_EVENTS: Final = (*PARENTS, *(fine for fine in EVENT_TYPES if fine not in PARENTS))
_NESTED: Final = ("all_of", "any_of", "none_of")

Reader: TypeAlias = Callable[[Place, object], Any]


def _plain(place: Place, value: object) -> tuple[str, ...]:
    return values.items(place, value)


def _upper(place: Place, value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.upper() for entry in values.items(place, value)))


def _events(place: Place, value: object) -> tuple[str, ...]:
    return values.items(place, value, known=_EVENTS, what="an event type")


def _words(place: Place, value: object) -> tuple[str, ...]:
    found = values.items(place, value)
    for number, word in enumerate(found):
        if not _SHORTEST_WORD <= len(word) <= _LONGEST_WORD:
            raise place.at(number).fault(
                f"has {len(word)} characters",
                f"Write words of {_SHORTEST_WORD} to {_LONGEST_WORD} characters.",
            )
        if not any(letter.isalnum() for letter in word):
            raise place.at(number).fault(f"{word!r} has no letter or digit", "Write a word.")
    if len(found) > MOST_WORDS:
        raise place.fault(f"has {len(found):,} entries", f"Keep it to {MOST_WORDS}.")
    return found


def _number(high: float = 1.0, places: int = 4) -> Reader:
    return lambda place, value: values.number(place, value, high=high, places=places)


def _one_of(*known: str) -> Reader:
    return lambda place, value: values.choice(place, value, known)


def _predicate(place: Place, value: object) -> str:
    from readthrough.alerts.predicates import LONGEST, PredicateFault, check
    from readthrough.alerts.sample_view import SAMPLE

    source = values.text(place, value, most=LONGEST)
    try:
        check(source, SAMPLE)
    except PredicateFault as fault:
        where = f"column {fault.column}: " if fault.column else ""
        raise place.fault(f"{where}{fault}", fault.remedy, column=fault.column) from fault
    return source


_CONDITION: Final[Mapping[str, Reader]] = {
    "tickers": _upper,
    "issuers": _plain,
    "watchlists": _plain,
    "portfolios": _plain,
    "sectors": _plain,
    "themes": _plain,
    "events": _events,
    "polarity": _one_of("", "positive", "negative", "neutral"),
    "modalities": lambda place, value: values.items(place, value, known=_MODALITIES, what="a modality"),
    "sources": _plain,
    "words": _words,
    "sign": lambda place, value: _SIGNS[values.choice(place, value, tuple(_SIGNS))],
    "min_abs_score": _number(),
    "change": _one_of("", "up", "down"),
    "min_change": _number(2.0),
    "min_novelty": _number(),
    "min_impact": _number(),
    "min_relevance": _number(),
    "min_weight": _number(10.0, places=6),
    "min_effect_bps": _number(10_000.0),
    "predicate": _predicate,
}

_RULE: Final[Mapping[str, Reader]] = {
    "name": values.text,
    "severity": _one_of(*SEVERITIES),
    "receivers": _plain,
    "owner": values.text,
    "tenant": values.text,
    "enabled": values.flag,
    "level": lambda place, value: values.number(place, value, low=-1.0),
    "factor": lambda place, value: values.number(place, value, low=1.5, high=100.0),
    "least": lambda place, value: int(values.number(place, value, low=1, high=10_000)),
    "min_move_pct": _number(100.0),
}
_KEYS: Final = ("id", "kind", "window", *_RULE, *_CONDITION, *_NESTED)

_WINDOWS: Final[Mapping[RuleKind, tuple[timedelta, timedelta, timedelta]]] = {
    RuleKind.BURST: (timedelta(hours=6), timedelta(minutes=15), timedelta(days=7)),
    RuleKind.DRIFT: (timedelta(days=5), timedelta(hours=1), timedelta(days=28)),
    RuleKind.SILENCE: (timedelta(days=3), timedelta(hours=1), timedelta(days=28)),
    RuleKind.MOVE_WITHOUT_NEWS: (timedelta(hours=24), timedelta(minutes=15), timedelta(days=7)),
    RuleKind.NEWS_WITHOUT_MOVE: (timedelta(hours=1), timedelta(minutes=5), timedelta(days=7)),
}
"""Of each kind that counts over time: its usual window, the shortest and the longest."""

_OF_KIND: Final[Mapping[RuleKind, Mapping[str, object]]] = {
    RuleKind.NOTE: {},
    RuleKind.BURST: {"factor": 3.0, "least": 4},
    RuleKind.DRIFT: {"level": 0.0, "least": 3, "change": ""},
    RuleKind.SILENCE: {},
    RuleKind.MOVE_WITHOUT_NEWS: {"min_move_pct": 5.0},
    RuleKind.NEWS_WITHOUT_MOVE: {"min_move_pct": 1.0},
}
"""Keys that a kind alone understands, and their usual values."""
_ONLY_SOME: Final = ("window", "level", "factor", "least", "min_move_pct")


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
        RuleError: A key is unknown, a value is of the wrong kind or out of bounds, the rule is too large, too
            deep or too costly, or it sets no condition and would fire on everything.
    """
    table = _table(Place(place), data, _KEYS)
    identity = values.identifier(Place(place).at("id"), table.get("id"))
    at = Place(f"{place} ({identity})")
    given: dict[str, Any] = {"name": identity}
    given |= {key: read(at.at(key), table[key]) for key, read in _RULE.items() if table.get(key, "") != ""}
    condition = _condition(at, table, depth=1)
    kind = RuleKind(values.choice(at.at("kind"), table.get("kind", "note"), tuple(RuleKind)))
    rule = Rule(id=identity, **given, **{f.name: getattr(condition, f.name) for f in fields(Condition)})
    rule = _of_kind(at, rule, kind, table)
    _bounded(at, rule)
    return rule


def _table(at: Place, data: object, known: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        where = f"{at.rule}: {at.path}" if at.path else at.rule
        raise RuleError(
            f"{where}: a rule must be a table of keys, not {values.kind_of(data)}.",
            remedy="Write key = value.",
            place=at.rule,
            key=at.path,
        )
    for key in data:
        if key not in known:
            raise at.at(f"{key!s:.80}").fault("is not a key of a rule", values.nearest(str(key), known))
    return data


def _condition(at: Place, table: Mapping[str, Any], *, depth: int) -> Condition:
    found = {key: read(at.at(key), table[key]) for key, read in _CONDITION.items() if key in table}
    for key in _NESTED:
        inner = table.get(key, ())
        if not isinstance(inner, (list, tuple)):
            raise at.at(key).fault(
                f"must be a list of tables, not {values.kind_of(inner)}", f"Write [[rule.{key}]]."
            )
        if inner and depth == DEEPEST:
            raise at.at(key).fault(
                f"is {DEEPEST + 1} tables deep", f"Nest at most {DEEPEST} deep, or use two rules."
            )
        if len(inner) > MOST_CONDITIONS:
            raise at.at(key).fault(f"has {len(inner)} tables", f"Keep it to {MOST_CONDITIONS}.")
        found[key] = tuple(_inner(at.at(key).at(n), one, depth + 1) for n, one in enumerate(inner))
    return Condition(**found)


def _inner(at: Place, data: object, depth: int) -> Condition:
    table = _table(at, data, (*_CONDITION, *_NESTED))
    condition = _condition(at, table, depth=depth)
    if condition == Condition():
        raise at.fault("sets no condition", "Set at least one key of it.")
    return condition


def _of_kind(at: Place, rule: Rule, kind: RuleKind, table: Mapping[str, Any]) -> Rule:
    own = _OF_KIND[kind]
    for key in _ONLY_SOME:
        if table.get(key) not in (None, "") and key not in own and not (key == "window" and kind in _WINDOWS):
            raise at.at(key).fault(f"means nothing for a rule of kind {kind}", "Leave it out, or set kind.")
    missing = {key: value for key, value in own.items() if table.get(key) is None}
    window = timedelta(0)
    if kind in _WINDOWS:
        window, least, most = _WINDOWS[kind]
        if table.get("window"):
            window = values.span(at.at("window"), table["window"], least=least, most=most)
    rule = replace(rule, kind=kind, window=window, **missing)  # type: ignore[arg-type]
    named = rule.tickers or rule.issuers or rule.watchlists or rule.portfolios
    if kind in (RuleKind.SILENCE, RuleKind.MOVE_WITHOUT_NEWS) and (not named or "*" in rule.portfolios):
        raise at.at("kind").fault(
            f"a rule of kind {kind} must say about whom", "Set tickers, issuers, watchlists or portfolios."
        )
    return rule


def _bounded(at: Place, rule: Rule) -> None:
    plain = Rule(id=rule.id, name=rule.name)
    if all(getattr(rule, f.name) == getattr(plain, f.name) for f in fields(Condition)):
        if rule.kind in (RuleKind.BURST, RuleKind.DRIFT):
            return  # on every name there is
        raise RuleError(
            f"{at.rule}: the rule sets no condition and would fire on every article.",
            remedy="Set tickers, portfolios, events, words, sign, a minimum or another condition.",
            place=at.rule,
        )
    tables, entries = _size(rule)
    if tables > MOST_CONDITIONS:
        raise at.at("any_of").fault(f"the rule has {tables} tables", f"Keep it to {MOST_CONDITIONS}.")
    if entries > 2 * values.LONGEST_LIST:
        raise at.at("id").fault(
            f"the rule's lists have {entries:,} entries", f"Keep them to {2 * values.LONGEST_LIST:,}."
        )
    _spelled_out(at, rule)


def _spelled_out(at: Place, rule: Rule) -> None:
    from readthrough.alerts.conditions import directory, prepare
    from readthrough.alerts.match_clauses import MOST_CLAUSES, clauses_of

    if clauses_of(prepare(rule, directory(None))) is None:
        raise at.at("any_of").fault(
            f"its alternatives make more than {MOST_CLAUSES} combinations", "Use fewer, or make two rules."
        )


def _size(condition: Condition) -> tuple[int, int]:
    tables, entries = 1, 0
    for field in fields(Condition):
        value = getattr(condition, field.name)
        if field.name in _NESTED:
            for inner in value:
                more_tables, more_entries = _size(inner)
                tables, entries = tables + more_tables, entries + more_entries
        elif isinstance(value, tuple):
            entries += len(value)
    return tables, entries


def rule_table(rule: Condition) -> dict[str, Any]:
    """Return a rule as the mapping that `parse_rule` reads: what is set, and nothing else."""
    table: dict[str, Any] = {}
    for field in fields(rule):
        value = getattr(rule, field.name)
        if field.name not in ("id", "name") and value == field.default:
            continue
        if field.name in _NESTED:
            value = [rule_table(inner) for inner in value]
        elif isinstance(value, timedelta):
            value = values.said(value)
        elif isinstance(value, RuleKind):
            value = str(value)
        elif isinstance(value, tuple):
            value = list(value)
        table[field.name] = value
    first = ("id", "name", "kind")
    return {key: table[key] for key in first if key in table} | {
        key: value for key, value in table.items() if key not in first
    }
