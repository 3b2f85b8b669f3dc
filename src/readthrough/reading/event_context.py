"""How sure the text is of an event, and whether it says that it did not happen."""

from __future__ import annotations

import re
from typing import Final

from readthrough.domain.reading import Modality
from readthrough.reading.patterns import compiled

__all__ = ["certainty"]

_TURNS: Final = re.compile(r";| (?:as|while|but|after|amid|because) ")
_BEFORE: Final = 70  # code points before the trigger in which a cue can govern it
_NEGATED: Final = (
    r"(?:did not|didn't|does not|doesn't|do not|don't|has not|hasn't|have not|haven't|had not|"
    r"will not|won't|would not|"
    r"is not|isn't|are not|was not|wasn't|were not|cannot|can't|could not|couldn't|not|never|without|"
    r"neither|nor|no longer|"
    r"stopp?(?:ed|s) short of|rather than|instead of|far from|fail(?:s|ed) to|avoid(?:s|ed|ing)?|"
    r"avert(?:s|ed|ing)?|"
    r"declin(?:es|ed) to|no need to|no sign of|no evidence of|refus(?:es|ed) to|unlikely to|yet to|ruled out)"
    r"(?: (?:yet|be|been|have|currently|to|any|a|the|an|its|planning|plan|expected|likely|being|"
    r"immediately|even|also|see|find|need|plans)){0,3} ?$"
)
_DENIED: Final = (
    r"(?:no plans? (?:to|for|of)|no intention (?:of|to)|no (?:current |immediate )?plans|den(?:y|ies|"
    r"ied)|denying|"
    r"(?:dismiss|reject)(?:es|ed|s) (?:<g10>)(?:reports?|rumou?rs?|speculation|suggestions?)|refut(?:es|ed)|ruled out|rules out|"
    r"not (?:planning|considering|in talks)|"
    r"reports?<g>(?:untrue|false|inaccurate))"
)
_RUMOURED: Final = (
    r"(?:people familiar|person familiar|sources? (?:said|say|told|familiar|close)|"
    r"according to (?:people|sources|a (?:person|source|report)|two people|three people)|"
    r"reportedly|is said to|are said to|rumou?r(?:s|ed)?|speculation|bloomberg (?:news )?reported|"
    r"(?:wall street journal|financial times|reuters|bloomberg|journal|wsj|ft|cnbc) (?:reported|"
    r"report|reports|said)|"
    r"media report|press report|in (?:early |advanced |exclusive |preliminary |late-stage )?talks|"
    r"in discussions|is considering|are considering|considers|considering|weighs|weighing|explor(?:es|"
    r"ing)|mull(?:s|ing)|nearing|near a deal|may be|-sources|sources\b|- report|: report|report says|"
    r"eyeing|eyes)"
)
_CONDITIONAL: Final = (
    r"(?:could|would|may|might|if|unless|risks?(?: of)?|threat(?:s|en|ens|ened|ening)?|possibl[ey]|"
    r"potential(?:ly)?|"
    r"whether|depending|subject to|should)"
)
_PLANNED: Final = (
    r"(?:plan(?:s|ned|ning)?|will|intend(?:s|ed)?|aim(?:s|ed|ing)?|expect(?:s|ed|ing)?|set to|due to|"
    r"scheduled|propos(?:es|ed|al|ing)|"
    r"is to|are to|seek(?:s|ing)?|target(?:s|ing)?|forecast(?:s|ing)?|pledg(?:es|ed)|vow(?:s|ed)|"
    r"prepar(?:es|ing)|next (?:year|month|quarter|week)|"
    r"going to|to (?=$))"
)
# announcing these is the deed itself: "will buy back" is a buyback, "to acquire" a deal
_DONE_BY_SAYING: Final = frozenset(
    "guidance_raise guidance_cut guidance_maintained earnings_beat earnings_miss earnings_mixed ma_completed "
    "analyst_upgrade analyst_downgrade denial_clarification recap_no_new_information market_wide_move "
    "macro_data_release short_seller_report sector_readacross commodity_price_move fx_move litigation "
    "regulatory_probe "
    "user_metrics accounting_irregularity fraud_allegation executive_arrest ma_blocked_or_terminated "
    "ma_announced index_change settlement_or_fine "
    "credit_quality_deterioration ipo_suspended sanctions restatement antitrust_action".split()
)
_SOFT: Final = frozenset(
    "guidance_raise guidance_cut earnings_beat earnings_miss ma_announced ma_rumour_or_nonbinding "
    "management_change share_offering "
    "spin_off_or_split layoffs_restructuring ipo central_bank_appointment capex_plan activist_involvement "
    "bankruptcy_or_insolvency buyback ma_completed ma_blocked_or_terminated cost_cutting_plan "
    "regulatory_probe".split()
)


def certainty(type_: str, words: str, start: int, end: int) -> Modality | None:
    """Return the modality of a trigger in its sentence, or None when the text negates it.

    Args:
        type_: The event type, for some are done by being said.
        words: The sentence in lower case.
        start: Where the trigger starts in it.
        end: Where it ends.
    """
    before = words[max(0, start - _BEFORE) : start]
    near = before[-45:]
    inside = words[start:end]
    if type_ == "denial_clarification":
        return Modality.ACTUAL
    if compiled(_DENIED).search(before) and type_ != "ma_blocked_or_terminated":
        denied = _own_clause(before)
        if compiled(_DENIED).search(denied):
            return Modality.DENIED
    if compiled(_NEGATED).search(near):
        return None
    if type_ == "ma_rumour_or_nonbinding":
        return Modality.RUMOURED
    if type_ in _SOFT and compiled(_RUMOURED).search(words):
        return Modality.RUMOURED
    if type_ in _DONE_BY_SAYING:
        return (
            Modality.CONDITIONAL
            if compiled(r"(?:could|would|may|might|if|unless|should)(?: \w+)?").search(near[-16:])
            else Modality.ACTUAL
        )
    if compiled(_CONDITIONAL).search(near) or compiled(r"(?:could|may|might|would|threat\w*)").match(inside):
        return Modality.CONDITIONAL
    if (
        compiled(_PLANNED).search(before[-30:] + inside[:25])
        or near.endswith(" to ")
        or inside.startswith("to ")
    ):
        return Modality.PLANNED
    return Modality.ACTUAL


def _own_clause(before: str) -> str:
    """Cut off what an earlier clause says: of "X denies misuse as regulators start inquiry" the first is no matter."""
    ends = [match.end() for match in _TURNS.finditer(before)]
    return before[ends[-1] :] if ends else before
