"""Sentences that may answer: in time, of the articles found, weighed by whom they are about, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.corpus import Found
from readthrough.domain.ports import Passage
from readthrough.reading.sentences import split_sentences
from readthrough.research.answer import Citation
from readthrough.research.retrieve import Ranked
from readthrough.research.subject import share_of

if TYPE_CHECKING:
    from readthrough.desk.answers import Scope
    from readthrough.desk.open import Desk

__all__ = ["beside", "in_time", "iso", "once", "order", "passage_of", "sentences_of", "weighed"]

OPENED: Final = 6
"""Articles or pages whose other sentences are looked at too."""
SENTENCES: Final = 80
_NOWHEN: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def weighed(desk: Desk, tickers: Sequence[str], ranked: Iterable[Ranked], scope: Scope) -> Iterator[Ranked]:
    """Weigh sentences by whom they are about: the note on their article says who is named where."""
    notes: dict[str, Any] = {}
    for one in ranked:
        name = one.passage.note_id
        if tickers and name and name not in notes:
            notes[name] = desk.store.note(name, as_of=scope.as_of)
        note = notes.get(name)
        told = note["tickers"] if note and note["article"]["id"] == one.passage.article_id else ()
        share = share_of(tickers, told, one.passage.start, one.passage.end)
        yield replace(one, fit=round(one.fit * share, 6))


def order(one: Ranked) -> tuple[float, str, int]:
    """The best first; of equals the newest, and of one article in its own order."""
    return -round(one.fit, 2), _latest_first(one.passage.published_at), one.passage.start


def _latest_first(moment: str) -> str:
    """Turn a moment into what sorts the other way; none at all comes last."""
    return "".join(chr(ord("9") - int(c)) if c.isdigit() else c for c in moment) if moment else "~"


def once(ranked: Iterable[Ranked]) -> list[Ranked]:
    """The first of equal sentences: an article is found in the record and in the corpus."""
    best: dict[str, Ranked] = {}
    for one in ranked:
        best.setdefault(" ".join(one.passage.text.lower().split()), one)
    return list(best.values())


def passage_of(cited: Citation) -> Passage:
    return Passage(
        note_id=cited.note_id,
        article_id=cited.article_id,
        headline=cited.headline,
        source=cited.source,
        published_at=cited.published_at,
        text=cited.quote,
        start=cited.span.start,
        end=cited.span.end,
        score=1.0,
    )


def in_time(passage: Passage, scope: Scope) -> bool:
    if scope.since is None and scope.until is None and not scope.sources:
        return True
    if scope.sources and passage.source not in scope.sources:
        return False
    if not passage.published_at:
        return scope.since is None and scope.until is None
    when = datetime.fromisoformat(passage.published_at)
    return (scope.since is None or when >= scope.since) and (scope.until is None or when < scope.until)


def beside(desk: Desk, passages: Sequence[Passage], as_of: datetime | None) -> Iterator[Passage]:
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
                yield replace(one, text=span.of(whole.text), start=span.start, end=span.end, score=0.0)


def sentences_of(one: Found) -> Iterable[Passage]:
    part = Article(id=ArticleId(one.document_id), headline="", body=one.text, received_at=_NOWHEN)
    for sentence in split_sentences(part)[:SENTENCES]:
        start, end = (
            sentence.span.start - 2,
            sentence.span.end - 2,
        )  # a headline's blank line comes before a body
        if start < 0:
            continue
        yield Passage(
            note_id=one.note_id,
            article_id=one.document_id,
            headline=one.title,
            source=one.source,
            published_at=iso(one.published_at),
            text=one.text[start:end],
            start=one.span.start + start,
            end=one.span.start + end,
            score=one.score,
        )


def iso(moment: datetime | None) -> str:
    """Write a moment as JSON does; nothing for none."""
    return "" if moment is None else moment.isoformat().replace("+00:00", "Z")
