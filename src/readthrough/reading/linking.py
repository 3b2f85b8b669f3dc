"""Find which issuers a text means. Exact names, cues and tickers only; nothing fuzzy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from weakref import WeakKeyDictionary

from readthrough.domain.article import Article, Span
from readthrough.domain.reading import Mention, Sentence, Unlinked
from readthrough.domain.security import MARKS, Issuer, IssuerId, Name, NameKind
from readthrough.reading.ambiguity import Found, Line, Verdict, judge, kind_of_mention, line_of
from readthrough.reading.attribution import acts, is_source, opines
from readthrough.reading.bystanders import is_bystander
from readthrough.reading.coreference import describing_mentions, short_forms
from readthrough.reading.linking_cues import ACRONYMS
from readthrough.reading.settling import (
    LISTED,
    SURE,
    choose,
    confirm_lists,
    doubt_symbols,
    heed_namesakes,
    often_named,
    owned_here,
    settle_tickers,
)
from readthrough.reading.subjects import Cast, cast_of
from readthrough.reading.tickers import TickerSpan, find_tickers
from readthrough.universe.master import Universe
from readthrough.universe.names import Match, NameTable, fold

__all__ = ["Links", "link"]


_BACKING: Final = frozenset(
    {"activist investor", "hedge fund", "private equity", "venture capital", "short seller"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Which issuers the text means, and which names stay open.

    `cast` holds them by sentence, with the issuer each sentence is about.
    """

    mentions: tuple[Mention, ...] = ()
    unlinked: tuple[Unlinked, ...] = ()
    cast: Cast = field(default_factory=Cast)


def link(article: Article, sentences: Sequence[Sentence], universe: Universe) -> Links:
    """Find the issuers an article is about, and list the names that are not sure enough.

    A name links when it can mean one issuer only, or when its sentence, an explicit ticker or the
    rest of the article says that the issuer is meant. Analysts, agencies, exchanges and indices
    are sources and stay unlinked with reason "source". Names and tickers mean whom they meant on the
    day of publication, where that is known. Time is linear in the text.

    Args:
        article: The words.
        sentences: What `split_sentences` made of it.
        universe: Whom names and tickers can mean.
    """
    text = article.text
    lines = [line_of(text, sentence) for sentence in sentences]
    day = article.published_at.date() if article.published_at else None
    by_ticker = universe.ticker_lookup(day)
    tickers = find_tickers(text, by_ticker)
    founds = _find_names(lines, tickers, universe, universe.names_to_come(day))
    founds = owned_here(founds, tickers, lines)
    tickers, settled = settle_tickers(tickers, founds, lines)
    founds = heed_namesakes(confirm_lists(founds), {t.issuer.id for t in tickers})
    founds = doubt_symbols(founds, by_ticker, universe)
    settled |= {f.issuers[0] for f in founds if f.verdict in SURE}
    strong = often_named(founds, tickers)
    named = [(found, choose(found, settled, strong)) for found in founds]
    sources = _source_places(named, universe)
    asides = _asides(named, sources, {t.issuer.id for t in tickers})
    mentions, unlinked = _sorted_out(named, sources, asides, universe)
    sources |= asides
    mentions = [*(_of_ticker(t, text) for t in tickers), *mentions]
    mentions += _later_forms(lines, named, mentions, sources, settled, universe, by_ticker)
    mentions = _without_overlaps(mentions)
    mentions = _without_overlaps(
        [*mentions, *describing_mentions(mentions, sentences, text, universe.issuer)]
    )
    named_spans = {m.span.start for m in mentions}
    return Links(
        mentions=tuple(mentions),
        unlinked=tuple(u for u in unlinked if u.span.start not in named_spans),
        cast=cast_of(mentions, sentences, text, backers=_backers(mentions, universe)),
    )


def _backers(mentions: Iterable[Mention], universe: Universe) -> frozenset[IssuerId]:
    """Name the unlisted investors among those named."""
    issuers = [universe.issuer(i) for i in {m.issuer_id for m in mentions}]
    return frozenset(
        i.id for i in issuers if i is not None and not i.ticker and i.industry.lower() in _BACKING
    )


@dataclass(frozen=True, slots=True)
class _Speakers:
    names: NameTable
    brokers: frozenset[str]  # their issuers


