"""When a call is sent again: a pure function of what happened, and never a second bill unasked."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple

LONGEST_PAUSE: Final = 60.0
"""Seconds. A service that asks for a longer pause gets no second try; its error says how long to wait."""


@dataclass(frozen=True)
class BackoffStrategy:
    """How the pauses between tries grow: ``initial_interval * exponent ** tries``, with jitter.

    Attributes:
        initial_interval: Milliseconds before the second try.
        max_interval: Milliseconds that a pause is at most.
        exponent: What each pause is multiplied by; 1 or more.
        max_elapsed_time: Milliseconds from the first try after which there is no other.
    """

    initial_interval: int = 500
    max_interval: int = 60_000
    exponent: float = 1.5
    max_elapsed_time: int = 3_600_000


@dataclass(frozen=True)
class RetryConfig:
    """Asks for more tries than the careful default, and accepts that a generation may be billed more than once.

    Attributes:
        strategy: ``"backoff"``, or ``"none"`` to send exactly once.
        backoff: How long to wait between tries.
        retry_connection_errors: Also after a connection that broke while the service may have been at work.
    """

    strategy: str = "backoff"
    backoff: BackoffStrategy = BackoffStrategy()
    retry_connection_errors: bool = False


class Policy(NamedTuple):
    """What may be sent again."""

    statuses: frozenset[int]  # HTTP statuses after which the call is sent again
    tries: float  # how often it is sent at most
    unsent: bool  # again where the connection was refused, so that nothing can have been sent
    sent: bool  # again where the connection broke later
    backoff: BackoffStrategy


_CAREFUL = Policy(frozenset({429}), 3, True, False, BackoffStrategy(500, 8_000, 2.0, 120_000))
_ONCE = Policy(frozenset(), 1, False, False, BackoffStrategy())
_ASKED_FOR = frozenset({429, 500, 502, 503, 504})


def policy(config: RetryConfig | None, *, given: bool) -> Policy:
    """What may be sent again: what was ``given``, or only where the service cannot have done the work."""
    if not given:
        return _CAREFUL
    if config is None or config.strategy != "backoff":
        return _ONCE
    return Policy(_ASKED_FOR, math.inf, True, config.retry_connection_errors, config.backoff)


class Failure(NamedTuple):
    """A try that failed. A value, so that the error that is raised from it drags no frames along."""

    error: Exception
    status: int | None = None  # the HTTP status; None where no answer came
    sent: bool = True  # whether the service may have seen the request
    refused: bool = False  # whether the connection was refused
    retry_after: float | None = None  # seconds that the service asked to wait
    lasting: bool = False  # whether it will be the same again, as with an empty account


def pause(
    rules: Policy, failure: Failure, *, tries: int, elapsed: float, remaining: float, jitter: Callable[[], float]
) -> float | None:
    """Seconds to wait before the next try, after 1 or more; None to give up.

    ``elapsed`` are seconds since the first try, ``remaining`` those to the call's deadline: a pause never goes past it.
    ``jitter`` gives 0 to 1; the pause is between half and all of its interval.
    """
    if tries >= rules.tries or not _repeatable(rules, failure):
        return None
    backoff = rules.backoff
    if failure.retry_after is not None:
        seconds = failure.retry_after
        if seconds > LONGEST_PAUSE:
            return None
    else:
        # The power is bounded: with a large number of tries it would overflow.
        grown = backoff.initial_interval * max(backoff.exponent, 1.0) ** min(tries - 1, 64)
        seconds = min(grown, backoff.max_interval) / 1000 * (0.5 + jitter() / 2)
    if elapsed + seconds > backoff.max_elapsed_time / 1000 or seconds >= remaining:
        return None
    return max(seconds, 0.0)


def _repeatable(rules: Policy, failure: Failure) -> bool:
    if failure.status is not None:
        return not failure.lasting and failure.status in rules.statuses
    if failure.sent:
        return rules.sent
    return rules.unsent and (failure.refused or rules.sent)


def retry_after(value: str | None, *, now: float) -> float | None:
    """Seconds that a ``Retry-After`` header asks for; None where it is absent or makes no sense.

    It has seconds, or an HTTP date; ``now`` is in seconds since the epoch.
    """
    if not value:
        return None
    try:
        seconds = float(value.replace("_", "?"))  # Python reads 1_0 as ten
    except ValueError:
        try:
            date = parsedate_to_datetime(value)
            # HTTP's dates are in GMT, also where they do not say so.
            seconds = (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now
        except (ValueError, TypeError, OverflowError, OSError):
            return None
        return max(seconds, 0.0)
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
