"""What news did to a book, its brief, and how old the prices under it are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from readthrough.domain.errors import HoldingsError
from readthrough.domain.portfolio import Portfolio
from readthrough.domain.reading import Problem

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.feeds.prices import Library
    from readthrough.portfolio.brief import Brief
    from readthrough.portfolio.reconcile import Figures, Reconciliation
    from readthrough.portfolio.today import BookNews

__all__ = [
    "brief_document",
    "brief_in",
    "brief_of",
    "fetch_prices",
    "news_document",
    "news_of",
    "price_ages",
    "price_report",
    "reconciliation_document",
    "the_portfolio",
]

_BRIEF_BACK: Final = timedelta(days=12)  # longer than any exchange is shut
_CASH: Final = frozenset({"cash"})


def the_portfolio(desk: Desk, portfolio_id: str) -> Portfolio:
    """Return a portfolio.

    Raises:
        HoldingsError: There is none of this id.
    """
    found = next((p for p in desk.store.portfolios() if p.id == portfolio_id), None)
    if found is None:
        raise HoldingsError(
            f"No portfolio has the id {portfolio_id!r}.", remedy="`readthrough portfolio list` shows ids."
        )
    return found


def news_of(desk: Desk, portfolio_id: str, *, hours: float = 24, now: datetime | None = None) -> BookNews:
    """Return what news of the last hours meant for a portfolio, ranked by money.

    Raises:
        HoldingsError: There is no such portfolio.
    """
    from readthrough.portfolio.today import book_news

    until = (now or desk.clock()) + timedelta(microseconds=1)  # what was saved this instant counts
    since = until - timedelta(hours=hours)
    book = the_portfolio(desk, portfolio_id)
    touches = desk.store.books.touches(since=since, until=until, portfolio_id=portfolio_id)
    return book_news(book, touches, since=since, until=until)


def brief_of(desk: Desk, portfolio_id: str, *, now: datetime | None = None) -> Brief:
    """Make the morning brief of a portfolio.

    Raises:
        HoldingsError: There is no such portfolio.
    """
    from readthrough.portfolio.brief import make_brief

    moment = now or desk.clock()
    book = the_portfolio(desk, portfolio_id)
    touches = desk.store.books.touches(since=moment - _BRIEF_BACK, portfolio_id=portfolio_id)
    return make_brief(book, touches, now=moment, universe=desk.universe)


def brief_in(brief: Brief, format: str) -> bytes:
    """Write a brief as text, html or pdf.

    Raises:
        HoldingsError: There is no such format.
    """
    from readthrough.desk.pages_pdf import text_pdf
    from readthrough.portfolio.brief import brief_html, brief_text

    match format:
        case "text":
            return brief_text(brief).encode()
        case "html":
            return brief_html(brief).encode()
        case "pdf":
            return text_pdf(brief_text(brief), title=f"Morning brief: {brief.news.name}")
    raise HoldingsError(f"There is no format {format!r} of a brief.", remedy="Use text, html or pdf.")


def news_document(news: BookNews) -> dict[str, Any]:
    """Return a book's news as JSON."""
    return {
        "portfolio": news.portfolio_id,
        "name": news.name,
        "currency": news.currency,
        "net_value": _figure(news.net_value),
        "since": _time(news.since),
        "until": _time(news.until),
        "notes": news.notes,
        "expected_bps": round(news.expected_bps, 2),
        "expected": _figure(news.expected),
        "sentiment": None if news.sentiment is None else round(news.sentiment, 2),
        "news_at_risk_bps": round(news.news_at_risk_bps, 2),
        "news_at_risk": _figure(news.news_at_risk),
        "hits": [
            {
                "ticker": hit.touch.ticker,
                "issuer_id": hit.touch.issuer_id,
                "path": hit.touch.path,
                "through": hit.touch.through or None,
                "weight": hit.touch.weight,
                "expected_bps": None
                if hit.touch.mid_bps is None
                else {"low": hit.touch.low_bps, "mid": hit.touch.mid_bps, "high": hit.touch.high_bps},
                "money": None
                if hit.mid is None
                else {"low": _figure(hit.low), "mid": _figure(hit.mid), "high": _figure(hit.high)},
                "sign": hit.touch.sign,
                "note_id": hit.touch.note_id,
                "headline": hit.touch.headline,
                "why": hit.touch.why,
                "known_at": _time(hit.touch.known_at),
                "other_notes": hit.others,
            }
            for hit in news.hits
        ],
    }


