"""The door: who asks, what they may do, and the line of the audit log that says so. A plain ASGI layer.

Where nobody signs in, everyone who reaches this address is the owner of the machine. Where people do, a page asks
for a session's cookie and `/api` for a key (or the session, with its token): anything that is not open by
`accounts.permissions` is shut.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from readthrough.accounts.permissions import audited, is_open, may
from readthrough.accounts.tokens import same
from readthrough.api.middleware import refuse
from readthrough.desk.accounts import Accounts
from readthrough.domain.account import OWNER, Principal
from readthrough.domain.errors import StorageError

__all__ = ["Gate", "address_of", "apikey_in", "cookie_name"]

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_FORM: Final = 1_000_000
_FOR_KEYS: Final = (
    "/api/", "/metrics", "/healthz", "/openapi.json", "/query", "/openbb", "/widgets.json", "/apps.json", "/agents.json"
)  # fmt: skip
_ALPHA_VANTAGE: Final = ("/query", "/api/alpha-vantage/query")
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "testclient", ""})

Elsewhere = Callable[[Principal], Awaitable[ASGIApp | None]]
"""Gives the application of another tenant, or of a group behind a wall; None for the one behind this door."""


def cookie_name(https: bool) -> str:
    """Name the session's cookie; the prefix has the browser hold it to this host and to https."""
    return "__Host-readthrough" if https else "readthrough"


def address_of(scope: Scope, proxy: str = "") -> str:
    """Return where a request comes from: the proxy's word only where the proxy is ours."""
    client = scope.get("client")
    peer = client[0] if client else ""
    if peer in _LOOPBACK or (proxy and peer == proxy):
        told = Headers(scope=scope).get("x-forwarded-for", "").rpartition(",")[2].strip()
        return told[:60] if told else peer
    return peer


def apikey_in(query_string: bytes) -> str:
    """Return the key that clients of Alpha Vantage put into a query; empty where there is none.

    >>> apikey_in(b"function=NEWS_SENTIMENT&apikey=rt_abc"), apikey_in(b"&" * 200 + b"a=1")
    ('rt_abc', '')
    """
    try:
        return parse_qs(query_string.decode("latin-1"), max_num_fields=100).get("apikey", [""])[0]
    except ValueError:  # more fields than any client sends
        return ""


