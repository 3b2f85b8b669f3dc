"""Changing what news is met with: portfolios and rules. The next article meets the change."""

from __future__ import annotations

from readthrough.desk.open import Desk
from readthrough.domain.alert import Rule
from readthrough.domain.portfolio import Portfolio

__all__ = ["delete_portfolio", "delete_rule", "save_portfolio", "save_rule"]


def save_portfolio(desk: Desk, portfolio: Portfolio) -> None:
    """Keep a portfolio in place of the one with its id."""
    desk.store.save_portfolio(portfolio)
    desk.refresh()


def delete_portfolio(desk: Desk, portfolio_id: str) -> bool:
    """Forget a portfolio; False when there was none."""
    gone = desk.store.delete_portfolio(portfolio_id)
    desk.refresh()
    return gone


def save_rule(desk: Desk, rule: Rule) -> None:
    """Keep a rule in place of the one with its id."""
    desk.store.save_rule(rule)
    desk.refresh()


def delete_rule(desk: Desk, rule_id: str) -> bool:
    """Forget a rule; False when there was none."""
    gone = desk.store.delete_rule(rule_id)
    desk.refresh()
    return gone
