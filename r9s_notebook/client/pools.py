"""A client's connections: who may use which, from any thread and any event loop, and how they are closed.

Sync connections belong to a process, async ones to an event loop. Neither outlives its owner: an event loop that ends,
or a client that is forgotten, closes what it had (see ``_guard``). A pool in whose middle a call was cancelled is
not trusted again: httpcore can lose a connection's slot there for good (encode/httpcore #1093). It serves the calls
that it has, is closed after the last, and the next call gets a new one.
"""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import httpx

from r9s_notebook.client.endings import tidy

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")

CALLS_IN_A_POOL: Final = 25
MOST_POOLS: Final = 8
"""Of one host: two hundred calls at once have a connection each."""

Make = Callable[[httpx.URL], httpx.BaseTransport]
MakeAsync = Callable[[httpx.URL], httpx.AsyncBaseTransport]


class Lease(Generic[T]):
    """The right to use a transport for one call, streams included; give it back with ``release``."""

    __slots__ = ("_pool", "transport")

    def __init__(self, pool: _Pool[T]) -> None:
        self._pool: _Pool[T] = pool
        self.transport: T = pool.transport
        pool.users += 1

    def release(self, *, trusted: bool = True) -> None:
        """Gives it back.

        Args:
            trusted: False where the call was cut off at an unknown point.
        """
        self._pool.release(trusted)


class _Pool(Generic[T]):
    def __init__(self, transport: T, close: Callable[[T], None], lock: threading.Lock) -> None:
        self.transport: T = transport
        self.users = 0
        self.retired = False
        self._close: Callable[[T], None] = close
        self._lock = lock

    def release(self, trusted: bool) -> None:
        with self._lock:
            self.users -= 1
            self.retired = self.retired or not trusted
            done = self.retired and self.users == 0
        if done:
            self._close(self.transport)

    def retire(self) -> None:
        """No new calls; closed now, or after the last call that it serves."""
        with self._lock:
            already, self.retired = self.retired, True
            done = not already and self.users == 0
        if done:
            self._close(self.transport)


def _chosen(shelf: list[_Pool[T]], fresh: _Pool[T] | None) -> _Pool[T] | None:
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


class Pools:
    """The pools of one client.

    Args:
        make: Makes a sync transport for a URL.
        make_async: Makes an async one.
        owned: Whether what they make is closed here. A transport that the user brought is the user's to close.
    """

    def __init__(self, make: Make, make_async: MakeAsync, *, owned: bool = True) -> None:
        self._make = make
        self._make_async = make_async
        self._owned = owned
        self._lock = threading.Lock()
        self._sync: dict[tuple[int, str, str], list[_Pool[httpx.BaseTransport]]] = {}
        self._loops: dict[asyncio.AbstractEventLoop, _LoopPools] = {}

    def lease(self, url: httpx.URL) -> Lease[httpx.BaseTransport]:
        """A transport for a call from this thread."""
        tidy()
        key = (os.getpid(), url.scheme, url.host)  # a fork's sockets are its parent's
        fresh = None
        while True:
            with self._lock:
                pool = _chosen(self._sync.setdefault(key, []), fresh)
                if pool is not None:
                    return Lease(pool)
            # Not under the lock: it takes its time, and a user's function may do anything.
            fresh = _Pool(self._make(url), _close if self._owned else _leave, self._lock)

    def lease_async(self, url: httpx.URL) -> Lease[httpx.AsyncBaseTransport]:
        """A transport for a call from the running event loop."""
        import asyncio  # a script that makes sync calls only does not load it

        tidy()
        loop = asyncio.get_running_loop()
        fresh = None
        while True:
            with self._lock:
                pools = self._loops.get(loop)
                if pools is None:
                    self._loops = {known: kept for known, kept in self._loops.items() if not known.is_closed()}
                    pools = self._loops[loop] = _LoopPools(loop, self._lock, self._owned)
                pool = _chosen(pools.shelf(url), fresh)
                if pool is not None:
                    return Lease(pool)
            fresh = pools.fresh(self._make_async(url))

    def close(self) -> None:
        """Closes everything; calls that are under way end first."""
        tidy()
        with self._lock:
            sync, loops = list(chain(*self._sync.values())), list(self._loops.values())
            self._sync, self._loops = {}, {}
        for pool in sync:
            pool.retire()
        for pools in loops:
            pools.close()

    async def aclose(self) -> None:
        """As ``close``, and waits for the running loop's connections to be closed."""
        import asyncio

        with self._lock:
            mine = self._loops.get(asyncio.get_running_loop())
        self.close()
        if mine is not None:
            await mine.closed()


