"""The questions that the API, the pages and the command line share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, cast

from readthrough.desk.open import Desk
from readthrough.domain.alert import Alert, Delivery, Rule
from readthrough.domain.article import Article, ArticleId
from readthrough.domain.contract import NoteDocument
from readthrough.domain.portfolio import Portfolio
from readthrough.domain.ports import Passage
from readthrough.reading.sentences import split_sentences
from readthrough.research.answer import Answer, compose
from readthrough.research.retrieve import Question, Ranked, meanings, rank
from readthrough.research.wording import Wanted

__all__ = [
    "AlertStory",
    "alerts",
    "answer",
    "article",
    "explain_alert",
    "latest_notes",
    "note",
    "portfolio_names",
    "portfolios",
    "rules",
]

CANDIDATES: Final = 60
"""Sentences fetched for ranking: the best by words, from which the answer's few are chosen."""
ABOUT: Final = 0.4
"""Relevance from which an article is about a company rather than mentions it; chosen by judgement."""
OPENED: Final = 6
"""Articles whose other sentences are looked at too."""
SENTENCES: Final = 80
NOTES_SCANNED: Final = 400
"""Newest notes looked through for events of a kind."""
LONGEST_QUESTION: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertStory:
    """An alert, the note it is about, and where it was sent."""

    alert: Alert
    note: NoteDocument | None
    deliveries: tuple[Delivery, ...]


def latest_notes(
    desk: Desk,
    *,
    limit: int = 50,
    before: str | None = None,
    ticker: str | None = None,
    as_of: datetime | None = None,
    brief: bool = False,
) -> list[NoteDocument]:
    """Return notes, newest first.

    Args:
        desk: Whose notes.
        limit: Most notes returned.
        before: Id of the last note already seen.
        ticker: Only notes that read something for this ticker.
        as_of: What was known then; now when None.
        brief: Only what a row of a list shows, in the note's own shape.
    """
    return desk.store.notes(limit=limit, before=before, ticker=ticker, as_of=as_of, brief=brief)


def note(desk: Desk, note_id: str, *, as_of: datetime | None = None) -> NoteDocument | None:
    """Return a note's newest revision, None when there is no such note."""
    return desk.store.note(note_id, as_of=as_of)


def article(desk: Desk, article_id: str, *, as_of: datetime | None = None) -> Article | None:
    """Return an article with its words, None when there is no such article."""
    return desk.store.article(article_id, as_of=as_of)


def alerts(desk: Desk, *, limit: int = 50, before: str | None = None) -> list[Alert]:
    """Return alerts, newest first, withheld ones included."""
    return desk.store.alerts(limit=limit, before=before)


def explain_alert(desk: Desk, alert_id: str) -> AlertStory | None:
    """Return why an alert fired or was withheld, on what, and how sending it went."""
    found = desk.store.alert(alert_id)
    if found is None:
        return None
    return AlertStory(
        alert=found,
        note=desk.store.note_on(found.article_id),
        deliveries=tuple(desk.store.deliveries(found.id)),
    )


def portfolios(desk: Desk) -> list[Portfolio]:
    """Return every portfolio."""
    return desk.store.portfolios()


def portfolio_names(desk: Desk) -> dict[str, str]:
    """Return what each portfolio is called, by the id that a note's `book` gives."""
    return desk.store.portfolio_names()


def rules(desk: Desk) -> list[Rule]:
    """Return every rule."""
    return desk.store.rules()


def answer(desk: Desk, question: str, *, limit: int = 5, as_of: datetime | None = None) -> Answer:
    """Answer from stored articles, in their own sentences, each with where it stands.

    A company named in the question narrows the search to notes that are about it. When nothing fits, the
    answer says so rather than guess.

    Args:
        desk: Whose articles.
        question: Words, in English; only the first 2,000 characters count.
        limit: Most sentences returned.
        as_of: What was known then; now when None.
    """
    asked = understood(desk, question[:LONGEST_QUESTION])
    if asked.wanted is Wanted.ISSUERS and (listed := _with_events(desk, asked, limit, as_of)):
        return compose(asked, listed, limit=limit)
    # Articles about the company first; only when they are silent, those that name it among others.
    for least in (ABOUT, 0.0) if asked.tickers else (0.0,):
        passages = desk.store.search(
            " ".join(asked.search_words),
            limit=CANDIDATES,
            tickers=asked.tickers,
            min_relevance=least,
            as_of=as_of,
        )
        passages = [*passages, *_beside(desk, passages, as_of)]
        found = compose(asked, rank(asked, passages), limit=limit)
        if found.found:
            break
    return found


def _beside(desk: Desk, passages: Sequence[Passage], as_of: datetime | None) -> Iterator[Passage]:
    """The other sentences of the articles found: an answer often does not repeat the question's words."""
    best: dict[str, Passage] = {}
    seen = {(p.article_id, p.start) for p in passages}
    for passage in passages:
        best.setdefault(passage.article_id, passage)
    for one in list(best.values())[:OPENED]:
        whole = desk.store.article(ArticleId(one.article_id), as_of=as_of)
        if whole is None:
            continue
        for sentence in split_sentences(whole)[:SENTENCES]:
            span = sentence.span
            if (one.article_id, span.start) not in seen:
                text = span.of(whole.text)
                yield replace(one, text=text, start=span.start, end=span.end, score=0.0)


def _with_events(desk: Desk, asked: Question, limit: int, as_of: datetime | None) -> tuple[Ranked, ...]:
    """One sentence for each issuer to which the kind of event asked for has happened, newest first."""
    found: dict[str, Ranked] = {}
    for document in cast(list[dict[str, Any]], desk.store.notes(limit=NOTES_SCANNED, as_of=as_of)):
        for event in document["events"]:
            ticker = event["ticker"]
            if not ticker or ticker in found or event["background"] or not _asks_for(asked, event["type"]):
                continue
            if (told := _told(desk, document, event["span"]["start"], as_of)) is not None:
                found[ticker] = Ranked(passage=told, fit=1.0, covered=1.0)
        if len(found) >= limit:
            break
    return tuple(found.values())


def _asks_for(asked: Question, kind: str) -> bool:
    named = set(meanings(kind.replace("_", " ")))
    return bool(asked.topic) and named >= set(asked.topic)


def _told(desk: Desk, document: dict[str, Any], start: int, as_of: datetime | None) -> Passage | None:
    about = document["article"]
    whole = desk.store.article(ArticleId(about["id"]), as_of=as_of)
    if whole is None:
        return None
    spans = [sentence.span for sentence in split_sentences(whole)]
    span = next((s for s in spans if s.start <= start < s.end), None)
    if span is None:
        return None
    return Passage(
        note_id=document["id"],
        article_id=about["id"],
        headline=about["headline"],
        source=about["source"],
        published_at=about["published_at"] or "",
        text=span.of(whole.text),
        start=span.start,
        end=span.end,
        score=1.0,
    )


def understood(desk: Desk, words: str) -> Question:
    """Find the companies a question names, by the same linking that reads articles."""
    from readthrough.reading.linking import link

    asked = Article(id=ArticleId("question"), headline="", body=words, received_at=desk.clock())
    links = link(asked, split_sentences(asked), desk.universe)
    surfaces = tuple(dict.fromkeys(mention.surface for mention in links.mentions))
    issuers = [
        desk.universe.issuer(issuer_id) for issuer_id in dict.fromkeys(m.issuer_id for m in links.mentions)
    ]
    tickers = tuple(issuer.ticker for issuer in issuers if issuer is not None and issuer.ticker)
    return Question(text=words, tickers=tickers, names=surfaces)
