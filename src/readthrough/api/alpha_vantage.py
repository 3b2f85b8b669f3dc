"""The door for programs written for Alpha Vantage's NEWS_SENTIMENT: the same request, the same answer.

Some of its numbers are strings, its labels carry a hyphen where its definition has an underscore, and its errors
come with status 200: clients in the field rely on all of it, so it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final, cast
from urllib.parse import urlsplit

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse, Response

from readthrough.desk import ask
from readthrough.desk.open import Desk

__all__ = ["AlphaVantage", "label_of"]

_SCORE: Final = (
    "x <= -0.35: Bearish; -0.35 < x <= -0.15: Somewhat-Bearish; -0.15 < x < 0.15: Neutral; "
    "0.15 <= x < 0.35: Somewhat_Bullish; x >= 0.35: Bullish"
)
_RELEVANCE: Final = "0 < x <= 1, with a higher score indicating higher relevance."
_MOST: Final = 1_000
_SCANNED: Final = 20_000
_PAGE: Final = 500

TOPICS: Final[Mapping[str, str]] = {
    "blockchain": "Blockchain",
    "earnings": "Earnings",
    "ipo": "IPO",
    "mergers_and_acquisitions": "Mergers & Acquisitions",
    "financial_markets": "Financial Markets",
    "economy_fiscal": "Economy - Fiscal",
    "economy_monetary": "Economy - Monetary",
    "economy_macro": "Economy - Macro",
    "energy_transportation": "Energy & Transportation",
    "finance": "Finance",
    "life_sciences": "Life Sciences",
    "manufacturing": "Manufacturing",
    "real_estate": "Real Estate & Construction",
    "retail_wholesale": "Retail & Wholesale",
    "technology": "Technology",
}
_OF_PARENT: Final[Mapping[str, str]] = {
    "crypto_market_event": "blockchain",
    "earnings_result": "earnings",
    "guidance_change": "earnings",
    "ipo": "ipo",
    "share_offering": "ipo",
    "ma_announced": "mergers_and_acquisitions",
    "ma_blocked_or_terminated": "mergers_and_acquisitions",
    "ma_rumour_or_nonbinding": "mergers_and_acquisitions",
    "market_wide_move": "financial_markets",
    "analyst_rating_change": "financial_markets",
    "index_change": "financial_markets",
    "buyback": "financial_markets",
    "dividend_change": "financial_markets",
    "tariff_trade_policy": "economy_fiscal",
    "political_event": "economy_fiscal",
    "central_bank": "economy_monetary",
    "macro_data_release": "economy_macro",
    "commodity_price_move": "energy_transportation",
    "credit_quality_deterioration": "finance",
    "regulatory_clearance": "life_sciences",
    "supply_disruption": "manufacturing",
    "product_launch": "technology",
    "cyber_breach": "technology",
    "user_metrics": "technology",
}
_OF_SECTOR: Final[Mapping[str, str]] = {
    "Financials": "finance",
    "Industrials": "manufacturing",
    "Health Care": "life_sciences",
    "Materials": "manufacturing",
    "Technology": "technology",
    "Semiconductors": "technology",
    "Internet & Media": "technology",
    "Consumer Goods": "retail_wholesale",
    "Retail & Leisure": "retail_wholesale",
    "Energy": "energy_transportation",
    "Transport": "energy_transportation",
    "Autos": "manufacturing",
    "Real Estate": "real_estate",
}


def label_of(score: float) -> str:
    """Return Alpha Vantage's word for a score, by its own bounds.

    >>> [label_of(x) for x in (-0.35, -0.15, 0.0, 0.15, 0.35)]
    ['Bearish', 'Somewhat-Bearish', 'Neutral', 'Somewhat-Bullish', 'Bullish']
    """
    if score <= -0.35:
        return "Bearish"
    if score <= -0.15:
        return "Somewhat-Bearish"
    if score < 0.15:
        return "Neutral"
    return "Somewhat-Bullish" if score < 0.35 else "Bullish"


class AlphaVantage:
    """`/query?function=NEWS_SENTIMENT`, and the same under `/api`, where a key opens it."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the routes."""
        self._desk = desk
        self.router = APIRouter(tags=["alpha vantage"])
        self.router.add_api_route("/query", self.query, include_in_schema=False)
        self.router.add_api_route("/api/alpha-vantage/query", self.query, include_in_schema=False)

    def query(
        self,
        function: str = "",
        tickers: str = "",
        topics: str = "",
        time_from: str = "",
        time_to: str = "",
        sort: str = "LATEST",
        limit: str = "50",
        apikey: str = Query(default="", max_length=200),
    ) -> Response:
        """Answer as Alpha Vantage does; whatever is wrong comes with status 200 and one key."""
        if function.upper() != "NEWS_SENTIMENT":
            return _refused(
                "Error Message", "This API function does not exist; NEWS_SENTIMENT is served here."
            )
        if not apikey:
            return _refused("Error Message", "the parameter apikey is invalid or missing.")
        try:
            wanted = [_symbol(t) for t in tickers.split(",") if t.strip()]
            about = [_topic(t) for t in topics.split(",") if t.strip()]
            since, until = _moment(time_from), _moment(time_to)
            most = min(_MOST, max(1, int(limit)))
            order = sort.upper()
            if order not in ("LATEST", "EARLIEST", "RELEVANCE"):
                raise ValueError("sort")
        except ValueError as error:
            return _refused("Information", f"Invalid inputs. Please refer to the API documentation: {error}.")
        rows = [
            _item(note, self._topics(note))
            for note in self._notes(wanted, since)
            if self._fits(note, wanted, about, since, until)
        ]
        if order == "EARLIEST":
            rows.sort(key=lambda r: str(r["time_published"]))
        elif order == "RELEVANCE" and wanted:
            rows.sort(key=lambda r: -_relevance(r, wanted[0]))
        else:
            rows.sort(key=lambda r: str(r["time_published"]), reverse=True)
        feed = rows[:most]
        return JSONResponse(
            {
                "items": str(len(feed)),
                "sentiment_score_definition": _SCORE,
                "relevance_score_definition": _RELEVANCE,
                "feed": feed,
            }
        )

    def _notes(self, wanted: list[str], since: datetime | None) -> Iterator[dict[str, Any]]:
        before: str | None = None
        for _ in range(_SCANNED // _PAGE):
            page = cast(
                list[dict[str, Any]],
                ask.latest_notes(
                    self._desk, limit=_PAGE, before=before, ticker=wanted[0] if wanted else None
                ),
            )
            yield from page
            # a note is known after its article is published: nothing older can follow
            if len(page) < _PAGE or (since and datetime.fromisoformat(page[-1]["known_at"]) < since):
                return
            before = page[-1]["id"]

    def _fits(
        self,
        note: dict[str, Any],
        wanted: list[str],
        about: list[str],
        since: datetime | None,
        until: datetime | None,
    ) -> bool:
        when = _published(note)
        named = {t["ticker"] for t in note["tickers"]}
        return (
            not note.get("noise")
            and all(ticker in named for ticker in wanted)
            and (since is None or when >= since)
            and (until is None or when <= until)
            and (not about or set(about) <= set(self._topics(note)))
        )

    def _topics(self, note: dict[str, Any]) -> dict[str, float]:
        """What a note is about in Alpha Vantage's words, each with how much, from its events and sectors."""
        found: dict[str, float] = {}
        for event in note["events"]:
            topic = _OF_PARENT.get(event["parent"])
            if topic and not event["background"]:
                found[topic] = max(found.get(topic, 0.0), 0.9 if event["modality"] == "actual" else 0.6)
        for told in note["tickers"]:
            issuer = self._desk.universe.by_ticker(told["ticker"]) if told["ticker"] else None
            topic = _OF_SECTOR.get(issuer.sector) if issuer is not None else None
            if topic:
                found[topic] = max(found.get(topic, 0.0), float(told["relevance"]))
        return found or {"financial_markets": 0.5}


def _refused(key: str, words: str) -> Response:
    return JSONResponse({key: words})


def _item(note: dict[str, Any], topics: Mapping[str, float]) -> dict[str, object]:
    about = note["article"]
    score = float(note["sentiment"]["score"] or 0.0)
    host = (urlsplit(about["url"]).hostname or "").removeprefix("www.")
    return {
        "title": about["headline"],
        "url": about["url"],
        "time_published": _published(note).strftime("%Y%m%dT%H%M%S"),
        "authors": [],
        "summary": " ".join(s["text"] for s in note["summary"]),
        "banner_image": None,
        "source": about["source"] or host or "n/a",
        "category_within_source": "n/a",
        "source_domain": host or "n/a",
        "topics": [
            {"topic": TOPICS[name], "relevance_score": f"{share:.6f}"} for name, share in topics.items()
        ],
        "overall_sentiment_score": score,
        "overall_sentiment_label": label_of(score),
        "ticker_sentiment": [
            {
                "ticker": t["ticker"],
                "relevance_score": f"{t['relevance']:.6f}",
                "ticker_sentiment_score": f"{float(t['score'] or 0.0):.6f}",
                "ticker_sentiment_label": label_of(float(t["score"] or 0.0)),
            }
            for t in note["tickers"]
            if t["ticker"]
        ],
    }


def _relevance(row: Mapping[str, Any], ticker: str) -> float:
    return next((float(t["relevance_score"]) for t in row["ticker_sentiment"] if t["ticker"] == ticker), 0.0)


def _published(note: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(note["article"]["published_at"] or note["known_at"])


def _symbol(text: str) -> str:
    name = text.strip().upper()
    if not name or len(name) > 30 or not all(c.isalnum() or c in ".-:=^" for c in name):
        raise ValueError("tickers")
    return name.partition(":")[2] or name


def _topic(text: str) -> str:
    name = text.strip().lower()
    if name not in TOPICS:
        raise ValueError("topics")
    return name


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    for form in ("%Y%m%dT%H%M", "%Y%m%dT%H%M%S"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise ValueError("time_from and time_to are YYYYMMDDTHHMM")
