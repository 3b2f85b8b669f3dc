"""Which kinds of cue word a sentence holds, found in one pass, so that a dear search is made only where it can hit.

Each kind belongs to a pattern and is necessary for it: where the kind is absent the pattern cannot match.
A word written with a trailing asterisk stands for all words that begin so (its first five letters count).
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import Final

from readthrough.reading.lexicon import HEAD, heads_in, words_in

__all__ = [
    "ACTUAL",
    "AGAINST",
    "BASES",
    "COMPARES",
    "CONDITIONAL",
    "CONTRAST",
    "DEALS",
    "DENIED",
    "DESPITE",
    "EXPECTATION",
    "HAD",
    "HAD_EXPECTED",
    "HOPED",
    "LONG_RUN",
    "NEGATION",
    "PERIOD",
    "PLANNED",
    "REVERSAL",
    "RUMOURED",
    "UNDONE",
    "WOULD",
    "cues_of",
]

_YEARS: Final = " ".join(f"20{n:02d}" for n in range(100))
_COMING: Final = " ".join(str(year) for year in range(2020, 2100))
_MONTHS: Final = "january february march april june july august september october november december"

_KINDS: Final = (
    # denied
    "deny denies denied denyi* plan plans ruled rules rulin* rejec* dismi* true untru* false not",
    # rumoured
    "people sources source person reportedly rumou* rumor* talks discussions negotiations considering weighing "
    "exploring mulling contemplating eyeing consider considers mull mulls weigh weighs eyes valued unconfirmed report "
    "reports speculation",
    # planned
    "puts pegs pegged putting alone unchanged seeking estimated estimate estimates budgeted reckon reckons cards expect expects expected expecting forecast forecasts projected set due slated scheduled poised planning aiming targeting "
    "guiding seeking looking forecasting guidance guided guides outlook projects projecting projection projections sees "
    "seeing predict predicts anticipates anticipating anticipated target targets seen hope hopes hoping course be fall rise "
    "ll receive get grow reach budget supposed likely promise promises promised should plan plans planned aim aims intend "
    "intends will won would shall pledged committed proposed proposes cut buy acquire invest spend lay close build sell pay "
    "launch open hire eliminate raise issue repurchase return slash axe shed list create hit increase reduce produce deliver "
    f"track next within coming ambition goal {_COMING}",
    # conditional
    "could probably may might would were can if unless subject provided potentially possible contingent event should",
    # would
    "would",
    # what a clause must hold for its forecast to be somebody else's, or done with
    "expec* forec* estim* conse* guida* outlo* proje* targe* view views predi* feare* antic* lookin* hoping agreed planned",
    # hoped
    "analy* econo* wall street conse* marke* inves* forec* estim* expec* poll polls polled survey* lseg refin* facts* "
    "seen mkt view views forecasters bloom* visib* antic* est exp city brokers company guida* told average mean median unexp* underestimate underestimates underestimated overestimated",
    # had expected
    "expec* forec* estim* look looks looke* looki* predi* proje* conse* average called pencilled told wanted city brokers guida* had braced",
    # against
    "than above below beat beats beating upbeat downbeat topped topping missed missing versus vs against compared compare "
    "est exp conse* ahead short exceed exceeded exceeding surpa*",
    # compares
    "instead rather place double twice triple half times from compare compares compared against versus vs than above below ago earlier previously had",
    # undone
    "giving gave erased erasing trimmed trimming pared paring reversed reversing making made recov* clawed clawing recou* "
    "wiped wiping",
    # long run
    "year far past last previous since peak record high 52 time had " + _YEARS,
    # had
    "had",
    # contrast
    "but while although despite whereas",
    # period
    "q1 q2 q3 q4 q1200* q1201* q1202* q1203* q2200* q2201* q2202* q2203* q3200* q3201* q3202* q3203* q4200* q4201* q4202* q4203* quarter half h1 h2 months fisca* financial fy full annual premarket pre market post postmarket bell close open "
    f"opening hours extended late year {_MONTHS} {_YEARS} " + " ".join(f"fy{n:02d} fy20{n:02d}" for n in range(100)),
    # expectation
    "expec* estim* forec* conse* street analysts view views predi* proje* hopes hoped target targets antic* feare*",
    # reversal
    "losses decline declines slide fall drop",
    # deals
    "buy buys buying bought acqui* take takes taking took purch* takeo* pursu* bid offer approach hunt move merg* combi* interest value values",
    # negation; the last is what an apostrophe leaves of "n't"
    "no not never without nor neither cannot lack lacks lacked lackin* avoid avoids avoid* avert averts averted deny denies denied "
    "prevent prevents preve* rule ruled rules free far little hardly barely fail fails failed unlikely rather instead ease eased "
    "easing t",
    # despite
    "despite spite notwithstanding although though regardless shrugged shrugging overcame",
    # the bases, as `qualifiers` lists them
    "annuali* annual run",
    "year yoy y",
    "quarter qoq seque*",
    "month",
    "constant currency currencies",
    "organ* like underlying",
    "adjusted non gaap excluding underlying",
    "restated",
    "guida* guided guides guiding outlook forecast forecasts target targets expects sees projects anticipates",
    "year",
)  # fmt: skip

_BITS: Final = [1 << n for n in range(len(_KINDS))]
DENIED: Final = _BITS[0]
RUMOURED: Final = _BITS[1]
PLANNED: Final = _BITS[2]
CONDITIONAL: Final = _BITS[3]
WOULD: Final = _BITS[4]
ACTUAL: Final = _BITS[5]
HOPED: Final = _BITS[6]
HAD_EXPECTED: Final = _BITS[7]
AGAINST: Final = _BITS[8]
COMPARES: Final = _BITS[9]
UNDONE: Final = _BITS[10]
LONG_RUN: Final = _BITS[11]
HAD: Final = _BITS[12]
CONTRAST: Final = _BITS[13]
PERIOD: Final = _BITS[14]
EXPECTATION: Final = _BITS[15]
REVERSAL: Final = _BITS[16]
DEALS: Final = _BITS[17]
NEGATION: Final = _BITS[18]
DESPITE: Final = _BITS[19]
BASES: Final = _BITS[20:]


def _filed(*, stems: bool) -> MappingProxyType[str, int]:
    filed: dict[str, int] = {}
    for place, words in enumerate(_KINDS):
        for word in words.split():
            if word.endswith("*") == stems:
                key = word.rstrip("*")[:HEAD] if stems else word
                filed[key] = filed.get(key, 0) | 1 << place
    return MappingProxyType(filed)


_WORDS: Final = dict(_filed(stems=False))
_STEMS: Final = dict(_filed(stems=True))
_WORD_KEYS: Final = frozenset(_WORDS)
_STEM_KEYS: Final = frozenset(_STEMS)


@lru_cache(maxsize=256)
def cues_of(text: str, start: int, end: int) -> int:
    """Return the kinds of cue, as bits, of the words between two offsets of a lower-cased text.

    >>> bool(cues_of("it could rise", 0, 13) & CONDITIONAL), bool(cues_of("it rose", 0, 7) & CONDITIONAL)
    (True, False)
    """
    words = words_in(text, start, end)
    cues = 0
    for word in _WORD_KEYS.intersection(words):
        cues |= _WORDS[word]
    for stem in _STEM_KEYS.intersection(heads_in(text, start, end)):
        cues |= _STEMS[stem]
    return cues
