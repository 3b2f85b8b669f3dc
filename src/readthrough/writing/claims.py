"""Choose what to say: which playbooks apply, and one claim of each kind that fits the tension."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from readthrough.domain.note import Claim, ClaimKind
from readthrough.domain.reading import Event, Fact, Modality, Role
from readthrough.writing.binding import Binding, Filled
from readthrough.writing.conditions import anchors, facts_for
from readthrough.writing.dates import OF_EVENTS, Scheduled, announced
from readthrough.writing.firm import RESULTS, bears, is_reason, is_slight, prominence
from readthrough.writing.matters import WAKING
from readthrough.writing.named import SIGNS, fellows_of, parties_of, signs_beside, tail_of
from readthrough.writing.playbooks import ClaimTemplate, Playbook, Playbooks
from readthrough.writing.scene import Scene, Subject
from readthrough.writing.stance import MARKET
from readthrough.writing.wording import falsifier, suits, worded

__all__ = ["Drafted", "asked", "draft_claims", "is_macro", "matches", "suits"]

_ORDER: Final = (
    ClaimKind.MARKET_READ,
    ClaimKind.SECOND_ORDER,
    ClaimKind.READ_THROUGH,
    ClaimKind.RISK,
    ClaimKind.POSITIONING,
    ClaimKind.CONTRARIAN,
    ClaimKind.CATALYST,
)
_MOST_WORDS: Final = 280
_BRIEF_WORDS: Final = 45  # words of text: below it a page holds one fact, and two lines say what it means
_SIDES: Final = frozenset({"bidder", "target"})
_ONCE: Final = frozenset({"lever", "trap", "tell"})  # whole arguments: said twice they are noise
_OF_MARKETS: Final = frozenset(
    {"market_wide_move", "macro_data_release", "central_bank", "commodity_price_move"}
)
_ALONE: Final = 20.0  # weight of a playbook below which its headline makes the page one for shoppers: nothing else is said
_SLIGHT: Final = 30.0  # weight of a leading playbook below which a page reports nothing: two lines are enough
_BARE: Final = 1  # claims of a note that may hold nothing of the page: a second one is a lecture
_PLAINLY: Final = 0.3  # score from which on a page says which way it sees a company
_FAR: Final = 45.0  # points below the leading playbook at which a claim is about something else
_WITHOUT_NEWS: Final = frozenset({"quiet", "preview", "authored"})
_BY_THE_PAGE: Final = frozenset(
    {"named_moved", "named_gain_with", "named_lose_with", "named_gain_against", "named_lose_against"}
)
_LATE: Final = 40.0  # points that an event deep in a page loses against the one in its headline
_CARRIERS: Final = (ClaimKind.SECOND_ORDER, ClaimKind.RISK, ClaimKind.MARKET_READ)
_BETWEEN: Final = frozenset(
    {ClaimKind.SECOND_ORDER, ClaimKind.RISK, ClaimKind.POSITIONING, ClaimKind.CONTRARIAN}
)
_SAID_ENOUGH: Final = (
    2  # claims after which another one has to bring something of the page that none of them holds
)
# oppositions that the tape shows of any company: a rule about them is no news of this one
_OF_ANY: Final = frozenset(
    {
        "small_move",
        "large_rise",
        "large_fall",
        "beat_yet_fell",
        "has_event",
        "reported",
        "unexplained",
        "quiet",
    }
)
_EXPENDABLE: Final = (
    ClaimKind.POSITIONING,
    ClaimKind.CONTRARIAN,
    ClaimKind.SECOND_ORDER,
    ClaimKind.READ_THROUGH,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A claim, and the binding and filling it came from."""

    claim: Claim
    binding: Binding
    filled: Filled


def matches(scene: Scene, playbooks: Playbooks) -> tuple[Binding, ...]:
    """Find every playbook that applies, the most telling first; each binds to its best subject."""
    told = scene.firm
    found = [
        b for b in (_bind(scene, playbook, told) for playbook in asked(scene, playbooks)) if b is not None
    ]
    if any(is_macro(b, scene) for b in found):
        # a page about the market: what it says of one company in passing carries no view of that company
        found = [b for b in found if b.event is not None or b.subject.issuer_id is None]
    found = [b for b in found if b.event is None or not is_reason(b.event, scene)] or found
    alone = [b for b in found if b.playbook.weight < _ALONE and b.playbook.when.headline]
    found = alone or found
    # one writer's view reports nothing: what it recalls of results or job cuts is his evidence and not the news
    found = [b for b in found if "authored" in b.playbook.when.tension] or found
    found = _of_one_story(found)
    # what is said of any quiet page is said only where nothing says more
    found = [b for b in found if "quiet" not in b.playbook.when.tension] or found
    return tuple(sorted(found, key=lambda b: (-b.score, b.playbook.id)))


