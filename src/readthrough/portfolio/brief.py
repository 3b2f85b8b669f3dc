"""The morning brief of one portfolio: what came since its exchanges closed, before they open again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from html import escape
from typing import Final

from readthrough.domain.portfolio import Portfolio, Touch
from readthrough.portfolio.today import BookNews, Hit, book_news
from readthrough.universe.calendars import calendar_of, mic_of
from readthrough.universe.master import Universe

__all__ = [
    "LEAD",
    "Brief",
    "Opening",
    "awaited",
    "brief_html",
    "brief_lines",
    "brief_text",
    "make_brief",
    "openings",
]

LEAD: Final = timedelta(minutes=60)
"""How long before the first opening a brief is due."""

_OWN_BRIEF: Final = (
    0.1  # share of the book from which an exchange's opening is waited for; less rides with others
)

_MOST: Final = 12
_PATHS: Final[Mapping[str, str]] = {
    "direct": "held",
    "line": "another line of it is held",
    "fund": "held in a fund",
    "supplier": "a supplier is held",
    "customer": "a customer is held",
    "peer": "a rival is held",
    "theme": "theme",
    "macro": "sensitivity",
}
_CAVEAT: Final = (
    "Expected effects are those that an event study found for such news: a middle, and a range that is to hold four"
    " outcomes of five. Analysis, not advice."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An exchange that lines of the portfolio trade on, and when it opens next."""

    mic: str
    opens_at: datetime
    weight: float  # of the lines there, by size


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a portfolio manager reads before the open."""

    news: BookNews
    openings: tuple[Opening, ...]  # the first to open first
    made_at: datetime
    quiet: int  # issuers held of which nothing was heard
    unvalued: tuple[str, ...]  # lines without a weight

    @property
    def due_at(self) -> datetime | None:
        """When it should be on the desk: an hour before the opening that is waited for."""
        opening = awaited(self.openings)
        return opening.opens_at - LEAD if opening else None

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is time: the hour before that opening."""
        due = self.due_at
        return due is not None and due <= now < due + LEAD


def make_brief(portfolio: Portfolio, touches: Iterable[Touch], *, now: datetime, universe: Universe) -> Brief:
    """Put a brief together: the news since the last close of the exchange that most of the book trades on.

    Args:
        portfolio: The book.
        touches: What was kept of each note for it, of the last days at least.
        now: When it is made.
        universe: Tells the exchange of a line.
    """
    opening = openings(portfolio, now, universe)
    main = max(opening, key=lambda each: each.weight, default=None)
    since = now - timedelta(hours=24)
    if main is not None:
        calendar = calendar_of(main.mic)
        local = now.astimezone(calendar.zone).date()
        session = calendar.session_before(local + timedelta(days=1))
        if calendar.closes_at(session) > now:
            session = calendar.session_before(session)
        since = calendar.closes_at(session)
    news = book_news(portfolio, touches, since=since, until=now + timedelta(microseconds=1))
    heard = {hit.touch.issuer_id for hit in news.hits}
    held = {line.issuer_id for line in portfolio.holdings if line.issuer_id is not None}
    return Brief(
        news=news,
        openings=opening,
        made_at=now,
        quiet=len(held - heard),
        unvalued=tuple(line.ticker for line in portfolio.holdings if line.weight is None),
    )


def awaited(of: Sequence[Opening]) -> Opening | None:
    """Return the opening that a brief is made for: the next of an exchange with a tenth of the book or more.

    The next of all where no exchange has as much, or no weight is known; None where nothing trades.
    """
    total = sum(opening.weight for opening in of)
    weighty = (opening for opening in of if opening.weight >= _OWN_BRIEF * total)
    return next(weighty, None) or next(iter(of), None)


def openings(portfolio: Portfolio, now: datetime, universe: Universe) -> tuple[Opening, ...]:
    """Return when the exchanges of a portfolio's lines open next, the first first."""
    weights: dict[str, float] = {}
    for line in portfolio.holdings:
        if line.issuer_id is not None:
            mic = mic_of(line.ticker, _mic(line.ticker, line.issuer_id, universe))
            weights[mic] = weights.get(mic, 0.0) + abs(float(line.weight or 0))
    found = [
        Opening(mic=mic, opens_at=calendar_of(mic).next_open(now), weight=weight)
        for mic, weight in weights.items()
    ]
    return tuple(sorted(found, key=lambda opening: (opening.opens_at, opening.mic)))


def _mic(ticker: str, issuer_id: str, universe: Universe) -> str:
    issuer = universe.issuer(issuer_id)
    lines = (line for sec in issuer.securities for line in sec.listings) if issuer else ()
    return next((line.mic for line in lines if line.ticker == ticker), "")


