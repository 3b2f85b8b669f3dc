"""One server for all tests of this folder; it costs two seconds to start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.language_model.tiny import serving, write_model


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weights") / "tiny.gguf"
    write_model(path)
    return path


@pytest.fixture(scope="session")
def server(weights: Path) -> Iterator[str]:
    with serving(weights) as address:
        yield address