# Beside the universe and gone with it: keyed by it in a plain cache, every universe ever loaded stayed in memory.
_SPEAKERS: Final[WeakKeyDictionary[Universe, _Speakers]] = WeakKeyDictionary()


def _speakers(universe: Universe) -> _Speakers:
    known = _SPEAKERS.get(universe)
    if known is None:
        names = _source_names(universe)
        known = _SPEAKERS[universe] = _Speakers(names, frozenset(universe.sources.brokers.values()))
    return known


def _source_names(universe: Universe) -> NameTable:
    kinds = universe.sources.lower
    names = {
        fold(n): n
        for n in (
            *universe.sources.agencies,
            *universe.sources.exchanges,
            *universe.sources.indices,
            *universe.sources.providers,
        )
    }
    brokers = {fold(n): n for n in universe.sources.brokers}
    return NameTable(
        Name(text=text, issuer_id=IssuerId(kinds.get(text.lower(), "")), kind=NameKind.ALIAS)
        for text in {**brokers, **names}.values()
    )


def _find_names(
    lines: Sequence[Line],
    tickers: Sequence[TickerSpan],
    universe: Universe,
    to_come: frozenset[tuple[str, str]],
) -> list[Found]:
    """Find names, leaving out those inside an explicit ticker, an index or an agency, and those to come."""
    taken = iter(sorted((t.whole.start, t.whole.end) for t in tickers if t.sure))
    left, right = next(taken, (1 << 60, 1 << 60))
    sources = _speakers(universe).names
    founds = []
    for line in lines:
        longer = {m.first: m.end for m in sources.find(line.tokens)} if len(sources) else {}
        matches = list(universe.names.find(line.tokens))
        firms = _firms(line, matches) if "&" in line.tokens.raws else ()
        for match in matches:
            if match.first in firms:
                continue
            start = line.tokens.starts[match.first]
            while right <= start:
                left, right = next(taken, (1 << 60, 1 << 60))
            if left <= start < right or _inside(match.first, match.end, longer):
                continue
            if to_come:
                names = tuple(n for n in match.names if (n.text, n.issuer_id) not in to_come)
                if not names:
                    continue
                match = match._replace(names=names)
            found = judge(line, match)
            if found.verdict is not Verdict.BARRED or found.reason:
                founds.append(found)
    return founds


def _firms(line: Line, matches: Sequence[Match]) -> set[int]:
    """Return where a name is half of a partnership's, as in "Latham & Watkins"."""
    tokens, count = line.tokens, len(line.tokens)
    starts, ends = {m.first for m in matches}, {m.end for m in matches}
    halves = set()
    for m in matches:
        after, before = m.end + 1, m.first - 2
        if (
            after < count
            and tokens.raws[m.end] == "&"
            and after not in starts
            and tokens.raws[after][0].isupper()
            and tokens.keys[after] != "co"
        ) or (
            before >= 0
            and tokens.raws[m.first - 1] == "&"
            and m.first - 1 not in ends
            and tokens.raws[before][0].isupper()
        ):
            halves.add(m.first)
    return halves


def _inside(first: int, end: int, longer: dict[int, int]) -> bool:
    """Tell whether a longer source name ("Dow Jones Industrial Average") holds this one."""
    if not longer:
        return False
    return any(s <= first and end <= e and (s, e) != (first, end) for s, e in longer.items())


def _source_places(named: Sequence[tuple[Found, Name | None]], universe: Universe) -> set[int]:
    """Return the start of every name that is a source; the rest of a list goes with its first."""
    headings = _headings(named, universe)
    leads = _leading(named, universe)
    banking = any(_banks(i, universe) for i in leads)
    places: set[int] = set()
    previous: Found | None = None
    for found, name in named:
        if name is None:
            continue
        kind = _kind(found, name, universe)
        speaks = _speaks(found, kind, leads=name.issuer_id in leads, banking=banking)
        speaks = speaks or name.issuer_id in headings
        if not speaks and kind and previous is not None and previous.span.start in places:
            text = found.line.tokens.text
            speaks = text[previous.span.end : found.span.start].lstrip(".") in LISTED
        if speaks:
            places.add(found.span.start)
        previous = found
    return places


