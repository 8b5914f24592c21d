"""Serves with uvicorn until a signal comes, and then finishes what has begun."""

from __future__ import annotations

import asyncio
import logging
import math
import signal
import sys
import time
from contextlib import suppress
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from r9s_notebook.server.closing import Closing

_log = logging.getLogger(__name__)
_LAST_WORDS = 2.0
"""Seconds for answers that say that the time is up."""


def serve(app: ASGIApp, closing: Closing, *, host: str, port: int, grace: float, access_log: bool) -> None:
    """Serve until SIGINT or SIGTERM; a second signal ends the process at once.

    Args:
        app: What answers.
        closing: The application's own: it refuses what comes after the signal.
        host: The address to listen on.
        port: The port.
        grace: Seconds for what has begun before the signal.
        access_log: Whether uvicorn writes a line for each request.
    """
    config = uvicorn.Config(app, host=host, port=port, log_level="info", access_log=access_log)
    server = _Server(config, closing, grace)
    with suppress(KeyboardInterrupt):  # uvicorn raises again what it has caught, when all is done
        server.run()
    if not server.started:
        sys.exit(1)


class _Server(uvicorn.Server):
    """Uvicorn's own way to stop refuses connections from the first moment, where nobody can be told why."""

    def __init__(self, config: uvicorn.Config, closing: Closing, grace: float) -> None:
        super().__init__(config)
        self._closing = closing
        self._grace = grace

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, signal.SIG_DFL)

    async def main_loop(self) -> None:
        await super().main_loop()
        self._closing.begin(self._grace)
        ends = time.monotonic() + self._grace + _LAST_WORDS
        begun = set(self.server_state.tasks)
        if begun:
            noun = "request" if len(begun) == 1 else "requests"
            _log.info("finishing %d %s, for %g seconds at most", len(begun), noun, self._grace)
            await asyncio.wait(begun, timeout=self._grace + _LAST_WORDS)
        # Answers that are still on their way to slow clients have what is left of it.
        self.config.timeout_graceful_shutdown = max(1, math.ceil(ends - time.monotonic()))
