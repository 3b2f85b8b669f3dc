"""Questions answered: whom they are about, what kind of question each part is, and what the corpus says to it.

Figures come from tables and facts by code, counts from events, and everything else in the sentences of articles
and documents. A language model, where one is set, may only join what was found, under the same check.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

from readthrough.desk.answer_writing import rewritten
from readthrough.desk.corpus import Search, catch_up, search
from readthrough.desk.exposures import exposures
from readthrough.desk.passages import (
    OPENED,
    beside,
    in_time,
    iso,
    once,
    order,
    passage_of,
    sentences_of,
    weighed,
)
from readthrough.desk.resolve import Resolved, resolve
from readthrough.desk.telling import Tell, Teller
from readthrough.domain.article import ArticleId, Span
from readthrough.domain.corpus import CorpusDocument, CorpusFilter, DocumentKind, Found
from readthrough.domain.ports import Passage
from readthrough.reading.sentences import split_sentences
from readthrough.research.aggregate import Asking, asked_of_events, compared, counted
from readthrough.research.answer import Answer, Citation, Figure, compose
from readthrough.research.book_news import asks_for_advice, asks_for_book, asks_of_holdings, news_of_book
from readthrough.research.figures import Input, StatementPage, work_out
from readthrough.research.grounding import steers
from readthrough.research.kinds import news_times_in, times_in
from readthrough.research.lookup import look_up, lookup_asked
from readthrough.research.plan import metric_in, parts_of
from readthrough.research.ratios import measure_asked, search_words
from readthrough.research.retrieve import Question, Ranked, meanings, rank
from readthrough.research.wording import Wanted

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = ["Scope", "answer", "found_pages"]

CANDIDATES: Final = 60
"""Sentences fetched for ranking: the best by words, from which the answer's few are chosen."""
ABOUT: Final = 0.4
"""Relevance from which an article is about a company rather than mentions it; chosen by judgement."""
NOTES_SCANNED: Final = 2_000
"""Newest notes looked through for events of a kind."""
EVENTS_SCANNED: Final = 400
LONGEST_QUESTION: Final = 2_000
CAUGHT_UP: Final = 400
"""Notes taken into the corpus before an answer; a server takes in the rest by itself."""
NO_ADVICE: Final = (
    "What to do is not something a corpus says: ask what happened, or what it means for a holding."
)
PAGES: Final = 14
"""Pages read for a figure: three statements, with room for two years' reports of each."""
_FILED: Final = (DocumentKind.FILING, DocumentKind.EXHIBIT, DocumentKind.TRANSCRIPT, DocumentKind.REPORT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an answer may be drawn from.

    `portfolio` names a book: "my holdings" are its, and without a company in the question only they are asked
    about. `tenant` is who asks; others' documents are never looked at.
    """

    tickers: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    as_of: datetime | None = None
    portfolio: str = ""
    tenant: str = ""
    sources: tuple[str, ...] = ()
    kinds: tuple[DocumentKind, ...] = ()


def answer(
    desk: Desk, question: str, *, limit: int = 5, scope: Scope | None = None, tell: Tell | None = None
) -> Answer:
    """Answer a question from the corpus.

    Args:
        desk: Whose corpus.
        question: Words, in English; only the first 2,000 characters count.
        limit: Most sentences returned.
        scope: What it may be drawn from; everything when None.
        tell: Told each piece as soon as it is found and checked, from this thread or a model's.
    """
    teller = Teller(tell)
    made = _answered(desk, question[:LONGEST_QUESTION], limit, scope or Scope(), teller)
    teller.rest(made)
    return made


def _answered(desk: Desk, words: str, limit: int, scope: Scope, teller: Teller) -> Answer:
    now = scope.as_of or desk.clock()
    if asks_for_advice(words):
        return Answer(question=words, tickers=(), sentences=(), assumed=(NO_ADVICE,))
    asking = asked_of_events(words)
    resolved = resolve(desk, words, tickers=scope.tickers)
    told = None if asking else exposures(desk, resolved, scope)
    if told is not None and (told.found or told.choices):
        return replace(told, assumed=resolved.assumed)
    if told is not None:
        resolved = replace(resolved, assumed=(*resolved.assumed, *told.assumed))
    if resolved.choices and not (asking and asking.mine):
        return Answer(question=words, tickers=(), sentences=(), choices=resolved.choices)
    for taken in resolved.assumed:
        teller.words("assumed", taken)
    catch_up(desk, most=CAUGHT_UP)
    since, until = times_in(words, now)
    scope = replace(scope, since=scope.since or since, until=scope.until or until) if asking else scope
    made = _from_events(desk, resolved, asking, scope, limit) if asking else None
    if made is None or not made.found:
        # what a model is to put in its own words is not told in the sources'
        early = teller if desk.answerer is None else Teller(None)
        made = _of_book(desk, resolved, scope, now, limit) or _by_parts(
            desk, resolved, scope, now, limit, early
        )
    made = replace(made, assumed=resolved.assumed)
    return rewritten(desk, made, teller) if made.sentences and made.method == "extracts" else made


def _of_book(desk: Desk, resolved: Resolved, scope: Scope, now: datetime, limit: int) -> Answer | None:
    """What the notes say of the holdings; None where something else is asked, or nothing is said."""
    question = resolved.question
    if question.tickers or not asks_for_book(question):
        return None
    since, until = times_in(question.text, now)
    scope = replace(scope, since=scope.since or since, until=scope.until or until)
    made = news_of_book(
        question,
        _notes(desk, scope),
        held=_held(desk, scope.portfolio, scope.as_of),
        quote=lambda note, place: _sentence_at(desk, note, place, scope.as_of),
        limit=limit,
    )
    return made if made.found else Answer(question=question.text, tickers=(), sentences=(), method="notes")


def _by_parts(
    desk: Desk, resolved: Resolved, scope: Scope, now: datetime, limit: int, teller: Teller
) -> Answer:
    """Answer each part of a question, the whole first: what the whole finds is not asked for again."""
    question = resolved.question
    told = _figure(desk, question, scope) or _side_by_side(desk, question, scope, limit)
    if told is not None:
        return told
    since, until = news_times_in(question.text, now)
    scope = replace(scope, since=scope.since or since, until=scope.until or until)
    parts = parts_of(question)
    whole = _in_sentences(desk, question, scope, limit)
    teller.rest(whole)
    if len(parts) < 2:
        return whole
    sentences = list(whole.sentences)
    seen = {(s.citation.article_id, s.citation.span) for s in sentences}
    share = max(1, limit // len(parts))
    for part in parts:
        more = _in_sentences(desk, part, scope, share)
        fresh = [s for s in more.sentences if (s.citation.article_id, s.citation.span) not in seen]
        seen |= {(s.citation.article_id, s.citation.span) for s in fresh}
        sentences += fresh
        for sentence in sentences[:limit]:
            teller.sentence(sentence)
    return replace(whole, sentences=tuple(sentences[:limit]), plan=tuple(part.text for part in parts))


# figures


def _figure(desk: Desk, question: Question, scope: Scope) -> Answer | None:
    """A figure worked out of statements or looked up in a table; None where none is asked for, or none is sure."""
    wanted = measure_asked(question.text)
    plain = lookup_asked(question.text, (*question.names, *question.tickers))
    if not question.tickers or (wanted is None and plain is None):
        return None
    ticker = question.tickers[0]
    pages, documents = _statement_pages(desk, replace_tickers(question, (ticker,)), scope)
    worked = None if wanted is None else work_out(wanted, pages)
    if worked is not None and wanted is not None:
        years = " to ".join(f"FY{year}" for year in dict.fromkeys((wanted.years[0], wanted.years[-1])))
        told, found = f"{worked.measure}, {years}: {worked.shown}", [worked]
    elif plain is not None:
        found = list(look_up(plain, pages))
        told = "; ".join(one.working for one in found)
    else:
        return None
    if not found:
        return None
    return Answer(
        question=question.text,
        tickers=question.tickers,
        sentences=(),
        headline=f"{ticker}: {told}.",
        figures=tuple(
            Figure(
                name=one.measure,
                shown=one.shown,
                value=one.value,
                unit=one.unit,
                working=one.working,
                inputs=tuple(_of_input(documents[each.document_id], each) for each in one.inputs),
            )
            for one in found
        ),
        method="tables",
    )


def _statement_pages(
    desk: Desk, question: Question, scope: Scope
) -> tuple[list[StatementPage], dict[str, CorpusDocument]]:
    """The pages that may hold a figure, best first, and their documents."""
    pages: list[StatementPage] = []
    documents: dict[str, CorpusDocument] = {}
    for one in found_pages(desk, question, scope, limit=PAGES):
        document = documents.get(one.document_id) or desk.corpus.document(
            one.document_id, tenant=scope.tenant, as_of=scope.as_of
        )
        if document is None:
            continue
        documents[one.document_id] = document
        pages.append(
            StatementPage(
                document_id=document.id,
                title=document.title,
                number=one.page,
                text=document.text,
                span=document.page(one.page),
            )
        )
    return pages, documents


def replace_tickers(question: Question, tickers: tuple[str, ...]) -> Question:
    """Return the question as asked of other companies."""
    return Question(text=question.text, tickers=tickers, names=question.names)


def found_pages(desk: Desk, question: Question, scope: Scope, *, limit: int) -> list[Found]:
    """Return one passage for each page that may hold what a question asks, best first.

    Pages of documents about the company asked for; of everything where it has none.
    """
    base = CorpusFilter(
        tenant=scope.tenant,
        tickers=question.tickers,
        kinds=scope.kinds or _FILED,
        sources=scope.sources,
        since=scope.since,
        until=scope.until,
        as_of=scope.as_of,
    )
    asked = Search(words=search_words(question.text), text=question.text, chosen=base, limit=CANDIDATES)
    best: dict[tuple[str, int], Found] = {}
    for one in search(desk, asked):
        best.setdefault((one.document_id, one.page), one)
    return list(best.values())[:limit]


def _of_input(document: CorpusDocument, one: Input) -> Citation:
    return _cited(document, one.row, page=one.page)


def _cited(document: CorpusDocument, span: Span, *, page: int) -> Citation:
    return Citation(
        note_id=document.note_id,
        article_id=document.id,
        headline=document.title,
        source=document.source,
        published_at=iso(document.published_at),
        span=span,
        quote=span.of(document.text),
        page=page if len(document.pages) > 1 or document.kind in _FILED else 0,
        kind=str(document.kind),
    )


# events and facts


def _from_events(desk: Desk, resolved: Resolved, asking: Asking, scope: Scope, limit: int) -> Answer:
    tickers: frozenset[str] | None = frozenset(resolved.question.tickers) or None
    if asking.mine or scope.portfolio:
        tickers = _held(desk, scope.portfolio, scope.as_of)
    if asking.sector:
        among = tickers
        tickers = frozenset(
            ticker
            for ticker in (among if among is not None else _mentioned(desk, scope))
            if (issuer := desk.universe.by_ticker(ticker)) is not None and issuer.sector == asking.sector
        )
    return counted(
        resolved.question,
        asking,
        _notes(desk, scope),
        tickers=tickers,
        quote=lambda note, place: _sentence_at(desk, note, place, scope.as_of),
        limit=limit,
    )


def _held(desk: Desk, portfolio: str, as_of: datetime | None) -> frozenset[str]:
    known = desk.store.portfolios(as_of=as_of)
    books = [book for book in known if portfolio in ("", book.id, book.name)]
    return frozenset(line.ticker for book in books for line in book.holdings if line.ticker)


def _mentioned(desk: Desk, scope: Scope) -> frozenset[str]:
    return frozenset(t["ticker"] for note in _notes(desk, scope) for t in note["tickers"] if t["ticker"])


def _notes(desk: Desk, scope: Scope) -> Iterator[dict[str, Any]]:
    """Notes of the time asked about, newest first; those that repeat a story are left out."""
    before: str | None = None
    seen = 0
    while seen < NOTES_SCANNED:
        page = cast(list[dict[str, Any]], desk.store.notes(limit=200, before=before, as_of=scope.as_of))
        for note in page:
            when = datetime.fromisoformat(note["article"]["published_at"] or note["known_at"])
            fits = (scope.since is None or when >= scope.since) and (
                scope.until is None or when < scope.until
            )
            if fits and not note["story"]["duplicate_of"]:
                yield note
        seen += len(page)
        if len(page) < 200:
            return
        before = page[-1]["id"]


def _side_by_side(desk: Desk, question: Question, scope: Scope, limit: int) -> Answer | None:
    metric = metric_in(question.text)
    if len(question.tickers) < 2 or not metric:
        return None
    return compared(
        question,
        _notes(desk, scope),
        quote=lambda note, place: _sentence_at(desk, note, place, scope.as_of),
        metric=metric,
        limit=limit,
    )


def _sentence_at(
    desk: Desk, note: dict[str, Any] | Any, place: int, as_of: datetime | None
) -> Citation | None:
    about = note["article"]
    whole = desk.store.article(ArticleId(about["id"]), as_of=as_of)
    if whole is None:
        return None
    span = next((s.span for s in split_sentences(whole) if s.span.start <= place < s.span.end), None)
    if span is None:
        return None
    return Citation(
        note_id=note["id"],
        article_id=about["id"],
        headline=about["headline"],
        source=about["source"],
        published_at=about["published_at"] or "",
        span=span,
        quote=span.of(whole.text),
    )


# sentences


def _in_sentences(desk: Desk, asked: Question, scope: Scope, limit: int) -> Answer:
    """Choose sentences of articles and documents: about the company first, then those that name it among others."""
    found = compose(asked, (), limit=limit)
    if asked.wanted is Wanted.ISSUERS and (listed := _with_events(desk, asked, limit, scope)):
        return compose(asked, listed, limit=limit)
    mine = bool(scope.portfolio) or asks_of_holdings(asked.text)
    held = _held(desk, scope.portfolio, scope.as_of) if mine and not asked.tickers else frozenset()
    if mine and not asked.tickers and not held:
        return found
    tickers = asked.tickers or tuple(sorted(held))
    for least in (ABOUT, 0.0) if tickers else (0.0,):
        passages = (
            []
            if scope.kinds and DocumentKind.NEWS not in scope.kinds
            else list(
                desk.store.search(
                    " ".join(asked.search_words),
                    limit=CANDIDATES,
                    tickers=tickers,
                    min_relevance=least,
                    as_of=scope.as_of,
                )
            )
        )
        passages = [p for p in passages if in_time(p, scope)]
        passages += beside(desk, passages, scope.as_of)
        hostile = {p.article_id for p in passages if steers(p.text)}
        passages = [p for p in passages if p.article_id not in hostile]
        documents = _documented(desk, asked, tickers, scope, least)
        chosen = [*rank(asked, passages), *rank(asked, documents)]
        ranked = once(sorted(weighed(desk, tickers if asked.tickers else (), chosen, scope), key=order))
        found = compose(asked, ranked, limit=limit)
        if found.found:
            break
    return replace(
        found, sentences=tuple(replace(s, citation=_full(desk, s.citation, scope)) for s in found.sentences)
    )


def _with_events(desk: Desk, asked: Question, limit: int, scope: Scope) -> tuple[Ranked, ...]:
    """One sentence for each issuer to which the kind of event asked for has happened, newest first."""
    found: dict[str, Ranked] = {}
    for note in islice(_notes(desk, scope), EVENTS_SCANNED):
        for event in note["events"]:
            ticker = event["ticker"]
            if not ticker or ticker in found or event["background"] or not _asks_for(asked, event["type"]):
                continue
            cited = _sentence_at(desk, note, event["span"]["start"], scope.as_of)
            if cited is not None:
                found[ticker] = Ranked(passage=passage_of(cited), fit=1.0, covered=1.0)
        if len(found) >= limit:
            break
    return tuple(found.values())


def _asks_for(asked: Question, kind: str) -> bool:
    named = set(meanings(kind.replace("_", " ")))
    return bool(asked.topic) and named >= set(asked.topic)


def _documented(
    desk: Desk, asked: Question, tickers: Sequence[str], scope: Scope, least: float
) -> list[Passage]:
    """Sentences of the best passages of documents that users added, and of articles that words alone miss."""
    chosen = CorpusFilter(
        tenant=scope.tenant,
        tickers=tuple(tickers),
        min_relevance=least,
        kinds=scope.kinds or (DocumentKind.NEWS, *_FILED),
        sources=scope.sources,
        since=scope.since,
        until=scope.until,
        as_of=scope.as_of,
    )
    words = tuple(dict.fromkeys((*asked.search_words, *search_words(asked.text))))
    found = search(desk, Search(words=words, text=asked.text, chosen=chosen, limit=2 * OPENED))
    return [passage for one in found if not steers(one.text) for passage in sentences_of(one)]


def _full(desk: Desk, cited: Citation, scope: Scope) -> Citation:
    """Add to a citation what a document knows: its page and kind."""
    document = None
    if cited.article_id.startswith("doc_") or not cited.note_id:
        document = desk.corpus.document(cited.article_id, tenant=scope.tenant, as_of=scope.as_of)
    if document is None:
        return cited
    return _cited(document, cited.span, page=document.page_of(cited.span.start))
