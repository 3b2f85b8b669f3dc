from __future__ import annotations

import io
import json
from collections.abc import Iterator

import httpx
import pytest
import structlog

from readthrough import observe
from readthrough.domain.errors import SettingsError
from readthrough.domain.ports import StepDone

STEP = StepDone(step="read", article_id="art_1", seconds=0.0021, outcome="ok", counts=(("facts", 4),))


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    observe.configure_logging(level="info", format="json", stream=stream)
    yield stream
    structlog.reset_defaults()


def test_a_step_is_one_line_with_fields(out: io.StringIO) -> None:
    observe.log_step(STEP)
    [line] = out.getvalue().splitlines()
    event = json.loads(line)
    assert event["event"] == "step_read"
    assert (event["article_id"], event["ms"], event["facts"], event["outcome"]) == ("art_1", 2.1, 4, "ok")
    assert event["level"] == "info"
    assert event["timestamp"].endswith("Z")


def test_a_failed_step_warns_and_levels_filter(out: io.StringIO) -> None:
    observe.configure_logging(level="warning", format="json", stream=out)
    observe.log_step(STEP)
    observe.log_step(StepDone(step="save", article_id="a", seconds=0, outcome="failed"))
    [line] = out.getvalue().splitlines()
    assert json.loads(line)["level"] == "warning"


def test_words_and_secrets_never_reach_the_log(out: io.StringIO) -> None:
    observe.logger().info(
        "x", body="the article", webhook_secret="whsec_1", headline="h", text="t", url="u" * 999
    )
    written = out.getvalue()
    for word in ("the article", "whsec_1", '"h"', '"t"'):
        assert word not in written
    assert len(written) < 700


def test_a_hostile_id_cannot_forge_a_line(out: io.StringIO) -> None:
    observe.log_step(StepDone(step="read", article_id='x"}\n{"event": "forged"}', seconds=0, outcome="ok"))
    assert len(out.getvalue().splitlines()) == 1


def test_console_is_for_people() -> None:
    stream = io.StringIO()
    observe.configure_logging(stream=stream)
    observe.log_step(STEP)
    structlog.reset_defaults()
    assert "step_read" in stream.getvalue()
    assert "\x1b" not in stream.getvalue()


def test_steps_are_counted_and_timed() -> None:
    def value(name: str, **labels: str) -> float:
        return observe.REGISTRY.get_sample_value(name, labels) or 0.0

    before = value("readthrough_steps_total", step="read", outcome="ok")
    made = value("readthrough_made_total", step="read", kind="facts")
    for hook in (observe.count_step,):
        hook(STEP)
    assert value("readthrough_steps_total", step="read", outcome="ok") == before + 1
    assert value("readthrough_made_total", step="read", kind="facts") == made + 4
    page, kind = observe.render_metrics()
    assert b"readthrough_step_seconds_bucket" in page
    assert kind.startswith("text/plain")
    assert observe.log_step in observe.hooks()


def test_a_worker_shows_its_metrics_and_refuses_a_port_that_is_taken() -> None:
    observe.count_step(STEP)
    address = observe.serve_metrics("127.0.0.1", 0)
    assert b"readthrough_step_seconds_bucket" in httpx.get(address).content
    with pytest.raises(SettingsError, match="cannot be shown"):
        observe.serve_metrics("127.0.0.1", int(address.rpartition(":")[2].partition("/")[0]))
