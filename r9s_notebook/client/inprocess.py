"""An ASGI application as a transport: the embedded API without a port, streams included.

Every application runs on one background loop, so that its locks and tasks belong to one loop whoever calls it.
"""

from __future__ import annotations

import asyncio
import os
import queue
import threading
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import Any, TypeAlias

import httpx

from r9s_notebook.client.deadline import Deadline

Message: TypeAlias = MutableMapping[str, Any]
ASGIApp: TypeAlias = Callable[
    [MutableMapping[str, Any], Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]

_END: Message = {"type": "end"}


class InProcess(httpx.BaseTransport):
    """Hands requests to an ASGI application; from any thread."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Runs the application for a request."""
        stream = _Stream(self._app, request)
        started = stream.next_message()
        if started["type"] != "http.response.start":
            raise httpx.RemoteProtocolError("the application ended without an answer")
        return httpx.Response(started["status"], headers=list(started.get("headers", ())), stream=stream)


class _Stream(httpx.SyncByteStream):
    """What an application sends, while it runs; closing it stops the application."""

    def __init__(self, app: ASGIApp, request: httpx.Request) -> None:
        self._timeout = request.extensions.get("timeout", {}).get("read")
        self._messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
        serving = _serve(app, _scope(request), request.read(), self._messages.put)
        self._running = asyncio.run_coroutine_threadsafe(serving, _loop())
        if isinstance(self._timeout, Deadline):
            self._timeout.waits_in(self)

    def next_message(self) -> Message:
        timeout = self._timeout
        try:
            return self._messages.get(timeout=max(timeout.remaining(), 0) if isinstance(timeout, Deadline) else timeout)
        except BaseException as error:  # an interrupt among them
            self.stop()
            if isinstance(error, queue.Empty):
                raise httpx.ReadTimeout("the application did not answer in time") from None
            raise

    def __iter__(self) -> Iterator[bytes]:
        while (message := self.next_message()) is not _END:
            if message["type"] == "broken":
                raise httpx.RemoteProtocolError(message["reason"])
            yield bytes(message.get("body", b""))

    def stop(self) -> None:
        """Cancels the application, which then sends its end."""
        self._running.cancel()

    close = stop


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
