"""The API's description holds the rules that linters of OpenAPI ask for: nothing unnamed, unsaid or unanswered."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from readthrough.api.app import create_app
from readthrough.desk.open import Desk


@pytest.fixture
def schema(desk: Desk) -> dict[str, Any]:
    return create_app(desk, settings=desk.settings).openapi()


def calls(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path}", call) for path, held in schema["paths"].items() for method, call in held.items()
    ]


def references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [ref for value in part.values() for ref in references(value)]
    return [ref for value in part for ref in references(value)] if isinstance(part, list) else []


def test_the_whole_says_where_it_is_and_how_one_comes_in(schema: dict[str, Any]) -> None:
    assert schema["openapi"].startswith("3.1")
    assert schema["servers"] == [{"url": "/"}]
    assert schema["info"]["license"]["identifier"] == "Apache-2.0"
    named = {name for one in schema["security"] for name in one}
    assert named == set(schema["components"]["securitySchemes"])


def test_every_call_is_named_once_and_says_what_it_does(schema: dict[str, Any]) -> None:
    found = calls(schema)
    assert len(found) >= 50
    assert [n for n, times in Counter(call["operationId"] for _, call in found).items() if times > 1] == []
    for name, call in found:
        assert call["tags"], name
        assert call["summary"], name
        assert call["description"], name
        assert any(status.startswith("4") for status in call["responses"]), name
        assert all(answer["description"] for answer in call["responses"].values()), name


def test_every_parameter_says_what_it_is_and_paths_name_theirs(schema: dict[str, Any]) -> None:
    for name, call in calls(schema):
        given = call.get("parameters", [])
        assert all(one["description"] for one in given), name
        in_path = {one["name"] for one in given if one["in"] == "path"}
        assert in_path == {part[1:-1] for part in name.split("/") if part.startswith("{")}, name
        assert len({(one["in"], one["name"]) for one in given}) == len(given), name


def test_every_refusal_has_the_one_shape_and_nothing_points_nowhere(schema: dict[str, Any]) -> None:
    for name, call in calls(schema):
        for status, answer in call["responses"].items():
            if status[0] in "45":
                assert references(answer) == ["#/components/schemas/ErrorModel"], f"{name} {status}"
    known = {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]}
    assert set(references(schema)) <= known
