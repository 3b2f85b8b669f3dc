"""A file of any known format as a book: what is held, what happened, and what became of each row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from readthrough.domain.errors import HoldingsError
from readthrough.domain.ledger import Account, Rate, Transaction
from readthrough.domain.portfolio import BookKind, Portfolio
from readthrough.domain.reading import Problem
from readthrough.portfolio.holdings import decoded, hold
from readthrough.portfolio.sources import read_source
from readthrough.portfolio.transactions import HISTORY_FIELDS, read_history
from readthrough.universe.master import Universe

__all__ = ["Import", "Mapped", "read_import", "template_of"]

_HARMLESS: Final = frozenset(
    {"total_row", "row_before_header", "no_figures", "not_read", "partly_valued", "unknown_ticker",
     "identifiers_disagree", "value_unknown", "no_net_value"}
)  # fmt: skip
_ROW: Final = re.compile(r"row ([0-9]+)")

_TEMPLATES: Final[Mapping[str, tuple[str, ...]]] = {
    "holdings": (
        "as_of,account,ticker,isin,name,quantity,price,currency,fx,cost,opened,lot,asset_class",
        "2026-03-02,A-1,MSFT,US5949181045,Microsoft,100,310.55,USD,,25000.00,2024-05-06,L1,equity",
        "2026-03-02,A-1,SHEL.L,GB00BP6MXD84,Shell,-400,2811,GBp,1.317,,,,equity",
        "2026-03-02,A-1,USD,,Cash,41200.50,,USD,,,,,cash",
    ),
    "transactions": (
        ",".join(HISTORY_FIELDS),
        "2026-01-05,deposit,A-1,,,,,,,,,50000,USD,,,,,,,,,,,",
        "2026-01-06,buy,A-1,MSFT,US5949181045,,,,,100,310.55,-31060.00,USD,5.00,,,,,,,,,,T-1001",
        "2026-02-02,split,A-1,MSFT,,,,,,,,,,,,,,2,1,,,,,",
        "2026-02-16,dividend,A-1,MSFT,,,,,,,,75.00,USD,,,,,,,,,,,",
        "2026-03-02,sell,A-1,MSFT,,,,,,50,160.10,8000.00,USD,5.00,,,,,,,,,,",
    ),
    "prices": (
        "day,instrument,close,currency,volume",
        "2026-03-02,MSFT,310.55,USD,24100000",
        "2026-03-02,SHEL.L,2811,GBp,",
    ),
    "rates": ("day,currency,base,rate", "2026-03-02,EUR,USD,1.0812"),
    "fund": (
        "fund,as_of,ticker,isin,name,weight",
        "SPY,2026-03-02,MSFT,US5949181045,Microsoft,7.01%",
        "SPY,2026-03-02,AAPL,US0378331005,Apple,6.55%",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """What the caller says of a file: headings, instruments, days and rates."""

    columns: Mapping[str, str] | None = None  # heading -> field
    instruments: Mapping[str, str] | None = None  # what the file calls it -> ticker or ISIN
    day_first: bool | None = None
    rates: Mapping[str, Decimal] | None = None  # base currency per unit of each
    base_currency: str = "USD"
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What a file holds. `lost` are the problems of rows that should be holdings or transactions and are not."""

    format: str
    portfolio: Portfolio | None
    transactions: tuple[Transaction, ...]
    accounts: tuple[Account, ...]
    rates: tuple[Rate, ...]
    problems: tuple[Problem, ...]
    lost: tuple[Problem, ...]
    headings: tuple[tuple[str, str], ...]
    sample: tuple[Mapping[str, str], ...]  # the first rows under our field names

    @property
    def unresolved(self) -> tuple[Problem, ...]:
        """The rows that nobody is known under."""
        return tuple(p for p in self.problems if p.code in ("unknown_ticker", "identifiers_disagree"))


def read_import(
    raw: str | bytes,
    *,
    portfolio_id: str,
    name: str,
    universe: Universe,
    format: str = "",
    kind: BookKind = BookKind.PORTFOLIO,
    mapped: Mapped | None = None,
) -> Import:
    """Read a file of holdings, of transactions, or of both.

    Args:
        raw: The file.
        portfolio_id: Id of the portfolio.
        name: Its name.
        universe: Who can be meant.
        format: A key of `sources.FORMATS`; found out when empty.
        kind: What the holdings are.
        mapped: What the caller says of the file.

    Raises:
        HoldingsError: It is in no known format, or nothing in it could be read.
    """
    told = mapped or Mapped()
    source = read_source(decoded(raw), format=format, mapping=told.columns)
    portfolio = None
    lost: list[Problem] = []
    problems: list[Problem] = []
    if source.holdings is not None:
        portfolio = hold(
            source.holdings,
            portfolio_id=portfolio_id,
            name=name,
            universe=universe,
            base_currency=told.base_currency,
            as_of=told.as_of,
            rates=told.rates,
            instruments=told.instruments,
            kind=kind,
            day_first=told.day_first,
        )
        problems.extend(portfolio.problems)
        lost.extend(_lost(portfolio.problems, {line.source_row for line in portfolio.holdings}))
    transactions: tuple[Transaction, ...] = ()
    if source.history is not None:
        history = read_history(
            source.history, universe, instruments=told.instruments, day_first=told.day_first
        )
        transactions = history.transactions
        problems.extend(history.problems)
        lost.extend(_lost(history.problems, set()))
    if portfolio is None and not transactions:
        first = f" The first fault: {problems[0].detail}." if problems else ""
        raise HoldingsError(
            f"Neither a position nor a transaction could be read.{first}",
            remedy="`readthrough portfolio template` prints a file that can.",
        )
    sheet = source.holdings or source.history
    assert sheet is not None
    return Import(
        format=source.format,
        portfolio=portfolio,
        transactions=transactions,
        accounts=_accounts(portfolio_id, source.accounts, source.custodian, portfolio),
        rates=source.rates,
        problems=tuple(problems),
        lost=tuple(lost),
        headings=sheet.headings,
        sample=tuple(row.cells for row in sheet.rows[:5]),
    )


def template_of(what: str) -> str:
    """Return a file that can be imported: every column and a few rows.

    Raises:
        HoldingsError: There is no such template.

    >>> template_of("rates")
    'day,currency,base,rate\\n2026-03-02,EUR,USD,1.0812\\n'
    """
    if what not in _TEMPLATES:
        raise HoldingsError(
            f"There is no template of {what!r}.", remedy=f"There are {', '.join(_TEMPLATES)}."
        )
    return "\n".join(_TEMPLATES[what]) + "\n"


def _lost(problems: Iterable[Problem], held: set[int]) -> list[Problem]:
    return [
        problem
        for problem in problems
        if problem.code not in _HARMLESS and not ((row := _ROW.match(problem.detail)) and int(row[1]) in held)
    ]


def _accounts(
    portfolio_id: str,
    stated: Iterable[tuple[str, str]],
    custodian: str,
    portfolio: Portfolio | None,
) -> tuple[Account, ...]:
    found = dict(stated)
    for line in portfolio.holdings if portfolio is not None else ():
        if line.account_id:
            found.setdefault(line.account_id, "")
    return tuple(
        Account(id=account, portfolio_id=portfolio_id, custodian=custodian, currency=currency)
        for account, currency in found.items()
        if account
    )
