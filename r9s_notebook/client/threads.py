"""Threads for calls that an event loop waits for.

They are kept for the next call, and are daemons: a call that nobody waits for any more, such as one that connects to an
address which does not answer, does not hold up the end of the program.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import asyncio

    from r9s_notebook.client.deadline import Deadline

T = TypeVar("T")

_IDLE_SECONDS = 10.0


async def in_thread(work: Callable[[], T], deadline: Deadline | None = None) -> T:
    """Runs work in a thread, and waits for it on the running event loop, whichever that is.

    The deadline is cancelled with the task that waits here. The work may raise anything but StopIteration.
    """
    import asyncio  # a script that makes sync calls only does not load it

    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()
    start(partial(_settle, outcome, loop, work))
    try:
        return await outcome
    except asyncio.CancelledError:
        if deadline is not None:
            deadline.cancel()
        raise
    finally:
        del outcome  # an error in it would lead to this frame, and this frame to the error


def _settle(outcome: asyncio.Future[T], loop: asyncio.AbstractEventLoop, work: Callable[[], T]) -> None:
    """Does the work, and tells the loop what came of it."""
    try:
        result = work()
        settled = partial(_set, outcome.set_result, outcome, result)
    except BaseException as error:
        failure = error.with_traceback(error.__traceback__ and error.__traceback__.tb_next)
        settled = partial(_set, outcome.set_exception, outcome, failure)
    with suppress(RuntimeError):  # the loop was closed, and nobody waits
        loop.call_soon_threadsafe(settled)


def _set(settle: Callable[[Any], None], outcome: asyncio.Future[Any], value: object) -> None:
    if not outcome.done():
        settle(value)


def start(work: Callable[[], None]) -> None:
    """Runs work in a thread; it must not raise."""
    _threads(os.getpid()).start(work)


@cache
def _threads(_process: int) -> _Threads:
    """A forked child has its parent's threads no more, so each process has its own."""
    return _Threads()


class _Threads:
    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._idle = 0  # threads that no work was promised to

    def start(self, work: Callable[[], None]) -> None:
        with self._lock:
            is_free = self._idle > 0
            self._idle -= is_free
        if not is_free:
            threading.Thread(target=self._run, name="r9s-call", daemon=True).start()
        self._waiting.put(work)

    def _run(self) -> None:
        while True:
            try:
                self._waiting.get(timeout=_IDLE_SECONDS)()
            except queue.Empty:
                with self._lock:
                    if self._idle > 0:
                        self._idle -= 1
                        return
            else:
                with self._lock:
                    self._idle += 1
