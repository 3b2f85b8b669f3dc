"""Read an article: the steps in order."""

from __future__ import annotations

from dataclasses import replace

from readthrough.domain.article import Article
from readthrough.domain.ports import SentenceReader
from readthrough.domain.reading import MadeBy, Noise, Problem, Reading, Sentence, Sentiment
from readthrough.reading.events import find_events
from readthrough.reading.facts import find_facts
from readthrough.reading.furniture import without_furniture
from readthrough.reading.fusion import fuse
from readthrough.reading.impact import judge_impact
from readthrough.reading.linking import Links, link
from readthrough.reading.noise import judge_page
from readthrough.reading.sentences import split_sentences
from readthrough.reading.sentiment import judge_sentiment
from readthrough.reading.themes import find_themes
from readthrough.universe.master import Universe

__all__ = ["read", "read_linked"]

READ_AT_MOST = 200_000  # code points of body; the rest is kept but not read, and a problem says so


def read(
    article: Article, universe: Universe, *, version: str, reader: SentenceReader | None = None
) -> Reading:
    """Say everything the text says, and nothing it does not.

    A page that is no news (bot check, paywall, disclaimer, empty, another language) comes back as a
    neutral reading that says so. Nothing is raised for any text.

    Args:
        article: The words.
        universe: Whom names can mean.
        version: The engine's version, kept in `made_by`.
        reader: A trained model that reads sentences along; where the composed reading is sure it changes nothing.
    """
    language, noise = judge_page(article)
    sentences = split_sentences(article)
    made_by = MadeBy(step="read", version=version, model=universe.digest)
    if noise is not None:
        return _unread(article, made_by, language, noise, sentences)
    problems: tuple[Problem, ...] = ()
    if len(article.text) > READ_AT_MOST:
        sentences = tuple(s for s in sentences if s.span.end <= READ_AT_MOST)
        remedy = "Split the document into articles."
        problems = (
            Problem(
                code="long", detail=f"Only the first {READ_AT_MOST:,} characters were read.", remedy=remedy
            ),
        )
    sentences = without_furniture(article, sentences)
    links = link(article, sentences, universe)
    reading = read_linked(article, sentences, links, universe, version=version, reader=reader)
    return replace(reading, language=language, problems=problems)


def read_linked(
    article: Article,
    sentences: tuple[Sentence, ...],
    links: Links,
    universe: Universe,
    *,
    version: str,
    reader: SentenceReader | None = None,
) -> Reading:
    """Read a text of which it is known where its sentences part and whom it names.

    Args:
        article: The words.
        sentences: What is read of them, in order.
        links: Whom they name; every issuer must be of the universe.
        universe: What is known of issuers.
        version: The engine's version.
        reader: A trained model, or None.
    """
    facts = find_facts(article, sentences, links.mentions, universe, links.cast)
    events = find_events(article, sentences, links.mentions, facts, universe, links.cast)
    sentiment, tickers = judge_sentiment(
        article, sentences, links.mentions, facts, events, universe, links.cast
    )
    if reader is not None:
        composed = (sentiment, tickers)
        sentiment, tickers = fuse(article, sentences, links.mentions, facts, events, composed, reader)
    return Reading(
        article_id=article.id,
        content_digest=article.content_digest,
        made_by=MadeBy(step="read", version=version, model=universe.digest),
        language="en",
        noise=None,
        sentences=sentences,
        mentions=links.mentions,
        tickers=tickers,
        unlinked=links.unlinked,
        facts=facts,
        events=events,
        sentiment=sentiment,
        themes=find_themes(article, sentences, links.mentions, facts, events, universe),
        market_impact=judge_impact(events, facts, tickers, sentiment),
    )


def _unread(
    article: Article, made_by: MadeBy, language: str, noise: Noise, sentences: tuple[Sentence, ...]
) -> Reading:
    return Reading(
        article_id=article.id,
        content_digest=article.content_digest,
        made_by=made_by,
        language=language,
        noise=noise,
        sentences=sentences,
        mentions=(),
        tickers=(),
        unlinked=(),
        facts=(),
        events=(),
        sentiment=Sentiment(score=0.0, mixed=False, confidence=1.0),
        themes=(),
        market_impact=0.0,
    )
