"""The investment themes an article bears on, by its words, issuers breaking ties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.lazy import compile_now, lazily
from readthrough.domain.reading import Event, Fact, Mention, Sentence
from readthrough.universe import Universe

__all__ = ["THEMES", "find_themes"]

_MOST: Final = 5
_HEADLINE: Final = 3.0  # weight of a headline word against one of the body
_LEAD: Final = 1.5
_BACKGROUND: Final = 0.3
_FLOOR: Final = 2.0  # score a theme needs: two body words, or one in the headline
_OF_EVENT: Final = 1.5
_TIE: Final = 0.5

THEMES: Final[dict[str, str]] = {
    "AI infrastructure": (
        r"artificial intelligence|\bai\b|\bgpus?\b|data cent(?:er|re)s?|accelerators?|machine learning|"
        r"nvidia"
    ),
    "AI software": (
        r"generative ai|chatbots?|large language models?|copilot|chatgpt|\bai (?:model|assistant|agent|"
        r"feature|tool|product)s?|llms?"
    ),
    "cloud": r"\bcloud\b|\baws\b|azure|saas|hyperscal\w+",
    "memory chips": r"memory chips?|\bdram\b|\bnand\b|\bhbm\b|flash memory|high-bandwidth memory",
    "semiconductors": r"semiconductors?|chip-?makers?|\bchips?\b|foundr(?:y|ies)|wafers?|lithography",
    "cybersecurity": r"cyber-?security|ransomware|hack(?:ed|ers?)|data breach|cyber-?attack",
    "digital advertising": (
        r"ad(?:vertising)? (?:revenue|sales|spending|market)|advertisers?|digital ads?|advertising"
    ),
    "streaming": r"streaming|subscribers|box office",
    "smartphones": r"smartphones?|iphones?|handsets?|android phones?",
    "China internet": (
        r"(?:chinese|china'?s?)[^.]{0,40}(?:e-commerce|internet|online|tech)|tencent|alibaba|pinduoduo|"
        r"meituan|baidu|jd\.com"
    ),
    "China economy": (
        r"china'?s (?:economy|growth|central bank|property|gdp|manufacturing|exports)|beijing|"
        r"chinese (?:economy|demand|consumers?|property)|evergrande"
    ),
    "e-commerce": (
        r"e-commerce|online (?:sales|shopping|retail\w*|orders)|marketplaces?|same-day delivery|"
        r"rapid delivery"
    ),
    "consumer spending": (
        r"consumer (?:spending|demand)|shoppers|retail sales|same-store sales|holiday (?:season|sales)|"
        r"discretionary|consumers"
    ),
    "luxury demand": r"luxury|handbags?|high-end (?:goods|brand)",
    "restaurants": r"restaurants?|fast[- ]food|coffee chain|diners",
    "food inflation": r"food prices?|grocer(?:y|ies)|cocoa prices?|coffee prices?|egg prices?",
    "travel demand": r"travel demand|airlines?|hotels?|cruise|bookings|tourism|passengers?",
    "aerospace": r"aircraft|jetliners?|737 max|planemaker|\bjets?\b|aerospace|faa",
    "defence spending": (
        r"defen[cs]e (?:contract|spending|budget|ministry|stocks?)|pentagon|missiles?|fighter jets?|"
        r"\bnato\b|weapons?"
    ),
    "EV demand": (
        r"electric (?:vehicles?|cars?)|\bevs?\b|battery-powered|charging stations?|plug-in|gigafactory"
    ),
    "batteries and lithium": r"lithium|batter(?:y|ies)|cathode|cobalt",
    "autonomous driving": r"self-driving|robotaxis?|autonomous (?:vehicles?|driving)|driver-assist\w*",
    "car makers": r"car-?makers?|auto-?makers?|vehicle sales|dealers|\bsuvs?\b|pickup trucks?",
    "GLP-1 drugs": r"glp-1|ozempic|wegovy|zepbound|mounjaro|obesity|weight-loss|semaglutide|tirzepatide",
    "drug approvals": (
        r"\bfda\b|clinical trial|phase (?:3|iii|2|ii)\b|late-stage|drug application|new drug|"
        r"complete response letter|ema\b|placebo"
    ),
    "drug pricing": (
        r"drug (?:prices?|pricing)|medicare (?:negotiat\w+|prices?)|pharmacy benefit|insulin price|"
        r"rebates?"
    ),
    "health insurers": r"health insurers?|medicare advantage|medical costs|medicaid|managed care",
    "interest rates": (
        r"interest rates?|federal reserve|\bfed\b|rate (?:cuts?|hikes?)|central bank|treasury yields?|"
        r"\becb\b|monetary policy|bank of (?:england|japan)|borrowing costs"
    ),
    "inflation": r"inflation|consumer prices?|\bcpi\b|price pressures?|producer prices?",
    "economic growth": r"\bgdp\b|economic growth|recession|economy (?:grew|shrank|contracted)|economists",
    "labour": r"strikes?\b|unions?\b|walk-?out|layoffs?|job cuts|payrolls|unemployment|wages?|workers",
    "bank deposits": r"deposits?|bank run|net interest (?:income|margin)|lenders?",
    "consumer credit": r"delinquenc\w+|charge-offs?|credit cards?|consumer loans?|auto loans|subprime",
    "commercial property": (
        r"commercial (?:real estate|property)|office (?:buildings?|space|vacanc\w+|landlords?)|reits?"
    ),
    "housing": r"homebuilders?|mortgage|housing|home sales|home prices|house prices",
    "private capital": r"private (?:equity|credit)|buyout firms?|leveraged|take-private",
    "mergers": r"takeover|merger|acqui(?:re|red|res|sition)|buyout|tender offer",
    "share listings": r"\bipos?\b|initial public offering|market debut|flotation",
    "shareholder returns": r"buy-?backs?|share repurchases?|dividends?",
    "antitrust": (
        r"antitrust|monopol\w+|competition (?:authority|watchdog|regulator|commission)|digital markets act"
    ),
    "regulation": r"regulators?|watchdog|compliance|new rules?|crackdown|\bsec\b",
    "tariffs": r"tariffs?|trade war|import duties|trade (?:deal|talks|policy)",
    "export controls": r"export (?:controls?|curbs?|bans?|restrictions?|licen[cs]es?)|entity list|sanctions?",
    "geopolitics": (
        r"ukraine|russia|middle east|israel|iran|taiwan strait|invasion|ceasefire|geopolit\w+|houthi"
    ),
    "elections": r"election|ballot|voters?|presidential (?:race|vote)",
    "oil supply": (
        r"\bopec\b|crude|barrels|\boil (?:prices?|output|production|supply|demand)|brent|refiner(?:y|ies|"
        r"s)|\boil\b"
    ),
    "natural gas": r"natural gas|\blng\b|liquefied",
    "renewable power": r"solar|wind (?:farm|turbine|power)s?|renewables?|clean energy|offshore wind",
    "power demand": (
        r"power (?:demand|grid|plants?)|electricity|utilit(?:y|ies)|nuclear (?:power|plant|reactor)s?|"
        r"uranium"
    ),
    "metals": r"copper|iron ore|alumin(?:i)?um|steel|nickel|mining|miners?",
    "gold": r"\bgold\b|bullion",
    "crypto": r"bitcoin|crypto\w*|ethereum|stablecoins?|blockchain",
    "supply chains": r"supply chains?|shortages?|logistics|shipping|freight|container",
    "corporate governance": (
        r"activist|proxy (?:fight|battle)|board (?:seat|member)s?|short[- ]seller|whistleblower|auditor|"
        r"accounting"
    ),
}

_OF_TYPE: Final = {
    "central_bank_decision": "interest rates",
    "tariff_trade_policy": "tariffs",
    "antitrust_action": "antitrust",
    "labor_strike": "labour",
    "layoffs_restructuring": "labour",
    "crypto_market_event": "crypto",
    "sanctions": "export controls",
    "ma_announced": "mergers",
    "ma_rumour_or_nonbinding": "mergers",
    "ipo": "share listings",
    "buyback": "shareholder returns",
    "dividend_increase": "shareholder returns",
    "cyber_breach": "cybersecurity",
    "credit_quality_deterioration": "consumer credit",
    "activist_involvement": "corporate governance",
    "accounting_irregularity": "corporate governance",
    "short_seller_report": "corporate governance",
    "regulatory_rule_change": "regulation",
    "regulatory_approval": "drug approvals",
    "regulatory_rejection": "drug approvals",
    "supply_disruption": "supply chains",
}
_WORDY: Final = frozenset({"regulatory_approval", "regulatory_rejection"})  # these need their words too

_WORD: Final = lazily(r"\w+")
_PLAIN: Final = lazily(r"[\w '-]*")


def find_themes(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    facts: Sequence[Fact],
    events: Sequence[Event],
    universe: Universe,
) -> tuple[str, ...]:
    """Rank the themes an article bears on; at most five, in plain words, best first.

    Words decide. What the universe knows of the issuers only breaks ties among themes that words
    already support, and events add to the theme they belong to.
    """
    scores = _by_words(article.text.lower(), len(article.text), sentences)
    segments = " ".join(f.segment for f in facts if f.segment).lower()
    for theme in list(scores):
        if segments and _compiled(theme).search(segments):
            scores[theme] += _TIE
    for event in events:
        named = _OF_TYPE.get(event.type, "")
        if named and not event.background and (named in scores or event.type not in _WORDY):
            scores[named] = scores.get(named, 0.0) + _OF_EVENT
    known = {t.lower() for m in mentions for t in universe.graph.themes(m.issuer_id)}
    ranked = sorted(
        (t for t in scores if scores[t] + (_TIE if t.lower() in known else 0.0) >= _FLOOR),
        key=lambda t: (-scores[t] - (_TIE if t.lower() in known else 0.0), t),
    )
    return tuple(ranked[:_MOST])


def _by_words(low: str, length: int, sentences: Sequence[Sentence]) -> dict[str, float]:
    if len(low) != length:  # a letter that lowers to two; offsets would slip
        low = low[:length]
    places: dict[str, list[int]] = {}
    ends: dict[str, int] = {}
    begun_by = _begun_by
    for word in _WORD.finditer(low):
        begun = begun_by(word[0])
        if not begun:
            continue
        start = word.start()
        for theme in begun:
            if start < ends.get(theme, 0):
                continue
            match = _compiled(theme).match(low, start)
            if match:
                places.setdefault(theme, []).append(start)
                ends[theme] = match.end()
    return {theme: _weighed(places[theme], sentences) for theme in THEMES if theme in places}


@lru_cache(maxsize=65_536)
def _begun_by(word: str) -> tuple[str, ...]:
    """Return the themes of which some phrase may begin with the word, so that few regexes are tried."""
    filed, lengths = _filed()
    begun = {*filed.get("", ()), *filed.get(f"{word} ", ())}
    for length in lengths:
        begun |= filed.get(word[:length], _NONE)
    return tuple(theme for theme in THEMES if theme in begun)


_NONE: Final[frozenset[str]] = frozenset()


@cache
def _filed() -> tuple[dict[str, set[str]], tuple[int, ...]]:
    """File themes by how a phrase begins: "word " wholly, "word" as a beginning, "" when it cannot be told."""
    filed: dict[str, set[str]] = {}
    for theme in THEMES:
        for opening in _openings(theme):
            first = _WORD.match(opening)
            key = "" if first is None else first.group() + (" " if first.end() < len(opening) else "")
            filed.setdefault(key, set()).add(theme)
    return filed, tuple(sorted({len(key) for key in filed if key and not key.endswith(" ")}))


@cache
def _openings(theme: str) -> tuple[str, ...]:
    """Return the literal text that each phrase of a theme begins with."""
    return tuple(_literal(phrase) for phrase in _alternatives(THEMES[theme]))


def _alternatives(words: str) -> list[str]:
    parts, depth, held = [], 0, ""
    for letter in words:
        depth += (letter in "([") - (letter in ")]")
        if letter == "|" and depth == 0:
            parts.append(held)
            held = ""
        else:
            held += letter
    opened: list[str] = []
    for part in (*parts, held):
        bare = part.removeprefix(r"\b")
        if bare.startswith("(?:"):
            inner = bare[3 : bare.index(")")]
            opened.extend(_alternatives(inner))
        else:
            opened.append(bare)
    return opened


def _literal(phrase: str) -> str:
    plain = _PLAIN.match(phrase)
    text = plain.group() if plain else ""
    after = phrase[len(text) : len(text) + 1]
    return text[:-1] if after in ("?", "*", "{") and text else text


def _weighed(places: Sequence[int], sentences: Sequence[Sentence]) -> float:
    total, held = 0.0, 0
    for place in places[:12]:
        while held + 1 < len(sentences) and sentences[held + 1].span.start <= place:
            held += 1
        if not sentences:
            total += 1.0
            continue
        sentence = sentences[held]
        weight = _HEADLINE if sentence.headline else _LEAD if sentence.index <= 3 else 1.0
        total += weight * (_BACKGROUND if sentence.background else 1.0)
    return total


@cache
def _compiled(theme: str) -> re.Pattern[str]:
    return compile_now(rf"(?<!\w)(?:{THEMES[theme]})(?!\w)")
