"""What is kept sealed opens with its own key, for whom it was sealed, and else not."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest

from readthrough.accounts.sealing import is_sealed, key_from, seal, unseal
from readthrough.desk.accounts import Accounts
from readthrough.domain.errors import AccountError
from readthrough.testing import FixedClock

from .conftest import PASSWORD, SignIn

KEY = b"k" * 32


def test_it_opens_for_nobody_else() -> None:
    kept = seal("JBSWY3DPEHPK3PXP", KEY, "per_1")
    assert unseal(kept, KEY, "per_1") == "JBSWY3DPEHPK3PXP"
    assert kept != seal("JBSWY3DPEHPK3PXP", KEY, "per_1")
    for broken, key, about in ((kept, KEY, "per_2"), (kept, b"x" * 32, "per_1"), (kept[:-4] + "AAAA", KEY, "per_1"),
                               ("aesgcm1:%%", KEY, "per_1")):  # fmt: skip
        with pytest.raises(AccountError, match="another key"):
            unseal(broken, key, about)


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "home/accounts.key"
    key = key_from("", file)
    assert len(key) == 32
    assert key == key_from("", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
    assert key_from("w" * 32, file) != key
    with pytest.raises(AccountError, match="shorter"):
        key_from("few", file)
    file.write_bytes(b"short")
    with pytest.raises(AccountError, match="32 bytes"):
        key_from("", file)


def test_what_an_older_release_kept_is_sealed_when_it_is_next_used(
    sign_in: SignIn, accounts: Accounts, clock: FixedClock
) -> None:
    person = accounts.store.person_by_login("manager@firm.example")
    assert person is not None
    secret = pyotp.random_base32()
    accounts.store.save_person(replace(person, totp_secret=secret))
    browser = sign_in("manager")
    clock.advance(timedelta(seconds=60))
    code = pyotp.TOTP(secret).at(clock())
    assert browser.post("/sign-in/code", data={"code": code}).status_code == 303
    kept = accounts.store.person_by_login("manager@firm.example")
    assert kept is not None
    assert is_sealed(kept.totp_secret)
    clock.advance(timedelta(seconds=60))
    again = sign_in()
    again.post("/sign-in", data={"login": "manager@firm.example", "password": PASSWORD})
    again_code = pyotp.TOTP(secret).at(clock())
    assert again.post("/sign-in/code", data={"code": again_code}).status_code == 303
