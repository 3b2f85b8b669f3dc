"""What the rest of an article says about a name or a ticker: lists, namesakes, tickers beside names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.security import MARKS, Issuer, IssuerId, Name
from readthrough.reading.ambiguity import Found, Line, Verdict
from readthrough.reading.linking_cues import ACRONYMS, GENERIC_WORDS
from readthrough.reading.tickers import SYMBOL_BESIDE, TickerSpan
from readthrough.universe.master import Universe
from readthrough.universe.names import fold

__all__ = [
    "LISTED",
    "SURE",
    "choose",
    "confirm_lists",
    "doubt_symbols",
    "heed_namesakes",
    "often_named",
    "owned_here",
    "settle_tickers",
]

_LINKING: Final = frozenset("a and at by for in of on the to with".split())
SURE: Final = (Verdict.CERTAIN, Verdict.CUED)
_NEW_YORK: Final = frozenset({"XNAS", "XNYS", "XASE"})
_OWNER_OF: Final = lazily(
    r"(?:['’]s)?(?:\.? ?Inc| ?Corp| ?Co)?\.?(?:-owned |(?:, )?(?:\(\w+\),? )?(?:(?:the|which is the) )?(?:owner|parent|parent company) of |"
    r",? which owns )"
)
LISTED: Final = (", ", " and ", " & ", ", and ", " or ", "/", ", or ")


def settle_tickers(
    tickers: Sequence[TickerSpan], founds: Sequence[Found], lines: Sequence[Line]
) -> tuple[tuple[TickerSpan, ...], set[IssuerId]]:
    """Keep the tickers that agree with the text; a name just before a ticker outweighs an old symbol."""
    by_end = {found.span.end: found for found in founds}
    by_start = {found.span.start: found for found in founds if found.verdict is Verdict.CERTAIN}
    settled = {t.issuer.id for t in tickers if t.sure}
    named = {f.issuers[0] for f in founds if f.verdict is Verdict.CERTAIN}
    kept = []
    for ticker in tickers:
        same = by_start.get(ticker.span.start)
        if same is not None and ticker.issuer.id not in same.issuers:
            continue  # "IAG shares" in a story on the airline group of that name
        beside = _name_before(ticker, by_end, lines)
        if beside is not None and ticker.issuer.id not in beside.issuers:
            if beside.verdict is Verdict.CERTAIN or not ticker.sure:
                continue
        elif beside is None and not ticker.sure and not _plausible(ticker, settled | named, lines):
            continue
        settled.add(ticker.issuer.id)
        kept.append(ticker)
    return tuple(kept), settled


def owned_here(founds: Sequence[Found], tickers: Sequence[TickerSpan], lines: Sequence[Line]) -> list[Found]:
    """Give a brand to the owner that the text itself names: "HBO (T)", "AT&T, the owner of HBO".

    Brands are bought and sold; who owned one when the text was written may be another than today.
    """
    if not any(f.names[0].kind in MARKS for f in founds):
        return list(founds)
    owners: dict[str, IssuerId] = {}
    by_end = {found.span.end: found for found in founds}
    beside = [(t, _name_before(t, by_end, lines)) for t in tickers]
    style = any(f is not None and t.issuer.id in f.issuers for t, f in beside)
    for ticker, found in beside:
        if found is not None and style and _mark(found) and ticker.issuer.id not in found.issuers:
            owners.setdefault(_called(found), ticker.issuer.id)
    previous: Found | None = None
    for found in founds:
        if _mark(found) and previous is not None and found.issuers != previous.issuers:
            between = found.line.tokens.text[previous.span.end : found.span.start]
            if previous.verdict is Verdict.CERTAIN and _OWNER_OF.fullmatch(between):
                owners.setdefault(_called(found), previous.issuers[0])
        elif found.verdict is Verdict.CERTAIN and previous is not None and _called(previous) in owners:
            between = found.line.tokens.text[previous.span.end : found.span.start]
            if between in LISTED:
                owners.setdefault(_called(found), owners[_called(previous)])
        previous = found
    if not owners:
        return list(founds)
    return [
        replace(f, names=(replace(f.names[0], issuer_id=owners[_called(f)]),))
        if f.verdict is Verdict.CERTAIN and _called(f) in owners
        else f
        for f in founds
    ]


def doubt_symbols(
    founds: Sequence[Found], by_ticker: Callable[[str], Issuer | None], universe: Universe
) -> list[Found]:
    """Leave a name open where a symbol in brackets beside it is not its issuer's.

    Such a symbol belongs to a namesake that the universe does not know ("Pandora (P)", once a radio service), or to
    the brand itself when it was still listed ("Fitbit (FIT)"). An old symbol of the issuer itself proves nothing.
    """
    doubted = {_called(f) for f in founds if f.verdict in SURE and _strange_symbol(f, by_ticker, universe)}
    if not doubted:
        return list(founds)
    return [
        replace(f, verdict=Verdict.OPEN, reason="another ticker")
        if f.verdict in SURE and _called(f) in doubted
        else f
        for f in founds
    ]


def _strange_symbol(found: Found, by_ticker: Callable[[str], Issuer | None], universe: Universe) -> bool:
    beside = SYMBOL_BESIDE.match(found.line.tokens.text, found.span.end)
    issuer = universe.issuer(found.issuers[0]) if len(found.issuers) == 1 else None
    if beside is None or issuer is None or by_ticker(beside.group(1)) is issuer:
        return False
    symbol = beside.group(1)
    if found.names[0].kind in MARKS:
        return by_ticker(symbol) is None
    lines = [line for security in issuer.securities for line in security.listings]
    if not lines or any(t.mic in _NEW_YORK or t.ticker.partition(".")[0] == symbol for t in lines):
        return False
    return len(symbol) == 1 or symbol.lower() not in found.span.of(found.line.tokens.text).lower()


def _mark(found: Found) -> bool:
    return found.verdict is Verdict.CERTAIN and found.names[0].kind in MARKS


def _called(found: Found) -> str:
    return " ".join(found.line.tokens.stems[found.first : found.end])


def _name_before(ticker: TickerSpan, by_end: dict[int, Found], lines: Sequence[Line]) -> Found | None:
    if not lines:
        return None
    text, start = lines[0].tokens.text, ticker.whole.start
    for end in range(start, max(start - 6, 0), -1):
        if end in by_end:
            return by_end[end]
        if end < start and text[end] not in " ('’\"”s.,\n":
            return None
    return None


def _plausible(ticker: TickerSpan, settled: set[IssuerId], lines: Sequence[Line]) -> bool:
    """Weigh a bare symbol in brackets: an acronym of the words before it is none."""
    if ticker.issuer.id in settled:
        return True
    symbol = ticker.span.of(lines[0].tokens.text)
    if len(symbol) < 3 or symbol.lower() in ACRONYMS:
        return False
    line = next((ln for ln in lines if ln.sentence.span.covers(ticker.span)), None)
    if line is None:
        return False
    tokens = line.tokens
    here = next((i for i in range(len(tokens)) if tokens.starts[i] >= ticker.whole.start), len(tokens))
    before = tokens.raws[max(0, here - 8) : here]
    if not ticker.alone or not before:
        return True
    initials = "".join(raw[0].upper() for raw in before)
    telling = "".join(raw[0].upper() for raw in before if raw.lower() not in _LINKING)
    capitals = "".join(raw[0] for raw in before if raw[0].isupper())
    if initials.endswith(symbol[: len(before)]) or capitals.endswith(symbol) or telling.endswith(symbol):
        return False
    if before[-1][0].isupper():
        words = {fold(w) for w in ticker.issuer.name.split()}
        return any(fold(raw) in words for raw in before[-4:] if raw[0].isupper() and len(raw) > 2)
    return line.cased


def confirm_lists(founds: list[Found]) -> list[Found]:
    """In "Apple, Amazon and Netflix" one sure name vouches for its neighbours."""
    confirmed = list(founds)
    for order in (range(1, len(founds)), range(len(founds) - 2, -1, -1)):
        step = -1 if order.step == 1 else 1
        for i in order:
            found, beside = confirmed[i], confirmed[i + step]
            if found.verdict is not Verdict.OPEN or found.reason != "ambiguous" or len(found.issuers) > 1:
                continue
            if beside.verdict not in SURE or not found.line.cased:
                continue
            first, second = sorted((found, beside), key=lambda f: f.span.start)
            between = found.line.tokens.text[first.span.end : second.span.start]
            if between.lstrip(".") in LISTED:
                confirmed[i] = replace(found, verdict=Verdict.CUED, reason="")
    return confirmed


def heed_namesakes(founds: list[Found], ticked: set[IssuerId]) -> list[Found]:
    """After "Robert Dole" or "Caesars World Inc", a bare "Dole" or "Caesars" is not the issuer of that name.

    It still is where the article spells the issuer out, gives its ticker, or used the bare name first.
    """
    taken: set[str] = set()
    spelled = ticked | {f.issuers[0] for f in founds if f.verdict in SURE and f.end - f.first > 1}
    heeded: list[Found] = []
    for found in founds:
        key = found.line.tokens.stems[found.first]
        if found.verdict is Verdict.BARRED and found.reason in ("a person", "part of a longer name"):
            taken.add(key)
        elif found.verdict in SURE and found.end - found.first == 1:
            if key in taken and found.issuers[0] not in spelled:
                found = replace(found, verdict=Verdict.BARRED, reason="namesake")
            elif found.line.cased:
                spelled.add(found.issuers[0])
        heeded.append(found)
    return heeded


def often_named(founds: Sequence[Found], tickers: Sequence[TickerSpan]) -> set[IssuerId]:
    """Return the issuers named for sure in the first sentences or more than once."""
    counts = Counter(t.issuer.id for t in tickers)
    for found in founds:
        if found.verdict in SURE:
            counts[found.issuers[0]] += 2 if found.line.sentence.index <= 2 else 1
    return {issuer for issuer, count in counts.items() if count > 1}


def choose(found: Found, settled: set[IssuerId], strong: set[IssuerId]) -> Name | None:
    """Decide whom a found name means, knowing whom the article names for sure.

    Where capitals say nothing, only an issuer that the article is much about takes the name.
    """
    if found.verdict is Verdict.BARRED:
        return None
    if found.verdict is not Verdict.OPEN:
        return found.names[0]
    if found.end - found.first == 1 and not found.possessive and found.names[0].text.lower() in GENERIC_WORDS:
        return None  # "American", "Eastern": an adjective as often as not, even in the company's own news
    whom = settled if found.line.cased else strong
    known = [name for name in found.names if name.issuer_id in whom]
    if len({name.issuer_id for name in known}) != 1:
        return None
    return known[0]
