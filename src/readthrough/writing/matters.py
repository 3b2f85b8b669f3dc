"""What a page is about beyond its events: a trial and not a medicine on sale, a freeze and not a cut, a plant that stands.

The same event is another story where the medicine is not sold yet, the cause of a recall is named, or a purchase says
how it is paid for. Each such matter is a tension that playbooks may ask for or rule out, and a lens may have words for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Sentence

__all__ = ["MATTERS", "WAKING", "matters_of"]

_HEAD: Final = 2  # sentences of the body that still say what the page is about
_REPORTS: Final = frozenset({"earnings_result", "earnings_beat", "earnings_miss"})
_DECIDED: Final = frozenset(
    {"regulatory_rejection", "regulatory_approval", "regulatory_clearance", "product_recall"}
)
_BANKS: Final = r"(?:lender|bank|loans?|credit)"
_GAP: Final = re.compile(r"<(\d+)>")


def _shown(words: str) -> re.Pattern[str]:
    """Compile the words of a matter; `<60>` stands for up to sixty characters within a sentence."""
    return lazily(_GAP.sub(r"(?:[^.;]|\\.(?=\\d)){0,\1}", words))


@dataclass(frozen=True, slots=True)
class _Matter:
    """One matter: a sign that its text cannot lack, the words that show it, and those that show another."""

    name: str
    signs: tuple[str, ...]
    shows: re.Pattern[str]
    refutes: re.Pattern[str] | None = None
    whole: bool = False  # it may be told anywhere, not only where the page says what it is about
    events: frozenset[str] = frozenset()  # one of them has to be read off the page
    without: frozenset[str] = frozenset()  # and none of these
    beside: frozenset[str] = frozenset()  # matters told before it, one of which it belongs to


_MATTERS: Final = (
    _Matter(
        "in_trial",
        ("stage", "phase", "trial", "experimental", "pivotal"),
        _shown(
            r"\b(?:early|mid|middle|late|final)-stage (?:\w+ )?(?:trial|study|data|test)|\bphase (?:1|2|3|i{1,3}|one|two|three)[ab]?\b|"
            r"\bclinical (?:trial|study)|\bpivotal (?:trial|study)|\bexperimental (?:[\w-]+ ){0,3}(?:drug|pill|shot|injection|vaccine|treatment|therapy|medicine)\b"
        ),
        _shown(
            r"\b(?:fda|regulators?|agency|ema|commission|mhra|health canada) (?:on \w+ )?(?:has |have |had )?(?:approv|clear|reject|declin|turn)\w*|"
            r"\b(?:wins?|won|gets?|receiv\w+) (?:\w+ ){0,2}approval|\balready (?:sold|approved|on sale)"
        ),
        without=_REPORTS | _DECIDED,
    ),
    _Matter(
        "output_frozen",
        ("freez", "froz", "paus", "unchanged", "steady", "hold", "roll", "maintain"),
        _shown(
            r"\b(?:freez\w+|froze\w*|paus\w+|maintain\w*|hold(?:s|ing)?|keep(?:s|ing)?|leav(?:e|es|ing)|left|roll(?:s|ed|ing)? over)\b<50>"
            r"\b(?:output|production|quotas?|supply|pumping)\b|\b(?:output|production|quotas?)\b<40>\b(?:unchanged|on hold|steady|frozen|freeze)\b"
        ),
        _shown(r"\b(?:agree[sd]?|decid\w+|will|to) (?:to )?(?:cut|slash|reduce|curb) (?:\w+ ){0,3}(?:output|production|supply)"),
    ),
    _Matter(
        "path_kept",  # a print that left the expected rates where they were, or lower
        ("bets", "yields", "priced", "pricing"),
        _shown(
            r"\b(?:held|stuck|kept|clung|added|stood|maintained)\b[^.;]{0,24}\bbets\b[^.;]{0,60}\b(?:cuts?|easing|lower)\b|"
            r"\b(?:treasury |bond |two-year |10-year |short-term )?yields? (?:fell|slipped|eased|dropped|declined|edged (?:down|lower)|were lower)\b|"
            r"\b(?:still|continue[sd]? to|fully) pric\w+\b[^.;]{0,50}\bcuts?\b"
        ),
        _shown(r"\byields? (?:rose|jumped|climbed|surged|spiked)\b|\b(?:pared|trimmed|cut|scrapped|dialled back)\b[^.;]{0,20}\bbets\b"),
        whole=True,
        events=frozenset({"macro_data_release"}),
    ),
    _Matter(
        "hiring_frozen",
        ("hiring", "recruit", "headcount"),
        _shown(
            r"\b(?:hiring|recruitment|headcount) (?:freeze|pause)|\b(?:freez\w+|froze|paus\w+|halt\w*|stop\w*|suspend\w*) (?:[\w-]+ ){0,3}(?:hiring|recruit\w+|headcount)\b"
        ),
    ),
    _Matter(
        "prices_frozen",
        ("freez", "froz", "hold", "unchanged"),
        _shown(
            r"\b(?:price|fare|rent|tariff|bill|fee)s? (?:freeze|cap)\b|\b(?:freez\w+|froze) (?:[\w-]+ ){0,4}(?:prices|fares|fees|rents|bills|tariffs)\b|"
            r"\bhold(?:s|ing)? (?:[\w-]+ ){0,3}(?:prices|fares) (?:steady|flat|unchanged|until|through)"
        ),
        _shown(r"\bwage freeze"),
    ),
    _Matter(
        "funding_told",
        ("cash", "debt", "bond", "loan", "notes", "equity", "facilit"),
        _shown(
            r"\b(?:pay|pays|paid|financ\w+|fund|funds|funded|funding)\b(?: \w+){0,5} (?:with|from|by|through|using|in|via|out of) [^;]{0,70}?"
            r"\b(?:cash|debt|bonds?|loans?|shares|notes|equity|stock|facilit\w+)\b|\ball-(?:cash|stock|share)\b|\d (?:[a-z]+ ){1,3}in cash\b|\bcash[- ]and[- ](?:stock|shares?)\b|"
            r"\b(?:cash|debt|bonds?|loans?|shares|notes|equity)<50>\b(?:will|would|to) (?:fund|finance|pay for)\b"
        ),
        whole=True,
        events=frozenset({"ma_announced"}),
    ),
    _Matter(
        "savings_told",
        ("saving", "synerg"),
        _shown(r"\b(?:savings|synergies)\b[^;]{0,60}\d|\d[^;]{0,40}\b(?:savings|synergies)\b"),
        whole=True,
        events=frozenset({"ma_announced"}),
    ),
    _Matter(
        "sales_stopped",
        ("sales", "sell", "deliver", "shipment", "stop-sale"),
        _shown(
            r"\b(?:stop\w*|halt\w*|suspend\w*|paus\w+|told dealers not to)\b (?:[\w-]+ ){0,4}(?:sales?|sell\w*|deliver\w+|shipments?)\b|\bstop-sale\b|"
            r"\b(?:sales|deliveries|shipments) (?:of <40>)?(?:are|were|have been|has been|is|was)? ?(?:halted|stopped|suspended|paused)"
        ),
        whole=True,
        events=frozenset({"product_recall", "product_withdrawal"}),
    ),
    _Matter(
        "defect_told",
        ("because", "due to", "caused", "after", "over", "faulty", "defect", "that", "which", "can ", "could", "may "),
        _shown(
            r"\b(?:because|due to|caused by|blamed on|traced to|after|over|as) (?:[^.;]|\.(?=\d)){2,110}?\b(?:leak\w*|fail\w*|crack\w*|fault\w*|defect\w*|stick\w*|overheat\w*|"
            r"contaminat\w*|fire|short[- ]circuit\w*|listeria|salmonella|e\. ?coli|loosen\w*|detach\w*|break\w*|corro\w+|seep\w*|melt\w*|jam\w*|rupture\w*|stall\w*|software|"
            r"weld\w*|bolt\w*|valve|seal|wiring|undeclared|fragments|metal|glass|plastic)\b|"
            r"\b(?:faulty|defective|leaking|cracked|contaminated|loose) [a-z]+|"
            r"\b(?:seals?|valves?|bolts?|pumps?|cells?|welds?|hoses?|cables?|sensors?|brakes?) (?:that |which )?(?:can|could|may|might) [a-z]+"
        ),
        whole=True,
        events=frozenset({"product_recall", "product_withdrawal"}),
    ),
    _Matter(
        "work_stopped",
        ("production", "plant", "factor", "lines", "output", "operations", "brewer", "assembly", "shipments"),
        _shown(
            r"\b(?:halt|stop|shut|idl|suspend|paralys|paralyz|clos|crippl)\w* (?:[\w'’-]+ ){0,5}(?:production|plants?|factor(?:y|ies)|lines?|output|assembly|brewer(?:y|ies)|shipments)\b|"
            r"\b(?:production|plants?|factories|lines|assembly|brewer(?:y|ies))\b(?: [\w'’-]+){0,6} (?:halted|stopped|idle|idled|down|suspended|shut|standstill)\b"
        ),
        events=frozenset({"cyber_breach"}),
    ),
    _Matter(
        "no_data_taken",
        ("data", "records"),
        _shown(r"\bno (?:[\w-]+ ){0,3}(?:data|records)\b[^.]{0,40}|\bno (?:evidence|sign|indication)\b[^.]{0,50}\b(?:data|records)\b"),
        whole=True,
        events=frozenset({"cyber_breach"}),
    ),
    _Matter("convertible", ("convertible",), _shown(r"\bconvertible (?:\w+ ){0,3}(?:notes?|bonds?|debt|securities|offering)\b|\bconvertibles\b")),
    _Matter(
        "refinances",
        ("notes", "debt", "bonds", "loan", "borrowing", "convertible", "maturit"),
        _shown(
            r"\b(?:repay|repays|refinanc\w+|retir(?:e|es|ing)|redeem\w*|repurchas\w+|buy(?:s|ing)? back|pay(?:s|ing)? (?:off|down)|replac(?:e|es|ing))\b (?:[\w.$%-]+ ){0,7}?"
            r"(?:notes|debt|bonds|loans?|borrowings?|convertibles?|maturities)\b"
        ),
        whole=True,
    ),
    _Matter(
        "payout_swapped",
        ("back", "buyback", "repurchas", "invest"),
        _shown(
            r"\bbuy(?:s|ing)? back (?!(?:\w+ ){0,3}(?:notes|bonds|debt))|\bbuybacks?\b|\brepurchas\w+ (?:of )?(?:[\w.$-]+ ){0,4}shares\b"
        ),
        _shown(r"\b(?:suspend|halt|stop|scrap|cancel|end|paus)\w*\b (?:[\w-]+ ){0,4}(?:buyback|repurchase)|\bno (?:share )?buyback"),
        events=frozenset({"dividend_cut_or_suspension"}),
    ),
    _Matter(
        "bonds_bought",
        ("bond", "debt", "fund", "securities", "treasur"),
        _shown(
            r"\b(?:foreign\w*|overseas|global|offshore|investors?|funds?)\b<50>\b(?:pour\w*|bought|buy|buying|bond-buying|pil(?:e|ed|ing) into|snap\w* up|scoop\w* up|add(?:ed|ing))\b<60>"
            r"\b(?:bonds?|debt|securities|treasur(?:y|ies)|notes)\b|"
            r"\b(?:bonds?|debt|securities)(?: \w+)? (?:funds? )?(?:inflows?|drew|draws?|took in|attract\w*|pull(?:s|ed) in)\b|\binflows? (?:in)?to (?:[\w-]+ ){0,3}(?:bonds?|debt)\b"
        ),
        _shown(
            r"\b(?:bond|debt|bonds) (?:fund )?(?:outflows?|sell-?off|rout|slump)|\bcentral bank (?:bought|buys|is buying)|\bto buy(?:ing)? back\b|"
            r"\b(?:sold|sell|sells|dump\w*|pull(?:ed|s|ing)? (?:money )?(?:from|out of)) (?:[\w-]+ ){0,3}(?:bonds|debt)"
        ),
        without=frozenset({"market_wide_move", "ma_announced", "central_bank"}),
    ),
    _Matter(
        "gold_bought",
        ("gold",),
        _shown(
            r"\b(?:central banks?|china|pboc|poland|turkey|india|reserves?)\b<60>\b(?:bought|buys?|buying|add(?:s|ed|ing)?|scoop\w*|purchas\w+|rais\w+|increas\w+|expand\w*|boost\w*)\b<50>\bgold\b|"
            r"\bgold (?:reserves|purchases|buying|holdings)\b|\bgold for (?:its )?reserves\b"
        ),
        _shown(r"\b(?:sold|sells?|selling) (?:[\w-]+ ){0,3}gold\b"),
        without=frozenset({"earnings_result", "ma_announced"}),
    ),
    _Matter(
        "soft_loans",
        ("provision", "set aside", "sets aside", "loan loss", "credit loss", "bad loan", "charge-off"),
        _shown(
            rf"\bprovisions?\b<60>\b{_BANKS}|\b{_BANKS}<40>\bprovisions?\b|\bsets? aside\b|\b(?:loan|credit) loss(?:es)?\b|\bbad (?:[a-z-]+ )?loans?\b|\bcharge-offs?\b"
        ),
        _shown(r"\bprovisions? (?:fell|drop\w*|declin\w+|eas\w+|shr\w+|halved)|\breleas\w+ (?:[\w-]+ ){0,3}provisions?|\blower provisions?"),
        events=frozenset({"earnings_result", "credit_quality_deterioration", "guidance_change"}),
    ),
    _Matter(
        "taken_by_state",
        ("seiz", "national", "expropriat", "administrator", "revok", "takes control", "took control", "strip"),
        _shown(
            r"\b(?:seiz\w+|nationali[sz]\w+|expropriat\w+|confiscat\w+|(?:takes?|took) (?:over|control of)|revok\w+|strip\w+)\b<70>\b(?:mines?|gold|copper|lithium|uranium|deposits?|oil ?fields?|"
            r"fields?|refiner(?:y|ies)|licen[cs]es?|permits?|concessions?|assets?|complex|plants?)\b|\bstate administrator\b"
        ),
        _shown(r"\bdrug|\bcocaine|\bcrypto\w*|\bbitcoin"),
    ),
    _Matter(
        "costs_told",
        ("tariff", "wage", "cost", "dut", "investment", "freight", "currency"),
        _shown(
            r"\b(?:outlook|forecast|guidance|range|target|view)\b<80>\b(?:includ\w+|reflect\w*|allow\w*|assum\w+|account\w*|factor\w*|cover\w*)\b<80>"
            r"\b(?:tariffs?|wages?|costs?|duties|investments?|prices?|freight|currenc\w+|hedg\w+)\b|"
            r"\b(?:tariffs?|wages?|duties|price cuts?|price investments?|freight|currenc\w+|hedg\w+)\b<70>\b(?:would|will|to) (?:cost|weigh|take|cut|reduce|hurt|press|drag)\b|"
            r"\bburden (?:of|from)\b<50>\btariffs?|\b\d+(?:\.\d+)?% (?:of \w+ )?hedged\b|\bhedged\b<40>\d+%|\btariffs? (?:burden|costs?|bill)\b"
        ),
        whole=True,
        events=frozenset({"guidance_change", "guidance_cut"}),
    ),
    _Matter(
        "dropouts",
        ("stopped", "quit", "discontinu", "dropped out", "dropping out", "drop out"),
        _shown(
            r"\b(?:stopped|quit|discontinu\w+|dropp(?:ed|ing) out|drop out)\b<80>\b(?:side effects?|adverse|vomiting|nausea|trial|study|treatment|drug|pill|tolerab\w*)|"
            r"\b(?:side effects?|adverse|treatment|trial|study|drug|pill)\b<60>\b(?:stopped|quit|discontinu\w+|dropp(?:ed|ing) out)"
        ),
        beside=frozenset({"in_trial"}), whole=True,
        without=_REPORTS | _DECIDED,
    ),
    _Matter(
        "hedged_buying",
        ("hedg",),
        _shown(r"\bhedg(?:ing|es?|ed)\b<60>\b(?:cost|costs|cheap\w*|fell|drop\w*|declin\w*|lower|less)|\b(?:cost|cheap\w*|lower)\b<30>\bhedg(?:ing|es?)"),
        without=frozenset({"earnings_result", "guidance_change"}),
    ),
    _Matter(
        "turned_up",
        ("claw", "recover", "revers", "eras", "rebound", "pared", "paring", "early", "earlier", "snap"),
        _shown(
            r"\b(?:claw\w*|recover\w*|revers\w+|eras\w+|rebound\w*|par(?:ed|ing)|shook off|bounc\w+)\b[^.]{0,60}\b(?:back|loss(?:es)?|slide|drop|plunge|early|earlier|falls?|close[ds]? (?:up|higher)|end(?:ed|s)? (?:up|higher))|"
            r"\bdown (?:more than |as much as |nearly )?[^;]{0,60}\bbefore\b[^;]{0,80}\b(?:clos|end|finish|settl)\w* (?:\w+ ){0,3}(?:up|higher)"
        ),
        _shown(r"\b(?:clos|end|finish|settl)\w* (?:\w+ ){0,3}(?:down|lower)\b|\beras\w+ (?:\w+ ){0,2}gains|\brevers\w+ (?:\w+ ){0,2}gains"),
        events=frozenset({"market_wide_move"}),
    ),
    _Matter(
        "funding_scare",
        ("record low", "reserves", "imf", "rollover", "default", "devalu", "bailout", "deposit"),
        _shown(
            r"\b(?:record|all-time) lows?\b|\b(?:imf|bailout|devalu\w+|default|rollover|rolled over)\b|\b(?:foreign(?:-exchange| currency)?|dollar) reserves\b<40>\b(?:fell|drop\w*|low\w*|dwindl\w*|shr\w+)"
        ),
        _shown(r"\b(?:rose|rises|climb\w*|gain\w*|strengthen\w*|jump\w*|rall\w+) (?:[\w.%-]+ ){0,5}(?:against the dollar|to the dollar|per dollar)"),
        events=frozenset({"fx_move"}),
    ),
    _Matter(
        "borrows",
        ("bond", "notes", "sukuk", "debt sale", "debt offering"),
        _shown(
            r"\b(?:hir\w+|mandat\w+|pick\w*|taps?|tapped|add\w*|nam(?:ed|es))\b<70>\b(?:bonds?|notes|sukuk|debt) ?(?:sale|offering|issue)?\b|"
            r"\b(?:bond|sukuk|note|debt) (?:sale|offering|issue|deal|issuance|debut)\b|\b(?:sells?|sold|issu\w+|rais\w+|pric(?:ed|es)|market\w*)\b<50>\b(?:bonds|notes|sukuk|dollar bond|euro bond|debut bond)\b"
        ),
        _shown(r"\bconvertible|\b(?:treasury|government|sovereign|state) (?:bonds?|notes)\b|\bbond (?:rout|sell-?off|yields?|market|funds?|investors?|prices?)\b|\b(?:default|bankrupt|missed (?:a |an )?(?:coupon|payment))"),
        without=frozenset({"share_offering", "bankruptcy_or_insolvency", "earnings_result", "liquidity_or_default_risk", "credit_rating_change", "market_wide_move", "fx_move", "central_bank"}),
    ),
    _Matter("first_bond", ("first", "debut", "inaugural"), _shown(r"\b(?:first|debut|inaugural)(?:-ever)? (?:[\w-]+ ){0,3}(?:bond|notes|sukuk|issue|debt sale|bond sale)\b|\bbooks\b<40>\bfirst time\b|\bfirst time\b<40>\b(?:books|accounts|bond)\b"), beside=frozenset({"borrows"}), whole=True, without=frozenset({"earnings_result"})),
    _Matter(
        "locked_out",
        ("lock",),
        _shown(r"\block(?:s|ed|ing)? out (?:[\w,.-]+ ){0,5}(?:workers|employees|staff|members|engineers|conductors|teachers|drivers)\b|\block-?out of\b|\block-?out\b<60>\b(?:workers|union|railways?|ports?)"),
    ),
    _Matter(
        "not_about_pay",
        ("rest", "schedul", "relocat", "safety", "fatigue", "automat", "staffing", "remote", "outsourc", "hours", "shift"),
        _shown(
            r"\b(?:over|about|on|against|dispute|demand\w*|centres|centers|sticking points?|issues?)\b<50>\b(?:rest (?:rules|periods|time)|rest\b|scheduling|schedules|relocation|safety|fatigue|automation|staffing|"
            r"remote work|outsourcing|hours|shifts?)\b"
        ),
        _shown(r"\b(?:wage|pay) (?:rise|increase|hike|offer|demand|talks|deal|dispute)s?\b|\bhigher (?:wages|pay)\b|\bover (?:wages|pay)\b"),
        whole=True,
        events=frozenset({"labor_strike"}),
    ),
    _Matter(
        "part_told",
        ("made by", "supplied by", "supplier", "built by", "manufactured by", "produced by"),
        _shown(r"\b(?:made|supplied|built|manufactured|produced) by\b|\bsuppliers? [a-z]|\b(?:its|the|a) supplier\b"),
        whole=True,
        events=frozenset({"product_recall"}),
    ),
    _Matter(
        "outlook_kept",
        ("kept", "keep", "maintain", "reaffirm", "reiterat", "confirm", "stuck", "left", "unchanged"),
        _shown(
            r"\b(?:kept|keeps|maintain\w*|reaffirm\w*|reiterat\w*|confirm\w*|stuck (?:to|with)|left)\b<50>\b(?:guidance|forecast|outlook|range|targets?|view)\b|"
            r"\b(?:guidance|forecast|outlook)\b<30>\bunchanged\b"
        ),
        _shown(
            r"\b(?:cut|cuts|cutting|lower(?:s|ed|ing)|reduc(?:es|ed|ing)|trim(?:s|med|ming)|slash(?:es|ed|ing)|withdr[ae]w\w*)\b (?:its |the |their )?(?:[\w-]+ ){0,5}(?:guidance|forecast|outlook|target|view)\b"
        ),
        whole=True,
        events=frozenset({"guidance_cut"}),
    ),
    _Matter(
        "outlook_short",
        ("forecast", "outlook", "guid", "expects", "sees"),
        _shown(
            r"\b(?:forecasts?|outlook|guid\w+|expects?|sees)\b<140>\b(?:compar\w+ (?:with|to) (?:[\w$.%-]+ ){0,4}?(?:estimates?|expectations|consensus)|below|short of|shy of|under|miss\w*|disappoint\w*|"
            r"(?:estimates?|expectations|consensus|analysts))"
        ),
        _shown(
            r"\b(?:cut|cuts|cutting|lower(?:s|ed|ing)?|reduc(?:es|ed|ing)|trim(?:s|med|ming)?|slash(?:es|ed|ing)?|withdr[ae]w\w*|warn\w*|downgrad\w+)\b (?:its |the |their |on |of )?(?:[\w-]+ ){0,6}(?:guidance|forecasts?|outlook|(?<!price )targets?|view|profit|sales|revenue|earnings)\b|"
            r"\b(?:from|previous(?:ly)?|earlier|prior|down from|old|had (?:forecast|guided|expected))\b<40>\b(?:forecast|guidance|outlook|target|range|view)\b|\bprofit warning"
        ),
        whole=True,
        events=frozenset({"guidance_cut"}),
    ),
    _Matter(
        "finance_chief",
        ("finance", "financial", "cfo"),
        _shown(r"\b(?:finance (?:chief|director|head)|chief financial officer|cfo)\b"),
        _shown(r"\bchief executive(?: officer)?\b<60>\b(?:leav|step|resign|depart|quit|replac|oust|retir)\w*|\bceo (?:and|to|steps?|resign\w*|leav\w*|depart\w*|out)\b"),
        events=frozenset({"management_change"}),
    ),
    _Matter(
        "outlook_stands",
        ("confirm", "reaffirm", "reiterat", "stands", "maintain", "kept", "backs", "backed"),
        _shown(r"\b(?:confirm\w*|reaffirm\w*|reiterat\w*|maintain\w*|kept|back(?:s|ed))\b<50>\b(?:guidance|forecasts?|outlook|range|targets?)\b|\b(?:guidance|forecast|outlook)\b<20>\b(?:stands?|unchanged)\b"),
        whole=True,
        events=frozenset({"management_change"}),
    ),
    _Matter(
        "clinical",
        ("stage", "phase", "trial", "study", "patients"),
        _shown(
            r"\b(?:early|mid|middle|late|final)-stage\b|\bphase (?:1|2|3|i{1,3}|one|two|three)[ab]?\b|\bclinical (?:trial|study)|\b(?:trial|study)\b<60>\bpatients\b|"
            r"\bpatients\b<60>\b(?:trial|study)\b"
        ),
    ),
    _Matter(
        "trial_failed",
        ("fail", "did not", "miss", "fell short"),
        _shown(
            r"\b(?:drug|pill|shot|injection|vaccine|treatment|therapy|medicine|trial|study|[a-z]+(?:mab|nib|tide|xa|fy|vy))\b<60>\b(?:fail(?:s|ed)? (?:to|in)|did not (?:meet|reduce|improve|slow|help)|"
            r"miss(?:es|ed) (?:its|the) (?:main|primary|key))|\bfail(?:s|ed|ure)?\b<30>\b(?:late|mid|early)-stage"
        ),
        _shown(r"\bfailed to (?:win|gain|get) approval|\bcomplete response"),
        without=_REPORTS | _DECIDED,
    ),
    _Matter(
        "opens_sites",
        ("open", "build"),
        _shown(
            r"\b(?:open|opens|opening|add|adds|build|builds|building)\b (?:or remodel )?(?:about |up to |more than |at least )?(?:another )?\d[\d,]* (?:[\w-]+ ){0,2}(?:stores?|shops|restaurants|branches|hotels|clubs|supermarkets|cafes|outlets|warehouses)\b"
        ),
    ),
    _Matter(
        "exit_at_loss",
        ("exit", "sell", "sale", "leav", "quit", "divest"),
        _shown(
            r"\b(?:exit|sell|sells|sold|sale of|leav\w+|quit|divest\w*)\b<120>\b(?:loss of|at a loss|take a loss|book\w* a (?:[\w.€$£]+ ){0,3}loss|write-?off|write-?down|charge of)|"
            r"\b(?:exit|sell|leave|quit)\b<60>\b(?:book|take|record)s? [\w.€$£]+ (?:\w+ ){0,3}(?:loss|charge)"
        ),
        events=frozenset({"ma_announced", "ma_completed", "ma_rumour_or_nonbinding"}),
    ),
    _Matter(
        "price_settlement",
        ("fee", "price", "rate", "commission", "premium"),
        _shown(
            r"\b(?:cut|lower|reduce|cap|limit)\w* (?:[\w-]+ ){0,4}?(?:fees|prices|rates|commissions|premiums)\b"
        ),
        _shown(r"\binterest rates\b"),
        events=frozenset({"settlement_or_fine"}),
    ),
    _Matter(
        "limits_eased",
        ("eas", "lift", "relax", "let", "allow", "permit", "clear"),
        _shown(
            r"\b(?:curbs?|restrictions?|ban|limits?|controls?|rules)\b<30>\b(?:eased|lifted|relaxed|loosened|scrapped)\b|\b(?:eas|relax|loosen|lift|scrap)\w*\b (?:[\w-]+ ){0,4}(?:curbs?|restrictions?|ban|limits|controls)\b|"
            r"\b(?:lets?|allow\w*|permit\w*|clear\w*)\b (?:[\w.-]+ ){0,4}?(?:to )?(?:sell|export|ship|resume)\w*\b<60>\b(?:china|russia|iran|venezuela|abroad)\b"
        ),
        _shown(r"\b(?:covid|travel|lockdown|credit|lending|mortgage|property)\b"),
        without=_REPORTS,
    ),
    _Matter(
        "passage_narrowed",
        ("canal", "strait", "red sea", "suez", "hormuz", "rhine", "mississippi", "bosphorus", "cape"),
        _shown(
            r"\b(?:canal|strait|red sea|suez|hormuz|rhine|mississippi|bosphorus)\b<90>\b(?:cut\w*|clos\w+|shut|attack\w*|block\w*|low water|drought|restrict\w*|fewer|avoid\w*|divert\w*|rerout\w*|halt\w*|limit\w*|slots?)\b|"
            r"\b(?:cut\w*|clos\w+|attack\w*|block\w*|low water|drought|avoid\w*|divert\w*|rerout\w*)\b<60>\b(?:canal|strait|red sea|suez|hormuz|rhine|mississippi|bosphorus)\b"
        ),
        _shown(r"\b(?:reopen\w*|resum\w+|return(?:s|ed|ing)? to (?:the )?(?:red sea|suez)|ceasefire)\b"),
        without=_REPORTS,
    ),
    _Matter(
        "lead_times",
        ("weeks", "months", "lead time", "delivery time", "waiting"),
        _shown(
            r"\b(?:deliver\w+|lead times?|waits?|waiting)\b<50>\b(?:\d+|[a-z]+) (?:weeks|months|years)\b(?:<40>\b(?:against|up from|from|compared with|longer)\b)|\b(?:lead|delivery|waiting) times? (?:have )?(?:lengthen\w*|doubled|stretch\w*|grew|rose)"
        ),
        without=frozenset({"product_recall"}),
    ),
    _Matter(
        "short_strike",
        ("day", "hour"),
        _shown(r"\b(?:one|two|three|four|five|\d)-day (?:\w+ ){0,2}(?:strike|walkout|stoppage)|\b\d\d-hour (?:strike|walkout|stoppage)|\bstrike (?:on|for) (?:\w+ ){0,3}(?:one|two|three) days?\b"),
        events=frozenset({"labor_strike"}),
    ),
    _Matter(
        "care_contract",
        ("care", "maintenance", "service", "servicing", "aftermarket"),
        _shown(r"\b(?:engine[- ]care|maintenance|servic(?:e|ing)|aftermarket|care of (?:the )?engines|overhaul)\b<60>\b(?:deal|contract|agreement|engines?)\b|\b(?:deal|contract|agreement)\b<80>\b(?:care of|maintenance|servicing|overhaul|aftermarket)\b"),
        events=frozenset({"contract_win"}),
    ),
    _Matter(
        "sovereign_cut",
        ("rating", "moody", "fitch", "s&p"),
        _shown(
            r"\b(?:s&p|moody['’]?s|fitch|scope|dbrs)\b(?: [\w']+){0,3} (?:cuts?|lower(?:s|ed)|downgrad\w+)\b<40>\b(?:france|italy|germany|britain|japan|china|united states|u_s_|spain|belgium|poland|hungary|romania|"
            r"turkey|brazil|mexico|argentina|colombia|chile|peru|india|indonesia|thailand|egypt|kenya|nigeria|ghana|south africa|israel|sovereign|country)\b"
        ),
        without=_REPORTS,
    ),
    _Matter(
        "duty_on_goods",
        ("tariff", "dut", "levy", "levies"),
        _shown(
            r"\b(?:tariffs?|dut(?:y|ies)|lev(?:y|ies))\b(?: of \d+%)? on (?:all |imported |imports of |foreign(?:-made)? |certain |some |most )*(?:[a-z-]+ ){0,3}?"
            r"(?:trucks?|cars?|autos?|vehicles|steel|alumin(?:i)?um|copper|lumber|timber|furniture|cabinets|chips|semiconductors|wine|spirits|beer|solar|cranes|robots|tyres|tires|sugar|tomatoes|fertili[sz]er|aircraft|phones|toys|shoes|footwear)\b|"
            r"\b(?:trucks?|cars|autos|vehicles|steel|alumin(?:i)?um|copper|lumber|timber|furniture|chips|semiconductors|wine|spirits|cranes|robots)\b<60>\b(?:will |to |would )?(?:face|pay|be hit with|be subject to)\b<30>\b(?:tariffs?|dut(?:y|ies)|levy)"
        ),
        events=frozenset({"tariff_trade_policy"}),
    ),
    _Matter(
        "offer_refused",
        ("reject", "spurn", "rebuff", "refus", "turn", "advis", "recommend"),
        _shown(
            r"\b(?:reject\w*|spurn\w*|rebuff\w*|refus\w+|turn(?:s|ed)? down)\b<60>\b(?:offer|bid|approach|proposal|takeover)\b|"
            r"\b(?:advis\w+|urg\w+|recommend\w*|told|tells)\b<40>\b(?:shareholders|holders|investors)\b<30>\b(?:reject|not to (?:accept|tender)|against)\b"
        ),
        _shown(
            r"\b(?:regulators?|commission|court|watchdog|government|authority|judge)\b<20>\b(?:reject|block|refus|turn)\w*|\b(?:withdr[ae]w\w*|walk(?:s|ed)? away|abandon\w*|shareholders (?:reject|vot)\w*)\b"
        ),
        events=frozenset({"ma_announced", "ma_rumour_or_nonbinding", "ma_blocked_or_terminated"}),
    ),
    _Matter(
        "ordered_to_pay",
        ("order", "must pay", "told to pay"),
        _shown(r"\b(?:order(?:s|ed)|told)\b<40>\bto pay\b|\bmust pay\b"),
        events=frozenset({"litigation", "settlement_or_fine"}),
    ),
    _Matter(
        "project_delayed",
        ("put off", "puts off", "postpon", "delay", "defer", "push", "shelv"),
        _shown(
            r"\b(?:put(?:s|ting)? off|postpon\w+|delay(?:s|ed|ing)?|defer(?:s|red|ring)?|push(?:es|ed|ing)? back|shelv(?:es|ed|ing))\b<60>\b(?:investment decision|project|plant|mine|field|factory|development|expansion|start-?up)\b|"
            r"\b(?:project|plant|mine|factory|expansion|development)\b (?:delay|postponement|pushed back|put off|delayed|postponed)\b"
        ),
        _shown(r"\b(?:trial|approval|rollout of|software|flights?|merger|takeover|strike)\b"),
        without=_REPORTS,
    ),
)  # fmt: skip

MATTERS: Final = frozenset(m.name for m in _MATTERS)
# a page of these kinds need tell no event: the matter itself wakes its playbooks
WAKING: Final = frozenset({"output_frozen", "hiring_frozen", "prices_frozen", "bonds_bought", "gold_bought", "taken_by_state", "in_trial", "borrows", "locked_out", "trial_failed", "limits_eased", "passage_narrowed", "lead_times", "project_delayed"})  # fmt: skip


def matters_of(lowered: str, sentences: Sequence[Sentence], parents: frozenset[str]) -> Iterator[str]:
    """Yield the matters of a page.

    Args:
        lowered: Its text in lower case, as long as the text itself.
        sentences: Its sentences.
        parents: Types and parents of its live events.
    """
    lowered = lowered.replace("u.s.", "u_s_").replace("u.k.", "u_k_")
    found: set[str] = set()
    head = " ".join(s.span.of(lowered) for s in sentences[:8] if s.headline or s.index <= _HEAD)
    live = ""
    for matter in _MATTERS:
        if (matter.events and matter.events.isdisjoint(parents)) or not matter.without.isdisjoint(parents):
            continue
        if matter.beside and matter.beside.isdisjoint(found):
            continue
        if matter.whole and not live:
            live = " ".join(s.span.of(lowered) for s in sentences[:40] if not s.background)
        text = live if matter.whole else head
        if not any(sign in text for sign in matter.signs) or matter.shows.search(text) is None:
            continue
        if matter.refutes is None or matter.refutes.search(text) is None:
            found.add(matter.name)
            yield matter.name
