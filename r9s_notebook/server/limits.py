"""How much the server takes: of one request, and of one key in a minute."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from r9s_notebook.server.refusal import Refusal


@dataclass(frozen=True)
class Limits:
    """What one request may bring.

    Attributes:
        body: Bytes of a request's body.
        pixels: Pixels of one image, before it is decoded.
    """

    body: int = 64 * 2**20
    pixels: int = 4096 * 4096


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
