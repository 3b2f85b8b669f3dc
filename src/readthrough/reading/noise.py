"""Tell news from what a fetcher also brings home: bot checks, paywalls, legal text, menus, nothing."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import Final

from readthrough.domain.article import Article
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Noise
from readthrough.reading.language import detect_language
from readthrough.reading.patterns.necessary import END, START, alternatives, how_common, necessary

__all__ = ["judge_page"]

_READ: Final = 6_000  # code points of body looked at
_WORD: Final = lazily(r"[^\W_]{2,}")
_ASIAN: Final = lazily(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ANY_WORD: Final = lazily(r"\w+")
_TOLD_OFTEN: Final = 10
_FEWEST: Final = 3  # real words that a headline alone needs
_STUB: Final = 120  # words of other text beyond which a page with a prompt in it is an article
_CHECK_STUB: Final = 90

_BOT: Final = lazily(
    r"verif(?:y|ying) (?:that )?you(?:'re| are) (?:not a robot|(?:a )?human)|are you (?:a )?(?:robot|"
    r"human)\b|(?:complete|solve|enter)[^.]{0,30}captcha|captcha (?:below|challenge|to)|"
    r"enable (?:javascript|js)(?: and| cookies)?|javascript (?:is|has been) (?:disabled|required|"
    r"not available)|"
    r"turn on javascript|requires? javascript|disable (?:any |your )?ad[ -]?block|"
    r"checking (?:if the site connection is secure|your browser)|"
    r"unusual (?:activity|traffic) (?:from|on) your|suspicious activity (?:from|on) your|"
    r"access (?:to this page has been )?denied|"
    r"you (?:don't|do not) have permission to access|please wait while we (?:verify|check)|"
    r"just a moment\.\.\.|"
    r"ddos protection by|ray id|reference #\d|error 10\d\d|403 forbidden|429 too many requests|"
    r"too many requests|"
    r"bot (?:detection|protection|management)|automated (?:access|requests|traffic)|security check|"
    r"press and hold|press & hold|"
    r"your browser (?:is (?:out of date|not supported)|does not support)|click the box below|one more step|"
    r"(?:404|page) not found|503 service (?:temporarily )?unavailable|502 bad gateway|browser is outdated"
)
_PAY: Final = lazily(
    r"subscribe (?:now |today )?to (?:continue|read|keep|unlock|get)|subscribers? only|(?:for|"
    r"exclusive(?:ly)? (?:to|for)) (?:our )?subscribers|"
    r"(?:sign|log) in to (?:continue|read|your account|view|unlock)|already (?:a |an )?(?:subscriber|member)|"
    r"to (?:continue reading|read (?:the (?:full|rest)|this (?:article|story)|more),?)|"
    r"continue reading (?:this article|with|your article)|"
    r"you(?:'ve| have) (?:reached|hit|used|read) (?:your|all|the|\d)(?: \w+){0,5} (?:limit|articles?)|"
    r"free articles?|"
    r"unlock (?:this|the full|full|unlimited)|start your (?:free )?trial|free trial|(?:register|"
    r"create (?:a|an) (?:free )?account) to|"
    r"premium (?:content|article|subscribers?)|this (?:article|content|story) is (?:for|available to|"
    r"reserved|only|locked|exclusive)|"
    r"become a (?:member|subscriber)|choose (?:a|your) plan|cancel any ?time|subscription (?:required|"
    r"options|plan)|"
    r"\$\d+(?:\.\d\d)? (?:a|per) (?:week|month)|paywall|digital access"
)
_LEGAL: Final = lazily(
    r"forward-looking statements?|not (?:constitute |intended as |be construed as |"
    r"an? )?(?:investment|financial|legal|tax) advice|"
    r"informational purposes only|past performance|no (?:representation|warrant)|"
    r"accepts? no (?:liability|responsibility)|"
    r"all rights reserved|copyright|©|(?:we|this (?:site|website)) uses? cookies|cookie (?:policy|"
    r"notice|settings|preferences)|"
    r"accept (?:all )?cookies|privacy (?:policy|notice)|terms (?:of (?:use|service)|and conditions)|"
    r"private securities litigation reform act|safe harbou?r|risks and uncertainties|differ materially|"
    r"(?:undertakes?|assumes?) no obligation|not an offer to (?:sell|buy)|solicitation|"
    r"may not be (?:published|reproduced|redistributed)|"
    r"without (?:prior )?(?:written )?(?:permission|consent)|consult (?:a|your) (?:financial|"
    r"professional|own)|"
    r"(?:own|holds?) no positions? in|disclaimer|disclosure:|does not (?:guarantee|endorse)|"
    r"no guarantee|subject to change without notice|"
    r"personal data|consent to|your (?:privacy )?choices|legitimate interest|our partners (?:store|"
    r"process|use)|merchantability|governing law"
)
_MENU: Final = lazily(
    r"^(?:home|news|markets?|business|world|politics|tech(?:nology)?|sports?|opinion|video|videos|"
    r"podcasts?|newsletters?|"
    r"sign in|log in|login|register|subscribe|search|menu|about(?: us)?|contact(?: us)?|help|careers|"
    r"advertise|privacy(?: policy)?|terms(?: of (?:use|service))?|"
    r"watchlist|portfolio|my portfolio|screener|calendar|stocks|etfs|funds|bonds|commodities|"
    r"currencies|crypto|"
    r"most (?:read|popular|active)|trending|latest(?: news)?|read more|see all|view all|more|next|"
    r"previous|share|facebook|twitter|"
    r"linkedin|whatsapp|email|print|skip to (?:main )?content|back to top|site ?map|follow us|"
    r"editions?|lifestyle|weather|"
    r"entertainment|health|science|economy|finance|personal finance|real estate|breaking news|"
    r"top stories|account|settings|download(?: the)? app)$"
)
_VERBS: Final = lazily(
    r"\b(?:said|says|reported|reports|announced|rose|fell|gained|dropped|jumped|surged|slid|climbed|"
    r"cut|raised|beat|missed|"
    r"posted|agreed|plans?|will|expects?|expected|warned|filed|approved|told|bought|sold|named|"
    r"launched|declined|increased|"
    r"recalled|ordered|ruled|sued|settled|was|were|has|have|had|is|are|to)\b"
)


def judge_page(article: Article) -> tuple[str, Noise | None]:
    """Detect the language of an article and tell whether it is news at all.

    A prompt to subscribe, a cookie notice or a disclaimer makes a page noise only when little other
    text stands beside it: articles end in such things.

    Returns:
        An ISO 639-1 code (`und` when nothing settles it) and why the page is not news, or None.
    """
    head, body = article.headline.strip(), article.body.strip()
    text = f"{head}\n{body[:_READ]}"
    language = detect_language(text)
    if not _holds(_WORD, text, _FEWEST) and not _holds(_ASIAN, text, _FEWEST * 2):
        return language, Noise.EMPTY
    low = text.lower().replace("’", "'")
    noise = _kind(head.lower().replace("’", "'"), low, longer=len(body) > _READ)
    if noise is None and language not in ("en", "und"):
        noise = Noise.UNREAD_LANGUAGE
    return language, noise


def _kind(head: str, low: str, *, longer: bool) -> Noise | None:
    if longer or _plainly_news(low):
        return None
    if _bot_check(head, low):
        return Noise.BOT_CHECK
    if _is_menu(low):
        return Noise.NAVIGATION
    if _mostly(_PAY, low, _STUB, hits=1 if len(low) < 260 and not _news_like(low) else 2):
        return Noise.PAYWALL
    if _all_legal(low):
        return Noise.DISCLAIMER
    return None


def _plainly_news(low: str) -> bool:
    """Spare a page that tells much in the words of the trade the finer tests."""
    if len(low) <= 600 or not _FIGURE.search(low):
        return False
    return sum(map(_TRADE.__contains__, _ANY_WORD.findall(low))) >= _TOLD_OFTEN or _holds(
        _TOLD, low, _TOLD_OFTEN
    )


def _holds(pattern: re.Pattern[str], text: str, least: int) -> bool:
    """Tell whether a text holds a pattern so many times; it stops looking when it does."""
    return next(islice(pattern.finditer(text), least - 1, None), None) is not None


_LITERAL: Final = lazily(r"[^\\\[\](){}.*+?^$|]+")


@cache
def _hints(pattern: re.Pattern[str]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return sets of pieces of text: without one of each of some set, a text holds no match."""
    hints: list[tuple[tuple[str, ...], ...]] = []
    for part in alternatives(pattern.pattern):
        if _LITERAL.fullmatch(part):
            hints.append(((part,),))
            continue
        for form in necessary(part, str):
            rarest_first = sorted(form, key=how_common)
            hints.append(tuple(tuple({p.strip(START + END) for p in clause}) for clause in rarest_first))
    return tuple(hints)


