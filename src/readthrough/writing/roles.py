"""Who buys and who is bought, by how the text speaks of buying."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["deal_role"]

_BUYING: Final = (
    r"(?:buy|buys|buying|bought|acquire|acquires|acquiring|acquired|take ?over|purchase|purchasing)"
)
_BOUGHT_BEFORE: Final = re.compile(
    rf"(?:\b{_BUYING}|(?:acquisition|takeover|purchase|buyout) of|(?:bid|offer) (?:for|to buy)|interest in (?:buying|taking)|offer to take)"
    r"(?: (?:its|the|rival|smaller|larger|fellow|all of|chipmaker|drugmaker|[a-z]{3,12}maker|u\.s\.|us|uk|german|a))*\s*$"
)
_BOUGHT_AFTER: Final = re.compile(
    r"(?:'s|’s)?,?\s(?:has |have )?(?:agreed to be (?:acquired|bought|taken)|to be (?:acquired|bought|taken)|"
    r"(?:received|rejected|rebuffed|accepted|agreed to) (?:a|an|the)\b[^.]{0,20}(?:bid|offer|approach|buyout|takeover)|"
    r"(?:draws?|drew|attracts?|attracted|fields?|receives?|gets?) (?:[a-z]+ )?(?:takeover|buyout|acquisition|bid) (?:interest|approach|offers?)|shareholders will (?:get|receive))"
)
_BUYS_AFTER: Final = re.compile(
    r"(?:'s|’s)?,?\s(?:[a-z]+ )?(?:said (?:on \w+ )?it |has |had |have |will |would |is |was |would be )?(?:[a-z]+ )?"
    r"(?:agreed|plans|offered|offers|agrees|bid|bids|wants|in talks|nears|close|set|ready|looking|considering|weighing)?"
    rf"(?: a deal)? ?(?:to )?{_BUYING}\b"
)
_BUYER_BEFORE: Final = re.compile(
    r"(?:acquired|bought|taken over|approached|approach from|offer from|bid from|bid by|sold to|sale to)(?: by)?(?: [a-z]+)?\s*$"
)


def deal_role(lowered: str, name: str) -> str:
    """Tell `bidder` from `target`, or return "" where the text does not say.

    Args:
        lowered: The article's text in lower case.
        name: The company's name as the text writes it.
    """
    wanted, start = name.lower(), -1
    while wanted and (start := lowered.find(wanted, start + 1)) >= 0:
        before = lowered[max(0, start - 48) : start]
        after = lowered[start + len(wanted) : start + len(wanted) + 60]
        if _BOUGHT_BEFORE.search(before) or _BOUGHT_AFTER.match(after):
            return "target"
        if _BUYS_AFTER.match(after) or _BUYER_BEFORE.search(before):
            return "bidder"
    return ""
