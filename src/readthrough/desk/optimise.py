"""Weights with the least risk, and skfolio's measures of them: behind the extra `optimise`."""

from __future__ import annotations

from typing import Any, Final

from readthrough.desk.book_data import Question, load_book, stood
from readthrough.desk.open import Desk
from readthrough.desk.performance import problems_document
from readthrough.domain.errors import HoldingsError

__all__ = ["AIMS", "optimise"]

AIMS: Final = ("variance", "cvar", "drawdown", "equal_risk")
_MEASURES: Final = (
    "annualized_mean",
    "annualized_standard_deviation",
    "cvar",
    "max_drawdown",
    "average_drawdown",
    "ulcer_index",
    "gini_mean_difference",
    "entropic_risk_measure",
    "evar",
    "effective_number_assets",
    "diversification",
)


def optimise(desk: Desk, question: Question, *, aim: str = "variance", most: float = 1.0) -> dict[str, Any]:
    """Return long-only weights over the same lines that would have had the least risk in the window.

    What the past would have wanted, not advice on what to hold: estimates of the past are noisy, and
    nothing here knows costs or taxes.

    Args:
        desk: Where portfolio and prices are.
        question: Which, over which window.
        aim: `variance`, `cvar` (95 %), `drawdown` (conditional drawdown at risk) or `equal_risk`.
        most: Largest weight of a line.

    Raises:
        HoldingsError: The extra is missing, the aim is unknown, or prices do not allow it.
    """
    if aim not in AIMS:
        raise HoldingsError(f"{aim[:40]!r} is no aim.", remedy=f"Say {', '.join(AIMS)}.")
    data = load_book(desk, question)
    book = stood(data)
    count = len(book.panel.instruments)
    if book.reason or count < 2:
        raise HoldingsError(
            f"Nothing can be optimised: {book.reason or 'there are fewer than two lines with prices'}.",
            remedy="Import prices, or choose another window.",
        )
    if most * count < 1.0:
        raise HoldingsError(
            f"{count} lines of at most {most:.2%} do not make a whole.",
            remedy=f"Allow at least {1 / count:.2%}.",
        )
    try:
        from skfolio import Portfolio, RiskMeasure
        from skfolio.optimization import MeanRisk, RiskBudgeting
    except ImportError as error:
        raise HoldingsError(
            f"skfolio is not installed ({error.name}).",
            remedy='Install it: pip install "readthrough[optimise]".',
        ) from None
    returns = book.panel.base.T
    measures = {
        "variance": RiskMeasure.VARIANCE,
        "cvar": RiskMeasure.CVAR,
        "drawdown": RiskMeasure.CDAR,
    }
    model = (
        RiskBudgeting(risk_measure=RiskMeasure.VARIANCE, max_weights=most)
        if aim == "equal_risk"
        else MeanRisk(risk_measure=measures[aim], max_weights=most)
    )
    model.fit(returns)
    whole = float(book.weights.sum())
    proposed = [float(weight) * whole for weight in model.weights_]
    now, then = Portfolio(X=returns, weights=book.weights), Portfolio(X=returns, weights=proposed)
    return {
        "portfolio": data.portfolio.id,
        "name": data.portfolio.name,
        "window": book.window.document(),
        "covered": book.covered,
        "method": f"skfolio, least {aim.replace('_', ' ')}, long only, at most {most:.2%} a line, in the sample",
        "lines": [
            {"instrument": name, "weight": float(weight), "proposed": wanted}
            for name, weight, wanted in zip(book.panel.instruments, book.weights, proposed, strict=True)
        ],
        "measures": {
            name: {"now": float(getattr(now, name)), "proposed": float(getattr(then, name))}
            for name in _MEASURES
        },
        "problems": problems_document([*data.problems, *book.panel.problems]),
    }
