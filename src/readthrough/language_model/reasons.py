"""Why a model did not write, in our own words: what servers say may hold keys, addresses or the article."""

from __future__ import annotations

from typing import Final

from readthrough.domain.authoring import Ending
from readthrough.language_model.connect import Endpoint

__all__ = ["reason_of"]

_OVERFULL: Final = (
    "exceed_context", "context_length", "context length", "context window", "context size", "prompt is too long",
    "maximum context",
)  # fmt: skip
# llama.cpp answers so, with status 500, where its own parser cannot make sense of what its model wrote
_SHAPELESS: Final = "does not match the expected"
_STATUSES: Final = {
    401: "refuses the key",
    402: "asks for payment",
    403: "refuses this key for this model",
    404: "knows no such model or address",
    429: "takes no more requests for now",
}


def reason_of(error: Exception, endpoint: Endpoint) -> tuple[Ending, str]:
    """Sort a failure into an ending, with a sentence for the reader.

    Args:
        error: What pydantic-ai, its transport or the clock raised.
        endpoint: Who was asked.
    """
    from pydantic_ai import exceptions as failures

    seconds = endpoint.timeout.total_seconds()
    late = (TimeoutError, failures.ModelTimeoutError, failures.ModelRequestTimeout)
    if isinstance(error, late):
        return Ending.TIMEOUT, f"It had not answered after {seconds:g} s."
    if isinstance(error, failures.ContentFilterError):
        return Ending.REFUSED, "It declined to answer."
    if isinstance(error, failures.ModelAPIError):
        return _of_server(error)
    if isinstance(error, failures.OutputTokenLimitExceeded):
        return Ending.MALFORMED, f"Its answer ran over {endpoint.max_output_tokens:,} tokens."
    if isinstance(error, failures.UnexpectedModelBehavior):
        return (
            Ending.MALFORMED,
            f"It gave no answer of the shape asked for in {endpoint.retries + 1} attempts.",
        )
    return Ending.UNREACHABLE, f"Asking it failed with {type(error).__name__}."


def _of_server(error: Exception) -> tuple[Ending, str]:
    from pydantic_ai import exceptions as failures

    said = f"{getattr(error, 'body', '')} {getattr(error, 'provider_error_code', '')}".lower()
    if isinstance(error, failures.ModelContextWindowExceededError) or any(sign in said for sign in _OVERFULL):
        return Ending.OVERFLOW, "The article does not fit what it can read."
    if _SHAPELESS in said:
        return Ending.MALFORMED, "Its server could not make sense of what it wrote."
    status = getattr(error, "status_code", None)
    if not isinstance(status, int):
        return Ending.UNREACHABLE, "Its server cannot be reached."
    told = _STATUSES.get(status, "failed" if status >= 500 else "refused the request")
    return Ending.UNREACHABLE, f"Its server {told} (status {status})."
