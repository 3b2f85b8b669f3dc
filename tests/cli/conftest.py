"""A home of its own for every command, and a note's document to draw."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from readthrough.cli.main import run

ARTICLE = """Orbex raises guidance

Microsoft raised its full-year revenue guidance on Thursday. Microsoft shares rose 6% after first-quarter
revenue grew 12% to $61.9 billion, above the $60.8 billion that analysts had expected.
"""


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the commands away from the settings and the database of this machine."""
    for name in [name for name in os.environ if name.startswith(("READTHROUGH_", "XDG_"))]:
        monkeypatch.delenv(name)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "100")
    return folder


@pytest.fixture
def command(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ended]:
    """Run a command in this process, as the entry point would."""

    def call(*arguments: str) -> Ended:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            run(arguments)
        out, err = capfdbinary.readouterr()
        return Ended(int(ended.value.code or 0), out.decode(), err.decode())

    return call


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[bytes]]:
    """Start a command as a process of its own."""

    def call(arguments: Sequence[str], **keywords: Any) -> subprocess.Popen[bytes]:
        program = [sys.executable, "-m", "readthrough.cli.main", *arguments]
        return subprocess.Popen(program, **keywords)

    return call


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "story.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return str(path)


@pytest.fixture
def document() -> dict[str, Any]:
    """A note with something in every part, and hostile words in most."""
    hostile = "Orbex [bold]x[/bold] \x1b[31mred\x1b]0;title\x07 \u202eevil :smile:"
    return {
        "id": "note_1",
        "version": 1,
        "revision": 1,
        "known_at": "2025-05-15T09:31:00Z",
        "article": {
            "id": "art_1",
            "headline": hostile,
            "source": "Daily Ledger",
            "url": "https://ledger.example/1",
            "published_at": "2025-05-15T09:30:00Z",
            "received_at": "2025-05-15T09:31:00Z",
            "language": "en",
            "digest": "d",
        },
        "summary": [
            {"text": "Orbex raised guidance.", "support": []},
            {"text": "Shares rose 6%.", "support": []},
        ],
        "analysis": [
            {
                "kind": "second_order",
                "text": "Suppliers should see orders rise.",
                "direction": "positive",
                "horizon": "6-12 months",
                "tickers": [{"ticker": "VNTR", "direction": "negative"}],
                "confidence": 0.6,
                "support": [],
                "falsified_by": "orders fall",
            }
        ],
        "sentiment": {"score": -0.42, "label": "moderately negative", "mixed": True, "confidence": 0.71},
        "tickers": [
            {
                "ticker": "ORBX",
                "name": hostile,
                "issuer_id": "i1",
                "role": "primary",
                "relevance": 0.9,
                "score": -0.42,
                "label": "moderately negative",
                "confidence": 0.7,
                "mentions": [],
            },
            {
                "ticker": None,
                "name": "Vantor",
                "issuer_id": "i2",
                "role": "passing",
                "relevance": 0.1,
                "score": None,
                "label": "neutral",
                "confidence": 0.0,
                "mentions": [],
            },
        ],
        "market_impact": 0.31,
        "themes": ["artificial_intelligence"],
        "events": [
            {
                "id": "e1",
                "type": "guidance_raise",
                "parent": "guidance_change",
                "subject": "Orbex",
                "ticker": "ORBX",
                "counterparty": None,
                "polarity": "positive",
                "modality": "actual",
                "background": False,
                "span": {},
            }
        ],
        "facts": [
            {
                "id": "f1",
                "metric": "revenue",
                "subject": "Orbex",
                "ticker": "ORBX",
                "value": 4100000000,
                "high": 4300000000,
                "unit": "money",
                "currency": "USD",
                "scale": "billion",
                "period": "full year",
                "basis": "guidance",
                "is_change": False,
                "change": None,
                "vs_expectation": "beat",
                "expected": 3900000000,
                "modality": "planned",
                "background": False,
                "span": {},
                "quote": "q",
            },
        ],
        "decisions": [
            {
                "action": "watch",
                "instrument": "ORBX",
                "direction": "neutral",
                "horizon": "1-2 weeks",
                "trigger": "the next report",
                "invalidation": "a cut",
                "rationale": "because",
                "support": [],
            }
        ],
        "story": {
            "id": "s1",
            "novelty": 0.8,
            "duplicate_of": None,
            "follows": None,
            "days_since_similar": None,
        },
        "book": [
            {
                "portfolio": "global",
                "ticker": "ORBX",
                "weight": 0.0525,
                "path": "direct",
                "through": None,
                "expected_bps": {"low": -12.0, "mid": -6.5, "high": 1.0},
                "why": "held",
            }
        ],
        "withheld": [{"text": "A bold claim.", "reason": "no support"}],
        "unlinked": [{"surface": "Target", "span": {}, "candidates": ["TGT"], "reason": "ambiguous"}],
        "noise": None,
        "problems": [{"code": "encoding_guessed", "detail": "The text is not UTF-8", "remedy": "Save it."}],
        "engine": {"version": "0.1.0", "reader": "r1", "writer": "w1", "playbooks": "p1", "universe": "u1"},
    }
