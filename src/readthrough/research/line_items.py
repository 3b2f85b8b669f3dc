"""The lines of financial statements: what companies call each, by general knowledge of how accounts are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from readthrough.domain.lazy import lazily

__all__ = ["LINES", "Line", "plain_label"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line item: labels that mean it surely (`names`), the statement it stands in, words to search for.

    `sign` is 0 where only the size counts (money paid out is printed with and without brackets).
    """

    name: str
    names: re.Pattern[str]
    glued: re.Pattern[str]  # the same without blanks, which text layers lose
    statement: str  # income, balance, cash
    search: str
    asked: re.Pattern[str]
    sign: int = 1

    def means(self, label: str) -> bool:
        """Tell whether a plain label surely means this line."""
        return bool(self.names.fullmatch(label) or (" " not in label and self.glued.fullmatch(label)))


def _line(name: str, statement: str, search: str, names: str, asked: str, sign: int = 1) -> Line:
    return Line(
        name=name,
        statement=statement,
        search=search,
        names=lazily(names, re.IGNORECASE),
        glued=lazily(names.replace(" ?", "").replace(" ", ""), re.IGNORECASE),
        asked=lazily(asked, re.IGNORECASE),
        sign=sign,
    )


_PARENS: Final = re.compile(r"\([^()]{0,120}\)")
_NOTE: Final = re.compile(r"[,;]? ?\(?see note[^)]{0,30}\)?|[,;]? ?notes? \d{1,2}\b|\*+|[†‡]", re.IGNORECASE)


def plain_label(label: str) -> str:
    """Return a row's label without brackets, notes and signs at its ends, in lower case.

    >>> plain_label("Purchases of property, plant and equipment (PP&E)")
    'purchases of property, plant and equipment'
    """
    bare = _NOTE.sub("", _PARENS.sub(" ", label))
    return " ".join(bare.lower().replace("’", "'").replace("—", "-").replace("–", "-").split()).strip(
        " :;,.-"
    )


_PPE: Final = r"(?:property(?:,? plant,?)?,?(?: and| &)? (?:equipment|plant)|plant and equipment|pp&e|land,? buildings,? and equipment)"

