"""The two clients: the calls of `calls`, carried by one that waits and one that is awaited."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from functools import wraps
from types import TracebackType
from typing import Any, Generic, ParamSpec, TypeVar, overload

import httpx

from readthrough.client import calls
from readthrough.client.calls import Call, FrameReader, Listen, Pages, checked

__all__ = ["AsyncClient", "Client"]

P = ParamSpec("P")
T = TypeVar("T")
D = TypeVar("D")
R = TypeVar("R")


class _Method(Generic[P, D, R]):
    """A described call as a method: its arguments and words are the description's, the client carries it."""

    def __init__(self, describe: Callable[P, D], carry: Callable[[Any, D], R]) -> None:
        self._describe, self._carry = describe, carry
        self.__doc__ = describe.__doc__

    @overload
    def __get__(self, client: None, owner: type) -> _Method[P, D, R]: ...
    @overload
    def __get__(self, client: Client | AsyncClient, owner: type) -> Callable[P, R]: ...
    def __get__(self, client: Client | AsyncClient | None, owner: type) -> _Method[P, D, R] | Callable[P, R]:
        if client is None:
            return self

        @wraps(self._describe)
        def called(*args: P.args, **more: P.kwargs) -> R:
            return self._carry(client, self._describe(*args, **more))

        return called


def _headers(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"} if key else {}


def _request(call: Call[Any]) -> dict[str, Any]:
    return {
        "method": call.method,
        "url": call.path,
        "params": call.params,
        "content": call.content,
        "headers": call.headers,
    }


def _opened(listen: Listen[Any]) -> dict[str, Any]:
    asked = {"method": "GET", "url": listen.path, "params": listen.params, "headers": listen.headers}
    return asked | {"timeout": None} if listen.endless else asked


# waiting


def _do(client: Client, call: Call[T]) -> T:
    return call.read(client.http.request(**_request(call)))


def _through(client: Client, pages: Pages[T]) -> Iterator[T]:
    cursor: str | None = ""
    while cursor is not None:
        items, cursor = _do(client, pages.page(cursor))
        yield from items


def _listen(client: Client, listen: Listen[T]) -> Iterator[T]:
    reader = FrameReader(listen.read)
    with client.http.stream(**_opened(listen)) as response:
        if response.status_code >= 400:
            response.read()
            checked(response)
        for line in response.iter_lines():
            yield from reader.feed(line)


def _waited(describe: Callable[P, Call[T]]) -> _Method[P, Call[T], T]:
    return _Method(describe, _do)


def _paged(describe: Callable[P, Pages[T]]) -> _Method[P, Pages[T], Iterator[T]]:
    return _Method(describe, _through)


def _heard(describe: Callable[P, Listen[T]]) -> _Method[P, Listen[T], Iterator[T]]:
    return _Method(describe, _listen)


class Client:
    """Talks to a server; close it, or use it in a `with` block."""

    notes = _paged(calls.notes)
    note = _waited(calls.note)
    send = _waited(calls.send)
    ask = _waited(calls.ask)
    ask_stream = _heard(calls.ask_stream)
    search = _waited(calls.search)
    add_document = _waited(calls.add_document)
    documents = _paged(calls.documents)
    table = _waited(calls.table)
    stream = _heard(calls.stream)

    def __init__(
        self, base_url: str = "http://127.0.0.1:8321", *, key: str = "", timeout: float = 30.0
    ) -> None:
        """Name the server.

        Args:
            base_url: Its address, a path prefix included.
            key: An API key, where people sign in.
            timeout: Seconds a call may wait; `stream` waits for ever.
        """
        self.http = httpx.Client(base_url=base_url, headers=_headers(key), timeout=timeout)

    def close(self) -> None:
        """Let go of the connections."""
        self.http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


# awaited


async def _do_awaited(client: AsyncClient, call: Call[T]) -> T:
    return call.read(await client.http.request(**_request(call)))


async def _through_awaited(client: AsyncClient, pages: Pages[T]) -> AsyncIterator[T]:
    cursor: str | None = ""
    while cursor is not None:
        items, cursor = await _do_awaited(client, pages.page(cursor))
        for one in items:
            yield one


async def _listen_awaited(client: AsyncClient, listen: Listen[T]) -> AsyncIterator[T]:
    reader = FrameReader(listen.read)
    async with client.http.stream(**_opened(listen)) as response:
        if response.status_code >= 400:
            await response.aread()
            checked(response)
        async for line in response.aiter_lines():
            for event in reader.feed(line):
                yield event


def _awaited(describe: Callable[P, Call[T]]) -> _Method[P, Call[T], Coroutine[Any, Any, T]]:
    return _Method(describe, _do_awaited)


def _paged_awaited(describe: Callable[P, Pages[T]]) -> _Method[P, Pages[T], AsyncIterator[T]]:
    return _Method(describe, _through_awaited)


def _heard_awaited(describe: Callable[P, Listen[T]]) -> _Method[P, Listen[T], AsyncIterator[T]]:
    return _Method(describe, _listen_awaited)


class AsyncClient:
    """Talks to a server from an event loop; close it, or use it in an `async with` block. Calls as in `Client`."""

    notes = _paged_awaited(calls.notes)
    note = _awaited(calls.note)
    send = _awaited(calls.send)
    ask = _awaited(calls.ask)
    ask_stream = _heard_awaited(calls.ask_stream)
    search = _awaited(calls.search)
    add_document = _awaited(calls.add_document)
    documents = _paged_awaited(calls.documents)
    table = _awaited(calls.table)
    stream = _heard_awaited(calls.stream)

    def __init__(
        self, base_url: str = "http://127.0.0.1:8321", *, key: str = "", timeout: float = 30.0
    ) -> None:
        """Name the server, as for `Client`."""
        self.http = httpx.AsyncClient(base_url=base_url, headers=_headers(key), timeout=timeout)

    async def close(self) -> None:
        """Let go of the connections."""
        await self.http.aclose()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
