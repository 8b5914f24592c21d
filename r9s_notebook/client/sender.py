"""Runs flows over a client's connections."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import httpx

from r9s_notebook.client.deadline import Deadline
from r9s_notebook.client.driver import run, run_async
from r9s_notebook.client.lines import AsyncLine, Line
from r9s_notebook.client.pools import Pools
from r9s_notebook.client.protocol import Call, Flow, exchange, whole

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from r9s_notebook.client.models import ImageGenerationResponse
    from r9s_notebook.client.streams import AsyncEventStream, EventStream

T = TypeVar("T")
P = ParamSpec("P")


class Sender:
    """Sends calls over the API's own connections, and fetches links over guarded ones.

    Args:
        api: The connections to the API.
        links: The guarded connections, for links that do not lead to the API.
    """

    def __init__(self, api: Pools, links: Pools) -> None:
        self._api = api
        self._links = links
        self._origins: set[tuple[str, str, int | None]] = set()

    def run(self, flow: Flow[T]) -> T:
        """Runs a flow from this thread."""
        line = Line(self._api, self._links)
        with line.held():
            return run(flow, line)

    async def run_async(self, flow: Flow[T]) -> T:
        """Runs a flow on the running event loop."""
        line = AsyncLine(self._api, self._links)
        with line.held():
            return await run_async(flow, line)

    def answer(self, call: Call) -> ImageGenerationResponse:
        """Sends a call from this thread and waits for its answer."""
        self.knows(call.url)
        return self.run(_answer(call))

    async def answer_async(self, call: Call) -> ImageGenerationResponse:
        """As ``answer``, on the running event loop."""
        self.knows(call.url)
        return await self.run_async(_answer(call))

    def stream(self, call: Call) -> EventStream:
        """Opens a stream of events."""
        from r9s_notebook.client.streams import EventStream

        self.knows(call.url)
        deadline = Deadline(call.seconds)
        line = Line(self._api, self._links)
        with line.until_success():
            opened, body = run(_opening(call, deadline), line)
        return EventStream(opened, body, call, deadline, line)

    async def stream_async(self, call: Call) -> AsyncEventStream:
        """As ``stream``."""
        from r9s_notebook.client.streams import AsyncEventStream

        self.knows(call.url)
        deadline = Deadline(call.seconds)
        line = AsyncLine(self._api, self._links)
        with line.until_success():
            opened, body = await run_async(_opening(call, deadline), line)
        return AsyncEventStream(opened, body, call, deadline, line)

    def knows(self, url: httpx.URL) -> None:
        """Remembers where the API is, for links that lead there."""
        self._origins.add(origin(url))

    def is_api(self, url: httpx.URL) -> bool:
        """Whether a link leads to the API itself, as far as this client has called it."""
        return origin(url) in self._origins

    def close(self) -> None:
        """Closes all connections."""
        self._api.close()
        self._links.close()

    async def aclose(self) -> None:
        """As ``close``, and waits for it."""
        await self._api.aclose()
        await self._links.aclose()


def _answer(call: Call) -> Flow[ImageGenerationResponse]:
    """Sends a call and gives its answer."""
    deadline = Deadline(call.seconds)
    response = yield from exchange(call, deadline)
    body = yield from whole(response, deadline)
    from r9s_notebook.client import answers  # comes with the first answer

    return answers.response(body, response.headers, call.asked, response.status_code)


def _opening(call: Call, deadline: Deadline) -> Flow[tuple[httpx.Response, bytes | None]]:
    """Sends a call that asks for a stream.

    Returns:
        The response: open where it is a stream of events. Some services answer at once: then its body is there too.
    """
    response = yield from exchange(call, deadline)
    if response.headers.get("content-type", "").lower().startswith("text/event-stream"):
        return response, None
    return response, (yield from whole(response, deadline))


def origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """A URL's scheme, host and port, the scheme's own port written out."""
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme)


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs work off the event loop.

    One thread for all of it: decoding base64 holds the interpreter, so that more threads would only take turns from
    the loop.
    """
    import asyncio

    return await asyncio.get_running_loop().run_in_executor(_thread(os.getpid()), partial(work, *args, **kwargs))


@cache
def _thread(_process: int) -> ThreadPoolExecutor:
    """A forked child has its parent's threads no more, so each process has its own."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="r9s-decoding")