def _hinted(pattern: re.Pattern[str], low: str) -> bool:
    """Tell whether a text has the words for a match; most pages have not, and looking for words is cheap."""
    for form in _hints(pattern):
        for clause in form:
            for piece in clause:
                if piece in low:
                    break
            else:
                break
        else:
            return True
    return False


def _bot_check(head: str, low: str) -> bool:
    if not _hinted(_BOT, low) or not _BOT.search(low):
        return False
    plain = [s for s in _pieces(low) if not _BOT.search(s)]
    left = sum(len(_WORD.findall(s)) for s in plain)
    if _BOT.search(head) and not _news_like(head):
        return left <= _STUB
    live = sum(_news_like(s) for s in plain)
    return left <= _CHECK_STUB and live == 0


def _mostly(prompt: re.Pattern[str], low: str, most: int, *, hits: int) -> bool:
    if not _hinted(prompt, low) or len(prompt.findall(low)) < hits:
        return False
    plain = [s for s in _pieces(low) if not prompt.search(s)]
    return sum(len(_WORD.findall(s)) for s in plain) < most and sum(_news_like(s) for s in plain) <= 2


def _all_legal(low: str) -> bool:
    if not _hinted(_LEGAL, low):
        return False
    pieces = [s for s in _pieces(low) if _WORD.search(s)]
    legal = [bool(_LEGAL.search(s)) for s in pieces]
    if not any(legal):
        return False
    words = [len(_WORD.findall(s)) for s in pieces]
    share = sum(w for w, is_legal in zip(words, legal, strict=True) if is_legal) / max(1, sum(words))
    live = sum(_news_like(s) for s, is_legal in zip(pieces, legal, strict=True) if not is_legal)
    return share >= 0.4 and live == 0


