"""Every exception Readthrough raises on purpose. Faults of data are values, never exceptions.

ReadthroughError
├── SettingsError        a setting is wrong                                   exit 2
├── SourceError          what was asked for cannot become an article
│   ├── SourceNotFound       no such file, or it may not be opened            exit 3
│   ├── SourceTooLarge       more bytes than the limit                        exit 4
│   ├── SourceUnreadable     binary, truncated, wrong encoding, no text       exit 5
│   ├── SourceRefused        an address or scheme we will not fetch           exit 6
│   └── SourceUnreachable    the network or the server failed                 exit 7
├── OutputError          a result cannot be written                           exit 8
├── StorageError         the database refused                                 exit 9
├── UniverseError        a universe, graph or playbook file is broken         exit 10
├── HoldingsError        a holdings file cannot be used                       exit 11
├── RuleError            an alert rule is malformed                           exit 12
├── ModelError           a model's file is missing, altered or of another kind  exit 14
├── AccountError         signing in, or a change of accounts, was refused  exit 15
└── DeliveryError        a receiver failed
    ├── Transient            try again later
    └── Permanent            never try again
"""

from __future__ import annotations

__all__ = [
    "AccountError",
    "DeliveryError",
    "HoldingsError",
    "ModelError",
    "OutputError",
    "Permanent",
    "ReadthroughError",
    "RuleError",
    "SettingsError",
    "SourceError",
    "SourceNotFound",
    "SourceRefused",
    "SourceTooLarge",
    "SourceUnreachable",
    "SourceUnreadable",
    "StorageError",
    "Transient",
    "UniverseError",
    "told",
]


def told(problem: str, remedy: str = "") -> str:
    """Join what is wrong and what to do about it, each a sentence.

    >>> told("row 3: names no security", "Give it a ticker.")
    'row 3: names no security. Give it a ticker.'
    """
    problem = problem.strip()
    ended = problem if not problem or problem.endswith((".", "!", "?")) else f"{problem}."
    return f"{ended} {remedy.strip()}".strip()


class ReadthroughError(Exception):
    """Readthrough could not do what was asked."""

    exit_status = 1
    code = "error"

    def __init__(self, message: str = "", *, remedy: str = "", **facts: object) -> None:
        """Keep the message, what to do about it, and the facts of the case.

        Args:
            message: What went wrong and where; the class docstring when empty.
            remedy: What the reader can do about it.
            facts: Anything that identifies the case (path, url, value, bound).
        """
        self.message = message or (type(self).__doc__ or "").strip()
        self.remedy = remedy
        self.facts = facts
        super().__init__(self.message)

    def __str__(self) -> str:
        return told(self.message, self.remedy)


class SettingsError(ReadthroughError):
    """A setting is wrong."""

    exit_status = 2
    code = "settings"


class SourceError(ReadthroughError):
    """The source cannot become an article."""

    exit_status = 5
    code = "source"


class SourceNotFound(SourceError):
    """The source does not exist or may not be opened."""

    exit_status = 3
    code = "source_not_found"


class SourceTooLarge(SourceError):
    """The source is larger than the limit."""

    exit_status = 4
    code = "source_too_large"


class SourceUnreadable(SourceError):
    """The source holds no readable text."""

    exit_status = 5
    code = "source_unreadable"


class SourceRefused(SourceError):
    """The address is one Readthrough will not fetch."""

    exit_status = 6
    code = "source_refused"


class SourceUnreachable(SourceError):
    """The network or the server failed."""

    exit_status = 7
    code = "source_unreachable"


class OutputError(ReadthroughError):
    """The result cannot be written."""

    exit_status = 8
    code = "output"


class StorageError(ReadthroughError):
    """The database refused."""

    exit_status = 9
    code = "storage"


class UniverseError(ReadthroughError):
    """A universe, graph or playbook file is broken."""

    exit_status = 10
    code = "universe"


class HoldingsError(ReadthroughError):
    """The holdings file cannot be used."""

    exit_status = 11
    code = "holdings"


class RuleError(ReadthroughError):
    """The alert rule is malformed."""

    exit_status = 12
    code = "rule"


class ModelError(ReadthroughError):
    """A model's file cannot be used."""

    exit_status = 14
    code = "model"


class AccountError(ReadthroughError):
    """Signing in, or a change of accounts, was refused."""

    exit_status = 15
    code = "account"


class DeliveryError(ReadthroughError):
    """A receiver failed."""

    exit_status = 13
    code = "delivery"


class Transient(DeliveryError):
    """The receiver failed in a way that may pass; try again later."""

    code = "delivery_transient"


class Permanent(DeliveryError):
    """The receiver failed in a way that will not pass; do not try again."""

    code = "delivery_permanent"
