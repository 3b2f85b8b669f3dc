"""Logs and metrics: hooks on `StepDone`. One line of fields a step; words, holdings and secrets never.

Importing this configures nothing: the command line and the server call `configure_logging`.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import MutableMapping
from typing import Any, Final, Literal, TextIO

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from readthrough.domain.errors import SettingsError
from readthrough.domain.ports import StepDone, StepHook

__all__ = [
    "REGISTRY",
    "configure_logging",
    "count_request",
    "count_step",
    "hooks",
    "log_step",
    "logger",
    "render_metrics",
    "serve_metrics",
    "set_gauge",
    "step_times",
]

REGISTRY: Final = CollectorRegistry(auto_describe=True)
"""Metrics of this process; our own registry, so that a program that embeds us keeps its default one."""

ProcessCollector(registry=REGISTRY)

_STEPS: Final = Counter(
    "readthrough_steps", "Steps done, by step and outcome.", ["step", "outcome"], registry=REGISTRY
)
_SECONDS: Final = Histogram(
    "readthrough_step_seconds",
    "Wall-clock time of a step.",
    ["step"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
_MADE: Final = Counter(
    "readthrough_made",
    "Things steps made: facts, events, claims, alerts.",
    ["step", "kind"],
    registry=REGISTRY,
)

_REQUESTS: Final = Counter(
    "readthrough_http_requests",
    "HTTP requests answered, by route as it is declared, and status.",
    ["method", "route", "status"],
    registry=REGISTRY,
)
_REQUEST_SECONDS: Final = Histogram(
    "readthrough_http_request_seconds",
    "Wall-clock time until an answer began; a live stream goes on for longer.",
    ["route", "status"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)

_GAUGES: Final[dict[str, Gauge]] = {}
_GAUGES_LOCK: Final = threading.Lock()

_NEVER: Final = frozenset(
    """authorization body cookie document headline holdings note password payload quote secret text
    token""".split()
)
_LONGEST: Final = 300


def configure_logging(
    *, level: str = "info", format: Literal["console", "json"] = "console", stream: TextIO | None = None
) -> None:
    """Send log events to a stream.

    Args:
        level: Least level written: debug, info, warning, error.
        format: `console` for people, `json` for machines: one object a line.
        stream: Where to; standard error when None, so that output stays clean.
    """
    out = sys.stderr if stream is None else stream
    writer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=True)
        if format == "json"
        else structlog.dev.ConsoleRenderer(colors=out.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _reserved,
            structlog.processors.format_exc_info,
            writer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=out),
        cache_logger_on_first_use=False,
    )


def logger() -> structlog.typing.FilteringBoundLogger:
    """Return the logger; events are names (`article_read`) with fields, never sentences."""
    bound: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return bound


def log_step(done: StepDone) -> None:
    """Write one line for a step."""
    fields = {"article_id": done.article_id, "ms": round(done.seconds * 1000, 2), **dict(done.counts)}
    write = logger().warning if done.outcome == "failed" else logger().info
    write(f"step_{done.step}", outcome=done.outcome, **fields)


def count_step(done: StepDone) -> None:
    """Count and time a step."""
    _STEPS.labels(done.step, done.outcome).inc()
    if done.outcome == "ok":
        _SECONDS.labels(done.step).observe(done.seconds)
    for kind, count in done.counts:
        _MADE.labels(done.step, kind).inc(count)


def count_request(*, method: str, route: str, status: int, seconds: float) -> None:
    """Count and time a request.

    Args:
        method: Its HTTP method; one outside the standard must be given as "OTHER".
        route: The path as declared (`/notes/{note_id}`), never as asked for: callers choose those freely.
        status: Of the answer.
        seconds: From the request's arrival to the first byte of the answer.
    """
    _REQUESTS.labels(method, route, status).inc()
    _REQUEST_SECONDS.labels(route, status).observe(seconds)


def set_gauge(name: str, words: str, value: float, **labels: str) -> None:
    """Set a gauge, making it the first time; labels must be few and our own.

    Args:
        name: As Prometheus shows it.
        words: What it is.
        value: Its value now.
        labels: What tells several of a name apart, the same ones each time.
    """
    with _GAUGES_LOCK:
        gauge = _GAUGES.get(name)
        if gauge is None:
            gauge = _GAUGES[name] = Gauge(name, words, sorted(labels), registry=REGISTRY)
    (gauge.labels(**labels) if labels else gauge).set(value)


def step_times() -> list[tuple[str, int, float, float | None]]:
    """Return of each step how often it was done, its mean seconds, and the ms 95 of 100 stayed below."""
    found = []
    counts: dict[str, float] = {}
    sums: dict[str, float] = {}
    buckets: dict[str, list[tuple[float, float]]] = {}
    for family in _SECONDS.collect():
        for sample in family.samples:
            step = sample.labels["step"]
            if sample.name.endswith("_count"):
                counts[step] = sample.value
            elif sample.name.endswith("_sum"):
                sums[step] = sample.value
            elif sample.name.endswith("_bucket"):
                buckets.setdefault(step, []).append((float(sample.labels["le"]), sample.value))
    for step in sorted(counts):
        done = counts[step]
        if done:
            below = next(
                (le for le, seen in buckets[step] if seen >= 0.95 * done and le != float("inf")), None
            )
            found.append((step, int(done), sums[step] / done, None if below is None else 1_000 * below))
    return found


def hooks() -> tuple[StepHook, ...]:
    """Return the hooks a server gives its desk."""
    return (log_step, count_step)


def render_metrics() -> tuple[bytes, str]:
    """Return the metrics as Prometheus reads them, and their content type."""
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST


def serve_metrics(host: str, port: int) -> str:
    """Serve the metrics of a process that serves nothing else, in a thread of its own; the address.

    Raises:
        SettingsError: The port cannot be listened on.
    """
    from prometheus_client import start_http_server

    try:
        server, _ = start_http_server(port, host, REGISTRY)
    except (OSError, OverflowError) as error:
        raise SettingsError(
            f"Metrics cannot be shown on {host}:{port}: {error}.",
            remedy="Take another port; 0 takes a free one.",
        ) from None
    return f"http://{host}:{server.server_port}/metrics"


def _reserved(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hide what must never be logged, whoever passes it, and cut what is too long to be a field."""
    for name, value in event.items():
        if name.lower() in _NEVER or name.lower().endswith(("_secret", "_token", "_password")):
            event[name] = "(hidden)"
        elif isinstance(value, str) and len(value) > _LONGEST and name != "exception":
            event[name] = value[:_LONGEST] + "..."
    return event
