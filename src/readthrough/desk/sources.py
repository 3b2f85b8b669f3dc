"""Where a citation leads: the article or document it is of, as this desk may show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from readthrough.desk.passages import iso
from readthrough.domain.article import ArticleId

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = ["source_of"]


def source_of(desk: Desk, name: str) -> dict[str, Any] | None:
    """Return an article's or document's title, text and origin; None where there is none for this desk.

    `page_of` tells the page on which a code point stands; 0 in articles.
    """
    document = desk.corpus.document(name, tenant="")
    if document is not None:
        paged = len(document.pages) > 1
        return {
            "title": document.title,
            "text": document.text,
            "from": document.source,
            "published_at": iso(document.published_at),
            "note_id": document.note_id,
            "page_of": lambda place: document.page_of(place) if paged else 0,
        }
    article = desk.store.article(ArticleId(name))
    if article is None:
        return None
    return {
        "title": article.headline,
        "text": article.text,
        "from": article.source,
        "published_at": iso(article.published_at),
        "note_id": "",
        "page_of": lambda place: 0,
    }
