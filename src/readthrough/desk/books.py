"""Changing what news is met with: portfolios and rules. The next article meets the change."""

from __future__ import annotations

from difflib import get_close_matches

from readthrough.desk.open import Desk
from readthrough.domain.alert import Rule
from readthrough.domain.errors import RuleError
from readthrough.domain.portfolio import Portfolio

__all__ = ["check_rule", "delete_portfolio", "delete_rule", "save_portfolio", "save_rule"]


def save_portfolio(desk: Desk, portfolio: Portfolio) -> None:
    """Keep a portfolio in place of the one with its id."""
    desk.store.save_portfolio(portfolio, at=desk.clock())
    desk.refresh()


def delete_portfolio(desk: Desk, portfolio_id: str) -> bool:
    """Forget a portfolio; False when there was none."""
    gone = desk.store.delete_portfolio(portfolio_id, at=desk.clock())
    desk.refresh()
    return gone


def check_rule(desk: Desk, rule: Rule) -> tuple[str, ...]:
    """Return what a rule names that is not known yet: it may be imported or listed later.

    Raises:
        RuleError: It is sent to a receiver that the settings do not have.
    """
    for receiver in rule.receivers:
        if receiver not in desk.receivers:
            near = get_close_matches(receiver, list(desk.receivers), n=3, cutoff=0.5)
            known = " or ".join(near) if near else ", ".join(sorted(desk.receivers))
            raise RuleError(
                f"rule ({rule.id}): receivers: no receiver is called {receiver!r}.",
                remedy=f"{'Did you mean' if near else 'There is'} {known}{'?' if near else '.'}"
                f" Or set receivers.{receiver}.url and .secret first.",
                receiver=receiver,
            )
    books = {portfolio.id for portfolio in desk.store.portfolios()} if rule.portfolios else set()
    doubts = [
        f"no portfolio has the id {name!r} yet" + _near(name, sorted(books))
        for name in rule.portfolios
        if name not in books
    ]
    doubts += [
        f"ticker {ticker!r} is not in the universe" + _near_issuers(desk, ticker)
        for ticker in rule.tickers
        if desk.universe.by_ticker(ticker) is None
    ]
    return tuple(f"rule ({rule.id}): {doubt}" for doubt in doubts)


def _near(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(near)}?" if near else "; import it before news comes"


def _near_issuers(desk: Desk, ticker: str) -> str:
    found = [f"{issuer.ticker} ({issuer.name})" for issuer in desk.universe.search(ticker, limit=2)]
    return f"; did you mean {' or '.join(found)}?" if found else "; it matches text that links to it only"


def save_rule(desk: Desk, rule: Rule) -> None:
    """Keep a rule in place of the one with its id."""
    desk.store.save_rule(rule)
    desk.refresh()


def delete_rule(desk: Desk, rule_id: str) -> bool:
    """Forget a rule; False when there was none."""
    gone = desk.store.delete_rule(rule_id)
    desk.refresh()
    return gone
