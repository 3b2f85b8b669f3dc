"""Lines of the audit log for commands: who on this machine read holdings or changed something, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import typer

    from readthrough.desk.open import Desk

__all__ = ["action_of", "command_of", "note_down"]

_READS: Final = frozenset(
    {
        "portfolio list", "portfolio show", "portfolio impact", "portfolio brief", "portfolio performance",
        "portfolio risk", "portfolio attribution", "portfolio exposure", "portfolio scenario", "portfolio optimise",
        "portfolio reconcile", "notes list", "notes show", "alert list", "alert why", "alert history",
        "research export", "analyze", "ask",
    }
)  # fmt: skip
"""Commands that show what somebody holds, or what news does to it."""
_WHERE_HELD: Final = frozenset({"analyze", "ask"})
"""Of those, the ones that read holdings only where there are any."""
_CHANGES: Final = frozenset(
    {
        "add", "remove", "import", "fetch", "set", "enable", "disable", "ack", "snooze", "silence", "unsilence",
        "replay", "retry", "pause", "resume", "rotate", "demo", "relay", "reread", "backfill",
    }
)  # fmt: skip
"""Last words of commands that change the record."""
_NO_CHANGE: Final = frozenset({"demo", "universe import"})  # a desk of their own, or files only
_NAMED: Final = ("portfolio", "portfolio_id", "note_id", "alert_id", "rule_id", "name", "id")
"""Arguments that are names, never text, files or secrets."""
_MOST: Final = 120


def action_of(command: str) -> str:
    """Return what the log calls a command: a read of holdings, a change, or nothing.

    >>> action_of("portfolio show"), action_of("rule add"), action_of("universe lookup")
    ('read', 'change', '')
    """
    command = f"alert{command[6:]}" if command.startswith("alerts ") else command
    if command in _READS:
        return "read"
    if command in _NO_CHANGE:
        return ""
    return "change" if command.rpartition(" ")[2] in _CHANGES else ""


def note_down(context: typer.Context, desk: Desk) -> None:
    """Write a command's line before it does anything: what cannot be written down is not done.

    Raises:
        StorageError: The record cannot be written.
    """
    command = command_of(context)
    action = action_of(command)
    if not action or (command in _WHERE_HELD and not _holds(desk)):
        return
    from readthrough.desk.screen import account_store
    from readthrough.domain.account import MAIN, AuditEntry

    named = [
        str(context.params[name])[:_MOST] for name in _NAMED if isinstance(context.params.get(name), str)
    ]
    account_store(desk).note_down(
        AuditEntry(
            id=0,
            tenant_id=MAIN,
            at=desk.clock(),
            person_id="",
            action=action,
            subject=" ".join([command, *filter(None, named)]),
            outcome="asked",
            address=f"command line ({_user()})",
        )
    )


def _holds(desk: Desk) -> bool:
    """Tell whether anything is held; no database is made to find out."""
    from pathlib import Path

    url = desk.settings.database_url
    path = url.removeprefix("sqlite:///")
    return (path == url or Path(path).exists()) and bool(desk.store.portfolio_names())


def command_of(context: Any) -> str:
    """Return the words of a command without the program's own name."""
    words: list[str] = []
    while context.parent is not None:
        words.append(str(context.info_name))
        context = context.parent
    return " ".join(reversed(words))


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        return "nobody known"
