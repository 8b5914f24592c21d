"""Reading an answer: JSON, a picture's own file, or events. Its bytes tell which, whatever its label says."""

from __future__ import annotations

import binascii
import math
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from r9s_notebook.client.answers import images_in, refused_in
from r9s_notebook.client.decoding import loads, understood
from r9s_notebook.client.models import ImageGenerationResponse, ImageObject, ImageStreamEvent, ImageUsage
from r9s_notebook.client.notices import notices
from r9s_notebook.client.reasons import advice, listed
from r9s_notebook.client.responses import KEPT, Head
from r9s_notebook.client.sending import LARGEST_ANSWER, MEGA
from r9s_notebook.client.sse import Parser, ServerSentEvent
from r9s_notebook.errors import DeadlineExceededError, IncompleteStreamError, NoResponseError, R9SError
from r9s_notebook.formats import format_of
from r9s_notebook.translation import Message, joined

LARGEST_EVENT: Final = 64 * MEGA
"""Bytes of one event; an image of 20 MB has 27 MB of base64."""

_ONE_CAME: Final = Message("1 partial image came before: they are in .partials.")
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_FIELD: Final = re.compile(rb"(data|event|id|retry)?:")

E = TypeVar("E", bound=R9SError)


class Reading:
    """An answer while it is read, whoever reads it: what has come so far, and how it ended."""

    def __init__(self, head: Head) -> None:
        self.partials: list[ImageObject] = []  # oldest first
        self.done = False  # whether the service has said that nothing follows
        self._head = head
        self._finals: list[tuple[int, ImageObject]] = []  # with their places, in the order they came
        self._refused: list[tuple[str, str]] = []  # why others are not there
        self._is_events: bool | None = None  # None as long as nothing but blanks has come
        self._parser = Parser()
        self._events = 0
        self._held: list[bytes | bytearray] = []  # a body that is no events
        self._start = b""  # what is kept of a body that is not understood
        self._last: Any = None  # the last event that had no image
        self._size = 0
        self._usage: ImageUsage | None = None
        self._model: str | None = None
        self._created: int | None = None

    def read(self, body: bytes | bytearray) -> ImageGenerationResponse:
        """The answer that a whole body is.

        Raises:
            R9SError: It is none.
        """
        if body[:1] == b"{":  # as nearly all do
            self._whole(body)
        else:
            for part in (self.feed(body), self.finish()):
                for _event in part:
                    pass
        return self.answer()

    def feed(self, chunk: bytes | bytearray) -> Iterator[ImageStreamEvent]:
        """The events that a chunk completes.

        Raises:
            R9SError: The service reports an error, or an event is damaged.
        """
        self._size += len(chunk)
        if len(self._start) < KEPT:
            self._start += chunk[: KEPT - len(self._start)]
        begins = self._start.lstrip(_BLANK)[:1] if self._is_events is None else b""
        if begins:
            is_text = understood(self._head.headers.get("content-encoding", ""))
            self._is_events = is_text and (begins.isalpha() or begins == b":")
            if self._is_events:
                chunk = b"".join((*self._held, chunk))
        if self._is_events:
            yield from self._read(self._parser.feed(bytes(chunk)))
        else:
            self._held.append(chunk)
        if self._size > LARGEST_ANSWER:
            raise self._too_large(Message("The answer"), LARGEST_ANSWER)
        if self._parser.waiting > LARGEST_EVENT:
            raise self._too_large(Message("One event of the stream"), LARGEST_EVENT)

    def finish(self) -> Iterator[ImageStreamEvent]:
        """What the end of the body completes.

        Raises:
            ResponseValidationError: It ended without an image.
        """
        if self._is_events:
            yield from self._read(self._parser.finish(), cut_off=True)
        blank = self._is_events is None and self._head.asked.get("stream")
        if self._events or blank or _FIELD.match(self._start.lstrip(_BLANK)):
            if not self._finals:
                raise self._incomplete(Message("The stream ended without its final image."))
        else:
            self._whole(self._held[0] if len(self._held) == 1 else b"".join(self._held) or self._start)
            for place, image in self._finals:
                yield ImageStreamEvent("image.completed", image, is_final=True, index=place)

    def _whole(self, body: bytes | bytearray) -> None:
        if body[:1] not in (b"{", b"[") and format_of(bytes(body[:16])):
            value: Any = {"b64_json": binascii.b2a_base64(body, newline=False).decode()}
        else:
            try:
                value = loads(body, self._head.veil)
            except (ValueError, RecursionError):
                value = bytes(body).decode("latin-1")  # base64 or a link, and nothing around it
                if not any(images_in(value, self._head.url)):
                    raise self._head.not_json(body) from None
        about = self._noted(value)
        for image, index, _entry in images_in(value, self._head.url):
            self._finals.append((len(self._finals) if index is None else index, image))
        if not self._finals:
            raise self._head.nothing_in(value, body)
        if len(listed(about.get("data"))) != len(self._finals) or "error" in about:
            self._refused += refused_in(value, self._head.url)

    @property
    def complete(self) -> bool:
        """Whether as many final images have come as were asked for."""
        n = self._head.asked.get("n")
        return len(self._finals) >= (n if isinstance(n, int) else 1)

    def lost(self, error: Exception) -> Exception | None:
        """What a broken connection means now; None where everything had come."""
        if self.complete:
            return None
        if isinstance(error, NoResponseError):
            error.headers = self._head.headers
        if isinstance(error, DeadlineExceededError):
            error.partials = self._came
        elif self._events:
            return self._incomplete(getattr(error, "message", str(error)))
        return error

    def answer(self) -> ImageGenerationResponse:
        """The final images as one answer, in the order of their numbers.

        Raises:
            IncompleteStreamError: There are none.
        """
        if not self._finals:
            raise self._incomplete(Message("The stream has no final image yet."))
        asked = self._head.asked
        said = notices(asked, len(self._finals), self._model)
        refused = [joined(f"{reason.rstrip('.')}.", advice(topic, 0)) for reason, topic in self._refused]
        said += tuple(Message("An image was not made: {why}", why=why) for why in dict.fromkeys(refused))
        if asked.get("partial_images") and not self.partials:
            several = asked["partial_images"]
            said += (Message("{count} partial images were asked for, and none came.", count=several),)
        return ImageGenerationResponse(
            created=self._created or int(time.time()),
            data=[image for _, image in sorted(self._finals, key=lambda final: final[0])],
            usage=self._usage,
            model=self._model,
            headers=self._head.headers,
            notices=said,
            refused=refused,
        )

    @property
    def _came(self) -> tuple[ImageObject, ...]:
        return (*(image for _, image in self._finals), *self.partials)

    def _incomplete(self, message: str) -> IncompleteStreamError:
        """The error that carries what came."""
        came = len(self.partials)
        if came:
            some = Message("{count} partial images came before: they are in .partials.", count=came)
            message = joined(message, some if came > 1 else _ONE_CAME)
        return self._with_what_came(self._head.invalid(message, self._start, self._last, IncompleteStreamError))

    def _with_what_came(self, error: E) -> E:
        error.partials = self._came
        return error

    def _too_large(self, what: str, limit: int) -> R9SError:
        told = Message("{what} is larger than {most} MB and goes on. It was given up.", what=what, most=limit // MEGA)
        return self._head.invalid(told, self._start)

    def _read(self, events: Iterator[ServerSentEvent], *, cut_off: bool = False) -> Iterator[ImageStreamEvent]:
        for event in events:
            if self.done:
                return
            if event.data.strip() == b"[DONE]":
                self.done = True
                return
            data = self._parsed(event, cut_off)
            if data is not None:
                self._events += 1
                kind = data.get("type")
                yield from self._take(data, kind if isinstance(kind, str) else event.name)

    def _parsed(self, event: ServerSentEvent, cut_off: bool) -> dict[str, Any] | None:
        try:
            data = loads(event.data, self._head.veil)
        except (ValueError, RecursionError):
            if event.name == "error":
                data = {"error": self._head.veil(event.data).decode("utf-8", "replace")}
            elif cut_off or not event.data.lstrip().startswith(b"{"):
                return None  # cut in the middle by the end of the stream, or a keep-alive in words
            else:
                raise self._incomplete(Message("An event of the stream is damaged: it is not JSON.")) from None
        return data if isinstance(data, dict) else None

    def _noted(self, value: Any) -> dict[str, Any]:
        """What an answer or an event says besides its images."""
        about: dict[str, Any] = value if isinstance(value, dict) else {}
        usage, model, created = about.get("usage"), about.get("model"), about.get("created", about.get("created_at"))
        self._usage = ImageUsage(usage) if isinstance(usage, dict) else self._usage
        self._model = model if isinstance(model, str) else self._model
        self._created = int((created and _number(created)) or 0) or self._created
        return about

    def _take(self, about: dict[str, Any], kind: str) -> Iterator[ImageStreamEvent]:
        """What an event of a stream brings."""
        if about.get("error") or kind == "error":
            raise self._with_what_came(self._head.reported(about))
        self._noted(about)
        if self._finals and "response" in about:
            return  # all of it once more, at the end
        entries = [entry for entry in listed(about.get("data")) if isinstance(entry, dict)]
        # An event may serve clients of both shapes, with its image in either place: that is one image.
        merged = {**entries[0], **about} if len(entries) == 1 else about
        found = False
        for image, index, entry in images_in(merged, self._head.url):
            found = True
            yield self._event(kind, image, index, entry)
        if not found:
            self._last = merged
            for entry in (*entries, about):
                if _number(entry.get("progress")) is not None:
                    yield self._event(kind, None, entry.get("index"), entry)

    def _event(self, kind: str, image: ImageObject | None, index: Any, entry: Mapping[str, Any]) -> ImageStreamEvent:
        progress = _number(entry.get("progress"))
        final = image is not None and _is_final(kind, entry, progress)
        place = index if isinstance(index, int) else len(self._finals)
        if image is not None and final:
            self._finals.append((place, image))
        elif image is not None:
            self.partials.append(image)
        partial = entry.get("partial_image_index")
        return ImageStreamEvent(
            kind, image, is_final=final, index=place, progress=progress,
            partial_image_index=partial if isinstance(partial, int) else None,
        )  # fmt: skip


def _is_final(kind: str, entry: Mapping[str, Any], progress: float | None) -> bool:
    said = entry.get("is_final")
    if isinstance(said, bool):
        return said
    if "partial" in kind or "partial_image_index" in entry:
        return False
    return kind.endswith(("completed", "final", "done")) or progress is None or progress >= 1


def _number(value: Any) -> float | None:
    """A number of an answer; None for anything else, such as NaN or what no float can hold."""
    try:
        found = float(value) if isinstance(value, (int, float)) else math.nan
    except OverflowError:
        return None
    return found if math.isfinite(found) else None
