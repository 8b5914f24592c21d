"""What a connection that failed means: whether anything was sent, and a sentence about it."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from ssl import SSLError

import httpx

from r9s_notebook.client.deadline import Deadline
from r9s_notebook.client.retries import Failure
from r9s_notebook.errors import DeadlineExceededError, NoResponseError

BROKEN = (httpx.TransportError, httpx.DecodingError, httpx.StreamError, TimeoutError)
"""What a connection raises when it fails."""

_UNSENT = (
    *(httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout),
    *(httpx.ProxyError, httpx.UnsupportedProtocol, httpx.LocalProtocolError),
)


def lost(error: Exception, deadline: Deadline) -> Failure:
    """What a failed connection means: whether anything was sent, and what to do.

    The error it makes stands alone. The one it was made from is not its cause: that one's frames hold the request,
    and the request holds the key.
    """
    if isinstance(error, _UNSENT):
        late = deadline.passed and isinstance(error, httpx.TimeoutException)
        kind = DeadlineExceededError if late else NoResponseError
        return Failure(kind(_unreachable(error), sent=False), sent=False, refused=_refused(error))
    if deadline.passed or isinstance(error, (TimeoutError, httpx.TimeoutException)):
        return Failure(
            DeadlineExceededError(
                f"The answer was not complete after {float(deadline):.3g} seconds, so the call was given up. "
                "The service may still have done the work. Allow more time with timeout_ms=."
            )
        )
    return Failure(
        NoResponseError(
            f"The connection broke before the answer was complete ({_reason(error)}). "
            "The service may have done the work, so nothing was sent a second time."
        )
    )


def _unreachable(error: Exception) -> str:
    causes = list(_chain(error))
    proxy = next(filter(None, (getattr(cause, "proxy", None) for cause in causes)), None)
    where, check = (str(proxy), "the proxy") if proxy else ("the service", "the base URL")
    said = f"{where[:1].upper()}{where[1:]} could not be reached"
    if isinstance(error, httpx.ProxyError):
        return f"The call was not let through to the service by {where} ({_reason(error)}). Nothing was sent to it."
    if any(isinstance(cause, SSLError) for cause in causes):
        return f"The service's certificate was not accepted ({_reason(error)}). Nothing was sent to it."
    if isinstance(error, httpx.LocalProtocolError):
        return "The request is not one that HTTP can carry, so nothing was sent. Check http_headers."
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return f"{said}: its name was not found. Is this computer online, and is {check} spelt right?"
    if _refused(error):
        return f"{said}: the connection was refused, so nothing listens at its address. Is {check} right?"
    late = isinstance(error, httpx.TimeoutException)
    return f"{said} in time. Is this computer online?" if late else f"{said} ({_reason(error)})."


def _refused(error: Exception) -> bool:
    return isinstance(error, httpx.ConnectError) and any(
        isinstance(cause, ConnectionRefusedError) or getattr(cause, "errno", None) == errno.ECONNREFUSED
        for cause in _chain(error)
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error, what it was raised from, what it carries, and so on; each once."""
    waiting, seen = [error], set()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        linked = (current.__cause__, current.__context__, *current.args, *getattr(current, "exceptions", ()))
        waiting.extend(link for link in linked if isinstance(link, BaseException))


def _reason(error: Exception) -> str:
    return str(error).strip().rstrip(".") or type(error).__name__
