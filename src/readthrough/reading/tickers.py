"""Tickers that a text spells out: $BABA, (NYSE: BABA), 9988.HK, BABA.N, [AAPL], BABA US."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.security import Issuer
from readthrough.reading.linking_cues import ACRONYMS

__all__ = ["SYMBOL_BESIDE", "TickerSpan", "find_tickers"]

Lookup = Callable[[str], Issuer | None]

# Exchange prefix, as written before a colon, to Yahoo suffix.
_EXCHANGES = {
    **dict.fromkeys(
        "NYSE NASDAQ NASDAQGS NASDAQGM NASDAQCM NASDAQ-GS AMEX NYSEAMERICAN NYSEARCA BATS CBOE OTC OTCQX OTCQB "
        "OTCMKTS OTCPK PINK US".split(),
        "",
    ),
    "LON": ".L", "LSE": ".L", "AIM": ".L", "HKG": ".HK", "HKEX": ".HK", "SEHK": ".HK", "HKSE": ".HK", "TSX": ".TO",
    "TSXV": ".V", "CVE": ".V", "TYO": ".T", "TSE": ".T", "ETR": ".DE", "XETRA": ".DE", "FRA": ".DE", "FWB": ".DE",
    "EPA": ".PA", "AMS": ".AS", "EBR": ".BR", "BIT": ".MI", "BME": ".MC", "STO": ".ST", "CPH": ".CO", "OSE": ".OL",
    "HEL": ".HE", "SWX": ".SW", "SIX": ".SW", "VTX": ".SW", "ASX": ".AX", "NSE": ".NS", "BSE": ".BO", "BOM": ".BO",
    "KRX": ".KS", "KOSDAQ": ".KQ", "TPE": ".TW", "TWSE": ".TW", "SHA": ".SS", "SSE": ".SS", "SHE": ".SZ", "SZSE": ".SZ",
    "SGX": ".SI", "JSE": ".JO", "BVMF": ".SA", "B3": ".SA", "BMV": ".MX",
}  # fmt: skip
_REUTERS = {"N": "", "O": "", "OQ": "", "K": "", "P": "", "PK": "", "S": ".SW", "VX": ".SW", "BR": ".BR"}
_SUFFIXES = frozenset(
    "L HK PA DE F T TO V SW MI MC AS BR LS CO ST OL HE IR VI WA AT IS KS KQ SS SZ TW TWO NS BO AX NZ SI KL JK BK SA MX "
    "JO TA SR".split()
)
_BLOOMBERG = {
    "US": "", "UN": "", "UW": "", "LN": ".L", "HK": ".HK", "GR": ".DE", "GY": ".DE", "FP": ".PA", "JP": ".T", "JT": ".T",
    "CN": ".TO", "SW": ".SW", "SE": ".SW", "IM": ".MI", "NA": ".AS", "SS": ".ST", "KS": ".KS", "TT": ".TW", "IN": ".NS",
    "AU": ".AX", "SP": ".SI", "BB": ".BR", "DC": ".CO", "NO": ".OL", "FH": ".HE", "SM": ".MC",
}  # fmt: skip

_SYMBOL = r"[A-Z0-9]{1,6}(?:[.\-][A-Z]{1,3})?"
_PREFIXED = lazily(
    r"\b((?:NYSE|Nyse|NASDAQ|Nasdaq|NasdaqG[SM]|NasdaqCM|NASDAQ-GS|AMEX|OTC(?:QX|QB|MKTS|PK)?|[A-Z]{2,6}|B3)"
    rf"(?: (?:American|AMERICAN|Arca|ARCA|MKT))?) ?: ?\^?({_SYMBOL})(?![A-Za-z0-9])"
)
_CASHTAG = lazily(r"(?<![\w$])\$([A-Z]{1,6}(?:[.\-][A-Z]{1,2})?)(?![\w])")
_SUFFIXED = lazily(r"(?<![\w.])([A-Z0-9]{1,10}[a-z]?)\.([A-Z]{1,3})(?![\w])")
_PARENTHESES = lazily(r"[(\[] ?([A-Z]{1,5}(?:[.\-][A-Z])?(?:[,;/] ?[A-Z]{1,5}(?:[.\-][A-Z])?){0,4}) ?[)\]]")
# What must stand before a symbol is looked at after its first letters: a search that opens with letters it
# knows runs twice as fast as one that opens with a look back.
_DOTTED = lazily(r"\.(?<=[A-Za-z0-9]\.)[A-Z]")
_COLON = lazily(r": ?\^?[A-Z0-9]")
_RUN = lazily(r"[A-Z0-9]{2,6}(?![\w&])")
_RUNS_ON = lazily(r"[\w$.&]")
_TERMINAL = lazily(r" (US|UN|UW|LN|HK|GR|GY|FP|JP|JT|CN|IM|NA|TT|AU)( Equity)?(?!\w)")
_STOCK_AFTER = lazily(r"(?:['’]s)? (?:shares?|stock|options|calls|puts)\b")
_SHARES_OF = lazily(r"(?:[Ss]hares|[Ss]tock|[Ss]hareholders|[Ii]nvestors) (?:of|in) $")
SYMBOL_BESIDE = lazily(r"(?:['’]s)? \(([A-Z]{1,4})\)")  # what may be the symbol of the name before it
_SPOKEN = lazily(r"(?:[Tt]ickers?(?: symbol)?|[Ss]ymbols?) [\"“'‘]?$")


@dataclass(frozen=True, slots=True)
class TickerSpan:
    """A ticker in the text. `span` covers the symbol, `whole` also its exchange.

    `sure` forms name a market or carry a dollar sign; a bare symbol in brackets is not sure: it may
    be an acronym, or the old ticker of a company that is named beside it.
    """

    span: Span
    whole: Span
    issuer: Issuer
    sure: bool
    alone: bool = True


def find_tickers(text: str, by_ticker: Lookup) -> tuple[TickerSpan, ...]:
    """Return the explicit tickers of a text, in order, without overlaps; time is linear."""
    found: dict[int, TickerSpan] = {}
    for item in _explicit(text, by_ticker):
        found.setdefault(item.span.start, item)
    ordered: list[TickerSpan] = []
    for item in sorted(found.values(), key=lambda t: (t.span.start, -t.span.end)):
        if not ordered or item.span.start >= ordered[-1].span.end:
            ordered.append(item)
    return tuple(ordered)


def _explicit(text: str, by_ticker: Lookup) -> Iterator[TickerSpan]:
    if _COLON.search(text):
        for match in _PREFIXED.finditer(text):
            yield from _sure(match, 2, _prefixed(match.group(1), match.group(2), by_ticker))
    if "$" in text:
        for match in _CASHTAG.finditer(text):
            if match.group(1) not in {"B", "K", "M", "MM", "BN", "US"}:
                yield from _sure(match, 1, by_ticker(match.group(1)))
    if _DOTTED.search(text):
        for match in _SUFFIXED.finditer(text):
            if (
                len(match.group(1)) > 1 or text[match.start() - 1 : match.start()] == "("
            ):  # not "J.P." or "U.K."
                yield from _sure(match, 0, _suffixed(match.group(1), match.group(2), by_ticker))
    if "(" in text or "[" in text:
        for match in _PARENTHESES.finditer(text):
            yield from _bracketed(match, by_ticker)
    for match in _RUN.finditer(text):
        start = match.start()
        if not start or not _RUNS_ON.match(text, start - 1):
            yield from _beside_words(text, match, by_ticker)


def _beside_words(text: str, run: re.Match[str], by_ticker: Lookup) -> Iterator[TickerSpan]:
    """A symbol that the words beside it show to be one: "ticker BABA", "BABA US", "shares of BABA"."""
    symbol, before = run.group(), text[max(0, run.start() - 22) : run.start()]
    if symbol.isalpha() and _SPOKEN.search(before):
        yield from _sure(run, 0, by_ticker(symbol))
        return
    terminal = _TERMINAL.match(text, run.end())
    short = len(symbol) < 3
    if terminal is None and (
        short
        or not symbol.isalpha()
        or not (_STOCK_AFTER.match(text, run.end()) or _SHARES_OF.search(before))
    ):
        return
    ordinary = short or symbol.lower() in ACRONYMS or _shouting(text, run)
    if terminal is not None and (terminal.group(2) or not ordinary):
        issuer = _listed(symbol, _BLOOMBERG[terminal.group(1)], by_ticker)
        if issuer is not None:
            yield TickerSpan(
                Span(run.start(), terminal.end(1)), Span(run.start(), terminal.end()), issuer, True
            )
        return
    if (
        not ordinary
        and symbol.isalpha()
        and (_STOCK_AFTER.match(text, run.end()) or _SHARES_OF.search(before))
    ):
        issuer = by_ticker(symbol)
        if issuer is not None:
            yield TickerSpan(Span(*run.span()), Span(*run.span()), issuer, False)


def _sure(match: re.Match[str], group: int, issuer: Issuer | None) -> Iterator[TickerSpan]:
    if issuer is not None:
        yield TickerSpan(Span(*match.span(group)), Span(*match.span()), issuer, True)


def _bracketed(match: re.Match[str], by_ticker: Lookup) -> Iterator[TickerSpan]:
    symbols = list(re.finditer(r"[A-Z.\-]+", match.group(1)))
    for part in symbols:
        issuer = by_ticker(part.group())
        if issuer is not None:
            start = match.start(1) + part.start()
            span = Span(start, start + len(part.group()))
            yield TickerSpan(span, Span(*match.span()), issuer, False, alone=len(symbols) == 1)


def _prefixed(exchange: str, symbol: str, by_ticker: Lookup) -> Issuer | None:
    suffix = _EXCHANGES.get(exchange.upper().partition(" ")[0])
    return None if suffix is None else _listed(symbol, suffix, by_ticker)


def _suffixed(root: str, suffix: str, by_ticker: Lookup) -> Issuer | None:
    if suffix in _REUTERS:
        symbol = f"{root[:-1]}-{root[-1].upper()}" if root[-1].islower() else root
        return _listed(symbol, _REUTERS[suffix], by_ticker)
    if suffix in _SUFFIXES:
        return _listed(root, "." + suffix, by_ticker)
    # a class line as Wall Street writes it
    return by_ticker(f"{root}-{suffix}") if len(suffix) == 1 and root.isalpha() else None


def _listed(symbol: str, suffix: str, by_ticker: Lookup) -> Issuer | None:
    if suffix == ".HK" and symbol.isdigit():
        symbol = symbol.lstrip("0").zfill(4)
    elif not suffix and symbol.isdigit():
        return None
    return by_ticker(symbol + suffix)


def _shouting(text: str, match: re.Match[str]) -> bool:
    """Tell whether the neighbourhood is all capitals, where a capital word is no sign of a ticker."""
    around = text[max(0, match.start() - 30) : match.start()] + text[match.end() : match.end() + 30]
    letters = [c for c in around if c.isalpha()]
    return len(letters) > 8 and sum(map(str.isupper, letters)) > 0.7 * len(letters)
