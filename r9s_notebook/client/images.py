"""``client.images``: create and edit, sync and async."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, Literal, Unpack, overload

from r9s_notebook.client.deadline import Deadline
from r9s_notebook.client.settings import Settings, seconds
from r9s_notebook.client.signatures import EditParameters, GenerationParameters, takes
from r9s_notebook.errors import InputError
from r9s_notebook.suggestions import Strict

if TYPE_CHECKING:
    from r9s_notebook.client.models import ImageGenerationResponse, ImageObject
    from r9s_notebook.client.sending import Sender
    from r9s_notebook.client.streaming import AsyncEventStream, EventStream

_WORTH_A_THREAD: Final = 256 * 1024
"""Characters of base64 from which an event loop had better not wait for the decoding."""


class Images(Strict):
    """The images API. Every parameter is given by name."""

    def __init__(self, settings: Settings, connected: Callable[[], Sender]) -> None:
        self._settings = settings
        self._connected = connected

    @cached_property
    def _sender(self) -> Sender:
        return self._connected()  # all that sends comes with the first call

    @overload
    def create(self, *, stream: Literal[True], **parameters: Unpack[GenerationParameters]) -> EventStream: ...
    @overload
    def create(
        self, *, stream: Literal[False] | None = None, **parameters: Unpack[GenerationParameters]
    ) -> ImageGenerationResponse: ...
    @takes(GenerationParameters)
    def create(self, **parameters: Any) -> ImageGenerationResponse | EventStream:
        """Makes images from a prompt.

        What is not given is not sent, but that a service on one's own computer or network is asked for base64.

        Args:
            {parameters}
            retries: For this call only, a ``RetryConfig``; None sends exactly once.
            server_url: For this call only, the API's base.
            timeout_ms: For this call only, of the whole call, in milliseconds.
            http_headers: For this call only, added ones.
            **parameters: Whatever else the model takes, sent as it is.

        Returns:
            The answer; with ``stream=True`` an iterator of events.

        Raises:
            R9SError: The service refused, or its answer is none.
            NoResponseError: The service was not reached, or the connection broke, or the deadline passed.
            InputError: The request cannot be sent; nothing was.
        """
        from r9s_notebook.client import calls

        return self._sender.send(calls.generation(self._settings, parameters))

    @overload
    async def create_async(
        self, *, stream: Literal[True], **parameters: Unpack[GenerationParameters]
    ) -> AsyncEventStream: ...
    @overload
    async def create_async(
        self, *, stream: Literal[False] | None = None, **parameters: Unpack[GenerationParameters]
    ) -> ImageGenerationResponse: ...
    @takes(GenerationParameters)
    async def create_async(self, **parameters: Any) -> ImageGenerationResponse | AsyncEventStream:
        """As ``create``; cancelling it leaves the client as good as new."""
        from r9s_notebook.client import calls

        return await self._sender.send_async(calls.generation(self._settings, parameters))

    @overload
    def edit(self, *, stream: Literal[True], **parameters: Unpack[EditParameters]) -> EventStream: ...
    @overload
    def edit(
        self, *, stream: Literal[False] | None = None, **parameters: Unpack[EditParameters]
    ) -> ImageGenerationResponse: ...
    @takes(EditParameters)
    def edit(self, **parameters: Any) -> ImageGenerationResponse | EventStream:
        """Changes an image as a prompt says; with a mask, only where the mask is transparent, or else white.

        Image and mask are each a path, bytes, an open binary file, a PIL image, a NumPy array, a ``Mask``, a
        ``models.ImageFile`` or ``{"file_name": ..., "content": ...}``. What is not upright, still, of 8 bits, PNG, JPEG
        or WebP, and what a known model insists on (PNG, square, under 4 MB), is converted where no pixel is lost that
        matters. ``models.ImageFile(..., as_is=True)`` is sent without a look at it.

        Args:
            {parameters}
            **parameters: ``retries``, ``server_url``, ``timeout_ms``, ``http_headers`` and the rest as in ``create``.

        Returns:
            As ``create``.

        Raises:
            InputError: An image cannot be used, or not by this model; nothing was sent.
            R9SError: As ``create``.
            NoResponseError: As ``create``.
        """
        from r9s_notebook.client import calls

        return self._sender.send(calls.edit(self._settings, parameters))

    @overload
    async def edit_async(self, *, stream: Literal[True], **parameters: Unpack[EditParameters]) -> AsyncEventStream: ...
    @overload
    async def edit_async(
        self, *, stream: Literal[False] | None = None, **parameters: Unpack[EditParameters]
    ) -> ImageGenerationResponse: ...
    @takes(EditParameters)
    async def edit_async(self, **parameters: Any) -> ImageGenerationResponse | AsyncEventStream:
        """As ``edit``; cancelling it leaves the client as good as new."""
        from r9s_notebook.client import calls
        from r9s_notebook.client.threads import in_thread

        return await self._sender.send_async(await in_thread(partial(calls.edit, self._settings, parameters)))

    def read(self, image: ImageObject) -> bytes:
        """The file of an image of an answer: decoded, or fetched from its link at once and with care.

        Raises:
            ResponseValidationError: It is damaged, no PNG, JPEG or WebP, too large, or its link is dead.
            UnsafeURLError: Its link leads to a private address, or is not https.
            NoResponseError: The link's server was not reached.
        """
        return self._read(image, Deadline(seconds(self._settings.timeout_ms)))

    async def read_async(self, image: ImageObject) -> bytes:
        """As ``read``; the event loop is free while a large image is decoded."""
        from r9s_notebook.client.threads import in_thread

        if image.base64 is not None and len(image.base64) < _WORTH_A_THREAD:
            return self.read(image)
        deadline = Deadline(seconds(self._settings.timeout_ms))
        return await in_thread(partial(self._read, image, deadline, in_chunks=True), deadline)

    def _read(self, image: ImageObject, deadline: Deadline, *, in_chunks: bool = False) -> bytes:
        from r9s_notebook.client.decoding import checked, decode

        if image.base64 is not None:
            return checked(decode(image.base64, in_chunks=in_chunks))
        from r9s_notebook.client.fetching import fetch

        if image.url is None:
            raise InputError("This image has neither base64 nor a link.")
        return fetch(self._sender, image.url, deadline)
