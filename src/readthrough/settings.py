"""Every setting, its default, and where its value came from.

Order, later wins: defaults, a TOML file, `READTHROUGH_*` environment variables (`__` between levels:
`READTHROUGH_SERVE__PORT=9000`), flags of the command line. Built on pydantic models with layers of our own
rather than pydantic-settings: unknown variables must be errors, each value must know its origin, and the
import costs a third.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, Field, SecretStr, ValidationError

from readthrough.domain.errors import SettingsError
from readthrough.setting_parts import (
    AccountSettings,
    BrokerSettings,
    DoorSettings,
    FeedSettings,
    LiveSettings,
    Part,
    PortfolioSettings,
    PublicSettings,
    ReceiverSettings,
    ResearchSettings,
    SmtpSettings,
)

__all__ = [
    "AccountSettings",
    "BrokerSettings",
    "DeskSettings",
    "DoorSettings",
    "EncoderSettings",
    "FeedSettings",
    "FetchSettings",
    "LanguageModelSettings",
    "LiveSettings",
    "LogSettings",
    "Origin",
    "PortfolioSettings",
    "PublicSettings",
    "ReceiverSettings",
    "ResearchSettings",
    "ServeSettings",
    "Settings",
    "SmtpSettings",
    "StorageSettings",
    "UniverseSettings",
    "WritingSettings",
    "load_settings",
    "provenance",
    "setting_names",
]

PREFIX: Final = "READTHROUGH_"
NOT_SETTINGS: Final = frozenset({"READTHROUGH_CONFIG", "READTHROUGH_DATA", "READTHROUGH_DEBUG"})
"""Variables under our prefix that are no settings: where the TOML file is, and a data folder for tests."""


class StorageSettings(Part):
    """Where notes are kept."""

    url: str = Field(default="", description="Database address; a SQLite file in `home` when empty.")
    busy_timeout: timedelta = Field(
        default=timedelta(seconds=5), description="How long to wait for a locked database."
    )


class FetchSettings(Part):
    """What may be fetched, and how much of it."""

    max_bytes: int = Field(
        default=20_000_000, gt=0, description="Largest source read, in bytes, after unpacking."
    )
    timeout: timedelta = Field(
        default=timedelta(seconds=20), gt=timedelta(0), description="Longest a fetch may take in all."
    )
    max_redirects: int = Field(
        default=5, ge=0, le=20, description="Redirects followed, each checked like the first address."
    )
    allow_private_addresses: bool = Field(
        default=False,
        description="Whether loopback and private networks may be fetched from and delivered to.",
    )


class ServeSettings(Part):
    """Where the server listens."""

    host: str = Field(default="127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(default=8321, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    path_prefix: str = Field(
        default="",
        pattern=r"^(/[A-Za-z0-9._~-]+)*$",
        description="Public path prefix behind a proxy, such as `/research`.",
    )


class UniverseSettings(Part):
    """Which issuers are known."""

    overlay: Path | None = Field(
        default=None, description="Folder of own issuers, names and ties, laid over ours."
    )


class EncoderSettings(Part):
    """Whether a trained model reads the sentences too."""

    model: str = Field(
        default="own",
        min_length=1,
        description="`own` (the model that ships), `none`, or a local folder with an ONNX or Hugging Face model.",
    )
    threads: int = Field(default=1, ge=1, le=64, description="Cores that one batch of sentences may use.")

    @property
    def folder(self) -> Path | None:
        """The folder that `model` names; None for ours."""
        return None if self.model == "own" else Path(self.model).expanduser()


class WritingSettings(Part):
    """How notes are written."""

    writer: Literal["playbooks", "llm"] = Field(
        default="playbooks",
        description="`playbooks`, or `llm` to have the analysis rewritten by `language_model`.",
    )
    playbooks: Path | None = Field(
        default=None,
        description="Folder of own playbooks, laid over ours; one of the same id replaces ours.",
    )


class DeskSettings(Part):
    """How the journey from article to note runs."""

    story_memory: timedelta = Field(
        default=timedelta(days=90),
        gt=timedelta(0),
        description="How far back articles are compared for novelty.",
    )
    delivery_interval: timedelta = Field(
        default=timedelta(seconds=1),
        gt=timedelta(0),
        description="How often due deliveries are looked for while serving.",
    )
    templates: Path | None = Field(
        default=None, description="Folder of own templates of alerts; `templates` in `home` when not set."
    )


class LogSettings(Part):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least level that is logged."
    )
    format: Literal["console", "json"] = Field(
        default="console", description="`console` for people, `json` for machines."
    )


class LanguageModelSettings(Part):
    """Which language model writes where `writing.writer` is `llm`, and what it may take."""

    api: Literal["openai", "anthropic"] = Field(
        default="openai",
        description="`openai` for any OpenAI-compatible endpoint (vLLM, llama.cpp, Ollama), or `anthropic`.",
    )
    model: str = Field(default="", description="The model's name at that endpoint.")
    base_url: str = Field(
        default="",
        pattern=r"^(https?://\S+)?$",
        description="Address of the endpoint; that house's own when empty.",
    )
    api_key: SecretStr = Field(
        default=SecretStr(""), description="Key of the endpoint; local ones need none."
    )
    timeout: timedelta = Field(
        default=timedelta(seconds=60),
        gt=timedelta(0),
        description="Longest a note may take, retries included.",
    )
    retries: int = Field(
        default=2, ge=0, le=5, description="Times it is told what is wrong with its answer and asked again."
    )
    max_output_tokens: int = Field(default=3_000, ge=200, le=100_000, description="Longest an answer may be.")
    max_concurrency: int = Field(default=2, ge=1, le=64, description="Notes it is asked for at once.")
    queue: int = Field(
        default=100,
        ge=1,
        le=100_000,
        description="Notes that may wait for it; those beyond stay as they are.",
    )
    input_usd_per_million: Decimal = Field(
        default=Decimal(0), ge=0, description="Price of a million tokens given."
    )
    output_usd_per_million: Decimal = Field(
        default=Decimal(0), ge=0, description="Price of a million tokens answered."
    )
    usd_per_day: Decimal = Field(
        default=Decimal(10), ge=0, description="Most spent in a day (UTC) at those prices."
    )
    send_holdings: bool = Field(
        default=False, description="Whether weights and effects on portfolios are given to it."
    )


class Settings(Part):
    """Everything that can be set. Rooms receive only their own part."""

    home: Path = Field(
        default=Path("~/.local/share/readthrough"),
        description="Folder for the database and other data of this installation.",
    )
    storage: StorageSettings = StorageSettings()
    fetch: FetchSettings = FetchSettings()
    serve: ServeSettings = ServeSettings()
    universe: UniverseSettings = UniverseSettings()
    portfolio: PortfolioSettings = PortfolioSettings()
    encoder: EncoderSettings = EncoderSettings()
    writing: WritingSettings = WritingSettings()
    desk: DeskSettings = DeskSettings()
    live: LiveSettings = LiveSettings()
    feeds: FeedSettings = FeedSettings()
    broker: BrokerSettings = BrokerSettings()
    receivers: Mapping[str, ReceiverSettings] = Field(
        default_factory=dict, description="Named receivers: `receivers.NAME.kind`, `.url`, `.secret`."
    )
    smtp: SmtpSettings = SmtpSettings()
    accounts: AccountSettings = AccountSettings()
    public: PublicSettings = PublicSettings()
    log: LogSettings = LogSettings()
    language_model: LanguageModelSettings = LanguageModelSettings()
    research: ResearchSettings = ResearchSettings()
    doors: DoorSettings = DoorSettings()

    @property
    def home_folder(self) -> Path:
        """`home` with `~` resolved."""
        return self.home.expanduser()

    @property
    def templates_folder(self) -> Path:
        """`desk.templates`, or the folder of that name in `home`."""
        return (self.desk.templates or self.home / "templates").expanduser()

    @property
    def database_url(self) -> str:
        """`storage.url`, or the SQLite file in `home`."""
        return self.storage.url or f"sqlite:///{self.home_folder / 'readthrough.db'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One setting as it stands. `source` is "default", a file's path, a variable's name or "flag"."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class _Given:
    value: Any  # as it came in: TOML type, text of a variable, value of a flag
    source: str


def load_settings(
    path: Path | None = None,
    flags: Mapping[str, object] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Read all layers and check them.

    Args:
        path: The TOML file; without it `READTHROUGH_CONFIG`, then `readthrough.toml` in the configuration
            folder of the user when it exists.
        flags: Dotted names and values from the command line; None means the flag was not given.
        environ: The environment; the process's own when None.

    Raises:
        SettingsError: An unknown name, a bad value, or a file that cannot be read.

    >>> load_settings(flags={"serve.port": 9000}, environ={"HOME": "/nowhere"}).serve.port
    9000
    """
    return _build(_layers(path, flags or {}, os.environ if environ is None else environ))


