"""Which endpoint is asked, and by what protocol."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from readthrough.domain.article import digest
from readthrough.domain.errors import ModelError

if TYPE_CHECKING:
    from pydantic_ai.models import Model

__all__ = ["Endpoint", "connected"]

_HOUSES: Final = {"openai": "https://api.openai.com/v1", "anthropic": "https://api.anthropic.com"}
_TRANSPORT_RETRIES: Final = (
    2  # of a request that was refused for being one too many; the timeout bounds them all
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a model answers. `api` is openai or anthropic; an empty `base_url` means that house's own."""

    api: Literal["openai", "anthropic"]
    model: str
    base_url: str = ""
    key: str = field(default="", repr=False)
    timeout: timedelta = timedelta(seconds=60)
    retries: int = 2
    max_output_tokens: int = 2_000

    @property
    def name(self) -> str:
        """What a note says wrote it."""
        return f"{self.api}/{self.model}"

    @property
    def address(self) -> str:
        """The endpoint's address."""
        return self.base_url or _HOUSES[self.api]

    @property
    def digest(self) -> str:
        """Names what decides an answer: model, place and limits, never the key."""
        return digest(self.api, self.model, self.address, str(self.retries), str(self.max_output_tokens))


def connected(endpoint: Endpoint) -> tuple[Model, Callable[[], Awaitable[None]]]:
    """Make the model of an endpoint, and what closes its connections.

    Address and key are always given: the libraries would otherwise take them from variables that may belong to
    another service, and send one service's key to another.

    Raises:
        ModelError: The optional packages are not installed.
    """
    key = endpoint.key or "none"  # local servers ask for none, and the libraries insist on one
    seconds = endpoint.timeout.total_seconds()
    try:
        if endpoint.api == "anthropic":
            from anthropic import AsyncAnthropic
            from pydantic_ai.models.anthropic import AnthropicModel
            from pydantic_ai.providers.anthropic import AnthropicProvider

            anthropic = AsyncAnthropic(
                base_url=endpoint.address, api_key=key, timeout=seconds, max_retries=_TRANSPORT_RETRIES
            )
            provider = AnthropicProvider(anthropic_client=anthropic)
            return AnthropicModel(endpoint.model, provider=provider), anthropic.close
        from openai import AsyncOpenAI
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai import OpenAIProvider

        openai = AsyncOpenAI(
            base_url=endpoint.address, api_key=key, timeout=seconds, max_retries=_TRANSPORT_RETRIES
        )
        openai.organization = openai.project = None  # taken from variables too
        return OpenAIChatModel(endpoint.model, provider=OpenAIProvider(openai_client=openai)), openai.close
    except ImportError as error:
        raise ModelError(
            f"A language model needs packages that are not installed: {error}.",
            remedy="Install them: pip install 'readthrough[llm]'.",
        ) from error
