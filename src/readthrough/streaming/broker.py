"""JetStream or Kafka, by the same few lines through FastStream: transport, never the record.

A message that was not acknowledged comes again. JetStream acknowledges before its disk does, which is why the
outbox can be replayed. Needs the extra `broker`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from readthrough.domain.errors import SettingsError, StorageError

__all__ = ["ALERTS", "NOTES", "TURNS", "Broker", "Handler", "Message", "open_broker"]

TURNS: Final = "turns"
NOTES: Final = "notes"
ALERTS: Final = "alerts"
SUBJECTS: Final = (TURNS, NOTES, ALERTS)

Handler: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]
"""Takes a message. What it raises leaves the message unacknowledged."""

_DUPLICATES_S: Final = 120.0
"""Seconds in which JetStream keeps a message of the same id once."""
_REDELIVERED_S: Final = 30.0
"""Seconds after which a message that nobody acknowledged comes again."""


class Message:
    """One message to send: where to, under which id, and what it says."""

    __slots__ = ("body", "id", "subject")

    def __init__(self, subject: str, id: str, body: dict[str, Any]) -> None:
        """Take subject, id and body; the id stays the same when it is sent again."""
        self.subject, self.id, self.body = subject, id, body


class Broker:
    """A connection to one broker, used inside one event loop. `start` it, `close` it."""

    def __init__(self, made: Any, *, prefix: str, stream: Any, kafka: bool) -> None:
        """Use what `open_broker` made."""
        self._made = made
        self._prefix = prefix
        self._stream = stream
        self._kafka = kafka

    async def start(self) -> None:
        """Connect, and make the stream where it is missing.

        Raises:
            StorageError: The broker cannot be reached.
        """
        try:
            if not self._kafka:
                await self._made.connect()
                await self._ensure_stream()
            await self._made.start()
        except Exception as error:  # each client has errors of its own
            raise _away(error) from error

    async def send(self, messages: Sequence[Message]) -> None:
        """Send messages and wait until the broker has all of them.

        Raises:
            StorageError: It does not take them; some may have arrived.
        """
        try:
            await asyncio.gather(*(self._send(message) for message in messages))
        except Exception as error:
            raise _away(error) from error

    async def _send(self, message: Message) -> None:
        name = self._name(message.subject)
        body = message.body
        if self._kafka:
            await self._made.publish(body, topic=name, key=message.id.encode(), headers={"id": message.id})
        else:
            headers = {"Nats-Msg-Id": message.id}
            await self._made.publish(
                body, subject=name, stream=self._stream.name, headers=headers, timeout=5.0
            )

    def listen(self, subject: str, handler: Handler, *, group: str) -> None:
        """Hand each message of a subject to one of the listeners of a group; call it before `start`.

        A message is acknowledged after its handler returned, and given back when that raised.
        """
        from faststream import AckPolicy

        async def handle(body: dict[str, Any], message: Any) -> None:
            try:
                await handler(body)
            except Exception:
                await message.nack()
                raise
            await message.ack()

        name = self._name(subject)
        if self._kafka:
            from faststream.confluent import Topic
            from faststream.confluent.annotations import KafkaMessage

            handle.__annotations__["message"] = KafkaMessage
            subscriber = self._made.subscriber(
                Topic(name, declare=False),  # brokers make a topic when it is first used, or their owners do
                group_id=group,
                auto_offset_reset="earliest",
                ack_policy=AckPolicy.MANUAL,
            )
        else:
            from faststream.nats import PullSub
            from faststream.nats.annotations import NatsMessage
            from nats.js.api import ConsumerConfig

            handle.__annotations__["message"] = NatsMessage
            subscriber = self._made.subscriber(
                name,
                durable=f"{group}-{subject}",
                stream=self._stream,
                pull_sub=PullSub(batch_size=1, timeout=1.0),
                config=ConsumerConfig(ack_wait=_REDELIVERED_S, max_ack_pending=256),
                ack_policy=AckPolicy.MANUAL,
            )
        handle.__annotations__["body"] = dict
        subscriber(handle)

    async def close(self) -> None:
        """Disconnect."""
        await self._made.stop()

    def _name(self, subject: str) -> str:
        return f"{self._prefix}.{subject}"

    async def _ensure_stream(self) -> None:
        from nats.js.api import StreamConfig
        from nats.js.errors import NotFoundError

        context = self._made.config.connection_state.stream
        try:
            await context.stream_info(self._stream.name)
        except NotFoundError:
            await context.add_stream(
                StreamConfig(
                    name=self._stream.name,
                    subjects=[self._name(s) for s in SUBJECTS],
                    num_replicas=self._stream.config.num_replicas,
                    duplicate_window=_DUPLICATES_S,
                    max_age=7 * 86_400.0,
                )
            )


def open_broker(url: str, *, prefix: str, replicas: int = 1, options: dict[str, Any] | None = None) -> Broker:
    """Make a broker of its address; nothing is connected yet.

    Args:
        url: `nats://host:port[,host:port...]`, `tls://...`, or `kafka://host:port[,...]`.
        prefix: Begins the name of the stream and of each subject or topic.
        replicas: Copies of each message that JetStream keeps.
        options: More settings of Kafka's client.

    Raises:
        SettingsError: There is no address, it is of another kind, or the extra is not installed.
    """
    scheme = urlsplit(url).scheme
    if scheme not in ("nats", "tls", "kafka"):
        raise SettingsError(
            "No broker is named." if not url else f"The broker address begins with {scheme!r}.",
            remedy="Set broker.url to nats://host:4222 or kafka://host:9092.",
        )
    try:
        import logging

        if scheme == "kafka":
            from faststream.confluent import KafkaBroker

            settings: Any = options or {}
            made: Any = KafkaBroker(
                url.removeprefix("kafka://"),
                logger=None,
                config=settings,
                graceful_timeout=5.0,
                acks="all",
            )
            return Broker(made, prefix=prefix, stream=None, kafka=True)
        from faststream.nats import JStream, NatsBroker

        scheme_less = url.partition("://")[2].split(",")
        servers = [f"{scheme}://{server}" for server in scheme_less]
        quiet = logging.getLogger("readthrough.nats")
        made = NatsBroker(
            servers, logger=quiet, graceful_timeout=5.0, max_reconnect_attempts=-1, reconnect_time_wait=1
        )
        stream = JStream(
            name=prefix, subjects=[f"{prefix}.{s}" for s in SUBJECTS], num_replicas=replicas, declare=False
        )
    except ImportError as error:
        raise SettingsError(
            f"A broker needs {error.name}, which is not installed.",
            remedy="pip install 'readthrough[broker]'",
        ) from None
    return Broker(made, prefix=prefix, stream=stream, kafka=False)


def _away(error: Exception) -> StorageError:
    words = str(error).strip() or type(error).__name__
    return StorageError(
        f"The broker cannot be used: {words[:200]}.", remedy="Check broker.url, and that it runs."
    )
