"""Dies at every step of keeping and delivering an alert, one process a step, and opens the desk again after each.

A program of its own: `python crash_driver.py HOME URL PART PARTS`. It prints, for every line of the watched modules that runs
between an article and its delivered alert, what the record says once another process has taken over.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from readthrough import __version__
from readthrough.desk import ask
from readthrough.desk.books import save_rule
from readthrough.desk.deliver import deliver_due
from readthrough.desk.flow import announce, found, settle
from readthrough.desk.open import Desk, open_desk
from readthrough.domain.alert import Rule
from readthrough.feeds.draft import Draft
from readthrough.reading.patterns import prepare
from readthrough.reading.read import read
from readthrough.settings import load_settings
from readthrough.universe import load_universe
from readthrough.writing.playbooks import load_playbooks

WATCHED = (
    "desk/deliver.py",
    "desk/flow.py",
    "receivers/webhook.py",
    "storage/alert_record.py",
    "storage/deliveries.py",
)
NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
STORY = Draft(
    headline="Alibaba rises on cloud growth",
    body="Alibaba shares rose 7% after the company reported revenue growth of 3%.",
    source="Test Wire",
    external_id="one",
)
ROOMS: dict[str, Any] = {}


class Watch:
    """Notes each line of the watched modules the first time it runs; dies at the one it is told."""

    def __init__(self, die_at: int | None) -> None:
        self.seen: dict[tuple[str, int], None] = {}
        self._die_at = die_at

    def __call__(self, frame: FrameType, event: str, _: object) -> Any:
        name = frame.f_code.co_filename
        if not name.endswith(WATCHED):
            return None
        if event == "line":
            place = (name, frame.f_lineno)
            if place not in self.seen:
                if len(self.seen) == self._die_at:
                    os.kill(os.getpid(), signal.SIGKILL)
                self.seen[place] = None
        return self


def opened(home: Path, url: str, clock: Callable[[], datetime]) -> Desk:
    """Open a desk over a home, with the rooms that are loaded already."""
    flags = {
        "home": str(home),
        "receivers.hook.url": url,
        "receivers.hook.secret": "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "fetch.allow_private_addresses": True,
    }
    desk = open_desk(load_settings(flags=flags, environ={}), clock=clock)
    desk._parts.update(universe=ROOMS["universe"], playbooks=ROOMS["playbooks"])
    return desk


def take_in(desk: Desk) -> None:
    """Do what `process` does with an article whose words were read already: reading them keeps nothing."""
    article, reading = ROOMS["read"]
    if found(desk, article) is None:
        announce(desk, [settle(desk, article, reading)])


def first_life(home: Path, url: str, die_at: int | None) -> int:
    """Take the article in and send its alert, dying on the way; return how many steps there are."""
    watch = Watch(die_at)
    with opened(home, url, lambda: NOON) as desk:
        _ = desk.stories, desk.holdings, desk.rules, desk.engine, desk.receivers
        sys.settrace(watch)
        take_in(desk)
        deliver_due(desk, NOON)
        sys.settrace(None)
    return len(watch.seen)


def second_life(home: Path, url: str) -> dict[str, Any]:
    """Start again: the feed sends the article once more, and what is due is sent as it comes due."""
    now = NOON + timedelta(seconds=1)
    with opened(home, url, lambda: now) as desk:
        take_in(desk)
        while (due := desk.store.alerting.next_due()) is not None and due < NOON + timedelta(days=1):
            now = max(now, due)
            deliver_due(desk, now)
        [alert] = ask.alerts(desk)
        deliveries = desk.store.deliveries(alert.id)
        tried = desk.store.alerting.attempts([d.id for d in deliveries])
        return {
            "states": [d.state for d in deliveries],
            "ids": [d.id for d in deliveries],
            "attempts": len(tried),
            "notes": len(ask.latest_notes(desk)),
        }


def killed_in_child(work: Callable[[], object]) -> bool:
    """Run something in a process of its own; say whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    status = os.waitpid(child, 0)[1]
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def main(folder: Path, url: str, part: int, parts: int) -> None:
    """Die at every step of this part, and print a line of JSON for each."""
    template = folder / "template"
    ROOMS.update(universe=load_universe(), playbooks=load_playbooks())
    _ = ROOMS["universe"].graph
    prepare()
    article = STORY.to_article(NOON)
    ROOMS["read"] = article, read(article, ROOMS["universe"], version=__version__, reader=None)

    with opened(template, url, lambda: NOON) as desk:
        save_rule(desk, Rule(id="baba", name="Alibaba", tickers=("BABA",), receivers=("hook",)))
    # A whole life here: it says how many steps there are, and loads and compiles what every child would otherwise.
    shutil.copytree(template, folder / "whole")
    steps = first_life(folder / "whole", f"{url}/whole", None)
    second_life(folder / "whole", f"{url}/whole")
    gc.collect()
    gc.freeze()  # what the children share is not to be copied because a collector looked at it
    gc.disable()
    for step in range(part, steps, parts):
        home = folder / str(step)
        shutil.copytree(template, home)
        at = f"{url}/{step}"
        killed = killed_in_child(lambda home=home, at=at, step=step: first_life(home, at, step))  # type: ignore[misc]
        # Another desk over what the dead process left; nothing of its memory reached this one.
        row = {"step": step, "killed": killed, **second_life(home, at)}
        print(json.dumps(row), flush=True)
        shutil.rmtree(home)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
