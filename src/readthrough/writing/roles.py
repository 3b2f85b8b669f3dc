"""Who buys, who is bought and who sells a part of itself, by how the text speaks of buying.

Nobody gets a part in a deal from a figure: a premium or a price per share says nothing of the company
named nearest to it. Where the text speaks for two parts at once, the company has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily

__all__ = ["deal_role"]

_BUYING: Final = (
    r"(?:buy|buys|buying|bought|acquire|acquires|acquiring|acquired|take ?over|purchase|purchasing)"
)
_OF_THE_PARTY: Final = (
    r"(?: (?:its|the|rival|smaller|larger|fellow|all of|chipmaker|drugmaker|[a-z]{3,12}maker|u\.s\.|us|uk|german|french|"
    r"italian|spanish|swiss|british|japanese|canadian|american|dutch|swedish|company|group|firm|software|bank|miner|retailer|"
    r"drug|developer|biotech|startup|a))*\s*$"
)
_BOUGHT_BEFORE: Final = lazily(
    rf"(?:\b{_BUYING}|(?:acquisition|takeover|purchase|buyout) of|(?:bid|offer) (?:for|to buy)|"
    rf"interest in (?:buying|taking)|offer to take|\b(?:has|have|had) (?:also )?approached){_OF_THE_PARTY}"
)
_BOUGHT_AFTER: Final = lazily(
    r"(?:'s|’s)?,?\s(?:has |have )?(?:agree[sd]? to be (?:acquired|bought|taken)|agree[sd]? (?:on \w+ )?(?:to|on) an? (?:[\w$.-]+ ){0,3}(?:buyout|takeover)|to be (?:acquired|bought|taken)|"
    r"(?:is|was) being (?:acquired|bought)|agreed to sell itself|"
    r"(?:received|rejected|rebuffed|accepted|agreed to) (?:a|an|the)\b[^.]{0,20}(?:bid|offer|approach|buyout|takeover)|"
    r"(?:draws?|drew|attracts?|attracted|fields?|receives?|gets?) (?:[a-z]+ )?(?:takeover|buyout|acquisition|bid) (?:interest|approach|offers?)|"
    r"shareholders will (?:get|receive))"
)
_BUYS_AFTER: Final = lazily(
    r"(?:'s|’s)?,?\s(?:[a-z]+ )?(?:said (?:on \w+ )?it |has |had |have |will |would |is |was |would be )?(?:[a-z]+ )?"
    r"(?:agreed|plans|offered|offers|agrees|bid|bids|wants|in talks|nears|close|set|ready|looking|considering|weighing)?"
    rf"(?: a deal)? ?(?:to )?{_BUYING}\b"
)
# "bought Creed for 3.5 billion euros in 2023" is how it came by what it sells
_YEARS_AGO: Final = lazily(
    r"\s(?:had )?(?:bought|acquired|purchased)\b(?:[^.;]|\.(?=\d)){0,80}\bin (?:19|20)\d\d\b"
)
_BUYER_BEFORE: Final = lazily(
    r"(?:(?:acquired|bought|taken over)(?: by)?|approached by|approach from|offer from|bid from|bid by|sold to|sale to)(?: [a-z]+)?\s*$"
)
_PART: Final = (
    r"(?:business|unit|arm|division|stake|brand|brands|operations?|assets?|subsidiary|interest|holding|plant|portfolio|"
    r"half|shareholding|network|fields?|stores|remaining)"
)
_SELLS_AFTER: Final = lazily(
    r"(?:'s|’s)?,?\s(?:said (?:on \w+ )?it )?(?:has |had |will |would |is |was )?(?:agreed |plans |agrees |in talks |nears a deal |set |"
    rf"close |considering )*(?:to )?(?:sell|sells|selling|sold|divest|divests|divesting|offload)\b[^.]{{0,60}}\b{_PART}\b"
)
# "Lilly's rival Acme", "an Oslo-listed group": the company named is not the one the deal is for
_NOT_ITSELF: Final = lazily(
    r"(?:['’]s?)?[ -](?:rival|peer|supplier|partner|spin-?off|unit|subsidiary|arm|business|division|brand|stake|assets?|backed|owned|"
    r"controlled|competitor|challenger|owner|parent|listed|based|headquartered|traded|stock exchange)\b|['’]s? [a-z]+ "
    rf"{_PART}\b"
)


def deal_role(lowered: str, places: Iterable[Span]) -> str:
    """Tell `bidder`, `target` or `seller`, or return "" where the text does not say or says two of them.

    Args:
        lowered: The article's text in lower case.
        places: Where the company is named in live sentences.

    >>> deal_role("acme agreed to buy brightwell.", [Span(19, 29)])
    'target'
    """
    found: set[str] = set()
    for place in places:
        before = lowered[max(0, place.start - 64) : place.start]
        after = lowered[place.end : place.end + 110]
        if _SELLS_AFTER.match(after) and "itself" not in after[:60]:
            found.add("seller")
        elif _BOUGHT_AFTER.match(after) or (_BOUGHT_BEFORE.search(before) and not _NOT_ITSELF.match(after)):
            found.add("target")
        elif (_BUYS_AFTER.match(after[:60]) and not _YEARS_AGO.match(after)) or (
            _BUYER_BEFORE.search(before) and not _NOT_ITSELF.match(after)
        ):
            found.add("bidder")
    return found.pop() if len(found) == 1 else ""
