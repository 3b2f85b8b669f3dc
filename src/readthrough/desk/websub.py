"""WebSub: where a feed names a hub and we can be reached, its publisher pushes, and polls become rare."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urljoin

from readthrough.desk.open import Desk
from readthrough.desk.polling import Ways, taken_from
from readthrough.domain.errors import SourceError
from readthrough.domain.live import Feed, Polled
from readthrough.feeds.rss import parse_feed

__all__ = ["confirm", "keep_subscribed", "pushed"]

LEASE: Final = timedelta(days=10)
_AHEAD: Final = timedelta(days=1)  # how long before its end a subscription is renewed
_AGAIN: Final = timedelta(hours=1)  # how long after asking in vain a hub is asked again
_HASHES: Final = {
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
}


def keep_subscribed(desk: Desk, feed: Feed, outcome: Polled, ways: Ways) -> None:
    """Ask a feed's hub to push, where there is one, we have a public address, and it does not push already.

    Raises:
        StorageError: The record is away.
    """
    mark = outcome.mark or {}
    hub, topic = str(mark.get("hub") or ""), str(mark.get("topic") or "")
    callback = desk.settings.feeds.callback
    if outcome.error or not callback or not hub or not topic:
        return
    now = desk.clock()
    if feed.options.get("websub_until", "") > (now + _AHEAD).isoformat():
        return
    if feed.options.get("websub_asked", "") > (now - _AGAIN).isoformat():
        return
    token = feed.options.get("websub_token") or secrets.token_urlsafe(24)
    secret = feed.options.get("websub_secret") or secrets.token_urlsafe(32)
    options = {
        **feed.options,
        "websub_token": token,
        "websub_secret": secret,
        "websub_topic": topic,
        "websub_asked": now.isoformat(),
    }
    desk.store.live.set_feed_options(feed.name, options)
    form = {
        "hub.mode": "subscribe",
        "hub.topic": topic,
        "hub.callback": urljoin(callback.rstrip("/") + "/", f"websub/{token}"),
        "hub.secret": secret,
        "hub.lease_seconds": str(int(LEASE.total_seconds())),
    }
    try:
        ways.asking.post(hub, form)
    except SourceError:
        return  # it is polled as before, and the hub asked again later


def confirm(desk: Desk, token: str, *, mode: str, topic: str, lease_s: int) -> bool:
    """Answer a hub that asks whether we meant it; False when we did not.

    Raises:
        StorageError: The record is away.
    """
    feed = _feed(desk, token)
    if feed is None or mode != "subscribe" or topic != feed.options.get("websub_topic"):
        return False
    until = desk.clock() + min(LEASE, timedelta(seconds=max(60, lease_s)))
    desk.store.live.set_feed_options(feed.name, {**feed.options, "websub_until": until.isoformat()})
    return True


def pushed(desk: Desk, token: str, body: bytes, *, kind: str, signature: str, ways: Ways) -> int | None:
    """Take what a hub pushes; None where nobody asked for it.

    A push whose signature does not fit is dropped in silence, as the standard has it.

    Returns:
        How many articles are new.

    Raises:
        SourceError: It is signed, and no feed.
        StorageError: The record is away.
    """
    feed = _feed(desk, token)
    if feed is None:
        return None
    if not _signed(feed.options.get("websub_secret", ""), body, signature):
        return 0
    shown = parse_feed(body, url=feed.address, charset=kind)
    taken, _ = taken_from(desk, feed, shown, ways)
    now = desk.clock()
    outcome = Polled(
        at=now, next_at=_unchanged(desk, feed.name, now), articles=taken.articles, items=taken.items
    )
    if taken.articles:
        outcome = replace(outcome, last_title=taken.articles[0].headline)
    new = desk.store.live.feed_polled(feed.name, outcome)
    if new:
        desk.arrived.set()
    return new


def _unchanged(desk: Desk, name: str, now: datetime) -> datetime:
    return next((h.next_at for h in desk.store.live.feeds() if h.feed.name == name), now)


def _feed(desk: Desk, token: str) -> Feed | None:
    given = token.encode("utf-8", "surrogatepass")
    for health in desk.store.live.feeds():
        kept = health.feed.options.get("websub_token", "")
        if kept and hmac.compare_digest(kept.encode(), given):
            return health.feed
    return None


def _signed(secret: str, body: bytes, signature: str) -> bool:
    name, _, given = signature.partition("=")
    hashed = _HASHES.get(name.strip().lower())
    if hashed is None or not secret:
        return False
    expected = hmac.new(secret.encode(), body, hashed).hexdigest()
    return hmac.compare_digest(expected, given.strip().lower())
