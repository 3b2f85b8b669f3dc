"""A command that is run for each alert: the alert as JSON on standard input, never in the arguments."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from datetime import datetime
from typing import Final

from readthrough.domain.alert import Delivery
from readthrough.domain.contract import NoteDocument
from readthrough.domain.errors import Permanent, SettingsError, Transient

__all__ = ["Command"]

PERMANENT: Final = frozenset({os.EX_USAGE, os.EX_DATAERR, os.EX_CONFIG})
"""Statuses by which the command says that trying again is of no use; any other failure is tried again."""
_SAID: Final = 200


class Command:
    """Runs one program without a shell, in a process group that is ended as a whole when its time is up."""

    shown = False

    def __init__(
        self,
        *,
        name: str,
        command: tuple[str, ...],
        timeout_s: float = 10.0,
        rate_per_minute: int = 0,
    ) -> None:
        """Take the program.

        Args:
            name: What rules call this receiver.
            command: Program and arguments, set by the operator; nothing of the news is added to them.
            timeout_s: Seconds it may take.
            rate_per_minute: Most runs a minute; unlimited when 0.

        Raises:
            SettingsError: No program is named.
        """
        if not command or not command[0].strip():
            raise SettingsError(f"Command {name}: no program.", remedy=f"Set receivers.{name}.command.")
        self.name = name
        self.rate_per_minute = rate_per_minute
        self._command = command
        self._timeout_s = timeout_s

    def send(self, delivery: Delivery, payload: NoteDocument, now: datetime) -> None:
        """Run once. `READTHROUGH_DELIVERY_ID` is the idempotency key, `READTHROUGH_ATTEMPT` counts from 1.

        Raises:
            Transient: It could not be started, took too long or failed.
            Permanent: It ended with EX_USAGE, EX_DATAERR or EX_CONFIG.
        """
        given = json.dumps({"delivery_id": delivery.id, **payload}, allow_nan=False).encode()
        environment = {
            name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ
        }
        environment |= {"READTHROUGH_DELIVERY_ID": delivery.id, "READTHROUGH_ATTEMPT": str(delivery.attempts)}
        try:
            process = subprocess.Popen(  # noqa: S603 (the operator names the program, the news adds nothing)
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            raise Transient(f"Command {self.name} cannot be started: {error.strerror}.") from error
        with process:
            try:
                _, said = process.communicate(given, timeout=self._timeout_s)
            except subprocess.TimeoutExpired as error:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
                raise Transient(f"Command {self.name} took longer than {self._timeout_s:g} s.") from error
        self._judge(process.returncode, said)

    def _judge(self, status: int, said: bytes) -> None:
        if status == 0:
            return
        words = " ".join(said.decode("utf-8", "replace").split())[:_SAID]
        told = f"Command {self.name} ended with {status}" + (f": {words}" if words else ".")
        if status in PERMANENT:
            raise Permanent(told, remedy="Correct the command.", status=status)
        raise Transient(told, status=status)
