"""Which wording of a claim is said: of those whose slots can be filled, the one that holds most of the page."""

from __future__ import annotations

from typing import Final

from readthrough.domain.article import digest
from readthrough.domain.security import IssuerId
from readthrough.writing.binding import Binding, Filled
from readthrough.writing.playbooks import ClaimTemplate
from readthrough.writing.scene import Subject
from readthrough.writing.slots import fill, most_weight

__all__ = ["falsifier", "suits", "worded"]

_SPECIAL: Final = 2  # what a wording for this very kind of story is worth beside slots it fills
_RELATED: Final = frozenset({"competitor", "supplier", "customer", "partner", "owner", "subsidiary"})


def worded(template: ClaimTemplate, binding: Binding) -> Filled | None:
    """Choose the most particular wording that can be filled; among equals the article's id decides, so it never changes."""
    barred = _contradicted(template, binding)
    turn, most = 0, len(template.texts)
    if most > 1:
        turn = int(digest(binding.scene.article.id, binding.playbook.id, template.kind, size=4), 16)
    wordings = [
        (most_weight(text) + special, -((i + turn) % most), special, text)
        for i, (needs, text) in enumerate(zip(template.needs, template.texts, strict=True))
        if not needs or suits(needs, binding.subject)
        for special in (_special(needs),)
    ]
    wordings.sort(reverse=True)
    best: tuple[int, Filled] | None = None
    for bound, _, special, text in wordings:
        if best is not None and best[0] >= bound:
            break
        filled = fill(text, binding, barred=barred)
        if filled is not None and (best is None or filled.weight + special > best[0]):
            best = (filled.weight + special, filled)
    return best[1] if best else None


def _special(needs: frozenset[str]) -> int:
    """What a wording gains by the tensions it asks for: the more of them, the more it is about this very case."""
    asked = sum(not need.startswith("!") for need in needs)
    return _SPECIAL * asked


def _contradicted(template: ClaimTemplate, binding: Binding) -> frozenset[str]:
    """Companies of which the text says the opposite of what the claim would say of their kind: they are not named in it."""
    told = {"positive": 1, "negative": -1}
    signs = {who: told[sign] for who, sign in template.tickers if who in _RELATED and sign in told}
    if not signs:
        return frozenset()
    fortunes = binding.scene.fortunes
    if len(set(signs.values())) == 1:
        wanted = next(iter(signs.values()))
        return frozenset(who for who, fares in fortunes.items() if fares != wanted)
    ties = {who: binding.subject.relation_to(IssuerId(who)) for who in fortunes}
    return frozenset(
        who for who, tie in ties.items() if tie is not None and signs.get(tie, fortunes[who]) != fortunes[who]
    )


def falsifier(template: ClaimTemplate, binding: Binding) -> str:
    """Choose what would undo a claim: of the wordings for this very case that can be filled, by the article's id."""
    pairs = zip(template.wrong_needs, template.wrong_ifs, strict=True)
    fitting = [(needs, text) for needs, text in pairs if suits(needs, binding.subject)]
    filled = [(needs, f.text) for needs, text in fitting if (f := fill(text, binding)) is not None]
    same = [text for needs, text in filled if needs == filled[0][0]]
    if len(same) < 2:
        return same[0] if same else ""
    return same[int(digest(binding.scene.article.id, "wrong", size=4), 16) % len(same)]


def suits(needs: frozenset[str], subject: Subject) -> bool:
    """Tell whether the tensions a wording asks for hold, and those it excludes ("!x") do not."""
    tensions = subject.tensions if needs else frozenset()
    return all((need[1:] not in tensions) if need[0] == "!" else need in tensions for need in needs)