def provenance(
    path: Path | None = None,
    flags: Mapping[str, object] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
) -> tuple[Origin, ...]:
    """Say for each setting what it is and where that came from; secrets are masked.

    Takes what `load_settings` takes and raises what it raises.
    """
    given = _layers(path, flags or {}, os.environ if environ is None else environ)
    settings = _build(given)
    rows = []
    for name, value in _leaves(settings):
        source = given[name].source if name in given else "default"
        rows.append(Origin(name=name, value=_shown(name, value, settings), source=source))
    return tuple(rows)


def setting_names() -> tuple[tuple[str, str], ...]:
    """Every setting's dotted name and description; receivers appear as `receivers.NAME.url`."""
    return tuple(_described(Settings, ""))


def _described(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, str]]:
    for name, field in model.model_fields.items():
        if name == "receivers":
            yield from _described(ReceiverSettings, "receivers.NAME.")
        elif isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _described(field.annotation, f"{prefix}{name}.")
        else:
            yield prefix + name, field.description or ""


def _layers(path: Path | None, flags: Mapping[str, object], environ: Mapping[str, str]) -> dict[str, _Given]:
    given: dict[str, _Given] = {}
    file = _file(path, environ)
    if file is not None:
        given.update((n, _Given(v, str(file))) for n, v in _flat(_toml(file), ""))
    for variable in sorted(environ):
        if variable.startswith(PREFIX) and variable not in NOT_SETTINGS:
            name = variable.removeprefix(PREFIX).lower().replace("__", ".")
            given[name] = _Given(environ[variable], variable)
    given.update((n, _Given(v, "flag")) for n, v in flags.items() if v is not None)
    for name, found in given.items():
        _require_known(name, found.source)
    return given


