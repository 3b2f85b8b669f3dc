"""What stands between two companies of a sentence: who took what from whom, who passed, sued, paid or dropped whom.

A deed between two has a sign for each: "A lured customers away from B" is good for A and bad for B.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.reading.lexicon import words_in
from readthrough.reading.parties import Group

__all__ = ["FILL", "LINK", "deeds_between"]

_REACH: Final = 120  # code points between the two names
_TAIL: Final = 40
FILL: Final = r"(?:(?!and\b|but\b|as\b|after\b|while\b|which\b)[\w’'$€£%.,&-]+\s){0,7}?"
LINK: Final = r"(?:(?:shares|stock|parent|owner|rival|rivals|peer|peers|giant|maker|automaker|carmaker|chipmaker|drugmaker|airline|lender|bank|retailer|insurer|group|company|firm|ceo|top|former|bigger|larger|smaller|longtime|u\.s\.|us|the|its|at|in|of)\s+)*$"
_WON: Final = (
    r"(?:customers?|subscribers?|shoppers|users|clients|viewers|drivers|riders|travell?ers|passengers|advertisers|readers|share|ground|points|sales|"
    r"business|traffic|work|talent|engineers|staff|executives|crown|title|lead|leadership|spot|place|mandate|listings?|deposits)"
)
_OUT: Final = (
    r"(?:(?:has |have |had |is |was )?(?:overt(?:ook|akes?|aken|aking)|surpass(?:es|ed|ing)?|dethron(?:es?|ed|ing)|toppl(?:es?|ed|ing)|outs(?:old|ells?|elling)|outpac(?:es?|ed|ing)|outperform(?:s|ed|ing)?|outsh(?:one|ines?)|eclips(?:es|ed|ing)|"
    r"leapfrog(?:s|ged|ging)?|unseat(?:s|ed|ing)?|trounc(?:es|ed|ing)|undercut(?:s|ting)?|edg(?:es|ed|ing) (?:out|past)|outbid(?:s|ding)?|outgr(?:ew|ows?|owing)|outstrip(?:s|ped|ping)?|outmusc(?:les|led)|outflank(?:s|ed)?|beat(?:s|ing)?(?: out)?|"
    r"defeat(?:s|ed|ing)?|prevail(?:s|ed)? over|trump(?:s|ed)?|trail-?blaz\w+ past|mov(?:es|ed) ahead of|pull(?:s|ed|ing) ahead of|pass(?:es|ed|ing)|sped past|knock(?:s|ed) off|steal(?:s|ing)? a march on|stole a march on|w[io]ns? out over|"
    r"(?:widen|extend)(?:s|ed|ing) (?:its|the|their) lead over|displac(?:es|ed|ing)|oust(?:s|ed|ing))\s)"
)
_BEHIND: Final = (
    r"(?:(?:overtaken|surpassed|dethroned|toppled|outsold|outpaced|eclipsed|leapfrogged|unseated|undercut|edged out|outbid|beaten|displaced|replaced|passed|squeezed out|crowded out|trounced|shunned) by|"
    r"los(?:t|es?|ing) (?:out |ground |[\w$%.-]+ (?:[\w-]+ ){0,5})?to|ced(?:es|ed|ing) (?:[\w$%.-]+ ){1,5}to|trail(?:s|ed|ing)?(?: behind)?|lag(?:s|ged|ging)?(?: behind)?|f(?:ell|alls?|alling|allen) (?:further )?behind|passed over (?:for|in favou?r of)|"
    r"dropped (?:for|in favou?r of)|(?:customers|shoppers|clients|users|subscribers) (?:are )?(?:switching|moving|defecting|migrating|flocking|fleeing|going) (?:away )?to)\s"
)
# (for the first, for the second, what stands between, what follows the second)
_DEEDS: Final = tuple(
    (first, second, lazily(rf"(?:{words}){LINK}"), lazily(tail) if tail else None)
    for first, second, words, tail in (
        (
            0.3,
            -0.34,
            rf"\b(?:w[io]n(?:s|ning)?|t(?:ook|akes?|aken|aking)|lur(?:es?|ed|ing)|poach(?:es|ed|ing)?|st(?:ole|olen|eals?|ealing)|snatch(?:es|ed|ing)?|captur(?:es?|ed|ing)|grab(?:s|bed|bing)?|gain(?:s|ed|ing)?|seiz(?:es?|ed|ing)|wrest(?:s|ed|ing)?|"
            rf"claw(?:s|ed|ing)?|pull(?:s|ed|ing)?|siphon(?:s|ed|ing)?|attract(?:s|ed|ing)?|winning) {FILL}(?:{_WON} {FILL}(?:back )?(?:away )?|away )from\s",
            "",
        ),
        (0.3, -0.34, r"\bat the (?:expense|cost) of\s", ""),
        (0.3, -0.3, rf"^\s*{FILL}{_OUT}", ""),
        (-0.32, 0.28, rf"^\s*{FILL}{_BEHIND}", ""),
        (
            0.28,
            -0.3,
            r"^(?:['’]s)?\s(?:[\w-]+\s){0,4}?(?:rather than|instead of|and not|but not|in place of|in preference to)\s",
            "",
        ),
        (
            0.26,
            -0.26,
            r"\b(?:sells?|sold|makes?|made|earns?|earned|ships?|shipped|has|have|had|carr(?:y|ies|ied)|attract(?:s|ed)?|grew|growing|grow|grows|worked|works|perform(?:s|ed)|did|lost|lose|gained|reduced|cut|spends?|won) (?:[\w-]+ ){0,3}?"
            r"(?:more|faster|better|quicker|(?:twice|three times|[\w-]+ times|half again) as (?:much|many|fast|well)) (?:[\w-]+ ){0,5}?(?:than|as) (?:those (?:on|of|with|using|taking) |that of |the )*",
            "",
        ),
        (
            0.1,
            -0.3,
            r"\b(?:squeez(?:es|ed|ing)|hurt(?:s|ing)?|eat(?:s|ing)? into|bit(?:es|ing)? into|threaten(?:s|ed|ing)?|pressur(?:es|ed|ing)|put(?:s|ting)? pressure on|chip(?:s|ped|ping) away at|tak(?:es|ing) a bite out of|undermin(?:es|ed|ing)|"
            r"crowd(?:s|ed|ing) out|tak(?:es|ing) on|took on|challeng(?:es|ed|ing)|go(?:es|ing)? after|went after|attack(?:s|ed|ing)?|forc(?:es|ed|ing))\s",
            "",
        ),
        (
            0.0,
            -0.3,
            r"\b(?:su(?:es|ed|ing)|(?:fil(?:es|ed|ing)|brought|brings?|launch(?:es|ed)) (?:an? )?(?:[\w-]+ ){0,3}(?:suit|lawsuit|complaint|claim|case|action) against|accus(?:es|ed|ing)|seeks? (?:[\w$]+ ){0,4}from|"
            r"(?:wins?|won) (?:[\w$-]+ ){0,6}(?:suit|lawsuit|case|verdict|judge?ment|ruling|injunction|trial|appeal) (?:against|over))\s",
            "",
        ),
        (
            -0.3,
            0.32,
            r"\b(?:ordered to (?:pay|compensate|repay|refund)|must (?:pay|compensate|repay)|ha(?:s|ve) to pay|told to pay|agree[sd]? to (?:pay|compensate)|will (?:pay|compensate)|to (?:pay|compensate)|paid|pays|owes|compensat(?:es|ed)|repa(?:ys|id))\s",
            r"\.?(?:\s[\w&.]+){0,2}?\s(?:\$|€|£|¥|\d|damages|compensation|royalt|up to|about|nearly|more|almost|roughly|some|in (?:damages|compensation)|for)",
        ),
        (
            -0.05,
            0.3,
            rf"^(?!.*\b(?:switch|shift|mov|divert|cancel|stop|halt|cut|reduc|fewer|less|instead|shares|stake|unit|business|division|assets?)).*\b(?:buy(?:s|ing)?|bought|order(?:s|ed|ing)?|purchas(?:es?|ed|ing)|licens(?:es?|ed|ing)|sourc(?:es?|ed|ing)|leas(?:es?|ed|ing)|rent(?:s|ed|ing)?|commission(?:s|ed)?) {FILL}from\s",
            "",
        ),
        (
            0.26,
            0.04,
            rf"\b(?:suppl(?:y|ies|ied|ying)|(?:wins?|won|gets?|got|receiv(?:es|ed)|land(?:s|ed)|secur(?:es|ed)|bag(?:s|ged)|clinch(?:es|ed)) {FILL}(?:orders?|contracts?|deals?|business|mandate) from|"
            rf"(?:provid(?:es?|ed|ing)|deliver(?:s|ed|ing)?|manufactur(?:es?|ed|ing)|build(?:s|ing)?|mak(?:es?|ing)|suppl(?:y|ies|ied|ying)) {FILL}(?:to|for))\s",
            "",
        ),
        (
            0.0,
            -0.34,
            rf"\b(?:drop(?:s|ped|ping)?|ditch(?:es|ed|ing)|replac(?:es|ed|ing)|dump(?:s|ed|ing)|abandon(?:s|ed|ing)|cut(?:s|ting)? ties with|part(?:s|ed|ing) (?:ways|company) with|(?:switch|shift|mov|divert|transfer|migrat|rerout)(?:e?s|ed|ing|e|ting|ted)? {FILL}(?:away )?from|"
            rf"pull(?:s|ed|ing) {FILL}from|cancel(?:s|led|ling|ed)? {FILL}(?:orders?|contracts?|deals?|subscriptions?) (?:from|with)|stop(?:s|ped|ping)? (?:using|buying|ordering|stocking|selling) {FILL}(?:from )?|end(?:s|ed|ing)? (?:its |an? |the )?(?:[\w-]+ ){{0,4}}with)\s?",
            "",
        ),
        (
            0.0,
            0.28,
            r"\b(?:bought|buys?|buying|add(?:s|ed|ing)?|acquir(?:es|ed)|pick(?:s|ed) up|purchas(?:es|ed)|accumulat(?:es|ed)|snapp?(?:s|ed) up|rais(?:es|ed|ing)|boost(?:s|ed|ing)|increas(?:es|ed|ing)|lift(?:s|ed)|build(?:s|ing)|built|took|takes|ups|upped|disclos(?:es|ed)) "
            r"(?:(?:[\d.,%$€£]+|an?|its|his|more|another|about|over|nearly|new|million|billion|lakh|crore|big|large|fresh|stakes?|positions?|holdings?|worth|of|in|additional|shares|stock)\s)*",
            r"(?:['’]s)?\s(?:shares|stake|stock|holding|position)\b",
        ),
        (
            0.0,
            -0.26,
            r"\b(?:sold|sells?|selling|dump(?:s|ed)|offload(?:s|ed)|trim(?:s|med)|cuts?|slash(?:es|ed)|pare[sd]|exit(?:s|ed)|cash(?:es|ed) out(?: of)?|reduc(?:es|ed)|unload(?:s|ed)|lower(?:s|ed)|shed|sheds) "
            r"(?:(?:[\d.,%$€£]+|an?|its|his|all|most|half|some|more|another|about|over|nearly|million|billion|lakh|crore|big|large|entire|remaining|stakes?|positions?|holdings?|worth|of|in|shares|stock)\s)*",
            r"(?:['’]s)?\s(?:shares|stake|stock|holding|position)\b",
        ),
        (
            0.18,
            0.2,
            r"\b(?:partner(?:s|ed|ing)?|team(?:s|ed|ing)? up|join(?:s|ed|ing)? (?:forces|hands)|t(?:ie|ies|ied|ying)[- ]up|collaborat(?:es|ed|ing)|(?:sign|ink|str[iu]k|reach|seal|clos|form|announc|expand|extend|renew|deepen)(?:e?s|ed|e|ing|c)? (?:[\w-]+ ){0,6}(?:deal|agreement|pact|contract|partnership|alliance|accord|tie-up|venture|collaboration|licen[cs]e)|"
            r"in (?:an? )?(?:[\w-]+ )?(?:partnership|collaboration|alliance|tie-up)) with\s",
            "",
        ),
    )
)
_SWITCHED: Final = lazily(
    rf"\b(?:switch|shift|mov|divert|transfer|swap|migrat|rerout)(?:e?s|ed|ing|e|ting|ted|ped|ping)?\s{FILL}(?:away )?from\s{LINK}"
)
_ONWARD: Final = lazily(rf"(?:['’]s)?\s(?:[\w-]+\s){{0,3}}?(?:to|in favou?r of|towards?)\s{LINK}")
_TO: Final = lazily(
    rf"\b(?:switch|shift|mov|divert|transfer|migrat|rerout|defect)(?:e?s|ed|ing|e|ting|ted)?\s{FILL}(?:over )?to\s{LINK}"
)
_FROM: Final = lazily(rf"(?:['’]s)?\s(?:[\w-]+\s){{0,3}}?(?:away )?from\s{LINK}")
_HELD: Final = lazily(
    r"\s(?:had |has |previously |long |once )*(?:held|supplied|run|handled|provided|serviced|operated)\b"
)
_WON_IT: Final = lazily(r"\b(?:won|wins|winning|takes? over|took over|secured|clinched|awarded|landed)\b")
_THAT: Final = lazily(r"\b(?:that|which|until then|previously) $")
_PICKED: Final = lazily(
    r"\b(?:pick(?:s|ed|ing)?|cho(?:se|oses|osing)|prefer(?:s|red)?|select(?:s|ed|ing)|favou?r(?:s|ed)|back(?:s|ed)|award(?:s|ed) [\w ]{1,30} to|went (?:with|to|for)|opt(?:s|ed) for)\s(?:[\w’'-]+\s){0,3}$"
)
_OVER: Final = lazily(
    r"(?:['’]s)?(?:\s[\w-]+){0,4}?\s(?:over|instead of|rather than|ahead of|in preference to)\s(?:[\w’'-]+\s){0,2}"
)
_CUES: Final = frozenset(
    "rather instead not place preference than as win wins won winning took take takes taken taking lure lures lured luring poach poaches poached poaching stole stolen steal steals stealing snatch snatches snatched capture captures captured capturing grab grabs grabbed gain gains gained gaining seize "
    "seizes seized wrest wrests wrested claw claws clawed pull pulls pulled pulling siphon siphons siphoned attract attracts attracted expense cost overtook overtake overtakes overtaken overtaking surpass surpasses surpassed surpassing dethrones dethroned topples toppled outsold outsells "
    "outpaces outpaced outpacing outperforms outperformed outshone outshines eclipses eclipsed leapfrogs leapfrogged unseats unseated trounces trounced undercuts undercut undercutting edges edged edging outbid outbids outgrew outgrows outstrips outstripped beat beats beating beaten defeats defeated "
    "prevails prevailed trumps trumped moves moved ahead passes passed passing knocks knocked march lead displaces displaced displacing ousts ousted replaced by lost lose loses losing cedes ceded ceding trail trails trailed trailing lag lags lagged lagging behind over squeezes squeezed squeezing hurt "
    "hurts hurting into threatens threatened threatening pressures pressured pressuring pressure away undermines undermined crowds crowding challenges challenged challenging after attacks attacked attacking forces forced sues sued suing against accuses accused accusing seeks pay pays paid repay "
    "compensate compensates compensated owes repaid refund buy buys buying bought order orders ordered ordering purchase purchases purchased license licenses licensed sources sourced leases leased rents commissioned supply supplies supplied supplying provide provides provided providing delivers "
    "delivered deliver manufactures manufacture builds build make makes drop drops dropped ditches ditched replaces replacing dumps dumped abandons abandoned cut cuts cutting parts parted parting switch switches switched switching shift shifts shifted shifting moving divert diverts diverted diverting transfers migrates "
    "cancels cancelled canceled cancel stops stopped stopping ends ended ending adds added acquires acquired picks picked accumulated snaps snapped raises raised boosts boosted increases increased lifts lifted built ups upped discloses disclosed sold sells selling offloads offloaded trims trimmed "
    "slashes slashed pares pared exits exited cashes cashed reduces reduced unloads sheds shed partners partnered partnering teams teamed teaming joins joined ties tied collaborates signs signed signing inks inked strikes struck reaches reached seals sealed forms formed announces announced "
    "expands expanded extends extended renews renewed deepens partnership collaboration alliance held run handled previously gets got receives received lands landed secures secured bags bagged clinches clinched".split()
)

Deed = tuple[Group, tuple[float, int, int]]


def deeds_between(text: str, start: int, end: int, groups: tuple[Group, ...]) -> Iterator[Deed]:
    """Yield, for companies named one after another, what the words between them do to each.

    Args:
        text: Lower-cased.
        start: Where the sentence begins.
        end: Where it ends.
        groups: Its companies, those named in one breath together.
    """
    if len(groups) < 2 or _CUES.isdisjoint(words_in(text, start, end)):
        return
    for first, second in pairwise(groups):
        if second.start - first.end > _REACH:
            continue
        gap = text[first.end : second.start]
        if _SWITCHED.search(text[max(start, first.start - 75) : first.start]) and _ONWARD.fullmatch(gap):
            yield first, (-0.34, first.start, first.end)
            yield second, (0.34, first.end, second.end)
            continue
        if (
            _THAT.search(gap)
            and _HELD.match(text, second.end, end)
            and _WON_IT.search(text, start, first.start)
        ):
            yield second, (-0.32, second.start, min(end, second.end + 10))
            continue
        if _TO.search(text[max(start, first.start - 75) : first.start]) and _FROM.fullmatch(gap):
            yield first, (0.34, first.start, first.end)
            yield second, (-0.34, first.end, second.end)
            continue
        if _OVER.fullmatch(gap) and _PICKED.search(text[max(start, first.start - 40) : first.start]):
            yield first, (0.34, first.start, first.end)
            yield second, (-0.32, first.end, second.end)
            continue
        if _CUES.isdisjoint(words_in(text, first.end, second.start)):
            continue
        for ahead, behind, pattern, tail in _DEEDS:
            match = pattern.search(gap)
            if match is None or (
                tail is not None and not tail.match(text, second.end, min(end, second.end + _TAIL))
            ):
                continue
            left = first.end + match.start()
            if ahead:
                yield first, (ahead, left, second.start)
            if behind:
                yield second, (behind, left, second.end)
            break