def _of_one_story(found: list[Binding]) -> list[Binding]:
    """On a page led by one company's news the market's move is the weather: its playbooks say nothing of the company."""
    first = max(found, key=lambda b: b.score, default=None)
    if first is None or first.subject.issuer_id is None or first.event is None:
        return found
    return [b for b in found if b.event is None or b.event.parent != "market_wide_move"]


def asked(scene: Scene, playbooks: Playbooks) -> Iterable[Playbook]:
    """List the playbooks that this article can wake, each once."""
    index = playbooks.index
    headed = {word for word in scene.headwords if word in index.by_headword}
    found = {p.id: p for word in headed for p in index.by_headword[word]}
    # and so is one that only looks ahead
    for known in (_WITHOUT_NEWS | MARKET | WAKING) & scene.main.tensions:
        found |= {p.id: p for p in index.by_tension.get(known, ())}
    # a page without event and figure is still one of a known kind where its headline says so
    if bears(scene):
        names = {name for _, e in scene.firm for name in (e.type, e.parent)}
        found |= {p.id: p for name in names for p in index.by_event.get(name, ())}
        found |= {p.id: p for name in scene.main.tensions for p in index.by_tension.get(name, ())}
        if scene.main.lens is not None:
            found |= {p.id: p for lens in scene.main.lens.ids for p in index.by_lens.get(lens, ())}
        found |= {p.id: p for p in index.others}
    return found.values()


def is_macro(binding: Binding, scene: Scene) -> bool:
    event = binding.event
    if event is None or binding.subject.issuer_id is not None or event.parent not in _OF_MARKETS:
        return False
    own = [e for e in scene.main.events if prominence(e, scene) >= 8]
    return prominence(event, scene) >= 8 and (scene.main.issuer_id is None or not own)


def draft_claims(
    scene: Scene, bindings: Sequence[Binding], refused: Collection[tuple[str, ClaimKind]] = ()
) -> tuple[Drafted, ...]:
    """Draft the analysis: at most one claim of each kind, in the order a reader needs them.

    A brief with little information gets two lines. Within a full note a playbook that has spoken,
    and a figure that was quoted, weigh against being used again.

    Args:
        scene: The facts, arranged.
        bindings: The playbooks that apply, the most telling first.
        refused: Playbooks whose claim of a kind nothing supports here: another takes its place.
    """
    most = _most(scene, bindings)
    chosen: dict[ClaimKind, Drafted] = {}
    for kind in _by_strength(bindings):
        fit = [b for b in bindings if (b.playbook.id, kind) not in refused] if refused else bindings
        best = _best(kind, fit, chosen)
        if best is not None:
            chosen[kind] = best
        if len(chosen) == most:
            break
    _carry(scene, bindings, chosen, most)
    if ClaimKind.READ_THROUGH in chosen:
        chosen[ClaimKind.READ_THROUGH] = _with_the_page(chosen[ClaimKind.READ_THROUGH])
    if ClaimKind.CATALYST in chosen:
        chosen[ClaimKind.CATALYST] = _with_its_day(chosen[ClaimKind.CATALYST])
    _fit_words(chosen)
    other = _other_side(bindings, chosen) if most > 2 else None
    drafted = _in_order(chosen)
    return tuple([*drafted[:1], other, *drafted[1:]] if other else drafted)


def _in_order(chosen: Mapping[ClaimKind, Drafted]) -> list[Drafted]:
    """The market read opens, what decides it closes; between them the weightiest comes first."""
    ends = (ClaimKind.MARKET_READ, ClaimKind.CATALYST)
    middle = sorted(
        (kind for kind in _ORDER if kind in chosen and kind not in ends), key=lambda k: -_worth(chosen[k])
    )
    kinds = (*ends[:1], *middle, *ends[1:])
    return [chosen[kind] for kind in kinds if kind in chosen]


def _worth(drafted: Drafted) -> float:
    """How much a reader gains by a claim: how sure it is, how particular, and how near to what leads."""
    filled = drafted.filled
    particular = 4 * min(3, len(filled.facts) + len(filled.spans)) + 3 * min(2, len(filled.ties))
    return 20 * drafted.claim.confidence + particular + drafted.binding.score / 10


