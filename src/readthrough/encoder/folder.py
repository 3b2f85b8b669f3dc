"""A model's folder: what is in it, whether it is whole, and what its manifest says.

Ours holds `reader.json` beside the model and its tokenizer, with the digest of each. Anybody else's is a
folder as Hugging Face keeps it: `config.json`, `tokenizer.json`, and an ONNX file or weights.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from readthrough.domain.errors import ModelError

__all__ = ["MANIFEST", "Manifest", "checked", "own_folder", "read_manifest"]

MANIFEST: Final = "reader.json"
_RESTORE: Final = "Reinstall Readthrough, or copy the model's folder again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What `reader.json` says. Temperatures divide logits; `score_map` is a monotone line through knots.

    `whole` and `target` are the temperatures for a text read as a whole and for a marked target.
    """

    name: str
    model: str
    tokenizer: str
    digests: Mapping[str, str]
    parents: tuple[str, ...]
    whole: float
    target: float
    score_map: tuple[tuple[float, float], ...]


def own_folder() -> Path:
    """Return the folder of the model that ships."""
    return Path(str(files("readthrough.encoder") / "weights"))


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of one of our models.

    Raises:
        ModelError: It is missing, or not one that this version reads.
    """
    path = folder / MANIFEST
    try:
        given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if given["format"] != 1:
            raise ValueError(f"format {given['format']} is not 1")
        return Manifest(
            name=str(given["name"]),
            model=str(given["model"]),
            tokenizer=str(given["tokenizer"]),
            digests={str(k): str(v) for k, v in given["sha256"].items()},
            parents=tuple(map(str, given["parents"])),
            whole=float(given["temperature"]["whole"]),
            target=float(given["temperature"]["target"]),
            score_map=tuple((float(a), float(b)) for a, b in given["score_map"]),
        )
    except OSError as error:
        raise ModelError(
            f"The model folder {folder} has no readable {MANIFEST}: {error.strerror}.",
            remedy=_RESTORE,
            path=str(path),
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{path} is not a manifest that this version reads: {error}.", remedy=_RESTORE, path=str(path)
        ) from error


def checked(folder: Path, name: str, digests: Mapping[str, str]) -> bytes:
    """Return a file's bytes once its digest is the manifest's.

    Raises:
        ModelError: The file is missing, truncated or altered, or no digest is given for it.
    """
    path = folder / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"The model file {path} cannot be read: {error.strerror}.", remedy=_RESTORE, path=str(path)
        ) from error
    found, wanted = hashlib.sha256(data).hexdigest(), digests.get(name, "")
    if found != wanted:
        raise ModelError(
            f"The model file {path} ({len(data):,} bytes) is not the one its manifest names: "
            f"its digest is {found[:12]}, not {wanted[:12] or 'given'}; it is truncated or altered.",
            remedy=_RESTORE,
            path=str(path),
        )
    return data
