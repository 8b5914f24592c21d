"""A line: the transport of one call, which leases what the call needs and gives it back when the call ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import httpx

from r9s_notebook.client.protocol import GUARDED
from r9s_notebook.client.wires import Lease, Wires


class _Leases:
    def __init__(self, api: Wires, links: Wires) -> None:
        self._api = api
        self._links = links
        self._leases: list[Lease[Any]] = []
        self._trusted = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, traceback: TracebackType | None) -> None:
        if kind is not None and not issubclass(kind, Exception):
            self._trusted = False
        self.release()

    def release(self) -> None:
        """Gives everything back; more than once is once."""
        leases, self._leases = self._leases, []
        for lease in leases:
            lease.release(trusted=self._trusted)

    @contextmanager
    def until_success(self) -> Iterator[None]:
        """Gives everything back where the block fails; where it succeeds, whoever has the line does so later."""
        try:
            yield
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """A request that is cut off, by cancellation or an interrupt, leaves its pool in an unknown state."""
        try:
            yield
        except Exception:
            raise
        except BaseException:
            self._trusted = False
            raise

    def _wires(self, request: httpx.Request) -> Wires:
        return self._links if request.extensions.get(GUARDED) else self._api


class Line(_Leases, httpx.BaseTransport):
    """The transport of one call from a thread."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        lease = self._wires(request).lease(request.url)
        self._leases.append(lease)
        with self._watched():
            return lease.transport.handle_request(request)


class AsyncLine(_Leases, httpx.AsyncBaseTransport):
    """The transport of one call on an event loop."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        lease = self._wires(request).lease_async(request.url)
        self._leases.append(lease)
        with self._watched():
            return await lease.transport.handle_async_request(request)
