"""Parts of the settings that stand by themselves: how news comes in and how its work is spread."""

from __future__ import annotations

import shlex
from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

__all__ = [
    "AccountSettings",
    "BrokerSettings",
    "DoorSettings",
    "FeedSettings",
    "LiveSettings",
    "Part",
    "PortfolioSettings",
    "PublicSettings",
    "ResearchSettings",
]


class Part(BaseModel):
    """A group of settings: frozen, and any other name in it is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True)


class PortfolioSettings(Part):
    """What news is expected to do to what is held, and how lots are kept."""

    moves: Path | None = Field(
        default=None,
        description="A table of expected moves fitted by `readthrough research moves`; ours when not given.",
    )
    lots: Literal["fifo", "lifo", "hifo", "average", "specific"] = Field(
        default="fifo",
        description="Which lot a sale closes: first in, last in, dearest, average cost, or the ones it names.",
    )
    briefs: tuple[str, ...] = Field(
        default=(),
        description="Who is sent morning briefs, each `PORTFOLIO=RECEIVER`, or `*=RECEIVER` for all portfolios.",
    )

    @field_validator("briefs", mode="before")
    @classmethod
    def _parted(cls, value: object) -> object:
        """Let a variable of the environment give several, parted by spaces."""
        return value.split() if isinstance(value, str) else value

    @field_validator("briefs")
    @classmethod
    def _paired(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            book, equals, receiver = one.partition("=")
            if not (book and equals and receiver):
                raise ValueError(f"{one!r} is not PORTFOLIO=RECEIVER")
        return value


class LiveSettings(Part):
    """How articles that wait are taken up."""

    work: bool = Field(
        default=True,
        description="Whether `serve` reads what arrives; `false` where `readthrough worker` does.",
    )
    poll: bool = Field(
        default=True, description="Whether `serve` asks feeds; `false` where another process does."
    )
    readers: int = Field(
        default=1,
        ge=0,
        le=64,
        description="Processes that read beside the one that writes; 0 reads within it.",
    )
    backlog_share: float = Field(
        default=0.25,
        ge=0.0,
        le=1.0,
        description="Share of the articles that waited longest; the rest are the freshest.",
    )
    read_timeout: timedelta = Field(
        default=timedelta(seconds=30),
        gt=timedelta(0),
        description="Longest the reading of one article may take.",
    )


class FeedSettings(Part):
    """How feeds are asked."""

    contact: str = Field(
        default="",
        max_length=200,
        description="E-mail address or page told to publishers in the User-Agent; the SEC requires one.",
    )
    interval: timedelta = Field(
        default=timedelta(minutes=5),
        gt=timedelta(0),
        description="How often a feed is asked that says nothing itself.",
    )
    host_interval: timedelta = Field(
        default=timedelta(seconds=1),
        ge=timedelta(0),
        description="Least time between two requests to one host.",
    )
    pages: bool = Field(
        default=True,
        description="Whether pages are fetched that a feed only names, where robots.txt allows it.",
    )
    max_entries: int = Field(default=1_000, gt=0, description="Entries of a feed that are looked at.")
    at_once: int = Field(default=8, ge=1, le=256, description="Feeds asked at the same time.")
    callback: str = Field(
        default="",
        pattern=r"^(https?://\S+)?$",
        description="Public address of this server, for hubs that push (WebSub); none is asked when empty.",
    )


class BrokerSettings(Part):
    """What carries articles and notes between machines."""

    url: str = Field(
        default="",
        pattern=r"^((nats|tls|kafka)://\S+)?$",
        description="`nats://...` (JetStream) or `kafka://host:port`; the database alone when empty.",
    )
    replicas: int = Field(default=1, ge=1, le=5, description="Copies of each message that JetStream keeps.")
    prefix: str = Field(
        default="readthrough",
        pattern=r"^[a-z][a-z0-9_-]{0,40}$",
        description="Begins the name of each stream or topic.",
    )


class ResearchSettings(Part):
    """What questions are answered from."""

    vectors: Literal["auto", "encoder", "hash", "none"] = Field(
        default="none",
        description="What passages are compared by besides words: `none`, `hash` (no model), `encoder`, or `auto`:"
        " the encoder where one is set, else none.",
    )
    writer: Literal["extracts", "llm"] = Field(
        default="extracts",
        description="`extracts`, or `llm` to have answers written by `language_model` from what was found.",
    )


class DoorSettings(Part):
    """The doors other programs come in by."""

    origins: tuple[str, ...] = Field(
        default=("https://pro.openbb.co", "https://excel.openbb.co"),
        description="Origins of pages elsewhere that may read `/openbb`, each as scheme://host.",
    )
    requests_per_minute: int = Field(
        default=600, ge=1, le=1_000_000, description="Requests a minute that one caller may make."
    )


class ReceiverSettings(Part):
    """One place that alerts are sent to."""

    kind: Literal["webhook", "page", "email", "chat", "file", "command"] = Field(
        default="webhook",
        description="`webhook` (signed POST), `email`, `chat`, `page` (live page), `file` or `command`.",
    )
    url: str = Field(default="", description="Where a webhook is sent; http or https.")
    secret: SecretStr = Field(
        default=SecretStr(""),
        description="Key that signs the webhook (`whsec_...`); several, parted by spaces, all sign.",
    )
    to: tuple[str, ...] = Field(default=(), description="Addresses that an e-mail is sent to.")
    address: SecretStr = Field(
        default=SecretStr(""), description="Where a chat message goes, as Apprise writes it (`slack://...`)."
    )
    path: Path | None = Field(
        default=None, description="File that alerts are appended to, one JSON line each."
    )
    command: tuple[str, ...] = Field(
        default=(), description="Program and arguments that are given each alert as JSON on standard input."
    )
    rate_per_minute: int = Field(
        default=0, ge=0, description="Most messages a minute; the kind's own limit when 0."
    )

    @field_validator("to", "command", mode="before")
    @classmethod
    def _parted(cls, value: object) -> object:
        """Let a variable of the environment give several, as a shell would part them."""
        return tuple(shlex.split(value.replace(",", " "))) if isinstance(value, str) else value


class SmtpSettings(Part):
    """The mail server that e-mails go through."""

    host: str = Field(default="", description="Name of the mail server; without it no e-mail is sent.")
    port: int = Field(default=587, ge=1, le=65535, description="Its port: 587 for STARTTLS, 465 for TLS.")
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="`starttls`, `tls` from the first byte, or `none` (a relay on this host).",
    )
    username: str = Field(default="", description="Account to sign in with; none when empty.")
    password: SecretStr = Field(default=SecretStr(""), description="Password of that account.")
    sender: str = Field(default="", description="Address that e-mails come from.")
    ca_file: Path | None = Field(
        default=None, description="Certificates the server is checked against; the system's when unset."
    )
    timeout: timedelta = Field(
        default=timedelta(seconds=15), gt=timedelta(0), description="Longest wait for the mail server."
    )


class AccountSettings(Part):
    """Who signs in, and how."""

    required: bool = Field(
        default=False,
        description="Whether people sign in; needed to listen where others can reach it.",
    )
    https: bool = Field(
        default=True,
        description="Whether browsers come by https, so that cookies are sent over nothing else.",
    )
    passwords: bool = Field(
        default=True, description="Whether a password signs in; else only the provider does."
    )
    session: timedelta = Field(
        default=timedelta(hours=12), gt=timedelta(0), description="Longest a sign-in lasts."
    )
    idle: timedelta = Field(
        default=timedelta(hours=1), gt=timedelta(0), description="Longest a sign-in lasts without a request."
    )
    oidc_issuer: str = Field(
        default="", description="Issuer of the OpenID Connect provider; none when empty."
    )
    oidc_client_id: str = Field(default="", description="Who this installation is to that provider.")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="Its secret there.")
    secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="Seals the secrets of second factors, 32 characters or more; the file accounts.key in home when empty.",
    )
    proxy: str = Field(
        default="", description="Address of the proxy whose X-Forwarded-For is believed; loopback always is."
    )


class PublicSettings(Part):
    """The page for those who do not sign in."""

    page: bool = Field(
        default=True, description="Whether there is a public page with a demonstration at /welcome."
    )
    receiver: str = Field(default="", description="Receiver that is told of requests for a demo.")
    a_day: int = Field(default=50, ge=0, description="Requests for a demo taken in a day.")
