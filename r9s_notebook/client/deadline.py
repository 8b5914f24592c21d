"""One deadline for a whole call: connecting, sending, waiting, retrying, and every byte of the answer."""

from __future__ import annotations

import time
from collections.abc import Callable


class Deadline(float):
    """Seconds that were left when the call began, which can say how many are left now.

    It is a float, so it serves as a timeout wherever one is expected. The network streams that know it (``network``)
    ask it again before every read and write, so that a server which sends one byte a second cannot outlive it.
    """

    __slots__ = ("_began", "_clock", "_ends")

    _began: float
    _clock: Callable[[], float]
    _ends: float

    def __new__(cls, seconds: float, clock: Callable[[], float] = time.monotonic) -> Deadline:
        """Begins now."""
        self = super().__new__(cls, seconds)
        self._clock = clock
        self._began = clock()
        self._ends = self._began + seconds
        return self

    def remaining(self) -> float:
        """Seconds left; negative once it has passed."""
        return self._ends - self._clock()

    def elapsed(self) -> float:
        """Seconds since the call began."""
        return self._clock() - self._began

    def end_within(self, seconds: float) -> None:
        """Makes it earlier, where it is later than so many seconds from now."""
        self._ends = min(self._ends, self._clock() + seconds)

    @property
    def passed(self) -> bool:
        """Whether no time is left."""
        return self.remaining() <= 0
