"""HTTP over httpcore: the transports whose every read asks the call's deadline, and whose connecting can be guarded.

They speak httpx's transport interface and stay below its client: no cookies, no redirects, no request log, and less
work for each call.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, Final
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from r9s_notebook.client.deadline import Deadline
from r9s_notebook.errors import InputError

READ_BYTES: Final = 256 * 1024
"""Asked of the network at once. httpcore asks for a quarter; an image of 3 MB then takes four times the rounds."""
WRITE_BYTES: Final = 128 * 1024
KEEP_ALIVE_SECONDS: Final = 4.0
"""Shorter than a common server's five, so that a request rarely meets a connection that is just being closed."""
MOST_CONNECTIONS: Final = 100

Resolve = Callable[[str, int], list[str]]
ResolveAsync = Callable[[str, int], Awaitable[list[str]]]


def transport(url: httpx.URL, resolve: Resolve | None = None) -> httpx.BaseTransport:
    """The transport for a URL's scheme and host, through the environment's proxy where it names one.

    Args:
        url: What will be asked for; only its scheme and host matter.
        resolve: Gives the addresses that a host name may be reached at, or refuses; None asks the system.
    """
    proxy = proxy_for(url)
    backend = _Backend(httpcore.SyncBackend(), resolve if proxy is None else None)
    pool = _pool(httpcore.ConnectionPool, httpcore.HTTPProxy, url, backend, proxy)
    return _Transport(pool, None if proxy is None else resolve)


def async_transport(url: httpx.URL, resolve: ResolveAsync | None = None) -> httpx.AsyncBaseTransport:
    """As ``transport``, for the event loop that first uses it."""
    proxy = proxy_for(url)
    backend = _AsyncBackend(httpcore.AnyIOBackend(), resolve if proxy is None else None)
    pool = _pool(httpcore.AsyncConnectionPool, httpcore.AsyncHTTPProxy, url, backend, proxy)
    return _AsyncTransport(pool, None if proxy is None else resolve)


def proxy_for(url: httpx.URL) -> str | None:
    """The proxy that the environment names for a URL; None for none, and for this computer itself."""
    if url.host in {"localhost", "127.0.0.1", "::1"} or proxy_bypass(url.host):
        return None
    named = getproxies()
    proxy = named.get(url.scheme) or named.get("all")
    if proxy is None:
        return None
    if proxy.startswith("socks"):
        # Going past it would send the key where the environment's owner did not want it to go.
        raise InputError(
            "The environment names a SOCKS proxy, which this client cannot use. Name an HTTP proxy (HTTPS_PROXY), "
            "or except the service's host (NO_PROXY)."
        )
    return proxy if "://" in proxy else f"http://{proxy}"


def _pool(direct: Any, proxied: Any, url: httpx.URL, backend: Any, named: str | None) -> Any:
    settings = {
        "ssl_context": _ssl_context() if url.scheme == "https" else None,
        "max_connections": MOST_CONNECTIONS,
        "max_keepalive_connections": MOST_CONNECTIONS,
        "keepalive_expiry": KEEP_ALIVE_SECONDS,
        "network_backend": backend,
    }
    if named is None:
        return direct(**settings)
    proxy = httpx.URL(named)
    auth = (proxy.username.encode(), proxy.password.encode()) if proxy.username else None
    return proxied(proxy_url=str(proxy.copy_with(username=None, password=None)), proxy_auth=auth, **settings)


@cache
def _ssl_context() -> ssl.SSLContext:
    return httpx.create_ssl_context()  # honours SSL_CERT_FILE and SSL_CERT_DIR


# --- from httpx to httpcore and back ---------------------------------------------------------------------------------


class _Transport(httpx.BaseTransport):
    """Requests through a pool; behind a proxy, which resolves names itself, a guarded name is judged beforehand."""

    def __init__(self, pool: Any, judge: Resolve | None) -> None:
        self._pool = pool
        self._judge = judge

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with _translated():
            if self._judge is not None:
                seconds = _left(request.extensions.get("timeout", {}).get("connect"), httpcore.ConnectTimeout)
                _in_time(self._judge, request.url.host, request.url.port or 443, seconds)
            answer = self._pool.handle_request(_for_httpcore(request))
        return _for_httpx(answer, _Stream(answer.stream))

    def close(self) -> None:
        self._pool.close()


