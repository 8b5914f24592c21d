"""Ending streams that nobody holds any more, wherever the garbage collector finds them.

It may find one in the middle of anything, also where this very thread holds the lock that closing needs: httpcore's, or
one of the client's. So what it finds is only cut off from the network, for which no lock is taken; the rest waits for
the next call, or for a client to be closed.
"""

from __future__ import annotations

import queue
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TypeAlias

import httpx

_Left: TypeAlias = tuple[httpx.Response, Iterator[bytes], Callable[[], None]]

_left: queue.SimpleQueue[_Left] = queue.SimpleQueue()  # its put() may interrupt itself


def leave(opened: httpx.Response, arriving: Iterator[bytes], release: Callable[[], None]) -> None:
    """Cuts a stream off, without a lock, and leaves the rest to ``tidy``.

    Args:
        opened: The stream's response.
        arriving: What reads its body: kept until then, because to let go of it closes it, too.
        release: Gives its connection back.
    """
    _left.put((opened, arriving, release))
    stream = opened.extensions.get("network_stream")
    if stream is None or opened.is_closed:  # closed: the connection may serve another call by now
        return
    connection = stream.get_extra_info("socket")
    if connection is not None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def tidy() -> None:
    """Ends what was left; call it where no lock is held."""
    while True:
        try:
            opened, _arriving, release = _left.get_nowait()
        except queue.Empty:
            return
        with suppress(httpx.TransportError, OSError):  # it is another call that would fail with it
            opened.close()
        release()