def _close(transport: httpx.BaseTransport) -> None:
    transport.close()


def _leave(transport: object) -> None:
    """Does not close it."""


class _LoopPools:
    """The pools of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, lock: threading.Lock, owned: bool) -> None:
        self._loop = loop
        self._lock = lock
        self._give_up = self._close_soon if owned else _leave
        self._pools: dict[tuple[str, str], list[_Pool[httpx.AsyncBaseTransport]]] = {}
        self._open: set[httpx.AsyncBaseTransport] = set()
        self._closing: set[asyncio.Task[None]] = set()
        if owned:
            self._guard = _guard(self._open)
            with suppress(StopIteration):  # its first step, by which the loop comes to know it
                self._guard.__anext__().send(None)

    def shelf(self, url: httpx.URL) -> list[_Pool[httpx.AsyncBaseTransport]]:
        """The pools of a URL's host."""
        return self._pools.setdefault((url.scheme, url.host), [])

    def fresh(self, transport: httpx.AsyncBaseTransport) -> _Pool[httpx.AsyncBaseTransport]:
        """A pool that is on no shelf yet."""
        self._open.add(transport)
        return _Pool(transport, self._give_up, self._lock)

    def close(self) -> None:
        """From any thread."""
        pools = list(chain(*self._pools.values()))
        self._pools.clear()
        if self._loop.is_closed():
            return
        for pool in pools:
            self._loop.call_soon_threadsafe(pool.retire)

    async def closed(self) -> None:
        """When the last of the closing pools is closed."""
        import asyncio

        await asyncio.sleep(0)
        # Not ``while self._closing``: a task that has ended leaves the set in a callback, which the loop only gets to
        # when it is given way to, and awaiting what is done already does not give way (from Python 3.12 on).
        while closing := [task for task in self._closing if not task.done()]:
            await asyncio.wait(closing)

    def _close_soon(self, transport: httpx.AsyncBaseTransport) -> None:
        """In a task of its own: the one that gives a pool back may be being cancelled."""
        if self._loop.is_closed():
            return
        task = self._loop.create_task(self._closed_now(transport))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _closed_now(self, transport: httpx.AsyncBaseTransport) -> None:
        await transport.aclose()
        self._open.discard(transport)  # where the loop ends first, its guard closes it


async def _guard(transports: set[httpx.AsyncBaseTransport]) -> AsyncGenerator[None, None]:
    """Closes what a loop has open, retired pools included, when the loop ends, or when the last reference to them goes.

    Python does both for an async generator that has begun and not ended: ``asyncio.run`` closes it while the loop still
    runs, and the garbage collector hands it to its loop to be closed.
    """
    try:
        yield
    finally:
        while transports:
            await transports.pop().aclose()


# --- which transports a client's calls and links go over --------------------------------------------------------------


def to_api(transport: httpx.BaseTransport | None, async_transport: httpx.AsyncBaseTransport | None) -> Pools:
    """To the API: over the network, or over transports that the user brought."""
    if transport is None and async_transport is None:
        return Pools(_network, _network_async)

    def given(url: httpx.URL) -> httpx.BaseTransport:
        return _network(url) if transport is None else transport

    def given_async(url: httpx.URL) -> httpx.AsyncBaseTransport:
        return _network_async(url) if async_transport is None else async_transport

    return Pools(given, given_async, owned=False)


def to_links() -> Pools:
    """To wherever an answer's links lead, as long as that is public."""

    def guarded(url: httpx.URL) -> httpx.BaseTransport:
        from r9s_notebook.client import guard, network

        return network.transport(url, guard.resolve)

    def guarded_async(url: httpx.URL) -> httpx.AsyncBaseTransport:
        from r9s_notebook.client import guard, network

        return network.async_transport(url, guard.resolve_async)

    return Pools(guarded, guarded_async)


def _network(url: httpx.URL) -> httpx.BaseTransport:
    from r9s_notebook.client import network  # httpcore comes with the first call

    return network.transport(url)


def _network_async(url: httpx.URL) -> httpx.AsyncBaseTransport:
    from r9s_notebook.client import network

    return network.async_transport(url)