def _headings(named: Sequence[tuple[Found, Name | None]], universe: Universe) -> set[IssuerId]:
    """Return the banks whose names alone head the paragraphs of a round-up of views: "Standard Chartered:"."""
    heads = {
        name.issuer_id
        for found, name in named
        if name is not None
        and len(found.line.tokens) == found.end
        and not found.first
        and found.line.sentence.span.of(found.line.tokens.text).rstrip().endswith(":")
        and _kind(found, name, universe) in ("broker", "provider", "financial")
    }
    return heads if len(heads) > 1 else set()


def _asides(named: Sequence[tuple[Found, Name | None]], sources: set[int], ticked: set[IssuerId]) -> set[int]:
    """Return the start of every name that tells only a former job, a page or a likeness of an issuer not named otherwise."""
    aside: dict[int, IssuerId] = {}
    meant = set(ticked)
    for found, name in named:
        if name is None or found.span.start in sources:
            continue
        if is_bystander(found.line.tokens, found.first, found.end):
            aside[found.span.start] = name.issuer_id
        else:
            meant.add(name.issuer_id)
    return {start for start, issuer_id in aside.items() if issuer_id not in meant}


def _leading(named: Sequence[tuple[Found, Name | None]], universe: Universe) -> set[IssuerId]:
    """Return the issuers whose own news the headline and the first sentence may be.

    A bank that is named after another company there, or only holds an opinion, is not one of them.
    """
    leads: set[IssuerId] = set()
    others = False
    for found, name in named:
        if found.line.sentence.index > 1:
            break
        if name is None:
            continue
        kind = _kind(found, name, universe)
        broker = kind in ("broker", "provider")
        if not _speaks(found, kind, leads=True) and not (
            broker and (others or opines(found.line.tokens, found.end))
        ):
            leads.add(name.issuer_id)
        others = others or not broker
    return leads - _opinionated(named, universe) if others else leads


def _opinionated(named: Sequence[tuple[Found, Name | None]], universe: Universe) -> set[IssuerId]:
    """Return the brokers who somewhere in the article only speak and nowhere do anything of their own."""
    speaking: set[IssuerId] = set()
    acting: set[IssuerId] = set()
    for found, name in named:
        if name is None or (kind := _kind(found, name, universe)) not in ("broker", "provider"):
            continue
        if _speaks(found, kind, leads=True):
            speaking.add(name.issuer_id)
        elif acts(found.line.tokens, found.first, found.end, possessive=found.possessive):
            acting.add(name.issuer_id)
    return speaking - acting


def _kind(found: Found, name: Name, universe: Universe) -> str:
    corporate = name.kind not in MARKS
    return _kind_of(_bare(found), found.names[0].text, name.issuer_id, universe, corporate=corporate)


def _kind_of(surface: str, text: str, issuer_id: IssuerId, universe: Universe, *, corporate: bool) -> str:
    kind = universe.sources.kind_of(surface) or universe.sources.kind_of(text)
    if not kind and corporate and issuer_id in _speakers(universe).brokers:
        return "broker"  # "Goldman Sachs Group Inc.", "JPMorgan Chase & Co."
    return kind or ("financial" if _banks(issuer_id, universe) else "")


def _bare(found: Found) -> str:
    return found.span.of(found.line.tokens.text)


def _banks(issuer_id: IssuerId, universe: Universe) -> bool:
    issuer = universe.issuer(issuer_id)
    return issuer is not None and issuer.sector == "Financials"


def _speaks(found: Found, kind: str, *, leads: bool, banking: bool = True) -> bool:
    return is_source(
        found.line.tokens,
        found.first,
        found.end,
        kind=kind,
        leads=leads,
        possessive=found.possessive,
        banking=banking,
    )


def _sorted_out(
    named: Sequence[tuple[Found, Name | None]], sources: set[int], asides: set[int], universe: Universe
) -> tuple[list[Mention], list[Unlinked]]:
    mentions: list[Mention] = []
    unlinked: dict[tuple[str, str], Unlinked] = {}
    for found, name in named:
        aside = found.span.start in asides
        if name is not None and found.span.start not in sources and not aside:
            mentions.append(_of_name(found, name))
            continue
        issuers = found.issuers if name is None else (name.issuer_id,)
        reason = "aside" if aside else "source" if name is not None else found.reason or "ambiguous"
        if name is None and not _worth_listing(found):
            continue
        surface = _bare(found)
        unlinked.setdefault(
            (surface, reason),
            Unlinked(
                surface=surface, span=found.span, candidates=_candidates(issuers, universe), reason=reason
            ),
        )
    return mentions, list(unlinked.values())