def _file(path: Path | None, environ: Mapping[str, str]) -> Path | None:
    if path is not None:
        return path
    if environ.get("READTHROUGH_CONFIG"):
        return Path(environ["READTHROUGH_CONFIG"]).expanduser()
    folder = environ.get("XDG_CONFIG_HOME") or str(Path(environ.get("HOME", "~")).expanduser() / ".config")
    usual = Path(folder) / "readthrough" / "readthrough.toml"
    try:
        return usual if usual.is_file() else None
    except OSError as error:
        raise SettingsError(
            f"The settings file {usual} cannot be looked at: {error.strerror}.",
            remedy="Make its folder readable, or name another file with --config.",
            path=str(usual),
        ) from error


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"The settings file {file} cannot be read: {error.strerror}.",
            remedy="Check the path and its permissions, or leave it out to use the defaults.",
            path=str(file),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The settings file {file} is not valid TOML: {error}.",
            remedy="Correct that place; docs/reference/settings.md shows a complete file.",
            path=str(file),
        ) from error


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _require_known(name: str, source: str) -> None:
    known = [n for n, _ in setting_names()]
    parts = name.split(".")
    if len(parts) == 3 and parts[0] == "receivers" and parts[1]:
        pattern = f"receivers.NAME.{parts[2]}"
    else:
        pattern = name
    if pattern in known:
        return
    near = difflib.get_close_matches(pattern, known, n=1)
    hint = f"Did you mean {near[0]}?" if near else "`readthrough config show` lists every setting."
    raise SettingsError(f"Unknown setting {name!r} from {source}.", remedy=hint, name=name, source=source)


def _build(given: Mapping[str, _Given]) -> Settings:
    tree: dict[str, Any] = {}
    for name, found in given.items():
        *parents, leaf = name.split(".")
        place = tree
        for parent in parents:
            place = place.setdefault(parent, {})
        place[leaf] = _duration(name, found.value)
    try:
        return Settings.model_validate(tree)
    except ValidationError as error:
        raise _refusal(error, given) from error


def _duration(name: str, value: Any) -> Any:
    """Let text of a variable say seconds as a plain number, as TOML does."""
    if isinstance(value, str) and name in _DURATIONS:
        try:
            return float(value)
        except ValueError:
            return value
    return value


def _refusal(error: ValidationError, given: Mapping[str, _Given]) -> SettingsError:
    first = error.errors(include_url=False, include_context=False)[0]
    name = ".".join(str(p) for p in first["loc"])
    found = given.get(name)
    secret = name.endswith((".secret", ".oidc_client_secret", ".api_key", ".address", ".password"))
    value = "(hidden)" if secret or found is None else repr(found.value)
    source = found.source if found else "default"
    about = next((d for n, d in setting_names() if n.split(".")[-1] == name.split(".")[-1]), "")
    return SettingsError(
        f"Bad value for {name} from {source}: {value}: {first['msg']}.",
        remedy=f"Give a value that fits. {about}".strip(),
        name=name,
        source=source,
    )


def _leaves(settings: Settings) -> Iterator[tuple[str, object]]:
    for name, _ in setting_names():
        if name.startswith("receivers."):
            continue
        value: object = settings
        for part in name.split("."):
            value = getattr(value, part)
        yield name, value
    for receiver, given in settings.receivers.items():
        for leaf in ReceiverSettings.model_fields:
            yield f"receivers.{receiver}.{leaf}", getattr(given, leaf)


def _shown(name: str, value: object, settings: Settings) -> str:
    if isinstance(value, SecretStr):
        return "********" if value.get_secret_value() else ""
    if isinstance(value, timedelta):
        return _in_words(value)
    if name == "storage.url":
        return _without_password(settings.database_url)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _in_words(value: timedelta) -> str:
    """Write a duration as the documents do.

    >>> _in_words(timedelta(days=90)), _in_words(timedelta(seconds=0.5))
    ('90 days', '0.5 s')
    """
    if value >= timedelta(days=2) and not value % timedelta(days=1):
        return f"{value.days:,} days"
    return f"{value.total_seconds():g} s"


def _without_password(url: str) -> str:
    scheme, slashes, rest = url.partition("://")
    account, at, host = rest.rpartition("@")
    if not at or ":" not in account:
        return url
    return f"{scheme}{slashes}{account.split(':', 1)[0]}:********@{host}"


_DURATIONS: Final = frozenset(
    f"{room}.{name}"
    for room, part in Settings.model_fields.items()
    if isinstance(part.annotation, type) and issubclass(part.annotation, BaseModel)
    for name, field in part.annotation.model_fields.items()
    if field.annotation is timedelta
)
