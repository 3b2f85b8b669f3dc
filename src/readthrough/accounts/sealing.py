"""Secrets that must be read again, such as those of second factors: kept sealed, so that a copied database tells none."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

from readthrough.domain.errors import AccountError

__all__ = ["is_sealed", "key_from", "seal", "unseal"]

MARK: Final = "aesgcm1:"
_NONCE: Final = 12  # bytes, as AES-GCM wants them


def key_from(words: str, file: Path) -> bytes:
    """Return the key of 32 bytes: made of the words a setting holds, or of a file made when first asked for.

    Args:
        words: The setting; several servers of one database share it. The file counts where it is empty.
        file: Where the key lies otherwise; only its owner may read it.

    Raises:
        AccountError: The words are too few, or the file cannot be read or made.
    """
    if words:
        if len(words) < 32:
            raise AccountError(
                "accounts.secret_key is shorter than 32 characters.", remedy="Take `openssl rand -hex 32`."
            )
        return hashlib.sha256(b"readthrough sealing\0" + words.encode()).digest()
    try:
        return _kept(file)
    except OSError as error:
        raise AccountError(
            f"The key file {file} cannot be used: {error.strerror or error}.",
            remedy="Give it back, or set accounts.secret_key.",
        ) from None


def _kept(file: Path) -> bytes:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        whole = file.with_name(f".{file.name}.{secrets.token_hex(6)}")
        with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(secrets.token_bytes(32))
        try:
            os.link(
                whole, file
            )  # the first of two processes to come here wins, and the file is never half one
        except FileExistsError:
            pass
        finally:
            whole.unlink()
    key = file.read_bytes()
    if len(key) != 32:
        raise AccountError(f"The key file {file} does not hold 32 bytes.", remedy="Restore it from a backup.")
    return key


def is_sealed(kept: str) -> bool:
    """Tell whether something kept is sealed; what older releases kept is not."""
    return kept.startswith(MARK)


def seal(secret: str, key: bytes, about: str) -> str:
    """Seal a secret with AES-256-GCM. `about` names whose it is: it opens for nobody else.

    >>> unseal(seal("JBSWY3DP", b"k" * 32, "per_1"), b"k" * 32, "per_1")
    'JBSWY3DP'
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    closed = AESGCM(key).encrypt(nonce, secret.encode(), about.encode())
    return MARK + base64.b64encode(nonce + closed).decode()


def unseal(kept: str, key: bytes, about: str) -> str:
    """Open what `seal` closed; what was never sealed is returned as it is.

    Raises:
        AccountError: Another key sealed it, or it was sealed for somebody else.
    """
    if not is_sealed(kept):
        return kept
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        held = base64.b64decode(kept.removeprefix(MARK), validate=True)
        return AESGCM(key).decrypt(held[:_NONCE], held[_NONCE:], about.encode()).decode()
    except (InvalidTag, ValueError):
        raise AccountError(
            "A second factor was sealed with another key.",
            remedy="Give accounts.secret_key or the file accounts.key back, or reset that person.",
        ) from None
