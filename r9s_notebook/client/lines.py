"""A line: the transport of one call, which leases what the call needs and gives it back when the call ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx

from r9s_notebook.client.pools import Lease, Pools
from r9s_notebook.client.protocol import GUARDED


class _Leases:
    def __init__(self, api: Pools, links: Pools) -> None:
        self._api = api
        self._links = links
        self._leases: list[Lease[httpx.BaseTransport] | Lease[httpx.AsyncBaseTransport]] = []
        self._trusted = True

    def release(self) -> None:
        """Gives everything back; more than once is once."""
        with suppress(IndexError):  # popped one by one: two threads may end the same stream
            while True:
                self._leases.pop().release(trusted=self._trusted)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Gives everything back at the end of the block."""
        try:
            with self.watched():
                yield
        finally:
            self.release()

    @contextmanager
    def until_success(self) -> Iterator[None]:
        """Gives everything back where the block fails; where it succeeds, whoever has the line does so later."""
        try:
            with self.watched():
                yield
        except BaseException:
            self.release()
            raise

    @contextmanager
    def watched(self) -> Iterator[None]:
        """What is cut off, by a cancellation or an interrupt, leaves its pool in an unknown state."""
        try:
            yield
        except Exception:
            raise
        except BaseException:
            self._trusted = False
            raise

    def _pools(self, request: httpx.Request) -> Pools:
        return self._links if request.extensions.get(GUARDED) else self._api


class Line(_Leases, httpx.BaseTransport):
    """The transport of one call from a thread."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a request over the connections that it may use."""
        lease = self._pools(request).lease(request.url)
        self._leases.append(lease)
        return lease.transport.handle_request(request)


class AsyncLine(_Leases, httpx.AsyncBaseTransport):
    """The transport of one call on an event loop."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a request over the connections that it may use."""
        lease = self._pools(request).lease_async(request.url)
        self._leases.append(lease)
        with self.watched():  # the deadline, too, cuts off here and is an ordinary error further out
            return await lease.transport.handle_async_request(request)