def _carry(scene: Scene, bindings: Sequence[Binding], chosen: dict[ClaimKind, Drafted], most: int) -> None:
    """See to it that the sum which carries the story is spoken of: where no claim does, one that does takes its place."""
    fact = scene.main.carrying
    if fact is None or not chosen or any(_speaks_of(d.filled, fact) for d in chosen.values()):
        return
    for kind in _CARRIERS:
        for binding in bindings:
            template = binding.playbook.claims.get(kind)
            if template is None or binding.subject is not scene.main:
                continue
            filled = worded(template, binding)
            if filled is not None and _speaks_of(filled, fact):
                if len(chosen) >= most and kind not in chosen:
                    chosen.pop(
                        next(k for k in (*_EXPENDABLE, ClaimKind.CATALYST, ClaimKind.RISK) if k in chosen),
                        None,
                    )
                chosen[kind] = Drafted(
                    claim=_claim(template, binding, filled), binding=binding, filled=filled
                )
                return


def _speaks_of(filled: Filled, fact: Fact) -> bool:
    return any(
        f.id == fact.id or (f.value, f.currency) == (fact.value, fact.currency) for f in filled.facts.values()
    )


def _other_side(bindings: Sequence[Binding], chosen: Mapping[ClaimKind, Drafted]) -> Drafted | None:
    """In a deal the two sides are two stories: read the market for the second one too."""
    first = chosen.get(ClaimKind.MARKET_READ)
    if first is None or first.binding.playbook.when.role not in _SIDES:
        return None
    for binding in bindings:
        role, template = binding.playbook.when.role, binding.playbook.claims.get(ClaimKind.MARKET_READ)
        if role in _SIDES and role != first.binding.playbook.when.role and template is not None:
            filled = worded(template, binding)
            if filled is not None:
                return Drafted(claim=_claim(template, binding, filled), binding=binding, filled=filled)
    return None


def _most(scene: Scene, bindings: Sequence[Binding]) -> int:
    """Say how many claims a page is worth: two for a remark or a brief, else one of each kind."""
    if is_slight(scene):
        return 2
    facts, events = scene.reading.facts, scene.reading.events
    brief = scene.length < _BRIEF_WORDS and len(facts) + len(events) < 5
    return 2 if brief or (bindings and bindings[0].playbook.weight < _SLIGHT) else len(_ORDER)


def _by_strength(bindings: Sequence[Binding]) -> list[ClaimKind]:
    """Order the kinds so that the leading playbook's own claims are settled first."""
    rank = {kind: i for i, kind in enumerate(_ORDER)}
    # past the third playbook all are equal, and their words need not be parsed for this
    first = {
        kind: next((i for i, b in enumerate(bindings[:3]) if kind in b.playbook.claims), 3) for kind in _ORDER
    }
    return sorted(_ORDER, key=lambda kind: (first[kind], rank[kind]))


def _best(
    kind: ClaimKind, bindings: Sequence[Binding], chosen: Mapping[ClaimKind, Drafted]
) -> Drafted | None:
    used = [d.binding.playbook.id for d in chosen.values()]
    quoted = {i for d in chosen.values() for i in d.filled.facts}
    nouns = {n for d in chosen.values() for n in d.filled.nouns}
    # a market has no name and no figures of its own: its page may hold one more
    most_bare = _BARE + (bindings[0].subject.issuer_id is None) if bindings else _BARE
    bare = sum(_is_bare(d.filled, d.binding) for d in chosen.values()) >= most_bare
    best: tuple[float, ClaimTemplate, Binding, Filled] | None = None
    floor = bindings[0].score - _FAR if len(chosen) > 2 else -99.0
    for binding in bindings:
        # the bindings come by falling score: no later one can do better
        if best is not None and binding.score <= best[0]:
            break
        if binding.score < floor and binding.playbook.when.tension.isdisjoint(_BY_THE_PAGE):
            continue
        template = binding.playbook.claims.get(kind)
        if template is None:
            continue
        filled = worded(template, binding)
        if filled is None:
            continue
        repeats = len(quoted & filled.facts.keys())
        if nouns & filled.nouns & _ONCE or (bare and _is_bare(filled, binding)):
            continue
        if kind in _BETWEEN and len(chosen) >= _SAID_ENOUGH and not _adds(kind, filled, binding, chosen):
            continue
        worn = len(nouns & filled.nouns) + 2 * _defies_the_tape(template, binding)
        score = binding.score - 5 * max(0, used.count(binding.playbook.id) - 1) - 4 * repeats - 12 * worn
        if best is None or score > best[0]:
            best = (score, template, binding, filled)
    if best is None:
        return None
    _, template, binding, filled = best
    return Drafted(claim=_claim(template, binding, filled), binding=binding, filled=filled)


