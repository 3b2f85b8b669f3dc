"""Words of news in the classes that rewriters choose among, as numbers below 65,536."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from zlib import crc32

__all__ = ["CLASSES", "STEPS", "code_of"]

_STEM: Final = 6  # letters that tell a word: "acquisition" and "acquires" meet, "market" and "marker" do not

# General knowledge of how the trade's desks word one thing in several ways. A word is listed by its first letters.
_CLASSES: Final = {
    # steps in the course of a story: a new one of these is news
    "talk": "talks negotia mulls mulling weighs weighing explor consider approach", "agree": "agree agrees agreed agreem signs signed pact strike struck",
    "complete": "complet conclu finaliz finalis finish", "approve": "approv clears cleared greenl authoriz authoris",
    "block": "block reject veto vetoes rebuff prohib upheld uphold spurn", "deny": "deny denies denied refut dispute",
    "end": "scrap abandon cancel termina withdra ditch ditches axes shelve", "halt": "halt paus suspend stops stop stopped idle idles idled idling freeze freezes",
    "resume": "resum restart reopen reinst", "delay": "delay postpon defer", "sue": "file files filed sue sues sued lawsui litigat suit",
    "settle": "settle", "appeal": "appeal", "probe": "probe probes probing investi inquir scruti examin", "fine": "fine fines fined penalt",
    "widen": "widen expand extend broade", "upgrade": "upgrad", "downgrade": "downgr", "resign": "resign quit quits depart exit exits ousted ouster steps step stepping leaves leave leaving retire",
    "appoint": "appoin names named hire hires hired taps tapped succee replac picks promot", "recall": "recall", "strike": "walkou union unions",
    "launch": "launch unveil debut introd rollou", "raise": "raise raises raised raising lift lifts lifted hike hikes hiked boost increa upped sweete upward",
    "cut": "cut cuts cutting lower lowers lowered slash trim trims trimmed reduc narrow pare pares", "downturn": "bankru insolv chapte creditors",
    "offer": "bid bids bidder offer offers offered proposal propos unsoli rival", "fail": "fail fails failed failure missed misses miss flop",
    "review": "review minutes lawmak senato hearing", "warn": "warn warns warned warnin caution", "verdict": "ruling ruled judge jury verdict court tribun",
    # the rest are only words for one thing
    "buy": "buy buys buying acquir acquis purcha takeov takes taking bought merger merge", "sell": "sell sells selling sold dispos divest sale",
    "profit": "profit earnin income", "sales": "sales revenu turnov", "stock": "stock stocks shares share equity", "down": "fall falls fell drop dropped declin slip slips slipped slide slid slides slump tumble plunge sink sank lost lose loses loss losses retreat dip dips dipped lower shed sheds",
    "up": "rise rises rose gain gains gained climb jump jumps jumped surge soar soars soared rally rallie advanc higher up upbeat", "beat": "beat beats beatin top tops topped exceed above surpas ahead", "below": "below short shy trail lag",
    "forecast": "foreca guidan outloo projec expect estima target sees consen", "staff": "staff worker employ jobs job positi headco workfo redund layoff layoffs people",
    "car": "car cars vehicl auto automa autos automo", "drug": "drug drugs drugma medici pill treatm therap", "firm": "firm compan group busine corp corpor maker",
    "plant": "plant plants factor facili site", "boss": "ceo chief execut boss", "cfo": "cfo financ", "rate": "rate rates", "hold": "hold holds held steady unchan keeps kept keep left leaves", "regulator": "regula watchd antitr commis author agency",
    "pay": "pay pays payout divide", "deal": "deal deals transa contra award order orders", "plane": "aircra jet jets plane planes airlin", "home": "home homes housing house househ", "debt": "debt borrow loan loans credit",
    "us": "usa americ", "eu": "eu brusse", "uk": "uk britai britis", "month": "month monthly", "year": "year annual yearly full-y", "quarter": "quarte",
}  # fmt: skip
_STEP_COUNT: Final = 31
STEPS: Final = {crc32(name.encode()) & 0xFFFF: bit for bit, name in enumerate(list(_CLASSES)[:_STEP_COUNT])}
"""The classes that are steps in the course of a story, by code, each with a bit of its own."""

CLASSES: Final = frozenset(crc32(name.encode()) & 0xFFFF for name in _CLASSES)
"""The codes that stand for a class of words rather than for one word."""

_CLASS_OF: Final = {
    word[:_STEM]: crc32(name.encode()) & 0xFFFF for name, words in _CLASSES.items() for word in words.split()
}
_PLAIN: Final = frozenset(
    "a an and are as at be been but by for from had has have he her his if in into is it its may more most mr mrs ms new no not of on "
    "or our out over said says say she so some such than that the their them then there these they this those to was we were what when which "
    "while who will with would you your about after again against also among any around because before being between both can could did do does "
    "during each first second third fourth further here how just last later least made make many much must now off one only other own per same should "
    "since still through too two three four five six seven eight nine ten under until very via well where whose within without yet told tell tells percent "
    "per cent pct bln mln bn million billion trillion reuters newswire inc corp co ltd plc llc sa ag nv monday tuesday wednesday thursday friday saturday sunday "
    "mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec january february march april june july august september october november december "
    "today yesterday tomorrow week weeks day days day's reporting editing writing added adding news statement announced announces announce according roughly nearly "
    "worth plus get gets got take takes taken took give gives gave given come comes came goes go went gone show shows showed shown saying plan plans "
    "planned position part parts call calls called calling certain maker met set sets put report reports reported reporting result results post posts posted next line back "
    "early late later big number total include includes included including use used using need needs want wants way work works working latest key main following "
    "start starts started begin begins beginning began due amid despite across along together per become became see sees seen look looks looking like likely "
    "expected expects expecting hit hits full terms current currently previous previously recent recently earlier already ago already least long short high low strong "
    "story published statement according people familiar matter source sources person question asked comment spokesman spokeswoman spokesperson read repeats "
    "food administration federal commission securities exchange department justice court european union united states national international international general "
    "office committee ministry government minister president senator york london washington wall street business wire prnewswire globe newswire "
    "s t re ll ve d m usd eur gbp dollars dollar euros euro pounds cents pence approximately".split()
)


@lru_cache(maxsize=50_000)
def code_of(word: str) -> int:
    """Return the class of a lower-case word, or of its first six letters; 0 for one that tells nothing.

    >>> code_of("acquires") == code_of("takeover"), code_of("the")
    (True, 0)
    """
    if word in _PLAIN or word.isdigit() or (len(word) < 2 and word.isascii()):
        return 0
    stem = word[:_STEM]
    found = _CLASS_OF.get(stem) or _CLASS_OF.get(stem[:5])
    if found is None and len(stem) > 4 and stem.endswith("s"):
        found = _CLASS_OF.get(stem[:-1])
        stem = stem.removesuffix("s")
    return found if found is not None else (crc32(stem.encode("utf-8", "surrogatepass")) & 0xFFFF) or 1