def _worth_listing(found: Found) -> bool:
    """Leave out words such as "Here" that only opened a sentence: nobody would ask who is meant."""
    if any(name.cues or name.vetoes for name in found.names):
        return True
    return not found.opens and found.reason in ("ambiguous", "several issuers")


def _candidates(issuers: Iterable[IssuerId], universe: Universe) -> tuple[str, ...]:
    known = (universe.issuer(i) for i in issuers)
    return tuple(dict.fromkeys(i.ticker or i.name for i in known if i is not None))


def _of_name(found: Found, name: Name) -> Mention:
    confidence = {Verdict.CERTAIN: 0.95, Verdict.CUED: 0.85}.get(found.verdict, 0.8)
    if name.kind in MARKS:
        confidence -= 0.1
    return Mention(
        issuer_id=name.issuer_id,
        span=found.span,
        surface=_bare(found),
        via=kind_of_mention(name),
        confidence=round(confidence, 2),
    )


def _of_ticker(ticker: TickerSpan, text: str) -> Mention:
    return Mention(
        issuer_id=ticker.issuer.id,
        span=ticker.span,
        surface=ticker.span.of(text),
        via="ticker",
        confidence=0.98 if ticker.sure else 0.9,
    )


def _later_forms(
    lines: Sequence[Line],
    named: Sequence[tuple[Found, Name | None]],
    mentions: Sequence[Mention],
    sources: set[int],
    settled: set[IssuerId],
    universe: Universe,
    by_ticker: Callable[[str], Issuer | None],
) -> list[Mention]:
    """Find short forms of what was named, and bare tickers of it."""
    linked = {m.issuer_id for m in mentions}
    sure = [(f, n.issuer_id) for f, n in named if n is not None and f.span.start not in sources]
    table = short_forms(sure, lines, universe.names)
    covered = sorted((f.span for f, _ in named), key=lambda s: s.start)
    starts = {s.start for s in covered}
    added = [*_bare_tickers(lines, linked & settled, starts, by_ticker)]
    if table is not None:
        added += _short_mentions(lines, table, covered)
    return added


def _short_mentions(lines: Sequence[Line], table: NameTable, covered: Sequence[Span]) -> Iterator[Mention]:
    spans = iter(covered)
    span = next(spans, None)
    for line in lines:
        for match in table.find(line.tokens):
            found = judge(line, match)
            while span is not None and span.end <= found.span.start:
                span = next(spans, None)
            if (span is not None and span.overlaps(found.span)) or found.verdict is not Verdict.CERTAIN:
                continue
            if _runs_on(line, match.first, match.end):
                continue
            yield Mention(
                issuer_id=match.names[0].issuer_id,
                span=found.span,
                surface=_bare(found),
                via="short_form",
                confidence=0.85,
            )


def _runs_on(line: Line, first: int, end: int) -> bool:
    tokens = line.tokens
    after = end < len(tokens) and tokens.gap(end - 1) == " " and tokens.raws[end][0].isupper()
    before = first > 1 and tokens.gap(first - 1) == " " and tokens.raws[first - 1][0].isupper()
    return line.cased and (after or before)


def _bare_tickers(
    lines: Sequence[Line],
    settled: set[IssuerId],
    taken: set[int],
    by_ticker: Callable[[str], Issuer | None],
) -> Iterator[Mention]:
    for line in lines:
        tokens = line.tokens
        if not line.cased:
            continue
        for i in tokens.capitals:
            raw = tokens.raws[i]
            if 3 <= len(raw) <= 5 and raw.isupper() and raw.isalpha() and tokens.starts[i] not in taken:
                issuer = None if tokens.keys[i] in ACRONYMS else by_ticker(raw)
                if issuer is not None and issuer.id in settled:
                    span = Span(tokens.starts[i], tokens.ends[i])
                    yield Mention(issuer_id=issuer.id, span=span, surface=raw, via="ticker", confidence=0.85)


def _without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return kept
