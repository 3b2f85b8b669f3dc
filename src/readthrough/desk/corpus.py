"""What research looks through: documents in, notes taken in as they come, passages out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from readthrough.desk.intake import limits_of
from readthrough.domain.article import Article, ArticleId, digest
from readthrough.domain.corpus import CorpusDocument, CorpusFilter, DocumentKind, Found, Indexed
from readthrough.domain.errors import SettingsError, SourceNotFound
from readthrough.domain.ports import SentenceQuestion
from readthrough.feeds.paged import Paged, read_document
from readthrough.research.cut import cut
from readthrough.research.fuse import fused
from readthrough.research.hashed import SPACE, hashed
from readthrough.research.tables import tables_in

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = [
    "Added",
    "Search",
    "add_bytes",
    "add_document",
    "catch_up",
    "forget_news",
    "index",
    "search",
    "space_of",
    "vectors_of",
]

_BATCH: Final = 200
"""Outbox rows taken in at once: a transaction of about a second."""
_MOST_CHARACTERS: Final = 4_000_000
"""Of a document: the longest annual reports have two million."""
_MOST_PAGES: Final = 2_000
_MOST_ABOUT: Final = 5
DEPTH: Final = 60
"""Passages that each ranking gives to the fusion."""
VECTOR_WEIGHT: Final = 0.35
"""What the vectors' ranking counts beside the words'. Tuned on FinanceBench, TAT-QA and retrieval_small together
(`make bench BENCH=research`): at 1.0 the encoder, which was taught news, costs more than it brings on filings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A document that was taken in. `changed` is False where these words were there already."""

    document: CorpusDocument
    pieces: int
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for: `words` are what the question is about, `text` is the question as asked."""

    words: tuple[str, ...]
    text: str
    chosen: CorpusFilter
    limit: int = 10


def space_of(desk: Desk) -> str:
    """Return the name of what makes the vectors here; empty where there are none."""
    chosen = desk.settings.research.vectors
    if chosen in ("auto", "encoder") and desk.sentence_reader is not None:
        return "encoder-" + desk.sentence_reader.digest[:16]
    if chosen == "encoder":
        raise SettingsError(
            "research.vectors is encoder, and encoder.model is none.",
            remedy="Set encoder.model to own, or research.vectors to hash.",
        )
    return SPACE if chosen == "hash" else ""


def vectors_of(desk: Desk, texts: Sequence[str]) -> list[Sequence[float]]:
    """Return a unit vector for each text, as the settings say; empty ones without vectors."""
    space = space_of(desk)
    if space.startswith("encoder-") and (reader := desk.sentence_reader) is not None:
        return [one.vector for one in reader.answer([SentenceQuestion(text=text) for text in texts])]
    return [hashed(text) if space else () for text in texts]


def index(desk: Desk, made: Sequence[CorpusDocument]) -> int:
    """Cut, measure and keep documents; return how many were new or changed."""
    cuts = [cut(one) for one in made]
    vectors = iter(vectors_of(desk, [piece.text for pieces in cuts for piece in pieces]))
    space = space_of(desk)
    ready = [
        Indexed(
            document=one,
            pieces=tuple(replace(piece, vector=next(vectors)) for piece in pieces),
            space=space,
        )
        for one, pieces in zip(made, cuts, strict=True)
    ]
    return desk.corpus.add(ready)


def catch_up(desk: Desk, *, most: int | None = None) -> int:
    """Take in what notes were saved since the last call, by any process; return how many rows were read.

    Args:
        desk: Whose record.
        most: Most rows of the outbox read; all when None.
    """
    taken = 0
    if getattr(desk.corpus, "is_view", False):  # its owner takes notes in
        return 0
    while most is None or taken < most:
        rows = desk.store.outbox(
            after=desk.corpus.mark(), limit=min(_BATCH, (most or taken + _BATCH) - taken)
        )
        if not rows:
            break
        made: dict[str, CorpusDocument] = {}
        for row in rows:
            if row.topic == "note" and row.document:
                for one in _of_note(desk, cast(dict[str, Any], row.document)):
                    made[one.id] = one
        index(desk, list(made.values()))
        desk.corpus.set_mark(rows[-1].id)
        taken += len(rows)
    return taken


def forget_news(desk: Desk) -> None:
    """Forget articles and notes, not added documents, and take them in again from the first."""
    kinds = (DocumentKind.NEWS, DocumentKind.NOTE)
    while found := desk.corpus.documents(CorpusFilter(kinds=kinds), limit=500):
        desk.corpus.remove([one.id for one in found], tenant="")
    desk.corpus.set_mark(0)


