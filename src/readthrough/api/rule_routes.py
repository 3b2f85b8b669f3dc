"""Alert rules over HTTP: list, show, keep, switch, remove, and try on the past."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from readthrough.api.models import ErrorModel
from readthrough.desk.ask import rules as kept_rules
from readthrough.desk.books import check_rule, delete_rule, save_rule
from readthrough.desk.intake import parse_rule
from readthrough.desk.open import Desk
from readthrough.desk.rule_words import conditions, rule_document
from readthrough.desk.rules import rehearsal_document, rehearse_rule, rule_of
from readthrough.domain.alert import Rule

__all__ = ["RehearsalModel", "RuleApi", "RuleModel", "RulesModel"]

RuleId = Annotated[str, Path(max_length=64)]
Table = Annotated[
    dict[str, Any],
    Body(
        description="The rule as a file's [[rule]] table has it.",
        examples=[{"id": "cuts", "events": ["guidance_cut"], "any_of": [{"tickers": ["TGT"]}]}],
    ),
]


class RuleModel(BaseModel):
    """A rule with every key it sets; keys of a rule's file, nested tables and all."""

    model_config = ConfigDict(extra="allow")

    id: str
    name: str
    kind: str
    severity: str
    enabled: bool
    words: str = Field(description="What it asks for, in words.")
    doubts: list[str] | None = Field(default=None, description="What it names that is not known yet.")


class RulesModel(BaseModel):
    """Every rule, by id."""

    rules: list[RuleModel]


class KeptModel(BaseModel):
    """How many more alerts there would be without one of the rule's conditions."""

    condition: str
    more: int
    headlines: list[str]


class FiredModel(BaseModel):
    """One alert that would have been."""

    at: str
    article_id: str | None
    headline: str
    words: str
    code: str


class RehearsalModel(BaseModel):
    """What a rule would have said over the past."""

    rule: str
    notes: int
    days: float
    fired: list[FiredModel]
    per_day: float
    withheld: dict[str, int]
    kept_back: list[KeptModel]


class RuleApi:
    """Every endpoint under `/api/v1/rules`, as routes."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the routes."""
        self._desk = desk
        wrong: dict[int | str, dict[str, Any]] = {
            code: {"model": ErrorModel} for code in (403, 404, 413, 422, 500, 503)
        }
        self.router = APIRouter(prefix="/api/v1/rules", responses=wrong, tags=["alerts"])
        add = self.router.add_api_route
        add("", self.rules, response_model=RulesModel)
        add("", self.keep, methods=["POST"], response_model=RuleModel, status_code=201)
        add("/test", self.test, methods=["POST"], response_model=RehearsalModel)
        add("/{rule_id}", self.rule, response_model=RuleModel)
        add("/{rule_id}", self.replace, methods=["PUT"], response_model=RuleModel)
        add("/{rule_id}", self.remove, methods=["DELETE"], status_code=204, response_class=Response)

    def rules(self) -> Response:
        """List the rules."""
        return JSONResponse({"rules": [_document(rule) for rule in kept_rules(self._desk)]})

    def rule(self, rule_id: RuleId) -> Response:
        """Return one rule."""
        found = rule_of(self._desk, rule_id)
        if found is None:
            raise HTTPException(404, "There is no such rule.")
        return JSONResponse(_document(found))

    def keep(self, table: Table) -> Response:
        """Keep a rule in place of the one with its id; the next article meets it.

        A malformed one is refused with the key where the fault is.
        """
        return self._kept(parse_rule(table), 201)

    def replace(self, rule_id: RuleId, table: Table) -> Response:
        """Keep a rule under the id of the address."""
        return self._kept(parse_rule({**table, "id": rule_id}), 200)

    def remove(self, rule_id: RuleId) -> Response:
        """Forget a rule; the alerts it raised stay."""
        if not delete_rule(self._desk, rule_id):
            raise HTTPException(404, "There is no such rule.")
        return Response(status_code=204)

    def test(
        self,
        table: Table,
        days: Annotated[int, Query(ge=1, le=366, description="How far back in the record.")] = 30,
    ) -> Response:
        """Say what a rule would have said over the record, without keeping it."""
        rule = parse_rule(table)
        check_rule(self._desk, rule)
        return JSONResponse(rehearsal_document(rehearse_rule(self._desk, rule, days=days)))

    def _kept(self, rule: Rule, status: int) -> Response:
        doubts = check_rule(self._desk, rule)
        save_rule(self._desk, rule)
        return JSONResponse({**_document(rule), "doubts": list(doubts)}, status_code=status)


def _document(rule: Rule) -> dict[str, Any]:
    return {**rule_document(rule), "words": conditions(rule)}
