"""A client of Readthrough's API, sync and async, typed: `Client` and `AsyncClient` return dataclasses and columns."""

from readthrough.client.clients import AsyncClient, Client
from readthrough.client.shapes import (
    Answer,
    AnswerPiece,
    ApiError,
    Citation,
    Document,
    Note,
    Passage,
    Sentence,
    StreamEvent,
    TickerScore,
)

__all__ = [
    "Answer",
    "AnswerPiece",
    "ApiError",
    "AsyncClient",
    "Citation",
    "Client",
    "Document",
    "Note",
    "Passage",
    "Sentence",
    "StreamEvent",
    "TickerScore",
]