LINES: Final[dict[str, Line]] = {
    line.name: line
    for line in (
        _line("revenue", "income", "statement of income operations total net revenue sales",
              r"(?:total |consolidated )?(?:net )?(?:operating )?(?:revenues?|sales)(?:,? net)?|total (?:net )?(?:revenues?|sales) and other.*|net sales including.*",
              r"\b(?:total )?(?:net )?(?:revenues?|net sales|sales)\b"),
        _line("cost of goods sold", "income", "statement of income cost of sales goods sold revenue",
              r"(?:total )?costs? of (?:goods sold|(?:net )?(?:sales|revenues?)|products? sold|products and services sold|merchandise sold|products and services)(?:,? exclusive of.*|,? excluding.*)?",
              r"\bcogs\b|\bcosts? of (?:goods sold|sales|revenue)\b", sign=0),
        _line("gross profit", "income", "statement of income gross profit margin",
              r"gross (?:profit|margin)", r"\bgross (?:profit|income)\b"),
        _line("operating income", "income", "statement of income operating income profit from operations",
              r"(?:total |consolidated )?(?:operating (?:income|profit|earnings|loss)|(?:income|earnings|profit|loss) from operations|operating loss income|(?:income|loss) income from operations)",
              r"\boperating (?:income|profit|earnings)\b|\bebit\b"),
        _line("net income", "income", "statement of income operations net income earnings",
              r"(?:consolidated )?net (?:income|earnings|loss)(?: attributable to (?!non)(?!redeemable).*)?|net (?:income|loss) income",
              r"\bnet (?:income|earnings|profit)\b"),
        _line("income before taxes", "income", "statement of income before income taxes",
              r"(?:income|earnings|profit|loss)(?: from continuing operations)? before (?:provision for |benefit from )?(?:income )?tax(?:es)?.*",
              r"\b(?:pre-?tax income|income before (?:income )?taxes)\b"),
        _line("income taxes", "income", "provision for income taxes",
              r"(?:provision|benefit)(?: for| from)? (?:for |from )?income taxes|income tax(?:es)?(?: expense| provision| benefit)?|provision for taxes on income",
              r"\bincome tax(?:es)? (?:expense|provision)\b"),
        _line("interest expense", "income", "statement of income interest expense",
              r"interest expense(?:,? net)?", r"\binterest expense\b", sign=0),
        _line("restructuring costs", "income", "statement of income restructuring impairment charges",
              r"restructuring(?: and (?:other )?(?:related|impairment))?(?: charges| costs| expenses?| activities)*(?:,? net)?",
              r"\brestructuring (?:costs|charges|expenses?)\b", sign=0),
        _line("property, plant and equipment, net", "balance", "balance sheet property plant equipment net",
              rf"(?:net |total )?{_PPE}(?:,? ?-? ?(?:at cost,? )?(?:less accumulated depreciation.*|net.*))?",
              r"\b(?:net )?(?:pp&?n?e|property, plant,? (?:and|&) equipment|fixed assets)\b"),
        _line("inventories", "balance", "balance sheet inventories",
              r"(?:total |merchandise )?inventor(?:y|ies)(?:,? net.*)?", r"\binventor(?:y|ies)\b"),
        _line("receivables", "balance", "balance sheet accounts receivable net",
              r"(?:trade and other |trade |accounts |accounts and notes )?receivables?(?:,? ?-? ?(?:trade,? )?(?:net|less).*)?|accounts receivable.*",
              r"\b(?:net )?(?:ar|(?:accounts|trade) receivables?|receivables)\b"),
        _line("accounts payable", "balance", "balance sheet accounts payable",
              r"(?:trade )?accounts payable(?:,? ?-? ?trade)?|trade payables", r"\b(?:accounts|trade) payables?\b"),
        _line("cash and equivalents", "balance", "balance sheet cash and cash equivalents",
              r"cash and (?:cash )?equivalents|cash,? and cash equivalents", r"\bcash (?:and|&) (?:cash )?equivalents\b"),
        _line("short-term investments", "balance", "balance sheet short-term investments marketable securities",
              r"(?:short-term |current )?(?:investments|marketable securities)(?: ?-? ?current)?",
              r"\b(?:short-term investments|marketable securities)\b"),
        _line("total current assets", "balance", "balance sheet total current assets",
              r"total current assets", r"\b(?:total )?current assets\b"),
        _line("total current liabilities", "balance", "balance sheet total current liabilities",
              r"total current liabilities", r"\b(?:total )?current liabilities\b"),
        _line("total assets", "balance", "balance sheet total assets", r"total assets", r"\btotal assets\b"),
        _line("total liabilities", "balance", "balance sheet total liabilities",
              r"total liabilities", r"\btotal liabilities\b"),
        _line("cash from operations", "cash", "statement of cash flows net cash provided by operating activities",
              r"(?:net )?cash(?: flows?)? (?:provided by|from|generated (?:by|from)|provided from|used in|used for|provided)(?: used in| used for)? (?:operating activities|operations)(?: ?-? ?continuing operations)?|total cash provided by operating activities",
              r"\b(?:cash (?:flows? )?from (?:operations|operating activities)|operating cash flows?)\b"),
        _line("capital expenditure", "cash", "statement of cash flows purchases of property plant equipment capital expenditures",
              rf"(?:cash paid for |payments? (?:for|to acquire) |purchases? of |additions? to |acquisitions? of |investments? in |expenditures (?:for|on) )(?:the )?(?:purchases? of |additions? to )?{_PPE}(?:,? (?:and|including) .*|,? net.*)?|{_PPE} additions|(?:payments? for )?capital (?:expenditures?|spending|investments?)(?:,? .*)?|purchases? of (?:fixed assets|capital assets).*",
              r"\b(?:capex|capital (?:expenditures?|spending))\b", sign=0),
        _line("depreciation and amortization", "cash", "statement of cash flows depreciation and amortization",
              r"depreciation(?:,? ?(?:depletion|and|&|accretion),?)* ?amortization(?: and (?:other|accretion).*)?(?: expense)?|depreciation,? amortization(?:,? and other.*)?|amortization and depreciation|depreciation of property.*|depreciation",
              r"\b(?:d&a|depreciation (?:and|&) amortization|depreciation)\b", sign=0),
        _line("dividends paid", "cash", "statement of cash flows dividends paid",
              r"(?:payments? of )?(?:cash )?dividends?(?: paid)?(?: (?:to|on) (?:common )?(?:share|stock)(?:holders|owners)?| to shareowners| - common stock| on common (?:stock|shares))?|dividends paid.*|payments? of (?:common stock )?dividends|common stock dividends(?: paid)?",
              r"\bdividends?\b", sign=0),
    )
}  # fmt: skip
"""By name."""
