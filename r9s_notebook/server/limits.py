"""How much the server takes: in one request, at the same time, and of one key in a minute."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from r9s_notebook.server.refusal import Refusal


@dataclass(frozen=True)
class Limits:
    """What the server takes.

    Attributes:
        body: Bytes of a request's body.
        pixels: Pixels of one image, before it is decoded.
        queue: Requests that the engine has at the same time: at work, or waiting there.
    """

    body: int = 64 * 2**20
    pixels: int = 4096 * 4096
    queue: int = 256


@dataclass
class _Window:
    started: float
    used: int = 0


@dataclass
class RateLimiter:
    """So many requests in a minute for each key, in fixed windows.

    Attributes:
        per_minute: Requests; None for no limit.
        clock: Seconds that only grow, such as ``time.monotonic``.
    """

    per_minute: int | None
    clock: Callable[[], float]
    _windows: dict[str, _Window] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, key: str) -> dict[str, str]:
        """Count one request; the rate-limit headers of its answer (none without a limit).

        Raises:
            Refusal: 429 with ``Retry-After``, in whole seconds.
        """
        if self.per_minute is None:
            return {}
        with self._lock:
            now = self.clock()
            self._windows = {name: window for name, window in self._windows.items() if now - window.started < 60}
            window = self._windows.setdefault(key, _Window(now))
            reset = 60 - (now - window.started)
            allowed = window.used < self.per_minute
            window.used += allowed
            remaining = self.per_minute - window.used
        headers = {
            "x-ratelimit-limit-requests": str(self.per_minute),
            "x-ratelimit-remaining-requests": str(remaining),
            "x-ratelimit-reset-requests": f"{reset:.0f}s",
        }
        if not allowed:
            seconds = max(1, math.ceil(reset))
            noun = "request" if self.per_minute == 1 else "requests"
            message = f"Rate limit reached: {self.per_minute} {noun} a minute. Try again in {seconds} seconds."
            headers["Retry-After"] = str(seconds)
            raise Refusal(429, message, code="rate_limit_exceeded", headers=headers)
        return headers


_LATELY = 32
"""Requests after which another pace of the engine has replaced the one before."""


class Queue:
    """The requests that an engine has, at work or waiting there, and its pace: when there will be room for more.

    Any thread and any event loop may call it.

    Args:
        most: Requests.
        clock: Seconds that only grow, such as ``time.monotonic``.
    """

    def __init__(self, most: int, clock: Callable[[], float]) -> None:
        self._most = most
        self._clock = clock
        self._lock = Lock()
        self._held = 0
        self._looked = self._promised = clock()
        self._busy = 0.0  # seconds in which the engine had something to do, until it was last looked
        self._ends = deque([0.0], maxlen=_LATELY + 1)  # when requests left it, in these seconds

    @property
    def held(self) -> int:
        """Requests that the engine has now."""
        return self._held

    def check(self) -> None:
        """Looks whether there is room, so that a request is refused before it is read.

        Raises:
            Refusal: 429 with ``Retry-After``, in whole seconds.
        """
        with self._lock:
            if self._held >= self._most:
                raise self._full()

    @contextmanager
    def place(self) -> Iterator[None]:
        """A request's place, for the time of a ``with`` block.

        Raises:
            Refusal: As ``check``.
        """
        with self._lock:
            if self._held >= self._most:
                raise self._full()
            self._look()
            self._held += 1
        try:
            yield
        finally:
            with self._lock:
                self._look()
                self._held -= 1
                self._ends.append(self._busy)

    def _look(self) -> None:
        now = self._clock()
        if self._held:
            self._busy += now - self._looked
        self._looked = now

    def _full(self) -> Refusal:
        # Who is refused is told when a place will be free that nobody who was refused before has been told of. After as
        # long as all that are here now will take, there is room again, whoever comes back.
        self._look()
        pace = (self._busy - self._ends[0]) / max(1, len(self._ends) - 1)
        now = self._looked
        self._promised = min(max(now, self._promised) + pace, now + pace * self._held)
        seconds = max(1, math.ceil(self._promised - now))
        noun = "request is" if self._most == 1 else "requests are"
        message = f"{self._most} {noun} waiting already. Try again in {seconds} second{'s' * (seconds > 1)}."
        return Refusal(429, message, code="queue_full", headers={"Retry-After": str(seconds)})
