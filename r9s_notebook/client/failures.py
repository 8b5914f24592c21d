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
from r9s_notebook.translation import Message

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
                Message(
                    "The answer was not complete after {seconds:.3g} seconds, so the call was given up. The "
                    "service may still have done the work. Allow more time with timeout_ms=.",
                    seconds=float(deadline),
                )
            )
        )
    return Failure(
        NoResponseError(
            Message(
                "The connection broke before the answer was complete ({why}). The service may have done "
                "the work, so nothing was sent a second time.",
                why=_reason(error),
            )
        )
    )


def _unreachable(error: Exception) -> str:
    causes = list(_chain(error))
    proxy = next(filter(None, (getattr(cause, "proxy", None) for cause in causes)), None)
    where = proxy.told if proxy else Message("the service")
    who = Message("The proxy {address} ({variable})", address=proxy.address, variable=proxy.variable) if proxy else None
    about = {
        "who": who or Message("The service"),
        "check": Message("the proxy") if proxy else Message("the base URL"),
        "why": _reason(error),
    }
    told = Message("{who} could not be reached ({why}).", **about)
    if isinstance(error, httpx.TimeoutException):
        told = Message("{who} could not be reached in time. Is this computer online?", **about)
    if _refused(error):
        told = Message(
            "{who} could not be reached: the connection was refused, so nothing listens at its address. Is {check} "
            "right?",
            **about,
        )
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        told = Message(
            "{who} could not be reached: its name was not found. Is this computer online, and is {check} spelt right?",
            **about,
        )
    if isinstance(error, httpx.LocalProtocolError):
        told = Message("The request is not one that HTTP can carry, so nothing was sent. Check http_headers.")
    if any(isinstance(cause, SSLError) for cause in causes):
        told = Message("The service's certificate was not accepted ({why}). Nothing was sent to it.", **about)
    if isinstance(error, httpx.ProxyError):
        told = Message(
            "The call was not let through to the service by {where} ({why}). Nothing was sent to it.",
            where=where,
            **about,
        )
    return told


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