class Gate:
    """Lets through who may, writes down what must be, and leads each tenant to its own rooms."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        accounts: Callable[[], Accounts],
        required: bool,
        https: bool,
        proxy: str,
        prefix: str,
        elsewhere: Elsewhere,
        demonstration: ASGIApp | None,
    ) -> None:
        """Stand before an application.

        Args:
            app: The rooms of the main tenant.
            accounts: Gives who may sign in; asked when first needed.
            required: Whether people sign in.
            https: Whether browsers come by https.
            proxy: The proxy that is believed beside loopback.
            prefix: The public path the site lives under.
            elsewhere: Leads to other rooms.
            demonstration: What stands under /demo, open to all.
        """
        self._app = app
        self._accounts = accounts
        self._required = required
        self._cookie = cookie_name(https)
        self._proxy = proxy
        self._prefix = prefix
        self._elsewhere = elsewhere
        self._demonstration = demonstration

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self._open_socket(scope, receive, send)
            return
        path = self._path(scope)
        address = address_of(scope, self._proxy)
        if self._demonstration is not None and (path == "/demo" or path.startswith("/demo/")):
            inner = {**scope, "path": path[5:] or "/", "root_path": f"{self._prefix}/demo"}
            await self._demonstration(inner, receive, send)
            return
        who = await self._who(scope) if self._required else OWNER
        if who is None:
            if is_open(path):
                await self._app(scope, receive, send)
            else:
                await self._ask_to_sign_in(scope, path, send)
            return
        scope["principal"] = who
        if who.via == "key" and not path.startswith(_FOR_KEYS):
            await refuse(send, 403, "key_on_page", "Keys are for /api.", "Sign in to see pages.")
            return
        if not may(who, scope["method"], path) and not is_open(path):
            await self._note_down(who, "refused", scope, path, 403, address)
            await refuse(
                send, 403, "forbidden", "Your role or your key does not allow this.", "Ask an admin."
            )
            return
        if who.must_change and not path.startswith(("/account", "/sign-out", "/static/")):
            await _redirect(send, f"{self._prefix}/account")
            return
        if who.via == "session" and scope["method"] not in _SAFE and path != "/sign-in":
            receive, ours = await self._is_ours(scope, receive, who)
            if not ours:
                await refuse(
                    send, 403, "cross_site", "This was not sent from a page of ours.", "Reload the page."
                )
                return
        app = await self._elsewhere(who) or self._app
        action = audited(scope["method"], path)
        if not action:
            await app(scope, receive, send)
            return

        async def write_down_first(message: Message) -> None:
            # No answer without its line: what cannot be written down is not shown.
            if message["type"] == "http.response.start":
                await self._note_down(who, action, scope, path, message["status"], address)
            await send(message)

        try:
            await app(scope, receive, write_down_first)
        except StorageError:
            await refuse(send, 503, "storage", "The audit log cannot be written.", "Try again later.")

    async def _open_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a socket be opened by who may read, from a page of ours where a cookie speaks for them."""
        who = await self._who(scope) if self._required else OWNER
        headers = Headers(scope=scope)
        origin = urlsplit(headers.get("origin", "")).netloc
        foreign = origin != headers.get("host", "") if origin else False
        if who is None or not may(who, "GET", self._path(scope)) or (who.via != "key" and foreign):
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "Say who asks."})
            return
        scope["principal"] = who
        path, address = self._path(scope), address_of(scope, self._proxy)

        async def write_down_first(message: Message) -> None:
            if message["type"] == "websocket.accept" and (action := audited("GET", path)):
                await self._note_down(who, action, {**scope, "method": "SOCKET"}, path, 101, address)
            await send(message)

        try:
            await (await self._elsewhere(who) or self._app)(scope, receive, write_down_first)
        except StorageError:
            closing = {"type": "websocket.close", "code": 1011, "reason": "The audit log cannot be written."}
            await send(closing)

    async def _who(self, scope: Scope) -> Principal | None:
        headers = Headers(scope=scope)
        given = headers.get("authorization", "")
        key = given[7:].strip() if given[:7].lower() == "bearer " else headers.get("x-api-key", "")
        if not key and self._path(scope).endswith("/query"):  # where the door's own manners put it
            query = scope.get("query_string", b"")
            if key := apikey_in(query):
                # in place: whoever writes down the address afterwards has it without the key
                fields = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
                scope["query_string"] = urlencode(
                    [(name, "given" if name == "apikey" else value) for name, value in fields]
                ).encode()
        if key:
            return await to_thread.run_sync(self._accounts().by_key, key)
        token = cookie_parser(headers.get("cookie", "")).get(self._cookie, "")
        return await to_thread.run_sync(self._accounts().by_cookie, token) if token else None

    async def _is_ours(self, scope: Scope, receive: Receive, who: Principal) -> tuple[Receive, bool]:
        """Whether a change carries the session's token: in a header, or as a field of the form."""
        headers = Headers(scope=scope)
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return receive, False
        if told := headers.get("x-csrf-token", ""):
            return receive, same(told, who.csrf)
        if not headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return receive, False
        taken: list[Message] = []
        body = b""
        while len(body) <= MOST_FORM:
            message = await receive()
            taken.append(message)
            body += message.get("body", b"")
            if message["type"] != "http.request" or not message.get("more_body", False):
                break
        try:
            told = parse_qs(body.decode("utf-8"), max_num_fields=1_000).get("csrf", [""])[0]
        except ValueError:
            return receive, False
        taken.reverse()

        async def again() -> Message:
            return taken.pop() if taken else await receive()

        return again, same(told, who.csrf)

    async def _ask_to_sign_in(self, scope: Scope, path: str, send: Send) -> None:
        if path in _ALPHA_VANTAGE:  # its clients read status 200 and one key, whatever is wrong
            await _refuse_as_alpha_vantage(send)
            return
        if path.startswith(_FOR_KEYS) or scope["method"] not in _SAFE:
            await refuse(
                send,
                401,
                "unauthorized",
                "Say who asks: send a key as `Authorization: Bearer ...`.",
                "Ask an admin.",
            )
            return
        query = scope.get("query_string", b"").decode("latin-1")
        target = quote(path + (f"?{query}" if query else ""), safe="")
        await _redirect(send, f"{self._prefix}/sign-in" + (f"?next={target}" if path != "/" or query else ""))

    async def _note_down(
        self, who: Principal, action: str, scope: Scope, path: str, status: int, address: str
    ) -> None:
        accounts = self._accounts()
        subject = f"{scope['method']} {path}"
        await to_thread.run_sync(accounts.note_down, who, action, subject, str(status), address)

    def _path(self, scope: Scope) -> str:
        path = str(scope["path"])
        return path.removeprefix(self._prefix) or "/" if self._prefix else path


async def _refuse_as_alpha_vantage(send: Send) -> None:
    """Say that the key is wrong in that contract's own way."""
    body = b'{"Error Message": "the parameter apikey is invalid or missing."}'
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _redirect(send: Send, target: str) -> None:
    headers = [(b"location", target.encode("ascii", "ignore")), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
