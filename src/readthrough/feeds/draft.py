"""What a source gave, before it is an article: words, where from, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from readthrough.domain.article import Article, article_id, require_utc
from readthrough.domain.reading import Problem

__all__ = ["Draft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article without its id and time of receipt.

    Text is clean: newlines are "\\n", and no control, zero-width or bidirectional control characters
    are left, so offsets into it stay true ever after. `url` is http(s) or empty.
    """

    headline: str
    body: str
    source: str = ""
    url: str = ""
    published_at: datetime | None = None
    external_id: str = ""
    language: str = ""
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        require_utc("published_at", self.published_at)

    def to_article(self, received_at: datetime) -> Article:
        """Name the draft and stamp it.

        Args:
            received_at: When it arrived, aware UTC.

        >>> from datetime import UTC, datetime
        >>> Draft(headline="Rates held", body="...").to_article(datetime(2025, 1, 1, tzinfo=UTC)).headline
        'Rates held'
        """
        return Article(
            id=article_id(
                external_id=self.external_id,
                source=self.source,
                url=self.url,
                headline=self.headline,
                body=self.body,
            ),
            headline=self.headline,
            body=self.body,
            source=self.source,
            url=self.url,
            published_at=self.published_at,
            received_at=received_at,
            language=self.language,
        )
