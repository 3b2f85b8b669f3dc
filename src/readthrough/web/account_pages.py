"""Signing in and out, and one's own account: password, second factor, sessions, keys for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from readthrough.accounts.attempt import Attempt
from readthrough.accounts.permissions import SCOPES
from readthrough.accounts.second_factor import address_of
from readthrough.desk.accounts import Accounts
from readthrough.domain.account import Principal, Session
from readthrough.domain.errors import AccountError
from readthrough.web.page import Pages, Posted, asker, local_path

__all__ = ["AccountPages"]

ATTEMPT = "readthrough-attempt"


class AccountPages:
    """Who am I, to this desk."""

    def __init__(
        self, pages: Pages, accounts: Callable[[], Accounts], *, cookie: str, client: Callable[[Request], str]
    ) -> None:
        """Keep what is asked.

        Args:
            pages: The frame of the pages.
            accounts: Gives who may sign in.
            cookie: Name of the session's cookie.
            client: Tells where a request comes from.
        """
        self._pages = pages
        self._accounts = accounts
        self._cookie = cookie
        self._client = client

    def add_to(self, router: APIRouter) -> None:
        """Register the pages."""
        add = router.add_api_route
        add("/sign-in", self.door)
        add("/sign-in", self.sign_in, methods=["POST"])
        add("/sign-in/code", self.code_page)
        add("/sign-in/code", self.code, methods=["POST"])
        add("/sign-in/provider", self.provider)
        add("/sign-in/back", self.back)
        add("/sign-out", self.sign_out, methods=["POST"])
        add("/account", self.account)
        add("/account/password", self.password, methods=["POST"])
        add("/account/factor", self.factor, methods=["POST"])
        add("/account/factor/off", self.factor_off, methods=["POST"])
        add("/account/keys", self.make_key, methods=["POST"])
        add("/account/keys/revoke", self.revoke_key, methods=["POST"])
        add("/account/sessions/end", self.end_sessions, methods=["POST"])

    def door(self, request: Request, next: Annotated[str, Query(max_length=2_000)] = "") -> Response:
        """Ask who is there."""
        return self._door(request, next)

    def _door(self, request: Request, next: str, fault: AccountError | None = None) -> HTMLResponse:
        part = self._accounts().settings
        wait = fault.facts.get("retry_after") if fault else None
        page = self._pages.show(
            request,
            "sign_in.html",
            status=200 if fault is None else 429 if wait else 401,
            next=next,
            fault=str(fault) if fault else "",
            passwords=part.passwords,
            provider=bool(part.oidc_issuer),
        )
        if wait:
            page.headers["Retry-After"] = str(wait)
        return page

    def sign_in(self, request: Request, form: Posted) -> Response:
        """Check a name and a password."""
        accounts, target = self._accounts(), form.text("next", 2_000)
        try:
            token, session = accounts.sign_in(form.text("login"), form.raw("password"), self._client(request))
        except AccountError as fault:
            accounts.note_down(None, "sign-in", form.text("login"), "refused", self._client(request))
            return self._door(request, target, fault)
        if session.stage != "full":
            return self._let_in(session, token, f"/sign-in/code?next={_quoted(local_path(target))}")
        accounts.note_down(
            accounts.by_cookie(token), "sign-in", form.text("login"), "ok", self._client(request)
        )
        return self._let_in(session, token, local_path(target))

    def code_page(self, request: Request, next: Annotated[str, Query(max_length=2_000)] = "") -> Response:
        """Ask for the second factor."""
        if not self._accounts().owes_code(request.cookies.get(self._cookie, "")):
            return self._pages.go("/sign-in")
        return self._pages.show(request, "sign_in_code.html", next=next, fault="")

    def code(self, request: Request, form: Posted) -> Response:
        """Check the second factor."""
        accounts, target = self._accounts(), form.text("next", 2_000)
        try:
            token, session = accounts.second_factor(
                request.cookies.get(self._cookie, ""), form.text("code", 20), self._client(request)
            )
        except AccountError as fault:
            accounts.note_down(None, "sign-in", "second factor", "refused", self._client(request))
            status = 429 if fault.facts.get("retry_after") else 401
            return self._pages.show(
                request, "sign_in_code.html", status=status, next=target, fault=str(fault)
            )
        me = accounts.by_cookie(token)
        accounts.note_down(me, "sign-in", me.login if me else "", "ok", self._client(request))
        return self._let_in(session, token, local_path(target))

    def provider(self, request: Request, next: Annotated[str, Query(max_length=2_000)] = "") -> Response:
        """Go and sign in with the firm's provider."""
        try:
            target, attempt = self._accounts().begin_provider(self._redirect(request))
        except AccountError as fault:
            return self._door(request, next, fault)
        response = RedirectResponse(target, 303)
        kept = f"{attempt.state}.{attempt.nonce}.{attempt.verifier}.{_quoted(local_path(next))}"
        response.set_cookie(
            ATTEMPT,
            kept,
            max_age=600,
            httponly=True,
            samesite="lax",
            secure=self._accounts().settings.https,
            path=f"{self._pages.prefix}/sign-in",
        )
        return response

    def back(
        self,
        request: Request,
        code: Annotated[str, Query(max_length=4_000)] = "",
        state: Annotated[str, Query(max_length=200)] = "",
    ) -> Response:
        """Come back from the provider."""
        from urllib.parse import unquote

        accounts, parts = self._accounts(), request.cookies.get(ATTEMPT, "").split(".", 3)
        try:
            if len(parts) != 4:
                raise AccountError(
                    "That took too long, or began in another browser.", remedy="Sign in again."
                )
            attempt = Attempt(state=parts[0], nonce=parts[1], verifier=parts[2])
            token, session = accounts.finish_provider(
                attempt, state=state, code=code, redirect=self._redirect(request)
            )
        except AccountError as fault:
            accounts.note_down(None, "sign-in", "provider", "refused", self._client(request))
            return self._door(request, "", fault)
        me = accounts.by_cookie(token)
        accounts.note_down(me, "sign-in", me.login if me else "", "ok", self._client(request))
        response = self._let_in(session, token, local_path(unquote(parts[3])))
        response.delete_cookie(ATTEMPT, path=f"{self._pages.prefix}/sign-in")
        return response

    def _redirect(self, request: Request) -> str:
        base = f"{'https' if self._accounts().settings.https else 'http'}://{request.headers.get('host', '')}"
        return f"{base}{self._pages.prefix}/sign-in/back"

    def sign_out(self, request: Request) -> Response:
        """End this session."""
        self._accounts().sign_out(request.cookies.get(self._cookie, ""))
        response = self._pages.go("/sign-in")
        response.delete_cookie(self._cookie, path="/", httponly=True, secure=self._accounts().settings.https)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def account(self, request: Request) -> Response:
        """Show one's own account."""
        return self._account(request)

    def _account(self, request: Request, **told: str) -> HTMLResponse:
        me, accounts = asker(request), self._accounts()
        person = accounts.store.person_by_id(me.person_id)
        secret = accounts.new_second_factor() if person and not person.totp_secret else ""
        shown = {"fault": "", "done": "", "key": "", **told}
        return self._pages.show(
            request,
            "account.html",
            status=422 if shown["fault"] else 200,
            person=person,
            secret=secret,
            address=address_of(secret, me.login) if secret else "",
            keys=[
                k for k in accounts.store.keys(me.tenant_id) if k.person_id == me.person_id and not k.revoked
            ],
            sessions=accounts.store.sessions_of(me.tenant_id, me.person_id) if person else [],
            scopes=SCOPES,
            **shown,
        )

    def _try(self, request: Request, done: str, work: Callable[[Principal, Accounts], object]) -> Response:
        try:
            work(asker(request), self._accounts())
        except AccountError as fault:
            return self._account(request, fault=str(fault))
        return self._account(request, done=done)

    def password(self, request: Request, form: Posted) -> Response:
        """Change one's own password."""
        if form.raw("new") != form.raw("again"):
            return self._account(request, fault="The two new passwords differ.")
        token = request.cookies.get(self._cookie, "")
        return self._try(
            request,
            "The password is changed; every other session has ended.",
            lambda me, a: a.change_password(me, form.raw("old"), form.raw("new"), token=token),
        )

    def factor(self, request: Request, form: Posted) -> Response:
        """Turn the second factor on."""
        return self._try(
            request,
            "The second factor is on.",
            lambda me, a: a.set_second_factor(me, form.text("secret", 64), form.text("code", 20)),
        )

    def factor_off(self, request: Request, form: Posted) -> Response:
        """Turn the second factor off."""
        return self._try(
            request, "The second factor is off.", lambda me, a: a.drop_second_factor(me, form.raw("password"))
        )

    def make_key(self, request: Request, form: Posted) -> Response:
        """Make an API key; it is shown once."""
        days = form.text("days", 4)
        try:
            _, secret = self._accounts().make_key(
                asker(request),
                name=form.text("name", 60),
                scopes=tuple(form.texts("scope")),
                days=int(days) if days.isascii() and days.isdigit() else 0,
            )
        except AccountError as fault:
            return self._account(request, fault=str(fault))
        return self._account(request, key=secret)

    def revoke_key(self, request: Request, form: Posted) -> Response:
        """End one of one's own keys."""
        me, accounts = asker(request), self._accounts()
        own = {k.id for k in accounts.store.keys(me.tenant_id) if k.person_id == me.person_id}
        id = form.text("key", 60)
        if id in own:
            accounts.store.revoke_key(me.tenant_id, id)
        return self._account(request, done="The key no longer opens anything.")

    def end_sessions(self, request: Request) -> Response:
        """End every other session of one's own."""
        from readthrough.accounts.tokens import digest_of

        token = request.cookies.get(self._cookie, "")
        self._accounts().store.end_sessions_of(asker(request).person_id, but=digest_of(token))
        return self._account(request, done="Every other session has ended.")

    def _let_in(self, session: Session, token: str, target: str) -> Response:
        response = self._pages.go(target)
        response.set_cookie(
            self._cookie,
            token,
            max_age=int((session.expires_at - session.created_at).total_seconds()),
            httponly=True,
            samesite="lax",
            secure=self._accounts().settings.https,
            path="/",
        )
        return response


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")
