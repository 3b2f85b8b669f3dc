"""Which industry's words a story is told in, and which of them where its matter is a special one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from readthrough.writing.playbooks import Lens
    from readthrough.writing.scene import Scene, Subject

__all__ = ["lens_for"]

_ENOUGH: Final = 2.0  # an industry and a word, or two words: a passing "bank" does not make a lender
_MOST_WORDS: Final = 4
_BY_INDUSTRY: Final = 1.5


def lens_for(subject: Subject) -> Lens | None:
    """Choose the industry lens: by listing, else by the issuer's industry and the article's words.

    Where the page is of a matter for which the industry has words of its own (a medicine in trial, loans that go bad),
    those take their place.
    """
    base = _by_industry(subject)
    if base is None:
        return None
    matters = subject.scene.told.matters
    special = next((v for v in subject.scene.lenses if v.matter in matters and v.within == base.id), None)
    return base if special is None else replace(special, words=base.words)


def _by_industry(subject: Subject) -> Lens | None:
    scene, issuer = subject.scene, subject.issuer
    if subject.issuer_id is None:
        return None
    plain = [lens for lens in scene.lenses if not lens.matter]
    for ticker in (subject.ticker, *(issuer.tickers if issuer else ())):
        for lens in plain:
            if ticker in lens.tickers:
                return lens
    industry = f"{issuer.industry} {issuer.sector}".lower() if issuer else ""
    scores = [
        (_spoken(scene, lens) + _BY_INDUSTRY * any(i in industry for i in lens.industries), lens)
        for lens in plain
    ]
    best = max(scores, key=lambda s: s[0], default=(0.0, None))
    return best[1] if best[0] >= _ENOUGH else None


def _spoken(scene: Scene, lens: Lens) -> float:
    return min(_MOST_WORDS, sum(w in scene.lowered for w in lens.words))
