"""Builds the receivers: those of the settings once, those made in use as the record has them now."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from readthrough.domain.errors import SettingsError

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.domain.ports import Receiver
    from readthrough.domain.route import ReceiverSpec
    from readthrough.settings import ReceiverSettings

__all__ = ["Receivers", "made_receiver", "set_receiver"]


class Receivers(Mapping[str, "Receiver"]):
    """Where alerts can be sent, by name. What the settings name goes before what was made in use."""

    def __init__(self, desk: Desk, given: Mapping[str, Receiver]) -> None:
        """Keep the receivers of the settings.

        Args:
            desk: Whose record holds the others.
            given: Those of the settings.
        """
        self._desk = desk
        self._given = dict(given)
        self._made: dict[str, tuple[ReceiverSpec, Receiver]] = {}
        self._stamp = ""
        self._lock = threading.RLock()

    def __getitem__(self, name: str) -> Receiver:
        """Return a receiver."""
        if name in self._given:
            return self._given[name]
        return self._fresh()[name][1]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(dict.fromkeys((*self._given, *self._fresh())))

    def __len__(self) -> int:
        """Return how many there are."""
        return len({*self._given, *self._fresh()})

    def close(self) -> None:
        """Close their connections."""
        with self._lock:
            for receiver in (*self._given.values(), *(made for _, made in self._made.values())):
                _close(receiver)
            self._made.clear()

    def _fresh(self) -> dict[str, tuple[ReceiverSpec, Receiver]]:
        with self._lock:
            stamp = self._desk.store.books_stamp()
            if stamp != self._stamp:
                self._made = self._remade()
                self._stamp = stamp
            return self._made

    def _remade(self) -> dict[str, tuple[ReceiverSpec, Receiver]]:
        now: dict[str, tuple[ReceiverSpec, Receiver]] = {}
        for spec in self._desk.store.alerting.receivers():
            kept = self._made.get(spec.name)
            now[spec.name] = kept if kept and kept[0] == spec else (spec, made_receiver(self._desk, spec))
        # A receiver that was replaced is not closed here: another thread may be sending by it.
        return now


def _close(receiver: Receiver) -> None:
    if callable(close := getattr(receiver, "close", None)):
        close()


def set_receiver(desk: Desk, name: str, part: ReceiverSettings) -> Receiver:
    """Build a receiver as the settings describe it.

    Raises:
        SettingsError: Something that its kind needs is missing or malformed.
    """
    private = desk.settings.fetch.allow_private_addresses
    if part.kind == "page":
        from readthrough.receivers.page import Page

        return Page(name=name)
    if part.kind == "webhook":
        from readthrough.receivers.webhook import Webhook

        return Webhook(
            name=name,
            url=part.url,
            secret=part.secret.get_secret_value(),
            allow_private=private,
            rate_per_minute=part.rate_per_minute,
        )
    if part.kind == "email":
        return _email(desk, name, part.to, part.rate_per_minute)
    if part.kind == "chat":
        from readthrough.receivers.chat import Chat

        return Chat(
            name=name,
            address=part.address.get_secret_value(),
            allow_private=private,
            rate_per_minute=part.rate_per_minute,
            templates=desk.settings.templates_folder,
        )
    if part.kind == "file":
        from readthrough.receivers.file import File

        if part.path is None:
            raise SettingsError(f"File {name}: no path.", remedy=f"Set receivers.{name}.path.")
        return File(name=name, path=part.path.expanduser())
    from readthrough.receivers.command import Command

    return Command(name=name, command=part.command, rate_per_minute=part.rate_per_minute)


def made_receiver(desk: Desk, spec: ReceiverSpec) -> Receiver:
    """Build a receiver that was made in use: never a file or a command, which are the operator's alone.

    Raises:
        SettingsError: Something that its kind needs is missing or malformed.
    """
    private = desk.settings.fetch.allow_private_addresses
    if spec.kind == "webhook":
        from readthrough.receivers.webhook import Webhook

        return Webhook(
            name=spec.name,
            url=spec.url,
            secret=spec.secrets,
            allow_private=private,
            rate_per_minute=spec.rate_per_minute,
        )
    if spec.kind == "email":
        return _email(desk, spec.name, spec.to, spec.rate_per_minute)
    if spec.kind == "chat":
        from readthrough.receivers.chat import Chat

        return Chat(
            name=spec.name,
            address=spec.address,
            allow_private=private,
            rate_per_minute=spec.rate_per_minute,
            templates=desk.settings.templates_folder,
        )
    raise SettingsError(
        f"Receiver {spec.name}: {spec.kind!r} is no kind that can be made in use.",
        remedy="Use webhook, email or chat; files and commands are set in the settings.",
    )


def _email(desk: Desk, name: str, to: tuple[str, ...], rate_per_minute: int) -> Receiver:
    from readthrough.receivers.email import Email, Server

    part = desk.settings.smtp
    server = Server(
        host=part.host,
        port=part.port,
        security=part.security,
        username=part.username,
        password=part.password.get_secret_value(),
        sender=part.sender,
        ca_file=part.ca_file,
        timeout_s=part.timeout.total_seconds(),
    )
    return Email(
        name=name,
        to=to,
        server=server,
        rate_per_minute=rate_per_minute,
        templates=desk.settings.templates_folder,
    )
