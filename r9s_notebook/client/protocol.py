"""How a call goes, written once for sync and async.

A flow is a generator: it yields a step (``Send``, ``Read``, ``Pause``), gets the step's outcome back, and returns the
call's result or raises its error. It touches no network and no clock but the deadline's, so it is tested as it stands;
``driver`` takes the steps, once with ``await`` and once without.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Generator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

import httpx

from r9s_notebook.client.deadline import Deadline
from r9s_notebook.client.retries import Failure, Policy, pause, retry_after
from r9s_notebook.errors import NoResponseError, RateLimitError, ResponseValidationError

MEGA: Final = 1024 * 1024
LARGEST_ANSWER: Final = 256 * MEGA
"""Bytes of an answer: ten images of 20 MB, in base64."""
LARGEST_REFUSAL: Final = MEGA
"""Bytes that are read of an error's body."""
CONNECT_SECONDS: Final = 10.0
GUARDED: Final = "r9s_guarded"
"""The request extension that sends a request over guarded connections."""


class Call(NamedTuple):
    """One request to the API, ready to be sent as often as its policy allows.

    Attributes:
        method: ``"POST"`` or ``"GET"``.
        url: Whole.
        headers: The key among them; ``httpx.Headers`` hides it from its repr.
        content: The body.
        seconds: The whole call's deadline.
        rules: When it may be sent again.
        asked: What was asked for, without files: to compare with what came.
        guarded: Whether it goes to whom an answer's link names, over connections that judge their addresses.
    """

    method: str
    url: httpx.URL
    headers: httpx.Headers
    content: bytes
    seconds: float
    rules: Policy
    asked: Mapping[str, Any] = MappingProxyType({})
    guarded: bool = False


class Send(NamedTuple):
    """Send the request; the outcome is an open response whose body is unread, or ``Lost``."""

    call: Call
    deadline: Deadline

    def request(self) -> httpx.Request:
        """The request with the time that is left for it."""
        left = max(self.deadline.remaining(), 0.001)
        timeout = {
            "connect": Deadline(min(CONNECT_SECONDS, left)),
            "read": self.deadline,
            "write": self.deadline,
            "pool": left,
        }
        call = self.call
        extensions = {"timeout": timeout, GUARDED: call.guarded}
        return httpx.Request(call.method, call.url, headers=call.headers, content=call.content, extensions=extensions)


class Read(NamedTuple):
    """Read a response to its end and close it; the outcome is its body, ``Lost`` or ``TooLarge``."""

    response: httpx.Response
    deadline: Deadline
    limit: int


class Pause(NamedTuple):
    """Wait; the outcome is None."""

    seconds: float


class Lost(NamedTuple):
    """The connection failed. Handed over as a value, so that the error raised from it drags no frames along.

    Attributes:
        error: What to raise.
        refused: Whether the connection was refused, so that the service saw nothing.
    """

    error: NoResponseError
    refused: bool = False


class TooLarge(NamedTuple):
    """The body is larger than was allowed; the rest was not read."""


Step: TypeAlias = Send | Read | Pause
T = TypeVar("T")
Flow: TypeAlias = Generator[Step, Any, T]


def _succeeded(response: httpx.Response) -> bool:
    return response.is_success


def exchange(
    call: Call, deadline: Deadline, *, accepts: Callable[[httpx.Response], bool] = _succeeded
) -> Flow[httpx.Response]:
    """Sends the call, again where its policy allows, until its answer is acceptable.

    Returns:
        An open response, its body unread.

    Raises:
        R9SError: The service refused.
        NoResponseError: The service could not be reached, or the connection broke.
    """
    tries = 0
    while True:
        tries += 1
        outcome = yield Send(call, deadline)
        if isinstance(outcome, httpx.Response) and accepts(outcome):
            return outcome
        error, failure = yield from _diagnosed(outcome, call, deadline)
        seconds = pause(
            call.rules,
            failure,
            tries=tries,
            elapsed=deadline.elapsed(),
            remaining=deadline.remaining(),
            jitter=random.random,
        )
        if seconds is None:
            raise error
        yield Pause(seconds)


def whole(response: httpx.Response, deadline: Deadline, limit: int = LARGEST_ANSWER) -> Flow[bytes]:
    """Reads a response to its end.

    Raises:
        NoResponseError: The connection broke, or the deadline passed.
        ResponseValidationError: The body is larger than ``limit``.
    """
    body = yield Read(response, deadline, limit)
    if isinstance(body, Lost):
        raise body.error
    if isinstance(body, TooLarge):
        raise ResponseValidationError(
            f"The answer is larger than {limit // MEGA} MB, which no answer of this API is. Check the base URL.",
            status_code=response.status_code,
            headers=response.headers,
        )
    return body  # type: ignore[no-any-return]


def _diagnosed(outcome: Any, call: Call, deadline: Deadline) -> Flow[tuple[Exception, Failure]]:
    if isinstance(outcome, Lost):
        return outcome.error, Failure(sent=outcome.error.sent, refused=outcome.refused)
    from r9s_notebook.client.answers import refusal  # comes with the first answer

    body = yield Read(outcome, deadline, LARGEST_REFUSAL)
    error = refusal(outcome, body if isinstance(body, bytes) else b"", call.headers.get("authorization", ""))
    wait = retry_after(outcome.headers.get("retry-after"), now=time.time())
    if isinstance(error, RateLimitError):
        error.retry_after = wait
    return error, Failure(status=outcome.status_code, retry_after=wait)
