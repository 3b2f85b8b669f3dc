"""The shape a model has to answer in. Numbers are whole: grammars of local servers do not bound fractions."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, Field, StringConstraints

from readthrough.domain.authoring import AuthoredClaim
from readthrough.domain.note import ClaimKind

__all__ = ["Answer", "Probe", "claims_of"]

_LONGEST: Final = 700  # characters of a claim; the longest of our own notes are half of it

_Direction = Literal["positive", "negative", "mixed", "neutral"]
_Id = Annotated[str, StringConstraints(pattern="^[cfegs][0-9]{1,3}$")]


class _Ticker(BaseModel):
    ticker: str = Field(min_length=1, max_length=16, description="As the data writes it.")
    direction: _Direction


class _Claim(BaseModel):
    kind: Literal[
        "market_read", "second_order", "read_through", "risk", "positioning", "contrarian", "catalyst"
    ]
    text: str = Field(max_length=_LONGEST, description="One or two plain sentences, no markup.")
    direction: _Direction
    horizon_from: int = Field(ge=0, le=60)
    horizon_to: int = Field(ge=1, le=60)
    horizon_unit: Literal["days", "weeks", "months", "years"]
    confidence: int = Field(ge=0, le=100, description="Percent.")
    tickers: list[_Ticker] = Field(max_length=6)
    support: list[_Id] = Field(min_length=1, max_length=8, description="Ids of the data the claim rests on.")
    wrong_if: str = Field(max_length=300, description="What would show the claim to be wrong.")


class Answer(BaseModel):
    """The analysis: at most seven claims, most important first; none when the data carries no view."""

    claims: list[_Claim] = Field(max_length=7)


class Probe(BaseModel):
    """The smallest answer that shows that a model answers in a given shape."""

    ready: bool


def claims_of(answer: Answer) -> tuple[AuthoredClaim, ...]:
    """Turn an answer into claims of ours, still untrusted."""
    return tuple(
        AuthoredClaim(
            kind=ClaimKind(claim.kind),
            text=" ".join(claim.text.split()),
            direction=claim.direction,
            horizon=_horizon(claim),
            tickers=tuple((t.ticker, t.direction) for t in claim.tickers),
            confidence_pct=claim.confidence,
            support=tuple(dict.fromkeys(claim.support)),
            falsified_by=" ".join(claim.wrong_if.split()),
        )
        for claim in answer.claims
    )


def _horizon(claim: _Claim) -> str:
    near, far = sorted((claim.horizon_from, claim.horizon_to))
    return f"{near}-{far} {claim.horizon_unit}" if near != far else f"{far} {claim.horizon_unit}"
