"""How the calls of a sweep keep in step: they wait as one where the service asks for it, or a person pauses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from r9s_notebook.errors import NoResponseError, R9SError, R9SNotebookError, RateLimitError
from r9s_notebook.translation import Message

PATIENCE = 600.0
"""Seconds for which a service may be away before what was to be sent counts as failed."""
_LONGEST_WAIT = 3600.0
_FIRST_WAIT, _WAIT = 1.0, 30.0  # seconds, where the service names none: doubled each time, up to the second
_AWAY = frozenset({502, 503})


class Pace:
    """One for all calls of a sweep. ``turn`` and ``hold`` are called on the worker's loop, the others anywhere.

    Attributes:
        why: What all are waiting for, as a sentence; ``""`` where nobody waits.
        on_hold: Is called when all begin to wait, once for all who are told so.
    """

    why: str = ""
    on_hold: Callable[[], object] = staticmethod(lambda: None)

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._paused = False
        self._free = asyncio.Event()
        self._until = 0.0
        self._away_since: float | None = None
        self._waits = 0

    def begin(self) -> None:
        """Belongs to the running loop from now on."""
        self._loop, self._free = asyncio.get_running_loop(), asyncio.Event()
        self._until, self._away_since, self._waits = 0.0, None, 0
        self._settle()

    @property
    def paused(self) -> bool:
        """Whether a person has paused it."""
        return self._paused

    def pause(self, paused: bool = True) -> None:
        """Lets nothing be sent any more, or all of it again; what is under way goes on."""
        self._paused = paused
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._settle)

    async def turn(self, *, begun: bool = False) -> None:
        """Returns when something may be sent; what has begun when a person pauses goes on."""
        loop = asyncio.get_running_loop()
        while True:
            self._settle()  # it may have been paused on this loop a moment ago
            if not begun:
                await self._free.wait()
            if (seconds := self._until - loop.time()) <= 0:
                return
            await asyncio.sleep(seconds)

    def arrived(self) -> None:
        """The service has answered: it is there."""
        self._away_since, self._waits, self.why = None, 0, ""

    def hold(self, error: R9SNotebookError) -> bool:
        """Lets all wait where an error says that the same call can be sent later; False where it cannot."""
        now = asyncio.get_running_loop().time()
        if isinstance(error, RateLimitError):
            if error.topic or (error.retry_after or 0) > _LONGEST_WAIT:  # an empty account stays empty
                return False
            asked, self.why = error.retry_after, Message("The service asks to wait.")
        elif _is_away(error):
            self._away_since = now if self._away_since is None else self._away_since
            if now - self._away_since > PATIENCE:
                return False
            asked, self.why = None, Message("The service is away: its next try is soon.")
        else:
            return False
        if self._until <= now:  # else another call has been told just now, and all wait for that
            seconds = min(_FIRST_WAIT * 2**self._waits, _WAIT) if asked is None else asked
            self._waits = min(self._waits + 1, 10)
            self._until = now + seconds
            self.on_hold()
        return True

    def _settle(self) -> None:
        if self._paused:
            self._free.clear()
        else:
            self._free.set()


def _is_away(error: R9SNotebookError) -> bool:
    if isinstance(error, NoResponseError):
        return not error.sent
    return isinstance(error, R9SError) and error.status_code in _AWAY
