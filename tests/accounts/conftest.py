"""A desk where people sign in, with one of each role, and browsers for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest
from starlette.testclient import TestClient
from tests.conftest import rooms

from readthrough.accounts.passwords import hash_password
from readthrough.api.app import create_app
from readthrough.desk.accounts import Accounts
from readthrough.desk.open import Desk, open_desk
from readthrough.desk.screen import account_store
from readthrough.domain.account import MAIN, Person, Role
from readthrough.settings import Settings, load_settings
from readthrough.testing import FixedClock

PASSWORD = "seven oak tables in rain"
SignIn: TypeAlias = Callable[..., TestClient]


@cache
def kept_password() -> str:
    """Hash once what many tests sign in with: each hash takes 64 MiB and a while, as it should."""
    return hash_password(PASSWORD)


def prepared(settings: Settings, clock: FixedClock) -> Desk:
    desk = open_desk(settings, clock=clock)
    desk._parts["universe"], desk._parts["playbooks"] = rooms()
    return desk


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(
        flags={"home": str(tmp_path), "accounts.required": True, "accounts.https": False}, environ={}
    )


@pytest.fixture
def desk(settings: Settings, clock: FixedClock) -> Iterator[Desk]:
    with prepared(settings, clock) as desk:
        yield desk


@pytest.fixture
def accounts(desk: Desk, settings: Settings) -> Accounts:
    made = Accounts(account_store(desk), settings.accounts, desk.clock, home=settings.home_folder)
    for role in Role:
        made.store.save_person(
            Person(
                id=f"per_{role.value}",
                tenant_id=MAIN,
                login=f"{role.value}@firm.example",
                name=role.value.title(),
                role=role,
                groups=(),
                password=kept_password(),
                must_change=False,
                totp_secret="",
                totp_last=0,
                subject="",
                created_at=desk.clock(),
            )
        )
    return made


@pytest.fixture
def sign_in(desk: Desk, settings: Settings, accounts: Accounts) -> Iterator[SignIn]:
    """Give a browser, signed in as a role or login where one is named."""
    with ExitStack() as stack:
        app = create_app(desk, settings=settings)
        first = stack.enter_context(TestClient(app, base_url="http://127.0.0.1", follow_redirects=False))

        def sign_in(login: str = "", password: str = PASSWORD) -> TestClient:
            browser = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
            browser.portal = first.portal
            if login:
                name = login if "@" in login else f"{login}@firm.example"
                answer = browser.post("/sign-in", data={"login": name, "password": password})
                assert answer.status_code == 303, answer.text
            return browser

        yield sign_in


def token_of(browser: TestClient) -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', browser.get("/account").text)
    assert found is not None
    return found.group(1)
