"""Faults on purpose, when a lesson or a test asks for them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from r9s_notebook.server.refusal import Refusal


@dataclass(frozen=True)
class Faults:
    """Faults on purpose, for teaching and for tests. There are none by default.

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
                code="fault_on_purpose",
                headers=headers,
            )