def _adds(kind: ClaimKind, filled: Filled, binding: Binding, chosen: Mapping[ClaimKind, Drafted]) -> bool:
    """Tell whether a claim brings what no claim before it has: a figure, a passage, a company of the page; once, its industry."""
    move = binding.subject.move
    quoted = {i for d in chosen.values() for i in d.filled.facts} | ({move.id} if move is not None else set())
    if filled.spans or filled.facts.keys() - quoted:
        return True
    if kind is ClaimKind.CONTRARIAN and len(filled.facts) > 1:
        return True  # the other side may argue from the same figures
    if any(t.edge.target in binding.scene.mentioned for t in filled.ties.values()):
        return True
    when = binding.playbook.when
    if when.tension - _OF_ANY or when.words or when.headwords:
        return not any(
            d.binding.playbook.id == binding.playbook.id for k, d in chosen.items() if k in _BETWEEN
        )
    by_rule = [d for k, d in chosen.items() if k in _BETWEEN and d.filled.nouns and not d.filled.spans]
    return bool(filled.nouns) and not by_rule


def _with_the_page(drafted: Drafted) -> Drafted:
    """Let a read-through agree with the page: its signs where it gives them, and the companies left unsaid."""
    binding, filled, claim = drafted.binding, drafted.filled, drafted.claim
    subject = binding.subject
    text, facts, named = tail_of(subject, claim.text, parties_of(binding.event))
    signs = {subject.scene.subject(i).ticker: SIGNS[s] for i, s in signs_beside(subject).items() if s}
    tickers = {t: signs.get(t, d) if d == "mixed" else d for t, d in claim.tickers}
    for issuer in named:
        ticker = subject.scene.subject(issuer).ticker
        if ticker:
            tickers.setdefault(ticker, signs[ticker])
    if text:
        filled.text = f"{filled.text} {text}"
        filled.facts |= {f.id: f for f in facts}
    ways = set(tickers.values())
    said = replace(
        claim,
        text=filled.text,
        tickers=tuple(tickers.items()),
        direction=next(iter(ways)) if claim.direction == "mixed" and len(ways) == 1 else claim.direction,
        support=filled.supports(binding),
    )
    return replace(drafted, claim=said)


def _with_its_day(drafted: Drafted) -> Drafted:
    """Let what decides a story carry the next date that the page gives, with what happens then."""
    filled, claim = drafted.filled, drafted.claim
    scene = drafted.binding.scene
    due = next((s for s in scene.told.scheduled if _is_of_the_story(s, drafted.binding)), None)
    if due is None or any(s.day in claim.text for s in scene.told.scheduled):
        return drafted
    filled.text = f"{claim.text} {announced(due)}"
    filled.spans.append(due.span)
    return replace(drafted, claim=replace(claim, text=filled.text, support=filled.supports(drafted.binding)))


def _is_of_the_story(due: Scheduled, binding: Binding) -> bool:
    """Tell whether the day is the subject's: results announced in a sentence about another company are not."""
    subject, belongs = binding.subject, OF_EVENTS.get(due.kind)
    if belongs is not None:
        return any(e.parent.startswith(belongs) for _, e in binding.scene.firm)
    if due.kind != "results":
        return True
    sentence = next(s for s in binding.scene.reading.sentences if s.span.covers(due.span))
    named = {m.issuer_id for m in binding.scene.reading.mentions if sentence.span.covers(m.span)}
    return subject.issuer_id is not None and (not named or subject.issuer_id in named)


def _is_bare(filled: Filled, binding: Binding) -> bool:
    """Tell whether a claim holds nothing of its page: no figure, no passage, no company, nothing of the industry."""
    return not filled.weight and binding.subject.name not in filled.text


def _defies_the_tape(template: ClaimTemplate, binding: Binding) -> bool:
    """A plain market read has to agree with the price; only a tension may say otherwise."""
    sign = {"positive": 1, "negative": -1}.get(template.direction, 0) * binding.subject.move_sign
    return template.kind is ClaimKind.MARKET_READ and sign < 0 and not binding.playbook.when.tension


def _claim(template: ClaimTemplate, binding: Binding, filled: Filled) -> Claim:
    wrong = falsifier(template, binding)
    open_yet = _is_open(template, binding)
    tickers = _tickers(template, binding, filled)
    return Claim(
        kind=template.kind,
        text=filled.text,
        direction="mixed" if open_yet else template.direction,
        horizon=template.horizon,
        tickers=tuple(
            (t, "mixed" if open_yet and t == binding.subject.ticker else way) for t, way in tickers
        ),
        confidence=template.confidence,
        support=filled.supports(binding),
        falsified_by=wrong,
    )


