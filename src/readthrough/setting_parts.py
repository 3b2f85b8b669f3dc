"""Parts of the settings that stand by themselves: how news comes in and how its work is spread."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["BrokerSettings", "DoorSettings", "FeedSettings", "LiveSettings", "Part", "ResearchSettings"]


class Part(BaseModel):
    """A group of settings: frozen, and any other name in it is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True)


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
        default="auto",
        description="What passages are compared by besides words: `encoder`, `hash` (no model), `none`, or `auto`:"
        " the encoder where one is set, else `hash`.",
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
