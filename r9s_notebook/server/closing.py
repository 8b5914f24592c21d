"""The end of a server: what has begun gets some time more, and nothing begins."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from r9s_notebook.server.refusal import Refusal


class Closing:
    """Whether a server is about to end. One that is used in process never is."""

    def __init__(self) -> None:
        self._ends: float | None = None
        self._waits: set[asyncio.Timeout] = set()

    def begin(self, seconds: float) -> None:
        """From now on; to be called on the event loop that serves.

        Args:
            seconds: For what has begun.
        """
        self._ends = asyncio.get_running_loop().time() + seconds
        for wait in self._waits:
            wait.reschedule(self._ends)

    def check(self) -> None:
        """Looks whether something may begin.

        Raises:
            Refusal: 503, which closes its connection: the next one may reach another server.
        """
        if self._ends is not None:
            raise Refusal(
                503,
                "The server is shutting down. Try again when it is back.",
                code="shutting_down",
                headers={"Connection": "close"},
            )

    @asynccontextmanager
    async def bounded(self) -> AsyncIterator[None]:
        """What is done in it is given up when the time has come.

        Raises:
            Refusal: 503 then.
        """
        wait = asyncio.timeout_at(self._ends)
        try:
            async with wait:
                self._waits.add(wait)
                try:
                    yield
                finally:
                    self._waits.discard(wait)
        except TimeoutError:
            if not wait.expired():
                raise
            message = "The server is shutting down, and this took too long to be finished. Send it again."
            raise Refusal(503, message, code="shutting_down") from None
