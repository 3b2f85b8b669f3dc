"""The other companies a page names: how their prices moved, and on which side of the story it puts them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from readthrough.domain.article import digest
from readthrough.domain.reading import Direction, Event, Fact, Role
from readthrough.writing.metrics import CORE, is_move, sign_of
from readthrough.writing.reaction import is_of_the_day
from readthrough.writing.words import joined

if TYPE_CHECKING:
    from readthrough.domain.security import IssuerId
    from readthrough.writing.binding import Binding, Filled
    from readthrough.writing.scene import Scene, Subject

__all__ = [
    "SIGNS",
    "fellows",
    "fellows_of",
    "moves_beside",
    "named_moves",
    "parties_of",
    "sided",
    "sides_beside",
    "signs_beside",
    "tail_of",
]

SIGNS: Final = {1: "positive", -1: "negative"}
_TWO_SIDED: Final = ("ma_", "contract", "litigation", "spin_off", "settlement", "denial")
_LEAST_MOVE: Final = Decimal("0.5")  # percent; a smaller one is the market's
_SIDED: Final = 0.2  # score from which on a page says plainly how a company fares
_BESIDE: Final = 2  # sentences between two moves that are told together
_MOST: Final = 3  # names a reader keeps in one sentence
_WAYS: Final = {Direction.UP: "up", Direction.DOWN: "down"}
_PRICED: Final = (
    "Shares so far: {x}.",
    "On the day: {x}.",
    "The market's first answer: {x}.",
)
_SIDES: Final = {
    1: ("The page has {x} gaining.", "Ahead by the page's account: {x}.", "{x} gain here."),
    -1: ("The page has {x} losing.", "Behind by the page's account: {x}.", "{x} lose here."),
}


def parties_of(event: Event | None) -> frozenset[IssuerId]:
    """Name the other side of an event whose two sides deal with each other; a rival hit by it is no party."""
    if event is None or event.counterparty_id is None or not event.parent.startswith(_TWO_SIDED):
        return frozenset()
    return frozenset({event.counterparty_id})


def fellows_of(binding: Binding) -> tuple[IssuerId, ...]:
    """List the companies of which the page tells the same event with the same sign, the subject first; empty for one alone."""
    event, own = binding.event, binding.subject.issuer_id
    if event is None or own is None:
        return ()
    told = [
        e.issuer_id
        for e in binding.scene.reading.events
        if e.type == event.type
        and e.polarity is event.polarity
        and not e.background
        and e.issuer_id is not None
    ]
    found = tuple(dict.fromkeys((own, *told)))
    return found[:_MOST] if len(found) > 1 else ()


def fellows(binding: Binding, filled: Filled) -> str:
    """Fill `{fellows}`: all of whom the page tells the same, both that join an index, or the subject alone."""
    found = fellows_of(binding)
    filled.issuers += [i for i in found if i not in filled.issuers]
    return joined([binding.scene.subject(i).name for i in found]) or binding.subject.name


def moves_beside(subject: Subject) -> tuple[Fact, ...]:
    """The day's price moves of the other companies that the page tells, the largest first."""
    scene = subject.scene
    if not any(is_move(f) and f.issuer_id != subject.issuer_id for f in scene.reading.facts):
        return ()
    found: dict[IssuerId, Fact] = {}
    parties = _parties(subject)
    # where two moves are laid to one company, that of the sentence which names it is its own
    for fact in sorted(scene.reading.facts, key=lambda f: not _is_named_there(f, scene)):
        issuer = fact.issuer_id
        if (
            issuer is None
            or issuer == subject.issuer_id
            or issuer in parties
            or fact.background
            or not is_move(fact)
        ):
            continue
        if scene.subject(issuer).name in subject.name or subject.name in scene.subject(issuer).name:
            continue  # a parent and its unit: which of the two is meant, a reader could not tell
        if not _LEAST_MOVE <= fact.value <= 100 or fact.change not in _WAYS or issuer in found:
            continue
        if is_of_the_day(fact, scene.lowered) and not _tells_results(fact, scene) and _is_near(subject, fact):
            found[issuer] = fact
    return tuple(sorted(found.values(), key=lambda f: -f.value))


def _is_named_there(fact: Fact, scene: Scene) -> bool:
    sentence = scene.sentence(fact.sentence)
    return sentence is not None and any(
        m.issuer_id == fact.issuer_id and m.via != "coreference" and sentence.span.covers(m.span)
        for m in scene.reading.mentions
    )


def _moves_text(facts: Iterable[Fact], scene: Scene) -> str:
    """Say moves: "United up 3.4% and American up 2.9%"."""
    return joined(
        [f"{scene.subject(f.issuer_id).name} {_WAYS[f.change]} {scene.quoted(f)}" for f in facts if f.change]
    )


