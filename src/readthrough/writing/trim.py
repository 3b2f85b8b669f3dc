"""Shorten a sentence by leaving out whole subordinate clauses; every word that stays is the source's, in its order.

Only clauses that carry no figure, no negation and no word of a surprise may go: who somebody is, where it was said,
what it is an example of. A sentence short enough is left as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from readthrough.domain.lazy import lazily

__all__ = ["trimmed"]

_ENOUGH: Final = 27  # words a reader takes in at once; read off 60 summaries
_LEAST: Final = 8
_CARRIES: Final = lazily(
    r"\d|[%$€£¥\"“”]|\b(?:not|no|never|without|denied|denies|nor|neither|n't|expect\w*|estimat\w+|forecast\w*|consensus|beat\w*|miss(?:ed|es)?|"
    r"fell|rose|drop\w*|jump\w*|shares?|stock|profit\w*|loss(?:es)?|record|half|double\w*|third|billion|million|percent|despite|unless|if)\b|n['’]t\b",
    re.IGNORECASE,
)
_RELATIVE: Final = lazily(
    r",? [—–]+ [^—–;]{4,160}? [—–]+ (?=\S)|—[^—;]{4,160}?—(?=\S)|,? -- [^;]{4,160}? -- (?=\S)|"
    r" \([^()]{3,120}\)(?=[ ,.;])|"
    r", (?:which|who|whose|where|according to|citing|formerly|known for|including|such as|along with|as well as|better known|part of) [^,;—]{4,160}(?:,(?= [a-z])|(?=[.;]$))"
)
_TRAILING: Final = lazily(
    r"(?:,? (?:even as|adding that|saying|noting that|noting|adding|underscoring|highlighting|underlining|marking|joining|"
    r"in a (?:move|sign|bid|blog post|tweet|statement|note|filing|letter|memo|interview)|in an (?:interview|email|effort)|"
    r"in what|as part of|as it (?:seeks|tries|looks|works)|as the (?:company|group|firm) (?:seeks|tries|looks|works)|"
    r"alongside|reflecting|illustrating|according to)|, (?:where|which|who|whose|including|such as|while|with|giving|putting|making|bringing|leaving|allowing|helping)) [^;—]{6,200}(?=\.$)"
)
_NEXT_FIGURE: Final = lazily(r"\W*(?:\w+\W+){0,2}\w*\d")
_WITH: Final = lazily(r"\bwith [^,;:]{0,80}$")
_PARTICIPLE: Final = lazily(r" [a-z]+(?:ed|ing|made|sent|held)\b(?! (?:to|that|it|its|the|a)\b)")
_DANGLING: Final = lazily(
    r"\b(?:the|a|an|of|to|in|on|at|as|for|and|or|but|with|by|from|that|which|who|is|was|are|were|has|have|will|would|its|their|than|into|over|between|such|choose|how|what)\.$"
)


@lru_cache(maxsize=512)
def trimmed(sentence: str, keep: tuple[str, ...] = ()) -> str:
    """Leave out the clauses that a long sentence can do without.

    Args:
        sentence: A finished sentence, cut from an article.
        keep: Names that no clause may take with it, unless the rest of the sentence says them too.

    >>> trimmed("Acme Corp, which makes brakes and axles for lorries in four countries, said that orders from European "
    ...         "customers fell 12% in the third quarter as buyers waited for new rules on emissions in cities.")
    'Acme Corp said that orders from European customers fell 12% in the third quarter as buyers waited for new rules on emissions in cities.'
    """
    text = sentence
    for pattern in (_RELATIVE, _TRAILING):
        at = 0
        while len(text.split()) > _ENOUGH:
            match = pattern.search(text, at)
            if match is None:
                break
            shorter = _without(text, match, keep)
            if shorter is None:
                at = match.start() + 2
                continue
            text, at = shorter, max(0, match.start() - 1)
    return text


def _without(text: str, match: re.Match[str], keep: tuple[str, ...]) -> str | None:
    """Leave a clause out, or return None where it carries something or what is left is no sentence."""
    if _CARRIES.search(match.group()):
        return None
    before, after = text[: match.start()].rstrip(" ,"), text[match.end() :]
    if match.group()[:1] == " " and _WITH.search(before):
        return (
            None  # "with almost 90% of residents saying that": without what they say the figure says nothing
        )
    if any(name in match.group() and name not in before + after for name in keep):
        return None
    if _PARTICIPLE.match(after) or after.lstrip().startswith(("who ", "which ", "that ", "whose ")):
        return None  # "a suit, according to X, filed in": the comma goes with the clause
    if _NEXT_FIGURE.match(after) and after.strip(" .;"):
        return None
    joint = "" if after[:1] in ".,;" else " "
    shorter = f"{before}{joint}{after.lstrip()}"
    kept = len(shorter.split())
    if (
        kept < _LEAST
        or len(before.split()) < 2
        or _DANGLING.search(shorter)
        or shorter.count("(") != shorter.count(")")
    ):
        return None
    return shorter
