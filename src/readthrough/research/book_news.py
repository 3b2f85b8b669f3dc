"""What the notes say of one's own holdings: a list, newest or gravest first, each line with its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from readthrough.domain.lazy import lazily
from readthrough.research.answer import Answer, AnswerSentence, Citation
from readthrough.research.retrieve import Question

__all__ = ["asks_for_advice", "asks_for_book", "asks_of_holdings", "news_of_book", "sign_asked"]

_MINE: Final = lazily(
    r"\b(?:my|our)\b[^?.]{0,30}\b(?:holdings?|positions?|book|portfolios?|stocks?|names?)\b", re.I
)
_ADVICE: Final = lazily(r"\b(?:should|shall|must) (?:i|we)\b|\bwhat to (?:buy|sell)\b", re.IGNORECASE)
_BAD: Final = lazily(
    r"\b(?:bad|worst|negative|hurts?|harm\w*|risks?|threat\w*|worr\w+|losers?|downside)\b", re.I
)
_GOOD: Final = lazily(r"\b(?:good|best|positive|helps?|benefits?|winners?|upside)\b", re.IGNORECASE)
_GENERAL: Final = frozenset(
    """holding position book portfolio new news summary summaris summariz bad worst negativ good best positiv hurt harm help
    benefit risk threat worry happen affect mov matter important update head headlin stori name""".split()
)
_LISTED: Final = 25


def asks_for_book(question: Question) -> bool:
    """Tell whether a question is about one's holdings as such, and nothing narrower.

    >>> asks_for_book(Question(text="Summarise the news on my holdings"))
    True
    >>> asks_for_book(Question(text="Which of my holdings are exposed to tariffs?"))
    False
    """
    return bool(_MINE.search(question.text)) and set(question.topic) <= _GENERAL


def asks_of_holdings(text: str) -> bool:
    """Tell whether a question is about one's holdings, however narrow."""
    return bool(_MINE.search(text))


def asks_for_advice(text: str) -> bool:
    """Tell whether a question asks what to do, which no corpus says.

    >>> asks_for_advice("What should I sell?"), asks_for_advice("What did Orbex sell?")
    (True, False)
    """
    return bool(_ADVICE.search(text))


def sign_asked(text: str) -> int:
    """Return -1 where a question asks for bad news, 1 for good, 0 for any."""
    return -1 if _BAD.search(text) else 1 if _GOOD.search(text) else 0


def news_of_book(
    question: Question,
    notes: Iterable[Mapping[str, Any]],
    *,
    held: Collection[str],
    quote: Callable[[Mapping[str, Any], int], Citation | None],
    limit: int,
) -> Answer:
    """List the notes that are about a holding, the gravest first where good or bad news is asked for.

    Args:
        question: What was asked.
        notes: Notes of the time asked about, newest first, repeats apart.
        held: The tickers held.
        quote: Finds the sentence of a note's article at a place.
        limit: Most sentences cited; rows go on to 25.
    """
    sign = sign_asked(question.text)
    found: list[tuple[dict[str, Any], Mapping[str, Any]]] = []
    for note in notes:
        for told in note["tickers"]:
            score = told["score"]
            if told["ticker"] not in held or told["role"] == "passing" or score is None:
                continue
            if sign and score * sign < 0.1:
                continue
            row = {
                "ticker": told["ticker"],
                "score": score,
                "label": told["label"],
                "date": (note["article"]["published_at"] or note["known_at"])[:10],
                "headline": note["article"]["headline"],
                "note_id": note["id"],
            }
            found.append((row, note))
    if sign:
        found.sort(key=lambda pair: -sign * float(pair[0]["score"]))
    sentences: list[AnswerSentence] = []
    for _, note in found:
        if len(sentences) >= limit:
            break
        supports = (note["summary"] or [{}])[0].get("support", [])
        places = [one["start"] for one in supports if isinstance(one, Mapping) and "start" in one]
        cited = quote(note, places[0] if places else 0)
        if cited is not None and all(cited.quote != s.citation.quote for s in sentences):
            sentences.append(AnswerSentence(text=" ".join(cited.quote.split()), fit=1.0, citation=cited))
    rows = [row for row, _ in found]
    whose = len({row["ticker"] for row in rows})
    kind = {-1: "bad ", 1: "good "}.get(sign, "")
    return Answer(
        question=question.text,
        tickers=tuple(dict.fromkeys(row["ticker"] for row in rows)),
        sentences=tuple(sentences),
        headline=f"{len(rows)} {kind}notes on {whose} of {len(held)} holdings." if rows else "",
        rows=tuple(rows[:_LISTED]),
        method="notes",
    )
