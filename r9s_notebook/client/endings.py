"""Ending what nobody holds any more, wherever the garbage collector finds it.

It may do so in the middle of the client's own work, in the thread that does it. To close a stream there would wait for
a lock that this very thread holds, for ever. So whoever takes a lock says so here, and what is found meanwhile is only
cut off from the network; the rest is done with the next call.
"""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpx


class _Depth(threading.local):
    value = 0


_depth = _Depth()
_left: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()  # its put() may interrupt itself


@contextmanager
def at_work() -> Iterator[None]:
    """In this block this thread holds, or waits for, a lock that ending a stream needs."""
    _depth.value += 1
    try:
        yield
    finally:
        _depth.value -= 1


class Lock:
    """A lock under which its thread is ``at_work``."""

    __slots__ = ("_lock",)

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        _depth.value += 1
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()
        _depth.value -= 1


def end(opened: httpx.Response, arriving: object, release: Callable[[], None]) -> None:
    """Closes a stream now, or where that would wait for ever, cuts it off and leaves the rest to ``tidy``.

    Args:
        opened: The stream's response.
        arriving: What reads its body: kept until then, because to let go of it closes it, too.
        release: Gives its connection back.
    """
    if _depth.value:
        _left.put((opened, arriving, release))
        _cut_off(opened)
    else:
        opened.close()
        release()


def tidy() -> None:
    """Ends what was left; call it where no lock is held."""
    while not _left.empty():
        with suppress(queue.Empty):  # another thread was quicker
            opened, _arriving, release = _left.get_nowait()
            opened.close()
            release()


def _cut_off(opened: httpx.Response) -> None:
    stream = opened.extensions.get("network_stream")
    connection = stream.get_extra_info("socket") if stream is not None else None
    if connection is not None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
