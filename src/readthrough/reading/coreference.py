"""Later words for an issuer already named: its short form, its initials, "the retailer"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Mention, Sentence
from readthrough.domain.security import Issuer, IssuerId, Name, NameKind
from readthrough.reading.ambiguity import Found, Line
from readthrough.reading.linking_cues import FIRST_NAMES, GENERIC_WORDS, LEGAL_FORMS, SURNAMES
from readthrough.reading.subjects import main_issuer, mentions_by_sentence, subject_of
from readthrough.universe.names import NameTable, fold

__all__ = ["describing_mentions", "short_forms"]

_DEFINED = lazily(r" ?\((?:the )?[\"“'‘]?([A-Z][A-Za-z&]{1,11})[\"”'’]?\)")

_TRADED = lazily(
    r"(?:['’]s)? (?:shares|stock|holders|shareholders|investors|bondholders)\b|"
    r" (?:rose|fell|gained|lost|added|jumped|dropped|slid|slipped|climbed|advanced|declined|tumbled|surged|soared|plunged|sank)"
    r"(?: (?:by|about|nearly|almost|as much as|more than))* \d"
)
_ANY = ("company", "group", "firm", "giant", "maker", "manufacturer", "conglomerate", "startup", "start-up",
        "operator", "developer", "producer", "provider", "supplier", "behemoth", "titan", "heavyweight")  # fmt: skip
_TRADES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("bank", "lender", "insurer", "brokerage", "asset manager"), ("financials",)),
    **dict.fromkeys(
        ("retailer", "grocer", "e-tailer"), ("retail & leisure", "consumer goods")
    ),
    **dict.fromkeys(("carmaker", "automaker", "truckmaker"), ("autos", "industrials")),
    "airline": ("transport",),
    "carrier": ("transport", "telecom"),
    "railroad": ("transport",),
    **dict.fromkeys(("chipmaker", "chip-maker"), ("semiconductors", "technology")),
    **dict.fromkeys(("drugmaker", "biotech"), ("health care",)),
    "miner": ("materials",),
    **dict.fromkeys(("refiner", "driller"), ("energy",)),
    "utility": ("utilities",),
    **dict.fromkeys(("brewer", "distiller"), ("consumer goods",)),
    **dict.fromkeys(("planemaker", "plane-maker", "jetmaker"), ("industrials",)),
}  # fmt: skip
_NOUNS = "|".join(
    sorted(
        map(re.escape, (*_ANY, *_TRADES, "chip maker", "drug maker", "car maker", "plane maker")),
        key=len,
        reverse=True,
    )
)
_DESCRIBED = lazily(
    rf"[Tt]he (?<!\w[Tt]he )((?:(?!(?:the|a|an)\b)[\w’'.&-]{{1,24}} ){{0,4}}?)({_NOUNS})(?!-)\b(?! (?:that|which|behind|where|whose|of)\b)"
)
_LOOSE = frozenset({"group", "firm", "giant", "operator", "developer", "producer", "provider"})
_NOT_THIS = frozenset(
    "other another same rival parent holding private equity law research consulting accounting central data analytics "
    "advisory investment lobbying industry trade user age working advocacy second third two three first last only "
    "largest biggest dominant leading only most public flagship national and or in to from with by for at is was were are has had than which who while but as that of s "
    "security polling market-research think marketing pr hedge venture target combined merged new bigger smaller".split()
)  # fmt: skip
_COUNTRIES = {
    "u.s.": "US", "us": "US", "american": "US", "chinese": "CN", "japanese": "JP", "german": "DE", "french": "FR",
    "british": "GB", "uk": "GB", "u.k.": "GB", "swiss": "CH", "dutch": "NL", "italian": "IT", "spanish": "ES",
    "swedish": "SE", "danish": "DK", "norwegian": "NO", "finnish": "FI", "belgian": "BE", "irish": "IE",
    "canadian": "CA", "australian": "AU", "indian": "IN", "korean": "KR", "taiwanese": "TW", "brazilian": "BR",
    "mexican": "MX", "israeli": "IL", "russian": "RU", "turkish": "TR", "saudi": "SA", "singaporean": "SG",
    "malaysian": "MY", "indonesian": "ID", "thai": "TH", "austrian": "AT", "polish": "PL", "portuguese": "PT",
}  # fmt: skip
_FIELDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("software", "tech", "technology", "computer", "computing"), ("technology", "internet & media", "semiconductors")),
    **dict.fromkeys(("internet", "social-media", "social", "search", "streaming", "media"), ("internet & media", "technology", "telecom")),
    **dict.fromkeys(("chip", "semiconductor"), ("semiconductors", "technology")),
    **dict.fromkeys(("oil", "gas", "energy"), ("energy", "utilities")),
    **dict.fromkeys(("drug", "pharmaceutical", "biotech", "health"), ("health care",)),
    **dict.fromkeys(("insurance", "financial", "payments", "banking"), ("financials",)),
    **dict.fromkeys(("car", "electric-car", "electric-vehicle", "auto"), ("autos",)),
    **dict.fromkeys(("mining", "steel", "chemical", "chemicals"), ("materials",)),
    **dict.fromkeys(("aerospace", "defense", "defence"), ("industrials",)),
}  # fmt: skip
_REACH = 3  # sentences after which "the company" is no longer looked up


def short_forms(
    founds: Iterable[tuple[Found, IssuerId]], lines: Sequence[Line], known: NameTable
) -> NameTable | None:
    """Gather what this article may call its issuers: "Novo" after "Novo Nordisk", "TEL" after "(TEL)".

    A short form that is a common word of English, of this article, or another issuer's name is left out.
    """
    forms: dict[str, IssuerId | None] = {}
    text = lines[0].tokens.text if lines else ""
    for found, issuer_id in founds:
        if found.names[0].kind is NameKind.PRODUCT:
            continue
        for form in (*_leading_words(found, known, text), *_defined(found, text)):
            forms[form] = issuer_id if forms.get(form, issuer_id) == issuer_id else None
    if not forms:
        return None
    ordinary = {raw for line in lines for raw in line.tokens.raws if raw[0].islower()}
    names = [
        Name(text=form, issuer_id=issuer_id, kind=NameKind.SHORT)
        for form, issuer_id in forms.items()
        if issuer_id is not None and fold(form) not in ordinary
    ]
    return NameTable(names) if names else None


def _leading_words(found: Found, known: NameTable, text: str) -> Iterable[str]:
    if found.end - found.first < 2:
        return
    raws, keys = found.line.tokens.raws, found.line.tokens.keys
    words = [i for i in range(found.first, found.end) if keys[i] not in LEGAL_FORMS]
    if not words or not found.line.cased:
        return
    head = keys[words[0]]
    free = (head not in GENERIC_WORDS and head not in FIRST_NAMES) or (
        head in SURNAMES and _is_traded(raws[words[0]], text)
    )
    if len(words) > 1 and len(head) > 2 and free and head.isalpha() and not known.named(head):
        yield raws[words[0]]


def _is_traded(word: str, text: str) -> bool:
    """Tell whether the article speaks of the word's shares or holders: "Warner rose 6.3%", "Warner holders"."""
    return any(_TRADED.match(text, m.end()) for m in re.finditer(rf"\b{re.escape(word)}\b", text))