def brief_document(brief: Brief) -> dict[str, Any]:
    """Return a brief as JSON."""
    return news_document(brief.news) | {
        "made_at": _time(brief.made_at),
        "due_at": None if brief.due_at is None else _time(brief.due_at),
        "openings": [
            {"mic": o.mic, "opens_at": _time(o.opens_at), "weight": round(o.weight, 6)}
            for o in brief.openings
        ],
        "quiet_issuers": brief.quiet,
        "without_weight": list(brief.unvalued),
    }


def reconciliation_document(report: Reconciliation) -> dict[str, Any]:
    """Return a reconciliation as JSON; money and quantities as exact text."""
    return {
        "agrees": report.agrees,
        "lines": [
            {
                "account": line.account_id,
                "instrument": line.instrument,
                "cash": line.cash,
                "differs_by": line.kind.value,
                "ours": _side(line.ours),
                "theirs": _side(line.theirs),
                "quantity_difference": str(line.quantity_difference),
                "cost_difference": None if line.cost_difference is None else str(line.cost_difference),
            }
            for line in report.lines
        ],
    }


def price_ages(desk: Desk, portfolio: Portfolio, today: date | None = None) -> dict[str, int | None]:
    """Return how old the last price of each line is in days, None where none is kept."""
    from readthrough.portfolio.prices import PriceTable

    day = today or desk.clock().date()
    lines = [line.ticker for line in portfolio.holdings if line.asset_class not in _CASH]
    table = PriceTable(desk.store.books.prices(lines, last=True))
    return {t: None if (q := table.at(t, day)) is None else q.age_days for t in lines}


def price_report(desk: Desk, today: date | None = None) -> list[dict[str, Any]]:
    """Return the last price of everything held: current, stale or missing."""
    from readthrough.portfolio.prices import PriceTable

    day = today or desk.clock().date()
    held = sorted(
        {
            line.ticker
            for book in desk.store.portfolios()
            for line in book.holdings
            if line.asset_class not in _CASH
        }
    )
    table = PriceTable(desk.store.books.prices(held, last=True))
    report = []
    for ticker in held:
        quote = table.at(ticker, day)
        state = (
            "missing" if quote is None else f"stale, {quote.age_days} days" if quote.is_stale else "current"
        )
        report.append(
            {
                "instrument": ticker,
                "close": None if quote is None else str(quote.value),
                "currency": None if quote is None else quote.currency,
                "day": None if quote is None else quote.day.isoformat(),
                "state": state,
            }
        )
    return report


def fetch_prices(
    desk: Desk, *, days: int, today: date | None = None, library: Library | None = None
) -> tuple[int, list[Problem]]:
    """Fetch and keep closes of everything held with yfinance.

    Args:
        desk: Whose books.
        days: Calendar days back.
        today: The last day; the clock's when None.
        library: The module to ask; yfinance when None.

    Returns:
        How many prices were kept, and what was not found.

    Raises:
        SourceError: yfinance is not installed, or its source does not answer.
    """
    from readthrough.feeds.prices import fetch_closes

    until = today or desk.clock().date()
    held = [row["instrument"] for row in price_report(desk, until)]
    prices, missing = fetch_closes(held, since=until - timedelta(days=days), until=until, library=library)
    kept = desk.store.books.save_prices(prices)
    problems = [
        Problem(
            code="no_price", detail=f"{ticker}: nothing was found", remedy="Import its prices from a file."
        )
        for ticker in missing
    ]
    return kept, problems


def _side(figures: Figures | None) -> dict[str, str | None] | None:
    if figures is None:
        return None
    return {
        "quantity": str(figures.quantity),
        "cost": None if figures.cost is None else str(figures.cost),
        "value": None if figures.value is None else str(figures.value),
    }


def _figure(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
