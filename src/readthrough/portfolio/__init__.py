"""What is held, and what a story does to it. Synchronous and pure; logs nothing."""

from __future__ import annotations

from readthrough.portfolio.assess import HoldingsIndex, assess
from readthrough.portfolio.holdings import read_holdings

__all__ = ["HoldingsIndex", "assess", "read_holdings"]
