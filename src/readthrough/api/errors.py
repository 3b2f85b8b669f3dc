"""One shape for every error: `{"error": {"code", "message", "remedy"}}`; pages get a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, TypeAlias

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import (
    AccountError,
    DeliveryError,
    HoldingsError,
    OutputError,
    ReadthroughError,
    RuleError,
    SettingsError,
    SourceError,
    SourceNotFound,
    SourceRefused,
    SourceTooLarge,
    SourceUnreachable,
    StorageError,
    Transient,
    UniverseError,
)

__all__ = ["PrintPage", "error_document", "install", "status_of"]

PrintPage: TypeAlias = Callable[[Request, int, str, str, str], Response]
"""Prints, for a request, status, title, message and remedy as a page."""

STATUS: Final[tuple[tuple[type[ReadthroughError], int], ...]] = (
    (SourceNotFound, 404),
    (SourceTooLarge, 413),
    (SourceRefused, 422),
    (SourceUnreachable, 502),
    (SourceError, 422),
    (HoldingsError, 422),
    (RuleError, 422),
    (StorageError, 503),
    (Transient, 503),
    (AccountError, 403),
    (DeliveryError, 502),
    (SettingsError, 500),
    (OutputError, 500),
    (UniverseError, 500),
    (ReadthroughError, 500),
)
"""Which answer each error gets; the first that fits counts."""


def status_of(error: ReadthroughError) -> int:
    """Return the HTTP status an error is answered with.

    >>> status_of(SourceTooLarge()), status_of(Transient()), status_of(ReadthroughError())
    (413, 503, 500)
    """
    return next(status for kind, status in STATUS if isinstance(error, kind))


def error_document(error: ReadthroughError) -> NoteDocument:
    """Write an error for the caller. What only the operator should see stays in the log."""
    if status_of(error) >= 500:
        message = (type(error).__doc__ or "The server could not do this.").strip()
        return _document(error.code, message, "Try again later; the server's log has the cause.")
    return _document(error.code, error.message, error.remedy)


def _document(code: str, message: str, remedy: str) -> NoteDocument:
    return {"error": {"code": code, "message": message, "remedy": remedy}}


def install(app: FastAPI, print_page: PrintPage) -> None:
    """Answer every error of an application in the one shape, or as a page outside `/api`."""

    def answer(request: Request, status: int, document: NoteDocument) -> Response:
        inner = document["error"]
        path = request.url.path.removeprefix(str(request.scope.get("root_path", "")))
        if path.startswith("/api/") or path in ("/healthz", "/metrics", "/openapi.json"):
            return JSONResponse(document, status)
        assert isinstance(inner, dict)
        return print_page(
            request, status, HTTPStatus(status).phrase, str(inner["message"]), str(inner["remedy"])
        )

    async def own(request: Request, error: Exception) -> Response:
        assert isinstance(error, ReadthroughError)
        return answer(request, status_of(error), error_document(error))

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
        response = answer(
            request,
            error.status_code,
            _document(code, str(error.detail), _REMEDIES.get(error.status_code, "")),
        )
        response.headers.update(error.headers or {})
        return response

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer(
            request, 422, _document("invalid", _told(error), "Correct it; /openapi.json says what fits.")
        )

    async def unexpected(request: Request, error: Exception) -> Response:
        message = "The server failed in a way it did not foresee."
        return answer(
            request, 500, _document("internal", message, "Try again; the server's log has the cause.")
        )

    app.add_exception_handler(ReadthroughError, own)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, unexpected)


_REMEDIES: Final = {
    400: "Send well-formed JSON in UTF-8 with content-type application/json.",
    404: "Check the address; /openapi.json lists what there is.",
    422: "Correct it; /openapi.json says what fits.",
    405: "Use a method the address takes; /openapi.json lists them.",
    503: "Try again in a minute.",
}


def _told(error: RequestValidationError) -> str:
    """Name the first faults without repeating what was sent: it may be long, or hostile."""
    faults = error.errors()
    told = []
    for fault in faults[:3]:
        if fault["type"] == "json_invalid":
            return _malformed(fault, error.body)
        place = ".".join(str(part) for part in fault["loc"])[:120]
        told.append(f"{place}: {fault['msg'][:200]}")
    more = len(faults) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")


def _malformed(fault: Mapping[str, Any], body: object) -> str:
    what = str(fault.get("ctx", {}).get("error", "")) or "it cannot be decoded"
    place = fault["loc"][-1]
    if not isinstance(body, str) or not isinstance(place, int):
        return f"The body is not JSON: {what}."
    before = body[:place]
    line, column = before.count("\n") + 1, place - before.rfind("\n")
    return f"The body is not JSON: {what} at line {line:,}, column {column:,}."
