"""One deadline for a whole call: connecting, sending, waiting, retrying, and every byte of the answer.

It is also how a call is cancelled: from any thread, by making now its end and waking what it waits in.
"""

from __future__ import annotations

import math
import threading
import time
from typing import Protocol


class Wait(Protocol):
    """What a call waits in."""

    def stop(self) -> None:
        """Ends the wait, from another thread; takes no time and raises nothing."""


class Deadline(float):
    """Seconds that were left when the call began, which can say how many are left now.

    It is a float, so it serves as a timeout wherever one is expected. The connections, which know it, ask it again
    before every read and write, so that a server which sends one byte a second cannot outlive it.
    """

    __slots__ = ("_began", "_ends", "_lock", "_wait")

    _began: float
    _ends: float
    _lock: threading.Lock
    _wait: Wait | None

    def __new__(cls, seconds: float) -> Deadline:
        """Begins now."""
        self = super().__new__(cls, seconds)
        self._began = time.monotonic()
        self._ends = self._began + seconds
        self._lock = threading.Lock()
        self._wait = None
        return self

    def remaining(self) -> float:
        """Seconds left; negative once it has passed."""
        return self._ends - time.monotonic()

    def elapsed(self) -> float:
        """Seconds since the call began."""
        return time.monotonic() - self._began

    def end_within(self, seconds: float) -> None:
        """Makes it earlier, where it is later than so many seconds from now."""
        with self._lock:
            self._ends = min(self._ends, time.monotonic() + seconds)

    @property
    def passed(self) -> bool:
        """Whether no time is left."""
        return self.remaining() <= 0

    def waits_in(self, wait: Wait | None) -> None:
        """Says what ``cancel`` has to stop: to be called before each wait, and with None where it is no longer ours."""
        if self._wait is not wait:
            with self._lock:
                self._wait = wait

    def pause(self, seconds: float) -> None:
        """Waits, unless it is cancelled."""
        pause = _Pause()
        self.waits_in(pause)
        if not self.passed:  # asked after it was said: a cancellation comes before the one or after the other
            pause.wait(seconds)

    def cancel(self) -> None:
        """Ends the call where it waits now, or where it would wait next; from any thread."""
        with self._lock:
            self._ends = -math.inf
            if self._wait is not None:
                self._wait.stop()


class _Pause(threading.Event):
    stop = threading.Event.set
