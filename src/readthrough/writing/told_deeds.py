"""What a sentence says was done, held against what the article says was done, only planned, reported or denied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Event, Modality

__all__ = ["deed_fault"]

_HEDGE: Final = lazily(
    r"\b(?:reported(?:ly)?|reports?|rumou?r\w*|speculation|newspaper|said to|according to|sources?|people familiar|could|may|might|would|if|consider\w*|"
    r"weigh\w*|explor\w*|interest|potential\w*|possibl\w*|press|put|had it|unconfirmed|not|no|never|n't|n’t|den(?:y|ies|ied|ial)|without|abandon\w*|"
    r"walk(?:ed|s)? away|block\w*|reject\w*|declin\w*|former|once|in 20\d\d)\b|n['’]t\b",
)
_DEALS: Final = lazily(
    r"\b(?:agree[sd]? (?:to (?:buy|acquire|merge|take)|on a (?:merger|deal))|(?:is|are) (?:buying|acquiring|merging)|buys|bought|acquire[sd]|merges? with|merged|"
    r"accept(?:s|ed) (?:an?|the) (?:offer|bid|approach)|(?:made|makes|launched|tabled) (?:an?|its|the) (?:offer|bid)|offer(?:ed|s) [£$€\d]|bid for|"
    r"has appointed advisers)\b"
)
_TALKS: Final = lazily(
    r"\b(?:is|are|was|were|in|holds?|held) (?:\w+ )?(?:talks|discussions|negotiations)\b|\bis working on an? (?:offer|bid)\b"
)
_BOUGHT: Final = lazily(r"\b(?:bought|acquired|completed|closed|took over|merged)\b(?! back)")
_NOT_DONE: Final = lazily(
    r"\b(?:declin\w*|reject\w*|refus\w*|not|never|fail\w*|without|turn\w* down|withheld|seek\w*|ask\w*|appl\w*|await\w*|before|if|until|deni\w*|den(?:y|ied)|would|could|may|might)\b[^.;]{0,30}$|n['’]t [^.;]{0,24}$"
)
# what was done, and its opposite: a sentence may say the one where the article tells only of the other in no case
_OPPOSITES: Final = (
    (
        lazily(
            r"\b(?:approved|clear(?:ed|s)|approves|authori[sz]ed|wins? approval|won approval|green[- ]?lit)\b"
        ),
        lazily(r"\b(?:approv\w*|clear(?:s|ed|ance)|authori[sz]\w*|green[- ]?light)\b"),
    ),
    (
        lazily(r"\b(?:rejected|turned down|declined to approve|refused|rejects)\b"),
        lazily(
            r"\b(?:reject\w*|turn(?:ed|s)? down|declin\w* to|refus\w*|rebuff\w*|not approv\w*|complete response)"
        ),
    ),
    (
        lazily(r"\bupgrade[sd]?\b"),
        lazily(
            r"\b(?:upgrad\w*|rais\w*|lift\w*|rated? [a-z]* ?higher|to (?:buy|overweight|outperform)|turns? buyer)\b"
        ),
    ),
    (
        lazily(r"\bdowngrade[sd]?\b"),
        lazily(
            r"\b(?:downgrad\w*|cut\w*|lower\w*|trim\w*|to (?:sell|neutral|hold|underweight|equal)|steps off)\b"
        ),
    ),
    (lazily(r"\baccepted\b"), lazily(r"\baccept\w*\b")),
)


def deed_fault(sentence: str, article: str, events: Sequence[Event]) -> str:
    """Say which deed of a sentence the article does not tell as done, or return "".

    Args:
        sentence: The claim's sentence, in lower case.
        article: The article's text, in lower case.
        events: What was read of the article.
    """
    return (
        _deal_fault(sentence, events) or _block_fault(sentence, events) or _opposite_fault(sentence, article)
    )


def _deal_fault(sentence: str, events: Sequence[Event]) -> str:
    """A deal that is only rumoured may not be told as agreed, a denied one not as talked about."""
    deals = [e for e in events if e.parent.startswith("ma_") or e.parent == "denial_clarification"]
    if not deals or any(
        e.parent in ("ma_announced", "ma_completed") and e.modality in (Modality.ACTUAL, Modality.PLANNED)
        for e in deals
    ):
        return ""
    denied = any(e.parent == "denial_clarification" or e.modality is Modality.DENIED for e in deals)
    told = _DEALS.search(sentence) or (_TALKS.search(sentence) if denied else None)
    if told is None or _HEDGE.search(sentence):
        return ""
    return (
        "The deal is denied, and the sentence tells it as a fact."
        if denied
        else "The deal is no more than reported, and the sentence tells it as a fact."
    )


def _block_fault(sentence: str, events: Sequence[Event]) -> str:
    """A deal that was stopped may not be told as done."""
    stopped = any(e.parent == "ma_blocked_or_terminated" for e in events)
    if not stopped or not _BOUGHT.search(sentence) or _HEDGE.search(sentence):
        return ""
    return "The deal was stopped, and the sentence tells it as done."


def _opposite_fault(sentence: str, article: str) -> str:
    for said, told in _OPPOSITES:
        match = said.search(sentence)
        if match is None or _NOT_DONE.search(sentence[: match.start()]):
            continue
        if not any(
            not _NOT_DONE.search(article[max(0, m.start() - 40) : m.start()]) for m in told.finditer(article)
        ):
            return f"The article does not tell that it was {match.group()}."
    return ""
