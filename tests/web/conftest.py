"""A desk over a database in memory, and a browser's view of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import httpx
import pytest

from readthrough.api import serving
from readthrough.desk.open import Desk, open_desk
from readthrough.domain.contract import NoteDocument
from readthrough.domain.note import Note
from readthrough.settings import load_settings

from .sample_notes import NOW, fingerprint

Keep: TypeAlias = Callable[[Note], NoteDocument]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = load_settings(flags={"home": str(tmp_path)}, environ={})
    with open_desk(settings, clock=lambda: NOW) as desk:
        yield desk


@pytest.fixture
def keep(desk: Desk) -> Keep:
    """Save a note as the flow would, and publish it."""

    def keep(note: Note) -> NoteDocument:
        document = desk.store.save(note, fingerprint(note), engine="by hand").document
        desk.publish()
        return document

    return keep


@pytest.fixture
def client(desk: Desk) -> Iterator[httpx.Client]:
    """A browser without scripts, on the real server."""
    with serving(desk, desk.settings) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client
