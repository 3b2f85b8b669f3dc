"""Which language a text is in, from its script and its commonest words."""

from __future__ import annotations

from collections import Counter
from typing import Final

from readthrough.domain.lazy import lazily

__all__ = ["detect_language"]

_ENOUGH: Final = 4_000  # code points read; more changes no answer
_SHORT: Final = 12  # words below which Latin text without signs of another language is taken for English

_KINDS: Final = 2  # different common words that settle a language; one is a coincidence

_LETTER: Final = lazily(r"[^\W\d_]")
_FOREIGN: Final = lazily("[\u0370-\u1dff\u1f00-\u1fff\u2070-\U0010ffff]")  # Latin letters lie outside
_ASCII_WORD: Final = lazily(r"[a-z]+(?:'[a-z]+)?")
_LATIN_WORD: Final = lazily(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SCRIPTS: Final = (
    ("kana", 0x3040, 0x30FF),
    ("han", 0x3400, 0x9FFF),
    ("hangul", 0xAC00, 0xD7AF),
    ("hangul", 0x1100, 0x11FF),
    ("cyrillic", 0x0400, 0x052F),
    ("arabic", 0x0600, 0x06FF),
    ("hebrew", 0x0590, 0x05FF),
    ("devanagari", 0x0900, 0x097F),
    ("bengali", 0x0980, 0x09FF),
    ("tamil", 0x0B80, 0x0BFF),
    ("telugu", 0x0C00, 0x0C7F),
    ("thai", 0x0E00, 0x0E7F),
    ("greek", 0x0370, 0x03FF),
    ("georgian", 0x10A0, 0x10FF),
    ("armenian", 0x0530, 0x058F),
)
_OF_SCRIPT: Final = {
    "hangul": "ko", "hebrew": "he", "devanagari": "hi", "bengali": "bn", "tamil": "ta", "telugu": "te",
    "thai": "th", "greek": "el", "georgian": "ka", "armenian": "hy",
}  # fmt: skip
_COMMON: Final = {
    "en": (
        "the of and to in is that for on with as by at from its was it has are said have after be will "
        "this which "
        "were but an not he they their more than up over would had or about who his shares company year new"
    ),
    "de": (
        "der die das und ist von zu den mit für auf im nicht ein eine dem des sich als auch an bei nach "
        "wird sind "
        "hat aus um über werden noch einen zum zur unternehmen prozent milliarden sagte wurde"
    ),
    "fr": (
        "le la les des et est du en un une pour que qui dans sur par au avec plus pas ce se son sa ses "
        "aux été "
        "sont cette ont mais ou selon entreprise milliards hausse après d'euros"
    ),
    "es": (
        "el la los las de y en que un una por con para del se al es su lo como más pero sus ha este esta "
        "sobre "
        "entre según empresa millones año tras fue son desde"
    ),
    "it": (
        "il lo gli della di e che un una per con del nel la le dei è non si da sono alla più anche come "
        "ha dal "
        "nella questo dopo miliardi società azioni degli delle al"
    ),
    "pt": (
        "o os as de e em que um uma para com do da no na por mais não se dos das ao como foi sua seu é "
        "pela pelo "
        "são ano bilhões milhões empresa após segundo"
    ),
    "nl": (
        "de het een van en in is dat op te met voor niet zijn aan er om ook als bij door naar heeft uit "
        "nog maar "
        "wordt werd over miljard bedrijf jaar volgens"
    ),
    "sv": (
        "och att det som en är av på för med den till inte om har ett de var från men vid efter mot "
        "bolaget "
        "miljarder kronor procent sade"
    ),
    "da": (
        "og at det som en er af på for med den til ikke om har et de var fra men ved efter mod selskabet "
        "milliarder "
        "kroner procent blev"
    ),
    "no": (
        "og å det som en er av på for med den til ikke om har et de var fra men ved etter mot selskapet "
        "milliarder "
        "kroner prosent ble"
    ),
    "fi": (
        "ja on ei että se oli hän ovat mutta myös kun tai sekä mukaan yhtiö yhtiön miljoonaa euroa vuoden "
        "ole"
    ),
    "pl": (
        "i w na z że się do nie jest to o jak po od za przez są ale oraz który która roku spółki mld zł "
        "będzie"
    ),
    "cs": "a v na se je že s z do o k i ale by jako po za pro podle jsou nebo roce společnost korun také",
    "tr": "ve bir bu için ile de da olarak daha çok en olan gibi sonra kadar ise yüzde milyar şirket oldu",
    "id": (
        "yang dan di dari untuk dengan ini pada itu dalam tidak akan ke oleh juga sebagai adalah "
        "perusahaan tahun saham"
    ),
    "vi": "của và là trong cho các với được không có một những này đã từ đến công ty năm cổ phiếu",
    "ro": "și de la în a cu pe pentru din nu este care mai au fost sau prin după compania milioane",
    "hu": "a az és hogy nem is egy volt meg csak már még de ez mint után szerint cég milliárd forint",
}  # fmt: skip
_SETS: Final = {
    code: frozenset(w for w in words.split() if len(w) > 1 or not w.isascii() or w in "yewz")
    for code, words in _COMMON.items()
}


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, or `und` when nothing settles it.

    A short Latin text without signs of another language counts as English: headlines and tickers
    carry few common words.

    >>> detect_language("Die Aktie der Bank ist nach den Zahlen um 5 Prozent gefallen")
    'de'
    """
    sample = text[:_ENOUGH]
    scripts = _scripts(sample)
    if not scripts:
        return "und"
    return _of_scripts(scripts, sample) or _of_words(sample)


def _scripts(sample: str) -> Counter[str]:
    if sample.isascii() or not _FOREIGN.search(sample):
        return Counter(latin=1) if _LETTER.search(sample) else Counter()
    counts: Counter[str] = Counter()
    for char in _LETTER.findall(sample):
        code = ord(char)
        if code < 0x0370 or 0x1E00 <= code <= 0x1EFF:
            counts["latin"] += 1
        else:
            counts[next((name for name, low, high in _SCRIPTS if low <= code <= high), "other")] += 1
    return counts


def _of_scripts(scripts: Counter[str], sample: str) -> str:
    total = scripts.total()
    east = scripts["han"] + scripts["kana"]
    # an ideograph says about as much as two or three Latin letters
    if east * 3 > total:
        return "ja" if scripts["kana"] * 10 > east else "zh"
    name, count = scripts.most_common(1)[0]
    if name == "cyrillic" and count * 2 > total:
        return "uk" if any(c in sample for c in "їєґЇЄҐ") else "ru"
    if name == "arabic" and count * 2 > total:
        return "fa" if any(c in sample for c in "پچژگ") else "ar"
    if count * 2 > total and name in _OF_SCRIPT:
        return _OF_SCRIPT[name]
    return "" if name == "latin" else "und"


def _of_words(sample: str) -> str:
    if sample.isascii():  # the engine is twice as fast there
        words = _ASCII_WORD.findall(sample.lower())
    elif "\u0130" not in sample and not _FOREIGN.search(sample):  # lowering keeps every letter one letter
        words = _LATIN_WORD.findall(sample.lower())
    else:
        words = [w.lower() for w in _LATIN_WORD.findall(sample)]
    if not words:
        return "und"
    # a quarter of function words settles English at once: no other language shares that many
    if sum(map(_SETS["en"].__contains__, words)) >= 0.25 * len(words):
        return "en"
    scores = {code: sum(word in common for word in words) for code, common in _SETS.items()}
    kinds = {code: len(common.intersection(words)) for code, common in _SETS.items()}
    best = max(scores, key=lambda code: scores[code])
    english, share = scores["en"], scores[best] / len(words)
    if best != "en" and kinds[best] >= _KINDS and scores[best] > english * 1.5 and share >= 0.12:
        return best
    if english / len(words) >= 0.06 or len(words) <= _SHORT or english >= scores[best]:
        return "en"
    return "und"
