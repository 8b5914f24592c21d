"""Sends calls: each again where its policy allows, until its answer is whole, or open where it is a stream.

There is one way to send, and it blocks. An async call is the same call in a thread (``threads``), so that there is one
pool of connections, which any event loop may use and which outlives it. Measured: on one background loop, a sync call
over httpcore's async pool costs 1.8 x bare httpx before any of our own work, three times the blocking pool; with a pool
for each event loop, an async call costs three times what it costs in a thread.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import httpx

from r9s_notebook.client.addresses import resolve
from r9s_notebook.client.calls import Call
from r9s_notebook.client.connections import Connections
from r9s_notebook.client.deadline import Deadline
from r9s_notebook.client.decoding import inflated
from r9s_notebook.client.failures import BROKEN, lost
from r9s_notebook.client.retries import Failure, pause, retry_after
from r9s_notebook.client.threads import in_thread
from r9s_notebook.errors import NoResponseError, R9SError, RateLimitError, ResponseValidationError
from r9s_notebook.translation import Message

if TYPE_CHECKING:
    from r9s_notebook.capabilities import Capabilities
    from r9s_notebook.client.models import ImageGenerationResponse
    from r9s_notebook.client.streaming import AsyncEventStream, EventStream

MEGA: Final = 1024 * 1024
LARGEST_ANSWER: Final = 256 * MEGA
"""Bytes of an answer: ten images of 20 MB, in base64."""
LARGEST_REFUSAL: Final = MEGA
"""Bytes that are read of an error's body."""
CONNECT_SECONDS: Final = 10.0
_TOO_LARGE: Final = Message(
    "The answer is larger than {most} MB, which no answer of this API is. Check the base URL.",
    most=LARGEST_ANSWER // MEGA,
)


class Sender:
    """Sends a client's calls.

    Args:
        transport: To the API, in place of the network; it stays the caller's to close.
    """

    def __init__(self, transport: httpx.BaseTransport | None) -> None:
        self._api = Connections() if transport is None else transport
        self._links = Connections(resolve)  # guarded, for links that do not lead to the API
        self._origins: set[tuple[str, str, int | None]] = set()

    def send(self, call: Call) -> ImageGenerationResponse | EventStream:
        """Sends a call that makes images, and gives its answer; where a stream was asked for, the stream."""
        return self._sent(call, Deadline(call.seconds))

    async def send_async(self, call: Call) -> ImageGenerationResponse | AsyncEventStream:
        """As ``send``, on whatever event loop is running. Cancelling it closes the connection."""
        deadline = Deadline(call.seconds)
        sent: Any = await in_thread(partial(self._sent, call, deadline), deadline)
        if not call.asked.get("stream"):
            return sent  # type: ignore[no-any-return]
        from r9s_notebook.client.streaming import AsyncEventStream

        return AsyncEventStream(sent)

    def models(self, call: Call, deadline: Deadline) -> tuple[Capabilities, ...]:
        """Asks for the list of models."""
        from r9s_notebook.capabilities import described
        from r9s_notebook.client.responses import Head

        opened = self.open(call, deadline)
        body = opened.whole()
        try:
            return tuple(described(entry) for entry in json.loads(body)["data"])
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise Head(call, opened.response).invalid(Message("The answer is no list of models."), body) from None

    def open(
        self, call: Call, deadline: Deadline, *, accepts: Callable[[httpx.Response], bool] | None = None
    ) -> Opened:
        """Sends a request, again where its policy allows, until its response is acceptable: by default, a success.

        Raises:
            R9SError: The service refused.
            NoResponseError: The service could not be reached, or the connection broke.
        """
        tries = 0
        while True:
            tries += 1
            opened = _tried(self._links if call.guarded else self._api, call, deadline)
            if isinstance(opened, Opened):
                response = opened.response
                if response.is_success if accepts is None else accepts(response):
                    return opened
            failure = _refused(opened, call) if isinstance(opened, Opened) else opened
            times = {"elapsed": deadline.elapsed(), "remaining": deadline.remaining()}
            seconds = pause(call.rules, failure, tries=tries, jitter=random.random, **times)
            if seconds is None:
                raise failure.error
            deadline.pause(seconds)

    def _sent(self, call: Call, deadline: Deadline) -> ImageGenerationResponse | EventStream:
        self.knows(call.request.url)
        try:
            opened = self.open(call, deadline)
        except R9SError as error:
            if call.plainer is None or error.status_code not in (400, 422) or "response_format" not in error.body:
                raise
            return self._sent(call.plainer(), deadline)  # it refused what nobody had asked for, and did no work
        if call.asked.get("stream"):
            from r9s_notebook.client.streaming import EventStream

            return EventStream(opened, call)
        from r9s_notebook.client.reading import Reading  # comes with the first answer
        from r9s_notebook.client.responses import Head

        head = Head(call, opened.response)
        try:
            body = opened.whole()
        except NoResponseError as error:
            error.headers = head.headers
            raise
        return Reading(head).read(body)

    def knows(self, url: httpx.URL) -> None:
        """Remembers where the API is, for links that lead there."""
        self._origins.add(_origin(url))

    def is_api(self, url: httpx.URL) -> bool:
        """Whether a link leads to the API itself, as far as this client has called it."""
        return _origin(url) in self._origins

    def close(self) -> None:
        """Closes all connections; calls that are under way end first."""
        self._links.close()
        if isinstance(self._api, Connections):
            self._api.close()


