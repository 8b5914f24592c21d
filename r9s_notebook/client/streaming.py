"""``stream=True``: iterators of events that close their connection when they end, fail, or are left early.

``Reading`` is what a stream says: its events in either shape, what has come so far, and how it ended.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import AsyncGenerator, Generator, Iterator, Mapping
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any, Final, Self

import httpx

from r9s_notebook.client import responses
from r9s_notebook.client.deadline import Deadline
from r9s_notebook.client.decoding import loads
from r9s_notebook.client.failures import BROKEN, lost
from r9s_notebook.client.models import ImageGenerationResponse, ImageObject, ImageStreamEvent, ImageUsage
from r9s_notebook.client.notices import notices
from r9s_notebook.client.retries import Failure
from r9s_notebook.client.sending import LARGEST_ANSWER, MEGA, Opened
from r9s_notebook.client.sse import Parser, ServerSentEvent
from r9s_notebook.client.threads import in_thread
from r9s_notebook.errors import (
    BY_STATUS,
    DeadlineExceededError,
    IncompleteStreamError,
    R9SDefaultError,
    R9SError,
    ResponseValidationError,
)
from r9s_notebook.suggestions import Strict

LARGEST_EVENT: Final = 64 * MEGA
"""Bytes of one event; an image of 20 MB has 27 MB of base64."""


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

    def __init__(self, opened: Opened, asked: Mapping[str, Any]) -> None:
        response, deadline = opened.response, opened.deadline
        self._opened = opened
        self._reading = Reading(asked, response.headers, response.status_code)
        if response.headers.get("content-type", "").lower().startswith("text/event-stream"):
            self._events = _read(opened.chunks(), self._reading, deadline)
        else:  # some services answer at once
            self._events = self._reading.whole(opened.whole())
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


class Reading:
    """A stream while it is read, whoever reads it."""

    def __init__(self, asked: Mapping[str, Any], headers: httpx.Headers, status: int) -> None:
        self.finals: list[ImageObject] = []  # in the order they came
        self.partials: list[ImageObject] = []  # oldest first
        self.done = False  # whether the service has said that nothing follows
        self._asked = asked
        self._headers = headers
        self._status = status
        self._parser = Parser()
        self._size = 0
        self._usage: ImageUsage | None = None
        self._model: str | None = None
        self._created: int | None = None

    def feed(self, chunk: bytes) -> Iterator[ImageStreamEvent]:
        """The events that a chunk completes.

        Raises:
            R9SError: The service reports an error, or an event is damaged.
        """
        self._size += len(chunk)
        yield from self._read(self._parser.feed(chunk))
        if self._size > LARGEST_ANSWER:
            raise self._invalid(f"The stream is larger than {LARGEST_ANSWER // MEGA} MB and goes on. It was given up.")
        if self._parser.waiting > LARGEST_EVENT:
            raise self._invalid(f"One event of the stream is larger than {LARGEST_EVENT // MEGA} MB. It was given up.")

    def finish(self) -> Iterator[ImageStreamEvent]:
        """What the end of the stream completes.

        Raises:
            IncompleteStreamError: It ended without a final image.
        """
        yield from self._read(self._parser.finish(), cut_off=True)
        if not self.finals:
            raise self.incomplete("The stream ended without its final image.")

    def whole(self, body: bytes | bytearray) -> Generator[ImageStreamEvent, None, None]:
        """The events of an answer that came at once: events under another name, or plain JSON.

        Raises:
            ResponseValidationError: It is neither.
        """
        start = body[:64].lstrip()
        if start.startswith((b"data:", b"event:", b":", b"id:", b"retry:", b"\xef\xbb\xbf")):
            yield from self.feed(bytes(body))
            yield from self.finish()
            return
        answer = responses.response(body, self._headers, self._asked, self._status)
        self._usage, self._model, self._created = answer.usage, answer.model, answer.created
        for index, image in enumerate(answer.data):
            self.finals.append(image)
            yield ImageStreamEvent("image.completed", image, is_final=True, index=index)

    @property
    def complete(self) -> bool:
        """Whether as many final images have come as were asked for."""
        n = self._asked.get("n")
        return len(self.finals) >= (n if isinstance(n, int) else 1)

    def lost(self, error: Exception) -> Exception | None:
        """What a broken connection means now; None where everything had come."""
        if self.complete:
            return None
        if isinstance(error, DeadlineExceededError):
            error.partials = self._came
            return error
        return self.incomplete(str(error))

    @property
    def _came(self) -> tuple[ImageObject, ...]:
        return (*self.finals, *self.partials)

    def incomplete(self, message: str) -> IncompleteStreamError:
        """The error that carries what came."""
        came = len(self.partials)
        if came:
            message += f" {came} partial image{'s' if came > 1 else ''} came before: they are in .partials."
        error = IncompleteStreamError(message, status_code=self._status, headers=self._headers)
        error.partials = self._came
        return error

    def answer(self) -> ImageGenerationResponse:
        """The final images as one answer.

        Raises:
            IncompleteStreamError: There are none.
        """
        if not self.finals:
            raise self.incomplete("The stream has no final image yet.")
        said = notices(self._asked, len(self.finals), self._model)
        wanted = self._asked.get("partial_images")
        if wanted and not self.partials:
            said += (f"{wanted} partial images were asked for, and none came.",)
        return ImageGenerationResponse(
            created=self._created or int(time.time()),
            data=list(self.finals),
            usage=self._usage,
            model=self._model,
            headers=dict(self._headers),
            notices=said,
        )

    def _read(self, events: Iterator[ServerSentEvent], *, cut_off: bool = False) -> Iterator[ImageStreamEvent]:
        for event in events:
            if self.done:
                return
            if event.data.strip() == b"[DONE]":
                self.done = True
                return
            data = self._parsed(event, cut_off)
            if data is not None:
                yield from self._take(data, event.name)

    def _parsed(self, event: ServerSentEvent, cut_off: bool) -> dict[str, Any] | None:
        try:
            data = loads(event.data)
        except (ValueError, RecursionError):
            if event.name == "error":
                data = {"error": event.data.decode("utf-8", "replace")}
            elif cut_off or not event.data.lstrip().startswith(b"{"):
                return None  # cut in the middle by the end of the stream, or a keep-alive in words
            else:
                raise self.incomplete("An event of the stream is damaged: it is not JSON.") from None
        return data if isinstance(data, dict) else None

    def _take(self, data: dict[str, Any], name: str) -> Iterator[ImageStreamEvent]:
        kind = data.get("type")
        kind = kind if isinstance(kind, str) else name
        if data.get("error") or kind == "error":
            raise self._reported(data)
        usage, model, created = data.get("usage"), data.get("model"), data.get("created", data.get("created_at"))
        self._usage = ImageUsage(usage) if isinstance(usage, dict) else self._usage
        self._model = model if isinstance(model, str) else self._model
        self._created = responses.whole_number(created) or self._created
        for entry in _entries(data):
            event = self._event(kind, entry)
            if event is not None:
                yield event

    def _event(self, kind: str, entry: Mapping[str, Any]) -> ImageStreamEvent | None:
        image = responses.image_object(entry)
        progress = responses.number(entry.get("progress"))
        if image is None and progress is None:
            return None  # a type that is not known, or a keep-alive
        final = image is not None and _is_final(kind, entry, progress)
        index = entry.get("index")
        number = index if isinstance(index, int) else len(self.finals)
        if image is not None:
            (self.finals if final else self.partials).append(image)
        partial = entry.get("partial_image_index")
        return ImageStreamEvent(
            kind, image, is_final=final, index=number, progress=progress,
            partial_image_index=partial if isinstance(partial, int) else None,
        )  # fmt: skip

    def _reported(self, data: Mapping[str, Any]) -> R9SError:
        error = data.get("error")
        details = error if isinstance(error, dict) else data
        status = next((v for key in ("status", "status_code", "code") if isinstance(v := details.get(key), int)), 0)
        reason = responses.reason_in(data) or "The service reported an error in mid-stream, without a reason."
        reported = BY_STATUS.get(status, R9SDefaultError)(
            reason, status_code=status or self._status, headers=self._headers, data=dict(data)
        )
        reported.partials = self._came
        return reported

    def _invalid(self, message: str) -> ResponseValidationError:
        return ResponseValidationError(message, status_code=self._status, headers=self._headers)


def _entries(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What an event reports on: itself in the first shape, each entry of its ``data`` in the second.

    A service may serve clients of both shapes with one event that has its image in either place: that is one image.
    """
    listed = data.get("data")
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    if responses.image_object(data) is not None:
        return [{**entries[0], **data} if len(entries) == 1 else data]
    return [*entries, data]


def _is_final(kind: str, entry: Mapping[str, Any], progress: float | None) -> bool:
    said = entry.get("is_final")
    if isinstance(said, bool):
        return said
    if "partial" in kind or "partial_image_index" in entry:
        return False
    if kind.endswith(("completed", "final", "done")):
        return True
    return progress is None or progress >= 1
