"""A client's connections: kept for the next call, from any thread, and closed with the client.

Each call has one to itself, from its first byte to its last, so that whoever cuts a call off closes a connection and
disturbs no other call. They belong to a process: a fork opens its own.
Every read and write asks the call's deadline, and connecting can be guarded.
"""

from __future__ import annotations

import ipaddress
import os
import queue
import socket
import weakref
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import httpcore
import httpx

from r9s_notebook.client.addresses import Resolve, look_up
from r9s_notebook.client.deadline import Deadline
from r9s_notebook.client.proxies import Proxy, proxy_for, ssl_context
from r9s_notebook.client.threads import start

if TYPE_CHECKING:
    import ssl

READ_BYTES: Final = 256 * 1024
"""Asked of the network at once. httpcore asks for a quarter; an image of 3 MB then takes four times the rounds."""
WRITE_BYTES: Final = 128 * 1024
KEEP_ALIVE_SECONDS: Final = 4.0
"""Shorter than a common server's five, so that a request rarely meets a connection that is just being closed."""

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
            connection = _opened(origin, self._resolve, request.extensions["timeout"]["connect"])
        try:
            response = connection.handle_request(request)
        except BaseException as error:  # an interrupt among them: nobody knows where it stands
            connection.close()
            error.proxy = proxy_of(connection)  # type: ignore[attr-defined]
            raise
        response.extensions["proxy"] = proxy_of(connection)  # for whoever says what the answer means
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


# --- how they are opened ----------------------------------------------------------------------------------------------


def _opened(origin: httpcore.Origin, resolve: Resolve | None, timeout: float | None) -> httpcore.ConnectionInterface:
    """A new connection, through the environment's proxy where it names one; it connects with its first request.

    ``resolve`` gives the addresses that the host may be reached at, or refuses; None asks the system. Behind a proxy,
    which resolves names itself, the name is judged here, within ``timeout`` seconds.
    """
    host = origin.host.decode()
    proxy = proxy_for(origin.scheme.decode(), host, origin.port)
    settings: dict[str, Any] = {
        "ssl_context": ssl_context() if origin.scheme == b"https" else None,
        "keepalive_expiry": KEEP_ALIVE_SECONDS,
        "network_backend": _Backend(resolve if proxy is None and resolve else look_up),
    }
    if proxy is None:
        return httpcore.HTTPConnection(origin, **settings)
    if resolve is not None:
        _in_time(resolve, host, origin.port, _left(timeout, httpcore.ConnectTimeout))
    if proxy.login is not None:
        user, _, password = proxy.login.reveal().encode().partition(b":")
        settings["proxy_auth"] = (user, password)
    connection = httpcore.HTTPProxy(proxy_url=proxy.address, **settings).create_connection(origin)
    connection.proxy = proxy  # type: ignore[attr-defined]
    return connection


def proxy_of(connection: httpcore.ConnectionInterface) -> Proxy | None:
    """What a connection goes through."""
    return getattr(connection, "proxy", None)


class _Backend(httpcore.SyncBackend):
    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        # TLS still verifies the name: only the TCP connection goes to an address that was judged.
        found = _in_time(self._resolve, host, port, _left(timeout, httpcore.ConnectTimeout))
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for number, address in enumerate(found):
            left = _left(timeout, httpcore.ConnectTimeout)
            left = left and left / (len(found) - number)  # one that does not answer leaves time for the others
            try:
                return _Timed(super().connect_tcp(address, port, left, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


class _Timed(httpcore.NetworkStream):
    """A stream that asks the deadline again at every read and write, and that a cancelled call does not wait in."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._used_by(timeout)
        return self._stream.read(max(max_bytes, READ_BYTES), _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._used_by(timeout)
        # In parts: the socket waits as long as it may for each, and a slow server takes one after the other.
        view = memoryview(buffer)
        for at in range(0, len(view), WRITE_BYTES):
            self._stream.write(view[at : at + WRITE_BYTES], _left(timeout, httpcore.WriteTimeout))  # type: ignore[arg-type]

    def close(self) -> None:
        self.stop()
        self._stream.close()

    def stop(self) -> None:
        """Ends a read or a write that another thread waits in; it would not notice that the socket is closed."""
        with suppress(OSError):
            # Not SSLSocket's own: that one makes the other thread read on as if there had never been any TLS.
            socket.socket.shutdown(self._stream.get_extra_info("socket"), socket.SHUT_RDWR)

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _left(timeout, httpcore.ConnectTimeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _used_by(self, timeout: float | None) -> None:
        if isinstance(timeout, Deadline):
            timeout.waits_in(self)


def _left(timeout: float | None, kind: type[Exception]) -> float | None:
    if not isinstance(timeout, Deadline):
        return timeout
    left = timeout.remaining()
    if left <= 0:
        raise kind("the deadline has passed")
    return left


def _in_time(resolve: Resolve, host: str, port: int, seconds: float | None) -> list[str]:
    """The addresses of a name. A name service that does not answer is not waited for longer than the call may last."""
    with suppress(ValueError):
        ipaddress.ip_address(host.strip("[]"))
        return resolve(host, port)  # is an address, and asks nobody
    found: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found.put(resolve(host, port))
        except Exception as error:
            found.put(error)

    start(ask)
    try:
        outcome = found.get(timeout=seconds)
    except queue.Empty:
        raise httpcore.ConnectTimeout(f"the name service did not find {host} in time") from None
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
