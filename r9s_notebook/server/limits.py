"""How much the server takes, and how it misbehaves when a lesson or a test asks it to."""

from __future__ import annotations

import math
import re
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
        waiting: Pictures in the queue before the server says 503.
    """

    body: int = 64 * 2**20
    pixels: int = 4096 * 4096
    waiting: int = 512


@dataclass(frozen=True)
class Misbehaviour:
    """Faults on purpose, for teaching and for tests. Nothing misbehaves by default.

    Attributes:
        latency: Seconds that every picture takes longer.
        error_rate: The share of requests that fail, 0 to 1.
        error_status: The status they fail with.
        requests_per_minute: For each key; None for no limit.
        refused_words: A prompt with one of them is refused, as a content policy would.
    """

    latency: float = 0.0
    error_rate: float = 0.0
    error_status: int = 500
    requests_per_minute: int | None = None
    refused_words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (math.isfinite(self.latency) and self.latency >= 0):
            raise ValueError(f"latency is in seconds, zero or more; got {self.latency}")
        if not 0 <= self.error_rate <= 1:
            raise ValueError(f"error_rate is a share from 0 to 1; got {self.error_rate}")
        if not 400 <= self.error_status <= 599:
            raise ValueError(f"error_status is an HTTP error, 400 to 599; got {self.error_status}")
        if self.requests_per_minute is not None and self.requests_per_minute < 1:
            raise ValueError(f"requests_per_minute is at least 1; got {self.requests_per_minute}")

    def strike(self, chance: float, prompt: str) -> None:
        """Fail a request where it is its turn.

        Args:
            chance: A random number, 0 <= chance < 1.
            prompt: The request's prompt.

        Raises:
            Refusal: The failure that was asked for.
        """
        refused = "|".join(re.escape(word) for word in self.refused_words)
        if refused and re.search(rf"(?<!\w)(?:{refused})(?!\w)", prompt, re.IGNORECASE):
            raise Refusal(
                400,
                "Your request was refused by the content policy that this server was started with. Change the prompt.",
                param="prompt",
                code="content_policy_violation",
            )
        if chance < self.error_rate:
            headers = {"Retry-After": "1"} if self.error_status in {429, 503} else None
            raise Refusal(
                self.error_status,
                f"This server was started to fail {self.error_rate:.0%} of the requests, and this was one of them.",
                code="misbehaviour",
                headers=headers,
            )


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
