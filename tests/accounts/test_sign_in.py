"""Who gets in, and who does not: passwords, guesses, second factors, sessions, other sites, a provider."""

from __future__ import annotations

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient
from tests.conftest import Serve

from readthrough.accounts.passwords import check_new, hash_password, verify
from readthrough.accounts.provider import Provider
from readthrough.accounts.tokens import digest_of
from readthrough.api.app import create_app
from readthrough.desk.accounts import Accounts
from readthrough.desk.open import Desk
from readthrough.domain.errors import AccountError
from readthrough.settings import Settings
from readthrough.testing import FixedClock

from .conftest import PASSWORD, SignIn, token_of


def test_passwords_are_kept_as_argon2id_and_weak_ones_refused() -> None:
    kept = hash_password(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert verify(kept, PASSWORD)
    assert not verify(kept, PASSWORD + " ")
    assert not verify("", PASSWORD)
    for weak in ("short", "passwordpassword", "aaaaaaaaaaaaaaa", "ana.kovac rules ok"):
        with pytest.raises(AccountError):
            check_new(weak, login="ana@firm.example", name="Ana Kovac")


def test_nothing_is_open_but_the_door(sign_in: SignIn) -> None:
    stranger = sign_in()
    for path in ("/", "/portfolios", "/notes/x", "/admin", "/alerts", "/live", "/commands", "/account"):
        answer = stranger.get(path)
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/sign-in")
    for path in ("/api/v1/notes", "/api/v1/alerts", "/api/v1/portfolios", "/metrics", "/openapi.json"):
        assert stranger.get(path).status_code == 401, path
    assert stranger.post("/api/v1/articles", json={"headline": "a", "body": "b"}).status_code == 401
    for path in ("/healthz", "/sign-in", "/welcome"):
        assert stranger.get(path).status_code == 200, path


def test_a_cookie_is_held_close(sign_in: SignIn) -> None:
    browser = sign_in()
    answer = browser.post("/sign-in", data={"login": "viewer@firm.example", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie


def test_guessing_grows_slow_and_tells_nothing(sign_in: SignIn, clock: FixedClock) -> None:
    stranger = sign_in()

    def attempt(login: str, password: str) -> Any:
        return stranger.post("/sign-in", data={"login": login, "password": password})

    unknown, wrong = attempt("nobody@firm.example", PASSWORD), attempt("viewer@firm.example", "wrong")
    assert unknown.status_code == wrong.status_code == 401
    assert unknown.text.replace("nobody", "viewer") == wrong.text
    for _ in range(4):
        attempt("viewer@firm.example", "wrong")
    held = attempt("viewer@firm.example", PASSWORD)
    assert held.status_code == 429, "the right password must wait too"
    assert int(held.headers["retry-after"]) > 0
    clock.advance(timedelta(minutes=16))
    assert attempt("viewer@firm.example", PASSWORD).status_code == 303


def test_signing_in_gives_a_new_session_whatever_was_sent(sign_in: SignIn, accounts: Accounts) -> None:
    browser = sign_in()
    browser.cookies.set("readthrough", "planted-by-somebody-else", domain="127.0.0.1")
    answer = browser.post("/sign-in", data={"login": "viewer@firm.example", "password": PASSWORD})
    assert answer.status_code == 303
    assert "planted" not in answer.headers["set-cookie"]
    assert accounts.by_cookie("planted-by-somebody-else") is None


def test_sessions_end(sign_in: SignIn, clock: FixedClock) -> None:
    browser = sign_in("viewer")
    assert browser.get("/").status_code == 200
    clock.advance(timedelta(minutes=61))
    assert browser.get("/").status_code == 303, "an hour without a request"
    browser = sign_in("viewer")
    for _ in range(13):
        clock.advance(timedelta(minutes=58))
        last = browser.get("/").status_code
    assert last == 303, "twelve hours, however busy"
    browser = sign_in("viewer")
    cookie = browser.cookies["readthrough"]
    assert browser.post("/sign-out", data={"csrf": token_of(browser)}).status_code == 303
    again = sign_in()
    again.cookies.set("readthrough", cookie, domain="127.0.0.1")
    assert again.get("/").status_code == 303, "what was signed out stays out"


def test_changes_need_the_session_s_own_token(sign_in: SignIn) -> None:
    browser = sign_in("viewer")
    fields = {"name": "Mine", "query": "sign=positive"}
    assert browser.post("/views", data=fields).status_code == 403
    assert browser.post("/views", data={**fields, "csrf": "x" * 43}).status_code == 403
    token = token_of(browser)
    foreign = {"sec-fetch-site": "cross-site", "x-csrf-token": token}
    assert browser.post("/views", data=fields, headers=foreign).status_code == 403
    assert browser.post("/views", data=fields, headers={"origin": "https://evil.example"}).status_code == 403
    assert browser.post("/views", data={**fields, "csrf": token}).status_code == 303
    other = sign_in("analyst")
    assert other.post("/views", data={**fields, "csrf": token}).status_code == 403, "another session's token"


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_signing_in_leads_nowhere_else(sign_in: SignIn, target: str) -> None:
    fields = {"login": "viewer@firm.example", "password": PASSWORD, "next": target}
    assert sign_in().post("/sign-in", data=fields).headers["location"] == "/"


def test_a_second_factor_is_asked_for_and_each_code_is_good_once(
    sign_in: SignIn, accounts: Accounts, clock: FixedClock
) -> None:
    browser = sign_in("manager")
    me = accounts.by_cookie(browser.cookies["readthrough"])
    assert me is not None
    secret = accounts.new_second_factor()
    code = pyotp.TOTP(secret).at(clock())
    accounts.set_second_factor(me, secret, code)
    kept = accounts.store.person_by_id(me.person_id)
    assert kept is not None
    assert kept.totp_secret.startswith("aesgcm1:"), "a copy of the database is no second factor"
    assert secret not in kept.totp_secret
    fields = {"login": "manager@firm.example", "password": PASSWORD}
    fresh = sign_in()
    assert fresh.post("/sign-in", data=fields).headers["location"].startswith("/sign-in/code")
    assert fresh.get("/portfolios").status_code == 303, "half a sign-in is none"
    assert fresh.post("/sign-in/code", data={"code": code}).status_code == 401, "used when it was set"
    clock.advance(timedelta(seconds=60))
    before = fresh.cookies["readthrough"]
    code = pyotp.TOTP(secret).at(clock())
    assert fresh.post("/sign-in/code", data={"code": code}).status_code == 303
    assert fresh.cookies["readthrough"] != before, "a new cookie once more is allowed"
    assert fresh.get("/").status_code == 200
    again = sign_in()
    again.post("/sign-in", data=fields)
    assert again.post("/sign-in/code", data={"code": code}).status_code == 401, "a code watched is no use"


def test_a_given_password_must_be_changed_first(sign_in: SignIn, accounts: Accounts) -> None:
    from readthrough.domain.account import MAIN, Role

    _, given = accounts.add_person(MAIN, login="new@firm.example", name="", role=Role.VIEWER)
    browser = sign_in("new@firm.example", given)
    assert browser.get("/portfolios").headers["location"] == "/account"
    own = "nine grey boats at noon"
    fields = {"old": given, "new": own, "again": own, "csrf": token_of(browser)}
    assert browser.post("/account/password", data=fields).status_code == 200
    assert browser.get("/portfolios").status_code == 200


def test_keys_are_scoped_expire_and_are_kept_as_digests(
    sign_in: SignIn, accounts: Accounts, clock: FixedClock
) -> None:
    browser = sign_in("analyst")
    me = accounts.by_cookie(browser.cookies["readthrough"])
    assert me is not None
    key, secret = accounts.make_key(me, name="reader", scopes=("read",), days=30)
    assert secret.startswith("rt_")
    assert key.digest == digest_of(secret)
    bearer = {"authorization": f"Bearer {secret}"}
    program = sign_in()
    assert program.get("/api/v1/notes", headers=bearer).status_code == 200
    assert (
        program.post("/api/v1/articles", json={"headline": "a", "body": "b c d"}, headers=bearer).status_code
        == 403
    )
    assert program.get("/portfolios", headers=bearer).status_code == 403, "keys are for programs"
    assert program.get("/api/v1/notes", headers={"authorization": "Bearer rt_wrong"}).status_code == 401
    clock.advance(timedelta(days=31))
    assert program.get("/api/v1/notes", headers=bearer).status_code == 401
    with pytest.raises(AccountError):
        accounts.make_key(me, name="for ever", scopes=("read",), days=10_000)


class Issuer(BaseHTTPRequestHandler):
    """The provider of the tests: signs with a key of its own, over HTTP on loopback."""

    address = ""
    nonce = ""
    claims: dict[str, Any] = {}  # noqa: RUF012
    key: Any = None
    algorithm = "RS256"

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _answer(self, document: object) -> None:
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        import jwt

        base = type(self).address
        if self.path.endswith("openid-configuration"):
            names = ("authorization", "token", "jwks")
            places = {f"{n}_endpoint": f"{base}/{n}" for n in names}
            self._answer({"issuer": base, **places, "jwks_uri": f"{base}/jwks"})
        else:
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(type(self).key.public_key()))
            self._answer({"keys": [{**public, "kid": "k1", "use": "sig", "alg": "RS256"}]})

    def do_POST(self) -> None:
        import jwt

        sent = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        assert sent["code_verifier"][0]
        signing = (
            type(self).key if type(self).algorithm == "RS256" else "secret-of-at-least-32-characters-long"
        )
        token = jwt.encode(type(self).claims, signing, algorithm=type(self).algorithm, headers={"kid": "k1"})
        self._answer({"id_token": token, "access_token": "x", "token_type": "Bearer"})


@pytest.fixture
def issuer(serve_locally: Serve) -> type[Issuer]:
    from cryptography.hazmat.primitives.asymmetric import rsa

    Issuer.key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    Issuer.address = serve_locally(Issuer)
    Issuer.algorithm = "RS256"
    return Issuer


def claims_for(issuer: type[Issuer], expected: str, **more: Any) -> dict[str, Any]:
    import time

    now = int(time.time())
    return {
        "iss": issuer.address, "aud": "desk", "sub": "u-1", "exp": now + 300, "iat": now, "nonce": expected,
        "email": "viewer@firm.example", "email_verified": True, **more,
    }  # fmt: skip


def test_a_provider_signs_in_whom_an_admin_added(accounts: Accounts, issuer: type[Issuer]) -> None:
    accounts._provider = Provider(issuer=issuer.address, client_id="desk", client_secret="s")
    part = accounts.settings.model_copy(update={"oidc_issuer": issuer.address, "oidc_client_id": "desk"})
    accounts.settings = part
    back = "http://127.0.0.1/sign-in/back"
    target, attempt = accounts.begin_provider(back)
    asked = parse_qs(urlsplit(target).query)
    assert asked["code_challenge_method"] == ["S256"]
    issuer.claims = claims_for(issuer, attempt.nonce)
    token, _ = accounts.finish_provider(attempt, state=attempt.state, code="c", redirect=back)
    me = accounts.by_cookie(token)
    assert me is not None
    assert me.login == "viewer@firm.example"
    for broken in (
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"sub": "u-2", "email": "nobody@firm.example"},
        {"sub": "u-2"},  # the name belongs to u-1
        {"sub": "u-3", "email": "admin@firm.example", "email_verified": False},
    ):
        issuer.claims = claims_for(issuer, attempt.nonce, **broken)
        with pytest.raises(AccountError):
            accounts.finish_provider(attempt, state=attempt.state, code="c", redirect=back)
    issuer.claims = claims_for(issuer, attempt.nonce)
    with pytest.raises(AccountError):
        accounts.finish_provider(attempt, state="another", code="c", redirect=back)
    issuer.algorithm = "HS256"
    with pytest.raises(AccountError):
        accounts.finish_provider(attempt, state=attempt.state, code="c", redirect=back)
    accounts.close()


def test_a_browser_goes_to_the_provider_and_comes_back_signed_in(
    desk: Desk, settings: Settings, accounts: Accounts, issuer: type[Issuer]
) -> None:
    part = settings.accounts.model_copy(
        update={"oidc_issuer": issuer.address, "oidc_client_id": "desk", "oidc_client_secret": SecretStr("s")}
    )
    assert accounts.store.anybody()
    app = create_app(desk, settings=settings.model_copy(update={"accounts": part}))
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as browser:
        away = browser.get("/sign-in/provider", params={"next": "/alerts"})
        asked = parse_qs(urlsplit(away.headers["location"]).query)
        assert away.headers["location"].startswith(issuer.address)
        assert asked["redirect_uri"] == ["http://127.0.0.1/sign-in/back"]
        issuer.claims = claims_for(issuer, asked["nonce"][0])
        forged = browser.get("/sign-in/back", params={"code": "c", "state": "somebody else's"})
        assert forged.status_code == 401
        back = browser.get("/sign-in/back", params={"code": "c", "state": asked["state"][0]})
        assert (back.status_code, back.headers["location"]) == (303, "/alerts")
        assert browser.get("/alerts").status_code == 200
        again = browser.get("/sign-in/provider", params={"next": "https://evil.example"})
        asked = parse_qs(urlsplit(again.headers["location"]).query)
        issuer.claims = claims_for(issuer, asked["nonce"][0])
        back = browser.get("/sign-in/back", params={"code": "c", "state": asked["state"][0]})
        assert back.headers["location"] == "/", "never to another site"
        stranger = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        stranger.portal = browser.portal
        stolen = stranger.get("/sign-in/back", params={"code": "c", "state": asked["state"][0]})
        assert stolen.status_code == 401, "an answer begun in another browser"


def test_an_address_that_guesses_many_names_must_wait(sign_in: SignIn) -> None:
    stranger = sign_in()
    answers = [
        stranger.post("/sign-in", data={"login": f"nobody{n}@firm.example", "password": "wrong"}).status_code
        for n in range(40)
    ]
    assert answers[0] == 401
    assert answers[-1] == 429


def test_listening_elsewhere_needs_accounts(sign_in: SignIn) -> None:
    from readthrough.api.serve import serve
    from readthrough.desk.open import open_desk
    from readthrough.domain.errors import SettingsError
    from readthrough.settings import load_settings

    open_to_all = load_settings(flags={"serve.host": "0.0.0.0"}, environ={"HOME": "/nowhere"})
    with open_desk(open_to_all) as desk, pytest.raises(SettingsError, match="nobody signs in"):
        serve(desk, open_to_all)
    assert isinstance(sign_in(), TestClient)
