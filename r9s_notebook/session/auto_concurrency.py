"""How many calls of a sweep are under way, where that finds itself: as many as make the service no slower."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median
from typing import Final

MOST: Final = 64
_FIRST: Final = 2
_LOOK: Final = 4  # calls that are looked at together, at least
_SAME, _SLOW = 1.3, 2.0  # times what calls took at best: as fast as ever up to the first, too slow from the second


class Lane:
    """What one call is made in.

    Attributes:
        began: Seconds of a clock that only goes forward; None before the call begins.
    """

    began: float | None = None

    def begin(self) -> None:
        """The call begins."""
        self.began = time.monotonic()


class AutoConcurrency:
    """Lets more calls go as long as each takes as long as before, and half as many when the service asks to wait.

    It doubles until calls take longer, since a service that takes many shall not wait for us; then it goes on in steps
    of one. It belongs to one event loop.

    Attributes:
        limit: Calls that may be under way now.
        active: Calls that are.
    """

    def __init__(self) -> None:
        self.limit = _FIRST
        self.active = 0
        self._is_new = True
        self._best = math.inf
        self._took: list[float] = []
        self._changed = asyncio.Event()

    @asynccontextmanager
    async def lane(self) -> AsyncIterator[Lane]:
        """Is entered when there is room for one more call, and left when that has ended."""
        while self.active >= self.limit:
            self._changed.clear()
            await self._changed.wait()
        self.active += 1
        lane, limit = Lane(), self.limit
        try:
            yield lane
        finally:
            self.active -= 1
            if lane.began is not None and limit <= self.limit:  # else it may have had to wait
                self.took(time.monotonic() - lane.began)
            self._changed.set()

    def took(self, seconds: float) -> None:
        """A call has ended after so long."""
        self._took.append(seconds)
        if len(self._took) < max(_LOOK, self.limit):
            return
        usual = median(self._took)
        self._took.clear()
        self._best = min(self._best, usual)
        if usual <= _SAME * self._best:
            self.limit = min(MOST, self.limit * 2 if self._is_new else self.limit + 1)
        else:
            self._is_new = False
            if usual > _SLOW * self._best:
                self.limit = max(1, self.limit - max(1, self.limit // 4))
        self._changed.set()

    def refused(self) -> None:
        """The service asks to wait, or is away."""
        self._is_new = False
        self.limit = max(1, self.limit // 2)
        self._took.clear()
