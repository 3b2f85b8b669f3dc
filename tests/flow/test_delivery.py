"""An alert on its way to a real webhook that is busy at first: asked to wait, it waits, and arrives once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from readthrough.desk import ask
from readthrough.desk.books import save_rule
from readthrough.desk.deliver import deliver_due
from readthrough.desk.endpoints import receiver_list
from readthrough.desk.flow import process
from readthrough.desk.open import Desk
from readthrough.domain.alert import Delivery, Rule
from readthrough.feeds.draft import Draft
from readthrough.testing import FixedClock

SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
STORY = Draft(
    headline="Alibaba rises on cloud growth",
    body="Alibaba shares rose 7% after the company reported revenue growth of 3%.",
    source="Test Wire",
)


@dataclass
class Webhook:
    url: str = ""
    answers: list[tuple[int, str]] = field(default_factory=list)
    got: list[tuple[str, str]] = field(default_factory=list)  # id, body


@pytest.fixture
def webhook(serve_locally: Callable[[type[BaseHTTPRequestHandler]], str]) -> Webhook:
    box = Webhook()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            box.got.append((self.headers["webhook-id"], body))
            status, wait = box.answers.pop(0) if box.answers else (204, "")
            self.send_response(status)
            if wait:
                self.send_header("Retry-After", wait)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    box.url = f"{serve_locally(Handler)}/hook"
    return box


@pytest.fixture
def desk(open_test_desk: Callable[..., Desk], webhook: Webhook) -> Desk:
    opened = open_test_desk(
        **{
            "receivers.hook.url": webhook.url,
            "receivers.hook.secret": SECRET,
            "fetch.allow_private_addresses": True,
        }
    )
    save_rule(opened, Rule(id="baba", name="Alibaba", tickers=("BABA",), receivers=("hook",)))
    return opened


def only_delivery(desk: Desk) -> Delivery:
    [alert] = ask.alerts(desk)
    [delivery] = desk.store.deliveries(alert.id)
    return delivery


def test_a_busy_webhook_is_left_alone_as_long_as_it_asks_and_then_told_once(
    desk: Desk, webhook: Webhook, clock: FixedClock
) -> None:
    webhook.answers = [(429, "600"), (503, "")]
    process(desk, STORY)

    assert deliver_due(desk, clock()) == 1
    waiting = only_delivery(desk)
    assert (waiting.state, waiting.attempts) == ("pending", 1)
    assert waiting.due_at == clock() + timedelta(minutes=10)
    assert "429" in waiting.detail

    clock.advance(timedelta(minutes=9, seconds=59))
    assert deliver_due(desk, clock()) == 0
    clock.advance(timedelta(seconds=1))
    assert deliver_due(desk, clock()) == 1
    waiting = only_delivery(desk)
    assert (waiting.state, waiting.attempts) == ("pending", 2)
    # the schedule's second wait, 5 minutes, give or take a tenth that hangs on the delivery's id
    assert timedelta(minutes=4.5) <= waiting.due_at - clock() <= timedelta(minutes=5.5)
    assert waiting.due_at - clock() != timedelta(minutes=5)

    clock.advance(timedelta(minutes=6))
    assert deliver_due(desk, clock()) == 1
    delivered = only_delivery(desk)
    assert (delivered.state, delivered.attempts, delivered.detail) == ("delivered", 3, "")
    assert deliver_due(desk, clock() + timedelta(days=9)) == 0

    assert {identity for identity, _ in webhook.got} == {delivered.id}
    assert len({body for _, body in webhook.got}) == 1
    assert json.loads(webhook.got[0][1])["data"]["id"] == delivered.alert_id


def test_a_webhook_that_is_gone_is_given_up_at_once(desk: Desk, webhook: Webhook, clock: FixedClock) -> None:
    webhook.answers = [(410, "600")]
    process(desk, STORY)
    assert deliver_due(desk, clock()) == 1
    given_up = only_delivery(desk)
    assert (given_up.state, given_up.attempts) == ("failed", 1)
    assert "410" in given_up.detail
    assert deliver_due(desk, clock() + timedelta(days=9)) == 0


def test_a_command_that_keeps_an_article_sends_its_alerts(
    desk: Desk, webhook: Webhook, capsys: pytest.CaptureFixture[str]
) -> None:
    from readthrough.cli.send import send_due

    send_due(desk)
    assert capsys.readouterr().err == "", "nothing is due and nothing is said"
    webhook.answers = [(503, "")]
    process(desk, STORY)
    send_due(desk)
    assert "1 pending, which `readthrough serve` goes on delivering" in capsys.readouterr().err
    assert len(webhook.got) == 1


# A plugin that is loaded with the others imports a module that Python is about to drop.
@pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")
def test_an_alert_goes_out_in_the_built_in_words_where_a_template_fails_and_says_why(
    open_test_desk: Callable[..., Desk], clock: FixedClock, serve_locally: Callable[..., str], tmp_path: Path
) -> None:
    got: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    host = serve_locally(Handler).partition("://")[2].rstrip("/")
    desk = open_test_desk(
        **{
            "receivers.team.kind": "chat",
            "receivers.team.address": f"mmost://{host}/3ccdd113474722377935511fc85d3dd4",
            "fetch.allow_private_addresses": True,
            "desk.templates": str(tmp_path),
        }
    )
    (tmp_path / "team").mkdir()
    (tmp_path / "team/new.md").write_text("ours\n{{ alert.headlines }}", "utf-8")
    save_rule(desk, Rule(id="baba", name="Alibaba", tickers=("BABA",), receivers=("team",)))
    process(desk, STORY)
    assert deliver_due(desk, clock()) == 1
    delivered = only_delivery(desk)
    assert delivered.state == "delivered"
    assert delivered.detail.startswith("Sent in the built-in words: ")
    assert "new.md:2" in delivered.detail
    assert "no attribute 'headlines'" in delivered.detail
    [shown] = [row for row in receiver_list(desk) if row["name"] == "team"]
    assert (shown["state"], shown["detail"]) == ("ok", delivered.detail)
    assert "Alibaba rises on cloud growth" in got[0]
    assert "Rule: Alibaba" in got[0]