def sides_beside(subject: Subject) -> Mapping[IssuerId, int]:
    """The other companies of which the page says plainly how they fare, without a price: +1 or -1 by issuer."""
    moved = {f.issuer_id for f in moves_beside(subject)}
    found: dict[IssuerId, int] = {}
    for ticker in subject.scene.reading.tickers:
        score = ticker.score or 0.0
        plain = abs(score) >= _SIDED and ticker.role is not Role.PASSING and bool(ticker.ticker)
        if plain and ticker.issuer_id not in (subject.issuer_id, *moved):
            found[ticker.issuer_id] = 1 if score > 0 else -1
    return found


def signs_beside(subject: Subject) -> dict[IssuerId, int]:
    """Both together: the sign of the move where one is told, else of what the page says."""
    return {
        **sides_beside(subject),
        **{f.issuer_id: sign_of(f) for f in moves_beside(subject) if f.issuer_id},
    }


def named_moves(binding: Binding, filled: Filled) -> str:
    """Fill `{named_moves}`: "United up 3.4% and American up 2.9%"."""
    facts = moves_beside(binding.subject)[:_MOST]
    filled.facts |= {f.id: f for f in facts}
    filled.issuers += [f.issuer_id for f in facts if f.issuer_id]
    return _moves_text(facts, binding.scene)


def sided(sign: int) -> Callable[[Binding, Filled], str]:
    """Make the filler of `{page_gainers}` or `{page_losers}`: the companies the page puts on that side."""

    def make(binding: Binding, filled: Filled) -> str:
        found = [i for i, s in sides_beside(binding.subject).items() if s == sign][:_MOST]
        filled.issuers += found
        return joined([binding.scene.subject(i).name for i in found])

    return make


def tail_of(
    subject: Subject, said: str, barred: frozenset[IssuerId]
) -> tuple[str, tuple[Fact, ...], tuple[IssuerId, ...]]:
    """Write what a read-through still owes the reader: the named companies it has not spoken of.

    Args:
        subject: Whom the claim is about.
        said: The claim's text.
        barred: Issuers not to be named.

    Returns:
        A sentence, empty where nothing is owed; the moves it quotes; the issuers it names.
    """
    scene = subject.scene
    moves = [f for f in moves_beside(subject) if f.issuer_id not in barred and scene.quoted(f) not in said]
    turn = int(digest(scene.article.id, "beside", size=4), 16)
    if moves:
        shown = tuple(moves[:_MOST])
        form = "Also {x}." if "so far:" in said or "On the day:" in said else _PRICED[turn % len(_PRICED)]
        text = form.format(x=_moves_text(shown, scene))
        return text, shown, tuple(f.issuer_id for f in shown if f.issuer_id)
    sides = {i: s for i, s in sides_beside(subject).items() if i not in barred and _is_unsaid(scene, i, said)}
    for sign in (1, -1):
        named = [i for i, s in sides.items() if s == sign][:_MOST]
        if named:
            wordings = _SIDES[sign][: 3 if len(named) > 1 else 2]
            names = joined([scene.subject(i).name for i in named])
            return wordings[turn % len(wordings)].format(x=names), (), tuple(named)
    return "", (), ()


def _parties(subject: Subject) -> set[IssuerId | None]:
    """Who is on the other side of what the subject does: no bystander."""
    deals = {
        e.issuer_id for e in subject.scene.reading.events if e.parent.startswith("ma_") and not e.background
    }
    return deals.union(*map(parties_of, subject.events))


def _is_unsaid(scene: Scene, issuer: IssuerId | None, said: str) -> bool:
    return scene.subject(issuer).name not in said


def _is_near(subject: Subject, move: Fact) -> bool:
    """Tell whether another company's move has to do with the subject: tied, of its sector, or told beside its own move."""
    scene, issuer = subject.scene, subject.scene.subject(move.issuer_id).issuer
    if subject.issuer_id is None or issuer is None:
        return True
    if any(e.target == move.issuer_id for e in scene.edges(subject.issuer_id)):
        return True
    if subject.issuer is not None and issuer.sector and issuer.sector == subject.issuer.sector:
        return True
    own = subject.move
    return own is not None and abs(own.sentence - move.sentence) <= _BESIDE


def _tells_results(move: Fact, scene: Scene) -> bool:
    """Tell whether the sentence gives results of that company: its percentage may be theirs."""
    return any(
        f.sentence == move.sentence and f.issuer_id == move.issuer_id and f.metric in CORE
        for f in scene.reading.facts
    )