class Opened:
    """A response whose body is unread, and its connection."""

    def __init__(self, response: httpx.Response, deadline: Deadline) -> None:
        self.response = response
        self.deadline = deadline

    def chunks(self) -> Iterator[bytes]:
        """The body as it arrives; decoded only where it was encoded, which spares a copy of every other."""
        encoding = self.response.headers.get("content-encoding")
        arriving: Any = self.response.stream
        return iter(arriving if encoding is None else inflated(arriving, encoding))

    def read(self, limit: int) -> bytes | bytearray | Failure | None:
        """The body, to its end; None where it is larger than ``limit``. The connection is free then, or closed."""
        try:
            return _collected(self.chunks(), limit, _announced(self.response), self.deadline)
        except BROKEN as error:
            return lost(error, self.deadline)
        finally:
            self.close()

    def whole(self, limit: int = LARGEST_ANSWER, too_large: str = _TOO_LARGE) -> bytes | bytearray:
        """As ``read``.

        Raises:
            NoResponseError: The connection broke, or the deadline passed.
            ResponseValidationError: The body is larger than ``limit``.
        """
        body = self.read(limit)
        if isinstance(body, Failure):
            raise body.error
        if body is None:
            raise ResponseValidationError(too_large, status_code=self.response.status_code)
        return body

    def close(self) -> None:
        """Closes the connection, or leaves it to the next call where all was read."""
        self.deadline.waits_in(None)  # from here on it may be another call's
        self.response.close()


def _tried(transport: httpx.BaseTransport, call: Call, deadline: Deadline) -> Opened | Failure:
    """Sends a request once, in the time that is left."""
    request = call.request
    left = max(deadline.remaining(), 0.001)
    connecting = Deadline(min(CONNECT_SECONDS, left))
    request.extensions["timeout"] = {"connect": connecting, "read": deadline, "write": deadline, "pool": left}
    try:
        return Opened(transport.handle_request(request), deadline)
    except BROKEN as error:
        return lost(error, deadline)


def _refused(opened: Opened, call: Call) -> Failure:
    from r9s_notebook.client.responses import Head

    body, head = opened.read(LARGEST_REFUSAL), Head(call, opened.response)
    error = head.refusal(body if isinstance(body, (bytes, bytearray)) else b"")
    wait = retry_after(head.headers.get("retry-after"), now=time.time())
    if isinstance(error, RateLimitError):
        error.retry_after = wait
    return Failure(error, status=head.status, retry_after=wait, lasting=bool(error.topic))


_WORTH_A_BUFFER: Final = 256 * 1024


def _collected(
    chunks: Iterable[bytes], limit: int, announced: int, deadline: Deadline
) -> bytes | bytearray | Failure | None:
    """A body; None where it is larger than ``limit``.

    A large one whose length is announced is filled into one buffer. Kept as chunks and joined in the end it would be in
    memory twice, and the pages for that cost more time than anything else that is done with it.
    """
    buffer = bytearray(announced) if _WORTH_A_BUFFER <= announced <= limit else None
    kept: list[bytes] = []
    size = 0
    for chunk in chunks:
        if buffer is None:
            kept.append(chunk)
        else:
            buffer[size : size + len(chunk)] = chunk
        size += len(chunk)
        if size > limit:
            return None
        if deadline.passed:
            return lost(TimeoutError(), deadline)
    if buffer is None:
        return b"".join(kept)
    del buffer[size:]
    return buffer


def _announced(response: httpx.Response) -> int:
    """The bytes that a body will have; 0 where that is not known."""
    length = response.headers.get("content-length", "")
    return int(length) if length.isdecimal() and "content-encoding" not in response.headers else 0


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """A URL's scheme, host and port, the scheme's own port written out."""
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme)
