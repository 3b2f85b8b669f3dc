"""What courts, authorities and partners do to or with a firm, told by who acts and what kind of act it is.

These speak where no trigger did: a headline needs a word of the law and a firm, not a phrase that was foreseen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Mention, Polarity
from readthrough.reading.event_make import Stated
from readthrough.reading.event_scene import Scene

__all__ = ["acts"]

_SEARCHED: Final = 3  # sentences, headline included
_FAMILY: Final = frozenset(
    {
        "litigation",
        "antitrust_action",
        "regulatory_probe_or_action",
        "fraud",
        "regulatory_clearance",
        "accounting_issue",
    }
)
_LEGAL_CUES: Final = ("sue", "suit", "court", "judge", "jur", "trial", "verdict", "litigation", "plaintiff", "lawyer", "infring", "legal", "fraud")  # fmt: skip
_LAW: Final = lazily(
    r"(?<![\w-])(?:(?:law)?suits?|sue[sd]?|suing|trial|jury|jurors?|judge|verdict|litigations?|plaintiffs?|class[- ]actions?|"
    r"(?:appeals?|supreme|federal|district|bankruptcy|high|u\.s\.|state|delaware|superior) courts?|courts?|"
    r"(?:copyright|patent|trademark)[- ](?:\w+[- ])?(?:case|fight|dispute|infringement|claim)|(?:securities-?|wire )?fraud (?:case|trial|charges)|"
    r"legal (?:battle|fight|challenge|action|dispute|road|claim))(?![\w-])"
)
_AT_LAW: Final = lazily(
    r"(?<![\w-])(?:fil(?:e|es|ed|ing)|accus(?:e|es|ed|ing)|alleg\w+|argu(?:e|es|ed|ing)|rul(?:e|es|ed|ing)|testi\w+|hear(?:d|s|ing)|rested|opening statements|"
    r"complaint|claims?|damages|infring\w+|prove|challeng\w+|appeal\w*|against|shut down|block|trial|lawyers?|sued?|seeks?|asked?|told|tells?|faces?)(?![\w-])"
)
_WON: Final = lazily(
    r"(?<![\w-])(?:wins?|won|victory|toss\w*|dismiss\w*|throws? out|thrown out|threw out|clear(?:s|ed)|in favou?r of|sides? with|sided with|overturn\w*|"
    r"break|reprieve|defeat of|prevail\w*|not liable|acquit\w*)(?![\w-])"
)
_NO_LAW: Final = lazily(
    r"\b(?:clinical|patients?|placebo|phase|drug trial|late-stage|free trial|trial (?:version|period|run|program|balloon)|trialing|tennis|basketball|court(?:ing|ed|ship|ney)|"
    r"food court|follow\w* suit|suit(?:e|ed|able|case)s?|pantsuit|spacesuit|judge (?:for|it|by)|antitrust|monopol\w*|bankruptcy|chapter 11|merger|takeover|supreme leader|fantasy|netflix series)\b"
)
_SUING: Final = lazily(
    r"(?:sue[sd]?|suing|accus(?:e|es|ed|ing)|files? (?:a )?(?:law)?suit|seeks? to|takes? \w+ to court|wants? court)(?![\w-])"
)
_CONTROL_CUES: Final = ("regulat", "watchdog", "authorit", "ftc", "sec ", "doj", "justice dep", "commission", "lawmaker", "congress", "senat", "tax ", "fcc", "fda", "faa", "nhtsa",
                        "bafin", "epa", "cma", "attorney", "prosecutor", "ministry", "agency", "germany", "china", "india", "france", "probe", "inquiry", "hhs", "nasa",
                        "government", "police", "eu ", "brussels", "central bank", "beijing", "washington", "u.s.", "u.k.", "japan", "korea", "russia", "australia")  # fmt: skip
_AUTHORITY: Final = (
    r"(?:regulators?|watchdogs?|(?:tax |antitrust |financial |market |irish |french |german |chinese |indian )?authorit(?:y|ies)|tax (?:man|office|collectors?)|ftc|sec|doj|justice department|"
    r"european commission|lawmakers|congress|senators?|senate|house panel|fcc|fda|faa|nhtsa|bafin|epa|cma|cfpb|attorneys? general|prosecutors?|ministry|"
    r"(?:space |safety |privacy |data |consumer )?agency|germany|china|india|france|britain|japan|russia|australia|south korea|italy|turkey|eu|brussels|beijing|government|police|hhs|nasa|pentagon|fed)"
)
_AGAINST: Final = lazily(
    rf"(?<![\w-]){_AUTHORITY}(?:['’]s)? (?:\w+ ){{0,3}}(?:bans?|banned|banning|blocks?|blocked|bars?|barred|orders?|ordered|hits?|fines?|fined|summons?|summoned|grills?|grilled|"
    r"questions|questioned|spurn(?:s|ed)|rejects?|rejected|turn(?:s|ed) down|restricts?|restricted|cracks? down|halts?|halted|suspends?|suspended|seizes?|seized|raids?|raided|"
    r"reviews?|reviewing|reviewed|probes?|probing|probed|investigat(?:es|ed|ing)|scrutini[sz](?:es|ed|ing)|demands?|demanded|targets?|accuses?|accused|charges|charged|warns?|warned|rebukes?|"
    r"opposes?|looks? into|looking into|examin(?:es|ed|ing))(?![\w-])"
)
_BY_THEM: Final = lazily(
    r"(?<![\w-])(?:banned|blocked|barred|ordered|hit|fined|summoned|grilled|questioned|spurned|rejected|turned down|restricted|halted|suspended|seized|raided|reviewed|probed|"
    rf"investigated|scrutini[sz]ed|accused|charged|warned|rebuked|opposed|called) (?:\w+ ){{0,3}}by (?:the |a |an )?(?:[\w.'’-]+ ){{0,2}}{_AUTHORITY}(?![\w-])"
)
_UNDONE: Final = lazily(r" (?:not|never|no|won't|without|against|should|could|would|might|may) ")
_SUMMONED: Final = 2  # firms; a hearing that more attend is about their trade
_LEVIED: Final = lazily(
    r"(?<![\w-])(?:tax (?:assessment|bill|demand|claim|probe|raid)|tax (?:man|authorit\w+)[^.;]{0,40}(?:hit|demand|call)\w*|federal inquiry|(?:congressional|senate|house) (?:hearing|inquiry|probe))(?![\w-])"
)
_NO_CONTROL: Final = lazily(
    r"\b(?:approv\w+|clear(?:s|ed)|green ?light\w*|tariffs?|sanctions?|trade (?:war|talks|deal)|rates?|inflation|stocks?|shares (?:rose|fell)|launch\w*|contract|award\w*|election|"
    r"economy|bonds?|court|judge|lawsuit|sue[sd]?|antitrust|monopol\w*|export|huawei ban|drug|pilot|flight|rocket|astronauts?|games?|team)\b"
)
_PARTNER_CUES: Final = (
    "partner",
    "team",
    "collaborat",
    "join",
    "alliance",
    "agreement",
    "deal",
    "pact",
    "tie",
    "suppl",
    "licens",
    "displac",
    "replac",
    "contract",
)
_WITH: Final = lazily(
    r"(?<![\w-])(?:partner(?:s|ed|ing)? (?:up )?with|team(?:s|ed|ing)? up with|join(?:s|ed|ing)? forces with|collaborat(?:es|ed|ing|ion)(?: \w+)? with|(?:new |strategic |global |multi-?year )+(?:partnership|alliance|collaboration) with|"
    r"(?:reach|sign|strik|struck|clinch|ink|announc|unveil|enter)\w*(?: into)? (?:an? |the |its )?(?:[\w-]+ ){0,4}(?:agreement|deal|pact|partnership|collaboration|alliance|contract)s? (?:with|to (?:supply|use|provide|make|build|sell|stream|offer|develop))|"
    r"(?:supply|licensing|content|distribution|cloud|marketing|carriage|streaming|battery|chip)(?:-supply)? (?:deal|agreement|pact|contract) with)(?![\w-])"
)
_LOST: Final = lazily(
    r"(?<![\w-])(?:loss of (?:\w+ ){0,3}(?:licen[cs]\w+|contract|customer|client|business|account|order|rights)|(?:los(?:es|t|ing)) (?:\w+ ){0,3}(?:licen[cs]\w+|contract|customer|client|rights|order|deal)|"
    r"displac(?:es|ed|ing)|chose to replace)(?![\w-])"
)
_NO_PARTNER: Final = lazily(
    r"\b(?:trade|tariffs?|merg\w+|takeover|acqui\w+|buyout|settle\w*|peace|nuclear|brexit|climate|talks|union|labor|wage|bail|plea|prenup|divorc\w*|bond|loan|debt|if|could|might|"
    r"ended|end(?:s|ing)? (?:its|the)|terminat\w+|cancel\w*|limited partner|general partner|partner at|black friday|cyber monday|prime day)\b"
)


def acts(scene: Scene, told: Collection[str]) -> Iterator[Stated]:
    """Yield acts of courts, authorities and partners in the opening of a page.

    Args:
        scene: The page.
        told: Parents of the events that its opening tells in words already.
    """
    if scene.main is None:
        return
    lawful = bool(_FAMILY & set(told))
    traded = bool(
        {"contract_change", "ma_announced", "ma_rumour_or_nonbinding", "product_launch"} & set(told)
    )
    for index in range(min(len(scene.sentences), _SEARCHED)):
        words = scene.words(index)
        if scene.sentences[index].background or not scene.rows[index]:
            continue
        if not lawful:
            act = _at_law(scene, index, words) or _controlled(scene, index, words)
            if act is not None:
                lawful = True
                yield act
        if not traded:
            act = _partnered(scene, index, words)
            if act is not None:
                traded = True
                yield act


def _at_law(scene: Scene, index: int, words: str) -> Stated | None:
    if not any(cue in words for cue in _LEGAL_CUES):
        return None
    law = _LAW.search(words)
    if law is None or _NO_LAW.search(words) or not _AT_LAW.search(words, 0, len(words)):
        return None
    if sum(bool(_LAW.search(scene.words(i))) for i in range(min(_SEARCHED + 1, len(scene.sentences)))) < 2:
        return None
    party = _focus(scene, index)
    if party is None:
        return None
    base = scene.sentences[index].span.start
    suing = _SUING.match(words, min(len(words), party.span.end - base + 1))
    sign = Polarity.NEUTRAL if suing else Polarity.POSITIVE if _WON.search(words) else Polarity.NEGATIVE
    return Stated("litigation", sign, party.issuer_id, index, Span(base + law.start(), base + law.end()))


def _controlled(scene: Scene, index: int, words: str) -> Stated | None:
    if not any(cue in words for cue in _CONTROL_CUES):
        return None
    found = _AGAINST.search(words) or _BY_THEM.search(words) or _LEVIED.search(words)
    if found is None or _NO_CONTROL.search(words) or _UNDONE.search(found.group()):
        return None
    party = _focus(scene, index)
    if party is None or len({m.issuer_id for m in scene.rows[index]}) > _SUMMONED:
        return None
    base = scene.sentences[index].span.start
    if (
        party.span.start - base < found.start()
        and not _BY_THEM.match(words, found.start())
        and not _LEVIED.match(words, found.start())
    ):
        return None
    return Stated(
        "regulatory_action",
        Polarity.NEGATIVE,
        party.issuer_id,
        index,
        Span(base + found.start(), base + found.end()),
    )


def _partnered(scene: Scene, index: int, words: str) -> Stated | None:
    if not any(cue in words for cue in _PARTNER_CUES):
        return None
    base = scene.sentences[index].span.start
    lost = _LOST.search(words)
    found = lost or _WITH.search(words)
    if found is None or _NO_PARTNER.search(words):
        return None
    before = [m for m in scene.rows[index] if m.span.end - base <= found.start() + 2]
    after = [m for m in scene.rows[index] if m.span.start - base >= found.start()]
    party = (
        (after[0] if after and found.group().startswith("displac") else before[-1] if before else None)
        if lost
        else before[0]
        if before
        else None
    )
    if party is None:
        return None
    sign = Polarity.NEGATIVE if lost else Polarity.POSITIVE
    kind = "contract_or_customer_loss" if lost else "contract_win"
    return Stated(kind, sign, party.issuer_id, index, Span(base + found.start(), base + found.end()))


def _focus(scene: Scene, index: int) -> Mention | None:
    """The firm of the sentence that the page is about, else its first."""
    row = scene.rows[index]
    return next((m for m in row if m.issuer_id == scene.main), row[0] if row else None)
