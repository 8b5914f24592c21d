"""A client's connections: kept for the next call, from any thread, and closed with the client.

Each call has one to itself, from its first byte to its last, so that whoever cuts a call off closes a connection and
disturbs no other call. They belong to a process: a fork opens its own.
"""

from __future__ import annotations

import os
import weakref
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, TypeAlias

import httpcore
import httpx

from r9s_notebook.client import network
from r9s_notebook.client.addresses import Resolve

_Idle: TypeAlias = deque[httpcore.ConnectionInterface]
_Key: TypeAlias = tuple[int, bytes, bytes, int]  # process, scheme, host, port


class Connections(httpx.HTTPTransport):
    """httpx's transport, over connections that are kept here.

    Args:
        resolve: Gives the addresses that a host name may be reached at, or refuses; None asks the system.
    """

    def __init__(self, resolve: Resolve | None = None) -> None:
        # Without super().__init__(), which would make a pool of its own. httpcore's looks at all its connections twice
        # in every call, and loses a slot where a call is interrupted in its middle (encode/httpcore #1093).
        self._pool: Any = _Kept(resolve)


class _Kept:
    def __init__(self, resolve: Resolve | None) -> None:
        self._resolve = resolve
        self._idle: dict[_Key, _Idle] = {}
        weakref.finalize(self, _close, self._idle).atexit = False

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        origin = request.url.origin
        key = (os.getpid(), origin.scheme, origin.host, origin.port)
        connection = _taken(self._idle.setdefault(key, deque()))
        if connection is None:
            connection = network.connection(origin, self._resolve, request.extensions["timeout"]["connect"])
        try:
            response = connection.handle_request(request)
        except BaseException:  # an interrupt among them: nobody knows where it stands
            connection.close()
            raise
        response.stream = _Body(response.stream, connection, self, key)
        return response

    def give_back(self, connection: httpcore.ConnectionInterface, key: _Key) -> None:
        idle = self._idle.get(key)
        if idle is None:  # all was closed in the meantime
            connection.close()
        elif connection.is_idle():
            idle.append(connection)

    def close(self) -> None:
        _close(self._idle)


class _Body:
    """A response's body; when it is closed, its connection waits for the next call, or is closed where some is left."""

    def __init__(self, stream: Any, connection: httpcore.ConnectionInterface, kept: _Kept, key: _Key) -> None:
        self._stream = stream
        self._connection: httpcore.ConnectionInterface | None = connection
        self._kept = kept
        self._key = key

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def close(self) -> None:
        self._stream.close()
        connection, self._connection = self._connection, None
        if connection is not None:
            self._kept.give_back(connection, self._key)


def _taken(idle: _Idle) -> httpcore.ConnectionInterface | None:
    """The connection that was used last, where it is still good; on the way, those that are not are closed."""
    with suppress(IndexError):  # none is left: other threads take from them, too
        while (connection := idle.pop()).has_expired():
            connection.close()
        with suppress(IndexError):
            while idle[0].has_expired():
                idle.popleft().close()
        return connection
    return None


def _close(kept: dict[_Key, _Idle]) -> None:
    """Closes the idle connections of this process. Those of the one that it was forked from are that one's."""
    for key in [key for key in list(kept) if key[0] == os.getpid()]:
        for connection in kept.pop(key, ()):
            connection.close()