def brief_text(brief: Brief) -> str:
    """Write a brief as plain text, 100 columns."""
    news = brief.news
    lines = [f"Morning brief: {news.name}", f"{brief.made_at:%A %d %B %Y, %H:%M} UTC", ""]
    lines += [f"{_opening(opening)}" for opening in brief.openings]
    lines += ["", *_summary(brief), ""]
    for number, hit in enumerate(news.hits[:_MOST], start=1):
        lines.append(f"{number:>2}. {hit.touch.ticker:<10} {_effect(hit, news.currency)}")
        lines.append(f"    {hit.touch.headline[:92]}")
        lines.append(f"    {_path(hit)}; {hit.touch.why[:200]}{_more(hit)}")
    if len(news.hits) > _MOST:
        lines.append(f"    and {len(news.hits) - _MOST} more")
    if not news.hits:
        lines.append("Nothing that was read touches the book.")
    lines += ["", _CAVEAT]
    return "\n".join(lines) + "\n"


def brief_lines(brief: Brief) -> tuple[str, tuple[str, ...]]:
    """Return a brief for messages: what it comes to, and a line for each thing that hit the book."""
    news = brief.news
    hits = [
        f"{hit.touch.ticker}: {_effect(hit, news.currency)}. {hit.touch.headline[:160]} ({_path(hit)}{_more(hit)})"
        for hit in news.hits[:_MOST]
    ]
    if len(news.hits) > _MOST:
        hits.append(f"and {len(news.hits) - _MOST} more")
    opening = awaited(brief.openings)
    opens = [f"{_opening(opening)}."] if opening else []
    nothing = [] if hits else ["Nothing that was read touches the book."]
    return " ".join([*opens, *_summary(brief), *nothing]), tuple(hits)


def brief_html(brief: Brief) -> str:
    """Write a brief as one page of HTML without scripts; every word of the news is escaped."""
    news = brief.news
    rows = "\n".join(
        f"<tr><td>{number}</td><th scope=row>{escape(hit.touch.ticker)}</th>"
        f"<td class=n>{escape(_bps(hit))}</td><td class=n>{escape(_money(hit, news.currency))}</td>"
        f"<td><p>{escape(hit.touch.headline)}</p><small>{escape(_path(hit))}; {escape(hit.touch.why)}"
        f"{escape(_more(hit))}</small></td></tr>"
        for number, hit in enumerate(news.hits[:_MOST], start=1)
    )
    table = (
        "<table><thead><tr><th></th><th>Line</th><th>bp of the book</th><th>Money</th><th>News</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
        if rows
        else "<p>Nothing that was read touches the book.</p>"
    )
    openings = "".join(f"<li>{escape(_opening(o))}</li>" for o in brief.openings)
    summary = "".join(f"<p>{escape(line)}</p>" for line in _summary(brief))
    return (
        "<!doctype html>\n<html lang=en><head><meta charset=utf-8>"
        f"<title>Morning brief: {escape(news.name)}</title><style>"
        "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
        "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.4rem .6rem;"
        "border-top:1px solid #ccc}.n{text-align:right;white-space:nowrap}p{margin:.2rem 0}small{color:#555}"
        f"</style></head><body><h1>Morning brief: {escape(news.name)}</h1>"
        f"<p>{brief.made_at:%A %d %B %Y, %H:%M} UTC</p><ul>{openings}</ul>{summary}{table}"
        f"<p><small>{escape(_CAVEAT)}</small></p></body></html>\n"
    )


def _summary(brief: Brief) -> list[str]:
    news = brief.news
    lines = [
        f"News since {news.since:%a %d %b, %H:%M} UTC: {news.notes} {'note touches' if news.notes == 1 else 'notes touch'}"
        f" {len(news.hits)} {'line' if len(news.hits) == 1 else 'lines'};"
        f" none on the other {brief.quiet} issuers held."
    ]
    if news.sentiment is not None:
        expected, risk = _amount(news.expected, news.currency), _amount(news.news_at_risk, news.currency)
        lines.append(
            f"Expected effect {news.expected_bps:+.1f} bp{expected}; nine times of ten above"
            f" {news.news_at_risk_bps:+.1f} bp{risk}; sentiment of the book {news.sentiment:+.2f}."
        )
    if brief.unvalued:
        lines.append(f"Without a weight: {', '.join(brief.unvalued[:8])}.")
    return lines


def _opening(opening: Opening) -> str:
    return f"{opening.mic} opens {opening.opens_at:%a %d %b, %H:%M} UTC ({opening.weight:.0%} of the book)"


def _effect(hit: Hit, currency: str) -> str:
    return f"{_bps(hit)}  {_money(hit, currency)}".rstrip()


def _bps(hit: Hit) -> str:
    touch = hit.touch
    if touch.low_bps is None or touch.mid_bps is None or touch.high_bps is None:
        return f"weight unknown, {'good' if touch.sign > 0 else 'bad'} for it"
    return f"{touch.mid_bps:+.1f} bp ({touch.low_bps:+.1f} to {touch.high_bps:+.1f})"


def _money(hit: Hit, currency: str) -> str:
    return "" if hit.mid is None else f"{hit.mid:+,.0f} {currency}"


def _amount(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else f" ({amount:+,.0f} {currency})"


def _path(hit: Hit) -> str:
    through = f" ({hit.touch.through})" if hit.touch.path in ("theme", "macro") else ""
    return f"{_PATHS.get(hit.touch.path, hit.touch.path)}{through}"


def _more(hit: Hit) -> str:
    return f"; {hit.others} more on it" if hit.others else ""