def _defined(found: Found, text: str) -> Iterable[str]:
    match = _DEFINED.match(text, found.span.end, found.span.end + 24)
    if (
        match is None
        or fold(match.group(1)) in {"company", "group", "bank", "firm", "corporation"} | GENERIC_WORDS
    ):
        return
    if match.group(1)[0].lower() == text[found.span.start].lower():
        yield match.group(1)


def describing_mentions(
    mentions: Sequence[Mention],
    sentences: Sequence[Sentence],
    text: str,
    issuer: Callable[[IssuerId], Issuer | None],
) -> tuple[Mention, ...]:
    """Link "the company", "the Hangzhou-based group", "the retailer" to the one issuer they can mean.

    The antecedent is the only fitting issuer named earlier in the sentence, else the subject of the
    sentence before when no other issuer that fits was named there.
    """
    rows = mentions_by_sentence(mentions, sentences)
    main = main_issuer(rows, sentences)
    added: list[Mention] = []
    recent: tuple[IssuerId, ...] = ()
    silent = 0
    for sentence, row in zip(sentences, rows, strict=True):
        named = list(row)
        for match in _DESCRIBED.finditer(text, sentence.span.start, sentence.span.end):
            whole = Span(*match.span())
            if _NOT_THIS.intersection(match.group(1).lower().split()) or any(
                whole.overlaps(m.span) for m in row
            ):
                continue
            before = [m.issuer_id for m in named if m.span.end <= whole.start]
            found = _antecedent(before or recent, match.group(2).lower(), match.group(1), issuer)
            if found is not None and silent < _REACH and (found == main or _plain(match)):
                named.append(
                    Mention(
                        issuer_id=found, span=whole, surface=match.group(), via="coreference", confidence=0.7
                    )
                )
                added.append(named[-1])
        if named:
            ordered = sorted(named, key=lambda m: m.span.start)
            lead = subject_of(ordered, sentence.span, text)
            recent, silent = tuple(dict.fromkeys((lead, *(m.issuer_id for m in ordered)))), 0
        else:
            silent += 1
    return tuple(added)


def _plain(match: re.Match[str]) -> bool:
    """Only the main issuer of an article is described by its trade, or as "the group"."""
    modifiers, noun = match.groups()
    return noun.lower() not in _LOOSE and (not modifiers or modifiers.rstrip().endswith("-based"))


def _antecedent(
    candidates: Iterable[IssuerId], noun: str, modifiers: str, issuer: Callable[[IssuerId], Issuer | None]
) -> IssuerId | None:
    trades = _TRADES.get(noun.replace(" ", ""), ())
    country = _country(modifiers)
    field = next((_FIELDS[w] for w in modifiers.lower().split() if w in _FIELDS), ())
    unique = dict.fromkeys(candidates)
    fitting = [c for c in unique if _fits(issuer(c), trades or field, country)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(issuer: Issuer | None, trades: tuple[str, ...], country: str) -> bool:
    if issuer is None:
        return True
    if country and issuer.country and issuer.country != country:
        return False
    return not trades or not issuer.sector or issuer.sector.lower() in trades


def _country(modifiers: str) -> str:
    words = modifiers.lower().split()
    return next((_COUNTRIES[w] for w in words if w in _COUNTRIES), "")
