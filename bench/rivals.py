"""Other people's tools to measure beside ours: in an environment of their own, which ours never imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType

__all__ = ["Rival", "RivalMissingError", "rival_python"]

_ROOT = Path(__file__).parents[1]
_HOME = _ROOT / ".venv" / "rivals"
_LOCK = _ROOT / "requirements-bench.lock"
_INSTALL_SECONDS = 300


class RivalMissingError(Exception):
    """The rival could not be installed or did not start; the message says why."""


def rival_python() -> Path:
    """Return the interpreter that has the dependency group `bench`, installing it once.

    `BENCH_RIVALS=0` leaves rivals out.

    Raises:
        RivalMissingError: They are left out, or the package index cannot be reached.
    """
    if os.environ.get("BENCH_RIVALS") == "0":
        raise RivalMissingError("BENCH_RIVALS=0 leaves it out")
    python = _HOME / "bin" / "python"
    ready = _HOME / ".ready"
    lock = _LOCK.read_text(encoding="utf-8")
    if ready.exists() and ready.read_text(encoding="utf-8") == lock:
        return python
    print(f"installing what {_LOCK.name} names beside our own environment (once)", file=sys.stderr)
    _run(sys.executable, "-m", "venv", "--clear", str(_HOME))
    quiet = ("--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "15")
    _run(str(python), "-m", "pip", "install", *quiet, "--only-binary", ":all:", "--require-hashes", "-r", str(_LOCK))  # fmt: skip
    ready.write_text(lock, encoding="utf-8")
    return python


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_INSTALL_SECONDS)  # noqa: S603
    except subprocess.CalledProcessError as error:
        raise RivalMissingError(_last_line(str(error.stderr))) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RivalMissingError(str(error)) from None


class Rival:
    """A rival at work in its own process: it is given its material once, then does rounds when asked."""

    def __init__(self, script: Path, material: object) -> None:
        """Start the script and wait until it has loaded.

        Args:
            script: Reads the material as one JSON line, answers it with one JSON line, and each line
                after it with the processor seconds that a round took.
            material: What both sides work on.

        Raises:
            RivalMissingError: It cannot be had, or it failed.
        """
        command = [str(rival_python()), str(script)]
        self._process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.loaded: dict[str, float] = self._ask(json.dumps(material))

    def round(self, part: str) -> float:
        """Do a part of the work once; return its processor seconds."""
        return float(self._ask(json.dumps(part))["seconds"])

    def _ask(self, line: str) -> dict[str, float]:
        ours, theirs = self._process.stdin, self._process.stdout
        if ours is None or theirs is None:
            raise RivalMissingError("its process has no pipes")
        try:
            ours.write(line + "\n")
            ours.flush()
            answer = theirs.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise RivalMissingError(_last_line(self._process.communicate()[1]))
        found: dict[str, float] = json.loads(answer)
        return found

    def __enter__(self) -> Rival:
        """Use it in a `with`, so that the process ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._process.communicate()


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it ended without a word"])[-1]
