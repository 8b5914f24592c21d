"""``stream=True``: iterators of events that close their connection when they end, fail, or are left early."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

import httpx

from r9s_notebook.client.deadline import Deadline
from r9s_notebook.client.driver import chunks, chunks_async
from r9s_notebook.client.endings import leave
from r9s_notebook.client.events import Reading
from r9s_notebook.client.lines import AsyncLine, Line
from r9s_notebook.client.losses import BROKEN, lost
from r9s_notebook.client.models import ImageGenerationResponse, ImageObject, ImageStreamEvent
from r9s_notebook.client.protocol import Call, Lost

PATIENCE: Final = 1.0
"""Seconds that a service has to end its stream when all images have come: what may follow is the usage."""


class _Stream:
    def __init__(self, opened: httpx.Response, call: Call) -> None:
        self._opened = opened
        self._reading = Reading(call.asked, opened.headers, opened.status_code)

    @property
    def answer(self) -> ImageGenerationResponse:
        """The final images that have come, as one answer.

        Raises:
            IncompleteStreamError: None has come yet.
        """
        return self._reading.answer()

    @property
    def partials(self) -> tuple[ImageObject, ...]:
        """The partial images that have come, oldest first."""
        return tuple(self._reading.partials)


class EventStream(_Stream):
    """An iterator of ``models.ImageStreamEvent``.

    Leaving a ``for`` loop early closes the connection, and so does ``close()`` or the end of a ``with`` block.
    """

    def __init__(self, opened: httpx.Response, body: bytes | None, call: Call, deadline: Deadline, line: Line) -> None:
        super().__init__(opened, call)
        arriving = chunks(opened) if body is None else iter(())
        self._line = line
        self._events = _read(arriving, body, self._reading, deadline)
        self._leave = weakref.finalize(self, leave, opened, arriving, line.release)

    def __iter__(self) -> Generator[ImageStreamEvent, None, None]:
        try:
            yield from iter(self.__next__, None)
        except GeneratorExit:  # by a break, or by the garbage collector, which must not wait for a lock
            with suppress(ValueError):
                self._events.close()
            self._leave()
            raise

    def __next__(self) -> ImageStreamEvent:
        try:
            return next(self._events)
        except BaseException:
            self.close()
            raise

    def read(self) -> ImageGenerationResponse:
        """Waits for the end, and gives the final images."""
        for _ in self:
            pass
        return self.answer

    def close(self) -> None:
        """Closes the connection; the service may stop its work. Another thread may do so while this one waits."""
        with suppress(ValueError):  # it is being read elsewhere, and will find its connection closed
            self._events.close()
        self._leave.detach()
        self._opened.close()
        self._line.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, traceback: TracebackType | None) -> None:
        self.close()


class AsyncEventStream(_Stream):
    """An async iterator of ``models.ImageStreamEvent``.

    Leaving an ``async for`` loop early closes the connection, and so does ``aclose()`` or the end of an ``async with``.
    """

    def __init__(
        self, opened: httpx.Response, body: bytes | None, call: Call, deadline: Deadline, line: AsyncLine
    ) -> None:
        super().__init__(opened, call)
        self._line = line
        self._events = _read_async(opened, body, self._reading, deadline, line)
        weakref.finalize(self, _dropped, asyncio.get_running_loop(), opened, line)

    async def __aiter__(self) -> AsyncGenerator[ImageStreamEvent, None]:
        try:
            async for event in self._events:
                yield event
        finally:
            await self.aclose()

    async def __anext__(self) -> ImageStreamEvent:
        return await anext(self._events)

    async def read(self) -> ImageGenerationResponse:
        """Waits for the end, and gives the final images."""
        async for _ in self:
            pass
        return self.answer

    async def aclose(self) -> None:
        """Closes the connection; the service may stop its work."""
        try:
            with suppress(RuntimeError):  # it is being read by another task, which will find its connection closed
                await self._events.aclose()
            await self._opened.aclose()
        finally:
            self._line.release()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, traceback: TracebackType | None) -> None:
        await self.aclose()


# Functions, not methods: a generator that held its stream would keep it, and its connection, from being let go.


def _read(
    arriving: Iterator[bytes], body: bytes | None, reading: Reading, deadline: Deadline
) -> Generator[ImageStreamEvent, None, None]:
    if body is not None:
        yield from reading.whole(body)
        return
    failed: Lost | None = None
    try:
        for chunk in arriving:
            yield from reading.feed(chunk)
            failed = lost(TimeoutError(), deadline) if deadline.passed else None
            if reading.done or failed:
                break
            if reading.complete:
                deadline.end_within(PATIENCE)
    except BROKEN as error:
        failed = lost(error, deadline)
    yield from _ended(reading, failed)


async def _read_async(
    opened: httpx.Response, body: bytes | None, reading: Reading, deadline: Deadline, line: AsyncLine
) -> AsyncGenerator[ImageStreamEvent, None]:
    if body is not None:
        for event in reading.whole(body):
            yield event
        return
    failed: Lost | None = None
    arriving = chunks_async(opened)
    try:
        while not reading.done:
            async with asyncio.timeout(deadline.remaining()):
                chunk = await anext(arriving, None)
            if chunk is None:
                break
            for event in reading.feed(chunk):
                yield event
            if reading.complete:
                deadline.end_within(PATIENCE)
    except BROKEN as error:
        failed = lost(error, deadline)
    finally:
        await opened.aclose()
        line.release()
    for event in _ended(reading, failed):
        yield event


def _ended(reading: Reading, failed: Lost | None) -> Generator[ImageStreamEvent, None, None]:
    if failed is None:
        yield from reading.finish()
        return
    error = reading.lost(failed.error)
    if error is not None:
        raise error


def _dropped(loop: asyncio.AbstractEventLoop, opened: httpx.Response, line: AsyncLine) -> None:
    """A stream that nobody holds any more: wherever the garbage collector runs, it is ended on its own loop."""

    async def ended() -> None:
        await opened.aclose()
        line.release()

    if not opened.is_closed:
        with suppress(RuntimeError):  # the loop is closed, and all that it had with it
            loop.call_soon_threadsafe(lambda: loop.create_task(ended()))