def _is_open(template: ClaimTemplate, binding: Binding) -> bool:
    """Tell whether a market read goes against what the page plainly says of a company whose price has not spoken yet."""
    reading = binding.subject.reading
    sign = {"positive": 1, "negative": -1}.get(template.direction, 0)
    if template.kind is not ClaimKind.MARKET_READ or reading is None or binding.subject.move is not None:
        return False
    return sign * (reading.score or 0.0) < -_PLAINLY


def _tickers(template: ClaimTemplate, binding: Binding, filled: Filled) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for who, direction in template.tickers:
        if who == "subject":
            found.setdefault(binding.subject.ticker, direction)
        elif who == "counterparty":
            if binding.event is not None and binding.event.counterparty_id is not None:
                found.setdefault(binding.scene.subject(binding.event.counterparty_id).ticker, direction)
        elif who == "fellows":
            for issuer in fellows_of(binding):
                found.setdefault(binding.scene.subject(issuer).ticker, direction)
        elif who == "page":
            for issuer, told in signs_beside(binding.subject).items():
                if issuer in filled.issuers:
                    way = SIGNS[told] if direction == "as moved" else direction
                    found.setdefault(binding.scene.subject(issuer).ticker, way)
        elif who == "peers":
            for fact in filled.facts.values():
                if fact.issuer_id in filled.issuers:
                    sign = "positive" if fact.change == "up" else "negative"
                    found.setdefault(binding.scene.subject(fact.issuer_id).ticker, sign)
        else:
            for tie in filled.ties.values():
                if tie.edge.relation == who:
                    found.setdefault(tie.ticker, direction)
    return tuple((ticker, direction) for ticker, direction in found.items() if ticker)


def _fit_words(chosen: dict[ClaimKind, Drafted]) -> None:
    for kind in _EXPENDABLE:
        if sum(len(d.claim.text.split()) for d in chosen.values()) <= _MOST_WORDS:
            return
        chosen.pop(kind, None)


def _bind(scene: Scene, playbook: Playbook, told: Sequence[tuple[Subject, Event]]) -> Binding | None:
    """Bind to the strongest event that fits, else to the main subject where no event is asked for."""
    best: Binding | None = None
    for subject, event in anchors(scene, playbook.when, told):
        facts = facts_for(scene, playbook.when, subject)
        if facts is None:
            continue
        score = _score(playbook, subject, event, scene)
        if best is None or score > best.score:
            best = Binding(
                scene=scene, playbook=playbook, subject=subject, event=event, facts=facts, score=score
            )
    return best


def _is_late(event: Event, subject: Subject, scene: Scene) -> bool:
    """Tell whether an event stands deep in a page whose headline tells another one of the same company."""
    if prominence(event, scene) > 0:
        return False
    headed = [e for s, e in scene.firm if s is subject and prominence(e, scene) > 8]
    return bool(headed) and not any(e.parent in RESULTS or e.parent == event.parent for e in headed)


def _is_only_supposed(event: Event, scene: Scene) -> bool:
    """Tell whether an event would only follow from something, on a page whose headline tells another as done."""
    if event.modality is not Modality.CONDITIONAL or prominence(event, scene) > 8:
        return False
    return any(
        prominence(e, scene) > 8 and e.modality is Modality.ACTUAL and e.parent != event.parent
        for _, e in scene.firm
    )


def _score(playbook: Playbook, subject: Subject, event: Event | None, scene: Scene) -> float:
    when = playbook.when
    asked = sum(
        map(bool, (when.tension, when.lens, when.themes, when.words, when.reaction, when.role, when.headline))
    )
    score = playbook.weight + 3 * (asked + len(when.facts))
    if event is not None:
        score += 10 * event.strength + prominence(event, scene)
        score -= _LATE * (_is_late(event, subject, scene) or _is_only_supposed(event, scene))
    reading = subject.reading
    if reading is not None:
        against = {"positive": -1, "negative": 1}.get(event.polarity, 0) if event is not None else 0
        if not when.tension and against * (reading.score or 0.0) > 0.15:
            score -= 14
        score += 10 * reading.relevance - (15 if reading.role is Role.PASSING else 0)
    elif scene.primary is not None and (event is None or prominence(event, scene) < 8):
        score -= 8
    return score