class _AsyncTransport(httpx.AsyncBaseTransport):
    """As ``_Transport``."""

    def __init__(self, pool: Any, judge: ResolveAsync | None) -> None:
        self._pool = pool
        self._judge = judge

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        with _translated():
            if self._judge is not None:
                await self._judge(request.url.host, request.url.port or 443)
            answer = await self._pool.handle_async_request(_for_httpcore(request))
        return _for_httpx(answer, _AsyncStream(answer.stream))

    async def aclose(self) -> None:
        connections = self._pool.connections
        try:
            await self._pool.aclose()
        except BaseException:  # cancelled, as by a loop that ends: the pool has forgotten what it did not close yet
            for connection in connections:
                await connection.aclose()
            raise


class _Stream(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        with _translated():
            yield from self._stream

    def close(self) -> None:
        self._stream.close()


class _AsyncStream(httpx.AsyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _translated():
            async for chunk in self._stream:
                yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


def _for_httpcore(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


def _for_httpx(answer: httpcore.Response, stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> httpx.Response:
    return httpx.Response(answer.status, headers=answer.headers, stream=stream, extensions=answer.extensions)


@contextmanager
def _translated() -> Iterator[None]:
    """The errors of httpcore as httpx's, which have the same names."""
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as error:
        kind = getattr(httpx, type(error).__name__, httpx.TransportError)
        raise kind(str(error)) from error


# --- the network below httpcore --------------------------------------------------------------------------------------


class _Backend(httpcore.NetworkBackend):
    def __init__(self, network: httpcore.NetworkBackend, resolve: Resolve | None) -> None:
        self._network = network
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
        left = _left(timeout, httpcore.ConnectTimeout)
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in _in_time(self._resolve or addresses, host, port, left):
            try:
                stream = self._network.connect_tcp(
                    address, port, _left(timeout, httpcore.ConnectTimeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Timed(stream)
        raise failure


class _AsyncBackend(httpcore.AsyncNetworkBackend):
    def __init__(self, network: httpcore.AsyncNetworkBackend, resolve: ResolveAsync | None) -> None:
        self._network = network
        self._resolve = resolve

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        found = [host] if self._resolve is None else await self._resolve(host, port)
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in found:
            try:
                stream = await self._network.connect_tcp(
                    address, port, _left(timeout, httpcore.ConnectTimeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _AsyncTimed(stream)
        raise failure

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)


class _Timed(httpcore.NetworkStream):
    """A stream that asks the deadline again at every read and write."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max(max_bytes, READ_BYTES), _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # In parts: the socket waits as long as it may for each, and a slow server takes one after the other.
        view = memoryview(buffer)
        for at in range(0, len(view), WRITE_BYTES):
            self._stream.write(view[at : at + WRITE_BYTES], _left(timeout, httpcore.WriteTimeout))  # type: ignore[arg-type]

    def close(self) -> None:
        # A read that another thread waits in ends with a shutdown, and would not notice a close.
        with suppress(OSError):
            self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _left(timeout, httpcore.ConnectTimeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _AsyncTimed(httpcore.AsyncNetworkStream):
    """As ``_Timed``."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        return await self._stream.read(max(max_bytes, READ_BYTES), _left(timeout, httpcore.ReadTimeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _AsyncTimed(await self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(timeout: float | None, kind: type[Exception]) -> float | None:
    if not isinstance(timeout, Deadline):
        return timeout
    left = timeout.remaining()
    if left <= 0:
        raise kind("the deadline has passed")
    return left


def _in_time(resolve: Resolve, host: str, port: int, seconds: float | None) -> list[str]:
    """The addresses of a name. A name service that does not answer is not waited for longer than the call may last."""
    if _is_address(host):
        return resolve(host, port)
    found: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found.put(resolve(host, port))
        except Exception as error:
            found.put(error)

    threading.Thread(target=look_up, name="r9s-name-service", daemon=True).start()
    try:
        outcome = found.get(timeout=seconds)
    except queue.Empty:
        raise httpcore.ConnectTimeout(f"the name service did not find {host} in time") from None
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a name, as the system resolves it.

    Raises:
        httpcore.ConnectError: There are none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(error) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
