"""A client's connections: who may use which, from any thread, and how they are closed.

They belong to a process: a fork opens its own. A pool in whose middle a call was interrupted is not trusted again:
httpcore can lose a connection's slot there for good (encode/httpcore #1093). It serves the calls that it has, is closed
after the last, and the next call gets a new one.

A stream that nobody holds any more is ended wherever the garbage collector finds it. That may be in the middle of
anything, also where this very thread holds the lock that closing needs: httpcore's, or one of the client's. So what it
finds is only cut off from the network, for which no lock is taken; the rest waits for the next call, or for a client to
be closed.
"""

from __future__ import annotations

import os
import queue
import socket
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Final, TypeAlias

import httpx

CALLS_IN_A_POOL: Final = 25
MOST_POOLS: Final = 8
"""Of one host: two hundred calls at once have a connection each."""

_Key: TypeAlias = tuple[int, str, str]  # process, scheme, host


class Connections:
    """The connections of one client.

    Args:
        make: Makes a transport for a URL's scheme and host.
        owned: Whether what it makes is closed here. A transport that the user brought is the user's to close.
    """

    def __init__(self, make: Callable[[httpx.URL], httpx.BaseTransport], *, owned: bool = True) -> None:
        self._make = make
        self._owned = owned
        self._lock = threading.RLock()  # the finalizer may run in the middle of what holds it
        self._pools: dict[_Key, list[_Pool]] = {}
        weakref.finalize(self, _retire_all, self._pools, self._lock).atexit = False

    def lease(self, url: httpx.URL) -> Lease:
        """A transport for a call."""
        _tidy()
        key = (os.getpid(), url.scheme, url.host)
        fresh = None
        while True:
            with self._lock:
                pool = _chosen(self._pools.setdefault(key, []), fresh)
                if pool is not None:
                    return Lease(pool)
            # Not under the lock: it takes its time, and a user's function may do anything.
            fresh = _Pool(self._make(url), self._owned, self._lock)

    def close(self) -> None:
        """Closes everything; calls that are under way end first."""
        _tidy()
        _retire_all(self._pools, self._lock)


class Lease:
    """The right to use a transport for one call; in a ``with`` block it ends with the block, unless it is ``kept``."""

    __slots__ = ("_kept", "_pool", "transport")

    def __init__(self, pool: _Pool) -> None:
        self._pool: _Pool | None = pool
        self._kept = False
        self.transport = pool.transport
        pool.users += 1

    def kept(self) -> Lease:
        """Lets it outlive the block, where that succeeds: once."""
        self._kept = True
        return self

    def release(self, *, trusted: bool = True) -> None:
        """Gives it back; more than once is once.

        Args:
            trusted: False where the call was interrupted at an unknown point.
        """
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.release(trusted)

    def __enter__(self) -> Lease:
        return self

    def __exit__(self, kind: object, error: BaseException | None, traceback: TracebackType | None) -> None:
        kept, self._kept = self._kept, False
        if error is not None or not kept:
            self.release(trusted=error is None or isinstance(error, Exception))


class _Pool:
    def __init__(self, transport: httpx.BaseTransport, owned: bool, lock: threading.RLock) -> None:
        self.transport = transport
        self.users = 0
        self.retired = False
        self._owned = owned
        self._lock = lock

    def release(self, trusted: bool) -> None:
        with self._lock:
            self.users -= 1
            self.retired = self.retired or not trusted
            done = self.retired and self.users == 0
        if done and self._owned:
            self.transport.close()

    def retire(self) -> None:
        """No new calls; closed now, or after the last call that it serves."""
        with self._lock:
            self.users += 1
        self.release(trusted=False)


def _chosen(shelf: list[_Pool], fresh: _Pool | None) -> _Pool | None:
    """The first pool of a host that has room, or the fresh one; None where a fresh one is needed and not there.

    Several small pools, because httpcore looks at all connections of a pool twice in every call: with hundreds of calls
    at once that would be most of the work.
    """
    shelf[:] = [pool for pool in shelf if not pool.retired]
    for pool in shelf:
        if pool.users < CALLS_IN_A_POOL:
            return pool
    if len(shelf) < MOST_POOLS:
        if fresh is not None:
            shelf.append(fresh)
        return fresh
    return min(shelf, key=lambda pool: pool.users)


def _retire_all(pools: dict[_Key, list[_Pool]], lock: threading.RLock) -> None:
    """Closes the pools of this process. Those of the one that it was forked from are that one's."""
    with lock:
        mine = [pool for (process, *_), shelf in pools.items() if process == os.getpid() for pool in shelf]
        pools.clear()
    for pool in mine:
        pool.retire()


# --- streams that nobody holds any more -------------------------------------------------------------------------------

_Left: TypeAlias = tuple[httpx.Response, Iterator[bytes], Lease]

_left: queue.SimpleQueue[_Left] = queue.SimpleQueue()  # its put() may interrupt itself


def leave(opened: httpx.Response, arriving: Iterator[bytes], lease: Lease) -> None:
    """Cuts a stream off, without a lock, and leaves the rest to the next call.

    Args:
        opened: The stream's response.
        arriving: What reads its body: kept until then, because to let go of it closes it, too.
        lease: Of its connection.
    """
    _left.put((opened, arriving, lease))
    stream = opened.extensions.get("network_stream")
    if stream is None or opened.is_closed:  # closed: the connection may serve another call by now
        return
    connection = stream.get_extra_info("socket")
    if connection is not None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def _tidy() -> None:
    while True:
        try:
            opened, _arriving, lease = _left.get_nowait()
        except queue.Empty:
            return
        with suppress(httpx.TransportError, OSError):  # it is another call that would fail with it
            opened.close()
        lease.release()


# --- which transports a client's calls and links go over --------------------------------------------------------------


def to_api(transport: httpx.BaseTransport | None) -> Connections:
    """To the API: over the network, or over a transport that the user brought."""
    return Connections(_network) if transport is None else Connections(lambda _: transport, owned=False)


def to_links() -> Connections:
    """To wherever an answer's links lead, as long as that is public."""
    return Connections(_guarded)


def _network(url: httpx.URL) -> httpx.BaseTransport:
    from r9s_notebook.client import network  # httpcore comes with the first call

    return network.transport(url)


def _guarded(url: httpx.URL) -> httpx.BaseTransport:
    from r9s_notebook.client import addresses, network

    return network.transport(url, addresses.resolve)
