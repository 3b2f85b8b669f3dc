"""New products and services put together from their parts: a firm, a word for showing something, and a thing shown.

What is shown may be called anything, so it is told by what stands around it: "new", "first", a kind of ware, a price, a
name in capitals. What firms announce besides wares - results, deals, jobs - is told by the head of its noun phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Mention, Polarity
from readthrough.domain.security import IssuerId
from readthrough.reading.event_make import Stated
from readthrough.reading.event_scene import Scene
from readthrough.reading.event_wares import BUSINESS, WARE

__all__ = ["launched_now", "launches"]

_SEARCHED: Final = 4  # sentences, headline included, in which a page tells what it is about
_STEMS: Final = ("launch", "unveil", "debut", "introduc", "announc", "releas", "roll", "reveal", "show", "new", "latest", "selling", "lets", "brings",
                 "bringing", "adds", "adding", "test", "wraps", "upgrad", "updat", "refresh", "redesign", "open", "build", "develop", "making", "availab",
                 "first", "offer", "working on", "reboot", "reviv", "supercharg", "pilot", "built", "to sell", "to open", "can now", "will now", "now ", "start", "giving", "gives", "gets", "getting", "creat", "bets")  # fmt: skip
_AHEAD: Final = 90  # code points after a verb in which its object stands
_REACH: Final = 60  # code points before a verb in which its subject stands
_SHOWN: Final = lazily(
    r"(?<![\w-])(?:(?:has |have |had |just |finally |officially |quietly |today |is |are |now |will |to |soon |also )*"
    r"(?:launch(?:es|ed|ing)?|unveil(?:s|ed|ing)?|debut(?:s|ed|ing)?|introduc(?:es?|ed|ing)|announc(?:es?|ed|ing)|releas(?:es?|ed|ing)|"
    r"roll(?:s|ed|ing)? out|reveal(?:s|ed|ing)?|show(?:s|ed|ing|n)? off|showcas(?:es|ed|ing)|tak(?:es|ing) the wraps off|took the wraps off|"
    r"brings? back|brought back|bringing|brings|adds|added|adding|tests|testing|start(?:s|ed)? (?:selling|shipping|testing|offering)|"
    r"beg(?:ins|an) (?:selling|shipping|testing|offering)|opens|opening|refresh(?:es|ed|ing)|redesign(?:s|ed|ing)|overhaul(?:s|ed|ing)|"
    r"reboot(?:s|ed|ing)?|reviv(?:es|ed|ing)|offering|(?:will|to|plans to|set to) (?:offer|sell|launch|introduce|unveil|debut|open|release|ship)|supercharg(?:es|ed|ing)|test(?:s|ing) out|pilot(?:s|ed|ing)?|built|upgrad(?:es|ing)|updat(?:es|ed|ing)|build(?:s|ing)|develop(?:s|ing)|working on|creat(?:es|ed|ing)|(?:is|are) (?:getting|making)))(?![\w-])"
)
_PLAINLY: Final = lazily(
    r"(?:reboot|offer|test(?:s|ing) out|pilot|launch|unveil|debut|introduc|releas|roll|reveal|wraps|showcas|show\w* off|sell|ship|brings? back)"
)
_NEW: Final = lazily(
    r"(?<![\w-])(?:(?:brand[- ]|all-)?new(?:est)?|latest|first(?:-ever|-generation)?|next-gen\w*|second-generation|third-generation|redesigned|"
    r"updated|upgraded|revamped|refreshed|long-awaited|cheaper|its own|beta|(?:two|three|four|five|several|some|more|\d) (?:\w+ )?(?:new|key))(?![\w-])"
)
_FRESH: Final = lazily(
    r"(?:['’]s|(?<![\w-])(?:its|the|this|a)) (?:[\w-]+ )?(?:(?:brand[- ]|all-)?new(?:est)?|latest|upcoming|redesigned|updated|next(?:-gen\w*)?|newly announced|just-announced) "
    r"(?P<named>(?:[\w.+-]+ ){0,4}[\w.+-]+)"
)
_PRICED: Final = lazily(
    r"(?:for|at|from|costs?|starting at|priced (?:at|from)|just) \$\d[\d,.]*(?! ?(?:million|billion|m\b|bn|trillion))|\$\d[\d,.]* (?:a|per|each|/) ?(?:month|year|piece)"
)
_STOP: Final = lazily(
    r"[;:.!?—]|, | (?:that|after|as|while|but|amid|because|following|despite|against|over|when|which|who|if|than|rather)(?= )|--"
)
_UNLIKE: Final = lazily(
    r"\b(?:review:?|reviewed|hands-on|how to|vs\.?|versus|rumou?r\w*|leak(?:s|ed|y)?|tips?|tricks?|best|worst|deals?|discount\w*|cheapest|"
    r"delay\w*|postpon\w*|cancel\w*|recall\w*|discontinu\w*|ban(?:s|ned)?|lawsuit|sue[sd]?|tariff\w*|fined?|breach\w*|hack\w*|scam\w*|"
    r"killed?|reportedly|could|might|earnings|quarter\w*|why|should you)\b"
)
_NO_NEWS: Final = lazily(
    r"\b(?:review|reviewed|hands-on|worth|best|worst|vs\.?|versus|tips?|tricks?|how to|reasons?|why|guide|deals?|sale|discount\w*|opinion|explained|should you|what to know|"
    r"first look|in photos|preview|podcast|everything)\b|\?$"
)
_THEN: Final = lazily(
    r"\b(?:last (?:week|month|year|fall|spring|summer|winter)|in (?:19|20)\d\d|years? ago|months? ago|earlier|first (?:unveiled|launched|introduced)|back in|as a way)\b"
)
_NOW: Final = lazily(
    r"\b(?:today|tonight|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|this (?:morning|week|month|year|fall|spring|summer|winter)|just|now|soon|starting|"
    r"announced|announces|will|launching|rolling out|set to)\b"
)
_CAPITALS: Final = re.compile(
    r"(?:^| )(?:[A-Z][\w+&-]*|[a-z][A-Z]\w+|\d{1,4})(?: (?:[A-Z][\w+&-]*|\d{1,4}))*"
)
_WARES: Final = lazily(rf"(?<![\w-]){WARE}(?![\w-])")
_BUSINESS: Final = lazily(rf"(?<![\w-]){BUSINESS}(?![\w-])")
_IT: Final = re.compile(
    r"(?:it|the (?:company|firm|carmaker|automaker|retailer|chipmaker|carrier|giant|group|bank|streaming service|tech giant|social network))\b"
)


def launches(scene: Scene) -> Iterator[Stated]:
    """Yield the first launch that a page tells in its headline or opening, if any."""
    if scene.main is None or _UNLIKE.search(scene.words(0)):
        return
    for index in range(min(len(scene.sentences), _SEARCHED)):
        words = scene.words(index)
        if scene.sentences[index].background or not any(stem in words for stem in _STEMS):
            continue
        if index and _UNLIKE.search(words):
            continue
        found = _shown(scene, index, words) or _fresh(scene, index, words) or _arrived(scene, index, words)
        if found is not None:
            yield found
            return


def launched_now(scene: Scene, index: int) -> bool:
    """Tell whether a launch found in a sentence is what the page reports, not a thing it reviews or recalls."""
    if _NO_NEWS.search(scene.words(0)):
        return False
    words = scene.words(index)
    return not index or (not _THEN.search(words) if index == 1 else bool(_NOW.search(words)))


def _shown(scene: Scene, index: int, words: str) -> Stated | None:
    base = scene.sentences[index].span.start
    for match in _SHOWN.finditer(words):
        subject = _subject(scene, index, words, match.start())
        if subject is None:
            continue
        phrase = _phrase(words, match.end())
        if not phrase or _BUSINESS.search(phrase):
            continue
        plain = bool(_PLAINLY.search(match.group()))
        ware, new = bool(_WARES.search(phrase)), bool(_NEW.search(phrase))
        text = scene.text[base + match.end() : base + match.end() + len(phrase)]
        named = index > 0 and _is_named(scene, index, base + match.end(), text)
        if (ware and (new or plain)) or (plain and (new or named)) or (named and new) or (ware and named):
            span = Span(base + match.start(), base + match.end() + min(len(phrase), 40))
            return _launch(subject, index, span, 0.5 if plain else 0.45)
    return None


def _launch(issuer_id: IssuerId, sentence: int, span: Span, strength: float) -> Stated:
    return Stated("product_launch", Polarity.POSITIVE, issuer_id, sentence, span, strength)


def _fresh(scene: Scene, index: int, words: str) -> Stated | None:
    """ "Dell's new XPS 13", where the page opens with it."""
    if index > 1:
        return None
    base = scene.sentences[index].span.start
    for match in _FRESH.finditer(words):
        phrase = _phrase(match.group("named"), 0)
        if not phrase or _BUSINESS.search(phrase) or not _WARES.search(phrase):
            continue
        owner = next((m for m in scene.rows[index] if -3 <= match.start() + base - m.span.end <= 1), None)
        if owner is None:
            continue
        return _launch(owner.issuer_id, index, Span(base + match.start(), base + match.end()), 0.45)
    return None


# what is shown may be the subject itself: "AT&T's TV service rolls out", "Amazon Go Grocery opens today"
_ARRIVES: Final = lazily(
    r"(?<![\w-])(?:is |are |has |have |now |will |to |finally |officially |set to )*(?:launch(?:es|ed|ing)?|roll(?:s|ed|ing)? out|debut(?:s|ed|ing)?|arriv(?:es?|ed|ing)|opens?|opened|opening|go(?:es|ing)? (?:live|on sale|nationwide)|went (?:live|on sale)|"
    r"coming (?:to|in|this|next)|hits? (?:stores|shelves|the market|the road)|now available|(?:be )?available (?:in|on|from|starting|today|now|to|for))(?![\w-])"
)


def _arrived(scene: Scene, index: int, words: str) -> Stated | None:
    """ "Amazon's first Go grocery opens in Seattle": the ware comes ahead of its verb, and its owner ahead of it."""
    if index > 1:
        return None
    base = scene.sentences[index].span.start
    for match in _ARRIVES.finditer(words):
        owner = next(
            (m for m in reversed(scene.rows[index]) if 0 < base + match.start() - m.span.end <= _REACH), None
        )
        if owner is None:
            continue
        phrase = words[owner.span.end - base : match.start()]
        if _STOP.search(phrase) or _BUSINESS.search(phrase) or not _WARES.search(phrase):
            continue
        return _launch(owner.issuer_id, index, Span(base + match.start(), base + match.end()), 0.5)
    return None


def _phrase(words: str, start: int) -> str:
    ahead = words[start : start + _AHEAD]
    stop = _STOP.search(ahead)
    return ahead[: stop.start()] if stop else ahead


def _is_named(scene: Scene, index: int, start: int, text: str) -> bool:
    """Tell of a product by its name in capitals, which is not the name of another firm."""
    for match in _CAPITALS.finditer(text):
        left, right = start + match.start(), start + match.end()
        others = [
            m
            for m in scene.rows[index]
            if m.span.start < right
            and left < m.span.end
            and (m.issuer_id != scene.main or m.span.end - m.span.start >= right - left - 1)
        ]
        if not others and len(match.group().strip()) > 2:
            return True
    return False


def _subject(scene: Scene, index: int, words: str, start: int) -> IssuerId | None:
    base = scene.sentences[index].span.start
    before: list[Mention] = [m for m in scene.rows[index] if 0 <= base + start - m.span.end <= _REACH]
    if before:
        return before[-1].issuer_id if len(before) == 1 else before[0].issuer_id
    if index and _IT.search(words, max(0, start - _REACH), start):
        return scene.subjects[index] or scene.main
    return None
