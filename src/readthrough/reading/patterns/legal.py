"""Courts, regulators, books in doubt, insiders, shorts, denials."""

from __future__ import annotations

from typing import Final

from readthrough.domain.reading import Modality
from readthrough.reading.patterns.shape import Pattern, Who, pattern

__all__ = ["PATTERNS"]

_SUIT = (
    r"(?:lawsuits?|suits?|case|complaint|class[- ]action|claims?|litigation|verdict|appeal|ruling|trial|"
    r"patent|judgment|charges|challenge|(?:legal|court|tax|patent) (?:battle|fight|dispute)s?)"
)
_COURT = r"(?:judge|jury|court|tribunal|appeals court|supreme court|arbitrator|arbitration panel)"

PATTERNS: Final[tuple[Pattern, ...]] = (
    pattern(
        "litigation",
        "win|won|dismiss|overturn|toss|reject|cleared|acquit|prevail|throw|threw|victory|revers|vacat|"
        "sided|side|favor|favour|not liable|drop|wip|quash|annul|void|spar|set aside|sets aside",
        rf"(?:win(?:s|ning)?|won|prevail(?:s|ed)?|victory)(?:<g60>)(?:(?<!\w){_SUIT}(?!\w)|"
        rf"(?<!\w){_COURT}(?!\w))|"
        rf"(?<!\w){_COURT}(?!\w)(?:<g60>)(?:dismiss(?:es|ed)?|toss(?:es|ed)|reject(?:s|ed)|"
        rf"throw[s]? out|threw out|"
        rf"overturn(?:s|ed)|revers(?:es|ed)|vacat(?:es|ed)|wip(?:es|ed) out|quash(?:es|ed)|annul(?:s|led)|void(?:s|ed)|sets? aside|sid(?:es|ed) with|rul(?:es|"
        rf"ed) (?:in favou?r of|for)|clear(?:s|ed)|strikes? down|struck down|dropp?(?:s|ed)|"
        rf"in favou?r of)|(?:dismiss(?:es|ed|al of)?|toss(?:es|ed)|throws? out|threw out|overturn(?:s|"
        rf"ed)|revers(?:es|ed)|vacat(?:es|ed))(?:<g>)(?:(?<!\w){_SUIT}(?!\w)|fine|penalty|award)|"
        rf"(?:(?<!\w){_SUIT}(?!\w)|fine|"
        rf"penalty)(?:<g>)(?:dismissed|tossed|thrown out|overturned|reversed|vacated|annulled|"
        rf"dropped)|(?:cleared|acquitted) of|found not (?:liable|guilty)|not liable|"
        rf"drops? (?:<g>)(?:lawsuit|suit|case|charges)",
        "positive",
        0.55,
        veto=(
            r"\b(?:contract win|won a contract|wins contract|order for|bid to (?:dismiss|toss|throw out|"
            r"overturn)|rejects?(?:ed)? (?:<g>)(?:bid|appeal|motion|request|effort|attempt|plea|"
            r"challenge by|settlement|argument)|lost|loses|los(?:es|t) (?:<g10>)appeal|refus\w*|"
            r"declin\w+ to (?:dismiss|toss|overturn|hear)|den(?:y|ies|ied) (?:<g>)(?:bid|motion|request)|"
            r"jury awards?|election|tariffs?|seeks? to dismiss|award\w* \$|sid(?:es|ed) with (?:plaintiffs|"
            r"regulators|the (?:ftc|government|sec|doj))|business case|in any case|fails? to|trade case|"
            r"market trial|approval|fda|clinical)\b"
        ),
    ),
    pattern(
        "litigation",
        "sue|lawsuit|class action|class-action|litigation|verdict|jury|judge|court|complaint|liable|"
        "infring|appeal|guilty|ruling|ruled|legal action|damages|charged|plaintiff",
        rf"(?:sue[sd]|suing|be sued|was sued|been sued|to sue|gets sued)(?! to (?:block|stop))|"
        rf"(?:fil(?:e|es|ed|ing)|fac(?:e|es|ed|ing)|hit (?:with|by)|named in|brought|brings?|"
        rf"slapped with|target of|launch\w*|lodg\w+|amid|allow\w*|over|in|join\w*|"
        rf"after)(?:<g60>)(?:lawsuits?|class[- ]action|legal action|patent (?:suit|case)|complaint|"
        rf"legal challenge)|lawsuits?(?:<g60>)(?:alleg\w+|accus\w+|against|claim\w*|over|seek\w*|"
        rf"fil\w+|said|says|can proceed|proceed|may proceed)|class[- ]action (?:suit|lawsuit|"
        rf"complaint|case)?|(?:found|held|ruled|is|was|were) (?:liable|guilty|responsible|infring\w+)|"
        rf"(?:lost|loses|losing|los(?:es|t) (?:its|an|the|a)|fails? (?:in|to))(?:<g>)(?:appeal|"
        rf"lawsuit|court|patent|case|bid to (?:dismiss|overturn|throw out|toss|block))|"
        rf"(?<!\w){_COURT}(?!\w)(?:<g60>)(?:rul(?:es|ed|ing) (?:against|that)|order(?:s|ed)|uphold\w*|upheld|"
        rf"reject(?:s|ed) (?:<g>)(?:bid|appeal|motion|request|effort|challenge)|block(?:s|ed)|"
        rf"find[s]?|found|award(?:s|ed)|award\w*|refus\w*|declin\w+|let(?:s)?|allow\w*|say[s]?|"
        rf"conclud\w*|den(?:ies|ied)|orders?|must)|jury(?:<g60>)(?:award\w*|verdict|found|finds|"
        rf"order\w*)|ordered to pay|must pay (?:<g10>)\d|told to pay|infring(?:es|ed|ing|ement)|"
        rf"(?:faces?|facing|await\w*|heads? to) trial|verdict (?:against|in)|legal (?:battle|fight|"
        rf"dispute|woes)",
        "negative",
        0.55,
        other=Who.OBJECT,
        veto=(
            r"\b(?:lawsuits? (?:was |is |were )?(?:dismissed|tossed|thrown out|dropped|settled)|"
            r"dismiss(?:es|ed)? (?:<g>)(?:lawsuit|suit|case|class)|(?:toss|throw|threw|overturn|vacat|wip|quash|annul|"
            r"revers)\w*|won|wins|winning|sided with (?:the )?(?:company|firm|bank)|in favou?r of|"
            r"cleared of|antitrust|monopol\w*|settle[sd]?|settlement|settling|bankruptcy (?:court|judge)|"
            r"court-side|food court|tennis court|consumer complaints|tariff\w* (?:ruling|case)|merger|purchase of|acquisition|tie-up|combination|"
            r"takeover|chapter 11|central bank|not liable|sue to (?:block|stop)|issued?|pursued?|tissue|"
            r"ensue\w*|price appeal|broad appeal|appeal(?:s|ing)? to (?:investors|consumers|customers|"
            r"buyers)|drops? (?:<g>)lawsuit)\b"
        ),
    ),
    pattern(
        "settlement_or_fine",
        "set aside|sets aside|setting aside|ending|ends|compensat|plead|guilty|settle|fine|fined|penalt|agree|sanction|pay|forfeit|disgorge",
        r"(?:settl(?:e|es|ed|ing|ement))(?:<g60>)(?:tax (?:dispute|case|claim)|dispute|lawsuits?|suits?|charges|claims|probe|"
        r"investigation|case|litigation|allegations|class[- ]action|for (?:<g10>)\d|"
        r"with (?:the )?(?:<regulator>|plaintiffs|shareholders|states?|victims)|opioid|over|"
        r"of (?:<g10>)\d|worth)|(?:<money>) (?:<g10>)(?:settlement|fine|penalt(?:y|ies))|(?:was|were|"
        r"been|being|be|is|gets?|got|has|have) (?:<g10>)fined|fin(?:ed|es) (?:<g60>)(?:[$€£¥₹]|\d|"
        r"million|billion|record|by|for|over)|(?:pay|pays|paid|paying|hit with|faces?|facing|"
        r"slapped with|impos\w+|issu\w+|levie[sd]|lev(?:y|ying)|handed|record)(?:<g60>)(?:fines?|"
        r"penalt(?:y|ies)|settlements?|to (?:settle|resolve|end))|agree[sd]?(?:<g60>)(?:to pay|"
        r"pay)(?:<g60>)(?:settle|resolve|claims|charges|lawsuit|investigation|probe|allegations|"
        r"penalt\w+|fine)|(?:set|sets|setting) aside<g60>(?:mis-?s[oe]l\w+|compensation|redress|litigation|legal|claims|"
        r"scandal|victims|fines?|settle\w*)|(?:ending|ends|to end) (?:a |the |its )?(?:<g10>)(?:lawsuit|case|litigation|"
        r"legal (?:battle|fight))|(?:pay|pays)<g60>over (?:<g>)(?:dam|disaster|spill|claims|scandal|deaths?|crash)|(?:settlement|plea deal)(?:<g>)(?:with|over|reached|of)|plead(?:s|"
        r"ed)? guilty",
        "negative",
        0.55,
        veto=(
            r"\b(?:fine-tun\w*|fine (?:art|dining|wine|print|line|jewel\w*)|settled? (?:at|up|down|higher|"
            r"lower|into|in for|on)|futures settled|oil settled|settlement price|brent|crude|"
            r"debt settlement|trade settlement|settlement date|settlement (?:system|period|services)|"
            r"overturn\w*|annul\w*|waiv(?:e|es|ed|ing|er)|forgiv\w+|toss\w*|dismiss\w*|thr[eo]w\w* out|quash\w*|dinar|refine[drs]*|peace|defined?|confined|union)\b"
        ),
    ),
    pattern(
        "antitrust_action",
        "fined|fines|antitrust|monopol|antimonopol|anti-monopol|anti-competitive|anticompetitive|competition|cartel|digital markets act|"
        "price-fix|price fix|dominan|break up",
        r"(?:sue[sd]?|suing|accus\w+|case|suit|lawsuit|charg\w+)(?:<g60>)(?:monopol\w+|antitrust)|"
        r"antitrust(?:<g60>)(?:suit|lawsuit|case|probe|investigation|charges?|complaint|fine|ruling|"
        r"trial|scrutiny|action|inquiry|concerns|violations?|regulators?|law|authorit\w+|chief|"
        r"watchdog|review|penalt\w+|claims|breach\w*|crackdown|objections)|(?:illegal|unlawful|"
        r"abus\w+|maintain\w*|illegally)(?:<g>)(?:monopol\w+|dominan\w+)|monopol(?:y|ist|ies|"
        r"i[sz]ation)(?:<g60>)(?:case|suit|ruling|trial|search|power|judge|illegal\w*|lawsuit|"
        r"charges)|(?:anti-?competitive|cartel|price-fixing)(?:<g>)(?:practices|behaviou?r|conduct|"
        r"case|probe|investigation|suit|fine|charges|lawsuit|scheme|conduct)|"
        r"competition (?:<g10>)(?:authority|regulator|watchdog|commission|bureau|probe|case|law|"
        r"investigation|markets authority|complaint|charges)|competition and markets authority|"
        r"(?:violat\w+|breach\w*|broke)(?:<g>)(?:antitrust|competition) (?:law|rules)|"
        r"digital markets act|fin(?:ed|es) <g60>for (?:favou?ring|abusing|stifling|blocking rivals|colluding|fixing)|anti-?monopoly(?: \w+)?|force\w* (?:<g>)(?:break-?up|divest\w*)",
        "negative",
        0.6,
        veto=(
            r"\b(?:stiff(?:er)? competition|fierce competition|competition from|monopoly (?:game|money|"
            r"go)|antitrust approval|antitrust clearance|cleared? by (?:<g>)antitrust|"
            r"subject to antitrust|wins?|won|toss\w*|dismiss\w*|overturn\w*|annul\w*|"
            r"reject\w* (?:<g>)(?:ftc|doj|suit|case|fine)|clears?|cleared|approv\w+|drops?|dropped)\b"
        ),
    ),
    pattern(
        "antitrust_action",
        "antitrust|monopol|competition|breakup|break-up|divest|force|spin off",
        r"(?:dodg|avoid|escap|evad|sidestep|duck|fend|stav|surviv)\w*(?: off)? (?:<g10>)(?:a |the )?(?:<g10>)(?:break-?up|"
        r"forced sale|divestiture)|(?:declin|refus)(?:es|ed) to (?:force|order|require|compel|break up)<g60>(?:sell|"
        r"sale|divest\w*|spin|break\w*)|(?:will|does|need) not (?:have to|be forced to) (?:sell|divest|break up|spin)|"
        r"(?:win(?:s|ning)?|won|toss(?:es|ed)|dismiss(?:es|ed)?|overturn(?:s|ed)?|annul(?:s|led)?|"
        r"drop(?:s|ped)?|clear(?:s|ed)?|reject(?:s|ed)|avoid(?:s|ed)?|escap\w+|throws? out|threw out|"
        r"end(?:s|ed))(?:<g60>)(?:antitrust|monopol\w+|competition (?:probe|case|investigation|fine))|"
        r"antitrust(?:<g60>)(?:dismissed|tossed|overturned|annulled|dropped|thrown out)",
        "positive",
        0.55,
        veto=(
            r"\b(?:reject\w* (?:<g>)(?:appeal|bid|request|offer|remed\w+|motion)|antitrust (?:approval|"
            r"clearance)|lost|loses|drop\w* (?:in|by) \d|rejects? (?:google|apple|meta|amazon|"
            r"microsoft)'s)\b"
        ),
    ),
    pattern(
        "regulatory_probe",
        "probe|investigat|inquir|subpoena|scrutin|raid|examin|inspect|looking into|search|questions from",
        r"(?:open(?:s|ed|ing)?|launch(?:es|ed|ing)?|start(?:s|ed|ing)?|under|fac(?:e|es|ed|ing)|"
        r"beg(?:in|ins|an|un)|expand(?:s|ed)?|widen(?:s|ed)?|announc\w+|subject of|target of|"
        r"conduct\w*|disclos\w*|reveal\w*|amid|criminal|federal|formal|ongoing|new|preliminary|"
        r"regulatory|accounting|safety|fraud|sec|doj|ftc|eu|fda|internal|bribery|corruption|tax|"
        r"insider)(?:<g60>)(?:probes?|investigations?|inquir(?:y|ies)|scrutiny)|"
        r"<regulator><g60>(?:prob(?:e|es|ed|ing)|investigat(?:es|ed|ing|ion|e)|inquir(?:y|ies)|"
        r"subpoena\w*|examin(?:es|ed|ing)|scrutini[sz]\w*|look(?:s|ing) into|raid(?:s|ed)|search(?:es|"
        r"ed)|review(?:s|ing) (?:the )?(?:deal|safety|conduct|practices))|(?:being|was|been|is|be|are|"
        r"were) (?:<g10>)(?:investigated|probed|subpoenaed|raided|scrutini[sz]ed)|(?:receiv\w+|"
        r"issu\w+|got|served) (?:<g10>)(?:a |an )?(?:<g10>)(?:subpoenas?|civil investigative demand|"
        r"wells notice|request for information)|(?:investigat(?:es|ing|ed|ion)|prob(?:es|ing|"
        r"ed)) (?:into|of|whether|over)|wells notice|(?:offices|headquarters)(?:<g10>)(?:raided|"
        r"searched)",
        "negative",
        0.6,
        veto=(
            r"\b(?:clos(?:es|ed|ing) (?:<g>)(?:probe|investigation|inquiry)|drops? (?:<g>)(?:probe|"
            r"investigation)|dropped (?:<g>)(?:probe|investigation)|end(?:s|ed) (?:<g>)(?:probe|"
            r"investigation)|investigational|investigators? in the trial|space probe|settle[sd]?|"
            r"settlement|law firm (?:\w+ )?investigat\w*|investigation(?:s)? on behalf of|without|"
            r"research institute|scientists|antitrust|competition (?:probe|watchdog)|job search|"
            r"(?:board|board's|internal) (?:investigation|inquiry|probe|review)|"
            r"search engine|search (?:ads|business|results|market))\b"
        ),
    ),
    pattern(
        "regulatory_probe",
        "probe|investigat|inquir",
        r"(?:clos(?:es|ed|ing)|drop(?:s|ped)|end(?:s|ed)|conclud(?:es|ed)|shelv\w+)(?:<g>)(?:probe|"
        r"investigation|inquiry)|(?:probe|investigation|inquiry)(?:<g>)(?:closed|dropped|ended|"
        r"found no|cleared|without (?:action|charges))|(?:cleared|clears)(?:<g>)(?:probe|"
        r"investigation|inquiry|wrongdoing)",
        "positive",
        0.5,
        veto=(
            r"\b(?:shares? (?:closed|dropped|ended)|stock (?:closed|dropped|ended)|closed? (?:up|down|at)|"
            r"antitrust)\b"
        ),
    ),
    pattern(
        "regulatory_action",
        "order|ban|suspend|revok|consent|enforcement|cease|penal|restrict|sanction|halt|asset cap|"
        "warning letter|crackdown|cracks down|charge|block|bars|barred|grounds|grounded|licen|seize|"
        "fine|import alert|require|recall|prohibit|limits",
        r"<regulator><g60>(?:order(?:s|ed)|ban(?:s|ned)|suspend(?:s|ed)|revok(?:es|ed)|bar(?:s|red)|"
        r"block(?:s|ed)|restrict(?:s|ed)|censur\w+|charg(?:es|ed)|cite[sd]|instruct\w*|halt(?:s|ed)|"
        r"prohibit\w*|demand(?:s|ed)|impos\w+ (?:<g>)(?:restriction|limit|cap|condition|ban)\w*|"
        r"seiz(?:es|ed)|shut(?:s)? down|crack(?:s|ed)? down|took control|takes control|ground(?:s|ed)|"
        r"put(?:s)? under|require[sd]|(?<!asset )caps?|freez\w+|froze|curb(?:s|ed))|consent (?:order|decree)|"
        r"cease[- ]and[- ]desist|(?:fda )?warning letter|enforcement action|asset cap|(?:was|were|"
        r"been|is) (?:<g10>)(?:banned|barred|ordered|suspended|grounded|seized) (?:<g10>)(?:by|from)|"
        r"regulatory (?:crackdown|action|order|clampdown|curbs)|licen[cs]e (?:<g10>)(?:revoked|"
        r"suspended)|(?:revok(?:es|ed)|suspend(?:s|ed))(?:<g>)licen[cs]e|import (?:ban|alert)|"
        r"(?:charged|charges) by (?:the )?<regulator>",
        "negative",
        0.6,
        linked=True,
        veto=(
            r"\b(?:export (?:ban|control|curb|restriction)s?|tariffs?|sanction(?:s|ed) (?:on|against)|"
            r"ban on (?:russian|chinese)|contract|orders? (?:for|of) (?:<g10>)\d|approv\w*|"
            r"defen[cs]e ministry|court|judge|antitrust|settle\w*|freed|fined|lifts?|lifted|lifting|"
            r"charged? (?:a )?fee|required approvals?|jury|interest rates?|rate (?:cut|hike)|probe|"
            r"investigat\w+|draft|propos\w+|new rules?|sector|industry-wide|w[io]ns?|winning|overturn\w*|indict\w*|brib\w+|fraud)\b"
        ),
    ),
    pattern(
        "regulatory_action",
        "lift|remov|end|ease|freed|release|free of|escap",
        r"(?:freed|released|free) (?:from|of)(?:<g>)(?:asset cap|consent order|restrictions?|curbs)|(?:lift(?:s|ed|ing)?|remov(?:es|ed|ing)|eas(?:es|ed|ing))(?:<g>)(?:asset cap|ban|"
        r"restrictions?|consent order|grounding|curbs|import alert|suspension)",
        "positive",
        0.55,
        linked=True,
        veto=r"\b(?:tariffs?|sanctions|lockdown|export|covid)\b",
    ),
    pattern(
        "regulatory_rule_change",
        "rule|regulation|bill|law|legislation|draft|guideline|cap on|ban on|mandate|requirements|"
        "standard|curb",
        r"(?:propos(?:es|ed|al|ing)|draft(?:s|ed)?|new|unveil\w*|issu\w+|publish\w*|adopt\w*|"
        r"tighten\w*|stricter|tougher|sweeping|pass(?:es|ed)|approv\w+|finali[sz]\w+|introduc\w+|"
        r"plans?|planned|consider\w*|weigh\w*|announc\w+|overhaul\w*|impos\w+)<g60>(?:rules?|"
        r"regulations?|legislation|guidelines|bill (?:to|that|would)|law(?:s)? (?:to|that|would|"
        r"requiring|on)|standards (?:for|on)|capital requirements|price caps?|price controls|cap on|"
        r"curbs on|restrictions on|limits on|windfall tax)|(?:rules?|regulations?|bill|law|"
        r"legislation|guidelines)(?:<g>)(?:would|will|could|to) (?:<g>)(?:limit|ban|cap|curb|require|"
        r"force|restrict|hit|tax|cut|raise|prohibit|tighten)|windfall tax|(?:rule|regulatory) change",
        "negative",
        0.5,
        needs=(
            r"\b(?:<regulator>|government|parliament|lawmakers|beijing|china|european|eu|ministry|"
            r"congress|sector|industry|administration|white house|states?|banks|companies|firms|platforms|"
            r"lenders|makers|medicare|trump|officials|court|insurers|developers)\b"
        ),
        veto=(
            r"\b(?:accounting (?:rule|standard)|tariffs?|export (?:control|curb|ban)\w*|new product|"
            r"shareholder proposal|shutdown|protesters|merger|takeover|acquisition|eas(?:e|es|ed|ing)|relax\w*|loosen\w*|"
            r"roll(?:s|ed|ing)? back|repeal\w*|scrap\w*|scal\w+ back|law firm|sanctions?|tax law benefit|"
            r"bill gates|bill ackman|dollar bill|ruled)\b"
        ),
    ),
    pattern(
        "regulatory_rule_change",
        "rule|regulation|requirement|curbs|restrictions",
        r"(?:eas(?:e|es|ed|ing)|relax(?:es|ed|ing)?|loosen(?:s|ed|ing)?|roll(?:s|ed|ing)? back|"
        r"repeal(?:s|ed)?|scrap(?:s|ped)?|scal\w+ back|soften\w*|lift(?:s|ed|ing)?|water\w* down|"
        r"delay(?:s|ed)?)<g60>(?:rules?|regulations?|requirements?|curbs|restrictions|price caps?)",
        "positive",
        0.5,
        needs=(
            r"\b(?:<regulator>|government|parliament|lawmakers|beijing|china|european|eu|ministry|"
            r"congress|sector|industry|administration|white house|officials)\b"
        ),
        veto=(
            r"\b(?:tariffs?|export (?:control|curb|ban|restriction)\w*|sanctions?|covid|lockdown|"
            r"travel restrictions)\b"
        ),
    ),
    pattern(
        "restatement",
        "restat",
        r"restat(?:e|es|ed|ing|ement|ements)(?:<g60>)(?:results|accounts|earnings|financial\w*|"
        r"statements|figures|profits?|revenue|years?|quarters?|20\d\d)|(?:financial|earnings|"
        r"accounting|accounts?|revenue) restatements?|(?:financial statements|results|accounts|"
        r"audit)(?:<g60>)(?:no longer be relied|should not be relied|be restated|restated)|"
        r"no longer be relied (?:up)?on",
        "negative",
        0.75,
    ),
    pattern(
        "accounting_irregularity",
        "accounting|auditor|books|irregular|audit|misstat|material weakness|overstat|inflated|"
        "delayed filing|annual report|10-k",
        r"accounting (?:<g10>)(?:irregularit\w+|problems?|issues?|errors?|scandal|probe|practices|"
        r"questions|discrepanc\w+|concerns|fraud|review|misconduct|improprieties|investigation|"
        r"mistake)|auditors?(?:<g60>)(?:resign\w*|quit\w*|refus\w*|declin\w*|doubt\w*|flag\w*|"
        r"concern\w*|unable|walk\w* away|step\w* down|warn\w*|rais\w*)|(?:resignation|departure|"
        r"exit) of (?:its |the )?auditor|irregularit(?:y|ies)|material weakness\w*|misstate(?:d|"
        r"ment)s?|(?:overstat|inflat)(?:ed|ing|ement of) (?:<g>)(?:profit|revenue|sales|earnings|"
        r"income|assets|results)|delay(?:s|ed|ing)? (?:<g>)(?:annual report|10-k|filing|"
        r"quarterly report|results)(?:<g60>)(?:account\w*|audit\w*|review|control\w*|internal)|"
        r"cook\w* the books|internal controls?(?:<g>)(?:weakness\w*|failure\w*|review)",
        "negative",
        0.75,
        veto=(
            r"\b(?:accounting firm (?:said|survey)|election|voting irregularit\w+|accounting rule change|"
            r"heart|rhythm)\b"
        ),
    ),
    pattern(
        "executive_arrest",
        "arrest|charged|indict|detain|custody|handcuff|convict|sentenc|extradit|jail|guilty",
        r"<ceo><g60>(?:arrest\w*|detain\w*|in custody|indict\w*|(?:was |been |were |is |"
        r"criminally )(?:<g10>)charged|convict\w*|sentenc\w*|jailed|extradit\w*|found guilty|"
        r"taken into custody|pleads? guilty|pleaded guilty)|(?:arrest\w*|detain\w*|indict\w*|"
        r"charge[sd]|convict\w*|sentence[sd]|jail\w*)(?:<g60>)<ceo>|(?:arrest|detention|"
        r"indictment) of (?:<g60>)<ceo>|executives?(?:<g>)(?:arrested|charged|indicted|detained|"
        r"jailed)",
        "negative",
        0.75,
        veto=(
            r"\b(?:charged with (?:leading|running|overseeing|finding|turning)|who (?:is|"
            r"was) charged with (?:leading|turning)|took a charge|impairment|restructuring charge|"
            r"cardiac arrest|charge of|in charge|police chief|fee)\b"
        ),
    ),
    pattern(
        "fraud_allegation",
        "fraud|ponzi|embezzl|misled|mislead|decei|brib|sham|fabricat|fake|scheme|launder|corruption|"
        "insider trading|whistleblow|false",
        r"(?:alleg\w+|accus\w+|charg\w+|claim\w*|suspected|commit\w*|securities|massive|accounting|"
        r"wire|bank|bribery|tax|loan|investment)(?:<g60>)(?:fraud\w*|"
        r"ponzi scheme|embezzl\w+|mislead\w*|misled|decei\w+|brib\w+|money laundering|(?<!-)fabricat\w+|"
        r"sham|falsif\w+|faked?|insider trading|corruption)|fraud(?:<g60>)(?:charges|allegations?|"
        r"case|scheme|accus\w+|probe|claims)|whistle-?blower(?:<g60>)(?:alleg\w+|claim\w*|accus\w+|"
        r"complaint)|defraud\w*",
        "negative",
        0.7,
        veto=(
            r"\b(?:fraud (?:detection|prevention|protection)|anti-?fraud|fight\w* fraud|fraud losses|"
            r"card fraud|no evidence of fraud|election fraud|voter fraud|fake (?:news|accounts?|profiles?|reviews?|posts?|pages)|computer fraud|fake id|"
            r"combat\w* (?:<g10>)fraud|denied|denies|identity fraud|prevent\w* fraud|scam\w*|drug shams?|"
            r"den(?:y|ying))\b"
        ),
    ),
    pattern(
        "short_seller_report",
        "short seller|short-seller|shortseller|short report|muddy waters|hindenburg|citron|viceroy|"
        "gotham city|spruce point|short bet|short position|kerrisdale|fuzzy panda|culper|wolfpack|"
        "grizzly|blue orca|iceberg research|scorpion|j capital|bonitas",
        r"short[- ]?sellers?(?:<g60>)(?:report|alleg\w+|accus\w+|publish\w*|claim\w*|said|says|"
        r"target\w*|attack\w*|question\w*|disclos\w*|bet|position|critical|took aim|takes aim|call\w*|"
        r"releas\w*|short)|(?:report|allegations?|accus\w+|attack|claims|published|targeted|"
        r"criticism)(?:<g>)short[- ]?sellers?|(?:muddy waters|hindenburg(?: research)?|"
        r"citron(?: research)?|viceroy(?: research)?|gotham city(?: research)?|spruce point|"
        r"kerrisdale|fuzzy panda|culper|wolfpack research|grizzly research|blue orca|iceberg research|"
        r"scorpion capital|j capital|bonitas)|short report|disclos\w+ (?:a )?short position",
        "negative",
        0.7,
        who=Who.OBJECT,
        veto=r"\b(?:hindenburg omen|short[- ]sellers? (?:lost|covered|squeezed|are losing|have lost)|short squeeze)\b",
    ),
    pattern(
        "denial_clarification",
        "deni|deny|dismiss|refut|reject|no plans|not in talks|clarif|untrue|false|baseless|"
        "inaccura|hit back|hits back|no approach|not made|not bidding|no talks|no such|no intention|not considering|ruled out|rules out|inaccurate|no truth|without merit|meritless|"
        "rebut|misleading|unfounded|no basis|not true",
        r"(?:denie[sd]|deny|denying|refut(?:es|ed|ing)|dismiss(?:es|ed|ing)|reject(?:s|ed|ing)|"
        r"rebut(?:s|ted)?|disput(?:es|ed)|push(?:es|ed) back (?:on|against))(?:<g>)(?:report|reports|"
        r"rumou?rs?|speculation|allegations?|claims?|accusations?|media|that|any (?:talks|plan)|"
        r"wrongdoing|it (?:is|was|had|has)|being|talks|planning|having|plans|the story|considering|"
        r"the accusation)|(?:no plans?|no intention|not (?:currently |"
        r"presently )?(?:in (?:any )?(?:talks|discussions|negotiations)|considering|planning)|"
        r"rul(?:es|ed) out|no (?:truth|basis|discussions|talks))(?:<g60>)(?:sell\w*|sale|merg\w+|buy|"
        r"acqui\w+|takeover|deal|rais\w+|split|list\w*|ipo|rumou?r|offer\w*|report|layoff\w*|cut|"
        r"raise|issue|delist\w*|bid\w*|equity|capital|talks|with|claims?|allegation\w*|combin\w+|tie-up)|no (?:truth|basis)"
        r" (?:to|in|for)|hits? back (?:at|against|within)|not (?:bidding|making an offer|made an approach)|no such talks|"
        r"(?:littered|riddled|filled) with (?:inaccuracies|errors|falsehoods)|(?:report|reports|rumou?rs?|allegations?|"
        r"claims?|speculation|story)(?:<g60>)(?:untrue|false|inaccurate|baseless|unfounded|"
        r"without merit|misleading|not true|incorrect|groundless|no basis)|clarif(?:ies|ied|"
        r"ication)(?:<g>)",
        "neutral",
        0.45,
        modality=Modality.ACTUAL,
        veto=(
            r"\b(?:judge|court|fda|regulators? (?:reject|den)\w*|den(?:y|ied|ies) (?:<g10>)(?:approval|"
            r"request|motion|bid|permit|license)|declined to comment|union|workers|"
            r"shareholders? reject\w*)\b"
        ),
    ),
)
