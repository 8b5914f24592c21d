"""``stream=True``: iterators of events that close their connection when they end, fail, or are left early."""

from __future__ import annotations

import weakref
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Final, Self

from r9s_notebook.client.calls import Call
from r9s_notebook.client.deadline import Deadline
from r9s_notebook.client.failures import BROKEN, lost
from r9s_notebook.client.models import ImageGenerationResponse, ImageObject, ImageStreamEvent
from r9s_notebook.client.reading import Reading
from r9s_notebook.client.responses import Head
from r9s_notebook.client.retries import Failure
from r9s_notebook.client.sending import Opened
from r9s_notebook.client.threads import in_thread
from r9s_notebook.suggestions import Strict

PATIENCE: Final = 1.0
"""Seconds that a service has to end its stream when all images have come: what may follow is the usage."""


class _Images(Strict):
    """What has come of a stream's images."""

    _stays = "it is still on its way. Take its answer."
    _reading: Reading

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


class EventStream(_Images):
    """An iterator of ``models.ImageStreamEvent``.

    Leaving a ``for`` loop early closes the connection, and so does ``close()`` or the end of a ``with`` block.
    """

    def __init__(self, opened: Opened, call: Call) -> None:
        self._opened = opened
        self._reading = Reading(Head(call, opened.response))
        self._events = _read(opened.chunks(), self._reading, opened.deadline)
        weakref.finalize(self, opened.close)

    def __iter__(self) -> Generator[ImageStreamEvent, None, None]:
        try:
            yield from iter(self.__next__, None)
        finally:
            self.close()

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
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, traceback: TracebackType | None) -> None:
        self.close()


class AsyncEventStream(_Images):
    """An async iterator of ``models.ImageStreamEvent``.

    Leaving an ``async for`` loop early closes the connection, and so does ``aclose()`` or the end of an ``async with``.
    """

    def __init__(self, stream: EventStream) -> None:
        self._stream = stream
        self._reading = stream._reading

    async def __aiter__(self) -> AsyncGenerator[ImageStreamEvent, None]:
        try:
            while (event := await self._next()) is not None:
                yield event
        finally:
            self._stream.close()

    async def __anext__(self) -> ImageStreamEvent:
        event = await self._next()
        if event is None:
            raise StopAsyncIteration
        return event

    async def _next(self) -> ImageStreamEvent | None:
        return await in_thread(partial(next, self._stream, None), self._stream._opened.deadline)

    async def read(self) -> ImageGenerationResponse:
        """Waits for the end, and gives the final images."""
        async for _ in self:
            pass
        return self.answer

    async def aclose(self) -> None:
        """Closes the connection; the service may stop its work."""
        self._stream.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, traceback: TracebackType | None) -> None:
        self._stream.close()


# A function, not a method: a generator that held its stream would keep it, and its connection, from being let go.


def _read(arriving: Iterator[bytes], reading: Reading, deadline: Deadline) -> Generator[ImageStreamEvent, None, None]:
    failed: Failure | None = None
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
    if failed is None:
        yield from reading.finish()
        return
    incomplete = reading.lost(failed.error)
    if incomplete is not None:
        raise incomplete
