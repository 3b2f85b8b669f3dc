"""What turns the words of a sentence: negation, denial, condition, what might have been, what was long ago.

Turns are phrases whose sense is not that of their words ("failed to disappoint"); frames are stretches in which
good and bad count otherwise ("denied that", "would have ... but for", "which in 2019 was fined").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.reading.lexicon import WordFinder, words_in
from readthrough.reading.tone_phrases import long_phrases

__all__ = ["Frame", "Turn", "frames_of", "may_negate", "negated", "turns_of"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A phrase of settled sense: what it is worth, and whether other readings of its words are barred."""

    value: float
    start: int
    end: int
    name: str
    takes: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch in which what is good counts `good` times, and what is bad `bad` times."""

    start: int
    end: int
    good: float
    bad: float
    name: str
    cue: int = -1


_FALL: Final = r"(?:declines?|drops?|falls?|slides?|losses|loss|contraction|decreases?|slump|fall-off|shortfall|deficit|dips?|shrinkage|outflows?)"
_RISE: Final = r"(?:growth|rises?|gains?|increases?|jumps?|advances?|rate of growth|growth rates?|pace of growth|expansion)"
_TURNS: Final = WordFinder(
    {
        "gooda": (
            r"(?:never |not |yet again |again )*(?:fail(?:s|ed)?|didn[’']t|doesn[’']t|does not|did not) (?:to )?disappoint|less (?:bad|severe|painful|gloomy|dire) than \w+|not as (?:bad|weak|severe|poor|grim) as|"
            r"(?:had |have |were |was |many |traders |investors )*braced for (?:much |far |even )?worse|bett?er than feared|(?:swung|swings|swing|return(?:s|ed)?|back|turned|turns) (?:back )?(?:in)?to (?:an? |the )?(?:\w+ )?(?:profit|profitability|growth|black)\b|"
            r"turn(?:s|ed) an? (?:\w+ )?profit|turn(?:s|ed) profitable|draw(?:s|ing)? a line under|dr[ea]w a line under|clear(?:s|ed)? the (?:bar|hurdle)|lay(?:s)? to rest|first (?:black figure|profit|annual profit|quarterly profit|dividend)\b|"
            r"not (?:had|have|having) to discount|nothing to fear|worst is (?:over|behind)|worst (?:may|might|could) be (?:over|behind)|bottom(?:ed|ing) out|"
            r"no let-?up in (?:demand|growth|orders)|pick(?:s|ed|ing)? up (?:pace|speed|steam)|gather(?:s|ed|ing)? (?:pace|steam|momentum)|outran|outruns|in rude health|fir(?:es|ing) on all cylinders|flying off (?:the )?shelves|"
            rf"(?:gentlest|smallest|mildest|shallowest|slowest|lightest|narrowest) (?:\w+ )?{_FALL}|{_FALL} (?:slowed|slows|eased|eases|moderated|moderates|easing|slowing|moderating|bottomed)|"
            rf"(?:fastest|strongest|best|biggest|sharpest|quickest|highest) (?:\w+ )?(?:{_RISE}|quarter|results|sales|profit|pace)|(?:lowest|lightest|smallest|narrowest) (?:\w+ )?(?:loss|deficit|cost|level of bad)\b"
        ),
        "gbest": (
            r"(?:rais(?:es|ed|ing)|lift(?:s|ed|ing)|mov(?:es|ed) up|nudg(?:es|ed) up|hik(?:es|ed)|upped) (?:[\w’'-]+ ){0,5}?(?:guidance|outlook|forecasts?)\b"
        ),
        "bworst": (
            r"(?:knock(?:s|ed)|took|lopp?(?:s|ed)|shav(?:es|ed)|cut|cuts|trim(?:s|med)|lower(?:s|ed)|slash(?:es|ed)|reduc(?:es|ed)|scal(?:es|ed) back|withdr(?:ew|aws)) (?:[\w’'-]+ ){0,7}?(?:range|guidance|outlook|forecasts?)\b"
        ),
        "badaa": (
            r"not (?:nearly |quite |yet |even )?enough to|insufficient to|too little to|(?:no|little|few) (?:assurances?|guarantees?|reassurance)(?: \w+)?|did (?:nothing|little|not do enough) to (?:ease|allay|calm|lift|stem|dispel|soothe|reassure|stop|halt|quell)|"
            r"(?:fail(?:s|ed|ing)?|struggl(?:es|ed|ing)|unable|not able|powerless) to (?:ease|allay|calm|lift|stem|dispel|soothe|reassure|stop|halt|quell|arrest|convince|impress|excite|meet|deliver|turn|win|pay|make|reach|keep|find|secure|hold|live|boost|raise|grow|sell|stop)|"
            r"(?:will|would|is|are|was|were|may|might|could) (?:be )?(?:unable|not be able) to|cannot (?:meet|pay|repay|afford|cover|fund)|hopes? [^.;]{0,80}(?:dashed|fade[sd]?|evaporated|crushed)|dash(?:es|ed|ing) hopes?|(?:will not|won[’']t|not|no longer) (?:pay|be paying|paying) (?:a|an|any|its|the) (?:\w+ )?(?:dividend|payout)|"
            r"scrap(?:s|ped) (?:its |the )?(?:\w+ )?dividend|c[ao]me[s]? to nothing|f[ea]ll(?:s)? (?:through|apart)|walk(?:s|ed|ing) (?:away|out)(?: (?:from|of))?|(?:twice|double|triple) the (?:drop|fall|decline|loss)|not as (?:fast|strong|quickly|good|high|much) as|not so (?:fast|strong)|"
            r"(?:cut|cuts|cutting|trim(?:s|med)|slow(?:s|ed)|slash(?:es|ed)|scal(?:es|ed) back|shelv(?:es|ed)) (?:its |their |the |some )?(?:growth|expansion) plans?|"
            r"would(?: not|n[’']t) rule out|not rul(?:e|ed|ing) out|ha(?:ve|s|d) (?:now )?not (?:risen|grown|recovered)|run(?:s|ning)? out of (?:cash|money|time|road)|(?:brink|verge|edge) of (?:bankruptcy|collapse|default|insolvency|administration)|(?:could |can )?no longer (?:rely|trust|vouch)(?: on)?|"
            rf"never (?:\w+ ){{0,8}}so (?:quickly|fast|low|badly|much|weak)|(?:steepest|biggest|sharpest|worst|largest|deepest|fastest|heaviest|widest|longest) (?:\w+ ){{0,3}}{_FALL}|"
            rf"(?:slowest|weakest|lowest|feeblest|softest) (?:\w+ )?(?:{_RISE}|rate|pace|level|quarter|reading)|{_RISE} (?:slowed|slows|slowing|cooled|cools|moderated|moderates|stalled|stalls|halved|faded|faltered|eased|decelerated|dried up)|"
            r"(?:swung|swings|swing|slip(?:s|ped)?|plung(?:es|ed)?|sank|fell|falls|back) (?:back )?(?:in)?to (?:an? |the )?(?:\w+ ){0,2}(?:loss|deficit|red)\b|lo(?:st|se|ses|sing) steam|lo(?:st|se|ses|sing) (?:its )?(?:shine|lustre|luster|sheen|appeal|ground|momentum)|rais(?:e|es|ed|ing) (?:doubts|concerns|questions|red flags)|"
            r"cast(?:s|ing)? doubt(?:s)?|(?:serious|significant|substantial) doubt|going[- ]concern|throw(?:s)? in the towel|below (?:expectations|estimates|forecasts|par)|left (?:investors )?(?:disappointed|cold|unimpressed)|not (?:winsome|pretty|good|great|impressed|convinced)|(?:found|identified|uncovered|flagged|cited|discovered) (?:\w+ ){0,2}(?:shortcomings|deficiencies|weakness(?:es)?|irregularities|violations|flaws|failings|problems|errors)"
        ),
        "zero": (
            r"(?:risk|bad|weak|stronger|strong|weaker|best|better|leading|growth) (?:managers?|management|officer|appetite|practices?|interest|stocks?|company|companies|investors?|dollar|yen|euro|pound|rupee)|growth (?:stocks?|funds?|equity|strategy)|loss (?:of life|prevention|adjustment)|"
            r"approval rating|fire (?:sale|department|service|truck)|gain(?:s)? (?:access|approval|entry)|miss(?:ing)? (?:out on|persons?)|win(?:s)? (?:over )?approval|short (?:of breath|video|film)|strike(?:s)? (?:a |an )?(?:deal|price|agreement|balance)|record (?:date|label|company)s?|"
            r"on record|of record|as (?:many|some|most|analysts|investors|traders|it|they) (?:had )?(?:feared|hoped|expected)(?: (?:it|they) would)?|best practices?|better business bureau|best[- ]?known|best[- ]of[- ]breed|gold standard|no fear of|fear and greed|lost decade|black friday|price drop|falls? church|will fall (?:on|under)"
        ),
    }
)
_VALUES: Final = {"gooda": 0.36, "badaa": -0.36, "gbest": 0.5, "bworst": -0.5, "zero": 0.0}


# "fell at the slowest pace": the movement and its pace are read together
_PACE: Final = (
    "slow",
    "weak",
    "gentle",
    "soft",
    "mild",
    "fast",
    "strong",
    "quick",
    "sharp",
    "steep",
    "feeble",
)
_AT_A_PACE: Final = lazily(r"(?:\bat|[\d%t],) (?:the|its|their|a|an) (?:\w+ )?$")


def turns_of(text: str, start: int, end: int) -> tuple[Turn, ...]:
    """Find the phrases of settled sense between two offsets of a lower-cased text, in order."""
    found = [
        Turn(value, left, right, "gooda" if value > 0 else "badaa" if value else "zero")
        for value, left, right in long_phrases(text, start, end)
    ]
    for name, left, right in _TURNS.find(text, start, end):
        paced = text.startswith(_PACE, left) and _AT_A_PACE.search(text, max(start, left - 12), left)
        if not paced and not any(left < t.end and t.start < right for t in found):
            found.append(Turn(_VALUES[name], left, right, name))
    found.sort(key=lambda t: t.start)
    return tuple(found)


_NOT: Final = lazily(
    r"(?:\b(?P<own>no|not|never|without|nor|neither|cannot|none of|no longer|far from|little|hardly|barely|scarcely|unlikely to|rather than|instead of|nothing)|(?P<averts>lack(?:s|ed|ing)? (?:of )?|avoid(?:s|ed|ing)?|"
    r"(?:stop(?:s|ped|ping)?|ceas(?:es|ed))(?= [a-z]+ing\b)|ceas(?:es|ed) to|stop(?:s|ped|ping)? short of|h(?:o|e)ld(?:s|ing)? off(?: on)?|back(?:s|ed|ing)? (?:away|off|down) (?:from|on)|refrain(?:s|ed|ing)? from|decid(?:es|ed) (?:against|not to)|opt(?:s|ed) (?:against|not to)|drop(?:s|ped) plans to|"
    r"averts?|averted|den(?:y|ies|ied)|prevent(?:s|ed)?|rule[sd]? out|free of|free from|eases?|eased|easing|allay(?:s|ed)?|calm(?:s|ed)?|escap(?:es|ed)|stav(?:es|ed|ing) off|fend(?:s|ed) off|ward(?:s|ed) off|spar(?:ed|es|ing)|skirt(?:s|ed)|sidestep(?:s|ped)|immune to|unaffected by|unscathed by|insulated from|shielded from|protected from|zero|yet to see|no need (?:for|to)|dodg(?:es|ed)|dispel(?:s|led)?|sooth(?:es|ed)|"
    r"resolv(?:es|ed)|(?:end|settl|fix)(?:s|es|ed|ing)?(?=\s(?:a|an|the|its|their|years|months)\b)|fight(?:s)? off|stem(?:s|med)?|overcom(?:es?|ing)|overcame|relieve[sd]?|fail(?:s|ed)? to|refus(?:es|ed) to|declin(?:es|ed) to)|n[’']t|isn[’']t)\s+"
    r"(?:(?:any|a|an|the|its|their|his|his|major|signs?|sign|evidence|of|be|been|yet|seen|seeing|expected|expect|to|see|being|further|have|has|had|immediate|all|about|on|over|so|as|very|particularly|much|more|enough|such|own|going|quite|really|significantly|"
    r"[\w’'-]+(?= (?:gauges|indicators|measures)))\s+){0,4}$"
)
_NEGATORS: Final = frozenset(
    "cease ceases ceased stop stops stopped stopping hold held holding back backs backed backing refrain refrains refrained decides decided opts opted drops dropped no not never without nor neither cannot none longer far little hardly barely scarcely unlikely rather instead nothing t lack lacks lacked lacking avoid avoids avoided "
    "avoiding avert averts averted deny denies denied prevent prevents prevented rule ruled rules free ease eases eased easing allay allays allayed calm calms calmed escapes "
    "spares sparing escaped staves staved staving fends fended wards warded spared skirts skirted sidesteps sidestepped immune unaffected unscathed insulated shielded protected zero yet dodges "
    "dodged dispel dispels dispelled soothes soothed end ends ended resolves resolved settles settled fix fixes fixed fight fights stem stems stemmed overcome overcomes "
    "overcoming overcame past relieve relieves relieved fail fails failed refuses refused declines declined".split()
)
# a negation governs its clause: "did not have a quarter of falling sales"; what is not said or known is not denied
_NOT_FAR: Final = lazily(
    r"(?:\b(?:not|never|without|neither|nor|cannot|none|nobody|hardly|scarcely|yet to|no(?! \d|[- ]?one\b|\.))|n[’']t)\s"
    r"(?:(?!(?:but|and|or|because|as|while|after|before|since|that|which|who|whose|if|than|only|until|unless|though|although|when|where|whether|how|why|what|"
    r"say|said|comment|disclos\w*|specif\w*|reveal\w*|know|known|clear|respond\w*|provid\w*|name|identif\w*|immediately|prevent\w*|stop\w*|keep|help|just|least|"
    r"so|too|enough|despite|even|due|amid|with|more|less|longer|completely|fully|entirely|necessarily|always)\b)[\w’'%$.&-]+\s){0,5}$"
)
_NONE: Final = lazily(r"\bnone of [^,;.]{0,60}$")
_SUPERLATIVE: Final = lazily(
    r"\b(?:never|not) (?:been )?(?:more|better|so|as|stronger|higher|worse|weaker)\b"
)


def may_negate(text: str, start: int, end: int) -> bool:
    """Tell cheaply whether a stretch of lower-cased text holds a word that can negate."""
    return not _NEGATORS.isdisjoint(words_in(text, start, end))


def negated(text: str, start: int, at: int, *, far: bool = True) -> bool:
    """Tell whether what begins at an offset is denied by the words ahead of it, back to `start`.

    `far` lets a negation govern what stands a few words on in its clause, not only what follows it at once.
    """
    before = text[max(start, at - 60) : at]
    if before.rstrip().endswith("not only"):
        return False
    match = _NOT.search(before) or (_NOT_FAR.search(before) if far else None)
    if match is None:
        return bool("none of" in before and _NONE.search(before))
    return not _SUPERLATIVE.match(before, match.start())


_DENYING: Final = frozenset(
    "deny denied denies denying untrue baseless unfounded dismissed dismisses reject rejects rejected truth not no false refuted refutes rubbished rubbishes "
    "mistaken groundless exaggerated without wide cold plays played downplays downplayed quashes quashed shoots shot scotches scotched knocks knocked brushes brushed wrong inaccurate incorrect fake fabricated nonsense".split()
)
_SUPPOSING: Final = frozenset("if unless were should provided would even event".split())
_EASING: Final = frozenset(
    "gentlest smallest mildest shallowest slowest lightest narrowest braced worse less not slower draw draws drew drawing put puts putting below".split()
)
_VOIDING: Final = frozenset(
    "toss tosses tossed throw throws threw thrown overturn overturns overturned overturning reverse reverses reversed reversing quash quashes quashed dismiss dismisses dismissed "
    "vacate vacates vacated void voids voided annuls annulled strike strikes struck appeal cleared withdrawn lifted wipes wiped drop drops dropped dropping close closes closed closing end ends ended ending abandon abandons abandoned withdraw withdraws withdrew discontinued settles settled winds wound shelves shelved refuses refused declines declined decides decided not".split()
)
_PAST: Final = frozenset(
    "which who whose ago after since following imposed ordered when cost lost made was were had once formerly previously used earlier decade decades".split()
)
_IN_PASSING: Final = frozenset(
    "which who whose once long still already formerly fined hit hurt sued accused battered plagued shaken burdened embroiled beset dogged criticised criticized known founded rocked stung scarred".split()
)
_FRAME_WORDS: Final = (
    _DENYING
    | _SUPPOSING
    | _EASING
    | _VOIDING
    | _PAST
    | _IN_PASSING
    | {"hopes", "longer", "but", "nevertheless"}
)
_DENIAL: Final = lazily(
    r"\b(?:den(?:y|ies|ied|ying)(?! (?:\w+ )?(?:cancer|patent|bail|approval|request|motion|appeal|permission|visa))|no truth (?:in|to)|(?:reject(?:s|ed)?|dismiss(?:es|ed)|rubbish(?:es|ed)|refut(?:es|ed)|brush(?:es|ed) (?:off|aside)) (?:as \w+ )?(?:an? |the |any |all |those |these |media |press |market |\w+[’']s )*"
    r"(?:\w+ )?(?:reports?|claims?|rumou?rs?|speculation|allegations?|accusations?|story|talk|suggestions?)|"
    r"(?:called|calls|described|branded) [^.;]{0,80}(?:baseless|untrue|false|unfounded|wrong|inaccurate|fake|fabricated|nonsense)|(?:is|are|was|were) (?:not true|untrue|false|baseless|unfounded|incorrect|inaccurate|wrong|mistaken|nonsense|groundless|fabricated|exaggerated|without (?:foundation|merit|basis)|wide of the mark)|(?:pour(?:s|ed) cold water on|play(?:s|ed) down|downplay(?:s|ed)|quash(?:es|ed)|sh(?:oots|ot) down|scotch(?:es|ed)|knock(?:s|ed) down) (?:\w+ ){0,3}?(?:reports?|rumou?rs?|speculation|talk|suggestions?|idea|prospect)|"
    r"(?:is|are|was|were) not (?:currently )?(?:working on|in talks|considering|planning|preparing|negotiating|looking at|pursuing|interested in|aware of)|no (?:\w+ )?(?:agreement|deal|decision|approach|offer|talks|plans?)(?: \w+)? (?:had|has|have|was|were) (?:been )?(?:reached|made|received|taken|signed|held|to)|"
    r"no plans? to(?! (?:pay|return|buy back|repurchase|raise (?:its|the) (?:dividend|outlook|forecast)|resume))|has no (?:intention|plans?)\b(?! to (?:pay|return|buy back|resume))|(?:has|have|had) not been approached|not received any|ha(?:s|d|ve) received no)"
)
_THEN_DENIES: Final = lazily(
    r"[,;] (?:and |but |while |as it |it |he |she |they )?(?:also |again |flatly )?$"
)
_NO_PLANS: Final = lazily(
    r"\bno (?:plans?|intention|appetite|interest|reason|room|hurry|desire) (?:to|for|in)\b|\b(?:has|have|had|was|is|were|are) not (?:yet )?(?:planned|intended|going|about|ready|inclined|minded|willing) to\b"
)
_NO_SIGN: Final = lazily(
    r"\bno (?:\w+ )?(?:evidence|proof|signs?|indications?|hint|suggestion|reason to (?:think|believe|fear)) that\b"
)
_UNTIL: Final = lazily(r"[;]|,? (?:but|however|though|yet|while)\b|, after\b")
_IF: Final = lazily(
    r"\b(?P<even>even if|even were)\b|\b(?P<unless>unless)\b|(?<!as )(?<!even )\b(?P<if>if|provided(?: that)?|should (?=the |it |a |\w+s )|were (?=the |it |a |\w+ to )|in the event)\b"
)
_BUT_FOR: Final = lazily(r"\bwould (?:still |also |probably |likely )?have\b")
_WOULD_BUT: Final = lazily(
    r"\b(?:but for|if not for|were it not|had it not|had [\w’' ]{1,40} not|without (?:the|a))\b"
)
_HAD_NOT: Final = lazily(r"had\b|were it not|if not for")
_LONG_AGO: Final = lazily(
    r"[,(–—]\s?(?:which|who|whose)\b(?:[^,;]|,(?=\d)){0,60}\b(?:in (?:19|20)\d\d|once|(?:years?|decades?) ago|formerly|long|then|earlier this (?:year|month)|last (?:year|month|week)|previously|had been|was then)\b"
    r"|\b(?:cost|lost|made|was|were|had|spent|fell|rose|earned|sold)\b[^;]{0,60}\bin (?:19|20)\d\d(?=;)|^when (?:[\w’'-]+ ){1,6}?(?:[a-z]+ed|came|took|began|left|bought|was|were|had)\b[^,;]{0,40}, [^;]{0,60}\b(?:was|were|had)\b"
    r"|\b(?:once|formerly|previously|used to) (?:[a-z]+ed\b|lost|won|sold|made|ran|led|fell|rose|grew|stood|was\b|were\b|had\b|held|be\b|lose\b)"
    r"|\bafter (?:[\w-]+ ){1,3}(?:quarters?|years?|months|decades?) of\b|\b(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d+) years (?:ago|after|earlier)|(?:a|two) decades? (?:ago|after|earlier)|imposed (?:in|after|on|over|last)|ordered after|when (?:the|it|its|he|she|they) (?:[\w’'-]+ ){0,3}(?:was|were|had)|had been [\w ]{0,30}(?:since|after)|"
    r"(?:since|after|following) (?:a|an|the) [^,;.]{0,60}\b(?:in (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)?\s?(?:19|20)\d\d|last year|years? ago))"
)
_SOFTENED: Final = lazily(
    rf"\b(?:gentlest|smallest|mildest|shallowest|slowest|lightest|narrowest) (?:\w+ )?{_FALL}|\bbraced for (?:much |far |even )?worse|\b(?:less|not as) (?:bad|severe|painful|gloomy|dire|steep)(?:ly)? (?:than|as)|\b(?:inflation|prices|costs|losses|unemployment|claims)\b[^.;]{0, 60}\bslower than"
)
_CLOSED: Final = lazily(
    r"\bdr[ae]w(?:s|ing)? a line under|\bput(?:s|ting)? (?:[\w’'-]+ ){1,6}behind (?:it|them)\b|\b(?:less|below) (?:than )?(?:half |a third |a quarter )?(?:of )?(?:what |the \w+ |the amount )?(?:it|the \w+|they) (?:has |had |have )?(?:set aside|reserved|provided|provisioned)"
)
_TOSSED: Final = lazily(
    r"\b(?:toss(?:es|ed)?(?: out)?|wip(?:es|ed) out|throws? out|threw out|thrown out|overturn(?:s|ed|ing)?|revers(?:es|ed|ing)|quash(?:es|ed)?|dismiss(?:es|ed)?|vacat(?:es|ed)|void(?:s|ed)?|annul(?:s|led)?|str(?:ikes?|uck) down|wins? appeal against|cleared of)"
    r"\b[^.;]{0,60}\b(?:verdicts?|fines?|lawsuits?|suits?|case|rulings?|award|penalt(?:y|ies)|charges?|claims?|judge?ment|damages|ban|conviction|allegations|complaint)\b|"
    r"\b(?:drop(?:s|ped|ping)?|clos(?:es?|ed|ing)|end(?:s|ed|ing)?|abandon(?:s|ed)?|withdr(?:aws?|ew|awn)|discontinu(?:es|ed)|settl(?:es|ed)|wind(?:s)? up|wound up|shelv(?:es|ed)) (?:(?:its|the|an?|their|all|his|her|most|several) )+(?:[\w-]+ ){0,3}?(?:case|probe|investigation|inquiry|charges|lawsuits?|suit|complaint|proceedings|claims)\b|"
    r"\b(?:refus(?:es|ed)|declin(?:es|ed)|decid(?:es|ed) (?:not|against)|(?:will|would|does|did) not|won[’']t) (?:to )?(?:have to )?(?:be )?(?:break(?:ing)? up|bann?(?:ed)?|block(?:ed)?|fine[d]?|sue[d]?|charge[d]?|prosecute[d]?|ground(?:ed)?|suspend(?:ed)?|recall(?:ed)?|restrict(?:ed)?|punish(?:ed)?|penali[sz]e[d]?|investigate[d]?|revoke[d]?|downgrade[d]?)\b|"
    r"\b(?:verdicts?|fines?|lawsuits?|suits?|rulings?|penalt(?:y|ies)|charges|judge?ment|ban|conviction|allegations|complaint)\b[^.;,]{0,30}\b(?:tossed|thrown out|overturned|reversed|quashed|dismissed|vacated|voided|annulled|struck down|lifted|withdrawn)\b"
)
_IN_VAIN: Final = lazily(
    r"\b(?:fail|refus|declin|den|reject|unsuccessful|los|ask|s[eo]+[ku]|want|urg|hop|tr[iy]|bid|motion|could|may|might|would|plea|attempt)\w*\b[^.;,]*$"
)
_DASHED: Final = lazily(r"\bhopes?\b[^.;]{0,80}\b(?:dashed|evaporated|faded|crushed|shattered)")
_SLOWER: Final = lazily(r"\b(?:inflation|prices|costs|losses|unemployment|claims)\b[^;]{0,60}\bslower than")
_COMMA: Final = lazily(r",(?!\d)|;")
# what a company was or did, told between two commas ahead of what it does now
_ASIDE: Final = lazily(
    r"(?<=[\w’'.)\]>]), (?:(?:which|who|whose)\b|(?:once|long|still|already|formerly|fined|hit|hurt|sued|accused|battered|plagued|shaken|burdened|embroiled|beset|dogged|criticised|criticized|known|founded|rocked|stung|scarred)\b)"
    r"(?:[^,;.]|,(?=\d)|\.(?=\d)){6,110},(?=\s(?!and\b|or\b)(?:[\w$€£%’'.-]+[\s,.]){3})"
)
_OLD: Final = lazily(
    r"\b(?:in (?:\w+ )?(?:19|20)\d\d|once|(?:years?|decades?) (?:ago|earlier|before)|formerly|long|earlier this (?:year|month)|last (?:year|month|week|quarter|spring|summer|autumn|fall|winter)|previously|had been|was then|a (?:19|20)\d\d|over (?:the (?:past|last) )?(?:two|three|four|five|ten|\d+) years)\b"
)
_HAD: Final = lazily(
    r"(?<!said it )(?<!said he )(?<!said she )(?<!said they )(?<!that it )(?<!which )\bhad (?!expected|forecast|anticipated|feared|hoped|predicted|been expected|to\b|a\b|an\b|the\b|no\b)"
    r"(?:already |previously |long |earlier |once )?(?:been |\w+ed\b|fallen|risen|lost|cut|grown|hit|sunk|shrunk|slid|dropped|taken|made|seen|gone|become|won|sold|bought|come|run|begun)"
)
_TOLD: Final = lazily(r"\b(?:said|says|reported|announced|told|showed|confirmed)\b")
_SINCE: Final = lazily(r"\b(?:after|since|because|which|who|whose|until|before|when|where|than|as)\b")
_CLAUSE_END: Final = lazily(r"[,;]|\b(?:but|before|until|when|and)\b")
_NO_LONGER: Final = lazily(r"\bno longer (?!rel(?:y|ies)|trust|vouch|expects?|sees?|profitable|viable|pay)")
_BUT: Final = lazily(r",? but (?!for\b|also\b)|; even so|\bnevertheless\b")


@lru_cache(maxsize=256)
def frames_of(text: str, start: int, end: int) -> tuple[Frame, ...]:
    """Find the stretches of a sentence (lower-cased) in which good and bad count otherwise."""
    words = _FRAME_WORDS.intersection(words_in(text, start, end))
    if not words:
        return ()
    found: list[Frame] = []
    if not words.isdisjoint(_DENYING):
        found += _denials(text, start, end)
    if not words.isdisjoint(_SUPPOSING):
        found += _suppositions(text, start, end, "would" in words)
    found += _reliefs(text, start, end, words)
    if "longer" in words and (match := _NO_LONGER.search(text, start, end)):
        comma = text.find(",", match.end(), end)
        found.append(Frame(start, comma if comma >= 0 else end, -0.6, -0.7, "no longer"))
    if not words.isdisjoint(("but", "nevertheless", "even")) and (
        match := _BUT.search(text, start + 20, end)
    ):
        found.append(Frame(start, match.start(), 0.8, 0.8, "before but"))
    found += _memories(text, start, end, words)
    return tuple(found)


def _denials(text: str, start: int, end: int) -> Iterator[Frame]:
    if match := _DENIAL.search(text, start, end):
        stop = _UNTIL.search(text, match.end(), end)
        opens = start
        if told := _THEN_DENIES.search(text, max(start, match.start() - 14), match.start()):
            opens = told.start()
        yield Frame(opens, stop.start() if stop else end, -0.6, -0.7, "denied", match.start())
    if match := _NO_PLANS.search(text, start, end):
        yield Frame(match.start(), end, -0.6, -0.3, "denied", match.start())
    if match := _NO_SIGN.search(text, start, end):
        stop = _UNTIL.search(text, match.end(), end)
        yield Frame(match.start(), stop.start() if stop else end, -0.7, -1.2, "denied", match.start())


def _suppositions(text: str, start: int, end: int, would: bool) -> Iterator[Frame]:
    if would and (match := _BUT_FOR.search(text, start, end)):
        spared = _WOULD_BUT.search(text, start, end)
        if spared is None:
            yield Frame(match.start(), end, -0.5, 0.9, "might have been")
        else:
            ahead = spared.start() > match.start()
            bad = -0.5 if _HAD_NOT.match(text, spared.start(), end) else 0.4
            opens, close = (start, spared.start()) if ahead else (match.start(), end)
            yield Frame(opens, close, -0.7, bad, "might have been")
    for match in _IF.finditer(text, start, end):
        comma = text.find(",", match.end(), end)
        close = comma if comma >= 0 else end
        if match["even"]:
            yield Frame(match.start(), close, 0.15, 0.15, "concession")
        elif match["unless"]:
            yield Frame(match.start(), close, -0.3, 0.3, "unless")
        else:
            yield Frame(start, end, 0.65, 0.65, "if")


def _reliefs(text: str, start: int, end: int, words: frozenset[str]) -> Iterator[Frame]:
    if not words.isdisjoint(_EASING):
        if _SOFTENED.search(text, start, end):
            yield Frame(start, end, 1.0, 0.3, "softened")
        if _CLOSED.search(text, start, end):
            yield Frame(start, end, 1.0, 0.1, "softened")
    if (
        not words.isdisjoint(_VOIDING)
        and (match := _TOSSED.search(text, start, end))
        and not _IN_VAIN.search(text, max(start, match.start() - 60), match.start())
    ):
        stop = _UNTIL.search(text, match.end(), end)
        yield Frame(start, stop.start() if stop else end, 1.0, -0.5, "relieved")
    if "hopes" in words and _DASHED.search(text, start, end):
        yield Frame(start, end, -0.4, 1.0, "dashed")
    if "slower" in words and _SLOWER.search(text, start, end):
        yield Frame(start, end, 1.0, -0.4, "relieved")


def _memories(text: str, start: int, end: int, words: frozenset[str]) -> Iterator[Frame]:
    if "had" in words:
        for match in _HAD.finditer(text, start, end):
            if _TOLD.search(text, start, match.start()) and not _SINCE.search(
                text, max(start, match.start() - 60), match.start()
            ):
                continue
            close_at = _CLAUSE_END.search(text, match.end(), end)
            yield Frame(match.start(), close_at.start() if close_at else end, 0.4, 0.4, "long ago")
    if not words.isdisjoint(_PAST):
        for match in _LONG_AGO.finditer(text, start, end):
            yield Frame(match.start(), _comma(text, match.end(), end), 0.05, 0.05, "long ago")
    if not words.isdisjoint(_IN_PASSING):
        for match in _ASIDE.finditer(text, start, end):
            share = 0.05 if _OLD.search(text, match.start(), match.end()) else 0.3
            yield Frame(match.start(), match.end(), share, share, "long ago")


def _comma(text: str, start: int, end: int) -> int:
    """Find the next comma that is not inside a number, else the end."""
    match = _COMMA.search(text, start, end)
    return match.start() if match else end
