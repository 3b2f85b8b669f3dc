"""What was published, and the span that points into it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

__all__ = ["Article", "ArticleId", "Span", "article_id", "digest", "require_utc"]

ArticleId = NewType("ArticleId", str)


def digest(*parts: str, size: int = 10) -> str:
    """Hash text parts into a short stable hexadecimal id.

    Args:
        parts: The inputs, in order; boundaries between them count.
        size: Bytes of digest; the text is twice as long.

    >>> digest("a", "bc") == digest("ab", "c")
    False
    """
    hasher = hashlib.blake2b(digest_size=size)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        hasher.update(len(raw).to_bytes(8, "big"))
        hasher.update(raw)
    return hasher.hexdigest()


def require_utc(name: str, moment: datetime | None) -> None:
    """Refuse a naive or non-UTC moment.

    Raises:
        ValueError: The moment has no zone or is not in UTC.
    """
    if moment is None:
        return
    offset = moment.utcoffset()
    if offset is None or offset.total_seconds() != 0:
        raise ValueError(f"{name} must be an aware UTC datetime, got {moment.isoformat()}")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of Unicode code points in `Article.text`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span must satisfy 0 <= start <= end, got {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the words the span covers.

        >>> Span(2, 5).of("a cat sat")
        'cat'
        """
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was published: words, where from, and when.

    `text` is `headline`, a blank line, `body`: every span of the system points into it.
    `id` identifies the item (a correction keeps it), `content_digest` the words.
    """

    id: ArticleId
    headline: str
    body: str
    source: str = ""
    url: str = ""
    published_at: datetime | None = None
    received_at: datetime
    language: str = ""
    content_digest: str = ""

    def __post_init__(self) -> None:
        require_utc("published_at", self.published_at)
        require_utc("received_at", self.received_at)
        if not self.content_digest:
            object.__setattr__(self, "content_digest", digest(self.headline, self.body))

    @property
    def text(self) -> str:
        """Headline, a blank line, body."""
        return f"{self.headline}\n\n{self.body}"


def article_id(*, external_id: str, source: str, url: str, headline: str, body: str) -> ArticleId:
    """Name an article: by its publisher's id, else its address, else its words.

    The same item seen twice gets the same id, so saving it again changes nothing.
    """
    if external_id:
        return ArticleId("art_" + digest("external", source, external_id))
    if url:
        return ArticleId("art_" + digest("url", url))
    return ArticleId("art_" + digest("words", headline, body))
