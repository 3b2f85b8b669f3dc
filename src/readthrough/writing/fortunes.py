"""How the text itself says that other companies fare, so that no read-through says the opposite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from readthrough.domain.lazy import lazily
from readthrough.writing.metrics import is_move, sign_of

if TYPE_CHECKING:
    from readthrough.writing.scene import Scene

__all__ = ["fortunes_of"]

_PARTS: Final = lazily(
    r"\b(?:contracts?|deals?|partnerships?|agreements?|supply|alliance|orders?|business)\b[^.]{0,50}\b(?:end(?:s|ed|ing)?|expir\w+|terminat\w+|"
    r"cancel\w*|lapse[sd]?|not be renewed|wound down|lost)\b|"
    r"\b(?:end(?:s|ed|ing)?|terminat\w+|cancel(?:s|led|ling)?|cuts? ties|drop(?:s|ped|ping)?|los(?:es|ing|t)|phas(?:es|ed|ing) out|replac(?:es|ed|ing)|"
    r"stop(?:s|ped|ping)? (?:using|buying)|will no longer (?:use|buy))\b[^.]{0,60}\b(?:contracts?|deals?|partnerships?|agreements?|suppl\w+|modems?|chips?|parts)\b"
)


def fortunes_of(scene: Scene) -> Mapping[str, int]:
    """Give each named company the sign of its told price move, else of its score, else of an ended contract."""
    found: dict[str, int] = {}
    for ticker in scene.reading.tickers:
        fares = scene.fares(ticker.issuer_id)
        if fares:
            found[ticker.issuer_id] = fares
    main = scene.main.issuer_id
    for sentence in scene.reading.sentences:
        if sentence.background or not _PARTS.search(scene.lowered, sentence.span.start, sentence.span.end):
            continue
        for mention in scene.reading.mentions:
            if mention.issuer_id != main and sentence.span.covers(mention.span):
                found[mention.issuer_id] = -1
    for fact in reversed(scene.reading.facts):
        if is_move(fact) and not fact.background and fact.issuer_id is not None:
            found[fact.issuer_id] = sign_of(fact)
    return found
