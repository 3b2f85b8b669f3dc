"""The feed's filter as a request states it: the same parameters on the page and on its stream."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from fastapi import Depends, Query

from readthrough.web.feed import FeedFilter

__all__ = ["Chosen"]

_Values: TypeAlias = Annotated[list[str] | None, Query(max_length=40)]


_Story: TypeAlias = Annotated[str, Query(max_length=80)]
_Held: TypeAlias = Annotated[bool, Query(description="Only notes that move a portfolio.")]


def _chosen(
    ticker: _Values = None,
    sign: _Values = None,
    event: _Values = None,
    story: _Story = "",
    held: _Held = False,
) -> FeedFilter:
    return FeedFilter.of(tickers=ticker or (), signs=sign or (), events=event or (), story=story, held=held)


Chosen: TypeAlias = Annotated[FeedFilter, Depends(_chosen)]
"""`ticker`, `sign` and `event`, each as often as wanted; `story`; `held`."""