def _of_note(desk: Desk, note: dict[str, Any]) -> Iterator[CorpusDocument]:
    """The article under a note, and the note's own words, as documents."""
    about = note["article"]
    article = desk.store.article(ArticleId(about["id"]))
    known_at = datetime.fromisoformat(note["known_at"])
    tickers = tuple((t["ticker"], float(t["relevance"])) for t in note["tickers"] if t["ticker"])
    if article is not None and not note.get("noise"):
        yield CorpusDocument(
            id=article.id,
            kind=DocumentKind.NEWS,
            title=article.headline,
            text=article.text,
            source=article.source,
            url=article.url,
            published_at=article.published_at,
            known_at=known_at,
            tickers=tickers,
            note_id=note["id"],
        )
    words = [*(s["text"] for s in note["summary"]), *(c["text"] for c in note["analysis"])]
    if words:
        yield CorpusDocument(
            id=note["id"],
            kind=DocumentKind.NOTE,
            title=about["headline"],
            text="\n\n".join(words),
            source=about["source"],
            published_at=None if article is None else article.published_at,
            known_at=known_at,
            tickers=tickers,
            note_id=note["id"],
        )


def add_document(
    desk: Desk,
    path: Path,
    *,
    tickers: Sequence[str] = (),
    kind: DocumentKind | None = None,
    title: str = "",
    source: str = "",
    published_at: datetime | None = None,
    tenant: str = "",
) -> list[Added]:
    """Read a file, keep it as one document or, of an EDGAR submission, as several, and make it findable.

    Args:
        desk: Whose corpus.
        path: A PDF, HTML page, text, transcript or EDGAR submission.
        tickers: Whom it is about; found in its title and first page when empty.
        kind: What it is; told by its words when None.
        title: What to call it; its own title, else the file's name.
        source: Who published it.
        published_at: When, aware UTC; what an EDGAR header says when None.
        tenant: Whose it is; everybody's when empty.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SourceNotFound(
            f"{str(path)!r} cannot be read: {error.strerror}.", remedy="Check the path.", path=str(path)
        ) from None
    return add_bytes(
        desk,
        raw,
        name=path.name,
        tickers=tickers,
        kind=kind,
        title=title,
        source=source,
        published_at=published_at,
        tenant=tenant,
    )


def add_bytes(
    desk: Desk,
    raw: bytes,
    *,
    name: str,
    tickers: Sequence[str] = (),
    kind: DocumentKind | None = None,
    title: str = "",
    source: str = "",
    published_at: datetime | None = None,
    tenant: str = "",
) -> list[Added]:
    """Keep a document given as bytes; as `add_document`, and `name` is what it was called.

    Raises:
        SourceError: It cannot be read.
    """
    limits = replace(limits_of(desk.settings.fetch), max_characters=_MOST_CHARACTERS, max_pages=_MOST_PAGES)
    stem = name.rsplit(".", 1)[0].replace("_", " ").replace("-", " ")
    added = []
    for number, read in enumerate(read_document(raw, limits=limits, what=repr(name), title=stem)):
        told = title if title and number == 0 else f"{title} {read.title}".strip() if title else read.title
        about = tuple((t.upper(), 1.0) for t in tickers) or _about(desk, read)
        made = CorpusDocument(
            id="doc_" + digest(tenant, name, str(number)),
            kind=kind or DocumentKind(read.kind),
            title=told,
            text=read.text,
            source=source or read.filer,
            published_at=published_at or read.published_at,
            known_at=desk.clock(),
            tickers=about,
            tenant=tenant,
            pages=read.pages,
            tables=tables_in(read.text, read.pages),
        )
        changed = index(desk, [made]) > 0
        added.append(Added(document=made, pieces=len(cut(made)), changed=changed))
    return added


def _about(desk: Desk, read: Paged) -> tuple[tuple[str, float], ...]:
    """Whom a document is about: its filer, else the companies its title names, else those of its first page."""
    if read.cik and (issuer := desk.universe.by_identifier(read.cik)) is not None and issuer.ticker:
        return ((issuer.ticker, 1.0),)
    from readthrough.reading.linking import link
    from readthrough.reading.sentences import split_sentences

    for words, relevance in ((read.title, 1.0), (read.text[:1_500], 0.6)):
        article = Article(id=ArticleId("document"), headline="", body=words, received_at=desk.clock())
        links = link(article, split_sentences(article), desk.universe)
        found = [
            desk.universe.issuer(issuer) for issuer in dict.fromkeys(m.issuer_id for m in links.mentions)
        ]
        tickers = [issuer.ticker for issuer in found if issuer is not None and issuer.ticker]
        if tickers:
            return tuple((ticker, relevance) for ticker in tickers[:_MOST_ABOUT])
    return ()


def search(desk: Desk, asked: Search) -> list[Found]:
    """Return passages by words and by vectors, their rankings joined; filters come first in both."""
    rankings: list[tuple[float, list[Found]]] = []
    if asked.words:
        rankings.append((1.0, desk.corpus.by_words(asked.words, asked.chosen, limit=DEPTH)))
    space = space_of(desk)
    if space and (vector := vectors_of(desk, [asked.text])[0]):
        rankings.append((VECTOR_WEIGHT, desk.corpus.by_vector(vector, space, asked.chosen, limit=DEPTH)))
    found = {one.key: one for _, ranking in rankings for one in ranking}
    joined = fused([(weight, [one.key for one in ranking]) for weight, ranking in rankings])
    return [replace(found[key], score=score) for key, score in joined[: asked.limit]]
