"""From a legal name to what people write: tidied, shortened, compared."""

from __future__ import annotations

import re

__all__ = ["GENERIC", "PLACES", "core", "is_vehicle", "legal", "short", "unsure"]

_SUFFIXES = frozenset(
    "inc incorporated corp corporation co company companies ltd limited plc llc lp llp nv n.v sa s.a ag se ab "
    "asa oyj a/s as spa s.p.a kk bv b.v l.p holdings holding group cos kgaa sab cv de c.v s.a.b s.e pte bhd "
    "berhad tbk pt sgps oy hldgs hldg grp intl new the & and".split()
)
_TAIL = re.compile(
    r"\s*(/[A-Z]{2,}/?|/ADR/?|/NEW/?|/The|\\[A-Z]+\\|\((?:The|[A-Z][a-z]+ ?[A-Za-z]*)\)|/)\s*$", re.I
)
_CLASS = re.compile(r"\s+(class|series) [a-c]\b.*$", re.I)
_VEHICLE = re.compile(
    r"\b(acquisition|acquisitions|spac|fund|funds|trust|etf|etn|portfolio|notes|warrant|warrants|municipal|"
    r"muni|merger|blank check|capital corp [ivx]+|partners [ivx]+|[ivx]{2,} co)\b",
    re.I,
)
_KEEP_UPPER = frozenset("USA US UK UBS IBM AMD KKR CBRE PNC BBVA ING HSBC SAP AIG CVS UPS CSX CME MSCI NRG AES "
    "ADT AGCO BWX DTE CMS NCR HCA GE GM HP AMC AMN BNY BP GSK RTX TJX TPG EQT EOG ONEOK PPG PVH RPM VF KLA CDW "
    "EPAM FMC ITT JBG KB LG LPL LKQ MGM MKS NXP NOV NVR PG&E PTC QXO RH SBA SEI SLM SM SS&C STAG TD TE TTM UDR "
    "UGI VICI WEX WK WPP WSFS XPO ZTO II III IV VI VII VIII ACM ADMA AG AI BBB BGC BJS BRT CACI CNB CNH CNO CRA "
    "CRH CSW CTS DHT DNB DXC ESAB ESCO FNB FTAI GATX HNI IDT JPM KBR KLX LCI LGI LSB LSI MDU MSA MSC NMI NOW "
    "OGE OPKO OSI PBF PHX PJT PNM QCR RBC RLI RLJ SJW SPX SSR STAAR TFI TFS THOR TTEC UFP UMB UMH USANA WD WNS "
    "WSP WVS YPF ZIM AB ADC BRF ASE UMC KT SK NTT NEC TDK DSM EDP ENEL ENI RWE".split())  # fmt: skip

# Words that make a phrase of them a description rather than a name, whatever the dictionary says.
GENERIC = frozenset(
    "first second third national american america united states us community bank banks bancorp bancshares savings "
    "trust capital financial finance global international world general standard universal allied security "
    "insurance health healthcare medical energy oil gas gold silver water power electric solar technology "
    "technologies systems software data digital network networks media communications industries industrial "
    "services solutions resources properties realty investment investments management partners brands foods "
    "home homes city state public private north south east west northern southern eastern western central "
    "pacific atlantic premier prime select advanced applied integrated independent mutual federal credit "
    "income growth value real estate mortgage equity royalty royalties lithium uranium copper nickel".split()
)
# Places and first names that a dictionary of common words may lack, seen as derived names.
PLACES = frozenset(
    "china india japan korea brazil mexico canada europe asia africa london paris texas california florida "
    "boston chicago dallas houston columbia virginia georgia washington carolina hawaii alaska arizona oregon "
    "nevada montana dakota kansas ohio michigan israel taiwan singapore argentina chile peru latam".split()
)


def legal(raw: str) -> str:
    """Tidy a legal name: no state tail, no commas, no trailing dot, capitals turned to words.

    >>> legal("BANK OF AMERICA CORP /DE/"), legal("NVIDIA CORP"), legal("Tesla, Inc.")
    ('Bank of America Corp', 'Nvidia Corp', 'Tesla Inc')
    """
    text = " ".join(raw.replace("\t", " ").split())
    for _ in range(3):
        text = _TAIL.sub("", text)
    text = _CLASS.sub("", text).replace(",", " ")
    text = " ".join(w.rstrip(".") if w.lower().rstrip(".") in _SUFFIXES else w for w in text.split()).strip(
        " .-&"
    )
    if text.upper() == text or sum(w.isupper() and len(w) > 3 for w in text.split()) >= 2:
        text = " ".join(_word(w) for w in text.split())
    elif (first := text.split()[0] if text else "").isupper() and len(first) > 4 and first not in _KEEP_UPPER:
        text = " ".join([_word(first), *text.split()[1:]])
    return text


def short(name: str) -> str:
    """Strip legal suffixes and generic tails from a tidy legal name, and a leading "The".

    >>> short("Kraft Heinz Co"), short("Alibaba Group Holding Ltd"), short("Micron Technology Inc")
    ('Kraft Heinz', 'Alibaba', 'Micron Technology')
    """
    words = name.split()
    while len(words) > 1 and words[-1].lower().strip(".,&()") in _SUFFIXES | {""}:
        words.pop()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    return " ".join(words).strip(" ,&-")


def core(name: str) -> str:
    """Reduce a name to what two spellings of the same company share, for exact comparison only."""
    text = re.sub(r"[^\w& ]", "", short(legal(name)).lower().replace("-", " ").replace("'", ""))
    return " ".join(text.replace("&", "and").split())


def unsure(name: str) -> bool:
    """Tell whether a shortened name needs a cue where no list of common words can be asked: a single word, or
    nothing but words that many companies share.

    >>> unsure("Target"), unsure("First National"), unsure("Zettwerk Metals")
    (True, True, False)
    """
    words = name.lower().replace("-", " ").split()
    small = ("of", "and", "&", "the")
    return len(words) < 2 or all(w in GENERIC or w in PLACES or w in small for w in words)


def is_vehicle(name: str) -> bool:
    """Tell whether this is a fund, a trust or a shell: known only by its full legal name."""
    return bool(_VEHICLE.search(name)) and "northern trust" not in name.lower()


def _word(word: str) -> str:
    bare = word.strip("(),.")
    if bare in _KEEP_UPPER:
        return word
    if bare.lower() in ("of", "and", "for", "de", "the", "in", "on", "to", "y"):
        return word.lower() if bare.lower() != "the" else "The"
    if "&" in bare and len(bare) <= 4:
        return word
    if "." in bare and len(bare) <= 5:
        return word
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