def _is_menu(low: str) -> bool:
    lines = [line.strip(" -*•|>·\t") for line in re.split(r"\n|\s[|•·>]\s", low)]
    lines = [line for line in lines if line]
    if len(lines) < 6:
        return False
    menu = sum(bool(_MENU.match(line)) for line in lines)
    short = sum(len(line.split()) <= 3 for line in lines)
    told = sum(2 if _news_like(line) else 1 for line in lines if len(line.split()) >= 9)
    mostly_menu = menu >= 4 and menu / len(lines) >= 0.4
    return told <= 1 and (mostly_menu or (menu >= 2 and short / len(lines) >= 0.85))


def _pieces(low: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?])\s+|\n+", low) if s.strip()]


_FIGURE: Final = lazily(
    r"\d{1,20}(?:\.\d{1,9})? ?(?:%|percent|per cent|million|billion|bn|cents|basis points)|[$€£¥]\d"
)
_TOLD: Final = lazily(
    r"\b(?:rose|fell|gained|dropped|jumped|surged|slid|climbed|raised|cuts?|beat|missed|posted|"
    r"announced|agreed|acquires?|acquired?|"
    r"reported|reports|warned|named|launched|declined|increased|recalled|recalls|ruled|sued|settled|"
    r"shares|profit|revenue|quarter|"
    r"investors|deal|ceo|chief executive|analysts|said (?:on )?(?:mon|tues|wednes|thurs|fri)day)\b"
)

# the single words of _TOLD: where they alone are enough, the phrases need no search
_TRADE: Final = frozenset(
    "rose fell gained dropped jumped surged slid climbed raised cut cuts beat missed posted announced agreed "
    "acquire acquires acquired reported reports warned named launched declined increased recalled recalls ruled "
    "sued settled shares profit revenue quarter investors deal ceo analysts".split()
)


def _news_like(piece: str) -> bool:
    """Tell whether a sentence could be news: a figure or a word of the trade, and a verb."""
    return bool(_VERBS.search(piece)) and bool(_FIGURE.search(piece) or len(_TOLD.findall(piece)) >= 2)
