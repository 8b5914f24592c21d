"""Takes the steps of a flow: the only code of a call that differs between sync and async."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from typing import Any, TypeVar

import httpx

from r9s_notebook.client.inflating import inflated, inflated_async
from r9s_notebook.client.losses import BROKEN, lost
from r9s_notebook.client.protocol import Flow, Lost, Pause, Read, Send, Step, TooLarge

T = TypeVar("T")


def run(flow: Flow[T], transport: httpx.BaseTransport) -> T:
    """Runs a flow to its end, and returns or raises what it returns or raises."""
    outcome: Any = None
    try:
        while True:
            outcome = _take(flow.send(outcome), transport)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


async def run_async(flow: Flow[T], transport: httpx.AsyncBaseTransport) -> T:
    """As ``run``, on an event loop. Cancelling it closes the response it was reading."""
    outcome: Any = None
    try:
        while True:
            outcome = await _take_async(flow.send(outcome), transport)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


def _take(step: Step, transport: httpx.BaseTransport) -> Any:
    if isinstance(step, Pause):
        return time.sleep(step.seconds)
    try:
        if isinstance(step, Send):
            return transport.handle_request(step.request())
        return _read(step)
    except BROKEN as error:
        return lost(error, step.deadline)


async def _take_async(step: Step, transport: httpx.AsyncBaseTransport) -> Any:
    import asyncio  # a script that makes sync calls only does not load it

    if isinstance(step, Pause):
        return await asyncio.sleep(step.seconds)
    try:
        async with asyncio.timeout(step.deadline.remaining()):
            if isinstance(step, Send):
                return await transport.handle_async_request(step.request())
            return await _read_async(step)
    except BROKEN as error:
        return lost(error, step.deadline)


def _read(step: Read) -> bytes | bytearray | Lost | TooLarge:
    body = _Body(step)
    try:
        for chunk in chunks(step.response):
            if body.add(chunk):
                break
    finally:
        step.response.close()
    return body.outcome()


async def _read_async(step: Read) -> bytes | bytearray | Lost | TooLarge:
    body = _Body(step)
    try:
        async for chunk in chunks_async(step.response):
            if body.add(chunk):
                break
    finally:
        await step.response.aclose()
    return body.outcome()


def chunks(response: httpx.Response) -> Iterator[bytes]:
    """A body as it arrives; decoded only where it was encoded, which spares a copy of every other."""
    encoding = response.headers.get("content-encoding")
    return iter(response.stream if encoding is None else inflated(response.stream, encoding))  # type: ignore[arg-type]


def chunks_async(response: httpx.Response) -> AsyncIterator[bytes]:
    """As ``chunks``."""
    encoding = response.headers.get("content-encoding")
    return aiter(response.stream if encoding is None else inflated_async(response.stream, encoding))  # type: ignore[arg-type]


class _Body:
    """A body while it arrives, and why it stopped arriving.

    A large one whose length is announced is filled into one buffer. Kept as chunks and joined in the end it would be in
    memory twice, and the pages for that cost more time than anything else that is done with it.
    """

    def __init__(self, step: Read) -> None:
        self._step = step
        self._size = 0
        self._stopped: Lost | TooLarge | None = None
        announced = _announced(step.response)
        self._buffer = bytearray(announced) if _WORTH_A_BUFFER <= announced <= step.limit else None
        self._chunks: list[bytes] = []

    def add(self, chunk: bytes) -> bool:
        """Keeps a chunk; True where no more is wanted."""
        if self._buffer is None:
            self._chunks.append(chunk)
        else:
            self._buffer[self._size : self._size + len(chunk)] = chunk
        self._size += len(chunk)
        if self._size > self._step.limit:
            self._stopped = TooLarge()
        elif self._step.deadline.passed:
            self._stopped = lost(TimeoutError(), self._step.deadline)
        return self._stopped is not None

    def outcome(self) -> bytes | bytearray | Lost | TooLarge:
        """The body, or why there is none."""
        if self._stopped is not None:
            return self._stopped
        if self._buffer is None:
            return b"".join(self._chunks)
        del self._buffer[self._size :]
        return self._buffer


_WORTH_A_BUFFER = 256 * 1024


def _announced(response: httpx.Response) -> int:
    """The bytes that a body will have; 0 where that is not known."""
    length = response.headers.get("content-length", "")
    return int(length) if length.isdecimal() and "content-encoding" not in response.headers else 0
