"""Free predicates of rules: CEL over the note's fields, checked and bounded before a rule is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from readthrough.alerts.subjects import Subject, View
from readthrough.domain.lazy import lazily

__all__ = ["FIELDS", "LONGEST", "MOST_COST", "PredicateFault", "Question", "Scope", "check", "compiled"]

LONGEST: Final = 1_000
"""Characters of a predicate."""
MOST_COST: Final = 4_000
"""Tokens times the entries they are evaluated for; at this bound a predicate over the longest note took 0.6 ms."""
_LISTED: Final = 40
"""Most entries of a list that a predicate sees."""
_SHOWN_TEXT: Final = 20_000
_DEEPEST: Final = 1
"""Lists inside lists: two deep over 40 facts took 6 ms."""
_MACROS: Final = ("all", "exists", "exists_one", "filter", "map")
_ALLOWED: Final = frozenset(
    {
        *_MACROS,
        "has",
        "size",
        "contains",
        "startsWith",
        "endsWith",
        "double",
        "int",
        "string",
        "abs",
        "max",
        "min",
    }
)
_STRING: Final = lazily(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
_TOKEN: Final = lazily(r"[A-Za-z_][A-Za-z_0-9]*|[0-9]+(?:\.[0-9]+)?|&&|\|\||[<>=!]=|[^\s\w]")
_CALL: Final = lazily(r"([A-Za-z_][A-Za-z_0-9]*)\s*\(")
_BOUND: Final = lazily(r"\.(?:all|exists|exists_one|filter|map)\s*\(\s*([A-Za-z_][A-Za-z_0-9]*)\s*,")
_AT: Final = lazily(r"<input>:[0-9]+:([0-9]+)")

Read = Callable[[Subject, View], Any]

FIELDS: Final[Mapping[str, Read]] = {
    "ticker": lambda s, v: s.ticker,
    "name": lambda s, v: s.name,
    "sector": lambda s, v: s.sector,
    "relevance": lambda s, v: s.relevance,
    "passing": lambda s, v: s.passing,
    "score": lambda s, v: s.score,
    "change": lambda s, v: s.change,
    "events": lambda s, v: [e.type for e in s.events[:_LISTED]],
    "portfolio": lambda s, v: s.impact.portfolio if s.impact else "",
    "holding": lambda s, v: s.impact.ticker if s.impact else "",
    "path": lambda s, v: s.impact.path if s.impact else "",
    "weight": lambda s, v: (s.impact.weight or 0.0) if s.impact else 0.0,
    "effect_bps": lambda s, v: s.effect_bps or 0.0,
    "headline": lambda s, v: v.headline[:_SHOWN_TEXT],
    "text": lambda s, v: v.text[:_SHOWN_TEXT],
    "source": lambda s, v: v.source,
    "language": lambda s, v: v.language,
    "themes": lambda s, v: sorted(v.themes),
    "novelty": lambda s, v: v.novelty,
    "relation": lambda s, v: v.relation,
    "impact": lambda s, v: v.market_impact,
    "sentiment": lambda s, v: v.sentiment,
    "tickers": lambda s, v: [t.ticker for t in v.subjects if t.ticker and t.impact is None][:_LISTED],
    "facts": lambda s, v: [
        {
            "metric": f.metric_name,
            "subject": f.subject,
            "value": float(f.value),
            "unit": str(f.unit),
            "currency": f.currency,
            "change": str(f.change or ""),
            "vs_expectation": f.vs_expectation,
            "modality": str(f.modality),
        }
        for f in v.facts[:_LISTED]
    ],
}
"""What a predicate may name: the subject's fields, then the note's."""

_OF_SUBJECT: Final = frozenset(tuple(FIELDS)[: tuple(FIELDS).index("headline")])


class PredicateFault(ValueError):
    """A predicate that cannot be kept; `column` counts from 1 where the place is known."""

    def __init__(self, what: str, remedy: str, column: int | None = None) -> None:
        """Keep what is wrong and what to do about it."""
        super().__init__(what)
        self.remedy = remedy
        self.column = column


class Question:
    """A compiled predicate and the fields it reads."""

    __slots__ = ("fields", "program")

    def __init__(self, source: str) -> None:
        """Compile; raises ValueError on faulty syntax."""
        import cel  # here and below: few rules have predicates, and it takes a third of a second to load

        self.program = cel.compile(source)
        bound = {found[1] for found in _BOUND.finditer(source)}
        self.fields = frozenset(self.program.variables()) - bound


@lru_cache(maxsize=20_000)
def compiled(source: str) -> Question:
    """Return the compiled predicate; equal ones are compiled once."""
    return Question(source)


class Scope:
    """The fields of one note as predicates read them; each is made when one first asks for it."""

    def __init__(self, view: View) -> None:
        """Begin without any field."""
        self._view = view
        self._context: Any = None  # made with the first question
        self._given: set[str] = set()
        self._subject: Subject | None = None
        self._said: dict[Question, bool | str] = {}
        self.fault = ""
        """Why a predicate could not be evaluated, the last of those asked since this was emptied."""

    def holds(self, question: Question, subject: Subject) -> bool:
        """Tell whether the predicate is true of the subject; one that cannot be evaluated is not, and is a fault.

        Equal predicates are evaluated once a subject.
        """
        if subject is not self._subject:
            self._subject = subject
            self._given -= _OF_SUBJECT
            self._said = {}
        said = self._said.get(question)
        if said is None:
            said = self._said[question] = self._ask(question, subject)
        if isinstance(said, str):
            self.fault = said
            return False
        return said

    def _ask(self, question: Question, subject: Subject) -> bool | str:
        if self._context is None:
            import cel

            self._context = cel.Context()
        for field in question.fields - self._given:
            self._context.add_variable(field, FIELDS[field](subject, self._view))
            self._given.add(field)
        try:
            answer = question.program.execute(self._context)
        except (ValueError, TypeError, RuntimeError, ArithmeticError, LookupError) as error:
            return _first_line(error)
        return answer if isinstance(answer, bool) else f"it gives {type(answer).__name__}, not true or false"


def _first_line(error: Exception) -> str:
    return f"{str(error).splitlines()[0]:.200}" if str(error) else type(error).__name__


def check(source: str, sample: View) -> None:
    """Refuse a predicate that is faulty, names what is not there, or could cost too much.

    Args:
        source: The expression.
        sample: A note on whose first subject it is tried.

    Raises:
        PredicateFault: It is.
    """
    if len(source) > LONGEST:
        raise PredicateFault(f"has {len(source):,} characters", f"Keep it to {LONGEST:,}.")
    bare = _STRING.sub(lambda found: '"' + " " * (len(found[0]) - 2) + '"', source)
    for call in _CALL.finditer(bare):
        if call[1] not in _ALLOWED and call[1] not in ("in",):
            remedy = "Use `words` for words of the text." if call[1] == "matches" else _known()
            raise PredicateFault(f"{call[1]!r} may not be called", remedy, call.start() + 1)
    _bound(bare)
    try:
        question = Question(source)
    except ValueError as error:
        place = _AT.search(str(error))
        raise PredicateFault(
            "cannot be parsed",
            "Write a CEL expression such as novelty > 0.5 && relevance > 0.3.",
            int(place[1]) if place else None,
        ) from error
    for field in question.fields:
        if field not in FIELDS:
            at = re.search(rf"\b{re.escape(field)}\b", bare)
            raise PredicateFault(
                f"{field!r} is not a field of a note",
                f"Known are {', '.join(sorted(FIELDS))}.",
                at.start() + 1 if at else None,
            )
    _try(question, sample)


def _try(question: Question, sample: View) -> None:
    subject = sample.subjects[0]
    import cel

    context = cel.Context(variables={field: FIELDS[field](subject, sample) for field in question.fields})
    try:
        answer = question.program.execute(context)
    except (ValueError, TypeError, RuntimeError, ArithmeticError, LookupError) as error:
        raise PredicateFault(
            f"fails on a sample note: {_first_line(error)}", "Compare values of the same kind."
        ) from error
    if not isinstance(answer, bool):
        raise PredicateFault(
            f"gives {type(answer).__name__}, not true or false",
            "End it in a comparison, such as score < -0.2.",
        )


def _bound(bare: str) -> None:
    """Add up tokens, each as often as the lists around it have entries at most."""
    entries = max(_LISTED, bare.count(",") + 1)
    cost, waiting = 0, False
    inside: list[bool] = []  # one for each open bracket: whether a macro opened it
    for token in _TOKEN.finditer(bare):
        word = token[0]
        if word == "(":
            inside.append(waiting)
            depth = sum(inside)
            if waiting and depth > _DEEPEST:
                raise PredicateFault(
                    "goes through a list inside a list", "Go through one at a time.", token.start() + 1
                )
        elif word == ")" and inside:
            inside.pop()
        waiting = word in _MACROS
        cost += entries ** sum(inside)
        if cost > MOST_COST:
            raise PredicateFault(
                "could cost too much", "Use fewer or shorter lists inside lists.", token.start() + 1
            )


def _known() -> str:
    return f"Known are {', '.join(sorted(_ALLOWED))}."
