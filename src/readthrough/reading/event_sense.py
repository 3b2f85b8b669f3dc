"""Whether a trigger, found by its words, has the grammar of its event: who does what to whom.

"The chief executive said the network removed pages" is no removal of a chief executive, and "the highest since its
initial public offering" is no offering.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from readthrough.domain.lazy import lazily

__all__ = ["meant"]

_DEALT: Final = frozenset(
    {"ma_announced", "ma_rumour_or_nonbinding", "ma_blocked_or_terminated", "contract_win"}
)
_TURN: Final = lazily(r" (?:as|while|although|though|after|even as|because) ")
_DATED: Final = lazily(
    r"(?:19|20)\d\d (?:purchase|acquisition|deal|takeover|merger|buyout|ipo|initial|settlement|recall|scandal|breach|bankruptcy|spin-?off)"
)
_REFERENCE: Final = lazily(
    r"(?:since|before|after|from|below|above|ahead of|prior to|upon|until)(?: (?:its|their|his|her|the|a|an|[\w]+['’]s|this|last|year's|planned|much-anticipated|"
    r"blockbuster|record-breaking|hong|kong|new|york|stock|exchange|market|public|trading|initial|u\.s\.|20\d\d)){0,6} ?$"
)
_LISTED: Final = lazily(r"(?:ipo|initial public|debut|listing|flotation|public)")
_PASSIVE: Final = lazily(r"\b(?:was|were|is|are|been|be|being|gets?|got)(?: \w+)? $")
_ENDS: Final = lazily(
    r"(?:[.,;:!?'’\"”)]| (?:as|after|over|amid|from|by|following|in|on|for|with|this|next|at|today|effective|to|and|because|when|abruptly|suddenly)\b|$)"
)
_TRANSITIVE: Final = lazily(
    r"(?:removed|dismissed|fired|sacked|ousted|dismisses|fires|named|appointed|exits?|quit)$"
)
_NAMES: Final = lazily(r"names\b")
_BY_HIM: Final = lazily(r"(?:hired|named|appointed|picked|tapped|recruited|elected|promoted) by\b")
_WHO: Final = lazily(
    r"\b(?:who|which|whom)(?: (?:was|were|had been|has been|is|had|once|later|previously))* $"
)
_SPOKEN: Final = lazily(r"\b(?:said|says|told|tweeted|wrote|announced)\b")
_NOT_FIRMS: Final = lazily(
    r" ?(?:as (?:any|many|much|well)|(?:the |its )?(?:\w+ ){0,2}?rights|(?:high|low|cheap|expensive)[- ]|your|you|my|their|his|her|more|some|any|anything|something|things|stuff|shares|stocks?|bonds|treasur\w+|debt|dips?|gold|oil|bitcoin|tickets?|"
    r"phones?|cars?|homes?|houses?|food|groceries|products?|goods|ads|insurance|time|energy|electricity|power|"
    r"(?:about |up to |nearly |another |an additional |a further |some |as (?:many|much) as )?[\d,.]+ (?:million |billion |percent |per cent |% )?"
    r"(?:of (?:those|the|its|their) )?(?:more |additional |new |boeing |airbus |narrow-?body |class \w |[abh]-?)?(?:shares|planes|jets|aircraft|barrels|tons|tonnes|homes|vehicles|cars|chips|units|bitcoins?))\b"
)
_NONE: Final = lazily(r" (?:no|zero|not|few|fewer|none|without|only) ")
_AS_CHIEF: Final = lazily(r" (?:as|the (?:reins|helm|role|job|top job|position)|from|his|her)\b")


def meant(type_: str, words: str, start: int, end: int, text: str) -> bool:
    """Tell whether a trigger means its event.

    Args:
        type_: Of the event.
        words: The sentence, lowered.
        start: Where the trigger starts in it.
        end: Where it ends.
        text: The sentence as it is written.
    """
    if type_ in _DEALT and _TURN.search(words, start, end):
        return False
    if _DATED.search(words, max(0, start - 5), end + 25):
        return False
    if words.startswith(_WILL_NOT, start):
        return False
    check = _CHECKS.get(type_)
    return check is None or check(words, start, end, text)


_WILL_NOT: Final = ("won't", "won’t")  # "won't judge" wins no judgment
_INVITED: Final = lazily(r"\bto (?:sign|watch|join|log|use|play|share|add|buy)\b")
_EDITED: Final = lazily(r"(?:\b(?:it|also|corrects|adds|story|and)|[(\W]) $|^$")
_RISKED: Final = lazily(
    r"\b(?:risk|threat|chance|possibility|danger|potential|prospect)s? (?:of|for) (?:an? |further )?$"
)
_IF: Final = lazily(r" if\b")
_WHETHER: Final = lazily(r"\b(?:if|whether|should|unless) (?:[\w'’&.]+ ){1,4}$")


def _counted(words: str, start: int, end: int, text: str) -> bool:
    """What users may do is no count of them."""
    return _INVITED.search(words, start, end) is None


def _clarified(words: str, start: int, end: int, text: str) -> bool:
    """A wire that clarifies its own words, or a thing that makes clear, denies nothing."""
    return not (words.startswith("clarif", start) and _EDITED.search(words[max(0, start - 10) : start]))


def _rated(words: str, start: int, end: int, text: str) -> bool:
    """A rating that may be cut has not been."""
    return not (
        _RISKED.search(words[max(0, start - 30) : start])
        or _IF.match(words, end)
        or words[start:end].endswith(" if")
        or _WHETHER.search(words[max(0, start - 40) : start])
    )


def _offered(words: str, start: int, end: int, text: str) -> bool:
    """A listing that others are dated by is none."""
    found = _LISTED.search(words, start, end)
    at = found.start() if found else start
    return not _REFERENCE.search(words[max(0, at - 50) : at])


def _led(words: str, start: int, end: int, text: str) -> bool:
    trigger = words[start:end]
    before = words[max(0, start - 30) : start]
    if _WHO.search(before) or _BY_HIM.search(trigger):
        return False
    if _NAMES.match(trigger) and start and not text[: start - 1].split(" ")[-1][:1].isupper():
        return False
    verb = _TRANSITIVE.search(trigger)
    if verb and trigger[: verb.start()].strip():
        ahead = trigger[: verb.start()]
        if _SPOKEN.search(ahead):
            return False
        return bool(_PASSIVE.search(ahead)) or bool(_ENDS.match(words, end))
    return True


def _bought(words: str, start: int, end: int, text: str) -> bool:
    if words[start:end].rstrip().endswith("over") and _AS_CHIEF.match(words, end):
        return False
    return not _NOT_FIRMS.match(words, end) and not _of_no_firm(words[start:end], text[end:])


# who is bought is called by a name, or by what kind of firm it is
_BUYING: Final = lazily(r"(?:to )?(?:buy|acquire|purchase)(?:s|d|ing)?$|bought$|acquiring$|purchasing$")
_A_FIRM: Final = lazily(
    r"[A-Z0-9$€£¥]|\b(?:compan(?:y|ies)|maker|start-?up|unit|business(?:es)?|firm|rival|chain|producer|stake|majority|minority|remaining|rest|division|assets?|brand|operator|"
    r"developer|group|bank|lender|insurer|retailer|manufacturer|provider|supplier|platform|portfolio|controlling|it|them|peer|competitor|subsidiary|mine|plant|refinery|store[s]?)\b"
)
_LONGEST_NAME: Final = 60


def _of_no_firm(trigger: str, after: str) -> bool:
    """Tell whether a verb of buying has no firm for its object: "as good a time to buy as any"."""
    return _BUYING.search(trigger) is not None and _A_FIRM.search(after[:_LONGEST_NAME]) is None


def _gained(words: str, start: int, end: int, text: str) -> bool:
    return not _NONE.search(words, start, end)


_JOINS_IN: Final = lazily(
    r"\b(?:tak(?:e|es|ing) (?:part|up)|took (?:part|up)|participat(?:e|es|ed|ing)|subscrib(?:e|es|ed|ing) (?:to|for))\b"
)
_OUTLOOK_CUT: Final = lazily(
    r"\b(?:outlook|forecasts?|guidance|targets?|estimates?|dividends?)\b.* (?:as|on|after|amid) "
)


_FORESEEN: Final = lazily(
    r"\b(?:metals?|oil|crude|gold|copper|iron ore|nickel|commodit(?:y|ies)|economic|gdp|inflation|industry|global growth|euro-area growth)(?: growth| price)? (?:outlook|forecasts?|projections?|estimates?|views?)\b"
)
_FORECASTER: Final = lazily(
    r"\W*(?:the |an? |market )?(?:research (?:firm|house|group|company)|researchers?|analysts?|economists?|strategists?|forecasters?|consultanc(?:y|ies)|imf|oecd|world bank|european commission)\b"
)


def _guided(words: str, start: int, end: int, text: str) -> bool:
    """What others foresee of a firm, or a firm of the world, is no outlook of its own."""
    return not (_FORESEEN.search(words, start, end + 20) or _FORECASTER.match(words))


_KNOWN: Final = lazily(
    r"\b(?:after|following|since|in|under|despite|with|of|from|by|before) (?:the|a|an|its|their|his|this) (?:[\w.&'’-]+ ){0,2}$"
)


def _resolved(words: str, start: int, end: int, text: str) -> bool:
    """A settlement that dates or explains something else is an old one."""
    return not (
        words.startswith(("settlement with", "settlement over", "settlement of"), start)
        and _KNOWN.search(words[max(0, start - 45) : start])
    )


_SPARED: Final = lazily(
    r"(?:\bnot|n't|n’t|\bnever|\bno longer) (?:to )?(?:be |been |being |press |bring |file |take )?"
)


def _taken(words: str, start: int, end: int, text: str) -> bool:
    """Whom prosecutors will not charge is free."""
    return not _SPARED.search(words, start, end)


def _saved(words: str, start: int, end: int, text: str) -> bool:
    """An outlook cut as costs bite saves nothing."""
    return _OUTLOOK_CUT.search(words, start, end) is None


_RATE_CUT: Final = lazily(r"\brates?\b")


def _let_go(words: str, start: int, end: int, text: str) -> bool:
    """A central bank that cuts its rate for the sake of jobs lets nobody go."""
    return not (words.startswith(("cut", "lower", "trim"), start) and _RATE_CUT.search(words, start, end))


def _issued(words: str, start: int, end: int, text: str) -> bool:
    """Who takes part in another's rights issue issues nothing."""
    return _JOINS_IN.search(words, max(0, start - 40), end) is None


_CHECKS: Final[Mapping[str, Callable[[str, int, int, str], bool]]] = {
    "cost_cutting_plan": _saved,
    "executive_arrest": _taken,
    "regulatory_action": _taken,
    "guidance_cut": _guided,
    "guidance_maintained": _guided,
    "guidance_raise": _guided,
    "settlement_or_fine": _resolved,
    "ipo": _offered,
    "layoffs_restructuring": _let_go,
    "management_change": _led,
    "ma_announced": _bought,
    "contract_win": _gained,
    "share_offering": _issued,
    "user_metrics": _counted,
    "denial_clarification": _clarified,
    "analyst_downgrade": _rated,
    "analyst_upgrade": _rated,
    "credit_rating_downgrade": _rated,
    "credit_rating_upgrade": _rated,
}
