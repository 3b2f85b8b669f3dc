from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from readthrough.feeds.draft import Draft

NOW = datetime(2025, 5, 15, 9, 30, tzinfo=UTC)


def test_the_same_item_gets_the_same_id() -> None:
    first = Draft(headline="a", body="b", external_id="7", source="Wire").to_article(NOW)
    corrected = Draft(headline="a", body="c", external_id="7", source="Wire").to_article(
        NOW + timedelta(days=1)
    )
    assert first.id == corrected.id
    assert first.content_digest != corrected.content_digest
    assert first.text == "a\n\nb"


def test_a_moment_must_be_utc() -> None:
    with pytest.raises(ValueError, match="UTC"):
        Draft(headline="", body="", published_at=NOW.astimezone(timezone(timedelta(hours=2))))
