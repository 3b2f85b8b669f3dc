"""What the API says of itself beyond its routes: where it is, how one comes in, and what is common to all calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI

from readthrough.api.models import ErrorModel

__all__ = ["complete", "describe"]

_SCHEMES: Final = {
    "key": {"type": "http", "scheme": "bearer", "description": "An API key of ours: `Authorization: Bearer rt_...`."},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key in a header."},
}  # fmt: skip
_SECURITY: Final[list[dict[str, list[str]]]] = [{"key": []}, {"header": []}, {}]
_OPEN: Final = frozenset({"/healthz"})
_PARAMETERS: Final[Mapping[str, str]] = {
    "limit": "Most items answered at once.",
    "cursor": "`next` of the page before.",
    "q": "Words or a question, in English.",
    "ticker": "A listing's symbol, as BABA or 9988.HK.",
    "since": "From this moment on.",
    "until": "Before this moment.",
    "as_of": "As it was known then; now when left out.",
    "portfolio": "A portfolio's id.",
    "kind": "What kind.",
    "title": "What to call it; its own title when left out.",
    "source": "Who published it.",
    "format": "How it is written.",
    "last_event_id": "The id of the last event seen: what came after it is sent first.",
    "envelope": "`cloudevents` wraps each event as CloudEvents 1.0.",
    "sign": "Only positive, negative or mixed.",
    "event": "Only this type of event.",
    "start": "From which code point of the text.",
    "table": "Which export: notes, readings, sentiment, facts or events.",
}


def describe(app: FastAPI) -> None:
    """Have an application tell all of it: call this once its routes are there."""
    written = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = complete(written(), root=app.root_path)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def complete(schema: dict[str, Any], *, root: str = "") -> dict[str, Any]:
    """Return a description with servers, ways to come in, errors of every call and words for every parameter."""
    schema["servers"] = [{"url": root or "/"}]
    schema["info"]["license"] = {"name": "Apache 2.0", "identifier": "Apache-2.0"}
    components = schema.setdefault("components", {})
    components["securitySchemes"] = _SCHEMES
    components.setdefault("schemas", {}).setdefault("ErrorModel", _error())
    schema["security"] = _SECURITY
    for name in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(name, None)
    for path, calls in schema["paths"].items():
        for call in calls.values():
            if path in _OPEN:
                call["security"] = []
            for status, answer in call["responses"].items():
                if status.startswith("4") and "HTTPValidationError" in str(
                    answer
                ):  # the framework's own, never sent
                    call["responses"][status] = _refused() | {"description": answer["description"]}
            if not any(status.startswith("4") for status in call["responses"]):
                call["responses"]["429"] = _refused()
            for parameter in call.get("parameters", []):
                if not parameter.get("description"):
                    name = str(parameter["name"])
                    said = (
                        "The id in the path."
                        if parameter["in"] == "path"
                        else name.replace("_", " ").capitalize() + "."
                    )
                    parameter["description"] = _PARAMETERS.get(name, said)
    return schema


def _refused() -> dict[str, Any]:
    return {
        "description": "Too many requests in a minute",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorModel"}}},
    }


def _error() -> dict[str, Any]:
    return ErrorModel.model_json_schema(ref_template="#/components/schemas/{model}")
