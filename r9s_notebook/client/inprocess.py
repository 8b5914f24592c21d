"""An ASGI application as a transport: the embedded API without a port, sync and async, streams included.

Every application runs on one background loop, so that its locks and tasks belong to one loop whoever calls it.
"""

from __future__ import annotations

import asyncio
import os
import queue
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, MutableMapping
from concurrent.futures import Future
from typing import Any, TypeAlias

import httpx

from r9s_notebook.client.deadline import Deadline

Message: TypeAlias = MutableMapping[str, Any]
ASGIApp: TypeAlias = Callable[
    [MutableMapping[str, Any], Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]

_END: Message = {"type": "end"}


class InProcess(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Hands requests to an ASGI application; from any thread and any event loop."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Runs the application for a request from a thread."""
        messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
        running = _submit(_serve(self._app, _scope(request), request.content, messages.put))

        def next_message() -> Message:
            try:
                return messages.get(timeout=_patience(request))
            except queue.Empty:
                running.cancel()
                raise httpx.ReadTimeout("the application did not answer in time") from None

        return _response(next_message(), _Stream(next_message, running))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Runs the application for a request from an event loop."""
        loop = asyncio.get_running_loop()
        messages: asyncio.Queue[Message] = asyncio.Queue()

        def put(message: Message) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(messages.put_nowait, message)

        running = _submit(_serve(self._app, _scope(request), request.content, put))
        try:
            started = await messages.get()
        except BaseException:
            running.cancel()
            raise
        return _response(started, _AsyncStream(messages.get, running))


async def _serve(app: ASGIApp, scope: Message, body: bytes, put: Callable[[Message], None]) -> None:
    """Runs the application for one request; it ends with ``_END`` whatever happens."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]
    begun = False

    async def receive() -> Message:
        if waiting:
            return waiting.pop()
        await asyncio.Event().wait()  # the client stays until it cancels this task
        raise AssertionError("unreachable")

    async def send(message: Message) -> None:
        nonlocal begun
        begun = True
        put(message)

    try:
        await app(scope, receive, send)
    except Exception as error:
        if not begun:
            text = f"The embedded application failed: {type(error).__name__}: {error}".encode()
            put({"type": "http.response.start", "status": 500, "headers": [(b"content-type", b"text/plain")]})
            put({"type": "http.response.body", "body": text})
        else:
            put({"type": "broken", "reason": f"{type(error).__name__}: {error}"})
    finally:
        put(_END)


def _scope(request: httpx.Request) -> Message:
    url = request.url
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "scheme": url.scheme,
        "path": url.path,
        "raw_path": url.raw_path.partition(b"?")[0],
        "query_string": url.query,
        "root_path": "",
        "server": (url.host, url.port or 80),
        "client": ("127.0.0.1", 0),
    }


def _response(started: Message, stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> httpx.Response:
    if started["type"] != "http.response.start":
        raise httpx.RemoteProtocolError("the application ended without an answer")
    return httpx.Response(started["status"], headers=list(started.get("headers", ())), stream=stream)


class _Stream(httpx.SyncByteStream):
    def __init__(self, next_message: Callable[[], Message], running: Future[None]) -> None:
        self._next_message = next_message
        self._running = running

    def __iter__(self) -> Iterator[bytes]:
        while (message := self._next_message()) is not _END:
            yield _body(message)

    def close(self) -> None:
        self._running.cancel()


class _AsyncStream(httpx.AsyncByteStream):
    def __init__(self, next_message: Callable[[], Awaitable[Message]], running: Future[None]) -> None:
        self._next_message = next_message
        self._running = running

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (message := await self._next_message()) is not _END:
            yield _body(message)

    async def aclose(self) -> None:
        self._running.cancel()


def _body(message: Message) -> bytes:
    if message["type"] == "broken":
        raise httpx.RemoteProtocolError(message["reason"])
    return bytes(message.get("body", b""))


def _patience(request: httpx.Request) -> float | None:
    timeout: float | None = request.extensions.get("timeout", {}).get("read")
    return max(timeout.remaining(), 0.001) if isinstance(timeout, Deadline) else timeout


def _submit(work: Coroutine[Any, Any, None]) -> Future[None]:
    return asyncio.run_coroutine_threadsafe(work, _loop())


def _loop() -> asyncio.AbstractEventLoop:
    """The loop that all applications of this process run on; a fork has no threads of its parent and makes its own."""
    with _lock:
        loop = _loops.get(os.getpid())
        if loop is None:
            loop = _loops[os.getpid()] = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="r9s-offline", daemon=True).start()
    return loop


_lock = threading.Lock()
_loops: dict[int, asyncio.AbstractEventLoop] = {}
