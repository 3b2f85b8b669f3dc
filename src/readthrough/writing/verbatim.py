"""What is taken over word for word: quotations, and sentences cut out of the article by deletion."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.note import Support
from readthrough.writing.words import TICKER_ASIDE

__all__ = ["cut_fault", "quote_fault", "without_quoted"]

_FLOWING: Final = lazily(r"[$€£¥₹]?[^\W_](?:[\w%.,'&\-/]*[\w%])?")
_GENITIVE: Final = lazily(r"'s\b|'(?=\s)")
_QUOTED: Final = lazily(r"[“\"]([^“”\"]{3,400})[”\"]")
_WINDOW: Final = 2  # words either side that a cut-out sentence must keep around each figure


def quote_fault(text: str, article: str) -> str:
    if '"' not in text and "“" not in text:
        return ""
    for match in _QUOTED.finditer(text):
        if " " in match[1].strip() and _flow(match[1]) not in _flow(article):
            return f"The quotation “{match[1]}” is not in the article."
    return ""


def without_quoted(text: str, passages: Sequence[str]) -> str:
    """Leave out the quotations that stand word for word in a cited passage: their figures are the passage's own.

    >>> without_quoted("He said: “sales fell 4%” in May.", ["sales fell 4%"])
    'He said: “” in May.'
    """
    if "“" not in text or not passages:
        return text
    held = [_flow(passage) for passage in passages]
    return _QUOTED.sub(lambda m: "“”" if any(_flow(m[1]) in flow for flow in held) else m[0], text)


def cut_fault(
    text: str, article: str, support: Sequence[Support], lower_words: Callable[[], Set[str]]
) -> str:
    """A sentence cut out of the article: each figure must stand there among the same words."""
    passage = " ".join(s.span.of(article) for s in support if s.span is not None)
    source = _flow(passage)
    position = 0
    flow = _flow(text)
    words, padded = flow.split(), f" {source} "
    if f" {flow} " in padded:
        return ""
    for word in words:
        found = padded.find(f" {word} ", position)
        if found < 0:
            if not any(c.isdigit() for c in word) and word in lower_words():
                continue
            return f"“{word}” does not stand in the passage that the sentence cites, in this order."
        position = found
    bare = _flow(TICKER_ASIDE.sub("", passage))
    for i, word in enumerate(words):
        if any(c.isdigit() for c in word):
            window = " ".join(words[max(0, i - _WINDOW) : i + 1])
            if f" {window} " not in padded and f" {window} " not in f" {bare} ":
                return f"The figure {word} stands among other words in the article."
    for negation in (" not ", " no ", " never ", " denied ", " without "):
        if f" {flow} ".count(negation) < f" {source} ".count(negation) and _drops(text, source, negation):
            return f"The cut leaves out “{negation.strip()}”."
    return ""


def _drops(text: str, source: str, negation: str) -> bool:
    """Tell whether a negation is missing from inside the kept words, not from a part cut away whole."""
    before, _, after = f" {source} ".partition(negation)
    left, right = before.split()[-1:], after.split()[:1]
    joined = f" {' '.join([*left, *right])} "
    return joined in f" {_flow(text)} "


def _flow(text: str) -> str:
    """Words and figures only, in lower case: what must stay the same when punctuation is cut."""
    lowered = text.lower().replace("’", "'").replace("\u00a0", " ")
    return " ".join(_FLOWING.findall(_GENITIVE.sub("", lowered) if "'" in lowered else lowered))
