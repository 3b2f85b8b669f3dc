"""Check a playbook: every key, name, figure and slot of it, so that it says what its author means or is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Modality, Polarity
from readthrough.domain.security import Relation
from readthrough.domain.taxonomy import EVENT_TYPES, PARENTS
from readthrough.writing.playbook import (
    CLAIM_KEYS,
    DECISION_KEYS,
    KINDS,
    PLAYBOOK_KEYS,
    SIGNS,
    WHEN_KEYS,
    KnownWords,
    stray_figures,
)

__all__ = ["Finding", "lint"]

DIRECTIONS: Final = ("positive", "negative", "mixed", "neutral")
_WHO: Final = frozenset({"subject", "counterparty", "peers", "page", "fellows", *Relation})
_LISTS: Final = ("events", "polarity", "modality", "tension", "unless", "lens", "themes", "without", "words",
                 "headwords", "headline", "nowords")  # fmt: skip
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "reaction": ("up", "down", "any", "none"),
    "role": ("bidder", "target", "seller", "open"),
    "subject": ("company", "private", "macro"),
}
_NEED_KEYS: Final = frozenset({"metric", "as", "change", "vs", "modality", "segment", "good", "is_change"})
_NEED_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "change": ("up", "down", "flat"),
    "vs": ("beat", "miss", "in_line"),
}
_HORIZON: Final = lazily(r"\d (?:hours?|days?|weeks?|months?|quarters?|years?)\b|^to the \w+ date$|^none$")
_SLOT: Final = lazily(r"\{([^{}]*)\}")
_NEEDS: Final = lazily(r"\?([a-z_!+]+): ")
# figures that a slot may ask for beside metrics and the playbook's own facts
_FIGURES: Final = frozenset(
    "lead best worst group carry move premove beat miss beat_sales beat_profit missed_sales missed_profit "
    "yield_move fx_level multiple argued policy_rate proceeds commodity guided event".split()
)
_MOST_WORDS: Final = 70  # of a claim; a longer one is an essay
_FEWEST_REASONS: Final = 6  # words of `why`


class Finding(NamedTuple):
    """What is wrong, near which words of the playbook, and what to do; a doubt is used all the same."""

    near: str
    what: str
    remedy: str
    doubt: bool = False


def lint(raw: Mapping[str, Any], known: KnownWords) -> Iterator[Finding]:
    """Find what is wrong with a playbook, given as the table of its block.

    >>> next(lint({"id": "a.b", "wieght": 3}, KnownWords())).what
    "unknown key 'wieght'"
    """
    yield from _keys(raw, PLAYBOOK_KEYS, "the playbook")
    for key in ("id", "why", "when"):
        if not raw.get(key):
            yield Finding(key, f"{key!r} is missing", f"Give it: `{_EXAMPLES[key]}`.")
    why = raw.get("why", "")
    if why and len(str(why).split()) < _FEWEST_REASONS:
        yield Finding(
            "why", "the reason is short", "Say in a sentence why an analyst believes it.", doubt=True
        )
    if not _is_number(raw.get("weight", 50), 0, 200):
        yield Finding(
            "weight", f"weight {raw['weight']!r} is no number from 0 to 200", "Ours are from 20 to 100."
        )
    owns = raw.get("owns", [])
    if not _is_words(owns):
        yield Finding("owns", "`owns` is no list of figures", 'Write `owns = ["30 %"]`.')
        owns = []
    when = raw.get("when", {})
    if isinstance(when, Mapping):
        yield from _when(when, known)
    else:
        yield Finding("when", "`when` is no table", "Write `[playbook.when]` and its conditions below.")
        when = {}
    says = _Says(known, tuple(owns), frozenset(_bound(when)))
    for kind in KINDS:
        if kind in raw:
            yield from _claim(kind, raw[kind], says)
    decisions = raw.get("decision", [])
    for decision in decisions if isinstance(decisions, list) else ():
        yield from _decision(decision, says)
    if not isinstance(decisions, list):
        yield Finding(
            "decision", "`decision` is no list", "Write `[[playbook.decision]]`, with two brackets."
        )
    if not any(kind in raw for kind in KINDS) and not decisions:
        yield Finding("id", "it claims nothing", "Add a claim, as `[playbook.market_read]`.")


_EXAMPLES: Final = {"id": 'id = "firm.name"', "why": 'why = "..."', "when": "[playbook.when]"}


class _Says(NamedTuple):
    known: KnownWords
    owns: tuple[str, ...]
    bound: frozenset[str]


def _when(when: Mapping[str, Any], known: KnownWords) -> Iterator[Finding]:
    yield from _keys(when, WHEN_KEYS, "`when`")
    for key in _LISTS:
        if key in when and not _is_words(when[key]):
            yield Finding(key, f"{key!r} is no list of words", f'Write `{key} = ["..."]`.')
            return
    for key in ("events", "without"):
        yield from _each(when.get(key, ()), {*EVENT_TYPES, *PARENTS}, "event type")
    yield from _each(when.get("polarity", ()), set(Polarity), "polarity")
    yield from _each(when.get("modality", ()), set(Modality), "modality")
    for key in ("tension", "unless"):
        yield from _each(when.get(key, ()), known.tensions, "tension")
    yield from _each(when.get("lens", ()), known.lenses, "lens")
    if known.themes:
        yield from _each(when.get("themes", ()), known.themes, "theme")
    for key, choices in _CHOICES.items():
        if key in when:
            yield from _each([when[key]], choices, key)
    for key in ("words", "headwords", "headline", "nowords"):
        for word in when.get(key, ()):
            if word != word.lower():
                yield Finding(
                    word, f"{word!r} has capitals and is never found", "Write phrases in lower case."
                )
    yield from _facts(when.get("facts", []), known)
    if not set(when) - {"modality", "unless", "nowords", "without", "polarity"}:
        yield Finding("when", "it asks for nothing", "Name events, facts, words or a tension.")


def _facts(needs: Any, known: KnownWords) -> Iterator[Finding]:
    if not isinstance(needs, list) or not all(isinstance(n, Mapping) for n in needs):
        yield Finding(
            "facts", "`facts` is no list of tables", 'Write `facts = [{ metric = "revenue", vs = "miss" }]`.'
        )
        return
    for need in needs:
        yield from _keys(need, _NEED_KEYS, "a fact")
        metrics = [need.get("metric")] if not isinstance(need.get("metric"), list) else need["metric"]
        if not metrics or not all(isinstance(m, str) and m for m in metrics):
            yield Finding("facts", "a fact names no metric", 'Write `metric = "revenue"`.')
        elif known.metrics:
            yield from _each(metrics, known.metrics, "metric")
        for key, choices in _NEED_CHOICES.items():
            if key in need:
                yield from _each([need[key]], choices, key)
        yield from _each(need.get("modality", ()), set(Modality), "modality")


def _claim(kind: str, claim: Any, says: _Says) -> Iterator[Finding]:
    if not isinstance(claim, Mapping):
        yield Finding(kind, f"`{kind}` is no table", f"Write `[playbook.{kind}]` and the claim below.")
        return
    yield from _keys(claim, CLAIM_KEYS, kind)
    for key in ("text", "direction", "horizon", "wrong_if"):
        if not claim.get(key):
            yield Finding(f"[playbook.{kind}]", f"{kind} says no {key!r}", _CLAIM_REMEDIES[key])
    if "direction" in claim:
        yield from _each([claim["direction"]], DIRECTIONS, "direction")
    yield from _horizon(claim)
    if not _is_number(claim.get("confidence", 0.5), 0, 1):
        yield Finding(
            "confidence", f"confidence {claim['confidence']!r} is not from 0 to 1", "0.5 is an even chance."
        )
    for pair in claim.get("tickers", ()):
        who, _, sign = str(pair).partition(" ")
        if who not in _WHO or sign not in SIGNS:
            yield Finding(
                str(pair),
                f"{pair!r} names nobody with a sign",
                f"Write `subject +`; who is one of {_or(_WHO)}.",
            )
    for key in ("text", "wrong_if"):
        raw = claim.get(key) or []
        texts = [raw] if isinstance(raw, str) else raw
        if not _is_words(texts):
            yield Finding(key, f"{key!r} is neither text nor a list of texts", f'Write `{key} = ["..."]`.')
            continue
        for text in texts:
            yield from _text(text, says)


_CLAIM_REMEDIES: Final = {
    "text": 'Write what it says: `text = ["..."]`.',
    "direction": f"Write one of {', '.join(DIRECTIONS)}.",
    "horizon": 'Write a range with a unit: `horizon = "2-4 quarters"`.',
    "wrong_if": "Write what would show that it is wrong.",
}


def _decision(decision: Any, says: _Says) -> Iterator[Finding]:
    if not isinstance(decision, Mapping):
        yield Finding("decision", "a decision is no table", "Write `[[playbook.decision]]`.")
        return
    yield from _keys(decision, DECISION_KEYS, "the decision")
    for key in ("action", "direction", "horizon", "trigger", "invalid", "because"):
        if not isinstance(decision.get(key), str):
            yield Finding("[[playbook.decision]]", f"the decision says no {key!r}", f'Write `{key} = "..."`.')
        elif key not in ("direction", "horizon"):
            yield from _text(decision[key], says)
    yield from _each((n.removeprefix("!") for n in decision.get("needs", ())), says.known.tensions, "tension")


def _horizon(claim: Mapping[str, Any]) -> Iterator[Finding]:
    horizon = claim.get("horizon")
    if horizon and not (isinstance(horizon, str) and _HORIZON.search(horizon)):
        yield Finding(
            "horizon",
            f"horizon {horizon!r} is no range with a unit",
            "Write `1-5 days` or `2-4 quarters`.",
            doubt=isinstance(horizon, str),
        )


def _text(text: str, says: _Says) -> Iterator[Finding]:
    near = text[:40]
    if match := _NEEDS.match(text):
        needs = (need.removeprefix("!") for need in match[1].split("+"))
        yield from _each(needs, says.known.tensions, "tension", near=near)
        text = text[match.end() :]
    elif text.startswith("?"):
        yield Finding(
            near, "the tensions of a wording are not understood", "Write `?large_fall+!denied: text`."
        )
    if text.count("<<") != text.count(">>"):
        yield Finding(near, "`<<` and `>>` do not pair", "Close each part that may be left out.")
    if not {"{", "}"}.isdisjoint(_SLOT.sub("", text)):
        yield Finding(near, "a brace is open or alone", "Write slots as {name} or {fig:revenue}.")
    for slot in _SLOT.findall(text):
        yield from _slot(slot, near, says)
    for figure in stray_figures(text, says.owns):
        yield Finding(
            near, f"figure {figure!r} is in no slot", f'List it: `owns = ["{figure}"]`, or use a slot.'
        )
    if len(text.split()) > _MOST_WORDS:
        yield Finding(near, f"it is longer than {_MOST_WORDS} words", "Say it in two sentences.", doubt=True)


def _slot(slot: str, near: str, says: _Says) -> Iterator[Finding]:
    name, colon, key = slot.partition(":")
    known = says.known
    if not colon:
        if name not in known.slots:
            yield _unknown(name, known.slots, "slot", near)
        return
    if name not in known.keyed:
        yield _unknown(name, known.keyed, "slot of a figure", near)
    figures = says.bound | _FIGURES | known.figures | {m.replace(" ", "_") for m in known.metrics}
    if known.metrics and key not in figures:
        yield _unknown(key, figures, "figure", near)


def _keys(table: Mapping[str, Any], known: Iterable[str], where: str) -> Iterator[Finding]:
    allowed = sorted(known)
    for key in table:
        if key not in allowed:
            near = get_close_matches(key, allowed, 1)
            remedy = f"Did you mean {near[0]}?" if near else f"Known in {where}: {', '.join(allowed)}."
            yield Finding(key, f"unknown key {key!r}", remedy)


def _each(values: Iterable[Any], known: Iterable[str], what: str, near: str = "") -> Iterator[Finding]:
    allowed = set(known)
    for value in values:
        if value not in allowed:
            yield _unknown(str(value), allowed, what, near)


def _unknown(value: str, known: Iterable[str], what: str, near: str = "") -> Finding:
    allowed = sorted(known)
    close = get_close_matches(value, allowed, 2, 0.6)
    remedy = (
        f"Did you mean {_or(close)}?"
        if close
        else f"Use one of {', '.join(allowed[:24])}"
        + (f" and {len(allowed) - 24} more." if len(allowed) > 24 else ".")
    )
    return Finding(near or value, f"no {what} {value!r}", remedy)


def _bound(when: Mapping[str, Any]) -> Iterator[str]:
    needs = when.get("facts", [])
    for need in needs if isinstance(needs, list) else ():
        if isinstance(need, Mapping) and (metric := need.get("metric")):
            first = metric[0] if isinstance(metric, list) else metric
            yield str(need.get("as", str(first).replace(" ", "_")))


def _is_number(value: Any, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def _is_words(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)


def _or(words: Iterable[str]) -> str:
    return " or ".join(words) if isinstance(words, list) else ", ".join(sorted(words))
